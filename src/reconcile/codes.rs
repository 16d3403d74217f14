//! Codes of the System's catalogues for an import file: of places, facilities, vaccines and groups, as dropped files write them.
//!
//! A catalogue sheet (PL2 to PL5 of the import template) comes before rows that write a name and its code side by side. A code is
//! never made up: a name that is not known, or that goes by several codes, has none.

use super::unit::{split_code, unit_key};
use crate::domain::Product;
use crate::domain::target_group::platform_code;
use crate::normalize::{fold, fold_place};
use rustc_hash::FxHashMap;

/// Of a hundred rows, how many must agree on a code: a slip of the pen in a few does not hide what all others say.
const AGREEING: u32 = 90;

/// What is known of each key: values with how often each was met, catalogue first.
#[derive(Clone, Debug, Default)]
struct Known(FxHashMap<String, Found>);

#[derive(Clone, Debug, Default)]
struct Found {
    of_catalogue: Vec<(String, u32)>,
    of_rows: Vec<(String, u32)>,
}

/// Where a code was met, and in how many rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Met {
    /// In a catalogue sheet.
    Catalogue,
    /// In so many rows of a list.
    Rows(u32),
}

impl Found {
    fn learn(&mut self, value: &str, met: Met) {
        let (values, times) = match met {
            Met::Catalogue => (&mut self.of_catalogue, 1),
            Met::Rows(times) => (&mut self.of_rows, times),
        };
        match values.iter_mut().find(|(known, _)| known == value) {
            Some((_, count)) => *count += times,
            None => values.push((value.to_owned(), times)),
        }
    }

    fn values(&self) -> &[(String, u32)] {
        if self.of_catalogue.is_empty() { &self.of_rows } else { &self.of_catalogue }
    }
}

impl Known {
    fn learn(&mut self, key: String, value: &str, met: Met) {
        if !key.is_empty() && !value.is_empty() {
            self.0.entry(key).or_default().learn(value, met);
        }
    }

    fn get(&self, key: &str) -> Option<&str> {
        let values = self.0.get(key)?.values();
        let (best, count) = values.iter().max_by_key(|(_, count)| *count)?;
        let all: u32 = values.iter().map(|(_, count)| count).sum();
        (count * 100 >= all * AGREEING).then_some(best.as_str())
    }
}

/// A place as a row writes it: names and codes, empty where a column is missing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PlaceRow<'a> {
    /// Tỉnh/thành phố and its code.
    pub province: (&'a str, &'a str),
    /// Quận/huyện and its code.
    pub district: (&'a str, &'a str),
    /// Xã/phường and its code.
    pub commune: (&'a str, &'a str),
}

/// The codes of a place, empty where unknown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PlaceCodes {
    /// Mã tỉnh/thành phố.
    pub province: String,
    /// Mã quận/huyện.
    pub district: String,
    /// Mã xã/phường.
    pub commune: String,
}

/// Every code known.
#[derive(Clone, Debug, Default)]
pub struct CodeTables {
    provinces: Known,
    districts: Known,
    communes: Known,
    /// Parents of each code: the district of a commune, the province of a district.
    parents: Known,
    facilities: Known,
    groups: Known,
    vaccines: FxHashMap<Product, Found>,
    /// What catalogue sheets were read, in words.
    pub sources: Vec<String>,
}

/// The part of a key that says what it is a key of: a place's own name within those it is part of.
fn key(parts: &[&str]) -> String {
    parts.join("\u{1f}")
}

impl CodeTables {
    /// Learns the codes of a place.
    pub fn learn_place(&mut self, row: PlaceRow<'_>, met: Met) {
        let [province, district, commune] = [row.province, row.district, row.commune].map(|(name, code)| (fold_place(name), code.trim()));
        self.provinces.learn(province.0.clone(), province.1, met);
        // A name counts within each reading of what it is part of: lists often leave out province or district.
        let within = |own: &str, over: &[&str]| if own.is_empty() { String::new() } else { key(&[over, &[own]].concat()) };
        for over in [[""], [province.0.as_str()]] {
            self.districts.learn(within(&district.0, &over), district.1, met);
        }
        for over in [["", ""], [province.0.as_str(), ""], ["", district.0.as_str()], [province.0.as_str(), district.0.as_str()]] {
            self.communes.learn(within(&commune.0, &over), commune.1, met);
        }
        if !commune.1.is_empty() {
            self.parents.learn(key(&["xa", commune.1]), district.1, met);
        }
        if !district.1.is_empty() {
            self.parents.learn(key(&["huyen", district.1]), province.1, met);
        }
    }

