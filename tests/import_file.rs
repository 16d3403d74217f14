//! The import file for the System: what goes into it, with which codes, and that our own reader reads it back to the same doses.

#![allow(unreachable_pub, reason = "a test binary has no outside; its modules share by `pub`")]
#![allow(clippy::unwrap_used, reason = "a test may stop where it finds what it did not expect")]

mod common;

use calamine::{Data, Reader as _};
use common::{load, reconcile};
use ra_soat::domain::{Settings, SheetKind};
use ra_soat::engine::{Answer, Engine};
use ra_soat::forms::import_file_sheet::TEMPLATE_SHEET;
use ra_soat::pace::Unpaced;
use ra_soat::worker::protocol::{ExportRequest, FromEngine, ImportRequest, JobId, ToEngine};
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::io::Cursor;

const LOCAL: &str = "\
Họ và tên,Ngày sinh,Giới tính,Số CCCD,Số điện thoại,Nhóm đối tượng,Tỉnh,Huyện,Xã phường,Mũi tiêm,Vắc xin,Ngày tiêm,Số lô,Cơ sở tiêm
Nông Thị Mẫu,08/03/1985,Nữ,006185001234,0912345678,10,Bắc Kạn,Ba Bể,Xã Mẫu Sơn,Mũi 1,Pfizer,02/08/2021,FP0001,TYT xã Mẫu Sơn
Nông Thị Mẫu,08/03/1985,Nữ,006185001234,0912345678,10,Bắc Kạn,Ba Bể,Xã Mẫu Sơn,Mũi 2,Pfizer,30/08/2021,FP0002,TYT xã Mẫu Sơn
Nông Thị Mẫu,08/03/1985,Nữ,006185001234,0912345678,10,Bắc Kạn,Ba Bể,Xã Mẫu Sơn,Mũi 3,Pfizer,30/01/2022,FP0003,TYT xã Mẫu Sơn
Triệu Văn Ví Dụ,1950,Nam,006050002345,,Người cao tuổi,Bắc Kạn,Ba Bể,Xã Mẫu Sơn,Mũi 2,AstraZeneca,15/09/2021,,Điểm tiêm lưu động
Hoàng Văn Đã Nhập,15/06/1985,Nam,006085003456,0987654321,9,Bắc Kạn,Ba Bể,Xã Mẫu Sơn,Mũi 1,Pfizer,02/08/2021,FP0001,TYT xã Mẫu Sơn
";
const SYSTEM: &str = "\
Họ và tên,Ngày sinh,Giới tính,Số CCCD,Tỉnh,Mã tỉnh,Huyện,Mã huyện,Xã phường,Mã xã,Mũi tiêm,Vắc xin,Ngày tiêm,Số lô,Cơ sở tiêm,Ngày nhập
Hoàng Văn Đã Nhập,15/06/1985,Nam,006085003456,Bắc Kạn,06,Huyện Ba Bể,061,Xã Mẫu Sơn,01901,1,Comirnaty (Pfizer BioNtech),02/08/2021,FP0001,06123-Trạm Y tế xã Mẫu Sơn,03/08/2021
";

fn engine(local: &str, system: &str) -> Engine {
    let mut engine = Engine::default();
    load(&mut engine, 0, "Danh sách tiêm xã Mẫu Sơn.csv", local.as_bytes());
    load(&mut engine, 1, "Dữ liệu Hệ thống.csv", system.as_bytes());
    reconcile(&mut engine, Settings::default());
    engine
}

fn write(engine: &mut Engine, part: u32) -> Result<(Vec<u8>, Vec<String>, u32), String> {
    let what = ExportRequest::ImportFile(ImportRequest { units: None, part });
    let none: &[&[u8]] = &[];
    match pollster::block_on(engine.handle(ToEngine::Export { job: JobId(1), what }, none, &mut Unpaced, &|| 0.0, || 0)) {
        Answer::Message(message, mut blobs) => match *message {
            FromEngine::Exported { notes, parts, .. } => Ok((blobs.remove(0), notes, parts)),
            FromEngine::Failed(_, why) => Err(why),
            other => panic!("{other:?}"),
        },
        Answer::Nothing => panic!("no answer"),
    }
}

