//! The cells of one sheet, found while its part inflates.

use super::number::{read_index, read_number};
use super::scan::{Markup, attribute, markup, reference};
use super::shared::SharedStrings;
use super::styles::{Shown, Styles};
use super::text::{Content, plain};
use super::{MAX_TOKEN, damaged};
use crate::normalize::date;
use crate::workbook::error::ReadError;
use crate::workbook::interner::Interner;
use crate::workbook::read::{DAYS_TO_1904, LAST_MERGE_ROW};
use crate::workbook::rows::{MAX_CELLS, RowBuilder};
use crate::workbook::table::{Cell, Merge, Sheet};
use memchr::memchr;

/// Bytes after which the number of cells can be told.
const ENOUGH_TO_TELL: u64 = 1 << 20;

/// Where in the part the scanner is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    /// Before the rows.
    Head,
    /// Among them.
    Rows,
    /// Behind them.
    Tail,
}

/// Finds the cells of one sheet.
pub(super) struct CellScanner<'a> {
    styles: &'a Styles,
    shared: &'a SharedStrings,
    is_1904: bool,
    buffer: Vec<u8>,
    place: Place,
    /// Of the next row and cell that do not say where they are.
    row: u32,
    column: u32,
    rows: RowBuilder,
    has_room: bool,
    merges: Vec<Merge>,
    hidden_rows: u32,
    /// Per column: formulas without a saved value.
    unsaved: Vec<u32>,
    content: Content,
    scratch: Vec<u8>,
}

/// What a cell's value is, by its attribute `t`.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Number,
    Shared,
    Text,
    Bool,
    Error,
    Iso,
}

/// A cell's start tag.
struct Head {
    row: Option<u32>,
    column: Option<u32>,
    style: u32,
    kind: Kind,
    is_empty: bool,
    end: usize,
}

