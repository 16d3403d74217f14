//! The working list as a workbook: one sheet a bucket, the header in the first row that contains `Tệp`.

use super::style::{self, FormError, cut};
use super::working_list::{Place, WorkRow};
use crate::domain::Decision;
use crate::text::{parse_date, show_date, show_number};
use jiff::civil::Date;
use rust_xlsxwriter::{Color, DataValidation, ExcelDateTime, Format, FormatAlign, IgnoreError, ProtectionOptions, Workbook, XlsxError};

/// The columns, with their widths.
pub const COLUMNS: [(&str, f64); 36] = [
    ("Tệp", 22.0),
    ("Trang tính", 12.0),
    ("Dòng", 7.0),
    ("Mũi thứ", 6.0),
    ("Họ và tên", 23.0),
    ("Ngày sinh", 11.0),
    ("Giới tính", 6.0),
    ("Số CCCD/CMND/hộ chiếu", 14.0),
    ("Số điện thoại", 11.5),
    ("Số thẻ BHYT", 16.5),
    ("Tỉnh/thành phố", 12.0),
    ("Quận/huyện", 13.0),
    ("Xã/phường", 14.0),
    ("Địa chỉ chi tiết", 18.0),
    ("Nhóm đối tượng", 10.0),
    ("Đơn vị công tác", 16.0),
    ("Ghi chú", 16.0),
    ("Mũi tiêm", 10.0),
    ("Vắc xin", 14.0),
    ("Ngày tiêm", 11.0),
    ("Số lô", 10.0),
    ("Cơ sở tiêm", 24.0),
    ("Ngày nhập", 11.0),
    ("Đơn vị", 24.0),
    ("Cột biểu", 6.0),
    ("Nhóm", 8.5),
    ("Trạng thái", 15.0),
    ("Lý do", 34.0),
    ("Tệp HT", 22.0),
    ("Trang tính HT", 12.0),
    ("Dòng HT", 7.0),
    ("Mũi thứ HT", 6.0),
    ("Độ tin cậy", 11.0),
    ("Trọng số (bit)", 8.0),
    ("Sai khác", 38.0),
    ("Quyết định", 12.0),
];

/// Row of the header (0 for Excel's row 1).
const HEAD: u32 = 2;
/// What every sheet says.
const WARNING: &str = "Có dữ liệu cá nhân: chỉ dùng để làm việc trong đơn vị, không gửi qua thư điện tử.";
const BIRTH: u16 = 5;
const GIVEN: u16 = 19;
const ENTERED: u16 = 22;
const DECISION: u16 = 35;

/// A working list being written, sheet after sheet.
pub struct WorkingListBook {
    workbook: Workbook,
    reporting_unit: String,
    /// Position of the sheet being written and the next row; none before the first.
    sheet: Option<(usize, u32)>,
    date: Format,
    centre: Format,
    bits: Format,
}

impl WorkingListBook {
    /// An empty list of a unit.
    ///
    /// # Errors
    /// The writer's word.
    pub fn new(reporting_unit: &str) -> Result<WorkingListBook, FormError> {
        Ok(WorkingListBook {
            workbook: style::new_workbook("Danh sách làm việc")?,
            reporting_unit: reporting_unit.trim().to_owned(),
            sheet: None,
            date: style::text().set_num_format("dd/mm/yyyy").set_align(FormatAlign::Left),
            centre: style::text().set_align(FormatAlign::Center),
            bits: style::text().set_num_format("0.0").set_align(FormatAlign::Center),
        })
    }

    /// Starts the sheet of a bucket.
    ///
    /// # Errors
    /// The writer's word.
    pub fn start_sheet(&mut self, name: &str) -> Result<(), FormError> {
        self.end_sheet()?;
        let position = self.sheet.map_or(0, |(position, _)| position + 1);
        let sheet = style::new_sheet(&mut self.workbook, name)?;
        let warning = style::text().set_bold().set_font_color(Color::RGB(0x9c_1c_1c));
        sheet.write_string_with_format(1, 0, WARNING, &warning)?;
        sheet.set_row_height(0, 20)?;
        sheet.set_row_height(1, 17)?;
        let head = style::head().set_background_color(Color::RGB(0xe9_ee_f2));
        for (column, (title, width)) in COLUMNS.iter().enumerate() {
            sheet.set_column_width(column as u16, *width)?;
            sheet.write_string_with_format(HEAD, column as u16, *title, &head)?;
        }
        // The last column is for the officer to fill in.
        sheet.set_column_format(DECISION, &style::text().set_unlocked())?;
        sheet.set_row_height(HEAD, 42)?;
        sheet.set_freeze_panes(HEAD + 1, 5)?;
        style::print_setup(sheet, WARNING);
        sheet.set_repeat_rows(HEAD, HEAD)?;
        self.sheet = Some((position, HEAD + 1));
        Ok(())
    }

