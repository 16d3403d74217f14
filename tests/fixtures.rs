//! Workbooks saved by other programs (`tests/fixtures/README.md`): what is read of them, and that no cell differs from what calamine
//! reads by itself.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test stops where its premise fails")]

use calamine::{Data, Reader, Sheets, open_workbook_auto};
use ra_soat::domain::{FileId, Product};
use ra_soat::normalize::text::TextPool;
use ra_soat::workbook::detect::detect_sheet;
use ra_soat::workbook::dump::{column_letters, dump_cells};
use ra_soat::workbook::mapping::SheetMapping;
use ra_soat::workbook::read::read_workbook;
use ra_soat::workbook::records::read_records;
use ra_soat::workbook::table::Workbook;
use std::path::PathBuf;

fn path(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests").join("fixtures").join(name)
}

fn read(name: &str) -> Workbook {
    read_workbook(name, std::fs::read(path(name)).unwrap(), &mut |_, _| ()).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// One line a dose: row.slot, name, birth, identity, product, lot, day.
fn doses(workbook: &Workbook, sheet: usize, name: &str) -> Vec<String> {
    let mapping = detect_sheet(workbook, sheet, name, None).unwrap_or_else(|| panic!("{name}: no header"));
    let mut pool = TextPool::default();
    let records = read_records(workbook, sheet as u16, &mapping, FileId(0), &mut pool);
    let mut lines = Vec::new();
    for dose in &records.doses {
        let person = &records.persons[dose.person as usize];
        let product = dose.product.map_or("?", Product::label);
        let day = dose.given.map_or("?".to_owned(), |day| day.to_string());
        lines.push(format!("{}.{} {} | {product} | {} | {day}", dose.at.row, dose.at.slot, pool.get(person.name), pool.get(dose.lot)));
    }
    lines
}

fn fields(mapping: &SheetMapping) -> Vec<String> {
    let field = |column: &ra_soat::workbook::mapping::MappedColumn| {
        column.field.map_or("?".to_owned(), |field| {
            format!("{field:?}{}", if field.is_of_dose() { column.slot.to_string() } else { String::new() })
        })
    };
    mapping.columns.iter().map(field).collect()
}

const LISTS: [&str; 8] = [
    "danh-sach.xlsx",
    "danh-sach.xls",
    "danh-sach.ods",
    "danh-sach.sheetjs.xlsx",
    "danh-sach.utf-8.csv",
    "danh-sach.windows-1258.csv",
    "danh-sach.utf-16.csv",
    "danh-sach.web.xls",
];

#[test]
fn one_list_gives_the_same_doses_whatever_saved_it() {
    for name in LISTS {
        let workbook = read(name);
        let found = doses(&workbook, 0, name);
        let is_page = name.contains("web");
        // LibreOffice's web page lacks the hidden row; its windows-1258 has one letter wrong.
        let last = if is_page { 9 } else { 10 };
        let third = if name.contains("1258") { "Lỳ Thị Mỹ Duyên" } else { "Lý Thị Mỹ Duyên" };
        let mut expected = vec![
            "7.1 Nguyễn Thị Hạnh | AstraZeneca | A1001 | 2021-08-05".to_owned(),
            "7.2 Nguyễn Thị Hạnh | AstraZeneca | A2001 | 2021-10-05".to_owned(),
            "8.1 Trần Văn Đức | Vero Cell | 2021 | 2021-09-13".to_owned(),
            format!("{last}.1 {third} | Pfizer | FE3064 | 2021-09-20"),
            format!("{last}.2 {third} | Pfizer | FF8848 | 2021-10-18"),
        ];
        if is_page {
            expected.remove(2);
        }
        assert_eq!(found, expected, "{name}");
        let mapping = detect_sheet(&workbook, 0, name, None).unwrap();
        assert_eq!(fields(&mapping), fields(&detect_sheet(&read(LISTS[0]), 0, LISTS[0], None).unwrap()), "{name}");
        assert_eq!((mapping.header_first, mapping.header_last), (4, 6), "{name}");
    }
}

#[test]
fn a_hidden_sheet_is_known_as_hidden_in_every_format() {
    for name in &LISTS[..4] {
        let workbook = read(name);
        let sheets: Vec<_> = workbook.sheets.iter().map(|sheet| (sheet.name.as_str(), sheet.is_hidden)).collect();
        assert_eq!(sheets, [("Mũi tiêm", false), ("Ẩn", true)], "{name}");
        assert_eq!(doses(&workbook, 1, name), ["2.1 Ma Văn Tú | Moderna |  | 2022-03-25"], "{name}");
    }
}

#[test]
fn a_formula_without_a_saved_value_is_a_missing_value() {
    let found = doses(&read("cong-thuc.xlsx"), 0, "cong-thuc.xlsx");
    assert_eq!(
        found,
        ["2.1 Nguyễn Thị Hạnh | AstraZeneca |  | 2021-08-05", "3.1 Trần Văn Đức | Pfizer |  | ?", "4.1  | Vero Cell |  | 2021-09-13"]
    );
}

#[test]
fn texts_inside_cells_and_the_date_system_of_1904_are_read() {
    let found = doses(&read("trong-o.xlsx"), 0, "trong-o.xlsx");
    assert_eq!(found.len(), 3, "{found:#?}");
    assert!(found[0].starts_with("2.1 Nguyễn Thị Hạnh | AstraZeneca") && found[0].ends_with("2021-08-05"), "{found:#?}");
    assert!(found[1].starts_with("3.1 Trần Văn Đức") && found[1].ends_with("2021-09-13"), "{found:#?}");
    assert!(found[2].starts_with("4.1 Lý Thị Mỹ Duyên") && found[2].ends_with('?'), "{found:#?}");
}

#[test]
fn every_cell_is_what_calamine_reads() {
    let mut seen = 0;
    for entry in std::fs::read_dir(path("")).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        if name.contains(".web.") || ![".xlsx", ".xls", ".ods"].iter().any(|end| name.ends_with(end)) {
            continue;
        }
        seen += 1;
        let ours = dump_cells(&name, &std::fs::read(path(&name)).unwrap()).unwrap();
        assert_eq!(ours.lines().collect::<Vec<_>>(), by_calamine(&name), "{name}");
    }
    assert!(seen >= 12, "{seen} workbooks");
}

