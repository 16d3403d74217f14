//! The draft: what a person set, typed and decided, kept between visits. It holds no name, number or birth date.
//!
//! Workbooks are not kept; the draft remembers each file's name, size and SHA-256 and asks for the same files again.

#[cfg(target_arch = "wasm32")]
pub mod store;

use crate::domain::source::SheetKind;
use crate::domain::{Date, Field, Settings};
use crate::forms::inputs::FormInputs;
use crate::reconcile::column_table::ColumnTable;
use crate::reconcile::decision::Decisions;
use crate::workbook::mapping::SheetMapping;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use thiserror::Error;

/// Version of the format this program writes.
pub const VERSION: u32 = 1;

/// A file that belongs to the work.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DraftFile {
    /// Its name.
    pub name: String,
    /// Bytes.
    pub size: u64,
    /// SHA-256, lower-case hex.
    pub sha256: String,
}

/// A mapping a person changed, for every sheet with the same header.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SavedMapping {
    /// The kind.
    pub kind: SheetKind,
    /// Field and dose group of each column, by column position.
    pub columns: Vec<(u16, Option<Field>, u8)>,
}

impl SavedMapping {
    /// What is worth remembering of a mapping.
    pub fn of(mapping: &SheetMapping) -> SavedMapping {
        SavedMapping { kind: mapping.kind, columns: mapping.columns.iter().map(|column| (column.column, column.field, column.slot)).collect() }
    }

    /// Puts a remembered mapping over a detected one.
    pub fn apply(&self, mapping: &mut SheetMapping) {
        mapping.kind = self.kind;
        mapping.kind_confidence = 100;
        for (position, field, slot) in &self.columns {
            if let Some(column) = mapping.columns.iter_mut().find(|column| column.column == *position) {
                column.field = *field;
                column.slot = *slot;
                column.confidence = 100;
            }
        }
    }
}

/// The draft.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    /// Version of the format.
    pub version: u32,
    /// The settings.
    pub settings: Settings,
    /// What was typed into the forms.
    pub inputs: FormInputs,
    /// The column table.
    pub columns: ColumnTable,
    /// The decisions.
    pub decisions: Decisions,
    /// Changed mappings, by header fingerprint.
    pub mappings: BTreeMap<String, SavedMapping>,
    /// Extraction dates set by a person, by the file's SHA-256.
    #[serde(default)]
    pub extracted_on: BTreeMap<String, Option<Date>>,
    /// The files of the work.
    pub files: Vec<DraftFile>,
}

/// Why a draft could not be read or kept.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum DraftError {
    /// It was written by a newer program, or is damaged; it is kept aside.
    #[error("the draft cannot be read: {0}")]
    Unreadable(String),
    /// The browser keeps nothing (private window, policy).
    #[error("storage is denied")]
    Denied,
    /// The browser's store is full, or what was read back differs from what was written.
    #[error("the draft was not kept: {0}")]
    NotKept(String),
}

impl Draft {
    /// The draft as JSON.
    ///
    /// # Errors
    /// [`DraftError::NotKept`] where it cannot be written; not seen so far.
    pub fn to_json(&self) -> Result<String, DraftError> {
        serde_json::to_string(self).map_err(|error| DraftError::NotKept(error.to_string()))
    }

    /// Reads a draft.
    ///
    /// # Errors
    /// [`DraftError::Unreadable`] for anything but a draft of this version.
    ///
    /// ```
    /// use ra_soat::draft::Draft;
    /// let draft = Draft::new();
    /// assert_eq!(Draft::from_json(&draft.to_json().unwrap()).unwrap(), draft);
    /// assert!(Draft::from_json("{}").is_err());
    /// ```
    pub fn from_json(json: &str) -> Result<Draft, DraftError> {
        let draft: Draft = serde_json::from_str(json).map_err(|error| DraftError::Unreadable(error.to_string()))?;
        if draft.version == VERSION { Ok(draft) } else { Err(DraftError::Unreadable(format!("version {}", draft.version))) }
    }

    /// An empty draft.
    pub fn new() -> Draft {
        Draft { version: VERSION, ..Draft::default() }
    }

    /// Whether it holds nothing a person did.
    pub fn is_empty(&self) -> bool {
        *self == Draft::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{MissingGroup, Status};
    use crate::forms::inputs::{EditedText, RowInputs};
    use crate::reconcile::decision::{DoseDecision, DoseKey};
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_draft_survives_a_round_trip(unit in ".*", key in any::<u64>(), reason in ".*", text in ".*", value in any::<u64>()) {
            let mut draft = Draft::new();
            draft.settings.reporting_unit = unit.clone();
            let decision = DoseDecision { group: Some(MissingGroup::Army), status: Some(Status::CannotEnter), reason };
            draft.decisions.doses.insert(DoseKey(key), decision);
            draft.inputs.texts[3] = Some(EditedText { text: text.clone(), drafted: String::new() });
            let on_system = Some(crate::forms::inputs::TypedFigure { value, reason: text });
            draft.inputs.rows.insert(unit, RowInputs { on_system, ..RowInputs::default() });
            prop_assert_eq!(Draft::from_json(&draft.to_json().unwrap()).unwrap(), draft);
        }

        #[test]
        fn anything_else_is_unreadable_and_does_not_panic(json in ".*") {
            prop_assert!(Draft::from_json(&json).is_err());
        }
    }
}
