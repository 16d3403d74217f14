//! A text as words: as written, and folded for comparison.

use crate::normalize::quick::{composed, folded};

/// The words of a header, title or label. Letters and digits are words of their own: `M2` is `m`, `2`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Words {
    /// As written.
    pub(crate) written: Vec<String>,
    /// Folded, one for each written word.
    pub(crate) folded: Vec<String>,
}

impl Words {
    /// Splits a text.
    pub(crate) fn of(text: &str) -> Words {
        let mut words = Words::default();
        let mut word = String::new();
        let mut last = Kind::Gap;
        for c in composed(text).chars().chain([' ']) {
            let kind = Kind::of(c);
            // `homeAddress`, `DuLieuHeThong`: a capital behind a small letter begins a word; not in `TổNG`, which a capital font shows as
            // capitals throughout.
            let begins_word = c.is_ascii_uppercase() && word.ends_with(|last: char| last.is_ascii_lowercase());
            if (kind != last || begins_word) && !word.is_empty() {
                words.folded.push(folded(&word));
                words.written.push(std::mem::take(&mut word));
            }
            if kind != Kind::Gap {
                word.push(c);
            }
            last = kind;
        }
        words
    }

    /// How many words there are.
    pub(crate) fn len(&self) -> usize {
        self.folded.len()
    }

    /// Whether there is none.
    pub(crate) fn is_empty(&self) -> bool {
        self.folded.is_empty()
    }

    /// The folded word at a place, `""` beyond the end.
    pub(crate) fn at(&self, index: usize) -> &str {
        self.folded.get(index).map_or("", String::as_str)
    }

    /// The folded words with single spaces.
    pub(crate) fn line(&self) -> String {
        self.folded.join(" ")
    }

    /// The written words from `start` to before `end`.
    pub(crate) fn written_line(&self, start: usize, end: usize) -> String {
        self.written.get(start..end).unwrap_or(&[]).join(" ")
    }

    /// Takes out the words from `start` to before `end`.
    pub(crate) fn remove(&mut self, start: usize, end: usize) {
        self.written.drain(start..end);
        self.folded.drain(start..end);
    }

    /// Where these folded words stand one after the other.
    pub(crate) fn find(&self, phrase: &[&str]) -> Option<usize> {
        self.folded.windows(phrase.len().max(1)).position(|window| window == phrase)
    }

    /// Whether the folded words of `phrase` (parted by spaces) stand one after the other.
    pub(crate) fn has(&self, phrase: &str) -> bool {
        let phrase: Vec<&str> = phrase.split(' ').collect();
        self.find(&phrase).is_some()
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Letter,
    Digit,
    Gap,
}

impl Kind {
    fn of(c: char) -> Kind {
        if c.is_ascii_digit() {
            Kind::Digit
        } else if c.is_alphanumeric() {
            Kind::Letter
        } else {
            Kind::Gap
        }
    }
}

/// The text without what stands in brackets.
pub(crate) fn outside_brackets(text: &str) -> String {
    let mut depth = 0usize;
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            _ if depth == 0 => out.push(c),
            _ => {}
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_and_digits_are_words_of_their_own() {
        assert_eq!(Words::of("Mũi 1\n(M2)*").folded, ["mui", "1", "m", "2"]);
        assert_eq!(Words::of("Ngày_tiêm1").written, ["Ngày", "tiêm", "1"]);
        assert_eq!(Words::of("homeAddress HoTen SĐT").folded, ["home", "address", "ho", "ten", "sdt"]);
        assert_eq!(Words::of("TổNG CộNG").folded, ["tong", "cong"]);
        assert!(Words::of("Số CMT/CCCD").has("cmt cccd"));
        assert_eq!(outside_brackets("Giới tính (*) (0:nam, 1:nữ)").trim(), "Giới tính");
    }
}
