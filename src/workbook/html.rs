//! Web pages saved under the name of a workbook, as many reporting systems hand out their "Excel" files: their tables are read.
//!
//! Every `<tr>` is a row and every `<td>` or `<th>` a cell, in the order of the page and over all its tables, as Excel shows it.

use crate::workbook::encoding::decode;
use crate::workbook::error::ReadError;
use crate::workbook::interner::Interner;
use crate::workbook::table::{Sheet, Table, Workbook};
use encoding_rs::Encoding;
use std::borrow::Cow;

/// Columns of a sheet; a span is cut there.
const MAX_COLUMNS: u32 = 16_384;
/// Longest stretch of rows that one cell spans.
const MAX_ROW_SPAN: u32 = 10_000;
/// Merged cells below this row are no part of a header.
const LAST_MERGE_ROW: u32 = 300;
/// Progress is told in thousandths, once in so many rows.
const PROGRESS_ROWS: u32 = 2048;

/// Whether a file begins as a web page does.
pub(crate) fn is_html(bytes: &[u8]) -> bool {
    let start = bytes.get(..2048).unwrap_or(bytes);
    let start =
        if start.starts_with(&[0xff, 0xfe]) || start.starts_with(&[0xfe, 0xff]) { decode(start) } else { String::from_utf8_lossy(start) };
    let start = start.trim_start_matches('\u{feff}').trim_start().to_ascii_lowercase();
    let tags = ["<!doctype html", "<html", "<head", "<meta", "<body", "<table", "<style", "<div", "<center", "<!--"];
    tags.iter().any(|tag| start.starts_with(tag)) || (start.starts_with("<?xml") && start.contains("<html"))
}

/// Reads the tables of a web page as one sheet.
pub(crate) fn read_html(bytes: &[u8], progress: &mut dyn FnMut(u32, u32)) -> Result<Workbook, ReadError> {
    let text = decode_page(bytes);
    let mut page = Page::default();
    let mut at = 0;
    let mut told = 0;
    while let Some(open) = text.get(at..).and_then(|rest| rest.find('<')) {
        page.text(text.get(at..at + open).unwrap_or_default());
        at += open;
        let rest = text.get(at..).unwrap_or_default();
        let length = match Tag::read(rest) {
            Some((tag, length)) => page.tag(&tag, rest, length),
            None if rest.starts_with("<!--") => rest.find("-->").map_or(rest.len(), |end| end + 3),
            None if rest.starts_with("<!") || rest.starts_with("<?") => rest.find('>').map_or(rest.len(), |end| end + 1),
            None => {
                page.text("<");
                1
            }
        };
        at += length;
        if page.row >= told + PROGRESS_ROWS {
            told = page.row;
            progress((at as u64 * 1000 / text.len().max(1) as u64) as u32, 1000);
        }
    }
    page.text(text.get(at..).unwrap_or_default());
    page.end_cell();
    if page.row == 0 {
        return Err(ReadError::TextFile);
    }
    Ok(Workbook { sheets: vec![Sheet { name: "Sheet1".to_owned(), ..page.sheet }], texts: page.texts.finish() })
}

/// By the encoding that the page names, where it names one and does not begin with a mark of its own.
fn decode_page(bytes: &[u8]) -> Cow<'_, str> {
    let start = String::from_utf8_lossy(bytes.get(..2048).unwrap_or(bytes)).to_ascii_lowercase();
    let named = start.split_once("charset=").map(|(_, rest)| rest.trim_start_matches(['"', '\'']));
    let named = named.and_then(|rest| {
        Encoding::for_label(rest.split(|char: char| !(char.is_ascii_alphanumeric() || "-_".contains(char))).next()?.as_bytes())
    });
    match named {
        Some(encoding) if encoding.is_single_byte() && encoding != encoding_rs::WINDOWS_1252 && Encoding::for_bom(bytes).is_none() => {
            use unicode_normalization::UnicodeNormalization as _;
            Cow::Owned(encoding.decode_without_bom_handling(bytes).0.nfc().collect())
        }
        _ => decode(bytes),
    }
}

