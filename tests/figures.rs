//! The numbers desk: sources side by side, agreed figures, and what follows from them.

use proptest::prelude::*;
use ra_soat::domain::column::{ByColumn, COLUMN_COUNT};
use ra_soat::domain::settings::{FormRows, ReportedSource};
use ra_soat::domain::source::SheetKind;
use ra_soat::domain::{Bucket, Date, FileId, FormColumn, Settings};
use ra_soat::figures::agreed::{RowInputs, TypedFigure};
use ra_soat::figures::checks::{CheckKind, warnings};
use ra_soat::figures::desk::{Desk, lay_out};
use ra_soat::figures::reported::{Basis, ReportedFigures, ReportedUnit};
use ra_soat::forms::bridge::bridge;
use ra_soat::forms::inputs::FormInputs;
use ra_soat::forms::{phu_luc_1, phu_luc_2};
use ra_soat::reconcile::Report;
use ra_soat::reconcile::alias::Aliases;
use ra_soat::reconcile::report::UnitFigures;
use std::collections::BTreeMap;

const CUT_OFF: Date = jiff::civil::date(2023, 1, 31);

/// A unit with `listed` doses of column c on its list, all but `missing` of them on the System.
fn counted(unit: &str, listed: u64, missing: u64) -> UnitFigures {
    let mut figures = UnitFigures { unit: unit.to_owned(), ..UnitFigures::default() };
    figures.local[Bucket::Entered.index()] = listed - missing;
    figures.local[Bucket::NotEntered.index()] = missing;
    figures.system[Bucket::Matched.index()] = listed - missing;
    figures.listed[0] = listed;
    figures.on_system[0] = listed - missing;
    figures.not_entered[6][2] = missing;
    figures
}

fn report(units: Vec<UnitFigures>) -> Report {
    let mut report = Report::default();
    units.iter().for_each(|unit| report.total.add(unit));
    Report { units, ..report }
}

fn reported(kind: SheetKind, unit: &str, columns: [Option<u64>; 3], row: u32) -> ReportedUnit {
    let mut all: ByColumn<Option<u64>> = [None; COLUMN_COUNT];
    all[..3].copy_from_slice(&columns);
    ReportedUnit {
        kind,
        file: FileId(9),
        sheet: 0,
        row,
        unit: unit.to_owned(),
        columns: all,
        given: None,
        on_system: None,
        difference: None,
        review_result: None,
        as_of: Some(CUT_OFF),
        basis: Basis::Cumulative,
        doubts: Vec::new(),
    }
}

fn settings(source: ReportedSource) -> Settings {
    Settings {
        reporting_unit: "Huyện An Lạc".to_owned(),
        reported_source: source,
        form_1_rows: FormRows::UnitsBelow,
        ..Settings::default()
    }
}

fn desk(report: Option<&Report>, units: Vec<ReportedUnit>, source: ReportedSource, inputs: &BTreeMap<String, RowInputs>) -> Desk {
    lay_out(report, &ReportedFigures { units, ..ReportedFigures::default() }, &settings(source), inputs, &Aliases::default())
}

#[test]
fn a_unit_in_one_source_only_is_shown_and_blank_in_the_others() {
    let report = report(vec![counted("Trạm Y tế xã An Lạc", 100, 10)]);
    let units = vec![reported(SheetKind::WrittenReport, "Trạm Y tế xã Bình An", [Some(70), Some(0), None], 5)];
    let none = BTreeMap::new();
    let by_list = desk(Some(&report), units.clone(), ReportedSource::Lists, &none);
    assert_eq!(
        by_list.rows.iter().map(|row| (row.unit.as_str(), row.given())).collect::<Vec<_>>(),
        [("Trạm Y tế xã An Lạc", Some(100)), ("Trạm Y tế xã Bình An", None)]
    );
    let written = desk(Some(&report), units, ReportedSource::Written, &none);
    assert_eq!(written.rows[0].given(), None, "no figure is made up from another source");
    assert_eq!(written.rows[1].columns[..3], [Some(70), Some(0), None], "zero stays zero, blank stays blank");
    assert_eq!(written.whole.given(), Some(70));
    let found = warnings(&written);
    assert!(found.iter().any(|warning| warning.kind == CheckKind::NoFigure && warning.unit == "Trạm Y tế xã An Lạc"), "{found:?}");
}

