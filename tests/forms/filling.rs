//! The models: every cell of both forms from a report, settings and what was typed.

use crate::samples::{self, district, items, unit};
use proptest::prelude::*;
use ra_soat::domain::province::PUBLISHED;
use ra_soat::domain::settings::{FormRows, ReportedSource};
use ra_soat::domain::{Bucket, MissingGroup, Settings, Side};
use ra_soat::forms::bridge::bridge;
use ra_soat::forms::inputs::{EditedText, FormInputs, RowInputs, TypedFigure};
use ra_soat::forms::phu_luc_1::{self, ReviewResult};
use ra_soat::forms::phu_luc_2::{self, Form2};
use ra_soat::reconcile::report::UnitFigures;

fn settings(unit: &str, rows: FormRows, source: ReportedSource) -> Settings {
    Settings { reporting_unit: unit.to_owned(), form_1_rows: rows, form_2_rows: rows, reported_source: source, ..Settings::default() }
}

fn typed(key: &str, row: RowInputs) -> FormInputs {
    FormInputs { rows: [(key.to_owned(), row)].into(), ..FormInputs::default() }
}

fn says(remarks: &[String], words: &str) -> bool {
    remarks.iter().any(|remark| remark.contains(words))
}

#[test]
fn a_row_a_unit_counts_lists_and_system() {
    let report = district();
    let form =
        phu_luc_1::fill(Some(&report), &settings("Huyện An Lạc", FormRows::UnitsBelow, ReportedSource::Lists), &FormInputs::default());
    assert_eq!(form.rows.len(), 6);
    for (row, unit) in form.rows.iter().zip(&report.units) {
        assert_eq!((&row.key, &row.unit), (&unit.unit, &unit.unit));
        assert_eq!(row.columns, unit.listed.map(Some));
        assert_eq!(row.on_system, Some(unit.system_total()));
        assert_eq!(row.counted_on_system, None);
        let reviewed =
            unit.local(Bucket::Entered) + unit.local(Bucket::ToAdjust) + unit.local(Bucket::NotEntered) + unit.system(Bucket::SystemOnly);
        assert_eq!(row.review_result, ReviewResult::Number(reviewed));
    }
    assert!(form.is_provisional, "pairs are open");
    assert!(says(&form.remarks, "p âm: Trạm Y tế phường Hòa Bình 2 (-608)"), "{:?}", form.remarks);
}

#[test]
fn the_published_row_is_n_where_it_is_chosen() {
    let report = district();
    let form = phu_luc_1::fill(
        Some(&report),
        &settings("Sở Y tế tỉnh Bắc Kạn", FormRows::OneUnit, ReportedSource::Published),
        &FormInputs::default(),
    );
    let row = &form.rows[0];
    assert_eq!((row.key.as_str(), row.number, row.unit.as_str()), ("", 15, "Bắc Kạn"));
    assert_eq!((row.given(), row.on_system), (Some(829_199), Some(report.total.system_total())));
    assert_eq!(row.difference(), Some(829_199 - report.total.system_total() as i64));

    let lists = phu_luc_1::fill(Some(&report), &settings("Bắc Kạn", FormRows::OneUnit, ReportedSource::Lists), &FormInputs::default());
    assert_eq!(lists.rows[0].given(), Some(report.total.listed_total()));
    assert!(says(&lists.remarks, "Bộ Y tế công bố cho Bắc Kạn: 829.199 mũi"), "{:?}", lists.remarks);

    let commune = phu_luc_1::fill(
        Some(&report),
        &settings("Trạm Y tế xã An Lạc", FormRows::OneUnit, ReportedSource::Published),
        &FormInputs::default(),
    );
    assert_eq!(commune.rows[0].given(), Some(report.total.listed_total()));
    assert!(says(&commune.remarks, "không phải một trong 63"), "{:?}", commune.remarks);

    let below =
        phu_luc_1::fill(Some(&report), &settings("Bắc Kạn", FormRows::UnitsBelow, ReportedSource::Published), &FormInputs::default());
    let gap = 829_199 - report.total.listed_total();
    assert!(says(&below.remarks, &format!("chênh +{}", ra_soat::text::show_number(gap as i64))), "{:?}", below.remarks);
}

