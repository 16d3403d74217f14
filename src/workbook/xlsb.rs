//! A look into an xlsb before it is read: some programs write runs of cells without their columns, which calamine passes over in silence.

use crate::workbook::error::ReadError;
use crate::workbook::package::{Directory, Source};

/// Cells that stand right of the one before and do not say where ([MS-XLSB] 2.3: BrtShortRk to BrtShortIsst; a blank one is no loss).
const SHORT_CELLS: std::ops::RangeInclusive<u32> = 13..=18;

/// Refuses a workbook that would be read with cells missing.
///
/// # Errors
/// [`ReadError::ShortCells`]. A part that does not inflate is left for the reader to complain about.
pub(crate) async fn check<S: Source>(source: &mut S, directory: &Directory) -> Result<(), ReadError> {
    let is_sheet = |name: &str| name.contains("worksheets/") && name.ends_with(".bin");
    for entry in directory.entries().iter().filter(|entry| is_sheet(&entry.name)) {
        if source.open(entry).is_err() {
            continue;
        }
        let (mut buffer, mut skip) = (Vec::new(), 0usize);
        while let Ok(true) = source.next(&mut buffer).await {
            let done = walk(&buffer, &mut skip)?;
            buffer.drain(..done);
        }
    }
    Ok(())
}

/// Walks over whole record heads; `skip` bytes belong to the record before. How far it came.
fn walk(bytes: &[u8], skip: &mut usize) -> Result<usize, ReadError> {
    let mut at = 0;
    loop {
        let body = (*skip).min(bytes.len() - at);
        (at, *skip) = (at + body, *skip - body);
        let Some((kind, kind_len)) = number(bytes.get(at..).unwrap_or(&[]), 2) else { return Ok(at) };
        let Some((len, len_len)) = number(bytes.get(at + kind_len..).unwrap_or(&[]), 4) else { return Ok(at) };
        if SHORT_CELLS.contains(&kind) {
            return Err(ReadError::ShortCells);
        }
        at += kind_len + len_len;
        *skip = len as usize;
    }
}

/// A number of at most so many bytes, seven bits each; the kind keeps its marks, as the format numbers its records.
fn number(bytes: &[u8], most: usize) -> Option<(u32, usize)> {
    let mut value = 0u32;
    for (index, byte) in bytes.iter().take(most).enumerate() {
        value |= u32::from(byte & 0x7f) << (7 * index);
        if byte & 0x80 == 0 {
            return Some((value, index + 1));
        }
        if index + 1 == most {
            return Some((value, most));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_cells_are_found_wherever_the_bytes_are_cut() {
        // A row (0, 3 bytes), a cell with its column (7, 12 bytes), the end of the rows (146 in two bytes).
        let usual = [&[0, 3, 1, 2, 3, 7, 12][..], &[18; 12], &[0x92, 0x01, 0]].concat();
        let short = [&usual[..], &[18, 4, 0, 0, 0, 0]].concat();
        for cut in 0..short.len() {
            let read = |bytes: &[u8]| {
                let (mut skip, mut buffer) = (0, bytes[..cut.min(bytes.len())].to_vec());
                let done = walk(&buffer, &mut skip)?;
                buffer.drain(..done);
                buffer.extend_from_slice(&bytes[cut.min(bytes.len())..]);
                walk(&buffer, &mut skip)
            };
            assert!(read(&usual).is_ok());
            assert_eq!(read(&short), Err(ReadError::ShortCells));
        }
    }
}