#[test]
fn a_person_chooses_another_source_for_one_unit_and_types_over_a_cell() {
    let report = report(vec![counted("Trạm Y tế xã An Lạc", 100, 10)]);
    let units = vec![reported(SheetKind::WrittenReport, "TYT xã An Lạc", [Some(120), Some(40), None], 5)];
    let typed = TypedFigure { value: 41, reason: "sổ tiêm ghi 41".to_owned() };
    let inputs =
        RowInputs { source: Some(ReportedSource::Written), columns: BTreeMap::from([(FormColumn::D, typed)]), ..RowInputs::default() };
    let desk = desk(Some(&report), units, ReportedSource::Lists, &BTreeMap::from([("Trạm Y tế xã An Lạc".to_owned(), inputs)]));
    assert_eq!(desk.rows.len(), 1, "two spellings of one unit");
    assert_eq!((desk.rows[0].source, desk.rows[0].given()), (Some(ReportedSource::Written), Some(161)));
    assert!(desk.rows[0].differs(FormColumn::C));
}

#[test]
fn a_report_of_another_day_is_used_only_where_it_is_chosen() {
    let mut old = reported(SheetKind::WrittenReport, "Trạm Y tế xã An Lạc", [Some(90), None, None], 5);
    old.as_of = Some(jiff::civil::date(2023, 1, 30));
    let none = BTreeMap::new();
    assert_eq!(desk(None, vec![old.clone()], ReportedSource::Written, &none).rows[0].given(), None);
    let chosen = RowInputs { source: Some(ReportedSource::Written), ..RowInputs::default() };
    let chosen = BTreeMap::from([("Trạm Y tế xã An Lạc".to_owned(), chosen)]);
    let chosen = desk(None, vec![old.clone()], ReportedSource::Written, &chosen);
    assert_eq!(chosen.rows[0].given(), Some(90));
    assert!(warnings(&chosen).iter().any(|warning| warning.kind == CheckKind::OtherDay && warning.words.contains("30/01/2023")));
    // The one of the cut-off stands beside it.
    let both = desk(
        None,
        vec![old, reported(SheetKind::WrittenReport, "TYT xã An Lạc", [Some(95), None, None], 6)],
        ReportedSource::Written,
        &none,
    );
    assert_eq!(both.rows[0].given(), Some(95));
    assert_eq!(both.doubles, [("Trạm Y tế xã An Lạc".to_owned(), ReportedSource::Written, (FileId(9), 0, 5))]);
}

#[test]
fn what_the_officer_explains_of_a_check_stands_beside_the_form() {
    let unit = "Trạm Y tế xã An Lạc";
    let written = vec![reported(SheetKind::WrittenReport, unit, [Some(70), Some(75), None], 5)];
    let explanations = BTreeMap::from([(CheckKind::SecondAboveFirst, " Tiêm mũi 2 cho người nơi khác đến. ".to_owned())]);
    let rows = BTreeMap::from([(unit.to_owned(), RowInputs { explanations, ..RowInputs::default() })]);
    let desk = desk(None, written, ReportedSource::Written, &rows);
    let form = phu_luc_1::fill_from_desk(None, &desk, &settings(ReportedSource::Written), &FormInputs { rows, ..FormInputs::default() });
    let own: Vec<&String> =
        form.remarks.iter().filter(|remark| remark.contains("Giải thích: Tiêm mũi 2 cho người nơi khác đến.")).collect();
    assert!(own.len() == 1 && own[0].starts_with(unit) && own[0].contains("mũi 2 là 75, mũi 1 là 70"), "{:?}", form.remarks);
}

