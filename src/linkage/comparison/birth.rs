//! Birth dates compared.

use super::is_one_slip;
use crate::domain::{BirthDate, Date};

/// How two birth dates agree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum BirthLevel {
    /// The same day.
    Exact,
    /// Day and month swapped.
    Swapped,
    /// The same day of a neighbouring year.
    NextYear,
    /// One digit off, or two neighbouring digits swapped.
    Digit,
    /// The same month of the same year.
    Month,
    /// As far as the vaguer one says.
    Year,
    /// Another date.
    Different,
}

/// Compares births.
///
/// ```
/// use jiff::civil::date;
/// use ra_soat::domain::BirthDate::{Day, Year};
/// use ra_soat::linkage::comparison::birth::{BirthLevel, compare_births};
/// let born = Day(date(1985, 3, 8));
/// assert_eq!(compare_births(born, born), BirthLevel::Exact);
/// assert_eq!(compare_births(born, Day(date(1985, 8, 3))), BirthLevel::Swapped);
/// assert_eq!(compare_births(born, Day(date(1986, 3, 8))), BirthLevel::NextYear);
/// assert_eq!(compare_births(born, Day(date(1995, 3, 8))), BirthLevel::Digit);
/// assert_eq!(compare_births(Day(date(1985, 3, 12)), Day(date(1985, 3, 21))), BirthLevel::Digit);
/// assert_eq!(compare_births(born, Day(date(1985, 3, 27))), BirthLevel::Month);
/// assert_eq!(compare_births(Year(1985), born), BirthLevel::Year);
/// assert_eq!(compare_births(Year(1986), born), BirthLevel::Different);
/// ```
pub fn compare_births(a: BirthDate, b: BirthDate) -> BirthLevel {
    match (a, b) {
        (BirthDate::Day(x), BirthDate::Day(y)) if x == y => BirthLevel::Exact,
        (BirthDate::Day(_), BirthDate::Day(_)) if a.agrees_with(b) => BirthLevel::Swapped,
        (BirthDate::Day(x), BirthDate::Day(y)) if is_next_year(x, y) => BirthLevel::NextYear,
        (BirthDate::Day(x), BirthDate::Day(y)) if is_digit_off(x, y) => BirthLevel::Digit,
        (BirthDate::Day(x), BirthDate::Day(y)) if (x.year(), x.month()) == (y.year(), y.month()) => BirthLevel::Month,
        (BirthDate::Day(_), BirthDate::Day(_)) => BirthLevel::Different,
        (BirthDate::Year(_), _) | (_, BirthDate::Year(_)) if a.agrees_with(b) => BirthLevel::Year,
        _ if a.agrees_with(b) => BirthLevel::Month,
        _ => BirthLevel::Different,
    }
}

/// The same day of neighbouring years (1989 and 1990).
fn is_next_year(a: Date, b: Date) -> bool {
    (a.month(), a.day()) == (b.month(), b.day()) && (a.year() - b.year()).abs() == 1
}

/// One slip in ddmmyyyy.
fn is_digit_off(a: Date, b: Date) -> bool {
    let digits = |date: Date| {
        let (day, month, year) = (date.day() as u8, date.month() as u8, date.year() as u16);
        [
            day / 10,
            day % 10,
            month / 10,
            month % 10,
            (year / 1000) as u8,
            (year / 100 % 10) as u8,
            (year / 10 % 10) as u8,
            (year % 10) as u8,
        ]
    };
    is_one_slip(&digits(a), &digits(b))
}
