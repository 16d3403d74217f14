//! The same figures as pictures: the bridge as a waterfall, missing doses by unit and Nhóm, what has become of them.

use super::bridge::terms_of;
use crate::domain::{MissingGroup, Status};
use crate::forms::phu_luc_2::Form2Row;
use crate::text::{show_difference, show_number, show_signed};
use crate::ui::state::session;
use leptos::prelude::*;

/// Units drawn; the rest are one bar.
const UNITS: usize = 12;
/// Width of a drawing, in its own units.
const WIDTH: f64 = 560.0;
/// Where bars begin.
const LEFT: f64 = 222.0;
/// Room for a number behind the longest bar.
const RIGHT: f64 = 76.0;
/// From one bar to the next.
const STEP: f64 = 26.0;

/// The pictures; nothing before there are figures.
#[component]
pub(super) fn Charts() -> impl IntoView {
    view! {
        <div class="charts">
            <Waterfall />
            <MissingByUnit />
            <Progress />
        </div>
    }
}

/// A name cut to what fits before the bars.
fn short(name: &str) -> String {
    const LONGEST: usize = 34;
    if name.chars().count() <= LONGEST { name.to_owned() } else { name.chars().take(LONGEST - 1).chain(['…']).collect() }
}

/// From nothing to p, term by term.
#[component]
fn Waterfall() -> impl IntoView {
    let session = session();
    let picture = move || {
        let desk = session.desk.read();
        let terms = terms_of(&desk.whole)?;
        let difference = desk.whole.difference()?;
        let mut at = 0;
        let mut bars: Vec<(&'static str, i64, i64, i64, &'static str)> = Vec::new();
        for (term, value) in terms.into_iter().filter(|(_, value)| *value != 0) {
            bars.push((term.name(), at, at + value, value, if value > 0 { "rises" } else { "falls" }));
            at += value;
        }
        if bars.is_empty() {
            return None;
        }
        bars.push(("p = n − o", 0, difference, difference, "whole"));
        let (low, high) = bars.iter().fold((0, 0), |(low, high), (_, from, to, ..)| (low.min(*from).min(*to), high.max(*from).max(*to)));
        let scale = (WIDTH - LEFT - RIGHT) / ((high - low).max(1) as f64);
        let x = move |value: i64| LEFT + (value - low) as f64 * scale;
        let height = bars.len() as f64 * STEP + 8.0;
        let spoken = bars.iter().map(|(name, .., value, _)| format!("{name} {}", show_signed(*value))).collect::<Vec<_>>().join("; ");
        let marks = bars
            .iter()
            .enumerate()
            .map(|(row, (name, from, to, value, kind))| {
                let y = row as f64 * STEP + 4.0;
                let (left, right) = (x(*from.min(to)), x(*from.max(to)));
                let number = if *kind == "whole" { show_difference(*value) } else { show_signed(*value) };
                view! {
                    <text class="chart-name" x=LEFT - 8.0 y=y + 14.0 text-anchor="end">{short(name)}</text>
                    <rect class=format!("chart-bar is-{kind}") x=left y=y + 2.0 width=(right - left).max(1.0) height="16"></rect>
                    <text class="chart-number" x=right + 5.0 y=y + 14.0>{number}</text>
                }
            })
            .collect_view();
        let zero = x(0);
        Some(view! {
            <figure class="chart">
                <figcaption>"Vì sao p là " {show_difference(difference)}</figcaption>
                <svg viewBox=format!("0 0 {WIDTH} {height}") role="img" aria-label=spoken>
                    <line class="chart-axis" x1=zero x2=zero y1="0" y2=height></line>
                    {marks}
                </svg>
            </figure>
        })
    };
    view! { {picture} }
}

