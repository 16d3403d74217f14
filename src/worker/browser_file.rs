//! A dropped file as a reader sees it: its bytes stay with the browser, which also inflates its large parts.
//!
//! The browser's own `DecompressionStream` inflates at native speed and beside this program; where it is missing (before Chrome 103,
//! Firefox 113), or for small parts, the bytes are copied in and inflated here.

use crate::workbook::error::ReadError;
use crate::workbook::package::{Entry, Inflater, Source, is_deflated};
use js_sys::{Reflect, Uint8Array};
use std::borrow::Cow;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{ReadableStream, ReadableStreamDefaultController, ReadableStreamDefaultReader, ReadableWritablePair};

/// Packed bytes handed to the browser in one stretch.
const PACKED_STRETCH: u32 = 64 * 1024;
/// Parts smaller than this are not worth a stream.
const LEAST_STREAMED: u64 = 256 * 1024;

/// A file's bytes, kept by the browser.
pub(super) struct BrowserFile {
    bytes: Uint8Array,
    part: Part,
}

enum Part {
    None,
    Here(Inflater),
    Streamed { reader: ReadableStreamDefaultReader, name: String },
}

impl BrowserFile {
    /// Of all its bytes.
    pub(super) fn new(bytes: Uint8Array) -> BrowserFile {
        BrowserFile { bytes, part: Part::None }
    }

    fn stream(&self, from: u32, len: u32, name: &str) -> Result<Part, JsValue> {
        // Not every browser that has streams knows this format: the constructor then throws.
        let inflating = inflating_stream()?;
        let bytes = self.bytes.subarray(from, from + len);
        let mut at = 0;
        let pull = Closure::<dyn FnMut(ReadableStreamDefaultController)>::new(move |controller: ReadableStreamDefaultController| {
            let end = (at + PACKED_STRETCH).min(bytes.length());
            // A stream given up by its reader takes no more: nothing is lost by that.
            let _ = if at < end { controller.enqueue_with_chunk(&bytes.slice(at, end)) } else { controller.close() };
            at = end;
        });
        let underlying = js_sys::Object::new();
        // The browser frees it: it may be called until the stream has heard that nobody reads on.
        Reflect::set(&underlying, &JsValue::from_str("pull"), &pull.into_js_value())?;
        let packed = ReadableStream::new_with_underlying_source(&underlying)?;
        let reader = packed.pipe_through(&inflating).get_reader().unchecked_into();
        Ok(Part::Streamed { reader, name: name.to_owned() })
    }
}

/// A new `DecompressionStream`, by its name: the bindings of the browser's interfaces do not have it.
fn inflating_stream() -> Result<ReadableWritablePair, JsValue> {
    let constructor: js_sys::Function = Reflect::get(&js_sys::global(), &JsValue::from_str("DecompressionStream"))?.dyn_into()?;
    let stream = Reflect::construct(&constructor, &js_sys::Array::of1(&JsValue::from_str("deflate-raw")))?;
    Ok(stream.unchecked_into())
}

impl Source for BrowserFile {
    fn byte_len(&self) -> usize {
        self.bytes.length() as usize
    }

    fn bytes(&self, from: usize, len: usize) -> Cow<'_, [u8]> {
        let end = from.saturating_add(len).min(self.byte_len());
        Cow::Owned(self.bytes.subarray(from.min(end) as u32, end as u32).to_vec())
    }

    fn open(&mut self, entry: &Entry) -> Result<(), ReadError> {
        let (from, len) = entry.range(self)?;
        if is_deflated(entry)
            && entry.packed >= LEAST_STREAMED
            && let Ok(part) = self.stream(from as u32, len as u32, &entry.name)
        {
            self.part = part;
            return Ok(());
        }
        let bytes = self.bytes(from, len).into_owned();
        self.part = Part::Here(Inflater::new(bytes, entry)?);
        Ok(())
    }

    async fn next(&mut self, into: &mut Vec<u8>) -> Result<bool, ReadError> {
        match &mut self.part {
            Part::None => Ok(false),
            Part::Here(inflater) => inflater.next(into),
            Part::Streamed { reader, name } => {
                let damaged = || ReadError::Damaged(format!("{name}: does not inflate"));
                let result = JsFuture::from(reader.read()).await.map_err(|_| damaged())?;
                let chunk = Reflect::get(&result, &JsValue::from_str("value")).map_err(|_| damaged())?;
                let Ok(chunk) = chunk.dyn_into::<Uint8Array>() else {
                    self.part = Part::None;
                    return Ok(false);
                };
                let before = into.len();
                into.resize(before + chunk.length() as usize, 0);
                chunk.copy_to(into.get_mut(before..).unwrap_or(&mut []));
                Ok(true)
            }
        }
    }
}
