//! The focus is never lost: where what had it goes away (a file is removed, a question answered, a row scrolled out of sight), the
//! part of the page it stood in takes it, so that the keyboard goes on from there and a screen reader says where it is.

use crate::browser;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen::JsCast as _;
use wasm_bindgen::prelude::Closure;
use web_sys::{Document, Element, Event, FocusOptions, HtmlElement, MutationObserver, MutationObserverInit};

/// How long what was done may take to place the focus itself, ms.
const PATIENCE: i32 = 80;
/// What counts as a part of the page.
const PART: &str = "section, article, fieldset, aside, dialog, main, [role=group], [role=region]";
/// What can have the focus by a click.
const FOCUSABLE: &str = "a, button, input, select, textarea, summary, label, [tabindex]";

/// The element that had the focus last and all around it, from the inside out.
type Line = Rc<RefCell<Vec<Element>>>;

/// Watches over the focus as long as the page lives.
pub(crate) fn keep_focus() {
    let Some(document) = browser::window().and_then(|window| window.document()) else { return };
    let Some(body) = document.body() else { return };
    let line = Line::default();

    let remember = {
        let line = line.clone();
        Closure::<dyn FnMut(Event)>::new(move |event: Event| {
            let first = event.target().and_then(|target| target.dyn_into::<Element>().ok());
            *line.borrow_mut() = std::iter::successors(first, |element| element.parent_element()).collect();
        })
    };
    // A click on plain paper gives the focus up on purpose.
    let give_up = {
        let line = line.clone();
        Closure::<dyn FnMut(Event)>::new(move |event: Event| {
            let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
            if target.is_some_and(|target| matches!(target.closest(FOCUSABLE), Ok(None))) {
                line.borrow_mut().clear();
            }
        })
    };
    let look = {
        let (document, is_asked) = (document.clone(), Rc::new(Cell::new(false)));
        Closure::<dyn FnMut()>::new(move || {
            if has_focus(&document) || line.borrow().is_empty() || is_asked.replace(true) {
                return;
            }
            let (document, line, is_asked) = (document.clone(), line.clone(), is_asked.clone());
            browser::after(PATIENCE, move || {
                is_asked.set(false);
                if !has_focus(&document) {
                    // A copy: giving the focus writes into the line itself.
                    let line = line.borrow().clone();
                    restore(&line);
                }
            });
        })
    };
    let _ = document.add_event_listener_with_callback("focusin", remember.as_ref().unchecked_ref());
    let _ = document.add_event_listener_with_callback("mousedown", give_up.as_ref().unchecked_ref());
    let options = MutationObserverInit::new();
    options.set_child_list(true);
    options.set_subtree(true);
    if let Ok(observer) = MutationObserver::new(look.as_ref().unchecked_ref()) {
        let _ = observer.observe_with_options(&body, &options);
    }
    // They live as long as the page.
    remember.forget();
    give_up.forget();
    look.forget();
}

/// Whether something stands over the page: its keys are not the page's.
pub(crate) fn is_dialog_open() -> bool {
    let document = browser::window().and_then(|window| window.document());
    document.is_some_and(|document| matches!(document.query_selector("dialog[open]"), Ok(Some(_))))
}

/// Whether anything but the whole page has the focus.
fn has_focus(document: &Document) -> bool {
    document.active_element().is_some_and(|element| element.tag_name() != "BODY")
}

/// Whether an element is in the document and drawn.
fn is_shown(element: &Element) -> bool {
    element.is_connected() && element.dyn_ref::<HtmlElement>().is_none_or(|element| element.offset_parent().is_some())
}

/// Gives the focus to the innermost part around what had it: to the part itself where it can have it, else to its heading.
fn restore(line: &[Element]) {
    let Some((last, around)) = line.split_first() else { return };
    if is_shown(last) {
        return;
    }
    for part in around.iter().filter(|element| is_shown(element)) {
        if !part.matches(PART).unwrap_or(false) {
            continue;
        }
        let target =
            if part.has_attribute("tabindex") { Some(part.clone()) } else { part.query_selector("h1, h2, h3, legend").ok().flatten() };
        if let Some(target) =
            target.and_then(|target| target.dyn_into::<HtmlElement>().ok()).filter(|target| target.offset_parent().is_some())
        {
            if !target.has_attribute("tabindex") {
                let _ = target.set_attribute("tabindex", "-1");
            }
            let options = FocusOptions::new();
            options.set_prevent_scroll(true); // the page does not jump under the eyes
            let _ = target.focus_with_options(&options);
            return;
        }
    }
}
