//! Snapshots, lists under a filter, the rules of `Nhóm` and changes in bulk, through accessible names.

use crate::browser::Browser;
use crate::single_file;
use crate::small_files::{HEADER, dose, dose_of};
use std::path::{Path, PathBuf};

/// Writes small lists: a local one and two exports of the System, a month apart.
fn files() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("lists");
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    let export = |day: &str| format!("DỮ LIỆU TRÍCH XUẤT TỪ HỆ THỐNG TIÊM CHỦNG\nNgày trích xuất: {day}\n{HEADER}");
    let local = (0..120).map(|n| if n % 3 == 0 { dose_of(n, "3", "", "") } else { dose(n) }).collect();
    let lists: [(&str, String, Vec<String>); 3] = [
        ("Danh sách tiêm xã Suối Mẫu.csv", HEADER.to_owned(), local),
        ("Dữ liệu Hệ thống - trích xuất 10-02-2023.csv", export("10/02/2023"), (0..21).map(dose).collect()),
        ("Dữ liệu Hệ thống - trích xuất 10-03-2023.csv", export("10/03/2023"), (0..33).chain(200..204).map(dose).collect()),
    ];
    lists
        .into_iter()
        .map(|(name, head, doses)| {
            let path = folder.join(name);
            std::fs::write(&path, format!("{head}\n{}\n", doses.join("\n"))).unwrap();
            path
        })
        .collect()
}

fn reconciled() -> Browser {
    let browser = Browser::open(&single_file());
    browser.wait_for_status("Sẵn sàng");
    browser.upload("Chọn tệp Excel", &files());
    browser.wait_for_status("Sẵn sàng");
    browser.click("button", "Bắt đầu đối soát");
    browser.find("table", "Kết quả đối soát");
    browser.wait_for_status("Sẵn sàng");
    browser
}

/// Brings an element to the top of the window, for a picture of it.
fn look_at(browser: &Browser, role: &str, name: &str, picture: &str) {
    browser.script_on(&browser.find(role, name), "arguments[0].scrollIntoView({ block: 'center' })", &serde_json::Value::Null);
    browser.screenshot(picture);
}

#[test]
fn a_second_export_is_proposed_as_a_second_snapshot_and_can_be_made_one_with_the_first() {
    let browser = reconciled();
    let later = browser.table("Đợt trích xuất sau");
    assert_eq!(later[1][0], "Đợt 2, 10/03/2023 (quyết định trạng thái)");
    assert_eq!(later[1][2..], ["37", "21", "12", "4", "0", "0"]);
    assert!(browser.text().contains("0 dòng không giải thích được"));
    look_at(&browser, "table", "Đợt trích xuất sau", "dot-trich-xuat");
    let is_wide = browser.script("return document.documentElement.scrollWidth > document.documentElement.clientWidth");
    assert_eq!(is_wide, false, "the page does not scroll sideways");
    browser.click("button", "99");
    browser.wait_for_status("Sẵn sàng");
    browser.choose("Lọc theo trạng thái", "Đã xác minh và đã nhập");
    browser.wait_for_status("Sẵn sàng");
    let text = browser.text();
    assert!(text.contains("Mũi 1 đến 12 trong 12") && text.contains("Có trong đợt trích xuất ngày 10/03/2023"), "{text}");
    browser.screenshot("da-nhap-dot-sau");

    browser.click("link", "Nạp tệp");
    let card = browser.find("article", "Dữ liệu Hệ thống - trích xuất 10-03-2023.csv");
    let choose = "const select = [...arguments[0].querySelectorAll('label')].find(label => label.textContent === 'Đợt trích xuất').control;
        const was = select.selectedOptions[0].text; select.selectedIndex = 0; select.dispatchEvent(new Event('change', { bubbles: true })); return was";
    browser.screenshot("dot-trich-xuat-tep");
    assert_eq!(browser.script_on(&card, choose, &serde_json::Value::Null), "Đợt 2");
    browser.wait_for_status("Sẵn sàng");
    browser.click("button", "Bắt đầu đối soát");
    browser.wait_for_status("Sẵn sàng");
    assert!(!browser.text().contains("Đợt trích xuất sau"), "one snapshot has no later one");
    browser.expect_silence();
}

