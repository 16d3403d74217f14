//! `Làm sạch`: what breaks the rules, where, and what can be done about it.

mod catalogue;
mod detail;
mod facets;
mod list;
mod past;

use crate::text::show_number;
use crate::ui::parts::progress::Progress;
use crate::ui::state::{Step, session};
use catalogue::Catalogue;
use detail::Detail;
use facets::FacetColumn;
use leptos::prelude::*;
use list::FindingList;
use past::Past;

/// The step.
#[component]
pub(crate) fn CleanStep() -> impl IntoView {
    let session = session();
    let cleaning = session.cleaning;
    let has_data = Memo::new(move |_| session.gate_of_quality());
    let has_findings = Memo::new(move |_| cleaning.checked.read().is_some());
    let is_checking = Memo::new(move |_| cleaning.checking.read().is_some());
    let watch = Signal::derive(move || cleaning.checking.get().map(|(_, watch)| watch));
    // Whatever changes what is loaded makes the check due.
    Effect::new(move |_| {
        if session.gate_of_quality() && !session.is_checked() && session.matching.read().is_none() {
            session.check_quality();
        }
    });
    view! {
        <section class="step cleaning" aria-labelledby="step-heading">
            <div class="step-head">
                <h1 id="step-heading" tabindex="-1">"Làm sạch"</h1>
                <Summary />
            </div>
            <Show when=move || is_checking.get()>
                <div class="start"><Progress label="Tiến độ kiểm tra" watch=watch on_cancel=move |()| session.cancel_check() /></div>
            </Show>
            <Show when=move || has_data.get() fallback=Nothing>
                <Show when=move || has_findings.get()>
                    <div class="cleaning-body">
                        <FacetColumn />
                        <div class="cleaning-main">
                            <FindingList />
                            <Detail />
                        </div>
                    </div>
                    <Past />
                    <Absent />
                </Show>
            </Show>
            <Catalogue />
        </section>
    }
}

/// What is needed before anything can be checked.
#[component]
fn Nothing() -> impl IntoView {
    let session = session();
    view! {
        <div class="empty">
            <p class="empty-lead">"Chưa có danh sách để kiểm tra."</p>
            <p>"Thả danh sách tiêm của địa phương hoặc dữ liệu Hệ thống vào bước Nạp tệp; không cần đối soát trước."</p>
            <button type="button" class="button is-main" on:click=move |_| session.go_to(Step::Import)>"Đến Nạp tệp"</button>
        </div>
    }
}

/// What was checked, and what can be downloaded.
#[component]
fn Summary() -> impl IntoView {
    let session = session();
    let cleaning = session.cleaning;
    let words = move || {
        cleaning.checked.read().as_ref().map(|(_, checked)| {
            let number = |count: u32| show_number(i64::from(count));
            format!(
                "Đã kiểm tra {} mũi của {} dòng người: {} lỗi, cảnh báo, lưu ý.",
                number(checked.records),
                number(checked.persons),
                number(checked.findings)
            )
        })
    };
    let has_findings = Memo::new(move |_| cleaning.checked.read().is_some());
    view! {
        <p class="quiet">{words}</p>
        <Show when=move || has_findings.get()>
            <Downloads />
        </Show>
    }
}

/// The lists for the police, the import file, what was typed.
#[component]
fn Downloads() -> impl IntoView {
    let session = session();
    let cleaning = session.cleaning;
    let notes = RwSignal::new(Vec::<String>::new());
    let typed = Memo::new(move |_| cleaning.corrections.read().typed.len());
    let unsaved = move || {
        let count = cleaning.unsaved();
        (count > 0).then(|| format!("{} giá trị gõ lại chưa có trong bảng sửa.", show_number(count as i64)))
    };
    let said = move || notes.get().into_iter().map(|note| view! { <li>{note}</li> }).collect_view();
    view! {
        <div class="clean-downloads">
            <button type="button" class="button" title="Ba loại theo 2262/BYT-CNTT, mỗi xã một trang, có chỗ Công an ghi và ký" on:click=move |_| session.download_police_lists()>
                "Tải danh sách rà soát"
            </button>
            <button type="button" class="button" title="Người không có số và sai định dạng số, theo mẫu nhập của Hệ thống" on:click=move |_| session.download_statutory_import(notes)>
                "Tải tệp nhập người đã rà soát"
            </button>
            <Show when=move || { 0 < typed.get() }>
                <button type="button" class="button" on:click=move |_| session.download_corrections()>"Tải bảng sửa"</button>
            </Show>
            <span class="warning-words">{unsaved}</span>
        </div>
        <Show when=move || !notes.read().is_empty()><ul class="absent">{said}</ul></Show>
    }
}

/// Columns that sheets lack: no rule about them can be checked there.
#[component]
fn Absent() -> impl IntoView {
    let absent = move || session().cleaning.checked.read().as_ref().map(|(_, checked)| checked.absent.clone()).unwrap_or_default();
    let rows = move || {
        absent()
            .into_iter()
            .map(|(file, sheet, names)| view! { <li>{format!("{file} › {sheet}: không có cột {}", names.join(", "))}</li> })
            .collect_view()
    };
    view! {
        <Show when=move || !absent().is_empty()>
            <details class="disclosure">
                <summary>"Cột không có trong tệp nên không kiểm tra được"</summary>
                <ul class="absent">{rows}</ul>
            </details>
        </Show>
    }
}
