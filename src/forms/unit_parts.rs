//! Long lists in parts: a unit's rows stay together in one workbook, unless they alone are more than one holds.

/// Rows of a working list in one workbook; a longer list comes in parts.
pub const PART_ROWS: u32 = 100_000;

/// Which part each unit's rows go to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnitParts {
    /// The part of each unit's first row, from 0.
    first: Vec<u32>,
    limit: u32,
    /// How many parts there are; at least one.
    pub count: u32,
}

impl UnitParts {
    /// Fills part after part with whole units, in their order; a unit of more than `limit` rows begins a part of its own and goes on in
    /// the next ones.
    ///
    /// ```
    /// use ra_soat::forms::unit_parts::UnitParts;
    /// let parts = UnitParts::of(&[60, 50, 40, 230, 5], 100);
    /// assert_eq!(parts.count, 5);
    /// assert_eq!([(0, 59), (1, 0), (2, 39), (3, 0), (3, 100), (3, 229), (4, 0)].map(|(unit, row)| parts.part(unit, row)), [0, 1, 1, 2, 3, 4, 4]);
    /// ```
    pub fn of(rows_by_unit: &[u32], limit: u32) -> UnitParts {
        let limit = limit.max(1);
        let (mut part, mut used) = (0, 0u32);
        let mut first = Vec::with_capacity(rows_by_unit.len());
        for rows in rows_by_unit {
            if used > 0 && used.saturating_add(*rows) > limit {
                (part, used) = (part + 1, 0);
            }
            first.push(part);
            part += rows.saturating_sub(1) / limit;
            used = if *rows > limit { (rows - 1) % limit + 1 } else { used + rows };
        }
        UnitParts { first, limit, count: part + 1 }
    }

    /// The part of a unit's row, both from 0.
    pub fn part(&self, unit: usize, row: u32) -> u32 {
        self.first.get(unit).copied().unwrap_or(0) + row / self.limit
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_just_fits_is_one_part() {
        assert_eq!(UnitParts::of(&[40, 60], 100).count, 1);
        assert_eq!(UnitParts::of(&[40, 61], 100).count, 2);
        assert_eq!(UnitParts::of(&[100], 100).count, 1);
        assert_eq!(UnitParts::of(&[101], 100).count, 2);
        assert_eq!(UnitParts::of(&[], 100).count, 1);
        assert_eq!(UnitParts::of(&[0, 0], 100).count, 1);
    }

    proptest! {
        #[test]
        fn no_part_is_overfull_or_empty_and_no_unit_is_torn_for_nothing(units in proptest::collection::vec(0u32..250, 0..40)) {
            let parts = UnitParts::of(&units, 100);
            let mut filled = vec![0u32; parts.count as usize];
            for (unit, rows) in units.iter().enumerate() {
                let of_unit: Vec<u32> = (0..*rows).map(|row| parts.part(unit, row)).collect();
                for part in &of_unit {
                    filled[*part as usize] += 1;
                }
                let own: std::collections::BTreeSet<u32> = of_unit.into_iter().collect();
                prop_assert!(own.len() as u32 <= rows.div_ceil(100));
            }
            prop_assert!(filled.iter().all(|rows| *rows <= 100));
            prop_assert!(units.iter().sum::<u32>() == 0 || filled.iter().all(|rows| *rows > 0), "{:?}", filled);
        }
    }
}
