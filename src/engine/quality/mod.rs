//! `Làm sạch`: corrections made on what is loaded, the check, its findings as the page shows them.

use super::{Answer, Engine, LoadedFile, LoadedSheet};
use crate::domain::{Date, Field, FileId, Side};
use crate::pace::{Cancelled, Pace};
use crate::quality::board::{Board, Late};
use crate::quality::choices::Corrections;
use crate::quality::correct::{SheetAt, correct};
use crate::quality::selection::{Order, Selection, Wanted};
use crate::quality::{Changed, Fields, Findings, Groundwork, RuleId, SheetView, Statuses, Stock, Verification, check, check_again};
use crate::reconcile::alias::Aliases;
use crate::reconcile::column_table::ColumnTable;
use crate::worker::protocol::{FromEngine, JobId};
use crate::worker::quality::{Checked, Facets, FindingFilter, FindingSort, QualityAnswer, QualityAsk};
use std::collections::BTreeMap;
use std::sync::Arc;

mod detail;
mod export;
mod monitor;

/// Columns some rule needs; a sheet without one is named.
const NEEDED: [(&[Field], &str); 9] = [
    (&[Field::Identity], "Số CCCD/CMND"),
    (&[Field::BirthDate, Field::BirthYear, Field::BirthMale, Field::BirthFemale], "Ngày sinh"),
    (&[Field::Sex, Field::BirthMale, Field::BirthFemale], "Giới tính"),
    (&[Field::Phone], "Số điện thoại"),
    (&[Field::Lot], "Số lô"),
    (&[Field::Facility], "Cơ sở tiêm"),
    (&[Field::Commune, Field::CommuneCode], "Xã/phường"),
    (&[Field::EnteredOn], "Ngày nhập"),
    (&[Field::Verification], "Trạng thái xác thực"),
];

/// What is kept of the last check.
#[derive(Default)]
pub(super) struct Desk {
    corrections: Arc<Corrections>,
    aliases: Aliases,
    checked: Option<(Date, Findings)>,
    /// What the last full check can be gone on from, with the meanings of words and the column table it was made with.
    groundwork: Option<(Groundwork, BTreeMap<String, Verification>, ColumnTable)>,
    /// What corrections changed since the last check.
    changed: Changed,
    selection: Option<(FindingFilter, FindingSort, Selection)>,
    /// The last board.
    board: Option<Board>,
    /// Late doses of the last board.
    late: Vec<Late>,
}

impl Engine {
    /// Answers what the page asks about `Làm sạch` and `Giám sát`.
    pub(super) async fn answer_quality<P: Pace>(&mut self, job: JobId, ask: QualityAsk, pace: &mut P) -> Answer {
        match self.ask_quality(ask, pace).await {
            Ok(answer) => Answer::plain(FromEngine::Quality { job, answer: Box::new(answer) }),
            Err(Cancelled) => Answer::plain(FromEngine::Cancelled(job)),
        }
    }

    /// The answer.
    ///
    /// # Errors
    /// [`Cancelled`] when the pace says so.
    pub async fn ask_quality<P: Pace>(&mut self, ask: QualityAsk, pace: &mut P) -> Result<QualityAnswer, Cancelled> {
        Ok(match ask {
            QualityAsk::Correct(corrections, aliases) => {
                if self.quality.aliases != aliases {
                    self.forget_findings();
                    self.quality.aliases = aliases;
                }
                QualityAnswer::Corrected(self.set_corrections(*corrections, pace).await?)
            }
            QualityAsk::Check { today } => QualityAnswer::Checked(self.check(today, pace).await?),
            QualityAsk::Findings { filter, sort, offset, len, has_facets } => {
                self.select_findings(&filter, sort, pace).await?;
                self.findings(offset, len, has_facets)
            }
            QualityAsk::Board { today, since } => QualityAnswer::Board(Box::new(self.board(today, since, pace).await?)),
            QualityAsk::Late { unit, offset, len } => {
                let (rows, total) = self.late_rows(unit.as_deref(), offset as usize, len as usize);
                QualityAnswer::Late(rows, total)
            }
            QualityAsk::Returned(file) => QualityAnswer::Returned(self.returned(file, pace).await?),
            QualityAsk::Detail { record, rule } => QualityAnswer::Detail(self.finding_detail(record, rule).map(Box::new)),
        })
    }

