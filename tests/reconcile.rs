//! From workbooks to the ledger, on an invented district whose truth is known.

#![allow(unreachable_pub, reason = "a test binary has no outside; its modules share by `pub`")]
#![allow(clippy::unwrap_used, reason = "a test may stop where it finds what it did not expect")]

mod common;

use common::layouts::{ListFile, local_lists, system_export};
use common::world::{DEFAULT, World};
use common::{load, reconcile};
use ra_soat::domain::{Bucket, Settings, Side};
use ra_soat::engine::Engine;
use ra_soat::worker::protocol::ListRef;
use std::collections::HashMap;

struct Run {
    world: World,
    files: Vec<ListFile>,
    engine: Engine,
    report: ra_soat::reconcile::Report,
}

fn run(seed: u64, people: usize) -> Run {
    let world = World::invent(seed, people, DEFAULT);
    let mut files = local_lists(&world);
    files.push(system_export(&world));
    let mut engine = Engine::default();
    for (id, file) in files.iter().enumerate() {
        let sheets = load(&mut engine, id as u32, &file.name, &file.bytes);
        let items: u32 = sheets.iter().map(|sheet| sheet.items).sum();
        assert_eq!(
            items as usize,
            file.truth.len(),
            "{}: every dose written is an item: {:?}",
            file.name,
            sheets.first().map(|sheet| &sheet.problems)
        );
    }
    let report = reconcile(&mut engine, Settings::default());
    Run { world, files, engine, report }
}

#[test]
fn the_ledger_balances_and_no_dose_is_matched_to_another_person() {
    let Run { world, files, engine, report } = run(2023, 6_000);
    assert_eq!(report.unexplained(), 0);
    let items: u64 = report.files.iter().flat_map(|file| file.items).sum();
    assert_eq!(items as usize, files.iter().map(|file| file.truth.len()).sum::<usize>());
    assert_eq!(report.total.local.iter().sum::<u64>() + report.total.system.iter().sum::<u64>(), items);

    let truth: HashMap<(&str, u32, u8), usize> =
        files.iter().flat_map(|file| file.truth.iter().map(|((row, slot), dose)| ((file.name.as_str(), *row, *slot), *dose))).collect();
    let at = |place: &(String, String, u32, u8)| truth[&(place.0.as_str(), place.2, place.3)];
    let (mut found, mut wrong_person, mut wrong_dose) = (0, 0, 0);
    for bucket in [Bucket::Entered, Bucket::ToAdjust] {
        let (rows, total) = engine.page(ListRef { side: Side::Local, bucket }, 0, usize::MAX);
        assert_eq!(rows.len(), total);
        for row in &rows {
            let (own, other) = (at(&row.place), at(row.other_place.as_ref().unwrap()));
            found += 1;
            wrong_person += usize::from(world.doses[own].person != world.doses[other].person);
            wrong_dose += usize::from(own != other);
        }
    }
    let share = found as f64 / world.on_both() as f64;
    println!(
        "{} items, {found} of {} doses on both sides found ({share:.4}), {wrong_dose} to another dose of the person",
        items,
        world.on_both()
    );
    assert_eq!(wrong_person, 0, "doses matched to another person");
    assert_eq!(wrong_dose, 0, "doses matched to another dose of the same person");
    assert!(share >= 0.85, "{share}");
}

#[test]
fn the_order_of_the_files_changes_no_figure() {
    let forward = run(7, 600);
    let mut engine = Engine::default();
    for (id, file) in forward.files.iter().rev().enumerate() {
        load(&mut engine, id as u32, &file.name, &file.bytes);
    }
    let report = reconcile(&mut engine, Settings::default());
    assert_eq!(report.total, forward.report.total);
    assert_eq!(report.units, forward.report.units);
}

/// In the list that uses the import template, third doses stand under `Mũi 1` of a second row: no label of theirs differs from the System's.
#[test]
fn a_third_dose_in_the_import_template_is_not_to_be_adjusted_for_its_heading() {
    let Run { world, files, engine, .. } = run(11, 3_000);
    let template = &files[2];
    let person = |row: u32| world.doses[template.truth[&(row, 1)]].person;
    let mut first_row = HashMap::new();
    for (row, _) in template.truth.keys() {
        first_row.entry(person(*row)).and_modify(|first: &mut u32| *first = (*row).min(*first)).or_insert(*row);
    }
    let further_rows = |bucket| {
        let rows = engine.page(ListRef { side: Side::Local, bucket }, 0, usize::MAX).0.into_iter();
        rows.filter(|row| row.place.0 == template.name && first_row[&person(row.place.2)] < row.place.2).collect::<Vec<_>>()
    };
    assert!(further_rows(Bucket::Entered).len() > 20, "third doses are there and found");
    let wrong: Vec<String> =
        further_rows(Bucket::ToAdjust).into_iter().map(|row| row.reason).filter(|why| why.contains("Mũi tiêm:")).collect();
    assert!(wrong.is_empty(), "{wrong:?}");
}

/// How long the review's answers take: `cargo test --test reconcile how_long_the_review_takes -- --ignored --nocapture`.
#[test]
#[ignore = "a measurement"]
fn how_long_the_review_takes() {
    use ra_soat::domain::Decision;
    use ra_soat::pace::Unpaced;
    use ra_soat::reconcile::decision::Decisions;
    use ra_soat::worker::protocol::{ReviewAnswer, ReviewAsk};
    use std::time::Instant;
    let people = std::env::var("RA_SOAT_PEOPLE").ok().and_then(|people| people.parse().ok()).unwrap_or(45_000);
    let start = Instant::now();
    let Run { mut engine, report, .. } = run(1, people);
    println!("{} + {} doses; read and matched in {:?}", report.total.listed_total(), report.total.system_total(), start.elapsed());
    let ask = |engine: &mut Engine, ask| {
        let start = Instant::now();
        let answer = pollster::block_on(engine.review(ask, &mut Unpaced)).unwrap().unwrap();
        println!("{} {:?}", format!("{ask:?}").split('(').next().unwrap_or_default(), start.elapsed());
        answer
    };
    ask(&mut engine, ReviewAsk::Overview);
    let ReviewAnswer::Overview(overview) = ask(&mut engine, ReviewAsk::Overview) else { return };
    println!("{} open pairs, {} doses, {} patterns", overview.open_pairs(), overview.open_doses, overview.patterns.len());
    for pattern in overview.patterns.iter().take(8) {
        println!("  {} pairs: {}", pattern.pairs, pattern.words);
    }
    println!("{:?}", overview.causes);
    let mut decide = |keys: &[ra_soat::reconcile::decision::PairKey]| {
        let pairs = keys.iter().map(|key| (*key, Decision::DifferentPerson)).collect();
        let decisions = Decisions { pairs, ..Decisions::default() };
        let start = Instant::now();
        let report = engine.decide(decisions).unwrap();
        println!("{} answers: {:?}", keys.len(), start.elapsed());
        assert_eq!(report.unexplained(), 0);
    };
    let keys: Vec<_> = overview.entries.iter().map(|entry| entry.key).collect();
    decide(&keys[..1]);
    decide(&keys[..2]);
    decide(&keys);
    decide(&[]);
    let row = engine.page(ListRef { side: Side::Local, bucket: Bucket::NotEntered }, 5, 1).0.remove(0);
    let ReviewAnswer::Nearest(found) = ask(&mut engine, ReviewAsk::Nearest(row.item)) else { return };
    println!("{} near", found.found.len());
}
