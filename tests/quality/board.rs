//! `Giám sát`: shares, delays, the partition that adds up, what it cannot know.

use crate::lists::{Row, TODAY, add, ask, correct, engine_with};
use crate::planted::{Dice, sound_world};
use ra_soat::domain::{Date, Settings, SheetKind};
use ra_soat::engine::Engine;
use ra_soat::pace::Unpaced;
use ra_soat::quality::board::{Board, Denominator};
use ra_soat::quality::{Corrections, Verification};
use ra_soat::worker::quality::{LateRow, QualityAnswer, QualityAsk};

const SINCE: Date = Date::constant(2023, 2, 1);

fn board(engine: &mut Engine) -> Board {
    match ask(engine, QualityAsk::Board { today: TODAY, since: SINCE }) {
        QualityAnswer::Board(board) => *board,
        other => panic!("{other:?}"),
    }
}

fn late(engine: &mut Engine, unit: Option<&str>) -> Vec<LateRow> {
    match ask(engine, QualityAsk::Late { unit: unit.map(str::to_owned), offset: 0, len: 1_000 }) {
        QualityAnswer::Late(rows, total) => {
            assert_eq!(rows.len() as u32, total);
            rows
        }
        other => panic!("{other:?}"),
    }
}

/// A dose of the n-th person of a sound world, given and entered on these days at a station.
fn dose(n: usize, given: &str, entered: &str, unit: &str) -> Row {
    let mut row = sound_world(9, n + 1).pop().unwrap();
    (row.given, row.entered, row.facility) = (given.into(), entered.into(), format!("Trạm Y tế xã {unit}"));
    row
}

#[test]
fn shares_and_delays_by_facility_and_month() {
    let rows = [
        // Of no interest: before the first new day.
        dose(0, "2023-01-31", "2023-02-20", "An"),
        dose(1, "2023-02-01", "2023-02-01", "An"),
        dose(2, "2023-02-02", "2023-02-02", "An"),
        dose(3, "2023-02-03", "2023-02-04", "An"),
        dose(4, "2023-03-01", "2023-03-06", "An"),
        dose(5, "2023-03-02", "", "An"),
        dose(6, "2023-02-05", "2023-02-05", "Bình"),
    ];
    let mut rows = rows.to_vec();
    rows[2].lot.clear();
    rows[3].id.clear();
    let mut engine = engine_with(SheetKind::SystemExport, &rows);
    let board = board(&mut engine);
    assert_eq!((board.denominator, board.knows_entry, board.units.len()), (Denominator::System, true, 2));
    let an = &board.units[0];
    assert_eq!(an.unit, "Trạm Y tế xã An");
    let all = &an.all;
    assert_eq!((all.doses, all.complete, all.correct, all.same_day, all.late, all.not_entered, all.unknown), (5, 4, 4, 2, 2, 0, 1));
    assert_eq!((all.median, all.p90), (Some(0), Some(5)), "of 0, 0, 1, 5 by nearest rank");
    assert_eq!(
        an.months.iter().map(|(month, shares)| (*month, shares.doses, shares.same_day)).collect::<Vec<_>>(),
        [((2023, 2), 3, 2), ((2023, 3), 2, 0)]
    );
    assert_eq!((board.total.all.doses, board.total.all.same_day), (6, 3));
    let rows = late(&mut engine, Some("Trạm Y tế xã An"));
    assert_eq!(
        rows.iter().map(|row| (row.days, row.given.as_str())).collect::<Vec<_>>(),
        [(Some(5), "01/03/2023"), (Some(1), "03/02/2023")]
    );
    assert_eq!(late(&mut engine, Some("Trạm Y tế xã Bình")).len(), 0);
}

#[test]
fn without_days_of_entry_it_says_that_it_cannot_know() {
    let rows: Vec<Row> = (0..5).map(|n| dose(n, "2023-02-10", "", "An")).collect();
    let mut engine = engine_with(SheetKind::SystemExport, &rows);
    let board = board(&mut engine);
    assert!(!board.knows_entry);
    assert_eq!((board.total.all.doses, board.total.all.unknown, board.total.all.median), (5, 5, None));
}

