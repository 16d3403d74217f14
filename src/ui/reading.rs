//! Files: dropped, read by readers (two at most at once), handed to the engine, read again, forgotten.

use super::pace::Watch;
use super::state::{FileCard, FileState, Session, end_later};
use super::status::Running;
use super::watchdog::Watched;
use crate::browser;
use crate::domain::FileId;
use crate::text::show_number;
use crate::workbook::error::ReadError;
use crate::workbook::mapping::SheetMapping;
use crate::workbook::preflight::MEMORY_LIMIT;
use crate::workbook::table::WorkbookHead;
use crate::worker::host::{Blob, WorkerHandle};
use crate::worker::protocol::{FileMeta, FromEngine, FromReader, JobError, JobId, Role, Stage, ToEngine, ToReader};
use leptos::prelude::*;
use std::sync::Arc;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::spawn_local;
use web_sys::File;

/// A file that is being read.
pub(crate) struct Reader {
    handle: Option<WorkerHandle>,
    started_ms: f64,
    /// Keeps the live region away from `Sẵn sàng` until the card shows the result.
    running: Running,
    /// The engine's job, once the reader has handed over.
    load: Option<JobId>,
}

impl Reader {
    /// Whether a worker is reading the file now.
    pub(super) fn is_running(&self) -> bool {
        self.handle.is_some()
    }
}

/// What a reader made of a file.
struct Parsed {
    head: WorkbookHead,
    mappings: Vec<Option<SheetMapping>>,
    memory: u64,
}

impl Session {
    /// Takes dropped files; reading starts at once. A draft among them is restored instead.
    pub(crate) fn add_files(self, files: Vec<File>) {
        if files.is_empty() {
            return;
        }
        let (drafts, workbooks): (Vec<File>, Vec<File>) = files.into_iter().partition(|file| file.name().to_lowercase().ends_with(".json"));
        let mut started = Vec::new();
        for file in workbooks {
            let id = FileId(self.next_file.get_value());
            self.next_file.set_value(id.0 + 1);
            let card = FileCard {
                id,
                name: Arc::from(file.name()),
                size: file.size() as u64,
                state: ArcRwSignal::new(FileState::Waiting),
                sheets: ArcRwSignal::default(),
                sha256: ArcRwSignal::default(),
                preflight: ArcRwSignal::default(),
                memory: ArcRwSignal::default(),
                notes: ArcRwSignal::default(),
            };
            self.handles.update_value(|handles| {
                handles.insert(id, file);
            });
            self.register(&card);
            started.push(card);
        }
        self.files.update(|cards| cards.extend(started));
        self.start_readers();
        for file in drafts {
            let running = self.status.begin("Đang mở bản nháp");
            spawn_local(async move {
                self.take_draft_file(&file).await;
                drop(running);
            });
        }
    }

    fn register(self, card: &FileCard) {
        let running = self.status.begin(&format!("Đang đọc “{}”", card.name));
        let reader = Reader { handle: None, started_ms: browser::now_ms(), running, load: None };
        self.readers.update_value(|readers| {
            readers.insert(card.id, reader);
        });
    }

    /// Reads a file again from the beginning.
    pub(crate) fn read_again(self, card: &FileCard) {
        if card.state.with_untracked(FileState::is_reading) {
            return;
        }
        card.state.set(FileState::Waiting);
        card.notes.set(Vec::new());
        self.register(card);
        self.start_readers();
    }

    /// After a crash of the engine: every file that stood in it is read again, but for the one it died of.
    pub(crate) fn read_all_again(self, to_blame: Option<FileId>) {
        for card in self.files.get_untracked() {
            let state = card.state.get_untracked();
            if Some(card.id) == to_blame {
                self.finish(&card, FileState::Refused(ReadError::Crashed));
            } else if state == FileState::Read {
                self.read_again(&card);
            } else if self.load_of(&card).is_some() {
                // On its way into the engine that died: once more from the file.
                self.readers.update_value(|readers| {
                    if let Some(reader) = readers.get_mut(&card.id) {
                        reader.load = None;
                    }
                });
                card.state.set(FileState::Waiting);
            }
        }
        self.start_readers();
    }

    /// The engine's job that takes this file in, if one does.
    fn load_of(self, card: &FileCard) -> Option<JobId> {
        self.readers.with_value(|readers| readers.get(&card.id).and_then(|reader| reader.load))
    }

    /// After crash upon crash: nothing is read by itself any more.
    pub(crate) fn refuse_all_read(self) {
        for card in self.files.get_untracked() {
            if !matches!(card.state.get_untracked(), FileState::Refused(_)) {
                self.finish(&card, FileState::Refused(ReadError::Crashed));
            }
        }
    }

