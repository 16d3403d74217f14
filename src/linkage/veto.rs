//! What speaks against letting the machine join a pair, whatever the pair weighs.

use super::candidate::Candidate;
use super::comparison::birth::{BirthLevel, compare_births};
use super::comparison::history::{HistoryLevel, compare_histories};
use super::comparison::name::NameLevel;
use super::comparison::number::{NumberLevel, insurance_core};
use super::estimates::Estimates;
use super::weights::{CERTAIN, CERTAIN_FAR, CERTAIN_FOREIGN, LEAD, LEAD_FAR, LEAD_WITHOUT_NUMBER};
use crate::domain::{IdentityKind, PersonRecord};
use crate::normalize::identity::year_and_sex;
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
    /// Name and birth agree in part, and neither number, phone nor insurance number says that they are one.
    TooLittle,
}

/// What the machine may do with a pair, were it the only one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Nothing speaks against joining.
    Free,
    /// No number agrees: free where no other record comes near, copies of the same person aside.
    OnlyAlone,
    /// Name, year of birth, commune and a dose agree, and nothing that names a person: free where it weighs enough and no other record
    /// comes anywhere near.
    OnlyFar,
    /// Two sound numbers are a digit or a transposition apart with all else exact: free where no other record comes near.
    OnlyTwo,
    /// For a person to decide.
    Vetoed(Veto),
}

/// What a pair must reach to be certain, in thousandths of a bit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Needs {
    /// Its weight.
    pub weight: i32,
    /// Its lead over the next best candidate of either side.
    pub lead: i32,
}

impl Estimates {
    /// What a pair of this verdict needs to be certain; none where the machine never joins it.
    pub fn needs(&self, verdict: Verdict) -> Option<Needs> {
        let weight = if self.are_foreign { CERTAIN_FOREIGN } else { CERTAIN };
        match verdict {
            Verdict::Free => Some(Needs { weight, lead: LEAD }),
            Verdict::OnlyAlone | Verdict::OnlyTwo => Some(Needs { weight, lead: LEAD_WITHOUT_NUMBER }),
            Verdict::OnlyFar => Some(Needs { weight: CERTAIN_FAR, lead: LEAD_FAR }),
            Verdict::Vetoed(_) => None,
        }
    }

    /// What speaks against letting the machine join a pair.
    pub fn verdict(&self, a: &Candidate, b: &Candidate, pool: &TextPool) -> Verdict {
        let (x, y) = (&a.record, &b.record);
        let name = self.names_of(x, y);
        let birth = x.birth.zip(y.birth).map(|(p, q)| compare_births(p, q));
        if x.sex.zip(y.sex).is_some_and(|(p, q)| p != q) {
            return Verdict::Vetoed(Veto::OtherSex);
        }
        let number = self.numbers_of(x, y, pool);
        let is_exact = name == NameLevel::Exact && birth == Some(BirthLevel::Exact);
        if a.has_other_sound_number(b) {
            // Where a list does not say the sex the number does.
            let sex = |record: &PersonRecord| record.sex.or(year_and_sex(pool.get(record.identity)).map(|(_, sex)| sex));
            let is_name_surely_one =
                self.names.have_same_marks(x.name, y.name) || !are_neighbours(pool.get(x.identity), pool.get(y.identity));
            let may = is_exact && is_name_surely_one && sex(x) == sex(y) && number == Some(NumberLevel::Slip);
            return if may { Verdict::OnlyTwo } else { Verdict::Vetoed(Veto::OtherNumber) };
        }
        if self.are_foreign {
            // Twins of whom no more than the family name is said: only their numbers tell them apart.
            let has_one_word = |record: &PersonRecord| !pool.get(record.name_key).contains(' ');
            return match number {
                Some(NumberLevel::Exact) => Verdict::Free,
                Some(NumberLevel::Slip) => Verdict::OnlyAlone,
                _ if has_one_word(x) || has_one_word(y) => Verdict::Vetoed(Veto::TooLittle),
                _ => Verdict::OnlyAlone,
            };
        }
        match number {
            Some(NumberLevel::Exact) => {
                // The number speaks where it fits its own record; a twin typed in with a brother's number differs in the name.
                let is_believed = x.identity_kind != IdentityKind::Citizen || a.is_sound || b.is_sound;
                match (name, birth) {
                    (NameLevel::Exact | NameLevel::Reordered, None) => Verdict::Free,
                    (_, None) => Verdict::Vetoed(Veto::OtherBirth),
                    (NameLevel::Exact | NameLevel::Reordered, Some(level)) if level != BirthLevel::Different => Verdict::Free,
                    (NameLevel::Slip | NameLevel::Slips | NameLevel::Partial | NameLevel::RareName, Some(level))
                        if level != BirthLevel::Different && is_believed =>
                    {
                        Verdict::Free
                    }
                    (NameLevel::OtherName | NameLevel::Different, _) => Verdict::Vetoed(Veto::OtherName),
                    _ => Verdict::Vetoed(Veto::OtherBirth),
                }
            }
            Some(NumberLevel::Different) if !is_exact => Verdict::Vetoed(Veto::OtherNumber),
            _ => {
                let insurance = [x, y].map(|record| insurance_core(pool.get(record.insurance)));
                let is_same_insurance = insurance[0] == insurance[1] && !insurance[0].is_empty();
                let is_same_commune = x.commune_key.is_some() && x.commune_key == y.commune_key;
                let has_witness = self.is_same_phone(x, y) || is_same_insurance;
                match (name, birth) {
                    (NameLevel::Exact | NameLevel::Reordered, Some(BirthLevel::Exact | BirthLevel::Swapped)) => Verdict::OnlyAlone,
                    (NameLevel::Slip, Some(BirthLevel::Exact)) => Verdict::OnlyAlone,
                    // A digit of a full date is off and the rest of it agrees: more than a year that agrees by itself.
                    (NameLevel::Exact, Some(BirthLevel::Digit)) if is_same_commune => Verdict::OnlyAlone,
                    (NameLevel::RareName | NameLevel::OtherName | NameLevel::Different, _) => Verdict::Vetoed(Veto::OtherName),
                    (_, Some(BirthLevel::Different)) | (_, None) => Verdict::Vetoed(Veto::OtherBirth),
                    _ if has_witness => Verdict::OnlyAlone,
                    (NameLevel::Exact, _) if is_same_commune && matches!(compare_histories(a, b), Some(HistoryLevel::Shared(_))) => {
                        Verdict::OnlyFar
                    }
                    _ => Verdict::Vetoed(Veto::TooLittle),
                }
            }
        }
    }
}

/// Whether two numbers were given out one after the other, or nearly: as to twins, whose names may differ in a mark alone.
fn are_neighbours(a: &str, b: &str) -> bool {
    matches!((a.parse::<u64>(), b.parse::<u64>()), (Ok(a), Ok(b)) if a.abs_diff(b) < 10)
}
