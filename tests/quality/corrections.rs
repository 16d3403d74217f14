//! Corrections: made, seen by the rules and by matching, taken back.

use crate::lists::{HEADER, Row, add, ask, codes, correct, engine_with};
use crate::planted::sound_world;
use ra_soat::domain::{Bucket, Product, Settings, SheetKind};
use ra_soat::engine::Engine;
use ra_soat::pace::Unpaced;
use ra_soat::quality::choices::{Corrections, TypedField};
use ra_soat::quality::history::{Change, CleaningHistory};
use ra_soat::quality::{RuleId, Verification};
use ra_soat::worker::quality::{FindingDetail, FindingFilter, FindingSort, Offer, QualityAnswer, QualityAsk};
use std::time::Instant;

fn detail(engine: &mut Engine, rule: RuleId, nth: usize) -> FindingDetail {
    let record = engine.last_findings().unwrap().of(rule)[nth];
    match ask(engine, QualityAsk::Detail { record, rule: rule as u8 }) {
        QualityAnswer::Detail(Some(detail)) => *detail,
        other => panic!("{other:?}"),
    }
}

fn take(offer: &Offer, choice: &str) -> Vec<Change> {
    let found = offer.choices.iter().find(|(label, _)| label.contains(choice));
    found.unwrap_or_else(|| panic!("no {choice} in {offer:?}")).1.clone()
}

fn how_many(engine: &mut Engine, code: &str) -> usize {
    codes(engine).iter().filter(|codes| codes.contains(code)).count()
}

#[test]
fn a_vaccine_spelled_once_is_read_everywhere_and_undone() {
    let mut rows = sound_world(3, 60);
    rows.iter_mut().step_by(2).for_each(|row| row.vaccine = "Phai do".into());
    rows[1].vaccine = "mot vai".into();
    let mut engine = engine_with(SheetKind::LocalList, &rows);
    assert_eq!(how_many(&mut engine, "VX02"), 91);
    let found = detail(&mut engine, RuleId::UnknownVaccine, 0);
    assert!(found.offers[0].label.contains("(90 mũi)"), "{:?}", found.offers);
    assert_eq!(found.cells.len(), HEADER.split(',').count());
    let (mut history, mut now) = (CleaningHistory::default(), Corrections::default());
    assert!(history.apply(&mut now, "a".into(), take(&found.offers[0], "Pfizer")));
    assert_eq!(correct(&mut engine, &now), 90);
    assert_eq!(how_many(&mut engine, "VX02"), 1);
    history.undo(&mut now);
    assert_eq!(correct(&mut engine, &now), 0);
    assert_eq!(how_many(&mut engine, "VX02"), 91);
}

/// The buckets of a local list matched with an export of the same doses.
fn matched(engine: &mut Engine) -> [u64; 2] {
    let done = pollster::block_on(engine.reconcile(Settings::default(), Default::default(), &Default::default(), &mut Unpaced, &|| 0.0));
    let report = done.unwrap().0;
    assert_eq!(report.unexplained(), 0);
    [report.total.local(Bucket::Entered), report.total.local(Bucket::ToAdjust)]
}

#[test]
fn corrections_flow_into_matching_and_files_loaded_later_get_them_too() {
    let system = sound_world(4, 40);
    let mut local = system.clone();
    local.iter_mut().take(30).for_each(|row| row.vaccine = "Mô đéc na".into());
    let mut now = Corrections::default();
    now.choices.vaccines.insert("Mô đéc na".into(), Product::Moderna);
    let mut engine = Engine::default();
    add(&mut engine, 1, SheetKind::LocalList, &local);
    add(&mut engine, 2, SheetKind::SystemExport, &system);
    assert_eq!(matched(&mut engine), [120, 0]);
    correct(&mut engine, &now);
    assert_eq!(matched(&mut engine), [90, 30], "a vaccine that is read now differs from the System's");
    now.choices.vaccines.insert("Mô đéc na".into(), Product::Pfizer);
    correct(&mut engine, &now);
    assert_eq!(matched(&mut engine), [120, 0]);
    // The same file once more, after the corrections.
    now.choices.vaccines.insert("Mô đéc na".into(), Product::Moderna);
    correct(&mut engine, &now);
    add(&mut engine, 1, SheetKind::LocalList, &local);
    assert_eq!(matched(&mut engine), [90, 30]);
}

