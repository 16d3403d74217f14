//! Classifying linked doses: columns of the form, scope, duplicates, the ledger, groups and figures.

pub mod column;
pub mod column_table;
pub mod decision;
pub mod missing_group;
pub mod report;
pub mod unit;

pub use report::Report;
