//! What sheets with figures report, kept in step with files, kinds and cut-off.

use super::state::Session;
use crate::domain::source::SheetKind;
use crate::domain::{Date, FileId};
use crate::figures::reported::ReportedFigures;
use crate::workbook::mapping::SheetMapping;
use crate::worker::protocol::{FromEngine, ToEngine};
use leptos::prelude::*;
use std::sync::Arc;

/// What the figures depend on: the cut-off, and the sheets with figures as they are read.
#[derive(Clone, Debug, PartialEq)]
struct Asked {
    cut_off: Date,
    sheets: Vec<(FileId, u16, SheetMapping)>,
}

fn has_figures(kind: SheetKind) -> bool {
    matches!(kind, SheetKind::DailyReport | SheetKind::WrittenReport | SheetKind::UnitForm1 | SheetKind::UnitForm2)
}

impl Session {
    /// Asks the engine again whenever something the figures depend on changes.
    pub(crate) fn watch_reported(self) {
        let asked = Memo::new(move |_| {
            let mut sheets = Vec::new();
            for card in self.files.read().iter().filter(|card| card.is_read()) {
                for sheet in card.sheets.read().iter() {
                    if let Some(mapping) = sheet.mapping.as_ref().filter(|mapping| has_figures(mapping.kind)) {
                        sheets.push((card.id, sheet.sheet, mapping.clone()));
                    }
                }
            }
            Asked { cut_off: self.settings.read().cut_off, sheets }
        });
        Effect::new(move |_| {
            let Asked { cut_off, sheets } = asked.get();
            if sheets.is_empty() {
                self.reported.set(Arc::new(ReportedFigures::default()));
                return;
            }
            let job = self.next_job();
            leptos::task::spawn_local(async move {
                if let Ok((FromEngine::Figures { reported, .. }, _)) = self.ask(ToEngine::Figures { job, cut_off }, Vec::new(), |_| {}).await
                    // A later question has its own answer.
                    && asked.with_untracked(|now| now.cut_off == cut_off)
                {
                    self.reported.set(Arc::new(reported));
                }
            });
        });
    }
}
