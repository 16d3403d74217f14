//! The engine: owns the tables, answers the page's requests. Knows no browser; the worker around it is thin.

mod export;
mod figures;
mod forms;
mod import_file;
mod lists;
mod quality;
mod review;
mod rows;
mod sealed;
mod snapshots;
mod working_list;

use crate::domain::{FileId, Settings, Side};
use crate::linkage::{Linkage, Roll, link_persons};
use crate::normalize::text::TextPool;
use crate::pace::{Cancelled, Pace, Unpaced, ready};
use crate::quality::correct::Touched;
use crate::reconcile::column_table::ColumnTable;
use crate::reconcile::decision::Decisions;
use crate::reconcile::later::Later;
use crate::reconcile::ledger::{Ledger, classify_decided};
use crate::reconcile::redecide::Index;
use crate::reconcile::report::Report;
use crate::reconcile::snapshot::sketch;
use crate::reconcile::tally::tally_paced;
use crate::workbook::detect::detect_sheet;
use crate::workbook::mapping::{SheetMapping, SheetReading};
use crate::workbook::records::{SheetRecords, read_records_paced};
use crate::workbook::table::{Part, Workbook};
use crate::worker::protocol::{Configuration, FileMeta, FromEngine, ToEngine};
use lists::{ListIndex, Selection};

/// What a request is answered with.
#[derive(Debug)]
pub enum Answer {
    /// Nothing is said.
    Nothing,
    /// This message, with its blobs.
    Message(Box<FromEngine>, Vec<Vec<u8>>),
}

impl Answer {
    fn plain(message: FromEngine) -> Answer {
        Answer::Message(Box::new(message), Vec::new())
    }
}

/// One loaded file.
struct LoadedFile {
    meta: FileMeta,
    workbook: Workbook,
    sheets: Vec<LoadedSheet>,
}

/// One sheet of it as read.
struct LoadedSheet {
    reading: SheetReading,
    /// Persons and doses; none where the sheet has no header or is not used.
    records: Option<SheetRecords>,
    /// What corrections changed.
    touched: Touched,
    /// Whether the corrections of today were made.
    is_corrected: bool,
}

/// The last reconciliation.
struct Outcome {
    roll: Roll,
    linkage: Linkage,
    ledger: Ledger,
    settings: Settings,
    decisions: Decisions,
    columns: ColumnTable,
    /// What decisions about pairs are looked up in; made when it is first wanted.
    index: Option<Index>,
    /// Rows of later snapshots of the System.
    later: Vec<Later>,
    lists: ListIndex,
    selection: Option<Selection>,
}

/// The tables and the last reconciliation.
#[derive(Default)]
pub struct Engine {
    files: Vec<LoadedFile>,
    pool: TextPool,
    outcome: Option<Outcome>,
    quality: quality::Desk,
}

