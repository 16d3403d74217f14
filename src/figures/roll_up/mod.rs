//! Forms of many units below become one: each unit once, what is missing, sent twice or does not add up listed, nothing dropped or added
//! in silence.
//!
//! The rule for a unit that sent several: a form of the reporting cut-off (or without a date) before one of another day; a row filled in
//! before one as the Ministry printed it (a province that sends the letter's whole table back fills in its own row); the later day before
//! the earlier; a row with o before one without; the file dropped later before the earlier. A form of another cut-off or another province is shown but left out until a
//! person takes it. Every choice can be changed.

mod maker;

use super::reported::{ReportedFigures, ReportedForm2, ReportedSheet, ReportedUnit};
use crate::domain::column::ByColumn;
use crate::domain::province::{find_province, find_province_office};
use crate::domain::source::SheetKind;
use crate::domain::{Date, FileId, Settings};
use crate::reconcile::alias::Aliases;
use crate::text::show_number;
use maker::Maker;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// Where a form's row stands, by content: the file may be dropped again in another order.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct FormPlace {
    /// SHA-256 of the file.
    pub file: String,
    /// Sheet position in the workbook, from 0.
    pub sheet: u16,
    /// Row as Excel numbers it.
    pub row: u32,
}

/// Which units ought to have sent a form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Expected {
    /// Nobody in particular.
    Nobody,
    /// The units of lists, System and reports.
    Known,
    /// The 63 provinces of the letter.
    Provinces,
    /// The names the officer typed.
    Typed,
}

impl Expected {
    /// In the order of the select.
    pub const ALL: [Expected; 4] = [Expected::Nobody, Expected::Known, Expected::Provinces, Expected::Typed];

    /// The officer's words.
    pub fn label(self) -> &'static str {
        match self {
            Expected::Nobody => "Không đối chiếu",
            Expected::Known => "Đơn vị có trong danh sách, Hệ thống, báo cáo",
            Expected::Provinces => "63 tỉnh, thành phố",
            Expected::Typed => "Danh sách tự ghi",
        }
    }
}

/// What the officer chose about a roll-up.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct RollUpChoices {
    /// By the unit's key: the form that is taken; none where no form of the unit is.
    pub taken: BTreeMap<String, Option<FormPlace>>,
    /// Which units ought to have sent one; none where the proposal stands.
    pub expected: Option<Expected>,
    /// Names typed, one each.
    pub typed: Vec<String>,
}

/// A loaded file, as far as the roll-up asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormFile {
    /// Its number.
    pub id: FileId,
    /// Its name.
    pub name: String,
    /// SHA-256.
    pub sha256: String,
}

/// What a roll-up is made from.
#[derive(Clone, Copy)]
pub struct RollUpInput<'a> {
    /// [`SheetKind::UnitForm1`] or [`SheetKind::UnitForm2`].
    pub kind: SheetKind,
    /// What the sheets report.
    pub reported: &'a ReportedFigures,
    /// The settings.
    pub settings: &'a Settings,
    /// The alias table.
    pub aliases: &'a Aliases,
    /// What the officer chose.
    pub choices: &'a RollUpChoices,
    /// The loaded files.
    pub files: &'a [FormFile],
    /// Units known from lists, System and other reports.
    pub known: &'a [String],
}

/// One form's row of a unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnitForm {
    /// Position in [`ReportedFigures::units`] or [`ReportedFigures::forms_2`].
    pub index: usize,
    /// Where it stands.
    pub place: FormPlace,
    /// The file, and the names of file and sheet.
    pub file: FileId,
    /// Name of the file.
    pub file_name: String,
    /// Name of the sheet.
    pub sheet_name: String,
    /// The unit as this form writes it.
    pub written: String,
    /// The day its figures are of.
    pub as_of: Option<Date>,
    /// n (`Phụ lục 2`: đã thực hiện): c + … + m, else as written.
    pub given: Option<u64>,
    /// o (`Phụ lục 2`: đã nhập).
    pub on_system: Option<u64>,
    /// Why it is not taken unless a person says so; none where it may be.
    pub left_out: Option<String>,
    /// Whether its own figures fail to add up.
    pub fails: bool,
    /// Whether no figure is filled in, or none but what the Ministry printed in the letter's own table.
    pub is_blank: bool,
    /// Whether it was made by Rà Soát and changed by hand since.
    pub is_changed: bool,
    /// What is doubtful about it, each with its row.
    pub doubts: Vec<String>,
}

