//! What was done in `Làm sạch`, step by step, each to be taken back or done again.

use crate::ui::state::session;
use leptos::prelude::*;

/// The history with its buttons.
#[component]
pub(super) fn Past() -> impl IntoView {
    let session = session();
    let cleaning = session.cleaning;
    let last = Memo::new(move |_| cleaning.history.read().done().last().map(str::to_owned));
    let next = Memo::new(move |_| cleaning.history.read().undone().next().map(str::to_owned));
    let title = |what: Option<String>, keys: &str| what.map_or_else(String::new, |what| format!("{what} ({keys})"));
    let steps = move || {
        let history = cleaning.history.read();
        let count = history.done().len();
        let done = history.done().map(str::to_owned).enumerate().map(|(at, what)| {
            let behind = count - at - 1;
            let back = (behind > 0)
                .then(|| view! { <button type="button" class="button-quiet" on:click=move |_| session.step_back(behind, false)>"Trở về bước này"</button> });
            view! { <li>{what} " " {back}</li> }.into_any()
        });
        let undone = history.undone().map(str::to_owned).enumerate().map(|(at, what)| {
            view! {
                <li class="is-undone">
                    <s>{what}</s> " (đã hoàn tác) "
                    <button type="button" class="button-quiet" on:click=move |_| session.step_back(at + 1, true)>"Làm lại đến bước này"</button>
                </li>
            }
            .into_any()
        });
        done.chain(undone).collect_view()
    };
    view! {
        <section class="past" aria-labelledby="lich-su-sua">
            <div class="findings-head">
                <h2 id="lich-su-sua">"Các bước đã sửa"</h2>
                <span class="undo">
                    <button type="button" class="button" title=move || title(last.get(), "Ctrl+Z") aria-disabled=move || last.read().is_none().to_string() on:click=move |_| session.step_back(1, false)>
                        "Hoàn tác" <kbd aria-hidden="true">"Ctrl+Z"</kbd>
                    </button>
                    <button type="button" class="button" title=move || title(next.get(), "Ctrl+Y") aria-disabled=move || next.read().is_none().to_string() on:click=move |_| session.step_back(1, true)>
                        "Làm lại" <kbd aria-hidden="true">"Ctrl+Y"</kbd>
                    </button>
                </span>
            </div>
            <Show when=move || last.read().is_some() || next.read().is_some() fallback=|| view! { <p class="quiet">"Chưa sửa gì. Mở một lỗi ở danh sách để sửa dòng đó hoặc mọi dòng giống nó; giá trị cũ luôn được giữ."</p> }>
                <ol class="past-steps">{steps}</ol>
            </Show>
        </section>
    }
}
