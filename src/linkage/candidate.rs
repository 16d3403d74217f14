//! A person as the weighing sees them: the best of what the person's rows say.

use super::comparison::history::Shot;
use crate::domain::{BirthDate, IdentityKind, PersonRecord, Sex, Side};
use crate::normalize::identity::year_and_sex;
use crate::normalize::text::{Text, TextPool};
use std::hash::{Hash, Hasher};

/// What is compared of a person: the best of what the person's rows say.
#[derive(Clone, Debug, Default)]
pub struct Candidate {
    /// Whether a row stands on the local side, on the System's.
    pub sides: [bool; 2],
    /// The facts.
    pub record: PersonRecord,
    /// Whether some row has a valid citizen number whose digits fit that row.
    pub is_sound: bool,
    /// Whether two rows say another name or another birth date, be it less exact.
    pub is_divided: bool,
    /// Day and product of each dose by side, sorted, once each.
    pub doses: [Vec<Shot>; 2],
}

/// The better of two values of one fact, whatever the order of the rows: the longer text, then the greater one.
fn fuller(pool: &TextPool, a: Text, b: Text) -> Text {
    let rank = |text: Text| (pool.get(text).len(), pool.get(text));
    if a == b || b.is_none() || (a.is_some() && rank(a) >= rank(b)) { a } else { b }
}

impl Candidate {
    /// A number for all that is said, the same whatever order it was read in.
    pub(super) fn content(&self, pool: &TextPool) -> u64 {
        let mut hasher = rustc_hash::FxHasher::default();
        let record = &self.record;
        (self.sides, record.birth, record.sex).hash(&mut hasher);
        for text in [record.name, record.identity, record.phone, record.insurance, record.commune_key, record.address] {
            pool.get(text).hash(&mut hasher);
        }
        self.doses.hash(&mut hasher);
        hasher.finish()
    }

    /// Whether both have a valid citizen number that fits their own rows, and not the same: the machine never joins them, but for one
    /// case (a digit or a transposition apart, all else exact, no other record near).
    pub fn has_other_sound_number(&self, other: &Candidate) -> bool {
        self.is_sound && other.is_sound && self.record.identity != other.record.identity
    }

    /// Whether both stand on one side alone and say the same of their person, word for word.
    pub(super) fn says_the_same(&self, other: &Candidate) -> bool {
        let said = |person: &Candidate| {
            let record = &person.record;
            (
                (record.name, record.birth, record.sex, record.identity, record.phone),
                (record.insurance, record.commune_key, record.district, record.province, record.address),
            )
        };
        self.sides == other.sides && self.sides != [true, true] && said(self) == said(other)
    }

    /// Whether one of the two stands where the other does not: a pair that could be found on both sides.
    pub fn completes(&self, other: &Candidate) -> bool {
        let has = |person: &Candidate, side: Side| person.sides[side.index()];
        (has(self, Side::Local) && has(other, Side::System)) || (has(self, Side::System) && has(other, Side::Local))
    }
}

/// Takes a row's facts into a person's.
pub(super) fn absorb(pool: &TextPool, into: &mut PersonRecord, row: &PersonRecord) {
    let number_rank = |record: &PersonRecord| match record.identity_kind {
        IdentityKind::Citizen => 3,
        IdentityKind::OldCard => 2,
        IdentityKind::Passport => 1,
        IdentityKind::Missing | IdentityKind::Other => 0,
    };
    if (number_rank(row), pool.get(row.identity)) > (number_rank(into), pool.get(into.identity)) {
        (into.identity, into.identity_kind) = (row.identity, row.identity_kind);
    }
    let name = fuller(pool, into.name, row.name);
    if name != into.name {
        (into.name, into.name_key) = (name, row.name_key);
    }
    into.birth = match (into.birth, row.birth) {
        (Some(own), Some(other)) if other.is_more_precise_than(own) || (!own.is_more_precise_than(other) && other > own) => Some(other),
        (own, other) => own.or(other),
    };
    into.sex = into.sex.max_by_label(row.sex);
    into.phone = fuller(pool, into.phone, row.phone);
    into.insurance = fuller(pool, into.insurance, row.insurance);
    into.commune_key = fuller(pool, into.commune_key, row.commune_key);
    into.district = fuller(pool, into.district, row.district);
    into.province = fuller(pool, into.province, row.province);
    into.address = fuller(pool, into.address, row.address);
}

/// Takes the year of birth from the digits of a citizen number where the rows do not say it.
pub(super) fn complete_from_number(record: &mut PersonRecord, pool: &TextPool) {
    if record.birth.is_none() && record.identity_kind == IdentityKind::Citizen {
        record.birth = year_and_sex(pool.get(record.identity)).map(|(year, _)| BirthDate::Year(year));
    }
}

trait MaxByLabel {
    fn max_by_label(self, other: Self) -> Self;
}

impl MaxByLabel for Option<Sex> {
    fn max_by_label(self, other: Option<Sex>) -> Option<Sex> {
        if self == Some(Sex::Female) || other.is_none() { self } else { other }
    }
}
