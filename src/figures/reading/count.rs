//! What one cell of a table of counts says: a number however it was typed, blank, or something to be looked at.

use crate::text::show_number;
use crate::workbook::table::CellValue;
use crate::workbook::values;

/// A count beyond this is a slip: the whole country's doses are a few hundred million.
const LARGEST: f64 = 1e10;

/// One cell of counts, read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Count {
    /// The number; none where the cell is blank or says no number.
    pub(crate) value: Option<i64>,
    /// What is doubtful about it, to follow the cell's name: `ghi “12 mũi”, đọc là 12`.
    pub(crate) doubt: Option<String>,
}

impl Count {
    fn of(value: i64) -> Count {
        Count { value: Some(value), doubt: None }
    }

    fn doubtful(written: &str, value: Option<i64>) -> Count {
        let written: String = written.trim().chars().take(40).collect();
        let doubt = match value {
            Some(value) => format!("ghi “{written}”, đọc là {}", show_number(value)),
            None => format!("ghi “{written}”, không phải số nên để trống"),
        };
        Count { value, doubt: Some(doubt) }
    }

    /// The number as one that cannot be below 0; one that is becomes a doubt.
    pub(crate) fn unsigned(self) -> Count {
        match self.value {
            Some(value) if value < 0 => {
                Count { value: None, doubt: Some(format!("ghi số âm {}, nên để trống", show_number(value))) }
            }
            _ => self,
        }
    }

    /// The number where it is one of doses.
    pub(crate) fn doses(&self) -> Option<u64> {
        self.value.and_then(|value| u64::try_from(value).ok())
    }
}

/// Reads a cell; blank stays blank and zero stays zero.
pub(crate) fn count_of(value: CellValue<'_>) -> Count {
    match value {
        CellValue::Empty => Count::default(),
        CellValue::Number(number) => of_number(number),
        CellValue::Text(text) => of_text(text),
        other => Count::doubtful(&values::text_of(other), None),
    }
}

fn of_number(number: f64) -> Count {
    let written = || number.to_string().replace('.', ",");
    if number.abs() > LARGEST {
        return Count::doubtful(&written(), None);
    }
    if number.fract() == 0.0 {
        return Count::of(number as i64);
    }
    // `1.234` typed where the point parts decimals: the program took thousands for a fraction.
    let thousands = number * 1000.0;
    let is_thousands = number.abs() < 1000.0 && number.abs() >= 1.0 && (thousands - thousands.round()).abs() < 1e-6;
    Count::doubtful(&written(), is_thousands.then_some(thousands.round() as i64))
}

fn of_text(text: &str) -> Count {
    let composed = crate::normalize::compose(text);
    let bare = composed.trim().trim_start_matches('\'').trim();
    if bare.is_empty() {
        return Count::default();
    }
    if let Some(value) = grouped(bare) {
        return Count::of(value);
    }
    let folded = crate::normalize::fold(bare);
    if matches!(folded.as_str(), "khong" | "khong co" | "ko" | "khong mui" | "0 mui" | "khong phat sinh") {
        return Count::doubtful(bare, Some(0));
    }
    // `12 mũi`, `1.234 (đã kiểm tra)`: one number and words behind it.
    let end = bare.find(|c: char| c.is_alphabetic() || c == '(').unwrap_or(bare.len());
    let (number, words) = bare.split_at(end);
    let is_sole = !words.is_empty() && !words.chars().any(|c| c.is_ascii_digit());
    Count::doubtful(bare, grouped(number.trim()).filter(|_| is_sole))
}

