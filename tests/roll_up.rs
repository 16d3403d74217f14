//! Forms and reports of units below: how they are read, and how they become one form.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test stops where its premise fails")]

#[allow(dead_code, reason = "each test binary uses its own part")]
#[path = "workbook/builder.rs"]
mod builder;
#[path = "roll_up/daily.rs"]
mod daily;
#[path = "roll_up/form_1.rs"]
mod form_1;
#[path = "roll_up/form_2.rs"]
mod form_2;
#[path = "roll_up/hand_filled.rs"]
mod hand_filled;
#[path = "roll_up/national.rs"]
mod national;
#[path = "roll_up/sealed.rs"]
mod sealed;
#[path = "roll_up/sent_back.rs"]
mod sent_back;

use builder::{S, xlsx};
use ra_soat::domain::settings::DEFAULT_CUT_OFF;
use ra_soat::domain::source::SheetKind;
use ra_soat::domain::{Date, FileId};
use ra_soat::engine::Engine;
use ra_soat::figures::reported::ReportedFigures;
use ra_soat::pace::Unpaced;
use ra_soat::workbook::mapping::SheetMapping;
use ra_soat::workbook::{detect, read};
use ra_soat::worker::protocol::FileMeta;

/// Loads a workbook as the page does; `kind` is chosen by hand where given.
fn load(engine: &mut Engine, id: u32, name: &str, bytes: &[u8], kind: Option<SheetKind>) -> Vec<Option<SheetMapping>> {
    let workbook = read::read_workbook(name, bytes.to_vec(), &mut |_, _| {}).unwrap_or_else(|error| panic!("{name}: {error}"));
    let mut mappings: Vec<_> = (0..workbook.sheets.len()).map(|sheet| detect::detect_sheet(&workbook, sheet, name, None)).collect();
    if let Some(kind) = kind {
        for (mapping, sheet) in mappings.iter_mut().zip(&workbook.sheets).filter(|(_, sheet)| !sheet.is_hidden) {
            let own = mapping.get_or_insert_with(SheetMapping::blank);
            (own.kind, own.kind_confidence) = (kind, 100);
            debug_assert!(!sheet.is_hidden);
        }
    }
    let meta = FileMeta { id: FileId(id), name: name.to_owned(), size: bytes.len() as u64, sha256: format!("{id:064}") };
    pollster::block_on(engine.load(meta, workbook, &mappings, &mut Unpaced)).unwrap();
    mappings
}

fn reported(engine: &Engine, cut_off: Date) -> ReportedFigures {
    pollster::block_on(engine.reported(cut_off, &mut Unpaced)).unwrap()
}

/// What one workbook of one sheet reports, read as `kind`.
fn read_as(kind: SheetKind, sheet: S, file_name: &str) -> ReportedFigures {
    let mut engine = Engine::default();
    load(&mut engine, 1, file_name, &xlsx(&[sheet]), Some(kind));
    reported(&engine, DEFAULT_CUT_OFF)
}
