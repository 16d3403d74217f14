//! A look into an xls before it is opened: calamine builds every sheet as a full rectangle, so a lone cell far away can cost a gigabyte.
//!
//! Record numbers after [MS-XLS] 2.3; only sizes, names and places are read here, no values.

use crate::workbook::compound_file::workbook_stream;
use crate::workbook::error::ReadError;
use crate::workbook::preflight::{Preflight, SheetGlance, memory_for};

/// Bytes calamine spends on a cell of its rectangles.
const PER_CELL: u64 = 32;
/// What all rectangles of a file may take together.
const MOST_BYTES: u64 = 1 << 30;

const DIMENSIONS: u16 = 0x0200;
const BOUND_SHEET: u16 = 0x0085;
const BEGIN: u16 = 0x0809;
const END: u16 = 0x000a;
const FORMULA: u16 = 0x0006;
/// Numbers, texts, truth values and errors; a blank cell with a format is none.
const VALUES: [u16; 5] = [0x0203, 0x0204, 0x0205, 0x027e, 0x00fd];
const NUMBERS: u16 = 0x00bd;
const RICH_TEXT: u16 = 0x00d6;

/// What the rectangle of a sheet's cells is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Extent {
    first_row: u16,
    last_row: u16,
    first_column: u16,
    last_column: u16,
    cells: u64,
    /// The rectangle the sheet states, which need not be true: calamine makes room for it all the same.
    stated: u64,
    /// Whether the sheet is said to begin where the stream has ended, which calamine does not survive.
    is_missing: bool,
}

impl Extent {
    fn add(&mut self, row: u16, from: u16, to: u16) {
        if self.cells == 0 {
            *self = Extent { first_row: row, last_row: row, first_column: from, last_column: to, cells: 0, ..*self };
        }
        self.first_row = self.first_row.min(row);
        self.last_row = self.last_row.max(row);
        self.first_column = self.first_column.min(from);
        self.last_column = self.last_column.max(to);
        self.cells += u64::from(to.saturating_sub(from)) + 1;
    }

    fn rows(self) -> u64 {
        if self.cells == 0 { 0 } else { u64::from(self.last_row - self.first_row) + 1 }
    }

    fn area(self) -> u64 {
        if self.cells == 0 { 0 } else { self.rows() * (u64::from(self.last_column - self.first_column) + 1) }
    }
}

/// Sheets and rows of an xls.
///
/// # Errors
/// [`ReadError::FarCell`] where the rectangles do not fit; [`ReadError::Damaged`] where sectors do not hold together (calamine follows
/// those that go in a circle until no memory is left).
pub(crate) fn glance(bytes: &[u8]) -> Result<Preflight, ReadError> {
    let Some(sheets) = workbook_stream(bytes)?.and_then(|stream| sheets_in(&stream)) else {
        // What is in it is no workbook we know: the reader will say what is wrong.
        return Ok(Preflight { sheets: Vec::new(), memory: 4 * bytes.len() as u64 });
    };
    let area: u64 = sheets.iter().map(|(_, extent)| extent.area()).sum();
    let stated = sheets.iter().map(|(_, extent)| extent.stated).max().unwrap_or(0);
    if stated > MOST_BYTES / PER_CELL {
        return Err(ReadError::Damaged(format!("a sheet states {stated} cells")));
    }
    if sheets.iter().any(|(_, extent)| extent.is_missing) {
        return Err(ReadError::Damaged("a sheet begins behind the end".to_owned()));
    }
    if area * PER_CELL > MOST_BYTES {
        let far = sheets.iter().max_by_key(|(_, extent)| extent.area());
        let (sheet, row) = far.map_or_else(Default::default, |(sheet, extent)| (sheet.name.clone(), u32::from(extent.last_row) + 1));
        return Err(ReadError::FarCell(sheet, row));
    }
    let (rows, cells) = sheets.iter().fold((0, 0), |(rows, cells), (_, extent)| (rows + extent.rows(), cells + extent.cells));
    let sheets = sheets.into_iter().map(|(sheet, _)| sheet).collect();
    Ok(Preflight { sheets, memory: memory_for(rows, cells, bytes.len() as u64) })
}

