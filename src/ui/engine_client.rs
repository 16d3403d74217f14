//! The page's talk with the engine: a question is a future; a crash answers every open question and starts a fresh engine.

use super::state::{Session, end_later};
use super::watchdog::Watched;
use crate::domain::FileId;
use crate::worker::host::{Blob, WorkerHandle};
use crate::worker::protocol::{ExportRequest, FromEngine, JobError, JobId, Progress, Role, ToEngine};
use crate::worker::quality::QualityAsk;
use futures_channel::oneshot;
use leptos::prelude::*;
use std::collections::HashMap;

/// The engine's answer with its blobs.
pub(crate) type Reply = Result<(FromEngine, Vec<Blob>), JobError>;

/// An open question.
struct Question {
    answer: oneshot::Sender<Reply>,
    on_progress: Box<dyn FnMut(Progress)>,
    /// The file that is being loaded, which is to blame when the engine dies.
    file: Option<FileId>,
}

/// The engine, started with the first question.
#[derive(Default)]
pub(crate) struct EngineClient {
    handle: Option<WorkerHandle>,
    questions: HashMap<JobId, Question>,
    last_job: u32,
    /// Crashes since the last answer.
    crashes: u32,
    /// The word about the last death, while files are read into the fresh engine.
    recovering: Option<String>,
}

impl EngineClient {
    /// Whether somebody waits for an answer.
    pub(super) fn has_questions(&self) -> bool {
        !self.questions.is_empty()
    }
}

impl Session {
    /// A number for a job.
    pub(crate) fn next_job(self) -> JobId {
        self.engine
            .try_update_value(|engine| {
                engine.last_job += 1;
                JobId(engine.last_job)
            })
            .unwrap_or_default()
    }

    /// Asks the engine and waits for its answer.
    pub(crate) async fn ask(self, message: ToEngine, blobs: Vec<Blob>, on_progress: impl FnMut(Progress) + 'static) -> Reply {
        let (sender, receiver) = oneshot::channel();
        let file = if let ToEngine::Load { meta, .. } = &message { Some(meta.id) } else { None };
        let question = Question { answer: sender, on_progress: Box::new(on_progress), file };
        let job = message.job();
        if let Some(words) = self.half_filled(&message) {
            return Err(JobError::Failed(words));
        }
        self.start_engine()?;
        self.engine.update_value(|engine| {
            engine.questions.insert(job, question);
        });
        self.watch_worker(Watched::Engine);
        self.tell(&message, &blobs)?;
        receiver.await.unwrap_or(Err(JobError::Crashed))
    }

    /// Why a question about everything loaded cannot be answered now: after a death the fresh engine has only some of the files, and what it
    /// would say of them would be wrong.
    fn half_filled(self, message: &ToEngine) -> Option<String> {
        if self.reading_count.get_untracked() == 0 {
            self.engine.update_value(|engine| engine.recovering = None);
        }
        self.engine.with_value(|engine| engine.recovering.clone()).filter(|_| is_about_everything(message))
    }

    /// Tells the engine something it does not answer.
    pub(crate) fn tell(self, message: &ToEngine, blobs: &[Blob]) -> Result<(), JobError> {
        self.engine
            .with_value(|engine| engine.handle.as_ref().map_or(Ok(()), |handle| handle.send(message, blobs)))
            .map_err(JobError::Failed)
    }

    /// Stops a job of the engine.
    pub(crate) fn cancel(self, job: JobId) {
        let _ = self.tell(&ToEngine::Cancel(job), &[]);
    }

    fn start_engine(self) -> Result<(), JobError> {
        if self.engine.with_value(|engine| engine.handle.is_some()) {
            return Ok(());
        }
        let on_message = move |message, blobs| self.hear(message, blobs);
        let on_crash = move |why: String| self.engine_crashed(&why);
        let handle = WorkerHandle::spawn::<FromEngine>(Role::Engine, on_message, on_crash).map_err(JobError::Failed)?;
        self.engine.update_value(|engine| engine.handle = Some(handle));
        Ok(())
    }

