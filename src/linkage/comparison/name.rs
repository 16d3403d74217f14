//! Names compared word by word: họ, đệm and tên with how many people bear each.

use super::is_one_slip;
use crate::linkage::weights::{self, NAME_CEILING, WORD_DIFFERS, WORD_INITIAL, WORD_MISSING, weight};
use crate::normalize::legacy::{is_bare_syllable, is_syllable};
use crate::normalize::telex::decode_telex;
use crate::normalize::text::{Text, TextPool};
use crate::normalize::{fold_marks, fold_name};
use rustc_hash::FxHashMap;

/// Times more people that must bear the commoner of two words one slip apart for the other to be a slip and no name of its own.
const SLIP_RATIO: u32 = 20;
/// The same for words that are no Vietnamese syllables: there are more of them than can be known.
const SLIP_RATIO_OF_STRANGE_WORDS: u32 = 5;
/// Letters from which a word may be two slips off: no Vietnamese syllable but a few is as long.
const LONG_WORD: usize = 6;

/// How two names agree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum NameLevel {
    /// Equal with marks, or one is written without any; where the tone mark stands in a word is no matter.
    Exact,
    /// The same words in another order.
    Reordered,
    /// One slip of the fingers that makes a word nobody is called, or a space in another place.
    Slip,
    /// Words are missing, or only their first letter is written.
    Partial,
    /// Several slips, or slips and missing words.
    Slips,
    /// One letter or mark off, and what one writes is a name few people bear: a slip, or the name of a twin.
    RareName,
    /// One letter or mark off, and both are names people bear: Hùng and Hưng, Lan and Loan.
    OtherName,
    /// Another name.
    Different,
}

/// One word of a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Word {
    /// Without marks.
    plain: Text,
    /// With marks, the tone last.
    marked: Text,
}

/// How two words agree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum WordLevel {
    Same,
    Initial,
    Slip,
    TwoSlips,
    RareName,
    OtherName,
    Different,
}

/// Every name's words, and how many people bear each word.
#[derive(Clone, Debug, Default)]
pub struct Names {
    texts: TextPool,
    /// Start, count, and whether any word has a mark.
    names: FxHashMap<Text, (u32, u8, bool)>,
    words: Vec<Word>,
    /// People by plain word.
    plain: FxHashMap<Text, u32>,
    /// People by marked word, names without any mark left out.
    marked: FxHashMap<Text, u32>,
    persons: u32,
}

impl Names {
    /// Takes a person's name apart, each different one once; who stands on both sides counts twice.
    pub fn add(&mut self, name: Text, sides: [bool; 2], pool: &TextPool) {
        if name.is_none() {
            return;
        }
        let lists = sides.iter().filter(|side| **side).count() as u32;
        let (start, count, is_marked) = match self.names.get(&name) {
            Some(known) => *known,
            None => self.take(name, pool.get(name)),
        };
        self.persons += lists;
        for at in start..start + u32::from(count) {
            let word = self.words[at as usize];
            *self.plain.entry(word.plain).or_insert(0) += lists;
            if is_marked {
                *self.marked.entry(word.marked).or_insert(0) += lists;
            }
        }
    }

    fn take(&mut self, name: Text, written: &str) -> (u32, u8, bool) {
        let start = self.words.len() as u32;
        let (mut with_marks, mut plain) = (fold_marks(written), fold_name(written));
        // What a keyboard without Vietnamese left of a syllable is read as the syllable.
        if with_marks.split(' ').any(|word| decode_telex(word).is_some()) {
            let read: Vec<String> = with_marks.split(' ').map(|word| decode_telex(word).unwrap_or_else(|| word.to_owned())).collect();
            (with_marks, plain) = (fold_marks(&read.join(" ")), fold_name(&read.join(" ")));
        }
        let is_marked = with_marks != plain;
        for (marked, plain) in with_marks.split(' ').zip(plain.split(' ')).take(usize::from(u8::MAX)) {
            self.words.push(Word { plain: self.texts.intern(plain), marked: self.texts.intern(marked) });
        }
        let entry = (start, (self.words.len() as u32 - start) as u8, is_marked);
        self.names.insert(name, entry);
        entry
    }

    fn words(&self, name: Text) -> (&[Word], bool) {
        self.names.get(&name).map_or((&[], false), |(start, count, is_marked)| {
            (&self.words[*start as usize..*start as usize + usize::from(*count)], *is_marked)
        })
    }