    /// Stops reading a file.
    pub(crate) fn cancel_reading(self, card: &FileCard) {
        if let Some(job) = self.load_of(card) {
            self.cancel(job);
        }
        self.finish(card, FileState::Refused(ReadError::Cancelled));
        let _ = self.tell(&ToEngine::Remove(card.id), &[]);
    }

    /// Forgets a file.
    pub(crate) fn remove_file(self, card: &FileCard) {
        let running = self.status.begin("Đang bỏ tệp");
        if card.state.with_untracked(FileState::is_reading) {
            self.cancel_reading(card);
        }
        let _ = self.tell(&ToEngine::Remove(card.id), &[]);
        self.files.update(|cards| cards.retain(|other| other.id != card.id));
        self.handles.update_value(|handles| {
            handles.remove(&card.id);
        });
        browser::after_frame(|| browser::focus("step-heading"));
        drop(running);
    }

    /// Starts readers for waiting files, as many as may run.
    fn start_readers(self) {
        let mut running = self.readers.with_value(|readers| readers.values().filter(|reader| reader.handle.is_some()).count());
        for card in self.files.get_untracked() {
            if running >= browser::reader_limit() {
                break;
            }
            if card.state.get_untracked() == FileState::Waiting {
                self.start_reader(&card);
                running += 1;
            }
        }
    }

    fn start_reader(self, card: &FileCard) {
        card.state.set(FileState::Reading(Watch::start(Stage::Fingerprinting, browser::now_ms())));
        let (heard, crashed) = (card.clone(), card.clone());
        let on_message = move |message, blobs| {
            self.watchdog.heard(Watched::Reader(heard.id));
            self.hear_reader(&heard, message, blobs);
        };
        let on_crash = move |why: String| {
            leptos::logging::error!("reader of {}: {why}", crashed.name);
            self.finish(&crashed, FileState::Refused(ReadError::Crashed));
        };
        let file = self.handles.with_value(|handles| handles.get(&card.id).cloned());
        let spawned = WorkerHandle::spawn::<FromReader>(Role::Reader, on_message, on_crash).and_then(|handle| {
            let message = ToReader::Read { job: JobId(card.id.0), file: card.id, name: card.name.to_string() };
            let file = file.ok_or_else(|| "the file is gone".to_owned())?;
            handle.send_with_file(&message, &file).map(|()| handle)
        });
        match spawned {
            Ok(handle) => {
                self.readers.update_value(|readers| {
                    if let Some(reader) = readers.get_mut(&card.id) {
                        (reader.handle, reader.started_ms) = (Some(handle), browser::now_ms());
                    }
                });
                self.watch_worker(Watched::Reader(card.id));
            }
            Err(why) => {
                leptos::logging::error!("{why}");
                self.finish(card, FileState::Refused(ReadError::Crashed));
            }
        }
    }

    fn hear_reader(self, card: &FileCard, message: FromReader, blobs: Vec<Blob>) {
        match message {
            FromReader::Ready => {}
            FromReader::Progress(_, progress) => advance(card, progress),
            FromReader::Preflight { preflight, .. } => {
                let needed = preflight.memory;
                card.preflight.set(preflight);
                if let Some(what) = self.too_much_memory(card, needed) {
                    self.finish(card, FileState::Refused(ReadError::TooLarge(what)));
                }
            }
            FromReader::Fingerprint { sha256, .. } => {
                let cards = self.files.get_untracked();
                let is_same = |other: &&FileCard| {
                    other.id != card.id
                        && other.sha256.get_untracked() == sha256
                        && !matches!(other.state.get_untracked(), FileState::Refused(_))
                };
                if let Some(same) = cards.iter().find(is_same) {
                    return self.finish(card, FileState::Refused(ReadError::SameAs(same.name.to_string())));
                }
                card.sha256.set(sha256);
                self.recognise(card);
            }
            FromReader::Read { head, mappings, memory, .. } => {
                let handle =
                    self.readers.try_update_value(|readers| readers.get_mut(&card.id).and_then(|reader| reader.handle.take())).flatten();
                end_later(handle);
                let card = card.clone();
                spawn_local(async move { self.load(card, Parsed { head, mappings, memory }, blobs).await });
                self.start_readers();
            }
            FromReader::Failed(_, error) => self.finish(card, FileState::Refused(error)),
        }
    }

    /// Why a file that needs so much memory cannot be taken in beside the others; none where it can.
    fn too_much_memory(self, card: &FileCard, needed: u64) -> Option<String> {
        let takes_part = |other: &&FileCard| other.id != card.id && !matches!(other.state.get_untracked(), FileState::Refused(_));
        let cards = self.files.get_untracked();
        let others: u64 = cards.iter().filter(takes_part).map(|other| other.preflight.with_untracked(|preflight| preflight.memory)).sum();
        let mb = |bytes: u64| show_number((bytes >> 20) as i64);
        (others + needed > MEMORY_LIMIT).then(|| {
            let beside = if others > 0 { format!(", các tệp khác đã cần {} MB", mb(others)) } else { String::new() };
            format!("cần khoảng {} MB bộ nhớ{beside}; trình duyệt chỉ cho dùng {} MB", mb(needed), mb(MEMORY_LIMIT))
        })
    }

