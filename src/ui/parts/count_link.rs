//! A number of a form that opens the doses behind it.

use crate::text::show_number;
use crate::ui::state::{Step, session};
use crate::worker::list_filter::ListFilter;
use crate::worker::protocol::ListRef;
use leptos::prelude::*;

/// The number; a button where there are doses to show, plain text where there are none.
#[component]
pub(crate) fn CountLink(
    /// The number as the form writes it.
    #[prop(into)]
    value: Signal<u64>,
    /// How many of it are doses of a list; the rest was reported as a number only.
    #[prop(into)]
    listed: Signal<u64>,
    /// What the doses are, for a screen reader and the pointer.
    #[prop(into)]
    title: String,
    /// Their list.
    list: ListRef,
    /// What of it.
    #[prop(into)]
    filter: Callback<(), ListFilter>,
) -> impl IntoView {
    let session = session();
    let has_doses = Memo::new(move |_| listed.get() > 0);
    let open = move |_| {
        session.remember_place();
        session.go_to(Step::Reconcile);
        session.open_list(list, filter.run(()));
    };
    view! {
        <Show when=move || has_doses.get() fallback=move || show_number(value.get() as i64)>
            <button type="button" class="count" title=title.clone() on:click=open>{move || show_number(value.get() as i64)}</button>
        </Show>
    }
}
