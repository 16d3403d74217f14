//! What a list calls a dose: in a cell (`M2`, `Nhắc lại lần 1`) and in a heading (`Ngày tiêm mũi 2`).

use crate::domain::DoseLabel;
use crate::workbook::words::Words;

/// Reads a dose label; none where no dose is named.
///
/// ```
/// use ra_soat::domain::DoseLabel;
/// use ra_soat::workbook::label::read_label;
/// assert_eq!(read_label("Mũi thứ 3"), Some(DoseLabel::Ordinal(3)));
/// assert_eq!(read_label("Mũi nhắc 1 (Mũi 3)"), Some(DoseLabel::Booster(1)));
/// assert_eq!(read_label("Mũi bổ sung"), Some(DoseLabel::Additional));
/// assert_eq!(read_label("MŨI 3 (BỔ SUNG/NHẮC LẠI)"), Some(DoseLabel::Ordinal(3)));
/// assert_eq!(read_label("vắc xin"), None);
/// ```
pub fn read_label(text: &str) -> Option<DoseLabel> {
    label_of(&Words::of(text))
}

fn label_of(words: &Words) -> Option<DoseLabel> {
    let mut at = 0;
    let mut ordinal = None;
    let mut booster = None;
    let mut is_additional = false;
    while at < words.len() {
        let Some(span) = span_at(words, at) else {
            at += 1;
            continue;
        };
        match span.label {
            DoseLabel::Ordinal(number) => ordinal = ordinal.or(Some(number)),
            DoseLabel::Booster(number) => booster = booster.or(Some((number, span.has_number))),
            DoseLabel::Additional => is_additional = true,
        }
        at = span.end;
    }
    match (booster, ordinal) {
        (Some((number, true)), _) => Some(DoseLabel::Booster(number)),
        // `Mũi 3 (bổ sung/nhắc lại)` names both and so decides neither: the number and the history do.
        (Some(_), Some(number)) if is_additional => Some(DoseLabel::Ordinal(number)),
        _ if is_additional => Some(DoseLabel::Additional),
        // `Mũi 4 (nhắc lại)`: the form calls the fourth dose the second booster.
        (Some(_), Some(4..)) => Some(DoseLabel::Booster(2)),
        (Some(_), _) => Some(DoseLabel::Booster(1)),
        (None, Some(number)) => Some(DoseLabel::Ordinal(number)),
        (None, None) => bare_number(words).map(DoseLabel::Ordinal),
    }
}

/// A label that is nothing but a number: `1`, `II`, `thứ 2`.
fn bare_number(words: &Words) -> Option<u8> {
    let skip = usize::from(matches!(words.at(0), "thu" | "so"));
    (words.len() == skip + 1).then(|| number_word(words.at(skip))).flatten()
}

/// Words of a text that name a dose.
struct Span {
    end: usize,
    label: DoseLabel,
    has_number: bool,
}

fn span_at(words: &Words, at: usize) -> Option<Span> {
    let is = |index: usize, options: &[&str]| options.contains(&words.at(index));
    let mut next = at;
    // `mũi`, `liều`, `lần`, `M`: what a dose is counted in, before the number or the word for its kind.
    let counts = is(next, &["mui", "lieu", "lan", "m", "dose"]);
    if counts {
        next += 1;
        while is(next, &["tiem", "vac", "xin", "vaccine"]) {
            next += 1;
        }
        if is(next, &["co"]) && is(next + 1, &["ban"]) {
            next += 2;
        }
    } else if is(next, &["co"]) && is(next + 1, &["ban"]) {
        next += 2;
    } else if is(next, &["cb"]) {
        next += 1;
    }
    let is_basic = next > at;
    if is(next, &["bo"]) && is(next + 1, &["sung"]) || !counts && is(next, &["bs"]) {
        let end = if words.at(next) == "bs" { next + 1 } else { next + 2 };
        return Some(Span { end, label: DoseLabel::Additional, has_number: false });
    }
    let boosts = match words.at(next) {
        "nhac" => Some(if is(next + 1, &["lai"]) { 2 } else { 1 }),
        "nl" | "booster" | "boost" => Some(1),
        "tang" if is(next + 1, &["cuong"]) => Some(2),
        _ => None,
    };
    if let Some(length) = boosts {
        next += length;
        let start = next;
        while is(next, &["lan", "thu", "so"]) {
            next += 1;
        }
        return Some(match number_word(words.at(next)) {
            Some(number) => Span { end: next + 1, label: DoseLabel::Booster(number), has_number: true },
            None => Span { end: start, label: DoseLabel::Booster(1), has_number: false },
        });
    }
    if !is_basic {
        return None;
    }
    while is(next, &["thu", "so", "lan"]) {
        next += 1;
    }
    // `tư` and `sáu` only after `thứ`: alone they fold to `từ` and `sau`.
    let number = match (words.at(next - 1), words.at(next)) {
        ("thu", "tu") => 4,
        ("thu", "sau") => 6,
        (_, word) => number_word(word)?,
    };
    Some(Span { end: next + 1, label: DoseLabel::Ordinal(number), has_number: true })
}

