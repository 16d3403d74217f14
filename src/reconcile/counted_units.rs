//! The units doses are counted under: those the lists name, gathered by the alias table.

use super::alias::Aliases;
use super::unit::{UNKNOWN_UNIT, Unit, unit_key};
use crate::normalize::sort_key;
use rustc_hash::FxHashMap;

/// Every unit with what counts under it; a unit is known by its position in [`CountedUnits::all`].
#[derive(Clone, Debug, Default)]
pub struct CountedUnits {
    all: Vec<Unit>,
    /// How many of them the lists name; those behind are named by the alias table only.
    named: usize,
    counted_under: Vec<u32>,
    order: Vec<u32>,
    aliases: Aliases,
}

impl CountedUnits {
    /// Units as the lists name them, each counted under its own name.
    pub fn of(named: Vec<Unit>) -> CountedUnits {
        let mut units = CountedUnits { named: named.len(), all: named, ..CountedUnits::default() };
        units.gather(&Aliases::default());
        units
    }

    /// Counts the units under the names the alias table gives them.
    pub fn gather(&mut self, aliases: &Aliases) {
        self.all.truncate(self.named);
        let keys: Vec<String> = self.all.iter().map(|unit| unit_key(&unit.name)).collect();
        let mut by_key: FxHashMap<String, u32> = keys.iter().cloned().zip(0..).collect();
        self.counted_under = (0..self.named as u32).collect();
        for (at, own_key) in keys.iter().enumerate() {
            let unit = aliases.resolve(&self.all[at].name).to_owned();
            let key = unit_key(&unit);
            if key == *own_key {
                continue;
            }
            let next = self.all.len() as u32;
            let under = *by_key.entry(key).or_insert(next);
            if under == next {
                self.all.push(Unit::named(&unit));
                self.counted_under.push(next);
            }
            self.counted_under[at] = under;
        }
        let mut order: Vec<u32> = (0..self.all.len() as u32).collect();
        order.sort_by_cached_key(|unit| {
            let name = &self.all[*unit as usize].name;
            (name == UNKNOWN_UNIT, sort_key(name), name.clone())
        });
        self.order = order;
        self.aliases = aliases.clone();
    }

    /// The alias table the units are counted by.
    pub fn aliases(&self) -> &Aliases {
        &self.aliases
    }

    /// Every unit, also those nothing counts under any more.
    pub fn all(&self) -> &[Unit] {
        &self.all
    }

    /// Positions of all of them in Vietnamese alphabetical order, the unknown one last.
    pub fn in_order(&self) -> &[u32] {
        &self.order
    }

    /// The unit that what a list names counts under.
    pub fn counted_under(&self, named: u32) -> u32 {
        self.counted_under[named as usize]
    }

    /// Every name a unit is counted from, but its own: the other spellings, and the names joined with it.
    pub fn other_names(&self, unit: u32) -> Vec<String> {
        let joined = self.counted_under.iter().zip(&self.all).zip(0..).filter(|((under, _), at)| **under == unit && *at != unit);
        let joined = joined.flat_map(|((_, own), _)| std::iter::once(&own.name).chain(&own.spellings));
        self.all[unit as usize].spellings.iter().chain(joined).cloned().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_gathered_told_apart_again_and_may_take_a_name_no_list_has() {
        let mut units = CountedUnits::of(["Sông Cầu", "Trạm Y tế phường Sông Cầu", UNKNOWN_UNIT].map(Unit::named).to_vec());
        assert_eq!(units.in_order().last(), Some(&2));
        let mut aliases = Aliases::default();
        aliases.join("Sông Cầu", "TYT P. Sông Cầu");
        units.gather(&aliases);
        assert_eq!((units.counted_under(0), units.other_names(1)), (1, vec!["Sông Cầu".to_owned()]));
        aliases.join("Trạm Y tế phường Sông Cầu", "Trung tâm Y tế thành phố Bắc Kạn");
        units.gather(&aliases);
        assert_eq!((units.counted_under(0), units.counted_under(1), units.all().len()), (3, 3, 4));
        units.gather(&Aliases::default());
        assert_eq!((units.counted_under(0), units.counted_under(1), units.all().len()), (0, 1, 3));
    }
}
