//! A table of one row a unit: Phụ lục 1 of units below, and written reports.

use super::about::{is_beside_units, is_total, unnumbered};
use super::columns::{Columns, columns_of_units};
use super::count::{Count, count_of};
use super::head::{Head, find_head, is_heading_row};
use super::{Page, SheetFigures};
use crate::domain::column::{ByColumn, COLUMN_COUNT, FormColumn};
use crate::domain::province::{find_province, find_province_office};
use crate::domain::source::SheetKind;
use crate::figures::reported::{Basis, ReportedSheet, ReportedUnit};
use crate::text::{column_name, show_number};
use crate::workbook::table::{CellValue, Row};
use crate::workbook::title;
use crate::workbook::words::Words;

/// Columns named in a remark about a total that fails; the rest are counted.
const NAMED_COLUMNS: usize = 4;

/// Reads the rows of one sheet, from the top.
pub(super) struct Reader<'a> {
    page: &'a Page<'a>,
    head: Option<Head>,
    columns: Columns,
    about: ReportedSheet,
    rows: Vec<TableRow>,
}

/// What TT says of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Numbering {
    None,
    Number,
    /// `I`, `A`: a heading of the rows below it.
    Roman,
}

/// One row with a name or a figure.
#[derive(Clone, Debug)]
struct TableRow {
    number: u32,
    numbering: Numbering,
    name: String,
    counts: ByColumn<Count>,
    given: Count,
    on_system: Count,
    difference: Count,
    review: String,
    /// Doubts about its cells.
    doubts: Vec<String>,
    /// Whether its words say that it is a sum.
    is_total: bool,
}

impl TableRow {
    fn has_figures(&self) -> bool {
        self.figures().iter().any(Option::is_some)
    }

    /// c…m, n, o, p.
    fn figures(&self) -> [Option<i64>; COLUMN_COUNT + 3] {
        let mut figures = [None; COLUMN_COUNT + 3];
        let all = self.counts.iter().chain([&self.given, &self.on_system, &self.difference]);
        for (place, count) in figures.iter_mut().zip(all) {
            *place = count.value;
        }
        figures
    }

    /// n as written, else c + … + m.
    fn total(&self) -> i64 {
        self.given.value.unwrap_or_else(|| self.sum().unwrap_or(0))
    }

    fn sum(&self) -> Option<i64> {
        self.counts.iter().filter_map(|count| count.value).reduce(|a, b| a.saturating_add(b))
    }
}

/// Names of c…m, n, o, p.
fn letter_of(figure: usize) -> &'static str {
    FormColumn::ALL.get(figure).map_or_else(|| ["n", "o", "p"].get(figure - COLUMN_COUNT).copied().unwrap_or(""), |column| column.letter())
}

