//! The three classes of persons whose data are to be cleaned with the commune's police (2262/BYT-CNTT): no number, a number of wrong
//! form, wrong basic data.

use super::catalogue::RuleId;
use super::check::Statuses;
use super::findings::Findings;
use super::status::Verification;
use super::stock::Stock;
use crate::domain::{Field, IdentityKind, Side};
use crate::pace::{Cancelled, Pace, STRIDE, Stage};

/// The class.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum StatutoryClass {
    /// No CCCD or CMND.
    NoNumber,
    /// A CCCD or CMND of wrong form.
    WrongForm,
    /// Number, name, birth date or sex is wrong.
    WrongData,
}

impl StatutoryClass {
    /// In the order of the document.
    pub const ALL: [StatutoryClass; 3] = [StatutoryClass::NoNumber, StatutoryClass::WrongForm, StatutoryClass::WrongData];

    /// The officer's words.
    pub fn label(self) -> &'static str {
        match self {
            StatutoryClass::NoNumber => "1. Không có số CCCD/CMND",
            StatutoryClass::WrongForm => "2. Số CCCD/CMND sai định dạng",
            StatutoryClass::WrongData => "3. Sai thông tin cơ bản",
        }
    }
}

/// Rules whose findings put a person into a class.
const RULES: [(StatutoryClass, &[RuleId]); 3] = [
    (StatutoryClass::NoNumber, &[RuleId::NoIdentity, RuleId::DigitsGone, RuleId::IdentityIsPhone, RuleId::IdentityPlaceholder]),
    (
        StatutoryClass::WrongForm,
        &[RuleId::IdentityLength, RuleId::EightDigits, RuleId::ZerosLost, RuleId::IdentityCentury, RuleId::IdentityLetters],
    ),
    (
        StatutoryClass::WrongData,
        &[
            RuleId::IdentitySex,
            RuleId::IdentityYear,
            RuleId::SharedIdentity,
            RuleId::NoName,
            RuleId::NameSigns,
            RuleId::NamePlaceholder,
            RuleId::NoBirth,
            RuleId::PartBirth,
            RuleId::BadBirth,
            RuleId::FutureBirth,
            RuleId::NoSex,
            RuleId::VerifiedWrong,
        ],
    ),
];

/// One person of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Listed {
    /// The record of the row's first dose.
    pub record: u32,
    /// The class.
    pub class: StatutoryClass,
}

/// The rules that say why a person is in a class.
pub fn reasons(findings: &Findings, record: u32, class: StatutoryClass) -> Vec<RuleId> {
    let of_class = RULES.iter().find(|(own, _)| *own == class).map_or(&[][..], |(_, rules)| rules);
    of_class.iter().copied().filter(|rule| findings.of(*rule).binary_search(&record).is_ok()).collect()
}

/// Everyone of the three classes, in the order of rows: from the System's export where there is one, else from the local lists. A
/// person whom the population database found right is in no list for a doubt about basic data; foreigners are in none.
///
/// # Errors
/// [`Cancelled`] when the pace says so.
pub async fn list<P: Pace>(
    stock: &Stock<'_>,
    findings: &Findings,
    statuses: &Statuses<'_>,
    pace: &mut P,
) -> Result<Vec<Listed>, Cancelled> {
    let has_system = stock.sheets.iter().any(|sheet| sheet.side == Side::System && !sheet.persons.is_empty());
    let side = if has_system { Side::System } else { Side::Local };
    let mut class_of: Vec<Option<StatutoryClass>> = vec![None; stock.persons()];
    let mut put = |person: u32, class: StatutoryClass| {
        if let Some(place) = class_of.get_mut(person as usize) {
            *place = Some(place.map_or(class, |known| known.min(class)));
        }
    };
    for (class, rules) in RULES {
        for at in rules.iter().flat_map(|rule| findings.of(*rule)) {
            if let Some(record) = stock.record(*at) {
                put(stock.person_of(&record), class);
            }
        }
    }
    let mut listed = Vec::new();
    for (at_sheet, sheet) in stock.sheets.iter().enumerate().filter(|(_, sheet)| sheet.side == side) {
        let mut last = u32::MAX;
        for (at, dose) in (stock.first_dose(at_sheet)..).zip(sheet.doses) {
            if (at as usize).is_multiple_of(STRIDE) {
                pace.step(Stage::Listing, at as usize, stock.len()).await?;
            }
            if dose.person == last {
                continue;
            }
            last = dose.person;
            let Some(person) = sheet.persons.get(dose.person as usize) else { continue };
            let status = if sheet.fields.has(Field::Verification) { statuses.read(stock.pool.get(dose.verification)) } else { None };
            let by_status = match status {
                Some(Verification::NoNumber) => Some(StatutoryClass::NoNumber),
                Some(Verification::WrongForm) => Some(StatutoryClass::WrongForm),
                _ => None,
            };
            let own = class_of.get((stock.first_person(at_sheet) + dose.person) as usize).copied().flatten();
            let class = match (own, by_status) {
                (Some(own), Some(said)) => Some(own.min(said)),
                (own, said) => own.or(said),
            };
            let is_cleared = class == Some(StatutoryClass::WrongData) && status == Some(Verification::Right);
            if let Some(class) = class.filter(|_| !is_cleared && person.identity_kind != IdentityKind::Passport) {
                listed.push(Listed { record: at, class });
            }
        }
    }
    Ok(listed)
}
