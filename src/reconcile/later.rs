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
    /// Stand in neither the first snapshot nor a local list.
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

/// Marks the `Chưa nhập` doses of the first ledger that stand in the last snapshot.
pub fn note_entered_later(first: &mut Ledger, roll: &Roll, last: &LaterSnapshot<'_>) {
    for (at, item) in roll.items.iter().enumerate().take_while(|(_, item)| item.side == Side::Local) {
        debug_assert_eq!(item.dose.at, last.roll.items[at].dose.at, "local items come first and in one order");
        let stands = stands(&last.ledger.verdicts, at);
        let verdict = &mut first.verdicts[at];
        verdict.is_entered_later = verdict.bucket == Bucket::NotEntered && stands;
    }
    first.entered_later = Some(entered_words(last.number, last.day));
}

/// Whether a local dose is on the System, itself or as a copy of one that is.
fn stands(verdicts: &[Verdict], at: usize) -> bool {
    let verdict = &verdicts[at];
    let verdict = if verdict.bucket == Bucket::Duplicate && verdict.other != NO_ITEM { &verdicts[verdict.other as usize] } else { verdict };
    matches!(verdict.bucket, Bucket::Entered | Bucket::ToAdjust)
}

/// The balance of a later snapshot, a line a file.
pub fn balance_later(first: &Ledger, first_roll: &Roll, later: &LaterSnapshot<'_>, pool: &TextPool) -> Vec<LaterBalance> {
    let mark = |roll: &Roll, item: &Item| dose_mark(&roll.persons[item.person as usize].record, &item.dose, pool);
    let of_system = |item: &&Item| item.side == Side::System;
    let known: FxHashSet<u64> = first_roll.items.iter().filter(of_system).map(|item| mark(first_roll, item)).collect();
    let mut lines: Vec<LaterBalance> = Vec::new();
    for (item, verdict) in later.roll.items.iter().zip(&later.ledger.verdicts).filter(|(item, _)| item.side == Side::System) {
        let file = item.dose.at.file.0;
        let at = lines.iter().position(|line| line.file == file).unwrap_or_else(|| {
            let name = later.roll.sheets[item.sheet as usize].file_name.clone();
            lines.push(LaterBalance { snapshot: later.number, day: later.day, file, name, ..LaterBalance::default() });
            lines.len() - 1
        });
        let line = &mut lines[at];
        line.items += 1;
        let before = first.verdicts.get(verdict.other as usize).filter(|_| verdict.bucket == Bucket::Matched).map(|local| local.bucket);
        match (verdict.bucket, before) {
            (Bucket::Unreadable | Bucket::OutOfScope, _) => line.unusable += 1,
            (_, Some(Bucket::NotEntered)) => line.newly_entered += 1,
            (_, Some(Bucket::Entered | Bucket::ToAdjust)) => line.already += 1,
            _ if known.contains(&mark(later.roll, item)) => line.already += 1,
            _ => line.others += 1,
        }
    }
    lines.sort_by_key(|line| line.file);
    lines
}
