//! Lists that say little or say it wrong: whoever they hold, nobody is taken for another person and the ledger balances.

use super::rates::{DEFAULT, Rates};
use super::world::{self, World, Written};
use super::{reconcile, report, score::Score};
use ra_soat::domain::Bucket;

/// Twins of one name but for a slip cannot be told from a slip in lists as bad as these.
const HARSH: Rates = Rates { twins_alike: 0.0, ..super::rates::HARSH };

/// A world whose every writing of a person is changed alike.
fn changed(people: usize, rates: &Rates, change: impl Fn(&mut Written)) -> World {
    let mut world = world::invent(7, people, rates);
    world.written.iter_mut().for_each(change);
    world
}

/// Reconciles and prints what became of the links, the wrong ones with their rows.
fn look_at(words: &str, world: &World) -> Score {
    let (mut score, report) = reconcile(world);
    let waiting = [report.total.local(Bucket::Review), report.total.system(Bucket::Review)];
    println!(
        "{words}: {} of {} links made, {} to another person, {waiting:?} to review",
        score.links, score.true_links, score.wrong_person
    );
    score.lost.clear();
    score.copies_missed.clear();
    print!("{}", report::misses(&score, world, |_, _| String::new()));
    score
}

/// Holds that no certain link joins two persons.
fn nobody_is_joined_to_another(words: &str, world: &World) {
    assert_eq!(look_at(words, world).wrong_person, 0, "{words}");
}

/// Holds the bar of all worlds: where name, birth and commune agree by chance and one side has no number, a few links go wrong.
fn few_are_joined_to_another(words: &str, world: &World) {
    assert!(report::precision(&look_at(words, world)) >= 0.9995, "{words}");
}

fn keep_year(birth: &str) -> &str {
    birth.rsplit('/').next().unwrap_or_default()
}

#[test]
fn without_any_identity_number() {
    for rates in [DEFAULT, HARSH] {
        nobody_is_joined_to_another("no numbers", &changed(3_000, &rates, |person| person.identity.clear()));
    }
}

#[test]
fn everyone_born_on_the_first_of_january() {
    let births = |person: &mut Written| person.birth = format!("01/01/{}", keep_year(&person.birth));
    nobody_is_joined_to_another("born 01/01", &changed(3_000, &HARSH, births));
    let and_no_number = |person: &mut Written| {
        births(person);
        person.identity.clear();
    };
    nobody_is_joined_to_another("born 01/01, no numbers", &changed(3_000, &HARSH, and_no_number));
}

#[test]
fn everyone_born_in_one_year_or_no_one_knows_when() {
    let one_year = |person: &mut Written| "1980".clone_into(&mut person.birth);
    nobody_is_joined_to_another("born 1980", &changed(2_000, &HARSH, one_year));
    nobody_is_joined_to_another("no births", &changed(2_000, &HARSH, |person| person.birth.clear()));
}

#[test]
fn one_phone_for_a_whole_commune() {
    let phone = |person: &mut Written| person.phone = format!("09000000{:02}", person.commune);
    nobody_is_joined_to_another("one phone a commune", &changed(3_000, &HARSH, phone));
    let and_no_number = |person: &mut Written| {
        phone(person);
        person.identity.clear();
    };
    nobody_is_joined_to_another("one phone a commune, no numbers", &changed(3_000, &HARSH, and_no_number));
}

#[test]
fn one_number_for_all() {
    for number in ["006085123456", "095123456", "000000000000"] {
        let world = changed(2_000, &HARSH, |person| number.clone_into(&mut person.identity));
        nobody_is_joined_to_another(&format!("one number {number}"), &world);
    }
}

fn one_name(people: usize) {
    // Twins of one name and without numbers are beyond telling.
    let rates = Rates { twins: 0.0, ..DEFAULT };
    let name = |person: &mut Written| "Nguyễn Văn An".clone_into(&mut person.name);
    few_are_joined_to_another("one name", &changed(people, &rates, name));
    let and_no_number = |person: &mut Written| {
        name(person);
        person.identity.clear();
    };
    few_are_joined_to_another("one name, no numbers", &changed(people, &rates, and_no_number));
}

#[test]
fn everyone_of_one_name() {
    one_name(3_000);
}

/// A dozen names, births on 01/01, numbers on the local side only: much agrees by chance.
fn few_names(people: usize) {
    let mut world = world::invent(7, people, &Rates { twins: 0.0, ..DEFAULT });
    let names = ["An", "Bình", "Hà", "Hoa"].map(|given| ["Nguyễn Văn", "Trần Văn", "Lê Thị"].map(|family| format!("{family} {given}")));
    let names = names.as_flattened();
    for person in &mut world.written {
        person.birth = format!("01/01/{}", keep_year(&person.birth));
    }
    for row in &world.system {
        world.written[row.written].identity.clear();
    }
    // A person's name is the same on both sides, so it hangs on the person.
    for row in world.local.iter().chain(&world.system) {
        world.written[row.written].name.clone_from(&names[row.person % names.len()]);
    }
    few_are_joined_to_another("few names, born 01/01", &world);
}

#[test]
fn few_names_born_on_one_day() {
    few_names(3_000);
}

#[test]
#[ignore = "takes long"]
fn fifty_thousand_of_one_name() {
    one_name(50_000);
}

#[test]
fn a_side_without_rows() {
    let mut world = world::invent(7, 300, &DEFAULT);
    world.system.clear();
    let (score, report) = reconcile(&world);
    assert_eq!((score.links, report.total.local(Bucket::NotEntered) > 0), (0, true));
    let mut world = world::invent(7, 300, &DEFAULT);
    world.local.clear();
    let (score, report) = reconcile(&world);
    assert_eq!((score.links, report.total.system(Bucket::SystemOnly) > 0), (0, true));
    world.system.clear();
    assert_eq!(reconcile(&world).0.links, 0);
}

#[test]
fn all_rows_identical() {
    let mut world = world::invent(7, 300, &DEFAULT);
    // A dose that was entered without any error.
    let row = world.system.iter().find(|row| row.channels == 0).unwrap().clone();
    let own = world.local.iter().find(|own| own.dose == row.dose).unwrap().clone();
    (world.local, world.system) = (vec![own; 2_000], vec![row; 3_000]);
    let (score, report) = reconcile(&world);
    assert_eq!((score.links, score.right), (1, 1));
    assert_eq!((report.total.local(Bucket::Duplicate), report.total.system(Bucket::Duplicate)), (1_999, 2_999));
}