#[test]
fn the_row_of_the_reporting_unit_is_the_whole_and_not_a_unit_of_itself() {
    let units = vec![
        reported(SheetKind::WrittenReport, "Huyện An Lạc", [Some(200), None, None], 5),
        reported(SheetKind::WrittenReport, "Trạm Y tế xã An Lạc", [Some(90), None, None], 6),
        reported(SheetKind::WrittenReport, "Trạm Y tế xã Bình An", [Some(60), None, None], 7),
    ];
    let desk = desk(None, units, ReportedSource::Written, &BTreeMap::new());
    assert_eq!(desk.rows.len(), 2);
    assert_eq!((desk.whole.given(), desk.is_summed), (Some(200), false));
}

#[test]
fn a_units_own_form_gives_o_and_q_where_no_list_counts_them() {
    let mut own = reported(SheetKind::UnitForm1, "Xã Bình An", [Some(50), None, None], 9);
    (own.on_system, own.review_result) = (Some(44), Some("đã rà soát 50".to_owned()));
    let figures = ReportedFigures { units: vec![own], ..ReportedFigures::default() };
    let settings = settings(ReportedSource::UnitForms);
    let desk = lay_out(None, &figures, &settings, &BTreeMap::new(), &Aliases::default());
    let form = phu_luc_1::fill_from_desk(None, &desk, &settings, &FormInputs::default());
    assert_eq!((form.rows[0].given(), form.rows[0].on_system, form.rows[0].difference()), (Some(50), Some(44), Some(6)));
    assert_eq!(form.rows[0].review_result, phu_luc_1::ReviewResult::Text("đã rà soát 50".to_owned()));
    assert!(form.source_note.contains("Phụ lục 1 của các đơn vị"));
}

#[test]
fn names_joined_by_the_alias_table_are_one_row() {
    let report = report(vec![counted("Trạm Y tế phường Sông Cầu", 100, 10)]);
    let figures = ReportedFigures {
        units: vec![reported(SheetKind::DailyReport, "Sông Cầu", [Some(101), None, None], 3)],
        ..ReportedFigures::default()
    };
    let mut aliases = Aliases::default();
    let rows = |aliases: &Aliases| lay_out(Some(&report), &figures, &settings(ReportedSource::Daily), &BTreeMap::new(), aliases).rows;
    assert_eq!(rows(&aliases).len(), 2);
    aliases.join("Sông Cầu", "Trạm Y tế phường Sông Cầu");
    let joined = rows(&aliases);
    assert_eq!(joined.len(), 1);
    assert_eq!((joined[0].given(), joined[0].other_names.as_slice()), (Some(101), ["Sông Cầu".to_owned()].as_slice()));
}

/// A unit as it was counted and reported, and what a person did about it.
#[derive(Clone, Debug)]
struct SomeUnit {
    figures: UnitFigures,
    written: Option<u64>,
    typed: Option<u64>,
    source: Option<ReportedSource>,
}

fn some_units() -> impl Strategy<Value = Vec<SomeUnit>> {
    let figure = || proptest::option::of(0u64..900);
    let unit = (0u64..500, 0u64..500, figure(), figure(), proptest::option::of(proptest::sample::select(ReportedSource::ALL.to_vec())));
    let unit = unit.prop_map(|(listed, missing, written, typed, source)| SomeUnit {
        figures: counted("", listed.max(missing), missing),
        written,
        typed,
        source,
    });
    proptest::collection::vec(unit, 1..8).prop_map(|mut units| {
        units.iter_mut().enumerate().for_each(|(at, unit)| unit.figures.unit = format!("Trạm Y tế xã Số {at}"));
        units
    })
}

