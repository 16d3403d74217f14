//! What is remembered of files and mappings: enough to set them up again, nothing of what stands in them.

use crate::domain::source::SheetKind;
use crate::domain::{Date, Field};
use crate::normalize::legacy::TextEncoding;
use crate::workbook::mapping::SheetMapping;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What was chosen for one sheet of one file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SheetMemory {
    /// The kind, where a person chose it.
    pub kind: Option<SheetKind>,
    /// `Ngày trích xuất`, where a person typed it.
    pub extracted_on: Option<Date>,
    /// `Đợt trích xuất`, where a person chose it.
    pub snapshot: Option<u8>,
    /// First row of the header, where a person named it.
    pub header_row: Option<u32>,
}

/// A file the work was done with.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct FileMemory {
    /// Its name.
    pub name: String,
    /// Bytes.
    pub size: u64,
    /// SHA-256, lower-case hex.
    pub sha256: String,
    /// What was chosen, by the sheet's position.
    pub sheets: BTreeMap<u16, SheetMemory>,
}

/// A mapping of columns as a person changed it. Headers and samples are not in it; the fingerprint it is kept under stands for them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MappingMemory {
    /// Column, field, dose group.
    pub columns: Vec<(u16, Option<Field>, u8)>,
    /// Columns whose text is not Unicode; none where the memory is of before they were known, and then the machine's answer stands.
    #[serde(default)]
    pub texts: Option<Vec<(u16, TextEncoding)>>,
}

impl MappingMemory {
    /// Remembers a mapping.
    pub fn of(mapping: &SheetMapping) -> MappingMemory {
        let legacy = mapping.columns.iter().filter(|column| column.text != TextEncoding::Unicode);
        MappingMemory {
            columns: mapping.columns.iter().map(|column| (column.column, column.field, column.slot)).collect(),
            texts: Some(legacy.map(|column| (column.column, column.text)).collect()),
        }
    }

    /// Sets the columns of a freshly detected mapping with the same headers as they were chosen. Says whether anything changed.
    pub fn apply(&self, mapping: &mut SheetMapping) -> bool {
        let mut changed = false;
        for column in &mut mapping.columns {
            let Some((_, field, slot)) = self.columns.iter().find(|(at, ..)| *at == column.column) else { continue };
            if column.field != *field || column.slot != *slot {
                (column.field, column.slot, column.confidence) = (*field, *slot, 100);
                changed = true;
            }
            let Some(texts) = &self.texts else { continue };
            let text = texts.iter().find(|(at, _)| *at == column.column).map_or(TextEncoding::Unicode, |(_, text)| *text);
            changed |= column.text != text;
            column.text = text;
        }
        changed
    }
}

impl SheetMemory {
    /// Sets a freshly detected mapping as it was chosen. Says whether anything changed.
    pub fn apply(&self, mapping: &mut SheetMapping) -> bool {
        let before = (mapping.kind, mapping.extracted_on, mapping.snapshot);
        if let Some(kind) = self.kind {
            (mapping.kind, mapping.kind_confidence) = (kind, 100);
        }
        if self.extracted_on.is_some() {
            mapping.extracted_on = self.extracted_on;
        }
        if self.snapshot.is_some() {
            mapping.snapshot = self.snapshot;
        }
        before != (mapping.kind, mapping.extracted_on, mapping.snapshot)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workbook::mapping::MappedColumn;

    fn mapping(fields: &[Option<Field>]) -> SheetMapping {
        let column = |(at, field): (usize, &Option<Field>)| MappedColumn {
            column: at as u16,
            header: format!("Cột {at}"),
            field: *field,
            slot: 1,
            confidence: 60,
            text: TextEncoding::Unicode,
            samples: vec!["Nguyễn Văn Mẫu".to_owned()],
        };
        SheetMapping {
            kind: SheetKind::LocalList,
            kind_confidence: 70,
            header_first: 1,
            header_last: 1,
            columns: fields.iter().enumerate().map(column).collect(),
            title: vec!["Danh sách".to_owned()],
            unit: None,
            extracted_on: None,
            snapshot: None,
        }
    }

    #[test]
    fn a_changed_mapping_is_set_again_and_holds_no_cell() {
        let changed = mapping(&[Some(Field::FullName), Some(Field::GivenOn), None]);
        let memory = MappingMemory::of(&changed);
        let mut fresh = mapping(&[Some(Field::FullName), None, Some(Field::Note)]);
        assert!(memory.apply(&mut fresh));
        assert_eq!(
            fresh.columns.iter().map(|column| column.field).collect::<Vec<_>>(),
            [Some(Field::FullName), Some(Field::GivenOn), None]
        );
        assert!(!memory.apply(&mut fresh), "a second time changes nothing");
        assert!(!serde_json::to_string(&memory).unwrap().contains("Nguyễn"));
    }

    #[test]
    fn the_encoding_of_a_column_is_remembered_and_an_old_memory_leaves_it() {
        let mut changed = mapping(&[Some(Field::FullName), None]);
        changed.columns[0].text = TextEncoding::Vni;
        let memory = MappingMemory::of(&changed);
        let mut fresh = mapping(&[Some(Field::FullName), None]);
        fresh.columns[1].text = TextEncoding::Tcvn3;
        assert!(memory.apply(&mut fresh));
        assert_eq!(fresh.columns.iter().map(|column| column.text).collect::<Vec<_>>(), [TextEncoding::Vni, TextEncoding::Unicode]);
        let old: MappingMemory = serde_json::from_str(r#"{"columns":[[0,"FullName",1],[1,null,1]]}"#).unwrap();
        assert!(!old.apply(&mut fresh));
        assert_eq!(fresh.columns[0].text, TextEncoding::Vni);
    }

    #[test]
    fn a_chosen_kind_is_set_again() {
        let memory = SheetMemory { kind: Some(SheetKind::SystemExport), snapshot: Some(2), ..SheetMemory::default() };
        let mut fresh = mapping(&[]);
        assert!(memory.apply(&mut fresh));
        assert_eq!(fresh.snapshot, Some(2));
        assert_eq!((fresh.kind, fresh.kind_confidence), (SheetKind::SystemExport, 100));
        assert!(!SheetMemory::default().apply(&mut fresh));
    }
}