impl<'a> CellScanner<'a> {
    pub(super) fn new(styles: &'a Styles, shared: &'a SharedStrings, is_1904: bool) -> CellScanner<'a> {
        CellScanner {
            styles,
            shared,
            is_1904,
            buffer: Vec::new(),
            place: Place::Head,
            row: 0,
            column: 0,
            rows: RowBuilder::default(),
            has_room: false,
            merges: Vec::new(),
            hidden_rows: 0,
            unsaved: Vec::new(),
            content: Content::default(),
            scratch: Vec::new(),
        }
    }

    /// Where the next stretch of the part goes.
    pub(super) fn buffer(&mut self) -> &mut Vec<u8> {
        &mut self.buffer
    }

    /// Takes in the cells that are whole by now.
    pub(super) fn scan(&mut self, texts: &mut Interner) -> Result<(), ReadError> {
        let buffer = std::mem::take(&mut self.buffer);
        let done = self.scan_in(&buffer, texts);
        self.buffer = buffer;
        self.buffer.drain(..done);
        self.rows.check()?;
        if self.buffer.len() > MAX_TOKEN { Err(damaged("sheet", "a cell without an end")) } else { Ok(()) }
    }

    /// Once enough of the part is scanned to tell how many cells all of it has: makes room for them, so that the table need not move.
    pub(super) fn make_room(&mut self, scanned: u64, claimed: u64) {
        if self.has_room || scanned < ENOUGH_TO_TELL {
            return;
        }
        self.has_room = true;
        let scale = |count: usize| (count as u64 * claimed / scanned) as usize;
        self.rows.reserve(scale, MAX_CELLS);
    }

    /// The part is over: fills the sheet.
    ///
    /// # Errors
    /// Where the part ends among its rows.
    pub(super) fn finish(mut self, texts: &mut Interner, sheet: &mut Sheet) -> Result<(), ReadError> {
        self.scan(texts)?;
        if self.place == Place::Rows {
            return Err(damaged("sheet", "it is cut off"));
        }
        sheet.table = self.rows.finish();
        sheet.merges = self.merges;
        sheet.hidden_rows = self.hidden_rows;
        sheet.unsaved_formulas = (0u16..).zip(self.unsaved).filter(|(_, count)| *count > 0).collect();
        Ok(())
    }

    /// How far the bytes are whole.
    fn scan_in(&mut self, bytes: &[u8], texts: &mut Interner) -> usize {
        let mut at = 0;
        loop {
            if bytes.get(at) != Some(&b'<') {
                match memchr(b'<', bytes.get(at..).unwrap_or(&[])) {
                    Some(open) => at += open,
                    None => return bytes.len(),
                }
            }
            let end = match (self.place, bytes.get(at + 1..at + 3)) {
                (Place::Rows, Some(b"c " | b"c>")) => self.cell(bytes, at + 2, texts),
                (_, Some(_)) => self.other(bytes, at, texts),
                (_, None) => None,
            };
            match end {
                Some(end) => at = end,
                None => return at,
            }
        }
    }

    /// Everything but the usual cell.
    fn other(&mut self, bytes: &[u8], at: usize, texts: &mut Interner) -> Option<usize> {
        let found = markup(bytes, at)?;
        let end = found.end();
        match (self.place, found) {
            (Place::Rows, Markup::Open { name: b"row", attributes, is_empty, .. }) => {
                if let Some(row) = attribute(attributes, b"r").and_then(read_index) {
                    self.row = row.saturating_sub(1);
                }
                self.column = 0;
                self.hidden_rows += u32::from(matches!(attribute(attributes, b"hidden"), Some(b"1" | b"true")));
                self.row += u32::from(is_empty);
            }
            (Place::Rows, Markup::Close { name: b"row", .. }) => {
                self.row = self.row.saturating_add(1);
                self.column = 0;
            }
            // With a prefix, or with other blanks behind its name.
            (Place::Rows, Markup::Open { name: b"c", .. }) => {
                let name_end =
                    at + 1 + bytes.get(at + 1..end)?.iter().position(|byte| byte.is_ascii_whitespace() || b"/>".contains(byte))?;
                return self.cell(bytes, name_end, texts);
            }
            (Place::Rows, Markup::Close { name: b"sheetData", .. }) => self.place = Place::Tail,
            (Place::Head, Markup::Open { name: b"sheetData", is_empty, .. }) => {
                self.place = if is_empty { Place::Tail } else { Place::Rows };
            }
            (Place::Tail, Markup::Open { name: b"mergeCell", attributes, .. }) => {
                let range = attribute(attributes, b"ref").unwrap_or_default();
                let mut corners = range.split(|byte| *byte == b':').map(reference);
                if let (Some(Some(from)), Some(Some(to))) = (corners.next(), corners.next())
                    && from.0 < LAST_MERGE_ROW
                {
                    self.merges.push((from.0 + 1, to.0 + 1, from.1 as u16, to.1 as u16));
                }
            }
            _ => {}
        }
        Some(end)
    }

    /// The cell whose attributes begin at `attributes`.
    fn cell(&mut self, bytes: &[u8], attributes: usize, texts: &mut Interner) -> Option<usize> {
        let head = Head::read(bytes, attributes)?;
        let (row, column) = (head.row.unwrap_or(self.row), head.column.unwrap_or(self.column));
        if head.is_empty {
            self.column = column.saturating_add(1);
            return Some(head.end);
        }
        let body = bytes.get(head.end..)?;
        let is_plain = |lead: &'static [u8], close: &'static [u8]| -> Option<Option<(&[u8], usize)>> {
            if !body.starts_with(lead) {
                return Some(None);
            }
            let text = body.get(lead.len()..)?;
            let len = memchr(b'<', text)?;
            let is_closed = text.get(len..len + close.len())? == close;
            Some(is_closed.then(|| (text.get(..len).unwrap_or(&[]), head.end + lead.len() + len + close.len())))
        };
        let (cell, end) = if let Some((raw, end)) = is_plain(b"<v>", b"</v></c>")? {
            let mut scratch = std::mem::take(&mut self.scratch);
            let raw = if head.kind == Kind::Text { plain(raw, true, &mut scratch) } else { raw };
            let cell = self.value(&head, raw, column, texts);
            self.scratch = scratch;
            (cell, end)
        } else if let Some((raw, end)) = is_plain(b"<is><t>", b"</t></is></c>")? {
            (texts.text_below(column, plain(raw, false, &mut self.scratch)), end)
        } else {
            let mut content = std::mem::take(&mut self.content);
            let end = content.read(bytes, head.end, b"c");
            let cell = end.map(|_| self.value(&head, &content.text, column, texts));
            if end.is_some() && content.has_formula && content.text.is_empty() {
                self.count_unsaved(column);
            }
            self.content = content;
            (cell?, end?)
        };
        self.column = column.saturating_add(1);
        self.rows.push(row, column, cell);
        Some(end)
    }

    fn value(&self, head: &Head, raw: &[u8], column: u32, texts: &mut Interner) -> Cell {
        match head.kind {
            Kind::Shared => read_index(raw.trim_ascii()).and_then(|index| self.shared.cell(index)).unwrap_or(Cell::EMPTY),
            Kind::Number => {
                if raw.is_empty() {
                    return Cell::EMPTY;
                }
                let Some(number) = read_number(raw) else { return texts.text_below(column, raw) };
                match self.styles.get(head.style) {
                    Shown::Date if self.is_1904 => Cell::date(number + DAYS_TO_1904),
                    Shown::Date => Cell::date(number),
                    Shown::Plain | Shown::Duration => Cell::number(number),
                }
            }
            Kind::Text => texts.text_below(column, raw),
            Kind::Bool => match raw.trim_ascii() {
                b"1" => Cell::bool(true),
                b"0" => Cell::bool(false),
                other if other.eq_ignore_ascii_case(b"true") => Cell::bool(true),
                other if other.eq_ignore_ascii_case(b"false") => Cell::bool(false),
                other => texts.text(other),
            },
            Kind::Error if raw.is_empty() => Cell::EMPTY,
            Kind::Error => texts.error(raw),
            Kind::Iso => std::str::from_utf8(raw).ok().and_then(date::serial_of_iso).map_or_else(|| texts.text(raw), Cell::date),
        }
    }

    fn count_unsaved(&mut self, column: u32) {
        let column = column.min(16_383) as usize;
        if self.unsaved.len() <= column {
            self.unsaved.resize(column + 1, 0);
        }
        if let Some(count) = self.unsaved.get_mut(column) {
            *count += 1;
        }
    }
}

