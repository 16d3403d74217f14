//! Whether a list comes from the System or is kept by a unit: evidence is weighed, not asked for one by one.

use crate::domain::Field;
use crate::domain::source::SheetKind;
use crate::workbook::mapping::MappedColumn;
use crate::workbook::words::Words;

/// What a heading, and so a column, says about where the list comes from; above 0 speaks for the System.
const FIELDS: [(Field, f32); 4] = [(Field::EnteredOn, 1.6), (Field::Verification, 1.6), (Field::Signing, 1.6), (Field::ImportResult, -2.5)];

/// Headings of no field that only one side writes.
const HEADINGS: [(&str, f32); 13] = [
    ("ma mui", 1.2),
    ("id mui", 1.2),
    ("ma doi tuong", 1.0),
    ("id doi tuong", 1.2),
    ("co so nhap", 1.2),
    ("don vi nhap", 1.2),
    ("don vi tao", 1.2),
    ("co so tao", 1.2),
    ("tai khoan", 1.0),
    ("nguoi nhap", 0.8),
    ("nguoi tao", 1.0),
    ("ngay trich xuat", 1.5),
    ("trang thai", 0.4),
];

/// Words of a title, sheet name or file name.
const NAMES: [(&str, f32); 27] = [
    ("he thong", 1.7),
    ("tiemchungcovid", 2.0),
    ("trich xuat", 2.0),
    ("ket xuat", 1.6),
    ("htqg", 1.7),
    ("htqgtc", 1.7),
    ("xuat du lieu", 1.8),
    ("du lieu xuat", 1.8),
    ("export", 1.7),
    ("nen tang", 1.3),
    ("nentang", 1.3),
    ("phan mem", 1.0),
    ("tiem chung quoc gia", 1.0),
    ("xac minh doi tuong", 2.0),
    ("system", 1.2),
    ("ht", 1.6),
    ("chua nhap", -2.2),
    ("chua co tren", -2.2),
    ("chua len", -2.2),
    ("can nhap", -2.0),
    ("de nhap", -2.0),
    ("nhap len", -1.5),
    ("nhap vao", -1.5),
    ("dia phuong", -1.5),
    ("danh sach tiem", -0.7),
    ("ds tiem", -0.7),
    ("so tiem", -0.7),
];

/// Words of a title alone: an export's file is often named by the unit it was drawn for.
const TITLES: [(&str, f32); 3] = [("tram y te", -0.7), ("tyt", -0.7), ("benh vien", -0.4)];

/// Evidence from here on is the System's.
const THRESHOLD: f32 = 1.5;

/// The kind of a usable list and how sure it is, 0 to 100.
pub(crate) fn kind_of(columns: &[MappedColumn], slots: u8, title: &[String], sheet_name: &str, file_name: &str) -> (SheetKind, u8) {
    let mut evidence = 0.0;
    for (field, weight) in FIELDS {
        if columns.iter().any(|column| column.field == Some(field)) {
            evidence += weight;
        }
    }
    let headings: Vec<Words> = columns.iter().map(|column| Words::of(&column.header)).collect();
    for (phrase, weight) in HEADINGS {
        if headings.iter().any(|heading| heading.has(phrase)) {
            evidence += weight;
        }
    }
    // `01015-Bệnh viện Quân Y 354`: the System names facilities with their code in front.
    let has_coded_facility =
        columns.iter().any(|column| column.field == Some(Field::Facility) && column.samples.iter().any(|text| is_coded(text)));
    evidence += if has_coded_facility { 0.8 } else { 0.0 };
    evidence -= if slots > 1 { 0.8 } else { 0.0 };
    let names: Vec<Words> = title.iter().map(String::as_str).chain([sheet_name, file_name]).map(Words::of).collect();
    // `DuLieuHeThong`: words run together.
    let run_together = |phrase: &str| {
        let phrase: String = phrase.split(' ').collect();
        phrase.len() >= 7 && names.iter().any(|name| name.folded.iter().any(|word| word.contains(&phrase)))
    };
    for (phrase, weight) in NAMES {
        if names.iter().any(|name| name.has(phrase)) || run_together(phrase) {
            evidence += weight;
        }
    }
    for (phrase, weight) in TITLES {
        if names.iter().take(title.len()).any(|name| name.has(phrase)) {
            evidence += weight;
        }
    }
    let kind = if evidence >= THRESHOLD { SheetKind::SystemExport } else { SheetKind::LocalList };
    let sureness = 55.0 + 12.0 * (evidence - THRESHOLD).abs();
    (kind, sureness.min(98.0) as u8)
}

fn is_coded(facility: &str) -> bool {
    let digits = facility.bytes().take_while(u8::is_ascii_digit).count();
    digits == 5 && facility.get(digits..).is_some_and(|rest| rest.trim_start().starts_with('-'))
}
