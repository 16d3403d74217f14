//! What leaves the page: the working list by unit, the import file, a form that names somebody, the cover text; through accessible names.

use crate::browser::Browser;
use crate::main_job::on_disk;
use crate::single_file;
use crate::small_files::{HEADER, dose};
use calamine::{Data, Reader as _, Xlsx};
use serde_json::json;
use std::io::Cursor;
use std::path::{Path, PathBuf};

/// Thirty persons in two units, twelve of them on the System too. The first is `Lý Thị An`.
fn files() -> Vec<PathBuf> {
    let list = |head: &str, doses: Vec<String>| format!("{head}\n{}\n", doses.join("\n")).into_bytes();
    let head = format!("DỮ LIỆU TRÍCH XUẤT TỪ HỆ THỐNG TIÊM CHỦNG\nNgày trích xuất: 10/02/2023\n{HEADER}");
    let files = [
        ("Danh sách tiêm.csv".to_owned(), list(HEADER, (0..30).map(dose).collect())),
        ("Dữ liệu Hệ thống.csv".to_owned(), list(&head, (18..30).map(dose).collect())),
    ];
    on_disk("sending", &files)
}

fn reconciled() -> Browser {
    let browser = Browser::open(&single_file());
    browser.wait_for_status("Sẵn sàng");
    browser.fill("Đơn vị báo cáo", "Trạm Y tế xã Suối Mẫu");
    browser.upload("Chọn tệp Excel", &files());
    browser.wait_for_status("Sẵn sàng");
    browser.click("button", "Bắt đầu đối soát");
    browser.find("table", "Kết quả đối soát");
    browser.wait_for_status("Sẵn sàng");
    browser
}

fn open(path: &Path) -> Xlsx<Cursor<Vec<u8>>> {
    calamine::open_workbook_from_rs(Cursor::new(std::fs::read(path).unwrap())).unwrap()
}

fn rows(path: &Path, sheet: &str) -> Vec<Vec<String>> {
    let range = open(path).worksheet_range(sheet).unwrap();
    range.rows().map(|row| row.iter().map(|cell| if *cell == Data::Empty { String::new() } else { cell.to_string() }).collect()).collect()
}

/// Brings something to the top of the window, for a picture.
fn show(browser: &Browser, role: &str, name: &str, picture: &str) {
    browser.script_on(&browser.find(role, name), "arguments[0].scrollIntoView({ block: 'center' })", &json!(null));
    browser.screenshot(picture);
}

#[test]
fn the_working_list_of_one_unit_and_the_import_file_are_downloaded() {
    let browser = reconciled();
    browser.script("document.querySelector('.unit-choice').open = true");
    browser.click("checkbox", "Trạm Y tế xã Bản Mẫu");
    show(&browser, "button", "Tải danh sách làm việc", "danh-sach-lam-viec");
    assert!(browser.text().contains("Đơn vị: đã chọn 1 trong 2"), "{}", browser.text());
    let list = browser.download(|| browser.click("button", "Tải danh sách làm việc"));
    browser.wait_for_status("Sẵn sàng");
    let missing = rows(&list, "Chưa nhập");
    assert_eq!(missing.len(), 3 + 9, "title, warning, head, nine of the eighteen");
    assert!(missing[3..].iter().all(|row| row[23] == "Trạm Y tế xã Suối Mẫu"));

    let import = browser.download(|| browser.click("button", "Tải tệp nhập Hệ thống"));
    browser.wait_for_status("Sẵn sàng");
    assert!(import.file_name().unwrap().to_str().unwrap().starts_with("Tep-nhap-He-thong_tram-y-te-xa-suoi-mau_"));
    assert_eq!(rows(&import, "PL1_Danh sach doi tuong tiem").len(), 8 + 9);
    let text = browser.text();
    assert!(text.contains("9 người, 9 mũi trong mẫu nhập.") && text.contains("Mã cơ sở tiêm (PL4): 9 mũi"), "{text}");
    show(&browser, "button", "Tải tệp nhập Hệ thống", "tep-nhap");
    browser.expect_silence();
}

#[test]
fn a_form_that_names_somebody_is_kept_back_until_it_is_mended_or_wanted() {
    let browser = reconciled();
    browser.click("link", "Phụ lục 2");
    browser.fill("5. Khó khăn, đề xuất:", "Ông Lý Thị An chưa có giấy tờ.");
    browser.click("button", "Tải Phụ lục 2");
    browser.wait_for_status("Sẵn sàng");
    browser.find("heading", "Phụ lục 2 có dữ liệu cá nhân, chưa tải");
    assert!(browser.text().contains("mục II.5: có họ tên “Lý Thị An”"), "{}", browser.text());
    browser.screenshot("du-lieu-ca-nhan");
    browser.click("button", "Sửa lại");
    assert!(browser.look("button", "Vẫn tải").is_none());
    browser.click("button", "Tải Phụ lục 2");
    browser.wait_for_status("Sẵn sàng");
    let form = browser.download(|| browser.click("button", "Vẫn tải"));
    browser.wait_for_status("Sẵn sàng");
    assert_eq!(open(&form).sheet_names(), ["Phụ lục 2", "Chi tiết", "Biểu đồ", "Dấu kiểm tra"]);
    browser.fill("5. Khó khăn, đề xuất:", "Phường Lý Thị An thiếu người nhập liệu.");
    let form = browser.download(|| browser.click("button", "Tải Phụ lục 2"));
    assert!(form.is_file(), "a ward is nobody");
    browser.expect_silence();
}

#[test]
fn the_cover_text_says_what_the_forms_say_and_is_printed_alone() {
    let browser = reconciled();
    browser.click("link", "Gửi đi");
    let text = browser.text();
    for words in
        ["TRẠM Y TẾ XÃ SUỐI MẪU", "Kính gửi:", "đã thực hiện: 30 mũi", "12 mũi; chênh lệch chưa nhập 18 mũi", "Chưa tải Phụ lục 1."]
    {
        assert!(text.contains(words), "{words}: {text}");
    }
    browser.screenshot("gui-di");
    show(&browser, "article", "Văn bản gửi kèm báo cáo", "van-ban");
    let printed = browser.devtools("Page.printToPDF", &json!({ "preferCSSPageSize": true }));
    let pdf = base64::Engine::decode(&base64::engine::general_purpose::STANDARD, printed["data"].as_str().unwrap()).unwrap();
    std::fs::write(Path::new(env!("CARGO_TARGET_TMPDIR")).join("van-ban.pdf"), &pdf).unwrap();
    let shown = browser.script(
        "const hidden = [];
         const rules = [...document.styleSheets].flatMap(sheet => [...sheet.cssRules]).filter(rule => rule.media && [...rule.media].includes('print'));
         return rules.flatMap(rule => [...rule.cssRules]).some(rule => rule.selectorText?.includes('.send > section:not(.cover)'))",
    );
    assert_eq!(shown, true);
    browser.click("button", "Đến Phụ lục 1");
    browser.find("button", "Tải Phụ lục 1");
    browser.expect_silence();
}
