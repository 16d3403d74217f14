//! The charts of the report of `Giám sát`, each beside its numbers: shares by month, the slowest facilities, days of the month.

use super::title;
use crate::forms::chart_style::{HEIGHT, LESS, MORE, ROW_HEIGHT, TOTAL, fill, new_chart};
use crate::forms::style::{self, cut, height_of, lines_of};
use crate::quality::board::{Board, Shares};
use rust_xlsxwriter::{Chart, ChartFormat, ChartLine, ChartMarker, ChartMarkerType, ChartType, Workbook, Worksheet, XlsxError};

const SHEET: &str = "Biểu đồ";
/// Months drawn, the last ones.
const MONTHS: usize = 24;
/// Facilities drawn, those with the smallest share on the day.
const FACILITIES: usize = 25;
/// Width of the first column in characters, and last column of the page.
const NAME_WIDTH: usize = 44;
const LAST: u16 = 8;

/// Adds the sheet; nothing where there is nothing to draw.
pub(super) fn write(workbook: &mut Workbook, heading: &str, board: &Board) -> Result<(), XlsxError> {
    if board.total.days.doses() == 0 {
        return Ok(());
    }
    let sheet = style::new_sheet(workbook, SHEET)?;
    sheet.set_column_width(0, NAME_WIDTH as f64)?;
    sheet.set_column_range_width(1, LAST, 11.5)?;
    sheet.write_string_with_format(0, 0, cut(heading), &title())?;
    let (mut at, mut breaks) = (2, Vec::new());
    for part in [write_months, write_slowest, write_days] {
        let next = part(sheet, at, board)?;
        if next > at {
            breaks.push(next);
        }
        at = next;
    }
    breaks.pop();
    style::print_setup(sheet, "Báo cáo giám sát, không có dữ liệu cá nhân");
    sheet.set_print_area(0, 0, at, LAST)?;
    sheet.set_page_breaks(&breaks)?;
    Ok(())
}

/// Heading and heads of a table; its first row.
fn table(sheet: &mut Worksheet, at: u32, words: &str, titles: &[&str]) -> Result<u32, XlsxError> {
    sheet.write_string_with_format(at, 0, words, &style::text().set_bold().set_font_size(12))?;
    for (column, title) in (0u16..).zip(titles) {
        sheet.write_string_with_format(at + 1, column, *title, &style::head())?;
    }
    sheet.set_row_height(at + 1, 32)?;
    Ok(at + 2)
}

/// What of new doses has a known day of entry.
fn known(board: &Board, shares: &Shares) -> u32 {
    if board.knows_entry { shares.doses - shares.unknown } else { 0 }
}

fn put_share(sheet: &mut Worksheet, at: u32, column: u16, part: u32, whole: u32) -> Result<(), XlsxError> {
    if whole > 0 {
        let share = style::cell_number().set_num_format("0.0%");
        sheet.write_number_with_format(at, column, f64::from(part) / f64::from(whole), &share)?;
    } else {
        // A blank leaves a gap in the line where a nought would lie.
        sheet.write_blank(at, column, &style::cell_number())?;
    }
    Ok(())
}

/// The scale of shares: from nought to a hundred.
fn scale_to_hundred(chart: &mut Chart) {
    chart.y_axis().set_min(0.0).set_max(1.0).set_num_format("0%");
}

fn write_months(sheet: &mut Worksheet, at: u32, board: &Board) -> Result<u32, XlsxError> {
    let months = &board.total.months;
    let months = &months[months.len().saturating_sub(MONTHS)..];
    if months.is_empty() {
        return Ok(at);
    }
    let first = table(sheet, at, "1. Mũi mới theo tháng tiêm", &["Tháng", "Mũi mới", "Đầy đủ", "Đúng", "Nhập trong ngày"])?;
    for (row, ((year, month), shares)) in (first..).zip(months) {
        sheet.write_string_with_format(row, 0, format!("{month:02}/{year}"), &style::cell_centre())?;
        sheet.write_number_with_format(row, 1, shares.doses, &style::cell_number())?;
        put_share(sheet, row, 2, shares.complete, shares.doses)?;
        put_share(sheet, row, 3, shares.correct, shares.doses)?;
        put_share(sheet, row, 4, shares.same_day, known(board, shares))?;
    }
    let last = first + months.len() as u32 - 1;
    let mut chart = new_chart(
        ChartType::Line,
        "Tỉ lệ mũi mới đầy đủ, đúng, nhập trong ngày",
        "Biểu đồ đường: mỗi đường một tỉ lệ theo tháng tiêm; số ghi ở bảng bên trên.",
    );
    for (column, color, sign) in
        [(2, MORE, ChartMarkerType::Circle), (3, TOTAL, ChartMarkerType::Square), (4, LESS, ChartMarkerType::Diamond)]
    {
        let mut format = ChartFormat::new();
        format.set_line(ChartLine::new().set_color(color).set_width(2.0));
        let mut marker = ChartMarker::new();
        marker.set_type(sign).set_size(7).set_format(&mut fill(color));
        chart
            .add_series()
            .set_name((SHEET, first - 1, column))
            .set_categories((SHEET, first, 0, last, 0))
            .set_values((SHEET, first, column, last, column))
            .set_marker(&marker)
            .set_format(&mut format);
    }
    scale_to_hundred(&mut chart);
    sheet.insert_chart(last + 2, 0, &chart)?;
    Ok(last + 3 + HEIGHT / ROW_HEIGHT)
}

