//! One list of the ledger, a hundred doses at a time; in `Chưa nhập` each dose's group and status can be set,
//! for one or for all that the filter leaves.

use super::bulk::{ForAll, set_status};
use super::field::{Select, fresh_id};
use super::group_rules::group_names;
use super::list_filter::{FilterRow, status_names};
use crate::domain::group_rule::PlacedBy;
use crate::domain::{Bucket, MissingGroup, Side, Status};
use crate::reconcile::decision::DoseDecision;
use crate::text::show_number;
use crate::ui::matching::PAGE;
use crate::ui::state::{Session, session};
use crate::ui::steps::{NearestPanel, WhyButton};
use crate::ui::way_back::{BackButton, is_escape};
use crate::worker::protocol::{DoseRow, ListRef};
use leptos::prelude::*;

/// The list that is open, if one is.
#[component]
pub(crate) fn DoseList() -> impl IntoView {
    let session = session();
    let list = Memo::new(move |_| session.list_page.read().as_ref().map(|page| page.list));
    move || list.get().map(|list| view! { <OpenList list=list /> })
}

#[component]
fn OpenList(list: ListRef) -> impl IntoView {
    let session = session();
    let name = list.bucket.label(list.side).unwrap_or_default();
    let total = Memo::new(move |_| session.list_page.read().as_ref().map_or(0, |page| page.total));
    let offset = Memo::new(move |_| session.list_page.read().as_ref().map_or(0, |page| page.offset));
    let shown = move || session.list_page.read().as_ref().map_or(0, |page| page.rows.len()) as u32;
    let is_missing = list.bucket == Bucket::NotEntered;
    let has_why = is_missing || list.bucket == Bucket::SystemOnly;
    let has_next = move || offset.get() + PAGE < total.get();
    let turn = move |is_forward: bool| {
        let at = offset.get_untracked();
        if is_forward && at + PAGE < total.get_untracked() {
            session.turn_to(list, at + PAGE);
        } else if !is_forward && at > 0 {
            session.turn_to(list, at.saturating_sub(PAGE));
        }
    };
    let range = move || match total.get() {
        0 if session.list_filter.read().is_open() => "Danh sách trống".to_owned(),
        0 => "Không có mũi nào như đang lọc".to_owned(),
        total => {
            let (first, last) = (offset.get() + 1, offset.get() + shown());
            format!("Mũi {} đến {} trong {}", show_number(i64::from(first)), show_number(i64::from(last)), show_number(i64::from(total)))
        }
    };
    let each = move || (0..shown()).map(|at| (offset.get(), at)).collect::<Vec<_>>();
    let pager = move || {
        view! {
            <div class="pager">
                <button
                    type="button"
                    class="button"
                    aria-disabled=move || (offset.get() == 0).to_string()
                    on:click=move |_| turn(false)
                >
                    "Trang trước"
                </button>
                <span>{range}</span>
                <button
                    type="button"
                    class="button"
                    aria-disabled=move || (!has_next()).to_string()
                    on:click=move |_| turn(true)
                >
                    "Trang sau"
                </button>
            </div>
        }
    };
    view! {
        <section class="dose-list" aria-labelledby="danh-sach" on:keydown=move |event| if is_escape(&event) { session.close_list() }>
            <div class="dose-list-head">
                <h2 id="danh-sach" tabindex="-1">{format!("{name} – {}", list.side.label())}</h2>
                {pager}
                {has_why.then(|| view! { <Steps /> })}
                <BackButton />
                <button type="button" class="button-quiet" on:click=move |_| session.close_list()>"Đóng danh sách"</button>
            </div>
            <FilterRow list=list is_missing=is_missing />
            {is_missing.then(|| view! { <ForAll list=list /> })}
            {has_why.then(|| view! { <NearestPanel /> })}
            <div class="table-scroll dose-scroll" tabindex="0" role="region" aria-label=format!("Danh sách {name}")>
                <table class="grid doses">
                    <caption class="sr-only">{format!("{name}, {}", list.side.label())}</caption>
                    <thead>
                        <tr>
                            <th scope="col">"Họ và tên"</th>
                            <th scope="col">"Ngày sinh"</th>
                            <th scope="col">"Số giấy tờ"</th>
                            <th scope="col">"Mũi"</th>
                            <th scope="col">"Vắc xin"</th>
                            <th scope="col">"Ngày tiêm"</th>
                            {is_missing.then(|| view! { <th scope="col">"Nhóm"</th><th scope="col">"Trạng thái"</th> })}
                            <th scope="col">"Cột"</th>
                            <th scope="col">"Số lô"</th>
                            <th scope="col">"Đơn vị"</th>
                            <th scope="col">"Lý do, sai khác"</th>
                            <th scope="col">"Nơi ghi"</th>
                            <th scope="col">{if list.side == Side::Local { "Trên Hệ thống" } else { "Ở địa phương" }}</th>
                            <th scope="col">"Độ tin cậy"</th>
                        </tr>
                    </thead>
                    <tbody>
                        <For each=each key=|key| *key children=move |(_, at)| view! { <Dose at=at as usize is_missing=is_missing has_why=has_why /> } />
                    </tbody>
                </table>
            </div>
        </section>
    }
}

fn place_words(place: &(String, String, u32, u8)) -> String {
    let (file, sheet, row, slot) = place;
    let slot = if *slot > 1 { format!(", mũi thứ {slot}") } else { String::new() };
    format!("{file} › {sheet}, dòng {row}{slot}")
}

