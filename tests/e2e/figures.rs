//! The numbers desk: a written report beside the lists, names of one unit, a typed figure, the bridge.

use crate::browser::Browser;
use crate::main_job::on_disk;
use crate::single_file;
use crate::small_files::{HEADER, dose};

/// A local list of two communes (60 doses each), an export of the System with 21 of them, and a written report that names one commune
/// without its kind.
fn files() -> Vec<(String, Vec<u8>)> {
    let list = |head: String, doses: Vec<String>| format!("{head}\n{}\n", doses.join("\n")).into_bytes();
    let export = format!("DỮ LIỆU TRÍCH XUẤT TỪ HỆ THỐNG TIÊM CHỦNG\nNgày trích xuất: 10/02/2023\n{HEADER}");
    let mut workbook = rust_xlsxwriter::Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet.write_string(0, 0, "BÁO CÁO KẾT QUẢ TIÊM VẮC XIN PHÒNG COVID-19").unwrap();
    sheet.write_string(1, 0, "(Số liệu tính đến ngày 31/01/2023)").unwrap();
    let heads = ["TT", "Đơn vị", "Từ 18 tuổi: Mũi 1", "Từ 18 tuổi: Mũi 2", "Tổng số mũi tiêm"];
    for (column, title) in (0..).zip(heads) {
        sheet.write_string(3, column, title).unwrap();
    }
    for (row, (unit, first, second)) in (4..).zip([("Trạm Y tế xã Suối Mẫu", 70, 3), ("Bản Mẫu", 60, 0)]) {
        sheet.write_number(row, 0, f64::from(row - 3)).unwrap();
        sheet.write_string(row, 1, unit).unwrap();
        for (column, doses) in (2..).zip([first, second, first + second]) {
            sheet.write_number(row, column, f64::from(doses)).unwrap();
        }
    }
    vec![
        ("Danh sách tiêm.csv".to_owned(), list(HEADER.to_owned(), (0..120).map(dose).collect())),
        ("Dữ liệu Hệ thống.csv".to_owned(), list(export, (0..21).map(dose).collect())),
        ("Báo cáo bằng văn bản.xlsx".to_owned(), workbook.save_to_buffer().unwrap()),
    ]
}

/// Unit, c, d, n, o, p of the table's rows.
fn rows(browser: &Browser) -> Vec<[String; 6]> {
    let table = browser.table("Số liệu theo đơn vị");
    table.iter().skip(1).map(|row| [0, 1, 2, 12, 13, 14].map(|at| row.get(at).cloned().unwrap_or_default())).collect()
}

#[test]
fn a_written_report_beside_the_lists_is_agreed_on_unit_by_unit() {
    let browser = Browser::open(&single_file());
    browser.wait_for_status("Sẵn sàng");
    browser.upload("Chọn tệp Excel", &on_disk("figures", &files()));
    browser.wait_for_status("Sẵn sàng");
    browser.click("button", "Bắt đầu đối soát");
    browser.find("table", "Kết quả đối soát");
    browser.wait_for_status("Sẵn sàng");
    browser.click("link", "Số liệu");
    let own = |unit: &str, cells: [&str; 5]| [unit, cells[0], cells[1], cells[2], cells[3], cells[4]].map(str::to_owned);
    let found = rows(&browser);
    assert_eq!(found[0], own("Bản Mẫu", ["", "", "", "", ""]), "a name no list has is a unit of its own, and blank");
    assert_eq!(found[1], own("Trạm Y tế xã Bản Mẫu", ["60", "0", "60", "10", "50"]));

    browser.choose("Nguồn của n", "Báo cáo bằng văn bản");
    browser.screenshot("so-lieu-bao-cao");
    browser.click("button", "Một đơn vị: Bản Mẫu và Trạm Y tế xã Bản Mẫu");
    browser.wait_for_status("Sẵn sàng");
    let found = rows(&browser);
    assert_eq!(found[0], own("Trạm Y tế xã Bản Mẫu", ["60", "0", "60", "10", "50"]));
    assert_eq!(found[1], own("Trạm Y tế xã Suối Mẫu", ["70", "3", "73", "11", "62"]));
    assert_eq!(found[2], own("Tổng cộng", ["130", "3", "133", "21", "112"]));
    let bridge = browser.table("Cầu nối");
    assert_eq!(bridge[1], ["Có số báo cáo, không có danh sách (n − L)", "0", "+13", "+13"]);
    assert_eq!(bridge[2], ["Chưa nhập", "+50", "+49", "+99"]);
    assert_eq!(bridge.last().unwrap()[1..], ["50", "62", "112"]);

    browser.click("button", "Trạm Y tế xã Suối Mẫu");
    browser.fill("Số thống nhất cột c", "60");
    browser.wait_for_status("Sẵn sàng");
    browser.screenshot("so-lieu-cac-nguon");
    assert_eq!(rows(&browser)[1], own("Trạm Y tế xã Suối Mẫu", ["60", "3", "63", "11", "52"]));

    browser.click("link", "Phụ lục 1");
    browser.choose("Lập bảng theo", "Đơn vị cấp dưới");
    let text = browser.text();
    assert!(text.contains("n theo báo cáo bằng văn bản của các đơn vị."), "{text}");
    browser.screenshot("phu-luc-1-bao-cao");

    browser.click("link", "Số liệu");
    browser.click("button", "Tách ra: Bản Mẫu");
    browser.wait_for_status("Sẵn sàng");
    assert_eq!(rows(&browser).len(), 4, "{:?}", rows(&browser));
    browser.expect_silence();
}
