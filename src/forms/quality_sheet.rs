//! Workbooks of `Làm sạch` and `Giám sát`: `Bảng sửa`, the lists handed over to the police, the report to facilities.

use super::style::{self, FormError, cut};
use crate::quality::board::{Board, Shares, UnitBoard};
use crate::quality::statutory::StatutoryClass;
use crate::text::{show_date, show_number};
use crate::workbook::returned::{FIELD, NEW_VALUE, OLD_VALUE, RIGHT_VALUES, ROW_KEY};
use crate::worker::quality::LateRow;
use rust_xlsxwriter::{Color, Format, FormatAlign, IgnoreError, ProtectionOptions, Workbook, Worksheet, XlsxError};

/// What sheets with personal data say.
const PERSONAL: &str = "Có dữ liệu cá nhân: chỉ bàn giao trực tiếp theo quy định, không gửi qua thư điện tử.";

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

/// One person of the lists for the police.
#[derive(Clone, Debug)]
pub struct PoliceRow {
    /// The class.
    pub class: StatutoryClass,
    /// Họ và tên, ngày sinh, giới tính, số giấy tờ, điện thoại, địa chỉ, as written or read.
    pub texts: [String; 6],
    /// Why.
    pub reason: String,
    /// Names the row.
    pub key: String,
}

fn title() -> Format {
    style::text().set_bold().set_font_size(13)
}

fn warning() -> Format {
    style::text().set_bold().set_font_color(Color::RGB(0x9c_1c_1c))
}

