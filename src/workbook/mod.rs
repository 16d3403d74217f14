//! From the bytes of a workbook to dose records.
//!
//! `read` turns bytes into a [`table::Workbook`]: xlsx by our own `xlsx` over the zip of `package`, every other format by calamine, which
//! only `read` knows; `detect` finds each sheet's header, kind and the field of every column ([`mapping::SheetMapping`]); `records` turns
//! a table and its mapping into persons and doses. Both decode text of before Unicode first (`recode`), so that nothing else has to know of
//! it.

pub(crate) mod address;
pub mod answers;
pub(crate) mod compound_file;
pub(crate) mod container;
pub(crate) mod continued;
pub(crate) mod csv;
pub mod detect;
pub mod dump;
pub(crate) mod encoding;
pub mod error;
pub(crate) mod face;
pub(crate) mod fit;
pub(crate) mod header;
pub(crate) mod home;
pub(crate) mod html;
pub(crate) mod interner;
pub(crate) mod kind;
pub mod label;
pub mod mapping;
pub(crate) mod package;
pub(crate) mod person;
pub(crate) mod phrases;
pub(crate) mod plan;
pub mod preflight;
pub mod read;
pub(crate) mod recode;
pub mod records;
pub mod returned;
pub(crate) mod rows;
pub(crate) mod shape;
pub(crate) mod skip;
pub(crate) mod slots;
pub mod table;
pub(crate) mod title;
pub(crate) mod values;
pub(crate) mod words;
pub(crate) mod xls;
pub(crate) mod xlsb;
pub(crate) mod xlsx;
