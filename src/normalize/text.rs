//! One copy of each text, named by a small id.

use string_interner::{StringInterner, Symbol as _, backend::StringBackend, symbol::SymbolU32};

/// A text in a [`TextPool`]. Equal ids mean equal texts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Text(u32);

impl Text {
    /// The missing text; resolves to `""`.
    pub const NONE: Text = Text(0);

    /// The number behind the id.
    pub fn id(self) -> u32 {
        self.0
    }

    /// Whether there is a text.
    pub fn is_some(self) -> bool {
        self != Text::NONE
    }

    /// Whether the text is missing.
    pub fn is_none(self) -> bool {
        self == Text::NONE
    }
}

/// Every text of the loaded records, once each.
///
/// ```
/// use ra_soat::normalize::text::{Text, TextPool};
/// let mut pool = TextPool::default();
/// let name = pool.intern("Nguyễn Văn An");
/// assert_eq!(pool.intern("Nguyễn Văn An"), name);
/// assert_eq!(pool.get(name), "Nguyễn Văn An");
/// assert_eq!(pool.intern(""), Text::NONE);
/// ```
#[derive(Clone, Debug, Default)]
pub struct TextPool {
    interner: StringInterner<StringBackend<SymbolU32>>,
}

impl TextPool {
    /// The id of a text, new or known; the empty text is [`Text::NONE`].
    pub fn intern(&mut self, text: &str) -> Text {
        if text.is_empty() {
            return Text::NONE;
        }
        Text(self.interner.get_or_intern(text).to_usize() as u32 + 1)
    }

    /// How many ids there are, the missing text's included: one more than the greatest.
    pub fn len(&self) -> usize {
        self.interner.len() + 1
    }

    /// Whether it holds no text.
    pub fn is_empty(&self) -> bool {
        self.interner.is_empty()
    }

    /// The text of an id of this pool; `""` for the missing one.
    pub fn get(&self, text: Text) -> &str {
        text.0
            .checked_sub(1)
            .and_then(|index| SymbolU32::try_from_usize(index as usize))
            .and_then(|symbol| self.interner.resolve(symbol))
            .unwrap_or("")
    }
}
