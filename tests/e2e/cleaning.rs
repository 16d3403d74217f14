//! `Làm sạch` and `Giám sát` through accessible names; one fix by the keyboard alone.

use crate::browser::Browser;
use crate::drafts::warns;
use crate::single_file;
use std::path::{Path, PathBuf};

const HEADER: &str = "Họ và tên,Ngày sinh,Giới tính,Số CCCD,Số điện thoại,Xã/phường,Mũi tiêm,Vắc xin,Ngày tiêm,Số lô,Cơ sở tiêm,Ngày nhập,Trạng thái xác thực,Trạng thái ký";
const TAB: &str = "\u{e004}";
const ENTER: &str = "\u{e007}";

/// An export of the System: so many new doses, some of them wrong in known ways.
fn export(folder: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(folder);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    let line = |n: usize| {
        let (day, year) = (n % 20 + 2, 70 + n % 20);
        let name = ["Lý Thị An", "Hoàng Thị Bình", "Nông Thị Chi", "Triệu Thị Dung"][n % 4];
        let number = if n.is_multiple_of(12) { String::new() } else { format!("0061{year}{n:06}") };
        let vaccine = if n % 10 == 3 { "Phai do" } else { "Pfizer" };
        let entered = if n % 6 == 5 { day + 4 } else { day };
        let status = if n % 15 == 7 { "MÃ 7" } else { "Đúng" };
        let place = if n.is_multiple_of(2) { "Suối Mẫu" } else { "Bản Mẫu" };
        format!(
            "{name},{:02}/04/19{year},Nữ,{number},09{:08},Xã {place},Mũi 1,{vaccine},{day:02}/02/2023,FK0112,Trạm Y tế xã {place},{entered:02}/02/2023,{status},Đã ký",
            n % 15 + 13,
            12_000_000 + n
        )
    };
    let lines: Vec<String> = (0..60).map(line).collect();
    let path = folder.join("Dữ liệu Hệ thống trích xuất 01-03-2023.csv");
    std::fs::write(&path, format!("{HEADER}\n{}\n", lines.join("\n"))).unwrap();
    path
}

fn opened(folder: &str) -> (Browser, PathBuf) {
    let browser = Browser::open(&single_file());
    browser.wait_for_status("Sẵn sàng");
    let file = export(folder);
    browser.upload("Chọn tệp Excel", std::slice::from_ref(&file));
    browser.wait_for_status("Sẵn sàng");
    (browser, file)
}

fn clean(browser: &Browser) {
    browser.click("link", "Làm sạch");
    browser.find("table", "Lỗi theo quy tắc");
    browser.wait_for_status("Sẵn sàng");
}

/// The count of a rule in the table.
fn count(browser: &Browser, code: &str) -> String {
    let rows = browser.table("Lỗi theo quy tắc");
    rows.iter().find(|row| row[0] == code).map_or_else(|| "no row".to_owned(), |row| row[3].clone())
}

/// Presses Tab until the focus is where a script says it should be.
fn tab_to(browser: &Browser, is_there: &str) {
    for _ in 0..300 {
        if browser.script(&format!("const e = document.activeElement; return {is_there}")) == true {
            return;
        }
        browser.press(TAB);
    }
    panic!("the keyboard does not come to {is_there}; it is at {}", browser.script("return document.activeElement.outerHTML"));
}

#[test]
fn a_vaccine_is_mended_by_the_keyboard_alone_undone_and_kept_in_the_draft() {
    let (browser, file) = opened("cleaning");
    tab_to(&browser, "e.getAttribute('aria-label') === 'Làm sạch'");
    browser.press(ENTER);
    browser.find("table", "Lỗi theo quy tắc");
    browser.wait_for_status("Sẵn sàng");
    browser.screenshot("lam-sach");
    assert_eq!((count(&browser, "VX02"), count(&browser, "GT01"), count(&browser, "XT03")), ("6".into(), "5".into(), "4".into()));

    tab_to(&browser, "e.title === 'Xem lỗi VX02'");
    browser.press(ENTER);
    browser.wait_for_status("Sẵn sàng");
    tab_to(&browser, "e.id === 'loi-0'");
    // The arrow goes to the row below.
    browser.press("\u{e015}");
    browser.wait(std::time::Duration::from_secs(5), "the second row", || {
        (browser.script("return document.activeElement.id") == "loi-1").then_some(())
    });
    browser.press(ENTER);
    browser.wait(std::time::Duration::from_secs(10), "the opened finding", || {
        browser.names("heading").iter().any(|name| name.starts_with("VX02 Hoàng Thị Bình – dòng 15,")).then_some(())
    });
    browser.wait_for_status("Sẵn sàng");
    browser.screenshot("lam-sach-chi-tiet");
    tab_to(&browser, "e.tagName === 'SELECT' && e.labels[0].textContent.includes('Phai do')");
    browser.press("Pf");
    browser.wait_for_status("Sẵn sàng");
    browser.wait(std::time::Duration::from_secs(10), "the mended count", || (count(&browser, "VX02") == "0").then_some(()));
    browser.wait_for_status("Sẵn sàng");
    assert!(browser.text().contains("đọc “Phai do” (6 mũi) là vắc xin Pfizer"), "{}", browser.text());
    browser.screenshot("lam-sach-da-sua");

    tab_to(&browser, "e.textContent.trim().startsWith('Hoàn tác')");
    browser.press(ENTER);
    browser.wait_for_status("Sẵn sàng");
    assert_eq!(count(&browser, "VX02"), "6");
    browser.click("button", "Làm lại");
    browser.wait_for_status("Sẵn sàng");
    assert_eq!(count(&browser, "VX02"), "0");

    // The draft keeps it.
    std::thread::sleep(std::time::Duration::from_secs(2));
    browser.reload();
    browser.wait_for_status("Sẵn sàng");
    browser.upload("Chọn tệp Excel", &[file]);
    browser.wait_for_status("Sẵn sàng");
    clean(&browser);
    assert_eq!((count(&browser, "VX02"), count(&browser, "GT01")), ("0".into(), "5".into()));
    browser.expect_silence();
}

