//! Three generations of the draft on a shelf that may be small, full or damaged.
//!
//! The shelf is the browser's local storage; every text is read back and compared. A draft that does not decode is put aside, where
//! nothing overwrites it, and the newest older one that does is given instead.

use super::{Draft, DraftError};

/// What every key of ours begins with: all files opened from disk share one storage.
pub const PREFIX: &str = "ra-soat/";
/// The draft of now.
const DRAFT: &str = "ra-soat/draft/v1";
/// The drafts before it, the newer first.
const OLDER: [&str; 2] = ["ra-soat/draft/v1/older-1", "ra-soat/draft/v1/older-2"];
/// Drafts that could not be read.
const UNREADABLE: &str = "ra-soat/unreadable/";

/// What all generations may take together, in UTF-16 units: a browser gives 5 MiB of them.
pub const MOST_UNITS: usize = 4_000_000;

/// Texts by key.
pub trait Shelf {
    /// The text under a key.
    fn get(&self, key: &str) -> Option<String>;
    /// Puts a text under a key.
    ///
    /// # Errors
    /// Where it does not fit or is not allowed; then the old text stands.
    fn set(&mut self, key: &str, text: &str) -> Result<(), String>;
    /// Forgets a key.
    fn remove(&mut self, key: &str);
    /// Every key.
    fn keys(&self) -> Vec<String>;
}

/// Why a draft could not be kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StoreError {
    /// The browser gives this page no storage.
    Denied,
    /// No room is left, or the browser refused to write.
    Refused(String),
    /// What was read back is not what was written.
    NotKept,
}

/// What the shelf gave.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Fetched {
    /// The newest draft that could be read.
    pub draft: Option<Draft>,
    /// Why the draft of now could not be read; it has been put aside.
    pub unreadable: Option<DraftError>,
}

/// How a draft was kept.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Kept {
    /// Its length in UTF-16 units.
    pub units: usize,
    /// How many older drafts had to go for want of room.
    pub given_up: usize,
}

fn units(text: &str) -> usize {
    text.encode_utf16().count()
}

/// Puts a draft's text on the shelf; `opens_generation` keeps the one that was there as an older one.
///
/// # Errors
/// Where there is no room even without the older ones, or what is read back is something else.
pub fn keep(shelf: &mut impl Shelf, text: &str, opens_generation: bool) -> Result<Kept, StoreError> {
    let mut kept = Kept { units: units(text), given_up: 0 };
    if opens_generation && let Some(before) = shelf.get(DRAFT).filter(|before| before != text) {
        if Draft::decode(&before).is_err() {
            // Another program, or a later version in another window, put it there: it is not ours to overwrite.
            put_aside(shelf, &before)?;
        } else {
            if let Some(older) = shelf.get(OLDER[0]) {
                // The third before this one makes room.
                shelf.remove(OLDER[1]);
                kept.given_up += usize::from(shelf.set(OLDER[1], &older).is_err());
            }
            shelf.remove(OLDER[0]);
            kept.given_up += usize::from(shelf.set(OLDER[0], &before).is_err());
        }
    }
    for oldest in OLDER.iter().rev() {
        let taken: usize = OLDER.iter().filter_map(|key| shelf.get(key)).map(|text| units(&text)).sum();
        if taken + kept.units > MOST_UNITS && shelf.get(oldest).is_some() {
            shelf.remove(oldest);
            kept.given_up += 1;
        }
    }
    let mut refused = shelf.set(DRAFT, text);
    for oldest in OLDER.iter().rev() {
        if refused.is_err() && shelf.get(oldest).is_some() {
            shelf.remove(oldest);
            kept.given_up += 1;
            refused = shelf.set(DRAFT, text);
        }
    }
    refused.map_err(StoreError::Refused)?;
    if shelf.get(DRAFT).as_deref() == Some(text) { Ok(kept) } else { Err(StoreError::NotKept) }
}

/// Moves what stands under the draft's key, and cannot be read, to a key of its own.
fn put_aside(shelf: &mut impl Shelf, text: &str) -> Result<(), StoreError> {
    let next = unreadable(shelf).iter().filter_map(|(key, _)| key[UNREADABLE.len()..].parse::<u32>().ok()).max().unwrap_or(0) + 1;
    let key = format!("{UNREADABLE}{next}");
    if shelf.set(&key, text).is_err() {
        // No room for it twice: moved, and back again where even that fails.
        shelf.remove(DRAFT);
        if let Err(why) = shelf.set(&key, text) {
            let _ = shelf.set(DRAFT, text);
            return Err(StoreError::Refused(why));
        }
    }
    shelf.remove(DRAFT);
    Ok(())
}

