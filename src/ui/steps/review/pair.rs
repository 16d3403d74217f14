//! One pair: the facts of both, one above the other; what each weighs; the rows; the answers.

use super::KEYS;
use super::waterfall::Waterfall;
use crate::domain::{Decision, Side};
use crate::reconcile::review::{Agreement, FieldPair, PairDetail, PairDose, PairKind};
use crate::ui::state::session;
use leptos::prelude::*;
use std::sync::Arc;

/// The pair that is shown, or that none is left.
#[component]
pub(crate) fn PairView() -> impl IntoView {
    let session = session();
    let review = session.review;
    move || {
        match review.pair.get() {
        Some(pair) => view! { <OnePair pair=pair /> }.into_any(),
        None if review.is_blind.get() => ().into_any(),
        None => view! {
            <div class="review-done">
                <p class="empty-lead">"Không còn cặp nào chờ trả lời."</p>
                <p>"Số trên các phụ lục đã tính theo các câu trả lời. Muốn sửa câu đã trả lời: bấm “Hoàn tác”, hoặc bấm vào một kiểu ở bảng bên để mở lại từng cặp."</p>
            </div>
        }
        .into_any(),
    }
    }
}

#[component]
fn OnePair(pair: Arc<PairDetail>) -> impl IntoView {
    let session = session();
    let is_blind = session.review.is_blind;
    let is_near = pair.kind == PairKind::NearCopy;
    let words = move |decision: Decision| match (decision, is_near) {
        (Decision::SamePerson, true) => "là cùng một mũi ghi hai lần",
        (Decision::DifferentPerson, true) => "là hai mũi khác nhau",
        (Decision::SamePerson, false) => "ghép các mũi với nhau",
        (Decision::DifferentPerson, false) => "không ghép",
        (Decision::Later, _) => "vẫn chờ xem xét",
    };
    let answers = KEYS
        .map(|(decision, key)| {
            let is_main = decision != Decision::Later;
            view! {
                <span class="answer">
                    <button
                        type="button"
                        class="button is-large"
                        class:is-main=is_main && decision == Decision::SamePerson
                        aria-label=decision.label()
                        aria-keyshortcuts=key
                        data-key=key
                        on:click=move |_| session.answer(decision)
                    >
                        {decision.label()}
                    </button>
                    <span class="quiet">{words(decision)}</span>
                </span>
            }
        })
        .collect_view();
    let standing = {
        let pair = pair.clone();
        move || {
            (!is_blind.get())
                .then(|| match (pair.decision, pair.is_conflict) {
                    (Some(decision), true) => Some(format!("Đã trả lời “{}”, trái với câu trả lời khác.", decision.label())),
                    (Some(decision), false) => Some(format!("Đã trả lời “{}”; bấm nút khác để đổi.", decision.label())),
                    _ => None,
                })
                .flatten()
                .map(|words| view! { <p class="review-answered">{words}</p> })
        }
    };
    let why = {
        let pair = pair.clone();
        move || {
            (!is_blind.get()).then(|| {
                let reasons = pair.why.iter().map(|words| view! { <li>{words.clone()}</li> }).collect_view();
                view! { <div class="review-why"><h3>"Vì sao máy không tự quyết định"</h3><ul>{reasons}</ul></div> }
            })
        }
    };
    let weights = {
        let parts = pair.parts.clone();
        move || (!is_blind.get() && !parts.is_empty()).then(|| view! { <Waterfall parts=parts.clone() /> })
    };
    view! {
        <div class="pair">
            <div class="pair-answers" role="group" aria-label="Trả lời">
                {answers}
                <Show when=move || !is_blind.get()>
                    <button type="button" class="button-quiet" on:click=move |_| session.skip_pair()>"Cặp tiếp"</button>
                </Show>
            </div>
            {standing}
            <div class="pair-facts">
                <Fields fields=pair.fields.clone() is_near=is_near />
                <div class="pair-side">{weights}{why}</div>
            </div>
            <Doses doses=pair.doses.clone() is_blind=is_blind.get_untracked() />
        </div>
    }
}

