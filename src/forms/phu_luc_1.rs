//! Phụ lục 1: the table of doses given, entered and missing (công văn 1234/BYT-DP, pages 3–5).

use crate::domain::column::ByColumn;
use crate::domain::province::{PUBLISHED, PublishedRow, find_province, national};
use crate::domain::settings::{DEFAULT_CUT_OFF, FormRows, ReportedSource};
use crate::domain::{Bucket, Date, FormColumn, Settings};
use crate::forms::inputs::FormInputs;
use crate::reconcile::Report;
use crate::reconcile::report::UnitFigures;
use crate::text::{parse_number, show_date, show_number};
use serde::{Deserialize, Serialize};

/// Cell q: a number, a text, or blank.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum ReviewResult {
    /// Blank.
    #[default]
    Blank,
    /// A number of doses.
    Number(u64),
    /// A text the officer typed.
    Text(String),
}

/// One row of Phụ lục 1.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Form1Row {
    /// Key of what was typed into the row ([`FormInputs::rows`]).
    pub key: String,
    /// a: TT, a province's number in the letter where the row is a province.
    pub number: u32,
    /// b: the unit.
    pub unit: String,
    /// c…m; blank cells stay blank.
    pub columns: ByColumn<Option<u64>>,
    /// o: on the System.
    pub on_system: Option<u64>,
    /// Why o is not what was counted.
    pub on_system_reason: String,
    /// q: result of the review.
    pub review_result: ReviewResult,
}

impl Form1Row {
    /// n = c + … + m; none where every cell is blank.
    pub fn given(&self) -> Option<u64> {
        self.columns.iter().flatten().copied().reduce(|a, b| a + b)
    }

    /// p = n − o; none where o is blank.
    pub fn difference(&self) -> Option<i64> {
        Some(self.given().unwrap_or(0) as i64 - self.on_system? as i64)
    }
}

/// Phụ lục 1, every cell.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Form1 {
    /// `31/01/2023`.
    pub cut_off: String,
    /// `1234/BYT-DP`.
    pub letter_number: String,
    /// `10/3/2023`.
    pub letter_date: String,
    /// Heading of column b: `Tỉnh/TP`, or the level below.
    pub unit_heading: String,
    /// The rows; two or more get a `Tổng cộng`.
    pub rows: Vec<Form1Row>,
    /// Whether doubtful pairs are still open (`tạm tính`).
    pub is_provisional: bool,
    /// Contradictions and warnings to show beside the form, in the officer's words.
    pub remarks: Vec<String>,
    /// Where n comes from, in words.
    pub source_note: String,
}

/// Fills Phụ lục 1; without a report only the published rows can be made.
pub fn fill(report: Option<&Report>, settings: &Settings, inputs: &FormInputs) -> Form1 {
    let mut form = Form1 {
        cut_off: show_date(settings.cut_off),
        letter_number: settings.letter_number.clone(),
        letter_date: show_letter_date(settings.letter_date),
        unit_heading: "Tỉnh/TP".to_owned(),
        is_provisional: report.is_some_and(is_provisional),
        ..Form1::default()
    };
    let published = published_row(settings);
    match settings.form_1_rows {
        FormRows::OneUnit => fill_one_unit(&mut form, report, settings, inputs, published),
        FormRows::UnitsBelow => fill_units_below(&mut form, report, settings, inputs, published),
        FormRows::Provinces => fill_provinces(&mut form, report, settings, inputs),
    }
    form.remarks.extend(form.rows.iter().flat_map(row_remarks));
    form
}

/// `10/3/2023`: the day with two digits, the month as letters of the Ministry write it.
pub(super) fn show_letter_date(date: Date) -> String {
    format!("{:02}/{}/{}", date.day(), date.month(), date.year())
}

/// Whether doubtful pairs are open.
pub(super) fn is_provisional(report: &Report) -> bool {
    report.total.local(Bucket::Review) + report.total.system(Bucket::Review) > 0
}

/// The letter's row of the reporting unit, where it is a province and the cut-off is the letter's.
pub fn published_row(settings: &Settings) -> Option<&'static PublishedRow> {
    if settings.cut_off == DEFAULT_CUT_OFF { find_province(&settings.reporting_unit) } else { None }
}

/// n per column of the one reporting unit, by the chosen source.
pub fn given_columns(report: Option<&Report>, settings: &Settings) -> ByColumn<Option<u64>> {
    match (settings.reported_source, published_row(settings), report) {
        (ReportedSource::Published, Some(row), _) => row.columns.map(Some),
        (_, _, Some(report)) => report.total.listed.map(Some),
        _ => Default::default(),
    }
}

fn computed_row(figures: &UnitFigures, key: &str, number: u32, unit: &str, columns: ByColumn<Option<u64>>, inputs: &FormInputs) -> Form1Row {
    let typed = inputs.row(key);
    let reviewed: u64 = [Bucket::Entered, Bucket::ToAdjust, Bucket::NotEntered].iter().map(|bucket| figures.local(*bucket)).sum::<u64>()
        + figures.system(Bucket::SystemOnly);
    let review_result = match typed.review_result.as_deref().map(str::trim) {
        None => ReviewResult::Number(reviewed),
        Some("") => ReviewResult::Blank,
        Some(text) => parse_number(text).map_or_else(|| ReviewResult::Text(text.to_owned()), ReviewResult::Number),
    };
    let (on_system, on_system_reason) = match typed.on_system {
        Some(figure) => (figure.value, figure.reason),
        None => (figures.system_total(), String::new()),
    };
    Form1Row { key: key.to_owned(), number, unit: unit.to_owned(), columns, on_system: Some(on_system), on_system_reason, review_result }
}

