//! The import file for the System: which `Chưa nhập` doses go into its two columns, and with which codes.

use super::export::{ExportError, Exported, failed};
use super::rows::show_birth;
use super::{Engine, Outcome};
use crate::domain::{Bucket, DoseLabel, FormColumn, PersonRecord, Side, Status};
use crate::forms::import_file::{BeyondRow, IMPORT_ROWS, ImportDose, ImportRow};
use crate::forms::import_file_sheet::ImportBook;
use crate::linkage::Item;
use crate::normalize::text::{Text, TextPool};
use crate::pace::{Cancelled, Pace, STRIDE, Stage};
use crate::reconcile::codes::CodeTables;
use crate::reconcile::ledger::{NO_ITEM, Verdict};
use crate::reconcile::tally::standing;
use crate::text::show_number;
use crate::worker::protocol::{ImportRequest, ListRef};
use rustc_hash::FxHashMap;

const NOT_ENTERED: ListRef = ListRef { side: Side::Local, bucket: Bucket::NotEntered };
const NO_COLUMN: &str = "Mẫu nhập chỉ có cột Mũi 1 và Mũi 2";
const COLUMN_TAKEN: &str = "Cột của mũi này đã có một mũi khác của cùng người";

/// A person's missing doses: those in the template's two columns, and the others.
#[derive(Default)]
struct PersonDoses {
    slots: [u32; 2],
    beyond: Vec<(u32, &'static str)>,
}

impl PersonDoses {
    fn has_row(&self) -> bool {
        self.slots.iter().any(|at| *at != NO_ITEM)
    }
}

/// Everyone's missing doses, and how many are left out by their status.
struct Plan {
    persons: Vec<PersonDoses>,
    entered: u32,
    cannot: u32,
}

/// The template's column of a dose: by its written ordinal, else by the form's column.
fn slot_of(item: &Item, verdict: &Verdict) -> Option<usize> {
    match (item.dose.label, verdict.column) {
        (Some(DoseLabel::Ordinal(1)), _) => Some(0),
        (Some(DoseLabel::Ordinal(2)), _) => Some(1),
        (Some(DoseLabel::Ordinal(_)), _) => None,
        (_, Some(FormColumn::C | FormColumn::I | FormColumn::L)) => Some(0),
        (_, Some(FormColumn::D | FormColumn::J | FormColumn::M)) => Some(1),
        _ => None,
    }
}

impl Engine {
    /// Writes one part of the import file, with what it holds and lacks in words.
    pub(super) async fn import_file<P: Pace>(&self, request: &ImportRequest, pace: &mut P) -> Result<Exported, ExportError> {
        let Some(outcome) = &self.outcome else {
            return Err(ExportError::Failed(
                "Chưa đối soát nên chưa biết mũi nào chưa nhập. Hãy bấm “Bắt đầu đối soát” ở bước Nạp tệp.".to_owned(),
            ));
        };
        let Plan { persons, entered, cannot } = outcome.missing_doses(&self.pool, request, pace).await?;
        let rows = persons.iter().filter(|person| person.has_row()).count();
        let parts = (rows as u32).div_ceil(IMPORT_ROWS).max(1);
        // A person with no row goes with those before him.
        let mut before = 0u32;
        let of_part = persons.iter().filter(|person| {
            let part = (before / IMPORT_ROWS).min(parts - 1) + 1;
            before += u32::from(person.has_row());
            part == request.part
        });
        let of_part: Vec<&PersonDoses> = of_part.collect();
        let count = of_part.iter().filter(|person| person.has_row()).count();
        let beyond: usize = of_part.iter().map(|person| person.beyond.len()).sum();
        if count + beyond == 0 {
            return Err(ExportError::Failed("Các đơn vị đã chọn không có mũi chưa nhập nào để đưa vào tệp nhập.".to_owned()));
        }
        let codes = self.codes(pace).await?;
        let mut book = ImportBook::new(count as u32, beyond as u32, &codes.sources).map_err(failed)?;
        let total = count + beyond;
        for (done, person) in of_part.iter().filter(|person| person.has_row()).enumerate() {
            if done % STRIDE == 0 {
                pace.step(Stage::Writing, done, total).await?;
            }
            book.push(&outcome.import_row(&self.pool, &codes, person)).map_err(failed)?;
        }
        let counts = book.end_template().map_err(failed)?;
        for (done, (at, why)) in of_part.iter().flat_map(|person| &person.beyond).enumerate() {
            if done % STRIDE == 0 {
                pace.step(Stage::Writing, count + done, total).await?;
            }
            let at = *at as usize;
            let work = outcome.work_row(&self.pool, &outcome.roll.items[at], &outcome.ledger.verdicts[at]);
            book.push_beyond(&BeyondRow { work, why }).map_err(failed)?;
        }
        let mut notes = counts.words();
        let left_out = [(entered, "đã xác minh và đã nhập"), (cannot, "đã xác minh, không thể nhập")];
        let left_out = left_out.iter().filter(|(count, _)| *count > 0);
        let left_out: Vec<String> = left_out.map(|(count, words)| format!("{} mũi {words}", show_number(i64::from(*count)))).collect();
        if !left_out.is_empty() {
            notes.push(format!("Không đưa vào tệp nhập: {}.", left_out.join(", ")));
        }
        notes.extend(codes.sources);
        let suffix = if parts > 1 { format!("_{}", request.part) } else { String::new() };
        Ok(Exported { parts, notes, ..Exported::one(suffix, book.finish().map_err(failed)?) })
    }

