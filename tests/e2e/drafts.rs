//! The draft: two windows, a storage that is denied or full, drafts that cannot be read, the draft as a file, everything removed.

mod killing;
mod personal;

use crate::browser::Browser;
use crate::main_job::on_disk;
use crate::single_file;
use serde_json::{Value, json};
use std::path::PathBuf;
use std::time::{Duration, Instant};

const DRAFT: &str = "ra-soat/draft/v1";
const UNIT: &str = "Đơn vị báo cáo";
/// Longest time from a change to its being saved.
const SAVED: Duration = Duration::from_secs(2);
const SHORT: Duration = Duration::from_secs(10);

fn opened() -> Browser {
    let browser = Browser::open(&single_file());
    browser.wait_for_status("Sẵn sàng");
    browser
}

/// The text stored under a key; empty where there is none.
fn stored(browser: &Browser, key: &str) -> String {
    browser.script(&format!("return localStorage.getItem({}) ?? ''", json!(key))).as_str().unwrap_or_default().to_owned()
}

/// The reporting unit of the draft under a key.
fn unit_of(browser: &Browser, key: &str) -> String {
    let draft: Value = serde_json::from_str(&stored(browser, key)).unwrap_or_default();
    draft["draft"]["settings"]["reporting_unit"].as_str().unwrap_or_default().to_owned()
}

/// Types the reporting unit and waits until it is saved, as long as that may take.
fn set_unit(browser: &Browser, unit: &str) {
    browser.fill(UNIT, unit);
    browser.wait(SAVED, &format!("{unit} to be saved"), || (unit_of(browser, DRAFT) == unit).then_some(()));
}

fn wait_for(browser: &Browser, words: &str) {
    browser.wait(SHORT, &format!("“{words}”"), || browser.text().contains(words).then_some(()));
}

/// Whether the browser would ask before it closes the page.
pub(crate) fn warns(browser: &Browser) -> bool {
    let ask = "const e = new Event('beforeunload', { cancelable: true }); window.dispatchEvent(e); return e.defaultPrevented";
    browser.script(ask) == true
}

/// Opens what stands at the end of `Nạp tệp`.
fn open_machine(browser: &Browser) {
    browser.script("document.querySelector('details.machine').open = true");
}

#[test]
fn a_second_window_only_looks_takes_over_and_gives_back_and_nothing_is_lost() {
    let browser = opened();
    set_unit(&browser, "Trạm Suối Mẫu");
    let first = browser.window();
    let second = browser.open_window(&single_file());
    wait_for(&browser, "Rà Soát đang mở ở một cửa sổ khác. Cửa sổ này chỉ để xem");
    browser.wait_for_status("Sẵn sàng");
    assert_eq!(browser.value("textbox", UNIT), "Trạm Suối Mẫu");
    assert!(!warns(&browser));
    browser.fill(UNIT, "Cửa sổ hai");
    wait_for(&browser, "Cửa sổ thứ hai: thay đổi ở đây không được lưu");
    browser.screenshot("cua-so-thu-hai");
    crate::accessibility::expect_accessible(&browser, "a second window");
    assert_eq!(unit_of(&browser, DRAFT), "Trạm Suối Mẫu");
    assert!(warns(&browser), "closing it loses what was typed");

    browser.click("button", "Lưu từ cửa sổ này");
    wait_for(&browser, "Từ nay bản nháp lưu từ cửa sổ này. Bản của cửa sổ kia nằm ở “Bản nháp trước đây”");
    assert_eq!((unit_of(&browser, DRAFT), unit_of(&browser, "ra-soat/draft/v1/older-1")), ("Cửa sổ hai".into(), "Trạm Suối Mẫu".into()));
    browser.switch_to(&first);
    wait_for(&browser, "Cửa sổ này chỉ để xem");
    browser.fill(UNIT, "Cửa sổ một");
    wait_for(&browser, "Cửa sổ thứ hai: thay đổi ở đây không được lưu");

    // Loading the window again that has the draft does not give it away.
    browser.switch_to(&second);
    browser.reload();
    browser.wait_for_status("Sẵn sàng");
    set_unit(&browser, "Cửa sổ hai, lần hai");
    assert!(!browser.text().contains("chỉ để xem"), "{}", browser.text());
    browser.close_window(&first);
    wait_for(&browser, "Từ nay bản nháp lưu từ cửa sổ này.");
    assert!(!browser.text().contains("chỉ để xem"));
    assert_eq!(unit_of(&browser, DRAFT), "Cửa sổ một");
    open_machine(&browser);
    let offered = browser.names("button").into_iter().filter(|name| name.starts_with("Mở lại: ")).collect::<Vec<_>>();
    let words = |unit: &str| format!("Mở lại: {unit}, 0 tệp, 0 quyết định, 0 dòng biểu có nội dung nhập");
    assert_eq!(offered, [words("Cửa sổ hai, lần hai"), words("Cửa sổ hai")]);

    // What is opened again takes the place of nothing: the draft of before it is an older one at once.
    browser.click("button", &words("Cửa sổ hai, lần hai"));
    assert_eq!(browser.value("textbox", UNIT), "Cửa sổ hai, lần hai");
    browser.find("button", &words("Cửa sổ một"));
    browser.expect_silence();
}

