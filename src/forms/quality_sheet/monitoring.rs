//! The report of `Giám sát`: to all facilities, or to one.

use super::{fit_height, heads, monitoring_charts, title};
use crate::forms::style::{self, FormError, cut};
use crate::quality::board::{Board, LateRow, Shares, UnitBoard};
use crate::text::{show_date, show_number};
use rust_xlsxwriter::{Color, Worksheet, XlsxError};

const FOOTER: &str = "Báo cáo giám sát, không có dữ liệu cá nhân";
/// Facilities named in the sheet of days; a province has some thousands.
const DAY_ROWS: usize = 5_000;

/// The report on all facilities: no names in it, late doses by their place in the files.
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
    let sheet = style::new_sheet(&mut workbook, "Ngày trong tháng")?;
    let units: Vec<&UnitBoard> = board.units.iter().take(DAY_ROWS).collect();
    days_sheet(sheet, &format!("MŨI TIÊM THEO NGÀY TRONG THÁNG{of} (mọi mũi đã nạp)"), &units, Some(&board.total))?;
    let sheet = style::new_sheet(&mut workbook, "Xác thực, ký")?;
    partition_sheet(sheet, board)?;
    monitoring_charts::write(&mut workbook, &heading("BIỂU ĐỒ GIÁM SÁT"), board)?;
    Ok(workbook.save_to_buffer()?)
}

/// The report on one facility of a board, to be sent to it.
///
/// # Errors
/// The writer's word.
pub fn write_facility(facility: &UnitBoard, board: &Board, late: &[LateRow]) -> Result<Vec<u8>, FormError> {
    let mut workbook = style::new_workbook("Báo cáo giám sát cơ sở")?;
    let since = board.since.map(show_date).unwrap_or_default();
    let heading = |what: &str| format!("{what} – {} (mũi tiêm từ {since})", facility.unit);
    let own = Board {
        since: board.since,
        denominator: board.denominator,
        knows_entry: board.knows_entry,
        units: vec![facility.clone()],
        total: facility.clone(),
        has_columns: board.has_columns,
        ..Board::default()
    };
    let sheet = style::new_sheet(&mut workbook, "Theo tháng")?;
    let end = shares_sheet(sheet, &heading("GIÁM SÁT NHẬP MŨI TIÊM MỚI"), &own, true)?;
    let [verified, on_system] = facility.verified;
    let parts = [(own.has_columns[0], "xác thực đúng", verified), (own.has_columns[1], "đã ký hộ chiếu vắc xin", facility.signed)];
    let parts: Vec<String> =
        parts.into_iter().filter(|(has, ..)| *has).map(|(_, what, doses)| format!("{what} {}", show_number(i64::from(doses)))).collect();
    let known = if parts.is_empty() { String::new() } else { format!("; {}", parts.join("; ")) };
    let words = format!("Trên Hệ thống có {} mũi của cơ sở{known}.", show_number(i64::from(on_system)));
    sheet.write_string_with_format(end + 1, 0, words, &style::text())?;
    let sheet = style::new_sheet(&mut workbook, "Nhập muộn")?;
    late_sheet(sheet, &heading("MŨI NHẬP MUỘN, CHƯA NHẬP"), late)?;
    let sheet = style::new_sheet(&mut workbook, "Ngày trong tháng")?;
    days_sheet(sheet, &format!("MŨI TIÊM THEO NGÀY TRONG THÁNG – {} (mọi mũi đã nạp)", facility.unit), &[facility], None)?;
    monitoring_charts::write(&mut workbook, &heading("BIỂU ĐỒ GIÁM SÁT"), &own)?;
    Ok(workbook.save_to_buffer()?)
}

