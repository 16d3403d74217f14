//! `Phụ lục 2`, drawn as on paper.

use super::reconcile::Needed;
use crate::domain::group::GROUP_COUNT;
use crate::domain::settings::FormRows;
use crate::domain::{Bucket, MissingGroup, Side, Status};
use crate::forms::inputs::EditedText;
use crate::forms::phu_luc_2::{DEFAULT_OTHER_GROUP, Form2, Form2Row};
use crate::forms::phu_luc_2_sheet::{TITLES_2, other_heading};
use crate::reconcile::Report;
use crate::text::{show_figure, show_number};
use crate::ui::parts::count_link::CountLink;
use crate::ui::parts::field::{Select, TextField};
use crate::ui::parts::figure_link::{Behind, FigureLink};
use crate::ui::parts::group_rules::NOT_ENTERED;
use crate::ui::parts::more_rows::{Drawn, MoreRows};
use crate::ui::parts::paper::{FormActions, LetterFields, PaperText, Remarks};
use crate::ui::state::session;
use crate::worker::list_filter::ListFilter;
use crate::worker::protocol::ListRef;
use leptos::prelude::*;

/// Rows this form can be made by.
const ROWS: [FormRows; 2] = [FormRows::OneUnit, FormRows::UnitsBelow];

/// The step.
#[component]
pub(crate) fn Form2Step() -> impl IntoView {
    let session = session();
    let settings = session.settings;
    let form = session.form_2;
    let is_possible = Signal::derive(move || !form.read().rows.is_empty());
    view! {
        <section class="step" aria-labelledby="step-heading">
            <h1 id="step-heading" tabindex="-1">"Phụ lục 2"</h1>
            <div class="toolbar">
                <Select
                    label="Lập bảng theo"
                    options=ROWS.map(|rows| rows.label().to_owned()).to_vec()
                    value=Signal::derive(move || ROWS.iter().position(|rows| *rows == settings.read().form_2_rows))
                    on_change=move |at: usize| settings.update(|settings| settings.form_2_rows = ROWS[at])
                />
                <LetterFields />
                <TextField
                    label="Nhóm “Khác” ghi rõ là"
                    value=Signal::derive(move || form.read().other_group.clone())
                    on_input=move |text: String| session.inputs.update(|inputs| inputs.other_group = Some(text).filter(|text| text != DEFAULT_OTHER_GROUP))
                />
                <FormActions label="Tải Phụ lục 2" is_possible=is_possible on_download=move |()| session.download_form_2() />
            </div>
            <Show when=move || is_possible.get() fallback=|| view! { <Needed /> }>
                <Paper />
            </Show>
            <Remarks
                remarks=Signal::derive(move || form.read().remarks.clone())
                is_provisional=Signal::derive(move || form.read().is_provisional)
            />
        </section>
    }
}

/// Positions of the rows that are drawn, with what makes a row another one.
fn row_keys(drawn: Drawn) -> Vec<(usize, String)> {
    drawn.of(session().form_2.read().rows.iter().enumerate().map(|(at, row)| (at, row.key.clone())))
}

