//! One unit's sources side by side, with the agreed figures to type and the doses that are a number only to split.

use super::unit_table::column_title;
use crate::domain::settings::ReportedSource;
use crate::domain::{Bucket, FileId, FormColumn, MissingGroup, Side, Status};
use crate::figures::desk::{DeskRow, SourceLine};
use crate::forms::inputs::TypedFigure;
use crate::text::{parse_number, show_date, show_figure, show_number};
use crate::ui::parts::field::Select;
use crate::ui::parts::figure_link::SOURCES_ID;
use crate::ui::state::{Session, Step, session};
use crate::ui::way_back::{BackButton, is_escape};
use crate::worker::list_filter::ListFilter;
use crate::worker::protocol::ListRef;
use leptos::prelude::*;

/// The open unit's row; none where it is gone.
fn open_row(session: Session) -> Option<DeskRow> {
    let key = session.open_unit.get()?;
    let desk = session.desk.read();
    if key.is_empty() { Some(desk.whole.clone()) } else { desk.rows.iter().find(|row| row.key == key).cloned() }
}

/// The panel; nothing while no unit is open.
#[component]
pub(super) fn SourcesPanel() -> impl IntoView {
    let session = session();
    let row = Memo::new(move |_| open_row(session));
    let key = Memo::new(move |_| row.read().as_ref().map(|row| row.key.clone()));
    // Drawn anew for another unit only, so that what is being typed keeps its field.
    let panel = move || {
        key.get().map(|key| {
            let row = Memo::new(move |_| row.get().unwrap_or_default());
            view! { <Panel key=key row=row /> }
        })
    };
    view! { {panel} }
}

#[component]
fn Panel(key: String, row: Memo<DeskRow>) -> impl IntoView {
    let session = session();
    let is_whole = key.is_empty();
    let name = move || if row.read().unit.is_empty() { "cả đơn vị báo cáo".to_owned() } else { row.read().unit.clone() };
    let other_names = move || {
        let names = row.read().other_names.join("; ");
        (!names.is_empty()).then(|| view! { <p class="quiet">{format!("Gồm cả các tên: {names}.")}</p> })
    };
    let choices: Vec<ReportedSource> =
        ReportedSource::ALL.into_iter().filter(|source| is_whole || *source != ReportedSource::Published).collect();
    let options =
        std::iter::once("Theo nguồn chung".to_owned()).chain(choices.iter().map(|source| source.label().to_owned())).collect::<Vec<_>>();
    let chosen = {
        let (key, choices) = (key.clone(), choices.clone());
        move || match session.inputs.read().row(&key).source {
            None => Some(0),
            Some(source) => choices.iter().position(|choice| *choice == source).map(|at| at + 1),
        }
    };
    let choose = {
        let key = key.clone();
        move |at: usize| session.update_row(&key, |inputs| inputs.source = at.checked_sub(1).and_then(|at| choices.get(at).copied()))
    };
    let head = FormColumn::ALL
        .map(|column| view! { <th scope="col" class="number">{column.letter()}<span class="column-title">{column_title(column)}</span></th> })
        .into_iter()
        .collect_view();
    let lines = move || row.read().lines.iter().map(|line| source_row(session, line, &row.read())).collect_view();
    let on_system = move || {
        row.read().figures.as_ref().map(|figures| {
            let cells = FormColumn::ALL
                .map(|column| view! { <td class="number">{show_figure(Some(figures.on_system[column.index()]))}</td> })
                .into_iter()
                .collect_view();
            view! {
                <tr>
                    <th scope="row">"Hệ thống (S)"</th>
                    {cells}
                    <td class="number">{show_figure(Some(figures.system_total()))}</td>
                    <td></td>
                </tr>
            }
        })
    };
    let gaps = move || {
        row.read().figures.as_ref().map(|figures| {
            let row = row.read();
            let cell =
                |agreed: Option<u64>, counted: u64| agreed.map(|agreed| show_number(agreed as i64 - counted as i64)).unwrap_or_default();
            let cells = FormColumn::ALL
                .map(|column| view! { <td class="number">{cell(row.columns[column.index()], figures.on_system[column.index()])}</td> })
                .into_iter()
                .collect_view();
            view! {
                <tr class="source-gap">
                    <th scope="row">"Thống nhất − Hệ thống"</th>
                    {cells}
                    <td class="number">{cell(row.given(), figures.system_total())}</td>
                    <td></td>
                </tr>
            }
        })
    };
    let inputs = FormColumn::ALL.map(|column| view! { <AgreedCell key=key.clone() column=column row=row /> }).into_iter().collect_view();
    let close = move || {
        session.open_unit.set(None);
        session.close_behind();
    };
    view! {
        <section class="sources" aria-labelledby=SOURCES_ID on:keydown=move |event| if is_escape(&event) { close() }>
            <div class="sources-head">
                <h2 id=SOURCES_ID tabindex="-1">"Các nguồn: " {name}</h2>
                <Select label="Nguồn của đơn vị này" options=options value=Signal::derive(chosen) on_change=choose />
                <BackButton />
                <button type="button" class="button" on:click=move |_| close()>"Đóng"</button>
            </div>
            {other_names}
            <div class="table-scroll" tabindex="0" role="region" aria-label="Các nguồn của đơn vị">
                <table class="grid source-table">
                    <caption class="sr-only">"Số của từng nguồn"</caption>
                    <thead>
                        <tr>
                            <th scope="col">"Nguồn"</th>
                            {head}
                            <th scope="col" class="number">"n"</th>
                            <th scope="col">"Ghi ở đâu"</th>
                        </tr>
                    </thead>
                    <tbody>
                        {lines}
                        {on_system}
                    </tbody>
                    <tfoot>
                        <tr>
                            <th scope="row">"Số thống nhất"</th>
                            {inputs}
                            <td class="number">{move || show_figure(row.read().given())}</td>
                            <td></td>
                        </tr>
                        {gaps}
                    </tfoot>
                </table>
            </div>
            <Doses row=row />
            <Reasons key=key.clone() />
            <NumberOnly key=key row=row />
        </section>
    }
}

