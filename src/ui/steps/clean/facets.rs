//! What findings are narrowed by: severity, rule, file, unit, each with its count under the others.

use crate::domain::FileId;
use crate::normalize::fold;
use crate::quality::{RuleId, Severity};
use crate::text::show_number;
use crate::ui::parts::field::TextField;
use crate::ui::state::session;
use leptos::prelude::*;

/// Units shown at once; the rest are found by name.
const UNITS: usize = 40;

/// The column beside the list.
#[component]
pub(super) fn FacetColumn() -> impl IntoView {
    view! {
        <div class="facets" role="group" aria-label="Lọc lỗi">
            <Severities />
            <Rules />
            <Sources />
            <Units />
        </div>
    }
}

#[component]
fn Severities() -> impl IntoView {
    let session = session();
    let cleaning = session.cleaning;
    let chips = Severity::ALL
        .into_iter()
        .map(|severity| {
            let is_on = Memo::new(move |_| cleaning.filter.read().severity == Some(severity));
            let count = move || show_number(i64::from(cleaning.facets.read().severities[severity as usize]));
            let choose = move |_| session.narrow_findings(move |filter| filter.severity = (!is_on.get_untracked()).then_some(severity));
            view! {
                <button type="button" class=format!("chip is-{}", class_of(severity)) aria-pressed=move || is_on.get().to_string() on:click=choose>
                    {severity.label()} " " <span class="chip-count">{count}</span>
                </button>
            }
        })
        .collect_view();
    view! { <div class="chips" role="group" aria-label="Mức">{chips}</div> }
}

/// The class of a severity's sign.
pub(super) fn class_of(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Notice => "notice",
    }
}

#[component]
fn Rules() -> impl IntoView {
    let cleaning = session().cleaning;
    // Rules with findings first; the order of the catalogue otherwise.
    let order = Memo::new(move |_| {
        let (facets, off) = (cleaning.facets.read(), &cleaning.corrections.read().choices.rules_off);
        let count = |rule: RuleId| facets.rules.get(rule as usize).copied().unwrap_or(0);
        let mut rules: Vec<RuleId> = RuleId::ALL.iter().copied().filter(|rule| !off.contains(rule.code())).collect();
        rules.sort_by_key(|rule| (count(*rule) == 0, rule.rule().severity));
        rules
    });
    view! {
        <div class="facet-rules table-scroll" tabindex="0" role="region" aria-label="Bảng lỗi theo quy tắc">
            <table class="grid">
                <caption>"Lỗi theo quy tắc"</caption>
                <thead>
                    <tr>
                        <th scope="col">"Mã"</th>
                        <th scope="col">"Điều phải đúng"</th>
                        <th scope="col">"Mức"</th>
                        <th scope="col" class="number">"Số lỗi"</th>
                    </tr>
                </thead>
                <tbody>
                    <For each=move || order.get() key=|rule| *rule as u8 children=move |rule| view! { <RuleRow rule=rule /> } />
                </tbody>
            </table>
        </div>
    }
}

#[component]
fn RuleRow(rule: RuleId) -> impl IntoView {
    let session = session();
    let cleaning = session.cleaning;
    let data = rule.rule();
    let count = Memo::new(move |_| cleaning.facets.read().rules.get(rule as usize).copied().unwrap_or(0));
    let is_on = Memo::new(move |_| cleaning.filter.read().rule == Some(rule as u8));
    let choose = move |_| session.narrow_findings(move |filter| filter.rule = (!is_on.get_untracked()).then_some(rule as u8));
    view! {
        <tr class:is-chosen=is_on class:is-zero=move || count.get() == 0>
            <th scope="row">{data.code}</th>
            <td>{data.holds}</td>
            <td><span class=format!("severity is-{}", class_of(data.severity))>{data.severity.label()}</span></td>
            <td class="number">
                <Show when=move || count.get() != 0 || is_on.get() fallback=|| "0">
                    <button
                        type="button"
                        class="count"
                        aria-pressed=move || is_on.get().to_string()
                        title=format!("Xem lỗi {}", data.code)
                        on:click=choose
                    >
                        {move || show_number(i64::from(count.get()))}
                    </button>
                </Show>
            </td>
        </tr>
    }
}

