//! The many names of one unit: what the officer confirmed (the alias table), and what may be confirmed.
//!
//! Spellings that differ only in abbreviations, marks, case or a facility code are one unit without asking ([`unit_key`]). Names that
//! differ in more are never joined silently: they are proposed.

use super::unit::unit_key;
use crate::normalize::fold;
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// The alias table as the officer confirmed it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Aliases {
    /// The unit a name stands for, by the name's key.
    pub names: BTreeMap<String, String>,
    /// Pairs of keys (the smaller first) that are two units: they are proposed no more.
    pub apart: BTreeSet<(String, String)>,
}

/// How many steps from name to name are followed.
const LONGEST_CHAIN: usize = 8;

impl Aliases {
    /// The unit a name stands for; the name itself where nothing was confirmed about it.
    ///
    /// ```
    /// use ra_soat::reconcile::alias::Aliases;
    /// let mut aliases = Aliases::default();
    /// aliases.join("Sông Cầu", "Trạm y tế phường Sông Cầu");
    /// assert_eq!(aliases.resolve("SÔNG CẦU"), "Trạm y tế phường Sông Cầu");
    /// assert_eq!(aliases.resolve("xã Sông Cầu"), "xã Sông Cầu");
    /// ```
    pub fn resolve<'a>(&'a self, name: &'a str) -> &'a str {
        if self.names.is_empty() {
            return name;
        }
        let mut at = name;
        for _ in 0..LONGEST_CHAIN {
            match self.names.get(&unit_key(at)) {
                Some(next) if next != at => at = next,
                _ => break,
            }
        }
        at
    }

    /// The key under which all names of one unit meet.
    pub fn key(&self, name: &str) -> String {
        unit_key(self.resolve(name))
    }

    /// Confirms that `name` is the unit `unit`. Names that stood for `name` stand for `unit` too.
    pub fn join(&mut self, name: &str, unit: &str) {
        let (key, unit_key) = (unit_key(name), unit_key(unit));
        if key == unit_key {
            return;
        }
        // The unit stands for itself now, whatever it stood for before: no circle can form.
        self.names.remove(&unit_key);
        self.names.insert(key.clone(), unit.to_owned());
        self.apart.remove(&ordered(key, unit_key));
    }

    /// Takes back what was confirmed about a name.
    pub fn split(&mut self, name: &str) {
        self.names.remove(&unit_key(name));
    }

    /// Confirms that two names are two units.
    pub fn keep_apart(&mut self, a: &str, b: &str) {
        self.apart.insert(ordered(unit_key(a), unit_key(b)));
    }

    fn are_apart(&self, a: &str, b: &str) -> bool {
        self.apart.contains(&ordered(a.to_owned(), b.to_owned()))
    }

    /// Whether nothing was confirmed.
    pub fn is_empty(&self) -> bool {
        self.names.is_empty() && self.apart.is_empty()
    }
}

fn ordered(a: String, b: String) -> (String, String) {
    if a <= b { (a, b) } else { (b, a) }
}

/// Two names that may be one unit; a person confirms.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal {
    /// The name met less often.
    pub name: String,
    /// The unit it may be.
    pub unit: String,
    /// Why, in the officer's words.
    pub why: &'static str,
}

/// Words that say what kind of place a unit is of; two names with different ones are two places.
const KINDS: [&[&str]; 8] = [&["xa"], &["phuong"], &["thi", "tran"], &["huyen"], &["quan"], &["thi", "xa"], &["thanh", "pho"], &["tinh"]];

/// Words that only say that a unit is a health unit.
const FACILITY_WORDS: [&[&str]; 4] = [&["tram", "y", "te"], &["trung", "tam", "y", "te"], &["trung", "tam"], &["tram"]];

/// A name taken apart.
struct Parts {
    key: String,
    /// Facility words, at the front.
    facility: Option<usize>,
    /// Kind of place, next.
    kind: Option<usize>,
    /// The words of the place itself, with what follows it.
    place: Vec<String>,
}

