//! What the codes of each legacy encoding stand for.

use unicode_normalization::UnicodeNormalization as _;

/// The 74 codes of TCVN3 (TCVN 5712, fonts `.Vn…`), as a reader that takes them for Latin-1 shows them.
///
/// Seven capitals have codes of their own; the others come from the capital fonts (`.VnTimeH`) over the codes of small letters.
pub(super) const TCVN3: [(char, char); 74] = [
    ('\u{a1}', 'Ă'),
    ('\u{a2}', 'Â'),
    ('\u{a3}', 'Ê'),
    ('\u{a4}', 'Ô'),
    ('\u{a5}', 'Ơ'),
    ('\u{a6}', 'Ư'),
    ('\u{a7}', 'Đ'),
    ('\u{a8}', 'ă'),
    ('\u{a9}', 'â'),
    ('\u{aa}', 'ê'),
    ('\u{ab}', 'ô'),
    ('\u{ac}', 'ơ'),
    // The soft hyphen: whatever tidies a text first deletes it.
    ('\u{ad}', 'ư'),
    ('\u{ae}', 'đ'),
    ('\u{b5}', 'à'),
    ('\u{b6}', 'ả'),
    ('\u{b7}', 'ã'),
    ('\u{b8}', 'á'),
    ('\u{b9}', 'ạ'),
    ('\u{bb}', 'ằ'),
    ('\u{bc}', 'ẳ'),
    ('\u{bd}', 'ẵ'),
    ('\u{be}', 'ắ'),
    ('\u{c6}', 'ặ'),
    ('\u{c7}', 'ầ'),
    ('\u{c8}', 'ẩ'),
    ('\u{c9}', 'ẫ'),
    ('\u{ca}', 'ấ'),
    ('\u{cb}', 'ậ'),
    ('\u{cc}', 'è'),
    ('\u{ce}', 'ẻ'),
    ('\u{cf}', 'ẽ'),
    ('\u{d0}', 'é'),
    ('\u{d1}', 'ẹ'),
    ('\u{d2}', 'ề'),
    ('\u{d3}', 'ể'),
    ('\u{d4}', 'ễ'),
    ('\u{d5}', 'ế'),
    ('\u{d6}', 'ệ'),
    ('\u{d7}', 'ì'),
    ('\u{d8}', 'ỉ'),
    ('\u{dc}', 'ĩ'),
    ('\u{dd}', 'í'),
    ('\u{de}', 'ị'),
    ('\u{df}', 'ò'),
    ('\u{e1}', 'ỏ'),
    ('\u{e2}', 'õ'),
    ('\u{e3}', 'ó'),
    ('\u{e4}', 'ọ'),
    ('\u{e5}', 'ồ'),
    ('\u{e6}', 'ổ'),
    ('\u{e7}', 'ỗ'),
    ('\u{e8}', 'ố'),
    ('\u{e9}', 'ộ'),
    ('\u{ea}', 'ờ'),
    ('\u{eb}', 'ở'),
    ('\u{ec}', 'ỡ'),
    ('\u{ed}', 'ớ'),
    ('\u{ee}', 'ợ'),
    ('\u{ef}', 'ù'),
    ('\u{f1}', 'ủ'),
    ('\u{f2}', 'ũ'),
    ('\u{f3}', 'ú'),
    ('\u{f4}', 'ụ'),
    ('\u{f5}', 'ừ'),
    ('\u{f6}', 'ử'),
    ('\u{f7}', 'ữ'),
    ('\u{f8}', 'ứ'),
    ('\u{f9}', 'ự'),
    ('\u{fa}', 'ỳ'),
    ('\u{fb}', 'ỷ'),
    ('\u{fc}', 'ỹ'),
    ('\u{fd}', 'ý'),
    ('\u{fe}', 'ỵ'),
];

/// What a VNI mark does to the base letter before it: a quality (breve, circumflex) and a tone.
const VNI_MARKS: [(char, &str, Option<char>, Option<char>); 17] = [
    ('ù', "aeouyôö", None, Some('\u{301}')),
    ('ø', "aeouyôö", None, Some('\u{300}')),
    ('û', "aeouyôö", None, Some('\u{309}')),
    ('õ', "aeouyôö", None, Some('\u{303}')),
    ('ï', "aeouôö", None, Some('\u{323}')),
    ('â', "aeo", Some('\u{302}'), None),
    ('á', "aeo", Some('\u{302}'), Some('\u{301}')),
    ('à', "aeo", Some('\u{302}'), Some('\u{300}')),
    ('å', "aeo", Some('\u{302}'), Some('\u{309}')),
    ('ã', "aeo", Some('\u{302}'), Some('\u{303}')),
    ('ä', "aeo", Some('\u{302}'), Some('\u{323}')),
    ('ê', "a", Some('\u{306}'), None),
    ('é', "a", Some('\u{306}'), Some('\u{301}')),
    ('è', "a", Some('\u{306}'), Some('\u{300}')),
    ('ú', "a", Some('\u{306}'), Some('\u{309}')),
    ('ü', "a", Some('\u{306}'), Some('\u{303}')),
    ('ë', "a", Some('\u{306}'), Some('\u{323}')),
];

/// VNI letters of one code.
const VNI_SINGLE: [(char, char); 9] =
    [('ô', 'ơ'), ('ö', 'ư'), ('ñ', 'đ'), ('í', 'í'), ('ì', 'ì'), ('æ', 'ỉ'), ('ó', 'ĩ'), ('ò', 'ị'), ('î', 'ỵ')];

/// The letter that a base and the mark behind it make, the base's case kept.
pub(super) fn vni_pair(base: char, mark: char) -> Option<char> {
    let small = lower(base);
    // Behind a small letter stands a small mark.
    let mark = if base == small { mark } else { lower(mark) };
    let (_, _, quality, tone) = *VNI_MARKS.iter().find(|(known, bases, ..)| *known == mark && bases.contains(small))?;
    let letter = vni_single(small).unwrap_or(small);
    let marked = [quality, tone].into_iter().flatten();
    let letter: String = std::iter::once(letter).chain(marked).nfc().collect();
    let letter = letter.chars().next().filter(|first| first.len_utf8() == letter.len())?;
    Some(if base == small { letter } else { upper(letter) })
}

/// The letter of one code, its case kept.
pub(super) fn vni_single(code: char) -> Option<char> {
    let small = lower(code);
    let (_, letter) = VNI_SINGLE.iter().find(|(known, _)| *known == small)?;
    Some(if code == small { *letter } else { upper(*letter) })
}

/// The byte that windows-1252 shows as this character; the five bytes it leaves free come as control characters.
pub(super) fn windows_1252_byte(c: char) -> Option<u8> {
    const HIGH: [char; 32] = [
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', '\u{90}', '‘', '’', '“', '”', '•',
        '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
    ];
    match HIGH.iter().position(|high| *high == c) {
        Some(at) => Some(0x80 + at as u8),
        None => u8::try_from(u32::from(c)).ok(),
    }
}

fn lower(c: char) -> char {
    c.to_lowercase().next().unwrap_or(c)
}

fn upper(c: char) -> char {
    c.to_uppercase().next().unwrap_or(c)
}
