//! Phone numbers as lists write them.

/// Old eleven-digit prefixes and what they became in 2018: the last seven digits stayed.
const CHANGED: [(&str, &str); 21] = [
    ("0120", "070"),
    ("0121", "079"),
    ("0122", "077"),
    ("0126", "076"),
    ("0128", "078"),
    ("0123", "083"),
    ("0124", "084"),
    ("0125", "085"),
    ("0127", "081"),
    ("0129", "082"),
    ("0162", "032"),
    ("0163", "033"),
    ("0164", "034"),
    ("0165", "035"),
    ("0166", "036"),
    ("0167", "037"),
    ("0168", "038"),
    ("0169", "039"),
    ("0186", "056"),
    ("0188", "058"),
    ("0199", "059"),
];

/// Reads a phone number: ten digits where it can be read, as written where not, empty where it is missing.
///
/// ```
/// use ra_soat::normalize::phone::read_phone;
/// assert_eq!(read_phone("+84 912.345.678"), "0912345678");
/// assert_eq!(read_phone("912345678"), "0912345678");
/// assert_eq!(read_phone("01682345678"), "0382345678");
/// assert_eq!(read_phone("không có"), "");
/// ```
pub fn read_phone(text: &str) -> String {
    let written = crate::normalize::quick::composed(text);
    let digits: String = written.chars().filter(char::is_ascii_digit).collect();
    if digits.is_empty() || digits.len() > 1 && digits.chars().all(|c| digits.starts_with(c)) || digits == "0" {
        return String::new();
    }
    if let Some(number) = mobile(&digits) {
        return number;
    }
    // Two numbers in one cell: the first that can be read.
    let mut parts = written.split(['/', ';', ',', '-', '\n']).map(|part| part.chars().filter(char::is_ascii_digit).collect::<String>());
    parts.find_map(|digits| mobile(&digits)).unwrap_or_else(|| written.into_owned())
}

/// The ten digits of today, from any form that means one.
fn mobile(digits: &str) -> Option<String> {
    let national = match digits.len() {
        12 | 13 if digits.starts_with("840") => digits[2..].to_owned(),
        11 | 12 if digits.starts_with("84") => format!("0{}", &digits[2..]),
        9 if digits.starts_with(['3', '5', '7', '8', '9']) => format!("0{digits}"),
        10 if digits.starts_with('1') => format!("0{digits}"),
        _ => digits.to_owned(),
    };
    match national.len() {
        10 if national.starts_with('0') && !national.starts_with("00") => Some(national),
        11 => CHANGED.iter().find_map(|(old, new)| national.strip_prefix(old).map(|rest| format!("{new}{rest}"))),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_of_one_number_is_one_number() {
        for text in [
            "0912345678",
            "912345678",
            "84912345678",
            "+84912345678",
            "0912 345 678",
            "0912.345.678",
            "0912-345-678",
            "(+84) 912345678",
            "840912345678",
            "0912345678 (mẹ)",
            "0912345678/0987654321",
        ] {
            assert_eq!(read_phone(text), "0912345678", "{text}");
        }
    }

    #[test]
    fn old_prefixes_become_new_ones() {
        for (old, new) in CHANGED {
            assert_eq!(read_phone(&format!("{old}1234567")), format!("{new}1234567"));
            assert_eq!(read_phone(&format!("{}1234567", &old[1..])), format!("{new}1234567"));
        }
    }

    #[test]
    fn what_cannot_be_read_stays_as_written_and_placeholders_are_missing() {
        assert_eq!(read_phone("09123"), "09123");
        assert_eq!(read_phone("02093 870 123"), "02093 870 123");
        for text in ["", "0", "0000000000", "9999999999", "-", "x"] {
            assert_eq!(read_phone(text), "", "{text}");
        }
    }
}
