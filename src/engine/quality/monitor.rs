//! `Giám sát`: the board over what is loaded, and the doses behind it.

use super::super::rows::show_birth;
use super::super::{Engine, Outcome};
use crate::domain::{Bucket, Date, Side};
use crate::linkage::Item;
use crate::linkage::roll::group_by_key;
use crate::pace::{Cancelled, Pace, STRIDE, Stage};
use crate::quality::board::{Board, Entry, Late, count};
use crate::quality::{Statuses, Stock};
use crate::reconcile::ledger::NO_ITEM;
use crate::text::show_date;
use crate::worker::quality::LateRow;

/// Days within which two records with one label are one dose, as in the assignment of doses.
const NEAR_DAYS: i32 = 30;

impl Engine {
    /// Counts the board as of a day; needs a check, and makes one where there is none.
    ///
    /// # Errors
    /// [`Cancelled`] when the pace says so.
    pub(super) async fn board<P: Pace>(&mut self, today: Date, since: Date, pace: &mut P) -> Result<Board, Cancelled> {
        if self.quality.checked.as_ref().is_none_or(|(day, _)| *day != today) {
            self.check(today, pace).await?;
        }
        let corrections = self.quality.corrections.clone();
        let Some((_, findings)) = &self.quality.checked else { return Ok(Board::default()) };
        let stock = self.stock(today);
        let entries = match &self.outcome {
            Some(outcome) => outcome.entries(&stock, pace).await?,
            None => None,
        };
        let choices = &corrections.choices;
        let statuses = Statuses(Some(&choices.statuses));
        let (board, mut late) = count(&stock, findings, &choices.rules_off, &statuses, since, entries.as_deref(), pace).await?;
        // The longest wait first, those not entered at all before the others.
        late.sort_by_key(|late| (late.days.map_or(0, |days| u16::MAX - days), late.record));
        self.quality.late = late;
        self.quality.board = Some(board.clone());
        Ok(board)
    }

    /// A stretch of the late doses of a unit, or of all, and how many there are.
    pub(super) fn late_rows(&self, unit: Option<&str>, offset: usize, len: usize) -> (Vec<LateRow>, u32) {
        let Some((today, findings)) = &self.quality.checked else { return (Vec::new(), 0) };
        let stock = self.stock(*today);
        let unit_of = |late: &&Late| findings.unit_of.get(late.record as usize).and_then(|unit| findings.units.get(*unit as usize));
        let all: Vec<&Late> =
            self.quality.late.iter().filter(|late| unit.is_none_or(|unit| unit_of(late).is_some_and(|own| own == unit))).collect();
        let rows = all.iter().skip(offset).take(len).filter_map(|late| self.late_row(&stock, late, unit_of(late)?));
        (rows.collect(), all.len() as u32)
    }

    pub(super) fn late_row(&self, stock: &Stock<'_>, late: &Late, unit: &str) -> Option<LateRow> {
        let record = stock.record(late.record)?;
        let sheet = stock.sheets.get(record.sheet)?;
        let file = self.files.iter().find(|file| file.meta.id == sheet.file)?;
        let name = file.sheets.get(usize::from(sheet.sheet)).map(|sheet| sheet.reading.name.clone()).unwrap_or_default();
        let dose = record.dose;
        let text = |text| self.pool.get(text).to_owned();
        let given = dose.given?;
        let entered = late.days.and_then(|days| given.checked_add(jiff::Span::new().days(i64::from(days))).ok());
        Some(LateRow {
            place: (file.meta.name.clone(), name, dose.at.row, dose.at.slot),
            name: text(record.person.name),
            birth: record.person.birth.map(show_birth).unwrap_or_default(),
            label: text(dose.label_text),
            given: show_date(given),
            entered: entered.map(show_date).unwrap_or_default(),
            days: late.days,
            unit: unit.to_owned(),
        })
    }
}

impl Outcome {
    /// What is known of each local record's entry; none where what is loaded is not what was matched.
    async fn entries<P: Pace>(&self, stock: &Stock<'_>, pace: &mut P) -> Result<Option<Vec<Entry>>, Cancelled> {
        let items = &self.roll.items;
        let local = items.partition_point(|item| item.side == Side::Local);
        let mut loaded = stock.sheets.iter().filter(|sheet| sheet.side == Side::Local).flat_map(|sheet| sheet.doses);
        let is_same = items.iter().take(local).all(|item| loaded.next().is_some_and(|dose| dose.at == item.dose.at));
        if !is_same || loaded.next().is_some() {
            return Ok(None);
        }
        let person = |item: &Item| self.ledger.person(&self.linkage, item.person);
        let persons: Vec<u32> = items.iter().map(person).collect();
        let (starts, positions) = group_by_key(self.linkage.persons, persons.iter().copied());
        let mut entries = Vec::with_capacity(local);
        for (at, item) in items.iter().take(local).enumerate() {
            if at.is_multiple_of(STRIDE) {
                pace.step(Stage::Checking, at, local).await?;
            }
            let verdict = self.ledger.verdicts.get(at);
            let matched =
                verdict.filter(|verdict| matches!(verdict.bucket, Bucket::Entered | Bucket::ToAdjust) && verdict.other != NO_ITEM);
            let other = match matched {
                Some(verdict) => items.get(verdict.other as usize),
                // Doses after the cut-off are in no bucket of their own: the same person's dose of that day, or near it with that label.
                None => {
                    let person = persons.get(at).copied().unwrap_or_default() as usize;
                    let own = match (starts.get(person), starts.get(person + 1)) {
                        (Some(from), Some(to)) => positions.get(*from as usize..*to as usize).unwrap_or_default(),
                        _ => &[],
                    };
                    let on_system = || own.iter().filter_map(|at| items.get(*at as usize)).filter(|other| other.side == Side::System);
                    let is_near = |other: &&Item| {
                        let gap = item.dose.given.zip(other.dose.given).map(|(a, b)| (a - b).get_days().abs());
                        item.dose.label.is_some() && item.dose.label == other.dose.label && gap.is_some_and(|gap| gap <= NEAR_DAYS)
                    };
                    on_system()
                        .find(|other| other.dose.given == item.dose.given && item.dose.given.is_some())
                        .or_else(|| on_system().find(is_near))
                }
            };
            entries.push(other.map_or(Entry::Never, |other| other.dose.entered.map_or(Entry::SomeDay, Entry::On)));
        }
        Ok(Some(entries))
    }
}
