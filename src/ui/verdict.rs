//! What the page says of a file, and whether the reconciliation can start: pure functions the cards and the button read.

use crate::domain::source::SheetKind;
use crate::domain::{Date, Field, FileId, Side};
use crate::figures::reported::ReportedFigures;
use crate::normalize::legacy::TextEncoding;
pub use crate::text::column_name;
use crate::text::{read_error, show_date, show_number};
use crate::workbook::error::ReadError;
use crate::workbook::mapping::{SheetMapping, SheetReading};
use crate::workbook::preflight::Preflight;

/// A file that has been read, in the words of its card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// `Đã đọc`.
    Read,
    /// `Đã đọc, có dòng lỗi`.
    ReadWithProblems,
    /// `Từ chối: ‹lý do›`.
    Refused(String),
}

impl Verdict {
    /// The fixed words.
    pub fn label(&self) -> String {
        match self {
            Verdict::Read => "Đã đọc".to_owned(),
            Verdict::ReadWithProblems => "Đã đọc, có dòng lỗi".to_owned(),
            Verdict::Refused(why) => format!("Từ chối: {why}"),
        }
    }
}

/// The verdict on a file whose sheets these are.
pub fn file_verdict(sheets: &[SheetReading]) -> Verdict {
    if sheets.iter().all(|sheet| sheet.mapping.is_none()) {
        return Verdict::Refused(read_error(&ReadError::NoHeader));
    }
    let used: Vec<&SheetReading> = sheets.iter().filter(|sheet| side(sheet).is_some()).collect();
    let lacking = used.iter().filter_map(|sheet| sheet.mapping.as_ref().map(missing_columns)).find(|missing| !missing.is_empty());
    match lacking {
        Some(missing) if used.iter().all(|sheet| sheet.items == 0) => {
            Verdict::Refused(format!("chưa biết cột nào là {}. Hãy chọn trong “Các cột và dòng” bên dưới.", missing.join(" và ")))
        }
        _ if used.iter().any(|sheet| sheet.unreadable > 0 || sheet.problem_count > 0) => Verdict::ReadWithProblems,
        _ => Verdict::Read,
    }
}

/// The side a sheet's doses stand on, if it is used.
pub fn side(sheet: &SheetReading) -> Option<Side> {
    sheet.mapping.as_ref().and_then(|mapping| mapping.kind.side())
}

/// What a file as a whole is taken for; none where its sheets are of different kinds. Sheets that are left out do not blur it.
pub fn file_kind(sheets: &[SheetReading]) -> Option<SheetKind> {
    let kinds = || sheets.iter().filter(|sheet| !sheet.is_hidden).filter_map(|sheet| sheet.mapping.as_ref()).map(|mapping| mapping.kind);
    let of_lists: Vec<SheetKind> = kinds().filter(|kind| kind.side().is_some()).collect();
    let first = of_lists.first().copied().or_else(|| kinds().next())?;
    of_lists.iter().all(|kind| *kind == first).then_some(first)
}

/// `Ngày trích xuất` of a file's System sheets.
pub fn extracted_on(sheets: &[SheetReading]) -> Option<Date> {
    let of_system = sheets.iter().filter(|sheet| side(sheet) == Some(Side::System));
    of_system.filter_map(|sheet| sheet.mapping.as_ref()).find_map(|mapping| mapping.extracted_on)
}

/// `1.494 dòng · 1.486 người · 1.486 mũi · 8 mũi không đọc được · 8 dòng bỏ qua`.
pub fn totals(sheets: &[SheetReading]) -> String {
    let sum = |of: fn(&SheetReading) -> u32| sheets.iter().map(|sheet| i64::from(of(sheet))).sum::<i64>();
    let skipped: i64 = sheets.iter().flat_map(|sheet| &sheet.skipped).map(|(_, count, _)| i64::from(*count)).sum();
    let always = [(sum(|sheet| sheet.rows), "dòng"), (sum(|sheet| sheet.persons), "người"), (sum(|sheet| sheet.items), "mũi")];
    let where_any = [(sum(|sheet| sheet.unreadable), "mũi không đọc được"), (skipped, "dòng bỏ qua")];
    let words = always.into_iter().chain(where_any.into_iter().filter(|(count, _)| *count > 0));
    words.map(|(count, what)| format!("{} {what}", show_number(count))).collect::<Vec<_>>().join(" · ")
}

