//! Browsers that lack something: what the floor (Chrome and Edge 109, the last for Windows 7) may lack changes nothing; without what the app
//! needs the page says so.

use crate::browser::Browser;
use crate::main_job::on_disk;
use crate::single_file;
use ra_soat::sample::sample_files;
use serde_json::json;

/// Newer than the floor, or denied to pages from disk by some: the app has another way for each.
const NOT_NEEDED: &str =
    "for (const name of ['DecompressionStream', 'CompressionStream', 'SubtleCrypto', 'ClipboardItem', 'LockManager', 'BroadcastChannel'])
  delete globalThis[name];
for (const [of, name] of [[navigator, 'locks'], [navigator, 'clipboard'], [navigator, 'storage'], [globalThis.crypto, 'subtle']])
  Object.defineProperty(of, name, { value: undefined, configurable: true });
delete Promise.withResolvers; delete Array.fromAsync; delete Object.groupBy; delete Set.prototype.union;
for (const name of ['toSorted', 'toReversed', 'toSpliced', 'with']) delete Array.prototype[name];
";

#[test]
fn the_main_job_needs_nothing_newer_than_the_floor() {
    let sample = sample_files().unwrap();
    let browser = Browser::open("about:blank");
    browser.devtools("Page.addScriptToEvaluateOnNewDocument", &json!({ "source": NOT_NEEDED }));
    browser.go(&single_file());
    browser.wait_for_status("Sẵn sàng");
    browser.script(&format!("globalThis.raSoatWorkerSource = {} + globalThis.raSoatWorkerSource; return 0", json!(NOT_NEEDED)));
    assert_eq!(
        browser.script("return typeof DecompressionStream + typeof crypto.subtle + typeof navigator.locks"),
        "undefinedundefinedundefined"
    );
    browser.upload("Chọn tệp Excel", &on_disk("floor", &sample));
    browser.wait_for_status("Sẵn sàng");
    browser.click("button", "Bắt đầu đối soát");
    browser.find("table", "Kết quả đối soát");
    browser.wait_for_status("Sẵn sàng");
    browser.download(|| browser.click("button", "Tải danh sách làm việc"));
    browser.wait_for_status("Sẵn sàng");
    browser.expect_silence();
}

#[test]
fn a_browser_without_what_is_needed_is_told_so() {
    for name in ["WebAssembly", "Worker", "BigInt64Array"] {
        let browser = Browser::open("about:blank");
        browser.devtools("Page.addScriptToEvaluateOnNewDocument", &json!({ "source": format!("delete globalThis.{name};") }));
        browser.go(&single_file());
        let said = browser.text();
        let shown = name.replace("BigInt64Array", "BigInt");
        for words in ["Không mở được Rà Soát", &format!("trình duyệt thiếu {shown}"), "từ bản 109", "bản nháp trên máy vẫn còn nguyên"]
        {
            assert!(said.contains(words), "{name}: {words} is not in {said}");
        }
    }
}

/// Style that browsers of the floor do not know: rules within rules, newer colours and units.
#[test]
fn the_style_is_of_the_floor() {
    let page = std::fs::read_to_string(single_file().trim_start_matches("file://")).unwrap();
    for style in page.split("<style>").skip(1).filter_map(|rest| rest.split("</style>").next()) {
        for word in [
            "color-mix(",
            "oklch(",
            "light-dark(",
            "@scope",
            "@starting-style",
            "text-wrap",
            "subgrid",
            "anchor-name",
            "animation-timeline",
            "&:",
            "& ",
        ] {
            assert!(
                !style.contains(word),
                "{word} is not known to Chrome 109: …{}",
                &style[style.find(word).unwrap_or(0)..].chars().take(80).collect::<String>()
            );
        }
    }
}