#[component]
fn Paper() -> impl IntoView {
    let session = session();
    let form = session.form_2;
    let cut_off = move || form.read().cut_off.clone();
    view! {
        <div class="paper-frame" tabindex="0" role="region" aria-label="Biểu Phụ lục 2">
            <div class="paper form-2">
                <p class="paper-title">"Phụ lục 2:"</p>
                <p class="paper-title">"BÁO CÁO TÌNH HÌNH THỰC HIỆN" <br /> "QUẢN LÝ DỮ LIỆU MŨI TIÊM TRÊN HỆ THỐNG TIÊM CHỦNG VẮC XIN COVID-19"</p>
                <p class="paper-sub">{move || format!("(Kèm theo Công văn số {} ngày {} của Bộ Y tế)", form.read().letter_number, form.read().letter_date)}</p>
                <h2>"I. Tình hình nhập dữ liệu:"</h2>
                <PartOne />
                <p class="paper-footnote">{move || format!("*: Tổng số mũi tiêm đã thực hiện tính đến ngày {} (gồm từng loại vắc xin, từng nhóm đối tượng, từng mũi tiêm...)", cut_off())}</p>
                <p class="paper-footnote">{move || format!("** : Tổng số mũi tiêm chưa nhập trên Hệ thống tính đến ngày {} (Liệt kê các nhóm đối tượng...)", cut_off())}</p>
                <p class="paper-footnote">"***: Liệt kê các lý do, khó khăn của đơn vị trong việc nhập liệu đối tượng lên Hệ thống"</p>
                <h2>"II. Các biện pháp đã thực hiện:"</h2>
                {(0..TITLES_2.len()).map(|at| view! { <Measure at=at /> }).collect_view()}
                <h2>{move || format!("III. Cập nhật tình hình thực hiện đến ngày {}:", cut_off())}</h2>
                <h3>"1. Số mũi tiêm đã xác minh và nhập trên Hệ thống"</h3>
                <PartThree />
                <Lines />
                <Signatures />
            </div>
        </div>
    }
}

fn group_heads(other: impl Fn() -> String + Send + Copy + 'static, is_short: bool) -> impl IntoView {
    MissingGroup::ALL
        .map(|group| {
            let title = move || match group {
                MissingGroup::Other => other(),
                group if is_short => group.label().to_owned(),
                group => group.heading().to_owned(),
            };
            view! { <th scope="col">{title}</th> }
        })
        .into_iter()
        .collect_view()
}

#[component]
fn PartOne() -> impl IntoView {
    let form = session().form_2;
    let other = move || other_heading(&form.read());
    let drawn = Drawn::first();
    let count = Signal::derive(move || form.read().rows.len());
    view! {
        <table class="form-table part-1">
            <caption class="sr-only">"I. Tình hình nhập dữ liệu"</caption>
            <thead>
                <tr>
                    <th rowspan="2" scope="col">"TT"</th>
                    <th rowspan="2" scope="col">"Tên đơn vị"</th>
                    <th rowspan="2" scope="col">"Tổng số mũi tiêm đã thực hiện (*)"</th>
                    <th rowspan="2" scope="col">"Tổng số mũi tiêm đã nhập lên Hệ thống"</th>
                    <th colspan="7" scope="colgroup">"Tổng số mũi tiêm chưa nhập trên Hệ thống (**)"</th>
                    <th rowspan="2" scope="col">"Lý do, khó khăn, vướng mắc về việc chưa nhập thông tin lên Hệ thống (***)"</th>
                    <th rowspan="2" scope="col">"Ghi chú"</th>
                    <th rowspan="2" scope="col" class="beside">"Còn lại"</th>
                </tr>
                <tr>{group_heads(other, false)}</tr>
            </thead>
            <tbody>
                <For each=move || row_keys(drawn) key=|key| key.clone() children=|(at, _)| view! { <RowOne at=at /> } />
            </tbody>
            <MoreRows drawn=drawn total=count columns=14 rest=move || drawn.rest(&form.read().rows).iter().map(row_one_on_paper).collect_view() />
            <tfoot>{move || total_one(&form.read().rows)}</tfoot>
        </table>
    }
}

fn number(value: u64) -> String {
    show_number(value as i64)
}

