//! What sheets that are no list of doses are taken for: reports of counts, the forms of units, and lists that look like them.

use crate::builder::{C, S, xlsx};
use crate::headers::{day, template};
use crate::row;
use ra_soat::domain::source::SheetKind::{self, *};
use ra_soat::workbook::detect::detect_sheet;
use ra_soat::workbook::read::read_workbook;

const UNITS: [&str; 5] = ["Xã Lục Bình", "Xã Dương Quang", "Phường Sông Cầu", "Thị trấn Phủ Thông", "TYT xã Cao Kỳ"];

fn kind(sheet: S, file_name: &str) -> (SheetKind, u8) {
    let workbook = read_workbook(file_name, xlsx(&[sheet]), &mut |_, _| ()).unwrap();
    let mapping = detect_sheet(&workbook, 0, file_name, None);
    mapping.map_or((Unused, 0), |mapping| {
        let fields = mapping.columns.iter().filter(|column| column.field.is_some()).count();
        assert!(!mapping.kind.is_of_counts() || fields == 0, "{:?}", mapping.columns);
        (mapping.kind, mapping.kind_confidence)
    })
}

/// The rows of units with counts in `columns` columns.
fn counts(head: Vec<Vec<C>>, columns: usize) -> Vec<Vec<C>> {
    let mut rows = head;
    for (at, unit) in UNITS.iter().enumerate() {
        let mut cells = row![at as i32 + 1, *unit];
        // Some counts look like the serials of days, as real ones do.
        cells.extend((0..columns).map(|column| C::from(((at + 1) * (column + 3) * 1_471 % 60_000) as i32)));
        rows.push(cells);
    }
    let mut total = row!["", "Tổng cộng"];
    total.extend((0..columns).map(|column| C::from(1_000 * column as i32)));
    rows.push(total);
    rows
}

fn daily() -> Vec<(&'static str, S, &'static str)> {
    let by_day = vec![
        row!["TRUNG TÂM Y TẾ HUYỆN BẠCH THÔNG"],
        row!["BÁO CÁO NHANH KẾT QUẢ TIÊM VẮC XIN PHÒNG COVID-19"],
        row!["TT", "Đơn vị", day(2022, 1, 1), day(2022, 1, 2), day(2022, 1, 3), day(2022, 1, 4), day(2022, 1, 5), "Lũy kế"],
    ];
    let mut of_month = row!["TT", "Tên đơn vị"];
    of_month.extend((1..=31).map(C::from));
    let in_day = vec![
        row!["Báo cáo nhanh công tác tiêm chủng ngày 15/01/2022"],
        row!["TT", "Xã, phường", "Mũi 1", "", "Mũi 2", "", "Mũi 3", ""],
        row!["", "", "Trong ngày", "Lũy kế", "Trong ngày", "Lũy kế", "Trong ngày", "Lũy kế"],
    ];
    let mut long = vec![row!["Ngày", "Đơn vị", "Số mũi tiêm trong ngày", "Cộng dồn"]];
    for date in 1..=6 {
        for (at, unit) in UNITS.iter().enumerate() {
            long.push(row![day(2022, 1, date), *unit, 100 + at as i32, 1_000 * i32::from(date)]);
        }
    }
    let labels = vec![
        row!["TIẾN ĐỘ TIÊM VẮC XIN THÁNG 01/2022"],
        row!["STT", "Đơn vị", "Ngày 01/01", "Ngày 02/01", "Ngày 03/01", "Ngày 04/01", "Tổng"],
    ];
    // Running totals by age and dose, as written reports have them: the title says what it is.
    let running = |title: &str| {
        let mut head = row!["TT", "Đơn vị"];
        for (age, doses) in [("Từ 18 tuổi", 5), ("12-17 tuổi", 3), ("5-11 tuổi", 2)] {
            head.extend((1..=doses).map(|dose| C::from(format!("{age} - Mũi {dose}"))));
        }
        head.push(C::from("Tổng số mũi tiêm"));
        counts(vec![row![title], row!["Lũy kế đến ngày 30/01/2023"], head], 11)
    };
    let mut own = vec![row!["TRẠM Y TẾ XÃ LỤC BÌNH: BÁO CÁO NHANH"], row!["Ngày", "Mũi 1", "Mũi 2", "Cộng trong ngày", "Lũy kế"]];
    own.extend((1..=9).map(|date| row![day(2022, 1, date), 12, 30, 42, 42 * i32::from(date)]));
    vec![
        ("running totals of every day", S::new("Sheet1", running("BÁO CÁO NHANH HÀNG NGÀY")), "a.xlsx"),
        ("running totals", S::new("Sheet1", running("BÁO CÁO NHANH KẾT QUẢ TIÊM VẮC XIN")), "a.xlsx"),
        ("days of one unit", S::new("Sheet1", own), "a.xlsx"),
        ("units by days", S::new("Thang 1", counts(by_day, 6)), "bao cao.xlsx"),
        ("units by days of a month", S::new("T1", counts(vec![row!["SỐ LIỆU HÀNG NGÀY THÁNG 1/2022"], of_month], 31)), "a.xlsx"),
        ("in the day and in all", S::new("Sheet1", counts(in_day, 6)), "a.xlsx"),
        ("a row a day and unit", S::new("Sheet1", long), "bao_cao_ngay.xlsx"),
        ("days without a year", S::new("Sheet1", counts(labels, 5)), "a.xlsx"),
    ]
}

