//! `Cầu nối`: why p is what it is.

use crate::domain::Settings;
use crate::domain::settings::ReportedSource;
use crate::forms::bridge::{BridgeTerm, bridge};
use crate::forms::inputs::FormInputs;
use crate::forms::phu_luc_1::{given_columns, published_row};
use crate::reconcile::Report;
use crate::reconcile::report::UnitFigures;
use crate::text::show_number;
use crate::ui::state::session;
use leptos::prelude::*;

/// n and o of all units together, as Phụ lục 1 for one unit has them.
pub(crate) fn whole_figures(report: &Report, settings: &Settings, inputs: &FormInputs) -> (u64, u64) {
    let given = given_columns(Some(report), settings).iter().flatten().sum();
    let on_system = inputs.row("").on_system.map_or(report.total.system_total(), |typed| typed.value);
    (given, on_system)
}

/// A unit, the terms of its p, its p.
type Column = (String, [(BridgeTerm, i64); 8], i64);

fn term_words(term: BridgeTerm) -> &'static str {
    match term {
        BridgeTerm::NumberOnly => "Có số báo cáo, không có danh sách (n − L)",
        BridgeTerm::TypedOnSystem => "o ghi tay khác số đếm được (S − o)",
        term => term.name(),
    }
}

/// A number with its sign, `+12`, `−3`, `0`.
fn signed(value: i64) -> String {
    match value {
        0 => "0".to_owned(),
        1.. => format!("+{}", show_number(value)),
        _ => show_number(value).replacen('-', "−", 1),
    }
}

/// A row a term, a column a unit, the last for all.
#[component]
pub(crate) fn BridgeTable() -> impl IntoView {
    let session = session();
    let table = move || {
        let report = session.report.get()?;
        let (settings, inputs) = (session.settings.get(), session.inputs.get());
        let (given, on_system) = whole_figures(&report, &settings, &inputs);
        let mut columns: Vec<Column> = Vec::new();
        if report.units.len() > 1 {
            columns.extend(report.units.iter().map(|unit| unit_column(unit, &inputs)));
        }
        columns.push(("Chung".to_owned(), bridge(&report.total, given, on_system), given as i64 - on_system as i64));
        let head = columns.iter().map(|(unit, ..)| view! { <th scope="col" class="number">{unit.clone()}</th> }).collect_view();
        let rows = BridgeTerm::ALL
            .into_iter()
            .enumerate()
            .map(|(at, term)| {
                let cells = columns
                    .iter()
                    .map(|(_, terms, _)| view! { <td class="number" class:is-zero=terms[at].1 == 0>{signed(terms[at].1)}</td> })
                    .collect_view();
                view! { <tr><th scope="row">{term_words(term)}</th>{cells}</tr> }
            })
            .collect_view();
        let sums = columns.iter().map(|(_, _, difference)| view! { <td class="number">{show_number(*difference)}</td> }).collect_view();
        let note = (settings.reported_source == ReportedSource::Published && published_row(&settings).is_some() && report.units.len() > 1)
            .then(|| view! { <p class="quiet">"Cột từng đơn vị lấy n từ danh sách; cột chung lấy n Bộ Y tế công bố."</p> });
        Some(view! {
            <div class="table-scroll" tabindex="0" role="region" aria-label="Cầu nối">
                <table class="grid bridge">
                    <caption>"Cầu nối"</caption>
                    <thead><tr><th scope="col">"Số hạng của p"</th>{head}</tr></thead>
                    <tbody>{rows}</tbody>
                    <tfoot><tr><th scope="row">"p = n − o"</th>{sums}</tr></tfoot>
                </table>
            </div>
            {note}
        })
    };
    view! { {table} }
}

fn unit_column(unit: &UnitFigures, inputs: &FormInputs) -> Column {
    let given = unit.listed_total();
    let on_system = inputs.row(&unit.unit).on_system.map_or(unit.system_total(), |typed| typed.value);
    (unit.unit.clone(), bridge(unit, given, on_system), given as i64 - on_system as i64)
}
