//! Classifying again after other decisions about pairs: only whom they touch, and who may be the same as these.

use super::answers::{Answers, persons_of};
use super::column_table::ColumnTable;
use super::content::{ItemsOfPersons, RowHashes};
use super::decision::PairKey;
use super::ledger::{Classifier, Ledger, Verdict};
use crate::domain::{Date, Decision};
use crate::linkage::roll::group_by_key;
use crate::linkage::{Linkage, Roll};
use crate::normalize::text::TextPool;
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::BTreeMap;

/// What is looked up to classify again: made once a linkage.
#[derive(Clone, Debug, Default)]
pub struct Index {
    /// Content of the rows.
    pub hashes: RowHashes,
    /// Items of the machine's persons.
    pub items: ItemsOfPersons,
    /// The possible pairs each of the machine's persons is in, by their positions.
    starts: Vec<u32>,
    pairs: Vec<u32>,
}

impl Index {
    /// Prepares to classify again; the hashes of the rows may be made later.
    pub fn of(roll: &Roll, linkage: &Linkage, hashes: RowHashes) -> Index {
        let items = ItemsOfPersons::of(roll, linkage.persons, |row| linkage.person_of[row as usize]);
        let ends: Vec<u32> = linkage.possible.iter().flat_map(|pair| [pair.a, pair.b]).collect();
        let (starts, mut pairs) = group_by_key(linkage.persons, ends.iter().copied());
        pairs.iter_mut().for_each(|position| *position /= 2);
        Index { hashes, items, starts, pairs }
    }

    /// Positions of the possible pairs a person is in.
    pub fn pairs_of(&self, person: u32) -> &[u32] {
        match (self.starts.get(person as usize), self.starts.get(person as usize + 1)) {
            (Some(from), Some(to)) => &self.pairs[*from as usize..*to as usize],
            _ => &[],
        }
    }

    /// The key of a pair of persons: the smallest hash of the rows of each on its side, local before System. Where both stand on both
    /// sides, the side that the first has.
    pub fn key(&self, a: u32, b: u32, roll: &Roll) -> PairKey {
        use crate::domain::Side;
        let smallest = |person: u32, side: Side| {
            let items = self.items.get(person).iter().map(|at| &roll.items[*at as usize]);
            items.filter(|item| item.side == side).map(|item| self.hashes.hash(item.person)).min()
        };
        for (local, system) in [(a, b), (b, a)] {
            if let (Some(first), Some(second)) = (smallest(local, Side::Local), smallest(system, Side::System)) {
                return PairKey(first, second);
            }
        }
        let any = |person: u32| smallest(person, Side::Local).or_else(|| smallest(person, Side::System)).unwrap_or_default();
        let (first, second) = (any(a), any(b));
        PairKey(first.min(second), first.max(second))
    }
}

/// Classifies again under these decisions, as classifying everything under them would. Gives the number of doses looked at.
pub fn redecide(
    (roll, pool, linkage): (&Roll, &TextPool, &Linkage),
    ledger: &mut Ledger,
    index: &Index,
    pairs: &BTreeMap<PairKey, Decision>,
    cut_off: Date,
    table: &ColumnTable,
) -> usize {
    let changed: Vec<PairKey> = {
        let old = &ledger.answers.pairs;
        let gone = old.keys().filter(|key| !pairs.contains_key(key));
        gone.chain(pairs.iter().filter(|(key, decision)| old.get(key) != Some(decision)).map(|(key, _)| key)).copied().collect()
    };
    if changed.is_empty() {
        return 0;
    }
    let answers = Answers::of(pairs, &index.hashes, &linkage.person_of);
    let before = std::mem::take(&mut ledger.answers);

    // Whom the changed answers are about, all that hangs together with them, and who may be the same as these.
    let mut touched: FxHashSet<u32> = FxHashSet::default();
    for key in changed {
        let near = ledger.near.get(&key).map(|near| near.person);
        let persons = persons_of(key, &index.hashes, &linkage.person_of).into_iter().flat_map(|(a, b)| [a, b]);
        for person in persons.chain(near) {
            touched.extend(before.decided.together(person));
            touched.extend(answers.decided.together(person));
        }
    }
    let near_ones = touched.iter().flat_map(|person| index.pairs_of(*person)).flat_map(|pair| {
        let pair = linkage.possible[*pair as usize];
        [pair.a, pair.b]
    });
    let roots: FxHashSet<u32> = near_ones.chain(touched.iter().copied()).map(|person| answers.decided.root(person)).collect();
    let mut roots: Vec<u32> = roots.into_iter().collect();
    roots.sort_unstable();

    let items_of = |root: u32| -> Vec<u32> {
        let mut items: Vec<u32> =
            answers.decided.members(root).into_iter().flat_map(|person| index.items.get(person).iter().copied()).collect();
        items.sort_unstable();
        items
    };
    let mut classifier = Classifier {
        roll,
        pool,
        person_of: &linkage.person_of,
        answers: &answers,
        cut_off,
        table,
        sheet_units: std::mem::take(&mut ledger.sheet_units),
        verdicts: std::mem::take(&mut ledger.verdicts),
        abdala_labels: FxHashMap::default(),
        bands: FxHashMap::default(),
        near: std::mem::take(&mut ledger.near),
    };
    let mut seen: Vec<u32> = Vec::new();
    let mut pair_positions: Vec<u32> = Vec::new();
    for root in &roots {
        let items = items_of(*root);
        for at in &items {
            let verdict = &mut classifier.verdicts[*at as usize];
            *verdict = Verdict::open(roll.items[*at as usize].side, verdict.named_unit);
        }
        classifier.classify_person(&items);
        seen.extend(&items);
        pair_positions.extend(answers.decided.members(*root).into_iter().flat_map(|person| index.pairs_of(person).iter().copied()));
    }
    pair_positions.sort_unstable();
    pair_positions.dedup();
    for position in pair_positions {
        let pair = linkage.possible[position as usize];
        let (a, b) = (answers.decided.root(pair.a), answers.decided.root(pair.b));
        if a != b && !answers.decided.are_different(a, b) {
            let (of_a, of_b) = (items_of(a), items_of(b));
            classifier.note_possible(&of_a, &of_b);
            classifier.note_possible(&of_b, &of_a);
        }
    }
    let count = seen.len();
    classifier.group_missing(seen.into_iter());
    let Classifier { verdicts, sheet_units, near, .. } = classifier;
    (ledger.verdicts, ledger.sheet_units, ledger.near) = (verdicts, sheet_units, near);
    ledger.answers = answers;
    count
}
