//! Rows of one side that are surely one person, by exact agreement: the rules about a person's course need no linkage of the two sides.

use crate::domain::Side;
use crate::linkage::roll::group_by_key;
use crate::pace::{Cancelled, Pace, STRIDE, Stage};
use crate::quality::stock::Stock;
use rustc_hash::FxHashMap;

/// The records of each person.
pub(super) struct SamePerson {
    starts: Vec<u32>,
    records: Vec<u32>,
}

impl SamePerson {
    /// The records of every person, one after the other.
    pub(super) fn groups(&self) -> impl ExactSizeIterator<Item = &[u32]> {
        self.starts.windows(2).map(|bounds| match bounds {
            [from, to] => self.records.get(*from as usize..*to as usize).unwrap_or_default(),
            _ => &[],
        })
    }
}

/// Joins rows of one side that agree on name and number, or on name, full birth date and phone or commune.
pub(super) async fn group<P: Pace>(stock: &Stock<'_>, pace: &mut P) -> Result<SamePerson, Cancelled> {
    let count = stock.persons();
    let mut parent: Vec<u32> = (0..count as u32).collect();
    for side in Side::ALL {
        let mut keys: FxHashMap<(u32, u32, u32), u32> = FxHashMap::default();
        for (at_sheet, sheet) in stock.sheets.iter().enumerate().filter(|(_, sheet)| sheet.side == side) {
            for (row, person) in (stock.first_person(at_sheet)..).zip(sheet.persons) {
                if (row as usize).is_multiple_of(STRIDE) {
                    pace.step(Stage::Checking, row as usize, count).await?;
                }
                if person.name_key.is_none() {
                    continue;
                }
                let name = person.name_key.id();
                let mut join = |key| {
                    let first = *keys.entry(key).or_insert(row);
                    unite(&mut parent, first, row);
                };
                if person.identity_kind.is_number() {
                    join((name, person.identity.id(), 0));
                }
                if let Some(born) = person.birth.and_then(crate::domain::BirthDate::day) {
                    let day = born.year() as u32 * 400 + u32::from(born.day_of_year().unsigned_abs());
                    for (text, kind) in [(person.phone, 1 << 31), (person.commune_key, 1 << 30)] {
                        if text.is_some() {
                            join((name, text.id(), kind | day));
                        }
                    }
                }
            }
        }
    }
    // Groups in the order of their first rows.
    let mut number = vec![u32::MAX; count];
    let mut groups = 0u32;
    let mut group_of = Vec::with_capacity(count);
    for row in 0..count as u32 {
        let root = find(&mut parent, row);
        if let Some(place) = number.get_mut(root as usize) {
            if *place == u32::MAX {
                *place = groups;
                groups += 1;
            }
            group_of.push(*place);
        }
    }
    let mut of_record = Vec::with_capacity(stock.len());
    for (at_sheet, sheet) in stock.sheets.iter().enumerate() {
        let first = stock.first_person(at_sheet) as usize;
        of_record.extend(sheet.doses.iter().map(|dose| group_of.get(first + dose.person as usize).copied().unwrap_or_default()));
    }
    let (starts, records) = group_by_key(groups as usize, of_record.iter().copied());
    Ok(SamePerson { starts, records })
}

fn find(parent: &mut [u32], mut at: u32) -> u32 {
    loop {
        let Some(up) = parent.get(at as usize).copied() else { return at };
        if up == at {
            return at;
        }
        let above = parent.get(up as usize).copied().unwrap_or(up);
        if let Some(place) = parent.get_mut(at as usize) {
            *place = above;
        }
        at = above;
    }
}

/// The lower row stands for both.
fn unite(parent: &mut [u32], a: u32, b: u32) {
    let (a, b) = (find(parent, a), find(parent, b));
    if let Some(place) = parent.get_mut(a.max(b) as usize) {
        *place = a.min(b);
    }
}
