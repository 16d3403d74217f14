//! The officer's whole job by the keyboard alone: nothing is clicked, and after every step the focus is somewhere sensible.

use crate::browser::Browser;
use crate::single_file;
use std::path::PathBuf;
use std::time::Duration;

const TAB: &str = "\u{e004}";
const ENTER: &str = "\u{e007}";
const ESCAPE: &str = "\u{e00c}";
const HOME: &str = "\u{e011}";
const END: &str = "\u{e010}";
const PAGE_DOWN: &str = "\u{e00f}";
const DOWN: &str = "\u{e015}";
const UP: &str = "\u{e013}";
const F1: &str = "\u{e031}";

/// How long the page may take to place the focus.
const PATIENCE: Duration = Duration::from_secs(5);

struct Keyboard(Browser);

impl Keyboard {
    fn open() -> Keyboard {
        let browser = Browser::open(&single_file());
        browser.wait_for_status("Sẵn sàng");
        Keyboard(browser)
    }

    /// Presses Tab until what has that role and a name that begins so has the focus.
    fn tab_to(&self, role: &str, name: &str) {
        let mut seen = Vec::new();
        for _ in 0..250 {
            let (at_role, at_name) = self.0.focused();
            if at_role == role && at_name.starts_with(name) {
                self.expect_visible(name);
                return;
            }
            seen.push(format!("{at_role} {at_name}"));
            self.0.press(TAB);
        }
        panic!("Tab does not come to the {role} \"{name}\"; it came by:\n{}", seen.join("\n"));
    }

    /// Goes there and presses Enter.
    fn press_at(&self, role: &str, name: &str) {
        self.tab_to(role, name);
        self.press(ENTER);
    }

    /// Presses a key and waits until the page is done; the focus is not lost.
    fn press(&self, key: &str) {
        self.0.press(key);
        self.0.wait_for_status("Sẵn sàng");
        self.0.wait(PATIENCE, "the focus to be somewhere", || (self.0.focused() != Default::default()).then_some(()));
    }

    /// Waits until what has that role and a name that begins so has the focus.
    fn expect_focus(&self, role: &str, name: &str) {
        let what = format!("the focus on the {role} \"{name}\" (it is on {:?})", self.0.focused());
        self.0.wait(PATIENCE, &what, || {
            let (at_role, at_name) = self.0.focused();
            (at_role == role && at_name.starts_with(name)).then_some(())
        });
    }

    /// What has the focus is in sight, and drawn otherwise than without it.
    fn expect_visible(&self, name: &str) {
        let script = "const e = document.activeElement, shown = e.type === 'file' ? e.nextElementSibling : e;
            const box = shown.getBoundingClientRect();
            const ring = [shown, e].some(e => ['', '::after'].some(part => {
                const style = getComputedStyle(e, part || null);
                return style.boxShadow !== 'none' || style.outlineStyle !== 'none';
            }));
            return [box.width > 0 && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth, ring]";
        let seen = self.0.script(script);
        assert_eq!(seen, serde_json::json!([true, true]), "{name}: in sight, ring");
    }

    fn count(&self, bucket: &str) -> String {
        let table = self.0.table("Kết quả đối soát");
        table.iter().find(|row| row[0] == bucket).map(|row| row[1].clone()).unwrap_or_default()
    }

    /// Goes to a step by the rail: back to the top by the skip link's neighbour is not needed, Tab comes round.
    fn go(&self, step: &str) {
        self.press_at("link", step);
        self.expect_focus("heading", step);
    }

    /// The key that is given saves a file of that name.
    fn expect_download(&self, name: &str, kind: &str) {
        self.tab_to("button", name);
        let file: PathBuf = self.0.download(|| self.0.press(ENTER));
        self.0.wait_for_status("Sẵn sàng");
        assert!(file.file_name().unwrap().to_string_lossy().starts_with(kind), "{file:?}");
        self.expect_focus("button", name);
    }
}

