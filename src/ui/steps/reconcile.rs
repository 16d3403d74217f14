//! `Đối soát`: where every dose landed, why p is what it is, the lists behind the counts.

use super::review::ReviewPanel;
use crate::domain::{Bucket, Side};
use crate::reconcile::Report;
use crate::text::show_number;
use crate::ui::parts::column_table::ColumnTableView;
use crate::ui::parts::dose_list::DoseList;
use crate::ui::parts::group_rules::GroupRulesTable;
use crate::ui::parts::later_table::LaterTable;
use crate::ui::parts::progress::Progress;
use crate::ui::parts::working_list::WorkingList;
use crate::ui::state::{Step, session};
use crate::worker::list_filter::ListFilter;
use crate::worker::protocol::ListRef;
use leptos::prelude::*;
use std::sync::Arc;

/// Rows of `Kết quả đối soát`: name, local bucket, System bucket.
const ROWS: [(&str, Option<Bucket>, Option<Bucket>); 10] = [
    ("Không đọc được", Some(Bucket::Unreadable), Some(Bucket::Unreadable)),
    ("Ngoài phạm vi", Some(Bucket::OutOfScope), Some(Bucket::OutOfScope)),
    ("Trùng lặp", Some(Bucket::Duplicate), None),
    ("Trùng trên Hệ thống", None, Some(Bucket::Duplicate)),
    ("Cần xem xét", Some(Bucket::Review), Some(Bucket::Review)),
    ("Đã nhập", Some(Bucket::Entered), None),
    ("Cần điều chỉnh", Some(Bucket::ToAdjust), None),
    ("Khớp", None, Some(Bucket::Matched)),
    ("Chưa nhập", Some(Bucket::NotEntered), None),
    ("Chỉ có trên Hệ thống", None, Some(Bucket::SystemOnly)),
];

/// The step.
#[component]
pub(crate) fn ReconcileStep() -> impl IntoView {
    let session = session();
    let is_matching = Memo::new(move |_| session.matching.read().is_some());
    let has_report = Memo::new(move |_| session.report.read().is_some());
    let watch = Signal::derive(move || session.matching.get().map(|(_, watch)| watch));
    view! {
        <section class="step" aria-labelledby="step-heading">
            <h1 id="step-heading" tabindex="-1">"Đối soát"</h1>
            <Show when=move || is_matching.get()>
                <div class="start"><Progress label="Tiến độ đối soát" watch=watch on_cancel=move |()| session.cancel_matching() /></div>
            </Show>
            <Show when=move || has_report.get() fallback=move || view! { <Show when=move || !is_matching.get()><Needed /></Show> }>
                <Results />
            </Show>
        </section>
    }
}

/// What is needed before there is a result.
#[component]
pub(crate) fn Needed() -> impl IntoView {
    let session = session();
    let can_start = Memo::new(move |_| session.gate.read().is_ok());
    let words = move || match &*session.gate.read() {
        Ok(words) | Err(words) => words.clone(),
    };
    view! {
        <div class="empty">
            <p class="empty-lead">"Chưa có kết quả đối soát."</p>
            <p>{words}</p>
            <Show
                when=move || can_start.get()
                fallback=move || view! { <button type="button" class="button is-main" on:click=move |_| session.go_to(Step::Import)>"Đến Nạp tệp"</button> }
            >
                <button type="button" class="button is-main" on:click=move |_| session.start_matching()>"Bắt đầu đối soát"</button>
            </Show>
        </div>
    }
}

#[component]
fn Results() -> impl IntoView {
    let session = session();
    let report = Signal::derive(move || session.report.get().unwrap_or_default());
    let balance = move || {
        let unexplained = report.read().unexplained();
        view! { <p class="balance" class:is-broken=unexplained != 0><strong>{show_number(unexplained)}</strong> " dòng không giải thích được"</p> }
    };
    view! {
        <ReviewPanel />
        <div class="results">
            <div class="results-main">
                <ResultTable report=report />
                {balance}
            </div>
            <div class="results-side">
                <KeyFigures />
            </div>
        </div>
        <LaterTable />
        <DoseList />
        <WorkingList />
        <Details report=report />
        <details class="disclosure" open>
            <summary>"Quy tắc xếp Nhóm của mũi chưa nhập"</summary>
            <GroupRulesTable />
        </details>
        <details class="disclosure">
            <summary>"Bảng xếp cột của biểu"</summary>
            <ColumnTableView />
        </details>
    }
}

#[component]
fn ResultTable(report: Signal<Arc<Report>>) -> impl IntoView {
    let rows = ROWS
        .into_iter()
        .map(|(name, local, system)| {
            view! {
                <tr>
                    <th scope="row">{name}</th>
                    <Count report=report side=Side::Local bucket=local />
                    <Count report=report side=Side::System bucket=system />
                </tr>
            }
        })
        .collect_view();
    let total = move |side: Side| {
        move || {
            let report = report.read();
            let counts = if side == Side::Local { &report.total.local } else { &report.total.system };
            show_number(counts.iter().sum::<u64>() as i64)
        }
    };
    view! {
        <table class="grid result-table">
            <caption>"Kết quả đối soát"</caption>
            <thead>
                <tr>
                    <th scope="col">"Kết quả"</th>
                    <th scope="col" class="number">{Side::Local.label()}</th>
                    <th scope="col" class="number">{Side::System.label()}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
            <tfoot>
                <tr>
                    <th scope="row">"Tổng cộng"</th>
                    <td class="number">{total(Side::Local)}</td>
                    <td class="number">{total(Side::System)}</td>
                </tr>
            </tfoot>
        </table>
        <p class="quiet">"Bấm vào số để xem từng mũi."</p>
    }
}

