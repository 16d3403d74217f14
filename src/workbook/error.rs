//! Why a file is refused.

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// Why a file could not be read at all; what an officer reads about each stands in [`crate::text`].
#[derive(Clone, Debug, PartialEq, Eq, Error, Serialize, Deserialize)]
pub enum ReadError {
    /// No bytes.
    #[error("the file is empty")]
    EmptyFile,
    /// Text, a picture, a PDF: nothing a spreadsheet program saves.
    #[error("not a workbook")]
    NotWorkbook,
    /// Text that holds no table: prose, a script, a page without tables.
    #[error("a text file without a table")]
    TextFile,
    /// Locked with a password.
    #[error("protected by a password")]
    PasswordProtected,
    /// Cut off or damaged: the zip or compound file does not hold together.
    #[error("damaged: {0}")]
    Damaged(String),
    /// No sheet holds a single value.
    #[error("no sheet holds anything")]
    NoCells,
    /// No sheet has a header that can be used.
    #[error("no usable header in any sheet")]
    NoHeader,
    /// A column that a list cannot be read without holds formulas, and none has a saved value: sheet, heading.
    #[error("no saved values in column {1} of sheet {0}")]
    NoSavedValues(String, String),
    /// An xlsb whose cells are written in a way that would be read with cells missing.
    #[error("cells without their columns")]
    ShortCells,
    /// A cell so far from the others that opening the sheet would cost all memory (xls alone; xlsx is streamed): sheet and row.
    #[error("a cell far away, in row {1} of sheet {0}")]
    FarCell(String, u32),
    /// Larger than can be read in the memory of a browser tab.
    #[error("too large: {0}")]
    TooLarge(String),
    /// Read before under another name (the same SHA-256).
    #[error("the same content as {0}")]
    SameAs(String),
    /// The reader crashed on it.
    #[error("the reader crashed")]
    Crashed,
    /// The reader said nothing for long and was stopped.
    #[error("the reader fell silent")]
    Silent,
    /// The officer stopped it.
    #[error("cancelled")]
    Cancelled,
}