impl UnitForm {
    /// p = n − o.
    pub fn difference(&self) -> Option<i64> {
        Some(self.given? as i64 - self.on_system? as i64)
    }

    /// `ba-be.xlsx, trang PL1, dòng 9`.
    pub fn place_words(&self) -> String {
        format!("{}, trang {}, dòng {}", self.file_name, self.sheet_name, self.place.row)
    }
}

/// How a unit stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum UnitState {
    /// `Khớp tổng`.
    Adds,
    /// `Sai tổng`.
    Fails,
    /// `Nộp hai lần`.
    Twice,
    /// `Chưa nộp`.
    Missing,
    /// `Đã sửa tay`.
    Edited,
    /// `Để ngoài`.
    LeftOut,
}

impl UnitState {
    /// In the order of the filter.
    pub const ALL: [UnitState; 6] =
        [UnitState::Adds, UnitState::Fails, UnitState::Twice, UnitState::Missing, UnitState::Edited, UnitState::LeftOut];

    /// The fixed words.
    pub fn label(self) -> &'static str {
        match self {
            UnitState::Adds => "Khớp tổng",
            UnitState::Fails => "Sai tổng",
            UnitState::Twice => "Nộp hai lần",
            UnitState::Missing => "Chưa nộp",
            UnitState::Edited => "Đã sửa tay",
            UnitState::LeftOut => "Để ngoài",
        }
    }
}

/// One unit of a roll-up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RolledUnit {
    /// The key choices are kept under.
    pub key: String,
    /// Its name.
    pub name: String,
    /// Its forms, the one the rule takes first.
    pub forms: Vec<UnitForm>,
    /// The form that is taken.
    pub taken: Option<usize>,
    /// How it stands.
    pub states: Vec<UnitState>,
}

impl RolledUnit {
    /// The form that is taken.
    pub fn taken_form(&self) -> Option<&UnitForm> {
        self.taken.and_then(|at| self.forms.get(at))
    }

    /// Whether it stands so.
    pub fn is(&self, state: UnitState) -> bool {
        self.states.contains(&state)
    }
}

/// A doubt about a whole sheet, or about two units.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Doubt {
    /// File and sheet by name; empty where it is about no single sheet.
    pub place: String,
    /// The officer's words.
    pub words: String,
}

/// Many forms as one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RollUp {
    /// The units, those that sent none among them.
    pub units: Vec<RolledUnit>,
    /// What is wrong with whole sheets, or with units together.
    pub doubts: Vec<Doubt>,
    /// Which units were expected.
    pub expected: Option<Expected>,
    /// How many sheets the forms stand in.
    pub sheets: usize,
}

impl RollUp {
    /// The forms that are taken.
    pub fn taken(&self) -> impl Iterator<Item = (&RolledUnit, &UnitForm)> {
        self.units.iter().filter_map(|unit| Some((unit, unit.taken_form()?)))
    }

    /// How many units stand so.
    pub fn count(&self, state: UnitState) -> usize {
        self.units.iter().filter(|unit| unit.is(state)).count()
    }

    /// c…m of the units taken together, from `Phụ lục 1`.
    pub fn column_sums(&self, reported: &ReportedFigures) -> ByColumn<u64> {
        let mut sums = [0u64; 11];
        for (_, form) in self.taken() {
            let columns = reported.units.get(form.index).map(|unit| unit.columns).unwrap_or_default();
            for (sum, own) in sums.iter_mut().zip(columns) {
                *sum = sum.saturating_add(own.unwrap_or(0));
            }
        }
        sums
    }
}