/// The same listing, from calamine's dense ranges and its own calendar.
fn by_calamine(name: &str) -> Vec<String> {
    let mut book = open_workbook_auto(path(name)).unwrap();
    let is_1904 = match &book {
        Sheets::Xls(book) => book.has_1904_epoch(),
        Sheets::Xlsx(book) => book.has_1904_epoch(),
        _ => false,
    };
    let mut lines = Vec::new();
    for sheet in book.sheet_names() {
        let range = book.worksheet_range(&sheet).unwrap();
        let (first_row, first_column) = range.start().unwrap_or_default();
        for (row, column, value) in range.used_cells() {
            let place = format!("{sheet}\t{}{}", column_letters((first_column as usize + column) as u16), first_row as usize + row + 1);
            let escape = |text: &str| text.replace('\\', "\\\\").replace('\t', "\\t").replace('\r', "\\r").replace('\n', "\\n");
            lines.push(match value {
                Data::Int(number) => format!("{place}\tn\t{number}"),
                Data::Float(number) => format!("{place}\tn\t{number}"),
                Data::String(text) if text.is_empty() => continue,
                Data::String(text) => format!("{place}\ts\t{}", escape(text)),
                Data::Bool(value) => format!("{place}\tb\t{}", value.to_string().to_uppercase()),
                Data::Error(error) => format!("{place}\te\t{error}"),
                Data::DateTime(date) if date.is_duration() => format!("{place}\tn\t{}", date.as_f64()),
                Data::DateTime(date) => format!("{place}\td\t{}", iso(*date, is_1904)),
                Data::DateTimeIso(text) => format!("{place}\td\t{text}"),
                Data::DurationIso(text) => format!("{place}\ts\t{text}"),
                Data::Empty => continue,
            });
        }
    }
    lines
}

fn iso(date: calamine::ExcelDateTime, is_1904: bool) -> String {
    let (year, month, day, hour, minute, second, ms) = date.to_ymd_hms_milli();
    let day = format!("{year:04}-{month:02}-{day:02}");
    let time = format!("{hour:02}:{minute:02}:{second:02}");
    assert_eq!(ms, 0, "the fixtures have whole seconds");
    match () {
        () if date.as_f64() < 1.0 && !is_1904 => time,
        () if date.as_f64().fract() == 0.0 => day,
        () => format!("{day}T{time}"),
    }
}

#[test]
fn an_xlsb_that_would_be_read_with_cells_missing_is_refused() {
    let name = "rut-gon.sheetjs.xlsb";
    let refused = read_workbook(name, std::fs::read(path(name)).unwrap(), &mut |_, _| ()).err();
    assert_eq!(refused, Some(ra_soat::workbook::error::ReadError::ShortCells));
}
