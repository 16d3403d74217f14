//! Which column of a table of counts is which column of Phụ lục 1: by its words, the letter row as a second witness.

use super::head::{Head, HeadColumn};
use super::meaning::{DoseWord, Role, band_in, form_column};
use crate::domain::AgeBand;
use crate::domain::column::{ByColumn, FormColumn};
use crate::text::column_name;
use crate::workbook::words::Words;

/// Where the figures of a row stand.
#[derive(Clone, Debug, Default)]
pub(crate) struct Columns {
    /// Columns of the unit's name from the left; the last that is filled names it.
    pub(crate) units: Vec<u16>,
    /// TT.
    pub(crate) number: Option<u16>,
    /// c…m.
    pub(crate) counts: ByColumn<Option<u16>>,
    /// n.
    pub(crate) given: Option<u16>,
    /// o.
    pub(crate) on_system: Option<u16>,
    /// p.
    pub(crate) difference: Option<u16>,
    /// q.
    pub(crate) review: Option<u16>,
    /// Columns of doses whose age nothing says: they count in n only.
    pub(crate) ageless: Vec<u16>,
    /// What is doubtful about the heading.
    pub(crate) doubts: Vec<String>,
}

/// The form's column of every column of doses, and doubts about them.
pub(crate) struct DoseColumns {
    /// Position in the head, column of the form; none where the age is not known.
    pub(crate) found: Vec<(usize, Option<FormColumn>)>,
    pub(crate) doubts: Vec<String>,
}

/// Finds the columns of doses of a head; `lines` are those above it, which may name the age of the whole table.
pub(crate) fn dose_columns(head: &Head, lines: &[String]) -> DoseColumns {
    let doses: Vec<(usize, &HeadColumn, DoseWord)> =
        head.columns.iter().enumerate().filter_map(|(at, column)| Some((at, column, column.meaning.dose?))).collect();
    let doses: Vec<_> = doses.into_iter().filter(|(_, column, _)| column.meaning.role != Some(Role::Subtotal)).collect();
    let mut bands: Vec<Option<AgeBand>> = doses.iter().map(|(_, column, _)| column.meaning.band).collect();
    let mut doubts = Vec::new();
    if bands.iter().all(Option::is_none) {
        bands = bands_of_title(lines).map_or_else(|| bands_by_order(&doses), |band| vec![Some(band); doses.len()]);
    } else {
        // A heading that lost its merge: the age goes on to the right.
        let mut last = None;
        for band in &mut bands {
            last = band.or(last);
            *band = band.or(last);
        }
    }
    let mut found = Vec::new();
    for ((at, column, dose), band) in doses.iter().zip(bands) {
        let by_words = band.and_then(|band| form_column(band, *dose));
        let by_letter = column.letter.and_then(column_of_letter);
        let name = column_name(column.column);
        let chosen = match (by_words, by_letter) {
            (Some((by_words, _)), Some(by_letter)) if by_words != by_letter => {
                doubts.push(format!(
                    "Cột {name} “{}”: hàng chữ ghi {}, tiêu đề là cột {}; đọc theo tiêu đề.",
                    short(&column.title),
                    by_letter.letter(),
                    by_words.letter()
                ));
                Some(by_words)
            }
            (Some((by_words, None)), _) | (Some((by_words, Some(_))), Some(_)) => Some(by_words),
            (Some((by_words, Some(doubt))), None) => {
                doubts.push(format!("Cột {name} “{}”: {doubt}.", short(&column.title)));
                Some(by_words)
            }
            (None, by_letter) => by_letter,
        };
        found.push((*at, chosen));
    }
    DoseColumns { found, doubts }
}

/// The one age the lines above a table name.
fn bands_of_title(lines: &[String]) -> Option<AgeBand> {
    let mut bands: Vec<AgeBand> = lines.iter().filter_map(|line| band_in(&Words::of(line))).collect();
    bands.dedup();
    match bands.as_slice() {
        [band] => Some(*band),
        _ => None,
    }
}

/// Ages by the order of the form, where no heading names one: `Mũi 1` begins the next; only where the first group has the doses that
/// adults alone get.
fn bands_by_order(doses: &[(usize, &HeadColumn, DoseWord)]) -> Vec<Option<AgeBand>> {
    let mut group = 0usize;
    let mut groups = Vec::with_capacity(doses.len());
    for (at, (.., dose)) in doses.iter().enumerate() {
        group += usize::from(at > 0 && *dose == DoseWord::Ordinal(1));
        groups.push(group);
    }
    let is_of_adults = |dose: &DoseWord| matches!(dose, DoseWord::Additional | DoseWord::Abdala | DoseWord::Booster(Some(2)));
    let has_adults = doses.iter().zip(&groups).any(|((.., dose), group)| *group == 0 && is_of_adults(dose));
    let order = [AgeBand::Adult, AgeBand::Adolescent, AgeBand::Child];
    groups.iter().map(|at| if has_adults && group == 2 { order.get(*at).copied() } else { None }).collect()
}

