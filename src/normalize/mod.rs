//! Folding of Vietnamese text to comparison keys, and the pool that keeps each text once.

pub mod collate;
pub mod date;
pub mod fold;
pub mod identity;
pub mod legacy;
pub mod lot;
pub mod phone;
pub mod quick;
pub mod telex;
pub mod text;

pub use collate::sort_key;
pub use fold::{compose, fold, fold_marks, fold_name, fold_place};
