//! Forms of very many units: the first of them are drawn, more when they are wanted. The page stays quick, and the workbook has all.

use crate::text::show_number;
use leptos::prelude::*;

/// Units drawn at once; all 63 provinces fit.
const STEP: usize = 100;

/// How many units are drawn.
#[derive(Clone, Copy)]
pub(crate) struct Drawn(RwSignal<usize>);

impl Drawn {
    pub(crate) fn first() -> Drawn {
        Drawn(RwSignal::new(STEP))
    }

    /// The rows to draw.
    pub(crate) fn of<T>(self, rows: impl Iterator<Item = T>) -> Vec<T> {
        rows.take(self.0.get()).collect()
    }
}

/// The last row of a table of which not all is drawn.
#[component]
pub(crate) fn MoreRows(
    drawn: Drawn,
    /// Units in all.
    #[prop(into)]
    total: Signal<usize>,
    /// Columns of the table.
    columns: u32,
) -> impl IntoView {
    let left = Memo::new(move |_| total.get().saturating_sub(drawn.0.get()));
    let words = move || {
        let left = left.get();
        format!("Hiện thêm {} đơn vị (còn {})", show_number(left.min(STEP) as i64), show_number(left as i64))
    };
    view! {
        <Show when=move || { 0 < left.get() }>
            <tbody>
                <tr>
                    <td colspan=columns.to_string()>
                        <button type="button" class="button-quiet" on:click=move |_| drawn.0.update(|drawn| *drawn += STEP)>{words}</button>
                        " Tổng cộng và tệp tải về tính đủ mọi đơn vị."
                    </td>
                </tr>
            </tbody>
        </Show>
    }
}