/// A text cut into what both begin with, what differs, what both end with.
fn cut(own: &str, other: &str) -> (String, String, String) {
    let (own, other): (Vec<char>, Vec<char>) = (own.chars().collect(), other.chars().collect());
    let front = own.iter().zip(&other).take_while(|(a, b)| a == b).count();
    let rest = own.len().min(other.len()) - front;
    let back = own.iter().rev().zip(other.iter().rev()).take(rest).take_while(|(a, b)| a == b).count();
    let text = |chars: &[char]| chars.iter().collect::<String>();
    (text(&own[..front]), text(&own[front..own.len() - back]), text(&own[own.len() - back..]))
}

/// The facts of both, local above System, differences marked.
#[component]
pub(crate) fn Fields(fields: Vec<FieldPair>, is_near: bool) -> impl IntoView {
    let sides = if is_near { ["Mũi 1", "Mũi 2"] } else { ["Địa phương", "Hệ thống"] };
    let rows = fields
        .into_iter()
        .map(|field| {
            let is_marked = matches!(field.agreement, Agreement::Near | Agreement::Differs);
            let line = |own: usize| {
                let (value, other) = (&field.values[own], &field.values[1 - own]);
                if value.is_empty() {
                    return view! { <span class="is-unsaid">"(không ghi)"</span> }.into_any();
                }
                let (front, middle, back) = if is_marked { cut(value, other) } else { (value.clone(), String::new(), String::new()) };
                view! { <span>{front}{(!middle.is_empty()).then(|| view! { <mark>{middle.clone()}</mark> })}{back}</span> }.into_any()
            };
            let class = match field.agreement {
                Agreement::Same => "is-same",
                Agreement::Near => "is-near",
                Agreement::Differs => "is-other",
                Agreement::Unsaid => "is-quiet",
            };
            view! {
                <tr class=class>
                    <th scope="row">{field.label.clone()}</th>
                    <td class="stacked">
                        <div><span class="stacked-side">{sides[0]}</span>{line(0)}</div>
                        <div><span class="stacked-side">{sides[1]}</span>{line(1)}</div>
                    </td>
                    <td class="agreement">{field.agreement.label()}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <table class="grid fields">
            <caption class="sr-only">"Thông tin hai phía"</caption>
            <thead><tr><th scope="col">"Thông tin"</th><th scope="col">"Hai phía"</th><th scope="col">"So sánh"</th></tr></thead>
            <tbody>{rows}</tbody>
        </table>
    }
}

/// The rows of both sources.
#[component]
pub(crate) fn Doses(
    /// The doses.
    doses: Vec<PairDose>,
    /// Whether where they landed, which tells of earlier answers, is left out.
    is_blind: bool,
) -> impl IntoView {
    let rows = doses
        .into_iter()
        .map(|dose| {
            let (file, sheet, row, slot) = dose.place;
            let slot = if slot > 1 { format!(", mũi thứ {slot}") } else { String::new() };
            let [label, vaccine, given, lot, facility] = dose.cells;
            let side = if dose.side == Side::Local { "Địa phương" } else { "Hệ thống" };
            view! {
                <tr>
                    <th scope="row">{side}</th>
                    <td>{label}</td>
                    <td>{vaccine}</td>
                    <td>{given}</td>
                    <td>{lot}</td>
                    <td>{facility}</td>
                    {(!is_blind).then(|| view! { <td>{dose.bucket}{dose.has_partner.then_some(" ↔")}</td> })}
                    <td class="quiet">{format!("{file} › {sheet}, dòng {row}{slot}")}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <div class="table-scroll pair-doses" tabindex="0" role="region" aria-label="Các dòng của hai phía">
            <table class="grid">
                <caption class="sr-only">"Các dòng của hai phía"</caption>
                <thead>
                    <tr>
                        <th scope="col">"Phía"</th>
                        <th scope="col">"Mũi"</th>
                        <th scope="col">"Vắc xin"</th>
                        <th scope="col">"Ngày tiêm"</th>
                        <th scope="col">"Số lô"</th>
                        <th scope="col">"Cơ sở tiêm"</th>
                        {(!is_blind).then(|| view! { <th scope="col">"Kết quả"</th> })}
                        <th scope="col">"Nơi ghi"</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
}
