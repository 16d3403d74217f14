//! Nothing leaves: no request during the whole main job, every known way to send something refused, the panel that says so.

use crate::browser::Browser;
use crate::main_job::on_disk;
use crate::{hosted, single_file};
use ra_soat::sample::sample_files;
use std::io::Read;
use std::net::{SocketAddr, TcpListener};
use std::time::Duration;

/// Ways to send something that a page and a worker have: name, and an expression whose value (or promised value) says how it went.
const EVERYWHERE: [(&str, &str); 12] = [
    ("fetch", "fetch(there + 'fetch', { mode: 'no-cors' }).then(() => 'sent')"),
    (
        "fetch that outlives the page",
        "fetch(there + 'keepalive', { method: 'POST', body: 'x', mode: 'no-cors', keepalive: true }).then(() => 'sent')",
    ),
    (
        "XMLHttpRequest",
        "new Promise((done) => { const r = new XMLHttpRequest(); r.onload = () => done('sent'); r.onerror = () => done('refused'); r.open('POST', there + 'xhr'); r.send('x'); })",
    ),
    (
        "synchronous XMLHttpRequest",
        "(() => { const r = new XMLHttpRequest(); r.open('GET', there + 'sync-xhr', false); r.send(); return 'sent'; })()",
    ),
    (
        "WebSocket",
        "new Promise((done) => { const s = new WebSocket(there.replace('http', 'ws') + 'socket'); s.onopen = () => done('sent'); s.onerror = () => done('refused'); })",
    ),
    (
        "EventSource",
        "new Promise((done) => { const s = new EventSource(there + 'events'); s.onopen = () => done('sent'); s.onerror = () => done('refused'); })",
    ),
    ("WebRTC", "typeof RTCPeerConnection === 'undefined' && typeof webkitRTCPeerConnection === 'undefined' ? 'refused' : 'open'"),
    ("a module from elsewhere", "import(there + 'module.js').then(() => 'sent')"),
    ("a module from data:", "import('data:text/javascript,export default 1').then(() => 'ran')"),
    (
        "a worker from elsewhere",
        "new Promise((done) => { const w = new Worker(there + 'worker.js'); w.onmessage = () => done('ran'); w.onerror = () => done('refused'); })",
    ),
    (
        "a worker from data:",
        "new Promise((done) => { const w = new Worker('data:text/javascript,postMessage(1)'); w.onmessage = () => done('ran'); w.onerror = () => done('refused'); })",
    ),
    (
        "text as a program", // Later, since what a test has the browser evaluate may do so itself.
        "new Promise((done) => setTimeout(() => { try { done(new Function('return \"ran\"')()); } catch { done('refused'); } }))",
    ),
];

/// Ways that only a page has.
const ON_THE_PAGE: [(&str, &str); 16] = [
    ("an image", "loads(Object.assign(new Image(), { src: there + 'image.png' }))"),
    ("an image set", "loads(Object.assign(new Image(), { srcset: there + 'set.png 2x' }))"),
    ("a script", "loads(document.body.appendChild(Object.assign(document.createElement('script'), { src: there + 'script.js' })))"),
    (
        "a script of text",
        "(() => { document.body.appendChild(Object.assign(document.createElement('script'), { textContent: 'globalThis.ran = 1' })); return globalThis.ran ? 'ran' : 'refused'; })()",
    ),
    (
        "a style sheet",
        "loads(document.head.appendChild(Object.assign(document.createElement('link'), { rel: 'stylesheet', href: there + 'style.css' })))",
    ),
    (
        "a picture of a style",
        "(() => { document.body.style.backgroundImage = `url(${there}background.png)`; document.body.offsetWidth; return 'refused'; })()",
    ),
    (
        "a prefetched page",
        "loads(document.head.appendChild(Object.assign(document.createElement('link'), { rel: 'prefetch', href: there + 'prefetch' })))",
    ),
    (
        "a preloaded font",
        "loads(document.head.appendChild(Object.assign(document.createElement('link'), { rel: 'preload', as: 'font', crossOrigin: '', href: there + 'font.woff2' })))",
    ),
    ("a font", "new FontFace('there', `url(${there}face.woff2)`).load().then(() => 'sent')"),
    ("a video", "loads(Object.assign(document.createElement('video'), { src: there + 'video.mp4' }))"),
    (
        "an object",
        "(() => { document.body.appendChild(Object.assign(document.createElement('object'), { data: there + 'object' })); return 'refused'; })()",
    ),
    (
        "a frame",
        "(() => { document.body.appendChild(Object.assign(document.createElement('iframe'), { src: there + 'frame' })); return 'refused'; })()",
    ),
    (
        "a form",
        "(() => { const form = document.body.appendChild(Object.assign(document.createElement('form'), { action: there + 'form', method: 'post', target: 'elsewhere' })); form.submit(); return 'refused'; })()",
    ),
    ("a beacon", "(() => { navigator.sendBeacon(there + 'beacon', 'x'); return 'refused'; })()"),
    (
        "a ping of a link",
        "(() => { const a = document.body.appendChild(Object.assign(document.createElement('a'), { href: '#', ping: there + 'ping' })); a.click(); return 'refused'; })()",
    ),
    (
        "a shared worker",
        "new Promise((done) => { const w = new SharedWorker('data:text/javascript,onconnect = (e) => e.ports[0].postMessage(1)'); w.port.onmessage = () => done('ran'); w.onerror = () => done('refused'); })",
    ),
];

