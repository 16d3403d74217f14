//! `Dấu kiểm tra`: what a form made by Rà Soát carries in a hidden sheet, so that whoever receives it sees whether a figure was changed
//! by hand afterwards. It is no signature: one who knows how can forge it.
//!
//! It holds the fingerprints of the files the figures come from, the rules' version, the settings, the totals and every figure of the
//! form; no name, number or birth date of anybody.

use super::phu_luc_1::{Form1, ReviewResult};
use super::phu_luc_2::Form2;
use super::style::cut;
use crate::domain::group::GROUP_COUNT;
use crate::domain::settings::ReportLevel;
use crate::domain::{FormColumn, Settings};
use crate::normalize::fold;
use crate::text::{show_date, show_number};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use thiserror::Error;

/// Name of the hidden sheet.
pub const SEAL_SHEET: &str = "Dấu kiểm tra";
/// Version of the rules by which doses are matched, placed and counted; raised when the same files would give other figures.
pub const RULE_VERSION: &str = "2023.1";
/// Version of the sheet's layout.
const LAYOUT: &str = "1";
/// What the sheet says at its head.
pub const SEAL_NOTE: &str = "Dấu kiểm tra của Rà Soát: cho biết số liệu trong biểu có bị sửa tay sau khi tải về hay không; không phải chữ ký, không chống được giả mạo.";

/// Which form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum SealedForm {
    /// Phụ lục 1.
    Form1,
    /// Phụ lục 2.
    Form2,
}

impl SealedForm {
    /// `Phụ lục 1`, `Phụ lục 2`.
    pub fn label(self) -> &'static str {
        match self {
            SealedForm::Form1 => "Phụ lục 1",
            SealedForm::Form2 => "Phụ lục 2",
        }
    }
}

/// Fingerprint of a file the figures come from; its name stays out, since names of files may name persons.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SealedInput {
    /// SHA-256, lower-case hex.
    pub sha256: String,
    /// Bytes.
    pub size: u64,
}

/// The figures of one row.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FigureRow {
    /// The unit.
    pub unit: String,
    /// One a code of [`Figures::codes`]; none for a blank cell or a text.
    pub values: Vec<Option<i64>>,
}

/// Every figure of a form, sealed or as seen. Codes name columns: `c`…`q` in Phụ lục 1; `I.da-thuc-hien`, `I.da-nhap`, `I.nhom-1`…`I.khac`
/// and `III.1.nhom-1`…`III.1.khac` in Phụ lục 2, where `III.2`…`III.5` stand once for the whole form.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figures {
    /// The columns.
    pub codes: Vec<String>,
    /// One a row of the form.
    pub rows: Vec<FigureRow>,
    /// `Tổng cộng`, one a code; empty where the form has no such row.
    pub totals: Vec<Option<i64>>,
    /// Figures that stand once.
    pub whole: Vec<(String, i64)>,
}

/// What a form is sealed with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seal {
    /// Which form.
    pub form: SealedForm,
    /// [`RULE_VERSION`] when it was made.
    pub rule_version: String,
    /// Settings in words: name and value.
    pub settings: Vec<(String, String)>,
    /// The files the figures come from.
    pub inputs: Vec<SealedInput>,
    /// The figures.
    pub figures: Figures,
}

/// Why a sheet of that name is no seal.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum SealError {
    /// Made by a version that writes it otherwise.
    #[error("dấu kiểm tra theo phiên bản khác")]
    OtherLayout,
    /// A line is missing or cannot be read.
    #[error("dấu kiểm tra thiếu hoặc hỏng dòng “{0}”")]
    Broken(&'static str),
    /// Its own check sum does not fit: the sheet itself was changed.
    #[error("dấu kiểm tra đã bị sửa")]
    Changed,
}

