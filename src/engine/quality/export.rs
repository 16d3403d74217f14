//! Workbooks of `Làm sạch` and `Giám sát`, and what comes back in them.

use super::super::Engine;
use super::super::export::{ExportError, Exported, failed};
use super::super::rows::show_birth;
use crate::domain::source::SheetKind;
use crate::domain::{Date, FileId, PersonRecord, Side};
use crate::forms::archive::Archive;
use crate::forms::file_name::workbook_name;
use crate::forms::import_file::{IMPORT_ROWS, ImportDose, ImportRow};
use crate::forms::import_file_sheet::ImportBook;
use crate::forms::quality_sheet::{CorrectionRow, PoliceBook, PoliceRow, write_corrections, write_facility, write_monitoring};
use crate::normalize::sort_key;
use crate::pace::{Cancelled, Pace, STRIDE, Stage};
use crate::quality::choices::{RecordKey, Typed, TypedField};
use crate::quality::statutory::{Listed, StatutoryClass, list, reasons};
use crate::quality::{Statuses, Stock};
use crate::text::show_number;
use crate::workbook::returned::read_returned;
use crate::worker::quality::{LateRow, QualityExport, ReturnedRead};
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::BTreeMap;

/// Persons in one workbook for the police.
const POLICE_ROWS: usize = 60_000;
/// Late doses in the report.
const LATE_ROWS: usize = 200_000;
/// Problems kept word by word; the rest are counted.
const KEPT_PROBLEMS: usize = 50;
/// What the names of reports on one facility begin with.
const FACILITY_REPORT: &str = "Giam-sat-co-so";
/// What is said where there is no board to write.
const NO_BOARD: &str = "Chưa có bảng giám sát. Hãy mở bước Giám sát, đợi tính xong, rồi tải.";
/// The commune of persons whose row names none.
const NO_COMMUNE: &str = "Chưa rõ xã";

/// A commune with its persons.
type Commune = (String, Vec<(Listed, RecordKey)>);

impl Engine {
    pub(in super::super) async fn export_quality<P: Pace>(&self, what: &QualityExport, pace: &mut P) -> Result<Exported, ExportError> {
        match what {
            QualityExport::Corrections { unit } => {
                let rows = self.correction_rows();
                if rows.is_empty() {
                    return Err(ExportError::Failed(
                        "Chưa gõ lại giá trị nào nên chưa có bảng sửa. Mở một lỗi ở bước Làm sạch, gõ giá trị đúng, rồi tải.".to_owned(),
                    ));
                }
                Ok(Exported::one(String::new(), write_corrections(unit, &rows).map_err(failed)?))
            }
            QualityExport::Police { unit, part } => self.police_lists(unit, *part, pace).await,
            QualityExport::Import { part } => self.statutory_import(*part, pace).await,
            QualityExport::Monitoring { unit } => {
                let Some(board) = &self.quality.board else { return Err(ExportError::Failed(NO_BOARD.to_owned())) };
                let (late, total) = self.late_rows(None, 0, LATE_ROWS);
                pace.step(Stage::Writing, 0, late.len()).await?;
                let mut exported = Exported::one(String::new(), write_monitoring(unit, board, &late).map_err(failed)?);
                if total as usize > LATE_ROWS {
                    exported.notes.push(format!("Trang Nhập muộn có {} mũi trễ nhất.", show_number(LATE_ROWS as i64)));
                }
                Ok(exported)
            }
            QualityExport::Facility(facility) => {
                let Some(board) = &self.quality.board else { return Err(ExportError::Failed(NO_BOARD.to_owned())) };
                let Some(unit) = board.units.iter().find(|unit| unit.unit == *facility) else {
                    return Err(ExportError::Failed(format!("Bảng giám sát không còn cơ sở “{facility}”.")));
                };
                let (late, _) = self.late_rows(Some(facility), 0, LATE_ROWS);
                pace.step(Stage::Writing, 0, late.len()).await?;
                Ok(Exported::one(String::new(), write_facility(unit, board, &late).map_err(failed)?))
            }
            QualityExport::EachFacility { day } => self.each_facility(*day, pace).await,
        }
    }

    /// A report on each facility with new doses, under names of their own.
    async fn each_facility<P: Pace>(&self, day: Date, pace: &mut P) -> Result<Exported, ExportError> {
        let Some(board) = &self.quality.board else { return Err(ExportError::Failed(NO_BOARD.to_owned())) };
        let units: Vec<_> = board.units.iter().filter(|unit| unit.all.doses > 0).collect();
        if units.is_empty() {
            return Err(ExportError::Failed("Chưa cơ sở nào có mũi mới; chọn ngày sớm hơn.".to_owned()));
        }
        let mut late: FxHashMap<String, Vec<LateRow>> = FxHashMap::default();
        for row in self.late_rows(None, 0, usize::MAX).0 {
            late.entry(row.unit.clone()).or_default().push(row);
        }
        let mut archive = Archive::default();
        for (done, unit) in units.iter().enumerate() {
            pace.step(Stage::Writing, done, units.len()).await?;
            let mut own = late.remove(&unit.unit).unwrap_or_default();
            own.truncate(LATE_ROWS);
            let bytes = write_facility(unit, board, &own).map_err(failed)?;
            archive.add(&workbook_name(FACILITY_REPORT, &unit.unit, day), &bytes).map_err(failed)?;
        }
        Ok(Exported::one("_tung-co-so.zip".to_owned(), archive.finish().map_err(failed)?))
    }

