//! How well a heading fits each field.

use crate::domain::Field;
use crate::workbook::phrases::TABLE;
use crate::workbook::words::{Words, outside_brackets};
use rustc_hash::FxHashMap;
use std::sync::LazyLock;

/// One heading's fit with every field it fits at all, best first. `None` stands for "a heading of no field".
pub(crate) type Fits = Vec<(Option<Field>, f32)>;

/// A fit below this says nothing.
pub(crate) const LEAST_FIT: f32 = 0.35;

/// What stands above and beside a heading.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct Around {
    /// The folded words of the parent headings.
    pub(crate) parents: String,
    /// Whether heading or parents name a dose.
    pub(crate) is_dose: bool,
    /// Whether a heading `Nữ` stands beside.
    pub(crate) beside_female: bool,
    /// Whether a heading `Ngày` or `Tháng` stands beside.
    pub(crate) beside_day: bool,
}

/// The phrases of the table, found by their first word or by their letters run together.
struct Index {
    phrases: Vec<Phrase>,
    by_first_word: FxHashMap<&'static str, Vec<usize>>,
    by_letters: FxHashMap<String, Vec<usize>>,
}

struct Phrase {
    field: Option<Field>,
    under: &'static str,
    weight: f32,
    text: &'static str,
}

static INDEX: LazyLock<Index> = LazyLock::new(|| {
    let mut index = Index { phrases: Vec::new(), by_first_word: FxHashMap::default(), by_letters: FxHashMap::default() };
    for row in TABLE {
        for text in row.texts.split('|') {
            let number = index.phrases.len();
            index.phrases.push(Phrase { field: row.field, under: row.under, weight: row.weight, text });
            index.by_first_word.entry(text.split(' ').next().unwrap_or(text)).or_default().push(number);
            index.by_letters.entry(text.split(' ').collect()).or_default().push(number);
        }
    }
    index
});

impl Index {
    /// Tells every phrase that stands in a line, and how well the line fits it.
    fn matches(&self, line: &str, mut tell: impl FnMut(&Phrase, f32)) {
        let mut try_all = |numbers: Option<&Vec<usize>>| {
            for phrase in numbers.into_iter().flatten().filter_map(|number| self.phrases.get(*number)) {
                let fit = fit_of(line, phrase.text);
                if fit > 0.0 {
                    tell(phrase, fit);
                }
            }
        };
        for word in line.split(' ') {
            try_all(self.by_first_word.get(word));
        }
        let letters: String = line.split(' ').collect();
        try_all(self.by_letters.get(&letters));
    }
}

/// How well a heading, its dose mark taken out, fits each field.
pub(crate) fn fits(words: &Words, inside: &Words, around: &Around) -> Fits {
    let mut best: Fits = Vec::new();
    let own = canonical_line(&words.line());
    let mut offer = |phrase: &Phrase, fit: f32| {
        let fit = fit * phrase.weight;
        match best.iter_mut().find(|(other, _)| *other == phrase.field) {
            Some((_, known)) => *known = known.max(fit),
            None => best.push((phrase.field, fit)),
        }
    };
    INDEX.matches(&own, |phrase, fit| {
        let is_under = match phrase.under {
            "" => true,
            "#" => around.is_dose,
            parent => has_words(&around.parents, parent),
        };
        if is_under {
            offer(phrase, fit);
        }
    });
    // Less sure: with what stands in brackets, and with the words of the parents.
    let with_brackets = canonical_line(&inside.line());
    let mut offer_open = |line: &str, factor: f32| {
        INDEX.matches(line, |phrase, fit| {
            if phrase.under.is_empty() {
                offer(phrase, factor * fit);
            }
        });
    };
    if with_brackets != own {
        offer_open(&with_brackets, 0.9);
    }
    if !around.parents.is_empty() {
        offer_open(&canonical_line(&format!("{} {}", around.parents, words.line())), 0.8);
    }
    // `năm` and `nam` fold alike: what stands beside tells a year from a man.
    if own == "nam" {
        for (field, fit) in &mut best {
            match field {
                Some(Field::BirthYear) if around.beside_female || !around.beside_day => *fit *= 0.5,
                Some(Field::BirthMale) if around.beside_day || !around.beside_female => *fit *= 0.5,
                _ => {}
            }
        }
    }
    best.retain(|(_, fit)| *fit >= LEAST_FIT);
    // Of equal fits the field that stands first in the table.
    best.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    best
}

/// The words of a heading with and without what stands in brackets.
pub(crate) fn heading_words(text: &str) -> (Words, Words) {
    let mut all = Words::of(text);
    if all.is_empty() && text.contains('#') {
        all = Words { written: vec!["#".to_owned()], folded: vec!["#".to_owned()] };
    }
    let outside = Words::of(&outside_brackets(text));
    if outside.is_empty() { (all.clone(), all) } else { (outside, all) }
}

