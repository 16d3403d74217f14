//! `cargo xtask bench linking`: how long the built app matches local lists with the System's export, and how that grows.
//!
//! The lists are those of the accuracy tests' default world: twelve communes' files and the System's, written natively. They are given
//! to `dist/ra-soat.html` as a person would; what is said is the page's own User Timing measures. Sizes of one run are compared with
//! each other, since a time means something only beside another of the same machine.

use super::{number, peak_memory, wait};
use crate::browser::Browser;
use crate::process::cargo;
use crate::{checks, setup};
use anyhow::{Result, ensure};
use serde_json::{Value, json};
use std::path::PathBuf;
use std::process::Stdio;
use std::time::Instant;

/// Local doses where none are named; the System has about as many.
const SIZES: [usize; 2] = [10_000, 100_000];
/// Local doses of one person of the default world, about.
const DOSES_A_PERSON: f64 = 2.36;

/// What one size took.
struct Took {
    /// Local items, then the System's, as the page counts them.
    doses: [f64; 2],
    reading: f64,
    linking: f64,
    classifying: f64,
    engine: f64,
    readers: f64,
    process: Option<u64>,
    longest_task: f64,
}

/// Measures these sizes, in local doses.
pub fn bench(sizes: &[&str]) -> Result<()> {
    let page = checks::single_file_url()?;
    setup::browser()?;
    let named: Vec<usize> = sizes.iter().map(|size| size.parse()).collect::<Result<_, _>>()?;
    let sizes = if named.is_empty() { SIZES.to_vec() } else { named };
    println!("\nreading = all files, from the drop; linking, sorting = the measures ghep, phan-loai; growth = how much longer linking and");
    println!("sorting take beside the size before, over how many more doses there are: 1,00 is linear; task = longest of the page's main");
    println!("thread while it matches\n");
    println!(
        "{:>9} {:>9} {:>9} {:>9} {:>9} {:>7} {:>8} {:>9} {:>9} {:>8}",
        "local", "System", "reading", "linking", "sorting", "growth", "engine", "a reader", "process", "task"
    );
    let mut before: Option<Took> = None;
    for size in sizes {
        let took = measure(&page, &make_files(size)?)?;
        let time = |took: &Took| took.linking + took.classifying;
        let doses = |took: &Took| took.doses.iter().sum::<f64>();
        let growth = before.as_ref().map(|before| time(&took) / time(before) / (doses(&took) / doses(before)));
        println!(
            "{:>9} {:>9} {:>6.1} s  {:>6.0} ms {:>6.0} ms {:>7} {:>5.0} MB {:>6.0} MB {:>6} MB {:>5.0} ms",
            took.doses[0],
            took.doses[1],
            took.reading / 1e3,
            took.linking,
            took.classifying,
            growth.map_or_else(|| "–".to_owned(), |growth| format!("{growth:.2}")),
            took.engine / 1e6,
            took.readers / 1e6,
            took.process.map_or_else(|| "?".to_owned(), |bytes| format!("{:.0}", bytes as f64 / 1e6)),
            took.longest_task,
        );
        before = Some(took);
    }
    Ok(())
}

/// The lists of so many local doses, beside the other results of the build; those of an earlier run are used again.
fn make_files(doses: usize) -> Result<Vec<PathBuf>> {
    let people = (doses as f64 / DOSES_A_PERSON).round().to_string();
    let mut command = cargo(["test", "--quiet", "--release", "--package", "ra-soat", "--test", "accuracy", "--locked", "--"]);
    command.args(["lists_of_a_world", "--exact", "--ignored", "--nocapture"]).env("RA_SOAT_PEOPLE", people);
    let said = command.stderr(Stdio::inherit()).output()?;
    ensure!(said.status.success(), "the files were not made");
    let files: Vec<PathBuf> = String::from_utf8(said.stdout)?.lines().map(PathBuf::from).filter(|file| file.is_file()).collect();
    ensure!(files.len() > 1, "the files were not made");
    Ok(files)
}

fn measure(page: &str, files: &[PathBuf]) -> Result<Took> {
    let app = Browser::open("about:blank");
    app.devtools("Page.addScriptToEvaluateOnNewDocument", &json!({ "source": include_str!("in_our_page.js") }));
    app.go(page);
    app.wait_for_status("Sẵn sàng");
    let start = Instant::now();
    app.upload("Chọn tệp Excel", files);
    let all_read = format!("return performance.getEntriesByName('doc').length === {} && benchIsReady() || null", files.len());
    wait(&app, &all_read);
    let reading = start.elapsed().as_secs_f64() * 1e3;
    app.script("benchTasks.length = 0");
    app.click("button", "Bắt đầu đối soát");
    let found = "return performance.getEntriesByName('phan-loai').length && benchIsReady() ? benchFound() : null";
    let found: Value = wait(&app, found);
    let table = app.table("Kết quả đối soát");
    let total =
        table.last().map(|row| row.iter().skip(1).map(|cell| cell.replace('.', "").parse().unwrap_or(f64::NAN)).collect::<Vec<f64>>());
    let total = total.unwrap_or_default();
    ensure!(total.len() == 2, "no totals in {table:?}");
    Ok(Took {
        doses: [total[0], total[1]],
        reading,
        linking: number(&found["linking"])?,
        classifying: number(&found["classifying"])?,
        engine: number(&found["engine"])?,
        readers: number(&found["reader"])?,
        process: peak_memory(&app),
        longest_task: number(&found["task"])?,
    })
}
