//! The one table of weights: how often a fact agrees between two records of one person (m), and what an unseen value is worth.
//!
//! A weight is log2(m / u) in thousandths of a bit, so that sums do not depend on the order of adding. u comes from the data
//! ([`super::frequency`]); the m-probabilities follow the error rates the lists are known to have.

/// Thousandths of a bit in a bit.
pub const BIT: i32 = 1_000;
/// Weight from which a pair is certain: odds of 1.024 to 1, and its lead makes them better.
pub const CERTAIN: i32 = 10 * BIT;
/// The same where the people are of another country, whose names say more.
pub const CERTAIN_FOREIGN: i32 = 7 * BIT;
/// What two records of one side need beyond it: nobody is left over there who would be the right one.
pub const CERTAIN_OF_ONE_SIDE: i32 = 8 * BIT;
/// Weight from which a pair is shown to a person: odds of 1 to 4.
pub const POSSIBLE: i32 = -2 * BIT;
/// The same where the people are of another country: whole words differ, and what is left over is worth a look.
pub const POSSIBLE_FOREIGN: i32 = -9 * BIT;
/// Lead over the next best candidate of either side that a certain pair needs.
pub const LEAD: i32 = 8 * BIT;
/// Lead that a pair needs whose numbers do not agree.
pub const LEAD_WITHOUT_NUMBER: i32 = 8 * BIT;
/// Weight of a pair whose birth agrees in its year alone and nothing that names a person agrees.
pub const CERTAIN_FAR: i32 = 9 * BIT;
/// The lead it needs.
pub const LEAD_FAR: i32 = 12 * BIT;
/// What a rival found on both sides already has less: few people have a second account.
pub const RIVAL_HAS_ANOTHER: i32 = 5 * BIT;
/// Weight of a pair that something speaks against which much else speaks for: a name or a birth date that is another.
pub const CERTAIN_AGAINST: i32 = 10 * BIT;
/// The lead it needs.
pub const LEAD_AGAINST: i32 = 12 * BIT;
/// What two records that a third resembles need beyond a certain weight to be one person and no rivals.
pub const ALIKE: i32 = 4 * BIT;
/// Weight from which two records of nearly one name are each surely the person they both resemble, however else they differ: a person's
/// two accounts, each with errors of its own.
pub const SURELY_THIS_PERSON: i32 = 26 * BIT;
/// Weight from which a person found on both sides is shown beside a third record that something speaks against.
pub const POSSIBLE_THIRD: i32 = 10 * BIT;
/// Persons on one phone beyond which it says nothing.
pub const SHARED_PHONE: u32 = 8;
/// Persons the expected shares below count for beside those loaded: small lists do not make every name a common one.
pub const PSEUDO_PERSONS: f64 = 1_000.0;
/// The same for the people of one commune, whose share is expected to be that of all.
pub const PSEUDO_NEIGHBOURS: f64 = 50.0;

