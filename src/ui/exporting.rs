//! Downloads: the forms, the working list, the draft; and the sample files, which come in like dropped ones.

use super::mail::Attachment;
use super::pace::Watch;
use super::parts::personal_question::{PersonalQuestion, QUESTION_ID};
use super::state::Session;
use crate::browser;
use crate::domain::settings::ReportLevel;
use crate::forms::file_name::{unit_slug, workbook_name};
use crate::forms::seal::SealedForm;
use crate::sample::SAMPLE_UNIT;
use crate::worker::host::Blob;
use crate::worker::protocol::{ExportRequest, FormRequest, FromEngine, JobError, Stage, ToEngine};
use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;

const ZIP: &str = "application/zip";
const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

impl Session {
    /// `Tải Phụ lục 1`.
    pub(crate) fn download_form_1(self) {
        self.download_form(SealedForm::Form1, false);
    }

    /// `Tải Phụ lục 2`.
    pub(crate) fn download_form_2(self) {
        self.download_form(SealedForm::Form2, false);
    }

    /// Downloads a form; one with personal data in it only once the officer has seen it (`is_checked`).
    pub(crate) fn download_form(self, which: SealedForm, is_checked: bool) {
        if self.exporting.with_untracked(Option::is_some) {
            return;
        }
        self.personal.set(None);
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
        let settings = self.settings.get_untracked();
        let (form_1, form_2) = (self.form_1.get_untracked(), self.form_2.get_untracked());
        spawn_local(async move {
            let unit = settings.reporting_unit.clone();
            let (kind, what) = match which {
                SealedForm::Form1 => {
                    ("Phu-luc-1", ExportRequest::Form1(FormRequest { form: Box::new(form_1.clone()), settings, is_checked }))
                }
                SealedForm::Form2 => {
                    ("Phu-luc-2", ExportRequest::Form2(FormRequest { form: Box::new(form_2.clone()), settings, is_checked }))
                }
            };
            let reply = self.ask(ToEngine::Export { job, what }, Vec::new(), on_progress).await;
            self.exporting.set(None);
            match reply {
                Ok((FromEngine::Exported { files, .. }, blobs)) => {
                    self.forget_downloads(kind);
                    match self.save_workbooks(&stem_of(kind, &unit), &files, &blobs, false) {
                        Ok(names) => {
                            self.downloaded.update(|downloaded| match which {
                                SealedForm::Form1 => downloaded.0 = Some(form_1),
                                SealedForm::Form2 => downloaded.1 = Some(form_2),
                            });
                            self.say(format!("Đã tải {}.", names.join(", ")));
                        }
                        Err(why) => self.complain(crate::text::not_saved(&why)),
                    }
                    browser::measure("xuat", browser::now_ms() - start, &[]);
                }
                Ok((FromEngine::PersonalData { hits, .. }, _)) => {
                    self.personal.set(Some(PersonalQuestion { form: which, hits }));
                    browser::after_frame(|| browser::reveal(QUESTION_ID));
                }
                Err(JobError::Cancelled) => self.say("Đã hủy việc tải."),
                Err(JobError::Failed(why)) => self.complain(why),
                _ => {}
            }
            drop(running);
        });
    }

    /// Saves workbooks as `stem` with each one's suffix; gives their names, quoted.
    pub(crate) fn save_workbooks(
        self,
        stem: &str,
        files: &[(String, String)],
        blobs: &[Blob],
        is_personal: bool,
    ) -> Result<Vec<String>, String> {
        let mut names = Vec::new();
        for ((suffix, sha256), blob) in files.iter().zip(blobs) {
            let is_archive = suffix.ends_with(".zip");
            let name = if is_archive { format!("{stem}{suffix}") } else { format!("{stem}{suffix}.xlsx") };
            browser::download(&name, blob.as_js(), if is_archive { ZIP } else { XLSX })?;
            let attachment = Attachment { name: name.clone(), sha256: sha256.clone(), is_personal };
            self.attachments.update(|attachments| attachments.push(attachment));
            names.push(format!("“{name}”"));
        }
        Ok(names)
    }

    /// Forgets what was downloaded of a kind: one downloaded again takes its place, whatever unit and day that was named by.
    pub(crate) fn forget_downloads(self, kind: &str) {
        self.attachments.update(|attachments| attachments.retain(|other| !other.name.starts_with(kind)));
    }

    /// Stops a download that is being written.
    pub(crate) fn cancel_export(self) {
        if let Some((job, _)) = self.exporting.get_untracked() {
            self.cancel(job);
            // A list in parts asks for no further part.
            self.exporting.set(None);
        }
    }

    /// `Tải bản nháp`.
    pub(crate) fn download_draft(self) {
        let running = self.status.begin("Đang ghi bản nháp");
        let unit = self.settings.with_untracked(|settings| unit_slug(&settings.reporting_unit));
        let name = format!("Ban-nhap_{unit}_{}.json", browser::today());
        spawn_local(async move {
            self.screen_texts(|| {}).await;
            let (draft, is_whole) = self.draft_to_keep();
            match draft.encode().map_err(|error| error.to_string()).and_then(|text| save_text(&name, &text)) {
                Ok(()) if is_whole => {
                    self.drafting.downloaded();
                    self.say(format!("Đã tải “{name}”. Thả tệp này vào trang để mở lại bản nháp, trên máy này hoặc máy khác."));
                }
                Ok(()) => self.complain(format!(
                    "Đã tải “{name}”, nhưng máy đang bận nên nội dung gõ sau cùng chưa được xem có họ tên ai không và chưa có trong đó. \
                     Hãy tải lại khi làm xong."
                )),
                Err(why) => self.complain(crate::text::not_saved(&why)),
            }
            drop(running);
        });
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
                        Err(why) => self.complain(format!("Không tạo được dữ liệu mẫu ({why}). Hãy tải lại trang (F5) rồi bấm lần nữa.")),
                    }
                }
                Err(JobError::Failed(why)) => self.complain(why),
                _ => {}
            }
            drop(running);
        });
    }
}

/// Name of a workbook downloaded today, without what follows the day.
pub(crate) fn stem_of(kind: &str, unit: &str) -> String {
    workbook_name(kind, unit, browser::today()).trim_end_matches(".xlsx").to_owned()
}

/// Saves a text as a file.
pub(crate) fn save_text(name: &str, text: &str) -> Result<(), String> {
    browser::download(name, Blob::new(text.as_bytes()).as_js(), "application/json")
}