fn write_slowest(sheet: &mut Worksheet, at: u32, board: &Board) -> Result<u32, XlsxError> {
    let mut units: Vec<(&str, u32, u32)> = board
        .units
        .iter()
        .map(|unit| (unit.unit.as_str(), unit.all.same_day, known(board, &unit.all)))
        .filter(|(_, _, known)| *known > 0)
        .collect();
    if units.len() < 2 {
        return Ok(at);
    }
    // Equal shares keep the order of names.
    units.sort_by_key(|(_, same_day, known)| u64::from(*same_day) * 1_000_000 / u64::from(*known));
    units.truncate(FACILITIES);
    let titles = ["Cơ sở", "Mũi biết ngày nhập", "Nhập trong ngày", "Tỉ lệ"];
    let first = table(sheet, at, "2. Cơ sở có tỉ lệ nhập trong ngày thấp nhất", &titles)?;
    for (row, (unit, same_day, known)) in (first..).zip(&units) {
        sheet.write_string_with_format(row, 0, cut(unit), &style::cell_text())?;
        sheet.set_row_height(row, height_of(lines_of(unit, NAME_WIDTH - 1)))?;
        sheet.write_number_with_format(row, 1, *known, &style::cell_number())?;
        sheet.write_number_with_format(row, 2, *same_day, &style::cell_number())?;
        put_share(sheet, row, 3, *same_day, *known)?;
    }
    let last = first + units.len() as u32 - 1;
    let mut chart =
        new_chart(ChartType::Bar, "Tỉ lệ nhập trong ngày: thấp nhất ở trên", "Biểu đồ thanh: mỗi thanh một cơ sở; số ghi ở bảng bên trên.");
    let height = HEIGHT / 3 + 22 * units.len() as u32;
    chart
        .set_height(height)
        .add_series()
        .set_name((SHEET, first - 1, 3))
        .set_categories((SHEET, first, 0, last, 0))
        .set_values((SHEET, first, 3, last, 3))
        .set_gap(40)
        .set_format(&mut fill(MORE));
    // The writer calls the vertical axis of bars y, though it holds the categories.
    chart.y_axis().set_reverse();
    chart.x_axis().set_min(0.0).set_max(1.0).set_num_format("0%").set_label_position(rust_xlsxwriter::ChartAxisLabelPosition::High);
    chart.legend().set_hidden();
    sheet.insert_chart(last + 2, 0, &chart)?;
    Ok(last + 3 + height / ROW_HEIGHT)
}

fn write_days(sheet: &mut Worksheet, at: u32, board: &Board) -> Result<u32, XlsxError> {
    let days = &board.total.days;
    let first = table(sheet, at, "3. Mũi tiêm theo ngày trong tháng (mọi mũi đã nạp)", &["Ngày", "Mũi tiêm"])?;
    for (row, (day, count)) in (first..).zip((1u32..).zip(days.by_day)) {
        sheet.write_number_with_format(row, 0, day, &style::cell_centre())?;
        sheet.write_number_with_format(row, 1, count, &style::cell_number())?;
    }
    let last = first + days.by_day.len() as u32 - 1;
    let mut chart = new_chart(
        ChartType::Column,
        "Mũi tiêm theo ngày trong tháng",
        "Biểu đồ cột: mỗi cột một ngày trong tháng; số ghi ở bảng bên cạnh.",
    );
    chart
        .set_width(480)
        .add_series()
        .set_name((SHEET, first - 1, 1))
        .set_categories((SHEET, first, 0, last, 0))
        .set_values((SHEET, first, 1, last, 1))
        .set_gap(30)
        .set_format(&mut fill(MORE));
    chart.legend().set_hidden();
    sheet.insert_chart(first, 3, &chart)?;
    Ok(last + 1)
}
