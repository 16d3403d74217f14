//! The forms units sent, rolled up: who sent what, what is taken, what is missing, doubled or wrong.

use crate::domain::province::find_province;
use crate::domain::settings::ReportedSource;
use crate::domain::source::SheetKind;
use crate::figures::roll_up::{Expected, RollUp, RolledUnit, UnitForm, UnitState, summary};
use crate::normalize::fold;
use crate::text::{show_date, show_figure, show_number};
use crate::ui::parts::field::{Select, TextField, fresh_id};
use crate::ui::state::{Session, session};
use leptos::prelude::*;

/// Rows drawn at once; more come when they are asked for.
const SHOWN: usize = 63;
/// Doubts about sheets shown at once.
const DOUBTS: usize = 50;

/// The panel: a section for each kind of form that was sent; nothing where none was.
#[component]
pub(crate) fn RollUpPanel() -> impl IntoView {
    let session = session();
    let has = |kind: SheetKind| Memo::new(move |_| session.rolling.of(kind).read().is_some());
    let (has_1, has_2) = (has(SheetKind::UnitForm1), has(SheetKind::UnitForm2));
    view! {
        <Show when=move || has_1.get()><RollUpSection kind=SheetKind::UnitForm1 /></Show>
        <Show when=move || has_2.get()><RollUpSection kind=SheetKind::UnitForm2 /></Show>
    }
}

/// The short name of a form.
fn form_name(kind: SheetKind) -> &'static str {
    if kind == SheetKind::UnitForm2 { "Phụ lục 2" } else { "Phụ lục 1" }
}

#[component]
fn RollUpSection(kind: SheetKind) -> impl IntoView {
    let session = session();
    let rolled = session.rolling.of(kind);
    let with = move |of: fn(&RollUp) -> String| move || rolled.read().as_ref().map(of).unwrap_or_default();
    let id = fresh_id("tong-hop");
    let heading = id.clone();
    let state = RwSignal::new(None::<UnitState>);
    let wanted = RwSignal::new(String::new());
    let limit = RwSignal::new(SHOWN);
    // Keys and positions of the units asked for.
    let selected = Memo::new(move |_| {
        let words = fold(&wanted.read());
        let rolled = rolled.read();
        let units = rolled.as_ref().map_or(&[][..], |rolled| &rolled.units);
        let meets =
            |unit: &RolledUnit| state.get().is_none_or(|state| unit.is(state)) && (words.is_empty() || fold(&unit.name).contains(&words));
        units.iter().enumerate().filter(|(_, unit)| meets(unit)).map(|(at, unit)| (at, unit.key.clone())).collect::<Vec<_>>()
    });
    let shown = move || selected.read().iter().take(limit.get()).cloned().collect::<Vec<_>>();
    let counts = Memo::new(move |_| UnitState::ALL.map(|state| rolled.read().as_ref().map_or(0, |rolled| rolled.count(state))));
    let options = move || {
        let labels =
            UnitState::ALL.iter().zip(counts.get()).map(|(state, count)| format!("{} ({})", state.label(), show_number(count as i64)));
        std::iter::once("Mọi tình trạng".to_owned()).chain(labels).collect::<Vec<_>>()
    };
    let [given, on_system, difference] =
        if kind == SheetKind::UnitForm2 { ["Đã thực hiện", "Đã nhập", "Còn lại"] } else { ["n", "o", "p = n − o"] };
    view! {
        <section class="roll-up" aria-labelledby=id>
            <h2 id=heading>{format!("Tổng hợp {} của các đơn vị", form_name(kind))}</h2>
            <p>{with(|rolled| format!("{}.", summary(rolled)))}</p>
            {(kind == SheetKind::UnitForm1).then(|| view! { <UseForms /> })}
            <div class="filters" role="group" aria-label=format!("Lọc các {} đã nộp", form_name(kind))>
                <TextField label="Tìm đơn vị đã nộp" is_quiet=true placeholder="Tìm đơn vị" value=wanted on_input=move |text| wanted.set(text) />
                {move || {
                    let value = Signal::derive(move || Some(state.get().and_then(|state| UnitState::ALL.iter().position(|own| *own == state)).map_or(0, |at| at + 1)));
                    let choose = move |at: usize| state.set(at.checked_sub(1).and_then(|at| UnitState::ALL.get(at).copied()));
                    view! { <Select label="Lọc theo tình trạng" is_quiet=true options=options() value=value on_change=choose /> }
                }}
                <ExpectedUnits kind=kind />
            </div>
            <div class="table-scroll unit-scroll" tabindex="0" role="region" aria-label=format!("{} các đơn vị đã nộp", form_name(kind))>
                <table class="grid roll-up-table">
                    <caption class="sr-only">{format!("{} các đơn vị đã nộp", form_name(kind))}</caption>
                    <thead>
                        <tr>
                            <th scope="col">"Đơn vị"</th>
                            <th scope="col">"Tình trạng"</th>
                            <th scope="col">"Lấy biểu"</th>
                            <th scope="col">"Tính đến ngày"</th>
                            <th scope="col" class="number">{given}</th>
                            <th scope="col" class="number">{on_system}</th>
                            <th scope="col" class="number">{difference}</th>
                        </tr>
                    </thead>
                    <tbody>
                        <For each=shown key=|key| key.clone() children=move |(at, key)| view! { <UnitRow kind=kind at=at key=key /> } />
                    </tbody>
                    <Total kind=kind />
                </table>
            </div>
            <Show when=move || { selected.read().len() > limit.get() }>
                <p class="quiet">
                    {move || format!("Đang hiện {} / {} đơn vị. ", show_number(limit.get() as i64), show_number(selected.read().len() as i64))}
                    <button type="button" class="button-quiet" on:click=move |_| limit.update(|limit| *limit += SHOWN * 2)>"Hiện thêm"</button>
                </p>
            </Show>
            <SheetDoubts kind=kind />
        </section>
    }
}