fn source_row(session: Session, line: &SourceLine, row: &DeskRow) -> impl IntoView + use<> {
    let agreed = row.columns;
    let is_used = Some(line.source) == row.source;
    let cells = FormColumn::ALL
        .map(|column| {
            let value = line.columns[column.index()];
            view! { <td class="number" class:is-differing=value.unwrap_or(0) != agreed[column.index()].unwrap_or(0)>{show_figure(value)}</td> }
        })
        .into_iter()
        .collect_view();
    let total = line.sum();
    let written = line
        .written_total
        .filter(|written| Some(*written) != total)
        .map(|written| view! { <span class="unit-note">{format!("ghi {}", show_figure(Some(written)))}</span> });
    let place = place_words(session, line);
    view! {
        <tr class:is-chosen=is_used>
            <th scope="row">
                {line.source.label()}
                {is_used.then_some(view! { <span class="unit-note">"đang dùng"</span> })}
                {line.is_other_day.then_some(view! { <span class="unit-note">"ngày khác"</span> })}
            </th>
            {cells}
            <td class="number">{show_figure(total)} {written}</td>
            <td class="source-place">{place}</td>
        </tr>
    }
}

/// File, sheet and row of a line, and its day.
fn place_words(session: Session, line: &SourceLine) -> String {
    let name = |file: FileId, sheet: u16| {
        let files = session.files.read();
        let card = files.iter().find(|card| card.id == file);
        let sheet_name = card.and_then(|card| card.sheets.read().iter().find(|own| own.sheet == sheet).map(|own| own.name.clone()));
        (card.map(|card| card.name.to_string()).unwrap_or_default(), sheet_name.unwrap_or_default())
    };
    let mut words: Vec<String> = line
        .places
        .iter()
        .map(|(file, sheet, row)| {
            let (file, sheet) = name(*file, *sheet);
            format!("{file}, {sheet}, dòng {row}")
        })
        .collect();
    if words.is_empty() {
        words.push(match line.source {
            ReportedSource::Lists => "đếm từ danh sách đã đối soát".to_owned(),
            ReportedSource::Published => "Phụ lục 1 kèm Công văn số 1234/BYT-DP".to_owned(),
            _ => "cộng từ các đơn vị".to_owned(),
        });
    }
    if let Some(day) = line.as_of {
        words.push(format!("tính đến {}", show_date(day)));
    }
    words.join("; ")
}

