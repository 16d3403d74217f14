//! Doses that were entered late or not at all, the longest wait first.

use super::days_words;
use crate::text::show_number;
use crate::ui::parts::virtual_list::VirtualList;
use crate::ui::state::session;
use crate::worker::quality::LateRow;
use leptos::prelude::*;

/// The list.
#[component]
pub(super) fn LateList() -> impl IntoView {
    let session = session();
    let monitor = session.cleaning.monitor;
    let words = move || {
        let unit = monitor.unit.get().map_or_else(String::new, |unit| format!(" của {unit}"));
        format!("Mũi nhập muộn, chưa nhập{unit}: {}", show_number(i64::from(monitor.late_total.get())))
    };
    let head = |()| {
        view! {
            <tr aria-rowindex="1">
                <th scope="col" class="of-delay">"Trễ"</th>
                <th scope="col" class="of-name">"Họ và tên"</th>
                <th scope="col">"Ngày sinh"</th>
                <th scope="col">"Mũi"</th>
                <th scope="col">"Ngày tiêm"</th>
                <th scope="col">"Ngày nhập"</th>
                <th scope="col" class="of-unit">"Cơ sở"</th>
                <th scope="col" class="of-place">"Nơi ghi"</th>
            </tr>
        }
        .into_any()
    };
    view! {
        <Show when=move || { 0 < monitor.late_total.get() }>
            <section class="findings">
                <div class="findings-head">
                    <h2 id="nhap-muon" tabindex="-1">{words}</h2>
                    <Show when=move || monitor.unit.read().is_some()>
                        <button type="button" class="button" on:click=move |_| if let Some(unit) = monitor.unit.get_untracked() { session.download_facility(unit) }>
                            "Tải báo cáo của cơ sở này"
                        </button>
                        <button type="button" class="button-quiet" on:click=move |_| session.look_at_unit(None)>"Mọi cơ sở"</button>
                    </Show>
                </div>
                <VirtualList
                    label="Danh sách mũi nhập muộn"
                    stem="muon"
                    total=monitor.late_total
                    on_show=move |(first, shown)| session.want_late(first, shown)
                    head=head
                    row=move |at: u32| view! { <Row at=at /> }.into_any()
                />
            </section>
        </Show>
    }
}

#[component]
fn Row(at: u32) -> impl IntoView {
    let monitor = session().cleaning.monitor;
    let row = Memo::new(move |_| {
        let (offset, rows) = &*monitor.late.read();
        at.checked_sub(*offset).and_then(|place| rows.get(place as usize).cloned())
    });
    let text = move |of: fn(&LateRow) -> String| move || row.read().as_ref().map(of).unwrap_or_default();
    let delay = |row: &LateRow| row.days.map_or_else(|| "chưa nhập".to_owned(), |days| days_words(Some(days)));
    let place = |row: &LateRow| format!("dòng {}, {}, {}", row.place.2, row.place.1, row.place.0);
    view! {
        <tr class="virtual-row" aria-rowindex=(at + 2).to_string()>
            <td>{text(delay)}</td>
            <td>{text(|row| row.name.clone())}</td>
            <td>{text(|row| row.birth.clone())}</td>
            <td>{text(|row| row.label.clone())}</td>
            <td>{text(|row| row.given.clone())}</td>
            <td>{text(|row| row.entered.clone())}</td>
            <td title=text(|row| row.unit.clone())>{text(|row| row.unit.clone())}</td>
            <td title=text(place)>{text(place)}</td>
        </tr>
    }
}
