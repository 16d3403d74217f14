//! Where a sheet's header stands: every stretch of rows near the top is scored, and the best one is taken.

use crate::domain::Field;
use crate::workbook::fit::{Around, Fits, fits, heading_words};
use crate::workbook::label::{Mark, read_label, take_last_number, take_mark};
use crate::workbook::table::{CellValue, Sheet, TextArena};
use crate::workbook::values;
use crate::workbook::words::Words;
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;
use std::rc::Rc;

/// Rows looked at from the top.
pub(crate) const WINDOW: usize = 45;
/// Rows a header may have, a row of column numbers not counted.
const MAX_DEPTH: usize = 4;
/// Between the rows of a header in a mapping.
pub(crate) const LEVEL_GAP: &str = " / ";
/// Columns an unmerged parent heading may reach over.
const MAX_SPREAD: usize = 14;
/// A row with this share of dates and long numbers is no part of a header.
const MOSTLY_DATA: f32 = 0.25;
/// A header scores at least this: about two headings that surely fit.
const LEAST_SCORE: f32 = 1.6;

/// The rows near the top of a sheet, as headings see them.
pub(crate) struct Window<'a> {
    rows: Vec<WindowRow>,
    merges: &'a [(u32, u32, u16, u16)],
    cache: FxHashMap<(String, String, Around), Fits>,
    read: FxHashMap<String, Rc<Reading>>,
}

/// A heading's text, read.
struct Reading {
    /// The dose it names.
    mark: Option<Mark>,
    /// Its words beside the dose.
    words: Words,
    /// The same with what stands in brackets.
    inside: Words,
}

impl Reading {
    fn of(text: &str) -> Reading {
        let (mut words, mut inside) = heading_words(text);
        take_mark(&mut words);
        take_mark(&mut inside);
        Reading { mark: take_mark(&mut Words::of(text)), words, inside }
    }
}

struct WindowRow {
    number: u32,
    cells: BTreeMap<u16, HeadCell>,
}

struct HeadCell {
    text: String,
    is_data: bool,
}

/// A header found.
#[derive(Clone, Debug)]
pub(crate) struct Header {
    /// Index among the sheet's kept rows of its first row.
    pub(crate) first: usize,
    /// Index of its last row, a row of column numbers included.
    pub(crate) last: usize,
    /// Its columns from the left.
    pub(crate) columns: Vec<HeadColumn>,
}

/// One column of a header.
#[derive(Clone, Debug, Default)]
pub(crate) struct HeadColumn {
    /// 0 for A.
    pub(crate) column: u16,
    /// Its texts from the top row to the last; a text that spans columns stands in each of them.
    pub(crate) levels: Vec<String>,
    /// The dose that heading or parents name.
    pub(crate) mark: Option<Mark>,
    /// Fields it fits, best first.
    pub(crate) fits: Fits,
    /// Whether nothing is left of the heading once the dose is taken out (`Mũi 1`).
    pub(crate) is_bare_mark: bool,
}

impl HeadColumn {
    /// The texts from the top, joined as a mapping shows them.
    pub(crate) fn title(&self) -> String {
        self.levels.join(LEVEL_GAP)
    }
}

