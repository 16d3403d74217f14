//! The ledger's lists: indexed once an outcome, narrowed by a filter, and the doses a filter selects named for a bulk change.

use super::{Engine, Outcome};
use crate::domain::bucket::BUCKET_COUNT;
use crate::domain::{Bucket, Side};
use crate::linkage::Roll;
use crate::normalize::fold_name;
use crate::normalize::text::{Text, TextPool};
use crate::pace::{Cancelled, Pace, STRIDE, Stage};
use crate::reconcile::decision::DoseKey;
use crate::reconcile::ledger::{Ledger, Verdict};
use crate::reconcile::tally::{dose_key, standing};
use crate::worker::list_filter::ListFilter;
use crate::worker::protocol::{DoseRow, ListRef};
use rustc_hash::FxHashMap;

/// Positions of every list's items, ascending.
#[derive(Default)]
pub(super) struct ListIndex([[Vec<u32>; BUCKET_COUNT]; 2]);

impl ListIndex {
    pub(super) fn of(roll: &Roll, ledger: &Ledger) -> ListIndex {
        let mut index = ListIndex::default();
        for (at, (item, verdict)) in roll.items.iter().zip(&ledger.verdicts).enumerate() {
            index.0[item.side.index()][verdict.bucket.index()].push(at as u32);
        }
        index
    }

    /// Positions of one list's items in the roll.
    pub(super) fn positions(&self, list: ListRef) -> &[u32] {
        &self.0[list.side.index()][list.bucket.index()]
    }
}

/// The list and filter asked for last, with what they select: turning pages does not select again.
pub(super) struct Selection {
    list: ListRef,
    filter: ListFilter,
    positions: Vec<u32>,
}

impl Engine {
    /// A stretch of what a filter leaves of a list, and the length of all of it.
    ///
    /// # Errors
    /// [`Cancelled`] when the pace says so.
    pub async fn filtered_page<P: Pace>(
        &mut self,
        list: ListRef,
        filter: &ListFilter,
        offset: usize,
        len: usize,
        pace: &mut P,
    ) -> Result<(Vec<DoseRow>, usize), Cancelled> {
        self.select(list, filter, pace).await?;
        let Some(outcome) = &self.outcome else { return Ok((Vec::new(), 0)) };
        let positions = outcome.selected(list, filter);
        Ok((self.rows_at(outcome, positions, offset, len), positions.len()))
    }

    /// A stretch of a list as it is, and the length of all of it.
    pub fn page(&self, list: ListRef, offset: usize, len: usize) -> (Vec<DoseRow>, usize) {
        let Some(outcome) = &self.outcome else { return (Vec::new(), 0) };
        let positions = outcome.lists.positions(list);
        (self.rows_at(outcome, positions, offset, len), positions.len())
    }

    fn rows_at(&self, outcome: &Outcome, positions: &[u32], offset: usize, len: usize) -> Vec<DoseRow> {
        let row = |at: usize| self.dose_row(outcome, at as u32, &outcome.roll.items[at], &outcome.ledger.verdicts[at]);
        positions.iter().skip(offset).take(len).map(|at| row(*at as usize)).collect()
    }

    /// Names every dose a filter leaves of a list, each with whether the machine holds it for entered.
    ///
    /// # Errors
    /// [`Cancelled`] when the pace says so.
    pub async fn keys<P: Pace>(&mut self, list: ListRef, filter: &ListFilter, pace: &mut P) -> Result<Vec<(DoseKey, bool)>, Cancelled> {
        self.select(list, filter, pace).await?;
        let Some(outcome) = &self.outcome else { return Ok(Vec::new()) };
        let positions = outcome.selected(list, filter);
        let mut keys = Vec::with_capacity(positions.len());
        for (done, at) in positions.iter().enumerate() {
            if done % STRIDE == 0 {
                pace.step(Stage::Listing, done, positions.len()).await?;
            }
            let at = *at as usize;
            keys.push((dose_key(&outcome.roll.items[at], &outcome.roll, &self.pool), outcome.ledger.verdicts[at].is_entered_later));
        }
        Ok(keys)
    }

