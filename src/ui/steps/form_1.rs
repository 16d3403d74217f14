//! `Phụ lục 1`, drawn as on paper.

use super::figures::PublishedProposal;
use crate::domain::FormColumn;
use crate::domain::settings::{FormRows, ReportedSource};
use crate::forms::inputs::TypedFigure;
use crate::forms::phu_luc_1::{Form1Row, ReviewResult};
use crate::text::{parse_number, show_figure, show_number};
use crate::ui::parts::field::Select;
use crate::ui::parts::figure_link::{Behind, FigureLink};
use crate::ui::parts::more_rows::{Drawn, MoreRows};
use crate::ui::parts::paper::{FormActions, LetterFields, Remarks};
use crate::ui::state::session;
use leptos::prelude::*;

/// The step.
#[component]
pub(crate) fn Form1Step() -> impl IntoView {
    let session = session();
    let settings = session.settings;
    let form = session.form_1;
    let is_possible = Signal::derive(move || form.read().rows.iter().any(|row| row.given().is_some()));
    view! {
        <section class="step" aria-labelledby="step-heading">
            <h1 id="step-heading" tabindex="-1">"Phụ lục 1"</h1>
            <div class="toolbar">
                <Select
                    label="Lập bảng theo"
                    options=FormRows::ALL.map(|rows| rows.label().to_owned()).to_vec()
                    value=Signal::derive(move || FormRows::ALL.iter().position(|rows| *rows == settings.read().form_1_rows))
                    on_change=move |at: usize| settings.update(|settings| settings.form_1_rows = FormRows::ALL[at])
                />
                <Select
                    label="Nguồn của n"
                    options=ReportedSource::ALL.map(|source| source.label().to_owned()).to_vec()
                    value=Signal::derive(move || ReportedSource::ALL.iter().position(|source| *source == settings.read().reported_source))
                    on_change=move |at: usize| settings.update(|settings| settings.reported_source = ReportedSource::ALL[at])
                />
                <LetterFields />
                <FormActions label="Tải Phụ lục 1" is_possible=is_possible on_download=move |()| session.download_form_1() />
            </div>
            <PublishedProposal />
            <Show
                when=move || is_possible.get()
                fallback=move || view! {
                    <div class="empty">
                        <p class="empty-lead">"Biểu chưa có số liệu."</p>
                        <p>"Hãy đối soát dữ liệu trước; hoặc chọn “63 tỉnh, thành phố” ở “Lập bảng theo” để lập bảng từ số Bộ Y tế công bố, không cần tệp nào."</p>
                    </div>
                }
            >
                <Paper />
            </Show>
            <Remarks
                remarks=Signal::derive(move || form.read().remarks.clone())
                is_provisional=Signal::derive(move || form.read().is_provisional)
            />
        </section>
    }
}

