//! A table and its mapping to persons and doses: every row below the header is a person or is left out with its reason.

use crate::domain::source::FileId;
use crate::domain::{DoseLabel, DoseRecord, Field, PersonRecord, Product, SourceRef, Unreadable};
use crate::normalize::date::{DateOf, DateOrder, WrittenDate, read_date};
use crate::normalize::fold_name;
use crate::normalize::identity::Doubt;
use crate::normalize::lot::read_lot;
use crate::normalize::quick::composed;
use crate::normalize::text::{Text, TextPool};
use crate::pace::{Cancelled, Pace, STRIDE, Stage, Unpaced, ready};
use crate::workbook::continued::RowsOfPersons;
use crate::workbook::header::numbers_columns;
use crate::workbook::home::{Home, Written, home_of};
use crate::workbook::label::read_label;
use crate::workbook::mapping::{RowProblem, SheetMapping, SheetReading, SkipReason};
use crate::workbook::person::{PersonFacts, plain_text, read_person};
use crate::workbook::plan::{DoseColumns, Group, Plan, label_of_heading};
use crate::workbook::recode;
use crate::workbook::skip::{Evidence, Sorter};
use crate::workbook::table::{Cell, CellValue, Row, TextArena, Workbook};
use crate::workbook::values;
use rustc_hash::FxHashMap;

/// Problems kept word by word; the rest are counted.
const KEPT_PROBLEMS: usize = 200;
/// Rows named of each reason for leaving out.
const KEPT_ROWS: usize = 20;

/// What one sheet gave.
#[derive(Clone, Debug, Default)]
pub struct SheetRecords {
    /// Its persons, one a row.
    pub persons: Vec<PersonRecord>,
    /// Its ledger items; `person` is an index into `persons`.
    pub doses: Vec<DoseRecord>,
    /// The account for its card.
    pub reading: SheetReading,
}

/// Reads one sheet by its mapping.
///
/// Every kept row is a person or stands in `reading.skipped`. A person's row gives one item where a row is one dose; in a list of
/// several doses a row it gives one a group with any dose cell filled, or one unreadable item where there is none.
pub fn read_records(workbook: &Workbook, sheet: u16, mapping: &SheetMapping, file: FileId, pool: &mut TextPool) -> SheetRecords {
    ready(read_records_paced(workbook, sheet, mapping, file, pool, &mut Unpaced)).unwrap_or_default()
}

/// As [`read_records`], in slices.
///
/// # Errors
/// [`Cancelled`] when the pace says so.
pub async fn read_records_paced<P: Pace>(
    workbook: &Workbook,
    sheet: u16,
    mapping: &SheetMapping,
    file: FileId,
    pool: &mut TextPool,
    pace: &mut P,
) -> Result<SheetRecords, Cancelled> {
    let Some(page) = workbook.sheets.get(usize::from(sheet)) else { return Ok(SheetRecords::default()) };
    let recoded = recode::by_mapping(page, &workbook.texts, mapping);
    let (page, texts) = recoded.as_ref().map_or((page, &workbook.texts), |recoded| (&recoded.sheet, &recoded.texts));
    let plan = Plan::of(mapping, page, texts);
    let mut sorter = Sorter::of(mapping, page, texts);
    let mut reader = Reader {
        plan: &plan,
        texts,
        pool,
        composed: FxHashMap::default(),
        lots: FxHashMap::default(),
        products: FxHashMap::default(),
        labels: FxHashMap::default(),
        names: FxHashMap::default(),
        homes: FxHashMap::default(),
        filled: RowsOfPersons::default(),
        at: SourceRef { file, sheet, row: 0, slot: 1 },
        skipped: SkipReason::ALL.map(|reason| (reason, 0, Vec::new())).to_vec(),
        ambiguous: FxHashMap::default(),
        out: SheetRecords::default(),
    };
    let row_count = page.table.row_count();
    for (index, row) in page.table.rows().enumerate() {
        if index % STRIDE == 0 {
            pace.step(Stage::Parsing, index, row_count).await?;
        }
        reader.at.row = row.number;
        if let Some(reason) = reason_above(row, mapping, texts) {
            reader.skip(reason);
            continue;
        }
        let facts = read_person(row, &plan, texts);
        let evidence = reader.evidence(row, &facts);
        match sorter.reason(row, &plan, &facts, &evidence, texts) {
            Some(reason) => reader.skip(reason),
            None => reader.read_row(row, &facts),
        }
    }
    reader.tell_ambiguous(mapping);
    let Reader { skipped, mut out, .. } = reader;
    out.reading.sheet = sheet;
    out.reading.name.clone_from(&page.name);
    out.reading.is_hidden = page.is_hidden;
    out.reading.hidden_rows = page.hidden_rows;
    out.reading.unsaved_formulas.clone_from(&page.unsaved_formulas);
    out.reading.rows = page.table.row_count() as u32;
    out.reading.decoded = recoded.as_ref().map_or(0, |recoded| recoded.changed);
    out.reading.persons = out.persons.len() as u32;
    out.reading.items = out.doses.len() as u32;
    out.reading.unreadable = out.doses.iter().filter(|dose| dose.unreadable.is_some()).count() as u32;
    out.reading.skipped = skipped.into_iter().filter(|(_, count, _)| *count > 0).collect();
    out.reading.mapping = Some(mapping.clone());
    Ok(out)
}

