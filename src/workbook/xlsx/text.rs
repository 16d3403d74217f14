//! Texts of cells: entities, line ends, the `_x000D_` way of writing control characters, runs of rich text.

use super::scan::{Markup, attribute, markup};
use memchr::{memchr, memchr3};

/// What the elements inside a `<c>`, `<is>` or `<si>` say.
#[derive(Debug, Default)]
pub(super) struct Content {
    /// The text of `<v>`, or of all runs.
    pub(super) text: Vec<u8>,
    /// Whether there is a formula.
    pub(super) has_formula: bool,
    /// Scratch for one run.
    run: Vec<u8>,
}

impl Content {
    /// Reads from `at` to behind the closing tag of this name; none where that is not there yet.
    pub(super) fn read(&mut self, bytes: &[u8], mut at: usize, closing: &[u8]) -> Option<usize> {
        self.text.clear();
        self.has_formula = false;
        // Inside a `<v>` or `<t>`: whether blanks around the text are its own.
        let mut captured: Option<bool> = None;
        let mut is_phonetic = false;
        loop {
            let open = at + memchr(b'<', bytes.get(at..)?)?;
            if captured.is_some() {
                decode_into(&mut self.run, bytes.get(at..open)?);
            }
            let found = markup(bytes, open)?;
            at = found.end();
            match found {
                Markup::Open { name: b"v", is_empty: false, .. } => {
                    captured = Some(true);
                    self.run.clear();
                    self.text.clear();
                }
                Markup::Open { name: b"t", attributes, is_empty: false, .. } if !is_phonetic => {
                    captured = Some(attribute(attributes, b"space") == Some(b"preserve"));
                    self.run.clear();
                }
                Markup::Open { name: b"f", .. } => self.has_formula = true,
                Markup::Open { name: b"rPh", is_empty: false, .. } => is_phonetic = true,
                Markup::Close { name: b"rPh", .. } => is_phonetic = false,
                Markup::Close { name: b"v" | b"t", .. } => {
                    if let Some(keeps_blanks) = captured.take() {
                        let run = if keeps_blanks { self.run.as_slice() } else { self.run.trim_ascii() };
                        unescape_into(&mut self.text, run);
                    }
                }
                Markup::Close { name, .. } if name == closing => return Some(at),
                Markup::Verbatim { text, .. } if captured.is_some() => self.run.extend_from_slice(text),
                _ => {}
            }
        }
    }
}

/// A text without markup in it, as a person sees it; `scratch` holds it where it is not as written.
pub(super) fn plain<'t>(raw: &'t [u8], keeps_blanks: bool, scratch: &'t mut Vec<u8>) -> &'t [u8] {
    if memchr3(b'&', b'\r', b'_', raw).is_none() {
        return if keeps_blanks { raw } else { raw.trim_ascii() };
    }
    let mut decoded = Vec::with_capacity(raw.len());
    decode_into(&mut decoded, raw);
    scratch.clear();
    unescape_into(scratch, if keeps_blanks { &decoded } else { decoded.trim_ascii() });
    scratch
}

/// Appends a text with its entities resolved and its line ends as `\n`.
pub(super) fn decode_into(out: &mut Vec<u8>, mut raw: &[u8]) {
    while let Some(at) = memchr::memchr2(b'&', b'\r', raw) {
        out.extend_from_slice(raw.get(..at).unwrap_or(&[]));
        let rest = raw.get(at..).unwrap_or(&[]);
        let used = match rest {
            [b'\r', b'\n', ..] => 1,
            [b'\r', ..] => {
                out.push(b'\n');
                1
            }
            _ => match entity(rest) {
                Some((c, used)) => {
                    out.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes());
                    used
                }
                // An entity only this document knows: kept as written, never expanded.
                None => {
                    out.push(b'&');
                    1
                }
            },
        };
        raw = rest.get(used..).unwrap_or(&[]);
    }
    out.extend_from_slice(raw);
}

