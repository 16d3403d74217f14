//! What the page knows: one `Session` of signals, handed down as a context.

use super::engine_client::EngineClient;
use super::history::History;
use super::mail::Attachment;
use super::pace::Watch;
use super::snapshots::{SnapshotNumbers, snapshot_numbers};
use super::status::Status;
use super::verdict::{Loaded, Verdict, can_start, file_verdict};
use crate::browser;
use crate::domain::source::SheetKind;
use crate::domain::{Date, FileId, FormColumn, Settings};
use crate::draft::{Draft, FileMemory, MappingMemory};
use crate::figures::desk::{Desk, lay_out};
use crate::figures::reported::ReportedFigures;
use crate::forms::inputs::{FormInputs, RowInputs};
use crate::forms::phu_luc_1::{self, Form1};
use crate::forms::phu_luc_2::{self, Form2};
use crate::quality::Corrections;
use crate::reconcile::Report;
use crate::reconcile::column_table::ColumnTable;
use crate::reconcile::decision::Decisions;
use crate::text::read_error;
use crate::workbook::error::ReadError;
use crate::workbook::mapping::SheetReading;
use crate::workbook::preflight::Preflight;
use crate::worker::host::WorkerHandle;
use crate::worker::list_filter::ListFilter;
use crate::worker::protocol::{DoseRow, JobId, ListRef};
use leptos::prelude::*;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;
use web_sys::File;

/// A step of the rail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    Import,
    Clean,
    Reconcile,
    Figures,
    Form1,
    Form2,
    Monitor,
    Send,
}

impl Step {
    pub(crate) const ALL: [Step; 8] = {
        use Step::*;
        [Import, Clean, Reconcile, Figures, Form1, Form2, Monitor, Send]
    };

    pub(crate) fn label(self) -> &'static str {
        match self {
            Step::Import => "Nạp tệp",
            Step::Clean => "Làm sạch",
            Step::Reconcile => "Đối soát",
            Step::Figures => "Số liệu",
            Step::Form1 => "Phụ lục 1",
            Step::Form2 => "Phụ lục 2",
            Step::Monitor => "Giám sát",
            Step::Send => "Gửi đi",
        }
    }

    /// The part of the address after `#`.
    pub(crate) fn anchor(self) -> &'static str {
        match self {
            Step::Import => "nap-tep",
            Step::Clean => "lam-sach",
            Step::Reconcile => "doi-soat",
            Step::Figures => "so-lieu",
            Step::Form1 => "phu-luc-1",
            Step::Form2 => "phu-luc-2",
            Step::Monitor => "giam-sat",
            Step::Send => "gui-di",
        }
    }
}

/// How far a file is.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum FileState {
    /// Waits for a reader.
    Waiting,
    /// A reader or the engine works on it.
    Reading(Watch),
    /// Its sheets stand in the engine.
    Read,
    /// Not read.
    Refused(ReadError),
}

impl FileState {
    /// Whether the file waits for a reader or is with one.
    pub(crate) fn is_reading(&self) -> bool {
        matches!(self, FileState::Waiting | FileState::Reading(_))
    }
}

/// What an officer is told on a card beside its state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct CardNote {
    pub(crate) is_warning: bool,
    /// Whether it is about the last change only.
    pub(crate) is_passing: bool,
    pub(crate) words: String,
}

/// One dropped file. Signals are counted by reference, so a card lives as long as anything shows it.
#[derive(Clone)]
pub(crate) struct FileCard {
    pub(crate) id: FileId,
    pub(crate) name: Arc<str>,
    pub(crate) size: u64,
    pub(crate) state: ArcRwSignal<FileState>,
    pub(crate) sheets: ArcRwSignal<Vec<SheetReading>>,
    pub(crate) sha256: ArcRwSignal<String>,
    /// What a first look at it showed.
    pub(crate) preflight: ArcRwSignal<Preflight>,
    /// What was chosen for its sheets, by position.
    pub(crate) memory: ArcRwSignal<BTreeMap<u16, crate::draft::SheetMemory>>,
    /// Restored choices, a change that failed.
    pub(crate) notes: ArcRwSignal<Vec<CardNote>>,
}

