//! Phụ lục 2 as a workbook: the form, a second sheet with column (*) taken apart, a third with charts.

mod breakdown;
mod charts;
mod part_3;

use super::phu_luc_2::{Form2, Form2Row};
use super::seal::Seal;
use super::seal_sheet;
use super::style::{self, FormError, cut, formula, height_of, lines_of, pieces};
use crate::domain::MissingGroup;
use crate::domain::group::GROUP_COUNT;
use rust_xlsxwriter::{Format, FormatAlign, Workbook, Worksheet, XlsxError};

/// Last of the form's thirteen columns.
const LAST: u16 = 12;
/// First of the seven group columns of part I.
const GROUPS: u16 = 4;
const REASON: u16 = 11;
/// What stands beside part I, outside the printed form.
const BESIDE: u16 = LAST + 2;
/// Widths in characters: the unit, a group, the reason, the note, and the words beside.
const UNIT_WIDTH: usize = 25;
const GROUP_WIDTH: usize = 11;
const REASON_WIDTH: usize = 28;
const NOTE_WIDTH: usize = 15;
const BESIDE_WIDTH: usize = 100;
/// Characters that fit across the form in running text.
const PAGE_CHARS: usize = 165;
/// Height of the title that stands on every page, in points.
const TITLE_HEIGHT: f64 = 18.0;
/// Height of a printed page in points of the sheet: A4 landscape less its margins, at the scale that fits the form's width.
const PAGE_HEIGHT: f64 = 620.0;

/// Writes Phụ lục 2; what a person may type is unlocked, the rest protected without a password.
///
/// # Errors
/// The writer's word where a limit of the format is hit.
pub fn write(form: &Form2) -> Result<Vec<u8>, FormError> {
    write_sealed(form, None)
}

/// Writes Phụ lục 2 with its seal in a hidden sheet.
///
/// # Errors
/// The writer's word where a limit of the format is hit.
pub fn write_sealed(form: &Form2, seal: Option<&Seal>) -> Result<Vec<u8>, FormError> {
    let mut workbook = style::new_workbook("Phụ lục 2")?;
    let mut page = Page::new(&mut workbook, "Phụ lục 2")?;
    page.heading(form)?;
    page.part_1(form)?;
    page.part_2(form)?;
    page.part_3(form)?;
    page.signatures(form)?;
    page.finish()?;
    breakdown::write(&mut workbook, form)?;
    charts::write(&mut workbook, form)?;
    seal.map_or(Ok(()), |seal| seal_sheet::write(&mut workbook, seal))?;
    Ok(workbook.save_to_buffer()?)
}

/// The form, written from the top down. Its pages are broken here, since nothing but the sheet's own rows can stand at the head of a
/// page, and each of the two tables needs a head of its own.
struct Page<'a> {
    sheet: &'a mut Worksheet,
    /// The row being written.
    at: u32,
    /// Height written on the printed page so far, and of the rows repeated at the top of the next.
    used: f64,
    repeated: f64,
    breaks: Vec<u32>,
}

