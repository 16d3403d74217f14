//! What the data itself says of chance agreement (u, term frequencies, the prior), and pairs weighed by it.

use super::candidate::Candidate;
use super::comparison::{BirthLevel, NameLevel, compare_births, compare_names, is_one_slip};
use super::explanation::Explanation;
use super::frequency::Frequency;
use super::weights::*;
use crate::domain::{BirthDate, Date, PersonRecord, Product};
use crate::normalize::text::{Text, TextPool};
use crate::normalize::{fold_marks, fold_name};

/// Frequencies of what the candidates say.
#[derive(Clone, Debug, Default)]
pub struct Estimates {
    persons: usize,
    names: Frequency<Text>,
    births: Frequency<BirthDate>,
    phones: Frequency<Text>,
    communes: Frequency<Text>,
    doses: Frequency<(Date, Product)>,
}

impl Estimates {
    /// Counts the values of all persons.
    pub fn of(people: &[Candidate]) -> Estimates {
        let said = |of: fn(&PersonRecord) -> Text| people.iter().map(move |person| of(&person.record)).filter(|value| value.is_some());
        Estimates {
            persons: people.len(),
            names: Frequency::count(said(|record| record.name_key), people.len(), 1.0 / 2_000.0),
            births: Frequency::count(people.iter().filter_map(|person| person.record.birth), people.len(), 1.0 / 25_000.0),
            phones: Frequency::count(said(|record| record.phone), people.len(), 1.0 / 100_000.0),
            communes: Frequency::count(said(|record| record.commune_key), people.len(), 1.0 / 30.0),
            doses: Frequency::count(people.iter().flat_map(|person| person.doses.iter().copied()), people.len(), 1.0 / 200.0),
        }
    }

    /// Weighs a pair, field by field; the two sides may be changed for each other.
    pub fn explain(&self, a: &Candidate, b: &Candidate, pool: &TextPool) -> Explanation {
        let (x, y) = (&a.record, &b.record);
        let both = |p: Text, q: Text| p.is_some() && q.is_some();
        let rarer = |p: f64, q: f64| p.max(q);
        let mut bits = Explanation { prior: weight(1.0, self.persons.max(1_000) as f64), ..Explanation::default() };
        if both(x.name_key, y.name_key) {
            let share = rarer(self.names.share(&x.name_key), self.names.share(&y.name_key));
            bits.name = match self.names_of(x, y, pool) {
                NameLevel::Exact => weight(M_NAME_EXACT, share),
                NameLevel::OtherMarks => weight(M_NAME_MARKS, share),
                NameLevel::Typo => weight(M_NAME_TYPO, share * 4.0).max(0),
                NameLevel::Different => NAME_DIFFERS,
            };
        }
        if let (Some(p), Some(q)) = (x.birth, y.birth) {
            let share = rarer(self.births.share(&p), self.births.share(&q));
            bits.birth = match compare_births(p, q) {
                BirthLevel::Exact => weight(M_BIRTH_EXACT, share),
                BirthLevel::Swapped => weight(M_BIRTH_SWAPPED, share),
                BirthLevel::Digit => weight(M_BIRTH_DIGIT, share * 30.0),
                BirthLevel::Year => weight(M_BIRTH_YEAR, 1.0 / 60.0),
                BirthLevel::Different => BIRTH_DIFFERS,
            };
        }
        bits.sex = x.sex.zip(y.sex).map_or(0, |(p, q)| if p == q { SEX_AGREES } else { SEX_DIFFERS });
        if x.identity_kind == y.identity_kind && x.identity_kind.is_number() {
            bits.identity = if x.identity == y.identity {
                IDENTITY_EXACT
            } else if self.is_slip_of_number(x, y, pool) {
                IDENTITY_SLIP
            } else {
                IDENTITY_DIFFERS
            };
        }
        if both(x.phone, y.phone) && self.phones.of(&x.phone).max(self.phones.of(&y.phone)) <= SHARED_PHONE {
            bits.phone = if x.phone == y.phone { weight(M_PHONE, self.phones.share(&x.phone)) } else { PHONE_DIFFERS };
        }
        if both(x.insurance, y.insurance) {
            bits.insurance = if self.insurance(x, pool) == self.insurance(y, pool) { INSURANCE_EXACT } else { INSURANCE_DIFFERS };
        }
        if both(x.commune_key, y.commune_key) {
            let same = x.commune_key == y.commune_key;
            bits.address = if same { weight(M_COMMUNE, self.communes.share(&x.commune_key)) } else { COMMUNE_DIFFERS };
        }
        if !a.doses.is_empty() && !b.doses.is_empty() {
            let shared = || a.doses.iter().filter(|dose| b.doses.contains(dose));
            let rarest = shared().map(|dose| weight(M_DOSE, self.doses.share(dose))).max();
            bits.history = rarest.map_or(NO_SHARED_DOSE, |rarest| rarest + if shared().count() > 1 { FURTHER_DOSES } else { 0 });
        }
        bits
    }

    pub(super) fn names_of(&self, x: &PersonRecord, y: &PersonRecord, pool: &TextPool) -> NameLevel {
        let (p, q) = (pool.get(x.name), pool.get(y.name));
        let is_marked = |name: &str| fold_marks(name) != fold_name(name);
        let marks = x.name_key == y.name_key && x.name != y.name && is_marked(p) && is_marked(q) && fold_marks(p) != fold_marks(q);
        compare_names(pool.get(x.name_key), pool.get(y.name_key), marks)
    }

    pub(super) fn is_slip_of_number(&self, x: &PersonRecord, y: &PersonRecord, pool: &TextPool) -> bool {
        is_one_slip(pool.get(x.identity).as_bytes(), pool.get(y.identity).as_bytes())
    }

    /// The last ten signs of the insurance number; those before say the card's class and change.
    pub(super) fn insurance<'p>(&self, record: &PersonRecord, pool: &'p TextPool) -> &'p str {
        let number = pool.get(record.insurance);
        number.len().checked_sub(10).and_then(|from| number.get(from..)).unwrap_or(number)
    }
}
