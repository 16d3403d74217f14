//! `Hướng dẫn`: opened from the header, the first screen or F1 at the chapter of the step, over the page, which stays as it was.
//!
//! The words stand in [`words`], the pictures in [`pictures`], as plain data that is tested natively; the rest draws them.

pub mod pictures;
pub mod words;

#[cfg(target_arch = "wasm32")]
#[allow(unreachable_pub, reason = "leptos makes the properties of every component public")]
mod dialog;
#[cfg(target_arch = "wasm32")]
mod drawing;

#[cfg(target_arch = "wasm32")]
pub(super) use dialog::{Door, HelpDialog, HelpLink};
