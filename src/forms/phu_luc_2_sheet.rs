//! Phụ lục 2 as a workbook: the form, and a second sheet with column (*) taken apart.

use super::phu_luc_2::{Form2, Form2Row};
use super::style::{self, FormError, formula};
use crate::domain::group::GROUP_COUNT;
use crate::domain::{FormColumn, MissingGroup};
use rust_xlsxwriter::{FormatAlign, Workbook, Worksheet, XlsxError};

/// Last of the form's thirteen columns.
const LAST: u16 = 12;
/// First of the seven group columns of part I.
const GROUPS: u16 = 4;
/// What stands beside part I, outside the printed form.
const BESIDE: u16 = LAST + 2;
/// Characters that fit across the form in running text.
const PAGE_CHARS: usize = 150;

/// Writes Phụ lục 2; what a person may type is unlocked, the rest protected without a password.
///
/// # Errors
/// The writer's word where a limit of the format is hit.
pub fn write(form: &Form2) -> Result<Vec<u8>, FormError> {
    let mut workbook = style::new_workbook("Phụ lục 2")?;
    let sheet = workbook.add_worksheet();
    sheet.set_name("Phụ lục 2")?;
    let mut page = Page { sheet, at: 0 };
    page.heading(form)?;
    page.part_1(form)?;
    page.part_2(form)?;
    page.part_3(form)?;
    page.signatures(form)?;
    let last_row = page.at;
    style::print_setup(sheet, "Phụ lục 2");
    sheet.set_print_area(0, 0, last_row, LAST)?;
    sheet.protect();
    write_breakdown(&mut workbook, form)?;
    Ok(workbook.save_to_buffer()?)
}

/// The form, written from the top down.
struct Page<'a> {
    sheet: &'a mut Worksheet,
    at: u32,
}

