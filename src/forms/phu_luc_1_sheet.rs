//! Phụ lục 1 as a workbook.

use super::phu_luc_1::{Form1, Form1Row, ReviewResult};
use super::seal::Seal;
use super::seal_sheet;
use super::style::{self, FormError, cut, formula};
use crate::domain::FormColumn;
use crate::domain::column::COLUMN_COUNT;
use crate::domain::province::PUBLISHED;
use rust_xlsxwriter::{Format, FormatAlign, Worksheet, XlsxError};

/// First of the three head rows (0 for Excel's row 1).
const HEAD: u32 = 5;
/// First row of figures.
const FIRST: u32 = HEAD + 3;
/// Column of c.
const C: u16 = 2;
/// Column of n.
const N: u16 = C + COLUMN_COUNT as u16;
const O: u16 = N + 1;
const P: u16 = N + 2;
const Q: u16 = N + 3;
/// Rows after which the letter's own table of 63 provinces goes on to the next page.
const LETTER_PAGES: [u32; 2] = [22, 47];
/// Width of b and of q in characters.
const UNIT_WIDTH: usize = 20;
const REVIEW_WIDTH: usize = 17;
/// Characters that fit across the form in the notes under it.
const PAGE_CHARS: usize = 190;

/// Writes Phụ lục 1; what a person may type (o, q) is unlocked, the rest protected without a password.
///
/// # Errors
/// The writer's word where a limit of the format is hit.
pub fn write(form: &Form1) -> Result<Vec<u8>, FormError> {
    write_sealed(form, None)
}

/// Writes Phụ lục 1 with its seal in a hidden sheet.
///
/// # Errors
/// The writer's word where a limit of the format is hit.
pub fn write_sealed(form: &Form1, seal: Option<&Seal>) -> Result<Vec<u8>, FormError> {
    let mut workbook = style::new_workbook("Phụ lục 1")?;
    let sheet = style::new_sheet(&mut workbook, "Phụ lục 1")?;
    write_heading(sheet, form)?;
    write_head(sheet, form)?;
    for (at, row) in form.rows.iter().enumerate() {
        write_row(sheet, FIRST + at as u32, row)?;
    }
    let mut end = FIRST + form.rows.len() as u32;
    if form.rows.len() > 1 {
        write_total(sheet, end, &form.rows)?;
        end += 1;
    }
    write_notes(sheet, end + 1, form)?;
    style::print_setup(sheet, "Phụ lục 1");
    sheet.set_repeat_rows(HEAD, FIRST - 1)?;
    if form.rows.len() == PUBLISHED.len() {
        sheet.set_page_breaks(&LETTER_PAGES.map(|rows| FIRST + rows))?;
    }
    sheet.set_freeze_panes(FIRST, C)?;
    style::protect(sheet);
    seal.map_or(Ok(()), |seal| seal_sheet::write(&mut workbook, seal))?;
    Ok(workbook.save_to_buffer()?)
}

fn write_heading(sheet: &mut Worksheet, form: &Form1) -> Result<(), XlsxError> {
    for (first, last, width) in [(0, 0, 4.5), (1, 1, UNIT_WIDTH as f64), (C, N - 1, 10.0), (N, P, 14.5), (Q, Q, REVIEW_WIDTH as f64)] {
        sheet.set_column_range_width(first, last, width)?;
    }
    let letter = format!("(Kèm theo Công văn số {} ngày {} của Bộ Y tế)", form.letter_number, form.letter_date);
    let provisional = if form.is_provisional { "Số liệu tạm tính: còn mũi tiêm cần xem xét." } else { "" };
    let (big, small) = (style::heading(), style::subheading());
    let lines = [
        ("Phụ lục 1:", &big, 18.0),
        ("BẢNG TỔNG HỢP VÀ KẾT QUẢ CẬP NHẬT, RÀ SOÁT DỮ LIỆU TIÊM CHỦNG PHÒNG COVID-19", &big, 19.0),
        (&format!("(Số liệu tính đến ngày {})", form.cut_off), &small, 16.0),
        (&letter, &small, 16.0),
        (provisional, &small.clone().set_bold(), if form.is_provisional { 17.0 } else { 6.0 }),
    ];
    for (at, (words, format, height)) in lines.into_iter().enumerate() {
        sheet.merge_range(at as u32, 0, at as u32, Q, words, format)?;
        sheet.set_row_height(at as u32, height)?;
    }
    Ok(())
}

fn write_head(sheet: &mut Worksheet, form: &Form1) -> Result<(), XlsxError> {
    let head = style::head();
    let tall =
        |sheet: &mut Worksheet, column: u16, title: &str| sheet.merge_range(HEAD, column, HEAD + 1, column, title, &head).map(|_| ());
    tall(sheet, 0, "TT")?;
    tall(sheet, 1, cut(&form.unit_heading))?;
    for (first, last, title) in
        [(0, 5, "Kết quả tiêm cho nhóm từ 18 tuổi trở lên"), (6, 8, "Kết quả tiêm nhóm 12-17 tuổi"), (9, 10, "Kết quả tiêm nhóm 5-11 tuổi")]
    {
        sheet.merge_range(HEAD, C + first, HEAD, C + last, title, &head)?;
    }
    for column in FormColumn::ALL {
        sheet.write_string_with_format(HEAD + 1, C + column.index() as u16, column.title(), &head)?;
    }
    tall(sheet, N, &format!("Tổng số mũi tiêm địa phương báo cáo về Viện VSDT TU ({})", form.cut_off))?;
    tall(sheet, O, "Tổng số mũi tiêm địa phương nhập liệu trên Hệ thống tiêm chủng vắc xin phòng COVID-19")?;
    tall(sheet, P, "So sánh chênh lệch số liệu chưa nhập lên Hệ thống")?;
    tall(sheet, Q, &format!("Kết quả rà soát của địa phương tính đến ngày {}", form.cut_off))?;
    sheet.set_row_height(HEAD, 30)?;
    sheet.set_row_height(HEAD + 1, 72)?;
    sheet.set_row_height(HEAD + 2, 15)?;
    let letters =
        ["a", "b"].into_iter().chain(FormColumn::ALL.iter().map(|column| column.letter())).chain(["n=c+...+m", "o", "p=n-o", "q"]);
    for (at, letter) in letters.enumerate() {
        sheet.write_string_with_format(HEAD + 2, at as u16, letter, &style::letter())?;
    }
    Ok(())
}

