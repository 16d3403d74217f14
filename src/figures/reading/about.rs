//! What the lines around a table say of it: the day its figures are of, the letter it goes with, the province, the unit.

use crate::domain::Date;
use crate::domain::province::{PublishedRow, find_province};
use crate::normalize::{compose, fold};
use crate::workbook::title::find_date;
use crate::workbook::words::Words;

/// The day a line says its figures go up to: `Số liệu tính đến ngày 31/01/2023`.
pub(crate) fn up_to_in(line: &str) -> Option<Date> {
    const PHRASES: [&str; 6] = ["tinh den", "den het ngay", "den ngay", "so lieu den", "luy ke den", "den het"];
    let folded = fold(line);
    PHRASES.iter().find_map(|phrase| folded.find(phrase).and_then(|at| find_date(folded.get(at..)?)))
}

/// The day a line of a title names, unless it is the day of another document.
pub(crate) fn day_in(line: &str) -> Option<Date> {
    let words = Words::of(line);
    let is_of_document = ["cong van", "quyet dinh", "kem theo", "so cv", "cv so", "nghi quyet", "thong tu", "ke hoach"]
        .iter()
        .any(|phrase| words.has(phrase));
    if is_of_document { None } else { find_date(line) }
}

/// The month and year a title names without a day: `THÁNG 01/2022`, `tháng 1 năm 2022`.
pub(crate) fn month_in(line: &str) -> Option<(i16, i8)> {
    let words = Words::of(line);
    let at = words.folded.iter().position(|word| word == "thang")?;
    let month: i8 = words.at(at + 1).parse().ok().filter(|month| (1..=12).contains(month))?;
    let year = if words.at(at + 2) == "nam" { words.at(at + 3) } else { words.at(at + 2) };
    let year: i16 = year.parse().ok().filter(|year| (2020..=2030).contains(year))?;
    Some((year, month))
}

/// The letter a heading names: `(Kèm theo Công văn số 1234 /BYT-DP ngày 10 /02/2023 …)` is `1234/BYT-DP`.
pub(crate) fn letter_number_in(line: &str) -> Option<String> {
    let composed = compose(line);
    let folded = fold(line);
    let lead = ["cong van so", "cv so", "van ban so", "cong van"].iter().find_map(|lead| Some(folded.find(lead)? + lead.len()))?;
    // Folding keeps the number of characters of composed Vietnamese.
    let start = folded.get(..lead)?.chars().count();
    let rest: String = composed.chars().skip(start).collect();
    let end = fold(&rest).find("ngay").map_or(rest.len(), |at| fold(&rest).get(..at).map_or(0, |head| head.chars().count()));
    let number: String = rest.chars().take(end).filter(|c| !c.is_whitespace() && !matches!(c, ':' | '(' | ')' | ',')).collect();
    let is_number = number.starts_with(|c: char| c.is_ascii_digit()) && number.contains('/') && number.chars().count() <= 40;
    is_number.then(|| number.to_uppercase())
}

/// The province a line names with a word before it: `SỞ Y TẾ BẮC KẠN`, `UBND tỉnh Thái Nguyên`, `TTYT huyện Ba Bể, tỉnh Bắc Kạn`.
pub(crate) fn province_in(line: &str) -> Option<&'static PublishedRow> {
    let words = Words::of(line);
    let leads: [&[&str]; 6] =
        [&["tinh"], &["so", "y", "te"], &["thanh", "pho"], &["tp"], &["trung", "tam", "kiem", "soat", "benh", "tat"], &["cdc"]];
    leads.iter().find_map(|lead| {
        let mut at = words.find(lead)? + lead.len();
        while matches!(words.at(at), "tinh" | "thanh" | "pho" | "tp") && words.at(at + 1) != "hoa" {
            at += 1;
        }
        (1..=4).rev().find_map(|count| {
            let name = words.folded.get(at..at + count)?.join(" ");
            find_province(&name)
        })
    })
}

/// A unit's name without the number typed before it: `1. Xã Lục Bình`, `II) Huyện Ba Bể`.
///
/// ```
/// use ra_soat::figures::reading::unnumbered;
/// assert_eq!(unnumbered("1. Xã Lục Bình"), "Xã Lục Bình");
/// assert_eq!(unnumbered("01015-Bệnh viện"), "01015-Bệnh viện");
/// ```
pub fn unnumbered(name: &str) -> &str {
    let name = name.trim();
    let end = name.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(0);
    let (lead, rest) = name.split_at(end);
    let is_number = !lead.is_empty()
        && lead.len() <= 4
        && (lead.bytes().all(|byte| byte.is_ascii_digit()) && lead.len() <= 3 || lead.chars().all(|c| "IVXLC".contains(c)));
    match rest.strip_prefix(['.', ')', '/']) {
        // `X. Lục Bình` is a commune, `X. Huyện Ba Bể` the tenth row.
        Some(rest) if lead == "X" && !names_kind(rest) => name,
        Some(rest) if is_number && !rest.trim().is_empty() => rest.trim_start_matches(['.', ')', '-']).trim(),
        _ => name,
    }
}

/// Whether a name says what kind of unit it is of, or is a province's.
fn names_kind(name: &str) -> bool {
    const KINDS: [&str; 16] =
        ["xa", "phuong", "thi", "huyen", "quan", "tinh", "thanh", "tp", "tx", "tram", "tyt", "trung", "ttyt", "benh", "bv", "tong"];
    let words = Words::of(name);
    KINDS.contains(&words.at(0)) || find_province(name).is_some()
}