/// Ways that only a worker has.
const IN_A_WORKER: [(&str, &str); 2] = [
    ("importScripts", "(importScripts(there + 'import.js'), 'ran')"),
    ("importScripts of data:", "(importScripts('data:text/javascript,1'), 'ran')"),
];

/// A program that tries each way and gives `[[name, how it went], …]`.
fn attempts(there: SocketAddr, ways: &[(&str, &str)]) -> String {
    let tries: String = ways.iter().map(|(name, way)| format!("[{name:?}, () => {way}],\n")).collect();
    format!(
        "const there = 'http://{there}/';
         const loads = (element) => new Promise((done) => {{
           for (const event of ['load', 'loadeddata']) element.addEventListener(event, () => done('sent'));
           element.addEventListener('error', () => done('refused'));
         }});
         const late = () => new Promise((done) => setTimeout(() => done('refused'), 1500)); // nothing came of it: the listener knows more
         const one = async (way) => {{ try {{ return await Promise.race([way(), late()]); }} catch {{ return 'refused'; }} }};
         const all = Promise.all([{tries}].map(async ([name, way]) => [name, await one(way)]));"
    )
}

#[test]
fn no_script_can_send_anything_from_the_page_or_a_worker() {
    let ear = TcpListener::bind("127.0.0.1:0").unwrap();
    ear.set_nonblocking(true).unwrap();
    let there = ear.local_addr().unwrap();
    for address in [single_file(), hosted()] {
        let browser = Browser::open(&address);
        browser.wait_for_status("Sẵn sàng");
        let on_page: Vec<_> = EVERYWHERE.into_iter().chain(ON_THE_PAGE).collect();
        let in_worker: Vec<_> = EVERYWHERE.into_iter().chain(IN_A_WORKER).collect();
        let worker = format!("{} all.then((all) => postMessage(all));", attempts(there, &in_worker));
        let of_worker = browser.script(&format!(
            "const url = URL.createObjectURL(new Blob([{}], {{ type: 'text/javascript' }}));
             return new Promise((done) => {{ new Worker(url).onmessage = (event) => done(event.data) }})",
            serde_json::json!(worker)
        ));
        let of_page = browser.script(&format!("{} return all;", attempts(there, &on_page)));
        for (ways, answers) in [(on_page, of_page), (in_worker, of_worker)] {
            let answers = answers.as_array().expect("an answer to each").clone();
            assert_eq!(answers.len(), ways.len());
            for answer in answers {
                assert_eq!(answer[1], "refused", "{address}: {answer}");
            }
        }
        assert_eq!(heard(&ear), "", "{address}: something was sent to {there}");
    }
}

