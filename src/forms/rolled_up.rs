//! Phụ lục 1 rolled up from the forms of units below: every cell is what the unit filled in.

use super::phu_luc_1::{Form1, Form1Row, ReviewResult, show_letter_date};
use super::remarks;
use crate::domain::Settings;
use crate::domain::province::find_province;
use crate::figures::reported::ReportedFigures;
use crate::figures::roll_up::{RollUp, UnitState};
use crate::text::{parse_number, show_date, show_number};

/// The form of the units taken; blank cells stay blank.
pub fn form_1(roll_up: &RollUp, reported: &ReportedFigures, settings: &Settings) -> Form1 {
    let mut rows = Vec::new();
    for (unit, form) in roll_up.taken() {
        let Some(own) = reported.units.get(form.index) else { continue };
        let province = find_province(&unit.name);
        let review_result = match own.review_result.as_deref().map(str::trim) {
            None | Some("") => ReviewResult::Blank,
            Some(text) => parse_number(text).map_or_else(|| ReviewResult::Text(text.to_owned()), ReviewResult::Number),
        };
        rows.push(Form1Row {
            key: unit.name.clone(),
            number: province.map_or(rows.len() as u32 + 1, |row| u32::from(row.number)),
            unit: province.map_or(unit.name.clone(), |row| row.name.to_owned()),
            columns: own.columns,
            on_system: own.on_system,
            review_result,
            ..Form1Row::default()
        });
    }
    let are_provinces = !rows.is_empty() && rows.iter().all(|row| find_province(&row.unit).is_some());
    let missing: Vec<&str> = roll_up.units.iter().filter(|unit| unit.is(UnitState::Missing)).map(|unit| unit.name.as_str()).collect();
    let source_note = format!("Tổng hợp từ Phụ lục 1 của {} đơn vị.", show_number(rows.len() as i64));
    let mut notes = vec![source_note.clone()];
    if !missing.is_empty() {
        notes.push(format!("Chưa có biểu của {} đơn vị: {}.", show_number(missing.len() as i64), listed(&missing)));
    }
    Form1 {
        cut_off: show_date(settings.cut_off),
        letter_number: settings.letter_number.clone(),
        letter_date: show_letter_date(settings.letter_date),
        unit_heading: if are_provinces { "Tỉnh/TP" } else { "Đơn vị" }.to_owned(),
        remarks: remarks::of_rows(&rows),
        rows,
        is_provisional: false,
        source_note,
        notes,
    }
}

/// The first names, and how many more.
fn listed(names: &[&str]) -> String {
    const SHOWN: usize = 20;
    let more = names.len().saturating_sub(SHOWN);
    let shown = names.iter().take(SHOWN).copied().collect::<Vec<_>>().join(", ");
    if more > 0 { format!("{shown} và {more} đơn vị nữa") } else { shown }
}
