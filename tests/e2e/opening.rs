//! The page opens, from disk and from a server.

use crate::browser::Browser;
use crate::{hosted, single_file};
use std::time::Duration;

#[test]
fn opens_from_disk() {
    let browser = Browser::open(&single_file());
    browser.wait_for_status("Sẵn sàng");
    browser.screenshot("opens_from_disk");
    browser.expect_silence();
}

#[test]
fn opens_from_a_server() {
    let browser = Browser::open(&hosted());
    browser.wait_for_status("Sẵn sàng");
    let elsewhere: Vec<String> = browser.requests().into_iter().filter(|url| !url.starts_with(&hosted())).collect();
    assert_eq!(elsewhere, [""; 0], "the page asked for something elsewhere");
    assert_eq!(browser.errors(), [""; 0], "errors on the console");
}

#[test]
fn a_damaged_file_says_so() {
    let page = std::fs::read_to_string(single_file().trim_start_matches("file://")).unwrap();
    let packed = page.find(r#"<script id="app-wasm""#).unwrap();
    // Late, where the program's texts are: any bytes there would start, and only the unpacker notices.
    let late = packed + page[packed..].find("</script>").unwrap() - 100;
    let other = if page[late..].starts_with('A') { "B" } else { "A" };
    let file = std::env::temp_dir().join(format!("ra-soat-damaged-{}.html", std::process::id()));
    std::fs::write(&file, [&page[..late], other, &page[late + 1..]].concat()).unwrap();

    let browser = Browser::open(&format!("file://{}", file.display()));
    let said =
        browser.wait(Duration::from_secs(10), "the message", || Some(browser.text()).filter(|text| text.contains("Không mở được Rà Soát")));
    std::fs::remove_file(&file).unwrap();
    assert!(said.contains("tệp bị hỏng"), "{said}");
}