impl FileCard {
    /// The words of its state.
    pub(crate) fn verdict(&self) -> Option<Verdict> {
        match &*self.state.read() {
            FileState::Waiting | FileState::Reading(_) => None,
            FileState::Read => Some(file_verdict(&self.sheets.read())),
            FileState::Refused(error) => Some(Verdict::Refused(read_error(error))),
        }
    }

    /// Adds a word to the card.
    pub(crate) fn note(&self, is_warning: bool, words: impl Into<String>) {
        self.notes.update(|notes| notes.push(CardNote { is_warning, is_passing: false, words: words.into() }));
    }

    pub(crate) fn is_reading(&self) -> bool {
        self.state.with(FileState::is_reading)
    }

    pub(crate) fn is_read(&self) -> bool {
        *self.state.read() == FileState::Read
    }
}

/// What a report was made from; where it differs from now, the report is stale.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Basis {
    cut_off: Date,
    columns: ColumnTable,
    /// Per file with data: number, and per sheet its kind and columns.
    sheets: Vec<(FileId, u16, SheetKind, MappingMemory)>,
    snapshots: SnapshotNumbers,
    corrections: Corrections,
}

/// The stretch of a list that is shown.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct ListPage {
    pub(crate) list: ListRef,
    pub(crate) offset: u32,
    pub(crate) rows: Vec<DoseRow>,
    pub(crate) total: u32,
}

/// A word to the officer at the top of the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Notice {
    pub(crate) is_error: bool,
    pub(crate) words: String,
}

/// The page's state. All of it is `Copy`: handles to signals that live as long as the page.
#[derive(Clone, Copy)]
pub(crate) struct Session {
    pub(crate) step: RwSignal<Step>,
    pub(crate) status: Status,
    pub(crate) notice: RwSignal<Option<Notice>>,
    /// Where numbers were pressed, the last one last.
    pub(crate) way_back: RwSignal<Vec<super::way_back::Place>>,

    // What the draft keeps.
    pub(crate) settings: RwSignal<Settings>,
    pub(crate) inputs: RwSignal<FormInputs>,
    pub(crate) columns: RwSignal<ColumnTable>,
    pub(crate) decisions: RwSignal<Decisions>,
    pub(crate) mappings: RwSignal<BTreeMap<String, MappingMemory>>,
    /// Files of the last time that have not been dropped again.
    pub(crate) expected: RwSignal<Vec<FileMemory>>,
    pub(crate) is_sample: RwSignal<bool>,

    pub(crate) files: RwSignal<Vec<FileCard>>,
    pub(crate) history: RwSignal<History>,

    /// What sheets with figures report.
    pub(crate) reported: RwSignal<Arc<ReportedFigures>>,
    pub(crate) rolling: super::rolling::Rolling,
    pub(crate) report: RwSignal<Option<Arc<Report>>>,
    pub(crate) basis: RwSignal<Option<Basis>>,
    pub(crate) matching: RwSignal<Option<(JobId, Watch)>>,
    pub(crate) exporting: RwSignal<Option<(JobId, Watch)>>,
    pub(crate) list_page: RwSignal<Option<ListPage>>,
    pub(crate) review: super::reviewing::Reviewing,
    pub(crate) cleaning: super::cleaning::Cleaning,
    /// What the open list is narrowed to.
    pub(crate) list_filter: RwSignal<ListFilter>,
    pub(crate) attachments: RwSignal<Vec<Attachment>>,
    /// The forms as they were downloaded last.
    pub(crate) downloaded: RwSignal<(Option<Form1>, Option<Form2>)>,

    /// What personal data keeps a form from being downloaded.
    pub(crate) personal: RwSignal<Option<super::parts::personal_question::PersonalQuestion>>,

    pub(crate) drafting: super::drafting::Drafting,
    /// Whether another window of this browser has the draft: this one does not save.
    pub(crate) second_window: RwSignal<bool>,
    /// Whether the draft is to be taken over from that window.
    pub(crate) wants_draft: StoredValue<bool>,

