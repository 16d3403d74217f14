//! Workbooks the engine writes.

use super::Engine;
use crate::forms::personal::{PersonalHit, TextCell};
use crate::pace::{Cancelled, Pace, Stage};
use crate::worker::protocol::ExportRequest;
use sha2::{Digest as _, Sha256};

/// Workbooks with, for each, the suffix of its name and its SHA-256.
pub(super) struct Exported {
    pub(super) files: Vec<(String, String)>,
    pub(super) blobs: Vec<Vec<u8>>,
    /// Parts of the whole, of which these are one.
    pub(super) parts: u32,
    /// What to say of them.
    pub(super) notes: Vec<String>,
}

/// Why nothing was written.
pub(super) enum ExportError {
    /// The job was stopped.
    Cancelled,
    /// In the officer's words.
    Failed(String),
    /// A form holds personal data, and nobody said that it may.
    Personal(Vec<PersonalHit>),
}

impl From<Cancelled> for ExportError {
    fn from(_: Cancelled) -> ExportError {
        ExportError::Cancelled
    }
}

impl Exported {
    /// One workbook with the suffix of its name.
    pub(super) fn one(suffix: String, bytes: Vec<u8>) -> Exported {
        Exported { files: vec![(suffix, sha256(&bytes))], blobs: vec![bytes], parts: 1, notes: Vec::new() }
    }
}

fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

pub(super) fn failed(error: impl std::fmt::Display) -> ExportError {
    ExportError::Failed(format!("Không ghi được tệp Excel ({error}). Hãy thử lại; nếu vẫn vậy, chọn ít đơn vị hơn và tải từng phần."))
}

impl Engine {
    pub(super) async fn export<P: Pace>(&self, what: ExportRequest, pace: &mut P) -> Result<Exported, ExportError> {
        pace.step(Stage::Writing, 0, 0).await?;
        match what {
            ExportRequest::Form1(request) => self.write_form_1(request, pace).await,
            ExportRequest::Form2(request) => self.write_form_2(request, pace).await,
            ExportRequest::WorkingList(request) => self.working_list(&request, pace).await,
            ExportRequest::ImportFile(request) => self.import_file(&request, pace).await,
            ExportRequest::Quality(what) => self.export_quality(&what, pace).await,
            ExportRequest::LookThrough(texts) => {
                let cells = texts.into_iter().map(|text| TextCell { cell: text.clone(), text }).collect();
                self.look_through(false, cells, pace).await?;
                Ok(Exported { files: Vec::new(), blobs: Vec::new(), parts: 0, notes: Vec::new() })
            }
            ExportRequest::SampleFiles => {
                let files = crate::sample::sample_files().map_err(failed)?;
                let (names, blobs): (Vec<String>, Vec<Vec<u8>>) = files.into_iter().unzip();
                let files = names.into_iter().zip(&blobs).map(|(name, bytes)| (name, sha256(bytes))).collect();
                Ok(Exported { files, blobs, parts: 1, notes: Vec::new() })
            }
        }
    }
}
