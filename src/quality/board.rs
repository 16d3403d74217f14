//! `Giám sát`: how completely, correctly and quickly new doses are entered, per facility and month; how persons stand against the
//! population database; which passports are signed and what blocks the rest (1234/BYT-DP points 2 and 3, 1815/BYT-CNTT).

use super::catalogue::RuleId;
use super::check::Statuses;
use super::findings::Findings;
use super::month_days::MonthDays;
use super::rule::{Severity, Subject};
use super::status::{Verification, is_signed};
use super::stock::{Record, Stock};
use crate::domain::{Date, Field, Side};
use crate::normalize::text::Text;
use crate::pace::{Cancelled, Pace, STRIDE, Stage};
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// What is known of a dose's entry on the System.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Entry {
    /// It stands there since this day.
    On(Date),
    /// It stands there, nobody knows since when.
    SomeDay,
    /// It is not there.
    Never,
}

/// Counts of new doses.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shares {
    /// New doses.
    pub doses: u32,
    /// With every required field of the import template the sheet has a column for.
    pub complete: u32,
    /// That break no rule of severity `Lỗi`.
    pub correct: u32,
    /// Entered on the day they were given.
    pub same_day: u32,
    /// Entered on a later day.
    pub late: u32,
    /// Not on the System.
    pub not_entered: u32,
    /// Whose day of entry nobody knows.
    pub unknown: u32,
    /// Median delay, days, of those whose entry is known (nearest rank).
    pub median: Option<u16>,
    /// 90th percentile of the delay, days (nearest rank).
    pub p90: Option<u16>,
}

/// One facility.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnitBoard {
    /// Its name.
    pub unit: String,
    /// All months together.
    pub all: Shares,
    /// By year and month, ascending; months without doses in between are left out.
    pub months: Vec<((i16, i8), Shares)>,
    /// Doses on the System (of any day) whose person is verified right, and all of them.
    pub verified: [u32; 2],
    /// Doses on the System that are signed.
    pub signed: u32,
    /// Its doses of any day, by day of the month, from the side its new doses are counted from.
    pub days: MonthDays,
}

/// What doses of the board are counted from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Denominator {
    /// Local lists where a unit has one, matched with the System; System rows elsewhere.
    #[default]
    Lists,
    /// System rows only: nothing local is loaded, or nothing is matched yet.
    System,
}

/// One kind of a partition: its words, whether they are known, how many doses.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// In the officer's words, or as the export writes it.
    pub name: String,
    /// What it means; none for a word nobody knows.
    pub known: Option<Verification>,
    /// Whether it is a word of the export that a person may say the meaning of.
    pub is_word: bool,
    /// Doses.
    pub doses: u32,
}

/// The board.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Board {
    /// The first new day.
    pub since: Option<Date>,
    /// What is counted.
    pub denominator: Denominator,
    /// Whether any day of entry is known.
    pub knows_entry: bool,
    /// Facilities with new doses, in the order of units met.
    pub units: Vec<UnitBoard>,
    /// All of them.
    pub total: UnitBoard,
    /// Facilities with earlier doses and no entry of a new one.
    pub silent: Vec<String>,
    /// Doses on the System by verification; adds up to `on_system`.
    pub statuses: Vec<Part>,
    /// Doses on the System by signing: signed, then what blocks each of the rest; adds up to `on_system`.
    pub signing: Vec<(String, u32)>,
    /// Doses on the System.
    pub on_system: u32,
    /// Whether the exports have columns of verification and of signing.
    pub has_columns: [bool; 2],
}

/// A dose that was entered late or not at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Late {
    /// The record.
    pub record: u32,
    /// Days of delay; none where it is not on the System.
    pub days: Option<u16>,
}

/// A dose that was entered late or not at all, as the page and the report show it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LateRow {
    /// File, sheet, Excel row, dose group.
    pub place: (String, String, u32, u8),
    /// Họ và tên.
    pub name: String,
    /// Ngày sinh.
    pub birth: String,
    /// Mũi as written.
    pub label: String,
    /// Ngày tiêm.
    pub given: String,
    /// Ngày nhập; empty where it is not on the System.
    pub entered: String,
    /// Days between; none where it is not on the System.
    pub days: Option<u16>,
    /// Đơn vị.
    pub unit: String,
}

/// Counts being made.
#[derive(Default)]
struct Count {
    shares: Shares,
    delays: Vec<u16>,
}

/// Counts by year and month.
type ByMonth = BTreeMap<(i16, i8), Count>;

