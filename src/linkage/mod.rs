//! Which rows are the same person, and which doses of a person are the same dose (record linkage: link persons, then assign doses).
//!
//! | step | where |
//! |---|---|
//! | rows that agree exactly in number, name and birth are one person | [`exact`] |
//! | what the rows of a person say together | [`candidate`] |
//! | how often a value agrees by chance (u, term frequencies, the prior) | [`estimates`], [`frequency`] |
//! | which pairs are worth weighing | [`blocking`] |
//! | how two names, births, numbers, addresses and histories agree | [`comparison`] |
//! | bits a field, which add up to a pair's weight | [`weights`], [`explanation`] |
//! | what speaks against a pair, and what it needs to be certain | [`veto`] |
//! | certain, possible, certainly not: by weight, and by its lead over every rival | [`weighing`] |
//! | rows joined into persons, a person's answers laid over them | [`clustering`], [`linking`], [`decided`] |
//! | doses of a person one to one | [`dose_assignment`] |
//!
//! Nothing here depends on the order of files and rows.

pub mod blocking;
pub mod candidate;
pub mod clustering;
pub mod comparison;
pub mod decided;
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
