//! The parts of a workbook as written, without a library between: what Excel reads is what is tested.

use std::collections::BTreeMap;
use std::io::Read as _;

/// One cell.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Cell {
    /// Its value: of a formula, the result saved with it.
    pub(crate) value: Value,
    /// The formula, without `=`.
    pub(crate) formula: Option<String>,
    /// Whether a person may type into it on the protected sheet.
    pub(crate) is_open: bool,
    /// Its number format; empty for `General`.
    pub(crate) number_format: String,
    /// Its font.
    pub(crate) font: String,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) enum Value {
    #[default]
    Blank,
    Number(f64),
    Text(String),
}

/// One sheet.
#[derive(Debug, Default)]
pub(crate) struct Sheet {
    pub(crate) name: String,
    /// Cells by (row, column), both from 1.
    pub(crate) cells: BTreeMap<(u32, u32), Cell>,
    pub(crate) merges: Vec<String>,
    /// `A-C 12.5`.
    pub(crate) widths: Vec<String>,
    /// Row and its height in points.
    pub(crate) heights: BTreeMap<u32, f64>,
    /// Print set-up, panes, protection, validation: each tag with its attributes.
    pub(crate) settings: Vec<String>,
}

/// A tag of an XML part: its name, attributes, and the text up to the next tag.
struct Tag<'a> {
    name: &'a str,
    attributes: &'a str,
    text: &'a str,
}

fn tags(xml: &str) -> impl Iterator<Item = Tag<'_>> {
    xml.split('<').skip(1).filter_map(|piece| {
        let (tag, text) = piece.split_once('>')?;
        let (name, attributes) = tag.split_once([' ', '\n']).unwrap_or((tag, ""));
        Some(Tag { name, attributes: attributes.trim_end_matches('/'), text })
    })
}

impl<'a> Tag<'a> {
    fn get(&self, name: &str) -> Option<&'a str> {
        let start = self.attributes.find(&format!("{name}=\"")).filter(|at| *at == 0 || self.attributes.as_bytes()[at - 1] == b' ')?;
        let rest = &self.attributes[start + name.len() + 2..];
        Some(&rest[..rest.find('"')?])
    }
}

fn unescape(text: &str) -> String {
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
}

/// Reads every sheet, in order, and the names defined in the workbook.
pub(crate) fn read(bytes: &[u8]) -> (Vec<Sheet>, Vec<String>) {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let mut part = |name: &str| {
        let mut text = String::new();
        archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
        text
    };
    let workbook = part("xl/workbook.xml");
    let names: Vec<String> = tags(&workbook).filter(|tag| tag.name == "sheet").map(|tag| unescape(tag.get("name").unwrap())).collect();
    let defined = tags(&workbook).filter(|tag| tag.name == "definedName").map(|tag| format!("{} = {}", tag.attributes, unescape(tag.text)));
    let defined = defined.collect();
    let styles = part("xl/styles.xml");
    let styles = read_styles(&styles);
    let strings = read_strings(&part("xl/sharedStrings.xml"));
    let sheets = names.into_iter().enumerate();
    (sheets.map(|(at, name)| read_sheet(name, &part(&format!("xl/worksheets/sheet{}.xml", at + 1)), &strings, &styles)).collect(), defined)
}

fn read_strings(xml: &str) -> Vec<String> {
    let mut strings: Vec<String> = Vec::new();
    for tag in tags(xml) {
        match tag.name {
            "si" => strings.push(String::new()),
            "t" => strings.last_mut().unwrap().push_str(&unescape(tag.text)),
            _ => {}
        }
    }
    strings
}

/// For each cell style: a cell with its openness, number format and font.
fn read_styles(xml: &str) -> Vec<Cell> {
    let mut formats: BTreeMap<&str, String> = BTreeMap::from([("3", "#,##0".to_owned()), ("0", String::new())]);
    let (mut fonts, mut styles) = (Vec::new(), Vec::new());
    let (mut is_font, mut is_cell) = (false, false);
    for tag in tags(xml) {
        match tag.name {
            "numFmt" => {
                formats.insert(tag.get("numFmtId").unwrap(), unescape(tag.get("formatCode").unwrap()));
            }
            "fonts" => is_font = true,
            "/fonts" => is_font = false,
            "name" if is_font => fonts.push(tag.get("val").unwrap().to_owned()),
            "cellXfs" => is_cell = true,
            "/cellXfs" => is_cell = false,
            "xf" if is_cell => {
                let number_format = formats.get(tag.get("numFmtId").unwrap()).cloned().unwrap_or_else(|| "?".to_owned());
                let font = fonts[tag.get("fontId").unwrap().parse::<usize>().unwrap()].clone();
                styles.push(Cell { number_format, font, ..Cell::default() });
            }
            "protection" if is_cell => styles.last_mut().unwrap().is_open = tag.get("locked") == Some("0"),
            _ => {}
        }
    }
    styles
}

