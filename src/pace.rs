//! Long work in slices: the core says how far it is, the worker decides when to breathe and whether to go on.

use serde::{Deserialize, Serialize};
use std::future::Future;

/// What is being done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Stage {
    /// The file's bytes are read and its SHA-256 is computed.
    Fingerprinting,
    /// Cells are read.
    Reading,
    /// Rows become persons and doses.
    Parsing,
    /// Persons are linked.
    Linking,
    /// Doses are put into columns and buckets.
    Classifying,
    /// Records are checked against the rules.
    Checking,
    /// Corrections are made on records.
    Correcting,
    /// Doses of a list are selected.
    Listing,
    /// Texts of a form are held against loaded names and numbers.
    Screening,
    /// A workbook is written.
    Writing,
}

impl Stage {
    /// The officer's words.
    pub fn label(self) -> &'static str {
        match self {
            Stage::Fingerprinting => "Đang kiểm tra tệp",
            Stage::Reading => "Đang đọc ô",
            Stage::Parsing => "Đang đọc mũi tiêm",
            Stage::Linking => "Đang ghép người",
            Stage::Classifying => "Đang phân loại mũi tiêm",
            Stage::Checking => "Đang kiểm tra quy tắc",
            Stage::Correcting => "Đang sửa dữ liệu",
            Stage::Listing => "Đang lọc danh sách",
            Stage::Screening => "Đang tìm dữ liệu cá nhân trong biểu",
            Stage::Writing => "Đang ghi bảng",
        }
    }
}

/// How far a job is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Progress {
    /// What is being done.
    pub stage: Stage,
    /// Steps done.
    pub done: u32,
    /// Steps in all; 0 where it is not known.
    pub total: u32,
}

/// The officer stopped the job.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cancelled;

/// Steps between two calls of [`Pace::step`]: few enough for slices far below 50 ms.
pub const STRIDE: usize = 1024;

/// Asked now and then by long work.
pub trait Pace {
    /// Says that `done` of `total` steps of a stage are done; comes back when the work may go on.
    ///
    /// # Errors
    /// [`Cancelled`] when the job was stopped: the work ends and changes nothing.
    fn step(&mut self, stage: Stage, done: usize, total: usize) -> impl Future<Output = Result<(), Cancelled>>;
}

/// Never waits, never stops: for native callers.
#[derive(Clone, Copy, Debug, Default)]
pub struct Unpaced;

impl Pace for Unpaced {
    async fn step(&mut self, _stage: Stage, _done: usize, _total: usize) -> Result<(), Cancelled> {
        Ok(())
    }
}

/// The result of work that never waits: what a native caller makes of a paced function.
pub(crate) fn ready<T>(work: impl Future<Output = T>) -> T {
    let mut work = std::pin::pin!(work);
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    loop {
        if let std::task::Poll::Ready(done) = work.as_mut().poll(&mut context) {
            return done;
        }
    }
}
