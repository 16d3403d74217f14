//! The worker's side: hears jobs, runs the core, answers.

use super::browser_file::BrowserFile;
use super::envelope::{Blob, pack, unpack};
use super::protocol::{FromEngine, FromReader, JobId, Progress, Role, Stage, ToEngine, ToReader};
use crate::engine::{Answer, Engine};
use crate::pace::{Cancelled, Pace};
use crate::workbook::error::ReadError;
use crate::workbook::{detect, preflight, read};
use serde::Serialize;
use sha2::{Digest as _, Sha256};
use std::cell::RefCell;
use std::collections::{BTreeSet, VecDeque};
use std::rc::Rc;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent};

/// Longest stretch of work without a breath, ms: `Hủy` is heard in between.
const SLICE_MS: f64 = 40.0;
/// Shortest time between two messages of progress, ms.
const PROGRESS_MS: f64 = 100.0;
/// Bytes hashed in one stretch where the browser does not hash.
const HASHED_STRETCH: u32 = 1 << 20;
/// The measure a reader leaves of itself.
const READING: &str = "ra-soat:read";
/// The mark it begins at.
const READING_BEGINS: &str = "ra-soat:read begins";

/// Serves as the worker this program was started as. Does nothing on a page.
pub fn serve() {
    let Ok(scope) = js_sys::global().dyn_into::<DedicatedWorkerGlobalScope>() else { return };
    std::panic::set_hook(Box::new(|info| web_sys::console::error_1(&JsValue::from_str(&info.to_string()))));
    if scope.name() == Role::Engine.name() { serve_engine(&scope) } else { serve_reader(&scope) }
}

fn post<M: Serialize>(scope: &DedicatedWorkerGlobalScope, message: &M, blobs: &[Blob]) {
    match pack(message, blobs) {
        Ok((envelope, transfer)) => {
            // Posting fails only where the page is gone.
            let _ = scope.post_message_with_transfer(&envelope, &transfer);
        }
        Err(error) => web_sys::console::error_1(&JsValue::from_str(&error)),
    }
}

fn listen(scope: &DedicatedWorkerGlobalScope, on_message: impl FnMut(MessageEvent) + 'static) {
    let closure = Closure::<dyn FnMut(MessageEvent)>::new(on_message);
    scope.set_onmessage(Some(closure.as_ref().unchecked_ref()));
    // The worker listens as long as it lives.
    closure.forget();
}

/// Bytes of this worker's memory; it only grows, so this is its peak.
fn memory_bytes() -> u64 {
    let memory: js_sys::WebAssembly::Memory = wasm_bindgen::memory().unchecked_into();
    memory.buffer().dyn_into::<js_sys::ArrayBuffer>().map_or(0, |buffer| u64::from(buffer.byte_length()))
}

fn serve_reader(scope: &DedicatedWorkerGlobalScope) {
    let heard = scope.clone();
    listen(scope, move |event| {
        let scope = heard.clone();
        if let Ok((ToReader::Read { job, name, .. }, _, Some(file))) = unpack::<ToReader>(&event.data()) {
            spawn_local(async move {
                if let Err(error) = read_file(&scope, job, &name, &file).await {
                    post(&scope, &FromReader::Failed(job, error), &[]);
                }
            });
        }
    });
    post(scope, &FromReader::Ready, &[]);
}

async fn read_file(scope: &DedicatedWorkerGlobalScope, job: JobId, name: &str, file: &JsValue) -> Result<(), ReadError> {
    let report = |stage, done, total| post(scope, &FromReader::Progress(job, Progress { stage, done, total }), &[]);
    report(Stage::Fingerprinting, 0, 0);
    let file: &web_sys::Blob = file.dyn_ref().ok_or(ReadError::NotWorkbook)?;
    let buffer = JsFuture::from(file.array_buffer()).await.map_err(|_| ReadError::Damaged("bytes".to_owned()))?;
    let bytes = js_sys::Uint8Array::new(&buffer);
    let mut source = BrowserFile::new(bytes.clone());
    post(scope, &FromReader::Preflight { job, preflight: preflight::glance(&source)? }, &[]);
    let sha256 = fingerprint(scope, &bytes).await;
    post(scope, &FromReader::Fingerprint { job, sha256 }, &[]);

    let performance = scope.performance();
    mark(performance.as_ref());
    let mut last = 0.0;
    let workbook = read::read_source(name, &mut source, &mut |done, total| {
        let now = now();
        if now - last >= PROGRESS_MS {
            last = now;
            report(Stage::Reading, done, total);
        }
    })
    .await?;
    measure(performance.as_ref());
    // What follows takes a while for a long list: the page hears in between that the reader is alive.
    let detect = |sheet| {
        report(Stage::Reading, 1, 1);
        detect::detect_sheet(&workbook, sheet, name, None)
    };
    let mappings: Vec<_> = (0..workbook.sheets.len()).map(detect).collect();
    report(Stage::Reading, 1, 1);
    if let Some(refusal) = detect::lacks_saved_values(&workbook, &mappings) {
        return Err(refusal);
    }
    let (head, blobs) = workbook.parts();
    report(Stage::Reading, 1, 1);
    let blobs: Vec<Blob> = blobs.iter().map(|bytes| Blob::new(bytes)).collect();
    post(scope, &FromReader::Read { job, head, mappings, memory: memory_bytes() }, &blobs);
    Ok(())
}