/// The character of an entity and its length: `&amp;`, `&#10;`, `&#xA;`.
fn entity(rest: &[u8]) -> Option<(char, usize)> {
    let end = rest.iter().take(12).position(|byte| *byte == b';')?;
    let name = std::str::from_utf8(rest.get(1..end)?).ok()?;
    let c = match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        _ => match name.strip_prefix('#')? {
            digits if digits.starts_with(['x', 'X']) => char::from_u32(u32::from_str_radix(digits.get(1..)?, 16).ok()?)?,
            digits => char::from_u32(digits.parse().ok()?)?,
        },
    };
    Some((c, end + 1))
}

/// Appends a text with each `_xHHHH_` as the UTF-16 unit it stands for (ECMA-376 part 1, 22.9.2.19).
fn unescape_into(out: &mut Vec<u8>, mut text: &[u8]) {
    while let Some(at) = memchr(b'_', text) {
        out.extend_from_slice(text.get(..at).unwrap_or(&[]));
        let rest = text.get(at..).unwrap_or(&[]);
        let (c, used) = match (unit(rest), rest.get(7..).and_then(unit)) {
            (Some(high @ 0xd800..=0xdbff), Some(low @ 0xdc00..=0xdfff)) => {
                (char::from_u32(0x10000 + ((u32::from(high) - 0xd800) << 10) + (u32::from(low) - 0xdc00)), 14)
            }
            (Some(unit), _) => (char::from_u32(u32::from(unit)), 7),
            (None, _) => (Some('_'), 1),
        };
        match c {
            Some(c) => out.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes()),
            // Half a surrogate pair stays as written.
            None => out.extend_from_slice(rest.get(..used).unwrap_or(&[])),
        }
        text = rest.get(used..).unwrap_or(&[]);
    }
    out.extend_from_slice(text);
}

fn unit(rest: &[u8]) -> Option<u16> {
    match rest {
        [b'_', b'x', digits @ ..] if digits.get(4) == Some(&b'_') => {
            let digits = digits.get(..4)?;
            if !digits.iter().all(u8::is_ascii_hexdigit) {
                return None;
            }
            u16::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_as_a_person_sees_them() {
        let see = |raw: &str| String::from_utf8(plain(raw.as_bytes(), true, &mut Vec::new()).to_vec()).unwrap();
        assert_eq!(see("A &amp; B &lt;&#10;&#x1EA1;&gt;"), "A & B <\nạ>");
        assert_eq!(see("a\r\nb\rc"), "a\nb\nc");
        assert_eq!(see("&#13;&lol;&#xD800;&"), "\r&lol;&#xD800;&");
        assert_eq!(see("_x000D_x_x005F_x000A_ _x00ZZ_ _x41_"), "\rx_x000A_ _x00ZZ_ _x41_");
        assert_eq!(see("_xD83D__xDCF7_ _xD83D_"), "\u{1f4f7} _xD83D_");
        assert_eq!(plain(b" a&amp; ", false, &mut Vec::new()), b"a&");
        assert_eq!(plain("\u{a0}a ".as_bytes(), false, &mut Vec::new()), "\u{a0}a".as_bytes());
    }

    #[test]
    fn runs_are_joined_and_phonetic_ones_left_out() {
        let mut content = Content::default();
        let xml = b"<r><rPr><b/></rPr><t xml:space=\"preserve\">H\xe1\xbb\x8d </t></r><r><t> t&#234;n<![CDATA[<1>]]> </t></r><rPh sb=\"0\"><t>x</t></rPh></si>..";
        let end = content.read(xml, 0, b"si");
        assert_eq!(end, Some(xml.len() - 2));
        assert_eq!(String::from_utf8_lossy(&content.text), "Họ tên<1>");
        assert_eq!(content.read(b"<f>A1<![CDATA[</c>]]></f><v>5</v></c", 0, b"c"), None);
        assert!(content.read(b"<f>A1+\"<v>\"</f><v>5&lt;</v></c>", 0, b"c").is_some());
        assert!(content.has_formula);
        assert_eq!(content.text, b"5<");
    }
}
