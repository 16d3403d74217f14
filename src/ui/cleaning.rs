//! `Làm sạch` on the page: the check, its findings under a filter, corrections with undo and redo.

use super::listing::InParts;
use super::pace::Watch;
use super::state::{Basis, FileCard, Session, Step};
use crate::browser;
use crate::domain::source::SheetKind;
use crate::domain::{Date, FileId};
use crate::forms::file_name::workbook_name;
use crate::quality::Verification;
use crate::quality::choices::{Choices, Corrections, RecordKey, Typed, TypedField};
use crate::quality::history::{Change, CleaningHistory};
use crate::reconcile::alias::Aliases;
use crate::text::show_number;
use crate::workbook::mapping::SheetReading;
use crate::worker::protocol::{ExportRequest, FromEngine, JobError, JobId, Stage, ToEngine};
use crate::worker::quality::{
    Checked, Facets, FindingDetail, FindingFilter, FindingRow, FindingSort, QualityAnswer, QualityAsk, QualityExport, ReturnedRead,
};
use leptos::prelude::*;
use std::collections::BTreeMap;
use std::sync::Arc;
use wasm_bindgen_futures::spawn_local;

/// Findings asked for at once: some screens of them.
const STRETCH: u32 = 160;

/// What the last check was made from; where it differs from now, its findings are old.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct CheckBasis {
    loaded: Basis,
    today: Date,
    statuses: BTreeMap<String, Verification>,
    aliases: Aliases,
}

/// Findings as far as they are fetched.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Stretch {
    pub(crate) offset: u32,
    pub(crate) rows: Vec<FindingRow>,
}

/// What `Làm sạch` shows and what was corrected.
#[derive(Clone, Copy)]
pub(crate) struct Cleaning {
    /// What the draft keeps, and what was typed.
    pub(crate) corrections: RwSignal<Arc<Corrections>>,
    pub(crate) history: RwSignal<CleaningHistory>,
    /// What was typed and stands in a `Bảng sửa` that was downloaded or dropped.
    pub(crate) saved: RwSignal<BTreeMap<(RecordKey, TypedField), Typed>>,
    /// Files whose corrections were taken already.
    pub(crate) taken: StoredValue<Vec<FileId>>,
    pub(crate) checked: RwSignal<Option<(CheckBasis, Checked)>>,
    pub(crate) checking: RwSignal<Option<(JobId, Watch)>>,
    pub(crate) filter: RwSignal<FindingFilter>,
    pub(crate) sort: RwSignal<FindingSort>,
    pub(crate) facets: RwSignal<Arc<Facets>>,
    pub(crate) stretch: RwSignal<Stretch>,
    pub(crate) detail: RwSignal<Option<Arc<FindingDetail>>>,
    /// `Giám sát`.
    pub(crate) monitor: super::monitoring::Monitoring,
    /// The first finding that is wanted, while another stretch is on its way.
    wanted: StoredValue<Option<u32>>,
    is_fetching: StoredValue<bool>,
    /// Counts questions, so that an answer to an older one is dropped.
    turn: StoredValue<u32>,
}

impl Cleaning {
    pub(crate) fn new() -> Cleaning {
        Cleaning {
            corrections: RwSignal::default(),
            history: RwSignal::default(),
            saved: RwSignal::default(),
            taken: StoredValue::new(Vec::new()),
            checked: RwSignal::new(None),
            checking: RwSignal::new(None),
            filter: RwSignal::default(),
            sort: RwSignal::default(),
            facets: RwSignal::default(),
            stretch: RwSignal::default(),
            detail: RwSignal::new(None),
            monitor: super::monitoring::Monitoring::new(),
            wanted: StoredValue::new(None),
            is_fetching: StoredValue::new(false),
            turn: StoredValue::new(0),
        }
    }

    /// What the draft keeps.
    pub(crate) fn choices(self) -> Choices {
        self.corrections.read().choices.clone()
    }

