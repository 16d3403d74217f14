//! `Vì sao?` of a dose that was not found on the other side: who comes near there, and what stopped each.

use super::pair::{Doses, Fields};
use super::waterfall::Waterfall;
use crate::domain::{Decision, Side};
use crate::reconcile::review::Nearest;
use crate::text::show_bits;
use crate::ui::state::session;
use crate::worker::protocol::DoseRow;
use leptos::prelude::*;

/// The button in the row of a dose.
#[component]
pub(crate) fn WhyButton(row: Memo<Option<DoseRow>>) -> impl IntoView {
    let session = session();
    let name = move || row.read().as_ref().map(|row| format!("Vì sao? {}", row.name)).unwrap_or_default();
    let ask = move |_| {
        if let Some(row) = row.get_untracked() {
            session.ask_why(row);
        }
    };
    view! { <button type="button" class="button-quiet" aria-label=name on:click=ask>"Vì sao?"</button> }
}

/// The candidates of the dose that was asked about.
#[component]
pub(crate) fn NearestPanel() -> impl IntoView {
    let session = session();
    let nearest = session.review.nearest;
    move || {
        let (row, Nearest { own, found }) = nearest.get()?;
        let is_local = session.list_page.with_untracked(|page| page.as_ref().is_some_and(|page| page.list.side == Side::Local));
        let there = if is_local { "trên Hệ thống" } else { "ở địa phương" };
        let own = (!own.is_empty()).then(|| {
            let words = format!("Chính người này đã có {there} với {} mũi dưới đây; không mũi nào cùng ngày, cùng cột biểu hay cùng lô với mũi đang hỏi, hoặc đã ghép với mũi khác.", own.len());
            view! { <p>{words}</p><Doses doses=own is_blind=false /> }
        });
        let lead = match found.len() {
            0 if own.is_some() => "Không có người nào khác gần giống.".to_owned(),
            0 => {
                format!("Không có ai {there} cùng họ tên, số giấy tờ, số điện thoại, ngày sinh hay gần giống: mũi này chưa có ở phía kia.")
            }
            count => format!("{count} người gần giống nhất {there}, và vì sao không ghép:"),
        };
        let candidates = found
            .into_iter()
            .map(|pair| {
                let name = pair.fields.first().map(|field| field.values[usize::from(is_local)].clone()).unwrap_or_default();
                let place = pair.doses.iter().find(|dose| (dose.side == Side::System) == is_local);
                let place = place.map(|dose| format!("{} › {}, dòng {}", dose.place.0, dose.place.1, dose.place.2)).unwrap_or_default();
                let why = pair.why.iter().map(|words| view! { <li>{words.clone()}</li> }).collect_view();
                let key = pair.key;
                let what = format!("“Cùng người” cho {} và {name}", row.name);
                let weight = show_bits(pair.weight());
                view! {
                    <details class="candidate">
                        <summary>{format!("{name} · {weight} bit · {place}")}</summary>
                        <div class="pair-facts">
                            <Fields fields=pair.fields.clone() is_near=false />
                            <div class="pair-side"><Waterfall parts=pair.parts.clone() /></div>
                        </div>
                    </details>
                    <ul class="candidate-why">{why}</ul>
                    <button
                        type="button"
                        class="button"
                        aria-label=format!("Cùng người: {name}")
                        on:click=move |_| session.decide_pairs(&what, vec![(key, Some(Decision::SamePerson))], None)
                    >
                        "Cùng người"
                    </button>
                }
            })
            .collect_view();
        Some(view! {
            <section class="nearest" aria-labelledby="vi-sao">
                <div class="dose-list-head">
                    <h3 id="vi-sao" tabindex="-1">{format!("Vì sao mũi ngày {} của {} không có ở phía kia?", row.given, row.name)}</h3>
                    <button type="button" class="button-quiet" on:click=move |_| nearest.set(None)>"Đóng phần vì sao"</button>
                </div>
                {own}
                <p>{lead}</p>
                {candidates}
            </section>
        })
    }
}
