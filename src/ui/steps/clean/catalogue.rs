//! `Danh mục quy tắc`: the catalogue as a page, with a switch a rule.

use super::facets::class_of;
use crate::quality::history::Change;
use crate::quality::{Facet, RULES, RuleId};
use crate::ui::state::session;
use leptos::prelude::*;

/// The catalogue, closed at first.
#[component]
pub(super) fn Catalogue() -> impl IntoView {
    let is_open = RwSignal::new(false);
    let parts = || {
        Facet::ALL
            .into_iter()
            .map(|facet| {
                let rules = RuleId::ALL.iter().copied().filter(|rule| rule.rule().facet == facet);
                let rows = rules.map(|rule| view! { <RuleLine rule=rule /> }).collect_view();
                view! {
                    <tbody>
                        <tr class="catalogue-part"><th scope="rowgroup" colspan="7">{facet.label()}</th></tr>
                        {rows}
                    </tbody>
                }
            })
            .collect_view()
    };
    let toggle = move |event: web_sys::Event| {
        let is_now = event.target().is_some_and(|target| {
            wasm_bindgen::JsCast::dyn_into::<web_sys::Element>(target).is_ok_and(|element| element.has_attribute("open"))
        });
        is_open.set(is_now);
    };
    view! {
        <details class="disclosure" on:toggle=toggle>
            <summary>{format!("Danh mục quy tắc ({})", RULES.len())}</summary>
            <Show when=move || is_open.get()>
                <div class="table-scroll">
                    <table class="grid catalogue">
                        <caption>"Danh mục quy tắc"</caption>
                        <thead>
                            <tr>
                                <th scope="col">"Mã"</th>
                                <th scope="col">"Mức"</th>
                                <th scope="col">"Điều phải đúng"</th>
                                <th scope="col">"Vì sao"</th>
                                <th scope="col">"Cách sửa"</th>
                                <th scope="col">"Căn cứ"</th>
                                <th scope="col">"Dùng"</th>
                            </tr>
                        </thead>
                        {parts()}
                    </table>
                </div>
            </Show>
        </details>
    }
}

#[component]
fn RuleLine(rule: RuleId) -> impl IntoView {
    let session = session();
    let data = rule.rule();
    let is_off = Memo::new(move |_| session.cleaning.corrections.read().choices.rules_off.contains(data.code));
    let switch = move |event| {
        let is_on = event_target_checked(&event);
        let what = format!("{} quy tắc {}", if is_on { "bật" } else { "tắt" }, data.code);
        session.correct(&what, vec![Change::RuleOff(data.code.to_owned(), !is_on)]);
    };
    view! {
        <tr class:is-off=is_off>
            <th scope="row">{data.code}</th>
            <td><span class=format!("severity is-{}", class_of(data.severity))>{data.severity.label()}</span></td>
            <td>{data.holds}</td>
            <td>{data.why}</td>
            <td>{data.fix}</td>
            <td>{data.source}</td>
            <td>
                <label class="switch">
                    <input type="checkbox" role="switch" aria-label=format!("Dùng quy tắc {}", data.code) prop:checked=move || !is_off.get() on:change=switch />
                    <span aria-hidden="true">{move || if is_off.get() { "tắt" } else { "bật" }}</span>
                </label>
            </td>
        </tr>
    }
}
