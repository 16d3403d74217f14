//! The import file as a workbook: the template's sheet, what to know before it is used, and the doses it has no column for.

use super::import_file::{BEYOND_SHEET, BeyondRow, ImportCounts, ImportRow, Lack};
use super::row_stream::{RowStream, Streamed, Value};
use super::style::{self, FormError};
use crate::domain::Sex;
use crate::text::show_date;
use rust_xlsxwriter::{Color, Format, FormatAlign, Workbook, Worksheet, XlsxError};

/// Name of the template's sheet.
pub const TEMPLATE_SHEET: &str = "PL1_Danh sach doi tuong tiem";
/// Name of the sheet that says what to know.
const READ_FIRST_SHEET: &str = "Đọc trước khi nhập";
/// First row of the template's two-level head (0 for Excel's row 1): its data begin in row 9.
const HEAD: u32 = 6;
const COLUMN_COUNT: u16 = 27;
/// First column of each of `Tên vắc xin` and its dose.
const DOSES: [u16; 2] = [17, 21];
const YELLOW: Color = Color::RGB(0xff_f2_a8);
/// Pattern rows: plain, and missing.
const PLAIN: usize = 0;
const MISSING: usize = 1;

/// Headings over both rows of the head, with the widths of their columns.
const TALL: [(u16, &str, f64); 13] = [
    (0, "#", 6.0),
    (1, "Họ và tên (*)", 24.0),
    (2, "Ngày sinh dạng dd/mm/yyyy (*)", 12.0),
    (3, "Giới tính (*) (0:nam, 1:nữ)", 8.0),
    (4, "Mã nhóm đối tượng ưu tiên (*) (Tham khảo PL2)", 11.0),
    (5, "Đơn vị công tác", 18.0),
    (6, "Số điện thoại(*) (Tối thiểu 10 số)", 12.0),
    (7, "Số CMT/CCCD (Loại 8/9/12 số)", 14.0),
    (8, "Số thẻ bảo hiểm y tế (Mã thẻ 10/15 ký tự)", 17.0),
    (17, "Tên vắc xin (*) (Tham khảo PL5)", 26.0),
    (21, "Tên vắc xin (*) (Tham khảo PL5)", 26.0),
    (25, "Ghi chú", 20.0),
    (26, "Kết quả import (không điền ô này)", 16.0),
];
/// The second row of the address, with widths.
const PLACE: [(&str, f64); 8] = [
    ("Tỉnh/Thành phố", 14.0),
    ("Mã Tỉnh/Thành phố (*)", 9.0),
    ("Quận/Huyện", 14.0),
    ("Mã Quận/Huyện (*)", 9.0),
    ("Xã/Phường", 16.0),
    ("Mã Xã/Phường (*)", 9.0),
    ("Địa bàn cơ sở", 12.0),
    ("Địa chỉ chi tiết", 22.0),
];
/// The second row of a dose, with widths.
const DOSE: [(&str, f64); 3] =
    [("Ngày tiêm dạng dd/mm/yyyy (*)", 12.0), ("Lô vắc xin(*)", 12.0), ("Địa điểm tiêm (*) (Tham khảo PL4)", 12.0)];

/// Columns of the doses the template has no place for.
const BEYOND: [(&str, f64); 14] = [
    ("Tệp", 24.0),
    ("Trang tính", 14.0),
    ("Dòng", 7.0),
    ("Họ và tên", 24.0),
    ("Ngày sinh", 11.0),
    ("Số CCCD/CMND/hộ chiếu", 15.0),
    ("Số điện thoại", 12.0),
    ("Mũi tiêm", 12.0),
    ("Cột biểu", 6.0),
    ("Vắc xin", 18.0),
    ("Ngày tiêm", 11.0),
    ("Số lô", 12.0),
    ("Cơ sở tiêm", 26.0),
    ("Vì sao", 44.0),
];
const BEYOND_HEAD: u32 = 2;
const WARNING: &str = "Có dữ liệu cá nhân: chỉ dùng để nhập lên Hệ thống, không gửi qua thư điện tử.";

/// An import file being written: the template's rows, then the other sheets.
pub struct ImportBook {
    stream: RowStream,
    counts: ImportCounts,
}

