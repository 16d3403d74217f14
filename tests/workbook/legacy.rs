//! Lists in TCVN3, in VNI and in UTF-8 that was read as windows-1252: they give the persons and doses of their Unicode twins.

use crate::builder::{C, S, xlsx};
use crate::headers::{day, template};
use crate::lists::{Read, read};
use crate::row;
use ra_soat::domain::Field;
use ra_soat::domain::source::FileId;
use ra_soat::normalize::legacy::{TextEncoding, decode};
use ra_soat::normalize::text::TextPool;
use ra_soat::workbook::detect::detect_sheet;
use ra_soat::workbook::mapping::{SheetMapping, SkipReason};
use ra_soat::workbook::read::read_workbook;
use ra_soat::workbook::records::read_records;
use std::collections::HashMap;

/// Turns Unicode into legacy text: the inverse of the decoder, letter by letter.
pub(crate) struct Encoder {
    encoding: TextEncoding,
    codes: HashMap<char, String>,
}

impl Encoder {
    pub(crate) fn of(encoding: TextEncoding) -> Encoder {
        let mut codes: HashMap<char, String> = HashMap::new();
        let latin: Vec<char> = (0xa1u32..0x100).filter_map(char::from_u32).collect();
        let mut learn = |code: String| {
            let letter = decode(&code, encoding).into_owned();
            let mut letters = letter.chars();
            if let (Some(letter), None) = (letters.next(), letters.next()) {
                codes.entry(letter).or_insert(code);
            }
        };
        match encoding {
            TextEncoding::Tcvn3 => latin.iter().for_each(|code| learn(code.to_string())),
            TextEncoding::Vni => {
                for base in "aeouyôöAEOUYÔÖ".chars() {
                    let marks = latin.iter().filter(|mark| base.is_uppercase() == mark.is_uppercase());
                    marks.for_each(|mark| learn(format!("{base}{mark}")));
                }
                "ôöñíìæóòîÔÖÑÍÌÆÓÒÎ".chars().for_each(|code| learn(code.to_string()));
            }
            _ => {}
        }
        Encoder { encoding, codes }
    }

    pub(crate) fn encode(&self, text: &str) -> String {
        match self.encoding {
            TextEncoding::Unicode => text.to_owned(),
            TextEncoding::Utf8AsWindows1252 => text.bytes().map(windows_1252).collect(),
            _ => text.chars().map(|c| self.code(c)).collect(),
        }
    }

    fn code(&self, c: char) -> String {
        let small = || c.to_lowercase().next().unwrap();
        let known = self.codes.get(&c).or_else(|| self.codes.get(&small()).filter(|_| !c.is_ascii()));
        known.cloned().unwrap_or_else(|| c.to_string())
    }

    pub(crate) fn sheet(&self, mut sheet: S) -> S {
        for cell in sheet.rows.iter_mut().flatten() {
            if let C::Text(text) = cell {
                *text = self.encode(text);
            }
        }
        sheet
    }
}

fn windows_1252(byte: u8) -> char {
    const HIGH: &str = "€\u{81}‚ƒ„…†‡ˆ‰Š‹Œ\u{8d}Ž\u{8f}\u{90}‘’“”•–—˜™š›œ\u{9d}žŸ";
    if (0x80..0xa0).contains(&byte) { HIGH.chars().nth(usize::from(byte) - 0x80).unwrap() } else { char::from(byte) }
}

/// A commune's list with title, heading rows between, a total and a signature; one row a dose.
fn list() -> S {
    let people = [
        ("Nguyễn Văn Dũng", "Nam", "Nà Pò, xã Dương Quang", "Mũi 1"),
        ("Lê Thị Cúc", "Nữ", "Bản Bung, xã Dương Quang", "Mũi nhắc lại lần 1"),
        ("Nông Thị Tú", "Nữ", "Nà Ỏi, xã Dương Quang", "Mũi bổ sung"),
        ("Hà Phúc", "Nam", "Nà Pò, xã Dương Quang", "Mũi 2"),
        ("Ma An", "Nam", "Nà Pò, xã Dương Quang", "Mũi 2"),
        ("Hứa Thị Hường", "Nữ", "Quan Nưa, xã Dương Quang", "Mũi 1"),
    ];
    let head = || {
        row![
            "Số TT",
            "Họ và tên",
            "Ngày sinh",
            "Giới tính",
            "Số CMND",
            "Địa chỉ",
            "Mũi tiêm",
            "Vắc xin",
            "Ngày tiêm",
            "Số lô",
            "Nơi tiêm",
            "Ghi chú"
        ]
    };
    let mut rows = vec![
        row!["SỞ Y TẾ BẮC KẠN"],
        row!["Trạm Y tế xã Dương Quang"],
        row!["Danh sách tiêm vắc xin phòng COVID-19"],
        row![],
        head(),
        row!["Thôn Nà Pò"],
    ];
    for (at, (name, sex, address, label)) in (1..).zip(people) {
        let given = if at % 2 == 0 { C::from(day(2021, 9, 5)) } else { C::from("25/10/2021") };
        let mut cells = row![at, name, format!("0{at}/12/1985"), sex, 95_123_450 + at, address, label, "AstraZeneca"];
        cells.extend([given]);
        cells.extend(row!["ctmav587", "Trạm Y tế xã Dương Quang", if at == 3 { "đã đi khỏi địa phương" } else { "" }]);
        rows.push(cells);
        if at == 3 {
            rows.push(head());
        }
    }
    rows.push(row!["", "Tổng cộng", "", "", "", "", "", "", 6]);
    rows.push(row!["", "", "", "", "", "", "", "", "Người lập bảng"]);
    S::new("DS", rows)
}

