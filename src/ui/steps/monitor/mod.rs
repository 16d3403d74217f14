//! `Giám sát`: how completely, correctly and quickly new doses are entered; verification; signing.

mod heaping;
mod late;
mod partition;
mod units;

use crate::quality::board::{Board, Denominator};
use crate::text::{show_date, show_number};
use crate::ui::parts::field::DateField;
use crate::ui::parts::progress::Progress;
use crate::ui::parts::spark::show_share;
use crate::ui::state::{Step, session};
use heaping::Heaping;
use late::LateList;
use leptos::prelude::*;
use partition::{signing, verifications};
use std::sync::Arc;
use units::UnitTable;

/// The step.
#[component]
pub(crate) fn MonitorStep() -> impl IntoView {
    let session = session();
    let monitor = session.cleaning.monitor;
    let has_data = Memo::new(move |_| session.gate_of_quality());
    let is_counting = Memo::new(move |_| monitor.counting.read().is_some());
    let watch = Signal::derive(move || monitor.counting.get().map(|(_, watch)| watch));
    let board = Memo::new(move |_| monitor.board.get().map(|(_, board)| board));
    Effect::new(move |_| {
        if session.gate_of_quality() && !session.is_counted() && session.matching.read().is_none() {
            session.count_board();
        }
    });
    let empty = move || {
        view! {
            <div class="empty">
                <p class="empty-lead">"Chưa có danh sách để giám sát."</p>
                <p>"Thả dữ liệu Hệ thống (có cột Ngày nhập, trạng thái xác thực và ký) và danh sách tiêm của địa phương vào bước Nạp tệp."</p>
                <button type="button" class="button is-main" on:click=move |_| session.go_to(Step::Import)>"Đến Nạp tệp"</button>
            </div>
        }
    };
    view! {
        <section class="step monitoring" aria-labelledby="step-heading">
            <div class="step-head">
                <h1 id="step-heading" tabindex="-1">"Giám sát"</h1>
                <p class="quiet">"Mũi tiêm mới phải nhập đầy đủ, chính xác, ngay trong ngày (Công văn 1234/BYT-DP mục 2; 1815/BYT-CNTT)."</p>
            </div>
            <Show when=move || is_counting.get()>
                <div class="start"><Progress label="Tiến độ giám sát" watch=watch on_cancel=move |()| session.cancel_board() /></div>
            </Show>
            <Show when=move || has_data.get() fallback=empty>
                <Since />
                {move || board.get().map(|board| view! { <Shown board=board /> })}
            </Show>
        </section>
    }
}

/// The first new day.
#[component]
fn Since() -> impl IntoView {
    let session = session();
    let is_chosen = move || session.cleaning.corrections.read().choices.new_since.is_some();
    view! {
        <div class="monitor-since">
            <DateField
                label="Mũi mới tính từ ngày tiêm"
                value=Signal::derive(move || Some(session.new_since()))
                on_change=move |day| session.set_new_since(day)
            />
            <Show when=move || session.cleaning.monitor.board.read().is_some()>
                <div class="monitor-download">
                    <button
                        type="button"
                        class="button"
                        title="Một tệp .zip: mỗi cơ sở có mũi mới một tệp Excel để gửi cho cơ sở đó"
                        on:click=move |_| session.download_each_facility()
                    >
                        "Tải báo cáo từng cơ sở"
                    </button>
                    <button type="button" class="button" on:click=move |_| session.download_monitoring()>"Tải báo cáo giám sát"</button>
                </div>
            </Show>
            <Show when=is_chosen fallback=|| view! { <p class="quiet">"Ngày sau ngày chốt số liệu."</p> }>
                <button type="button" class="button-quiet" on:click=move |_| session.set_new_since(None)>"Trở về ngày sau ngày chốt"</button>
            </Show>
        </div>
    }
}

#[component]
fn Shown(board: Arc<Board>) -> impl IntoView {
    let basis = match board.denominator {
        Denominator::Lists => {
            "Cơ sở có danh sách địa phương được tính theo danh sách (mũi không có trên Hệ thống tính là chưa nhập); cơ sở khác tính theo dòng trên Hệ thống."
        }
        Denominator::System => {
            "Tính theo dòng trên Hệ thống: chưa có danh sách địa phương đã đối soát, nên không biết mũi nào chưa nhập. Đối soát xong bảng này tự tính lại."
        }
    };
    let ignorance = (!board.knows_entry && board.total.all.doses > 0).then(|| {
        view! {
            <p class="warning">
                "Không có ngày nhập nào trong dữ liệu, nên bảng này không thể biết mũi nào nhập trong ngày, nhập chậm bao lâu. Hãy trích xuất Hệ thống kèm cột “Ngày nhập”."
            </p>
        }
    });
    let total = &board.total.all;
    let known = total.doses - total.unknown;
    let figures = [
        ("Mũi mới", show_number(i64::from(total.doses))),
        ("Đầy đủ", show_share(total.complete, total.doses)),
        ("Đúng (không có lỗi)", show_share(total.correct, total.doses)),
        ("Nhập trong ngày", if board.knows_entry { show_share(total.same_day, known) } else { "không biết".to_owned() }),
        ("Trễ trung vị", days_words(total.median)),
        ("Trễ P90", days_words(total.p90)),
    ]
    .map(|(name, value)| view! { <div class="figure"><dt>{name}</dt><dd>{value}</dd></div> });
    let none = (total.doses == 0).then(|| {
        let since = board.since.map(show_date).unwrap_or_default();
        view! { <p class="quiet">{format!("Không có mũi nào tiêm từ {since}. Chọn một ngày sớm hơn để xem việc nhập trước đó.")}</p> }
    });
    let silent = (!board.silent.is_empty()).then(|| {
        let names = board.silent.iter().map(|name| view! { <li>{name.clone()}</li> }).collect_view();
        view! {
            <details class="disclosure">
                <summary>{format!("Cơ sở chưa nhập mũi mới nào ({})", show_number(board.silent.len() as i64))}</summary>
                <ul class="silent">{names}</ul>
            </details>
        }
    });
    view! {
        {ignorance}
        <dl class="figures monitor-figures">{figures.into_iter().collect_view()}</dl>
        <p class="quiet">{basis}</p>
        {none}
        <UnitTable board=board.clone() />
        {silent}
        <LateList />
        <Heaping board=board.clone() />
        <div class="monitor-parts">
            {verifications(&board)}
            {signing(&board)}
        </div>
    }
}

/// A delay in days.
pub(super) fn days_words(days: Option<u16>) -> String {
    days.map_or_else(|| "–".to_owned(), |days| format!("{} ngày", show_number(i64::from(days))))
}
