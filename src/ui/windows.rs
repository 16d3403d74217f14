//! Two windows with one draft: the first saves it, the second says that it does not, and may take it over.

use super::state::Session;
use js_sys::{Function, Object, Promise, Reflect};
use leptos::prelude::*;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};

/// Name of the lock that the window with the draft holds while it is open.
const LOCK: &str = "ra-soat/draft";

impl Session {
    /// Finds out whether another window of this browser has the draft. A browser without Web Locks, or one that denies them to pages
    /// opened from disk, is taken to have one window.
    pub(super) fn watch_other_windows(self) {
        spawn_local(self.keep_asking("ifAvailable"));
    }

    /// Takes the draft over from the other window.
    pub(crate) fn take_draft_over(self) {
        spawn_local(self.keep_asking("steal"));
    }

    /// Asks in one way first, then waits until the window that has the draft is closed; what that one saved stays as an older draft.
    async fn keep_asking(self, first: &'static str) {
        let mut how = first;
        while self.hold_draft(how).await == Held::Elsewhere {
            self.second_window.set(true);
            how = "";
        }
    }

    /// Asks for the lock and holds it as long as the window is open or until it is taken away.
    async fn hold_draft(self, how: &str) -> Held {
        let Some(locks) = crate::browser::window()
            .and_then(|window| Reflect::get(&window.navigator(), &"locks".into()).ok())
            .filter(|locks| locks.is_object())
        else {
            return Held::Unknown;
        };
        let Some(request) = Reflect::get(&locks, &"request".into()).ok().and_then(|request| request.dyn_into::<Function>().ok()) else {
            return Held::Unknown;
        };
        let options = Object::new();
        if !how.is_empty() && Reflect::set(&options, &how.into(), &JsValue::TRUE).is_err() {
            return Held::Unknown;
        }
        let is_held = StoredValue::new(false);
        let hold = Closure::<dyn FnMut(JsValue) -> JsValue>::new(move |lock: JsValue| {
            if lock.is_null() || lock.is_undefined() {
                return JsValue::UNDEFINED;
            }
            is_held.set_value(true);
            if self.second_window.get_untracked() {
                self.second_window.set(false);
                self.say("Từ nay bản nháp lưu từ cửa sổ này. Bản của cửa sổ kia nằm ở “Bản nháp trước đây”, cuối trang Nạp tệp.");
            }
            // Never settled: the lock is held.
            Promise::new(&mut |_, _| {}).into()
        });
        let asked = request.call3(&locks, &LOCK.into(), &options, hold.as_ref()).ok().and_then(|asked| asked.dyn_into::<Promise>().ok());
        let Some(asked) = asked else { return Held::Unknown };
        let ended = JsFuture::from(asked).await;
        drop(hold);
        // Settled while it was held: another window has taken it over.
        if ended.is_ok() || is_held.get_value() { Held::Elsewhere } else { Held::Unknown }
    }
}

/// How holding the lock ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Held {
    /// Another window has it, or took it away.
    Elsewhere,
    /// This browser does not say.
    Unknown,
}
