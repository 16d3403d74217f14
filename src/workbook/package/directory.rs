//! The directory at the end of a zip.

use super::source::Source;
use crate::workbook::error::ReadError;
use rustc_hash::FxHashMap;
use std::borrow::Cow;

/// More parts than any workbook has.
const MAX_ENTRIES: usize = 20_000;
/// The end record and the longest comment behind it.
const TAIL: usize = 22 + 0xffff;

/// How a part is packed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Method {
    /// As it is.
    Stored,
    /// Deflate.
    Deflated,
    /// Another one, by its number.
    Other(u16),
}

/// One part of a zip.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    /// Lower case, with `/` between folders and none in front.
    pub(crate) name: String,
    /// Locked with a password.
    pub(crate) is_encrypted: bool,
    /// How it is packed.
    pub(crate) method: Method,
    /// Bytes in the file.
    pub(crate) packed: u64,
    /// Bytes inflated, as the directory claims.
    pub(crate) claimed: u64,
    /// Where its local header begins.
    header: u64,
}

impl Entry {
    /// Where the packed bytes begin and how many there are.
    ///
    /// # Errors
    /// [`ReadError::Damaged`] where they are not in the file.
    pub(crate) fn range(&self, source: &(impl Source + ?Sized)) -> Result<(usize, usize), ReadError> {
        let damaged = || ReadError::Damaged(format!("{}: its bytes are missing", self.name));
        let at = usize::try_from(self.header).map_err(|_| damaged())?;
        let header = source.bytes(at, 30);
        let lengths = (u16_at(&header, 26), u16_at(&header, 28));
        let (true, (Some(name), Some(extra))) = (header.starts_with(b"PK\x03\x04"), lengths) else { return Err(damaged()) };
        let from = at + 30 + usize::from(name) + usize::from(extra);
        let len = usize::try_from(self.packed).map_err(|_| damaged())?;
        if from.checked_add(len).is_none_or(|end| end > source.byte_len()) { Err(damaged()) } else { Ok((from, len)) }
    }
}

/// The parts of a zip by name; names differing in case or in the slash are one.
#[derive(Clone, Debug)]
pub(crate) struct Directory {
    entries: Vec<Entry>,
    by_name: FxHashMap<String, usize>,
}

impl Directory {
    /// Reads the directory.
    ///
    /// # Errors
    /// [`ReadError::Damaged`] where it is missing or does not hold together, [`ReadError::TooLarge`] where it has too many parts.
    pub(crate) fn read(source: &(impl Source + ?Sized)) -> Result<Directory, ReadError> {
        let damaged = || ReadError::Damaged("the directory of the zip is missing or cut off".to_owned());
        let entries = entries(source).ok_or_else(damaged)?;
        if entries.len() > MAX_ENTRIES {
            return Err(ReadError::TooLarge(format!("{} phần trong tệp nén", entries.len())));
        }
        if entries.is_empty() {
            return Err(damaged());
        }
        if overlap(&entries) {
            return Err(ReadError::Damaged("parts of the zip lie one over another".to_owned()));
        }
        let mut by_name = FxHashMap::default();
        for (index, entry) in entries.iter().enumerate() {
            by_name.entry(entry.name.clone()).or_insert(index);
        }
        Ok(Directory { entries, by_name })
    }

    /// All parts.
    pub(crate) fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The part of this name, whatever its case.
    pub(crate) fn get(&self, name: &str) -> Option<&Entry> {
        self.by_name.get(&plain(name)).and_then(|index| self.entries.get(*index))
    }
}

/// Whether two parts share bytes of the file: by that a small zip inflates to any size, and no program writes one so.
fn overlap(entries: &[Entry]) -> bool {
    /// Bytes of a local header without its name.
    const HEADER: u64 = 30;
    let mut places: Vec<(u64, u64)> = entries.iter().map(|entry| (entry.header, HEADER.saturating_add(entry.packed))).collect();
    places.sort_unstable();
    places.windows(2).any(|pair| matches!(pair, [(first, len), (second, _)] if first.saturating_add(*len) > *second))
}

/// A part's name as it is looked up.
fn plain(name: &str) -> String {
    name.replace('\\', "/").trim_start_matches('/').to_lowercase()
}

fn entries(source: &(impl Source + ?Sized)) -> Option<Vec<Entry>> {
    let tail_from = source.byte_len().saturating_sub(TAIL);
    let tail = source.bytes(tail_from, TAIL);
    let end = memchr::memmem::rfind(&tail, b"PK\x05\x06")?;
    let (size, offset) = (u32_at(&tail, end + 12)?, u32_at(&tail, end + 16)?);
    let end = tail_from + end;
    let (start, shift) = if size == u32::MAX || offset == u32::MAX {
        // The 64-bit end record stands before its locator, which stands before the plain one.
        let locator = source.bytes(end.checked_sub(20)?, 20);
        let record = usize::try_from(u64_at(&locator, 8)?).ok()?;
        (usize::try_from(u64_at(&source.bytes(record, 56), 48)?).ok()?, 0)
    } else {
        let start = end.checked_sub(size as usize)?;
        // Bytes put in front of the zip shift all offsets.
        (start, start.saturating_sub(offset as usize) as u64)
    };
    let bytes: Cow<'_, [u8]> = source.bytes(start, end.checked_sub(start)?);
    let mut entries = Vec::new();
    let mut at = 0usize;
    while bytes.get(at..at.checked_add(4)?) == Some(b"PK\x01\x02") && entries.len() <= MAX_ENTRIES {
        let (name, extra, comment) = (u16_at(&bytes, at + 28)?, u16_at(&bytes, at + 30)?, u16_at(&bytes, at + 32)?);
        let name_end = at + 46 + usize::from(name);
        let mut entry = Entry {
            name: plain(&String::from_utf8_lossy(bytes.get(at + 46..name_end)?)),
            is_encrypted: u16_at(&bytes, at + 8)? & 1 == 1,
            method: match u16_at(&bytes, at + 10)? {
                0 => Method::Stored,
                8 => Method::Deflated,
                other => Method::Other(other),
            },
            packed: u64::from(u32_at(&bytes, at + 20)?),
            claimed: u64::from(u32_at(&bytes, at + 24)?),
            header: u64::from(u32_at(&bytes, at + 42)?),
        };
        entry.widen(bytes.get(name_end..name_end + usize::from(extra))?);
        entry.header += shift;
        entries.push(entry);
        at = name_end + usize::from(extra) + usize::from(comment);
    }
    Some(entries)
}

impl Entry {
    /// Takes the 64-bit sizes out of the extra fields, where the plain ones are full.
    fn widen(&mut self, mut extra: &[u8]) {
        while let (Some(id), Some(len)) = (u16_at(extra, 0), u16_at(extra, 2)) {
            let body = extra.get(4..4 + usize::from(len)).unwrap_or(&[]);
            if id == 1 {
                let mut at = 0;
                for value in [&mut self.claimed, &mut self.packed, &mut self.header] {
                    if *value == u64::from(u32::MAX) {
                        *value = u64_at(body, at).unwrap_or(*value);
                        at += 8;
                    }
                }
            }
            extra = extra.get(4 + usize::from(len)..).unwrap_or(&[]);
        }
    }
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    bytes.get(at..at + 2)?.try_into().ok().map(u16::from_le_bytes)
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..at + 4)?.try_into().ok().map(u32::from_le_bytes)
}

fn u64_at(bytes: &[u8], at: usize) -> Option<u64> {
    bytes.get(at..at.checked_add(8)?)?.try_into().ok().map(u64::from_le_bytes)
}
