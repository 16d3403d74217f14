//! Which units a list is wanted of: all, or those ticked.

use super::field::fresh_id;
use crate::normalize::fold;
use crate::text::show_number;
use crate::ui::state::session;
use leptos::prelude::*;
use std::collections::BTreeSet;

/// Units drawn at once; a search finds the others.
const SHOWN: usize = 200;

/// All units, or those ticked. `chosen` is none for all.
#[component]
pub(crate) fn UnitChoice(chosen: RwSignal<Option<BTreeSet<String>>>) -> impl IntoView {
    let session = session();
    let search = RwSignal::new(String::new());
    let id = fresh_id("tim-don-vi");
    let units = Memo::new(move |_| {
        session.report.read().as_ref().map_or_else(Vec::new, |report| report.units.iter().map(|unit| unit.unit.clone()).collect::<Vec<_>>())
    });
    let found = Memo::new(move |_| {
        let words = fold(&search.read());
        units.read().iter().filter(|unit| words.is_empty() || fold(unit).contains(&words)).cloned().collect::<Vec<_>>()
    });
    let summary = move || match &*chosen.read() {
        None => format!("Đơn vị: tất cả {}", show_number(units.read().len() as i64)),
        Some(chosen) => {
            let units = units.read();
            let count = units.iter().filter(|unit| chosen.contains(*unit)).count();
            format!("Đơn vị: đã chọn {} trong {}", show_number(count as i64), show_number(units.len() as i64))
        }
    };
    let is_on = move |unit: &String| chosen.read().as_ref().is_none_or(|chosen| chosen.contains(unit));
    let tick = move |unit: String, is_on: bool| {
        chosen.update(|chosen| {
            let all = || units.with_untracked(|units| units.iter().cloned().collect());
            let wanted = chosen.get_or_insert_with(all);
            if is_on {
                wanted.insert(unit);
            } else {
                wanted.remove(&unit);
            }
            if units.with_untracked(|units| units.iter().all(|unit| wanted.contains(unit))) {
                *chosen = None;
            }
        });
    };
    let boxes = move || {
        let found = found.get();
        let more = found.len().saturating_sub(SHOWN);
        let boxes = found
            .into_iter()
            .take(SHOWN)
            .map(|unit| {
                let (own, ticked) = (unit.clone(), unit.clone());
                view! {
                    <label class="choice">
                        <input
                            type="checkbox"
                            prop:checked=move || is_on(&own)
                            on:change=move |event| tick(ticked.clone(), event_target_checked(&event))
                        />
                        {unit}
                    </label>
                }
            })
            .collect_view();
        let more = (more > 0).then(|| view! { <p class="quiet">{format!("Còn {} đơn vị; gõ tên để tìm.", show_number(more as i64))}</p> });
        view! { {boxes} {more} }
    };
    view! {
        <details class="unit-choice">
            <summary>{summary}</summary>
            <div class="unit-choice-tools">
                <div class="field">
                    <label for=id.clone()>"Tìm đơn vị"</label>
                    <input id=id type="text" prop:value=search on:input=move |event| search.set(event_target_value(&event)) />
                </div>
                <button type="button" class="button-quiet" on:click=move |_| chosen.set(None)>"Chọn tất cả"</button>
                <button type="button" class="button-quiet" on:click=move |_| chosen.set(Some(BTreeSet::new()))>"Bỏ chọn tất cả"</button>
            </div>
            <fieldset class="choices unit-choice-list" tabindex="0">
                <legend class="sr-only">"Đơn vị có trong danh sách"</legend>
                {boxes}
            </fieldset>
        </details>
    }
}
