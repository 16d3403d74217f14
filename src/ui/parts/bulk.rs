//! Group or status of every dose the filter leaves, as one step; how many is said before it happens.

use super::field::{Select, TextField};
use super::group_rules::group_names;
use super::list_filter::status_names;
use crate::domain::{MissingGroup, Status};
use crate::reconcile::decision::DoseDecision;
use crate::text::show_number;
use crate::ui::state::session;
use crate::worker::protocol::ListRef;
use leptos::prelude::*;

/// Decisions a draft in the browser's storage surely holds.
const DRAFT_HOLDS: u32 = 50_000;

/// The last choice of `Đặt Nhóm`: what the rules say.
const BY_RULES: &str = "Theo quy tắc";

/// What is to be set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Change {
    Group(Option<MissingGroup>),
    Status(Status),
}

impl Change {
    /// The verb as a button begins with it, and what follows.
    fn parts(self) -> ([&'static str; 2], String) {
        match self {
            Change::Group(Some(group)) => (["Đặt", "đặt"], group.label().to_owned()),
            Change::Group(None) => (["Xếp", "xếp"], "lại theo quy tắc".to_owned()),
            Change::Status(status) => (["Đặt", "đặt"], format!("“{}”", status.label())),
        }
    }

    /// On a button.
    fn words(self) -> String {
        let ([verb, _], what) = self.parts();
        format!("{verb} {what}")
    }

    /// Within a sentence.
    fn clause(self) -> String {
        let ([_, verb], what) = self.parts();
        format!("{verb} {what}")
    }
}

/// Sets a status; `Chưa xác minh` needs no word where the machine says so too.
pub(crate) fn set_status(decision: &mut DoseDecision, status: Status, is_entered_later: bool) {
    decision.status = Some(status).filter(|status| *status != Status::NotVerified || is_entered_later);
    if status != Status::CannotEnter {
        decision.reason.clear();
    }
}

/// The two selects, then the question.
#[component]
pub(crate) fn ForAll(list: ListRef) -> impl IntoView {
    let session = session();
    let asked = RwSignal::new(None::<Change>);
    let reason = RwSignal::new(String::new());
    let total = Memo::new(move |_| session.list_page.read().as_ref().map_or(0, |page| page.total));
    let is_narrowed = Memo::new(move |_| !session.list_filter.read().is_open());
    // Another filter, another question.
    Effect::new(move |_| {
        session.list_filter.track();
        asked.set(None);
    });
    let words = move || {
        let which = if is_narrowed.get() { "mũi đang lọc" } else { "mũi của danh sách" };
        asked.get().map_or_else(String::new, |change| format!("{} cho {} {which}", change.words(), show_number(i64::from(total.get()))))
    };
    let does = move |_| {
        let (Some(change), why) = (asked.get_untracked(), reason.get_untracked()) else { return };
        asked.set(None);
        reason.set(String::new());
        session.decide_all(list, change.clause(), move |decision, is_entered_later| match change {
            Change::Group(group) => decision.group = group,
            Change::Status(status) => {
                set_status(decision, status, is_entered_later);
                if status == Status::CannotEnter {
                    decision.reason.clone_from(&why);
                }
            }
        });
    };
    let ask = move |change: Change| asked.set((total.get_untracked() > 0).then_some(change));
    let choices = || group_names().into_iter().chain([BY_RULES.to_owned()]).collect();
    let is_cannot = Memo::new(move |_| asked.get() == Some(Change::Status(Status::CannotEnter)));
    view! {
        <div class="for-all">
            <span>{move || if is_narrowed.get() { "Mọi mũi đang lọc:" } else { "Mọi mũi của danh sách:" }}</span>
            <Select label="Đặt Nhóm" is_quiet=true options=choices() value=Signal::derive(|| None) empty="Đặt Nhóm…" on_change=move |at: usize| ask(Change::Group(MissingGroup::ALL.get(at).copied())) />
            <Select label="Đặt trạng thái" is_quiet=true options=status_names() value=Signal::derive(|| None) empty="Đặt trạng thái…" on_change=move |at: usize| ask(Change::Status(Status::ALL[at])) />
            <Show when=move || asked.read().is_some()>
                <div class="for-all-question">
                    <Show when=move || is_cannot.get()>
                        <TextField label="Lý do không thể nhập của mọi mũi" is_quiet=true placeholder="Lý do không thể nhập" value=reason on_input=move |text| reason.set(text) />
                    </Show>
                    <Show when=move || { DRAFT_HOLDS < total.get() }>
                        <span class="warning">"Nhiều hơn 50.000 mũi: trình duyệt có thể không lưu hết bản nháp, hãy bấm “Tải bản nháp” sau khi đặt."</span>
                    </Show>
                    <button type="button" class="button is-main" on:click=does>{words}</button>
                    <button type="button" class="button" on:click=move |_| asked.set(None)>"Thôi"</button>
                </div>
            </Show>
        </div>
    }
}