/// Whether the name of a row says that it is a sum: `Tổng cộng`, `Cộng`, `TOÀN TỈNH`, `Cả nước`; not `Xã Cộng Hòa`.
pub(crate) fn is_total(name: &str) -> bool {
    let words = Words::of(name);
    let line = words.line();
    let is_whole = ["toan tinh", "toan huyen", "toan thanh pho", "toan tp", "toan quan", "toan xa", "toan quoc", "ca nuoc", "toan nganh"]
        .iter()
        .any(|lead| line == *lead || line.strip_prefix(lead).is_some_and(|rest| rest.starts_with(' ')));
    let is_sum = matches!(line.as_str(), "tong" | "cong" | "tong cong" | "tong so" | "cong tong" | "tong chung" | "cong chung")
        || ["tong cong", "tong so", "cong trang", "tong toan", "tong huyen", "tong tinh", "cong toan", "tong cac"]
            .iter()
            .any(|lead| line.strip_prefix(lead).is_some_and(|rest| rest.is_empty() || rest.starts_with(' ')));
    is_whole || is_sum
}

/// Whether the name of a row says that its figures are no doses of a unit: shares, differences, people, plans, the Ministry's figures, a
/// telephone number.
pub(crate) fn is_beside_units(name: &str) -> bool {
    const LEADS: [&str; 16] = [
        "ty le",
        "ti le",
        "phan tram",
        "dat ty le",
        "chenh lech",
        "so sanh",
        "so voi",
        "tang giam",
        "dan so",
        "ke hoach",
        "chi tieu",
        "so lieu bo",
        "so bo y te",
        "ghi chu",
        "nguon so lieu",
        "dien thoai",
    ];
    let words = Words::of(name);
    let line = words.line();
    let is_phone = matches!(words.at(0), "dt" | "sdt" | "tel") && words.at(1).bytes().any(|byte| byte.is_ascii_digit());
    is_phone || LEADS.iter().any(|lead| line.strip_prefix(lead).is_some_and(|rest| rest.is_empty() || rest.starts_with(' ')))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_letters_and_provinces_of_titles() {
        let day = Date::constant(2023, 1, 31);
        assert_eq!(up_to_in("(Số liệu tính đến ngày 31/01/2023)"), Some(day));
        assert_eq!(up_to_in("Luỹ kế đến 17 giờ ngày 31/01/2023"), Some(day));
        assert_eq!(up_to_in("tính đến 17 giờ 00 ngày 31/01/2023"), Some(day));
        assert_eq!(up_to_in("KẾT QUẢ TIÊM ĐẾN HẾT NGÀY 31 THÁNG 01 NĂM 2023"), Some(day));
        assert_eq!(day_in("(Kèm theo Công văn số 1234 /BYT-DP ngày 10 /02/2023 của Bộ Y tế)"), None);
        assert_eq!(day_in("BÁO CÁO NHANH NGÀY 31/01/2023"), Some(day));
        assert_eq!(month_in("TIẾN ĐỘ TIÊM VẮC XIN THÁNG 01/2022"), Some((2022, 1)));
        assert_eq!(letter_number_in("(Kèm theo Công văn số 1234 /BYT-DP ngày 10 /02/2023 của Bộ Y tế)").as_deref(), Some("1234/BYT-DP"));
        assert_eq!(letter_number_in("Thực hiện công văn số: 567/SYT-NVY, ngày 13/3/2023").as_deref(), Some("567/SYT-NVY"));
        assert_eq!(letter_number_in("Bảng tổng hợp"), None);
        let province = |line| province_in(line).map(|row| row.name);
        assert_eq!(province("SỞ Y TẾ TỈNH THÁI NGUYÊN"), Some("Thái Nguyên"));
        assert_eq!(province("SỞ Y TẾ BẮC KẠN"), Some("Bắc Kạn"));
        assert_eq!(province("UBND TỈNH THANH HÓA"), Some("Thanh Hóa"));
        assert_eq!(province("Sở Y tế TP. Hồ Chí Minh"), Some("Tp. HCM"));
        assert_eq!(province("TRUNG TÂM Y TẾ HUYỆN BA BỂ"), None);
    }

    #[test]
    fn names_of_rows() {
        assert_eq!(
            ["1. Xã Lục Bình", "II. Huyện Ba Bể", "12) Hà Nội", "Phường 5", "01015-Bệnh viện"].map(unnumbered),
            ["Xã Lục Bình", "Huyện Ba Bể", "Hà Nội", "Phường 5", "01015-Bệnh viện"]
        );
        // X is ten, and short for xã.
        assert_eq!(
            ["X. Lục Bình", "X. Huyện Ba Bể", "X. Bắc Kạn", "X) Thị trấn Chợ Rã"].map(unnumbered),
            ["X. Lục Bình", "Huyện Ba Bể", "Bắc Kạn", "Thị trấn Chợ Rã"]
        );
        for name in ["Tổng cộng", "TỔNG CỘNG:", "Cộng", "Toàn tỉnh", "Tổng số", "CẢ NƯỚC", "Cộng trang 1", "Tổng cộng toàn huyện"]
        {
            assert!(is_total(name), "{name}");
        }
        for name in ["Tỷ lệ (%)", "Chênh lệch", "So sánh tăng/giảm", "Dân số", "Số liệu Bộ Y tế công bố", "ĐT: 0209 3870 000"]
        {
            assert!(is_beside_units(name), "{name}");
        }
        for name in ["Xã Dân Chủ", "Bắc Kạn", "Sở Y tế", "Số 5", "ĐT Hòa Bình", "Phường Nguồn"] {
            assert!(!is_beside_units(name), "{name}");
        }
        for name in ["Xã Cộng Hòa", "Cộng Hòa", "Huyện Ba Bể", "Tổng Cọt", "Xã Tổng Lương"] {
            assert!(!is_total(name), "{name}");
        }
    }
}