    /// Takes what a draft kept; what was typed stays.
    pub(crate) fn restore(self, choices: Choices) {
        self.history.set(CleaningHistory::default());
        let typed = self.corrections.with_untracked(|corrections| corrections.typed.clone());
        self.corrections.set(Arc::new(Corrections { choices, typed }));
    }

    /// How many typed values are in no `Bảng sửa` yet.
    pub(crate) fn unsaved(self) -> usize {
        let saved = self.saved.read();
        self.corrections.read().typed.iter().filter(|(what, typed)| saved.get(what) != Some(typed)).count()
    }
}

impl Session {
    pub(crate) async fn ask_quality(self, ask: QualityAsk) -> Option<QualityAnswer> {
        let job = self.next_job();
        match self.ask(ToEngine::Quality { job, ask }, Vec::new(), |_| {}).await {
            Ok((FromEngine::Quality { answer, .. }, _)) => Some(*answer),
            Err(JobError::Failed(why)) => {
                self.complain(why);
                None
            }
            _ => None,
        }
    }

    /// Has the engine make today's corrections; it works its messages off in order, so whatever follows sees them.
    pub(crate) async fn send_corrections(self) {
        let corrections = self.cleaning.corrections.get_untracked();
        let aliases = self.decisions.with_untracked(|decisions| decisions.units.clone());
        let _ = self.ask_quality(QualityAsk::Correct(Box::new(Corrections::clone(&corrections)), aliases)).await;
    }

    pub(crate) fn check_basis(self) -> CheckBasis {
        let statuses = self.cleaning.corrections.read().choices.statuses.clone();
        CheckBasis { loaded: self.current_basis(), today: browser::today(), statuses, aliases: self.decisions.read().units.clone() }
    }

    /// Whether what is shown was found in what is loaded now.
    pub(crate) fn is_checked(self) -> bool {
        self.cleaning.checked.read().as_ref().is_some_and(|(basis, _)| *basis == self.check_basis())
    }

    /// Checks everything loaded, where that has not been done; shows the findings.
    pub(crate) fn check_quality(self) {
        let cleaning = self.cleaning;
        let is_needed = untrack(|| !self.is_checked() && self.gate_of_quality());
        if !is_needed || cleaning.checking.with_untracked(Option::is_some) {
            return;
        }
        let running = self.status.begin("Đang kiểm tra quy tắc");
        let start = browser::now_ms();
        let basis = untrack(|| self.check_basis());
        let job = self.next_job();
        cleaning.checking.set(Some((job, Watch::start(Stage::Checking, start))));
        let on_progress = move |progress| {
            cleaning.checking.update(|checking| {
                if let Some((_, watch)) = checking {
                    watch.advance(progress, browser::now_ms());
                }
            });
        };
        spawn_local(async move {
            self.send_corrections().await;
            let ask = ToEngine::Quality { job, ask: QualityAsk::Check { today: basis.today } };
            let reply = self.ask(ask, Vec::new(), on_progress).await;
            match reply {
                Ok((FromEngine::Quality { answer, .. }, _)) => {
                    if let QualityAnswer::Checked(checked) = *answer {
                        browser::measure("kiem-tra", browser::now_ms() - start, &[]);
                        cleaning.checked.set(Some((basis, checked)));
                        self.fetch_findings(true).await;
                        self.refresh_detail().await;
                    }
                }
                Err(JobError::Cancelled) => self.say("Đã hủy kiểm tra. Bấm “Kiểm tra lại” để làm lại."),
                Err(JobError::Failed(why)) => self.complain(why),
                _ => {}
            }
            cleaning.checking.set(None);
            drop(running);
            // Changed while it was checked: once more.
            if cleaning.checked.with_untracked(Option::is_some) && self.step.get_untracked() == Step::Clean {
                self.check_quality();
            }
        });
    }

    /// Whether there is anything to check.
    pub(crate) fn gate_of_quality(self) -> bool {
        self.reading_count.get() == 0 && self.files.read().iter().any(|card| card.sheets.read().iter().any(|sheet| sheet.items > 0))
    }

    /// Stops the check.
    pub(crate) fn cancel_check(self) {
        if let Some((job, _)) = self.cleaning.checking.get_untracked() {
            self.cancel(job);
        }
    }

