//! `cargo xtask bench`: how fast the built app reads large lists in the browser, beside SheetJS and beside the browser's own inflating.
//!
//! A figure means something only beside the others of the same run, so all three take turns, and what is said is their ratios. Ours is
//! the real way: `dist/ra-soat.html` opened from disk, a file given to its file input, read by its reader worker. SheetJS and the
//! inflating run in a worker of a page on 127.0.0.1. The files are made by `tests/bench/sheets.rs`.

pub mod linking;

use crate::browser::Browser;
use crate::process::{cargo, run};
use crate::{checks, serve, setup};
use anyhow::{Context, Result, bail, ensure};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::{Duration, Instant};

/// What is read in the browser: the list's name and how often each program reads it.
const LISTS: [(&str, usize); 4] = [("100k-shared", 3), ("100k-inline", 3), ("300k", 1), ("million", 1)];
/// What is measured natively: the names of the app's `[[bench]]`es.
const NATIVE: [(&str, &str); 3] = [("main-job", "main_job"), ("reading", "reading"), ("working-list", "working_list")];
/// No reading takes longer.
const PATIENCE: Duration = Duration::from_secs(600);

/// All measurements, or those whose name starts with this.
pub fn bench(name: &str) -> Result<()> {
    let lists: Vec<_> = LISTS.into_iter().filter(|(list, _)| list.starts_with(name)).collect();
    let native: Vec<_> = NATIVE.into_iter().filter(|(bench, _)| bench.starts_with(name)).collect();
    if lists.is_empty() && native.is_empty() {
        let names: Vec<_> = LISTS.iter().map(|list| list.0).chain(NATIVE.iter().map(|bench| bench.0)).collect();
        bail!("no measurement is named {name}; there are {}", names.join(", "));
    }
    for (_, bench) in native {
        run(&mut cargo(["bench", "--package", "ra-soat", "--bench", bench, "--locked"]))?;
    }
    if !lists.is_empty() {
        in_browser(&lists)?;
    }
    Ok(())
}

fn in_browser(lists: &[(&str, usize)]) -> Result<()> {
    let page = checks::single_file_url()?;
    let files = make_files(lists)?;
    let folder = files.first().and_then(|file| file.parent()).context("no file was made")?;
    std::fs::copy(setup::sheetjs()?, folder.join("xlsx.full.min.js"))?;
    std::fs::write(folder.join("rivals.html"), include_str!("rivals.html"))?;
    std::fs::write(folder.join("rivals.js"), include_str!("rivals.js"))?;
    let rivals = format!("{}rivals.html", serve::in_background(folder)?);
    setup::browser()?;
    println!("\nread = bytes in the worker to columnar table; whole = with the fingerprint, finding the columns and sending the table");
    println!("memory = wasm of the reader, peak; process = resident memory of the page's process with its workers, peak\n");
    for ((name, times), file) in lists.iter().zip(&files) {
        measure(name, *times, file, &page, &rivals)?;
    }
    Ok(())
}

fn make_files(lists: &[(&str, usize)]) -> Result<Vec<PathBuf>> {
    let names = lists.iter().map(|list| list.0);
    let mut command = cargo(["bench", "--quiet", "--package", "ra-soat", "--bench", "reading", "--locked", "--", "make"]);
    let said = command.args(names).stderr(Stdio::inherit()).output()?;
    ensure!(said.status.success(), "the files were not made");
    let files: Vec<PathBuf> = String::from_utf8(said.stdout)?.lines().map(PathBuf::from).filter(|file| file.is_file()).collect();
    ensure!(files.len() == lists.len(), "the files were not made");
    Ok(files)
}

