//! What this machine keeps: the draft of the last time that waits for its files, and how to remove everything.

use crate::draft::{Draft, store};
use crate::ui::hosted;
use crate::ui::state::session;
use crate::ui::verdict::show_size;
use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;

/// Asks for the files of the last time.
#[component]
pub(crate) fn DraftCard() -> impl IntoView {
    let session = session();
    let missing = move || {
        session
            .expected
            .get()
            .into_iter()
            .map(|file| view! { <li>{file.name} <span class="quiet">{format!(" · {}", show_size(file.size))}</span></li> })
            .collect_view()
    };
    let decided = move || session.decisions.read().doses.len();
    view! {
        <Show when=move || !session.expected.read().is_empty()>
            <section class="draft-card" aria-labelledby="ban-nhap">
                <h2 id="ban-nhap">"Làm tiếp lần trước"</h2>
                <p>
                    "Thiết lập, nội dung đã nhập"
                    {move || match decided() {
                        0 => String::new(),
                        count => format!(", {} quyết định", crate::text::show_number(count as i64)),
                    }} " đã được mở lại. Tệp Excel không được lưu trong trình duyệt, nên hãy thả lại:"
                </p>
                <ul class="draft-files">{missing}</ul>
                <p class="quiet">
                    "Tệp không đổi được nhận ra theo dấu vân tay SHA-256 và đặt như lần trước; tệp đã đổi sẽ có ghi chú trên thẻ."
                    <Show when=move || session.is_sample.get()>" Đây là dữ liệu mẫu: bấm “Dùng thử với dữ liệu mẫu” để tạo lại."</Show>
                </p>
                <button type="button" class="button-quiet" on:click=move |_| session.expected.set(Vec::new())>"Không cần các tệp này nữa"</button>
            </section>
        </Show>
    }
}

/// What is kept on the machine and how to remove it.
#[component]
pub(crate) fn Machine() -> impl IntoView {
    let session = session();
    let is_asking = RwSignal::new(false);
    let copies = RwSignal::new(Vec::<String>::new());
    let ask = move |_| {
        is_asking.set(true);
        spawn_local(async move { copies.set(hosted::copies().await) });
    };
    let kept = move || {
        let keys = store::keys();
        let copies = copies.get();
        if keys.is_empty() && copies.is_empty() {
            return view! { <li>"Chưa lưu gì."</li> }.into_any();
        }
        let keys = keys.into_iter().map(
            |(key, size)| view! { <li><code>{key.clone()}</code> {format!(" · {} · {}", key_words(&key), show_size(size as u64))}</li> },
        );
        let copies = copies.into_iter().map(|name| view! { <li><code>{name}</code> " · bản sao của ứng dụng để mở khi mất mạng"</li> });
        view! { {keys.collect_view()} {copies.collect_view()} }.into_any()
    };
    // A draft that is opened again is the draft of now.
    let older = move || {
        session.drafting.turn.track();
        let drafts = store::older();
        (!drafts.is_empty()).then(|| {
            let items = drafts
                .into_iter()
                .map(|draft| {
                    let words = draft_words(&draft);
                    let label = format!("Mở lại: {words}");
                    let open = move |_| {
                        session.open_draft(draft.clone());
                        session.say("Đã mở lại bản nháp trước đây. Hãy thả lại các tệp của bản đó nếu chưa có.");
                    };
                    view! { <li>{words} " " <button type="button" class="button-quiet" aria-label=label on:click=open>"Mở lại bản này"</button></li> }
                })
                .collect_view();
            view! {
                <p>"Bản nháp trước đây:"</p>
                <ul>{items}</ul>
            }
        })
    };
    view! {
        <details class="machine">
            <summary>"Trên máy này lưu gì, và xóa thế nào"</summary>
            <p>
                "Chỉ lưu thiết lập, nội dung nhập vào biểu, lựa chọn cột, quyết định (ghi bằng mã băm), tên và dấu vân tay của tệp. "
                "Không lưu họ tên, số giấy tờ hay ngày sinh: tên, số của người trong danh sách mà bạn gõ vào biểu được thay bằng “…”. "
                "Tên tệp được ghi nguyên văn, nên đừng đặt họ tên người dân vào tên tệp. Mọi trang mở từ đĩa của máy này dùng chung một nơi lưu. "
                "Trong cửa sổ ẩn danh, bản nháp mất khi đóng cửa sổ: hãy bấm “Tải bản nháp” trước."
            </p>
            <Show when=move || !store::unreadable().is_empty()>
                <p>
                    "Có bản nháp không đọc được đang được giữ riêng. "
                    <button type="button" class="button" on:click=move |_| session.download_unreadable()>"Tải bản nháp không đọc được"</button>
                </p>
            </Show>
            {older}
            <Show
                when=move || is_asking.get()
                fallback=move || view! { <button type="button" class="button is-danger" on:click=ask>"Xóa sạch khỏi máy này"</button> }
            >
                <div class="confirm" role="group" aria-label="Xác nhận xóa">
                    <p>"Sẽ xóa khỏi trình duyệt này:"</p>
                    <ul>{kept}</ul>
                    <p>
                        "Tệp Excel của bạn không bị động đến. Trang sẽ mở lại từ đầu. "
                        "Hãy đóng các cửa sổ Rà Soát khác trước: cửa sổ còn mở sẽ lưu lại bản nháp của nó."
                    </p>
                    <button type="button" class="button is-danger" on:click=move |_| session.clear_everything()>"Xóa tất cả"</button>
                    <button type="button" class="button" on:click=move |_| is_asking.set(false)>"Giữ lại"</button>
                </div>
            </Show>
        </details>
    }
}

/// What stands under a key, in words.
fn key_words(key: &str) -> &'static str {
    if key.contains("/unreadable/") {
        "bản nháp không đọc được"
    } else if key.contains("/older-") {
        "bản nháp trước đây"
    } else {
        "bản nháp"
    }
}

/// What a draft holds, by which an officer knows it.
fn draft_words(draft: &Draft) -> String {
    let unit = draft.settings.reporting_unit.trim();
    let unit = if unit.is_empty() { "chưa ghi đơn vị" } else { unit };
    let number = |count: usize| crate::text::show_number(count as i64);
    let decisions = draft.decisions.doses.len() + draft.decisions.pairs.len();
    format!(
        "{unit}, {} tệp, {} quyết định, {} dòng biểu có nội dung nhập",
        number(draft.files.len()),
        number(decisions),
        number(draft.inputs.rows.len())
    )
}