#[test]
fn a_window_that_only_looked_goes_on_with_what_the_other_saved() {
    let browser = opened();
    let first = browser.window();
    let second = browser.open_window(&single_file());
    wait_for(&browser, "Cửa sổ này chỉ để xem");
    browser.switch_to(&first);
    set_unit(&browser, "Trạm Suối Mẫu");
    // Closed at once after another change: what is left is saved on leaving.
    browser.fill(UNIT, "Trạm Bản Mẫu");
    browser.close_window(&second);
    wait_for(&browser, "Đã mở bản mà cửa sổ kia lưu sau cùng");
    assert_eq!(browser.value("textbox", UNIT), "Trạm Bản Mẫu");
    browser.expect_silence();
}

#[test]
fn where_storage_is_denied_the_page_works_says_so_and_gives_the_draft_as_a_file() {
    let deny = "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('denied', 'SecurityError') } })";
    let browser = Browser::open_scripted(&single_file(), deny);
    browser.wait_for_status("Sẵn sàng");
    wait_for(&browser, "Trình duyệt không cho trang này lưu trên máy");
    browser.screenshot("khong-cho-luu");
    assert!(!warns(&browser), "nothing is there to lose");
    browser.fill(UNIT, "Trạm Suối Mẫu");
    wait_for(&browser, "CHƯA LƯU ĐƯỢC");
    assert!(warns(&browser));
    let file = browser.download(|| browser.click("button", "Tải bản nháp"));
    assert!(!warns(&browser), "it stands in a file");
    open_machine(&browser);
    browser.click("button", "Xóa sạch khỏi máy này");
    wait_for(&browser, "Chưa lưu gì.");
    browser.reload();
    browser.wait_for_status("Sẵn sàng");
    assert_eq!(browser.value("textbox", UNIT), "");
    browser.upload("Chọn tệp Excel", &[file]);
    wait_for(&browser, "Đã mở bản nháp “Ban-nhap_tram-suoi-mau");
    assert_eq!(browser.value("textbox", UNIT), "Trạm Suối Mẫu");
    assert_eq!(browser.errors(), [""; 0]);
}

#[test]
fn a_private_window_works_and_leaves_nothing() {
    let browser = Browser::open_private(&single_file());
    browser.wait_for_status("Sẵn sàng");
    set_unit(&browser, "Trạm Suối Mẫu");
    browser.reload();
    browser.wait_for_status("Sẵn sàng");
    assert_eq!(browser.value("textbox", UNIT), "Trạm Suối Mẫu");
    open_machine(&browser);
    assert!(browser.text().contains("cửa sổ ẩn danh"), "it is said that a private window forgets");
    browser.expect_silence();
}

/// Fills the storage to the last unit.
const FILL: &str = "let size = 1 << 22; for (let at = 0; size > 0; at++) {
    try { localStorage.setItem(`khac/${at}`, 'x'.repeat(size)) } catch { size >>= 1 } }";
const EMPTY: &str = "Object.keys(localStorage).filter(key => key.startsWith('khac/')).forEach(key => localStorage.removeItem(key))";

