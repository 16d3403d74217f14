//! Decisions about pairs: whatever is decided in whatever order, the ledger is the one that classifying everything gives, and it balances.

#![allow(clippy::unwrap_used, reason = "a test may stop where it finds what it did not expect")]

use jiff::civil::date;
use proptest::prelude::*;
use ra_soat::domain::{
    BirthDate, Bucket, Confidence, Decision, DoseLabel, DoseRecord, FileId, IdentityKind, PersonRecord, Product, Settings, Sex, Side,
    SourceRef,
};
use ra_soat::linkage::roll::SheetContext;
use ra_soat::linkage::{Linkage, Roll, link_persons};
use ra_soat::normalize::fold_name;
use ra_soat::normalize::text::{Text, TextPool};
use ra_soat::pace::Unpaced;
use ra_soat::reconcile::answers::Answers;
use ra_soat::reconcile::column_table::ColumnTable;
use ra_soat::reconcile::content::RowHashes;
use ra_soat::reconcile::decision::PairKey;
use ra_soat::reconcile::ledger::{Ledger, classify, classify_decided};
use ra_soat::reconcile::redecide::{Index, redecide};
use ra_soat::reconcile::review::{Desk, PairKind, nearest, overview, pair_detail};
use ra_soat::reconcile::tally::tally;
use std::collections::BTreeMap;

/// One row: side, name, number, day of birth, day of the dose, dose.
type Row = (usize, usize, usize, i8, i8, u8);

struct World {
    pool: TextPool,
    roll: Roll,
    linkage: Linkage,
    index: Index,
}

const NAMES: [&str; 4] = ["Nguyễn Thị Mẫu", "Nguyễn Thị Mậu", "Trần Văn Thử", "Lý Thị Mẫu"];
const NUMBERS: [&str; 4] = ["", "006185001234", "006185001235", "006185009999"];
const CUT_OFF: jiff::civil::Date = ra_soat::domain::settings::DEFAULT_CUT_OFF;

impl World {
    fn of(rows: &[Row], is_turned: bool) -> World {
        let mut pool = TextPool::default();
        let mut roll = Roll::default();
        for side in Side::ALL {
            let (mut persons, mut doses) = (Vec::new(), Vec::new());
            let mut own: Vec<&Row> = rows.iter().filter(|row| row.0 == side.index()).collect();
            if is_turned {
                own.reverse();
            }
            for (at, (_, name, number, born, given, dose)) in own.into_iter().enumerate() {
                let (name, number, born) = (NAMES[*name], NUMBERS[*number], date(1985, 3, *born));
                let given = date(2021, 8, *given);
                persons.push(PersonRecord {
                    name: pool.intern(name),
                    name_key: pool.intern(&fold_name(name)),
                    birth: Some(BirthDate::Day(born)),
                    birth_text: pool.intern(&born.to_string()),
                    sex: Some(Sex::Female),
                    identity: pool.intern(number),
                    identity_text: pool.intern(number),
                    identity_kind: if number.is_empty() { IdentityKind::Missing } else { IdentityKind::Citizen },
                    ..PersonRecord::default()
                });
                doses.push(DoseRecord {
                    at: SourceRef { file: FileId(side.index() as u32), sheet: 0, row: at as u32 + 2, slot: 1 },
                    person: at as u32,
                    label: Some(DoseLabel::Ordinal(*dose)),
                    label_text: pool.intern(&format!("Mũi {dose}")),
                    product: Some(Product::Pfizer),
                    vaccine_text: pool.intern("Pfizer"),
                    given: Some(given),
                    day_is_ambiguous: false,
                    given_text: pool.intern(&given.to_string()),
                    lot: Text::NONE,
                    facility: Text::NONE,
                    facility_text: Text::NONE,
                    entered: None,
                    verification: Text::NONE,
                    signing: Text::NONE,
                    unreadable: None,
                });
            }
            roll.add_sheet(side, SheetContext { file_name: side.label().to_owned(), ..SheetContext::default() }, &persons, &doses);
        }
        let linkage = pollster::block_on(link_persons(&roll, &pool, &mut Unpaced)).unwrap();
        let hashes = pollster::block_on(RowHashes::of(&roll, &pool, &mut Unpaced)).unwrap();
        let index = Index::of(&roll, &linkage, hashes);
        World { pool, roll, linkage, index }
    }

    fn by_machine(&self) -> Ledger {
        pollster::block_on(classify(&self.roll, &self.pool, &self.linkage, CUT_OFF, &ColumnTable::default(), &mut Unpaced)).unwrap()
    }

    fn at_once(&self, pairs: &BTreeMap<PairKey, Decision>) -> Ledger {
        let answers = Answers::of(pairs, &self.index.hashes, &self.linkage.person_of);
        let table = ColumnTable::default();
        pollster::block_on(classify_decided(&self.roll, &self.pool, &self.linkage, answers, CUT_OFF, &table, &mut Unpaced)).unwrap()
    }

