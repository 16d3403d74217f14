//! Downloads: the forms, the working list, the draft; and the sample files, which come in like dropped ones.

use super::mail::Attachment;
use super::pace::Watch;
use super::state::Session;
use crate::browser;
use crate::domain::Bucket;
use crate::domain::settings::ReportLevel;
use crate::forms::file_name::{unit_slug, workbook_name};
use crate::forms::phu_luc_1::Form1;
use crate::forms::phu_luc_2::Form2;
use crate::sample::SAMPLE_UNIT;
use crate::worker::host::Blob;
use crate::worker::protocol::{ExportRequest, FromEngine, JobError, ListRef, Stage, ToEngine};
use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;

const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

impl Session {
    /// `Tải Phụ lục 1`.
    pub(crate) fn download_form_1(self) {
        self.download("Phu-luc-1", ExportRequest::Form1(Box::new(self.form_1.get_untracked())));
    }

    /// `Tải Phụ lục 2`.
    pub(crate) fn download_form_2(self) {
        self.download("Phu-luc-2", ExportRequest::Form2(Box::new(self.form_2.get_untracked())));
    }

    /// `Tải danh sách làm việc`.
    pub(crate) fn download_working_list(self, lists: Vec<ListRef>) {
        let reporting_unit = self.settings.with_untracked(|settings| settings.reporting_unit.trim().to_owned());
        self.download("Danh-sach-lam-viec", ExportRequest::WorkingList { reporting_unit, lists });
    }

    fn download(self, kind: &'static str, what: ExportRequest) {
        if self.exporting.with_untracked(Option::is_some) {
            return;
        }
        let running = self.status.begin("Đang ghi bảng");
        let start = browser::now_ms();
        let job = self.next_job();
        self.exporting.set(Some((job, Watch::start(Stage::Writing, start))));
        let on_progress = move |progress| {
            self.exporting.update(|exporting| {
                if let Some((_, watch)) = exporting {
                    watch.advance(progress, browser::now_ms());
                }
            });
        };
        let unit = self.settings.with_untracked(|settings| settings.reporting_unit.clone());
        spawn_local(async move {
            let form_1 = if let ExportRequest::Form1(form) = &what { Some(Form1::clone(form)) } else { None };
            let form_2 = if let ExportRequest::Form2(form) = &what { Some(Form2::clone(form)) } else { None };
            let reply = self.ask(ToEngine::Export { job, what }, Vec::new(), on_progress).await;
            self.exporting.set(None);
            match reply {
                Ok((FromEngine::Exported { files, .. }, blobs)) => {
                    let name = workbook_name(kind, &unit, browser::today());
                    match self.save_workbooks(&name, &files, &blobs, kind == "Danh-sach-lam-viec") {
                        Ok(names) => {
                            self.downloaded.update(|downloaded| {
                                downloaded.0 = form_1.or(downloaded.0.take());
                                downloaded.1 = form_2.or(downloaded.1.take());
                            });
                            self.say(format!("Đã tải {}.", names.join(", ")));
                        }
                        Err(why) => self.complain(format!("Trình duyệt không lưu được tệp: {why}")),
                    }
                    browser::measure("xuat", browser::now_ms() - start, &[]);
                }
                Err(JobError::Cancelled) => self.say("Đã hủy việc tải."),
                Err(JobError::Failed(why)) => self.complain(why),
                _ => {}
            }
            drop(running);
        });
    }

    fn save_workbooks(self, name: &str, files: &[(String, String)], blobs: &[Blob], is_personal: bool) -> Result<Vec<String>, String> {
        let stem = name.trim_end_matches(".xlsx");
        // A form downloaded again takes the place of the one before, whatever unit and day that was named by.
        let kind = name.split('_').next().unwrap_or_default().to_owned();
        self.attachments.update(|attachments| attachments.retain(|other| !other.name.starts_with(&kind)));
        let mut names = Vec::new();
        for ((suffix, sha256), blob) in files.iter().zip(blobs) {
            let name = format!("{stem}{suffix}.xlsx");
            browser::download(&name, blob.as_js(), XLSX)?;
            let attachment = Attachment { name: name.clone(), sha256: sha256.clone(), is_personal };
            self.attachments.update(|attachments| attachments.push(attachment));
            names.push(format!("“{name}”"));
        }
        Ok(names)
    }

    /// Stops a download that is being written.
    pub(crate) fn cancel_export(self) {
        if let Some((job, _)) = self.exporting.get_untracked() {
            self.cancel(job);
        }
    }

    /// `Tải bản nháp`.
    pub(crate) fn download_draft(self) {
        let running = self.status.begin("Đang ghi bản nháp");
        let unit = self.settings.with_untracked(|settings| unit_slug(&settings.reporting_unit));
        let name = format!("Ban-nhap_{unit}_{}.json", browser::today());
        let saved = untrack(|| self.draft()).encode().map_err(|error| error.to_string()).and_then(|text| save_text(&name, &text));
        match saved {
            Ok(()) => self.say(format!("Đã tải “{name}”. Thả tệp này vào trang để mở lại bản nháp, trên máy này hoặc máy khác.")),
            Err(why) => self.complain(format!("Không tải được bản nháp: {why}")),
        }
        drop(running);
    }

    /// `Dùng thử với dữ liệu mẫu`: invented workbooks that go the way of dropped ones.
    pub(crate) fn load_sample(self) {
        let running = self.status.begin("Đang tạo dữ liệu mẫu");
        let job = self.next_job();
        spawn_local(async move {
            match self.ask(ToEngine::Export { job, what: ExportRequest::SampleFiles }, Vec::new(), |_| {}).await {
                Ok((FromEngine::Exported { files, .. }, blobs)) => {
                    let made: Result<Vec<_>, String> =
                        files.iter().zip(&blobs).map(|((name, _), blob)| browser::file_of(name, blob.as_js())).collect();
                    match made {
                        Ok(files) => {
                            self.settings.update(|settings| {
                                SAMPLE_UNIT.clone_into(&mut settings.reporting_unit);
                                settings.level = ReportLevel::Commune;
                            });
                            self.is_sample.set(true);
                            self.add_files(files);
                        }
                        Err(why) => self.complain(format!("Không tạo được dữ liệu mẫu: {why}")),
                    }
                }
                Err(JobError::Failed(why)) => self.complain(why),
                _ => {}
            }
            drop(running);
        });
    }
}

/// Saves a text as a file.
pub(crate) fn save_text(name: &str, text: &str) -> Result<(), String> {
    browser::download(name, Blob::new(text.as_bytes()).as_js(), "application/json")
}

/// The buckets a working list is offered of: every list with a sheet of its own, in the order of the result table.
pub(crate) fn working_lists() -> Vec<ListRef> {
    let mut lists = Vec::new();
    for side in crate::domain::Side::ALL {
        lists.extend(Bucket::ALL.into_iter().filter(|bucket| bucket.sheet_name(side).is_some()).map(|bucket| ListRef { side, bucket }));
    }
    lists
}
