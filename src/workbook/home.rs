//! Where a person lives, from the columns of the address.

use crate::normalize::fold_place;
use crate::normalize::text::{Text, TextPool};
use crate::workbook::address::{AddressParts, parts_of};

/// The cells of an address as a row writes them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Written {
    pub(crate) province: Text,
    pub(crate) district: Text,
    pub(crate) commune: Text,
    pub(crate) commune_code: Text,
    pub(crate) hamlet: Text,
    pub(crate) detail: Text,
}

/// A home, read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Home {
    pub(crate) province: Text,
    pub(crate) district: Text,
    pub(crate) commune: Text,
    /// The commune folded, or `#` and its code where only that is given.
    pub(crate) commune_key: Text,
    /// Hamlet and detail.
    pub(crate) address: Text,
}

/// Reads a home; what has no column of its own is looked for in the address.
pub(crate) fn home_of(written: Written, pool: &mut TextPool) -> Home {
    let text = |id: Text| pool.get(id).to_owned();
    let (commune, hamlet, detail) = (text(written.commune), text(written.hamlet), text(written.detail));
    let address = if hamlet.is_empty() || detail.contains(&hamlet) {
        detail
    } else if detail.is_empty() {
        hamlet
    } else {
        format!("{hamlet}, {detail}")
    };
    // A commune stands alone in its column, at the head of more, or only within the address.
    let has_own = !commune.is_empty();
    let whole = if has_own { commune } else { address.clone() };
    let is_alone = has_own && !whole.contains([',', ';']);
    let mut parts = if is_alone { AddressParts { commune: Some(&whole), ..AddressParts::default() } } else { parts_of(&whole) };
    if has_own && parts.commune.is_none() {
        parts.commune = whole.split([',', ';']).next();
    }
    let key = match parts.commune {
        Some(commune) => fold_place(commune),
        None if written.commune_code.is_some() => format!("#{}", pool.get(written.commune_code)),
        None => String::new(),
    };
    let mut known_or =
        |known: Text, part: Option<&str>| if known.is_some() { known } else { part.map_or(Text::NONE, |part| pool.intern(part)) };
    let province = known_or(written.province, parts.province);
    let district = known_or(written.district, parts.district);
    let commune = known_or(written.commune, parts.commune);
    Home { province, district, commune, commune_key: pool.intern(&key), address: pool.intern(&address) }
}