    fn hear(self, message: FromEngine, blobs: Vec<Blob>) {
        self.watchdog.heard(Watched::Engine);
        let job = match &message {
            FromEngine::Ready => return,
            FromEngine::Progress(job, progress) => {
                // Taken out while it runs: it may ask the engine something itself.
                let question = self.engine.try_update_value(|engine| engine.questions.remove(job)).flatten();
                if let Some(mut question) = question {
                    (question.on_progress)(*progress);
                    self.engine.update_value(|engine| {
                        engine.questions.insert(*job, question);
                    });
                }
                return;
            }
            FromEngine::Loaded { job, .. }
            | FromEngine::Reconciled { job, .. }
            | FromEngine::Page { job, .. }
            | FromEngine::Keys { job, .. }
            | FromEngine::Exported { job, .. }
            | FromEngine::PersonalData { job, .. }
            | FromEngine::Review { job, .. }
            | FromEngine::Quality { job, .. }
            | FromEngine::Figures { job, .. }
            | FromEngine::Cancelled(job)
            | FromEngine::Failed(job, _) => *job,
        };
        let question = self.engine.try_update_value(|engine| {
            engine.crashes = 0;
            engine.questions.remove(&job)
        });
        // An answer nobody waits for any more is dropped here, and only here.
        let Some(question) = question.flatten() else { return };
        let reply = match message {
            FromEngine::Cancelled(_) => Err(JobError::Cancelled),
            FromEngine::Failed(_, why) => Err(JobError::Failed(why)),
            message => Ok((message, blobs)),
        };
        let _ = question.answer.send(reply);
    }

    /// The engine died: says so, answers every open question, and reads the files again into a fresh one. Decisions stay.
    fn engine_crashed(self, why: &str) {
        leptos::logging::error!("engine: {why}");
        self.engine.update_value(|engine| engine.crashes += 1);
        self.begin_anew("Bộ đối soát gặp sự cố và đã được khởi động lại");
    }

    /// `Dừng`: ends a silent engine and goes on as after its death.
    pub(super) fn stop_engine(self) {
        self.begin_anew("Đã dừng và khởi động lại bộ đối soát");
    }

    /// Ends the engine, if it still lives; says so in the given words.
    fn begin_anew(self, words: &str) {
        let lost = self.engine.try_update_value(|engine| (engine.handle.take(), std::mem::take(&mut engine.questions), engine.crashes));
        let Some((handle, questions, crashes)) = lost else { return };
        end_later(handle);
        // Questions are worked off in the order they were asked, so the oldest is the one it died of.
        let to_blame = questions.iter().min_by_key(|(job, _)| **job).and_then(|(_, question)| question.file);
        for (_, question) in questions {
            let _ = question.answer.send(Err(JobError::Crashed));
        }
        self.matching.set(None);
        self.exporting.set(None);
        self.list_page.set(None);
        self.report.set(None);
        self.basis.set(None);
        if crashes > 2 {
            self.complain(
                "Bộ đối soát dừng nhiều lần liên tiếp, có thể máy không đủ bộ nhớ. Hãy đóng bớt chương trình khác, hoặc bỏ bớt tệp, rồi bấm “Đọc lại” ở từng tệp. \
                 Các quyết định vẫn được giữ.",
            );
            self.refuse_all_read();
            return;
        }
        let again = if self.files.read_untracked().is_empty() {
            ""
        } else {
            "; các tệp đang được đọc lại, khi đọc xong hãy bấm “Bắt đầu đối soát”"
        };
        let words = format!("{words}{again}. Các quyết định và nội dung đã nhập vẫn được giữ.");
        self.engine.update_value(|engine| engine.recovering = Some(words.clone()));
        self.complain(words);
        self.read_all_again(to_blame);
    }
}

/// Whether an answer is made from all files; the others are about one file, or only set something.
fn is_about_everything(message: &ToEngine) -> bool {
    match message {
        ToEngine::Reconcile { .. } => true,
        ToEngine::Export { what, .. } => !matches!(what, ExportRequest::SampleFiles),
        ToEngine::Quality { ask, .. } => matches!(ask, QualityAsk::Check { .. } | QualityAsk::Board { .. }),
        _ => false,
    }
}
