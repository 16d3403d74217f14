//! The release build: Trunk with the flags that make it the same bytes in every folder and on every machine.

use crate::process::{cargo, output, path_with, run};
use crate::setup;
use anyhow::{Context, Result};
use sha2::{Digest, Sha256};
use std::path::{Path, PathBuf};
use std::process::Command;

/// How much the compiler is asked to do for the app.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Effort {
    /// What is given to users.
    Whole,
    /// Built in a fraction of the time: to look at a change.
    Quick,
}

/// Builds dist/ and returns the path of the single file, after printing its size and SHA-256 and the versions that made it.
pub fn dist(effort: Effort) -> Result<PathBuf> {
    let tools = setup::tools()?;
    let host = rustc("host")?;
    // Before the flags are made: they name the folders of the fetched sources.
    run(&mut cargo(["fetch", "--locked", "--target", setup::WASM, "--target", &host]))?;

    let mut trunk = Command::new(&tools.trunk);
    trunk.arg("build").current_dir(crate::root());
    match effort {
        Effort::Whole => trunk.arg("--release"),
        Effort::Quick => trunk.args(["--cargo-profile", "quick"]),
    };
    trunk.env("PATH", path_with(&[&tools.trunk, &tools.wasm_bindgen])?);
    trunk.env("TRUNK_OFFLINE", "true").env_remove("NO_COLOR"); // Trunk takes NO_COLOR=1 for an error
    trunk.env_remove("RUSTFLAGS").env_remove("CARGO_ENCODED_RUSTFLAGS");
    let mut flags = remap_flags()?;
    // Chrome 91, Edge 91, Firefox 89 and later have it; the next tag in a sheet is found sixteen bytes at a time.
    flags.push("-Ctarget-feature=+simd128".to_owned());
    // Leptos then keeps one code for views of every shape: a quarter of the wasm is saved.
    flags.push("--cfg=erase_components".to_owned());
    if flags.iter().any(|flag| flag.contains(' ')) {
        // Holds spaces, but is for every target: the hook then builds this program once more.
        trunk.env("CARGO_ENCODED_RUSTFLAGS", flags.join("\u{1f}"));
    } else {
        trunk.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS", flags.join(" "));
    }
    run(&mut trunk)?;
    if effort == Effort::Quick {
        crate::pack::pack()?; // Trunk's hook leaves a build out that is not its release
    }

    let file = single_file();
    let bytes = std::fs::read(&file).with_context(|| file.display().to_string())?;
    setup::print_versions(&tools);
    println!("dist/ra-soat.html: {} bytes, SHA-256 {}", bytes.len(), hex(&Sha256::digest(&bytes)));
    Ok(file)
}

/// Builds the first stage of the single file, which unpacks the rest of it, and returns the module: the same bytes in every folder.
pub fn unpacker() -> Result<Vec<u8>> {
    let target = target_folder();
    // As a library for its tests too, so that only here it is a module; then LTO works.
    let mut build = cargo(["rustc", "--locked", "--release", "--package", "unpack", "--lib", "--crate-type", "cdylib"]);
    build.args(["--target", setup::WASM, "--target-dir"]).arg(&target);
    build.env("CARGO_ENCODED_RUSTFLAGS", remap_flags()?.join("\u{1f}"));
    run(&mut build)?;
    let file = target.join(setup::WASM).join("release").join("unpack.wasm");
    std::fs::read(&file).with_context(|| file.display().to_string())
}

/// The path of the single file.
pub fn single_file() -> PathBuf {
    crate::root().join("dist").join("ra-soat.html")
}

/// Panic messages hold source paths; these flags give every machine's folders the same names.
fn remap_flags() -> Result<Vec<String>> {
    let root = crate::root();
    let home = std::env::var_os("CARGO_HOME").map(PathBuf::from).or_else(|| Some(std::env::home_dir()?.join(".cargo")));
    let sources = home.context("no home folder")?.join("registry").join("src");
    let sysroot = output(Command::new("rustc").args(["--print", "sysroot"])).context("rustc --print sysroot")?;

    // What rustc itself calls the standard library's sources where they are not installed.
    let std = format!("/rustc/{}", rustc("commit-hash")?);

    let mut folders =
        vec![(root, "/ra-soat"), (target_folder(), "/target"), (Path::new(&sysroot).join("lib/rustlib/src/rust"), std.as_str())];
    for registry in std::fs::read_dir(&sources).with_context(|| sources.display().to_string())? {
        folders.push((registry?.path(), "/crates"));
    }
    Ok(folders.into_iter().map(|(from, to)| format!("--remap-path-prefix={}={to}", from.display())).collect())
}

fn target_folder() -> PathBuf {
    let root = crate::root();
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), |dir| root.join(dir))
}

/// A line of `rustc -vV`.
fn rustc(key: &str) -> Result<String> {
    let lines = output(Command::new("rustc").arg("-vV")).context("rustc -vV")?;
    let value = lines.lines().find_map(|line| line.strip_prefix(key)?.strip_prefix(": "));
    value.map(str::to_string).with_context(|| format!("rustc -vV has no {key}"))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
