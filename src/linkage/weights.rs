//! The one table of weights: how often a fact agrees between two records of one person (m), and what an unseen value is worth.
//!
//! A weight is log2(m / u) in thousandths of a bit, so that sums do not depend on the order of adding. u comes from the data
//! ([`super::frequency`]); the m-probabilities follow the error rates the lists are known to have.

/// Thousandths of a bit in a bit.
pub const BIT: i32 = 1_000;
/// Weight from which a pair is certain: odds of 4.096 to 1.
pub const CERTAIN: i32 = 12 * BIT;
/// Weight from which a pair is shown to a person: odds of 1 to 4.
pub const POSSIBLE: i32 = -2 * BIT;
/// Lead over the next best candidate of either side that a certain pair needs.
pub const LEAD: i32 = 8 * BIT;
/// Persons on one phone beyond which it says nothing.
pub const SHARED_PHONE: u32 = 8;
/// Persons the expected shares below count for beside those loaded: small lists do not make every name a common one.
pub const PSEUDO_PERSONS: f64 = 1_000.0;

/// The name agrees exactly, marks included or unsaid.
pub const M_NAME_EXACT: f64 = 0.90;
/// The name agrees but for the marks.
pub const M_NAME_MARKS: f64 = 0.02;
/// One letter off, two neighbours swapped, or words in another order.
pub const M_NAME_TYPO: f64 = 0.05;
/// Another name.
pub const NAME_DIFFERS: i32 = -9 * BIT;
/// The birth date agrees to the day.
pub const M_BIRTH_EXACT: f64 = 0.92;
/// Day and month swapped.
pub const M_BIRTH_SWAPPED: f64 = 0.02;
/// One digit off, or the same day of a neighbouring year.
pub const M_BIRTH_DIGIT: f64 = 0.02;
/// Only the year is said, and it agrees.
pub const M_BIRTH_YEAR: f64 = 0.98;
/// Another birth date.
pub const BIRTH_DIFFERS: i32 = -9 * BIT;
/// The number agrees: no two persons share one but by error.
pub const IDENTITY_EXACT: i32 = 19 * BIT;
/// The number is a digit or a transposition off.
pub const IDENTITY_SLIP: i32 = 5 * BIT;
/// Another number of the same sort.
pub const IDENTITY_DIFFERS: i32 = -6 * BIT;
/// The phone agrees.
pub const M_PHONE: f64 = 0.85;
/// Another phone.
pub const PHONE_DIFFERS: i32 = -2 * BIT;
/// The insurance number agrees.
pub const INSURANCE_EXACT: i32 = 15 * BIT;
/// Another insurance number.
pub const INSURANCE_DIFFERS: i32 = -3 * BIT;
/// The commune agrees.
pub const M_COMMUNE: f64 = 0.93;
/// Another commune.
pub const COMMUNE_DIFFERS: i32 = -3 * BIT;
/// The same sex.
pub const SEX_AGREES: i32 = 970;
/// The other sex.
pub const SEX_DIFFERS: i32 = -5 * BIT;
/// A shared dose.
pub const M_DOSE: f64 = 0.90;
/// Further shared doses, in all: people of one campaign share them too.
pub const FURTHER_DOSES: i32 = BIT;
/// Both have doses, and none is shared.
pub const NO_SHARED_DOSE: i32 = -3 * BIT;

/// log2(m / u) in thousandths of a bit.
///
/// ```
/// assert_eq!(ra_soat::linkage::weights::weight(1.0, 0.25), 2_000);
/// ```
pub fn weight(m: f64, u: f64) -> i32 {
    ((m / u).log2() * f64::from(BIT)).round() as i32
}
