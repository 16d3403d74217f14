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
use crate::workbook::package::{Budget, Directory, Entry, Source};
use crate::workbook::read::WHOLE;
use crate::workbook::table::{Sheet, Workbook};
use cells::CellScanner;
use parts::Book;
use shared::SharedStrings;
use styles::Styles;

/// Parts other than sheets and texts are small.
const MAX_SMALL_PART: u64 = 64 << 20;
/// A cell, row or text that is still not over after so many bytes is none.
const MAX_TOKEN: usize = 32 << 20;

/// Why this reader gives up.
#[derive(Debug)]
pub(crate) enum XlsxError {
    /// The file is refused.
    Refused(ReadError),
    /// Something legal but rare (a part in UTF-16) that calamine may know.
    Unusual,
}

impl From<ReadError> for XlsxError {
    fn from(error: ReadError) -> XlsxError {
        XlsxError::Refused(error)
    }
}

/// Reads all sheets.
pub(crate) async fn read<S: Source>(
    source: &mut S,
    directory: &Directory,
    progress: &mut dyn FnMut(u32, u32),
) -> Result<Workbook, XlsxError> {
    let mut parts = Parts { source, budget: Budget::default() };
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

/// What stands before the sheets: their names and parts, the styles.
async fn book<S: Source>(parts: &mut Parts<'_, S>, directory: &Directory) -> Result<Book, XlsxError> {
    let root = match directory.get("_rels/.rels") {
        Some(entry) => parts::workbook_part(&parts.whole(entry).await?)?,
        None => None,
    };
    let named = root.as_deref().and_then(|name| directory.get(name)).or_else(|| directory.get("xl/workbook.xml"));
    let any = || directory.entries().iter().find(|entry| entry.name.ends_with("workbook.xml"));
    let entry = named.or_else(any).ok_or_else(|| ReadError::Damaged("workbook.xml is missing".to_owned()))?;
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
}

impl<S: Source> Parts<'_, S> {
    fn open(&mut self, entry: &Entry) -> Result<(), ReadError> {
        self.source.open(entry)
    }

    async fn next(&mut self, entry: &Entry, into: &mut Vec<u8>, inflated: &mut u64) -> Result<bool, XlsxError> {
        let before = into.len();
        let goes_on = self.source.next(into).await?;
        let bytes = (into.len() - before) as u64;
        if *inflated == 0 && (into.starts_with(&[0xff, 0xfe]) || into.starts_with(&[0xfe, 0xff]) || into.get(1) == Some(&0)) {
            return Err(XlsxError::Unusual);
        }
        *inflated += bytes;
        self.budget.take(entry, bytes, *inflated)?;
        Ok(goes_on)
    }

    /// A small part in whole.
    async fn whole(&mut self, entry: &Entry) -> Result<Vec<u8>, XlsxError> {
        let (mut bytes, mut inflated) = (Vec::new(), 0);
        self.open(entry)?;
        while self.next(entry, &mut bytes, &mut inflated).await? {
            if inflated > MAX_SMALL_PART {
                return Err(ReadError::TooLarge(format!("{}: hơn {} MB", entry.name, MAX_SMALL_PART >> 20)).into());
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

fn damaged(part: &str, what: &str) -> XlsxError {
    XlsxError::Refused(ReadError::Damaged(format!("{part}: {what}")))
}
