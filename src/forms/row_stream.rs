//! Workbooks of many rows: the frame (heads, widths, formats, print set-up) is a small workbook of the usual writer, the rows are
//! streamed into its sheets, so that what is held in memory is the compressed file alone and every row is a place to breathe.

use super::style::{FormError, cut};
use jiff::civil::{Date, date};
use std::fmt::Write as _;
use std::io::{Cursor, Read as _, Write as _};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter};

/// What one cell holds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Value<'a> {
    /// A text; never a formula, whatever it begins with.
    Text(&'a str),
    /// A number.
    Number(f64),
    /// A day: a date of Excel's from 01/03/1900 on, a text before.
    Day(Date),
}

/// A sheet of the frame that rows are streamed into.
#[derive(Clone, Copy, Debug)]
pub(super) struct Streamed {
    /// Row of the first pattern (0 for Excel's row 1); the streamed rows take its place and all below.
    pub(super) first: u32,
    /// Pattern rows of the frame from there on: each column's cell gives the format.
    pub(super) patterns: u32,
    /// Rows that will be streamed, and the number of columns.
    pub(super) rows: u32,
    /// The last column's letters.
    pub(super) last_column: &'static str,
}

/// The formats of one pattern row: per column, the number of the cell format.
type Pattern = Vec<Option<u32>>;

struct Sheet {
    part: String,
    head: Vec<u8>,
    tail: Vec<u8>,
    patterns: Vec<Pattern>,
    first: u32,
}

/// A workbook being streamed, sheet after sheet.
pub(super) struct RowStream {
    zip: ZipWriter<Cursor<Vec<u8>>>,
    /// Sheets not begun yet, the next one last.
    waiting: Vec<Sheet>,
    /// The sheet being written and its next row (0 for Excel's row 1).
    open: Option<(Sheet, u32)>,
    line: String,
}

fn options() -> SimpleFileOptions {
    // A fixed time: the same input gives the same bytes.
    SimpleFileOptions::default().compression_method(CompressionMethod::Deflated).last_modified_time(DateTime::default())
}

impl RowStream {
    /// Takes the frame; its first sheets, in order, are those of `sheets`.
    ///
    /// # Errors
    /// The packer's word.
    pub(super) fn new(frame: &[u8], sheets: &[Streamed]) -> Result<RowStream, FormError> {
        let mut archive = ZipArchive::new(Cursor::new(frame))?;
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        let mut waiting = Vec::with_capacity(sheets.len());
        let parts: Vec<String> = (1..=sheets.len()).map(|number| format!("xl/worksheets/sheet{number}.xml")).collect();
        for at in 0..archive.len() {
            let entry = archive.by_index_raw(at)?;
            let name = entry.name()?.into_owned();
            if !parts.contains(&name) {
                zip.raw_copy_file(entry)?;
            }
        }
        for (part, streamed) in parts.into_iter().zip(sheets) {
            let mut xml = String::new();
            archive.by_name(&part)?.read_to_string(&mut xml)?;
            waiting.push(Sheet::of(part, &xml, *streamed));
        }
        waiting.reverse();
        Ok(RowStream { zip, waiting, open: None, line: String::new() })
    }

    /// Goes to the next sheet.
    ///
    /// # Errors
    /// The packer's word.
    pub(super) fn next_sheet(&mut self) -> Result<(), FormError> {
        self.end_sheet()?;
        if let Some(sheet) = self.waiting.pop() {
            self.zip.start_file(sheet.part.as_str(), options())?;
            self.zip.write_all(&sheet.head)?;
            let first = sheet.first;
            self.open = Some((sheet, first));
        }
        Ok(())
    }

    /// Adds a row to the sheet gone to last. Cells are (column, pattern row, value), by ascending column.
    ///
    /// # Errors
    /// The packer's word.
    pub(super) fn row<'a>(&mut self, cells: impl IntoIterator<Item = (u16, usize, Value<'a>)>) -> Result<(), FormError> {
        let Some((sheet, at)) = &mut self.open else { return Ok(()) };
        let excel = *at + 1;
        self.line.clear();
        // Writing to a text cannot fail.
        let _ = write!(self.line, "<row r=\"{excel}\">");
        for (column, pattern, value) in cells {
            let format = sheet.patterns.get(pattern).and_then(|pattern| pattern.get(usize::from(column)).copied().flatten());
            push_cell(&mut self.line, column, excel, format, value);
        }
        self.line.push_str("</row>");
        self.zip.write_all(self.line.as_bytes())?;
        *at += 1;
        Ok(())
    }

    fn end_sheet(&mut self) -> Result<(), FormError> {
        if let Some((sheet, _)) = self.open.take() {
            self.zip.write_all(&sheet.tail)?;
        }
        Ok(())
    }

    /// The bytes of the workbook; sheets not gone to stand empty.
    ///
    /// # Errors
    /// The packer's word.
    pub(super) fn finish(mut self) -> Result<Vec<u8>, FormError> {
        while !self.waiting.is_empty() {
            self.next_sheet()?;
        }
        self.end_sheet()?;
        Ok(self.zip.finish()?.into_inner())
    }
}

