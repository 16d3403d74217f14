//! The draft of this page: saved soon after every change, restored when the page opens, removed on request.

use super::exporting::save_text;
use super::history::History;
use super::screening::Screening;
use super::state::Session;
use crate::browser;
use crate::draft::generations::{Fetched, StoreError};
use crate::draft::store;
use crate::draft::{Draft, DraftError};
use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;

/// Longest wait between a change and its saving, ms.
const SAVE_AFTER_MS: i32 = 600;

/// How the draft stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) enum DraftState {
    /// Nothing to save yet.
    #[default]
    Untouched,
    /// As it was saved the last time.
    Restored,
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

/// How the saving goes.
#[derive(Clone, Copy)]
pub(crate) struct Drafting {
    pub(crate) state: RwSignal<DraftState>,
    /// Counts when older drafts may have changed, so that a list of them is made anew.
    pub(crate) turn: RwSignal<u32>,
    /// When the last generation was opened, ms since the page was.
    last_generation: StoredValue<f64>,
    /// Whether a save is due soon.
    is_waiting: StoredValue<bool>,
    /// Whether the work stands in a draft file that was downloaded.
    is_downloaded: StoredValue<bool>,
    /// Whether everything has been removed: nothing is saved any more.
    is_cleared: StoredValue<bool>,
    /// Why saving failed last, which is said once.
    failed: StoredValue<Option<String>>,
    /// Typed texts as they may be kept.
    pub(super) screening: Screening,
}

impl Drafting {
    pub(crate) fn new() -> Drafting {
        Drafting {
            state: RwSignal::default(),
            turn: RwSignal::new(0),
            last_generation: StoredValue::new(f64::NEG_INFINITY),
            is_waiting: StoredValue::new(false),
            is_downloaded: StoredValue::new(false),
            is_cleared: StoredValue::new(false),
            failed: StoredValue::new(None),
            screening: Screening::new(),
        }
    }

    /// The draft that stands in the storage is kept as an older one when the next is saved.
    pub(super) fn open_generation(self) {
        self.last_generation.set_value(f64::NEG_INFINITY);
    }

    /// The work stands in a file now.
    pub(super) fn downloaded(self) {
        self.is_downloaded.set_value(true);
    }
}

impl Session {
    /// Restores the draft of the last time, then saves every change.
    pub(crate) fn start_drafting(self) {
        let drafting = self.drafting;
        match store::load() {
            Ok(Fetched { draft, unreadable }) => {
                let has_older = draft.is_some() && unreadable.is_some();
                if let Some(draft) = draft {
                    self.restore(draft);
                    drafting.state.set(DraftState::Restored);
                }
                if let Some(error) = unreadable {
                    let instead = if has_older { " Đã mở bản nháp đọc được gần nhất trước đó." } else { "" };
                    self.complain(format!("{}{instead}", unreadable_words(&error)));
                }
            }
            Err(error) => self.saving_failed(&error),
        }
        if self.notice.with_untracked(Option::is_none) && !store::unreadable().is_empty() {
            self.complain("Có bản nháp cũ không đọc được. Bản đó được giữ riêng, không bị ghi đè; tải về ở cuối trang “Nạp tệp”.");
        }
        Effect::new(move |was_touched: Option<bool>| {
            let is_touched = !self.draft().is_untouched();
            // The first run sees what was restored: nothing to save. A page that was never touched leaves nothing behind.
            let is_change = was_touched.is_some() && (is_touched || was_touched == Some(true));
            if is_change {
                drafting.is_downloaded.set_value(false);
                drafting.state.set(DraftState::Changed);
            }
            if is_change && !drafting.is_waiting.get_value() {
                drafting.is_waiting.set_value(true);
                browser::after(SAVE_AFTER_MS, move || {
                    drafting.is_waiting.set_value(false);
                    spawn_local(async move {
                        // A text the engine looks at late is saved then.
                        self.screen_texts(move || {
                            drafting.state.set(DraftState::Changed);
                            self.save_changes();
                        })
                        .await;
                        self.save_changes();
                    });
                });
            }
            is_touched || was_touched == Some(true)
        });
        let hidden = window_event_listener(ev::visibilitychange, move |_| {
            if browser::is_hidden() {
                self.save_changes();
            }
        });
        let left = window_event_listener(ev::pagehide, move |_| self.save_changes());
        on_cleanup(move || {
            hidden.remove();
            left.remove();
        });
        self.watch_other_windows();
    }

    /// Saves what has changed since it was saved last.
    pub(super) fn save_changes(self) {
        let drafting = self.drafting;
        if drafting.state.get_untracked() != DraftState::Changed || drafting.is_cleared.get_value() {
            return;
        }
        if self.second_window.get_untracked() {
            return drafting.state.set(DraftState::ReadOnly);
        }
        // The draft this page began with, and one every ten minutes, are kept as older ones.
        let opens_generation = browser::now_ms() - drafting.last_generation.get_value() > GENERATION_MS;
        let (draft, is_whole) = self.draft_to_keep();
        match store::save(&draft, opens_generation) {
            Ok(kept) => {
                drafting.screening.last.set_value(draft);
                drafting.failed.set_value(None);
                // A text that is still being looked at is saved when that is done.
                drafting.state.set(if is_whole { DraftState::Saved(browser::time_of_day()) } else { DraftState::Changed });
                if kept.given_up > 0 {
                    let words = "bản nháp trước đây để bản mới nhất có chỗ";
                    self.complain(format!(
                        "Bộ nhớ của trình duyệt gần đầy: đã bỏ {} {words}. Bản nháp hiện tại đã được lưu.",
                        kept.given_up
                    ));
                }
                if opens_generation {
                    drafting.last_generation.set_value(browser::now_ms());
                }
                if opens_generation || kept.given_up > 0 {
                    drafting.turn.update(|turn| *turn += 1);
                }
            }
            Err(error) => self.saving_failed(&error),
        }
    }

