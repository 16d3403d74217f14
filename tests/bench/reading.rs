//! How long reading a large list takes natively, beside calamine walking the same cells: to be profiled. What the browser takes is
//! measured by `cargo xtask bench`, which lets this program make the files.
//!
//! `cargo bench --bench reading -- [NAME…]` measures the lists of those names, the small ones where none is named;
//! `cargo bench --bench reading -- make NAME…` only writes them into the target folder, where they stay.

#![allow(clippy::unwrap_used, reason = "a measurement may stop where it finds what it did not expect")]

mod sheets;

use calamine::{Reader as _, Xlsx};
use ra_soat::workbook::read::read_workbook;
use sheets::{LISTS, List, file};
use std::hint::black_box;
use std::io::Cursor;
use std::path::PathBuf;
use std::time::{Duration, Instant};

fn main() {
    let args: Vec<String> = std::env::args().skip(1).filter(|arg| arg != "--bench").collect();
    let only_make = args.first().is_some_and(|arg| arg == "make");
    let names = &args[usize::from(only_make)..];
    let is_wanted = |list: &&List| if names.is_empty() { list.rows <= 100_000 } else { names.iter().any(|name| name == list.name) };
    for list in LISTS.iter().filter(is_wanted) {
        let file = file(*list, &folder()).unwrap();
        if only_make {
            println!("{}", file.display());
        } else {
            measure(*list, &std::fs::read(file).unwrap());
        }
    }
}

/// Beside the other results of the build.
fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("bench")
}

fn measure(list: List, bytes: &[u8]) {
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for _ in 0..if list.rows > 300_000 { 1 } else { 3 } {
        let copy = bytes.to_vec();
        let start = Instant::now();
        let workbook = black_box(read_workbook("a.xlsx", copy, &mut |_, _| ()).unwrap());
        ours.push(start.elapsed());
        assert_eq!(workbook.sheets[0].table.row_count(), list.rows as usize);
        drop(workbook);

        let start = Instant::now();
        let mut book: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(bytes)).unwrap();
        let name = book.sheet_names()[0].clone();
        let mut cells = book.worksheet_cells_reader(&name).unwrap();
        while let Some(cell) = cells.next_cell().unwrap() {
            black_box(&cell);
        }
        theirs.push(start.elapsed());
    }
    let (ours, theirs) = (median(ours), median(theirs));
    let ratio = theirs.as_secs_f64() / ours.as_secs_f64();
    let mb = bytes.len() as f64 / 1e6;
    println!("{:<12} {mb:>6.1} MB   read_workbook {ours:>9.1?}   calamine's cells {theirs:>9.1?}   {ratio:.2}", list.name);
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}
