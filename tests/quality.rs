//! The rules of `Làm sạch`: the day itself, the day before and the day after; planted errors counted; corrections.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may stop where it finds what it did not expect")]
#![allow(unreachable_pub, reason = "modules of a test share by `pub`")]

#[path = "quality/board.rs"]
mod board;
#[path = "quality/boundaries.rs"]
mod boundaries;
#[path = "quality/corrections.rs"]
mod corrections;
#[path = "quality/lists.rs"]
mod lists;
#[path = "quality/planted.rs"]
mod planted;
#[path = "quality/workbooks.rs"]
mod workbooks;
