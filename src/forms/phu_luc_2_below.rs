//! Phụ lục 2 of units below that have no list here: their own rows, figures and texts go into the form as they filled them in.

use super::inputs::FormInputs;
use super::phu_luc_2::Form2Row;
use crate::domain::FileId;
use crate::domain::group::GROUP_COUNT;
use crate::figures::desk::{Desk, DeskRow};
use crate::figures::reported::{ReportedFigures, ReportedForm2};
use std::collections::BTreeSet;

/// What a row leaves that its own columns do not say.
const UNEXPLAINED: &str = "Theo biểu của đơn vị, không có danh sách để giải thích";

/// What the forms of units below say for whole sheets.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct SaidBelow {
    /// III.2 to III.5 together.
    pub(super) summary: [u64; 4],
    /// II.1 to II.5, each unit's under its name; empty where none wrote any.
    pub(super) texts: [String; 5],
    /// What is to be said of them.
    pub(super) remarks: Vec<String>,
}

/// The unit with the form it stands by: nothing of it was counted here, and it sent one.
pub(super) fn as_sent(row: &DeskRow) -> Option<(&DeskRow, &ReportedForm2)> {
    if row.figures.is_some() { None } else { row.form_2.as_ref().map(|form| (row, form)) }
}

/// Gathers what the forms of the units without a list here say.
pub(super) fn said_below(desk: &Desk, reported: &ReportedFigures) -> SaidBelow {
    let place = |form: &ReportedForm2| (form.file, form.sheet, form.row);
    let sent: BTreeSet<(u32, u16, u32)> = desk.rows.iter().filter_map(as_sent).map(|(_, form)| place(form)).collect();
    let is_listed = |form: &ReportedForm2| !sent.contains(&place(form));
    let mut below = SaidBelow::default();
    let mut texts: [Vec<String>; 5] = Default::default();
    // What is said once a sheet counts where any of its units does.
    for form in reported.forms_2.iter().filter(|form| form.summary != [None; 4] || form.texts.iter().any(|text| !text.is_empty())) {
        let sheet = || reported.forms_2.iter().filter(|other| (other.file, other.sheet) == (form.file, form.sheet));
        let (own, all) = (sheet().filter(|other| !is_listed(other)).count(), sheet().count());
        if own == 0 {
            continue;
        }
        let name = name_of_sheet(form, all, reported);
        if own < all && form.summary.iter().flatten().any(|doses| *doses > 0) {
            below.remarks.push(format!(
                "{name}: III.2–III.5 ghi chung cho cả biểu, trong đó {} đơn vị đã có danh sách; các số này cộng cả vào, hãy xem lại.",
                all - own
            ));
        }
        for (sum, own) in below.summary.iter_mut().zip(form.summary) {
            *sum = sum.saturating_add(own.unwrap_or(0));
        }
        for (lines, text) in texts.iter_mut().zip(&form.texts) {
            if !text.trim().is_empty() {
                lines.push(format!("{name}: {}", text.trim()));
            }
        }
    }
    below.texts = texts.map(|lines| lines.join("\n"));
    below
}

/// Who a sheet's texts are of: its one unit, else the unit its title names, else its first.
fn name_of_sheet(form: &ReportedForm2, units: usize, reported: &ReportedFigures) -> String {
    let sheet = reported.sheets.iter().find(|sheet| (sheet.file, sheet.sheet) == (FileId(form.file), form.sheet));
    let of_title = sheet.and_then(|sheet| sheet.unit.clone()).filter(|_| units > 1);
    of_title.unwrap_or_else(|| if form.unit.is_empty() { "Đơn vị".to_owned() } else { form.unit.clone() })
}

/// A unit's row as its own form has it.
pub(super) fn row_as_sent(unit: &DeskRow, form: &ReportedForm2, number: u32, inputs: &FormInputs) -> Form2Row {
    let typed = inputs.row(&unit.key);
    let (given, on_system) = (unit.given().or(form.given), unit.on_system);
    let missing = form.groups.map(|doses| doses.unwrap_or(0));
    let remainder = match (given, on_system) {
        (Some(given), Some(on_system)) => {
            given as i64 - on_system as i64 - missing.iter().fold(0i64, |sum, own| sum.saturating_add(*own as i64))
        }
        _ => 0,
    };
    Form2Row {
        key: unit.key.clone(),
        number,
        unit: unit.unit.clone(),
        given,
        on_system,
        missing,
        number_only: 0,
        number_only_statuses: [0; 3],
        reason: typed.reason.unwrap_or_else(|| form.reason.clone()),
        note: typed.note.unwrap_or_else(|| form.note.clone()),
        remainder,
        remainder_terms: if remainder == 0 { Vec::new() } else { vec![(UNEXPLAINED.to_owned(), remainder)] },
        verified_entered: form.verified.map(|doses| doses.unwrap_or(0)),
    }
}

/// Adds what units broke down in forms of their own to the one row of `Một đơn vị`; n and o have them already.
pub(super) fn add_groups(one: &mut Form2Row, rows: &[Form2Row]) {
    for row in rows {
        for group in 0..GROUP_COUNT {
            one.missing[group] = one.missing[group].saturating_add(row.missing[group]);
            one.verified_entered[group] = one.verified_entered[group].saturating_add(row.verified_entered[group]);
        }
    }
    let missing = one.missing.iter().fold(0i64, |sum, own| sum.saturating_add(*own as i64));
    let remainder = one.given.map_or(0, |given| given as i64 - one.on_system.unwrap_or(0) as i64 - missing);
    let explained: i64 = one.remainder_terms.iter().map(|(_, value)| value).sum();
    if remainder != explained && !rows.is_empty() {
        one.remainder_terms.push((UNEXPLAINED.to_owned(), remainder - explained));
    }
    one.remainder = remainder;
}