/// What a first look at a file showed: `3 trang tính, ≈ 120.000 dòng, cần khoảng 60 MB bộ nhớ`.
pub fn glance_words(preflight: &Preflight) -> String {
    let mut words = Vec::new();
    if !preflight.sheets.is_empty() {
        words.push(format!("{} trang tính", show_number(preflight.sheets.len() as i64)));
    }
    if let Some((rows, is_exact)) = preflight.rows() {
        // An estimate is not shown to the last row.
        let (sign, rows) = if is_exact { ("", rows) } else { ("≈ ", rows.next_multiple_of(if rows > 20_000 { 1000 } else { 100 })) };
        words.push(format!("{sign}{} dòng", show_number(rows as i64)));
    }
    if preflight.memory > 0 {
        words.push(format!("cần khoảng {} MB bộ nhớ", show_number((preflight.memory >> 20).max(1) as i64)));
    }
    words.join(", ")
}

/// What a list of doses cannot be read without and this mapping lacks.
pub fn missing_columns(mapping: &SheetMapping) -> Vec<&'static str> {
    let has = |field| mapping.columns.iter().any(|column| column.field == Some(field));
    let mut missing = Vec::new();
    if !has(Field::FullName) && !has(Field::GivenName) {
        missing.push(Field::FullName.label());
    }
    if !mapping.has_day() {
        missing.push(Field::GivenOn.label());
    }
    missing
}

/// What an officer should do about a sheet: choose the columns it cannot be read without, or say that it is used.
pub fn sheet_hint(sheet: &SheetReading) -> Option<String> {
    let mapping = sheet.mapping.as_ref()?;
    let missing = missing_columns(mapping);
    match (mapping.kind.side().is_some(), missing.is_empty()) {
        (true, false) => Some(format!("Chưa biết cột nào là {}: hãy chọn trong “Các cột và dòng”.", missing.join(" và "))),
        (false, true) if mapping.kind == SheetKind::Unused && !sheet.is_hidden && mapping.kind_confidence < 100 => Some(
            "Trang này có cột họ tên và ngày tiêm nhưng đang để “Không dùng”: nếu là danh sách tiêm, hãy chọn “Loại dữ liệu”.".to_owned(),
        ),
        _ => None,
    }
}

/// What was done to text of before Unicode: `1.234 ô chữ TCVN3 (ABC) đã đổi sang Unicode`.
pub fn decoded_words(sheet: &SheetReading) -> Option<String> {
    let columns = &sheet.mapping.as_ref()?.columns;
    let used = TextEncoding::LEGACY.into_iter().filter(|encoding| columns.iter().any(|column| column.text == *encoding));
    let names: Vec<&str> = used.map(TextEncoding::label).collect();
    (sheet.decoded > 0).then(|| format!("{} ô chữ {} đã đổi sang Unicode", show_number(i64::from(sheet.decoded)), names.join(", ")))
}

/// That a sheet was known for what it is, where nothing is done with it.
pub fn known_words(sheet: &SheetReading) -> Option<&'static str> {
    let kind = sheet.mapping.as_ref()?.kind;
    (kind == SheetKind::PoliceList).then_some("Đã nhận ra; nội dung chưa dùng ở phiên bản này.")
}

/// What was read of a sheet with figures: `Đã đọc số liệu của 15 đơn vị, tính đến 31/01/2023; 3 chỗ cần xem.`
pub fn figures_words(reported: &ReportedFigures, file: FileId, sheet: u16) -> Option<String> {
    let read = reported.sheets.iter().find(|own| (own.file, own.sheet) == (file, sheet))?;
    let mut words = match read.units {
        0 => "Chưa đọc được số liệu của đơn vị nào".to_owned(),
        units => format!("Đã đọc số liệu của {} đơn vị", show_number(i64::from(units))),
    };
    words.push_str(&match read.as_of {
        Some(day) => format!(", tính đến {}", show_date(day)),
        None => ", không thấy ghi ngày".to_owned(),
    });
    if read.doubts > 0 {
        words.push_str(&format!("; {} chỗ cần xem", show_number(i64::from(read.doubts))));
    }
    Some(words + ".")
}

