//! Bytes to cells: which reader reads what, and the only module that knows calamine.

use crate::normalize::date;
use crate::pace::ready;
use crate::workbook::container::{self, Container};
use crate::workbook::csv::read_csv;
use crate::workbook::error::ReadError;
use crate::workbook::html::read_html;
use crate::workbook::interner::Interner;
use crate::workbook::package::{Memory, Source, check_inflated};
use crate::workbook::rows::RowBuilder;
use crate::workbook::table::{Cell, Merge, Sheet, Table, Workbook};
use crate::workbook::{xls, xlsb, xlsx};
use calamine::{
    Data, DataRef, Dimensions, ExcelDateTime, Ods, OdsError, Reader as _, SheetType, SheetVisible, Xls, XlsError, Xlsb, XlsbError, Xlsx,
    XlsxError,
};
use std::io::Cursor;

/// More sheets than a person keeps; each costs a card line and a scan.
pub(crate) const MAX_SHEETS: usize = 1000;
/// Progress is told in thousandths.
pub(crate) const WHOLE: u32 = 1000;
/// Merged cells below this row are no part of a header.
pub(crate) const LAST_MERGE_ROW: u32 = 300;
/// Days between the 1904 and the 1900 date system.
pub(crate) const DAYS_TO_1904: f64 = 1462.0;

/// Reads a workbook of any format a spreadsheet program saves: told by its bytes, xlsx and xlsb streamed cell by cell.
///
/// `progress` hears how much is done of how much, many times a second.
///
/// # Errors
/// The reason the file is refused.
pub fn read_workbook(file_name: &str, bytes: Vec<u8>, progress: &mut dyn FnMut(u32, u32)) -> Result<Workbook, ReadError> {
    ready(read_source(file_name, &mut Memory::new(bytes), progress))
}

/// As [`read_workbook`], from wherever the bytes are.
///
/// # Errors
/// The reason the file is refused.
pub(crate) async fn read_source<S: Source>(
    file_name: &str,
    source: &mut S,
    progress: &mut dyn FnMut(u32, u32),
) -> Result<Workbook, ReadError> {
    let workbook = read_cells(file_name, source, progress).await?;
    if workbook.sheets.iter().all(|sheet| sheet.table.row_count() == 0) { Err(ReadError::NoCells) } else { Ok(workbook) }
}

/// As [`read_source`], for a workbook that may be blank.
async fn read_cells<S: Source>(file_name: &str, source: &mut S, progress: &mut dyn FnMut(u32, u32)) -> Result<Workbook, ReadError> {
    progress(0, WHOLE);
    let container = container::sniff(source)?;
    let workbook = match &container {
        Container::Xlsx(directory) => xlsx::read(source, directory, progress).await?,
        Container::Xlsb(directory) => {
            check_inflated(source, directory).await?;
            xlsb::check(source, directory).await?;
            read_xlsb(whole(source), progress)?
        }
        Container::Ods(directory) => {
            check_inflated(source, directory).await?;
            read_ods(whole(source), progress)?
        }
        Container::Xls => {
            let bytes = whole(source);
            xls::glance(bytes.get_ref())?;
            read_xls(bytes, progress)?
        }
        Container::Csv => read_csv(file_name, whole(source).get_ref(), progress)?,
        Container::Html => read_html(whole(source).get_ref(), progress)?,
    };
    progress(WHOLE, WHOLE);
    Ok(workbook)
}

/// Reads cells for a dump: from bytes, blank workbooks too.
pub(crate) fn read_for_dump(file_name: &str, bytes: Vec<u8>) -> Result<Workbook, ReadError> {
    ready(read_cells(file_name, &mut Memory::new(bytes), &mut |_, _| ()))
}

/// Reads an xlsx with calamine alone: the oracle of our own reader.
///
/// # Errors
/// calamine's reason.
pub fn read_with_calamine(bytes: Vec<u8>) -> Result<Workbook, ReadError> {
    read_xlsx(Cursor::new(bytes), &mut |_, _| ())
}

/// The whole file, for a reader that wants it so.
fn whole(source: &impl Source) -> Cursor<Vec<u8>> {
    Cursor::new(source.bytes(0, source.byte_len()).into_owned())
}

type Bytes = Cursor<Vec<u8>>;