    /// Every code that the dropped files give.
    pub(super) async fn codes<P: Pace>(&self, pace: &mut P) -> Result<CodeTables, Cancelled> {
        let mut codes = CodeTables::default();
        let (mut catalogues, mut lists) = (Vec::new(), 0);
        for file in &self.files {
            for (at, sheet) in file.sheets.iter().enumerate() {
                let side = sheet.records.as_ref().and(sheet.reading.mapping.as_ref()).and_then(|mapping| mapping.kind.side());
                if let (Some(side), Some(mapping)) = (side, &sheet.reading.mapping) {
                    codes.learn_rows(&file.workbook, at, mapping, side == Side::System, pace).await?;
                    lists += 1;
                } else if codes.learn_catalogue(&file.workbook, at) {
                    catalogues.push(format!("trang “{}” của {}", sheet.reading.name, file.meta.name));
                }
            }
        }
        let mut sources = catalogues;
        if lists > 0 {
            sources.push("các dòng ghi cả tên và mã của danh sách và dữ liệu Hệ thống".to_owned());
        }
        codes.sources = vec![format!("Mã lấy từ: {}.", sources.join("; "))];
        Ok(codes)
    }
}

impl Outcome {
    /// `Chưa nhập` doses that are still to be entered, person by person in the order of the lists.
    async fn missing_doses<P: Pace>(&self, pool: &TextPool, request: &ImportRequest, pace: &mut P) -> Result<Plan, Cancelled> {
        let positions = self.lists.positions(NOT_ENTERED);
        let is_wanted: Vec<bool> =
            self.ledger.units.all().iter().map(|unit| request.units.as_ref().is_none_or(|wanted| wanted.contains(&unit.name))).collect();
        let mut plan = Plan { persons: Vec::new(), entered: 0, cannot: 0 };
        let mut doses: Vec<Vec<u32>> = Vec::new();
        let mut place: FxHashMap<u32, usize> = FxHashMap::default();
        for (done, at) in positions.iter().enumerate() {
            if done % STRIDE == 0 {
                pace.step(Stage::Listing, done, positions.len()).await?;
            }
            let (item, verdict) = (&self.roll.items[*at as usize], &self.ledger.verdicts[*at as usize]);
            if !is_wanted[self.ledger.unit_of(verdict) as usize] {
                continue;
            }
            match standing(item, verdict, &self.roll, pool, &self.decisions).status {
                Status::VerifiedEntered => plan.entered += 1,
                Status::CannotEnter => plan.cannot += 1,
                Status::NotVerified => {
                    let person = *place.entry(self.ledger.person(&self.linkage, item.person)).or_insert(doses.len());
                    if person == doses.len() {
                        doses.push(Vec::new());
                    }
                    doses[person].push(*at);
                }
            }
        }
        for mut own in doses {
            own.sort_by_key(|at| (self.roll.items[*at as usize].dose.given, *at));
            let mut person = PersonDoses { slots: [NO_ITEM; 2], beyond: Vec::new() };
            for at in own {
                match slot_of(&self.roll.items[at as usize], &self.ledger.verdicts[at as usize]) {
                    Some(slot) if person.slots[slot] == NO_ITEM => person.slots[slot] = at,
                    Some(_) => person.beyond.push((at, COLUMN_TAKEN)),
                    None => person.beyond.push((at, NO_COLUMN)),
                }
            }
            plan.persons.push(person);
        }
        Ok(plan)
    }

    /// One person as the template writes him; what one of his rows leaves out another may say.
    fn import_row<'a>(&'a self, pool: &'a TextPool, codes: &'a CodeTables, person: &PersonDoses) -> ImportRow<'a> {
        let items = person.slots.map(|at| self.roll.items.get(at as usize));
        let records: Vec<&PersonRecord> = items.iter().flatten().map(|item| &self.roll.persons[item.person as usize].record).collect();
        let text = |of: fn(&PersonRecord) -> Text| {
            pool.get(records.iter().map(|record| of(record)).find(|text| text.is_some()).unwrap_or_default())
        };
        let birth = records.iter().find_map(|record| record.birth);
        let (province, district, commune) = (text(|person| person.province), text(|person| person.district), text(|person| person.commune));
        // A list may give the commune by its code alone.
        let own_code = text(|person| person.commune_key).strip_prefix('#').unwrap_or_default();
        let mut place = codes.place(province, district, commune);
        if place.commune.is_empty() && commune.is_empty() {
            own_code.clone_into(&mut place.commune);
        }
        let dose = |item: &'a Item| {
            let dose = &item.dose;
            let known = dose.product.and_then(|product| codes.vaccine(product));
            ImportDose {
                vaccine: known.unwrap_or(pool.get(dose.vaccine_text)),
                is_known_vaccine: known.is_some(),
                given: dose.given,
                lot: pool.get(dose.lot),
                facility: codes.facility(pool.get(dose.facility)),
            }
        };
        ImportRow {
            name: text(|person| person.name),
            birth: birth.map_or_else(|| text(|person| person.birth_text).to_owned(), show_birth),
            has_full_birth: birth.is_some_and(|birth| birth.day().is_some()),
            sex: records.iter().find_map(|record| record.sex),
            group: codes.group(text(|person| person.target_group)),
            workplace: text(|person| person.workplace),
            phone: text(|person| person.phone),
            identity: text(|person| if person.identity.is_some() { person.identity } else { person.identity_text }),
            insurance: text(|person| person.insurance),
            places: [(province, place.province), (district, place.district), (commune, place.commune)],
            address: text(|person| person.address),
            note: text(|person| person.note),
            doses: items.map(|item| item.map(dose)),
        }
    }
}
