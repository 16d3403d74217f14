//! What a sheet holds: evidence for every kind is weighed, not asked for one by one.

use crate::domain::Field;
use crate::domain::source::SheetKind;
use crate::workbook::face::Face;
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

/// The kind of a sheet and how sure it is, 0 to 100.
pub(crate) fn kind_of(face: &Face<'_>) -> (SheetKind, u8) {
    let mut scores = OTHERS.map(|kind| (kind, face.score(kind)));
    scores.sort_by(|a, b| b.1.total_cmp(&a.1));
    let [(best, score), (_, second), ..] = scores;
    let needed = if face.is_usable { LEAST_BESIDE_A_LIST } else { LEAST_SCORE };
    if score >= needed {
        let sureness = (55.0 + 9.0 * (score - needed)).min(55.0 + 14.0 * (score - second));
        return (best, sureness.clamp(40.0, 98.0) as u8);
    }
    if face.is_usable { side_of(face) } else { (SheetKind::Unused, 70) }
}

/// Kinds that are no list of doses.
const OTHERS: [SheetKind; 7] = [
    SheetKind::DailyReport,
    SheetKind::WrittenReport,
    SheetKind::UnitForm1,
    SheetKind::UnitForm2,
    SheetKind::WorkingList,
    SheetKind::PoliceList,
    SheetKind::Corrections,
];

/// A sheet is of another kind from this score on, and of a higher one where it could be a list of doses.
const LEAST_SCORE: f32 = 3.0;
const LEAST_BESIDE_A_LIST: f32 = 4.0;

/// What texts above the data, and the names of sheet and file, say for a kind; a phrase counts once.
const PHRASES: [(SheetKind, f32, &str); 40] = {
    use SheetKind::{Corrections, DailyReport, PoliceList, UnitForm1, UnitForm2, WorkingList, WrittenReport};
    [
        (DailyReport, 3.0, "bao cao nhanh"),
        (
            DailyReport,
            2.0,
            "bao cao ngay|bao cao hang ngay|bao cao nhanh hang ngay|bao cao nhanh ngay|bao cao tien do|so lieu hang ngay|tiem hang ngay",
        ),
        (DailyReport, 1.2, "tien do tiem|tien do trien khai"),
        (DailyReport, 1.5, "trong ngay"),
        (DailyReport, 0.8, "luy ke|luy tich|cong don|tich luy"),
        (WrittenReport, 1.2, "bao cao"),
        (WrittenReport, 1.0, "ket qua tiem|ket qua trien khai tiem|so lieu tiem|so mui tiem"),
        (WrittenReport, 1.0, "tinh den ngay|tinh den het ngay|den ngay|den het ngay|so lieu den|tinh den|luy ke den"),
        (WrittenReport, 0.8, "tong hop|thong ke|bieu mau|bieu so"),
        (WrittenReport, 0.8, "18 tuoi|12 17 tuoi|5 11 tuoi|tu 12 den|tu 5 den"),
        (WrittenReport, -1.5, "trong ngay"),
        (WrittenReport, -2.5, "bao cao nhanh"),
        (UnitForm1, 2.0, "phu luc 1|phu luc i|phu luc so 1|pl 1"),
        (UnitForm1, 3.0, "ket qua cap nhat ra soat"),
        (UnitForm1, 1.5, "ket qua tiem cho nhom|ket qua tiem nhom"),
        (UnitForm1, 0.5, "abdala"),
        (UnitForm1, 1.0, "lieu nhac 1|lieu nhac 2"),
        (UnitForm1, 2.0, "dia phuong bao cao ve|bao cao ve vien"),
        (UnitForm1, 1.2, "nhap lieu tren he thong"),
        (UnitForm1, 1.5, "chenh lech"),
        (UnitForm1, 1.0, "ket qua ra soat"),
        (UnitForm2, 2.0, "phu luc 2|phu luc ii|phu luc so 2|pl 2"),
        (UnitForm2, 3.0, "quan ly du lieu mui tiem"),
        (UnitForm2, 2.0, "tong so mui tiem da thuc hien"),
        (UnitForm2, 1.2, "da nhap len he thong|da nhap tren he thong|chua nhap tren he thong|chua nhap len he thong"),
        (UnitForm2, 1.5, "khong co thong tin nhom 1|da di khoi dia phuong|trung tam cai nghien|tt cai nghien|pham nhan nhom 5"),
        (UnitForm2, 1.5, "ly do kho khan|kho khan vuong mac"),
        // Part III on a sheet of its own.
        (UnitForm2, 4.0, "da xac minh va nhap tren he thong|da duoc xac minh va nhap tren he thong"),
        // Our own sheets beside a form, which draw its figures or take them apart.
        (UnitForm2, -9.0, "bieu do cac mui tiem chua nhap|phu luc 2 cot tong so mui tiem"),
        (WrittenReport, -9.0, "bieu do cac mui tiem chua nhap|phu luc 2 cot tong so mui tiem"),
        (WorkingList, 2.5, "danh sach lam viec"),
        (WorkingList, 1.5, "trong so bit|do tin cay"),
        (WorkingList, 2.0, "mui thu ht|dong ht|tep ht|trang tinh ht"),
        (WorkingList, 1.5, "cot bieu|sai khac"),
        (Corrections, 2.5, "bang sua"),
        (Corrections, 2.0, "gia tri moi|gia tri cu"),
        (PoliceList, 2.5, "cong an tra lai|cong an doi chieu|cong an xac minh|cong an ra soat"),
        (PoliceList, 1.0, "cong an|csdlqg|csdl quoc gia|co so du lieu quoc gia|csdl dan cu|du lieu dan cu"),
        (PoliceList, 1.5, "ket qua doi chieu|ket qua xac minh|ket qua ra soat|y kien cong an|xac nhan cua cong an"),
        (
            PoliceList,
            2.0,
            "thong tin dung|dung la|thong tin sau khi|chinh sua thanh|dieu chinh thanh|sua thanh|ho ten dung|ho va ten dung|so cccd dung|so dinh danh dung|ngay sinh dung|cccd dung|thong tin chinh xac|thong tin dieu chinh|thong tin chinh sua",
        ),
    ]
};

