//! What the commands need beside stable Rust, found or installed: the wasm32 target, Trunk, wasm-bindgen, Chromium with its driver.

use crate::process::{cargo, on_path, output, run};
use anyhow::{Context, Result, bail};
use std::path::{Path, PathBuf};
use std::process::Command;

/// The target of the app.
pub const WASM: &str = "wasm32-unknown-unknown";
/// 0.22 wants a newer rustc.
const TRUNK: &str = "0.21.14";
/// The newest in npm's registry.
const SHEETJS: &str = "0.18.5";
/// The newest in npm's registry.
const AXE: &str = "4.14.1";

/// The programs of the wasm build.
pub struct Tools {
    pub trunk: PathBuf,
    pub wasm_bindgen: PathBuf,
}

impl Tools {
    /// The runner of `cargo test` for wasm32; it comes with wasm-bindgen.
    pub fn test_runner(&self) -> PathBuf {
        self.wasm_bindgen.with_file_name(format!("wasm-bindgen-test-runner{}", std::env::consts::EXE_SUFFIX))
    }
}

/// A browser to test in.
pub struct Browser {
    pub chromium: PathBuf,
    pub chromedriver: PathBuf,
}

/// All of it, and what it is.
pub fn everything() -> Result<()> {
    components()?;
    let tools = tools()?;
    let browser = browser()?;
    print_versions(&tools);
    println!("{}", output(Command::new(&browser.chromium).arg("--version")).unwrap_or_default());
    println!("{}", output(Command::new(&browser.chromedriver).arg("--version")).unwrap_or_default());
    Ok(())
}

/// The versions that a build depends on.
pub fn print_versions(tools: &Tools) {
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    for (program, arg) in [(Path::new(&rustc), "-V"), (&tools.trunk, "-V"), (&tools.wasm_bindgen, "-V")] {
        println!("{}", output(Command::new(program).arg(arg).env_remove("NO_COLOR")).unwrap_or_default());
    }
}

/// rustfmt and clippy, which a minimal toolchain lacks.
pub fn components() -> Result<()> {
    for component in ["rustfmt", "clippy"] {
        let name = component.trim_start_matches("rust");
        if output(&mut cargo([name, "--version"])).is_none() {
            run(Command::new("rustup").args(["component", "add", component]))
                .with_context(|| format!("`cargo {name}` is missing and rustup cannot add it: install {component}"))?;
        }
    }
    Ok(())
}

/// The wasm32 target, Trunk and wasm-bindgen.
pub fn tools() -> Result<Tools> {
    let sysroot = output(Command::new("rustc").args(["--print", "sysroot"])).context("rustc is missing: install Rust with rustup")?;
    if !Path::new(&sysroot).join("lib/rustlib").join(WASM).is_dir() {
        run(Command::new("rustup").args(["target", "add", WASM]))
            .with_context(|| format!("this Rust has no {WASM} target and rustup cannot add it: install Rust with rustup"))?;
    }
    let wasm_bindgen = locked_version("wasm-bindgen")?;
    Ok(Tools {
        trunk: tool("trunk", "trunk", TRUNK, &["--locked"])?,
        // Its lock file may name a release that was withdrawn since, hence without it first.
        wasm_bindgen: tool("wasm-bindgen", "wasm-bindgen-cli", &wasm_bindgen, &[]).or_else(|_| {
            println!("once more, with its own lock file");
            tool("wasm-bindgen", "wasm-bindgen-cli", &wasm_bindgen, &["--locked"])
        })?,
    })
}

/// A program at exactly this version: the one on PATH, the one installed before, or a new one.
fn tool(program: &str, package: &str, version: &str, args: &[&str]) -> Result<PathBuf> {
    let folder = folder()?;
    let ours = folder.join("bin").join(format!("{program}{}", std::env::consts::EXE_SUFFIX));
    let fits = |path: &PathBuf| {
        let said = output(Command::new(path).arg("--version").env_remove("NO_COLOR")).unwrap_or_default();
        said.split_whitespace().any(|word| word == version)
    };
    if let Some(found) = on_path(program).into_iter().chain([ours.clone()]).find(fits) {
        return Ok(found);
    }
    println!("installing {package} {version} into {} (a few minutes, once)", folder.display());
    let mut install = cargo(["install", package, "--version", &format!("={version}"), "--root"]);
    install.arg(&folder).args(args);
    // Trunk's own profile is fat LTO: 11 minutes instead of 4.
    install.env("CARGO_PROFILE_RELEASE_LTO", "off").env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16");
    for name in ["CARGO_TARGET_DIR", "CARGO_BUILD_TARGET", "RUSTFLAGS", "CARGO_ENCODED_RUSTFLAGS"] {
        install.env_remove(name);
    }
    run(&mut install)?;
    Ok(ours)
}

