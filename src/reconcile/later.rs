//! Later snapshots of the System: which `Chưa nhập` doses of the first have been entered since, and where a later snapshot's rows go.
//!
//! The local doses are linked with each snapshot on its own, by the same rules. The first decides the buckets; the last decides which
//! of its `Chưa nhập` doses are `Đã xác minh và đã nhập`.

use super::ledger::{Ledger, NO_ITEM, Verdict};
use super::snapshot::dose_mark;
use crate::domain::{Bucket, Date, Side};
use crate::linkage::{Item, Roll};
use crate::normalize::text::TextPool;
use crate::text::show_date;
use rustc_hash::FxHashSet;
use serde::{Deserialize, Serialize};

/// Where the rows of one file of a later snapshot go. They are in no bucket of the first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LaterBalance {
    /// The snapshot's number.
    pub snapshot: u8,
    /// Its last day, where one is known.
    pub day: Option<Date>,
    /// The file, by number.
    pub file: u32,
    /// Its name.
    pub name: String,
    /// Items read.
    pub items: u64,
    /// Stood in the first snapshot already.
    pub already: u64,
    /// Matched with a dose that was `Chưa nhập` in the first.
    pub newly_entered: u64,
    /// Neither of these; copies and what waits for a person as well.
    pub others: u64,
    /// `Không đọc được` or `Ngoài phạm vi`.
    pub unusable: u64,
}

impl LaterBalance {
    /// Items no count accounts for; 0 when the line balances.
    pub fn unexplained(&self) -> i64 {
        self.items as i64 - (self.already + self.newly_entered + self.others + self.unusable) as i64
    }
}

/// Where the rows of a later snapshot go, as far as the first's buckets, which decisions may change, do not decide it.
#[derive(Clone, Debug, Default)]
pub struct Later {
    /// A line a file; only the items are counted.
    lines: Vec<LaterBalance>,
    /// Line and place of every row.
    rows: Vec<(u32, RowPlace)>,
}

/// Where a row of a later snapshot goes.
#[derive(Clone, Copy, Debug)]
enum RowPlace {
    Unusable,
    /// Matched with this local item.
    Local(u32),
    Known,
    Other,
}

impl Later {
    /// The balance beside the first's buckets as they are.
    pub fn balance(&self, first: &Ledger) -> Vec<LaterBalance> {
        let mut lines = self.lines.clone();
        for (line, place) in &self.rows {
            let line = &mut lines[*line as usize];
            let bucket = |at: u32| first.verdicts.get(at as usize).map(|verdict| verdict.bucket);
            match *place {
                RowPlace::Unusable => line.unusable += 1,
                RowPlace::Local(at) => match bucket(at) {
                    Some(Bucket::NotEntered) => line.newly_entered += 1,
                    Some(Bucket::Entered | Bucket::ToAdjust) => line.already += 1,
                    _ => line.others += 1,
                },
                RowPlace::Known => line.already += 1,
                RowPlace::Other => line.others += 1,
            }
        }
        lines.sort_by_key(|line| line.file);
        lines
    }
}

/// A later snapshot with the local doses linked to it.
pub struct LaterSnapshot<'a> {
    /// Its number.
    pub number: u8,
    /// Its last day, where one is known.
    pub day: Option<Date>,
    /// The local items, as in the first's roll, then this snapshot's.
    pub roll: &'a Roll,
    /// Where they landed among themselves.
    pub ledger: &'a Ledger,
}

/// `Có trong đợt trích xuất ngày 10/03/2023`: why a dose has its status.
pub fn entered_words(number: u8, day: Option<Date>) -> String {
    match day {
        Some(day) => format!("Có trong đợt trích xuất ngày {}", show_date(day)),
        None => format!("Có trong đợt trích xuất {number}"),
    }
}

/// Notes in the first ledger which local doses stand in the last snapshot, and marks those that are `Chưa nhập`.
pub fn note_entered_later(first: &mut Ledger, roll: &Roll, last: &LaterSnapshot<'_>) {
    let local = roll.items.iter().enumerate().take_while(|(_, item)| item.side == Side::Local);
    first.stands_later = local
        .map(|(at, item)| {
            debug_assert_eq!(item.dose.at, last.roll.items[at].dose.at, "local items come first and in one order");
            stands(&last.ledger.verdicts, at)
        })
        .collect();
    first.entered_later = Some(entered_words(last.number, last.day));
    mark_entered_later(first);
}

/// Marks the `Chưa nhập` doses that stand in the last snapshot; again after decisions moved doses between buckets.
pub fn mark_entered_later(first: &mut Ledger) {
    for (verdict, stands) in first.verdicts.iter_mut().zip(&first.stands_later) {
        verdict.is_entered_later = *stands && verdict.bucket == Bucket::NotEntered;
    }
}

/// Whether a local dose is on the System, itself or as a copy of one that is.
fn stands(verdicts: &[Verdict], at: usize) -> bool {
    let verdict = &verdicts[at];
    let verdict = if verdict.bucket == Bucket::Duplicate && verdict.other != NO_ITEM { &verdicts[verdict.other as usize] } else { verdict };
    matches!(verdict.bucket, Bucket::Entered | Bucket::ToAdjust)
}

/// Finds where the rows of a later snapshot go.
pub fn balance_later(first_roll: &Roll, later: &LaterSnapshot<'_>, pool: &TextPool) -> Later {
    let mark = |roll: &Roll, item: &Item| dose_mark(&roll.persons[item.person as usize].record, &item.dose, pool);
    let of_system = |item: &&Item| item.side == Side::System;
    let known: FxHashSet<u64> = first_roll.items.iter().filter(of_system).map(|item| mark(first_roll, item)).collect();
    let mut found = Later::default();
    for (item, verdict) in later.roll.items.iter().zip(&later.ledger.verdicts).filter(|(item, _)| item.side == Side::System) {
        let file = item.dose.at.file.0;
        let at = found.lines.iter().position(|line| line.file == file).unwrap_or_else(|| {
            let name = later.roll.sheets[item.sheet as usize].file_name.clone();
            found.lines.push(LaterBalance { snapshot: later.number, day: later.day, file, name, ..LaterBalance::default() });
            found.lines.len() - 1
        });
        found.lines[at].items += 1;
        let place = match verdict.bucket {
            Bucket::Unreadable | Bucket::OutOfScope => RowPlace::Unusable,
            Bucket::Matched => RowPlace::Local(verdict.other),
            _ if known.contains(&mark(later.roll, item)) => RowPlace::Known,
            _ => RowPlace::Other,
        };
        found.rows.push((at as u32, place));
    }
    found
}
