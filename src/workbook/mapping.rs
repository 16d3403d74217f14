//! What a sheet holds and which column means what: proposed by the machine, changed by the officer.

use crate::domain::source::SheetKind;
use crate::domain::{Date, Field};
use crate::normalize::legacy::TextEncoding;
use serde::{Deserialize, Serialize};

/// How one column is read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MappedColumn {
    /// 0 for A.
    pub column: u16,
    /// Its header, the rows of a multi-row header joined by ` / `.
    pub header: String,
    /// The field; none where the column is not used.
    pub field: Option<Field>,
    /// Dose group from the left, from 1, for a field that repeats in a list of one row a person; 1 elsewhere.
    pub slot: u8,
    /// How sure the machine is, 0 to 100; 100 once a person chose.
    pub confidence: u8,
    /// How its text is encoded.
    #[serde(default)]
    pub text: TextEncoding,
    /// Up to three values found below the header, as written (legacy text not decoded).
    pub samples: Vec<String>,
}

/// How one sheet is read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SheetMapping {
    /// What the sheet holds.
    pub kind: SheetKind,
    /// How sure the machine is of the kind, 0 to 100; 100 once a person chose.
    pub kind_confidence: u8,
    /// First row of the header, as Excel numbers it; 0 where there is none.
    pub header_first: u32,
    /// Last row of the header (a row of `(1) (2) (3)` under it included).
    pub header_last: u32,
    /// Every column with a header or a value, from the left.
    pub columns: Vec<MappedColumn>,
    /// Lines of the title block above the header.
    pub title: Vec<String>,
    /// The unit that title, sheet name or file name says, for doses without `Cơ sở tiêm`.
    pub unit: Option<String>,
    /// `Ngày trích xuất`, where the title or file name says one.
    pub extracted_on: Option<Date>,
    /// `Đợt trích xuất`, from 1, where a person chose it.
    #[serde(default)]
    pub snapshot: Option<u8>,
}

impl SheetMapping {
    /// A mapping of no column.
    pub fn blank() -> SheetMapping {
        SheetMapping {
            kind: SheetKind::Unused,
            kind_confidence: 0,
            header_first: 0,
            header_last: 0,
            columns: Vec::new(),
            title: Vec::new(),
            unit: None,
            extracted_on: None,
            snapshot: None,
        }
    }

    /// Number of dose groups in a row: 0 where no dose field is mapped, 1 for one row a dose, more for one row a person.
    pub fn slots(&self) -> u8 {
        self.columns.iter().filter(|column| column.field.is_some_and(Field::is_of_dose)).map(|column| column.slot).max().unwrap_or(0)
    }

    /// Whether the sheet can be read as a list of doses: a name and a day of dose are mapped.
    pub fn is_usable(&self) -> bool {
        let has = |field| self.columns.iter().any(|column| column.field == Some(field));
        (has(Field::FullName) || has(Field::GivenName)) && self.has_day()
    }

    /// Whether a day of dose is mapped: in one column, or in three.
    pub fn has_day(&self) -> bool {
        let has = |field| self.columns.iter().any(|column| column.field == Some(field));
        has(Field::GivenOn) || has(Field::GivenDay) && has(Field::GivenMonth) && has(Field::GivenYear)
    }

    /// A fingerprint of the headers, under which a changed mapping is remembered.
    pub fn fingerprint(&self) -> String {
        use sha2::{Digest as _, Sha256};
        let mut hash = Sha256::new();
        for column in &self.columns {
            hash.update(crate::normalize::fold(&column.header).as_bytes());
            hash.update([0]);
        }
        hash.finalize().iter().take(12).map(|byte| format!("{byte:02x}")).collect()
    }
}

impl MappedColumn {
    /// A sample as it reads, composed.
    pub fn read_sample(&self, sample: &str) -> String {
        crate::normalize::compose(&crate::normalize::legacy::read(sample, self.text))
    }

    /// Whether its encoding is worth a look: some of its text is beyond ASCII, or it is a column of words taken for another one.
    pub fn may_be_legacy(&self) -> bool {
        let has_marks = self.samples.iter().any(|sample| !sample.is_ascii());
        has_marks || self.text != TextEncoding::Unicode && self.field.is_none_or(Field::is_of_words)
    }

    /// The dose group the column belongs to in a sheet of several doses a row; none for a column of the person.
    pub fn group(&self) -> Option<u8> {
        self.field.filter(|field| field.is_of_dose()).map(|_| self.slot)
    }
}

impl SheetMapping {
    /// Where a run of columns begins in a sheet of several doses a row: the dose group that starts at this column, `Some(None)` where
    /// columns of the person do; none where the column goes on.
    ///
    /// A column of no field between those of one group does not part them.
    pub fn run_at(&self, column: u16) -> Option<Option<u8>> {
        if self.slots() < 2 {
            return None;
        }
        let at = self.columns.iter().position(|own| own.column == column)?;
        let own = self.columns.get(at)?;
        // Columns of no field before the first of one are the person's.
        let before = self.columns.get(..at)?.iter().rev().find(|other| other.field.is_some()).map(MappedColumn::group);
        let before = before.or((at > 0).then_some(None));
        let own = if own.field.is_some() { own.group() } else { before.unwrap_or_default() };
        (before != Some(own)).then_some(own)
    }
}

