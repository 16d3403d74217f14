//! Our own reader of xlsx: what calamine says of the same bytes, and what calamine does not say.

use crate::builder::{S, xlsx};
use crate::package::{book_of, book_with, zip_of};
use crate::row;
use proptest::prelude::*;
use ra_soat::workbook::detect::{detect_sheet, lacks_saved_values};
use ra_soat::workbook::dump::dump_cells;
use ra_soat::workbook::error::ReadError;
use ra_soat::workbook::preflight::glance_at;
use ra_soat::workbook::read::{read_with_calamine, read_workbook};
use ra_soat::workbook::table::Workbook;

fn dump(bytes: &[u8]) -> Vec<String> {
    dump_cells("a.xlsx", bytes).unwrap().lines().map(|line| line.trim_start_matches("DS\t").replace('\t', " ")).collect()
}

fn read(bytes: Vec<u8>) -> Result<Workbook, ReadError> {
    read_workbook("a.xlsx", bytes, &mut |_, _| ())
}

/// The same sheets, merges and cells; texts by what they say.
fn assert_same(ours: &Workbook, theirs: &Workbook) {
    assert_eq!(ours.sheets.len(), theirs.sheets.len());
    for (ours_sheet, their_sheet) in ours.sheets.iter().zip(&theirs.sheets) {
        assert_eq!(
            (&ours_sheet.name, ours_sheet.is_hidden, &ours_sheet.merges),
            (&their_sheet.name, their_sheet.is_hidden, &their_sheet.merges)
        );
        let cells = |workbook: &Workbook, sheet: &ra_soat::workbook::table::Sheet| -> Vec<String> {
            let rows = sheet.table.rows();
            rows.flat_map(|row| {
                row.cells()
                    .map(move |(column, cell)| format!("{} {column} {:?}", row.number, cell.value(&workbook.texts)))
                    .collect::<Vec<_>>()
            })
            .collect()
        };
        assert_eq!(cells(ours, ours_sheet), cells(theirs, their_sheet));
    }
}

#[test]
fn every_way_to_write_a_cell_is_read() {
    let rows = r#"
        <row r="1"><c r="A1"><v>1</v></c><c t='s' r='B1'><v>0</v></c><c r="D1" s="1"><v>44562.5</v></c><c r="E1" s="2"><v>1.5</v></c></row>
        <row><c><v>-0.25</v></c><c t="str"><f>A1&amp;"x"</f><v>Đặng &amp; An</v></c><c t="b"><v>1</v></c><c t="e"><v>#N/A</v></c></row>
        <row r="7" hidden="1"><c r="C7" t="inlineStr"><is><r><t xml:space="preserve">Họ </t></r><r><t>tên</t></r><rPh sb="0" eb="1"><t>x</t></rPh></is></c></row>
        <row r="8"><c r="A8" t="s"><v>1</v></c><c r="B8" t="s"><v>2</v></c><c r="C8" t="d"><v>2021-09-05T08:30:00</v></c><c r="D8"/><c r="E8" s="1"></c></row>
        <row r="9"/><row><c><v><![CDATA[12]]></v></c><!-- <c><v>3</v></c> --><c t="n"><v>1E3</v></c><c><f>1+1</f><v/></c><c t="inlineStr"><is><t/></is></c></row>"#;
    let shared = r#"<si><t>Một</t></si><si><r><t>H</t></r><r><t xml:space="preserve">ai </t></r></si><si/>"#;
    let bytes = book_of(rows, shared);
    let expected = [
        "A1 n 1",
        "B1 s Một",
        "D1 d 2022-01-01T12:00:00",
        "E1 n 1.5",
        "A2 n -0.25",
        "B2 s Đặng & An",
        "C2 b TRUE",
        "D2 e #N/A",
        "C7 s Họ tên",
        "A8 s Hai ",
        "C8 d 2021-09-05T08:30:00",
        "A10 n 12",
        "B10 n 1000",
    ];
    assert_eq!(dump(&bytes), expected);
    let workbook = read(bytes).unwrap();
    assert_eq!(workbook.sheets[0].hidden_rows, 1);
    assert_eq!(workbook.sheets[0].unsaved_formulas, [(2, 1)]);
}

