//! axe-core on every screen and in every state: nothing it knows may keep anyone from using the page.
//!
//! `cargo xtask e2e` says where axe-core is (`RA_SOAT_AXE`); where npm is missing it says so and these tests check nothing.

use crate::browser::Browser;
use crate::common::layouts::{local_lists, system_export};
use crate::common::world::{DEFAULT, World};
use crate::main_job::on_disk;
use crate::single_file;
use serde_json::{Value, json};
use std::cell::RefCell;

/// A page and what axe-core has against it so far.
struct Audit {
    browser: Browser,
    script: Option<String>,
    found: RefCell<Vec<String>>,
}

/// WCAG 2.2 AA and axe's own advice; what only might be wrong is left to people.
const RUN: &str = "return axe.run(document, {
    runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'], resultTypes: ['violations'],
}).then(result => result.violations.map(({ id, impact, help, nodes }) =>
    ({ id, impact, help, nodes: nodes.map(node => `${node.target} ${node.html.slice(0, 200)} ${node.any[0]?.message ?? ''}`) })))";

/// axe-core, where it is.
fn axe() -> Option<String> {
    std::env::var("RA_SOAT_AXE").ok().map(|path| std::fs::read_to_string(path).unwrap())
}

/// Brings axe-core into the page. WebDriver's scripts are no part of the page, so its policy lets them.
fn load(browser: &Browser, script: &str) {
    browser.script(&format!("{script}; window.axe = axe"));
}

/// What axe-core has against the page as it is now, or once a condition holds.
fn violations(browser: &Browser, wait: &str, state: &str) -> Vec<String> {
    let found = browser.script(&format!("return (async () => {{ {wait} {RUN} }})()"));
    let found = found.as_array().unwrap_or_else(|| panic!("{state}: axe gave {found}"));
    let words = |rule: &Value| {
        let nodes = rule["nodes"].as_array().into_iter().flatten().filter_map(Value::as_str).take(4).collect::<Vec<_>>();
        format!("{state}: {} {}: {}\n    {}", rule["impact"], rule["id"], rule["help"], nodes.join("\n    "))
    };
    found.iter().map(words).collect()
}

/// For tests that come to a state no other does: axe-core has nothing against it.
pub fn expect_accessible(browser: &Browser, state: &str) {
    if let Some(script) = axe() {
        load(browser, &script);
        assert_eq!(violations(browser, "", state), Vec::<String>::new());
    }
}

impl Audit {
    fn open() -> Audit {
        let script = axe();
        let browser = Browser::open(&single_file());
        browser.wait_for_status("Sẵn sàng");
        let audit = Audit { browser, script, found: RefCell::default() };
        audit.load();
        audit
    }

    /// Brings axe-core into the page.
    fn load(&self) {
        if let Some(script) = &self.script {
            load(&self.browser, script);
        }
    }

    /// Looks at the page as it is now.
    fn look(&self, state: &str) {
        self.look_when("", state);
    }

    /// The same as soon as a condition holds.
    fn look_when(&self, wait: &str, state: &str) {
        if self.script.is_some() {
            self.found.borrow_mut().extend(violations(&self.browser, wait, state));
        }
    }

    /// Goes to a step.
    fn go(&self, step: &str) {
        self.browser.click("link", step);
        self.browser.wait_for_status("Sẵn sàng");
    }

    /// Presses the first button or summary whose text begins so.
    fn press(&self, words: &str) {
        let script = format!(
            "const all = [...document.querySelectorAll('button, summary')].filter(e => e.getClientRects().length);
             const found = all.find(e => e.textContent.trim().startsWith({}));
             if (found) found.click(); return !!found",
            json!(words)
        );
        assert_eq!(self.browser.script(&script), true, "nothing to press: {words}");
        self.browser.wait_for_status("Sẵn sàng");
    }

    /// Opens everything that is folded in.
    fn unfold(&self) {
        self.browser.script("for (const details of document.querySelectorAll('main details')) details.open = true");
    }

    /// Panics with all that was found.
    fn end(self) {
        let found = self.found.into_inner();
        assert!(found.is_empty(), "{} findings:\n{}", found.len(), found.join("\n"));
        assert_eq!(self.browser.errors(), [""; 0]);
    }
}