    fn redecide(&self, ledger: &mut Ledger, pairs: &BTreeMap<PairKey, Decision>) -> usize {
        redecide((&self.roll, &self.pool, &self.linkage), ledger, &self.index, pairs, CUT_OFF, &ColumnTable::default())
    }

    fn desk<'a>(&'a self, ledger: &'a Ledger) -> Desk<'a> {
        Desk { roll: &self.roll, pool: &self.pool, linkage: &self.linkage, ledger, index: &self.index }
    }

    /// Every pair a decision can be about: of any two persons, and of near copies.
    fn keys(&self) -> Vec<PairKey> {
        let persons = 0..self.linkage.persons as u32;
        let mut keys: Vec<PairKey> = persons
            .clone()
            .flat_map(|a| persons.clone().filter(move |b| a < *b).map(move |b| (a, b)))
            .map(|(a, b)| self.index.key(a, b, &self.roll))
            .collect();
        keys.extend(self.by_machine().near.keys());
        keys.sort_unstable();
        keys.dedup();
        keys
    }
}

fn shown(ledger: &Ledger) -> Vec<String> {
    ledger.verdicts.iter().map(|verdict| format!("{verdict:?}")).collect()
}

fn some_rows() -> impl Strategy<Value = Vec<Row>> {
    proptest::collection::vec((0usize..2, 0usize..4, 0usize..4, 8i8..10, 1i8..9, 1u8..3), 1..14)
}

fn some_choices() -> impl Strategy<Value = Vec<(usize, usize)>> {
    proptest::collection::vec((any::<prop::sample::Index>().prop_map(|index| index.index(1_000)), 0usize..3), 0..10)
}

fn decisions(choices: &[(usize, usize)], keys: &[PairKey]) -> BTreeMap<PairKey, Decision> {
    if keys.is_empty() {
        return BTreeMap::new();
    }
    choices.iter().map(|(key, decision)| (keys[key % keys.len()], Decision::ALL[*decision])).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn step_by_step_equals_all_at_once_undo_restores_and_it_balances(rows in some_rows(), first in some_choices(), second in some_choices()) {
        let world = World::of(&rows, false);
        let keys = world.keys();
        let steps = [decisions(&first, &keys), decisions(&second, &keys), BTreeMap::new(), decisions(&first, &keys)];
        let mut ledger = world.by_machine();
        for pairs in &steps {
            world.redecide(&mut ledger, pairs);
            let whole = world.at_once(pairs);
            prop_assert_eq!(shown(&ledger), shown(&whole));
            let report = tally(&world.roll, &world.pool, &world.linkage, &ledger, &Default::default(), CUT_OFF);
            prop_assert_eq!(report.unexplained(), 0);
            prop_assert_eq!(&report, &tally(&world.roll, &world.pool, &world.linkage, &whole, &Default::default(), CUT_OFF));
            prop_assert_eq!(world.redecide(&mut ledger, pairs), 0, "the same again touches nothing");
        }
    }

    #[test]
    fn the_keys_of_the_pairs_do_not_depend_on_the_order_of_the_rows(rows in some_rows()) {
        let keys = |world: &World| {
            let mut keys: Vec<PairKey> =
                world.linkage.possible.iter().map(|pair| world.index.key(pair.a, pair.b, &world.roll)).collect();
            keys.sort_unstable();
            keys
        };
        prop_assert_eq!(keys(&World::of(&rows, false)), keys(&World::of(&rows, true)));
    }

    #[test]
    fn every_open_pair_is_shown_and_answering_all_leaves_none(rows in some_rows(), is_same: bool) {
        let world = World::of(&rows, false);
        let mut ledger = world.by_machine();
        let mut pairs = BTreeMap::new();
        // An answer may bring up another pair of near copies: a few rounds.
        for _ in 0..30 {
            let shown = pollster::block_on(overview(world.desk(&ledger), &mut Unpaced)).unwrap();
            let reviews = ledger.verdicts.iter().filter(|verdict| verdict.bucket == Bucket::Review).count();
            prop_assert_eq!(shown.open_doses as usize, reviews);
            prop_assert!(reviews == 0 || shown.open_pairs() > 0, "{} wait and no pair is shown", reviews);
            for entry in shown.entries.iter().filter(|entry| entry.is_open()) {
                let detail = pair_detail(world.desk(&ledger), entry.key).unwrap();
                prop_assert_eq!(detail.weight(), entry.weight);
                prop_assert!(!detail.why.is_empty());
                let decision = if is_same && entry.kind == PairKind::NearCopy { Decision::SamePerson } else { Decision::DifferentPerson };
                pairs.insert(entry.key, decision);
            }
            if reviews == 0 { return Ok(()); }
            world.redecide(&mut ledger, &pairs);
        }
        prop_assert!(false, "it does not end");
    }
}

