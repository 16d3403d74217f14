//! Packages written by hand, for what no writing library writes.

use std::io::{Cursor, Write as _};
use zip::write::SimpleFileOptions;

const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// A zip of these parts.
pub(crate) fn zip_of(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        zip.start_file(*name, SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated)).unwrap();
        zip.write_all(content).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// A workbook of one sheet with this XML between `<sheetData>` tags, these shared texts and styles 0 to 2: plain, date, length of time.
pub(crate) fn book_of(rows: &str, shared: &str) -> Vec<u8> {
    let sheet = format!(r#"<?xml version="1.0"?><worksheet xmlns="m"><dimension ref="A1"/><sheetData>{rows}</sheetData></worksheet>"#);
    book_with(&[("xl/worksheets/sheet1.xml", sheet.as_bytes())], shared)
}

/// As [`book_of`], with the sheet's part (and any other) given whole.
pub(crate) fn book_with(parts: &[(&str, &[u8])], shared: &str) -> Vec<u8> {
    let relation = |id: &str, kind: &str, target: &str| format!(r#"<Relationship Id="{id}" Type="{RELATIONS}/{kind}" Target="{target}"/>"#);
    let root = format!("<Relationships>{}</Relationships>", relation("r1", "officeDocument", "xl/workbook.xml"));
    let relations = format!(
        "<Relationships>{}{}{}</Relationships>",
        relation("r1", "worksheet", "worksheets/sheet1.xml"),
        relation("r2", "sharedStrings", "sharedStrings.xml"),
        relation("r3", "styles", "styles.xml")
    );
    let book = format!(r#"<workbook xmlns="m" xmlns:r="{RELATIONS}"><sheets><sheet name="DS" sheetId="1" r:id="r1"/></sheets></workbook>"#);
    let styles = r#"<styleSheet><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="46"/></cellXfs></styleSheet>"#;
    let shared = format!("<sst>{shared}</sst>");
    let mut all: Vec<(&str, &[u8])> = vec![
        ("[Content_Types].xml", b"<Types/>"),
        ("_rels/.rels", root.as_bytes()),
        ("xl/workbook.xml", book.as_bytes()),
        ("xl/_rels/workbook.xml.rels", relations.as_bytes()),
        ("xl/styles.xml", styles.as_bytes()),
        ("xl/sharedStrings.xml", shared.as_bytes()),
    ];
    all.retain(|(name, _)| !parts.iter().any(|(given, _)| given == name));
    all.extend(parts);
    zip_of(&all)
}
