//! Days as spreadsheets and people write them.

use jiff::civil::{Date, date};

/// The day of a serial of the 1900 date system, its time of day dropped; none outside 1900 to 9999.
///
/// ```
/// use ra_soat::{domain::Date, normalize::date::day_of_serial};
/// assert_eq!(day_of_serial(44_562.75), Some(Date::constant(2022, 1, 1)));
/// assert_eq!(day_of_serial(1.0), Some(Date::constant(1900, 1, 1)));
/// assert_eq!(day_of_serial(0.5), None);
/// ```
pub fn day_of_serial(serial: f64) -> Option<Date> {
    if !(1.0..2_958_466.0).contains(&serial) {
        return None;
    }
    // The 1900 system counts a 29/02/1900 that never was.
    let base = if serial < 60.0 { date(1899, 12, 31) } else { date(1899, 12, 30) };
    base.checked_add(jiff::Span::new().try_days(serial.floor() as i64).ok()?).ok()
}

/// The serial of a day in the 1900 date system.
pub fn serial_of_day(day: Date) -> f64 {
    let days = day.since(date(1899, 12, 30)).map_or(0, |span| span.get_days());
    f64::from(if days < 61 { days - 1 } else { days })
}

/// The serial of an ISO date, with or without a time; none where the text is no such thing.
///
/// ```
/// use ra_soat::normalize::date::serial_of_iso;
/// assert_eq!(serial_of_iso("2022-01-01T18:00:00"), Some(44_562.75));
/// assert_eq!(serial_of_iso("1/1/2022"), None);
/// ```
pub fn serial_of_iso(text: &str) -> Option<f64> {
    let text = text.trim().trim_end_matches('Z');
    let (day, time) = text.split_once(['T', ' ']).map_or((text, None), |(day, time)| (day, Some(time)));
    let day: Date = day.parse().ok()?;
    let seconds = match time {
        None => 0.0,
        Some(time) => {
            let mut parts = time.split(':');
            let mut number = || parts.next().map_or(Some(0.0), |part| part.parse::<f64>().ok());
            number()? * 3600.0 + number()? * 60.0 + number()?
        }
    };
    (0.0..86_400.0).contains(&seconds).then(|| serial_of_day(day) + seconds / 86_400.0)
}

/// A serial as ISO: `2022-01-01`, `2022-01-01T18:00:00`, `18:00:00` where there is no day.
pub fn iso_of_serial(serial: f64) -> String {
    let ms = (serial * 86_400_000.0).round() as i64;
    let (days, ms) = (ms.div_euclid(86_400_000), ms.rem_euclid(86_400_000));
    let mut time = format!("{:02}:{:02}:{:02}", ms / 3_600_000, ms / 60_000 % 60, ms / 1000 % 60);
    if ms % 1000 != 0 {
        time.push_str(&format!(".{:03}", ms % 1000));
    }
    let day = match days {
        60 => Some("1900-02-29".to_owned()),
        days => day_of_serial(days as f64).map(|day| day.to_string()),
    };
    match (day, ms) {
        (None, _) => time,
        (Some(day), 0) => day,
        (Some(day), _) => format!("{day}T{time}"),
    }
}

/// Which of two numbers of a written date is the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateOrder {
    /// Day, then month: the Vietnamese way.
    DayFirst,
    /// Month, then day.
    MonthFirst,
}

/// What a date is of, which settles the century of a two-digit year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateOf {
    /// A dose or another event of the campaign: 20xx.
    Event,
    /// A birth: above 23 is 19xx.
    Birth,
}

/// A date as a text gives it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WrittenDate {
    /// A full date.
    Day {
        /// The day.
        day: Date,
        /// Whether its day and month could be each other's, and nothing said which.
        is_ambiguous: bool,
        /// Whether it can only be read against the order of its column.
        is_against_order: bool,
    },
    /// Month and year.
    Month {
        /// Year.
        year: i16,
        /// Month, 1 to 12.
        month: i8,
    },
    /// Year only.
    Year(i16),
    /// Nothing written, or only marks such as `-`.
    Missing,
    /// Written, but no date.
    Bad,
}