    // What is derived.
    /// The unit whose sources are shown in `Số liệu`, by the key of its row.
    pub(crate) open_unit: RwSignal<Option<String>>,
    /// The column whose doses are asked for there.
    pub(crate) open_column: RwSignal<Option<FormColumn>>,
    pub(crate) desk: Memo<Desk>,
    pub(crate) form_1: Memo<Form1>,
    pub(crate) form_2: Memo<Form2>,
    pub(crate) is_stale: Memo<bool>,
    pub(crate) reading_count: Memo<usize>,
    pub(crate) gate: Memo<Result<String, String>>,
    pub(crate) snapshots: Memo<SnapshotNumbers>,

    // What only this thread can hold.
    pub(crate) engine: StoredValue<EngineClient, LocalStorage>,
    pub(crate) handles: StoredValue<HashMap<FileId, File>, LocalStorage>,
    pub(crate) readers: StoredValue<HashMap<FileId, super::reading::Reader>, LocalStorage>,
    pub(crate) next_file: StoredValue<u32>,
    pub(crate) watchdog: super::watchdog::Watchdog,
}

impl Session {
    pub(crate) fn new() -> Session {
        let settings = RwSignal::new(Settings::default());
        let inputs = RwSignal::new(FormInputs::default());
        let columns = RwSignal::new(ColumnTable::default());
        let report = RwSignal::new(None::<Arc<Report>>);
        let files = RwSignal::new(Vec::<FileCard>::new());
        let basis = RwSignal::new(None::<Basis>);
        let reported = RwSignal::new(Arc::new(ReportedFigures::default()));
        let decisions = RwSignal::new(Decisions::default());
        let units = Memo::new(move |_| decisions.read().units.clone());
        let rolling = super::rolling::Rolling::new(files, reported, report, settings, units);
        let once = rolling.once;
        let desk =
            Memo::new(move |_| lay_out(report.read().as_deref(), &once.read(), &settings.read(), &inputs.read().rows, &units.read()));
        let form_1 =
            Memo::new(move |_| phu_luc_1::fill_from_desk(report.read().as_deref(), &desk.read(), &settings.read(), &inputs.read()));
        let form_2 = Memo::new(move |_| {
            phu_luc_2::fill_from_desk(report.read().as_deref(), &desk.read(), &once.read(), &settings.read(), &inputs.read())
        });
        let cleaning = super::cleaning::Cleaning::new();
        let reading_count = Memo::new(move |_| files.read().iter().filter(|card| card.is_reading()).count());
        let snapshots = Memo::new(move |_| snapshot_numbers(&files.read()));
        let is_stale = Memo::new(move |_| {
            basis.read().as_ref().is_some_and(|basis| *basis != current_basis(files, settings, columns, snapshots, cleaning.corrections))
        });
        let gate = Memo::new(move |_| {
            let mut loaded = Loaded::default();
            for card in files.read().iter().filter(|card| card.is_read()) {
                let own = Loaded::of(card.sheets.read().iter());
                for side in 0..2 {
                    loaded.sheets[side] += own.sheets[side];
                    loaded.items[side] += own.items[side];
                }
            }
            let later: BTreeSet<u8> = snapshots.read().values().copied().collect();
            can_start(loaded, reading_count.get()).map(|words| match later.len() {
                0 | 1 => words,
                count => format!("{words} {count} đợt trích xuất: đợt đầu quyết định kết quả, đợt cuối cho biết mũi nào đã nhập thêm."),
            })
        });
        Session {
            step: RwSignal::new(Step::Import),
            status: Status::new(),
            notice: RwSignal::new(None),
            way_back: RwSignal::new(Vec::new()),
            settings,
            inputs,
            columns,
            decisions,
            mappings: RwSignal::new(BTreeMap::new()),
            expected: RwSignal::new(Vec::new()),
            is_sample: RwSignal::new(false),
            files,
            history: RwSignal::new(History::default()),
            reported,
            rolling,
            report,
            basis,
            matching: RwSignal::new(None),
            exporting: RwSignal::new(None),
            list_page: RwSignal::new(None),
            review: super::reviewing::Reviewing::new(),
            cleaning,
            list_filter: RwSignal::new(ListFilter::default()),
            attachments: RwSignal::new(Vec::new()),
            downloaded: RwSignal::new((None, None)),
            personal: RwSignal::new(None),
            drafting: super::drafting::Drafting::new(),
            second_window: RwSignal::new(false),
            wants_draft: StoredValue::new(false),
            open_unit: RwSignal::new(None),
            open_column: RwSignal::new(None),
            desk,
            form_1,
            form_2,
            is_stale,
            reading_count,
            gate,
            snapshots,
            engine: StoredValue::new_local(EngineClient::default()),
            handles: StoredValue::new_local(HashMap::new()),
            readers: StoredValue::new_local(HashMap::new()),
            next_file: StoredValue::new(1),
            watchdog: super::watchdog::Watchdog::new(),
        }
    }

