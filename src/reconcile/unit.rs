//! The unit a dose belongs to: its `Cơ sở tiêm`, else what sheet title, sheet name or file name says; never the home address.

use super::missing_group;
use crate::domain::MissingGroup;
use crate::normalize::compose;
use crate::normalize::quick::folded;
use crate::normalize::text::{Text, TextPool};
use rustc_hash::FxHashMap;

/// The unit of doses that say none.
pub const UNKNOWN_UNIT: &str = "Chưa rõ đơn vị";

/// One unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unit {
    /// Its commonest spelling.
    pub name: String,
    /// The group the unit itself is (a prison, a centre, an army or police unit).
    pub own_group: Option<MissingGroup>,
    /// Its other spellings, the commonest first.
    pub spellings: Vec<String>,
}

impl Unit {
    /// A unit of this name.
    pub fn named(name: &str) -> Unit {
        Unit { name: name.to_owned(), own_group: missing_group::group_of_unit(name), spellings: Vec::new() }
    }
}

/// Units met so far; spellings that differ only in abbreviations, marks, case or a facility code are one unit.
#[derive(Debug, Default)]
pub struct UnitTable {
    /// Unit and spelling of each facility text.
    by_text: FxHashMap<Text, (u32, usize)>,
    by_key: FxHashMap<String, u32>,
    by_code: FxHashMap<String, u32>,
    /// How often each spelling of each unit was met.
    spellings: Vec<Vec<(String, u32)>>,
}

impl UnitTable {
    /// Learns the codes of facilities written with code and name, so that a list that writes only codes finds the names.
    pub fn learn_codes(&mut self, facilities: impl Iterator<Item = Text>, pool: &TextPool) {
        let mut seen = rustc_hash::FxHashSet::default();
        for facility in facilities.filter(|facility| facility.is_some()) {
            if seen.insert(facility) && matches!(split_code(pool.get(facility)), (Some(_), name) if !name.is_empty()) {
                self.of_facility(facility, pool);
            }
        }
    }

    /// The unit of a facility as written; none where nothing is written, or only a word such as `TYT` that names no place.
    pub fn of_facility(&mut self, facility: Text, pool: &TextPool) -> Option<u32> {
        if facility.is_none() || is_nameless(pool.get(facility)) {
            return None;
        }
        if let Some((unit, spelling)) = self.by_text.get(&facility) {
            self.spellings[*unit as usize][*spelling].1 += 1;
            return Some(*unit);
        }
        let found = self.find(pool.get(facility));
        self.by_text.insert(facility, found);
        Some(found.0)
    }

    /// The unit with this name, known or new.
    pub fn of_name(&mut self, name: &str) -> u32 {
        self.find(name).0
    }

    /// Unit and spelling of a name, counted once more.
    fn find(&mut self, name: &str) -> (u32, usize) {
        let written = compose(name);
        let (code, rest) = split_code(&written);
        let spelled = if rest.is_empty() { written.as_str() } else { rest };
        let known = if rest.is_empty() { code.and_then(|code| self.by_code.get(code)).copied() } else { None };
        let next = self.spellings.len() as u32;
        let unit = known.unwrap_or_else(|| *self.by_key.entry(unit_key(spelled)).or_insert(next));
        if unit == next {
            self.spellings.push(Vec::new());
        }
        if let Some(code) = code {
            self.by_code.entry(code.to_owned()).or_insert(unit);
        }
        let spellings = &mut self.spellings[unit as usize];
        // A bare code that is known by its name is no spelling.
        let spelling = if known.is_some() { Some(0) } else { spellings.iter().position(|(known, _)| known == spelled) };
        let spelling = spelling.unwrap_or_else(|| {
            spellings.push((spelled.to_owned(), 0));
            spellings.len() - 1
        });
        spellings[spelling].1 += 1;
        (unit, spelling)
    }

    /// The units, by number: each under its commonest spelling (the longer, then the first in order, where two are as common).
    pub fn into_units(self) -> Vec<Unit> {
        self.spellings
            .into_iter()
            .map(|mut spellings| {
                spellings.sort_by(|a, b| (b.1, b.0.chars().count(), &a.0).cmp(&(a.1, a.0.chars().count(), &b.0)));
                let mut spellings = spellings.into_iter().map(|(name, _)| name);
                let name = spellings.next().filter(|name| !name.is_empty()).unwrap_or_else(|| UNKNOWN_UNIT.to_owned());
                Unit { spellings: spellings.collect(), ..Unit::named(&name) }
            })
            .collect()
    }
}

/// Whether a facility's text is only the word for its kind: `TYT`, `Trạm y tế xã`.
fn is_nameless(facility: &str) -> bool {
    matches!(
        unit_key(facility).as_str(),
        "" | "tram" | "tram y te" | "tram y te xa" | "tram y te phuong" | "tai tram" | "tai tram y te" | "xa" | "phuong"
    )
}

