//! The project's own commands, run as `cargo xtask <command>`.
//!
//! Each one sets up what it needs on a machine that has only rustup's stable Rust; see [`setup`].

mod bench;
/// The same browser as in the browser tests.
#[allow(dead_code)]
#[path = "../../tests/e2e/browser.rs"]
mod browser;
mod build;
mod checks;
mod fixtures;
mod pack;
mod pictures;
mod process;
mod serve;
#[allow(dead_code)] // the browser tests need more of it
mod server;
mod setup;

use anyhow::{Result, bail};
use std::path::PathBuf;
use std::process::ExitCode;

const HELP: &str = "\
cargo xtask <command>

  run [--port N]        build the app, serve it on 127.0.0.1, print the path of the single file
  test [--no-browser]   run all checks: formatting, lints, native tests, wasm tests, release build, browser tests
  dist [quick]          build dist/index.html (hosted) and dist/ra-soat.html (the single file); quick: sooner, slower and larger,
                        to look at a change
  bench [NAME]          measure reading in the browser beside SheetJS (100k-shared, 100k-inline, 300k, million), the main job and
                        reading natively (main-job, reading), a working list (working-list): all, or those whose name starts with NAME
  bench linking [DOSES]...
                        measure matching in the browser, so many local doses with as many of the System's (default 10000 100000)
  cells FILE            print sheet, address, type and value of every cell as the app reads it

  e2e [NAME]            run the browser tests on the build in dist/: all, or those with NAME in their name
  screenshot FILE       save a picture of the first screen of the build in dist/
  pictures              save the main screens of the build in dist/ with the sample data as docs/pictures/*.png
  pack                  pack the build in dist/ into dist/ra-soat.html (dist does it by itself)
  fuzz [SECONDS]        try to break the reader with invented files, each kind for so long (300)
  accuracy [WORLD [PERSONS [SEED]]] [RATE=VALUE]...
                        print how right the linkage is in an invented world (default 90000 1); WORLD: default, hard, harsh
  accuracy folder DIR [WORLD]
                        the same on the workbooks of DIR and its truth.tsv (columns: tests/accuracy/folder.rs), by the bars of WORLD (default)
  accuracy foreign [DIR]
                        the same on people of another country: Febrl's files in DIR (dataset1.csv ... dataset4b.csv), else invented ones
  fidelity              let LibreOffice recalculate every formula of 200 generated reports, openpyxl read them, and count the pages of
                        the PDF; what this machine lacks is said and passed over (forms changed on purpose: BLESS=1 cargo test --test
                        forms writes tests/golden anew)
  fixtures              let LibreOffice, SheetJS and Python save the workbooks of tests/fixtures anew
  setup                 install what the other commands need

Tools that are not on PATH at the right version go to $RA_SOAT_TOOLS, else to ra-soat/tools in the user's cache folder.
";

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    match command(&args) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error:#}");
            ExitCode::FAILURE
        }
    }
}

fn command(args: &[&str]) -> Result<()> {
    match args {
        ["run"] => serve::run(8080),
        ["run", "--port", port] => serve::run(port.parse()?),
        ["test"] => checks::test(true),
        ["test", "--no-browser"] => checks::test(false),
        ["e2e", args @ ..] => checks::e2e(args),
        ["screenshot", file] => checks::screenshot(file),
        ["pictures"] => pictures::pictures(),
        ["cells", file] => checks::cells(file),
        ["bench", "linking", sizes @ ..] => bench::linking::bench(sizes),
        ["bench"] => bench::bench(""),
        ["bench", name] => bench::bench(name),
        ["dist"] => build::dist(build::Effort::Whole).map(drop),
        ["dist", "quick"] => build::dist(build::Effort::Quick).map(drop),
        ["pack"] => pack::pack(),
        ["fuzz"] => checks::fuzz(300),
        ["fuzz", seconds] => checks::fuzz(seconds.parse()?),
        ["accuracy", args @ ..] => checks::accuracy(args),
        ["fidelity"] => checks::fidelity(),
        ["fixtures"] => fixtures::fixtures(),
        ["setup"] => setup::everything(),
        [] | ["help" | "-h" | "--help"] => {
            print!("{HELP}");
            Ok(())
        }
        _ => bail!("no such command: {}\n\n{HELP}", args.join(" ")),
    }
}

/// The folder of the repository.
pub fn root() -> PathBuf {
    // Asked while running, not compiled in: a copied target folder then serves the copy.
    let here = std::env::var_os("CARGO_MANIFEST_DIR").map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
    here.parent().map(PathBuf::from).unwrap_or(here)
}