impl Count {
    fn add(&mut self, is_complete: bool, is_correct: bool, entry: Entry, given: Date) {
        let shares = &mut self.shares;
        shares.doses += 1;
        shares.complete += u32::from(is_complete);
        shares.correct += u32::from(is_correct);
        match entry {
            Entry::Never => shares.not_entered += 1,
            Entry::On(day) if day >= given => {
                let days = u16::try_from((day - given).get_days()).unwrap_or(u16::MAX);
                *(if days == 0 { &mut shares.same_day } else { &mut shares.late }) += 1;
                self.delays.push(days);
            }
            // Entered before it was given: an error of its own, not a delay.
            Entry::On(_) | Entry::SomeDay => shares.unknown += 1,
        }
    }

    fn finish(mut self) -> Shares {
        self.delays.sort_unstable();
        self.shares.median = percentile(&self.delays, 50);
        self.shares.p90 = percentile(&self.delays, 90);
        self.shares
    }
}

/// The smallest value that so many in a hundred do not exceed (nearest rank); none of nothing.
///
/// ```
/// use ra_soat::quality::board::percentile;
/// assert_eq!(percentile(&[0, 0, 1, 2, 9], 50), Some(1));
/// assert_eq!(percentile(&[0, 0, 1, 2, 9], 90), Some(9));
/// assert_eq!(percentile(&[], 90), None);
/// ```
pub fn percentile(sorted: &[u16], percent: usize) -> Option<u16> {
    let rank = (sorted.len() * percent).div_ceil(100);
    sorted.get(rank.saturating_sub(1)).copied()
}

/// Counts the board. `entry_of` says of a local record whether it is on the System; none where nothing is matched.
///
/// # Errors
/// [`Cancelled`] when the pace says so.
pub async fn count<P: Pace>(
    stock: &Stock<'_>,
    findings: &Findings,
    rules_off: &BTreeSet<String>,
    statuses: &Statuses<'_>,
    since: Date,
    entry_of: Option<&[Entry]>,
    pace: &mut P,
) -> Result<(Board, Vec<Late>), Cancelled> {
    let wrong = Wrong::of(stock, findings, rules_off);
    let has_local = entry_of.is_some() && stock.sheets.iter().any(|sheet| sheet.side == Side::Local && !sheet.doses.is_empty());
    // Units with a list of their own are counted from it.
    let mut is_listed = vec![false; findings.units.len()];
    if has_local {
        for (at_sheet, _) in stock.sheets.iter().enumerate().filter(|(_, sheet)| sheet.side == Side::Local) {
            let range = stock.first_dose(at_sheet) as usize..stock.first_dose(at_sheet + 1) as usize;
            for unit in findings.unit_of.get(range).unwrap_or_default() {
                if let Some(place) = is_listed.get_mut(*unit as usize) {
                    *place = true;
                }
            }
        }
    }
    let mut counts: Vec<(Count, ByMonth)> = (0..findings.units.len()).map(|_| Default::default()).collect();
    let mut days: Vec<MonthDays> = vec![MonthDays::default(); findings.units.len()];
    let mut total_days = MonthDays::default();
    let (mut total, mut total_months) = (Count::default(), ByMonth::new());
    let mut known_units = vec![[false; 2]; findings.units.len()];
    let (mut late, mut knows_entry) = (Vec::new(), false);
    let mut partition = Partition::new(stock, statuses, findings.units.len());
    for at in 0..stock.len() as u32 {
        if (at as usize).is_multiple_of(STRIDE) {
            pace.step(Stage::Checking, at as usize, stock.len()).await?;
        }
        let Some(record) = stock.record(at) else { continue };
        let Some(sheet) = stock.sheets.get(record.sheet) else { continue };
        let unit = findings.unit_of.get(at as usize).copied().unwrap_or_default() as usize;
        if sheet.side == Side::System {
            partition.add(&record, unit);
        }
        let Some(given) = record.dose.given else { continue };
        if given > stock.today {
            continue;
        }
        let is_new = given >= since;
        if let Some(place) = known_units.get_mut(unit).and_then(|known| known.get_mut(usize::from(is_new))) {
            *place = true;
        }
        let is_counted = if has_local && is_listed.get(unit).copied().unwrap_or_default() {
            sheet.side == Side::Local
        } else {
            sheet.side == Side::System
        };
        if is_counted && let Some(own) = days.get_mut(unit) {
            own.add(given);
            total_days.add(given);
        }
        if !is_new || !is_counted {
            continue;
        }
        let entry = match sheet.side {
            Side::System => record.dose.entered.map_or(Entry::SomeDay, Entry::On),
            Side::Local => entry_of.and_then(|entries| entries.get(at as usize)).copied().unwrap_or(Entry::Never),
        };
        knows_entry |= matches!(entry, Entry::On(_));
        match entry {
            Entry::Never => late.push(Late { record: at, days: None }),
            Entry::On(day) if day > given => {
                late.push(Late { record: at, days: Some(u16::try_from((day - given).get_days()).unwrap_or(u16::MAX)) });
            }
            _ => {}
        }
        let is_complete = is_complete(&record, stock);
        let is_correct = !wrong.is_wrong(&record, stock);
        let month = (given.year(), given.month());
        let Some((all, months)) = counts.get_mut(unit) else { continue };
        for count in [all, months.entry(month).or_default(), &mut total, total_months.entry(month).or_default()] {
            count.add(is_complete, is_correct, entry, given);
        }
    }
    let months = |months: ByMonth| months.into_iter().map(|(month, count)| (month, count.finish())).collect();
    let mut units = Vec::new();
    let mut silent = Vec::new();
    for (at, (((all, of_months), days), name)) in counts.into_iter().zip(days).zip(&findings.units).enumerate() {
        let all = all.finish();
        let [was_known, _] = known_units.get(at).copied().unwrap_or_default();
        if (was_known || all.doses > 0) && all.not_entered == all.doses {
            silent.push(name.clone());
        }
        let (verified, signed) = partition.of_unit(at);
        if all.doses > 0 || verified[1] > 0 {
            units.push(UnitBoard { unit: name.clone(), all, months: months(of_months), verified, signed, days });
        }
    }
    silent.sort_by_cached_key(|name| crate::normalize::sort_key(name));
    units.sort_by_cached_key(|unit| crate::normalize::sort_key(&unit.unit));
    let verified = units.iter().fold([0, 0], |sum, unit| [sum[0] + unit.verified[0], sum[1] + unit.verified[1]]);
    let signed = units.iter().map(|unit| unit.signed).sum();
    let total = UnitBoard { unit: String::new(), all: total.finish(), months: months(total_months), verified, signed, days: total_days };
    let mut board = Board {
        since: Some(since),
        denominator: if has_local { Denominator::Lists } else { Denominator::System },
        knows_entry,
        units,
        total,
        silent,
        ..Board::default()
    };
    partition.finish(&mut board);
    Ok((board, late))
}

