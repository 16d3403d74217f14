//! Keys of decisions about pairs: hashes of content, so that they name the same persons and doses after a reload, under other file
//! names, in another order of files and in a new export.

use super::decision::PairKey;
use super::tally::dose_key;
use crate::linkage::roll::group_by_key;
use crate::linkage::{Item, Roll};
use crate::normalize::text::TextPool;
use crate::pace::{Cancelled, Pace, STRIDE, Stage};
use sha2::{Digest as _, Sha256};

/// What a half of a [`PairKey`] keeps of a hash.
const SIXTY_BITS: u64 = (1 << 60) - 1;

/// The hash of every row, and which rows have one.
#[derive(Clone, Debug, Default)]
pub struct RowHashes {
    /// By row of [`Roll::persons`].
    of_row: Vec<u64>,
    /// Hash and row, sorted.
    sorted: Vec<(u64, u32)>,
}

impl RowHashes {
    /// Hashes what each row says of its person and its doses.
    ///
    /// # Errors
    /// [`Cancelled`] when the pace says so.
    pub async fn of<P: Pace>(roll: &Roll, pool: &TextPool, pace: &mut P) -> Result<RowHashes, Cancelled> {
        let (starts, items) = roll.items_by_person();
        let mut of_row = Vec::with_capacity(roll.persons.len());
        for row in 0..roll.persons.len() {
            if row.is_multiple_of(STRIDE) {
                pace.step(Stage::Classifying, row, roll.persons.len()).await?;
            }
            of_row.push(row_hash(row, &items[starts[row] as usize..starts[row + 1] as usize], roll, pool));
        }
        let mut sorted: Vec<(u64, u32)> = of_row.iter().copied().zip(0..).collect();
        sorted.sort_unstable();
        Ok(RowHashes { of_row, sorted })
    }

    /// The hash of a row.
    pub fn hash(&self, row: u32) -> u64 {
        self.of_row.get(row as usize).copied().unwrap_or_default()
    }

    /// The rows with this hash.
    pub fn rows(&self, hash: u64) -> impl Iterator<Item = u32> + '_ {
        let first = self.sorted.partition_point(|(other, _)| *other < hash);
        self.sorted[first..].iter().take_while(move |(other, _)| *other == hash).map(|(_, row)| *row)
    }
}

fn row_hash(row: usize, items: &[u32], roll: &Roll, pool: &TextPool) -> u64 {
    let person = &roll.persons[row];
    let record = &person.record;
    let mut hash = Sha256::new();
    let mut add = |text: &str| {
        hash.update(text.as_bytes());
        hash.update([0]);
    };
    let texts = [record.name, record.birth_text, record.identity_text, record.phone, record.insurance, record.commune, record.address];
    texts.into_iter().for_each(|text| add(pool.get(text)));
    add(record.sex.map_or("", crate::domain::Sex::label));
    for item in items {
        let dose = &roll.items[*item as usize].dose;
        [dose.label_text, dose.vaccine_text, dose.given_text, dose.lot, dose.facility_text]
            .into_iter()
            .for_each(|text| add(pool.get(text)));
    }
    hash.update([person.side.index() as u8]);
    hash.finalize().iter().take(8).fold(0, |key, byte| key << 8 | u64::from(*byte)) & SIXTY_BITS
}

/// The key of two doses of one person that may be one.
pub fn near_key(a: &Item, b: &Item, roll: &Roll, pool: &TextPool) -> PairKey {
    let [a, b] = [a, b].map(|item| dose_key(item, roll, pool).0 & SIXTY_BITS);
    PairKey(a.min(b), a.max(b))
}

/// The items of each person: positions in the roll, ascending.
#[derive(Clone, Debug, Default)]
pub struct ItemsOfPersons {
    starts: Vec<u32>,
    positions: Vec<u32>,
}

impl ItemsOfPersons {
    /// Groups the items by `person`.
    pub fn of(roll: &Roll, persons: usize, person: impl Fn(u32) -> u32) -> ItemsOfPersons {
        let keys: Vec<u32> = roll.items.iter().map(|item| person(item.person)).collect();
        let (starts, positions) = group_by_key(persons, keys.iter().copied());
        ItemsOfPersons { starts, positions }
    }

    /// The items of one person.
    pub fn get(&self, person: u32) -> &[u32] {
        match (self.starts.get(person as usize), self.starts.get(person as usize + 1)) {
            (Some(from), Some(to)) => &self.positions[*from as usize..*to as usize],
            _ => &[],
        }
    }
}
