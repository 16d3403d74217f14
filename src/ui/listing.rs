//! `Tải danh sách làm việc`, `Tải tệp nhập Hệ thống`: part after part, each saved before the next is asked for.

use super::exporting::stem_of;
use super::pace::Watch;
use super::state::Session;
use crate::browser;
use crate::domain::{Bucket, Side};
use crate::forms::unit_parts::PART_ROWS;
use crate::reconcile::Report;
use crate::text::show_number;
use crate::worker::protocol::{ExportRequest, FromEngine, ImportRequest, JobError, JobId, ListRef, Stage, ToEngine, WorkingListRequest};
use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;

/// The buckets a working list is offered of: every list with a sheet of its own, in the order of the result table.
pub(crate) fn working_lists() -> Vec<ListRef> {
    let lists = Side::ALL.into_iter().flat_map(|side| Bucket::ALL.map(|bucket| ListRef { side, bucket }));
    lists.filter(|list| list.bucket.sheet_name(list.side).is_some()).collect()
}

/// Doses of a list.
pub(crate) fn count_of(report: &Report, list: ListRef) -> u64 {
    if list.side == Side::Local { report.total.local(list.bucket) } else { report.total.system(list.bucket) }
}

/// The lists ticked before anyone chooses: all, but `Đã nhập` where they would come in parts.
pub(crate) fn lists_by_default(report: Option<&Report>) -> Vec<ListRef> {
    let rows: u64 = report.map_or(0, |report| working_lists().into_iter().map(|list| count_of(report, list)).sum());
    let is_long = rows > u64::from(PART_ROWS);
    working_lists().into_iter().filter(|list| !is_long || list.bucket != Bucket::Entered).collect()
}

/// A download in parts: the head of its files' names, what is being done, and each part's request.
pub(crate) struct InParts {
    pub(crate) kind: &'static str,
    pub(crate) doing: &'static str,
    /// The unit it is about; none: `Đơn vị báo cáo`.
    pub(crate) unit: Option<String>,
    pub(crate) request: Box<dyn Fn(u32) -> ExportRequest>,
}

/// What has come of it so far.
#[derive(Default)]
struct Saved {
    names: Vec<String>,
    notes: Vec<String>,
}

impl Session {
    /// `Tải danh sách làm việc` of these buckets and units (none: all units).
    pub(crate) fn download_working_list(self, lists: Vec<ListRef>, units: Option<Vec<String>>) {
        let reporting_unit = self.settings.with_untracked(|settings| settings.reporting_unit.trim().to_owned());
        let wanted = WorkingListRequest { reporting_unit, lists, units, part: 1 };
        let request = Box::new(move |part| ExportRequest::WorkingList(WorkingListRequest { part, ..wanted.clone() }));
        self.download_parts(InParts { kind: "Danh-sach-lam-viec", doing: "Đang ghi danh sách làm việc", unit: None, request }, None);
    }

    /// `Tải tệp nhập Hệ thống` of these units (none: all); what each file holds and lacks goes to `notes`.
    pub(crate) fn download_import_file(self, units: Option<Vec<String>>, notes: RwSignal<Vec<String>>) {
        let wanted = ImportRequest { units, part: 1 };
        let request = Box::new(move |part| ExportRequest::ImportFile(ImportRequest { part, ..wanted.clone() }));
        self.download_parts(InParts { kind: "Tep-nhap-He-thong", doing: "Đang ghi tệp nhập Hệ thống", unit: None, request }, Some(notes));
    }

    /// Downloads part after part.
    pub(crate) fn download_parts(self, what: InParts, notes: Option<RwSignal<Vec<String>>>) {
        if self.exporting.with_untracked(Option::is_some) {
            return;
        }
        let running = self.status.begin(what.doing);
        let start = browser::now_ms();
        let stem = self.settings.with_untracked(|settings| stem_of(what.kind, what.unit.as_ref().unwrap_or(&settings.reporting_unit)));
        let mut running_job = self.next_job();
        self.exporting.set(Some((running_job, Watch::start(Stage::Writing, start))));
        self.forget_downloads(what.kind);
        spawn_local(async move {
            let (mut part, mut saved) = (1, Saved::default());
            let outcome = loop {
                match self.write_part((what.request)(part), part, &stem, &mut running_job, &mut saved).await {
                    Ok(parts) if part < parts => part += 1,
                    Ok(_) => break Ok(()),
                    Err(error) => break Err(error),
                }
            };
            self.exporting.set(None);
            if let Some(notes) = notes {
                notes.set(saved.notes);
            }
            let names = saved.names.join(", ");
            match outcome {
                Ok(()) if saved.names.len() == 1 => self.say(format!("Đã tải {names}.")),
                Ok(()) => self.say(format!("Đã tải {} phần: {names}.", show_number(saved.names.len() as i64))),
                Err(JobError::Cancelled) if saved.names.is_empty() => self.say("Đã hủy việc tải."),
                Err(JobError::Cancelled) => self.say(format!("Đã hủy; các phần đã tải xong vẫn dùng được: {names}.")),
                Err(JobError::Failed(why)) => self.complain(why),
                // A crash has been told already.
                Err(JobError::Crashed) => {}
            }
            browser::measure("xuat", browser::now_ms() - start, &[]);
            drop(running);
        });
    }

    /// Has one part written and saves it; says how many parts there are.
    async fn write_part(self, what: ExportRequest, part: u32, stem: &str, running: &mut JobId, saved: &mut Saved) -> Result<u32, JobError> {
        let job = self.next_job();
        let mut is_wanted = false;
        self.exporting.update(|exporting| {
            // `Hủy` may have come when the part before was just done.
            if let Some((shown, _)) = exporting.as_mut().filter(|(shown, _)| shown == running) {
                (*shown, is_wanted) = (job, true);
            }
        });
        *running = job;
        if !is_wanted {
            return Err(JobError::Cancelled);
        }
        let on_progress = move |progress| {
            self.exporting.update(|exporting| {
                if let Some((_, watch)) = exporting {
                    watch.advance(progress, browser::now_ms());
                }
            });
        };
        match self.ask(ToEngine::Export { job, what }, Vec::new(), on_progress).await? {
            (FromEngine::Exported { files, parts, notes, .. }, blobs) => {
                let names = self.save_workbooks(stem, &files, &blobs, true);
                saved.names.extend(names.map_err(|why| JobError::Failed(crate::text::not_saved(&why)))?);
                let of_part = |note: String| if parts > 1 { format!("Phần {part}: {note}") } else { note };
                saved.notes.extend(notes.into_iter().map(of_part));
                Ok(parts)
            }
            _ => Err(JobError::Crashed),
        }
    }
}
