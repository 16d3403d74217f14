//! Rules about one row's person.

use super::{Known, tell};
use crate::domain::{BirthDate, Date, Field, IdentityKind, PersonRecord};
use crate::normalize::fold;
use crate::normalize::identity::{is_citizen_number, year_and_sex};
use crate::normalize::text::TextPool;
use crate::quality::catalogue::RuleId;
use crate::quality::findings::Findings;
use crate::quality::limits::GREATEST_AGE;
use crate::quality::stock::{SheetView, Stock};

const BIRTHS: [Field; 4] = [Field::BirthDate, Field::BirthYear, Field::BirthMale, Field::BirthFemale];
const SEXES: [Field; 3] = [Field::Sex, Field::BirthMale, Field::BirthFemale];
const HOMES: [Field; 2] = [Field::Commune, Field::CommuneCode];

/// What a name can be remarked on for.
mod name {
    pub(super) const SIGNS: u8 = 1;
    pub(super) const PLACEHOLDER: u8 = 2;
    pub(super) const ONE_WORD: u8 = 4;
    pub(super) const NO_MARKS: u8 = 8;
    pub(super) const INITIALS: u8 = 16;
}

/// Names written where nobody's name was known.
const NO_NAMES: [&str; 18] = [
    "khong ro",
    "khong ten",
    "khong biet",
    "khong co ten",
    "chua co ten",
    "chua ro",
    "chua biet",
    "test",
    "test test",
    "abc",
    "aaa",
    "xxx",
    "nguyen van a",
    "nguyen thi a",
    "tran van b",
    "nguyen van b",
    "ho ten",
    "ho va ten",
];

pub(super) struct Checker<'a> {
    pool: &'a TextPool,
    today: Date,
    names: Known,
    phones: Known,
    groups: Known,
}