/// A line of a facet: a name and a count.
#[component]
fn Line(
    #[prop(into)] name: String,
    #[prop(into)] count: Signal<u32>,
    #[prop(into)] is_on: Signal<bool>,
    #[prop(into)] on_choose: Callback<()>,
) -> impl IntoView {
    view! {
        <li>
            <button type="button" class="facet-line" aria-pressed=move || is_on.get().to_string() on:click=move |_| on_choose.run(())>
                <span>{name}</span>
                " "
                <span class="chip-count">{move || show_number(i64::from(count.get()))}</span>
            </button>
        </li>
    }
}

#[component]
fn Sources() -> impl IntoView {
    let session = session();
    let cleaning = session.cleaning;
    let known = Memo::new(move |_| {
        cleaning.facets.read().sources.iter().map(|(file, name, side, _)| (*file, name.clone(), *side)).collect::<Vec<_>>()
    });
    let line = move |(file, name, side): (FileId, String, crate::domain::Side)| {
        let count =
            Signal::derive(move || cleaning.facets.read().sources.iter().find(|(own, ..)| *own == file).map_or(0, |(.., count)| *count));
        let is_on = Memo::new(move |_| cleaning.filter.read().source == Some(file));
        let choose = move |()| session.narrow_findings(move |filter| filter.source = (!is_on.get_untracked()).then_some(file));
        view! { <Line name=format!("{name} ({})", side.label()) count=count is_on=is_on on_choose=choose /> }
    };
    view! {
        <section class="facet">
            <h2>"Tệp"</h2>
            <ul class="facet-lines"><For each=move || known.get() key=|(file, ..)| *file children=line /></ul>
        </section>
    }
}

#[component]
fn Units() -> impl IntoView {
    let session = session();
    let cleaning = session.cleaning;
    let words = RwSignal::new(String::new());
    let shown = Memo::new(move |_| {
        let (facets, wanted) = (cleaning.facets.read(), fold(&words.read()));
        let own = cleaning.filter.read().unit.clone();
        let is_wanted = |name: &str| own.as_deref() == Some(name) || wanted.is_empty() || fold(name).contains(wanted.trim());
        facets.units.iter().map(|(name, _)| name).filter(|name| is_wanted(name)).take(UNITS).cloned().collect::<Vec<String>>()
    });
    let more = move || {
        let all = cleaning.facets.read().units.len();
        (all > UNITS).then(|| format!("{} đơn vị có lỗi; tìm theo tên để thấy đơn vị khác.", show_number(all as i64)))
    };
    let line = move |name: String| {
        let (own, chosen) = (name.clone(), name.clone());
        let count =
            Signal::derive(move || cleaning.facets.read().units.iter().find(|(other, _)| *other == own).map_or(0, |(_, count)| *count));
        let compared = name.clone();
        let is_on = Memo::new(move |_| cleaning.filter.read().unit.as_ref() == Some(&compared));
        let choose = move |()| {
            let unit = (!is_on.get_untracked()).then(|| chosen.clone());
            session.narrow_findings(move |filter| filter.unit = unit);
        };
        view! { <Line name=name count=count is_on=is_on on_choose=choose /> }
    };
    view! {
        <section class="facet">
            <h2>"Đơn vị"</h2>
            <TextField label="Tìm đơn vị" is_quiet=true placeholder="Tìm đơn vị" value=words on_input=move |text| words.set(text) />
            <ul class="facet-lines"><For each=move || shown.get() key=String::clone children=line /></ul>
            <p class="quiet">{more}</p>
        </section>
    }
}
