//! Builds workbooks in memory for the tests.

use ra_soat::domain::Date;
use rust_xlsxwriter::{Format, Workbook, Worksheet};

/// A cell of a test sheet.
#[derive(Clone, Debug)]
pub(crate) enum C {
    Blank,
    Text(String),
    Number(f64),
    /// A number formatted as a date.
    Day(Date),
}

impl From<&str> for C {
    fn from(text: &str) -> C {
        if text.is_empty() { C::Blank } else { C::Text(text.to_owned()) }
    }
}

impl From<String> for C {
    fn from(text: String) -> C {
        C::from(text.as_str())
    }
}

impl From<f64> for C {
    fn from(number: f64) -> C {
        C::Number(number)
    }
}

impl From<i64> for C {
    fn from(number: i64) -> C {
        C::Number(number as f64)
    }
}

impl From<i32> for C {
    fn from(number: i32) -> C {
        C::Number(f64::from(number))
    }
}

impl From<Date> for C {
    fn from(day: Date) -> C {
        C::Day(day)
    }
}

/// A row of mixed cells: `row![1, "Nguyễn Văn An", day(2021, 9, 1), ""]`.
#[macro_export]
macro_rules! row {
    ($($cell:expr),* $(,)?) => { vec![$($crate::builder::C::from($cell)),*] };
}

/// A sheet of a test workbook.
#[derive(Default)]
pub(crate) struct S {
    pub(crate) name: &'static str,
    pub(crate) rows: Vec<Vec<C>>,
    /// First row, last row (as Excel numbers them), first column, last column (0 for A).
    pub(crate) merges: Vec<(u32, u32, u16, u16)>,
    pub(crate) is_hidden: bool,
}

impl S {
    pub(crate) fn new(name: &'static str, rows: Vec<Vec<C>>) -> S {
        S { name, rows, ..S::default() }
    }

    pub(crate) fn merged(mut self, merges: &[(u32, u32, u16, u16)]) -> S {
        self.merges = merges.to_vec();
        self
    }

    pub(crate) fn hidden(mut self) -> S {
        self.is_hidden = true;
        self
    }
}

/// The bytes of an xlsx with these sheets.
pub(crate) fn xlsx(sheets: &[S]) -> Vec<u8> {
    let mut book = Workbook::new();
    // A hidden sheet may not be the active one.
    let active = sheets.iter().position(|sheet| !sheet.is_hidden).unwrap_or(0);
    for (index, sheet) in sheets.iter().enumerate() {
        let page = book.add_worksheet();
        page.set_name(sheet.name).unwrap();
        page.set_hidden(sheet.is_hidden);
        page.set_active(index == active);
        write(page, sheet);
    }
    book.save_to_buffer().unwrap()
}

fn write(page: &mut Worksheet, sheet: &S) {
    let plain = Format::new();
    let date_format = Format::new().set_num_format("dd/mm/yyyy");
    for (first_row, last_row, first_column, last_column) in &sheet.merges {
        page.merge_range(first_row - 1, *first_column, last_row - 1, *last_column, "", &plain).unwrap();
    }
    for (row, cells) in sheet.rows.iter().enumerate() {
        for (column, cell) in cells.iter().enumerate() {
            let (row, column) = (row as u32, column as u16);
            match cell {
                C::Blank => {}
                C::Text(text) => drop(page.write_string(row, column, text).unwrap()),
                C::Number(number) => drop(page.write_number(row, column, *number).unwrap()),
                C::Day(day) => {
                    let serial = ra_soat::normalize::date::serial_of_day(*day);
                    page.write_number_with_format(row, column, serial, &date_format).unwrap();
                }
            }
        }
    }
}