impl Page<'_> {
    fn across(&mut self, words: &str, format: &rust_xlsxwriter::Format, height: f64) -> Result<(), XlsxError> {
        self.sheet.merge_range(self.at, 0, self.at, LAST, words, format)?;
        self.sheet.set_row_height(self.at, height)?;
        self.at += 1;
        Ok(())
    }

    fn heading(&mut self, form: &Form2) -> Result<(), XlsxError> {
        for (column, width) in
            [(0, 4.5), (1, 24.0), (2, 12.0), (3, 12.0), (11, 27.0), (LAST, 14.0), (LAST + 1, 2.0), (BESIDE, 12.0), (BESIDE + 1, 70.0)]
        {
            self.sheet.set_column_width(column, width)?;
        }
        self.sheet.set_column_range_width(GROUPS, GROUPS + 6, 11.5)?;
        self.across("Phụ lục 2:", &style::heading(), 18.0)?;
        let title = "BÁO CÁO TÌNH HÌNH THỰC HIỆN\nQUẢN LÝ DỮ LIỆU MŨI TIÊM TRÊN HỆ THỐNG TIÊM CHỦNG VẮC XIN COVID-19";
        self.across(title, &style::heading(), 36.0)?;
        let letter = format!("(Kèm theo Công văn số {} ngày {} của Bộ Y tế)", form.letter_number, form.letter_date);
        self.across(&letter, &style::subheading(), 17.0)?;
        if form.is_provisional {
            self.across("Số liệu tạm tính: còn mũi tiêm cần xem xét.", &style::subheading().set_bold(), 17.0)?;
        }
        Ok(())
    }

    fn title(&mut self, words: &str) -> Result<(), XlsxError> {
        self.at += 1;
        self.across(words, &style::text().set_bold().set_font_size(12), 19.0)
    }

    fn part_1(&mut self, form: &Form2) -> Result<(), XlsxError> {
        self.title("I. Tình hình nhập dữ liệu:")?;
        let (top, head) = (self.at, style::head());
        let tall = [
            (0, "TT"),
            (1, "Tên đơn vị"),
            (2, "Tổng số mũi tiêm đã thực hiện (*)"),
            (3, "Tổng số mũi tiêm đã nhập lên Hệ thống"),
            (11, "Lý do, khó khăn, vướng mắc về việc chưa nhập thông tin lên Hệ thống (***)"),
            (LAST, "Ghi chú"),
        ];
        for (column, title) in tall {
            self.sheet.merge_range(top, column, top + 1, column, title, &head)?;
        }
        self.sheet.merge_range(top, GROUPS, top, GROUPS + 6, "Tổng số mũi tiêm chưa nhập trên Hệ thống (**)", &head)?;
        for group in MissingGroup::ALL {
            let title = if group == MissingGroup::Other { other_heading(form) } else { group.heading().to_owned() };
            self.sheet.write_string_with_format(top + 1, GROUPS + group.index() as u16, &title, &head)?;
        }
        let beside = style::head().set_font_size(9).set_bold();
        self.sheet.merge_range(top, BESIDE, top + 1, BESIDE, "Còn lại (đã thực hiện − đã nhập − bảy nhóm)", &beside)?;
        self.sheet.merge_range(top, BESIDE + 1, top + 1, BESIDE + 1, "Vì sao (theo Cầu nối)", &beside)?;
        self.sheet.set_row_height(top, 20)?;
        self.sheet.set_row_height(top + 1, 96)?;
        self.at += 2;
        let first = self.at;
        for row in &form.rows {
            self.row_1(row)?;
        }
        self.total_1(first, &form.rows)?;
        for note in [
            format!(
                "*: Tổng số mũi tiêm đã thực hiện tính đến ngày {} (gồm từng loại vắc xin, từng nhóm đối tượng, từng mũi tiêm...)",
                form.cut_off
            ),
            format!("** : Tổng số mũi tiêm chưa nhập trên Hệ thống tính đến ngày {} (Liệt kê các nhóm đối tượng...)", form.cut_off),
            "***: Liệt kê các lý do, khó khăn của đơn vị trong việc nhập liệu đối tượng lên Hệ thống".to_owned(),
        ] {
            self.across(&note, &style::text().set_italic().set_font_size(10), 15.0)?;
        }
        Ok(())
    }

    fn row_1(&mut self, row: &Form2Row) -> Result<(), XlsxError> {
        let (at, excel, number) = (self.at, self.at + 1, style::cell_number());
        let open = style::cell_text().set_unlocked();
        let terms: Vec<String> =
            row.remainder_terms.iter().map(|(label, value)| format!("{label}: {}", crate::text::show_number(*value))).collect();
        let terms = terms.join("; ");
        let lines =
            [style::lines_of(&row.unit, 24), style::lines_of(&row.reason, 27), style::lines_of(&row.note, 14), style::lines_of(&terms, 80)];
        self.sheet.set_row_height(at, f64::from(lines.into_iter().max().unwrap_or(1)) * 14.5 + 3.0)?;
        self.sheet.write_number_with_format(at, 0, row.number, &style::cell_centre())?;
        self.sheet.write_string_with_format(at, 1, &row.unit, &style::cell_text())?;
        for (column, value) in [(2, row.given), (3, row.on_system)] {
            match value {
                Some(value) => self.sheet.write_number_with_format(at, column, value as f64, &number.clone().set_unlocked())?,
                None => self.sheet.write_blank(at, column, &number.clone().set_unlocked())?,
            };
        }
        for group in 0..GROUP_COUNT {
            self.sheet.write_number_with_format(at, GROUPS + group as u16, row.missing[group] as f64, &number)?;
        }
        self.sheet.write_string_with_format(at, 11, &row.reason, &open)?;
        self.sheet.write_string_with_format(at, LAST, &row.note, &open)?;
        self.sheet.write_formula_with_format(
            at,
            BESIDE,
            formula(format!("=C{excel}-D{excel}-SUM(E{excel}:K{excel})"), row.remainder),
            &number,
        )?;
        self.sheet.write_string_with_format(at, BESIDE + 1, &terms, &style::cell_text().set_font_size(9))?;
        self.at += 1;
        Ok(())
    }

    fn total_1(&mut self, first: u32, rows: &[Form2Row]) -> Result<(), XlsxError> {
        let (at, number) = (self.at, style::cell_number().set_bold());
        self.sheet.merge_range(at, 0, at, 1, "Tổng cộng", &style::cell_centre().set_bold())?;
        let given: u64 = rows.iter().filter_map(|row| row.given).sum();
        let on_system: u64 = rows.iter().filter_map(|row| row.on_system).sum();
        let groups = (0..GROUP_COUNT).map(|group| rows.iter().map(|row| row.missing[group]).sum::<u64>());
        for (column, value) in [given, on_system].into_iter().chain(groups).enumerate() {
            let column = column as u16 + 2;
            self.sheet.write_formula_with_format(at, column, formula(sum(column, first, at), value), &number)?;
        }
        self.sheet.write_blank(at, 11, &number)?;
        self.sheet.write_blank(at, LAST, &number)?;
        let remainder: i64 = rows.iter().map(|row| row.remainder).sum();
        self.sheet.write_formula_with_format(at, BESIDE, formula(sum(BESIDE, first, at), remainder), &number)?;
        self.sheet.set_row_height(at, 18)?;
        self.at += 1;
        Ok(())
    }

    fn part_2(&mut self, form: &Form2) -> Result<(), XlsxError> {
        self.title("II. Các biện pháp đã thực hiện:")?;
        for (title, words) in TITLES_2.iter().zip(&form.texts) {
            self.across(title, &style::text().set_bold(), 16.0)?;
            let height = f64::from(style::lines_of(words, PAGE_CHARS)) * 15.0 + 3.0;
            // Excel shows at most 409 points a row.
            self.across(words, &style::paragraph().set_unlocked(), height.min(409.0))?;
        }
        Ok(())
    }

    fn part_3(&mut self, form: &Form2) -> Result<(), XlsxError> {
        self.title(&format!("III. Cập nhật tình hình thực hiện đến ngày {}:", form.cut_off))?;
        self.across("1. Số mũi tiêm đã xác minh và nhập trên Hệ thống", &style::text().set_bold(), 17.0)?;
        let (top, head) = (self.at, style::head());
        self.sheet.merge_range(top, 0, top + 1, 0, "TT", &head)?;
        self.sheet.merge_range(top, 1, top + 1, 1, "Tên đơn vị", &head)?;
        self.sheet.merge_range(top, 2, top, 8, "Số mũi tiêm đã xác minh và nhập trên Hệ thống", &head)?;
        for group in MissingGroup::ALL {
            let title = if group == MissingGroup::Other { other_heading(form) } else { group.label().to_owned() };
            self.sheet.write_string_with_format(top + 1, 2 + group.index() as u16, &title, &head)?;
        }
        self.sheet.merge_range(top, 9, top + 1, 9, "Tổng số mũi tiêm đã được xác minh và nhập trên Hệ thống", &head)?;
        self.sheet.set_row_height(top, 20)?;
        self.sheet.set_row_height(top + 1, 84)?;
        self.at += 2;
        let (first, number) = (self.at, style::cell_number());
        for row in &form.rows {
            let (at, excel) = (self.at, self.at + 1);
            self.sheet.set_row_height(at, f64::from(style::lines_of(&row.unit, 24)) * 14.5 + 3.0)?;
            self.sheet.write_number_with_format(at, 0, row.number, &style::cell_centre())?;
            self.sheet.write_string_with_format(at, 1, &row.unit, &style::cell_text())?;
            for group in 0..GROUP_COUNT {
                self.sheet.write_number_with_format(at, 2 + group as u16, row.verified_entered[group] as f64, &number)?;
            }
            let total: u64 = row.verified_entered.iter().sum();
            self.sheet.write_formula_with_format(at, 9, formula(format!("=SUM(C{excel}:I{excel})"), total), &number.clone().set_bold())?;
            self.at += 1;
        }
        let (at, bold) = (self.at, style::cell_number().set_bold());
        self.sheet.merge_range(at, 0, at, 1, "Tổng cộng", &style::cell_centre().set_bold())?;
        let groups = (0..GROUP_COUNT).map(|group| form.rows.iter().map(|row| row.verified_entered[group]).sum::<u64>());
        let totals: Vec<u64> = groups.collect();
        let all = totals.iter().sum();
        for (column, value) in totals.into_iter().chain([all]).enumerate() {
            let column = column as u16 + 2;
            self.sheet.write_formula_with_format(at, column, formula(sum(column, first, at), value), &bold)?;
        }
        self.sheet.set_row_height(at, 18)?;
        self.at += 2;
        let figures = [
            ("2. Số mũi tiêm đã xác minh và không thể nhập lên Hệ thống", form.cannot_enter),
            ("3. Số mũi tiêm chưa xác minh được:", form.not_verified),
            ("4. Số mũi tiêm báo cáo trùng lặp:", form.duplicates),
            ("5. Số mũi tiêm cần điều chỉnh:", form.to_adjust),
        ];
        for (title, value) in figures {
            self.sheet.merge_range(self.at, 0, self.at, 4, title, &style::text().set_bold())?;
            let open = style::text().set_bold().set_num_format("#,##0").set_align(FormatAlign::Right).set_unlocked();
            self.sheet.write_number_with_format(self.at, 5, value as f64, &open)?;
            self.sheet.set_row_height(self.at, 18)?;
            self.at += 1;
        }
        Ok(())
    }

    fn signatures(&mut self, form: &Form2) -> Result<(), XlsxError> {
        self.at += 1;
        let (at, centre) = (self.at, style::text().set_align(FormatAlign::Center));
        self.sheet.merge_range(at, 1, at, 4, "Người lập bảng", &centre.clone().set_bold())?;
        self.sheet.merge_range(at, 9, at, LAST, "Lãnh đạo đơn vị", &centre.clone().set_bold())?;
        self.sheet.merge_range(at + 1, 9, at + 1, LAST, "(ký, đóng dấu)", &centre.clone().set_italic())?;
        let name = centre.set_bold().set_unlocked();
        self.sheet.merge_range(at + 5, 1, at + 5, 4, &form.prepared_by, &name)?;
        self.sheet.merge_range(at + 5, 9, at + 5, LAST, &form.signed_by, &name)?;
        self.at += 5;
        Ok(())
    }
}

