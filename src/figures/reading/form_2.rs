//! Phụ lục 2 of units below: part I by unit, the five texts of II, and III.1 to III.5.

use super::about::{is_total, unnumbered};
use super::count::{Count, count_of};
use super::form_2_sheets::{LooseParts, VerifiedRow, lay_verified};
use super::{Page, SheetFigures};
use crate::domain::MissingGroup;
use crate::domain::group::{ByGroup, GROUP_COUNT};
use crate::figures::reported::ReportedForm2;
use crate::normalize::compose;
use crate::text::{column_name, show_number};
use crate::workbook::table::CellValue;
use crate::workbook::title;
use crate::workbook::values;
use crate::workbook::words::Words;

/// Rows a head may have.
const HEAD_ROWS: usize = 4;

/// What is said of a sheet without part I.
pub(super) const NO_PART_1: &str = "Không tìm thấy bảng I (các cột Nhóm 1 … Nhóm 6, Khác): chưa đọc được số nào.";

/// What tells III.2 to III.5.
const LINES: [&str; 4] = ["khong the nhap", "chua xac minh", "trung lap", "can dieu chinh"];

/// What a column of either table of the form holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    RowNumber,
    Unit,
    Given,
    OnSystem,
    Group(MissingGroup),
    Reason,
    Note,
    Sum,
}

/// A table's columns and the index of the last row of its head.
struct TableHead {
    last: usize,
    columns: Vec<(u16, Part)>,
}

impl TableHead {
    fn column(&self, part: Part) -> Option<u16> {
        self.columns.iter().find(|(_, own)| *own == part).map(|(column, _)| *column)
    }

    fn has_groups(&self) -> bool {
        self.columns.iter().filter(|(_, part)| matches!(part, Part::Group(_))).count() >= 3
    }
}

/// Where the parts of the form begin, as indexes among the kept rows.
#[derive(Clone, Copy, Debug)]
struct Parts {
    second: usize,
    third: usize,
    end: usize,
}

/// Reads a form; it is small, so at one go.
pub(super) fn read(page: &Page<'_>) -> SheetFigures {
    let rows = page.sheet.table.row_count();
    let parts = parts_of(page, rows);
    let head = find_head(page, 0, parts.second);
    let lines = title::lines_above(page.sheet, page.texts, head.as_ref().map_or(rows.min(12), |head| head.last));
    let mut about = page.about(&lines, &[]);
    let mut remarks = Vec::new();
    let mut forms: Vec<ReportedForm2> = Vec::new();
    if let Some(head) = &head {
        read_part_1(page, head, parts.second, &mut forms, &mut remarks, &mut about.has_failing_total);
    }
    // A form of one unit may leave its name to the title.
    if let ([only], Some(unit)) = (forms.as_mut_slice(), &about.unit)
        && only.unit.is_empty()
    {
        only.unit.clone_from(unit);
    }
    let texts = read_part_2(page, parts);
    let summary = read_lines_of_part_3(page, parts, &mut remarks);
    let verified = find_head(page, parts.third, parts.end).map(|head| read_part_3(page, &head, parts.end)).unwrap_or_default();
    if head.is_none() {
        if parts.second == rows {
            remarks.push(NO_PART_1.to_owned());
        }
        let as_of = (0..rows).find_map(|index| up_to_in_row(page, index));
        let loose =
            (parts.second < rows).then_some(LooseParts { file: page.file, sheet: page.sheet_index, texts, summary, verified, as_of });
        return SheetFigures { about, units: Vec::new(), forms_2: Vec::new(), loose, days: Vec::new(), remarks };
    }
    lay_verified(verified, &mut forms, &mut remarks);
    if let Some(first) = forms.first_mut() {
        first.texts = texts;
        first.summary = summary;
    }
    let as_of = about.as_of.or_else(|| (0..rows).find_map(|index| up_to_in_row(page, index)));
    about.as_of = as_of;
    for form in &mut forms {
        form.as_of = as_of;
        check(form);
        check_verified(form);
    }
    about.units = forms.len() as u32;
    remarks.extend(check_sheet(&forms));
    SheetFigures { about, units: Vec::new(), forms_2: forms, loose: None, days: Vec::new(), remarks }
}

fn up_to_in_row(page: &Page<'_>, index: usize) -> Option<crate::domain::Date> {
    page.sheet.table.row(index).cells().find_map(|(_, cell)| match cell.value(page.texts) {
        CellValue::Text(text) => super::about::up_to_in(text),
        _ => None,
    })
}

