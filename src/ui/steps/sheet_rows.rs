//! The sheets of a file: what each is taken for, what was read, what was left out and what is wrong.

use super::mapping_table::MappingTable;
use crate::domain::FileId;
use crate::domain::source::SheetKind;
use crate::forms::seal::SEAL_SHEET;
use crate::text::{parse_number, show_number};
use crate::ui::parts::field::{Select, fresh_id};
use crate::ui::parts::snapshot_select::SnapshotSelect;
use crate::ui::state::{FileCard, session};
use crate::ui::verdict::{confidence_words, decoded_words, figure_doubts, figures_words, known_words, sheet_hint, side};
use crate::workbook::mapping::{SheetMapping, SheetReading};
use leptos::prelude::*;

/// Doubts about figures shown at once.
const SHOWN_DOUBTS: usize = 200;

/// One row a sheet.
#[component]
pub(crate) fn SheetTable(card: FileCard) -> impl IntoView {
    let each = {
        let card = card.clone();
        move || card.sheets.read().iter().map(|sheet| sheet.sheet).collect::<Vec<u16>>()
    };
    view! {
        <table class="sheets">
            <caption class="sr-only">"Các trang tính của tệp"</caption>
            <thead>
                <tr>
                    <th scope="col">"Trang tính"</th>
                    <th scope="col">"Loại dữ liệu"</th>
                    <th scope="col" class="number">"Dòng"</th>
                    <th scope="col" class="number">"Người"</th>
                    <th scope="col" class="number">"Mũi"</th>
                    <th scope="col" class="number">"Có lỗi"</th>
                    <th scope="col">"Xem"</th>
                </tr>
            </thead>
            <For each=each key=|sheet| *sheet children=move |sheet| view! { <SheetRows card=card.clone() sheet=sheet /> } />
        </table>
    }
}

