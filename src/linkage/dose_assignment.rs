//! Doses of one person assigned one to one: by product and day, then by column and nearest day.

use crate::domain::{Date, FormColumn, Product};
use crate::normalize::text::Text;

/// Days that two records of one dose may lie apart where the column, or product and lot, agree.
pub const LARGEST_GAP_DAYS: i32 = 30;

/// What is compared of a dose.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DoseFacts {
    /// Day of the dose.
    pub given: Date,
    /// Product, recognised.
    pub product: Option<Product>,
    /// Lot.
    pub lot: Text,
    /// Column of the form.
    pub column: Option<FormColumn>,
}

/// How well two doses fit; greater is better, none where they may not be paired.
///
/// Two doses may be paired only where the day is equal, or a slip of it (day and month swapped, one digit off) in the same column or lot, or the column is equal and
/// the days are at most [`LARGEST_GAP_DAYS`] apart, or product and lot are.
pub fn fit(local: &DoseFacts, system: &DoseFacts) -> Option<u32> {
    let same_product = matches!((local.product, system.product), (Some(a), Some(b)) if a == b);
    let other_product = matches!((local.product, system.product), (Some(a), Some(b)) if a != b);
    let same_column = local.column.is_some() && local.column == system.column;
    let same_lot = local.lot.is_some() && local.lot == system.lot;
    let gap = days_apart(local.given, system.given);
    let near = gap <= LARGEST_GAP_DAYS;
    let base = if gap == 0 {
        if other_product { 6_000 } else { 8_000 }
    } else if is_slip(local.given, system.given) && (same_column || same_lot || local.column.is_none() || system.column.is_none()) {
        // Neighbouring doses of a campaign lie a digit apart too (01/08, 01/09): the slip must not join dose 1 to dose 2.
        4_000
    } else if (same_column || (same_product && same_lot)) && near {
        2_000
    } else {
        return None;
    };
    let nearness = (LARGEST_GAP_DAYS - gap.min(LARGEST_GAP_DAYS)) as u32;
    Some(base + u32::from(same_product) * 800 + u32::from(same_column) * 400 + u32::from(same_lot) * 200 + nearness)
}

/// Days between two dates, never negative.
pub fn days_apart(a: Date, b: Date) -> i32 {
    (a - b).get_days().abs()
}

/// Whether one date is the other with day and month swapped, or one digit of `ddmmyyyy` off.
fn is_slip(a: Date, b: Date) -> bool {
    let swapped = a.year() == b.year() && (a.month(), a.day()) == (b.day(), b.month());
    let digits = |date: Date| format!("{:02}{:02}{:04}", date.day(), date.month(), date.year());
    swapped || digits(a).bytes().zip(digits(b).bytes()).filter(|(x, y)| x != y).count() == 1
}

/// Pairs doses one to one, best fit first; ties go to the earlier positions. Gives pairs of positions.
///
/// ```
/// use ra_soat::linkage::dose_assignment::assign;
/// // Local dose 0 fits both, local dose 1 fits System dose 0 better.
/// let fits = [[Some(5), Some(3)], [Some(9), None]];
/// assert_eq!(assign(2, 2, |local, system| fits[local][system]), [(1, 0), (0, 1)]);
/// ```
pub fn assign(local: usize, system: usize, fit: impl Fn(usize, usize) -> Option<u32>) -> Vec<(usize, usize)> {
    let mut fits: Vec<(u32, usize, usize)> = Vec::new();
    for i in 0..local {
        for j in 0..system {
            fits.extend(fit(i, j).map(|fit| (fit, i, j)));
        }
    }
    fits.sort_unstable_by(|a, b| b.0.cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    let (mut local_taken, mut system_taken) = (vec![false; local], vec![false; system]);
    let mut pairs = Vec::new();
    for (_, i, j) in fits {
        if !local_taken[i] && !system_taken[j] {
            local_taken[i] = true;
            system_taken[j] = true;
            pairs.push((i, j));
        }
    }
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn dose(given: Date, product: Product, column: FormColumn) -> DoseFacts {
        DoseFacts { given, product: Some(product), lot: Text::NONE, column: Some(column) }
    }

    #[test]
    fn thirty_days_apart_in_one_column_may_pair_and_thirty_one_may_not() {
        let a = dose(date(2021, 8, 1), Product::Pfizer, FormColumn::C);
        assert!(fit(&a, &dose(date(2021, 8, 31), Product::Moderna, FormColumn::C)).is_some());
        // 01/09 differs from 01/08 in one digit, so the boundary is tried on a day that does not.
        assert!(fit(&a, &dose(date(2021, 9, 12), Product::Pfizer, FormColumn::C)).is_none());
        let b = dose(date(2021, 7, 5), Product::Pfizer, FormColumn::C);
        assert!(fit(&b, &dose(date(2021, 8, 4), Product::Pfizer, FormColumn::C)).is_some());
        assert!(
            fit(&dose(date(2021, 7, 14), Product::Pfizer, FormColumn::C), &dose(date(2021, 8, 13), Product::Pfizer, FormColumn::C))
                .is_some()
        );
        assert!(
            fit(&dose(date(2021, 7, 14), Product::Pfizer, FormColumn::C), &dose(date(2021, 8, 20), Product::Pfizer, FormColumn::C))
                .is_none()
        );
    }

    #[test]
    fn another_column_far_away_does_not_pair() {
        let a = dose(date(2021, 8, 2), Product::Pfizer, FormColumn::C);
        assert_eq!(fit(&a, &dose(date(2021, 8, 23), Product::Pfizer, FormColumn::D)), None);
        assert_eq!(fit(&a, &dose(date(2021, 9, 2), Product::Pfizer, FormColumn::D)), None, "a digit apart, but the next dose");
        assert!(fit(&a, &dose(date(2021, 2, 8), Product::Pfizer, FormColumn::C)).is_some(), "day and month swapped");
    }

    #[test]
    fn the_same_day_goes_before_the_same_column() {
        let local = [dose(date(2021, 8, 1), Product::Pfizer, FormColumn::C), dose(date(2021, 8, 22), Product::Pfizer, FormColumn::D)];
        let system = [dose(date(2021, 8, 22), Product::Pfizer, FormColumn::C)];
        assert_eq!(assign(2, 1, |i, j| fit(&local[i], &system[j])), [(1, 0)]);
    }
}
