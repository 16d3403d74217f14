//! `Số liệu theo đơn vị`: a row a unit, the agreed figures c…q.

use crate::domain::{AgeBand, FormColumn};
use crate::figures::desk::DeskRow;
use crate::forms::phu_luc_1::ReviewResult;
use crate::normalize::fold;
use crate::text::{show_difference, show_figure, show_number};
use crate::ui::parts::field::TextField;
use crate::ui::parts::figure_link::{Behind, open_behind};
use crate::ui::state::{Session, session};
use leptos::prelude::*;

/// Rows drawn at once; more come when they are asked for.
const SHOWN: usize = 100;

/// What a column is, with its age band where that is not the first.
pub(super) fn column_title(column: FormColumn) -> String {
    let title = column.title().replacen("Mũi ", "Mũi\u{a0}", 1);
    match column.band() {
        AgeBand::Adolescent => format!("12-17 tuổi {title}"),
        AgeBand::Child => format!("5-11 tuổi {title}"),
        AgeBand::Adult | AgeBand::UnderFive => title,
    }
}

/// Opens the sources of a unit.
pub(super) fn open_sources(session: Session, key: String) {
    open_behind(session, key, Behind::Sources(None));
}

/// The table.
#[component]
pub(super) fn UnitTable() -> impl IntoView {
    let session = session();
    let limit = RwSignal::new(SHOWN);
    let wanted = RwSignal::new(String::new());
    let only_differing = RwSignal::new(false);
    // Positions of the rows the officer asked for.
    let selected = Memo::new(move |_| {
        let words = fold(&wanted.read());
        let desk = session.desk.read();
        let meets = |row: &DeskRow| {
            (words.is_empty() || fold(&row.unit).contains(&words) || row.other_names.iter().any(|name| fold(name).contains(&words)))
                && (!only_differing.get() || FormColumn::ALL.iter().any(|column| row.differs(*column)))
        };
        desk.rows.iter().enumerate().filter(|(_, row)| meets(row)).map(|(at, _)| at).collect::<Vec<usize>>()
    });
    let rows = move || {
        let desk = session.desk.read();
        let shown: Vec<usize> = selected.read().iter().copied().take(limit.get()).collect();
        shown.into_iter().filter_map(|at| desk.rows.get(at)).map(|row| unit_row(session, row)).collect_view()
    };
    let letters = FormColumn::ALL.iter().map(|column| (column.letter(), column_title(*column)));
    let sums = [("n", "Tổng số đã tiêm"), ("o", "Trên Hệ thống"), ("p", "n\u{a0}−\u{a0}o"), ("q", "Kết quả rà soát")];
    let head = letters
        .chain(sums.map(|(letter, title)| (letter, title.to_owned())))
        .map(|(letter, title)| view! { <th scope="col" class="number">{letter}<span class="column-title">{title}</span></th> })
        .collect_view();
    let more = move || {
        let count = selected.read().len();
        (count > limit.get()).then(|| {
            view! {
                <p class="quiet">
                    {format!("Đang hiện {} / {} đơn vị. ", show_number(limit.get() as i64), show_number(count as i64))}
                    <button type="button" class="button-quiet" on:click=move |_| limit.update(|limit| *limit += SHOWN)>"Hiện thêm"</button>
                </p>
            }
        })
    };
    let has_many = Memo::new(move |_| session.desk.read().rows.len() > 8);
    view! {
        <div class="unit-figures">
            <Show when=move || has_many.get()>
                <div class="filters">
                    <TextField label="Tìm đơn vị" is_quiet=true placeholder="Tìm đơn vị" value=wanted on_input=move |text| wanted.set(text) />
                    <label class="choice">
                        <input type="checkbox" prop:checked=only_differing on:change=move |event| only_differing.set(event_target_checked(&event)) />
                        "Chỉ đơn vị có nguồn lệch nhau"
                    </label>
                </div>
            </Show>
            <div class="table-scroll unit-scroll" tabindex="0" role="region" aria-label="Số liệu theo đơn vị">
                <table class="grid unit-table">
                    <caption>"Số liệu theo đơn vị"</caption>
                    <thead><tr><th scope="col">"Đơn vị"</th>{head}</tr></thead>
                    <tbody>{rows}</tbody>
                    <Total />
                </table>
            </div>
            {more}
            <p class="quiet">"Dấu ≠: các nguồn không ghi giống nhau. Ô viền vàng: số ghi tay. Ô trống: nguồn không có số."</p>
        </div>
    }
}

