//! Rules about what many records share: numbers, phones, lots, facilities.

use super::same_person::SamePerson;
use super::{Spellings, tell};
use crate::domain::{PersonRecord, Product, Side};
use crate::normalize::text::Text;
use crate::pace::{Cancelled, Pace, STRIDE, Stage};
use crate::quality::catalogue::RuleId;
use crate::quality::findings::Findings;
use crate::quality::limits::PERSONS_A_PHONE;
use crate::quality::month_days::{is_heaped, is_summary_day};
use crate::quality::stock::Stock;
use rustc_hash::FxHashMap;

/// Checks what persons share, each side by itself.
pub(super) async fn check_persons<P: Pace>(
    stock: &Stock<'_>,
    first_of_person: &[u32],
    same: &SamePerson,
    found: &mut Findings,
    pace: &mut P,
) -> Result<(), Cancelled> {
    for side in Side::ALL {
        people(stock, side, first_of_person, found, pace).await?;
    }
    two_numbers(stock, same, found, pace).await
}

/// Every row of a side, with its record.
fn rows<'a>(stock: &'a Stock<'_>, side: Side, first_of_person: &'a [u32]) -> impl Iterator<Item = (u32, &'a PersonRecord)> {
    let sheets = stock.sheets.iter().enumerate().filter(move |(_, sheet)| sheet.side == side);
    sheets.flat_map(move |(at, sheet)| {
        let first = stock.first_person(at) as usize;
        let records = first_of_person.get(first..).unwrap_or_default();
        records.iter().copied().zip(sheet.persons)
    })
}

/// Whether two rows with one number are two persons: other names, and births that do not agree.
fn are_two(a: &PersonRecord, b: &PersonRecord) -> bool {
    a.name_key != b.name_key && !a.birth.zip(b.birth).is_some_and(|(a, b)| a.agrees_with(b))
}

async fn people<P: Pace>(stock: &Stock<'_>, side: Side, first: &[u32], found: &mut Findings, pace: &mut P) -> Result<(), Cancelled> {
    let total = stock.persons();
    let mut numbers: FxHashMap<Text, (&PersonRecord, bool)> = FxHashMap::default();
    // Names met with a phone: as many as it takes, then full.
    let mut phones: FxHashMap<Text, ([Text; PERSONS_A_PHONE], usize)> = FxHashMap::default();
    for (done, (_, person)) in rows(stock, side, first).enumerate() {
        if done.is_multiple_of(STRIDE) {
            pace.step(Stage::Checking, done, total).await?;
        }
        if person.identity.is_some() {
            let (owner, is_shared) = numbers.entry(person.identity).or_insert((person, false));
            *is_shared |= are_two(owner, person);
        }
        if person.phone.is_some() && person.name_key.is_some() {
            let (names, count) = phones.entry(person.phone).or_insert(([Text::NONE; PERSONS_A_PHONE], 0));
            if !names.contains(&person.name_key) {
                if let Some(place) = names.get_mut(*count) {
                    *place = person.name_key;
                }
                *count += 1;
            }
        }
    }
    for (done, (record, person)) in rows(stock, side, first).enumerate() {
        if done.is_multiple_of(STRIDE) {
            pace.step(Stage::Checking, done, total).await?;
        }
        let is_shared = person.identity.is_some() && numbers.get(&person.identity).is_some_and(|(_, is_shared)| *is_shared);
        tell(found, RuleId::SharedIdentity, record, is_shared);
        let is_of_many = person.phone.is_some() && phones.get(&person.phone).is_some_and(|(_, count)| *count > PERSONS_A_PHONE);
        tell(found, RuleId::SharedPhone, record, is_of_many);
    }
    Ok(())
}

/// Persons that agree on name, birth and phone or commune, and have two numbers: rows that do not carry the first.
async fn two_numbers<P: Pace>(stock: &Stock<'_>, same: &SamePerson, found: &mut Findings, pace: &mut P) -> Result<(), Cancelled> {
    let groups = same.groups();
    let total = groups.len();
    for (done, records) in groups.enumerate() {
        if done.is_multiple_of(STRIDE) {
            pace.step(Stage::Checking, done, total).await?;
        }
        if records.len() < 2 {
            continue;
        }
        let (mut number, mut last) = (Text::NONE, None);
        for record in records.iter().filter_map(|at| stock.record(*at)) {
            let row = (record.sheet, record.dose.person);
            if !record.person.identity_kind.is_number() || last == Some(row) {
                continue;
            }
            last = Some(row);
            if number.is_none() {
                number = record.person.identity;
            }
            tell(found, RuleId::TwoIdentities, record.at, record.person.identity != number);
        }
    }
    Ok(())
}

/// Doses whose lot most others write with another product.
pub(super) async fn lots<P: Pace>(stock: &Stock<'_>, found: &mut Findings, pace: &mut P) -> Result<(), Cancelled> {
    for side in Side::ALL {
        lots_of(stock, side, found, pace).await?;
    }
    Ok(())
}