/// A figure that is not what was sealed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChangedCell {
    /// The row's unit; empty for a figure that stands once, `Tổng cộng` for a total.
    pub unit: String,
    /// The column, by code; empty where the whole row is missing or new.
    pub code: String,
    /// As sealed; none for a blank cell, a text, or a row that was not there.
    pub sealed: Option<i64>,
    /// As found.
    pub found: Option<i64>,
}

/// `Tổng cộng`.
const TOTAL: &str = "Tổng cộng";

impl ChangedCell {
    /// In the officer's words: `TYT xã Mẫu, cột o: 1.200 sửa thành 1.250`.
    pub fn words(&self) -> String {
        let shown = |value: Option<i64>| value.map_or("để trống hoặc chữ".to_owned(), show_number);
        let place = match (self.unit.as_str(), self.code.as_str()) {
            (unit, "") => {
                let what = if self.found.is_some() { "dòng thêm vào" } else { "dòng bị bỏ" };
                return format!("{unit}: {what} sau khi tải về");
            }
            ("", code) => format!("Mục {code}"),
            (unit, code) => format!("{unit}, {}", code_words(code)),
        };
        format!("{place}: {} sửa thành {}", shown(self.sealed), shown(self.found))
    }
}

/// A column in words: `cột o`, `mục I, Nhóm 1`.
pub fn code_words(code: &str) -> String {
    let column = |rest: &str| match rest {
        "da-thuc-hien" => "đã thực hiện".to_owned(),
        "da-nhap" => "đã nhập".to_owned(),
        "khac" => "Khác".to_owned(),
        rest => rest.replace("nhom-", "Nhóm "),
    };
    match code.rsplit_once('.') {
        Some((part, rest)) => format!("mục {part}, {}", column(rest)),
        None => format!("cột {code}"),
    }
}

fn group_code(part: &str, group: usize) -> String {
    if group + 1 == GROUP_COUNT { format!("{part}.khac") } else { format!("{part}.nhom-{}", group + 1) }
}

/// The sums of each column; blank where every cell is.
fn totals_of(rows: &[FigureRow], columns: usize) -> Vec<Option<i64>> {
    (0..columns).map(|column| rows.iter().filter_map(|row| row.values[column]).reduce(|a, b| a + b)).collect()
}

impl Figures {
    /// The figures of Phụ lục 1.
    pub fn of_form_1(form: &Form1) -> Figures {
        let codes: Vec<String> =
            FormColumn::ALL.iter().map(|column| column.letter()).chain(["n", "o", "p", "q"]).map(str::to_owned).collect();
        let signed = |value: u64| value as i64;
        let rows: Vec<FigureRow> = form
            .rows
            .iter()
            .map(|row| {
                let reviewed = if let ReviewResult::Number(value) = row.review_result { Some(signed(value)) } else { None };
                let end = [Some(signed(row.given().unwrap_or(0))), row.on_system.map(signed), row.difference(), reviewed];
                FigureRow { unit: row.unit.clone(), values: row.columns.iter().map(|value| value.map(signed)).chain(end).collect() }
            })
            .collect();
        let totals = if rows.len() > 1 { totals_of(&rows, codes.len()) } else { Vec::new() };
        Figures { codes, rows, totals, whole: Vec::new() }
    }

    /// The figures of Phụ lục 2, parts I and III.
    pub fn of_form_2(form: &Form2) -> Figures {
        let groups = |part: &'static str| (0..GROUP_COUNT).map(move |group| group_code(part, group));
        let codes: Vec<String> =
            ["I.da-thuc-hien", "I.da-nhap"].map(str::to_owned).into_iter().chain(groups("I")).chain(groups("III.1")).collect();
        let signed = |value: u64| Some(value as i64);
        let rows: Vec<FigureRow> = form
            .rows
            .iter()
            .map(|row| {
                let start = [row.given.and_then(signed), row.on_system.and_then(signed)];
                let groups = row.missing.into_iter().chain(row.verified_entered).map(signed);
                FigureRow { unit: row.unit.clone(), values: start.into_iter().chain(groups).collect() }
            })
            .collect();
        let whole = [("III.2", form.cannot_enter), ("III.3", form.not_verified), ("III.4", form.duplicates), ("III.5", form.to_adjust)];
        Figures {
            totals: totals_of(&rows, codes.len()),
            codes,
            rows,
            whole: whole.map(|(code, value)| (code.to_owned(), value as i64)).to_vec(),
        }
    }
}

