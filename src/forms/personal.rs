//! No personal data in what is mailed: the texts of a form are held against every name and number of the loaded lists.
//!
//! A whole cell that is a loaded full name is a hit, whatever its marks; within a longer text so is a loaded name of three words or more
//! with the same marks, and a loaded number of nine digits or more. Units, wards and streets are named after people: cells of unit names
//! are not looked at, and words that name a place of the data, or follow a word for a place, are none.

use super::phu_luc_1::{Form1, ReviewResult};
use super::phu_luc_2::Form2;
use crate::normalize::{fold_marks, fold_name};
use rustc_hash::{FxHashMap, FxHashSet};
use serde::{Deserialize, Serialize};

/// Fewest words of a name that is looked for within a text: two words are too often plain words.
const WORDS_WITHIN: usize = 3;
/// Most words of a name.
const MOST_WORDS: usize = 8;
/// Fewest digits of a number that names a person.
const DIGITS: usize = 9;

/// Words for a place, folded; what follows one is the place's name.
const PLACE_WORDS: [&str; 24] = [
    "xa", "phuong", "tran", "quan", "huyen", "pho", "tinh", "thon", "xom", "ban", "ap", "khom", "to", "duong", "ngo", "truong", "thpt",
    "thcs", "vien", "tram", "khu", "cho", "cau", "p",
];

/// One cell whose text an officer may have typed, or that comes from a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextCell {
    /// Which cell, in words.
    pub cell: String,
    /// Its text.
    pub text: String,
}

/// Personal data found in a form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonalHit {
    /// Which cell, in words.
    pub cell: String,
    /// What was found, as the form writes it.
    pub found: String,
    /// Whether it is a number, not a name.
    pub is_number: bool,
}

fn push(cells: &mut Vec<TextCell>, cell: String, text: &str) {
    if !text.trim().is_empty() {
        cells.push(TextCell { cell, text: text.to_owned() });
    }
}

fn of_unit(what: &str, number: u32, unit: &str) -> String {
    if unit.trim().is_empty() { format!("{what}, dòng {number}") } else { format!("{what} của “{}”", unit.trim()) }
}

/// The cells of Phụ lục 1 that are looked at.
pub fn cells_of_form_1(form: &Form1) -> Vec<TextCell> {
    let mut cells = Vec::new();
    push(&mut cells, "Phụ lục 1, số công văn".to_owned(), &form.letter_number);
    for row in &form.rows {
        let text = match &row.review_result {
            ReviewResult::Text(text) => text.clone(),
            // A number typed into q may be anybody's.
            ReviewResult::Number(number) => number.to_string(),
            ReviewResult::Blank => continue,
        };
        push(&mut cells, of_unit("Phụ lục 1, cột q", row.number, &row.unit), &text);
    }
    cells
}

/// The cells of Phụ lục 2 that are looked at.
pub fn cells_of_form_2(form: &Form2) -> Vec<TextCell> {
    let mut cells = Vec::new();
    push(&mut cells, "Phụ lục 2, số công văn".to_owned(), &form.letter_number);
    push(&mut cells, "Phụ lục 2, tên nhóm “Khác”".to_owned(), &form.other_group);
    for row in &form.rows {
        push(&mut cells, of_unit("Phụ lục 2, cột Lý do, khó khăn, vướng mắc", row.number, &row.unit), &row.reason);
        push(&mut cells, of_unit("Phụ lục 2, cột Ghi chú", row.number, &row.unit), &row.note);
    }
    for (at, text) in form.texts.iter().enumerate() {
        push(&mut cells, format!("Phụ lục 2, mục II.{}", at + 1), text);
    }
    for (_, group, _) in &form.breakdown {
        push(&mut cells, "Phụ lục 2, trang Chi tiết, nhóm đối tượng".to_owned(), group);
    }
    cells
}

/// A stretch of words of a cell that could be a name.
#[derive(Clone, Debug)]
struct Candidate {
    cell: usize,
    /// As the form writes it.
    written: String,
    /// With its marks; none where the whole cell is meant, which needs none.
    marks: Option<String>,
}

/// The texts of a form made ready to be held against names and numbers, one after another.
pub struct PersonalCheck {
    cells: Vec<TextCell>,
    /// By the name without marks.
    names: FxHashMap<String, Vec<Candidate>>,
    /// By its digits: cell and number as written.
    numbers: FxHashMap<String, Vec<(usize, String)>>,
    /// Candidates that are a loaded name, by the name without marks; numbers found.
    found_names: FxHashMap<String, Vec<Candidate>>,
    found_numbers: FxHashSet<(usize, String)>,
}

