//! Checks that warn, each with a place for an explanation; none blocks.

use crate::figures::checks::{CheckKind, Warning, warnings};
use crate::text::show_number;
use crate::ui::state::session;
use leptos::prelude::*;
use std::collections::BTreeMap;

/// Warnings drawn of one kind; more come when they are asked for.
const SHOWN: usize = 20;

/// The panel; nothing where nothing is unusual.
#[component]
pub(super) fn ChecksPanel() -> impl IntoView {
    let session = session();
    let by_kind = Memo::new(move |_| {
        let mut kinds: BTreeMap<CheckKind, Vec<Warning>> = BTreeMap::new();
        for warning in warnings(&session.desk.read()) {
            kinds.entry(warning.kind).or_default().push(warning);
        }
        kinds
    });
    let doubles = move || {
        let desk = session.desk.read();
        let files = session.files.read();
        let items = desk.doubles.iter().take(SHOWN).map(|(unit, source, (file, _, row))| {
            let name = files.iter().find(|card| card.id == *file).map(|card| card.name.to_string()).unwrap_or_default();
            view! { <li>{format!("{unit}: {} nộp hai lần; không dùng {name}, dòng {row}.", source.label())}</li> }
        });
        let items = items.collect_view();
        (!desk.doubles.is_empty()).then(|| view! { <ul class="facts">{items}</ul> })
    };
    let kinds = Memo::new(move |_| by_kind.read().iter().map(|(kind, all)| (*kind, all.len())).collect::<Vec<_>>());
    let groups = move || {
        kinds
            .get()
            .into_iter()
            .map(|(kind, count)| {
                let limit = RwSignal::new(SHOWN);
                let keys = move || {
                    let by_kind = by_kind.read();
                    let own = by_kind.get(&kind).map(Vec::as_slice).unwrap_or_default();
                    own.iter().take(limit.get()).map(|warning| (warning.key.clone(), warning.unit.clone(), warning.words.clone())).collect::<Vec<_>>()
                };
                view! {
                    <details class="disclosure check-kind">
                        <summary>{kind.label()} " (" {show_number(count as i64)} ")"</summary>
                        <table class="grid checks">
                            <caption class="sr-only">{kind.label()}</caption>
                            <thead><tr><th scope="col">"Đơn vị"</th><th scope="col">"Nội dung"</th><th scope="col">"Giải thích"</th></tr></thead>
                            <tbody>
                                <For each=keys key=|key| key.clone() children=move |(key, unit, words)| view! { <CheckRow kind=kind key=key unit=unit words=words /> } />
                            </tbody>
                        </table>
                        <Show when=move || { count > limit.get() }>
                            <button type="button" class="button-quiet" on:click=move |_| limit.update(|limit| *limit += SHOWN * 5)>"Hiện thêm"</button>
                        </Show>
                    </details>
                }
            })
            .collect_view()
    };
    let is_empty = Memo::new(move |_| kinds.read().is_empty() && session.desk.read().doubles.is_empty());
    view! {
        <Show when=move || !is_empty.get()>
            <section class="check-panel" aria-labelledby="kiem-tra">
                <h2 id="kiem-tra">"Điểm cần xem"</h2>
                <p class="quiet">"Các điểm này không chặn việc lập biểu. Nếu số liệu đúng như vậy, ghi lời giải thích."</p>
                {doubles}
                {groups}
            </section>
        </Show>
    }
}

#[component]
fn CheckRow(kind: CheckKind, key: String, unit: String, words: String) -> impl IntoView {
    let session = session();
    let label = format!("Giải thích: {unit}, {}", kind.label());
    let open = {
        let key = key.clone();
        move |_| super::unit_table::open_sources(session, key.clone())
    };
    let explanation = {
        let key = key.clone();
        move || session.inputs.read().row(&key).explanations.get(&kind).cloned().unwrap_or_default()
    };
    let take = move |event| {
        let text = event_target_value(&event);
        session.update_row(&key, |inputs| {
            if text.trim().is_empty() {
                inputs.explanations.remove(&kind);
            } else {
                inputs.explanations.insert(kind, text);
            }
        });
    };
    view! {
        <tr>
            <th scope="row"><button type="button" class="count" on:click=open>{unit}</button></th>
            <td>{words}</td>
            <td><input type="text" autocomplete="off" aria-label=label prop:value=explanation on:change=take /></td>
        </tr>
    }
}
