//! The table that says which column of the form a bare ordinal goes to, editable.

use super::field::Select;
use crate::domain::FormColumn;
use crate::reconcile::column_table::{ColumnTable, ORDINALS, Series};
use crate::ui::state::session;
use leptos::prelude::*;

/// Columns an adult's dose can go to.
const ADULT: usize = 6;

/// The table.
#[component]
pub(crate) fn ColumnTableView() -> impl IntoView {
    let session = session();
    let options: Vec<String> = std::iter::once("–".to_owned())
        .chain(FormColumn::ALL[..ADULT].iter().map(|column| format!("{} · {}", column.letter(), column.title())))
        .collect();
    let options = StoredValue::new(options);
    let rows = Series::ALL
        .into_iter()
        .map(|series| {
            let cells = (0..ORDINALS)
                .map(|at| {
                    let value = Signal::derive(move || {
                        let column = session.columns.read().cells[series.index()][at];
                        Some(column.map_or(0, |column| column.index() + 1))
                    });
                    let change = move |chosen: usize| {
                        session.columns.update(|columns| columns.cells[series.index()][at] = chosen.checked_sub(1).map(|chosen| FormColumn::ALL[chosen]));
                    };
                    view! {
                        <td>
                            <Select label=format!("{}, mũi {}", series.label(), at + 1) is_quiet=true options=options.get_value() value=value on_change=change />
                        </td>
                    }
                })
                .collect_view();
            view! { <tr><th scope="row">{series.label()}</th>{cells}</tr> }
        })
        .collect_view();
    let heads = (1..=ORDINALS).map(|ordinal| view! { <th scope="col">{format!("Mũi {ordinal}")}</th> }).collect_view();
    let is_default = Memo::new(move |_| *session.columns.read() == ColumnTable::default());
    view! {
        <p>
            "Khi danh sách chỉ ghi “Mũi 3” mà không ghi rõ là liều bổ sung hay nhắc lại, cột của biểu được xếp theo vắc xin của các mũi cơ bản (từ 18 tuổi). "
            "Ô “–” nghĩa là biểu không có cột: mũi đó là “Ngoài phạm vi”."
        </p>
        <div class="table-scroll" tabindex="0" role="region" aria-label="Bảng xếp cột">
            <table class="grid columns-table">
                <caption>"Bảng xếp cột theo mũi cơ bản"</caption>
                <thead><tr><th scope="col">"Các mũi cơ bản"</th>{heads}</tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
        <button
            type="button"
            class="button"
            aria-disabled=move || is_default.get().to_string()
            on:click=move |_| session.columns.set(ColumnTable::default())
        >
            "Về bảng gốc"
        </button>
    }
}
