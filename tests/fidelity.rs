//! The forms held against other programs: LibreOffice recalculates every formula of two hundred generated reports, openpyxl reads them,
//! and the pages of the PDF are counted. Run by `cargo xtask fidelity`; without LibreOffice or Python it says so and passes.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test stops where its premise fails")]
#![allow(unreachable_pub, reason = "a test binary has no outside; its modules share by `pub`")]

#[path = "fidelity/generated.rs"]
mod generated;
#[path = "fidelity/office.rs"]
mod office;
#[allow(dead_code, reason = "shared with the tests of the forms")]
#[path = "forms/samples.rs"]
mod samples;

use calamine::{Data, Reader as _, Xlsx};
use std::collections::BTreeMap;
use std::io::Cursor;
use std::path::{Path, PathBuf};
use std::time::Instant;

/// How many reports are generated, each as both forms.
const REPORTS: u64 = 200;

/// A cell's place: sheet, row, column, from 0.
type Place = (String, u32, u32);

fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("fidelity").join(name);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

fn open(bytes: &[u8]) -> Xlsx<Cursor<&[u8]>> {
    calamine::open_workbook_from_rs(Cursor::new(bytes)).unwrap()
}

/// Every formula with the result that stands beside it; a blank text is blank.
fn results(bytes: &[u8], places: Option<&BTreeMap<Place, String>>) -> BTreeMap<Place, String> {
    let mut book = open(bytes);
    let mut results = BTreeMap::new();
    for sheet in book.sheet_names() {
        let values = book.worksheet_range(&sheet).unwrap();
        let shown = |row: u32, column: u32| match values.get_value((row, column)) {
            None | Some(Data::Empty) => String::new(),
            Some(Data::Int(number)) => number.to_string(),
            Some(value) => value.to_string(),
        };
        match places {
            Some(places) => results.extend(
                places
                    .keys()
                    .filter(|(own, ..)| *own == sheet)
                    .map(|(_, row, column)| ((sheet.clone(), *row, *column), shown(*row, *column))),
            ),
            None => {
                let formulas = book.worksheet_formula(&sheet).unwrap();
                let (top, left) = formulas.start().unwrap_or_default();
                for (row, column, _) in formulas.used_cells().filter(|(.., formula)| !formula.is_empty()) {
                    let (row, column) = (top + row as u32, left + column as u32);
                    results.insert((sheet.clone(), row, column), shown(row, column));
                }
            }
        }
    }
    results
}

#[test]
#[ignore = "needs LibreOffice; cargo xtask fidelity runs it"]
fn libreoffice_recalculates_every_formula_to_the_result_saved_with_it() {
    let Some(office) = office::find() else {
        println!("skipped: there is no LibreOffice (soffice) on this machine");
        return;
    };
    let (from, to) = (folder("as-written"), folder("recalculated"));
    let start = Instant::now();
    let mut books = BTreeMap::new();
    for seed in 0..REPORTS {
        for (name, bytes) in generated::report(seed) {
            books.insert(format!("{seed:03}-{name}.xlsx"), bytes);
        }
    }
    // A workbook whose saved result is wrong on purpose: where it comes back as it was, nothing was recalculated.
    books.insert("control.xlsx".to_owned(), generated::wrong_on_purpose());
    for (name, bytes) in &books {
        std::fs::write(from.join(name), bytes).unwrap();
    }
    println!("{} workbooks written in {:.1} s", books.len(), start.elapsed().as_secs_f64());
    let start = Instant::now();
    office.convert("xlsx", &from, &to);
    println!("recalculated in {:.1} s", start.elapsed().as_secs_f64());
    let (mut formulas, mut wrong) = (0, Vec::new());
    for (name, bytes) in &books {
        let saved = results(bytes, None);
        let recalculated = std::fs::read(to.join(name)).unwrap_or_else(|error| panic!("{name}: {error}"));
        let recalculated = results(&recalculated, Some(&saved));
        if name == "control.xlsx" {
            assert_eq!(recalculated.values().collect::<Vec<_>>(), ["5"], "the control was not recalculated");
            continue;
        }
        formulas += saved.len();
        for (place, value) in &saved {
            if recalculated[place] != *value {
                wrong.push(format!("{name} {place:?}: saved {value}, LibreOffice {}", recalculated[place]));
            }
        }
    }
    println!("{formulas} formulas of {} workbooks recalculated, {} differ", books.len() - 1, wrong.len());
    assert!(wrong.is_empty(), "{:#?}", &wrong[..wrong.len().min(20)]);
    assert!(formulas > 10_000, "{formulas}");
}