fn column_of_letter(letter: char) -> Option<FormColumn> {
    FormColumn::ALL.into_iter().find(|column| column.letter().starts_with(letter))
}

/// Reads the columns of a table of units. `texts_in` says how many of a column's cells below are texts.
pub(crate) fn columns_of_units(head: &Head, lines: &[String], texts_in: &dyn Fn(u16) -> usize) -> Columns {
    let DoseColumns { found, doubts } = dose_columns(head, lines);
    let mut columns = Columns { doubts, ..Columns::default() };
    // Where two columns say the same, the one whose letter agrees is it.
    for pass in [true, false] {
        for (at, form_column) in &found {
            let (Some(column), Some(form_column)) = (head.columns.get(*at), form_column) else { continue };
            let agrees = column.letter.and_then(column_of_letter) == Some(*form_column);
            if agrees != pass {
                continue;
            }
            let Some(place) = columns.counts.get_mut(form_column.index()) else { continue };
            match *place {
                None => *place = Some(column.column),
                Some(known) => columns.doubts.push(format!(
                    "Cột {} “{}” cũng là cột {} như cột {}; lấy cột {}.",
                    column_name(column.column),
                    short(&column.title),
                    form_column.letter(),
                    column_name(known),
                    column_name(known)
                )),
            }
        }
    }
    columns.ageless = found.iter().filter(|(_, form)| form.is_none()).filter_map(|(at, _)| Some(head.columns.get(*at)?.column)).collect();
    // Letters alone, where no words are left.
    for column in &head.columns {
        let taken = columns.counts.contains(&Some(column.column)) || columns.ageless.contains(&column.column);
        // An age over words that are no dose: the letter says which.
        let is_sum = || {
            let words = Words::of(column.title.rsplit(" / ").next().unwrap_or_default());
            matches!(words.at(0), "tong" | "cong") || words.is_empty()
        };
        let is_open = column.meaning.role.is_none() || column.meaning.role == Some(Role::Subtotal) && !is_sum();
        if let Some(form_column) = column.letter.and_then(column_of_letter).filter(|_| !taken && is_open)
            && let Some(place @ None) = columns.counts.get_mut(form_column.index())
        {
            *place = Some(column.column);
        }
    }
    let role = |role: Role, letter: char| {
        let of_role = || head.columns.iter().filter(move |column| column.meaning.role == Some(role) && column.day.is_none());
        let by_both = of_role().find(|column| column.letter == Some(letter));
        // A total stands behind what it adds up.
        let by_words = if role == Role::Given {
            of_role().max_by_key(|column| (column.title.to_lowercase().contains("báo cáo về"), column.column))
        } else {
            of_role().next()
        };
        let by_letter = head.columns.iter().find(|column| column.letter == Some(letter) && column.meaning.role.is_none());
        by_both.or(by_words).or(by_letter).map(|column| column.column)
    };
    columns.given = role(Role::Given, 'n');
    columns.on_system = role(Role::OnSystem, 'o');
    columns.difference = role(Role::Difference, 'p');
    columns.review = role(Role::ReviewResult, 'q');
    columns.number = head.columns.iter().find(|column| column.meaning.role == Some(Role::RowNumber)).map(|column| column.column);
    columns.units = head.columns.iter().filter(|column| column.meaning.role == Some(Role::Unit)).map(|column| column.column).collect();
    if columns.units.is_empty() {
        let figures = columns.figures();
        let first = figures.iter().min().copied().unwrap_or(u16::MAX);
        let best =
            (0..first.min(20)).filter(|column| Some(*column) != columns.number).max_by_key(|column| (texts_in(*column), 20 - column));
        columns.units.extend(best.filter(|column| texts_in(*column) > 0));
    }
    columns
}

impl Columns {
    /// Every column of figures.
    pub(crate) fn figures(&self) -> Vec<u16> {
        let others = [self.given, self.on_system, self.difference];
        self.counts.iter().copied().chain(others).flatten().chain(self.ageless.iter().copied()).collect()
    }
}

/// A heading short enough for a sentence.
pub(crate) fn short(title: &str) -> String {
    let title = crate::normalize::compose(title);
    if title.chars().count() <= 60 { title } else { title.chars().take(57).chain("…".chars()).collect() }
}
