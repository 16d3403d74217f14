//! One unit's figures as one sheet reports them: `Báo cáo nhanh hàng ngày`, `Báo cáo bằng văn bản`, `Phụ lục 1` and `Phụ lục 2` of
//! units below.

use crate::domain::column::ByColumn;
use crate::domain::group::ByGroup;
use crate::domain::source::SheetKind;
use crate::domain::{Date, FileId};
use serde::{Deserialize, Serialize};

/// What the counts of a unit were taken from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Basis {
    /// The cumulative figures of one row.
    Cumulative,
    /// The sum of the in-day figures from the first to the last day on or before the cut-off.
    InDay {
        /// First day with a figure.
        first: Date,
        /// Last day with a figure.
        last: Date,
        /// Days between them that no row reports, as stretches (first, last).
        gaps: Vec<(Date, Date)>,
    },
}

/// One unit's figures of one sheet, as they stand at the cut-off.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportedUnit {
    /// Which source it is: [`SheetKind::DailyReport`], [`SheetKind::WrittenReport`] or [`SheetKind::UnitForm1`].
    pub kind: SheetKind,
    /// The file.
    pub file: FileId,
    /// Sheet position in the workbook, from 0.
    pub sheet: u16,
    /// First row the figures were taken from, as Excel numbers it.
    pub row: u32,
    /// The unit as written; empty where the sheet does not say.
    pub unit: String,
    /// c…m; none where the cell is blank.
    pub columns: ByColumn<Option<u64>>,
    /// n as written.
    pub given: Option<u64>,
    /// o as written (`Phụ lục 1`).
    pub on_system: Option<u64>,
    /// p as written (`Phụ lục 1`).
    pub difference: Option<i64>,
    /// q as written (`Phụ lục 1`).
    pub review_result: Option<String>,
    /// The day the figures are of; none where nothing says.
    pub as_of: Option<Date>,
    /// What they were taken from.
    pub basis: Basis,
    /// What is doubtful about them, in the officer's words, with row and cell (`Dòng 12: n ghi 1.200, tổng c…m là 1.100`).
    pub doubts: Vec<String>,
}

/// One unit's row of part I of a `Phụ lục 2`, with what parts II and III say of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportedForm2 {
    /// The file, by number.
    pub file: u32,
    /// Sheet position in the workbook, from 0.
    pub sheet: u16,
    /// The row, as Excel numbers it.
    pub row: u32,
    /// The unit as written.
    pub unit: String,
    /// `Tổng số mũi tiêm đã thực hiện`.
    pub given: Option<u64>,
    /// `Tổng số mũi tiêm đã nhập`.
    pub on_system: Option<u64>,
    /// The seven Nhóm.
    pub groups: ByGroup<Option<u64>>,
    /// Column (***): reasons, difficulties.
    pub reason: String,
    /// `Ghi chú`.
    pub note: String,
    /// III.1 by Nhóm, where the sheet has a row for the unit.
    pub verified: ByGroup<Option<u64>>,
    /// III.2 to III.5.
    pub summary: [Option<u64>; 4],
    /// II.1 to II.5 as written; only with the first row of a sheet.
    pub texts: [String; 5],
    /// The day the figures are of, the letter's number and date as the heading has them.
    pub as_of: Option<Date>,
    /// What is doubtful about them, in the officer's words.
    pub doubts: Vec<String>,
}

/// A sheet with figures, as a whole.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportedSheet {
    /// The file.
    pub file: FileId,
    /// Sheet position in the workbook, from 0.
    pub sheet: u16,
    /// Its name.
    pub name: String,
    /// What it was read as.
    pub kind: SheetKind,
    /// Rows of units read.
    pub units: u32,
    /// Places that are doubtful.
    pub doubts: u32,
    /// The day its title or heading says the figures go up to.
    pub as_of: Option<Date>,
    /// The letter its heading names, as written (`1234/BYT-DP`).
    pub letter_number: Option<String>,
    /// The province its title names, as the letter's Phụ lục 1 prints it.
    pub province: Option<String>,
    /// The unit its title, name or file name says.
    pub unit: Option<String>,
    /// Whether its own `Tổng cộng` is not the sum of its rows.
    pub has_failing_total: bool,
    /// In a form made by Rà Soát: what was changed by hand since.
    pub changed: Vec<ChangedFigure>,
}

/// A figure of a form made by Rà Soát that is not what it was downloaded with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChangedFigure {
    /// The row's unit; empty where it is about no single row.
    pub unit: String,
    /// The officer's words.
    pub words: String,
}

/// What all sheets with figures report at a cut-off.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportedFigures {
    /// Figures by column.
    pub units: Vec<ReportedUnit>,
    /// Rows of `Phụ lục 2` of units below.
    pub forms_2: Vec<ReportedForm2>,
    /// The sheets that were read.
    pub sheets: Vec<ReportedSheet>,
    /// What is wrong with whole sheets (another letter, another cut-off, another province, changed by hand), in the officer's words,
    /// each with file and sheet.
    pub remarks: Vec<(FileId, u16, String)>,
}