#[component]
fn SheetRows(card: FileCard, sheet: u16) -> impl IntoView {
    let session = session();
    let reading = {
        let card = card.clone();
        Memo::new(move |_| card.sheets.read().iter().find(|reading| reading.sheet == sheet).cloned().unwrap_or_default())
    };
    let file = card.id;
    let is_open = RwSignal::new(false);
    let panel_id = fresh_id("trang-tinh");
    let (changed, named, dated, mapped) = (card.clone(), card.clone(), card.clone(), card);
    let name = reading.read_untracked().name.clone();
    let label = format!("Loại dữ liệu: {name}");
    let kind = Signal::derive(move || {
        reading.read().mapping.as_ref().and_then(|mapping| SheetKind::ALL.iter().position(|kind| *kind == mapping.kind))
    });
    let asks_header = Memo::new(move |_| reading.read().mapping.is_none() && !is_seal(&reading.read()));
    let kind_words = move || {
        let reading = reading.read();
        if is_seal(&reading) {
            return "dấu kiểm tra của Rà Soát, cho biết biểu có bị sửa tay không".to_owned();
        }
        let Some(mapping) = &reading.mapping else { return "không tìm thấy dòng tên cột".to_owned() };
        let mut words = match mapping.kind_confidence {
            100 => "do bạn chọn, hoặc chắc chắn".to_owned(),
            confidence => format!("máy đoán, {}", confidence_words(confidence)),
        };
        if reading.is_hidden {
            words.push_str(" · trang ẩn");
        }
        if reading.hidden_rows > 0 {
            words.push_str(&format!(" · {} dòng ẩn hoặc đang lọc, vẫn đọc", show_number(i64::from(reading.hidden_rows))));
        }
        if let (Some(unit), true) = (&mapping.unit, side(&reading).is_some()) {
            words.push_str(&format!(" · đơn vị: {unit}"));
        }
        words
    };
    let hint = move || sheet_hint(&reading.read());
    let told = Memo::new(move |_| figures_words(&session.reported.read(), file, sheet));
    let number = move |of: fn(&SheetReading) -> u32| move || show_number(i64::from(of(&reading.read())));
    view! {
        <tbody class:is-unused=move || side(&reading.read()).is_none()>
            <tr>
                <th scope="row">{name.clone()}</th>
                <td>
                    <Select
                        label=label
                        is_quiet=true
                        options=SheetKind::ALL.map(|kind| kind.label().to_owned()).to_vec()
                        value=kind
                        empty="Chưa đọc được"
                        on_change=move |at: usize| session.change_kind(&changed, Some(sheet), SheetKind::ALL[at])
                    />
                    <p class="quiet">{kind_words}</p>
                    <SnapshotSelect card=dated sheet=Some((sheet, name.clone())) />
                    {move || known_words(&reading.read()).map(|words| view! { <p class="card-note">{words}</p> })}
                    {move || told.get().map(|words| view! { <p class="card-note">{words}</p> })}
                    {move || decoded_words(&reading.read()).map(|words| view! { <p class="card-note">{words}</p> })}
                    {move || hint().map(|hint| view! { <p class="card-note is-warning">{hint}</p> })}
                    <Show when=move || asks_header.get()>
                        <HeaderRow card=named.clone() sheet=sheet />
                    </Show>
                </td>
                <td class="number">{number(|reading| reading.rows)}</td>
                <td class="number">{number(|reading| reading.persons)}</td>
                <td class="number">{number(|reading| reading.items)}</td>
                <td class="number" class:has-trouble=move || reading.read().problem_count.max(reading.read().unreadable) != 0>{number(|reading| reading.problem_count.max(reading.unreadable))}</td>
                <td>
                    <button
                        type="button"
                        class="button-quiet"
                        aria-expanded=move || is_open.get().to_string()
                        aria-controls=panel_id.clone()
                        aria-label=format!("Các cột và dòng: {name}")
                        on:click=move |_| is_open.update(|is_open| *is_open = !*is_open)
                    >
                        "Các cột và dòng"
                    </button>
                </td>
            </tr>
            <tr id=panel_id class:is-hidden=move || !is_open.get()>
                <td colspan="7">
                    <Show when=move || is_open.get()>
                        <div class="sheet-panel">
                            <FigureDoubts file=file sheet=sheet />
                            <Rows reading=reading />
                            <MappingTable card=mapped.clone() sheet=sheet reading=reading />
                        </div>
                    </Show>
                </td>
            </tr>
        </tbody>
    }
}

/// Whether a sheet is the hidden one that a form made by Rà Soát carries.
fn is_seal(reading: &SheetReading) -> bool {
    reading.is_hidden && reading.name == SEAL_SHEET
}

/// Names the header row where the machine found none.
#[component]
fn HeaderRow(card: FileCard, sheet: u16) -> impl IntoView {
    let session = session();
    let id = fresh_id("dong-ten-cot");
    let row = RwSignal::new(String::new());
    let is_wrong = RwSignal::new(false);
    let read = move |_| match parse_number(&row.get_untracked()).and_then(|row| u32::try_from(row).ok()).filter(|row| *row > 0) {
        Some(row) => {
            is_wrong.set(false);
            session.name_header(&card, sheet, row);
        }
        None => is_wrong.set(true),
    };
    view! {
        <div class="header-row">
            <label for=id.clone()>"Dòng tên cột là dòng số"</label>
            <input id=id type="text" inputmode="numeric" size="5" prop:value=row aria-invalid=move || is_wrong.get().then_some("true") on:input=move |event| row.set(event_target_value(&event)) />
            <button type="button" class="button" on:click=read>"Đọc theo dòng này"</button>
            <Show when=move || is_wrong.get()>
                <p class="field-problem">"Hãy ghi số dòng như Excel đánh số, ví dụ 5."</p>
            </Show>
        </div>
    }
}

