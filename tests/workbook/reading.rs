//! Bytes to cells: what opens, what is refused and how.

use crate::builder::{S, xlsx};
use crate::row;
use ra_soat::domain::Date;
use ra_soat::workbook::dump::dump_cells;
use ra_soat::workbook::error::ReadError;
use ra_soat::workbook::read::read_workbook;
use rust_xlsxwriter::{Format, Workbook};

fn read(bytes: Vec<u8>) -> Result<ra_soat::workbook::table::Workbook, ReadError> {
    read_workbook("a.xlsx", bytes, &mut |_, _| ())
}

#[test]
fn every_kind_of_cell_is_listed_as_it_is_seen() {
    let mut book = Workbook::new();
    let page = book.add_worksheet();
    page.set_name("PL 1").unwrap();
    page.write_string(0, 0, "a\tb\nc").unwrap();
    page.write_number(0, 1, 12_345_678_901.0).unwrap();
    page.write_boolean(0, 2, true).unwrap();
    let date_format = Format::new().set_num_format("dd/mm/yyyy hh:mm");
    page.write_number_with_format(1, 0, 44_562.0, &date_format).unwrap();
    page.write_number_with_format(1, 1, 44_562.5, &date_format).unwrap();
    page.write_formula(1, 2, rust_xlsxwriter::Formula::new("=NA()").set_result("#N/A")).unwrap();
    page.write_string(1_048_575, 16_383, "xa").unwrap();
    let bytes = book.save_to_buffer().unwrap();
    let dump = dump_cells("a.xlsx", &bytes).unwrap();
    let lines: Vec<&str> = dump.lines().collect();
    assert_eq!(
        lines,
        [
            "PL 1\tA1\ts\ta\\tb\\nc",
            "PL 1\tB1\tn\t12345678901",
            "PL 1\tC1\tb\tTRUE",
            "PL 1\tA2\td\t2022-01-01",
            "PL 1\tB2\td\t2022-01-01T12:00:00",
            "PL 1\tC2\te\t#N/A",
            "PL 1\tXFD1048576\ts\txa",
        ]
    );
}

#[test]
fn hidden_sheets_and_merges_are_kept() {
    let sheets =
        [S::new("Một", vec![row!["x", "", "y"]]).merged(&[(1, 1, 0, 1)]), S::new("Hai", vec![row![Date::constant(2021, 9, 1)]]).hidden()];
    let workbook = read(xlsx(&sheets)).unwrap();
    let seen: Vec<_> = workbook.sheets.iter().map(|sheet| (sheet.name.as_str(), sheet.is_hidden)).collect();
    assert_eq!(seen, [("Một", false), ("Hai", true)]);
    assert_eq!(workbook.sheets[0].merges, [(1, 1, 0, 1)]);
}

#[test]
fn progress_ends_whole() {
    let rows = (0..2000).map(|index| row![index, "a", "b"]).collect();
    let mut told = Vec::new();
    read_workbook("a.xlsx", xlsx(&[S::new("x", rows)]), &mut |done, total| told.push((done, total))).unwrap();
    assert!(told.len() > 3);
    assert!(told.is_sorted());
    let (done, total) = told.last().copied().unwrap();
    assert_eq!(done, total);
}

#[test]
fn bad_input_is_refused_with_its_reason() {
    assert_eq!(read(Vec::new()).err(), Some(ReadError::EmptyFile));
    assert_eq!(read("Kính gửi các trạm y tế, bệnh viện\nĐề nghị rà soát.\n".as_bytes().to_vec()).err(), Some(ReadError::TextFile));
    assert_eq!(read(xlsx(&[S::new("x", Vec::new())])).err(), Some(ReadError::NoCells));
    let whole = xlsx(&[S::new("x", vec![row!["a"]])]);
    assert!(matches!(read(whole[..whole.len() / 2].to_vec()).err(), Some(ReadError::Damaged(_))));
    assert!(matches!(read(whole[..whole.len() - 30].to_vec()).err(), Some(ReadError::Damaged(_))));
    let mut locked = whole;
    // Bit 0 of the flags of every entry in the zip's directory: encrypted.
    let entries: Vec<usize> = locked.windows(4).enumerate().filter(|(_, four)| four == b"PK\x01\x02").map(|(at, _)| at).collect();
    for at in entries {
        locked[at + 8] |= 1;
    }
    assert_eq!(read(locked).err(), Some(ReadError::PasswordProtected));
}
