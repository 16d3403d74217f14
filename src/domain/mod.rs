//! The vocabulary of the reconciliation: persons, doses, places in files, the columns and groups of the letter's forms.
//!
//! Plain data: no input or output, no clock, no browser.

pub mod bucket;
pub mod column;
pub mod dose;
pub mod field;
pub mod group;
pub mod group_rule;
pub mod person;
pub mod province;
pub mod settings;
pub mod source;
pub mod target_group;
pub mod vaccine;

pub use bucket::{Bucket, Confidence, Decision, Status};
pub use column::{AgeBand, FormColumn};
pub use dose::{DoseLabel, DoseRecord, Unreadable};
pub use field::Field;
pub use group::MissingGroup;
pub use jiff::civil::Date;
pub use person::{BirthDate, IdentityKind, PersonRecord, Sex};
pub use settings::Settings;
pub use source::{FileId, SheetKind, Side, SourceRef};
pub use vaccine::Product;
