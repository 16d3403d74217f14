//! What the lines above a header, a sheet's name and a file's name say: the unit, the day of extraction.

use crate::domain::Date;
use crate::workbook::table::{CellValue, Sheet, TextArena};
use crate::workbook::values;
use crate::workbook::words::Words;

/// The lines above the header, at most forty; a cell that ends in `:` is joined with the next one.
pub(crate) fn lines_above(sheet: &Sheet, texts: &TextArena, header: usize) -> Vec<String> {
    let mut lines = Vec::new();
    for row in sheet.table.rows().take(header) {
        let mut open = String::new();
        for (_, cell) in row.cells() {
            let value = cell.value(texts);
            let text = values::text_of(value);
            let is_value = !matches!(value, CellValue::Text(_));
            for part in text.lines().map(crate::normalize::compose).filter(|part| !part.is_empty()) {
                if part.ends_with(':') {
                    push(&mut lines, &mut open);
                    open = part;
                } else if !open.is_empty() {
                    open = format!("{open} {part}");
                    push(&mut lines, &mut open);
                } else if !is_value {
                    lines.push(part);
                }
            }
        }
        push(&mut lines, &mut open);
    }
    lines.truncate(40);
    lines
}

fn push(lines: &mut Vec<String>, open: &mut String) {
    if !open.is_empty() {
        lines.push(std::mem::take(open));
    }
}

/// The unit a sheet is of: what its title says, else its name, else the name of the file.
pub(crate) fn unit_of(lines: &[String], sheet_name: &str, file_name: &str) -> Option<String> {
    let from_title = lines.iter().filter_map(|line| unit_in_line(line)).max_by(|a, b| a.0.cmp(&b.0).then(std::cmp::Ordering::Greater));
    if let Some((rank, unit)) = from_title {
        // `UBND XÃ DƯƠNG QUANG` over a bare `TRẠM Y TẾ`: one station.
        let bare = lines.iter().find(|line| matches!(Words::of(line).line().as_str(), "tram y te" | "tyt"));
        return Some(match bare {
            Some(station) if rank <= RANK_PLACE => format!("{} {unit}", crate::normalize::compose(station)),
            _ => unit,
        });
    }
    let stem = file_name.rsplit_once('.').map_or(file_name, |(stem, _)| stem);
    unit_in_name(sheet_name).or_else(|| unit_in_name(stem))
}

const RANK_PLACE: u8 = 2;

/// Headings after whose `:` a unit stands.
const KEYS: [&str; 15] = [
    "co so tiem",
    "co so tiem chung",
    "diem tiem",
    "dia diem tiem",
    "don vi tiem",
    "noi tiem",
    "ten co so",
    "ten don vi",
    "don vi bao cao",
    "don vi thuc hien",
    "tram",
    "co so",
    "don vi",
    "ten co so tiem chung",
    "dia diem",
];

/// Words a unit begins with, and how surely it is the one that gave the doses.
const KINDS: [(&str, u8); 22] = [
    ("tram y te", 6),
    ("tyt", 6),
    ("tram yt", 6),
    ("phong kham", 5),
    ("pkdk", 5),
    ("benh vien", 5),
    ("bvdk", 5),
    ("bv", 5),
    ("benh xa", 5),
    ("trung tam y te", 4),
    ("ttyt", 4),
    ("trung tam kiem soat benh tat", 4),
    ("cdc", 3),
    ("phong y te", 3),
    ("truong thpt", 3),
    ("truong thcs", 3),
    ("truong tieu hoc", 3),
    ("cong ty", 3),
    ("xa", RANK_PLACE),
    ("phuong", RANK_PLACE),
    ("thi tran", RANK_PLACE),
    ("thi xa", 1),
];

fn unit_in_line(line: &str) -> Option<(u8, String)> {
    if let Some((key, value)) = line.split_once(':') {
        let key = Words::of(key).line();
        let value = cut(&Words::of(value), 0, value);
        if KEYS.contains(&key.as_str()) && value.chars().any(char::is_alphabetic) {
            let is_supervisor = is_office(&value);
            // `Trạm: Dương Quang` leaves the kind in the key.
            let value = if key == "tram" { format!("Trạm {value}") } else { value };
            return Some((if is_supervisor { 1 } else { 8 }, value));
        }
    }
    kind_in(line)
}

/// The unit that begins with a word for its kind, anywhere in a line.
fn kind_in(line: &str) -> Option<(u8, String)> {
    let words = Words::of(line);
    let mut best: Option<(u8, usize)> = None;
    for (kind, rank) in KINDS {
        let phrase: Vec<&str> = kind.split(' ').collect();
        let Some(at) = words.find(&phrase) else { continue };
        let next = words.at(at + phrase.len());
        // `cộng hòa xã hội`, `phương pháp`: the same letters, no place.
        let is_place = rank <= RANK_PLACE;
        let is_other_word = is_place
            && (matches!((kind, next), ("xa", "hoi" | "vien") | ("phuong", "phap" | "tien" | "an" | "thuc" | "huong")) || next.is_empty());
        if is_other_word || next.is_empty() && rank != 6 {
            continue;
        }
        if best.is_none_or(|(known, _)| rank > known) {
            best = Some((rank, at));
        }
    }
    let (rank, at) = best?;
    let unit = cut(&words, at, line);
    // A bare `TRẠM Y TẾ` needs another line to name it.
    (Words::of(&unit).len() > 1 && !matches!(Words::of(&unit).line().as_str(), "tram y te" | "tram yt")).then_some((rank, unit))
}