/// The totals of a file that holds figures only: `12 dòng · 5 đơn vị`; none where it holds doses.
pub fn figure_totals(sheets: &[SheetReading], reported: &ReportedFigures, file: FileId) -> Option<String> {
    let is_of_counts = |sheet: &SheetReading| sheet.mapping.as_ref().is_some_and(|mapping| mapping.kind.is_of_counts());
    if !sheets.iter().any(is_of_counts) || sheets.iter().any(|sheet| side(sheet).is_some()) {
        return None;
    }
    let rows: i64 = sheets.iter().filter(|sheet| is_of_counts(sheet)).map(|sheet| i64::from(sheet.rows)).sum();
    let units: i64 = reported.sheets.iter().filter(|own| own.file == file).map(|own| i64::from(own.units)).sum();
    Some(format!("{} dòng · {} đơn vị", show_number(rows), show_number(units)))
}

/// Whether anything is doubtful about the figures of a file.
pub fn has_figure_doubts(reported: &ReportedFigures, file: FileId) -> bool {
    reported.sheets.iter().any(|own| own.file == file && (own.doubts > 0 || own.units == 0))
}

/// What is doubtful about a sheet with figures, in the order of its rows; at most `limit`, and how many there are.
pub fn figure_doubts(reported: &ReportedFigures, file: FileId, sheet: u16, limit: usize) -> (Vec<String>, usize) {
    let of_sheet = reported.remarks.iter().filter(|(own, at, _)| (*own, *at) == (file, sheet)).map(|(.., words)| words);
    let changed = reported.sheets.iter().filter(|own| (own.file, own.sheet) == (file, sheet)).flat_map(|own| &own.changed);
    let of_units = reported.units.iter().filter(|unit| (unit.file, unit.sheet) == (file, sheet)).flat_map(|unit| &unit.doubts);
    let of_forms = reported.forms_2.iter().filter(|form| (form.file, form.sheet) == (file.0, sheet)).flat_map(|form| &form.doubts);
    let all: Vec<&String> = of_sheet.chain(changed.map(|change| &change.words)).chain(of_units).chain(of_forms).collect();
    (all.iter().take(limit).map(|words| (*words).clone()).collect(), all.len())
}

/// A confidence of 0 to 100 in words.
pub fn confidence_words(confidence: u8) -> &'static str {
    match confidence {
        100.. => "chắc chắn",
        85.. => "khá chắc",
        60.. => "nên xem lại",
        _ => "chưa chắc, hãy xem lại",
    }
}

/// What all sheets of all files that are read come to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Loaded {
    /// Sheets of each side.
    pub sheets: [u32; 2],
    /// Ledger items of each side.
    pub items: [u64; 2],
}

impl Loaded {
    /// Counts sheets.
    pub fn of<'a>(sheets: impl Iterator<Item = &'a SheetReading>) -> Loaded {
        let mut loaded = Loaded::default();
        for sheet in sheets {
            if let Some(side) = side(sheet) {
                loaded.sheets[side.index()] += 1;
                loaded.items[side.index()] += u64::from(sheet.items);
            }
        }
        loaded
    }
}

