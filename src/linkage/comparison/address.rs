//! Addresses compared: commune within district within province as one comparison, and the line that says house and hamlet.

use super::is_one_slip;
use crate::domain::PersonRecord;
use crate::normalize::text::{Text, TextPool};
use crate::normalize::{fold, fold_place};
use rustc_hash::FxHashMap;

/// Letters from which a word a slip away is no other word.
const SHORTEST_SLIP: usize = 4;

/// How two addresses agree, by the narrowest area both say.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum AddressLevel {
    /// The same commune.
    Commune,
    /// The same district; of communes at most one is said.
    District,
    /// The same province; nothing narrower is said by both.
    Province,
    /// A commune, district or province is a slip of the other: neither the same nor another.
    Slip,
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
    /// The same words but for slips.
    Near,
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
    communes: FxHashMap<Text, Text>,
    lines: FxHashMap<Text, Vec<Text>>,
}

impl Places {
    /// Folds what a person's address says, each different text once.
    pub fn add(&mut self, record: &PersonRecord, pool: &TextPool) {
        for area in [record.district, record.province] {
            if area.is_some() && !self.areas.contains_key(&area) {
                let key = self.folded.intern(&fold_place(pool.get(area)));
                self.areas.insert(area, key);
            }
        }
        if record.commune_key.is_some() && !self.communes.contains_key(&record.commune_key) {
            let key = self.folded.intern(pool.get(record.commune_key));
            self.communes.insert(record.commune_key, key);
        }
        if record.address.is_some() && !self.lines.contains_key(&record.address) {
            let folded = fold(pool.get(record.address));
            let words = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
            let mut words: Vec<Text> = words.map(|word| self.folded.intern(word)).collect();
            words.sort_unstable();
            words.dedup();
            self.lines.insert(record.address, words);
        }
    }

    fn area(&self, area: Text) -> Text {
        self.areas.get(&area).copied().unwrap_or(Text::NONE)
    }

    /// Compares the areas; none where nothing is said by both.
    pub fn compare_areas(&self, x: &PersonRecord, y: &PersonRecord) -> Option<AddressLevel> {
        let both = |p: Text, q: Text| (p.is_some() && q.is_some()).then_some(p == q);
        let district = both(self.area(x.district), self.area(y.district));
        let province = both(self.area(x.province), self.area(y.province));
        let is_slip = |p: Text, q: Text| {
            let (p, q) = (self.folded.get(self.area(p)), self.folded.get(self.area(q)));
            p.len().min(q.len()) >= SHORTEST_SLIP && have_one_number(p, q) && is_one_slip(p.as_bytes(), q.as_bytes())
        };
        if province == Some(false) {
            return Some(if is_slip(x.province, y.province) { AddressLevel::Slip } else { AddressLevel::Elsewhere });
        }
        let communes = [x, y].map(|record| self.folded.get(self.communes.get(&record.commune_key).copied().unwrap_or(Text::NONE)));
        let is_commune_slip = communes.iter().all(|commune| commune.len() >= SHORTEST_SLIP)
            && have_one_number(communes[0], communes[1])
            && is_one_slip(communes[0].as_bytes(), communes[1].as_bytes());
        match (both(x.commune_key, y.commune_key), district) {
            (Some(false), _) if is_commune_slip => Some(AddressLevel::Slip),
            (_, Some(false)) if is_slip(x.district, y.district) => Some(AddressLevel::Slip),
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
        if p == q {
            return Some(LineLevel::Exact);
        }
        let shared = p.iter().filter(|word| q.binary_search(word).is_ok()).count();
        let is_slip = |a: &Text, b: &Text| {
            let (a, b) = (self.folded.get(*a), self.folded.get(*b));
            a.len().min(b.len()) >= SHORTEST_SLIP && is_one_slip(a.as_bytes(), b.as_bytes())
        };
        let left =
            |from: &[Text], other: &[Text]| from.iter().filter(|word| other.binary_search(word).is_err()).copied().collect::<Vec<_>>();
        let (p_left, q_left) = (left(p, q), left(q, p));
        let slips = p_left.iter().filter(|word| q_left.iter().any(|other| is_slip(word, other))).count();
        let shared = shared + slips;
        let all = p.len() + q.len() - shared;
        Some(if shared == all && shared > 0 {
            LineLevel::Near
        } else if shared * 2 >= all {
            LineLevel::Alike
        } else {
            LineLevel::Different
        })
    }
}

/// Whether the digits of both are the same: Phường 1 and Phường 3 are two wards, not a slip.
fn have_one_number(p: &str, q: &str) -> bool {
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    digits(p) == digits(q)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_wards_of_other_numbers_are_two_wards_and_a_letter_off_is_a_slip() {
        let mut pool = TextPool::default();
        let mut level = |a: &str, b: &str| {
            let records = [a, b].map(|commune| record(&mut pool, commune, "Quận 3", "Thành phố Mẫu", ""));
            let mut places = Places::default();
            records.iter().for_each(|record| places.add(record, &pool));
            places.compare_areas(&records[0], &records[1])
        };
        assert_eq!(level("Phường 11", "Phường 12"), Some(AddressLevel::OtherCommune));
        assert_eq!(level("Xã Sông Cầu", "Xã Song Cau"), Some(AddressLevel::Commune));
        assert_eq!(level("Xã Sông Cầu", "Xã Sông Câuu"), Some(AddressLevel::Slip));
    }

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
            let mut places = Places::default();
            [&own, &other].into_iter().for_each(|record| places.add(record, &pool));
            assert_eq!(places.compare_areas(&own, &other), area, "{commune}, {district}, {province}");
            assert_eq!(places.compare_areas(&other, &own), area);
            assert_eq!(places.compare_lines(&own, &other), words, "{line}");
        }
    }
}
