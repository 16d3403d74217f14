//! The review of `Cần xem xét`: answered by keys and by pattern, undone, kept over a reload, out in the working list and in again.

use crate::browser::Browser;
use crate::main_job::on_disk;
use crate::single_file;
use std::path::PathBuf;

const HEADER: &str = "Họ và tên,Ngày sinh,Giới tính,Số CCCD,Xã phường,Mũi tiêm,Vắc xin,Ngày tiêm,Số lô,Cơ sở tiêm";

/// Four people whose number on the System is another valid one, one whose name is another, one found on both sides, one missing.
fn lists() -> Vec<PathBuf> {
    let row = |name: &str, born: &str, number: &str, dose: u8, given: &str| {
        format!("{name},{born},Nữ,{number},Xã Suối Mẫu,Mũi {dose},Pfizer,{given},PCB0001,TYT xã Suối Mẫu\n")
    };
    let people = [
        ("Nguyễn Thị Hạnh", "01/02/1985", "006185001234", "006185009871"),
        ("Trần Thị Mai", "13/04/1985", "006185002345", "006185008762"),
        ("Lê Thị Lan", "15/06/1985", "006185003456", "006185007653"),
        ("Phạm Thị Cúc", "17/08/1985", "006185004567", "006185006544"),
    ];
    let (mut local, mut system) = (format!("{HEADER}\n"), format!("{HEADER},Ngày nhập\n"));
    let entered = |row: String| row.trim_end().to_owned() + ",05/09/2021\n";
    for (name, born, own, other) in people {
        for (dose, given) in [(1, "02/08/2021"), (2, "30/08/2021")] {
            local += &row(name, born, own, dose, given);
            system += &entered(row(name, born, other, dose, given));
        }
    }
    local += &row("Vũ Thị Hường", "21/10/1990", "", 1, "03/08/2021");
    system += &entered(row("Vũ Thị Hương", "21/10/1990", "", 1, "03/08/2021"));
    local += &row("Đỗ Thị Hoa", "22/11/1991", "006191005678", 1, "03/08/2021");
    system += &entered(row("Đỗ Thị Hoa", "22/11/1991", "006191005678", 1, "03/08/2021"));
    local += &row("Đỗ Thị Hòa", "22/12/1991", "006191004444", 1, "03/08/2021");
    on_disk("review", &[("dia-phuong.csv".to_owned(), local.into_bytes()), ("he-thong.csv".to_owned(), system.into_bytes())])
}

fn match_lists(browser: &Browser) {
    browser.upload("Chọn tệp Excel", &lists());
    browser.wait_for_status("Sẵn sàng");
    browser.choose("Loại dữ liệu", "Danh sách tiêm của địa phương");
    browser.wait_for_status("Sẵn sàng");
    browser.click("button", "Bắt đầu đối soát");
    browser.find("table", "Kết quả đối soát");
    browser.wait_for_status("Sẵn sàng");
}

/// The local count of a bucket.
fn local(browser: &Browser, bucket: &str) -> String {
    let table = browser.table("Kết quả đối soát");
    table.iter().find(|row| row[0] == bucket).map(|row| row[1].clone()).unwrap_or_default()
}

fn expect_left(browser: &Browser, words: &str) {
    browser.wait_for_status("Sẵn sàng");
    assert!(browser.text().contains(words), "{words} in:\n{}", browser.text());
}

#[test]
fn review_by_keys_and_by_pattern_is_undone_and_survives_a_reload() {
    let browser = Browser::open(&single_file());
    browser.wait_for_status("Sẵn sàng");
    match_lists(&browser);
    assert_eq!([local(&browser, "Cần xem xét"), local(&browser, "Đã nhập"), local(&browser, "Chưa nhập")], ["9", "1", "1"]);
    browser.click("button", "Xem xét từng cặp");
    expect_left(&browser, "Còn 5 cặp, 18 mũi");
    browser.screenshot("xem-xet");
    assert!(browser.table("Trọng số từng thông tin (bit)").last().is_some_and(|row| row[0] == "Tổng"));

    // A letter typed into a field is no answer.
    browser.fill("Đơn vị báo cáo", "cks");
    expect_left(&browser, "Còn 5 cặp, 18 mũi");
    browser.script("document.getElementById('xem-xet').focus()");
    browser.press("c");
    expect_left(&browser, "Còn 4 cặp, 14 mũi");
    assert_eq!(local(&browser, "Đã nhập"), "3");
    browser.click("button", "Hoàn tác");
    expect_left(&browser, "Còn 5 cặp, 18 mũi");
    browser.press("k");
    expect_left(&browser, "Còn 4 cặp, 14 mũi");
    assert_eq!(local(&browser, "Chưa nhập"), "3");
    browser.press("s");
    expect_left(&browser, "Còn 4 cặp, 14 mũi");
    browser.click("button", "Số giấy tờ khác; còn lại khớp");
    browser.wait_for_status("Sẵn sàng");
    browser.screenshot("xem-xet-kieu");
    browser.click("button", "Cùng người cho cả 3 cặp");
    expect_left(&browser, "Còn 1 cặp, 2 mũi");
    browser.click("button", "Hoàn tác");
    expect_left(&browser, "Còn 4 cặp, 14 mũi");
    browser.click("button", "Làm lại");
    expect_left(&browser, "Còn 1 cặp, 2 mũi");
    browser.screenshot("xem-xet-gan-xong");

    // A second person, blind.
    browser.click("button", "Chế độ mù");
    expect_left(&browser, "Đã trả lời 0 trong 5 cặp");
    assert!(browser.look("table", "Trọng số từng thông tin (bit)").is_none(), "the weight is not shown");
    browser.press("c");
    expect_left(&browser, "Đã trả lời 1 trong 5 cặp");
    browser.screenshot("xem-xet-mu");
    browser.click("button", "Chế độ mù");
    expect_left(&browser, "Còn 1 cặp, 2 mũi");

    browser.press("c");
    expect_left(&browser, "Không còn cặp nào chờ trả lời.");
    let before = browser.table("Kết quả đối soát");
    std::thread::sleep(std::time::Duration::from_millis(2_000));
    browser.reload();
    browser.wait_for_status("Sẵn sàng");
    match_lists(&browser);
    assert_eq!(browser.table("Kết quả đối soát"), before);
    assert!(browser.text().contains("Mọi cặp đã được trả lời."));
    browser.expect_silence();
}