fn written() -> Vec<(&'static str, S, &'static str)> {
    let columns = [
        row!["SỞ Y TẾ BẮC KẠN"],
        row!["BÁO CÁO KẾT QUẢ TIÊM VẮC XIN PHÒNG COVID-19"],
        row!["(Số liệu tính đến ngày 31/01/2023)"],
        row!["TT", "Đơn vị", "Từ 18 tuổi trở lên", "", "", "", "12-17 tuổi", "", "5-11 tuổi", "", "Tổng số"],
        row!["", "", "Mũi 1", "Mũi 2", "Bổ sung", "Nhắc 1", "Mũi 1", "Mũi 2", "Mũi 1", "Mũi 2", ""],
    ];
    let bare = [row!["TỔNG HỢP SỐ MŨI TIÊM ĐẾN HẾT NGÀY 31/01/2023"], row!["STT", "Tên cơ sở", "Mũi 1", "Mũi 2", "Mũi 3", "Mũi 4", "Cộng"]];
    vec![
        ("by age", S::new("Sheet1", counts(columns.to_vec(), 9)), "bao cao 31.01.2023.xlsx"),
        ("bare", S::new("TH", counts(bare.to_vec(), 5)), "a.xlsx"),
    ]
}

fn form_1() -> S {
    let mut rows = vec![
        row!["Phụ lục 1:"],
        row!["BẢNG TỔNG HỢP VÀ KẾT QUẢ CẬP NHẬT, RÀ SOÁT DỮ LIỆU TIÊM CHỦNG PHÒNG COVID-19"],
        row!["(Kèm theo Công văn số 1234/BYT-DP ngày 10 /02/2023 của Bộ Y tế)"],
        row![
            "TT",
            "Tỉnh/TP",
            "Kết quả tiêm cho nhóm từ 18 tuổi trở lên",
            "",
            "",
            "",
            "",
            "",
            "Kết quả tiêm nhóm 12-17 tuổi",
            "",
            "",
            "Kết quả tiêm nhóm 5-11 tuổi",
            "",
            "Tổng số mũi tiêm địa phương báo cáo về Viện VSDT TU (31/01/2023)",
            "Tổng số mũi tiêm địa phương nhập liệu trên Hệ thống tiêm chủng vắc xin phòng COVID-19",
            "Số sánh chênh lệch số liệu chưa nhập lên Hệ thống",
            "Kết quả rà soát của địa phương tính đến ngày 31/01/2023"
        ],
        row![
            "",
            "",
            "Mũi 1",
            "Mũi 2",
            "Mũi 3 (vx Abdala)",
            "Liều bổ sung",
            "Liều nhắc 1 (Mũi 3)",
            "Liều nhắc 2 (Mũi 4)",
            "Mũi 1",
            "Mũi 2",
            "Mũi 3",
            "Mũi 1",
            "Mũi 2"
        ],
        row!["a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l", "m", "n=c+...+m", "o", "p=n-o", "q"],
    ];
    rows.push(row![15, "Bắc Kạn", 214_217, 209_412, 0, 14_506, 190_727, 58_383, 27_604, 27_049, 19_791, 37_000, 30_510, 829_199]);
    S::new("PL1", rows).merged(&[(4, 5, 0, 0), (4, 5, 1, 1), (4, 4, 2, 7), (4, 4, 8, 10), (4, 4, 11, 12)])
}