/// What has been read of a page.
#[derive(Default)]
struct Page {
    sheet: Sheet,
    texts: Interner,
    /// The row being filled, from 1; 0 before the first.
    row: u32,
    /// Where the next cell of the row stands at the earliest.
    column: u32,
    /// By column, the last row that a cell above reaches down to.
    reaching: Vec<u32>,
    cell: Option<OpenCell>,
}

/// A cell whose end has not come yet.
struct OpenCell {
    column: u32,
    text: String,
    /// Whether white space is owed before the next letter.
    is_space_due: bool,
}

impl Page {
    /// Takes a tag; gives the length of what is dealt with.
    fn tag(&mut self, tag: &Tag<'_>, rest: &str, length: usize) -> usize {
        match (tag.name.to_ascii_lowercase().as_str(), tag.is_end) {
            ("tr", false) => {
                self.end_cell();
                self.row += 1;
                self.column = 0;
            }
            ("td" | "th", false) => {
                self.end_cell();
                self.row = self.row.max(1);
                self.begin_cell(tag);
            }
            ("td" | "th" | "tr" | "table", true) => self.end_cell(),
            ("br" | "p" | "div", _) => {
                if let Some(cell) = self.cell.as_mut().filter(|cell| !cell.text.is_empty() && !cell.text.ends_with('\n')) {
                    (cell.is_space_due, cell.text) = (false, std::mem::take(&mut cell.text) + "\n");
                }
            }
            (name @ ("script" | "style" | "title"), false) => {
                let end = format!("</{name}");
                return rest.to_ascii_lowercase_find(&end).unwrap_or(rest.len());
            }
            _ => {}
        }
        length
    }

    fn begin_cell(&mut self, tag: &Tag<'_>) {
        while self.reaching.get(self.column as usize).is_some_and(|last| *last >= self.row) {
            self.column += 1;
        }
        let span = |name: &str, most: u32| tag.number(name).unwrap_or(1).clamp(1, most);
        let (wide, tall) = (span("colspan", MAX_COLUMNS), span("rowspan", MAX_ROW_SPAN));
        let (first, last_row) = (self.column, self.row + tall - 1);
        self.column = (first + wide).min(MAX_COLUMNS);
        self.cell = Some(OpenCell { column: first, text: String::new(), is_space_due: false });
        if tall > 1 {
            let (from, to) = (first as usize, self.column as usize);
            self.reaching.resize(self.reaching.len().max(to), 0);
            self.reaching.iter_mut().take(to).skip(from).for_each(|last| *last = last_row.max(*last));
        }
        if (tall > 1 || wide > 1) && self.row <= LAST_MERGE_ROW && first < MAX_COLUMNS {
            self.sheet.merges.push((self.row, last_row, first as u16, (self.column - 1) as u16));
        }
    }

    /// Adds text to the open cell, its white space as a browser shows it.
    fn text(&mut self, raw: &str) {
        let Some(cell) = &mut self.cell else { return };
        for char in unescape(raw).chars() {
            if matches!(char, ' ' | '\t' | '\r' | '\n') {
                cell.is_space_due = !cell.text.is_empty() && !cell.text.ends_with('\n');
            } else {
                if std::mem::take(&mut cell.is_space_due) {
                    cell.text.push(' ');
                }
                cell.text.push(char);
            }
        }
    }

    fn end_cell(&mut self) {
        let Some(cell) = self.cell.take() else { return };
        if cell.column < MAX_COLUMNS {
            push(&mut self.sheet.table, self.row, cell.column as u16, &mut self.texts, cell.text.trim_end_matches('\n'));
        }
    }
}

fn push(table: &mut Table, row: u32, column: u16, texts: &mut Interner, text: &str) {
    // A no-break space alone keeps an empty cell of a page from collapsing.
    if text != "\u{a0}" {
        table.push(row, column, texts.text(text.as_bytes()));
    }
}

trait FindLowerCase {
    fn to_ascii_lowercase_find(&self, what: &str) -> Option<usize>;
}

