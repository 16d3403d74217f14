//! A working list too long for one workbook comes in parts by unit, each dose once.

#![allow(unreachable_pub, reason = "a test binary has no outside; its modules share by `pub`")]
#![allow(clippy::unwrap_used, reason = "a test may stop where it finds what it did not expect")]

mod common;

use common::{load, reconcile};
use ra_soat::domain::{Bucket, Settings, Side};
use ra_soat::engine::{Answer, Engine};
use ra_soat::pace::{Cancelled, Pace, Stage, Unpaced};
use ra_soat::worker::protocol::{ExportRequest, FromEngine, JobId, ListRef, ToEngine, WorkingListRequest};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::Read as _;

const NOT_ENTERED: ListRef = ListRef { side: Side::Local, bucket: Bucket::NotEntered };
const DUPLICATE: ListRef = ListRef { side: Side::Local, bucket: Bucket::Duplicate };

/// 100.300 doses of three units: 60.000, 40.200 and 100.
fn engine() -> Engine {
    let mut text = "Họ và tên,Ngày sinh,Số CCCD,Mũi tiêm,Vắc xin,Ngày tiêm,Cơ sở tiêm\n".to_owned();
    for n in 0..100_300u32 {
        let unit = match n {
            0..60_000 => "Trạm Y tế xã Mẫu Một",
            60_000..100_200 => "Trạm Y tế xã Mẫu Hai",
            _ => "Trạm Y tế xã Mẫu Ba",
        };
        writeln!(text, "Người Mẫu,01/02/19{:02},0061{:02}{n:06},Mũi 1,Pfizer,02/08/2021,{unit}", 50 + n % 50, 50 + n % 50).unwrap();
    }
    let mut engine = Engine::default();
    load(&mut engine, 0, "Danh sách tiêm.csv", text.as_bytes());
    reconcile(&mut engine, Settings::default());
    engine
}

fn write<P: Pace>(engine: &mut Engine, units: Option<Vec<String>>, part: u32, pace: &mut P) -> Answer {
    let request = WorkingListRequest { reporting_unit: "Huyện Mẫu".to_owned(), lists: vec![NOT_ENTERED, DUPLICATE], units, part };
    let message = ToEngine::Export { job: JobId(1), what: ExportRequest::WorkingList(request) };
    let none: &[&[u8]] = &[];
    pollster::block_on(engine.handle(message, none, pace, &|| 0.0, || 0))
}

fn written(answer: Answer) -> (Vec<(String, String)>, u32, Vec<u8>) {
    let Answer::Message(message, mut blobs) = answer else { panic!("no answer") };
    let FromEngine::Exported { files, parts, .. } = *message else { panic!("{message:?}") };
    (files, parts, blobs.remove(0))
}

/// The rows of each unit and sheets of a workbook, told from its XML.
fn units_of(bytes: &[u8]) -> (BTreeMap<String, usize>, usize) {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let (mut units, mut sheets) = (BTreeMap::new(), 0);
    while let Ok(mut part) = archive.by_name(&format!("xl/worksheets/sheet{}.xml", sheets + 1)) {
        let mut xml = String::new();
        part.read_to_string(&mut xml).unwrap();
        for row in xml.split("<row ").skip(4) {
            let unit = row.split("<c r=\"X").nth(1).and_then(|cell| cell.split("<t>").nth(1)?.split('<').next());
            *units.entry(unit.unwrap_or_default().to_owned()).or_default() += 1;
        }
        sheets += 1;
    }
    (units, sheets)
}

#[test]
fn units_stay_whole_and_every_dose_comes_once() {
    let mut engine = engine();
    let (files, parts, first) = written(write(&mut engine, None, 1, &mut Unpaced));
    assert_eq!((files[0].0.as_str(), parts), ("_1", 2));
    let (files, _, second) = written(write(&mut engine, None, 2, &mut Unpaced));
    assert_eq!(files[0].0, "_2");
    let (one, sheets) = units_of(&first);
    // Ba, Hai, Một in the order of their names; the empty bucket has no sheet in a part.
    assert_eq!((one, sheets), ([("Trạm Y tế xã Mẫu Ba".to_owned(), 100), ("Trạm Y tế xã Mẫu Hai".to_owned(), 40_200)].into(), 1));
    assert_eq!(units_of(&second).0, [("Trạm Y tế xã Mẫu Một".to_owned(), 60_000)].into());
    let (.., again) = written(write(&mut engine, None, 2, &mut Unpaced));
    assert!(second == again, "same input, same bytes");

    let chosen = Some(vec!["Trạm Y tế xã Mẫu Ba".to_owned()]);
    let (files, parts, bytes) = written(write(&mut engine, chosen, 1, &mut Unpaced));
    assert_eq!((files[0].0.as_str(), parts), ("", 1));
    assert_eq!(units_of(&bytes), ([("Trạm Y tế xã Mẫu Ba".to_owned(), 100)].into(), 2), "in one workbook an empty bucket has its sheet");

    let stopped = write(&mut engine, None, 1, &mut StopsAt(5));
    assert!(matches!(stopped, Answer::Message(message, blobs) if matches!(*message, FromEngine::Cancelled(_)) && blobs.is_empty()));
}

/// Stops the job at a step; progress counts over all parts.
struct StopsAt(usize);

impl Pace for StopsAt {
    async fn step(&mut self, stage: Stage, done: usize, total: usize) -> Result<(), Cancelled> {
        assert!(stage == Stage::Writing && (total == 0 || total == 100_300) && done <= 1_024, "{done} of {total}");
        self.0 -= 1;
        if self.0 == 0 { Err(Cancelled) } else { Ok(()) }
    }
}
