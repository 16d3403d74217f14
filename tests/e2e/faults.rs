//! Workers and pages that die or fall silent, and what the officer sees then.
//!
//! The product has no switch for this. The page leaves the worker's script in a global before it starts the first worker
//! (`public/boot.js`), and a test puts a few lines in front of it there. By these a worker can be told to die of its next message in the
//! way wanted: what follows is a real panic, a real want of memory, a real endless loop of the real program.

use crate::browser::Browser;
use crate::main_job::on_disk;
use crate::single_file;
use ra_soat::sample::sample_files;
use serde_json::{Value, json};
use std::path::PathBuf;
use std::time::Duration;

/// In front of the worker's script: `{ fault }` says what the next message will do.
///
/// - `panic`: the message claims to be four gigabytes long, and `Vec::with_capacity` panics.
/// - `midway`: the program traps in the midst of its work, when it asks for the time.
/// - `memory`: all of the four gigabytes are taken, so that the first allocation fails.
/// - `loop`: the worker never comes back.
/// - `end`: the worker is gone, without any event.
const BEFORE_THE_WORKER: &str = r"
let fault = null, program = null;
const instantiate = WebAssembly.instantiate;
WebAssembly.instantiate = async (...args) => {
  const made = await instantiate.apply(WebAssembly, args);
  program = (made.instance ?? made).exports;
  return made;
};
const trap = () => program.__wbindgen_malloc(0xffffffff, 1);
self.addEventListener('message', (event) => {
  if (event.data?.fault) { fault = event.data.fault; event.stopImmediatePropagation(); return; }
  if (!fault || !Array.isArray(event.data)) return;
  const kind = fault;
  fault = null;
  if (kind === 'panic') Object.defineProperty(event.data[0], 'length', { value: 0xffffffff });
  if (kind === 'midway') Date.now = trap;
  if (kind === 'memory') for (let size = 1 << 28; size >= 8; size >>= 1) try { for (;;) program.__wbindgen_malloc(size, 1); } catch {}
  if (kind === 'loop') for (;;);
  if (kind === 'end') { self.close(); event.stopImmediatePropagation(); }
});
";

/// On the page: `fault = { role, kind }` is sent ahead of the next message to a worker of that role.
const ON_THE_PAGE: &str = r"
globalThis.raSoatWorkerSource = arguments[0] + globalThis.raSoatWorkerSource;
globalThis.fault = null;
globalThis.workers = new Set();
const Real = Worker;
globalThis.Worker = class extends Real {
  constructor(url, options) { super(url, options); this.role = options.name; workers.add(this); }
  postMessage(...args) {
    if (fault?.role === this.role && Array.isArray(args[0])) { super.postMessage({ fault: fault.kind }); fault = null; }
    return super.postMessage(...args);
  }
  terminate() { workers.delete(this); super.terminate(); }
};
globalThis.named = (words) => [...document.querySelectorAll('button')].find((button) => button.textContent.trim() === words);
globalThis.until = async (check) => {
  const start = performance.now();
  for (let found; ;) {
    if ((found = check())) return found;
    if (performance.now() - start > 60000) throw new Error(`waited for ${check}`);
    await new Promise((done) => setTimeout(done, 4));
  }
};
globalThis.isReady = () => document.querySelector('[role=status]').textContent.trim() === 'Sẵn sàng';
globalThis.alerts = () => [...document.querySelectorAll('[role=alert]')].map((alert) => alert.innerText).join('\n');
";

/// A page whose workers fail when told to.
fn open() -> Browser {
    let browser = Browser::open(&single_file());
    browser.wait_for_status("Sẵn sàng");
    let body = ON_THE_PAGE.replace("arguments[0]", &json!(BEFORE_THE_WORKER).to_string());
    browser.script(&body);
    browser
}

fn card(browser: &Browser, name: &str) -> String {
    let text = browser.script_on(&browser.find("article", name), "return arguments[0].innerText", &Value::Null);
    text.as_str().unwrap_or_default().to_owned()
}

/// A list of a few rows; each number gives other content.
fn list(number: u32) -> (String, Vec<u8>) {
    let rows = format!("Họ và tên;Ngày sinh;Vắc xin;Ngày tiêm\r\nTrần Thị Mẫu;0{}/02/1990;Pfizer;02/08/2021\r\n", 1 + number % 9);
    (format!("danh-sach-{number}.csv"), rows.into_bytes())
}

fn small_files(folder: &str) -> (Vec<PathBuf>, Vec<String>) {
    let sample = sample_files().unwrap();
    let files = vec![list(1), list(2), sample.last().unwrap().clone()];
    (on_disk(folder, &files), files.into_iter().map(|(name, _)| name).collect())
}

