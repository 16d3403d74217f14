//! The invented district written as workbooks: a System export and one list a commune, each commune in a layout of its own.

use super::world::{COMMUNES, World, Written, WrittenDose, show};
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook, Worksheet};
use std::collections::HashMap;

/// A workbook and, for each (Excel row, dose group), the true dose that stands there.
pub struct ListFile {
    pub name: String,
    pub bytes: Vec<u8>,
    pub truth: HashMap<(u32, u8), usize>,
}

/// The local lists, one a commune.
pub fn local_lists(world: &World) -> Vec<ListFile> {
    (0..COMMUNES.len())
        .map(|commune| {
            let people: Vec<usize> = (0..world.local.len()).filter(|person| world.local[*person].commune == commune).collect();
            match commune {
                0 => long_list(world, &people, commune, 4, true),
                1 => wide_list(world, &people, commune),
                2 => template_list(world, &people, commune),
                3 => long_list(world, &people, commune, 0, false),
                4 => split_list(world, &people, commune),
                _ => wide_list(world, &people, commune),
            }
        })
        .collect()
}

/// The System's export.
pub fn system_export(world: &World) -> ListFile {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    let mut truth = HashMap::new();
    sheet.write_string(0, 0, "Hệ thống tiêm chủng COVID-19").unwrap();
    sheet.write_string(1, 0, "Ngày trích xuất: 12/02/2023").unwrap();
    let titles = [
        "STT",
        "Họ và tên",
        "Ngày sinh",
        "Giới tính",
        "Số CMND/CCCD",
        "SĐT",
        "Tỉnh/TP",
        "Quận/Huyện",
        "Xã/Phường",
        "Nhóm ưu tiên",
        "Mũi thứ",
        "Vắc xin",
        "Lô vắc xin",
        "Ngày tiêm",
        "Cơ sở tiêm",
        "Ngày nhập liệu",
        "Trạng thái xác thực",
    ];
    put(sheet, 3, &titles);
    let mut row = 4;
    for (person, written) in world.system.iter().enumerate() {
        for dose in &world.system_doses[person] {
            truth.insert((row + 1, 1), dose.truth);
            let place = COMMUNES[written.commune];
            put(
                sheet,
                row,
                &[
                    &(row - 3).to_string(),
                    &written.name,
                    &written.birth,
                    sex(written),
                    &written.identity,
                    &written.phone,
                    "Bắc Kạn",
                    "Huyện Mẫu",
                    place,
                    "10",
                    &dose.label,
                    &dose.vaccine,
                    &dose.lot,
                    &show(dose.given),
                    &format!("{}-Trạm Y tế {}", 6_100 + written.commune, lower_first(place)),
                    &show(dose.given),
                    "Chưa xác thực",
                ],
            );
            row += 1;
        }
    }
    ListFile { name: "xuat_du_lieu_he_thong_20230212.xlsx".to_owned(), bytes: workbook.save_to_buffer().unwrap(), truth }
}

fn sex(written: &Written) -> &'static str {
    if written.is_female { "Nữ" } else { "Nam" }
}

fn lower_first(place: &str) -> String {
    let mut letters = place.chars();
    letters.next().map(|first| first.to_lowercase().chain(letters).collect()).unwrap_or_default()
}

fn put(sheet: &mut Worksheet, row: u32, cells: &[&str]) {
    for (column, cell) in cells.iter().enumerate().filter(|(_, cell)| !cell.is_empty()) {
        sheet.write_string(row, column as u16, *cell).unwrap();
    }
}

fn put_day(sheet: &mut Worksheet, row: u32, column: u16, day: jiff::civil::Date) {
    let format = Format::new().set_num_format("dd/mm/yyyy");
    let day = ExcelDateTime::from_ymd(day.year() as u16, day.month() as u8, day.day() as u8).unwrap();
    sheet.write_datetime_with_format(row, column, &day, &format).unwrap();
}

fn rows<'a>(world: &'a World, people: &'a [usize]) -> impl Iterator<Item = (&'a Written, &'a WrittenDose)> {
    people.iter().flat_map(|person| world.local_doses[*person].iter().map(|dose| (&world.local[*person], dose)))
}

