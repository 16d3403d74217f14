//! `Bảng sửa`: the values a person typed, to be dropped again with the lists.

use super::{PERSONAL, fit_height, heads, title, warning};
use crate::forms::style::{self, FormError, cut};
use crate::text::show_number;
use crate::workbook::returned::{FIELD, NEW_VALUE, OLD_VALUE, ROW_KEY};
use rust_xlsxwriter::IgnoreError;

/// One typed correction.
#[derive(Clone, Debug, Default)]
pub struct CorrectionRow {
    /// File, sheet, row; empty where the row is not loaded.
    pub place: Option<(String, String, u32)>,
    /// Họ và tên as read.
    pub name: String,
    /// The field.
    pub field: &'static str,
    /// What stood there.
    pub old: String,
    /// What is right.
    pub new: String,
    /// Names the row.
    pub key: String,
}

/// `Bảng sửa`.
///
/// # Errors
/// The writer's word.
pub fn write_corrections(unit: &str, rows: &[CorrectionRow]) -> Result<Vec<u8>, FormError> {
    const HEAD: u32 = 2;
    let columns = [
        ("Tệp", 26.0),
        ("Trang tính", 14.0),
        ("Dòng", 7.0),
        ("Họ và tên", 24.0),
        (FIELD, 18.0),
        (OLD_VALUE, 22.0),
        (NEW_VALUE, 22.0),
        (ROW_KEY, 19.0),
    ];
    let mut workbook = style::new_workbook("Bảng sửa")?;
    let sheet = style::new_sheet(&mut workbook, "Bảng sửa")?;
    let of = if unit.is_empty() { String::new() } else { format!(" – {unit}") };
    let heading = format!("BẢNG SỬA{of} ({} giá trị)", show_number(rows.len() as i64));
    sheet.write_string_with_format(0, 0, cut(&heading), &title())?;
    sheet.write_string_with_format(1, 0, PERSONAL, &warning())?;
    heads(sheet, HEAD, &columns)?;
    let cell = style::cell_text();
    for (at, row) in (HEAD + 1..).zip(rows) {
        let (file, page, number) = row.place.clone().unwrap_or_default();
        let texts: [(usize, &str); 6] = [(0, &file), (1, &page), (3, &row.name), (5, &row.old), (6, &row.new), (7, &row.key)];
        for (column, text) in texts {
            sheet.write_string_with_format(at, column as u16, cut(text), &cell)?;
        }
        fit_height(sheet, at, &columns, &texts)?;
        sheet.write_string_with_format(at, 4, row.field, &cell)?;
        if number > 0 {
            sheet.write_number_with_format(at, 2, number, &style::cell_centre())?;
        }
    }
    let last = HEAD + rows.len().max(1) as u32;
    sheet.ignore_error_range(HEAD + 1, 0, last, 7, IgnoreError::NumberStoredAsText)?;
    style::print_setup(sheet, PERSONAL);
    Ok(workbook.save_to_buffer()?)
}
