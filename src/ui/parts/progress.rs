//! The bar of a running work, with what is done, how far, how long still, and `Hủy`.

use crate::ui::pace::Watch;
use leptos::prelude::*;

/// A running work.
#[component]
pub(crate) fn Progress(
    /// The accessible name of the bar.
    #[prop(into)]
    label: String,
    /// How far it is.
    #[prop(into)]
    watch: Signal<Option<Watch>>,
    /// `Hủy`.
    #[prop(into)]
    on_cancel: Callback<()>,
) -> impl IntoView {
    let percent = move || watch.read().as_ref().map_or(0, Watch::percent);
    let is_unknown = move || watch.read().as_ref().is_none_or(|watch| watch.progress.total == 0);
    let words = move || watch.read().as_ref().map(Watch::words).unwrap_or_default();
    view! {
        <div class="progress">
            <div
                class="progress-bar"
                class:is-unknown=is_unknown
                role="progressbar"
                aria-label=label
                aria-valuemin="0"
                aria-valuemax="100"
                aria-valuenow=move || (!is_unknown()).then(|| percent().to_string())
                aria-valuetext=words
            >
                <div class="progress-fill" style:width=move || format!("{}%", percent())></div>
            </div>
            <p class="progress-words">{words}</p>
            <button type="button" class="button" on:click=move |_| on_cancel.run(())>"Hủy"</button>
        </div>
    }
}
