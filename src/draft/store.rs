//! The draft in the browser's local storage. All keys stand under one prefix: pages opened from disk share one store.

use super::{Draft, DraftError};
use gloo_storage::{LocalStorage, Storage as _};

/// Prefix of every key of this program.
pub const PREFIX: &str = "ra-soat/";
/// The draft.
const DRAFT: &str = "ra-soat/draft/v1";
/// A draft that could not be read, kept aside.
const UNREADABLE: &str = "ra-soat/draft/unreadable";

/// The store, where the browser gives one; gloo's own access panics where it does not, so it is asked for first.
fn storage() -> Result<web_sys::Storage, DraftError> {
    match web_sys::window().map(|window| window.local_storage()) {
        Some(Ok(Some(storage))) => Ok(storage),
        _ => Err(DraftError::Denied),
    }
}

/// Reads the draft; none where there is none. One that cannot be read is kept aside before the error is given.
///
/// # Errors
/// [`DraftError`].
pub fn load() -> Result<Option<Draft>, DraftError> {
    storage()?;
    let Ok(json) = LocalStorage::get::<String>(DRAFT) else {
        return match storage()?.get_item(DRAFT) {
            Ok(Some(raw)) => Err(set_aside(&raw, "not a text")),
            _ => Ok(None),
        };
    };
    Draft::from_json(&json).map(Some).map_err(|error| set_aside(&json, &error.to_string()))
}

fn set_aside(raw: &str, why: &str) -> DraftError {
    let _ = LocalStorage::set(UNREADABLE, raw);
    DraftError::Unreadable(why.to_owned())
}

/// The draft that could not be read, if one is kept aside.
pub fn unreadable() -> Option<String> {
    storage().ok()?;
    LocalStorage::get(UNREADABLE).ok()
}

/// Keeps the draft, reads it back and compares.
///
/// # Errors
/// [`DraftError`]: then nothing of the old draft is lost.
pub fn save(draft: &Draft) -> Result<(), DraftError> {
    storage()?;
    let json = draft.to_json()?;
    LocalStorage::set(DRAFT, &json).map_err(|error| DraftError::NotKept(error.to_string()))?;
    match LocalStorage::get::<String>(DRAFT) {
        Ok(kept) if kept == json => Ok(()),
        Ok(_) => Err(DraftError::NotKept("read back differently".to_owned())),
        Err(error) => Err(DraftError::NotKept(error.to_string())),
    }
}

/// Removes everything this program keeps on the machine.
///
/// # Errors
/// [`DraftError::Denied`].
pub fn clear() -> Result<(), DraftError> {
    let storage = storage()?;
    let count = storage.length().unwrap_or(0);
    let keys: Vec<String> = (0..count).filter_map(|at| storage.key(at).ok().flatten()).filter(|key| key.starts_with(PREFIX)).collect();
    for key in keys {
        LocalStorage::delete(key);
    }
    Ok(())
}
