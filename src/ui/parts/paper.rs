//! What both forms share on screen: the letter's number and date, the buttons, the cells a person may type into.

use super::field::{DateField, TextField, fresh_id};
use super::progress::Progress;
use crate::ui::printing::printing;
use crate::ui::state::session;
use leptos::prelude::*;

/// Number and date of the letter in the form's heading.
#[component]
pub(crate) fn LetterFields() -> impl IntoView {
    let settings = session().settings;
    let change_date = move |date: Option<crate::domain::Date>| {
        if let Some(date) = date {
            settings.update(|settings| settings.letter_date = date);
        }
    };
    view! {
        <TextField
            label="Số công văn"
            value=Signal::derive(move || settings.read().letter_number.clone())
            on_input=move |text| settings.update(|settings| settings.letter_number = text)
        />
        <DateField label="Ngày công văn" value=Signal::derive(move || Some(settings.read().letter_date)) on_change=change_date />
    }
}

/// Download and print; where they cannot be pressed, why.
#[component]
pub(crate) fn FormActions(
    /// `Tải Phụ lục 1` or `Tải Phụ lục 2`.
    label: &'static str,
    /// Whether the form has a row.
    #[prop(into)]
    is_possible: Signal<bool>,
    /// Makes and downloads the workbook.
    #[prop(into)]
    on_download: Callback<()>,
) -> impl IntoView {
    let session = session();
    let printing = printing();
    let can = move || is_possible.get() && !session.is_stale.get() && session.exporting.read().is_none();
    let why = move || {
        if !is_possible.get() {
            Some("Biểu chưa có dòng nào để tải.")
        } else if session.is_stale.get() {
            Some("Cần đối soát lại trước khi tải.")
        } else {
            None
        }
    };
    let id = fresh_id("vi-sao-tai");
    let watch = Signal::derive(move || session.exporting.get().map(|(_, watch)| watch));
    view! {
        <div class="form-actions">
            <button
                type="button"
                class="button is-main"
                aria-disabled=move || (!can()).to_string()
                aria-describedby=id.clone()
                on:click=move |_| if untrack(can) { on_download.run(()) }
            >
                {label}
            </button>
            <button type="button" class="button" on:click=move |_| printing.start()>"In"</button>
            <p id=id class="quiet">{why}</p>
            <Show when=move || session.exporting.read().is_some()>
                <Progress label="Tiến độ ghi bảng" watch=watch on_cancel=move |()| session.cancel_export() />
            </Show>
        </div>
    }
}

/// A text in the form that a person may write over. Grows with its text; on paper the text alone stands.
#[component]
pub(crate) fn PaperText(
    /// The accessible name.
    #[prop(into)]
    label: String,
    /// The text.
    #[prop(into)]
    value: Signal<String>,
    /// Hears every change.
    #[prop(into)]
    on_input: Callback<String>,
    /// Whether it may have several lines.
    #[prop(optional)]
    is_long: bool,
) -> impl IntoView {
    let field = if is_long {
        view! { <textarea aria-label=label rows="2" prop:value=value on:input=move |event| on_input.run(event_target_value(&event))></textarea> }.into_any()
    } else {
        view! { <input aria-label=label type="text" autocomplete="off" prop:value=value on:input=move |event| on_input.run(event_target_value(&event)) /> }.into_any()
    };
    view! { <span class="paper-text">{field}<span class="paper-print" aria-hidden="true">{value}</span></span> }
}

/// What must be known beside a form.
#[component]
pub(crate) fn Remarks(
    /// The sentences.
    #[prop(into)]
    remarks: Signal<Vec<String>>,
    /// Whether doubtful pairs are open.
    #[prop(into)]
    is_provisional: Signal<bool>,
) -> impl IntoView {
    view! {
        <aside class="remarks" aria-label="Điều cần biết về biểu này">
            <Show when=move || is_provisional.get()>
                <p class="provisional">"Số liệu tạm tính: còn mũi tiêm cần xem xét."</p>
            </Show>
            <Show when=move || !remarks.read().is_empty()>
                <h2>"Điều cần biết về biểu này"</h2>
                <ul>{move || remarks.get().into_iter().map(|remark| view! { <li>{remark}</li> }).collect_view()}</ul>
            </Show>
        </aside>
    }
}
