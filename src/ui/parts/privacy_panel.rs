//! `Dữ liệu ở lại máy này`: the policy in force, the requests since the page was opened, and how to check both oneself (spec §11).

use crate::browser;
use crate::text::show_number;
use crate::ui::privacy::{Requests, directives};
use leptos::html::Dialog;
use leptos::prelude::*;
use wasm_bindgen::prelude::*;
use web_sys::{PerformanceEntry, PerformanceObserver, PerformanceObserverEntryList, PerformanceObserverInit};

/// What the browser has seen of this page since it was opened.
#[derive(Clone, Copy)]
pub(crate) struct Seen {
    requests: RwSignal<Requests>,
    /// How often the browser had to refuse something by the policy.
    refused: RwSignal<u32>,
}

impl Seen {
    /// Begins to count; what came before is counted too.
    pub(crate) fn watch() -> Seen {
        let seen = Seen { requests: RwSignal::new(Requests::default()), refused: RwSignal::new(0) };
        let origin = browser::window().and_then(|window| window.location().origin().ok()).unwrap_or_default();
        let hear = Closure::<dyn FnMut(PerformanceObserverEntryList)>::new(move |entries: PerformanceObserverEntryList| {
            let names =
                entries.get_entries().into_iter().filter_map(|entry| entry.dyn_into::<PerformanceEntry>().ok()).map(|entry| entry.name());
            seen.requests.update(|requests| names.for_each(|name| requests.count(&name, &origin)));
        });
        if let Ok(observer) = PerformanceObserver::new(hear.as_ref().unchecked_ref()) {
            // By its type, not by a list of types, which knows nothing of what came before.
            let options: PerformanceObserverInit = js_sys::Object::new().unchecked_into();
            let _ = js_sys::Reflect::set(&options, &"type".into(), &"resource".into());
            options.set_buffered(true);
            observer.observe(&options);
        }
        // Heard as long as the page is open.
        hear.forget();
        window_event_listener_untyped("securitypolicyviolation", move |_| seen.refused.update(|refused| *refused += 1));
        seen
    }
}

/// The policy that the page carries.
fn policy() -> String {
    let document = browser::window().and_then(|window| window.document());
    let meta = document.and_then(|document| document.query_selector("meta[http-equiv='Content-Security-Policy']").ok().flatten());
    meta.and_then(|meta| meta.get_attribute("content")).unwrap_or_default()
}

/// The button and what it opens.
#[component]
pub(crate) fn PrivacyPanel() -> impl IntoView {
    let dialog = NodeRef::<Dialog>::new();
    let seen = use_context::<Seen>();
    let open = move |_| {
        if let Some(dialog) = dialog.get_untracked() {
            let _ = dialog.show_modal();
        }
    };
    let close = move |_| {
        if let Some(dialog) = dialog.get_untracked() {
            dialog.close();
        }
    };
    let requests = move || seen.map(|seen| seen.requests.get()).unwrap_or_default();
    let elsewhere = move || show_number(requests().elsewhere.len() as i64);
    let own = move || match requests().own {
        0 => "0: trang được mở từ đĩa, mọi thứ có sẵn trong tệp".to_owned(),
        count => format!("{}: các tệp của chính trang này, tải lúc mở trang", show_number(i64::from(count))),
    };
    let refused = move || show_number(i64::from(seen.map_or(0, |seen| seen.refused.get())));
    let rules = directives(&policy())
        .into_iter()
        .map(|directive| {
            let meaning = directive.meaning.unwrap_or("Không phải điều khoản của Rà Soát: tệp này đã bị sửa.");
            view! {
                <li>
                    <code>{directive.text}</code>
                    <span>{meaning}</span>
                </li>
            }
        })
        .collect_view();
    view! {
        <button type="button" class="button-quiet privacy-open" on:click=open>"Dữ liệu ở lại máy này"</button>
        <dialog node_ref=dialog class="privacy" aria-labelledby="rieng-tu">
            <h2 id="rieng-tu" tabindex="-1" autofocus=true>"Dữ liệu ở lại máy này"</h2>
            <p>
                "Các tệp bạn thả vào được đọc và đối soát ngay trong trình duyệt của máy này. Rà Soát không có máy chủ nhận dữ liệu; và dù chương trình "
                "có lỗi hay bị sửa, trình duyệt vẫn chặn mọi kết nối ra ngoài theo chính sách ghi trong trang."
            </p>
            <dl class="privacy-counts">
                <dt>"Yêu cầu tới nơi khác từ khi mở trang"</dt>
                <dd class:is-bad=move || !requests().elsewhere.is_empty()>{elsewhere}</dd>
                <dt>"Yêu cầu tới nơi đã mở trang"</dt>
                <dd>{own}</dd>
                <dt>"Số lần trình duyệt phải chặn"</dt>
                <dd>{refused}</dd>
            </dl>
            <h3>"Chính sách đang có hiệu lực"</h3>
            <ul class="privacy-rules">{rules}</ul>
            <h3>"Tự kiểm tra"</h3>
            <ol>
                <li>"Bấm F12, mở thẻ “Network” (Mạng), rồi làm việc như thường: không có dòng nào đi tới máy khác."</li>
                <li>"Ngắt mạng rồi làm lại từ đầu: mọi việc vẫn chạy, kết quả vẫn thế."</li>
                <li>
                    "Đối chiếu tệp với bản gốc: mở Command Prompt ở thư mục chứa tệp, gõ " <code>"certutil -hashfile ra-soat.html SHA256"</code>
                    " rồi so với mã nơi phát hành công bố. Bộ phận công nghệ thông tin có thể tự dựng lại tệp từ mã nguồn và ra đúng mã ấy."
                </li>
            </ol>
            <h3>"Điều chính sách không chặn được"</h3>
            <p>
                "Tệp đã tải về nằm ở thư mục tải xuống: danh sách làm việc và Bảng sửa có dữ liệu cá nhân, không gửi qua thư điện tử. Tiện ích cài thêm vào "
                "trình duyệt đọc được mọi trang, kể cả trang này. Nút mở thư ở bước “Gửi đi” mở chương trình thư của máy với số liệu tổng hợp."
            </p>
            <button type="button" class="button is-main" on:click=close>"Đóng"</button>
        </dialog>
    }
}
