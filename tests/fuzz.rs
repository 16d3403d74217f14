//! What the reader meets at its worst: any bytes, workbooks whose parts were changed inside, any text, any table. Nothing panics, nothing
//! takes longer than ten seconds, no row is lost.
//!
//! `cargo test` tries a few of each; `cargo xtask fuzz SECONDS` goes on as long as it is told, with other cases each time, and says
//! the case by which a failure comes again: `RA_SOAT_FUZZ_CASE=n cargo test --test fuzz NAME`.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test stops where its premise fails")]

use fastrand::Rng;
use ra_soat::domain::FileId;
use ra_soat::normalize::date::{DateOf, DateOrder, order_shown_by, read_date};
use ra_soat::normalize::identity::read_identity;
use ra_soat::normalize::lot::read_lot;
use ra_soat::normalize::phone::read_phone;
use ra_soat::normalize::text::TextPool;
use ra_soat::workbook::detect::detect_sheet;
use ra_soat::workbook::label::read_label;
use ra_soat::workbook::read::read_workbook;
use ra_soat::workbook::records::read_records;
use ra_soat::workbook::table::{Cell, Sheet, Table, Workbook};
use std::io::{Cursor, Read as _, Write as _};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Once;
use std::time::{Duration, Instant};
use zip::write::SimpleFileOptions;

/// No file may keep a reader longer.
const LONGEST: Duration = Duration::from_secs(10);

/// Runs a case with a seed of its own, a few times or for as long as the environment says.
fn run(few: u64, case: impl Fn(&mut Rng)) {
    let number = |name: &str| std::env::var(name).ok().and_then(|value| value.parse::<u64>().ok());
    let try_one = |seed: u64| {
        let start = Instant::now();
        if let Err(why) = catch_unwind(AssertUnwindSafe(|| case(&mut Rng::with_seed(seed)))) {
            eprintln!("case {seed}: RA_SOAT_FUZZ_CASE={seed} makes it again");
            std::panic::resume_unwind(why);
        }
        assert!(start.elapsed() < LONGEST, "case {seed} took {:?}", start.elapsed());
    };
    if let Some(seed) = number("RA_SOAT_FUZZ_CASE") {
        return try_one(seed);
    }
    let Some(seconds) = number("RA_SOAT_FUZZ_SECONDS") else { return (0..few).for_each(try_one) };
    let (start, first) = (Instant::now(), number("RA_SOAT_FUZZ_SEED").unwrap_or(0));
    let mut count = 0;
    while start.elapsed() < Duration::from_secs(seconds) {
        try_one(first.wrapping_add(count));
        count += 1;
    }
    eprintln!("{count} cases from {first} on");
}

/// Every kept row is a person or left out with a reason, and every dose names a row and a slot that exist.
fn check(workbook: &Workbook, name: &str) {
    for (index, sheet) in workbook.sheets.iter().enumerate() {
        let Some(mapping) = detect_sheet(workbook, index, name, None) else { continue };
        let mut pool = TextPool::default();
        let records = read_records(workbook, index as u16, &mapping, FileId(3), &mut pool);
        let skipped: u32 = records.reading.skipped.iter().map(|(_, count, _)| count).sum();
        assert_eq!(records.reading.rows as usize, sheet.table.row_count());
        assert_eq!(records.reading.rows, records.reading.persons + skipped);
        assert_eq!(records.reading.items as usize, records.doses.len());
        for dose in &records.doses {
            assert!(sheet.table.row_numbers.binary_search(&dose.at.row).is_ok());
            assert!((1..=mapping.slots().max(1)).contains(&dose.at.slot));
        }
    }
}

fn read(name: &str, bytes: Vec<u8>) {
    if let Ok(workbook) = read_workbook(name, bytes, &mut |_, _| ()) {
        check(&workbook, name);
    }
}

/// As [`read`], where a library opens the file: that it may panic on a damaged one costs a worker, which is known and no failure. A panic
/// of our own code is one.
fn read_by_library(name: &str, bytes: Vec<u8>) {
    static QUIET: Once = Once::new();
    QUIET.call_once(|| {
        let tell = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |info| {
            let is_ours = info.location().is_some_and(|place| !place.file().contains("registry"));
            IS_OURS.set(is_ours);
            if is_ours {
                tell(info);
            }
        }));
    });
    match catch_unwind(AssertUnwindSafe(|| read_workbook(name, bytes, &mut |_, _| ()))) {
        Ok(Ok(workbook)) => check(&workbook, name),
        Ok(Err(_)) => {}
        Err(why) if IS_OURS.get() => std::panic::resume_unwind(why),
        Err(_) => {}
    }
}

