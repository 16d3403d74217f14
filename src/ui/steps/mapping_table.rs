//! The columns of a sheet: what each is taken for, changeable.

use crate::domain::Field;
use crate::normalize::compose;
use crate::normalize::legacy::TextEncoding;
use crate::ui::parts::field::Select;
use crate::ui::state::{FileCard, session};
use crate::ui::verdict::{column_name, confidence_words};
use crate::workbook::mapping::{MappedColumn, SheetMapping, SheetReading};
use leptos::prelude::*;

/// Most dose groups a row of a list can hold.
const MOST_SLOTS: u8 = 8;

/// One row a column.
#[component]
pub(crate) fn MappingTable(card: FileCard, sheet: u16, reading: Memo<SheetReading>) -> impl IntoView {
    let session = session();
    let card = StoredValue::new(card);
    let each = move || {
        reading
            .read()
            .mapping
            .as_ref()
            .map(|mapping| mapping.columns.iter().map(|column| column.column).collect::<Vec<u16>>())
            .unwrap_or_default()
    };
    let header_words = move || {
        reading.read().mapping.as_ref().map(|mapping| match (mapping.header_first, mapping.header_last) {
            (0, _) => "Trang tính không có dòng tên cột.".to_owned(),
            (first, last) if first == last => format!("Tên cột ở dòng {first}."),
            (first, last) => format!("Tên cột ở dòng {first} đến {last}."),
        })
    };
    let remembered = Memo::new(move |_| reading.read().mapping.as_ref().is_some_and(|mapping| session.remembers(mapping)));
    let has_header = Memo::new(move |_| reading.read().mapping.as_ref().is_some_and(|mapping| mapping.header_first > 0));
    let with_mapping = move |act: &dyn Fn(&SheetMapping)| {
        if let Some(mapping) = &reading.get_untracked().mapping {
            act(mapping);
        }
    };
    let forget = move |_| with_mapping(&|mapping| session.forget_mapping(mapping));
    let reset = move |_| with_mapping(&|mapping| card.with_value(|card| session.reset_mapping(card, sheet, mapping)));
    view! {
        <div class="mapping">
            <div class="mapping-head">
                <h3>"Các cột" <span class="quiet">" " {header_words}</span></h3>
                <Show when=move || has_header.get()>
                    <button type="button" class="button-quiet" on:click=reset>"Trả về máy đề xuất"</button>
                </Show>
                <button type="button" class="button-quiet" disabled=move || !remembered.get() on:click=forget>"Quên cách đọc đã nhớ"</button>
                <p class="quiet">{move || if remembered.get() { "Cách đọc này được nhớ cho mọi trang có cùng tên cột." } else { "" }}</p>
            </div>
            <div class="table-scroll" tabindex="0" role="region" aria-label="Các cột của trang tính">
                <table class="grid">
                    <caption class="sr-only">"Các cột và cách đọc"</caption>
                    <thead>
                        <tr>
                            <th scope="col">"Cột"</th>
                            <th scope="col">"Tên cột trong tệp"</th>
                            <th scope="col">"Ví dụ"</th>
                            <th scope="col">"Kiểu chữ"</th>
                            <th scope="col">"Hiểu là"</th>
                            <th scope="col">"Mũi thứ"</th>
                            <th scope="col">"Độ chắc"</th>
                        </tr>
                    </thead>
                    <tbody>
                        <For each=each key=|column| *column children=move |column| view! { <ColumnRow card=card sheet=sheet reading=reading column=column /> } />
                    </tbody>
                </table>
            </div>
        </div>
    }
}

