//! The third sheet: the bridge as a waterfall, missing doses by unit and Nhóm, and what has been entered since; each beside its numbers.

use crate::domain::MissingGroup;
use crate::domain::group::{ByGroup, GROUP_COUNT};
use crate::forms::chart_style::{HEIGHT, LESS, MORE, ROW_HEIGHT, TOTAL, fill, new_chart};
use crate::forms::phu_luc_2::{Form2, Form2Row};
use crate::forms::style::{self, cut, height_of, lines_of};
use crate::text::show_number;
use rust_xlsxwriter::{ChartFormat, ChartType, Color, Workbook, Worksheet, XlsxError};

/// Name of the sheet.
pub(super) const CHART_SHEET: &str = "Biểu đồ";
/// Units with a bar of their own; the rest share one.
const UNITS: usize = 20;
/// Width of the first column in characters, and last column of the page.
const NAME_WIDTH: usize = 44;
const LAST: u16 = GROUP_COUNT as u16 + 1;
/// First column of the numbers a chart is drawn from that are no figures of the report.
const DRAWN: u16 = LAST + 2;
/// Most that a page holds under its title.
const PAGE_HEIGHT: u32 = 560;

/// The Nhóm, in colours that stay apart in grey as well.
const GROUPS: [Color; GROUP_COUNT] = [
    Color::RGB(0x1f_5a_8a),
    Color::RGB(0xd9_8a_2b),
    Color::RGB(0x3b_8f_6a),
    Color::RGB(0x8c_2f_39),
    Color::RGB(0x8a_9b_a8),
    Color::RGB(0x6b_4f_8f),
    Color::RGB(0xc9_c0_a5),
];

/// Terms of the bridge added up over the rows, largest part of the form first: they add up to p exactly.
pub(super) fn bridge_terms(rows: &[Form2Row]) -> Vec<(String, i64)> {
    let known: Vec<&Form2Row> = rows.iter().filter(|row| row.given.is_some() && row.on_system.is_some()).collect();
    let missing = |row: &Form2Row| row.missing.iter().sum::<u64>();
    let not_entered: u64 = known.iter().map(|row| missing(row).saturating_sub(row.number_only)).sum();
    let number_only: u64 = known.iter().map(|row| row.number_only.min(missing(row))).sum();
    let mut terms =
        vec![("Chưa nhập".to_owned(), not_entered as i64), ("Chỉ có số liệu, không có danh sách".to_owned(), number_only as i64)];
    for (name, value) in known.iter().flat_map(|row| &row.remainder_terms) {
        match terms.iter_mut().find(|(own, _)| own == name) {
            Some((_, sum)) => *sum += value,
            None => terms.push((name.clone(), *value)),
        }
    }
    // Forms of units below give no terms.
    let rest = difference(rows) - terms.iter().map(|(_, value)| value).sum::<i64>();
    terms.push(("Biểu của đơn vị cấp dưới không giải thích".to_owned(), rest));
    terms.retain(|(_, value)| *value != 0);
    terms
}

/// p of all rows that have n and o.
fn difference(rows: &[Form2Row]) -> i64 {
    rows.iter().filter_map(|row| Some(row.given? as i64 - row.on_system? as i64)).sum()
}

/// The units with most missing doses, and the others together.
pub(super) fn largest(rows: &[Form2Row]) -> Vec<(String, ByGroup<u64>)> {
    let total = |missing: &ByGroup<u64>| missing.iter().sum::<u64>();
    let mut units: Vec<(String, ByGroup<u64>)> = rows.iter().map(|row| (row.unit.clone(), row.missing)).collect();
    units.retain(|(_, missing)| total(missing) > 0);
    // The form's order where two have as many.
    units.sort_by_key(|(_, missing)| std::cmp::Reverse(total(missing)));
    if units.len() > UNITS + 1 {
        let others = units.split_off(UNITS);
        let sum = std::array::from_fn(|group| others.iter().map(|(_, missing)| missing[group]).sum());
        units.push((format!("{} đơn vị khác", show_number(others.len() as i64)), sum));
    }
    units
}

/// One bar of the waterfall between two levels: the part nobody sees, and what goes up or down on either side of zero.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Step {
    /// Unseen, from zero to where the bar begins.
    pub(super) base: i64,
    /// The bar above zero and below zero.
    pub(super) above: i64,
    pub(super) below: i64,
}

