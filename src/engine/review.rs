//! Decisions about pairs: found again, applied, and what the page asks about the review.

use super::lists::ListIndex;
use super::{Answer, Engine, LoadedFile, LoadedSheet, Outcome};
use crate::domain::source::SheetKind;
use crate::domain::{Decision, FileId};
use crate::linkage::candidate::Candidate;
use crate::linkage::{Item, Linkage, Roll};
use crate::normalize::text::TextPool;
use crate::pace::{Cancelled, Pace, Unpaced, ready};
use crate::reconcile::answers::Answers;
use crate::reconcile::answers_in::find_pairs;
use crate::reconcile::content::{RowHashes, near_key};
use crate::reconcile::decision::Decisions;
use crate::reconcile::later::mark_entered_later;
use crate::reconcile::redecide::{Index, redecide};
use crate::reconcile::review::{Desk, nearest, overview, pair_detail};
use crate::workbook::answers::{WrittenAnswer, read_answers};
use crate::worker::protocol::{FromEngine, JobId, ReviewAnswer, ReviewAsk};

/// Who is meant by the decisions about pairs; where there are none nothing is hashed.
pub(super) async fn find_answers<P: Pace>(
    roll: &Roll,
    pool: &TextPool,
    linkage: &Linkage,
    decisions: &Decisions,
    pace: &mut P,
) -> Result<(Answers, Option<Index>), Cancelled> {
    if decisions.pairs.is_empty() {
        return Ok((Answers::default(), None));
    }
    let index = Index::of(roll, linkage, RowHashes::of(roll, pool, pace).await?);
    Ok((Answers::of(&decisions.pairs, &index.hashes, &linkage.person_of), Some(index)))
}

impl Outcome {
    async fn make_index<P: Pace>(&mut self, pool: &TextPool, pace: &mut P) -> Result<(), Cancelled> {
        if self.index.is_none() {
            self.index = Some(Index::of(&self.roll, &self.linkage, RowHashes::of(&self.roll, pool, pace).await?));
        }
        Ok(())
    }

    /// Puts the doses touched by changed decisions about pairs where they belong now.
    pub(super) fn redecide(&mut self, pool: &TextPool) {
        if self.decisions.units != *self.ledger.units.aliases() {
            self.ledger.units.gather(&self.decisions.units);
        }
        if self.decisions.pairs == self.ledger.answers.pairs {
            return;
        }
        let _ = ready(self.make_index(pool, &mut Unpaced));
        if let Some(index) = &self.index {
            let all = (&self.roll, pool, &self.linkage);
            redecide(all, &mut self.ledger, index, &self.decisions.pairs, self.settings.cut_off, &self.columns);
            // Doses have gone from one list to another.
            mark_entered_later(&mut self.ledger);
            self.lists = ListIndex::of(&self.roll, &self.ledger);
        }
    }

    fn desk<'a>(&'a self, pool: &'a TextPool) -> Option<Desk<'a>> {
        Some(Desk { roll: &self.roll, pool, linkage: &self.linkage, ledger: &self.ledger, index: self.index.as_ref()? })
    }

    /// The answer about the two doses' persons, or about the two doses of one person.
    pub(super) fn answer_about(&self, pool: &TextPool, item: &Item, other: &Item) -> Option<Decision> {
        let answers = &self.ledger.answers;
        if answers.pairs.is_empty() {
            return None;
        }
        let [a, b] = [item, other].map(|item| self.linkage.person_of[item.person as usize]);
        if let Some(decision) = answers.of_persons.get(&(a.min(b), a.max(b))) {
            return Some(*decision);
        }
        let is_near = item.side == other.side && a == b;
        is_near.then(|| near_key(item, other, &self.roll, pool)).and_then(|key| answers.pairs.get(&key).copied())
    }

    /// What the two persons weigh together, in bits, or the two rows where they are one person; none for two rows of one side.
    pub(super) fn match_weight(&self, pool: &TextPool, item: &Item, other: &Item) -> Option<f64> {
        if item.side == other.side {
            return None;
        }
        let bits = |weight: i32| Some(f64::from(weight) / 1_000.0);
        let [a, b] = [item, other].map(|item| self.linkage.person_of[item.person as usize]);
        if a != b {
            return bits(self.linkage.explain(a, b, pool).weight());
        }
        let candidate = |item: &Item| {
            let mut candidate = Candidate { record: self.roll.persons[item.person as usize].record, ..Candidate::default() };
            candidate.sides[item.side.index()] = true;
            candidate.doses[item.side.index()].extend(item.dose.given.zip(item.dose.product));
            candidate
        };
        bits(self.linkage.estimates.explain(&candidate(item), &candidate(other), pool).weight())
    }
}

/// The rows of a file's working lists whose `Quyết định` is filled.
fn rows_of(files: &[LoadedFile], file: FileId) -> Vec<WrittenAnswer> {
    let Some(loaded) = files.iter().find(|loaded| loaded.meta.id == file) else { return Vec::new() };
    let of_kind = |sheet: &&LoadedSheet| sheet.reading.mapping.as_ref().is_some_and(|mapping| mapping.kind == SheetKind::WorkingList);
    read_answers(&loaded.workbook, loaded.sheets.iter().filter(of_kind).map(|sheet| sheet.reading.sheet))
}

impl Engine {
    /// Answers what the page asks about the review.
    pub(super) async fn answer_review<P: Pace>(&mut self, job: JobId, ask: ReviewAsk, pace: &mut P) -> Answer {
        match self.review(ask, pace).await {
            Ok(Some(answer)) => Answer::plain(FromEngine::Review { job, answer: Box::new(answer) }),
            Ok(None) => Answer::plain(FromEngine::Failed(
                job,
                "Chưa đối soát nên chưa có cặp nào để xem xét. Hãy bấm “Bắt đầu đối soát” ở bước Nạp tệp.".to_owned(),
            )),
            Err(Cancelled) => Answer::plain(FromEngine::Cancelled(job)),
        }
    }

    /// The review's answer; none before the first reconciliation.
    ///
    /// # Errors
    /// [`Cancelled`] when the pace says so.
    pub async fn review<P: Pace>(&mut self, ask: ReviewAsk, pace: &mut P) -> Result<Option<ReviewAnswer>, Cancelled> {
        let Some(outcome) = self.outcome.as_mut() else { return Ok(None) };
        outcome.make_index(&self.pool, pace).await?;
        let Some(desk) = outcome.desk(&self.pool) else { return Ok(None) };
        Ok(Some(match ask {
            ReviewAsk::Overview => ReviewAnswer::Overview(overview(desk, pace).await?),
            ReviewAsk::Pair(key) => ReviewAnswer::Pair(pair_detail(desk, key).map(Box::new)),
            ReviewAsk::Answers(file) => ReviewAnswer::Answers(find_pairs(desk, &rows_of(&self.files, file))),
            ReviewAsk::Nearest(item) => ReviewAnswer::Nearest(nearest(desk, item, pace).await?),
        }))
    }
}
