//! Bytes to cells: the only module that knows calamine.

use crate::normalize::date;
use crate::workbook::container::{self, Container};
use crate::workbook::error::ReadError;
use crate::workbook::table::{Cell, Sheet, Table, TextArena, Workbook};
use calamine::{
    Data, DataRef, Dimensions, ExcelDateTime, Ods, OdsError, Reader as _, SheetType, SheetVisible, Xls, XlsError, Xlsb, XlsbError, Xlsx,
    XlsxError,
};
use rustc_hash::{FxHashMap, FxHasher};
use std::hash::{Hash as _, Hasher as _};
use std::io::Cursor;

/// More sheets than a person keeps; each costs a card line and a scan.
const MAX_SHEETS: usize = 1000;
/// Progress is told in thousandths.
const WHOLE: u32 = 1000;
/// Merged cells below this row are no part of a header.
const LAST_MERGE_ROW: u32 = 300;
/// Days between the 1904 and the 1900 date system.
const DAYS_TO_1904: f64 = 1462.0;

/// Reads a workbook of any format a spreadsheet program saves: told by its bytes, xlsx and xlsb streamed cell by cell.
///
/// `progress` hears how much is done of how much, about every two thousand cells.
pub fn read_workbook(_file_name: &str, bytes: Vec<u8>, progress: &mut dyn FnMut(u32, u32)) -> Result<Workbook, ReadError> {
    let workbook = read_cells(bytes, progress)?;
    if workbook.sheets.iter().all(|sheet| sheet.table.row_count() == 0) { Err(ReadError::NoCells) } else { Ok(workbook) }
}

/// As [`read_workbook`], for a workbook that may be blank.
pub(crate) fn read_cells(bytes: Vec<u8>, progress: &mut dyn FnMut(u32, u32)) -> Result<Workbook, ReadError> {
    progress(0, WHOLE);
    let container = container::sniff(&bytes)?;
    let source = Cursor::new(bytes);
    let workbook = match container {
        Container::Xlsx => read_xlsx(source, progress),
        Container::Xlsb => read_xlsb(source, progress),
        Container::Xls => read_xls(source, progress),
        Container::Ods => read_ods(source, progress),
    }?;
    progress(WHOLE, WHOLE);
    Ok(workbook)
}

type Source = Cursor<Vec<u8>>;

fn read_xlsx(source: Source, progress: &mut dyn FnMut(u32, u32)) -> Result<Workbook, ReadError> {
    let mut book: Xlsx<Source> = calamine::open_workbook_from_rs(source).map_err(xlsx_error)?;
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
                        rows.push(row, column, texts.cell(cell.get_value(), is_1904));
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
    Ok(Workbook { sheets, texts: texts.arena })
}

fn read_xlsb(source: Source, progress: &mut dyn FnMut(u32, u32)) -> Result<Workbook, ReadError> {
    let mut book: Xlsb<Source> = calamine::open_workbook_from_rs(source).map_err(xlsb_error)?;
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
                rows.push(row, column, texts.cell(cell.get_value(), is_1904));
            }
        }
        sheets.push(Sheet {
            name: meta.name.clone(),
            is_hidden: meta.visible != SheetVisible::Visible,
            merges: Vec::new(),
            table: rows.finish(),
        });
    }
    Ok(Workbook { sheets, texts: texts.arena })
}

fn read_xls(source: Source, progress: &mut dyn FnMut(u32, u32)) -> Result<Workbook, ReadError> {
    let mut book: Xls<Source> = calamine::open_workbook_from_rs(source).map_err(xls_error)?;
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
    Ok(Workbook { sheets, texts: texts.arena })
}

fn read_ods(source: Source, progress: &mut dyn FnMut(u32, u32)) -> Result<Workbook, ReadError> {
    let mut book: Ods<Source> = calamine::open_workbook_from_rs(source).map_err(ods_error)?;
    let metas = sheets_of(book.sheets_metadata())?;
    let mut texts = Interner::default();
    let mut sheets = Vec::with_capacity(metas.len());
    for (index, meta) in metas.iter().enumerate() {
        let range = book.worksheet_range(&meta.name).map_err(ods_error)?;
        let table = dense_table(&range, &mut texts, false);
        progress(part(index + 1, metas.len()), WHOLE);
        sheets.push(Sheet { name: meta.name.clone(), is_hidden: meta.visible != SheetVisible::Visible, merges: Vec::new(), table });
    }
    Ok(Workbook { sheets, texts: texts.arena })
}

