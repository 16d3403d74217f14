//! The select `Đợt trích xuất` of a file or of one of its sheets.

use super::field::Select;
use crate::domain::Side;
use crate::reconcile::snapshot::SNAPSHOT_LIMIT;
use crate::ui::state::{FileCard, session};
use crate::ui::verdict::side;
use crate::workbook::mapping::SheetReading;
use leptos::prelude::*;

/// Shown once there is more than one System sheet: for the whole file, or for one sheet of a file that has several.
#[component]
pub(crate) fn SnapshotSelect(card: FileCard, sheet: Option<(u16, String)>) -> impl IntoView {
    let session = session();
    let file = card.id;
    let is_quiet = sheet.is_some();
    let (own, label) = match sheet {
        Some((at, name)) => (Some(at), format!("Đợt trích xuất: {name}")),
        None => (None, "Đợt trích xuất".to_owned()),
    };
    let is_mine = move |(of, at): &(_, u16)| *of == file && own.is_none_or(|own| own == *at);
    let is_shown = Memo::new(move |_| {
        let numbers = session.snapshots.read();
        let of_file = numbers.keys().filter(|(of, _)| *of == file).count();
        numbers.len() > 1 && numbers.keys().any(is_mine) && (own.is_none() || of_file > 1)
    });
    let value = Signal::derive(move || {
        let numbers = session.snapshots.read();
        let mut mine = numbers.iter().filter(|(key, _)| is_mine(key)).map(|(_, number)| *number);
        let first = mine.next()?;
        mine.all(|number| number == first).then(|| usize::from(first).saturating_sub(1))
    });
    let sheets = card.sheets.clone();
    let words = Memo::new(move |_| {
        let is_chosen = |reading: &SheetReading| reading.mapping.as_ref().is_some_and(|mapping| mapping.snapshot.is_some());
        let sheets = sheets.read();
        let mut mine = sheets.iter().filter(|reading| side(reading) == Some(Side::System) && own.is_none_or(|own| own == reading.sheet));
        if mine.any(is_chosen) { "do bạn chọn" } else { "máy đề xuất" }
    });
    let card = StoredValue::new(card);
    let choose = Callback::new(move |at: usize| session.choose_snapshot(&card.get_value(), own, at as u8 + 1));
    view! {
        <Show when=move || is_shown.get()>
            <div class="snapshot">
                <Select
                    label=label.clone()
                    is_quiet=is_quiet
                    options=(1..=SNAPSHOT_LIMIT).map(|number| format!("Đợt {number}")).collect()
                    value=value
                    empty="Theo từng trang tính"
                    on_change=choose
                />
                <p class="quiet">{words}</p>
            </div>
        </Show>
    }
}
