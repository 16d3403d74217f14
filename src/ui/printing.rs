//! Printing: what is drawn only in part on screen stands whole on paper.

use crate::browser;
use leptos::ev;
use leptos::prelude::*;

/// Whether the page is being printed.
#[derive(Clone, Copy)]
pub(crate) struct Printing(RwSignal<bool>);

impl Printing {
    /// Listens to the browser, which tells of the button, of the menu and of Ctrl+P alike. What hangs on it is in the page before the
    /// paper is laid out: effects run as soon as the listener has ended.
    pub(crate) fn watch() -> Printing {
        let printing = RwSignal::new(false);
        let before = window_event_listener(ev::beforeprint, move |_| printing.set(true));
        let after = window_event_listener(ev::afterprint, move |_| printing.set(false));
        on_cleanup(move || {
            before.remove();
            after.remove();
        });
        Printing(printing)
    }

    /// Whether what is drawn now is for paper.
    pub(crate) fn is_on(self) -> bool {
        self.0.get()
    }

    /// Prints the page. `window.print` holds the script that calls it, and every effect with it, so all is drawn for paper first.
    pub(crate) fn start(self) {
        self.0.set(true);
        browser::after_frame(browser::print);
    }
}

/// How this page stands.
pub(crate) fn printing() -> Printing {
    use_context::<Printing>().unwrap_or_else(Printing::watch)
}
