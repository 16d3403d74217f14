//! Snapshots of the System: which sheets are which, and the later ones matched on their own.

use super::review::find_answers;
use super::{Engine, LoadedFile, LoadedSheet};
use crate::domain::{Date, Settings, Side};
use crate::linkage::roll::SheetContext;
use crate::linkage::{Roll, link_persons};
use crate::pace::{Cancelled, Pace, Stage};
use crate::reconcile::column_table::ColumnTable;
use crate::reconcile::decision::Decisions;
use crate::reconcile::later::{Later, LaterSnapshot, balance_later, note_entered_later};
use crate::reconcile::ledger::{Ledger, classify_decided};
use crate::reconcile::snapshot::number_snapshots;
use crate::workbook::mapping::SheetReading;
use std::collections::BTreeMap;

/// The System's sheets of every file, with the number of each one's snapshot.
pub(super) struct Snapshots<'a>(Vec<(&'a LoadedFile, &'a LoadedSheet, u8)>);

impl Engine {
    pub(super) fn snapshots(&self) -> Snapshots<'_> {
        let sheets: Vec<(&LoadedFile, &LoadedSheet)> = self.sheets_of(Side::System).filter(|(_, sheet)| sheet.reading.items > 0).collect();
        let readings: Vec<&SheetReading> = sheets.iter().map(|(_, sheet)| &sheet.reading).collect();
        let numbers = number_snapshots(&readings);
        Snapshots(sheets.into_iter().zip(numbers).map(|((file, sheet), number)| (file, sheet, number)).collect())
    }

    /// Every sheet of one side that is used, by file and sheet.
    pub(super) fn sheets_of(&self, side: Side) -> impl Iterator<Item = (&LoadedFile, &LoadedSheet)> {
        let sheets = self.files.iter().flat_map(|file| file.sheets.iter().map(move |sheet| (file, sheet)));
        sheets.filter(move |(_, sheet)| {
            sheet.records.is_some() && sheet.reading.mapping.as_ref().is_some_and(|mapping| mapping.kind.side() == Some(side))
        })
    }

    /// Persons and items: the local ones, then those of one snapshot.
    pub(super) async fn roll<P: Pace>(&self, snapshots: &Snapshots<'_>, number: u8, pace: &mut P) -> Result<Roll, Cancelled> {
        let mut roll = Roll::default();
        let of_system = snapshots.0.iter().filter(|(.., own)| *own == number).map(|(file, sheet, _)| (Side::System, *file, *sheet));
        for (side, file, sheet) in self.sheets_of(Side::Local).map(|(file, sheet)| (Side::Local, file, sheet)).chain(of_system) {
            pace.step(Stage::Linking, 0, 0).await?;
            let (Some(records), Some(mapping)) = (&sheet.records, &sheet.reading.mapping) else { continue };
            let context = SheetContext {
                file_name: file.meta.name.clone(),
                sheet_name: sheet.reading.name.clone(),
                title: mapping.title.clone(),
                unit: mapping.unit.clone(),
            };
            roll.add_sheet(side, context, &records.persons, &records.doses);
        }
        Ok(roll)
    }

    /// Matches the local doses with every later snapshot: notes in the first's ledger what has been entered since, balances the rest.
    pub(super) async fn match_later<P: Pace>(
        &self,
        snapshots: &Snapshots<'_>,
        (roll, ledger): (&Roll, &mut Ledger),
        settings: &Settings,
        decisions: &Decisions,
        columns: &ColumnTable,
        pace: &mut P,
    ) -> Result<Vec<Later>, Cancelled> {
        let numbers = snapshots.numbers();
        let mut lines = Vec::new();
        for (&number, &day) in numbers.iter().skip(1) {
            let later_roll = self.roll(snapshots, number, pace).await?;
            let linkage = link_persons(&later_roll, &self.pool, pace).await?;
            let (answers, _) = find_answers(&later_roll, &self.pool, &linkage, decisions, pace).await?;
            let later_ledger = classify_decided(&later_roll, &self.pool, &linkage, answers, settings.cut_off, columns, pace).await?;
            let later = LaterSnapshot { number, day, roll: &later_roll, ledger: &later_ledger };
            lines.push(balance_later(roll, &later, &self.pool));
            if numbers.last_key_value().is_some_and(|(last, _)| *last == number) {
                note_entered_later(ledger, roll, &later);
            }
        }
        Ok(lines)
    }
}

impl<'a> Snapshots<'a> {
    /// The snapshots there are, each with its last day.
    fn numbers(&self) -> BTreeMap<u8, Option<Date>> {
        let mut numbers: BTreeMap<u8, Option<Date>> = BTreeMap::new();
        for (_, sheet, number) in &self.0 {
            let day = sheet.reading.mapping.as_ref().and_then(|mapping| mapping.extracted_on);
            let last = numbers.entry(*number).or_default();
            *last = (*last).max(day);
        }
        numbers
    }

    /// The sheets of the last.
    pub(super) fn of_last(&self) -> Vec<(&'a LoadedFile, &'a LoadedSheet)> {
        let last = self.0.iter().map(|(.., number)| *number).max();
        self.0.iter().filter(|(.., number)| Some(*number) == last).map(|(file, sheet, _)| (*file, *sheet)).collect()
    }

    /// The number of the first.
    pub(super) fn first(&self) -> u8 {
        self.0.iter().map(|(.., number)| *number).min().unwrap_or(1)
    }
}