/// Why a row down to the end of the header is no person's.
fn reason_above(row: Row<'_>, mapping: &SheetMapping, texts: &TextArena) -> Option<SkipReason> {
    if row.number > mapping.header_last {
        return None;
    }
    if row.number < mapping.header_first {
        return Some(SkipReason::Title);
    }
    let cells: Vec<_> = row.cells().map(|(_, cell)| values::text_of(cell.value(texts))).collect();
    let is_numbers = row.number > mapping.header_first && numbers_columns(cells.iter().map(AsRef::as_ref));
    Some(if is_numbers { SkipReason::ColumnNumbers } else { SkipReason::Header })
}

struct Reader<'a> {
    plan: &'a Plan,
    texts: &'a TextArena,
    pool: &'a mut TextPool,
    /// Composed texts by the arena's id.
    composed: FxHashMap<u32, Text>,
    lots: FxHashMap<u32, Text>,
    products: FxHashMap<Text, Option<Product>>,
    labels: FxHashMap<Text, Option<DoseLabel>>,
    /// Keys of names, and homes: lists repeat both.
    names: FxHashMap<Text, Text>,
    homes: FxHashMap<Written, Home>,
    /// Which dose groups earlier rows of a person have filled.
    filled: RowsOfPersons,
    at: SourceRef,
    skipped: Vec<(SkipReason, u32, Vec<u32>)>,
    /// Per column of days: how many could be read either way, and the first rows.
    ambiguous: FxHashMap<u16, (u32, Vec<u32>)>,
    out: SheetRecords,
}

