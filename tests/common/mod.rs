//! What the integration tests share: an invented district with its truth, and an engine run natively.

#![allow(dead_code, reason = "each test binary uses its own part")]

pub mod layouts;
pub mod world;

use ra_soat::domain::{FileId, Settings};
use ra_soat::engine::Engine;
use ra_soat::pace::Unpaced;
use ra_soat::reconcile::Report;
use ra_soat::workbook::mapping::SheetReading;
use ra_soat::workbook::{detect, read};
use ra_soat::worker::protocol::FileMeta;

/// Loads a workbook as the reader and the engine do.
pub fn load(engine: &mut Engine, id: u32, name: &str, bytes: &[u8]) -> Vec<SheetReading> {
    let workbook = read::read_workbook(name, bytes.to_vec(), &mut |_, _| {}).unwrap_or_else(|error| panic!("{name}: {error}"));
    let mappings: Vec<_> = (0..workbook.sheets.len()).map(|sheet| detect::detect_sheet(&workbook, sheet, name, None)).collect();
    let meta = FileMeta { id: FileId(id), name: name.to_owned(), size: bytes.len() as u64, sha256: String::new() };
    pollster::block_on(engine.load(meta, workbook, &mappings, &mut Unpaced)).unwrap()
}

/// Reconciles everything loaded.
pub fn reconcile(engine: &mut Engine, settings: Settings) -> Report {
    let (columns, mut pace) = (Default::default(), Unpaced);
    pollster::block_on(engine.reconcile(settings, Default::default(), &columns, &mut pace, &|| 0.0)).unwrap().0
}
