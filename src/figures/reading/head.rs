//! Where the heading of a table of counts stands and what each of its columns means: found by words, wherever they were moved to.

use super::count::count_of;
use super::meaning::{Meaning, Role, letter_in, meaning_of};
use crate::domain::Date;
use crate::normalize::date::day_of_serial;
use crate::workbook::header::numbers_columns;
use crate::workbook::table::{CellValue, Row, Sheet, TextArena};
use crate::workbook::title::find_date;
use crate::workbook::values;
use crate::workbook::words::Words;
use std::collections::BTreeMap;

/// Rows looked at from the top.
const WINDOW: usize = 80;
/// Rows a heading may have.
const MAX_DEPTH: usize = 6;
/// A heading is no longer than this.
const LONGEST: usize = 200;
/// Letters that make a row the letter row `a b c … q`.
const LEAST_LETTERS: usize = 5;

/// A day as a heading writes it, as far as it does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum DayHeading {
    /// With its year.
    Full(Date),
    /// Day and month.
    DayMonth(i8, i8),
    /// The day of a month the title names.
    Day(i8),
}

/// One column of a heading.
#[derive(Clone, Debug, Default)]
pub(crate) struct HeadColumn {
    /// 0 for A.
    pub(crate) column: u16,
    /// What it means.
    pub(crate) meaning: Meaning,
    /// Its letter in the letter row.
    pub(crate) letter: Option<char>,
    /// The day it is of.
    pub(crate) day: Option<DayHeading>,
    /// Its texts, joined.
    pub(crate) title: String,
}

/// A heading found.
#[derive(Clone, Debug, Default)]
pub(crate) struct Head {
    /// Index among the kept rows of its first row.
    pub(crate) first: usize,
    /// Index of its last row, letter row included.
    pub(crate) last: usize,
    /// Its columns from the left.
    pub(crate) columns: Vec<HeadColumn>,
}

/// Finds the heading of a table of counts; `known` are the rows (as Excel numbers them) where one was found before.
pub(crate) fn find_head(sheet: &Sheet, texts: &TextArena, known: (u32, u32)) -> Option<Head> {
    let (first, last) = run_of_headings(sheet, texts).or_else(|| letter_row(sheet, texts)).or_else(|| known_rows(sheet, known))?;
    let mut end = last;
    while end - first < MAX_DEPTH && is_below_heading(sheet, texts, end) {
        end += 1;
    }
    Some(Head { first, last: end, columns: columns_of(sheet, texts, first, end) })
}

/// Whether a row repeats the heading or its letters, as the pages of the letter do.
pub(crate) fn is_heading_row(row: Row<'_>, texts: &TextArena) -> bool {
    is_letter_row(row, texts) || Glance::of(row, texts).is_heading()
}

/// What a row shows at a glance.
#[derive(Clone, Copy, Default)]
struct Glance {
    /// Cells that read as headings.
    headings: u32,
    /// Those that head figures.
    figures: u32,
    /// Plain numbers.
    numbers: usize,
}

impl Glance {
    fn of(row: Row<'_>, texts: &TextArena) -> Glance {
        let mut glance = Glance::default();
        let days = counted_days(row, texts);
        for (_, cell) in row.cells() {
            let value = cell.value(texts);
            if values::is_blank(value) {
                continue;
            }
            match value {
                CellValue::Text(_) if is_plain_number(value) => glance.numbers += 1,
                CellValue::Text(text) if text.len() <= LONGEST => {
                    let meaning = meaning_of(&[text]);
                    let is_figure = meaning.dose.is_some()
                        || meaning.band.is_some()
                        || meaning.span.is_some()
                        || matches!(meaning.role, Some(Role::Given | Role::OnSystem | Role::Difference | Role::Subtotal))
                        || day_heading(value).is_some();
                    glance.figures += u32::from(is_figure);
                    glance.headings += u32::from(is_figure || meaning.role.is_some_and(|role| role != Role::Note));
                }
                CellValue::Date(_) => {
                    glance.figures += 1;
                    glance.headings += 1;
                }
                CellValue::Number(_) if days => {
                    glance.figures += 1;
                    glance.headings += 1;
                }
                CellValue::Number(_) => glance.numbers += 1,
                _ => {}
            }
        }
        glance
    }

    fn is_heading(self) -> bool {
        self.headings >= 2 && self.numbers == 0
    }
}

/// A number, also one typed as text.
fn is_plain_number(value: CellValue<'_>) -> bool {
    let count = count_of(value);
    count.value.is_some() && count.doubt.is_none()
}

