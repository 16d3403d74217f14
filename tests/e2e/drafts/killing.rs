//! The page is killed while it is worked with: what was decided two seconds before comes back.

use super::{SAVED, lists};
use crate::browser::Browser;
use crate::single_file;
use fastrand::Rng;
use serde_json::json;
use std::time::{Duration, Instant};

/// Rows that a session decides about, one after another.
const ROWS: usize = 40;

/// Decides about a row of the open list; the decision stands when it returns.
fn decide(browser: &Browser, row: usize) {
    let script = "const rows = [...document.querySelectorAll('select')]
            .filter(select => (select.ariaLabel ?? select.labels[0]?.textContent ?? '').startsWith('Nhóm: '));
        const select = rows[arguments[1]];
        select.selectedIndex = select.options.length - 2;
        select.dispatchEvent(new Event('change', { bubbles: true }))";
    browser.script_on(&browser.find("table", "Kết quả đối soát"), script, &json!(row));
}

/// How many decisions the page that is open has brought back.
fn restored(browser: &Browser) -> usize {
    let text = browser.text();
    let words = text.lines().find(|line| line.contains("đã được mở lại")).unwrap_or_default();
    words.split(" quyết định").next().and_then(|words| words.rsplit(' ').next()?.parse().ok()).unwrap_or(0)
}

fn kill_at(moments: usize, seed: u64) {
    println!("seed {seed}, {moments} moments");
    let mut random = Rng::with_seed(seed);
    let files = lists(&format!("killing-{seed}"), ["Danh sách tiêm.csv", "Dữ liệu Hệ thống trích xuất 01-03-2023.csv"], 90);
    let browser = Browser::open("about:blank");
    let control = browser.window();
    let (mut kept, mut lost) = (0, 0);
    for moment in 0..moments {
        browser.open_window(&single_file());
        browser.wait_for_status("Sẵn sàng");
        browser.upload("Chọn tệp Excel", &files);
        browser.wait_for_status("Sẵn sàng");
        browser.click("button", "Bắt đầu đối soát");
        let table = browser.find("table", "Kết quả đối soát");
        browser.wait_for_status("Sẵn sàng");
        let open =
            "[...arguments[0].rows].find(row => row.cells[0].innerText.trim() === 'Chưa nhập').cells[1].querySelector('button').click()";
        browser.script_on(&table, open, &json!(null));
        browser.wait_for_status("Sẵn sàng");

        let start = Instant::now();
        let end = Duration::from_millis(random.u64(200..3_500));
        let mut decided = Vec::new();
        while start.elapsed() < end && decided.len() < ROWS {
            decide(&browser, decided.len());
            decided.push(Instant::now());
            std::thread::sleep(Duration::from_millis(random.u64(20..200)).min(end.saturating_sub(start.elapsed())));
        }
        let killed = Instant::now();
        browser.kill_page(&control);

        browser.open_window(&single_file());
        browser.wait_for_status("Sẵn sàng");
        let must = decided.iter().filter(|at| killed - **at >= SAVED).count();
        let found = restored(&browser);
        assert!(found >= must && found <= decided.len(), "moment {moment}: {found} of {} came back, {must} must", decided.len());
        (kept, lost) = (kept + found, lost + decided.len() - found);
        browser.script("localStorage.clear()");
        browser.kill_page(&control);
    }
    println!("{moments} moments: {kept} decisions came back, {lost} of the last two seconds did not");
}

#[test]
fn a_killed_page_loses_at_most_two_seconds() {
    kill_at(6, 2023);
}

/// By hand: `cargo xtask e2e two_hundred -- --ignored --nocapture`.
#[test]
#[ignore = "takes a quarter of an hour"]
fn two_hundred_killed_pages_lose_at_most_two_seconds() {
    kill_at(200, 1234);
}
