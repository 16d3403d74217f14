//! The working list as a workbook: one sheet a bucket, the header in the first row that contains `Tệp`.

use super::row_stream::{RowStream, Streamed, Value};
use super::style::{self, FormError, cut};
use super::working_list::{Place, WorkRow};
use crate::domain::Decision;
use crate::text::{parse_date, show_number};
use rust_xlsxwriter::{Color, DataValidation, FormatAlign, IgnoreError, ProtectionOptions, Workbook, Worksheet, XlsxError};

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
/// Columns of days, of row and dose numbers, of bits, of answers.
const DATES: [u16; 3] = [5, 19, 22];
const PLACES: [u16; 4] = [2, 3, 30, 31];
const WEIGHT: u16 = 33;
const DECISION: u16 = 35;

/// One sheet of a working list: its bucket's name and the doses that will be written into it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WorkSheet {
    /// The sheet's name.
    pub name: &'static str,
    /// Doses.
    pub rows: u32,
}

/// What the sheets of a working list say above their table.
#[derive(Clone, Copy, Debug, Default)]
pub struct WorkHeading<'a> {
    /// `Đơn vị báo cáo`.
    pub reporting_unit: &'a str,
    /// Which part this workbook is, of how many; none where it is the only one.
    pub part: Option<(u32, u32)>,
}

/// A working list being written, sheet after sheet.
pub struct WorkingListBook(RowStream);

impl WorkingListBook {
    /// A list with these sheets, none of them begun.
    ///
    /// # Errors
    /// The writer's word.
    pub fn new(heading: WorkHeading<'_>, sheets: &[WorkSheet]) -> Result<WorkingListBook, FormError> {
        let mut workbook = style::new_workbook("Danh sách làm việc")?;
        for sheet in sheets {
            write_frame(&mut workbook, heading, *sheet)?;
        }
        let streamed: Vec<Streamed> =
            sheets.iter().map(|sheet| Streamed { first: HEAD + 1, patterns: 1, rows: sheet.rows, last_column: "AJ" }).collect();
        Ok(WorkingListBook(RowStream::new(&workbook.save_to_buffer()?, &streamed)?))
    }

    /// Goes to the next sheet.
    ///
    /// # Errors
    /// The writer's word.
    pub fn next_sheet(&mut self) -> Result<(), FormError> {
        self.0.next_sheet()
    }

    /// Adds a dose to the sheet gone to last.
    ///
    /// # Errors
    /// The writer's word.
    pub fn push(&mut self, row: &WorkRow<'_>) -> Result<(), FormError> {
        let birth = if row.birth.len() == "dd/mm/yyyy".len() { parse_date(&row.birth) } else { None };
        // Ascending, as the cells of a row stand in the file.
        let cells: [Option<Value<'_>>; COLUMNS.len()] = [
            text(place_text(row.local, |place| place.file)),
            text(place_text(row.local, |place| place.sheet)),
            row.local.map(|place| Value::Number(f64::from(place.row))),
            row.local.map(|place| Value::Number(f64::from(place.slot))),
            text(row.name),
            // `1985` and `03/1985` are no days: they stay as written.
            birth.map(Value::Day).or(text(&row.birth)),
            text(row.sex),
            text(row.identity),
            text(row.phone),
            text(row.insurance),
            text(row.province),
            text(row.district),
            text(row.commune),
            text(row.address),
            text(row.target_group),
            text(row.workplace),
            text(row.note),
            text(row.label),
            text(row.vaccine),
            row.given.map(Value::Day).or(text(row.given_text)),
            text(row.lot),
            text(row.facility),
            row.entered.map(Value::Day),
            text(row.unit),
            text(row.column.map_or("", |column| column.letter())),
            text(row.group.map_or("", |group| group.label())),
            text(row.status.map_or("", |status| status.label())),
            text(&row.reason),
            text(place_text(row.system, |place| place.file)),
            text(place_text(row.system, |place| place.sheet)),
            row.system.map(|place| Value::Number(f64::from(place.row))),
            row.system.map(|place| Value::Number(f64::from(place.slot))),
            text(row.confidence.map_or("", |confidence| confidence.label())),
            row.match_weight.map(Value::Number),
            text(&row.differences),
            text(row.decision.map_or("", Decision::label)),
        ];
        self.0.row(cells.into_iter().enumerate().filter_map(|(column, value)| Some((column as u16, 0, value?))))
    }

