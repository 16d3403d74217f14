//! dist/ as one HTML file that opens from disk.
//!
//! Trunk's page names a favicon, style sheets, the glue, the wasm and the boot script. Here each becomes part of the page, and the
//! page's policy names the hash of each inline script and style: no host, no file, nothing else runs. The wasm is packed as LZMA, and
//! the small module that unpacks it stands before it: gzip, which browsers unpack themselves, is larger by half.
//!
//! What belongs to the hosted build alone (manifest, `hosted.js`) is left out; its service worker is told here which files there are.

use anyhow::{Context, Result, anyhow, bail, ensure};
use base64::{Engine, prelude::BASE64_STANDARD};
use lzma_rust2::{LzmaOptions, LzmaWriter};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};

/// Packs what Trunk has staged (as its `post_build` hook), or else dist/.
pub fn pack() -> Result<()> {
    if std::env::var("TRUNK_PROFILE").is_ok_and(|profile| profile != "release") {
        println!("not packed: only a release build becomes the single file");
        return Ok(());
    }
    let folder = std::env::var_os("TRUNK_STAGING_DIR").map_or_else(|| crate::root().join("dist"), PathBuf::from);
    let page = std::fs::read_to_string(folder.join("index.html")).with_context(|| folder.join("index.html").display().to_string())?;
    let unpacker = crate::build::unpacker()?;
    let packed = single_file(&page, &unpacker, |name| std::fs::read(folder.join(name)).with_context(|| name.to_string()))?;
    std::fs::write(folder.join("ra-soat.html"), packed)?;
    let template = crate::root().join("public").join(SERVICE_WORKER);
    let template = std::fs::read_to_string(&template).with_context(|| template.display().to_string())?;
    std::fs::write(folder.join(SERVICE_WORKER), service_worker(&template, hosted_files(&folder)?))?;
    Ok(())
}

/// The script that keeps the hosted build in the browser.
const SERVICE_WORKER: &str = "service-worker.js";

/// Name and content of what the hosted page needs, by name.
fn hosted_files(folder: &Path) -> Result<BTreeMap<String, Vec<u8>>> {
    let mut files = BTreeMap::new();
    for entry in std::fs::read_dir(folder)? {
        let name = entry?.file_name().into_string().map_err(|name| anyhow!("a file named {name:?}"))?;
        if !["ra-soat.html", "_headers", SERVICE_WORKER].contains(&name.as_str()) {
            let bytes = std::fs::read(folder.join(&name)).with_context(|| name.clone())?;
            files.insert(name, bytes);
        }
    }
    Ok(files)
}

/// The service worker with the names of the files in front and, as its version, a hash of all of them.
fn service_worker(template: &str, files: BTreeMap<String, Vec<u8>>) -> String {
    let mut hash = Sha256::new_with_prefix(template);
    let mut names = Vec::new();
    for (name, bytes) in files {
        hash.update(name.as_bytes());
        hash.update(Sha256::digest(&bytes));
        names.push(if name == "index.html" { "./".to_owned() } else { format!("./{name}") });
    }
    let version: String = hash.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect();
    format!("const VERSION = {version:?};\nconst FILES = {names:?};\n{template}")
}

