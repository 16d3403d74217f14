//! Identity numbers as lists write them: what kind they are, and lost zeros put back.

use crate::domain::province::PUBLISHED;
use crate::domain::{BirthDate, IdentityKind, Sex};
use std::sync::LazyLock;

/// An identity number, read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Identity {
    /// Digits and capitals only, lost zeros put back; empty where it is missing.
    pub number: String,
    /// What it is.
    pub kind: IdentityKind,
    /// What was wrong with it as written.
    pub doubt: Option<Doubt>,
}

/// What was wrong with a number as written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doubt {
    /// Scientific form with digits gone: beyond repair, taken as missing.
    DigitsGone,
    /// The person's phone in the column of the number: taken as missing.
    IsPhone,
    /// A 12-digit number whose zeros in front were lost, put back.
    ZerosPutBack,
    /// Eight digits in a number cell, taken as a CMND that lost its zero.
    TakenAsOldCard,
}

/// Whether these are 12 digits with the prefix of one of the 63 provinces and a century that has begun.
///
/// ```
/// use ra_soat::normalize::identity::is_citizen_number;
/// assert!(is_citizen_number("006089001234"));
/// assert!(!is_citizen_number("003089001234")); // no province has 003
/// assert!(!is_citizen_number("006689001234")); // 6: born in the 2200s
/// ```
pub fn is_citizen_number(number: &str) -> bool {
    static PREFIXES: LazyLock<Vec<u16>> = LazyLock::new(|| PUBLISHED.iter().filter_map(|row| row.citizen_prefix.parse().ok()).collect());
    number.len() == 12
        && number.bytes().all(|byte| byte.is_ascii_digit())
        && number.get(..3).and_then(|prefix| prefix.parse().ok()).is_some_and(|prefix: u16| PREFIXES.contains(&prefix))
        && number.as_bytes().get(3).is_some_and(|digit| (b'0'..=b'3').contains(digit))
}

/// Whether a 12-digit number's own digits (century, sex, year) agree with what is known of the person.
///
/// ```
/// use ra_soat::domain::{BirthDate, Sex};
/// use ra_soat::normalize::identity::fits;
/// assert!(fits("006089001234", Some(BirthDate::Year(1989)), Some(Sex::Male)));
/// assert!(!fits("006089001234", Some(BirthDate::Year(1988)), None));
/// assert!(!fits("006089001234", None, Some(Sex::Female)));
/// ```
pub fn fits(number: &str, birth: Option<BirthDate>, sex: Option<Sex>) -> bool {
    is_citizen_number(number) && disagreements(number, birth, sex) == Some(0)
}

/// Year of birth and sex by the fourth to sixth digit of a citizen number (TT 07/2016/TT-BCA điều 7, now TT 59/2021/TT-BCA).
///
/// ```
/// use ra_soat::domain::Sex;
/// use ra_soat::normalize::identity::year_and_sex;
/// assert_eq!(year_and_sex("006189001234"), Some((1989, Sex::Female)));
/// assert_eq!(year_and_sex("006205001234"), Some((2005, Sex::Male)));
/// ```
pub fn year_and_sex(number: &str) -> Option<(i16, Sex)> {
    let century_digit: i16 = number.get(3..4)?.parse().ok()?;
    let year = 1900 + century_digit / 2 * 100 + number.get(4..6)?.parse::<i16>().ok()?;
    Some((year, if century_digit % 2 == 0 { Sex::Male } else { Sex::Female }))
}

/// How many of year and sex are known and contradict the number.
fn disagreements(number: &str, birth: Option<BirthDate>, sex: Option<Sex>) -> Option<u8> {
    let (year, own_sex) = year_and_sex(number)?;
    let is_other_year = birth.is_some_and(|birth| birth.year() != year);
    let is_other_sex = sex.is_some_and(|sex| sex != own_sex);
    Some(u8::from(is_other_year) + u8::from(is_other_sex))
}

