//! The zip that every Office Open and OpenDocument file is: its directory, and its parts inflated a stretch at a time.

mod directory;
mod inflate;
mod source;

pub(crate) use directory::Directory;
pub(crate) use directory::Entry;
pub(crate) use inflate::{Budget, Memory, check_inflated};
#[cfg(target_arch = "wasm32")]
pub(crate) use inflate::{Inflater, is_deflated};
pub(crate) use source::Source;
