//! Phụ lục 1: the table of doses given, entered and missing (công văn 1234/BYT-DP, pages 3–5).

use super::inputs::{FormInputs, RowInputs};
use super::remarks;
use crate::domain::column::ByColumn;
use crate::domain::province::{PUBLISHED, PublishedRow, find_province, find_province_office};
use crate::domain::settings::{DEFAULT_CUT_OFF, FormRows, ReportedSource};
use crate::domain::{Bucket, Date, Settings};
use crate::figures::desk::{Desk, DeskRow, lay_out, reviewed};
use crate::figures::reported::ReportedFigures;
use crate::reconcile::Report;
use crate::reconcile::alias::Aliases;
use crate::text::{parse_number, show_date};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

pub use super::remarks::letter_contradictions;

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
    /// S, where a person typed another figure for o.
    pub counted_on_system: Option<u64>,
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
    /// Lines under the printed table: where n and q come from, and what the letter's own totals contradict.
    pub notes: Vec<String>,
}

/// Fills Phụ lục 1 where no sheet with figures is loaded; without a report only the published rows can be made.
pub fn fill(report: Option<&Report>, settings: &Settings, inputs: &FormInputs) -> Form1 {
    let desk = lay_out(report, &ReportedFigures::default(), settings, &inputs.rows, &Aliases::default());
    fill_from_desk(report, &desk, settings, inputs)
}

/// Fills Phụ lục 1 with the figures agreed on.
pub fn fill_from_desk(report: Option<&Report>, desk: &Desk, settings: &Settings, inputs: &FormInputs) -> Form1 {
    let mut form = Form1 {
        cut_off: show_date(settings.cut_off),
        letter_number: settings.letter_number.clone(),
        letter_date: show_letter_date(settings.letter_date),
        unit_heading: "Tỉnh/TP".to_owned(),
        is_provisional: report.is_some_and(is_provisional),
        ..Form1::default()
    };
    match settings.form_1_rows {
        FormRows::OneUnit => fill_one_unit(&mut form, report, desk, settings, inputs),
        FormRows::UnitsBelow => fill_units_below(&mut form, report, desk, settings, inputs),
        FormRows::Provinces => fill_provinces(&mut form, desk, settings, inputs),
    }
    form.remarks.extend(remarks::of_rows(&form.rows));
    form.notes.insert(0, form.source_note.clone());
    if form.rows.iter().any(|row| matches!(row.review_result, ReviewResult::Number(_))) {
        form.notes.insert(1, REVIEW_NOTE.to_owned());
    }
    form
}

/// What the default of q counts.
const REVIEW_NOTE: &str = "q (nếu không ghi khác): số mũi tiêm đã rà soát = Đã nhập + Cần điều chỉnh + Chưa nhập + Chỉ có trên Hệ thống.";

/// `10/3/2023`: two digits for the day and for January and February, as official letters write dates (Nghị định 30/2020/NĐ-CP).
pub(super) fn show_letter_date(date: Date) -> String {
    let zero = if date.month() < 3 { "0" } else { "" };
    format!("{:02}/{zero}{}/{}", date.day(), date.month(), date.year())
}

/// Whether doubtful pairs are open.
pub(super) fn is_provisional(report: &Report) -> bool {
    report.total.local(Bucket::Review) + report.total.system(Bucket::Review) > 0
}

/// The letter's row of the reporting unit, where it is a province and the cut-off is the letter's.
pub fn published_row(settings: &Settings) -> Option<&'static PublishedRow> {
    if settings.cut_off == DEFAULT_CUT_OFF { find_province(&settings.reporting_unit) } else { None }
}