#[test]
fn facilities_zeros_days_and_words_are_corrected_for_one_and_for_all() {
    let mut rows = sound_world(5, 30);
    rows[0].facility = "TYT xã Mẫu 0".into();
    rows[4].facility = "TYT xã Mẫu 1".into();
    // The zero in front is lost, and the year of birth is another's, so that the machine does not put it back.
    for at in [6, 9] {
        rows[at].id = rows[at].id.trim_start_matches('0').to_owned();
        rows[at].birth.replace_range(..4, "1948");
    }
    rows[12].given = "08/12/2021".into();
    rows[12].entered = "2021-08-12".into();
    rows[15].verified = "TT-9".into();
    let mut engine = engine_with(SheetKind::SystemExport, &rows);
    let (mut history, mut now) = (CleaningHistory::default(), Corrections::default());
    let mut apply = |engine: &mut Engine, rule: RuleId, nth: usize, offer: usize, choice: &str| {
        codes(engine);
        let found = detail(engine, rule, nth);
        let offer = found.offers.get(offer).unwrap_or_else(|| panic!("{:?}", found.offers));
        assert!(history.apply(&mut now, offer.what.clone(), take(offer, choice)));
        correct(engine, &now);
    };
    apply(&mut engine, RuleId::FacilitySpelling, 0, 0, "");
    apply(&mut engine, RuleId::ZerosLost, 0, 1, "");
    apply(&mut engine, RuleId::SwappedDay, 0, 0, "12/08/2021");
    apply(&mut engine, RuleId::UnknownStatus, 0, 0, Verification::Right.label());
    let found = codes(&mut engine);
    assert!(!found[0].contains("CS02") && found[4].contains("CS02"), "{:?} {:?}", found[0], found[4]);
    assert!([6, 9].iter().all(|at| !found[*at].contains("GT05") && found[*at].contains("GT09")), "{:?}", found[6]);
    assert!(!found[12].contains("MT08") && !found[12].contains("MT05"), "{:?}", found[12]);
    assert!(found[15].is_empty(), "{:?}", found[15]);
    assert_eq!(history.done().len(), 4);
    while history.undo(&mut now).is_some() {}
    assert_eq!(now, Corrections::default());
    correct(&mut engine, &now);
    let found = codes(&mut engine);
    assert!(found[0].contains("CS02") && found[6].contains("GT05") && found[12].contains("MT08") && found[15].contains("XT03"));
}

#[test]
fn a_typed_correction_changes_its_row_alone_and_is_given_back() {
    let mut rows = sound_world(6, 10);
    rows[3].id = "00618500123".into();
    let mut engine = engine_with(SheetKind::SystemExport, &rows);
    codes(&mut engine);
    let found = detail(&mut engine, RuleId::IdentityLength, 0);
    let (key, field, old) = found.typed.iter().find(|(_, field, _)| *field == TypedField::Identity).unwrap().clone();
    assert_eq!(old, "00618500123");
    let (mut history, mut now) = (CleaningHistory::default(), Corrections::default());
    let new = sound_world(6, 10)[3].id.clone();
    let typed = ra_soat::quality::choices::Typed { old, new };
    history.apply(&mut now, "gõ lại".into(), vec![Change::Typed(key, field, Some(typed))]);
    assert_eq!(correct(&mut engine, &now), 1);
    assert!(codes(&mut engine).iter().all(std::collections::BTreeSet::is_empty));
    // The draft keeps choices, and nothing that was typed.
    let draft = ra_soat::draft::Draft { quality: now.choices.clone(), ..Default::default() };
    let text = draft.encode().unwrap();
    assert!(!text.contains("006"), "{text}");
    let mut all = now.choices.clone();
    all.once.insert((key, ra_soat::quality::choices::Remedy::SwapGiven));
    all.statuses.insert("MÃ 7".into(), Verification::Right);
    let draft = ra_soat::draft::Draft { quality: all, ..Default::default() };
    assert_eq!(ra_soat::draft::Draft::decode(&draft.encode().unwrap()), Ok(draft));
    // The row still knows how to go back.
    let record = 3;
    let QualityAnswer::Detail(Some(found)) = ask(&mut engine, QualityAsk::Detail { record, rule: 0 }) else { panic!() };
    history.apply(&mut now, "trả lại".into(), take(found.offers.last().unwrap(), "Trả lại"));
    assert!(now.typed.is_empty());
}

