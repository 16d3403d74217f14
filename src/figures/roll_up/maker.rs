//! Units from forms: rows of one unit gathered, one of them taken, what does not add up or is missing noted.

use super::{Doubt, Expected, FormFile, FormPlace, RollUpInput, RolledUnit, UnitForm, UnitState, roll_up_key};
use crate::domain::FileId;
use crate::domain::province::{PUBLISHED, find_province, find_province_office};
use crate::domain::source::SheetKind;
use crate::figures::reported::{ReportedForm2, ReportedSheet, ReportedUnit};
use crate::reconcile::alias::propose;
use crate::reconcile::unit::unit_key;
use crate::text::show_date;
use std::collections::{BTreeMap, BTreeSet};

/// Pairs of names proposed as one unit at most.
const MOST_PROPOSALS: usize = 50;
/// Columns above 0 that two units must share to be taken for one sent under two names.
const LEAST_SHARED: usize = 3;

/// Why sheets are left out, by file and sheet.
fn left_out(input: &RollUpInput<'_>, sheets: &[&ReportedSheet]) -> BTreeMap<(FileId, u16), String> {
    let mut left_out = BTreeMap::new();
    let province = own_province(input, sheets);
    for sheet in sheets {
        let other_day = sheet.as_of.filter(|day| *day != input.settings.cut_off);
        let other_province = sheet.province.as_ref().filter(|own| province.as_ref().is_some_and(|province| province != *own));
        let why = match (other_day, other_province) {
            (_, Some(other)) => format!("biểu của tỉnh, thành phố khác ({other})"),
            (Some(day), None) => format!("số liệu đến ngày {}, không phải {}", show_date(day), show_date(input.settings.cut_off)),
            (None, None) => continue,
        };
        left_out.insert((sheet.file, sheet.sheet), why);
    }
    left_out
}

/// The province the forms should be of: the reporting unit's, else the one most of them name. None where provinces themselves report.
fn own_province(input: &RollUpInput<'_>, sheets: &[&ReportedSheet]) -> Option<String> {
    if let Some(row) = find_province(&input.settings.reporting_unit) {
        return Some(row.name.to_owned());
    }
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for province in sheets.iter().filter_map(|sheet| sheet.province.as_deref()) {
        *counts.entry(province).or_default() += 1;
    }
    let (best, count) = counts.iter().max_by_key(|(_, count)| **count)?;
    (*count * 2 > sheets.len() && *count >= 2).then(|| (*best).to_owned())
}

/// Makes the units of a roll-up from what the sheets report.
pub(super) struct Maker<'a> {
    input: &'a RollUpInput<'a>,
    files: BTreeMap<FileId, &'a FormFile>,
    left_out: BTreeMap<(FileId, u16), String>,
    /// Whether most of the units are provinces.
    are_provinces: bool,
}

