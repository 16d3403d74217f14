//! The answers in a working list that comes back: `Quyết định` with the places of the doses it is about.

use super::table::{Row, Sheet, Workbook};
use super::values::text_of;
use unicode_normalization::UnicodeNormalization as _;

/// Where a dose stands, as the working list names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WrittenPlace {
    /// Name of the file.
    pub file: String,
    /// Name of the sheet.
    pub sheet: String,
    /// Row as Excel numbers it.
    pub row: u32,
    /// Dose group from the left, from 1.
    pub slot: u8,
}

/// One row whose `Quyết định` is filled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WrittenAnswer {
    /// The sheet of the working list.
    pub sheet: String,
    /// Its row there.
    pub row: u32,
    /// What is written.
    pub answer: String,
    /// The local dose (`Tệp` …), where one is named.
    pub local: Option<WrittenPlace>,
    /// The System dose (`Tệp HT` …), where one is named.
    pub system: Option<WrittenPlace>,
}

/// Rows from the top among which the header is looked for.
const HEADER_WITHIN: usize = 40;

/// Every filled `Quyết định` of the sheets named by their positions; none of a sheet whose header is not that of a working list.
pub fn read_answers(workbook: &Workbook, sheets: impl Iterator<Item = u16>) -> Vec<WrittenAnswer> {
    sheets.filter_map(|at| workbook.sheets.get(usize::from(at))).flat_map(|sheet| answers_of(workbook, sheet)).collect()
}

fn answers_of(workbook: &Workbook, sheet: &Sheet) -> Vec<WrittenAnswer> {
    let text = |row: Row<'_>, column: u16| text_of(row.cell(column).value(&workbook.texts)).trim().nfc().collect::<String>();
    let mut rows = sheet.table.rows();
    let header = rows.by_ref().take(HEADER_WITHIN).find_map(|row| {
        let heads: Vec<(u16, String)> = row.cells().map(|(column, _)| (column, text(row, column))).collect();
        heads.iter().any(|(_, head)| head == "Tệp").then_some(heads)
    });
    let Some(header) = header else { return Vec::new() };
    let column = |name: &str| header.iter().find(|(_, head)| head == name).map(|(column, _)| *column);
    let Some(decision) = column("Quyết định") else { return Vec::new() };
    let place_columns = |names: [&str; 4]| names.map(column);
    let local = place_columns(["Tệp", "Trang tính", "Dòng", "Mũi thứ"]);
    let system = place_columns(["Tệp HT", "Trang tính HT", "Dòng HT", "Mũi thứ HT"]);
    let place = |row: Row<'_>, [file, page, number, slot]: [Option<u16>; 4]| {
        let said = |column: Option<u16>| column.map(|column| text(row, column)).unwrap_or_default();
        let file = said(file);
        (!file.is_empty()).then(|| WrittenPlace {
            file,
            sheet: said(page),
            row: said(number).parse().unwrap_or(0),
            slot: said(slot).parse().unwrap_or(1),
        })
    };
    rows.map(|row| (row, text(row, decision)))
        .filter(|(_, answer)| !answer.is_empty())
        .map(|(row, answer)| WrittenAnswer {
            sheet: sheet.name.clone(),
            row: row.number,
            answer,
            local: place(row, local),
            system: place(row, system),
        })
        .collect()
}
