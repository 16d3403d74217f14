//! The import file for the System: `Chưa nhập` doses, one row a person, in the layout of the platform's template `PL1_Danh sach doi
//! tuong tiem` (27 columns, two doses a row).

use super::working_list::WorkRow;
use crate::domain::{Date, Sex};
use crate::text::show_number;

/// Persons in one file: with its head it stays below the 65.536 rows an `.xls` holds.
pub const IMPORT_ROWS: u32 = 65_000;

/// One dose of a row.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ImportDose<'a> {
    /// Tên vắc xin.
    pub vaccine: &'a str,
    /// Whether the name is the System's own: from PL5 or from its rows.
    pub is_known_vaccine: bool,
    /// Ngày tiêm.
    pub given: Option<Date>,
    /// Lô vắc xin.
    pub lot: &'a str,
    /// Mã cơ sở tiêm; empty where no file says.
    pub facility: String,
}

/// One person with the doses that go into `Mũi 1` and `Mũi 2`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ImportRow<'a> {
    /// Họ và tên.
    pub name: &'a str,
    /// Ngày sinh as shown.
    pub birth: String,
    /// Whether it is known to the day.
    pub has_full_birth: bool,
    /// Giới tính.
    pub sex: Option<Sex>,
    /// Mã nhóm đối tượng.
    pub group: String,
    /// Đơn vị công tác.
    pub workplace: &'a str,
    /// Số điện thoại.
    pub phone: &'a str,
    /// Số CMT/CCCD.
    pub identity: &'a str,
    /// Số thẻ BHYT.
    pub insurance: &'a str,
    /// Tỉnh/thành phố, quận/huyện, xã/phường: name and code.
    pub places: [(&'a str, String); 3],
    /// Địa chỉ chi tiết.
    pub address: &'a str,
    /// Ghi chú of the list.
    pub note: &'a str,
    /// `Mũi 1` and `Mũi 2`.
    pub doses: [Option<ImportDose<'a>>; 2],
}

/// What the System asks for and a row does not have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[allow(missing_docs, reason = "`label` says each")]
pub enum Lack {
    Birth,
    Sex,
    Group,
    Phone,
    Province,
    District,
    Commune,
    Vaccine,
    Lot,
    Facility,
}

impl Lack {
    /// In the order of the columns.
    pub const ALL: [Lack; 10] = {
        use Lack::*;
        [Birth, Sex, Group, Phone, Province, District, Commune, Vaccine, Lot, Facility]
    };

    /// What is missing.
    pub fn label(self) -> &'static str {
        match self {
            Lack::Birth => "Ngày sinh đủ ngày, tháng, năm",
            Lack::Sex => "Giới tính",
            Lack::Group => "Mã nhóm đối tượng ưu tiên (PL2)",
            Lack::Phone => "Số điện thoại từ 10 số",
            Lack::Province => "Mã tỉnh/thành phố (PL3)",
            Lack::District => "Mã quận/huyện (PL3)",
            Lack::Commune => "Mã xã/phường (PL3)",
            Lack::Vaccine => "Tên vắc xin theo Hệ thống (PL5)",
            Lack::Lot => "Số lô vắc xin",
            Lack::Facility => "Mã cơ sở tiêm (PL4)",
        }
    }

    /// What it is counted by.
    fn unit(self) -> &'static str {
        if matches!(self, Lack::Vaccine | Lack::Lot | Lack::Facility) { "mũi" } else { "người" }
    }
}

impl ImportRow<'_> {
    /// What the person lacks.
    pub fn person_lacks(&self) -> impl Iterator<Item = Lack> + '_ {
        let digits = self.phone.bytes().filter(u8::is_ascii_digit).count();
        let has_code = |level: usize| !self.places[level].1.is_empty();
        let has = [self.has_full_birth, self.sex.is_some(), !self.group.is_empty(), digits >= 10, has_code(0), has_code(1), has_code(2)];
        Lack::ALL.into_iter().zip(has).filter(|(_, has)| !has).map(|(lack, _)| lack)
    }
}

impl ImportDose<'_> {
    /// What the dose lacks.
    pub fn lacks(&self) -> impl Iterator<Item = Lack> + '_ {
        let has = [self.is_known_vaccine, !self.lot.is_empty(), !self.facility.is_empty()];
        Lack::ALL.into_iter().skip(7).zip(has).filter(|(_, has)| !has).map(|(lack, _)| lack)
    }
}

/// What one import file holds and lacks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ImportCounts {
    /// Persons, one a row.
    pub persons: u32,
    /// Doses in `Mũi 1` and `Mũi 2`.
    pub doses: u32,
    /// Doses that neither column takes.
    pub beyond: u32,
    /// Persons or doses that lack something, in the order of [`Lack::ALL`].
    pub lacks: [u32; Lack::ALL.len()],
}

impl ImportCounts {
    /// Counts a row.
    pub fn add(&mut self, row: &ImportRow<'_>) {
        self.persons += 1;
        let doses = row.doses.iter().flatten();
        self.doses += doses.clone().count() as u32;
        for lack in row.person_lacks().chain(doses.flat_map(ImportDose::lacks)) {
            self.lacks[lack as usize] += 1;
        }
    }

    /// In the officer's words, a sentence a line.
    pub fn words(&self) -> Vec<String> {
        let number = |value: u32| show_number(i64::from(value));
        let mut words = vec![format!("{} người, {} mũi trong mẫu nhập.", number(self.persons), number(self.doses))];
        if self.beyond > 0 {
            words.push(format!(
                "{} mũi không vào được hai cột Mũi 1, Mũi 2 của mẫu: liệt kê ở trang “{BEYOND_SHEET}”.",
                number(self.beyond)
            ));
        }
        let lacks = Lack::ALL.into_iter().zip(self.lacks).filter(|(_, count)| *count > 0);
        let lacks: Vec<String> = lacks.map(|(lack, count)| format!("{}: {} {}", lack.label(), number(count), lack.unit())).collect();
        words.push(if lacks.is_empty() {
            "Mọi ô bắt buộc đều có.".to_owned()
        } else {
            format!("Ô bắt buộc còn thiếu (nền vàng trong tệp): {}.", lacks.join("; "))
        });
        words
    }
}

/// A dose that the template's two columns do not take.
#[derive(Clone, Debug, PartialEq)]
pub struct BeyondRow<'a> {
    /// The dose.
    pub work: WorkRow<'a>,
    /// Why.
    pub why: &'static str,
}

/// Name of the sheet they are listed on.
pub const BEYOND_SHEET: &str = "Mũi ngoài mẫu";