impl<'a> Maker<'a> {
    /// Gets ready.
    pub(super) fn of(input: &'a RollUpInput<'a>, sheets: &[&ReportedSheet]) -> Maker<'a> {
        let names: Vec<&str> = if input.kind == SheetKind::UnitForm1 {
            input.reported.units.iter().filter(|unit| unit.kind == input.kind).map(|unit| unit.unit.as_str()).collect()
        } else {
            input.reported.forms_2.iter().map(|form| form.unit.as_str()).collect()
        };
        let provinces = names.iter().filter(|name| find_province_office(name).is_some()).count();
        let are_provinces = find_province(&input.settings.reporting_unit).is_none() && provinces >= 2 && provinces * 2 > names.len();
        let files = input.files.iter().map(|file| (file.id, file)).collect();
        Maker { input, files, left_out: left_out(input, sheets), are_provinces }
    }

    /// Every form's row of the kind.
    fn forms(&self) -> Vec<UnitForm> {
        let RollUpInput { kind, reported, .. } = *self.input;
        let mut forms: Vec<UnitForm> = if kind == SheetKind::UnitForm1 {
            let rows = reported.units.iter().enumerate().filter(|(_, unit)| unit.kind == kind);
            rows.map(|(index, unit)| self.of_form_1(index, unit)).collect()
        } else {
            reported.forms_2.iter().enumerate().map(|(index, form)| self.of_form_2(index, form)).collect()
        };
        for form in &mut forms {
            self.note_changes(form);
        }
        forms
    }

    /// Notes what was changed by hand in a form's row; what is about a whole sheet of one row is about that row, and so is its total.
    fn note_changes(&self, form: &mut UnitForm) {
        let sheets = &self.input.reported.sheets;
        let Some(sheet) = sheets.iter().find(|own| (own.file, own.sheet) == (form.file, form.place.sheet)) else { return };
        // The total of a sheet of one unit is the unit's.
        form.fails |= sheet.has_failing_total && sheet.units == 1;
        let own = sheet
            .changed
            .iter()
            .filter(|change| sheet.units == 1 || !change.unit.is_empty() && unit_key(&change.unit) == unit_key(&form.written));
        let words: Vec<String> = own.map(|change| change.words.clone()).collect();
        form.is_changed = !words.is_empty();
        form.doubts.extend(words);
    }

    fn blank_form(&self, index: usize, (file, sheet, row): (FileId, u16, u32)) -> UnitForm {
        let known = self.files.get(&file);
        let sheets = &self.input.reported.sheets;
        let sheet_name = sheets.iter().find(|own| (own.file, own.sheet) == (file, sheet)).map(|own| own.name.clone()).unwrap_or_default();
        UnitForm {
            index,
            place: FormPlace { file: known.map(|file| file.sha256.clone()).unwrap_or_default(), sheet, row },
            file,
            file_name: known.map(|file| file.name.clone()).unwrap_or_default(),
            sheet_name,
            written: String::new(),
            as_of: None,
            given: None,
            on_system: None,
            left_out: self.left_out.get(&(file, sheet)).cloned(),
            fails: false,
            is_blank: false,
            is_changed: false,
            doubts: Vec::new(),
        }
    }

    fn of_form_1(&self, index: usize, unit: &ReportedUnit) -> UnitForm {
        let sum = unit.columns.iter().flatten().copied().reduce(u64::saturating_add);
        let given = sum.or(unit.given);
        let differs = |written: Option<i64>, added: Option<i64>| matches!((written, added), (Some(a), Some(b)) if a != b);
        let signed = |value: Option<u64>| value.map(|value| value as i64);
        let written = signed(unit.given).or(signed(sum));
        let difference = written.zip(signed(unit.on_system)).map(|(given, on_system)| given - on_system);
        let mut doubts = unit.doubts.clone();
        if sum.is_none() && unit.given.is_some_and(|given| given > 0) {
            doubts.push(format!("Dòng {}: chỉ ghi n, không ghi cột c…m, nên không cộng được vào biểu", unit.row));
        }
        if given.is_none() && unit.on_system.is_some() {
            doubts.push(format!("Dòng {}: có o nhưng không có số nào ở c…m", unit.row));
        }
        UnitForm {
            written: unit.unit.clone(),
            as_of: unit.as_of,
            given,
            on_system: unit.on_system,
            is_blank: given.is_none() && unit.on_system.is_none() || self.is_as_printed(unit),
            fails: given.is_none() && unit.on_system.is_some()
                || differs(signed(unit.given), signed(sum))
                || differs(unit.difference, difference),
            doubts,
            ..self.blank_form(index, (unit.file, unit.sheet, unit.row))
        }
    }

    /// Whether a row is one of the letter's own table that nobody filled in: o, p, q blank beside the figures the Ministry printed, in a
    /// sheet of several units.
    fn is_as_printed(&self, unit: &ReportedUnit) -> bool {
        let is_open = unit.on_system.is_none() && unit.difference.is_none() && unit.review_result.is_none();
        let sheets = &self.input.reported.sheets;
        let is_of_several = || sheets.iter().any(|own| (own.file, own.sheet) == (unit.file, unit.sheet) && own.units > 1);
        let is_published = || find_province(&unit.unit).is_some_and(|row| row.columns.map(Some) == unit.columns);
        is_open && is_published() && is_of_several()
    }

    fn of_form_2(&self, index: usize, form: &ReportedForm2) -> UnitForm {
        let groups: u64 = form.groups.iter().flatten().fold(0, |a, b| a.saturating_add(*b));
        let has_groups = form.groups.iter().any(Option::is_some);
        let missing = form.given.zip(form.on_system).map(|(given, on_system)| given as i64 - on_system as i64);
        UnitForm {
            written: form.unit.clone(),
            as_of: form.as_of,
            given: form.given,
            on_system: form.on_system,
            is_blank: form.given.is_none() && form.on_system.is_none() && !has_groups,
            fails: has_groups && missing.is_some_and(|missing| missing != groups as i64),
            doubts: form.doubts.clone(),
            ..self.blank_form(index, (FileId(form.file), form.sheet, form.row))
        }
    }

    /// The units that sent a form, each once.
    pub(super) fn units(&self) -> Vec<RolledUnit> {
        let mut order: Vec<String> = Vec::new();
        let mut by_key: BTreeMap<String, Vec<UnitForm>> = BTreeMap::new();
        for form in self.forms() {
            // Rows without a name are units of their own: nothing says whose they are.
            let key = match form.written.is_empty() {
                true => format!("? {} {} {}", form.place.file, form.place.sheet, form.place.row),
                false => roll_up_key(&form.written, self.input.aliases, self.are_provinces),
            };
            let own = by_key.entry(key.clone()).or_default();
            if own.is_empty() {
                order.push(key);
            }
            own.push(form);
        }
        let mut units: Vec<RolledUnit> =
            order.into_iter().filter_map(|key| by_key.remove(&key).map(|forms| self.unit(key, forms))).collect();
        units.sort_by_key(|unit| province_number(&unit.key).unwrap_or(u8::MAX));
        units
    }

    fn unit(&self, key: String, mut forms: Vec<UnitForm>) -> RolledUnit {
        let rank = |form: &UnitForm| {
            let is_full = form.on_system.is_some();
            (form.left_out.is_none(), !form.is_blank, form.as_of, is_full, form.file, form.place.sheet, form.place.row)
        };
        forms.sort_by_key(|form| std::cmp::Reverse(rank(form)));
        let by_rule = forms.first().filter(|form| form.left_out.is_none()).map(|_| 0);
        let taken = match self.input.choices.taken.get(&key) {
            Some(None) => None,
            // A file that is no longer loaded decides nothing.
            Some(Some(place)) => forms.iter().position(|form| form.place == *place).or(by_rule),
            None => by_rule,
        };
        let name = forms.iter().map(|form| form.written.as_str()).find(|name| !name.is_empty());
        let name = name.map_or_else(|| "(không ghi tên)".to_owned(), |name| self.input.aliases.resolve(name).to_owned());
        let mut states = Vec::new();
        let shown = taken.and_then(|at| forms.get(at)).or(forms.first());
        if shown.is_some_and(|form| form.fails) {
            states.push(UnitState::Fails);
        } else if shown.is_some_and(|form| form.is_blank) {
            states.push(UnitState::Missing);
        } else if taken.is_some() {
            states.push(UnitState::Adds);
        }
        if shown.is_some_and(|form| form.is_changed) {
            states.push(UnitState::Edited);
        }
        if forms.iter().filter(|form| !form.is_blank).count() > 1 {
            states.push(UnitState::Twice);
        }
        if taken.is_none() {
            states.push(UnitState::LeftOut);
        }
        RolledUnit { key, name, forms, taken, states }
    }

    /// What is wrong with whole sheets.
    pub(super) fn doubts_of_sheets(&self, sheets: &[&ReportedSheet]) -> Vec<Doubt> {
        let mut doubts = Vec::new();
        let letter = folded_letter(&self.input.settings.letter_number);
        for sheet in sheets {
            let file = self.files.get(&sheet.file).map_or("", |file| file.name.as_str());
            let place = format!("{file}, trang {}", sheet.name);
            let mut say = |words: String| doubts.push(Doubt { place: place.clone(), words });
            if let Some(own) = sheet.letter_number.as_ref().filter(|own| folded_letter(own) != letter) {
                say(format!("Biểu kèm theo công văn {own}, không phải {}.", self.input.settings.letter_number));
            }
            if let Some(why) = self.left_out.get(&(sheet.file, sheet.sheet)) {
                say(format!("Để ngoài: {why}. Muốn cộng vào thì chọn ở cột “Lấy biểu”."));
            }
            // What is about one of its rows stands with that unit; a row that is gone has none.
            let has_row = |unit: &str| {
                let key = unit_key(unit);
                let of_1 = self.input.reported.units.iter().filter(|own| (own.file, own.sheet) == (sheet.file, sheet.sheet));
                let of_2 = self.input.reported.forms_2.iter().filter(|own| (own.file, own.sheet) == (sheet.file.0, sheet.sheet));
                of_1.map(|own| &own.unit).chain(of_2.map(|own| &own.unit)).any(|own| unit_key(own) == key)
            };
            for change in sheet.changed.iter().filter(|change| sheet.units != 1 && !has_row(&change.unit)) {
                say(change.words.clone());
            }
            for (.., remark) in self.input.reported.remarks.iter().filter(|(file, index, _)| (*file, *index) == (sheet.file, sheet.sheet)) {
                say(remark.clone());
            }
        }
        doubts
    }

    /// Units that may be one under two names.
    pub(super) fn doubts_of_names(&self, units: &[RolledUnit]) -> Vec<Doubt> {
        let mut doubts = Vec::new();
        let names: Vec<(String, u64)> =
            units.iter().map(|unit| (unit.name.clone(), unit.taken_form().and_then(|form| form.given).unwrap_or(0))).collect();
        let are_provinces = |a: &str, b: &str| find_province(a).is_some() && find_province(b).is_some();
        for proposal in
            propose(&names, self.input.aliases, MOST_PROPOSALS).into_iter().filter(|pair| !are_provinces(&pair.name, &pair.unit))
        {
            let words = format!("“{}” và “{}” có thể là một đơn vị ({}); hiện cộng cả hai.", proposal.unit, proposal.name, proposal.why);
            doubts.push(Doubt { place: String::new(), words });
        }
        doubts.extend(self.doubts_of_sums(units));
        let mut seen: BTreeMap<Vec<u64>, &RolledUnit> = BTreeMap::new();
        for (unit, form) in units.iter().filter_map(|unit| Some((unit, unit.taken_form()?))) {
            let figures = self.figures(form.index);
            if figures.iter().filter(|figure| **figure > 0).count() < LEAST_SHARED {
                continue;
            }
            match seen.get(&figures) {
                Some(other) => {
                    let place = other.taken_form().map(UnitForm::place_words).unwrap_or_default();
                    let words = format!(
                        "“{}” và “{}” ({place}) có mọi số giống hệt nhau: có thể một đơn vị nộp dưới hai tên; hiện cộng cả hai.",
                        unit.name, other.name
                    );
                    doubts.push(Doubt { place: form.place_words(), words });
                }
                None => {
                    seen.insert(figures, unit);
                }
            }
        }
        doubts
    }

    /// Units whose every figure is the sum of another sheet's rows: a district and its communes, both sent.
    fn doubts_of_sums(&self, units: &[RolledUnit]) -> Vec<Doubt> {
        let taken = || units.iter().filter_map(|unit| Some((unit, unit.taken_form()?)));
        let mut sheets: BTreeMap<(FileId, u16), (Vec<u64>, usize, &UnitForm)> = BTreeMap::new();
        for (_, form) in taken() {
            let figures = self.figures(form.index);
            let (sums, rows, _) = sheets.entry((form.file, form.place.sheet)).or_insert_with(|| (vec![0; figures.len()], 0, form));
            *rows += 1;
            for (sum, own) in sums.iter_mut().zip(figures) {
                *sum = sum.saturating_add(own);
            }
        }
        let sums: BTreeMap<&[u64], &UnitForm> =
            sheets.values().filter(|(_, rows, _)| *rows > 1).map(|(sums, _, form)| (sums.as_slice(), *form)).collect();
        let mut doubts = Vec::new();
        for (unit, form) in taken() {
            let figures = self.figures(form.index);
            let telling = figures.iter().filter(|figure| **figure > 0).count() >= LEAST_SHARED;
            let other =
                sums.get(figures.as_slice()).filter(|other| telling && (other.file, other.place.sheet) != (form.file, form.place.sheet));
            if let Some(other) = other {
                let words = format!(
                    "“{}” có mọi số bằng tổng các dòng của {}, trang {}: có thể cộng hai lần; nếu vậy chọn “Không lấy” cho một bên.",
                    unit.name, other.file_name, other.sheet_name
                );
                doubts.push(Doubt { place: form.place_words(), words });
            }
        }
        doubts
    }

    /// Every figure of a form's row.
    fn figures(&self, index: usize) -> Vec<u64> {
        let RollUpInput { kind, reported, .. } = *self.input;
        if kind == SheetKind::UnitForm1 {
            reported.units.get(index).map(|unit| unit.columns.iter().map(|count| count.unwrap_or(0)).collect()).unwrap_or_default()
        } else {
            let of = |form: &ReportedForm2| {
                [form.given, form.on_system].into_iter().chain(form.groups).map(|count| count.unwrap_or(0)).collect()
            };
            reported.forms_2.get(index).map(of).unwrap_or_default()
        }
    }

    /// Adds the units that sent none; says which were expected.
    pub(super) fn add_missing(&self, units: &mut Vec<RolledUnit>) -> Expected {
        let sent: BTreeSet<String> = units.iter().map(|unit| unit.key.clone()).collect();
        let key = |name: &String| roll_up_key(name, self.input.aliases, self.are_provinces);
        let provinces = sent.iter().filter(|key| province_number(key).is_some()).count();
        let known = self.input.known.iter().filter(|name| sent.contains(&key(name))).count();
        let proposed = if !self.input.choices.typed.is_empty() {
            Expected::Typed
        } else if provinces >= 2 && provinces * 2 > sent.len() {
            Expected::Provinces
        } else if known > 0 && known * 2 >= sent.len() {
            Expected::Known
        } else {
            Expected::Nobody
        };
        let expected = self.input.choices.expected.unwrap_or(proposed);
        let names: Vec<String> = match expected {
            Expected::Nobody => Vec::new(),
            Expected::Known => self.input.known.to_vec(),
            Expected::Provinces => PUBLISHED.iter().map(|row| row.name.to_owned()).collect(),
            Expected::Typed => self.input.choices.typed.clone(),
        };
        let mut seen = sent;
        for name in names.iter().map(|name| name.trim()).filter(|name| !name.is_empty()) {
            let key = roll_up_key(name, self.input.aliases, self.are_provinces);
            if seen.insert(key.clone()) {
                let name = self.input.aliases.resolve(name).to_owned();
                units.push(RolledUnit { key, name, forms: Vec::new(), taken: None, states: vec![UnitState::Missing] });
            }
        }
        units.sort_by_key(|unit| province_number(&unit.key).unwrap_or(u8::MAX));
        expected
    }
}

fn province_number(key: &str) -> Option<u8> {
    key.strip_prefix("tinh ").and_then(|number| number.parse().ok())
}

/// A letter's number without what people write differently.
fn folded_letter(number: &str) -> String {
    crate::normalize::fold(number).chars().filter(|c| c.is_alphanumeric()).collect()
}