/// Which figures differ from those sealed. Rows are matched by unit (of one name, in their order), so a moved row is no change; a column
/// that `found` does not have says nothing.
pub fn changed_cells(sealed: &Figures, found: &Figures) -> Vec<ChangedCell> {
    let mut changed = Vec::new();
    let columns: Vec<(usize, usize)> =
        sealed.codes.iter().enumerate().filter_map(|(at, code)| Some((at, found.codes.iter().position(|other| other == code)?))).collect();
    let value = |values: &[Option<i64>], at: usize| values.get(at).copied().flatten();
    let mut compare = |unit: &str, own: &[Option<i64>], other: &[Option<i64>]| {
        for (at, there) in &columns {
            let (was, is) = (value(own, *at), value(other, *there));
            if was != is {
                changed.push(ChangedCell { unit: unit.to_owned(), code: sealed.codes[*at].clone(), sealed: was, found: is });
            }
        }
    };
    let mut left: Vec<Option<&FigureRow>> = found.rows.iter().map(Some).collect();
    let mut lost = Vec::new();
    // A unit alone may have been renamed in the heading of the form; its row is still its row.
    let is_single = sealed.rows.len() == 1 && found.rows.len() == 1;
    let mut places: rustc_hash::FxHashMap<String, std::collections::VecDeque<usize>> = rustc_hash::FxHashMap::default();
    for (at, row) in found.rows.iter().enumerate() {
        places.entry(fold(&row.unit)).or_default().push_back(at);
    }
    for row in &sealed.rows {
        let at = if is_single { Some(0) } else { places.get_mut(&fold(&row.unit)).and_then(|places| places.pop_front()) };
        match at.and_then(|at| left.get_mut(at)?.take()) {
            Some(other) => compare(&row.unit, &row.values, &other.values),
            None => lost.push(row),
        }
    }
    if !sealed.totals.is_empty() && !found.totals.is_empty() {
        compare(TOTAL, &sealed.totals, &found.totals);
    }
    let sum = |row: &FigureRow| row.values.iter().flatten().next().copied().or(Some(0));
    changed.extend(lost.into_iter().map(|row| ChangedCell { unit: row.unit.clone(), code: String::new(), sealed: sum(row), found: None }));
    let new = left.into_iter().flatten();
    changed.extend(new.map(|row| ChangedCell { unit: row.unit.clone(), code: String::new(), sealed: None, found: sum(row) }));
    for (code, was) in &sealed.whole {
        if let Some((_, is)) = found.whole.iter().find(|(other, _)| other == code)
            && was != is
        {
            changed.push(ChangedCell { unit: String::new(), code: code.clone(), sealed: Some(*was), found: Some(*is) });
        }
    }
    changed
}

/// One cell of the hidden sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SealCell {
    /// Nothing.
    Blank,
    /// A text.
    Text(String),
    /// A number.
    Number(i64),
}

impl SealCell {
    fn text(&self) -> &str {
        if let SealCell::Text(text) = self { text } else { "" }
    }

    fn number(&self) -> Option<i64> {
        match self {
            SealCell::Number(number) => Some(*number),
            SealCell::Text(text) => text.trim().parse().ok(),
            SealCell::Blank => None,
        }
    }
}

