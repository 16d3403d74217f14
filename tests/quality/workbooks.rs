//! The workbooks of `Làm sạch` and `Giám sát`: written, recognised when they come back, and read.

use crate::lists::{Row, TODAY, add, ask, codes, correct, engine_with};
use crate::planted::sound_world;
use ra_soat::domain::{Date, FileId, SheetKind};
use ra_soat::engine::{Answer, Engine};
use ra_soat::pace::Unpaced;
use ra_soat::quality::RuleId;
use ra_soat::quality::choices::{Corrections, TypedField};
use ra_soat::workbook::{detect, read};
use ra_soat::worker::protocol::{ExportRequest, FileMeta, FromEngine, JobId, ToEngine};
use ra_soat::worker::quality::{QualityAnswer, QualityAsk, QualityExport, ReturnedRead};

fn export(engine: &mut Engine, what: QualityExport) -> Vec<u8> {
    let message = ToEngine::Export { job: JobId(1), what: ExportRequest::Quality(what) };
    let none: [&[u8]; 0] = [];
    match pollster::block_on(engine.handle(message, &none, &mut Unpaced, &|| 0.0, || 0)) {
        Answer::Message(message, mut blobs) => match *message {
            FromEngine::Exported { .. } => blobs.remove(0),
            other => panic!("{other:?}"),
        },
        Answer::Nothing => panic!("nothing"),
    }
}

/// The texts of every sheet, row by row.
fn texts(bytes: &[u8]) -> Vec<(String, Vec<Vec<String>>)> {
    use calamine::{Data, Reader as _, Xlsx};
    let mut book: Xlsx<_> = calamine::open_workbook_from_rs(std::io::Cursor::new(bytes)).unwrap();
    let text = |cell: &Data| match cell {
        Data::Empty => String::new(),
        other => other.to_string(),
    };
    book.worksheets().into_iter().map(|(name, range)| (name, range.rows().map(|row| row.iter().map(text).collect()).collect())).collect()
}

/// Drops a workbook on the engine; the kind its first sheet is taken for, and what it says.
fn drop_back(engine: &mut Engine, name: &str, bytes: Vec<u8>) -> (SheetKind, ReturnedRead) {
    let workbook = read::read_workbook(name, bytes, &mut |_, _| {}).unwrap();
    let mappings: Vec<_> = (0..workbook.sheets.len()).map(|sheet| detect::detect_sheet(&workbook, sheet, name, None)).collect();
    let kind = mappings[0].as_ref().map(|mapping| mapping.kind).unwrap_or(SheetKind::Unused);
    let meta = FileMeta { id: FileId(9), name: name.to_owned(), size: 0, sha256: "9".repeat(64) };
    pollster::block_on(engine.load(meta, workbook, &mappings, &mut Unpaced)).unwrap();
    match ask(engine, QualityAsk::Returned(FileId(9))) {
        QualityAnswer::Returned(read) => (kind, read),
        other => panic!("{other:?}"),
    }
}

/// Rows as CSV.
fn csv(rows: &[Vec<String>]) -> Vec<u8> {
    let line = |row: &Vec<String>| row.iter().map(|cell| format!("\"{}\"", cell.replace('"', "\"\""))).collect::<Vec<_>>().join(",");
    rows.iter().map(line).collect::<Vec<_>>().join("\n").into_bytes()
}

#[test]
fn typed_corrections_come_back_in_their_workbook() {
    let mut rows = sound_world(21, 12);
    rows[3].id = "00618500123".into();
    rows[6].name = "Không rõ".into();
    let mut engine = engine_with(SheetKind::SystemExport, &rows);
    codes(&mut engine);
    let mut now = Corrections::default();
    for (rule, field, new) in [
        (RuleId::IdentityLength, TypedField::Identity, sound_world(21, 12)[3].id.clone()),
        (RuleId::NamePlaceholder, TypedField::Name, sound_world(21, 12)[6].name.clone()),
        (RuleId::NamePlaceholder, TypedField::Birth, "5/3/1985".to_owned()),
    ] {
        let record = engine.last_findings().unwrap().of(rule)[0];
        let QualityAnswer::Detail(Some(found)) = ask(&mut engine, QualityAsk::Detail { record, rule: rule as u8 }) else { panic!() };
        let (key, _, old) = found.typed.iter().find(|(_, own, _)| *own == field).unwrap().clone();
        now.typed.insert((key, field), ra_soat::quality::choices::Typed { old, new });
    }
    correct(&mut engine, &now);
    let bytes = export(&mut engine, QualityExport::Corrections { unit: "Sở Y tế".into() });
    assert_eq!(bytes, export(&mut engine, QualityExport::Corrections { unit: "Sở Y tế".into() }), "the same bytes");
    let sheets = texts(&bytes);
    assert!(sheets[0].1.iter().flatten().any(|cell| cell == "Không rõ"), "the old value is kept");

    // Another day: the same list, then the workbook.
    let mut engine = engine_with(SheetKind::SystemExport, &rows);
    let (kind, read) = drop_back(&mut engine, "Bang-sua_so-y-te_2023-03-10.xlsx", bytes);
    assert_eq!(kind, SheetKind::Corrections);
    assert_eq!((read.values, read.problem_count, read.not_loaded), (3, 0, 0), "{read:?}");
    let again = Corrections { typed: read.typed.into_iter().collect(), ..Corrections::default() };
    assert_eq!(again, now);
    correct(&mut engine, &again);
    let found = codes(&mut engine);
    assert!(!found[3].contains("GT02") && !found[6].contains("HT03"), "{:?} {:?}", found[3], found[6]);
}

