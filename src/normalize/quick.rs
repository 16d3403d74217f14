//! Composing without work where a text is composed already, as nearly every text is.

use crate::normalize::{compose, fold};
use std::borrow::Cow;
use std::sync::OnceLock;

/// Behind the last Vietnamese letter, ỹ.
const LAST_LETTER: u32 = 0x1efa;

/// As [`compose`], borrowed where there is nothing to change.
///
/// ```
/// use ra_soat::normalize::quick::composed;
/// use std::borrow::Cow;
/// assert!(matches!(composed("Đặng Thị Ánh"), Cow::Borrowed(_)));
/// assert_eq!(composed(" Đặng  Thị "), "Đặng Thị");
/// ```
pub fn composed(text: &str) -> Cow<'_, str> {
    if is_composed(text) { Cow::Borrowed(text) } else { Cow::Owned(compose(text)) }
}

/// As [`fold`], letter by letter where the text is composed already.
pub fn folded(text: &str) -> String {
    if !is_composed(text) {
        return fold(text);
    }
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let letters = letters();
    let letter = |c: char| if c.is_ascii() { Some(c.to_ascii_lowercase()) } else { letters.get(c as usize).copied().flatten() };
    match text.chars().map(letter).collect::<Option<String>>() {
        Some(folded) => folded,
        None => fold(text),
    }
}

/// What each composed letter folds to; none where it folds to more than one.
fn letters() -> &'static [Option<char>] {
    static LETTERS: OnceLock<Vec<Option<char>>> = OnceLock::new();
    LETTERS.get_or_init(|| {
        let fold_one = |c: u32| {
            let folded = fold(char::from_u32(c)?.encode_utf8(&mut [0; 4]));
            let mut chars = folded.chars();
            chars.next().filter(|_| chars.next().is_none())
        };
        (0..LAST_LETTER).map(fold_one).collect()
    })
}

/// Whether every character is printable ASCII or a composed Vietnamese letter, and no space is to be dropped.
fn is_composed(text: &str) -> bool {
    let mut before = ' ';
    for c in text.chars() {
        let is_plain = match c {
            ' ' => before != ' ',
            '!'..='~' => true,
            // Ð and ð are look-alikes of Đ and đ.
            'Ð' | 'ð' => false,
            'À'..='ž' | 'Ơ' | 'ơ' | 'Ư' | 'ư' | 'Ạ'..='ỹ' => true,
            _ => false,
        };
        if !is_plain {
            return false;
        }
        before = c;
    }
    before != ' ' || text.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_quick_way_gives_what_the_slow_way_gives() {
        let single = (0u32..0x2000).filter_map(char::from_u32).map(String::from);
        let pairs = (0u32..0x2000).filter_map(char::from_u32).map(|c| format!("a{c}\u{323}e {c}"));
        let texts = ["", " ", "a  b", " a", "a ", "Nguyễn Văn Đức", "Ðạng", "Nguye\u{302}\u{303}n", "05/09/2021", "A\tB"].map(String::from);
        for text in single.chain(pairs).chain(texts) {
            assert_eq!(composed(&text), compose(&text), "{text:?}");
            assert_eq!(folded(&text), fold(&text), "{text:?}");
        }
    }
}