#[component]
fn Paper() -> impl IntoView {
    let form = session().form_1;
    let drawn = Drawn::first();
    let keys = move || drawn.of(form.read().rows.iter().enumerate().map(|(at, row)| (at, row.key.clone(), row.unit.clone())));
    let total = Signal::derive(move || form.read().rows.len());
    let letters =
        ["a", "b"].into_iter().chain(FormColumn::ALL.iter().map(|column| column.letter())).chain(["n=c+...+m", "o", "p=n-o", "q"]);
    let letters = letters.map(|letter| view! { <th>{letter}</th> }).collect_view();
    let titles = FormColumn::ALL.map(|column| view! { <th scope="col">{column.title()}</th> }).into_iter().collect_view();
    let cut_off = move || form.read().cut_off.clone();
    view! {
        <div class="paper-frame" tabindex="0" role="region" aria-label="Biểu Phụ lục 1">
            <div class="paper form-1">
                <p class="paper-title">"Phụ lục 1:"</p>
                <p class="paper-title">"BẢNG TỔNG HỢP VÀ KẾT QUẢ CẬP NHẬT, RÀ SOÁT DỮ LIỆU TIÊM CHỦNG PHÒNG COVID-19"</p>
                <p class="paper-sub">{move || format!("(Số liệu tính đến ngày {})", cut_off())}</p>
                <p class="paper-sub">{move || format!("(Kèm theo Công văn số {} ngày {} của Bộ Y tế)", form.read().letter_number, form.read().letter_date)}</p>
                <table class="form-table">
                    <caption class="sr-only">"Bảng tổng hợp và kết quả cập nhật, rà soát dữ liệu tiêm chủng"</caption>
                    <thead>
                        <tr>
                            <th rowspan="2" scope="col">"TT"</th>
                            <th rowspan="2" scope="col">{move || form.read().unit_heading.clone()}</th>
                            <th colspan="6" scope="colgroup">"Kết quả tiêm cho nhóm từ 18 tuổi trở lên"</th>
                            <th colspan="3" scope="colgroup">"Kết quả tiêm nhóm 12-17 tuổi"</th>
                            <th colspan="2" scope="colgroup">"Kết quả tiêm nhóm 5-11 tuổi"</th>
                            <th rowspan="2" scope="col">{move || format!("Tổng số mũi tiêm địa phương báo cáo về Viện VSDT TU ({})", cut_off())}</th>
                            <th rowspan="2" scope="col">"Tổng số mũi tiêm địa phương nhập liệu trên Hệ thống tiêm chủng vắc xin phòng COVID-19"</th>
                            <th rowspan="2" scope="col">"So sánh chênh lệch số liệu chưa nhập lên Hệ thống"</th>
                            <th rowspan="2" scope="col">{move || format!("Kết quả rà soát của địa phương tính đến ngày {}", cut_off())}</th>
                        </tr>
                        <tr>{titles}</tr>
                        <tr class="letters">{letters}</tr>
                    </thead>
                    <tbody>
                        <For each=keys key=|key| key.clone() children=|(at, ..)| view! { <Row at=at /> } />
                    </tbody>
                    <MoreRows drawn=drawn total=total columns=17 rest=move || drawn.rest(&form.read().rows).iter().map(row_on_paper).collect_view() />
                    <Total />
                </table>
                <ul class="paper-notes">{move || form.read().notes.iter().map(|note| view! { <li>{note.clone()}</li> }).collect_view()}</ul>
            </div>
        </div>
    }
}

#[component]
fn Row(at: usize) -> impl IntoView {
    let session = session();
    let row = Memo::new(move |_| session.form_1.read().rows.get(at).cloned().unwrap_or_default());
    let key = Signal::derive(move || row.read().key.clone());
    let given = Signal::derive(move || show_figure(row.read().given()));
    let difference = Signal::derive(move || row.read().difference().map(show_number).unwrap_or_default());
    let cells = FormColumn::ALL
        .map(|column| {
            let value = Signal::derive(move || show_figure(row.read().columns[column.index()]));
            view! { <td class="number"><FigureLink value=value key=key behind=Behind::Sources(Some(column)) /></td> }
        })
        .into_iter()
        .collect_view();
    view! {
        <tr>
            <td class="centre">{move || row.read().number.to_string()}</td>
            <td>{move || row.read().unit.clone()}</td>
            {cells}
            <td class="number is-strong"><FigureLink value=given key=key behind=Behind::Sources(None) /></td>
            <OnSystem row=row />
            <td class="number"><FigureLink value=difference key=key behind=Behind::Bridge /></td>
            <Review row=row />
        </tr>
    }
}

/// A row as it is printed: figures and texts, nothing to press or to type into.
fn row_on_paper(row: &Form1Row) -> impl IntoView + use<> {
    let cells = row.columns.map(|figure| view! { <td class="number">{show_figure(figure)}</td> }).into_iter().collect_view();
    view! {
        <tr>
            <td class="centre">{row.number.to_string()}</td>
            <td>{row.unit.clone()}</td>
            {cells}
            <td class="number is-strong">{show_figure(row.given())}</td>
            <td class="number">{show_figure(row.on_system)}</td>
            <td class="number">{row.difference().map(show_number)}</td>
            <td class="number">{show_review(&row.review_result)}</td>
        </tr>
    }
}

/// Cell q as it is written.
fn show_review(result: &ReviewResult) -> String {
    match result {
        ReviewResult::Blank => String::new(),
        ReviewResult::Number(value) => show_number(*value as i64),
        ReviewResult::Text(text) => text.clone(),
    }
}

