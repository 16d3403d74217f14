//! From the bytes of a workbook to dose records.
//!
//! `read` (the only module that knows calamine) turns bytes into [`table::Workbook`]; `detect` finds each sheet's header, kind and
//! the field of every column ([`mapping::SheetMapping`]); `records` turns a table and its mapping into persons and doses.

pub(crate) mod container;
pub mod dump;
pub mod error;
pub mod mapping;
pub mod read;
pub mod table;
