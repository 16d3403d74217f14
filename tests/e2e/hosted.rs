//! The hosted build: opens without a network after the first visit, tells of a new version, can be installed, is removed whole.

use crate::browser::Browser;
use crate::main_job::on_disk;
use crate::server::Server;
use crate::single_file;
use crate::small_files::{HEADER, dose};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::time::Duration;

const SHORT: Duration = Duration::from_secs(10);
const UNIT: &str = "Đơn vị báo cáo";

/// A copy of the built folder, its texts changed.
fn build(name: &str, change: impl Fn(&str, String) -> String) -> PathBuf {
    let dist = PathBuf::from(single_file().trim_start_matches("file://")).parent().unwrap().to_path_buf();
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    for entry in std::fs::read_dir(dist).unwrap().flatten() {
        let name = entry.file_name().into_string().unwrap();
        if name == "index.html" || name == "service-worker.js" {
            std::fs::write(folder.join(&name), change(&name, std::fs::read_to_string(entry.path()).unwrap())).unwrap();
        } else if name != "ra-soat.html" {
            std::fs::copy(entry.path(), folder.join(&name)).unwrap();
        }
    }
    folder
}

/// The same app as a later version.
fn later_build() -> PathBuf {
    build("hosted-later", |name, text| match name {
        "index.html" => text.replace("<html lang=\"vi\"", "<html data-build=\"sau\" lang=\"vi\""),
        _ => text.replacen("const VERSION = \"", "const VERSION = \"sau-", 1),
    })
}

fn visited(server: &Server) -> Browser {
    let browser = Browser::open(&server.url());
    browser.wait_for_status("Sẵn sàng");
    browser.wait(SHORT, "the copy of the app", || {
        (browser.script("return navigator.serviceWorker.controller?.state ?? ''") == "activated").then_some(())
    });
    browser
}

fn caches(browser: &Browser) -> Vec<String> {
    serde_json::from_value(browser.script("return caches.keys()")).unwrap_or_default()
}

#[test]
fn after_the_first_visit_it_opens_and_reads_without_a_network() {
    let server = Server::start(&build("hosted-offline", |_, text| text), 0).unwrap();
    let url = server.url();
    let browser = visited(&server);
    let elsewhere: Vec<String> = browser.requests().into_iter().filter(|asked| !asked.starts_with(&url)).collect();
    assert_eq!(elsewhere, [""; 0], "asked for elsewhere");
    let installable = browser.devtools("Page.getInstallabilityErrors", &json!({}));
    assert_eq!(installable["installabilityErrors"], json!([]), "it can be installed");
    let manifest = browser.devtools("Page.getAppManifest", &json!({}));
    assert_eq!((&manifest["errors"], manifest["url"].as_str()), (&json!([]), Some(format!("{url}manifest.webmanifest").as_str())));
    assert_eq!(browser.errors(), [""; 0]);

    drop(server);
    browser.reload();
    browser.wait_for_status("Sẵn sàng");
    let list = format!("{HEADER}\n{}\n", (0..12).map(dose).collect::<Vec<_>>().join("\n"));
    browser.upload("Chọn tệp Excel", &on_disk("hosted", &[("Danh sách tiêm.csv".to_owned(), list.into_bytes())]));
    browser.wait_for_status("Sẵn sàng");
    assert!(browser.text().contains("12 người · 12 mũi"), "{}", browser.text());
    browser.screenshot("khong-mang");
}

#[test]
fn a_new_version_is_offered_and_comes_when_it_is_wanted_and_all_of_it_can_be_removed() {
    let server = Server::start(&build("hosted-now", |_, text| text), 0).unwrap();
    let (port, browser) = (server.port(), visited(&server));
    let first = caches(&browser);
    assert_eq!(first.len(), 1, "{first:?}");
    assert!(!browser.text().contains("Có bản mới"));
    drop(server);
    let _server = Server::start(&later_build(), port).unwrap();
    browser.fill(UNIT, "Trạm Suối Mẫu");
    browser.reload();
    browser.wait(SHORT, "word of the new version", || browser.text().contains("Có bản mới của Rà Soát.").then_some(()));
    browser.wait_for_status("Sẵn sàng");
    browser.screenshot("co-ban-moi");
    let is_later = |browser: &Browser| browser.script("return document.documentElement.dataset.build ?? ''") == "sau";
    assert!(!is_later(&browser), "nothing changes by itself");
    browser.fill(UNIT, "Trạm Bản Mẫu");
    browser.click("button", "Cập nhật");
    browser.wait(SHORT, "the new version", || is_later(&browser).then_some(()));
    browser.wait_for_status("Sẵn sàng");
    assert_eq!(browser.value("textbox", UNIT), "Trạm Bản Mẫu");
    assert!(!browser.text().contains("Có bản mới"));
    let both = caches(&browser);
    assert!(both.len() == 2 && both.contains(&first[0]) && both.iter().any(|name| name.starts_with("ra-soat-sau-")), "{both:?}");

    browser.script("document.querySelector('details.machine').open = true");
    browser.click("button", "Xóa sạch khỏi máy này");
    browser.wait(SHORT, "the copies", || browser.text().contains("bản sao của ứng dụng để mở khi mất mạng").then_some(()));
    browser.screenshot("xoa-sach-ban-sao");
    browser.script("window.isOld = true");
    browser.click("button", "Xóa tất cả");
    browser.wait(SHORT, "a new page", || (browser.script("return window.isOld ?? false") == Value::Bool(false)).then_some(()));
    browser.wait_for_status("Sẵn sàng");
    let left =
        browser.script("return navigator.serviceWorker.getRegistrations().then(all => [all.length, localStorage.length, location.hash])");
    assert_eq!((caches(&browser), left), (Vec::new(), json!([0, 0, ""])));
    assert_eq!(browser.errors(), [""; 0]);
}

#[test]
fn the_single_file_registers_nothing() {
    let browser = Browser::open(&single_file());
    browser.wait_for_status("Sẵn sàng");
    let page = std::fs::read_to_string(single_file().trim_start_matches("file://")).unwrap();
    let before_the_app = page.split("<script id=\"app-unpack\"").next().unwrap();
    assert!(!page.contains("serviceWorker.register") && !page.contains("service-worker.js") && !before_the_app.contains("manifest"));
    browser.expect_silence();
}
