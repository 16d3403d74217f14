//! Labelled fields: select, text, date with a calendar beside it.

use crate::browser;
use crate::domain::Date;
use crate::text::{parse_date, show_date};
use leptos::html;
use leptos::prelude::*;
use std::sync::atomic::{AtomicU32, Ordering};
use wasm_bindgen::JsCast as _;

/// An id no other element of the page has.
pub(crate) fn fresh_id(stem: &str) -> String {
    static LAST: AtomicU32 = AtomicU32::new(0);
    format!("{stem}-{}", LAST.fetch_add(1, Ordering::Relaxed))
}

/// A select with its label. Options are known by their position.
#[component]
pub(crate) fn Select(
    /// The accessible name.
    #[prop(into)]
    label: String,
    /// Whether the label is only for screen readers (a heading says it to everyone else).
    #[prop(optional)]
    is_quiet: bool,
    /// What can be chosen.
    options: Vec<String>,
    /// Position of the chosen one; none shows an empty choice.
    #[prop(into)]
    value: Signal<Option<usize>>,
    /// Hears the position chosen.
    #[prop(into)]
    on_change: Callback<usize>,
    /// Shown where nothing is chosen.
    #[prop(into, optional)]
    empty: String,
) -> impl IntoView {
    let id = fresh_id("chon");
    let choices = options
        .into_iter()
        .enumerate()
        .map(|(at, label)| view! { <option value=at.to_string() prop:selected=move || value.get() == Some(at)>{label}</option> })
        .collect_view();
    view! {
        <div class="field">
            <label for=id.clone() class:sr-only=is_quiet>{label}</label>
            <select
                id=id
                on:change=move |event| {
                    if let Ok(at) = event_target_value(&event).parse() {
                        on_change.run(at);
                    }
                    // A select that only gives orders shows its empty choice again.
                    if value.get_untracked().is_none()
                        && let Some(select) = event.target().and_then(|target| target.dyn_into::<web_sys::HtmlSelectElement>().ok())
                    {
                        select.set_value("");
                    }
                }
            >
                <Show when=move || value.get().is_none()>
                    <option value="" selected disabled>{empty.clone()}</option>
                </Show>
                {choices}
            </select>
        </div>
    }
}

/// A text field with its label.
#[component]
pub(crate) fn TextField(
    /// The accessible name.
    #[prop(into)]
    label: String,
    /// Whether the label is only for screen readers.
    #[prop(optional)]
    is_quiet: bool,
    /// The text.
    #[prop(into)]
    value: Signal<String>,
    /// Hears every change.
    #[prop(into)]
    on_input: Callback<String>,
    /// An example.
    #[prop(into, optional)]
    placeholder: String,
) -> impl IntoView {
    let id = fresh_id("nhap");
    view! {
        <div class="field">
            <label for=id.clone() class:sr-only=is_quiet>{label}</label>
            <input id=id type="text" autocomplete="off" placeholder=placeholder prop:value=value on:input=move |event| on_input.run(event_target_value(&event)) />
        </div>
    }
}

/// A date typed as dd/mm/yyyy, with the browser's calendar behind a button of its own.
#[component]
pub(crate) fn DateField(
    /// The accessible name.
    #[prop(into)]
    label: String,
    /// The date; none is an empty field.
    #[prop(into)]
    value: Signal<Option<Date>>,
    /// Hears every valid date (and the emptied field, where that is allowed).
    #[prop(into)]
    on_change: Callback<Option<Date>>,
    /// Whether the field may be empty.
    #[prop(optional)]
    may_be_empty: bool,
) -> impl IntoView {
    let id = fresh_id("ngay");
    let problem_id = format!("{id}-loi");
    let is_wrong = RwSignal::new(false);
    let calendar = NodeRef::<html::Input>::new();
    let take = move |text: &str| {
        let date = parse_date(text);
        let is_empty = text.trim().is_empty() && may_be_empty;
        is_wrong.set(date.is_none() && !is_empty);
        if (date.is_some() || is_empty) && date != value.get_untracked() {
            on_change.run(date);
        }
    };
    let open_calendar = move |_| {
        if let Some(input) = calendar.get_untracked()
            && input.show_picker().is_err()
        {
            let _ = input.focus();
        }
    };
    let take_calendar = move |event: web_sys::Event| {
        if let Ok(date) = event_target_value(&event).parse::<Date>() {
            is_wrong.set(false);
            on_change.run(Some(date));
        }
    };
    let button_label = format!("Mở lịch: {label}");
    view! {
        <div class="field">
            <label for=id.clone()>{label}</label>
            <div class="date-field">
                <input
                    id=id
                    type="text"
                    inputmode="numeric"
                    autocomplete="off"
                    placeholder="dd/mm/yyyy"
                    maxlength="10"
                    prop:value=move || value.get().map(show_date).unwrap_or_default()
                    aria-invalid=move || is_wrong.get().then_some("true")
                    aria-describedby=problem_id.clone()
                    on:change=move |event| take(&event_target_value(&event))
                    on:keydown=move |event| if event.key() == "Enter" { take(&event_target_value(&event)) }
                />
                <button type="button" class="button-icon" aria-label=button_label on:click=open_calendar>
                    <svg viewBox="0 0 16 16" aria-hidden="true"><path d="M2 4h12v10H2zM2 7h12M5 2v3M11 2v3" /></svg>
                </button>
                <input
                    node_ref=calendar
                    class="date-picker"
                    type="date"
                    tabindex="-1"
                    aria-hidden="true"
                    prop:value=move || value.get().map(|date| date.to_string()).unwrap_or_default()
                    on:change=take_calendar
                />
            </div>
            <p id=problem_id class="field-problem" class:is-hidden=move || !is_wrong.get()>
                "Hãy ghi ngày theo dạng dd/mm/yyyy, ví dụ 31/01/2023."
            </p>
        </div>
    }
}

/// Copies a text and says so on the button for a while.
#[component]
pub(crate) fn CopyButton(
    /// What the button says.
    #[prop(into)]
    label: String,
    /// What is copied.
    #[prop(into)]
    text: Signal<String>,
) -> impl IntoView {
    let said = RwSignal::new(None::<&'static str>);
    let copy = move |_| {
        let text = text.get_untracked();
        wasm_bindgen_futures::spawn_local(async move {
            said.set(Some(if browser::copy(&text).await {
                "Đã sao chép"
            } else {
                "Chưa sao chép được; hãy bôi đen và bấm Ctrl+C"
            }));
            browser::after(4_000, move || said.set(None));
        });
    };
    view! {
        // Both words in one place: the button stays as wide as it is, and its neighbours where they are.
        <button type="button" class="button is-saying" on:click=copy>
            <span class:is-unseen=move || said.read().is_some()>{label}</span>
            <span aria-live="polite">{said}</span>
        </button>
    }
}
