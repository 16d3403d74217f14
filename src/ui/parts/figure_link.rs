//! A figure of a form that opens what stands behind it: the unit's sources, or the bridge to p.

use crate::domain::FormColumn;
use crate::ui::state::{Session, Step, session};
use leptos::prelude::*;

/// Where the bridge is on the page.
pub(crate) const BRIDGE_ID: &str = "cau-noi";
/// Where the sources of the open unit are.
pub(crate) const SOURCES_ID: &str = "cac-nguon";

/// What stands behind a figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Behind {
    /// The unit's sources, at a column where the figure is of one.
    Sources(Option<FormColumn>),
    /// Why p is what it is.
    Bridge,
}

/// Shows what stands behind a figure of a unit (by the key of its row).
pub(crate) fn open_behind(session: Session, key: String, behind: Behind) {
    session.remember_place();
    if session.step.get_untracked() != Step::Figures {
        session.go_to(Step::Figures);
    }
    let id = match behind {
        Behind::Sources(column) => {
            session.open_unit.set(Some(key));
            session.open_column.set(column);
            SOURCES_ID
        }
        Behind::Bridge => BRIDGE_ID,
    };
    // After the step's own heading has taken the focus.
    crate::browser::after_frame(move || crate::browser::after_frame(move || crate::browser::reveal(id)));
}

/// The figure; a button where the numbers desk has a row behind it.
#[component]
pub(crate) fn FigureLink(
    /// The figure as the form writes it; empty where it is blank.
    #[prop(into)]
    value: Signal<String>,
    /// Key of the row.
    #[prop(into)]
    key: Signal<String>,
    /// What stands behind it.
    behind: Behind,
) -> impl IntoView {
    let session = session();
    let is_open = Memo::new(move |_| {
        let key = key.read();
        !value.read().is_empty() && (key.is_empty() || session.desk.read().rows.iter().any(|row| row.key == *key))
    });
    let title = if behind == Behind::Bridge { "Xem vì sao chênh lệch" } else { "Xem các nguồn và từng mũi" };
    view! {
        <Show when=move || is_open.get() fallback=move || value.get()>
            <button type="button" class="count" title=title on:click=move |_| open_behind(session, key.get_untracked(), behind)>{move || value.get()}</button>
        </Show>
    }
}