    /// Narrows the findings.
    pub(crate) fn narrow_findings(self, change: impl FnOnce(&mut FindingFilter)) {
        self.cleaning.filter.update(change);
        self.show_findings();
    }

    /// Puts the findings in another order.
    pub(crate) fn sort_findings(self, sort: FindingSort) {
        self.cleaning.sort.set(sort);
        self.show_findings();
    }

    fn show_findings(self) {
        let running = self.status.begin("Đang lọc lỗi");
        let start = browser::now_ms();
        self.cleaning.detail.set(None);
        spawn_local(async move {
            self.fetch_findings(true).await;
            browser::measure("loc-loi", browser::now_ms() - start, &[]);
            drop(running);
        });
    }

    async fn fetch_findings(self, is_anew: bool) {
        let cleaning = self.cleaning;
        let turn = cleaning.turn.get_value() + u32::from(is_anew);
        cleaning.turn.set_value(turn);
        let offset = if is_anew { 0 } else { cleaning.wanted.get_value().unwrap_or(0) };
        let ask = QualityAsk::Findings {
            filter: cleaning.filter.get_untracked(),
            sort: cleaning.sort.get_untracked(),
            offset,
            len: STRETCH,
            has_facets: is_anew,
        };
        let Some(QualityAnswer::Findings { offset, rows, facets, .. }) = self.ask_quality(ask).await else { return };
        if cleaning.turn.get_value() != turn {
            return;
        }
        if let Some(facets) = facets {
            cleaning.facets.set(Arc::from(facets));
        }
        cleaning.stretch.set(Stretch { offset, rows });
    }

    /// Makes sure that findings from `first` on are there, some before and some behind.
    pub(crate) fn want_findings(self, first: u32, shown: u32) {
        let cleaning = self.cleaning;
        let total = cleaning.facets.with_untracked(|facets| facets.total);
        let is_there = cleaning.stretch.with_untracked(|stretch| {
            let end = stretch.offset + stretch.rows.len() as u32;
            stretch.offset <= first && (first + shown).min(total) <= end
        });
        if is_there {
            return;
        }
        cleaning.wanted.set_value(Some(first.saturating_sub((STRETCH - shown.min(STRETCH)) / 2)));
        if cleaning.is_fetching.get_value() {
            return;
        }
        cleaning.is_fetching.set_value(true);
        spawn_local(async move {
            while let Some(wanted) = cleaning.wanted.get_value() {
                self.fetch_findings(false).await;
                // Another place may be wanted by now.
                if cleaning.wanted.get_value() == Some(wanted) {
                    cleaning.wanted.set_value(None);
                }
            }
            cleaning.is_fetching.set_value(false);
        });
    }

    /// Opens a finding.
    pub(crate) fn open_finding(self, row: &FindingRow) {
        let running = self.status.begin("Đang mở dòng");
        let ask = QualityAsk::Detail { record: row.record, rule: row.rule };
        spawn_local(async move {
            if let Some(QualityAnswer::Detail(detail)) = self.ask_quality(ask).await {
                self.cleaning.detail.set(detail.map(Arc::from));
                browser::after_frame(|| {
                    browser::focus("chi-tiet-loi");
                    browser::show_whole("loi-dang-mo");
                });
            }
            drop(running);
        });
    }

    /// Reads the open finding again, where the record is still there.
    async fn refresh_detail(self) {
        let open = self.cleaning.detail.with_untracked(|detail| detail.as_ref().map(|detail| (detail.row.record, detail.row.rule)));
        let Some((record, rule)) = open else { return };
        if let Some(QualityAnswer::Detail(detail)) = self.ask_quality(QualityAsk::Detail { record, rule }).await {
            self.cleaning.detail.set(detail.map(Arc::from));
            // The button that was pressed is drawn anew: the keyboard goes on from the heading.
            browser::after_frame(|| {
                if browser::window()
                    .and_then(|window| window.document())
                    .and_then(|document| document.active_element())
                    .is_none_or(|element| element.tag_name() == "BODY")
                {
                    browser::focus("chi-tiet-loi");
                }
            });
        }
    }

