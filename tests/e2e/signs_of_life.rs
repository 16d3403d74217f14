//! Long work says often enough that it is alive: the question `Chờ` or `Dừng` is for work that hangs.

use crate::browser::Browser;
use crate::common::layouts::{local_lists, system_export};
use crate::common::world::{DEFAULT, World};
use crate::main_job::on_disk;
use crate::single_file;
use std::path::PathBuf;

/// On the page: the longest time that a worker with work said nothing, by role. A message's first byte is its kind; those of work that goes
/// on are `Ready` and `Progress`, of a reader also `Preflight` and `Fingerprint`.
const LISTENING: &str = "
globalThis.silences = {};
const Real = Worker;
globalThis.Worker = class extends Real {
  constructor(url, options) {
    super(url, options);
    Object.assign(this, { role: options.name, open: 0, since: 0 });
    this.addEventListener('message', (event) => {
      const now = performance.now();
      if (this.open > 0) silences[this.role] = Math.max(silences[this.role] ?? 0, now - this.since);
      this.since = now;
      if (event.data[0][0] > (this.role === 'reader' ? 3 : 1)) this.open -= 1;
    });
  }
  postMessage(...args) {
    if (Array.isArray(args[0])) {
      if (this.open === 0) this.since = performance.now();
      this.open += 1;
    }
    return super.postMessage(...args);
  }
};
globalThis.stillness = () => { const found = silences; globalThis.silences = {}; return found; };
return 0";

/// `RA_SOAT_FILES` names a folder of files to use instead of those invented here (`cargo xtask bench linking` makes some).
#[test]
fn reading_matching_and_checking_say_that_they_are_alive() {
    let files: Vec<PathBuf> = match std::env::var_os("RA_SOAT_FILES") {
        Some(folder) => std::fs::read_dir(folder).unwrap().flatten().map(|entry| entry.path()).collect(),
        None => {
            let world = World::invent(8, 6_000, DEFAULT);
            let mut files: Vec<(String, Vec<u8>)> = local_lists(&world).into_iter().map(|file| (file.name, file.bytes)).collect();
            let system = system_export(&world);
            files.push((system.name, system.bytes));
            on_disk("alive", &files)
        }
    };
    let browser = Browser::open(&single_file());
    browser.wait_for_status("Sẵn sàng");
    browser.script(LISTENING);
    browser.upload("Chọn tệp Excel", &files);
    browser.wait_for_status("Sẵn sàng");
    let longest = |work: &str| {
        let found = browser.script("return stillness()");
        println!("{work}: {found}");
        for role in ["reader", "engine"] {
            // Far below the ten seconds after which the officer is asked.
            let ms = found[role].as_f64().unwrap_or(0.0);
            assert!(ms < 5_000.0, "{work}: the {role} said nothing for {ms:.0} ms");
        }
    };
    longest("reading");
    browser.click("button", "Bắt đầu đối soát");
    browser.wait_for_status("Sẵn sàng");
    browser.find("table", "Kết quả đối soát");
    longest("matching");
    browser.click("link", "Làm sạch");
    browser.wait_for_status("Sẵn sàng");
    longest("checking");
    browser.click("link", "Đối soát");
    browser.download(|| browser.click("button", "Tải danh sách làm việc"));
    browser.wait_for_status("Sẵn sàng");
    longest("writing");
}
