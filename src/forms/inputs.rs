//! What a person types into the forms.

pub use crate::figures::agreed::{RowInputs, TypedFigure};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A text of part II: what the officer wrote, and the draft it was written over.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct EditedText {
    /// The officer's text.
    pub text: String,
    /// The text drafted from the numbers when it was edited; where today's draft differs, a number has moved since.
    pub drafted: String,
}

/// Everything typed into the forms. Rows are keyed by the unit's name; the one row of `Một đơn vị` by `""`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct FormInputs {
    /// Per row.
    pub rows: BTreeMap<String, RowInputs>,
    /// Part II.1 to II.5 of Phụ lục 2; none where the draft stands.
    pub texts: [Option<EditedText>; 5],
    /// Words for `Khác` in Phụ lục 2.
    pub other_group: Option<String>,
    /// `Người lập bảng`.
    pub prepared_by: String,
    /// `Lãnh đạo đơn vị`.
    pub signed_by: String,
}

impl FormInputs {
    /// What was typed for a row; empty where nothing was.
    pub fn row(&self, unit: &str) -> RowInputs {
        self.rows.get(unit).cloned().unwrap_or_default()
    }
}
