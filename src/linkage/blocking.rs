//! Candidate pairs: the union of the pairs that share a key. A block that would cost too many pairs is cut by a second key, and what
//! is still too large is left out and counted.

use super::candidate::Candidate;
use super::comparison::number::{can_name_a_person, insurance_core};
use super::estimates::Estimates;
use crate::domain::{BirthDate, Date, PersonRecord};
use crate::normalize::text::{Text, TextPool};
use crate::pace::{Cancelled, Pace, STRIDE, Stage};
use rustc_hash::{FxHashMap, FxHashSet};

/// Pairs of one block beyond which it is cut.
pub const LARGEST_BLOCK: usize = 400;

/// Candidate pairs and what was left out.
#[derive(Clone, Debug, Default)]
pub struct Blocked {
    /// Pairs `(a, b)`, a < b, sorted, once each; at least one of the two is not found on both sides yet.
    pub pairs: Vec<(u32, u32)>,
    /// Blocks too large to draw up every pair of.
    pub cut: usize,
    /// Persons of such blocks who came into no pair at all, not found on both sides yet.
    pub uncompared: usize,
}

/// Draws up the candidate pairs.
///
/// # Errors
/// [`Cancelled`] when the pace says so.
pub async fn candidate_pairs<P: Pace>(
    people: &[Candidate],
    estimates: &Estimates,
    pool: &TextPool,
    pace: &mut P,
) -> Result<Blocked, Cancelled> {
    let (names, are_foreign) = (&estimates.names, estimates.are_foreign);
    let insurances = insurance_numbers(people, pool);
    let joined = |high: u32, low: u32| u64::from(high) << 32 | u64::from(low);
    let id = |text: Text| text.is_some().then(|| text.id());
    let given = |record: &PersonRecord| names.ends(record.name).map(|(_, last)| last.id());
    let family = |record: &PersonRecord| names.ends(record.name).map(|(first, _)| first.id());
    let day = |record: &PersonRecord| record.birth.and_then(BirthDate::day).map(day_number);
    let year = |record: &PersonRecord| record.birth.map(|birth| u32::from(birth.year() as u16));
    type Key<'k> = &'k dyn Fn(&PersonRecord) -> Option<u64>;
    let keys: [Key<'_>; 18] = [
        &|record| can_name_a_person(record, pool).then(|| u64::from(record.identity.id())),
        &|record| Some(joined(id(record.name_key)?, year(record)?)),
        &|record| Some(joined(day(record)?, given(record)?)),
        &|record| Some(joined(day(record)?, family(record)?)),
        &|record| Some(joined(day(record)?, names.initials(record.name)?)),
        &|record| Some(joined(id(record.phone)?, given(record)?)),
        &|record| Some(joined(id(record.phone)?, day(record)?)),
        &|record| id(record.phone).map(u64::from),
        &|record| insurances.get(&record.insurance).map(|number| u64::from(*number)),
        &|record| Some(joined(id(record.name_key)?, id(record.commune_key)?)),
        &|record| Some(joined(day(record)?, id(record.commune_key)?)),
        &|record| Some(mixed([id(record.commune_key)?, year(record)?, given(record)?])),
        &|record| Some(mixed([id(record.commune_key)?, year(record)?, names.but_last(record.name)?])),
        // The year is off.
        &|record| Some(mixed([id(record.name_key)?, day(record)? & DAY_OF_YEAR, 0])),
        &|record| Some(mixed([id(record.commune_key)?, day(record)? & DAY_OF_YEAR, 0])),
        // Other countries have more names and fewer people of one: one fact is enough to look.
        &|record| are_foreign.then_some(u64::from(day(record)?)),
        &|record| are_foreign.then_some(u64::from(id(record.name_key)?)),
        &|record| are_foreign.then_some(u64::from(id(record.address)?)),
    ];
    let refinements: [Key<'_>; 4] = [
        &|record| record.identity.is_some().then(|| u64::from(record.identity.id())),
        &|record| Some(joined(day(record)?, id(record.name_key)?)),
        &|record| Some(joined(id(record.phone)?, id(record.name_key)?)),
        &|record| Some(joined(id(record.commune_key)?, day(record)?)),
    ];
    let is_open = |at: u32| people[at as usize].sides != [true, true];
    let (mut pairs, mut cut, mut in_cut) = (Vec::new(), 0, FxHashSet::default());
    for (done, key) in keys.iter().enumerate() {
        // Keys nobody open has are of no use; most persons are found on both sides by now.
        let mut entries: Vec<(u64, u32)> = Vec::new();
        let mut wanted: FxHashSet<u64> = FxHashSet::default();
        for is_first in [true, false] {
            for (at, person) in (0u32..).zip(people) {
                if (at as usize).is_multiple_of(STRIDE * 16) {
                    pace.step(Stage::Linking, done * people.len() + at as usize, keys.len() * people.len()).await?;
                }
                if is_open(at) == is_first
                    && let Some(key) = key(&person.record)
                    && (is_first || wanted.contains(&key))
                {
                    if is_first {
                        wanted.insert(key);
                    }
                    entries.push((key, at));
                }
            }
        }
        entries.sort_unstable();
        for (at, block) in entries.chunk_by(|a, b| a.0 == b.0).enumerate() {
            if at.is_multiple_of(STRIDE) {
                pace.step(Stage::Linking, (done + 1) * people.len(), keys.len() * people.len()).await?;
            }
            if !push_pairs(block, &is_open, &mut pairs) {
                cut += 1;
                in_cut.extend(block.iter().map(|(_, at)| *at).filter(|at| is_open(*at)));
                for refine in refinements {
                    let mut finer: Vec<(u64, u32)> =
                        block.iter().filter_map(|(_, at)| Some((refine(&people[*at as usize].record)?, *at))).collect();
                    finer.sort_unstable();
                    finer.chunk_by(|a, b| a.0 == b.0).for_each(|block| {
                        push_pairs(block, &is_open, &mut pairs);
                    });
                }
            }
        }
        // Keys find the same pairs again and again.
        pairs.sort_unstable();
        pairs.dedup();
    }
    pairs.iter().for_each(|(a, b)| {
        in_cut.remove(a);
        in_cut.remove(b);
    });
    Ok(Blocked { pairs, cut, uncompared: in_cut.len() })
}

