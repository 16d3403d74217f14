//! The review of `Cần xem xét`: which pairs wait for an answer, in which order, and all that is shown of one.

mod detail;
mod fields;
mod nearest;
mod queue;

pub use detail::pair_detail;
pub use fields::{Agreement, FieldPair};
pub use nearest::nearest;
pub use queue::overview;

use super::decision::PairKey;
use super::ledger::Ledger;
use super::redecide::Index;
use crate::domain::{Decision, Side};
use crate::linkage::explanation::Evidence;
use crate::linkage::{Linkage, Roll};
use crate::normalize::text::TextPool;
use serde::{Deserialize, Serialize};

/// Everything a question about the review is answered from.
#[derive(Clone, Copy)]
pub struct Desk<'a> {
    /// Persons and doses.
    pub roll: &'a Roll,
    /// Their texts.
    pub pool: &'a TextPool,
    /// Who is who, by the machine.
    pub linkage: &'a Linkage,
    /// Where every dose landed.
    pub ledger: &'a Ledger,
    /// What is looked up.
    pub index: &'a Index,
}

/// What a pair is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum PairKind {
    /// Two persons, one on each side.
    Persons,
    /// Two doses of one person on one side.
    NearCopy,
}

/// One pair of the review, as the list of them needs it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct QueueEntry {
    /// The pair.
    pub key: PairKey,
    /// What it is of.
    pub kind: PairKind,
    /// Weight in thousandths of a bit.
    pub weight: i32,
    /// Doses of the forms that the answer moves.
    pub doses: u32,
    /// Its pattern, in [`Overview::patterns`].
    pub pattern: u32,
    /// The answer so far.
    pub decision: Option<Decision>,
    /// Whether the answer contradicts others.
    pub is_conflict: bool,
}

impl QueueEntry {
    /// Whether the pair still waits for an answer that counts.
    pub fn is_open(&self) -> bool {
        self.is_conflict || matches!(self.decision, None | Some(Decision::Later))
    }
}

/// Pairs that differ in the same way.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pattern {
    /// How they differ, in the officer's words.
    pub words: String,
    /// Pairs in all.
    pub pairs: u32,
    /// Pairs not answered.
    pub open: u32,
    /// Doses of the pairs not answered.
    pub doses: u32,
    /// The least and the greatest weight, thousandths of a bit.
    pub weights: (i32, i32),
}

/// The whole review.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Overview {
    /// Every pair: what moves the most doses first, then the heaviest.
    pub entries: Vec<QueueEntry>,
    /// Their patterns, the one with the most open doses first.
    pub patterns: Vec<Pattern>,
    /// `Cần xem xét` doses of both sides.
    pub open_doses: u32,
    /// Local doses in scope that wait, of how many.
    pub local_share: (u32, u32),
    /// What stands behind them, in words, with the share of open pairs in percent.
    pub causes: Vec<(String, u32)>,
    /// Answers whose persons stand in none of the files that are loaded.
    pub not_found: u32,
}

impl Overview {
    /// The pair to show after this one: the next that was not answered, then the next put off; of one pattern, where one is named.
    pub fn next(&self, after: Option<PairKey>, pattern: Option<&str>) -> Option<PairKey> {
        let from = after.and_then(|key| self.entries.iter().position(|entry| entry.key == key)).map_or(0, |at| at + 1);
        let is_wanted = |entry: &&QueueEntry| pattern.is_none_or(|words| self.words(entry) == words);
        let round = || self.entries[from..].iter().chain(&self.entries[..from]).filter(|entry| entry.is_open()).filter(is_wanted);
        round().find(|entry| entry.decision != Some(Decision::Later)).or_else(|| round().next()).map(|entry| entry.key)
    }

    /// The pair after this one, answered or not; of one pattern, where one is named.
    pub fn browse(&self, after: Option<PairKey>, pattern: Option<&str>) -> Option<PairKey> {
        let from = after.and_then(|key| self.entries.iter().position(|entry| entry.key == key)).map_or(0, |at| at + 1);
        let mut round = self.entries[from..].iter().chain(&self.entries[..from]);
        round.find(|entry| pattern.is_none_or(|words| self.words(entry) == words)).map(|entry| entry.key)
    }

    /// The pattern of a pair, in words.
    pub fn words(&self, entry: &QueueEntry) -> &str {
        self.patterns.get(entry.pattern as usize).map_or("", |pattern| pattern.words.as_str())
    }

    /// The pair with this key.
    pub fn entry(&self, key: PairKey) -> Option<&QueueEntry> {
        self.entries.iter().find(|entry| entry.key == key)
    }

    /// Pairs of a pattern that one answer is asked for: none that contradicts others.
    pub fn open_of(&self, words: &str) -> Vec<PairKey> {
        let open = self.entries.iter().filter(|entry| entry.is_open() && !entry.is_conflict && self.words(entry) == words);
        open.map(|entry| entry.key).collect()
    }

    /// The next pair for a second person, who sees neither weight nor order: by the hash, which says nothing.
    pub fn next_blind(&self, answered: impl Fn(PairKey) -> bool) -> Option<PairKey> {
        self.entries.iter().map(|entry| entry.key).filter(|key| !answered(*key)).min()
    }

    /// Pairs that wait.
    pub fn open_pairs(&self) -> usize {
        self.entries.iter().filter(|entry| entry.is_open()).count()
    }
}

/// One dose of a pair, as its row writes it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PairDose {
    /// The side.
    pub side: Side,
    /// File, sheet, Excel row, dose group.
    pub place: (String, String, u32, u8),
    /// Mũi, vắc xin, ngày tiêm, số lô, cơ sở as written.
    pub cells: [String; 5],
    /// The bucket it is in now.
    pub bucket: String,
    /// Whether a dose of the other side may be the same.
    pub has_partner: bool,
}

/// Why a dose was not found on the other side.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Nearest {
    /// The doses the same person has there, where the person was found: none of them is this one.
    pub own: Vec<PairDose>,
    /// Other persons there that come near, the heaviest first.
    pub found: Vec<PairDetail>,
}

/// All that is shown of one pair.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PairDetail {
    /// The pair.
    pub key: PairKey,
    /// What it is of.
    pub kind: PairKind,
    /// The facts of the two, the local one first.
    pub fields: Vec<FieldPair>,
    /// Bits per field, thousandths; none for two doses of one person.
    pub parts: Vec<(Evidence, i32)>,
    /// Why the machine did not decide.
    pub why: Vec<String>,
    /// The doses of both.
    pub doses: Vec<PairDose>,
    /// The answer so far.
    pub decision: Option<Decision>,
    /// Whether it contradicts other answers.
    pub is_conflict: bool,
    /// Whether the two are one person already, by the machine or by answers.
    pub is_one: bool,
}

impl PairDetail {
    /// Weight in thousandths of a bit.
    pub fn weight(&self) -> i32 {
        self.parts.iter().map(|(_, bits)| bits).sum()
    }
}
