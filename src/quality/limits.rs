//! Days and intervals the rules measure by.

use crate::domain::{Date, Product};
use jiff::civil::date;

/// The first dose in Việt Nam.
pub const FIRST_DOSE: Date = date(2021, 3, 8);
/// The first dose at 12–17 (after 8688/BYT-DP, 14/10/2021).
pub const FIRST_AT_12: Date = date(2021, 10, 27);
/// The first dose at 5–11.
pub const FIRST_AT_5: Date = date(2022, 4, 14);
/// 10225/BYT-DP: additional and booster doses.
pub const FIRST_BOOSTER: Date = date(2021, 12, 1);
/// About when second boosters began (practice).
pub const FIRST_SECOND_BOOSTER: Date = date(2022, 5, 1);
/// 1815/BYT-CNTT: entered and signed on the day of the dose.
pub const SAME_DAY_SINCE: Date = date(2022, 4, 8);
/// Above this age a birth date is doubted (practice).
pub const GREATEST_AGE: i16 = 110;
/// Doses the certificate of QĐ 43/QĐ-BYT has room for.
pub const MOST_DOSES: usize = 7;
/// Persons one phone may serve before it is remarked on (practice).
pub const PERSONS_A_PHONE: usize = 5;
/// Doses of a facility below which no heaping is looked for (practice).
pub const HEAPING_DOSES: u32 = 50;

/// Shortest days from the first dose to the second, by the product of the first (QĐ 3588/QĐ-BYT; AstraZeneca's lower bound of four
/// weeks since 7820/BYT-DP).
pub fn second_after(product: Product) -> Option<i32> {
    match product {
        Product::AstraZeneca | Product::Moderna | Product::Covaxin => Some(28),
        Product::Pfizer | Product::VeroCell | Product::HayatVax | Product::SputnikV => Some(21),
        Product::Abdala => Some(14),
        Product::Janssen => None,
    }
}

/// Days from the second to the third dose of Abdala.
pub const ABDALA_THIRD: i32 = 14;
/// Days before an additional dose (10722/BYT-DP).
pub const ADDITIONAL: i32 = 28;
/// Months before a first booster (10722/BYT-DP).
pub const FIRST_BOOSTER_MONTHS: i32 = 3;
/// Months before a second booster.
pub const SECOND_BOOSTER_MONTHS: i32 = 4;
/// Months before a third dose at 12–17.
pub const ADOLESCENT_THIRD_MONTHS: i32 = 5;
/// Days before a second dose at 5–11.
pub const CHILD_SECOND: i32 = 28;

/// When a product was conditionally approved.
pub fn approved_on(product: Product) -> Date {
    match product {
        Product::AstraZeneca => date(2021, 2, 1),
        Product::SputnikV => date(2021, 3, 23),
        Product::VeroCell => date(2021, 6, 3),
        Product::Pfizer => date(2021, 6, 12),
        Product::Moderna => date(2021, 6, 28),
        Product::Janssen => date(2021, 7, 15),
        Product::HayatVax => date(2021, 9, 10),
        Product::Abdala => date(2021, 9, 17),
        Product::Covaxin => date(2021, 11, 10),
    }
}