/// The run of rows that reads most like a heading.
fn run_of_headings(sheet: &Sheet, texts: &TextArena) -> Option<(usize, usize)> {
    let mut best: Option<(u32, usize, usize)> = None;
    let mut run: Option<(u32, usize, u32)> = None;
    for (index, row) in sheet.table.rows().take(WINDOW).enumerate() {
        let glance = Glance::of(row, texts);
        run = match run {
            Some((score, first, number)) if glance.is_heading() && row.number - number <= 2 && index - first < MAX_DEPTH => {
                Some((score + glance.figures, first, row.number))
            }
            _ if glance.is_heading() => Some((glance.figures, index, row.number)),
            _ => None,
        };
        if let Some((score, first, _)) = run
            && score > 0
            && best.is_none_or(|(known, ..)| score > known)
        {
            best = Some((score, first, index));
        }
    }
    best.map(|(_, first, last)| (first, last))
}

fn letter_row(sheet: &Sheet, texts: &TextArena) -> Option<(usize, usize)> {
    sheet.table.rows().take(WINDOW).position(|row| is_letter_row(row, texts)).map(|at| (at, at))
}

fn known_rows(sheet: &Sheet, (first, last): (u32, u32)) -> Option<(usize, usize)> {
    let index = |number: u32| sheet.table.row_numbers.iter().position(|row| *row >= number);
    (first > 0).then(|| Some((index(first)?, index(last)?))).flatten().filter(|(first, last)| last >= first && last - first < MAX_DEPTH)
}

/// Whether the row below `last` still belongs to the heading: letters, numbers of columns, `1 2 3` under `Mũi`.
fn is_below_heading(sheet: &Sheet, texts: &TextArena, last: usize) -> bool {
    let row = sheet.table.row(last + 1);
    if row.number == 0 || row.number - sheet.table.row(last).number > 2 {
        return false;
    }
    is_letter_row(row, texts) || is_numbering(row, texts) || counts_doses(row, texts)
}

fn is_letter_row(row: Row<'_>, texts: &TextArena) -> bool {
    let mut letters = 0;
    let mut others = 0;
    for (_, cell) in row.cells() {
        match cell.value(texts) {
            CellValue::Text(text) if letter_in(text).is_some() => letters += 1,
            value if values::is_blank(value) => {}
            _ => others += 1,
        }
    }
    letters >= LEAST_LETTERS && letters > others * 2
}

fn is_numbering(row: Row<'_>, texts: &TextArena) -> bool {
    let cells: Vec<_> = row.cells().map(|(_, cell)| values::text_of(cell.value(texts))).collect();
    numbers_columns(cells.iter().map(AsRef::as_ref))
}

/// `1 2 3 1 2 3` under merged headings of doses.
fn counts_doses(row: Row<'_>, texts: &TextArena) -> bool {
    let numbers: Vec<f64> = row
        .cells()
        .map(|(_, cell)| match cell.value(texts) {
            CellValue::Number(number) => number,
            _ => -1.0,
        })
        .collect();
    numbers.len() >= 4
        && numbers.iter().all(|number| (1.0..=4.0).contains(number) && number.fract() == 0.0)
        && numbers.first() == Some(&1.0)
}

/// Days of a month as headings beside a word: `Đơn vị 1 2 3 … 31`.
fn counted_days(row: Row<'_>, texts: &TextArena) -> bool {
    let numbers: Vec<f64> = row
        .cells()
        .filter_map(|(_, cell)| match cell.value(texts) {
            CellValue::Number(number) => Some(number),
            _ => None,
        })
        .collect();
    let has_words = row.cells().any(|(_, cell)| matches!(cell.value(texts), CellValue::Text(text) if Words::of(text).line().len() > 2));
    has_words && numbers.len() >= 4 && numbers.windows(2).all(|pair| matches!(pair, [a, b] if b - a == 1.0 && *a >= 1.0 && *b <= 31.0))
}

/// The day a heading names: a date, `Ngày 05/9`, `05/9/2021`, `Ngày 5`.
fn day_heading(value: CellValue<'_>) -> Option<DayHeading> {
    match value {
        CellValue::Date(serial) => day_of_serial(serial).filter(|day| (2020..=2030).contains(&day.year())).map(DayHeading::Full),
        CellValue::Text(text) => {
            let words = Words::of(text);
            let has_lead = words.at(0) == "ngay";
            if words.len() > 5 {
                return None;
            }
            let numbers: Option<Vec<i16>> = words.folded.iter().skip(usize::from(has_lead)).map(|word| word.parse().ok()).collect();
            let (day, month) = match numbers.as_deref()? {
                [_, _, _] => return find_date(text).map(DayHeading::Full),
                // `1/2` may count doses; `01/09`, `5/9` behind `Ngày` are days.
                [day, month] if has_lead || text.contains('/') && text.trim().len() >= 4 => (*day, Some(*month)),
                [day] if has_lead => (*day, None),
                _ => return None,
            };
            let day = i8::try_from(day).ok().filter(|day| (1..=31).contains(day))?;
            match month {
                Some(month) => {
                    i8::try_from(month).ok().filter(|month| (1..=12).contains(month)).map(|month| DayHeading::DayMonth(day, month))
                }
                None => Some(DayHeading::Day(day)),
            }
        }
        _ => None,
    }
}

