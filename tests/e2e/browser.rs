//! A Chromium to test in, driven over WebDriver.
//!
//! Each [`Browser`] is a process of its own with an empty profile and an empty download folder; dropping it ends it. What a test
//! looks for it names as a person using a screen reader would: by role and accessible name. A step that fails panics and says what
//! the page offers instead.
//!
//! ```no_run
//! let browser = Browser::open(&page());
//! browser.wait_for_status("Sẵn sàng");
//! browser.upload("Chọn tệp Excel", &[PathBuf::from("tests/fixtures/xa.xlsx")]);
//! browser.wait_for_status("Sẵn sàng");
//! browser.click("button", "Bắt đầu đối soát");
//! browser.wait_for_status("Sẵn sàng");
//! let rows = browser.table("Kết quả đối soát");
//! let file = browser.download(|| browser.click("button", "Tải Phụ lục 1"));
//! browser.screenshot("phu-luc-1");
//! browser.expect_silence();
//! ```

use base64::{Engine, prelude::BASE64_STANDARD};
use serde_json::{Value, json};
use std::cell::RefCell;
use std::io::{BufRead, BufReader, Lines};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

/// How long a control may take to appear.
const PATIENCE: Duration = Duration::from_secs(10);
/// How long work may take before the status says so again.
const WORK: Duration = Duration::from_secs(300);
/// The key under which WebDriver names an element.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

/// A running browser with one page.
pub struct Browser {
    driver: Child,
    /// Kept open: chromedriver would end where nobody can read what it says.
    _output: Lines<BufReader<ChildStdout>>,
    session: String,
    agent: ureq::Agent,
    folder: PathBuf,
    log: RefCell<Log>,
}

/// An element of the page.
#[derive(Clone, Debug)]
pub struct Element(String);

/// What the browser has said so far.
#[derive(Default)]
struct Log {
    requests: Vec<String>,
    errors: Vec<String>,
}

impl Browser {
    /// Starts a browser and opens the address: `file:///…/ra-soat.html` or `http://127.0.0.1:…/`.
    pub fn open(url: &str) -> Browser {
        Browser::open_with(url, &[])
    }

    /// As [`Browser::open`], the browser started with further arguments.
    pub fn open_with(url: &str, args: &[String]) -> Browser {
        let browser = Browser::start(args);
        browser.go(url);
        browser
    }

    /// Starts a browser that runs a script in every document before the page's own scripts, and opens the address.
    pub fn open_scripted(url: &str, script: &str) -> Browser {
        let browser = Browser::start(&[]);
        browser.devtools("Page.addScriptToEvaluateOnNewDocument", &json!({ "source": script }));
        browser.go(url);
        browser
    }

    /// Starts a browser with a private window and opens the address in it.
    pub fn open_private(url: &str) -> Browser {
        let browser = Browser::start(&["--incognito".to_owned()]);
        browser.go(url);
        browser
    }

    /// The window that is driven.
    pub fn window(&self) -> String {
        self.call("GET", "/window", &Value::Null).as_str().unwrap_or_default().to_string()
    }

    /// Opens another window of the same browser with this address, and drives it from now on.
    pub fn open_window(&self, url: &str) -> String {
        let opened = self.call("POST", "/window/new", &json!({ "type": "window" }));
        let window = opened["handle"].as_str().expect("a window").to_string();
        self.switch_to(&window);
        self.go(url);
        window
    }

    /// Drives another window.
    pub fn switch_to(&self, window: &str) {
        self.call("POST", "/window", &json!({ "handle": window }));
    }

    /// Closes the window that is driven, and drives another.
    pub fn close_window(&self, next: &str) {
        self.call("DELETE", "/window", &Value::Null);
        self.switch_to(next);
    }

    /// Kills the process of the page that is driven, as a crash does, and drives another window.
    pub fn kill_page(&self, next: &str) {
        let killed = self.window();
        // Its answer is that the page has crashed.
        let _ = self.try_call("POST", "/goog/cdp/execute", &json!({ "cmd": "Page.crash", "params": {} }));
        self.switch_to(next);
        self.devtools("Target.closeTarget", &json!({ "targetId": killed }));
    }

