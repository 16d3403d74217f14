//! `cargo xtask test`: all that must hold before a change is good, in the order of how soon it answers.

use crate::browser::Browser;
use crate::process::{cargo, run};
use crate::{build, serve, setup};
use anyhow::{Context, Result, ensure};
use std::path::Path;
use std::process::Command;
use std::time::Instant;

/// What ra-soat.html may weigh.
const SIZE_LIMIT: u64 = 4_000_000;

type Step<'a> = (&'static str, Box<dyn FnOnce() -> Result<()> + 'a>);

/// Runs everything, or all but what needs a browser; stops at the first failure.
pub fn test(with_browser: bool) -> Result<()> {
    let mut steps: Vec<Step> = vec![
        ("set-up", Box::new(move || if with_browser { setup::everything() } else { setup::tools().and(setup::components()) })),
        ("formatting", Box::new(|| run(&mut cargo(["fmt", "--all", "--", "--check"])))),
        ("lints", Box::new(|| clippy(&["--workspace", "--all-targets"]).and_then(|()| clippy(&["--package", "ra-soat", "--test", "e2e"])))),
        (
            "lints of the wasm build",
            Box::new(|| clippy(&["--package", "ra-soat", "--package", "unpack", "--lib", "--bins", "--target", setup::WASM])),
        ),
        ("native tests", Box::new(|| run(&mut cargo(["test", "--workspace", "--locked"])))),
    ];
    if with_browser {
        steps.push(("wasm tests in the browser", Box::new(wasm_tests)));
    }
    steps.push(("release build", Box::new(|| build::dist(build::Effort::Whole).and_then(|file| check_size(&file)))));
    if with_browser {
        steps.push(("browser tests of the single file", Box::new(|| e2e(&[]))));
    }

    let count = steps.len();
    let mut report = String::new();
    for (done, (name, step)) in steps.into_iter().enumerate() {
        println!("\n== {name}");
        let start = Instant::now();
        if let Err(error) = step() {
            println!("\n{report}{name}: FAILED: {error:#}\nxtask: {done} passed, 1 failed");
            std::process::exit(1);
        }
        report += &format!("{name}: ok, {} s\n", start.elapsed().as_secs());
    }
    println!("\n{report}xtask: {count} passed, 0 failed");
    Ok(())
}

/// The browser tests against the build in dist/; the arguments go to the test program: a part of a test's name, `--nocapture`.
pub fn e2e(args: &[&str]) -> Result<()> {
    let mut command = cargo(["test", "--package", "ra-soat", "--test", "e2e", "--locked", "--", "--test-threads=1"]);
    let _ = std::fs::remove_dir_all(crate::root().join("target").join("e2e")); // what earlier runs downloaded
    if args.is_empty() || args.iter().any(|arg| arg.contains("firefox")) {
        match setup::firefox() {
            Some(firefox) => _ = command.env("FIREFOX", firefox),
            None => println!("no Firefox can be had here: its test is passed over"),
        }
    }
    command.args(args).env("RA_SOAT_HTML", single_file_url()?).env("RA_SOAT_URL", serve::in_background(&crate::root().join("dist"))?);
    if let Some(script) = setup::axe()? {
        command.env("RA_SOAT_AXE", script);
    }
    run(with_browser(&mut command)?)
}

/// A picture of the first screen of the build in dist/.
pub fn screenshot(file: &str) -> Result<()> {
    setup::browser()?;
    let browser = Browser::open(&single_file_url()?);
    browser.wait_for_status("Sẵn sàng");
    browser.screenshot_to(Path::new(file));
    println!("{file}");
    Ok(())
}

/// Prints every cell of a workbook as the app reads it. Built like the tests, so it mostly is built already.
pub fn cells(file: &str) -> Result<()> {
    let file = std::path::absolute(file)?;
    let mut command = cargo(["run", "--quiet", "--package", "xtask", "--example", "cells", "--profile", "test", "--"]);
    ensure!(command.arg(file).status()?.success(), "the file was not read");
    Ok(())
}

/// The tests that try to break the reader, each for so many seconds, with cases no run had before.
pub fn fuzz(seconds: u64) -> Result<()> {
    let seed = std::time::SystemTime::UNIX_EPOCH.elapsed()?.as_secs() << 20;
    // Built like the other tests; what runs long runs one at a time, so that times are times.
    let mut command = cargo(["test", "--package", "ra-soat", "--test", "fuzz", "--locked", "--", "--nocapture", "--test-threads=1"]);
    command.env("RA_SOAT_FUZZ_SECONDS", seconds.to_string()).env("RA_SOAT_FUZZ_SEED", seed.to_string());
    run(&mut command)
}