/// What a line of the sheet is, in its first cell.
const LAYOUT_LINE: &str = "Phiên bản dấu";
const RULES_LINE: &str = "Phiên bản quy tắc";
const FORM_LINE: &str = "Biểu";
const SETTING_LINE: &str = "Thiết lập";
const INPUT_LINE: &str = "Tệp đầu vào (SHA-256, số byte)";
const COLUMNS_LINE: &str = "Cột";
const ROW_LINE: &str = "Dòng";
const WHOLE_LINE: &str = "Số chung";
const CHECK_LINE: &str = "Tổng kiểm";

fn setting_pairs(settings: &Settings, rows: &str) -> Vec<(String, String)> {
    let level: ReportLevel = settings.level;
    [
        ("Đơn vị báo cáo", settings.reporting_unit.trim().to_owned()),
        ("Cấp báo cáo", level.label().to_owned()),
        ("Số liệu tính đến ngày", show_date(settings.cut_off)),
        ("Công văn số", settings.letter_number.clone()),
        ("Ngày công văn", show_date(settings.letter_date)),
        ("Nguồn của n", settings.reported_source.label().to_owned()),
        ("Lập bảng theo", rows.to_owned()),
    ]
    .into_iter()
    .map(|(name, value)| (name.to_owned(), value))
    .collect()
}

impl Seal {
    /// The seal of Phụ lục 1.
    pub fn of_form_1(form: &Form1, settings: &Settings, inputs: &[SealedInput]) -> Seal {
        Seal::of(SealedForm::Form1, Figures::of_form_1(form), setting_pairs(settings, settings.form_1_rows.label()), inputs)
    }

    /// The seal of Phụ lục 2.
    pub fn of_form_2(form: &Form2, settings: &Settings, inputs: &[SealedInput]) -> Seal {
        Seal::of(SealedForm::Form2, Figures::of_form_2(form), setting_pairs(settings, settings.form_2_rows.label()), inputs)
    }

    fn of(form: SealedForm, figures: Figures, settings: Vec<(String, String)>, inputs: &[SealedInput]) -> Seal {
        Seal { form, rule_version: RULE_VERSION.to_owned(), settings, inputs: inputs.to_vec(), figures }
    }

