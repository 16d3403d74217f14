//! Rows joined by exact agreement, which needs no weighing.
//!
//! Two rows are one person when number, name (folded) and birth agree; a birth known only by its year agrees with a full date of that
//! year. So are two rows of one side that say the very same of their person, if what they say is enough to know a person by.

use super::clustering::Clusters;
use super::roll::{Person, Roll, group_by_key};
use crate::domain::BirthDate;
use crate::pace::{Cancelled, Pace, STRIDE, Stage};
use rustc_hash::FxHashMap;

/// Rows under one number and name beyond which not every pair of them is compared.
const LARGEST_GROUP: usize = 60;

/// Joins what agrees exactly.
///
/// # Errors
/// [`Cancelled`] when the pace says so.
pub async fn join_exact<P: Pace>(roll: &Roll, pace: &mut P) -> Result<Clusters, Cancelled> {
    let mut clusters = Clusters::singletons(roll.persons.len());
    let said_alike = keyed(roll, said_word_for_word, pace).await?;
    let by_number = |person: &Person| {
        let record = &person.record;
        (record.identity_kind.is_number() && record.name_key.is_some()).then_some((record.identity, record.name_key))
    };
    let numbered_alike = keyed(roll, by_number, pace).await?;
    let total = said_alike.len() + numbered_alike.len();
    for (done, group) in said_alike.iter().enumerate() {
        if done.is_multiple_of(STRIDE) {
            pace.step(Stage::Linking, done, total).await?;
        }
        group.windows(2).for_each(|pair| clusters.join(pair[0], pair[1]));
    }
    for (done, group) in numbered_alike.iter().enumerate() {
        if done.is_multiple_of(STRIDE) {
            pace.step(Stage::Linking, said_alike.len() + done, total).await?;
        }
        join_agreeing_births(roll, group, &mut clusters);
    }
    Ok(clusters)
}

/// Rows of one number and name: those whose births do not disagree are one person.
fn join_agreeing_births(roll: &Roll, group: &[u32], clusters: &mut Clusters) {
    let birth = |row: u32| roll.persons[row as usize].record.birth;
    // Few rows share a number and a name; where many do it is a placeholder, and only neighbours are compared.
    let reach = if group.len() > LARGEST_GROUP { 1 } else { group.len() };
    for (i, &a) in group.iter().enumerate() {
        for &b in group.iter().skip(i + 1).take(reach) {
            if !matches!((birth(a), birth(b)), (Some(x), Some(y)) if !x.agrees_with(y)) {
                clusters.join(a, b);
            }
        }
    }
}

/// All that a row says of its person, where that is enough to know the person by: a number, a phone, or a full birth date.
fn said_word_for_word(person: &Person) -> Option<impl std::hash::Hash + Eq + use<>> {
    let record = &person.record;
    let is_enough = record.identity.is_some()
        || record.phone.is_some()
        || record.insurance.is_some()
        || (matches!(record.birth, Some(BirthDate::Day(_))) && (record.commune_key.is_some() || record.address.is_some()));
    (is_enough && record.name.is_some()).then_some((
        (person.side, record.name, record.birth, record.sex, record.identity, record.phone),
        (record.insurance, record.commune_key, record.district, record.province, record.address),
    ))
}

/// Groups of two rows or more with the same key; groups and rows in the order of the roll.
async fn keyed<K: std::hash::Hash + Eq, P: Pace>(
    roll: &Roll,
    key: impl Fn(&Person) -> Option<K>,
    pace: &mut P,
) -> Result<Vec<Vec<u32>>, Cancelled> {
    let mut numbers: FxHashMap<K, u32> = FxHashMap::default();
    let (mut group_of, mut members) = (Vec::new(), Vec::new());
    for (row, person) in roll.persons.iter().enumerate() {
        if row.is_multiple_of(STRIDE) {
            pace.step(Stage::Linking, 0, 0).await?;
        }
        if let Some(key) = key(person) {
            let next = numbers.len() as u32;
            group_of.push(*numbers.entry(key).or_insert(next));
            members.push(row as u32);
        }
    }
    let (starts, positions) = group_by_key(numbers.len(), group_of.iter().copied());
    let mut groups = Vec::new();
    for (at, ends) in starts.windows(2).enumerate() {
        if at.is_multiple_of(STRIDE) {
            pace.step(Stage::Linking, 0, 0).await?;
        }
        if ends[1] - ends[0] > 1 {
            groups.push(positions[ends[0] as usize..ends[1] as usize].iter().map(|position| members[*position as usize]).collect());
        }
    }
    Ok(groups)
}