    /// Every typed correction, with the place of the row it is about.
    fn correction_rows(&self) -> Vec<CorrectionRow> {
        let corrections = &self.quality.corrections;
        let mut places: FxHashMap<u64, (String, String, u32, String)> = FxHashMap::default();
        for (file, sheet) in self.files.iter().flat_map(|file| file.sheets.iter().map(move |sheet| (file, sheet))) {
            let (Some((persons, doses)), Some(records)) = (sheet.touched.keys(), &sheet.records) else { continue };
            for (dose, dose_key) in records.doses.iter().zip(doses) {
                let person_key = persons.get(dose.person as usize).copied().unwrap_or_default();
                for key in [person_key, *dose_key] {
                    let is_wanted = TypedField::ALL.iter().any(|field| corrections.typed.contains_key(&(RecordKey(key), *field)));
                    if is_wanted && !places.contains_key(&key) {
                        let name = records.persons.get(dose.person as usize).map_or("", |person| self.pool.get(person.name));
                        places.insert(key, (file.meta.name.clone(), sheet.reading.name.clone(), dose.at.row, name.to_owned()));
                    }
                }
            }
        }
        let row = |((key, field), typed): (&(RecordKey, TypedField), &Typed)| {
            let place = places.get(&key.0);
            CorrectionRow {
                place: place.map(|(file, sheet, row, _)| (file.clone(), sheet.clone(), *row)),
                name: place.map(|(.., name)| name.clone()).unwrap_or_default(),
                field: field.label(),
                old: typed.old.clone(),
                new: typed.new.clone(),
                key: format!("{:016x}", key.0),
            }
        };
        corrections.typed.iter().map(row).collect()
    }

    /// Everyone of the three classes, once each, with the key of the row.
    async fn listed<P: Pace>(&self, pace: &mut P) -> Result<Option<Vec<(Listed, RecordKey)>>, Cancelled> {
        let Some((today, findings)) = &self.quality.checked else { return Ok(None) };
        let stock = self.stock(*today);
        let statuses = Statuses(Some(&self.quality.corrections.choices.statuses));
        let mut seen = FxHashSet::default();
        let mut kept = Vec::new();
        for (done, listed) in list(&stock, findings, &statuses, pace).await?.into_iter().enumerate() {
            if done.is_multiple_of(STRIDE) {
                pace.step(Stage::Writing, 0, 0).await?;
            }
            let key = self.person_key_at(&stock, listed.record);
            // A list of one row a dose writes the same person many times.
            if let Some(key) = key.filter(|key| seen.insert(key.0)) {
                kept.push((listed, key));
            }
        }
        Ok(Some(kept))
    }

    fn person_key_at(&self, stock: &Stock<'_>, at: u32) -> Option<RecordKey> {
        let record = stock.record(at)?;
        let (_, sheet) = self.sheet_at(&record, stock)?;
        Some(self.keys_of(&record, sheet, stock.sheets.get(record.sheet)?.side).0)
    }