fn measure(name: &str, times: usize, file: &Path, page: &str, rivals: &str) -> Result<()> {
    let mb = std::fs::metadata(file)?.len() as f64 / 1e6;
    let rival = Browser::open(rivals);
    let app = Browser::open("about:blank");
    app.devtools("Page.addScriptToEvaluateOnNewDocument", &json!({ "source": include_str!("in_our_worker.js") }));
    let file_name = file.file_name().and_then(|name| name.to_str()).context("a name")?;
    let (mut read, mut whole, mut memory, mut is_own, mut process) = (Vec::new(), Vec::new(), 0.0f64, true, None);
    let (mut sheetjs, mut inflate) = (Vec::new(), Vec::new());
    for _ in 0..times {
        let ours = read_by_app(&app, page, file);
        read.push(number(&ours["read"])?);
        whole.push(number(&ours["whole"])?);
        memory = memory.max(number(&ours["memory"])?);
        is_own &= ours["own"].is_number();
        process = process.max(peak_memory(&app));
        app.go("about:blank"); // ends what the engine does with the table
        inflate.push(read_by_rival(&rival, "inflate", file_name));
        sheetjs.push(read_by_rival(&rival, "sheetjs", file_name));
    }

    let floor = median(&inflate).context("the browser did not inflate the sheet")?;
    let xml_mb = number(&inflate[0]["size"])? / 1e6;
    let (read, whole) = (middle(read), middle(whole));
    println!("{name}: {mb:.1} MB, the sheet inflated {xml_mb:.0} MB, {times} of each, the middle one");
    println!("  inflating the sheet alone     {floor:>9.0} ms");
    let source = if is_own { "as the reader says" } else { "from the fingerprint to the table sent" };
    println!("  Rà Soát, read                 {read:>9.0} ms   {:.2} x inflating   ({source})", read / floor);
    println!(
        "  Rà Soát, whole                {whole:>9.0} ms   {:.2} x inflating   memory {:.0} MB{}",
        whole / floor,
        memory / 1e6,
        shown(process)
    );
    let rows = sheetjs[0]["rows"].as_u64().unwrap_or(0);
    match median(&sheetjs) {
        Some(ms) if rows > 0 => println!(
            "  SheetJS                       {ms:>9.0} ms   {:.2} x Rà Soát, read   {rows} rows{}",
            ms / read,
            shown(peak_memory(&rival))
        ),
        Some(ms) => println!("  SheetJS                       {ms:>9.0} ms   returns no sheet, and no error{}", shown(peak_memory(&rival))),
        None => println!("  SheetJS                       fails: {}", sheetjs[0]["error"].as_str().unwrap_or("no word")),
    }
    println!();
    Ok(())
}

/// One reading by the app: what its reader's clock says.
fn read_by_app(app: &Browser, page: &str, file: &Path) -> Value {
    app.go(page);
    app.wait_for_status("Sẵn sàng");
    app.upload("Chọn tệp Excel", &[file.to_path_buf()]);
    wait(app, "return globalThis.benchClocks[0] ?? null")
}

fn read_by_rival(rival: &Browser, what: &str, file: &str) -> Value {
    rival.script(&format!("measure({}, {})", json!(what), json!(file)));
    wait(rival, "return globalThis.answer")
}

/// Asks seldom, so that the asking is no part of what is measured.
fn wait(browser: &Browser, script: &str) -> Value {
    let start = Instant::now();
    loop {
        match browser.script(script) {
            Value::Null if start.elapsed() < PATIENCE => std::thread::sleep(Duration::from_millis(200)),
            Value::Null => panic!("waited {PATIENCE:?}; the page reads:\n{}", browser.text()),
            value => return value,
        }
    }
}

fn number(value: &Value) -> Result<f64> {
    value.as_f64().with_context(|| format!("no number but {value}"))
}

/// The middle time; none where one failed.
fn median(answers: &[Value]) -> Option<f64> {
    answers.iter().map(|answer| answer["ms"].as_f64()).collect::<Option<Vec<_>>>().map(middle)
}

fn middle(mut times: Vec<f64>) -> f64 {
    times.sort_by(f64::total_cmp);
    times.get(times.len() / 2).copied().unwrap_or(f64::NAN)
}

fn shown(memory: Option<u64>) -> String {
    memory.map_or_else(String::new, |bytes| format!(", process {:.0} MB", bytes as f64 / 1e6))
}

/// The largest resident memory that one of the browser's pages has had, where the system tells (Linux).
fn peak_memory(browser: &Browser) -> Option<u64> {
    let mut ours = vec![browser.process_id().to_string()];
    let mut peak = None;
    let processes: Vec<(String, String)> = std::fs::read_dir("/proc").ok()?.flatten().filter_map(|entry| status(&entry.path())).collect();
    // Children have later numbers than their parents, but numbers wrap: so go on until no more are found.
    loop {
        let found: Vec<_> = processes.iter().filter(|(id, status)| !ours.contains(id) && ours.contains(&field(status, "PPid"))).collect();
        if found.is_empty() {
            return peak;
        }
        for (id, status) in found {
            ours.push(id.clone());
            let is_page =
                std::fs::read(format!("/proc/{id}/cmdline")).is_ok_and(|line| String::from_utf8_lossy(&line).contains("--type=renderer"));
            let kb = field(status, "VmHWM").trim_end_matches("kB").trim().parse::<u64>().ok();
            peak = peak.max(kb.filter(|_| is_page).map(|kb| kb * 1024));
        }
    }
}

/// A process's number and what the system says of it.
fn status(folder: &Path) -> Option<(String, String)> {
    let id = folder.file_name()?.to_str().filter(|name| name.bytes().all(|byte| byte.is_ascii_digit()))?;
    Some((id.to_string(), std::fs::read_to_string(folder.join("status")).ok()?))
}

fn field(status: &str, name: &str) -> String {
    let line = status.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':'));
    line.unwrap_or_default().trim().to_string()
}