/// Offers the forms as the source of n; they are never chosen silently.
#[component]
fn UseForms() -> impl IntoView {
    let session = session();
    let is_used = Memo::new(move |_| session.settings.read().reported_source == ReportedSource::UnitForms);
    let are_provinces = move || {
        let rolled = session.rolling.form_1.read_untracked();
        let units = rolled.as_ref().map_or(&[][..], |rolled| &rolled.units);
        !units.is_empty() && units.iter().all(|unit| find_province(&unit.name).is_some())
    };
    view! {
        <Show when=move || !is_used.get()>
            <div class="notice" role="note">
                <p>"Phụ lục 1 đang không lấy số từ biểu của các đơn vị."</p>
                <button type="button" class="button" on:click=move |_| session.use_unit_forms(are_provinces())>"Lập Phụ lục 1 từ các biểu này"</button>
            </div>
        </Show>
    }
}

/// Which units ought to have sent one, and their names where they are typed.
#[component]
fn ExpectedUnits(kind: SheetKind) -> impl IntoView {
    let session = session();
    let choices = session.rolling.choices;
    let expected =
        Memo::new(move |_| session.rolling.of(kind).read().as_ref().and_then(|rolled| rolled.expected).unwrap_or(Expected::Nobody));
    let value = Signal::derive(move || Expected::ALL.iter().position(|own| *own == expected.get()));
    let id = fresh_id("phai-nop");
    let typed = move || choices.read().typed.join("\n");
    let take = move |event| {
        let text = event_target_value(&event);
        let names = text.lines().map(str::trim).filter(|name| !name.is_empty()).map(str::to_owned).collect();
        choices.update(|choices| {
            choices.typed = names;
            choices.expected = Some(Expected::Typed);
        });
    };
    view! {
        <Select
            label=format!("Đơn vị phải nộp {}", form_name(kind))
            is_quiet=false
            options=Expected::ALL.map(|expected| expected.label().to_owned()).to_vec()
            value=value
            on_change=move |at: usize| choices.update(|choices| choices.expected = Expected::ALL.get(at).copied())
        />
        <Show when=move || expected.get() == Expected::Typed>
            <div class="field typed-units">
                <label for=id.clone()>"Tên các đơn vị, mỗi dòng một đơn vị"</label>
                <textarea id=id.clone() rows="4" prop:value=typed on:change=take></textarea>
            </div>
        </Show>
    }
}

#[component]
fn UnitRow(kind: SheetKind, at: usize, key: String) -> impl IntoView {
    let session = session();
    let unit = Memo::new(move |_| {
        let rolled = session.rolling.of(kind).read();
        let unit = rolled.as_ref().and_then(|rolled| rolled.units.get(at)).filter(|unit| unit.key == key);
        unit.cloned()
    });
    let row = move || unit.get().map(|unit| unit_row(session, kind, &unit));
    view! { {row} }
}

