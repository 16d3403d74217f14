//! The hosted build: a new version that waits, and the copy of the app that the browser keeps. The single file has neither.

use super::state::session;
use crate::browser;
use js_sys::{Array, Function, Promise, Reflect};
use leptos::prelude::*;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

/// The event by which `hosted.js` says that a new version is there.
const UPDATE: &str = "ra-soat-update";
/// What `hosted.js` leaves on the window then: a call of it lets the new version take over and opens the page anew.
const TAKE_OVER: &str = "raSoatUpdate";
/// The part of the address after `#` by which `hosted.js` knows that everything has just been removed.
const CLEARED: &str = "da-xoa";
/// What the names of our copies begin with.
const COPY: &str = "ra-soat-";

fn take_over() -> Option<Function> {
    Reflect::get(&js_sys::global(), &TAKE_OVER.into()).ok()?.dyn_into().ok()
}

/// `Có bản mới`, once there is one.
#[component]
pub(crate) fn NewVersion() -> impl IntoView {
    let session = session();
    let is_offered = RwSignal::new(take_over().is_some());
    let heard = window_event_listener_untyped(UPDATE, move |_| is_offered.set(true));
    on_cleanup(move || heard.remove());
    let update = move |_| {
        session.save_changes();
        if let Some(take_over) = take_over() {
            let _ = take_over.call0(&JsValue::NULL);
        }
    };
    view! {
        <Show when=move || is_offered.get()>
            <div class="notice is-stale" role="alert">
                <p>"Có bản mới của Rà Soát. Cập nhật sẽ mở lại trang: bản nháp còn nguyên, các tệp Excel cần thả lại."</p>
                <button type="button" class="button" on:click=update>"Cập nhật"</button>
                <button type="button" class="button-quiet" on:click=move |_| is_offered.set(false)>"Để sau"</button>
            </div>
        </Show>
    }
}

/// A property of an object, where it is an object.
fn part(of: &JsValue, name: &str) -> Result<JsValue, JsValue> {
    let part = Reflect::get(of, &name.into())?;
    if part.is_object() { Ok(part) } else { Err(JsValue::NULL) }
}

/// Calls a method that promises something.
async fn call(of: &JsValue, method: &str, argument: &JsValue) -> Result<JsValue, JsValue> {
    let method: Function = Reflect::get(of, &method.into())?.dyn_into()?;
    JsFuture::from(method.call1(of, argument)?.dyn_into::<Promise>()?).await
}

/// The names of our copies of the app in this browser.
pub(crate) async fn copies() -> Vec<String> {
    let names = async || call(&part(&js_sys::global(), "caches")?, "keys", &JsValue::UNDEFINED).await;
    // A page opened from disk is denied them.
    let names = names().await.map(|names| Array::from(&names)).unwrap_or_default();
    names.iter().filter_map(|name| name.as_string()).filter(|name| name.starts_with(COPY)).collect()
}

/// Removes the copies, and the service worker that answers from them; the page that is opened next makes no new one.
pub(crate) async fn remove_copies() {
    let copies = copies().await;
    if !copies.is_empty()
        && let Some(window) = browser::window()
    {
        let _ = window.location().set_hash(CLEARED);
    }
    for name in copies {
        if let Ok(caches) = part(&js_sys::global(), "caches") {
            let _ = call(&caches, "delete", &name.into()).await;
        }
    }
    let ours = async || -> Result<(), JsValue> {
        let navigator = browser::window().ok_or(JsValue::NULL)?.navigator();
        let registration = call(&part(&navigator, "serviceWorker")?, "getRegistration", &JsValue::UNDEFINED).await?;
        call(&registration, "unregister", &JsValue::UNDEFINED).await.map(drop)
    };
    // None where nothing was registered.
    let _ = ours().await;
}