/// The order that one written date proves, for the vote of its column; none where it proves nothing.
///
/// ```
/// use ra_soat::normalize::date::{DateOrder, order_shown_by};
/// assert_eq!(order_shown_by("25/12/2021"), Some(DateOrder::DayFirst));
/// assert_eq!(order_shown_by("12/25/2021"), Some(DateOrder::MonthFirst));
/// assert_eq!(order_shown_by("05/12/2021"), None);
/// ```
pub fn order_shown_by(text: &str) -> Option<DateOrder> {
    let parts = Parts::of(text)?;
    let [first, second, year] = parts.numbers.as_slice() else { return None };
    if parts.names_month || first.digits > 2 || second.digits > 2 || year.digits < 2 {
        return None;
    }
    match (first.value, second.value) {
        (13..=31, 1..=12) => Some(DateOrder::DayFirst),
        (1..=12, 13..=31) => Some(DateOrder::MonthFirst),
        _ => None,
    }
}

/// Reads a written date: `dd/mm/yyyy`, `d-m-yy`, `d.m.yyyy`, ISO, `yyyymmdd`, with a time or without, `tháng 3/1985`, a year.
///
/// ```
/// use ra_soat::domain::Date;
/// use ra_soat::normalize::date::{DateOf, DateOrder, WrittenDate, read_date};
/// let read = |text| read_date(text, Some(DateOrder::DayFirst), DateOf::Birth);
/// let day = |day| WrittenDate::Day { day, is_ambiguous: false, is_against_order: false };
/// assert_eq!(read("8-3-85 07:30"), day(Date::constant(1985, 3, 8)));
/// assert_eq!(read("ngày 8 tháng 3 năm 1985"), day(Date::constant(1985, 3, 8)));
/// assert_eq!(read("3/1985"), WrittenDate::Month { year: 1985, month: 3 });
/// assert_eq!(read("31/02/1985"), WrittenDate::Bad);
/// ```
pub fn read_date(text: &str, order: Option<DateOrder>, of: DateOf) -> WrittenDate {
    if !text.chars().any(char::is_alphanumeric) {
        return WrittenDate::Missing;
    }
    let Some(parts) = Parts::of(text) else { return WrittenDate::Bad };
    match parts.numbers.as_slice() {
        [only] => read_one_number(*only),
        [month, year] if year.digits == 4 => month_of(*year, *month),
        [year, month] if year.digits == 4 => month_of(*year, *month),
        [year, month, day] if year.digits == 4 => day_of(year.value, month.value, day.value).map_or(WrittenDate::Bad, WrittenDate::day),
        [first, second, year] => {
            let Some(year) = full_year(*year, of) else { return WrittenDate::Bad };
            if first.digits > 2 || second.digits > 2 {
                return WrittenDate::Bad;
            }
            read_day_month(
                first.value,
                second.value,
                year,
                if parts.names_month { Some(DateOrder::DayFirst) } else { order },
                parts.names_month,
            )
        }
        _ => WrittenDate::Bad,
    }
}

impl WrittenDate {
    fn day(day: Date) -> WrittenDate {
        WrittenDate::Day { day, is_ambiguous: false, is_against_order: false }
    }
}

fn read_day_month(first: u32, second: u32, year: u32, order: Option<DateOrder>, is_named: bool) -> WrittenDate {
    let (day_first, month_first) = (day_of(year, second, first), day_of(year, first, second));
    match (order.unwrap_or(DateOrder::DayFirst), day_first, month_first) {
        (_, None, None) => WrittenDate::Bad,
        (DateOrder::DayFirst, Some(day), other) | (DateOrder::MonthFirst, other, Some(day)) => {
            WrittenDate::Day { day, is_ambiguous: order.is_none() && other.is_some_and(|other| other != day), is_against_order: false }
        }
        (DateOrder::DayFirst, None, Some(_)) if is_named => WrittenDate::Bad,
        (_, Some(day), None) | (_, None, Some(day)) => WrittenDate::Day { day, is_ambiguous: false, is_against_order: order.is_some() },
    }
}

