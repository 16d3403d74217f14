//! The row above a list that narrows it: words, unit, column; in `Chưa nhập` also group, rule and status.

use super::field::{Select, fresh_id};
use super::group_rules::group_names;
use crate::browser;
use crate::domain::group_rule::{GroupRuleId, PlacedBy};
use crate::domain::{FormColumn, MissingGroup, Side, Status};
use crate::ui::state::session;
use crate::worker::list_filter::ListFilter;
use crate::worker::protocol::ListRef;
use leptos::prelude::*;

/// Milliseconds after the last letter until the list is asked for.
const TYPING_MS: i32 = 300;

/// The row.
#[component]
pub(crate) fn FilterRow(list: ListRef, is_missing: bool) -> impl IntoView {
    let session = session();
    let filter = session.list_filter;
    let narrow = move |change: &dyn Fn(&mut ListFilter)| {
        let mut wanted = filter.get_untracked();
        change(&mut wanted);
        session.narrow_list(list, wanted);
    };
    let is_narrowed = Memo::new(move |_| !filter.read().is_open());
    let units = unit_names(list);
    let (unit_at, unit_of) = (units.clone(), units.clone());
    let unit = Signal::derive(move || filter.read().unit.as_ref().and_then(|unit| unit_at.iter().position(|name| name == unit)));
    let column = Signal::derive(move || filter.read().column.map(FormColumn::index));
    let group = Signal::derive(move || filter.read().group.map(MissingGroup::index));
    let rule = Signal::derive(move || filter.read().placed_by.and_then(|by| rules().position(|other| other == by)));
    let status = Signal::derive(move || filter.read().status.and_then(|status| Status::ALL.iter().position(|other| *other == status)));
    let by_unit = move |at: Option<usize>| narrow(&|filter| filter.unit = at.and_then(|at| unit_of.get(at).cloned()));
    let by_column = move |at: Option<usize>| narrow(&|filter| filter.column = at.map(|at| FormColumn::ALL[at]));
    let by_group = move |at: Option<usize>| narrow(&|filter| filter.group = at.map(|at| MissingGroup::ALL[at]));
    let by_rule = move |at: Option<usize>| narrow(&|filter| filter.placed_by = at.and_then(|at| rules().nth(at)));
    let by_status = move |at: Option<usize>| narrow(&|filter| filter.status = at.map(|at| Status::ALL[at]));
    let columns = FormColumn::ALL.map(|column| format!("Cột {}", column.letter())).to_vec();
    view! {
        <div class="filters" role="group" aria-label="Lọc danh sách">
            <Words list=list />
            <AnyOf label="Lọc theo đơn vị" all="Mọi đơn vị" options=units value=unit on_change=by_unit />
            <AnyOf label="Lọc theo cột" all="Mọi cột" options=columns value=column on_change=by_column />
            {is_missing
                .then(|| {
                    view! {
                        <AnyOf label="Lọc theo Nhóm" all="Mọi Nhóm" options=group_names() value=group on_change=by_group />
                        <AnyOf label="Lọc theo quy tắc" all="Mọi quy tắc" options=rule_names() value=rule on_change=by_rule />
                        <AnyOf label="Lọc theo trạng thái" all="Mọi trạng thái" options=status_names() value=status on_change=by_status />
                    }
                })}
            <Show when=move || is_narrowed.get()>
                <button type="button" class="button-quiet" on:click=move |_| session.narrow_list(list, ListFilter::default())>"Bỏ lọc"</button>
            </Show>
        </div>
    }
}

/// Words of the name or digits of a number.
#[component]
fn Words(list: ListRef) -> impl IntoView {
    let session = session();
    let id = fresh_id("tim");
    let typed = StoredValue::new(0u32);
    let ask = move |text: String| {
        let wanted = ListFilter { text, ..session.list_filter.get_untracked() };
        if wanted != session.list_filter.get_untracked() {
            session.narrow_list(list, wanted);
        }
    };
    let hear = move |event| {
        let text = event_target_value(&event);
        let turn = typed.get_value() + 1;
        typed.set_value(turn);
        browser::after(TYPING_MS, move || {
            // Only what was typed last is asked for; the list may be closed by then.
            if typed.try_get_value() == Some(turn) {
                ask(text);
            }
        });
    };
    view! {
        <div class="field">
            <label for=id.clone() class="sr-only">"Tìm họ tên hoặc số"</label>
            <input id=id type="text" autocomplete="off" placeholder="Họ tên, số giấy tờ, SĐT" prop:value=move || session.list_filter.read().text.clone() on:input=hear />
        </div>
    }
}

/// A select whose first choice is everything.
#[component]
fn AnyOf(
    label: &'static str,
    all: &'static str,
    options: Vec<String>,
    #[prop(into)] value: Signal<Option<usize>>,
    #[prop(into)] on_change: Callback<Option<usize>>,
) -> impl IntoView {
    let options = std::iter::once(all.to_owned()).chain(options).collect();
    view! {
        <Select
            label=label
            is_quiet=true
            options=options
            value=Signal::derive(move || Some(value.get().map_or(0, |at| at + 1)))
            on_change=move |at: usize| on_change.run(at.checked_sub(1))
        />
    }
}

/// Units with doses in the list.
fn unit_names(list: ListRef) -> Vec<String> {
    let report = session().report.get_untracked().unwrap_or_default();
    let has = |unit: &&crate::reconcile::report::UnitFigures| match list.side {
        Side::Local => unit.local(list.bucket) > 0,
        Side::System => unit.system(list.bucket) > 0,
    };
    report.units.iter().filter(has).map(|unit| unit.unit.clone()).collect()
}

fn rules() -> impl Iterator<Item = PlacedBy> {
    std::iter::once(PlacedBy::Person).chain(GroupRuleId::ALL.into_iter().map(PlacedBy::Rule))
}

fn rule_names() -> Vec<String> {
    let name = |by| match by {
        PlacedBy::Person => "Do người đặt".to_owned(),
        PlacedBy::Rule(rule) => format!("{} – {}", rule.group().label(), rule.label()),
    };
    rules().map(name).collect()
}

/// Names of the statuses, in the form's order.
pub(crate) fn status_names() -> Vec<String> {
    Status::ALL.map(|status| status.label().to_owned()).to_vec()
}