#[test]
fn the_same_person_is_matched_another_is_not_and_later_waits() {
    // Two valid numbers that differ: the machine asks.
    let world = World::of(&[(0, 0, 1, 8, 2, 1), (1, 0, 3, 8, 2, 1)], false);
    let mut ledger = world.by_machine();
    let buckets = |ledger: &Ledger| ledger.verdicts.iter().map(|verdict| verdict.bucket).collect::<Vec<_>>();
    assert_eq!(buckets(&ledger), [Bucket::Review; 2]);
    let key = pollster::block_on(overview(world.desk(&ledger), &mut Unpaced)).unwrap().entries[0].key;
    world.redecide(&mut ledger, &BTreeMap::from([(key, Decision::SamePerson)]));
    assert_eq!(buckets(&ledger), [Bucket::Entered, Bucket::Matched]);
    assert_eq!(ledger.verdicts[0].confidence, Some(Confidence::Decided));
    world.redecide(&mut ledger, &BTreeMap::from([(key, Decision::DifferentPerson)]));
    assert_eq!(buckets(&ledger), [Bucket::NotEntered, Bucket::SystemOnly]);
    world.redecide(&mut ledger, &BTreeMap::from([(key, Decision::Later)]));
    assert_eq!(buckets(&ledger), [Bucket::Review; 2]);
}

#[test]
fn a_near_copy_is_a_copy_or_a_dose_of_its_own() {
    let world = World::of(&[(0, 0, 1, 8, 2, 1), (0, 0, 1, 8, 5, 1)], false);
    let mut ledger = world.by_machine();
    let key = *ledger.near.keys().next().unwrap();
    for (decision, bucket) in
        [(Decision::SamePerson, Bucket::Duplicate), (Decision::DifferentPerson, Bucket::NotEntered), (Decision::Later, Bucket::Review)]
    {
        world.redecide(&mut ledger, &BTreeMap::from([(key, decision)]));
        assert_eq!(ledger.verdicts[1].bucket, bucket, "{decision:?}");
    }
}

#[test]
fn a_missing_dose_says_who_comes_near_and_a_person_may_join_them() {
    // Another name and another number: the machine does not even ask.
    let world = World::of(&[(0, 2, 1, 8, 2, 1), (1, 3, 2, 9, 2, 1)], false);
    let mut ledger = world.by_machine();
    assert_eq!(ledger.verdicts[0].bucket, Bucket::NotEntered);
    let found = pollster::block_on(nearest(world.desk(&ledger), 0, &mut Unpaced)).unwrap();
    let found = found.found;
    assert_eq!(found.len(), 1);
    assert!(!found[0].why.is_empty() && !found[0].is_one);
    world.redecide(&mut ledger, &BTreeMap::from([(found[0].key, Decision::SamePerson)]));
    assert_eq!(ledger.verdicts[0].bucket, Bucket::Entered);
    let after = pollster::block_on(nearest(world.desk(&ledger), 0, &mut Unpaced)).unwrap();
    assert_eq!((after.found.len(), after.own.len()), (0, 1), "now the person is there, with that dose");
    let shown = pollster::block_on(overview(world.desk(&ledger), &mut Unpaced)).unwrap();
    assert_eq!((shown.entries.len(), shown.open_pairs()), (1, 0), "it can be taken back in the review");
    assert_eq!(Settings::default().cut_off, CUT_OFF);
}

#[test]
fn answers_that_contradict_count_for_nothing_stand_first_and_wait() {
    let world = World::of(&[(0, 0, 1, 8, 2, 1), (0, 0, 2, 8, 2, 1), (1, 0, 3, 8, 2, 1)], false);
    let mut ledger = world.by_machine();
    let person = |row: usize| world.linkage.person_of[row];
    let key = |a: usize, b: usize| world.index.key(person(a), person(b), &world.roll);
    assert_eq!(world.linkage.persons, 3);
    let mut pairs =
        BTreeMap::from([(key(0, 2), Decision::SamePerson), (key(1, 2), Decision::SamePerson), (key(0, 1), Decision::DifferentPerson)]);
    world.redecide(&mut ledger, &pairs);
    assert!(ledger.verdicts.iter().all(|verdict| verdict.bucket == Bucket::Review), "{:?}", shown(&ledger));
    let seen = pollster::block_on(overview(world.desk(&ledger), &mut Unpaced)).unwrap();
    assert_eq!((seen.entries.len(), seen.open_pairs(), seen.entries.iter().filter(|entry| entry.is_conflict).count()), (3, 3, 3));
    pairs.insert(key(1, 2), Decision::DifferentPerson);
    world.redecide(&mut ledger, &pairs);
    let buckets: Vec<Bucket> = ledger.verdicts.iter().map(|verdict| verdict.bucket).collect();
    assert_eq!(buckets, [Bucket::Entered, Bucket::NotEntered, Bucket::Matched]);
}

#[test]
fn an_answer_whose_rows_are_not_loaded_is_kept_and_said() {
    let world = World::of(&[(0, 0, 1, 8, 2, 1), (1, 0, 3, 8, 2, 1)], false);
    let mut ledger = world.by_machine();
    world.redecide(&mut ledger, &BTreeMap::from([(PairKey(1, 2), Decision::SamePerson)]));
    assert_eq!(pollster::block_on(overview(world.desk(&ledger), &mut Unpaced)).unwrap().not_found, 1);
}