/// A leading facility code apart from the name: `01015-Bệnh viện Quân Y 354`.
pub(crate) fn split_code(name: &str) -> (Option<&str>, &str) {
    let digits = name.bytes().take_while(u8::is_ascii_digit).count();
    if digits < 4 {
        return (None, name);
    }
    let rest = name[digits..].trim_start();
    match rest.strip_prefix(['-', '–', '.', ':', '_']) {
        Some(rest) => (Some(&name[..digits]), rest.trim()),
        None if rest.is_empty() => (Some(&name[..digits]), ""),
        None => (None, name),
    }
}

/// The key under which spellings of one unit meet.
///
/// ```
/// use ra_soat::reconcile::unit::unit_key;
/// assert_eq!(unit_key("TYT P. Sông Cầu"), unit_key("Trạm y tế phường Sông Cầu"));
/// assert_eq!(unit_key("Trạm Y tế P.Sông Cầu"), unit_key("TRẠM Y TẾ PHƯỜNG SÔNG CẦU"));
/// assert_ne!(unit_key("TYT xã Sông Cầu"), unit_key("TYT phường Sông Cầu"));
/// assert_eq!(unit_key("XÃ SÔNG CẦU"), unit_key("Trạm Y tế xã Sông Cầu"));
/// assert_eq!(unit_key("TTYT huyện Ba Bể"), unit_key("Trung tâm Y tế H. Ba Bể"));
/// ```
pub fn unit_key(name: &str) -> String {
    let folded = folded(name);
    let mut words: Vec<&str> = Vec::new();
    for word in folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        match word {
            "tyt" => words.extend(["tram", "y", "te"]),
            "ttyt" => words.extend(["trung", "tam", "y", "te"]),
            "tt" if words.is_empty() => words.extend(["trung", "tam"]),
            "tt" => words.extend(["thi", "tran"]),
            "ytdp" => words.extend(["y", "te", "du", "phong"]),
            "bv" => words.extend(["benh", "vien"]),
            "bvdk" => words.extend(["benh", "vien", "da", "khoa"]),
            "dk" => words.extend(["da", "khoa"]),
            "pk" => words.extend(["phong", "kham"]),
            "pkdk" => words.extend(["phong", "kham", "da", "khoa"]),
            "ksbt" => words.extend(["kiem", "soat", "benh", "tat"]),
            "cdc" => words.extend(["trung", "tam", "kiem", "soat", "benh", "tat"]),
            "p" => words.push("phuong"),
            "x" => words.push("xa"),
            "h" => words.push("huyen"),
            "q" => words.push("quan"),
            "tx" => words.extend(["thi", "xa"]),
            "tp" => words.extend(["thanh", "pho"]),
            other => words.push(other.trim_start_matches('0')),
        }
    }
    let key = words.join(" ");
    // A commune in a title or a sheet's name means its station.
    match key.strip_prefix("tram y te ") {
        Some(place) if ["xa ", "phuong ", "thi tran "].iter().any(|kind| place.starts_with(kind)) => place.to_owned(),
        _ => key,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bare_code_finds_the_unit_it_was_met_with() {
        let mut table = UnitTable::default();
        let unit = table.of_name("06123 - Trạm Y tế xã Dương Quang");
        assert_eq!(table.of_name("06123"), unit);
        assert_eq!(table.of_name("TYT xã Dương Quang"), unit);
        assert_ne!(table.of_name("06124"), unit);
        assert_eq!(table.into_units()[unit as usize].name, "Trạm Y tế xã Dương Quang");
    }

    #[test]
    fn a_word_for_the_kind_alone_is_no_unit_and_codes_are_learnt_first() {
        let (mut table, mut pool) = (UnitTable::default(), TextPool::default());
        let (bare, full, kind) = (pool.intern("06123"), pool.intern("06123-Trạm Y tế xã Mỹ Thanh"), pool.intern("TYT"));
        table.learn_codes([bare, full, kind].into_iter(), &pool);
        let unit = table.of_facility(bare, &pool);
        assert_eq!(unit, table.of_facility(full, &pool));
        assert_eq!(table.of_facility(kind, &pool), None);
    }

    #[test]
    fn a_unit_goes_by_its_commonest_spelling() {
        let mut table = UnitTable::default();
        for name in ["TYT xã Mỹ Thanh", "Trạm Y tế xã Mỹ Thanh", "Trạm Y tế xã Mỹ Thanh"] {
            table.of_name(name);
        }
        let units = table.into_units();
        assert_eq!(units.len(), 1);
        assert_eq!(units[0].name, "Trạm Y tế xã Mỹ Thanh");
    }
}
