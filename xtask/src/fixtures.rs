//! `cargo xtask fixtures`: the workbooks of tests/fixtures, saved anew by the programs that its README names.

use crate::process::{on_path, output, run};
use crate::setup;
use anyhow::{Context, Result};
use std::path::Path;
use std::process::Command;

/// Source, LibreOffice's filter, the name of what it saves.
const SAVED_BY_LIBREOFFICE: [(&str, &str, &str); 13] = [
    ("danh-sach", "xlsx:Calc MS Excel 2007 XML", "danh-sach.xlsx"),
    ("danh-sach", "xls:MS Excel 97", "danh-sach.xls"),
    ("danh-sach", "ods:calc8", "danh-sach.ods"),
    ("danh-sach", "html:HTML (StarCalc)", "danh-sach.web.xls"),
    // Separator, quotation mark, encoding, first row, column formats, language, quote all, as shown.
    ("danh-sach", "csv:Text - txt - csv (StarCalc):59,34,76,1,,0,false,true", "danh-sach.utf-8.csv"),
    ("danh-sach", "csv:Text - txt - csv (StarCalc):44,34,40,1,,0,true,true", "danh-sach.windows-1258.csv"),
    ("danh-sach", "csv:Text - txt - csv (StarCalc):9,34,65535,1,,0,false,true", "danh-sach.utf-16.csv"),
    ("gia-tri", "xlsx:Calc MS Excel 2007 XML", "gia-tri.xlsx"),
    ("gia-tri", "xls:MS Excel 97", "gia-tri.xls"),
    ("gia-tri", "ods:calc8", "gia-tri.ods"),
    ("ngay-1904", "xlsx:Calc MS Excel 2007 XML", "ngay-1904.xlsx"),
    ("ngay-1904", "xls:MS Excel 97", "ngay-1904.xls"),
    ("ngay-1904", "ods:calc8", "ngay-1904.ods"),
];

/// What SheetJS makes of LibreOffice's workbooks.
const SAVED_BY_SHEETJS: [(&str, &str, &str); 3] = [
    ("danh-sach.xlsx", "xlsx", "danh-sach.sheetjs.xlsx"),
    ("gia-tri.xlsx", "biff8", "gia-tri.sheetjs.xls"),
    ("danh-sach.xlsx", "xlsb", "rut-gon.sheetjs.xlsb"),
];

/// Makes all of them.
pub fn fixtures() -> Result<()> {
    let folder = crate::root().join("tests").join("fixtures");
    let work = tempfolder()?;
    let soffice = on_path("soffice").context("the fixtures need LibreOffice (soffice) on PATH")?;
    for (source, filter, name) in SAVED_BY_LIBREOFFICE {
        let profile = format!("-env:UserInstallation=file://{}", work.join("profile").display());
        let mut command = Command::new(&soffice);
        command.args(["--headless", &profile, "--convert-to", filter, "--outdir"]).arg(&work);
        run(command.arg(folder.join("source").join(source).with_extension("fods")))?;
        let ending = filter.split(':').next().unwrap_or_default();
        std::fs::copy(work.join(source).with_extension(ending), folder.join(name)).context(name)?;
    }
    let script = "const X = require(process.argv[1]), book = X.readFile(process.argv[2], { cellNF: true });
        X.writeFile(book, process.argv[4], { bookType: process.argv[3], bookSST: true, compression: true })";
    // The package's build for Node, which may use files.
    let library = setup::sheetjs()?.with_file_name("../xlsx.js");
    for (from, kind, name) in SAVED_BY_SHEETJS {
        let mut command = Command::new(on_path("node").context("the fixtures need Node.js")?);
        command.args(["-e", script]).arg(&library);
        run(command.arg(folder.join(from)).arg(kind).arg(folder.join(name)))?;
    }
    run(Command::new("python3").arg(folder.join("source/python.py")).arg(&folder))
        .context("the fixtures need python3 with openpyxl and xlsxwriter")?;
    println!("{}", output(Command::new(&soffice).arg("--version")).unwrap_or_default());
    Ok(std::fs::remove_dir_all(work)?)
}

fn tempfolder() -> Result<std::path::PathBuf> {
    let folder = std::env::temp_dir().join(format!("ra-soat-fixtures-{}", std::process::id()));
    std::fs::create_dir_all(&folder)?;
    Ok(Path::new(&folder).to_path_buf())
}