fn read_xlsx(source: Bytes, progress: &mut dyn FnMut(u32, u32)) -> Result<Workbook, ReadError> {
    let mut book: Xlsx<Bytes> = calamine::open_workbook_from_rs(source).map_err(xlsx_error)?;
    let is_1904 = book.has_1904_epoch();
    let metas = sheets_of(book.sheets_metadata())?;
    let mut texts = Interner::default();
    let mut sheets = Vec::with_capacity(metas.len());
    for (index, meta) in metas.iter().enumerate() {
        let mut sheet = Sheet { name: meta.name.clone(), is_hidden: meta.visible != SheetVisible::Visible, ..Sheet::default() };
        if meta.typ == SheetType::WorkSheet {
            let mut rows = RowBuilder::default();
            match book.worksheet_cells_reader(&meta.name) {
                Ok(mut reader) => {
                    let mut share = Share::new(index, metas.len(), reader.dimensions(), progress);
                    while let Some(cell) = reader.next_cell().map_err(xlsx_error)? {
                        let (row, column) = cell.get_position();
                        share.tell(row);
                        rows.push(row, column, cell_of(&mut texts, column, cell.get_value(), is_1904));
                    }
                }
                // A chart or dialog kept as a sheet has no cells; neither has one whose part is missing.
                Err(XlsxError::NotAWorksheet(_) | XlsxError::WorksheetNotFound(_)) => {}
                Err(error) => return Err(xlsx_error(error)),
            }
            sheet.table = rows.finish();
            if sheet.table.row_count() > 0 {
                sheet.merges = merges(&book.merge_cells_by_sheet_name(&meta.name).unwrap_or_default());
            }
        }
        sheets.push(sheet);
    }
    Ok(Workbook { sheets, texts: texts.finish() })
}

fn read_xlsb(source: Bytes, progress: &mut dyn FnMut(u32, u32)) -> Result<Workbook, ReadError> {
    let mut book: Xlsb<Bytes> = calamine::open_workbook_from_rs(source).map_err(xlsb_error)?;
    let is_1904 = book.has_1904_epoch();
    let metas = sheets_of(book.sheets_metadata())?;
    let mut texts = Interner::default();
    let mut sheets = Vec::with_capacity(metas.len());
    for (index, meta) in metas.iter().enumerate() {
        let mut rows = RowBuilder::default();
        if meta.typ == SheetType::WorkSheet {
            let mut reader = book.worksheet_cells_reader(&meta.name).map_err(xlsb_error)?;
            let mut share = Share::new(index, metas.len(), reader.dimensions(), progress);
            while let Some(cell) = reader.next_cell().map_err(xlsb_error)? {
                let (row, column) = cell.get_position();
                share.tell(row);
                rows.push(row, column, cell_of(&mut texts, column, cell.get_value(), is_1904));
            }
        }
        sheets.push(Sheet {
            name: meta.name.clone(),
            is_hidden: meta.visible != SheetVisible::Visible,
            table: rows.finish(),
            ..Sheet::default()
        });
    }
    Ok(Workbook { sheets, texts: texts.finish() })
}

fn read_xls(source: Bytes, progress: &mut dyn FnMut(u32, u32)) -> Result<Workbook, ReadError> {
    let mut book: Xls<Bytes> = calamine::open_workbook_from_rs(source).map_err(xls_error)?;
    let is_1904 = book.has_1904_epoch();
    let metas = sheets_of(book.sheets_metadata())?;
    let mut texts = Interner::default();
    let mut sheets = Vec::with_capacity(metas.len());
    for (index, meta) in metas.iter().enumerate() {
        let mut sheet = Sheet { name: meta.name.clone(), is_hidden: meta.visible != SheetVisible::Visible, ..Sheet::default() };
        if let Ok(range) = book.worksheet_range(&meta.name) {
            sheet.table = dense_table(&range, &mut texts, is_1904);
        }
        sheet.merges = merges(&book.merge_cells_by_sheet_name(&meta.name).unwrap_or_default());
        progress(part(index + 1, metas.len()), WHOLE);
        sheets.push(sheet);
    }
    Ok(Workbook { sheets, texts: texts.finish() })
}

fn read_ods(source: Bytes, progress: &mut dyn FnMut(u32, u32)) -> Result<Workbook, ReadError> {
    let mut book: Ods<Bytes> = calamine::open_workbook_from_rs(source).map_err(ods_error)?;
    let metas = sheets_of(book.sheets_metadata())?;
    let mut texts = Interner::default();
    let mut sheets = Vec::with_capacity(metas.len());
    for (index, meta) in metas.iter().enumerate() {
        let range = book.worksheet_range(&meta.name).map_err(ods_error)?;
        let table = dense_table(&range, &mut texts, false);
        progress(part(index + 1, metas.len()), WHOLE);
        sheets.push(Sheet { name: meta.name.clone(), is_hidden: meta.visible != SheetVisible::Visible, table, ..Sheet::default() });
    }
    Ok(Workbook { sheets, texts: texts.finish() })
}

