//! The draft of this page: saved soon after every change, restored when the page opens, removed on request.

use super::exporting::save_text;
use super::state::Session;
use crate::browser;
use crate::draft::generations::{Fetched, StoreError};
use crate::draft::store;
use crate::draft::{Draft, DraftError};
use leptos::prelude::*;

/// Longest wait between a change and its saving, ms.
const SAVE_AFTER_MS: i32 = 600;

/// How the draft stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) enum DraftState {
    /// Nothing to save yet.
    #[default]
    Untouched,
    /// A change waits to be saved.
    Changed,
    /// Saved at this time of day.
    Saved(String),
    /// Not saved, and why.
    Failed(String),
    /// Not saved, since another window of this browser does.
    ReadOnly,
}

/// Longest time between two generations of the draft, ms.
const GENERATION_MS: f64 = 600_000.0;

impl Session {
    /// Restores the draft of the last time, then saves every change.
    pub(crate) fn start_drafting(self) {
        match store::load() {
            Ok(Fetched { draft, unreadable }) => {
                let has_older = draft.is_some() && unreadable.is_some();
                if let Some(draft) = draft {
                    self.restore(draft);
                }
                if let Some(error) = unreadable {
                    let instead = if has_older { " Đã mở bản nháp đọc được gần nhất trước đó." } else { "" };
                    self.complain(format!("{}{instead}", unreadable_words(&error)));
                }
            }
            Err(error) => self.complain(store_words(&error)),
        }
        if self.notice.with_untracked(Option::is_none) && !store::unreadable().is_empty() {
            self.complain("Có bản nháp cũ không đọc được. Bản đó được giữ riêng, không bị ghi đè; tải về ở cuối trang “Nạp tệp”.");
        }
        let is_waiting = StoredValue::new(false);
        let last_generation = StoredValue::new(f64::NEG_INFINITY);
        Effect::new(move |was_touched: Option<bool>| {
            let is_touched = !self.draft().is_untouched();
            // The first run sees what was restored: nothing to save. A page that was never touched leaves nothing behind.
            let is_change = was_touched.is_some() && (is_touched || was_touched == Some(true));
            if is_change {
                self.draft_state.set(DraftState::Changed);
            }
            if is_change && !is_waiting.get_value() {
                is_waiting.set_value(true);
                browser::after(SAVE_AFTER_MS, move || {
                    is_waiting.set_value(false);
                    if self.second_window.get_untracked() {
                        self.draft_state.set(DraftState::ReadOnly);
                        return;
                    }
                    // The draft this page began with, and one every ten minutes, are kept as older ones.
                    let opens_generation = browser::now_ms() - last_generation.get_value() > GENERATION_MS;
                    if self.save_now(&untrack(|| self.draft()), opens_generation) && opens_generation {
                        last_generation.set_value(browser::now_ms());
                    }
                });
            }
            is_touched || was_touched == Some(true)
        });
        self.watch_other_windows();
    }

    /// Saves; says whether it is kept.
    fn save_now(self, draft: &Draft, opens_generation: bool) -> bool {
        match store::save(draft, opens_generation) {
            Ok(_) => {
                self.draft_state.set(DraftState::Saved(browser::time_of_day()));
                true
            }
            Err(error) => {
                let words = store_words(&error);
                if self.draft_state.get_untracked() != DraftState::Failed(words.clone()) {
                    self.complain(words.clone());
                }
                self.draft_state.set(DraftState::Failed(words));
                false
            }
        }
    }

    /// Sets the page as a draft says; its files are asked for.
    pub(crate) fn restore(self, draft: Draft) {
        let Draft { settings, inputs, columns, decisions, mappings, files, is_sample, quality, roll_up } = draft;
        let loaded: Vec<String> =
            self.files.get_untracked().iter().filter(|card| card.is_read()).map(|card| card.sha256.get_untracked()).collect();
        self.settings.set(settings);
        self.inputs.set(inputs);
        self.columns.set(columns);
        self.decisions.set(decisions);
        self.cleaning.restore(quality);
        self.rolling.choices.set(roll_up);
        self.mappings.set(mappings);
        self.expected.set(files.into_iter().filter(|file| !loaded.contains(&file.sha256)).collect());
        self.is_sample.set(is_sample);
    }

    /// `Xóa sạch khỏi máy này`: everything of ours leaves the storage, and the page begins anew.
    pub(crate) fn clear_everything(self) {
        self.status.begin("Đang xóa").say("Đang xóa");
        store::clear();
        browser::reload();
    }

    /// Downloads drafts that could not be read.
    pub(crate) fn download_unreadable(self) {
        for (at, (_, text)) in store::unreadable().into_iter().enumerate() {
            if let Err(why) = save_text(&format!("Ban-nhap-khong-doc-duoc_{}.json", at + 1), &text) {
                self.complain(format!("Không tải được: {why}"));
            }
        }
    }
}

/// What an officer reads about a draft that could not be kept.
fn store_words(error: &StoreError) -> String {
    let instead = "Hãy bấm “Tải bản nháp” trước khi đóng trang; lần sau thả tệp đó vào để làm tiếp.";
    match error {
        StoreError::Denied => format!(
            "Trình duyệt không cho trang này lưu trên máy (cửa sổ ẩn danh hoặc chính sách của cơ quan), nên bản nháp không tự lưu được. {instead}"
        ),
        StoreError::Refused(_) => format!("Không lưu được bản nháp: bộ nhớ của trình duyệt đã đầy. {instead}"),
        StoreError::NotKept => format!("Bản nháp vừa lưu đọc lại không đúng như đã ghi. {instead}"),
    }
}

/// What an officer reads about a draft that could not be read.
fn unreadable_words(error: &DraftError) -> String {
    match error {
        DraftError::Newer(version) => {
            format!("Bản nháp trên máy do phiên bản mới hơn của Rà Soát ghi (định dạng {version}). Bản đó được giữ riêng, không bị ghi đè.")
        }
        DraftError::NotADraft(_) => {
            "Bản nháp trên máy không đọc được. Bản đó được giữ riêng, không bị ghi đè; tải về ở cuối trang “Nạp tệp”.".to_owned()
        }
    }
}
