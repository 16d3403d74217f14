//! Phụ lục 2: the report on how the doses' data are managed on the System (công văn 1234/BYT-DP, pages 6–7).

use crate::domain::group::ByGroup;
use crate::domain::Settings;
use crate::forms::inputs::FormInputs;
use crate::reconcile::Report;
use serde::{Deserialize, Serialize};

/// One row of part I.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Form2Row {
    /// Key of what was typed into the row.
    pub key: String,
    /// TT.
    pub number: u32,
    /// Tên đơn vị.
    pub unit: String,
    /// Tổng số mũi tiêm đã thực hiện (*): n.
    pub given: Option<u64>,
    /// Tổng số mũi tiêm đã nhập lên Hệ thống: o.
    pub on_system: Option<u64>,
    /// The seven groups: `Chưa nhập` + `Chỉ có số liệu`.
    pub missing: ByGroup<u64>,
    /// Column (***).
    pub reason: String,
    /// Ghi chú.
    pub note: String,
    /// given − entered − Σ groups, and the terms of the bridge that explain it (name, value with its sign; they add up to it).
    pub remainder: i64,
    /// The terms.
    pub remainder_terms: Vec<(String, i64)>,
    /// Part III.1: verified and entered, by group.
    pub verified_entered: ByGroup<u64>,
}

/// Phụ lục 2, every cell.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Form2 {
    /// `31/01/2023`.
    pub cut_off: String,
    /// `1234/BYT-DP`.
    pub letter_number: String,
    /// `10/3/2023`.
    pub letter_date: String,
    /// Rows of part I and of part III.1.
    pub rows: Vec<Form2Row>,
    /// Words for `Khác`.
    pub other_group: String,
    /// II.1 to II.5 as they stand: the officer's text, else the draft.
    pub texts: [String; 5],
    /// II.1 to II.5 as drafted from today's numbers.
    pub drafted_texts: [String; 5],
    /// Whether a number has moved since the text was edited.
    pub stale_texts: [bool; 5],
    /// III.2: verified, cannot be entered.
    pub cannot_enter: u64,
    /// III.3: not yet verified.
    pub not_verified: u64,
    /// III.4: duplicates.
    pub duplicates: u64,
    /// III.5: to be adjusted.
    pub to_adjust: u64,
    /// `Người lập bảng`.
    pub prepared_by: String,
    /// `Lãnh đạo đơn vị`.
    pub signed_by: String,
    /// Whether doubtful pairs are still open.
    pub is_provisional: bool,
    /// Warnings to show beside the form.
    pub remarks: Vec<String>,
    /// Second sheet: distinct persons, in words and number.
    pub persons: Vec<(String, u64)>,
    /// Second sheet: column (*) taken apart: vaccine, target group, doses per column c…m.
    pub breakdown: Vec<(String, String, [u64; 11])>,
}

/// Fills Phụ lục 2.
pub fn fill(_report: Option<&Report>, _settings: &Settings, _inputs: &FormInputs) -> Form2 {
    Form2::default()
}