#[test]
fn the_lists_for_the_police_hold_the_three_classes_and_come_back() {
    let mut rows = sound_world(22, 60);
    let of_person =
        |rows: &mut Vec<Row>, person: usize, change: &dyn Fn(&mut Row)| rows[person * 3..person * 3 + 3].iter_mut().for_each(change);
    of_person(&mut rows, 0, &|row| row.id.clear());
    of_person(&mut rows, 1, &|row| row.id.truncate(7));
    of_person(&mut rows, 2, &|row| row.verified = "Sai thông tin".into());
    of_person(&mut rows, 3, &|row| (row.id, row.commune) = (String::new(), String::new()));
    // Found right by the population database, whatever the rules say of the year.
    of_person(&mut rows, 4, &|row| row.birth.truncate(4));
    // A foreigner is no matter of the commune's police.
    of_person(&mut rows, 5, &|row| (row.id, row.verified) = ("B1234567".into(), "Sai thông tin".into()));
    let mut engine = engine_with(SheetKind::SystemExport, &rows);
    codes(&mut engine);
    let bytes = export(&mut engine, QualityExport::Police { unit: "Trung tâm Y tế".into(), part: 1 });
    let mut sheets = texts(&bytes);
    assert_eq!(sheets.len(), 4, "one a commune: {:?}", sheets.iter().map(|(name, _)| name).collect::<Vec<_>>());
    assert_eq!(sheets.last().unwrap().0, "Chưa rõ xã");
    let classes: Vec<String> =
        sheets.iter().flat_map(|(_, rows)| rows).filter(|row| row[0].parse::<f64>().is_ok()).map(|row| row[1].clone()).collect();
    let count = |class: &str| classes.iter().filter(|own| own.starts_with(class)).count();
    assert_eq!((classes.len(), count("1."), count("2."), count("3.")), (4, 2, 1, 1), "once each person");
    assert!(sheets.iter().all(|(_, rows)| rows.iter().flatten().any(|cell| cell.starts_with("CÔNG AN XÃ"))), "both sign");

    // The police write the number of the first commune's person.
    let rows_back = &mut sheets[0].1;
    let header = rows_back.iter().position(|row| row.iter().any(|cell| cell == "Mã dòng")).unwrap();
    let column = rows_back[header].iter().position(|cell| cell == "Số CCCD đúng").unwrap();
    rows_back[header + 1][column] = "006085000999".into();
    let back = csv(rows_back);
    let (kind, read) = drop_back(&mut engine, "Danh-sach-ra-soat.csv", back);
    assert_eq!(kind, SheetKind::PoliceList);
    assert_eq!((read.values, read.typed.len(), read.not_loaded), (1, 1, 0), "{read:?}");
    let again = Corrections { typed: read.typed.into_iter().collect(), ..Corrections::default() };
    assert_eq!(correct(&mut engine, &again), 3, "all three rows of the person");

    // Who has a number now is what the import file is for, beside those who have none yet.
    codes(&mut engine);
    let sheets = texts(&export(&mut engine, QualityExport::Import { part: 1 }));
    let persons: Vec<&Vec<String>> = sheets[0]
        .1
        .iter()
        .filter(|row| row.iter().any(|cell| cell.starts_with("Nguyễn") || row.iter().any(|cell| cell == "006085000999")))
        .collect();
    assert!(persons.iter().any(|row| row.iter().any(|cell| cell == "006085000999")), "{:?}", sheets[0].1);
}

