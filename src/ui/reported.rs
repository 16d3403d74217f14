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
        // One question at a time: while many files come in, what changes meanwhile is asked once the answer is here.
        let is_asking = StoredValue::new(false);
        Effect::new(move |_| {
            let has_nothing = asked.read().sheets.is_empty() && self.reported.read_untracked().sheets.is_empty();
            if has_nothing || is_asking.get_value() {
                return;
            }
            is_asking.set_value(true);
            let running = self.status.begin("Đang đọc số liệu");
            leptos::task::spawn_local(async move {
                loop {
                    let wanted = asked.get_untracked();
                    let answer = self.ask_reported(&wanted).await;
                    if asked.with_untracked(|now| *now == wanted) {
                        if let Some(reported) = answer {
                            self.reported.set(Arc::new(reported));
                        }
                        break;
                    }
                }
                is_asking.set_value(false);
                drop(running);
            });
        });
    }

    /// What the sheets report; none where the engine gives no answer.
    async fn ask_reported(self, wanted: &Asked) -> Option<ReportedFigures> {
        if wanted.sheets.is_empty() {
            return Some(ReportedFigures::default());
        }
        let job = self.next_job();
        match self.ask(ToEngine::Figures { job, cut_off: wanted.cut_off }, Vec::new(), |_| {}).await {
            Ok((FromEngine::Figures { reported, .. }, _)) => Some(reported),
            _ => None,
        }
    }
}