#[test]
fn a_group_is_set_for_all_that_a_filter_leaves_and_taken_back_in_one_step() {
    let browser = reconciled();
    let army = "Quân đội: mã nhóm đối tượng 3";
    let placed = |browser: &Browser| {
        let rows = browser.table("Quy tắc xếp Nhóm");
        let of = |name: &str| rows.iter().find(|row| row.get(2).is_some_and(|cell| cell == name)).map(|row| row[3].clone()).unwrap();
        (of("Do người đặt"), of(army), of("Không thuộc quy tắc nào ở trên"))
    };
    let counts = |person: &str, army: &str, other: &str| (person.to_owned(), army.to_owned(), other.to_owned());
    assert_eq!(placed(&browser), counts("0", "33", "66"));
    look_at(&browser, "table", "Quy tắc xếp Nhóm", "quy-tac-nhom");

    // The count of a rule opens its doses.
    browser.click("button", "33");
    browser.wait_for_status("Sẵn sàng");
    let text = browser.text();
    assert!(text.contains("Mũi 1 đến 33 trong 33") && text.contains("Nhóm 4: mã nhóm đối tượng 3 – Lực lượng Quân đội"), "{text}");
    browser.choose("Lọc theo quy tắc", "Mọi quy tắc");
    browser.fill("Tìm họ tên hoặc số", "hoang");
    browser.find("button", "Bỏ lọc");
    browser.wait_for_status("Sẵn sàng");
    std::thread::sleep(std::time::Duration::from_millis(600));
    browser.wait_for_status("Sẵn sàng");
    assert!(browser.text().contains("Mũi 1 đến 20 trong 20"), "{}", browser.text());
    browser.screenshot("loc-danh-sach");

    browser.choose("Đặt Nhóm", "Nhóm 3");
    browser.find("button", "Đặt Nhóm 3 cho 20 mũi đang lọc");
    browser.screenshot("dat-nhom-hoi");
    browser.click("button", "Đặt Nhóm 3 cho 20 mũi đang lọc");
    browser.wait_for_status("Sẵn sàng");
    assert_eq!(placed(&browser).0, "20");
    browser.click("button", "Trả về quy tắc");
    browser.wait_for_status("Sẵn sàng");
    assert_eq!(placed(&browser).0, "19");
    browser.click("button", "Hoàn tác");
    browser.wait_for_status("Sẵn sàng");
    browser.screenshot("dat-nhom-xong");
    browser.click("button", "Hoàn tác");
    browser.wait_for_status("Sẵn sàng");
    assert_eq!(placed(&browser), counts("0", "33", "66"));

    browser.click("switch", &format!("Dùng quy tắc Nhóm 4: {army}"));
    browser.wait_for_status("Sẵn sàng");
    assert_eq!(placed(&browser), counts("0", "0", "99"));
    browser.click("button", "Hoàn tác");
    browser.wait_for_status("Sẵn sàng");
    assert_eq!(placed(&browser), counts("0", "33", "66"));

    // A number of Phụ lục 2 opens the doses behind it.
    browser.click("link", "Phụ lục 2");
    browser.choose("Lập bảng theo", "Một đơn vị");
    browser.screenshot("phu-luc-2-mo-so");
    browser.click("button", "33");
    browser.wait_for_status("Sẵn sàng");
    assert_eq!(browser.value("combobox", "Lọc theo Nhóm"), "Nhóm 4");
    assert!(browser.text().contains("Mũi 1 đến 33 trong 33"), "{}", browser.text());
    browser.expect_silence();
}