fn sheets_in(stream: &[u8]) -> Option<Vec<(SheetGlance, Extent)>> {
    let mut sheets = Vec::new();
    for (kind, body) in records(stream, 0) {
        match kind {
            BOUND_SHEET => {
                let at = u32::from_le_bytes(body.get(..4)?.try_into().ok()?) as usize;
                let is_hidden = body.get(4)? & 3 != 0;
                let extent = if *body.get(5)? == 0 { extent(stream, at) } else { Extent::default() };
                let extent = Extent { is_missing: at > stream.len(), ..extent };
                let rows = Some(extent.rows() as u32);
                sheets.push((SheetGlance { name: sheet_name(body.get(6..)?), is_hidden, rows, is_counted: true }, extent));
            }
            END => break,
            _ => {}
        }
    }
    Some(sheets)
}

/// The rectangle of the sheet that begins at this place of the stream.
fn extent(stream: &[u8], at: usize) -> Extent {
    let mut extent = Extent::default();
    // A chart inside the sheet begins and ends too.
    let mut depth = 0u32;
    for (kind, body) in records(stream, at) {
        let place = |from: usize| body.get(from..from + 2).map_or(0, |two| u16::from_le_bytes([two[0], two[1]]));
        match kind {
            BEGIN => depth += 1,
            DIMENSIONS => extent.stated = extent.stated.max(stated(body).unwrap_or(0)),
            END if depth <= 1 => break,
            END => depth -= 1,
            // First column, then six bytes a number, then the last column.
            NUMBERS if body.len() >= 6 && depth <= 1 => extent.add(place(0), place(2), place(body.len() - 2)),
            kind if (kind == FORMULA || kind == RICH_TEXT || VALUES.contains(&kind)) && body.len() >= 4 && depth <= 1 => {
                extent.add(place(0), place(2), place(2));
            }
            _ => {}
        }
    }
    extent
}

/// Rows times columns as a sheet states them; a rectangle turned round is as large as calamine takes it for.
fn stated(body: &[u8]) -> Option<u64> {
    let short = |at: usize| body.get(at..at + 2).map(|two| u32::from(u16::from_le_bytes([two[0], two[1]])));
    let long = |at: usize| body.get(at..at + 4)?.try_into().ok().map(u32::from_le_bytes);
    let (top, bottom, left, right) =
        if body.len() == 10 { (short(0)?, short(2)?, short(4)?, short(6)?) } else { (long(0)?, long(4)?, short(8)?, short(10)?) };
    let left = if left > 0xff || right < left { 0 } else { left };
    Some(u64::from(bottom.wrapping_sub(top)).saturating_mul(u64::from(right - left)))
}

/// The records from a place of the stream on, until one is cut off.
fn records(stream: &[u8], mut at: usize) -> impl Iterator<Item = (u16, &[u8])> {
    std::iter::from_fn(move || {
        let head = stream.get(at..at.checked_add(4)?)?;
        let (kind, len) = (u16::from_le_bytes([head[0], head[1]]), usize::from(u16::from_le_bytes([head[2], head[3]])));
        let body = stream.get(at + 4..at + 4 + len)?;
        at += 4 + len;
        Some((kind, body))
    })
}

