//! `Nạp tệp`: where files are dropped, their cards, the button that starts the reconciliation.

use super::file_card::FileCardView;
use super::machine::{DraftCard, Machine};
use crate::ui::app::files_of;
use crate::ui::help::HelpLink;
use crate::ui::parts::progress::Progress;
use crate::ui::state::session;
use leptos::prelude::*;
use wasm_bindgen::JsCast as _;
use web_sys::HtmlInputElement;

/// The step.
#[component]
pub(crate) fn ImportStep() -> impl IntoView {
    let session = session();
    let has_files = Memo::new(move |_| !session.files.read().is_empty());
    view! {
        <section class="step" aria-labelledby="step-heading">
            <h1 id="step-heading" tabindex="-1">"Nạp tệp"</h1>
            <DraftCard />
            <DropZone />
            <Show when=move || has_files.get() fallback=|| view! { <Help /> }>
                <Start />
            </Show>
            <div class="cards">
                <For each=move || session.files.get() key=|card| card.id children=|card| view! { <FileCardView card=card /> } />
            </div>
            <Machine />
        </section>
    }
}

#[component]
fn DropZone() -> impl IntoView {
    let session = session();
    let take = move |event: web_sys::Event| {
        let Some(input) = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok()) else { return };
        let files = files_of(input.files());
        // Emptied, so that choosing the same file again is a change again.
        input.set_value("");
        session.add_files(files);
    };
    let is_sample_possible =
        Memo::new(move |_| session.files.read().is_empty() && (session.expected.read().is_empty() || session.is_sample.get()));
    view! {
        <div class="drop" class:is-small=move || !session.files.read().is_empty()>
            <div class="drop-words">
                <p class="drop-lead">"Thả các tệp Excel vào bất cứ đâu trên trang này"</p>
                <p class="drop-detail">
                    "Danh sách tiêm của các đơn vị và dữ liệu trích xuất từ Hệ thống, nhiều tệp cùng lúc. Nhận .xlsx, .xlsm, .xls, .xlsb, .ods, .csv."
                </p>
            </div>
            <div class="drop-actions">
                <span class="file-button">
                    <input
                        id="chon-tep"
                        class="file-input"
                        type="file"
                        multiple
                        accept=".xlsx,.xlsm,.xls,.xlsb,.ods,.csv,.tsv,.txt,.json"
                        on:change=take
                    />
                    <label for="chon-tep" class="button is-main">"Chọn tệp Excel"</label>
                </span>
                <Show when=move || is_sample_possible.get()>
                    <button type="button" class="button" on:click=move |_| session.load_sample()>"Dùng thử với dữ liệu mẫu"</button>
                </Show>
            </div>
        </div>
    }
}

#[component]
fn Help() -> impl IntoView {
    view! {
        <ol class="help" aria-label="Ba bước">
            <li>
                <h2>"Thả tệp"</h2>
                <p>"Mọi danh sách tiêm của đơn vị và tệp trích xuất từ Hệ thống. Không cần sửa tệp: tiêu đề, cột và loại dữ liệu được nhận ra và cho xem lại."</p>
            </li>
            <li>
                <h2>"Đối soát"</h2>
                <p>"Từng mũi tiêm được tìm trên Hệ thống: đã nhập, cần điều chỉnh, chưa nhập, trùng lặp. Không dòng nào bị bỏ quên."</p>
            </li>
            <li>
                <h2>"Lấy phụ lục"</h2>
                <p>"Phụ lục 1, Phụ lục 2 và danh sách làm việc dưới dạng Excel, đúng mẫu công văn, gửi trước 15/03/2023."</p>
            </li>
        </ol>
        <p>"Lần đầu dùng? Xem cần những tệp nào, kết xuất thế nào, làm gì ở từng bước: " <HelpLink label="Mở hướng dẫn từng bước" class="button-quiet" /></p>
    }
}

/// The button that starts the reconciliation, and why it cannot where it cannot.
#[component]
fn Start() -> impl IntoView {
    let session = session();
    let words = move || match &*session.gate.read() {
        Ok(words) | Err(words) => words.clone(),
    };
    let watch = Signal::derive(move || session.matching.get().map(|(_, watch)| watch));
    view! {
        <div class="start">
            <Show
                when=move || session.matching.read().is_some()
                fallback=move || {
                    view! {
                        <button
                            type="button"
                            class="button is-main is-large"
                            aria-disabled=move || session.gate.read().is_err().to_string()
                            aria-describedby="vi-sao"
                            on:click=move |_| session.start_matching()
                        >
                            "Bắt đầu đối soát"
                        </button>
                        <p id="vi-sao" class="start-words">{words}</p>
                    }
                }
            >
                <Progress label="Tiến độ đối soát" watch=watch on_cancel=move |()| session.cancel_matching() />
            </Show>
        </div>
    }
}
