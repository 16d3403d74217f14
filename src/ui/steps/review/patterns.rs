//! Pairs that differ in the same way: how many, a sample, one answer for all.

use crate::domain::Decision;
use crate::reconcile::review::Pattern;
use crate::text::{show_bits, show_number};
use crate::ui::state::session;
use leptos::prelude::*;

/// The patterns, and what is wanted of the one that is chosen.
#[component]
pub(crate) fn Patterns() -> impl IntoView {
    let session = session();
    let review = session.review;
    let patterns = move || {
        let chosen = review.pattern.get();
        let overview = review.overview.get().unwrap_or_default();
        overview.patterns.iter().map(|pattern| row(pattern, chosen.as_deref() == Some(&pattern.words))).collect_view()
    };
    view! {
        <div class="patterns">
            <div class="patterns-scroll" tabindex="0" role="region" aria-label="Các kiểu khác nhau">
                <table class="grid">
                    <caption>"Cặp theo kiểu khác nhau"</caption>
                    <thead><tr><th scope="col">"Kiểu"</th><th scope="col" class="number">"Cặp còn"</th><th scope="col" class="number">"Mũi"</th></tr></thead>
                    <tbody>{patterns}</tbody>
                </table>
            </div>
            <Show when=move || review.pattern.read().is_some()>
                <button type="button" class="button-quiet" on:click=move |_| session.choose_pattern(None)>"Xem mọi kiểu"</button>
            </Show>
            <Together />
        </div>
    }
}

fn row(pattern: &Pattern, is_chosen: bool) -> impl IntoView + use<> {
    let session = session();
    let words = pattern.words.clone();
    let name = pattern.words.clone();
    let open = pattern.open;
    view! {
        <tr class:is-chosen=is_chosen>
            <th scope="row">
                <button type="button" class="count" aria-pressed=is_chosen.to_string() on:click=move |_| session.choose_pattern(Some(words.clone()))>
                    {name}
                </button>
            </th>
            <td class="number">{if open == 0 { "xong".to_owned() } else { show_number(i64::from(open)) }}</td>
            <td class="number">{show_number(i64::from(pattern.doses))}</td>
        </tr>
    }
}

/// A sample of the chosen pattern and the answers for all of it.
#[component]
fn Together() -> impl IntoView {
    let session = session();
    let review = session.review;
    move || {
        let words = review.pattern.get()?;
        let overview = review.overview.get()?;
        let pattern = overview.patterns.iter().find(|pattern| pattern.words == words)?.clone();
        let open = overview.open_of(&words).len();
        if open < 2 {
            return None;
        }
        let samples = review
            .samples
            .get()
            .into_iter()
            .map(|pair| {
                let key = pair.key;
                let value = |at: usize, side: usize| pair.fields.get(at).map(|field| field.values[side].clone()).unwrap_or_default();
                let line = |side: usize| [value(0, side), value(1, side), value(3, side)].join(" · ");
                view! {
                    <li>
                        <button type="button" class="sample" on:click=move |_| session.show_pair(key)>
                            <span>{line(0)}</span>
                            <span>{line(1)}</span>
                        </button>
                    </li>
                }
            })
            .collect_view();
        let (least, most) = pattern.weights;
        let for_all = [Decision::SamePerson, Decision::DifferentPerson]
            .map(|decision| {
                let words = words.clone();
                let label = format!("{} cho cả {} cặp", decision.label(), show_number(open as i64));
                view! { <button type="button" class="button" on:click=move |_| session.answer_pattern(&words, decision)>{label}</button> }
            })
            .collect_view();
        Some(view! {
            <div class="together">
                <h3>{format!("Mẫu của {} cặp cùng kiểu", show_number(open as i64))}</h3>
                <ul>{samples}</ul>
                <p class="quiet">{format!("Trọng số từ {} đến {} bit. Một lần hoàn tác lấy lại cả nhóm.", show_bits(least), show_bits(most))}</p>
                <div class="together-answers">{for_all}</div>
            </div>
        })
    }
}
