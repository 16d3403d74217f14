//! `Giám sát` on the page: the board, the first new day, the late doses.

use super::cleaning::CheckBasis;
use super::pace::Watch;
use super::state::{Session, Step};
use crate::browser;
use crate::domain::Date;
use crate::quality::Corrections;
use crate::quality::board::Board;
use crate::worker::protocol::{FromEngine, JobError, JobId, Stage, ToEngine};
use crate::worker::quality::{LateRow, QualityAnswer, QualityAsk};
use leptos::prelude::*;
use std::collections::BTreeSet;
use std::sync::Arc;
use wasm_bindgen_futures::spawn_local;

/// Late doses asked for at once.
const STRETCH: u32 = 120;

/// What a board was counted from.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct BoardBasis {
    check: CheckBasis,
    since: Date,
    rules_off: BTreeSet<String>,
    /// Whether it was counted with a reconciliation, and which.
    report: Option<usize>,
}

/// What `Giám sát` shows.
#[derive(Clone, Copy)]
pub(crate) struct Monitoring {
    pub(crate) board: RwSignal<Option<(BoardBasis, Arc<Board>)>>,
    pub(crate) counting: RwSignal<Option<(JobId, Watch)>>,
    /// The facility that is looked at.
    pub(crate) unit: RwSignal<Option<String>>,
    pub(crate) late_total: RwSignal<u32>,
    pub(crate) late: RwSignal<(u32, Vec<LateRow>)>,
    wanted: StoredValue<Option<u32>>,
    is_fetching: StoredValue<bool>,
}

impl Monitoring {
    pub(crate) fn new() -> Monitoring {
        Monitoring {
            board: RwSignal::new(None),
            counting: RwSignal::new(None),
            unit: RwSignal::new(None),
            late_total: RwSignal::new(0),
            late: RwSignal::default(),
            wanted: StoredValue::new(None),
            is_fetching: StoredValue::new(false),
        }
    }
}

impl Session {
    /// The first new day: as chosen, else the day after the cut-off.
    pub(crate) fn new_since(self) -> Date {
        let cut_off = self.settings.read().cut_off;
        self.cleaning.corrections.read().choices.new_since.unwrap_or_else(|| cut_off.tomorrow().unwrap_or(cut_off))
    }

    /// Chooses the first new day; none for the day after the cut-off.
    pub(crate) fn set_new_since(self, day: Option<Date>) {
        self.cleaning.corrections.update(|corrections| {
            let mut changed = Corrections::clone(corrections);
            changed.choices.new_since = day;
            *corrections = Arc::new(changed);
        });
    }

    fn board_basis(self) -> BoardBasis {
        BoardBasis {
            check: self.check_basis(),
            since: self.new_since(),
            rules_off: self.cleaning.corrections.read().choices.rules_off.clone(),
            report: self.report.read().as_ref().map(|report| Arc::as_ptr(report) as usize),
        }
    }

    /// Whether the board is that of what is loaded and chosen now.
    pub(crate) fn is_counted(self) -> bool {
        self.cleaning.monitor.board.read().as_ref().is_some_and(|(basis, _)| *basis == self.board_basis())
    }

    /// Counts the board, where that has not been done.
    pub(crate) fn count_board(self) {
        let monitor = self.cleaning.monitor;
        if untrack(|| self.is_counted() || !self.gate_of_quality()) || monitor.counting.with_untracked(Option::is_some) {
            return;
        }
        let running = self.status.begin("Đang tính bảng giám sát");
        let basis = untrack(|| self.board_basis());
        let start = browser::now_ms();
        let job = self.next_job();
        monitor.counting.set(Some((job, Watch::start(Stage::Checking, start))));
        let on_progress = move |progress| {
            monitor.counting.update(|counting| {
                if let Some((_, watch)) = counting {
                    watch.advance(progress, browser::now_ms());
                }
            });
        };
        spawn_local(async move {
            self.send_corrections().await;
            let ask = QualityAsk::Board { today: browser::today(), since: basis.since };
            match self.ask(ToEngine::Quality { job, ask }, Vec::new(), on_progress).await {
                Ok((FromEngine::Quality { answer, .. }, _)) => {
                    if let QualityAnswer::Board(board) = *answer {
                        browser::measure("giam-sat", browser::now_ms() - start, &[]);
                        monitor.unit.update(|unit| {
                            if unit.as_ref().is_some_and(|own| !board.units.iter().any(|other| other.unit == *own)) {
                                *unit = None;
                            }
                        });
                        monitor.board.set(Some((basis, Arc::from(board))));
                        self.fetch_late(0).await;
                    }
                }
                Err(JobError::Cancelled) => self.say("Đã hủy. Mở lại bước Giám sát để tính lại."),
                Err(JobError::Failed(why)) => self.complain(why),
                _ => {}
            }
            monitor.counting.set(None);
            drop(running);
            if self.step.get_untracked() == Step::Monitor && monitor.board.with_untracked(Option::is_some) {
                self.count_board();
            }
        });
    }

    /// Stops the counting.
    pub(crate) fn cancel_board(self) {
        if let Some((job, _)) = self.cleaning.monitor.counting.get_untracked() {
            self.cancel(job);
        }
    }

    /// Looks at one facility, or at all again.
    pub(crate) fn look_at_unit(self, unit: Option<String>) {
        let running = self.status.begin("Đang mở cơ sở");
        self.cleaning.monitor.unit.set(unit);
        spawn_local(async move {
            self.fetch_late(0).await;
            browser::after_frame(|| browser::reveal("nhap-muon"));
            drop(running);
        });
    }

    async fn fetch_late(self, offset: u32) {
        let monitor = self.cleaning.monitor;
        let unit = monitor.unit.get_untracked();
        let ask = QualityAsk::Late { unit: unit.clone(), offset, len: STRETCH };
        if let Some(QualityAnswer::Late(rows, total)) = self.ask_quality(ask).await
            && monitor.unit.get_untracked() == unit
        {
            monitor.late.set((offset, rows));
            monitor.late_total.set(total);
        }
    }

    /// Makes sure that late doses from `first` on are there.
    pub(crate) fn want_late(self, first: u32, shown: u32) {
        let monitor = self.cleaning.monitor;
        let total = monitor.late_total.get_untracked();
        let is_there =
            monitor.late.with_untracked(|(offset, rows)| *offset <= first && (first + shown).min(total) <= offset + rows.len() as u32);
        if is_there {
            return;
        }
        monitor.wanted.set_value(Some(first.saturating_sub((STRETCH - shown.min(STRETCH)) / 2)));
        if monitor.is_fetching.get_value() {
            return;
        }
        monitor.is_fetching.set_value(true);
        spawn_local(async move {
            while let Some(wanted) = monitor.wanted.get_value() {
                self.fetch_late(wanted).await;
                if monitor.wanted.get_value() == Some(wanted) {
                    monitor.wanted.set_value(None);
                }
            }
            monitor.is_fetching.set_value(false);
        });
    }
}
