//! Workers that have work and say nothing: after ten seconds the officer may wait on or end them (spec §11).
//!
//! A worker that loops for ever, or that died without an error event, is told from one that works by its silence alone: all long work
//! says how far it is many times a second (`Pace` in the engine, the progress of a reader).

use super::silence::{Silence, TICK_MS};
use super::state::{FileState, Session};
use crate::browser;
use crate::domain::FileId;
use crate::workbook::error::ReadError;
use leptos::prelude::*;
use std::collections::BTreeMap;

/// A worker that is watched while it has work.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Watched {
    Engine,
    /// The reader of this file.
    Reader(FileId),
}

/// What is known of the workers' silence.
#[derive(Clone, Copy)]
pub(crate) struct Watchdog {
    silences: StoredValue<BTreeMap<Watched, Silence>>,
    /// The worker the officer is asked about.
    pub(crate) silent: RwSignal<Option<Watched>>,
    is_ticking: StoredValue<bool>,
}

impl Watchdog {
    pub(crate) fn new() -> Watchdog {
        Watchdog { silences: StoredValue::default(), silent: RwSignal::new(None), is_ticking: StoredValue::new(false) }
    }

    /// The worker gave a sign of life.
    pub(crate) fn heard(self, who: Watched) {
        self.silences.update_value(|silences| {
            if let Some(silence) = silences.get_mut(&who) {
                silence.broken();
            }
        });
        if self.silent.get_untracked() == Some(who) {
            self.silent.set(None);
        }
    }
}

impl Session {
    /// Watches a worker as long as it has work; its silence so far stays counted where it is watched already.
    pub(crate) fn watch_worker(self, who: Watched) {
        self.watchdog.silences.update_value(|silences| {
            silences.entry(who).or_default();
        });
        if !self.watchdog.is_ticking.get_value() {
            self.watchdog.is_ticking.set_value(true);
            self.look_at_workers();
        }
    }

    fn look_at_workers(self) {
        let watchdog = self.watchdog;
        let now = browser::now_ms();
        watchdog.silences.update_value(|silences| {
            silences.retain(|who, _| self.has_work(*who));
            silences.values_mut().for_each(|silence| silence.look(now));
        });
        let is_watching = watchdog.silences.with_value(|silences| !silences.is_empty());
        let silent = watchdog.silences.with_value(|silences| silences.iter().find(|(_, silence)| silence.is_long()).map(|(who, _)| *who));
        if watchdog.silent.get_untracked() != silent {
            watchdog.silent.set(silent);
        }
        watchdog.is_ticking.set_value(is_watching);
        if is_watching {
            browser::after(TICK_MS as i32, move || self.look_at_workers());
        }
    }

    fn has_work(self, who: Watched) -> bool {
        match who {
            Watched::Engine => self.engine.with_value(super::engine_client::EngineClient::has_questions),
            Watched::Reader(file) => self.readers.with_value(|readers| readers.get(&file).is_some_and(super::reading::Reader::is_running)),
        }
    }

    /// `Chờ`: asks again after another ten seconds of silence.
    pub(crate) fn wait_for_worker(self, who: Watched) {
        self.watchdog.heard(who);
    }

    /// `Dừng`: ends the worker; a fresh engine reads the files again, a reader's file is refused until it is asked for again.
    pub(crate) fn stop_worker(self, who: Watched) {
        self.watchdog.heard(who);
        match who {
            Watched::Engine => self.stop_engine(),
            Watched::Reader(file) => {
                if let Some(card) = self.files.get_untracked().iter().find(|card| card.id == file) {
                    self.finish(card, FileState::Refused(ReadError::Silent));
                }
            }
        }
    }
}