/// Cell o: the counted figure, or a typed one with its reason.
#[component]
fn OnSystem(row: Memo<Form1Row>) -> impl IntoView {
    let session = session();
    let key = Memo::new(move |_| row.read().key.clone());
    let typed = Memo::new(move |_| session.inputs.read().row(&key.read()).on_system);
    let is_wrong = RwSignal::new(false);
    let take = move |text: String| {
        let value = parse_number(&text);
        is_wrong.set(value.is_none() && !text.trim().is_empty());
        if is_wrong.get_untracked() || value == row.read_untracked().on_system {
            return;
        }
        // The counted figure again, or nothing: no longer typed.
        let value = value.filter(|value| Some(*value) != row.read_untracked().counted_on_system);
        session.update_row(&key.get_untracked(), |inputs| {
            let reason = inputs.on_system.take().map(|figure| figure.reason).unwrap_or_default();
            inputs.on_system = value.map(|value| TypedFigure { value, reason });
        });
    };
    let reason = move || typed.read().as_ref().map(|figure| figure.reason.clone()).unwrap_or_default();
    let take_reason = move |event| {
        let text = event_target_value(&event);
        session.update_row(&key.get_untracked(), |inputs| {
            if let Some(figure) = &mut inputs.on_system {
                figure.reason = text;
            }
        });
    };
    view! {
        <td class="number is-open-cell" class:is-typed=move || typed.read().is_some()>
            <input
                type="text"
                size="1"
                inputmode="numeric"
                autocomplete="off"
                aria-label=move || format!("o: {}", row.read().unit)
                aria-invalid=move || is_wrong.get().then_some("true")
                prop:value=move || show_figure(row.read().on_system)
                on:change=move |event| take(event_target_value(&event))
            />
            <Show when=move || typed.read().is_some()>
                <input type="text" class="cell-reason"
                    size="1" aria-label=move || format!("Lý do ghi tay o: {}", row.read().unit) placeholder="Lý do" prop:value=reason on:input=take_reason />
            </Show>
        </td>
    }
}

/// Cell q: the default, a number or a text.
#[component]
fn Review(row: Memo<Form1Row>) -> impl IntoView {
    let session = session();
    let key = Memo::new(move |_| row.read().key.clone());
    let is_typed = move || session.inputs.read().row(&key.read()).review_result.is_some();
    let shown = move || show_review(&row.read().review_result);
    let take = move |event| {
        let text = event_target_value(&event);
        session.update_row(&key.get_untracked(), |inputs| inputs.review_result = Some(text));
    };
    view! {
        <td class="number is-open-cell" class:is-typed=is_typed>
            <input type="text" size="1" autocomplete="off" aria-label=move || format!("q: {}", row.read().unit) prop:value=shown on:change=take />
            <Show when=is_typed>
                <button type="button" class="cell-reset" on:click=move |_| session.update_row(&key.get_untracked(), |inputs| inputs.review_result = None)>
                    "Lấy lại số đếm được"
                </button>
            </Show>
        </td>
    }
}

#[component]
fn Total() -> impl IntoView {
    let form = session().form_1;
    let total = move || {
        let form = form.read();
        if form.rows.len() < 2 {
            return None;
        }
        let sum = |of: &dyn Fn(&Form1Row) -> Option<u64>| show_figure(form.rows.iter().filter_map(of).reduce(|a, b| a + b));
        let cells = FormColumn::ALL
            .map(|column| view! { <td class="number">{sum(&|row| row.columns[column.index()])}</td> })
            .into_iter()
            .collect_view();
        let difference: Option<i64> = form.rows.iter().filter_map(Form1Row::difference).reduce(|a, b| a + b);
        let reviewed = sum(&|row| if let ReviewResult::Number(value) = row.review_result { Some(value) } else { None });
        Some(view! {
            <tfoot>
                <tr>
                    <th colspan="2" scope="row">"Tổng cộng"</th>
                    {cells}
                    <td class="number">{sum(&|row| row.given())}</td>
                    <td class="number">{sum(&|row| row.on_system)}</td>
                    <td class="number">{difference.map(show_number).unwrap_or_default()}</td>
                    <td class="number">{reviewed}</td>
                </tr>
            </tfoot>
        })
    };
    view! { {total} }
}
