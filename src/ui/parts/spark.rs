//! Small pictures of numbers: a bar of one share, bars of several months. Each says in words what it shows.

use leptos::prelude::*;

/// A share of a hundred as a bar with its figure; a dash where nobody knows.
#[component]
pub(crate) fn ShareBar(
    /// Part and whole.
    part: u32,
    whole: u32,
) -> impl IntoView {
    if whole == 0 {
        return view! { <span class="is-none">"–"</span> }.into_any();
    }
    let width = f64::from(part) / f64::from(whole) * 100.0;
    view! {
        <span class="share">
            <svg class="share-bar" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
                <rect class="share-whole" width="100" height="10" />
                <rect class="share-part" width=format!("{width:.2}") height="10" />
            </svg>
            <span class="share-words">{show_share(part, whole)}</span>
        </span>
    }
    .into_any()
}

/// `98,5 %`; never rounded up to a hundred.
pub(crate) fn show_share(part: u32, whole: u32) -> String {
    if whole == 0 {
        return "–".to_owned();
    }
    let thousandths = u64::from(part) * 1_000 / u64::from(whole);
    if thousandths.is_multiple_of(10) { format!("{} %", thousandths / 10) } else { format!("{},{} %", thousandths / 10, thousandths % 10) }
}

/// A share a month, as bars from 0 to a hundred; months nobody knows of are left blank.
#[component]
pub(crate) fn Sparkline(
    /// `mm/yyyy`, part, whole; a whole of 0 is not known.
    months: Vec<(String, u32, u32)>,
    /// What the share is of.
    what: &'static str,
) -> impl IntoView {
    const STEP: u32 = 8;
    if months.is_empty() {
        return view! { <span class="is-none">"–"</span> }.into_any();
    }
    let shown: Vec<(String, u32, u32)> = months.into_iter().rev().take(12).rev().collect();
    let width = STEP * shown.len().max(1) as u32;
    let words = shown.iter().map(|(month, part, whole)| format!("{month}: {}", show_share(*part, *whole))).collect::<Vec<_>>().join("; ");
    let bars = shown
        .iter()
        .enumerate()
        .filter(|(_, (.., whole))| *whole > 0)
        .map(|(at, (_, part, whole))| {
            let height = (f64::from(*part) / f64::from(*whole) * 18.0).max(0.75);
            view! {
                <rect
                    class="spark-bar"
                    x=(at as u32 * STEP + 1).to_string()
                    y=format!("{:.2}", 20.0 - height)
                    width=(STEP - 2).to_string()
                    height=format!("{height:.2}")
                />
            }
        })
        .collect_view();
    view! {
        <svg class="spark" role="img" aria-label=format!("{what} theo tháng: {words}") width=width.to_string() height="21" viewBox=format!("0 0 {width} 21")>
            <title>{words.clone()}</title>
            <line class="spark-base" x1="0" y1="20.5" x2=width.to_string() y2="20.5" />
            {bars}
        </svg>
    }
    .into_any()
}
