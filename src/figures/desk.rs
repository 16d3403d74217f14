//! The numbers desk: for each unit the figures of every source side by side, and the ones agreed on.
//!
//! A unit uses one source, so nothing counts twice; what a source leaves blank stays blank until a person says otherwise.

use super::agreed::{RowInputs, TypedFigure};
use super::checks::CheckKind;
use super::reported::{Basis, ReportedFigures, ReportedForm2, ReportedUnit};
use crate::domain::column::ByColumn;
use crate::domain::province::find_province;
use crate::domain::settings::{DEFAULT_CUT_OFF, ReportedSource};
use crate::domain::source::SheetKind;
use crate::domain::{Bucket, Date, FileId, FormColumn, Settings};
use crate::normalize::sort_key;
use crate::reconcile::Report;
use crate::reconcile::alias::Aliases;
use crate::reconcile::report::UnitFigures;
use crate::reconcile::unit::UNKNOWN_UNIT;
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;

/// What one source says of one unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceLine {
    /// The source.
    pub source: ReportedSource,
    /// c…m; none where the source leaves the cell blank.
    pub columns: ByColumn<Option<u64>>,
    /// n as the source writes it.
    pub written_total: Option<u64>,
    /// The day the figures are of, where the source says.
    pub as_of: Option<Date>,
    /// Whether that is another day than the cut-off: then the line is used only where a person chooses it.
    pub is_other_day: bool,
    /// Days without a report.
    pub gaps: Vec<(Date, Date)>,
    /// o as the unit's own form has it.
    pub on_system: Option<u64>,
    /// q as the unit's own form has it.
    pub review_result: Option<String>,
    /// Where it stands: file, sheet, row.
    pub places: Vec<(FileId, u16, u32)>,
    /// What is doubtful, in the officer's words.
    pub doubts: Vec<String>,
}

impl SourceLine {
    /// A line that says nothing.
    fn blank(source: ReportedSource) -> SourceLine {
        SourceLine {
            source,
            columns: Default::default(),
            written_total: None,
            as_of: None,
            is_other_day: false,
            gaps: Vec::new(),
            on_system: None,
            review_result: None,
            places: Vec::new(),
            doubts: Vec::new(),
        }
    }

    /// c + … + m; none where every cell is blank.
    pub fn sum(&self) -> Option<u64> {
        self.columns.iter().flatten().copied().reduce(|a, b| a.saturating_add(b))
    }
}

/// One unit.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DeskRow {
    /// Key of what is typed ([`RowInputs`]): the unit's name, `""` for the reporting unit as a whole.
    pub key: String,
    /// The unit as shown.
    pub unit: String,
    /// Other names it is counted from.
    pub other_names: Vec<String>,
    /// What the sources say, in the order of [`ReportedSource::ALL`].
    pub lines: Vec<SourceLine>,
    /// Its row of a `Phụ lục 2` it sent.
    pub form_2: Option<ReportedForm2>,
    /// The source that was asked for.
    pub wanted: ReportedSource,
    /// The source used; none where the one asked for has no figure of the unit.
    pub source: Option<ReportedSource>,
    /// The agreed figures of c…m: the source's, with what was typed over them.
    pub columns: ByColumn<Option<u64>>,
    /// What was typed over them.
    pub typed: BTreeMap<FormColumn, TypedFigure>,
    /// What the reconciliation counted; none where nothing of the unit was on a list.
    pub figures: Option<UnitFigures>,
    /// o: typed, else counted on the System, else as the unit's own form has it.
    pub on_system: Option<u64>,
    /// S, where the lists counted the unit.
    pub counted_on_system: Option<u64>,
    /// Why o was typed.
    pub on_system_reason: String,
    /// What the officer said to checks.
    pub explanations: BTreeMap<CheckKind, String>,
}

impl DeskRow {
    /// n = c + … + m; none where every cell is blank.
    pub fn given(&self) -> Option<u64> {
        self.columns.iter().flatten().copied().reduce(|a, b| a.saturating_add(b))
    }

