//! Persons the exact keys left apart: candidate pairs are weighed, and the weight and its lead say what the machine may join.

use super::blocking::pairs_of_key;
use super::candidate::Candidate;
use super::estimates::Estimates;
use super::veto::Verdict;
use super::weights::*;
use crate::domain::{BirthDate, PersonRecord};
use crate::normalize::text::{Text, TextPool};
use crate::pace::{Cancelled, Pace, STRIDE, Stage};
use rustc_hash::FxHashMap;

/// What the weighing says: pairs of positions to join and to show, and how many blocks were cut.
#[derive(Clone, Debug, Default)]
pub struct Weighed {
    /// Pairs the machine joins.
    pub certain: Vec<(u32, u32)>,
    /// Pairs for a person.
    pub possible: Vec<(u32, u32)>,
    /// Blocks left out.
    pub cut: usize,
}

/// Weighs the candidate pairs.
///
/// # Errors
/// [`Cancelled`] when the pace says so.
pub async fn weigh<P: Pace>(people: &[Candidate], pool: &TextPool, pace: &mut P) -> Result<Weighed, Cancelled> {
    let estimates = Estimates::of(people);
    let mut result = Weighed::default();
    let mut pairs = Vec::new();
    let given = |record: &PersonRecord| pool.get(record.name_key).rsplit(' ').next().unwrap_or_default().to_owned();
    let day = |record: &PersonRecord| record.birth.and_then(BirthDate::day);
    let text = |value: Text| value.is_some().then(|| value.id().to_string());
    type Key<'k> = &'k dyn Fn(&PersonRecord) -> Option<(String, String)>;
    let keys: [Key<'_>; 7] = [
        &|record| Some((text(record.identity).filter(|_| record.identity_kind.is_number())?, String::new())),
        &|record| Some((text(record.name_key)?, record.birth?.year().to_string())),
        &|record| Some((day(record)?.to_string(), given(record))),
        &|record| Some((text(record.phone)?, given(record))),
        &|record| Some((text(record.phone)?, day(record)?.to_string())),
        &|record| Some((estimates.insurance(record, pool).to_owned(), String::new())).filter(|(number, _)| !number.is_empty()),
        &|record| Some((text(record.name_key)?, text(record.commune_key)?)),
    ];
    for (done, key) in keys.iter().enumerate() {
        pace.step(Stage::Linking, done, keys.len()).await?;
        let of_side = |side: usize| -> Vec<((String, String), u32)> {
            let on = people.iter().enumerate().filter(|(_, person)| person.sides[side]);
            on.filter_map(|(at, person)| Some((key(&person.record)?, at as u32))).collect()
        };
        result.cut += pairs_of_key(of_side(0), of_side(1), &mut pairs);
    }
    pairs.retain(|(a, b)| people[*a as usize].sides != [true, true] || people[*b as usize].sides != [true, true]);
    pairs.iter_mut().for_each(|pair| *pair = (pair.0.min(pair.1), pair.0.max(pair.1)));
    pairs.sort_unstable();
    pairs.dedup();

    let mut weights = Vec::with_capacity(pairs.len());
    // Of each person the two greatest weights: the lead over the next best of either side.
    let mut best: FxHashMap<u32, [i32; 2]> = FxHashMap::default();
    for (done, (a, b)) in pairs.iter().enumerate() {
        if done % STRIDE == 0 {
            pace.step(Stage::Linking, done, pairs.len()).await?;
        }
        let weight = estimates.explain(&people[*a as usize], &people[*b as usize], pool).weight();
        weights.push(weight);
        for person in [*a, *b] {
            let best = best.entry(person).or_insert([i32::MIN / 2; 2]);
            if weight > best[0] {
                *best = [weight, best[0]];
            } else if weight > best[1] {
                best[1] = weight;
            }
        }
    }
    for ((a, b), weight) in pairs.into_iter().zip(weights).filter(|(_, weight)| *weight >= POSSIBLE) {
        let next = |person: u32| best.get(&person).map_or(i32::MIN / 2, |best| if best[0] == weight { best[1] } else { best[0] });
        let rival = next(a).max(next(b));
        let (x, y) = (&people[a as usize], &people[b as usize]);
        let leads = weight - rival >= LEAD;
        let is_one_sided = x.sides != [true, true] && y.sides != [true, true];
        let may = match estimates.verdict(x, y, pool) {
            Verdict::Free => true,
            Verdict::OnlyAlone => rival < POSSIBLE,
            Verdict::Vetoed(_) => false,
        };
        if weight >= CERTAIN && leads && may && is_one_sided {
            result.certain.push((a, b));
        } else if rival - weight < LEAD {
            result.possible.push((a, b));
        }
    }
    Ok(result)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{IdentityKind, Product, Sex};
    use crate::normalize::fold_name;
    use crate::pace::{Unpaced, ready};
    use jiff::civil::date;

    fn person(pool: &mut TextPool, side: usize, name: &str, number: &str, phone: &str) -> Candidate {
        let record = PersonRecord {
            name: pool.intern(name),
            name_key: pool.intern(&fold_name(name)),
            birth: Some(BirthDate::Day(date(1985, 3, 8))),
            sex: Some(Sex::Female),
            identity: pool.intern(number),
            identity_kind: if number.is_empty() { IdentityKind::Missing } else { IdentityKind::Citizen },
            phone: pool.intern(phone),
            commune_key: pool.intern("mau"),
            ..PersonRecord::default()
        };
        Candidate { sides: [side == 0, side == 1], record, doses: vec![(date(2021, 8, 2), Product::Pfizer)] }
    }

    fn weighed(people: &[Candidate], pool: &TextPool) -> Weighed {
        ready(weigh(people, pool, &mut Unpaced)).unwrap_or_default()
    }

    #[test]
    fn a_pair_weighs_the_same_from_either_side_and_what_is_missing_says_nothing() {
        let mut pool = TextPool::default();
        let a = person(&mut pool, 0, "Lý Thị Mẫu", "006185001234", "0912345678");
        let b = person(&mut pool, 1, "Ly Thi Mau", "", "");
        let people = [a, b];
        let estimates = Estimates::of(&people);
        let bits = estimates.explain(&people[0], &people[1], &pool);
        assert_eq!(bits, estimates.explain(&people[1], &people[0], &pool));
        assert_eq!((bits.identity, bits.phone, bits.insurance), (0, 0, 0));
        assert_eq!(bits.weight(), bits.prior + bits.name + bits.birth + bits.sex + bits.address + bits.history);
    }

    #[test]
    fn a_number_one_digit_off_joins_alone_and_not_beside_another_record() {
        let mut pool = TextPool::default();
        let mut people = vec![
            person(&mut pool, 0, "Lý Thị Mẫu", "006185001234", "0912345678"),
            person(&mut pool, 1, "Lý Thị Mẫu", "006185001235", "0912345678"),
        ];
        assert_eq!(weighed(&people, &pool).certain, [(0, 1)]);
        people.push(person(&mut pool, 1, "Lý Thị Mẫu", "006185001236", "0912345678"));
        let result = weighed(&people, &pool);
        assert_eq!((result.certain, result.possible.len()), (vec![], 2));
    }

    #[test]
    fn other_numbers_and_twins_are_never_joined() {
        let mut pool = TextPool::default();
        let own = person(&mut pool, 0, "Lý Thị Hạnh", "006185001234", "0912345678");
        for (name, number) in
            [("Lý Thị Hạnh", "006185009999"), ("Lý Thị Hậu", "006185001235"), ("Lý Thị Hạn", "006185001235"), ("Lý Thị Hậu", "")]
        {
            let other = person(&mut pool, 1, name, number, "0912345678");
            assert!(weighed(&[own.clone(), other], &pool).certain.is_empty(), "{name} {number}");
        }
    }

    #[test]
    fn one_name_birth_and_phone_for_all_costs_no_pairs_and_joins_nobody() {
        let mut pool = TextPool::default();
        let people: Vec<Candidate> = (0..50_000).map(|at| person(&mut pool, at % 2, "Nguyễn Văn An", "", "0900000000")).collect();
        let result = weighed(&people, &pool);
        assert_eq!((result.certain.len(), result.possible.len()), (0, 0));
        assert!(result.cut > 0);
        assert!(weighed(&people[..1], &pool).certain.is_empty());
        assert!(weighed(&[], &pool).certain.is_empty());
    }
}