impl<'a> Reader<'a> {
    pub(super) fn new(page: &'a Page<'a>) -> Reader<'a> {
        let head = find_head(page.sheet, page.texts, page.known_head);
        let lines = head.as_ref().map_or_else(Vec::new, |head| title::lines_above(page.sheet, page.texts, head.first));
        let mut columns =
            head.as_ref().map(|head| columns_of_units(head, &lines, &|column| page.texts_below(head.last, column))).unwrap_or_default();
        if page.kind == SheetKind::WrittenReport {
            // A written report has none of these; a column that mentions the System there heads something else.
            (columns.difference, columns.review) = (None, None);
        }
        let titles: Vec<String> = head.iter().flat_map(|head| &head.columns).map(|column| column.title.clone()).collect();
        let mut about = page.about(&lines, &titles);
        if page.kind == SheetKind::WrittenReport && about.as_of.is_none() {
            let named = [page.names.0, page.names.1].into_iter().find_map(title::find_date);
            about.as_of = lines.iter().find_map(|line| super::about::day_in(line)).or(named);
        }
        Reader { page, head, columns, about, rows: Vec::new() }
    }

    /// Takes the row at this index among the kept rows.
    pub(super) fn take(&mut self, index: usize) {
        let Some(head) = &self.head else { return };
        if index <= head.last {
            return;
        }
        let row = self.page.sheet.table.row(index);
        if is_heading_row(row, self.page.texts) {
            return;
        }
        let value = |column: Option<u16>| column.map_or(CellValue::Empty, |column| row.cell(column).value(self.page.texts));
        let mut doubts = Vec::new();
        let mut read = |column: Option<u16>, letter: &str, is_signed: bool| {
            let count = count_of(value(column));
            let count = if is_signed { count } else { count.unsigned() };
            if let (Some(doubt), Some(column)) = (&count.doubt, column) {
                let letter = if letter.is_empty() { String::new() } else { format!(" (cột {letter})") };
                doubts.push(format!("Dòng {}, ô {}{}{letter}: {doubt}", row.number, column_name(column), row.number));
            }
            count
        };
        let columns = &self.columns;
        let counts = FormColumn::ALL.map(|column| read(columns.counts[column.index()], column.letter(), false));
        let mut given = read(columns.given, "n", false);
        let on_system = read(columns.on_system, "o", false);
        let difference = read(columns.difference, "p", true);
        if !columns.ageless.is_empty() && given.value.is_none() {
            let ageless: Vec<Count> = columns.ageless.iter().map(|column| read(Some(*column), "", false)).collect();
            given.value = ageless.iter().filter_map(|count| count.value).reduce(|a, b| a.saturating_add(b));
        }
        let review = columns.review.map(|column| self.page.text(index, column)).unwrap_or_default();
        let figures = counts.iter().chain([&given, &on_system, &difference]);
        let (name, is_total) = self.name_of(index, row, figures.into_iter().any(|count| count.value.is_some()));
        let numbering = numbering_of(value(columns.number));
        let row = TableRow { number: row.number, numbering, name, counts, given, on_system, difference, review, doubts, is_total };
        if !row.name.is_empty() || row.has_figures() {
            self.rows.push(row);
        }
    }

    /// The unit of a row, and whether its words make it a sum. A name merged over several rows is that of each one with figures.
    fn name_of(&self, index: usize, row: Row<'_>, has_figures: bool) -> (String, bool) {
        let columns = &self.columns;
        let own =
            columns.units.iter().rev().map(|column| self.page.text(index, *column)).find(|text| text.chars().any(char::is_alphabetic));
        let first_figure = columns.figures().into_iter().min().unwrap_or(u16::MAX);
        let before =
            || row.cells().map(|(column, _)| column).filter(|column| *column < first_figure).map(|column| self.page.text(index, column));
        let is_sum = before().chain(own.clone()).any(|text| is_total(unnumbered(&text)));
        let name = own.or_else(|| {
            // TT and name in one merged cell, or a name merged over several rows.
            let in_front = before().find(|text| text.chars().filter(|c| c.is_alphabetic()).count() > 1);
            let above = || {
                columns.units.iter().rev().map(|column| self.page.text_merged_from_above(row.number, *column)).find(|text| !text.is_empty())
            };
            in_front.or_else(|| if has_figures { above() } else { None })
        });
        (name.map(|name| unnumbered(&name).to_owned()).unwrap_or_default(), is_sum)
    }

    /// Tells units from sums and notes, and checks them.
    pub(super) fn finish(self) -> SheetFigures {
        let Reader { page, head, columns, mut about, mut rows } = self;
        let mut remarks: Vec<String> = columns.doubts.clone();
        let nothing = |about: ReportedSheet, remarks: Vec<String>| SheetFigures {
            about,
            units: Vec::new(),
            forms_2: Vec::new(),
            loose: None,
            days: Vec::new(),
            remarks,
        };
        if head.is_none() || columns.figures().is_empty() {
            remarks.push("Không tìm thấy cột số liệu nào theo tên cột (Mũi 1, Mũi 2, …, Tổng số): chưa đọc được số nào.".to_owned());
            return nothing(about, remarks);
        }
        for column in FormColumn::ALL.iter().filter(|_| page.kind == SheetKind::UnitForm1) {
            if columns.counts[column.index()].is_none() {
                remarks.push(format!("Không tìm thấy cột {} ({}); để trống.", column.letter(), column.title()));
            }
        }
        if !columns.ageless.is_empty() {
            remarks.push("Có cột mũi tiêm không ghi nhóm tuổi, nên chỉ cộng vào tổng số (n), không xếp được vào cột c…m.".to_owned());
        }
        for (column, count) in &page.sheet.unsaved_formulas {
            if columns.figures().contains(column) {
                remarks.push(format!("Cột {}: {count} công thức không lưu kết quả, đọc như ô trống.", column_name(*column)));
            }
        }
        drop_notes(&mut rows);
        drop_beside(&mut rows, &mut remarks);
        mark_sums(&mut rows, &mut remarks);
        about.has_failing_total = check_totals(&rows, &mut remarks);
        let mut units: Vec<ReportedUnit> = rows.iter().filter(|row| !row.is_total).map(|row| unit_of(row, page, &about)).collect();
        if let ([only], Some(unit)) = (units.as_mut_slice(), &about.unit)
            && only.unit.is_empty()
        {
            only.unit.clone_from(unit);
        }
        for unit in units.iter_mut().filter(|unit| unit.unit.is_empty()) {
            unit.doubts.push(format!("Dòng {}: không ghi tên đơn vị", unit.row));
        }
        // The one row of a province's own form says the province its title may not.
        if let ([only], None) = (units.as_slice(), &about.province) {
            about.province = find_province_office(&only.unit).map(|row| row.name.to_owned());
        }
        if units.is_empty() {
            remarks.push("Có dòng tên cột nhưng không có dòng đơn vị nào có số.".to_owned());
        }
        about.units = units.len() as u32;
        SheetFigures { units, ..nothing(about, remarks) }
    }
}