impl Step {
    /// The bar from one level to another.
    pub(super) fn between(from: i64, to: i64) -> Step {
        let (low, high) = (from.min(to), from.max(to));
        if low >= 0 {
            Step { base: low, above: high - low, below: 0 }
        } else if high <= 0 {
            Step { base: high, above: 0, below: low - high }
        } else {
            Step { base: 0, above: high, below: low }
        }
    }
}

/// Adds the sheet; nothing where the form has no figures.
pub(super) fn write(workbook: &mut Workbook, form: &Form2) -> Result<(), XlsxError> {
    if form.rows.is_empty() {
        return Ok(());
    }
    let sheet = style::new_sheet(workbook, CHART_SHEET)?;
    sheet.set_column_width(0, NAME_WIDTH as f64)?;
    sheet.set_column_range_width(1, LAST, 11.5)?;
    let title = format!("Biểu đồ các mũi tiêm chưa nhập ({})", form.cut_off);
    sheet.merge_range(0, 0, 0, LAST, &title, &style::heading())?;
    sheet.set_row_height(0, 20)?;
    let mut breaks = Vec::new();
    let mut at = 1;
    for part in [write_bridge, write_units, write_progress] {
        if at > 1 {
            breaks.push(at);
        }
        at = part(sheet, at, form, &mut breaks)?;
    }
    style::print_setup(sheet, "Phụ lục 2: biểu đồ");
    sheet.set_print_area(0, 0, at, LAST)?;
    sheet.set_page_breaks(&breaks)?;
    sheet.set_repeat_rows(0, 0)?;
    sheet.set_freeze_panes(1, 1)?;
    style::protect(sheet);
    Ok(())
}

fn section(sheet: &mut Worksheet, at: u32, words: &str) -> Result<u32, XlsxError> {
    sheet.merge_range(at, 0, at, LAST, words, &style::text().set_bold().set_font_size(12))?;
    sheet.set_row_height(at, 20)?;
    Ok(at + 1)
}

fn head(sheet: &mut Worksheet, at: u32, first: u16, titles: &[&str]) -> Result<(), XlsxError> {
    for (column, title) in titles.iter().enumerate() {
        sheet.write_string_with_format(at, first + column as u16, cut(title), &style::head())?;
    }
    Ok(())
}

fn label(sheet: &mut Worksheet, at: u32, words: &str) -> Result<(), XlsxError> {
    sheet.write_string_with_format(at, 0, cut(words), &style::cell_text())?;
    sheet.set_row_height(at, height_of(lines_of(words, NAME_WIDTH - 1)))?;
    Ok(())
}

fn write_bridge(sheet: &mut Worksheet, at: u32, form: &Form2, _breaks: &mut Vec<u32>) -> Result<u32, XlsxError> {
    let top = section(sheet, at, "1. Cầu nối: vì sao đã thực hiện − đã nhập (p) bằng số này")?;
    head(sheet, top, 0, &["Thành phần", "Số mũi"])?;
    let series = ["Phần nền", "Tăng", "Tăng (dưới 0)", "Giảm", "Giảm (dưới 0)", "p = đã thực hiện − đã nhập", "p (dưới 0)"];
    sheet.write_string_with_format(top - 1, DRAWN, "Số để vẽ biểu đồ (không in)", &style::text().set_italic())?;
    head(sheet, top, DRAWN, &series)?;
    let (number, bold) = (style::cell_number(), style::cell_number().set_bold());
    let first = top + 1;
    let (mut level, mut row) = (0, first);
    let p = difference(&form.rows);
    for (name, value, is_total) in
        bridge_terms(&form.rows).iter().map(|(name, value)| (name.as_str(), *value, false)).chain([("p = đã thực hiện − đã nhập", p, true)])
    {
        label(sheet, row, name)?;
        sheet.write_number_with_format(row, 1, value as f64, if is_total { &bold } else { &number })?;
        let step = if is_total { Step::between(0, value) } else { Step::between(level, level + value) };
        let mut parts = [0; 7];
        let place = if is_total {
            5
        } else if value > 0 {
            1
        } else {
            3
        };
        (parts[0], parts[place], parts[place + 1]) = (step.base, step.above, step.below);
        for (column, part) in parts.into_iter().enumerate() {
            sheet.write_number_with_format(row, DRAWN + column as u16, part as f64, &number)?;
        }
        level += value;
        row += 1;
    }
    let last = row - 1;
    let mut chart = new_chart(
        ChartType::ColumnStacked,
        "Cầu nối từ 0 đến p (mũi tiêm)",
        "Biểu đồ thác nước: mỗi cột là một thành phần của p; số ghi ở bảng bên trên.",
    );
    for (column, color) in (0u16..).zip([None, Some(MORE), Some(MORE), Some(LESS), Some(LESS), Some(TOTAL), Some(TOTAL)]) {
        let mut format = ChartFormat::new();
        match color {
            Some(color) => format = fill(color),
            None => {
                format.set_no_fill().set_no_border();
            }
        }
        chart
            .add_series()
            .set_name((CHART_SHEET, top, DRAWN + column))
            .set_categories((CHART_SHEET, first, 0, last, 0))
            .set_values((CHART_SHEET, first, DRAWN + column, last, DRAWN + column))
            .set_gap(40)
            .set_format(&mut format);
    }
    // What nobody sees needs no word, and what goes below zero has the colour of its like above.
    chart.legend().delete_entries(&[0, 2, 4, 6]);
    sheet.insert_chart(row + 1, 0, &chart)?;
    Ok(row + 2 + HEIGHT / ROW_HEIGHT)
}