    /// Says why the draft is not saved, once for each reason; how it stands is shown all the time.
    fn saving_failed(self, error: &StoreError) {
        let words = store_words(error);
        if self.drafting.failed.get_value().as_ref() != Some(&words) {
            self.drafting.failed.set_value(Some(words.clone()));
            self.complain(words.clone());
        }
        self.drafting.state.set(DraftState::Failed(words));
    }

    /// Whether closing the page loses work: what could not be saved, or may not be, and is in no draft file.
    pub(crate) fn has_unsaved_work(self) -> bool {
        let is_kept = !matches!(self.drafting.state.get_untracked(), DraftState::Failed(_) | DraftState::ReadOnly);
        let is_safe = is_kept || self.drafting.is_downloaded.get_value() || untrack(|| self.draft().is_untouched());
        !self.drafting.is_cleared.get_value() && (!is_safe || untrack(|| self.cleaning.unsaved() > 0))
    }

    /// Opens a draft in place of the work on the page, which is saved first and stays as an older draft.
    pub(crate) fn open_draft(self, draft: Draft) {
        self.save_changes();
        self.drafting.open_generation();
        self.restore(draft);
        self.count_again();
    }

    /// A draft file that was dropped.
    pub(super) async fn take_draft_file(self, file: &web_sys::File) {
        let name = file.name();
        match browser::text_of(file).await.map(|text| Draft::decode(&text)) {
            Ok(Ok(draft)) => {
                self.open_draft(draft);
                self.say(format!("Đã mở bản nháp “{name}”. Bản đang làm trước đó nằm ở “Bản nháp trước đây”, cuối trang Nạp tệp."));
            }
            Ok(Err(DraftError::Newer(version))) => self.complain(format!(
                "“{name}” do phiên bản mới hơn của Rà Soát ghi (định dạng {version}): hãy mở bằng phiên bản đó. Bản nháp đang làm không đổi."
            )),
            Ok(Err(DraftError::NotADraft(_))) => self.complain(format!("“{name}” không phải bản nháp của Rà Soát, hoặc đã hỏng.")),
            Err(why) => self.complain(format!("Không đọc được “{name}”: {why}")),
        }
    }

    /// This window has the draft from now on, after another window had it. What was done here is saved and the other's stays as an older
    /// draft; where nothing was done here, the other's work goes on.
    pub(super) fn draft_regained(self) {
        self.second_window.set(false);
        self.drafting.open_generation();
        if matches!(self.drafting.state.get_untracked(), DraftState::ReadOnly | DraftState::Changed) {
            self.drafting.state.set(DraftState::Changed);
            self.save_changes();
            self.say("Từ nay bản nháp lưu từ cửa sổ này. Bản của cửa sổ kia nằm ở “Bản nháp trước đây”, cuối trang Nạp tệp.");
        } else if let Ok(Fetched { draft: Some(draft), .. }) = store::load()
            && draft != untrack(|| self.draft())
        {
            self.open_draft(draft);
            self.say(
                "Từ nay bản nháp lưu từ cửa sổ này. Đã mở bản mà cửa sổ kia lưu sau cùng; hãy thả lại các tệp của bản đó nếu chưa có.",
            );
        }
        self.drafting.turn.update(|turn| *turn += 1);
    }

    /// Sets the page as a draft says; its files are asked for.
    fn restore(self, draft: Draft) {
        self.drafting.screening.last.set_value(draft.clone());
        let Draft { settings, inputs, columns, decisions, mappings, files, is_sample, quality, roll_up } = draft;
        let loaded: Vec<String> =
            self.files.get_untracked().iter().filter(|card| card.is_read()).map(|card| card.sha256.get_untracked()).collect();
        self.settings.set(settings);
        self.inputs.set(inputs);
        self.columns.set(columns);
        self.decisions.set(decisions);
        self.history.set(History::default());
        self.cleaning.restore(quality);
        self.rolling.choices.set(roll_up);
        self.mappings.set(mappings);
        self.expected.set(files.into_iter().filter(|file| !loaded.contains(&file.sha256)).collect());
        self.is_sample.set(is_sample);
    }

    /// `Xóa sạch khỏi máy này`: everything of ours leaves the browser, and the page begins anew.
    pub(crate) fn clear_everything(self) {
        self.status.begin("Đang xóa").say("Đang xóa");
        // What is saved when a page is left would be left behind.
        self.drafting.is_cleared.set_value(true);
        store::clear();
        spawn_local(async move {
            super::hosted::remove_copies().await;
            browser::reload();
        });
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