    async fn police_lists<P: Pace>(&self, unit: &str, part: u32, pace: &mut P) -> Result<Exported, ExportError> {
        const NOT_CHECKED: &str = "Chưa kiểm tra quy tắc nên chưa có danh sách rà soát. Hãy mở bước Làm sạch, đợi kiểm tra xong, rồi tải.";
        let (Some(listed), Some((today, findings))) = (self.listed(pace).await?, &self.quality.checked) else {
            return Err(ExportError::Failed(NOT_CHECKED.to_owned()));
        };
        if listed.is_empty() {
            return Err(ExportError::Failed("Không có ai thuộc ba loại phải rà soát, nên không cần lập danh sách.".to_owned()));
        }
        let stock = self.stock(*today);
        let mut communes: BTreeMap<(bool, String, String), Vec<(Listed, RecordKey)>> = BTreeMap::new();
        for (listed, key) in listed {
            let commune = stock.record(listed.record).map_or("", |record| self.pool.get(record.person.commune));
            let name = if commune.is_empty() { NO_COMMUNE } else { commune };
            communes.entry((commune.is_empty(), format!("{:?}", sort_key(name)), name.to_owned())).or_default().push((listed, key));
        }
        // Whole communes go into parts of about the same size.
        let mut parts: Vec<Vec<Commune>> = Vec::new();
        let mut rows = POLICE_ROWS;
        for ((.., name), mut own) in communes {
            own.sort_by_key(|(listed, _)| (listed.class, listed.record));
            if rows + own.len() > POLICE_ROWS {
                parts.push(Vec::new());
                rows = 0;
            }
            rows += own.len();
            if let Some(last) = parts.last_mut() {
                last.push((name, own));
            }
        }
        let count = parts.len() as u32;
        let mut book = PoliceBook::new().map_err(failed)?;
        let wanted = parts.into_iter().nth(part.saturating_sub(1) as usize).unwrap_or_default();
        let total: usize = wanted.iter().map(|(_, own)| own.len()).sum();
        let mut done = 0;
        for (commune, own) in wanted {
            let mut rows = Vec::with_capacity(own.len());
            for (listed, key) in own {
                if done % STRIDE == 0 {
                    pace.step(Stage::Writing, done, total).await?;
                }
                done += 1;
                let Some(record) = stock.record(listed.record) else { continue };
                let why: Vec<String> =
                    reasons(findings, listed.record, listed.class).into_iter().map(|rule| not_held(rule.rule().holds)).collect();
                rows.push(PoliceRow {
                    class: listed.class,
                    texts: self.police_texts(record.person),
                    reason: why.join("; "),
                    key: format!("{:016x}", key.0),
                });
            }
            book.push(unit, &commune, &rows).map_err(failed)?;
        }
        let suffix = if count > 1 { format!("_{part}") } else { String::new() };
        Ok(Exported { parts: count, ..Exported::one(suffix, book.finish().map_err(failed)?) })
    }

    fn police_texts(&self, person: &PersonRecord) -> [String; 6] {
        let text = |text| self.pool.get(text).to_owned();
        let written = |read: String, raw: String| if read.is_empty() { raw } else { read };
        let identity = written(text(person.identity), text(person.identity_text));
        let birth = written(person.birth.map(show_birth).unwrap_or_default(), text(person.birth_text));
        let sex = person.sex.map_or("", |sex| sex.label()).to_owned();
        [text(person.name), birth, sex, identity, text(person.phone), text(person.address)]
    }

    /// The import file of those whose number was missing or of wrong form, with what was corrected since.
    async fn statutory_import<P: Pace>(&self, part: u32, pace: &mut P) -> Result<Exported, ExportError> {
        let (Some(listed), Some((today, _))) = (self.listed(pace).await?, &self.quality.checked) else {
            return Err(ExportError::Failed(
                "Chưa kiểm tra quy tắc nên chưa có danh sách rà soát. Hãy mở bước Làm sạch, đợi kiểm tra xong, rồi tải.".to_owned(),
            ));
        };
        let stock = self.stock(*today);
        let is_of_number = |listed: &Listed| listed.class != StatutoryClass::WrongData;
        let mut records: Vec<u32> =
            listed.iter().map(|(listed, _)| listed).filter(|listed| is_of_number(listed)).map(|listed| listed.record).collect();
        // Those whose number was typed since are in no class any more; they are what the file is for.
        let mut seen: FxHashSet<u64> = FxHashSet::default();
        for (at_sheet, sheet) in stock.sheets.iter().enumerate().filter(|(_, sheet)| sheet.side == Side::System) {
            let mut last = u32::MAX;
            for (at, dose) in (stock.first_dose(at_sheet)..).zip(sheet.doses) {
                if dose.person == last || !sheet.has_corrected_identity(dose.person) {
                    continue;
                }
                last = dose.person;
                if let Some(key) = self.person_key_at(&stock, at)
                    && self.quality.corrections.typed.contains_key(&(key, TypedField::Identity))
                    && seen.insert(key.0)
                {
                    records.push(at);
                }
            }
        }
        records.sort_unstable();
        records.dedup();
        if records.is_empty() {
            return Err(ExportError::Failed("Mọi người đều có số đúng định dạng, nên không có ai để đưa vào tệp nhập.".to_owned()));
        }
        let parts = (records.len() as u32).div_ceil(IMPORT_ROWS);
        let first = part.saturating_sub(1) as usize * IMPORT_ROWS as usize;
        let of_part: Vec<u32> = records.into_iter().skip(first).take(IMPORT_ROWS as usize).collect();
        let codes = self.codes(pace).await?;
        let mut book = ImportBook::new(of_part.len() as u32, 0, &codes.sources).map_err(failed)?;
        for (done, at) in of_part.iter().enumerate() {
            if done % STRIDE == 0 {
                pace.step(Stage::Writing, done, of_part.len()).await?;
            }
            let Some(record) = stock.record(*at) else { continue };
            let (person, dose) = (record.person, record.dose);
            let text = |text| self.pool.get(text);
            let (province, district, commune) = (text(person.province), text(person.district), text(person.commune));
            let place = codes.place(province, district, commune);
            let known = dose.product.and_then(|product| codes.vaccine(product));
            let import = ImportDose {
                vaccine: known.unwrap_or(text(dose.vaccine_text)),
                is_known_vaccine: known.is_some(),
                given: dose.given,
                lot: text(dose.lot),
                facility: codes.facility(text(dose.facility)),
            };
            let is_second = dose.label == Some(crate::domain::DoseLabel::Ordinal(2));
            let row = ImportRow {
                name: text(person.name),
                birth: person.birth.map(show_birth).unwrap_or_default(),
                has_full_birth: person.birth.is_some_and(|birth| birth.day().is_some()),
                sex: person.sex,
                group: codes.group(text(person.target_group)),
                workplace: text(person.workplace),
                phone: text(person.phone),
                identity: text(person.identity),
                insurance: text(person.insurance),
                places: [(province, place.province), (district, place.district), (commune, place.commune)],
                address: text(person.address),
                note: text(person.note),
                doses: if is_second { [None, Some(import)] } else { [Some(import), None] },
            };
            book.push(&row).map_err(failed)?;
        }
        let counts = book.end_template().map_err(failed)?;
        let mut notes = counts.words();
        notes.extend(codes.sources);
        let suffix = if parts > 1 { format!("_{part}") } else { String::new() };
        Ok(Exported { parts, notes, ..Exported::one(suffix, book.finish().map_err(failed)?) })
    }

