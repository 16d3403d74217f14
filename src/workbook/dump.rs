//! Every cell of a workbook as the reader sees it, for a comparison with another reader.

use crate::normalize::date;
use crate::workbook::read;
use crate::workbook::table::{CellValue, Workbook};
use std::fmt::Write as _;

/// Lists every filled cell of a workbook, one a line: sheet, address, type (`n`, `d`, `s`, `b`, `e`) and value, parted by tabs.
///
/// Dates are ISO; a tab, line break or backslash in a text is escaped. The error is the reason the file is refused.
pub fn dump_cells(file_name: &str, bytes: &[u8]) -> Result<String, String> {
    read::read_for_dump(file_name, bytes.to_vec()).map(|workbook| list_cells(&workbook)).map_err(|error| error.to_string())
}

fn list_cells(workbook: &Workbook) -> String {
    let mut out = String::new();
    for sheet in &workbook.sheets {
        let name = escape(&sheet.name);
        for row in sheet.table.rows() {
            for (column, cell) in row.cells() {
                let (kind, value) = match cell.value(&workbook.texts) {
                    CellValue::Empty => continue,
                    CellValue::Number(number) => ('n', number.to_string()),
                    CellValue::Date(serial) => ('d', date::iso_of_serial(serial)),
                    CellValue::Text(text) => ('s', escape(text)),
                    CellValue::Bool(value) => ('b', if value { "TRUE" } else { "FALSE" }.to_owned()),
                    CellValue::Error(text) => ('e', escape(text)),
                };
                // Writing to a string cannot fail.
                let _ = writeln!(out, "{name}\t{}{}\t{kind}\t{value}", column_letters(column), row.number);
            }
        }
    }
    out
}

/// The letters of a column, `A` for 0.
///
/// ```
/// use ra_soat::workbook::dump::column_letters;
/// assert_eq!(column_letters(26), "AA");
/// assert_eq!(column_letters(16_383), "XFD");
/// ```
pub fn column_letters(column: u16) -> String {
    let mut letters = Vec::new();
    let mut rest = u32::from(column) + 1;
    while rest > 0 {
        letters.push(char::from(b'A' + ((rest - 1) % 26) as u8));
        rest = (rest - 1) / 26;
    }
    letters.iter().rev().collect()
}

fn escape(text: &str) -> String {
    text.replace('\\', "\\\\").replace('\t', "\\t").replace('\r', "\\r").replace('\n', "\\n")
}
