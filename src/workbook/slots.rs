//! Which dose of a row each column belongs to, in lists of one row a person.

use crate::domain::{DoseLabel, Field};
use crate::workbook::label::Mark;

/// A column mapped to a field of a dose.
#[derive(Clone, Debug)]
pub(crate) struct DoseColumn {
    /// 0 for A.
    pub(crate) column: u16,
    /// Its field.
    pub(crate) field: Field,
    /// The dose its heading names.
    pub(crate) mark: Option<Mark>,
    /// Its heading, folded and without numbers: a field repeats only under one heading.
    pub(crate) heading: String,
    /// How well the field fits.
    pub(crate) fit: f32,
}

/// The doses of a row, from the left; a column that is in none of them is in `left_out`.
#[derive(Clone, Debug, Default)]
pub(crate) struct Slots {
    /// Slot of each kept column, from 1.
    pub(crate) kept: Vec<(u16, u8)>,
    /// Columns that name a field a second time without being another dose.
    pub(crate) left_out: Vec<u16>,
}

struct Group {
    label: Option<DoseLabel>,
    fields: Vec<Field>,
    columns: Vec<u16>,
}

impl Group {
    fn take(&mut self, column: &DoseColumn) {
        self.fields.push(column.field);
        self.columns.push(column.column);
    }

    fn lacks(&self, field: Field) -> bool {
        !self.fields.contains(&field)
    }

    fn ends(&self) -> (u16, u16) {
        (self.columns.iter().copied().min().unwrap_or(0), self.columns.iter().copied().max().unwrap_or(0))
    }
}

/// Groups the dose columns of a header, given from the left.
pub(crate) fn assign(columns: &[DoseColumn]) -> Slots {
    let (groups, left_out) = if columns.iter().any(|column| column.mark.is_some()) { by_mark(columns) } else { by_repetition(columns) };
    number(groups, left_out)
}

fn number(mut groups: Vec<Group>, left_out: Vec<u16>) -> Slots {
    groups.sort_by_key(|group| group.ends().0);
    let slots = (1u8..=u8::MAX).zip(&groups);
    let kept = slots.flat_map(|(slot, group)| group.columns.iter().map(move |column| (*column, slot))).collect();
    Slots { kept, left_out }
}

fn by_mark(columns: &[DoseColumn]) -> (Vec<Group>, Vec<u16>) {
    let mut groups: Vec<Group> = Vec::new();
    let mut left_out = Vec::new();
    for column in columns {
        let Some(mark) = &column.mark else { continue };
        // `Ngày tiêm` over `Mũi 1 | Mũi 2`: the columns of one dose stand apart, so the name of the dose gathers them.
        match groups.iter_mut().find(|group| group.label == Some(mark.label) && group.lacks(column.field)) {
            Some(group) => group.take(column),
            None => groups.push(Group { label: Some(mark.label), fields: vec![column.field], columns: vec![column.column] }),
        }
    }
    let unmarked: Vec<&DoseColumn> = columns.iter().filter(|column| column.mark.is_none()).collect();
    for column in &unmarked {
        let is_repeated = unmarked.iter().filter(|other| other.field == column.field).count() > 1;
        if !is_repeated || groups.len() == 1 {
            // Once for the whole row: it stands with the first dose, and records know that it speaks for all.
            let is_free = groups.iter().all(|group| group.lacks(column.field)) && !matches!(column.field, Field::GivenOn | Field::GivenDay)
                || groups.len() == 1;
            match groups.first_mut().filter(|group| is_free && group.lacks(column.field)) {
                Some(group) => {
                    group.fields.push(column.field);
                    group.columns.push(column.column);
                }
                None => left_out.push(column.column),
            }
            continue;
        }
        match nearest(&groups, column) {
            Some(index) => {
                if let Some(group) = groups.get_mut(index) {
                    group.take(column);
                }
            }
            None => left_out.push(column.column),
        }
    }
    (groups, left_out)
}

/// The group beside a column that lacks its field: the one that ends just before it, else the one that begins just after.
fn nearest(groups: &[Group], column: &DoseColumn) -> Option<usize> {
    let lacking = || groups.iter().enumerate().filter(|(_, group)| group.lacks(column.field));
    let before = lacking().filter(|(_, group)| group.ends().1 < column.column).max_by_key(|(_, group)| group.ends().1);
    let after = lacking().filter(|(_, group)| group.ends().0 > column.column).min_by_key(|(_, group)| group.ends().0);
    let inside = lacking().find(|(_, group)| (group.ends().0..=group.ends().1).contains(&column.column));
    let gap = |group: &Group| {
        let (first, last) = group.ends();
        if last < column.column { column.column - last } else { first.saturating_sub(column.column) }
    };
    let best = match (before, after) {
        (Some(before), Some(after)) if gap(after.1) < gap(before.1) => Some(after),
        (Some(before), _) => Some(before),
        (None, after) => after,
    };
    inside.or(best).map(|(index, _)| index)
}

