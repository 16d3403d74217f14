//! A glance at a file before it is read: its sheets, about how many rows, about how much memory.

use crate::workbook::container::{self, Container};
use crate::workbook::error::ReadError;
use crate::workbook::package::{Memory, Source};
use crate::workbook::{xls, xlsx};
use serde::{Deserialize, Serialize};

/// One WebAssembly memory ends at 4 GiB; above this there is no room left to work in.
pub const MEMORY_LIMIT: u64 = 3 << 30;
/// Bytes the engine needs for a row beside its cells: a person, a dose, their keys and links (measured with a million rows).
const PER_ROW: u64 = 420;
/// Bytes of a cell in a table.
const PER_CELL: u64 = 10;

/// What is known of a file before it is read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Preflight {
    /// Its sheets; none where the format tells nothing in advance.
    pub sheets: Vec<SheetGlance>,
    /// About how many bytes the engine will need for it.
    pub memory: u64,
}

/// One sheet at a glance.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SheetGlance {
    /// Its name.
    pub name: String,
    /// Whether the file hides it.
    pub is_hidden: bool,
    /// About how many rows; none where it was not looked into.
    pub rows: Option<u32>,
    /// Whether `rows` was counted to the end.
    pub is_counted: bool,
}

impl Preflight {
    /// About how many rows all sheets have, and whether that is exact; none where no sheet was looked into.
    pub fn rows(&self) -> Option<(u64, bool)> {
        let known: Vec<u64> = self.sheets.iter().filter_map(|sheet| sheet.rows.map(u64::from)).collect();
        let is_exact = self.sheets.iter().all(|sheet| sheet.is_counted);
        (!known.is_empty()).then(|| (known.iter().sum(), is_exact))
    }
}

/// Memory for so many rows and cells, and bytes of text.
pub(crate) fn memory_for(rows: u64, cells: u64, text_bytes: u64) -> u64 {
    rows * PER_ROW + cells * PER_CELL + 2 * text_bytes
}

/// As a reader's first look, from bytes.
///
/// # Errors
/// Those of reading, as far as they show already.
pub fn glance_at(bytes: Vec<u8>) -> Result<Preflight, ReadError> {
    glance(&Memory::new(bytes))
}

/// Looks at a file without reading it: what its directory says, and the beginnings of its sheets.
///
/// # Errors
/// Those of reading, as far as they show already.
pub(crate) fn glance(source: &impl Source) -> Result<Preflight, ReadError> {
    match container::sniff(source)? {
        Container::Xlsx(directory) => xlsx::glance(source, &directory),
        // Binary rows are short, and every byte of them may be a cell's.
        Container::Xlsb(directory) | Container::Ods(directory) => {
            let claimed: u64 = directory.entries().iter().map(|entry| entry.claimed).sum();
            Ok(Preflight { sheets: Vec::new(), memory: claimed })
        }
        Container::Xls => xls::glance(&source.bytes(0, source.byte_len())),
        Container::Csv | Container::Html => Ok(Preflight { sheets: Vec::new(), memory: 4 * source.byte_len() as u64 }),
    }
}
