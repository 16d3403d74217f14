//! A person as one row of a list writes them.

use crate::normalize::text::Text;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// Sex as registered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Sex {
    /// Nam.
    Male,
    /// Nữ.
    Female,
}

impl Sex {
    /// `Nam` or `Nữ`.
    pub fn label(self) -> &'static str {
        match self {
            Sex::Male => "Nam",
            Sex::Female => "Nữ",
        }
    }
}

/// A birth date as precise as the list gives it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum BirthDate {
    /// Day, month and year.
    Day(Date),
    /// Month and year.
    Month {
        /// Year.
        year: i16,
        /// Month, 1 to 12.
        month: i8,
    },
    /// Year only.
    Year(i16),
}

impl BirthDate {
    /// The year.
    pub fn year(self) -> i16 {
        match self {
            BirthDate::Day(date) => date.year(),
            BirthDate::Month { year, .. } | BirthDate::Year(year) => year,
        }
    }

    /// The full date, where it is known to the day.
    pub fn day(self) -> Option<Date> {
        match self {
            BirthDate::Day(date) => Some(date),
            _ => None,
        }
    }

    /// Whether this says more of the day than the other.
    pub fn is_more_precise_than(self, other: BirthDate) -> bool {
        let rank = |birth| match birth {
            BirthDate::Day(_) => 2,
            BirthDate::Month { .. } => 1,
            BirthDate::Year(_) => 0,
        };
        rank(self) > rank(other)
    }

    /// Whether the two can be the same birth: equal, equal as far as the vaguer one says, or day and month swapped.
    ///
    /// ```
    /// use jiff::civil::date;
    /// use ra_soat::domain::BirthDate;
    /// assert!(BirthDate::Year(1985).agrees_with(BirthDate::Day(date(1985, 3, 8))));
    /// assert!(BirthDate::Day(date(1985, 8, 3)).agrees_with(BirthDate::Day(date(1985, 3, 8))));
    /// assert!(!BirthDate::Day(date(1985, 3, 9)).agrees_with(BirthDate::Day(date(1985, 3, 8))));
    /// ```
    pub fn agrees_with(self, other: BirthDate) -> bool {
        match (self, other) {
            (BirthDate::Day(a), BirthDate::Day(b)) => a == b || (a.year() == b.year() && (a.month(), a.day()) == (b.day(), b.month())),
            (BirthDate::Day(day), BirthDate::Month { year, month }) | (BirthDate::Month { year, month }, BirthDate::Day(day)) => {
                (day.year(), day.month()) == (year, month)
            }
            (BirthDate::Month { .. }, BirthDate::Month { .. }) => self == other,
            _ => self.year() == other.year(),
        }
    }

    /// Completed years at `on`; a birth known only by its year uses the difference of years, one known by its month
    /// counts the year as completed from that month on.
    ///
    /// ```
    /// use jiff::civil::date;
    /// use ra_soat::domain::BirthDate;
    /// assert_eq!(BirthDate::Day(date(2004, 3, 8)).age_on(date(2022, 3, 7)), 17);
    /// assert_eq!(BirthDate::Day(date(2004, 3, 8)).age_on(date(2022, 3, 8)), 18);
    /// assert_eq!(BirthDate::Year(2004).age_on(date(2022, 1, 1)), 18);
    /// ```
    pub fn age_on(self, on: Date) -> i16 {
        let years = on.year() - self.year();
        let short = match self {
            BirthDate::Day(birth) => (on.month(), on.day()) < (birth.month(), birth.day()),
            BirthDate::Month { month, .. } => on.month() < month,
            BirthDate::Year(_) => false,
        };
        years - i16::from(short)
    }
}

/// What an identity number is, once read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum IdentityKind {
    /// No number.
    #[default]
    Missing,
    /// 12 digits of TT 59/2021/TT-BCA: known prefix, possible century and year.
    Citizen,
    /// 9 digits: the old CMND.
    OldCard,
    /// One letter and 7 or 8 digits.
    Passport,
    /// Anything else, kept as written.
    Other,
}

impl IdentityKind {
    /// Whether the number names a person: a citizen number, an old card, a passport.
    pub fn is_number(self) -> bool {
        matches!(self, IdentityKind::Citizen | IdentityKind::OldCard | IdentityKind::Passport)
    }
}

/// A person as one row writes them. Texts are ids in the engine's [`crate::normalize::text::TextPool`]; [`Text::NONE`] is missing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PersonRecord {
    /// Họ và tên, decoded, composed, spaces collapsed.
    pub name: Text,
    /// The name folded for comparison ([`crate::normalize::fold_name`]).
    pub name_key: Text,
    /// Birth date.
    pub birth: Option<BirthDate>,
    /// The birth date as written.
    pub birth_text: Text,
    /// Sex.
    pub sex: Option<Sex>,
    /// Identity number after repair of lost zeros; digits and capitals only.
    pub identity: Text,
    /// The identity number as written.
    pub identity_text: Text,
    /// What the number is.
    pub identity_kind: IdentityKind,
    /// Phone: ten digits where it could be read, else as written.
    pub phone: Text,
    /// Health insurance number.
    pub insurance: Text,
    /// Home province.
    pub province: Text,
    /// Home district.
    pub district: Text,
    /// Home commune.
    pub commune: Text,
    /// The commune folded for comparison ([`crate::normalize::fold_place`]), its code where only that is given.
    pub commune_key: Text,
    /// Rest of the address.
    pub address: Text,
    /// Priority group, code or words, as written.
    pub target_group: Text,
    /// Đơn vị công tác.
    pub workplace: Text,
    /// Ghi chú and anything that says where the person is now.
    pub note: Text,
}
