//! One finding opened: the rule, the row as written and as read, and what can be done.

use super::facets::class_of;
use super::list::place_words;
use crate::quality::RuleId;
use crate::quality::choices::{Typed, TypedField};
use crate::quality::history::Change;
use crate::ui::parts::field::{Select, TextField};
use crate::ui::state::session;
use crate::ui::way_back::is_escape;
use crate::worker::quality::{FindingDetail, Offer};
use leptos::prelude::*;
use std::sync::Arc;

/// The panel below the list.
#[component]
pub(super) fn Detail() -> impl IntoView {
    let cleaning = session().cleaning;
    move || cleaning.detail.get().map(|detail| view! { <Open detail=detail /> })
}

#[component]
fn Open(detail: Arc<FindingDetail>) -> impl IntoView {
    let session = session();
    let close = move || {
        // The row it was opened from, or the list where that row is out of sight.
        let document = crate::browser::window().and_then(|window| window.document());
        let find = |css: &str| document.as_ref().and_then(|document| document.query_selector(css).ok().flatten());
        let row = find(".virtual-row.is-chosen button").or_else(|| find(".findings .virtual"));
        session.cleaning.detail.set(None);
        if let Some(row) = row.and_then(|row| wasm_bindgen::JsCast::dyn_into::<web_sys::HtmlElement>(row).ok()) {
            let _ = row.focus();
        }
    };
    let Some(rule) = RuleId::ALL.get(usize::from(detail.row.rule)).map(|rule| rule.rule()) else { return ().into_any() };
    let others = detail
        .rules
        .iter()
        .filter(|own| **own != detail.row.rule)
        .filter_map(|own| RuleId::ALL.get(usize::from(*own)))
        .map(|own| format!("{} {}", own.code(), own.rule().holds))
        .collect::<Vec<_>>();
    let others = (!others.is_empty()).then(|| view! { <p class="quiet">{format!("Dòng này còn: {}.", others.join("; "))}</p> });
    let read = (detail.row.read != detail.row.written && !detail.row.read.is_empty())
        .then(|| view! { <div><dt>"Đọc là"</dt><dd>{detail.row.read.clone()}</dd></div> });
    let cells = detail
        .cells
        .iter()
        .map(|(header, text)| view! { <tr><th scope="row">{header.clone()}</th><td class="as-written">{text.clone()}</td></tr> })
        .collect_view();
    let offers = detail.offers.iter().cloned().map(|offer| view! { <Offered offer=offer /> }).collect_view();
    view! {
        <section class="finding" id="loi-dang-mo" aria-labelledby="chi-tiet-loi" on:keydown=move |event| if is_escape(&event) { close() }>
            <div class="findings-head">
                <h2 id="chi-tiet-loi" tabindex="-1">
                    <span class=format!("severity is-{}", class_of(rule.severity))>{rule.code}</span>
                    {format!(" {} – {}", detail.row.name, place_words(&detail.row))}
                </h2>
                <button type="button" class="button-quiet" on:click=move |_| close()>"Đóng chi tiết"</button>
            </div>
            <div class="finding-body">
                <div class="finding-side">
                    <dl class="finding-rule">
                        <div><dt>"Quy tắc"</dt><dd>{rule.holds}</dd></div>
                        <div><dt>"Vì sao"</dt><dd>{rule.why}</dd></div>
                        <div><dt>"Cách sửa"</dt><dd>{rule.fix}</dd></div>
                        <div><dt>"Căn cứ"</dt><dd>{rule.source}</dd></div>
                        <div><dt>"Đang ghi"</dt><dd class="as-written">{if detail.row.written.is_empty() { "(trống)".to_owned() } else { detail.row.written.clone() }}</dd></div>
                        {read}
                    </dl>
                    {others}
                    <div class="offers">{offers}</div>
                    <Typing detail=detail.clone() />
                </div>
                <div class="table-scroll finding-cells" tabindex="0" role="region" aria-label="Dòng trong tệp">
                    <table class="grid">
                        <caption>"Dòng như tệp ghi"</caption>
                        <tbody>{cells}</tbody>
                    </table>
                </div>
            </div>
        </section>
    }
    .into_any()
}

/// A button, or a select where there is something to choose.
#[component]
fn Offered(offer: Offer) -> impl IntoView {
    let session = session();
    let Offer { label, what, choices } = offer;
    if let [(label, changes)] = choices.as_slice() {
        let (label, changes) = (label.clone(), changes.clone());
        return view! { <button type="button" class="button" on:click=move |_| session.correct(&what, changes.clone())>{label}</button> }
            .into_any();
    }
    let names: Vec<String> = choices.iter().map(|(name, _)| name.clone()).collect();
    let choose = move |at: usize| {
        if let Some((name, changes)) = choices.get(at) {
            session.correct(&format!("{what} {name}"), changes.clone());
        }
    };
    view! { <Select label=label options=names value=Signal::derive(|| None) empty="Chọn…" on_change=choose /> }.into_any()
}

/// A field typed anew.
#[component]
fn Typing(detail: Arc<FindingDetail>) -> impl IntoView {
    let session = session();
    let first = usual_field(detail.row.rule);
    let field = RwSignal::new(detail.typed.iter().position(|(_, field, _)| *field == first).unwrap_or(0));
    let current = {
        let detail = detail.clone();
        move |at: usize| detail.typed.get(at).map(|(.., text)| text.clone()).unwrap_or_default()
    };
    let text = RwSignal::new(current(field.get_untracked()));
    let names = detail.typed.iter().map(|(_, field, _)| field.label().to_owned()).collect();
    let choose = move |at: usize| {
        field.set(at);
        text.set(current(at));
    };
    let does = move |_| {
        if let Some((key, field, old)) = detail.typed.get(field.get_untracked()) {
            let typed = Typed { old: old.clone(), new: text.get_untracked().trim().to_owned() };
            session
                .correct(&format!("gõ lại {} của một dòng", field.label().to_lowercase()), vec![Change::Typed(*key, *field, Some(typed))]);
        }
    };
    view! {
        <fieldset class="typing">
            <legend>"Gõ lại một trường"</legend>
            <Select label="Trường" options=names value=Signal::derive(move || Some(field.get())) on_change=choose />
            <TextField label="Giá trị đúng" value=text on_input=move |value| text.set(value) />
            <button type="button" class="button" on:click=does>"Sửa trường này"</button>
            <p class="quiet">"Giá trị gõ lại không nằm trong bản nháp: hãy bấm “Tải bảng sửa” trước khi đóng trang, lần sau thả tệp đó vào cùng."</p>
        </fieldset>
    }
}

/// The field a rule is usually mended in.
fn usual_field(rule: u8) -> TypedField {
    use crate::quality::Facet;
    match RuleId::ALL.get(usize::from(rule)).map(|rule| rule.rule().facet) {
        Some(Facet::Name) => TypedField::Name,
        Some(Facet::Birth | Facet::Age) => TypedField::Birth,
        Some(Facet::Sex) => TypedField::Sex,
        Some(Facet::Phone) => TypedField::Phone,
        Some(Facet::Insurance) => TypedField::Insurance,
        Some(Facet::Given | Facet::Interval | Facet::Order | Facet::Entry) => TypedField::Given,
        Some(Facet::Lot) => TypedField::Lot,
        _ => TypedField::Identity,
    }
}
