//! The balance of later snapshots: their rows stand in none of the result's buckets.

use crate::text::{show_date, show_number};
use crate::ui::state::session;
use leptos::prelude::*;

/// One line a file; nothing where there is only one snapshot.
#[component]
pub(crate) fn LaterTable() -> impl IntoView {
    let session = session();
    let is_there = Memo::new(move |_| session.report.read().as_ref().is_some_and(|report| !report.later.is_empty()));
    let rows = move || {
        let report = session.report.get().unwrap_or_default();
        let last = report.later.iter().map(|line| line.snapshot).max();
        report
            .later
            .iter()
            .map(|line| {
                let number = |value: u64| view! { <td class="number">{show_number(value as i64)}</td> };
                let day = line.day.map_or_else(String::new, |day| format!(", {}", show_date(day)));
                let decides = if Some(line.snapshot) == last { " (quyết định trạng thái)" } else { "" };
                view! {
                    <tr>
                        <th scope="row">{format!("Đợt {}{day}{decides}", line.snapshot)}</th>
                        <td class="later-file">{line.name.clone()}</td>
                        {number(line.items)}
                        {number(line.already)}
                        <td class="number is-strong">{show_number(line.newly_entered as i64)}</td>
                        {number(line.others)}
                        {number(line.unusable)}
                        <td class="number" class:has-trouble=line.unexplained() != 0>{show_number(line.unexplained())}</td>
                    </tr>
                }
            })
            .collect_view()
    };
    view! {
        <Show when=move || is_there.get()>
            <div class="table-scroll">
            <table class="grid later">
                <caption>"Đợt trích xuất sau"</caption>
                <thead>
                    <tr>
                        <th scope="col">"Đợt"</th>
                        <th scope="col">"Tệp"</th>
                        <th scope="col" class="number">"Mũi đã đọc"</th>
                        <th scope="col" class="number">"Đã có ở đợt đầu"</th>
                        <th scope="col" class="number">"Mới nhập (trước là Chưa nhập)"</th>
                        <th scope="col" class="number">"Chỉ có ở đợt này"</th>
                        <th scope="col" class="number">"Ngoài phạm vi, không đọc được"</th>
                        <th scope="col" class="number">"Không giải thích được"</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
            </div>
            <p class="quiet">"Bảng “Kết quả đối soát”, số o và p theo đợt đầu. Mũi “Chưa nhập” của đợt đầu có trong đợt cuối mang trạng thái “Đã xác minh và đã nhập”."</p>
        </Show>
    }
}