#[test]
fn prefixes_single_quotes_and_breaks_inside_tags_are_xml_too() {
    let sheet = "\u{feff}<?xml version='1.0'?>\n<!DOCTYPE x [<!ENTITY e 'boom'>]><x:worksheet xmlns:x='m'><x:sheetData>\r\n<x:row\n r = '3' >\
        <x:c\n r='B3'\n t = 'inlineStr' ><x:is><x:t>a &e; b</x:t></x:is></x:c><x:c r='C3' ><x:v >5</x:v ></x:c ></x:row></x:sheetData>\
        <x:mergeCells count='1'><x:mergeCell ref='B3:C4'/></x:mergeCells></x:worksheet>";
    let bytes = book_with(&[("xl/worksheets/sheet1.xml", sheet.as_bytes())], "");
    // An entity of the document's own is kept as written: expanding it is how a small file becomes a large one.
    assert_eq!(dump(&bytes), ["B3 s a &e; b", "C3 n 5"]);
    assert_eq!(read(bytes).unwrap().sheets[0].merges, [(3, 4, 1, 2)]);
}

#[test]
fn what_a_cell_says_wrongly_costs_that_cell_alone() {
    let rows = r#"<row r="1"><c r="A1" t="s"><v>99</v></c><c r="B1" t="b"><v>có</v></c><c r="C1" t="z"><v>x</v></c><c r="D1" t="n"><v>1,5</v></c>
        <c r="E1" s="77"><v>3</v></c><c r="XFE1"><v>4</v></c><c r="F0"><v>5</v></c><c r="H1" t="s"><v>-1</v></c></row><row r="1048577"><c r="A1048577"><v>1</v></c></row>"#;
    assert_eq!(dump(&book_of(rows, "<si><t>a</t></si>")), ["B1 s có", "C1 s x", "D1 s 1,5", "E1 n 3"]);
}

#[test]
fn names_of_parts_may_differ_in_case_and_slashes() {
    let relations = r#"<Relationships><Relationship Id="a" Type="http://purl.oclc.org/ooxml/officeDocument/relationships/worksheet" Target="\XL\Worksheets\Sheet1.XML"/></Relationships>"#;
    let book = r#"<workbook xmlns="http://purl.oclc.org/ooxml/spreadsheetml/main" conformance="strict"><sheets><sheet name="DS" r:id="a"/></sheets></workbook>"#;
    let sheet = r#"<worksheet><sheetData><row><c t="d"><v>2022-01-01</v></c></row></sheetData></worksheet>"#;
    let bytes = zip_of(&[
        ("[content_types].XML", b"<Types/>"),
        ("XL\\Workbook.xml", book.as_bytes()),
        ("XL\\_RELS\\workbook.xml.rels", relations.as_bytes()),
        ("xl/worksheets/sheet1.xml", sheet.as_bytes()),
    ]);
    assert_eq!(dump(&bytes), ["A1 d 2022-01-01"]);
    // Bytes in front of a zip, as a mail gateway or a self-extracting program leaves them, shift everything by as much.
    let shifted = [b"PK\0\0 in front of the zip".as_slice(), &bytes].concat();
    assert_eq!(dump(&shifted), ["A1 d 2022-01-01"]);
}

