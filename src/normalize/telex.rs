//! Telex residue: a syllable typed while the Vietnamese keyboard was off ("Nguyeenx" for "Nguyễn").

use super::legacy::is_syllable;
use unicode_normalization::UnicodeNormalization as _;

/// Letters written by a doubled key or with `w`.
const LETTERS: [(&str, &str); 7] = [("aa", "â"), ("aw", "ă"), ("ee", "ê"), ("oo", "ô"), ("ow", "ơ"), ("uw", "ư"), ("dd", "đ")];
/// Keys that put a tone on the syllable.
const TONES: [(char, char); 5] = [('f', '\u{300}'), ('s', '\u{301}'), ('r', '\u{309}'), ('x', '\u{303}'), ('j', '\u{323}')];
const VOWELS: &str = "aâăeêioôơuưy";

/// The syllable that was meant, in small letters; none where the word is a syllable as it stands, or none by these keys either.
///
/// ```
/// use ra_soat::normalize::fold_marks;
/// use ra_soat::normalize::telex::decode_telex;
/// assert_eq!(decode_telex("Nguyeenx").map(|word| fold_marks(&word)), Some(fold_marks("nguyễn")));
/// assert_eq!(decode_telex("Nguyênx").map(|word| fold_marks(&word)), Some(fold_marks("nguyễn")));
/// assert_eq!(decode_telex("ddaof").as_deref(), Some("đào"));
/// assert_eq!(decode_telex("huowng"), Some("hương".to_owned()));
/// assert_eq!(decode_telex("an"), None);
/// assert_eq!(decode_telex("james"), None);
/// ```
pub fn decode_telex(word: &str) -> Option<String> {
    if is_syllable(word) {
        return None;
    }
    let typed: String = word.nfc().flat_map(char::to_lowercase).collect();
    let mut letters = typed.clone();
    // `uow` and `uwow` both write ươ.
    letters = letters.replace("uwow", "uow").replace("uow", "ươ");
    for (keys, letter) in LETTERS {
        letters = letters.replace(keys, letter);
    }
    // A `w` or a doubled vowel that came later in the word ("nguyene") is not undone; the tone key is the last of the word.
    let tone = letters.chars().last().and_then(|last| TONES.iter().find(|(key, _)| *key == last).map(|(_, tone)| *tone));
    if tone.is_some() {
        letters.pop();
    }
    let syllable = match tone {
        None => letters,
        Some(tone) => {
            // Where the tone stands does not matter to the comparison; the last vowel but a final glide takes it.
            let vowels: Vec<usize> = letters.char_indices().filter(|(_, letter)| VOWELS.contains(*letter)).map(|(at, _)| at).collect();
            let closed = letters.chars().last().is_some_and(|last| !VOWELS.contains(last));
            let at = *(if closed || vowels.len() < 2 { vowels.last() } else { vowels.get(vowels.len() - 2) })?;
            let end = at + letters[at..].chars().next().map_or(1, char::len_utf8);
            format!("{}{tone}{}", &letters[..end], &letters[end..]).nfc().collect()
        }
    };
    (syllable != typed && is_syllable(&syllable)).then_some(syllable)
}
