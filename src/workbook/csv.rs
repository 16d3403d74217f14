//! Tables written as text: the separator is found, every field is a text cell.
//!
//! Numbers and dates stay as written, so leading zeros survive; the record code reads them from text anyway.

use crate::workbook::encoding::decode;
use crate::workbook::error::ReadError;
use crate::workbook::interner::Interner;
use crate::workbook::table::{Sheet, Table, Workbook};
use std::borrow::Cow;

/// What may stand between fields. Of two that fit equally well the first one wins.
const SEPARATORS: [u8; 4] = [b'\t', b';', b',', b'|'];
/// So many rows are looked at to find the separator.
const SAMPLE: usize = 200;
/// No cell of Excel holds more; a longer field is a quotation mark that nobody closed.
const LONGEST_FIELD: usize = 32_767;
/// No row holds more: every column filled to the brim would be half a gigabyte, and no list comes near.
const LONGEST_ROW: usize = 16 << 20;
/// Columns of a sheet.
const MAX_COLUMNS: usize = 16_384;
/// Progress is told in thousandths, once in so many rows.
const PROGRESS_ROWS: u32 = 2048;
/// The share of the first pass over the rows, which looks at quotation marks only.
const FIRST_PASS: u64 = 300;

/// Reads a table written as text, or says that the text is none. A name that ends in `.csv` or `.tsv` counts as a word for the table.
pub(crate) fn read_csv(file_name: &str, bytes: &[u8], progress: &mut dyn FnMut(u32, u32)) -> Result<Workbook, ReadError> {
    let text = decode(bytes);
    if is_program_text(&text) {
        return Err(ReadError::TextFile);
    }
    if let Some(length) = longest_row(&text) {
        return Err(ReadError::TooLarge(format!("một dòng dài {} MB", length >> 20)));
    }
    let (text, separator) = match said_separator(&text) {
        Some((separator, rest)) => (rest, separator),
        None => {
            let is_named_table = [".csv", ".tsv"].iter().any(|end| file_name.to_lowercase().ends_with(end));
            (&*text, find_separator(&text, is_named_table).ok_or(ReadError::TextFile)?)
        }
    };
    let mut sheet = Sheet { name: sheet_name(file_name), ..Sheet::default() };
    let mut texts = Interner::default();
    let mut told = 0;
    let mut tell = |line: &Line, from: u64, to: u64| {
        if line.row >= told + PROGRESS_ROWS || line.row < told {
            told = line.row;
            progress((from + line.end as u64 * (to - from) / text.len().max(1) as u64) as u32, 1000);
        }
    };
    // Where a quotation mark swallows the rest of the file, quotation marks are no marks here.
    let has_quotes = Lines::new(text, separator, true).all(|line| {
        tell(&line, 0, FIRST_PASS);
        line.is_closed
    });
    for line in Lines::new(text, separator, has_quotes) {
        if line.fields.len() > MAX_COLUMNS {
            return Err(ReadError::TooLarge(format!("{} cột", line.fields.len())));
        }
        fill(&mut sheet.table, &mut texts, &line, has_quotes);
        tell(&line, FIRST_PASS, 1000);
    }
    Ok(Workbook { sheets: vec![sheet], texts: texts.finish() })
}

/// The length of a row that is longer than any; a file without line breaks is one.
fn longest_row(text: &str) -> Option<usize> {
    text.split(['\n', '\r']).map(str::len).find(|length| *length > LONGEST_ROW)
}

fn fill(table: &mut Table, texts: &mut Interner, line: &Line, has_quotes: bool) {
    for (column, field) in (0u16..).zip(&line.fields) {
        let unquoted = (!has_quotes).then(|| field.strip_prefix('"')?.strip_suffix('"')).flatten().unwrap_or(field);
        table.push(line.row, column, texts.text(plain(unquoted).as_bytes()));
    }
}

/// `="0123"`, by which programs tell Excel to keep the zeros, is `0123`.
fn plain(field: &str) -> Cow<'_, str> {
    match field.strip_prefix("=\"").and_then(|rest| rest.strip_suffix('"')) {
        Some(inner) => Cow::Owned(inner.replace("\"\"", "\"")),
        None => Cow::Borrowed(field),
    }
}

/// Excel's first line `sep=;`, and the text after it. Excel shows no row for it.
fn said_separator(text: &str) -> Option<(u8, &str)> {
    let rest = text.get(4..).filter(|_| text.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("sep=")))?;
    let separator = *rest.as_bytes().first().filter(|byte| byte.is_ascii() && !b"\r\n\"".contains(byte))?;
    let rest = rest.get(1..)?;
    let end = rest.find(['\r', '\n']).unwrap_or(rest.len());
    let (tail, rest) = rest.split_at(end);
    tail.trim_matches([' ', ';', ',', '\t'])
        .is_empty()
        .then(|| (separator, rest.strip_prefix("\r\n").or_else(|| rest.get(1..)).unwrap_or("")))
}