#[test]
fn rules_are_switched_values_typed_and_lists_downloaded() {
    let (browser, _) = opened("cleaning-lists");
    clean(&browser);
    // A typed value is warned of until it is saved.
    browser.script("[...document.querySelectorAll('button.count')].find(b => b.title === 'Xem lỗi GT01').click()");
    browser.wait_for_status("Sẵn sàng");
    browser.script("document.getElementById('loi-0').click()");
    browser.find("button", "Sửa trường này");
    browser.wait_for_status("Sẵn sàng");
    browser.fill("Giá trị đúng", "006170999999");
    browser.click("button", "Sửa trường này");
    browser.wait_for_status("Sẵn sàng");
    assert_eq!(count(&browser, "GT01"), "4");
    assert!(browser.text().contains("1 giá trị gõ lại chưa có trong bảng sửa."));
    assert!(warns(&browser), "closing the page now loses what was typed");
    let saved = browser.download(|| browser.click("button", "Tải bảng sửa"));
    browser.wait_for_status("Sẵn sàng");
    assert!(!warns(&browser));
    assert!(saved.file_name().unwrap().to_string_lossy().starts_with("Bang-sua_chua-ghi_"), "{saved:?}");
    assert!(!browser.text().contains("chưa có trong bảng sửa"));
    let police = browser.download(|| browser.click("button", "Tải danh sách rà soát"));
    assert!(police.file_name().unwrap().to_string_lossy().starts_with("Danh-sach-ra-soat_"), "{police:?}");
    browser.wait_for_status("Sẵn sàng");

    browser.script("[...document.querySelectorAll('summary')].find(s => s.textContent.startsWith('Danh mục')).click()");
    browser.find("table", "Danh mục quy tắc");
    browser.screenshot("danh-muc-quy-tac");
    browser.click("switch", "Dùng quy tắc GT01");
    browser.wait_for_status("Sẵn sàng");
    assert_eq!(count(&browser, "GT01"), "no row");
    browser.click("button", "Hoàn tác");
    browser.wait_for_status("Sẵn sàng");
    assert_eq!(count(&browser, "GT01"), "4");

    // Another day: the page is opened anew, the list and the corrections are dropped. A change is in the draft within two seconds.
    std::thread::sleep(std::time::Duration::from_secs(2));
    browser.reload();
    browser.wait_for_status("Sẵn sàng");
    browser.upload("Chọn tệp Excel", &[export("cleaning-lists-again"), saved]);
    browser.wait_for_status("Sẵn sàng");
    assert_eq!(browser.value("combobox", "Loại dữ liệu"), "Dữ liệu Hệ thống");
    clean(&browser);
    assert_eq!(count(&browser, "GT01"), "4");
    assert!(!warns(&browser), "what came in from a file stands in it");
    browser.expect_silence();
}

#[test]
fn the_board_counts_new_doses_and_a_word_is_given_a_meaning() {
    let (browser, _) = opened("monitoring");
    browser.click("link", "Giám sát");
    let rows = browser.table("Giám sát theo cơ sở");
    browser.wait_for_status("Sẵn sàng");
    browser.screenshot("giam-sat");
    let names: Vec<&str> = rows.iter().map(|row| row[0].as_str()).collect();
    assert_eq!(names, ["Cơ sở", "Trạm Y tế xã Bản Mẫu", "Trạm Y tế xã Suối Mẫu", "Tổng cộng"]);
    // New doses, late ones.
    assert_eq!((rows[3][1].as_str(), rows[3][8].as_str()), ("60", "10"));
    let statuses = browser.table("Xác thực với CSDLQG về dân cư");
    let of = |rows: &[Vec<String>], name: &str| rows.iter().find(|row| row[0].starts_with(name)).map(|row| row[1].clone()).unwrap();
    assert_eq!((of(&statuses, "Đúng"), of(&statuses, "“MÃ 7”"), of(&statuses, "Tổng cộng")), ("56".into(), "4".into(), "60".into()));
    browser.choose("Nghĩa của “MÃ 7”", "Sai thông tin");
    browser.wait_for_status("Sẵn sàng");
    browser.wait(std::time::Duration::from_secs(10), "the meaning", || {
        (of(&browser.table("Xác thực với CSDLQG về dân cư"), "Sai thông tin") == "4").then_some(())
    });
    browser.wait_for_status("Sẵn sàng");
    let report = browser.download(|| browser.click("button", "Tải báo cáo giám sát"));
    assert!(report.file_name().unwrap().to_string_lossy().starts_with("Giam-sat_"), "{report:?}");
    browser.screenshot("giam-sat-nghia");
    browser.expect_silence();
}
