//! What stands around every step: header, rail, notices, what is being done.

use super::field::{DateField, Select, TextField};
use super::personal_question::PersonalAsk;
use super::privacy_panel::PrivacyPanel;
use super::silent_worker::SilentWorker;
use crate::browser;
use crate::domain::settings::ReportLevel;
use crate::text::show_number;
use crate::ui::drafting::DraftState;
use crate::ui::help::HelpLink;
use crate::ui::state::{Step, session};
use crate::ui::status::{READY, STATUS_ID};
use leptos::prelude::*;

/// The first stop of the keyboard: past header and rail to the step.
#[component]
pub(crate) fn SkipLink() -> impl IntoView {
    let skip = |event: web_sys::MouseEvent| {
        event.prevent_default();
        browser::focus("step-heading");
    };
    view! { <a class="skip-link" href="#step-heading" on:click=skip>"Đến nội dung chính"</a> }
}

/// Name of the app and the settings of the report.
#[component]
pub(crate) fn Header() -> impl IntoView {
    let session = session();
    let settings = session.settings;
    let change_cut_off = move |date: Option<crate::domain::Date>| {
        if let Some(date) = date {
            settings.update(|settings| settings.cut_off = date);
        }
    };
    view! {
        <header class="masthead">
            <div class="brand">
                <p class="brand-name">"Rà Soát"</p>
                <p class="brand-what">"mũi tiêm COVID-19 theo Công văn 1234/BYT-DP"</p>
            </div>
            <div class="masthead-fields">
                <div class="masthead-unit">
                    <TextField
                        label="Đơn vị báo cáo"
                        placeholder="Ví dụ: Sở Y tế tỉnh Bắc Kạn"
                        value=Signal::derive(move || settings.read().reporting_unit.clone())
                        on_input=move |text| settings.update(|settings| settings.reporting_unit = text)
                    />
                </div>
                <Select
                    label="Cấp báo cáo"
                    options=ReportLevel::ALL.map(|level| level.label().to_owned()).to_vec()
                    value=Signal::derive(move || ReportLevel::ALL.iter().position(|level| *level == settings.read().level))
                    on_change=move |at: usize| settings.update(|settings| settings.level = ReportLevel::ALL[at])
                />
                <DateField label="Số liệu tính đến ngày" value=Signal::derive(move || Some(settings.read().cut_off)) on_change=change_cut_off />
                <button type="button" class="button masthead-draft" on:click=move |_| session.download_draft()>"Tải bản nháp"</button>
                <HelpLink label="Hướng dẫn" class="button" />
            </div>
        </header>
    }
}

/// The rail of steps.
#[component]
pub(crate) fn Rail() -> impl IntoView {
    let session = session();
    let words = move |step: Step| {
        let has_report = session.report.read().is_some();
        match step {
            Step::Import => match (session.reading_count.get(), session.files.read().len()) {
                (0, 0) => "chưa có tệp".to_owned(),
                (0, files) => format!("{files} tệp"),
                (reading, _) => format!("đang đọc {reading} tệp"),
            },
            Step::Reconcile if session.matching.read().is_some() => "đang đối soát".to_owned(),
            Step::Reconcile if !has_report => "chưa đối soát".to_owned(),
            Step::Reconcile if session.is_stale.get() => "cần đối soát lại".to_owned(),
            Step::Reconcile => "đã có kết quả".to_owned(),
            Step::Figures => match session.desk.read().rows.len() {
                0 => "chưa có số liệu".to_owned(),
                units => format!("{} đơn vị", show_number(units as i64)),
            },
            Step::Form1 | Step::Form2 => {
                let kind = if step == Step::Form1 { "Phu-luc-1" } else { "Phu-luc-2" };
                let is_downloaded = session.attachments.read().iter().any(|attachment| attachment.name.starts_with(kind));
                let is_possible = has_report || (step == Step::Form1 && session.form_1.read().rows.iter().any(|row| row.given().is_some()));
                if is_downloaded {
                    "đã tải"
                } else if is_possible {
                    "xem và tải"
                } else {
                    "chờ đối soát"
                }
                .to_owned()
            }
            Step::Clean => match session.cleaning.checked.read().as_ref() {
                Some((_, checked)) => format!("{} lỗi", show_number(i64::from(checked.findings))),
                None => "xem lỗi và sửa".to_owned(),
            },
            Step::Monitor => "mũi mới, xác thực, ký".to_owned(),
            Step::Send => "trước 15/03/2023".to_owned(),
        }
    };
    let steps = Step::ALL
        .into_iter()
        .enumerate()
        .map(|(at, step)| {
            view! {
                <li class:is-here=move || session.step.get() == step>
                    <a
                        href=format!("#{}", step.anchor())
                        class="rail-step"
                        aria-label=step.label()
                        aria-describedby=format!("buoc-{at}")
                        aria-current=move || (session.step.get() == step).then_some("step")
                        on:click=move |event| {
                            event.prevent_default();
                            session.way_back.update(Vec::clear);
                            session.go_to(step);
                        }
                    >
                        <span class="rail-name">{step.label()}</span>
                    </a>
                    // Beside the link, not in it: what a person sees of the link is its name.
                    <span class="rail-words" id=format!("buoc-{at}")>{move || words(step)}</span>
                </li>
            }
        })
        .collect_view();
    view! {
        <nav class="rail" aria-label="Các bước">
            <ol>{steps}</ol>
        </nav>
    }
}