/// What to say of the source of n, where the chosen source and the other one differ or the chosen one cannot be had.
pub(super) fn source_remark(report: Option<&Report>, settings: &Settings, is_by_unit: bool) -> Option<String> {
    let is_published = settings.reported_source == ReportedSource::Published;
    match published_row(settings) {
        None if is_published => Some(
            "Chọn nguồn “Bộ Y tế công bố” nhưng đơn vị báo cáo không phải một trong 63 tỉnh, thành phố, hoặc ngày chốt không phải 31/01/2023, nên n lấy từ danh sách."
                .to_owned(),
        ),
        Some(row) if settings.reported_source == ReportedSource::Lists || (is_by_unit && is_published) => {
            let listed = report?.total.listed_total();
            (listed != row.total).then(|| remarks::published_gap(row, listed))
        }
        _ => None,
    }
}

/// What a person typed for q; none where nothing was.
fn typed_review_result(typed: &RowInputs) -> Option<ReviewResult> {
    typed.review_result.as_deref().map(review_result)
}

/// q as written: a number of doses, a text, or nothing.
fn review_result(written: &str) -> ReviewResult {
    let text = written.trim();
    if text.is_empty() {
        return ReviewResult::Blank;
    }
    // `1.5` is no number of doses, and not 15 either: it stays what was typed.
    let mut groups = text.split(['.', ' ', '\u{a0}']);
    let is_grouped = groups.next().is_some_and(|first| first.len() <= 3) && groups.all(|group| group.len() == 3);
    let is_plain = !text.contains(['.', ' ', '\u{a0}']);
    let number = parse_number(text).filter(|_| is_plain || is_grouped);
    number.map_or_else(|| ReviewResult::Text(text.to_owned()), ReviewResult::Number)
}

/// A province's published row; o and q as typed, else blank.
fn province_row(row: &PublishedRow, inputs: &FormInputs) -> Form1Row {
    let typed = inputs.row(row.name);
    let review_result = typed_review_result(&typed).unwrap_or_default();
    let (on_system, on_system_reason) = typed.on_system.map_or((None, String::new()), |figure| (Some(figure.value), figure.reason));
    Form1Row {
        key: row.name.to_owned(),
        number: u32::from(row.number),
        unit: row.name.to_owned(),
        columns: row.columns.map(Some),
        on_system,
        counted_on_system: None,
        on_system_reason,
        review_result,
    }
}

/// A row of the desk.
fn desk_row(row: &DeskRow, number: u32, unit: &str, inputs: &FormInputs) -> Form1Row {
    let typed = inputs.row(&row.key);
    let by_default = match (&row.figures, row.line_of(ReportedSource::UnitForms).and_then(|line| line.review_result.as_ref())) {
        (None, Some(written)) => review_result(written),
        (Some(figures), _) => ReviewResult::Number(reviewed(figures)),
        (None, None) => ReviewResult::Blank,
    };
    Form1Row {
        key: row.key.clone(),
        number,
        unit: unit.to_owned(),
        columns: row.columns,
        on_system: row.on_system,
        counted_on_system: row.counted_on_system.filter(|counted| typed.on_system.is_some() && Some(*counted) != row.on_system),
        on_system_reason: row.on_system_reason.clone(),
        review_result: typed_review_result(&typed).unwrap_or(by_default),
    }
}

fn fill_one_unit(form: &mut Form1, report: Option<&Report>, desk: &Desk, settings: &Settings, inputs: &FormInputs) {
    let published = published_row(settings);
    form.unit_heading = if published.is_some() { "Tỉnh/TP" } else { "Đơn vị" }.to_owned();
    let number = published.map_or(1, |row| u32::from(row.number));
    let unit = published.map_or(settings.reporting_unit.trim(), |row| row.name);
    form.rows = vec![desk_row(&desk.whole, number, unit, inputs)];
    form.source_note = source_note(desk.whole.wanted, published.is_some());
    form.remarks.extend(source_remark(report, settings, false));
    form.remarks.extend(remarks::of_desk(desk).filter(|_| desk.is_summed));
}

