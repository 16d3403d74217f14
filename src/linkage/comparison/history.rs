//! Dose histories compared.

use super::super::candidate::Candidate;
use crate::domain::{Date, Product};
use crate::linkage::dose_assignment::days_apart;

/// A dose as the histories are compared by.
pub type Shot = (Date, Product);

/// Days within which another day of the same product may be the same dose, badly dated.
const NEAR_DAYS: i32 = 30;

/// How two persons' doses agree across the two sides.
#[derive(Clone, Debug, PartialEq)]
pub enum HistoryLevel {
    /// The doses both sides write with the same day and product.
    Shared(Vec<Shot>),
    /// A dose of the same day, or of the same product within a month.
    Near,
    /// Nothing is shared.
    Nothing,
}

/// Compares the local doses of each with the System's of the other; none where one side has nothing to compare.
pub fn compare_histories(a: &Candidate, b: &Candidate) -> Option<HistoryLevel> {
    let pairs = [(&a.doses[0], &b.doses[1]), (&b.doses[0], &a.doses[1])];
    if pairs.iter().all(|(local, system)| local.is_empty() || system.is_empty()) {
        return None;
    }
    let mut shared = Vec::new();
    for (local, system) in pairs {
        shared.extend(local.iter().filter(|dose| system.contains(dose)).copied());
    }
    if !shared.is_empty() {
        return Some(HistoryLevel::Shared(shared));
    }
    let is_near = |x: &Shot, y: &Shot| x.0 == y.0 || (x.1 == y.1 && days_apart(x.0, y.0) <= NEAR_DAYS);
    let near = pairs.iter().any(|(local, system)| local.iter().any(|x| system.iter().any(|y| is_near(x, y))));
    Some(if near { HistoryLevel::Near } else { HistoryLevel::Nothing })
}
