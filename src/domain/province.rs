//! The 63 provinces with the figures the Ministry published for them (Phụ lục 1 of 1234/BYT-DP).

use crate::domain::column::ByColumn;
use std::sync::LazyLock;

/// One province's row of the letter's Phụ lục 1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublishedRow {
    /// TT in the letter, 1 to 63.
    pub number: u8,
    /// The name as printed.
    pub name: &'static str,
    /// First three digits of citizen numbers registered there (TT 07/2016/TT-BCA).
    pub citizen_prefix: &'static str,
    /// Doses reported per column c…m.
    pub columns: ByColumn<u64>,
    /// n as printed.
    pub total: u64,
}

/// The 63 rows in the letter's order.
pub static PUBLISHED: LazyLock<Vec<PublishedRow>> =
    LazyLock::new(|| include_str!("../data/phu-luc-1.tsv").lines().skip(1).filter_map(parse_row).collect());

fn parse_row(line: &'static str) -> Option<PublishedRow> {
    let mut cells = line.split('\t');
    let number = cells.next()?.parse().ok()?;
    let name = cells.next()?;
    let citizen_prefix = cells.next()?;
    let mut columns = [0; 11];
    for column in &mut columns {
        *column = cells.next()?.parse().ok()?;
    }
    let total = cells.next()?.trim().parse().ok()?;
    Some(PublishedRow { number, name, citizen_prefix, columns, total })
}

/// The letter's national figures (page 1), which its own rows do not add up to.
pub mod national {
    /// Doses given.
    pub const GIVEN: u64 = 266_118_289;
    /// Doses on the System.
    pub const ON_SYSTEM: u64 = 251_392_985;
    /// Doses the letter says are missing.
    pub const MISSING: u64 = 13_178_251;
}

/// Finds the published row a reporting unit means: `Bắc Kạn`, `Tỉnh Bắc Kạn`, `Sở Y tế tỉnh Bắc Kạn`, `TP. Hồ Chí Minh`.
///
/// ```
/// use ra_soat::domain::province::find_province;
/// assert_eq!(find_province("Sở Y tế tỉnh Bắc Kạn").map(|row| row.number), Some(15));
/// assert_eq!(find_province("Thừa Thiên Huế").map(|row| row.number), Some(31));
/// assert_eq!(find_province("Trạm Y tế xã Hòa Bình"), None);
/// ```
pub fn find_province(unit: &str) -> Option<&'static PublishedRow> {
    let leads: [&[&str]; 8] =
        [&["so", "y", "te"], &["syt"], &["uy", "ban", "nhan", "dan"], &["ubnd"], &["tinh"], &["thanh", "pho"], &["tp"], &["t"]];
    // `TP. Hà Giang` is a town of its province; five cities are provinces themselves.
    find_behind(unit, &leads).filter(|(row, is_city)| !is_city || CITIES.contains(&row.number)).map(|(row, _)| row)
}

/// TT of the cities that are no part of a province: Hà Nội, Hải Phòng, Đà Nẵng, Tp. HCM, Cần Thơ.
const CITIES: [u8; 5] = [1, 2, 32, 44, 51];

/// As [`find_province`], a province's centre for disease control being the province too: right where only provinces report, for a centre
/// that gave doses itself is a unit of its own inside its province.
///
/// ```
/// use ra_soat::domain::province::find_province_office;
/// assert_eq!(find_province_office("Trung tâm Kiểm soát bệnh tật tỉnh Hà Nam").map(|row| row.number), Some(5));
/// assert_eq!(find_province_office("CDC Khánh Hòa").map(|row| row.number), Some(37));
/// ```
pub fn find_province_office(unit: &str) -> Option<&'static PublishedRow> {
    let leads: [&[&str]; 8] = [
        &["trung", "tam", "kiem", "soat", "benh", "tat"],
        &["tt", "kiem", "soat", "benh", "tat"],
        &["ttksbt"],
        &["tt", "ksbt"],
        &["cdc"],
        &["tinh"],
        &["thanh", "pho"],
        &["tp"],
    ];
    find_province(unit).or_else(|| find_behind(unit, &leads).map(|(row, _)| row))
}