/// The page with all that it names inside it; `unpacker` is the first stage, `read` gives the content of a file of the build.
fn single_file(page: &str, unpacker: &[u8], read: impl Fn(&str) -> Result<Vec<u8>>) -> Result<String> {
    let text = |name: &str| -> Result<String> { String::from_utf8(read(name)?).with_context(|| format!("{name} is not UTF-8")) };
    let mut scripts = Vec::new();
    let mut styles = Vec::new();
    let mut body = String::new();
    let mut rest = page;
    while let Some(start) = rest.find('<') {
        let end = start + rest[start..].find('>').context("a tag without its end")? + 1;
        let tag = Tag(&rest[start..end]);
        body.push_str(&rest[..start]);
        rest = &rest[end..];
        match tag.name() {
            "link" if tag.attribute("rel") == Some("icon") => {
                let icon = BASE64_STANDARD.encode(read(tag.file("href")?)?);
                body.push_str(&format!(r#"<link rel="icon" href="data:image/svg+xml;base64,{icon}">"#));
            }
            "link" if tag.attribute("rel") == Some("manifest") => rest = rest.trim_start_matches('\n'),
            "script" if tag.attribute("src").is_some_and(|src| src.starts_with("./hosted-")) => {
                rest = rest.strip_prefix("</script>").context("an inline script: move it to a file")?.trim_start_matches('\n');
            }
            "link" if tag.attribute("rel") == Some("stylesheet") => {
                let style = check_style(text(tag.file("href")?)?)?;
                body.push_str(&format!("<style>{style}</style>"));
                styles.push(style);
            }
            "script" => {
                rest = rest.strip_prefix("</script>").context("an inline script: move it to a file")?;
                let script = escape_script(&text(tag.file("src")?)?)?;
                if let Some(wasm) = tag.attribute("data-wasm") {
                    let wasm = forget_folder(strip_custom_sections(&read(local(wasm)?)?)?);
                    for (id, bytes) in [("app-unpack", strip_custom_sections(unpacker)?), ("app-wasm", lzma(&wasm)?)] {
                        let text = BASE64_STANDARD.encode(bytes);
                        body.push_str(&format!("<script id=\"{id}\" type=\"text/plain\">{text}</script>\n"));
                    }
                    body.push_str(&format!(r#"<script id="app-glue">{script}</script>"#));
                } else {
                    body.push_str(&format!("<script>{script}</script>"));
                }
                scripts.push(script);
            }
            "link" | "img" | "iframe" | "style" => bail!("the single file cannot hold {}", tag.0),
            _ => body.push_str(tag.0),
        }
    }
    body.push_str(rest);

    let old = body.find("default-src ").context("index.html has no policy")?;
    let old = old..old + body[old..].find('"').context("index.html's policy has no end")?;
    body.replace_range(old, &policy(&scripts, &styles));
    Ok(body)
}

/// The policy: exactly these scripts and styles, workers from memory, and no connection at all.
fn policy(scripts: &[String], styles: &[String]) -> String {
    let hashes = |texts: &[String]| -> String {
        let hashes = texts.iter().map(|text| format!("'sha256-{}'", BASE64_STANDARD.encode(Sha256::digest(text.as_bytes()))));
        hashes.collect::<Vec<_>>().join(" ")
    };
    format!(
        "default-src 'none'; script-src {} 'wasm-unsafe-eval'; worker-src blob:; style-src {}; img-src data:; \
         connect-src 'none'; base-uri 'none'; form-action 'none'",
        hashes(scripts),
        hashes(styles)
    )
}

/// A start tag as it stands in the page: `<script src="./boot.js">`.
struct Tag<'a>(&'a str);

impl<'a> Tag<'a> {
    fn name(&self) -> &'a str {
        self.0[1..].split(|c: char| c.is_whitespace() || c == '>').next().unwrap_or_default()
    }

    fn attribute(&self, name: &str) -> Option<&'a str> {
        let start = self.0.find(&format!(" {name}=\""))? + name.len() + 3;
        self.0[start..].split('"').next()
    }

    fn file(&self, attribute: &str) -> Result<&'a str> {
        local(self.attribute(attribute).with_context(|| format!("{} has no {attribute}", self.0))?)
    }
}

/// `./name` as `name`; all that the build makes lies beside the page.
fn local(url: &str) -> Result<&str> {
    let name = url.strip_prefix("./").unwrap_or(url);
    ensure!(Path::new(name).components().count() == 1 && !name.contains(':'), "{url} does not lie beside the page");
    Ok(name)
}

/// The script as it may stand between script tags: `</script` in a text of it would end it.
fn escape_script(script: &str) -> Result<String> {
    ensure!(!script.contains("<!--") && !script.contains('\r'), "a script holds <!-- or a carriage return, which HTML reads its own way");
    Ok(script.replace("</script", "<\\/script"))
}

fn check_style(style: String) -> Result<String> {
    let foreign = style.split("url(").skip(1).any(|url| !url.trim_start_matches(['"', '\'']).starts_with("data:"));
    ensure!(!foreign && !style.contains("@import"), "a style sheet names another file, which the single file does not have");
    ensure!(!style.contains("</style") && !style.contains('\r'), "a style sheet holds </style or a carriage return");
    Ok(style)
}

/// Blanks the one name that depends on the folder of the build: Leptos exports a split marker that ends in a hash of the path.
/// Nothing looks it up in a program that is not split.
fn forget_folder(mut wasm: Vec<u8>) -> Vec<u8> {
    const MARKER: &[u8] = b"_WASM_SPLIT_MARKER_";
    let ends: Vec<usize> =
        wasm.windows(MARKER.len()).enumerate().filter(|(_, window)| *window == MARKER).map(|(at, _)| at + MARKER.len()).collect();
    for end in ends {
        wasm.iter_mut().skip(end).take(16).filter(|byte| byte.is_ascii_hexdigit()).for_each(|byte| *byte = b'0');
    }
    wasm
}

