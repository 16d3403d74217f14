//! Lists written as text: every encoding and separator gives what the same list gives as a workbook.

use encoding_rs::WINDOWS_1258;
use proptest::prelude::*;
use ra_soat::domain::FileId;
use ra_soat::normalize::text::TextPool;
use ra_soat::workbook::detect::detect_sheet;
use ra_soat::workbook::error::ReadError;
use ra_soat::workbook::read::read_workbook;
use ra_soat::workbook::records::read_records;
use ra_soat::workbook::table::{CellValue, Workbook};
use unicode_normalization::UnicodeNormalization as _;

fn read(name: &str, bytes: Vec<u8>) -> Result<Workbook, ReadError> {
    read_workbook(name, bytes, &mut |_, _| ())
}

/// The texts of the first sheet by row and column, blank where nothing stands.
fn texts(workbook: &Workbook, width: usize) -> Vec<(u32, Vec<String>)> {
    let rows = workbook.sheets[0].table.rows();
    rows.map(|row| {
        let cell = |column: usize| match row.cell(column as u16).value(&workbook.texts) {
            CellValue::Text(text) => text.to_owned(),
            CellValue::Empty => String::new(),
            other => panic!("{other:?}"),
        };
        (row.number, (0..width).map(cell).collect())
    })
    .collect()
}

/// The bytes of a text as a program on Windows writes it.
fn encode(text: &str, encoding: usize) -> Vec<u8> {
    let utf16 = |to_bytes: fn(u16) -> [u8; 2]| "\u{feff}".encode_utf16().chain(text.encode_utf16()).flat_map(to_bytes).collect();
    match encoding {
        0 => text.as_bytes().to_vec(),
        1 => ["\u{feff}".as_bytes(), text.as_bytes()].concat(),
        2 => utf16(u16::to_le_bytes),
        3 => utf16(u16::to_be_bytes),
        _ => windows_1258(text),
    }
}

/// Letter then tone, as the code page has it.
fn windows_1258(text: &str) -> Vec<u8> {
    const TONES: [char; 5] = ['\u{300}', '\u{301}', '\u{303}', '\u{309}', '\u{323}'];
    let mut out = Vec::new();
    for char in text.nfc() {
        let parts: String = std::iter::once(char).nfd().collect();
        let letter: String = parts.chars().filter(|part| !TONES.contains(part)).nfc().collect();
        let tone: String = parts.chars().filter(|part| TONES.contains(part)).collect();
        let whole = WINDOWS_1258.encode(&char.to_string()).0.into_owned();
        let is_known = WINDOWS_1258.decode(&whole).0 == char.to_string();
        out.extend(if is_known { whole } else { WINDOWS_1258.encode(&(letter + &tone)).0.into_owned() });
    }
    out
}

const WORDS: [&str; 14] = [
    "Nguyễn Thị Hạnh",
    "Trần Văn Đức",
    "Lý Thị Mỹ Duyên",
    "0912345678",
    "006180004321",
    "17/05/1980",
    "Thôn 1, xã Mẫu; huyện A",
    "a \"b\" c",
    "dòng một\ndòng hai",
    "AstraZeneca",
    "1|2",
    "\t",
    "Bắc Kạn",
    "Hường, Thủy",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_table_survives_every_encoding_and_separator(
        rows in proptest::collection::vec(proptest::collection::vec(proptest::option::of(0..WORDS.len()), 4), 2..20),
        encoding in 0usize..5,
        separator in 0usize..4,
        line_break in 0usize..3,
    ) {
        let separator = [',', ';', '\t', '|'][separator];
        let line_break = ["\r\n", "\n", "\r"][line_break];
        // A header keeps the table a table where all cells are blank, and lets an encoding be recognised.
        let header = ["Họ và tên", "Ngày sinh", "Địa chỉ", "Vắc xin"].map(str::to_owned).to_vec();
        let cell = |word: &Option<usize>| word.map_or(String::new(), |word| WORDS[word].to_owned());
        let table: Vec<Vec<String>> = std::iter::once(header).chain(rows.iter().map(|row| row.iter().map(cell).collect())).collect();
        let quote = |field: &String| {
            let is_plain = !field.contains([separator, '"', '\n', '\r', '\t']);
            if is_plain { field.clone() } else { format!("\"{}\"", field.replace('"', "\"\"")) }
        };
        let line = |row: &Vec<String>| row.iter().map(quote).collect::<Vec<_>>().join(&separator.to_string());
        let text: String = table.iter().map(|row| line(row) + line_break).collect();
        let workbook = read("danh sach.csv", encode(&text, encoding)).unwrap();
        let expected: Vec<_> = (1u32..).zip(table).filter(|(_, row)| row.iter().any(|cell| !cell.is_empty())).collect();
        prop_assert_eq!(texts(&workbook, 4), expected);
    }

    #[test]
    fn any_text_is_read_or_refused(text in "[a-c,;|\t\"\r\n<>/&#=1é]{0,80}", is_page in any::<bool>(), name in 0usize..2) {
        let name = ["a.csv", "a.xls"][name];
        let text = if is_page { format!("<table><tr><td>{text}") } else { text };
        for encoding in 0..5 {
            let _ = read(name, encode(&text, encoding));
        }
    }
}