/// Where n comes from.
fn source_note(source: ReportedSource, is_published: bool) -> String {
    match source {
        ReportedSource::Published if is_published => "n theo số Bộ Y tế công bố (Phụ lục 1 kèm Công văn số 1234/BYT-DP).".to_owned(),
        ReportedSource::Published | ReportedSource::Lists => "n đếm từ danh sách tiêm của địa phương.".to_owned(),
        ReportedSource::UnitForms => "n theo Phụ lục 1 của các đơn vị.".to_owned(),
        ReportedSource::Written => "n theo báo cáo bằng văn bản của các đơn vị.".to_owned(),
        ReportedSource::Daily => "n theo báo cáo nhanh hàng ngày của các đơn vị.".to_owned(),
    }
}

fn fill_units_below(form: &mut Form1, report: Option<&Report>, desk: &Desk, settings: &Settings, inputs: &FormInputs) {
    form.unit_heading = "Đơn vị".to_owned();
    form.source_note = match settings.reported_source {
        ReportedSource::Published | ReportedSource::Lists => "n đếm từ danh sách tiêm của từng đơn vị.".to_owned(),
        source => source_note(source, false),
    };
    form.rows = desk.rows.iter().zip(1..).map(|(row, number)| desk_row(row, number, &row.unit, inputs)).collect();
    form.remarks.extend(source_remark(report, settings, true).filter(|_| settings.reported_source == ReportedSource::Published));
    form.remarks.extend(remarks::of_desk(desk));
}

fn fill_provinces(form: &mut Form1, desk: &Desk, settings: &Settings, inputs: &FormInputs) {
    // The published figures are of one day, whatever day the officer's own are of.
    form.cut_off = show_date(DEFAULT_CUT_OFF);
    let own = published_row(settings).map(|row| row.number);
    let has_own = desk.whole.figures.is_some();
    let are_forms = settings.reported_source == ReportedSource::UnitForms && own.is_none();
    // By name first: where a province and its centre both report, the province's own.
    let number_of = |unit: &DeskRow| find_province_office(&unit.unit).map(|row| row.number);
    let mut by_number: BTreeMap<u8, &DeskRow> = BTreeMap::new();
    let (named, offices): (Vec<&DeskRow>, Vec<&DeskRow>) = desk.rows.iter().partition(|unit| find_province(&unit.unit).is_some());
    for unit in named.into_iter().chain(offices) {
        if let Some(number) = number_of(unit) {
            by_number.entry(number).or_insert(unit);
        }
    }
    let mut as_printed: Vec<&str> = Vec::new();
    form.rows = PUBLISHED
        .iter()
        .map(|row| {
            let of_unit = || by_number.get(&row.number).copied();
            let unit = if own == Some(row.number) && has_own { Some(&desk.whole) } else { of_unit().filter(|_| own.is_none()) };
            match unit {
                Some(unit) => {
                    let own = desk_row(unit, u32::from(row.number), row.name, inputs);
                    let is_of_forms = settings.reported_source == ReportedSource::UnitForms && unit.given().is_some();
                    if is_of_forms {
                        return own;
                    }
                    as_printed.push(row.name);
                    Form1Row { columns: row.columns.map(Some), ..own }
                }
                None => {
                    as_printed.push(row.name);
                    province_row(row, inputs)
                }
            }
        })
        .collect();
    if are_forms {
        form.remarks.extend(remarks::left_out_of_provinces(desk, &as_printed));
    }
    form.source_note = if are_forms {
        remarks::source_of_provinces(&as_printed)
    } else {
        "c…m theo Phụ lục 1 kèm Công văn số 1234/BYT-DP; o, p, q do từng tỉnh, thành phố điền.".to_owned()
    };
    if has_own && own.is_none() {
        form.remarks.push(if settings.cut_off == DEFAULT_CUT_OFF {
            "Đơn vị báo cáo không phải một trong 63 tỉnh, thành phố, nên o, p, q để trống.".to_owned()
        } else {
            format!(
                "Số công bố tính đến ngày {}, số liệu của đơn vị tính đến ngày {}, nên o, p, q để trống.",
                form.cut_off,
                show_date(settings.cut_off)
            )
        });
    }
    // On paper only what bears on the printed totals; on screen all of it.
    form.notes = letter_contradictions().into_iter().take(2).collect();
    form.remarks.extend(letter_contradictions());
}
