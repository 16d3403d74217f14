//! The page's two kinds of workers and what is said between them.
//!
//! A reader (one per file, thrown away after it) turns bytes into a workbook; the engine owns the tables and answers everything else.

pub mod protocol;