proptest! {
    /// Whatever source each unit uses and whatever is typed: the bridge adds up to p for every unit and in all, n of both forms is the
    /// desk's, and the rows add up to the whole.
    #[test]
    fn everything_adds_up(units in some_units(), source in 0usize..5) {
        let source = ReportedSource::ALL[source];
        let report = report(units.iter().map(|unit| unit.figures.clone()).collect());
        let written: Vec<ReportedUnit> = units
            .iter()
            .filter_map(|unit| Some(reported(SheetKind::WrittenReport, &unit.figures.unit, [Some(unit.written?), None, None], 1)))
            .collect();
        let inputs: BTreeMap<String, RowInputs> = units
            .iter()
            .map(|unit| {
                let columns = unit.typed.map(|value| (FormColumn::E, TypedFigure { value, reason: String::new() }));
                (unit.figures.unit.clone(), RowInputs { source: unit.source, columns: columns.into_iter().collect(), ..RowInputs::default() })
            })
            .collect();
        let desk = desk(Some(&report), written, source, &inputs);
        for row in desk.rows.iter().chain([&desk.whole]) {
            if let (Some(given), Some(on_system), Some(figures)) = (row.given(), row.on_system, &row.figures) {
                let sum: i64 = bridge(figures, given, on_system).iter().map(|(_, value)| value).sum();
                prop_assert_eq!(Some(sum), row.difference());
            }
        }
        prop_assert!(desk.is_summed);
        prop_assert_eq!(desk.whole.given(), desk.rows.iter().filter_map(|row| row.given()).reduce(|a, b| a + b));
        prop_assert_eq!(desk.whole.on_system, desk.rows.iter().filter_map(|row| row.on_system).reduce(|a, b| a + b));
        let inputs = FormInputs { rows: inputs, ..FormInputs::default() };
        let settings = Settings { form_2_rows: FormRows::UnitsBelow, ..settings(source) };
        let form_1 = phu_luc_1::fill_from_desk(Some(&report), &desk, &settings, &inputs);
        let form_2 = phu_luc_2::fill_from_desk(Some(&report), &desk, &ReportedFigures::default(), &settings, &inputs);
        for ((one, two), row) in form_1.rows.iter().zip(&form_2.rows).zip(&desk.rows) {
            prop_assert_eq!((one.given(), one.on_system), (row.given(), row.on_system));
            prop_assert_eq!((two.given, two.on_system), (row.given(), row.on_system));
        }
        // Σ of the groups of part I is III.1 + III.2 + III.3.
        let missing: u64 = form_2.rows.iter().flat_map(|row| row.missing).sum();
        let verified: u64 = form_2.rows.iter().flat_map(|row| row.verified_entered).sum();
        prop_assert_eq!(missing, verified + form_2.cannot_enter + form_2.not_verified);
    }

    /// A split of `Chỉ có số liệu` moves doses between groups and statuses, never their sum.
    #[test]
    fn splitting_number_only_doses_moves_them(extra in 0u64..300, split in proptest::array::uniform7(proptest::array::uniform3(0u64..60))) {
        let report = report(vec![counted("Trạm Y tế xã An Lạc", 100, 10)]);
        let written = vec![reported(SheetKind::WrittenReport, "Trạm Y tế xã An Lạc", [Some(100 + extra), None, None], 5)];
        let rows = BTreeMap::from([("Trạm Y tế xã An Lạc".to_owned(), RowInputs { number_only: Some(split), ..RowInputs::default() })]);
        let settings = Settings { form_2_rows: FormRows::UnitsBelow, ..settings(ReportedSource::Written) };
        let desk = desk(Some(&report), written, ReportedSource::Written, &rows);
        let form = phu_luc_2::fill_from_desk(Some(&report), &desk, &ReportedFigures::default(), &settings, &FormInputs { rows, ..FormInputs::default() });
        let row = &form.rows[0];
        prop_assert_eq!(row.number_only, extra);
        prop_assert_eq!(row.missing.iter().sum::<u64>(), 10 + extra);
        prop_assert_eq!(row.remainder, 0);
        prop_assert_eq!(10 + extra, row.verified_entered.iter().sum::<u64>() + form.cannot_enter + form.not_verified);
    }
}
