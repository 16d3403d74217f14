//! Which rows are the same person, and which doses of a person are the same dose (record linkage: link persons, then assign doses).
//!
//! Persons are linked by exact keys first ([`exact`]); what these leave apart is weighed ([`weighing`]).

pub mod blocking;
pub mod candidate;
pub mod clustering;
pub mod comparison;
pub mod dose_assignment;
pub mod estimates;
pub mod exact;
pub mod explanation;
pub mod frequency;
pub mod linking;
pub mod roll;
pub mod veto;
pub mod weighing;
pub mod weights;

pub use clustering::Clusters;
pub use linking::{Linkage, PossiblePair, link_persons};
pub use roll::{Item, Person, Roll};