/// Arms a fault, acts, and waits in the page for the words; how long they took, ms.
fn told_after(browser: &Browser, role: &str, kind: &str, act: &str, words: &str) -> f64 {
    let body = format!(
        "fault = {{ role: '{role}', kind: '{kind}' }};
         const start = performance.now();
         {act};
         await until(() => document.body.innerText.includes('{words}'));
         return performance.now() - start;"
    );
    browser.script(&format!("return (async () => {{ {body} }})()")).as_f64().unwrap_or_else(|| panic!("{role}, {kind}: nothing was said"))
}

#[test]
fn a_reader_that_dies_costs_its_file_and_reads_it_when_asked_again() {
    let browser = open();
    let (paths, names) = small_files("fault-reader");
    browser.upload("Chọn tệp Excel", &paths[..2]);
    browser.wait_for_status("Sẵn sàng");
    for kind in ["panic", "midway", "memory"] {
        browser.script(&format!("fault = {{ role: 'reader', kind: '{kind}' }}; return 0"));
        browser.upload("Chọn tệp Excel", &paths[2..]);
        browser.wait(Duration::from_secs(2), kind, || card(&browser, &names[2]).contains("gặp sự cố").then_some(()));
        browser.wait_for_status("Sẵn sàng");
        assert!(names[..2].iter().all(|name| card(&browser, name).contains("Đã đọc")), "{kind}: the others stay");
        // As often as it takes, each time within two seconds.
        let ms = told_after(&browser, "reader", kind, "named('Đọc lại').click(); await until(() => !isReady())", "gặp sự cố");
        println!("reader, {kind}: told after {ms:.0} ms");
        assert!(ms < 2_000.0, "{kind}: told after {ms} ms");
        browser.wait_for_status("Sẵn sàng");
        browser.click("button", "Đọc lại");
        browser.wait_for_status("Sẵn sàng");
        assert!(card(&browser, &names[2]).contains("Đã đọc"), "{kind}: {}", card(&browser, &names[2]));
        browser.script_on(
            &browser.find("article", &names[2]),
            "[...arguments[0].querySelectorAll('button')].find((button) => button.textContent === 'Bỏ tệp này').click()",
            &Value::Null,
        );
        browser.wait_for_status("Sẵn sàng");
    }
}

#[test]
fn an_engine_that_dies_is_told_and_the_files_are_read_again() {
    let browser = open();
    let (paths, names) = small_files("fault-engine");
    browser.upload("Chọn tệp Excel", &paths);
    browser.wait_for_status("Sẵn sàng");
    let mut results = Vec::new();
    for kind in ["", "panic", "midway", "memory"] {
        if !kind.is_empty() {
            browser.click("link", "Nạp tệp");
            let act = "document.querySelector('.notice.is-error button')?.click(); named('Bắt đầu đối soát').click()";
            let ms = told_after(&browser, "engine", kind, act, "đã được khởi động lại");
            println!("engine, {kind}: told after {ms:.0} ms");
            assert!(ms < 2_000.0, "{kind}: told after {ms} ms");
            browser.wait_for_status("Sẵn sàng");
            assert!(names.iter().all(|name| card(&browser, name).contains("Đã đọc")), "{kind}: read again");
        }
        browser.click("button", "Bắt đầu đối soát");
        browser.find("table", "Kết quả đối soát");
        browser.wait_for_status("Sẵn sàng");
        results.push(browser.table("Kết quả đối soát"));
    }
    assert!(results.windows(2).all(|pair| pair[0] == pair[1]), "the same result after each: {results:?}");
}

#[test]
fn a_hundred_deaths_leave_nothing_that_grows() {
    let browser = open();
    let (paths, names) = small_files("fault-hundred");
    browser.upload("Chọn tệp Excel", &paths);
    browser.wait_for_status("Sẵn sàng");
    // The first deaths of each kind may grow what stays.
    die(&browser, 3);
    let before = footprint(&browser);
    die(&browser, 50);
    let after = footprint(&browser);
    println!("before {before:?}, after a hundred deaths {after:?}");
    assert!(names.iter().all(|name| card(&browser, name).contains("Đã đọc")));
    assert_eq!(after.workers, before.workers, "workers that live");
    assert_eq!(browser.script("return workers.size"), json!(1), "the engine alone");
    assert!(after.heap < before.heap + 4_000_000, "the page's own objects");
    assert!(after.resident < before.resident + 120_000_000, "memory of the process");
}