fn numbering_of(value: CellValue<'_>) -> Numbering {
    match value {
        CellValue::Number(_) => Numbering::Number,
        CellValue::Text(text) => {
            let bare = text.trim().trim_end_matches(['.', ')', ':']);
            if !bare.is_empty() && bare.bytes().all(|byte| byte.is_ascii_digit()) {
                Numbering::Number
            } else if !bare.is_empty()
                && bare.len() <= 5
                && (bare.chars().all(|c| "IVX".contains(c)) || bare.len() == 1 && bare.chars().all(|c| c.is_ascii_uppercase()))
            {
                Numbering::Roman
            } else {
                Numbering::None
            }
        }
        _ => Numbering::None,
    }
}

/// Leaves out notes, signatures and headings between rows: rows without a figure that are not counted and name no unit, and everything
/// without a figure below the last row that has one.
fn drop_notes(rows: &mut Vec<TableRow>) {
    let last = rows.iter().rposition(|row| row.has_figures() || row.numbering == Numbering::Number && !row.name.is_empty());
    rows.truncate(last.map_or(0, |last| last + 1));
    rows.retain(|row| {
        row.has_figures() || !row.is_total && (row.numbering == Numbering::Number || names_unit(&row.name)) && !row.name.is_empty()
    });
}

/// Leaves out rows whose words say that they count no doses of a unit, and says so.
fn drop_beside(rows: &mut Vec<TableRow>, remarks: &mut Vec<String>) {
    rows.retain(|row| {
        let is_beside = row.numbering == Numbering::None && is_beside_units(&row.name);
        if is_beside {
            remarks.push(format!("Dòng {} “{}” không phải số mũi tiêm của một đơn vị: không cộng.", row.number, row.name));
        }
        !is_beside
    });
}

