//! How names come to be miswritten, and how text was written before Unicode. Shares no code with the program that is measured.

use fastrand::Rng;
use unicode_normalization::UnicodeNormalization;

/// Grave, acute, tilde, hook, dot below.
const TONES: [char; 5] = ['\u{300}', '\u{301}', '\u{303}', '\u{309}', '\u{323}'];
/// The keys of [`TONES`].
const TELEX_TONES: [char; 5] = ['f', 's', 'x', 'r', 'j'];

fn is_tone(letter: char) -> bool {
    TONES.contains(&letter)
}

/// The name without marks.
pub fn without_marks(name: &str) -> String {
    let bare = name.nfd().filter(|letter| !('\u{300}'..='\u{36f}').contains(letter));
    bare.map(|letter| match letter {
        'đ' => 'd',
        'Đ' => 'D',
        letter => letter,
    })
    .collect()
}

/// Two neighbouring letters swapped.
pub fn swap_letters(rng: &mut Rng, name: &str) -> String {
    let mut letters: Vec<char> = name.chars().collect();
    if letters.len() < 3 {
        return name.to_owned();
    }
    let at = rng.usize(1..letters.len() - 1);
    letters.swap(at, at + 1);
    letters.into_iter().collect()
}

/// Changes the letters at a place that is no space.
fn at_letter(rng: &mut Rng, name: &str, change: impl Fn(&mut Rng, &mut Vec<char>, usize)) -> String {
    let mut letters: Vec<char> = name.nfc().collect();
    let places: Vec<usize> = (1..letters.len()).filter(|at| letters[*at].is_alphabetic()).collect();
    if !places.is_empty() {
        let at = places[rng.usize(0..places.len())];
        change(rng, &mut letters, at);
    }
    letters.into_iter().collect()
}

pub fn lose_letter(rng: &mut Rng, name: &str) -> String {
    at_letter(rng, name, |_, letters, at| {
        letters.remove(at);
    })
}

pub fn double_letter(rng: &mut Rng, name: &str) -> String {
    at_letter(rng, name, |_, letters, at| letters.insert(at, letters[at]))
}

pub fn replace_letter(rng: &mut Rng, name: &str) -> String {
    at_letter(rng, name, |rng, letters, at| letters[at] = char::from(rng.u8(b'a'..=b'z')))
}

/// Changes one word, of those it can change.
fn one_word(rng: &mut Rng, name: &str, change: impl Fn(&mut Rng, &str) -> Option<String>) -> Option<String> {
    let words: Vec<&str> = name.split(' ').collect();
    let changed: Vec<(usize, String)> = words.iter().enumerate().filter_map(|(at, word)| Some((at, change(rng, word)?))).collect();
    let (at, word) = changed.get(rng.usize(0..changed.len().max(1)))?;
    Some(words.iter().enumerate().map(|(own, old)| if own == *at { word } else { *old }).collect::<Vec<_>>().join(" "))
}

/// The tone on the other vowel of `oa`, `oe`, `uy` at the end of a word: the same word in the other spelling.
pub fn move_tone(rng: &mut Rng, name: &str) -> Option<String> {
    one_word(rng, name, |_, word| {
        let letters: Vec<char> = word.nfd().collect();
        let tone = letters.iter().position(|letter| is_tone(*letter))?;
        let bare: Vec<char> = letters.iter().copied().filter(|letter| !is_tone(*letter)).collect();
        let end: String = bare.iter().rev().take(2).rev().flat_map(|letter| letter.to_lowercase()).collect();
        // `quý` has no other spelling: its u belongs to the q.
        let is_after_q = bare.len() > 2 && bare[bare.len() - 3].eq_ignore_ascii_case(&'q');
        if !matches!(end.as_str(), "oa" | "oe" | "uy") || is_after_q {
            return None;
        }
        let mut moved = bare.clone();
        moved.insert(if tone == bare.len() { bare.len() - 1 } else { bare.len() }, letters[tone]);
        Some(moved.into_iter().nfc().collect())
    })
}

/// Another tone, or none, where there is one.
pub fn change_tone(rng: &mut Rng, name: &str) -> Option<String> {
    one_word(rng, name, |rng, word| {
        let mut letters: Vec<char> = word.nfd().collect();
        let at = letters.iter().position(|letter| is_tone(*letter))?;
        let other = TONES[rng.usize(0..TONES.len())];
        if letters.remove(at) != other {
            // Behind the other marks of its letter: a dot below stands before them when text is taken apart, an acute behind.
            let behind = letters[at..].iter().take_while(|letter| ('\u{300}'..='\u{36f}').contains(*letter)).count();
            letters.insert(at + behind, other);
        }
        Some(letters.into_iter().nfc().collect())
    })
}