    /// Makes changes as one step and checks again.
    pub(crate) fn correct(self, what: &str, changes: Vec<Change>) {
        let cleaning = self.cleaning;
        let mut corrections = Corrections::clone(&cleaning.corrections.get_untracked());
        let is_changed = cleaning.history.try_update(|history| history.apply(&mut corrections, what.to_owned(), changes)) == Some(true);
        if is_changed {
            self.take_corrections(corrections, format!("Đã {what}. Bấm “Hoàn tác” để trở lại."));
        } else {
            self.say("Không có gì thay đổi.");
        }
    }

    /// Takes back so many steps, or does so many again.
    pub(crate) fn step_back(self, steps: usize, is_redo: bool) {
        let cleaning = self.cleaning;
        let mut corrections = Corrections::clone(&cleaning.corrections.get_untracked());
        let mut last = None;
        cleaning.history.update(|history| {
            for _ in 0..steps {
                let step = if is_redo { history.redo(&mut corrections) } else { history.undo(&mut corrections) };
                last = step.or(last.take());
            }
        });
        let Some(what) = last else { return };
        let said = if is_redo { "Đã làm lại" } else { "Đã hoàn tác" };
        let many = if steps > 1 { format!("{} bước, đến: ", show_number(steps as i64)) } else { String::new() };
        self.take_corrections(corrections, format!("{said}: {many}{what}."));
    }

    fn take_corrections(self, corrections: Corrections, words: String) {
        self.cleaning.corrections.set(Arc::new(corrections));
        self.say(words);
        let is_open = self.step.get_untracked() == Step::Clean;
        if is_open && !untrack(|| self.is_checked()) {
            return self.check_quality();
        }
        // No record changed, only which rules are on; or the findings are out of sight.
        let running = self.status.begin("Đang sửa dữ liệu");
        spawn_local(async move {
            self.send_corrections().await;
            if is_open {
                self.fetch_findings(true).await;
            }
            drop(running);
        });
    }

    /// `Tải danh sách rà soát`.
    pub(crate) fn download_police_lists(self) {
        let unit = self.reporting_unit();
        let request = Box::new(move |part| ExportRequest::Quality(QualityExport::Police { unit: unit.clone(), part }));
        self.download_parts(InParts { kind: "Danh-sach-ra-soat", doing: "Đang ghi danh sách rà soát", unit: None, request }, None);
    }

    /// The import file of the first two lists.
    pub(crate) fn download_statutory_import(self, notes: RwSignal<Vec<String>>) {
        let request = Box::new(move |part| ExportRequest::Quality(QualityExport::Import { part }));
        self.download_parts(InParts { kind: "Tep-nhap-ra-soat", doing: "Đang ghi tệp nhập", unit: None, request }, Some(notes));
    }

    /// `Tải báo cáo giám sát`.
    pub(crate) fn download_monitoring(self) {
        let unit = self.reporting_unit();
        let request = Box::new(move |_| ExportRequest::Quality(QualityExport::Monitoring { unit: unit.clone() }));
        self.download_parts(InParts { kind: "Giam-sat", doing: "Đang ghi báo cáo giám sát", unit: None, request }, None);
    }

    /// The report on one facility.
    pub(crate) fn download_facility(self, facility: String) {
        let wanted = facility.clone();
        let request = Box::new(move |_| ExportRequest::Quality(QualityExport::Facility(wanted.clone())));
        self.download_parts(InParts { kind: "Giam-sat-co-so", doing: "Đang ghi báo cáo giám sát", unit: Some(facility), request }, None);
    }

    /// A report on each facility, all in one archive.
    pub(crate) fn download_each_facility(self) {
        let day = browser::today();
        let request = Box::new(move |_| ExportRequest::Quality(QualityExport::EachFacility { day }));
        self.download_parts(InParts { kind: "Giam-sat", doing: "Đang ghi báo cáo từng cơ sở", unit: None, request }, None);
    }

