//! Messages between the page and its workers: one closed enum a direction, all with a job's number.
//!
//! A message crosses as a JS array `[Uint8Array(postcard), blob…]`; blobs (cell columns, workbooks) are transferred, not copied.

use super::list_filter::ListFilter;
use super::quality::{QualityAnswer, QualityAsk, QualityExport};
use crate::domain::group_rule::PlacedBy;
use crate::domain::{Bucket, Confidence, Date, FileId, FormColumn, MissingGroup, Settings, Side, Status};
use crate::figures::reported::ReportedFigures;
use crate::forms::personal::PersonalHit;
use crate::forms::phu_luc_1::Form1;
use crate::forms::phu_luc_2::Form2;
pub use crate::pace::{Progress, Stage};
use crate::reconcile::Report;
use crate::reconcile::answers_in::AnswersRead;
use crate::reconcile::column_table::ColumnTable;
use crate::reconcile::decision::{Decisions, DoseKey, PairKey};
use crate::reconcile::review::{Nearest, Overview, PairDetail};
use crate::workbook::error::ReadError;
use crate::workbook::mapping::{SheetMapping, SheetReading};
use crate::workbook::preflight::Preflight;
use crate::workbook::table::WorkbookHead;
use serde::{Deserialize, Serialize};

/// Number of a job; an answer to a job that is no longer asked for is ignored.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct JobId(pub u32);

/// What a worker is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Reads one file and is thrown away.
    Reader,
    /// Owns the tables.
    Engine,
}

impl Role {
    /// The name the worker is started with, by which it knows what it is for.
    pub fn name(self) -> &'static str {
        match self {
            Role::Reader => "reader",
            Role::Engine => "engine",
        }
    }
}

/// A worker's messages, as far as the page's side of the bridge must know them.
pub trait FromWorker: serde::de::DeserializeOwned {
    /// Whether the worker says that it can be sent jobs.
    fn is_ready(&self) -> bool;
}

impl FromWorker for FromReader {
    fn is_ready(&self) -> bool {
        matches!(self, FromReader::Ready)
    }
}

impl FromWorker for FromEngine {
    fn is_ready(&self) -> bool {
        matches!(self, FromEngine::Ready)
    }
}

/// What the page knows of a file and both workers are told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileMeta {
    /// Its number.
    pub id: FileId,
    /// Its name.
    pub name: String,
    /// Bytes.
    pub size: u64,
    /// SHA-256, lower-case hex.
    pub sha256: String,
}

/// To a reader. The `File` object itself follows as the first blob; the reader reads its bytes, so they never cross.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum ToReader {
    /// Read this file.
    Read {
        /// The job.
        job: JobId,
        /// The file's number.
        file: FileId,
        /// Its name.
        name: String,
    },
}

/// From a reader.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum FromReader {
    /// The reader can be sent a job.
    Ready,
    /// How far it is.
    Progress(JobId, Progress),
    /// A first look at the file, before anything else is done with it.
    Preflight {
        /// The job.
        job: JobId,
        /// What it shows.
        preflight: Preflight,
    },
    /// The bytes are in: the SHA-256, by which the page tells a file dropped twice.
    Fingerprint {
        /// The job.
        job: JobId,
        /// SHA-256, lower-case hex.
        sha256: String,
    },
    /// The file is read; the workbook's parts follow as blobs.
    Read {
        /// The job.
        job: JobId,
        /// The small part of the workbook.
        head: WorkbookHead,
        /// What was detected, one per sheet (none: no header found).
        mappings: Vec<Option<SheetMapping>>,
        /// Peak memory of the reader, bytes.
        memory: u64,
    },
    /// The file is refused.
    Failed(JobId, ReadError),
}

/// One of the ledger's lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ListRef {
    /// The side.
    pub side: Side,
    /// The bucket.
    pub bucket: Bucket,
}

