//! `Xem xét từng cặp`: the pairs the machine left to a person, one at a time or a pattern at once.

mod blind;
mod nearest;
mod pair;
mod patterns;
mod waterfall;

pub(crate) use nearest::{NearestPanel, WhyButton};

use crate::browser;
use crate::domain::{Bucket, Decision};
use crate::text::show_number;
use crate::ui::focus::is_dialog_open;
use crate::ui::parts::dose_list::Steps;
use crate::ui::state::session;
use blind::BlindResult;
use leptos::ev;
use leptos::prelude::*;
use pair::PairView;
use patterns::Patterns;
use wasm_bindgen::JsCast as _;
use wasm_bindgen_futures::spawn_local;
use web_sys::KeyboardEvent;

/// Share of local doses in scope, in thousandths, from which the list is called long.
const LONG: u64 = 20;

/// The button that opens the review.
const DOOR_ID: &str = "mo-xem-xet";

/// The answers with their keys.
const KEYS: [(Decision, &str); 3] = [(Decision::SamePerson, "C"), (Decision::DifferentPerson, "K"), (Decision::Later, "S")];

/// The section of the step: a button while it is closed, the review while it is open.
#[component]
pub(crate) fn ReviewPanel() -> impl IntoView {
    let session = session();
    let waiting = Memo::new(move |_| {
        session.report.read().as_ref().map_or(0, |report| report.total.local(Bucket::Review) + report.total.system(Bucket::Review))
    });
    let is_long = Memo::new(move |_| {
        session.report.read().as_ref().is_some_and(|report| report.total.local(Bucket::Review) * 1_000 > report.total.listed_total() * LONG)
    });
    let was_answered = Memo::new(move |_| !session.decisions.read().pairs.is_empty());
    Effect::new(move |_| {
        if is_long.get() && session.review.overview.with_untracked(Option::is_none) {
            spawn_local(session.look_over_review());
        }
    });
    let words = move || match waiting.get() {
        0 if was_answered.get() => "Mọi cặp đã được trả lời.".to_owned(),
        0 => "Không có cặp nào chờ xem xét.".to_owned(),
        waiting => format!("{} mũi chờ người xem xét; đến khi trả lời hết, số trên các phụ lục là tạm tính.", show_number(waiting as i64)),
    };
    let uncompared = Memo::new(move |_| session.report.read().as_ref().map_or([0; 2], |report| report.uncompared));
    let crowd = move || {
        let [persons, groups] = uncompared.get();
        format!(
            "{} người chưa được so với ai: họ nằm trong {} cụm quá đông người trùng họ tên, ngày sinh hoặc số điện thoại, mà không có số giấy tờ hay điều gì khác để tách ra. Mũi của họ đang tính là Chưa nhập hoặc Chỉ có trên Hệ thống.",
            show_number(persons as i64),
            show_number(groups as i64)
        )
    };
    let is_open = session.review.is_open;
    view! {
        <Show
            when=move || is_open.get()
            fallback=move || {
                view! {
                    <section class="review-door" class:is-done=move || { waiting.get() == 0 && uncompared.get()[0] == 0 } class:is-hidden=move || { waiting.get() == 0 && !was_answered.get() && uncompared.get()[0] == 0 } aria-labelledby="xem-xet-cua">
                        <h2 id="xem-xet-cua">"Cần xem xét"</h2>
                        <p>{words}</p>
                        <Show when=move || { waiting.get() > 0 || was_answered.get() }>
                            <button id=DOOR_ID type="button" class="button is-main" on:click=move |_| session.open_review()>"Xem xét từng cặp"</button>
                        </Show>
                        <LongList />
                        <p class="quiet review-long" class:is-hidden=move || uncompared.get()[0] == 0>{crowd}</p>
                    </section>
                }
            }
        >
            <Review />
        </Show>
    }
}

/// Why the list is long, when it is.
#[component]
fn LongList() -> impl IntoView {
    let session = session();
    move || {
        let overview = session.review.overview.get()?;
        let (waiting, in_scope) = overview.local_share;
        if u64::from(waiting) * 1_000 <= u64::from(in_scope) * LONG || overview.causes.is_empty() {
            return None;
        }
        let tenths = u64::from(waiting) * 1_000 / u64::from(in_scope.max(1));
        let causes: Vec<String> = overview.causes.iter().map(|(words, share)| format!("{words} {share} %")).collect();
        Some(view! {
            <p class="quiet review-long">
                {format!("Danh sách dài ({},{} % số mũi của địa phương). Nguyên nhân, theo số cặp: {}.", tenths / 10, tenths % 10, causes.join("; "))}
            </p>
        })
    }
}