/// Whether every required field of the import template is there, as far as the sheet has a column for it.
fn is_complete(record: &Record<'_>, stock: &Stock<'_>) -> bool {
    let Some(sheet) = stock.sheets.get(record.sheet) else { return false };
    let (person, dose, fields) = (record.person, record.dose, sheet.fields);
    let has = |wanted: &[Field], is_there: bool| !fields.has_any(wanted) || is_there;
    person.name.is_some()
        && dose.given.is_some()
        && (dose.product.is_some() || dose.vaccine_text.is_some())
        && has(
            &[Field::BirthDate, Field::BirthYear, Field::BirthMale, Field::BirthFemale],
            person.birth.is_some_and(|birth| birth.day().is_some()),
        )
        && has(&[Field::Sex, Field::BirthMale, Field::BirthFemale], person.sex.is_some())
        && has(&[Field::TargetGroup], person.target_group.is_some())
        && has(&[Field::Phone], person.phone.is_some())
        && has(&[Field::Commune, Field::CommuneCode], person.commune_key.is_some())
        && has(&[Field::Lot], dose.lot.is_some())
        && has(&[Field::Facility], dose.facility.is_some())
}

/// Records and rows of persons that break a rule of severity `Lỗi`.
struct Wrong {
    doses: Vec<bool>,
    persons: Vec<bool>,
}

impl Wrong {
    fn of(stock: &Stock<'_>, findings: &Findings, rules_off: &BTreeSet<String>) -> Wrong {
        let mut wrong = Wrong { doses: vec![false; stock.len()], persons: vec![false; stock.persons()] };
        for rule in RuleId::ALL.iter().copied() {
            let data = rule.rule();
            if data.severity != Severity::Error || rules_off.contains(data.code) {
                continue;
            }
            for at in findings.of(rule) {
                let place = match data.subject {
                    Subject::Dose => wrong.doses.get_mut(*at as usize),
                    Subject::Person => stock.record(*at).and_then(|record| wrong.persons.get_mut(stock.person_of(&record) as usize)),
                };
                if let Some(place) = place {
                    *place = true;
                }
            }
        }
        wrong
    }

    fn is_wrong(&self, record: &Record<'_>, stock: &Stock<'_>) -> bool {
        let of = |list: &[bool], at: u32| list.get(at as usize).copied().unwrap_or_default();
        of(&self.doses, record.at) || of(&self.persons, stock.person_of(record))
    }
}