#[component]
fn RowOne(at: usize) -> impl IntoView {
    let session = session();
    let row = Memo::new(move |_| session.form_2.read().rows.get(at).cloned().unwrap_or_default());
    let key = Memo::new(move |_| row.read().key.clone());
    let given = Signal::derive(move || show_figure(row.read().given));
    let on_system = Signal::derive(move || show_figure(row.read().on_system));
    let groups = MissingGroup::ALL
        .map(|group| view! { <td class="number"><Missing row=row group=group status=None value=move |row: &Form2Row| row.missing[group.index()] /></td> })
        .into_iter()
        .collect_view();
    let unit = row.read_untracked().unit.clone();
    let set = |text: String| Some(text).filter(|text| !text.is_empty());
    let beside = move || {
        let row = row.read();
        (row.remainder != 0).then(|| view! { <strong>{show_number(row.remainder)}</strong> <span>{row.remainder_words()}</span> })
    };
    view! {
        <tr>
            <td class="centre">{move || row.read().number.to_string()}</td>
            <td>{move || row.read().unit.clone()}</td>
            <td class="number"><FigureLink value=given key=key behind=Behind::Sources(None) /></td>
            <td class="number"><FigureLink value=on_system key=key behind=Behind::Sources(None) /></td>
            {groups}
            <td class="is-open-cell">
                <PaperText
                    label=format!("Lý do, khó khăn, vướng mắc: {unit}")
                    is_long=true
                    value=Signal::derive(move || row.read().reason.clone())
                    on_input=move |text: String| session.update_row(&key.get_untracked(), |inputs| inputs.reason = set(text))
                />
            </td>
            <td class="is-open-cell">
                <PaperText
                    label=format!("Ghi chú: {unit}")
                    is_long=true
                    value=Signal::derive(move || row.read().note.clone())
                    on_input=move |text: String| session.update_row(&key.get_untracked(), |inputs| inputs.note = set(text))
                />
            </td>
            <td class="beside">{beside}</td>
        </tr>
    }
}

/// A row of part I as it is printed: nothing to press or to type into.
fn row_one_on_paper(row: &Form2Row) -> impl IntoView + use<> {
    let groups = row.missing.map(|doses| view! { <td class="number">{number(doses)}</td> }).into_iter().collect_view();
    view! {
        <tr>
            <td class="centre">{row.number.to_string()}</td>
            <td>{row.unit.clone()}</td>
            <td class="number">{show_figure(row.given)}</td>
            <td class="number">{show_figure(row.on_system)}</td>
            {groups}
            <td><span class="paper-print">{row.reason.clone()}</span></td>
            <td><span class="paper-print">{row.note.clone()}</span></td>
            <td class="beside"></td>
        </tr>
    }
}

fn total_one(rows: &[Form2Row]) -> impl IntoView + use<> {
    let sum = |of: &dyn Fn(&Form2Row) -> u64| number(rows.iter().map(of).sum());
    let groups = (0..GROUP_COUNT).map(|group| view! { <td class="number">{sum(&|row| row.missing[group])}</td> }).collect_view();
    let rest: i64 = rows.iter().map(|row| row.remainder).sum();
    view! {
        <tr>
            <th colspan="2" scope="row">"Tổng cộng"</th>
            <td class="number">{sum(&|row| row.given.unwrap_or(0))}</td>
            <td class="number">{sum(&|row| row.on_system.unwrap_or(0))}</td>
            {groups}
            <td></td>
            <td></td>
            <td class="beside">{(rest != 0).then(|| show_number(rest))}</td>
        </tr>
    }
}

/// A count of `Chưa nhập` doses of one row and group (and status) that opens them.
#[component]
fn Missing(
    row: Memo<Form2Row>,
    group: MissingGroup,
    status: Option<Status>,
    value: impl Fn(&Form2Row) -> u64 + Send + Sync + Copy + 'static,
) -> impl IntoView {
    let session = session();
    let listed = Signal::derive(move || {
        let report = session.report.get().unwrap_or_default();
        let key = row.read().key.clone();
        let figures = if key.is_empty() { Some(&report.total) } else { report.unit(&key) };
        let by_status = figures.map(|figures| figures.not_entered[group.index()]).unwrap_or_default();
        let wanted = Status::ALL.into_iter().zip(by_status).filter(|(own, _)| status.is_none_or(|status| status == *own));
        wanted.map(|(_, doses)| doses).sum::<u64>()
    });
    let filter = move |()| {
        let unit = Some(row.read_untracked().key.clone()).filter(|key| !key.is_empty());
        ListFilter { unit, group: Some(group), status, ..ListFilter::default() }
    };
    let title = format!("Xem các mũi chưa nhập, {}", group.label());
    view! { <CountLink value=Signal::derive(move || value(&row.read())) listed=listed title=title list=NOT_ENTERED filter=filter /> }
}

