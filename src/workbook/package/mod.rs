//! The zip that every Office Open and OpenDocument file is: its directory, and its parts inflated a stretch at a time.

mod directory;
mod inflate;
mod source;

pub(crate) use directory::Directory;
pub(crate) use directory::Entry;
#[cfg(target_arch = "wasm32")]
pub(crate) use inflate::is_deflated;
pub(crate) use inflate::{Budget, Inflater, Memory, check_inflated};
pub(crate) use source::Source;
