//! Forms made by Rà Soát, received back: which figures were changed by hand since they were downloaded.

use super::LoadedFile;
use crate::domain::SheetKind;
use crate::domain::{FileId, FormColumn};
use crate::figures::reading::unnumbered;
use crate::figures::reported::{ChangedFigure, ReportedFigures, ReportedForm2, ReportedUnit};
use crate::forms::seal::{FigureRow, Figures, Seal, SealError, SealedForm, changed_cells};
use crate::forms::seal_sheet::find_seal;
use crate::text::parse_number;

/// Holds what was read of a file against its seal, where it carries one.
pub(super) fn check_seal(file: &LoadedFile, figures: &mut ReportedFigures) {
    let id = file.meta.id;
    if !figures.sheets.iter().any(|sheet| sheet.file == id && matches!(sheet.kind, SheetKind::UnitForm1 | SheetKind::UnitForm2)) {
        return;
    }
    let seal = match find_seal(&file.workbook) {
        None => return,
        Some(Err(error)) => {
            for sheet in figures.sheets.iter_mut().filter(|sheet| sheet.file == id) {
                let words = match error {
                    SealError::Changed => "Dấu kiểm tra của biểu đã bị sửa; không biết số nào còn nguyên.".to_owned(),
                    _ => format!("Không đọc được dấu kiểm tra của biểu: {error}."),
                };
                sheet.doubts += 1;
                if error == SealError::Changed {
                    sheet.changed.push(ChangedFigure { unit: String::new(), words });
                } else {
                    figures.remarks.push((id, sheet.sheet, words));
                }
            }
            return;
        }
        Some(Ok(seal)) => seal,
    };
    let kind = match seal.form {
        SealedForm::Form1 => SheetKind::UnitForm1,
        SealedForm::Form2 => SheetKind::UnitForm2,
    };
    let found = |sheet: u16| match seal.form {
        SealedForm::Form1 => figures_of_form_1(figures, id, sheet),
        SealedForm::Form2 => figures_of_form_2(figures, id, sheet),
    };
    let mut changed: Vec<(u16, Vec<ChangedFigure>)> = Vec::new();
    for sheet in figures.sheets.iter().filter(|sheet| sheet.file == id && sheet.kind == kind) {
        let cells = changed_cells(&comparable(&seal), &found(sheet.sheet));
        let words = cells
            .iter()
            .map(|cell| ChangedFigure { unit: cell.unit.clone(), words: format!("Sửa tay sau khi tải về: {}.", cell.words()) });
        changed.push((sheet.sheet, words.collect()));
    }
    for (at, changed) in changed {
        if let Some(sheet) = figures.sheets.iter_mut().find(|sheet| (sheet.file, sheet.sheet) == (id, at)) {
            sheet.doubts += changed.len() as u32;
            sheet.changed = changed;
        }
    }
}

/// What was sealed, with units named as the reader names them. Totals are left out: the reader checks them against the rows.
fn comparable(seal: &Seal) -> Figures {
    let row = |row: &FigureRow| FigureRow { unit: unnumbered(&row.unit).to_owned(), values: row.values.clone() };
    Figures { rows: seal.figures.rows.iter().map(row).collect(), totals: Vec::new(), ..seal.figures.clone() }
}

fn figures_of_form_1(figures: &ReportedFigures, file: FileId, sheet: u16) -> Figures {
    let codes = FormColumn::ALL.iter().map(|column| column.letter()).chain(["n", "o", "p", "q"]).map(str::to_owned).collect();
    let signed = |value: Option<u64>| value.map(|value| value as i64);
    let row = |unit: &ReportedUnit| {
        let reviewed = unit.review_result.as_deref().and_then(parse_number);
        let end = [signed(unit.given), signed(unit.on_system), unit.difference, signed(reviewed)];
        FigureRow { unit: unit.unit.clone(), values: unit.columns.map(signed).into_iter().chain(end).collect() }
    };
    let own = figures.units.iter().filter(|unit| (unit.file, unit.sheet) == (file, sheet));
    Figures { codes, rows: own.map(row).collect(), totals: Vec::new(), whole: Vec::new() }
}

fn figures_of_form_2(figures: &ReportedFigures, file: FileId, sheet: u16) -> Figures {
    let own: Vec<&ReportedForm2> = figures.forms_2.iter().filter(|form| (form.file, form.sheet) == (file.0, sheet)).collect();
    let groups = |part: &'static str| (1..=6).map(move |number| format!("{part}.nhom-{number}")).chain([format!("{part}.khac")]);
    let codes = ["I.da-thuc-hien", "I.da-nhap"].map(str::to_owned).into_iter().chain(groups("I")).chain(groups("III.1")).collect();
    let signed = |value: Option<u64>| value.map(|value| value as i64);
    let row = |form: &&ReportedForm2| {
        let all = [form.given, form.on_system].into_iter().chain(form.groups).chain(form.verified);
        FigureRow { unit: form.unit.clone(), values: all.map(signed).collect() }
    };
    let lines = own.first().map(|form| form.summary).unwrap_or_default();
    let whole = lines.into_iter().enumerate().filter_map(|(at, value)| Some((format!("III.{}", at + 2), value? as i64)));
    Figures { codes, rows: own.iter().map(row).collect(), totals: Vec::new(), whole: whole.collect() }
}
