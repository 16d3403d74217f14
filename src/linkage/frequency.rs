//! Term frequencies: the chance that another person has a value, estimated from the lists themselves.

use super::weights::{PSEUDO_NEIGHBOURS, PSEUDO_PERSONS};
use rustc_hash::FxHashMap;
use std::hash::Hash;

/// How many persons of each side have each value.
#[derive(Clone, Debug)]
pub struct Frequency<K> {
    counts: FxHashMap<K, [u32; 2]>,
    persons: [f64; 2],
    /// Share a value is expected to have before anything is counted.
    expected: f64,
}

impl<K> Default for Frequency<K> {
    fn default() -> Frequency<K> {
        Frequency { counts: FxHashMap::default(), persons: [0.0; 2], expected: 1.0 }
    }
}

impl<K: Hash + Eq> Frequency<K> {
    /// Nothing counted yet.
    pub fn new(persons: [usize; 2], expected: f64) -> Frequency<K> {
        Frequency { counts: FxHashMap::default(), persons: persons.map(|persons| persons as f64), expected }
    }

    /// Counts a value of a person with the sides the person stands on; each value comes once a person.
    pub fn add(&mut self, value: K, sides: [bool; 2]) {
        let count = self.counts.entry(value).or_insert([0; 2]);
        (0..2).for_each(|side| count[side] += u32::from(sides[side]));
    }

    /// Persons that have the value, on the side where they are more.
    pub fn of(&self, value: &K) -> u32 {
        self.counts.get(value).map_or(0, |count| count[0].max(count[1]))
    }

    /// Persons that have the value, by side.
    pub fn counts(&self, value: &K) -> [u32; 2] {
        self.counts.get(value).copied().unwrap_or_default()
    }

    /// The chance that another of these persons has it, where so many of each side are looked at and so large a share of all has it.
    pub fn share_among(&self, value: &K, persons: [u32; 2], of_all: f64) -> f64 {
        let counts = self.counts(value);
        let of_side = |side: usize| {
            let others = f64::from(counts[side].saturating_sub(1));
            (others + of_all * PSEUDO_NEIGHBOURS) / (f64::from(persons[side]) + PSEUDO_NEIGHBOURS)
        };
        of_side(0).max(of_side(1))
    }

    /// The chance that another person has it (u): who has it is one of those counted, so one is left out on either side.
    pub fn share(&self, value: &K) -> f64 {
        let counts = self.counts(value);
        let of_side = |side: usize| {
            let others = f64::from(counts[side].saturating_sub(1));
            (others + self.expected * PSEUDO_PERSONS) / (self.persons[side] + PSEUDO_PERSONS)
        };
        of_side(0).max(of_side(1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counted(values: &[u32]) -> Frequency<u32> {
        let mut counted = Frequency::new([values.len(), 0], 0.001);
        values.iter().for_each(|value| counted.add(*value, [true, false]));
        counted
    }

    #[test]
    fn a_common_value_is_worth_less_and_who_has_a_value_is_not_counted_against_it() {
        let names = counted(&[1, 1, 1, 2]);
        assert!(names.share(&1) > names.share(&2) && names.share(&2) > 0.0);
        assert_eq!(names.share(&2), names.share(&3));
        assert_eq!((names.of(&1), names.of(&3)), (3, 0));
    }
}
