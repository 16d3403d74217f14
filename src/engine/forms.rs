//! The forms as workbooks: looked through for personal data, then written with their seal.

use super::Engine;
use super::export::{ExportError, Exported, failed};
use crate::domain::SheetKind;
use crate::forms::personal::{PersonalCheck, PersonalHit, TextCell, cells_of_form_1, cells_of_form_2};
use crate::forms::phu_luc_1::Form1;
use crate::forms::phu_luc_2::Form2;
use crate::forms::seal::{Seal, SealedInput};
use crate::forms::{phu_luc_1_sheet, phu_luc_2_sheet};
use crate::normalize::text::Text;
use crate::pace::{Cancelled, Pace, STRIDE, Stage};
use crate::worker::protocol::FormRequest;
use rustc_hash::FxHashSet;

impl Engine {
    /// Writes Phụ lục 1.
    pub(super) async fn write_form_1<P: Pace>(&self, request: FormRequest<Form1>, pace: &mut P) -> Result<Exported, ExportError> {
        let FormRequest { form, settings, is_checked } = request;
        self.look_through(is_checked, cells_of_form_1(&form), pace).await?;
        let seal = Seal::of_form_1(&form, &settings, &self.inputs());
        Ok(Exported::one(String::new(), phu_luc_1_sheet::write_sealed(&form, Some(&seal)).map_err(failed)?))
    }

    /// Writes Phụ lục 2.
    pub(super) async fn write_form_2<P: Pace>(&self, request: FormRequest<Form2>, pace: &mut P) -> Result<Exported, ExportError> {
        let FormRequest { form, settings, is_checked } = request;
        self.look_through(is_checked, cells_of_form_2(&form), pace).await?;
        let seal = Seal::of_form_2(&form, &settings, &self.inputs());
        Ok(Exported::one(String::new(), phu_luc_2_sheet::write_sealed(&form, Some(&seal)).map_err(failed)?))
    }

    /// Fingerprints of the files that are used, in the order of their content, whatever the order of the drop.
    fn inputs(&self) -> Vec<SealedInput> {
        let is_used = |kind: SheetKind| kind.side().is_some() || kind.is_of_counts();
        let used = self
            .files
            .iter()
            .filter(|file| file.sheets.iter().any(|sheet| sheet.reading.mapping.as_ref().is_some_and(|mapping| is_used(mapping.kind))));
        let mut inputs: Vec<SealedInput> =
            used.map(|file| SealedInput { sha256: file.meta.sha256.clone(), size: file.meta.size }).collect();
        inputs.sort_by(|a, b| (&a.sha256, a.size).cmp(&(&b.sha256, b.size)));
        inputs
    }

    pub(super) async fn look_through<P: Pace>(&self, is_checked: bool, cells: Vec<TextCell>, pace: &mut P) -> Result<(), ExportError> {
        let hits = if is_checked { Vec::new() } else { self.personal_hits(cells, pace).await? };
        if hits.is_empty() { Ok(()) } else { Err(ExportError::Personal(hits)) }
    }

    /// Names and numbers of loaded persons in these cells.
    ///
    /// # Errors
    /// [`Cancelled`] when the pace says so.
    pub async fn personal_hits<P: Pace>(&self, cells: Vec<TextCell>, pace: &mut P) -> Result<Vec<PersonalHit>, Cancelled> {
        let mut check = PersonalCheck::new(cells);
        if check.is_empty() {
            return Ok(Vec::new());
        }
        let lists = || self.files.iter().flat_map(|file| &file.sheets).filter_map(|sheet| sheet.records.as_ref());
        let total: usize = lists().map(|list| list.persons.len()).sum();
        let pool = &self.pool;
        for (done, person) in lists().flat_map(|list| &list.persons).enumerate() {
            if done % STRIDE == 0 {
                pace.step(Stage::Screening, done, total).await?;
            }
            check.see_name(pool.get(person.name_key), pool.get(person.name));
            for number in [person.identity, person.identity_text, person.phone, person.insurance] {
                check.see_number(pool.get(number));
            }
        }
        if check.has_found() {
            let mut seen: FxHashSet<Text> = FxHashSet::default();
            let mut see = |text: Text, check: &mut PersonalCheck| {
                if text.is_some() && seen.insert(text) {
                    check.see_place(pool.get(text));
                }
            };
            for list in lists() {
                for (done, person) in list.persons.iter().enumerate() {
                    if done % STRIDE == 0 {
                        pace.step(Stage::Screening, total, total).await?;
                    }
                    [person.province, person.district, person.commune].into_iter().for_each(|place| see(place, &mut check));
                }
                for (done, dose) in list.doses.iter().enumerate() {
                    if done % STRIDE == 0 {
                        pace.step(Stage::Screening, total, total).await?;
                    }
                    see(dose.facility, &mut check);
                }
            }
            let units = self.outcome.iter().flat_map(|outcome| outcome.ledger.units.all());
            units.for_each(|unit| check.see_place(&unit.name));
        }
        Ok(check.hits())
    }
}
