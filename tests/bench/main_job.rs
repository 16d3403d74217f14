//! How long the main job takes, step by step, beside what the same machine needs only to read the cells with calamine.
//!
//! Run by `cargo xtask bench`. Figures of one run are comparable with each other, not with those of another machine.

#![allow(unreachable_pub, reason = "a bench binary has no outside; its modules share by `pub`")]
#![allow(clippy::unwrap_used, reason = "a test may stop where it finds what it did not expect")]

#[path = "../common/mod.rs"]
mod common;

use calamine::{Reader as _, Xlsx};
use common::layouts::{local_lists, system_export};
use common::world::{DEFAULT, World};
use ra_soat::domain::{FileId, Settings};
use ra_soat::engine::Engine;
use ra_soat::pace::Unpaced;
use ra_soat::workbook::{detect, read};
use ra_soat::worker::protocol::FileMeta;
use std::hint::black_box;
use std::io::Cursor;
use std::time::Instant;

fn main() {
    let people = std::env::var("RA_SOAT_BENCH_PEOPLE").ok().and_then(|people| people.parse().ok()).unwrap_or(8_000);
    let world = World::invent(1, people, DEFAULT);
    let mut files = local_lists(&world);
    files.push(system_export(&world));
    let bytes: usize = files.iter().map(|file| file.bytes.len()).sum();
    println!("{people} persons, {} files, {bytes} bytes", files.len());

    let start = Instant::now();
    for file in &files {
        let mut workbook: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(file.bytes.as_slice())).unwrap();
        black_box(workbook.worksheets());
    }
    let baseline = start.elapsed();
    let report = |step: &str, start: Instant| {
        let elapsed = start.elapsed();
        println!(
            "{step:<44} {:>8.1} ms   {:>5.2} x calamine's dense read",
            elapsed.as_secs_f64() * 1e3,
            elapsed.as_secs_f64() / baseline.as_secs_f64()
        );
    };
    println!("{:<44} {:>8.1} ms", "calamine, dense ranges", baseline.as_secs_f64() * 1e3);

    let start = Instant::now();
    let workbooks: Vec<_> = files.iter().map(|file| read::read_workbook(&file.name, file.bytes.clone(), &mut |_, _| {}).unwrap()).collect();
    report("reading cells", start);

    let mut engine = Engine::default();
    let start = Instant::now();
    for (id, (file, workbook)) in files.iter().zip(workbooks).enumerate() {
        let mappings: Vec<_> = (0..workbook.sheets.len()).map(|sheet| detect::detect_sheet(&workbook, sheet, &file.name, None)).collect();
        let meta = FileMeta { id: FileId(id as u32), name: file.name.clone(), size: 0, sha256: String::new() };
        pollster::block_on(engine.load(meta, workbook, &mappings, &mut Unpaced)).unwrap();
    }
    report("finding columns, making persons and doses", start);

    let (start, columns) = (Instant::now(), Default::default());
    let now = || start.elapsed().as_secs_f64();
    let (outcome, linked) =
        pollster::block_on(engine.reconcile(Settings::default(), Default::default(), &columns, &mut Unpaced, &now)).unwrap();
    println!("{:<44} {:>8.1} ms", "linking persons", linked * 1e3);
    report("linking, classifying, counting", start);
    let items: u64 = outcome.files.iter().flat_map(|file| file.items).sum();
    println!("{items} items, {} unexplained", outcome.unexplained());
}