/// The workbooks held against other programs.
pub fn fidelity() -> Result<()> {
    run(&mut cargo(["test", "--package", "ra-soat", "--test", "fidelity", "--locked", "--", "--include-ignored", "--nocapture"]))
}

/// The figures of the linkage: in an invented world (which, how many persons, which seed, and rates as `name=value`), on workbooks whose
/// truth is known (`folder`, where they lie, and whose bars hold), or on people of another country (`foreign` and the folder of the
/// benchmark's files, none for those invented after them).
pub fn accuracy(args: &[&str]) -> Result<()> {
    let mut command = cargo(["test", "--release", "--package", "ra-soat", "--test", "accuracy", "--locked", "--"]);
    if let ["foreign", folder @ ..] = args {
        if let [folder] = folder {
            command.env("RA_SOAT_BENCHMARKS", std::path::absolute(folder)?);
        }
        command.args(["foreign_benchmarks", "--exact", "--ignored", "--nocapture"]);
        return run(&mut command);
    }
    if let ["folder", folder, world @ ..] = args {
        command.env("RA_SOAT_FOLDER", std::path::absolute(folder)?).env("RA_SOAT_WORLD", world.first().unwrap_or(&"default"));
        command.args(["folder_of_workbooks", "--exact", "--ignored", "--nocapture"]);
        return run(&mut command);
    }
    command.args(["figures", "--exact", "--ignored", "--nocapture"]);
    let (rates, args): (Vec<&str>, Vec<&str>) = args.iter().partition(|arg| arg.contains('='));
    ensure!(args.len() <= 3, "at most a world, persons and a seed beside rates");
    for (name, value) in ["RA_SOAT_WORLD", "RA_SOAT_PEOPLE", "RA_SOAT_SEED"].iter().zip(args) {
        command.env(name, value);
    }
    command.env("RA_SOAT_RATES", rates.join(" "));
    run(&mut command)
}

/// The tests under wasm32 that need a page to run in.
fn wasm_tests() -> Result<()> {
    if !crate::root().join("tests").join("web.rs").is_file() {
        println!("there is no tests/web.rs");
        return Ok(());
    }
    let mut command = cargo(["test", "--package", "ra-soat", "--test", "web", "--target", setup::WASM, "--locked"]);
    command.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", setup::tools()?.test_runner());
    command.env("WASM_BINDGEN_TEST_ONLY_WEB", "1").env("WASM_BINDGEN_TEST_TIMEOUT", "120");
    command.env("WASM_BINDGEN_TEST_WEBDRIVER_JSON", crate::root().join("tests").join("webdriver.json"));
    run(with_browser(&mut command)?)
}

/// The command told which browser and driver to use.
fn with_browser(command: &mut Command) -> Result<&mut Command> {
    let found = setup::browser()?;
    Ok(command.env("CHROME", found.chromium).env("CHROMEDRIVER", found.chromedriver))
}

fn clippy(args: &[&str]) -> Result<()> {
    run(cargo(["clippy", "--locked"]).args(args).args(["--", "-D", "warnings"]))
}

fn check_size(file: &Path) -> Result<()> {
    let size = std::fs::metadata(file)?.len();
    ensure!(size <= SIZE_LIMIT, "ra-soat.html has {size} bytes; {SIZE_LIMIT} are allowed");
    Ok(())
}

/// The address of the single file in dist/.
pub fn single_file_url() -> Result<String> {
    let file = build::single_file();
    ensure!(file.is_file(), "there is no dist/ra-soat.html: cargo xtask dist");
    let path = file.to_str().context("a path that is not UTF-8")?.replace('\\', "/");
    Ok(format!("file://{}{}", if path.starts_with('/') { "" } else { "/" }, escape_path(&path)))
}

/// A path as part of a URL: all but plain letters, digits and a few signs as `%XX`.
fn escape_path(path: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"/:-._~".contains(&byte);
    path.bytes().map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_with_signs_of_urls_is_still_one_path() {
        assert_eq!(escape_path("/a b/#1/50%?/rà.html"), "/a%20b/%231/50%25%3F/r%C3%A0.html");
    }
}
