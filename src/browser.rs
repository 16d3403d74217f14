//! What the page asks the browser for: a download, today's date, measures, the clipboard, a breath, a painted frame.

use crate::domain::Date;
use js_sys::{Array, Object, Reflect, Uint8Array};
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;

/// Today on this machine; the only place that asks the clock for a date.
pub fn today() -> Date {
    let now = js_sys::Date::new_0();
    let date = Date::new(now.get_full_year() as i16, now.get_month() as i8 + 1, now.get_date() as i8);
    date.unwrap_or(crate::domain::settings::DEFAULT_CUT_OFF)
}

/// `14:05`, for “saved at”.
pub fn time_of_day() -> String {
    let now = js_sys::Date::new_0();
    format!("{:02}:{:02}", now.get_hours(), now.get_minutes())
}

/// Milliseconds since the page was opened.
pub fn now_ms() -> f64 {
    window().and_then(|window| window.performance()).map_or_else(js_sys::Date::now, |performance| performance.now())
}

/// The window, where this runs on a page.
pub fn window() -> Option<web_sys::Window> {
    web_sys::window()
}

/// Lets the browser save bytes as a file.
///
/// # Errors
/// The browser's word.
pub fn download(name: &str, bytes: &Uint8Array, mime: &str) -> Result<(), String> {
    let save = || -> Result<(), JsValue> {
        let document = window().and_then(|window| window.document()).ok_or("no document")?;
        let options = web_sys::BlobPropertyBag::new();
        options.set_type(mime);
        let blob = web_sys::Blob::new_with_u8_array_sequence_and_options(&Array::of1(bytes), &options)?;
        let url = web_sys::Url::create_object_url_with_blob(&blob)?;
        let link: web_sys::HtmlAnchorElement = document.create_element("a")?.unchecked_into();
        link.set_href(&url);
        link.set_download(name);
        link.click();
        // The save has taken its own hold of the blob by then.
        after(60_000, move || {
            let _ = web_sys::Url::revoke_object_url(&url);
        });
        Ok(())
    };
    save().map_err(|error| format!("{error:?}"))
}

/// Records a User Timing measure of `duration_ms` that ends now.
pub fn measure(name: &str, duration_ms: f64, detail: &[(&str, JsValue)]) {
    let Some(performance) = window().and_then(|window| window.performance()) else { return };
    let end = performance.now();
    let object = Object::new();
    for (key, value) in detail {
        let _ = Reflect::set(&object, &JsValue::from_str(key), value);
    }
    let options = Object::new();
    for (key, value) in
        [("start", JsValue::from_f64((end - duration_ms).max(0.0))), ("end", JsValue::from_f64(end)), ("detail", object.into())]
    {
        let _ = Reflect::set(&options, &JsValue::from_str(key), &value);
    }
    // A browser without measure options loses the measure, nothing else.
    if let Ok(function) = Reflect::get(&performance, &JsValue::from_str("measure"))
        && let Some(function) = function.dyn_ref::<js_sys::Function>()
    {
        let _ = function.call2(&performance, &JsValue::from_str(name), &options);
    }
}

/// Does something after so many milliseconds.
pub fn after(ms: i32, work: impl FnOnce() + 'static) {
    if let Some(window) = window() {
        let closure = Closure::once_into_js(work);
        let _ = window.set_timeout_with_callback_and_timeout_and_arguments_0(closure.unchecked_ref(), ms);
    }
}

/// Waits so many milliseconds.
pub async fn sleep(ms: i32) {
    let wait = js_sys::Promise::new(&mut |done, _| {
        if let Some(window) = window() {
            let _ = window.set_timeout_with_callback_and_timeout_and_arguments_0(&done, ms);
        }
    });
    let _ = JsFuture::from(wait).await;
}

/// Whether the page is out of sight, or being closed.
pub fn is_hidden() -> bool {
    window().and_then(|window| window.document()).is_some_and(|document| document.hidden())
}

/// Does something once what is drawn now has been painted. A hidden page paints nothing, so there a short while must do.
pub fn after_frame(work: impl FnOnce() + 'static) {
    let Some(window) = window() else { return };
    if window.document().is_some_and(|document| document.hidden()) {
        return after(50, work);
    }
    let closure = Closure::once_into_js(move || after(0, work));
    let _ = window.request_animation_frame(closure.unchecked_ref());
}

/// The element with this id.
pub fn element(id: &str) -> Option<web_sys::HtmlElement> {
    window()?.document()?.get_element_by_id(id)?.dyn_into().ok()
}

/// Gives an element the focus, scrolling it into sight; nothing where there is none.
pub fn focus(id: &str) {
    if let Some(element) = element(id) {
        let _ = element.focus();
    }
}

/// Scrolls as little as brings the whole element into sight.
pub fn show_whole(id: &str) {
    if let Some(element) = element(id) {
        let options = web_sys::ScrollIntoViewOptions::new();
        options.set_block(web_sys::ScrollLogicalPosition::Nearest);
        element.scroll_into_view_with_scroll_into_view_options(&options);
    }
}

/// Gives an element the focus and brings it to the top of the window.
pub fn reveal(id: &str) {
    if let Some(element) = element(id) {
        let _ = element.focus();
        element.scroll_into_view_with_bool(true);
    }
}

/// Names the page in its tab.
pub fn set_title(title: &str) {
    if let Some(document) = window().and_then(|window| window.document()) {
        document.set_title(title);
    }
}

/// Goes to the top of the page.
pub fn scroll_to_top() {
    if let Some(window) = window() {
        window.scroll_to_with_x_and_y(0.0, 0.0);
    }
}

/// Prints the page.
pub fn print() {
    if let Some(window) = window() {
        let _ = window.print();
    }
}

/// Opens the page anew.
pub fn reload() {
    if let Some(window) = window() {
        let _ = window.location().reload();
    }
}

/// The text of a file.
///
/// # Errors
/// The browser's word.
pub async fn text_of(file: &web_sys::File) -> Result<String, String> {
    let text = JsFuture::from(file.text()).await.map_err(|error| format!("{error:?}"))?;
    text.as_string().ok_or_else(|| "no text".to_owned())
}

/// Copies a text; false where the browser does not let it.
pub async fn copy(text: &str) -> bool {
    let Some(window) = window() else { return false };
    match Reflect::get(&window.navigator(), &JsValue::from_str("clipboard")) {
        Ok(clipboard) if !clipboard.is_undefined() => JsFuture::from(window.navigator().clipboard().write_text(text)).await.is_ok(),
        _ => false,
    }
}

/// How many readers may run at once.
pub fn reader_limit() -> usize {
    window().map_or(1, |window| window.navigator().hardware_concurrency() as usize).clamp(1, 2)
}

/// A `File` made from bytes, for the sample data.
///
/// # Errors
/// The browser's word.
pub fn file_of(name: &str, bytes: &Uint8Array) -> Result<web_sys::File, String> {
    web_sys::File::new_with_u8_array_sequence(&Array::of1(bytes), name).map_err(|error| format!("{error:?}"))
}
