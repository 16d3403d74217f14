//! `Danh sách làm việc` and the import file: which buckets, which units, in how many workbooks, and that it is personal data.

use super::progress::Progress;
use super::unit_choice::UnitChoice;
use crate::domain::{Bucket, Side};
use crate::forms::unit_parts::PART_ROWS;
use crate::text::show_number;
use crate::ui::listing::{count_of, lists_by_default, working_lists};
use crate::ui::state::session;
use crate::worker::protocol::ListRef;
use leptos::prelude::*;
use std::collections::BTreeSet;

/// Doses of a list in some units; all units where there are none named.
fn count_in(report: &crate::reconcile::Report, list: ListRef, units: Option<&BTreeSet<String>>) -> u64 {
    let Some(units) = units else { return count_of(report, list) };
    let of = |unit: &crate::reconcile::report::UnitFigures| {
        if list.side == Side::Local { unit.local(list.bucket) } else { unit.system(list.bucket) }
    };
    report.units.iter().filter(|unit| units.contains(&unit.unit)).map(of).sum()
}

/// The working list.
#[component]
pub(crate) fn WorkingList() -> impl IntoView {
    let session = session();
    // None until someone chooses: then what stands by default follows the report.
    let chosen = RwSignal::new(None::<BTreeSet<usize>>);
    let units = RwSignal::new(None::<BTreeSet<String>>);
    let all = working_lists();
    let by_default = Memo::new(move |_| {
        let lists = lists_by_default(session.report.read().as_deref());
        working_lists().iter().enumerate().filter(|(_, list)| lists.contains(list)).map(|(at, _)| at).collect::<BTreeSet<usize>>()
    });
    let ticked = Memo::new(move |_| chosen.get().unwrap_or_else(|| by_default.get()));
    let boxes = all
        .iter()
        .copied()
        .enumerate()
        .map(|(at, list)| {
            let count = move || {
                let report = session.report.read();
                show_number(report.as_ref().map_or(0, |report| count_in(report, list, units.read().as_ref())) as i64)
            };
            view! {
                <label class="choice">
                    <input
                        type="checkbox"
                        prop:checked=move || ticked.read().contains(&at)
                        on:change=move |event| {
                            let mut wanted = ticked.get_untracked();
                            if event_target_checked(&event) {
                                wanted.insert(at);
                            } else {
                                wanted.remove(&at);
                            }
                            chosen.set(Some(wanted));
                        }
                    />
                    {list.bucket.sheet_name(list.side).unwrap_or_default()}
                    <span class="quiet">{count}</span>
                </label>
            }
        })
        .collect_view();
    let all = StoredValue::new(all);
    let wanted = move || all.with_value(|all| ticked.read().iter().filter_map(|at| all.get(*at).copied()).collect::<Vec<ListRef>>());
    let rows = Memo::new(move |_| {
        let (report, units) = (session.report.read(), units.read());
        report.as_ref().map_or(0, |report| wanted().into_iter().map(|list| count_in(report, list, units.as_ref())).sum::<u64>())
    });
    let is_none = Memo::new(move |_| ticked.read().is_empty() || units.read().as_ref().is_some_and(BTreeSet::is_empty));
    let length = move || match rows.get() {
        rows if is_none.get() => format!("Chưa chọn mục hoặc đơn vị nào ({} mũi).", show_number(rows as i64)),
        rows if rows > u64::from(PART_ROWS) => format!(
            "{} mũi: tải thành nhiều phần, mỗi phần không quá {} dòng, chia theo đơn vị. Nếu trình duyệt hỏi có cho tải nhiều tệp không, chọn “Cho phép”.",
            show_number(rows as i64),
            show_number(i64::from(PART_ROWS))
        ),
        rows => format!("{} mũi, một tệp.", show_number(rows as i64)),
    };
    let download = move |_| {
        if !is_none.get_untracked() && !session.is_stale.get_untracked() {
            let units = units.get_untracked().map(|units| units.into_iter().collect());
            session.download_working_list(untrack(wanted), units);
        }
    };
    let watch = Signal::derive(move || session.exporting.get().map(|(_, watch)| watch));
    view! {
        <section class="working-list" aria-labelledby="ds-lam-viec">
            <h2 id="ds-lam-viec">"Danh sách làm việc"</h2>
            <p class="warning">"Danh sách có họ tên và số giấy tờ: là dữ liệu cá nhân, chỉ dùng trong đơn vị, không gửi qua e-mail."</p>
            <fieldset class="choices"><legend>"Mỗi mục được chọn là một trang tính"</legend>{boxes}</fieldset>
            <UnitChoice chosen=units />
            <p class="quiet">{length}</p>
            <button
                type="button"
                class="button is-main"
                aria-disabled=move || (is_none.get() || session.is_stale.get() || session.exporting.read().is_some()).to_string()
                on:click=download
            >
                "Tải danh sách làm việc"
            </button>
            <Show when=move || session.exporting.read().is_some()>
                <Progress label="Tiến độ ghi bảng" watch=watch on_cancel=move |()| session.cancel_export() />
            </Show>
            <ImportFile units=units />
            <Show when=move || session.is_stale.get()><p class="quiet">"Cần đối soát lại trước khi tải."</p></Show>
        </section>
    }
}

/// The import file for the System: what goes into it, and what is missing in the one downloaded.
#[component]
fn ImportFile(
    /// The units wanted; none: all.
    units: RwSignal<Option<BTreeSet<String>>>,
) -> impl IntoView {
    let session = session();
    let notes = RwSignal::new(Vec::<String>::new());
    let missing = ListRef { side: Side::Local, bucket: Bucket::NotEntered };
    let doses = Memo::new(move |_| session.report.read().as_ref().map_or(0, |report| count_in(report, missing, units.read().as_ref())));
    let is_off = Memo::new(move |_| doses.get() == 0 || session.is_stale.get());
    let download = move |_| {
        if !is_off.get_untracked() {
            session.download_import_file(units.get_untracked().map(|units| units.into_iter().collect()), notes);
        }
    };
    let lines = move || notes.get().into_iter().map(|note| view! { <li>{note}</li> }).collect_view();
    view! {
        <div class="import-file">
            <h3>"Tệp nhập Hệ thống"</h3>
            <p>
                {move || format!("{} mũi chưa nhập của các đơn vị đã chọn, mỗi người một dòng, theo mẫu nhập 27 cột của Hệ thống.", show_number(doses.get() as i64))}
            </p>
            <p class="quiet">
                "Mã tỉnh, huyện, xã, cơ sở tiêm, nhóm và tên vắc xin lấy từ phụ lục PL2–PL5 nếu bạn thả vào trang, hoặc từ dữ liệu Hệ thống; chỗ còn thiếu để trống, tô vàng. Tệp có dữ liệu cá nhân."
            </p>
            <button
                type="button"
                class="button"
                aria-disabled=move || (is_off.get() || session.exporting.read().is_some()).to_string()
                on:click=download
            >
                "Tải tệp nhập Hệ thống"
            </button>
            <Show when=move || !notes.read().is_empty()><ul class="facts" aria-label="Tệp nhập vừa tải">{lines}</ul></Show>
        </div>
    }
}