#[component]
fn ColumnRow(card: StoredValue<FileCard>, sheet: u16, reading: Memo<SheetReading>, column: u16) -> impl IntoView {
    let session = session();
    let mapped = Memo::new(move |_| {
        reading.read().mapping.as_ref().and_then(|mapping| mapping.columns.iter().find(|other| other.column == column).cloned())
    });
    let change = move |change: &dyn Fn(&mut MappedColumn)| {
        let Some(mut mapping) = reading.get_untracked().mapping else { return };
        if let Some(own) = mapping.columns.iter_mut().find(|other| other.column == column) {
            change(own);
        }
        card.with_value(|card| session.change_mapping(card, sheet, mapping));
    };
    let fields: Vec<String> =
        std::iter::once("Không dùng").chain(Field::ALL.iter().map(|field| field.label())).map(str::to_owned).collect();
    let slots = StoredValue::new((1..=MOST_SLOTS).map(|slot| slot.to_string()).collect::<Vec<String>>());
    let name = column_name(column);
    let field = Signal::derive(move || {
        let mapped = mapped.read();
        let field = mapped.as_ref()?.field;
        Some(field.and_then(|field| Field::ALL.iter().position(|other| *other == field)).map_or(0, |at| at + 1))
    });
    let is_of_dose = Memo::new(move |_| mapped.read().as_ref().and_then(|mapped| mapped.field).is_some_and(Field::is_of_dose));
    let slot = Signal::derive(move || mapped.read().as_ref().map(|mapped| usize::from(mapped.slot.max(1)) - 1));
    let may_be_legacy = Memo::new(move |_| mapped.read().as_ref().is_some_and(MappedColumn::may_be_legacy));
    let encodings: Vec<String> = TextEncoding::ALL.iter().map(|encoding| encoding.label().to_owned()).collect();
    let encodings = StoredValue::new(encodings);
    let encoding = Signal::derive(move || {
        mapped.read().as_ref().and_then(|mapped| TextEncoding::ALL.iter().position(|encoding| *encoding == mapped.text))
    });
    let run = Memo::new(move |_| reading.read().mapping.as_ref().and_then(|mapping| mapping.run_at(column)));
    let run_words = move || match run.get() {
        Some(Some(slot)) => format!("Nhóm mũi {slot}"),
        _ => "Người và cột khác".to_owned(),
    };
    view! {
        <Show when=move || run.get().is_some()>
            <tr class="mapping-group">
                <th scope="colgroup" colspan="7">{run_words}</th>
            </tr>
        </Show>
        <tr class:is-unused=move || field.get() == Some(0)>
            <th scope="row">{name.clone()}</th>
            <td>{move || mapped.read().as_ref().map(|mapped| mapped.header.clone())}</td>
            <td class="samples">{move || mapped.read().as_ref().map(samples_of)}</td>
            <td>
                <Show when=move || may_be_legacy.get()>
                    <Select
                        label=format!("Kiểu chữ của cột {}", column_name(column))
                        is_quiet=true
                        options=encodings.get_value()
                        value=encoding
                        on_change=move |at: usize| change(&|column| column.text = TextEncoding::ALL[at])
                    />
                </Show>
            </td>
            <td>
                <Select
                    label=format!("Cột {name} hiểu là")
                    is_quiet=true
                    options=fields
                    value=field
                    on_change=move |at: usize| change(&|column| (column.field, column.confidence) = (at.checked_sub(1).map(|at| Field::ALL[at]), 100))
                />
            </td>
            <td>
                <Show when=move || is_of_dose.get()>
                    <Select
                        label=format!("Cột {} thuộc mũi thứ", column_name(column))
                        is_quiet=true
                        options=slots.get_value()
                        value=slot
                        on_change=move |at: usize| change(&|column| (column.slot, column.confidence) = (at as u8 + 1, 100))
                    />
                </Show>
            </td>
            <td class="quiet">{move || mapped.read().as_ref().map(|mapped| if mapped.field.is_some() { confidence_words(mapped.confidence) } else { "" })}</td>
        </tr>
    }
}

/// The samples; below legacy ones, what they read.
fn samples_of(mapped: &MappedColumn) -> impl IntoView + use<> {
    let read: Vec<String> = mapped.samples.iter().map(|sample| mapped.read_sample(sample)).collect();
    let is_decoded = read.iter().zip(&mapped.samples).any(|(read, sample)| *read != compose(sample));
    let written = is_decoded.then(|| view! { <p>{mapped.samples.join(" · ")}</p> });
    let arrow = if is_decoded { "→ " } else { "" };
    view! { {written} <p class:sample-read=is_decoded>{arrow} {read.join(" · ")}</p> }
}
