//! Vietnamese text of before Unicode: TCVN3 and VNI, and UTF-8 that a program took for windows-1252.
//!
//! A spreadsheet does not say how its text is encoded: the fonts did. What a cell is can only be told from how Vietnamese it reads
//! before and after, so every answer here is evidence ([`judge`]); a column is decided by all of its cells (`workbook::recode`).
//! Text is decoded before anything is trimmed or composed: in TCVN3 `ư` is a soft hyphen and `é` is `Ð`.

mod syllable;
mod tables;

pub use syllable::{is_bare_syllable, is_syllable};

use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use tables::{TCVN3, vni_pair, vni_single, windows_1252_byte};

/// How text was encoded (`Kiểu chữ`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum TextEncoding {
    /// As it should be.
    #[default]
    Unicode,
    /// TCVN3 (ABC), fonts `.VnTime`, `.VnArial`…
    Tcvn3,
    /// VNI, fonts `VNI-Times`…
    Vni,
    /// UTF-8 read as windows-1252.
    Utf8AsWindows1252,
}

impl TextEncoding {
    /// Every encoding, in the order of the select.
    pub const ALL: [TextEncoding; 4] = [TextEncoding::Unicode, TextEncoding::Tcvn3, TextEncoding::Vni, TextEncoding::Utf8AsWindows1252];

    /// Those that are not Unicode.
    pub const LEGACY: [TextEncoding; 3] = [TextEncoding::Tcvn3, TextEncoding::Vni, TextEncoding::Utf8AsWindows1252];

    /// The officer's word.
    pub fn label(self) -> &'static str {
        match self {
            TextEncoding::Unicode => "Unicode",
            TextEncoding::Tcvn3 => "TCVN3 (ABC)",
            TextEncoding::Vni => "VNI",
            TextEncoding::Utf8AsWindows1252 => "Unicode bị đọc nhầm (UTF-8)",
        }
    }
}

/// What one text says about an encoding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Judgement {
    /// It is so encoded: words that are no Vietnamese become Vietnamese.
    Legacy,
    /// It is not: it holds letters the encoding lacks, or words that decoding would spoil.
    Unicode,
    /// It may be either, as a text without marks is.
    Open,
}

/// Decodes a text; what the encoding does not know stays.
///
/// ```
/// use ra_soat::normalize::legacy::{TextEncoding, decode};
/// assert_eq!(decode("NguyÔn V¨n §øc", TextEncoding::Tcvn3), "Nguyễn Văn Đức");
/// assert_eq!(decode("Nguyeãn Vaên Ñöùc", TextEncoding::Vni), "Nguyễn Văn Đức");
/// assert_eq!(decode("Tráº§n", TextEncoding::Utf8AsWindows1252), "Trần");
/// ```
pub fn decode(text: &str, encoding: TextEncoding) -> Cow<'_, str> {
    if text.is_ascii() {
        return Cow::Borrowed(text);
    }
    match encoding {
        TextEncoding::Unicode => Cow::Borrowed(text),
        TextEncoding::Tcvn3 => Cow::Owned(text.chars().map(tcvn3).collect()),
        TextEncoding::Vni => Cow::Owned(vni(text)),
        TextEncoding::Utf8AsWindows1252 => utf8_as_windows_1252(text).map_or(Cow::Borrowed(text), Cow::Owned),
    }
}

fn tcvn3(code: char) -> char {
    TCVN3.binary_search_by_key(&code, |(known, _)| *known).ok().and_then(|at| TCVN3.get(at)).map_or(code, |(_, letter)| *letter)
}

fn vni(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut codes = text.chars().peekable();
    while let Some(code) = codes.next() {
        match codes.peek().and_then(|mark| vni_pair(code, *mark)) {
            Some(letter) => {
                codes.next();
                out.push(letter);
            }
            None => out.push(vni_single(code).unwrap_or(code)),
        }
    }
    out
}

/// None where the bytes are no UTF-8.
fn utf8_as_windows_1252(text: &str) -> Option<String> {
    let mut bytes: Vec<u8> = Vec::with_capacity(text.len());
    let mut is_sure = false;
    let mut before = ' ';
    for c in text.chars().chain(text.ends_with('Ã').then_some(' ')) {
        let byte = windows_1252_byte(c)?;
        // `Ã` and a no-break space is `à`; programs make a plain space of it. A capital before it may be that of `MÃ`.
        let is_plain_space = byte == b' ' && bytes.last() == Some(&0xc3);
        is_sure |= !is_plain_space && (0x80..0xc0).contains(&byte) || c == 'Ã' && before.is_lowercase();
        bytes.push(if is_plain_space { 0xa0 } else { byte });
        before = c;
    }
    String::from_utf8(bytes).ok().filter(|_| is_sure)
}

