//! Which rows below a header are persons, and why the others are left out.

use crate::domain::Field;
use crate::normalize::quick::folded;
use crate::workbook::header::numbers_columns;
use crate::workbook::mapping::{SheetMapping, SkipReason};
use crate::workbook::person::PersonFacts;
use crate::workbook::plan::Plan;
use crate::workbook::table::{CellValue, Row, Sheet, TextArena};
use crate::workbook::values;
use crate::workbook::words::Words;
use rustc_hash::FxHashSet;

/// What tells a person's row from the rest.
pub(crate) struct Evidence {
    /// Weight of what could be read: two for a birth, number, phone or day of dose, one for a sex or product.
    pub(crate) points: u32,
    /// Whether any dose cell is filled; not asked where the points suffice.
    pub(crate) has_dose: bool,
}

/// Sorts the rows of one sheet, from the top.
pub(crate) struct Sorter {
    headings: FxHashSet<String>,
    row_number: Option<u16>,
    /// Whether rows of persons are numbered.
    counts_rows: bool,
    /// Whether a signature block has begun since the last person.
    is_signed: bool,
}

impl Sorter {
    /// A sorter for the rows of a sheet.
    pub(crate) fn of(mapping: &SheetMapping, sheet: &Sheet, texts: &TextArena) -> Sorter {
        let in_header = |number: u32| (mapping.header_first..=mapping.header_last).contains(&number);
        let mut headings = FxHashSet::default();
        for row in sheet.table.rows().filter(|row| in_header(row.number)) {
            for (_, cell) in row.cells() {
                let text = values::text_of(cell.value(texts));
                headings.extend(Some(folded(&text)).filter(|text| text.chars().any(char::is_alphabetic)));
            }
        }
        let row_number = mapping.columns.iter().find(|column| column.field == Some(Field::RowNumber)).map(|column| column.column);
        let below = || sheet.table.rows().filter(|row| row.number > mapping.header_last);
        let numbered = row_number.map_or(0, |column| below().filter(|row| is_count(row.cell(column).value(texts))).count());
        Sorter { headings, row_number, counts_rows: numbered * 2 > below().count(), is_signed: false }
    }

    /// None where the row is a person's, else why it is left out. Rows come in order.
    pub(crate) fn reason(
        &mut self,
        row: Row<'_>,
        plan: &Plan,
        facts: &PersonFacts,
        evidence: &Evidence,
        texts: &TextArena,
    ) -> Option<SkipReason> {
        let reason = self.judge(row, plan, facts, evidence, texts);
        match reason {
            None if evidence.points >= 2 => self.is_signed = false,
            Some(SkipReason::Note) if is_signature(row, texts) => self.is_signed = true,
            _ => {}
        }
        reason
    }

    fn judge(&self, row: Row<'_>, plan: &Plan, facts: &PersonFacts, evidence: &Evidence, texts: &TextArena) -> Option<SkipReason> {
        let filled = || row.cells().filter(|(_, cell)| !values::is_blank(cell.value(texts)));
        if evidence.points >= 2 {
            // `…, ngày 15 tháng 3 năm 2023` above the signatures may stand in a column of days, but alone.
            let is_date_line = filled().nth(1).is_none() && is_signature(row, texts);
            return is_date_line.then_some(SkipReason::Note);
        }
        let has_words = || filled().any(|(_, cell)| values::text_of(cell.value(texts)).chars().any(char::is_alphabetic));
        let mapped = filled().filter(|(column, _)| plan.mapped.contains(column)).count();
        let is_counted = self.row_number.is_some_and(|column| is_count(row.cell(column).value(texts)));
        if self.repeats_header(row, texts) {
            return Some(SkipReason::Header);
        }
        if facts.name.is_empty()
            && numbers_columns(filled().map(|(_, cell)| values::text_of(cell.value(texts))).collect::<Vec<_>>().iter().map(AsRef::as_ref))
        {
            return Some(SkipReason::ColumnNumbers);
        }
        if filled().take(6).any(|(_, cell)| matches!(cell.value(texts), CellValue::Text(text) if is_total(text))) {
            return Some(SkipReason::Total);
        }
        if mapped == 0 {
            return Some(if has_words() { SkipReason::Note } else { SkipReason::Blank });
        }
        if is_signature(row, texts) || self.is_signed && !is_counted {
            return Some(SkipReason::Note);
        }
        let is_person = if facts.name.is_empty() {
            evidence.points > 0 && evidence.has_dose || is_counted && mapped >= 2
        } else if mapped > 1 {
            // A heading such as `I. Đối tượng y tế` may spread over two cells, but carries no dose.
            evidence.points > 0 || evidence.has_dose || is_counted || !is_heading(&facts.name) && mapped >= 3
        } else {
            !is_heading(&facts.name) && (is_counted || !self.counts_rows)
        };
        if is_person { None } else { Some(SkipReason::Note) }
    }

    /// Whether most texts of a row are headings of the sheet.
    fn repeats_header(&self, row: Row<'_>, texts: &TextArena) -> bool {
        let mut count = 0;
        let mut known = 0;
        for (_, cell) in row.cells() {
            let value = cell.value(texts);
            if !values::is_blank(value) {
                count += 1;
                known += usize::from(matches!(value, CellValue::Text(text) if self.headings.contains(&folded(text))));
            }
        }
        known >= 2 && known * 10 >= count * 6
    }
}

/// A running number.
fn is_count(value: CellValue<'_>) -> bool {
    match value {
        CellValue::Number(number) => number >= 1.0 && number.fract() == 0.0,
        CellValue::Text(text) => text.trim().trim_end_matches('.').parse::<u32>().is_ok(),
        _ => false,
    }
}