/// The SHA-256 of the bytes, by the browser where it lets a page from disk do so.
async fn fingerprint(scope: &DedicatedWorkerGlobalScope, bytes: &js_sys::Uint8Array) -> String {
    let native = || -> Option<js_sys::Promise> {
        let crypto = js_sys::Reflect::get(scope, &JsValue::from_str("crypto")).ok()?;
        let subtle: web_sys::SubtleCrypto = js_sys::Reflect::get(&crypto, &JsValue::from_str("subtle")).ok()?.dyn_into().ok()?;
        subtle.digest_with_str_and_buffer_source("SHA-256", bytes).ok()
    };
    if let Some(promise) = native()
        && let Ok(digest) = JsFuture::from(promise).await
    {
        return hex(&js_sys::Uint8Array::new(&digest).to_vec());
    }
    let mut hash = Sha256::new();
    let mut at = 0;
    while at < bytes.length() {
        let end = at.saturating_add(HASHED_STRETCH).min(bytes.length());
        hash.update(bytes.subarray(at, end).to_vec());
        at = end;
    }
    hex(&hash.finalize())
}

/// Begins the User Timing measure of reading, from the bytes to the table of cells.
fn mark(performance: Option<&web_sys::Performance>) {
    let _ = performance.map(|performance| performance.mark(READING_BEGINS));
}

/// Ends it. A browser without User Timing loses the measure, nothing else.
fn measure(performance: Option<&web_sys::Performance>) {
    let _ = performance.map(|performance| performance.measure_with_start_mark(READING, READING_BEGINS));
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// What the engine has heard and not yet done.
#[derive(Default)]
struct Inbox {
    jobs: VecDeque<(ToEngine, Vec<Blob>)>,
    cancelled: BTreeSet<JobId>,
    is_busy: bool,
}

fn serve_engine(scope: &DedicatedWorkerGlobalScope) {
    let inbox = Rc::new(RefCell::new(Inbox::default()));
    let engine = Rc::new(RefCell::new(Some(Engine::default())));
    let heard = scope.clone();
    listen(scope, move |event| {
        match unpack::<ToEngine>(&event.data()) {
            Ok((ToEngine::Cancel(job), ..)) => {
                inbox.borrow_mut().cancelled.insert(job);
            }
            Ok((message, blobs, _)) => inbox.borrow_mut().jobs.push_back((message, blobs)),
            Err(error) => web_sys::console::error_1(&JsValue::from_str(&error)),
        }
        if !std::mem::replace(&mut inbox.borrow_mut().is_busy, true) {
            spawn_local(work_off(heard.clone(), inbox.clone(), engine.clone()));
        }
    });
    post(scope, &FromEngine::Ready, &[]);
}

async fn work_off(scope: DedicatedWorkerGlobalScope, inbox: Rc<RefCell<Inbox>>, engine: Rc<RefCell<Option<Engine>>>) {
    // Taken out for the stretch of work: nothing else borrows it across an await.
    let Some(mut own) = engine.borrow_mut().take() else { return };
    loop {
        let next = inbox.borrow_mut().jobs.pop_front();
        let Some((message, blobs)) = next else { break };
        let job = message.job();
        let mut pace = WorkerPace { scope: &scope, inbox: &inbox, job, slice_start: now(), last_progress: 0.0 };
        match own.handle(message, &blobs, &mut pace, &now, memory_bytes).await {
            Answer::Nothing => {}
            Answer::Message(message, blobs) => {
                let blobs: Vec<Blob> = blobs.iter().map(|bytes| Blob::new(bytes)).collect();
                post(&scope, &message, &blobs);
            }
        }
        inbox.borrow_mut().cancelled.remove(&job);
    }
    *engine.borrow_mut() = Some(own);
    inbox.borrow_mut().is_busy = false;
}

fn now() -> f64 {
    js_sys::Date::now()
}

/// Breathes every [`SLICE_MS`], so that `Hủy` is heard, and says how far the job is.
struct WorkerPace<'a> {
    scope: &'a DedicatedWorkerGlobalScope,
    inbox: &'a RefCell<Inbox>,
    job: JobId,
    slice_start: f64,
    last_progress: f64,
}

impl Pace for WorkerPace<'_> {
    async fn step(&mut self, stage: Stage, done: usize, total: usize) -> Result<(), Cancelled> {
        let time = now();
        if time - self.last_progress >= PROGRESS_MS {
            self.last_progress = time;
            let progress = Progress { stage, done: done as u32, total: total as u32 };
            post(self.scope, &FromEngine::Progress(self.job, progress), &[]);
        }
        if time - self.slice_start >= SLICE_MS {
            breathe(self.scope).await;
            self.slice_start = now();
        }
        if self.inbox.borrow().cancelled.contains(&self.job) { Err(Cancelled) } else { Ok(()) }
    }
}

/// Lets waiting messages be heard.
async fn breathe(scope: &DedicatedWorkerGlobalScope) {
    let promise = js_sys::Promise::new(&mut |resolve, _| {
        let _ = scope.set_timeout_with_callback(&resolve);
    });
    let _ = JsFuture::from(promise).await;
}