#[test]
fn every_screen_with_the_sample_is_accessible() {
    let audit = Audit::open();
    let browser = &audit.browser;
    audit.look("first screen");
    audit.press("Hướng dẫn");
    browser.find("dialog", "Hướng dẫn");
    audit.look("help");
    audit.press("Đóng hướng dẫn");
    for step in ["Làm sạch", "Đối soát", "Số liệu", "Phụ lục 1", "Phụ lục 2", "Giám sát", "Gửi đi"] {
        audit.go(step);
        audit.look(&format!("{step}, empty"));
    }
    audit.go("Nạp tệp");
    browser.click("button", "Dùng thử với dữ liệu mẫu");
    browser.find("article", "Dữ liệu Hệ thống - trích xuất 15-02-2023.xlsx");
    browser.wait_for_status("Sẵn sàng");
    audit.look("files loaded");
    audit.press("Các cột và dòng");
    audit.look("mapping open");
    browser.click("button", "Bắt đầu đối soát");
    browser.find("table", "Kết quả đối soát");
    browser.wait_for_status("Sẵn sàng");
    audit.unfold();
    audit.look("Đối soát");
    for (row, name) in [("Trùng lặp", "duplicates"), ("Chưa nhập", "missing doses")] {
        let table = browser.find("table", "Kết quả đối soát");
        let open = "[...arguments[0].rows].find(row => row.cells[0].innerText.trim() === arguments[1]).querySelector('button').click()";
        browser.script_on(&table, open, &json!(row));
        browser.wait_for_status("Sẵn sàng");
        audit.look(name);
    }
    audit.press("Vì sao?");
    audit.look("why a dose is missing");
    audit.press("Xem xét từng cặp");
    audit.look("review");
    audit.press("Chế độ mù");
    audit.look("blind review");
    audit.press("Chế độ mù");

    audit.go("Làm sạch");
    browser.find("table", "Lỗi theo quy tắc");
    browser.wait_for_status("Sẵn sàng");
    browser.script("document.getElementById('loi-0').click()");
    browser.find("button", "Sửa trường này");
    browser.wait_for_status("Sẵn sàng");
    audit.unfold();
    audit.look("Làm sạch with a finding open and the catalogue");
    audit.go("Số liệu");
    audit.press("Trạm Y tế xã Suối Mẫu");
    audit.unfold();
    audit.look("Số liệu with a unit open");
    for step in ["Phụ lục 1", "Phụ lục 2", "Giám sát", "Gửi đi"] {
        audit.go(step);
        audit.unfold();
        audit.look(step);
    }
    audit.go("Phụ lục 1");
    for choice in ["Đơn vị cấp dưới", "63 tỉnh, thành phố"] {
        browser.choose("Lập bảng theo", choice);
        browser.wait_for_status("Sẵn sàng");
        audit.look(&format!("Phụ lục 1, {choice}"));
    }
    audit.press("Dữ liệu ở lại máy này");
    audit.look("what leaves this machine");
    audit.end();
}

#[test]
fn work_that_runs_questions_and_failures_are_accessible() {
    let audit = Audit::open();
    let browser = &audit.browser;
    browser.fill("Số liệu tính đến ngày", "31/31/2023");
    audit.look("a date that is none");
    browser.fill("Số liệu tính đến ngày", "31/01/2023");
    audit.press("Trên máy này lưu gì");
    audit.press("Xóa sạch khỏi máy này");
    audit.look("what would be removed");
    audit.press("Giữ lại");

    let world = World::invent(5, 6_000, DEFAULT);
    let mut files: Vec<(String, Vec<u8>)> = local_lists(&world).into_iter().map(|file| (file.name, file.bytes)).collect();
    let system = system_export(&world);
    files.push((system.name, system.bytes));
    files.push(("van-ban.xlsx".to_owned(), "Kính gửi các trạm y tế".as_bytes().to_vec()));
    files.push(("khong-co-ten-cot.csv".to_owned(), "ghi chép,linh tinh\nmột,hai\nba,bốn\n".as_bytes().to_vec()));
    browser.upload("Chọn tệp Excel", &on_disk("accessibility", &files));
    let busy = "await new Promise((done, fail) => {
        const start = performance.now();
        const look = () => document.querySelector('[role=progressbar]') ? done()
            : performance.now() - start > 20000 ? fail(new Error('nothing runs')) : setTimeout(look, 2);
        look();
    });";
    audit.look_when(busy, "reading");
    browser.wait_for_status("Sẵn sàng");
    audit.look("files refused");
    let start = "[...document.querySelectorAll('button')].find(b => b.textContent.trim() === 'Bắt đầu đối soát').click();";
    audit.look_when(&format!("{start} {busy}"), "matching");
    browser.find("table", "Kết quả đối soát");
    browser.wait_for_status("Sẵn sàng");
    browser.fill("Số liệu tính đến ngày", "30/12/2022");
    audit.look("a result that is out of date");
    browser.fill("Số liệu tính đến ngày", "31/01/2023");

    // A name of the lists in a form that is sent by mail.
    let name = world.local[0].name.clone();
    audit.go("Phụ lục 2");
    browser.fill("2. Hoạt động chuyên môn:", &name);
    audit.press("Tải Phụ lục 2");
    assert!(browser.text().contains("có dữ liệu cá nhân, chưa tải"), "{}", browser.text());
    audit.look("personal data in a form");
    audit.end();
}

