//! Broken files, drafts and crashes: each a sentence on its card, and the work goes on.

use crate::browser::{Browser, Element};
use crate::main_job::on_disk;
use crate::single_file;
use ra_soat::sample::sample_files;
use rust_xlsxwriter::Workbook;

fn card_text(browser: &Browser, name: &str) -> String {
    let card: Element = browser.find("article", name);
    browser.script_on(&card, "return arguments[0].innerText", &serde_json::Value::Null).as_str().unwrap_or_default().to_owned()
}

fn workbook(rows: &[&[&str]]) -> Vec<u8> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    for (row, cells) in rows.iter().enumerate() {
        for (column, cell) in cells.iter().enumerate() {
            sheet.write_string(row as u32, column as u16, *cell).unwrap();
        }
    }
    workbook.save_to_buffer().unwrap()
}

/// A workbook whose directory claims that its texts are four gigabytes long.
fn gigantic() -> Vec<u8> {
    let mut bytes = workbook(&[&["Họ và tên", "Ngày tiêm"], &["Trần Thị Mẫu", "02/08/2021"]]);
    let name = b"xl/sharedStrings.xml";
    let at = bytes.windows(name.len()).rposition(|window| window == name).unwrap();
    // The claimed size stands 22 bytes before the name in the zip's directory.
    bytes[at - 22..at - 18].copy_from_slice(&0xf000_0000u32.to_le_bytes());
    bytes
}

