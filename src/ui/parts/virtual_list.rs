//! A list of which only the rows in sight are drawn, however long it is: a table between two tall empty rows.

use crate::browser;
use leptos::html;
use leptos::prelude::*;
use web_sys::KeyboardEvent;

/// Height of a row, px; the style sheet says the same.
const ROW: f64 = 30.0;
/// Tallest the list is made, px: browsers draw nothing further down. Longer lists scroll by more than a row a row.
const TALLEST: f64 = 6_000_000.0;
/// Rows in sight, and one more.
const SHOWN: u32 = 16;

/// Where the list stands.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Place {
    first: u32,
    /// Px above the first row.
    above: f64,
}

/// The list. Rows are drawn by position; each holds a button with the id `{stem}-{position}`, between which the arrow keys go.
#[component]
pub(crate) fn VirtualList(
    /// Its accessible name.
    label: &'static str,
    /// What ids of the buttons in its rows begin with.
    stem: &'static str,
    /// How many rows there are.
    #[prop(into)]
    total: Signal<u32>,
    /// Told which rows come into sight: the first, and how many.
    #[prop(into)]
    on_show: Callback<(u32, u32)>,
    /// The heading row.
    #[prop(into)]
    head: Callback<(), AnyView>,
    /// Draws the row at a position.
    #[prop(into)]
    row: Callback<u32, AnyView>,
) -> impl IntoView {
    let scroller = NodeRef::<html::Div>::new();
    let place = RwSignal::new(Place::default());
    let height = Memo::new(move |_| (f64::from(total.get()) * ROW).min(TALLEST));
    let is_long = move || f64::from(total.get()) * ROW > TALLEST;
    let see = move || {
        let Some(element) = scroller.get_untracked() else { return };
        let top = f64::from(element.scroll_top());
        let last = total.get_untracked().saturating_sub(SHOWN - 2);
        let long = untrack(is_long);
        let first = if long {
            let way = (height.get_untracked() - f64::from(element.client_height())).max(1.0);
            ((top / way) * f64::from(last)) as u32
        } else {
            (top / ROW) as u32
        };
        let first = first.min(last);
        let above = if long { top.min(height.get_untracked() - f64::from(SHOWN) * ROW).max(0.0) } else { f64::from(first) * ROW };
        place.set(Place { first, above });
        on_show.run((first, SHOWN));
    };
    // Another list, from its beginning.
    Effect::new(move |_| {
        total.track();
        if let Some(element) = scroller.get() {
            let most = height.get() - f64::from(element.client_height());
            if f64::from(element.scroll_top()) > most {
                element.set_scroll_top(0);
            }
        }
        see();
    });
    let positions = move || {
        let Place { first, .. } = place.get();
        (first..(first + SHOWN).min(total.get())).collect::<Vec<u32>>()
    };
    let below = move || (height.get() - place.get().above - f64::from(positions().len() as u32) * ROW).max(0.0);
    let current = StoredValue::new(None::<u32>);
    let go = move |to: u32| {
        current.set_value(Some(to));
        let first = place.get_untracked().first;
        let is_in_sight = (first..first + SHOWN.saturating_sub(3)).contains(&to);
        if !is_in_sight && let Some(element) = scroller.get_untracked() {
            // The row that has the focus is about to go. Were it taken away with the focus in it, the browser would lay the list out
            // while only half of it is drawn, and scroll it back.
            let _ = element.focus();
            let last = f64::from(total.get_untracked().saturating_sub(SHOWN - 2)).max(1.0);
            let wanted = f64::from(to.saturating_sub(SHOWN / 2));
            let way = (height.get_untracked() - f64::from(element.client_height())).max(0.0);
            let top = if untrack(is_long) { wanted / last * way } else { wanted * ROW };
            element.set_scroll_top(top as i32);
            see();
        }
        browser::after_frame(move || browser::focus(&format!("{stem}-{to}")));
    };
    let keys = move |event: KeyboardEvent| {
        let last = total.get_untracked().saturating_sub(1);
        let at = match focused(stem) {
            Some(at) => at,
            // The list itself has the focus: on from the row that had it last, where rows can have it at all.
            None => match current.get_value() {
                Some(at) if at <= last && has_focus(scroller) => at,
                _ => return,
            },
        };
        let to = match event.key().as_str() {
            "ArrowDown" => (at + 1).min(last),
            "ArrowUp" => at.saturating_sub(1),
            "PageDown" => (at + SHOWN - 3).min(last),
            "PageUp" => at.saturating_sub(SHOWN - 3),
            "Home" => 0,
            "End" => last,
            _ => return,
        };
        event.prevent_default();
        go(to);
    };
    let note = move |_| {
        if let Some(at) = focused(stem) {
            current.set_value(Some(at));
        }
    };
    view! {
        <div class="virtual" node_ref=scroller tabindex="0" role="region" aria-label=label on:scroll=move |_| see() on:keydown=keys on:focusin=note>
            <table class="grid virtual-table" aria-label=label aria-rowcount=move || (total.get() + 1).to_string()>
                <thead>{head.run(())}</thead>
                <tbody aria-hidden="true"><tr class="virtual-gap" style:height=move || format!("{}px", place.get().above)></tr></tbody>
                <tbody>
                    <For each=positions key=|at| *at children=move |at| row.run(at) />
                </tbody>
                <tbody aria-hidden="true"><tr class="virtual-gap" style:height=move || format!("{}px", below())></tr></tbody>
            </table>
        </div>
    }
}

/// Whether the list itself has the focus.
fn has_focus(scroller: NodeRef<html::Div>) -> bool {
    let active = browser::window().and_then(|window| window.document()).and_then(|document| document.active_element());
    scroller.get_untracked().zip(active).is_some_and(|(list, active)| list.is_same_node(Some(&active)))
}

/// The position of the row whose button has the focus.
fn focused(stem: &str) -> Option<u32> {
    let active = browser::window()?.document()?.active_element()?.id();
    active.strip_prefix(stem)?.strip_prefix('-')?.parse().ok()
}