/// The texts of a row.
fn texts_of(page: &Page<'_>, index: usize) -> Vec<String> {
    let cells = page.sheet.table.row(index).cells();
    let texts = cells.filter_map(|(_, cell)| match cell.value(page.texts) {
        CellValue::Text(text) => Some(text.lines().map(compose).filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")),
        _ => None,
    });
    texts.filter(|text| !text.is_empty()).collect()
}

fn parts_of(page: &Page<'_>, rows: usize) -> Parts {
    let starts = |index: usize, numeral: &str, phrases: &[&str]| {
        texts_of(page, index).first().is_some_and(|text| {
            let words = Words::of(text);
            words.at(0) == numeral && phrases.iter().any(|phrase| words.has(phrase))
                || words.len() <= 12 && phrases.iter().any(|phrase| words.line().starts_with(phrase))
        })
    };
    let second = (0..rows).find(|index| starts(*index, "ii", &["cac bien phap", "bien phap da thuc hien"]));
    let third = (0..rows).find(|index| starts(*index, "iii", &["cap nhat tinh hinh"]));
    let third = third.or_else(|| {
        (0..rows)
            .skip(second.unwrap_or(0))
            .find(|index| texts_of(page, *index).first().is_some_and(|text| Words::of(text).has("da xac minh va nhap")))
    });
    let third = third.unwrap_or(rows);
    Parts { second: second.unwrap_or(third).min(third), third, end: rows }
}

/// What a heading of either table means.
fn part_in(text: &str) -> Option<Part> {
    let words = Words::of(text);
    let line = words.line();
    let has = |phrases: &[&str]| phrases.iter().any(|phrase| words.has(phrase));
    let group =
        (1..=6u8).find(|number| words.has(&format!("nhom {number}"))).and_then(|number| MissingGroup::ALL.get(usize::from(number) - 1));
    if let Some(group) = group {
        return Some(Part::Group(*group));
    }
    let by_words: [(&[&str], MissingGroup); 6] = [
        (&["khong co thong tin"], MissingGroup::NoInformation),
        (&["di khoi dia phuong"], MissingGroup::Departed),
        (&["cong an"], MissingGroup::Police),
        (&["quan doi"], MissingGroup::Army),
        (&["pham nhan"], MissingGroup::Prisoner),
        (&["cai nghien", "bao tro xa hoi"], MissingGroup::Centre),
    ];
    if words.len() <= 16
        && let Some((_, group)) = by_words.iter().find(|(phrases, _)| has(phrases))
    {
        return Some(Part::Group(*group));
    }
    if words.at(0) == "khac" || has(&["ghi ro nhom", "nhom khac"]) {
        return Some(Part::Group(MissingGroup::Other));
    }
    match line.as_str() {
        "tt" | "stt" | "so tt" => return Some(Part::RowNumber),
        "ghi chu" => return Some(Part::Note),
        "ten don vi" | "don vi" | "ten co so" | "co so" | "ten don vi bao cao" | "dia phuong" | "tinh tp" | "huyen" | "xa" => {
            return Some(Part::Unit);
        }
        _ => {}
    }
    if has(&["ly do", "kho khan", "vuong mac"]) {
        Some(Part::Reason)
    } else if has(&["da duoc xac minh", "tong so mui tiem da xac minh"])
        || matches!(line.as_str(), "tong" | "tong so" | "tong cong" | "cong")
    {
        Some(Part::Sum)
    } else if has(&["chua nhap", "xac minh", "con lai"]) {
        None
    } else if has(&["da nhap"]) {
        Some(Part::OnSystem)
    } else if has(&["da thuc hien", "da tiem"]) {
        Some(Part::Given)
    } else {
        None
    }
}

/// The head of the table between two rows: the rows around the one that names most groups.
fn find_head(page: &Page<'_>, from: usize, to: usize) -> Option<TableHead> {
    let parts_in = |index: usize| -> Vec<(u16, Part)> {
        let row = page.sheet.table.row(index);
        let mut seen = row.cells().filter(|(_, cell)| matches!(cell.value(page.texts), CellValue::Number(_)));
        if seen.next().is_some() {
            return Vec::new();
        }
        let named = row.cells().filter_map(|(column, cell)| match cell.value(page.texts) {
            CellValue::Text(text) if text.len() <= 400 => Some((column, part_in(text)?)),
            _ => None,
        });
        named.collect()
    };
    let groups = |index: usize| parts_in(index).iter().filter(|(_, part)| matches!(part, Part::Group(_))).count();
    let best = (from..to)
        .map(|index| (groups(index), index))
        .filter(|(count, _)| *count >= 3)
        .max_by_key(|(count, index)| (*count, usize::MAX - index))?
        .1;
    let mut columns = parts_in(best);
    let number = |index: usize| page.sheet.table.row(index).number;
    for above in (best.saturating_sub(HEAD_ROWS).max(from)..best).rev() {
        // A title above the table names parts of it too; only a row with two of them heads columns.
        if number(best) - number(above) > HEAD_ROWS as u32 || parts_in(above).len() < 2 {
            break;
        }
        for (column, part) in parts_in(above) {
            let is_new = !columns.iter().any(|(own, other)| *own == column || *other == part);
            if is_new && !matches!(part, Part::Group(_)) {
                columns.push((column, part));
            }
        }
    }
    let head = TableHead { last: best, columns };
    head.has_groups().then_some(head)
}

/// One row of either table.
struct TableRow {
    index: usize,
    number: u32,
    name: String,
    is_total: bool,
}

/// The rows of units below a head, up to a note, the next part or the end.
fn rows_below(page: &Page<'_>, head: &TableHead, end: usize) -> Vec<TableRow> {
    let mut rows = Vec::new();
    let unit = head.column(Part::Unit);
    let first_figure =
        head.columns.iter().filter(|(_, part)| !matches!(part, Part::RowNumber | Part::Unit)).map(|(column, _)| *column).min();
    for index in head.last + 1..end {
        let row = page.sheet.table.row(index);
        let texts = texts_of(page, index);
        // Footnotes end the table; so does what our own form explains below it.
        let is_note = texts.first().is_some_and(|text| {
            let words = Words::of(text);
            let is_line = words.has("so mui tiem") && LINES.iter().any(|line| words.has(line));
            text.starts_with('*') || words.line().starts_with("da thuc hien da nhap") || is_line
        });
        if is_note {
            break;
        }
        let heads = texts.iter().filter(|text| part_in(text).is_some()).count();
        if heads >= 3 {
            continue;
        }
        let in_front = || {
            row.cells()
                .map(|(column, _)| column)
                .filter(|column| first_figure.is_none_or(|first| *column < first))
                .map(|column| page.text(index, column))
        };
        let is_sum = in_front().any(|text| is_total(unnumbered(&text)));
        let has_letters = |text: &String| text.chars().any(char::is_alphabetic);
        let own = unit.map(|unit| page.text(index, unit)).filter(has_letters);
        let name = own.or_else(|| in_front().find(has_letters)).or_else(|| unit.map(|unit| page.text_merged_from_above(row.number, unit)));
        rows.push(TableRow { index, number: row.number, name: unnumbered(&name.unwrap_or_default()).to_owned(), is_total: is_sum });
    }
    rows
}

fn count_at(page: &Page<'_>, row: &TableRow, column: Option<u16>, doubts: &mut Vec<String>) -> Count {
    let value = column.map_or(CellValue::Empty, |column| page.sheet.table.row(row.index).cell(column).value(page.texts));
    let count = count_of(value).unsigned();
    if let (Some(doubt), Some(column)) = (&count.doubt, column) {
        doubts.push(format!("Dòng {}, ô {}{}: {doubt}", row.number, column_name(column), row.number));
    }
    count
}

fn groups_at(page: &Page<'_>, head: &TableHead, row: &TableRow, doubts: &mut Vec<String>) -> ByGroup<Option<u64>> {
    MissingGroup::ALL.map(|group| count_at(page, row, head.column(Part::Group(group)), doubts).doses())
}

fn read_part_1(page: &Page<'_>, head: &TableHead, end: usize, forms: &mut Vec<ReportedForm2>, remarks: &mut Vec<String>, fails: &mut bool) {
    let mut totals = Vec::new();
    for row in rows_below(page, head, end) {
        let mut doubts = Vec::new();
        let given = count_at(page, &row, head.column(Part::Given), &mut doubts).doses();
        let on_system = count_at(page, &row, head.column(Part::OnSystem), &mut doubts).doses();
        let groups = groups_at(page, head, &row, &mut doubts);
        let text = |part: Part| head.column(part).map(|column| page.text(row.index, column)).unwrap_or_default();
        let has_figures = given.or(on_system).is_some() || groups.iter().any(Option::is_some);
        if row.is_total {
            totals.push((row.number, row.name, given, on_system, groups));
            continue;
        }
        // The five empty rows of the letter, and headings.
        let is_numbered = head.column(Part::RowNumber).is_some_and(|column| !page.text(row.index, column).is_empty());
        if !has_figures && (row.name.is_empty() || !is_numbered) {
            continue;
        }
        if row.name.is_empty() {
            doubts.push(format!("Dòng {}: không ghi tên đơn vị", row.number));
        }
        if !has_figures {
            doubts.push(format!("Dòng {}: chưa điền số nào", row.number));
        }
        forms.push(ReportedForm2 {
            file: page.file.0,
            sheet: page.sheet_index,
            row: row.number,
            unit: row.name,
            given,
            on_system,
            groups,
            reason: text(Part::Reason),
            note: text(Part::Note),
            doubts,
            ..ReportedForm2::default()
        });
    }
    for (number, name, given, on_system, groups) in totals {
        let sum = |of: &dyn Fn(&ReportedForm2) -> Option<u64>| forms.iter().filter_map(of).fold(0u64, u64::saturating_add);
        let mut wrong = Vec::new();
        let mut compare = |what: String, own: Option<u64>, sum: u64| {
            if let Some(own) = own.filter(|own| *own != sum) {
                wrong.push(format!("{what} ghi {}, cộng các dòng là {}", show_number(own as i64), show_number(sum as i64)));
            }
        };
        compare("đã thực hiện".to_owned(), given, sum(&|form| form.given));
        compare("đã nhập".to_owned(), on_system, sum(&|form| form.on_system));
        for group in MissingGroup::ALL {
            compare(group.label().to_owned(), groups[group.index()], sum(&|form| form.groups[group.index()]));
        }
        if !wrong.is_empty() && !forms.is_empty() {
            *fails = true;
            remarks.push(format!("Dòng {number} “{name}” của phần I không bằng tổng các dòng: {}.", wrong.join("; ")));
        }
    }
}

/// II.1 to II.5: what stands behind a heading's colon and in the rows below it.
fn read_part_2(page: &Page<'_>, parts: Parts) -> [String; 5] {
    const HEADINGS: [&str; 5] = ["chi dao", "hoat dong chuyen mon", "phoi hop lien nganh", "ket qua trien khai", "kho khan"];
    let mut texts: [Vec<String>; 5] = Default::default();
    let mut current = None;
    for index in parts.second + 1..parts.third {
        for text in texts_of(page, index) {
            let words = Words::of(&text);
            let heading = HEADINGS.iter().position(|heading| {
                let starts = |from: usize| words.folded.get(from..).is_some_and(|rest| rest.join(" ").starts_with(heading));
                starts(0) && text.contains(':') || words.at(0).parse::<u8>().is_ok() && starts(1)
            });
            match heading {
                Some(at) => {
                    current = Some(at);
                    let behind = text.split_once(':').map(|(_, rest)| rest.trim().to_owned()).filter(|rest| !rest.is_empty());
                    texts[at].extend(behind);
                }
                None => {
                    if let Some(at) = current {
                        texts[at].push(text);
                    }
                }
            }
        }
    }
    texts.map(|lines| {
        let text = lines.join("\n");
        // Dots to be written on are no text.
        if text.chars().any(char::is_alphanumeric) { text } else { String::new() }
    })
}

/// The one figure of a row that holds nothing else.
fn lone_figure<'a>(page: &'a Page<'_>, index: usize) -> Option<CellValue<'a>> {
    let mut filled = page.sheet.table.row(index).cells().map(|(_, cell)| cell.value(page.texts)).filter(|value| !values::is_blank(*value));
    let only = filled.next().filter(|_| filled.next().is_none())?;
    count_of(only).value.map(|_| only)
}

/// Without the words that name what is counted: `1.234 mũi`.
fn without_unit(text: &str) -> &str {
    let text = text.trim().trim_end_matches(['.', ';']).trim_end();
    ["mũi tiêm", "mũi", "liều"].iter().find_map(|unit| text.strip_suffix(unit)).unwrap_or(text)
}

/// III.2 to III.5: the number beside each line, behind its colon, or below it.
fn read_lines_of_part_3(page: &Page<'_>, parts: Parts, remarks: &mut Vec<String>) -> [Option<u64>; 4] {
    let mut summary = [None; 4];
    for index in parts.third..parts.end {
        let row = page.sheet.table.row(index);
        let Some((column, text)) = row.cells().find_map(|(column, cell)| match cell.value(page.texts) {
            CellValue::Text(text) => Some((column, text)),
            _ => None,
        }) else {
            continue;
        };
        let words = Words::of(text);
        let Some(at) = LINES.iter().position(|line| words.has(line)).filter(|_| words.len() <= 40) else { continue };
        let beside = row
            .cells()
            .filter(|(other, _)| *other > column)
            .map(|(_, cell)| cell.value(page.texts))
            .find(|value| !values::is_blank(*value));
        let behind = text.rsplit_once(':').map(|(_, rest)| rest).filter(|rest| rest.chars().any(|c| c.is_ascii_digit()));
        let count = match (beside, behind) {
            (Some(CellValue::Text(text)), _) => count_of(CellValue::Text(without_unit(text))).unsigned(),
            (Some(value), _) => count_of(value).unsigned(),
            (None, Some(rest)) => count_of(CellValue::Text(without_unit(rest))).unsigned(),
            (None, None) => lone_figure(page, index + 1).map_or_else(Count::default, |value| count_of(value).unsigned()),
        };
        if let Some(doubt) = &count.doubt {
            remarks.push(format!("Phần III.{}, dòng {}: {doubt}.", at + 2, row.number));
        }
        if summary[at].is_none() {
            summary[at] = count.doses();
        }
    }
    summary
}

/// III.1: the groups of each unit.
fn read_part_3(page: &Page<'_>, head: &TableHead, end: usize) -> Vec<VerifiedRow> {
    let mut rows = Vec::new();
    for row in rows_below(page, head, end) {
        if row.is_total {
            continue;
        }
        let mut doubts = Vec::new();
        let groups = groups_at(page, head, &row, &mut doubts);
        if groups.iter().all(Option::is_none) && doubts.is_empty() {
            continue;
        }
        let sum = count_at(page, &row, head.column(Part::Sum), &mut doubts).doses();
        let added: u64 = groups.iter().flatten().fold(0, |a, b| a.saturating_add(*b));
        if let Some(sum) = sum.filter(|sum| *sum != added) {
            doubts.push(format!(
                "Dòng {}: tổng III.1 ghi {}, cộng các nhóm là {}",
                row.number,
                show_number(sum as i64),
                show_number(added as i64)
            ));
        }
        rows.push(VerifiedRow { number: row.number, name: row.name, groups, doubts });
    }
    rows
}

/// Part I against part III: its groups are III.1 + III.2 + III.3 (those verified and entered, that cannot be entered, not yet verified).
pub(super) fn check_sheet(forms: &[ReportedForm2]) -> Option<String> {
    let [cannot_enter, not_verified, ..] = forms.first()?.summary;
    let sum = |of: fn(&ReportedForm2) -> &ByGroup<Option<u64>>| forms.iter().flat_map(of).flatten().fold(0u64, |a, b| a.saturating_add(*b));
    let missing = sum(|form| &form.groups);
    let accounted = sum(|form| &form.verified).saturating_add(cannot_enter?).saturating_add(not_verified?);
    (missing != accounted).then(|| {
        format!("Cộng bảy nhóm của phần I là {}, III.1 + III.2 + III.3 là {}.", show_number(missing as i64), show_number(accounted as i64))
    })
}

/// What a row's own figures contradict.
fn check(form: &mut ReportedForm2) {
    let groups: u64 = form.groups.iter().flatten().fold(0, |a, b| a.saturating_add(*b));
    if let (Some(given), Some(on_system)) = (form.given, form.on_system) {
        let missing = given as i64 - on_system as i64;
        if form.groups.iter().any(Option::is_some) && missing != groups as i64 {
            form.doubts.push(format!(
                "Dòng {}: đã thực hiện − đã nhập là {}, cộng bảy nhóm là {}",
                form.row,
                show_number(missing),
                show_number(groups as i64)
            ));
        }
    }
}

/// What III.1 of a unit contradicts.
pub(super) fn check_verified(form: &mut ReportedForm2) {
    for at in 0..GROUP_COUNT {
        if let (Some(verified), Some(missing)) = (form.verified[at], form.groups[at])
            && verified > missing
        {
            let group = MissingGroup::ALL.get(at).map_or("", |group| group.label());
            form.doubts.push(format!(
                "III.1 {group} ghi {}, nhiều hơn phần I ({})",
                show_number(verified as i64),
                show_number(missing as i64)
            ));
        }
    }
}
