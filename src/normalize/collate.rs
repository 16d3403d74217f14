//! Vietnamese alphabetical order.

use unicode_normalization::UnicodeNormalization as _;

/// A key that sorts texts as a Vietnamese index does: letters a ă â b c d đ e ê …, then tones (ngang, huyền, hỏi, ngã, sắc, nặng),
/// numbers by their value.
///
/// ```
/// use ra_soat::normalize::sort_key;
/// let mut names = ["Phường 10", "Đặng", "Dương", "Đăng", "Phường 9", "Ân", "An"];
/// names.sort_by_key(|name| sort_key(name));
/// assert_eq!(names, ["An", "Ân", "Dương", "Đăng", "Đặng", "Phường 9", "Phường 10"]);
/// ```
pub fn sort_key(text: &str) -> (Vec<u32>, Vec<u8>) {
    let (mut letters, mut tones) = (Vec::with_capacity(text.len()), Vec::new());
    let mut number: Option<u32> = None;
    for c in super::quick::composed(text).nfd().flat_map(char::to_lowercase) {
        if let Some(digit) = c.to_digit(10) {
            number = Some(number.unwrap_or(0).saturating_mul(10).saturating_add(digit).min(0xffff));
            continue;
        }
        // Numbers stand before letters.
        letters.extend(number.take().map(|number| 0x10 + number));
        match c {
            '\u{306}' => bump(&mut letters, 1),
            '\u{302}' => bump(&mut letters, 2),
            '\u{31b}' => bump(&mut letters, 3),
            '\u{300}' => tones.push(1),
            '\u{309}' => tones.push(2),
            '\u{303}' => tones.push(3),
            '\u{301}' => tones.push(4),
            '\u{323}' => tones.push(5),
            'đ' => letters.push((u32::from('d') << 16) + 1),
            c if c.is_alphabetic() => {
                letters.push(u32::from(c) << 16);
                tones.push(0);
            }
            _ => letters.push(1),
        }
    }
    letters.extend(number.map(|number| 0x10 + number));
    (letters, tones)
}

/// The mark of a letter (ă, â, ơ) makes it another letter, after the plain one.
fn bump(letters: &mut [u32], by: u32) {
    if let Some(last) = letters.last_mut() {
        *last += by;
    }
}
