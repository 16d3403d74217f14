//! Rà Soát.
pub mod domain;
pub mod forms;
pub mod normalize;
pub mod reconcile;
pub mod text;
pub mod worker;
pub mod workbook;