/// The key a unit's names meet under: a province by its number in the letter, else by the alias table. Where provinces report, their
/// centres for disease control report for them.
pub fn roll_up_key(name: &str, aliases: &Aliases, are_provinces: bool) -> String {
    let name = aliases.resolve(name);
    let province = if are_provinces { find_province_office(name) } else { find_province(name) };
    province.map_or_else(|| aliases.key(name), |row| format!("tinh {}", row.number))
}

/// Rolls up the forms of one kind; none where no sheet of it is loaded.
pub fn roll_up(input: &RollUpInput<'_>) -> Option<RollUp> {
    let sheets: Vec<&ReportedSheet> = input.reported.sheets.iter().filter(|sheet| sheet.kind == input.kind).collect();
    if sheets.is_empty() {
        return None;
    }
    let maker = Maker::of(input, &sheets);
    let mut units = maker.units();
    let mut doubts = maker.doubts_of_sheets(&sheets);
    doubts.extend(maker.doubts_of_names(&units));
    let expected = maker.add_missing(&mut units);
    Some(RollUp { units, doubts, expected: Some(expected), sheets: sheets.len() })
}

/// The figures with every unit of `Phụ lục 1` and `2` once: what is not taken is left out. What other sources report stays.
///
/// The numbers desk counts from these, so that a form sent twice counts once.
pub fn once_each(reported: &ReportedFigures, form_1: Option<&RollUp>, form_2: Option<&RollUp>) -> ReportedFigures {
    let taken =
        |roll_up: Option<&RollUp>| -> BTreeSet<usize> { roll_up.into_iter().flat_map(RollUp::taken).map(|(_, form)| form.index).collect() };
    let (taken_1, taken_2) = (taken(form_1), taken(form_2));
    let is_kept = |index: &usize, unit: &ReportedUnit| unit.kind != SheetKind::UnitForm1 || form_1.is_none() || taken_1.contains(index);
    let units = reported.units.iter().enumerate().filter(|(index, unit)| is_kept(index, unit)).map(|(_, unit)| unit.clone());
    let mut forms_2: Vec<ReportedForm2> = Vec::new();
    // Texts and III.2 to III.5 stand with the first row of their sheet; where another form is taken for that unit, they go to the next.
    let mut orphaned: BTreeMap<(u32, u16), &ReportedForm2> = BTreeMap::new();
    for (index, form) in reported.forms_2.iter().enumerate() {
        let sheet = (form.file, form.sheet);
        if form_2.is_some() && !taken_2.contains(&index) {
            orphaned.entry(sheet).or_insert(form);
            continue;
        }
        let mut form = form.clone();
        if let Some(first) = orphaned.remove(&sheet).filter(|_| form.texts.iter().all(String::is_empty) && form.summary == [None; 4]) {
            (form.texts, form.summary) = (first.texts.clone(), first.summary);
        }
        forms_2.push(form);
    }
    ReportedFigures { units: units.collect(), forms_2, sheets: reported.sheets.clone(), remarks: reported.remarks.clone() }
}

/// One sentence on the roll-up: `63 đơn vị trong 63 trang; 61 đơn vị được cộng; 1 nộp hai lần; 2 chưa nộp`.
pub fn summary(roll_up: &RollUp) -> String {
    let number = |count: usize| show_number(count as i64);
    let sent = roll_up.units.iter().filter(|unit| !unit.forms.is_empty()).count();
    let mut words = vec![
        format!("{} đơn vị trong {} trang biểu", number(sent), number(roll_up.sheets)),
        format!("{} đơn vị được cộng", number(roll_up.taken().count())),
    ];
    for state in [UnitState::Fails, UnitState::Twice, UnitState::Missing, UnitState::Edited, UnitState::LeftOut] {
        let count = roll_up.count(state);
        if count > 0 {
            words.push(format!("{} {}", number(count), state.label().to_lowercase()));
        }
    }
    words.join("; ")
}
