//! The bits of each field, from what two people taken by chance weigh to the weight of the pair.

use crate::linkage::explanation::Evidence;
use crate::text::show_bits;
use leptos::prelude::*;

/// A table of numbers with a bar beside each.
#[component]
pub(crate) fn Waterfall(
    /// The parts, thousandths of a bit.
    parts: Vec<(Evidence, i32)>,
) -> impl IntoView {
    let total: i32 = parts.iter().map(|(_, bits)| bits).sum();
    let mut sums = vec![0];
    for (_, bits) in &parts {
        sums.push(sums.last().copied().unwrap_or(0) + bits);
    }
    let (least, most) = (sums.iter().min().copied().unwrap_or(0), sums.iter().max().copied().unwrap_or(0));
    let width = f64::from((most - least).max(1));
    let percent = move |bits: i32| format!("{:.1}%", f64::from(bits) * 100.0 / width);
    let bar = move |from: i32, to: i32, is_total: bool| {
        let is_less = to < from;
        view! {
            <td class="fall-cell" aria-hidden="true">
                <span class="fall-zero" style:left=percent(-least)></span>
                <span
                    class="fall-bar"
                    class:is-less=is_less && !is_total
                    class:is-total=is_total
                    style:left=percent(from.min(to) - least)
                    style:width=percent((to - from).abs())
                ></span>
            </td>
        }
    };
    let signed = |bits: i32| if bits > 0 { format!("+{}", show_bits(bits)) } else { show_bits(bits) };
    let rows = parts
        .into_iter()
        .enumerate()
        .map(|(at, (evidence, bits))| {
            view! {
                <tr class:is-zero=bits == 0>
                    <th scope="row">{evidence.label()}</th>
                    {bar(sums[at], sums[at + 1], false)}
                    <td class="number">{signed(bits)}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <table class="waterfall">
            <caption>"Trọng số từng thông tin (bit)"</caption>
            <tbody>{rows}</tbody>
            <tfoot><tr><th scope="row">"Tổng"</th>{bar(0, total, true)}<td class="number">{signed(total)}</td></tr></tfoot>
        </table>
    }
}
