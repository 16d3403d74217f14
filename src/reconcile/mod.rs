//! Classifying linked doses: columns of the form, scope, duplicates, the ledger, groups and figures.

pub mod column;
pub mod column_table;
pub mod decision;
pub mod report;

pub use report::Report;