    /// What a `Bảng sửa` or a police list that was dropped says.
    pub(super) async fn returned<P: Pace>(&self, file: FileId, pace: &mut P) -> Result<ReturnedRead, Cancelled> {
        let Some(loaded) = self.files.iter().find(|loaded| loaded.meta.id == file) else { return Ok(ReturnedRead::default()) };
        let is_ours = |kind: SheetKind| matches!(kind, SheetKind::Corrections | SheetKind::PoliceList);
        let sheets = loaded.sheets.iter().filter(|sheet| sheet.reading.mapping.as_ref().is_some_and(|mapping| is_ours(mapping.kind)));
        let rows = read_returned(&loaded.workbook, sheets.map(|sheet| sheet.reading.sheet));
        let mut read = ReturnedRead { values: rows.len() as u32, ..ReturnedRead::default() };
        let mut said: BTreeMap<(RecordKey, TypedField), Vec<usize>> = BTreeMap::new();
        for (at, row) in rows.iter().enumerate() {
            match &row.what {
                Ok(what) => said.entry(*what).or_default().push(at),
                Err(why) => refuse(&mut read, &row.sheet, row.row, why.clone()),
            }
        }
        let known = self.known_keys(pace).await?;
        for ((key, field), places) in said {
            let all: Vec<_> = places.iter().filter_map(|at| rows.get(*at)).collect();
            let Some(first) = all.first() else { continue };
            if let Some(other) = all.iter().find(|other| other.new != first.new) {
                refuse(
                    &mut read,
                    &first.sheet,
                    first.row,
                    format!("hai giá trị cho một trường: “{}” ở đây, “{}” ở {}, dòng {}", first.new, other.new, other.sheet, other.row),
                );
                continue;
            }
            read.not_loaded += u32::from(!known.contains(&key.0));
            read.typed.push(((key, field), Typed { old: first.old.clone(), new: first.new.clone() }));
        }
        Ok(read)
    }

    /// Keys of everything loaded, as it was read.
    async fn known_keys<P: Pace>(&self, pace: &mut P) -> Result<FxHashSet<u64>, Cancelled> {
        let mut known = FxHashSet::default();
        let stock = self.stock(crate::domain::Date::default());
        for at in 0..stock.len() as u32 {
            if (at as usize).is_multiple_of(STRIDE) {
                pace.step(Stage::Listing, at as usize, stock.len()).await?;
            }
            if let Some(record) = stock.record(at)
                && let Some((_, sheet)) = self.sheet_at(&record, &stock)
                && let Some(view) = stock.sheets.get(record.sheet)
            {
                let (person, dose) = self.keys_of(&record, sheet, view.side);
                known.extend([person.0, dose.0]);
            }
        }
        Ok(known)
    }
}

fn refuse(read: &mut ReturnedRead, sheet: &str, row: u32, why: String) {
    read.problem_count += 1;
    if read.problems.len() < KEPT_PROBLEMS {
        read.problems.push((sheet.to_owned(), row, why));
    }
}

/// A proposition that does not hold, in words.
fn not_held(holds: &str) -> String {
    let mut letters = holds.chars();
    let first = letters.next().map(|first| first.to_lowercase().to_string()).unwrap_or_default();
    format!("chưa đạt: {first}{}", letters.as_str())
}