#[test]
fn what_cannot_be_taken_is_listed() {
    let mut engine = engine_with(SheetKind::SystemExport, &sound_world(23, 2));
    let row = |field: &'static str, new: &'static str, key: &'static str| vec!["a.csv", "a", "3", "Lê Văn A", field, "a", new, key];
    let rows = [
        vec!["BẢNG SỬA"],
        vec!["Tệp", "Trang tính", "Dòng", "Họ và tên", "Trường", "Giá trị cũ", "Giá trị mới", "Mã dòng"],
        row("Họ và tên", "Lê Văn B", "00000000000000aa"),
        row("Họ và tên", "Lê Văn C", "00000000000000aa"),
        row("Quê quán", "b", "00000000000000ab"),
        row("Giới tính", "Nam", "xyz"),
        row("Giới tính", "Nam", "00000000000000ac"),
    ];
    let rows: Vec<Vec<String>> = rows.iter().map(|row| row.iter().map(|cell| (*cell).to_owned()).collect()).collect();
    let (kind, read) = drop_back(&mut engine, "Bang-sua.csv", csv(&rows));
    assert_eq!(kind, SheetKind::Corrections);
    assert_eq!((read.values, read.typed.len(), read.problem_count, read.not_loaded), (5, 1, 3, 1), "{read:?}");
}

#[test]
fn the_report_to_facilities_holds_no_name_and_the_figures_of_the_board() {
    let mut rows = sound_world(24, 40);
    for (at, row) in rows.iter_mut().enumerate().filter(|(at, _)| at % 3 == 2) {
        (row.given, row.entered) = ("2023-02-10".into(), format!("2023-02-{}", 10 + at % 4));
    }
    let mut engine = engine_with(SheetKind::SystemExport, &rows);
    let since = Date::constant(2023, 2, 1);
    let QualityAnswer::Board(board) = ask(&mut engine, QualityAsk::Board { today: TODAY, since }) else { panic!() };
    let bytes = export(&mut engine, QualityExport::Monitoring { unit: String::new() });
    let sheets = texts(&bytes);
    assert_eq!(
        sheets.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>(),
        ["Theo cơ sở", "Theo tháng", "Nhập muộn", "Ngày trong tháng", "Xác thực, ký", "Biểu đồ"]
    );
    let total = sheets[0].1.iter().find(|row| row[0] == "Tổng cộng").unwrap();
    assert_eq!(total[1..5].to_vec(), [40, 40, 40, board.total.all.same_day].map(|count| count.to_string()));
    assert_eq!(sheets[2].1.len() as u32, 2 + board.total.all.late);
    // Days of the month: every dose once, in the total and over the facilities.
    let days = |row: &Vec<String>| row[3..34].iter().map(|cell| cell.parse::<u32>().unwrap()).sum::<u32>();
    let (total, units) = sheets[3].1[3..].split_last().unwrap();
    assert_eq!((days(total), units.iter().map(days).sum::<u32>()), (rows.len() as u32, rows.len() as u32));
    let everything: Vec<&String> = sheets.iter().flat_map(|(_, rows)| rows.iter().flatten()).collect();
    assert!(rows.iter().all(|row| !everything.contains(&&row.name) && !everything.contains(&&row.id)));
    let _ = add;
}

#[test]
fn each_facility_gets_its_own_report_and_nothing_of_others() {
    use std::io::Read as _;
    let mut rows = sound_world(25, 60);
    for (at, row) in rows.iter_mut().enumerate().filter(|(at, _)| at % 3 == 2) {
        (row.given, row.entered) = ("2023-02-10".into(), format!("2023-02-{}", 10 + at % 4));
    }
    let mut engine = engine_with(SheetKind::SystemExport, &rows);
    let since = Date::constant(2023, 2, 1);
    let QualityAnswer::Board(board) = ask(&mut engine, QualityAsk::Board { today: TODAY, since }) else { panic!() };
    let each = || QualityExport::EachFacility { day: Date::constant(2023, 3, 14) };
    let bytes = export(&mut engine, each());
    assert_eq!(bytes, export(&mut engine, each()), "the same bytes");
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(&bytes)).unwrap();
    let units: Vec<_> = board.units.iter().filter(|unit| unit.all.doses > 0).collect();
    assert_eq!(archive.len(), units.len());
    let mut late = 0;
    for (at, unit) in units.iter().enumerate() {
        let mut file = archive.by_index(at).unwrap();
        let name = file.name().unwrap().into_owned();
        assert!(name.starts_with("Giam-sat-co-so_tram-y-te-xa-") && name.ends_with("_2023-03-14.xlsx"), "{name}");
        let mut own = Vec::new();
        file.read_to_end(&mut own).unwrap();
        assert_eq!(own, export(&mut engine, QualityExport::Facility(unit.unit.clone())), "as downloaded alone");
        let sheets = texts(&own);
        late += sheets[1].1.len() as u32 - 2;
        let names = sheets.iter().flat_map(|(_, rows)| rows).filter(|row| row[0].starts_with("Trạm Y tế")).map(|row| row[0].clone());
        assert!(names.into_iter().all(|name| name == unit.unit));
    }
    assert_eq!(late, board.total.all.late);
}
