//! The fields a column of a list can be mapped to.

use serde::{Deserialize, Serialize};

/// A field of person or dose.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[allow(missing_docs, reason = "`label` says each in the officer's words")]
pub enum Field {
    RowNumber,
    FullName,
    FamilyName,
    GivenName,
    BirthDate,
    BirthDay,
    BirthMonth,
    BirthYear,
    /// Birth year (or date) of men, in a column of its own; gives the sex too.
    BirthMale,
    /// Birth year (or date) of women, in a column of its own; gives the sex too.
    BirthFemale,
    Sex,
    Identity,
    Phone,
    Insurance,
    Province,
    ProvinceCode,
    District,
    DistrictCode,
    Commune,
    CommuneCode,
    Hamlet,
    Address,
    TargetGroup,
    Workplace,
    Ethnicity,
    Nationality,
    Note,
    DoseLabel,
    Vaccine,
    GivenOn,
    /// Day of the month of the dose, in a column of its own.
    GivenDay,
    /// Month of the dose, in a column of its own.
    GivenMonth,
    /// Year of the dose, in a column of its own.
    GivenYear,
    Lot,
    Facility,
    EnteredOn,
    Verification,
    Signing,
    ImportResult,
}

impl Field {
    /// Every field, in the order of the mapping select.
    pub const ALL: [Field; 39] = {
        use Field::*;
        [
            RowNumber,
            FullName,
            FamilyName,
            GivenName,
            BirthDate,
            BirthDay,
            BirthMonth,
            BirthYear,
            BirthMale,
            BirthFemale,
            Sex,
            Identity,
            Phone,
            Insurance,
            Province,
            ProvinceCode,
            District,
            DistrictCode,
            Commune,
            CommuneCode,
            Hamlet,
            Address,
            TargetGroup,
            Workplace,
            Ethnicity,
            Nationality,
            Note,
            DoseLabel,
            Vaccine,
            GivenOn,
            GivenDay,
            GivenMonth,
            GivenYear,
            Lot,
            Facility,
            EnteredOn,
            Verification,
            Signing,
            ImportResult,
        ]
    };

    /// The officer's word for it.
    pub fn label(self) -> &'static str {
        use Field::*;
        match self {
            RowNumber => "Số thứ tự",
            FullName => "Họ và tên",
            FamilyName => "Họ và chữ đệm",
            GivenName => "Tên",
            BirthDate => "Ngày sinh",
            BirthDay => "Ngày (sinh)",
            BirthMonth => "Tháng (sinh)",
            BirthYear => "Năm sinh",
            BirthMale => "Năm sinh nam",
            BirthFemale => "Năm sinh nữ",
            Sex => "Giới tính",
            Identity => "Số CCCD/CMND/hộ chiếu",
            Phone => "Số điện thoại",
            Insurance => "Số thẻ BHYT",
            Province => "Tỉnh/thành phố",
            ProvinceCode => "Mã tỉnh",
            District => "Quận/huyện",
            DistrictCode => "Mã huyện",
            Commune => "Xã/phường",
            CommuneCode => "Mã xã",
            Hamlet => "Thôn/tổ",
            Address => "Địa chỉ chi tiết",
            TargetGroup => "Nhóm đối tượng",
            Workplace => "Đơn vị công tác",
            Ethnicity => "Dân tộc",
            Nationality => "Quốc tịch",
            Note => "Ghi chú",
            DoseLabel => "Mũi tiêm",
            Vaccine => "Vắc xin",
            GivenOn => "Ngày tiêm",
            GivenDay => "Ngày (tiêm)",
            GivenMonth => "Tháng (tiêm)",
            GivenYear => "Năm (tiêm)",
            Lot => "Số lô",
            Facility => "Cơ sở tiêm",
            EnteredOn => "Ngày nhập",
            Verification => "Trạng thái xác thực",
            Signing => "Trạng thái ký",
            ImportResult => "Kết quả import",
        }
    }

    /// Whether its values are words, not numbers and days.
    pub fn is_of_words(self) -> bool {
        use Field::*;
        matches!(
            self,
            FullName
                | FamilyName
                | GivenName
                | Sex
                | Province
                | District
                | Commune
                | Hamlet
                | Address
                | TargetGroup
                | Workplace
                | Ethnicity
                | Nationality
                | Note
                | DoseLabel
                | Vaccine
                | Facility
                | Verification
                | Signing
                | ImportResult
        )
    }

    /// Whether the field belongs to a dose, so that it repeats in a list of one row a person.
    pub fn is_of_dose(self) -> bool {
        use Field::*;
        matches!(self, DoseLabel | Vaccine | GivenOn | GivenDay | GivenMonth | GivenYear | Lot | Facility | EnteredOn | Signing)
    }
}
