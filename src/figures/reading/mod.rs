//! Sheets with figures instead of doses, read into what each unit reports: `Phụ lục 1` and `2` of units below, written and daily reports.
//!
//! Nothing here asks where a thing stands: headings are found by their words ([`head`], [`meaning`]), the letter row being a second
//! witness ([`columns`]); rows are told apart by what they hold. A cell that is no plain number is read as far as it can be and named
//! in a doubt ([`count`]); blank stays blank and zero stays zero.

mod about;
mod by_unit;
mod columns;
mod count;
mod daily;
mod form_2;
mod form_2_sheets;
mod head;
mod meaning;

use crate::domain::source::SheetKind;
use crate::domain::{Date, FileId};
use crate::figures::reported::{ReportedFigures, ReportedForm2, ReportedSheet, ReportedUnit};
use crate::pace::{Cancelled, Pace, STRIDE, Stage};
use crate::workbook::mapping::SheetMapping;
use crate::workbook::recode::{self, Recoded};
use crate::workbook::table::{CellValue, Sheet, TextArena, Workbook};
use crate::workbook::{title, values};
pub use about::unnumbered;
use daily::DayFigures;
use form_2_sheets::LooseParts;

/// A sheet to be read.
pub struct FigureSheet<'a> {
    /// The file.
    pub file: FileId,
    /// Its name.
    pub file_name: &'a str,
    /// The workbook.
    pub workbook: &'a Workbook,
    /// The sheet's position.
    pub sheet: u16,
    /// How it was found to be, or chosen to be, read.
    pub mapping: &'a SheetMapping,
}

/// What reading one sheet gave.
pub(crate) struct SheetFigures {
    about: ReportedSheet,
    units: Vec<ReportedUnit>,
    forms_2: Vec<ReportedForm2>,
    loose: Option<LooseParts>,
    days: Vec<DayFigures>,
    remarks: Vec<String>,
}

/// A sheet decoded, with what its title says.
pub(crate) struct Page<'a> {
    pub(crate) file: FileId,
    pub(crate) sheet_index: u16,
    pub(crate) kind: SheetKind,
    pub(crate) sheet: &'a Sheet,
    pub(crate) texts: &'a TextArena,
    /// First and last row of the heading as it was found when the file was read.
    pub(crate) known_head: (u32, u32),
    /// The names of the sheet and of the file.
    pub(crate) names: (&'a str, &'a str),
}

impl Page<'_> {
    /// What is known of the sheet before its rows are read; `head` is the index of the heading's first row, `lines` those above it.
    pub(crate) fn about(&self, lines: &[String], heading: &[String]) -> ReportedSheet {
        let letter_number = lines.iter().find_map(|line| about::letter_number_in(line));
        let of_title = lines.iter().find_map(|line| about::up_to_in(line));
        let as_of = of_title.or_else(|| heading.iter().find_map(|text| about::up_to_in(text).or_else(|| about::day_in(text))));
        ReportedSheet {
            file: self.file,
            sheet: self.sheet_index,
            name: self.sheet.name.clone(),
            kind: self.kind,
            units: 0,
            doubts: 0,
            as_of,
            letter_number,
            province: lines.iter().find_map(|line| about::province_in(line)).map(|row| row.name.to_owned()),
            unit: title::unit_of(lines, self.names.0, self.names.1),
            has_failing_total: false,
            changed: Vec::new(),
        }
    }

    /// A cell's text, composed; empty where it is blank.
    pub(crate) fn text(&self, index: usize, column: u16) -> String {
        let value = self.sheet.table.row(index).cell(column).value(self.texts);
        if values::is_blank(value) { String::new() } else { crate::normalize::compose(&values::text_of(value)) }
    }

    /// The text of the cell merged downwards over this one; empty where there is none.
    pub(crate) fn text_merged_from_above(&self, row: u32, column: u16) -> String {
        let merge =
            self.sheet.merges.iter().find(|(first, last, from, to)| *first < row && *last >= row && (*from..=*to).contains(&column));
        let Some((first, _, from, _)) = merge else { return String::new() };
        self.sheet.table.row_numbers.binary_search(first).map_or_else(|_| String::new(), |index| self.text(index, *from))
    }

    /// How many texts stand in a column below a row.
    pub(crate) fn texts_below(&self, last: usize, column: u16) -> usize {
        let below = self.sheet.table.rows().skip(last + 1).take(200);
        let is_text = |value: &CellValue<'_>| matches!(value, CellValue::Text(text) if text.chars().any(char::is_alphabetic));
        below.map(|row| row.cell(column).value(self.texts)).filter(is_text).count()
    }
}

