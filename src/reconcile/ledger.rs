//! The ledger: every item lands in exactly one bucket, with its reason.

use super::answers::Answers;
use super::column::{ColumnDoubts, DoseToPlace, HistoryDose, NoColumn, Placement, band_in_words, merge_history, place};
use super::column_table::ColumnTable;
use super::content::{ItemsOfPersons, near_key};
use super::counted_units::CountedUnits;
use super::decision::PairKey;
use super::difference::{Differences, compare};
use super::duplicate::{best_copy, copies, fullness, kept_local, kept_system};
use super::group_evidence::{evidence_of, title_of};
use super::missing_group::rules_of;
use super::unit::{UNKNOWN_UNIT, UnitTable};
use crate::domain::group_rule::GroupRules;
use crate::domain::{AgeBand, BirthDate, Bucket, Confidence, Date, Decision, FormColumn, Side, Unreadable};
use crate::linkage::Linkage;
use crate::linkage::dose_assignment::{DoseFacts, assign, days_apart, fit};
use crate::linkage::roll::{Item, Roll};
use crate::normalize::fold;
use crate::normalize::text::{Text, TextPool};
use crate::pace::{Cancelled, Pace, STRIDE, Stage};
use rustc_hash::FxHashMap;

/// Days within which two doses of one person in one column are near copies.
pub const NEAR_COPY_DAYS: i32 = 7;

/// No item.
pub const NO_ITEM: u32 = u32::MAX;

/// Why an item is where it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Reason {
    /// Nothing to say.
    #[default]
    None,
    /// It cannot be read as a dose.
    Unreadable(Unreadable),
    /// Given after the cut-off.
    AfterCutOff,
    /// The form has no column for it.
    NoColumn(NoColumn),
    /// The same dose as `other`.
    CopyOf,
    /// Same person and column within [`NEAR_COPY_DAYS`] of `other`.
    NearCopyOf,
    /// `other` may be the same dose: the persons may be the same.
    PossiblySame,
}

/// Where one item landed.
#[derive(Clone, Copy, Debug)]
pub struct Verdict {
    /// The bucket.
    pub bucket: Bucket,
    /// Column of the form, where there is one.
    pub column: Option<FormColumn>,
    /// The unit as the lists name it; what it counts under is [`Ledger::unit_of`].
    pub(super) named_unit: u32,
    /// The item it is matched with, a copy of, or possibly the same as; [`NO_ITEM`] where there is none.
    pub other: u32,
    /// How sure the link to `other` is.
    pub confidence: Option<Confidence>,
    /// Why.
    pub reason: Reason,
    /// Dose facts that differ from `other`'s.
    pub differences: Differences,
    /// The rules of `Nhóm` that apply; of meaning for `Chưa nhập` only.
    pub group_rules: GroupRules,
    /// What the history alone says of the column, where it says another.
    pub history_says: Option<FormColumn>,
    /// Doubts about the column.
    pub doubts: ColumnDoubts,
    /// Whether this `Chưa nhập` dose stands in the last snapshot of the System.
    pub is_entered_later: bool,
}

/// Every verdict, in the order of the roll's items.
#[derive(Clone, Debug, Default)]
pub struct Ledger {
    /// One an item.
    pub verdicts: Vec<Verdict>,
    /// The units, as they are counted.
    pub units: CountedUnits,
    /// The unit each sheet names, as the lists name it.
    pub(super) sheet_units: Vec<Option<u32>>,
    /// What persons decided about pairs, as it was counted.
    pub answers: Answers,
    /// Near copies that came up, with their person: what a decision about two doses of one person can be about.
    pub near: FxHashMap<PairKey, NearCopy>,
    /// Where the last snapshot is not the first: the words for a dose that stands in it.
    pub entered_later: Option<String>,
    /// Which local items, from the first, stand in the last snapshot; empty where there is one snapshot.
    pub(super) stands_later: Vec<bool>,
}

/// Two doses of one person and side that may be one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NearCopy {
    /// The person, as the machine linked.
    pub person: u32,
    /// The dose that is in question.
    pub copy: u32,
    /// The dose it may be a copy of.
    pub of: u32,
}

impl Ledger {
    /// The unit an item counts under, by its position in [`CountedUnits::all`].
    pub fn unit_of(&self, verdict: &Verdict) -> u32 {
        self.units.counted_under(verdict.named_unit)
    }