#[test]
fn a_full_storage_is_said_at_once_and_older_drafts_go_before_work_is_lost() {
    let browser = opened();
    browser.script(FILL);
    browser.fill(UNIT, "Trạm Suối Mẫu");
    wait_for(&browser, "Không lưu được bản nháp: bộ nhớ của trình duyệt đã đầy.");
    wait_for(&browser, "CHƯA LƯU ĐƯỢC");
    browser.screenshot("bo-nho-day");
    assert!(warns(&browser));
    let file = browser.download(|| browser.click("button", "Tải bản nháp"));
    assert!(std::fs::read_to_string(file).unwrap().contains("Trạm Suối Mẫu"));
    // Room again: the next change is saved.
    browser.script(EMPTY);
    set_unit(&browser, "Trạm Bản Mẫu");
    assert!(!warns(&browser) && !browser.text().contains("CHƯA LƯU ĐƯỢC"));

    // Two older drafts, and no room beside them.
    browser.script(&format!(
        "for (const [at, letter] of ['a', 'b'].entries()) {{
            const older = JSON.parse(localStorage.getItem('{DRAFT}'));
            older.draft.settings.reporting_unit = letter.repeat(2000);
            localStorage.setItem(`{DRAFT}/older-${{at + 1}}`, JSON.stringify(older)) }}"
    ));
    browser.script(FILL);
    set_unit(&browser, "Trạm Y tế xã Bản Mẫu, huyện Mẫu");
    wait_for(&browser, "Bộ nhớ của trình duyệt gần đầy: đã bỏ 1 bản nháp trước đây để bản mới nhất có chỗ.");
    assert!(stored(&browser, "ra-soat/draft/v1/older-1").contains("aaaa"), "the newer of the older ones stays");
    assert_eq!(stored(&browser, "ra-soat/draft/v1/older-2"), "");
    assert_eq!(browser.errors(), [""; 0]);
}

#[test]
fn a_draft_that_cannot_be_read_is_kept_and_offered() {
    let browser = opened();
    set_unit(&browser, "Trạm Suối Mẫu");
    let put = |text: &str| {
        browser.script(&format!("localStorage.setItem('{DRAFT}', {})", json!(text)));
        browser.reload();
        browser.wait_for_status("Sẵn sàng");
    };
    let damaged = stored(&browser, DRAFT).replace("\"settings\":", "\"settings\"");
    put(&damaged);
    wait_for(&browser, "Bản nháp trên máy không đọc được. Bản đó được giữ riêng, không bị ghi đè");
    browser.screenshot("ban-nhap-hong");
    set_unit(&browser, "Trạm Bản Mẫu");
    let later = r#"{"app":"ra-soat","version":99,"draft":{"other":"Trạm Khác"}}"#;
    put(later);
    wait_for(&browser, "do phiên bản mới hơn của Rà Soát ghi (định dạng 99)");
    set_unit(&browser, "Trạm Ba");
    // However often the page is opened from now on.
    browser.reload();
    browser.wait_for_status("Sẵn sàng");
    assert_eq!(browser.value("textbox", UNIT), "Trạm Ba");
    wait_for(&browser, "Có bản nháp cũ không đọc được");
    assert_eq!([1, 2].map(|at| stored(&browser, &format!("ra-soat/unreadable/{at}"))), [damaged.as_str(), later]);
    open_machine(&browser);
    let file = browser.download(|| browser.click("button", "Tải bản nháp không đọc được"));
    let text = std::fs::read_to_string(&file).unwrap();
    assert!(text == damaged || text == later, "{text}");
    // Dropped in here it is told from a file that is no draft, and changes nothing.
    let files = on_disk("drafts-later", &[("moi.json".to_owned(), later.into()), ("khac.json".to_owned(), b"[]".to_vec())]);
    browser.upload("Chọn tệp Excel", &files[..1]);
    wait_for(&browser, "“moi.json” do phiên bản mới hơn của Rà Soát ghi (định dạng 99)");
    browser.upload("Chọn tệp Excel", &files[1..]);
    wait_for(&browser, "“khac.json” không phải bản nháp của Rà Soát, hoặc đã hỏng.");
    assert_eq!(browser.value("textbox", UNIT), "Trạm Ba");
    assert_eq!(browser.errors(), [""; 0]);
}

/// A local list and the System's, of so many persons.
fn lists(folder: &str, names: [&str; 2], persons: u32) -> Vec<PathBuf> {
    use crate::small_files::{HEADER, dose};
    let text = |count: u32| format!("{HEADER}\n{}\n", (0..count).map(dose).collect::<Vec<_>>().join("\n")).into_bytes();
    on_disk(folder, &[(names[0].to_owned(), text(persons)), (names[1].to_owned(), text(persons / 3))])
}

