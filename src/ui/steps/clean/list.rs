//! The findings that the facets leave, a row each.

use super::facets::class_of;
use crate::quality::RuleId;
use crate::text::show_number;
use crate::ui::parts::field::Select;
use crate::ui::parts::virtual_list::VirtualList;
use crate::ui::state::session;
use crate::worker::quality::{FindingFilter, FindingRow, FindingSort};
use leptos::prelude::*;

/// The list with what it is narrowed to.
#[component]
pub(super) fn FindingList() -> impl IntoView {
    let session = session();
    let cleaning = session.cleaning;
    let total = Signal::derive(move || cleaning.facets.read().total);
    let is_narrowed = Memo::new(move |_| *cleaning.filter.read() != FindingFilter::default());
    let words = move || {
        let filter = cleaning.filter.read();
        let rule = filter.rule.and_then(|rule| RuleId::ALL.get(usize::from(rule))).map(|rule| rule.code().to_owned());
        let severity = filter.severity.map(|severity| severity.label().to_owned());
        let file = filter
            .source
            .and_then(|file| cleaning.facets.read().sources.iter().find(|(own, ..)| *own == file).map(|(_, name, ..)| name.clone()));
        let parts: Vec<String> = [rule, severity, filter.unit.clone(), file].into_iter().flatten().collect();
        format!("{} lỗi{}{}", show_number(i64::from(total.get())), if parts.is_empty() { "" } else { ": " }, parts.join(" · "))
    };
    let head = |()| {
        view! {
            <tr aria-rowindex="1">
                <th scope="col" class="of-rule">"Mã"</th>
                <th scope="col" class="of-name">"Họ và tên"</th>
                <th scope="col" class="of-written">"Đang ghi"</th>
                <th scope="col" class="of-dose">"Mũi tiêm"</th>
                <th scope="col" class="of-unit">"Đơn vị"</th>
                <th scope="col" class="of-place">"Nơi ghi"</th>
            </tr>
        }
        .into_any()
    };
    view! {
        <div class="findings">
            <div class="findings-head">
                <h2>{words}</h2>
                <Show when=move || is_narrowed.get()>
                    <button type="button" class="button-quiet" on:click=move |_| session.narrow_findings(|filter| *filter = FindingFilter::default())>
                        "Bỏ lọc"
                    </button>
                </Show>
                <Select
                    label="Xếp danh sách"
                    is_quiet=true
                    options=FindingSort::ALL.map(|sort| sort.label().to_owned()).to_vec()
                    value=Signal::derive(move || FindingSort::ALL.iter().position(|sort| *sort == cleaning.sort.get()))
                    on_change=move |at: usize| session.sort_findings(FindingSort::ALL[at])
                />
            </div>
            <VirtualList
                label="Danh sách lỗi"
                stem="loi"
                total=total
                on_show=move |(first, shown)| session.want_findings(first, shown)
                head=head
                row=move |at: u32| view! { <Finding at=at /> }.into_any()
            />
        </div>
    }
}

#[component]
fn Finding(at: u32) -> impl IntoView {
    let session = session();
    let cleaning = session.cleaning;
    let row = Memo::new(move |_| {
        let stretch = cleaning.stretch.read();
        at.checked_sub(stretch.offset).and_then(|place| stretch.rows.get(place as usize).cloned())
    });
    let text = move |of: fn(&FindingRow) -> String| move || row.read().as_ref().map(of).unwrap_or_default();
    let data = move || row.read().as_ref().and_then(|row| RuleId::ALL.get(usize::from(row.rule))).map(|rule| rule.rule());
    let is_open = move || {
        cleaning
            .detail
            .read()
            .as_ref()
            .zip(row.read().as_ref())
            .is_some_and(|(detail, row)| (detail.row.record, detail.row.rule) == (row.record, row.rule))
    };
    let open = move |_| {
        if let Some(row) = row.get_untracked() {
            session.open_finding(&row);
        }
    };
    let name = move || {
        row.read().as_ref().map_or_else(
            || "Đang tải".to_owned(),
            |row| format!("Mở lỗi {} dòng {} {}", data().map_or("", |rule| rule.code), row.place.2, row.name),
        )
    };
    view! {
        <tr class="virtual-row" class:is-chosen=is_open aria-rowindex=(at + 2).to_string()>
            <td>
                <button
                    type="button"
                    id=format!("loi-{at}")
                    class=move || format!("count severity is-{}", data().map_or("notice", |rule| class_of(rule.severity)))
                    aria-label=name
                    title=move || data().map_or("", |rule| rule.holds)
                    on:click=open
                >
                    {move || data().map_or("…", |rule| rule.code)}
                </button>
            </td>
            <td>{text(|row| row.name.clone())}</td>
            <td class="as-written" title=text(|row| row.written.clone())>{text(|row| if row.written.is_empty() { "(trống)".to_owned() } else { row.written.clone() })}</td>
            <td title=text(|row| row.dose.clone())>{text(|row| row.dose.clone())}</td>
            <td title=text(|row| row.unit.clone())>{text(|row| row.unit.clone())}</td>
            <td title=text(place_words)>{text(place_words)}</td>
        </tr>
    }
}

/// Where a finding stands.
pub(super) fn place_words(row: &FindingRow) -> String {
    let (file, sheet, number, slot) = &row.place;
    let slot = if *slot > 1 { format!(", mũi thứ {slot}") } else { String::new() };
    format!("dòng {number}{slot}, {sheet}, {file}")
}
