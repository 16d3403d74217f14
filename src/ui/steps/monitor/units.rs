//! `Giám sát theo cơ sở`: one row a facility, with its months drawn.

use super::days_words;
use crate::normalize::fold;
use crate::quality::board::{Board, Shares, UnitBoard};
use crate::text::show_number;
use crate::ui::parts::field::{Select, TextField};
use crate::ui::parts::spark::{ShareBar, Sparkline, show_share};
use crate::ui::state::session;
use leptos::prelude::*;
use std::sync::Arc;

/// Facilities shown at once.
const PAGE: usize = 100;

/// What facilities are put in order by.
const ORDERS: [&str; 4] = ["Theo tên", "Nhập trong ngày: thấp trước", "Chưa nhập: nhiều trước", "Mũi mới: nhiều trước"];

/// The table.
#[component]
pub(super) fn UnitTable(board: Arc<Board>) -> impl IntoView {
    let words = RwSignal::new(String::new());
    let order = RwSignal::new(0usize);
    let page = RwSignal::new(0usize);
    let (knows_entry, has_columns) = (board.knows_entry, board.has_columns);
    let total = board.total.clone();
    let shown = Memo::new(move |_| {
        let wanted = fold(&words.read());
        let mut places: Vec<usize> = (0..board.units.len())
            .filter(|at| wanted.trim().is_empty() || board.units.get(*at).is_some_and(|unit| fold(&unit.unit).contains(wanted.trim())))
            .collect();
        let of = |at: &usize| board.units.get(*at).map(|unit| unit.all.clone()).unwrap_or_default();
        match order.get() {
            1 => places.sort_by_key(|at| (of(at).doses == 0, share_key(of(at).same_day, of(at).doses - of(at).unknown))),
            2 => places.sort_by_key(|at| std::cmp::Reverse(of(at).not_entered)),
            3 => places.sort_by_key(|at| std::cmp::Reverse(of(at).doses)),
            _ => {}
        }
        places.into_iter().filter_map(|at| board.units.get(at).cloned()).collect::<Vec<UnitBoard>>()
    });
    let pages = move || shown.read().len().div_ceil(PAGE).max(1);
    let rows = move || {
        let at = page.get().min(pages() - 1);
        shown.read().iter().skip(at * PAGE).take(PAGE).map(|unit| row(unit, knows_entry, has_columns)).collect_view()
    };
    let range =
        move || format!("Trang {} trong {} ({} cơ sở)", page.get().min(pages() - 1) + 1, pages(), show_number(shown.read().len() as i64));
    view! {
        <div class="monitor-filter">
            <TextField label="Tìm cơ sở" is_quiet=true placeholder="Tìm cơ sở" value=words on_input=move |text| { words.set(text); page.set(0); } />
            <Select
                label="Xếp cơ sở"
                is_quiet=true
                options=ORDERS.map(str::to_owned).to_vec()
                value=Signal::derive(move || Some(order.get()))
                on_change=move |at: usize| { order.set(at); page.set(0); }
            />
            <Show when=move || { 1 < pages() }>
                <div class="pager">
                    <button type="button" class="button" aria-disabled=move || (page.get() == 0).to_string() on:click=move |_| page.update(|page| *page = page.saturating_sub(1))>"Trang trước"</button>
                    <span>{range}</span>
                    <button type="button" class="button" aria-disabled=move || (page.get() + 1 >= pages()).to_string() on:click=move |_| if page.get_untracked() + 1 < untrack(pages) { page.update(|page| *page += 1) }>"Trang sau"</button>
                </div>
            </Show>
        </div>
        <div class="table-scroll" tabindex="0" role="region" aria-label="Bảng giám sát theo cơ sở">
            <table class="grid monitor-table">
                <caption>"Giám sát theo cơ sở"</caption>
                <thead>
                    <tr>
                        <th scope="col">"Cơ sở"</th>
                        <th scope="col" class="number">"Mũi mới"</th>
                        <th scope="col">"Đầy đủ"</th>
                        <th scope="col">"Đúng"</th>
                        <th scope="col">"Trong ngày"</th>
                        <th scope="col">"Trong ngày, theo tháng"</th>
                        <th scope="col" class="number">"Trung vị"</th>
                        <th scope="col" class="number">"P90"</th>
                        <th scope="col" class="number">"Nhập muộn"</th>
                        <th scope="col" class="number">"Chưa nhập"</th>
                        <th scope="col">"Xác thực đúng"</th>
                        <th scope="col">"Đã ký"</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
                <tfoot>{row(&UnitBoard { unit: "Tổng cộng".to_owned(), ..total }, knows_entry, has_columns)}</tfoot>
            </table>
        </div>
    }
}

/// A share in millionths, for an order; what nobody knows last.
fn share_key(part: u32, whole: u32) -> u64 {
    if whole == 0 { u64::MAX } else { u64::from(part) * 1_000_000 / u64::from(whole) }
}

/// One row.
fn row(unit: &UnitBoard, knows_entry: bool, has_columns: [bool; 2]) -> impl IntoView + use<> {
    let session = session();
    let Shares { doses, complete, correct, same_day, late, not_entered, unknown, median, p90 } = unit.all;
    let known = if knows_entry { doses - unknown } else { 0 };
    let months = unit.months.iter().map(|((year, month), shares)| {
        (format!("{month:02}/{year}"), shares.same_day, if knows_entry { shares.doses - shares.unknown } else { 0 })
    });
    let months: Vec<(String, u32, u32)> = months.collect();
    let number = |count: u32| show_number(i64::from(count));
    let name = unit.unit.clone();
    let has_late = late + not_entered > 0;
    let is_total = name == "Tổng cộng";
    let open = {
        let name = name.clone();
        move |_| session.look_at_unit((!is_total).then(|| name.clone()))
    };
    let head = if has_late {
        view! { <button type="button" class="count" title="Xem mũi nhập muộn, chưa nhập" on:click=open>{name}</button> }.into_any()
    } else {
        name.into_any()
    };
    let [verified, on_system] = unit.verified;
    let of_system = |has: bool, part: u32| if has { show_share(part, on_system) } else { "–".to_owned() };
    view! {
        <tr>
            <th scope="row">{head}</th>
            <td class="number">{number(doses)}</td>
            <td><ShareBar part=complete whole=doses /></td>
            <td><ShareBar part=correct whole=doses /></td>
            <td><ShareBar part=same_day whole=known /></td>
            <td><Sparkline months=months what="Nhập trong ngày" /></td>
            <td class="number">{days_words(median)}</td>
            <td class="number">{days_words(p90)}</td>
            <td class="number">{number(late)}</td>
            <td class="number">{number(not_entered)}</td>
            <td>{of_system(has_columns[0], verified)}</td>
            <td>{of_system(has_columns[1], unit.signed)}</td>
        </tr>
    }
}