/// Reads every sheet with figures. Daily reports of one unit add up over sheets and files, to `cut_off`.
///
/// # Errors
/// [`Cancelled`] when the pace says so.
pub async fn read_figures<P: Pace>(sheets: &[FigureSheet<'_>], cut_off: Date, pace: &mut P) -> Result<ReportedFigures, Cancelled> {
    let mut figures = ReportedFigures::default();
    let mut days = Vec::new();
    let mut loose = Vec::new();
    for (at, sheet) in sheets.iter().enumerate() {
        pace.step(Stage::Parsing, at, sheets.len()).await?;
        let Some(read) = read_sheet(sheet, pace).await? else { continue };
        let (file, index) = (read.about.file, read.about.sheet);
        figures.remarks.extend(read.remarks.into_iter().map(|remark| (file, index, remark)));
        figures.sheets.push(read.about);
        figures.units.extend(read.units);
        figures.forms_2.extend(read.forms_2);
        loose.extend(read.loose);
        days.extend(read.days);
    }
    form_2_sheets::join(loose, &mut figures);
    figures.units.extend(daily::add_up(days, cut_off));
    for sheet in &mut figures.sheets {
        let of_units =
            figures.units.iter().filter(|unit| (unit.file, unit.sheet) == (sheet.file, sheet.sheet)).map(|unit| unit.doubts.len());
        let of_forms =
            figures.forms_2.iter().filter(|form| (form.file, form.sheet) == (sheet.file.0, sheet.sheet)).map(|form| form.doubts.len());
        let of_sheet = figures.remarks.iter().filter(|(file, index, _)| (*file, *index) == (sheet.file, sheet.sheet)).count();
        sheet.doubts = (of_units.chain(of_forms).sum::<usize>() + of_sheet) as u32;
    }
    Ok(figures)
}

async fn read_sheet<P: Pace>(from: &FigureSheet<'_>, pace: &mut P) -> Result<Option<SheetFigures>, Cancelled> {
    let Some(sheet) = from.workbook.sheets.get(usize::from(from.sheet)) else { return Ok(None) };
    let decoded = decoded(sheet, &from.workbook.texts, from.mapping);
    let (seen, texts) = decoded.as_ref().map_or((sheet, &from.workbook.texts), |decoded| (&decoded.sheet, &decoded.texts));
    let page = Page {
        file: from.file,
        sheet_index: from.sheet,
        kind: from.mapping.kind,
        sheet: seen,
        texts,
        known_head: (from.mapping.header_first, from.mapping.header_last),
        names: (&sheet.name, from.file_name),
    };
    let rows = seen.table.row_count();
    Ok(Some(match page.kind {
        SheetKind::UnitForm1 | SheetKind::WrittenReport => {
            let mut reader = by_unit::Reader::new(&page);
            for index in 0..rows {
                reader.take(index);
                if index % STRIDE == STRIDE - 1 {
                    pace.step(Stage::Parsing, index, rows).await?;
                }
            }
            reader.finish()
        }
        SheetKind::DailyReport => {
            let mut reader = daily::Reader::new(&page);
            for index in 0..rows {
                reader.take(index);
                if index % STRIDE == STRIDE - 1 {
                    pace.step(Stage::Parsing, index, rows).await?;
                }
            }
            reader.finish()
        }
        SheetKind::UnitForm2 => form_2::read(&page),
        _ => return Ok(None),
    }))
}

/// The sheet with its text of before Unicode decoded; none where all of it is Unicode.
fn decoded(sheet: &Sheet, texts: &TextArena, mapping: &SheetMapping) -> Option<Recoded> {
    use crate::normalize::legacy::TextEncoding;
    let last = mapping.header_last;
    let top = recode::encoding_of_top(sheet, texts, 60);
    let of_column =
        |column: u16| mapping.columns.iter().find(|mapped| mapped.column == column).map(|mapped| mapped.text).unwrap_or_default();
    let is_legacy = top != TextEncoding::Unicode || mapping.columns.iter().any(|column| column.text != TextEncoding::Unicode);
    is_legacy.then(|| recode::recode(sheet, texts, &|row, column| if row <= last { top } else { of_column(column) }))
}
