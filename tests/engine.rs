//! The engine asked as the page asks it: snapshots of the System, lists under a filter, rules of `Nhóm`.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test stops where its premise fails")]

#[path = "engine/draft.rs"]
mod draft;
#[path = "engine/joined_units.rs"]
mod joined_units;
#[path = "engine/lists.rs"]
mod lists;
#[path = "engine/personal.rs"]
mod personal;
#[path = "engine/small_files.rs"]
mod small_files;
#[path = "engine/snapshots.rs"]
mod snapshots;