impl<'a> Page<'a> {
    fn new(workbook: &'a mut Workbook, name: &str) -> Result<Page<'a>, XlsxError> {
        let sheet = style::new_sheet(workbook, name)?;
        let widths = [
            (0, 4.5),
            (1, UNIT_WIDTH as f64),
            (2, 12.0),
            (3, 12.0),
            (REASON, REASON_WIDTH as f64),
            (LAST, NOTE_WIDTH as f64),
            (LAST + 1, 2.0),
            (BESIDE, 14.0),
            (BESIDE + 1, BESIDE_WIDTH as f64),
        ];
        for (column, width) in widths {
            sheet.set_column_width(column, width)?;
        }
        sheet.set_column_range_width(GROUPS, GROUPS + 6, GROUP_WIDTH as f64)?;
        Ok(Page { sheet, at: 0, used: 0.0, repeated: 0.0, breaks: Vec::new() })
    }

    /// Sets the height of the row being written, on a new page where this one is full, and goes to the next row.
    fn next(&mut self, height: f64) -> Result<(), XlsxError> {
        if self.is_full(height) {
            self.new_page();
        }
        self.sheet.set_row_height(self.at, height)?;
        self.at += 1;
        self.used += height;
        Ok(())
    }

    fn is_full(&self, height: f64) -> bool {
        self.used + height > PAGE_HEIGHT
    }

    /// Starts a new page where what follows would be cut in two by the end of this one.
    fn keep_together(&mut self, height: f64) {
        if self.is_full(height) && self.repeated + height <= PAGE_HEIGHT {
            self.new_page();
        }
    }

    fn new_page(&mut self) {
        self.breaks.push(self.at);
        self.used = self.repeated;
    }

    /// Print set-up and protection, once everything is written.
    fn finish(&mut self) -> Result<(), XlsxError> {
        style::print_setup(self.sheet, "Phụ lục 2");
        self.sheet.set_print_area(0, 0, self.at, LAST)?;
        self.sheet.set_page_breaks(&self.breaks)?;
        self.sheet.set_freeze_panes(0, 2)?;
        style::protect(self.sheet);
        Ok(())
    }

    fn across(&mut self, words: &str, format: &Format, height: f64) -> Result<(), XlsxError> {
        self.sheet.merge_range(self.at, 0, self.at, LAST, words, format)?;
        self.next(height)
    }

    fn heading(&mut self, form: &Form2) -> Result<(), XlsxError> {
        self.across("Phụ lục 2:", &style::heading(), TITLE_HEIGHT)?;
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
        if self.at > 0 {
            self.next(8.0)?;
        }
        self.across(words, &style::text().set_bold().set_font_size(12).set_align(FormatAlign::VerticalCenter), 20.0)
    }

    fn part_1(&mut self, form: &Form2) -> Result<(), XlsxError> {
        self.title("I. Tình hình nhập dữ liệu:")?;
        // Rows repeated by the sheet would stand above parts II and III too, so the table's head is written again where a page begins.
        self.sheet.set_repeat_rows(0, 0)?;
        self.repeated = TITLE_HEIGHT;
        self.head_1(form)?;
        let first = self.at;
        let mut rows = Vec::with_capacity(form.rows.len());
        for row in &form.rows {
            if self.is_full(row_height(row)) {
                self.new_page();
                self.head_1(form)?;
            }
            rows.push(self.at);
            self.row_1(row)?;
        }
        if form.rows.is_empty() {
            self.blank_rows(LAST)?;
        }
        self.total_1(first, &form.rows)?;
        self.next(5.0)?;
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
        self.remainders(&rows, &form.rows)
    }

    fn head_1(&mut self, form: &Form2) -> Result<(), XlsxError> {
        let (top, head) = (self.at, style::head());
        let tall = [
            (0, "TT"),
            (1, "Tên đơn vị"),
            (2, "Tổng số mũi tiêm đã thực hiện (*)"),
            (3, "Tổng số mũi tiêm đã nhập lên Hệ thống"),
            (REASON, "Lý do, khó khăn, vướng mắc về việc chưa nhập thông tin lên Hệ thống (***)"),
            (LAST, "Ghi chú"),
            (BESIDE, "Còn lại = đã thực hiện − đã nhập − bảy nhóm"),
            (BESIDE + 1, "Vì sao còn lại (theo Cầu nối)"),
        ];
        for (column, title) in tall {
            self.sheet.merge_range(top, column, top + 1, column, title, &head)?;
        }
        self.sheet.merge_range(top, GROUPS, top, GROUPS + 6, "Tổng số mũi tiêm chưa nhập trên Hệ thống (**)", &head)?;
        let mut lines = 7;
        for group in MissingGroup::ALL {
            let title = if group == MissingGroup::Other { other_heading(form) } else { group.heading().to_owned() };
            lines = lines.max(lines_of(&title, GROUP_WIDTH));
            self.sheet.write_string_with_format(top + 1, GROUPS + group.index() as u16, cut(&title), &head)?;
        }
        self.next(20.0)?;
        self.next((f64::from(lines) * 13.0 + 4.0).min(409.0))
    }

    fn row_1(&mut self, row: &Form2Row) -> Result<(), XlsxError> {
        let (at, excel, number) = (self.at, self.at + 1, style::cell_number());
        let open = style::cell_text().set_unlocked();
        let terms = row.remainder_words();
        self.sheet.write_number_with_format(at, 0, row.number, &style::cell_centre())?;
        self.sheet.write_string_with_format(at, 1, cut(&row.unit), &style::cell_text())?;
        for (column, value, format) in [(2, row.given, &number), (3, row.on_system, &number.clone().set_unlocked())] {
            match value {
                Some(value) => self.sheet.write_number_with_format(at, column, value as f64, format)?,
                None => self.sheet.write_blank(at, column, format)?,
            };
        }
        for group in 0..GROUP_COUNT {
            self.sheet.write_number_with_format(at, GROUPS + group as u16, row.missing[group] as f64, &number)?;
        }
        self.sheet.write_string_with_format(at, REASON, cut(&row.reason), &open)?;
        self.sheet.write_string_with_format(at, LAST, cut(&row.note), &open)?;
        // Of a blank n nothing can be left.
        let remainder = if row.given.is_some() { row.remainder.to_string() } else { String::new() };
        let left = formula(format!("=IF(C{excel}=\"\",\"\",C{excel}-D{excel}-SUM(E{excel}:K{excel}))"), &remainder);
        self.sheet.write_formula_with_format(at, BESIDE, left, &number)?;
        // Beside the form nothing is printed, and a long line may run on: the row is as high as the form needs it.
        let beside = style::cell_text().set_font_size(10).unset_text_wrap();
        self.sheet.write_string_with_format(at, BESIDE + 1, cut(&terms), &beside)?;
        self.next(row_height(row))
    }

    /// The five empty rows of the letter, to be filled in by hand.
    fn blank_rows(&mut self, last: u16) -> Result<(), XlsxError> {
        for number in 1..=5 {
            self.sheet.write_number_with_format(self.at, 0, number, &style::cell_centre())?;
            for column in 1..=last {
                self.sheet.write_blank(self.at, column, &style::cell_number().set_unlocked())?;
            }
            self.next(height_of(1))?;
        }
        Ok(())
    }

    fn total_1(&mut self, first: u32, rows: &[Form2Row]) -> Result<(), XlsxError> {
        let (at, number) = (self.at, style::cell_number().set_bold());
        self.sheet.merge_range(at, 0, at, 1, "Tổng cộng", &style::cell_centre().set_bold())?;
        let given = rows.iter().filter_map(|row| row.given).reduce(|a, b| a + b);
        let on_system = rows.iter().filter_map(|row| row.on_system).reduce(|a, b| a + b);
        for (column, value) in [(2, given), (3, on_system)] {
            let total = if first == at { "=0".to_owned() } else { blank_or_sum(column, first, at) };
            let shown = value.or((first == at).then_some(0)).map_or(String::new(), |value| value.to_string());
            self.sheet.write_formula_with_format(at, column, formula(total, &shown), &number)?;
        }
        for group in 0..GROUP_COUNT {
            let (column, value) = (GROUPS + group as u16, rows.iter().map(|row| row.missing[group]).sum::<u64>());
            self.sheet.write_formula_with_format(at, column, formula(sum(column, first, at), &value), &number)?;
        }
        self.sheet.write_blank(at, REASON, &number)?;
        self.sheet.write_blank(at, LAST, &number)?;
        if !rows.is_empty() {
            let remainder: i64 = rows.iter().map(|row| row.remainder).sum();
            self.sheet.write_formula_with_format(at, BESIDE, formula(sum(BESIDE, first, at), &remainder), &number)?;
        }
        self.next(height_of(1))
    }

    /// What stands beside the rows on screen, under the table on paper: a line for every row that leaves something unexplained by
    /// its own columns.
    fn remainders(&mut self, places: &[u32], rows: &[Form2Row]) -> Result<(), XlsxError> {
        if rows.iter().all(|row| row.remainder == 0) {
            return Ok(());
        }
        let words = style::text().set_font_size(10).set_text_wrap().set_align(FormatAlign::Top);
        let title = "Đã thực hiện − đã nhập − bảy nhóm còn lại (các số dưới đây cộng lại bằng số còn lại):";
        self.across(title, &words.clone().set_italic(), 15.0)?;
        for (place, row) in places.iter().zip(rows).filter(|(_, row)| row.remainder != 0) {
            self.sheet.merge_range(self.at, 0, self.at, 1, cut(&row.unit), &words)?;
            // The signed number is read beside its words, not under a column of the table.
            let left = formula(format!("={}{}", column_letter(BESIDE), place + 1), &row.remainder);
            let number = words.clone().set_num_format("+#,##0;-#,##0;0").set_align(FormatAlign::Right).set_bold();
            self.sheet.write_formula_with_format(self.at, 2, left, &number)?;
            self.sheet.merge_range(self.at, 3, self.at, LAST, &format!("= {}", row.remainder_words()), &words)?;
            let lines = lines_of(&row.unit, 33).max(lines_of(&row.remainder_words(), 140));
            self.next((f64::from(lines) * 13.5 + 2.0).min(409.0))?;
        }
        Ok(())
    }

    fn part_2(&mut self, form: &Form2) -> Result<(), XlsxError> {
        self.keep_together(28.0 + 16.0 + height_of(1));
        self.title("II. Các biện pháp đã thực hiện:")?;
        for (title, words) in TITLES_2.iter().zip(&form.texts) {
            let pieces = pieces(words, PAGE_CHARS, 26);
            let height = |piece: &str| height_of(lines_of(piece, PAGE_CHARS));
            self.keep_together(16.0 + pieces.first().map_or(0.0, |piece| height(piece)));
            self.across(title, &style::text().set_bold(), 16.0)?;
            for piece in pieces {
                self.across(piece, &style::paragraph().set_unlocked(), height(piece))?;
            }
        }
        Ok(())
    }

    fn signatures(&mut self, form: &Form2) -> Result<(), XlsxError> {
        self.next(15.0)?;
        let (at, centre) = (self.at, style::text().set_align(FormatAlign::Center));
        self.sheet.merge_range(at, 1, at, 4, "Người lập bảng", &centre.clone().set_bold())?;
        self.sheet.merge_range(at, 9, at, LAST, "Lãnh đạo đơn vị", &centre.clone().set_bold())?;
        self.sheet.merge_range(at + 1, 9, at + 1, LAST, "(ký, đóng dấu)", &centre.clone().set_italic())?;
        // Room for the signature and the seal.
        let name = centre.set_bold().set_unlocked();
        self.sheet.merge_range(at + 5, 1, at + 5, 4, cut(&form.prepared_by), &name)?;
        self.sheet.merge_range(at + 5, 9, at + 5, LAST, cut(&form.signed_by), &name)?;
        self.at += 5;
        Ok(())
    }
}

/// Height of a row of part I.
fn row_height(row: &Form2Row) -> f64 {
    let lines = [lines_of(&row.unit, UNIT_WIDTH - 1), lines_of(&row.reason, REASON_WIDTH - 1), lines_of(&row.note, NOTE_WIDTH - 1)];
    height_of(lines.into_iter().max().unwrap_or(1))
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

/// The letter of one of the first 26 columns.
fn column_letter(column: u16) -> char {
    char::from(b'A' + column as u8)
}

/// The sum of a column's rows, blank where every row is: zero would say that nothing was given or entered.
fn blank_or_sum(column: u16, first: u32, total: u32) -> String {
    let range = format!("{0}{1}:{0}{total}", column_letter(column), first + 1);
    format!("=IF(COUNT({range})=0,\"\",SUM({range}))")
}

/// The sum of a column's rows from `first` down to the row above `total` (0 for Excel's row 1).
fn sum(column: u16, first: u32, total: u32) -> String {
    let letter = column_letter(column);
    // A sum over no row would be a circle.
    if first == total { "=0".to_owned() } else { format!("=SUM({letter}{}:{letter}{total})", first + 1) }
}