/// One dose of a list, as the page shows it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DoseRow {
    /// Its number in the engine, until the next reconciliation.
    pub item: u32,
    /// Key of decisions about it.
    pub key: DoseKey,
    /// File, sheet, Excel row, dose group.
    pub place: (String, String, u32, u8),
    /// The other side's place, where there is one.
    pub other_place: Option<(String, String, u32, u8)>,
    /// Họ và tên.
    pub name: String,
    /// Ngày sinh as shown.
    pub birth: String,
    /// Số giấy tờ.
    pub identity: String,
    /// Mũi as written.
    pub label: String,
    /// Vắc xin as written.
    pub vaccine: String,
    /// Ngày tiêm as shown, or as written where it is no date.
    pub given: String,
    /// Số lô.
    pub lot: String,
    /// Đơn vị.
    pub unit: String,
    /// Cột biểu.
    pub column: Option<FormColumn>,
    /// Nhóm (`Chưa nhập` only).
    pub group: Option<MissingGroup>,
    /// What gave the group (`Chưa nhập` only).
    pub placed_by: Option<PlacedBy>,
    /// Which rule gave the group and on what evidence, or that a person did.
    pub group_reason: String,
    /// Trạng thái (`Chưa nhập` only).
    pub status: Option<Status>,
    /// Whether the machine holds it for entered on a later snapshot, whatever a person decided.
    pub is_entered_later: bool,
    /// Where the status is the machine's: why.
    pub status_reason: String,
    /// Độ tin cậy.
    pub confidence: Option<Confidence>,
    /// Why it is in this bucket, or what differs.
    pub reason: String,
}

/// What a workbook is wanted of.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum ExportRequest {
    /// `Tải Phụ lục 1`, as drawn.
    Form1(FormRequest<Form1>),
    /// `Tải Phụ lục 2`, as drawn.
    Form2(FormRequest<Form2>),
    /// `Tải danh sách làm việc`, one part of it.
    WorkingList(WorkingListRequest),
    /// `Tải tệp nhập Hệ thống`, one part of it.
    ImportFile(ImportRequest),
    /// A workbook of `Làm sạch` or `Giám sát`.
    Quality(QualityExport),
    /// Nothing is written: names and numbers of loaded persons are looked for in these texts, each named by itself.
    LookThrough(Vec<String>),
    /// The invented files of `Dùng thử với dữ liệu mẫu`: one blob each, names in the answer.
    SampleFiles,
}

/// A form to be written as it is drawn.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormRequest<F> {
    /// The form.
    pub form: Box<F>,
    /// The settings it was filled under, for its seal.
    pub settings: Settings,
    /// Whether the officer has seen what personal data is in it, and wants it all the same.
    pub is_checked: bool,
}

/// What is wanted of the import file for the System.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportRequest {
    /// Names of the units wanted; none where all are.
    pub units: Option<Vec<String>>,
    /// The part wanted, from 1; the answer says how many there are.
    pub part: u32,
}

/// What is wanted of the working list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WorkingListRequest {
    /// Heading of the sheets: `Đơn vị báo cáo`.
    pub reporting_unit: String,
    /// The buckets wanted.
    pub lists: Vec<ListRef>,
    /// Names of the units wanted; none where all are.
    pub units: Option<Vec<String>>,
    /// The part wanted, from 1; the answer says how many there are.
    pub part: u32,
}

/// To the engine.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum ToEngine {
    /// Takes a workbook a reader made; its parts follow as blobs.
    Load {
        /// The job.
        job: JobId,
        /// The file.
        meta: FileMeta,
        /// The small part of the workbook.
        head: WorkbookHead,
        /// How each sheet is to be read.
        mappings: Vec<Option<SheetMapping>>,
    },
    /// Forgets a file.
    Remove(FileId),
    /// Reads one sheet again, with another mapping or another header row.
    Configure {
        /// The job.
        job: JobId,
        /// The file.
        file: FileId,
        /// The sheet's position.
        sheet: u16,
        /// What to read it by.
        how: Configuration,
    },
    /// Matches and classifies everything loaded.
    Reconcile {
        /// The job.
        job: JobId,
        /// The settings.
        settings: Settings,
        /// The decisions.
        decisions: Decisions,
        /// The column table.
        columns: ColumnTable,
    },
    /// Classifies again after decisions or settings that do not change the matching; quick.
    Decide {
        /// The job.
        job: JobId,
        /// All decisions.
        decisions: Decisions,
    },
    /// A stretch of a list.
    Page {
        /// The job.
        job: JobId,
        /// The list.
        list: ListRef,
        /// What is wanted of it.
        filter: ListFilter,
        /// First row wanted, from 0.
        offset: u32,
        /// How many.
        len: u32,
    },
    /// Names every dose of a list that a filter selects.
    Keys {
        /// The job.
        job: JobId,
        /// The list.
        list: ListRef,
        /// What is wanted of it.
        filter: ListFilter,
    },
    /// Writes a workbook.
    Export {
        /// The job.
        job: JobId,
        /// Which.
        what: ExportRequest,
    },
    /// Asks about the review of `Cần xem xét`.
    Review {
        /// The job.
        job: JobId,
        /// What is asked.
        ask: ReviewAsk,
    },
    /// What the sheets with figures report.
    Figures {
        /// The job.
        job: JobId,
        /// `Số liệu tính đến ngày`.
        cut_off: Date,
    },
    /// Asks about `Làm sạch` and `Giám sát`.
    Quality {
        /// The job.
        job: JobId,
        /// What is asked.
        ask: QualityAsk,
    },
    /// Stops the job; the tables stay.
    Cancel(JobId),
}

