//! Two windows with one draft: the first saves it, the second says that it does not, and may take it over.

use super::state::Session;
use crate::browser;
use js_sys::{Array, Function, Object, Promise, Reflect};
use leptos::prelude::*;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};

/// Name of the lock that the window with the draft holds while it is open.
const LOCK: &str = "ra-soat/draft";

/// How often a window that only looks asks whether the draft is free, ms.
const ASK_MS: i32 = 1_000;
/// How long the draft must be free before it is taken: a window that is loaded again has it back by then.
const FREE_MS: i32 = 2_500;
/// How soon `Lưu từ cửa sổ này` is heard, ms.
const TICK_MS: i32 = 100;

impl Session {
    /// Finds out whether another window of this browser has the draft. A browser without Web Locks, or one that denies them to pages
    /// opened from disk, is taken to have one window.
    pub(super) fn watch_other_windows(self) {
        spawn_local(async move {
            let mut how = "ifAvailable";
            while self.hold_draft(how).await == Held::Elsewhere {
                self.wants_draft.set_value(false);
                self.second_window.set(true);
                how = self.until_free().await;
            }
        });
    }

    /// Takes the draft over from the other window.
    pub(crate) fn take_draft_over(self) {
        self.wants_draft.set_value(true);
    }

    /// Waits until the window that has the draft has been closed, or the officer wants it here. Gives how to ask for it.
    async fn until_free(self) -> &'static str {
        let mut free_for = 0;
        loop {
            let pause = if free_for > 0 { FREE_MS } else { ASK_MS };
            for _ in 0..pause / TICK_MS {
                if self.wants_draft.get_value() {
                    return "steal";
                }
                browser::sleep(TICK_MS).await;
            }
            if !is_free().await {
                free_for = 0;
            } else if free_for > 0 {
                return "ifAvailable";
            } else {
                free_for = pause;
            }
        }
    }

    /// Asks for the lock and holds it as long as the window is open or until it is taken away.
    async fn hold_draft(self, how: &str) -> Held {
        let Some(locks) = lock_manager() else { return Held::Unknown };
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
                self.draft_regained();
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

fn lock_manager() -> Option<JsValue> {
    let window = browser::window()?;
    Reflect::get(&window.navigator(), &"locks".into()).ok().filter(|locks| locks.is_object())
}

/// Whether no window holds the lock now. Asked without taking it, so that a window that is being loaded finds it free.
async fn is_free() -> bool {
    let ask = async || -> Result<bool, JsValue> {
        let locks = lock_manager().ok_or(JsValue::NULL)?;
        let query: Function = Reflect::get(&locks, &"query".into())?.dyn_into()?;
        let state = JsFuture::from(query.call0(&locks)?.dyn_into::<Promise>()?).await?;
        let held = Array::from(&Reflect::get(&state, &"held".into())?);
        Ok(!held.iter().any(|lock| Reflect::get(&lock, &"name".into()).is_ok_and(|name| name == LOCK)))
    };
    ask().await.unwrap_or(false)
}

/// How holding the lock ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Held {
    /// Another window has it, or took it away.
    Elsewhere,
    /// This browser does not say.
    Unknown,
}