impl Parts {
    fn of(name: &str) -> Parts {
        let key = unit_key(name);
        let mut words: Vec<&str> = key.split(' ').collect();
        let mut take = |kinds: &[&[&str]]| {
            let found = kinds.iter().position(|kind| words.len() > kind.len() && words.starts_with(kind))?;
            words.drain(..kinds[found].len());
            Some(found)
        };
        let facility = take(&FACILITY_WORDS);
        let kind = take(&KINDS);
        let place = words.into_iter().map(str::to_owned).collect();
        Parts { key, facility, kind, place }
    }

    fn digits(&self) -> Vec<&str> {
        self.place.iter().map(String::as_str).filter(|word| word.bytes().any(|byte| byte.is_ascii_digit())).collect()
    }
}

/// Why two names may be one unit; none where nothing says so.
fn why_one(a: &Parts, b: &Parts) -> Option<&'static str> {
    if matches!((a.kind, b.kind), (Some(x), Some(y)) if x != y) || a.digits() != b.digits() || a.place.is_empty() || b.place.is_empty() {
        return None;
    }
    // A station (a commune's, whose own word `unit_key` leaves out) and a centre or another unit of the same place are two units.
    let is_centre = |parts: &Parts| parts.facility.is_some_and(|at| FACILITY_WORDS[at].first() == Some(&"trung"));
    if is_centre(a) != is_centre(b) {
        return None;
    }
    if a.place == b.place {
        return Some("cùng địa danh, một tên không ghi loại đơn vị");
    }
    let (short, long) = if a.place.len() < b.place.len() { (a, b) } else { (b, a) };
    if short.place.len() >= 2 && long.place.starts_with(&short.place) && a.kind == b.kind {
        return Some("một tên ghi thêm huyện, tỉnh hoặc chú thích");
    }
    let (x, y) = (a.place.concat(), b.place.concat());
    let letters = x.chars().count().min(y.chars().count());
    if x == y {
        return Some("chỉ khác dấu cách");
    }
    (letters >= 5 && a.kind == b.kind && strsim::osa_distance(&x, &y) == 1).then_some("khác nhau một chữ")
}