    /// Makes the selection stand for this list and filter.
    async fn select<P: Pace>(&mut self, list: ListRef, filter: &ListFilter, pace: &mut P) -> Result<(), Cancelled> {
        let Some(outcome) = &mut self.outcome else { return Ok(()) };
        if filter.is_open() || outcome.selection.as_ref().is_some_and(|selection| selection.list == list && selection.filter == *filter) {
            return Ok(());
        }
        let all = outcome.lists.positions(list);
        let mut test = Test::new(outcome, &self.pool, list, filter);
        let mut positions = Vec::new();
        for (done, at) in all.iter().enumerate() {
            if done % STRIDE == 0 {
                pace.step(Stage::Listing, done, all.len()).await?;
            }
            if test.holds(*at) {
                positions.push(*at);
            }
        }
        outcome.selection = Some(Selection { list, filter: filter.clone(), positions });
        Ok(())
    }
}

impl Outcome {
    /// What the filter leaves, once it has been selected.
    fn selected(&self, list: ListRef, filter: &ListFilter) -> &[u32] {
        match &self.selection {
            Some(selection) if !filter.is_open() && selection.list == list => &selection.positions,
            _ => self.lists.positions(list),
        }
    }
}

/// A filter made ready for many doses.
struct Test<'a> {
    outcome: &'a Outcome,
    pool: &'a TextPool,
    filter: &'a ListFilter,
    /// Units of that name; none where the filter does not ask.
    unit: Option<Vec<u32>>,
    is_missing: bool,
    name: String,
    digits: String,
    /// Whether a text of the pool holds what is looked for: names and numbers repeat.
    known: FxHashMap<Text, bool>,
}

impl<'a> Test<'a> {
    fn new(outcome: &'a Outcome, pool: &'a TextPool, list: ListRef, filter: &'a ListFilter) -> Test<'a> {
        let unit = filter.unit.as_ref().map(|name| {
            let units = outcome.ledger.units.all().iter().enumerate();
            units.filter(|(_, unit)| unit.name == *name).map(|(at, _)| at as u32).collect()
        });
        let is_missing = list.side == Side::Local && list.bucket == Bucket::NotEntered;
        let digits = filter.text.chars().filter(char::is_ascii_digit).collect();
        Test { outcome, pool, filter, unit, is_missing, name: fold_name(&filter.text), digits, known: FxHashMap::default() }
    }

    fn holds(&mut self, at: u32) -> bool {
        let at = at as usize;
        let verdict: Verdict = self.outcome.ledger.verdicts[at];
        let (item, filter) = (&self.outcome.roll.items[at], self.filter);
        if self.unit.as_ref().is_some_and(|units| !units.contains(&self.outcome.ledger.unit_of(&verdict))) {
            return false;
        }
        if filter.column.is_some() && verdict.column != filter.column {
            return false;
        }
        if self.is_missing && filter.asks_decisions() {
            let standing = standing(item, &verdict, &self.outcome.roll, self.pool, &self.outcome.decisions);
            let agrees = filter.group.is_none_or(|group| group == standing.group)
                && filter.placed_by.is_none_or(|placed_by| placed_by == standing.placed_by)
                && filter.status.is_none_or(|status| status == standing.status);
            if !agrees {
                return false;
            }
        }
        if filter.text.trim().is_empty() {
            return true;
        }
        let person = &self.outcome.roll.persons[item.person as usize].record;
        let (pool, name, digits) = (self.pool, &self.name, &self.digits);
        let mut is_in = |text: Text, looks: &dyn Fn(&str) -> bool| *self.known.entry(text).or_insert_with(|| looks(pool.get(text)));
        if !digits.is_empty() {
            let holds = |text: &str| text.contains(digits.as_str());
            [person.identity, person.identity_text, person.phone, person.insurance].into_iter().any(|text| is_in(text, &holds))
        } else {
            !name.is_empty() && is_in(person.name_key, &|text| text.contains(name.as_str()))
        }
    }
}
