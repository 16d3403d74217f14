//! The look all workbooks share: Times New Roman, A4 landscape, one page wide, repeated header rows, page numbers, locked cells.

use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Formula, ProtectionOptions, Workbook, Worksheet, XlsxError,
};
use thiserror::Error;

/// Why a workbook could not be written.
#[derive(Debug, Error)]
pub enum FormError {
    /// The writer's word.
    #[error("{0}")]
    Writer(#[from] XlsxError),
    /// The packer's word.
    #[error("{0}")]
    Packer(#[from] zip::result::ZipError),
    /// No room for the bytes.
    #[error("{0}")]
    Bytes(#[from] std::io::Error),
}

/// Creation date of every workbook: a fixed one, so that the same input gives the same bytes.
fn properties(title: &str) -> Result<DocProperties, XlsxError> {
    let created = ExcelDateTime::from_ymd(2023, 3, 15)?;
    Ok(DocProperties::new().set_title(title).set_author("Rà Soát").set_creation_datetime(&created))
}

/// A workbook whose cells are Times New Roman unless said otherwise.
pub(super) fn new_workbook(title: &str) -> Result<Workbook, XlsxError> {
    let mut workbook = Workbook::new();
    workbook.set_default_format(&text(), 20, 64)?;
    workbook.set_properties(&properties(title)?);
    Ok(workbook)
}

/// Adds a sheet.
pub(super) fn new_sheet<'a>(workbook: &'a mut Workbook, name: &str) -> Result<&'a mut Worksheet, XlsxError> {
    let sheet = workbook.add_worksheet();
    sheet.set_name(name)?;
    // The writer's own default would save an empty text as 0.
    sheet.set_formula_result_default("");
    Ok(sheet)
}

/// Text of a cell without borders.
pub(super) fn text() -> Format {
    Format::new().set_font_name("Times New Roman").set_font_size(11)
}

/// A heading across the page.
pub(super) fn heading() -> Format {
    text().set_bold().set_font_size(13).set_align(FormatAlign::Center).set_align(FormatAlign::VerticalCenter).set_text_wrap()
}

/// The line under a heading.
pub(super) fn subheading() -> Format {
    text().set_italic().set_align(FormatAlign::Center).set_align(FormatAlign::VerticalCenter).set_text_wrap()
}

/// Running text that wraps.
pub(super) fn paragraph() -> Format {
    text().set_text_wrap().set_align(FormatAlign::Top)
}

/// A cell of a table's head.
pub(super) fn head() -> Format {
    text()
        .set_font_size(10)
        .set_bold()
        .set_border(FormatBorder::Thin)
        .set_text_wrap()
        .set_align(FormatAlign::Center)
        .set_align(FormatAlign::VerticalCenter)
}

/// A cell of the letter row a…q.
pub(super) fn letter() -> Format {
    head().set_italic().set_font_size(9)
}

/// A text in a table.
pub(super) fn cell_text() -> Format {
    text().set_border(FormatBorder::Thin).set_text_wrap().set_align(FormatAlign::VerticalCenter).set_indent(1)
}

/// A centred text or ordinal in a table.
pub(super) fn cell_centre() -> Format {
    text().set_border(FormatBorder::Thin).set_text_wrap().set_align(FormatAlign::VerticalCenter).set_align(FormatAlign::Center)
}

/// A number in a table.
pub(super) fn cell_number() -> Format {
    text().set_border(FormatBorder::Thin).set_num_format("#,##0").set_align(FormatAlign::Right).set_align(FormatAlign::VerticalCenter)
}

/// A formula with its exact result, so that a program that does not calculate shows it too.
pub(super) fn formula(text: String, result: &impl ToString) -> Formula {
    Formula::new(text).set_result(result.to_string())
}

/// Print set-up of a form: A4 landscape, one page wide, page numbers.
pub(super) fn print_setup(sheet: &mut Worksheet, footer: &str) {
    sheet.set_paper_size(9);
    sheet.set_landscape();
    sheet.set_print_fit_to_pages(1, 0);
    sheet.set_print_center_horizontally(true);
    sheet.set_margins(0.4, 0.4, 0.5, 0.6, 0.3, 0.3);
    sheet.set_footer(format!("&L&\"Times New Roman\"&9{}&R&\"Times New Roman\"&9Trang &P/&N", footer.replace('&', "&&")));
}

/// Protects a sheet without a password; rows and columns may still be resized.
pub(super) fn protect(sheet: &mut Worksheet) {
    sheet.protect_with_options(&ProtectionOptions { format_columns: true, format_rows: true, ..ProtectionOptions::new() });
}

/// Lines a text takes where it wraps at `columns` characters: no spreadsheet program fits the height of merged cells itself.
pub(super) fn lines_of(text: &str, columns: usize) -> u32 {
    let lines = text.split('\n').map(|paragraph| {
        let (mut lines, mut used) = (1, 0);
        for word in paragraph.split(' ') {
            let length = word.chars().count();
            if used > 0 && used + 1 + length > columns {
                lines += 1;
                used = 0;
            }
            used += usize::from(used > 0) + length;
            // A word longer than the cell is broken inside.
            lines += used.saturating_sub(1) / columns;
            used = if used > columns { (used - 1) % columns + 1 } else { used };
        }
        lines
    });
    lines.sum::<usize>() as u32
}

/// Height of a row that holds this many lines of 11 points; Excel shows at most 409 points.
pub(super) fn height_of(lines: u32) -> f64 {
    (f64::from(lines.max(1)) * 14.5 + 4.0).min(409.0)
}

/// A text in pieces of at most `lines` lines each, cut between words: a row cannot be higher than 409 points.
pub(super) fn pieces(text: &str, columns: usize, lines: u32) -> Vec<&str> {
    let (mut pieces, mut rest) = (Vec::new(), text);
    while lines_of(rest, columns) > lines {
        let mut end = nth_char(rest, columns * lines as usize);
        while lines_of(&rest[..end], columns) > lines {
            let shorter = nth_char(rest, rest[..end].chars().count() * 9 / 10);
            end = rest[..shorter].rfind([' ', '\n']).filter(|at| *at > 0).unwrap_or(shorter);
        }
        pieces.push(rest[..end].trim_end());
        rest = rest[end..].trim_start();
    }
    pieces.push(rest);
    pieces
}

/// At most the 32.767 characters a cell holds.
pub(super) fn cut(text: &str) -> &str {
    &text[..nth_char(text, 32_767)]
}

/// Where the character of this number begins; the end where there are fewer.
fn nth_char(text: &str, number: usize) -> usize {
    text.char_indices().nth(number).map_or(text.len(), |(at, _)| at)
}

#[cfg(test)]
mod tests {
    use super::{lines_of, pieces};

    #[test]
    fn long_texts_are_cut_between_words_and_nothing_is_lost() {
        let text = "một hai ba bốn năm\n".repeat(400);
        let cut = pieces(&text, 30, 26);
        assert!(cut.iter().all(|piece| lines_of(piece, 30) <= 26), "{cut:?}");
        assert_eq!(cut.join(" ").split_whitespace().collect::<Vec<_>>(), text.split_whitespace().collect::<Vec<_>>());
        assert_eq!(pieces("ngắn", 30, 26), ["ngắn"]);
        assert_eq!(pieces(&"x".repeat(2_000), 30, 26).concat().len(), 2_000);
    }

    #[test]
    fn texts_wrap_at_words_and_long_words_inside() {
        assert_eq!(lines_of("", 10), 1);
        assert_eq!(lines_of("một hai ba", 10), 1);
        assert_eq!(lines_of("một hai bốn", 10), 2);
        assert_eq!(lines_of("một\n\nhai", 10), 3);
        assert_eq!(lines_of(&"x".repeat(25), 10), 3);
        assert_eq!(lines_of(&format!("một {}", "x".repeat(20)), 10), 3);
    }
}
