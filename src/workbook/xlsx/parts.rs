//! The small parts that name the others: the package's relations, the workbook and its relations.

use super::damaged;
use crate::workbook::error::ReadError;
use crate::workbook::read::MAX_SHEETS;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use rustc_hash::FxHashMap;

/// What the workbook part says.
#[derive(Debug, Default)]
pub(super) struct Book {
    /// In the order of their tabs.
    pub(super) sheets: Vec<SheetPart>,
    /// Part of the shared texts.
    pub(super) shared_strings: Option<String>,
    /// Part of the styles.
    pub(super) styles: Option<String>,
    /// Whether days count from 1904.
    pub(super) is_1904: bool,
}

/// One sheet.
#[derive(Debug)]
pub(super) struct SheetPart {
    /// As on its tab.
    pub(super) name: String,
    /// Hidden, also where only a program can show it again.
    pub(super) is_hidden: bool,
    /// Its part; none for a chart or a sheet of macros.
    pub(super) part: Option<String>,
}

/// One relation: the last word of its type, its target.
struct Relation {
    kind: String,
    target: String,
}

impl Book {
    /// Reads the workbook part (`name` tells its folder) and its relations.
    pub(super) fn read(xml: &[u8], relations: &[u8], name: &str) -> Result<Book, ReadError> {
        let folder = name.rsplit_once('/').map_or("", |(folder, _)| folder);
        let relations = read_relations(relations)?;
        let find = |kind: &str| relations.values().find(|relation| relation.kind == kind).map(|relation| resolve(folder, &relation.target));
        let mut book = Book { shared_strings: find("sharedstrings"), styles: find("styles"), ..Book::default() };
        let mut sheet_count = 0usize;
        each_element(xml, name, |element| match element.local_name().as_ref() {
            "workbookPr" => book.is_1904 |= matches!(attribute(element, "date1904").as_deref(), Some("1" | "true" | "on")),
            "sheet" => {
                sheet_count += 1;
                if sheet_count > MAX_SHEETS {
                    return;
                }
                let relation = attribute(element, "id").and_then(|id| relations.get(&id));
                let part = relation.filter(|relation| relation.kind == "worksheet").map(|relation| resolve(folder, &relation.target));
                book.sheets.push(SheetPart {
                    name: attribute(element, "name").unwrap_or_default(),
                    is_hidden: attribute(element, "state").is_some_and(|state| state != "visible"),
                    part,
                });
            }
            _ => {}
        })?;
        if sheet_count > MAX_SHEETS {
            return Err(ReadError::TooLarge(format!("{sheet_count} trang tính")));
        }
        if sheet_count == 0 {
            return Err(damaged(name, "it names no sheet"));
        }
        Ok(book)
    }
}

/// The workbook part's name, by the package's relations.
pub(super) fn workbook_part(relations: &[u8]) -> Result<Option<String>, ReadError> {
    let relations = read_relations(relations)?;
    Ok(relations.into_values().find(|relation| relation.kind == "officedocument").map(|relation| resolve("", &relation.target)))
}

/// Where the relations of a part stand.
pub(super) fn relations_of(name: &str) -> String {
    match name.rsplit_once('/') {
        Some((folder, file)) => format!("{folder}/_rels/{file}.rels"),
        None => format!("_rels/{name}.rels"),
    }
}

fn read_relations(xml: &[u8]) -> Result<FxHashMap<String, Relation>, ReadError> {
    let mut relations = FxHashMap::default();
    each_element(xml, "relationships", |element| {
        if element.local_name().as_ref() == "Relationship"
            && let (Some(id), Some(kind), Some(target)) =
                (attribute(element, "Id"), attribute(element, "Type"), attribute(element, "Target"))
        {
            let kind = kind.rsplit('/').next().unwrap_or_default().to_lowercase();
            relations.insert(id, Relation { kind, target });
        }
    })?;
    Ok(relations)
}

/// A target as a part's name: beside the part that names it, or from the root.
fn resolve(folder: &str, target: &str) -> String {
    let target = target.replace('\\', "/");
    if let Some(rooted) = target.strip_prefix('/') {
        return rooted.to_owned();
    }
    let mut path: Vec<&str> = folder.split('/').filter(|step| !step.is_empty()).collect();
    for step in target.split('/') {
        match step {
            "." | "" => {}
            ".." => {
                path.pop();
            }
            step => path.push(step),
        }
    }
    path.join("/")
}

/// Calls back for each start tag, in order.
pub(super) fn each_element(xml: &[u8], part: &str, mut heard: impl FnMut(&BytesStart<'_>)) -> Result<(), ReadError> {
    let text = String::from_utf8_lossy(xml);
    let mut reader = Reader::from_str(text.trim_start_matches('\u{feff}'));
    reader.config_mut().check_end_names = false;
    loop {
        match reader.read_event() {
            Ok(Event::Start(element) | Event::Empty(element)) => heard(&element),
            Ok(Event::Eof) => return Ok(()),
            Ok(_) => {}
            Err(error) => return Err(damaged(part, &error.to_string())),
        }
    }
}

/// An attribute by its local name.
pub(super) fn attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = element.attributes().with_checks(false).flatten().find(|attribute| attribute.key.local_name().as_ref() == name)?;
    let mut out = Vec::new();
    super::text::decode_into(&mut out, found.value.as_bytes());
    String::from_utf8(out).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_are_beside_the_part_or_at_the_root() {
        assert_eq!(resolve("xl", "worksheets/sheet1.xml"), "xl/worksheets/sheet1.xml");
        assert_eq!(resolve("xl", "/xl/worksheets/sheet1.xml"), "xl/worksheets/sheet1.xml");
        assert_eq!(resolve("xl", "..\\other\\sheet1.xml"), "other/sheet1.xml");
        assert_eq!(resolve("", "./workbook.xml"), "workbook.xml");
        assert_eq!(relations_of("xl/workbook.xml"), "xl/_rels/workbook.xml.rels");
    }

    #[test]
    fn a_strict_workbook_reads_as_any_other() {
        let relations = br#"<Relationships><Relationship Id="r1" Type="http://purl.oclc.org/ooxml/officeDocument/relationships/worksheet" Target="worksheets/a.xml"/></Relationships>"#;
        let xml = br#"<x:workbook xmlns:r="u"><x:workbookPr date1904="true"/><x:sheets><x:sheet name="A &amp; B" state="veryHidden" r:id="r1"/></x:sheets><extLst><ext><x14:workbookPr a="1"/></ext></extLst></x:workbook>"#;
        let book = Book::read(xml, relations, "xl/workbook.xml").unwrap();
        assert!(book.is_1904);
        assert_eq!(book.sheets[0].name, "A & B");
        assert!(book.sheets[0].is_hidden);
        assert_eq!(book.sheets[0].part.as_deref(), Some("xl/worksheets/a.xml"));
    }
}
