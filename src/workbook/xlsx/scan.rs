//! Markup in a stretch of bytes that may end anywhere: whatever is not whole yet is none, and is looked at again with more bytes.

use memchr::{memchr, memchr3, memmem};

/// What begins with `<`.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Markup<'b> {
    /// `<name …>`, or `<name …/>` (then `is_empty`).
    Open { name: &'b [u8], attributes: &'b [u8], is_empty: bool, end: usize },
    /// `</name>`.
    Close { name: &'b [u8], end: usize },
    /// `<![CDATA[…]]>`, with its text.
    Verbatim { text: &'b [u8], end: usize },
    /// A comment, an instruction, a document type: nothing of ours. Entities a document type defines are never expanded.
    Other { end: usize },
}

impl Markup<'_> {
    /// Where it ends.
    pub(super) fn end(&self) -> usize {
        match self {
            Markup::Open { end, .. } | Markup::Close { end, .. } | Markup::Verbatim { end, .. } | Markup::Other { end } => *end,
        }
    }
}

/// The markup whose `<` stands at `at`.
pub(super) fn markup(bytes: &[u8], at: usize) -> Option<Markup<'_>> {
    let rest = bytes.get(at..)?;
    match rest.get(1)? {
        b'/' => {
            let close = memchr(b'>', rest)?;
            Some(Markup::Close { name: local(rest.get(2..close)?), end: at + close + 1 })
        }
        b'!' => bang(rest, at),
        b'?' => Some(Markup::Other { end: at + memmem::find(rest, b"?>")? + 2 }),
        _ => {
            let close = tag_end(rest)?;
            let is_empty = rest.get(close - 1) == Some(&b'/');
            let inside = rest.get(1..if is_empty { close - 1 } else { close })?;
            let name_end = inside.iter().position(|byte| byte.is_ascii_whitespace()).unwrap_or(inside.len());
            let (name, attributes) = inside.split_at(name_end);
            Some(Markup::Open { name: local(name), attributes, is_empty, end: at + close + 1 })
        }
    }
}

fn bang(rest: &[u8], at: usize) -> Option<Markup<'_>> {
    const COMMENT: &[u8] = b"<!--";
    const VERBATIM: &[u8] = b"<![CDATA[";
    if rest.starts_with(COMMENT) {
        return Some(Markup::Other { end: at + 4 + memmem::find(rest.get(4..)?, b"-->")? + 3 });
    }
    if rest.starts_with(VERBATIM) {
        let text = rest.get(9..)?;
        let len = memmem::find(text, b"]]>")?;
        return Some(Markup::Verbatim { text: text.get(..len)?, end: at + 9 + len + 3 });
    }
    let could_be = |whole: &[u8]| rest.len() < whole.len() && whole.starts_with(rest);
    if could_be(COMMENT) || could_be(VERBATIM) {
        return None;
    }
    // `<!DOCTYPE x [ <!ENTITY …> ]>`
    let mut depth = 0usize;
    for (index, byte) in rest.iter().enumerate() {
        match byte {
            b'<' => depth += 1,
            b'>' => depth -= 1,
            _ => continue,
        }
        if depth == 0 {
            return Some(Markup::Other { end: at + index + 1 });
        }
    }
    None
}

/// Where the `>` of a start tag stands; one in quotes is part of a value.
fn tag_end(rest: &[u8]) -> Option<usize> {
    let mut at = 1;
    loop {
        at += memchr3(b'>', b'"', b'\'', rest.get(at..)?)?;
        let byte = *rest.get(at)?;
        if byte == b'>' {
            return Some(at);
        }
        at += 1;
        at += memchr(byte, rest.get(at..)?)? + 1;
    }
}

/// A name without its prefix and what stands behind it.
fn local(name: &[u8]) -> &[u8] {
    let name = name.trim_ascii_end();
    match memchr(b':', name) {
        Some(colon) => name.get(colon + 1..).unwrap_or(name),
        None => name,
    }
}

/// The value of an attribute, by its local name, as written.
pub(super) fn attribute<'b>(attributes: &'b [u8], wanted: &[u8]) -> Option<&'b [u8]> {
    let mut rest = attributes;
    loop {
        let equals = memchr(b'=', rest)?;
        let name = local(rest.get(..equals)?.trim_ascii());
        let value = rest.get(equals + 1..)?.trim_ascii_start();
        let quote = *value.first()?;
        let value = value.get(1..)?;
        let end = memchr(quote, value)?;
        if name == wanted {
            return value.get(..end);
        }
        rest = value.get(end + 1..)?;
    }
}

/// A reference such as `AB12`: row and column from 0.
pub(super) fn reference(text: &[u8]) -> Option<(u32, u32)> {
    let letters = text.iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
    let (letters, digits) = text.split_at(letters);
    if letters.is_empty() || letters.len() > 3 || digits.is_empty() || digits.len() > 7 {
        return None;
    }
    let column = letters.iter().fold(0, |column, letter| column * 26 + u32::from(letter.to_ascii_uppercase() - b'A') + 1);
    let row = digits.iter().try_fold(0u32, |row, digit| digit.is_ascii_digit().then(|| row * 10 + u32::from(digit - b'0')))?;
    Some((row.checked_sub(1)?, column - 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_is_whole_or_none() {
        let open = markup(br#"<x:c r="a>b" s='1'>"#, 0);
        assert_eq!(open, Some(Markup::Open { name: b"c", attributes: br#" r="a>b" s='1'"#, is_empty: false, end: 19 }));
        assert_eq!(markup(b"<c/>", 0), Some(Markup::Open { name: b"c", attributes: b"", is_empty: true, end: 4 }));
        assert_eq!(markup(b"..</c >", 2), Some(Markup::Close { name: b"c", end: 7 }));
        assert_eq!(markup(b"<![CDATA[a<b]]>", 0), Some(Markup::Verbatim { text: b"a<b", end: 15 }));
        assert_eq!(markup(b"<!-- <c> -->", 0), Some(Markup::Other { end: 12 }));
        assert_eq!(markup(b"<!DOCTYPE a [<!ENTITY b \"c\">]>", 0), Some(Markup::Other { end: 30 }));
        for cut in ["<", "</c", "<!", "<!-", "<!-- ->", "<![CDA", "<![CDATA[]]", "<?xml ?", "<c r=\"a>", "<!DOCTYPE a [<!ENTITY b \"c\">]"]
        {
            assert_eq!(markup(cut.as_bytes(), 0), None, "{cut}");
        }
    }

    #[test]
    fn attributes_and_references() {
        assert_eq!(attribute(br#" xml:space = "preserve" r='B2'"#, b"r"), Some(&b"B2"[..]));
        assert_eq!(attribute(br#" a="r='1'""#, b"r"), None);
        assert_eq!(reference(b"A1"), Some((0, 0)));
        assert_eq!(reference(b"xfd1048576"), Some((1_048_575, 16_383)));
        for bad in ["", "A", "1", "A0", "AAAA1", "A-1", "A12345678", "A1:B2"] {
            assert_eq!(reference(bad.as_bytes()), None, "{bad}");
        }
    }
}
