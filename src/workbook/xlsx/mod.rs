//! Office Open XML workbooks, read straight from their parts: the sheets' XML is scanned for its cells while it inflates.
//!
//! calamine reads every other format, and is the oracle of this one: the tests compare both on every fixture. This path is here
//! because reading is most of an officer's waiting, and a general XML reader spends its time on what a list does not need.

mod cells;
mod number;
mod parts;
mod scan;
mod shared;
mod styles;
mod text;

use crate::workbook::error::ReadError;
use crate::workbook::interner::Interner;
use crate::workbook::package::{Budget, Directory, Entry, Inflater, Source};
use crate::workbook::preflight::{Preflight, SheetGlance, memory_for};
use crate::workbook::read::WHOLE;
use crate::workbook::table::{Sheet, Workbook};
use cells::CellScanner;
use encoding_rs::{Decoder, Encoding};
use parts::Book;
use shared::SharedStrings;
use styles::Styles;

/// Parts other than sheets and texts are small.
const MAX_SMALL_PART: u64 = 64 << 20;
/// A cell, row or text that is still not over after so many bytes is none.
const MAX_TOKEN: usize = 32 << 20;
/// A directory that claims more than this is not believed when room is made for cells.
const MAX_EXPECTED_RATIO: u64 = 40;
/// Of each part, so many bytes tell how long its rows are.
const MOST_GLANCED: usize = 256 << 10;
/// Packed, that is at most this much.
const PACKED_GLANCED: usize = 64 << 10;
/// Sheets looked into.
const MOST_SHEETS_GLANCED: usize = 60;

/// Reads all sheets.
pub(crate) async fn read<S: Source>(
    source: &mut S,
    directory: &Directory,
    progress: &mut dyn FnMut(u32, u32),
) -> Result<Workbook, ReadError> {
    let mut parts = Parts { source, budget: Budget::default(), wide: None };
    let book = book(&mut parts, directory).await?;
    let styles = match book.styles.as_deref().and_then(|name| directory.get(name)) {
        Some(entry) => Styles::read(&parts.whole(entry).await?)?,
        None => Styles::default(),
    };
    let shared_entry = book.shared_strings.as_deref().and_then(|name| directory.get(name));
    let sheet_entries: Vec<Option<&Entry>> = book.sheets.iter().map(|sheet| directory.get(sheet.part.as_deref()?)).collect();
    let packed = sheet_entries.iter().copied().flatten().chain(shared_entry).map(|entry| entry.packed).sum();
    let mut share = Share { progress, done: 0, total: packed };

    let mut texts = Interner::default();
    let mut shared = SharedStrings::default();
    if let Some(entry) = shared_entry {
        let mut inflated = 0;
        parts.open(entry)?;
        while parts.next(entry, shared.buffer(), &mut inflated).await? {
            shared.scan(&mut texts)?;
            share.tell(entry, inflated);
        }
        shared.finish(&mut texts)?;
        share.done += entry.packed;
    }

    let mut sheets = Vec::with_capacity(book.sheets.len());
    for (part, entry) in book.sheets.iter().zip(sheet_entries) {
        let mut sheet = Sheet { name: part.name.clone(), is_hidden: part.is_hidden, ..Sheet::default() };
        if let Some(entry) = entry {
            let mut scanner = CellScanner::new(&styles, &shared, book.is_1904);
            let mut inflated = 0;
            parts.open(entry)?;
            while parts.next(entry, scanner.buffer(), &mut inflated).await? {
                scanner.scan(&mut texts)?;
                scanner.make_room(inflated, entry.claimed.min(entry.packed.saturating_mul(MAX_EXPECTED_RATIO)));
                share.tell(entry, inflated);
            }
            scanner.finish(&mut texts, &mut sheet)?;
            texts.check()?;
            share.done += entry.packed;
        }
        sheets.push(sheet);
    }
    Ok(Workbook { sheets, texts: texts.finish() })
}

/// Looks at the beginnings of the sheets.
pub(crate) fn glance(source: &impl Source, directory: &Directory) -> Result<Preflight, ReadError> {
    let start = |entry: &Entry, len: usize| -> Result<(Vec<u8>, bool), ReadError> {
        let (from, packed) = entry.range(source)?;
        let mut inflater = Inflater::new(source.bytes(from, packed.min(len)).into_owned(), entry)?;
        let mut bytes = Vec::new();
        while bytes.len() < MOST_GLANCED {
            // What ends in the middle of its packed bytes is only a beginning.
            if !inflater.next(&mut bytes).unwrap_or(false) {
                return Ok((bytes, packed <= len));
            }
        }
        Ok((bytes, false))
    };
    let small = |entry: &Entry| start(entry, MOST_GLANCED).map(|(bytes, _)| bytes);
    let entry = workbook_entry(directory, |entry| small(entry))?;
    let relations = directory.get(&parts::relations_of(&entry.name)).map(small).transpose()?.unwrap_or_default();
    let Ok(book) = Book::read(&small(entry)?, &relations, &entry.name) else { return Ok(Preflight::default()) };
    let (mut sheets, mut all_rows, mut all_cells) = (Vec::with_capacity(book.sheets.len()), 0, 0);
    for part in &book.sheets {
        let mut glance = SheetGlance { name: part.name.clone(), is_hidden: part.is_hidden, rows: None, is_counted: false };
        if let Some(entry) = part.part.as_deref().and_then(|name| directory.get(name))
            && sheets.len() < MOST_SHEETS_GLANCED
        {
            let (bytes, is_whole) = start(entry, PACKED_GLANCED)?;
            let count = |what: &[u8]| memchr::memmem::find_iter(&bytes, what).count() as u64;
            let (rows, cells) = (count(b"<row"), count(b"<c ") + count(b"<c>"));
            let scale = |count: u64| {
                let all = u128::from(entry.claimed.max(bytes.len() as u64)) * u128::from(count) / (bytes.len() as u128).max(1);
                if is_whole { count } else { all as u64 }
            };
            let (rows, cells) = (scale(rows).min(1_048_576), scale(cells));
            (glance.rows, glance.is_counted) = (Some(rows as u32), is_whole);
            all_rows += rows;
            all_cells += cells;
        }
        sheets.push(glance);
    }
    let texts = book.shared_strings.as_deref().and_then(|name| directory.get(name)).map_or(0, |entry| entry.claimed);
    Ok(Preflight { sheets, memory: memory_for(all_rows, all_cells, texts) })
}

