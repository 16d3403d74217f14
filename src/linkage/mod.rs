//! Which rows are the same person, and which doses of a person are the same dose (record linkage: link persons, then assign doses).
//!
//! At this depth persons are linked by exact keys only ([`exact`]); the weighing of partial agreement builds on the same clusters.

pub mod clustering;
pub mod dose_assignment;
pub mod exact;
pub mod roll;

pub use clustering::Clusters;
pub use exact::{Linkage, link_persons};
pub use roll::{Item, Person, Roll};
