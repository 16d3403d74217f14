//! Numbers as they stand in a cell.

/// Powers of ten that a double holds exactly.
const TENS: [f64; 16] = [1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15];

/// Reads a number to the nearest double; none where it is none.
pub(super) fn read_number(text: &[u8]) -> Option<f64> {
    short(text).or_else(|| std::str::from_utf8(text).ok()?.parse().ok())
}

/// A number of at most 15 digits without an exponent: digits and power are both exact, and so is their quotient's rounding.
fn short(text: &[u8]) -> Option<f64> {
    let (is_negative, digits) = match text {
        [b'-', rest @ ..] => (true, rest),
        _ => (false, text),
    };
    if digits.is_empty() || digits.len() > 16 {
        return None;
    }
    let mut mantissa = 0u64;
    let mut point = None;
    for (at, byte) in digits.iter().enumerate() {
        match byte {
            b'0'..=b'9' => mantissa = mantissa * 10 + u64::from(byte - b'0'),
            b'.' if point.is_none() => point = Some(at),
            _ => return None,
        }
    }
    let decimals = point.map_or(0, |at| digits.len() - at - 1);
    let count = digits.len() - usize::from(point.is_some());
    if count == 0 || count > 15 {
        return None;
    }
    let value = mantissa as f64 / TENS.get(decimals)?;
    Some(if is_negative { -value } else { value })
}

/// Reads a whole number of a few digits: an index, a style.
pub(super) fn read_index(text: &[u8]) -> Option<u32> {
    if text.is_empty() || text.len() > 9 {
        return None;
    }
    text.iter().try_fold(0u32, |number, byte| byte.is_ascii_digit().then(|| number * 10 + u32::from(byte - b'0')))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn odd_numbers() {
        for text in ["", "-", ".", "-.", "1 2", "1,5", "0x1", "một", "1..2"] {
            assert_eq!(read_number(text.as_bytes()), None, "{text}");
        }
        for text in ["0", "-0.5", ".5", "5.", "+1", "1E-3", "1e400", "123456789012345678", "44562.333333333336", "9007199254740993"] {
            assert_eq!(read_number(text.as_bytes()), text.parse().ok(), "{text}");
        }
    }

    proptest! {
        #[test]
        fn every_number_is_the_nearest_double(text in "-?[0-9]{0,18}(\\.[0-9]{0,18})?") {
            prop_assert_eq!(read_number(text.as_bytes()).map(f64::to_bits), text.parse().ok().map(f64::to_bits));
        }
    }
}