    /// The first and the last word without marks.
    pub fn ends(&self, name: Text) -> Option<(Text, Text)> {
        let words = self.words(name).0;
        Some((words.first()?.plain, words.last()?.plain))
    }

    /// A key of all words but the last.
    pub fn but_last(&self, name: Text) -> Option<u32> {
        let (words, _) = self.words(name);
        let (_, others) = words.split_last()?;
        (!others.is_empty())
            .then(|| others.iter().fold(0, |key: u32, word| (key.rotate_left(9) ^ word.plain.id()).wrapping_mul(0x9e37_79b9)))
    }

    /// The first letters of the first and the last word, in no order.
    pub fn initials(&self, name: Text) -> Option<u32> {
        let letter = |word: Text| self.texts.get(word).chars().next().map_or(0, |letter| letter as u32 & 0xffff);
        let (first, last) = self.ends(name)?;
        let (a, b) = (letter(first), letter(last));
        Some(a.min(b) << 16 | a.max(b))
    }

    /// Compares two names: the level, and bits for words where they are not wholly equal (none: weigh the whole name).
    pub fn compare(&self, x: Text, y: Text) -> (NameLevel, Option<i32>) {
        if x == y {
            return (NameLevel::Exact, None);
        }
        let ((p, p_marked), (q, q_marked)) = (self.words(x), self.words(y));
        let with_marks = p_marked && q_marked;
        let is_same = |a: &Word, b: &Word| if with_marks { a.marked == b.marked } else { a.plain == b.plain };
        if p.len() == q.len() && p.iter().zip(q).all(|(a, b)| is_same(a, b)) {
            return (NameLevel::Exact, None);
        }
        if self.is_same_without_spaces(p, q, with_marks) {
            return (NameLevel::Slip, None);
        }
        let is_reordered =
            p.len() == q.len() && p.iter().all(|a| q.iter().any(|b| is_same(a, b))) && q.iter().all(|b| p.iter().any(|a| is_same(a, b)));
        if is_reordered {
            return (NameLevel::Reordered, None);
        }
        let straight = self.align(p, q, with_marks);
        if straight.0 < NameLevel::Different {
            return (straight.0, Some(straight.1));
        }
        // Given name first, surname last, on one side only.
        let turned = |words: &[Word]| words.iter().skip(1).chain(words.first()).copied().collect::<Vec<_>>();
        let others = [self.align(p, &turned(q), with_marks), self.align(&turned(p), q, with_marks)];
        let best = others.into_iter().min_by_key(|(level, bits)| (*level, -bits)).filter(|other| other.0 < straight.0);
        match best {
            Some((level, bits)) => (level.max(NameLevel::Slips), Some(bits)),
            None => (straight.0, Some(straight.1)),
        }
    }

    /// Whether only the spaces stand elsewhere; the tones, which belong to the words, are compared in their order.
    fn is_same_without_spaces(&self, p: &[Word], q: &[Word], with_marks: bool) -> bool {
        let is_tone = |letter: &char| ('\u{300}'..='\u{36f}').contains(letter);
        let text = |word: &Word| self.texts.get(if with_marks { word.marked } else { word.plain });
        let letters =
            |words: &[Word]| words.iter().flat_map(|word| text(word).chars()).filter(|letter| !is_tone(letter)).collect::<String>();
        let tones = |words: &[Word]| words.iter().flat_map(|word| text(word).chars()).filter(is_tone).collect::<String>();
        let length = |words: &[Word]| words.iter().map(|word| self.texts.get(word.plain).len()).sum::<usize>();
        length(p) == length(q)
            && p.iter().map(|word| word.plain).ne(q.iter().map(|word| word.plain))
            && letters(p) == letters(q)
            && tones(p) == tones(q)
    }

    /// Whether the given name comes last, as with most; the Êđê and their neighbours (Y …, H' …) write the clan there.
    fn is_given_last(&self, words: &[Word]) -> bool {
        words.first().is_some_and(|first| {
            let first = self.texts.get(first.plain);
            first != "y" && first != "h" && !first.starts_with("h'")
        })
    }