/// The separator by which most rows are equally wide; none where the text is no table.
fn find_separator(text: &str, is_named_table: bool) -> Option<u8> {
    let votes = SEPARATORS.map(|separator| Vote::of(text, separator));
    // Of those that give equally many rows the one that gives more columns; of equals the first.
    let best = (0..votes.len()).rev().max_by_key(|at| (votes[*at].rows, votes[*at].width))?;
    let vote = &votes[best];
    match vote.rows {
        // Nothing parts anything: one column.
        0 => is_named_table.then_some(b','),
        _ => (is_named_table || vote.is_table()).then(|| SEPARATORS[best]),
    }
}

/// How a text looks cut at one separator.
#[derive(Default)]
struct Vote {
    /// The commonest width of rows wider than one field; 0 where there is none.
    width: usize,
    /// How many rows have that width.
    rows: usize,
    /// How many rows there are from the first of them on.
    from_first: usize,
    /// Whether every row of that width ends with the separator, as lines of a program do.
    is_always_open: bool,
}

impl Vote {
    fn of(text: &str, separator: u8) -> Vote {
        let lines: Vec<(usize, bool)> = Lines::new(text, separator, true)
            .take(SAMPLE)
            .map(|line| (line.fields.len(), line.fields.iter().next_back().is_some_and(|field| field.trim().is_empty())))
            .collect();
        let count = |width: usize| lines.iter().filter(|line| line.0 == width).count();
        let Some(width) = lines.iter().map(|line| line.0).filter(|width| *width > 1).max_by_key(|width| (count(*width), *width)) else {
            return Vote::default();
        };
        let first = lines.iter().position(|line| line.0 == width).unwrap_or(0);
        let is_always_open = width == 2 && lines.iter().filter(|line| line.0 == width).all(|line| line.1);
        Vote { width, rows: count(width), from_first: lines.len() - first, is_always_open }
    }

    /// Prose has separators here and there; a table has them in nearly every row below its title.
    fn is_table(&self) -> bool {
        let share = if self.width > 2 { 50 } else { 80 };
        self.rows >= 2 && !self.is_always_open && self.rows * 100 >= self.from_first * share
    }
}

/// Whether the text is for a program: markup, JSON, a script.
fn is_program_text(text: &str) -> bool {
    let start = text.trim_start();
    let is_json = |open: char, next: &[char]| start.strip_prefix(open).is_some_and(|rest| rest.trim_start().starts_with(next));
    let is_markup =
        start.strip_prefix('<').is_some_and(|rest| rest.starts_with(|next: char| next.is_ascii_alphabetic() || "!?/".contains(next)));
    is_markup || start.starts_with("#!") || is_json('{', &['"', '}']) || is_json('[', &['{', '[', '"', ']'])
}

/// The name Excel gives the sheet of a text file: the file's without its ending.
fn sheet_name(file_name: &str) -> String {
    let stem = file_name.rsplit_once('.').map_or(file_name, |(stem, _)| stem);
    stem.chars().take(31).collect()
}

/// One row of the text.
struct Line {
    /// As Excel numbers it: blank lines are rows, lines inside quotation marks are not.
    row: u32,
    fields: csv::StringRecord,
    /// Where it ends in the text.
    end: usize,
    /// Whether no field runs on as one does whose quotation mark is never closed.
    is_closed: bool,
}

/// The rows of a text that hold anything.
struct Lines<'a> {
    text: &'a str,
    reader: csv::Reader<&'a [u8]>,
    row: u32,
    end: usize,
}

impl<'a> Lines<'a> {
    fn new(text: &'a str, separator: u8, has_quotes: bool) -> Lines<'a> {
        let mut builder = csv::ReaderBuilder::new();
        builder.delimiter(separator).quoting(has_quotes).has_headers(false).flexible(true);
        Lines { text, reader: builder.from_reader(text.as_bytes()), row: 0, end: 0 }
    }

    /// The blank lines at the end of the last row, which the csv reader passes over.
    fn blank_lines(&self) -> u32 {
        let bytes = self.text.as_bytes();
        let mut at = self.end;
        // A row ends before the line feed of its CRLF.
        if at > 0 && bytes.get(at - 1) == Some(&b'\r') && bytes.get(at) == Some(&b'\n') {
            at += 1;
        }
        let mut blank = 0;
        loop {
            match (bytes.get(at), bytes.get(at + 1)) {
                (Some(b'\r'), Some(b'\n')) => at += 2,
                (Some(b'\r' | b'\n'), _) => at += 1,
                _ => return blank,
            }
            blank += 1;
        }
    }
}

impl Iterator for Lines<'_> {
    type Item = Line;

