//! The second sheet: column (*) by vaccine, target group and column of the form, and the persons behind the doses.

use super::sum;
use crate::domain::FormColumn;
use crate::domain::column::COLUMN_COUNT;
use crate::forms::phu_luc_2::Form2;
use crate::forms::style::{self, cut, formula, height_of, lines_of};
use rust_xlsxwriter::{Workbook, Worksheet, XlsxError};

/// Row of the head (0 for Excel's row 1); the one above names the age bands.
const HEAD: u32 = 3;
/// First dose column, and the column of their sum.
const C: u16 = 2;
const SUM: u16 = C + COLUMN_COUNT as u16;
const GROUP_WIDTH: usize = 36;

/// Adds the sheet. An asterisk cannot stand in a sheet's name.
pub(super) fn write(workbook: &mut Workbook, form: &Form2) -> Result<(), XlsxError> {
    let sheet = style::new_sheet(workbook, "Chi tiết")?;
    for (first, last, width) in [(0, 0, 16.0), (1, 1, GROUP_WIDTH as f64), (C, SUM - 1, 10.0), (SUM, SUM, 12.0)] {
        sheet.set_column_range_width(first, last, width)?;
    }
    write_head(sheet, form)?;
    let mut at = HEAD + 1;
    let number = style::cell_number();
    for (vaccine, group, columns) in &form.breakdown {
        sheet.write_string_with_format(at, 0, vaccine, &style::cell_text())?;
        sheet.write_string_with_format(at, 1, cut(group), &style::cell_text())?;
        for (column, value) in columns.iter().enumerate() {
            sheet.write_number_with_format(at, C + column as u16, *value as f64, &number)?;
        }
        let total: u64 = columns.iter().sum();
        sheet.write_formula_with_format(at, SUM, formula(format!("=SUM(C{0}:M{0})", at + 1), &total), &number.clone().set_bold())?;
        sheet.set_row_height(at, height_of(lines_of(group, GROUP_WIDTH - 1)))?;
        at += 1;
    }
    sheet.merge_range(at, 0, at, 1, "Tổng cộng", &style::cell_centre().set_bold())?;
    let columns: [u64; COLUMN_COUNT] = std::array::from_fn(|column| form.breakdown.iter().map(|(.., doses)| doses[column]).sum());
    for (column, value) in columns.into_iter().chain([columns.iter().sum()]).enumerate() {
        let column = column as u16 + C;
        sheet.write_formula_with_format(at, column, formula(sum(column, HEAD + 1, at), &value), &number.clone().set_bold())?;
    }
    sheet.set_row_height(at, height_of(1))?;
    write_foot(sheet, at + 1, form)?;
    style::print_setup(sheet, "Phụ lục 2: chi tiết cột (*)");
    sheet.set_repeat_rows(HEAD - 1, HEAD)?;
    sheet.set_freeze_panes(HEAD + 1, C)?;
    style::protect(sheet);
    Ok(())
}

fn write_head(sheet: &mut Worksheet, form: &Form2) -> Result<(), XlsxError> {
    let title = format!("Phụ lục 2, cột (*): tổng số mũi tiêm đã thực hiện tính đến ngày {}", form.cut_off);
    sheet.merge_range(0, 0, 0, SUM, &title, &style::heading().set_font_size(12))?;
    sheet.set_row_height(0, 19)?;
    let which = "gồm từng loại vắc xin, từng nhóm đối tượng, từng mũi tiêm (c…m là cột của Phụ lục 1)";
    sheet.merge_range(1, 0, 1, SUM, which, &style::subheading())?;
    let head = style::head();
    for (column, title) in [(0, "Loại vắc xin"), (1, "Nhóm đối tượng"), (SUM, "Cộng")] {
        sheet.merge_range(HEAD - 1, column, HEAD, column, title, &head)?;
    }
    for (first, last, title) in [(0, 5, "Từ 18 tuổi trở lên"), (6, 8, "12-17 tuổi"), (9, 10, "5-11 tuổi")] {
        sheet.merge_range(HEAD - 1, C + first, HEAD - 1, C + last, title, &head)?;
    }
    for column in FormColumn::ALL {
        let title = format!("{} ({})", column.title(), column.letter());
        sheet.write_string_with_format(HEAD, C + column.index() as u16, &title, &head)?;
    }
    sheet.set_row_height(1, 16)?;
    sheet.set_row_height(HEAD - 1, 18)?;
    sheet.set_row_height(HEAD, 46)?;
    Ok(())
}

/// Why the table does not add up to column (*), where it does not; and the persons, since every other figure counts doses.
fn write_foot(sheet: &mut Worksheet, at: u32, form: &Form2) -> Result<(), XlsxError> {
    let mut at = at + 1;
    if !form.breakdown_note.is_empty() {
        sheet.merge_range(at, 0, at, SUM, &form.breakdown_note, &style::paragraph().set_italic())?;
        sheet.set_row_height(at, height_of(lines_of(&form.breakdown_note, 165)))?;
        at += 2;
    }
    if !form.persons.is_empty() {
        sheet.merge_range(at, 0, at, 2, "Số người (mọi số khác của biểu đếm mũi tiêm)", &style::text().set_bold())?;
        at += 1;
    }
    for (words, value) in &form.persons {
        sheet.merge_range(at, 0, at, 1, words, &style::cell_text())?;
        sheet.write_number_with_format(at, 2, *value as f64, &style::cell_number())?;
        sheet.set_row_height(at, height_of(1))?;
        at += 1;
    }
    Ok(())
}
