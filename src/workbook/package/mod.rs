//! The zip that every Office Open and OpenDocument file is: its directory, and its parts inflated a stretch at a time.

mod directory;
mod inflate;
mod source;

pub(crate) use directory::Directory;
pub(crate) use directory::Entry;
pub(crate) use inflate::{Budget, Memory, check_inflated};
pub(crate) use source::Source;
