//! Whether a word could be a Vietnamese syllable: onset, rhyme, one tone.

use rustc_hash::FxHashSet;
use std::sync::LazyLock;
use unicode_normalization::UnicodeNormalization as _;

/// Onsets, the longest first where one begins with another.
const ONSETS: [&str; 29] = [
    "ngh", "ng", "nh", "gh", "gi", "kh", "ch", "ph", "th", "tr", "qu", "b", "c", "d", "đ", "g", "h", "k", "l", "m", "n", "p", "r", "s",
    "t", "v", "x", "q", "",
];

/// Rhymes without their tone, as they are written after an onset.
const RHYMES: &str = "a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây \
    e ec em en eng eo ep et ê êch êm ên êng ênh êp êt êu i ia ich im in inh ip it iu iêc iêm iên iêng iêp iêt iêu \
    o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oen oeo oet oi om on ong ooc oong op ot \
    ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt u ua uân uâng uât uây uc uê uêch uênh ui um un ung uôc uôi uôm uôn uông uôt uơ up ut \
    uy uya uych uyên uyêt uyn uynh uyp uyt uyu ư ưa ưc ưi ưm ưn ưng ưt ưu ươc ươi ươm ươn ương ươp ươt ươu \
    y ych yêm yên yêng yêt yêu ynh yn yp yt";

static KNOWN_RHYMES: LazyLock<FxHashSet<&str>> = LazyLock::new(|| RHYMES.split_ascii_whitespace().collect());

static BARE_RHYMES: LazyLock<FxHashSet<String>> = LazyLock::new(|| RHYMES.split_ascii_whitespace().map(crate::normalize::fold).collect());

/// Whether a word in small letters without any marks may be a syllable whose marks were left out.
///
/// ```
/// use ra_soat::normalize::legacy::is_bare_syllable;
/// assert!(is_bare_syllable("nguyen") && is_bare_syllable("hien") && is_bare_syllable("dao"));
/// assert!(!is_bare_syllable("hnah") && !is_bare_syllable("nugyen"));
/// ```
pub fn is_bare_syllable(word: &str) -> bool {
    ONSETS.iter().filter(|onset| onset.is_ascii()).filter_map(|onset| word.strip_prefix(onset)).any(|rhyme| BARE_RHYMES.contains(rhyme))
}

/// Whether the word is written as a Vietnamese syllable may be, its case aside.
///
/// ```
/// use ra_soat::normalize::legacy::is_syllable;
/// assert!(is_syllable("Nguyễn") && is_syllable("HOÀ") && is_syllable("hòa") && is_syllable("Quốc"));
/// assert!(!is_syllable("Nguyeãn") && !is_syllable("José") && !is_syllable("càt"));
/// ```
pub fn is_syllable(word: &str) -> bool {
    let mut bare = String::with_capacity(word.len());
    let mut tone = None;
    for c in word.nfd().flat_map(char::to_lowercase) {
        match c {
            '\u{300}' | '\u{301}' | '\u{303}' | '\u{309}' | '\u{323}' if tone.is_some() => return false,
            '\u{300}' | '\u{301}' | '\u{303}' | '\u{309}' | '\u{323}' => tone = Some(c),
            _ => bare.push(c),
        }
    }
    let bare: String = bare.nfc().collect();
    ONSETS.iter().filter_map(|onset| bare.strip_prefix(onset)).any(|rhyme| {
        // A syllable that ends in a stop has the acute or the dot.
        let has_stop = rhyme.ends_with(['c', 'p', 't']) || rhyme.ends_with("ch");
        let may_have_tone = !has_stop || matches!(tone, None | Some('\u{301}' | '\u{323}'));
        may_have_tone && KNOWN_RHYMES.contains(rhyme)
    })
}
