//! Phụ lục 1: the table of doses given, entered and missing (công văn 1234/BYT-DP, pages 3–5).

use crate::domain::column::ByColumn;
use crate::domain::Settings;
use crate::forms::inputs::FormInputs;
use crate::reconcile::Report;
use serde::{Deserialize, Serialize};

/// Cell q: a number, a text, or blank.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum ReviewResult {
    /// Blank.
    #[default]
    Blank,
    /// A number of doses.
    Number(u64),
    /// A text the officer typed.
    Text(String),
}

/// One row of Phụ lục 1.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Form1Row {
    /// Key of what was typed into the row ([`FormInputs::rows`]).
    pub key: String,
    /// a: TT, a province's number in the letter where the row is a province.
    pub number: u32,
    /// b: the unit.
    pub unit: String,
    /// c…m; blank cells stay blank.
    pub columns: ByColumn<Option<u64>>,
    /// o: on the System.
    pub on_system: Option<u64>,
    /// Why o is not what was counted.
    pub on_system_reason: String,
    /// q: result of the review.
    pub review_result: ReviewResult,
}

impl Form1Row {
    /// n = c + … + m; none where every cell is blank.
    pub fn given(&self) -> Option<u64> {
        self.columns.iter().flatten().copied().reduce(|a, b| a + b)
    }

    /// p = n − o; none where o is blank.
    pub fn difference(&self) -> Option<i64> {
        Some(self.given().unwrap_or(0) as i64 - self.on_system? as i64)
    }
}

/// Phụ lục 1, every cell.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Form1 {
    /// `31/01/2023`.
    pub cut_off: String,
    /// `1234/BYT-DP`.
    pub letter_number: String,
    /// `10/3/2023`.
    pub letter_date: String,
    /// Heading of column b: `Tỉnh/TP`, or the level below.
    pub unit_heading: String,
    /// The rows; two or more get a `Tổng cộng`.
    pub rows: Vec<Form1Row>,
    /// Whether doubtful pairs are still open (`tạm tính`).
    pub is_provisional: bool,
    /// Contradictions and warnings to show beside the form, in the officer's words.
    pub remarks: Vec<String>,
    /// Where n comes from, in words.
    pub source_note: String,
}

/// Fills Phụ lục 1; without a report only the published rows can be made.
pub fn fill(_report: Option<&Report>, _settings: &Settings, _inputs: &FormInputs) -> Form1 {
    Form1::default()
}