/// What was sent to the listener. Chromium may open a connection before it refuses a form, and then sends nothing on it.
fn heard(ear: &TcpListener) -> String {
    std::thread::sleep(Duration::from_millis(500));
    let mut bytes = Vec::new();
    while let Ok((mut stream, _)) = ear.accept() {
        stream.set_nonblocking(false).unwrap();
        stream.set_read_timeout(Some(Duration::from_millis(300))).unwrap();
        let _ = stream.read_to_end(&mut bytes); // ends in a time-out when the browser keeps silent
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[test]
fn the_whole_main_job_asks_for_nothing_and_the_panel_says_so() {
    // The browser's own record of all that any process of it asks the network for, workers and downloads too.
    let record = std::env::temp_dir().join(format!("ra-soat-network-{}.json", std::process::id()));
    let browser = Browser::open_with(&single_file(), &[format!("--log-net-log={}", record.display())]);
    browser.wait_for_status("Sẵn sàng");
    browser.upload("Chọn tệp Excel", &on_disk("privacy", &sample_files().unwrap()));
    browser.wait_for_status("Sẵn sàng");
    browser.click("button", "Bắt đầu đối soát");
    browser.find("table", "Kết quả đối soát");
    browser.wait_for_status("Sẵn sàng");
    browser.download(|| browser.click("button", "Tải danh sách làm việc"));
    browser.wait_for_status("Sẵn sàng");
    for step in ["Làm sạch", "Số liệu", "Giám sát", "Gửi đi", "Phụ lục 2", "Phụ lục 1"] {
        browser.click("link", step);
        browser.wait_for_status("Sẵn sàng");
    }
    browser.download(|| browser.click("button", "Tải Phụ lục 1"));
    browser.wait_for_status("Sẵn sàng");

    browser.click("button", "Dữ liệu ở lại máy này");
    browser.find("dialog", "Dữ liệu ở lại máy này");
    let counts = "return [...document.querySelectorAll('dialog[open] dd')].map((count) => count.innerText)";
    let shown = browser.script(counts);
    assert_eq!(shown, serde_json::json!(["0", "0: trang được mở từ đĩa, mọi thứ có sẵn trong tệp", "0"]));
    let text = browser.text();
    for words in ["connect-src 'none'", "Không được kết nối tới bất kỳ đâu", "Network", "certutil -hashfile"] {
        assert!(text.contains(words), "{words} is not in the panel: {text}");
    }
    assert!(!text.contains("đã bị sửa"), "every directive has words: {text}");
    browser.screenshot("du-lieu-o-lai");
    browser.expect_silence();
    // What is refused is counted before the officer's eyes.
    browser.script("return fetch('http://127.0.0.1:9/').catch(() => 0)");
    browser.wait(Duration::from_secs(2), "the count", || (browser.script(counts)[2] == "1").then_some(()));
    browser.click("button", "Đóng");
    assert!(browser.look("dialog", "Dữ liệu ở lại máy này").is_none());
    drop(browser);

    let record_text = std::fs::read_to_string(&record).unwrap();
    std::fs::remove_file(&record).unwrap();
    // What a page or worker asks for has the page as its initiator; the browser's own questions, after updates and the time, have none.
    let value = |line: &str, key: &str| Some(line.split(&format!("\"{key}\":\"")).nth(1)?.split('"').next()?.to_owned());
    let asked = record_text.lines().filter_map(|line| Some((value(line, "initiator")?, value(line, "url")?)));
    let outside: Vec<(String, String)> = asked
        .filter(|(initiator, _)| initiator != "not an origin")
        .filter(|(_, url)| !["file:", "blob:", "data:"].iter().any(|own| url.starts_with(own)))
        .collect();
    assert!(record_text.contains("\"constants\""), "the record was written");
    assert_eq!(outside, Vec::new(), "asked of the network");
}

#[test]
fn the_hosted_page_asks_only_for_its_own_files() {
    let browser = Browser::open(&hosted());
    browser.wait_for_status("Sẵn sàng");
    browser.click("button", "Dữ liệu ở lại máy này");
    let shown = browser.script("return [...document.querySelectorAll('dialog[open] dd')].map((count) => count.innerText)");
    assert_eq!(shown[0], "0", "{shown}");
    assert!(shown[1].as_str().is_some_and(|own| own.contains("các tệp của chính trang này")), "{shown}");
    let text = browser.text();
    assert!(text.contains("connect-src 'self'") && text.contains("Chỉ được hỏi chính nơi đã mở trang này"), "{text}");
    assert!(!text.contains("đã bị sửa"), "every directive has words: {text}");
}

#[test]
fn the_program_cannot_reach_what_no_policy_covers() {
    let browser = Browser::open(&single_file());
    browser.wait_for_status("Sẵn sàng");
    // All that the wasm can call of the browser by name stands in its imports.
    let imports = browser.script("return WebAssembly.Module.imports(raSoatModule).map((one) => one.name).join('\\n').toLowerCase()");
    let imports = imports.as_str().unwrap_or_default();
    assert!(imports.contains("postmessage"), "{imports}");
    for name in [
        "fetch",
        "xmlhttp",
        "websocket",
        "eventsource",
        "beacon",
        "rtc",
        "iframe",
        "_open_",
        "assign",
        "setaction",
        "serviceworker",
        "wbg_eval",
    ] {
        let found: Vec<&str> = imports.lines().filter(|line| line.contains(name)).collect();
        assert_eq!(found, [""; 0], "the program can call {name}");
    }
    let page = std::fs::read_to_string(single_file().trim_start_matches("file://")).unwrap();
    let outside: Vec<&str> = page
        .split("http")
        .skip(1)
        .filter(|rest| rest.starts_with("://") || rest.starts_with("s://"))
        .map(|rest| &rest[..rest.len().min(60)])
        .collect();
    // Names of vocabularies, and a word of the generated glue about files served with a wrong type.
    let is_name =
        |rest: &&str| rest.starts_with("://www.w3.org/") || rest.starts_with("s://developer.mozilla.org/en-US/docs/Web/JavaScript/");
    assert!(outside.iter().all(is_name), "addresses in the page: {outside:?}");
}