    fn reporting_unit(self) -> String {
        self.settings.with_untracked(|settings| settings.reporting_unit.trim().to_owned())
    }

    /// `Tải bảng sửa`: what was typed is safe from then on.
    pub(crate) fn download_corrections(self) {
        let running = self.status.begin("Đang ghi bảng sửa");
        let (unit, job) = (self.reporting_unit(), self.next_job());
        let typed = self.cleaning.corrections.with_untracked(|corrections| corrections.typed.clone());
        spawn_local(async move {
            self.send_corrections().await;
            let what = ExportRequest::Quality(QualityExport::Corrections { unit: unit.clone() });
            match self.ask(ToEngine::Export { job, what }, Vec::new(), |_| {}).await {
                Ok((FromEngine::Exported { files, .. }, blobs)) => {
                    let name = workbook_name("Bang-sua", &unit, browser::today());
                    self.forget_downloads("Bang-sua");
                    match self.save_workbooks(name.trim_end_matches(".xlsx"), &files, &blobs, true) {
                        Ok(names) => {
                            self.cleaning.saved.set(typed);
                            self.say(format!("Đã tải {}. Lần sau thả tệp này vào cùng các danh sách.", names.join(", ")));
                        }
                        Err(why) => self.complain(crate::text::not_saved(&why)),
                    }
                }
                Err(JobError::Failed(why)) => self.complain(why),
                _ => {}
            }
            drop(running);
        });
    }

    /// Takes the corrections of every `Bảng sửa` and police list that was dropped, each file once and as one step; the cards say so.
    pub(crate) fn take_returned(self) {
        let is_ours = |card: &FileCard| {
            let of_sheet = |sheet: &SheetReading| {
                sheet.mapping.as_ref().is_some_and(|mapping| matches!(mapping.kind, SheetKind::Corrections | SheetKind::PoliceList))
            };
            card.sheets.read_untracked().iter().any(of_sheet)
        };
        for card in self.files.get_untracked() {
            if !is_ours(&card) || self.cleaning.taken.with_value(|taken| taken.contains(&card.id)) {
                continue;
            }
            self.cleaning.taken.update_value(|taken| taken.push(card.id));
            let running = self.status.begin("Đang nhận giá trị sửa");
            spawn_local(async move {
                self.send_corrections().await;
                if let Some(QualityAnswer::Returned(read)) = self.ask_quality(QualityAsk::Returned(card.id)).await {
                    self.take_values(&card, &read);
                }
                drop(running);
            });
        }
    }

    fn take_values(self, card: &FileCard, read: &ReturnedRead) {
        let number = |count: usize| show_number(count as i64);
        let now = self.cleaning.corrections.get_untracked();
        let new: Vec<_> = read.typed.iter().filter(|(what, typed)| now.typed.get(what).is_none_or(|own| own.new != typed.new)).collect();
        let words = format!(
            "{} giá trị sửa: nhận {}, trong đó {} mới hoặc đổi.",
            number(read.values as usize),
            number(read.typed.len()),
            number(new.len())
        );
        card.note(false, words);
        if read.not_loaded > 0 {
            let count = number(read.not_loaded as usize);
            card.note(
                true,
                format!(
                    "{count} giá trị nói về dòng chưa có trong các tệp đang nạp, hoặc dòng đã đổi nội dung; được giữ đến khi thả tệp đó."
                ),
            );
        }
        if read.problem_count > 0 {
            let words: Vec<String> = read.problems.iter().map(|(sheet, row, why)| format!("{sheet}, dòng {row}: {why}")).collect();
            card.note(true, format!("{} chỗ không nhận: {}.", number(read.problem_count as usize), words.join("; ")));
        }
        let changes: Vec<Change> = new.into_iter().map(|((key, field), typed)| Change::Typed(*key, *field, Some(typed.clone()))).collect();
        self.cleaning.saved.update(|saved| saved.extend(read.typed.iter().cloned()));
        if !changes.is_empty() {
            self.correct(&format!("nhận {} giá trị từ “{}”", number(changes.len()), card.name), changes);
        }
    }
}