#[test]
fn facets_add_up_under_every_filter() {
    let mut rows = sound_world(7, 200);
    for (at, row) in rows.iter_mut().enumerate() {
        match at % 7 {
            0 => row.lot.clear(),
            3 => row.id.clear(),
            5 => row.vaccine = "lạ".into(),
            _ => {}
        }
    }
    let mut engine = engine_with(SheetKind::SystemExport, &rows[..300]);
    add(&mut engine, 2, SheetKind::LocalList, &rows[300..]);
    codes(&mut engine);
    let total = engine.last_findings().unwrap().len() as u32;
    let mut look = |filter: FindingFilter, sort| {
        let asked = QualityAsk::Findings { filter, sort, offset: 0, len: 10_000, has_facets: true };
        let QualityAnswer::Findings { rows, facets: Some(facets), total, .. } = ask(&mut engine, asked) else { panic!() };
        assert_eq!(rows.len() as u32, total);
        assert_eq!(facets.total, total);
        (rows, *facets)
    };
    let (_, open) = look(FindingFilter::default(), FindingSort::Rule);
    assert_eq!(open.total, total);
    for counts in [open.rules.iter().sum::<u32>(), open.severities.iter().sum(), open.facets.iter().sum()] {
        assert_eq!(counts, total);
    }
    assert_eq!(open.units.iter().map(|(_, count)| count).sum::<u32>(), total);
    assert_eq!(open.sources.iter().map(|(.., count)| count).sum::<u32>(), total);
    // What a facet says is what choosing it gives.
    for (rule, count) in open.rules.iter().enumerate().filter(|(_, count)| **count > 0) {
        assert_eq!(look(FindingFilter { rule: Some(rule as u8), ..FindingFilter::default() }, FindingSort::Place).1.total, *count);
    }
    for (unit, count) in open.units.iter().take(5) {
        let filter = FindingFilter { unit: Some(unit.clone()), ..FindingFilter::default() };
        let (rows, facets) = look(filter.clone(), FindingSort::Unit);
        assert_eq!(facets.total, *count);
        assert!(rows.iter().all(|row| row.unit == *unit));
        for (file, _, _, count) in &facets.sources {
            assert_eq!(look(FindingFilter { source: Some(*file), ..filter.clone() }, FindingSort::Rule).1.total, *count);
        }
    }
    // A rule that is off is counted nowhere.
    let mut now = Corrections::default();
    now.choices.rules_off.insert("LO01".into());
    correct(&mut engine, &now);
    let asked = QualityAsk::Findings { filter: FindingFilter::default(), sort: FindingSort::Rule, offset: 0, len: 1, has_facets: true };
    let QualityAnswer::Findings { facets: Some(facets), .. } = ask(&mut engine, asked) else { panic!() };
    assert_eq!(facets.total, total - open.rules[RuleId::NoLot as usize]);
}

