//! What the officer sets for the whole report.

use jiff::civil::{Date, date};
use serde::{Deserialize, Serialize};

/// `Cấp báo cáo`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[allow(missing_docs, reason = "`label` says each")]
pub enum ReportLevel {
    Facility,
    Commune,
    #[default]
    District,
    Province,
}

impl ReportLevel {
    /// From the lowest up.
    pub const ALL: [ReportLevel; 4] = [ReportLevel::Facility, ReportLevel::Commune, ReportLevel::District, ReportLevel::Province];

    /// The officer's word.
    pub fn label(self) -> &'static str {
        match self {
            ReportLevel::Facility => "Cơ sở tiêm chủng",
            ReportLevel::Commune => "Xã, phường, thị trấn",
            ReportLevel::District => "Quận, huyện, thành phố",
            ReportLevel::Province => "Tỉnh, thành phố",
        }
    }
}

/// `Nguồn của n`: where the figure of doses given comes from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum ReportedSource {
    /// `Danh sách`: counted from the line lists.
    #[default]
    Lists,
    /// `Bộ Y tế công bố`: the unit's row of the letter's Phụ lục 1.
    Published,
    /// `Biểu của đơn vị`: Phụ lục 1 as the units below filled it.
    UnitForms,
    /// `Báo cáo bằng văn bản`.
    Written,
    /// `Báo cáo nhanh`.
    Daily,
}

impl ReportedSource {
    /// In the order of the select.
    pub const ALL: [ReportedSource; 5] = {
        use ReportedSource::*;
        [Published, UnitForms, Written, Daily, Lists]
    };

    /// The fixed label.
    pub fn label(self) -> &'static str {
        match self {
            ReportedSource::Published => "Bộ Y tế công bố",
            ReportedSource::UnitForms => "Biểu của đơn vị",
            ReportedSource::Written => "Báo cáo bằng văn bản",
            ReportedSource::Daily => "Báo cáo nhanh",
            ReportedSource::Lists => "Danh sách",
        }
    }
}

/// `Lập bảng theo`: which rows a form gets.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum FormRows {
    /// `Một đơn vị`.
    #[default]
    OneUnit,
    /// `Đơn vị cấp dưới`.
    UnitsBelow,
    /// `63 tỉnh, thành phố`.
    Provinces,
}

impl FormRows {
    /// In the order of the select.
    pub const ALL: [FormRows; 3] = [FormRows::OneUnit, FormRows::UnitsBelow, FormRows::Provinces];

    /// The fixed label.
    pub fn label(self) -> &'static str {
        match self {
            FormRows::OneUnit => "Một đơn vị",
            FormRows::UnitsBelow => "Đơn vị cấp dưới",
            FormRows::Provinces => "63 tỉnh, thành phố",
        }
    }
}

/// The settings of a report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settings {
    /// `Đơn vị báo cáo`.
    pub reporting_unit: String,
    /// `Số liệu tính đến ngày`, inclusive; reads the day of the dose.
    pub cut_off: Date,
    /// `Cấp báo cáo`.
    pub level: ReportLevel,
    /// `Nguồn của n`.
    pub reported_source: ReportedSource,
    /// `Lập bảng theo` of Phụ lục 1.
    pub form_1_rows: FormRows,
    /// `Lập bảng theo` of Phụ lục 2.
    pub form_2_rows: FormRows,
    /// The letter's number in the heading of both forms, `1234/BYT-DP`.
    pub letter_number: String,
    /// The letter's date in the heading.
    pub letter_date: Date,
}

/// 31/01/2023, the cut-off of công văn 1234/BYT-DP.
pub const DEFAULT_CUT_OFF: Date = date(2023, 1, 31);

impl Default for Settings {
    fn default() -> Settings {
        Settings {
            reporting_unit: String::new(),
            cut_off: DEFAULT_CUT_OFF,
            level: ReportLevel::default(),
            reported_source: ReportedSource::default(),
            form_1_rows: FormRows::default(),
            form_2_rows: FormRows::UnitsBelow,
            letter_number: "1234/BYT-DP".to_owned(),
            letter_date: date(2023, 3, 10),
        }
    }
}
