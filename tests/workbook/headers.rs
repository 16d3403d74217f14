//! Headers to fields: what each column of a layout is taken for.

use crate::builder::{C, S, xlsx};
use crate::row;
use ra_soat::domain::Field::{self, *};
use ra_soat::domain::source::SheetKind;
use ra_soat::domain::{Date, Field as F};
use ra_soat::workbook::detect::detect_sheet;
use ra_soat::workbook::mapping::SheetMapping;
use ra_soat::workbook::read::read_workbook;

pub(crate) fn day(year: i16, month: i8, day: i8) -> Date {
    Date::constant(year, month, day)
}

pub(crate) fn detect(sheet: S, file_name: &str) -> SheetMapping {
    let workbook = read_workbook(file_name, xlsx(&[sheet]), &mut |_, _| ()).unwrap();
    detect_sheet(&workbook, 0, file_name, None).expect("a header")
}

fn fields(mapping: &SheetMapping) -> Vec<(u16, Field, u8)> {
    mapping.columns.iter().filter_map(|column| column.field.map(|field| (column.column, field, column.slot))).collect()
}

/// The 27-column import template of the platform, with two persons.
pub(crate) fn template() -> S {
    let notes = [
        "Chú ý:",
        "- Các cột có dấu (*) màu đỏ là bắt buộc",
        "- Địa điểm tiêm điền mã cơ sở KCB, tham khảo PL4",
        "- Thông tin không có thì để trống",
        "- Bỏ lọc trước khi import",
    ];
    let mut rows: Vec<Vec<C>> = notes.iter().map(|note| row![*note]).collect();
    rows.push(Vec::new());
    rows.push(row![
        "#",
        "Họ và tên (*)",
        "Ngày sinh\ndạng dd/mm/yyyy (*)",
        "Giới tính (*)\n(0:nam, 1:nữ)",
        "Mã nhóm đối tượng ưu tiên (*)\n(Tham khảo PL2)",
        "Đơn vị công tác",
        "Số điện thoại(*)\n(Tối thiểu 10 số)",
        "Số CMT/CCCD\n(Loại 8/9/12 số)",
        "Số thẻ bảo hiểm y tế\n(Mã thẻ 10/15 ký tự)",
        "Nơi ở tạm trú (hiện tại) (*)\n(Tham khảo PL3)",
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        "Tên vắc xin (*)\n(Tham khảo PL5)",
        "Mũi 1",
        "",
        "",
        "Tên vắc xin (*)\n(Tham khảo PL5)",
        "Mũi 2",
        "",
        "",
        "Ghi chú",
        "Kết quả import\n(không điền ô này)",
    ]);
    rows.push(row![
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        "Tỉnh/Thành phố",
        "Mã Tỉnh/Thành phố (*)",
        "Quận/Huyện",
        "Mã Quận/Huyện (*)",
        "Xã/Phường",
        "Mã Xã/Phường (*)",
        "Địa bàn cơ sở",
        "Địa chỉ chi tiết",
        "",
        "Ngày tiêm\ndạng dd/mm/yyyy (*)",
        "Lô vắc xin(*)",
        "Địa điểm tiêm (*)\n(Tham khảo PL4)",
        "",
        "Ngày tiêm\ndạng dd/mm/yyyy",
        "Lô vắc xin",
        "Địa điểm tiêm\n(Tham khảo PL4)",
    ]);
    for index in 0..2 {
        rows.push(row![
            index + 1,
            format!("Nông Thị Mai {}", ["An", "Bình"][index as usize]),
            "05/09/1985",
            1,
            9,
            "",
            "0912345678",
            "006185001234",
            "GD4060620123456",
            "Bắc Kạn",
            "06",
            "Bạch Thông",
            "063",
            "Lục Bình",
            "01885",
            "Thôn Nà Chuông",
            "Số 3",
            "AstraZeneca",
            "05/09/2021",
            "CTMAV587",
            "06015",
            "Pfizer",
            "05/12/2021",
            "FK0112",
            "06015",
            "",
            "",
        ]);
    }
    let mut merges: Vec<(u32, u32, u16, u16)> = (0..9).map(|column| (7, 8, column, column)).collect();
    merges.extend([(7, 7, 9, 16), (7, 8, 17, 17), (7, 7, 18, 20), (7, 8, 21, 21), (7, 7, 22, 24), (7, 8, 25, 25), (7, 8, 26, 26)]);
    S::new("PL1_Danh sach doi tuong tiem", rows).merged(&merges)
}

#[test]
fn the_import_template_maps_whole() {
    for merged in [true, false] {
        let mut sheet = template();
        if !merged {
            sheet.merges.clear();
        }
        let mapping = detect(sheet, "nguoitiemchung.xlsx");
        assert_eq!((mapping.header_first, mapping.header_last), (7, 8));
        let persons = [
            RowNumber,
            FullName,
            BirthDate,
            Sex,
            TargetGroup,
            Workplace,
            Phone,
            Identity,
            Insurance,
            Province,
            ProvinceCode,
            District,
            DistrictCode,
            Commune,
            CommuneCode,
            Hamlet,
            Address,
        ];
        let mut expected: Vec<(u16, F, u8)> = (0..).zip(persons).map(|(column, field)| (column, field, 1)).collect();
        for slot in [1, 2] {
            let first = 13 + 4 * u16::from(slot);
            expected.extend((first..).zip([Vaccine, GivenOn, Lot, Facility]).map(|(column, field)| (column, field, slot)));
        }
        expected.extend([(25, Note, 1), (26, ImportResult, 1)]);
        assert_eq!(fields(&mapping), expected);
        assert_eq!(mapping.kind, SheetKind::LocalList);
    }
}
