//! The seal as a hidden sheet, written and found again.

use super::seal::{SEAL_SHEET, Seal, SealCell, SealError};
use super::style::{self, cut};
use crate::workbook::table::{CellValue, Workbook as ReadWorkbook};
use rust_xlsxwriter::{Workbook, XlsxError};

/// Adds the hidden sheet.
pub(super) fn write(workbook: &mut Workbook, seal: &Seal) -> Result<(), XlsxError> {
    let sheet = style::new_sheet(workbook, SEAL_SHEET)?;
    let (text, number) = (style::text(), style::text().set_num_format("0"));
    for (at, line) in seal.to_cells().iter().enumerate() {
        for (column, cell) in line.iter().enumerate() {
            let (at, column) = (at as u32, column as u16);
            match cell {
                SealCell::Blank => continue,
                SealCell::Text(words) => sheet.write_string_with_format(at, column, cut(words), &text)?,
                SealCell::Number(value) => sheet.write_number_with_format(at, column, *value as f64, &number)?,
            };
        }
    }
    sheet.set_column_width(0, 30)?;
    sheet.set_column_width(1, 30)?;
    style::print_setup(sheet, SEAL_SHEET);
    sheet.set_repeat_rows(0, 0)?;
    sheet.set_freeze_panes(1, 0)?;
    style::protect(sheet);
    sheet.set_hidden(true);
    Ok(())
}

/// The seal of a workbook; none where it carries none.
///
/// # Errors
/// [`SealError`] where the sheet is there and is not what Rà Soát wrote.
pub fn find_seal(workbook: &ReadWorkbook) -> Option<Result<Seal, SealError>> {
    let sheet = workbook.sheets.iter().find(|sheet| sheet.name == SEAL_SHEET)?;
    let lines: Vec<Vec<SealCell>> = sheet
        .table
        .rows()
        .map(|row| {
            let mut line = Vec::new();
            for (column, cell) in row.cells() {
                line.resize(usize::from(column), SealCell::Blank);
                line.push(match cell.value(&workbook.texts) {
                    CellValue::Text(text) => SealCell::Text(text.to_owned()),
                    CellValue::Number(number) => SealCell::Number(number as i64),
                    _ => SealCell::Blank,
                });
            }
            line
        })
        .collect();
    Some(Seal::from_cells(&lines))
}
