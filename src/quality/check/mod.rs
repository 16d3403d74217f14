//! The check: every rule over every record, in slices.

mod across;
mod course;
mod dose;
mod person;
mod same_person;

use super::catalogue::RuleId;
use super::findings::Findings;
use super::stock::Stock;
use crate::normalize::text::Text;
use crate::pace::{Cancelled, Pace, STRIDE, Stage};
use crate::reconcile::column_table::ColumnTable;
use crate::reconcile::unit::{UNKNOWN_UNIT, UnitTable, unit_key};

/// What a check found out on its way that a check of a few changed doses can use again.
pub struct Groundwork {
    same: same_person::SamePerson,
}

/// Checks everything.
///
/// # Errors
/// [`Cancelled`] when the pace says so.
pub async fn check<P: Pace>(
    stock: &Stock<'_>,
    statuses: &Statuses<'_>,
    columns: &ColumnTable,
    pace: &mut P,
) -> Result<(Findings, Groundwork), Cancelled> {
    let mut findings = Findings::default();
    findings.spellings = find_units(stock, &mut findings, pace).await?;
    // The record by which each row of a person is named: its first dose.
    let mut first_of_person = Vec::with_capacity(stock.persons());
    let mut persons = person::Checker::new(stock);
    let mut doses = dose::Checker::new(stock, statuses);
    let total = stock.len();
    for (at_sheet, sheet) in stock.sheets.iter().enumerate() {
        let first = stock.first_dose(at_sheet);
        let mut last_person = u32::MAX;
        for (at, dose) in (first..).zip(sheet.doses) {
            if (at as usize).is_multiple_of(STRIDE) {
                pace.step(Stage::Checking, at as usize, total).await?;
            }
            let Some(person) = sheet.persons.get(dose.person as usize) else { continue };
            if dose.person != last_person {
                last_person = dose.person;
                first_of_person.push(at);
                persons.check(sheet, dose.person, person, at, &mut findings);
            }
            doses.check(sheet, person, dose, at, &mut findings);
        }
    }
    let same = same_person::group(stock, pace).await?;
    across::check_persons(stock, &first_of_person, &same, &mut findings, pace).await?;
    across::lots(stock, &mut findings, pace).await?;
    across::facilities(stock, &mut findings, pace).await?;
    across::heaping(stock, &mut findings, pace).await?;
    course::check(stock, same.groups(), columns, &mut findings, pace).await?;
    findings.settle();
    Ok((findings, Groundwork { same }))
}

/// What corrections have changed since a check: doses, and no persons.
#[derive(Clone, Debug, Default)]
pub struct Changed {
    /// The records, ascending, once each.
    pub records: Vec<u32>,
    /// Whether facilities are spelled otherwise.
    pub facilities: bool,
    /// Whether days of doses are others.
    pub days: bool,
    /// Whether products or lots are others.
    pub products: bool,
}

/// Checks again after some doses, and no persons, have changed: what was found of the others stands.
///
/// # Errors
/// [`Cancelled`] when the pace says so.
pub async fn check_again<P: Pace>(
    stock: &Stock<'_>,
    statuses: &Statuses<'_>,
    columns: &ColumnTable,
    (before, groundwork): (&Findings, &Groundwork),
    changed: &Changed,
    pace: &mut P,
) -> Result<Findings, Cancelled> {
    let Changed { records: changed, facilities, days, products } = changed;
    let mut findings = before.clone();
    let mut is_changed = vec![false; stock.len()];
    let mark = |marks: &mut Vec<bool>, at: u32| {
        if let Some(place) = marks.get_mut(at as usize) {
            *place = true;
        }
    };
    changed.iter().for_each(|at| mark(&mut is_changed, *at));
    if *facilities {
        findings.units.clear();
        findings.unit_of.clear();
        findings.spellings = find_units(stock, &mut findings, pace).await?;
        findings.forget(&[RuleId::FacilitySpelling], |_| true);
        across::facilities(stock, &mut findings, pace).await?;
    }
    findings.forget(&dose::RULES, |at| is_changed.get(at as usize).copied().unwrap_or(true));
    let mut doses = dose::Checker::new(stock, statuses);
    for (done, at) in changed.iter().enumerate() {
        if done.is_multiple_of(STRIDE) {
            pace.step(Stage::Checking, done, changed.len()).await?;
        }
        if let Some(record) = stock.record(*at)
            && let Some(sheet) = stock.sheets.get(record.sheet)
        {
            doses.check(sheet, record.person, record.dose, *at, &mut findings);
        }
    }
    if *products {
        findings.forget(&[RuleId::LotOfTwo], |_| true);
        across::lots(stock, &mut findings, pace).await?;
    }
    if *days || *facilities {
        findings.forget(&[RuleId::Heaping], |_| true);
        across::heaping(stock, &mut findings, pace).await?;
    }
    // The courses of those whose doses changed.
    let touched = |group: &&[u32]| group.iter().any(|at| is_changed.get(*at as usize).copied().unwrap_or(true));
    let groups: Vec<&[u32]> = groundwork.same.groups().filter(touched).collect();
    let mut in_course = vec![false; stock.len()];
    groups.iter().flat_map(|group| group.iter()).for_each(|at| mark(&mut in_course, *at));
    findings.forget(&course::RULES, |at| in_course.get(at as usize).copied().unwrap_or(true));
    course::check(stock, groups.into_iter(), columns, &mut findings, pace).await?;
    findings.settle();
    Ok(findings)
}

