//! Headings as different offices write them: each list is one header over invented values.

use crate::builder::{C, S};
use crate::headers::{day, detect};
use ra_soat::domain::Field::{self, *};

/// Values that stand below a heading of the field.
pub(crate) fn values(field: Option<Field>, heading: &str, row: usize) -> C {
    let pick = |options: &[&str]| C::from(options[row % options.len()]);
    match field {
        Some(RowNumber) => C::from(row as i32 + 1),
        Some(FullName) => pick(&["Nguyễn Văn An", "Trần Thị Bình", "Lê Văn Cường", "Bế Thị Dung"]),
        Some(FamilyName) => pick(&["Nguyễn Văn", "Trần Thị", "Lê"]),
        Some(GivenName) => pick(&["An", "Bình", "Cường"]),
        Some(BirthDate) => pick(&["05/03/1985", "25/12/1990", "1970"]),
        Some(BirthDay | GivenDay) => C::from(row as i32 % 28 + 1),
        Some(BirthMonth | GivenMonth) => C::from(row as i32 % 12 + 1),
        Some(GivenYear) => C::from(2021 + row as i32 % 2),
        Some(BirthYear) => C::from(1960 + row as i32),
        Some(BirthMale) => {
            if row.is_multiple_of(2) {
                C::from(1985)
            } else {
                C::Blank
            }
        }
        Some(BirthFemale) => {
            if row.is_multiple_of(2) {
                C::Blank
            } else {
                C::from(1990)
            }
        }
        Some(Sex) => pick(&["Nam", "Nữ"]),
        Some(Identity) => pick(&["006085001234", "095123456", "006190004321"]),
        Some(Phone) => pick(&["0912345678", "0987654321"]),
        Some(Insurance) => pick(&["GD4060620123456", "DN4060620123457"]),
        Some(Province) => pick(&["Bắc Kạn"]),
        Some(District) => pick(&["Bạch Thông", "Chợ Mới"]),
        Some(Commune) => pick(&["Lục Bình", "Dương Quang"]),
        Some(ProvinceCode) => pick(&["06"]),
        Some(DistrictCode) => pick(&["063"]),
        Some(CommuneCode) => pick(&["01885"]),
        Some(Hamlet) => pick(&["Nà Pò", "Bản Bung"]),
        Some(Address) => pick(&["Thôn Nà Pò, xã Lục Bình", "Số 5, phường Sông Cầu"]),
        Some(TargetGroup) => pick(&["Y tế", "Người cao tuổi", "9"]),
        Some(Workplace) => pick(&["UBND xã", "Trường tiểu học"]),
        Some(Ethnicity) => pick(&["Tày", "Kinh"]),
        Some(Nationality) => pick(&["Việt Nam"]),
        Some(Note | ImportResult) => pick(&["", "đã chuyển đi"]),
        Some(DoseLabel) => pick(&["Mũi 1", "2", "Nhắc lại"]),
        Some(Vaccine) => pick(&["AstraZeneca", "Pfizer", "Vero Cell"]),
        Some(GivenOn) => {
            if row.is_multiple_of(2) {
                C::from(day(2021, 9, 5))
            } else {
                C::from("25/10/2021")
            }
        }
        Some(Lot) => pick(&["CTMAV587", "FK0112"]),
        Some(Facility) => pick(&["TYT xã Lục Bình", "Bệnh viện huyện"]),
        Some(EnteredOn) => C::from("26/10/2021 08:30"),
        Some(Verification) => pick(&["Đúng", "Sai thông tin"]),
        Some(Signing) => pick(&["Đã ký", "Chưa ký"]),
        None if heading.to_lowercase().starts_with("ngày") || heading.contains("Hạn") => C::from("20/11/2021"),
        None if heading.contains("Tuổi") => C::from(35),
        None if heading.to_lowercase().contains("ten") || heading.contains("tên") => pick(&["Hoàng Văn Mạnh", "Vi Thị Nga"]),
        None => pick(&["x", "abc"]),
    }
}