/// Adds the pairs of a block in which one is open; false, and none added, where there are too many.
fn push_pairs(block: &[(u64, u32)], is_open: &impl Fn(u32) -> bool, pairs: &mut Vec<(u32, u32)>) -> bool {
    let open = block.iter().filter(|(_, at)| is_open(*at)).count();
    if open * (block.len() - open) + open * open.saturating_sub(1) / 2 > LARGEST_BLOCK {
        return false;
    }
    for (i, (_, a)) in block.iter().enumerate() {
        for (_, b) in &block[i + 1..] {
            if is_open(*a) || is_open(*b) {
                pairs.push((*a.min(b), *a.max(b)));
            }
        }
    }
    true
}

/// Three values in one key; two that fall together only cost a pair that is weighed and dropped.
fn mixed(values: [u32; 3]) -> u64 {
    values.into_iter().fold(0, |key: u64, value| (key.rotate_left(23) ^ u64::from(value)).wrapping_mul(0x9e37_79b9_7f4a_7c15))
}

/// The part of [`day_number`] that says day and month.
const DAY_OF_YEAR: u32 = 511;

/// Days since the year 0, near enough: what matters is that each day has its own.
fn day_number(date: Date) -> u32 {
    (date.year() as u32) * 512 + (date.month() as u32) * 32 + date.day() as u32
}

/// A number for each different insurance number, its class aside.
fn insurance_numbers(people: &[Candidate], pool: &TextPool) -> FxHashMap<Text, u32> {
    let mut cores: FxHashMap<&str, u32> = FxHashMap::default();
    let mut numbers = FxHashMap::default();
    for insurance in people.iter().map(|person| person.record.insurance).filter(|insurance| insurance.is_some()) {
        let next = cores.len() as u32;
        let number = *cores.entry(insurance_core(pool.get(insurance))).or_insert(next);
        numbers.insert(insurance, number);
    }
    numbers
}