/// Fetches the draft of the last time. One that does not decode is put aside, and the newest older one that does stands for it.
pub fn fetch(shelf: &mut impl Shelf) -> Fetched {
    let mut fetched = Fetched::default();
    match shelf.get(DRAFT).map(|text| (Draft::decode(&text), text)) {
        Some((Ok(draft), _)) => fetched.draft = Some(draft),
        Some((Err(error), text)) => {
            fetched.unreadable = Some(error);
            // Where it cannot be put aside it stays where it is, and nothing is saved over it.
            let _ = put_aside(shelf, &text);
            fetched.draft = older(shelf).into_iter().next();
        }
        // Put aside the last time, and nothing was saved since.
        None => fetched.draft = older(shelf).into_iter().next(),
    }
    fetched
}

/// The older drafts that can be read, the newer first; then those put aside by a program that could not read them, where this one can.
pub fn older(shelf: &impl Shelf) -> Vec<Draft> {
    let aside = unreadable(shelf).into_iter().rev().map(|(_, text)| text);
    OLDER.iter().filter_map(|key| shelf.get(key)).chain(aside).filter_map(|text| Draft::decode(&text).ok()).collect()
}

/// Drafts that could not be read: key and text.
pub fn unreadable(shelf: &impl Shelf) -> Vec<(String, String)> {
    let mut keys: Vec<String> = shelf.keys().into_iter().filter(|key| key.starts_with(UNREADABLE)).collect();
    keys.sort();
    keys.into_iter().filter_map(|key| shelf.get(&key).map(|text| (key, text))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Settings;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    /// A storage with room for so many units.
    struct Small {
        texts: BTreeMap<String, String>,
        room: usize,
    }

    impl Small {
        fn of(room: usize) -> Small {
            Small { texts: BTreeMap::new(), room }
        }

        fn taken(&self) -> usize {
            self.texts.iter().map(|(key, text)| units(key) + units(text)).sum()
        }
    }

    impl Shelf for Small {
        fn get(&self, key: &str) -> Option<String> {
            self.texts.get(key).cloned()
        }

        fn set(&mut self, key: &str, text: &str) -> Result<(), String> {
            let old = self.texts.insert(key.to_owned(), text.to_owned());
            if self.taken() <= self.room {
                return Ok(());
            }
            match old {
                Some(old) => self.texts.insert(key.to_owned(), old),
                None => self.texts.remove(key),
            };
            Err("QuotaExceededError".to_owned())
        }

        fn remove(&mut self, key: &str) {
            self.texts.remove(key);
        }

        fn keys(&self) -> Vec<String> {
            self.texts.keys().cloned().collect()
        }
    }

    fn draft(unit: &str) -> Draft {
        Draft { settings: Settings { reporting_unit: unit.to_owned(), ..Settings::default() }, ..Draft::default() }
    }

    fn text(unit: &str) -> String {
        draft(unit).encode().unwrap()
    }

    #[test]
    fn three_generations_are_kept_and_the_fourth_pushes_out_the_first() {
        let mut shelf = Small::of(usize::MAX);
        for unit in ["a", "b", "c", "d"] {
            keep(&mut shelf, &text(unit), true).unwrap();
        }
        keep(&mut shelf, &text("e"), false).unwrap();
        assert_eq!(fetch(&mut shelf).draft, Some(draft("e")));
        assert_eq!(older(&shelf), [draft("c"), draft("b")]);
    }

    #[test]
    fn a_draft_that_does_not_decode_is_put_aside_and_an_older_one_stands_for_it() {
        let mut shelf = Small::of(usize::MAX);
        keep(&mut shelf, &text("a"), true).unwrap();
        keep(&mut shelf, &text("b"), true).unwrap();
        shelf.texts.insert(DRAFT.to_owned(), "{\"app\":\"ra-soat\",\"vers".to_owned());
        let fetched = fetch(&mut shelf);
        assert_eq!(fetched.draft, Some(draft("a")));
        assert!(matches!(fetched.unreadable, Some(DraftError::NotADraft(_))));
        assert_eq!(unreadable(&shelf).len(), 1);
        // It stays whatever is saved from now on, and a second one stands beside it.
        keep(&mut shelf, &text("c"), true).unwrap();
        shelf.texts.insert(DRAFT.to_owned(), "again".to_owned());
        fetch(&mut shelf);
        assert_eq!(unreadable(&shelf).len(), 2);
    }

    #[test]
    fn a_later_version_is_no_damage_but_is_not_overwritten_either() {
        let mut shelf = Small::of(usize::MAX);
        shelf.texts.insert(DRAFT.to_owned(), "{\"app\":\"ra-soat\",\"version\":99,\"draft\":{}}".to_owned());
        assert_eq!(fetch(&mut shelf).unreadable, Some(DraftError::Newer(99)));
        keep(&mut shelf, &text("a"), true).unwrap();
        assert!(unreadable(&shelf)[0].1.contains("99"));
    }

    #[test]
    fn older_ones_go_before_the_draft_of_now_is_refused() {
        let long = "x".repeat(500);
        let mut shelf = Small::of(3_000);
        for at in 0..6 {
            keep(&mut shelf, &text(&format!("{long}{at}")), true).unwrap();
        }
        assert_eq!(fetch(&mut shelf).draft, Some(draft(&format!("{long}5"))));
        let before = shelf.texts.get(DRAFT).cloned();
        assert!(matches!(keep(&mut shelf, &text(&"y".repeat(9_000)), true), Err(StoreError::Refused(_))));
        assert_eq!(shelf.texts.get(DRAFT).cloned(), before, "what cannot be kept does not harm what is kept");
    }

    #[test]
    fn it_is_said_how_many_older_ones_had_to_go() {
        let long = "x".repeat(500);
        let length = units(&text(&format!("{long}0")));
        // Room for one and a half: the second save finds no room for the first beside itself.
        let mut shelf = Small::of(length * 3 / 2);
        assert_eq!(keep(&mut shelf, &text(&format!("{long}0")), true).map(|kept| kept.given_up), Ok(0));
        assert_eq!(keep(&mut shelf, &text(&format!("{long}1")), true), Ok(Kept { units: length, given_up: 1 }));
        assert_eq!(keep(&mut shelf, &text(&format!("{long}2")), false).map(|kept| kept.given_up), Ok(0));
        // Room for three of them, and for one that is longer beside one of them.
        let mut shelf = Small::of(length * 3 + 100);
        for at in 0..3 {
            assert_eq!(keep(&mut shelf, &text(&format!("{long}{at}")), true).map(|kept| kept.given_up), Ok(0));
        }
        assert_eq!(keep(&mut shelf, &text(&long.repeat(2)), false).map(|kept| kept.given_up), Ok(1));
        assert_eq!(older(&shelf), [draft(&format!("{long}1"))]);
    }

    #[test]
    fn what_cannot_be_read_is_not_overwritten_though_there_is_no_room_to_put_it_aside() {
        let later = format!("{{\"app\":\"ra-soat\",\"version\":99,\"draft\":\"{}\"}}", "x".repeat(600));
        // Full to the last unit: the longer key of a draft put aside has no room.
        let mut shelf = Small::of(units(DRAFT) + units(&later));
        shelf.texts.insert(DRAFT.to_owned(), later.clone());
        assert_eq!(fetch(&mut shelf), Fetched { draft: None, unreadable: Some(DraftError::Newer(99)) });
        assert!(matches!(keep(&mut shelf, &text("a"), true), Err(StoreError::Refused(_))));
        assert_eq!(shelf.get(DRAFT), Some(later.clone()));
        // With room for the key it is moved, and with room for it the program's own draft follows.
        shelf.room += 100;
        assert_eq!(keep(&mut shelf, &text("a"), true), Err(StoreError::Refused("QuotaExceededError".to_owned())));
        assert_eq!(unreadable(&shelf), [(format!("{UNREADABLE}1"), later)]);
        shelf.room += 9_000;
        keep(&mut shelf, &text("a"), true).unwrap();
        assert_eq!(fetch(&mut shelf).draft, Some(draft("a")));
    }

    #[test]
    fn a_draft_put_aside_by_an_earlier_program_is_offered_once_it_can_be_read() {
        let mut shelf = Small::of(usize::MAX);
        keep(&mut shelf, &text("b"), true).unwrap();
        keep(&mut shelf, &text("c"), true).unwrap();
        shelf.texts.insert(format!("{UNREADABLE}1"), text("a"));
        assert_eq!(older(&shelf), [draft("b"), draft("a")]);
        // Nothing stands under the draft's key: the newest of the others does.
        shelf.remove(DRAFT);
        assert_eq!(fetch(&mut shelf), Fetched { draft: Some(draft("b")), unreadable: None });
    }

    proptest! {
        /// Whatever is saved, in whatever room: the last draft that was kept comes back, and all generations stay within the limit.
        #[test]
        fn the_last_one_kept_comes_back(saves in proptest::collection::vec((0usize..2_000, any::<bool>()), 1..20), room in 500usize..8_000) {
            let mut shelf = Small::of(room);
            let mut last = None;
            for (at, (length, opens)) in saves.into_iter().enumerate() {
                let unit = format!("{at}{}", "z".repeat(length));
                if keep(&mut shelf, &text(&unit), opens).is_ok() {
                    last = Some(draft(&unit));
                }
                prop_assert_eq!(fetch(&mut shelf).draft, last.clone());
                let taken: usize = [DRAFT, OLDER[0], OLDER[1]].iter().filter_map(|key| shelf.get(key)).map(|text| units(&text)).sum();
                prop_assert!(taken <= MOST_UNITS);
            }
        }
    }
}