fn by_repetition(columns: &[DoseColumn]) -> (Vec<Group>, Vec<u16>) {
    let days: Vec<&DoseColumn> = columns.iter().filter(|column| matches!(column.field, Field::GivenOn | Field::GivenDay)).collect();
    let is_wide = days.len() > 1 && days.iter().all(|day| days.first().is_some_and(|first| first.heading == day.heading));
    let mut groups: Vec<Group> = Vec::new();
    let mut left_out = Vec::new();
    if !is_wide {
        // One dose a row: of two columns for one field the better one stays.
        let mut best: Vec<&DoseColumn> = Vec::new();
        for column in columns {
            match best.iter_mut().find(|other| other.field == column.field) {
                Some(other) if column.fit > other.fit + 0.001 => left_out.push(std::mem::replace(other, column).column),
                Some(_) => left_out.push(column.column),
                None => best.push(column),
            }
        }
        let group = Group {
            label: None,
            fields: best.iter().map(|column| column.field).collect(),
            columns: best.iter().map(|column| column.column).collect(),
        };
        groups.extend((!best.is_empty()).then_some(group));
        return (groups, left_out);
    }
    let repeats =
        |column: &DoseColumn| columns.iter().filter(|other| other.field == column.field && other.heading == column.heading).count() > 1;
    let mut once = Vec::new();
    for column in columns {
        if !repeats(column) {
            once.push(column);
        } else if let Some(group) = groups.last_mut().filter(|group| group.lacks(column.field)) {
            group.take(column);
        } else {
            groups.push(Group { label: None, fields: vec![column.field], columns: vec![column.column] });
        }
    }
    for column in once {
        match groups.first_mut().filter(|group| group.lacks(column.field)) {
            Some(group) => group.take(column),
            None => left_out.push(column.column),
        }
    }
    (groups, left_out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workbook::label::take_mark;
    use crate::workbook::words::Words;
    use Field::{Facility, GivenOn, Lot, Vaccine};

    fn columns(of: &[(u16, Field, &str)]) -> Vec<DoseColumn> {
        of.iter()
            .map(|(column, field, mark)| DoseColumn {
                column: *column,
                field: *field,
                mark: take_mark(&mut Words::of(mark)),
                heading: format!("{field:?}"),
                fit: 1.0,
            })
            .collect()
    }

    fn slots(of: &[(u16, Field, &str)]) -> Vec<(u16, u8)> {
        let mut kept = assign(&columns(of)).kept;
        kept.sort_unstable();
        kept
    }

    #[test]
    fn a_vaccine_before_its_group_belongs_to_the_group_behind_it() {
        let template = [
            (17, Vaccine, ""),
            (18, GivenOn, "Mũi 1"),
            (19, Lot, "Mũi 1"),
            (20, Facility, "Mũi 1"),
            (21, Vaccine, ""),
            (22, GivenOn, "Mũi 2"),
            (23, Lot, "Mũi 2"),
            (24, Facility, "Mũi 2"),
        ];
        assert_eq!(slots(&template), [(17, 1), (18, 1), (19, 1), (20, 1), (21, 2), (22, 2), (23, 2), (24, 2)]);
    }

    #[test]
    fn a_vaccine_behind_its_group_belongs_to_the_group_before_it() {
        let list =
            [(5, GivenOn, "Mũi 1"), (6, Lot, "Mũi 1"), (7, Vaccine, ""), (8, GivenOn, "Mũi 2"), (9, Lot, "Mũi 2"), (10, Vaccine, "")];
        assert_eq!(slots(&list), [(5, 1), (6, 1), (7, 1), (8, 2), (9, 2), (10, 2)]);
    }

    #[test]
    fn fields_over_doses_are_turned_round() {
        let list = [(5, GivenOn, "Mũi 1"), (6, GivenOn, "Mũi 2"), (7, Vaccine, "Mũi 1"), (8, Vaccine, "Mũi 2"), (9, Facility, "")];
        assert_eq!(slots(&list), [(5, 1), (6, 2), (7, 1), (8, 2), (9, 1)]);
    }

    #[test]
    fn repeated_headings_without_a_dose_are_counted_from_the_left() {
        let list = [(5, Vaccine, ""), (6, GivenOn, ""), (7, Vaccine, ""), (8, GivenOn, ""), (9, Vaccine, ""), (10, GivenOn, "")];
        assert_eq!(slots(&list), [(5, 1), (6, 1), (7, 2), (8, 2), (9, 3), (10, 3)]);
    }

    #[test]
    fn two_headings_for_one_field_are_not_two_doses() {
        let mut list = columns(&[(5, GivenOn, ""), (6, Facility, ""), (7, Facility, "")]);
        list[1].fit = 0.7;
        let slots = assign(&list);
        assert_eq!(slots.kept, [(5, 1), (7, 1)]);
        assert_eq!(slots.left_out, [6]);
    }
}