    /// Opens another address, or the same one again, in the same profile: what the page stored is still there.
    pub fn go(&self, url: &str) {
        self.call("POST", "/url", &json!({ "url": url }));
    }

    /// Loads the page again.
    pub fn reload(&self) {
        self.call("POST", "/refresh", &json!({}));
    }

    /// Waits, as long as work may take, until the live region (`role=status`) reads this.
    pub fn wait_for_status(&self, text: &str) {
        self.wait(WORK, &format!("the status to read \"{text}\""), || (self.status() == text).then_some(()));
    }

    /// What the live region reads.
    pub fn status(&self) -> String {
        self.script("return document.querySelector('[role=status]')?.textContent.trim() ?? ''").as_str().unwrap_or_default().to_string()
    }

    /// The element of that role and accessible name, waiting for it to appear.
    pub fn find(&self, role: &str, name: &str) -> Element {
        self.wait(PATIENCE, &format!("a {role} named \"{name}\""), || self.look(role, name))
    }

    /// The element of that role and accessible name, if it is there now.
    pub fn look(&self, role: &str, name: &str) -> Option<Element> {
        self.all(role).into_iter().find(|element| self.name_of(element) == name)
    }

    /// The accessible names of all elements of a role, in the order of the page.
    pub fn names(&self, role: &str) -> Vec<String> {
        self.all(role).iter().map(|element| self.name_of(element)).collect()
    }

    /// Clicks what has that role and name.
    pub fn click(&self, role: &str, name: &str) {
        let element = self.find(role, name);
        self.call("POST", &format!("/element/{}/click", element.0), &json!({}));
    }

    /// Replaces the content of the text field of that name, and leaves the field.
    pub fn fill(&self, name: &str, text: &str) {
        let Element(id) = self.find("textbox", name);
        self.call("POST", &format!("/element/{id}/clear"), &json!({}));
        self.call("POST", &format!("/element/{id}/value"), &json!({ "text": format!("{text}\u{e004}") }));
    }

    /// Chooses the option with that text in the select of that name.
    pub fn choose(&self, name: &str, option: &str) {
        let select = self.find("combobox", name);
        let options = "return [...arguments[0].options].map(o => o.label.trim())";
        let labels = self.script_on(&select, options, &json!(null));
        let index = labels.as_array().and_then(|all| all.iter().position(|label| label == option));
        let index = index.unwrap_or_else(|| panic!("{name} has no option \"{option}\": {labels}"));
        // Not by clicking: headless Chromium draws no list to click in.
        let choose = "arguments[0].selectedIndex = arguments[1];
            for (const type of ['input', 'change']) arguments[0].dispatchEvent(new Event(type, { bubbles: true }))";
        self.script_on(&select, choose, &json!(index));
    }

    /// The text of the chosen option, or of the field, of that name.
    pub fn value(&self, role: &str, name: &str) -> String {
        let script = "const e = arguments[0]; return e.selectedOptions?.[0]?.label.trim() ?? e.value ?? e.textContent.trim()";
        self.script_on(&self.find(role, name), script, &json!(null)).as_str().unwrap_or_default().to_string()
    }

    /// Gives the files to the file input of that name, all at once.
    pub fn upload(&self, name: &str, files: &[PathBuf]) {
        let Element(id) = self.find("file", name);
        let paths: Vec<String> = files.iter().map(|file| absolute(file).display().to_string()).collect();
        self.call("POST", &format!("/element/{id}/value"), &json!({ "text": paths.join("\n") }));
    }

    /// The texts of the table with that caption, row by row, header first.
    pub fn table(&self, caption: &str) -> Vec<Vec<String>> {
        let script = "return [...arguments[0].rows].map(row => [...row.cells].map(cell => cell.innerText.trim()))";
        let rows = self.script_on(&self.find("table", caption), script, &json!(null));
        serde_json::from_value(rows).expect("rows of texts")
    }

