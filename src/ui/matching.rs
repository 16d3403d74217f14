//! The reconciliation: started, stopped, done again after a change; decisions with undo and redo.

use super::pace::Watch;
use super::state::{ListPage, Session, Step};
use crate::browser;
use crate::reconcile::decision::{DoseDecision, DoseKey};
use crate::worker::protocol::{FromEngine, JobError, ListRef, Stage, ToEngine};
use leptos::prelude::*;
use std::sync::Arc;
use wasm_bindgen_futures::spawn_local;

/// Rows of a list shown at once.
pub(crate) const PAGE: u32 = 100;

impl Session {
    /// Matches everything loaded; shows `Đối soát` when it ends.
    pub(crate) fn start_matching(self) {
        if self.matching.get_untracked().is_some() || self.gate.get_untracked().is_err() {
            return;
        }
        let running = self.status.begin("Đang đối soát");
        let job = self.next_job();
        let basis = self.current_basis();
        self.notice.set(None);
        self.list_page.set(None);
        self.matching.set(Some((job, Watch::start(Stage::Linking, browser::now_ms()))));
        let message = ToEngine::Reconcile {
            job,
            settings: self.settings.get_untracked(),
            decisions: self.decisions.get_untracked(),
            columns: self.columns.get_untracked(),
        };
        let on_progress = move |progress| {
            self.matching.update(|matching| {
                if let Some((_, watch)) = matching {
                    watch.advance(progress, browser::now_ms());
                }
            });
        };
        spawn_local(async move {
            let reply = self.ask(message, Vec::new(), on_progress).await;
            self.matching.set(None);
            match reply {
                Ok((FromEngine::Reconciled { report, timing_ms: (linking, classifying), .. }, _)) => {
                    browser::measure("ghep", linking, &[]);
                    browser::measure("phan-loai", classifying, &[]);
                    self.close_review();
                    self.basis.set(Some(basis));
                    self.report.set(Some(Arc::new(*report)));
                    self.go_to(Step::Reconcile);
                    self.take_answers();
                }
                Err(JobError::Cancelled) => self.say("Đã hủy đối soát. Dữ liệu đã nạp vẫn còn; bấm “Bắt đầu đối soát” để làm lại."),
                Err(JobError::Failed(why)) => self.complain(why),
                // A crash has been told already.
                _ => {}
            }
            drop(running);
        });
    }

    /// Stops the reconciliation.
    pub(crate) fn cancel_matching(self) {
        if let Some((job, _)) = self.matching.get_untracked() {
            self.cancel(job);
        }
    }

    /// Opens a list at an offset; its heading takes the focus when another list is opened.
    pub(crate) fn open_list(self, list: ListRef, offset: u32) {
        self.close_review();
        let running = self.status.begin("Đang mở danh sách");
        let is_new = self.list_page.with_untracked(|page| page.as_ref().is_none_or(|page| page.list != list));
        spawn_local(async move {
            self.fetch_page(list, offset).await;
            if is_new {
                browser::after_frame(|| browser::reveal("danh-sach"));
            }
            drop(running);
        });
    }

    /// Closes the list.
    pub(crate) fn close_list(self) {
        self.list_page.set(None);
        browser::after_frame(|| browser::focus("step-heading"));
    }

    async fn fetch_page(self, list: ListRef, offset: u32) {
        let job = self.next_job();
        if let Ok((FromEngine::Page { rows, total, .. }, _)) =
            self.ask(ToEngine::Page { job, list, offset, len: PAGE }, Vec::new(), |_| {}).await
        {
            self.list_page.set(Some(ListPage { list, offset, rows, total }));
        }
    }

    /// Decides about doses, as one step.
    pub(crate) fn decide(self, what: String, wanted: Vec<(DoseKey, DoseDecision)>) {
        let mut changed = false;
        self.history.update(|history| self.decisions.update(|decisions| changed = history.apply(decisions, what, wanted)));
        if changed {
            self.count_again();
        }
    }

    /// `Hoàn tác`.
    pub(crate) fn undo(self) {
        self.review.wanted.set(self.history.with_untracked(super::history::History::last_pair));
        let mut undone = None;
        self.history.update(|history| self.decisions.update(|decisions| undone = history.undo(decisions)));
        if let Some(what) = undone {
            self.say(format!("Đã hoàn tác: {what}."));
            self.count_again();
        }
    }

    /// `Làm lại`.
    pub(crate) fn redo(self) {
        let mut redone = None;
        self.history.update(|history| self.decisions.update(|decisions| redone = history.redo(decisions)));
        if let Some(what) = redone {
            self.say(format!("Đã làm lại: {what}."));
            self.count_again();
        }
    }

    /// Has the engine count again under today's decisions.
    pub(crate) fn count_again(self) {
        if self.report.with_untracked(Option::is_none) {
            return;
        }
        let running = self.status.begin("Đang tính lại");
        let job = self.next_job();
        let message = ToEngine::Decide { job, decisions: self.decisions.get_untracked() };
        spawn_local(async move {
            match self.ask(message, Vec::new(), |_| {}).await {
                Ok((FromEngine::Reconciled { report, .. }, _)) => {
                    self.report.set(Some(Arc::new(*report)));
                    if let Some((list, offset)) = self.list_page.with_untracked(|page| page.as_ref().map(|page| (page.list, page.offset))) {
                        self.fetch_page(list, offset).await;
                    }
                    self.review_follows().await;
                }
                Err(JobError::Failed(why)) => self.complain(why),
                _ => {}
            }
            drop(running);
        });
    }
}
