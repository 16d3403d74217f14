//! Names of the files that are downloaded.

/// `<don-vi>` of a file name: no marks, words joined by `-`; `chua-ghi` where the unit is not given.
///
/// ```
/// use ra_soat::forms::file_name::unit_slug;
/// assert_eq!(unit_slug("Trạm Y tế xã Đồng Tâm"), "tram-y-te-xa-dong-tam");
/// assert_eq!(unit_slug("  "), "chua-ghi");
/// ```
pub fn unit_slug(unit: &str) -> String {
    let folded = crate::normalize::fold(unit);
    let words: Vec<&str> = folded.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).collect();
    if words.is_empty() { "chua-ghi".to_owned() } else { words.join("-") }
}

/// `Phu-luc-1_<don-vi>_<yyyy-mm-dd>.xlsx` and its siblings; `day` is the day of the download.
///
/// ```
/// use ra_soat::forms::file_name::workbook_name;
/// assert_eq!(workbook_name("Phu-luc-1", "Bắc Kạn", jiff::civil::date(2023, 3, 14)), "Phu-luc-1_bac-kan_2023-03-14.xlsx");
/// ```
pub fn workbook_name(kind: &str, unit: &str, day: jiff::civil::Date) -> String {
    format!("{kind}_{}_{day}.xlsx", unit_slug(unit))
}