    /// All the text of the page that can be seen.
    pub fn text(&self) -> String {
        self.script("return document.body.innerText").as_str().unwrap_or_default().to_string()
    }

    /// Does something that downloads one file; returns where it was saved, once it is whole. Each download has a folder of its own,
    /// so two of one name are two files.
    pub fn download(&self, act: impl FnOnce()) -> PathBuf {
        let folder = self.download_folder();
        act();
        self.wait(WORK, "a download", || {
            // Chromium reserves the name with an empty file before what it writes beside it goes there.
            let files = std::fs::read_dir(&folder).ok()?.flatten().map(|entry| entry.path());
            let (unfinished, whole): (Vec<_>, Vec<_>) = files.partition(|file| file.extension().is_none_or(|end| end == "crdownload"));
            let is_written = |file: &PathBuf| std::fs::metadata(file).is_ok_and(|about| about.len() > 0);
            whole.into_iter().find(is_written).filter(|_| unfinished.is_empty())
        })
    }

    /// The number of the driver's process; the browser's processes are its children.
    pub fn process_id(&self) -> u32 {
        self.driver.id()
    }

    /// Runs the body of a JavaScript function in the page and returns what it returns; a promise is awaited.
    pub fn script(&self, body: &str) -> Value {
        self.call("POST", "/execute/sync", &json!({ "script": body, "args": [] }))
    }

    /// The same with the element as `arguments[0]` and a value as `arguments[1]`.
    pub fn script_on(&self, element: &Element, body: &str, value: &Value) -> Value {
        self.call("POST", "/execute/sync", &json!({ "script": body, "args": [{ ELEMENT: element.0 }, value] }))
    }

    /// Presses keys where the focus is: letters, or a key of WebDriver's private range (`"\u{e004}"` is Tab, `"\u{e007}"` Enter).
    pub fn press(&self, keys: &str) {
        let actions: Vec<Value> =
            keys.chars().flat_map(|key| ["keyDown", "keyUp"].map(|kind| json!({ "type": kind, "value": key.to_string() }))).collect();
        self.call("POST", "/actions", &json!({ "actions": [{ "type": "key", "id": "keyboard", "actions": actions }] }));
    }

    /// Role and accessible name of what has the focus; two empty words where nothing has.
    pub fn focused(&self) -> (String, String) {
        let Ok(element) = self.try_call("GET", "/element/active", &Value::Null) else { return Default::default() };
        let id = element[ELEMENT].as_str().unwrap_or_default();
        let ask = |what: &str| self.try_call("GET", &format!("/element/{id}/{what}"), &Value::Null).ok();
        let word = |answer: Option<Value>| answer.and_then(|word| Some(word.as_str()?.trim().to_owned())).unwrap_or_default();
        if self.script("return document.activeElement === document.body") == true {
            return Default::default();
        }
        (word(ask("computedrole")), word(ask("computedlabel")))
    }

    /// A command of the Chrome DevTools protocol.
    pub fn devtools(&self, command: &str, params: &Value) -> Value {
        self.call("POST", "/goog/cdp/execute", &json!({ "cmd": command, "params": params }))
    }

    /// Saves what the window shows as target/screens/NAME.png.
    pub fn screenshot(&self, name: &str) -> PathBuf {
        let file = target().join("screens").join(format!("{name}.png"));
        self.screenshot_to(&file);
        file
    }

    /// Saves what the window shows.
    pub fn screenshot_to(&self, file: &Path) {
        let picture = self.call("GET", "/screenshot", &Value::Null);
        let picture = BASE64_STANDARD.decode(picture.as_str().unwrap_or_default()).expect("a picture");
        std::fs::create_dir_all(absolute(file).parent().expect("a folder")).expect("a folder for the picture");
        std::fs::write(file, picture).expect("the picture is saved");
    }

    /// Every address asked for so far, but for the page itself on disk, what lies in memory (`blob:`, `data:`) and the browser's own
    /// pages (`chrome:`), which it shows before ours.
    pub fn requests(&self) -> Vec<String> {
        self.read_log();
        self.log.borrow().requests.clone()
    }