#[test]
fn the_draft_goes_out_and_comes_in_and_changed_files_are_told_from_others() {
    let browser = opened();
    browser.upload("Chọn tệp Excel", &lists("drafts-files", ["Danh sách.csv", "Hệ thống.csv"], 30));
    browser.wait_for_status("Sẵn sàng");
    let choose = |browser: &Browser, card: &str, kind: &str| {
        let script =
            "const select = [...arguments[0].querySelectorAll('select')].find(select => select.labels[0]?.textContent === 'Loại dữ liệu');
            const at = [...select.options].findIndex(option => option.label.trim() === arguments[1]);
            if (at >= 0) { select.selectedIndex = at; select.dispatchEvent(new Event('change', { bubbles: true })) }
            return select.selectedOptions[0].label.trim()";
        let now = browser.script_on(&browser.find("article", card), script, &json!(kind));
        browser.wait_for_status("Sẵn sàng");
        now
    };
    assert_eq!(choose(&browser, "Danh sách.csv", "Danh sách tiêm của địa phương"), "Danh sách tiêm của địa phương");
    assert_eq!(choose(&browser, "Hệ thống.csv", "Dữ liệu Hệ thống"), "Dữ liệu Hệ thống");
    browser.fill(UNIT, "Trạm Suối Mẫu");
    let draft = browser.download(|| browser.click("button", "Tải bản nháp"));
    browser.wait_for_status("Sẵn sàng");

    // Everything is removed, and what is removed is said first.
    browser.wait(SAVED, "the draft", || (unit_of(&browser, DRAFT) == "Trạm Suối Mẫu").then_some(()));
    browser.script("localStorage.setItem('trang-khac', 'x')");
    open_machine(&browser);
    browser.click("button", "Xóa sạch khỏi máy này");
    wait_for(&browser, DRAFT);
    browser.screenshot("xoa-sach");
    // The change just before does not come back when the page is left.
    browser.fill(UNIT, "Trạm Khác");
    browser.click("button", "Xóa tất cả");
    browser.wait(SHORT, "an empty page", || (browser.look("article", "Danh sách.csv").is_none()).then_some(()));
    browser.wait_for_status("Sẵn sàng");
    assert_eq!(browser.value("textbox", UNIT), "");
    assert_eq!(browser.script("return Object.keys(localStorage)"), json!(["trang-khac"]), "only what is another page's is left");

    browser.upload("Chọn tệp Excel", &[draft]);
    wait_for(&browser, "Làm tiếp lần trước");
    assert_eq!(browser.value("textbox", UNIT), "Trạm Suối Mẫu");
    browser.screenshot("lam-tiep");
    // One with the same content under another name, one with the same name and other content.
    let again = lists("drafts-files-again", ["Danh sách.csv", "Hệ thống.csv"], 33);
    let renamed = lists("drafts-files-renamed", ["khác.csv", "Trích xuất.csv"], 30);
    browser.upload("Chọn tệp Excel", &[again[0].clone(), renamed[1].clone()]);
    browser.wait_for_status("Sẵn sàng");
    let text = browser.text();
    assert!(text.contains("Cùng tên với một tệp của bản nháp nhưng nội dung đã thay đổi"), "{text}");
    assert!(text.contains("Đúng tệp của bản nháp (SHA-256 không đổi), lần trước tên là “Hệ thống.csv”."), "{text}");
    assert_eq!(choose(&browser, "Trích xuất.csv", ""), "Dữ liệu Hệ thống");
    assert!(browser.look("heading", "Làm tiếp lần trước").is_none(), "no file is missing");
    browser.expect_silence();
}

/// What is typed right before a draft file is dropped stays as an older draft.
#[test]
fn a_dropped_draft_does_not_push_out_the_work_on_the_page() {
    let browser = opened();
    set_unit(&browser, "Trạm Suối Mẫu");
    let draft = browser.download(|| browser.click("button", "Tải bản nháp"));
    set_unit(&browser, "Trạm Bản Mẫu");
    let start = Instant::now();
    browser.fill(UNIT, "Trạm Ba");
    browser.upload("Chọn tệp Excel", &[draft]);
    wait_for(&browser, "Bản đang làm trước đó nằm ở “Bản nháp trước đây”");
    assert!(start.elapsed() < SHORT);
    browser.wait(SAVED, "the dropped draft to be saved", || (unit_of(&browser, DRAFT) == "Trạm Suối Mẫu").then_some(()));
    assert_eq!(unit_of(&browser, "ra-soat/draft/v1/older-1"), "Trạm Ba");
    browser.expect_silence();
}
