//! A person's third dose in a form of two: it stands on a further row of the person, under the headings `Mũi 1` and `Mũi 2` again.

use crate::domain::{BirthDate, Date, DoseRecord, PersonRecord};
use crate::normalize::text::Text;
use rustc_hash::FxHashMap;

/// Days within which a day written twice is one day, badly written: no two doses of a person lie as near.
const LARGEST_SLIP_DAYS: i32 = 7;

/// By what a row is known as one of a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Key {
    Identity(Text, Text),
    Birth(Text, Date),
}

/// What the rows of one person have filled.
#[derive(Clone, Debug, Default)]
struct Filled {
    identity: Text,
    /// Dose group and day.
    days: Vec<(u8, Date)>,
}

/// The dose groups that the rows above have filled, by person.
#[derive(Debug, Default)]
pub(crate) struct RowsOfPersons {
    persons: Vec<Filled>,
    known: FxHashMap<Key, u32>,
}

impl RowsOfPersons {
    /// Adds a row. Where an earlier row of the person filled a group with another day, this row goes on where that one ended: the
    /// heading over the group, and over those to its right, says nothing of the dose, and the label is taken back.
    ///
    /// `named` says of each dose whether nothing but the ordinal over its group names it.
    pub(crate) fn add(&mut self, person: &PersonRecord, doses: &mut [DoseRecord], named: &[bool]) {
        let Some(filled) = self.person(person) else { return };
        let before = filled.days.len();
        let mut goes_on = false;
        for (dose, is_named_by_heading) in doses.iter_mut().zip(named) {
            let Some(day) = dose.given else { continue };
            let earlier = || filled.days.iter().take(before).filter(|(slot, _)| *slot == dose.at.slot);
            // The same day again, or one within a week of it, is the same dose again, and its heading stands.
            let is_again = |other: Date| (other - day).get_days().abs() <= LARGEST_SLIP_DAYS;
            goes_on |= earlier().next().is_some() && earlier().all(|(_, other)| !is_again(*other));
            filled.days.push((dose.at.slot, day));
            if goes_on && *is_named_by_heading {
                (dose.label, dose.label_text) = (None, Text::NONE);
            }
        }
    }

    /// The entry of a person: same name, and same number or same full birth date with no other number.
    fn person(&mut self, person: &PersonRecord) -> Option<&mut Filled> {
        if person.name_key.is_none() {
            return None;
        }
        let by_identity = person.identity.is_some().then_some(Key::Identity(person.name_key, person.identity));
        let by_birth = match person.birth {
            Some(BirthDate::Day(day)) => Some(Key::Birth(person.name_key, day)),
            _ => None,
        };
        let has_no_other_number = |at: &u32| {
            let known = self.persons.get(*at as usize).map_or(Text::NONE, |known| known.identity);
            known.is_none() || person.identity.is_none() || known == person.identity
        };
        let known = by_identity.and_then(|key| self.known.get(&key).copied());
        let known = known.or_else(|| by_birth.and_then(|key| self.known.get(&key).copied()).filter(has_no_other_number));
        let keys = by_identity.into_iter().chain(by_birth);
        let at = match known {
            Some(at) => at,
            None if by_identity.or(by_birth).is_none() => return None,
            None => {
                self.persons.push(Filled::default());
                self.persons.len() as u32 - 1
            }
        };
        for key in keys {
            self.known.entry(key).or_insert(at);
        }
        let filled = self.persons.get_mut(at as usize)?;
        if filled.identity.is_none() {
            filled.identity = person.identity;
        }
        Some(filled)
    }
}
