//! Rà Soát.
pub mod domain;
pub mod normalize;
pub mod workbook;
