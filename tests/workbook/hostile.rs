//! Properties: no bytes and no cells stop the reader, and no row is lost.

use crate::builder::{C, S, xlsx};
use crate::row;
use proptest::prelude::*;
use ra_soat::domain::source::{FileId, SheetKind};
use ra_soat::domain::{Date, Field};
use ra_soat::normalize::date::{DateOf, DateOrder, order_shown_by, read_date};
use ra_soat::normalize::identity::read_identity;
use ra_soat::normalize::legacy::TextEncoding;
use ra_soat::normalize::text::TextPool;
use ra_soat::workbook::detect::detect_sheet;
use ra_soat::workbook::dump::dump_cells;
use ra_soat::workbook::label::read_label;
use ra_soat::workbook::mapping::{MappedColumn, SheetMapping};
use ra_soat::workbook::read::read_workbook;
use ra_soat::workbook::records::read_records;
use ra_soat::workbook::table::{Cell, Sheet, Table, Workbook};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Reads bytes; the library that opens workbooks may panic on damaged ones, which costs a worker and no more.
fn try_bytes(bytes: Vec<u8>) {
    let workbook = catch_unwind(AssertUnwindSafe(|| read_workbook("a.xlsx", bytes, &mut |_, _| ())));
    if let Ok(Ok(workbook)) = workbook {
        check_workbook(&workbook);
    }
}

fn check_workbook(workbook: &Workbook) {
    for sheet in 0..workbook.sheets.len() {
        if let Some(mapping) = detect_sheet(workbook, sheet, "a.xlsx", None) {
            check_account(workbook, sheet, &mapping);
        }
    }
}

/// Every kept row is a person or left out with a reason, and items name rows and slots that exist.
fn check_account(workbook: &Workbook, sheet: usize, mapping: &SheetMapping) {
    let mut pool = TextPool::default();
    let records = read_records(workbook, sheet as u16, mapping, FileId(3), &mut pool);
    let reading = &records.reading;
    let skipped: u32 = reading.skipped.iter().map(|(_, count, _)| count).sum();
    let page = &workbook.sheets[sheet];
    assert_eq!(reading.rows as usize, page.table.row_count());
    assert_eq!(reading.rows, reading.persons + skipped);
    assert_eq!(reading.items as usize, records.doses.len());
    let mut has_item = vec![false; records.persons.len()];
    for dose in &records.doses {
        has_item[dose.person as usize] = true;
        assert!(page.table.row_numbers.binary_search(&dose.at.row).is_ok());
        assert!((1..=mapping.slots().max(1)).contains(&dose.at.slot));
        assert_eq!(dose.unreadable.is_none(), dose.given.is_some() && records.persons[dose.person as usize].name.is_some());
    }
    assert!(has_item.iter().all(|has| *has));
    assert!(records.doses.is_sorted_by_key(|dose| dose.at));
}

const TEXTS: [&str; 45] = [
    "Hä vµ tªn",
    "NguyÔn V¨n §øc",
    "Traàn Thò Höôøng",
    "N÷",
    "HoÃ ng Thá»‹",
    "STT",
    "Họ và tên",
    "Ngày sinh",
    "Giới tính (0:nam, 1:nữ)",
    "Số CCCD",
    "SĐT",
    "Mũi 1",
    "Mũi 2",
    "Ngày tiêm",
    "Vắc xin",
    "Số lô",
    "Nơi tiêm",
    "Nam",
    "Nữ",
    "Nguyễn Văn An",
    "An",
    "05/09/2021",
    "13/25/2021",
    "2021-09-05",
    "x",
    "-",
    "0",
    "#",
    "(1)",
    "(2)",
    "Tổng cộng",
    "Người lập bảng",
    "ngày 5 tháng 9 năm 2021",
    "006085001234",
    "6.08E+09",
    "0912345678",
    "AstraZeneca",
    "Nhắc lại lần 1",
    " / ",
    "\u{0301}\u{feff}",
    "Mũi",
    "1E400",
    "Đ\u{1f489}",
    "Địa chỉ",
    "tiêm ngày",
];

fn cell() -> impl Strategy<Value = C> {
    prop_oneof![
        6 => (0..TEXTS.len()).prop_map(|index| C::from(TEXTS[index])),
        2 => Just(C::Blank),
        1 => (0..70_000i32).prop_map(C::from),
        1 => (-1e15..1e15).prop_map(C::from),
        1 => (40_000..46_000i32).prop_map(|serial| C::Day(Date::constant(1899, 12, 30).checked_add(jiff_days(serial)).unwrap())),
        1 => "\\PC{0,12}".prop_map(C::from),
    ]
}

