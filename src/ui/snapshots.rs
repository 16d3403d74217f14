//! `Đợt trích xuất` on the page: the number of each System sheet's snapshot, changed by the officer.

use super::state::{FileCard, Session};
use super::verdict::side;
use crate::domain::{FileId, Side};
use crate::reconcile::snapshot::number_snapshots;
use crate::workbook::mapping::SheetReading;
use leptos::prelude::*;
use std::collections::BTreeMap;

/// The snapshot's number of every System sheet with doses, by file and sheet: as the engine numbers them.
pub(crate) type SnapshotNumbers = BTreeMap<(FileId, u16), u8>;

/// Numbers the sheets of all files that are read.
pub(crate) fn snapshot_numbers(files: &[FileCard]) -> SnapshotNumbers {
    let mut sheets: Vec<(FileId, SheetReading)> = Vec::new();
    for card in files.iter().filter(|card| card.is_read()) {
        let of_system = |sheet: &&SheetReading| side(sheet) == Some(Side::System) && sheet.items > 0;
        sheets.extend(card.sheets.read().iter().filter(of_system).map(|sheet| (card.id, sheet.clone())));
    }
    sheets.sort_by_key(|(file, sheet)| (*file, sheet.sheet));
    let readings: Vec<&SheetReading> = sheets.iter().map(|(_, sheet)| sheet).collect();
    let numbers = number_snapshots(&readings);
    sheets.iter().zip(numbers).map(|((file, sheet), number)| ((*file, sheet.sheet), number)).collect()
}

impl Session {
    /// Puts a System sheet (or all of the file's) into a snapshot.
    pub(crate) fn choose_snapshot(self, card: &FileCard, sheet: Option<u16>, number: u8) {
        self.change_sheets(card, sheet, move |mapping, memory| {
            mapping.snapshot = Some(number);
            memory.snapshot = Some(number);
        });
    }
}