thread_local! {
    /// Whether the last panic stood in a file of ours.
    static IS_OURS: std::cell::Cell<bool> = const { std::cell::Cell::new(false) };
}

fn fixtures(endings: &[&str]) -> Vec<(String, Vec<u8>)> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures");
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().flatten().map(|entry| entry.path()).collect();
    files.sort();
    let name = |file: &std::path::Path| file.file_name().unwrap().to_string_lossy().into_owned();
    files.retain(|file| endings.iter().any(|end| name(file).ends_with(end)));
    files.iter().map(|file| (name(file), std::fs::read(file).unwrap())).collect()
}

/// Bytes cut, doubled, turned, replaced by what readers trip over.
fn spoil(bytes: &mut Vec<u8>, rng: &mut Rng) {
    const HARD: [&[u8]; 30] = [
        b"<",
        b">",
        b"/>",
        b"\"",
        b"&",
        b"&#x0;",
        b"&#xD800;",
        b"&#99999999;",
        b"&lt",
        b"<![CDATA[",
        b"]]>",
        b"<!--",
        b"-->",
        b"<?x",
        b"0",
        b"-1",
        b"4294967296",
        b"99999999999999999999",
        b"1e999",
        b"NaN",
        b"XFD1048576",
        b"XFE1048577",
        b"A0",
        b"ZZZZZZ1",
        b"\xff",
        b"\0",
        b" r=\"A1:XFD1048576\"",
        b"<row r=\"1048576\">",
        b"<c r=\"A1\" t=\"s\"><v>7</v></c>",
        b"<x:c>",
    ];
    for _ in 0..rng.usize(1..6) {
        let at = rng.usize(..=bytes.len());
        let end = (at + rng.usize(0..40)).min(bytes.len());
        match rng.u8(0..7) {
            0 => bytes.truncate(at),
            1 => drop(bytes.drain(at..end)),
            2 => {
                let copy = bytes[at..end].to_vec();
                let to = rng.usize(..=bytes.len());
                drop(bytes.splice(to..to, copy));
            }
            3 if at < bytes.len() => bytes[at] = rng.u8(..),
            4 if at < bytes.len() => bytes[at] ^= 1 << rng.u8(0..8),
            5 => drop(bytes.splice(at..end, rng.choice(HARD).unwrap().iter().copied())),
            _ => drop(bytes.splice(at..at, rng.choice(HARD).unwrap().iter().copied())),
        }
    }
}

/// The workbook with some of its parts spoilt, left out, doubled or renamed; the zip around them is whole.
fn spoil_parts(bytes: &[u8], rng: &mut Rng) -> Vec<u8> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut out = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let spoilt = rng.usize(..archive.len());
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).unwrap();
        let (mut name, mut content) = (part.name().unwrap().into_owned(), Vec::new());
        part.read_to_end(&mut content).unwrap();
        let is_chosen = index == spoilt || rng.u8(0..12) == 0;
        match rng.u8(0..12) {
            0 if is_chosen => continue,
            1 if is_chosen => name = name.replace("sheet1", "sheet2"),
            2 if is_chosen => name = name.to_uppercase(),
            _ if is_chosen => spoil(&mut content, rng),
            _ => {}
        }
        let method = if rng.bool() { zip::CompressionMethod::Stored } else { zip::CompressionMethod::Deflated };
        // A name twice is refused by the writer, not by us.
        if out.start_file(name, SimpleFileOptions::default().compression_method(method)).is_ok() {
            out.write_all(&content).unwrap();
        }
    }
    out.finish().unwrap().into_inner()
}

#[test]
fn workbooks_with_spoilt_parts() {
    let files = fixtures(&[".xlsx", ".ods"]);
    run(60, |rng| {
        let (name, bytes) = rng.choice(&files).unwrap();
        read_by_library(name, spoil_parts(bytes, rng));
    });
}

#[test]
fn workbooks_with_spoilt_bytes() {
    let files = fixtures(&["danh-sach.xlsx", "danh-sach.xls", "gia-tri.xls", ".ods"]);
    run(60, |rng| {
        let (name, bytes) = rng.choice(&files).unwrap();
        let mut bytes = bytes.clone();
        spoil(&mut bytes, rng);
        read_by_library(name, bytes);
    });
}