/// What is doubtful about a sheet with figures; nothing where nothing is.
#[component]
fn FigureDoubts(file: FileId, sheet: u16) -> impl IntoView {
    let session = session();
    let found = Memo::new(move |_| figure_doubts(&session.reported.read(), file, sheet, SHOWN_DOUBTS));
    let items = move || found.read().0.iter().map(|words| view! { <li>{words.clone()}</li> }).collect_view();
    let hidden = move || found.read().1.saturating_sub(SHOWN_DOUBTS);
    view! {
        <Show when=move || { found.read().1 > 0 }>
            <div class="sheet-facts">
                <h3>{move || format!("Chỗ cần xem: {}", show_number(found.read().1 as i64))}</h3>
                <ul class="scroll" tabindex="0" aria-label="Các chỗ cần xem">{items}</ul>
                <Show when=move || { hidden() > 0 }>
                    <p class="quiet">{move || format!("và {} chỗ nữa.", show_number(hidden() as i64))}</p>
                </Show>
            </div>
        </Show>
    }
}

/// Rows left out, rows in trouble, columns nobody mapped.
#[component]
fn Rows(reading: Memo<SheetReading>) -> impl IntoView {
    let skipped = move || {
        let reading = reading.read();
        let items = reading
            .skipped
            .iter()
            .filter(|(_, count, _)| *count > 0)
            .map(|(reason, count, rows)| {
                let more = if u32::try_from(rows.len()).is_ok_and(|shown| shown < *count) { "…" } else { "" };
                let rows: Vec<String> = rows.iter().map(u32::to_string).collect();
                view! { <li>{format!("{} {}: dòng {}{more}", show_number(i64::from(*count)), reason.label(), rows.join(", "))}</li> }
            })
            .collect_view();
        let total: i64 = reading.skipped.iter().map(|(_, count, _)| i64::from(*count)).sum();
        view! {
            <div class="sheet-facts">
                <h3>{format!("Dòng bỏ qua: {}", show_number(total))}</h3>
                <ul>{items}</ul>
            </div>
        }
    };
    let problems = move || {
        let reading = reading.read();
        let items = reading
            .problems
            .iter()
            .map(|problem| {
                let slot = if problem.slot > 1 { format!(", mũi thứ {}", problem.slot) } else { String::new() };
                view! { <li>{format!("Dòng {}{slot}: {}", problem.row, problem.what)}</li> }
            })
            .collect_view();
        let hidden = i64::from(reading.problem_count) - reading.problems.len() as i64;
        view! {
            <div class="sheet-facts">
                <h3>{format!("Dòng có lỗi: {}", show_number(i64::from(reading.problem_count)))}</h3>
                <ul class="scroll" tabindex="0" aria-label="Các dòng có lỗi">{items}</ul>
                {(hidden > 0).then(|| view! { <p class="quiet">{format!("và {} dòng nữa.", show_number(hidden))}</p> })}
            </div>
        }
    };
    let unmapped = move || {
        let reading = reading.read();
        let names: Vec<String> = reading.mapping.as_ref().map(unmapped_columns).unwrap_or_default();
        (!names.is_empty()).then(
            || view! { <div class="sheet-facts"><h3>{format!("Cột chưa dùng: {}", names.len())}</h3><p>{names.join(" · ")}</p></div> },
        )
    };
    let unsaved = move || {
        let reading = reading.read();
        let words = reading.unsaved_formulas.iter().map(|(column, count)| {
            format!("cột {}: {} công thức", crate::ui::verdict::column_name(*column), show_number(i64::from(*count)))
        });
        let words: Vec<String> = words.collect();
        (!words.is_empty()).then(|| {
            view! {
                <div class="sheet-facts">
                    <h3>"Công thức không có kết quả lưu, đọc như ô trống"</h3>
                    <p>{words.join(" · ")}</p>
                </div>
            }
        })
    };
    view! { <div class="sheet-lists">{problems} {skipped} {unmapped} {unsaved}</div> }
}

fn unmapped_columns(mapping: &SheetMapping) -> Vec<String> {
    let name =
        |column: &crate::workbook::mapping::MappedColumn| format!("{} “{}”", crate::ui::verdict::column_name(column.column), column.header);
    mapping.columns.iter().filter(|column| column.field.is_none()).map(name).collect()
}
