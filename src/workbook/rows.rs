//! Gathers cells into a table, also where a file writes them out of order.

use crate::workbook::error::ReadError;
use crate::workbook::table::{Cell, Table};

/// More filled cells than this do not fit in a browser tab together with what is made of them.
pub(crate) const MAX_CELLS: usize = 60_000_000;

/// Gathers the cells of one sheet.
#[derive(Default)]
pub(crate) struct RowBuilder {
    table: Table,
    /// The last cell's row and column, in one number.
    last: u64,
    /// All cells, once the order was found broken.
    scattered: Option<Vec<(u32, u16, Cell)>>,
}

impl RowBuilder {
    /// Adds a cell; row and column from 0.
    pub(crate) fn push(&mut self, row: u32, column: u32, cell: Cell) {
        // Beyond XFD1048576 there is no cell.
        if cell == Cell::EMPTY || row >= 1_048_576 || column >= 16_384 {
            return;
        }
        let place = u64::from(row + 1) << 16 | u64::from(column);
        if place > self.last && self.scattered.is_none() {
            self.last = place;
            self.table.push(row + 1, column as u16, cell);
        } else {
            self.scatter().push((row + 1, column as u16, cell));
        }
    }

    /// How many cells it has.
    pub(crate) fn len(&self) -> usize {
        self.scattered.as_ref().map_or(self.table.cells.len(), Vec::len)
    }

    /// Makes room for what `scale` makes of the rows and cells so far, at most `most` cells.
    pub(crate) fn reserve(&mut self, scale: impl Fn(usize) -> usize, most: usize) {
        let room = |len: usize| (scale(len) + len / 64).min(most).saturating_sub(len);
        let (rows, cells) = (room(self.table.row_numbers.len()), room(self.table.cells.len()));
        self.table.row_numbers.reserve_exact(rows);
        self.table.row_ends.reserve_exact(rows);
        self.table.columns.reserve_exact(cells);
        self.table.cells.reserve_exact(cells);
    }

    /// Stops before memory does.
    ///
    /// # Errors
    /// [`ReadError::TooLarge`] where there are more than [`MAX_CELLS`].
    pub(crate) fn check(&self) -> Result<(), ReadError> {
        if self.len() > MAX_CELLS { Err(ReadError::TooLarge(format!("hơn {} triệu ô", MAX_CELLS / 1_000_000))) } else { Ok(()) }
    }

    #[cold]
    fn scatter(&mut self) -> &mut Vec<(u32, u16, Cell)> {
        let table = &mut self.table;
        self.scattered.get_or_insert_with(|| {
            let table = std::mem::take(table);
            table.rows().flat_map(|row| row.cells().map(move |(column, cell)| (row.number, column, cell))).collect()
        })
    }

    /// The table.
    pub(crate) fn finish(mut self) -> Table {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workbook::table::{CellValue, TextArena};

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
}
