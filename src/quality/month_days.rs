//! Doses by their day of the month: summaries are dated on the 1st, the 15th and the last day, and single doses copied from them too.

use super::limits::HEAPING_DOSES;
use crate::domain::Date;
use serde::{Deserialize, Serialize};

/// Whether a day is one of those that summaries are dated on: the 1st, the 15th, the last of its month.
///
/// ```
/// use jiff::civil::date;
/// use ra_soat::quality::month_days::is_summary_day;
/// assert!(is_summary_day(date(2022, 2, 28)) && !is_summary_day(date(2024, 2, 28)));
/// ```
pub fn is_summary_day(day: Date) -> bool {
    day.day() == 1 || day.day() == 15 || day.day() == day.days_in_month()
}

/// Whether so many of all doses on those days are more than chance: above a quarter, where about a tenth is usual.
pub fn is_heaped(heaped: u32, doses: u32) -> bool {
    doses >= HEAPING_DOSES && u64::from(heaped) * 4 > u64::from(doses)
}

/// Counts by day of the month.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MonthDays {
    /// Doses given on the 1st, 2nd, … 31st.
    pub by_day: [u32; 31],
    /// Of them, those on a day that summaries are dated on.
    pub heaped: u32,
}

impl MonthDays {
    /// Counts a dose.
    pub fn add(&mut self, day: Date) {
        if let Some(place) = self.by_day.get_mut(day.day() as usize - 1) {
            *place += 1;
        }
        self.heaped += u32::from(is_summary_day(day));
    }

    /// All doses.
    pub fn doses(&self) -> u32 {
        self.by_day.iter().sum()
    }

    /// Whether they are heaped on the days of summaries.
    pub fn is_heaped(&self) -> bool {
        is_heaped(self.heaped, self.doses())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_quarter_is_no_heap_and_one_more_is() {
        assert!(!is_heaped(25, 100) && is_heaped(26, 100));
        assert!(!is_heaped(HEAPING_DOSES - 1, HEAPING_DOSES - 1), "too few to tell");
        assert!(is_heaped(HEAPING_DOSES, HEAPING_DOSES));
    }

    #[test]
    fn days_are_counted_where_they_stand() {
        let mut days = MonthDays::default();
        for day in [date(2022, 4, 1), date(2022, 4, 15), date(2022, 4, 30), date(2022, 5, 30), date(2022, 5, 31), date(2022, 5, 2)] {
            days.add(day);
        }
        assert_eq!((days.doses(), days.heaped), (6, 4));
        assert_eq!((days.by_day[0], days.by_day[29], days.by_day[30]), (1, 2, 1));
    }
}