#[test]
fn the_whole_job_is_done_by_the_keyboard_alone() {
    let keyboard = Keyboard::open();
    let browser = &keyboard.0;
    browser.press(TAB);
    keyboard.expect_focus("link", "Đến nội dung chính");
    keyboard.expect_visible("the skip link");
    keyboard.press(ENTER);
    keyboard.expect_focus("heading", "Nạp tệp");
    browser.press(TAB);
    assert_eq!(browser.script("return document.activeElement.id"), "chon-tep", "the file input is the first stop of the step");
    keyboard.expect_visible("Chọn tệp Excel");

    // The help opens over the page, keeps the focus, and gives it back.
    keyboard.tab_to("button", "Dùng thử với dữ liệu mẫu");
    browser.press(F1);
    keyboard.expect_focus("heading", "Bắt đầu");
    for _ in 0..30 {
        browser.press(TAB);
        let inside = browser.script("const e = document.activeElement; return e === document.body || !!e.closest('dialog')");
        assert_eq!(inside, true, "Tab leaves the help");
    }
    browser.press(ESCAPE);
    keyboard.expect_focus("button", "Dùng thử với dữ liệu mẫu");

    browser.press(ENTER);
    browser.find("article", "Dữ liệu Hệ thống - trích xuất 15-02-2023.xlsx");
    browser.wait_for_status("Sẵn sàng");
    browser.wait(PATIENCE, "the focus to be somewhere", || (browser.focused() != Default::default()).then_some(()));
    keyboard.press_at("button", "Bắt đầu đối soát");
    browser.find("table", "Kết quả đối soát");
    browser.wait_for_status("Sẵn sàng");
    keyboard.expect_focus("heading", "Đối soát");

    // A pair: answered, taken back, answered again, left.
    let waiting = keyboard.count("Cần xem xét");
    keyboard.press_at("button", "Xem xét từng cặp");
    keyboard.expect_focus("heading", "Xem xét từng cặp");
    keyboard.press("k");
    assert_ne!(keyboard.count("Cần xem xét"), waiting);
    keyboard.press_at("button", "Hoàn tác");
    assert_eq!(keyboard.count("Cần xem xét"), waiting);
    keyboard.press_at("button", "Cùng người");
    assert_ne!(keyboard.count("Cần xem xét"), waiting);
    keyboard.press(ESCAPE);
    keyboard.expect_focus("button", "Xem xét từng cặp");

    // A count opens its doses; closing them comes back to it.
    keyboard.press_at("button", &keyboard.count("Chưa nhập"));
    keyboard.expect_focus("heading", "Chưa nhập");
    keyboard.press(ESCAPE);
    keyboard.expect_focus("button", &keyboard.count("Chưa nhập"));

    // A number of a form, to its doses and back to the same number.
    keyboard.go("Phụ lục 2");
    let missing = browser.script("return document.querySelectorAll('main .count').length").as_u64().unwrap();
    assert!(missing > 3, "{missing} numbers to open");
    keyboard.tab_to("button", "113");
    keyboard.press(ENTER);
    keyboard.expect_focus("heading", "Chưa nhập");
    keyboard.press_at("button", "Trở về Phụ lục 2");
    keyboard.expect_focus("button", "113");
    keyboard.expect_download("Tải Phụ lục 2", "Phu-luc-2_");
    keyboard.go("Phụ lục 1");
    keyboard.expect_download("Tải Phụ lục 1", "Phu-luc-1_");
    keyboard.go("Gửi đi");
    assert!(browser.text().contains("Phu-luc-1_") && browser.text().contains("Phu-luc-2_"));

    // What goes away under the focus leaves it near.
    keyboard.go("Nạp tệp");
    keyboard.press_at("button", "Bỏ tệp này");
    keyboard.press_at("DisclosureTriangle", "Trên máy này lưu gì"); // Chromium's word for a summary
    keyboard.press_at("button", "Xóa sạch khỏi máy này");
    keyboard.press_at("button", "Giữ lại");
    browser.expect_silence();
}

#[test]
fn lists_of_findings_are_walked_and_mended_by_the_keyboard() {
    let keyboard = Keyboard::open();
    let browser = &keyboard.0;
    keyboard.press_at("button", "Dùng thử với dữ liệu mẫu");
    browser.find("article", "Dữ liệu Hệ thống - trích xuất 15-02-2023.xlsx");
    browser.wait_for_status("Sẵn sàng");
    keyboard.press_at("link", "Làm sạch");
    browser.find("table", "Lỗi theo quy tắc");
    browser.wait_for_status("Sẵn sàng");

    let rows =
        || browser.script("return document.querySelector('.virtual-table').getAttribute('aria-rowcount')").as_str().unwrap().to_owned();
    let all: u32 = rows().parse().unwrap();
    assert!(all > 1_000, "{all} rows");
    let row =
        || browser.script("return document.activeElement.closest('tr')?.getAttribute('aria-rowindex') ?? ''").as_str().unwrap().to_owned();
    let expect_row = |at: u32| browser.wait(PATIENCE, &format!("row {at}, it is {}", row()), || (row() == at.to_string()).then_some(()));
    browser.script("document.getElementById('loi-0').focus()");
    for (key, at) in [(DOWN, 3), (DOWN, 4), (UP, 3), (PAGE_DOWN, 16), (PAGE_DOWN, 29), (END, all), (HOME, 2), (END, all), (UP, all - 1)] {
        browser.press(key);
        expect_row(at);
        keyboard.expect_visible("the row");
    }
    // Scrolled out of sight by the wheel, the list itself has the focus, and the arrow goes on from where it was.
    browser.script("document.querySelector('.virtual').scrollTop = 0");
    keyboard.expect_focus("region", "Danh sách lỗi");
    browser.press(DOWN);
    expect_row(all);

    // A facet narrows, a finding opens, closes, and gives the focus back.
    keyboard.press_at("button", "Lỗi");
    assert!(rows().parse::<u32>().unwrap() < all);
    keyboard.tab_to("button", "Mở lỗi");
    let first = browser.focused().1;
    browser.press(ENTER);
    browser.find("button", "Sửa trường này");
    browser.wait_for_status("Sẵn sàng");
    browser.press(ESCAPE);
    keyboard.expect_focus("button", &first);

    // Mended, undone, done again.
    let errors: u32 = rows().parse().unwrap();
    keyboard.press(ENTER);
    keyboard.tab_to("textbox", "Giá trị đúng");
    browser.press("006180999999");
    keyboard.press_at("button", "Sửa trường này");
    browser.wait(PATIENCE, "fewer findings", || (rows().parse::<u32>().unwrap() < errors).then_some(()));
    keyboard.press_at("button", "Hoàn tác");
    browser.wait(PATIENCE, "as many findings as before", || (rows() == errors.to_string()).then_some(()));
    keyboard.press_at("button", "Làm lại");
    browser.wait(PATIENCE, "fewer findings again", || (rows().parse::<u32>().unwrap() < errors).then_some(()));
    assert_eq!(browser.errors(), [""; 0]);
}