/// The module without names and producers: nothing runs them.
fn strip_custom_sections(wasm: &[u8]) -> Result<Vec<u8>> {
    let (head, mut rest) = wasm.split_at_checked(8).filter(|(head, _)| head.starts_with(b"\0asm")).context("not a wasm module")?;
    let mut kept = head.to_vec();
    while let [id, after @ ..] = rest {
        let (size, digits) = leb128(after).context("a section without its size")?;
        let (section, next) = rest.split_at_checked(1 + digits + size).context("a section is cut off")?;
        if *id != 0 {
            kept.extend_from_slice(section);
        }
        rest = next;
    }
    Ok(kept)
}

/// The number at the start of the bytes and how many bytes it takes.
fn leb128(bytes: &[u8]) -> Option<(usize, usize)> {
    let digits = bytes.iter().take(5).position(|byte| byte & 0x80 == 0)? + 1;
    Some((bytes[..digits].iter().rev().fold(0, |value, byte| value << 7 | usize::from(byte & 0x7f)), digits))
}

/// An .lzma file. The same bytes on every machine: no time, no name, one implementation in Rust on one thread.
fn lzma(bytes: &[u8]) -> Result<Vec<u8>> {
    // The preset whose dictionary, 16 MiB, holds the whole module; the longest search costs seconds here and nothing in the browser.
    let options = LzmaOptions { nice_len: LzmaOptions::NICE_LEN_MAX, ..LzmaOptions::with_preset(7) };
    let mut writer = LzmaWriter::new_use_header(Vec::new(), &options, Some(bytes.len().try_into()?))?;
    writer.write_all(bytes)?;
    Ok(writer.finish()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = r#"<html><head><meta http-equiv="Content-Security-Policy" content="default-src 'none'">
<link rel="icon" href="./icon-1.svg"><link rel="manifest" href="./manifest.webmanifest"><link rel="stylesheet" href="./main-1.css" integrity="x"/></head><body>
<script id="app-glue" src="./app-1.js" data-wasm="./app-1_bg.wasm"></script><script src="./boot-1.js"></script>
<script src="./hosted-1.js"></script>
</body></html>"#;

    const MODULE: &[u8] = b"\0asm\x01\0\0\0\x01\x01\0\0\x03\x01nm\x01\x01\0";

    /// A module with data of that many bytes, half of them alike, and names.
    fn module(length: u32) -> Vec<u8> {
        let noise = (0..length).map(|at| if at & 64 == 0 { 7 } else { (at.wrapping_mul(2_654_435_761) >> 13) as u8 });
        let size = [length as u8 | 0x80, (length >> 7) as u8 | 0x80, (length >> 14) as u8 & 0x7f];
        [b"\0asm\x01\0\0\0\x0b", &size[..]].concat().into_iter().chain(noise).chain(*b"\0\x03\x01nm\x01\x01\0").collect()
    }

    fn unpack(packed: &[u8]) -> std::io::Result<Vec<u8>> {
        let mut module = Vec::new();
        std::io::Read::read_to_end(&mut unpack::open(packed.to_vec())?, &mut module).map(|_| module)
    }

    fn build(name: &str) -> Result<Vec<u8>> {
        Ok(match name {
            "icon-1.svg" => b"<svg/>".to_vec(),
            "main-1.css" => b"a{}".to_vec(),
            "app-1.js" => b"let a = '</script>';".to_vec(),
            "boot-1.js" => b"a;".to_vec(),
            "app-1_bg.wasm" => module(300_000),
            _ => bail!("{name} is not in the build"),
        })
    }

    #[test]
    fn the_single_file_names_no_other_file_and_allows_only_its_own_scripts() -> Result<()> {
        let page = single_file(PAGE, MODULE, build)?;
        assert!(!page.contains("./") && !page.contains("'self'") && !page.contains("unsafe-inline"), "{page}");
        assert!(page.contains(r#"<script id="app-glue">let a = '<\/script>';</script>"#), "{page}");
        for inline in [r"let a = '<\/script>';", "a;", "a{}"] {
            assert!(page.contains(&BASE64_STANDARD.encode(Sha256::digest(inline))), "{inline} has no hash in {page}");
        }
        Ok(())
    }

    #[test]
    fn the_single_file_holds_nothing_of_the_hosted_build() -> Result<()> {
        let page = single_file(PAGE, MODULE, build)?;
        assert!(!page.contains("hosted") && !page.contains("manifest"), "{page}");
        Ok(())
    }

    #[test]
    fn the_service_worker_knows_every_file_and_another_build_is_another_version() {
        let files =
            |page: &str| BTreeMap::from([("index.html".to_owned(), page.as_bytes().to_vec()), ("a-1.js".to_owned(), b"a".to_vec())]);
        let script = service_worker("rest;\n", files("<p>"));
        let (version, rest) = script.split_once('\n').unwrap_or_default();
        assert!(version.starts_with("const VERSION = \"") && version.len() == "const VERSION = \"\";".len() + 16, "{version}");
        assert_eq!(rest, "const FILES = [\"./a-1.js\", \"./\"];\nrest;\n");
        assert_eq!(script, service_worker("rest;\n", files("<p>")), "the same build is the same version");
        assert!(!service_worker("rest;\n", files("<p>1")).contains(version));
        assert!(!service_worker("other;\n", files("<p>")).contains(version));
    }

    #[test]
    fn what_the_page_holds_comes_out_as_the_module_without_names() -> Result<()> {
        let page = single_file(PAGE, MODULE, build)?;
        let held = |id: &str| -> Result<Vec<u8>> {
            let start = format!("<script id=\"{id}\" type=\"text/plain\">");
            let text = page.split(&start).nth(1).and_then(|rest| rest.split('<').next()).context("the page does not hold it")?;
            Ok(BASE64_STANDARD.decode(text)?)
        };
        assert_eq!(held("app-unpack")?, strip_custom_sections(MODULE)?);
        let packed = held("app-wasm")?;
        assert!(packed.len() < 200_000, "{} bytes: not packed", packed.len());
        assert!(unpack(&packed)? == strip_custom_sections(&build("app-1_bg.wasm")?)?);
        assert_eq!(packed, lzma(&strip_custom_sections(&build("app-1_bg.wasm")?)?)?, "other bytes the second time");
        Ok(())
    }

    #[test]
    fn any_length_is_unpacked_and_damage_is_noticed() -> Result<()> {
        for length in [0, 1, 2, 255, 4096, 65_537, 262_144] {
            let bytes = &module(length)[..];
            assert!(unpack(&lzma(bytes)?)? == bytes, "{length}");
        }
        let (bytes, packed) = (module(500), lzma(&module(500))?);
        for at in 0..packed.len() {
            let mut damaged = packed.clone();
            damaged[at] ^= 0x10;
            // A larger dictionary than needed is no damage.
            assert!(unpack(&damaged).map_or(true, |same| same == bytes && (1..5).contains(&at)), "byte {at}");
            assert!(unpack(&packed[..at]).is_err(), "cut off at {at}");
        }
        Ok(())
    }

    #[test]
    fn a_page_that_names_something_else_is_refused() {
        for (old, new) in [("./main-1.css", "https://example.org/main.css"), ("./boot-1.js", "./sub/boot.js"), (r#"src="./boot-1.js""#, "")]
        {
            assert!(single_file(&PAGE.replace(old, new), MODULE, build).is_err(), "{new}");
        }
        assert!(check_style("a{background:url(a.png)}".into()).is_err());
    }

    #[test]
    fn the_hash_of_the_folder_goes_and_nothing_else() {
        let one = forget_folder(b"ab_WASM_SPLIT_MARKER_55e3ca6ad01c08a9version".to_vec());
        assert_eq!(one, forget_folder(b"ab_WASM_SPLIT_MARKER_732e786d2a082da8version".to_vec()));
        assert_eq!(one, b"ab_WASM_SPLIT_MARKER_0000000000000000version");
    }

    #[test]
    fn custom_sections_go_and_all_others_stay() -> Result<()> {
        assert_eq!(strip_custom_sections(MODULE)?, b"\0asm\x01\0\0\0\x01\x01\0\x01\x01\0");
        assert_eq!(leb128(&[0xe5, 0x8e, 0x26]), Some((624_485, 3)));
        assert!(strip_custom_sections(b"\0asm\x01\0\0\0\x01\x09\0").is_err());
        Ok(())
    }
}