/// Names that may be one unit, out of names with how much stands under each; at most `limit`, the weightiest first.
///
/// ```
/// use ra_soat::reconcile::alias::{Aliases, propose};
/// let names = [("Trạm y tế phường Sông Cầu".to_owned(), 900), ("Sông Cầu".to_owned(), 12), ("Phường 1".to_owned(), 5), ("Phường 11".to_owned(), 5)];
/// let found = propose(&names, &Aliases::default(), 100);
/// assert_eq!(found.len(), 1);
/// assert_eq!((found[0].name.as_str(), found[0].unit.as_str()), ("Sông Cầu", "Trạm y tế phường Sông Cầu"));
/// ```
pub fn propose(names: &[(String, u64)], aliases: &Aliases, limit: usize) -> Vec<Proposal> {
    let mut units: BTreeMap<String, (String, u64)> = BTreeMap::new();
    for (name, weight) in names {
        let unit = aliases.resolve(name);
        let own = units.entry(unit_key(unit)).or_insert_with(|| (unit.to_owned(), 0));
        own.1 += weight;
    }
    let units: Vec<(Parts, String, u64)> = units.into_values().map(|(name, weight)| (Parts::of(&name), name, weight)).collect();
    // Compared are names that begin or end alike, or have the same letters at the front: a slip is rarely in all three.
    let mut blocks: FxHashMap<String, Vec<usize>> = FxHashMap::default();
    for (at, (parts, ..)) in units.iter().enumerate() {
        let joined: String = parts.place.concat();
        let front: String = joined.chars().take(3).collect();
        let back: String = fold(&joined).chars().rev().take(3).collect();
        for key in [parts.place.first().map(|word| format!("f{word}")), Some(format!("l{front}")), Some(format!("r{back}"))] {
            blocks.entry(key.unwrap_or_default()).or_default().push(at);
        }
    }
    let mut seen: BTreeSet<(usize, usize)> = BTreeSet::new();
    let mut found: Vec<(u64, Proposal)> = Vec::new();
    for members in blocks.values() {
        // A block this large says nothing: half the country begins with it.
        if members.len() > 400 {
            continue;
        }
        for (i, &a) in members.iter().enumerate() {
            for &b in &members[i + 1..] {
                let (a, b) = (a.min(b), a.max(b));
                if !seen.insert((a, b)) {
                    continue;
                }
                let ((x, x_name, x_weight), (y, y_name, y_weight)) = (&units[a], &units[b]);
                if aliases.are_apart(&x.key, &y.key) {
                    continue;
                }
                if let Some(why) = why_one(x, y) {
                    let is_first = (y_weight, y.place.len()) < (x_weight, x.place.len());
                    let (unit, name) = if is_first { (x_name, y_name) } else { (y_name, x_name) };
                    found.push((x_weight + y_weight, Proposal { name: name.clone(), unit: unit.clone(), why }));
                }
            }
        }
    }
    found.sort_by(|(a, x), (b, y)| (b, &x.unit, &x.name).cmp(&(a, &y.unit, &y.name)));
    found.into_iter().map(|(_, proposal)| proposal).take(limit).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn proposed(names: &[&str]) -> Vec<(String, String)> {
        let names: Vec<(String, u64)> = names.iter().enumerate().map(|(at, name)| ((*name).to_owned(), 100 - at as u64)).collect();
        propose(&names, &Aliases::default(), 100).into_iter().map(|proposal| (proposal.name, proposal.unit)).collect()
    }

    #[test]
    fn what_may_be_one_unit_is_proposed_and_what_cannot_is_not() {
        let one = |name: &str, unit: &str| vec![(name.to_owned(), unit.to_owned())];
        assert_eq!(proposed(&["Trạm Y tế xã Mỹ Thanh", "Mỹ Thanh"]), one("Mỹ Thanh", "Trạm Y tế xã Mỹ Thanh"));
        assert_eq!(proposed(&["xã Mỹ Thanh", "xã Mỹ Thanh huyện Bạch Thông"]), one("xã Mỹ Thanh huyện Bạch Thông", "xã Mỹ Thanh"));
        assert_eq!(proposed(&["xã Dương Quang", "xã Dương Quan"]), one("xã Dương Quan", "xã Dương Quang"));
        for two in [
            ["xã Sông Cầu", "phường Sông Cầu"],
            ["Phường 1", "Phường 11"],
            ["Trung tâm Y tế huyện Ba Bể", "Trạm Y tế Ba Bể"],
            ["xã Tân An", "xã Tân Anh Đào"],
            ["Bệnh viện Đa khoa tỉnh", "Bệnh viện Phổi tỉnh"],
            ["xã Hà", "xã Hạ"],
        ] {
            let same = unit_key(two[0]) == unit_key(two[1]);
            assert_eq!(proposed(&two), [], "{two:?} {same}");
        }
    }

    #[test]
    fn what_was_answered_is_proposed_no_more() {
        let names = [("xã Dương Quang".to_owned(), 9), ("xã Dương Quan".to_owned(), 1)];
        let mut aliases = Aliases::default();
        aliases.keep_apart("xã Dương Quan", "xã Dương Quang");
        assert_eq!(propose(&names, &aliases, 9), []);
        aliases.join("xã Dương Quan", "xã Dương Quang");
        assert_eq!(propose(&names, &aliases, 9), []);
        assert!(aliases.apart.is_empty(), "the later word holds");
        aliases.split("Xã DƯƠNG QUAN");
        assert_eq!(propose(&names, &aliases, 9).len(), 1);
    }

    proptest! {
        /// Whatever is joined, every name stands for one that stands for itself.
        #[test]
        fn names_never_go_in_circles(joins in proptest::collection::vec((0usize..6, 0usize..6), 0..12)) {
            let names = ["xã A1", "xã B2", "xã C3", "xã D4", "xã E5", "xã F6"];
            let mut aliases = Aliases::default();
            for (a, b) in joins {
                aliases.join(names[a], names[b]);
            }
            for name in names {
                let unit = aliases.resolve(name);
                prop_assert_eq!(aliases.resolve(unit), unit);
            }
        }
    }
}