    /// Lines the words up in their order, at best; words left over are missing on the other side.
    fn align(&self, p: &[Word], q: &[Word], with_marks: bool) -> (NameLevel, i32) {
        let (short, long) = if p.len() <= q.len() { (p, q) } else { (q, p) };
        let is_given_last = [p, q].iter().all(|words| self.is_given_last(words));
        // best[i]: the best of the first i words of the short name against the words of the long one seen so far.
        type Best = (i32, [u8; 5]);
        const WORST: Best = (i32::MIN / 2, [0; 5]);
        let mut best: Vec<Best> = vec![WORST; short.len() + 1];
        best[0] = (0, [0; 5]);
        for (position, b) in long.iter().enumerate() {
            for at in (0..=short.len()).rev() {
                // The long name's word is missing on the other side.
                let mut here = (best[at].0 + WORD_MISSING, best[at].1);
                here.1[0] = here.1[0].saturating_add(1);
                if at > 0 && best[at - 1].0 > WORST.0 {
                    let (level, bits) = self.compare_words(&short[at - 1], b, with_marks);
                    // Brothers and sisters bear other given names; a slip in the family or middle name makes nobody else of them.
                    let is_given = at == short.len() || position + 1 == long.len() || !is_given_last;
                    let level = match level {
                        WordLevel::RareName | WordLevel::OtherName if !is_given => WordLevel::Slip,
                        level => level,
                    };
                    let mut paired = (best[at - 1].0 + bits, best[at - 1].1);
                    let kind = match level {
                        WordLevel::Same => None,
                        WordLevel::Initial => Some((0, 1)),
                        WordLevel::Slip => Some((1, 1)),
                        WordLevel::TwoSlips => Some((1, 2)),
                        WordLevel::RareName => Some((2, 1)),
                        WordLevel::OtherName => Some((3, 1)),
                        WordLevel::Different => Some((4, 1)),
                    };
                    if let Some((kind, count)) = kind {
                        paired.1[kind] = paired.1[kind].saturating_add(count);
                    }
                    if paired.0 > here.0 {
                        here = paired;
                    }
                }
                best[at] = here;
            }
        }
        let (bits, [missing, slips, rare, others, different]) = best[short.len()];
        let level = match (slips, missing) {
            _ if short.is_empty() || different > 0 => NameLevel::Different,
            _ if others > 0 => NameLevel::OtherName,
            _ if rare > 0 => NameLevel::RareName,
            (0, _) => NameLevel::Partial,
            (1, 0) => NameLevel::Slip,
            _ => NameLevel::Slips,
        };
        // One word in common says too little for a part of a name.
        let is_scant = missing > 0 && short.len() < 2 && long.len() > 2;
        (if is_scant { NameLevel::Different } else { level }, bits.min(NAME_CEILING))
    }

    fn compare_words(&self, a: &Word, b: &Word, with_marks: bool) -> (WordLevel, i32) {
        let count = |word: &Word| self.plain.get(&word.plain).copied().unwrap_or(0);
        let share = |word: &Word| (f64::from(count(word)) + 1.0) / (f64::from(self.persons) + 100.0);
        if a.plain == b.plain {
            if !with_marks || a.marked == b.marked {
                return (WordLevel::Same, weight(weights::M_WORD, share(a)));
            }
            let marked = |word: &Word| self.marked.get(&word.marked).copied().unwrap_or(0);
            let level = self.tell_slip([a.marked, b.marked], [marked(a), marked(b)], true);
            return (level, weight(weights::M_WORD_SLIP, share(a)));
        }
        let (p, q) = (self.texts.get(a.plain), self.texts.get(b.plain));
        let commoner = share(a).max(share(b));
        if is_one_slip(p.as_bytes(), q.as_bytes()) {
            if p.len().min(q.len()) == 1 && p.as_bytes().first() == q.as_bytes().first() {
                return (WordLevel::Initial, WORD_INITIAL);
            }
            let words = if with_marks { [a.marked, b.marked] } else { [a.plain, b.plain] };
            let is_long = p.len().min(q.len()) >= LONG_WORD;
            let level = if is_long { WordLevel::Slip } else { self.tell_slip(words, [count(a), count(b)], with_marks) };
            return (level, weight(weights::M_WORD_SLIP, commoner));
        }
        if p.len().min(q.len()) == 1 && p.as_bytes().first() == q.as_bytes().first() {
            return (WordLevel::Initial, WORD_INITIAL);
        }
        if p.len().min(q.len()) >= LONG_WORD - 1 && p.len().max(q.len()) >= LONG_WORD && strsim::osa_distance(p, q) == 2 {
            return (WordLevel::TwoSlips, weight(weights::M_WORD_SLIP, commoner).min(0));
        }
        (WordLevel::Different, WORD_DIFFERS)
    }

