//! `Đợt trích xuất`: which System sheets are one snapshot of the System, proposed from their dates and from what stands in them.
//!
//! A province exports district by district over some days: neighbouring days, other doses. The same place exported again some days
//! later holds most of the same doses: that is the next snapshot.

use crate::domain::{Date, DoseRecord, PersonRecord};
use crate::normalize::text::TextPool;
use crate::workbook::mapping::SheetReading;
use rustc_hash::FxHasher;
use std::collections::BinaryHeap;
use std::hash::{Hash as _, Hasher as _};

/// Days between two exports that may still be one snapshot: over a weekend.
pub const NEIGHBOURING_DAYS: i32 = 3;

/// Share of the smaller export that also stands in the other, in per cent, from which on they are two looks at the same place.
pub const SAME_PLACE_PER_CENT: usize = 50;

/// Most snapshots told apart.
pub const SNAPSHOT_LIMIT: u8 = 9;

/// Marks kept of a sheet's doses.
const SKETCH: usize = 256;

/// Names a dose of an export by person, day and product: the same in every export, whatever else was corrected since.
pub fn dose_mark(person: &PersonRecord, dose: &DoseRecord, pool: &TextPool) -> u64 {
    let mut hash = FxHasher::default();
    hash.write(pool.get(person.name_key).as_bytes());
    hash.write_u8(0xff);
    // As read, so that another format of the same day is the same day.
    match person.birth {
        Some(birth) => birth.hash(&mut hash),
        None => hash.write(pool.get(person.birth_text).as_bytes()),
    }
    hash.write_u8(0xff);
    match dose.given {
        Some(day) => hash.write_i32(i32::from(day.year()) * 400 + i32::from(day.day_of_year())),
        None => hash.write(pool.get(dose.given_text).as_bytes()),
    }
    hash.write_u8(dose.product.map_or(0xff, |product| product as u8));
    // FxHash leaves its low bits poor; the marks are compared by size.
    hash.finish().wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(32).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

/// The smallest marks of a sheet's doses, ascending: a sample every sheet takes alike, by which shared doses are estimated.
pub fn sketch(persons: &[PersonRecord], doses: &[DoseRecord], pool: &TextPool) -> Vec<u32> {
    let mut smallest: BinaryHeap<u32> = BinaryHeap::with_capacity(SKETCH + 1);
    for dose in doses {
        let Some(person) = persons.get(dose.person as usize) else { continue };
        let mark = (dose_mark(person, dose, pool) >> 32) as u32;
        if smallest.len() < SKETCH || smallest.peek().is_some_and(|largest| mark < *largest) {
            smallest.push(mark);
            if smallest.len() > SKETCH {
                smallest.pop();
            }
        }
    }
    let mut marks = smallest.into_sorted_vec();
    marks.dedup();
    marks
}

/// Whether two exports hold largely the same doses.
fn are_of_same_place(a: &[u32], b: &[u32]) -> bool {
    // A sketch that is not full holds every mark there is.
    let reach = |marks: &[u32]| if marks.len() < SKETCH { u32::MAX } else { marks.last().copied().unwrap_or(u32::MAX) };
    let up_to = reach(a).min(reach(b));
    let within = |marks: &[u32]| marks.partition_point(|mark| *mark <= up_to);
    let smaller = within(a).min(within(b));
    let common = a[..within(a)].iter().filter(|mark| b.binary_search(mark).is_ok()).count();
    smaller > 0 && common * 100 >= smaller * SAME_PLACE_PER_CENT
}

/// The number of each System sheet's snapshot, from 1, in the order given: as a person chose, else as proposed.
///
/// Days that follow each other closely are one snapshot unless the later ones hold what stands in it already; a sheet without a day
/// belongs to the first.
pub fn number_snapshots(sheets: &[&SheetReading]) -> Vec<u8> {
    let day_of = |sheet: &SheetReading| sheet.mapping.as_ref().and_then(|mapping| mapping.extracted_on);
    let mut days: Vec<Date> = sheets.iter().filter_map(|sheet| day_of(sheet)).collect();
    days.sort_unstable();
    days.dedup();
    let mut numbers = vec![1u8; sheets.len()];
    let mut number = 1u8;
    let mut members: Vec<usize> = Vec::new();
    let mut last: Option<Date> = None;
    for day in days {
        let of_day: Vec<usize> = (0..sheets.len()).filter(|at| day_of(sheets[*at]) == Some(day)).collect();
        let is_far = last.is_some_and(|last| crate::linkage::dose_assignment::days_apart(last, day) > NEIGHBOURING_DAYS);
        let holds_the_same =
            || of_day.iter().any(|at| members.iter().any(|other| are_of_same_place(&sheets[*at].sketch, &sheets[*other].sketch)));
        if is_far || holds_the_same() {
            number = (number + 1).min(SNAPSHOT_LIMIT);
            members.clear();
        }
        for at in &of_day {
            numbers[*at] = number;
        }
        members.extend(of_day);
        last = Some(day);
    }
    for (number, sheet) in numbers.iter_mut().zip(sheets) {
        if let Some(chosen) = sheet.mapping.as_ref().and_then(|mapping| mapping.snapshot) {
            *number = chosen;
        }
    }
    numbers
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::source::SheetKind;
    use crate::workbook::mapping::SheetMapping;
    use jiff::civil::date;

    fn sheet(day: Option<Date>, marks: std::ops::Range<u32>) -> SheetReading {
        let mapping = SheetMapping { kind: SheetKind::SystemExport, extracted_on: day, ..SheetMapping::blank() };
        SheetReading { mapping: Some(mapping), sketch: marks.collect(), ..SheetReading::default() }
    }

    fn numbers(sheets: &[SheetReading]) -> Vec<u8> {
        number_snapshots(&sheets.iter().collect::<Vec<_>>())
    }

    #[test]
    fn neighbouring_days_of_other_places_are_one_snapshot_and_the_same_place_again_is_the_next() {
        let (first, next) = (Some(date(2023, 2, 10)), Some(date(2023, 2, 13)));
        assert_eq!(numbers(&[sheet(first, 0..100), sheet(next, 100..200)]), [1, 1]);
        assert_eq!(numbers(&[sheet(first, 0..100), sheet(next, 0..110)]), [1, 2]);
        assert_eq!(numbers(&[sheet(first, 0..100), sheet(next, 51..200)]), [1, 1], "under a half is shared");
        assert_eq!(numbers(&[sheet(first, 0..100), sheet(next, 50..200)]), [1, 2]);
        assert_eq!(numbers(&[sheet(first, 0..100), sheet(Some(date(2023, 2, 14)), 100..200)]), [1, 2], "four days apart");
    }

    #[test]
    fn days_need_not_come_in_order_and_one_day_is_one_snapshot() {
        let day = |day| Some(date(2023, 3, day));
        assert_eq!(numbers(&[sheet(day(20), 0..9), sheet(day(1), 0..9), sheet(day(10), 0..9)]), [3, 1, 2]);
        assert_eq!(numbers(&[sheet(day(1), 0..9), sheet(day(1), 0..9)]), [1, 1]);
    }

    #[test]
    fn without_days_all_are_one_and_a_sheet_without_one_belongs_to_the_first() {
        assert_eq!(numbers(&[sheet(None, 0..9), sheet(None, 0..9)]), [1, 1]);
        assert_eq!(numbers(&[sheet(None, 0..9), sheet(Some(date(2023, 2, 10)), 0..9), sheet(Some(date(2023, 3, 10)), 0..9)]), [1, 1, 2]);
        assert_eq!(numbers(&[]), Vec::<u8>::new());
    }

    #[test]
    fn what_a_person_chose_stands() {
        let mut sheets = [sheet(None, 0..9), sheet(None, 0..9)];
        sheets[1].mapping.as_mut().unwrap().snapshot = Some(2);
        assert_eq!(numbers(&sheets), [1, 2]);
    }

    #[test]
    fn a_long_export_is_known_by_its_sample() {
        let spread = |from: u32, to: u32| (from..to).map(|at| at.wrapping_mul(0x9e37_79b9)).collect::<std::collections::BTreeSet<u32>>();
        let of = |from, to| spread(from, to).into_iter().take(SKETCH).collect::<Vec<u32>>();
        assert!(are_of_same_place(&of(0, 100_000), &of(5_000, 110_000)));
        assert!(!are_of_same_place(&of(0, 100_000), &of(80_000, 200_000)));
        assert!(are_of_same_place(&of(0, 100_000), &of(0, 3_000)), "a part of it");
        assert!(!are_of_same_place(&[], &[]));
    }
}