    /// The value of a setting by its name, such as `Đơn vị báo cáo`.
    pub fn setting(&self, name: &str) -> Option<&str> {
        self.settings.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str())
    }

    /// The lines of the hidden sheet.
    pub fn to_cells(&self) -> Vec<Vec<SealCell>> {
        let text = |text: &str| if text.is_empty() { SealCell::Blank } else { SealCell::Text(cut(text).to_owned()) };
        let pair = |line: &str, value: &str| vec![text(line), text(value)];
        let mut lines = vec![
            vec![text(SEAL_NOTE)],
            pair(LAYOUT_LINE, LAYOUT),
            pair(RULES_LINE, &self.rule_version),
            pair(FORM_LINE, self.form.label()),
        ];
        lines.extend(self.settings.iter().map(|(name, value)| vec![text(SETTING_LINE), text(name), text(value)]));
        let input = |input: &SealedInput| vec![text(INPUT_LINE), text(&input.sha256), SealCell::Number(input.size as i64)];
        lines.extend(self.inputs.iter().map(input));
        let Figures { codes, rows, totals, whole } = &self.figures;
        lines.push([text(COLUMNS_LINE), SealCell::Blank].into_iter().chain(codes.iter().map(|code| text(code))).collect());
        let figures = |line: &str, unit: &str, values: &[Option<i64>]| -> Vec<SealCell> {
            let values = values.iter().map(|value| value.map_or(SealCell::Blank, SealCell::Number));
            [text(line), text(unit)].into_iter().chain(values).collect()
        };
        lines.extend(rows.iter().map(|row| figures(ROW_LINE, &row.unit, &row.values)));
        if !totals.is_empty() {
            lines.push(figures(TOTAL, "", totals));
        }
        lines.extend(whole.iter().map(|(code, value)| vec![text(WHOLE_LINE), text(code), SealCell::Number(*value)]));
        let check = check_sum(&lines);
        lines.push(pair(CHECK_LINE, &check));
        lines
    }

    /// Reads the lines of a hidden sheet, as [`Seal::to_cells`] wrote them; blank lines are passed over.
    ///
    /// # Errors
    /// [`SealError`] where it is no seal, or one that was changed.
    pub fn from_cells(lines: &[Vec<SealCell>]) -> Result<Seal, SealError> {
        let lines: Vec<&Vec<SealCell>> = lines.iter().filter(|line| line.iter().any(|cell| *cell != SealCell::Blank)).collect();
        let cell = |line: &[SealCell], at: usize| line.get(at).cloned().unwrap_or(SealCell::Blank);
        let find = |name: &'static str| {
            let line = lines.iter().find(|line| cell(line, 0).text() == name).ok_or(SealError::Broken(name))?;
            Ok::<&[SealCell], SealError>(line.as_slice())
        };
        if cell(find(LAYOUT_LINE)?, 1) != SealCell::Text(LAYOUT.to_owned()) && cell(find(LAYOUT_LINE)?, 1).number() != LAYOUT.parse().ok() {
            return Err(SealError::OtherLayout);
        }
        let check = cell(find(CHECK_LINE)?, 1);
        let content: Vec<Vec<SealCell>> =
            lines.iter().filter(|line| cell(line, 0).text() != CHECK_LINE).map(|line| (*line).clone()).collect();
        if check.text() != check_sum(&content) {
            return Err(SealError::Changed);
        }
        let form = match cell(find(FORM_LINE)?, 1).text() {
            "Phụ lục 1" => SealedForm::Form1,
            "Phụ lục 2" => SealedForm::Form2,
            _ => return Err(SealError::Broken(FORM_LINE)),
        };
        let of_kind = |name: &'static str| lines.iter().filter(move |line| cell(line, 0).text() == name);
        let codes: Vec<String> =
            find(COLUMNS_LINE)?.iter().skip(2).map(|code| code.text().to_owned()).filter(|code| !code.is_empty()).collect();
        let values = |line: &[SealCell]| (0..codes.len()).map(|at| cell(line, at + 2).number()).collect::<Vec<_>>();
        let rows = of_kind(ROW_LINE).map(|line| FigureRow { unit: cell(line, 1).text().to_owned(), values: values(line) }).collect();
        let totals = of_kind(TOTAL).next().map(|line| values(line)).unwrap_or_default();
        let whole = of_kind(WHOLE_LINE).filter_map(|line| Some((cell(line, 1).text().to_owned(), cell(line, 2).number()?))).collect();
        let settings = of_kind(SETTING_LINE).map(|line| (cell(line, 1).text().to_owned(), cell(line, 2).text().to_owned())).collect();
        let input = |line: &&Vec<SealCell>| SealedInput {
            sha256: cell(line, 1).text().to_owned(),
            size: cell(line, 2).number().unwrap_or_default() as u64,
        };
        Ok(Seal {
            form,
            rule_version: match cell(find(RULES_LINE)?, 1) {
                SealCell::Number(number) => number.to_string(),
                other => other.text().to_owned(),
            },
            settings,
            inputs: of_kind(INPUT_LINE).map(input).collect(),
            figures: Figures { codes, rows, totals, whole },
        })
    }
}

/// SHA-256 over what the lines say, blank ends of lines aside: a program may drop them.
fn check_sum(lines: &[Vec<SealCell>]) -> String {
    let mut hash = Sha256::new();
    for line in lines {
        let end = line.iter().rposition(|cell| *cell != SealCell::Blank).map_or(0, |last| last + 1);
        for cell in &line[..end] {
            match cell {
                SealCell::Blank => {}
                SealCell::Text(text) => hash.update(text.as_bytes()),
                SealCell::Number(number) => hash.update(number.to_string().as_bytes()),
            }
            hash.update([0x1f]);
        }
        hash.update([0x1e]);
    }
    hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}