/// Missing doses by unit, the bars in pieces by Nhóm; the largest units, then all others as one.
#[component]
fn MissingByUnit() -> impl IntoView {
    let session = session();
    let picture = move || {
        let form = session.form_2.read();
        let total = |row: &Form2Row| row.missing.iter().sum::<u64>();
        let mut rows: Vec<&Form2Row> = form.rows.iter().filter(|row| total(row) > 0).collect();
        if rows.is_empty() {
            return None;
        }
        rows.sort_by_key(|row| std::cmp::Reverse(total(row)));
        let mut bars: Vec<(String, [u64; 7])> = rows.iter().take(UNITS).map(|row| (row.unit.clone(), row.missing)).collect();
        if rows.len() > UNITS {
            let rest = rows[UNITS..].iter().fold([0; 7], |mut sum, row| {
                sum.iter_mut().zip(row.missing).for_each(|(sum, doses)| *sum += doses);
                sum
            });
            bars.push((format!("{} đơn vị khác", show_number((rows.len() - UNITS) as i64)), rest));
        }
        let sum = |missing: &[u64; 7]| missing.iter().sum::<u64>();
        let longest = bars.iter().map(|(_, missing)| sum(missing)).max().unwrap_or(1).max(1);
        let scale = (WIDTH - LEFT - RIGHT) / longest as f64;
        let used: Vec<MissingGroup> =
            MissingGroup::ALL.into_iter().filter(|group| bars.iter().any(|(_, missing)| missing[group.index()] > 0)).collect();
        let height = bars.len() as f64 * STEP + 8.0;
        let spoken =
            bars.iter().map(|(unit, missing)| format!("{unit}: {}", show_number(sum(missing) as i64))).collect::<Vec<_>>().join("; ");
        let marks = bars
            .iter()
            .enumerate()
            .map(|(row, (unit, missing))| {
                let y = row as f64 * STEP + 4.0;
                let mut x = LEFT;
                let pieces = MissingGroup::ALL
                    .into_iter()
                    .filter(|group| missing[group.index()] > 0)
                    .map(|group| {
                        let width = missing[group.index()] as f64 * scale;
                        let left = x;
                        x += width;
                        let words = format!("{}: {}", group.label(), show_number(missing[group.index()] as i64));
                        view! {
                            <rect class=format!("chart-bar is-group-{}", group.index() + 1) x=left y=y + 2.0 width=width.max(0.5) height="16"><title>{words}</title></rect>
                        }
                    })
                    .collect_view();
                view! {
                    <text class="chart-name" x=LEFT - 8.0 y=y + 14.0 text-anchor="end">{short(if unit.is_empty() { "Cả đơn vị báo cáo" } else { unit })}<title>{unit.clone()}</title></text>
                    {pieces}
                    <text class="chart-number" x=LEFT + sum(missing) as f64 * scale + 5.0 y=y + 14.0>{show_number(sum(missing) as i64)}</text>
                }
            })
            .collect_view();
        let legend = used
            .into_iter()
            .map(|group| {
                let doses: u64 = bars.iter().map(|(_, missing)| missing[group.index()]).sum();
                view! { <li class=format!("is-group-{}", group.index() + 1)>{group.label()} " (" {show_number(doses as i64)} ")"</li> }
            })
            .collect_view();
        Some(view! {
            <figure class="chart">
                <figcaption>"Mũi chưa nhập theo đơn vị và Nhóm"</figcaption>
                <svg viewBox=format!("0 0 {WIDTH} {height}") role="img" aria-label=spoken>{marks}</svg>
                <ul class="chart-legend">{legend}</ul>
            </figure>
        })
    };
    view! { {picture} }
}

/// What has become of the missing doses since the first export, by Nhóm; nothing where nothing has.
#[component]
fn Progress() -> impl IntoView {
    let session = session();
    let picture = move || {
        let report = session.report.get()?;
        let not_entered = &report.total.not_entered;
        let of_status = |status: Status| not_entered.iter().map(|statuses| statuses[status.index()]).sum::<u64>();
        if of_status(Status::VerifiedEntered) + of_status(Status::CannotEnter) == 0 {
            return None;
        }
        let bars: Vec<(&'static str, [u64; 3])> = MissingGroup::ALL
            .into_iter()
            .map(|group| (group.label(), not_entered[group.index()]))
            .filter(|(_, statuses)| statuses.iter().any(|doses| *doses > 0))
            .collect();
        let sum = |statuses: &[u64; 3]| statuses.iter().sum::<u64>();
        let longest = bars.iter().map(|(_, statuses)| sum(statuses)).max().unwrap_or(1).max(1);
        let scale = (WIDTH - LEFT - RIGHT) / longest as f64;
        let height = bars.len() as f64 * STEP + 8.0;
        let words = |statuses: &[u64; 3]| format!("{} / {}", show_number(statuses[0] as i64), show_number(sum(statuses) as i64));
        let spoken = bars.iter().map(|(group, statuses)| format!("{group}: đã nhập {}", words(statuses))).collect::<Vec<_>>().join("; ");
        let marks = bars
            .iter()
            .enumerate()
            .map(|(row, (group, statuses))| {
                let y = row as f64 * STEP + 4.0;
                let mut x = LEFT;
                let pieces = Status::ALL
                    .into_iter()
                    .filter(|status| statuses[status.index()] > 0)
                    .map(|status| {
                        let width = statuses[status.index()] as f64 * scale;
                        let left = x;
                        x += width;
                        let title = format!("{}: {}", status.label(), show_number(statuses[status.index()] as i64));
                        view! {
                            <rect class=format!("chart-bar is-status-{}", status.index() + 1) x=left y=y + 2.0 width=width.max(0.5) height="16"><title>{title}</title></rect>
                        }
                    })
                    .collect_view();
                view! {
                    <text class="chart-name" x=LEFT - 8.0 y=y + 14.0 text-anchor="end">{short(group)}</text>
                    {pieces}
                    <text class="chart-number" x=LEFT + sum(statuses) as f64 * scale + 5.0 y=y + 14.0>{words(statuses)}</text>
                }
            })
            .collect_view();
        let legend = Status::ALL
            .map(|status| {
                view! { <li class=format!("is-status-{}", status.index() + 1)>{status.label()} " (" {show_number(of_status(status) as i64)} ")"</li> }
            })
            .into_iter()
            .collect_view();
        Some(view! {
            <figure class="chart">
                <figcaption>"Tiến độ của mũi chưa nhập, theo Nhóm"</figcaption>
                <svg viewBox=format!("0 0 {WIDTH} {height}") role="img" aria-label=spoken>{marks}</svg>
                <ul class="chart-legend">{legend}</ul>
            </figure>
        })
    };
    view! { {picture} }
}