fn write_units(sheet: &mut Worksheet, at: u32, form: &Form2, breaks: &mut Vec<u32>) -> Result<u32, XlsxError> {
    let top = section(sheet, at, "2. Mũi chưa nhập theo đơn vị và Nhóm")?;
    let groups = MissingGroup::ALL.map(MissingGroup::label);
    head(sheet, top, 0, &["Đơn vị"])?;
    head(sheet, top, 1, &groups)?;
    head(sheet, top, LAST, &["Cộng"])?;
    let (number, bold) = (style::cell_number(), style::cell_number().set_bold());
    let first = top + 1;
    let units = largest(&form.rows);
    for (row, (unit, missing)) in (first..).zip(&units) {
        label(sheet, row, unit)?;
        for (group, value) in missing.iter().enumerate() {
            sheet.write_number_with_format(row, 1 + group as u16, *value as f64, &number)?;
        }
        let sum: u64 = missing.iter().sum();
        sheet.write_formula_with_format(row, LAST, style::formula(format!("=SUM(B{0}:H{0})", row + 1), &sum), &bold)?;
    }
    if units.is_empty() {
        sheet.merge_range(first, 0, first, LAST, "Không có mũi chưa nhập.", &style::cell_text())?;
        return Ok(first + 2);
    }
    let last = first + units.len() as u32 - 1;
    let mut chart = new_chart(
        ChartType::BarStacked,
        "Mũi chưa nhập theo đơn vị",
        "Biểu đồ thanh: mỗi thanh là một đơn vị, chia theo Nhóm; số ghi ở bảng bên trên.",
    );
    // More bars, more height; many have a page of their own.
    let height = (HEIGHT / 2 + 26 * units.len() as u32).min(PAGE_HEIGHT);
    chart.set_height(height);
    if height > HEIGHT {
        breaks.push(last + 2);
    }
    for (group, color) in GROUPS.into_iter().enumerate() {
        let column = 1 + group as u16;
        chart
            .add_series()
            .set_name((CHART_SHEET, top, column))
            .set_categories((CHART_SHEET, first, 0, last, 0))
            .set_values((CHART_SHEET, first, column, last, column))
            .set_gap(40)
            .set_format(&mut fill(color));
    }
    // The largest on top, the scale below it. (The writer calls the vertical axis of bars y, though it holds the categories.)
    chart.y_axis().set_reverse();
    chart.x_axis().set_label_position(rust_xlsxwriter::ChartAxisLabelPosition::High);
    sheet.insert_chart(last + 2, 0, &chart)?;
    Ok(last + 3 + height / ROW_HEIGHT)
}

