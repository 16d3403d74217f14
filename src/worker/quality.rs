//! What the page asks about `Làm sạch` and `Giám sát`, and what the engine answers.

use crate::domain::{Date, FileId, Side};
use crate::quality::board::Board;
pub use crate::quality::board::LateRow;
use crate::quality::choices::{Corrections, RecordKey, Typed, TypedField};
use crate::quality::history::Change;
use crate::quality::{Facet, Severity};
use crate::reconcile::alias::Aliases;
use serde::{Deserialize, Serialize};

/// What is asked.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum QualityAsk {
    /// Makes these corrections on everything loaded, in place of those made before; units are named by the alias table.
    Correct(Box<Corrections>, Aliases),
    /// Checks everything, as of a day.
    Check {
        /// The day.
        today: Date,
    },
    /// A stretch of the findings a filter leaves.
    Findings {
        /// The filter.
        filter: FindingFilter,
        /// The order.
        sort: FindingSort,
        /// First finding wanted, from 0.
        offset: u32,
        /// How many.
        len: u32,
        /// Whether the counts are wanted too.
        has_facets: bool,
    },
    /// The board of `Giám sát`.
    Board {
        /// The day it is counted on.
        today: Date,
        /// The first new day.
        since: Date,
    },
    /// A stretch of the late doses of the last board.
    Late {
        /// Of this unit only.
        unit: Option<String>,
        /// First wanted, from 0.
        offset: u32,
        /// How many.
        len: u32,
    },
    /// What a `Bảng sửa` or a police list that was dropped says.
    Returned(FileId),
    /// Everything about one record.
    Detail {
        /// The record.
        record: u32,
        /// The rule it is looked at for, by its number in the catalogue.
        rule: u8,
    },
}

/// Findings must meet every part that is set.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FindingFilter {
    /// The rule, by its number in the catalogue.
    pub rule: Option<u8>,
    /// The severity.
    pub severity: Option<Severity>,
    /// The part of the record.
    pub facet: Option<Facet>,
    /// The unit, by name.
    pub unit: Option<String>,
    /// The file.
    pub source: Option<FileId>,
}

/// How findings are put in order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum FindingSort {
    /// By rule, then by place.
    #[default]
    Rule,
    /// By file, sheet and row.
    Place,
    /// By unit, then by rule.
    Unit,
}

impl FindingSort {
    /// In the order of the select.
    pub const ALL: [FindingSort; 3] = [FindingSort::Rule, FindingSort::Place, FindingSort::Unit];

    /// The officer's words.
    pub fn label(self) -> &'static str {
        match self {
            FindingSort::Rule => "Theo quy tắc",
            FindingSort::Place => "Theo tệp, dòng",
            FindingSort::Unit => "Theo đơn vị",
        }
    }
}

/// One finding, as the page shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FindingRow {
    /// The record.
    pub record: u32,
    /// The rule, by its number in the catalogue.
    pub rule: u8,
    /// The side.
    pub side: Side,
    /// File, sheet, Excel row, dose group.
    pub place: (String, String, u32, u8),
    /// Họ và tên.
    pub name: String,
    /// What stands where the rule looks, as written.
    pub written: String,
    /// As it was read, or corrected.
    pub read: String,
    /// Mũi, vắc xin, ngày tiêm.
    pub dose: String,
    /// Đơn vị.
    pub unit: String,
}

/// Counts of findings: each kind under every other part of the filter.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Facets {
    /// By rule, in the catalogue's order.
    pub rules: Vec<u32>,
    /// By severity.
    pub severities: [u32; 3],
    /// By part of the record.
    pub facets: Vec<u32>,
    /// Units with findings, most first.
    pub units: Vec<(String, u32)>,
    /// Files with findings.
    pub sources: Vec<(FileId, String, Side, u32)>,
    /// All that the whole filter leaves.
    pub total: u32,
}

/// What a check looked at.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Checked {
    /// Doses.
    pub records: u32,
    /// Rows of persons.
    pub persons: u32,
    /// Findings of all rules that are on.
    pub findings: u32,
    /// Per file and sheet, the columns some rule needs and the sheet has not.
    pub absent: Vec<(String, String, Vec<String>)>,
}

/// Corrections that came back in a workbook of ours.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReturnedRead {
    /// Values found.
    pub values: u32,
    /// Those that can be taken.
    pub typed: Vec<((RecordKey, TypedField), Typed)>,
    /// How many of them are about rows that are not loaded.
    pub not_loaded: u32,
    /// What cannot be taken: sheet, row, why.
    pub problems: Vec<(String, u32, String)>,
    /// How many cannot be taken.
    pub problem_count: u32,
}

/// A workbook of `Làm sạch` or `Giám sát`.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum QualityExport {
    /// `Tải bảng sửa`.
    Corrections {
        /// `Đơn vị báo cáo`.
        unit: String,
    },
    /// `Tải danh sách rà soát`.
    Police {
        /// `Đơn vị báo cáo`.
        unit: String,
        /// Which part, from 1.
        part: u32,
    },
    /// The import file of those without a number or with one of wrong form.
    Import {
        /// Which part, from 1.
        part: u32,
    },
    /// `Tải báo cáo giám sát`.
    Monitoring {
        /// `Đơn vị báo cáo`.
        unit: String,
    },
    /// The report on one facility.
    Facility(String),
    /// A report on each facility, all in one archive.
    EachFacility {
        /// The day of the download, which the names hold.
        day: Date,
    },
}

/// Something that can be done about a finding.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offer {
    /// On the button, or the name of the select.
    pub label: String,
    /// How the history calls it.
    pub what: String,
    /// What can be chosen, with what it changes; one choice is a button.
    pub choices: Vec<(String, Vec<Change>)>,
}

/// One record, whole.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FindingDetail {
    /// The finding.
    pub row: FindingRow,
    /// Every rule the record breaks.
    pub rules: Vec<u8>,
    /// Header, text as written.
    pub cells: Vec<(String, String)>,
    /// What can be done.
    pub offers: Vec<Offer>,
    /// Fields that can be typed anew: key, field, what is read now.
    pub typed: Vec<(RecordKey, TypedField, String)>,
}

/// What is answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum QualityAnswer {
    /// Corrections were made: values changed in all.
    Corrected(u32),
    /// Everything was checked.
    Checked(Checked),
    /// A stretch of findings.
    Findings {
        /// Position of the first.
        offset: u32,
        /// The findings.
        rows: Vec<FindingRow>,
        /// Counts, where they were wanted.
        facets: Option<Box<Facets>>,
        /// How many the filter leaves.
        total: u32,
    },
    /// The board.
    Board(Box<Board>),
    /// Late doses, and how many there are in all.
    Late(Vec<LateRow>, u32),
    /// What came back.
    Returned(ReturnedRead),
    /// One record; none where it is gone.
    Detail(Option<Box<FindingDetail>>),
}