    /// Every error so far on the console: exceptions, refused policies, failed loads.
    pub fn errors(&self) -> Vec<String> {
        self.read_log();
        self.log.borrow().errors.clone()
    }

    /// Panics if the page asked for anything or reported an error.
    pub fn expect_silence(&self) {
        assert_eq!(self.requests(), [""; 0], "the page asked for something");
        assert_eq!(self.errors(), [""; 0], "errors on the console");
    }

    /// Waits until `check` finds something; panics after the time with what was missing.
    pub fn wait<T>(&self, time: Duration, what: &str, check: impl Fn() -> Option<T>) -> T {
        let start = Instant::now();
        loop {
            if let Some(found) = check() {
                return found;
            }
            if start.elapsed() > time {
                let picture = self.screenshot("waited-in-vain");
                let errors = self.errors().join("\n");
                panic!("waited {time:?} for {what}.\nThe page reads:\n{}\nErrors: {errors}\nPicture: {}", self.text(), picture.display());
            }
            std::thread::sleep(Duration::from_millis(50));
        }
    }
}

impl Browser {
    /// Starts chromedriver on a free port and a browser with an empty profile.
    fn start(args: &[String]) -> Browser {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let folder = target().join("e2e").join(format!("{}-{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed)));
        std::fs::create_dir_all(&folder).expect("a folder for the browser");

        let program = std::env::var_os("CHROMEDRIVER").unwrap_or_else(|| "chromedriver".into());
        let mut driver = Command::new(program);
        driver.arg("--port=0").stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut driver = driver.spawn().expect("chromedriver is not on PATH: cargo xtask setup installs it");
        let mut lines = BufReader::new(driver.stdout.take().expect("piped")).lines();
        let said = lines.by_ref().map_while(Result::ok);
        let port = said.filter_map(|line| line.split_once("successfully on port ")?.1.trim_end_matches('.').parse::<u16>().ok()).next();
        let port = port.expect("chromedriver says its port");

        let config = ureq::Agent::config_builder().http_status_as_error(false).proxy(None).timeout_global(Some(WORK));
        let mut browser = Browser {
            driver,
            _output: lines,
            session: format!("http://127.0.0.1:{port}/session"),
            agent: config.build().into(),
            folder,
            log: RefCell::default(),
        };
        let session = browser.call("POST", "", &json!({ "capabilities": { "alwaysMatch": browser.capabilities(args) } }));
        browser.session = format!("{}/{}", browser.session, session["sessionId"].as_str().expect("a session"));
        browser.download_folder();
        browser
    }

    /// A new empty folder, to which the browser saves from now on.
    fn download_folder(&self) -> PathBuf {
        let count = std::fs::read_dir(&self.folder).expect("the browser's folder").count();
        let folder = self.folder.join(format!("downloads-{count}"));
        std::fs::create_dir_all(&folder).expect("a folder for downloads");
        self.devtools("Browser.setDownloadBehavior", &json!({ "behavior": "allow", "downloadPath": folder.display().to_string() }));
        folder
    }

    fn capabilities(&self, args: &[String]) -> Value {
        let mut chrome = json!({
            "args": [
                "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking",
                "--disable-component-update", "--disable-sync", "--no-first-run", "--no-default-browser-check",
                "--window-size=1366,768", "--force-device-scale-factor=1", "--lang=vi",
                format!("--user-data-dir={}", self.folder.join("profile").display()),
            ],
            "prefs": {
                "download.prompt_for_download": false,
                "profile.default_content_setting_values.automatic_downloads": 1,
            },
        });
        if let Some(all) = chrome["args"].as_array_mut() {
            all.extend(args.iter().map(|arg| json!(arg)));
        }
        if let Some(program) = std::env::var_os("CHROME") {
            chrome["binary"] = json!(program.to_string_lossy());
        }
        json!({ "goog:chromeOptions": chrome, "goog:loggingPrefs": { "browser": "ALL", "performance": "ALL" } })
    }

    /// One WebDriver command; its answer's `value`.
    fn call(&self, method: &str, path: &str, body: &Value) -> Value {
        self.try_call(method, path, body).unwrap_or_else(|error| panic!("{method} {path} {body}: {error}"))
    }

    fn try_call(&self, method: &str, path: &str, body: &Value) -> Result<Value, String> {
        let url = format!("{}{path}", self.session);
        let answer = match method {
            "GET" => self.agent.get(&url).call(),
            "DELETE" => self.agent.delete(&url).call(),
            _ => self.agent.post(&url).send_json(body),
        };
        let read = |mut answer: ureq::http::Response<ureq::Body>| answer.body_mut().with_config().limit(1 << 30).read_json::<Value>();
        let mut answer = answer.and_then(read).map_err(|error| error.to_string())?;
        match answer["value"]["error"].as_str() {
            Some(error) => Err(format!("{error}: {}", answer["value"]["message"].as_str().unwrap_or_default())),
            None => Ok(answer["value"].take()),
        }
    }

    /// All elements that can have a role.
    fn all(&self, role: &str) -> Vec<Element> {
        let css = match role {
            "button" => "button, input[type=button], input[type=submit], summary, [role=button]",
            "link" => "a[href], [role=link]",
            "tab" => "[role=tab]",
            "textbox" => "input:not([type]), input[type=text], input[type=search], input[type=number], textarea, [role=textbox]",
            "combobox" => "select, [role=combobox]",
            "checkbox" => "input[type=checkbox], [role=checkbox]",
            "radio" => "input[type=radio], [role=radio]",
            "file" => "input[type=file]",
            "table" => "table, [role=table], [role=grid]",
            "article" => "article, [role=article]",
            "navigation" => "nav, [role=navigation]",
            "heading" => "h1, h2, h3, h4, h5, h6, [role=heading]",
            "dialog" => "dialog[open], [role=dialog], [role=alertdialog]",
            "region" => "section, [role=region]",
            other => &format!("[role={other}]"),
        };
        let found = self.call("POST", "/elements", &json!({ "using": "css selector", "value": css }));
        let ids = found.as_array().into_iter().flatten().filter_map(|element| element[ELEMENT].as_str());
        ids.map(|id| Element(id.to_string())).collect()
    }

    /// The accessible name as the browser computes it; none for an element that is gone by now.
    fn name_of(&self, element: &Element) -> String {
        let name = self.try_call("GET", &format!("/element/{}/computedlabel", element.0), &Value::Null);
        name.ok().and_then(|name| Some(name.as_str()?.trim().to_string())).unwrap_or_default()
    }

    /// Takes over what the browser has logged since the last time; it says everything once.
    fn read_log(&self) {
        let read = |kind: &str| match self.call("POST", "/se/log", &json!({ "type": kind })) {
            Value::Array(entries) => entries,
            _ => Vec::new(),
        };
        let mut log = self.log.borrow_mut();
        for entry in read("performance") {
            let event: Value = serde_json::from_str(entry["message"].as_str().unwrap_or_default()).unwrap_or_default();
            let event = &event["message"];
            let url = match event["method"].as_str() {
                Some("Network.requestWillBeSent") => event["params"]["request"]["url"].as_str(),
                Some("Network.webSocketCreated" | "Network.webTransportCreated") => event["params"]["url"].as_str(),
                _ => None,
            };
            log.requests.extend(
                url.filter(|url| !["file:", "blob:", "data:", "chrome:"].iter().any(|own| url.starts_with(own))).map(str::to_string),
            );
        }
        for entry in read("browser") {
            if entry["level"] == "SEVERE" {
                log.errors.push(entry["message"].as_str().unwrap_or_default().to_string());
            }
        }
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        // Ends Chromium; after that nothing here can matter to the test any more.
        let _ = self.try_call("DELETE", "", &Value::Null);
        let _ = self.driver.kill();
        let _ = self.driver.wait();
        let _ = std::fs::remove_dir_all(self.folder.join("profile"));
    }
}

/// The target folder of the repository.
fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| absolute(Path::new("target")), PathBuf::from)
}

fn absolute(path: &Path) -> PathBuf {
    std::path::absolute(path).expect("a path")
}