    /// Takes the corrections and makes them on everything loaded: how many values they change.
    async fn set_corrections<P: Pace>(&mut self, corrections: Corrections, pace: &mut P) -> Result<u32, Cancelled> {
        let is_alike = self.quality.corrections.changes_alike(&corrections);
        if !is_alike {
            if self.quality.corrections.changes_persons_alike(&corrections) {
                // What is undone changes too.
                let records = self.corrected_doses();
                let [facilities, days, products] = self.quality.corrections.differences(&corrections);
                let changed = &mut self.quality.changed;
                changed.records.extend(records);
                changed.facilities |= facilities;
                changed.days |= days;
                changed.products |= products;
            } else {
                self.quality.groundwork = None;
            }
            for sheet in self.files.iter_mut().flat_map(|file| &mut file.sheets) {
                sheet.is_corrected = false;
            }
        }
        self.quality.corrections = Arc::new(corrections);
        self.quality.selection = None;
        self.make_corrections(pace).await?;
        if !is_alike && self.quality.groundwork.is_some() {
            let records = self.corrected_doses();
            self.quality.changed.records.extend(records);
        }
        let sheets = self.files.iter().flat_map(|file| &file.sheets);
        Ok(sheets.map(|sheet| sheet.touched.len()).sum::<usize>() as u32)
    }

    /// Records whose doses are corrected now.
    fn corrected_doses(&self) -> Vec<u32> {
        let mut first = 0;
        let mut all = Vec::new();
        for (_, sheet, _) in self.quality_sheets() {
            let Some(records) = &sheet.records else { continue };
            all.extend(sheet.touched.doses().map(|at| first + at));
            first += records.doses.len() as u32;
        }
        all
    }

    /// Forgets what was found: something else is loaded now.
    pub(super) fn forget_findings(&mut self) {
        let Desk { checked, groundwork, changed, selection, .. } = &mut self.quality;
        (*checked, *groundwork, *selection) = (None, None, None);
        *changed = Changed::default();
    }

    /// Makes the corrections on every sheet that has not been corrected yet.
    pub(super) async fn make_corrections<P: Pace>(&mut self, pace: &mut P) -> Result<(), Cancelled> {
        let corrections = self.quality.corrections.clone();
        let has_none = corrections.changes_alike(&Corrections::default());
        for file in &mut self.files {
            for sheet in file.sheets.iter_mut().filter(|sheet| !sheet.is_corrected) {
                let side = sheet.reading.mapping.as_ref().and_then(|mapping| mapping.kind.side());
                if let (Some(records), Some(side)) = (&mut sheet.records, side)
                    && !(has_none && sheet.touched.is_empty())
                {
                    let at = SheetAt { side, sha256: &file.meta.sha256 };
                    correct(records, &mut sheet.touched, at, &corrections, &mut self.pool, pace).await?;
                }
                sheet.is_corrected = true;
            }
        }
        Ok(())
    }

    /// Sheets of both sides, of the System those of its last snapshot.
    fn quality_sheets(&self) -> Vec<(&LoadedFile, &LoadedSheet, Side)> {
        let mut sheets: Vec<(&LoadedFile, &LoadedSheet, Side)> =
            self.sheets_of(Side::Local).map(|(file, sheet)| (file, sheet, Side::Local)).collect();
        sheets.extend(self.snapshots().of_last().into_iter().map(|(file, sheet)| (file, sheet, Side::System)));
        sheets
    }