impl<'a> Checker<'a> {
    pub(super) fn new(stock: &Stock<'a>) -> Checker<'a> {
        let known = || Known::new(stock.pool.len());
        Checker { pool: stock.pool, today: stock.today, names: known(), phones: known(), groups: known() }
    }

    pub(super) fn check(&mut self, sheet: &SheetView<'_>, row: u32, person: &PersonRecord, at: u32, found: &mut Findings) {
        let fields = sheet.fields;
        self.name(person, at, found);
        if fields.has(Field::Identity) {
            self.identity(person, || sheet.has_corrected_identity(row), at, found);
        }
        if fields.has_any(&BIRTHS) {
            self.birth(person, at, found);
        }
        let has_sex = fields.has_any(&SEXES);
        tell(found, RuleId::NoSex, at, has_sex && person.sex.is_none());
        if fields.has(Field::Identity) && fields.has_any(&BIRTHS) && has_sex {
            let is_full = person.name.is_some()
                && person.sex.is_some()
                && person.birth.is_some_and(|birth| birth.day().is_some())
                && person.identity_kind.is_number();
            tell(found, RuleId::FourFields, at, !is_full);
        }
        if fields.has(Field::Phone) {
            self.phone(person, at, found);
        }
        if fields.has(Field::Insurance) && person.insurance.is_some() {
            tell(found, RuleId::InsuranceForm, at, !is_insurance(self.pool.get(person.insurance)));
        }
        tell(found, RuleId::NoCommune, at, fields.has_any(&HOMES) && person.commune_key.is_none());
        if fields.has(Field::TargetGroup) {
            let pool = self.pool;
            let group = person.target_group;
            tell(found, RuleId::NoTargetGroup, at, group.is_none());
            tell(found, RuleId::TargetGroupCode, at, self.groups.of(group, || u8::from(is_strange_group(pool.get(group)))) != 0);
        }
    }

    fn name(&mut self, person: &PersonRecord, at: u32, found: &mut Findings) {
        if person.name.is_none() {
            found.push(RuleId::NoName, at);
            return;
        }
        let pool = self.pool;
        let flags = self.names.of(person.name, || look_at_name(pool.get(person.name)));
        if flags == 0 {
            return;
        }
        for (flag, rule) in [
            (name::SIGNS, RuleId::NameSigns),
            (name::PLACEHOLDER, RuleId::NamePlaceholder),
            (name::ONE_WORD, RuleId::OneWordName),
            (name::NO_MARKS, RuleId::NameWithoutMarks),
            (name::INITIALS, RuleId::NameInitials),
        ] {
            tell(found, rule, at, flags & flag != 0);
        }
    }

    fn identity(&self, person: &PersonRecord, is_corrected: impl Fn() -> bool, at: u32, found: &mut Findings) {
        let written = self.pool.get(person.identity_text);
        let number = self.pool.get(person.identity);
        let digits = || written.bytes().filter(u8::is_ascii_digit).count();
        match person.identity_kind {
            IdentityKind::Citizen => {
                tell(found, RuleId::ZerosPutBack, at, matches!(digits(), 10 | 11) && !is_corrected());
                own_digits(number, person, at, found);
            }
            IdentityKind::OldCard => tell(found, RuleId::EightDigits, at, digits() == 8 && !is_corrected()),
            IdentityKind::Passport => found.push(RuleId::Passport, at),
            IdentityKind::Missing => found.push(self.why_missing(written, person), at),
            IdentityKind::Other => {
                if !number.bytes().all(|byte| byte.is_ascii_digit()) {
                    found.push(RuleId::IdentityLetters, at);
                    return;
                }
                match number.len() {
                    12 if number.as_bytes().get(3).is_some_and(|digit| *digit > b'3') => found.push(RuleId::IdentityCentury, at),
                    12 => {
                        found.push(RuleId::IdentityPrefix, at);
                        own_digits(number, person, at, found);
                    }
                    10 | 11 if is_citizen_number(&format!("{number:0>12}")) => found.push(RuleId::ZerosLost, at),
                    8 => found.push(RuleId::EightDigits, at),
                    _ => found.push(RuleId::IdentityLength, at),
                }
            }
        }
    }

    /// Why what is written is no number.
    fn why_missing(&self, written: &str, person: &PersonRecord) -> RuleId {
        let digits: String = written.chars().filter(char::is_ascii_digit).collect();
        let phone = self.pool.get(person.phone);
        if digits.is_empty() {
            RuleId::NoIdentity
        } else if written.contains(['E', 'e']) && written.contains(['.', ',', '+']) {
            RuleId::DigitsGone
        } else if !phone.is_empty() && (digits == phone || phone.strip_prefix('0') == Some(&digits)) {
            RuleId::IdentityIsPhone
        } else if digits.len() >= 8 {
            RuleId::IdentityPlaceholder
        } else if digits.bytes().all(|byte| byte == b'0') {
            RuleId::NoIdentity
        } else {
            RuleId::IdentityLength
        }
    }

    fn birth(&self, person: &PersonRecord, at: u32, found: &mut Findings) {
        let Some(birth) = person.birth else {
            let is_blank = !self.pool.get(person.birth_text).chars().any(char::is_alphanumeric);
            found.push(if is_blank { RuleId::NoBirth } else { RuleId::BadBirth }, at);
            return;
        };
        tell(found, RuleId::PartBirth, at, birth.day().is_none());
        let is_future = match birth {
            BirthDate::Day(day) => day > self.today,
            BirthDate::Month { year, month } => (year, month) > (self.today.year(), self.today.month()),
            BirthDate::Year(year) => year > self.today.year(),
        };
        tell(found, RuleId::FutureBirth, at, is_future);
        tell(found, RuleId::GreatAge, at, birth.age_on(self.today) > GREATEST_AGE);
        tell(found, RuleId::FirstOfJanuary, at, birth.day().is_some_and(|day| (day.month(), day.day()) == (1, 1)));
    }

    fn phone(&mut self, person: &PersonRecord, at: u32, found: &mut Findings) {
        if person.phone.is_none() {
            found.push(RuleId::NoPhone, at);
            return;
        }
        let pool = self.pool;
        match self.phones.of(person.phone, || look_at_phone(pool.get(person.phone))) {
            1 => found.push(RuleId::PhoneForm, at),
            2 => found.push(RuleId::PhonePlaceholder, at),
            _ => {}
        }
    }
}

/// The number's own digits against sex and year of birth.
fn own_digits(number: &str, person: &PersonRecord, at: u32, found: &mut Findings) {
    let Some((year, sex)) = year_and_sex(number) else { return };
    tell(found, RuleId::IdentitySex, at, person.sex.is_some_and(|own| own != sex));
    tell(found, RuleId::IdentityYear, at, person.birth.is_some_and(|birth| birth.year() != year));
}

fn look_at_name(written: &str) -> u8 {
    let folded = fold(written);
    let plain = folded.trim();
    let mut flags = 0;
    if written.chars().any(|c| !c.is_alphabetic() && !matches!(c, ' ' | '\'' | '’' | '-' | '.')) {
        flags |= name::SIGNS;
    }
    if NO_NAMES.contains(&plain) {
        return flags | name::PLACEHOLDER;
    }
    let words = || plain.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    match words().count() {
        1 => flags |= name::ONE_WORD,
        3.. if written.is_ascii() => flags |= name::NO_MARKS,
        _ => {}
    }
    let has_short = words().any(|word| word.len() == 1 && !matches!(word, "a" | "e" | "i" | "o" | "u" | "y"));
    if has_short || written.contains('.') {
        flags |= name::INITIALS;
    }
    flags
}

/// 1 for a wrong form, 2 for a number nobody has.
fn look_at_phone(phone: &str) -> u8 {
    let is_mobile = phone.len() == 10
        && phone.bytes().all(|byte| byte.is_ascii_digit())
        && phone.starts_with('0')
        && phone.as_bytes().get(1).is_some_and(|digit| matches!(digit, b'3' | b'5' | b'7' | b'8' | b'9'));
    let rest = phone.get(2..).unwrap_or_default();
    let first = rest.chars().next();
    if phone == "0123456789" || phone == "0987654321" || phone.len() == 10 && first.is_some_and(|first| rest.chars().all(|c| c == first)) {
        2
    } else {
        u8::from(!is_mobile)
    }
}

/// 10 digits, or two letters, a benefit of 1 to 5, a province and 10 digits (QĐ 1351/QĐ-BHXH).
fn is_insurance(number: &str) -> bool {
    let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    match number.len() {
        10 => is_digits(number),
        15 => {
            number.bytes().take(2).all(|byte| byte.is_ascii_uppercase())
                && number.as_bytes().get(2).is_some_and(|digit| (b'1'..=b'5').contains(digit))
                && number.get(3..).is_some_and(is_digits)
        }
        _ => false,
    }
}

/// Whether a bare number is no code of the 16 groups; words are not judged.
fn is_strange_group(group: &str) -> bool {
    group.trim().parse::<u32>().is_ok_and(|code| !(1..=16).contains(&code))
}