impl Head {
    /// Reads the attributes from `at` to the end of the tag.
    fn read(bytes: &[u8], mut at: usize) -> Option<Head> {
        let mut head = Head { row: None, column: None, style: 0, kind: Kind::Number, is_empty: false, end: 0 };
        loop {
            match bytes.get(at)? {
                b'>' => {
                    head.end = at + 1;
                    return Some(head);
                }
                b'/' if *bytes.get(at + 1)? == b'>' => {
                    head.is_empty = true;
                    head.end = at + 2;
                    return Some(head);
                }
                b' ' | b'\n' | b'\r' | b'\t' | b'/' => at += 1,
                _ => {
                    let name = at;
                    while !matches!(bytes.get(at)?, b'=' | b'>') {
                        at += 1;
                    }
                    if bytes.get(at) == Some(&b'>') {
                        continue;
                    }
                    let name = bytes.get(name..at)?.trim_ascii_end();
                    at += 1;
                    while bytes.get(at)?.is_ascii_whitespace() {
                        at += 1;
                    }
                    let quote = *bytes.get(at)?;
                    if quote != b'"' && quote != b'\'' {
                        continue;
                    }
                    at += 1;
                    let from = at;
                    while *bytes.get(at)? != quote {
                        at += 1;
                    }
                    let value = bytes.get(from..at)?;
                    at += 1;
                    match name {
                        b"r" => {
                            if let Some((row, column)) = reference(value) {
                                (head.row, head.column) = (Some(row), Some(column));
                            }
                        }
                        b"s" => head.style = read_index(value).unwrap_or(0),
                        b"t" => head.kind = Kind::of(value),
                        _ => {}
                    }
                }
            }
        }
    }
}

impl Kind {
    fn of(value: &[u8]) -> Kind {
        match value {
            b"s" => Kind::Shared,
            b"n" => Kind::Number,
            b"b" => Kind::Bool,
            b"e" => Kind::Error,
            b"d" => Kind::Iso,
            _ => Kind::Text,
        }
    }
}