/// A short text with its length in front: one byte or two a letter.
fn sheet_name(body: &[u8]) -> String {
    let (Some(len), Some(flags), Some(text)) = (body.first(), body.get(1), body.get(2..)) else { return String::new() };
    let len = usize::from(*len);
    if flags & 1 == 0 {
        text.iter().take(len).map(|byte| char::from(*byte)).collect()
    } else {
        let units: Vec<u16> = text.chunks_exact(2).take(len).map(|two| u16::from_le_bytes([two[0], two[1]])).collect();
        String::from_utf16_lossy(&units)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Cursor;

    fn record(kind: u16, body: &[u8]) -> Vec<u8> {
        [&kind.to_le_bytes()[..], &(body.len() as u16).to_le_bytes(), body].concat()
    }

    fn number(row: u16, column: u16) -> Vec<u8> {
        record(0x0203, &[&row.to_le_bytes()[..], &column.to_le_bytes(), &[0; 10]].concat())
    }

    /// An xls of sheets, each of these cells.
    fn xls(sheets: &[&[(u16, u16)]]) -> Vec<u8> {
        let bodies: Vec<Vec<u8>> = sheets
            .iter()
            .map(|cells| {
                let cells: Vec<u8> = cells.iter().flat_map(|(row, column)| number(*row, *column)).collect();
                [record(BEGIN, &[0; 16]), cells, record(BEGIN, &[0; 16]), number(60_000, 200), record(END, &[]), record(END, &[])].concat()
            })
            .collect();
        let globals = |starts: &[usize]| {
            let bound = |(index, start): (usize, &usize)| {
                let name = [&[3u8, 0][..], format!("DS{index}").as_bytes()].concat();
                record(BOUND_SHEET, &[&(*start as u32).to_le_bytes()[..], &[u8::from(index == 1), 0], &name].concat())
            };
            let bounds: Vec<u8> = starts.iter().enumerate().flat_map(bound).collect();
            [record(BEGIN, &[0; 16]), bounds, record(END, &[])].concat()
        };
        let mut at = globals(&vec![0; sheets.len()]).len();
        let starts: Vec<usize> = bodies.iter().map(|body| (at, at += body.len()).0).collect();
        let stream = [globals(&starts), bodies.concat()].concat();
        let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).unwrap();
        std::io::Write::write_all(&mut file.create_stream("/Workbook").unwrap(), &stream).unwrap();
        file.into_inner().into_inner()
    }

    #[test]
    fn sheets_and_rows_are_told() {
        let look = glance(&xls(&[&[(0, 0), (9, 3)], &[]])).unwrap();
        let seen: Vec<_> = look.sheets.iter().map(|sheet| (sheet.name.as_str(), sheet.is_hidden, sheet.rows)).collect();
        assert_eq!(seen, [("DS0", false, Some(10)), ("DS1", true, Some(0))]);
    }

    #[test]
    fn far_cells_are_refused_with_their_place_before_they_cost_memory() {
        let corner: &[(u16, u16)] = &[(0, 0), (65_535, 255)];
        assert!(glance(&xls(&[corner, corner])).is_ok());
        let refused = glance(&xls(&[corner, corner, corner])).err();
        assert_eq!(refused, Some(ReadError::FarCell("DS2".to_owned(), 65_536)));
        assert!(glance(b"\xd0\xcf\x11\xe0 no compound file").is_ok());
    }

    #[test]
    fn a_stated_size_is_not_believed_and_not_made_room_for() {
        // Rows 2 to 1, columns 0 to 255.
        let dimensions = record(DIMENSIONS, &[2, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 1, 0, 0]);
        let stream = [record(BEGIN, &[0; 16]), dimensions, record(END, &[])].concat();
        assert_eq!(extent(&stream, 0).stated, 0xffff_ffff * 256);
    }

    #[test]
    fn a_workbook_of_another_program_is_looked_into_and_one_in_a_circle_refused() {
        let bytes = include_bytes!("../../tests/fixtures/gia-tri.xls");
        assert_eq!(glance(bytes).unwrap().sheets[0].rows, Some(97));
        // Every link of the first sector of links names itself as its follower.
        let mut spoilt = bytes.to_vec();
        let links = 512 * (1 + u32::from_le_bytes(bytes[76..80].try_into().unwrap()) as usize);
        for at in (links..links + 512).step_by(4) {
            spoilt[at..at + 4].copy_from_slice(&(((at - links) / 4) as u32).to_le_bytes());
        }
        assert!(matches!(glance(&spoilt), Err(ReadError::Damaged(_))));
    }
}
