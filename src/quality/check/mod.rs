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
use crate::reconcile::unit::{UNKNOWN_UNIT, UnitTable};

/// Checks everything.
///
/// # Errors
/// [`Cancelled`] when the pace says so.
pub async fn check<P: Pace>(
    stock: &Stock<'_>,
    statuses: &Statuses<'_>,
    columns: &ColumnTable,
    pace: &mut P,
) -> Result<Findings, Cancelled> {
    let mut findings = Findings::default();
    let units = find_units(stock, &mut findings, pace).await?;
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
    across::check(stock, &first_of_person, &same, &units, &mut findings, pace).await?;
    course::check(stock, &same, columns, &mut findings, pace).await?;
    findings.spellings = units;
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
    findings.units = table.into_units().into_iter().map(|unit| unit.name).collect();
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