/// Whether the reconciliation can start; where not, what is needed first.
///
/// # Errors
/// The sentence that explains it.
pub fn can_start(loaded: Loaded, reading: usize) -> Result<String, String> {
    let [local, system] = loaded.items;
    let (local_name, system_name) = (SheetKind::LocalList.label(), SheetKind::SystemExport.label());
    if reading > 0 {
        return Err(format!("Đang đọc {reading} tệp; đối soát được khi đọc xong."));
    }
    match (local > 0, system > 0) {
        (true, true) => Ok(format!(
            "{} mũi của địa phương sẽ được đối soát với {} mũi trên Hệ thống.",
            show_number(local as i64),
            show_number(system as i64)
        )),
        (false, false) => Err(format!("Cần ít nhất một “{local_name}” và một “{system_name}”.")),
        (false, true) if loaded.sheets[Side::System.index()] > 1 => Err(format!(
            "Chưa có danh sách tiêm của địa phương: cả {} bảng đã nạp đều là “{system_name}”, nên chưa có gì để đối soát. Hãy thả thêm danh sách của địa phương, hoặc đổi “Loại dữ liệu” của bảng bị nhận nhầm.",
            loaded.sheets[Side::System.index()]
        )),
        (false, true) => {
            Err(format!("Mới có “{system_name}”. Hãy thả thêm “{local_name}”, hoặc đổi “Loại dữ liệu” nếu bảng bị nhận nhầm."))
        }
        (true, false) => {
            Err(format!("Mới có “{local_name}”. Hãy thả thêm “{system_name}”, hoặc đổi “Loại dữ liệu” nếu bảng bị nhận nhầm."))
        }
    }
}

