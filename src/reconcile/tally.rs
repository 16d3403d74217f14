//! The report counted from the ledger and a person's decisions.

use super::decision::{Decisions, DoseKey};
use super::ledger::{Ledger, Reason, Verdict};
use super::report::{BreakdownRow, FileBalance, ReasonCount, Report, UnitFigures};
use crate::domain::group_rule::PlacedBy;
use crate::domain::target_group::show_target_group;
use crate::domain::{Bucket, Date, MissingGroup, Side, Status};
use crate::linkage::{Item, Linkage, Roll};
use crate::normalize::text::TextPool;
use crate::pace::{Cancelled, Pace, STRIDE, Stage, Unpaced, ready};
use rustc_hash::{FxHashMap, FxHashSet};
use sha2::{Digest as _, Sha256};
use std::collections::BTreeMap;

/// The key of decisions about an item: a hash of its whole content, so it survives a reload and a moved row.
pub fn dose_key(item: &Item, roll: &Roll, pool: &TextPool) -> DoseKey {
    let person = &roll.persons[item.person as usize].record;
    let mut hash = Sha256::new();
    let texts = [
        person.name,
        person.birth_text,
        person.identity_text,
        person.phone,
        person.insurance,
        person.commune,
        item.dose.label_text,
        item.dose.vaccine_text,
        item.dose.given_text,
        item.dose.lot,
        item.dose.facility_text,
    ];
    for text in texts {
        hash.update(pool.get(text).as_bytes());
        hash.update([0]);
    }
    hash.update([item.side.index() as u8]);
    let digest = hash.finalize();
    DoseKey(digest.iter().take(8).fold(0, |key, byte| key << 8 | u64::from(*byte)))
}

/// What a `Chưa nhập` item counts as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Its group.
    pub group: MissingGroup,
    /// What put it there.
    pub placed_by: PlacedBy,
    /// Its status.
    pub status: Status,
    /// Whether a person set the status.
    pub status_is_decided: bool,
}

/// Group and status of a `Chưa nhập` item, with a person's word over the machine's.
pub fn standing(item: &Item, verdict: &Verdict, roll: &Roll, pool: &TextPool, decisions: &Decisions) -> Standing {
    // Keys are dear; without decisions nobody asks.
    let decision = if decisions.doses.is_empty() { None } else { decisions.doses.get(&dose_key(item, roll, pool)) };
    let group = decision.and_then(|decision| decision.group);
    let rule = verdict.group_rules.first(&decisions.rules_off);
    let decided = decision.and_then(|decision| decision.status);
    let by_machine = if verdict.is_entered_later { Status::VerifiedEntered } else { Status::default() };
    Standing {
        group: group.unwrap_or(rule.group()),
        placed_by: if group.is_some() { PlacedBy::Person } else { PlacedBy::Rule(rule) },
        status: decided.unwrap_or(by_machine),
        status_is_decided: decided.is_some(),
    }
}

/// Counts everything, in one go.
pub fn tally(roll: &Roll, pool: &TextPool, linkage: &Linkage, ledger: &Ledger, decisions: &Decisions, cut_off: Date) -> Report {
    // Nothing cancels it.
    ready(tally_paced(roll, pool, linkage, ledger, decisions, cut_off, &mut Unpaced)).unwrap_or_default()
}