#[test]
fn all_63_provinces_stand_in_the_letters_order_and_only_ones_own_is_filled() {
    let report = district();
    let form = phu_luc_1::fill(Some(&report), &settings("Bắc Kạn", FormRows::Provinces, ReportedSource::Lists), &FormInputs::default());
    assert_eq!(form.rows.len(), 63);
    for (row, published) in form.rows.iter().zip(PUBLISHED.iter()) {
        assert_eq!((row.number, row.unit.as_str(), row.given()), (u32::from(published.number), published.name, Some(published.total)));
        let is_own = published.number == 15;
        assert_eq!(row.on_system.is_some(), is_own, "{}", row.unit);
        assert_eq!(row.review_result == ReviewResult::Blank, !is_own, "{}", row.unit);
    }
    for words in ["264.513.974", "266.118.289", "14.725.304", "13.178.251", "10/02/2023", "Số sánh"] {
        assert!(says(&form.remarks, words), "{words}");
    }
    // Real data of the letter, not an error: seven provinces for adults, nine for those of 12 to 17.
    let adults = form.remarks.iter().find(|remark| remark.contains("từ 18 tuổi trở lên")).unwrap();
    assert_eq!(adults.matches(" > ").count(), 7, "{adults}");
    let adolescents = form.remarks.iter().find(|remark| remark.contains("12-17 tuổi")).unwrap();
    assert_eq!(adolescents.matches(" > ").count(), 9, "{adolescents}");

    let without = phu_luc_1::fill(None, &settings("", FormRows::Provinces, ReportedSource::Published), &FormInputs::default());
    assert!(without.rows.iter().all(|row| row.on_system.is_none() && row.difference().is_none()));
    let other_day =
        Settings { cut_off: jiff::civil::date(2023, 2, 28), ..settings("Bắc Kạn", FormRows::Provinces, ReportedSource::Lists) };
    let other_day = phu_luc_1::fill(Some(&report), &other_day, &FormInputs::default());
    assert_eq!(other_day.cut_off, "31/01/2023");
    assert!(other_day.rows.iter().all(|row| row.on_system.is_none()));
}

#[test]
fn typed_cells_stand_over_the_computed_ones() {
    let report = district();
    let settings = settings("", FormRows::OneUnit, ReportedSource::Lists);
    let row = |result: &str| RowInputs { review_result: Some(result.to_owned()), ..RowInputs::default() };
    let result = |text: &str| phu_luc_1::fill(Some(&report), &settings, &typed("", row(text))).rows[0].review_result.clone();
    assert_eq!(result("1.234"), ReviewResult::Number(1_234));
    assert_eq!(result(" 1234 "), ReviewResult::Number(1_234));
    assert_eq!(result("1 234 567"), ReviewResult::Number(1_234_567));
    assert_eq!(result("1.5"), ReviewResult::Text("1.5".to_owned()));
    assert_eq!(result("Đã rà soát xong"), ReviewResult::Text("Đã rà soát xong".to_owned()));
    assert_eq!(result("  "), ReviewResult::Blank);

    let figure = TypedFigure { value: 36_000, reason: "Số trên trang Hệ thống ngày 14/3/2023".to_owned() };
    let inputs = typed("", RowInputs { on_system: Some(figure), ..RowInputs::default() });
    let form = phu_luc_1::fill(Some(&report), &settings, &inputs);
    assert_eq!((form.rows[0].on_system, form.rows[0].counted_on_system), (Some(36_000), Some(report.total.system_total())));
    assert!(says(&form.remarks, "o ghi tay 36.000"), "{:?}", form.remarks);
    assert!(says(&form.remarks, "Số trên trang Hệ thống"), "{:?}", form.remarks);
    let form = phu_luc_2::fill(Some(&report), &settings, &inputs);
    assert_eq!(form.rows[0].on_system, Some(36_000));
}

#[test]
fn numbers_without_a_list_go_to_the_units_own_group() {
    let prison = samples::report(vec![unit(
        "Trại tạm giam",
        samples::local([0, 0, 0, 0, 5, 0, 7]),
        samples::system([0, 0, 0, 0, 5, 0]),
        Some(MissingGroup::Prisoner),
        1,
    )]);
    let settings = settings("Bắc Kạn", FormRows::OneUnit, ReportedSource::Published);
    let row = &phu_luc_2::fill(Some(&prison), &settings, &FormInputs::default()).rows[0];
    assert_eq!(row.number_only, 829_199 - 12);
    assert!(row.missing[MissingGroup::Prisoner.index()] >= row.number_only);
    let district = district();
    let row = &phu_luc_2::fill(Some(&district), &settings, &FormInputs::default()).rows[0];
    assert!(row.missing[MissingGroup::NoInformation.index()] >= row.number_only);
}

#[test]
fn part_iii_counts_statuses_duplicates_and_adjustments() {
    let report = district();
    let form = phu_luc_2::fill(Some(&report), &settings("", FormRows::UnitsBelow, ReportedSource::Lists), &FormInputs::default());
    assert_eq!(form.duplicates, items(&report, Side::Local, Bucket::Duplicate));
    assert_eq!(form.to_adjust, items(&report, Side::Local, Bucket::ToAdjust));
    assert_adds_up(&form);
    assert_eq!(form.breakdown_note, "");
    assert_eq!(form.other_group, "Đủ thông tin, chưa nhập kịp thời");
}