impl FindLowerCase for str {
    /// Where an ASCII text stands, whatever its case.
    fn to_ascii_lowercase_find(&self, what: &str) -> Option<usize> {
        self.as_bytes().windows(what.len()).position(|window| window.eq_ignore_ascii_case(what.as_bytes()))
    }
}

/// A start or end tag.
struct Tag<'a> {
    name: &'a str,
    is_end: bool,
    attributes: &'a str,
}

impl<'a> Tag<'a> {
    /// The tag at the start of the text, and its length; none where `<` begins no tag.
    fn read(text: &'a str) -> Option<(Tag<'a>, usize)> {
        let inner = text.strip_prefix('<')?;
        let (is_end, inner) = inner.strip_prefix('/').map_or((false, inner), |inner| (true, inner));
        if !inner.starts_with(|first: char| first.is_ascii_alphabetic()) {
            return None;
        }
        let name_end = inner.find(|char: char| !(char.is_ascii_alphanumeric() || char == ':')).unwrap_or(inner.len());
        let (name, rest) = inner.split_at(name_end);
        let mut quote = None;
        let end = rest.bytes().position(|byte| match (quote, byte) {
            (None, b'>') => true,
            (None, b'"' | b'\'') => {
                quote = Some(byte);
                false
            }
            (Some(open), _) if open == byte => {
                quote = None;
                false
            }
            _ => false,
        });
        // A quotation mark that nobody closed does not swallow the page.
        let end = end.or_else(|| rest.find('>')).unwrap_or(rest.len());
        let attributes = rest.get(..end)?;
        Some((Tag { name, is_end, attributes }, (text.len() - rest.len() + end + 1).min(text.len())))
    }

    fn number(&self, name: &str) -> Option<u32> {
        let at = self.attributes.to_ascii_lowercase_find(name)?;
        let value = self.attributes.get(at + name.len()..)?.trim_start().strip_prefix('=')?.trim_start().trim_start_matches(['"', '\'']);
        value.split(|char: char| !char.is_ascii_digit()).next()?.parse().ok()
    }
}

/// The Latin letters and marks that pages write as names, beside those of every page.
const NAMED: [(&str, char); 36] = [
    ("amp", '&'),
    ("lt", '<'),
    ("gt", '>'),
    ("quot", '"'),
    ("apos", '\''),
    ("nbsp", '\u{a0}'),
    ("shy", '\u{ad}'),
    ("ndash", '–'),
    ("mdash", '—'),
    ("hellip", '…'),
    ("Agrave", 'À'),
    ("Aacute", 'Á'),
    ("Acirc", 'Â'),
    ("Atilde", 'Ã'),
    ("Egrave", 'È'),
    ("Eacute", 'É'),
    ("Ecirc", 'Ê'),
    ("Igrave", 'Ì'),
    ("Iacute", 'Í'),
    ("Ograve", 'Ò'),
    ("Oacute", 'Ó'),
    ("Ocirc", 'Ô'),
    ("Otilde", 'Õ'),
    ("Ugrave", 'Ù'),
    ("Uacute", 'Ú'),
    ("Yacute", 'Ý'),
    ("ETH", 'Đ'),
    ("agrave", 'à'),
    ("aacute", 'á'),
    ("acirc", 'â'),
    ("atilde", 'ã'),
    ("egrave", 'è'),
    ("eacute", 'é'),
    ("ecirc", 'ê'),
    ("iacute", 'í'),
    ("ocirc", 'ô'),
];
/// The rest of them.
const MORE_NAMED: [(&str, char); 8] =
    [("igrave", 'ì'), ("ograve", 'ò'), ("oacute", 'ó'), ("otilde", 'õ'), ("ugrave", 'ù'), ("uacute", 'ú'), ("yacute", 'ý'), ("eth", 'đ')];

