//! Our own workbooks, dropped in again, are known for what they are.

use ra_soat::domain::SheetKind;
use ra_soat::workbook::detect::detect_sheet;
use ra_soat::workbook::read::read_workbook;

#[test]
fn every_workbook_we_write_is_known_again() {
    for (name, bytes) in crate::workbooks::all() {
        let file = format!("{name}.xlsx");
        let workbook = read_workbook(&file, bytes, &mut |_, _| ()).unwrap();
        // The name of the file says nothing here.
        let kinds: Vec<(String, SheetKind, u8)> = (0..workbook.sheets.len())
            .filter_map(|sheet| detect_sheet(&workbook, sheet, "a.xlsx", None).map(|mapping| (sheet, mapping)))
            .map(|(sheet, mapping)| (workbook.sheets[sheet].name.clone(), mapping.kind, mapping.kind_confidence))
            .collect();
        println!("{name}: {kinds:?}");
        let expected = match name {
            name if name.starts_with("phu-luc-1") => SheetKind::UnitForm1,
            name if name.starts_with("phu-luc-2") => SheetKind::UnitForm2,
            _ => SheetKind::WorkingList,
        };
        let (first, rest) = kinds.split_first().unwrap();
        assert_eq!(first.1, expected, "{name}");
        // The sheets of a working list are all of one kind; a form's second sheet takes its figures apart and says no other.
        let beside = if expected == SheetKind::WorkingList { expected } else { SheetKind::Unused };
        assert!(rest.iter().all(|(_, kind, _)| *kind == beside), "{name}: {rest:?}");
    }
}