/// The words of a line from `at` to where another thought begins, as written.
fn cut(words: &Words, at: usize, line: &str) -> String {
    let mut end = at;
    while end < words.len() {
        let (word, next) = (words.at(end), words.at(end + 1));
        let is_digit = |word: &str| word.starts_with(|c: char| c.is_ascii_digit());
        let stops = match word {
            "ngay" | "dot" | "mui" | "covid" | "danh" | "vac" | "vaccine" | "vacxin" | "tu" if end > at => match word {
                "danh" => next == "sach",
                "tu" => matches!(next, "ngay" | "thang"),
                "vac" => matches!(next, "xin" | "cin"),
                _ => true,
            },
            "nam" | "thang" | "lan" => is_digit(next),
            "tinh" => next == "den",
            "lieu" => end > at,
            // `cho người từ 18 tuổi` begins another thought; `Chợ Rã`, `Chợ Mới` are places.
            "cho" => end > at && words.written.get(end).is_some_and(|written| written.to_lowercase() == "cho"),
            _ => false,
        };
        if stops {
            break;
        }
        end += 1;
    }
    slice_written(line, words, at, end)
}

/// The stretch of the line that holds these words, cut at what parts a unit from the rest.
fn slice_written(line: &str, words: &Words, at: usize, end: usize) -> String {
    let line = crate::normalize::compose(line);
    let mut from = 0;
    let mut start = 0;
    let mut stop = 0;
    for (index, word) in words.written.iter().enumerate().take(end) {
        let Some(found) = line.get(from..).and_then(|rest| rest.find(word.as_str())) else { break };
        if index == at {
            start = from + found;
        }
        from += found + word.len();
        stop = from;
    }
    let unit = line.get(start..stop).unwrap_or("");
    let unit = unit.split([',', ';', '(', '|', '\t']).next().unwrap_or(unit);
    let unit = unit.split(" - ").next().unwrap_or(unit).split(" – ").next().unwrap_or(unit);
    unit.trim_matches(|c: char| !c.is_alphanumeric() && c != ')').to_owned()
}

/// Offices that supervise units and give no doses.
fn is_office(unit: &str) -> bool {
    let line = Words::of(unit).line();
    ["so y te", "bo y te", "ubnd", "uy ban nhan dan"].iter().any(|office| line.starts_with(office))
}

/// The unit a sheet's or file's name says: by a word for its kind.
fn unit_in_name(name: &str) -> Option<String> {
    let spaced = name.replace(['_', '-', '.', '+'], " ");
    if let Some((_, unit)) = kind_in(&spaced) {
        return Some(trim_name(&unit));
    }
    // `P. Sông Cầu`, `X Dương Quang`, `TT Phủ Thông`: the short word only where a name begins with it.
    let words = Words::of(&spaced);
    let is_short = matches!(words.at(0), "p" | "x" | "tt") && words.len() > 1 && words.at(1).chars().all(char::is_alphabetic);
    is_short.then(|| trim_name(&spaced))
}

/// Drops digits and the words of a file's name that are no part of a unit's.
fn trim_name(unit: &str) -> String {
    let words = Words::of(unit);
    let is_other =
        |word: &str| matches!(word, "ds" | "tiem" | "danh" | "final" | "gui" | "copy" | "mui" | "xlsx" | "xls" | "bao" | "tong" | "du");
    let end = (1..words.len())
        .find(|index| is_other(words.at(*index)) || words.at(*index).starts_with(|c: char| c.is_ascii_digit()) && *index > 1);
    words.written_line(0, end.unwrap_or(words.len()).min(9))
}

/// The day of extraction a title states.
pub(crate) fn extraction_in(lines: &[String]) -> Option<Date> {
    const KEYS: [&str; 10] = [
        "trich xuat",
        "ngay xuat",
        "ket xuat",
        "ngay in",
        "xuat du lieu",
        "ngay tai",
        "thoi diem lay",
        "ngay lay",
        "xuat bao cao",
        "ngay export",
    ];
    lines.iter().filter(|line| KEYS.iter().any(|key| Words::of(line).has(key))).find_map(|line| find_date(line))
}