impl PersonalCheck {
    /// Makes the cells ready.
    pub fn new(cells: Vec<TextCell>) -> PersonalCheck {
        let mut names: FxHashMap<String, Vec<Candidate>> = FxHashMap::default();
        let mut numbers: FxHashMap<String, Vec<(usize, String)>> = FxHashMap::default();
        for (at, cell) in cells.iter().enumerate() {
            for candidate in candidates(at, &cell.text) {
                names.entry(fold_name(&candidate.written)).or_default().push(candidate);
            }
            for (digits, written) in numbers_of(&cell.text) {
                numbers.entry(digits).or_default().push((at, written));
            }
        }
        PersonalCheck { cells, names, numbers, found_names: FxHashMap::default(), found_numbers: FxHashSet::default() }
    }

    /// Whether there is nothing to look for.
    pub fn is_empty(&self) -> bool {
        self.names.is_empty() && self.numbers.is_empty()
    }

    /// Holds a loaded name against the cells; `key` is the name folded by [`fold_name`].
    pub fn see_name(&mut self, key: &str, name: &str) {
        let Some(candidates) = self.names.get(key) else { return };
        let marks = fold_marks(name);
        let own = candidates.iter().filter(|candidate| candidate.marks.as_ref().is_none_or(|own| *own == marks));
        for candidate in own {
            let found = self.found_names.entry(key.to_owned()).or_default();
            if !found.iter().any(|known| known.cell == candidate.cell && known.written == candidate.written) {
                found.push(candidate.clone());
            }
        }
    }

    /// Holds a loaded number against the cells; letters before it, as of a health insurance card, do not count.
    pub fn see_number(&mut self, number: &str) {
        if number.len() < DIGITS || self.numbers.is_empty() {
            return;
        }
        let digits: String = number.chars().filter(char::is_ascii_digit).collect();
        if let Some(cells) = self.numbers.get(&digits) {
            self.found_numbers.extend(cells.iter().cloned());
        }
    }

    /// Whether anything was found so far.
    pub fn has_found(&self) -> bool {
        !self.found_names.is_empty() || !self.found_numbers.is_empty()
    }

    /// Takes back what is the name of a place or unit of the data.
    pub fn see_place(&mut self, place: &str) {
        if self.found_names.is_empty() {
            return;
        }
        let words = format!(" {} ", fold_name(place));
        self.found_names.retain(|name, _| !words.contains(&format!(" {name} ")));
    }

    /// What was found, by cell.
    pub fn hits(self) -> Vec<PersonalHit> {
        let names = self.found_names.into_values().flatten().map(|candidate| (candidate.cell, candidate.written, false));
        let mut hits: Vec<(usize, String, bool)> =
            names.chain(self.found_numbers.into_iter().map(|(cell, number)| (cell, number, true))).collect();
        hits.sort();
        hits.into_iter().map(|(cell, found, is_number)| PersonalHit { cell: self.cells[cell].cell.clone(), found, is_number }).collect()
    }
}

/// What of a text could be a name: the whole of it, and every stretch of three to eight words between punctuation.
fn candidates(cell: usize, text: &str) -> Vec<Candidate> {
    let mut candidates = Vec::new();
    let count = fold_name(text).split(' ').count();
    if (2..=MOST_WORDS).contains(&count) {
        candidates.push(Candidate { cell, written: text.trim().to_owned(), marks: None });
    }
    for clause in text.split(|c: char| !c.is_alphanumeric() && !c.is_whitespace() && !matches!(c, '\'' | '’' | '-')) {
        let words: Vec<&str> = clause.split_whitespace().filter(|word| word.chars().any(char::is_alphabetic)).collect();
        for start in 0..words.len() {
            if start > 0 && PLACE_WORDS.contains(&fold_name(words[start - 1]).as_str()) {
                continue;
            }
            for end in start + WORDS_WITHIN..=words.len().min(start + MOST_WORDS) {
                let written = words[start..end].join(" ");
                candidates.push(Candidate { cell, marks: Some(fold_marks(&written)), written });
            }
        }
    }
    candidates
}

