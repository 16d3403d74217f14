//! Workbooks the engine writes.

use super::Engine;
use crate::forms::{phu_luc_1_sheet, phu_luc_2_sheet, working_list_sheet};
use crate::pace::{Cancelled, Pace, STRIDE, Stage};
use crate::worker::protocol::{ExportRequest, ListRef};
use sha2::{Digest as _, Sha256};

/// Workbooks with, for each, the suffix of its name and its SHA-256.
pub(super) struct Exported {
    pub(super) files: Vec<(String, String)>,
    pub(super) blobs: Vec<Vec<u8>>,
}

/// Why nothing was written.
pub(super) enum ExportError {
    /// The job was stopped.
    Cancelled,
    /// In the officer's words.
    Failed(String),
}

impl From<Cancelled> for ExportError {
    fn from(_: Cancelled) -> ExportError {
        ExportError::Cancelled
    }
}

impl Exported {
    fn one(bytes: Vec<u8>) -> Exported {
        Exported { files: vec![(String::new(), sha256(&bytes))], blobs: vec![bytes] }
    }
}

fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

fn failed(error: impl std::fmt::Display) -> ExportError {
    ExportError::Failed(format!("Không ghi được bảng: {error}."))
}

impl Engine {
    pub(super) async fn export<P: Pace>(&self, what: ExportRequest, pace: &mut P) -> Result<Exported, ExportError> {
        pace.step(Stage::Writing, 0, 0).await?;
        match what {
            ExportRequest::Form1(form) => Ok(Exported::one(phu_luc_1_sheet::write(&form).map_err(failed)?)),
            ExportRequest::Form2(form) => Ok(Exported::one(phu_luc_2_sheet::write(&form).map_err(failed)?)),
            ExportRequest::WorkingList { reporting_unit, lists } => self.working_list(&reporting_unit, &lists, pace).await,
            ExportRequest::SampleFiles => {
                let files = crate::sample::sample_files().map_err(failed)?;
                let (names, blobs): (Vec<String>, Vec<Vec<u8>>) = files.into_iter().unzip();
                Ok(Exported { files: names.into_iter().zip(&blobs).map(|(name, bytes)| (name, sha256(bytes))).collect(), blobs })
            }
        }
    }

    async fn working_list<P: Pace>(&self, reporting_unit: &str, lists: &[ListRef], pace: &mut P) -> Result<Exported, ExportError> {
        let Some(outcome) = &self.outcome else {
            return Err(ExportError::Failed("Chưa đối soát nên chưa có danh sách làm việc.".to_owned()));
        };
        let mut book = working_list_sheet::WorkingListBook::new(reporting_unit).map_err(failed)?;
        let total: usize = lists.iter().map(|list| outcome.lists.positions(*list).len()).sum();
        let mut done = 0;
        for list in lists {
            let Some(name) = list.bucket.sheet_name(list.side) else { continue };
            book.start_sheet(name).map_err(failed)?;
            for at in outcome.lists.positions(*list).iter().map(|at| *at as usize) {
                book.push(&outcome.work_row(&self.pool, &outcome.roll.items[at], &outcome.ledger.verdicts[at])).map_err(failed)?;
                done += 1;
                if done % STRIDE == 0 {
                    pace.step(Stage::Writing, done, total).await?;
                }
            }
        }
        Ok(Exported::one(book.finish().map_err(failed)?))
    }
}