fn write_progress(sheet: &mut Worksheet, at: u32, form: &Form2, _breaks: &mut Vec<u32>) -> Result<u32, XlsxError> {
    let top = section(sheet, at, "3. Từ đợt trích xuất đầu đến đợt cuối: còn bao nhiêu mũi chưa nhập")?;
    let titles = ["Nhóm", "Đợt đầu: chưa nhập", "Đợt cuối: còn chưa nhập", "Đã xác minh và đã nhập"];
    head(sheet, top, 0, &titles)?;
    sheet.set_row_height(top, 46)?;
    let (number, first) = (style::cell_number(), top + 1);
    for (row, group) in (first..).zip(MissingGroup::ALL) {
        let sum = |of: fn(&Form2Row) -> &ByGroup<u64>| form.rows.iter().map(|row| of(row)[group.index()]).sum::<u64>();
        let (missing, entered) = (sum(|row| &row.missing), sum(|row| &row.verified_entered));
        label(sheet, row, group.label())?;
        for (column, value) in [(1, missing), (2, missing.saturating_sub(entered)), (3, entered)] {
            sheet.write_number_with_format(row, column, value as f64, &number)?;
        }
    }
    let last = first + GROUP_COUNT as u32 - 1;
    let mut chart = new_chart(
        ChartType::Column,
        "Mũi chưa nhập: đợt đầu và đợt cuối",
        "Biểu đồ cột: mỗi Nhóm hai cột, đợt đầu và đợt cuối; số ghi ở bảng bên trên.",
    );
    for (column, color) in [(1, LESS), (2, MORE)] {
        chart
            .add_series()
            .set_name((CHART_SHEET, top, column))
            .set_categories((CHART_SHEET, first, 0, last, 0))
            .set_values((CHART_SHEET, first, column, last, column))
            .set_gap(60)
            .set_format(&mut fill(color));
    }
    sheet.insert_chart(last + 2, 0, &chart)?;
    Ok(last + 3 + HEIGHT / ROW_HEIGHT)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn row(unit: &str, given: u64, on_system: u64, missing: ByGroup<u64>) -> Form2Row {
        let sum: u64 = missing.iter().sum();
        let remainder = given as i64 - on_system as i64 - sum as i64;
        let terms = if remainder == 0 { Vec::new() } else { vec![("Khớp chéo".to_owned(), remainder)] };
        Form2Row {
            unit: unit.to_owned(),
            given: Some(given),
            on_system: Some(on_system),
            missing,
            remainder,
            remainder_terms: terms,
            ..Form2Row::default()
        }
    }

    #[test]
    fn terms_add_up_to_p_and_rows_without_n_say_nothing() {
        let mut rows = vec![row("A", 100, 60, [10, 0, 0, 0, 0, 0, 5]), row("B", 10, 40, [0; 7])];
        rows.push(Form2Row { given: None, on_system: Some(7), ..Form2Row::default() });
        let mut below = row("C", 20, 5, [0; 7]);
        below.remainder_terms.clear();
        rows.push(below);
        let terms = bridge_terms(&rows);
        assert_eq!(terms.iter().map(|(_, value)| value).sum::<i64>(), 25);
        let words: Vec<(&str, i64)> = terms.iter().map(|(name, value)| (name.as_str(), *value)).collect();
        assert_eq!(words, [("Chưa nhập", 15), ("Khớp chéo", -5), ("Biểu của đơn vị cấp dưới không giải thích", 15)]);
    }

    #[test]
    fn twenty_units_stand_alone_and_the_rest_together() {
        let rows: Vec<Form2Row> = (0..30).map(|at| row(&format!("Đơn vị {at}"), 0, 0, [at, 0, 0, 0, 0, 0, 1])).collect();
        let units = largest(&rows);
        assert_eq!((units.len(), units[0].0.as_str(), units[20].0.as_str()), (21, "Đơn vị 29", "10 đơn vị khác"));
        let sum: u64 = units.iter().flat_map(|(_, missing)| missing).sum();
        assert_eq!(sum, (0..30).sum::<u64>() + 30);
        assert_eq!(largest(&rows[..21]).len(), 21, "one more than twenty has a bar of its own");
        assert!(largest(&[row("A", 5, 5, [0; 7])]).is_empty());
    }

    proptest! {
        #[test]
        fn a_step_is_seen_from_one_level_to_the_other(from in -1_000i64..1_000, to in -1_000i64..1_000) {
            let step = Step::between(from, to);
            let (low, high) = (from.min(to), from.max(to));
            // Above zero the unseen part and the bar end at the higher level, below it at the lower one.
            prop_assert_eq!(step.base.max(0) + step.above, high.max(0));
            prop_assert_eq!(step.base.min(0) + step.below, low.min(0));
            prop_assert_eq!(step.above - step.below, high - low);
        }
    }
}
