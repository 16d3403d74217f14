//! `Làm sạch` and `Giám sát`: rules over persons and doses as loaded, what breaks them, what is done about it, and how quickly and
//! completely facilities enter their doses.
//!
//! The catalogue ([`catalogue`]) is data; the check ([`check()`]) goes over every record once, then over persons, numbers, lots and
//! facilities, and keeps four bytes a finding. It looks at the records as corrected, so a fix that helps makes its finding go.

pub mod board;
pub mod catalogue;
pub(crate) mod check;
pub mod choices;
pub mod correct;
pub mod findings;
pub mod history;
pub mod limits;
pub mod month_days;
pub mod rule;
pub mod selection;
mod status;
pub mod statutory;
pub mod stock;

pub use catalogue::{RULES, RuleId};
pub use check::{Changed, Groundwork, Statuses, check, check_again};
pub use choices::{Choices, Corrections};
pub use findings::Findings;
pub use rule::{Facet, Rule, Severity, Subject};
pub use status::{Verification, is_signed};
pub use stock::{Fields, SheetView, Stock};
