//! What a sheet shows of itself at a glance: the texts above its data, columns of counts, units, days, persons.

use crate::domain::{Date, Field};
use crate::normalize::date::{DateOf, WrittenDate, day_of_serial, read_date};
use crate::workbook::mapping::MappedColumn;
use crate::workbook::table::{CellValue, Row, Sheet, TextArena};
use crate::workbook::values;
use crate::workbook::words::Words;
use rustc_hash::FxHashMap;

/// Rows looked at below the header.
const ROWS: usize = 80;

/// The face of a sheet.
pub(crate) struct Face<'a> {
    pub(crate) columns: &'a [MappedColumn],
    pub(crate) slots: u8,
    /// Whether name and day of dose are mapped.
    pub(crate) is_usable: bool,
    pub(crate) title: &'a [String],
    pub(crate) sheet_name: &'a str,
    pub(crate) file_name: &'a str,
    /// Every text down to the end of the header, and the names of sheet and file.
    pub(crate) texts: Vec<Words>,
    /// The texts of the header.
    pub(crate) heads: Vec<Words>,
    /// Columns of counts.
    pub(crate) count_columns: usize,
    /// Whether rows are of units.
    pub(crate) has_units: bool,
    /// Whether rows are of persons.
    pub(crate) has_persons: bool,
    /// Days: headings that are dates, or different dates below one heading of counts.
    pub(crate) days: usize,
}

/// Where the rows of a sheet stand.
#[derive(Clone, Copy)]
pub(crate) struct Stretch {
    /// First and last row of the header, as indexes among the kept rows.
    pub(crate) first: usize,
    pub(crate) last: usize,
}

#[derive(Default)]
struct Column {
    filled: u32,
    counts: u32,
    /// The largest count.
    largest: f64,
    units: u32,
    words: u32,
    days: Vec<Date>,
    day_cells: u32,
}

impl<'a> Face<'a> {
    /// Looks at a sheet.
    pub(crate) fn of(
        sheet: &Sheet,
        texts: &TextArena,
        header: Stretch,
        columns: &'a [MappedColumn],
        title: &'a [String],
        (sheet_name, file_name): (&'a str, &'a str),
    ) -> Face<'a> {
        let rows = |from: usize, count: usize| sheet.table.rows().skip(from).take(count);
        let text = |cell: crate::workbook::table::Cell| match cell.value(texts) {
            CellValue::Text(text) => Some(Words::of(text)),
            _ => None,
        };
        let in_rows = |from: usize, count: usize| -> Vec<Words> {
            rows(from, count).flat_map(Row::cells).filter_map(|(_, cell)| text(cell)).collect()
        };
        let heads = in_rows(header.first, header.last + 1 - header.first);
        let mut above = in_rows(0, header.last + 1);
        above.extend([sheet_name, file_name].map(Words::of));
        let mut body: FxHashMap<u16, Column> = FxHashMap::default();
        for (column, cell) in rows(header.last + 1, ROWS).flat_map(Row::cells) {
            body.entry(column).or_default().take(cell.value(texts));
        }
        let field = |column: u16| columns.iter().find(|mapped| mapped.column == column).and_then(|mapped| mapped.field);
        let is_count = |column: &u16, own: &Column| {
            let is_number = matches!(field(*column), Some(Field::RowNumber | Field::Identity | Field::Phone | Field::Insurance));
            // A number of ten digits counts nothing.
            !is_number && own.filled > 0 && own.counts * 10 >= own.filled * 7 && own.largest < 1e9
        };
        let is_of_units = |own: &Column| own.units * 2 > own.words && own.units > 0;
        let name = columns.iter().find(|column| matches!(column.field, Some(Field::FullName | Field::GivenName)));
        let is_day = |value: CellValue<'_>| day_in(value).is_some() || matches!(value, CellValue::Text(text) if is_day_label(text));
        let head_rows = || rows(header.first, header.last + 1 - header.first);
        let day_headings = head_rows().flat_map(Row::cells).filter(|(_, cell)| is_day(cell.value(texts))).count();
        let day_headings = day_headings.max(head_rows().map(|row| counted_days(row, texts)).max().unwrap_or(0));
        // A day a row: several dates in a column beside columns of counts.
        let day_rows = body.values().filter(|own| own.day_cells * 10 >= own.filled * 7).map(|own| own.days.len()).max().unwrap_or(0);
        let has_unit_heading = heads.iter().any(|text| UNIT_HEADINGS.contains(&text.line().as_str()));
        let has_name = columns.iter().any(|column| matches!(column.field, Some(Field::FullName | Field::GivenName)));
        let has_day = columns.iter().any(|column| matches!(column.field, Some(Field::GivenOn | Field::GivenDay)));
        Face {
            columns,
            slots: columns.iter().filter(|column| column.field.is_some_and(Field::is_of_dose)).map(|column| column.slot).max().unwrap_or(0),
            is_usable: has_name && has_day,
            title,
            sheet_name,
            file_name,
            texts: above,
            heads,
            count_columns: body.iter().filter(|(column, own)| is_count(column, own)).count(),
            has_units: has_unit_heading || body.values().any(is_of_units),
            has_persons: name.is_some_and(|name| body.get(&name.column).is_none_or(|own| !is_of_units(own))),
            days: day_headings.max(day_rows),
        }
    }
}

