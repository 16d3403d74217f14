//! The officer's main job in Firefox, from disk, where one is installed (`FIREFOX`, else `firefox-esr` or `firefox` on PATH).
//!
//! Firefox is spoken to in Marionette's own few lines, which is what geckodriver speaks to it: building geckodriver would take minutes.

use crate::main_job::{expected_table, native, on_disk};
use crate::single_file;
use calamine::{Reader as _, Xlsx};
use ra_soat::sample::sample_files;
use serde_json::{Value, json};
use std::io::{Cursor, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// How long anything may take.
const PATIENCE: Duration = Duration::from_secs(60);
/// The key under which WebDriver names an element.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

/// A running Firefox with one page and an empty profile.
struct Firefox {
    process: Child,
    stream: TcpStream,
    last: u64,
    folder: PathBuf,
}

fn program() -> Option<PathBuf> {
    let named = std::env::var_os("FIREFOX").map(PathBuf::from);
    let path = std::env::var_os("PATH").unwrap_or_default();
    let on_path = || std::env::split_paths(&path).flat_map(|folder| ["firefox-esr", "firefox"].map(|name| folder.join(name)));
    named.into_iter().chain(on_path()).find(|file| file.is_file())
}

fn wait<T>(what: &str, mut check: impl FnMut() -> Option<T>) -> T {
    let start = Instant::now();
    loop {
        if let Some(found) = check() {
            return found;
        }
        assert!(start.elapsed() < PATIENCE, "waited for {what}");
        std::thread::sleep(Duration::from_millis(50));
    }
}

impl Firefox {
    fn start(program: &Path) -> Firefox {
        let folder = std::env::temp_dir().join(format!("ra-soat-firefox-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&folder);
        let downloads = folder.join("downloads");
        std::fs::create_dir_all(&downloads).unwrap();
        let settings = [
            ("marionette.port", json!(0)),
            ("browser.shell.checkDefaultBrowser", json!(false)),
            ("browser.download.folderList", json!(2)),
            ("browser.download.dir", json!(downloads.display().to_string())),
            ("browser.download.alwaysOpenPanel", json!(false)),
            ("datareporting.policy.dataSubmissionEnabled", json!(false)),
            ("toolkit.telemetry.reportingpolicy.firstRun", json!(false)),
            ("app.update.disabledForTesting", json!(true)),
            ("network.captive-portal-service.enabled", json!(false)),
            ("network.connectivity-service.enabled", json!(false)),
        ];
        let lines: String = settings.iter().map(|(name, value)| format!("user_pref({name:?}, {value});\n")).collect();
        std::fs::write(folder.join("user.js"), lines).unwrap();
        let mut command = Command::new(program);
        command.args(["--headless", "--no-remote", "--marionette", "--profile"]).arg(&folder);
        let process = command.env("HOME", &folder).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        let port = wait("Firefox to say its port", || {
            std::fs::read_to_string(folder.join("MarionetteActivePort")).ok()?.trim().parse::<u16>().ok()
        });
        let stream = wait("Firefox to listen", || TcpStream::connect(("127.0.0.1", port)).ok());
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        let mut firefox = Firefox { process, stream, last: 0, folder };
        firefox.receive();
        firefox.command("WebDriver:NewSession", &json!({ "capabilities": { "alwaysMatch": { "timeouts": { "script": 60_000 } } } }));
        firefox
    }

    fn receive(&mut self) -> Value {
        let mut length = String::new();
        loop {
            let mut byte = [0];
            self.stream.read_exact(&mut byte).expect("Firefox answers");
            match byte[0] {
                b':' => break,
                digit => length.push(char::from(digit)),
            }
        }
        let mut bytes = vec![0; length.parse().expect("a length")];
        self.stream.read_exact(&mut bytes).expect("the rest of it");
        serde_json::from_slice(&bytes).expect("JSON")
    }

    fn command(&mut self, name: &str, params: &Value) -> Value {
        self.last += 1;
        let text = json!([0, self.last, name, params]).to_string();
        self.stream.write_all(format!("{}:{text}", text.len()).as_bytes()).unwrap();
        let mut answer = self.receive();
        assert_eq!(answer[2], Value::Null, "{name} {params}");
        answer[3].take()
    }

    fn script(&mut self, body: &str) -> Value {
        self.command("WebDriver:ExecuteScript", &json!({ "script": body, "args": [] }))["value"].take()
    }

    fn wait_until(&mut self, what: &str, condition: &str) {
        wait(what, || (self.script(&format!("return Boolean({condition})")) == true).then_some(()));
    }

    fn wait_for_ready(&mut self) {
        self.wait_until("Sẵn sàng", "document.querySelector('[role=status]')?.textContent.trim() === 'Sẵn sàng'");
    }

    fn click(&mut self, name: &str) {
        let find = format!(
            "[...document.querySelectorAll('button, a')].find((e) => (e.getAttribute('aria-label') ?? e.textContent).trim() === {name:?})"
        );
        self.wait_until(name, &find);
        self.script(&format!("{find}.click()"));
        self.wait_for_ready();
    }

    fn download(&mut self, name: &str) -> PathBuf {
        let folder = self.folder.join("downloads");
        self.click(name);
        let file = wait("a download", || {
            let files = std::fs::read_dir(&folder).ok()?.flatten().map(|entry| entry.path());
            // While it saves there is a second file beside it, named .part.
            let files: Vec<PathBuf> = files.collect();
            let is_whole = files.iter().all(|file| file.extension().is_some_and(|end| end == "xlsx"));
            files.into_iter().next().filter(|file| is_whole && std::fs::metadata(file).is_ok_and(|file| file.len() > 0))
        });
        let taken = self.folder.join(file.file_name().unwrap());
        std::fs::rename(&file, &taken).unwrap();
        taken
    }
}

impl Drop for Firefox {
    fn drop(&mut self) {
        // Where it does not hear that any more, it is ended all the same.
        let text = r#"[0,9999,"Marionette:Quit",{"flags":["eForceQuit"]}]"#;
        let _ = self.stream.write_all(format!("{}:{text}", text.len()).as_bytes());
        let start = Instant::now();
        while start.elapsed() < Duration::from_secs(5) && !matches!(self.process.try_wait(), Ok(Some(_))) {
            std::thread::sleep(Duration::from_millis(50));
        }
        let _ = self.process.kill();
        let _ = self.process.wait();
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

#[test]
fn the_main_job_in_firefox_from_disk() {
    let Some(program) = program() else {
        println!("no Firefox here: passed over (cargo xtask e2e firefox installs Debian's)");
        return;
    };
    let files = sample_files().unwrap();
    let report = native(&files);
    let mut firefox = Firefox::start(&program);
    firefox.command("WebDriver:Navigate", &json!({ "url": single_file() }));
    firefox.wait_for_ready();
    let input = firefox.command("WebDriver:FindElement", &json!({ "using": "css selector", "value": "input[type=file]" }));
    let paths: Vec<String> = on_disk("firefox", &files).iter().map(|path| path.display().to_string()).collect();
    firefox.command("WebDriver:ElementSendKeys", &json!({ "id": input["value"][ELEMENT], "text": paths.join("\n") }));
    firefox.wait_for_ready();
    assert_eq!(firefox.script("return document.querySelectorAll('article').length"), json!(files.len()));
    firefox.click("Bắt đầu đối soát");
    firefox
        .wait_until("the result", "[...document.querySelectorAll('caption')].some((caption) => caption.innerText === 'Kết quả đối soát')");
    let table = firefox.script(
        "const caption = [...document.querySelectorAll('caption')].find((caption) => caption.innerText === 'Kết quả đối soát');
         return [...caption.parentElement.rows].map((row) => [...row.cells].map((cell) => cell.innerText.trim()))",
    );
    let mut shown: Vec<Vec<String>> = serde_json::from_value(table).unwrap();
    let mut expected = expected_table(&report);
    shown.sort();
    expected.sort();
    assert_eq!(shown, expected);
    let list = firefox.download("Tải danh sách làm việc");
    assert!(Xlsx::new(Cursor::new(std::fs::read(list).unwrap())).unwrap().sheet_names().iter().any(|name: &String| name == "Chưa nhập"));
    for form in ["Phụ lục 1", "Phụ lục 2"] {
        firefox.click(form);
        let form = firefox.download(&format!("Tải {form}"));
        assert!(Xlsx::new(Cursor::new(std::fs::read(form).unwrap())).is_ok());
    }

    // The promise holds here too, on the page and in a worker.
    let ear = TcpListener::bind("127.0.0.1:0").unwrap();
    ear.set_nonblocking(true).unwrap();
    let there = ear.local_addr().unwrap();
    let ways = format!(
        "const tries = async () => [
           await fetch('http://{there}/', {{ mode: 'no-cors' }}).then(() => 'sent', () => 'refused'),
           await new Promise((done) => {{ try {{ const s = new WebSocket('ws://{there}/'); s.onopen = () => done('sent'); s.onerror = () => done('refused'); }} catch {{ done('refused'); }} }}),
           typeof RTCPeerConnection === 'undefined' ? 'refused' : 'open' ];"
    );
    let refused = json!(["refused", "refused", "refused"]);
    assert_eq!(firefox.script(&format!("{ways} return tries()")), refused);
    let worker = firefox.script(&format!(
        "const url = URL.createObjectURL(new Blob([{}]));
         return new Promise((done) => {{ new Worker(url).onmessage = (event) => done(event.data) }})",
        json!(format!("{ways} tries().then((all) => postMessage(all))"))
    ));
    assert_eq!(worker, refused);
    std::thread::sleep(Duration::from_millis(300));
    assert!(ear.accept().is_err(), "something reached {there}");
    // And so does the draft.
    firefox.wait_until("the draft", "globalThis.raSoatDraft");
    firefox.command("WebDriver:Refresh", &json!({}));
    firefox.wait_for_ready();
    let text = firefox.script("return document.body.innerText");
    assert!(
        files.iter().all(|(name, _)| text.as_str().is_some_and(|text| text.contains(name.as_str()))),
        "the files of the draft are asked for: {text}"
    );
}
