//! `Quy tắc xếp Nhóm`: the rules in order, how many doses each placed, each with a switch.

use crate::domain::group_rule::{GroupRuleId, PlacedBy};
use crate::domain::{Bucket, MissingGroup, Side};
use crate::text::show_number;
use crate::ui::state::session;
use crate::worker::list_filter::ListFilter;
use crate::worker::protocol::ListRef;
use leptos::prelude::*;

/// The list whose doses are put into groups.
pub(crate) const NOT_ENTERED: ListRef = ListRef { side: Side::Local, bucket: Bucket::NotEntered };

/// The table.
#[component]
pub(crate) fn GroupRulesTable() -> impl IntoView {
    let rules = GroupRuleId::ALL
        .into_iter()
        .zip(1..)
        .map(|(rule, number)| {
            view! {
                <tr class:is-off=move || is_off(rule)>
                    <td class="number">{number}</td>
                    <td>{rule.group().label()}</td>
                    <th scope="row">{rule.label()}</th>
                    <Placed by=PlacedBy::Rule(rule) name=rule.label() />
                    <td>{(rule != GroupRuleId::Other).then(|| view! { <Switch rule=rule /> })}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <table class="grid group-rules">
            <caption>"Quy tắc xếp Nhóm"</caption>
            <thead>
                <tr>
                    <th scope="col" class="number">"TT"</th>
                    <th scope="col">"Nhóm"</th>
                    <th scope="col">"Quy tắc, xét từ trên xuống"</th>
                    <th scope="col" class="number">"Mũi"</th>
                    <th scope="col">"Dùng"</th>
                </tr>
            </thead>
            <tbody>
                <tr>
                    <td class="number">"0"</td>
                    <td>"Nhóm đã đặt"</td>
                    <th scope="row">"Do người đặt"</th>
                    <Placed by=PlacedBy::Person name="Do người đặt" />
                    <td></td>
                </tr>
                {rules}
            </tbody>
        </table>
        <p class="quiet">"Mũi “Chưa nhập” theo quy tắc đầu tiên đúng với nó. Tắt một quy tắc thì các mũi của nó theo quy tắc sau; bấm “Hoàn tác” để trở lại."</p>
    }
}

fn is_off(rule: GroupRuleId) -> bool {
    session().decisions.read().rules_off.contains(&rule)
}

/// How many doses, opening them.
#[component]
fn Placed(by: PlacedBy, name: &'static str) -> impl IntoView {
    let session = session();
    let count = Memo::new(move |_| {
        let report = session.report.read();
        report.as_ref().and_then(|report| report.group_rules.iter().find(|(own, _)| *own == by)).map_or(0, |(_, count)| *count)
    });
    let open = move |_| {
        session.remember_place();
        session.open_list(NOT_ENTERED, ListFilter { placed_by: Some(by), ..ListFilter::default() });
    };
    view! {
        <td class="number" class:is-zero=move || count.get() == 0>
            <Show when=move || count.get() != 0 fallback=|| "0">
                <button type="button" class="count" title=format!("Xem các mũi: {name}") on:click=open>{move || show_number(count.get() as i64)}</button>
            </Show>
        </td>
    }
}

#[component]
fn Switch(rule: GroupRuleId) -> impl IntoView {
    let session = session();
    view! {
        <label class="switch">
            <input
                type="checkbox"
                role="switch"
                aria-label=format!("Dùng quy tắc {}: {}", rule.group().label(), rule.label())
                prop:checked=move || !is_off(rule)
                on:change=move |event| session.switch_rule(rule, event_target_checked(&event))
            />
            <span aria-hidden="true">{move || if is_off(rule) { "tắt" } else { "bật" }}</span>
        </label>
    }
}

/// Names of the groups, in the form's order.
pub(crate) fn group_names() -> Vec<String> {
    MissingGroup::ALL.map(|group| group.label().to_owned()).to_vec()
}
