//! How doses on the System stand against the population database, and which are signed: two tables that add up.

use crate::quality::Verification;
use crate::quality::board::Board;
use crate::quality::history::Change;
use crate::text::show_number;
use crate::ui::parts::field::Select;
use crate::ui::parts::spark::ShareBar;
use crate::ui::state::{Session, session};
use leptos::prelude::*;

/// By verification; a word nobody knows can be given a meaning.
pub(super) fn verifications(board: &Board) -> AnyView {
    let session = session();
    if !board.has_columns[0] {
        return view! { <p class="quiet">"Dữ liệu Hệ thống không có cột trạng thái xác thực, nên không biết tỉ lệ xác thực đúng."</p> }
            .into_any();
    }
    let rows = board
        .statuses
        .iter()
        .map(|part| {
            let meaning = part.is_word.then(|| meaning_of(session, part.name.clone(), part.known, part.doses));
            let name = if part.is_word { format!("“{}”", part.name) } else { part.name.clone() };
            view! {
                <tr>
                    <th scope="row">{name} {meaning}</th>
                    <td class="number">{show_number(i64::from(part.doses))}</td>
                    <td><ShareBar part=part.doses whole=board.on_system /></td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <div class="monitor-part">
            {part_table("Xác thực với CSDLQG về dân cư", "Trạng thái", rows, board.on_system)}
            <p class="quiet">"Các dòng cộng lại đúng bằng số mũi trên Hệ thống. Giá trị lạ giữ nguyên là một dòng cho đến khi được chọn nghĩa."</p>
        </div>
    }
    .into_any()
}

/// The select that says what a word means.
fn meaning_of(session: Session, word: String, known: Option<Verification>, doses: u32) -> impl IntoView + use<> {
    let at = known.and_then(|known| Verification::ALL.iter().position(|status| *status == known));
    let label = format!("Nghĩa của “{word}”");
    let does = move |at: usize| {
        if let Some(status) = Verification::ALL.get(at) {
            let what = format!("hiểu trạng thái “{word}” ({} mũi) là {}", show_number(i64::from(doses)), status.label());
            session.correct(&what, vec![Change::Status(word.clone(), Some(*status))]);
            session.count_board();
        }
    };
    view! {
        <Select
            label=label
            is_quiet=true
            options=Verification::ALL.map(|status| status.label().to_owned()).to_vec()
            value=Signal::derive(move || at)
            empty="Chọn nghĩa…"
            on_change=does
        />
    }
}

/// Signed, and what blocks the rest.
pub(super) fn signing(board: &Board) -> AnyView {
    if !board.has_columns[1] {
        return view! { <p class="quiet">"Dữ liệu Hệ thống không có cột trạng thái ký, nên không biết tỉ lệ ký hộ chiếu vắc xin."</p> }
            .into_any();
    }
    let rows = board
        .signing
        .iter()
        .map(|(name, doses)| {
            view! {
                <tr>
                    <th scope="row">{name.clone()}</th>
                    <td class="number">{show_number(i64::from(*doses))}</td>
                    <td><ShareBar part=*doses whole=board.on_system /></td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <div class="monitor-part">
            {part_table("Ký hộ chiếu vắc xin", "Đã ký, hoặc vì sao chưa", rows, board.on_system)}
        </div>
    }
    .into_any()
}

/// Parts of all doses on the System, which add up to them.
fn part_table(caption: &'static str, head: &'static str, rows: impl IntoView, whole: u32) -> impl IntoView {
    view! {
        <table class="grid">
            <caption>{caption}</caption>
            <thead>
                <tr>
                    <th scope="col">{head}</th>
                    <th scope="col" class="number">"Mũi tiêm"</th>
                    <th scope="col">"Tỉ lệ"</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
            <tfoot>
                <tr>
                    <th scope="row">"Tổng cộng"</th>
                    <td class="number">{show_number(i64::from(whole))}</td>
                    <td></td>
                </tr>
            </tfoot>
        </table>
    }
}