fn same(twin: &Read, own: &Read, encoding: TextEncoding) {
    assert_eq!(own.lines(), twin.lines(), "{encoding:?}");
    assert_eq!(own.people(), twin.people(), "{encoding:?}");
    assert_eq!(own.skipped(), twin.skipped(), "{encoding:?}");
    let columns =
        |mapping: &SheetMapping| -> Vec<(Option<Field>, u8)> { mapping.columns.iter().map(|column| (column.field, column.slot)).collect() };
    assert_eq!(columns(&own.mapping), columns(&twin.mapping), "{encoding:?}");
    assert_eq!(own.mapping.kind, twin.mapping.kind);
    assert_eq!(own.mapping.unit.as_deref().map(str::to_lowercase), twin.mapping.unit.as_deref().map(str::to_lowercase));
    let notes = |read: &Read| read.records.persons.iter().map(|person| read.pool.get(person.note).to_owned()).collect::<Vec<_>>();
    assert_eq!(notes(own), notes(twin));
}

#[test]
fn a_whole_list_reads_as_its_unicode_twin() {
    let twin = read(list(), "a.xlsx");
    assert!(twin.mapping.columns.iter().all(|column| column.text == TextEncoding::Unicode));
    assert_eq!(twin.records.reading.decoded, 0);
    assert_eq!(twin.skipped(), [(SkipReason::Title, 3), (SkipReason::Header, 2), (SkipReason::Total, 1), (SkipReason::Note, 2)]);
    for encoding in TextEncoding::LEGACY {
        let own = read(Encoder::of(encoding).sheet(list()), "a.xlsx");
        same(&twin, &own, encoding);
        let name = own.mapping.columns.iter().find(|column| column.field == Some(Field::FullName)).unwrap();
        assert_eq!((name.text, name.header.as_str()), (encoding, "Họ và tên"));
        assert!(name.samples.contains(&Encoder::of(encoding).encode("Nguyễn Văn Dũng")), "as written: {:?}", name.samples);
        assert!(own.records.reading.decoded > 30);
    }
}

#[test]
fn the_import_template_in_legacy_text_reads_as_its_unicode_twin() {
    let twin = read(template(), "a.xlsx");
    for encoding in TextEncoding::LEGACY {
        same(&twin, &read(Encoder::of(encoding).sheet(template()), "a.xlsx"), encoding);
    }
}

#[test]
fn a_capital_font_leaves_small_letters_and_the_name_folds_alike() {
    let mut twin = list();
    for row in &mut twin.rows {
        if let Some(C::Text(name)) = row.get_mut(1) {
            *name = name.to_uppercase();
        }
    }
    let rows = twin.rows.clone();
    let twin = read(twin, "a.xlsx");
    let own = read(Encoder::of(TextEncoding::Tcvn3).sheet(S::new("DS", rows)), "a.xlsx");
    let keys = |read: &Read| read.records.persons.iter().map(|person| read.pool.get(person.name_key).to_owned()).collect::<Vec<_>>();
    assert_eq!(keys(&own), keys(&twin));
    assert_eq!(own.pool.get(own.records.persons[0].name), "NGUYễN VĂN DũNG");
}

/// Values in TCVN3 below a Unicode header: the usual state of a list that was copied into a new form.
#[test]
fn only_the_columns_that_are_legacy_are_decoded() {
    let encoder = Encoder::of(TextEncoding::Tcvn3);
    let mut sheet = list();
    for row in sheet.rows.iter_mut().skip(6) {
        if let Some(C::Text(name)) = row.get_mut(1) {
            *name = encoder.encode(name);
        }
    }
    let own = read(sheet, "a.xlsx");
    same(&read(list(), "a.xlsx"), &own, TextEncoding::Tcvn3);
    let legacy: Vec<u16> =
        own.mapping.columns.iter().filter(|column| column.text != TextEncoding::Unicode).map(|column| column.column).collect();
    assert_eq!(legacy, [1]);
}