    /// Adds a dose to the sheet started last.
    ///
    /// # Errors
    /// The writer's word, such as more rows than a sheet has.
    pub fn push(&mut self, row: &WorkRow<'_>) -> Result<(), FormError> {
        let Some((position, at)) = self.sheet else { return Ok(()) };
        let sheet = self.workbook.worksheet_from_index(position)?;
        let place = |place: Option<Place<'_>>| {
            place.map_or((String::new(), String::new()), |place| (place.file.to_owned(), place.sheet.to_owned()))
        };
        let (local, system) = (place(row.local), place(row.system));
        let column = row.column.map_or("", |column| column.letter());
        let texts: [(u16, &str); 28] = [
            (0, &local.0),
            (1, &local.1),
            (4, row.name),
            (6, row.sex),
            (7, row.identity),
            (8, row.phone),
            (9, row.insurance),
            (10, row.province),
            (11, row.district),
            (12, row.commune),
            (13, row.address),
            (14, row.target_group),
            (15, row.workplace),
            (16, row.note),
            (17, row.label),
            (18, row.vaccine),
            (20, row.lot),
            (21, row.facility),
            (23, row.unit),
            (24, column),
            (25, row.group.map_or("", |group| group.label())),
            (26, row.status.map_or("", |status| status.label())),
            (27, &row.reason),
            (28, &system.0),
            (29, &system.1),
            (32, row.confidence.map_or("", |confidence| confidence.label())),
            (34, &row.differences),
            (DECISION, row.decision.map_or("", Decision::label)),
        ];
        for (column, text) in texts {
            if !text.is_empty() {
                // A text is never a formula, whatever it begins with; what is longer than a cell holds is cut, not refused.
                sheet.write_string(at, column, cut(text))?;
            }
        }
        for (first, place) in [(2, row.local), (30, row.system)] {
            if let Some(place) = place {
                sheet.write_number_with_format(at, first, place.row, &self.centre)?;
                sheet.write_number_with_format(at, first + 1, place.slot, &self.centre)?;
            }
        }
        // `1985` and `03/1985` are no days: they stay as written.
        let birth = if row.birth.len() == "dd/mm/yyyy".len() { parse_date(&row.birth) } else { None };
        for (column, day, words) in [(BIRTH, birth, row.birth.as_str()), (GIVEN, row.given, row.given_text), (ENTERED, row.entered, "")] {
            match day {
                Some(day) => write_date(sheet, at, column, day, &self.date)?,
                None if !words.is_empty() => {
                    sheet.write_string(at, column, cut(words))?;
                }
                None => {}
            }
        }
        if let Some(weight) = row.match_weight {
            sheet.write_number_with_format(at, 33, weight, &self.bits)?;
        }
        self.sheet = Some((position, at + 1));
        Ok(())
    }

    fn end_sheet(&mut self) -> Result<(), FormError> {
        let Some((position, at)) = self.sheet else { return Ok(()) };
        let sheet = self.workbook.worksheet_from_index(position)?;
        let unit = if self.reporting_unit.is_empty() { String::new() } else { format!(" – {}", self.reporting_unit) };
        let title = format!("DANH SÁCH LÀM VIỆC: {}{unit} ({} mũi tiêm)", sheet.name(), show_number(i64::from(at - HEAD - 1)));
        sheet.write_string_with_format(0, 0, cut(&title), &style::text().set_bold().set_font_size(13))?;
        // Identity numbers and phones are texts on purpose: no green corners.
        sheet.ignore_error_range(HEAD + 1, 0, at.max(HEAD + 1), DECISION, IgnoreError::NumberStoredAsText)?;
        sheet.autofilter(HEAD, 0, at.saturating_sub(1).max(HEAD), COLUMNS.len() as u16 - 1)?;
        let answers = [Decision::SamePerson, Decision::DifferentPerson, Decision::Later].map(Decision::label);
        let validation = DataValidation::new().allow_list_strings(&answers)?;
        sheet.add_data_validation(HEAD + 1, DECISION, at.max(HEAD + 1), DECISION, &validation)?;
        // The officer filters, sorts and widens while he works.
        let options =
            ProtectionOptions { use_autofilter: true, sort: true, format_columns: true, format_rows: true, ..ProtectionOptions::new() };
        sheet.protect_with_options(&options);
        Ok(())
    }

    /// The bytes of the workbook.
    ///
    /// # Errors
    /// The writer's word.
    pub fn finish(mut self) -> Result<Vec<u8>, FormError> {
        self.end_sheet()?;
        Ok(self.workbook.save_to_buffer()?)
    }
}

fn write_date(sheet: &mut rust_xlsxwriter::Worksheet, row: u32, column: u16, day: Date, format: &Format) -> Result<(), XlsxError> {
    match ExcelDateTime::from_ymd(u16::try_from(day.year()).unwrap_or(0), day.month() as u8, day.day() as u8) {
        Ok(date) => sheet.write_datetime_with_format(row, column, &date, format)?,
        // Before 1900 Excel knows no dates.
        Err(_) => sheet.write_string(row, column, show_date(day))?,
    };
    Ok(())
}