impl Sheet {
    fn of(part: String, xml: &str, streamed: Streamed) -> Sheet {
        let Streamed { first, patterns, rows, last_column } = streamed;
        let end = xml.find("</sheetData>").unwrap_or(xml.len());
        let start_of = |row: u32| xml.find(&format!("<row r=\"{}\"", row + 1)).unwrap_or(end);
        let pattern = |row: u32| pattern_of(&xml[start_of(row)..start_of(row + 1).max(start_of(row))]);
        let patterns = (first..first + patterns).map(pattern).collect();
        let head = xml[..start_of(first)].to_owned();
        let dimension = format!("<dimension ref=\"A1:{last_column}{}\"/>", first + rows);
        let head = match (head.find("<dimension"), head.find("<sheetViews")) {
            (Some(from), Some(to)) if from < to => format!("{}{dimension}{}", &head[..from], &head[to..]),
            _ => head,
        };
        Sheet { part, head: head.into_bytes(), tail: xml.as_bytes()[end..].to_vec(), patterns, first }
    }
}

/// The formats of a row's cells as the frame's writer wrote them: `<c r="F4" s="5">`.
fn pattern_of(row: &str) -> Pattern {
    let mut pattern = Pattern::new();
    for cell in row.split("<c ").skip(1) {
        let tag = cell.split('>').next().unwrap_or_default();
        let get = |name: &str| tag.split(' ').find_map(|part| part.strip_prefix(name)?.strip_prefix("=\"")?.split('"').next());
        let letters = get("r").unwrap_or_default().bytes().take_while(u8::is_ascii_uppercase);
        let column = letters.fold(0, |column, letter| column * 26 + usize::from(letter - b'A') + 1);
        if column == 0 {
            continue;
        }
        pattern.resize(pattern.len().max(column), None);
        pattern[column - 1] = get("s").and_then(|format| format.parse().ok());
    }
    pattern
}

/// Excel's number of a day: days since 31/12/1899, one more from 01/03/1900 on for the 29/02/1900 it believes in.
fn serial(day: Date) -> Option<i32> {
    let days = day.since(date(1899, 12, 30)).ok()?.get_days();
    (days >= 61).then_some(days)
}

fn push_cell(line: &mut String, column: u16, excel: u32, format: Option<u32>, value: Value<'_>) {
    line.push_str("<c r=\"");
    push_column(line, column);
    let _ = write!(line, "{excel}\"");
    if let Some(format) = format {
        let _ = write!(line, " s=\"{format}\"");
    }
    let mut text = |text: &str| {
        line.push_str(" t=\"inlineStr\"><is><t");
        if text.starts_with(|c: char| c.is_ascii_whitespace()) || text.ends_with(|c: char| c.is_ascii_whitespace()) {
            line.push_str(" xml:space=\"preserve\"");
        }
        line.push('>');
        push_escaped(line, cut(text));
        line.push_str("</t></is></c>");
    };
    match value {
        Value::Text(words) => text(words),
        Value::Day(day) => match serial(day) {
            Some(serial) => {
                let _ = write!(line, "><v>{serial}</v></c>");
            }
            // Before that Excel's days and the calendar's differ.
            None => text(&crate::text::show_date(day)),
        },
        Value::Number(number) => {
            let _ = write!(line, "><v>{number}</v></c>");
        }
    }
}

/// 0 as `A`, 26 as `AA`; two letters at most.
fn push_column(line: &mut String, column: u16) {
    if column >= 26 {
        line.push(char::from(b'A' + (column / 26 - 1) as u8));
    }
    line.push(char::from(b'A' + (column % 26) as u8));
}

/// Escapes as ECMA-376 wants it in a cell's text: what XML cannot hold as `_xHHHH_`, and such words themselves, so that they stay words.
fn push_escaped(line: &mut String, text: &str) {
    let is_word = |rest: &str| {
        let rest = rest.as_bytes();
        rest.len() >= 7 && rest[1] == b'x' && rest[6] == b'_' && rest[2..6].iter().all(u8::is_ascii_hexdigit)
    };
    for (at, c) in text.char_indices() {
        match c {
            '&' => line.push_str("&amp;"),
            '<' => line.push_str("&lt;"),
            '>' => line.push_str("&gt;"),
            '\t' | '\n' => line.push(c),
            '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => {
                let _ = write!(line, "_x{:04X}_", c as u32);
            }
            '_' if is_word(&text[at..]) => line.push_str("_x005F_"),
            c => line.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn escaped(text: &str) -> String {
        let mut line = String::new();
        push_escaped(&mut line, text);
        line
    }

    #[test]
    fn texts_are_escaped_as_a_cell_wants_them() {
        assert_eq!(escaped("a<b>&\"c\"\n"), "a&lt;b&gt;&amp;\"c\"\n");
        assert_eq!(escaped("\u{1}_x0041_ _x00"), "_x0001__x005F_x0041_ _x00");
        assert_eq!(escaped("Đặng Thị Ví Dụ"), "Đặng Thị Ví Dụ");
    }

    #[test]
    fn days_are_excels_from_march_1900_on() {
        assert_eq!(serial(date(1900, 3, 1)), Some(61));
        assert_eq!(serial(date(1900, 2, 28)), None);
        assert_eq!(serial(date(2021, 9, 3)), Some(44_442));
    }

    #[test]
    fn columns_have_letters() {
        let letters = |column| {
            let mut line = String::new();
            push_column(&mut line, column);
            line
        };
        assert_eq!([0, 25, 26, 35, 51, 52].map(letters), ["A", "Z", "AA", "AJ", "AZ", "BA"]);
    }

    #[test]
    fn a_pattern_row_gives_each_column_its_format() {
        let row = r#"<row r="4"><c r="A4" t="s"><v>1</v></c><c r="F4" s="5"><v>1</v></c><c r="AJ4" s="12" t="s"><v>0</v></c></row>"#;
        let pattern = pattern_of(row);
        assert_eq!((pattern.len(), pattern[0], pattern[5], pattern[35]), (36, None, Some(5), Some(12)));
    }
}
