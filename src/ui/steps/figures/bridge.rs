//! `Cầu nối`: why p is what it is, each term opening its doses.

use crate::domain::{Bucket, Side};
use crate::figures::desk::DeskRow;
use crate::forms::bridge::{BridgeTerm, bridge};
use crate::text::{show_difference, show_number, show_signed};
use crate::ui::parts::figure_link::BRIDGE_ID;
use crate::ui::state::{Session, Step, session};
use crate::worker::list_filter::ListFilter;
use crate::worker::protocol::ListRef;
use leptos::prelude::*;

/// Units drawn as columns; the table scrolls sideways.
const SHOWN: usize = 60;

fn term_words(term: BridgeTerm) -> &'static str {
    match term {
        BridgeTerm::NumberOnly => "Có số báo cáo, không có danh sách (n − L)",
        BridgeTerm::TypedOnSystem => "o ghi khác số đếm được (S − o)",
        term => term.name(),
    }
}

/// The terms of a row's p; none where n or o is blank.
pub(super) fn terms_of(row: &DeskRow) -> Option<[(BridgeTerm, i64); 8]> {
    let figures = row.figures.clone().unwrap_or_default();
    Some(bridge(&figures, row.given()?, row.on_system?))
}

/// The list of doses a term counts; none where it counts figures only.
fn list_of(term: BridgeTerm) -> Option<ListRef> {
    let (side, bucket) = match term {
        BridgeTerm::NotEntered => (Side::Local, Bucket::NotEntered),
        BridgeTerm::LocalReview => (Side::Local, Bucket::Review),
        BridgeTerm::SystemOnly => (Side::System, Bucket::SystemOnly),
        BridgeTerm::SystemDuplicate => (Side::System, Bucket::Duplicate),
        BridgeTerm::SystemReview => (Side::System, Bucket::Review),
        BridgeTerm::CrossMatched => (Side::System, Bucket::Matched),
        BridgeTerm::NumberOnly | BridgeTerm::TypedOnSystem => return None,
    };
    Some(ListRef { side, bucket })
}

/// A row a term, a column a unit, the last for all.
#[component]
pub(super) fn BridgeTable() -> impl IntoView {
    let session = session();
    let limit = RwSignal::new(SHOWN);
    let table = move || {
        let desk = session.desk.read();
        let mut columns: Vec<(&DeskRow, String)> = Vec::new();
        if desk.rows.len() > 1 {
            columns.extend(desk.rows.iter().take(limit.get()).map(|row| (row, row.unit.clone())));
        }
        let left_out = if desk.rows.len() > 1 { desk.rows.len() - columns.len() } else { 0 };
        columns.push((&desk.whole, "Chung".to_owned()));
        let terms: Vec<Option<[(BridgeTerm, i64); 8]>> = columns.iter().map(|(row, _)| terms_of(row)).collect();
        let head = columns.iter().map(|(_, name)| view! { <th scope="col" class="number">{name.clone()}</th> }).collect_view();
        let rows = BridgeTerm::ALL
            .into_iter()
            .enumerate()
            .map(|(at, term)| {
                let cells = columns
                    .iter()
                    .zip(&terms)
                    .map(|((row, _), terms)| {
                        let value = terms.as_ref().map(|terms| terms[at].1);
                        view! { <td class="number" class:is-zero=value == Some(0)>{value.map(|value| term_cell(session, term, row, value))}</td> }
                    })
                    .collect_view();
                view! { <tr><th scope="row">{term_words(term)}</th>{cells}</tr> }
            })
            .collect_view();
        let sums = columns.iter().map(|(row, _)| view! { <td class="number">{row.difference().map(show_difference)}</td> }).collect_view();
        let more = (left_out > 0).then(|| {
            view! {
                <p class="quiet">
                    {format!("Còn {} đơn vị. ", show_number(left_out as i64))}
                    <button type="button" class="button-quiet" on:click=move |_| limit.update(|limit| *limit += SHOWN)>"Hiện thêm"</button>
                </p>
            }
        });
        let gap = (!desk.is_summed && desk.rows.len() > 1).then(|| {
            let sum: u64 = desk.rows.iter().filter_map(DeskRow::given).sum();
            let own = desk.whole.given().unwrap_or(0);
            let words = format!(
                "Cột Chung lấy n của cả đơn vị báo cáo ({}); n các đơn vị cộng lại là {}.",
                show_number(own as i64),
                show_number(sum as i64)
            );
            view! { <p class="quiet">{words}</p> }
        });
        view! {
            <div id=BRIDGE_ID class="table-scroll" tabindex="0" role="region" aria-label="Cầu nối">
                <table class="grid bridge">
                    <caption>"Cầu nối"</caption>
                    <thead><tr><th scope="col">"Số hạng của p"</th>{head}</tr></thead>
                    <tbody>{rows}</tbody>
                    <tfoot><tr><th scope="row">"p = n − o"</th>{sums}</tr></tfoot>
                </table>
            </div>
            {more}
            {gap}
        }
    };
    view! { {table} }
}

/// A term's value: a button where doses or figures stand behind it.
fn term_cell(session: Session, term: BridgeTerm, row: &DeskRow, value: i64) -> AnyView {
    let words = show_signed(value);
    if value == 0 {
        return words.into_any();
    }
    let (key, unit) = (row.key.clone(), row.unit.clone());
    let open = move |_| match list_of(term) {
        Some(list) => {
            session.remember_place();
            session.go_to(Step::Reconcile);
            // The row of all units has no key: its list is not narrowed.
            let unit = (!key.is_empty()).then(|| unit.clone());
            session.open_list(list, ListFilter { unit, ..ListFilter::default() });
        }
        None => super::unit_table::open_sources(session, key.clone()),
    };
    let title = if list_of(term).is_some() { "Xem từng mũi" } else { "Xem các nguồn" };
    view! { <button type="button" class="count" title=title on:click=open>{words}</button> }.into_any()
}
