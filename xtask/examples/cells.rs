//! Prints every cell of a workbook as the app reads it; run as `cargo xtask cells FILE`.

use ra_soat::workbook::dump::dump_cells;
use std::io::Write;
use std::path::Path;
use std::process::ExitCode;

fn main() -> ExitCode {
    match cells() {
        Ok(cells) => {
            // A reader that has seen enough (`| head`) is no error.
            let _ = std::io::stdout().lock().write_all(cells.as_bytes());
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn cells() -> Result<String, String> {
    let path = std::env::args().nth(1).ok_or("which file?")?;
    let bytes = std::fs::read(&path).map_err(|error| format!("{path}: {error}"))?;
    dump_cells(&Path::new(&path).file_name().unwrap_or_default().to_string_lossy(), &bytes)
}