fn rows(bytes: &[u8], sheet: &str) -> Vec<Vec<String>> {
    let mut book: calamine::Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(bytes.to_vec())).unwrap();
    let range = book.worksheet_range(sheet).unwrap();
    range.rows().map(|row| row.iter().map(|cell| if *cell == Data::Empty { String::new() } else { cell.to_string() }).collect()).collect()
}

/// Doses of an engine's only list, each in one line.
fn doses(engine: &mut Engine) -> BTreeSet<String> {
    use ra_soat::domain::{Bucket, Side};
    use ra_soat::worker::protocol::ListRef;
    let (rows, _) = engine.page(ListRef { side: Side::Local, bucket: Bucket::NotEntered }, 0, 1_000_000);
    rows.into_iter()
        .map(|row| {
            format!(
                "{}|{}|{}|{}|{}|{}",
                row.name,
                row.birth,
                row.identity,
                row.given,
                row.lot,
                row.column.map_or("", |column| column.letter())
            )
        })
        .collect()
}

#[test]
fn missing_doses_stand_in_the_templates_columns_with_the_systems_codes() {
    let mut engine = engine(LOCAL, SYSTEM);
    let (bytes, notes, parts) = write(&mut engine, 1).unwrap();
    assert_eq!(parts, 1);
    // To be opened by hand.
    std::fs::write(format!("{}/tep-nhap-he-thong.xlsx", env!("CARGO_TARGET_TMPDIR")), &bytes).unwrap();
    let rows = rows(&bytes, TEMPLATE_SHEET);
    assert_eq!(
        (rows[6].len(), rows[6][1].as_str(), rows[6][18].as_str(), rows[7][19].as_str()),
        (27, "Họ và tên (*)", "Mũi 1", "Lô vắc xin(*)")
    );
    assert_eq!(rows.len(), 10, "{rows:?}");
    let first = &rows[8];
    let expected = [
        "1",
        "Nông Thị Mẫu",
        "08/03/1985",
        "1",
        "10",
        "",
        "0912345678",
        "006185001234",
        "",
        "Bắc Kạn",
        "06",
        "Ba Bể",
        "061",
        "Xã Mẫu Sơn",
        "01901",
        "",
        "",
        "Comirnaty (Pfizer BioNtech)",
        "02/08/2021",
        "FP0001",
        "06123",
        "Comirnaty (Pfizer BioNtech)",
        "30/08/2021",
        "FP0002",
        "06123",
        "",
        "",
    ];
    assert_eq!(*first, expected);
    let second = &rows[9];
    assert_eq!(second[2..5], ["1950", "0", ""], "a year alone and an unknown group stay as they are, and are marked");
    assert_eq!(second[17..25], ["", "", "", "", "AstraZeneca", "15/09/2021", "", ""], "only the second dose is missing");
    let all = notes.join("\n");
    for words in [
        "2 người, 3 mũi trong mẫu nhập.",
        "1 mũi không vào được hai cột",
        "Ngày sinh đủ ngày, tháng, năm: 1 người",
        "Số điện thoại từ 10 số: 1 người",
        "Tên vắc xin theo Hệ thống (PL5): 1 mũi",
        "Số lô vắc xin: 1 mũi",
        "Mã cơ sở tiêm (PL4): 1 mũi",
    ] {
        assert!(all.contains(words), "{words}: {all}");
    }
    assert!(!all.contains("Mã xã"), "{all}");
    let beyond = crate::rows(&bytes, "Mũi ngoài mẫu");
    assert_eq!(beyond[3][3..5], ["Nông Thị Mẫu", "08/03/1985"]);
    assert_eq!(beyond[3][13], "Mẫu nhập chỉ có cột Mũi 1 và Mũi 2");
    let read_first = crate::rows(&bytes, "Đọc trước khi nhập");
    assert!(read_first[0][0].contains("dữ liệu cá nhân"));
    let lack = |words: &str| read_first.iter().find(|row| row[0] == words).map(|row| row[1].clone());
    assert_eq!((lack("Số lô vắc xin").as_deref(), lack("Mã xã/phường (PL3)").as_deref()), (Some("1"), Some("0")));
}

