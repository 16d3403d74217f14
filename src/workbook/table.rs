//! The cells of a workbook as read: compact, streamed, owned by the engine.

use serde::{Deserialize, Serialize};

/// One cell in eight bytes: a number as itself, everything else inside the payload of a NaN.
///
/// Sixteen million of these cross from a reader to the engine as plain bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, bytemuck::Pod, bytemuck::Zeroable)]
#[repr(transparent)]
pub struct Cell(u64);

/// What a [`Cell`] holds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum CellValue<'a> {
    /// Nothing: a blank cell, or a formula without a saved value.
    Empty,
    /// A number.
    Number(f64),
    /// A number formatted as a date: days of the 1900 date system with its fraction of a day, to the millisecond.
    Date(f64),
    /// A text, as written.
    Text(&'a str),
    /// TRUE or FALSE.
    Bool(bool),
    /// An error such as `#N/A`, as written.
    Error(&'a str),
}

const TAG_SHIFT: u32 = 48;
const TAG_EMPTY: u64 = 0xfff9;
const TAG_TEXT: u64 = 0xfffa;
const TAG_DATE: u64 = 0xfffb;
const TAG_BOOL: u64 = 0xfffc;
const TAG_ERROR: u64 = 0xfffd;
const PAYLOAD: u64 = (1 << TAG_SHIFT) - 1;
const MS_PER_DAY: f64 = 86_400_000.0;

impl Cell {
    /// The blank cell.
    pub const EMPTY: Cell = Cell(TAG_EMPTY << TAG_SHIFT);

    /// A number; one that is not finite is blank.
    pub fn number(value: f64) -> Cell {
        if value.is_finite() { Cell(value.to_bits()) } else { Cell::EMPTY }
    }

    /// A date serial of the 1900 system, 0 or more; others stay numbers.
    pub fn date(serial: f64) -> Cell {
        let ms = (serial * MS_PER_DAY).round();
        if ms >= 0.0 && ms < PAYLOAD as f64 { Cell(TAG_DATE << TAG_SHIFT | ms as u64) } else { Cell::number(serial) }
    }

    /// The text with this id in the workbook's [`TextArena`].
    pub fn text(id: u32) -> Cell {
        Cell(TAG_TEXT << TAG_SHIFT | u64::from(id))
    }

    /// The error text with this id.
    pub fn error(id: u32) -> Cell {
        Cell(TAG_ERROR << TAG_SHIFT | u64::from(id))
    }

    /// TRUE or FALSE.
    pub fn bool(value: bool) -> Cell {
        Cell(TAG_BOOL << TAG_SHIFT | u64::from(value))
    }

    /// The id of the text, where the cell holds one.
    pub fn text_id(self) -> Option<u32> {
        (self.0 >> TAG_SHIFT == TAG_TEXT).then_some(self.0 as u32)
    }

    /// The bits, for the crossing between workers.
    pub fn to_bits(self) -> u64 {
        self.0
    }

    /// The cell of these bits; every pattern is a cell.
    pub fn from_bits(bits: u64) -> Cell {
        Cell(bits)
    }

    /// What the cell holds; texts come from the arena of its workbook.
    pub fn value(self, texts: &TextArena) -> CellValue<'_> {
        match self.0 >> TAG_SHIFT {
            TAG_EMPTY => CellValue::Empty,
            TAG_TEXT => CellValue::Text(texts.get(self.0 as u32)),
            TAG_DATE => CellValue::Date((self.0 & PAYLOAD) as f64 / MS_PER_DAY),
            TAG_BOOL => CellValue::Bool(self.0 & 1 == 1),
            TAG_ERROR => CellValue::Error(texts.get(self.0 as u32)),
            _ => CellValue::Number(f64::from_bits(self.0)),
        }
    }
}

/// Every text of a workbook, once each, end to end.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TextArena {
    bytes: String,
    /// End of each text in `bytes`.
    ends: Vec<u32>,
}

impl TextArena {
    /// Adds a text, even one already there (the reader interns), and gives its id.
    pub fn push(&mut self, text: &str) -> u32 {
        self.bytes.push_str(text);
        self.ends.push(self.bytes.len() as u32);
        self.ends.len() as u32 - 1
    }

    /// The text of an id; `""` for an unknown one.
    pub fn get(&self, id: u32) -> &str {
        let id = id as usize;
        let start = if id == 0 { 0 } else { self.ends.get(id - 1).copied().unwrap_or(0) as usize };
        self.ends.get(id).and_then(|end| self.bytes.get(start..*end as usize)).unwrap_or("")
    }

    /// Bytes of all texts together.
    pub fn byte_len(&self) -> usize {
        self.bytes.len()
    }

