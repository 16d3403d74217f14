//! Large dose lists for the measurements of reading: invented, the same bytes on every machine, written as Excel writes a workbook.
//!
//! The sheet's XML goes straight into the zip, so a million rows take seconds. Every list has the columns a commune's list has; the
//! 22-column one adds six more. Texts stand in `sharedStrings.xml` in the order of their first use, or inline.

use fastrand::Rng;
use rustc_hash::FxHashMap;
use std::fmt::Write as _;
use std::io::{BufWriter, Result, Seek, Write};
use std::path::{Path, PathBuf};
use zip::write::{SimpleFileOptions, ZipWriter};

/// One list.
#[derive(Clone, Copy)]
pub(crate) struct List {
    /// Its name on the command line and on disk.
    pub(crate) name: &'static str,
    /// Rows of the sheet, the header among them.
    pub(crate) rows: u32,
    /// 16 or 22.
    pub(crate) columns: usize,
    /// Whether texts stand in the cells themselves.
    pub(crate) is_inline: bool,
}

/// All lists, small ones first.
pub(crate) const LISTS: [List; 4] = [
    List { name: "100k-shared", rows: 100_000, columns: 16, is_inline: false },
    List { name: "100k-inline", rows: 100_000, columns: 16, is_inline: true },
    List { name: "300k", rows: 300_000, columns: 22, is_inline: false },
    List { name: "million", rows: 1_048_576, columns: 16, is_inline: false },
];

const HEADER: [&str; 22] = [
    "STT",
    "Họ và tên",
    "Ngày sinh",
    "Giới tính",
    "Số CCCD/CMND",
    "Số điện thoại",
    "Địa chỉ",
    "Xã/Phường",
    "Quận/Huyện",
    "Tỉnh/Thành phố",
    "Tên vắc xin",
    "Ngày tiêm",
    "Mũi tiêm",
    "Số lô",
    "Cơ sở tiêm chủng",
    "Ghi chú",
    "Mã nhóm đối tượng",
    "Nghề nghiệp",
    "Đơn vị công tác",
    "Dân tộc",
    "Trạng thái xác thực",
    "Người nhập",
];

const SURNAMES: [&str; 12] = ["Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vũ", "Đặng", "Bùi", "Đỗ", "Ma", "Lý", "Nông"];
const MIDDLES: [&str; 10] = ["Văn", "Thị", "Đức", "Ngọc", "Minh", "Thanh", "Hữu", "Thu", "Quang", "Bích"];
const GIVEN: [&str; 24] = [
    "An", "Bình", "Chi", "Dũng", "Giang", "Hạnh", "Hương", "Khánh", "Lan", "Long", "Mai", "Nam", "Nga", "Oanh", "Phúc", "Quyên", "Sơn",
    "Tâm", "Thủy", "Trang", "Tuấn", "Uyên", "Vinh", "Yến",
];
const VACCINES: [&str; 6] = ["AstraZeneca", "Pfizer", "Vero Cell", "Moderna", "Abdala", "Comirnaty (Pfizer)"];
const JOBS: [&str; 6] = ["Nông dân", "Công nhân", "Giáo viên", "Học sinh", "Nội trợ", "Buôn bán"];
const PEOPLES: [&str; 5] = ["Kinh", "Tày", "Nùng", "Dao", "Mông"];

/// A value of a list.
enum Value {
    Blank,
    Text(String),
    Number(u32),
    /// A serial in a cell formatted as a date.
    Day(u32),
}

/// Rows of persons with their doses.
struct Rows {
    rng: Rng,
    person: [String; 7],
    birth: u32,
    doses_left: u8,
    label: u8,
    given: u32,
}

impl Rows {
    fn next(&mut self, number: u32) -> [Value; 22] {
        if self.doses_left == 0 {
            self.invent_person();
        }
        self.doses_left -= 1;
        self.label += 1;
        self.given += 28 + self.rng.u32(0..90);
        let rng = &mut self.rng;
        let pick = |rng: &mut Rng, from: &[&str]| Value::Text(from[rng.usize(..from.len())].to_owned());
        let [name, sex, identity, phone, address, commune, district] = self.person.clone().map(Value::Text);
        [
            Value::Number(number),
            name,
            Value::Day(self.birth),
            sex,
            identity,
            phone,
            address,
            commune,
            district,
            Value::Text("Tỉnh Mẫu Sơn".to_owned()),
            pick(rng, &VACCINES),
            Value::Day(self.given),
            Value::Number(u32::from(self.label)),
            Value::Text(format!("{}{:04}", char::from(rng.u8(b'A'..=b'F')), rng.u32(0..400))),
            Value::Text(format!("Trạm Y tế xã Mẫu {}", rng.u32(1..160))),
            if rng.u8(0..10) == 0 { Value::Text(format!("Hoãn tiêm lần {}", rng.u8(1..4))) } else { Value::Blank },
            Value::Number(rng.u32(1..18)),
            pick(rng, &JOBS),
            Value::Text(format!("Công ty TNHH Mẫu {}", rng.u32(1..3000))),
            pick(rng, &PEOPLES),
            pick(rng, &["Đã xác thực", "Chưa xác thực", "Sai thông tin"]),
            Value::Text(format!("cb.mau{}", rng.u32(1..500))),
        ]
    }