fn unit_row(session: Session, kind: SheetKind, unit: &RolledUnit) -> impl IntoView + use<> {
    // What is not taken is shown too, in grey.
    let form = unit.taken_form().or(unit.forms.first());
    let day = form.and_then(|form| form.as_of).map(show_date).unwrap_or_default();
    let number = |of: fn(&UnitForm) -> Option<u64>| show_figure(form.and_then(of));
    let difference = form.and_then(UnitForm::difference);
    let states: Vec<_> = unit
        .states
        .iter()
        .map(|state| view! { <span class="unit-note" class:is-warning=*state != UnitState::Adds>{state.label()}</span> })
        .collect();
    let doubts: Vec<String> = unit
        .forms
        .iter()
        .flat_map(|form| {
            let of_form = form
                .doubts
                .iter()
                .map(move |doubt| format!("{}, trang {}: {}.", form.file_name, form.sheet_name, doubt.trim_end_matches('.')));
            let left_out = form.left_out.iter().map(move |why| format!("{}: {why}.", form.place_words()));
            left_out.chain(of_form)
        })
        .collect();
    let doubts = (!doubts.is_empty()).then(|| {
        let items = doubts.into_iter().map(|doubt| view! { <li>{doubt}</li> }).collect_view();
        view! { <tr class="row-doubts"><td colspan="7"><ul class="facts">{items}</ul></td></tr> }
    });
    view! {
        <tr class:is-left-out=unit.taken.is_none()>
            <th scope="row">{unit.name.clone()}</th>
            <td>{states}</td>
            <td class="form-choice">{form_choice(session, kind, unit)}</td>
            <td>{day}</td>
            <td class="number">{number(|form| form.given)}</td>
            <td class="number">{number(|form| form.on_system)}</td>
            <td class="number" class:is-negative=difference.is_some_and(|value| value < 0)>{difference.map(show_number).unwrap_or_default()}</td>
        </tr>
        {doubts}
    }
}

/// The select of a unit's forms.
fn form_choice(session: Session, kind: SheetKind, unit: &RolledUnit) -> impl IntoView + use<> {
    if unit.forms.is_empty() {
        return None;
    }
    let options = std::iter::once("Không lấy".to_owned()).chain(unit.forms.iter().map(UnitForm::place_words)).collect::<Vec<_>>();
    let (value, own) = (unit.taken.map_or(0, |at| at + 1), unit.clone());
    let choose = move |at: usize| {
        let place = at.checked_sub(1).and_then(|at| own.forms.get(at)).map(|form| form.place.clone());
        session.take_form(kind, &own, place);
    };
    let label = format!("Lấy biểu {}: {}", form_name(kind), unit.name);
    Some(view! { <Select label=label is_quiet=true options=options value=Signal::stored(Some(value)) on_change=choose /> })
}

/// The sums of what is taken.
#[component]
fn Total(kind: SheetKind) -> impl IntoView {
    let session = session();
    let sums = Memo::new(move |_| {
        let rolled = session.rolling.of(kind).read();
        let sum = |of: fn(&UnitForm) -> Option<i64>| {
            let figures = rolled.iter().flat_map(RollUp::taken).filter_map(|(_, form)| of(form));
            figures.reduce(i64::saturating_add).map(show_number).unwrap_or_default()
        };
        [sum(|form| form.given.map(|value| value as i64)), sum(|form| form.on_system.map(|value| value as i64)), sum(UnitForm::difference)]
    });
    let cell = move |at: usize| view! { <td class="number">{move || sums.read().get(at).cloned().unwrap_or_default()}</td> };
    view! {
        <tfoot>
            <tr>
                <th scope="row" colspan="4">"Tổng cộng các biểu được lấy"</th>
                {cell(0)} {cell(1)} {cell(2)}
            </tr>
        </tfoot>
    }
}

/// What is wrong with whole sheets, or with units together.
#[component]
fn SheetDoubts(kind: SheetKind) -> impl IntoView {
    let session = session();
    let doubts = Memo::new(move |_| session.rolling.of(kind).read().as_ref().map(|rolled| rolled.doubts.clone()).unwrap_or_default());
    let items = move || {
        let doubts = doubts.read();
        let words = doubts.iter().take(DOUBTS).map(|doubt| match doubt.place.as_str() {
            "" => doubt.words.clone(),
            place => format!("{place}: {}", doubt.words),
        });
        let more = doubts.len().saturating_sub(DOUBTS);
        let more = (more > 0).then(|| format!("và {} điểm nữa.", show_number(more as i64)));
        words.chain(more).map(|words| view! { <li>{words}</li> }).collect_view()
    };
    view! {
        <Show when=move || !doubts.read().is_empty()>
            <h3>{move || format!("Cần xem về các trang biểu: {}", show_number(doubts.read().len() as i64))}</h3>
            <ul class="facts">{items}</ul>
        </Show>
    }
}