    /// Goes to a step; its heading takes the focus once it is drawn.
    pub(crate) fn go_to(self, step: Step) {
        self.step.set(step);
        browser::after_frame(|| {
            browser::scroll_to_top();
            browser::focus("step-heading");
        });
    }

    pub(crate) fn say(self, words: impl Into<String>) {
        self.notice.set(Some(Notice { is_error: false, words: words.into() }));
    }

    pub(crate) fn complain(self, words: impl Into<String>) {
        self.notice.set(Some(Notice { is_error: true, words: words.into() }));
    }

    /// What a report made now would be made from.
    pub(crate) fn current_basis(self) -> Basis {
        current_basis(self.files, self.settings, self.columns, self.snapshots, self.cleaning.corrections)
    }

    /// Changes what is typed into one row of the forms; a row with nothing typed is forgotten.
    pub(crate) fn update_row(self, key: &str, change: impl FnOnce(&mut RowInputs)) {
        self.inputs.update(|inputs| {
            let mut row = inputs.row(key);
            change(&mut row);
            if row == RowInputs::default() {
                inputs.rows.remove(key);
            } else {
                inputs.rows.insert(key.to_owned(), row);
            }
        });
    }

    /// The work as the draft keeps it.
    pub(crate) fn draft(self) -> Draft {
        let mut files: Vec<FileMemory> = self.files.read().iter().filter(|card| is_remembered(card)).map(remember).collect();
        for expected in self.expected.read().iter() {
            if !files.iter().any(|file| file.sha256 == expected.sha256) {
                files.push(expected.clone());
            }
        }
        Draft {
            settings: self.settings.get(),
            inputs: self.inputs.get(),
            columns: self.columns.get(),
            decisions: self.decisions.get(),
            mappings: self.mappings.get(),
            files,
            is_sample: self.is_sample.get(),
            quality: self.cleaning.choices(),
            roll_up: self.rolling.choices.get(),
        }
    }
}

/// Whether the draft keeps a file: one that was read, and one it already knew while it is read again or where that failed.
fn is_remembered(card: &FileCard) -> bool {
    card.is_read() || !card.sha256.read().is_empty() && !card.memory.read().is_empty()
}

/// What the draft keeps of a file.
fn remember(card: &FileCard) -> FileMemory {
    FileMemory { name: card.name.to_string(), size: card.size, sha256: card.sha256.get(), sheets: card.memory.get() }
}

fn current_basis(
    files: RwSignal<Vec<FileCard>>,
    settings: RwSignal<Settings>,
    columns: RwSignal<ColumnTable>,
    snapshots: Memo<SnapshotNumbers>,
    corrections: RwSignal<Arc<Corrections>>,
) -> Basis {
    let mut sheets = Vec::new();
    for card in files.read().iter().filter(|card| card.is_read()) {
        for sheet in card.sheets.read().iter().filter(|sheet| sheet.items > 0) {
            if let Some(mapping) = sheet.mapping.as_ref().filter(|mapping| mapping.kind.side().is_some()) {
                sheets.push((card.id, sheet.sheet, mapping.kind, MappingMemory::of(mapping)));
            }
        }
    }
    Basis {
        cut_off: settings.read().cut_off,
        columns: columns.get(),
        sheets,
        snapshots: snapshots.get(),
        corrections: corrections.read().effective(),
    }
}

/// The session of this page.
pub(crate) fn session() -> Session {
    use_context::<Session>().unwrap_or_else(Session::new)
}

/// Ends a worker once the message it sent has been dealt with: its closure is still running now.
pub(crate) fn end_later(handle: Option<WorkerHandle>) {
    if let Some(handle) = handle {
        browser::after(0, move || drop(handle));
    }
}