/// Doses on the System by verification and signing.
struct Partition<'a> {
    stock: &'a Stock<'a>,
    statuses: Statuses<'a>,
    /// By what is written: its meaning, and doses signed and not.
    words: FxHashMap<Text, (Option<Verification>, [u32; 2])>,
    signed_words: FxHashMap<Text, bool>,
    units: Vec<([u32; 2], u32)>,
    has_columns: [bool; 2],
}

impl<'a> Partition<'a> {
    fn new(stock: &'a Stock<'a>, statuses: &Statuses<'a>, units: usize) -> Partition<'a> {
        Partition {
            stock,
            statuses: *statuses,
            words: FxHashMap::default(),
            signed_words: FxHashMap::default(),
            units: vec![([0, 0], 0); units],
            has_columns: [false; 2],
        }
    }

    fn add(&mut self, record: &Record<'_>, unit: usize) {
        let pool = self.stock.pool;
        let fields = self.stock.sheets.get(record.sheet).map(|sheet| sheet.fields).unwrap_or_default();
        self.has_columns[0] |= fields.has(Field::Verification);
        self.has_columns[1] |= fields.has(Field::Signing);
        let (word, signing, statuses) = (record.dose.verification, record.dose.signing, self.statuses);
        let is_signed = *self.signed_words.entry(signing).or_insert_with(|| is_signed(pool.get(signing)) == Some(true));
        let read = || if word.is_none() { None } else { statuses.read(pool.get(word)) };
        let (status, counts) = self.words.entry(word).or_insert_with(|| (read(), [0, 0]));
        counts[usize::from(is_signed)] += 1;
        if let Some((verified, signed)) = self.units.get_mut(unit) {
            verified[0] += u32::from(*status == Some(Verification::Right));
            verified[1] += 1;
            *signed += u32::from(is_signed);
        }
    }

    fn of_unit(&self, unit: usize) -> ([u32; 2], u32) {
        self.units.get(unit).copied().unwrap_or_default()
    }

    fn finish(self, board: &mut Board) {
        const UNSAID: &str = "Không ghi trạng thái";
        let pool = self.stock.pool;
        let mut known: BTreeMap<Verification, [u32; 2]> = BTreeMap::new();
        let mut strange: Vec<(String, [u32; 2], Option<Verification>)> = Vec::new();
        let mut unsaid = [0, 0];
        for (text, (status, counts)) in &self.words {
            let written = pool.get(*text);
            match status {
                _ if text.is_none() => unsaid = *counts,
                Some(status) => {
                    let sum = known.entry(*status).or_default();
                    *sum = [sum[0] + counts[0], sum[1] + counts[1]];
                    // A word a person gave a meaning stays in sight, so that it can be given another.
                    if Verification::read(written).is_none() {
                        strange.push((written.to_owned(), [0, 0], Some(*status)));
                    }
                }
                None => strange.push((written.to_owned(), *counts, None)),
            }
        }
        strange.sort_by(|a, b| a.0.cmp(&b.0));
        let sum = |counts: [u32; 2]| counts[0] + counts[1];
        let of_known = |status: Verification| known.get(&status).copied().unwrap_or_default();
        let mut signed = 0;
        let mut blocked: Vec<(String, u32)> = Vec::new();
        for status in Verification::ALL {
            let counts = of_known(status);
            board.statuses.push(Part { name: status.label().to_owned(), known: Some(status), is_word: false, doses: sum(counts) });
            signed += counts[1];
            let why = if status == Verification::Right { "Đã xác thực đúng, cơ sở chưa ký" } else { status.label() };
            blocked.push((why.to_owned(), counts[0]));
        }
        for (name, counts, meaning) in strange {
            board.statuses.push(Part { name: name.clone(), known: meaning, is_word: true, doses: sum(counts) });
            if meaning.is_none() {
                signed += counts[1];
                blocked.push((format!("Trạng thái “{name}” chưa rõ nghĩa"), counts[0]));
            }
        }
        if sum(unsaid) > 0 {
            board.statuses.push(Part { name: UNSAID.to_owned(), known: None, is_word: false, doses: sum(unsaid) });
            signed += unsaid[1];
            blocked.push((UNSAID.to_owned(), unsaid[0]));
        }
        board.on_system = board.statuses.iter().map(|part| part.doses).sum();
        board.signing.push(("Đã ký".to_owned(), signed));
        board.signing.extend(blocked.into_iter().filter(|(_, doses)| *doses > 0));
        board.has_columns = self.has_columns;
    }
}
