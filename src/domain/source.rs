//! Where a record stands: file, sheet, row, slot.

use serde::{Deserialize, Serialize};

/// Number of a dropped file, given by the page in the order of the drop.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct FileId(pub u32);

/// The place of one ledger item: enough to find the dose again in the officer's own file.
///
/// The order (file, sheet, row, slot) is the order "first by file, sheet, row" of the rule for duplicates.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct SourceRef {
    /// The file.
    pub file: FileId,
    /// Sheet position in the workbook, from 0.
    pub sheet: u16,
    /// Row as Excel numbers it, from 1.
    pub row: u32,
    /// Position of the dose group in its row from the left, from 1; 1 where a row is one dose.
    pub slot: u8,
}

/// The two sides that are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Side {
    /// Lists kept by the facilities of the reporting unit.
    Local,
    /// Exports of the national System.
    System,
}

impl Side {
    /// Both sides, local first.
    pub const ALL: [Side; 2] = [Side::Local, Side::System];

    /// 0 for local, 1 for the System.
    pub fn index(self) -> usize {
        self as usize
    }

    /// Column heading of the result table.
    pub fn label(self) -> &'static str {
        match self {
            Side::Local => "Địa phương",
            Side::System => "Hệ thống",
        }
    }
}

/// What a sheet holds (`Loại dữ liệu`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum SheetKind {
    /// Line list of doses given.
    LocalList,
    /// Line list exported from the national System.
    SystemExport,
    /// Counts by unit and day.
    DailyReport,
    /// Counts by unit, cumulative to a date.
    WrittenReport,
    /// Phụ lục 1 filled by a unit below.
    UnitForm1,
    /// Phụ lục 2 filled by a unit below.
    UnitForm2,
    /// Our own working list, with decisions filled in.
    WorkingList,
    /// Our list for the police, with corrections.
    PoliceList,
    /// Our own saved corrections (`Bảng sửa`).
    Corrections,
    /// Left out.
    Unused,
}

impl SheetKind {
    /// Every kind, in the order of the select.
    pub const ALL: [SheetKind; 10] = [
        SheetKind::LocalList,
        SheetKind::SystemExport,
        SheetKind::DailyReport,
        SheetKind::WrittenReport,
        SheetKind::UnitForm1,
        SheetKind::UnitForm2,
        SheetKind::WorkingList,
        SheetKind::PoliceList,
        SheetKind::Corrections,
        SheetKind::Unused,
    ];

    /// The fixed Vietnamese label.
    pub fn label(self) -> &'static str {
        match self {
            SheetKind::LocalList => "Danh sách tiêm của địa phương",
            SheetKind::SystemExport => "Dữ liệu Hệ thống",
            SheetKind::DailyReport => "Báo cáo nhanh hàng ngày",
            SheetKind::WrittenReport => "Báo cáo bằng văn bản",
            SheetKind::UnitForm1 => "Phụ lục 1 của đơn vị",
            SheetKind::UnitForm2 => "Phụ lục 2 của đơn vị",
            SheetKind::WorkingList => "Danh sách làm việc có quyết định",
            SheetKind::PoliceList => "Danh sách Công an trả lại",
            SheetKind::Corrections => "Bảng sửa",
            SheetKind::Unused => "Không dùng",
        }
    }

    /// The kind with this label.
    pub fn from_label(label: &str) -> Option<SheetKind> {
        SheetKind::ALL.into_iter().find(|kind| kind.label() == label)
    }

    /// The side whose doses the sheet lists, if it lists doses.
    pub fn side(self) -> Option<Side> {
        match self {
            SheetKind::LocalList => Some(Side::Local),
            SheetKind::SystemExport => Some(Side::System),
            _ => None,
        }
    }

    /// Whether the sheet holds counts of doses, not persons.
    pub fn is_of_counts(self) -> bool {
        matches!(self, SheetKind::DailyReport | SheetKind::WrittenReport | SheetKind::UnitForm1 | SheetKind::UnitForm2)
    }
}