/// Why a row was left out (`Dòng bỏ qua`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum SkipReason {
    /// Above the header.
    Title,
    /// The header, or the header again.
    Header,
    /// `(1) (2) (3)`, `a b c`.
    ColumnNumbers,
    /// `Tổng cộng` and the like.
    Total,
    /// A heading between rows, a note, a signature.
    Note,
    /// No mapped cell is filled.
    Blank,
}

impl SkipReason {
    /// In the order they are listed.
    pub const ALL: [SkipReason; 6] =
        [SkipReason::Title, SkipReason::Header, SkipReason::ColumnNumbers, SkipReason::Total, SkipReason::Note, SkipReason::Blank];

    /// The officer's word.
    pub fn label(self) -> &'static str {
        match self {
            SkipReason::Title => "phần tiêu đề",
            SkipReason::Header => "dòng tên cột",
            SkipReason::ColumnNumbers => "dòng đánh số cột",
            SkipReason::Total => "dòng tổng cộng",
            SkipReason::Note => "ghi chú, chữ ký",
            SkipReason::Blank => "dòng trống",
        }
    }
}

/// A row or dose that could not be read, or was read with a doubt.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowProblem {
    /// Row as Excel numbers it.
    pub row: u32,
    /// Dose group, from 1.
    pub slot: u8,
    /// What is wrong, in the officer's words, with the text as written.
    pub what: String,
}

/// What reading one sheet gave, for its card.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SheetReading {
    /// Position of the sheet in the workbook, from 0.
    pub sheet: u16,
    /// Its name.
    pub name: String,
    /// Whether the file hides it.
    pub is_hidden: bool,
    /// Rows with anything in them.
    pub rows: u32,
    /// Rows the file hides, by hand or by a filter; read like any other.
    pub hidden_rows: u32,
    /// Columns with formulas that have no saved value, and how many: those cells are read as blank.
    pub unsaved_formulas: Vec<(u16, u32)>,
    /// Persons (rows) read.
    pub persons: u32,
    /// Ledger items: doses, the unreadable ones included.
    pub items: u32,
    /// Items that are `Không đọc được`.
    pub unreadable: u32,
    /// Cells whose text was of before Unicode and has been decoded.
    pub decoded: u32,
    /// Rows left out, by reason: how many, and the numbers of the first twenty.
    pub skipped: Vec<(SkipReason, u32, Vec<u32>)>,
    /// Problems, the first two hundred.
    pub problems: Vec<RowProblem>,
    /// All problems counted.
    pub problem_count: u32,
    /// How it was read; none where the sheet has no header to read by.
    pub mapping: Option<SheetMapping>,
    /// A sample of its doses as marks, for sheets of the System: by it two snapshots of one place are known.
    pub sketch: Vec<u32>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mapping(fields: &[(Option<Field>, u8)]) -> SheetMapping {
        let column = |(at, (field, slot)): (u16, &(Option<Field>, u8))| MappedColumn {
            column: at,
            header: format!("Cột {at}"),
            field: *field,
            slot: *slot,
            confidence: 90,
            text: TextEncoding::Unicode,
            samples: Vec::new(),
        };
        SheetMapping {
            kind: SheetKind::LocalList,
            kind_confidence: 90,
            header_first: 1,
            header_last: 1,
            columns: (0..).zip(fields).map(column).collect(),
            title: Vec::new(),
            unit: None,
            extracted_on: None,
            snapshot: None,
        }
    }

    #[test]
    fn dose_groups_begin_where_another_did_not_go_on() {
        use Field::{FullName, GivenOn, Note, Vaccine};
        let wide = mapping(&[
            (None, 1),
            (Some(FullName), 1),
            (Some(Vaccine), 1),
            (None, 1),
            (Some(GivenOn), 1),
            (Some(GivenOn), 2),
            (Some(Note), 1),
        ]);
        let runs: Vec<Option<Option<u8>>> = (0..7).map(|column| wide.run_at(column)).collect();
        assert_eq!(runs, [Some(None), None, Some(Some(1)), None, None, Some(Some(2)), Some(None)]);
        let long = mapping(&[(Some(FullName), 1), (Some(GivenOn), 1)]);
        assert_eq!(long.run_at(1), None, "one dose a row has no groups");
    }

    #[test]
    fn a_sample_reads_as_its_column_does() {
        let mut column = mapping(&[(None, 1)]).columns.remove(0);
        column.samples = vec!["TrÇn ThÞ H\u{ad}êng".to_owned()];
        assert!(column.may_be_legacy());
        column.text = TextEncoding::Tcvn3;
        assert_eq!(column.read_sample(&column.samples[0]), "Trần Thị Hường");
    }
}
