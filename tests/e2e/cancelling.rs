//! `Hủy` stops reading and matching; what was there before stays, and the same work can be done again.

use crate::browser::Browser;
use crate::common::layouts::{local_lists, system_export};
use crate::common::world::{DEFAULT, World};
use crate::main_job::on_disk;
use crate::single_file;
use ra_soat::sample::sample_files;
use serde_json::json;

/// Does something, then presses the first `Hủy` the moment the page shows it; how long the page took from the press to `Sẵn sàng`, ms.
fn cancel_after(browser: &Browser, act: &str) -> f64 {
    let script = format!(
        "{act};
         const ready = () => document.querySelector('[role=status]').textContent.trim() === 'Sẵn sàng';
         return new Promise((done, fail) => {{
           const start = performance.now();
           let pressed = null;
           const look = () => {{
             const button = [...document.querySelectorAll('button')].find(b => b.textContent.trim() === 'Hủy');
             if (pressed === null && button) {{ button.click(); pressed = performance.now(); }}
             if (pressed !== null && ready()) return done(performance.now() - pressed);
             if (performance.now() - start > 20000) return fail(new Error(pressed === null ? 'no button' : 'not ready'));
             setTimeout(look, 2);
           }};
           look();
         }});"
    );
    browser.script(&script).as_f64().unwrap_or_else(|| panic!("nothing was cancelled"))
}

#[test]
fn a_file_that_is_cancelled_says_so_and_can_be_read_again() {
    let world = World::invent(5, 6_000, DEFAULT);
    let system = system_export(&world);
    let sample = sample_files().unwrap();
    let files = vec![(system.name.clone(), system.bytes), sample[0].clone()];
    let browser = Browser::open(&single_file());
    browser.wait_for_status("Sẵn sàng");
    browser.upload("Chọn tệp Excel", &on_disk("cancel-reading", &files));
    cancel_after(&browser, "");
    browser.wait_for_status("Sẵn sàng");
    browser.screenshot("doc-da-huy");
    let text = |name: &str| {
        let card = browser.find("article", name);
        browser.script_on(&card, "return arguments[0].innerText", &json!(null)).as_str().unwrap_or_default().to_owned()
    };
    assert!(text(&system.name).contains("đã hủy theo yêu cầu"), "{}", text(&system.name));
    assert!(text(&sample[0].0).contains("Đã đọc"), "{}", text(&sample[0].0));
    browser.click("button", "Đọc lại");
    browser.wait_for_status("Sẵn sàng");
    assert!(text(&system.name).contains("Đã đọc"), "{}", text(&system.name));
    assert_eq!(browser.errors(), [""; 0]);
}

#[test]
fn a_matching_that_is_cancelled_keeps_the_tables() {
    let world = World::invent(6, 8_000, DEFAULT);
    let mut files: Vec<(String, Vec<u8>)> = local_lists(&world).into_iter().map(|file| (file.name, file.bytes)).collect();
    let system = system_export(&world);
    files.push((system.name, system.bytes));
    let browser = Browser::open(&single_file());
    browser.wait_for_status("Sẵn sàng");
    browser.upload("Chọn tệp Excel", &on_disk("cancel-matching", &files));
    browser.wait_for_status("Sẵn sàng");
    let press = "[...document.querySelectorAll('button')].find(b => b.textContent.trim() === 'Bắt đầu đối soát').click()";
    let ms = cancel_after(&browser, press);
    println!("ready again {ms:.0} ms after Hủy");
    assert!(browser.look("table", "Kết quả đối soát").is_none(), "what was cancelled gave no result");
    browser.click("link", "Nạp tệp");
    browser.click("button", "Bắt đầu đối soát");
    browser.find("table", "Kết quả đối soát");
    browser.wait_for_status("Sẵn sàng");
    assert!(browser.text().contains("0 dòng không giải thích được"));
    assert_eq!(browser.errors(), [""; 0]);
}