impl<'a> Window<'a> {
    /// Looks at the rows near the top; at those from `from` on where a person said where the header is.
    pub(crate) fn of(sheet: &'a Sheet, texts: &TextArena, rows: usize) -> Window<'a> {
        let rows = sheet.table.rows().take(WINDOW.max(rows)).map(|row| WindowRow {
            number: row.number,
            cells: row.cells().filter_map(|(column, cell)| HeadCell::of(cell.value(texts)).map(|cell| (column, cell))).collect(),
        });
        Window { rows: rows.collect(), merges: &sheet.merges, cache: FxHashMap::default(), read: FxHashMap::default() }
    }

    /// The best header, or the best that begins with the row at `first`.
    pub(crate) fn find(&mut self, first: Option<usize>) -> Option<Header> {
        let starts = match first {
            Some(first) => first..first + 1,
            None => 0..self.rows.len(),
        };
        let mut best: Option<(f32, Header)> = None;
        for first_row in starts {
            // A row with much data in it begins no header.
            if first.is_none() && self.rows.get(first_row).is_none_or(|row| row.data_share() > MOSTLY_DATA) {
                continue;
            }
            for depth in 1..=MAX_DEPTH {
                let last = first_row + depth - 1;
                let is_data = depth > 1 && self.rows.get(last).is_some_and(|row| row.data_share() > MOSTLY_DATA);
                if last >= self.rows.len() || is_data || !self.is_unbroken(first_row, last) {
                    break;
                }
                let columns = self.columns(first_row, last);
                let score = self.score(first_row, last, &columns);
                if best.as_ref().is_none_or(|(known, _)| score > *known + 0.01) {
                    best = Some((score, Header { first: first_row, last, columns }));
                }
            }
        }
        let (score, mut header) = best?;
        if first.is_none() && score < LEAST_SCORE {
            return None;
        }
        while self.rows.get(header.last + 1).is_some_and(WindowRow::numbers_columns) {
            header.last += 1;
        }
        Some(header)
    }

    /// The header these rows make, whatever they say.
    pub(crate) fn header(&mut self, first: usize, last: usize) -> Header {
        Header { first, last, columns: self.columns(first, last) }
    }

    /// Whether the rows follow each other, a blank row between them allowed for a merged heading.
    fn is_unbroken(&self, first: usize, last: usize) -> bool {
        self.rows.get(first..=last).is_some_and(|rows| rows.windows(2).all(|pair| matches!(pair, [a, b] if b.number - a.number <= 2)))
    }

    fn score(&mut self, first: usize, last: usize, columns: &[HeadColumn]) -> f32 {
        let mut score = 0.0;
        let mut seen: Vec<Field> = Vec::new();
        let rows = self.rows.get(first..=last).unwrap_or(&[]);
        // A title merged over the sheet is one text, not a heading of every column.
        let has_own = |column: &&HeadColumn| rows.iter().any(|row| row.cells.contains_key(&column.column));
        for column in columns.iter().filter(has_own) {
            match column.fits.first() {
                Some((Some(field), fit)) if *fit >= 0.5 => {
                    let is_new = field.is_of_dose() || !seen.contains(field);
                    score += if is_new { *fit } else { 0.1 };
                    // Rows that tell the doses apart belong to the header.
                    score += if column.mark.is_some() && field.is_of_dose() { 0.25 } else { 0.0 };
                    seen.push(*field);
                }
                Some((None, fit)) if *fit >= 0.6 => score += 0.3,
                _ if column.is_bare_mark => score += 0.6,
                _ => {}
            }
        }
        for row in rows {
            score -= 0.8 * row.cells.values().filter(|cell| cell.is_data).count() as f32;
            score -= 0.5 * row.cells.values().filter(|cell| cell.text.chars().count() > 120).count() as f32;
            // A lone text over the rest is a title.
            if row.cells.len() == 1 && first != last {
                score -= 2.5;
            }
        }
        score -= 0.35 * (last - first) as f32;
        // A sub-header left below the header is a header cut short; the same header again is not.
        let below = last + 1;
        if self.rows.get(below).is_some_and(|row| !row.numbers_columns()) && self.is_unbroken(last, below) {
            let mut columns = self.columns(below, below);
            let above = self.rows.get(last);
            let is_again = |column: &HeadColumn| {
                above.and_then(|row| row.cells.get(&column.column)).is_some_and(|cell| column.levels == [cell.text.as_str()])
            };
            columns.retain(|column| !is_again(column));
            let is_heading = |column: &&HeadColumn| column.is_bare_mark || column.fits.first().is_some_and(|(_, fit)| *fit >= 0.9);
            let exact = columns.iter().filter(is_heading).count();
            if exact > 0 && exact * 5 >= columns.len() * 2 {
                score -= 0.7 * exact as f32;
            }
        }
        score - 0.005 * first as f32
    }

    /// The columns of a header made of these rows.
    fn columns(&mut self, first: usize, last: usize) -> Vec<HeadColumn> {
        let mut columns = self.levels(first, last);
        let counts_doses = last > first && self.rows.get(last).is_some_and(WindowRow::counts_doses);
        for column in &mut columns {
            if counts_doses {
                column.name_count();
            }
        }
        let mut parts: Vec<(Words, Words, String)> = Vec::with_capacity(columns.len());
        for column in &mut columns {
            // `(1)` in a row that also holds headings numbers the column.
            let is_alone = column.levels.len() == 1;
            let named = column.levels.iter().filter(|level| is_alone || !is_bracketed_number(level));
            let read: Vec<Rc<Reading>> = named.map(|level| self.reading(level)).collect();
            column.mark = joined_mark(read.iter().filter_map(|level| level.mark.as_ref()));
            parts.push(parts_of(&read));
        }
        for (index, column) in columns.iter_mut().enumerate() {
            let Some((words, inside, parents)) = parts.get(index) else { continue };
            let beside = |names: &[&str]| {
                let near = index.saturating_sub(2)..(index + 3).min(parts.len());
                near.filter(|other| *other != index)
                    .filter_map(|other| parts.get(other))
                    .any(|(other, _, others)| others == parents && names.contains(&other.line().as_str()))
            };
            let mut around = Around {
                parents: parents.clone(),
                is_dose: column.mark.is_some(),
                beside_female: beside(&["nu", "gioi nu"]),
                beside_day: beside(&["ngay", "thang"]),
            };
            column.is_bare_mark = words.is_empty() && column.mark.is_some();
            column.fits = self.fits(words, inside, &around);
            // `Ngày tiêm 2`: the number counts doses only behind a heading of a dose.
            if column.mark.is_none() {
                let mut shorter = words.clone();
                if let Some(mark) = take_last_number(&mut shorter) {
                    around.is_dose = true;
                    let fits = self.fits(&shorter, &shorter, &around);
                    let is_dose = |field: &Option<Field>| field.is_some_and(|field| field.is_of_dose() && field != Field::DoseLabel);
                    if fits.first().is_some_and(|(field, fit)| *fit >= 0.9 && is_dose(field)) {
                        column.mark = Some(mark);
                        column.fits = fits;
                    }
                }
            }
        }
        columns
    }

    fn fits(&mut self, words: &Words, inside: &Words, around: &Around) -> Fits {
        let key = (words.line(), inside.line(), around.clone());
        self.cache.entry(key).or_insert_with(|| fits(words, inside, around)).clone()
    }

    fn reading(&mut self, text: &str) -> Rc<Reading> {
        if let Some(known) = self.read.get(text) {
            return Rc::clone(known);
        }
        let read = Rc::new(Reading::of(text));
        self.read.insert(text.to_owned(), Rc::clone(&read));
        read
    }

    /// The texts of each column over the rows, merged and unmerged parents spread over their children.
    fn levels(&self, first: usize, last: usize) -> Vec<HeadColumn> {
        let rows = self.rows.get(first..=last).unwrap_or(&[]);
        let mut columns: BTreeMap<u16, Vec<String>> = BTreeMap::new();
        for (depth, row) in rows.iter().enumerate() {
            let mut texts: BTreeMap<u16, &str> = row.cells.iter().map(|(column, cell)| (*column, cell.text.as_str())).collect();
            let mut merged: Vec<(u16, u16)> = Vec::new();
            for (first_row, _, from, to) in self.merges.iter().filter(|merge| merge.0 == row.number) {
                merged.push((*from, *to));
                debug_assert_eq!(*first_row, row.number);
                if let Some(text) = row.cells.get(from).map(|cell| cell.text.as_str()) {
                    // A merge over very many columns is a title's.
                    texts.extend((*from..=*to).take(60).map(|column| (column, text)));
                }
            }
            let below = rows.get(depth + 1..).unwrap_or(&[]);
            let has_child = |column: u16| below.iter().any(|row| row.cells.contains_key(&column));
            let own: Vec<u16> = row.cells.keys().copied().collect();
            for (index, parent) in own.iter().copied().enumerate() {
                let is_merged = merged.iter().any(|(from, to)| (*from..=*to).contains(&parent));
                if is_merged || !has_child(parent) {
                    continue;
                }
                let end = own.get(index + 1).copied().unwrap_or(u16::MAX);
                let next = (parent + 1..end).take(MAX_SPREAD).take_while(|column| has_child(*column) && !texts.contains_key(column));
                for column in next.collect::<Vec<_>>() {
                    if let Some(cell) = row.cells.get(&parent) {
                        texts.insert(column, &cell.text);
                    }
                }
            }
            for (column, text) in texts {
                columns.entry(column).or_default().push(text.to_owned());
            }
        }
        columns.into_iter().map(|(column, levels)| HeadColumn { column, levels, ..HeadColumn::default() }).collect()
    }
}

impl HeadColumn {
    /// Turns the `2` under `Ngày tiêm` into `Mũi 2`.
    fn name_count(&mut self) {
        if let [_, .., leaf] = self.levels.as_mut_slice()
            && leaf.trim().parse::<u8>().is_ok_and(|number| (1..=7).contains(&number))
        {
            *leaf = format!("Mũi {}", leaf.trim());
        }
    }
}

/// `(1)`, `(12)`.
fn is_bracketed_number(text: &str) -> bool {
    let inside = text.trim().strip_prefix('(').and_then(|rest| rest.strip_suffix(')'));
    inside.is_some_and(|inside| inside.len() <= 2 && inside.parse::<u8>().is_ok())
}

/// The words of a heading (the lowest text that has any beside the dose), the same with what stands in brackets, its parents'.
fn parts_of(levels: &[Rc<Reading>]) -> (Words, Words, String) {
    let mut named = levels.iter().rev().filter(|level| !level.words.is_empty());
    let (words, inside) = named.next().map(|level| (level.words.clone(), level.inside.clone())).unwrap_or_default();
    let mut parents: Vec<String> = named.map(|level| level.words.line()).collect();
    parents.reverse();
    (words, inside, parents.join(" "))
}

/// The dose named by the texts of a heading, read together: `Nhắc lại` over `Lần 1` is the first booster.
pub(crate) fn mark_in<'t>(levels: impl Iterator<Item = &'t str>) -> Option<Mark> {
    let marks: Vec<Mark> = levels.filter_map(|level| take_mark(&mut Words::of(level))).collect();
    joined_mark(marks.iter())
}

