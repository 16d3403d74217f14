//! Classifying linked doses: columns of the form, scope, duplicates, the ledger, groups and figures.

pub mod alias;
pub mod answers;
pub mod answers_in;
pub mod codes;
pub mod codes_in;
pub mod column;
pub mod column_table;
pub mod content;
pub mod counted_units;
pub mod decision;
pub mod difference;
mod duplicate;
pub mod group_evidence;
pub mod later;
pub(crate) mod lean;
pub mod ledger;
pub mod missing_group;
pub mod redecide;
pub mod report;
pub mod review;
pub mod snapshot;
pub mod tally;
pub mod unit;
mod wording;

pub use report::Report;