/// 1 to 9 in digits, Roman letters or words.
fn number_word(word: &str) -> Option<u8> {
    Some(match word {
        "1" | "01" | "i" | "mot" | "nhat" | "dau" => 1,
        "2" | "02" | "ii" | "hai" | "nhi" => 2,
        "3" | "03" | "iii" | "ba" => 3,
        "4" | "04" | "iv" | "bon" => 4,
        "5" | "05" | "v" => 5,
        "6" | "06" | "vi" => 6,
        "7" => 7,
        "8" => 8,
        "9" => 9,
        _ => return None,
    })
}

/// The dose a heading stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Mark {
    /// Read.
    pub(crate) label: DoseLabel,
    /// As written: `Mũi 3`, `Nhắc lại lần 1`.
    pub(crate) written: String,
}

/// Takes the words that name a dose out of a heading, and gives the dose.
pub(crate) fn take_mark(words: &mut Words) -> Option<Mark> {
    let label = label_of(words).filter(|_| words.len() > 1 || words.at(0).parse::<u8>().is_err())?;
    let mut written = Vec::new();
    let mut at = 0;
    while at < words.len() {
        match span_at(words, at) {
            Some(span) => {
                written.push(words.written_line(at, span.end));
                words.remove(at, span.end);
            }
            None => at += 1,
        }
    }
    (!written.is_empty()).then(|| Mark { label, written: written.join(" ") })
}

/// Takes a number at the end of a heading for the dose it stands for: `Ngày tiêm 2`.
pub(crate) fn take_last_number(words: &mut Words) -> Option<Mark> {
    let last = words.len().checked_sub(1).filter(|last| *last > 0)?;
    let number: u8 = words.at(last).parse().ok().filter(|number| (1..=7).contains(number))?;
    words.remove(last, last + 1);
    Some(Mark { label: DoseLabel::Ordinal(number), written: format!("Mũi {number}") })
}

