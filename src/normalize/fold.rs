//! Folding: the key two spellings of one word share.

use unicode_normalization::UnicodeNormalization as _;

/// Composes a text (NFC), turns the look-alikes of Đ into Đ, drops zero-width marks and collapses every run of spaces.
///
/// ```
/// use ra_soat::normalize::compose;
/// assert_eq!(compose("  Ða\u{0323}ng\u{a0} Thi\u{0323} "), "Đạng Thị");
/// ```
pub fn compose(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut gap = false;
    for c in text.nfc() {
        let c = match c {
            'Ð' | 'Ɖ' => 'Đ',
            'ð' | 'ɖ' => 'đ',
            '\u{200b}'..='\u{200f}' | '\u{feff}' | '\u{2060}' | '\u{ad}' => continue,
            other => other,
        };
        if c.is_whitespace() || c == '\u{a0}' {
            gap = !out.is_empty();
        } else {
            if gap {
                out.push(' ');
                gap = false;
            }
            out.push(c);
        }
    }
    out
}

/// Folds any text: lower case, no marks, `đ` as `d`, spaces collapsed; punctuation stays.
///
/// ```
/// use ra_soat::normalize::fold;
/// assert_eq!(fold("Số CMT/CCCD\n(Loại 9/12 số)"), "so cmt/cccd (loai 9/12 so)");
/// ```
pub fn fold(text: &str) -> String {
    let composed = compose(text);
    if composed.is_ascii() {
        return composed.to_ascii_lowercase();
    }
    composed
        .nfd()
        .filter(|c| !unicode_normalization::char::is_combining_mark(*c))
        .flat_map(char::to_lowercase)
        .map(|c| if c == 'đ' { 'd' } else { c })
        .collect()
}

/// Folds a person's name to its comparison key: lower case, no marks, `đ` as `d`, letters and single spaces only.
///
/// ```
/// use ra_soat::normalize::fold_name;
/// assert_eq!(fold_name("ĐẶNG  Thị Ánh"), "dang thi anh");
/// assert_eq!(fold_name("H'Hen Niê"), "h hen nie");
/// ```
pub fn fold_name(name: &str) -> String {
    words(&super::quick::folded(name), |c| c.is_alphabetic())
}

/// Folds a person's name but keeps its marks: lower case, single spaces, the tone mark of `oa`, `oe`, `uy` in one place.
///
/// ```
/// use ra_soat::normalize::fold_marks;
/// assert_eq!(fold_marks("Nguyễn Thị HOÀ"), fold_marks("nguyễn thị hòa"));
/// assert_ne!(fold_marks("Hạnh"), fold_marks("Hành"));
/// ```
pub fn fold_marks(name: &str) -> String {
    const TONES: [char; 5] = ['\u{300}', '\u{301}', '\u{303}', '\u{309}', '\u{323}'];
    let mut out = String::with_capacity(name.len());
    for word in compose(name).split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()) {
        if !out.is_empty() {
            out.push(' ');
        }
        // The tone goes to the end of the word, so where it stood no longer matters.
        let mut tone = None;
        for c in word.nfd().flat_map(char::to_lowercase) {
            if TONES.contains(&c) { tone = Some(c) } else { out.push(c) }
        }
        out.extend(tone);
    }
    out
}

/// Folds a commune, district or facility name: as [`fold_name`] with digits, without the words that only say its kind.
///
/// ```
/// use ra_soat::normalize::fold_place;
/// assert_eq!(fold_place("Phường Sông Cầu"), fold_place("P. Sông Cầu"));
/// assert_eq!(fold_place("Phường 05"), "5");
/// ```
pub fn fold_place(place: &str) -> String {
    let folded = words(&super::quick::folded(place), |c| c.is_alphanumeric());
    let mut rest = folded.as_str();
    for lead in [
        "xa ",
        "phuong ",
        "thi tran ",
        "huyen ",
        "quan ",
        "thi xa ",
        "thanh pho ",
        "tinh ",
        "tt ",
        "tp ",
        "tx ",
        "p ",
        "x ",
        "h ",
        "q ",
        "t ",
    ] {
        if let Some(after) = rest.strip_prefix(lead) {
            rest = after;
            break;
        }
    }
    let trimmed = rest.trim_start_matches('0');
    if !trimmed.is_empty() && rest.chars().all(|c| c.is_ascii_digit()) && rest.len() <= 2 { trimmed.to_owned() } else { rest.to_owned() }
}

/// Keeps the characters that pass, everything else parts words.
fn words(folded: &str, keep: impl Fn(char) -> bool) -> String {
    let mut out = String::with_capacity(folded.len());
    let mut gap = false;
    for c in folded.chars() {
        if keep(c) {
            if gap && !out.is_empty() {
                out.push(' ');
            }
            gap = false;
            out.push(c);
        } else {
            gap = true;
        }
    }
    out
}