fn dense_table(range: &calamine::Range<Data>, texts: &mut Interner, is_1904: bool) -> Table {
    let (first_row, first_column) = range.start().unwrap_or((0, 0));
    let mut rows = RowBuilder::default();
    for (row, column, value) in range.used_cells() {
        let cell = match value {
            Data::Int(number) => texts.cell(&DataRef::Int(*number), is_1904),
            Data::Float(number) => texts.cell(&DataRef::Float(*number), is_1904),
            Data::String(text) => texts.cell(&DataRef::SharedString(text), is_1904),
            Data::Bool(value) => Cell::bool(*value),
            Data::DateTime(date) => texts.cell(&DataRef::DateTime(*date), is_1904),
            Data::DateTimeIso(text) => texts.iso_date(text),
            Data::DurationIso(text) => texts.text(text),
            Data::Error(error) => texts.cell(&DataRef::Error(error.clone()), is_1904),
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

fn merges(all: &[Dimensions]) -> Vec<(u32, u32, u16, u16)> {
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

/// Gathers cells into a table, also where a file writes them out of order.
#[derive(Default)]
struct RowBuilder {
    table: Table,
    last: Option<(u32, u32)>,
    /// All cells, once the order was found broken.
    scattered: Option<Vec<(u32, u16, Cell)>>,
}

impl RowBuilder {
    fn push(&mut self, row: u32, column: u32, cell: Cell) {
        // Beyond XFD1048576 there is no cell.
        if cell == Cell::EMPTY || row >= 1_048_576 || column >= 16_384 {
            return;
        }
        if self.scattered.is_none() && self.last.is_some_and(|last| (row, column) <= last) {
            let table = std::mem::take(&mut self.table);
            self.scattered = Some(table.rows().flat_map(|row| row.cells().map(move |(column, cell)| (row.number, column, cell))).collect());
        }
        self.last = Some((row, column));
        match &mut self.scattered {
            Some(cells) => cells.push((row + 1, column as u16, cell)),
            None => self.table.push(row + 1, column as u16, cell),
        }
    }

    fn finish(mut self) -> Table {
        if let Some(mut cells) = self.scattered.take() {
            cells.sort_by_key(|(row, column, _)| (*row, *column));
            let mut at = cells.into_iter().peekable();
            while let Some((row, column, cell)) = at.next() {
                // Of a cell written twice the last one counts, as in Excel.
                if at.peek().is_none_or(|next| (next.0, next.1) != (row, column)) {
                    self.table.push(row, column, cell);
                }
            }
        }
        self.table
    }
}

/// Keeps each text of the workbook once.
#[derive(Default)]
struct Interner {
    arena: TextArena,
    ids: FxHashMap<u64, u32>,
}

impl Interner {
    fn id(&mut self, text: &str) -> u32 {
        let mut hasher = FxHasher::default();
        text.hash(&mut hasher);
        let mut hash = hasher.finish();
        loop {
            match self.ids.get(&hash) {
                Some(id) if self.arena.get(*id) == text => return *id,
                // Two texts of one hash: the second lives at the next free one.
                Some(_) => hash = hash.wrapping_add(1),
                None => {
                    let id = self.arena.push(text);
                    self.ids.insert(hash, id);
                    return id;
                }
            }
        }
    }

    fn text(&mut self, text: &str) -> Cell {
        if text.is_empty() { Cell::EMPTY } else { Cell::text(self.id(text)) }
    }

    fn iso_date(&mut self, text: &str) -> Cell {
        date::serial_of_iso(text).map_or_else(|| self.text(text), Cell::date)
    }

    fn cell(&mut self, value: &DataRef<'_>, is_1904: bool) -> Cell {
        match value {
            DataRef::Int(number) => Cell::number(*number as f64),
            DataRef::Float(number) => Cell::number(*number),
            DataRef::String(text) => self.text(text),
            DataRef::SharedString(text) => self.text(text),
            DataRef::Bool(value) => Cell::bool(*value),
            DataRef::DateTime(date) => date_cell(*date, is_1904),
            DataRef::DateTimeIso(text) => self.iso_date(text),
            DataRef::DurationIso(text) => self.text(text),
            DataRef::Error(error) => Cell::error(self.id(&error.to_string())),
            DataRef::Empty => Cell::EMPTY,
        }
    }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workbook::table::CellValue;

    #[test]
    fn cells_out_of_order_are_put_in_order_and_the_last_of_a_cell_counts() {
        let mut rows = RowBuilder::default();
        for (row, column, value) in [(4, 1, 1.0), (4, 0, 2.0), (0, 7, 3.0), (4, 1, 4.0)] {
            rows.push(row, column, Cell::number(value));
        }
        let table = rows.finish();
        assert_eq!(table.row_numbers, [1, 5]);
        assert_eq!(table.columns, [7, 0, 1]);
        let texts = TextArena::default();
        assert_eq!(table.row(1).cell(1).value(&texts), CellValue::Number(4.0));
    }

    #[test]
    fn texts_are_kept_once_even_where_their_hashes_meet() {
        let mut texts = Interner::default();
        let first = texts.id("Mũi 1");
        assert_eq!(texts.id("Mũi 1"), first);
        let mut hasher = FxHasher::default();
        "Mũi 2".hash(&mut hasher);
        texts.ids.insert(hasher.finish(), first);
        let second = texts.id("Mũi 2");
        assert_ne!(second, first);
        assert_eq!(texts.id("Mũi 2"), second);
        assert_eq!(texts.arena.len(), 2);
    }
}