fn form_2() -> S {
    let rows = vec![
        row!["Phụ lục 2:"],
        row!["BÁO CÁO TÌNH HÌNH THỰC HIỆN QUẢN LÝ DỮ LIỆU MŨI TIÊM TRÊN HỆ THỐNG TIÊM CHỦNG VẮC XIN COVID-19"],
        row!["I. Tình hình nhập dữ liệu:"],
        row![
            "TT",
            "Tên đơn vị",
            "Tổng số mũi tiêm đã thực hiện (*)",
            "Tổng số mũi tiêm đã nhập lên Hệ thống",
            "Tổng số mũi tiêm chưa nhập trên Hệ thống (**)",
            "",
            "",
            "",
            "",
            "",
            "",
            "Lý do, khó khăn, vướng mắc về việc chưa nhập thông tin lên Hệ thống (***)",
            "Ghi chú"
        ],
        row![
            "",
            "",
            "",
            "",
            "Số đối tượng không có thông tin (Nhóm 1)",
            "Số đối tượng đã đi khỏi địa phương (Nhóm 2)",
            "Số người thuộc lực lượng công an (Nhóm 3)",
            "Số người thuộc lực lượng quân đội (Nhóm 4)",
            "Đối tượng phạm nhân (Nhóm 5)",
            "Đối tượng TT cai nghiện, TT bảo trợ xã hội (Nhóm 6)",
            "Khác (ghi rõ nhóm đối tượng) ....."
        ],
        row!["1.", "TYT xã Lục Bình", 5_120, 4_800, 100, 20, 0, 0, 0, 0, 200, "Thiếu CCCD", ""],
        row!["2.", "TYT xã Dương Quang", 3_120, 3_000, 100, 20, 0, 0, 0, 0, 0, "", ""],
        row!["Tổng cộng", "", 8_240, 7_800, 200, 40, 0, 0, 0, 0, 200, "", ""],
        row!["II. Các biện pháp đã thực hiện:"],
        row!["1. Chỉ đạo, điều hành:"],
    ];
    S::new("PL2", rows)
}

fn police() -> S {
    let head = row![
        "TT",
        "Họ và tên",
        "Ngày sinh",
        "Giới tính",
        "Số CCCD/CMND",
        "Địa chỉ thường trú",
        "Kết quả đối chiếu",
        "Họ và tên đúng",
        "Ngày sinh đúng",
        "Số CCCD đúng",
        "Ghi chú"
    ];
    let mut rows =
        vec![row!["CÔNG AN XÃ LỤC BÌNH"], row!["DANH SÁCH ĐỐI TƯỢNG CÓ THÔNG TIN SAI LỆCH ĐÃ ĐỐI CHIẾU VỚI CSDLQG VỀ DÂN CƯ"], head];
    for at in 1..=6 {
        rows.push(row![
            at,
            "Ma Văn Tú",
            "05/03/1985",
            "Nam",
            "006085001234",
            "Nà Pò",
            "Sai số CCCD",
            "",
            "",
            format!("00608500123{at}"),
            ""
        ]);
    }
    S::new("Sheet1", rows)
}

