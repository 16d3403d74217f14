//! The page's two kinds of workers and what is said between them.
//!
//! A reader (one per file, thrown away after it) turns bytes into a workbook; the engine owns the tables and answers everything else.
//! Both run this same program, told apart by the name they are started with ([`protocol::Role`]).

#[cfg(target_arch = "wasm32")]
mod browser_file;
#[cfg(target_arch = "wasm32")]
mod envelope;
#[cfg(target_arch = "wasm32")]
pub mod guest;
#[cfg(target_arch = "wasm32")]
pub mod host;
pub mod list_filter;
pub mod protocol;
pub mod quality;
