//! Inflating parts, and what keeps a small file from becoming a flood.

use super::directory::{Directory, Entry, Method};
use super::source::Source;
use crate::workbook::error::ReadError;
use flate2::{Decompress, FlushDecompress, Status};
use std::borrow::Cow;

/// Bytes inflated in one stretch.
const STRETCH: usize = 128 * 1024;
/// All parts of a file together; the largest sheet there is, 1.048.576 rows of 22 texts, inflates to under 2 GB.
const MAX_INFLATED: u64 = 4 << 30;
/// No sheet of a real program packs this well; a bomb of zeros does (deflate ends at 1:1032).
const MAX_RATIO: u64 = 400;
/// Below this the ratio is not looked at: a small part of blanks may pack any well.
const RATIO_FROM: u64 = 64 << 20;

/// What may still be inflated of a file, counted while it is done: the sizes in a directory can lie.
#[derive(Debug)]
pub(crate) struct Budget {
    left: u64,
}

impl Default for Budget {
    fn default() -> Budget {
        Budget { left: MAX_INFLATED }
    }
}

impl Budget {
    /// Counts `bytes` more of a part that is `inflated` by now.
    ///
    /// # Errors
    /// [`ReadError::TooLarge`] past the limits.
    pub(crate) fn take(&mut self, entry: &Entry, bytes: u64, inflated: u64) -> Result<(), ReadError> {
        self.left = self.left.checked_sub(bytes).ok_or_else(|| too_large(MAX_INFLATED))?;
        if inflated > RATIO_FROM && inflated / entry.packed.max(1) > MAX_RATIO { Err(too_large(inflated)) } else { Ok(()) }
    }
}

fn too_large(inflated: u64) -> ReadError {
    ReadError::TooLarge(format!("hơn {} MB sau khi giải nén", inflated >> 20))
}

/// One part's packed bytes, inflated by this program.
pub(crate) struct Inflater {
    name: String,
    /// None for a stored part.
    state: Option<Decompress>,
    bytes: Vec<u8>,
    at: usize,
    is_over: bool,
}

impl Inflater {
    /// Of the packed bytes of a part.
    ///
    /// # Errors
    /// [`ReadError::Damaged`] where it is packed in a way no workbook is.
    pub(crate) fn new(bytes: Vec<u8>, entry: &Entry) -> Result<Inflater, ReadError> {
        let state = match entry.method {
            Method::Stored => None,
            Method::Deflated => Some(Decompress::new(false)),
            Method::Other(method) => return Err(ReadError::Damaged(format!("{}: packed by method {method}", entry.name))),
        };
        Ok(Inflater { name: entry.name.clone(), state, bytes, at: 0, is_over: false })
    }

    /// Appends the next stretch; `false` once the part is over.
    ///
    /// # Errors
    /// [`ReadError::Damaged`] where it does not inflate.
    pub(crate) fn next(&mut self, into: &mut Vec<u8>) -> Result<bool, ReadError> {
        let packed = self.bytes.get(self.at..).unwrap_or(&[]);
        if self.is_over {
            return Ok(false);
        }
        let Some(state) = &mut self.state else {
            let some = packed.get(..STRETCH).unwrap_or(packed);
            into.extend_from_slice(some);
            self.at += some.len();
            return Ok(!some.is_empty());
        };
        into.reserve(STRETCH);
        let (read, written) = (state.total_in(), into.len());
        let status = state.decompress_vec(packed, into, FlushDecompress::None);
        let read = (state.total_in() - read) as usize;
        self.at += read;
        let is_stuck = read == 0 && into.len() == written;
        match status {
            Ok(Status::StreamEnd) => {
                self.is_over = true;
                Ok(true)
            }
            Ok(Status::Ok | Status::BufError) if !is_stuck => Ok(true),
            _ => Err(ReadError::Damaged(format!("{}: does not inflate", self.name))),
        }
    }
}

/// A file in this program's memory, inflated by this program.
pub(crate) struct Memory {
    bytes: Vec<u8>,
    part: Option<Inflater>,
}

impl Memory {
    /// Of a file's bytes.
    pub(crate) fn new(bytes: Vec<u8>) -> Memory {
        Memory { bytes, part: None }
    }
}

impl Source for Memory {
    fn byte_len(&self) -> usize {
        self.bytes.len()
    }

    fn bytes(&self, from: usize, len: usize) -> Cow<'_, [u8]> {
        let end = from.saturating_add(len).min(self.bytes.len());
        Cow::Borrowed(self.bytes.get(from..end).unwrap_or(&[]))
    }

    fn open(&mut self, entry: &Entry) -> Result<(), ReadError> {
        let (from, len) = entry.range(self)?;
        self.part = Some(Inflater::new(self.bytes(from, len).into_owned(), entry)?);
        Ok(())
    }

    async fn next(&mut self, into: &mut Vec<u8>) -> Result<bool, ReadError> {
        match &mut self.part {
            Some(part) => part.next(into),
            None => Ok(false),
        }
    }
}

/// Whether a part is packed the usual way.
#[cfg(target_arch = "wasm32")]
pub(crate) fn is_deflated(entry: &Entry) -> bool {
    entry.method == Method::Deflated
}

/// Inflates every part once and keeps nothing, for readers that do not count by themselves.
///
/// # Errors
/// [`ReadError::TooLarge`] past the limits. A part that does not inflate is left for the reader to complain about.
pub(crate) async fn check_inflated<S: Source>(source: &mut S, directory: &Directory) -> Result<(), ReadError> {
    let mut budget = Budget::default();
    let mut buffer = Vec::new();
    for entry in directory.entries().iter().filter(|entry| entry.method == Method::Deflated) {
        if source.open(entry).is_err() {
            continue;
        }
        let mut inflated = 0;
        loop {
            buffer.clear();
            match source.next(&mut buffer).await {
                Ok(true) => {
                    inflated += buffer.len() as u64;
                    budget.take(entry, buffer.len() as u64, inflated)?;
                }
                Ok(false) | Err(_) => break,
            }
        }
    }
    Ok(())
}