#[test]
#[ignore = "needs Python with openpyxl; cargo xtask fidelity runs it"]
fn openpyxl_reads_the_same_values_formulas_and_print_set_up() {
    let from = folder("for-openpyxl");
    let mut books = BTreeMap::new();
    for seed in 0..20 {
        for (name, bytes) in generated::report(seed) {
            std::fs::write(from.join(format!("{seed:03}-{name}.xlsx")), &bytes).unwrap();
            books.insert(format!("{seed:03}-{name}.xlsx"), bytes);
        }
    }
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fidelity/second_reader.py");
    let Some(lines) = office::python(&script, &from) else {
        println!("skipped: there is no python3 with openpyxl on this machine");
        return;
    };
    let mut seen: BTreeMap<String, BTreeMap<Place, String>> = BTreeMap::new();
    let mut sheets = 0;
    for line in lines.lines() {
        match line.split('\t').collect::<Vec<_>>().as_slice() {
            ["formula", file, sheet, row, column, value] => {
                let place = ((*sheet).to_owned(), row.parse().unwrap(), column.parse().unwrap());
                seen.entry((*file).to_owned()).or_default().insert(place, (*value).to_owned());
            }
            ["sheet", file, sheet, set_up] => {
                sheets += 1;
                assert_eq!(*set_up, "landscape 9 fit protected titles", "{file}, {sheet}");
            }
            other => panic!("{other:?}"),
        }
    }
    let mut formulas = 0;
    for (name, bytes) in &books {
        let own = results(bytes, None);
        formulas += own.len();
        assert_eq!(seen.remove(name).unwrap_or_default(), own, "{name}");
    }
    println!("{formulas} formulas and {sheets} sheets of {} workbooks read alike by openpyxl", books.len());
}

#[test]
#[ignore = "needs LibreOffice; cargo xtask fidelity runs it"]
fn pages_are_a4_landscape_one_page_wide_with_their_heads() {
    let Some(office) = office::find() else {
        println!("skipped: there is no LibreOffice (soffice) on this machine");
        return;
    };
    let (from, to) = (folder("to-print"), folder("printed"));
    for (name, bytes) in generated::to_print() {
        std::fs::write(from.join(format!("{name}.xlsx")), bytes).unwrap();
    }
    let start = Instant::now();
    office.convert("pdf", &from, &to);
    println!("printed in {:.1} s", start.elapsed().as_secs_f64());
    for (name, pages, head, least, most) in [
        ("phu-luc-1-63-tinh", "Phụ lục 1", "Mũi 3 (vx", 3, 4),
        ("phu-luc-1-1-don-vi", "Phụ lục 1", "Mũi 3 (vx", 1, 1),
        ("phu-luc-1-5000-don-vi", "Phụ lục 1", "Mũi 3 (vx", 100, 300),
        ("phu-luc-2-5-don-vi", "Phụ lục 2", "Phụ lục 2", 3, 6),
        ("phu-luc-2-60-don-vi", "Phụ lục 2", "", 6, 20),
        ("phu-luc-2-5000-don-vi", "Phụ lục 2", "", 200, 1_000),
    ] {
        let Some(printed) = office::pages(&to.join(format!("{name}.pdf"))) else {
            println!("skipped: there are no pdfinfo and pdftotext on this machine");
            return;
        };
        // A second sheet and the sheets after it follow the form's own pages.
        let (charts, own): (Vec<&String>, Vec<&String>) =
            printed.texts.iter().filter(|text| text.contains(pages)).partition(|text| text.contains(&format!("{pages}: biểu đồ")));
        println!("{name}: {} pages, {} of the form, {}", printed.texts.len(), own.len(), printed.size);
        assert!(printed.size.starts_with("841.") && printed.size.contains("x 595."), "{name}: {}", printed.size);
        assert!((least..=most).contains(&own.len()), "{name}: {} pages", own.len());
        assert!(own.iter().all(|text| text.contains(head)), "{name}: a page without its head");
        // A page a chart; that of many units stands on a page behind its table.
        let expected = if pages == "Phụ lục 2" { 3..=4 } else { 0..=0 };
        assert!(expected.contains(&charts.len()), "{name}: {} pages of charts", charts.len());
    }
}

#[test]
fn forms_of_many_units_are_written_in_time() {
    for units in [63, 5_000] {
        let start = Instant::now();
        let books = generated::sized(units);
        let spent = start.elapsed().as_secs_f64();
        println!("both forms of {units} units: {spent:.2} s, {} bytes", books.iter().map(|(_, bytes)| bytes.len()).sum::<usize>());
        // Built for tests it is several times slower than what is shipped.
        assert!(units > 63 || spent < 1.0, "{spent}");
    }
}