/// The one dose a title or sheet name speaks of; none where it speaks of several or of a range.
pub(crate) fn sole_mark<'a>(lines: impl Iterator<Item = &'a str>) -> Option<Mark> {
    let mut found: Option<Mark> = None;
    for line in lines {
        let words = Words::of(line);
        let mut at = 0;
        while at < words.len() {
            let Some(span) = span_at(&words, at) else {
                at += 1;
                continue;
            };
            let goes_on = matches!(words.at(span.end), "tro" | "va" | "den") || number_word(words.at(span.end)).is_some();
            if goes_on {
                return None;
            }
            // `lần 2` in a title counts sessions as often as doses.
            let counts_sessions = words.at(at) == "lan" || words.at(at) == "m";
            if !counts_sessions {
                match &found {
                    Some(mark) if mark.label != span.label => return None,
                    Some(_) => {}
                    None => found = Some(Mark { label: span.label, written: words.written_line(at, span.end) }),
                }
            }
            at = span.end;
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use DoseLabel::{Additional, Booster, Ordinal};

    #[test]
    fn labels_as_lists_write_them() {
        let cases = [
            ("1", Some(Ordinal(1))),
            ("Mũi 1", Some(Ordinal(1))),
            ("mui 2", Some(Ordinal(2))),
            ("M2", Some(Ordinal(2))),
            ("Mũi thứ 3", Some(Ordinal(3))),
            ("mũi thứ hai", Some(Ordinal(2))),
            ("Mũi thứ nhất", Some(Ordinal(1))),
            ("Mũi thứ tư", Some(Ordinal(4))),
            ("Mũi tiêm sau", None),
            ("Mũi tiêm thứ 2", Some(Ordinal(2))),
            ("MŨI SỐ 1", Some(Ordinal(1))),
            ("Lần 2", Some(Ordinal(2))),
            ("Tiêm lần 1", Some(Ordinal(1))),
            ("Mũi II", Some(Ordinal(2))),
            ("Liều cơ bản 2", Some(Ordinal(2))),
            ("Mũi cơ bản 1", Some(Ordinal(1))),
            ("Cơ bản 2", Some(Ordinal(2))),
            ("Mũi 3 (vx Abdala)", Some(Ordinal(3))),
            ("Mũi bổ sung", Some(Additional)),
            ("Liều bổ sung (Mũi 3)", Some(Additional)),
            ("BS", Some(Additional)),
            ("Nhắc lại lần 2", Some(Booster(2))),
            ("Mũi nhắc lại", Some(Booster(1))),
            ("Nhắc lại 1", Some(Booster(1))),
            ("Mũi nhắc 1 (Mũi 3)", Some(Booster(1))),
            ("Liều nhắc 2 (Mũi 4)", Some(Booster(2))),
            ("Mũi 3 (nhắc lại lần 1)", Some(Booster(1))),
            ("Mũi 4 (nhắc)", Some(Booster(2))),
            ("Mũi 3 - nhắc lại", Some(Booster(1))),
            ("nhắc lại lần thứ 2", Some(Booster(2))),
            ("NL2", Some(Booster(2))),
            ("booster", Some(Booster(1))),
            ("Booster 2", Some(Booster(2))),
            ("Mũi tăng cường", Some(Booster(1))),
            ("", None),
            ("Pfizer", None),
            ("Mũi tiêm", None),
            ("12/05/2021", None),
        ];
        for (text, label) in cases {
            assert_eq!(read_label(text), label, "{text}");
        }
    }

    #[test]
    fn a_heading_gives_up_its_dose() {
        let take = |text: &str| {
            let mut words = Words::of(text);
            let mark = take_mark(&mut words);
            (words.line(), mark.map(|mark| (mark.label, mark.written)))
        };
        assert_eq!(take("Ngày tiêm mũi 2"), ("ngay tiem".to_owned(), Some((Ordinal(2), "mũi 2".to_owned()))));
        assert_eq!(take("Mũi nhắc 1 (Mũi 3)"), (String::new(), Some((Booster(1), "Mũi nhắc 1 Mũi 3".to_owned()))));
        assert_eq!(take("Số mũi tiêm").1, None);
        assert_eq!(take("Số lô").1, None);
        assert_eq!(take("1").1, None);
    }

    #[test]
    fn a_title_names_one_dose_or_none() {
        let sole = |text: &str| sole_mark([text].into_iter()).map(|mark| mark.label);
        assert_eq!(sole("DANH SÁCH TIÊM VẮC XIN COVID-19 MŨI 3"), Some(Ordinal(3)));
        assert_eq!(sole("Danh sách tiêm mũi 1, mũi 2"), None);
        assert_eq!(sole("Danh sách tiêm mũi 1, 2"), None);
        assert_eq!(sole("Danh sách tiêm mũi 3 trở lên"), None);
        assert_eq!(sole("Danh sách tiêm đợt 4 lần 2"), None);
        assert_eq!(sole("DANH SÁCH TIÊM NHẮC LẠI LẦN 2"), Some(Booster(2)));
    }
}