    /// Compares a file with those of the draft: the same, or the same name with other content.
    fn recognise(self, card: &FileCard) {
        let sha256 = card.sha256.get_untracked();
        let expected = self.expected.get_untracked();
        let same = expected.iter().find(|file| file.sha256 == sha256);
        let Some(known) = same.or_else(|| expected.iter().find(|file| *file.name == *card.name)) else { return };
        if card.memory.get_untracked().is_empty() {
            card.memory.set(known.sheets.clone());
        }
        if known.sha256 != sha256 {
            card.note(true, "Cùng tên với một tệp của bản nháp nhưng nội dung đã thay đổi; quyết định về các mũi không đổi vẫn được giữ.");
        } else if *known.name == *card.name {
            card.note(false, "Đúng tệp của bản nháp (SHA-256 không đổi).");
        } else {
            card.note(false, format!("Đúng tệp của bản nháp (SHA-256 không đổi), lần trước tên là “{}”.", known.name));
        }
        let known = known.sha256.clone();
        self.expected.update(|expected| expected.retain(|file| file.sha256 != known));
    }

    /// Hands a workbook to the engine, read as the officer chose before.
    async fn load(self, card: FileCard, parsed: Parsed, blobs: Vec<Blob>) {
        let Parsed { head, mut mappings, memory } = parsed;
        let chosen = card.memory.get_untracked();
        let mut is_restored = false;
        for (at, mapping) in mappings.iter_mut().enumerate() {
            let Some(mapping) = mapping else { continue };
            is_restored |=
                self.mappings.with_untracked(|mappings| mappings.get(&mapping.fingerprint()).is_some_and(|memory| memory.apply(mapping)));
            is_restored |= chosen.get(&(at as u16)).is_some_and(|memory| memory.apply(mapping));
        }
        let job = self.next_job();
        self.readers.update_value(|readers| {
            if let Some(reader) = readers.get_mut(&card.id) {
                reader.load = Some(job);
            }
        });
        let meta = FileMeta { id: card.id, name: card.name.to_string(), size: card.size, sha256: card.sha256.get_untracked() };
        let shown = card.clone();
        let reply = self.ask(ToEngine::Load { job, meta, head, mappings }, blobs, move |progress| advance(&shown, progress)).await;
        // Cancelled, removed or begun anew meanwhile: the card has said so already.
        if self.load_of(&card) != Some(job) {
            return;
        }
        match reply {
            Ok((FromEngine::Loaded { sheets, memory: of_engine, .. }, _)) => {
                let rows: u32 = sheets.iter().map(|sheet| sheet.rows).sum();
                card.sheets.set(sheets);
                if is_restored {
                    card.note(false, "Loại dữ liệu và các cột đặt theo lựa chọn lần trước.");
                }
                self.leave_measure(&card, rows, memory + of_engine);
                self.finish(&card, FileState::Read);
                self.take_answers();
                self.take_returned();
                for (sheet, memory) in chosen {
                    if let Some(row) = memory.header_row {
                        self.restore_header(&card, sheet, row, &memory).await;
                    }
                }
            }
            Err(JobError::Cancelled) => self.finish(&card, FileState::Refused(ReadError::Cancelled)),
            Err(JobError::Failed(why)) => self.finish(&card, FileState::Refused(ReadError::TooLarge(why))),
            _ => self.finish(&card, FileState::Refused(ReadError::Crashed)),
        }
    }

    fn leave_measure(self, card: &FileCard, rows: u32, memory: u64) {
        let started = self.readers.with_value(|readers| readers.get(&card.id).map_or(0.0, |reader| reader.started_ms));
        let detail =
            [("tep", JsValue::from_str(&card.name)), ("dong", JsValue::from(rows)), ("bo_nho_byte", JsValue::from_f64(memory as f64))];
        browser::measure("doc", browser::now_ms() - started, &detail);
    }

    /// Puts a file into its final state; its reader, if any, ends and the next one starts.
    pub(super) fn finish(self, card: &FileCard, state: FileState) {
        card.state.set(state);
        let reader = self.readers.try_update_value(|readers| readers.remove(&card.id)).flatten();
        if let Some(Reader { handle, running, .. }) = reader {
            end_later(handle);
            let left = self.readers.with_value(|readers| readers.len());
            if left > 0 {
                running.say(&format!("Đang đọc {left} tệp"));
            }
            drop(running);
        }
        self.start_readers();
    }
}

fn advance(card: &FileCard, progress: crate::worker::protocol::Progress) {
    card.state.update(|state| {
        if let FileState::Reading(watch) = state {
            watch.advance(progress, browser::now_ms());
        }
    });
}
