//! What is loaded, as the rules look at it: sheets of persons and doses, each dose one record with a running number.

use super::correct::OldPerson;
use crate::domain::{Date, DoseRecord, Field, FileId, PersonRecord, Side};
use crate::normalize::text::TextPool;
use crate::reconcile::alias::Aliases;

/// Which fields a sheet has a column for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Fields(u64);

impl Fields {
    /// The set of these.
    pub fn of(fields: impl IntoIterator<Item = Field>) -> Fields {
        Fields(fields.into_iter().fold(0, |set, field| set | 1 << field as u64))
    }

    /// Whether any of these is in it.
    pub fn has_any(self, fields: &[Field]) -> bool {
        self.0 & Fields::of(fields.iter().copied()).0 != 0
    }

    /// Whether this one is in it.
    pub fn has(self, field: Field) -> bool {
        self.0 & (1 << field as u64) != 0
    }
}

/// One sheet.
#[derive(Clone, Copy, Debug)]
pub struct SheetView<'a> {
    /// Its side.
    pub side: Side,
    /// Its file.
    pub file: FileId,
    /// Its position in the file.
    pub sheet: u16,
    /// One a row.
    pub persons: &'a [PersonRecord],
    /// In the order of rows and dose groups; `person` is an index into `persons`.
    pub doses: &'a [DoseRecord],
    /// What it has columns for.
    pub fields: Fields,
    /// The unit that title, sheet name or file name says.
    pub unit: Option<&'a str>,
    /// Persons that were corrected, as they were before, ascending by row.
    pub corrected: &'a [OldPerson],
}

impl SheetView<'_> {
    /// Whether the number of this row's person was corrected.
    pub fn has_corrected_identity(&self, person: u32) -> bool {
        let found = self.corrected.binary_search_by_key(&person, |old| old.at);
        found.ok().and_then(|at| self.corrected.get(at)).is_some_and(|old| old.is_of_identity)
    }
}

/// Everything that is looked at. A record is a dose; its number counts through the sheets.
#[derive(Clone, Debug)]
pub struct Stock<'a> {
    /// The sheets.
    pub sheets: Vec<SheetView<'a>>,
    /// Number of each sheet's first dose, and the end.
    first_dose: Vec<u32>,
    /// Number of each sheet's first person, and the end.
    first_person: Vec<u32>,
    /// The texts.
    pub pool: &'a TextPool,
    /// The day of the check.
    pub today: Date,
    /// The alias table of units.
    pub aliases: &'a Aliases,
}

/// One record.
#[derive(Clone, Copy, Debug)]
pub struct Record<'a> {
    /// Its number.
    pub at: u32,
    /// Its sheet's position in [`Stock::sheets`].
    pub sheet: usize,
    /// The person.
    pub person: &'a PersonRecord,
    /// The dose.
    pub dose: &'a DoseRecord,
}

impl<'a> Stock<'a> {
    /// The sheets, numbered through.
    pub fn new(sheets: Vec<SheetView<'a>>, pool: &'a TextPool, today: Date, aliases: &'a Aliases) -> Stock<'a> {
        let running = |len: fn(&SheetView<'_>) -> usize| {
            let mut ends = vec![0u32];
            for sheet in &sheets {
                ends.push(ends.last().copied().unwrap_or(0) + len(sheet) as u32);
            }
            ends
        };
        let (first_dose, first_person) = (running(|sheet| sheet.doses.len()), running(|sheet| sheet.persons.len()));
        Stock { sheets, first_dose, first_person, pool, today, aliases }
    }

    /// How many records there are.
    pub fn len(&self) -> usize {
        self.first_dose.last().copied().unwrap_or(0) as usize
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// How many rows of persons there are.
    pub fn persons(&self) -> usize {
        self.first_person.last().copied().unwrap_or(0) as usize
    }

    /// Number of a sheet's first record.
    pub fn first_dose(&self, sheet: usize) -> u32 {
        self.first_dose.get(sheet).copied().unwrap_or(0)
    }

    /// Number of a sheet's first person.
    pub fn first_person(&self, sheet: usize) -> u32 {
        self.first_person.get(sheet).copied().unwrap_or(0)
    }

    /// The sheet of a record.
    pub fn sheet_of(&self, at: u32) -> usize {
        self.first_dose.partition_point(|first| *first <= at).saturating_sub(1)
    }

    /// One record; none where there is no such number.
    pub fn record(&self, at: u32) -> Option<Record<'a>> {
        let sheet = self.sheet_of(at);
        let view = self.sheets.get(sheet)?;
        let dose = view.doses.get((at - self.first_dose(sheet)) as usize)?;
        Some(Record { at, sheet, person: view.persons.get(dose.person as usize)?, dose })
    }

    /// The running number of a record's person.
    pub fn person_of(&self, record: &Record<'_>) -> u32 {
        self.first_person(record.sheet) + record.dose.person
    }
}