/// So many deaths of the engine and as many of a reader, in turn in each way, each followed by a good reading.
fn die(browser: &Browser, times: u32) {
    let body = "const kinds = ['panic', 'midway', 'memory'];
        for (let at = 0; at < TIMES; at++) {
          named('Đóng thông báo')?.click();
          fault = { role: 'engine', kind: kinds[at % 3] };
          named('Bắt đầu đối soát').click();
          await until(() => alerts().includes('đã được khởi động lại') && isReady());
          if (document.body.innerText.includes('gặp sự cố với tệp')) throw new Error('a file was given up');
          fault = { role: 'reader', kind: kinds[at % 3] };
          const input = document.querySelector('input[type=file]');
          const files = new DataTransfer();
          files.items.add(new File([`Họ và tên;Ngày tiêm\\r\\nTrần Thị Mẫu;0${1 + at % 9}/08/2021\\r\\n`], 'chet.csv'));
          input.files = files.files;
          input.dispatchEvent(new Event('change', { bubbles: true }));
          await until(() => named('Đọc lại') && isReady());
          named('Đọc lại').click();
          await until(() => !named('Đọc lại') && isReady());
          const cards = [...document.querySelectorAll('article')];
          [...cards.at(-1).querySelectorAll('button')].find((button) => button.textContent === 'Bỏ tệp này').click();
          await until(() => document.querySelectorAll('article').length === cards.length - 1 && isReady());
        }";
    browser.script(&format!("return (async () => {{ {} }})()", body.replace("TIMES", &times.to_string())));
}

/// What the page's process holds.
#[derive(Debug)]
struct Footprint {
    /// Threads of workers.
    workers: usize,
    /// Bytes of JavaScript's objects.
    heap: u64,
    /// Bytes of memory in use.
    resident: u64,
}

fn footprint(browser: &Browser) -> Footprint {
    browser.devtools("HeapProfiler.collectGarbage", &json!({}));
    let heap = browser.devtools("Runtime.getHeapUsage", &json!({}))["usedSize"].as_f64().unwrap_or_default() as u64;
    let page = renderer(browser.process_id());
    let threads = std::fs::read_dir(format!("/proc/{page}/task")).unwrap().flatten();
    let workers =
        threads.filter(|thread| std::fs::read_to_string(thread.path().join("comm")).is_ok_and(|name| name.starts_with("Dedicated")));
    let memory = std::fs::read_to_string(format!("/proc/{page}/statm")).unwrap();
    let pages: u64 = memory.split(' ').nth(1).and_then(|pages| pages.parse().ok()).unwrap();
    Footprint { workers: workers.count(), heap, resident: pages * 4096 }
}

/// The process below this one that holds the page: of Chromium's renderers the one with most memory.
fn renderer(parent: u32) -> u32 {
    let processes = std::fs::read_dir("/proc").unwrap().flatten().filter_map(|entry| entry.file_name().to_str()?.parse::<u32>().ok());
    let parent_of = |process: u32| -> Option<u32> {
        let stat = std::fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
        stat.rsplit_once(") ")?.1.split(' ').nth(1)?.parse().ok()
    };
    let is_below =
        |process: &u32| std::iter::successors(Some(*process), |process| parent_of(*process)).take(12).any(|above| above == parent);
    let is_page =
        |process: &u32| std::fs::read_to_string(format!("/proc/{process}/cmdline")).is_ok_and(|line| line.contains("--type=renderer"));
    let memory = |process: &u32| -> u64 {
        let statm = std::fs::read_to_string(format!("/proc/{process}/statm")).unwrap_or_default();
        statm.split(' ').nth(1).and_then(|pages| pages.parse().ok()).unwrap_or(0)
    };
    processes.filter(is_below).filter(is_page).max_by_key(memory).expect("a renderer")
}

/// Lets the page's clock run so many times as fast.
fn hasten(browser: &Browser, times: u32) {
    browser.script(&format!(
        "const now = performance.now.bind(performance), later = setTimeout, start = now();
         performance.now = () => start + (now() - start) * {times};
         globalThis.setTimeout = (act, ms, ...args) => later(act, ms / {times}, ...args);
         return 0"
    ));
}