/// One row a dose; days as serials where `serials`, numbers that lost their zeros.
fn long_list(world: &World, people: &[usize], commune: usize, title_rows: u32, serials: bool) -> ListFile {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    let mut truth = HashMap::new();
    for row in 0..title_rows {
        let line = format!("TRẠM Y TẾ {}", COMMUNES[commune].to_uppercase());
        put(sheet, row, &[["SỞ Y TẾ TỈNH MẪU", &line, "DANH SÁCH TIÊM CHỦNG COVID-19", "Năm 2021-2022"][row as usize % 4]]);
    }
    put(
        sheet,
        title_rows,
        &[
            "TT",
            "Họ tên",
            "Ngày/tháng/năm sinh (*)",
            "Nam/Nữ",
            "Số CCCD",
            "Điện thoại",
            "Xã phường",
            "Mũi số",
            "Tên vắc xin",
            "Số lô VX",
            "Ngày\ntiêm",
            "Điểm tiêm",
        ],
    );
    let mut row = title_rows + 1;
    for (person, dose) in rows(world, people) {
        truth.insert((row + 1, 1), dose.truth);
        let facility = format!("Trạm Y tế {}", lower_first(COMMUNES[commune]));
        let ordinal = dose.label.trim_start_matches("Mũi ");
        put(
            sheet,
            row,
            &[
                "",
                &person.name,
                &person.birth,
                sex(person),
                "",
                &person.phone,
                COMMUNES[commune],
                ordinal,
                &dose.vaccine,
                &dose.lot,
                "",
                &facility,
            ],
        );
        match person.identity.parse::<f64>() {
            Ok(number) if serials => sheet.write_number(row, 4, number).unwrap(),
            _ => sheet.write_string(row, 4, &person.identity).unwrap(),
        };
        if serials {
            put_day(sheet, row, 10, dose.given);
        } else {
            put(sheet, row, &["", "", "", "", "", "", "", "", "", "", &show(dose.given)]);
        }
        row += 1;
    }
    put(sheet, row, &["", "Tổng cộng"]);
    ListFile { name: format!("DS tiem {commune}.xlsx"), bytes: workbook.save_to_buffer().unwrap(), truth }
}

/// One row a person, four groups of doses.
fn wide_list(world: &World, people: &[usize], commune: usize) -> ListFile {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    let mut truth = HashMap::new();
    put(sheet, 0, &[&format!("TRẠM Y TẾ {}", COMMUNES[commune].to_uppercase())]);
    let format = Format::new();
    for (column, title) in ["STT", "Họ và tên", "Ngày sinh", "Giới tính", "CMND/CCCD", "Số ĐT", "Xã"].iter().enumerate() {
        sheet.merge_range(2, column as u16, 3, column as u16, title, &format).unwrap();
    }
    for group in 0..4u16 {
        let first = 7 + group * 3;
        sheet.merge_range(2, first, 2, first + 2, &format!("Mũi {}", group + 1), &format).unwrap();
        put(sheet, 3, &[]);
        for (at, title) in ["Loại vắc xin", "Ngày tiêm", "Số lô"].iter().enumerate() {
            sheet.write_string(3, first + at as u16, *title).unwrap();
        }
    }
    let mut row = 4;
    for &person in people {
        let written = &world.local[person];
        let doses = &world.local_doses[person];
        if doses.is_empty() {
            continue;
        }
        put(sheet, row, &["", &written.name, &written.birth, sex(written), &written.identity, &written.phone, COMMUNES[commune]]);
        let mut seen = [false; 4];
        for dose in doses {
            let group = world.doses[dose.truth].ordinal - 1;
            // A list of one row a person cannot write a dose twice.
            if std::mem::replace(&mut seen[usize::from(group)], true) {
                continue;
            }
            let first = 7 + u16::from(group) * 3;
            sheet.write_string(row, first, &dose.vaccine).unwrap();
            put_day(sheet, row, first + 1, dose.given);
            sheet.write_string(row, first + 2, &dose.lot).unwrap();
            truth.insert((row + 1, group + 1), dose.truth);
        }
        row += 1;
    }
    ListFile {
        name: format!("Trạm Y tế {} - theo người.xlsx", lower_first(COMMUNES[commune])),
        bytes: workbook.save_to_buffer().unwrap(),
        truth,
    }
}

