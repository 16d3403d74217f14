//! How a message crosses: a JS array `[Uint8Array(postcard), blob…]`, the buffers transferred.

use crate::workbook::table::Part;
use js_sys::{Array, Uint8Array};
use serde::Serialize;
use serde::de::DeserializeOwned;
use wasm_bindgen::{JsCast as _, JsValue};

/// Bytes that cross without being copied on the way.
#[derive(Clone, Debug)]
pub struct Blob(Uint8Array);

impl Blob {
    /// Copies bytes out of this program's memory.
    pub fn new(bytes: &[u8]) -> Blob {
        Blob(Uint8Array::from(bytes))
    }

    /// The bytes as JavaScript sees them.
    pub fn as_js(&self) -> &Uint8Array {
        &self.0
    }
}

impl Part for Blob {
    fn byte_len(&self) -> usize {
        self.0.length() as usize
    }

    fn copy_to(&self, into: &mut [u8]) {
        self.0.copy_to(into);
    }
}

/// Packs a message with its blobs: the array to post and the list of what is transferred.
pub(super) fn pack<M: Serialize>(message: &M, blobs: &[Blob]) -> Result<(Array, Array), String> {
    let head = postcard::to_stdvec(message).map_err(|error| error.to_string())?;
    let head = Uint8Array::from(head.as_slice());
    let (envelope, transfer) = (Array::of1(&head), Array::of1(&head.buffer()));
    for blob in blobs {
        envelope.push(&blob.0);
        transfer.push(&blob.0.buffer());
    }
    Ok((envelope, transfer))
}

/// Unpacks a message; what follows its head and is no byte array (a `File`) is left in `rest`.
pub(super) fn unpack<M: DeserializeOwned>(data: &JsValue) -> Result<(M, Vec<Blob>, Option<JsValue>), String> {
    let envelope: &Array = data.dyn_ref().ok_or("not an envelope")?;
    let head: Uint8Array = envelope.get(0).dyn_into().map_err(|_| "no head")?;
    let message = postcard::from_bytes(&head.to_vec()).map_err(|error| error.to_string())?;
    let (mut blobs, mut rest) = (Vec::new(), None);
    for item in envelope.iter().skip(1) {
        match item.dyn_into::<Uint8Array>() {
            Ok(bytes) => blobs.push(Blob(bytes)),
            Err(other) => rest = Some(other),
        }
    }
    Ok((message, blobs, rest))
}