    /// The person a row belongs to, with what persons decided.
    pub fn person(&self, linkage: &Linkage, row: u32) -> u32 {
        self.answers.decided.root(linkage.person_of[row as usize])
    }
}

/// Puts every item into its bucket, with no decision about a pair.
///
/// # Errors
/// [`Cancelled`] when the pace says so.
pub async fn classify<P: Pace>(
    roll: &Roll,
    pool: &TextPool,
    linkage: &Linkage,
    cut_off: Date,
    table: &ColumnTable,
    pace: &mut P,
) -> Result<Ledger, Cancelled> {
    classify_decided(roll, pool, linkage, Answers::default(), cut_off, table, pace).await
}

/// Puts every item into its bucket.
///
/// # Errors
/// [`Cancelled`] when the pace says so.
pub async fn classify_decided<P: Pace>(
    roll: &Roll,
    pool: &TextPool,
    linkage: &Linkage,
    answers: Answers,
    cut_off: Date,
    table: &ColumnTable,
    pace: &mut P,
) -> Result<Ledger, Cancelled> {
    let mut units = UnitTable::default();
    units.learn_codes(roll.items.iter().map(|item| item.dose.facility), pool);
    let sheet_units: Vec<Option<u32>> = roll.sheets.iter().map(|sheet| sheet.unit.as_deref().map(|unit| units.of_name(unit))).collect();
    let mut verdicts = Vec::with_capacity(roll.items.len());
    for (at, item) in roll.items.iter().enumerate() {
        if at.is_multiple_of(STRIDE) {
            pace.step(Stage::Classifying, at, roll.items.len()).await?;
        }
        let own = units.of_facility(item.dose.facility, pool).or(sheet_units[item.sheet as usize]);
        let unit = own.unwrap_or_else(|| units.of_name(UNKNOWN_UNIT));
        verdicts.push(Verdict::open(item.side, unit));
    }
    let mut classifier = Classifier {
        roll,
        pool,
        person_of: &linkage.person_of,
        answers: &answers,
        cut_off,
        table,
        sheet_units,
        verdicts,
        abdala_labels: FxHashMap::default(),
        bands: FxHashMap::default(),
        near: FxHashMap::default(),
    };

    let items = ItemsOfPersons::of(roll, linkage.persons, |row| answers.decided.root(linkage.person_of[row as usize]));
    for person in 0..linkage.persons {
        if person % STRIDE == 0 {
            pace.step(Stage::Classifying, person, linkage.persons).await?;
        }
        classifier.classify_person(items.get(person as u32));
    }
    for (done, pair) in linkage.possible.iter().enumerate() {
        if done.is_multiple_of(STRIDE) {
            pace.step(Stage::Classifying, linkage.persons, linkage.persons).await?;
        }
        let (a, b) = (answers.decided.root(pair.a), answers.decided.root(pair.b));
        if a != b && !answers.decided.are_different(a, b) {
            classifier.note_possible(items.get(a), items.get(b));
            classifier.note_possible(items.get(b), items.get(a));
        }
    }
    const SLICE: usize = STRIDE * 16;
    for from in (0..roll.items.len()).step_by(SLICE) {
        pace.step(Stage::Classifying, from, roll.items.len()).await?;
        classifier.group_missing(from as u32..(from + SLICE).min(roll.items.len()) as u32);
    }

    let Classifier { verdicts, sheet_units, near, .. } = classifier;
    let units = units.into_units();
    Ok(Ledger { verdicts, units: CountedUnits::of(units), sheet_units, answers, near, ..Ledger::default() })
}

impl Verdict {
    /// A dose nothing is known of yet.
    pub(super) fn open(side: Side, unit: u32) -> Verdict {
        Verdict {
            bucket: if side == Side::Local { Bucket::NotEntered } else { Bucket::SystemOnly },
            column: None,
            named_unit: unit,
            other: NO_ITEM,
            confidence: None,
            reason: Reason::None,
            differences: Differences::default(),
            group_rules: GroupRules::default(),
            history_says: None,
            doubts: ColumnDoubts::default(),
            is_entered_later: false,
        }
    }
}