/// The platform's import template: two doses a row, a person with more on a second row.
fn template_list(world: &World, people: &[usize], commune: usize) -> ListFile {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet.set_name("PL1_Danh sach doi tuong tiem").unwrap();
    let mut truth = HashMap::new();
    for row in 0..5 {
        put(sheet, row, &["Chú ý: dấu * màu đỏ là bắt buộc"]);
    }
    let top = [
        "#",
        "Họ và tên (*)",
        "Ngày sinh dạng dd/mm/yyyy (*)",
        "Giới tính (*) (0:nam, 1:nữ)",
        "Mã nhóm đối tượng ưu tiên (*) (Tham khảo PL2)",
        "Đơn vị công tác",
        "Số điện thoại(*) (Tối thiểu 10 số)",
        "Số CMT/CCCD (Loại 8/9/12 số)",
        "Số thẻ bảo hiểm y tế (Mã thẻ 10/15 ký tự)",
        "Nơi ở tạm trú (hiện tại) (*) (Tham khảo PL3)",
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        "Tên vắc xin (*) (Tham khảo PL5)",
        "Mũi 1",
        "",
        "",
        "Tên vắc xin (*) (Tham khảo PL5)",
        "Mũi 2",
        "",
        "",
        "Ghi chú",
        "Kết quả import (không điền ô này)",
    ];
    put(sheet, 6, &top);
    let place = [
        "Tỉnh/Thành phố",
        "Mã Tỉnh/Thành phố (*)",
        "Quận/Huyện",
        "Mã Quận/Huyện (*)",
        "Xã/Phường",
        "Mã Xã/Phường (*)",
        "Địa bàn cơ sở",
        "Địa chỉ chi tiết",
    ];
    for (at, title) in place.iter().enumerate() {
        sheet.write_string(7, 9 + at as u16, *title).unwrap();
    }
    for first in [18u16, 22] {
        for (at, title) in ["Ngày tiêm dạng dd/mm/yyyy (*)", "Lô vắc xin(*)", "Địa điểm tiêm (*) (Tham khảo PL4)"].iter().enumerate()
        {
            sheet.write_string(7, first + at as u16, *title).unwrap();
        }
    }
    let mut row = 8;
    for &person in people {
        let written = &world.local[person];
        for pair in world.local_doses[person].chunks(2) {
            let sex = if written.is_female { "1" } else { "0" };
            let mut cells = vec![""; 27];
            cells[1] = &written.name;
            cells[2] = &written.birth;
            cells[3] = sex;
            cells[4] = "10";
            cells[6] = &written.phone;
            cells[7] = &written.identity;
            cells[9] = "Bắc Kạn";
            cells[13] = COMMUNES[commune];
            put(sheet, row, &cells);
            for (slot, dose) in pair.iter().enumerate() {
                let first = 17 + slot as u16 * 4;
                sheet.write_string(row, first, &dose.vaccine).unwrap();
                sheet.write_string(row, first + 1, format!("{} 08:30", show(dose.given))).unwrap();
                sheet.write_string(row, first + 2, &dose.lot).unwrap();
                sheet.write_string(row, first + 3, format!("{}", 6_100 + commune)).unwrap();
                truth.insert((row + 1, slot as u8 + 1), dose.truth);
            }
            row += 1;
        }
    }
    ListFile { name: format!("nguoitiemchung_{commune}.xlsx"), bytes: workbook.save_to_buffer().unwrap(), truth }
}

/// Họ đệm and tên apart, day, month and year apart, no marks in the header.
fn split_list(world: &World, people: &[usize], commune: usize) -> ListFile {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    let mut truth = HashMap::new();
    put(sheet, 0, &["DANH SACH TIEM VAC XIN", "", "", &format!("Đơn vị: Trạm Y tế {}", lower_first(COMMUNES[commune]))]);
    let format = Format::new();
    for (column, title) in [
        (0u16, "STT"),
        (1, "Ho va dem"),
        (2, "Ten"),
        (6, "Gioi tinh"),
        (7, "So CCCD"),
        (8, "So dien thoai"),
        (9, "Xa/phuong"),
        (10, "Mui tiem"),
        (11, "Loai vac xin"),
        (12, "So lo"),
        (13, "Ngay tiem"),
    ] {
        sheet.merge_range(2, column, 3, column, title, &format).unwrap();
    }
    sheet.merge_range(2, 3, 2, 5, "Ngay sinh", &format).unwrap();
    for (at, title) in ["Ngay", "Thang", "Nam"].iter().enumerate() {
        sheet.write_string(3, 3 + at as u16, *title).unwrap();
    }
    for (row, (person, dose)) in (4..).zip(rows(world, people)) {
        truth.insert((row + 1, 1), dose.truth);
        let (family, given) = person.name.rsplit_once(' ').unwrap();
        let birth: Vec<&str> = person.birth.split('/').collect();
        put(sheet, row, &["", family, given]);
        for (at, part) in birth.iter().enumerate() {
            sheet.write_number(row, 3 + at as u16, part.parse::<f64>().unwrap()).unwrap();
        }
        for (column, cell) in [
            (6u16, sex(person)),
            (7, &person.identity),
            (8, &person.phone),
            (9, COMMUNES[commune]),
            (10, &dose.label),
            (11, &dose.vaccine),
            (12, &dose.lot),
            (13, &show(dose.given)),
        ] {
            sheet.write_string(row, column, cell).unwrap();
        }
    }
    ListFile { name: format!("danh-sach-{commune}.xlsx"), bytes: workbook.save_to_buffer().unwrap(), truth }
}