    /// Learns a facility's code; its name may carry it in front: `06123-Trạm Y tế xã Mẫu`.
    pub fn learn_facility(&mut self, name: &str, code: &str, met: Met) {
        let (own, rest) = split_code(name.trim());
        let code = if code.trim().is_empty() { own.unwrap_or_default() } else { code.trim() };
        self.facilities.learn(unit_key(rest), code, met);
    }

    /// Learns the code of a priority group.
    pub fn learn_group(&mut self, name: &str, code: &str, met: Met) {
        self.groups.learn(fold(name.trim()), code.trim(), met);
    }

    /// Learns how the System spells a vaccine; nothing where the text names none.
    pub fn learn_vaccine(&mut self, name: &str, met: Met) {
        let name = name.trim();
        if let Some(product) = Product::recognise(name) {
            self.vaccines.entry(product).or_default().learn(name, met);
        }
    }

    /// The codes of a home. A commune whose name is unique needs no district; a code brings the codes of what it is part of.
    pub fn place(&self, province: &str, district: &str, commune: &str) -> PlaceCodes {
        let [province, district, commune] = [province, district, commune].map(fold_place);
        let known = |known: &Known, own: &str, over: &[&str]| {
            let found = (!own.is_empty()).then(|| known.get(&key(&[over, &[own]].concat()))).flatten();
            found.unwrap_or_default().to_owned()
        };
        let mut codes = PlaceCodes {
            province: self.provinces.get(&province).unwrap_or_default().to_owned(),
            district: known(&self.districts, &district, &[&province]),
            commune: known(&self.communes, &commune, &[&province, &district]),
        };
        let of = |kind: &str, code: &str| self.parents.get(&key(&[kind, code])).unwrap_or_default().to_owned();
        if codes.district.is_empty() && district.is_empty() && !codes.commune.is_empty() {
            codes.district = of("xa", &codes.commune);
        }
        if codes.province.is_empty() && province.is_empty() && !codes.district.is_empty() {
            codes.province = of("huyen", &codes.district);
        }
        codes
    }

    /// The code of a facility as a list writes it; a code written with it, or alone, is its own.
    pub fn facility(&self, written: &str) -> String {
        let (own, rest) = split_code(written.trim());
        own.or_else(|| self.facilities.get(&unit_key(rest))).unwrap_or_default().to_owned()
    }

    /// The code of a group as a list writes it: the code itself, alone or before its words, or words of the catalogue.
    ///
    /// ```
    /// use ra_soat::reconcile::codes::CodeTables;
    /// let codes = CodeTables::default();
    /// assert_eq!(codes.group("03"), "3");
    /// assert_eq!(codes.group("10 – Người sinh sống tại vùng có dịch"), "10");
    /// assert_eq!(codes.group("Nhóm 3"), "");
    /// ```
    pub fn group(&self, written: &str) -> String {
        let written = written.trim();
        let head = written.split(|c: char| !c.is_ascii_digit()).next().unwrap_or_default();
        let is_code = head.len() == written.len() || written[head.len()..].trim_start().starts_with(['-', '–', '.', ':', ')']);
        match platform_code(head).filter(|_| is_code) {
            Some(code) => code.to_string(),
            None => self.groups.get(&fold(written)).unwrap_or_default().to_owned(),
        }
    }

