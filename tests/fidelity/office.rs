//! LibreOffice, Python and the PDF tools of this machine, where there are any.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// LibreOffice with a profile of its own that recalculates every workbook it opens.
pub struct Office {
    profile: PathBuf,
}

/// Workbooks in one run: LibreOffice 7.4 was seen to stop without a word after some 250.
const RUN: usize = 100;

/// Always recalculate what another program wrote (the default asks, and headless nobody answers).
const SETTINGS: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"#;

fn answers(program: &str, argument: &str) -> bool {
    Command::new(program).arg(argument).stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok_and(|status| status.success())
}

/// LibreOffice; none where this machine has none.
pub fn find() -> Option<Office> {
    if !answers("soffice", "--version") {
        return None;
    }
    // Tests run side by side, and LibreOffice opens a profile once.
    let name = std::thread::current().name().unwrap_or("test").replace("::", "-");
    let profile = Path::new(env!("CARGO_TARGET_TMPDIR")).join("fidelity").join(format!("profile-{name}"));
    std::fs::create_dir_all(profile.join("user")).ok()?;
    std::fs::write(profile.join("user").join("registrymodifications.xcu"), SETTINGS).ok()?;
    Some(Office { profile })
}

impl Office {
    /// Converts every workbook of a folder.
    pub fn convert(&self, to: &str, from: &Path, into: &Path) {
        let mut files: Vec<PathBuf> = std::fs::read_dir(from).unwrap().map(|entry| entry.unwrap().path()).collect();
        files.sort();
        for files in files.chunks(RUN) {
            let status = Command::new("soffice")
                .arg(format!("-env:UserInstallation=file://{}", self.profile.display()))
                .args(["--headless", "--convert-to", to, "--outdir"])
                .arg(into)
                .args(files)
                .stdout(Stdio::null())
                .stderr(Stdio::null())
                .status()
                .unwrap();
            assert!(status.success(), "soffice: {status}");
        }
    }
}

/// What a script prints; none without Python or what the script needs.
pub fn python(script: &Path, folder: &Path) -> Option<String> {
    let has = Command::new("python3").args(["-c", "import openpyxl"]).stderr(Stdio::null()).status();
    if !has.is_ok_and(|status| status.success()) {
        return None;
    }
    let output = Command::new("python3").arg(script).arg(folder).stderr(Stdio::inherit()).output().ok()?;
    assert!(output.status.success(), "{}", script.display());
    String::from_utf8(output.stdout).ok()
}

/// The pages of a PDF.
pub struct Pages {
    /// `841.9 x 595.3 pts (A4)`.
    pub size: String,
    /// The text of each.
    pub texts: Vec<String>,
}

/// Reads a PDF; none without the tools.
pub fn pages(pdf: &Path) -> Option<Pages> {
    let of = |program: &str, arguments: &[&str]| {
        let output =
            Command::new(program).args(arguments).arg(pdf).args(if program == "pdftotext" { &["-"][..] } else { &[] }).output().ok()?;
        output.status.success().then(|| String::from_utf8_lossy(&output.stdout).into_owned())
    };
    let info = of("pdfinfo", &[])?;
    let size = info.lines().find_map(|line| line.strip_prefix("Page size:"))?.trim().to_owned();
    let text = of("pdftotext", &["-layout"])?;
    let texts = text.trim_end_matches('\u{c}').split('\u{c}').map(str::to_owned).collect();
    Some(Pages { size, texts })
}