fn read_one_number(number: Number) -> WrittenDate {
    let value = number.value;
    match number.digits {
        4 if (1900..=2023).contains(&value) => WrittenDate::Year(value as i16),
        5 if (20_000..=60_000).contains(&value) => day_of_serial(f64::from(value)).map_or(WrittenDate::Bad, WrittenDate::day),
        // yyyymmdd, else ddmmyyyy, whose first zero a number has lost where there are seven digits.
        7 | 8 => {
            let by_year = (number.digits == 8).then(|| day_of(value / 10_000, value / 100 % 100, value % 100)).flatten();
            let day = by_year.or_else(|| day_of(value % 10_000, value / 10_000 % 100, value / 1_000_000));
            day.map_or(WrittenDate::Bad, WrittenDate::day)
        }
        _ => WrittenDate::Bad,
    }
}

fn month_of(year: Number, month: Number) -> WrittenDate {
    match (year.value, month.value) {
        (1900..=2100, 1..=12) => WrittenDate::Month { year: year.value as i16, month: month.value as i8 },
        _ => WrittenDate::Bad,
    }
}

fn day_of(year: u32, month: u32, day: u32) -> Option<Date> {
    if !(1900..=9999).contains(&year) {
        return None;
    }
    Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

fn full_year(year: Number, of: DateOf) -> Option<u32> {
    match (year.digits, of) {
        (4, _) => Some(year.value),
        (2, DateOf::Event) => Some(2000 + year.value),
        (2, DateOf::Birth) => Some(if year.value > 23 { 1900 } else { 2000 } + year.value),
        _ => None,
    }
}

#[derive(Clone, Copy)]
struct Number {
    value: u32,
    digits: usize,
}

/// The numbers of a written date, its time of day left out.
struct Parts {
    numbers: Vec<Number>,
    /// Whether a word says which number is the month.
    names_month: bool,
}

impl Parts {
    /// None where something stands in the text that is part of no date.
    fn of(text: &str) -> Option<Parts> {
        const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
        let folded = crate::normalize::quick::folded(text);
        let mut parts = Parts { numbers: Vec::with_capacity(3), names_month: false };
        let mut rest = folded.as_str();
        while let Some(first) = rest.chars().next() {
            if first.is_ascii_digit() {
                let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
                let (number, after) = rest.split_at(digits);
                // A number with `:` or `h` behind it opens the time of day.
                if !parts.numbers.is_empty() && (after.starts_with(':') || after.starts_with('h')) {
                    return is_time(rest).then_some(parts);
                }
                // A time may also stand before the date.
                if let Some(after) = parts.numbers.is_empty().then(|| time_before(rest)).flatten() {
                    rest = after;
                    continue;
                }
                if digits > 8 || parts.numbers.len() == 3 {
                    return None;
                }
                parts.numbers.push(Number { value: number.parse().ok()?, digits });
                rest = after;
            } else if first.is_alphabetic() {
                let length = rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len());
                let (word, after) = rest.split_at(length);
                match word {
                    "ngay" | "nam" | "sinh" | "tiem" | "luc" => {}
                    "thang" | "thg" => parts.names_month |= parts.numbers.len() == 1,
                    "t" if parts.numbers.len() == 3 => {}
                    _ => {
                        let month = MONTHS.iter().position(|month| word.starts_with(month))? as u32 + 1;
                        parts.numbers.push(Number { value: month, digits: 2 });
                        parts.names_month = true;
                    }
                }
                rest = after;
            } else if matches!(first, '/' | '-' | '.' | ' ' | ',' | '\\' | '\'' | '–' | '_' | ':') {
                rest = rest.get(first.len_utf8()..)?;
            } else if first == '(' && parts.numbers.len() == 3 {
                break;
            } else {
                return None;
            }
        }
        (!parts.numbers.is_empty()).then_some(parts)
    }
}

fn is_time(text: &str) -> bool {
    text.chars().all(|c| c.is_ascii_digit() || matches!(c, ':' | 'h' | '.' | ' ' | 'a' | 'p' | 'm' | 's' | 'c' | 'z' | '+' | 'g'))
}

