//! Lot and insurance numbers as lists write them.

/// A lot number: capitals, no spaces, without the word for it.
///
/// ```
/// use ra_soat::normalize::lot::read_lot;
/// assert_eq!(read_lot(" ctmav 587 "), "CTMAV587");
/// assert_eq!(read_lot("Số lô: FK0112"), "FK0112");
/// assert_eq!(read_lot("-"), "");
/// ```
pub fn read_lot(text: &str) -> String {
    let composed = crate::normalize::quick::composed(text);
    let mut lot: String = composed.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_uppercase).collect();
    for word in ["SỐLÔ", "SOLO", "LÔ", "LOT"] {
        let after = lot.strip_prefix(word).map(|rest| rest.trim_start_matches([':', '.', '-']));
        if let Some(rest) = after.filter(|rest| rest.chars().any(|c| c.is_ascii_digit())) {
            lot = rest.to_owned();
            break;
        }
    }
    let lot = lot.trim_matches(|c: char| !c.is_alphanumeric());
    if lot == "0" { String::new() } else { lot.to_owned() }
}

/// A health insurance number: capitals and digits only.
///
/// ```
/// use ra_soat::normalize::lot::read_insurance;
/// assert_eq!(read_insurance("gd 4 06 0620123456"), "GD4060620123456");
/// ```
pub fn read_insurance(text: &str) -> String {
    let number: String =
        crate::normalize::quick::composed(text).chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_uppercase).collect();
    let digits = number.chars().filter(char::is_ascii_digit).count();
    if digits < 5 || number.chars().all(|c| number.starts_with(c)) { String::new() } else { number }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lots_agree_however_they_are_typed() {
        for text in ["FK0112", "fk0112", "FK 0112", " FK0112.", "Lô FK0112", "LOT: FK0112", "lô: fk 0112"] {
            assert_eq!(read_lot(text), "FK0112", "{text}");
        }
        assert_eq!(read_lot("2021010123"), "2021010123");
        assert_eq!(read_lot("B.Q 12"), "B.Q12");
        for text in ["", "-", "...", "0"] {
            assert_eq!(read_lot(text), "", "{text}");
        }
        assert_eq!(read_insurance("không"), "");
    }
}
