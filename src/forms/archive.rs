//! Several workbooks in one file: a browser asks before it saves many.

use super::FormError;
use std::collections::BTreeMap;
use std::io::{Cursor, Write as _};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// A zip archive being made; the same workbooks give the same bytes.
pub struct Archive {
    zip: ZipWriter<Cursor<Vec<u8>>>,
    /// How often a name was used.
    names: BTreeMap<String, u32>,
}

impl Default for Archive {
    fn default() -> Archive {
        Archive { zip: ZipWriter::new(Cursor::new(Vec::new())), names: BTreeMap::new() }
    }
}

impl Archive {
    /// Adds a workbook; a second one of a name gets a number.
    ///
    /// # Errors
    /// The writer's word.
    pub fn add(&mut self, name: &str, bytes: &[u8]) -> Result<(), FormError> {
        let times = self.names.entry(name.to_owned()).or_default();
        *times += 1;
        let name = match (*times, name.strip_suffix(".xlsx")) {
            (1, _) | (_, None) => name.to_owned(),
            (times, Some(stem)) => format!("{stem}_{times}.xlsx"),
        };
        // A workbook is packed already.
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
        self.zip.start_file(name, options)?;
        self.zip.write_all(bytes)?;
        Ok(())
    }

    /// The bytes.
    ///
    /// # Errors
    /// The writer's word.
    pub fn finish(self) -> Result<Vec<u8>, FormError> {
        Ok(self.zip.finish()?.into_inner())
    }
}