/// As [`decode`], but a text that is surely Unicode stays: what a cell of a column with this encoding reads.
///
/// ```
/// use ra_soat::normalize::legacy::{TextEncoding, read};
/// assert_eq!(read("§Æng ThÞ V©n", TextEncoding::Tcvn3), "Đặng Thị Vân");
/// assert_eq!(read("Đặng Thị Vân", TextEncoding::Tcvn3), "Đặng Thị Vân");
/// ```
pub fn read(text: &str, encoding: TextEncoding) -> Cow<'_, str> {
    if judge(text, encoding) == Judgement::Unicode { Cow::Borrowed(text) } else { decode(text, encoding) }
}

/// What a text says about one encoding.
///
/// ```
/// use ra_soat::normalize::legacy::{Judgement, TextEncoding, judge};
/// assert_eq!(judge("TrÇn ThÞ H\u{ad}êng", TextEncoding::Tcvn3), Judgement::Legacy);
/// assert_eq!(judge("Trần Thị Hường", TextEncoding::Tcvn3), Judgement::Unicode);
/// assert_eq!(judge("Tran Thi Huong", TextEncoding::Tcvn3), Judgement::Open);
/// // `Cóc` is a word, and in TCVN3 it is `Cúc`.
/// assert_eq!(judge("Cóc", TextEncoding::Tcvn3), Judgement::Open);
/// ```
pub fn judge(text: &str, encoding: TextEncoding) -> Judgement {
    match encoding {
        TextEncoding::Unicode => Judgement::Open,
        _ if text.is_ascii() => Judgement::Open,
        TextEncoding::Utf8AsWindows1252 => match utf8_as_windows_1252(text) {
            Some(decoded) if decoded.chars().any(is_vietnamese_mark) => Judgement::Legacy,
            Some(_) => Judgement::Open,
            None if text.chars().any(is_beyond_latin_1) => Judgement::Unicode,
            None => Judgement::Open,
        },
        TextEncoding::Tcvn3 | TextEncoding::Vni => judge_words(text, encoding),
    }
}

fn judge_words(text: &str, encoding: TextEncoding) -> Judgement {
    if text.chars().any(is_beyond_latin_1) {
        return Judgement::Unicode;
    }
    let (mut gained, mut lost, mut strange) = (0u32, 0u32, 0u32);
    for word in text.split(parts_words).filter(|word| !word.is_ascii()) {
        let decoded = decode(word, encoding);
        match (is_written(word), is_syllable(&decoded)) {
            // A word that reads the same says nothing.
            _ if decoded == word => {}
            (false, true) => gained += 1,
            (true, false) => lost += 1,
            (false, false) => strange += 1,
            (true, true) => {}
        }
    }
    match (gained, lost) {
        (0, 0) => Judgement::Open,
        (0, _) => Judgement::Unicode,
        (_, 0) if gained >= strange => Judgement::Legacy,
        _ => Judgement::Open,
    }
}

/// Whether a word is a syllable as Unicode writes one: no capital behind a small letter.
fn is_written(word: &str) -> bool {
    let has_inner_capital = word.chars().zip(word.chars().skip(1)).any(|(a, b)| a.is_lowercase() && b.is_uppercase());
    !has_inner_capital && is_syllable(word)
}

/// Letters and marks that no code of TCVN3 or VNI shows as: the text is Unicode.
fn is_beyond_latin_1(c: char) -> bool {
    c > '\u{ff}' && (c.is_alphabetic() || unicode_normalization::char::is_combining_mark(c)) && windows_1252_byte(c).is_none()
}

fn is_vietnamese_mark(c: char) -> bool {
    !c.is_ascii() && c.is_alphabetic()
}

/// ASCII that stands between words, and the punctuation beyond it that no encoding uses for a letter.
fn parts_words(c: char) -> bool {
    c.is_ascii() && !c.is_ascii_alphabetic() || c == '\u{a0}' || c > '\u{ff}' && !c.is_alphanumeric()
}

#[cfg(test)]
mod tests;