/// Numbers of nine digits or more: digits, also in groups; `251.392.985` is a count, which has no zero in front.
fn numbers_of(text: &str) -> Vec<(String, String)> {
    let mut numbers = Vec::new();
    let is_joint = |c: char| matches!(c, ' ' | '.' | '-' | '\u{a0}');
    for run in text.split(|c: char| !c.is_ascii_digit() && !is_joint(c)) {
        let run = run.trim_matches(is_joint);
        let groups: Vec<&str> = run.split(is_joint).collect();
        let is_count = groups.len() > 1
            && !run.starts_with('0')
            && (1..=3).contains(&groups[0].len())
            && groups[1..].iter().all(|group| group.len() == 3)
            && run.contains('.')
            && !run.contains([' ', '-']);
        let digits: String = run.chars().filter(char::is_ascii_digit).collect();
        if digits.len() >= DIGITS && !is_count {
            numbers.push((digits, run.to_owned()));
        }
        // A number may stand beside another one.
        if groups.len() > 1 {
            numbers.extend(groups.iter().filter(|group| group.len() >= DIGITS).map(|group| ((*group).to_owned(), (*group).to_owned())));
        }
    }
    numbers
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Hits in one text, with these names, numbers and places loaded.
    fn hits(text: &str, names: &[&str], numbers: &[&str], places: &[&str]) -> Vec<String> {
        let mut check = PersonalCheck::new(vec![TextCell { cell: "II.4".to_owned(), text: text.to_owned() }]);
        names.iter().for_each(|name| check.see_name(&fold_name(name), name));
        numbers.iter().for_each(|number| check.see_number(number));
        places.iter().for_each(|place| check.see_place(place));
        check.hits().into_iter().map(|hit| hit.found).collect()
    }

    #[test]
    fn a_cell_that_is_a_name_is_a_hit_whatever_its_marks() {
        assert_eq!(hits("NGUYEN VAN AN", &["Nguyễn Văn An"], &[], &[]), ["NGUYEN VAN AN"]);
        assert_eq!(hits("Lò Ánh", &["Lò Ánh"], &[], &[]), ["Lò Ánh"]);
        assert!(hits("Lò Ánh Mai", &["Lò Ánh"], &[], &[]).is_empty(), "no whole value, and two words are plain words");
        assert!(hits("Đã xong", &["Nguyễn Văn An"], &[], &[]).is_empty());
    }

    #[test]
    fn within_a_text_a_name_needs_three_words_and_the_same_marks() {
        let names = ["Nguyễn Văn An", "Trần Thị Hòa", "Hà Nam"];
        assert_eq!(hits("Đề nghị xác minh ông Nguyễn Văn An, thôn 3.", &names, &[], &[]), ["Nguyễn Văn An"]);
        assert_eq!(hits("bà TRẦN THỊ HOÀ chuyển đi", &names, &[], &[]), ["TRẦN THỊ HOÀ"]);
        assert!(hits("cán bộ nguyên vẫn ăn cơm", &names, &[], &[]).is_empty());
        assert!(hits("Đã chuyển về Hà Nam sinh sống", &names, &[], &[]).is_empty());
        assert!(hits("họ Nguyễn, Văn An đã đi", &names, &[], &[]).is_empty(), "punctuation parts words");
        assert!(hits("Nguyễn Văn Anh chuyển đi", &names, &[], &[]).is_empty());
    }

    #[test]
    fn wards_and_streets_named_after_people_are_no_hit() {
        let names = ["Trần Hưng Đạo", "Nguyễn Thị Minh Khai"];
        assert!(hits("Điểm tiêm Trần Hưng Đạo ngừng từ tháng 9", &names, &[], &["Phường Trần Hưng Đạo"]).is_empty());
        assert!(hits("Trần Hưng Đạo", &names, &[], &["TYT phường Trần Hưng Đạo"]).is_empty());
        assert!(hits("Phối hợp Công an phường Trần Hưng Đạo", &names, &[], &[]).is_empty());
        assert!(hits("Trường THPT Nguyễn Thị Minh Khai", &names, &[], &[]).is_empty());
        assert_eq!(hits("Trần Hưng Đạo chưa có giấy tờ", &names, &[], &["Phường Trần Hưng"]), ["Trần Hưng Đạo"]);
    }

    #[test]
    fn loaded_numbers_are_found_however_they_are_grouped_and_counts_are_not() {
        let numbers = ["006185001234", "0912345678", "DN4060123456789", "251392985"];
        assert_eq!(hits("Số 006185001234 sai", &[], &numbers, &[]), ["006185001234"]);
        assert_eq!(hits("ĐT 0912.345.678", &[], &numbers, &[]), ["0912.345.678"]);
        assert_eq!(hits("thẻ DN4060123456789", &[], &numbers, &[]), ["4060123456789"]);
        assert!(hits("Đã nhập 251.392.985 mũi", &[], &numbers, &[]).is_empty());
        assert_eq!(hits("CMND 251392985", &[], &numbers, &[]), ["251392985"]);
        assert!(hits("Đường dây nóng 02093811999, 0061850012345", &[], &numbers, &[]).is_empty());
        assert_eq!(hits("05 0912345678", &[], &numbers, &[]), ["0912345678"]);
    }
}