/// What stands out of the page to the right, but for what scrolls by itself.
const CUT: &str = "const width = document.documentElement.clientWidth;
    const scrolls = element => {
      for (let at = element.parentElement; at && at !== document.body; at = at.parentElement)
        if (getComputedStyle(at).overflowX !== 'visible') return true;
      return false;
    };
    return [...document.querySelectorAll('body *')]
      .filter(e => e.getClientRects().length && e.getBoundingClientRect().right > width + 1 && !scrolls(e))
      .map(e => `${e.tagName}.${e.className} to ${Math.round(e.getBoundingClientRect().right)} of ${width}`).slice(0, 5)";

/// What can be pressed and is smaller than 24 px, where a circle of 24 px around its middle meets another's (WCAG 2.5.8).
const SMALL: &str = "const boxes = [...document.querySelectorAll('button, a[href], input, select, summary, textarea')]
      .filter(e => e.getClientRects().length && e.type !== 'file' && !e.classList.contains('date-picker') && !e.closest('.rail'))
      .map(e => [e, e.getBoundingClientRect()]);
    const middle = box => [box.x + box.width / 2, box.y + box.height / 2];
    const small = boxes.filter(([, box]) => box.width < 23.5 || box.height < 23.5);
    const meets = ([x, y], other) => {
      const dx = Math.max(other.x - x, 0, x - other.right), dy = Math.max(other.y - y, 0, y - other.bottom);
      return Math.hypot(dx, dy) < 11.5;
    };
    return small.filter(([e, box]) => boxes.some(([other, its]) => other !== e && !e.contains(other) && meets(middle(box), its)))
      .map(([e, box]) => `${e.tagName}.${e.className} ${Math.round(box.width)} x ${Math.round(box.height)} ${e.textContent.trim().slice(0, 20)}`).slice(0, 5)";

#[test]
fn at_200_percent_and_on_a_phone_nothing_is_cut_and_all_can_be_pressed() {
    let browser = Browser::open(&single_file());
    browser.wait_for_status("Sẵn sàng");
    browser.click("button", "Dùng thử với dữ liệu mẫu");
    browser.find("article", "Dữ liệu Hệ thống - trích xuất 15-02-2023.xlsx");
    browser.wait_for_status("Sẵn sàng");
    browser.click("button", "Bắt đầu đối soát");
    browser.find("table", "Kết quả đối soát");
    browser.wait_for_status("Sẵn sàng");
    browser.click("button", "Xem xét từng cặp");
    browser.wait_for_status("Sẵn sàng");
    let mut found = Vec::new();
    // 1366 x 768 at 200 %, and WCAG's 320 px.
    for (width, height) in [(1366, 768), (683, 384), (320, 640)] {
        let size = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
        browser.devtools("Emulation.setDeviceMetricsOverride", &size);
        for step in ["Đối soát", "Nạp tệp", "Làm sạch", "Số liệu", "Phụ lục 1", "Phụ lục 2", "Giám sát", "Gửi đi"]
        {
            browser.click("link", step);
            browser.wait_for_status("Sẵn sàng");
            browser.script("for (const details of document.querySelectorAll('main details')) details.open = true");
            for script in [CUT, SMALL] {
                let words = browser.script(script);
                for word in words.as_array().into_iter().flatten() {
                    found.push(format!("{step} at {width} px: {word}"));
                }
            }
            let heading = browser.script("return document.getElementById('step-heading').getBoundingClientRect().bottom < innerHeight");
            if width == 683 && heading != true {
                found.push(format!("{step} at {width} px: the heading is out of sight"));
            }
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}
