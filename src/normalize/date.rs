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
