//! What speaks against letting the machine join a pair, whatever the pair weighs.

use super::candidate::Candidate;
use super::comparison::{BirthLevel, NameLevel, compare_births};
use super::estimates::Estimates;
use crate::domain::{IdentityKind, PersonRecord};
use crate::normalize::identity::fits;
use crate::normalize::text::TextPool;
use serde::{Deserialize, Serialize};

/// Why the machine leaves a pair to a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Veto {
    /// Two different numbers of one sort.
    OtherNumber,
    /// The other sex.
    OtherSex,
    /// The names differ by more than the number makes good.
    OtherName,
    /// The birth dates differ, or one is missing.
    OtherBirth,
}

/// What the machine may do with a pair, were it the only one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Nothing speaks against joining.
    Free,
    /// No number agrees, or numbers are a digit or a transposition apart with all else exact: free where no other record comes near.
    OnlyAlone,
    /// For a person to decide.
    Vetoed(Veto),
}

impl Estimates {
    /// What speaks against letting the machine join a pair.
    pub fn verdict(&self, a: &Candidate, b: &Candidate, pool: &TextPool) -> Verdict {
        let (x, y) = (&a.record, &b.record);
        let name = self.names_of(x, y, pool);
        let birth = x.birth.zip(y.birth).map(|(p, q)| compare_births(p, q));
        let is_exact = name == NameLevel::Exact && birth == Some(BirthLevel::Exact) && x.sex.is_some() && x.sex == y.sex;
        let is_same_number = x.identity_kind.is_number() && x.identity == y.identity;
        let is_other_number = x.identity_kind == y.identity_kind && x.identity_kind.is_number() && !is_same_number;
        let is_other_sex = x.sex.zip(y.sex).is_some_and(|(p, q)| p != q);
        if is_other_number {
            return if is_exact && self.is_slip_of_number(x, y, pool) { Verdict::OnlyAlone } else { Verdict::Vetoed(Veto::OtherNumber) };
        }
        let is_sound = |record: &PersonRecord| {
            record.identity_kind == IdentityKind::Citizen && fits(pool.get(record.identity), record.birth, record.sex)
        };
        match (name, birth) {
            _ if is_other_sex => Verdict::Vetoed(Veto::OtherSex),
            // Without a number a namesake of the commune may be meant: only where none comes near.
            (NameLevel::Exact, Some(level)) if level != BirthLevel::Different => {
                if is_same_number {
                    Verdict::Free
                } else {
                    Verdict::OnlyAlone
                }
            }
            // The number speaks where it fits its own record: a twin typed in with a brother's number differs in the name.
            (NameLevel::Typo, Some(BirthLevel::Exact)) if is_same_number && (is_sound(x) || is_sound(y)) => Verdict::Free,
            (NameLevel::Exact, _) => Verdict::Vetoed(Veto::OtherBirth),
            _ => Verdict::Vetoed(Veto::OtherName),
        }
    }
}