/// What went wrong, at the top of the page, and the warning that numbers are out of date.
#[component]
pub(crate) fn Notices() -> impl IntoView {
    let session = session();
    let shown = move || {
        session.notice.get().filter(|notice| notice.is_error).map(|notice| {
            view! {
                <div class="notice is-error" role="alert">
                    <p>"Lưu ý: " {notice.words}</p>
                    <button type="button" class="button-quiet" on:click=move |_| session.notice.set(None)>"Đóng thông báo"</button>
                </div>
            }
        })
    };
    view! {
        {shown}
        <SilentWorker />
        <Show when=move || session.second_window.get()>
            <div class="notice is-stale" role="alert">
                <p>"Rà Soát đang mở ở một cửa sổ khác. Cửa sổ này chỉ để xem: thay đổi ở đây không được lưu vào bản nháp."</p>
                <button type="button" class="button" on:click=move |_| session.take_draft_over()>"Lưu từ cửa sổ này"</button>
            </div>
        </Show>
        <PersonalAsk />
        <Show when=move || session.is_stale.get() && session.matching.read().is_none()>
            <div class="notice is-stale" role="note">
                <p>"Tệp, cột, ngày chốt hoặc bảng xếp cột đã thay đổi sau lần đối soát. Kết quả và các phụ lục đang hiện theo dữ liệu cũ."</p>
                <button
                    type="button"
                    class="button"
                    aria-disabled=move || session.gate.read().is_err().to_string()
                    on:click=move |_| session.start_matching()
                >
                    "Đối soát lại"
                </button>
            </div>
        </Show>
    }
}

/// Below the rail: what is being done, what was done last, how the draft stands, the promise. It covers nothing when the page scrolls.
#[component]
pub(crate) fn Standing() -> impl IntoView {
    let session = session();
    let draft = move || match session.drafting.state.get() {
        DraftState::Untouched => "Bản nháp: chưa có gì để lưu".to_owned(),
        DraftState::Restored => "Bản nháp: đã mở lại bản lưu trên máy này".to_owned(),
        DraftState::Changed => "Bản nháp: đang lưu…".to_owned(),
        DraftState::Saved(at) => format!("Bản nháp: đã lưu lúc {at} trên máy này"),
        DraftState::ReadOnly => "Cửa sổ thứ hai: thay đổi ở đây không được lưu".to_owned(),
        DraftState::Failed(_) => "Bản nháp: CHƯA LƯU ĐƯỢC, hãy bấm “Tải bản nháp”".to_owned(),
    };
    let word = move || session.notice.get().filter(|notice| !notice.is_error).map(|notice| notice.words);
    view! {
        <aside class="standing" aria-label="Tình trạng" class:is-busy=session.status.is_busy>
            // Written to directly by `Status`, in the task of the click.
            <p id=STATUS_ID class="standing-now" role="status">{READY}</p>
            <p class="standing-word" aria-live="polite">{word}</p>
            <p class="standing-draft" class:is-failed=move || matches!(session.drafting.state.get(), DraftState::Failed(_) | DraftState::ReadOnly)>{draft}</p>
            <PrivacyPanel />
        </aside>
    }
}