#[test]
fn every_bad_file_says_what_is_wrong_and_the_others_go_on() {
    let sample = sample_files().unwrap();
    let good = &sample[0];
    let system = sample.last().unwrap();
    // A compound file that holds an encrypted package, as Excel saves a workbook with a password: its magic and the stream's name.
    let mut locked = vec![0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
    locked.resize(1024, 0);
    locked.extend("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes));
    locked.resize(4096, 0);
    let files = vec![
        good.clone(),
        ("van-ban.xlsx".to_owned(), "Kính gửi các trạm y tế\nĐề nghị rà soát.".as_bytes().to_vec()),
        ("rong.xlsx".to_owned(), workbook(&[])),
        ("mat-khau.xlsx".to_owned(), locked),
        ("cat-cut.xlsx".to_owned(), good.1[..good.1.len() / 2].to_vec()),
        ("khong-co-ten-cot.xlsx".to_owned(), workbook(&[&["ghi chép", "linh tinh"], &["một", "hai"], &["ba", "bốn"]])),
        ("ban-sao.xlsx".to_owned(), good.1.clone()),
        (
            "khong-ngay.xlsx".to_owned(),
            workbook(&[&["Họ và tên", "Ngày sinh", "Vắc xin", "Ngày tiêm"], &["Trần Thị Mẫu", "01/02/1990", "Pfizer"]]),
        ),
        ("khong-lo.xlsx".to_owned(), gigantic()),
        (
            "ghi-tay.csv".to_owned(),
            "\u{feff}Họ và tên;Ngày sinh;Vắc xin;Ngày tiêm\r\nTrần Thị Mẫu;01/02/1990;Pfizer;02/08/2021\r\n".as_bytes().to_vec(),
        ),
        system.clone(),
    ];
    let browser = Browser::open(&single_file());
    browser.wait_for_status("Sẵn sàng");
    browser.upload("Chọn tệp Excel", &on_disk("bad", &files));
    browser.wait_for_status("Sẵn sàng");
    browser.screenshot("tep-hong");
    for (name, words) in [
        ("van-ban.xlsx", "tệp văn bản"),
        ("rong.xlsx", "không trang tính nào có dữ liệu"),
        ("mat-khau.xlsx", "mật khẩu"),
        ("cat-cut.xlsx", "bị hỏng hoặc bị cắt"),
        ("khong-co-ten-cot.xlsx", "không tìm thấy dòng tên cột"),
        ("khong-lo.xlsx", "MB bộ nhớ"),
    ] {
        let text = card_text(&browser, name);
        assert!(text.contains("Từ chối") && text.contains(words), "{name}: {text}");
    }
    // Two files of the same content: whichever was read first is kept.
    let copies = [card_text(&browser, &good.0), card_text(&browser, "ban-sao.xlsx")];
    assert_eq!(copies.iter().filter(|text| text.contains("Từ chối") && text.contains("giống hệt tệp")).count(), 1, "{copies:?}");
    assert!(card_text(&browser, "ghi-tay.csv").contains("Đã đọc"), "{}", card_text(&browser, "ghi-tay.csv"));
    assert!(card_text(&browser, "khong-ngay.xlsx").contains("Đã đọc, có dòng lỗi"));
    browser.click("button", "Bắt đầu đối soát");
    browser.find("table", "Kết quả đối soát");
    browser.wait_for_status("Sẵn sàng");
    assert!(browser.text().contains("0 dòng không giải thích được"));
    assert_eq!(browser.requests(), [""; 0]);
}

#[test]
fn two_exports_and_no_local_list_are_explained() {
    let sample = sample_files().unwrap();
    let system = sample.last().unwrap();
    let rows: [&[&str]; 2] = [
        &["Họ và tên", "Ngày sinh", "Tên vắc xin", "Ngày tiêm", "Ngày nhập", "Trạng thái xác thực"],
        &["Trần Thị Mẫu", "01/02/1990", "Pfizer", "02/08/2021", "03/08/2021", "Đúng"],
    ];
    let files = vec![system.clone(), ("he-thong-2.xlsx".to_owned(), workbook(&rows))];
    let browser = Browser::open(&single_file());
    browser.wait_for_status("Sẵn sàng");
    browser.upload("Chọn tệp Excel", &on_disk("two-exports", &files));
    browser.wait_for_status("Sẵn sàng");
    browser.screenshot("hai-ban-he-thong");
    let text = browser.text();
    assert!(text.contains("danh sách") && text.contains("địa phương"), "{text}");
    assert!(text.contains("Chưa có danh sách"), "the page says that no local list is there: {text}");
}

#[test]
fn a_reader_that_dies_costs_one_card() {
    let sample = sample_files().unwrap();
    let browser = Browser::open(&single_file());
    browser.wait_for_status("Sẵn sàng");
    // The first reader dies as a trap or lack of memory kills it: an error event on its worker, and no further word.
    browser.script(
        "const Real = Worker; let died = false;
         window.Worker = class extends Real {
           constructor(url, options) {
             super(url, options);
             if (options?.name === 'reader' && !died) { died = true; setTimeout(() => { this.terminate(); this.dispatchEvent(new ErrorEvent('error', { message: 'unreachable' })); }, 0); }
           }
         }; return 0",
    );
    browser.upload("Chọn tệp Excel", &on_disk("crash", &sample));
    browser.wait_for_status("Sẵn sàng");
    browser.screenshot("doc-su-co");
    let names: Vec<String> = sample.iter().map(|(name, _)| name.clone()).collect();
    let crashed: Vec<&String> = names.iter().filter(|name| card_text(&browser, name).contains("sự cố")).collect();
    assert_eq!(crashed.len(), 1, "{crashed:?}");
    assert_eq!(names.iter().filter(|name| card_text(&browser, name).contains("Đã đọc")).count(), sample.len() - 1);
    // Read again, it reads.
    browser.click("button", "Đọc lại");
    browser.wait_for_status("Sẵn sàng");
    assert_eq!(names.iter().filter(|name| card_text(&browser, name).contains("Đã đọc")).count(), sample.len());
}

#[test]
fn a_draft_comes_back_after_the_page_is_closed() {
    let sample = sample_files().unwrap();
    let paths = on_disk("draft", &sample);
    let browser = Browser::open(&single_file());
    browser.wait_for_status("Sẵn sàng");
    browser.fill("Đơn vị báo cáo", "Trạm Y tế xã Suối Mẫu");
    browser.upload("Chọn tệp Excel", &paths);
    browser.wait_for_status("Sẵn sàng");
    browser.click("button", "Bắt đầu đối soát");
    browser.find("table", "Kết quả đối soát");
    browser.wait_for_status("Sẵn sàng");
    let before = browser.table("Kết quả đối soát");
    // Saved within two seconds of the change.
    std::thread::sleep(std::time::Duration::from_millis(2_000));
    let stored = browser.script("return Object.entries(localStorage).flat().join('\\n')").as_str().unwrap_or_default().to_owned();
    assert!(stored.contains("Suối Mẫu"), "the unit is kept");
    for personal in ["Nguyễn Thị Hạnh", "006180004321", "17/05/1980", "1980-05-17"] {
        assert!(!stored.contains(personal), "{personal} is in the draft");
    }
    browser.reload();
    browser.wait_for_status("Sẵn sàng");
    browser.screenshot("ban-nhap-mo-lai");
    assert_eq!(browser.value("textbox", "Đơn vị báo cáo"), "Trạm Y tế xã Suối Mẫu");
    let text = browser.text();
    for (name, _) in &sample {
        assert!(text.contains(name.as_str()), "the page asks for {name}: {text}");
    }
    browser.upload("Chọn tệp Excel", &paths);
    browser.wait_for_status("Sẵn sàng");
    browser.click("button", "Bắt đầu đối soát");
    browser.find("table", "Kết quả đối soát");
    browser.wait_for_status("Sẵn sàng");
    assert_eq!(browser.table("Kết quả đối soát"), before);
    browser.expect_silence();
}