#[test]
fn a_worker_silent_for_ten_seconds_may_be_waited_for_or_ended() {
    let browser = open();
    let (paths, names) = small_files("fault-silent");
    browser.script("fault = { role: 'reader', kind: 'loop' }; globalThis.begun = performance.now(); return 0");
    browser.upload("Chọn tệp Excel", &paths);
    let asks = |words: &str| {
        let said = browser.script("return alerts()");
        said.as_str().is_some_and(|said| said.contains(words)).then_some(())
    };
    // The reader that was ready first hangs, the other reads on.
    let stuck = || names.iter().filter(|name| !card(&browser, name).contains("Đã đọc")).cloned().collect::<Vec<_>>();
    let stuck = browser.wait(Duration::from_secs(8), "the other files", || Some(stuck()).filter(|names| names.len() == 1)).remove(0);
    assert!(browser.look("button", "Chờ").is_none(), "asked too soon");
    browser.wait(Duration::from_secs(13), "the question", || asks(&format!("đọc tệp “{stuck}” không báo gì")));
    let after = browser.script("return performance.now() - begun").as_f64().unwrap();
    println!("asked {after:.0} ms after the drop");
    assert!((10_000.0..14_000.0).contains(&after), "{after}");
    browser.screenshot("mot-tep-khong-bao-gi");
    crate::accessibility::expect_accessible(&browser, "a silent worker");
    hasten(&browser, 8);
    browser.click("button", "Chờ");
    assert!(browser.look("button", "Dừng").is_none(), "waits another ten seconds");
    browser.wait(Duration::from_secs(5), "the question again", || asks("không báo gì"));
    browser.click("button", "Dừng");
    browser.wait_for_status("Sẵn sàng");
    assert!(card(&browser, &stuck).contains("đã dừng vì chương trình đọc không báo gì"), "{}", card(&browser, &stuck));
    browser.click("button", "Đọc lại");
    browser.wait_for_status("Sẵn sàng");
    assert!(names.iter().all(|name| card(&browser, name).contains("Đã đọc")));

    // An engine in an endless loop, and one that is gone without a word.
    for kind in ["loop", "end"] {
        browser.click("link", "Nạp tệp");
        browser.script(&format!("fault = {{ role: 'engine', kind: '{kind}' }}; return 0"));
        browser.click("button", "Bắt đầu đối soát");
        browser.wait(Duration::from_secs(5), "the question", || asks("bộ đối soát không báo gì"));
        if kind == "loop" {
            browser.screenshot("bo-doi-soat-khong-bao-gi");
        }
        browser.click("button", "Dừng");
        browser.wait_for_status("Sẵn sàng");
        assert!(asks("Đã dừng và khởi động lại bộ đối soát").is_some());
        assert!(names.iter().all(|name| card(&browser, name).contains("Đã đọc")), "{kind}: read again");
        browser.click("button", "Bắt đầu đối soát");
        browser.find("table", "Kết quả đối soát");
        browser.wait_for_status("Sẵn sàng");
        assert_eq!(browser.script("return workers.size"), json!(1), "{kind}: one engine");
    }
}

/// Makes the page itself panic: a message from a worker that claims to be four gigabytes long.
fn kill_page(browser: &Browser) {
    browser.script(
        "const lying = new Uint8Array(4);
         Object.defineProperty(lying, 'length', { value: 0xffffffff });
         [...workers][0].dispatchEvent(new MessageEvent('message', { data: [lying] }));
         return 0",
    );
}

#[test]
fn a_page_that_dies_says_so_and_gives_the_draft() {
    for is_storage_denied in [false, true] {
        let browser = open_with(is_storage_denied);
        let (paths, _) = small_files("fault-page");
        browser.upload("Chọn tệp Excel", &paths[..1]);
        browser.wait_for_status("Sẵn sàng");
        browser.fill("Đơn vị báo cáo", "Trạm Y tế xã Suối Mẫu");
        let has_saved = || browser.script("return globalThis.raSoatDraft?.includes('Suối Mẫu') ?? false") == json!(true);
        browser.wait(Duration::from_secs(2), "the draft", || has_saved().then_some(()));
        kill_page(&browser);
        browser.wait(Duration::from_secs(2), "the word", || browser.text().contains("Trang gặp sự cố").then_some(()));
        browser.screenshot("trang-su-co");
        assert!(browser.look("button", "Bắt đầu đối soát").is_none(), "what does not work is not offered");
        let file = browser.download(|| browser.click("link", "Tải bản nháp"));
        let draft = ra_soat::draft::Draft::decode(&std::fs::read_to_string(file).unwrap()).unwrap();
        assert_eq!(draft.settings.reporting_unit, "Trạm Y tế xã Suối Mẫu");
        browser.click("button", "Tải lại trang");
        browser.wait_for_status("Sẵn sàng");
        let unit = if is_storage_denied { "" } else { "Trạm Y tế xã Suối Mẫu" };
        assert_eq!(browser.value("textbox", "Đơn vị báo cáo"), unit);
    }
}

/// As [`open`]; the browser may refuse the page its storage.
fn open_with(is_storage_denied: bool) -> Browser {
    let browser = open();
    if is_storage_denied {
        let script = "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('denied', 'SecurityError'); } })";
        browser.devtools("Page.addScriptToEvaluateOnNewDocument", &json!({ "source": script }));
        browser.reload();
        browser.wait_for_status("Sẵn sàng");
        browser.script(&ON_THE_PAGE.replace("arguments[0]", &json!(BEFORE_THE_WORKER).to_string()));
    }
    browser
}