#[test]
fn text_files_and_pages() {
    let files = fixtures(&[".csv", ".web.xls"]);
    run(200, |rng| {
        let (name, bytes) = rng.choice(&files).unwrap();
        let mut bytes = bytes.clone();
        for _ in 0..rng.u8(1..4) {
            spoil(&mut bytes, rng);
        }
        read(rng.choice([name.as_str(), "a.xlsx", "a.csv"]).unwrap(), bytes);
    });
}

const WORDS: [&str; 60] = [
    "STT",
    "Họ và tên",
    "Họ tên",
    "Họ",
    "Tên",
    "Ngày sinh",
    "Năm sinh",
    "Nam",
    "Nữ",
    "Giới tính",
    "Số CCCD",
    "CMND",
    "SĐT",
    "Địa chỉ",
    "Xã",
    "Mũi 1",
    "Mũi 2",
    "Mũi 3 (nhắc lại)",
    "Mũi bổ sung",
    "Mũi tiêm",
    "Ngày tiêm",
    "Ngày",
    "Tháng",
    "Vắc xin",
    "Tên vắc xin",
    "Số lô",
    "Cơ sở tiêm",
    "Trạng thái xác thực",
    "Ngày nhập",
    "Nguyễn Văn An",
    "Trần Thị Mỹ",
    "05/09/2021",
    "9/5/21",
    "2021-09-05",
    "13-25-2021",
    "1990",
    "006085001234",
    "6.08E+09",
    "0912345678",
    "84 912 345 678",
    "AstraZeneca",
    "Pfizer",
    "Vero Cell",
    "ABW123",
    "x",
    "-",
    "0",
    "1",
    "(1)",
    "(2)",
    "a",
    "Tổng cộng",
    "Người lập bảng",
    "ngày 5 tháng 9 năm 2021",
    "TRẠM Y TẾ XÃ MẪU",
    "DANH SÁCH TIÊM MŨI 3",
    "\u{301}",
    "\u{feff}\u{200b}",
    "1E400",
    "Đ\u{1f489}",
];

/// Letters, digits and signs as people and programs mix them.
fn words(rng: &mut Rng) -> String {
    const SIGNS: [&str; 16] = [" ", "/", "-", ".", ",", ":", "\n", "T", "h", "ngày ", " tháng ", "năm", "\u{a0}", "(", ")", "E+"];
    let mut text = String::new();
    for _ in 0..rng.usize(0..8) {
        match rng.u8(0..5) {
            0 => text.push_str(rng.choice(WORDS).unwrap()),
            1 | 2 => {
                let most = 10u64.pow(rng.u32(1..14));
                text.push_str(&rng.u64(..most).to_string());
            }
            3 => text.push_str(rng.choice(SIGNS).unwrap()),
            _ => text.push(char::from_u32(rng.u32(0..0x11_0000)).unwrap_or('?')),
        }
    }
    text
}

#[test]
fn tables_of_any_cells() {
    run(150, |rng| {
        let mut workbook = Workbook::default();
        let mut table = Table::default();
        let (width, mut number) = (rng.u16(1..40), 0);
        for _ in 0..rng.usize(0..60) {
            number += if rng.u8(0..10) == 0 { rng.u32(1..100_000) } else { 1 };
            for column in 0..width {
                let cell = match rng.u8(0..10) {
                    0..=4 => Cell::text(workbook.texts.push(rng.choice(WORDS).unwrap())),
                    5 => Cell::text(workbook.texts.push(&words(rng))),
                    6 => Cell::number(f64::from_bits(rng.u64(..))),
                    7 => Cell::date(rng.f64() * 60_000.0),
                    8 => Cell::number(f64::from(rng.u32(..50_000))),
                    _ => Cell::EMPTY,
                };
                table.push(number, column, cell);
            }
        }
        let mut merge = || (rng.u32(1..8), rng.u32(1..12), rng.u16(0..40), rng.u16(0..60));
        let merges = vec![merge(), merge(), merge()];
        workbook.sheets.push(Sheet { name: words(rng), merges, table, ..Sheet::default() });
        check(&workbook, "danh sach.xlsx");
    });
}

#[test]
fn any_text_as_date_number_or_label() {
    run(3000, |rng| {
        let text = words(rng);
        for order in [None, Some(DateOrder::DayFirst), Some(DateOrder::MonthFirst)] {
            let _ = (read_date(&text, order, DateOf::Birth), read_date(&text, order, DateOf::Event));
        }
        let _ = (order_shown_by(&text), read_label(&text), read_identity(&text, rng.bool(), "0912345678", None, None));
        let _ = (read_phone(&text), read_lot(&text));
    });
}