/// Reads an identity number; `is_number` says that the cell held a number, so that zeros in front are lost.
///
/// The row's phone, birth and sex help to tell what ten or eleven digits are.
///
/// ```
/// use ra_soat::domain::{BirthDate, IdentityKind};
/// use ra_soat::normalize::identity::read_identity;
/// let read = read_identity("6089001234", true, "0912345678", Some(BirthDate::Year(1989)), None);
/// assert_eq!((read.number.as_str(), read.kind), ("006089001234", IdentityKind::Citizen));
/// ```
pub fn read_identity(text: &str, is_number: bool, phone: &str, birth: Option<BirthDate>, sex: Option<Sex>) -> Identity {
    let composed = crate::normalize::quick::composed(text).to_uppercase();
    let written = composed.strip_suffix(".0").unwrap_or(&composed);
    if let Some(plain) = from_scientific(written) {
        return match plain {
            Some(digits) => read_digits(&digits, true, phone, birth, sex),
            None => Identity { doubt: Some(Doubt::DigitsGone), ..Identity::default() },
        };
    }
    let joined: String = written.chars().filter(|c| c.is_alphanumeric()).collect();
    let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if !joined.bytes().any(|byte| byte.is_ascii_digit()) {
        return Identity::default();
    }
    if is_digits(&joined) && joined.len() <= 12 {
        return read_digits(&joined, is_number, phone, birth, sex);
    }
    if is_passport(&joined) {
        return Identity { number: joined, kind: IdentityKind::Passport, doubt: None };
    }
    // Words beside the number, or two numbers in one cell: the new card before the old one.
    let runs = || written.split(|c: char| !c.is_ascii_digit()).filter(|run| !run.is_empty());
    let best = runs().find(|run| is_citizen_number(run)).or_else(|| runs().find(|run| matches!(run.len(), 9 | 12)));
    match best {
        Some(run) => read_digits(run, is_number, phone, birth, sex),
        None => match written.split(|c: char| !c.is_ascii_alphanumeric()).find(|run| is_passport(run)) {
            Some(run) => Identity { number: run.to_owned(), kind: IdentityKind::Passport, doubt: None },
            None => Identity { number: joined, kind: IdentityKind::Other, doubt: None },
        },
    }
}

fn read_digits(digits: &str, is_number: bool, phone: &str, birth: Option<BirthDate>, sex: Option<Sex>) -> Identity {
    let known = |kind, number: String, doubt| Identity { number, kind, doubt };
    if is_placeholder(digits) {
        return Identity::default();
    }
    let is_phone = !phone.is_empty() && (digits == phone || phone.strip_prefix('0') == Some(digits));
    match digits.len() {
        12 if is_citizen_number(digits) => known(IdentityKind::Citizen, digits.to_owned(), None),
        9 | 10 if is_phone => Identity { doubt: Some(Doubt::IsPhone), ..Identity::default() },
        10 | 11 => {
            let padded = format!("{digits:0>12}");
            // A number cell has surely lost its zeros; a text is believed only where nothing in the row contradicts it.
            let allowed = u8::from(is_number);
            let is_sound = is_citizen_number(&padded) && disagreements(&padded, birth, sex).is_some_and(|count| count <= allowed);
            if is_sound {
                known(IdentityKind::Citizen, padded, Some(Doubt::ZerosPutBack))
            } else {
                known(IdentityKind::Other, digits.to_owned(), None)
            }
        }
        9 => known(IdentityKind::OldCard, digits.to_owned(), None),
        8 if is_number => known(IdentityKind::OldCard, format!("0{digits}"), Some(Doubt::TakenAsOldCard)),
        0..=4 => Identity::default(),
        _ => known(IdentityKind::Other, digits.to_owned(), None),
    }
}

fn is_placeholder(digits: &str) -> bool {
    digits.chars().all(|c| digits.starts_with(c)) || "1234567890123456".starts_with(digits) || "0123456789012345".starts_with(digits)
}

fn is_passport(number: &str) -> bool {
    let mut chars = number.chars();
    chars.next().is_some_and(|c| c.is_ascii_uppercase()) && matches!(number.len(), 8 | 9) && chars.all(|c| c.is_ascii_digit())
}

