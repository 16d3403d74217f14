//! How sheets are read, changed by the officer: what a sheet holds, what its columns mean, where its header is.

use super::state::{CardNote, FileCard, Session};
use crate::domain::source::SheetKind;
use crate::draft::{MappingMemory, SheetMemory};
use crate::workbook::mapping::{SheetMapping, SheetReading};
use crate::worker::protocol::{Configuration, FromEngine, JobError, ToEngine};
use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;

impl Session {
    /// Reads one sheet again with another mapping or header row.
    pub(crate) async fn configure(self, card: &FileCard, sheet: u16, how: Configuration) {
        let job = self.next_job();
        match self.ask(ToEngine::Configure { job, file: card.id, sheet, how }, Vec::new(), |_| {}).await {
            Ok((FromEngine::Loaded { sheets, .. }, _)) => {
                card.notes.update(|notes| notes.retain(|note| !note.is_passing));
                card.sheets.update(|own| {
                    for reading in sheets {
                        if let Some(old) = own.iter_mut().find(|old| old.sheet == reading.sheet) {
                            *old = reading;
                        }
                    }
                });
            }
            Err(JobError::Failed(words)) => card.notes.update(|notes| {
                notes.retain(|note| !note.is_passing);
                notes.push(CardNote { is_warning: true, is_passing: true, words });
            }),
            _ => {}
        }
    }

    /// Changes a sheet's mapping and remembers the change.
    pub(crate) fn change_mapping(self, card: &FileCard, sheet: u16, mapping: SheetMapping) {
        let running = self.status.begin("Đang đọc lại trang tính");
        self.mappings.update(|mappings| {
            mappings.insert(mapping.fingerprint(), MappingMemory::of(&mapping));
        });
        let card = card.clone();
        spawn_local(async move {
            self.configure(&card, sheet, Configuration::Mapping(Box::new(mapping))).await;
            drop(running);
        });
    }

    /// Whether another mapping than the machine's is remembered for the headers of a sheet.
    pub(crate) fn remembers(self, mapping: &SheetMapping) -> bool {
        self.mappings.with(|mappings| mappings.contains_key(&mapping.fingerprint()))
    }

    /// Forgets what is remembered for the headers of a sheet; the sheet stays as it is read now.
    pub(crate) fn forget_mapping(self, mapping: &SheetMapping) {
        self.mappings.update(|mappings| {
            mappings.remove(&mapping.fingerprint());
        });
    }

    /// Reads a sheet as the machine proposes, and forgets what was remembered; a kind chosen for the sheet stays.
    pub(crate) fn reset_mapping(self, card: &FileCard, sheet: u16, mapping: &SheetMapping) {
        let running = self.status.begin("Đang đọc lại trang tính");
        self.forget_mapping(mapping);
        let row = mapping.header_first;
        let memory = card.memory.with_untracked(|memory| memory.get(&sheet).cloned().unwrap_or_default());
        let card = card.clone();
        spawn_local(async move {
            self.restore_header(&card, sheet, row, &memory).await;
            drop(running);
        });
    }

    /// Changes what sheets of a file hold: one sheet, or all that could be read.
    pub(crate) fn change_kind(self, card: &FileCard, sheet: Option<u16>, kind: SheetKind) {
        self.change_sheets(card, sheet, move |mapping, memory| {
            (mapping.kind, mapping.kind_confidence) = (kind, 100);
            memory.kind = Some(kind);
        });
    }

    /// Changes sheets of a file (where none is named, all that hold doses) and remembers it for this file.
    pub(crate) fn change_sheets(self, card: &FileCard, sheet: Option<u16>, change: impl Fn(&mut SheetMapping, &mut SheetMemory)) {
        let running = self.status.begin("Đang đọc lại tệp");
        let mut changed = Vec::new();
        let is_usable = |reading: &SheetReading| reading.mapping.as_ref().is_some_and(SheetMapping::is_usable);
        let has_usable = card.sheets.read_untracked().iter().any(|reading| !reading.is_hidden && is_usable(reading));
        let holds_doses = |reading: &SheetReading| !reading.is_hidden && (is_usable(reading) || !has_usable);
        card.memory.update(|memory| {
            for reading in card
                .sheets
                .read_untracked()
                .iter()
                .filter(|reading| sheet.map_or_else(|| holds_doses(reading), |sheet| sheet == reading.sheet))
            {
                // A table of counts finds its own heading: a person may say that a sheet is one though no heading of a list was found.
                let mut mapping = reading.mapping.clone().unwrap_or_else(SheetMapping::blank);
                let mut own = memory.get(&reading.sheet).cloned().unwrap_or_default();
                change(&mut mapping, &mut own);
                if reading.mapping.is_none() && !mapping.kind.is_of_counts() {
                    continue;
                }
                memory.insert(reading.sheet, own);
                changed.push((reading.sheet, mapping));
            }
        });
        let card = card.clone();
        spawn_local(async move {
            for (sheet, mapping) in changed {
                self.configure(&card, sheet, Configuration::Mapping(Box::new(mapping))).await;
            }
            drop(running);
        });
    }

    /// Names the row the header of a sheet starts at.
    pub(crate) fn name_header(self, card: &FileCard, sheet: u16, row: u32) {
        let running = self.status.begin("Đang đọc lại trang tính");
        let card = card.clone();
        spawn_local(async move {
            self.configure(&card, sheet, Configuration::HeaderRow(row)).await;
            if card.sheets.read_untracked().iter().any(|reading| reading.sheet == sheet && reading.mapping.is_some()) {
                card.memory.update(|memory| memory.entry(sheet).or_default().header_row = Some(row));
            }
            drop(running);
        });
    }

    /// Finds the header where the officer named it the last time, and sets the sheet as it was chosen then.
    pub(super) async fn restore_header(self, card: &FileCard, sheet: u16, row: u32, memory: &SheetMemory) {
        self.configure(card, sheet, Configuration::HeaderRow(row)).await;
        let mapping =
            card.sheets.read_untracked().iter().find(|reading| reading.sheet == sheet).and_then(|reading| reading.mapping.clone());
        let Some(mut mapping) = mapping else { return };
        let columns = self.mappings.with_untracked(|mappings| mappings.get(&mapping.fingerprint()).cloned());
        if columns.is_some_and(|columns| columns.apply(&mut mapping)) | memory.apply(&mut mapping) {
            self.configure(card, sheet, Configuration::Mapping(Box::new(mapping))).await;
        }
    }
}
