//! Term frequencies: the share of persons that have a value, estimated from the lists themselves.

use super::weights::PSEUDO_PERSONS;
use rustc_hash::FxHashMap;
use std::hash::Hash;

/// How many persons have each value.
#[derive(Clone, Debug)]
pub struct Frequency<K> {
    counts: FxHashMap<K, u32>,
    persons: f64,
    /// Share a value is expected to have before anything is counted.
    expected: f64,
}

impl<K> Default for Frequency<K> {
    fn default() -> Frequency<K> {
        Frequency { counts: FxHashMap::default(), persons: 0.0, expected: 1.0 }
    }
}

impl<K: Hash + Eq> Frequency<K> {
    /// Counts values; each comes once a person.
    pub fn count(values: impl Iterator<Item = K>, persons: usize, expected: f64) -> Frequency<K> {
        let mut counts = FxHashMap::default();
        for value in values {
            *counts.entry(value).or_insert(0) += 1;
        }
        Frequency { counts, persons: persons as f64, expected }
    }

    /// Persons that have the value.
    pub fn of(&self, value: &K) -> u32 {
        self.counts.get(value).copied().unwrap_or(0)
    }

    /// The chance that another person has it (u).
    pub fn share(&self, value: &K) -> f64 {
        (f64::from(self.of(value)) + self.expected * PSEUDO_PERSONS) / (self.persons + PSEUDO_PERSONS)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_common_value_is_worth_less_and_an_unseen_one_is_no_certainty() {
        let names = Frequency::count([1, 1, 1, 2].into_iter(), 4, 0.001);
        assert!(names.share(&1) > names.share(&2) && names.share(&2) > names.share(&3) && names.share(&3) > 0.0);
    }
}