#[component]
fn Dose(at: usize, is_missing: bool, has_why: bool) -> impl IntoView {
    let session = session();
    let row = Memo::new(move |_| session.list_page.read().as_ref().and_then(|page| page.rows.get(at).cloned()));
    let text = move |of: fn(&DoseRow) -> String| move || row.read().as_ref().map(of).unwrap_or_default();
    let why = has_why.then(|| view! { <WhyButton row=row /> });
    view! {
        <tr>
            <th scope="row">{text(|row| row.name.clone())}</th>
            <td>{text(|row| row.birth.clone())}</td>
            <td>{text(|row| row.identity.clone())}</td>
            <td>{text(|row| row.label.clone())}</td>
            <td>{text(|row| row.vaccine.clone())}</td>
            <td>{text(|row| row.given.clone())}</td>
            {is_missing.then(|| view! { <td><GroupSelect row=row /></td><td><StatusSelect row=row /></td> })}
            <td>{text(|row| row.column.map_or("–", |column| column.letter()).to_owned())}</td>
            <td>{text(|row| row.lot.clone())}</td>
            <td>{text(|row| row.unit.clone())}</td>
            <td class="dose-reason">{text(|row| row.reason.clone())} {why}</td>
            <td class="dose-place">{text(|row| place_words(&row.place))}</td>
            <td class="dose-place">{text(|row| row.other_place.as_ref().map(place_words).unwrap_or_default())}</td>
            <td>{text(|row| row.confidence.map_or("", |confidence| confidence.label()).to_owned())}</td>
        </tr>
    }
}

/// Changes the decision about one dose.
fn change(session: Session, row: &DoseRow, what: String, change: impl FnOnce(&mut DoseDecision)) {
    let mut decision = session.decisions.with_untracked(|decisions| decisions.doses.get(&row.key).cloned()).unwrap_or_default();
    change(&mut decision);
    session.decide(what, vec![(row.key, decision)]);
}

#[component]
fn GroupSelect(row: Memo<Option<DoseRow>>) -> impl IntoView {
    let session = session();
    let value = Signal::derive(move || row.read().as_ref().and_then(|row| row.group).map(MissingGroup::index));
    let name = row.read_untracked().as_ref().map(|row| row.name.clone()).unwrap_or_default();
    let set = move |at: usize| {
        if let Some(row) = row.get_untracked() {
            let group = MissingGroup::ALL[at];
            change(session, &row, format!("đặt {} cho một mũi", group.label()), |decision| decision.group = Some(group));
        }
    };
    let source = move || row.read().as_ref().map(|row| row.group_reason.clone());
    let is_decided = Memo::new(move |_| row.read().as_ref().is_some_and(|row| row.placed_by == Some(PlacedBy::Person)));
    let give_back = move |_| {
        if let Some(row) = row.get_untracked() {
            change(session, &row, "xếp lại một mũi theo quy tắc".to_owned(), |decision| decision.group = None);
        }
    };
    view! {
        <Select label=format!("Nhóm: {name}") is_quiet=true options=group_names() value=value on_change=set />
        <p class="dose-why">
            {source}
            <Show when=move || is_decided.get()>
                <button type="button" class="button-quiet" on:click=give_back>"Trả về quy tắc"</button>
            </Show>
        </p>
    }
}

#[component]
fn StatusSelect(row: Memo<Option<DoseRow>>) -> impl IntoView {
    let session = session();
    let value = Signal::derive(move || {
        row.read().as_ref().and_then(|row| row.status).and_then(|status| Status::ALL.iter().position(|other| *other == status))
    });
    let name = row.read_untracked().as_ref().map(|row| row.name.clone()).unwrap_or_default();
    let set = move |at: usize| {
        if let Some(row) = row.get_untracked() {
            let status = Status::ALL[at];
            change(session, &row, format!("đặt “{}” cho một mũi", status.label()), |decision| {
                set_status(decision, status, row.is_entered_later);
            });
        }
    };
    let cannot = Memo::new(move |_| row.read().as_ref().is_some_and(|row| row.status == Some(Status::CannotEnter)));
    let reason = move || {
        row.read()
            .as_ref()
            .and_then(|row| session.decisions.read().doses.get(&row.key).map(|decision| decision.reason.clone()))
            .unwrap_or_default()
    };
    let set_reason = move |event| {
        if let Some(row) = row.get_untracked() {
            let reason = event_target_value(&event);
            change(session, &row, "ghi lý do không thể nhập".to_owned(), |decision| decision.reason = reason);
        }
    };
    let id = fresh_id("ly-do");
    view! {
        <Select label=format!("Trạng thái: {name}") is_quiet=true options=status_names() value=value on_change=set />
        <p class="dose-why">{move || row.read().as_ref().map(|row| row.status_reason.clone())}</p>
        <Show when=move || cannot.get()>
            <label for=id.clone() class="sr-only">"Lý do không thể nhập"</label>
            <input id=id.clone() type="text" placeholder="Lý do" prop:value=reason on:change=set_reason />
        </Show>
    }
}

/// Undo and redo.
#[component]
pub(crate) fn Steps() -> impl IntoView {
    let session = session();
    let last = Memo::new(move |_| session.history.read().last().map(str::to_owned));
    let next = Memo::new(move |_| session.history.read().next().map(str::to_owned));
    let title = |what: Option<String>, keys: &str| what.map_or_else(String::new, |what| format!("{what} ({keys})"));
    view! {
        <span class="undo">
            <button type="button" class="button" title=move || title(last.get(), "Ctrl+Z") aria-disabled=move || last.read().is_none().to_string() on:click=move |_| session.undo()>
                "Hoàn tác" <kbd aria-hidden="true">"Ctrl+Z"</kbd>
            </button>
            <button type="button" class="button" title=move || title(next.get(), "Ctrl+Y") aria-disabled=move || next.read().is_none().to_string() on:click=move |_| session.redo()>
                "Làm lại" <kbd aria-hidden="true">"Ctrl+Y"</kbd>
            </button>
        </span>
    }
}
