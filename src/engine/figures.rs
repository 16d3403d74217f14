//! Sheets with figures instead of doses.

use super::Engine;
use super::sealed::check_seal;
use crate::domain::Date;
use crate::figures::reading::{FigureSheet, read_figures};
use crate::figures::reported::ReportedFigures;
use crate::pace::{Cancelled, Pace};

impl Engine {
    /// What every loaded sheet with figures reports at the cut-off.
    ///
    /// # Errors
    /// [`Cancelled`] when the pace says so.
    pub async fn reported<P: Pace>(&self, cut_off: Date, pace: &mut P) -> Result<ReportedFigures, Cancelled> {
        let mut sheets = Vec::new();
        for file in &self.files {
            for sheet in &file.sheets {
                let reading = &sheet.reading;
                let Some(mapping) = reading.mapping.as_ref().filter(|mapping| mapping.kind.is_of_counts()) else { continue };
                let (id, name, workbook) = (file.meta.id, file.meta.name.as_str(), &file.workbook);
                sheets.push(FigureSheet { file: id, file_name: name, workbook, sheet: reading.sheet, mapping });
            }
        }
        let mut figures = read_figures(&sheets, cut_off, pace).await?;
        for file in &self.files {
            check_seal(file, &mut figures);
        }
        Ok(figures)
    }
}