/// `Tổng cộng`, `Cộng:`, `Tổng số mũi`; not a Mr `Tống Công Minh`.
fn is_total(text: &str) -> bool {
    let composed = crate::normalize::quick::composed(text).to_lowercase();
    let words = Words::of(text);
    let line = words.line();
    let leads = ["tong cong", "tong so", "cong don", "cong lai", "luy ke", "tong", "cong"];
    let Some(lead) = leads.iter().find(|lead| line.strip_prefix(**lead).is_some_and(|rest| rest.is_empty() || rest.starts_with(' ')))
    else {
        return false;
    };
    let is_marked = ["tổng", "cộng", "lũy kế", "luỹ kế"].iter().any(|word| composed.starts_with(word));
    if !composed.is_ascii() && !is_marked {
        return false;
    }
    let next = words.at(lead.split(' ').count());
    let follows = [
        "mui", "so", "nguoi", "doi", "lieu", "trang", "thon", "to", "xa", "ca", "toan", "theo", "nam", "nu", "chung", "hop", "danh", "cong",
    ];
    next.is_empty() || next.starts_with(|c: char| c.is_ascii_digit()) || is_marked || follows.contains(&next)
}

/// Words of a signature block or of a note below a list.
fn is_signature(row: Row<'_>, texts: &TextArena) -> bool {
    const PHRASES: [&str; 36] = [
        "nguoi lap",
        "nguoi tong hop",
        "nguoi bao cao",
        "thu truong",
        "truong tram",
        "ky ten",
        "ky ghi ro",
        "ky va ghi ro",
        "ghi ro ho ten",
        "giam doc",
        "lanh dao",
        "xac nhan cua",
        "dong dau",
        "chu tich",
        "tm uy ban",
        "noi nhan",
        "bang chu",
        "an dinh danh sach",
        "danh sach nay",
        "danh sach gom",
        "danh sach co",
        "ky ho ten",
        "tram truong",
        "hieu truong",
        "phu trach",
        "can bo",
        "nguoi kiem tra",
        "cong hoa xa hoi",
        "doc lap tu do",
        "so y te",
        "uy ban nhan dan",
        "ubnd",
        "danh sach tiem",
        "danh sach doi tuong",
        "phu luc",
        "nguoi nhap lieu",
    ];
    row.cells().any(|(_, cell)| match cell.value(texts) {
        CellValue::Text(text) => {
            let words = Words::of(text);
            let at = |word: &str| words.folded.iter().position(|other| other == word);
            let is_date_line =
                matches!((at("ngay"), at("thang"), at("nam")), (Some(day), Some(month), Some(year)) if day < month && month < year);
            let is_note =
                matches!(words.line(), line if ["ghi chu", "luu y", "chu y", "chu thich"].iter().any(|lead| line.starts_with(lead)));
            is_date_line || is_note && text.contains(':') || PHRASES.iter().any(|phrase| words.has(phrase))
        }
        _ => false,
    })
}

/// Whether a lone text is a heading between rows (`Thôn Nà Pò`, `Lớp 6A`), not a person.
fn is_heading(text: &str) -> bool {
    let words = Words::of(text);
    let (first, second) = (words.at(0), words.at(1));
    let is_number = |word: &str| word.starts_with(|c: char| c.is_ascii_digit());
    if text.chars().any(|c| c.is_ascii_digit()) {
        return true;
    }
    match first {
        "thon" | "xom" | "ap" | "lop" | "nhom" | "doi" | "cong" | "don" | "xa" | "tram" | "so" | "dot" | "mui" | "danh" | "ngay"
        | "khoi" | "phong" | "buoi" => {
            matches!(first, "thon" | "xom" | "ap" | "lop" | "nhom" | "xa" | "dot" | "mui" | "ngay" | "khoi" | "buoi")
                || matches!(
                    (first, second),
                    ("doi", "tuong")
                        | ("cong", "ty" | "nhan" | "chuc")
                        | ("don", "vi")
                        | ("tram", "y")
                        | ("so", "y")
                        | ("danh", "sach")
                        | ("phong", _)
                )
        }
        "khu" | "to" => is_number(second) || matches!(second, "pho" | "dan" | "vuc" | "cong" | "tap"),
        "truong" => {
            matches!(second, "thcs" | "thpt" | "th" | "tieu" | "trung" | "mam" | "mn" | "dai" | "cao" | "hoc" | "ptdtbt" | "ptdt" | "pho")
        }
        "thi" => second == "tran",
        "phuong" | "ban" => false,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn totals_are_told_from_persons() {
        for text in
            ["Tổng cộng", "TỔNG CỘNG:", "Cộng", "Tổng số", "Tổng số: 120 người", "tong cong", "Tong cong: 12", "Cộng trang", "Lũy kế"]
        {
            assert!(is_total(text), "{text}");
        }
        for text in ["Tống Công Minh", "TONG CONG MINH", "Tống Thị Cộng", "Công Văn Hải", "Nguyễn Văn Tổng"] {
            assert!(!is_total(text), "{text}");
        }
    }

    #[test]
    fn headings_are_told_from_persons() {
        for text in ["Thôn Nà Pò", "Tổ 5", "Lớp 6A", "Trường THCS Dương Quang", "Đối tượng y tế", "Tổ dân phố số", "Mũi nhắc lại"]
        {
            assert!(is_heading(text), "{text}");
        }
        for text in ["Trương Văn An", "Bàn Thị Mai", "Tô Văn Bình", "Đội Văn Cấn", "Khu Thị Lan", "Phương Thị Hoa"] {
            assert!(!is_heading(text), "{text}");
        }
    }
}