fn write_row(sheet: &mut Worksheet, at: u32, row: &Form1Row) -> Result<(), XlsxError> {
    let (number, excel) = (style::cell_number(), at + 1);
    let review = if let ReviewResult::Text(words) = &row.review_result { words } else { "" };
    let lines = style::lines_of(&row.unit, UNIT_WIDTH - 1).max(style::lines_of(review, REVIEW_WIDTH - 1));
    sheet.set_row_height(at, style::height_of(lines).max(17.0) - 1.5)?;
    sheet.write_number_with_format(at, 0, row.number, &style::cell_centre())?;
    sheet.write_string_with_format(at, 1, cut(&row.unit), &style::cell_text())?;
    for (column, value) in FormColumn::ALL.iter().zip(row.columns) {
        write_number(sheet, at, C + column.index() as u16, value, &number)?;
    }
    let given = row.given().unwrap_or(0);
    sheet.write_formula_with_format(at, N, formula(format!("=SUM(C{excel}:M{excel})"), &given), &number.clone().set_bold())?;
    write_number(sheet, at, O, row.on_system, &number.clone().set_unlocked())?;
    let difference = row.on_system.map(|on_system| (given as i64 - on_system as i64).to_string()).unwrap_or_default();
    sheet.write_formula_with_format(at, P, formula(format!("=IF(O{excel}=\"\",\"\",N{excel}-O{excel})"), &difference), &number)?;
    let open = number.set_unlocked();
    match &row.review_result {
        ReviewResult::Blank => sheet.write_blank(at, Q, &open)?,
        ReviewResult::Number(value) => sheet.write_number_with_format(at, Q, *value as f64, &open)?,
        ReviewResult::Text(words) => sheet.write_string_with_format(at, Q, cut(words), &style::cell_text().set_unlocked())?,
    };
    Ok(())
}

fn write_total(sheet: &mut Worksheet, at: u32, rows: &[Form1Row]) -> Result<(), XlsxError> {
    let number = style::cell_number().set_bold();
    let (first, last) = (FIRST + 1, at);
    sheet.set_row_height(at, 18)?;
    sheet.merge_range(at, 0, at, 1, "Tổng cộng", &style::cell_centre().set_bold())?;
    let sum = |letter: char| format!("=SUM({letter}{first}:{letter}{last})");
    for column in FormColumn::ALL {
        let total: u64 = rows.iter().filter_map(|row| row.columns[column.index()]).sum();
        let letter = char::from(b'C' + column.index() as u8);
        sheet.write_formula_with_format(at, C + column.index() as u16, formula(sum(letter), &total), &number)?;
    }
    let given: u64 = rows.iter().filter_map(Form1Row::given).sum();
    sheet.write_formula_with_format(at, N, formula(sum('N'), &given), &number)?;
    // A blank column stays blank in the total: zero would say that nothing is on the System.
    let blank_or_sum = |letter: char| format!("=IF(COUNT({letter}{first}:{letter}{last})=0,\"\",SUM({letter}{first}:{letter}{last}))");
    let shown = |values: Vec<i64>| if values.is_empty() { String::new() } else { values.iter().sum::<i64>().to_string() };
    let on_system = shown(rows.iter().filter_map(|row| row.on_system).map(|value| value as i64).collect());
    sheet.write_formula_with_format(at, O, formula(blank_or_sum('O'), &on_system), &number)?;
    let differences = shown(rows.iter().filter(|row| row.on_system.is_some()).filter_map(Form1Row::difference).collect());
    sheet.write_formula_with_format(at, P, formula(blank_or_sum('P'), &differences), &number)?;
    let reviewed =
        rows.iter().filter_map(|row| if let ReviewResult::Number(value) = row.review_result { Some(value as i64) } else { None });
    sheet.write_formula_with_format(at, Q, formula(blank_or_sum('Q'), &shown(reviewed.collect())), &number)?;
    Ok(())
}

fn write_notes(sheet: &mut Worksheet, at: u32, form: &Form1) -> Result<(), XlsxError> {
    let note = style::paragraph().set_font_size(9).set_italic();
    for (line, words) in form.notes.iter().enumerate() {
        let line = at + line as u32;
        sheet.merge_range(line, 0, line, Q, words, &note)?;
        sheet.set_row_height(line, f64::from(style::lines_of(words, PAGE_CHARS)) * 12.0 + 2.0)?;
    }
    Ok(())
}

fn write_number(sheet: &mut Worksheet, row: u32, column: u16, value: Option<u64>, format: &Format) -> Result<(), XlsxError> {
    match value {
        Some(value) => sheet.write_number_with_format(row, column, value as f64, format)?,
        None => sheet.write_blank(row, column, &format.clone().set_align(FormatAlign::Right))?,
    };
    Ok(())
}