    /// How many texts there are.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }
}

/// One sheet's cells, row by row as they stand in the file; only filled cells are kept, so a stray cell in XFD1048576 costs one cell.
#[derive(Clone, Default, PartialEq)]
pub struct Table {
    /// Excel's number of each kept row, from 1, ascending.
    pub row_numbers: Vec<u32>,
    /// Where each kept row's cells end in `columns` and `cells`.
    pub row_ends: Vec<u32>,
    /// Column of each cell, 0 for A.
    pub columns: Vec<u16>,
    /// Value of each cell.
    pub cells: Vec<Cell>,
}

impl Table {
    /// Adds a cell; cells come in the order of rows, and of columns in a row. Blank cells are left out.
    pub fn push(&mut self, row_number: u32, column: u16, cell: Cell) {
        if cell == Cell::EMPTY {
            return;
        }
        if self.row_numbers.last() != Some(&row_number) {
            self.row_numbers.push(row_number);
            self.row_ends.push(self.cells.len() as u32);
        }
        self.columns.push(column);
        self.cells.push(cell);
        if let Some(end) = self.row_ends.last_mut() {
            *end += 1;
        }
    }

    /// How many rows hold anything.
    pub fn row_count(&self) -> usize {
        self.row_numbers.len()
    }

    /// The kept row at `index` (not Excel's number).
    pub fn row(&self, index: usize) -> Row<'_> {
        let start = if index == 0 { 0 } else { self.row_ends.get(index - 1).copied().unwrap_or(0) as usize };
        let end = self.row_ends.get(index).copied().unwrap_or(0) as usize;
        Row {
            number: self.row_numbers.get(index).copied().unwrap_or(0),
            columns: self.columns.get(start..end).unwrap_or(&[]),
            cells: self.cells.get(start..end).unwrap_or(&[]),
        }
    }

    /// The kept rows in order.
    pub fn rows(&self) -> impl ExactSizeIterator<Item = Row<'_>> {
        (0..self.row_count()).map(|index| self.row(index))
    }
}

/// One row of a [`Table`].
#[derive(Clone, Copy)]
pub struct Row<'a> {
    /// As Excel numbers it, from 1.
    pub number: u32,
    columns: &'a [u16],
    cells: &'a [Cell],
}

impl<'a> Row<'a> {
    /// The filled cells with their columns, from the left.
    pub fn cells(self) -> impl Iterator<Item = (u16, Cell)> + 'a {
        self.columns.iter().copied().zip(self.cells.iter().copied())
    }

    /// The cell of a column, blank where nothing stands.
    pub fn cell(self, column: u16) -> Cell {
        self.columns.binary_search(&column).ok().and_then(|at| self.cells.get(at).copied()).unwrap_or(Cell::EMPTY)
    }
}

/// A merged range: first row, last row (Excel's numbers), first column, last column (0 for A).
pub type Merge = (u32, u32, u16, u16);

/// One sheet as read.
#[derive(Clone, Default, PartialEq)]
pub struct Sheet {
    /// Name of the sheet.
    pub name: String,
    /// Whether the file hides it.
    pub is_hidden: bool,
    /// Merged ranges near the top, used for headers only.
    pub merges: Vec<Merge>,
    /// Rows the file hides, by hand or by a filter; they are read like any other. Told by xlsx alone.
    pub hidden_rows: u32,
    /// Columns with formulas that have no saved value, and how many. Told by xlsx alone.
    pub unsaved_formulas: Vec<(u16, u32)>,
    /// Its cells.
    pub table: Table,
}

/// A workbook as read.
#[derive(Clone, Default, PartialEq)]
pub struct Workbook {
    /// The sheets in the order of the file.
    pub sheets: Vec<Sheet>,
    /// The texts of all sheets.
    pub texts: TextArena,
}

/// The small part of a [`Workbook`] for a message; the big part crosses as blobs.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct WorkbookHead {
    sheets: Vec<SheetHead>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct SheetHead {
    name: String,
    is_hidden: bool,
    merges: Vec<Merge>,
    hidden_rows: u32,
    unsaved_formulas: Vec<(u16, u32)>,
}

/// One of the blobs a workbook crosses as, wherever its bytes are.
pub trait Part {
    /// Bytes.
    fn byte_len(&self) -> usize;

    /// Copies the bytes; `into` has [`Part::byte_len`] of them.
    fn copy_to(&self, into: &mut [u8]);
}

impl Part for &[u8] {
    fn byte_len(&self) -> usize {
        self.len()
    }

    fn copy_to(&self, into: &mut [u8]) {
        into.copy_from_slice(self);
    }
}

