//! Identity numbers compared.

use super::is_one_slip;
use crate::domain::{IdentityKind, PersonRecord};
use crate::normalize::identity::fits;
use crate::normalize::text::TextPool;

/// Signs from which a number of no known form can name a person.
const SHORTEST_OTHER: usize = 6;

/// How two identity numbers agree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum NumberLevel {
    /// The same number.
    Exact,
    /// One sign off, or two neighbours swapped.
    Slip,
    /// Another number, of which one is of no known form or does not fit its own record.
    Doubtful,
    /// Another number of the same sort.
    Different,
}

/// Compares the numbers of two persons; none where one has no number, or one an old and the other a new card.
pub fn compare_numbers(x: &PersonRecord, y: &PersonRecord, pool: &TextPool) -> Option<NumberLevel> {
    if !can_name_a_person(x, pool) || !can_name_a_person(y, pool) {
        return None;
    }
    let (p, q) = (pool.get(x.identity).as_bytes(), pool.get(y.identity).as_bytes());
    let is_of_one_sort = x.identity_kind == y.identity_kind;
    if p == q {
        Some(NumberLevel::Exact)
    } else if (is_of_one_sort || is_other(x) || is_other(y)) && is_one_slip(p, q) {
        Some(NumberLevel::Slip)
    } else if is_of_one_sort && !is_other(x) {
        let is_doubtful = x.identity_kind == IdentityKind::Citizen && !(is_sound(x, pool) && is_sound(y, pool));
        Some(if is_doubtful { NumberLevel::Doubtful } else { NumberLevel::Different })
    } else if is_of_one_sort {
        Some(NumberLevel::Doubtful)
    } else {
        None
    }
}

/// Whether these are two different valid citizen numbers, each fitting its own record: the machine never joins them, but for one case
/// (spec of the matching: one digit or transposition, all else exact, no other record near).
pub fn are_two_sound_numbers(x: &PersonRecord, y: &PersonRecord, pool: &TextPool) -> bool {
    x.identity != y.identity && is_sound(x, pool) && is_sound(y, pool)
}

/// A valid citizen number whose century, sex and year fit its own record.
pub fn is_sound(record: &PersonRecord, pool: &TextPool) -> bool {
    record.identity_kind == IdentityKind::Citizen && fits(pool.get(record.identity), record.birth, record.sex)
}

/// Whether the number is long enough to name a person.
pub fn can_name_a_person(record: &PersonRecord, pool: &TextPool) -> bool {
    record.identity_kind.is_number() || (is_other(record) && pool.get(record.identity).len() >= SHORTEST_OTHER)
}

fn is_other(record: &PersonRecord) -> bool {
    record.identity_kind == IdentityKind::Other
}

/// The last ten signs of an insurance number; those before say the card's class and change.
pub fn insurance_core(number: &str) -> &str {
    number.len().checked_sub(10).and_then(|from| number.get(from..)).unwrap_or(number)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::BirthDate;

    fn record(pool: &mut TextPool, number: &str, kind: IdentityKind, year: i16) -> PersonRecord {
        PersonRecord { identity: pool.intern(number), identity_kind: kind, birth: Some(BirthDate::Year(year)), ..PersonRecord::default() }
    }

    #[test]
    fn an_old_card_says_nothing_of_a_new_one_and_an_unfit_number_is_no_other_number() {
        use IdentityKind::{Citizen, OldCard, Other};
        let mut pool = TextPool::default();
        let own = record(&mut pool, "006089001234", Citizen, 1989);
        let cases = [
            ("006089001234", Citizen, 1989, Some(NumberLevel::Exact)),
            ("006089001235", Citizen, 1989, Some(NumberLevel::Slip)),
            ("006089001324", Citizen, 1989, Some(NumberLevel::Slip)),
            ("886089001234", Other, 1989, None),
            ("806089001234", Other, 1989, Some(NumberLevel::Slip)),
            ("06089001234", Other, 1989, Some(NumberLevel::Slip)),
            ("006089009999", Citizen, 1989, Some(NumberLevel::Different)),
            ("006089009999", Citizen, 1988, Some(NumberLevel::Doubtful)),
            ("095123456", OldCard, 1989, None),
        ];
        for (number, kind, year, level) in cases {
            let other = record(&mut pool, number, kind, year);
            assert_eq!(compare_numbers(&own, &other, &pool), level, "{number}");
            assert_eq!(compare_numbers(&other, &own, &pool), level, "{number}");
            let is_veto = number.len() == 12 && number != "006089001234" && kind == Citizen && year == 1989;
            assert_eq!(are_two_sound_numbers(&own, &other, &pool), is_veto, "{number}");
        }
    }
}