/// The workbook part: named by the package, or where it usually is.
fn workbook_entry(directory: &Directory, read: impl FnOnce(&Entry) -> Result<Vec<u8>, ReadError>) -> Result<&Entry, ReadError> {
    let root = match directory.get("_rels/.rels") {
        Some(entry) => parts::workbook_part(&read(entry)?)?,
        None => None,
    };
    let named = root.as_deref().and_then(|name| directory.get(name)).or_else(|| directory.get("xl/workbook.xml"));
    let any = || directory.entries().iter().find(|entry| entry.name.ends_with("workbook.xml"));
    named.or_else(any).ok_or_else(|| ReadError::Damaged("workbook.xml is missing".to_owned()))
}

/// What stands before the sheets: their names and parts, the styles.
async fn book<S: Source>(parts: &mut Parts<'_, S>, directory: &Directory) -> Result<Book, ReadError> {
    let relations = match directory.get("_rels/.rels") {
        Some(entry) => parts.whole(entry).await?,
        None => Vec::new(),
    };
    let entry = workbook_entry(directory, |_| Ok(relations))?;
    let xml = parts.whole(entry).await?;
    let relations = match directory.get(&parts::relations_of(&entry.name)) {
        Some(relations) => parts.whole(relations).await?,
        None => Vec::new(),
    };
    Book::read(&xml, &relations, &entry.name)
}

/// The parts of one file, inflated within its budget.
struct Parts<'s, S> {
    source: &'s mut S,
    budget: Budget,
    /// Turns a part written in UTF-16 into UTF-8.
    wide: Option<Decoder>,
}

/// The encoding of a part that begins as UTF-16 does; XML allows it, and some libraries write it.
fn utf16_of(start: &[u8]) -> Option<&'static Encoding> {
    match start {
        [0xff, 0xfe, ..] | [b'<', 0, ..] => Some(encoding_rs::UTF_16LE),
        [0xfe, 0xff, ..] | [0, b'<', ..] => Some(encoding_rs::UTF_16BE),
        _ => None,
    }
}

impl<S: Source> Parts<'_, S> {
    fn open(&mut self, entry: &Entry) -> Result<(), ReadError> {
        self.source.open(entry)
    }

    async fn next(&mut self, entry: &Entry, into: &mut Vec<u8>, inflated: &mut u64) -> Result<bool, ReadError> {
        let before = into.len();
        let goes_on = self.source.next(into).await?;
        let bytes = (into.len() - before) as u64;
        if *inflated == 0 {
            self.wide = utf16_of(into.get(before..).unwrap_or(&[])).map(Encoding::new_decoder);
        }
        if let Some(decoder) = &mut self.wide {
            let wide = into.split_off(before);
            let mut text = String::with_capacity(2 * wide.len() + 16);
            // Room enough for any text: nothing is left over.
            let _ = decoder.decode_to_string(&wide, &mut text, !goes_on);
            into.extend_from_slice(text.as_bytes());
        }
        *inflated += bytes;
        self.budget.take(entry, bytes, *inflated)?;
        Ok(goes_on)
    }

    /// A small part in whole.
    async fn whole(&mut self, entry: &Entry) -> Result<Vec<u8>, ReadError> {
        let (mut bytes, mut inflated) = (Vec::new(), 0);
        self.open(entry)?;
        while self.next(entry, &mut bytes, &mut inflated).await? {
            if inflated > MAX_SMALL_PART {
                return Err(ReadError::TooLarge(format!("{}: hơn {} MB", entry.name, MAX_SMALL_PART >> 20)));
            }
        }
        Ok(bytes)
    }
}

/// How far the file is, by the packed bytes of its large parts.
struct Share<'p> {
    progress: &'p mut dyn FnMut(u32, u32),
    done: u64,
    total: u64,
}

impl Share<'_> {
    fn tell(&mut self, entry: &Entry, inflated: u64) {
        // How much of the packed bytes is gone is not known outside the inflater; the claimed size tells it well enough.
        let part = (u128::from(entry.packed) * u128::from(inflated.min(entry.claimed)) / u128::from(entry.claimed.max(1))) as u64;
        let done = u128::from(WHOLE) * u128::from(self.done + part) / u128::from(self.total.max(1));
        (self.progress)(done as u32, WHOLE);
    }
}

fn damaged(part: &str, what: &str) -> ReadError {
    ReadError::Damaged(format!("{part}: {what}"))
}
