//! The working list: every dose by bucket, to work from (personal data, not for e-mail).

use crate::domain::{Confidence, Decision, FormColumn, MissingGroup, Status};

/// Where a dose stands, for the columns `Tệp`, `Trang tính`, `Dòng`, `Mũi thứ`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place<'a> {
    /// Name of the file.
    pub file: &'a str,
    /// Name of the sheet.
    pub sheet: &'a str,
    /// Row as Excel numbers it.
    pub row: u32,
    /// Dose group from the left, from 1.
    pub slot: u8,
}

/// One dose of the working list; texts as the lists write them, dates as `jiff` dates where they could be read.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct WorkRow<'a> {
    /// Local place; none on the System-side sheets.
    pub local: Option<Place<'a>>,
    /// System place, where there is one.
    pub system: Option<Place<'a>>,
    /// Họ và tên.
    pub name: &'a str,
    /// Ngày sinh, `dd/mm/yyyy`, `mm/yyyy`, `yyyy` or as written.
    pub birth: String,
    /// `Nam`, `Nữ` or empty.
    pub sex: &'a str,
    /// Số CCCD/CMND/hộ chiếu.
    pub identity: &'a str,
    /// Số điện thoại.
    pub phone: &'a str,
    /// Số thẻ BHYT.
    pub insurance: &'a str,
    /// Tỉnh/thành phố.
    pub province: &'a str,
    /// Quận/huyện.
    pub district: &'a str,
    /// Xã/phường.
    pub commune: &'a str,
    /// Địa chỉ chi tiết.
    pub address: &'a str,
    /// Nhóm đối tượng.
    pub target_group: &'a str,
    /// Đơn vị công tác.
    pub workplace: &'a str,
    /// Ghi chú.
    pub note: &'a str,
    /// Mũi tiêm as written.
    pub label: &'a str,
    /// Vắc xin as written.
    pub vaccine: &'a str,
    /// Ngày tiêm where it could be read.
    pub given: Option<jiff::civil::Date>,
    /// Ngày tiêm as written, where it could not.
    pub given_text: &'a str,
    /// Số lô.
    pub lot: &'a str,
    /// Cơ sở tiêm.
    pub facility: &'a str,
    /// Ngày nhập (System side).
    pub entered: Option<jiff::civil::Date>,
    /// Đơn vị.
    pub unit: &'a str,
    /// Cột biểu.
    pub column: Option<FormColumn>,
    /// Nhóm (`Chưa nhập` only).
    pub group: Option<MissingGroup>,
    /// Trạng thái (`Chưa nhập` only).
    pub status: Option<Status>,
    /// Lý do.
    pub reason: String,
    /// Độ tin cậy.
    pub confidence: Option<Confidence>,
    /// Trọng số (bit).
    pub match_weight: Option<f64>,
    /// Sai khác: `Ngày tiêm: ‹Hệ thống› → ‹địa phương›; …`.
    pub differences: String,
    /// Quyết định so far.
    pub decision: Option<Decision>,
}