/// The province named behind words like these, each met once; whether it is called a city.
fn find_behind(unit: &str, leads: &[&[&str]]) -> Option<(&'static PublishedRow, bool)> {
    let words = crate::normalize::quick::folded(unit);
    let mut words: Vec<&str> = words.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let mut is_city = false;
    for lead in leads {
        if words.starts_with(lead) && words.len() > lead.len() {
            words.drain(..lead.len());
            is_city |= matches!(*lead, ["tp"] | ["thanh", "pho"]);
        }
    }
    // Without spaces: `Kontum`, `TP.HCM` and `BRVT` are written so too.
    let name = words.concat();
    let name = match name.as_str() {
        "thuathienhue" | "hue" | "thue" => "tthue",
        "hochiminh" | "hcm" => "tphcm",
        "bariavungtau" | "bariavt" => "brvt",
        "daclac" | "daklac" | "daclak" => "daklak",
        "dacnong" => "daknong",
        "baccan" => "backan",
        other => other,
    };
    let row = PUBLISHED.get(NAMES.iter().position(|own| *own == name)?)?;
    Some((row, is_city))
}

/// The 63 names, folded, without spaces.
static NAMES: LazyLock<Vec<String>> = LazyLock::new(|| {
    let joined = |name: &str| crate::normalize::fold(name).chars().filter(char::is_ascii_alphanumeric).collect();
    PUBLISHED.iter().map(|row| joined(row.name)).collect()
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn recomputed_n_equals_printed_n_in_all_63() {
        assert_eq!(PUBLISHED.len(), 63);
        for row in PUBLISHED.iter() {
            assert_eq!(row.columns.iter().sum::<u64>(), row.total, "{}", row.name);
        }
        assert_eq!(PUBLISHED.iter().map(|row| row.total).sum::<u64>(), 264_513_974);
    }

    #[test]
    fn every_province_finds_itself() {
        for row in PUBLISHED.iter() {
            for name in [row.name.to_owned(), format!("Tỉnh {}", row.name), format!("Sở Y tế tỉnh {}", row.name)] {
                assert_eq!(find_province(&name), Some(row), "{name}");
            }
        }
        assert_eq!(find_province("TP. Hồ Chí Minh").map(|row| row.number), Some(44));
        for (name, number) in [
            ("Bắc Cạn", 15),
            ("KonTum", 40),
            ("Kontum", 40),
            ("T. Ninh Bình", 6),
            ("T.T. Huế", 31),
            ("Thừa Thiên - Huế", 31),
            ("TP.HCM", 44),
            ("TPHCM", 44),
            ("Thành phố Hồ Chí Minh", 44),
            ("BRVT", 45),
            ("BR – VT", 45),
            ("Bà Rịa Vũng Tàu", 45),
            ("Đắc Lắc", 42),
            ("Đăk Lăk", 42),
            ("Dak Nong", 43),
            ("SYT Hoà Bình", 17),
        ] {
            assert_eq!(find_province(name).map(|row| row.number), Some(number), "{name}");
        }
        for town in ["TP. Hà Giang", "Thành phố Bắc Kạn", "TP Huế"] {
            assert_eq!(find_province(town), None, "{town} is a town of its province");
            assert!(find_province_office(town).is_some(), "{town}");
        }
        // A centre that gave doses is a unit inside its province, unless only provinces report.
        assert_eq!(find_province("CDC Bắc Kạn"), None);
        assert_eq!(find_province_office("TTKSBT Bắc Kạn").map(|row| row.number), Some(15));
        assert_eq!(find_province_office("CDC thành phố Hồ Chí Minh").map(|row| row.number), Some(44));
        for other in ["Huyện Bạch Thông", "Trung tâm Y tế Hòa Bình", "Xã Hà Nam", "Thị trấn Lai Châu", "T", "CDC", "Tỉnh"]
        {
            assert_eq!(find_province_office(other), None, "{other}");
        }
        assert_eq!(find_province("Huyện Bạch Thông"), None);
        assert_eq!(find_province(""), None);
    }
}