/// `12,3 MB`, `45 KB`.
pub fn show_size(bytes: u64) -> String {
    match bytes {
        0..1_000 => format!("{bytes} byte"),
        1_000..1_000_000 => format!("{} KB", bytes.div_ceil(1_000)),
        _ => format!("{},{} MB", bytes / 1_000_000, bytes % 1_000_000 / 100_000),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workbook::mapping::MappedColumn;

    fn sheet(kind: SheetKind, fields: &[Field], items: u32) -> SheetReading {
        let column = |(at, field): (usize, &Field)| MappedColumn {
            column: at as u16,
            header: field.label().to_owned(),
            field: Some(*field),
            slot: 1,
            confidence: 90,
            text: TextEncoding::Unicode,
            samples: Vec::new(),
        };
        let mapping = SheetMapping {
            kind,
            kind_confidence: 90,
            header_first: 1,
            header_last: 1,
            columns: fields.iter().enumerate().map(column).collect(),
            title: Vec::new(),
            unit: None,
            extracted_on: None,
            snapshot: None,
        };
        SheetReading { name: "Sheet1".to_owned(), items, mapping: Some(mapping), ..SheetReading::default() }
    }

    #[test]
    fn a_file_is_refused_read_or_read_with_problems() {
        assert!(matches!(file_verdict(&[SheetReading::default()]), Verdict::Refused(_)));
        let whole = sheet(SheetKind::LocalList, &[Field::FullName, Field::GivenOn], 5);
        assert_eq!(file_verdict(&[whole.clone(), SheetReading::default()]), Verdict::Read);
        assert_eq!(file_verdict(&[SheetReading { unreadable: 1, ..whole }]).label(), "Đã đọc, có dòng lỗi");
        let no_day = sheet(SheetKind::LocalList, &[Field::FullName], 0);
        assert!(file_verdict(&[no_day]).label().contains("Ngày tiêm"));
        assert_eq!(file_verdict(&[sheet(SheetKind::Unused, &[Field::Note], 0)]), Verdict::Read);
    }

    #[test]
    fn only_what_nothing_is_done_with_is_said_to_be_unused() {
        for kind in SheetKind::ALL {
            let list = sheet(kind, &[Field::FullName, Field::GivenOn], 5);
            assert_eq!(known_words(&list).is_some(), kind == SheetKind::PoliceList, "{kind:?}");
            assert_eq!(sheet_hint(&list).is_some(), kind == SheetKind::Unused, "{kind:?}");
            assert_eq!(SheetKind::from_label(kind.label()), Some(kind));
        }
    }

    #[test]
    fn a_sheet_with_figures_says_what_was_read_of_it() {
        use crate::figures::reported::ReportedSheet;
        let mut read = ReportedSheet {
            file: FileId(1),
            sheet: 0,
            name: "PL1".to_owned(),
            kind: SheetKind::UnitForm1,
            units: 1_500,
            doubts: 2,
            as_of: Some(Date::constant(2023, 1, 31)),
            letter_number: None,
            province: None,
            unit: None,
            has_failing_total: false,
            changed: Vec::new(),
        };
        let words = |read: &ReportedSheet| {
            let remarks = vec![(FileId(1), 0, "Một.".to_owned()), (FileId(1), 0, "Hai.".to_owned()), (FileId(2), 0, "Khác.".to_owned())];
            let reported = ReportedFigures { sheets: vec![read.clone()], remarks, ..ReportedFigures::default() };
            assert_eq!(figure_doubts(&reported, FileId(1), 0, 1), (vec!["Một.".to_owned()], 2));
            figures_words(&reported, FileId(1), 0)
        };
        assert_eq!(words(&read).as_deref(), Some("Đã đọc số liệu của 1.500 đơn vị, tính đến 31/01/2023; 2 chỗ cần xem."));
        let file = ReportedFigures { sheets: vec![read.clone()], ..ReportedFigures::default() };
        let counted = SheetReading { rows: 20, ..sheet(SheetKind::UnitForm1, &[], 0) };
        assert_eq!(figure_totals(std::slice::from_ref(&counted), &file, FileId(1)).as_deref(), Some("20 dòng · 1.500 đơn vị"));
        assert_eq!(figure_totals(&[counted, sheet(SheetKind::LocalList, &[], 3)], &file, FileId(1)), None);
        assert!(has_figure_doubts(&file, FileId(1)) && !has_figure_doubts(&file, FileId(2)));
        (read.units, read.doubts, read.as_of) = (0, 0, None);
        assert_eq!(words(&read).as_deref(), Some("Chưa đọc được số liệu của đơn vị nào, không thấy ghi ngày."));
        assert_eq!(figures_words(&ReportedFigures::default(), FileId(1), 0), None);
    }

    #[test]
    fn decoded_text_is_told() {
        let mut list = sheet(SheetKind::LocalList, &[Field::FullName], 5);
        assert_eq!(decoded_words(&list), None);
        list.decoded = 1234;
        if let Some(mapping) = &mut list.mapping {
            mapping.columns[0].text = TextEncoding::Tcvn3;
        }
        assert_eq!(decoded_words(&list).as_deref(), Some("1.234 ô chữ TCVN3 (ABC) đã đổi sang Unicode"));
    }

    #[test]
    fn a_file_is_of_the_kind_its_lists_share() {
        let [local, system, unused] =
            [SheetKind::LocalList, SheetKind::SystemExport, SheetKind::Unused].map(|kind| sheet(kind, &[Field::FullName], 2));
        assert_eq!(file_kind(&[local.clone(), unused.clone()]), Some(SheetKind::LocalList));
        assert_eq!(file_kind(&[local.clone(), system]), None);
        assert_eq!(file_kind(std::slice::from_ref(&unused)), Some(SheetKind::Unused));
        assert_eq!(file_kind(&[SheetReading::default()]), None);
        assert_eq!(
            totals(&[SheetReading { rows: 1_234, persons: 3, unreadable: 1, ..local }]),
            "1.234 dòng · 3 người · 2 mũi · 1 mũi không đọc được"
        );
    }

    #[test]
    fn starting_needs_both_sides_and_says_so() {
        let local = sheet(SheetKind::LocalList, &[], 3);
        let system = sheet(SheetKind::SystemExport, &[], 4);
        let loaded = |sheets: &[&SheetReading]| Loaded::of(sheets.iter().copied());
        assert!(can_start(loaded(&[&local, &system]), 0).is_ok());
        assert!(can_start(loaded(&[&local, &system]), 1).is_err());
        assert!(can_start(loaded(&[&system, &system]), 0).is_err_and(|why| why.contains("cả 2 bảng")));
        assert!(can_start(loaded(&[&local]), 0).is_err_and(|why| why.starts_with("Mới có “Danh sách")));
        assert!(can_start(loaded(&[]), 0).is_err_and(|why| why.starts_with("Cần ít nhất")));
    }

    #[test]
    fn columns_and_sizes_as_office_programs_show_them() {
        assert_eq!([0, 25, 26, 701, 702].map(column_name), ["A", "Z", "AA", "ZZ", "AAA"]);
        assert_eq!([999, 1_001, 12_345_678].map(show_size), ["999 byte", "2 KB", "12,3 MB"]);
    }
}
