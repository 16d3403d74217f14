//! Answers of a working list that came back, found among the doses that are loaded; what cannot be taken is listed, never guessed.

use super::content::near_key;
use super::decision::PairKey;
use super::ledger::NO_ITEM;
use super::review::Desk;
use crate::domain::{Decision, Side};
use crate::workbook::answers::{WrittenAnswer, WrittenPlace};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// Problems kept word by word; the rest are counted.
const KEPT_PROBLEMS: usize = 50;

/// What a working list says.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AnswersRead {
    /// The answers, one a pair.
    pub pairs: Vec<(PairKey, Decision)>,
    /// Rows with an answer.
    pub rows: u32,
    /// What could not be taken: sheet and row of the working list, and why.
    pub problems: Vec<(String, u32, String)>,
    /// How many could not be taken.
    pub problem_count: u32,
    /// Files it names that are not loaded.
    pub unknown_files: Vec<String>,
}

impl AnswersRead {
    fn refuse(&mut self, row: &WrittenAnswer, why: impl Into<String>) {
        self.problem_count += 1;
        if self.problems.len() < KEPT_PROBLEMS {
            self.problems.push((row.sheet.clone(), row.row, why.into()));
        }
    }
}

/// Finds the pairs the rows are about.
pub fn find_pairs(desk: Desk<'_>, rows: &[WrittenAnswer]) -> AnswersRead {
    let mut read = AnswersRead { rows: rows.len() as u32, ..AnswersRead::default() };
    let mut said: BTreeMap<PairKey, Vec<(Decision, &WrittenAnswer)>> = BTreeMap::new();
    let mut unknown: BTreeSet<String> = BTreeSet::new();
    for row in rows {
        let Some(decision) = Decision::from_label(&row.answer) else {
            read.refuse(row, format!("“{}” không phải “Cùng người”, “Khác người” hay “Để sau”", row.answer));
            continue;
        };
        let places = [(&row.local, Side::Local), (&row.system, Side::System)];
        let missing = places.into_iter().filter_map(|(place, side)| place.as_ref().map(|place| (place, side))).find_map(|(place, side)| {
            let why = match desk.find(place, side) {
                Ok(_) => return None,
                Err(why) => why,
            };
            Some((place, why))
        });
        if let Some((place, why)) = missing {
            if why == NotFound::File {
                unknown.insert(place.file.clone());
            }
            read.refuse(row, why.words(place));
            continue;
        }
        let item = |place: &Option<WrittenPlace>, side| place.as_ref().and_then(|place| desk.find(place, side).ok());
        match desk.pair_of(item(&row.local, Side::Local), item(&row.system, Side::System)) {
            Ok(key) => said.entry(key).or_default().push((decision, row)),
            Err(why) => read.refuse(row, why),
        }
    }
    for (key, answers) in said {
        let (first, at) = answers[0];
        match answers.iter().find(|(decision, _)| *decision != first) {
            None => read.pairs.push((key, first)),
            Some((other, there)) => {
                let words = format!(
                    "một cặp có hai câu trả lời: “{}” ở đây, “{}” ở {}, dòng {}",
                    first.label(),
                    other.label(),
                    there.sheet,
                    there.row
                );
                read.refuse(at, words);
            }
        }
    }
    read.unknown_files = unknown.into_iter().collect();
    read
}

/// Why a place was not found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum NotFound {
    File,
    Sheet,
    Row,
}

impl NotFound {
    fn words(self, place: &WrittenPlace) -> String {
        match self {
            NotFound::File => format!("tệp “{}” không có trong các tệp đang nạp (đã đổi tên?)", place.file),
            NotFound::Sheet => format!("tệp “{}” không có trang tính “{}”", place.file, place.sheet),
            NotFound::Row => format!("{}, {} không có mũi tiêm ở dòng {}", place.file, place.sheet, place.row),
        }
    }
}

impl Desk<'_> {
    /// The item at a place. The items of a sheet stand together, by row and dose group.
    fn find(&self, place: &WrittenPlace, side: Side) -> Result<u32, NotFound> {
        let mut why = NotFound::File;
        for (at, sheet) in self.roll.sheets.iter().enumerate() {
            if sheet.file_name != place.file {
                continue;
            }
            if sheet.sheet_name != place.sheet {
                why = if why == NotFound::File { NotFound::Sheet } else { why };
                continue;
            }
            let items = &self.roll.items;
            let first = items.partition_point(|item| item.sheet < at as u32);
            let last = items.partition_point(|item| item.sheet <= at as u32);
            let found = items[first..last].partition_point(|item| (item.dose.at.row, item.dose.at.slot) < (place.row, place.slot));
            let is_there =
                |item: &crate::linkage::Item| (item.dose.at.row, item.dose.at.slot) == (place.row, place.slot) && item.side == side;
            if items[first..last].get(found).is_some_and(is_there) {
                return Ok((first + found) as u32);
            }
            why = NotFound::Row;
        }
        Err(why)
    }

    /// The pair a row of the working list is about.
    fn pair_of(&self, local: Option<u32>, system: Option<u32>) -> Result<PairKey, &'static str> {
        const NO_PAIR: &str = "dòng này không thuộc cặp nào cần quyết định";
        let person = |at: u32| self.linkage.person_of[self.roll.items[at as usize].person as usize];
        let (one, other) = match (local, system) {
            (Some(local), Some(system)) => (local, system),
            (Some(at), None) | (None, Some(at)) => {
                let other = self.ledger.verdicts[at as usize].other;
                let near = self.ledger.near.iter().filter(|(_, near)| near.copy == at).map(|(key, near)| (near.of != other, *key)).min();
                if let Some((_, key)) = near {
                    return Ok(key);
                }
                if other == NO_ITEM {
                    return Err(NO_PAIR);
                }
                (at, other)
            }
            (None, None) => return Err("dòng này không ghi tệp và dòng nào"),
        };
        if person(one) == person(other) {
            let [a, b] = [one, other].map(|at| &self.roll.items[at as usize]);
            let key = near_key(a, b, self.roll, self.pool);
            return if self.ledger.near.contains_key(&key) {
                Ok(key)
            } else {
                Err("máy đã ghép hai dòng này là một người chắc chắn")
            };
        }
        if self.side(one) == self.side(other) {
            return Err(NO_PAIR);
        }
        Ok(self.index.key(person(one), person(other), self.roll))
    }
}