const LIST: &str = "TRẠM Y TẾ XÃ MẪU SƠN;;;;;;;\n\
    DANH SÁCH TIÊM VẮC XIN COVID-19;;;;;;;\n\
    \n\
    STT;Họ và tên;Ngày sinh;Giới tính;Số CCCD;Tên vắc xin;Mũi tiêm;Ngày tiêm\n\
    1;Nguyễn Thị Hạnh;17/05/1980;Nữ;006180004321;AstraZeneca;1;05/08/2021\n\
    2;Trần Văn Đức;01/02/1990;Nam;006090001234;Pfizer;2;06/09/2021\n\
    3;Lý Thị Mỹ Duyên;20/11/1975;Nữ;006175002222;Vero Cell;1;07/09/2021\n\
    ;Người lập bảng;;;;;;\n";

fn lines(name: &str, bytes: Vec<u8>) -> Vec<String> {
    let workbook = read(name, bytes).unwrap();
    let mapping = detect_sheet(&workbook, 0, name, None).expect("a header");
    let mut pool = TextPool::default();
    let records = read_records(&workbook, 0, &mapping, FileId(0), &mut pool);
    let mut lines = Vec::new();
    for dose in &records.doses {
        let person = &records.persons[dose.person as usize];
        let name = pool.get(person.name);
        lines.push(format!("{} {name:?} {:?} {:?} {:?}", dose.at.row, person.identity, dose.given, dose.product));
    }
    lines
}

#[test]
fn a_list_gives_the_same_doses_in_every_encoding() {
    let expected = lines("xa mau.csv", LIST.as_bytes().to_vec());
    assert_eq!(expected.len(), 3, "{expected:#?}");
    assert!(expected[0].starts_with("5 "), "{expected:#?}");
    for encoding in 1..5 {
        assert_eq!(lines("xa mau.csv", encode(LIST, encoding)), expected, "{encoding}");
    }
    assert_eq!(lines("xa mau.txt", LIST.replace(';', "\t").into_bytes()), expected);
    let page: String = LIST.lines().map(|line| format!("<tr><td>{}</td></tr>\r\n", line.replace(';', "</td><td>"))).collect();
    assert_eq!(lines("xa mau.xls", format!("<html><body><table border=1>{page}</table></body></html>").into_bytes()), expected);
}

#[test]
fn tcvn3_text_comes_out_as_a_workbook_would_show_it() {
    let list = "STT;Hä vµ tªn;Ngµy sinh\n1;NguyÔn ThÞ H¹nh;17/05/1980\n2;TrÇn ThÞ H\u{ad}êng;1/2/1990\n";
    let bytes = list.chars().map(|char| char as u8).collect();
    let workbook = read("a.csv", bytes).unwrap();
    assert_eq!(texts(&workbook, 3)[2].1, ["2", "TrÇn ThÞ H\u{ad}êng", "1/2/1990"]);
}

#[test]
fn a_sheet_of_a_text_file_has_the_name_of_the_file() {
    assert_eq!(read("PL1 xã Mẫu.csv", LIST.as_bytes().to_vec()).unwrap().sheets[0].name, "PL1 xã Mẫu");
}
