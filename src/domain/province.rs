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
    let words = crate::normalize::fold(unit);
    let mut words: Vec<&str> = words.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).collect();
    for lead in [&["so", "y", "te"][..], &["uy", "ban", "nhan", "dan"], &["ubnd"], &["tinh"], &["thanh", "pho"], &["tp"]] {
        if words.starts_with(lead) && words.len() > lead.len() {
            words.drain(..lead.len());
        }
    }
    let name = words.join(" ");
    let name = match name.as_str() {
        "thua thien hue" | "hue" => "tt hue",
        "ho chi minh" | "hcm" | "tphcm" => "tp hcm",
        "ba ria vung tau" => "br vt",
        "dac lac" | "daklak" | "dak lac" => "dak lak",
        "dac nong" | "daknong" => "dak nong",
        "hoa binh" => "hoa binh",
        other => other,
    };
    let name = if name == "hcm" { "tp hcm" } else { name };
    PUBLISHED.get(NAMES.iter().position(|own| *own == name)?)
}

/// The words of the 63 names, folded.
static NAMES: LazyLock<Vec<String>> = LazyLock::new(|| {
    let words = |name: &str| -> Vec<String> {
        crate::normalize::fold(name)
            .split(|c: char| !c.is_ascii_alphanumeric())
            .filter(|word| !word.is_empty())
            .map(str::to_owned)
            .collect()
    };
    PUBLISHED.iter().map(|row| words(row.name).join(" ")).collect()
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
        assert_eq!(find_province("Huyện Bạch Thông"), None);
        assert_eq!(find_province(""), None);
    }
}