fn read_sheet(name: String, xml: &str, strings: &[String], styles: &[Cell]) -> Sheet {
    const SETTINGS: [&str; 13] = [
        "pageSetUpPr",
        "pane",
        "sheetProtection",
        "printOptions",
        "pageMargins",
        "pageSetup",
        "oddFooter",
        "autoFilter",
        "dataValidation",
        "formula1",
        "brk",
        "ignoredError",
        "rowBreaks",
    ];
    let mut sheet = Sheet { name, ..Sheet::default() };
    let (mut at, mut kind) = ((0, 0), "");
    for tag in tags(xml) {
        match tag.name {
            "row" => {
                if let Some(height) = tag.get("ht") {
                    sheet.heights.insert(tag.get("r").unwrap().parse().unwrap(), height.parse().unwrap());
                }
            }
            "c" => {
                at = address(tag.get("r").unwrap());
                kind = tag.get("t").unwrap_or("n");
                sheet.cells.insert(at, styles[tag.get("s").map_or(0, |style| style.parse::<usize>().unwrap())].clone());
            }
            "f" => sheet.cells.get_mut(&at).unwrap().formula = Some(unescape(tag.text)),
            "v" => {
                sheet.cells.get_mut(&at).unwrap().value = match kind {
                    "s" => Value::Text(strings[tag.text.parse::<usize>().unwrap()].clone()),
                    "str" => Value::Text(unescape(tag.text)),
                    _ => Value::Number(tag.text.parse().unwrap()),
                }
            }
            // A streamed row writes its texts where they stand.
            "t" if kind == "inlineStr" => sheet.cells.get_mut(&at).unwrap().value = Value::Text(unescape(tag.text)),
            "mergeCell" => sheet.merges.push(tag.get("ref").unwrap().to_owned()),
            "col" => {
                let letter = |name: &str| column_name(tag.get(name).unwrap().parse().unwrap());
                sheet.widths.push(format!("{}-{} {}", letter("min"), letter("max"), tag.get("width").unwrap()));
            }
            name if SETTINGS.contains(&name) => {
                sheet.settings.push(format!("{name} {} {}", tag.attributes.trim(), unescape(tag.text.trim())).trim_end().to_owned());
            }
            _ => {}
        }
    }
    sheet
}

/// `C12` as (12, 3).
pub(crate) fn address(text: &str) -> (u32, u32) {
    let digits = text.find(|c: char| c.is_ascii_digit()).unwrap();
    let column = text[..digits].bytes().fold(0, |column, letter| column * 26 + u32::from(letter - b'A') + 1);
    (text[digits..].parse().unwrap(), column)
}

/// 3 as `C`.
pub(crate) fn column_name(mut column: u32) -> String {
    let mut name = String::new();
    while column > 0 {
        name.insert(0, char::from(b'A' + ((column - 1) % 26) as u8));
        column = (column - 1) / 26;
    }
    name
}

impl Sheet {
    /// The cell at `C12`; a blank one where nothing is written.
    pub(crate) fn cell(&self, name: &str) -> Cell {
        self.cells.get(&address(name)).cloned().unwrap_or_default()
    }

    /// The text at `C12`; empty where there is none.
    pub(crate) fn text(&self, name: &str) -> String {
        if let Value::Text(text) = self.cell(name).value { text } else { String::new() }
    }

    /// Rows whose first column's text is this.
    pub(crate) fn rows_starting(&self, words: &str) -> Vec<u32> {
        let is_it = |cell: &Cell| matches!(&cell.value, Value::Text(text) if text == words);
        self.cells.iter().filter(|((_, column), cell)| *column == 1 && is_it(cell)).map(|((row, _), _)| *row).collect()
    }
}

/// A workbook as text: what is in a golden file.
pub(crate) fn dump(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    let (sheets, defined) = read(bytes);
    let mut out = String::new();
    for name in defined {
        writeln!(out, "name\t{name}").unwrap();
    }
    for sheet in sheets {
        writeln!(out, "\n== {}", sheet.name).unwrap();
        for line in sheet.settings.iter().filter(|line| !line.starts_with("rowBreaks")) {
            writeln!(out, "set\t{line}").unwrap();
        }
        writeln!(out, "widths\t{}", sheet.widths.join(", ")).unwrap();
        let heights: Vec<String> = sheet.heights.iter().map(|(row, height)| format!("{row}:{height}")).collect();
        writeln!(out, "heights\t{}", heights.join(" ")).unwrap();
        writeln!(out, "merges\t{}", sheet.merges.join(" ")).unwrap();
        for ((row, column), cell) in &sheet.cells {
            let open = if cell.is_open { "+" } else { "" };
            let value = match &cell.value {
                Value::Blank if cell.is_open => String::new(),
                Value::Blank => continue,
                Value::Number(number) => number.to_string(),
                Value::Text(text) => format!("{text:?}"),
            };
            let kind = match (&cell.formula, &cell.value) {
                (Some(_), _) => "formula",
                (None, Value::Number(_)) => "number",
                (None, Value::Text(_)) => "text",
                (None, Value::Blank) => "blank",
            };
            let formula = cell.formula.as_ref().map_or(String::new(), |formula| format!("={formula} → "));
            writeln!(out, "{}{row}\t{kind}{open}\t{formula}{value}\t{}", column_name(*column), cell.number_format).unwrap();
        }
    }
    out
}