/// The first date in a text: `15/02/2023`, `2023-02-15`, `ngày 15 tháng 2 năm 2023`, `15022023`, `20230215`.
pub(crate) fn find_date(text: &str) -> Option<Date> {
    let numbers: Vec<&str> = text.split(|c: char| !c.is_ascii_digit()).filter(|run| !run.is_empty()).collect();
    let day = |year: &str, month: &str, day: &str| {
        let year: i16 = year.parse().ok().filter(|year| (2020..=2030).contains(year))?;
        Date::new(year, month.parse().ok()?, day.parse().ok()?).ok()
    };
    for (index, run) in numbers.iter().enumerate() {
        let found = match (run.len(), numbers.get(index + 1), numbers.get(index + 2)) {
            (8, _, _) => day(run.get(..4)?, run.get(4..6)?, run.get(6..)?).or_else(|| day(run.get(4..)?, run.get(2..4)?, run.get(..2)?)),
            (4, Some(month), Some(last)) => day(run, month, last),
            (1 | 2, Some(month), Some(year)) if year.len() == 4 => day(year, month, run),
            _ => None,
        };
        if found.is_some() {
            return found;
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unit(lines: &[&str], sheet: &str, file: &str) -> Option<String> {
        unit_of(&lines.iter().map(|line| (*line).to_owned()).collect::<Vec<_>>(), sheet, file)
    }

    #[test]
    fn the_unit_that_gave_the_doses_is_found_among_the_offices_above_it() {
        let none = ("Sheet1", "a.xlsx");
        let title = |lines: &[&str]| unit(lines, none.0, none.1).unwrap_or_default();
        assert_eq!(
            title(&["SỞ Y TẾ BẮC KẠN", "TRẠM Y TẾ XÃ DƯƠNG QUANG", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"]),
            "TRẠM Y TẾ XÃ DƯƠNG QUANG"
        );
        assert_eq!(title(&["TTYT THÀNH PHỐ BẮC KẠN", "TYT PHƯỜNG SÔNG CẦU"]), "TYT PHƯỜNG SÔNG CẦU");
        assert_eq!(title(&["UBND HUYỆN BẠCH THÔNG", "TRUNG TÂM Y TẾ HUYỆN BẠCH THÔNG"]), "TRUNG TÂM Y TẾ HUYỆN BẠCH THÔNG");
        assert_eq!(title(&["Cơ sở tiêm: Trạm Y tế xã Lục Bình   "]), "Trạm Y tế xã Lục Bình");
        assert_eq!(title(&["Đơn vị: Bệnh viện đa khoa tỉnh Bắc Kạn"]), "Bệnh viện đa khoa tỉnh Bắc Kạn");
        assert_eq!(title(&["DANH SÁCH TIÊM CHỦNG TẠI TRẠM Y TẾ XÃ NÔNG THƯỢNG NĂM 2021"]), "TRẠM Y TẾ XÃ NÔNG THƯỢNG");
        assert_eq!(title(&["DANH SÁCH TIÊM XÃ NAM CƯỜNG MŨI 3 ĐỢT 2"]), "XÃ NAM CƯỜNG");
        assert_eq!(title(&["UBND XÃ DƯƠNG QUANG", "TRẠM Y TẾ"]), "TRẠM Y TẾ XÃ DƯƠNG QUANG");
        assert_eq!(title(&["Trạm Y tế xã Dương Quang - TP Bắc Kạn"]), "Trạm Y tế xã Dương Quang");
        assert_eq!(title(&["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "DANH SÁCH TIÊM"]), "");
        assert_eq!(title(&["SỞ Y TẾ TỈNH BẮC KẠN"]), "");
    }

    #[test]
    fn names_of_sheet_and_file_stand_in() {
        assert_eq!(unit(&[], "TYT Huyền Tụng", "x.xlsx").as_deref(), Some("TYT Huyền Tụng"));
        assert_eq!(unit(&[], "P. Sông Cầu", "x.xlsx").as_deref(), Some("P Sông Cầu"));
        assert_eq!(unit(&[], "Phường 5", "x.xlsx").as_deref(), Some("Phường 5"));
        assert_eq!(unit(&[], "Sheet1", "DS_tiem_TYT_xa_Duong_Quang_2021.xlsx").as_deref(), Some("TYT xa Duong Quang"));
        assert_eq!(unit(&[], "Sheet1", "danh-sach-tiem.xlsx"), None);
    }

    #[test]
    fn the_day_of_extraction() {
        let lines = |text: &str| vec![text.to_owned()];
        assert_eq!(extraction_in(&lines("Ngày trích xuất: 15/02/2023")), Some(Date::constant(2023, 2, 15)));
        assert_eq!(extraction_in(&lines("Trích xuất lúc 08:30 ngày 15 tháng 02 năm 2023")), Some(Date::constant(2023, 2, 15)));
        assert_eq!(extraction_in(&lines("Số liệu đến 31/01/2023")), None);
        assert_eq!(find_date("HeThong_15022023"), Some(Date::constant(2023, 2, 15)));
        assert_eq!(find_date("export-2023-02-15 (1)"), Some(Date::constant(2023, 2, 15)));
    }
}