impl ImportBook {
    /// An empty file for so many persons and doses beyond the template; `sources` says where the codes come from.
    ///
    /// # Errors
    /// The writer's word.
    pub fn new(persons: u32, beyond: u32, sources: &[String]) -> Result<ImportBook, FormError> {
        let mut workbook = style::new_workbook("Tệp nhập Hệ thống")?;
        write_template(&mut workbook, persons)?;
        let first = write_read_first(&mut workbook, sources)?;
        let mut streamed = vec![
            Streamed { first: HEAD + 2, patterns: 2, rows: persons, last_column: "AA" },
            Streamed { first, patterns: 1, rows: Lack::ALL.len() as u32, last_column: "B" },
        ];
        if beyond > 0 {
            write_beyond(&mut workbook, beyond)?;
            streamed.push(Streamed { first: BEYOND_HEAD + 1, patterns: 1, rows: beyond, last_column: "N" });
        }
        let mut stream = RowStream::new(&workbook.save_to_buffer()?, &streamed)?;
        stream.next_sheet()?;
        Ok(ImportBook { stream, counts: ImportCounts { beyond, ..ImportCounts::default() } })
    }

    /// Adds a person.
    ///
    /// # Errors
    /// The writer's word.
    pub fn push(&mut self, row: &ImportRow<'_>) -> Result<(), FormError> {
        self.counts.add(row);
        let lacks: Vec<Lack> = row.person_lacks().collect();
        let mark = |lack: Lack| if lacks.contains(&lack) { MISSING } else { PLAIN };
        let sex = row.sex.map_or("", |sex| if sex == Sex::Male { "0" } else { "1" });
        let [province, district, commune] = &row.places;
        let mut cells = vec![
            (0, PLAIN, Value::Number(f64::from(self.counts.persons))),
            (1, PLAIN, Value::Text(row.name)),
            (2, mark(Lack::Birth), Value::Text(&row.birth)),
            (3, mark(Lack::Sex), Value::Text(sex)),
            (4, mark(Lack::Group), Value::Text(&row.group)),
            (5, PLAIN, Value::Text(row.workplace)),
            (6, mark(Lack::Phone), Value::Text(row.phone)),
            (7, PLAIN, Value::Text(row.identity)),
            (8, PLAIN, Value::Text(row.insurance)),
            (9, PLAIN, Value::Text(province.0)),
            (10, mark(Lack::Province), Value::Text(&province.1)),
            (11, PLAIN, Value::Text(district.0)),
            (12, mark(Lack::District), Value::Text(&district.1)),
            (13, PLAIN, Value::Text(commune.0)),
            (14, mark(Lack::Commune), Value::Text(&commune.1)),
            (16, PLAIN, Value::Text(row.address)),
        ];
        let days = row.doses.each_ref().map(|dose| dose.as_ref().and_then(|dose| dose.given).map(show_date).unwrap_or_default());
        for ((first, dose), day) in DOSES.into_iter().zip(&row.doses).zip(&days) {
            let Some(dose) = dose else { continue };
            let lacks: Vec<Lack> = dose.lacks().collect();
            let mark = |lack: Lack| if lacks.contains(&lack) { MISSING } else { PLAIN };
            cells.extend([
                (first, mark(Lack::Vaccine), Value::Text(dose.vaccine)),
                (first + 1, PLAIN, Value::Text(day)),
                (first + 2, mark(Lack::Lot), Value::Text(dose.lot)),
                (first + 3, mark(Lack::Facility), Value::Text(&dose.facility)),
            ]);
        }
        cells.push((25, PLAIN, Value::Text(row.note)));
        // A blank cell is written where it is marked, else it is nothing.
        self.stream.row(cells.into_iter().filter(|(_, pattern, value)| *pattern == MISSING || *value != Value::Text("")))
    }

    /// Ends the template's sheet and says what is missing in it; doses beyond it may follow.
    ///
    /// # Errors
    /// The writer's word.
    pub fn end_template(&mut self) -> Result<ImportCounts, FormError> {
        self.stream.next_sheet()?;
        for (lack, count) in Lack::ALL.into_iter().zip(self.counts.lacks) {
            self.stream.row([(0, 0, Value::Text(lack.label())), (1, 0, Value::Number(f64::from(count)))])?;
        }
        self.stream.next_sheet()?;
        Ok(self.counts.clone())
    }