/// Writes the heads of the columns with their widths.
fn heads(sheet: &mut Worksheet, row: u32, columns: &[(&str, f64)]) -> Result<(), XlsxError> {
    let head = style::head().set_background_color(Color::RGB(0xe9_ee_f2));
    for (column, (name, width)) in (0u16..).zip(columns) {
        sheet.set_column_width(column, *width)?;
        sheet.write_string_with_format(row, column, *name, &head)?;
    }
    sheet.set_row_height(row, 36)?;
    sheet.set_freeze_panes(row + 1, 0)?;
    sheet.set_repeat_rows(row, row)?;
    Ok(())
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
        for (column, text) in [(0, &file), (1, &page), (3, &row.name), (5, &row.old), (6, &row.new), (7, &row.key)] {
            sheet.write_string_with_format(at, column, cut(text), &cell)?;
        }
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

/// The lists for the police: one sheet a commune, with the columns they fill in and both signatures.
pub struct PoliceBook {
    workbook: Workbook,
    names: Vec<String>,
}

impl PoliceBook {
    /// An empty workbook.
    ///
    /// # Errors
    /// The writer's word.
    pub fn new() -> Result<PoliceBook, FormError> {
        Ok(PoliceBook { workbook: style::new_workbook("Danh sách rà soát")?, names: Vec::new() })
    }

    /// Adds a commune's list.
    ///
    /// # Errors
    /// The writer's word.
    pub fn push(&mut self, unit: &str, commune: &str, rows: &[PoliceRow]) -> Result<(), FormError> {
        const HEAD: u32 = 4;
        let columns = [
            ("TT", 5.0),
            ("Loại", 15.0),
            ("Họ và tên", 22.0),
            ("Ngày sinh", 11.0),
            ("Giới tính", 7.0),
            ("Số CCCD/CMND", 14.0),
            ("Số điện thoại", 12.0),
            ("Địa chỉ", 20.0),
            ("Lý do", 26.0),
            (RIGHT_VALUES[0].0, 22.0),
            (RIGHT_VALUES[1].0, 12.0),
            (RIGHT_VALUES[2].0, 8.0),
            (RIGHT_VALUES[3].0, 15.0),
            ("Kết quả đối chiếu", 18.0),
            (ROW_KEY, 18.0),
        ];
        let name = self.sheet_name(commune);
        let sheet = style::new_sheet(&mut self.workbook, &name)?;
        let of = if unit.is_empty() { String::new() } else { format!("{unit} – ") };
        sheet.write_string_with_format(
            0,
            0,
            "DANH SÁCH ĐỐI TƯỢNG CẦN RÀ SOÁT DỮ LIỆU, CHUYỂN CÔNG AN ĐỐI CHIẾU VỚI CSDLQG VỀ DÂN CƯ",
            &title(),
        )?;
        sheet.write_string_with_format(1, 0, cut(&format!("{of}{commune}")), &style::text().set_bold())?;
        sheet.write_string_with_format(
            2,
            0,
            "Theo Công văn 2262/BYT-CNTT ngày 04/05/2022. Công an ghi giá trị đúng vào các cột “… đúng”; ô đúng rồi để trống; không sửa cột Mã dòng.",
            &style::text().set_italic(),
        )?;
        sheet.write_string_with_format(3, 0, PERSONAL, &warning())?;
        heads(sheet, HEAD, &columns)?;
        let (cell, centre) = (style::cell_text(), style::cell_centre());
        let open = style::cell_text().set_unlocked();
        for (number, row) in (1u32..).zip(rows) {
            let at = HEAD + number;
            sheet.write_number_with_format(at, 0, number, &centre)?;
            sheet.write_string_with_format(at, 1, row.class.label(), &cell)?;
            for (column, text) in (2u16..).zip(&row.texts) {
                sheet.write_string_with_format(at, column, cut(text), &cell)?;
            }
            sheet.write_string_with_format(at, 8, cut(&row.reason), &cell)?;
            for column in 9..14 {
                sheet.write_blank(at, column, &open)?;
            }
            sheet.write_string_with_format(at, 14, &row.key, &cell)?;
        }
        let end = HEAD + rows.len() as u32 + 1;
        sheet.ignore_error_range(HEAD + 1, 0, end, 14, IgnoreError::NumberStoredAsText)?;
        let of_class = |class: StatutoryClass| rows.iter().filter(|row| row.class == class).count();
        let counts = StatutoryClass::ALL.map(|class| format!("{}: {}", class.label(), show_number(of_class(class) as i64)));
        let total = format!("Tổng số {} người. {}.", show_number(rows.len() as i64), counts.join("; "));
        sheet.write_string_with_format(end, 1, cut(&total), &style::text().set_bold())?;
        let signature = style::text().set_bold().set_align(FormatAlign::Center);
        let below = style::text().set_italic().set_align(FormatAlign::Center);
        for (first, last, who, how) in [
            (1, 4, "TRẠM Y TẾ", "(Người lập, ngày bàn giao, ký, đóng dấu)"),
            (9, 13, "CÔNG AN XÃ, PHƯỜNG, THỊ TRẤN", "(Người đối chiếu, ngày trả, ký, đóng dấu)"),
        ] {
            sheet.merge_range(end + 2, first, end + 2, last, who, &signature)?;
            sheet.merge_range(end + 3, first, end + 3, last, how, &below)?;
        }
        style::print_setup(sheet, PERSONAL);
        let options = ProtectionOptions { sort: true, format_columns: true, format_rows: true, ..ProtectionOptions::new() };
        sheet.protect_with_options(&options);
        Ok(())
    }

    /// A sheet's name: of this commune, allowed and not taken yet.
    fn sheet_name(&mut self, commune: &str) -> String {
        let plain: String = commune.chars().map(|c| if "[]:*?/\\'".contains(c) { ' ' } else { c }).collect();
        let plain = if plain.trim().is_empty() { "Xã".to_owned() } else { plain.trim().chars().take(27).collect() };
        let is_taken = |name: &String| self.names.iter().any(|other| other.to_lowercase() == name.to_lowercase());
        let mut name = plain.clone();
        let mut number = 2;
        while is_taken(&name) {
            name = format!("{plain} {number}");
            number += 1;
        }
        self.names.push(name.clone());
        name
    }

    /// The bytes.
    ///
    /// # Errors
    /// The writer's word.
    pub fn finish(mut self) -> Result<Vec<u8>, FormError> {
        Ok(self.workbook.save_to_buffer()?)
    }
}

/// The report to facilities: no names in it, late doses by their place in the files.
///
/// # Errors
/// The writer's word.
pub fn write_monitoring(unit: &str, board: &Board, late: &[LateRow]) -> Result<Vec<u8>, FormError> {
    let mut workbook = style::new_workbook("Báo cáo giám sát")?;
    let since = board.since.map(show_date).unwrap_or_default();
    let of = if unit.is_empty() { String::new() } else { format!(" – {unit}") };
    let heading = |what: &str| format!("{what}{of} (mũi tiêm từ {since})");
    let sheet = style::new_sheet(&mut workbook, "Theo cơ sở")?;
    shares_sheet(sheet, &heading("GIÁM SÁT NHẬP MŨI TIÊM MỚI THEO CƠ SỞ"), board, false)?;
    let sheet = style::new_sheet(&mut workbook, "Theo tháng")?;
    shares_sheet(sheet, &heading("GIÁM SÁT NHẬP MŨI TIÊM MỚI THEO CƠ SỞ, THÁNG"), board, true)?;
    let sheet = style::new_sheet(&mut workbook, "Nhập muộn")?;
    late_sheet(sheet, &heading("MŨI NHẬP MUỘN, CHƯA NHẬP"), late)?;
    let sheet = style::new_sheet(&mut workbook, "Xác thực, ký")?;
    partition_sheet(sheet, board)?;
    Ok(workbook.save_to_buffer()?)
}

fn shares_sheet(sheet: &mut Worksheet, heading: &str, board: &Board, is_by_month: bool) -> Result<(), FormError> {
    const HEAD: u32 = 1;
    let mut columns = vec![("Cơ sở", 34.0)];
    if is_by_month {
        columns.push(("Tháng", 9.0));
    }
    columns.extend([
        ("Mũi mới", 9.0),
        ("Đầy đủ", 9.0),
        ("Đúng", 9.0),
        ("Nhập trong ngày", 9.0),
        ("Nhập muộn", 9.0),
        ("Chưa nhập", 9.0),
        ("Không rõ ngày nhập", 10.0),
        ("Tỉ lệ đầy đủ", 9.0),
        ("Tỉ lệ đúng", 9.0),
        ("Tỉ lệ trong ngày", 9.0),
        ("Trễ trung vị (ngày)", 9.0),
        ("Trễ P90 (ngày)", 9.0),
    ]);
    sheet.write_string_with_format(0, 0, cut(heading), &title())?;
    heads(sheet, HEAD, &columns)?;
    let mut at = HEAD + 1;
    let mut put = |name: &str, month: Option<(i16, i8)>, shares: &Shares| -> Result<(), XlsxError> {
        let number = style::cell_number();
        let share = style::cell_number().set_num_format("0.0%");
        sheet.write_string_with_format(at, 0, cut(name), &style::cell_text())?;
        let mut column = 1;
        if is_by_month {
            let words = month.map_or_else(|| "Cả kỳ".to_owned(), |(year, month)| format!("{month:02}/{year}"));
            sheet.write_string_with_format(at, 1, words, &style::cell_centre())?;
            column = 2;
        }
        let Shares { doses, complete, correct, same_day, late, not_entered, unknown, median, p90 } = *shares;
        for count in [doses, complete, correct, same_day, late, not_entered, unknown] {
            sheet.write_number_with_format(at, column, count, &number)?;
            column += 1;
        }
        let known = if board.knows_entry { doses - unknown } else { 0 };
        for (part, whole) in [(complete, doses), (correct, doses), (same_day, known)] {
            if whole > 0 {
                sheet.write_number_with_format(at, column, f64::from(part) / f64::from(whole), &share)?;
            } else {
                sheet.write_string_with_format(at, column, "không biết", &style::cell_centre())?;
            }
            column += 1;
        }
        for days in [median, p90] {
            match days {
                Some(days) => sheet.write_number_with_format(at, column, days, &number)?,
                None => sheet.write_string_with_format(at, column, "–", &style::cell_centre())?,
            };
            column += 1;
        }
        at += 1;
        Ok(())
    };
    let rows = board.units.iter().filter(|unit| unit.all.doses > 0);
    for unit in rows.clone() {
        if is_by_month {
            for (month, shares) in &unit.months {
                put(&unit.unit, Some(*month), shares)?;
            }
        } else {
            put(&unit.unit, None, &unit.all)?;
        }
    }
    let UnitBoard { all, months, .. } = &board.total;
    if is_by_month {
        for (month, shares) in months {
            put("Tổng cộng", Some(*month), shares)?;
        }
    }
    put("Tổng cộng", None, all)?;
    style::print_setup(sheet, "Báo cáo giám sát, không có dữ liệu cá nhân");
    Ok(())
}

fn late_sheet(sheet: &mut Worksheet, heading: &str, late: &[LateRow]) -> Result<(), FormError> {
    const HEAD: u32 = 1;
    let columns = [
        ("Cơ sở", 34.0),
        ("Tệp", 28.0),
        ("Trang tính", 14.0),
        ("Dòng", 8.0),
        ("Mũi", 10.0),
        ("Ngày tiêm", 12.0),
        ("Ngày nhập", 12.0),
        ("Trễ (ngày)", 10.0),
    ];
    sheet.write_string_with_format(0, 0, cut(heading), &title())?;
    heads(sheet, HEAD, &columns)?;
    let (cell, centre, number) = (style::cell_text(), style::cell_centre(), style::cell_number());
    for (at, row) in (HEAD + 1..).zip(late) {
        for (column, text) in [(0, &row.unit), (1, &row.place.0), (2, &row.place.1), (4, &row.label)] {
            sheet.write_string_with_format(at, column, cut(text), &cell)?;
        }
        sheet.write_number_with_format(at, 3, row.place.2, &centre)?;
        sheet.write_string_with_format(at, 5, &row.given, &centre)?;
        sheet.write_string_with_format(at, 6, if row.entered.is_empty() { "chưa nhập" } else { &row.entered }, &centre)?;
        if let Some(days) = row.days {
            sheet.write_number_with_format(at, 7, days, &number)?;
        } else {
            sheet.write_string_with_format(at, 7, "–", &centre)?;
        }
    }
    style::print_setup(sheet, "Báo cáo giám sát, không có dữ liệu cá nhân");
    Ok(())
}

fn partition_sheet(sheet: &mut Worksheet, board: &Board) -> Result<(), FormError> {
    sheet.set_column_width(0, 52)?;
    sheet.set_column_width(1, 14)?;
    let mut at = 0;
    let statuses: Vec<(String, u32)> = board.statuses.iter().map(|part| (part.name.clone(), part.doses)).collect();
    for (heading, has, rows) in [
        ("XÁC THỰC VỚI CSDLQG VỀ DÂN CƯ", board.has_columns[0], statuses),
        ("KÝ HỘ CHIẾU VẮC XIN", board.has_columns[1], board.signing.clone()),
    ] {
        sheet.write_string_with_format(at, 0, heading, &title())?;
        at += 1;
        if !has {
            sheet.write_string_with_format(at, 0, "Dữ liệu Hệ thống không có cột này.", &style::text())?;
            at += 2;
            continue;
        }
        for (name, doses) in rows {
            sheet.write_string_with_format(at, 0, cut(&name), &style::cell_text())?;
            sheet.write_number_with_format(at, 1, doses, &style::cell_number())?;
            at += 1;
        }
        sheet.write_string_with_format(at, 0, "Tổng cộng", &style::cell_text().set_bold())?;
        sheet.write_number_with_format(at, 1, board.on_system, &style::cell_number().set_bold())?;
        at += 2;
    }
    style::print_setup(sheet, "Báo cáo giám sát, không có dữ liệu cá nhân");
    Ok(())
}
