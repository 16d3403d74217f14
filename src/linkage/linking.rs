//! Who is who: rows joined by exact agreement, then persons by weight.

use super::candidate::{Candidate, absorb, complete_from_number};
use super::comparison::number::is_sound;
use super::estimates::Estimates;
use super::exact::join_exact;
use super::explanation::Explanation;
use super::roll::Roll;
use super::veto::Verdict;
use super::weighing::weigh;
use crate::domain::PersonRecord;
use crate::normalize::text::TextPool;
use crate::pace::{Cancelled, Pace, STRIDE, Stage};

/// Who is who.
#[derive(Clone, Debug, Default)]
pub struct Linkage {
    /// The person (0, 1, …) of each row of [`Roll::persons`].
    pub person_of: Vec<u32>,
    /// How many persons there are.
    pub persons: usize,
    /// Persons that may be the same, sorted by their numbers, once each.
    pub possible: Vec<PossiblePair>,
    /// Blocks in which too many persons stand to draw up every pair.
    pub cut_blocks: usize,
    /// Persons of such blocks who were compared with nobody.
    pub uncompared: usize,
    /// What the rows of each person say together.
    pub people: Vec<Candidate>,
    /// What the weights rest on.
    pub estimates: Estimates,
}

/// Two persons that may be the same; a person decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct PossiblePair {
    /// The person with the lower number.
    pub a: u32,
    /// The other.
    pub b: u32,
    /// Weight in thousandths of a bit.
    pub weight: i32,
}

impl Linkage {
    /// Why two persons weigh what they do together.
    pub fn explain(&self, a: u32, b: u32, pool: &TextPool) -> Explanation {
        self.estimates.explain(&self.people[a as usize], &self.people[b as usize], pool)
    }

    /// What the machine might do with two persons, were there no others.
    pub fn verdict(&self, a: u32, b: u32, pool: &TextPool) -> Verdict {
        self.estimates.verdict(&self.people[a as usize], &self.people[b as usize], pool)
    }
}

/// Links the persons of both sides.
///
/// # Errors
/// [`Cancelled`] when the pace says so.
pub async fn link_persons<P: Pace>(roll: &Roll, pool: &TextPool, pace: &mut P) -> Result<Linkage, Cancelled> {
    let mut clusters = join_exact(roll, pace).await?;
    let (person_of, persons) = clusters.numbered();
    let people = gather(roll, pool, &person_of, persons, pace).await?;
    let estimates = Estimates::of(&people, pool, pace).await?;
    let weighed = weigh(&people, &estimates, pool, pace).await?;

    let mut first_rows = vec![0u32; persons];
    (0..roll.persons.len() as u32).rev().for_each(|row| first_rows[person_of[row as usize] as usize] = row);
    let to_rows = |(a, b): &(u32, u32)| (first_rows[*a as usize], first_rows[*b as usize]);
    weighed.certain.iter().map(to_rows).for_each(|(a, b)| clusters.join(a, b));
    let possible_rows: Vec<(u32, u32)> = weighed.possible.iter().map(to_rows).collect();

    let (person_of, persons) = clusters.numbered();
    let people = gather(roll, pool, &person_of, persons, pace).await?;
    let estimates = Estimates::of(&people, pool, pace).await?;
    let pairs = possible_persons(&possible_rows, &person_of, &people);
    let mut possible = Vec::with_capacity(pairs.len());
    for (done, (a, b)) in pairs.iter().copied().enumerate() {
        if done.is_multiple_of(STRIDE) {
            pace.step(Stage::Linking, done, pairs.len()).await?;
        }
        possible.push(PossiblePair { a, b, weight: estimates.explain(&people[a as usize], &people[b as usize], pool).weight() });
    }
    Ok(Linkage { person_of, persons, possible, cut_blocks: weighed.cut, uncompared: weighed.uncompared, people, estimates })
}

/// The possible pairs that ask for an answer: across the two sides, and not between two persons found on both sides already.
fn possible_persons(possible_rows: &[(u32, u32)], person_of: &[u32], people: &[Candidate]) -> Vec<(u32, u32)> {
    let mut pairs: Vec<(u32, u32)> = possible_rows
        .iter()
        .map(|(a, b)| (person_of[*a as usize], person_of[*b as usize]))
        .map(|(a, b)| (a.min(b), a.max(b)))
        .filter(|(a, b)| {
            let (x, y) = (&people[*a as usize], &people[*b as usize]);
            a != b && x.completes(y) && !(x.sides == [true, true] && y.sides == [true, true])
        })
        .collect();
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

/// Whether two names are the same to the mark, capital letters aside.
pub(super) fn is_one_name(x: &PersonRecord, y: &PersonRecord, pool: &TextPool) -> bool {
    pool.get(x.name).to_lowercase() == pool.get(y.name).to_lowercase()
}

/// What the rows of each person say together.
///
/// # Errors
/// [`Cancelled`] when the pace says so.
pub async fn gather<P: Pace>(
    roll: &Roll,
    pool: &TextPool,
    person_of: &[u32],
    persons: usize,
    pace: &mut P,
) -> Result<Vec<Candidate>, Cancelled> {
    let mut people = vec![Candidate::default(); persons];
    for (row, person) in roll.persons.iter().enumerate() {
        if row % STRIDE == 0 {
            pace.step(Stage::Linking, row, roll.persons.len()).await?;
        }
        let candidate = &mut people[person_of[row] as usize];
        candidate.sides[person.side.index()] = true;
        absorb(pool, &mut candidate.record, &person.record);
        candidate.is_sound |= is_sound(&person.record, pool);
    }
    for (row, person) in roll.persons.iter().enumerate() {
        if row % STRIDE == 0 {
            pace.step(Stage::Linking, row, roll.persons.len()).await?;
        }
        let candidate = &mut people[person_of[row] as usize];
        let (own, all) = (&person.record, &candidate.record);
        let is_one_name = own.name == all.name || is_one_name(own, all, pool);
        candidate.is_divided |= own.birth != all.birth || !is_one_name;
    }
    people.iter_mut().for_each(|person| complete_from_number(&mut person.record, pool));
    for (at, item) in roll.items.iter().enumerate() {
        if at.is_multiple_of(STRIDE) {
            pace.step(Stage::Linking, at, roll.items.len()).await?;
        }
        let doses = &mut people[person_of[item.person as usize] as usize].doses[item.side.index()];
        doses.extend(item.dose.given.zip(item.dose.product));
    }
    people.iter_mut().flat_map(|candidate| &mut candidate.doses).for_each(|doses| {
        doses.sort_unstable();
        doses.dedup();
    });
    Ok(people)
}
