//! Which pairs wait for an answer, in the order of what moves the forms most, gathered by how they differ.

use super::fields::pattern;
use super::{Desk, Overview, PairKind, Pattern, QueueEntry};
use crate::domain::{Bucket, Decision, Side};
use crate::linkage::dose_assignment::{DoseFacts, days_apart, fit};
use crate::pace::{Cancelled, Pace, STRIDE, Stage};
use crate::reconcile::answers::persons_of;
use crate::reconcile::decision::PairKey;
use crate::reconcile::ledger::Reason;
use rustc_hash::{FxHashMap, FxHashSet};

impl Desk<'_> {
    pub(super) fn facts(&self, at: u32) -> Option<DoseFacts> {
        let dose = &self.roll.items[at as usize].dose;
        Some(DoseFacts { given: dose.given?, product: dose.product, lot: dose.lot, column: self.ledger.verdicts[at as usize].column })
    }

    pub(in crate::reconcile) fn side(&self, at: u32) -> Side {
        self.roll.items[at as usize].side
    }

    /// Everyone a person was said to be one with.
    pub(super) fn group_items(&self, person: u32) -> Vec<u32> {
        let decided = &self.ledger.answers.decided;
        decided.members(decided.root(person)).into_iter().flat_map(|member| self.index.items.get(member)).copied().collect()
    }

    /// Of two lists of doses, those that may be a dose of the other list on the other side.
    pub(super) fn partnered(&self, of_a: &[u32], of_b: &[u32], may: impl Fn(u32) -> bool) -> Vec<u32> {
        let mut found = Vec::new();
        for &a in of_a.iter().filter(|at| may(**at)) {
            for &b in of_b.iter().filter(|at| may(**at)) {
                let (local, system) = if self.side(a) == Side::Local { (a, b) } else { (b, a) };
                let is_across = self.side(local) == Side::Local && self.side(system) == Side::System;
                if is_across && self.facts(local).zip(self.facts(system)).is_some_and(|(x, y)| fit(&x, &y).is_some()) {
                    found.extend([a, b]);
                }
            }
        }
        found.sort_unstable();
        found.dedup();
        found
    }

    /// Doses of a pair of persons that an answer moves: those that wait, or, where it was answered, those it was about.
    pub(super) fn doses_of(&self, a: u32, b: u32, is_answered: bool) -> u32 {
        let verdict = |at: u32| &self.ledger.verdicts[at as usize];
        let count = if is_answered {
            let may = |at: u32| !matches!(verdict(at).bucket, Bucket::Unreadable | Bucket::OutOfScope);
            self.partnered(self.index.items.get(a), self.index.items.get(b), may).len()
        } else {
            let waits = |at: u32| verdict(at).bucket == Bucket::Review && verdict(at).reason == Reason::PossiblySame;
            self.partnered(&self.group_items(a), &self.group_items(b), waits).len()
        };
        count as u32
    }
}

/// The pairs of the review.
///
/// # Errors
/// [`Cancelled`] when the pace says so.
pub async fn overview<P: Pace>(desk: Desk<'_>, pace: &mut P) -> Result<Overview, Cancelled> {
    let mut result = Overview::default();
    let mut patterns = Patterns::default();
    let mut known: FxHashSet<PairKey> = FxHashSet::default();
    let answers = &desk.ledger.answers;
    let total = desk.linkage.possible.len();

    let machine = desk.linkage.possible.iter().filter(|pair| !answers.of_persons.contains_key(&(pair.a, pair.b)));
    let machine = machine.map(|pair| (desk.index.key(pair.a, pair.b, desk.roll), (pair.a, pair.b)));
    let asked =
        answers.pairs.keys().filter_map(|key| Some((*key, *persons_of(*key, &desk.index.hashes, &desk.linkage.person_of).first()?)));
    for (done, (key, (a, b))) in machine.chain(asked).enumerate() {
        if done.is_multiple_of(STRIDE) {
            pace.step(Stage::Classifying, done.min(total), total).await?;
        }
        if !known.insert(key) {
            continue;
        }
        let decision = answers.pairs.get(&key).copied();
        let is_conflict = answers.decided.is_conflict(a, b);
        let is_answered = matches!(decision, Some(Decision::SamePerson | Decision::DifferentPerson));
        let doses = desk.doses_of(a, b, is_answered);
        if doses == 0 && decision.is_none() && !is_conflict {
            continue;
        }
        let (x, y) = (&desk.linkage.people[a as usize], &desk.linkage.people[b as usize]);
        let has_rival = desk.index.pairs_of(a).len().max(desk.index.pairs_of(b).len()) > 1;
        let words = pattern(x, y, has_rival, &desk.linkage.estimates, desk.pool);
        let weight = desk.linkage.explain(a, b, desk.pool).weight();
        let entry = QueueEntry { key, kind: PairKind::Persons, weight, doses, pattern: 0, decision, is_conflict };
        result.entries.push(patterns.take(entry, words));
    }
    for (key, near) in &desk.ledger.near {
        let verdict = &desk.ledger.verdicts[near.copy as usize];
        let decision = answers.pairs.get(key).copied();
        let waits = verdict.bucket == Bucket::Review && verdict.reason == Reason::NearCopyOf && verdict.other == near.of;
        if !waits && !matches!(decision, Some(Decision::SamePerson | Decision::DifferentPerson)) {
            continue;
        }
        known.insert(*key);
        let day = |at: u32| desk.roll.items[at as usize].dose.given;
        let days = day(near.copy).zip(day(near.of)).map_or(0, |(a, b)| days_apart(a, b));
        let words =
            format!("Hai mũi của một người, cùng cột biểu, cách nhau {days} ngày, ghi ở cùng phía {}", desk.side(near.copy).label());
        let entry = QueueEntry { key: *key, kind: PairKind::NearCopy, weight: 0, doses: 1, pattern: 0, decision, is_conflict: false };
        result.entries.push(patterns.take(entry, words));
    }
    result.not_found = answers.pairs.keys().filter(|key| !known.contains(*key) && !desk.ledger.near.contains_key(*key)).count() as u32;

    patterns.finish(&mut result);
    result.entries.sort_by_key(|entry| (!entry.is_conflict, std::cmp::Reverse((entry.doses, entry.weight)), entry.key));
    count_causes(desk, &mut result);
    Ok(result)
}