/// Whether a text reads as the name of a unit.
fn names_unit(name: &str) -> bool {
    let words = Words::of(name);
    let is_kind = matches!(
        words.at(0),
        "xa" | "phuong"
            | "huyen"
            | "quan"
            | "tinh"
            | "tp"
            | "tx"
            | "tyt"
            | "ttyt"
            | "bv"
            | "bvdk"
            | "cdc"
            | "thi"
            | "thanh"
            | "tram"
            | "benh"
            | "truong"
    );
    words.len() > 1 && words.len() <= 12 && is_kind || find_province(name).is_some()
}

/// Marks rows that add up others though no word says so: a heading `I. Huyện Ba Bể` over its communes, `Huyện Ba Bể` over all rows, a
/// last row without a name.
fn mark_sums(rows: &mut [TableRow], remarks: &mut Vec<String>) {
    // Headings numbered I, II… over rows numbered 1, 2….
    let headings: Vec<usize> =
        (0..rows.len()).filter(|at| rows[*at].numbering == Numbering::Roman && !rows[*at].is_total && rows[*at].has_figures()).collect();
    for (nth, at) in headings.iter().enumerate() {
        let end = headings.get(nth + 1).copied().unwrap_or(rows.len());
        let below: Vec<&TableRow> = rows[at + 1..end].iter().filter(|row| row.numbering == Numbering::Number && !row.is_total).collect();
        if !below.is_empty() && is_sum_of(&rows[*at], &below) {
            remarks.push(format!(
                "Dòng {} “{}” bằng tổng các dòng bên dưới: coi là dòng cộng, không cộng thêm.",
                rows[*at].number, rows[*at].name
            ));
            rows[*at].is_total = true;
        }
    }
    for at in [rows.len().checked_sub(1), Some(0)].into_iter().flatten() {
        let others: Vec<&TableRow> =
            rows.iter().enumerate().filter(|(other, row)| *other != at && !row.is_total).map(|(_, row)| row).collect();
        let Some(row) = rows.get(at).filter(|row| !row.is_total) else { continue };
        if others.len() >= 2 && row.total() > 0 && is_sum_of(row, &others) && others.iter().filter(|other| other.total() > 0).count() >= 2 {
            if !row.name.is_empty() {
                remarks.push(format!("Dòng {} “{}” bằng tổng mọi dòng khác: coi là dòng cộng, không cộng thêm.", row.number, row.name));
            }
            rows[at].is_total = true;
        }
    }
    // A nameless last row below named ones is a total that fails rather than a unit.
    if let [.., before, last] = rows
        && last.name.is_empty()
        && last.numbering == Numbering::None
        && !before.name.is_empty()
        && !last.is_total
        && last.total() >= before.total()
    {
        remarks.push(format!("Dòng {} có số nhưng không có tên: coi là dòng cộng.", last.number));
        last.is_total = true;
    }
}

/// Whether every figure of a row is the sum of the same of others, and any is not 0.
fn is_sum_of(row: &TableRow, others: &[&TableRow]) -> bool {
    let sums = sums_of(others.iter().copied());
    row.total() > 0 && row.figures().iter().zip(sums).take(COLUMN_COUNT + 1).all(|(own, sum)| own.is_none_or(|own| own == sum.unwrap_or(0)))
}

fn sums_of<'r>(rows: impl Iterator<Item = &'r TableRow>) -> [Option<i64>; COLUMN_COUNT + 3] {
    let mut sums = [None; COLUMN_COUNT + 3];
    for row in rows {
        for (sum, own) in sums.iter_mut().zip(row.figures()) {
            if let Some(own) = own {
                *sum = Some(sum.unwrap_or(0i64).saturating_add(own));
            }
        }
        // A row without n counts with what it adds up to.
        if row.given.value.is_none()
            && let (Some(sum), Some(own)) = (sums.get_mut(COLUMN_COUNT), row.sum())
        {
            *sum = Some(sum.unwrap_or(0).saturating_add(own));
        }
    }
    sums
}

