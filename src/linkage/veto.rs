//! What speaks against letting the machine join a pair, whatever the pair weighs.

use super::candidate::Candidate;
use super::comparison::address::AddressLevel;
use super::comparison::birth::{BirthLevel, compare_births};
use super::comparison::history::{HistoryLevel, compare_histories};
use super::comparison::name::NameLevel;
use super::comparison::number::{NumberLevel, insurance_core};
use super::estimates::Estimates;
use super::linking::is_one_name;
use super::weights::{CERTAIN, CERTAIN_AGAINST, CERTAIN_FAR, CERTAIN_FOREIGN, LEAD, LEAD_AGAINST, LEAD_FAR, LEAD_WITHOUT_NUMBER};
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
    /// A name or a birth date is another, and much else says that they are one: free where neither is found on both sides, it weighs
    /// enough and no other record comes anywhere near.
    OnlyStrong,
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
            Verdict::OnlyStrong => Some(Needs { weight: CERTAIN_AGAINST, lead: LEAD_AGAINST }),
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
            let is_unanimous = !a.is_divided && !b.is_divided && is_one_name(x, y, pool);
            let may = is_exact && is_unanimous && sex(x) == sex(y) && number == Some(NumberLevel::Slip);
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
        // A third record beside two that belong together is a twin of nearly one name as easily as the same person mistyped.
        let against = |veto: Veto| {
            let is_open = a.sides != [true, true] && b.sides != [true, true];
            if is_open { Verdict::OnlyStrong } else { Verdict::Vetoed(veto) }
        };
        let is_same_commune = x.commune_key.is_some() && x.commune_key == y.commune_key;
        let insurance = [x, y].map(|record| insurance_core(pool.get(record.insurance)));
        let has_witness = self.is_same_phone(x, y) || (insurance[0] == insurance[1] && !insurance[0].is_empty());
        let is_other = |p: &str, q: &str| !p.is_empty() && !q.is_empty() && p != q;
        let has_other_witness = !has_witness && (is_other(pool.get(x.phone), pool.get(y.phone)) || is_other(insurance[0], insurance[1]));
        let is_not_elsewhere = || !matches!(self.areas_of(x, y), Some(AddressLevel::OtherCommune | AddressLevel::Elsewhere));
        let has_number = x.identity.is_some() || y.identity.is_some();
        let has_shared_dose = || matches!(compare_histories(a, b), Some(HistoryLevel::Shared(_)));
        match number {
            Some(NumberLevel::Exact) => {
                // The number speaks where it fits its own record; a twin typed in with a brother's number differs in the name.
                let is_believed = x.identity_kind != IdentityKind::Citizen || a.is_sound || b.is_sound;
                match (name, birth) {
                    (NameLevel::Exact | NameLevel::Reordered, None) => Verdict::Free,
                    (_, None) => Verdict::Vetoed(Veto::OtherBirth),
                    (NameLevel::Exact | NameLevel::Reordered, Some(BirthLevel::Different)) if is_believed && has_witness => {
                        against(Veto::OtherBirth)
                    }
                    (_, Some(BirthLevel::Different)) => Verdict::Vetoed(Veto::OtherBirth),
                    (NameLevel::Exact | NameLevel::Reordered, _) => Verdict::Free,
                    (NameLevel::Slip | NameLevel::Slips | NameLevel::Partial | NameLevel::RareName, _) if is_believed => Verdict::Free,
                    (NameLevel::OtherName, _) if is_believed => against(Veto::OtherName),
                    (NameLevel::OtherName | NameLevel::Different, _) => Verdict::Vetoed(Veto::OtherName),
                    _ => Verdict::Vetoed(Veto::OtherBirth),
                }
            }
            Some(NumberLevel::Different) if !is_exact => Verdict::Vetoed(Veto::OtherNumber),
            _ => match (name, birth) {
                // Namesakes born within a digit of each other have phones and insurance numbers of their own.
                (_, Some(level)) if level != BirthLevel::Exact && number.is_none() && has_other_witness => Verdict::Vetoed(Veto::TooLittle),
                (NameLevel::Exact | NameLevel::Reordered, Some(BirthLevel::Exact | BirthLevel::Swapped)) => Verdict::OnlyAlone,
                (NameLevel::Slip, Some(BirthLevel::Exact)) => Verdict::OnlyAlone,
                // A digit of a full date is off and the rest of it agrees: more than a year that agrees by itself.
                (NameLevel::Exact, Some(BirthLevel::NextYear | BirthLevel::Digit)) if is_same_commune => Verdict::OnlyAlone,
                (NameLevel::Different, _) => Verdict::Vetoed(Veto::OtherName),
                (_, Some(BirthLevel::Different)) | (_, None) => Verdict::Vetoed(Veto::OtherBirth),
                // Of twins whose names are a mark apart either may be the one where neither side has a number nor a phone.
                (NameLevel::RareName | NameLevel::OtherName, Some(level))
                    if (has_witness || (level == BirthLevel::Exact && has_number)) && is_not_elsewhere() && has_shared_dose() =>
                {
                    against(Veto::OtherName)
                }
                (NameLevel::RareName | NameLevel::OtherName, _) => Verdict::Vetoed(Veto::OtherName),
                _ if has_witness => Verdict::OnlyAlone,
                (NameLevel::Exact, _) if is_same_commune && has_shared_dose() => Verdict::OnlyFar,
                _ if is_not_elsewhere() && has_shared_dose() => against(Veto::TooLittle),
                _ => Verdict::Vetoed(Veto::TooLittle),
            },
        }
    }
}
