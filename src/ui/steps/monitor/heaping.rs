//! Doses by day of the month: of all facilities or the one looked at, and the facilities whose doses are heaped on days of summaries.

use crate::quality::board::{Board, UnitBoard};
use crate::text::show_number;
use crate::ui::parts::spark::{ShareBar, show_share};
use crate::ui::state::session;
use leptos::prelude::*;
use std::sync::Arc;

/// Facilities named; the workbook has them all.
const NAMED: usize = 12;
/// Width of a bar with its gap, height of the tallest, px.
const STEP: u32 = 17;
const TALLEST: f64 = 96.0;

/// The section.
#[component]
pub(super) fn Heaping(board: Arc<Board>) -> impl IntoView {
    let monitor = session().cleaning.monitor;
    if board.total.days.doses() == 0 {
        return ().into_any();
    }
    let mut heaped: Vec<&UnitBoard> = board.units.iter().filter(|unit| unit.days.is_heaped()).collect();
    heaped.sort_by_key(|unit| std::cmp::Reverse(u64::from(unit.days.heaped) * 1_000_000 / u64::from(unit.days.doses().max(1))));
    let words = if heaped.is_empty() {
        "Không cơ sở nào có quá một phần tư số mũi rơi vào ngày 1, 15 và ngày cuối tháng.".to_owned()
    } else {
        format!(
            "{} cơ sở có quá một phần tư số mũi rơi vào ngày 1, 15 và ngày cuối tháng (bình thường khoảng một phần mười): ngày tiêm có thể ghi theo ngày tổng hợp. Xem từng mũi ở Làm sạch, quy tắc CS03.",
            show_number(heaped.len() as i64)
        )
    };
    let more = heaped.len().saturating_sub(NAMED);
    let more = (more > 0).then(|| view! { <p class="quiet">{format!("Còn {} cơ sở nữa trong báo cáo giám sát, trang Ngày trong tháng.", show_number(more as i64))}</p> });
    let rows = heaped
        .iter()
        .take(NAMED)
        .map(|unit| {
            view! {
                <tr>
                    <th scope="row">{unit.unit.clone()}</th>
                    <td class="number">{show_number(i64::from(unit.days.doses()))}</td>
                    <td class="number">{show_number(i64::from(unit.days.heaped))}</td>
                    <td><ShareBar part=unit.days.heaped whole=unit.days.doses() /></td>
                </tr>
            }
        })
        .collect_view();
    let table = (!heaped.is_empty()).then(|| {
        view! {
            <table class="grid">
                <caption>"Cơ sở dồn ngày tiêm"</caption>
                <thead>
                    <tr>
                        <th scope="col">"Cơ sở"</th>
                        <th scope="col" class="number">"Số mũi"</th>
                        <th scope="col" class="number">"Ngày 1, 15, cuối tháng"</th>
                        <th scope="col">"Tỉ lệ"</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        }
    });
    let drawn = move || {
        let unit = monitor.unit.get();
        let own = unit.as_ref().and_then(|name| board.units.iter().find(|unit| unit.unit == *name)).unwrap_or(&board.total);
        day_chart(own)
    };
    view! {
        <section class="heaping" aria-labelledby="don-ngay">
            <h2 id="don-ngay">"Mũi tiêm theo ngày trong tháng"</h2>
            <p class="quiet">{words}</p>
            <div class="heaping-body">{drawn} <div>{table} {more}</div></div>
        </section>
    }
    .into_any()
}

/// A bar a day; the days of summaries in another colour and named below.
fn day_chart(unit: &UnitBoard) -> impl IntoView + use<> {
    let days = &unit.days;
    let most = days.by_day.iter().copied().max().unwrap_or_default().max(1);
    let who = if unit.unit.is_empty() { "Mọi cơ sở" } else { &unit.unit };
    let words = format!(
        "{who}: {} mũi, ngày 1, 15 và cuối tháng {} ({}).",
        show_number(i64::from(days.doses())),
        show_number(i64::from(days.heaped)),
        show_share(days.heaped, days.doses())
    );
    let width = STEP * 31;
    let bars = (1u32..)
        .zip(days.by_day)
        .map(|(day, count)| {
            let height = f64::from(count) / f64::from(most) * TALLEST;
            let class = if [1, 15, 30, 31].contains(&day) { "day-bar is-summary" } else { "day-bar" };
            let label = [1, 5, 10, 15, 20, 25, 31].contains(&day).then(|| {
                view! { <text class="day-label" x=((day - 1) * STEP + STEP / 2).to_string() y="112" text-anchor="middle">{day}</text> }
            });
            view! {
                <g>
                    <title>{format!("Ngày {day}: {} mũi", show_number(i64::from(count)))}</title>
                    <rect
                        class=class
                        x=((day - 1) * STEP + 2).to_string()
                        y=format!("{:.1}", TALLEST + 2.0 - height)
                        width=(STEP - 4).to_string()
                        height=format!("{height:.1}")
                    />
                    {label}
                </g>
            }
        })
        .collect_view();
    view! {
        <figure class="day-chart">
            <svg role="img" aria-label=format!("Mũi tiêm theo ngày trong tháng. {words}") viewBox=format!("0 0 {width} 116")>
                <line class="spark-base" x1="0" y1="98.5" x2=width.to_string() y2="98.5" />
                {bars}
            </svg>
            <figcaption class="quiet">{words}</figcaption>
        </figure>
    }
}
