//! Rules about one dose.

use super::{Known, Statuses, tell};
use crate::domain::{Date, DoseLabel, DoseRecord, Field, PersonRecord, Product, Unreadable};
use crate::normalize::text::TextPool;
use crate::quality::catalogue::RuleId;
use crate::quality::findings::Findings;
use crate::quality::limits::{FIRST_AT_5, FIRST_AT_12, FIRST_BOOSTER, FIRST_DOSE, FIRST_SECOND_BOOSTER, SAME_DAY_SINCE, approved_on};
use crate::quality::status::{Verification, is_signed};
use crate::quality::stock::{SheetView, Stock};
use crate::workbook::values::swapped;

/// The rules about one dose.
pub(super) const RULES: [RuleId; 31] = [
    RuleId::NoDay,
    RuleId::BadDay,
    RuleId::BeforeBirth,
    RuleId::BeforeCampaign,
    RuleId::AfterEntry,
    RuleId::AfterToday,
    RuleId::AmbiguousDay,
    RuleId::SwappedDay,
    RuleId::UnderFive,
    RuleId::EarlyAdolescent,
    RuleId::EarlyChild,
    RuleId::ChildVaccine,
    RuleId::ModernaAtFive,
    RuleId::EarlyBooster,
    RuleId::EarlySecondBooster,
    RuleId::BeforeApproval,
    RuleId::NoLabel,
    RuleId::BadLabel,
    RuleId::NoVaccine,
    RuleId::UnknownVaccine,
    RuleId::NoLot,
    RuleId::LotForm,
    RuleId::NoFacility,
    RuleId::LateEntry,
    RuleId::EntryAfterToday,
    RuleId::NoEntry,
    RuleId::VerifiedWrong,
    RuleId::NotVerified,
    RuleId::UnknownStatus,
    RuleId::SignedUnverified,
    RuleId::VerifiedUnsigned,
];

pub(super) struct Checker<'a> {
    pool: &'a TextPool,
    today: Date,
    statuses: Statuses<'a>,
    lots: Known,
    verified: Known,
    signed: Known,
}