/// Σ of the seven groups of I = III.1 + III.2 + III.3, and every remainder is explained.
fn assert_adds_up(form: &Form2) {
    let missing: u64 = form.rows.iter().flat_map(|row| row.missing).sum();
    let verified: u64 = form.rows.iter().flat_map(|row| row.verified_entered).sum();
    assert_eq!(missing, verified + form.cannot_enter + form.not_verified);
    for row in &form.rows {
        let missing: u64 = row.missing.iter().sum();
        // A unit without a figure in the source chosen has a blank n, and nothing to explain.
        let left = row.given.map_or(0, |given| given as i64 - row.on_system.unwrap() as i64 - missing as i64);
        assert_eq!(row.remainder, left);
        assert_eq!(row.remainder_terms.iter().map(|(_, value)| value).sum::<i64>(), row.remainder, "{row:?}");
    }
}

#[test]
fn a_text_is_marked_when_a_number_moved_after_it_was_written() {
    let report = district();
    let settings = settings("", FormRows::UnitsBelow, ReportedSource::Lists);
    let drafted = phu_luc_2::fill(Some(&report), &settings, &FormInputs::default());
    assert_eq!(drafted.texts, drafted.drafted_texts);
    assert_eq!(drafted.stale_texts, [false; 5]);
    assert!(drafted.texts[3].contains("47 mũi báo cáo trùng lặp"), "{}", drafted.texts[3]);

    let mut inputs = FormInputs::default();
    inputs.texts[3] = Some(EditedText { text: "Đã xong.".to_owned(), drafted: drafted.texts[3].clone() });
    let edited = phu_luc_2::fill(Some(&report), &settings, &inputs);
    assert_eq!((edited.texts[3].as_str(), edited.stale_texts[3]), ("Đã xong.", false));

    let mut moved = report;
    moved.total.local[Bucket::Entered.index()] += 1;
    let moved = phu_luc_2::fill(Some(&moved), &settings, &inputs);
    assert_eq!((moved.texts[3].as_str(), moved.stale_texts), ("Đã xong.", [false, false, false, true, false]));
}

#[test]
fn without_a_report_the_forms_are_blank() {
    let form = phu_luc_1::fill(None, &settings("Huyện An Lạc", FormRows::OneUnit, ReportedSource::Lists), &FormInputs::default());
    assert_eq!((form.rows.len(), form.rows[0].given(), form.rows[0].on_system), (1, None, None));
    assert!(phu_luc_2::fill(None, &Settings::default(), &FormInputs::default()).rows.is_empty());
}

prop_compose! {
    /// Any unit whose L, S and `Chưa nhập` are what the ledger defines.
    fn any_unit()(
        local in proptest::array::uniform7(0u64..5_000),
        system in proptest::array::uniform6(0u64..5_000),
        group in 0usize..8,
        seed in 0u64..1_000,
    ) -> UnitFigures {
        let own_group = MissingGroup::ALL.get(group).copied().filter(|group| (2..6).contains(&group.index()));
        unit(&format!("Đơn vị {seed}"), samples::local(local), samples::system(system), own_group, seed)
    }
}

proptest! {
    #[test]
    fn the_remainder_is_explained_to_the_last_dose(
        units in proptest::collection::vec(any_unit(), 1..6),
        rows in 0usize..3,
        source in 0usize..2,
        on_system in proptest::option::of(0u64..40_000),
        province in any::<bool>(),
    ) {
        let report = samples::report(units);
        let settings = settings(if province { "Bắc Kạn" } else { "Huyện An Lạc" }, FormRows::ALL[rows], ReportedSource::ALL[source]);
        let typed_figure = on_system.map(|value| TypedFigure { value, reason: String::new() });
        let mut inputs = typed("", RowInputs { on_system: typed_figure.clone(), ..RowInputs::default() });
        inputs.rows.insert(report.units[0].unit.clone(), RowInputs { on_system: typed_figure, ..RowInputs::default() });
        assert_adds_up(&phu_luc_2::fill(Some(&report), &settings, &inputs));
    }

    #[test]
    fn the_bridge_adds_up_to_p(unit in any_unit(), given in 0u64..40_000, on_system in 0u64..40_000) {
        let sum: i64 = bridge(&unit, given, on_system).iter().map(|(_, value)| value).sum();
        prop_assert_eq!(sum, given as i64 - on_system as i64);
    }

    #[test]
    fn both_forms_show_the_same_n_and_o(units in proptest::collection::vec(any_unit(), 1..6), rows in 0usize..2, source in 0usize..2) {
        let report = samples::report(units);
        let settings = settings("Bắc Kạn", FormRows::ALL[rows], ReportedSource::ALL[source]);
        let (one, two) = (phu_luc_1::fill(Some(&report), &settings, &FormInputs::default()), phu_luc_2::fill(Some(&report), &settings, &FormInputs::default()));
        prop_assert_eq!(one.rows.len(), two.rows.len());
        for (a, b) in one.rows.iter().zip(&two.rows) {
            prop_assert_eq!((&a.key, &a.unit, a.given(), a.on_system), (&b.key, &b.unit, b.given, b.on_system));
        }
    }
}
