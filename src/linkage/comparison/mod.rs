//! Two values compared: ordered levels, best first. A missing value is no level at all.

pub mod address;
pub mod birth;
pub mod history;
pub mod name;
pub mod number;

/// Whether one text is the other with a sign replaced, added or lost, or two neighbours swapped.
///
/// ```
/// use ra_soat::linkage::comparison::is_one_slip;
/// assert!(is_one_slip(b"hanh", b"hnah") && is_one_slip(b"hanh", b"han") && is_one_slip(b"hanh", b"hinh"));
/// assert!(!is_one_slip(b"hanh", b"hanh") && !is_one_slip(b"hanh", b"huong"));
/// ```
pub fn is_one_slip(a: &[u8], b: &[u8]) -> bool {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    let front = short.iter().zip(long).take_while(|(x, y)| x == y).count();
    let (short, long) = (&short[front..], &long[front..]);
    match long.len() - short.len() {
        0 => match (short, long) {
            ([], []) => false,
            ([a, b, x @ ..], [c, d, y @ ..]) if a == d && b == c && x == y => true,
            _ => short.get(1..) == long.get(1..),
        },
        1 => long.get(1..) == Some(short),
        _ => false,
    }
}