/// A word as its keys were struck: `Nguyeenx`; or only the tone's key left over: `Nguyênx`.
pub fn leave_telex(rng: &mut Rng, name: &str) -> Option<String> {
    let all = rng.bool();
    one_word(rng, name, |_, word| {
        let (mut struck, mut tone) = (String::new(), None);
        for letter in word.nfd() {
            let last = struck.chars().last().map(|last| last.to_ascii_lowercase());
            match letter {
                _ if is_tone(letter) => tone = TONES.iter().position(|other| *other == letter).map(|at| TELEX_TONES[at]),
                '\u{302}' if all => struck.extend(last),
                '\u{306}' | '\u{31b}' if all => struck.push('w'),
                'đ' if all => struck.push_str("dd"),
                'Đ' if all => struck.push_str("Dd"),
                letter => struck.push(letter),
            }
        }
        struck.extend(tone);
        let struck: String = struck.nfc().collect();
        (struck != word).then_some(struck)
    })
}

/// Surname and given name without what stands between.
pub fn lose_middle(name: &str) -> Option<String> {
    let words: Vec<&str> = name.split(' ').collect();
    (words.len() > 2).then(|| format!("{} {}", words[0], words[words.len() - 1]))
}

/// The given name first.
pub fn given_first(name: &str) -> Option<String> {
    let (rest, given) = name.rsplit_once(' ')?;
    Some(format!("{given} {rest}"))
}

/// An encoding of before Unicode.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Legacy {
    Tcvn3,
    Vni,
}

/// Letters and their codes in TCVN3; capitals that have no code of their own take that of the small letter, in a font of capitals.
const TCVN3: [(&str, &str); 2] = [
    (
        "áàảãạăắằẳẵặâấầẩẫậéèẻẽẹêếềểễệíìỉĩịóòỏõọôốồổỗộơớờởỡợúùủũụưứừửữựýỳỷỹỵđ",
        "\u{b8}\u{b5}\u{b6}\u{b7}\u{b9}\u{a8}\u{be}\u{bb}\u{bc}\u{bd}\u{c6}\u{a9}\u{ca}\u{c7}\u{c8}\u{c9}\u{cb}\u{d0}\u{cc}\u{ce}\u{cf}\u{d1}\u{aa}\u{d5}\u{d2}\u{d3}\u{d4}\u{d6}\u{dd}\u{d7}\u{d8}\u{dc}\u{de}\u{e3}\u{df}\u{e1}\u{e2}\u{e4}\u{ab}\u{e8}\u{e5}\u{e6}\u{e7}\u{e9}\u{ac}\u{ed}\u{ea}\u{eb}\u{ec}\u{ee}\u{f3}\u{ef}\u{f1}\u{f2}\u{f4}\u{ad}\u{f8}\u{f5}\u{f6}\u{f7}\u{f9}\u{fd}\u{fa}\u{fb}\u{fc}\u{fe}\u{ae}",
    ),
    ("ĂÂÊÔƠƯĐ", "\u{a1}\u{a2}\u{a3}\u{a4}\u{a5}\u{a6}\u{a7}"),
];

/// The text as a program without Unicode would show it.
pub fn legacy(text: &str, encoding: Legacy) -> String {
    match encoding {
        Legacy::Tcvn3 => text.nfc().flat_map(tcvn3).collect(),
        Legacy::Vni => text.nfc().map(vni).collect(),
    }
}

fn tcvn3(letter: char) -> Vec<char> {
    let code = |letter: char| TCVN3.iter().find_map(|(from, to)| from.chars().zip(to.chars()).find(|(own, _)| *own == letter));
    let small: Vec<char> = letter.to_lowercase().collect();
    match code(letter).or_else(|| code(small[0])) {
        Some((_, code)) => vec![code],
        None => vec![letter],
    }
}

fn vni(letter: char) -> String {
    let is_capital = letter.is_uppercase();
    let small: String = letter.to_lowercase().collect();
    let alone = match small.as_str() {
        "í" => "í",
        "ì" => "ì",
        "ỉ" => "æ",
        "ĩ" => "ó",
        "ị" => "ò",
        "ỵ" => "î",
        "đ" => "ñ",
        _ => "",
    };
    let written = if alone.is_empty() {
        let parts: Vec<char> = small.nfd().collect();
        let marks = &parts[1..];
        let tone = TONES.iter().position(|tone| marks.contains(tone));
        let base = match parts[0] {
            'o' if marks.contains(&'\u{31b}') => 'ô',
            'u' if marks.contains(&'\u{31b}') => 'ö',
            base => base,
        };
        // Grave, acute, tilde, hook, dot below: on the plain letter, under a circumflex, under a breve.
        let signs = if marks.contains(&'\u{302}') {
            ["à", "á", "ã", "å", "ä"]
        } else if marks.contains(&'\u{306}') {
            ["è", "é", "ü", "ú", "ë"]
        } else {
            ["ø", "ù", "õ", "û", "ï"]
        };
        let bare = if marks.contains(&'\u{302}') {
            "â"
        } else if marks.contains(&'\u{306}') {
            "ê"
        } else {
            ""
        };
        format!("{base}{}", tone.map_or(bare, |tone| signs[tone]))
    } else {
        alone.to_owned()
    };
    if is_capital { written.to_uppercase() } else { written }
}
