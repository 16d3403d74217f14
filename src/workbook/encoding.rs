//! The characters of a text file: told from its bytes, since a text file does not say how it was written.

use encoding_rs::{Encoding, UTF_16BE, UTF_16LE, WINDOWS_1252, WINDOWS_1258};
use std::borrow::Cow;
use unicode_normalization::UnicodeNormalization as _;

/// Decodes a text file: UTF-8, UTF-16 where a byte order mark says so, else one of the single-byte encodings of Vietnamese.
///
/// TCVN3 and VNI text comes out as the Latin characters it looks like in Excel, as in a workbook, so that both are put right in one
/// place.
pub(crate) fn decode(bytes: &[u8]) -> Cow<'_, str> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        let rest = bytes.get(mark..).unwrap_or_default();
        return if encoding == UTF_16LE || encoding == UTF_16BE {
            encoding.decode_without_bom_handling(rest).0
        } else {
            String::from_utf8_lossy(rest)
        };
    }
    if is_utf8(bytes) {
        return String::from_utf8_lossy(bytes);
    }
    if is_windows_1258(bytes) {
        // Written half decomposed, letter then tone: put together as everywhere else.
        return Cow::Owned(WINDOWS_1258.decode_without_bom_handling(bytes).0.nfc().collect());
    }
    WINDOWS_1252.decode_without_bom_handling(bytes).0
}

/// Whether the bytes are UTF-8, but for a few damaged ones: no other encoding has this many well-formed sequences by chance.
fn is_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().bytes().filter(|byte| *byte >= 0xc0).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    bad == 0 || bad * 4 < good
}

/// Whether single-byte text is windows-1258, and not TCVN3 or VNI in the guise of windows-1252.
fn is_windows_1258(bytes: &[u8]) -> bool {
    let (mut unicode_page, mut legacy) = (0usize, 0usize);
    let mut last = 0;
    for &byte in bytes {
        match byte {
            // Tones, each after its vowel; Đ and đ.
            0xcc | 0xd2 | 0xde | 0xec | 0xf2 if is_vowel(last) => unicode_page += 1,
            0xf0 => unicode_page += 1,
            0xd0 if !last.is_ascii_alphabetic() => unicode_page += 1,
            // Signs that TCVN3 uses for letters, inside words.
            0xa8..=0xae | 0xb5..=0xbe if last.is_ascii_alphabetic() => legacy += 1,
            // Letters that VNI and TCVN3 need and Vietnamese in windows-1258 never has.
            0xc4 | 0xc5 | 0xc6 | 0xc7 | 0xcb | 0xcf | 0xd1 | 0xd6 | 0xd8 | 0xdb | 0xdc => legacy += 1,
            0xe4..=0xe7 | 0xeb | 0xef | 0xf1 | 0xf6 | 0xf8 | 0xfb | 0xfc => legacy += 1,
            _ => {}
        }
        last = byte;
    }
    unicode_page >= legacy
}

fn is_vowel(byte: u8) -> bool {
    b"aeiouyAEIOUY".contains(&byte) || matches!(byte, 0xc2 | 0xc3 | 0xca | 0xd4 | 0xd5 | 0xdd | 0xe2 | 0xe3 | 0xea | 0xf4 | 0xf5 | 0xfd)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_name_in_every_encoding_is_told_apart() {
        let name = "Trần Thị Mỹ Duyên, Nguyễn Văn Đức";
        let utf16 =
            |to_bytes: fn(u16) -> [u8; 2], mark: &[u8]| [mark, &name.encode_utf16().flat_map(to_bytes).collect::<Vec<u8>>()].concat();
        assert_eq!(decode(name.as_bytes()), name);
        assert_eq!(decode(&["\u{feff}".as_bytes(), name.as_bytes()].concat()), name);
        assert_eq!(decode(&utf16(u16::to_le_bytes, b"\xff\xfe")), name);
        assert_eq!(decode(&utf16(u16::to_be_bytes, b"\xfe\xff")), name);
        let windows_1258 = b"Tr\xe2\xccn Th\x69\xf2 My\xde Duy\xean, Nguy\xea\xden V\xe3n \xd0\xfd\xecc";
        assert_eq!(decode(windows_1258), name);
    }

    #[test]
    fn legacy_text_is_left_as_it_looks_in_a_workbook() {
        let latin = |text: &str| text.chars().map(|char| char as u8).collect::<Vec<u8>>();
        for seen in [
            "TrÇn ThÞ Mü Duyªn",
            "NguyÔn V¨n §øc",
            "TrÇn ThÞ H\u{ad}êng",
            "Traàn Thò Höôøng",
            "Nguyeãn Vaên Ñöùc",
            "Lyù Thò Myõ Duyeân, Hoaøng Thuûy Baéc Kaïn",
        ] {
            assert_eq!(decode(&latin(seen)), seen);
        }
    }

    #[test]
    fn a_damaged_byte_does_not_turn_a_whole_file_into_signs() {
        let mut bytes =
            "Họ và tên;Ngày sinh\nNguyễn Thị Hạnh;17/05/1980\nTrần Văn Tú;01/02/1990\nĐặng Thị Bưởi;03/04/1985\n".as_bytes().to_vec();
        bytes.insert(1, 0xff);
        assert!(decode(&bytes).contains("Nguyễn Thị Hạnh"));
    }
}
