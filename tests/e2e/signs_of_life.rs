//! Long work says often enough that it is alive: the question `Chờ` or `Dừng` is for work that hangs.

use crate::browser::Browser;
use crate::common::layouts::{local_lists, system_export};
use crate::common::world::{DEFAULT, World};
use crate::main_job::on_disk;
use crate::single_file;
use std::path::PathBuf;

/// On the page: the longest time between a question to a worker, or its last word, and its next word, by role.
const LISTENING: &str = "
globalThis.silences = {};
const Real = Worker;
globalThis.Worker = class extends Real {
  constructor(url, options) {
    super(url, options);
    this.role = options.name;
    this.since = null;
    this.addEventListener('message', () => {
      if (this.since !== null) silences[this.role] = Math.max(silences[this.role] ?? 0, performance.now() - this.since);
      this.since = this.asked ? performance.now() : null;
    });
  }
  postMessage(...args) {
    if (Array.isArray(args[0])) { this.asked = true; this.since ??= performance.now(); }
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
    browser.find("table", "Kết quả đối soát");
    browser.wait_for_status("Sẵn sàng");
    longest("matching");
    browser.click("link", "Làm sạch");
    browser.wait_for_status("Sẵn sàng");
    longest("checking");
    browser.click("link", "Đối soát");
    browser.download(|| browser.click("button", "Tải danh sách làm việc"));
    browser.wait_for_status("Sẵn sàng");
    longest("writing");
}
