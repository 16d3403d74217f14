//! What a dropped file is, told from its bytes; extensions lie.

use crate::workbook::error::ReadError;

/// The formats a spreadsheet program saves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Container {
    /// Office Open XML: xlsx, xlsm.
    Xlsx,
    /// Office Open binary: xlsb.
    Xlsb,
    /// OpenDocument: ods.
    Ods,
    /// A compound file: xls.
    Xls,
}

/// More than this inflated does not fit beside the tables made of it.
const MAX_INFLATED: u64 = 4 << 30;

const COMPOUND_FILE: &[u8] = &[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];

/// Tells the format of a file, or why it is none.
pub(crate) fn sniff(bytes: &[u8]) -> Result<Container, ReadError> {
    if bytes.is_empty() {
        return Err(ReadError::EmptyFile);
    }
    if bytes.starts_with(COMPOUND_FILE) {
        let is_locked = ["EncryptedPackage", "EncryptionInfo"].iter().any(|name| find(bytes, &utf16(name)).is_some());
        return if is_locked { Err(ReadError::PasswordProtected) } else { Ok(Container::Xls) };
    }
    if bytes.starts_with(b"PK") {
        return sniff_zip(bytes);
    }
    Err(if is_text(bytes) { ReadError::TextFile } else { ReadError::NotWorkbook })
}

fn sniff_zip(bytes: &[u8]) -> Result<Container, ReadError> {
    let entries = zip_entries(bytes).ok_or_else(|| ReadError::Damaged("the directory of the zip is missing or cut off".to_owned()))?;
    if entries.iter().any(|entry| entry.is_encrypted) {
        return Err(ReadError::PasswordProtected);
    }
    let inflated = entries.iter().fold(0u64, |sum, entry| sum.saturating_add(entry.inflated));
    if inflated > MAX_INFLATED {
        return Err(ReadError::TooLarge(format!("{} MB sau khi giải nén", inflated >> 20)));
    }
    let has = |name: &str| entries.iter().any(|entry| entry.name == name);
    let ends = |name: &str| entries.iter().any(|entry| entry.name.ends_with(name));
    if ends("workbook.bin") {
        Ok(Container::Xlsb)
    } else if has("content.xml") && find(bytes, b"application/vnd.oasis.opendocument.spreadsheet").is_some() {
        Ok(Container::Ods)
    } else if has("[content_types].xml") && (ends("workbook.xml") || entries.iter().any(|entry| entry.name.starts_with("xl/"))) {
        Ok(Container::Xlsx)
    } else {
        Err(ReadError::NotWorkbook)
    }
}

/// One entry of a zip's directory.
struct Entry {
    /// Lower case, with `/` between folders.
    name: String,
    is_encrypted: bool,
    inflated: u64,
}

/// The directory at the end of a zip; none where it is missing or does not hold together.
fn zip_entries(bytes: &[u8]) -> Option<Vec<Entry>> {
    const END: &[u8] = b"PK\x05\x06";
    const ENTRY: &[u8] = b"PK\x01\x02";
    let tail = bytes.len().saturating_sub(22 + 0xffff);
    let end = tail + bytes.get(tail..)?.windows(4).rposition(|window| window == END)?;
    let (size, offset) = (u32_at(bytes, end + 12)?, u32_at(bytes, end + 16)?);
    let mut at = if size == u32::MAX || offset == u32::MAX {
        // The 64-bit end record stands before its locator, which stands before the plain one.
        let record = u64_at(bytes, end.checked_sub(20)? + 8)? as usize;
        u64_at(bytes, record.checked_add(48)?)? as usize
    } else {
        end.checked_sub(size as usize)?
    };
    let mut entries = Vec::new();
    while bytes.get(at..at.checked_add(4)?) == Some(ENTRY) {
        let (name, extra, comment) = (u16_at(bytes, at + 28)?, u16_at(bytes, at + 30)?, u16_at(bytes, at + 32)?);
        let name_bytes = bytes.get(at + 46..at + 46 + usize::from(name))?;
        entries.push(Entry {
            name: String::from_utf8_lossy(name_bytes).to_lowercase().replace('\\', "/"),
            is_encrypted: u16_at(bytes, at + 8)? & 1 == 1,
            inflated: u64::from(u32_at(bytes, at + 24)?),
        });
        at += 46 + usize::from(name) + usize::from(extra) + usize::from(comment);
    }
    (!entries.is_empty()).then_some(entries)
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    bytes.get(at..at + 2)?.try_into().ok().map(u16::from_le_bytes)
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..at + 4)?.try_into().ok().map(u32::from_le_bytes)
}

fn u64_at(bytes: &[u8], at: usize) -> Option<u64> {
    bytes.get(at..at.checked_add(8)?)?.try_into().ok().map(u64::from_le_bytes)
}

fn utf16(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

fn find(bytes: &[u8], what: &[u8]) -> Option<usize> {
    let first = *what.first()?;
    let mut from = 0;
    while let Some(at) = bytes.get(from..)?.iter().position(|byte| *byte == first) {
        if bytes.get(from + at..)?.starts_with(what) {
            return Some(from + at);
        }
        from += at + 1;
    }
    None
}

/// Whether the file reads as text: CSV, HTML, anything without control bytes at its start.
fn is_text(bytes: &[u8]) -> bool {
    if bytes.starts_with(b"%PDF") || bytes.starts_with(b"{\\rtf") {
        return false;
    }
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return true;
    }
    let start = bytes.get(..4096).unwrap_or(bytes);
    start.iter().all(|byte| *byte >= 0x20 || matches!(byte, b'\t' | b'\n' | b'\r' | 0x0c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_workbook_is_told_apart() {
        assert_eq!(sniff(b""), Err(ReadError::EmptyFile));
        assert_eq!(sniff("STT;Họ và tên\n1;An\n".as_bytes()), Err(ReadError::TextFile));
        assert_eq!(sniff(b"<html><table>"), Err(ReadError::TextFile));
        assert_eq!(sniff(b"%PDF-1.7"), Err(ReadError::NotWorkbook));
        assert_eq!(sniff(b"\x89PNG\r\n\x1a\n\0\0"), Err(ReadError::NotWorkbook));
        assert!(matches!(sniff(b"PK\x03\x04 and then nothing"), Err(ReadError::Damaged(_))));
    }

    #[test]
    fn a_locked_compound_file_is_said_to_be_locked() {
        let mut bytes = COMPOUND_FILE.to_vec();
        bytes.extend([0; 600]);
        assert_eq!(sniff(&bytes), Ok(Container::Xls));
        bytes.extend(utf16("EncryptedPackage"));
        assert_eq!(sniff(&bytes), Err(ReadError::PasswordProtected));
    }
}
