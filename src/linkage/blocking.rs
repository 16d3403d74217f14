//! Candidate pairs: the union of the pairs that share a key. Blocks that would cost too many pairs are left out and counted.

use std::hash::Hash;

/// Pairs of one block beyond which it is cut.
pub const LARGEST_BLOCK: usize = 400;

/// Pairs `(local, system)` of positions that share a key; sorted keys make the cost near linear. Gives how many blocks were cut.
///
/// ```
/// let mut pairs = Vec::new();
/// let cut = ra_soat::linkage::blocking::pairs_of_key(vec![("a", 0)], vec![("a", 5), ("b", 6)], &mut pairs);
/// assert_eq!((cut, pairs), (0, vec![(0, 5)]));
/// ```
pub fn pairs_of_key<K: Hash + Ord>(mut local: Vec<(K, u32)>, mut system: Vec<(K, u32)>, pairs: &mut Vec<(u32, u32)>) -> usize {
    local.sort_unstable();
    system.sort_unstable();
    let mut cut = 0;
    let (mut left, mut right) = (local.as_slice(), system.as_slice());
    while let (Some((a, _)), Some((b, _))) = (left.first(), right.first()) {
        let of_left = left.iter().take_while(|(key, _)| key == a).count();
        let of_right = right.iter().take_while(|(key, _)| key == b).count();
        match a.cmp(b) {
            std::cmp::Ordering::Less => left = &left[of_left..],
            std::cmp::Ordering::Greater => right = &right[of_right..],
            std::cmp::Ordering::Equal => {
                if of_left * of_right > LARGEST_BLOCK {
                    cut += 1;
                } else {
                    for (_, x) in &left[..of_left] {
                        pairs.extend(right[..of_right].iter().filter(|(_, y)| x != y).map(|(_, y)| (*x, *y)));
                    }
                }
                left = &left[of_left..];
                right = &right[of_right..];
            }
        }
    }
    cut
}