/// Writes the shares and gives the first row below them.
fn shares_sheet(sheet: &mut Worksheet, heading: &str, board: &Board, is_by_month: bool) -> Result<u32, FormError> {
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
        fit_height(sheet, at, &columns, &[(0, name)])?;
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
    let UnitBoard { unit, all, months, .. } = &board.total;
    // The total of one facility is that facility: its months stand above already.
    if is_by_month && unit.is_empty() {
        for (month, shares) in months {
            put("Tổng cộng", Some(*month), shares)?;
        }
    }
    put("Tổng cộng", None, all)?;
    style::print_setup(sheet, FOOTER);
    Ok(at)
}

fn late_sheet(sheet: &mut Worksheet, heading: &str, late: &[LateRow]) -> Result<(), FormError> {
    const HEAD: u32 = 1;
    let columns = [
        ("Cơ sở", 34.0),
        ("Tệp", 47.0),
        ("Trang tính", 16.0),
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
        let texts: [(usize, &str); 4] = [(0, &row.unit), (1, &row.place.0), (2, &row.place.1), (4, &row.label)];
        for (column, text) in texts {
            sheet.write_string_with_format(at, column as u16, cut(text), &cell)?;
        }
        fit_height(sheet, at, &columns, &texts)?;
        sheet.write_number_with_format(at, 3, row.place.2, &centre)?;
        sheet.write_string_with_format(at, 5, &row.given, &centre)?;
        sheet.write_string_with_format(at, 6, if row.entered.is_empty() { "chưa nhập" } else { &row.entered }, &centre)?;
        if let Some(days) = row.days {
            sheet.write_number_with_format(at, 7, days, &number)?;
        } else {
            sheet.write_string_with_format(at, 7, "–", &centre)?;
        }
    }
    style::print_setup(sheet, FOOTER);
    Ok(())
}

/// Doses by day of the month: facilities whose days are heaped on those of summaries stand out.
fn days_sheet(sheet: &mut Worksheet, heading: &str, units: &[&UnitBoard], total: Option<&UnitBoard>) -> Result<(), FormError> {
    const HEAD: u32 = 2;
    const EXPLAINED: &str = "Ngày 1, 15 và ngày cuối tháng bình thường chiếm khoảng một phần mười. Ô tô màu: quá một phần tư (từ 50 mũi), ngày tiêm có thể ghi theo ngày tổng hợp.";
    let numbers: Vec<String> = (1..=31).map(|day| day.to_string()).collect();
    let mut columns = vec![("Cơ sở", 34.0), ("Số mũi", 9.0), ("Ngày 1, 15, cuối tháng", 12.0)];
    columns.extend(numbers.iter().map(|number| (number.as_str(), 5.0)));
    sheet.write_string_with_format(0, 0, cut(heading), &title())?;
    sheet.write_string_with_format(1, 0, EXPLAINED, &style::text().set_italic())?;
    heads(sheet, HEAD, &columns)?;
    let number = style::cell_number();
    let share = style::cell_number().set_num_format("0.0%");
    let marked = share.clone().set_bold().set_background_color(Color::RGB(0xf9_dd_a8));
    for (at, unit) in (HEAD + 1..).zip(units.iter().copied().chain(total)) {
        let name = if unit.unit.is_empty() { "Tổng cộng" } else { &unit.unit };
        sheet.write_string_with_format(at, 0, cut(name), &style::cell_text())?;
        fit_height(sheet, at, &columns, &[(0, name)])?;
        let doses = unit.days.doses();
        sheet.write_number_with_format(at, 1, doses, &number)?;
        if doses > 0 {
            let format = if unit.days.is_heaped() { &marked } else { &share };
            sheet.write_number_with_format(at, 2, f64::from(unit.days.heaped) / f64::from(doses), format)?;
        } else {
            sheet.write_string_with_format(at, 2, "–", &style::cell_centre())?;
        }
        for (column, count) in (3u16..).zip(unit.days.by_day) {
            sheet.write_number_with_format(at, column, count, &number)?;
        }
    }
    style::print_setup(sheet, FOOTER);
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
    style::print_setup(sheet, FOOTER);
    Ok(())
}