/// Counts everything.
///
/// # Errors
/// [`Cancelled`] when the pace says so.
pub async fn tally_paced<P: Pace>(
    roll: &Roll,
    pool: &TextPool,
    linkage: &Linkage,
    ledger: &Ledger,
    decisions: &Decisions,
    cut_off: Date,
    pace: &mut P,
) -> Result<Report, Cancelled> {
    let mut units: Vec<UnitFigures> = ledger
        .units
        .all()
        .iter()
        .zip(0..)
        .map(|(unit, at)| UnitFigures {
            unit: unit.name.clone(),
            own_group: unit.own_group,
            other_names: ledger.units.other_names(at),
            ..UnitFigures::default()
        })
        .collect();
    let mut report = Report {
        cut_off: Some(cut_off),
        files: balances(roll),
        uncompared: [linkage.uncompared as u64, linkage.cut_blocks as u64],
        ..Report::default()
    };
    let file_at: FxHashMap<u32, usize> = report.files.iter().enumerate().map(|(at, file)| (file.file, at)).collect();
    let mut breakdown: FxHashMap<(Option<crate::domain::Product>, crate::normalize::text::Text, crate::domain::FormColumn), u64> =
        FxHashMap::default();
    let mut reasons: FxHashMap<(Side, Bucket, Reason), u64> = FxHashMap::default();
    let mut rules: BTreeMap<PlacedBy, u64> = BTreeMap::new();
    let mut sides_of = vec![0u8; linkage.persons];
    let mut not_entered_persons: FxHashSet<u32> = FxHashSet::default();

    for (at, (item, verdict)) in roll.items.iter().zip(&ledger.verdicts).enumerate() {
        if at.is_multiple_of(STRIDE) {
            pace.step(Stage::Classifying, at, roll.items.len()).await?;
        }
        let unit = &mut units[ledger.unit_of(verdict) as usize];
        let side = item.side;
        let counts = if side == Side::Local { &mut unit.local } else { &mut unit.system };
        counts[verdict.bucket.index()] += 1;
        if let Some(file) = file_at.get(&item.dose.at.file.0) {
            report.files[*file].buckets[side.index()][verdict.bucket.index()] += 1;
        }
        let person = ledger.person(linkage, item.person);
        if verdict.bucket != Bucket::Unreadable {
            sides_of[person as usize] |= 1 << side.index();
        }
        let is_counted = match side {
            Side::Local => matches!(verdict.bucket, Bucket::Entered | Bucket::ToAdjust | Bucket::NotEntered | Bucket::Review),
            Side::System => matches!(verdict.bucket, Bucket::Matched | Bucket::SystemOnly | Bucket::Duplicate | Bucket::Review),
        };
        if is_counted && let Some(column) = verdict.column {
            let columns = if side == Side::Local { &mut unit.listed } else { &mut unit.on_system };
            columns[column.index()] += 1;
            if side == Side::Local {
                let group = roll.persons[item.person as usize].record.target_group;
                *breakdown.entry((item.dose.product, group, column)).or_insert(0) += 1;
                report.label_disagreements += u64::from(verdict.history_says.is_some());
                report.column_doubts += u64::from(verdict.doubts.any());
            }
        }
        match verdict.bucket {
            Bucket::NotEntered => {
                let Standing { group, placed_by, status, .. } = standing(item, verdict, roll, pool, decisions);
                *rules.entry(placed_by).or_insert(0) += 1;
                let status = Status::ALL.iter().position(|s| *s == status).unwrap_or(0);
                unit.not_entered[group.index()][status] += 1;
                not_entered_persons.insert(person);
            }
            Bucket::ToAdjust => {
                for (count, differs) in report.differences.iter_mut().zip(verdict.differences.each()) {
                    *count += u64::from(differs);
                }
            }
            Bucket::Unreadable | Bucket::OutOfScope => *reasons.entry((side, verdict.bucket, verdict.reason)).or_insert(0) += 1,
            _ => {}
        }
    }

    for unit in &units {
        report.total.add(unit);
    }
    report.group_rules = rules.into_iter().collect();
    report.units = ledger.units.in_order().iter().map(|unit| units[*unit as usize].clone()).filter(has_items).collect();
    for side in Side::ALL {
        report.persons[side.index()] = sides_of.iter().filter(|sides| *sides & (1 << side.index()) != 0).count() as u64;
    }
    report.persons_on_both = sides_of.iter().filter(|sides| **sides == 3).count() as u64;
    report.persons_not_entered = not_entered_persons.len() as u64;

    let mut by_group: FxHashMap<(Option<crate::domain::Product>, String, crate::domain::FormColumn), u64> = FxHashMap::default();
    for ((product, group, column), doses) in breakdown {
        *by_group.entry((product, show_target_group(pool.get(group)), column)).or_insert(0) += doses;
    }
    report.breakdown = by_group
        .into_iter()
        .map(|((product, target_group, column), doses)| BreakdownRow { product, target_group, column, doses })
        .collect();
    report.breakdown.sort();
    report.reasons = reasons
        .into_iter()
        .map(|((side, bucket, reason), items)| ReasonCount { side, bucket, reason: reason.words(cut_off), items })
        .collect();
    report.reasons.sort_by(|a, b| (a.side, a.bucket, b.items, &a.reason).cmp(&(b.side, b.bucket, a.items, &b.reason)));
    Ok(report)
}

fn has_items(unit: &UnitFigures) -> bool {
    unit.local.iter().chain(&unit.system).any(|count| *count > 0)
}

/// One balance a file, its items counted.
fn balances(roll: &Roll) -> Vec<FileBalance> {
    let mut files: Vec<FileBalance> = Vec::new();
    let mut at: FxHashMap<u32, usize> = FxHashMap::default();
    for item in &roll.items {
        let file = item.dose.at.file.0;
        let position = *at.entry(file).or_insert_with(|| {
            files.push(FileBalance { file, name: roll.sheets[item.sheet as usize].file_name.clone(), ..FileBalance::default() });
            files.len() - 1
        });
        files[position].items[item.side.index()] += 1;
    }
    files.sort_by_key(|file| file.file);
    files
}
