//! Classifying linked doses: columns of the form, scope, duplicates, the ledger, groups and figures.

pub mod column;
pub mod column_table;
pub mod decision;
mod decision_store;
pub mod difference;
mod duplicate;
pub mod group_evidence;
pub mod later;
pub mod ledger;
pub mod missing_group;
pub mod report;
pub mod snapshot;
pub mod tally;
pub mod unit;
mod wording;

pub use report::Report;
