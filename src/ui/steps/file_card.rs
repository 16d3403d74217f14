//! The card of one dropped file.

use super::sheet_rows::SheetTable;
use crate::domain::Side;
use crate::domain::source::SheetKind;
use crate::ui::parts::field::{DateField, Select};
use crate::ui::parts::progress::Progress;
use crate::ui::parts::snapshot_select::SnapshotSelect;
use crate::ui::state::{FileCard, FileState, session};
use crate::ui::verdict::{Verdict, extracted_on, figure_totals, file_kind, glance_words, has_figure_doubts, show_size, side, totals};
use crate::workbook::error::ReadError;
use leptos::prelude::*;

/// The card.
#[component]
pub(crate) fn FileCardView(card: FileCard) -> impl IntoView {
    let session = session();
    let (name, size) = (card.name.to_string(), show_size(card.size));
    let card = StoredValue::new(card);
    let state = Signal::derive(move || card.with_value(|card| card.state.get()));
    let verdict = Memo::new(move |_| {
        let verdict = card.with_value(FileCard::verdict)?;
        let is_doubtful = verdict == Verdict::Read && has_figure_doubts(&session.reported.read(), card.with_value(|card| card.id));
        Some(if is_doubtful { Verdict::ReadWithProblems } else { verdict })
    });
    let watch = Signal::derive(move || if let FileState::Reading(watch) = state.get() { Some(watch) } else { None });
    let is_waiting = Memo::new(move |_| state.get() == FileState::Waiting);
    let has_sheets = Memo::new(move |_| card.with_value(|card| card.is_read() && !card.sheets.read().is_empty()));
    // A copy of another file need not be read again.
    let can_read_again = Memo::new(move |_| matches!(state.get(), FileState::Refused(error) if !matches!(error, ReadError::SameAs(_))));
    let class = move || match verdict.get() {
        None => "card is-reading",
        Some(Verdict::Read) => "card is-read",
        Some(Verdict::ReadWithProblems) => "card is-troubled",
        Some(Verdict::Refused(_)) => "card is-refused",
    };
    let words = move || verdict.get().map_or_else(|| "Đang đọc".to_owned(), |verdict| verdict.label());
    let notes = move || {
        let notes = card.with_value(|card| card.notes.get());
        notes.into_iter().map(|note| view! { <p class="card-note" class:is-warning=note.is_warning>{note.words}</p> }).collect_view()
    };
    let glance = move || card.with_value(|card| glance_words(&card.preflight.read()));
    let cancel = Callback::new(move |()| card.with_value(|card| session.cancel_reading(card)));
    let (label, bar) = (name.clone(), format!("Tiến độ đọc {name}"));
    view! {
        <article class=class aria-label=label>
            <div class="card-head">
                <h2 class="card-name">{name}</h2>
                <span class="card-size">{size}</span>
                <p class="card-state">{words}</p>
                <div class="card-actions">
                    <Show when=move || can_read_again.get()>
                        <button type="button" class="button" on:click=move |_| session.read_again(&card.get_value())>"Đọc lại"</button>
                    </Show>
                    <button type="button" class="button-quiet" on:click=move |_| session.remove_file(&card.get_value())>"Bỏ tệp này"</button>
                </div>
            </div>
            <Show when=move || verdict.read().is_none()>
                <Show
                    when=move || is_waiting.get()
                    fallback={
                        let bar = bar.clone();
                        move || view! {
                            <Progress label=bar.clone() watch=watch on_cancel=cancel />
                            <p class="card-glance">{glance}</p>
                        }
                    }
                >
                    <div class="progress">
                        <p class="progress-words">"Chờ đến lượt"</p>
                        <button type="button" class="button" on:click=move |_| cancel.run(())>"Hủy"</button>
                    </div>
                </Show>
            </Show>
            {notes}
            <Show when=move || has_sheets.get()>
                <Loaded card=card />
            </Show>
        </article>
    }
}

/// What a file that is read holds.
#[component]
fn Loaded(card: StoredValue<FileCard>) -> impl IntoView {
    let session = session();
    let sheets = Signal::derive(move || card.with_value(|card| card.sheets.get()));
    let kind = Signal::derive(move || {
        let kind = file_kind(&sheets.read())?;
        SheetKind::ALL.iter().position(|other| *other == kind)
    });
    let is_system = Memo::new(move |_| sheets.read().iter().any(|sheet| side(sheet) == Some(Side::System)));
    let change_kind = move |at: usize| session.change_kind(&card.get_value(), None, SheetKind::ALL[at]);
    let change_date = move |date| {
        session.change_sheets(&card.get_value(), None, move |mapping, memory| {
            mapping.extracted_on = date;
            memory.extracted_on = date;
        });
    };
    view! {
        <div class="card-body">
            <div class="card-settings">
                <Select
                    label="Loại dữ liệu"
                    options=SheetKind::ALL.map(|kind| kind.label().to_owned()).to_vec()
                    value=kind
                    empty="Theo từng trang tính"
                    on_change=change_kind
                />
                <Show when=move || is_system.get()>
                    <DateField
                        label="Ngày trích xuất"
                        value=Signal::derive(move || extracted_on(&sheets.read()))
                        may_be_empty=true
                        on_change=change_date
                    />
                </Show>
                <SnapshotSelect card=card.get_value() sheet=None />
                <p class="card-totals">{move || figure_totals(&sheets.read(), &session.reported.read(), card.with_value(|card| card.id)).unwrap_or_else(|| totals(&sheets.read()))}</p>
            </div>
            <SheetTable card=card.get_value() />
        </div>
    }
}