/// What a person said unknown words of verification mean.
#[derive(Clone, Copy, Debug, Default)]
pub struct Statuses<'a>(pub Option<&'a std::collections::BTreeMap<String, super::Verification>>);

impl Statuses<'_> {
    /// What a word means: what a person said, else what is known.
    pub fn read(&self, text: &str) -> Option<super::Verification> {
        self.0.and_then(|said| said.get(text)).copied().or_else(|| super::Verification::read(text))
    }
}

pub(crate) use across::commonest;

/// Facility texts with the unit each means and how often it is written.
pub(super) type Spellings = rustc_hash::FxHashMap<Text, (u32, u32)>;

/// Gives every record its unit, as the ledger does.
async fn find_units<P: Pace>(stock: &Stock<'_>, findings: &mut Findings, pace: &mut P) -> Result<Spellings, Cancelled> {
    let mut table = UnitTable::default();
    table.learn_codes(stock.sheets.iter().flat_map(|sheet| sheet.doses).map(|dose| dose.facility), stock.pool);
    let mut spellings = Spellings::default();
    findings.unit_of.reserve(stock.len());
    for sheet in &stock.sheets {
        let of_sheet = sheet.unit.map(|unit| table.of_name(unit));
        let unknown = of_sheet.unwrap_or_else(|| table.of_name(UNKNOWN_UNIT));
        for (at, dose) in sheet.doses.iter().enumerate() {
            if at.is_multiple_of(STRIDE) {
                pace.step(Stage::Checking, findings.unit_of.len(), stock.len()).await?;
            }
            let own = table.of_facility(dose.facility, stock.pool);
            if let Some(unit) = own {
                spellings.entry(dose.facility).or_insert((unit, 0)).1 += 1;
            }
            findings.unit_of.push(own.unwrap_or(unknown));
        }
    }
    // Units that stand for one by the alias table are one here too.
    let names: Vec<String> = table.into_units().into_iter().map(|unit| unit.name).collect();
    let mut numbers: rustc_hash::FxHashMap<String, u32> = rustc_hash::FxHashMap::default();
    let number_of: Vec<u32> = names
        .iter()
        .map(|name| {
            let unit = stock.aliases.resolve(name);
            let next = findings.units.len() as u32;
            let number = *numbers.entry(unit_key(unit)).or_insert(next);
            if number == next {
                findings.units.push(unit.to_owned());
            }
            number
        })
        .collect();
    let number = |unit: u32| number_of.get(unit as usize).copied().unwrap_or_default();
    findings.unit_of.iter_mut().for_each(|unit| *unit = number(*unit));
    spellings.values_mut().for_each(|(unit, _)| *unit = number(*unit));
    Ok(spellings)
}

/// A table of what is known of each text, by its number: most texts come many times.
pub(super) struct Known(Vec<u8>);

impl Known {
    pub(super) fn new(texts: usize) -> Known {
        Known(vec![0; texts])
    }

    /// What `look` says of a text, asked once. Bit 7 is not for `look`.
    pub(super) fn of(&mut self, text: Text, look: impl FnOnce() -> u8) -> u8 {
        const IS_KNOWN: u8 = 0x80;
        let Some(place) = self.0.get_mut(text.id() as usize) else { return look() };
        if *place == 0 {
            *place = look() | IS_KNOWN;
        }
        *place & !IS_KNOWN
    }
}

/// Adds a finding where the rule is broken.
pub(super) fn tell(findings: &mut Findings, rule: RuleId, record: u32, is_broken: bool) {
    if is_broken {
        findings.push(rule, record);
    }
}
