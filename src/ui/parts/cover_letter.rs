//! The cover text, drawn as the office will print it.

use super::field::CopyButton;
use crate::browser;
use crate::ui::cover::{Cover, DATE, NUMBER, SIGN, STATE};
use leptos::prelude::*;

/// The letter with its buttons; on paper the letter alone.
#[component]
pub(crate) fn CoverLetter(
    /// The letter.
    #[prop(into)]
    cover: Signal<Cover>,
) -> impl IntoView {
    let lines = |lines: Vec<String>| lines.into_iter().map(|line| view! { <li>{line}</li> }).collect_view();
    view! {
        <section class="cover" aria-labelledby="van-ban">
            <div class="cover-tools">
                <h2 id="van-ban">"Văn bản gửi kèm"</h2>
                <p class="quiet">"Số liệu lấy từ hai phụ lục. In ra, hoặc sao chép sang công văn của đơn vị; số, ngày và nơi gửi do văn thư điền."</p>
                <div class="mail-actions">
                    <button type="button" class="button" on:click=move |_| browser::print()>"In văn bản"</button>
                    <CopyButton label="Sao chép văn bản" text=Signal::derive(move || cover.read().text()) />
                </div>
            </div>
            <article class="cover-paper" aria-label="Văn bản gửi kèm báo cáo" tabindex="0">
                <div class="cover-head">
                    <div>
                        <p class="cover-office">{move || cover.read().office.to_uppercase()}</p>
                        <p>{NUMBER}</p>
                        <p>{move || cover.read().subject.clone()}</p>
                    </div>
                    <div>
                        <p class="cover-state">{STATE[0]}</p>
                        <p class="cover-motto">{STATE[1]}</p>
                        <p class="cover-date">{DATE}</p>
                    </div>
                </div>
                <div class="cover-to">
                    <p>"Kính gửi:"</p>
                    <ul>{move || lines(cover.read().addressees.clone())}</ul>
                </div>
                {move || cover.read().paragraphs.iter().map(|words| view! { <p class="cover-text">{words.clone()}</p> }).collect_view()}
                <div class="cover-foot">
                    <div>
                        <p class="cover-copies">"Nơi nhận:"</p>
                        <ul>{move || lines(cover.read().recipients.iter().map(|line| format!("{line};")).collect())}</ul>
                    </div>
                    <div class="cover-sign">
                        <p>{SIGN[0]}</p>
                        <p class="cover-date">{SIGN[1]}</p>
                        <p class="cover-signer">{move || cover.read().signer.clone()}</p>
                    </div>
                </div>
            </article>
        </section>
    }
}
