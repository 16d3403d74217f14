//! The columns of a sheet: what each is taken for, changeable.

use crate::domain::Field;
use crate::ui::parts::field::Select;
use crate::ui::state::{FileCard, session};
use crate::ui::verdict::{column_name, confidence_words};
use crate::workbook::mapping::{MappedColumn, SheetReading};
use leptos::prelude::*;

/// Most dose groups a row of a list can hold.
const MOST_SLOTS: u8 = 8;

/// One row a column.
#[component]
pub(crate) fn MappingTable(card: FileCard, sheet: u16, reading: Memo<SheetReading>) -> impl IntoView {
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
    view! {
        <div class="mapping">
            <h3>"Các cột" <span class="quiet">" " {header_words}</span></h3>
            <div class="table-scroll" tabindex="0" role="region" aria-label="Các cột của trang tính">
                <table class="grid">
                    <thead>
                        <tr>
                            <th scope="col">"Cột"</th>
                            <th scope="col">"Tên cột trong tệp"</th>
                            <th scope="col">"Ví dụ"</th>
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
            own.confidence = 100;
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
    view! {
        <tr class:is-unused=move || field.get() == Some(0)>
            <th scope="row">{name.clone()}</th>
            <td>{move || mapped.read().as_ref().map(|mapped| mapped.header.clone())}</td>
            <td class="samples">{move || mapped.read().as_ref().map(|mapped| mapped.samples.join(" · "))}</td>
            <td>
                <Select
                    label=format!("Cột {name} hiểu là")
                    is_quiet=true
                    options=fields
                    value=field
                    on_change=move |at: usize| change(&|column| column.field = at.checked_sub(1).map(|at| Field::ALL[at]))
                />
            </td>
            <td>
                <Show when=move || is_of_dose.get()>
                    <Select
                        label=format!("Cột {} thuộc mũi thứ", column_name(column))
                        is_quiet=true
                        options=slots.get_value()
                        value=slot
                        on_change=move |at: usize| change(&|column| column.slot = at as u8 + 1)
                    />
                </Show>
            </td>
            <td class="quiet">{move || mapped.read().as_ref().map(|mapped| if mapped.field.is_some() { confidence_words(mapped.confidence) } else { "" })}</td>
        </tr>
    }
}