/// The values a part's bytes are; none where they are no whole number of them.
fn values<T: bytemuck::Pod>(part: &impl Part) -> Option<Vec<T>> {
    let (bytes, size) = (part.byte_len(), size_of::<T>());
    if !bytes.is_multiple_of(size) {
        return None;
    }
    let mut values = vec![T::zeroed(); bytes / size];
    part.copy_to(bytemuck::cast_slice_mut(&mut values));
    Some(values)
}

impl Workbook {
    /// The workbook as a transfer takes it: a head, then the texts' bytes and ends, then four blobs a sheet.
    pub fn parts(&self) -> (WorkbookHead, Vec<&[u8]>) {
        let mut blobs = vec![self.texts.bytes.as_bytes(), bytemuck::cast_slice(&self.texts.ends)];
        let mut sheets = Vec::with_capacity(self.sheets.len());
        for sheet in &self.sheets {
            let Sheet { name, is_hidden, merges, hidden_rows, unsaved_formulas, table } = sheet;
            sheets.push(SheetHead {
                name: name.clone(),
                is_hidden: *is_hidden,
                merges: merges.clone(),
                hidden_rows: *hidden_rows,
                unsaved_formulas: unsaved_formulas.clone(),
            });
            blobs.push(bytemuck::cast_slice(&table.row_numbers));
            blobs.push(bytemuck::cast_slice(&table.row_ends));
            blobs.push(bytemuck::cast_slice(&table.columns));
            blobs.push(bytemuck::cast_slice(&table.cells));
        }
        (WorkbookHead { sheets }, blobs)
    }

    /// Puts together what [`Workbook::parts`] took apart; none where the parts do not fit.
    pub fn from_parts(head: WorkbookHead, blobs: &[impl Part]) -> Option<Workbook> {
        let mut blobs = blobs.iter();
        let texts = TextArena { bytes: String::from_utf8(values(blobs.next()?)?).ok()?, ends: values(blobs.next()?)? };
        let mut sheets = Vec::with_capacity(head.sheets.len());
        for SheetHead { name, is_hidden, merges, hidden_rows, unsaved_formulas } in head.sheets {
            let table = Table {
                row_numbers: values(blobs.next()?)?,
                row_ends: values(blobs.next()?)?,
                columns: values(blobs.next()?)?,
                cells: values(blobs.next()?)?,
            };
            sheets.push(Sheet { name, is_hidden, merges, hidden_rows, unsaved_formulas, table });
        }
        Some(Workbook { sheets, texts })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_gives_back_what_it_was_given() {
        let mut texts = TextArena::default();
        let id = texts.push("Đặng");
        let second = texts.push("");
        let third = texts.push("An");
        assert_eq!(Cell::text(id).value(&texts), CellValue::Text("Đặng"));
        assert_eq!(Cell::text(second).value(&texts), CellValue::Text(""));
        assert_eq!(Cell::text(third).value(&texts), CellValue::Text("An"));
        assert_eq!(Cell::number(-0.5).value(&texts), CellValue::Number(-0.5));
        assert_eq!(Cell::number(12_345_678_901.0).value(&texts), CellValue::Number(12_345_678_901.0));
        assert_eq!(Cell::number(f64::NAN).value(&texts), CellValue::Empty);
        assert_eq!(Cell::date(44_562.5).value(&texts), CellValue::Date(44_562.5));
        assert_eq!(Cell::bool(true).value(&texts), CellValue::Bool(true));
        assert_eq!(Cell::EMPTY.value(&texts), CellValue::Empty);
    }

    #[test]
    fn a_workbook_survives_being_taken_apart() {
        let mut workbook = Workbook::default();
        let id = workbook.texts.push("x");
        let mut table = Table::default();
        table.push(3, 0, Cell::text(id));
        table.push(3, 5, Cell::number(1.0));
        table.push(1_048_576, 16_383, Cell::date(1.0));
        workbook.sheets.push(Sheet {
            name: "PL1".to_owned(),
            is_hidden: true,
            merges: vec![(1, 2, 0, 3)],
            hidden_rows: 2,
            unsaved_formulas: vec![(3, 1)],
            table,
        });
        let (head, blobs) = workbook.parts();
        let back = Workbook::from_parts(head, &blobs).unwrap_or_default();
        assert!(back == workbook);
        assert_eq!(back.sheets[0].table.row(0).cell(5).value(&back.texts), CellValue::Number(1.0));
        assert_eq!(back.sheets[0].table.row(1).number, 1_048_576);
        assert_eq!(back.sheets[0].table.row(1).cell(0), Cell::EMPTY);
    }
}
