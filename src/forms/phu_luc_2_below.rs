//! Phụ lục 2 of units below that have no list here: their own rows, figures and texts go into the form as they filled them in.

use super::inputs::FormInputs;
use super::phu_luc_2::Form2Row;
use crate::domain::FileId;
use crate::domain::group::GROUP_COUNT;
use crate::figures::reported::{ReportedFigures, ReportedForm2};
use crate::reconcile::Report;
use crate::reconcile::unit::unit_key;
use std::collections::BTreeSet;

/// What a row leaves that its own columns do not say.
const UNEXPLAINED: &str = "Theo biểu của đơn vị, không có danh sách để giải thích";

/// What the forms of units below add to a form.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct FormsBelow {
    /// One a unit, numbered from 1.
    pub(super) rows: Vec<Form2Row>,
    /// III.2 to III.5 together.
    pub(super) summary: [u64; 4],
    /// II.1 to II.5, each unit's under its name; empty where none wrote any.
    pub(super) texts: [String; 5],
    /// What is to be said of them.
    pub(super) remarks: Vec<String>,
}

/// Gathers the forms of the units the report has no list of.
pub(super) fn forms_below(report: Option<&Report>, reported: &ReportedFigures, inputs: &FormInputs) -> FormsBelow {
    let units = report.map_or(&[][..], |report| &report.units);
    let names = units.iter().flat_map(|unit| unit.other_names.iter().chain([&unit.unit]));
    let listed: BTreeSet<String> = names.map(|name| unit_key(name)).collect();
    let is_listed = |form: &ReportedForm2| listed.contains(&unit_key(&form.unit));
    let mut below = FormsBelow::default();
    let mut texts: [Vec<String>; 5] = Default::default();
    for form in reported.forms_2.iter().filter(|form| !is_listed(form)) {
        below.rows.push(row_of(form, below.rows.len() as u32 + 1, inputs));
    }
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

fn row_of(form: &ReportedForm2, number: u32, inputs: &FormInputs) -> Form2Row {
    let typed = inputs.row(&form.unit);
    let on_system = typed.on_system.as_ref().map(|figure| figure.value).or(form.on_system);
    let missing = form.groups.map(|doses| doses.unwrap_or(0));
    let remainder = match (form.given, on_system) {
        (Some(given), Some(on_system)) => {
            given as i64 - on_system as i64 - missing.iter().fold(0i64, |sum, own| sum.saturating_add(*own as i64))
        }
        _ => 0,
    };
    Form2Row {
        key: form.unit.clone(),
        number,
        unit: form.unit.clone(),
        given: form.given,
        on_system,
        missing,
        number_only: 0,
        reason: typed.reason.unwrap_or_else(|| form.reason.clone()),
        note: typed.note.unwrap_or_else(|| form.note.clone()),
        remainder,
        remainder_terms: if remainder == 0 { Vec::new() } else { vec![(UNEXPLAINED.to_owned(), remainder)] },
        verified_entered: form.verified.map(|doses| doses.unwrap_or(0)),
    }
}

/// Adds rows to one: `Một đơn vị`. `adds_given` says whether n of the one row is not yet theirs too.
pub(super) fn add_to(one: &mut Form2Row, rows: &[Form2Row], adds_given: bool) {
    let plus = |own: Option<u64>, other: Option<u64>| match (own, other) {
        (None, None) => None,
        (own, other) => Some(own.unwrap_or(0).saturating_add(other.unwrap_or(0))),
    };
    for row in rows {
        if adds_given {
            one.given = plus(one.given, row.given);
        }
        one.on_system = plus(one.on_system, row.on_system);
        for group in 0..GROUP_COUNT {
            one.missing[group] = one.missing[group].saturating_add(row.missing[group]);
            one.verified_entered[group] = one.verified_entered[group].saturating_add(row.verified_entered[group]);
        }
    }
    let before: i64 = one.remainder;
    let missing = one.missing.iter().fold(0i64, |sum, own| sum.saturating_add(*own as i64));
    one.remainder = one.given.unwrap_or(0) as i64 - one.on_system.unwrap_or(0) as i64 - missing;
    if one.remainder != before {
        one.remainder_terms.push((UNEXPLAINED.to_owned(), one.remainder - before));
    }
}