/// The first half typed in TCVN3, the second in Unicode: `Cóc` is Cúc above and stays Cóc below.
#[test]
fn a_mixed_column_is_decoded_cell_by_cell() {
    let encoder = Encoder::of(TextEncoding::Tcvn3);
    let names = ["Nguyễn Văn Dũng", "Trần Thị Hường", "Lò Thị Hạnh", "Tú", "Hoàng Văn Thủy", "Nguyễn Văn Dòng", "Lê Tó", "Vũ Thị Mến"];
    let written: Vec<String> = (0..).zip(names).map(|(at, name)| if at < 4 { encoder.encode(name) } else { name.to_owned() }).collect();
    assert_eq!(written[3], "Tó");
    let mut rows = vec![row!["STT", "Họ và tên", "Năm sinh", "Ngày tiêm", "Vắc xin"]];
    rows.extend((1..).zip(&written).map(|(at, name)| row![at, name.as_str(), 1980, day(2021, 9, 5), "AZ"]));
    let own = read(S::new("DS", rows), "a.xlsx");
    let read: Vec<&str> = own.records.persons.iter().map(|person| own.pool.get(person.name)).collect();
    assert_eq!(read, names);
    assert_eq!(own.mapping.columns[1].text, TextEncoding::Tcvn3);
}

/// A hundred Unicode columns of a thousand names, foreign ones among them, some whose letters mean something in TCVN3 or VNI.
#[test]
fn no_column_of_unicode_names_is_decoded() {
    const FOREIGN: [&str; 26] = [
        "José García",
        "Müller Jürgen",
        "Françoise Lefèvre",
        "René André",
        "Chloé Noël",
        "Zoë Désirée",
        "Loïc Benoît",
        "Anaïs Thérèse",
        "Núñez Muñoz",
        "Peña Íñigo",
        "João Simões",
        "Björk Guðmundsdóttir",
        "Søren Kjærgård",
        "Åse Østergaard",
        "Jörg Böhm",
        "Göran Sjöström",
        "Mária Kovácsné",
        "Léa Béatrice",
        "Théo Gérôme",
        "Óscar Jesús",
        "Conceição",
        "Émile Zola",
        "Fátima",
        "Nicolás Ramón",
        "Zürich",
        "Sø",
    ];
    const SURNAMES: [&str; 14] = ["Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vũ", "Đặng", "Hồ", "Ngô", "Lý", "Hà", "Lò", "Tô", "Mã"];
    const MIDDLE: [&str; 8] = ["Văn", "Thị", "", "Hoà", "Thuý", "Quốc", "A", "Tú"];
    const GIVEN: [&str; 16] = ["An", "Cúc", "Cóc", "Dũng", "Hà", "Tú", "Phúc", "Tô", "Hòa", "Út", "Tý", "Bé", "Lý", "Niê", "Hoàng", "Tòng"];
    let mut random = fastrand::Rng::with_seed(3);
    let mut decoded = 0;
    for file in 0..20 {
        let mut rows = vec![row!["STT", "Họ và tên", "Địa chỉ", "Họ và tên mẹ", "Ngày tiêm", "Nơi tiêm", "Ghi chú"]];
        for at in 1..=1000 {
            let mut name = || {
                let name = if random.u32(0..20) == 0 {
                    FOREIGN[random.usize(..FOREIGN.len())].to_owned()
                } else {
                    format!("{} {} {}", SURNAMES[random.usize(..14)], MIDDLE[random.usize(..8)], GIVEN[random.usize(..16)])
                };
                match random.u32(0..10) {
                    0 => name.to_uppercase(),
                    1 => ra_soat::normalize::fold(&name),
                    _ => name,
                }
            };
            rows.push(row![at, name(), name(), name(), day(2021, 9, 5), name(), name()]);
        }
        let bytes = xlsx(&[S::new("DS", rows)]);
        let workbook = read_workbook("a.xlsx", bytes, &mut |_, _| ()).unwrap();
        let mapping = detect_sheet(&workbook, 0, "a.xlsx", None).expect("a header");
        let legacy = mapping.columns.iter().filter(|column| column.text != TextEncoding::Unicode).count();
        let records = read_records(&workbook, 0, &mapping, FileId(file), &mut TextPool::default());
        decoded += records.reading.decoded as usize + legacy;
    }
    assert_eq!(decoded, 0);
}

/// A foreign column alone: every letter beyond ASCII is of Latin-1, as legacy text is.
#[test]
fn a_list_of_foreigners_stays_as_it_is() {
    let names = ["José García", "Françoise Lefèvre", "Loïc Benoît", "Søren Kjærgård", "Zoë Müller", "João Simões"];
    let mut rows = vec![row!["No", "Full name", "Date of birth", "Passport", "Ngay tiem", "Vaccine"]];
    rows.extend((1..).zip(names).map(|(at, name)| row![at, name, "01/12/1985", "C1234567", day(2021, 9, 5), "AZ"]));
    let own = read(S::new("DS", rows), "a.xlsx");
    let read: Vec<&str> = own.records.persons.iter().map(|person| own.pool.get(person.name)).collect();
    assert_eq!(read, names);
}