/// Headings of a column of units.
const UNIT_HEADINGS: [&str; 22] = [
    "don vi",
    "ten don vi",
    "tinh tp",
    "tinh thanh pho",
    "huyen",
    "quan huyen",
    "huyen tp",
    "huyen thanh pho",
    "xa",
    "xa phuong",
    "xa phuong thi tran",
    "phuong xa",
    "dia phuong",
    "dia ban",
    "co so",
    "co so tiem",
    "co so tiem chung",
    "diem tiem",
    "tram y te",
    "don vi bao cao",
    "noi dung",
    "tuyen",
];

/// Words a unit begins with.
const UNIT_WORDS: [&str; 19] = [
    "xa", "phuong", "tram", "tyt", "ttyt", "bv", "bvdk", "huyen", "quan", "tinh", "tp", "tx", "tt", "thi", "trung", "benh", "thanh",
    "truong", "cdc",
];

impl Column {
    fn take(&mut self, value: CellValue<'_>) {
        if values::is_blank(value) {
            return;
        }
        self.filled += 1;
        if let Some(count) = count_in(value) {
            self.counts += 1;
            self.largest = self.largest.max(count);
        }
        if let Some(day) = day_in(value) {
            self.day_cells += 1;
            if !self.days.contains(&day) {
                self.days.push(day);
            }
        }
        if let CellValue::Text(text) = value {
            let words = Words::of(text);
            self.words += 1;
            self.units += u32::from(words.len() > 1 && UNIT_WORDS.contains(&words.at(0)));
        }
    }
}

/// A count: a whole number from 0, also typed with points.
fn count_in(value: CellValue<'_>) -> Option<f64> {
    match value {
        CellValue::Number(number) => Some(number).filter(|number| *number >= 0.0 && number.fract() == 0.0),
        CellValue::Text(text) => grouped(text).map(f64::from),
        _ => None,
    }
}

/// `1.234.567`, `1 234`, `12`.
fn grouped(text: &str) -> Option<u32> {
    let groups: Vec<&str> = text.trim().split(['.', ' ', '\u{a0}']).collect();
    let are_thousands = groups.iter().skip(1).all(|group| group.len() == 3);
    let digits = groups.concat();
    let is_whole = are_thousands && digits.bytes().all(|byte| byte.is_ascii_digit());
    digits.parse().ok().filter(|_| is_whole)
}

/// `Ngày 5`, `5/9`, `Ngày 05/9`: a heading of a day without its year.
fn is_day_label(text: &str) -> bool {
    let words = Words::of(text);
    let numbers = words.folded.iter().skip(usize::from(words.at(0) == "ngay"));
    let numbers: Option<Vec<u8>> = numbers.map(|word| word.parse().ok()).collect();
    let is_bare = text.trim().bytes().all(|byte| byte.is_ascii_digit());
    match numbers.as_deref() {
        Some([day]) => !is_bare && !text.contains('(') && (1..=31).contains(day),
        Some([day, month]) => (1..=31).contains(day) && (1..=12).contains(month),
        _ => false,
    }
}

/// Days of a month as headings: `1 2 3 … 31`.
fn counted_days(row: Row<'_>, texts: &TextArena) -> usize {
    let numbers: Vec<f64> = row.cells().filter_map(|(_, cell)| count_in(cell.value(texts))).collect();
    let rises = numbers.windows(2).filter(|pair| matches!(pair, [a, b] if b - a == 1.0 && *b <= 31.0)).count();
    let has_words = row.cells().any(|(_, cell)| matches!(cell.value(texts), CellValue::Text(text) if Words::of(text).line().len() > 2));
    if rises >= 4 && rises + 1 == numbers.len() && has_words { numbers.len() } else { 0 }
}

/// A day of the campaign: a date, or `Ngày 05/9/2021`. `5/9` alone is no date here, since headings also count `1/2`.
fn day_in(value: CellValue<'_>) -> Option<Date> {
    let day = match value {
        CellValue::Date(serial) => day_of_serial(serial)?,
        CellValue::Text(text) if text.len() <= 40 => match read_date(text, None, DateOf::Event) {
            WrittenDate::Day { day, .. } => day,
            _ => return None,
        },
        _ => return None,
    };
    (2021..=2026).contains(&day.year()).then_some(day)
}

/// The header of a table of counts: the rows just above the first one that holds a text and two counts.
pub(crate) fn header_of_counts(sheet: &Sheet, texts: &TextArena) -> Option<Stretch> {
    const WINDOW: usize = 45;
    let is_data = |row: Row<'_>| {
        let values = || row.cells().map(|(_, cell)| cell.value(texts));
        let counts = values().filter(|value| matches!(value, CellValue::Number(_)) && count_in(*value).is_some()).count();
        let words = values().filter(|value| matches!(value, CellValue::Text(text) if text.chars().any(char::is_alphabetic))).count();
        counts >= 2 && counts >= words && words > 0 && !is_numbering(row, texts) && counted_days(row, texts) == 0
    };
    let data = sheet.table.rows().take(WINDOW).position(is_data).filter(|data| *data > 0)?;
    let is_wide = |index: usize| sheet.table.row(index).cells().filter(|(_, cell)| !values::is_blank(cell.value(texts))).count() >= 2;
    let first = (data.saturating_sub(4)..data).rev().take_while(|index| is_wide(*index)).last()?;
    Some(Stretch { first, last: data - 1 })
}

fn is_numbering(row: Row<'_>, texts: &TextArena) -> bool {
    let cells: Vec<_> = row.cells().map(|(_, cell)| values::text_of(cell.value(texts))).collect();
    crate::workbook::header::numbers_columns(cells.iter().map(AsRef::as_ref))
}