/// What follows a leading `hh:mm` or `hh:mm:ss`.
fn time_before(text: &str) -> Option<&str> {
    let length = text.find(|c: char| !(c.is_ascii_digit() || matches!(c, ':' | 'h')))?;
    let (time, after) = text.split_at(length);
    let is_time = time.contains([':', 'h']) && time.len() <= 8 && !time.starts_with([':', 'h']);
    (is_time && after.starts_with([' ', ','])).then_some(after)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(year: i16, month: i8, day: i8) -> WrittenDate {
        WrittenDate::day(date(year, month, day))
    }

    #[test]
    fn serials_and_days_turn_into_each_other() {
        for serial in [1.0, 59.0, 61.0, 367.0, 44_562.0, 73_050.0] {
            assert_eq!(day_of_serial(serial).map(serial_of_day), Some(serial), "{serial}");
        }
        assert_eq!(iso_of_serial(60.0), "1900-02-29");
        assert_eq!(iso_of_serial(0.75), "18:00:00");
        assert_eq!(iso_of_serial(44_562.000_001), "2022-01-01T00:00:00.086");
    }

    #[test]
    fn dates_of_doses_as_people_write_them() {
        let same = [
            "05/09/2021",
            "5/9/2021",
            "05-09-2021",
            "5.9.2021",
            "05 / 09 / 2021",
            "5/9/21",
            "05/09/2021 08:30",
            "05/09/2021 8h30",
            "2021-09-05",
            "2021-09-05T08:30:00",
            "2021/09/05",
            "2021-09-05 08:30:00.000",
            "20210905",
            "05092021",
            "5092021",
            "ngày 05 tháng 9 năm 2021",
            "05-Sep-2021",
            "08:30 05/09/2021",
            "44444",
            "05/09/2021.",
            "'05/09/2021",
            "05\\09\\2021",
            "05/09/2021 (sáng)",
            "05/09/2021 8:30:00 SA",
        ];
        for text in same {
            assert_eq!(read_date(text, Some(DateOrder::DayFirst), DateOf::Event), day(2021, 9, 5), "{text}");
        }
        assert_eq!(read_date("09/05/2021", Some(DateOrder::MonthFirst), DateOf::Event), day(2021, 9, 5));
        for text in [
            "31/02/2021",
            "32/01/2022",
            "00/00/0000",
            "13/13/2021",
            "không nhớ",
            "05/09",
            "05/09/021",
            "05/09/2021 - 06/10/2021",
            "123456789",
            "1/2/3",
        ] {
            assert_eq!(read_date(text, None, DateOf::Event), WrittenDate::Bad, "{text}");
        }
        for text in ["", " ", "-", "--", "/", "…"] {
            assert_eq!(read_date(text, None, DateOf::Event), WrittenDate::Missing, "{text}");
        }
    }

    #[test]
    fn the_column_decides_the_order_and_doubt_is_kept() {
        let read = |text, order| read_date(text, order, DateOf::Event);
        assert_eq!(read("03/04/2022", None), WrittenDate::Day { day: date(2022, 4, 3), is_ambiguous: true, is_against_order: false });
        assert_eq!(read("04/04/2022", None), day(2022, 4, 4));
        assert_eq!(read("13/04/2022", None), day(2022, 4, 13));
        assert_eq!(read("03/04/2022", Some(DateOrder::MonthFirst)), day(2022, 3, 4));
        let against = WrittenDate::Day { day: date(2022, 4, 13), is_ambiguous: false, is_against_order: true };
        assert_eq!(read("04/13/2022", Some(DateOrder::DayFirst)), against);
        assert_eq!(read("13/04/2022", Some(DateOrder::MonthFirst)), against);
    }

    #[test]
    fn births_come_as_precise_as_they_are_written() {
        let read = |text| read_date(text, None, DateOf::Birth);
        assert_eq!(read("1985"), WrittenDate::Year(1985));
        assert_eq!(read("tháng 3/1985"), WrittenDate::Month { year: 1985, month: 3 });
        assert_eq!(read("03/1985"), WrittenDate::Month { year: 1985, month: 3 });
        assert_eq!(read("1985-03"), WrittenDate::Month { year: 1985, month: 3 });
        assert_eq!(read("25/12/85"), day(1985, 12, 25));
        assert_eq!(read("25/12/15"), day(2015, 12, 25));
        assert_eq!(read("13/1985"), WrittenDate::Bad);
        assert_eq!(read("85"), WrittenDate::Bad);
    }
}