/// The five headings of part II.
pub const TITLES_2: [&str; 5] = [
    "1. Chỉ đạo, điều hành:",
    "2. Hoạt động chuyên môn:",
    "3. Phối hợp liên ngành:",
    "4. Kết quả triển khai hoạt động:",
    "5. Khó khăn, đề xuất:",
];

/// `Khác (ghi rõ nhóm đối tượng)` with its words, dots where there are none.
pub fn other_heading(form: &Form2) -> String {
    let words = form.other_group.trim();
    format!("Khác (ghi rõ nhóm đối tượng) {}", if words.is_empty() { "....." } else { words })
}

/// The sum of a column's rows from `first` down to the row above `total` (0 for Excel's row 1).
fn sum(column: u16, first: u32, total: u32) -> String {
    let letter = char::from(b'A' + column as u8);
    // A sum over no row would be a circle.
    if first == total { "=0".to_owned() } else { format!("=SUM({letter}{}:{letter}{total})", first + 1) }
}

fn write_breakdown(workbook: &mut Workbook, form: &Form2) -> Result<(), XlsxError> {
    let sheet = workbook.add_worksheet();
    sheet.set_name("Chi tiết (*)")?;
    let last = 2 + FormColumn::ALL.len() as u16;
    sheet.set_column_width(0, 16)?;
    sheet.set_column_width(1, 34)?;
    sheet.set_column_range_width(2, last, 10)?;
    let title =
        format!("Tổng số mũi tiêm đã thực hiện (*) tính đến ngày {}: từng loại vắc xin, từng nhóm đối tượng, từng mũi tiêm", form.cut_off);
    sheet.merge_range(0, 0, 0, last, &title, &style::heading().set_font_size(12))?;
    sheet.set_row_height(0, 20)?;
    let titles = ["Loại vắc xin".to_owned(), "Nhóm đối tượng".to_owned()].into_iter();
    let titles =
        titles.chain(FormColumn::ALL.iter().map(|column| format!("{} ({})", column.title(), column.letter()))).chain(["Cộng".to_owned()]);
    for (at, title) in titles.enumerate() {
        sheet.write_string_with_format(2, at as u16, &title, &style::head())?;
    }
    sheet.set_row_height(2, 62)?;
    let mut at = 3;
    let number = style::cell_number();
    for (vaccine, group, columns) in &form.breakdown {
        sheet.write_string_with_format(at, 0, vaccine, &style::cell_text())?;
        sheet.write_string_with_format(at, 1, group, &style::cell_text())?;
        for (column, value) in columns.iter().enumerate() {
            sheet.write_number_with_format(at, 2 + column as u16, *value as f64, &number)?;
        }
        let total: u64 = columns.iter().sum();
        sheet.write_formula_with_format(at, last, formula(format!("=SUM(C{0}:M{0})", at + 1), total), &number.clone().set_bold())?;
        sheet.set_row_height(at, f64::from(style::lines_of(group, 33)) * 14.5 + 3.0)?;
        at += 1;
    }
    sheet.merge_range(at, 0, at, 1, "Tổng cộng", &style::cell_centre().set_bold())?;
    for column in 0..=FormColumn::ALL.len() {
        let value: u64 =
            form.breakdown.iter().map(|(.., columns)| columns.get(column).copied().unwrap_or_else(|| columns.iter().sum())).sum();
        let column = column as u16 + 2;
        sheet.write_formula_with_format(at, column, formula(sum(column, 3, at), value), &number.clone().set_bold())?;
    }
    at += 2;
    for (words, value) in &form.persons {
        sheet.merge_range(at, 0, at, 1, words, &style::text())?;
        sheet.write_number_with_format(at, 2, *value as f64, &style::text().set_num_format("#,##0"))?;
        at += 1;
    }
    style::print_setup(sheet, "Phụ lục 2: chi tiết cột (*)");
    sheet.set_repeat_rows(2, 2)?;
    sheet.set_freeze_panes(3, 2)?;
    sheet.protect();
    Ok(())
}
