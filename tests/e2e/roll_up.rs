//! Phụ lục 1 of several units, dropped together, becomes one form: on screen, and in the workbook that is downloaded.

use crate::browser::Browser;
use crate::main_job::on_disk;
use crate::single_file;
use calamine::{Data, Reader as _, Xlsx};
use ra_soat::domain::Settings;
use ra_soat::domain::province::PUBLISHED;
use ra_soat::forms::phu_luc_1::{Form1, Form1Row};
use ra_soat::forms::phu_luc_1_sheet;
use ra_soat::forms::seal::Seal;
use std::io::Cursor;

/// One district's form as Rà Soát makes it; changed by hand after it was sealed where `changed` says so.
fn own_form(unit: &str, doses: u64, changed: Option<u64>) -> Vec<u8> {
    let row = Form1Row {
        key: unit.to_owned(),
        number: 1,
        unit: unit.to_owned(),
        columns: std::array::from_fn(|column| Some(doses + column as u64)),
        on_system: Some(doses),
        ..Form1Row::default()
    };
    let mut form = Form1 {
        cut_off: "31/01/2023".to_owned(),
        letter_number: "1234/BYT-DP".to_owned(),
        letter_date: "10/3/2023".to_owned(),
        unit_heading: "Đơn vị".to_owned(),
        rows: vec![row],
        ..Form1::default()
    };
    let seal = Seal::of_form_1(&form, &Settings::default(), &[]);
    if let Some(on_system) = changed {
        form.rows[0].on_system = Some(on_system);
    }
    phu_luc_1_sheet::write_sealed(&form, Some(&seal)).unwrap()
}

/// A form filled in by hand: points typed between thousands, the total below wrong where `total` says so.
fn by_hand(unit: &str, cut_off: &str, doses: &str, total: Option<&str>) -> Vec<u8> {
    let mut workbook = rust_xlsxwriter::Workbook::new();
    let sheet = workbook.add_worksheet();
    let mut line = |row: u32, cells: &[&str]| {
        for (column, text) in (0..).zip(cells).filter(|(_, text)| !text.is_empty()) {
            sheet.write_string(row, column, *text).unwrap();
        }
    };
    line(0, &["Phụ lục 1:"]);
    line(1, &["BẢNG TỔNG HỢP VÀ KẾT QUẢ CẬP NHẬT, RÀ SOÁT DỮ LIỆU TIÊM CHỦNG PHÒNG COVID-19"]);
    line(2, &[&format!("(Số liệu tính đến ngày {cut_off})")]);
    line(3, &["(Kèm theo Công văn số 1234 /BYT-DP ngày 10 /02/2023 của Bộ Y tế)"]);
    let adults = "Kết quả tiêm cho nhóm từ 18 tuổi trở lên";
    let given = "Tổng số mũi tiêm địa phương báo cáo về Viện VSDT TU";
    let on_system = "Tổng số mũi tiêm địa phương nhập liệu trên Hệ thống tiêm chủng vắc xin phòng COVID-19";
    line(
        5,
        &[
            "TT",
            "Đơn vị",
            adults,
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
            given,
            on_system,
        ],
    );
    line(
        6,
        &[
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
            "Mũi 2",
        ],
    );
    let figures: Vec<&str> = std::iter::repeat_n(doses, 11).collect();
    let mut cells = vec!["1", unit];
    cells.extend(&figures);
    line(7, &cells);
    if let Some(total) = total {
        let mut cells = vec!["", "Tổng cộng"];
        cells.extend(std::iter::repeat_n(total, 11));
        line(8, &cells);
    }
    workbook.save_to_buffer().unwrap()
}

/// Unit, state, n, o, p.
fn rows(browser: &Browser) -> Vec<[String; 5]> {
    let table = browser.table("Phụ lục 1 các đơn vị đã nộp");
    let units = table.iter().skip(1).filter(|row| row.len() == 7);
    units.map(|row| [0, 1, 4, 5, 6].map(|at| row[at].clone())).collect()
}