/// Checks every total against all rows, or against the stretch of rows above or below it; whether any fails.
fn check_totals(rows: &[TableRow], remarks: &mut Vec<String>) -> bool {
    let totals: Vec<usize> = (0..rows.len()).filter(|at| rows[*at].is_total).collect();
    let units = |from: usize, to: usize| rows.get(from..to).unwrap_or(&[]).iter().filter(|row| !row.is_total);
    let all = sums_of(units(0, rows.len()));
    let mut fails = false;
    for (nth, at) in totals.iter().enumerate() {
        let above = sums_of(units(nth.checked_sub(1).map_or(0, |before| totals[before] + 1), *at));
        let so_far = sums_of(units(0, *at));
        let below = sums_of(units(at + 1, totals.get(nth + 1).copied().unwrap_or(rows.len())));
        let row = &rows[*at];
        let differs = |sums: &[Option<i64>; COLUMN_COUNT + 3]| -> Vec<(usize, i64, i64)> {
            let own = row.figures();
            let pairs = own.iter().zip(sums).enumerate();
            // p of a total may be its n − o, which is not the sum of p where some o are blank.
            let is_own_difference =
                row.difference.value.is_some_and(|own| Some(own) == row.on_system.value.map(|on_system| row.total() - on_system));
            // o, p are blank in many rows; a total that is written is compared with what is there.
            pairs
                .filter_map(|(figure, (own, sum))| Some((figure, (*own)?, sum.unwrap_or(0))))
                .filter(|(figure, own, sum)| own != sum && !(*figure == COLUMN_COUNT + 2 && is_own_difference))
                .collect()
        };
        if [&above, &so_far, &below].iter().any(|sums| sums.iter().any(Option::is_some) && differs(sums).is_empty()) {
            continue;
        }
        let differences = differs(&all);
        if differences.is_empty() {
            continue;
        }
        fails = true;
        let named: Vec<String> = differences
            .iter()
            .take(NAMED_COLUMNS)
            .map(|(figure, own, sum)| {
                format!("cột {} ghi {}, cộng các dòng là {}", letter_of(*figure), show_number(*own), show_number(*sum))
            })
            .collect();
        let more = differences.len().saturating_sub(NAMED_COLUMNS);
        let more = if more > 0 { format!("; và {more} cột nữa") } else { String::new() };
        let name = if row.name.is_empty() { "Dòng cộng" } else { &row.name };
        remarks.push(format!("Dòng {} “{name}” không bằng tổng các dòng: {}{more}.", row.number, named.join("; ")));
    }
    fails
}

fn unit_of(row: &TableRow, page: &Page<'_>, about: &ReportedSheet) -> ReportedUnit {
    let mut doubts = row.doubts.clone();
    if let (Some(given), Some(sum)) = (row.given.value, row.sum())
        && given != sum
    {
        doubts.push(format!("Dòng {}: n ghi {}, tổng c…m là {}", row.number, show_number(given), show_number(sum)));
    }
    let given = row.given.value.or_else(|| row.sum());
    if let (Some(difference), Some(given), Some(on_system)) = (row.difference.value, given, row.on_system.value)
        && difference != given - on_system
    {
        doubts.push(format!("Dòng {}: p ghi {}, n − o là {}", row.number, show_number(difference), show_number(given - on_system)));
    }
    if !row.has_figures() {
        doubts.push(format!("Dòng {}: chưa điền số nào", row.number));
    }
    let review = Some(row.review.clone()).filter(|text| !text.trim().is_empty());
    ReportedUnit {
        kind: page.kind,
        file: page.file,
        sheet: page.sheet_index,
        row: row.number,
        unit: row.name.clone(),
        columns: FormColumn::ALL.map(|column| row.counts[column.index()].doses()),
        given: row.given.doses(),
        on_system: row.on_system.doses(),
        difference: row.difference.value,
        review_result: review,
        as_of: about.as_of,
        basis: Basis::Cumulative,
        doubts,
    }
}