fn unit_row(session: Session, row: &DeskRow) -> impl IntoView + use<> {
    let cells = FormColumn::ALL
        .map(|column| {
            let (value, differs) = (row.columns[column.index()], row.differs(column));
            view! {
                <td
                    class="number"
                    class:differs=differs
                    class:is-typed=row.typed.contains_key(&column)
                    class:is-zero=value == Some(0)
                    title=differs.then_some("Các nguồn lệch nhau")
                >
                    {show_figure(value)}
                </td>
            }
        })
        .into_iter()
        .collect_view();
    let key = row.key.clone();
    let is_open = {
        let key = key.clone();
        move || session.open_unit.read().as_ref() == Some(&key)
    };
    let note = match row.source {
        None if row.given().is_none() => Some("chưa có số"),
        Some(source) if source != row.wanted => Some(source.label()),
        _ if row.wanted != session.settings.read().reported_source && row.line().is_some() => Some(row.wanted.label()),
        _ => None,
    };
    let review = session.form_1.read().rows.iter().find(|own| own.key == row.key).map(|own| own.review_result.clone());
    let review = match review {
        Some(ReviewResult::Number(value)) => show_figure(Some(value)),
        Some(ReviewResult::Text(text)) => text,
        _ => row.figures.as_ref().map(|figures| show_figure(Some(crate::figures::desk::reviewed(figures)))).unwrap_or_default(),
    };
    view! {
        <tr class:is-chosen=is_open>
            <th scope="row" data-note=note>
                <button type="button" class="count" title=note on:click=move |_| open_sources(session, key.clone())>{row.unit.clone()}</button>
            </th>
            {cells}
            <td class="number is-strong">{show_figure(row.given())}</td>
            <td class="number">{show_figure(row.on_system)}</td>
            <td class="number" class:is-negative=row.difference().is_some_and(|value| value < 0)>{row.difference().map(show_difference).unwrap_or_default()}</td>
            <td class="number">{review}</td>
        </tr>
    }
}

#[component]
fn Total() -> impl IntoView {
    let session = session();
    let total = move || {
        let desk = session.desk.read();
        let whole = &desk.whole;
        let sum = |of: &dyn Fn(&DeskRow) -> Option<u64>| show_figure(desk.rows.iter().filter_map(of).reduce(|a, b| a + b));
        let cells = FormColumn::ALL
            .map(|column| view! { <td class="number">{sum(&|row| row.columns[column.index()])}</td> })
            .into_iter()
            .collect_view();
        let difference = desk.rows.iter().filter_map(DeskRow::difference).reduce(|a, b| a + b);
        let reviewed = sum(&|row| row.figures.as_ref().map(crate::figures::desk::reviewed));
        let of_whole = (!desk.is_summed || desk.rows.is_empty()).then(|| {
            let cells = FormColumn::ALL
                .map(|column| view! { <td class="number" class:is-typed=whole.typed.contains_key(&column)>{show_figure(whole.columns[column.index()])}</td> })
                .into_iter()
                .collect_view();
            view! {
                <tr class="of-whole">
                    <th scope="row" data-note=whole.wanted.label()>
                        <button type="button" class="count" on:click=move |_| open_sources(session, String::new())>"Cả đơn vị báo cáo"</button>
                    </th>
                    {cells}
                    <td class="number">{show_figure(whole.given())}</td>
                    <td class="number">{show_figure(whole.on_system)}</td>
                    <td class="number">{whole.difference().map(show_difference).unwrap_or_default()}</td>
                    <td class="number">{whole.figures.as_ref().map(|figures| show_figure(Some(crate::figures::desk::reviewed(figures))))}</td>
                </tr>
            }
        });
        view! {
            <tfoot>
                {of_whole}
                <tr>
                    <th scope="row">"Tổng cộng"</th>
                    {cells}
                    <td class="number">{sum(&DeskRow::given)}</td>
                    <td class="number">{sum(&|row| row.on_system)}</td>
                    <td class="number">{difference.map(show_difference).unwrap_or_default()}</td>
                    <td class="number">{reviewed}</td>
                </tr>
            </tfoot>
        }
    };
    view! { {total} }
}