/// The digits behind `6.089001234E+9`: none where the text has no such form, `Some(None)` where digits are gone.
fn from_scientific(text: &str) -> Option<Option<String>> {
    let (mantissa, exponent) = text.split_once('E')?;
    let exponent: usize = exponent.trim_start_matches('+').parse().ok()?;
    let (whole, fraction) = mantissa.split_once(['.', ',']).unwrap_or((mantissa, ""));
    let is_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if whole.len() != 1 || !is_digits(whole) || !is_digits(fraction) || exponent > 20 {
        return None;
    }
    Some((fraction.len() >= exponent).then(|| format!("{whole}{}", fraction.get(..exponent).unwrap_or(fraction))))
}

#[cfg(test)]
mod tests {
    use super::*;
    use IdentityKind::{Citizen, Missing, OldCard, Other, Passport};

    #[test]
    fn numbers_are_told_by_their_form() {
        let cases = [
            ("006089001234", Citizen, "006089001234"),
            ("'006089001234", Citizen, "006089001234"),
            ("006 089 001 234", Citizen, "006089001234"),
            ("CCCD: 006089001234", Citizen, "006089001234"),
            ("095123456 / 006089001234", Citizen, "006089001234"),
            ("006089001234.0", Citizen, "006089001234"),
            ("6089001234", Citizen, "006089001234"),
            ("24089001234", Citizen, "024089001234"),
            ("888089001234", Other, "888089001234"),
            ("095123456", OldCard, "095123456"),
            ("CMND 095123456", OldCard, "095123456"),
            ("12345678", Missing, ""),
            ("22345678", Other, "22345678"),
            ("b1234567", Passport, "B1234567"),
            ("C12345678", Passport, "C12345678"),
            ("HC: B1234567", Passport, "B1234567"),
            ("", Missing, ""),
            ("-", Missing, ""),
            ("0", Missing, ""),
            ("không có", Missing, ""),
            ("000000000000", Missing, ""),
            ("123456789", Missing, ""),
            ("999999999", Missing, ""),
        ];
        for (text, kind, number) in cases {
            let read = read_identity(text, false, "", None, None);
            assert_eq!((read.kind, read.number.as_str()), (kind, number), "{text}");
        }
    }

    #[test]
    fn lost_zeros_come_back_only_where_the_person_agrees() {
        let born = Some(BirthDate::Year(1989));
        let read = |text, is_number, phone, birth, sex| read_identity(text, is_number, phone, birth, sex);
        assert_eq!(read("24089001234", false, "", born, Some(Sex::Male)).kind, Citizen);
        assert_eq!(read("24089001234", false, "", Some(BirthDate::Year(1990)), Some(Sex::Male)).kind, Other);
        assert_eq!(read("24089001234", true, "", Some(BirthDate::Year(1990)), Some(Sex::Male)).kind, Citizen);
        assert_eq!(read("24089001234", true, "", Some(BirthDate::Year(1990)), Some(Sex::Female)).kind, Other);
        // A phone, whole or without its zero, is no identity number.
        assert_eq!(read("0912345678", false, "0912345678", None, None).doubt, Some(Doubt::IsPhone));
        assert_eq!(read("912345678", true, "0912345678", None, None).doubt, Some(Doubt::IsPhone));
        assert_eq!(read("0912345678", false, "", None, None).kind, Other);
        let short = read("95123456", true, "", None, None);
        assert_eq!((short.number.as_str(), short.kind, short.doubt), ("095123456", OldCard, Some(Doubt::TakenAsOldCard)));
    }

    #[test]
    fn scientific_form_is_repaired_only_where_every_digit_is_there() {
        let read = |text| read_identity(text, false, "", None, None);
        assert_eq!(read("6.08900E+09").doubt, Some(Doubt::DigitsGone));
        assert_eq!(read("2,4089E+10").doubt, Some(Doubt::DigitsGone));
        assert_eq!(read("2.4089001234E+10").number, "024089001234");
    }
}