/// What the page asks about the review.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ReviewAsk {
    /// Every pair and pattern.
    Overview,
    /// One pair.
    Pair(PairKey),
    /// Why a dose was not found on the other side; by [`DoseRow::item`].
    Nearest(u32),
    /// The answers in a working list that was dropped.
    Answers(FileId),
}

/// What the engine answers about the review.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum ReviewAnswer {
    /// Every pair and pattern.
    Overview(Overview),
    /// One pair; none where its rows are not loaded.
    Pair(Option<Box<PairDetail>>),
    /// The nearest on the other side.
    Nearest(Nearest),
    /// The answers of a working list.
    Answers(AnswersRead),
}

impl ToEngine {
    /// The job's number; 0 where nothing is answered.
    pub fn job(&self) -> JobId {
        match self {
            ToEngine::Load { job, .. }
            | ToEngine::Configure { job, .. }
            | ToEngine::Reconcile { job, .. }
            | ToEngine::Decide { job, .. }
            | ToEngine::Page { job, .. }
            | ToEngine::Keys { job, .. }
            | ToEngine::Export { job, .. }
            | ToEngine::Review { job, .. }
            | ToEngine::Quality { job, .. }
            | ToEngine::Figures { job, .. }
            | ToEngine::Cancel(job) => *job,
            ToEngine::Remove(_) => JobId(0),
        }
    }
}

/// How a sheet is to be read again.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum Configuration {
    /// By this mapping.
    Mapping(Box<SheetMapping>),
    /// By a header that starts at this row (Excel's number): columns are detected anew.
    HeaderRow(u32),
}

/// From the engine.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum FromEngine {
    /// The engine can be sent jobs.
    Ready,
    /// How far a job is.
    Progress(JobId, Progress),
    /// A file's sheets as read: answers `Load` and `Configure` (then with the one sheet).
    Loaded {
        /// The job.
        job: JobId,
        /// The file.
        file: FileId,
        /// One a sheet.
        sheets: Vec<SheetReading>,
        /// Memory of the engine, bytes.
        memory: u64,
    },
    /// Answers `Reconcile` and `Decide`.
    Reconciled {
        /// The job.
        job: JobId,
        /// What was found.
        report: Box<Report>,
        /// Milliseconds spent matching and classifying, for User Timing.
        timing_ms: (f64, f64),
    },
    /// Answers `Page`.
    Page {
        /// The job.
        job: JobId,
        /// The list.
        list: ListRef,
        /// Position of the first row.
        offset: u32,
        /// The rows.
        rows: Vec<DoseRow>,
        /// Rows of the whole list, as far as the filter leaves them.
        total: u32,
    },
    /// Answers `Keys`.
    Keys {
        /// The job.
        job: JobId,
        /// The doses, each with whether the machine holds it for entered on a later snapshot.
        keys: Vec<(DoseKey, bool)>,
    },
    /// Answers `Export`; the workbooks follow as blobs.
    Exported {
        /// The job.
        job: JobId,
        /// One a blob: the suffix of its name (`""`, `_1`, or a whole name for sample files) and its SHA-256.
        files: Vec<(String, String)>,
        /// Parts of the whole, of which this is the one asked for.
        parts: u32,
        /// What to say of them, a sentence a line.
        notes: Vec<String>,
    },
    /// Answers `Export` of a form: it holds personal data, and was not written.
    PersonalData {
        /// The job.
        job: JobId,
        /// Where, and what.
        hits: Vec<PersonalHit>,
    },
    /// Answers `Review`.
    Review {
        /// The job.
        job: JobId,
        /// The answer.
        answer: Box<ReviewAnswer>,
    },
    /// Answers `Figures`.
    Figures {
        /// The job.
        job: JobId,
        /// What was reported.
        reported: ReportedFigures,
    },
    /// Answers `Quality`.
    Quality {
        /// The job.
        job: JobId,
        /// The answer.
        answer: Box<QualityAnswer>,
    },
    /// The job was stopped.
    Cancelled(JobId),
    /// The job failed, in the officer's words.
    Failed(JobId, String),
}

/// Why a job of a worker ended without an answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum JobError {
    /// The worker died (a panic, no memory); a fresh one has been started.
    Crashed,
    /// The officer stopped it.
    Cancelled,
    /// It failed, in the officer's words.
    Failed(String),
}