/// The downloaded working list with `Quyết định` filled in for the rows of one sheet.
fn filled(list: &std::path::Path, sheet: &str, answer: impl Fn(usize) -> &'static str) -> Vec<u8> {
    use calamine::{Data, Reader as _};
    let mut book: calamine::Xlsx<_> = calamine::open_workbook(list).unwrap();
    let range = book.worksheet_range(sheet).unwrap();
    let mut out = rust_xlsxwriter::Workbook::new();
    let page = out.add_worksheet();
    page.set_name(sheet).unwrap();
    let head = range.rows().position(|row| row.contains(&Data::String("Tệp".to_owned()))).unwrap();
    let decision = range.width() - 1;
    for (at, row) in range.rows().enumerate() {
        for (column, cell) in row.iter().enumerate() {
            match cell {
                Data::Float(value) => page.write_number(at as u32, column as u16, *value).map(drop).unwrap(),
                Data::Empty => {}
                cell => page.write_string(at as u32, column as u16, cell.to_string()).map(drop).unwrap(),
            }
        }
        if at > head {
            page.write_string(at as u32, decision as u16, answer(at - head - 1)).unwrap();
        }
    }
    out.save_to_buffer().unwrap()
}

#[test]
fn review_answers_come_back_in_a_working_list() {
    let browser = Browser::open(&single_file());
    browser.wait_for_status("Sẵn sàng");
    match_lists(&browser);
    let list = browser.download(|| browser.click("button", "Tải danh sách làm việc"));
    browser.wait_for_status("Sẵn sàng");
    let bytes = filled(&list, "Cần xem xét", |row| if row == 8 { "chưa rõ" } else { "Cùng người" });
    let name = list.file_name().unwrap().to_str().unwrap().to_owned();
    browser.click("link", "Nạp tệp");
    browser.upload("Chọn tệp Excel", &on_disk("review-back", &[(name, bytes)]));
    browser.wait_for_status("Sẵn sàng");
    let text = browser.text();
    assert!(text.contains("9 dòng có “Quyết định”: nhận 4 cặp, trong đó 4 cặp mới hoặc đổi."), "{text}");
    assert!(text.contains("1 chỗ không nhận: Cần xem xét, dòng 12: “chưa rõ” không phải"), "{text}");
    browser.screenshot("danh-sach-tro-lai");
    browser.click("link", "Đối soát");
    assert_eq!([local(&browser, "Cần xem xét"), local(&browser, "Đã nhập")], ["1", "9"]);
    browser.screenshot("doi-soat-cua-xem-xet");
    browser.click("button", "Xem xét từng cặp");
    expect_left(&browser, "Còn 1 cặp, 2 mũi");
    browser.click("button", "Hoàn tác");
    expect_left(&browser, "Còn 5 cặp, 18 mũi");
    browser.expect_silence();
}

#[test]
fn review_says_why_a_dose_is_missing_and_a_person_may_join_it() {
    let browser = Browser::open(&single_file());
    browser.wait_for_status("Sẵn sàng");
    match_lists(&browser);
    let count = browser.find("table", "Kết quả đối soát");
    let open =
        "[...arguments[0].rows].find(row => row.cells[0].innerText.trim() === arguments[1]).cells[1].querySelector('button').click()";
    browser.script_on(&count, open, &serde_json::json!("Chưa nhập"));
    browser.wait_for_status("Sẵn sàng");
    browser.click("button", "Vì sao? Đỗ Thị Hòa");
    browser.wait_for_status("Sẵn sàng");
    browser.screenshot("vi-sao");
    assert!(browser.text().contains("gần giống nhất trên Hệ thống, và vì sao không ghép:"), "{}", browser.text());
    browser.click("button", "Cùng người: Đỗ Thị Hoa");
    browser.wait_for_status("Sẵn sàng");
    assert_ne!(local(&browser, "Chưa nhập"), "1");
    browser.click("button", "Hoàn tác");
    browser.wait_for_status("Sẵn sàng");
    assert_eq!(local(&browser, "Chưa nhập"), "1");
    browser.expect_silence();
}