/// One text of part II.
#[component]
fn Measure(at: usize) -> impl IntoView {
    let session = session();
    let form = session.form_2;
    let is_edited = Memo::new(move |_| session.inputs.read().texts[at].is_some());
    let is_stale = Memo::new(move |_| form.read().stale_texts[at]);
    let write = move |text: String| {
        let drafted = form.read_untracked().drafted_texts[at].clone();
        session.inputs.update(|inputs| {
            // Stale until the officer says otherwise: an edit alone does not show that the new numbers were looked at.
            let was = inputs.texts[at].take().map_or(drafted, |edited| edited.drafted);
            inputs.texts[at] = Some(EditedText { text, drafted: was });
        });
    };
    let accept = move |_| {
        let drafted = form.read_untracked().drafted_texts[at].clone();
        session.inputs.update(|inputs| {
            if let Some(edited) = &mut inputs.texts[at] {
                edited.drafted = drafted;
            }
        });
    };
    view! {
        <div class="measure">
            <h3>{TITLES_2[at]}</h3>
            <PaperText label=TITLES_2[at] is_long=true value=Signal::derive(move || form.read().texts[at].clone()) on_input=write />
            <div class="measure-tools">
                <Show when=move || is_stale.get()>
                    <p class="stale">"Số liệu đã đổi sau khi bạn viết đoạn này. Bản soạn sẵn bây giờ: " <q>{move || form.read().drafted_texts[at].clone()}</q></p>
                    <button type="button" class="button" on:click=accept>"Giữ đoạn của tôi"</button>
                </Show>
                <Show when=move || is_edited.get()>
                    <button type="button" class="button" on:click=move |_| session.inputs.update(|inputs| inputs.texts[at] = None)>"Lấy lại bản soạn sẵn"</button>
                </Show>
            </div>
        </div>
    }
}

#[component]
fn PartThree() -> impl IntoView {
    let form = session().form_2;
    let other = move || other_heading(&form.read());
    let drawn = Drawn::first();
    let count = Signal::derive(move || form.read().rows.len());
    let total = move || {
        let form = form.read();
        let groups = (0..GROUP_COUNT)
            .map(|group| view! { <td class="number">{number(form.rows.iter().map(|row| row.verified_entered[group]).sum())}</td> })
            .collect_view();
        let all: u64 = form.rows.iter().flat_map(|row| row.verified_entered).sum();
        view! { <tr><th colspan="2" scope="row">"Tổng cộng"</th>{groups}<td class="number">{number(all)}</td></tr> }
    };
    view! {
        <table class="form-table part-3">
            <caption class="sr-only">"III.1. Số mũi tiêm đã xác minh và nhập trên Hệ thống"</caption>
            <thead>
                <tr>
                    <th rowspan="2" scope="col">"TT"</th>
                    <th rowspan="2" scope="col">"Tên đơn vị"</th>
                    <th colspan="7" scope="colgroup">"Số mũi tiêm đã xác minh và nhập trên Hệ thống"</th>
                    <th rowspan="2" scope="col">"Tổng số mũi tiêm đã được xác minh và nhập trên Hệ thống"</th>
                </tr>
                <tr>{group_heads(other, true)}</tr>
            </thead>
            <tbody>
                <For each=move || row_keys(drawn) key=|key| key.clone() children=|(at, _)| view! { <RowThree at=at /> } />
            </tbody>
            <MoreRows drawn=drawn total=count columns=10 rest=move || drawn.rest(&form.read().rows).iter().map(row_three_on_paper).collect_view() />
            <tfoot>{total}</tfoot>
        </table>
    }
}

