//! The table of shared texts.

use super::scan::{Markup, markup};
use super::text::{Content, plain};
use super::{MAX_TOKEN, damaged};
use crate::workbook::error::ReadError;
use crate::workbook::interner::Interner;
use crate::workbook::table::Cell;
use memchr::memchr;

/// Stands for an empty text, which is a blank cell.
const NO_TEXT: u32 = u32::MAX;

/// The texts by their number, and what of their part is not scanned yet.
#[derive(Default)]
pub(super) struct SharedStrings {
    ids: Vec<u32>,
    buffer: Vec<u8>,
    content: Content,
    scratch: Vec<u8>,
}

impl SharedStrings {
    /// The cell of the text with this number; none where there is no such text.
    pub(super) fn cell(&self, index: u32) -> Option<Cell> {
        self.ids.get(index as usize).map(|id| if *id == NO_TEXT { Cell::EMPTY } else { Cell::text(*id) })
    }

    /// Where the next stretch of the part goes.
    pub(super) fn buffer(&mut self) -> &mut Vec<u8> {
        &mut self.buffer
    }

    /// Takes in the texts that are whole by now.
    pub(super) fn scan(&mut self, texts: &mut Interner) -> Result<(), ReadError> {
        let buffer = std::mem::take(&mut self.buffer);
        let done = self.scan_in(&buffer, texts);
        self.buffer = buffer;
        self.buffer.drain(..done);
        texts.check()?;
        if self.buffer.len() > MAX_TOKEN { Err(damaged("sharedStrings", "a text without an end")) } else { Ok(()) }
    }

    /// How far the bytes are whole texts.
    fn scan_in(&mut self, bytes: &[u8], texts: &mut Interner) -> usize {
        let mut at = 0;
        loop {
            let Some(open) = memchr(b'<', bytes.get(at..).unwrap_or(&[])) else { return bytes.len() };
            at += open;
            match self.item(bytes, at, texts) {
                Some(end) => at = end,
                None => return at,
            }
        }
    }

    fn item(&mut self, bytes: &[u8], at: usize, texts: &mut Interner) -> Option<usize> {
        const LEAD: &[u8] = b"<si><t>";
        const CLOSE: &[u8] = b"</t></si>";
        let rest = bytes.get(at..)?;
        if rest.starts_with(LEAD) {
            let text = rest.get(LEAD.len()..)?;
            let end = memchr(b'<', text)?;
            if text.get(end..)?.starts_with(CLOSE) {
                let text = plain(text.get(..end)?, false, &mut self.scratch);
                self.ids.push(if text.is_empty() { NO_TEXT } else { texts.push(text) });
                return Some(at + LEAD.len() + end + CLOSE.len());
            }
        }
        match markup(bytes, at)? {
            Markup::Open { name: b"si", is_empty: true, end, .. } => {
                self.ids.push(NO_TEXT);
                Some(end)
            }
            Markup::Open { name: b"si", end, .. } => {
                let end = self.content.read(bytes, end, b"si")?;
                self.ids.push(if self.content.text.is_empty() { NO_TEXT } else { texts.push(&self.content.text) });
                Some(end)
            }
            other => Some(other.end()),
        }
    }

    /// The part is over.
    ///
    /// # Errors
    /// Where it ends inside a text.
    pub(super) fn finish(&mut self, texts: &mut Interner) -> Result<(), ReadError> {
        self.scan(texts)?;
        let is_cut = memchr(b'<', &self.buffer).is_some();
        self.buffer = Vec::new();
        if is_cut { Err(damaged("sharedStrings", "it is cut off")) } else { Ok(()) }
    }
}