    /// p = n − o; none where n or o is blank.
    pub fn difference(&self) -> Option<i64> {
        Some(self.given()? as i64 - self.on_system? as i64)
    }

    /// The line of a source.
    pub fn line_of(&self, source: ReportedSource) -> Option<&SourceLine> {
        self.lines.iter().find(|line| line.source == source)
    }

    /// The line of the source used.
    pub fn line(&self) -> Option<&SourceLine> {
        self.line_of(self.source?)
    }

    /// Whether a column's sources do not all say the same.
    pub fn differs(&self, column: FormColumn) -> bool {
        let mut figures = self.lines.iter().filter_map(|line| line.columns[column.index()]);
        figures.next().is_some_and(|first| figures.any(|figure| figure != first))
    }
}

/// The desk: a row a unit, and the reporting unit as a whole.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Desk {
    /// Units in Vietnamese alphabetical order, the unknown one last.
    pub rows: Vec<DeskRow>,
    /// The reporting unit as a whole.
    pub whole: DeskRow,
    /// Whether the whole is the sum of the rows, rather than a figure of its own.
    pub is_summed: bool,
    /// Submissions that are not used since another of the same unit and source is: unit, source, where the unused one stands.
    pub doubles: Vec<(String, ReportedSource, (FileId, u16, u32))>,
}

/// Lays out the desk.
pub fn lay_out(
    report: Option<&Report>,
    reported: &ReportedFigures,
    settings: &Settings,
    inputs: &BTreeMap<String, RowInputs>,
    aliases: &Aliases,
) -> Desk {
    let mut desk = Desk::default();
    // The report's units are in order already; what only reports name is put between them.
    let mut at: FxHashMap<String, usize> = FxHashMap::default();
    for figures in report.iter().flat_map(|report| &report.units) {
        at.entry(aliases.key(&figures.unit)).or_insert(desk.rows.len());
        desk.rows.push(DeskRow {
            unit: figures.unit.clone(),
            other_names: figures.other_names.clone(),
            lines: vec![listed_line(figures)],
            figures: Some(figures.clone()),
            ..DeskRow::default()
        });
    }
    let listed = desk.rows.len();
    let whole_key = aliases.key(settings.reporting_unit.trim());
    let mut of_whole: Vec<SourceLine> = Vec::new();
    for own in &reported.units {
        let Some(source) = source_of(own.kind) else { continue };
        let name = if own.unit.trim().is_empty() { UNKNOWN_UNIT } else { own.unit.trim() };
        let key = aliases.key(name);
        let line = reported_line(own, source, settings.cut_off);
        // A sheet's row for the reporting unit itself, beside rows of units below, is its total.
        if key == whole_key && !key.is_empty() && is_whole(own, reported, aliases, &whole_key, at.contains_key(&key)) {
            put_line(&mut of_whole, line, settings.reporting_unit.trim(), &mut desk.doubles);
            continue;
        }
        let row = row_of(&mut desk.rows, &mut at, aliases, name, key);
        let unit = row.unit.clone();
        put_line(&mut row.lines, line, &unit, &mut desk.doubles);
    }
    for own in &reported.forms_2 {
        let name = if own.unit.trim().is_empty() { UNKNOWN_UNIT } else { own.unit.trim() };
        let row = row_of(&mut desk.rows, &mut at, aliases, name, aliases.key(name));
        if row.form_2.is_none() {
            row.form_2 = Some(own.clone());
        }
    }
    let order = |row: &DeskRow| (row.unit == UNKNOWN_UNIT, sort_key(&row.unit), row.unit.clone());
    if desk.rows.len() > listed {
        desk.rows.sort_by_cached_key(order);
    }
    let asked = if settings.reported_source == ReportedSource::Published { ReportedSource::Lists } else { settings.reported_source };
    for row in &mut desk.rows {
        row.key.clone_from(&row.unit);
        let typed = inputs.get(&row.key).cloned().unwrap_or_default();
        agree(row, &typed, asked);
    }
    lay_out_whole(&mut desk, of_whole, report, settings, inputs);
    desk
}