    /// Adds a dose that the template has no column for.
    ///
    /// # Errors
    /// The writer's word.
    pub fn push_beyond(&mut self, row: &BeyondRow<'_>) -> Result<(), FormError> {
        let work = &row.work;
        let place = work.local.map_or(("", "", 0), |place| (place.file, place.sheet, place.row));
        let cells = [
            Value::Text(place.0),
            Value::Text(place.1),
            Value::Number(f64::from(place.2)),
            Value::Text(work.name),
            Value::Text(&work.birth),
            Value::Text(work.identity),
            Value::Text(work.phone),
            Value::Text(work.label),
            Value::Text(work.column.map_or("", |column| column.letter())),
            Value::Text(work.vaccine),
            work.given.map_or(Value::Text(work.given_text), Value::Day),
            Value::Text(work.lot),
            Value::Text(work.facility),
            Value::Text(row.why),
        ];
        self.stream
            .row(cells.into_iter().enumerate().filter(|(_, value)| *value != Value::Text("")).map(|(at, value)| (at as u16, 0, value)))
    }

    /// The bytes of the workbook.
    ///
    /// # Errors
    /// The writer's word.
    pub fn finish(self) -> Result<Vec<u8>, FormError> {
        self.stream.finish()
    }
}

fn write_template(workbook: &mut Workbook, persons: u32) -> Result<(), XlsxError> {
    let sheet = style::new_sheet(workbook, TEMPLATE_SHEET)?;
    let notes = [
        "Chú ý: cột có dấu (*) là bắt buộc; không đổi, thêm hay bớt cột; bỏ lọc dòng trước khi tải lên.",
        "Mã nhóm, mã địa bàn, mã cơ sở tiêm và tên vắc xin theo các phụ lục PL2, PL3, PL4, PL5 của mẫu.",
        "Ô nền vàng: còn thiếu hoặc chưa đúng dạng, cần điền trước khi tải lên; không rõ thì để trống.",
        "Nếu chỉ nhận tệp .xls: chọn Lưu thành (Save As), loại Excel 97-2003.",
    ];
    let red = style::text().set_font_color(Color::RGB(0x9c_1c_1c));
    for (at, note) in notes.iter().enumerate() {
        sheet.write_string_with_format(at as u32, 0, *note, &red)?;
    }
    let head = style::head();
    for (column, title, width) in TALL {
        sheet.merge_range(HEAD, column, HEAD + 1, column, title, &head)?;
        sheet.set_column_width(column, width)?;
    }
    sheet.merge_range(HEAD, 9, HEAD, 16, "Nơi ở tạm trú (hiện tại) (*) (Tham khảo PL3)", &head)?;
    let mut second = |first: u16, titles: &[(&str, f64)]| {
        for (at, (title, width)) in titles.iter().enumerate() {
            sheet.write_string_with_format(HEAD + 1, first + at as u16, *title, &head)?;
            sheet.set_column_width(first + at as u16, *width)?;
        }
        Ok::<(), XlsxError>(())
    };
    second(9, &PLACE)?;
    for first in DOSES {
        second(first + 1, &DOSE)?;
    }
    for (first, title) in DOSES.into_iter().zip(["Mũi 1", "Mũi 2"]) {
        sheet.merge_range(HEAD, first + 1, HEAD, first + 3, title, &head)?;
    }
    sheet.set_row_height(HEAD, 30)?;
    sheet.set_row_height(HEAD + 1, 58)?;
    // Codes and numbers are texts, so that one typed in keeps its zeros.
    let plain = style::text().set_num_format("@");
    let missing = plain.clone().set_background_color(YELLOW);
    for column in 0..COLUMN_COUNT {
        let first = if column == 0 { style::text().set_align(FormatAlign::Center) } else { plain.clone() };
        sheet.write_blank(HEAD + 2, column, &first)?;
        sheet.write_blank(HEAD + 3, column, &missing)?;
    }
    sheet.ignore_error_range(HEAD + 2, 0, HEAD + 1 + persons.max(1), COLUMN_COUNT - 1, rust_xlsxwriter::IgnoreError::NumberStoredAsText)?;
    style::print_setup(sheet, "Tệp nhập Hệ thống");
    sheet.set_repeat_rows(HEAD, HEAD + 1)?;
    sheet.set_freeze_panes(HEAD + 2, 2)?;
    Ok(())
}