fn unescape(raw: &str) -> Cow<'_, str> {
    if !raw.contains('&') {
        return Cow::Borrowed(raw);
    }
    let mut out = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some(at) = rest.find('&') {
        out.push_str(rest.get(..at).unwrap_or_default());
        rest = rest.get(at..).unwrap_or_default();
        let name_end = rest.bytes().skip(1).take(10).position(|byte| byte == b';').map(|end| end + 1);
        match name_end.and_then(|end| Some((character(rest.get(1..end)?)?, end))) {
            Some((char, end)) => {
                out.push(char);
                rest = rest.get(end + 1..).unwrap_or_default();
            }
            None => {
                out.push('&');
                rest = rest.get(1..).unwrap_or_default();
            }
        }
    }
    Cow::Owned(out + rest)
}

fn character(name: &str) -> Option<char> {
    if let Some(number) = name.strip_prefix('#') {
        let code = number.strip_prefix(['x', 'X']).map_or_else(|| number.parse().ok(), |hex| u32::from_str_radix(hex, 16).ok());
        return char::from_u32(code?);
    }
    NAMED.iter().chain(&MORE_NAMED).find(|named| named.0 == name).map(|named| named.1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workbook::table::CellValue;

    fn rows(page: &str) -> Vec<String> {
        let workbook = read_html(page.as_bytes(), &mut |_, _| ()).unwrap_or_default();
        let Some(sheet) = workbook.sheets.first() else { return Vec::new() };
        let show = |cell: crate::workbook::table::Cell| match cell.value(&workbook.texts) {
            CellValue::Text(text) => text.to_owned(),
            other => format!("{other:?}"),
        };
        let line = |row: crate::workbook::table::Row<'_>| {
            let cells: Vec<String> = row.cells().map(|(column, cell)| format!("{column}={}", show(cell))).collect();
            format!("{}: {}", row.number, cells.join("|"))
        };
        sheet.table.rows().map(line).collect()
    }

    #[test]
    fn a_page_is_told_from_other_text() {
        for page in ["<html><table>", "\u{feff}\r\n<TABLE border=1>", "<!DOCTYPE html>", "<meta charset=utf-8><table>"] {
            assert!(is_html(page.as_bytes()), "{page}");
        }
        for text in ["a<b;c", "<?xml version=\"1.0\"?><Workbook/>", "", "STT;Tên"] {
            assert!(!is_html(text.as_bytes()), "{text}");
        }
    }

    #[test]
    fn cells_stand_where_a_browser_draws_them() {
        let page = "<html><head><title>a <td></title><style>td{}</style></head><body><h1>Tên</h1><table>
            <tr><th rowspan=2>STT<th rowspan='2'>Họ và<br>tên<th colspan=\"2\">Mũi 1</tr>
            <tr><th>Ngày</th><th> Số   lô </th></tr>
            <!-- <tr><td>x</td></tr> -->
            <tr><td>1</td><td><b>Trần</b> Thị &Acirc;u &amp; &#272;&#x1EA1;t</td><td>&nbsp;</td><td>A1</td></tr>
            </table>";
        assert_eq!(rows(page), ["1: 0=STT|1=Họ và\ntên|2=Mũi 1", "2: 2=Ngày|3=Số lô", "3: 0=1|1=Trần Thị Âu & Đạt|3=A1"]);
        let sheet = read_html(page.as_bytes(), &mut |_, _| ()).unwrap_or_default();
        assert_eq!(sheet.sheets[0].merges, [(1, 2, 0, 0), (1, 2, 1, 1), (1, 1, 2, 3)]);
    }

    #[test]
    fn what_is_no_tag_is_text_and_a_page_without_tables_is_refused() {
        assert_eq!(rows("<table><tr><td>1 < 2 <3 & 4 &x; </td><td a='>'>b"), ["1: 0=1 < 2 <3 & 4 &x;|1=b"]);
        assert_eq!(read_html(b"<html><p>text", &mut |_, _| ()).err(), Some(ReadError::TextFile));
    }

    #[test]
    fn a_page_may_name_its_encoding() {
        let page = b"<meta http-equiv=Content-Type content=\"text/html; charset=windows-1258\"><table><tr><td>Th\x69\xf2";
        let workbook = read_html(page, &mut |_, _| ()).unwrap_or_default();
        assert_eq!(workbook.sheets[0].table.row(0).cell(0).value(&workbook.texts), CellValue::Text("Thị"));
    }
}
