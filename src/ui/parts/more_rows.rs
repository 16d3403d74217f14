//! Forms of very many units: the first of them are drawn, more when they are wanted. The page stays quick; paper and workbook have all.

use crate::text::show_number;
use crate::ui::printing::printing;
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

    /// The rows that are not drawn.
    pub(crate) fn rest<T>(self, rows: &[T]) -> &[T] {
        rows.get(self.0.get()..).unwrap_or_default()
    }
}

/// The end of a table of which not all is drawn: on screen a row to draw more, on paper the other units.
#[component]
pub(crate) fn MoreRows(
    drawn: Drawn,
    /// Units in all.
    #[prop(into)]
    total: Signal<usize>,
    /// Columns of the table.
    columns: u32,
    /// The rows of [`Drawn::rest`] as they stand on paper.
    #[prop(into)]
    rest: ViewFn,
) -> impl IntoView {
    let printing = printing();
    let left = Memo::new(move |_| total.get().saturating_sub(drawn.0.get()));
    let is_on_paper = Memo::new(move |_| 0 < left.get() && printing.is_on());
    let words = move || {
        let left = left.get();
        format!("Hiện thêm {} đơn vị (còn {})", show_number(left.min(STEP) as i64), show_number(left as i64))
    };
    // For a browser that prints without saying so.
    let missing =
        move || format!("Bản in này thiếu {} đơn vị cuối bảng; tệp Excel tải về có đủ mọi đơn vị.", show_number(left.get() as i64));
    view! {
        <Show when=move || is_on_paper.get()>
            <tbody>{rest.run()}</tbody>
        </Show>
        <Show when=move || { 0 < left.get() && !is_on_paper.get() }>
            <tbody class="more-rows">
                <tr>
                    <td colspan=columns.to_string()>
                        <button type="button" class="button-quiet" on:click=move |_| drawn.0.update(|drawn| *drawn += STEP)>{words}</button>
                        <span class="on-screen">" Tổng cộng, bản in và tệp tải về có đủ mọi đơn vị."</span>
                        <strong class="paper-print">{missing}</strong>
                    </td>
                </tr>
            </tbody>
        </Show>
    }
}
