//! Addresses compared: commune within district within province as one comparison, and the line that says house and hamlet.

use crate::domain::PersonRecord;
use crate::linkage::frequency::Frequency;
use crate::normalize::text::{Text, TextPool};
use crate::normalize::{fold, fold_place};
use rustc_hash::FxHashMap;

/// How two addresses agree, by the narrowest area both say.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum AddressLevel {
    /// The same commune.
    Commune,
    /// The same district; of communes at most one is said.
    District,
    /// The same province; nothing narrower is said by both.
    Province,
    /// Another commune of the same district.
    OtherCommune,
    /// Another district or province.
    Elsewhere,
}

/// How the lines under the commune agree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum LineLevel {
    /// The same words.
    Exact,
    /// At least half of the words of both together.
    Alike,
    /// Other words.
    Different,
}

/// Folded district and province names, and the words of address lines.
#[derive(Clone, Debug, Default)]
pub struct Places {
    folded: TextPool,
    areas: FxHashMap<Text, Text>,
    lines: FxHashMap<Text, Vec<Text>>,
}

impl Places {
    /// Folds every district, province and line once.
    pub fn of<'p>(records: impl Iterator<Item = &'p PersonRecord>, pool: &TextPool) -> Places {
        let mut places = Places::default();
        for record in records {
            for area in [record.district, record.province] {
                if area.is_some() && !places.areas.contains_key(&area) {
                    let key = places.folded.intern(&fold_place(pool.get(area)));
                    places.areas.insert(area, key);
                }
            }
            if record.address.is_some() && !places.lines.contains_key(&record.address) {
                let folded = fold(pool.get(record.address));
                let words = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
                let mut words: Vec<Text> = words.map(|word| places.folded.intern(word)).collect();
                words.sort_unstable();
                words.dedup();
                places.lines.insert(record.address, words);
            }
        }
        places
    }

    fn area(&self, area: Text) -> Text {
        self.areas.get(&area).copied().unwrap_or(Text::NONE)
    }

    /// Compares the areas; none where nothing is said by both.
    pub fn compare_areas(&self, x: &PersonRecord, y: &PersonRecord) -> Option<AddressLevel> {
        let both = |p: Text, q: Text| (p.is_some() && q.is_some()).then_some(p == q);
        let district = both(self.area(x.district), self.area(y.district));
        let province = both(self.area(x.province), self.area(y.province));
        if province == Some(false) {
            return Some(AddressLevel::Elsewhere);
        }
        match (both(x.commune_key, y.commune_key), district) {
            (_, Some(false)) => Some(AddressLevel::Elsewhere),
            (Some(true), _) => Some(AddressLevel::Commune),
            (Some(false), Some(true)) => Some(AddressLevel::OtherCommune),
            (Some(false), None) => Some(AddressLevel::Elsewhere),
            (None, Some(true)) => Some(AddressLevel::District),
            (None, None) => province.map(|_| AddressLevel::Province),
        }
    }

    /// Compares the lines; none where one is missing.
    pub fn compare_lines(&self, x: &PersonRecord, y: &PersonRecord) -> Option<LineLevel> {
        let (p, q) = (self.lines.get(&x.address)?, self.lines.get(&y.address)?);
        if p.is_empty() || q.is_empty() {
            return None;
        }
        let shared = p.iter().filter(|word| q.binary_search(word).is_ok()).count();
        let all = p.len() + q.len() - shared;
        Some(if p == q {
            LineLevel::Exact
        } else if shared * 2 >= all {
            LineLevel::Alike
        } else {
            LineLevel::Different
        })
    }

    /// How many persons live at each line.
    pub fn line_frequency<'p>(&self, records: impl Iterator<Item = &'p PersonRecord>, persons: usize) -> Frequency<Text> {
        Frequency::count(records.map(|record| record.address).filter(|line| line.is_some()), persons, 1.0 / 1_000.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(pool: &mut TextPool, commune: &str, district: &str, province: &str, line: &str) -> PersonRecord {
        PersonRecord {
            commune_key: pool.intern(&fold_place(commune)),
            district: pool.intern(district),
            province: pool.intern(province),
            address: pool.intern(line),
            ..PersonRecord::default()
        }
    }

    #[test]
    fn a_commune_of_one_name_in_another_district_is_elsewhere() {
        let mut pool = TextPool::default();
        let own = record(&mut pool, "Xã Mẫu", "Huyện Na Rì", "Tỉnh Bắc Kạn", "Tổ 3, thôn Nà Mẫu");
        let cases = [
            (("xã Mẫu", "H. Na Rì", "Bắc Kạn", "thôn Nà Mẫu tổ 3"), Some(AddressLevel::Commune), Some(LineLevel::Exact)),
            (("Mẫu", "", "", "thôn Nà Mẫu"), Some(AddressLevel::Commune), Some(LineLevel::Alike)),
            (("Mẫu", "Ba Bể", "Bắc Kạn", "số 5 phố Mới"), Some(AddressLevel::Elsewhere), Some(LineLevel::Different)),
            (("Khác", "Na Rì", "Bắc Kạn", ""), Some(AddressLevel::OtherCommune), None),
            (("Khác", "", "", ""), Some(AddressLevel::Elsewhere), None),
            (("", "Na Rì", "", ""), Some(AddressLevel::District), None),
            (("", "", "Bắc Kạn", ""), Some(AddressLevel::Province), None),
            (("", "", "", ""), None, None),
        ];
        for ((commune, district, province, line), area, words) in cases {
            let other = record(&mut pool, commune, district, province, line);
            let places = Places::of([&own, &other].into_iter(), &pool);
            assert_eq!(places.compare_areas(&own, &other), area, "{commune}, {district}, {province}");
            assert_eq!(places.compare_areas(&other, &own), area);
            assert_eq!(places.compare_lines(&own, &other), words, "{line}");
        }
    }
}