fn fill_one_unit(form: &mut Form1, report: Option<&Report>, settings: &Settings, inputs: &FormInputs, published: Option<&PublishedRow>) {
    form.unit_heading = if published.is_some() { "Tỉnh/TP" } else { "Đơn vị" }.to_owned();
    let columns = given_columns(report, settings);
    let number = published.map_or(1, |row| u32::from(row.number));
    let unit = published.map_or(settings.reporting_unit.trim(), |row| row.name);
    let row = match report {
        Some(report) => computed_row(&report.total, "", number, unit, columns, inputs),
        None => Form1Row { number, unit: unit.to_owned(), columns, ..Form1Row::default() },
    };
    form.rows = vec![row];
    form.source_note = source_note(settings, published);
    if settings.reported_source == ReportedSource::Published && published.is_none() {
        form.remarks.push(
            "Chọn nguồn “Bộ Y tế công bố” nhưng đơn vị báo cáo không phải một trong 63 tỉnh, thành phố (hoặc ngày chốt không phải 31/01/2023), nên n lấy từ danh sách.".to_owned(),
        );
    }
}

fn fill_units_below(form: &mut Form1, report: Option<&Report>, settings: &Settings, inputs: &FormInputs, published: Option<&PublishedRow>) {
    form.unit_heading = "Đơn vị".to_owned();
    form.source_note = "n theo danh sách tiêm của từng đơn vị.".to_owned();
    let Some(report) = report else { return };
    form.rows = report
        .units
        .iter()
        .enumerate()
        .map(|(at, unit)| computed_row(unit, &unit.unit, at as u32 + 1, &unit.unit, unit.listed.map(Some), inputs))
        .collect();
    if let (ReportedSource::Published, Some(row)) = (settings.reported_source, published) {
        let listed = report.total.listed_total();
        form.remarks.push(format!(
            "Bảng theo đơn vị cấp dưới lấy n từ danh sách: {} mũi; Bộ Y tế công bố cho {}: {} mũi; chênh {}.",
            show_number(listed as i64),
            row.name,
            show_number(row.total as i64),
            show_number(row.total as i64 - listed as i64),
        ));
    }
}

fn fill_provinces(form: &mut Form1, report: Option<&Report>, settings: &Settings, inputs: &FormInputs) {
    let own = published_row(settings).map(|row| row.number);
    form.rows = PUBLISHED
        .iter()
        .map(|row| {
            let columns = row.columns.map(Some);
            match report.filter(|_| own == Some(row.number)) {
                Some(report) => computed_row(&report.total, "", u32::from(row.number), row.name, columns, inputs),
                None => Form1Row { key: row.name.to_owned(), number: u32::from(row.number), unit: row.name.to_owned(), columns, ..Form1Row::default() },
            }
        })
        .collect();
    form.source_note = "c…m theo Phụ lục 1 kèm Công văn số 1234/BYT-DP; o, p, q do từng tỉnh, thành phố điền.".to_owned();
    form.remarks.extend(letter_contradictions());
}

fn source_note(settings: &Settings, published: Option<&PublishedRow>) -> String {
    match (settings.reported_source, published) {
        (ReportedSource::Published, Some(_)) => "n theo số Bộ Y tế công bố (Phụ lục 1 kèm Công văn số 1234/BYT-DP).".to_owned(),
        _ => "n đếm từ danh sách tiêm của địa phương.".to_owned(),
    }
}

/// The letter's own totals that contradict each other.
pub fn letter_contradictions() -> Vec<String> {
    let rows: u64 = PUBLISHED.iter().map(|row| row.total).sum();
    let number = |value: u64| show_number(value as i64);
    vec![
        format!(
            "Công văn ghi cả nước {} mũi đã tiêm, nhưng 63 dòng của Phụ lục 1 cộng lại là {}: ít hơn {}.",
            number(national::GIVEN),
            number(rows),
            number(national::GIVEN - rows)
        ),
        format!(
            "Công văn ghi còn {} mũi chưa nhập, nhưng {} − {} = {}.",
            number(national::MISSING),
            number(national::GIVEN),
            number(national::ON_SYSTEM),
            number(national::GIVEN - national::ON_SYSTEM)
        ),
        "Tiêu đề hai phụ lục của công văn ghi ngày 10/02/2023, còn công văn đề ngày 10/3/2023; ở đây ghi theo ngày công văn.".to_owned(),
        "Trang 1 và 2 của Phụ lục 1 in “Số sánh chênh lệch”, trang 3 in “So sánh chênh lệch”; ở đây ghi theo trang 3.".to_owned(),
    ]
}

/// What is unusual in a row: shown, never an error.
fn row_remarks(row: &Form1Row) -> Vec<String> {
    let mut remarks = Vec::new();
    let pairs = [(FormColumn::C, FormColumn::D, "từ 18 tuổi"), (FormColumn::I, FormColumn::J, "12-17 tuổi"), (FormColumn::L, FormColumn::M, "5-11 tuổi")];
    for (first, second, band) in pairs {
        if let (Some(one), Some(two)) = (row.columns[first.index()], row.columns[second.index()])
            && two > one
        {
            remarks.push(format!(
                "{}: mũi 2 nhiều hơn mũi 1 ở nhóm {band} ({} > {}). Có thể đúng: người dân di chuyển giữa hai mũi.",
                row.unit,
                show_number(two as i64),
                show_number(one as i64)
            ));
        }
    }
    if let Some(difference) = row.difference().filter(|difference| *difference < 0) {
        remarks.push(format!("{}: p âm ({}): trên Hệ thống nhiều hơn số báo cáo. Xem Cầu nối để biết vì sao.", row.unit, show_number(difference)));
    }
    if !row.on_system_reason.is_empty() {
        remarks.push(format!("{}: o ghi tay, lý do: {}.", row.unit, row.on_system_reason));
    }
    remarks
}