#[test]
fn reports_and_forms_are_known() {
    let cases = daily()
        .into_iter()
        .map(|(what, sheet, file)| (DailyReport, what, sheet, file))
        .chain(written().into_iter().map(|(what, sheet, file)| (WrittenReport, what, sheet, file)))
        .chain([
            (UnitForm1, "the letter's form 1", form_1(), "gui BYT.xlsx"),
            (UnitForm2, "the letter's form 2", form_2(), "gui BYT.xlsx"),
            (PoliceList, "the police's answer", police(), "cong an tra lai.xlsx"),
        ]);
    let mut wrong = Vec::new();
    for (expected, what, sheet, file) in cases {
        let (kind, confidence) = kind(sheet, file);
        println!("{what}: {} ({confidence})", kind.label());
        if kind != expected || !(40..100).contains(&confidence) {
            wrong.push((what, kind, confidence));
        }
    }
    assert!(wrong.is_empty(), "{wrong:?}");
}

#[test]
fn lists_of_doses_stay_lists() {
    let head = row!["TT", "Họ và tên", "Năm sinh", "CCCD", "Mũi 1", "Mũi 2", "Mũi 3", "Vắc xin"];
    let person = |at: i32| row![at, "Ma Văn Tú", 1985, "006085001234", day(2021, 9, 5), day(2021, 12, 5), "", "AZ"];
    let list = |title: &str, name: &'static str| {
        let mut rows = vec![row![title], head.clone()];
        rows.extend((1..=8).map(person));
        S::new(name, rows)
    };
    for title in [
        "BÁO CÁO DANH SÁCH TIÊM VẮC XIN TÍNH ĐẾN NGÀY 31/01/2023",
        "DANH SÁCH CÁN BỘ CHIẾN SĨ CÔNG AN HUYỆN TIÊM VẮC XIN",
        "Phụ lục 1: DANH SÁCH NGƯỜI TIÊM VẮC XIN",
        "BÁO CÁO NHANH: DANH SÁCH TIÊM NGÀY 05/09/2021",
        "TỔNG HỢP KẾT QUẢ TIÊM, LŨY KẾ ĐẾN 31/01/2023",
    ] {
        assert_eq!(kind(list(title, "Sheet1"), "a.xlsx").0, LocalList, "{title}");
    }
    assert_eq!(kind(template(), "nguoitiemchung.xlsx").0, LocalList);
    let mut rows = vec![row!["Ngày trích xuất: 15/02/2023"]];
    rows.push(row![
        "STT",
        "Họ và tên",
        "Ngày sinh",
        "CCCD",
        "Mũi tiêm",
        "Vắc xin",
        "Ngày tiêm",
        "Ngày nhập",
        "Kết quả xác minh CSDLQG dân cư"
    ]);
    rows.extend(
        (1..=8).map(|at| row![at, "Ma Văn Tú", "05/03/1985", "006085001234", "Mũi 1", "AZ", day(2021, 9, 5), day(2021, 9, 6), "Đúng"]),
    );
    assert_eq!(kind(S::new("Sheet1", rows), "he thong.xlsx").0, SystemExport);
}

#[test]
fn sheets_that_are_neither_stay_out() {
    let codes = vec![
        row!["PL2: MÃ NHÓM ĐỐI TƯỢNG ƯU TIÊN"],
        row!["Mã", "Tên nhóm"],
        row![1, "Y tế"],
        row![2, "Phòng chống dịch"],
        row![3, "Quân đội"],
    ];
    let help = vec![
        row!["Hướng dẫn lập báo cáo nhanh và Phụ lục 1"],
        row!["Bước 1", "Điền số liệu tính đến ngày 31/01/2023"],
        row!["Bước 2", "Gửi báo cáo"],
    ];
    let stock = vec![
        row!["TT", "Tên vật tư", "Đơn vị tính", "Số lượng", "Đơn giá"],
        row![1, "Bơm tiêm", "Cái", 1_200, 800],
        row![2, "Bông", "Gói", 30, 9_000],
    ];
    for (sheet, file) in [(S::new("PL2", codes), "nguoitiemchung.xlsx"), (S::new("HD", help), "a.xlsx"), (S::new("VT", stock), "a.xlsx")] {
        let name = sheet.name;
        assert_eq!(kind(sheet, file).0, Unused, "{name}");
    }
}