    fn next(&mut self) -> Option<Line> {
        self.row += 1 + self.blank_lines();
        let mut fields = csv::StringRecord::new();
        // The text is UTF-8 and lies in memory: nothing can fail but its end.
        if !self.reader.read_record(&mut fields).unwrap_or(false) {
            return None;
        }
        self.end = (self.reader.position().byte() as usize).min(self.text.len());
        let last = fields.iter().next_back().unwrap_or("");
        let is_at_end = self.text.get(self.end..).is_some_and(|rest| rest.trim().is_empty());
        let is_cut = is_at_end && last.contains(['\r', '\n']) && !self.text.trim_end().ends_with('"');
        let is_closed = !is_cut && fields.iter().all(|field| field.len() <= LONGEST_FIELD);
        Some(Line { row: self.row, fields, end: self.end, is_closed })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workbook::table::CellValue;

    fn rows(name: &str, text: &str) -> Result<Vec<(u32, Vec<String>)>, ReadError> {
        let workbook = read_csv(name, text.as_bytes(), &mut |_, _| ())?;
        let show = |cell: crate::workbook::table::Cell| match cell.value(&workbook.texts) {
            CellValue::Text(text) => text.to_owned(),
            other => format!("{other:?}"),
        };
        let table = &workbook.sheets[0].table;
        Ok(table.rows().map(|row| (row.number, row.cells().map(|(column, cell)| format!("{column}={}", show(cell))).collect())).collect())
    }

    fn width(text: &str) -> Option<usize> {
        rows("a.txt", text).ok().map(|rows| rows.iter().map(|row| row.1.len()).max().unwrap_or(0))
    }

    #[test]
    fn rows_are_numbered_as_excel_numbers_them() {
        let text = "a;b\r\n\r\n\"c\r\nd\";e\r\n;\r\n\r\n\r\nf;g";
        let expected = [(1, vec!["0=a", "1=b"]), (3, vec!["0=c\r\nd", "1=e"]), (7, vec!["0=f", "1=g"])];
        for breaks in ["\r\n", "\n", "\r"] {
            let found = rows("a.csv", &text.replace("\r\n", breaks)).unwrap_or_default();
            let expected = expected.clone().map(|(row, fields)| (row, fields.iter().map(|field| field.replace("\r\n", breaks)).collect()));
            assert_eq!(found, expected, "{breaks:?}");
        }
    }

    #[test]
    fn the_separator_is_the_one_by_which_rows_are_equally_wide() {
        assert_eq!(width("STT;Họ tên;Địa chỉ\n1;An;Thôn 1, xã A\n2;Bình;Thôn 2, xã B, huyện C\n"), Some(3));
        assert_eq!(width("STT,Họ tên,Địa chỉ\n1,An,\"Thôn 1; xã A\"\n2,Bình,\n"), Some(3));
        assert_eq!(width("STT\tHọ tên\tNơi ở\n1\tAn\tThôn 1, xã A, huyện B, tỉnh C\n2\tBình\tThôn 1, xã A, huyện B, tỉnh C\n"), Some(3));
        assert_eq!(width("DANH SÁCH TIÊM\n\nSTT|Họ tên|Ngày\n1|An|1/9/2021\n2|Bình|2/9/2021\n"), Some(3));
        assert_eq!(rows("a.txt", "sep=|\r\na,b|c,d\r\n").unwrap_or_default(), [(1, vec!["0=a,b".to_owned(), "1=c,d".to_owned()])]);
    }

    #[test]
    fn zeros_and_quotation_marks_survive() {
        let found = rows("a.csv", "0912,=\"001\",\"=\"\"002\"\"\",\"a \"\"b\"\"\"\n5\" ống,x,y,z\n").unwrap_or_default();
        assert_eq!(found[0].1, ["0=0912", "1=001", "2=002", "3=a \"b\""]);
        assert_eq!(found[1].1[0], "0=5\" ống");
    }

    #[test]
    fn a_quotation_mark_that_nobody_closed_swallows_nothing() {
        let found = rows("a.csv", "STT,Tên,Nơi\n1,\"An\",x\n2,\"Bình,y\n3,Chi,z\n").unwrap_or_default();
        assert_eq!(found.iter().map(|row| row.0).collect::<Vec<_>>(), [1, 2, 3, 4]);
        assert_eq!(found[1].1, ["0=1", "1=An", "2=x"]);
        assert_eq!(found[3].1, ["0=3", "1=Chi", "2=z"]);
    }

    #[test]
    fn text_that_is_no_table_is_refused() {
        for text in [
            "Kính gửi: Trung tâm Y tế huyện, các trạm y tế xã\nCăn cứ công văn 1234, đề nghị các đơn vị, trạm, rà soát.\nTrân trọng.\n",
            "<?xml version=\"1.0\"?>\n<a b=\"1\"/>\n",
            "{\"a\": [1, 2],\n \"b\": [3, 4]}",
            "[{\"a\": 1, \"b\": 2},\n{\"a\": 1, \"b\": 2}]",
            "#!/bin/sh\na=1; b=2\nc=3; d=4\n",
            "let a = 1;\nlet b = 2;\nrun(a);\n",
            "một dòng",
        ] {
            assert_eq!(rows("a.txt", text), Err(ReadError::TextFile), "{text}");
        }
        assert_eq!(rows("a.csv", "Họ tên\nAn").unwrap_or_default(), [(1, vec!["0=Họ tên".to_owned()]), (2, vec!["0=An".to_owned()])]);
    }
}