/// Every spelling of `vắc xin` as one, and what stands for another word as that word.
fn canonical_line(line: &str) -> String {
    let mut out: Vec<&str> = Vec::new();
    let mut words = line.split(' ').filter(|word| !word.is_empty()).peekable();
    while let Some(word) = words.next() {
        match word {
            "vaccine" | "vacxin" | "vaccin" | "vacin" | "vacine" | "vaxin" | "vaxcin" | "vacccin" | "vx" | "vccine" | "vcxin" => {
                out.extend(["vac", "xin"]);
            }
            "vac" | "vax" | "vacx" if matches!(words.peek(), Some(&("xin" | "cin" | "in"))) => {
                words.next();
                out.extend(["vac", "xin"]);
            }
            // The South says `chích` for `tiêm`.
            "chich" => out.push("tiem"),
            "cq" => out.extend(["co", "quan"]),
            "dv" => out.extend(["don", "vi"]),
            _ => out.push(word),
        }
    }
    out.join(" ")
}

fn has_words(line: &str, phrase: &str) -> bool {
    line.match_indices(phrase).any(|(at, _)| {
        let before = line.get(..at).is_none_or(|head| head.is_empty() || head.ends_with(' '));
        let after = line.get(at + phrase.len()..).is_none_or(|tail| tail.is_empty() || tail.starts_with(' '));
        before && after
    })
}

/// Words that mean a field alone, and anything inside a longer heading (`Tên đơn vị` names no person).
fn is_too_short(phrase: &str) -> bool {
    phrase.len() <= 2 || matches!(phrase, "ten" | "ban" | "lan" | "cha" | "khu" | "tai" | "noi" | "nam" | "loai" | "name" | "date" | "lop")
}

/// 1 for the same words, less the more of the heading the phrase leaves unexplained.
fn fit_of(line: &str, phrase: &str) -> f32 {
    if line == phrase {
        return 1.0;
    }
    if line.is_empty() {
        return 0.0;
    }
    if line.bytes().filter(|byte| *byte != b' ').eq(phrase.bytes().filter(|byte| *byte != b' ')) {
        return 0.98;
    }
    if is_too_short(phrase) || !has_words(line, phrase) {
        return 0.0;
    }
    let cover = phrase.len() as f32 / line.len() as f32;
    let leads = if line.starts_with(phrase) { 0.08 } else { 0.0 };
    (0.42 + 0.5 * cover + leads).min(0.97)
}

#[cfg(test)]
mod tests {
    use super::*;
    use Field::*;

    fn best(text: &str) -> Option<Field> {
        let (words, all) = heading_words(text);
        fits(&words, &all, &Around::default()).first().and_then(|(field, _)| *field)
    }

    #[test]
    fn headings_as_lists_write_them() {
        let cases = [
            ("Họ và tên (*)", Some(FullName)),
            ("HỌ TÊN", Some(FullName)),
            ("hovaten", Some(FullName)),
            ("Ngày sinh\ndạng dd/mm/yyyy (*)", Some(BirthDate)),
            ("Ngày, tháng, năm sinh", Some(BirthDate)),
            ("Năm sinh", Some(BirthYear)),
            ("Giới tính (*)\n(0:nam, 1:nữ)", Some(Sex)),
            ("Nam/Nữ", Some(Sex)),
            ("Số CMT/CCCD\n(Loại 8/9/12 số)", Some(Identity)),
            ("CMND/CCCD/Hộ chiếu", Some(Identity)),
            ("Ngày cấp CCCD", None),
            ("SĐT", Some(Phone)),
            ("Số điện thoại(*) (Tối thiểu 10 số)", Some(Phone)),
            ("Số thẻ bảo hiểm y tế\n(Mã thẻ 10/15 ký tự)", Some(Insurance)),
            ("Mã nhóm đối tượng ưu tiên (*)\n(Tham khảo PL2)", Some(TargetGroup)),
            ("Mã Quận/Huyện (*)", Some(DistrictCode)),
            ("Xã/Phường", Some(Commune)),
            ("Tên vắc xin (*)\n(Tham khảo PL5)", Some(Vaccine)),
            ("Loại vaccine", Some(Vaccine)),
            ("Lô vắc xin(*)", Some(Lot)),
            ("Địa điểm tiêm (*)", Some(Facility)),
            ("Ngày hẹn tiêm", None),
            ("Số mũi đã tiêm", None),
            ("Họ tên người giám hộ", None),
            ("Mũi tiêm", Some(DoseLabel)),
            ("Kết quả import (không điền ô này)", Some(ImportResult)),
            ("Trạng thái ký hộ chiếu vắc xin", Some(Signing)),
            ("Cơ sở nhập", None),
            ("Tình trạng cư trú", Some(Note)),
        ];
        for (text, field) in cases {
            assert_eq!(best(text), field, "{text}");
        }
    }
}