#[component]
fn RowThree(at: usize) -> impl IntoView {
    let session = session();
    let row = Memo::new(move |_| session.form_2.read().rows.get(at).cloned().unwrap_or_default());
    let status = Some(Status::VerifiedEntered);
    let groups = MissingGroup::ALL
        .map(|group| view! { <td class="number"><Missing row=row group=group status=status value=move |row: &Form2Row| row.verified_entered[group.index()] /></td> })
        .into_iter()
        .collect_view();
    view! {
        <tr>
            <td class="centre">{move || row.read().number.to_string()}</td>
            <td>{move || row.read().unit.clone()}</td>
            {groups}
            <td class="number is-strong">{move || number(row.read().verified_entered.iter().sum())}</td>
        </tr>
    }
}

/// A row of III.1 as it is printed.
fn row_three_on_paper(row: &Form2Row) -> impl IntoView + use<> {
    let groups = row.verified_entered.map(|doses| view! { <td class="number">{number(doses)}</td> }).into_iter().collect_view();
    view! {
        <tr>
            <td class="centre">{row.number.to_string()}</td>
            <td>{row.unit.clone()}</td>
            {groups}
            <td class="number is-strong">{number(row.verified_entered.iter().sum())}</td>
        </tr>
    }
}

/// III.2 to III.5.
#[component]
fn Lines() -> impl IntoView {
    let session = session();
    let form = session.form_2;
    let missing = |status: Status| (NOT_ENTERED, ListFilter { status: Some(status), ..ListFilter::default() });
    let bucket = |bucket: Bucket| (ListRef { side: Side::Local, bucket }, ListFilter::default());
    let line = move |words: &'static str, of: fn(&Form2) -> u64, (list, filter): (ListRef, ListFilter)| {
        let listed = Signal::derive(move || {
            let report = session.report.get().unwrap_or_default();
            listed_of(list, &report, of(&form.read()))
        });
        let shown = move |()| filter.clone();
        view! {
            <p class="paper-line">
                <span>{words}</span> " "
                <strong><CountLink value=Signal::derive(move || of(&form.read())) listed=listed title="Xem các mũi" list=list filter=shown /></strong>
            </p>
        }
    };
    view! {
        {line("2. Số mũi tiêm đã xác minh và không thể nhập lên Hệ thống:", |form| form.cannot_enter, missing(Status::CannotEnter))}
        {line("3. Số mũi tiêm chưa xác minh được:", |form| form.not_verified, missing(Status::NotVerified))}
        {line("4. Số mũi tiêm báo cáo trùng lặp:", |form| form.duplicates, bucket(Bucket::Duplicate))}
        {line("5. Số mũi tiêm cần điều chỉnh:", |form| form.to_adjust, bucket(Bucket::ToAdjust))}
    }
}

/// How many of a line's doses stand in a list: none where nothing is in the list at all.
fn listed_of(list: ListRef, report: &Report, value: u64) -> u64 {
    value.min(report.total.local(list.bucket))
}

#[component]
fn Signatures() -> impl IntoView {
    let inputs = session().inputs;
    view! {
        <div class="signatures">
            <div>
                <p class="signature-role">"Người lập bảng"</p>
                <PaperText label="Người lập bảng" value=Signal::derive(move || inputs.read().prepared_by.clone()) on_input=move |text| inputs.update(|inputs| inputs.prepared_by = text) />
            </div>
            <div>
                <p class="signature-role">"Lãnh đạo đơn vị"</p>
                <p class="signature-hint">"(ký, đóng dấu)"</p>
                <PaperText label="Lãnh đạo đơn vị" value=Signal::derive(move || inputs.read().signed_by.clone()) on_input=move |text| inputs.update(|inputs| inputs.signed_by = text) />
            </div>
        </div>
    }
}