/// Writes what to know before the file is used; gives the row where what is missing will be counted.
fn write_read_first(workbook: &mut Workbook, sources: &[String]) -> Result<u32, XlsxError> {
    let sheet = style::new_sheet(workbook, READ_FIRST_SHEET)?;
    sheet.set_column_width(0, 60)?;
    sheet.set_column_width(1, 16)?;
    let warning = style::text().set_bold().set_font_color(Color::RGB(0x9c_1c_1c));
    sheet.write_string_with_format(0, 0, WARNING, &warning)?;
    let words = style::paragraph();
    let mut at = 1;
    let mut line = |sheet: &mut Worksheet, text: &str, format: &Format| {
        sheet.merge_range(at, 0, at, 1, text, format)?;
        sheet.set_row_height(at, style::height_of(style::lines_of(text, 84)))?;
        at += 1;
        Ok::<(), XlsxError>(())
    };
    for text in [
        format!("Trang “{TEMPLATE_SHEET}” gồm các mũi chưa nhập, mỗi người một dòng, theo cột của mẫu nhập."),
        "Một người chỉ thiếu mũi 2 thì các ô của mũi 1 để trống: mũi 1 đã có trên Hệ thống, hoặc không có trong danh sách.".to_owned(),
        format!("Mũi 3, liều bổ sung, liều nhắc lại và mũi không còn cột trống: ở trang “{BEYOND_SHEET}”, nhập từng mũi trên Hệ thống."),
        "Mã không tự đặt: lấy từ phụ lục PL2–PL5 đã thả vào trang, hoặc từ dòng có ghi cả tên và mã; không có thì để trống.".to_owned(),
    ] {
        line(sheet, &text, &words)?;
    }
    for source in sources {
        line(sheet, source, &words.clone().set_italic())?;
    }
    line(
        sheet,
        "Ô nền như dòng này: bắt buộc, còn thiếu hoặc chưa đúng dạng. Số còn thiếu trong tệp này:",
        &words.clone().set_background_color(YELLOW),
    )?;
    let (head, label, number) = (style::head(), style::cell_text(), style::cell_number());
    sheet.write_string_with_format(at, 0, "Thông tin", &head)?;
    sheet.write_string_with_format(at, 1, "Còn thiếu", &head)?;
    at += 1;
    sheet.write_blank(at, 0, &label)?;
    sheet.write_blank(at, 1, &number)?;
    style::print_setup(sheet, WARNING);
    sheet.set_repeat_rows(0, 0)?;
    sheet.set_freeze_panes(1, 0)?;
    style::protect(sheet);
    Ok(at)
}

fn write_beyond(workbook: &mut Workbook, rows: u32) -> Result<(), XlsxError> {
    let sheet = style::new_sheet(workbook, BEYOND_SHEET)?;
    sheet.write_string_with_format(0, 0, "Mũi chưa nhập mà mẫu nhập không có cột", &style::text().set_bold().set_font_size(13))?;
    sheet.write_string_with_format(1, 0, WARNING, &style::text().set_bold().set_font_color(Color::RGB(0x9c_1c_1c)))?;
    for (column, (title, width)) in BEYOND.iter().enumerate() {
        let column = column as u16;
        sheet.set_column_width(column, *width)?;
        sheet.write_string_with_format(BEYOND_HEAD, column, *title, &style::head())?;
        let format = match *title {
            "Ngày tiêm" => style::text().set_num_format("dd/mm/yyyy").set_align(FormatAlign::Left),
            "Dòng" | "Cột biểu" => style::text().set_align(FormatAlign::Center),
            _ => style::text(),
        };
        sheet.write_blank(BEYOND_HEAD + 1, column, &format)?;
    }
    sheet.set_row_height(BEYOND_HEAD, 30)?;
    sheet.autofilter(BEYOND_HEAD, 0, BEYOND_HEAD + rows, BEYOND.len() as u16 - 1)?;
    sheet.ignore_error_range(BEYOND_HEAD + 1, 0, BEYOND_HEAD + rows, 13, rust_xlsxwriter::IgnoreError::NumberStoredAsText)?;
    style::print_setup(sheet, WARNING);
    sheet.set_repeat_rows(BEYOND_HEAD, BEYOND_HEAD)?;
    sheet.set_freeze_panes(BEYOND_HEAD + 1, 4)?;
    let options = rust_xlsxwriter::ProtectionOptions { use_autofilter: true, sort: true, format_columns: true, ..Default::default() };
    sheet.protect_with_options(&options);
    Ok(())
}