/// The row of a unit under this key, new where there is none; a name it goes by is noted.
fn row_of<'a>(
    rows: &'a mut Vec<DeskRow>,
    at: &mut FxHashMap<String, usize>,
    aliases: &Aliases,
    name: &str,
    key: String,
) -> &'a mut DeskRow {
    let next = rows.len();
    let position = *at.entry(key).or_insert(next);
    if position == next {
        rows.push(DeskRow { unit: aliases.resolve(name).to_owned(), ..DeskRow::default() });
    }
    let row = &mut rows[position];
    if name != row.unit && !row.other_names.iter().any(|other| other == name) {
        row.other_names.push(name.to_owned());
    }
    row
}

/// Whether a row that names the reporting unit stands for all of it: the sheet reports other units too, or no list is under that name
/// while there are lists or reports under others.
fn is_whole(own: &ReportedUnit, reported: &ReportedFigures, aliases: &Aliases, whole_key: &str, has_list: bool) -> bool {
    let is_beside_others = reported
        .units
        .iter()
        .any(|other| (other.file, other.sheet) == (own.file, own.sheet) && aliases.key(&other.unit) != whole_key && !other.unit.is_empty());
    is_beside_others || !has_list
}

fn source_of(kind: SheetKind) -> Option<ReportedSource> {
    match kind {
        SheetKind::DailyReport => Some(ReportedSource::Daily),
        SheetKind::WrittenReport => Some(ReportedSource::Written),
        SheetKind::UnitForm1 => Some(ReportedSource::UnitForms),
        _ => None,
    }
}

fn listed_line(figures: &UnitFigures) -> SourceLine {
    SourceLine { columns: figures.listed.map(Some), ..SourceLine::blank(ReportedSource::Lists) }
}

fn reported_line(own: &ReportedUnit, source: ReportedSource, cut_off: Date) -> SourceLine {
    let gaps = if let Basis::InDay { gaps, .. } = &own.basis { gaps.clone() } else { Vec::new() };
    SourceLine {
        source,
        columns: own.columns,
        written_total: own.given,
        as_of: own.as_of,
        // Daily figures are made for the cut-off; their last day is not a day they are of.
        is_other_day: source != ReportedSource::Daily && own.as_of.is_some_and(|day| day != cut_off),
        gaps,
        on_system: own.on_system,
        review_result: own.review_result.clone(),
        places: vec![(own.file, own.sheet, own.row)],
        doubts: own.doubts.clone(),
    }
}

/// Adds a source's line; where the source has one already, the one of the cut-off stands, else the later, else the first.
fn put_line(lines: &mut Vec<SourceLine>, line: SourceLine, unit: &str, doubles: &mut Vec<(String, ReportedSource, (FileId, u16, u32))>) {
    let source = line.source;
    let Some(at) = lines.iter().position(|known| known.source == source) else {
        lines.push(line);
        lines.sort_by_key(|line| ReportedSource::ALL.iter().position(|source| *source == line.source));
        return;
    };
    let rank = |line: &SourceLine| (!line.is_other_day, line.as_of);
    let unused = if rank(&line) > rank(&lines[at]) { std::mem::replace(&mut lines[at], line) } else { line };
    doubles.extend(unused.places.first().map(|place| (unit.to_owned(), source, *place)));
}

/// Chooses the source of a row and lays what was typed over it.
fn agree(row: &mut DeskRow, typed: &RowInputs, asked: ReportedSource) {
    row.wanted = typed.source.unwrap_or(asked);
    let line = row.line_of(row.wanted).filter(|line| typed.source.is_some() || !line.is_other_day);
    (row.source, row.columns) = line.map_or((None, Default::default()), |line| (Some(line.source), line.columns));
    lay_typed_over(row, typed);
    row.counted_on_system = row.figures.as_ref().map(UnitFigures::system_total);
    let of_form_1 = row.line_of(ReportedSource::UnitForms).and_then(|line| line.on_system);
    let of_form = of_form_1.or_else(|| row.form_2.as_ref().and_then(|form| form.on_system));
    (row.on_system, row.on_system_reason) = match &typed.on_system {
        Some(figure) => (Some(figure.value), figure.reason.clone()),
        None => (row.counted_on_system.or(of_form), String::new()),
    };
}