fn joined_mark<'m>(marks: impl Iterator<Item = &'m Mark>) -> Option<Mark> {
    let mut written: Vec<&str> = Vec::new();
    for mark in marks {
        if !written.contains(&mark.written.as_str()) {
            written.push(&mark.written);
        }
    }
    let written = written.join(" ");
    read_label(&written).map(|label| Mark { label, written })
}

impl WindowRow {
    fn data_share(&self) -> f32 {
        self.cells.values().filter(|cell| cell.is_data).count() as f32 / self.cells.len().max(1) as f32
    }

    /// Whether the row counts doses under merged headings: `1 2 3 1 2 3`.
    fn counts_doses(&self) -> bool {
        let is_count = |cell: &HeadCell| cell.text.parse::<u8>().is_ok_and(|number| (1..=7).contains(&number));
        self.cells.len() >= 2 && self.cells.values().all(is_count) && !self.numbers_columns()
    }

    /// Whether the row numbers the columns: `(1) (2) (3)`, `A B C 1 2`.
    fn numbers_columns(&self) -> bool {
        numbers_columns(self.cells.values().map(|cell| cell.text.as_str()))
    }
}

/// Whether the texts of a row number its columns: `(1) (2) (3)`, `A B C 1 2`, `(5)=(3)+(4)`.
pub(crate) fn numbers_columns<'t>(texts: impl Iterator<Item = &'t str>) -> bool {
    let mut count = 0;
    let mut last = 0u32;
    let mut rises = 0;
    for text in texts {
        let bare: String = text.split('=').next().unwrap_or("").chars().filter(char::is_ascii_alphanumeric).collect();
        let digits: String = bare.chars().take_while(char::is_ascii_digit).collect();
        let letters = bare.len() - digits.len();
        if bare.is_empty()
            || digits.len() > 2
            || letters > 1
            || bare.len() < text.trim().chars().filter(|c| c.is_alphanumeric()).count().min(2)
        {
            return false;
        }
        count += 1;
        match digits.parse::<u32>() {
            // `1 2 3 1 2 3` counts doses, not columns.
            Ok(number) if number < last => return false,
            Ok(number) => {
                rises += u32::from(number == last + 1);
                last = number;
            }
            Err(_) => rises += 1,
        }
    }
    count >= 3 && rises * 10 >= count * 7
}

impl HeadCell {
    fn of(value: CellValue<'_>) -> Option<HeadCell> {
        let text = values::text_of(value);
        let text = text.trim();
        if text.is_empty() {
            return None;
        }
        let digits = text.bytes().filter(u8::is_ascii_digit).count();
        let is_data = match value {
            CellValue::Number(number) => number.abs() > 60.0 || number.fract() != 0.0,
            CellValue::Date(_) | CellValue::Bool(_) => true,
            // A date or a long number as text; a heading may well hold `(8/9/12 số)` or a year.
            _ => digits >= 6 && digits * 2 > text.chars().count(),
        };
        Some(HeadCell { text: text.to_owned(), is_data })
    }
}