async fn lots_of<P: Pace>(stock: &Stock<'_>, side: Side, found: &mut Findings, pace: &mut P) -> Result<(), Cancelled> {
    const PRODUCTS: usize = Product::ALL.len();
    let mut counts: FxHashMap<Text, [u32; PRODUCTS]> = FxHashMap::default();
    let sheets = || stock.sheets.iter().enumerate().filter(|(_, sheet)| sheet.side == side);
    let doses = || sheets().flat_map(|(at, sheet)| (stock.first_dose(at)..).zip(sheet.doses)).filter(|(_, dose)| dose.lot.is_some());
    for (at, dose) in doses() {
        if (at as usize).is_multiple_of(STRIDE) {
            pace.step(Stage::Checking, at as usize, stock.len()).await?;
        }
        if let Some(place) = dose.product.and_then(|product| counts.entry(dose.lot).or_default().get_mut(product as usize)) {
            *place += 1;
        }
    }
    // Lots of one product are of no interest any more.
    counts.retain(|_, of| of.iter().filter(|count| **count > 0).count() > 1);
    if counts.is_empty() {
        return Ok(());
    }
    for (at, dose) in doses() {
        if (at as usize).is_multiple_of(STRIDE) {
            pace.step(Stage::Checking, at as usize, stock.len()).await?;
        }
        if let (Some(of), Some(product)) = (counts.get(&dose.lot), dose.product) {
            let own = of.get(product as usize).copied().unwrap_or(0);
            let most = of.iter().copied().max().unwrap_or(0);
            // Where two products are written as often, nobody knows which is right.
            let is_tied = of.iter().filter(|count| **count == most).count() > 1;
            tell(found, RuleId::LotOfTwo, at, own < most || is_tied);
        }
    }
    Ok(())
}

/// The commonest spelling of each unit; the longer, then the first in order, where two are as common.
pub(crate) fn commonest(spellings: &FxHashMap<Text, (u32, u32)>, pool: &crate::normalize::text::TextPool) -> FxHashMap<u32, Text> {
    let mut best: FxHashMap<u32, (u32, Text)> = FxHashMap::default();
    for (text, (unit, count)) in spellings {
        let place = best.entry(*unit).or_insert((*count, *text));
        let (own, known) = (pool.get(*text), pool.get(place.1));
        let is_better = (*count, own.chars().count()) > (place.0, known.chars().count())
            || (*count, own.chars().count()) == (place.0, known.chars().count()) && own < known;
        if is_better {
            *place = (*count, *text);
        }
    }
    best.into_iter().map(|(unit, (_, text))| (unit, text)).collect()
}

/// Doses whose facility is written otherwise than most.
pub(super) async fn facilities<P: Pace>(stock: &Stock<'_>, found: &mut Findings, pace: &mut P) -> Result<(), Cancelled> {
    let spellings = std::mem::take(&mut found.spellings);
    let done = facilities_of(stock, &spellings, found, pace).await;
    found.spellings = spellings;
    done
}

async fn facilities_of<P: Pace>(stock: &Stock<'_>, spellings: &Spellings, found: &mut Findings, pace: &mut P) -> Result<(), Cancelled> {
    let best = commonest(spellings, stock.pool);
    for (at_sheet, sheet) in stock.sheets.iter().enumerate() {
        for (at, dose) in (stock.first_dose(at_sheet)..).zip(sheet.doses) {
            if (at as usize).is_multiple_of(STRIDE) {
                pace.step(Stage::Checking, at as usize, stock.len()).await?;
            }
            if dose.facility.is_some()
                && let Some((unit, _)) = spellings.get(&dose.facility)
            {
                tell(found, RuleId::FacilitySpelling, at, best.get(unit).is_some_and(|best| *best != dose.facility));
            }
        }
    }
    Ok(())
}

/// Doses on the 1st, the 15th and the last day at facilities of a side where more than a quarter fall on them.
pub(super) async fn heaping<P: Pace>(stock: &Stock<'_>, found: &mut Findings, pace: &mut P) -> Result<(), Cancelled> {
    for side in Side::ALL {
        let mut counts = vec![[0u32; 2]; found.units.len()];
        for is_second in [false, true] {
            for (at_sheet, sheet) in stock.sheets.iter().enumerate().filter(|(_, sheet)| sheet.side == side) {
                for (at, dose) in (stock.first_dose(at_sheet)..).zip(sheet.doses) {
                    if (at as usize).is_multiple_of(STRIDE) {
                        pace.step(Stage::Checking, at as usize, stock.len()).await?;
                    }
                    let Some(given) = dose.given else { continue };
                    let unit = found.unit_of.get(at as usize).copied().unwrap_or_default() as usize;
                    let Some([all, heaped]) = counts.get_mut(unit) else { continue };
                    if is_second {
                        tell(found, RuleId::Heaping, at, is_heaped(*heaped, *all) && is_summary_day(given));
                    } else {
                        *all += 1;
                        *heaped += u32::from(is_summary_day(given));
                    }
                }
            }
        }
    }
    Ok(())
}
