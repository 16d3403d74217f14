//! `Chế độ mù`: a second person answers without seeing the machine's weight and order or earlier answers; then where the two differ.

use crate::domain::Decision;
use crate::reconcile::decision::PairKey;
use crate::text::show_number;
use crate::ui::state::session;
use leptos::prelude::*;

/// What blind mode is, and where the answers differ once the second person is through or stops.
#[component]
pub(crate) fn BlindResult() -> impl IntoView {
    let session = session();
    let review = session.review;
    let is_shown = RwSignal::new(false);
    let compared = move || {
        let decisions = session.decisions.read();
        let (mut same, mut other): (usize, Vec<(PairKey, Decision, Decision)>) = (0, Vec::new());
        for (key, second) in review.second.read().iter() {
            match decisions.pairs.get(key) {
                Some(first) if first == second => same += 1,
                Some(first) => other.push((*key, *first, *second)),
                None => {}
            }
        }
        (same, other)
    };
    let result = move || {
        let (same, other) = compared();
        let rows = other
            .iter()
            .map(|(key, first, second)| {
                let key = *key;
                view! {
                    <tr>
                        <td>{first.label()}</td>
                        <td>{second.label()}</td>
                        <td>
                            <button
                                type="button"
                                class="button-quiet"
                                on:click=move |_| {
                                    review.is_blind.set(false);
                                    session.show_pair(key);
                                }
                            >
                                "Mở cặp"
                            </button>
                        </td>
                    </tr>
                }
            })
            .collect_view();
        let words =
            format!("{} cặp hai người trả lời giống nhau, {} cặp khác nhau.", show_number(same as i64), show_number(other.len() as i64));
        let table = (!other.is_empty()).then(|| {
            view! {
                <table class="grid">
                    <caption>"Hai người trả lời khác nhau"</caption>
                    <thead><tr><th scope="col">"Người thứ nhất"</th><th scope="col">"Người thứ hai"</th><th scope="col">"Cặp"</th></tr></thead>
                    <tbody>{rows}</tbody>
                </table>
            }
        });
        view! { <p><strong>{words}</strong></p>{table} }
    };
    let is_through = Memo::new(move |_| review.pair.read().is_none());
    view! {
        <div class="blind">
            <h3>"Người thứ hai trả lời"</h3>
            <p class="quiet">
                "Không hiện trọng số, thứ tự của máy và câu đã trả lời. Câu trả lời ở đây không đổi số trên phụ lục, chỉ để so với người thứ nhất; được giữ trong bản nháp."
            </p>
            <Show when=move || !review.second.read().is_empty()>
                <button type="button" class="button-quiet" on:click=move |_| session.clear_blind()>"Xóa các câu của người thứ hai"</button>
            </Show>
            <Show when=move || is_shown.get() || is_through.get() fallback=move || view! { <button type="button" class="button" on:click=move |_| is_shown.set(true)>"So hai người"</button> }>
                {result}
            </Show>
        </div>
    }
}
