//! `Giám sát`: how completely, correctly and quickly new doses are entered.

use leptos::prelude::*;

/// The step.
#[component]
pub(crate) fn MonitorStep() -> impl IntoView {
    view! {
        <section class="step" aria-labelledby="step-heading">
            <h1 id="step-heading" tabindex="-1">"Giám sát"</h1>
        </section>
    }
}
