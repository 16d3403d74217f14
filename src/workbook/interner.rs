//! Each text of a workbook, kept once.

use crate::workbook::error::ReadError;
use crate::workbook::table::{Cell, TextArena};
use hashbrown::HashTable;
use rustc_hash::FxHasher;
use std::hash::Hasher as _;

/// Ids and ends of texts are 32 bits wide.
const MAX_BYTES: usize = 2 << 30;

/// Keeps each text once.
#[derive(Default)]
pub(crate) struct Interner {
    arena: TextArena,
    /// Ids under the upper half of their texts' hashes, kept so that growing needs no text.
    ids: HashTable<(u32, u32)>,
    /// The last text of each column: lists repeat the vaccine, the commune, the facility of the row above.
    above: Vec<u32>,
}

impl Interner {
    /// The cell of a text; blank for the empty one.
    pub(crate) fn text(&mut self, text: &[u8]) -> Cell {
        if text.is_empty() { Cell::EMPTY } else { Cell::text(self.id(text)) }
    }

    /// As [`Interner::text`], quicker where the column's last text comes again.
    pub(crate) fn text_below(&mut self, column: u32, text: &[u8]) -> Cell {
        let column = column as usize;
        if let Some(id) = self.above.get(column)
            && self.arena.get(*id).as_bytes() == text
        {
            return if text.is_empty() { Cell::EMPTY } else { Cell::text(*id) };
        }
        let cell = self.text(text);
        if let (Some(id), true) = (cell.text_id(), column < 256) {
            if self.above.len() <= column {
                self.above.resize(column + 1, u32::MAX);
            }
            if let Some(above) = self.above.get_mut(column) {
                *above = id;
            }
        }
        cell
    }

    /// The cell of an error such as `#N/A`.
    pub(crate) fn error(&mut self, text: &[u8]) -> Cell {
        Cell::error(self.id(text))
    }

    fn id(&mut self, text: &[u8]) -> u32 {
        let hash = hash_of(text);
        let arena = &self.arena;
        let is_known = |(known, id): &(u32, u32)| *known == hash && arena.get(*id).as_bytes() == text;
        if let Some((_, id)) = self.ids.find(spread(hash), is_known) {
            return *id;
        }
        match std::str::from_utf8(text) {
            Ok(text) => {
                let id = self.arena.push(text);
                self.ids.insert_unique(spread(hash), (hash, id), |(hash, _)| spread(*hash));
                id
            }
            Err(_) => self.id(String::from_utf8_lossy(text).as_bytes()),
        }
    }

    /// Adds a text without looking whether it is there; its id.
    pub(crate) fn push(&mut self, text: &[u8]) -> u32 {
        self.arena.push(&String::from_utf8_lossy(text))
    }

    /// Stops before the ids run over.
    ///
    /// # Errors
    /// [`ReadError::TooLarge`] where the texts are longer than can be kept.
    pub(crate) fn check(&self) -> Result<(), ReadError> {
        if self.arena.byte_len() > MAX_BYTES { Err(ReadError::TooLarge("hơn 2 GB chữ".to_owned())) } else { Ok(()) }
    }

    /// The texts.
    pub(crate) fn finish(self) -> TextArena {
        self.arena
    }
}

fn hash_of(text: &[u8]) -> u32 {
    let mut hasher = FxHasher::default();
    hasher.write(text);
    let hash = hasher.finish();
    // Where addresses have 32 bits, so has the hash, and its upper half is zero.
    (hash ^ (hash >> 32)) as u32
}

/// The table takes its tag from the upper bits and its place from the lower ones.
fn spread(hash: u32) -> u64 {
    u64::from(hash).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_kept_once() {
        let mut texts = Interner::default();
        let first = texts.text_below(3, "Mũi 1".as_bytes());
        assert_eq!(texts.text_below(3, "Mũi 1".as_bytes()), first);
        let second = texts.text_below(3, "Mũi 2".as_bytes());
        assert_eq!(texts.text("Mũi 1".as_bytes()), first);
        assert_eq!(texts.text_below(0, "Mũi 2".as_bytes()), second);
        assert_ne!(first, second);
        assert_eq!(texts.text_below(1, b""), Cell::EMPTY);
        // Bytes that are no UTF-8 are kept as far as they can be.
        assert_eq!(texts.text(b"a\xffb"), texts.text(b"a\xffb"));
        let texts = texts.finish();
        assert!((0..texts.len()).any(|id| texts.get(id as u32) == "a\u{fffd}b"));
    }
}