impl Reader<'_> {
    fn skip(&mut self, reason: SkipReason) {
        if let Some((_, count, rows)) = self.skipped.iter_mut().find(|(known, _, _)| *known == reason) {
            *count += 1;
            if rows.len() < KEPT_ROWS {
                rows.push(self.at.row);
            }
        }
    }

    fn problem(&mut self, slot: u8, what: String) {
        let reading = &mut self.out.reading;
        reading.problem_count += 1;
        if reading.problems.len() < KEPT_PROBLEMS {
            reading.problems.push(RowProblem { row: self.at.row, slot, what });
        }
    }

    fn evidence(&mut self, row: Row<'_>, facts: &PersonFacts) -> Evidence {
        let digits = facts.identity.number.len();
        let mut points = 2 * u32::from(facts.birth.is_some()) + 2 * u32::from(digits >= 8) + u32::from(facts.sex.is_some());
        points += 2 * u32::from(facts.phone.len() == 10 && facts.phone.starts_with('0')) + 2 * u32::from(facts.insurance.len() >= 10);
        let mut has_dose = false;
        let plan = self.plan;
        // A person surely: the doses need not be asked.
        if points >= 2 {
            return Evidence { points, has_dose };
        }
        for group in &plan.groups {
            for column in group.own.telling() {
                has_dose |= !values::is_blank_or_zero(row.cell(column).value(self.texts));
            }
            if let Some(column) = group.own.given {
                match values::date_of(row.cell(column).value(self.texts), plan.date_column(column), DateOf::Event) {
                    WrittenDate::Day { day, .. } if day.year() >= 2020 => points += 2,
                    WrittenDate::Day { .. } if !matches!(row.cell(column).value(self.texts), CellValue::Number(_)) => points += 1,
                    _ => {}
                }
            }
            if let Some(column) = group.own.vaccine {
                let text = self.text(row.cell(column));
                points += u32::from(self.product(text).is_some());
            }
        }
        Evidence { points, has_dose }
    }

    fn read_row(&mut self, row: Row<'_>, facts: &PersonFacts) {
        let is_nameless = facts.name.is_empty();
        let person = self.out.persons.len() as u32;
        self.tell_doubts(facts);
        let record = self.person(row, facts);
        self.out.persons.push(record);
        let plan = self.plan;
        let verification = plan.column(Field::Verification).map_or(Text::NONE, |column| self.text(row.cell(column)));
        let mut found = false;
        let first = self.out.doses.len();
        let mut named = Vec::new();
        for (slot, group) in (1u8..=u8::MAX).zip(&plan.groups) {
            let is_filled = group.own.telling().any(|column| !values::is_blank_or_zero(row.cell(column).value(self.texts)));
            if is_filled || !plan.is_wide() {
                found = true;
                let is_named_by_heading = self.dose(row, slot, group, person, is_nameless, verification);
                named.push(is_named_by_heading);
            }
        }
        if plan.is_wide()
            && let (Some(person), Some(doses)) = (self.out.persons.last(), self.out.doses.get_mut(first..))
        {
            self.filled.add(person, doses, &named);
        }
        if !found {
            self.problem(1, "Dòng không có mũi tiêm nào".to_owned());
            let dose = DoseRecord {
                unreadable: Some(if is_nameless { Unreadable::NoName } else { Unreadable::NoDose }),
                ..blank_dose(self.at, person)
            };
            self.out.doses.push(dose);
        }
    }

    fn tell_doubts(&mut self, facts: &PersonFacts) {
        if let Some(column) = facts.ambiguous_birth {
            self.note_ambiguous(column);
        }
        if facts.birth.is_none() && !facts.birth_text.is_empty() {
            self.problem(1, format!("Ngày sinh “{}” không đọc được", facts.birth_text));
        }
        let what = match facts.identity.doubt {
            Some(Doubt::DigitsGone) => "đã mất chữ số, coi như không có",
            Some(Doubt::IsPhone) => "là số điện thoại, coi như không có",
            Some(Doubt::TakenAsOldCard) => "có 8 chữ số, đã thêm số 0 đầu",
            Some(Doubt::ZerosPutBack) | None => return,
        };
        self.problem(1, format!("Số giấy tờ “{}” {what}", facts.identity_text));
    }

    fn person(&mut self, row: Row<'_>, facts: &PersonFacts) -> PersonRecord {
        let plan = self.plan;
        let mut text = |field: Field| plan.column(field).map_or(Text::NONE, |column| self.text(row.cell(column)));
        let written = Written {
            province: text(Field::Province),
            district: text(Field::District),
            commune: text(Field::Commune),
            commune_code: text(Field::CommuneCode),
            hamlet: text(Field::Hamlet),
            detail: text(Field::Address),
        };
        let (target_group, workplace) = (text(Field::TargetGroup), text(Field::Workplace));
        let notes: Vec<String> =
            plan.notes.iter().map(|column| plain_text(row.cell(*column).value(self.texts))).filter(|note| !note.is_empty()).collect();
        let home = *self.homes.entry(written).or_insert_with(|| home_of(written, self.pool));
        let name = self.pool.intern(&facts.name);
        let name_key = match self.names.get(&name) {
            Some(key) => *key,
            None => {
                let key = self.pool.intern(&fold_name(&facts.name));
                self.names.insert(name, key);
                key
            }
        };
        let pool = &mut *self.pool;
        PersonRecord {
            name,
            name_key,
            birth: facts.birth,
            birth_text: pool.intern(&facts.birth_text),
            sex: facts.sex,
            identity: pool.intern(&facts.identity.number),
            identity_text: pool.intern(&facts.identity_text),
            identity_kind: facts.identity.kind,
            phone: pool.intern(&facts.phone),
            insurance: pool.intern(&facts.insurance),
            province: home.province,
            district: home.district,
            commune: home.commune,
            commune_key: home.commune_key,
            address: home.address,
            target_group,
            workplace,
            note: pool.intern(&notes.join("; ")),
        }
    }

    /// Reads one dose; says whether nothing but the ordinal in its group's heading names it.
    fn dose(&mut self, row: Row<'_>, slot: u8, group: &Group, person: u32, is_nameless: bool, verification: Text) -> bool {
        let own = &group.own;
        let shared = &self.plan.shared;
        let cell = |pick: fn(&DoseColumns) -> Option<u16>| {
            let at = |columns: &DoseColumns| pick(columns).map(|column| row.cell(column)).unwrap_or(Cell::EMPTY);
            let mine = at(own);
            if values::is_blank_or_zero(mine.value(self.texts)) { at(shared) } else { mine }
        };
        let (label_cell, vaccine_cell, lot_cell, facility_cell) =
            (cell(|c| c.label), cell(|c| c.vaccine), cell(|c| c.lot), cell(|c| c.facility));
        let (entered_cell, signing_cell) = (cell(|c| c.entered), cell(|c| c.signing));
        let mut dose = DoseRecord { at: SourceRef { slot, ..self.at }, verification, ..blank_dose(self.at, person) };
        dose.label_text = self.dose_text(label_cell);
        dose.label = *self.labels.entry(dose.label_text).or_insert_with(|| read_label(self.pool.get(dose.label_text)));
        let ticked = |column: &u16| values::is_tick(row.cell(*column).value(self.texts));
        let ticked_label = self.plan.ticked_labels.iter().find(|(column, _)| ticked(column)).map(|(_, mark)| mark);
        let ticked_product = self.plan.ticked_products.iter().find(|(column, _)| ticked(column)).map(|(_, product)| *product);
        let is_named_by_heading = dose.label_text.is_none()
            && ticked_label.is_none()
            && group.heading.as_ref().is_some_and(|mark| matches!(mark.label, DoseLabel::Ordinal(_)));
        if let Some(heading) = ticked_label.or(group.heading.as_ref()).filter(|_| dose.label_text.is_none()) {
            let (label, written) = label_of_heading(heading);
            dose.label = Some(label);
            dose.label_text = self.pool.intern(&written);
        }
        dose.vaccine_text = self.dose_text(vaccine_cell);
        dose.product = self.product(dose.vaccine_text);
        if let Some(product) = ticked_product.or(group.product).filter(|_| dose.vaccine_text.is_none()) {
            dose.product = Some(product);
            dose.vaccine_text = self.pool.intern(product.label());
        }
        dose.lot = self.lot(lot_cell);
        dose.facility = self.dose_text(facility_cell);
        dose.facility_text = dose.facility;
        dose.signing = self.text(signing_cell);
        let entered_column = own.entered.or(shared.entered).unwrap_or_default();
        if let WrittenDate::Day { day, .. } =
            values::date_of(entered_cell.value(self.texts), self.plan.date_column(entered_column), DateOf::Event)
        {
            dose.entered = Some(day);
        }
        match own.given {
            None if own.given_parts.iter().all(Option::is_some) => self.given_in_parts(row, own.given_parts, &mut dose),
            column => self.given(row, column, &mut dose),
        }
        if is_nameless {
            dose.unreadable = Some(Unreadable::NoName);
            self.problem(slot, "Không có họ tên".to_owned());
        }
        self.out.doses.push(dose);
        is_named_by_heading
    }

    fn given(&mut self, row: Row<'_>, column: Option<u16>, dose: &mut DoseRecord) {
        let slot = dose.at.slot;
        let Some(column) = column else {
            dose.unreadable = Some(Unreadable::NoDay);
            self.problem(slot, "Không có ngày tiêm".to_owned());
            return;
        };
        let value = row.cell(column).value(self.texts);
        let written = values::text_of(value);
        if !values::is_blank_or_zero(value) {
            dose.given_text = self.pool.intern(&composed(&written));
        }
        match values::date_of(value, self.plan.date_column(column), DateOf::Event) {
            WrittenDate::Day { day, is_ambiguous, is_against_order } => {
                dose.given = Some(day);
                dose.day_is_ambiguous = is_ambiguous;
                if is_ambiguous {
                    self.note_ambiguous(column);
                }
                if is_against_order {
                    let read = values::written_day(day);
                    self.problem(slot, format!("Ngày tiêm “{written}” ngược thứ tự ngày, tháng của cột, đọc là {read}"));
                }
            }
            WrittenDate::Missing => {
                dose.unreadable = Some(Unreadable::NoDay);
                self.problem(slot, "Không có ngày tiêm".to_owned());
            }
            WrittenDate::Month { .. } | WrittenDate::Year(_) => {
                dose.unreadable = Some(Unreadable::BadDay);
                self.problem(slot, format!("Ngày tiêm “{written}” không đủ ngày, tháng, năm"));
            }
            WrittenDate::Bad => {
                dose.unreadable = Some(Unreadable::BadDay);
                self.problem(slot, format!("Ngày tiêm “{written}” không phải là ngày"));
            }
        }
    }

    /// A day of dose whose day, month and year stand in three cells; the day's own cell may hold the whole date.
    fn given_in_parts(&mut self, row: Row<'_>, columns: [Option<u16>; 3], dose: &mut DoseRecord) {
        let parts = columns.map(|column| column.map_or(String::new(), |column| plain_text(row.cell(column).value(self.texts))));
        let [day, month, year] = &parts;
        if month.is_empty() && year.is_empty() {
            self.given(row, columns[0], dose);
            return;
        }
        let slot = dose.at.slot;
        let written = parts.iter().filter(|part| !part.is_empty()).map(String::as_str).collect::<Vec<_>>().join("/");
        dose.given_text = self.pool.intern(&written);
        let is_number = |part: &String| part.parse::<u16>().is_ok();
        let date = if day.is_empty() || month.is_empty() || year.is_empty() {
            WrittenDate::Missing
        } else if parts.iter().all(is_number) {
            read_date(&written, Some(DateOrder::DayFirst), DateOf::Event)
        } else {
            WrittenDate::Bad
        };
        match date {
            // The columns say which is the day: what can only be read the other way round is no date.
            WrittenDate::Day { day, is_against_order: false, .. } => dose.given = Some(day),
            WrittenDate::Missing => {
                dose.unreadable = Some(Unreadable::BadDay);
                self.problem(slot, format!("Ngày tiêm “{written}” không đủ ngày, tháng, năm"));
            }
            _ => {
                dose.unreadable = Some(Unreadable::BadDay);
                self.problem(slot, format!("Ngày tiêm “{written}” không phải là ngày"));
            }
        }
    }

    fn note_ambiguous(&mut self, column: u16) {
        let (count, rows) = self.ambiguous.entry(column).or_default();
        *count += 1;
        if rows.len() < KEPT_ROWS {
            rows.push(self.at.row);
        }
    }

    /// Says once a column that its days could be read either way.
    fn tell_ambiguous(&mut self, mapping: &SheetMapping) {
        let mut columns: Vec<(u16, (u32, Vec<u32>))> = self.ambiguous.drain().collect();
        columns.sort_unstable();
        for (column, (count, rows)) in columns {
            let more = if rows.len() < count as usize { "…" } else { "" };
            let listed: Vec<String> = rows.iter().map(u32::to_string).collect();
            let listed = format!("dòng {}{more}", listed.join(", "));
            let header = mapping.columns.iter().find(|mapped| mapped.column == column).map_or("", |mapped| mapped.header.as_str());
            let header = crate::normalize::compose(header);
            let what = if self.plan.date_column(column).has_swapped_serials {
                format!("Cột “{header}”: {count} ngày bị chương trình bảng tính đảo ngày với tháng, đã đảo lại; xin kiểm tra ({listed})")
            } else {
                format!("Cột “{header}”: {count} ngày không rõ đâu là ngày, đâu là tháng; đọc theo ngày/tháng ({listed})")
            };
            self.at.row = rows.first().copied().unwrap_or(0);
            self.problem(1, what);
        }
    }

    /// A cell's text, composed; every text of the arena is composed once.
    fn text(&mut self, cell: Cell) -> Text {
        if let Some(id) = cell.text_id() {
            if let Some(text) = self.composed.get(&id) {
                return *text;
            }
            let text = self.pool.intern(&plain_text(cell.value(self.texts)));
            self.composed.insert(id, text);
            return text;
        }
        self.pool.intern(&plain_text(cell.value(self.texts)))
    }

    /// As [`Reader::text`], without the 0 a look-up formula leaves.
    fn dose_text(&mut self, cell: Cell) -> Text {
        if values::is_blank_or_zero(cell.value(self.texts)) { Text::NONE } else { self.text(cell) }
    }

    fn lot(&mut self, cell: Cell) -> Text {
        let id = cell.text_id();
        if let Some(text) = id.and_then(|id| self.lots.get(&id)) {
            return *text;
        }
        let text = self.pool.intern(&read_lot(&plain_text(cell.value(self.texts))));
        if let Some(id) = id {
            self.lots.insert(id, text);
        }
        text
    }

    fn product(&mut self, text: Text) -> Option<Product> {
        if text.is_none() {
            return None;
        }
        *self.products.entry(text).or_insert_with(|| Product::recognise(self.pool.get(text)))
    }
}

fn blank_dose(at: SourceRef, person: u32) -> DoseRecord {
    DoseRecord {
        at: SourceRef { slot: 1, ..at },
        person,
        label: None,
        label_text: Text::NONE,
        product: None,
        vaccine_text: Text::NONE,
        given: None,
        day_is_ambiguous: false,
        given_text: Text::NONE,
        lot: Text::NONE,
        facility: Text::NONE,
        facility_text: Text::NONE,
        entered: None,
        verification: Text::NONE,
        signing: Text::NONE,
        unreadable: None,
    }
}
