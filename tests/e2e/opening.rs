//! The page opens, from disk and from a server, and keeps its promise that nothing leaves.

use crate::browser::Browser;
use crate::{hosted, single_file};
use std::io::Read;
use std::net::TcpListener;
use std::time::Duration;

#[test]
fn opens_from_disk() {
    let browser = Browser::open(&single_file());
    browser.wait_for_status("Sẵn sàng");
    browser.screenshot("opens_from_disk");
    browser.expect_silence();
}

#[test]
fn opens_from_a_server() {
    let browser = Browser::open(&hosted());
    browser.wait_for_status("Sẵn sàng");
    let elsewhere: Vec<String> = browser.requests().into_iter().filter(|url| !url.starts_with(&hosted())).collect();
    assert_eq!(elsewhere, [""; 0], "the page asked for something elsewhere");
    assert_eq!(browser.errors(), [""; 0], "errors on the console");
}

#[test]
fn no_script_can_send_anything_from_the_page_or_a_worker() {
    let ear = TcpListener::bind("127.0.0.1:0").unwrap();
    ear.set_nonblocking(true).unwrap();
    let there = ear.local_addr().unwrap();
    let browser = Browser::open(&single_file());
    browser.wait_for_status("Sẵn sàng");

    let fetch = format!("fetch('http://{there}/', {{ mode: 'no-cors' }}).then(() => 'sent', () => 'refused')");
    for attempt in [
        format!("return {fetch}"),
        format!(
            "const url = URL.createObjectURL(new Blob([`{fetch}.then(answer => postMessage(answer))`]));
             return new Promise(done => {{ new Worker(url).onmessage = event => done(event.data) }})"
        ),
        format!(
            "return new Promise(done => Object.assign(new Image(),
                {{ onload: () => done('sent'), onerror: () => done('refused'), src: 'http://{there}/a.png' }}))"
        ),
        format!(
            "return new Promise(done => {{ try {{ const socket = new WebSocket('ws://{there}/');
                socket.onopen = () => done('sent'); socket.onerror = () => done('refused') }} catch {{ done('refused') }} }})"
        ),
        format!(
            "const form = Object.assign(document.createElement('form'), {{ action: 'http://{there}/', target: 'elsewhere' }});
             document.body.append(form); form.submit(); form.remove(); return 'refused'"
        ),
        "return typeof RTCPeerConnection === 'undefined' && typeof webkitRTCPeerConnection === 'undefined' ? 'refused' : 'open'"
            .to_string(),
        "const script = document.createElement('script'); script.textContent = 'self.ran = true';
         document.body.append(script); return self.ran ? 'ran' : 'refused'"
            .to_string(),
    ] {
        assert_eq!(browser.script(&attempt), "refused", "{attempt}");
        assert_eq!(heard(&ear), "", "sent to {there}: {attempt}");
    }
}

#[test]
fn a_damaged_file_says_so() {
    let page = std::fs::read_to_string(single_file().trim_start_matches("file://")).unwrap();
    let packed = page.find(r#"<script id="app-wasm""#).unwrap();
    // Late, where the program's texts are: any bytes there would start, and only the unpacker notices.
    let late = packed + page[packed..].find("</script>").unwrap() - 100;
    let other = if page[late..].starts_with('A') { "B" } else { "A" };
    let file = std::env::temp_dir().join(format!("ra-soat-damaged-{}.html", std::process::id()));
    std::fs::write(&file, [&page[..late], other, &page[late + 1..]].concat()).unwrap();

    let browser = Browser::open(&format!("file://{}", file.display()));
    let said =
        browser.wait(Duration::from_secs(10), "the message", || Some(browser.text()).filter(|text| text.contains("Không mở được Rà Soát")));
    std::fs::remove_file(&file).unwrap();
    assert!(said.contains("tệp bị hỏng"), "{said}");
}

/// What was sent to the listener. Chromium may open a connection before it refuses a form, and then sends nothing on it.
fn heard(ear: &TcpListener) -> String {
    std::thread::sleep(Duration::from_millis(300));
    let mut bytes = Vec::new();
    while let Ok((mut stream, _)) = ear.accept() {
        stream.set_nonblocking(false).unwrap();
        stream.set_read_timeout(Some(Duration::from_millis(300))).unwrap();
        let _ = stream.read_to_end(&mut bytes); // ends in a time-out when the browser keeps silent
    }
    String::from_utf8_lossy(&bytes).into_owned()
}