/// One agreed figure to type; emptied, the source's figure stands again.
#[component]
fn AgreedCell(key: String, column: FormColumn, row: Memo<DeskRow>) -> impl IntoView {
    let session = session();
    let is_wrong = RwSignal::new(false);
    let is_typed = move || row.read().typed.contains_key(&column);
    let take = move |text: String| {
        let value = parse_number(&text);
        is_wrong.set(value.is_none() && !text.trim().is_empty());
        if is_wrong.get_untracked() || value == row.read_untracked().columns[column.index()] {
            return;
        }
        let of_source = row.read_untracked().line().and_then(|line| line.columns[column.index()]);
        let value = value.filter(|value| Some(*value) != of_source);
        session.update_row(&key, |inputs| {
            let reason = inputs.columns.remove(&column).map(|figure| figure.reason).unwrap_or_default();
            if let Some(value) = value {
                inputs.columns.insert(column, TypedFigure { value, reason });
            }
        });
    };
    view! {
        <td class="number agreed" class:is-typed=is_typed>
            <input
                type="text"
                size="1"
                inputmode="numeric"
                autocomplete="off"
                aria-label=format!("Số thống nhất cột {}", column.letter())
                aria-invalid=move || is_wrong.get().then_some("true")
                prop:value=move || show_figure(row.read().columns[column.index()])
                on:change=move |event| take(event_target_value(&event))
            />
        </td>
    }
}

/// Opens the doses the lists count for the unit, one column or all.
#[component]
fn Doses(row: Memo<DeskRow>) -> impl IntoView {
    let session = session();
    let column = session.open_column;
    let options = std::iter::once("mọi cột".to_owned())
        .chain(FormColumn::ALL.iter().map(|column| format!("{}: {}", column.letter(), column_title(*column))))
        .collect::<Vec<_>>();
    let chosen = move || Some(column.get().map_or(0, |column| column.index() + 1));
    let links = move || {
        let row = row.read();
        let figures = row.figures.as_ref()?;
        let lists = COUNTED.into_iter().filter_map(|(side, bucket)| {
            let doses = if side == Side::Local { figures.local(bucket) } else { figures.system(bucket) };
            let name = bucket.label(side)?;
            let name = if side == Side::System && bucket == Bucket::Review { format!("{name} (Hệ thống)") } else { name.to_owned() };
            (doses > 0).then(|| {
                // Without a key it is the reporting unit as a whole: its lists are not narrowed.
                let unit = (!row.key.is_empty()).then(|| row.unit.clone());
                let open = move |_| {
                    let filter = ListFilter { unit: unit.clone(), column: column.get_untracked(), ..ListFilter::default() };
                    session.remember_place();
                    session.go_to(Step::Reconcile);
                    session.open_list(ListRef { side, bucket }, filter);
                };
                let count = column.read().is_none().then(|| format!(" ({})", show_number(doses as i64)));
                view! { <button type="button" class="button" on:click=open>{name} {count}</button> }
            })
        });
        Some(lists.collect_view())
    };
    view! {
        <Show when=move || row.read().figures.is_some()>
            <div class="source-doses">
                <Select
                    label="Xem từng mũi của cột"
                    options=options.clone()
                    value=Signal::derive(chosen)
                    on_change=move |at: usize| column.set(at.checked_sub(1).and_then(|at| FormColumn::ALL.get(at).copied()))
                />
                {links}
            </div>
        </Show>
    }
}

/// Lists whose doses L and S count.
const COUNTED: [(Side, Bucket); 8] = [
    (Side::Local, Bucket::Entered),
    (Side::Local, Bucket::ToAdjust),
    (Side::Local, Bucket::NotEntered),
    (Side::Local, Bucket::Review),
    (Side::System, Bucket::Matched),
    (Side::System, Bucket::SystemOnly),
    (Side::System, Bucket::Duplicate),
    (Side::System, Bucket::Review),
];