impl Face<'_> {
    fn score(&self, kind: SheetKind) -> f32 {
        let says = |phrases: &str| phrases.split('|').any(|phrase| self.texts.iter().any(|text| text.has(phrase)));
        let phrases = PHRASES.iter().filter(|(of, _, phrases)| *of == kind && says(phrases));
        let words: f32 = phrases.map(|(_, weight, _)| weight).sum();
        // Texts alone make no table: a letter speaks of reports too.
        let counts = f32::from(u8::try_from(self.count_columns).unwrap_or(u8::MAX));
        let no_counts = if self.count_columns < 2 { -2.0 } else { 0.0 };
        let persons = if self.has_persons { -4.0 } else { 0.0 };
        let by_unit: f32 = if self.has_units { 1.0 } else { -2.5 };
        let days = match self.days {
            0 | 1 => 0.0,
            2..5 => 1.5,
            _ => 2.2,
        };
        let has = |field| self.columns.iter().any(|column| column.field == Some(field));
        words
            + match kind {
                // A row a day is the report of one unit.
                SheetKind::DailyReport => days + if self.days > 1 { by_unit.max(0.0) } else { by_unit } + no_counts + persons,
                SheetKind::WrittenReport => by_unit + no_counts + persons - days + 0.3 * counts.min(6.0),
                SheetKind::UnitForm1 => by_unit + no_counts + persons - days + if counts >= 9.0 { 0.8 } else { 0.0 },
                SheetKind::UnitForm2 => by_unit + persons - days,
                // Ours alone has the names of its rows.
                SheetKind::Corrections => {
                    if self.heads.iter().any(|text| text.line() == "ma dong") {
                        1.5
                    } else {
                        -4.0
                    }
                }
                SheetKind::WorkingList => {
                    if self.heads.iter().any(|text| text.line() == "quyet dinh") {
                        1.5
                    } else {
                        -1.5
                    }
                }
                _ => {
                    let lists_persons = if self.has_persons { 0.0 } else { -3.0 };
                    lists_persons - if has(Field::GivenOn) { 1.5 } else { 0.0 }
                }
            }
    }
}

/// The side of a list of doses.
fn side_of(face: &Face<'_>) -> (SheetKind, u8) {
    let Face { columns, slots, title, sheet_name, file_name, .. } = *face;
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