/// Where installed tools are kept, for all clones of the repository.
fn folder() -> Result<PathBuf> {
    let set = |name| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    if let Some(folder) = set("RA_SOAT_TOOLS") {
        return Ok(std::path::absolute(folder)?);
    }
    let cache = set("XDG_CACHE_HOME").or_else(|| Some(std::env::home_dir()?.join(".cache")));
    Ok(cache.context("no home folder: set RA_SOAT_TOOLS to a folder for the tools")?.join("ra-soat").join("tools"))
}

/// The script of SheetJS, the library that `bench` measures against: the registry's package, unchanged.
pub fn sheetjs() -> Result<PathBuf> {
    let npm = on_path("npm").context("comparing with SheetJS needs npm: install Node.js")?;
    npm_script(&npm, "sheetjs", &format!("xlsx@{SHEETJS}"), "xlsx/dist/xlsx.full.min.js")
}

/// The script of axe-core, which looks for what keeps people from using a page: the registry's package, unchanged. None without npm.
pub fn axe() -> Result<Option<PathBuf>> {
    let Some(npm) = on_path("npm") else {
        println!("axe-core comes from npm, which is missing: its checks of every screen are passed over (install Node.js)");
        return Ok(None);
    };
    npm_script(&npm, &format!("axe-core-{AXE}"), &format!("axe-core@{AXE}"), "axe-core/axe.min.js").map(Some)
}

/// A script of one of npm's packages, kept among the tools.
fn npm_script(npm: &Path, name: &str, package: &str, script: &str) -> Result<PathBuf> {
    let folder = folder()?.join(name);
    let script = folder.join("node_modules").join(script);
    if !script.is_file() {
        run(Command::new(npm).args(["install", "--no-audit", "--no-fund", "--prefix"]).arg(&folder).arg(package))?;
    }
    Ok(script)
}

/// The version of a package in Cargo.lock. wasm-bindgen's program and library must be equal.
fn locked_version(package: &str) -> Result<String> {
    let lock = std::fs::read_to_string(crate::root().join("Cargo.lock")).context("Cargo.lock")?;
    let line = format!("name = \"{package}\"");
    let mut lines = lock.lines().skip_while(|&text| text != line);
    let version = lines.nth(1).and_then(|text| text.strip_prefix("version = \"")?.strip_suffix('"'));
    version.map(str::to_string).with_context(|| format!("Cargo.lock has no {package}"))
}

/// Chromium and its driver: `CHROME` and `CHROMEDRIVER`, else those on PATH, else Debian's packages.
pub fn browser() -> Result<Browser> {
    if let Some(found) = find_browser() {
        return Ok(found);
    }
    if on_path("apt-get").is_none() {
        bail!(
            "the browser tests need Chromium (or Chrome) and a chromedriver of the same version: install both, \
             then put them on PATH or name them in CHROME and CHROMEDRIVER"
        );
    }
    apt(&["update"])?;
    // Without a font that has Vietnamese letters screenshots show boxes.
    let install = ["install", "-y", "--no-install-recommends", "fonts-liberation"];
    let debian = apt(&[&install[..], &["chromium", "chromium-driver"]].concat());
    if debian.is_err() {
        apt(&[&install[..], &["chromium-browser", "chromium-chromedriver"]].concat())?; // Ubuntu's names
    }
    find_browser().context("Chromium and chromedriver were installed but are not on PATH: name them in CHROME and CHROMEDRIVER")
}

fn find_browser() -> Option<Browser> {
    let given = |name| std::env::var_os(name).map(PathBuf::from).filter(|path| path.is_file());
    let names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];
    let chromium = given("CHROME").or_else(|| names.into_iter().find_map(on_path))?;
    let chromedriver = given("CHROMEDRIVER").or_else(|| on_path("chromedriver"))?;
    Some(Browser { chromium, chromedriver })
}

/// Firefox: `FIREFOX`, else one on PATH, else Debian's package; none where it cannot be had.
pub fn firefox() -> Option<PathBuf> {
    let find = || {
        let given = std::env::var_os("FIREFOX").map(PathBuf::from).filter(|path| path.is_file());
        given.or_else(|| ["firefox-esr", "firefox"].into_iter().find_map(on_path))
    };
    find().or_else(|| {
        on_path("apt-get")?;
        apt(&["install", "-y", "--no-install-recommends", "firefox-esr"]).ok()?;
        find()
    })
}

fn apt(args: &[&str]) -> Result<()> {
    let root = output(Command::new("id").arg("-u")).is_some_and(|id| id == "0");
    let mut command = if root { Command::new("apt-get") } else { Command::new("sudo") };
    if !root {
        command.arg("apt-get");
    }
    run(command.args(args).env("DEBIAN_FRONTEND", "noninteractive"))
}
