//! A Phụ lục 2 whose parts stand on sheets of their own: parts II and III go to the units of the sheet of the same file that has part I.

use super::form_2::{NO_PART_1, check_sheet, check_verified};
use crate::domain::group::ByGroup;
use crate::domain::{Date, FileId};
use crate::figures::reported::{ReportedFigures, ReportedForm2};
use crate::reconcile::unit::unit_key;

/// A unit's row of III.1.
pub(crate) struct VerifiedRow {
    pub(crate) number: u32,
    pub(crate) name: String,
    pub(crate) groups: ByGroup<Option<u64>>,
    pub(crate) doubts: Vec<String>,
}

/// What a sheet without part I holds of the others.
pub(crate) struct LooseParts {
    pub(crate) file: FileId,
    pub(crate) sheet: u16,
    /// II.1 to II.5.
    pub(crate) texts: [String; 5],
    /// III.2 to III.5.
    pub(crate) summary: [Option<u64>; 4],
    /// III.1.
    pub(crate) verified: Vec<VerifiedRow>,
    /// The day its heading names.
    pub(crate) as_of: Option<Date>,
}

/// Gives the rows of III.1 to the units of part I; a row of no unit there is told and not added.
pub(super) fn lay_verified(rows: Vec<VerifiedRow>, forms: &mut [ReportedForm2], remarks: &mut Vec<String>) {
    let is_only = forms.len() == 1;
    for mut row in rows {
        let key = unit_key(&row.name);
        match forms.iter_mut().find(|form| is_only || !row.name.is_empty() && unit_key(&form.unit) == key) {
            Some(form) => {
                form.verified = row.groups;
                form.doubts.append(&mut row.doubts);
            }
            None if !row.name.is_empty() && row.groups.iter().flatten().any(|doses| *doses > 0) => {
                remarks.push(format!("Dòng {}: phần III.1 có đơn vị “{}” không có ở phần I; không cộng.", row.number, row.name));
            }
            None => {}
        }
    }
}

/// Joins loose parts with the sheet before them that has part I, else with the first that has; says so on the sheet of the parts.
pub(super) fn join(loose: Vec<LooseParts>, figures: &mut ReportedFigures) {
    for parts in loose {
        let (file, sheet) = (parts.file, parts.sheet);
        let hosts = || figures.forms_2.iter().filter(|form| form.file == file.0).map(|form| form.sheet);
        let Some(host) = hosts().filter(|own| *own < sheet).max().or_else(|| hosts().min()) else {
            figures.remarks.push((file, sheet, NO_PART_1.to_owned()));
            continue;
        };
        let is_host = |form: &ReportedForm2| (form.file, form.sheet) == (file.0, host);
        // The rows of one sheet stand together.
        let first = figures.forms_2.iter().position(is_host).unwrap_or(0);
        let count = figures.forms_2.iter().skip(first).take_while(|form| is_host(form)).count();
        let Some(forms) = figures.forms_2.get_mut(first..first + count) else { continue };
        // A sheet with all three parts keeps its own.
        if forms.iter().any(|form| form.summary != [None; 4] || form.verified.iter().any(Option::is_some)) {
            let words = "Trang này có phần II, III của Phụ lục 2, nhưng trang có bảng I đã có phần III: không ghép.".to_owned();
            figures.remarks.push((file, sheet, words));
            continue;
        }
        let mut remarks = Vec::new();
        lay_verified(parts.verified, forms, &mut remarks);
        forms.iter_mut().for_each(check_verified);
        if let Some(head) = forms.first_mut() {
            if head.texts.iter().all(String::is_empty) {
                head.texts = parts.texts;
            }
            if head.summary == [None; 4] {
                head.summary = parts.summary;
            }
        }
        for form in forms.iter_mut().filter(|form| form.as_of.is_none()) {
            form.as_of = parts.as_of;
        }
        let contradiction = check_sheet(forms);
        let mut name = String::new();
        if let Some(about) = figures.sheets.iter_mut().find(|own| (own.file, own.sheet) == (file, host)) {
            about.as_of = about.as_of.or(parts.as_of);
            name.clone_from(&about.name);
        }
        figures.remarks.push((file, sheet, format!("Trang này có phần II, III của Phụ lục 2: ghép với bảng I ở trang “{name}”.")));
        figures.remarks.extend(remarks.into_iter().map(|remark| (file, sheet, remark)));
        figures.remarks.extend(contradiction.map(|words| (file, host, words)));
    }
}