/// Patterns as they come up.
#[derive(Default)]
struct Patterns {
    numbers: FxHashMap<String, u32>,
    found: Vec<Pattern>,
}

impl Patterns {
    fn take(&mut self, mut entry: QueueEntry, words: String) -> QueueEntry {
        let next = self.found.len() as u32;
        entry.pattern = *self.numbers.entry(words.clone()).or_insert(next);
        if entry.pattern == next {
            self.found.push(Pattern { words, weights: (entry.weight, entry.weight), ..Pattern::default() });
        }
        let pattern = &mut self.found[entry.pattern as usize];
        pattern.pairs += 1;
        pattern.weights = (pattern.weights.0.min(entry.weight), pattern.weights.1.max(entry.weight));
        if entry.is_open() {
            pattern.open += 1;
            pattern.doses += entry.doses;
        }
        entry
    }

    /// The patterns, the one with the most open doses first.
    fn finish(self, overview: &mut Overview) {
        let mut order: Vec<usize> = (0..self.found.len()).collect();
        order.sort_by_key(|at| (std::cmp::Reverse((self.found[*at].doses, self.found[*at].pairs)), &self.found[*at].words));
        let mut place = vec![0; order.len()];
        order.iter().enumerate().for_each(|(at, old)| place[*old] = at as u32);
        overview.entries.iter_mut().for_each(|entry| entry.pattern = place[entry.pattern as usize]);
        overview.patterns = order.into_iter().map(|at| self.found[at].clone()).collect();
    }
}

/// How long the list is, and what stands behind it.
fn count_causes(desk: Desk<'_>, overview: &mut Overview) {
    let (mut waiting, mut in_scope) = (0, 0);
    for (item, verdict) in desk.roll.items.iter().zip(&desk.ledger.verdicts) {
        let is_review = verdict.bucket == Bucket::Review;
        overview.open_doses += u32::from(is_review);
        if item.side == Side::Local {
            waiting += u32::from(is_review);
            in_scope += u32::from(matches!(verdict.bucket, Bucket::Review | Bucket::Entered | Bucket::ToAdjust | Bucket::NotEntered));
        }
    }
    overview.local_share = (waiting, in_scope);
    let open: Vec<&QueueEntry> = overview.entries.iter().filter(|entry| entry.is_open()).collect();
    let mut causes: Vec<(String, u32)> = Vec::new();
    // What a pattern says, and what it may not say beside it.
    for (words, sign, but) in [
        ("một hoặc cả hai phía không có số giấy tờ", "không có số giấy tờ", None),
        ("số giấy tờ khác loại (CMND, CCCD) hoặc dùng chung", "giấy tờ khác loại", None),
        ("số giấy tờ hai phía khác nhau", "giấy tờ khác", Some("giấy tờ khác loại")),
        ("số giấy tờ lệch một chữ số", "giấy tờ lệch một chữ số", None),
        ("nhiều người cùng họ tên, năm sinh hoặc số giấy tờ", "có người khác cũng giống", None),
        ("ngày sinh chỉ ghi năm hoặc để trống", "năm sinh", None),
        ("ngày sinh hai phía lệch nhau", "gày sinh lệch", None),
        ("họ tên hai phía viết khác nhau", "ọ tên", None),
        ("một phía ghi hai mũi sát ngày nhau", "Hai mũi của một người", None),
    ] {
        let is_so = |said: &str| said.contains(sign) && but.is_none_or(|but| !said.contains(but));
        let count = open.iter().filter(|entry| is_so(&overview.patterns[entry.pattern as usize].words)).count();
        let share = (count * 100).checked_div(open.len()).unwrap_or(0) as u32;
        if share > 0 {
            causes.push((words.to_owned(), share));
        }
    }
    causes.sort_by_key(|(_, share)| std::cmp::Reverse(*share));
    causes.truncate(4);
    overview.causes = causes;
}