#[test]
fn forms_of_several_units_become_one() {
    let files = vec![
        ("Phu-luc-1_ba-be_2023-03-12.xlsx".to_owned(), own_form("Huyện Ba Bể", 100, None)),
        ("Phu-luc-1_cho-moi_2023-03-12.xlsx".to_owned(), own_form("Huyện Chợ Mới", 200, Some(150))),
        ("bieu Na Ri.xlsx".to_owned(), by_hand("Huyện Na Rì", "31/01/2023", "1.000", None)),
        ("bieu Na Ri sai tong.xlsx".to_owned(), by_hand("H. Na Rì", "31/01/2023", "2.000", Some("3.000"))),
        ("bieu thang 2.xlsx".to_owned(), by_hand("Huyện Pác Nặm", "28/02/2023", "5", None)),
    ];
    let browser = Browser::open(&single_file());
    browser.wait_for_status("Sẵn sàng");
    browser.upload("Chọn tệp Excel", &on_disk("roll-up", &files));
    browser.wait_for_status("Sẵn sàng");
    assert!(browser.text().contains("Đã đọc số liệu của 1 đơn vị, tính đến 31/01/2023"), "{}", browser.text());
    browser.screenshot("bieu-cua-don-vi-da-nap");
    browser.click("link", "Số liệu");
    browser.screenshot("tong-hop-bieu");
    let own = |cells: [&str; 5]| cells.map(str::to_owned);
    let found = rows(&browser);
    assert_eq!(found[0], own(["Huyện Ba Bể", "Khớp tổng", "1.155", "100", "1.055"]));
    assert_eq!(found[1], own(["Huyện Chợ Mới", "Khớp tổngĐã sửa tay", "2.255", "150", "2.105"]));
    assert_eq!(found[3], own(["Huyện Pác Nặm", "Để ngoài", "55", "", ""]));
    let text = browser.text();
    assert!(text.contains("Sửa tay sau khi tải về: Huyện Chợ Mới, cột o: 200 sửa thành 150"), "{text}");
    assert!(text.contains("số liệu đến ngày 28/02/2023, không phải 31/01/2023"), "{text}");
    assert!(text.contains("không bằng tổng các dòng: cột c ghi 3.000, cộng các dòng là 2.000"), "{text}");
    // Na Rì sent two: the one dropped later is taken, the officer takes the first.
    assert_eq!(found[2][2], "22.000");
    browser.choose("Lấy biểu Phụ lục 1: H. Na Rì", "bieu Na Ri.xlsx, trang Sheet1, dòng 8");
    assert_eq!(rows(&browser)[2][2], "11.000");
    // Who did not send one.
    browser.choose("Đơn vị phải nộp Phụ lục 1", "Danh sách tự ghi");
    browser.fill("Tên các đơn vị, mỗi dòng một đơn vị", "Huyện Ba Bể\nHuyện Ngân Sơn");
    browser.click("button", "Lập Phụ lục 1 từ các biểu này");
    assert!(rows(&browser).contains(&own(["Huyện Ngân Sơn", "Chưa nộp", "", "", ""])), "{:?}", rows(&browser));
    browser.click("link", "Phụ lục 1");
    browser.screenshot("phu-luc-1-tong-hop");
    let path = browser.download(|| browser.click("button", "Tải Phụ lục 1"));
    let mut book: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(std::fs::read(path).unwrap())).unwrap();
    let range = book.worksheet_range("Phụ lục 1").unwrap();
    let line = |unit: &str| {
        range.rows().find(|row| row.iter().any(|cell| matches!(cell, calamine::Data::String(text) if text == unit))).map(|row| row.to_vec())
    };
    let cell = |unit: &str, column: usize| line(unit).and_then(|row| row.get(column).cloned());
    assert_eq!(cell("Huyện Ba Bể", 2), Some(Data::Float(100.0)));
    assert_eq!(cell("Huyện Ba Bể", 13), Some(Data::Float(1_155.0)));
    assert_eq!(cell("Tổng cộng", 13), Some(Data::Float(1_155.0 + 2_255.0 + 11_000.0)));
    assert_eq!(line("Huyện Pác Nặm"), None, "left out, and said so above");
    browser.expect_silence();
}

#[test]
fn sixty_three_provinces_roll_up_to_the_letters_totals() {
    let files: Vec<(String, Vec<u8>)> = PUBLISHED
        .iter()
        .map(|row| {
            let unit = Form1Row {
                key: row.name.to_owned(),
                number: u32::from(row.number),
                unit: row.name.to_owned(),
                columns: row.columns.map(Some),
                ..Form1Row::default()
            };
            let form = Form1 {
                cut_off: "31/01/2023".to_owned(),
                letter_number: "1234/BYT-DP".to_owned(),
                letter_date: "10/3/2023".to_owned(),
                unit_heading: "Tỉnh/TP".to_owned(),
                rows: vec![unit],
                ..Form1::default()
            };
            (format!("Phu-luc-1_{}.xlsx", row.number), phu_luc_1_sheet::write(&form).unwrap())
        })
        .collect();
    let browser = Browser::open(&single_file());
    browser.wait_for_status("Sẵn sàng");
    browser.upload("Chọn tệp Excel", &on_disk("roll-up-63", &files));
    browser.wait_for_status("Sẵn sàng");
    browser.click("link", "Số liệu");
    assert!(browser.text().contains("63 đơn vị trong 63 trang biểu; 63 đơn vị được cộng."), "{}", browser.text());
    browser.click("button", "Lập Phụ lục 1 từ các biểu này");
    browser.click("link", "Phụ lục 1");
    assert!(browser.text().contains("264.513.974"), "the national sum of the 63 rows");
    browser.screenshot("phu-luc-1-63-bieu");
    browser.expect_silence();
}