fn lay_typed_over(row: &mut DeskRow, typed: &RowInputs) {
    row.typed.clone_from(&typed.columns);
    row.explanations.clone_from(&typed.explanations);
    for (column, figure) in &typed.columns {
        row.columns[column.index()] = Some(figure.value);
    }
}

/// The reporting unit as a whole: its own figures where the source chosen has some, else the sum of the rows.
fn lay_out_whole(
    desk: &mut Desk,
    mut lines: Vec<SourceLine>,
    report: Option<&Report>,
    settings: &Settings,
    inputs: &BTreeMap<String, RowInputs>,
) {
    let mut whole = DeskRow { unit: settings.reporting_unit.trim().to_owned(), wanted: settings.reported_source, ..DeskRow::default() };
    if let Some(row) = find_province(&settings.reporting_unit).filter(|_| settings.cut_off == DEFAULT_CUT_OFF) {
        let published = SourceLine { written_total: Some(row.total), ..SourceLine::blank(ReportedSource::Published) };
        lines.insert(0, SourceLine { columns: row.columns.map(Some), as_of: Some(DEFAULT_CUT_OFF), ..published });
    }
    if let Some(report) = report.filter(|report| report.units.is_empty()) {
        lines.push(listed_line(&report.total));
    }
    for source in ReportedSource::ALL {
        let of_rows: Vec<&SourceLine> = desk.rows.iter().filter_map(|row| row.line_of(source)).filter(|line| !line.is_other_day).collect();
        if !of_rows.is_empty() && !lines.iter().any(|line| line.source == source) {
            let columns = FormColumn::ALL.map(|column| add(of_rows.iter().map(|line| line.columns[column.index()])));
            let on_system = add(of_rows.iter().map(|line| line.on_system));
            lines.push(SourceLine { columns, on_system, ..SourceLine::blank(source) });
        }
    }
    lines.sort_by_key(|line| ReportedSource::ALL.iter().position(|source| *source == line.source));
    let typed = inputs.get("").cloned().unwrap_or_default();
    whole.figures = report.map(super::whole);
    whole.lines = lines;
    whole.wanted = typed.source.unwrap_or(settings.reported_source);
    // A row of the reporting unit's own (published, or a total row of its report) is the figure; else what the units agreed on adds up.
    let own = whole.line_of(whole.wanted).filter(|line| !line.places.is_empty() || line.source == ReportedSource::Published);
    let own = own.filter(|line| !line.is_other_day || typed.source.is_some()).map(|line| line.columns);
    desk.is_summed = own.is_none();
    whole.columns = own.unwrap_or_else(|| match whole.line_of(whole.wanted) {
        Some(line) if desk.rows.is_empty() => line.columns,
        _ => FormColumn::ALL.map(|column| add(desk.rows.iter().map(|row| row.columns[column.index()]))),
    });
    whole.source = whole.lines.iter().map(|line| line.source).find(|source| *source == whole.wanted);
    lay_typed_over(&mut whole, &typed);
    whole.counted_on_system = report.map(|report| report.total.system_total());
    let of_rows = add(desk.rows.iter().map(|row| row.on_system));
    (whole.on_system, whole.on_system_reason) = match &typed.on_system {
        Some(figure) => (Some(figure.value), figure.reason.clone()),
        None => (of_rows.or(whole.counted_on_system), String::new()),
    };
    desk.whole = whole;
}

/// Adds what is not blank; none where all is.
fn add(values: impl Iterator<Item = Option<u64>>) -> Option<u64> {
    values.flatten().reduce(|a, b| a.saturating_add(b))
}

/// The default of q: what was reviewed (`Đã nhập` + `Cần điều chỉnh` + `Chưa nhập` + `Chỉ có trên Hệ thống`).
pub fn reviewed(figures: &UnitFigures) -> u64 {
    let local: u64 = [Bucket::Entered, Bucket::ToAdjust, Bucket::NotEntered].iter().map(|bucket| figures.local(*bucket)).sum();
    local + figures.system(Bucket::SystemOnly)
}
