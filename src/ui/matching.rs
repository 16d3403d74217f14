//! The reconciliation: started, stopped, done again after a change; decisions with undo and redo.

use super::pace::Watch;
use super::state::{ListPage, Session, Step};
use crate::browser;
use crate::domain::group_rule::GroupRuleId;
use crate::reconcile::decision::{DoseDecision, DoseKey};
use crate::text::show_number;
use crate::worker::list_filter::ListFilter;
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
            self.send_corrections().await;
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

    /// Opens a list narrowed to a filter; its heading takes the focus.
    pub(crate) fn open_list(self, list: ListRef, filter: ListFilter) {
        self.close_review();
        self.list_filter.set(filter);
        let running = self.status.begin("Đang mở danh sách");
        spawn_local(async move {
            self.fetch_page(list, 0).await;
            browser::after_frame(|| browser::reveal("danh-sach"));
            drop(running);
        });
    }

    /// Narrows the open list to another filter.
    pub(crate) fn narrow_list(self, list: ListRef, filter: ListFilter) {
        self.list_filter.set(filter);
        self.turn_to(list, 0);
    }

    /// Shows another stretch of the open list.
    pub(crate) fn turn_to(self, list: ListRef, offset: u32) {
        let running = self.status.begin("Đang mở danh sách");
        spawn_local(async move {
            self.fetch_page(list, offset).await;
            drop(running);
        });
    }

    /// Closes the list.
    pub(crate) fn close_list(self) {
        self.list_page.set(None);
        self.close_behind();
    }

    async fn fetch_page(self, list: ListRef, offset: u32) {
        let job = self.next_job();
        let filter = self.list_filter.get_untracked();
        let message = ToEngine::Page { job, list, filter: filter.clone(), offset, len: PAGE };
        if let Ok((FromEngine::Page { rows, total, .. }, _)) = self.ask(message, Vec::new(), |_| {}).await
            // The officer may have narrowed it further meanwhile.
            && self.list_filter.get_untracked() == filter
        {
            self.list_page.set(Some(ListPage { list, offset, rows, total }));
        }
    }

    /// Decides about every dose the filter leaves of a list, as one step. `change` is told whether the machine holds a dose for entered.
    pub(crate) fn decide_all(self, list: ListRef, what: String, change: impl Fn(&mut DoseDecision, bool) + 'static) {
        let running = self.status.begin("Đang đặt cho các mũi");
        let job = self.next_job();
        let filter = self.list_filter.get_untracked();
        spawn_local(async move {
            if let Ok((FromEngine::Keys { keys, .. }, _)) = self.ask(ToEngine::Keys { job, list, filter }, Vec::new(), |_| {}).await {
                let wanted: Vec<(DoseKey, DoseDecision)> = self.decisions.with_untracked(|decisions| {
                    let decide = |(key, is_entered_later): (DoseKey, bool)| {
                        let mut decision = decisions.doses.get(&key).cloned().unwrap_or_default();
                        change(&mut decision, is_entered_later);
                        (key, decision)
                    };
                    keys.into_iter().map(decide).collect()
                });
                let what = format!("{what} cho {} mũi", show_number(wanted.len() as i64));
                self.decide(what.clone(), wanted);
                self.say(format!("Đã {what}. Bấm “Hoàn tác” để trở lại."));
            }
            drop(running);
        });
    }

    /// Switches a rule of `Nhóm` on or off.
    pub(crate) fn switch_rule(self, rule: GroupRuleId, is_on: bool) {
        let mut off = self.decisions.with_untracked(|decisions| decisions.rules_off.clone());
        let is_changed = if is_on { off.remove(&rule) } else { off.insert(rule) };
        if is_changed {
            let what = format!("{} quy tắc {} – {}", if is_on { "bật" } else { "tắt" }, rule.group().label(), rule.label());
            self.history.update(|history| self.decisions.update(|decisions| history.apply_rules(decisions, what, off)));
            self.count_again();
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