#[test]
fn doses_of_a_list_that_are_not_on_the_system_are_not_entered() {
    let local: Vec<Row> = (0..6).map(|n| dose(n, "2023-02-10", "", "An")).collect();
    let mut system: Vec<Row> = (0..4).map(|n| dose(n, "2023-02-10", if n == 0 { "2023-02-13" } else { "2023-02-10" }, "An")).collect();
    system.push(dose(40, "2023-02-11", "2023-02-11", "Cúc"));
    let mut engine = Engine::default();
    add(&mut engine, 1, SheetKind::LocalList, &local);
    add(&mut engine, 2, SheetKind::SystemExport, &system);
    assert_eq!(board(&mut engine).denominator, Denominator::System, "nothing is matched yet");
    pollster::block_on(engine.reconcile(Settings::default(), Default::default(), &Default::default(), &mut Unpaced, &|| 0.0)).unwrap();
    let board = board(&mut engine);
    assert_eq!(board.denominator, Denominator::Lists);
    let of = |unit: &str| board.units.iter().find(|own| own.unit.ends_with(unit)).unwrap().all.clone();
    let an = of("An");
    assert_eq!((an.doses, an.same_day, an.late, an.not_entered), (6, 3, 1, 2));
    assert_eq!((of("Cúc").doses, of("Cúc").same_day), (1, 1), "a unit without a list is counted from the System");
    assert_eq!(late(&mut engine, None).iter().filter(|row| row.days.is_none()).count(), 2);
}

#[test]
fn a_facility_that_entered_nothing_is_named() {
    let rows = [dose(0, "2022-05-10", "2022-05-10", "An"), dose(1, "2023-02-10", "2023-02-10", "Bình")];
    let mut engine = engine_with(SheetKind::SystemExport, &rows);
    assert_eq!(board(&mut engine).silent, ["Trạm Y tế xã An"]);
}

#[test]
fn names_of_one_unit_by_the_alias_table_are_one_facility() {
    let rows = [dose(0, "2023-02-10", "2023-02-10", "An"), dose(1, "2023-02-10", "2023-02-10", "An Cũ")];
    let mut engine = engine_with(SheetKind::SystemExport, &rows);
    assert_eq!(board(&mut engine).units.len(), 2);
    let mut aliases = ra_soat::reconcile::alias::Aliases::default();
    aliases.join("Trạm Y tế xã An Cũ", "Trạm Y tế xã An");
    ask(&mut engine, QualityAsk::Correct(Box::default(), aliases));
    let board = board(&mut engine);
    assert_eq!((board.units.len(), board.units[0].all.doses), (1, 2));
}

#[test]
fn the_partition_adds_up_whatever_is_written() {
    const WORDS: [&str; 9] =
        ["Đúng", "Sai thông tin", "Chưa xác thực", "Không xác minh được", "Không có số", "Sai định dạng", "", "MÃ 7", "??"];
    const SIGNS: [&str; 4] = ["Đã ký", "Chưa ký", "", "lạ"];
    for seed in 0..20 {
        let mut dice = Dice::new(seed);
        let mut rows = sound_world(seed, 20 + dice.below(30));
        for row in &mut rows {
            row.verified = WORDS[dice.below(9)].into();
            row.signed = SIGNS[dice.below(4)].into();
        }
        let mut engine = engine_with(SheetKind::SystemExport, &rows);
        let before = board(&mut engine);
        let sums = |board: &Board| {
            let statuses: u32 = board.statuses.iter().map(|part| part.doses).sum();
            let signing: u32 = board.signing.iter().map(|(_, doses)| doses).sum();
            assert_eq!((statuses, signing, board.on_system), (rows.len() as u32, rows.len() as u32, rows.len() as u32));
        };
        sums(&before);
        let count = |word: &str| rows.iter().filter(|row| row.verified == word).count() as u32;
        let of = |board: &Board, name: &str| board.statuses.iter().find(|part| part.name == name).map_or(0, |part| part.doses);
        assert_eq!(of(&before, "MÃ 7"), count("MÃ 7"), "kept as its own value");
        let mut now = Corrections::default();
        now.choices.statuses.insert("MÃ 7".into(), Verification::Right);
        correct(&mut engine, &now);
        let after = board(&mut engine);
        sums(&after);
        assert_eq!(of(&after, Verification::Right.label()), count("Đúng") + count("MÃ 7"));
    }
}

#[test]
fn thousands_of_facilities_with_many_spellings_stay_fast() {
    let spell = |unit: usize, way: usize| match way {
        0 => format!("Trạm Y tế xã Mẫu {unit}"),
        1 => format!("TYT xã Mẫu {unit}"),
        2 => format!("TRẠM Y TẾ XÃ MẪU {unit}"),
        _ => format!("TYT X. Mẫu {unit}"),
    };
    let rows: Vec<Row> = (0..12_000)
        .map(|n| {
            let mut row = Row::default();
            (row.facility, row.given, row.entered) = (spell(n / 4, n % 4), "2023-02-10".into(), "2023-02-10".into());
            row
        })
        .collect();
    let mut engine = engine_with(SheetKind::SystemExport, &rows);
    let start = std::time::Instant::now();
    let board = board(&mut engine);
    assert_eq!(board.units.len(), 3_000);
    assert!(board.units.iter().all(|unit| unit.all.doses == 4));
    // Seconds too many would mean that it grows with the square of the facilities.
    assert!(start.elapsed().as_secs() < 10, "{:?}", start.elapsed());
}