#[test]
fn our_own_reader_reads_it_back_to_the_same_doses() {
    let mut engine = engine(LOCAL, SYSTEM);
    let written = doses(&mut engine);
    let (bytes, ..) = write(&mut engine, 1).unwrap();
    let name = "Tep-nhap-He-thong_xa-mau-son_2023-03-14.xlsx";
    let mut again = Engine::default();
    let readings = load(&mut again, 0, name, &bytes);
    let kinds: Vec<Option<SheetKind>> = readings.iter().map(|sheet| sheet.mapping.as_ref().map(|mapping| mapping.kind)).collect();
    assert_eq!(kinds[0], Some(SheetKind::LocalList), "{kinds:?}");
    assert_eq!(readings[0].items, 3, "two persons, three doses");
    reconcile(&mut again, Settings::default());
    // A third dose stands on the sheet of those the template has no column for.
    assert_eq!(doses(&mut again), written);
}

#[test]
fn a_dropped_catalogue_gives_the_codes_first() {
    let mut out = rust_xlsxwriter::Workbook::new();
    let tables: [(&str, Vec<[&str; 6]>); 3] = [
        ("PL2", vec![["Mã nhóm", "Tên nhóm", "", "", "", ""], ["9", "Người cao tuổi", "", "", "", ""]]),
        (
            "PL4",
            vec![
                ["Mã KCB", "Tên cơ sở", "", "", "", ""],
                ["06777", "Điểm tiêm lưu động", "", "", "", ""],
                ["06999", "Trạm Y tế xã Mẫu Sơn", "", "", "", ""],
            ],
        ),
        ("PL5", vec![["STT", "Tên vắc xin", "", "", "", ""], ["1", "AZD1222 (của AstraZeneca)", "", "", "", ""]]),
    ];
    for (name, rows) in tables {
        let sheet = out.add_worksheet().set_name(name).unwrap();
        for (at, row) in rows.iter().enumerate() {
            for (column, cell) in row.iter().enumerate().filter(|(_, cell)| !cell.is_empty()) {
                sheet.write_string(at as u32, column as u16, *cell).unwrap();
            }
        }
    }
    let mut engine = engine(LOCAL, SYSTEM);
    load(&mut engine, 2, "Phụ lục mẫu nhập.xlsx", &out.save_to_buffer().unwrap());
    let (bytes, notes, _) = write(&mut engine, 1).unwrap();
    let rows = rows(&bytes, TEMPLATE_SHEET);
    assert_eq!(rows[8][20], "06999");
    assert_eq!((rows[9][4].as_str(), rows[9][21].as_str(), rows[9][24].as_str()), ("9", "AZD1222 (của AstraZeneca)", "06777"));
    assert!(notes.iter().any(|note| note.contains("trang “PL4” của Phụ lục mẫu nhập.xlsx")), "{notes:?}");
    let (again, ..) = write(&mut engine, 1).unwrap();
    assert!(bytes == again, "same input, same bytes");
}

#[test]
fn nothing_missing_is_said_and_no_file_is_made() {
    let entered: String = LOCAL
        .lines()
        .filter(|line| line.starts_with("Họ và tên") || line.contains("Đã Nhập"))
        .fold(String::new(), |all, line| all + line + "\n");
    assert!(write(&mut engine(&entered, SYSTEM), 1).unwrap_err().contains("không có mũi chưa nhập nào"));
}

#[test]
fn more_persons_than_an_xls_holds_come_in_parts() {
    let mut local = "Họ và tên,Ngày sinh,Số CCCD,Mũi tiêm,Vắc xin,Ngày tiêm,Cơ sở tiêm\n".to_owned();
    for n in 0..65_001u32 {
        writeln!(local, "Người Mẫu,01/02/19{:02},0061{:02}{n:06},Mũi 1,Pfizer,02/08/2021,TYT xã Mẫu", 50 + n % 50, 50 + n % 50).unwrap();
    }
    let mut engine = engine(&local, SYSTEM);
    let (first, notes, parts) = write(&mut engine, 1).unwrap();
    assert_eq!((parts, notes[0].as_str()), (2, "65.000 người, 65.000 mũi trong mẫu nhập."));
    assert_eq!(rows(&first, TEMPLATE_SHEET).len(), 65_008);
    let (second, notes, _) = write(&mut engine, 2).unwrap();
    assert_eq!((rows(&second, TEMPLATE_SHEET).len(), notes[0].as_str()), (9, "1 người, 1 mũi trong mẫu nhập."));
}