/// The name agrees exactly, marks included or unsaid.
pub const M_NAME_EXACT: f64 = 0.90;
/// The words agree in another order, or but for a space.
pub const NAME_MOVED: i32 = -4 * BIT;
/// A word of the name agrees, others of it do not.
pub const M_WORD: f64 = 0.95;
/// A word is a slip of the other.
pub const M_WORD_SLIP: f64 = 0.03;
/// Only the first letter of a word agrees, since no more is written.
pub const WORD_INITIAL: i32 = BIT;
/// A word the other name lacks.
pub const WORD_MISSING: i32 = -2 * BIT;
/// Another word.
pub const WORD_DIFFERS: i32 = -6 * BIT;
/// The most that words in part can weigh.
pub const NAME_CEILING: i32 = 14 * BIT;
/// Another name weighs no more than this, whatever words are shared.
pub const NAME_DIFFERS: i32 = -6 * BIT;
/// The least another name weighs.
pub const NAME_WHOLLY_DIFFERS: i32 = -9 * BIT;
/// One letter or mark off, and both are names people bear.
pub const NAME_IS_ANOTHER: i32 = -2 * BIT;
/// The birth date agrees to the day.
pub const M_BIRTH_EXACT: f64 = 0.92;
/// Day and month swapped.
pub const M_BIRTH_SWAPPED: f64 = 0.02;
/// One digit off.
pub const M_BIRTH_DIGIT: f64 = 0.02;
/// The same month of the same year, and one of about 720 months.
pub const BIRTH_MONTH: i32 = 2 * BIT;
/// Only the year is said, and it agrees.
pub const M_BIRTH_YEAR: f64 = 0.98;
/// The chance that two persons are born in one year.
pub const U_BIRTH_YEAR: f64 = 1.0 / 60.0;
/// The same day of a neighbouring year, of which there are two.
pub const M_BIRTH_NEXT_YEAR: f64 = 0.01;
/// One slip of a date may be made in this many ways.
pub const BIRTH_SLIPS: f64 = 30.0;
/// Another birth date.
pub const BIRTH_DIFFERS: i32 = -9 * BIT;
/// The most that another name or birth date is made good where the data themselves show how often both differ under one number.
pub const DIFFERS_AT_MOST: i32 = -3 * BIT;
/// Pairs under one number below which they show nothing.
pub const SHOWING_PAIRS: usize = 100;
/// The number agrees: no two persons share one but by error.
pub const IDENTITY_EXACT: i32 = 19 * BIT;
/// The number is a digit or a transposition off.
pub const IDENTITY_SLIP: i32 = 5 * BIT;
/// The same of a number of no known form: families do not get neighbouring ones.
pub const IDENTITY_SLIP_FOREIGN: i32 = 9 * BIT;
/// Another number of the same sort.
pub const IDENTITY_DIFFERS: i32 = -6 * BIT;
/// Another number, one of which is of no known form or does not fit its own record.
pub const IDENTITY_DOUBTFUL: i32 = -3 * BIT;
/// The most that a number of no known form weighs where it agrees: how far it tells people apart is counted in the data.
pub const OTHER_NUMBER_EXACT: i32 = 25 * BIT;
/// A number of no known form agrees.
pub const M_OTHER_NUMBER: f64 = 0.9;
/// Persons with one number beyond which it says nothing: a placeholder.
pub const SHARED_NUMBER: u32 = 8;
/// The phone agrees.
pub const M_PHONE: f64 = 0.85;
/// The phone is a digit off.
pub const PHONE_SLIP: i32 = 2 * BIT;
/// Another phone.
pub const PHONE_DIFFERS: i32 = -2 * BIT;
/// The insurance number agrees.
pub const INSURANCE_EXACT: i32 = 15 * BIT;
/// Another insurance number.
pub const INSURANCE_DIFFERS: i32 = -3 * BIT;
/// The commune agrees.
pub const M_COMMUNE: f64 = 0.93;
/// The same district or province, where no commune is said by both.
pub const AREA_AGREES: i32 = BIT;
/// Another commune of the district.
pub const COMMUNE_DIFFERS: i32 = -2 * BIT;
/// Another district or province.
pub const AREA_DIFFERS: i32 = -3 * BIT;
/// The line of house and hamlet agrees.
pub const M_LINE: f64 = 0.5;
/// The most the line can weigh: a family shares it.
pub const LINE_CEILING: i32 = 8 * BIT;
/// The line agrees but for slips.
pub const LINE_NEAR: i32 = 5 * BIT;
/// Most words of the line agree.
pub const LINE_ALIKE: i32 = 2 * BIT;
/// The same sex.
pub const SEX_AGREES: i32 = 970;
/// The other sex.
pub const SEX_DIFFERS: i32 = -5 * BIT;
/// A shared dose.
pub const M_DOSE: f64 = 0.90;
/// Further shared doses, in all: people of one campaign share them too.
pub const FURTHER_DOSES: i32 = BIT;
/// A dose of the same day, or of the same product within a month.
pub const NEAR_DOSE: i32 = 0;
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