fn dense_table(range: &calamine::Range<Data>, texts: &mut Interner, is_1904: bool) -> Table {
    let (first_row, first_column) = range.start().unwrap_or((0, 0));
    let mut rows = RowBuilder::default();
    for (row, column, value) in range.used_cells() {
        let cell = match value {
            Data::Int(number) => cell_of(texts, column as u32, &DataRef::Int(*number), is_1904),
            Data::Float(number) => cell_of(texts, column as u32, &DataRef::Float(*number), is_1904),
            Data::String(text) => cell_of(texts, column as u32, &DataRef::SharedString(text), is_1904),
            Data::Bool(value) => Cell::bool(*value),
            Data::DateTime(date) => cell_of(texts, column as u32, &DataRef::DateTime(*date), is_1904),
            Data::DateTimeIso(text) => iso_date(texts, text),
            Data::DurationIso(text) => texts.text(text.as_bytes()),
            Data::Error(error) => cell_of(texts, column as u32, &DataRef::Error(error.clone()), is_1904),
            Data::Empty => Cell::EMPTY,
        };
        rows.push(first_row + row as u32, first_column + column as u32, cell);
    }
    rows.finish()
}

fn sheets_of(metas: &[calamine::Sheet]) -> Result<Vec<calamine::Sheet>, ReadError> {
    if metas.len() > MAX_SHEETS {
        return Err(ReadError::TooLarge(format!("{} trang tính", metas.len())));
    }
    Ok(metas.to_vec())
}

fn merges(all: &[Dimensions]) -> Vec<Merge> {
    let near_top = all.iter().filter(|range| range.start.0 < LAST_MERGE_ROW);
    near_top.map(|range| (range.start.0 + 1, range.end.0 + 1, range.start.1 as u16, range.end.1 as u16)).collect()
}

/// One sheet's share of the progress.
struct Share<'a> {
    progress: &'a mut dyn FnMut(u32, u32),
    first: u32,
    width: u32,
    rows: u32,
    cells: u32,
}

impl<'a> Share<'a> {
    fn new(index: usize, count: usize, dimensions: Dimensions, progress: &'a mut dyn FnMut(u32, u32)) -> Share<'a> {
        let first = part(index, count);
        Share { progress, first, width: part(index + 1, count) - first, rows: dimensions.end.0.max(1), cells: 0 }
    }

    fn tell(&mut self, row: u32) {
        self.cells = self.cells.wrapping_add(1);
        if self.cells & 2047 == 0 {
            let done = u64::from(self.width) * u64::from(row.min(self.rows)) / u64::from(self.rows);
            (self.progress)(self.first + done as u32, WHOLE);
        }
    }
}

fn part(index: usize, count: usize) -> u32 {
    (WHOLE as usize * index / count.max(1)) as u32
}

/// calamine's value as a cell of ours.
fn cell_of(texts: &mut Interner, column: u32, value: &DataRef<'_>, is_1904: bool) -> Cell {
    match value {
        DataRef::Int(number) => Cell::number(*number as f64),
        DataRef::Float(number) => Cell::number(*number),
        DataRef::String(text) => texts.text_below(column, text.as_bytes()),
        DataRef::SharedString(text) => texts.text_below(column, text.as_bytes()),
        DataRef::Bool(value) => Cell::bool(*value),
        DataRef::DateTime(date) => date_cell(*date, is_1904),
        DataRef::DateTimeIso(text) => iso_date(texts, text),
        DataRef::DurationIso(text) => texts.text(text.as_bytes()),
        DataRef::Error(error) => texts.error(error.to_string().as_bytes()),
        DataRef::Empty => Cell::EMPTY,
    }
}

fn iso_date(texts: &mut Interner, text: &str) -> Cell {
    date::serial_of_iso(text).map_or_else(|| texts.text(text.as_bytes()), Cell::date)
}

fn date_cell(date: ExcelDateTime, is_1904: bool) -> Cell {
    let value = date.as_f64();
    match (date.is_duration(), is_1904) {
        (true, _) => Cell::number(value),
        (false, true) => Cell::date(value + DAYS_TO_1904),
        (false, false) => Cell::date(value),
    }
}

fn xlsx_error(error: XlsxError) -> ReadError {
    match error {
        XlsxError::Password => ReadError::PasswordProtected,
        other => ReadError::Damaged(other.to_string()),
    }
}

fn xlsb_error(error: XlsbError) -> ReadError {
    match error {
        XlsbError::Password => ReadError::PasswordProtected,
        other => ReadError::Damaged(other.to_string()),
    }
}

fn xls_error(error: XlsError) -> ReadError {
    match error {
        XlsError::Password => ReadError::PasswordProtected,
        // A compound file without a workbook in it: a Word document, an installer.
        XlsError::Cfb(error) if error.to_string().contains("Workbook") => ReadError::NotWorkbook,
        other => ReadError::Damaged(other.to_string()),
    }
}

fn ods_error(error: OdsError) -> ReadError {
    match error {
        OdsError::Password => ReadError::PasswordProtected,
        OdsError::CellLimitExceeded { requested, .. } => ReadError::TooLarge(format!("{requested} ô")),
        other => ReadError::Damaged(other.to_string()),
    }
}
