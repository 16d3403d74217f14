//! The question about a worker that has said nothing for ten seconds: `Chờ` or `Dừng`.

use crate::ui::state::{Session, session};
use crate::ui::watchdog::Watched;
use leptos::prelude::*;

/// Asks, as long as a worker is silent.
#[component]
pub(crate) fn SilentWorker() -> impl IntoView {
    let session = session();
    move || {
        session.watchdog.silent.get().map(|who| {
            view! {
                <div class="notice is-stale" role="alert">
                    <p>{words(session, who)}</p>
                    <button type="button" class="button" on:click=move |_| session.wait_for_worker(who)>"Chờ"</button>
                    <button type="button" class="button" on:click=move |_| session.stop_worker(who)>"Dừng"</button>
                </div>
            }
        })
    }
}

fn words(session: Session, who: Watched) -> String {
    match who {
        Watched::Engine => "Đã 10 giây bộ đối soát không báo gì. Máy có thể đang bận việc khác: bấm “Chờ” để chờ thêm 10 giây. Bấm “Dừng” thì bộ đối soát được \
                            khởi động lại và các tệp được đọc lại; các quyết định và nội dung đã nhập vẫn giữ nguyên."
            .to_owned(),
        Watched::Reader(file) => {
            let files = session.files.get_untracked();
            let name = files.iter().find(|card| card.id == file).map_or_else(String::new, |card| card.name.to_string());
            format!(
                "Đã 10 giây chương trình đọc tệp “{name}” không báo gì. Máy có thể đang bận việc khác: bấm “Chờ” để chờ thêm 10 giây. \
                 Bấm “Dừng” để thôi đọc tệp này; các tệp khác không bị ảnh hưởng."
            )
        }
    }
}