    /// What the rules look at.
    pub(super) fn stock(&self, today: Date) -> Stock<'_> {
        let mut views = Vec::new();
        for (file, sheet, side) in self.quality_sheets() {
            let (Some(records), Some(mapping)) = (&sheet.records, &sheet.reading.mapping) else { continue };
            views.push(SheetView {
                side,
                file: file.meta.id,
                sheet: sheet.reading.sheet,
                persons: &records.persons,
                doses: &records.doses,
                fields: Fields::of(mapping.columns.iter().filter_map(|column| column.field)),
                unit: mapping.unit.as_deref(),
                corrected: sheet.touched.persons(),
            });
        }
        Stock::new(views, &self.pool, today, &self.quality.aliases)
    }

    /// Checks everything loaded.
    ///
    /// # Errors
    /// [`Cancelled`] when the pace says so; then the last check stands.
    pub async fn check<P: Pace>(&mut self, today: Date, pace: &mut P) -> Result<Checked, Cancelled> {
        self.make_corrections(pace).await?;
        let corrections = self.quality.corrections.clone();
        let columns = self.outcome.as_ref().map_or_else(ColumnTable::default, |outcome| outcome.columns.clone());
        self.quality.changed.records.sort_unstable();
        self.quality.changed.records.dedup();
        let words = &corrections.choices.statuses;
        let statuses = Statuses(Some(words));
        let stock = self.stock(today);
        let known = match (&self.quality.checked, &self.quality.groundwork) {
            (Some((day, findings)), Some((groundwork, own, table))) if *day == today && own == words && *table == columns => {
                Some((findings, groundwork))
            }
            _ => None,
        };
        let (findings, groundwork) = match known {
            Some(known) => (check_again(&stock, &statuses, &columns, known, &self.quality.changed, pace).await?, None),
            None => {
                let (findings, groundwork) = check(&stock, &statuses, &columns, pace).await?;
                (findings, Some((groundwork, words.clone(), columns)))
            }
        };
        let (records, persons) = (stock.len() as u32, stock.persons() as u32);
        let is_on = |rule: &&RuleId| !corrections.choices.rules_off.contains(rule.code());
        let found = RuleId::ALL.iter().filter(is_on).map(|rule| findings.of(*rule).len() as u32).sum();
        self.quality.checked = Some((today, findings));
        self.quality.groundwork = groundwork.or_else(|| self.quality.groundwork.take());
        self.quality.changed = Changed::default();
        self.quality.selection = None;
        Ok(Checked { records, persons, findings: found, absent: self.absent_columns() })
    }

    /// The findings of the last check.
    pub fn last_findings(&self) -> Option<&Findings> {
        self.quality.checked.as_ref().map(|(_, findings)| findings)
    }

    fn absent_columns(&self) -> Vec<(String, String, Vec<String>)> {
        let mut absent = Vec::new();
        for (file, sheet, side) in self.quality_sheets() {
            let Some(mapping) = &sheet.reading.mapping else { continue };
            let fields = Fields::of(mapping.columns.iter().filter_map(|column| column.field));
            let is_needed = |(wanted, name): &(&[Field], &str)| {
                let is_of_system = matches!(*name, "Ngày nhập" | "Trạng thái xác thực");
                !fields.has_any(wanted) && (side == Side::System || !is_of_system)
            };
            let names: Vec<String> = NEEDED.iter().filter(|needed| is_needed(needed)).map(|(_, name)| (*name).to_owned()).collect();
            if !names.is_empty() {
                absent.push((file.meta.name.clone(), sheet.reading.name.clone(), names));
            }
        }
        absent
    }

    /// Selects, where the last selection is another.
    async fn select_findings<P: Pace>(&mut self, filter: &FindingFilter, sort: FindingSort, pace: &mut P) -> Result<(), Cancelled> {
        let is_known = self.quality.selection.as_ref().is_some_and(|(own, order, _)| own == filter && *order == sort);
        if !is_known {
            self.quality.selection = Some((filter.clone(), sort, self.selection_of(filter, sort, pace).await?));
        }
        Ok(())
    }

    fn findings(&self, offset: u32, len: u32, has_facets: bool) -> QualityAnswer {
        let facets = has_facets.then(|| Box::new(self.facets()));
        let (Some((_, _, selection)), Some((today, _))) = (&self.quality.selection, &self.quality.checked) else {
            return QualityAnswer::Findings { offset, rows: Vec::new(), facets, total: 0 };
        };
        let stock = self.stock(*today);
        let stretch = selection.stretch(offset as usize, len as usize);
        let rows = stretch.filter_map(|(record, rule)| self.finding_row(&stock, record, rule)).collect();
        QualityAnswer::Findings { offset, rows, facets, total: selection.len() as u32 }
    }

    async fn selection_of<P: Pace>(&self, filter: &FindingFilter, sort: FindingSort, pace: &mut P) -> Result<Selection, Cancelled> {
        let Some((today, findings)) = &self.quality.checked else { return Ok(Selection::default()) };
        let stock = self.stock(*today);
        let first_of_sheet: Vec<u32> = (0..stock.sheets.len()).map(|at| stock.first_dose(at)).collect();
        let sheets_of = |file: FileId| {
            let first = stock.sheets.iter().position(|sheet| sheet.file == file).unwrap_or(0);
            first..first + stock.sheets.iter().filter(|sheet| sheet.file == file).count()
        };
        let wanted = Wanted {
            rule: filter.rule.and_then(|rule| RuleId::ALL.get(usize::from(rule)).copied()),
            severity: filter.severity,
            facet: filter.facet,
            // A name no unit has any more selects nothing.
            unit: filter.unit.as_ref().map(|name| findings.units.iter().position(|unit| unit == name).map_or(u32::MAX, |unit| unit as u32)),
            sheets: filter.source.map(sheets_of),
            rules_off: self.quality.corrections.choices.rules_off.clone(),
        };
        let mut ranks = vec![0u32; findings.units.len()];
        let order = match sort {
            FindingSort::Rule => Order::Rule,
            FindingSort::Place => Order::Record,
            FindingSort::Unit => {
                let mut order: Vec<usize> = (0..findings.units.len()).collect();
                order.sort_by_cached_key(|unit| findings.units.get(*unit).map(|name| crate::normalize::sort_key(name)));
                for (rank, unit) in order.into_iter().enumerate() {
                    if let Some(place) = ranks.get_mut(unit) {
                        *place = rank as u32;
                    }
                }
                Order::Unit(&ranks)
            }
        };
        Selection::of(findings, &wanted, &first_of_sheet, order, pace).await
    }

    fn facets(&self) -> Facets {
        let (Some((_, _, selection)), Some((_, findings))) = (&self.quality.selection, &self.quality.checked) else {
            return Facets::default();
        };
        let mut units: Vec<(String, u32)> = findings.units.iter().cloned().zip(selection.units.iter().copied()).collect();
        units.retain(|(_, count)| *count > 0);
        units.sort_by(|a, b| (b.1, &a.0).cmp(&(a.1, &b.0)));
        let mut sources: Vec<(FileId, String, Side, u32)> = Vec::new();
        for ((file, _, side), count) in
            self.quality_sheets().into_iter().filter(|(_, sheet, _)| sheet.records.is_some()).zip(&selection.sheets)
        {
            match sources.last_mut().filter(|(id, _, own, _)| *id == file.meta.id && *own == side) {
                Some((.., sum)) => *sum += count,
                None => sources.push((file.meta.id, file.meta.name.clone(), side, *count)),
            }
        }
        sources.retain(|(.., count)| *count > 0);
        Facets {
            rules: selection.rules.clone(),
            severities: selection.severities,
            facets: selection.facets.to_vec(),
            units,
            sources,
            total: selection.len() as u32,
        }
    }
}