#[component]
fn Review() -> impl IntoView {
    let session = session();
    let review = session.review;
    let left = move || {
        let overview = review.overview.get().unwrap_or_default();
        if review.is_blind.get() {
            let answered = review.second.read().len();
            return format!("Đã trả lời {} trong {} cặp", show_number(answered as i64), show_number(overview.entries.len() as i64));
        }
        format!("Còn {} cặp, {} mũi", show_number(overview.open_pairs() as i64), show_number(i64::from(overview.open_doses)))
    };
    let share = move || {
        let overview = review.overview.get().unwrap_or_default();
        let total = overview.entries.len().max(1);
        let done = if review.is_blind.get() { review.second.read().len() } else { overview.entries.len() - overview.open_pairs() };
        done * 100 / total
    };
    let notes = move || {
        let overview = review.overview.get().unwrap_or_default();
        let conflicts = overview.entries.iter().filter(|entry| entry.is_conflict).count();
        let conflict = (conflicts > 0).then(|| {
            format!("{conflicts} cặp có câu trả lời trái nhau (A là B, B là C, nhưng A không phải C) hoặc trái với máy: chưa câu nào được tính, hãy sửa; các cặp này đứng đầu.")
        });
        let lost = (overview.not_found > 0).then(|| {
            format!(
                "{} câu trả lời cũ không gặp lại dòng nào trong các tệp đang nạp; vẫn được giữ.",
                show_number(i64::from(overview.not_found))
            )
        });
        [conflict, lost].into_iter().flatten().map(|words| view! { <p class="review-note">{words}</p> }).collect_view()
    };
    let close = move || {
        session.close_review();
        browser::after_frame(|| browser::focus(DOOR_ID));
    };
    let keys = window_event_listener(ev::keydown, move |event: KeyboardEvent| {
        let Some(target) = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok()) else { return };
        // A single letter does nothing where the focus is on another part of the page (WCAG 2.1.4).
        let is_here = target.tag_name() == "BODY" || matches!(target.closest(".review"), Ok(Some(_)));
        let is_typing = matches!(target.tag_name().as_str(), "INPUT" | "TEXTAREA" | "SELECT");
        if !is_here
            || is_typing
            || is_dialog_open()
            || event.ctrl_key()
            || event.meta_key()
            || event.alt_key()
            || session.status.is_busy.get_untracked()
        {
            return;
        }
        let key = event.key().to_uppercase();
        if key == "ESCAPE" {
            return close();
        }
        if let Some((decision, _)) = KEYS.iter().find(|(_, letter)| *letter == key) {
            event.prevent_default();
            session.answer(*decision);
        }
    });
    on_cleanup(move || keys.remove());
    let is_blind = review.is_blind;
    view! {
        <section class="review" aria-labelledby="xem-xet">
            <div class="review-head">
                <h2 id="xem-xet" tabindex="-1">"Xem xét từng cặp"</h2>
                <p class="review-left" aria-live="polite">{left}</p>
                <div class="review-progress" aria-hidden="true"><div style:width=move || format!("{}%", share())></div></div>
                <Show when=move || !is_blind.get() fallback=move || view! { <button type="button" class="button" on:click=move |_| session.undo_blind()>"Hoàn tác"</button> }>
                    <Steps />
                </Show>
                <button type="button" class="button" aria-pressed=move || is_blind.get().to_string() on:click=move |_| session.set_blind(!is_blind.get_untracked())>
                    "Chế độ mù"
                </button>
                <button type="button" class="button-quiet" on:click=move |_| close()>"Đóng xem xét"</button>
            </div>
            {notes}
            <Show when=move || !is_blind.get()><LongList /></Show>
            <div class="review-body" class:is-blind=is_blind>
                <Show when=move || !is_blind.get() fallback=|| view! { <BlindResult /> }>
                    <Patterns />
                </Show>
                <PairView />
            </div>
        </section>
    }
}
