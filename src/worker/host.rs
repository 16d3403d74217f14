//! The page's side: starts a worker, sends, hears, notices its death, ends it.

pub use super::envelope::Blob;
use super::envelope::{pack, unpack};
use super::protocol::{FromWorker, Role};
use js_sys::{Array, Reflect};
use serde::Serialize;
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::{ErrorEvent, MessageEvent, Worker, WorkerOptions};

/// Messages that wait for the worker to be ready; none once it is.
type Waiting = Rc<RefCell<Option<Vec<(Array, Array)>>>>;

/// A running worker. Dropping it ends the worker.
pub struct WorkerHandle {
    worker: Worker,
    waiting: Waiting,
    _on_message: Closure<dyn FnMut(MessageEvent)>,
    _on_error: Closure<dyn FnMut(ErrorEvent)>,
    _on_lost: Closure<dyn FnMut(MessageEvent)>,
}

impl WorkerHandle {
    /// Starts a worker on the program the page itself runs; `on_crash` hears of its death once.
    ///
    /// # Errors
    /// The browser's word where it starts no workers.
    pub fn spawn<M: FromWorker + 'static>(
        role: Role,
        mut on_message: impl FnMut(M, Vec<Blob>) + 'static,
        on_crash: impl FnMut(String) + 'static,
    ) -> Result<WorkerHandle, String> {
        let options = WorkerOptions::new();
        options.set_name(role.name());
        let worker = Worker::new_with_options(&worker_url()?, &options).map_err(|error| describe(&error))?;
        let waiting: Waiting = Rc::new(RefCell::new(Some(Vec::new())));
        let on_crash = Rc::new(RefCell::new(on_crash));

        let (ready_worker, ready_waiting, crash) = (worker.clone(), waiting.clone(), on_crash.clone());
        let on_message = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| match unpack::<M>(&event.data()) {
            Ok((message, blobs, _)) => {
                if message.is_ready() {
                    let queued = ready_waiting.borrow_mut().take();
                    for (envelope, transfer) in queued.into_iter().flatten() {
                        let _ = ready_worker.post_message_with_transfer(&envelope, &transfer);
                    }
                }
                on_message(message, blobs);
            }
            // A message nobody can read is a broken program: treated as a crash, not dropped in silence.
            Err(error) => crash.borrow_mut()(error),
        });
        let lost = on_crash.clone();
        let on_lost = Closure::<dyn FnMut(MessageEvent)>::new(move |_: MessageEvent| lost.borrow_mut()("a message was lost".to_owned()));
        let on_error = Closure::<dyn FnMut(ErrorEvent)>::new(move |event: ErrorEvent| {
            event.prevent_default();
            on_crash.borrow_mut()(event.message());
        });
        worker.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        worker.set_onerror(Some(on_error.as_ref().unchecked_ref()));
        // A message that could not be rebuilt on this side, for want of memory: whoever waits for it would wait for ever.
        worker.set_onmessageerror(Some(on_lost.as_ref().unchecked_ref()));
        worker.post_message(&global("raSoatModule")?).map_err(|error| describe(&error))?;
        Ok(WorkerHandle { worker, waiting, _on_message: on_message, _on_error: on_error, _on_lost: on_lost })
    }

    /// Sends a message; before the worker is ready it waits its turn. The blobs are transferred: the caller's are empty afterwards.
    pub fn send<M: Serialize>(&self, message: &M, blobs: &[Blob]) -> Result<(), String> {
        let (envelope, transfer) = pack(message, blobs)?;
        self.post(envelope, transfer)
    }

    /// Sends a message with a `File`, which the worker reads by itself.
    pub fn send_with_file<M: Serialize>(&self, message: &M, file: &web_sys::File) -> Result<(), String> {
        let (envelope, transfer) = pack(message, &[])?;
        envelope.push(file);
        self.post(envelope, transfer)
    }

    fn post(&self, envelope: Array, transfer: Array) -> Result<(), String> {
        if let Some(waiting) = self.waiting.borrow_mut().as_mut() {
            waiting.push((envelope, transfer));
            return Ok(());
        }
        self.worker.post_message_with_transfer(&envelope, &transfer).map_err(|error| describe(&error))
    }
}

impl Drop for WorkerHandle {
    fn drop(&mut self) {
        self.worker.set_onmessage(None);
        self.worker.set_onerror(None);
        self.worker.set_onmessageerror(None);
        self.worker.terminate();
    }
}

/// The address of the worker's script, a blob made once from the text that `boot.js` left.
fn worker_url() -> Result<String, String> {
    thread_local! {
        static WORKER_URL: RefCell<Option<String>> = const { RefCell::new(None) };
    }
    if let Some(url) = WORKER_URL.with_borrow(Clone::clone) {
        return Ok(url);
    }
    let options = web_sys::BlobPropertyBag::new();
    options.set_type("text/javascript");
    let parts = Array::of1(&global("raSoatWorkerSource")?);
    let blob = web_sys::Blob::new_with_str_sequence_and_options(&parts, &options).map_err(|error| describe(&error))?;
    let url = web_sys::Url::create_object_url_with_blob(&blob).map_err(|error| describe(&error))?;
    WORKER_URL.set(Some(url.clone()));
    Ok(url)
}

fn global(name: &str) -> Result<JsValue, String> {
    match Reflect::get(&js_sys::global(), &JsValue::from_str(name)) {
        Ok(value) if !value.is_undefined() => Ok(value),
        _ => Err(format!("{name} is missing")),
    }
}

fn describe(error: &JsValue) -> String {
    error.dyn_ref::<js_sys::Error>().map_or_else(|| format!("{error:?}"), |error| String::from(error.message()))
}