    /// A vaccine as the System spells it; none where no file says.
    pub fn vaccine(&self, product: Product) -> Option<&str> {
        let values = self.vaccines.get(&product)?.values();
        // Several spellings are all the System's own: the commonest will do, the first in order where two are as common.
        values.iter().max_by(|a, b| (a.1, &b.0).cmp(&(b.1, &a.0))).map(|(name, _)| name.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tables() -> CodeTables {
        let mut codes = CodeTables::default();
        let row = |district, commune| PlaceRow { province: ("Bắc Kạn", "06"), district, commune };
        for (district, commune) in [
            (("Huyện Ba Bể", "061"), ("Xã Mẫu Sơn", "01901")),
            (("Huyện Ba Bể", "061"), ("Xã Đồng Mẫu", "01902")),
            (("Huyện Chợ Đồn", "064"), ("Xã Mẫu Sơn", "02001")),
        ] {
            codes.learn_place(row(district, commune), Met::Catalogue);
        }
        codes
    }

    fn place(codes: &CodeTables, names: [&str; 3]) -> [String; 3] {
        let found = codes.place(names[0], names[1], names[2]);
        [found.province, found.district, found.commune]
    }

    #[test]
    fn a_place_is_found_by_its_names_however_its_kind_is_written() {
        let codes = tables();
        assert_eq!(place(&codes, ["Tỉnh Bắc Kạn", "H. Ba Bể", "X. Mẫu Sơn"]), ["06", "061", "01901"]);
        assert_eq!(place(&codes, ["Bắc Kạn", "Chợ Đồn", "Mẫu Sơn"]), ["06", "064", "02001"]);
        assert_eq!(place(&codes, ["Bắc Kạn", "Na Rì", "Mẫu Sơn"]), ["06", "", ""]);
    }

    #[test]
    fn a_unique_commune_needs_no_district_and_one_of_two_has_no_code() {
        let codes = tables();
        assert_eq!(place(&codes, ["", "", "Xã Đồng Mẫu"]), ["06", "061", "01902"]);
        assert_eq!(place(&codes, ["", "", "Xã Mẫu Sơn"]), ["", "", ""]);
        assert_eq!(place(&codes, ["", "Ba Bể", "Xã Mẫu Sơn"]), ["06", "061", "01901"]);
    }

    #[test]
    fn a_catalogue_comes_before_rows_and_most_rows_before_a_slip() {
        let mut codes = CodeTables::default();
        for _ in 0..19 {
            codes.learn_facility("06123 - Trạm Y tế xã Mẫu", "", Met::Rows(1));
        }
        codes.learn_facility("06132 - TYT xã Mẫu", "", Met::Rows(1));
        assert_eq!(codes.facility("TYT xã Mẫu"), "06123");
        codes.learn_facility("06132 - TYT xã Mẫu", "", Met::Rows(1));
        codes.learn_facility("06132 - TYT xã Mẫu", "", Met::Rows(1));
        assert_eq!(codes.facility("TYT xã Mẫu"), "", "three of twenty-two is no slip");
        codes.learn_facility("Trạm Y tế xã Mẫu", "06199", Met::Catalogue);
        assert_eq!(codes.facility("TYT xã Mẫu"), "06199");
        assert_eq!(codes.facility("06100-Trạm khác"), "06100");
        assert_eq!(codes.facility("06100"), "06100");
    }

    #[test]
    fn groups_go_by_code_or_by_the_catalogues_words() {
        let mut codes = CodeTables::default();
        codes.learn_group("Lực lượng Công an", "4", Met::Catalogue);
        assert_eq!(codes.group("LỰC LƯỢNG CÔNG AN"), "4");
        assert_eq!(["17", "4.", "4) Công an", "4 người", ""].map(|text| codes.group(text)), ["", "4", "4", "", ""]);
    }

    #[test]
    fn a_vaccine_is_spelled_as_the_catalogue_does() {
        let mut codes = CodeTables::default();
        codes.learn_vaccine("Comirnaty (Pfizer BioNtech)", Met::Rows(1));
        codes.learn_vaccine("Comirnaty (Pfizer BioNtech)", Met::Rows(1));
        codes.learn_vaccine("Pfizer", Met::Rows(1));
        assert_eq!(codes.vaccine(Product::Pfizer), Some("Comirnaty (Pfizer BioNtech)"));
        codes.learn_vaccine("COVID-19 Vaccine Pfizer", Met::Catalogue);
        assert_eq!(codes.vaccine(Product::Pfizer), Some("COVID-19 Vaccine Pfizer"));
        assert_eq!(codes.vaccine(Product::Moderna), None);
    }
}