/// After each of many corrections, what is found is what a fresh check of the same corrections finds.
#[test]
fn a_check_of_what_changed_finds_what_a_check_of_everything_finds() {
    use crate::planted::Dice;
    use ra_soat::quality::choices::{DayColumn, Remedy};
    let mut rows = sound_world(31, 150);
    let mut dice = Dice::new(32);
    for row in &mut rows {
        match dice.below(12) {
            0 => row.vaccine = "Phai do".into(),
            1 => row.vaccine = "Mô đéc na".into(),
            2 => row.facility = row.facility.replace("Trạm Y tế", "TYT"),
            3 => row.given = format!("{:02}/{:02}/2021", dice.below(12) + 1, dice.below(12) + 1),
            4 => row.id = row.id.trim_start_matches('0').to_owned(),
            5 => row.lot = "FK0100".into(),
            _ => {}
        }
    }
    let mut engine = engine_with(SheetKind::SystemExport, &rows);
    codes(&mut engine);
    let mut now = Corrections::default();
    for step in 0..25 {
        let product = [Product::Pfizer, Product::Moderna, Product::AstraZeneca][dice.below(3)];
        let spelled = rows[dice.below(rows.len())].facility.clone();
        match dice.below(7) {
            0 => drop(now.choices.vaccines.insert("Phai do".into(), product)),
            1 => drop(now.choices.vaccines.insert("Mô đéc na".into(), product)),
            2 => drop(now.choices.facilities.insert(spelled, "Trạm Y tế xã Khác".into())),
            3 => drop(now.choices.swapped.insert(DayColumn { sha256: format!("{:064x}", 1), sheet: 0, slot: 1 })),
            4 => drop(now.choices.everywhere.insert(Remedy::PadTo12)),
            5 => now.choices.vaccines.clear(),
            _ => now = Corrections::default(),
        }
        correct(&mut engine, &now);
        let found = codes(&mut engine);
        let mut fresh = engine_with(SheetKind::SystemExport, &rows);
        correct(&mut fresh, &now);
        let expected = codes(&mut fresh);
        for (at, (found, expected)) in found.iter().zip(&expected).enumerate() {
            assert_eq!(found, expected, "step {step}, row {at}: {}", rows[at].line());
        }
    }
}

/// Prints how long the work takes; run by name with `--ignored --nocapture`.
#[test]
#[ignore = "takes a minute"]
fn a_million_doses() {
    let mut rows = sound_world(8, 333_334);
    for (at, row) in rows.iter_mut().enumerate() {
        match at % 20 {
            0 => row.vaccine = "Phai do".into(),
            3 => row.id.clear(),
            5 => row.phone.clear(),
            7 => row.birth.truncate(4),
            11 => row.verified = "Chưa xác thực".into(),
            _ => {}
        }
    }
    let mut engine = engine_with(SheetKind::SystemExport, &rows);
    let mut now = Corrections::default();
    let timed = |what: &str, work: &mut dyn FnMut()| {
        let start = Instant::now();
        work();
        println!("{what:<40} {:>8.1} ms", start.elapsed().as_secs_f64() * 1e3);
    };
    timed("checking a million doses", &mut || {
        ask(&mut engine, QualityAsk::Check { today: crate::lists::TODAY });
    });
    println!("{} findings", engine.last_findings().unwrap().len());
    let mut facet = |rule, sort| {
        let filter = FindingFilter { rule, ..FindingFilter::default() };
        ask(&mut engine, QualityAsk::Findings { filter, sort, offset: 0, len: 60, has_facets: true });
    };
    timed("every finding, by rule", &mut || facet(None, FindingSort::Rule));
    timed("one rule", &mut || facet(Some(RuleId::NoPhone as u8), FindingSort::Rule));
    timed("every finding, by place", &mut || facet(None, FindingSort::Place));
    timed("every finding, by unit", &mut || facet(None, FindingSort::Unit));
    now.choices.vaccines.insert("Phai do".into(), Product::Pfizer);
    timed("a vaccine of 50.000 doses", &mut || assert_eq!(correct(&mut engine, &now), 50_001));
    timed("checking again", &mut || {
        ask(&mut engine, QualityAsk::Check { today: crate::lists::TODAY });
    });
    now.choices.everywhere.insert(ra_soat::quality::choices::Remedy::PadPhone);
    timed("zeros of phones everywhere", &mut || {
        correct(&mut engine, &now);
    });
    timed("all of it undone", &mut || {
        correct(&mut engine, &Corrections::default());
    });
    let _ = Row::default();
}