impl Engine {
    /// Does what a message asks. `now` gives milliseconds (the core has no clock), `memory` the bytes in use.
    pub async fn handle<P: Pace>(
        &mut self,
        message: ToEngine,
        blobs: &[impl Part],
        pace: &mut P,
        now: &dyn Fn() -> f64,
        memory: fn() -> u64,
    ) -> Answer {
        let job = message.job();
        match message {
            ToEngine::Load { meta, head, mappings, .. } => {
                let Some(workbook) = Workbook::from_parts(head, blobs) else {
                    return Answer::plain(FromEngine::Failed(
                        job,
                        "Dữ liệu đọc được của tệp không khớp nhau. Hãy bấm “Bỏ tệp này” rồi thả tệp vào lần nữa.".to_owned(),
                    ));
                };
                let file = meta.id;
                match self.load(meta, workbook, &mappings, pace).await {
                    Ok(sheets) => Answer::plain(FromEngine::Loaded { job, file, sheets, memory: memory() }),
                    Err(Cancelled) => Answer::plain(FromEngine::Cancelled(job)),
                }
            }
            ToEngine::Remove(file) => {
                self.remove(file);
                Answer::Nothing
            }
            ToEngine::Configure { file, sheet, how, .. } => match self.configure(file, sheet, how, pace).await {
                Err(Cancelled) => Answer::plain(FromEngine::Cancelled(job)),
                Ok(Some(reading)) => Answer::plain(FromEngine::Loaded { job, file, sheets: vec![reading], memory: memory() }),
                Ok(None) => Answer::plain(FromEngine::Failed(
                    job,
                    "Không tìm thấy tên cột ở dòng đã chỉ. Hãy ghi số dòng như Excel đánh số, nơi có các tên như “Họ và tên”, “Ngày tiêm”."
                        .to_owned(),
                )),
            },
            ToEngine::Reconcile { settings, decisions, columns, .. } => {
                let start = now();
                match self.reconcile(settings, decisions, &columns, pace, now).await {
                    Ok((report, linked_at)) => Answer::plain(FromEngine::Reconciled {
                        job,
                        report: Box::new(report),
                        timing_ms: (linked_at - start, now() - linked_at),
                    }),
                    Err(Cancelled) => Answer::plain(FromEngine::Cancelled(job)),
                }
            }
            ToEngine::Decide { decisions, .. } => {
                let start = now();
                match self.decide(decisions) {
                    Some(report) => {
                        Answer::plain(FromEngine::Reconciled { job, report: Box::new(report), timing_ms: (0.0, now() - start) })
                    }
                    None => Answer::plain(FromEngine::Failed(
                        job,
                        "Chưa đối soát nên chưa ghi được quyết định. Hãy bấm “Bắt đầu đối soát” ở bước Nạp tệp.".to_owned(),
                    )),
                }
            }
            ToEngine::Page { list, filter, offset, len, .. } => {
                match self.filtered_page(list, &filter, offset as usize, len as usize, pace).await {
                    Ok((rows, total)) => Answer::plain(FromEngine::Page { job, list, offset, rows, total: total as u32 }),
                    Err(Cancelled) => Answer::plain(FromEngine::Cancelled(job)),
                }
            }
            ToEngine::Keys { list, filter, .. } => match self.keys(list, &filter, pace).await {
                Ok(keys) => Answer::plain(FromEngine::Keys { job, keys }),
                Err(Cancelled) => Answer::plain(FromEngine::Cancelled(job)),
            },
            ToEngine::Export { what, .. } => match self.export(what, pace).await {
                Ok(export::Exported { files, blobs, parts, notes }) => {
                    Answer::Message(Box::new(FromEngine::Exported { job, files, parts, notes }), blobs)
                }
                Err(export::ExportError::Personal(hits)) => Answer::plain(FromEngine::PersonalData { job, hits }),
                Err(export::ExportError::Cancelled) => Answer::plain(FromEngine::Cancelled(job)),
                Err(export::ExportError::Failed(why)) => Answer::plain(FromEngine::Failed(job, why)),
            },
            ToEngine::Review { ask, .. } => self.answer_review(job, ask, pace).await,
            ToEngine::Figures { cut_off, .. } => match self.reported(cut_off, pace).await {
                Ok(reported) => Answer::plain(FromEngine::Figures { job, reported }),
                Err(Cancelled) => Answer::plain(FromEngine::Cancelled(job)),
            },
            ToEngine::Quality { ask, .. } => self.answer_quality(job, ask, pace).await,
            // Heard while a job runs; once it is over there is nothing to stop.
            ToEngine::Cancel(_) => Answer::Nothing,
        }
    }

    /// Takes a workbook and reads its sheets into persons and doses.
    ///
    /// # Errors
    /// [`Cancelled`] when the pace says so; then the file is not kept.
    pub async fn load<P: Pace>(
        &mut self,
        meta: FileMeta,
        workbook: Workbook,
        mappings: &[Option<SheetMapping>],
        pace: &mut P,
    ) -> Result<Vec<SheetReading>, Cancelled> {
        self.remove(meta.id);
        let mut sheets = Vec::with_capacity(workbook.sheets.len());
        for (at, mapping) in mappings.iter().enumerate().take(workbook.sheets.len()) {
            sheets.push(read_sheet(&workbook, at as u16, mapping.as_ref(), meta.id, &mut self.pool, pace).await?);
        }
        let readings = sheets.iter().map(|sheet| sheet.reading.clone()).collect();
        let at = self.files.partition_point(|file| file.meta.id < meta.id);
        self.files.insert(at, LoadedFile { meta, workbook, sheets });
        Ok(readings)
    }

    /// Forgets a file; the last reconciliation stands until the next.
    pub fn remove(&mut self, file: FileId) {
        self.forget_findings();
        self.files.retain(|loaded| loaded.meta.id != file);
    }