pub(super) struct Classifier<'a> {
    pub(super) roll: &'a Roll,
    pub(super) pool: &'a TextPool,
    /// The person of each row, as the machine linked.
    pub(super) person_of: &'a [u32],
    pub(super) answers: &'a Answers,
    pub(super) cut_off: Date,
    pub(super) table: &'a ColumnTable,
    pub(super) sheet_units: Vec<Option<u32>>,
    pub(super) verdicts: Vec<Verdict>,
    pub(super) abdala_labels: FxHashMap<Text, bool>,
    pub(super) bands: FxHashMap<(u32, Text), Option<AgeBand>>,
    pub(super) near: FxHashMap<PairKey, NearCopy>,
}

impl Classifier<'_> {
    fn item(&self, at: u32) -> &Item {
        &self.roll.items[at as usize]
    }

    fn verdict(&mut self, at: u32) -> &mut Verdict {
        &mut self.verdicts[at as usize]
    }

    fn is_open(&self, at: u32) -> bool {
        matches!(self.verdicts[at as usize].bucket, Bucket::NotEntered | Bucket::SystemOnly)
    }

    /// Puts one person's items into their buckets. `items` are positions in the roll, ascending: local first.
    pub(super) fn classify_person(&mut self, items: &[u32]) {
        let mut doses: Vec<(u32, Date)> = Vec::with_capacity(items.len());
        for &at in items {
            let dose = &self.item(at).dose;
            match (dose.unreadable, dose.given) {
                (None, Some(given)) => doses.push((at, given)),
                (why, _) => {
                    let verdict = self.verdict(at);
                    verdict.bucket = Bucket::Unreadable;
                    verdict.reason = Reason::Unreadable(why.unwrap_or(Unreadable::NoDay));
                }
            }
        }
        if doses.is_empty() {
            return;
        }
        self.place_doses(&doses);

        let of =
            |side: Side, this: &Self| -> Vec<u32> { doses.iter().map(|(at, _)| *at).filter(|at| this.item(*at).side == side).collect() };
        let local = self.keep_local(&of(Side::Local, self));
        let system = of(Side::System, self);
        self.match_sides(&local, &system);
        self.note_near_copies(&local);
        self.note_near_copies(&system);
    }

    /// Column and scope of each dose.
    fn place_doses(&mut self, doses: &[(u32, Date)]) {
        let birth = self.birth_of(doses);
        let roll = self.roll;
        let history_of = |side: Side| {
            doses.iter().filter_map(move |(at, given)| {
                let item = &roll.items[*at as usize];
                (item.side == side).then_some(HistoryDose { given: *given, product: item.dose.product, label: item.dose.label })
            })
        };
        let history = merge_history(history_of(Side::Local), history_of(Side::System));
        for &(at, given) in doses {
            let item = *self.item(at);
            let to_place = DoseToPlace {
                given,
                product: item.dose.product,
                label: item.dose.label,
                label_names_abdala: self.names_abdala(item.dose.label_text),
                band_hint: if birth.is_none() { self.band_hint(&item) } else { None },
            };
            let Placement { column, history_says, doubts } = place(&to_place, birth, &history, self.table);
            let is_late = given > self.cut_off;
            let verdict = self.verdict(at);
            verdict.column = column.ok();
            verdict.history_says = history_says;
            verdict.doubts = doubts;
            if is_late {
                verdict.bucket = Bucket::OutOfScope;
                verdict.reason = Reason::AfterCutOff;
            } else if let Err(why) = column {
                verdict.bucket = Bucket::OutOfScope;
                verdict.reason = Reason::NoColumn(why);
            }
        }
    }

    /// The person's birth: the local one where there is one, the most precise first.
    fn birth_of(&self, doses: &[(u32, Date)]) -> Option<BirthDate> {
        let births = |side: Side| {
            doses.iter().filter_map(move |(at, _)| {
                let item = self.item(*at);
                if item.side == side { self.roll.persons[item.person as usize].record.birth } else { None }
            })
        };
        let best = |side: Side| births(side).reduce(|best, other| if other.is_more_precise_than(best) { other } else { best });
        best(Side::Local).or_else(|| best(Side::System))
    }

    fn names_abdala(&mut self, label: Text) -> bool {
        let pool = self.pool;
        *self.abdala_labels.entry(label).or_insert_with(|| fold(pool.get(label)).contains("abdala"))
    }

    fn band_hint(&mut self, item: &Item) -> Option<AgeBand> {
        let (pool, sheet) = (self.pool, &self.roll.sheets[item.sheet as usize]);
        *self.bands.entry((item.sheet, item.dose.label_text)).or_insert_with(|| {
            let title = || band_in_words(&format!("{} {}", sheet.title.join(" "), sheet.sheet_name));
            band_in_words(pool.get(item.dose.label_text)).or_else(title)
        })
    }

    /// Marks local copies; gives what is left: one of each dose in scope, and what is out of scope.
    fn keep_local(&mut self, local: &[u32]) -> Vec<u32> {
        let in_scope: Vec<u32> = local.iter().copied().filter(|at| self.is_open(*at)).collect();
        let mut kept: Vec<u32> = local.iter().copied().filter(|at| !self.is_open(*at)).collect();
        for group in copies(&in_scope, |at| self.item(at)) {
            let keep = kept_local(&group, |at| {
                let item = self.item(at);
                let is_own =
                    item.dose.facility.is_some() && self.sheet_units[item.sheet as usize] == Some(self.verdicts[at as usize].named_unit);
                (is_own, fullness(item, &self.roll.persons[item.person as usize].record))
            });
            self.mark_copies(&group, keep);
            kept.push(keep);
        }
        kept.sort_unstable();
        kept
    }

    fn mark_copies(&mut self, group: &[u32], keep: u32) {
        for &at in group.iter().filter(|at| **at != keep) {
            let confidence = self.confidence(at, keep);
            let verdict = self.verdict(at);
            verdict.bucket = Bucket::Duplicate;
            verdict.reason = Reason::CopyOf;
            verdict.other = keep;
            verdict.confidence = Some(confidence);
        }
    }

    /// How sure it is that two doses are of one person: the machine linked them, or a person did.
    fn confidence(&self, a: u32, b: u32) -> Confidence {
        let person = |at: u32| self.person_of[self.item(at).person as usize];
        if person(a) == person(b) { Confidence::Certain } else { Confidence::Decided }
    }

    fn facts(&self, at: u32) -> Option<DoseFacts> {
        let dose = &self.item(at).dose;
        Some(DoseFacts { given: dose.given?, product: dose.product, lot: dose.lot, column: self.verdicts[at as usize].column })
    }

    /// Assigns the person's local doses to the System's, one to one, and marks the System's copies.
    fn match_sides(&mut self, local: &[u32], system: &[u32]) {
        // The copies of one System dose stand together as one candidate; what is out of scope stands alone.
        let open: Vec<u32> = system.iter().copied().filter(|at| self.is_open(*at)).collect();
        let mut candidates = copies(&open, |at| self.item(at));
        candidates.extend(system.iter().filter(|at| !self.is_open(**at)).map(|at| vec![*at]));

        let fit_of = |this: &Self, a: u32, b: u32| fit(&this.facts(a)?, &this.facts(b)?);
        let pairs = assign(local.len(), candidates.len(), |i, j| candidates[j].iter().filter_map(|at| fit_of(self, local[i], *at)).max());
        let mut is_matched = vec![false; candidates.len()];
        for (i, j) in pairs {
            is_matched[j] = true;
            let own = local[i];
            let copy = best_copy(&candidates[j], |at| {
                let item = self.item(at);
                let person = &self.roll.persons[item.person as usize].record;
                (fit_of(self, own, at).unwrap_or(0), fullness(item, person), item.dose.entered)
            });
            self.link(own, copy);
            self.mark_copies(&candidates[j].clone(), copy);
        }
        for group in candidates.iter().zip(&is_matched).filter(|(group, matched)| !**matched && group.len() > 1).map(|(group, _)| group) {
            let keep = kept_system(group, |at| self.item(at).dose.entered);
            self.mark_copies(group, keep);
        }
    }

    /// Two items are the same dose.
    fn link(&mut self, local: u32, system: u32) {
        let columns = (self.verdicts[local as usize].column, self.verdicts[system as usize].column);
        let confidence = self.confidence(local, system);
        let differences = compare(&self.item(local).dose, &self.item(system).dose, columns, self.pool);
        for (at, other) in [(local, system), (system, local)] {
            let verdict = self.verdict(at);
            verdict.other = other;
            verdict.confidence = Some(confidence);
            verdict.differences = differences;
            match verdict.bucket {
                Bucket::NotEntered => verdict.bucket = if differences.any() { Bucket::ToAdjust } else { Bucket::Entered },
                Bucket::SystemOnly => verdict.bucket = Bucket::Matched,
                // Out of scope stays so; the other side is `Khớp chéo`.
                _ => {}
            }
        }
    }

    /// A dose not found on the other side that lies within a week of another of the same column on its own side.
    fn note_near_copies(&mut self, side: &[u32]) {
        for &at in side {
            if !self.is_open(at) {
                continue;
            }
            let (Some(given), column) = (self.item(at).dose.given, self.verdicts[at as usize].column) else { continue };
            let is_near = |other: &u32| {
                *other != at
                    && !matches!(self.verdicts[*other as usize].bucket, Bucket::OutOfScope | Bucket::Duplicate | Bucket::Unreadable)
                    // Of two that are both not found the first stands.
                    && (!self.is_open(*other) || *other < at)
                    && self.verdicts[*other as usize].column == column
                    && self.item(*other).dose.given.is_some_and(|day| days_apart(day, given) <= NEAR_COPY_DAYS)
            };
            let near: Vec<u32> = side.iter().copied().filter(is_near).collect();
            for other in near {
                // `Cùng người` says that it is the copy, `Khác người` that they are two doses.
                let answer = self.near_answer(at, other);
                let (bucket, reason, confidence) = match answer {
                    Some(Decision::DifferentPerson) => continue,
                    Some(Decision::SamePerson) => (Bucket::Duplicate, Reason::CopyOf, Confidence::Decided),
                    Some(Decision::Later) | None => (Bucket::Review, Reason::NearCopyOf, Confidence::Possible),
                };
                let verdict = self.verdict(at);
                if verdict.bucket == Bucket::Review && bucket == Bucket::Review {
                    continue;
                }
                (verdict.bucket, verdict.reason, verdict.other, verdict.confidence) = (bucket, reason, other, Some(confidence));
                if bucket == Bucket::Duplicate {
                    break;
                }
            }
        }
    }

    /// What was decided about two doses of one person; that they came up is remembered.
    fn near_answer(&mut self, at: u32, other: u32) -> Option<Decision> {
        let key = near_key(self.item(at), self.item(other), self.roll, self.pool);
        let person = self.person_of[self.item(at).person as usize];
        self.near.insert(key, NearCopy { person, copy: at, of: other });
        self.answers.pairs.get(&key).copied()
    }

    /// Doses of a possible pair of persons that may be the same dose.
    pub(super) fn note_possible(&mut self, local_of: &[u32], system_of: &[u32]) {
        let waits = |this: &Self, at: u32| {
            let verdict = &this.verdicts[at as usize];
            this.is_open(at) || (verdict.bucket == Bucket::Review && verdict.reason == Reason::PossiblySame)
        };
        for &local in local_of.iter().filter(|at| self.roll.items[**at as usize].side == Side::Local) {
            for &system in system_of.iter().filter(|at| self.roll.items[**at as usize].side == Side::System) {
                if !waits(self, local) || !waits(self, system) {
                    continue;
                }
                let may = match (self.facts(local), self.facts(system)) {
                    (Some(a), Some(b)) => fit(&a, &b).is_some(),
                    _ => false,
                };
                if may {
                    for (at, other) in [(local, system), (system, local)] {
                        let verdict = self.verdict(at);
                        if verdict.other == NO_ITEM {
                            verdict.other = other;
                        }
                        verdict.bucket = Bucket::Review;
                        verdict.reason = Reason::PossiblySame;
                        verdict.confidence = Some(Confidence::Possible);
                    }
                }
            }
        }
    }

    pub(super) fn group_missing(&mut self, items: impl Iterator<Item = u32>) {
        let titles: Vec<String> = self.roll.sheets.iter().map(title_of).collect();
        for at in items {
            let item = &self.roll.items[at as usize];
            if self.verdicts[at as usize].bucket == Bucket::NotEntered {
                let evidence = evidence_of(item, self.roll, self.pool, &titles[item.sheet as usize]);
                self.verdicts[at as usize].group_rules = rules_of(&evidence);
            }
        }
    }
}
