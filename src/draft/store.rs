//! The draft in the browser's local storage.

use super::Draft;
use super::generations::{self, Fetched, Kept, PREFIX, Shelf, StoreError};
use gloo_storage::{LocalStorage, Storage as _};
use web_sys::Storage;

/// The browser's local storage; none where the browser gives this page none.
struct LocalShelf(Storage);

impl LocalShelf {
    fn open() -> Option<LocalShelf> {
        // Asking the browser may throw, which gloo's `raw` would not survive.
        let is_given = matches!(web_sys::window()?.local_storage(), Ok(Some(_)));
        is_given.then(|| LocalShelf(LocalStorage::raw()))
    }
}

impl Shelf for LocalShelf {
    fn get(&self, key: &str) -> Option<String> {
        self.0.get_item(key).ok()?
    }

    fn set(&mut self, key: &str, text: &str) -> Result<(), String> {
        self.0.set_item(key, text).map_err(|error| format!("{error:?}"))
    }

    fn remove(&mut self, key: &str) {
        let _ = self.0.remove_item(key);
    }

    fn keys(&self) -> Vec<String> {
        let length = self.0.length().unwrap_or(0);
        (0..length).filter_map(|at| self.0.key(at).ok().flatten()).collect()
    }
}

/// Saves a draft, reads it back and compares; `opens_generation` keeps the one before as an older one.
///
/// # Errors
/// Where the browser has no storage or no room, or did not keep what was written.
pub fn save(draft: &Draft, opens_generation: bool) -> Result<Kept, StoreError> {
    let text = draft.encode().map_err(|error| StoreError::Refused(error.to_string()))?;
    leave_for_crash(&text);
    let mut shelf = LocalShelf::open().ok_or(StoreError::Denied)?;
    generations::keep(&mut shelf, &text, opens_generation)
}

/// Fetches the draft of the last time, if there is one.
///
/// # Errors
/// Where there is no storage.
pub fn load() -> Result<Fetched, StoreError> {
    let fetched = generations::fetch(&mut LocalShelf::open().ok_or(StoreError::Denied)?);
    if let Some(Ok(text)) = fetched.draft.as_ref().map(Draft::encode) {
        leave_for_crash(&text);
    }
    Ok(fetched)
}

/// Leaves the draft's text where the boot script finds it when this program has died.
fn leave_for_crash(text: &str) {
    let _ = js_sys::Reflect::set(&js_sys::global(), &"raSoatDraft".into(), &text.into());
}

/// The drafts before the one of now, the newer first.
pub fn older() -> Vec<Draft> {
    LocalShelf::open().map(|shelf| generations::older(&shelf)).unwrap_or_default()
}

/// Texts of drafts that could not be read, by key.
pub fn unreadable() -> Vec<(String, String)> {
    LocalShelf::open().map(|shelf| generations::unreadable(&shelf)).unwrap_or_default()
}

/// Every key of ours with the characters it holds.
pub fn keys() -> Vec<(String, usize)> {
    let Some(shelf) = LocalShelf::open() else { return Vec::new() };
    let mut keys: Vec<(String, usize)> = shelf
        .keys()
        .into_iter()
        .filter(|key| key.starts_with(PREFIX))
        .map(|key| {
            let size = shelf.get(&key).map_or(0, |text| text.len());
            (key, size)
        })
        .collect();
    keys.sort();
    keys
}

/// Removes everything of ours from this machine.
pub fn clear() {
    if let Some(mut shelf) = LocalShelf::open() {
        for (key, _) in keys() {
            shelf.remove(&key);
        }
    }
}
