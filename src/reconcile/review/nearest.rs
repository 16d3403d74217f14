//! Why a dose was not found on the other side: its nearest candidates there, and what stopped each.

use super::{Desk, Nearest};
use crate::domain::{PersonRecord, Side};
use crate::linkage::comparison::is_one_slip;
use crate::linkage::dose_assignment::fit;
use crate::normalize::text::{Text, TextPool};
use crate::pace::{Cancelled, Pace, STRIDE, Stage};

/// Candidates shown.
const SHOWN: usize = 5;

/// The last word of a folded name, by which people are called.
fn given_name(pool: &TextPool, name: Text) -> &str {
    pool.get(name).rsplit(' ').next().unwrap_or_default()
}

/// The persons of the other side that come nearest to a dose's person, the heaviest first, each with what stopped it.
///
/// # Errors
/// [`Cancelled`] when the pace says so.
pub async fn nearest<P: Pace>(desk: Desk<'_>, item: u32, pace: &mut P) -> Result<Nearest, Cancelled> {
    let Some(asked) = desk.roll.items.get(item as usize) else { return Ok(Nearest::default()) };
    let own = desk.linkage.person_of[asked.person as usize];
    let decided = &desk.ledger.answers.decided;
    let other_side = if asked.side == Side::Local { Side::System } else { Side::Local };
    let people = &desk.linkage.people;
    let seeker = Seeker::of(&people[own as usize].record, desk.pool);
    let mut best: Vec<(i32, u32)> = Vec::new();
    for (at, candidate) in people.iter().enumerate() {
        if at.is_multiple_of(STRIDE) {
            pace.step(Stage::Linking, at, people.len()).await?;
        }
        let at = at as u32;
        if candidate.sides[other_side.index()] && at != own && decided.root(at) != decided.root(own) && seeker.is_near(&candidate.record) {
            best.push((desk.linkage.explain(own, at, desk.pool).weight(), at));
            if best.len() > 64 {
                keep_best(&mut best);
            }
        }
    }
    keep_best(&mut best);
    let details = best.into_iter().map(|(_, other)| {
        let (local, system) = if asked.side == Side::Local { (own, other) } else { (other, own) };
        let mut detail = desk.persons(desk.index.key(local, system, desk.roll), local, system);
        let facts = desk.facts(item);
        let is_pairable = desk.group_items(other).into_iter().filter(|at| desk.side(*at) == other_side).any(|at| {
            let (Some(mine), Some(theirs)) = (facts, desk.facts(at)) else { return false };
            if asked.side == Side::Local { fit(&mine, &theirs).is_some() } else { fit(&theirs, &mine).is_some() }
        });
        if !is_pairable {
            detail.why.push("Người này không có mũi nào cùng ngày, cùng cột biểu hay cùng lô để ghép với mũi đang hỏi.".to_owned());
        }
        detail
    });
    let found = details.collect();
    let there = desk.group_items(own).into_iter().filter(|at| desk.side(*at) == other_side);
    Ok(Nearest { own: there.map(|at| desk.pair_dose(at, false)).collect(), found })
}

fn keep_best(best: &mut Vec<(i32, u32)>) {
    best.sort_unstable_by_key(|(weight, at)| (-weight, *at));
    best.truncate(SHOWN);
}

/// What is looked for, cheaply: few share any of it.
struct Seeker<'a> {
    record: &'a PersonRecord,
    pool: &'a TextPool,
    given: &'a str,
}

impl<'a> Seeker<'a> {
    fn of(record: &'a PersonRecord, pool: &'a TextPool) -> Seeker<'a> {
        Seeker { record, pool, given: given_name(pool, record.name_key) }
    }

    fn is_near(&self, other: &PersonRecord) -> bool {
        let own = self.record;
        let same = |a: Text, b: Text| a.is_some() && a == b;
        let is_same_birth = own.birth.is_some() && own.birth == other.birth;
        let is_same_year = own.birth.zip(other.birth).is_some_and(|(a, b)| a.year() == b.year());
        let is_called_so = || !self.given.is_empty() && given_name(self.pool, other.name_key) == self.given;
        same(own.name_key, other.name_key)
            || same(own.identity, other.identity)
            || same(own.phone, other.phone)
            || same(own.insurance, other.insurance)
            || ((is_same_birth || is_same_year) && is_called_so())
            || (own.identity.is_some()
                && other.identity.is_some()
                && is_one_slip(self.pool.get(own.identity).as_bytes(), self.pool.get(other.identity).as_bytes()))
    }
}
