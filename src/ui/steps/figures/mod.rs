//! `Số liệu`: the figures of every source side by side, the ones agreed on, and why p is what it is.

mod aliases;
mod bridge;
mod charts;
mod checks;
mod sources;
mod unit_table;

use super::roll_up::RollUpPanel;
use crate::domain::settings::ReportedSource;
use crate::forms::phu_luc_1::published_row;
use crate::text::show_number;
use crate::ui::parts::field::Select;
use crate::ui::state::{Step, session};
use aliases::AliasPanel;
use bridge::BridgeTable;
use charts::Charts;
use checks::ChecksPanel;
use leptos::prelude::*;
use sources::SourcesPanel;
use unit_table::UnitTable;

/// The step.
#[component]
pub(crate) fn FiguresStep() -> impl IntoView {
    let session = session();
    let settings = session.settings;
    let has_rows = Memo::new(move |_| !session.desk.read().rows.is_empty() || session.desk.read().whole.given().is_some());
    view! {
        <section class="step" aria-labelledby="step-heading">
            <h1 id="step-heading" tabindex="-1">"Số liệu"</h1>
            <div class="toolbar">
                <Select
                    label="Nguồn của n"
                    options=ReportedSource::ALL.map(|source| source.label().to_owned()).to_vec()
                    value=Signal::derive(move || ReportedSource::ALL.iter().position(|source| *source == settings.read().reported_source))
                    on_change=move |at: usize| settings.update(|settings| settings.reported_source = ReportedSource::ALL[at])
                />
                <p class="toolbar-words">"Mỗi đơn vị dùng một nguồn, nên không mũi nào tính hai lần. Bấm tên đơn vị để xem các nguồn cạnh nhau và sửa từng ô."</p>
            </div>
            <PublishedProposal />
            <RollUpPanel />
            <Show
                when=move || has_rows.get()
                fallback=move || view! {
                    <div class="empty">
                        <p class="empty-lead">"Chưa có số liệu."</p>
                        <p>"Thả vào đây báo cáo nhanh, báo cáo bằng văn bản, Phụ lục 1 của đơn vị; hoặc thả danh sách tiêm và dữ liệu Hệ thống rồi đối soát."</p>
                        <button type="button" class="button is-main" on:click=move |_| session.go_to(Step::Import)>"Đến Nạp tệp"</button>
                    </div>
                }
            >
                <UnitTable />
                <SourcesPanel />
                    <ChecksPanel />
                <AliasPanel />
                <BridgeTable />
                <Charts />
            </Show>
        </section>
    }
}

/// Proposes the published figures; they are never chosen silently.
#[component]
pub(crate) fn PublishedProposal() -> impl IntoView {
    let session = session();
    let settings = session.settings;
    let proposed = Memo::new(move |_| {
        let settings = settings.read();
        let row = published_row(&settings).filter(|_| settings.reported_source != ReportedSource::Published)?;
        Some(format!(
            "Bộ Y tế đã công bố số mũi tiêm của {} đến 31/01/2023: n = {}. Có dùng số này cho n không?",
            row.name,
            show_number(row.total as i64)
        ))
    });
    view! {
        <Show when=move || proposed.read().is_some()>
            <div class="notice" role="note">
                <p>{move || proposed.get()}</p>
                <button type="button" class="button" on:click=move |_| settings.update(|settings| settings.reported_source = ReportedSource::Published)>
                    "Dùng số Bộ Y tế công bố"
                </button>
            </div>
        </Show>
    }
}
