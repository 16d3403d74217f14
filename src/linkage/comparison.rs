//! Two values compared: ordered levels, best first. A missing value is no level at all.

use crate::domain::{BirthDate, Date};

/// How two names agree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum NameLevel {
    /// Equal with marks, or one is written without any.
    Exact,
    /// Equal but for the marks, which both write.
    OtherMarks,
    /// One letter off, two neighbours swapped, or the words in another order.
    Typo,
    /// Another name.
    Different,
}

/// Compares folded names; `marks` says whether the marks contradict each other.
///
/// ```
/// use ra_soat::linkage::comparison::{NameLevel, compare_names};
/// assert_eq!(compare_names("ly thi hanh", "ly thi hanh", false), NameLevel::Exact);
/// assert_eq!(compare_names("ly thi hanh", "ly thi hanh", true), NameLevel::OtherMarks);
/// assert_eq!(compare_names("ly thi hanh", "ly thi hnah", false), NameLevel::Typo);
/// assert_eq!(compare_names("ly thi hanh", "hanh ly thi", false), NameLevel::Typo);
/// assert_eq!(compare_names("ly thi hanh", "ly thi huong", false), NameLevel::Different);
/// ```
pub fn compare_names(a: &str, b: &str, marks: bool) -> NameLevel {
    let sorted = |name: &str| {
        let mut words: Vec<String> = name.split(' ').map(str::to_owned).collect();
        words.sort_unstable();
        words
    };
    match a == b {
        true if marks => NameLevel::OtherMarks,
        true => NameLevel::Exact,
        false if is_one_slip(a.as_bytes(), b.as_bytes()) || sorted(a) == sorted(b) => NameLevel::Typo,
        false => NameLevel::Different,
    }
}

/// Whether one text is the other with a sign replaced, added or lost, or two neighbours swapped.
pub fn is_one_slip(a: &[u8], b: &[u8]) -> bool {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    let front = short.iter().zip(long).take_while(|(x, y)| x == y).count();
    let (short, long) = (&short[front..], &long[front..]);
    match long.len() - short.len() {
        0 => match (short, long) {
            ([], []) => false,
            ([a, b, x @ ..], [c, d, y @ ..]) if a == d && b == c && x == y => true,
            _ => short.get(1..) == long.get(1..),
        },
        1 => long.get(1..) == Some(short),
        _ => false,
    }
}

/// How two birth dates agree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum BirthLevel {
    /// The same day.
    Exact,
    /// Day and month swapped.
    Swapped,
    /// One digit off.
    Digit,
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
/// use ra_soat::linkage::comparison::{BirthLevel, compare_births};
/// let born = Day(date(1985, 3, 8));
/// assert_eq!(compare_births(born, born), BirthLevel::Exact);
/// assert_eq!(compare_births(born, Day(date(1985, 8, 3))), BirthLevel::Swapped);
/// assert_eq!(compare_births(born, Day(date(1986, 3, 8))), BirthLevel::Digit);
/// assert_eq!(compare_births(Year(1985), born), BirthLevel::Year);
/// assert_eq!(compare_births(Year(1986), born), BirthLevel::Different);
/// ```
pub fn compare_births(a: BirthDate, b: BirthDate) -> BirthLevel {
    match (a, b) {
        (BirthDate::Day(x), BirthDate::Day(y)) if x == y => BirthLevel::Exact,
        (BirthDate::Day(_), BirthDate::Day(_)) if a.agrees_with(b) => BirthLevel::Swapped,
        (BirthDate::Day(x), BirthDate::Day(y)) if is_one_digit_off(x, y) => BirthLevel::Digit,
        (BirthDate::Day(_), BirthDate::Day(_)) => BirthLevel::Different,
        _ if a.agrees_with(b) => BirthLevel::Year,
        _ => BirthLevel::Different,
    }
}

/// One digit of ddmmyyyy differs, or the years are neighbours (1989 and 1990).
fn is_one_digit_off(a: Date, b: Date) -> bool {
    let digits = |date: Date| format!("{:02}{:02}{:04}", date.day(), date.month(), date.year());
    let is_next_year = (a.month(), a.day()) == (b.month(), b.day()) && (a.year() - b.year()).abs() == 1;
    is_next_year || digits(a).bytes().zip(digits(b).bytes()).filter(|(x, y)| x != y).count() == 1
}