    /// Reads one sheet again; none where there is no such sheet, or no header at the row named.
    ///
    /// # Errors
    /// [`Cancelled`] when the pace says so; then the sheet stays as it was.
    pub async fn configure<P: Pace>(
        &mut self,
        file: FileId,
        sheet: u16,
        how: Configuration,
        pace: &mut P,
    ) -> Result<Option<SheetReading>, Cancelled> {
        let Some(loaded) = self.files.iter_mut().find(|loaded| loaded.meta.id == file) else { return Ok(None) };
        let mapping = match how {
            Configuration::Mapping(mapping) => Some(*mapping),
            Configuration::HeaderRow(row) => detect_sheet(&loaded.workbook, usize::from(sheet), &loaded.meta.name, Some(row)),
        };
        let (Some(mapping), Some(place)) = (mapping, loaded.sheets.get_mut(usize::from(sheet))) else { return Ok(None) };
        let read = read_sheet(&loaded.workbook, sheet, Some(&mapping), file, &mut self.pool, pace).await?;
        let reading = read.reading.clone();
        *place = read;
        self.forget_findings();
        Ok(Some(reading))
    }

    /// Matches and classifies everything loaded: the report, and the time (by `now`) when persons were linked.
    ///
    /// # Errors
    /// [`Cancelled`] when the pace says so; then the last reconciliation stands.
    pub async fn reconcile<P: Pace>(
        &mut self,
        settings: Settings,
        decisions: Decisions,
        columns: &ColumnTable,
        pace: &mut P,
        now: &dyn Fn() -> f64,
    ) -> Result<(Report, f64), Cancelled> {
        self.make_corrections(pace).await?;
        let snapshots = self.snapshots();
        let roll = self.roll(&snapshots, snapshots.first(), pace).await?;
        let linkage = link_persons(&roll, &self.pool, pace).await?;
        let linked_at = now();
        let (answers, index) = review::find_answers(&roll, &self.pool, &linkage, &decisions, pace).await?;
        let mut ledger = classify_decided(&roll, &self.pool, &linkage, answers, settings.cut_off, columns, pace).await?;
        ledger.units.gather(&decisions.units);
        let later = self.match_later(&snapshots, (&roll, &mut ledger), &settings, &decisions, columns, pace).await?;
        let lists = ListIndex::of(&roll, &ledger);
        let columns = columns.clone();
        let outcome = Outcome { roll, linkage, ledger, settings, decisions, columns, index, later, lists, selection: None };
        let report = outcome.report_paced(&self.pool, pace).await?;
        self.outcome = Some(outcome);
        Ok((report, linked_at))
    }

    /// Classifies and counts again under other decisions; none before the first reconciliation.
    pub fn decide(&mut self, decisions: Decisions) -> Option<Report> {
        let outcome = self.outcome.as_mut()?;
        outcome.decisions = decisions;
        outcome.selection = None;
        outcome.redecide(&self.pool);
        Some(outcome.report(&self.pool))
    }
}

impl Outcome {
    /// Counts everything.
    fn report(&self, pool: &TextPool) -> Report {
        // Nothing cancels it.
        ready(self.report_paced(pool, &mut Unpaced)).unwrap_or_default()
    }

    /// Counts everything, in slices.
    async fn report_paced<P: Pace>(&self, pool: &TextPool, pace: &mut P) -> Result<Report, Cancelled> {
        let Outcome { roll, linkage, ledger, decisions, settings, .. } = self;
        let report = tally_paced(roll, pool, linkage, ledger, decisions, settings.cut_off, pace).await?;
        Ok(Report { later: self.later.iter().flat_map(|later| later.balance(&self.ledger)).collect(), ..report })
    }
}

/// Reads one sheet; without a mapping, or one that is not used, only its rows are counted.
async fn read_sheet<P: Pace>(
    workbook: &Workbook,
    sheet: u16,
    mapping: Option<&SheetMapping>,
    file: FileId,
    pool: &mut TextPool,
    pace: &mut P,
) -> Result<LoadedSheet, Cancelled> {
    let source = &workbook.sheets[usize::from(sheet)];
    match mapping {
        Some(mapping) if mapping.kind.side().is_some() && mapping.is_usable() => {
            let mut records = read_records_paced(workbook, sheet, mapping, file, pool, pace).await?;
            if mapping.kind.side() == Some(Side::System) {
                records.reading.sketch = sketch(&records.persons, &records.doses, pool);
            }
            Ok(LoadedSheet { reading: records.reading.clone(), records: Some(records), touched: Touched::default(), is_corrected: false })
        }
        _ => {
            let reading = SheetReading {
                sheet,
                name: source.name.clone(),
                is_hidden: source.is_hidden,
                hidden_rows: source.hidden_rows,
                unsaved_formulas: source.unsaved_formulas.clone(),
                rows: source.table.row_count() as u32,
                mapping: mapping.cloned(),
                ..SheetReading::default()
            };
            Ok(LoadedSheet { reading, records: None, touched: Touched::default(), is_corrected: false })
        }
    }
}