    fn invent_person(&mut self) {
        let rng = &mut self.rng;
        let pick = |rng: &mut Rng, from: &'static [&'static str]| from[rng.usize(..from.len())];
        let is_female = rng.bool();
        self.birth = rng.u32(14_000..41_000);
        (self.doses_left, self.label, self.given) = (rng.u8(1..=3), 0, rng.u32(44_300..44_500));
        let identity = format!("{:03}{}{:08}", rng.u32(1..97), rng.u8(0..4), rng.u32(0..100_000_000));
        let phone = format!("09{:08}", rng.u32(0..100_000_000));
        self.person = [
            format!("{} {} {} {}", pick(rng, &SURNAMES), pick(rng, &MIDDLES), pick(rng, &GIVEN), pick(rng, &GIVEN)),
            if is_female { "Nữ" } else { "Nam" }.to_owned(),
            identity,
            phone,
            format!("Số {} thôn {}", rng.u32(1..400), rng.u32(1..20)),
            format!("Xã Mẫu {}", rng.u32(1..160)),
            format!("Huyện Mẫu {}", rng.u32(1..13)),
        ];
    }
}

/// The list as a file of the folder; made where it is not there yet.
pub(crate) fn file(list: List, folder: &Path) -> Result<PathBuf> {
    std::fs::create_dir_all(folder)?;
    let file = folder.join(format!("{}.xlsx", list.name));
    if !file.is_file() {
        // Under its name only when whole.
        let unfinished = file.with_extension("part");
        write(list, BufWriter::new(std::fs::File::create(&unfinished)?))?;
        std::fs::rename(&unfinished, &file)?;
    }
    Ok(file)
}

fn write(list: List, out: impl Write + Seek) -> Result<()> {
    let mut zip = ZipWriter::new(out);
    // Parts in Excel's order: the sheet stands before the texts it names.
    for (name, text) in [
        ("[Content_Types].xml", CONTENT_TYPES),
        ("_rels/.rels", ROOT_RELATIONS),
        ("xl/workbook.xml", WORKBOOK),
        ("xl/_rels/workbook.xml.rels", WORKBOOK_RELATIONS),
    ] {
        part(&mut zip, name)?;
        zip.write_all(text.as_bytes())?;
    }
    part(&mut zip, "xl/worksheets/sheet1.xml")?;
    let texts = write_sheet(list, &mut zip)?;
    part(&mut zip, "xl/styles.xml")?;
    zip.write_all(STYLES.as_bytes())?;
    part(&mut zip, "xl/sharedStrings.xml")?;
    texts.write(&mut zip)?;
    zip.finish()?.flush()
}

fn part(zip: &mut ZipWriter<impl Write + Seek>, name: &str) -> Result<()> {
    let options = SimpleFileOptions::default().compression_level(Some(6)).last_modified_time(zip::DateTime::default());
    Ok(zip.start_file(name, options)?)
}