    /// The bytes of the workbook.
    ///
    /// # Errors
    /// The writer's word.
    pub fn finish(self) -> Result<Vec<u8>, FormError> {
        self.0.finish()
    }
}

fn text(words: &str) -> Option<Value<'_>> {
    (!words.is_empty()).then_some(Value::Text(words))
}

fn place_text<'a>(place: Option<Place<'a>>, of: fn(Place<'a>) -> &'a str) -> &'a str {
    place.map_or("", of)
}

/// Heading, head, widths, answers and protection of one sheet, and a pattern row with the format of each column.
fn write_frame(workbook: &mut Workbook, heading: WorkHeading<'_>, WorkSheet { name, rows }: WorkSheet) -> Result<(), XlsxError> {
    let sheet = style::new_sheet(workbook, name)?;
    let unit = heading.reporting_unit.trim();
    let unit = if unit.is_empty() { String::new() } else { format!(" – {unit}") };
    let part = heading.part.map_or(String::new(), |(part, of)| format!(", phần {part}/{of}"));
    let title = format!("DANH SÁCH LÀM VIỆC: {name}{unit} ({} mũi tiêm{part})", show_number(i64::from(rows)));
    sheet.write_string_with_format(0, 0, cut(&title), &style::text().set_bold().set_font_size(13))?;
    let warning = style::text().set_bold().set_font_color(Color::RGB(0x9c_1c_1c));
    sheet.write_string_with_format(1, 0, WARNING, &warning)?;
    sheet.set_row_height(0, 20)?;
    sheet.set_row_height(1, 17)?;
    let head = style::head().set_background_color(Color::RGB(0xe9_ee_f2));
    for (column, (title, width)) in COLUMNS.iter().enumerate() {
        sheet.set_column_width(column as u16, *width)?;
        sheet.write_string_with_format(HEAD, column as u16, *title, &head)?;
    }
    sheet.set_row_height(HEAD, 42)?;
    sheet.set_freeze_panes(HEAD + 1, 5)?;
    write_pattern(sheet)?;
    let (first, last) = (HEAD + 1, HEAD + rows.max(1));
    // Identity numbers and phones are texts on purpose: no green corners.
    sheet.ignore_error_range(first, 0, last, DECISION, IgnoreError::NumberStoredAsText)?;
    sheet.autofilter(HEAD, 0, HEAD + rows, DECISION)?;
    let answers = [Decision::SamePerson, Decision::DifferentPerson, Decision::Later].map(Decision::label);
    sheet.add_data_validation(first, DECISION, last, DECISION, &DataValidation::new().allow_list_strings(&answers)?)?;
    style::print_setup(sheet, WARNING);
    sheet.set_repeat_rows(HEAD, HEAD)?;
    // The officer filters, sorts and widens while he works.
    let options =
        ProtectionOptions { use_autofilter: true, sort: true, format_columns: true, format_rows: true, ..ProtectionOptions::new() };
    sheet.protect_with_options(&options);
    Ok(())
}

fn write_pattern(sheet: &mut Worksheet) -> Result<(), XlsxError> {
    let date = style::text().set_num_format("dd/mm/yyyy").set_align(FormatAlign::Left);
    for column in DATES {
        sheet.write_blank(HEAD + 1, column, &date)?;
    }
    let centre = style::text().set_align(FormatAlign::Center);
    for column in PLACES {
        sheet.write_blank(HEAD + 1, column, &centre)?;
    }
    sheet.write_blank(HEAD + 1, WEIGHT, &style::text().set_num_format("0.0").set_align(FormatAlign::Center))?;
    // The last column is for the officer to fill in, beside cells with an answer too.
    let open = style::text().set_unlocked();
    sheet.set_column_format(DECISION, &open)?;
    sheet.write_blank(HEAD + 1, DECISION, &open)?;
    Ok(())
}
