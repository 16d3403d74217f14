//! Classifying linked doses: columns of the form, scope, duplicates, the ledger, groups and figures.

pub mod report;

pub use report::Report;
