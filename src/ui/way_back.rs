//! From a number to the doses or figures behind it, and back to the number.

use super::state::{Session, Step};
use crate::browser;
use leptos::prelude::*;
use wasm_bindgen::JsCast as _;
use web_sys::{HtmlElement, KeyboardEvent};

/// The buttons that open what stands behind a number.
const OPENERS: &str = "main .count, main .source-doses .button";
/// So many openings are remembered.
const LONGEST: usize = 8;

/// Where the officer was when something was opened.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Place {
    step: Step,
    /// Px the page was scrolled.
    scroll: f64,
    /// Position of the pressed number among those of the step.
    opener: Option<u32>,
}

impl Session {
    /// Remembers where the officer is, before something else is opened from there.
    pub(crate) fn remember_place(self) {
        let place = Place {
            step: self.step.get_untracked(),
            scroll: browser::window().and_then(|window| window.scroll_y().ok()).unwrap_or_default(),
            opener: opener(),
        };
        self.way_back.update(|way| {
            if way.len() == LONGEST {
                way.remove(0);
            }
            way.push(place);
        });
    }

    /// What to call the place that `go_back` goes to, where it is another step.
    pub(crate) fn back_words(self) -> Option<String> {
        let place = self.way_back.read().last().copied()?;
        (place.step != self.step.get()).then(|| format!("Trở về {}", place.step.label()))
    }

    /// What was opened is closed, the officer stays in this step: the number that was pressed here has the focus again.
    pub(crate) fn close_behind(self) {
        let here = self.step.get_untracked();
        self.way_back.update(|way| {
            if way.last().is_some_and(|place| place.step != here) {
                way.clear();
            }
        });
        self.go_back();
    }

    /// Goes back to the number that was pressed last; to the step's heading where there is none any more.
    pub(crate) fn go_back(self) {
        let place = self.way_back.try_update(Vec::pop).flatten();
        let Some(Place { step, scroll, opener }) = place else {
            return browser::after_frame(|| browser::focus("step-heading"));
        };
        if step != self.step.get_untracked() {
            self.go_to(step);
        }
        // After the step's own heading has taken the focus.
        browser::after_frame(move || {
            browser::after_frame(move || {
                let Some(window) = browser::window() else { return };
                window.scroll_to_with_x_and_y(0.0, scroll);
                let button = opener.and_then(|at| {
                    let found = window.document()?.query_selector_all(OPENERS).ok()?.item(at)?;
                    found.dyn_into::<HtmlElement>().ok()
                });
                match button {
                    Some(button) => drop(button.focus()),
                    None => browser::focus("step-heading"),
                }
            });
        });
    }
}

/// The position of the number that has the focus among those of the page.
fn opener() -> Option<u32> {
    let document = browser::window()?.document()?;
    let active = document.active_element()?;
    let all = document.query_selector_all(OPENERS).ok()?;
    (0..all.length()).find(|at| all.item(*at).is_some_and(|node| node.is_same_node(Some(&active))))
}

/// Whether a key closes what it is pressed in: Escape, but not in a field, where it belongs to the field.
pub(crate) fn is_escape(event: &KeyboardEvent) -> bool {
    let target = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    event.key() == "Escape" && target.is_none_or(|target| !matches!(target.tag_name().as_str(), "INPUT" | "SELECT" | "TEXTAREA"))
}

/// The button that goes back, where something was opened from another step.
#[component]
pub(crate) fn BackButton() -> impl IntoView {
    let session = super::state::session();
    move || {
        session
            .back_words()
            .map(|words| view! { <button type="button" class="button" on:click=move |_| session.go_back()>{words}</button> })
    }
}