/// `1.234.567`, `1,234,567`, `1 234 567`, `1'234`, `-12`, `(12)`, `1.234,00`; none where the text is no whole number so written.
fn grouped(text: &str) -> Option<i64> {
    let text = text.trim();
    if let Some(inside) = text.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')) {
        return grouped(inside).filter(|value| *value >= 0).map(|value| -value);
    }
    if let Some(rest) = text.strip_prefix(['-', '−', '–']) {
        return grouped(rest).filter(|value| *value >= 0).map(|value| -value);
    }
    let text = text.strip_prefix('+').unwrap_or(text).trim();
    let is_space = |c: char| c.is_whitespace() || matches!(c, '\'' | '’' | '_');
    let is_mark = |c: char| c == '.' || c == ',' || is_space(c);
    if !text.starts_with(|c: char| c.is_ascii_digit()) || !text.chars().all(|c| c.is_ascii_digit() || is_mark(c)) {
        return None;
    }
    // A last group of zeros behind the other mark is decimals: `1.234,00`, `1,234.0`.
    let marks: Vec<char> = text.chars().filter(|c| *c == '.' || *c == ',').collect();
    let whole = match marks.as_slice() {
        [.., before, last] if before != last && marks.iter().filter(|mark| *mark == last).count() == 1 => {
            let (whole, decimals) = text.rsplit_once(*last)?;
            Some(whole).filter(|_| decimals.bytes().all(|byte| byte == b'0'))?
        }
        // `12,0`, `1234.00`: one mark and no group of three behind it.
        [mark] => match text.rsplit_once(*mark) {
            Some((whole, decimals)) if decimals.len() != 3 && !decimals.is_empty() && decimals.bytes().all(|byte| byte == b'0') => whole,
            _ => text,
        },
        _ => text,
    };
    let mut used = whole.chars().filter(|c| is_mark(*c));
    let mark = used.next();
    if used.any(|other| Some(other) != mark && !(is_space(other) && mark.is_some_and(is_space))) {
        return None;
    }
    let groups: Vec<&str> = whole.split(is_mark).collect();
    let are_thousands = match groups.as_slice() {
        [_] => true,
        [first, rest @ ..] => (1..=3).contains(&first.len()) && rest.iter().all(|group| group.len() == 3),
        [] => false,
    };
    let value: i64 = groups.concat().parse().ok()?;
    (are_thousands && value as f64 <= LARGEST).then_some(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (Option<i64>, bool) {
        let count = count_of(CellValue::Text(text));
        (count.value, count.doubt.is_some())
    }

    #[test]
    fn numbers_typed_in_every_way_read_alike() {
        for text in [
            "1.234.567",
            "1,234,567",
            "1 234 567",
            " 1\u{a0}234\u{a0}567 ",
            "1234567",
            "'1.234.567",
            "1.234.567,00",
            "1,234,567.0",
            "1\u{202f}234\u{2009}567",
            "1234567,0",
        ] {
            assert_eq!(read(text), (Some(1_234_567), false), "{text:?}");
        }
        assert_eq!(read("0"), (Some(0), false));
        assert_eq!(read("1.234"), (Some(1234), false));
        assert_eq!(read("-1.234"), (Some(-1234), false));
        assert_eq!(read("(12)"), (Some(-12), false));
    }

    #[test]
    fn what_is_no_plain_number_is_told() {
        for (text, value) in [
            ("12 mũi", Some(12)),
            ("1.234 liều", Some(1234)),
            ("không", Some(0)),
            ("Không có", Some(0)),
            ("-", None),
            ("x", None),
            ("…", None),
            ("12/15", None),
            ("12 + 3", None),
            ("1.23.456", None),
            ("1.234.56", None),
            ("12,5", None),
            ("1.234,567", None),
            ("99999999999999999999", None),
            ("mũi 1", None),
            ("30/4", None),
        ] {
            assert_eq!(read(text), (value, true), "{text}");
        }
        assert_eq!(read("   "), (None, false));
        assert_eq!(count_of(CellValue::Error("#REF!")).value, None);
        assert!(count_of(CellValue::Error("#REF!")).doubt.is_some_and(|doubt| doubt.contains("#REF!")));
    }

    #[test]
    fn a_fraction_is_thousands_where_it_can_be() {
        assert_eq!(count_of(CellValue::Number(12.0)), Count::of(12));
        assert_eq!(count_of(CellValue::Number(0.0)), Count::of(0));
        assert_eq!(count_of(CellValue::Number(1.234)).value, Some(1234));
        assert!(count_of(CellValue::Number(1.234)).doubt.is_some());
        assert_eq!(count_of(CellValue::Number(0.5)).value, None);
        assert_eq!(count_of(CellValue::Number(1e300)).value, None);
        assert_eq!(count_of(CellValue::Number(-3.0)).unsigned().value, None);
    }
}