    /// Of two words a slip apart: whether one is a slip, a name few bear, or a name of its own.
    fn tell_slip(&self, words: [Text; 2], people: [u32; 2], with_marks: bool) -> WordLevel {
        let is_syllable = if with_marks { is_syllable } else { is_bare_syllable };
        let syllables = words.map(|word| is_syllable(self.texts.get(word)));
        if syllables[0] != syllables[1] {
            return WordLevel::Slip;
        }
        let (fewer, more) = (people[0].min(people[1]), people[0].max(people[1]));
        let ratio = if syllables[0] { SLIP_RATIO } else { SLIP_RATIO_OF_STRANGE_WORDS };
        match more / ratio >= fewer.max(1) {
            false => WordLevel::OtherName,
            // Who is really called so writes it on both sides, and others are called so too.
            true if syllables[0] && fewer > 1 => WordLevel::RareName,
            true => WordLevel::Slip,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::PersonRecord;

    fn compare(a: &str, b: &str, others: &[(&str, usize)]) -> NameLevel {
        let mut pool = TextPool::default();
        let mut records = vec![];
        for name in [a, b].into_iter().chain(others.iter().flat_map(|(name, count)| std::iter::repeat_n(*name, *count))) {
            records.push(PersonRecord { name: pool.intern(name), ..PersonRecord::default() });
        }
        let mut names = Names::default();
        records.iter().for_each(|record| names.add(record.name, [true, false], &pool));
        let there = names.compare(records[0].name, records[1].name);
        assert_eq!(there, names.compare(records[1].name, records[0].name), "{a}, {b}");
        there.0
    }

    #[test]
    fn names_agree_by_levels() {
        use NameLevel::*;
        let people =
            [("Lý Thị Hùng", 30), ("Lý Thị Hưng", 30), ("Lý Thị Lan", 30), ("Lý Thị Loan", 30), ("Lý Thị Mỹ", 60), ("Trần Thị My", 1)];
        for (a, b, level) in [
            ("Lý Thị Hạnh", "LÝ THỊ HẠNH", Exact),
            ("Lý Thị Hoà", "Lý Thị Hòa", Exact),
            ("Lý Thị Đào", "Ly Thi Dao", Exact),
            ("Nguyễn Thị Đào", "Nguyeenx Thij DDaof", Exact),
            ("Lý Thị Hạnh", "Hạnh Lý Thị", Reordered),
            ("Lý Thị Hạnh", "Lý Thị Hnạh", Slip),
            ("Lý Thị Huệ", "Lý ThịH uệ", Slip),
            ("Lý Hữu Xuyến", "Lý Hữ uXuyến", Slip),
            ("Lý Thị Lan", "Lý Thị Lna", Slip),
            ("Lý Thị Mỹ", "Lý Thị Mỳ", Slip),
            ("Lý Thị Mỹ", "Lý Thị My", RareName),
            ("Lý Thị Hùng", "Lý Thị Hưng", OtherName),
            ("Lý Thị Lan", "Lý Thị Loan", OtherName),
            // Of one given name are no brothers or sisters.
            ("Hùng Thị Lý", "Hưng Thị Lý", Slip),
            ("Lý Lan Mẫu", "Lý Loan Mẫu", Slip),
            ("Y Hùng Niê", "Y Hưng Niê", OtherName),
            ("Lý Thị Ngọc Hạnh", "Lý Thị Hạnh", Partial),
            ("Lý Thị Hạnh", "Lý T Hạnh", Partial),
            ("Lý Thị Hạnh", "L. T. Hạnh", Partial),
            ("Lý Thị Hạnh", "Yl Thị Hnạh", Slips),
            ("Lý Thị Hạnh", "Lý Thị Hương", Different),
            ("Lý Thị Hạnh", "Hạnh", Different),
            ("michaela neumann", "mikaela neumann", Slips),
            ("michaela neumann", "neuman michaela", Slips),
        ] {
            assert_eq!(compare(a, b, &people), level, "{a}, {b}");
        }
    }
}
