//! What a dropped file is, told from its bytes; extensions lie.

use crate::workbook::error::ReadError;
use crate::workbook::html::is_html;
use crate::workbook::package::{Directory, Inflater, Source};
use memchr::memmem;

/// Enough of a file to tell text from bytes.
const START: usize = 4096;

/// The formats a spreadsheet program saves.
#[derive(Clone, Debug)]
pub(crate) enum Container {
    /// Office Open XML: xlsx, xlsm.
    Xlsx(Directory),
    /// Office Open binary: xlsb.
    Xlsb(Directory),
    /// OpenDocument: ods.
    Ods(Directory),
    /// A compound file: xls.
    Xls,
    /// A table written as text, or any other text.
    Csv,
    /// A web page under the name of a workbook.
    Html,
}

const COMPOUND_FILE: &[u8] = &[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];

/// Tells the format of a file, or why it is none.
pub(crate) fn sniff(source: &(impl Source + ?Sized)) -> Result<Container, ReadError> {
    let start = source.bytes(0, START);
    if start.is_empty() {
        return Err(ReadError::EmptyFile);
    }
    if start.starts_with(COMPOUND_FILE) {
        let bytes = source.bytes(0, source.byte_len());
        let is_locked = ["EncryptedPackage", "EncryptionInfo"].iter().any(|name| memmem::find(&bytes, &utf16(name)).is_some());
        return if is_locked { Err(ReadError::PasswordProtected) } else { Ok(Container::Xls) };
    }
    if start.starts_with(b"PK") {
        return sniff_zip(source, Directory::read(source)?);
    }
    if is_text(&start) { Ok(if is_html(&start) { Container::Html } else { Container::Csv }) } else { Err(ReadError::NotWorkbook) }
}

fn sniff_zip(source: &(impl Source + ?Sized), directory: Directory) -> Result<Container, ReadError> {
    if directory.entries().iter().any(|entry| entry.is_encrypted) {
        return Err(ReadError::PasswordProtected);
    }
    let ends = |name: &str| directory.entries().iter().any(|entry| entry.name.ends_with(name));
    if ends("workbook.bin") {
        Ok(Container::Xlsb(directory))
    } else if ends("workbook.xml") || directory.entries().iter().any(|entry| entry.name.starts_with("xl/")) {
        Ok(Container::Xlsx(directory))
    } else if directory.get("content.xml").is_some() && is_spreadsheet(source, &directory) {
        Ok(Container::Ods(directory))
    } else {
        Err(ReadError::NotWorkbook)
    }
}

/// Whether an OpenDocument says that it is a spreadsheet, packed or not; one that says nothing may be one.
fn is_spreadsheet(source: &(impl Source + ?Sized), directory: &Directory) -> bool {
    let Some(entry) = directory.get("mimetype") else { return true };
    let said = || -> Result<Vec<u8>, ReadError> {
        let (from, len) = entry.range(source)?;
        let mut said = Vec::new();
        Inflater::new(source.bytes(from, len.min(START)).into_owned(), entry)?.next(&mut said)?;
        Ok(said)
    };
    said().is_ok_and(|said| memmem::find(&said, b"opendocument.spreadsheet").is_some())
}

fn utf16(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

/// Whether the file reads as text: CSV, HTML, anything without control bytes at its start.
fn is_text(bytes: &[u8]) -> bool {
    if bytes.starts_with(b"%PDF") || bytes.starts_with(b"{\\rtf") {
        return false;
    }
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return true;
    }
    bytes.iter().all(|byte| *byte >= 0x20 || matches!(byte, b'\t' | b'\n' | b'\r' | 0x0b | 0x0c))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workbook::package::Memory;

    fn refusal(bytes: &[u8]) -> Option<ReadError> {
        sniff(&Memory::new(bytes.to_vec())).err()
    }

    #[test]
    fn what_is_no_workbook_is_told_apart() {
        assert_eq!(refusal(b""), Some(ReadError::EmptyFile));
        assert!(matches!(sniff(&Memory::new("STT;Họ và tên\n1;An\n".as_bytes().to_vec())), Ok(Container::Csv)));
        assert!(matches!(sniff(&Memory::new(b"<html><table>".to_vec())), Ok(Container::Html)));
        assert_eq!(refusal(b"%PDF-1.7"), Some(ReadError::NotWorkbook));
        assert_eq!(refusal(b"\x89PNG\r\n\x1a\n\0\0"), Some(ReadError::NotWorkbook));
        assert!(matches!(refusal(b"PK\x03\x04 and then nothing"), Some(ReadError::Damaged(_))));
    }

    #[test]
    fn a_locked_compound_file_is_said_to_be_locked() {
        let mut bytes = COMPOUND_FILE.to_vec();
        bytes.extend([0; 600]);
        assert_eq!(refusal(&bytes), None);
        bytes.extend(utf16("EncryptedPackage"));
        assert_eq!(refusal(&bytes), Some(ReadError::PasswordProtected));
    }
}