/// A count that opens its list; `–` where the side has no such bucket.
#[component]
fn Count(report: Signal<Arc<Report>>, side: Side, bucket: Option<Bucket>) -> impl IntoView {
    let session = session();
    let Some(bucket) = bucket else { return view! { <td class="number is-none">"–"</td> }.into_any() };
    let list = ListRef { side, bucket };
    let count =
        Memo::new(move |_| if side == Side::Local { report.read().total.local(bucket) } else { report.read().total.system(bucket) });
    let is_open = move || session.list_page.read().as_ref().is_some_and(|page| page.list == list);
    let name = format!("Xem danh sách {} ({})", bucket.label(side).unwrap_or_default(), side.label());
    let open = move |_| {
        session.remember_place();
        session.open_list(list, ListFilter::default());
    };
    view! {
        <td class="number" class:is-open=is_open class:is-zero=move || count.get() == 0>
            <Show when=move || count.get() != 0 fallback=|| "0">
                <button type="button" class="count" title=name.clone() on:click=open>
                    {move || show_number(count.get() as i64)}
                </button>
            </Show>
        </td>
    }
    .into_any()
}

/// L, S, n, o, p.
#[component]
fn KeyFigures() -> impl IntoView {
    let session = session();
    let figures = move || {
        let report = session.report.get().unwrap_or_default();
        let desk = session.desk.read();
        let (given, on_system) = (desk.whole.given().unwrap_or(0), desk.whole.on_system.unwrap_or(0));
        let source = desk.whole.wanted.label();
        let figure = |letter: &'static str, what: String, value: i64| {
            view! { <div class="figure"><dt><span class="figure-letter">{letter}</span> {what}</dt><dd>{show_number(value)}</dd></div> }
        };
        view! {
            <dl class="figures">
                {figure("L", "trong danh sách".to_owned(), report.total.listed_total() as i64)}
                {figure("S", "trên Hệ thống".to_owned(), report.total.system_total() as i64)}
                {figure("n", format!("đã thực hiện ({source})"), given as i64)}
                {figure("o", "đã nhập".to_owned(), on_system as i64)}
                {figure("p", "chênh lệch n − o".to_owned(), given as i64 - on_system as i64)}
            </dl>
        }
    };
    view! { {figures} }
}

/// The balance per file, reasons, differences.
#[component]
fn Details(report: Signal<Arc<Report>>) -> impl IntoView {
    let files = move || {
        let report = report.read();
        let rows = report
            .files
            .iter()
            .map(|file| {
                let landed: u64 = file.buckets.iter().flatten().sum();
                let unexplained = file.unexplained();
                view! {
                    <tr>
                        <th scope="row">{file.name.clone()}</th>
                        <td class="number">{show_number(file.items.iter().sum::<u64>() as i64)}</td>
                        <td class="number">{show_number(landed as i64)}</td>
                        <td class="number" class:has-trouble=unexplained != 0>{show_number(unexplained)}</td>
                    </tr>
                }
            })
            .collect_view();
        view! {
            <table class="grid">
                <caption>"Theo tệp"</caption>
                <thead>
                    <tr>
                        <th scope="col">"Tệp"</th>
                        <th scope="col" class="number">"Mũi đã đọc"</th>
                        <th scope="col" class="number">"Có kết quả"</th>
                        <th scope="col" class="number">"Không giải thích được"</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        }
    };
    let reasons = move || {
        let report = report.read();
        let rows = report
            .reasons
            .iter()
            .map(|reason| {
                view! {
                    <tr>
                        <th scope="row">{reason.bucket.label(reason.side).unwrap_or_default()}</th>
                        <td>{reason.side.label()}</td>
                        <td>{reason.reason.clone()}</td>
                        <td class="number">{show_number(reason.items as i64)}</td>
                    </tr>
                }
            })
            .collect_view();
        (!report.reasons.is_empty()).then(|| {
            view! {
                <table class="grid">
                    <caption>"Vì sao không đọc được, ngoài phạm vi"</caption>
                    <thead><tr><th scope="col">"Kết quả"</th><th scope="col">"Phía"</th><th scope="col">"Lý do"</th><th scope="col" class="number">"Mũi"</th></tr></thead>
                    <tbody>{rows}</tbody>
                </table>
            }
        })
    };
    let facts = move || {
        let report = report.read();
        let n = |value: u64| show_number(value as i64);
        let [day, vaccine, lot, label] = report.differences;
        view! {
            <ul class="facts">
                <li>{format!("Người: {} trong danh sách của địa phương, {} trên Hệ thống, {} có ở cả hai phía.", n(report.persons[0]), n(report.persons[1]), n(report.persons_on_both))}</li>
                <li>{format!("{} người có ít nhất một mũi chưa nhập.", n(report.persons_not_entered))}</li>
                <li>{format!("Sai khác ở các mũi cần điều chỉnh: ngày tiêm {}, vắc xin {}, số lô {}, mũi tiêm {}.", n(day), n(vaccine), n(lot), n(label))}</li>
                <li>{format!("{} mũi có nhãn khác với lịch sử tiêm (giữ theo nhãn); {} mũi xếp cột còn nghi ngờ.", n(report.label_disagreements), n(report.column_doubts))}</li>
            </ul>
        }
    };
    view! {
        <details class="disclosure" open>
            <summary>"Cân đối từng tệp, lý do và sai khác"</summary>
            <div class="detail-grid"><div>{files}{facts}</div><div>{reasons}</div></div>
        </details>
    }
}