fn jiff_days(days: i32) -> jiff::Span {
    jiff::Span::new().days(days)
}

fn table_of(rows: &[Vec<C>]) -> Workbook {
    let mut workbook = Workbook::default();
    let mut table = Table::default();
    for (row, cells) in (1u32..).zip(rows) {
        for (column, cell) in (0u16..).zip(cells) {
            let cell = match cell {
                C::Blank => Cell::EMPTY,
                C::Text(text) => Cell::text(workbook.texts.push(text)),
                C::Number(number) => Cell::number(*number),
                C::Day(day) => Cell::date(ra_soat::normalize::date::serial_of_day(*day)),
            };
            table.push(row, column, cell);
        }
    }
    workbook.sheets.push(Sheet { name: "DS".to_owned(), merges: vec![(1, 2, 0, 3), (2, 2, 4, 200)], table, ..Sheet::default() });
    workbook
}

fn list() -> Vec<u8> {
    let mut rows = vec![row!["STT", "Họ và tên", "Ngày sinh", "Mũi 1", "", "Mũi 2", ""], row!["", "", "", "Ngày", "Lô", "Ngày", "Lô"]];
    rows.extend((1..60).map(|index| row![index, "Ma Văn Tú", "25/3/1985", "25/3/2022", format!("A{index}"), "", ""]));
    xlsx(&[S::new("DS", rows)])
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_are_read_or_refused(head in 0usize..6, tail in proptest::collection::vec(any::<u8>(), 0..600)) {
        let magic: [&[u8]; 6] = [b"", b"PK\x03\x04", b"PK\x05\x06", &[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1], b"%PDF", &[0xff, 0xfe]];
        let mut bytes = magic[head].to_vec();
        bytes.extend(tail);
        try_bytes(bytes);
    }

    #[test]
    fn a_damaged_workbook_is_read_or_refused(cut in 0.0..1.0f64, flips in proptest::collection::vec((0.0..1.0f64, any::<u8>()), 0..6)) {
        let mut bytes = list();
        for (at, value) in flips {
            let at = (at * (bytes.len() - 1) as f64) as usize;
            bytes[at] = value;
        }
        if cut < 0.5 {
            bytes.truncate((cut * 2.0 * bytes.len() as f64) as usize);
        }
        let _ = catch_unwind(AssertUnwindSafe(|| dump_cells("a.xlsx", &bytes)));
        try_bytes(bytes);
    }

    #[test]
    fn no_row_of_any_table_is_lost(rows in proptest::collection::vec(proptest::collection::vec(cell(), 0..14), 0..30)) {
        check_workbook(&table_of(&rows));
    }

    #[test]
    fn no_row_is_lost_under_any_mapping(
        rows in proptest::collection::vec(proptest::collection::vec(cell(), 0..10), 0..20),
        fields in proptest::collection::vec((0usize..43, 1u8..5, 0usize..40), 10),
        header in (0u32..4, 0u32..3),
    ) {
        let columns = (0u16..).zip(fields).map(|(column, (field, slot, text))| MappedColumn {
            text: TextEncoding::ALL[usize::from(slot) % 4],
            column,
            header: TEXTS[text].to_owned(),
            field: Field::ALL.get(field).copied(),
            slot: if Field::ALL.get(field).is_some_and(|field| field.is_of_dose()) { slot } else { 1 },
            confidence: 50,
            samples: Vec::new(),
        });
        let mapping = SheetMapping {
            kind: SheetKind::LocalList,
            kind_confidence: 50,
            header_first: header.0,
            header_last: header.0 + header.1,
            columns: columns.collect(),
            title: vec!["DANH SÁCH TIÊM MŨI 3".to_owned()],
            unit: None,
            extracted_on: None,
            snapshot: None,
        };
        check_account(&table_of(&rows), 0, &mapping);
    }

    #[test]
    fn any_text_is_read_as_date_number_or_label(text in "\\PC{0,24}", digits in "[0-9/.:\\- hT]{0,20}") {
        for text in [text, digits] {
            for order in [None, Some(DateOrder::DayFirst), Some(DateOrder::MonthFirst)] {
                let _ = read_date(&text, order, DateOf::Birth);
                let _ = read_date(&text, order, DateOf::Event);
            }
            let _ = (order_shown_by(&text), read_label(&text), read_identity(&text, true, "0912345678", None, None));
            let _ = (ra_soat::normalize::phone::read_phone(&text), ra_soat::normalize::lot::read_lot(&text));
        }
    }
}
