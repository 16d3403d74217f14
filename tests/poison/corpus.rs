//! Files made to harm: each is refused in words, or read within limits, and harms no other.

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};
use zip::write::SimpleFileOptions;

/// What must become of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// Refused; the officer reads these words.
    Refused(&'static str),
    /// Read, all or what can be.
    Read,
}

/// A file made to harm.
pub struct Poison {
    /// Its name, which says what it is.
    pub name: &'static str,
    pub bytes: Vec<u8>,
    pub fate: Fate,
}

const DAMAGED: Fate = Fate::Refused("bị hỏng");
const NO_DATA: Fate = Fate::Refused("không trang tính nào có dữ liệu");
const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// A zip of these parts.
fn zip_of(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        zip.start_file(*name, SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated)).unwrap();
        zip.write_all(content).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// A workbook of one sheet; parts that are given stand for its own.
fn book(given: &[(&str, &[u8])]) -> Vec<u8> {
    let relation = |id: &str, kind: &str, target: &str| format!(r#"<Relationship Id="{id}" Type="{RELATIONS}/{kind}" Target="{target}"/>"#);
    let root = format!("<Relationships>{}</Relationships>", relation("r1", "officeDocument", "xl/workbook.xml"));
    let relations = format!(
        "<Relationships>{}{}</Relationships>",
        relation("r1", "worksheet", "worksheets/sheet1.xml"),
        relation("r2", "sharedStrings", "sharedStrings.xml")
    );
    let book = format!(r#"<workbook xmlns:r="{RELATIONS}"><sheets><sheet name="DS" sheetId="1" r:id="r1"/></sheets></workbook>"#);
    let sheet = sheet_of(&list_rows());
    let mut parts: Vec<(&str, &[u8])> = vec![
        ("[Content_Types].xml", b"<Types/>"),
        ("_rels/.rels", root.as_bytes()),
        ("xl/workbook.xml", book.as_bytes()),
        ("xl/_rels/workbook.xml.rels", relations.as_bytes()),
        ("xl/sharedStrings.xml", b"<sst/>"),
        ("xl/worksheets/sheet1.xml", sheet.as_bytes()),
    ];
    parts.retain(|(name, _)| !given.iter().any(|(other, _)| other == name));
    parts.extend(given);
    zip_of(&parts)
}

fn sheet_of(rows: &str) -> String {
    format!("<worksheet><sheetData>{rows}</sheetData></worksheet>")
}

fn with_sheet(sheet: &str) -> Vec<u8> {
    book(&[("xl/worksheets/sheet1.xml", sheet.as_bytes())])
}

fn text_cell(text: &str) -> String {
    format!(r#"<c t="inlineStr"><is><t>{text}</t></is></c>"#)
}

/// Header and one dose of a list.
fn list_rows() -> String {
    let row = |cells: [&str; 4]| format!("<row>{}</row>", cells.map(text_cell).concat());
    row(["Họ và tên", "Ngày sinh", "Vắc xin", "Ngày tiêm"]) + &row(["Trần Thị Mẫu", "01/02/1990", "Pfizer", "02/08/2021"])
}

fn ods(content: &str) -> Vec<u8> {
    zip_of(&[
        ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"),
        ("META-INF/manifest.xml", b"<manifest:manifest xmlns:manifest=\"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0\"/>"),
        ("content.xml", content.as_bytes()),
    ])
}

fn ods_table(rows: &str) -> String {
    format!(
        "<office:document-content xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\" \
         xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\"><office:body><office:spreadsheet><table:table table:name=\"DS\">{rows}</table:table>\
         </office:spreadsheet></office:body></office:document-content>"
    )
}

/// Entities each made of ten of the one before: a few hundred bytes that become gigabytes where they are expanded.
fn laughs() -> String {
    let mut entities = "<!ENTITY e0 \"ha\">".to_owned();
    for at in 1..12 {
        let _ = write!(entities, "<!ENTITY e{at} \"{}\">", format!("&e{};", at - 1).repeat(10));
    }
    format!("<!DOCTYPE x [{entities}<!ENTITY own SYSTEM \"file:///etc/passwd\">]>")
}

/// The directory of a zip names its largest part so many times: little in the file, much inflated.
fn overlapping(times: u32) -> Vec<u8> {
    let filling = sheet_of(&list_rows()).replace("</sheetData>", &format!("{}</sheetData>", " ".repeat(8 << 20)));
    let whole = book(&[("xl/worksheets/sheet1.xml", filling.as_bytes())]);
    let end = whole.len() - 22;
    let number = |at: usize| u32::from_le_bytes(whole[at..at + 4].try_into().unwrap());
    let (size, start) = (number(end + 12) as usize, number(end + 16) as usize);
    let directory = &whole[start..start + size];
    let name = b"xl/worksheets/sheet1.xml";
    let at = directory.windows(name.len()).position(|window| window == name).unwrap() - 46;
    let record = &directory[at..at + 46 + name.len()];
    let mut made = directory.to_vec();
    for copy in 0..times {
        let mut record = record.to_vec();
        // Another name of the same length, the same bytes in the file.
        let other = format!("{copy:05}");
        let place = record.len() - 10;
        record[place..place + 5].copy_from_slice(other.as_bytes());
        made.extend(record);
    }
    let mut tail = whole[end..].to_vec();
    let count = (6 + times) as u16;
    tail[8..10].copy_from_slice(&count.to_le_bytes());
    tail[10..12].copy_from_slice(&count.to_le_bytes());
    tail[12..16].copy_from_slice(&(made.len() as u32).to_le_bytes());
    [&whole[..start], &made, &tail].concat()
}

/// A compound file whose stream `Workbook` holds these records.
fn xls(records: &[(u16, Vec<u8>)]) -> Vec<u8> {
    let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).unwrap();
    let mut stream = file.create_stream("Workbook").unwrap();
    for (kind, body) in records {
        stream.write_all(&kind.to_le_bytes()).unwrap();
        stream.write_all(&(body.len() as u16).to_le_bytes()).unwrap();
        stream.write_all(body).unwrap();
    }
    drop(stream);
    file.into_inner().into_inner()
}

const BEGIN: u16 = 0x0809;
const END: u16 = 0x000a;
/// Begin of the workbook and of a sheet, BIFF8.
fn begin(kind: u8) -> (u16, Vec<u8>) {
    (BEGIN, [&[0, 6, kind, 0][..], &[0; 12]].concat())
}

/// A sheet `DS` whose records begin at this place of the stream.
fn bound_sheet(at: u32) -> (u16, Vec<u8>) {
    (0x0085, [&at.to_le_bytes()[..], &[0, 0, 2, 0], b"DS"].concat())
}

/// Shared texts that claim to be so many.
fn shared_texts(count: u32) -> (u16, Vec<u8>) {
    (0x00fc, [&count.to_le_bytes()[..], &count.to_le_bytes(), &[1, 0, 0, b'a']].concat())
}

fn page(body: &str) -> Vec<u8> {
    format!("<html><meta charset=\"utf-8\"><body>{body}</body></html>").into_bytes()
}

/// Names that a spreadsheet program would run, or a page draw, were they not kept as text.
pub const HARMFUL_NAMES: [&str; 8] = [
    "=HYPERLINK(\"http://127.0.0.1:9/x\";\"Trần Thị Mẫu\")",
    "@SUM(1+1)*cmd|'/C calc'!A0",
    "+cmd|'/C calc'!A0",
    "-2+3+cmd|'/C calc'!A0",
    "\u{ff1d}1+1",
    "=DDE(\"cmd\";\"/C calc\";\"x\")",
    "<img src=http://127.0.0.1:9/x onerror=document.title='hacked'>",
    "Trần\u{202e}Thị\u{0007}Mẫu_x000D_",
];

/// A list of [`HARMFUL_NAMES`].
pub fn harmful_names() -> Vec<u8> {
    let mut workbook = rust_xlsxwriter::Workbook::new();
    let sheet = workbook.add_worksheet();
    for (column, name) in (0u16..).zip(["Họ và tên", "Ngày sinh", "Vắc xin", "Ngày tiêm", "Cơ sở tiêm"]) {
        sheet.write_string(0, column, name).unwrap();
    }
    for (row, name) in (1u32..).zip(HARMFUL_NAMES) {
        for (column, text) in (0u16..).zip([name, "01/02/1990", "Pfizer", "02/08/2021", "=1+1"]) {
            sheet.write_string(row, column, text).unwrap();
        }
    }
    workbook.save_to_buffer().unwrap()
}

/// The corpus. `is_large` adds the files that are large themselves.
pub fn corpus(is_large: bool) -> Vec<Poison> {
    let mut all = Vec::new();
    let mut add = |name: &'static str, bytes: Vec<u8>, fate: Fate| all.push(Poison { name, bytes, fate });
    let too_large = Fate::Refused("tệp quá lớn");

    // Bombs.
    add("bom-ti-le.xlsx", with_sheet(&format!("<worksheet>{}", " ".repeat(150 << 20))), too_large);
    add("bom-ti-le.ods", ods(&format!("{}{}", " ".repeat(150 << 20), ods_table(""))), too_large);
    let mut nested = vec![0u8; 4 << 20];
    for _ in 0..8 {
        nested = zip_of(&[("trong.zip", &nested)]);
    }
    add("zip-long-nhau.xlsx", nested.clone(), Fate::Refused("không phải tệp Excel"));
    add("bom-kem-theo.xlsx", book(&[("xl/media/image1.zip", &nested)]), Fate::Read);
    add("phan-chong-nhau.xlsx", overlapping(5_000), DAMAGED);
    let parts: Vec<String> = (0..25_000).map(|at| format!("xl/{at}")).collect();
    let parts: Vec<(&str, &[u8])> = parts.iter().map(|name| (name.as_str(), &b""[..])).collect();
    add("qua-nhieu-phan.xlsx", book(&parts), Fate::Refused("phần trong tệp nén"));
    let lying = {
        let mut bytes = with_sheet(&sheet_of(&(list_rows() + &" ".repeat(100 << 20))));
        let claimed = bytes.windows(24).rposition(|window| window == b"xl/worksheets/sheet1.xml").unwrap() - 22;
        bytes[claimed..claimed + 4].copy_from_slice(&500u32.to_le_bytes());
        bytes
    };
    add("kich-thuoc-gia.xlsx", lying, too_large);
    let whole = book(&[]);
    add("cat-cut.xlsx", whole[..whole.len() - 40].to_vec(), DAMAGED);

    // Tricks of XML.
    let laughing = laughs();
    let rows = list_rows().replace("Mẫu", "&e11; &own;");
    add("thuc-the.xlsx", with_sheet(&(laughing.clone() + &sheet_of(&rows))), Fate::Read);
    let shared = format!("{laughing}<sst><si><t>&e11;&own;</t></si></sst>");
    add("thuc-the-chuoi.xlsx", book(&[("xl/sharedStrings.xml", shared.as_bytes())]), Fate::Read);
    let entity_row =
        "<table:table-row><table:table-cell office:value-type=\"string\"><text:p>a&e11;&own;</text:p></table:table-cell></table:table-row>";
    add("thuc-the.ods", ods(&(laughing + &ods_table(entity_row))), DAMAGED);
    let deep = format!("{}{}", "<a>".repeat(200_000), "</a>".repeat(200_000));
    add("long-sau.xlsx", with_sheet(&format!("<worksheet>{deep}<sheetData>{}</sheetData></worksheet>", list_rows())), Fate::Read);
    add("long-sau-chuoi.xlsx", book(&[("xl/sharedStrings.xml", format!("<sst><si>{deep}</si></sst>").as_bytes())]), Fate::Read);
    add("long-sau-so.xlsx", book(&[("xl/workbook.xml", format!("<workbook>{deep}</workbook>").as_bytes())]), DAMAGED);
    add("long-sau.ods", ods(&ods_table(&deep)), NO_DATA);
    let bad: Vec<u8> = sheet_of(&list_rows()).bytes().map(|byte| if byte == b'M' { 0xfe } else { byte }).collect();
    add("utf8-hong.xlsx", book(&[("xl/worksheets/sheet1.xml", &bad)]), Fate::Read);
    add(
        "utf8-hong.csv",
        b"H\xe1\xbb\x8d v\xc3\xa0 t\xc3\xaan;Ng\xc3\xa0y ti\xc3\xaam\r\nTr\xff\xfe\xc3;02/08/2021\r\n".to_vec(),
        Fate::Read,
    );

    // Sizes that are not there.
    let claims = "<worksheet><dimension ref=\"A1:XFD1048576\"/><cols><col min=\"1\" max=\"16384\"/></cols><sheetData/></worksheet>";
    add("vung-rong.xlsx", with_sheet(claims), NO_DATA);
    let far = format!("{}<row r=\"1048576\"><c r=\"XFD1048576\"><v>1</v></c></row>", list_rows());
    add("o-xa.xlsx", with_sheet(&sheet_of(&far)), Fate::Read);
    add("het-dong.xlsx", with_sheet(&sheet_of(&"<row/>".repeat(1_500_000))), NO_DATA);
    let repeated = "<table:table-row table:number-rows-repeated=\"1048576\"><table:table-cell table:number-columns-repeated=\"16384\" office:value-type=\"string\"><text:p>x</text:p></table:table-cell></table:table-row>";
    add("lap-vo-tan.ods", ods(&ods_table(repeated)), too_large);
    let merges = "<mergeCell ref=\"A1:XFD1048576\"/>".repeat(50_000);
    add(
        "gop-o.xlsx",
        with_sheet(&format!("<worksheet><sheetData>{}</sheetData><mergeCells>{merges}</mergeCells></worksheet>", list_rows())),
        Fate::Read,
    );
    let wide: String = (0..16_384).map(|_| text_cell("Ngày tiêm mũi 1 (ngày/tháng/năm)")).collect();
    add("rat-rong.xlsx", with_sheet(&sheet_of(&format!("<row>{wide}</row>").repeat(4))), Fate::Read);
    add("chuoi-ngoai-so.xlsx", with_sheet(&sheet_of("<row><c t=\"s\"><v>4294967295</v></c><c t=\"s\"><v>-1</v></c></row>")), NO_DATA);
    let styles = format!(
        "<styleSheet><numFmts><numFmt numFmtId=\"200\" formatCode=\"{}\"/></numFmts><cellXfs>{}</cellXfs></styleSheet>",
        "[".repeat(2 << 20),
        "<xf numFmtId=\"200\"/>".repeat(100_000)
    );
    add("dinh-dang.xlsx", book(&[("xl/styles.xml", styles.as_bytes())]), Fate::Read);

    // Relations that lead nowhere.
    let to = |target: &str| {
        format!("<Relationships><Relationship Id=\"r1\" Type=\"{RELATIONS}/officeDocument\" Target=\"{target}\"/></Relationships>")
    };
    add("quan-he-vong.xlsx", book(&[("_rels/.rels", to("_rels/.rels").as_bytes())]), DAMAGED);
    add("quan-he-ra-ngoai.xlsx", book(&[("_rels/.rels", to("../../../../etc/passwd").as_bytes())]), Fate::Read);
    add("quan-he-mang.xlsx", book(&[("_rels/.rels", to("http://127.0.0.1:9/book.xml").as_bytes())]), Fate::Read);
    let sheets = format!(
        "<Relationships><Relationship Id=\"r1\" Type=\"{RELATIONS}/worksheet\" Target=\"workbook.xml\"/><Relationship Id=\"r2\" Type=\"{RELATIONS}/worksheet\" Target=\"khong-co.xml\"/></Relationships>"
    );
    add("trang-la-so.xlsx", book(&[("xl/_rels/workbook.xml.rels", sheets.as_bytes())]), NO_DATA);

    // Compound files.
    add("xls-cut.xls", xls(&[begin(5), bound_sheet(9_999_999), (END, vec![])]), DAMAGED);
    add("xls-chuoi.xls", xls(&[begin(5), shared_texts(u32::MAX), bound_sheet(0), (END, vec![])]), NO_DATA);
    add("xls-chuoi-2.xls", xls(&[begin(5), shared_texts(0x7fff_ffff), bound_sheet(0), (END, vec![])]), NO_DATA);
    add(
        "xls-vung.xls",
        xls(&[
            begin(5),
            bound_sheet(60),
            (END, vec![]),
            begin(16),
            (0x0200, [0u32.to_le_bytes(), u32::MAX.to_le_bytes(), [0, 0, 0xff, 0xff]].concat()),
            (END, vec![]),
        ]),
        DAMAGED,
    );
    add("xls-rong.xls", xls(&[]), DAMAGED);
    let mut noise = fastrand::Rng::with_seed(7);
    let records: Vec<(u16, Vec<u8>)> = std::iter::once(begin(5))
        .chain((0..2_000).map(|_| (noise.u16(..0x0900), (0..noise.usize(..60)).map(|_| noise.u8(..)).collect())))
        .collect();
    add("xls-nhieu-loan.xls", xls(&records), DAMAGED);
    add("xlsb-hong.xlsb", zip_of(&[("xl/workbook.bin", &[0x9c, 1, 0xff, 0xff, 0xff, 0x7f, 1, 2, 3])]), DAMAGED);

    // Text and pages.
    add("csv-nul.csv", [b"a;b\r\n".repeat(1_000), vec![0; 50_000], b";x\r\n".to_vec()].concat(), Fate::Read);
    add("nul.csv", vec![0; 10_000], Fate::Refused("không phải tệp Excel"));
    let cell = "<tr><td>x</td></tr>";
    add(
        "bang-long-nhau.xls",
        page(&format!("{}{cell}{}", "<table><tr><td>".repeat(10_000), "</td></tr></table>".repeat(10_000))),
        Fate::Read,
    );
    let spans = "<tr><td rowspan=\"10000\" colspan=\"16384\">x</td></tr>".repeat(300);
    add("bang-trai-rong.xls", page(&format!("<table>{spans}</table>")), Fate::Read);
    let open = "<table><tr><td><script>".repeat(20_000);
    add("the-khong-dong.xls", page(&open), NO_DATA);
    add("nhieu-cot.csv", [b"a;".repeat(20_000), b"\r\n".to_vec()].concat().repeat(3), Fate::Refused("cột"));
    add("the-mo.xls", page(&"<table><tr><td x=\"".repeat(100_000)), NO_DATA);
    add("ten-co-cong-thuc.xlsx", harmful_names(), Fate::Read);

    if is_large {
        add("mot-dong.csv", vec![b'a'; 200 << 20], too_large);
        add("mot-dong-nhieu-cot.csv", b"a;".repeat(50 << 20), too_large);
        let rows = "<row><c><v>1</v></c><c t=\"str\"><v>abcdefgh</v></c></row>".repeat(1_200_000);
        add("qua-so-dong.xlsx", with_sheet(&sheet_of(&rows)), Fate::Read);
    } else {
        add("mot-dong.csv", vec![b'a'; 40 << 20], too_large);
    }
    all
}