/// What the rows of a heading hold for one column.
#[derive(Default)]
struct Found {
    levels: Vec<String>,
    letter: Option<char>,
    day: Option<DayHeading>,
}

/// The columns of the heading these rows make.
fn columns_of(sheet: &Sheet, texts: &TextArena, first: usize, last: usize) -> Vec<HeadColumn> {
    let mut columns: BTreeMap<u16, Found> = BTreeMap::new();
    for index in first..=last {
        let row = sheet.table.row(index);
        if is_letter_row(row, texts) {
            for (column, cell) in row.cells() {
                if let CellValue::Text(text) = cell.value(texts) {
                    columns.entry(column).or_default().letter = letter_in(text);
                }
            }
            continue;
        }
        let counts = counts_doses(row, texts);
        if !counts && !counted_days(row, texts) && is_numbering(row, texts) && index > first {
            continue;
        }
        let days = counted_days(row, texts);
        for (column, cell) in row.cells() {
            let day = match cell.value(texts) {
                CellValue::Number(number) if days => Some(DayHeading::Day(number as i8)),
                value => day_heading(value),
            };
            if let Some(day) = day {
                // A day merged over its columns is the day of each of them.
                let end = merge_from(sheet, row.number, column).map_or(column, |(to, _)| to);
                for column in column..=end.min(column.saturating_add(30)) {
                    columns.entry(column).or_default().day = Some(day);
                }
            }
        }
        for (column, text) in texts_of_row(sheet, texts, index, last) {
            let text = if counts { format!("Mũi {}", text.trim()) } else { text };
            columns.entry(column).or_default().levels.push(text);
        }
    }
    columns
        .into_iter()
        .map(|(column, Found { levels, letter, day })| {
            let texts: Vec<&str> = levels.iter().map(String::as_str).collect();
            let meaning = meaning_of(&texts);
            // `o` alone as a heading is the form's letter.
            let lone = || match texts.as_slice() {
                [only] if meaning == Meaning::default() => letter_in(only),
                _ => None,
            };
            HeadColumn { column, letter: letter.or_else(lone), meaning, day, title: levels.join(" / ") }
        })
        .collect()
}

fn merge_from(sheet: &Sheet, row: u32, column: u16) -> Option<(u16, u32)> {
    sheet.merges.iter().find(|(first, _, from, _)| *first == row && *from == column).map(|(_, last, _, to)| (*to, *last))
}

/// The texts of one row of a heading by column, merged and unmerged parents spread over their children.
fn texts_of_row(sheet: &Sheet, texts: &TextArena, index: usize, last: usize) -> BTreeMap<u16, String> {
    let row = sheet.table.row(index);
    let mut own: BTreeMap<u16, String> = BTreeMap::new();
    for (column, cell) in row.cells() {
        let value = cell.value(texts);
        let text = values::text_of(value);
        if !values::is_blank(value) || text.trim().contains(['≥', '>', '<']) {
            own.insert(column, text.into_owned());
        }
    }
    let has_child = |column: u16| {
        (index + 1..=last).any(|below| {
            let below = sheet.table.row(below);
            !is_letter_row(below, texts) && !values::is_blank(below.cell(column).value(texts))
        })
    };
    let keys: Vec<u16> = own.keys().copied().collect();
    let mut spread = own.clone();
    for (at, parent) in keys.iter().copied().enumerate() {
        let Some(text) = own.get(&parent) else { continue };
        match merge_from(sheet, row.number, parent) {
            Some((to, _)) if to > parent => {
                for column in (parent + 1..=to).take(40) {
                    spread.entry(column).or_insert_with(|| text.clone());
                }
            }
            Some(_) => {}
            None if has_child(parent) => {
                let end = keys.get(at + 1).copied().unwrap_or(u16::MAX);
                for column in (parent + 1..end).take(14).take_while(|column| has_child(*column)) {
                    spread.entry(column).or_insert_with(|| text.clone());
                }
            }
            None => {}
        }
    }
    spread
}