impl<'a> Checker<'a> {
    pub(super) fn new(stock: &Stock<'a>, statuses: &Statuses<'a>) -> Checker<'a> {
        let known = || Known::new(stock.pool.len());
        Checker { pool: stock.pool, today: stock.today, statuses: *statuses, lots: known(), verified: known(), signed: known() }
    }

    pub(super) fn check(&mut self, sheet: &SheetView<'_>, person: &PersonRecord, dose: &DoseRecord, at: u32, found: &mut Findings) {
        match (dose.given, dose.unreadable) {
            (Some(given), _) => self.day(person, dose, given, at, found),
            (None, Some(Unreadable::BadDay)) => found.push(RuleId::BadDay, at),
            (None, _) if self.pool.get(dose.given_text).chars().any(char::is_alphanumeric) => found.push(RuleId::BadDay, at),
            (None, _) => found.push(RuleId::NoDay, at),
        }
        if dose.unreadable == Some(Unreadable::NoDose) {
            return;
        }
        tell(found, RuleId::NoLabel, at, dose.label.is_none() && dose.label_text.is_none());
        tell(found, RuleId::BadLabel, at, dose.label.is_none() && dose.label_text.is_some());
        tell(found, RuleId::NoVaccine, at, dose.product.is_none() && dose.vaccine_text.is_none());
        tell(found, RuleId::UnknownVaccine, at, dose.product.is_none() && dose.vaccine_text.is_some());
        let fields = sheet.fields;
        if fields.has(Field::Lot) {
            let pool = self.pool;
            tell(found, RuleId::NoLot, at, dose.lot.is_none());
            let is_strange = dose.lot.is_some() && self.lots.of(dose.lot, || u8::from(!is_lot(pool.get(dose.lot)))) != 0;
            tell(found, RuleId::LotForm, at, is_strange);
        }
        tell(found, RuleId::NoFacility, at, fields.has(Field::Facility) && dose.facility.is_none());
        if fields.has(Field::EnteredOn) {
            self.entry(dose, at, found);
        }
        if fields.has(Field::Verification) {
            self.verification(dose, fields.has(Field::Signing), at, found);
        }
    }

    fn day(&self, person: &PersonRecord, dose: &DoseRecord, given: Date, at: u32, found: &mut Findings) {
        tell(found, RuleId::AmbiguousDay, at, dose.day_is_ambiguous);
        let birth = person.birth;
        let is_before_birth = |day: Date| birth.is_some_and(|birth| birth.day().map_or(day.year() < birth.year(), |born| day < born));
        let is_after_entry = |day: Date| dose.entered.is_some_and(|entered| day > entered);
        let is_outside = |day: Date| day < FIRST_DOSE || day > self.today || is_after_entry(day) || is_before_birth(day);
        tell(found, RuleId::BeforeBirth, at, is_before_birth(given));
        tell(found, RuleId::BeforeCampaign, at, given < FIRST_DOSE);
        tell(found, RuleId::AfterEntry, at, is_after_entry(given));
        tell(found, RuleId::AfterToday, at, given > self.today);
        tell(found, RuleId::SwappedDay, at, is_outside(given) && swapped(given).is_some_and(|day| day != given && !is_outside(day)));
        if let Some(birth) = birth.filter(|_| !is_before_birth(given)) {
            let age = birth.age_on(given);
            let is_child = (5..12).contains(&age);
            tell(found, RuleId::UnderFive, at, age < 5);
            tell(found, RuleId::EarlyAdolescent, at, (12..18).contains(&age) && given < FIRST_AT_12);
            tell(found, RuleId::EarlyChild, at, is_child && given < FIRST_AT_5);
            let is_others = dose.product.is_some_and(|product| !matches!(product, Product::Pfizer | Product::Moderna));
            tell(found, RuleId::ChildVaccine, at, is_child && is_others);
            tell(found, RuleId::ModernaAtFive, at, age == 5 && dose.product == Some(Product::Moderna));
        }
        let is_booster = matches!(dose.label, Some(DoseLabel::Additional | DoseLabel::Booster(_)));
        tell(found, RuleId::EarlyBooster, at, is_booster && given < FIRST_BOOSTER);
        tell(found, RuleId::EarlySecondBooster, at, matches!(dose.label, Some(DoseLabel::Booster(2..))) && given < FIRST_SECOND_BOOSTER);
        tell(found, RuleId::BeforeApproval, at, dose.product.is_some_and(|product| given < approved_on(product)));
    }

    fn entry(&self, dose: &DoseRecord, at: u32, found: &mut Findings) {
        let Some(entered) = dose.entered else {
            found.push(RuleId::NoEntry, at);
            return;
        };
        tell(found, RuleId::EntryAfterToday, at, entered > self.today);
        tell(found, RuleId::LateEntry, at, dose.given.is_some_and(|given| given >= SAME_DAY_SINCE && entered > given));
    }

    fn verification(&mut self, dose: &DoseRecord, has_signing: bool, at: u32, found: &mut Findings) {
        const UNKNOWN: u8 = 7;
        let (pool, statuses) = (self.pool, self.statuses);
        let index = |status: Option<Verification>| status.map_or(UNKNOWN, |status| status as u8 + 1);
        let status = if dose.verification.is_none() {
            0
        } else {
            self.verified.of(dose.verification, || index(statuses.read(pool.get(dose.verification))))
        };
        let is = |of: Verification| status == of as u8 + 1;
        tell(found, RuleId::VerifiedWrong, at, is(Verification::Wrong));
        tell(found, RuleId::NotVerified, at, is(Verification::NotYet));
        tell(found, RuleId::UnknownStatus, at, status == UNKNOWN);
        if has_signing {
            let code = |signed: Option<bool>| signed.map_or(0, |signed| 1 + u8::from(signed));
            let signed = self.signed.of(dose.signing, || code(is_signed(pool.get(dose.signing))));
            tell(found, RuleId::SignedUnverified, at, signed == 2 && status != 0 && status != UNKNOWN && !is(Verification::Right));
            tell(found, RuleId::VerifiedUnsigned, at, signed != 2 && is(Verification::Right));
        }
    }
}

/// Letters and digits, 4 to 15, some of them digits; no date.
fn is_lot(lot: &str) -> bool {
    let signs = lot.chars().count();
    let is_date = lot.contains('/') && lot.chars().all(|c| c.is_ascii_digit() || c == '/');
    (4..=15).contains(&signs)
        && !is_date
        && lot.chars().any(|c| c.is_ascii_digit())
        && lot.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '/'))
}
