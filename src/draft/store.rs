//! The draft in the browser's local storage. All files opened from disk share one storage, so every key carries our prefix.

use super::{Draft, DraftError};
use gloo_storage::{LocalStorage, Storage as _};

/// What every key of ours begins with.
pub const PREFIX: &str = "ra-soat/";
const DRAFT: &str = "ra-soat/draft/v1";
const UNREADABLE: &str = "ra-soat/unreadable/";

/// Why a draft could not be kept or fetched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StoreError {
    /// The browser gives this page no storage.
    Denied,
    /// No room is left, or the browser refused to write.
    Refused(String),
    /// What was read back is not what was written.
    NotKept,
    /// Something else than a draft was found; it has been kept aside.
    Unreadable(DraftError),
}

/// Whether this page is given a storage at all; asking the browser may throw, which gloo's `raw` would not survive.
fn is_available() -> bool {
    web_sys::window().is_some_and(|window| matches!(window.local_storage(), Ok(Some(_))))
}

/// Saves a draft, reads it back and compares.
///
/// # Errors
/// Where the browser has no storage or no room, or did not keep what was written.
pub fn save(draft: &Draft) -> Result<usize, StoreError> {
    if !is_available() {
        return Err(StoreError::Denied);
    }
    let text = draft.encode().map_err(|error| StoreError::Refused(error.to_string()))?;
    LocalStorage::set(DRAFT, draft.envelope()).map_err(|error| StoreError::Refused(error.to_string()))?;
    if raw(DRAFT).as_deref() == Some(text.as_str()) { Ok(text.len()) } else { Err(StoreError::NotKept) }
}

/// Fetches the draft of the last time, if there is one. One that does not decode is moved aside, where nothing overwrites it.
///
/// # Errors
/// Where there is no storage, or what is there is no draft of ours.
pub fn load() -> Result<Option<Draft>, StoreError> {
    if !is_available() {
        return Err(StoreError::Denied);
    }
    let Some(text) = raw(DRAFT) else { return Ok(None) };
    match Draft::decode(&text) {
        Ok(draft) => Ok(Some(draft)),
        Err(error) => {
            let taken = unreadable().len();
            LocalStorage::set(format!("{UNREADABLE}{}", taken + 1), &text).map_err(|error| StoreError::Refused(error.to_string()))?;
            LocalStorage::delete(DRAFT);
            Err(StoreError::Unreadable(error))
        }
    }
}

/// Texts of drafts that could not be read, by key.
pub fn unreadable() -> Vec<(String, String)> {
    keys()
        .into_iter()
        .filter(|(key, _)| key.starts_with(UNREADABLE))
        .map(|(key, _)| (key.clone(), LocalStorage::get(&key).unwrap_or_default()))
        .collect()
}

/// Every key of ours with the characters it holds.
pub fn keys() -> Vec<(String, usize)> {
    let Some(Ok(Some(storage))) = web_sys::window().map(|window| window.local_storage()) else { return Vec::new() };
    let length = storage.length().unwrap_or(0);
    let mut keys: Vec<(String, usize)> = (0..length)
        .filter_map(|at| storage.key(at).ok().flatten())
        .filter(|key| key.starts_with(PREFIX))
        .map(|key| {
            let size = storage.get_item(&key).ok().flatten().map_or(0, |text| text.len());
            (key, size)
        })
        .collect();
    keys.sort();
    keys
}

/// Removes everything of ours from this machine.
pub fn clear() {
    for (key, _) in keys() {
        LocalStorage::delete(key);
    }
}

fn raw(key: &str) -> Option<String> {
    web_sys::window()?.local_storage().ok()??.get_item(key).ok()?
}