fn check(list: &[(&str, Option<Field>)], above: usize) -> usize {
    let mut rows: Vec<Vec<C>> = vec![vec![C::from("DANH SÁCH TIÊM")]; above];
    rows.push(list.iter().map(|(heading, _)| C::from(*heading)).collect());
    rows.extend((0..12).map(|row| list.iter().map(|(heading, field)| values(*field, heading, row)).collect()));
    let mapping = detect(S::new("Sheet1", rows), "a.xlsx");
    assert_eq!(mapping.header_first as usize, above + 1, "{list:?}");
    let mut wrong = 0;
    for (column, (heading, field)) in (0u16..).zip(list) {
        let mapped = mapping.columns.iter().find(|mapped| mapped.column == column);
        let found = mapped.and_then(|mapped| mapped.field);
        if found != *field {
            wrong += 1;
            eprintln!("{heading:?}: {found:?} for {field:?} ({mapped:?})");
        }
    }
    wrong
}

const LISTS: &[&[(&str, Option<Field>)]] = &[
    &[
        ("STT", Some(RowNumber)),
        ("Họ và tên", Some(FullName)),
        ("Ngày sinh", Some(BirthDate)),
        ("Giới tính", Some(Sex)),
        ("CCCD", Some(Identity)),
        ("SĐT", Some(Phone)),
        ("Địa chỉ", Some(Address)),
        ("Mũi", Some(DoseLabel)),
        ("Vắc xin", Some(Vaccine)),
        ("Ngày tiêm", Some(GivenOn)),
        ("Số lô", Some(Lot)),
        ("Cơ sở tiêm", Some(Facility)),
        ("Ghi chú", Some(Note)),
    ],
    &[
        ("TT", Some(RowNumber)),
        ("HO VA TEN", Some(FullName)),
        ("NGAY THANG NAM SINH", Some(BirthDate)),
        ("GIOI TINH", Some(Sex)),
        ("SO CMND/CCCD", Some(Identity)),
        ("SO DIEN THOAI", Some(Phone)),
        ("SO THE BHYT", Some(Insurance)),
        ("THON", Some(Hamlet)),
        ("XA", Some(Commune)),
        ("HUYEN", Some(District)),
        ("LAN TIEM", Some(DoseLabel)),
        ("LOAI VACCINE", Some(Vaccine)),
        ("NGAY TIEM", Some(GivenOn)),
        ("LO VACCINE", Some(Lot)),
        ("NOI TIEM", Some(Facility)),
    ],
    &[
        ("Số TT", Some(RowNumber)),
        ("Họ và tên\nngười được tiêm (*)", Some(FullName)),
        ("Ngày/tháng/năm sinh", Some(BirthDate)),
        ("Nam/Nữ", Some(Sex)),
        ("Số CCCD/CMND/Hộ chiếu (*)", Some(Identity)),
        ("Điện thoại liên hệ", Some(Phone)),
        ("Nghề nghiệp", Some(Workplace)),
        ("Nhóm đối tượng", Some(TargetGroup)),
        ("Nơi ở hiện nay", Some(Address)),
        ("Mũi tiêm thứ", Some(DoseLabel)),
        ("Tên vắc xin", Some(Vaccine)),
        ("Ngày tiêm chủng", Some(GivenOn)),
        ("Lô vắc-xin", Some(Lot)),
        ("Địa điểm tiêm chủng", Some(Facility)),
        ("Phản ứng sau tiêm", None),
    ],
    &[
        ("Stt", Some(RowNumber)),
        ("Họ đệm", Some(FamilyName)),
        ("Tên", Some(GivenName)),
        ("Năm sinh", Some(BirthYear)),
        ("Giới", Some(Sex)),
        ("Số định danh cá nhân", Some(Identity)),
        ("Ngày cấp", None),
        ("Nơi cấp", None),
        ("ĐT", Some(Phone)),
        ("Dân tộc", Some(Ethnicity)),
        ("Tổ dân phố", Some(Hamlet)),
        ("Phường", Some(Commune)),
        ("Loại vx", Some(Vaccine)),
        ("Ngày tiêm", Some(GivenOn)),
        ("Lô SX", Some(Lot)),
        ("Hạn sử dụng", None),
        ("Điểm tiêm", Some(Facility)),
    ],
    &[
        ("#", Some(RowNumber)),
        ("Họ tên đối tượng", Some(FullName)),
        ("Họ tên mẹ", None),
        ("Ngày sinh", Some(BirthDate)),
        ("Tuổi", None),
        ("Mã định danh", Some(Identity)),
        ("SĐT phụ huynh", Some(Phone)),
        ("Trường", Some(Workplace)),
        ("Lớp", None),
        ("Mũi số", Some(DoseLabel)),
        ("Loại vắc xin", Some(Vaccine)),
        ("Ngày tiêm", Some(GivenOn)),
        ("Số lô vắc xin", Some(Lot)),
        ("Ngày hẹn tiêm mũi tiếp theo", None),
        ("Lưu ý", Some(Note)),
    ],
    &[
        ("STT", Some(RowNumber)),
        ("Mã đối tượng", None),
        ("Họ và tên", Some(FullName)),
        ("Ngày sinh", Some(BirthDate)),
        ("Giới tính", Some(Sex)),
        ("CMND/CCCD", Some(Identity)),
        ("Số điện thoại", Some(Phone)),
        ("Thẻ BHYT", Some(Insurance)),
        ("Tỉnh/Thành phố", Some(Province)),
        ("Mã tỉnh", Some(ProvinceCode)),
        ("Quận/Huyện", Some(District)),
        ("Mã quận/huyện", Some(DistrictCode)),
        ("Phường/Xã", Some(Commune)),
        ("Mã phường/xã", Some(CommuneCode)),
        ("Địa chỉ chi tiết", Some(Address)),
        ("Nhóm ưu tiên", Some(TargetGroup)),
        ("Mũi tiêm", Some(DoseLabel)),
        ("Vắc xin", Some(Vaccine)),
        ("Số lô", Some(Lot)),
        ("Ngày tiêm", Some(GivenOn)),
        ("Cơ sở tiêm chủng", Some(Facility)),
        ("Ngày nhập", Some(EnteredOn)),
        ("Cơ sở nhập", None),
        ("Người nhập", None),
        ("Kết quả xác minh", Some(Verification)),
        ("Trạng thái ký", Some(Signing)),
    ],
    &[
        ("ho_ten", Some(FullName)),
        ("ngay_sinh", Some(BirthDate)),
        ("gioi_tinh", Some(Sex)),
        ("so_cmt", Some(Identity)),
        ("so_dien_thoai", Some(Phone)),
        ("dia_chi", Some(Address)),
        ("ten_vacxin", Some(Vaccine)),
        ("so_lo", Some(Lot)),
        ("ngay_tiem", Some(GivenOn)),
        ("mui_tiem", Some(DoseLabel)),
        ("co_so_tiem", Some(Facility)),
        ("ngay_cap_nhat", Some(EnteredOn)),
        ("trang_thai_xac_thuc", Some(Verification)),
    ],
    &[
        ("FullName", Some(FullName)),
        ("BirthDate", Some(BirthDate)),
        ("Gender", Some(Sex)),
        ("IdentifyNumber", Some(Identity)),
        ("PhoneNumber", Some(Phone)),
        ("Address", Some(Address)),
        ("InjectionOrder", Some(DoseLabel)),
        ("Vaccine name", Some(Vaccine)),
        ("InjectionDate", Some(GivenOn)),
        ("Lot number", Some(Lot)),
    ],
    &[
        ("Số thứ tự", Some(RowNumber)),
        ("HỌ TÊN NGƯỜI TIÊM", Some(FullName)),
        ("NTNS", Some(BirthDate)),
        ("Phái", Some(Sex)),
        ("Số CMT", Some(Identity)),
        ("Số ĐT", Some(Phone)),
        ("Hộ khẩu thường trú", Some(Address)),
        ("Đối tượng", Some(TargetGroup)),
        ("Liều", Some(DoseLabel)),
        ("Tên vaccine", Some(Vaccine)),
        ("Thời gian tiêm", Some(GivenOn)),
        ("Lô", Some(Lot)),
        ("Đơn vị tiêm", Some(Facility)),
        ("Tình trạng cư trú", Some(Note)),
        ("Ghi chú", Some(Note)),
    ],
    &[
        ("STT", Some(RowNumber)),
        ("Họ, tên", Some(FullName)),
        ("Sinh ngày", Some(BirthDate)),
        ("Giới tính (Nam/Nữ)", Some(Sex)),
        ("Giấy tờ tùy thân", Some(Identity)),
        ("Di động", Some(Phone)),
        ("Mã thẻ BHYT", Some(Insurance)),
        ("Đơn vị công tác", Some(Workplace)),
        ("Thôn/bản/TDP", Some(Hamlet)),
        ("Xã/phường/thị trấn", Some(Commune)),
        ("Huyện/TP", Some(District)),
        ("Tỉnh", Some(Province)),
        ("Mũi vắc xin", Some(DoseLabel)),
        ("Vắcxin đã tiêm", Some(Vaccine)),
        ("Ngày tháng tiêm", Some(GivenOn)),
        ("Số lô SX", Some(Lot)),
        ("Nơi tiêm chủng", Some(Facility)),
        ("Hẹn tiêm", None),
        ("Bác sĩ khám", None),
    ],
    &[
        ("Ngày tiêm", Some(GivenOn)),
        ("Mũi tiêm", Some(DoseLabel)),
        ("Loại vắc xin", Some(Vaccine)),
        ("Số lô", Some(Lot)),
        ("Họ và tên", Some(FullName)),
        ("Ngày sinh", Some(BirthDate)),
        ("Giới tính", Some(Sex)),
        ("Số CCCD", Some(Identity)),
        ("Điện thoại", Some(Phone)),
        ("Nơi cư trú", Some(Address)),
        ("Quốc tịch", Some(Nationality)),
    ],
    &[
        ("Họ và tên khách hàng", Some(FullName)),
        ("Ngày sinh (dd/mm/yyyy)", Some(BirthDate)),
        ("Giới tính (Nam hoặc Nữ)", Some(Sex)),
        ("Số CMND hoặc CCCD hoặc Hộ chiếu", Some(Identity)),
        ("Số điện thoại (ghi rõ)", Some(Phone)),
        ("Địa chỉ nơi ở hiện tại (thôn, xã)", Some(Address)),
        ("Tiêm mũi thứ mấy", Some(DoseLabel)),
        ("Loại vắc xin đã tiêm (ghi tên)", Some(Vaccine)),
        ("Ngày tiêm (dd/mm/yyyy)", Some(GivenOn)),
        ("Số lô (nếu có)", Some(Lot)),
        ("Nơi tiêm (TYT/BV)", Some(Facility)),
        ("Ghi chú khác", Some(Note)),
    ],
];

#[test]
fn headings_of_twelve_offices() {
    let total: usize = LISTS.iter().map(|list| list.len()).sum();
    assert!(total > 150);
    let wrong: usize = LISTS.iter().enumerate().map(|(index, list)| check(list, index % 5 * 2)).sum();
    assert_eq!(wrong, 0);
}

/// The same without marks, in capitals, with a line break for every space, with a star.
#[test]
fn the_same_headings_dressed_up() {
    let dress: [fn(&str) -> String; 4] =
        [|text| ra_soat::normalize::fold(text), |text| text.to_uppercase(), |text| text.replace(' ', "\n"), |text| format!("  {text} (*)")];
    let mut wrong = 0;
    for dress in dress {
        for list in LISTS {
            let dressed: Vec<(String, Option<Field>)> = list.iter().map(|(heading, field)| (dress(heading), *field)).collect();
            let list: Vec<(&str, Option<Field>)> = dressed.iter().map(|(heading, field)| (heading.as_str(), *field)).collect();
            wrong += check(&list, 3);
        }
    }
    assert_eq!(wrong, 0);
}
