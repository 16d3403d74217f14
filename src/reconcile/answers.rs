//! The decisions about pairs, found again among the persons that are loaded.

use super::content::RowHashes;
use super::decision::PairKey;
use crate::domain::Decision;
use crate::linkage::decided::Decided;
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::BTreeMap;

/// Persons that may hold the content of one half of a key: word for word the same rows. More of them say nothing any more.
const LARGEST_HOLDERS: usize = 16;

/// What the ledger asks of the decisions.
#[derive(Clone, Debug, Default)]
pub struct Answers {
    /// Pairs of persons.
    pub decided: Decided,
    /// What was answered about two persons of the machine, the lower number first.
    pub of_persons: FxHashMap<(u32, u32), Decision>,
    /// All answers, by which near copies are looked up.
    pub pairs: BTreeMap<PairKey, Decision>,
}

impl Answers {
    /// Finds who is meant by each answer.
    pub fn of(pairs: &BTreeMap<PairKey, Decision>, hashes: &RowHashes, person_of: &[u32]) -> Answers {
        let answers: Vec<(u32, u32, Decision)> = pairs
            .iter()
            .flat_map(|(key, decision)| persons_of(*key, hashes, person_of).into_iter().map(move |(a, b)| (a, b, *decision)))
            .collect();
        Answers {
            of_persons: answers.iter().map(|(a, b, decision)| ((*a.min(b), *a.max(b)), *decision)).collect(),
            decided: Decided::of(answers),
            pairs: pairs.clone(),
        }
    }
}

/// The pairs of persons that hold rows with the content a key names.
pub fn persons_of(key: PairKey, hashes: &RowHashes, person_of: &[u32]) -> Vec<(u32, u32)> {
    let holders = |hash: u64| {
        let persons: FxHashSet<u32> = hashes.rows(hash).map(|row| person_of[row as usize]).collect();
        let mut persons: Vec<u32> = persons.into_iter().collect();
        persons.sort_unstable();
        persons.truncate(LARGEST_HOLDERS);
        persons
    };
    let (first, second) = (holders(key.0), holders(key.1));
    first.iter().flat_map(|a| second.iter().map(move |b| (*a, *b))).collect()
}