fn write_sheet(list: List, out: &mut impl Write) -> Result<Texts> {
    let last = ra_soat::workbook::dump::column_letters(list.columns as u16 - 1);
    let letters: Vec<String> = (0..list.columns).map(|column| ra_soat::workbook::dump::column_letters(column as u16)).collect();
    let mut texts = Texts::default();
    let mut rows = Rows { rng: Rng::with_seed(1234), person: Default::default(), birth: 0, doses_left: 0, label: 0, given: 0 };
    out.write_all(SHEET_START.as_bytes())?;
    let mut xml = format!("<dimension ref=\"A1:{last}{}\"/>{SHEET_VIEW}<sheetData>", list.rows);
    for row in 1..=list.rows {
        let values = if row == 1 { HEADER.map(|text| Value::Text(text.to_owned())) } else { rows.next(row - 1) };
        let _ = write!(xml, "<row r=\"{row}\" spans=\"1:{}\">", list.columns);
        for (value, letters) in values.iter().zip(&letters) {
            // Writing to a string cannot fail.
            let _ = match value {
                Value::Blank => write!(xml, "<c r=\"{letters}{row}\" s=\"1\"/>"),
                Value::Number(number) => write!(xml, "<c r=\"{letters}{row}\" s=\"1\"><v>{number}</v></c>"),
                Value::Day(serial) => write!(xml, "<c r=\"{letters}{row}\" s=\"2\"><v>{serial}</v></c>"),
                Value::Text(text) if list.is_inline => {
                    write!(xml, "<c r=\"{letters}{row}\" s=\"1\" t=\"inlineStr\"><is><t>{text}</t></is></c>")
                }
                Value::Text(text) => write!(xml, "<c r=\"{letters}{row}\" s=\"1\" t=\"s\"><v>{}</v></c>", texts.id(text)),
            };
        }
        xml.push_str("</row>");
        if xml.len() > 1 << 20 {
            out.write_all(xml.as_bytes())?;
            xml.clear();
        }
    }
    xml.push_str(
        "</sheetData><pageMargins left=\"0.7\" right=\"0.7\" top=\"0.75\" bottom=\"0.75\" header=\"0.3\" footer=\"0.3\"/></worksheet>",
    );
    out.write_all(xml.as_bytes())?;
    Ok(texts)
}

/// The shared texts, in the order of their first use.
#[derive(Default)]
struct Texts {
    ids: FxHashMap<String, usize>,
    list: Vec<String>,
    uses: usize,
}

impl Texts {
    fn id(&mut self, text: &str) -> usize {
        self.uses += 1;
        if let Some(id) = self.ids.get(text) {
            return *id;
        }
        self.ids.insert(text.to_owned(), self.list.len());
        self.list.push(text.to_owned());
        self.list.len() - 1
    }

    fn write(&self, out: &mut impl Write) -> Result<()> {
        let mut xml = format!("{XML}<sst xmlns=\"{MAIN}\" count=\"{}\" uniqueCount=\"{}\">", self.uses, self.list.len());
        for text in &self.list {
            let _ = write!(xml, "<si><t>{text}</t></si>");
        }
        xml.push_str("</sst>");
        out.write_all(xml.as_bytes())
    }
}

const XML: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\r\n";
const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const SHEET_START: &str = concat!(
    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\r\n",
    "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" ",
    "xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\">",
);
const SHEET_VIEW: &str =
    "<sheetViews><sheetView tabSelected=\"1\" workbookViewId=\"0\"/></sheetViews><sheetFormatPr defaultRowHeight=\"15\"/>";
const CONTENT_TYPES: &str = concat!(
    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\r\n",
    "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">",
    "<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>",
    "<Default Extension=\"xml\" ContentType=\"application/xml\"/>",
    "<Override PartName=\"/xl/workbook.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml\"/>",
    "<Override PartName=\"/xl/worksheets/sheet1.xml\" ",
    "ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml\"/>",
    "<Override PartName=\"/xl/styles.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml\"/>",
    "<Override PartName=\"/xl/sharedStrings.xml\" ",
    "ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml\"/>",
    "</Types>",
);
const ROOT_RELATIONS: &str = concat!(
    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\r\n",
    "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">",
    "<Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" ",
    "Target=\"xl/workbook.xml\"/></Relationships>",
);
const WORKBOOK: &str = concat!(
    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\r\n",
    "<workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" ",
    "xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\">",
    "<sheets><sheet name=\"Danh sách tiêm\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>",
);
const WORKBOOK_RELATIONS: &str = concat!(
    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\r\n",
    "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">",
    "<Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet\" ",
    "Target=\"worksheets/sheet1.xml\"/>",
    "<Relationship Id=\"rId2\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles\" Target=\"styles.xml\"/>",
    "<Relationship Id=\"rId3\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings\" ",
    "Target=\"sharedStrings.xml\"/></Relationships>",
);
const STYLES: &str = concat!(
    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\r\n",
    "<styleSheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">",
    "<fonts count=\"1\"><font><sz val=\"11\"/><name val=\"Times New Roman\"/></font></fonts>",
    "<fills count=\"1\"><fill><patternFill patternType=\"none\"/></fill></fills>",
    "<borders count=\"1\"><border><left/><right/><top/><bottom/><diagonal/></border></borders>",
    "<cellStyleXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/></cellStyleXfs>",
    "<cellXfs count=\"3\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\"/>",
    "<xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyAlignment=\"1\"/>",
    "<xf numFmtId=\"14\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyNumberFormat=\"1\"/></cellXfs>",
    "<cellStyles count=\"1\"><cellStyle name=\"Normal\" xfId=\"0\" builtinId=\"0\"/></cellStyles></styleSheet>",
);
