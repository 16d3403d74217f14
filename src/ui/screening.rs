//! Typed texts are held against the loaded lists before they are kept: a draft has nobody's name or number in it.

use super::state::{Basis, Session};
use crate::browser;
use crate::draft::{Draft, hide_hits};
use crate::worker::protocol::{ExportRequest, FromEngine, ToEngine};
use leptos::prelude::*;
use std::collections::BTreeMap;
use wasm_bindgen_futures::spawn_local;

/// How long saving waits for the engine's answer, ms; a text that comes later is saved when it does.
const WAIT_MS: i32 = 1_000;
/// How often it is looked whether the answer is there, ms.
const TICK_MS: i32 = 20;

/// What became of typed texts.
#[derive(Clone, Copy)]
pub(crate) struct Screening {
    /// By the text as typed: as it may be kept.
    kept: StoredValue<BTreeMap<String, String>>,
    /// The draft as it was kept last.
    pub(super) last: StoredValue<Draft>,
    /// What was loaded when they were looked at.
    basis: StoredValue<Option<Basis>>,
}

impl Screening {
    pub(crate) fn new() -> Screening {
        Screening { kept: StoredValue::default(), last: StoredValue::default(), basis: StoredValue::new(None) }
    }
}

impl Session {
    /// The work as it may be kept, and whether all of it is there: for a text the engine has not looked at yet stands what was kept before.
    pub(super) fn draft_to_keep(self) -> (Draft, bool) {
        let mut draft = untrack(|| self.draft());
        if !self.has_lists() {
            return (draft, true);
        }
        let texts = draft.typed_texts();
        let screening = self.drafting.screening;
        if texts.is_empty() {
            return (draft, true);
        }
        let is_known = self.is_same_basis();
        screening.kept.with_value(|kept| {
            let of = |text: &str| kept.get(text).filter(|_| is_known).cloned();
            let is_whole = texts.iter().all(|text| of(text).is_some());
            (screening.last.with_value(|last| draft.with_texts(of, last)), is_whole)
        })
    }

    fn has_lists(self) -> bool {
        self.files.with_untracked(|cards| cards.iter().any(|card| untrack(|| card.is_read())))
    }

    fn is_same_basis(self) -> bool {
        let now = untrack(|| self.current_basis());
        self.drafting.screening.basis.with_value(|basis| basis.as_ref() == Some(&now))
    }

    /// Has the engine look at texts it has not seen; returns when it has, or when saving can wait no longer. `is_late` is called where the
    /// answer comes after that.
    pub(super) async fn screen_texts(self, is_late: impl FnOnce() + 'static) {
        let screening = self.drafting.screening;
        if !self.has_lists() {
            return;
        }
        if !self.is_same_basis() {
            screening.kept.update_value(BTreeMap::clear);
            screening.basis.set_value(Some(untrack(|| self.current_basis())));
        }
        let mut texts = untrack(|| self.draft()).typed_texts();
        screening.kept.with_value(|kept| texts.retain(|text| !kept.contains_key(text)));
        if texts.is_empty() {
            return;
        }
        let is_answered = StoredValue::new(false);
        let is_left = StoredValue::new(false);
        spawn_local(async move {
            let job = self.next_job();
            let what = ExportRequest::LookThrough(texts.iter().cloned().collect());
            let hits = match self.ask(ToEngine::Export { job, what }, Vec::new(), |_| {}).await {
                Ok((FromEngine::PersonalData { hits, .. }, _)) => hits,
                Ok((FromEngine::Exported { .. }, _)) => Vec::new(),
                // Asked again with the next change.
                _ => return is_answered.set_value(true),
            };
            if !hits.is_empty() {
                let mut found: Vec<String> = hits.iter().take(3).map(|hit| format!("“{}”", hit.found)).collect();
                found.dedup();
                self.complain(format!(
                    "Nội dung gõ có {} của người trong danh sách. Bản nháp không giữ họ tên, số giấy tờ, số điện thoại: chỗ đó được lưu là “…”.",
                    found.join(", ")
                ));
            }
            screening.kept.update_value(|kept| kept.extend(hide_hits(&texts, &hits)));
            is_answered.set_value(true);
            if is_left.get_value() {
                is_late();
            }
        });
        for _ in 0..WAIT_MS / TICK_MS {
            if is_answered.get_value() {
                return;
            }
            browser::sleep(TICK_MS).await;
        }
        is_left.set_value(true);
    }
}
