//! The live region: says what is being done, and `Sẵn sàng` when all of it is on screen.

use crate::browser;
use leptos::prelude::*;

/// Id of the element with `role=status`.
pub(crate) const STATUS_ID: &str = "status";
/// What it says when nothing is being done.
pub(crate) const READY: &str = "Sẵn sàng";

/// Counts the works that run. Writes to the element itself, not through a signal: a click must be answered in its own task, before
/// anything is drawn.
#[derive(Clone, Copy)]
pub(crate) struct Status {
    running: StoredValue<u32>,
    /// Whether anything runs, for what is drawn.
    pub(crate) is_busy: RwSignal<bool>,
}

/// One running work; when it is dropped and nothing else runs, the region says `Sẵn sàng` after the next painted frame.
pub(crate) struct Running {
    status: Status,
}

impl Status {
    pub(crate) fn new() -> Status {
        Status { running: StoredValue::new(0), is_busy: RwSignal::new(false) }
    }

    /// Begins a work, in the task of the click.
    pub(crate) fn begin(self, words: &str) -> Running {
        self.running.update_value(|running| *running += 1);
        self.is_busy.set(true);
        write(words);
        Running { status: self }
    }
}

impl Running {
    /// Says what is being done now.
    pub(crate) fn say(&self, words: &str) {
        write(words);
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let status = self.status;
        browser::after_frame(move || {
            status.running.update_value(|running| *running = running.saturating_sub(1));
            if status.running.get_value() == 0 {
                status.is_busy.set(false);
                write(READY);
            }
        });
    }
}

fn write(words: &str) {
    if let Some(element) = browser::element(STATUS_ID)
        && element.text_content().as_deref() != Some(words)
    {
        element.set_text_content(Some(words));
    }
}