#[test]
fn parts_in_utf_16_are_read() {
    let sheet = r#"<?xml version="1.0" encoding="UTF-16"?><worksheet><sheetData><row r="1"><c r="A1" t="str"><v>Đặng</v></c></row></sheetData></worksheet>"#;
    let little: Vec<u8> = [0xfeffu16].into_iter().chain(sheet.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    let big: Vec<u8> = sheet.encode_utf16().flat_map(u16::to_be_bytes).collect();
    for part in [little, big] {
        assert_eq!(dump(&book_with(&[("xl/worksheets/sheet1.xml", &part)], "")), ["A1 s Đặng"]);
    }
}

#[test]
fn an_open_document_that_is_no_spreadsheet_is_no_workbook() {
    let text = zip_of(&[("mimetype", b"application/vnd.oasis.opendocument.text"), ("content.xml", b"<office:document-content/>")]);
    assert_eq!(read(text).err(), Some(ReadError::NotWorkbook));
    let table = zip_of(&[("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", b"<office:document-content/>")]);
    assert_ne!(read(table).err(), Some(ReadError::NotWorkbook));
}

#[test]
fn a_flood_is_refused_in_words() {
    // A hundred megabytes of blanks behind a directory that claims a few bytes.
    let mut sheet = b"<worksheet><sheetData>".to_vec();
    sheet.resize(100 << 20, b' ');
    let mut bytes = book_with(&[("xl/worksheets/sheet1.xml", &sheet)], "");
    let claimed = (sheet.len() as u32).to_le_bytes();
    let at = bytes.windows(4).rposition(|four| four == claimed).unwrap();
    bytes[at..at + 4].copy_from_slice(&500u32.to_le_bytes());
    assert!(matches!(read(bytes), Err(ReadError::TooLarge(_))));

    let many = (0..10_000).fold(String::new(), |all, sheet| all + &format!(r#"<sheet name="S{sheet}" r:id="r1"/>"#));
    let book = format!("<workbook><sheets>{many}</sheets></workbook>");
    let refused = read(book_with(&[("xl/workbook.xml", book.as_bytes()), ("xl/worksheets/sheet1.xml", b"<worksheet/>")], ""));
    assert_eq!(refused.err(), Some(ReadError::TooLarge("10000 trang tính".to_owned())));

    let endless = [b"<worksheet><sheetData><row><c t=\"str\"><v>".to_vec(), vec![b'x'; 40 << 20]].concat();
    assert!(matches!(read(book_with(&[("xl/worksheets/sheet1.xml", &endless)], "")), Err(ReadError::Damaged(_))));
}

#[test]
fn a_sheet_cut_off_is_damaged_not_short() {
    let sheet = "<worksheet><sheetData><row r=\"1\"><c r=\"A1\"><v>1</v></c></row><row r=\"2\"><c r=\"A2\"><v>2";
    assert!(matches!(read(book_with(&[("xl/worksheets/sheet1.xml", sheet.as_bytes())], "")), Err(ReadError::Damaged(_))));
    let shared =
        book_with(&[("xl/sharedStrings.xml", b"<sst><si><t>a</t></si><si><t>b"), ("xl/worksheets/sheet1.xml", b"<worksheet/>")], "");
    assert!(matches!(read(shared), Err(ReadError::Damaged(_))));
}

#[test]
fn a_required_column_of_formulas_without_results_is_refused_by_name() {
    let list = |result: &str| {
        let head = ["Họ và tên", "Ngày sinh", "Số CCCD", "Ngày tiêm", "Vắc xin"];
        let head: String = head.iter().map(|text| format!(r#"<c t="inlineStr"><is><t>{text}</t></is></c>"#)).collect();
        let text = |text: &str| format!(r#"<c t="inlineStr"><is><t>{text}</t></is></c>"#);
        let row = |_| {
            let facts = text("Ma Văn Tú") + &text("05/09/1985") + &text("006085001234");
            format!("<row>{facts}<c t=\"str\"><f>A1</f>{result}</c>{}</row>", text("Pfizer"))
        };
        let rows: String = (0..5).map(row).collect();
        read(book_of(&format!("<row>{head}</row>{rows}"), "")).unwrap()
    };
    let refusal = |workbook: &Workbook| lacks_saved_values(workbook, &[detect_sheet(workbook, 0, "a.xlsx", None)]);
    assert_eq!(refusal(&list("")), Some(ReadError::NoSavedValues("DS".to_owned(), "Ngày tiêm".to_owned())));
    assert_eq!(refusal(&list("<v>25/03/2022</v>")), None);
}

#[test]
fn a_first_look_tells_sheets_rows_and_memory() {
    let rows = |count: i32| (0..count).map(|index| row![index, "Ma Văn Tú", f64::from(index) / 7.0]).collect();
    let bytes = xlsx(&[S::new("Một", rows(50_000)), S::new("Hai", rows(3)).hidden()]);
    let look = glance_at(bytes).unwrap();
    assert_eq!(look.sheets.iter().map(|sheet| (sheet.name.as_str(), sheet.is_hidden)).collect::<Vec<_>>(), [("Một", false), ("Hai", true)]);
    assert_eq!((look.sheets[1].rows, look.sheets[1].is_counted), (Some(3), true));
    let about = look.sheets[0].rows.unwrap();
    assert!(about.abs_diff(50_000) < 2_500, "{about}");
    assert!(look.memory > 50_000 * 100);
}

fn cell() -> impl Strategy<Value = String> {
    let text = "[ A-Za-zĐđạếữ&<\"'\t\r\n_x0D]{0,14}".prop_map(|text: String| text.replace('&', "&amp;").replace('<', "&lt;"));
    let space = prop_oneof![Just(""), Just(" xml:space=\"preserve\"")];
    prop_oneof![
        (text.clone(), space).prop_map(|(text, space)| format!("t=\"inlineStr\"><is><t{space}>{text}</t></is></c>")),
        text.prop_map(|text| format!("t=\"str\"><f>A1</f><v>{text}</v></c>")),
        (0u32..4).prop_map(|index| format!("t=\"s\"><v>{index}</v></c>")),
        ("-?[0-9]{1,17}(\\.[0-9]{1,17})?(E-?[0-9]{1,2})?", 0u8..3).prop_map(|(number, style)| format!("s=\"{style}\"><v>{number}</v></c>")),
        prop_oneof![Just("0"), Just("1"), Just("true")].prop_map(|value| format!("t=\"b\"><v>{value}</v></c>")),
        prop_oneof![Just("#N/A"), Just("#DIV/0!"), Just("#REF!")].prop_map(|value| format!("t=\"e\"><v>{value}</v></c>")),
        Just("s=\"1\"/>".to_owned()),
        Just("><f>1+1</f></c>".to_owned()),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn calamine_reads_the_same_cells(rows in proptest::collection::vec((any::<bool>(), proptest::collection::vec((cell(), 0u8..3), 0..9)), 0..12)) {
        let mut xml = String::new();
        for (number, (is_numbered, cells)) in (1..).zip(&rows) {
            xml += &if *is_numbered { format!("<row r=\"{number}\">") } else { "<row>".to_owned() };
            let mut column = 0u8;
            for (cell, gap) in cells {
                column += gap;
                let letter = char::from(b'A' + column);
                xml += &if *gap > 0 || *is_numbered { format!("<c r=\"{letter}{number}\" {cell}") } else { format!("<c {cell}") };
                column += 1;
            }
            xml += "</row>";
        }
        let shared = "<si><t>Một</t></si><si><t xml:space=\"preserve\"> a&#10;b </t></si><si><r><t>x</t></r><r><t> y</t></r></si><si><t/></si>";
        let bytes = book_of(&xml, shared);
        let theirs = read_with_calamine(bytes.clone()).unwrap();
        match read(bytes) {
            Ok(ours) => assert_same(&ours, &theirs),
            // A workbook with nothing in it is refused here and read there.
            Err(error) => assert_eq!((error, theirs.sheets[0].table.row_count()), (ReadError::NoCells, 0)),
        }
    }
}
