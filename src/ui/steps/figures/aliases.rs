//! The alias table: names that may be one unit, and those that were joined.

use crate::reconcile::alias::{Aliases, Proposal, propose};
use crate::text::show_number;
use crate::ui::state::{Session, session};
use leptos::prelude::*;

/// Proposals shown at once.
const SHOWN: usize = 12;
/// Proposals looked for.
const SOUGHT: usize = 500;

impl Session {
    /// Changes the alias table, as a step that can be undone.
    fn change_aliases(self, what: String, change: impl FnOnce(&mut Aliases)) {
        let mut after = self.decisions.with_untracked(|decisions| decisions.units.clone());
        change(&mut after);
        self.history.update(|history| self.decisions.update(|decisions| history.apply_units(decisions, what, after)));
        self.count_again();
    }
}

/// The panel; nothing where there is nothing to say.
#[component]
pub(super) fn AliasPanel() -> impl IntoView {
    let session = session();
    let aliases = Memo::new(move |_| session.decisions.read().units.clone());
    let proposals = Memo::new(move |_| {
        let names: Vec<(String, u64)> = session.desk.read().rows.iter().map(|row| (row.unit.clone(), weight(row))).collect();
        propose(&names, &aliases.read(), SOUGHT)
    });
    let rows = move || proposals.read().iter().take(SHOWN).map(|proposal| proposal_row(session, proposal)).collect_view();
    let more = move || {
        let count = proposals.read().len();
        (count > SHOWN).then(|| format!("Còn {} cặp nữa, hiện dần khi trả lời.", show_number((count - SHOWN) as i64)))
    };
    let joined = move || aliases.read().names.iter().map(|(name, unit)| joined_row(session, name, unit)).collect_view();
    view! {
        <Show when=move || { !proposals.read().is_empty() || !aliases.read().names.is_empty() }>
            <section class="alias-panel" aria-labelledby="ten-don-vi">
                <h2 id="ten-don-vi">"Tên đơn vị"</h2>
                <Show when=move || !proposals.read().is_empty()>
                    <table class="grid">
                        <caption class="sr-only">"Tên có thể là một đơn vị"</caption>
                        <thead><tr><th scope="col">"Tên"</th><th scope="col">"Có thể là"</th><th scope="col">"Vì sao"</th><th scope="col">"Trả lời"</th></tr></thead>
                        <tbody>{rows}</tbody>
                    </table>
                    <p class="quiet">{more}</p>
                </Show>
                <Show when=move || !aliases.read().names.is_empty()>
                    <details class="disclosure" open>
                        <summary>"Tên đã gộp"</summary>
                        <ul class="joined">{joined}</ul>
                    </details>
                </Show>
                <div class="undo">
                    <button type="button" class="button" on:click=move |_| session.undo()>"Hoàn tác"</button>
                    <button type="button" class="button" on:click=move |_| session.redo()>"Làm lại"</button>
                </div>
            </section>
        </Show>
    }
}

/// What stands under a unit: the doses of the largest source.
fn weight(row: &crate::figures::desk::DeskRow) -> u64 {
    let counted = row.figures.as_ref().map_or(0, |figures| figures.listed_total() + figures.system_total());
    row.lines.iter().filter_map(|line| line.sum()).max().unwrap_or(0).max(counted)
}

fn proposal_row(session: Session, proposal: &Proposal) -> impl IntoView + use<> {
    let Proposal { name, unit, why } = proposal.clone();
    let (join_name, join_unit, apart_name, apart_unit) = (name.clone(), unit.clone(), name.clone(), unit.clone());
    let join = move |_| {
        session.change_aliases(format!("gộp “{join_name}” vào “{join_unit}”"), |aliases| aliases.join(&join_name, &join_unit));
    };
    let apart = move |_| {
        session.change_aliases(format!("giữ riêng “{apart_name}” và “{apart_unit}”"), |aliases| {
            aliases.keep_apart(&apart_name, &apart_unit);
        });
    };
    let (join_label, apart_label) = (format!("Một đơn vị: {name} và {unit}"), format!("Khác nhau: {name} và {unit}"));
    view! {
        <tr>
            <th scope="row">{name}</th>
            <td>{unit}</td>
            <td class="quiet">{why}</td>
            <td class="answers">
                <button type="button" class="button" aria-label=join_label on:click=join>"Một đơn vị"</button>
                <button type="button" class="button" aria-label=apart_label on:click=apart>"Khác nhau"</button>
            </td>
        </tr>
    }
}

fn joined_row(session: Session, key: &str, unit: &str) -> impl IntoView + use<> {
    let name = session
        .desk
        .read()
        .rows
        .iter()
        .flat_map(|row| &row.other_names)
        .find(|other| crate::reconcile::unit::unit_key(other) == key)
        .cloned()
        .unwrap_or_else(|| key.to_owned());
    let (label, words) = (format!("Tách ra: {name}"), format!("“{name}” tính vào “{unit}”"));
    let split = move |_| session.change_aliases(format!("tách “{name}” ra"), |aliases| aliases.split(&name));
    view! { <li>{words} <button type="button" class="button-quiet" aria-label=label on:click=split>"Tách ra"</button></li> }
}
