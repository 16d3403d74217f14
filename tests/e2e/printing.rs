//! Forms of more units than are drawn at once: on paper stand all of them.

use crate::browser::Browser;
use crate::main_job::on_disk;
use crate::single_file;
use serde_json::json;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

const UNITS: usize = 150;

/// A written report of 150 communes.
fn report() -> (String, Vec<u8>) {
    let mut lines = vec![
        "BÁO CÁO KẾT QUẢ TIÊM CHỦNG COVID-19 LŨY KẾ ĐẾN NGÀY 31/01/2023".to_owned(),
        "Đơn vị,Từ 18 tuổi - Mũi 1,Từ 18 tuổi - Mũi 2,12-17 tuổi - Mũi 1,5-11 tuổi - Mũi 1".to_owned(),
    ];
    lines.extend((1..=UNITS).map(|at| format!("{},{},{},{},{}", unit(at), 1000 + at, 900 + at, 300 + at, 200 + at)));
    ("Báo cáo bằng văn bản đến ngày 31-01-2023.csv".to_owned(), lines.join("\n").into_bytes())
}

fn unit(at: usize) -> String {
    format!("Trạm Y tế xã Mẫu {at}")
}

/// How many of the report's units a form has rows of now: drawn ones, and ones that are for paper alone.
const ROWS: &str = "return [...document.querySelectorAll(arguments[0] + ' tbody tr')].filter(row => row.cells.length > 2).length";

fn rows(browser: &Browser, table: &str) -> u64 {
    browser.script(&ROWS.replace("arguments[0]", &json!(table).to_string())).as_u64().unwrap()
}

/// Prints as Ctrl+P does: Chromium tells the page before and after.
fn printed(browser: &Browser, name: &str) -> Vec<u8> {
    let printed = browser.devtools("Page.printToPDF", &json!({ "preferCSSPageSize": true, "generateTaggedPDF": true }));
    let pdf = base64::Engine::decode(&base64::engine::general_purpose::STANDARD, printed["data"].as_str().unwrap()).unwrap();
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}.pdf"));
    std::fs::write(&path, &pdf).unwrap();
    if let Ok(output) = Command::new("pdftotext").args(["-raw", "-enc", "UTF-8"]).arg(&path).arg("-").output() {
        let words = String::from_utf8_lossy(&output.stdout).split_whitespace().collect::<Vec<_>>().join(" ");
        for at in 1..=UNITS {
            // Its own figures behind the name: `Mẫu 15` is no `Mẫu 150`.
            let line = format!("Mẫu {at} {}", if name == "phu-luc-1" { "1." } else { "" });
            assert!(words.contains(line.trim_end()), "{name}: {line} is not on paper");
        }
        assert!(!words.contains("Hiện thêm") && !words.contains("thiếu"), "{name}: what is for the screen is on paper");
    }
    pdf
}

/// Rows of tables on paper: Chromium tags each.
fn tagged_rows(pdf: &[u8]) -> usize {
    let tag = b"/S /TR";
    pdf.windows(tag.len() + 1).filter(|part| part.starts_with(tag) && !part[tag.len()].is_ascii_alphabetic()).count()
}

#[test]
fn every_unit_of_a_long_form_is_on_paper_and_the_screen_stays_short() {
    let browser = Browser::open(&single_file());
    browser.wait_for_status("Sẵn sàng");
    browser.upload("Chọn tệp Excel", &on_disk("printing", &[report()]));
    browser.wait_for_status("Sẵn sàng");
    for (form, table) in [("Phụ lục 1", ".form-1 .form-table"), ("Phụ lục 2", ".part-1")] {
        browser.click("link", form);
        if form == "Phụ lục 1" {
            browser.choose("Nguồn của n", "Báo cáo bằng văn bản");
        }
        browser.choose("Lập bảng theo", "Đơn vị cấp dưới");
        browser.wait_for_status("Sẵn sàng");
        let name = if form == "Phụ lục 1" { "phu-luc-1" } else { "phu-luc-2" };
        assert_eq!(rows(&browser, table), 100, "{form}");
        let pdf = printed(&browser, name);
        let tables = if form == "Phụ lục 1" { 1 } else { 2 };
        assert!(tagged_rows(&pdf) >= tables * (UNITS + 1), "{form}: {} rows on paper", tagged_rows(&pdf));
        let back = || (rows(&browser, table) == 100).then_some(());
        browser.wait(Duration::from_secs(5), "the screen as before", back);
        browser.find("button", "Hiện thêm 50 đơn vị (còn 50)");
        // The button prints the same: all rows stand before the browser is asked to print.
        let count = ROWS.replace("return ", "window.atPrint = ").replace("arguments[0]", &json!(table).to_string());
        browser.script(&format!("window.atPrint = 0; window.print = () => {{ {count}; dispatchEvent(new Event('afterprint')) }}"));
        browser.click("button", "In");
        let at_print = || browser.script("return window.atPrint").as_u64().filter(|rows| *rows > 0);
        assert_eq!(browser.wait(Duration::from_secs(5), "the page to print", at_print), UNITS as u64, "{form}");
        browser.wait(Duration::from_secs(5), "the screen as before", back);
    }
    browser.expect_silence();
}
