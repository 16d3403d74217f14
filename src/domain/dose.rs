//! One dose as a list writes it.

use crate::domain::{Product, SourceRef};
use crate::normalize::text::Text;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// What the list calls the dose.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum DoseLabel {
    /// A bare ordinal: `1`, `M2`, `Mũi 3`.
    Ordinal(u8),
    /// `bổ sung`.
    Additional,
    /// `nhắc 1`, `nhắc lại lần 2`, `booster`; 1 where no number is given.
    Booster(u8),
}

/// Why an item is `Không đọc được`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Unreadable {
    /// The row has no name.
    NoName,
    /// The dose has no day.
    NoDay,
    /// A day is written but is no date.
    BadDay,
    /// A wide row with no dose cell filled.
    NoDose,
}

/// One ledger item: a row, or one group of a wide row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DoseRecord {
    /// Where it stands.
    pub at: SourceRef,
    /// Index of its person among the persons of the same sheet.
    pub person: u32,
    /// The label, read.
    pub label: Option<DoseLabel>,
    /// The label as written (or the heading of its group).
    pub label_text: Text,
    /// The product, recognised.
    pub product: Option<Product>,
    /// The vaccine as written.
    pub vaccine_text: Text,
    /// Day of the dose.
    pub given: Option<Date>,
    /// Whether the day's order of day and month could not be told from its column.
    pub day_is_ambiguous: bool,
    /// The day as written.
    pub given_text: Text,
    /// Lot number, capitals, no spaces.
    pub lot: Text,
    /// Cơ sở tiêm as written, or as a correction of its spelling writes it.
    pub facility: Text,
    /// Cơ sở tiêm as written: part of what names the dose in decisions, so no correction changes it.
    pub facility_text: Text,
    /// Day of entry on the System.
    pub entered: Option<Date>,
    /// Verification status as written.
    pub verification: Text,
    /// Signing status as written.
    pub signing: Text,
    /// Why it cannot be read as a dose.
    pub unreadable: Option<Unreadable>,
}
