//! Where the bytes of a dropped file are: in this program's memory, or still with the browser.

use super::directory::Entry;
use crate::workbook::error::ReadError;
use std::borrow::Cow;

/// A file's bytes, and its zip parts inflated by whoever does it best there.
#[allow(async_fn_in_trait, reason = "every source lives on one thread")]
pub(crate) trait Source {
    /// Bytes in all.
    fn byte_len(&self) -> usize;

    /// A stretch of the bytes, cut off where the file ends.
    fn bytes(&self, from: usize, len: usize) -> Cow<'_, [u8]>;

    /// Starts inflating a part; a part begun before is given up.
    ///
    /// # Errors
    /// [`ReadError::Damaged`] where its bytes are not in the file.
    fn open(&mut self, entry: &Entry) -> Result<(), ReadError>;

    /// Appends the next stretch of the part; `false` once it is over.
    ///
    /// # Errors
    /// [`ReadError::Damaged`] where it does not inflate.
    async fn next(&mut self, into: &mut Vec<u8>) -> Result<bool, ReadError>;
}
