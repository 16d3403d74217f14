//! Two names joined by the alias table are one unit everywhere: in the report, the lists, the working list and the import file.

use super::small_files::{Loaded, dose};
use calamine::Reader as _;
use ra_soat::domain::{Bucket, Side};
use ra_soat::engine::Answer;
use ra_soat::pace::Unpaced;
use ra_soat::reconcile::decision::Decisions;
use ra_soat::worker::list_filter::ListFilter;
use ra_soat::worker::protocol::{ExportRequest, FromEngine, ImportRequest, JobId, ListRef, ToEngine, WorkingListRequest};
use std::io::Cursor;

const NOT_ENTERED: ListRef = ListRef { side: Side::Local, bucket: Bucket::NotEntered };
const UNIT: &str = "Trạm Y tế xã Suối Mẫu";
const OTHER: &str = "Trạm Y tế xã Bản Mẫu";

fn joined() -> Decisions {
    let mut decisions = Decisions::default();
    decisions.units.join(OTHER, UNIT);
    decisions
}

/// Rows of a workbook's sheet.
fn exported(loaded: &mut Loaded, what: ExportRequest, sheet: &str) -> usize {
    let none: &[&[u8]] = &[];
    let message = ToEngine::Export { job: JobId(1), what };
    let answer = pollster::block_on(loaded.engine.handle(message, none, &mut Unpaced, &|| 0.0, || 0));
    let Answer::Message(message, mut blobs) = answer else { panic!("no answer") };
    assert!(matches!(*message, FromEngine::Exported { .. }), "{message:?}");
    let mut book: calamine::Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(blobs.remove(0))).unwrap();
    book.worksheet_range(sheet).unwrap().height()
}

/// The doses of the unit, and of the other: as the report has them, then as list, working list and import file do.
fn counts(loaded: &mut Loaded, unit: &str) -> [usize; 3] {
    let filter = ListFilter { unit: Some(unit.to_owned()), ..ListFilter::default() };
    let units = Some(vec![unit.to_owned()]);
    let list = WorkingListRequest { reporting_unit: String::new(), lists: vec![NOT_ENTERED], units: units.clone(), part: 1 };
    [
        loaded.list(NOT_ENTERED, &filter).len(),
        // Title, warning and head; the template has eight rows above its data.
        exported(loaded, ExportRequest::WorkingList(list), "Chưa nhập") - 3,
        exported(loaded, ExportRequest::ImportFile(ImportRequest { units, part: 1 }), ra_soat::forms::import_file_sheet::TEMPLATE_SHEET)
            - 8,
    ]
}

#[test]
fn doses_of_a_joined_name_go_where_the_unit_goes() {
    let mut loaded = Loaded::default();
    loaded.local(&(0..30).map(dose).collect::<Vec<_>>()).system(None, &(100..101).map(dose).collect::<Vec<_>>());
    loaded.reconcile();
    assert_eq!(counts(&mut loaded, UNIT), [15, 15, 15]);

    let report = loaded.engine.decide(joined()).unwrap();
    assert_eq!(report.units.iter().map(|unit| unit.unit.as_str()).collect::<Vec<_>>(), [UNIT]);
    assert_eq!(counts(&mut loaded, UNIT), [30, 30, 30]);
    // The same from a match that begins with the alias table, and told apart again.
    loaded.reconcile_with(joined());
    assert_eq!(counts(&mut loaded, UNIT), [30, 30, 30]);
    assert_eq!(loaded.engine.decide(Decisions::default()).unwrap().units.len(), 2);
    assert_eq!(counts(&mut loaded, UNIT), [15, 15, 15]);
}
