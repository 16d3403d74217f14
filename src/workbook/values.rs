//! What one cell says, as text and as a date.

use crate::domain::Date;
use crate::normalize::date::{DateOf, DateOrder, WrittenDate, day_of_serial, read_date};
use crate::workbook::table::CellValue;
use std::borrow::Cow;

/// A cell as an officer reads it: numbers without exponent, dates as `dd/mm/yyyy`.
pub(crate) fn text_of(value: CellValue<'_>) -> Cow<'_, str> {
    match value {
        CellValue::Empty => Cow::Borrowed(""),
        CellValue::Number(number) => Cow::Owned(number.to_string()),
        CellValue::Date(serial) => match day_of_serial(serial) {
            Some(day) => Cow::Owned(written_day(day)),
            None => Cow::Owned(crate::normalize::date::iso_of_serial(serial)),
        },
        CellValue::Text(text) | CellValue::Error(text) => Cow::Borrowed(text),
        CellValue::Bool(true) => Cow::Borrowed("TRUE"),
        CellValue::Bool(false) => Cow::Borrowed("FALSE"),
    }
}

/// `dd/mm/yyyy`.
pub(crate) fn written_day(day: Date) -> String {
    format!("{:02}/{:02}/{:04}", day.day(), day.month(), day.year())
}

/// Whether a cell holds nothing a person meant: blank, or a mark such as `-`.
pub(crate) fn is_blank(value: CellValue<'_>) -> bool {
    match value {
        CellValue::Empty => true,
        CellValue::Text(text) => !text.chars().any(char::is_alphanumeric),
        _ => false,
    }
}

/// A cell of a day or a name that holds nothing: blank, a mark, or the 0 a look-up formula leaves.
pub(crate) fn is_blank_or_zero(value: CellValue<'_>) -> bool {
    match value {
        CellValue::Number(number) | CellValue::Date(number) => number == 0.0,
        CellValue::Text(text) => !text.chars().any(char::is_alphanumeric) || text.trim() == "0",
        other => is_blank(other),
    }
}

/// A tick: `x`, `X`, `✓`, TRUE.
pub(crate) fn is_tick(value: CellValue<'_>) -> bool {
    match value {
        CellValue::Bool(ticked) => ticked,
        CellValue::Number(number) => number == 1.0,
        CellValue::Text(text) => matches!(text.trim(), "x" | "X" | "1" | "v" | "V" | "✓" | "✔" | "√" | "+" | "ü" | "có" | "Có"),
        _ => false,
    }
}

/// How the dates of one column are read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct DateColumn {
    /// The order its written dates prove, if any.
    pub(crate) order: Option<DateOrder>,
    /// Whether its serials were made by a program that took `dd/mm` for `mm/dd`: day and month are to be swapped back.
    pub(crate) has_swapped_serials: bool,
}

/// Reads a cell as a date.
pub(crate) fn date_of(value: CellValue<'_>, column: DateColumn, of: DateOf) -> WrittenDate {
    let certain = |day: Option<Date>| match day {
        Some(day) => WrittenDate::Day { day, is_ambiguous: false, is_against_order: false },
        None => WrittenDate::Bad,
    };
    match value {
        CellValue::Empty => WrittenDate::Missing,
        CellValue::Date(0.0) => WrittenDate::Missing,
        CellValue::Date(serial) => {
            let day = day_of_serial(serial);
            // A year typed into a cell formatted as a date: 1985 shows as 07/06/1905, its serial is the year.
            if of == DateOf::Birth && serial.fract() == 0.0 && (1900.0..=2023.0).contains(&serial) {
                return WrittenDate::Year(serial as i16);
            }
            match day {
                Some(day) if column.has_swapped_serials => match swapped(day) {
                    Some(swapped) if swapped != day => WrittenDate::Day { day: swapped, is_ambiguous: true, is_against_order: false },
                    _ => certain(Some(day)),
                },
                day => certain(day),
            }
        }
        CellValue::Number(number) => {
            let is_whole = number.fract() == 0.0;
            let lowest = if of == DateOf::Birth { 2100.0 } else { 20_000.0 };
            if number == 0.0 {
                WrittenDate::Missing
            } else if (lowest..=60_000.0).contains(&number) {
                certain(day_of_serial(number))
            } else if is_whole && number > 0.0 && number < 1e9 {
                read_date(&number.to_string(), column.order, of)
            } else if let Some(month) = month_and_year(number) {
                month
            } else {
                WrittenDate::Bad
            }
        }
        CellValue::Text(text) => read_date(text, column.order, of),
        CellValue::Bool(_) | CellValue::Error(_) => WrittenDate::Bad,
    }
}

/// `3.1985`: month and year typed with a point and taken for a number.
fn month_and_year(number: f64) -> Option<WrittenDate> {
    let month = number.trunc();
    let year = ((number - month) * 10_000.0).round();
    let is_month = (1.0..=12.0).contains(&month) && (1900.0..=2023.0).contains(&year);
    is_month.then_some(WrittenDate::Month { year: year as i16, month: month as i8 })
}

/// The date with day and month each other's.
pub(crate) fn swapped(day: Date) -> Option<Date> {
    Date::new(day.year(), day.day(), day.month()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_a_date_column_are_serials_years_or_digits() {
        let read = |value, of| date_of(value, DateColumn::default(), of);
        let day =
            |year, month, day| WrittenDate::Day { day: Date::constant(year, month, day), is_ambiguous: false, is_against_order: false };
        assert_eq!(read(CellValue::Number(44_562.0), DateOf::Event), day(2022, 1, 1));
        assert_eq!(read(CellValue::Date(44_562.9), DateOf::Event), day(2022, 1, 1));
        assert_eq!(read(CellValue::Number(20_220_101.0), DateOf::Event), day(2022, 1, 1));
        assert_eq!(read(CellValue::Number(5_092_021.0), DateOf::Event), day(2021, 9, 5));
        assert_eq!(read(CellValue::Number(1985.0), DateOf::Birth), WrittenDate::Year(1985));
        assert_eq!(read(CellValue::Date(1985.0), DateOf::Birth), WrittenDate::Year(1985));
        assert_eq!(read(CellValue::Number(15_000.0), DateOf::Birth), day(1941, 1, 24));
        assert_eq!(read(CellValue::Number(3.1985), DateOf::Birth), WrittenDate::Month { year: 1985, month: 3 });
        assert_eq!(read(CellValue::Number(12.0), DateOf::Event), WrittenDate::Bad);
        assert_eq!(read(CellValue::Number(0.0), DateOf::Event), WrittenDate::Missing);
    }
}
