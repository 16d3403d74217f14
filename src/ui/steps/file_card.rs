//! The card of one dropped file.

use super::sheet_rows::SheetTable;
use crate::domain::Side;
use crate::domain::source::SheetKind;
use crate::text::show_number;
use crate::ui::parts::field::{DateField, Select};
use crate::ui::parts::progress::Progress;
use crate::ui::state::{FileCard, FileState, session};
use crate::ui::verdict::{Verdict, show_size, side};
use crate::workbook::error::ReadError;
use leptos::prelude::*;

/// The card.
#[component]
pub(crate) fn FileCardView(card: FileCard) -> impl IntoView {
    let session = session();
    let name = card.name.to_string();
    let verdict = {
        let card = card.clone();
        Memo::new(move |_| card.verdict())
    };
    let watch = {
        let card = card.clone();
        Signal::derive(move || if let FileState::Reading(watch) = card.state.get() { Some(watch) } else { None })
    };
    let is_waiting = {
        let card = card.clone();
        Memo::new(move |_| *card.state.read() == FileState::Waiting)
    };
    // A copy of another file need not be read again.
    let is_copy = {
        let card = card.clone();
        Memo::new(move |_| matches!(&*card.state.read(), FileState::Refused(ReadError::SameAs(_))))
    };
    let has_sheets = {
        let card = card.clone();
        Memo::new(move |_| card.is_read() && !card.sheets.read().is_empty())
    };
    let notes = {
        let card = card.clone();
        move || {
            card.notes
                .get()
                .into_iter()
                .map(|note| view! { <p class="card-note" class:is-warning=note.is_warning>{note.words}</p> })
                .collect_view()
        }
    };
    let (cancelled, again, removed, shown) = (card.clone(), StoredValue::new(card.clone()), card.clone(), StoredValue::new(card.clone()));
    let cancel = Callback::new(move |()| session.cancel_reading(&cancelled));
    let state_class = move || match verdict.get() {
        None => "is-reading",
        Some(Verdict::Read) => "is-read",
        Some(Verdict::ReadWithProblems) => "is-troubled",
        Some(Verdict::Refused(_)) => "is-refused",
    };
    let state_words = move || verdict.get().map_or_else(|| "Đang đọc".to_owned(), |verdict| verdict.label());
    view! {
        <article class=move || format!("card {}", state_class()) aria-label=name.clone()>
            <div class="card-head">
                <h2 class="card-name">{name.clone()}</h2>
                <span class="card-size">{show_size(card.size)}</span>
                <p class="card-state">{state_words}</p>
                <div class="card-actions">
                    <Show when=move || matches!(verdict.get(), Some(Verdict::Refused(_))) && !has_sheets.get() && !is_copy.get()>
                        <button type="button" class="button" on:click=move |_| again.with_value(|card| session.read_again(card))>"Đọc lại"</button>
                    </Show>
                    <button type="button" class="button-quiet" on:click=move |_| session.remove_file(&removed)>"Bỏ tệp này"</button>
                </div>
            </div>
            <Show when=move || verdict.read().is_none()>
                <Show when=move || is_waiting.get() fallback=move || view! { <Progress label=format!("Tiến độ đọc {}", shown.with_value(|card| card.name.clone())) watch=watch on_cancel=cancel /> }>
                    <div class="progress"><p class="progress-words">"Chờ đến lượt"</p><button type="button" class="button" on:click=move |_| cancel.run(())>"Hủy"</button></div>
                </Show>
            </Show>
            {notes}
            <Show when=move || has_sheets.get()>
                <Loaded card=shown.get_value() />
            </Show>
        </article>
    }
}

/// What a file that is read holds.
#[component]
fn Loaded(card: FileCard) -> impl IntoView {
    let session = session();
    let kind = {
        let card = card.clone();
        Signal::derive(move || {
            let sheets = card.sheets.read();
            let mut kinds =
                sheets.iter().filter(|sheet| !sheet.is_hidden).filter_map(|sheet| sheet.mapping.as_ref()).map(|mapping| mapping.kind);
            let used = sheets.iter().find_map(|sheet| side(sheet)).is_some();
            // Sheets that are left out do not blur what the file is; two kinds of lists do.
            let of_lists: Vec<SheetKind> =
                if used { kinds.filter(|kind| kind.side().is_some()).collect() } else { kinds.by_ref().collect() };
            let first = of_lists.first().copied()?;
            of_lists.iter().all(|kind| *kind == first).then(|| SheetKind::ALL.iter().position(|kind| *kind == first)).flatten()
        })
    };
    let is_system = {
        let card = card.clone();
        Memo::new(move |_| card.sheets.read().iter().any(|sheet| side(sheet) == Some(Side::System)))
    };
    let extracted_on = {
        let card = card.clone();
        Signal::derive(move || {
            card.sheets
                .read()
                .iter()
                .filter(|sheet| side(sheet) == Some(Side::System))
                .find_map(|sheet| sheet.mapping.as_ref().and_then(|mapping| mapping.extracted_on))
        })
    };
    let totals = {
        let card = card.clone();
        move || {
            let sheets = card.sheets.read();
            let sum = |of: fn(&crate::workbook::mapping::SheetReading) -> u32| sheets.iter().map(|sheet| i64::from(of(sheet))).sum::<i64>();
            let skipped: i64 = sheets.iter().flat_map(|sheet| &sheet.skipped).map(|(_, count, _)| i64::from(*count)).sum();
            let mut words = vec![
                format!("{} dòng", show_number(sum(|sheet| sheet.rows))),
                format!("{} người", show_number(sum(|sheet| sheet.persons))),
                format!("{} mũi", show_number(sum(|sheet| sheet.items))),
            ];
            if sum(|sheet| sheet.unreadable) > 0 {
                words.push(format!("{} mũi không đọc được", show_number(sum(|sheet| sheet.unreadable))));
            }
            if skipped > 0 {
                words.push(format!("{} dòng bỏ qua", show_number(skipped)));
            }
            words.join(" · ")
        }
    };
    let (changed, dated) = (card.clone(), card.clone());
    view! {
        <div class="card-body">
            <div class="card-settings">
                <Select
                    label="Loại dữ liệu"
                    options=SheetKind::ALL.map(|kind| kind.label().to_owned()).to_vec()
                    value=kind
                    empty="Khác nhau theo trang tính"
                    on_change=move |at: usize| session.change_kind(&changed, None, SheetKind::ALL[at])
                />
                <Show when=move || is_system.get()>
                    {
                        let dated = dated.clone();
                        view! {
                            <DateField
                                label="Ngày trích xuất"
                                value=extracted_on
                                may_be_empty=true
                                on_change=move |date| {
                                    session.change_sheets(&dated, None, move |mapping, memory| {
                                        mapping.extracted_on = date;
                                        memory.extracted_on = date;
                                    });
                                }
                            />
                        }
                    }
                </Show>
                <p class="card-totals">{totals}</p>
            </div>
            <SheetTable card=card />
        </div>
    }
}