/// Why the typed figures are what they are.
#[component]
fn Reasons(key: String) -> impl IntoView {
    let session = session();
    let typed = {
        let key = key.clone();
        Memo::new(move |_| session.inputs.read().row(&key).columns.keys().copied().collect::<Vec<_>>())
    };
    let fields = move || {
        typed
            .get()
            .into_iter()
            .map(|column| {
                let (of, to) = (key.clone(), key.clone());
                let reason = move || session.inputs.read().row(&of).columns.get(&column).map(|figure| figure.reason.clone()).unwrap_or_default();
                let take = move |event| {
                    let text = event_target_value(&event);
                    session.update_row(&to, |inputs| {
                        if let Some(figure) = inputs.columns.get_mut(&column) {
                            figure.reason = text;
                        }
                    });
                };
                let label = format!("Lý do ghi tay cột {}", column.letter());
                view! {
                    <label class="reason"><span>{label}</span><input type="text" autocomplete="off" placeholder="Lý do" prop:value=reason on:input=take /></label>
                }
            })
            .collect_view()
    };
    view! { <div class="reasons">{fields}</div> }
}

/// `Chỉ có số liệu` split over the Nhóm and statuses.
#[component]
fn NumberOnly(key: String, row: Memo<DeskRow>) -> impl IntoView {
    let session = session();
    let doses = Memo::new(move |_| {
        let row = row.read();
        let listed = row.figures.as_ref().map_or(0, |figures| figures.listed_total());
        row.given().unwrap_or(0).saturating_sub(listed)
    });
    let body = {
        let key = key.clone();
        move || {
            let rows = MissingGroup::ALL
                .map(|group| {
                    let cells = Status::ALL
                        .map(|status| view! { <SplitCell key=key.clone() group=group status=status /> })
                        .into_iter()
                        .collect_view();
                    view! { <tr><th scope="row">{group.label()}</th>{cells}</tr> }
                })
                .into_iter()
                .collect_view();
            let head = Status::ALL.map(|status| view! { <th scope="col" class="number">{status.label()}</th> }).into_iter().collect_view();
            view! {
                <table class="grid split-table">
                    <caption class="sr-only">"Chỉ có số liệu theo Nhóm và trạng thái"</caption>
                    <thead><tr><th scope="col">"Nhóm"</th>{head}</tr></thead>
                    <tbody>{rows}</tbody>
                </table>
            }
        }
    };
    let split = move || session.inputs.read().row(&key).number_only.map_or(0, |split| split.iter().flatten().sum::<u64>());
    let words = move || {
        let (doses, split) = (doses.get(), split());
        if split > doses {
            return format!(
                "Đã tách {}, nhiều hơn {} mũi chỉ có số liệu: phần thừa không được tính.",
                show_number(split as i64),
                show_number(doses as i64)
            );
        }
        format!(
            "{} mũi có trong số báo cáo, không có trong danh sách. Đã tách {}; {} mũi còn lại vào Nhóm của chính đơn vị nếu có, nếu không vào Nhóm 1, chưa xác minh.",
            show_number(doses as i64),
            show_number(split as i64),
            show_number((doses - split) as i64)
        )
    };
    view! {
        <Show when=move || { doses.get() > 0 }>
            <details class="disclosure">
                <summary>"Tách mũi chỉ có số liệu theo Nhóm"</summary>
                <p>{words.clone()}</p>
                {body.clone()}
            </details>
        </Show>
    }
}

#[component]
fn SplitCell(key: String, group: MissingGroup, status: Status) -> impl IntoView {
    let session = session();
    let is_wrong = RwSignal::new(false);
    let value = {
        let key = key.clone();
        move || session.inputs.read().row(&key).number_only.map_or(0, |split| split[group.index()][status.index()])
    };
    let take = move |event| {
        let text = event_target_value(&event);
        let value = if text.trim().is_empty() { Some(0) } else { parse_number(&text) };
        is_wrong.set(value.is_none());
        let Some(value) = value else { return };
        session.update_row(&key, |inputs| {
            let mut split = inputs.number_only.unwrap_or_default();
            split[group.index()][status.index()] = value;
            inputs.number_only = split.iter().flatten().any(|doses| *doses > 0).then_some(split);
        });
    };
    view! {
        <td class="number">
            <input
                type="text"
                size="1"
                inputmode="numeric"
                autocomplete="off"
                aria-label=format!("{}, {}", group.label(), status.label())
                aria-invalid=move || is_wrong.get().then_some("true")
                prop:value=move || { let value = value(); if value == 0 { String::new() } else { show_figure(Some(value)) } }
                on:change=take
            />
        </td>
    }
}
