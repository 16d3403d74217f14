//! One finding as a row, and one record whole: as written, as read, what can be done.

use super::super::rows::show_birth;
use super::super::{Engine, LoadedFile, LoadedSheet};
use crate::domain::{DoseRecord, PersonRecord, Product, Side};
use crate::normalize::text::Text;
use crate::quality::check::commonest;
use crate::quality::choices::{DayColumn, RecordKey, Remedy, TypedField};
use crate::quality::correct::{dose_key, person_key};
use crate::quality::history::Change;
use crate::quality::stock::Record;
use crate::quality::{Facet, Findings, RuleId, Stock, Verification};
use crate::text::{show_date, show_number};
use crate::workbook::values::{swapped, text_of};
use crate::worker::quality::{FindingDetail, FindingRow, Offer};

impl Engine {
    pub(super) fn sheet_at(&self, record: &Record<'_>, stock: &Stock<'_>) -> Option<(&LoadedFile, &LoadedSheet)> {
        let view = stock.sheets.get(record.sheet)?;
        let file = self.files.iter().find(|file| file.meta.id == view.file)?;
        Some((file, file.sheets.get(usize::from(view.sheet))?))
    }

    pub(super) fn finding_row(&self, stock: &Stock<'_>, at: u32, rule: RuleId) -> Option<FindingRow> {
        let record = stock.record(at)?;
        let (file, sheet) = self.sheet_at(&record, stock)?;
        let text = |text: Text| self.pool.get(text).to_owned();
        let (person, dose) = (record.person, record.dose);
        let given = dose.given.map_or_else(|| text(dose.given_text), show_date);
        let vaccine = dose.product.map_or_else(|| text(dose.vaccine_text), |product| product.label().to_owned());
        let words = [text(dose.label_text), vaccine, given];
        let (written, read) = self.looked_at(rule, person, dose);
        let unit = self.last_findings().and_then(|findings| {
            let unit = findings.unit_of.get(at as usize)?;
            findings.units.get(*unit as usize).cloned()
        });
        Some(FindingRow {
            record: at,
            rule: rule as u8,
            side: stock.sheets.get(record.sheet)?.side,
            place: (file.meta.name.clone(), sheet.reading.name.clone(), dose.at.row, dose.at.slot),
            name: text(person.name),
            written,
            read,
            dose: words.into_iter().filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" · "),
            unit: unit.unwrap_or_default(),
        })
    }

    /// What stands where the rule looks: as written, and as read or corrected.
    fn looked_at(&self, rule: RuleId, person: &PersonRecord, dose: &DoseRecord) -> (String, String) {
        let text = |text: Text| self.pool.get(text).to_owned();
        let birth = || person.birth.map(show_birth).unwrap_or_default();
        let day = || dose.given.map(show_date).unwrap_or_default();
        let both = |written: Text, read: String| (text(written), read);
        match rule.rule().facet {
            Facet::Identity => both(person.identity_text, text(person.identity)),
            Facet::Name => both(person.name, text(person.name)),
            Facet::Birth => both(person.birth_text, birth()),
            Facet::Sex => (String::new(), person.sex.map_or("", |sex| sex.label()).to_owned()),
            Facet::Phone => both(person.phone, text(person.phone)),
            Facet::Insurance => both(person.insurance, text(person.insurance)),
            Facet::Home => match rule {
                RuleId::NoCommune => both(person.address, text(person.commune)),
                _ => both(person.target_group, text(person.target_group)),
            },
            Facet::Given | Facet::Interval => both(dose.given_text, day()),
            Facet::Age => (format!("{}; {}", text(person.birth_text), text(dose.given_text)), format!("{}; {}", birth(), day())),
            Facet::Order => both(dose.label_text, day()),
            Facet::Vaccine => both(dose.vaccine_text, dose.product.map_or("", Product::label).to_owned()),
            Facet::Lot => both(dose.lot, dose.product.map_or("", Product::label).to_owned()),
            Facet::Facility => match rule {
                RuleId::Heaping => both(dose.given_text, day()),
                _ => both(dose.facility_text, text(dose.facility)),
            },
            Facet::Entry => (dose.entered.map(show_date).unwrap_or_default(), day()),
            Facet::Verification => match rule {
                RuleId::FourFields => (text(person.identity_text), birth()),
                _ => (text(dose.verification), text(dose.signing)),
            },
        }
    }

    /// One record whole; none where it is gone.
    pub(super) fn finding_detail(&self, at: u32, rule: u8) -> Option<FindingDetail> {
        let rule = RuleId::ALL.get(usize::from(rule)).copied()?;
        let (today, findings) = self.quality.checked.as_ref()?;
        let stock = self.stock(*today);
        let record = stock.record(at)?;
        let (file, sheet) = self.sheet_at(&record, &stock)?;
        let keys = self.keys_of(&record, sheet, stock.sheets.get(record.sheet)?.side);
        let (person, dose) = (record.person, record.dose);
        let text = |text: Text| self.pool.get(text).to_owned();
        let read = |field: TypedField| match field {
            TypedField::Name => text(person.name),
            TypedField::Birth => person.birth.map(show_birth).unwrap_or_default(),
            TypedField::Sex => person.sex.map_or("", |sex| sex.label()).to_owned(),
            TypedField::Identity => text(person.identity),
            TypedField::Phone => text(person.phone),
            TypedField::Insurance => text(person.insurance),
            TypedField::Given => dose.given.map(show_date).unwrap_or_default(),
            TypedField::Lot => text(dose.lot),
        };
        let key = |field: TypedField| if field.is_of_dose() { keys.1 } else { keys.0 };
        Some(FindingDetail {
            row: self.finding_row(&stock, at, rule)?,
            rules: findings.of_record(at).into_iter().map(|rule| rule as u8).collect(),
            cells: raw_cells(file, sheet, dose.at.row),
            offers: Asked { engine: self, findings, stock: &stock, record: &record, file, keys }.offers(rule),
            typed: TypedField::ALL.into_iter().map(|field| (key(field), field, read(field))).collect(),
        })
    }

    /// Keys of person and dose as they were read.
    pub(super) fn keys_of(&self, record: &Record<'_>, sheet: &LoadedSheet, side: Side) -> (RecordKey, RecordKey) {
        let index = record.dose.person;
        let dose_index = sheet.records.as_ref().and_then(|records| {
            let at = records.doses.partition_point(|dose| (dose.at.row, dose.at.slot) < (record.dose.at.row, record.dose.at.slot));
            (at < records.doses.len()).then_some(at)
        });
        if let (Some((persons, doses)), Some(at)) = (sheet.touched.keys(), dose_index)
            && let (Some(person), Some(dose)) = (persons.get(index as usize), doses.get(at))
        {
            return (RecordKey(*person), RecordKey(*dose));
        }
        let old = sheet.touched.persons();
        let old = old.binary_search_by_key(&index, |old| old.at).ok().and_then(|at| old.get(at)).map(|old| old.record);
        let person = old.unwrap_or(*record.person);
        (person_key(&person, side, &self.pool), dose_key(&person, record.dose, side, &self.pool))
    }
}

/// The row's cells: header and text as written.
fn raw_cells(file: &LoadedFile, sheet: &LoadedSheet, row: u32) -> Vec<(String, String)> {
    let (Some(mapping), Some(page)) = (&sheet.reading.mapping, file.workbook.sheets.get(usize::from(sheet.reading.sheet))) else {
        return Vec::new();
    };
    let table = &page.table;
    let (mut from, mut to) = (0, table.row_count());
    while from < to {
        let middle = from + (to - from) / 2;
        if table.row(middle).number < row {
            from = middle + 1;
        } else {
            to = middle;
        }
    }
    if from >= table.row_count() || table.row(from).number != row {
        return Vec::new();
    }
    let cells = table.row(from);
    let written = |column: &crate::workbook::mapping::MappedColumn| {
        let text = text_of(cells.cell(column.column).value(&file.workbook.texts)).into_owned();
        (column.header.clone(), column.read_sample(&text))
    };
    mapping.columns.iter().map(written).filter(|(_, text)| !text.is_empty()).collect()
}

/// A finding that is looked at.
struct Asked<'a> {
    engine: &'a Engine,
    findings: &'a Findings,
    stock: &'a Stock<'a>,
    record: &'a Record<'a>,
    file: &'a LoadedFile,
    keys: (RecordKey, RecordKey),
}

impl Asked<'_> {
    /// What can be done about it.
    fn offers(&self, rule: RuleId) -> Vec<Offer> {
        let mut offers = match rule {
            RuleId::UnknownVaccine => self.vaccine(),
            RuleId::UnknownStatus => self.status(),
            RuleId::FacilitySpelling => self.facility(),
            RuleId::ZerosLost => self.remedy(Remedy::PadTo12, self.keys.0, self.findings.of(rule).len()),
            RuleId::EightDigits => self.remedy(Remedy::PadTo9, self.keys.0, self.findings.of(rule).len()),
            RuleId::PhoneForm => self.phone(),
            _ => Vec::new(),
        };
        let is_of_days = matches!(
            rule,
            RuleId::SwappedDay
                | RuleId::AmbiguousDay
                | RuleId::AfterEntry
                | RuleId::AfterToday
                | RuleId::BeforeCampaign
                | RuleId::BeforeBirth
        );
        if is_of_days {
            offers.extend(self.swap_given());
        }
        offers.extend(self.give_back());
        offers
    }

    fn like(&self, rule: RuleId, is_like: impl Fn(&Record<'_>) -> bool) -> usize {
        self.findings.of(rule).iter().filter_map(|at| self.stock.record(*at)).filter(is_like).count()
    }

    fn vaccine(&self) -> Vec<Offer> {
        let own = self.record.dose.vaccine_text;
        let written = self.engine.pool.get(own).to_owned();
        let count = self.like(RuleId::UnknownVaccine, |record| record.dose.vaccine_text == own);
        let choice = |product: Product| (product.label().to_owned(), vec![Change::Vaccine(written.clone(), Some(product))]);
        vec![Offer {
            label: format!("“{written}” là vắc xin ({} mũi)", show_number(count as i64)),
            what: format!("đọc “{written}” ({} mũi) là vắc xin", show_number(count as i64)),
            choices: Product::ALL.into_iter().map(choice).collect(),
        }]
    }

    fn status(&self) -> Vec<Offer> {
        let own = self.record.dose.verification;
        let written = self.engine.pool.get(own).to_owned();
        let count = self.like(RuleId::UnknownStatus, |record| record.dose.verification == own);
        let choice = |status: Verification| (status.label().to_owned(), vec![Change::Status(written.clone(), Some(status))]);
        vec![Offer {
            label: format!("“{written}” nghĩa là ({} mũi)", show_number(count as i64)),
            what: format!("hiểu trạng thái “{written}” ({} mũi) là", show_number(count as i64)),
            choices: Verification::ALL.into_iter().map(choice).collect(),
        }]
    }

    fn facility(&self) -> Vec<Offer> {
        let pool = &self.engine.pool;
        let own = self.record.dose.facility;
        let spellings = &self.findings.spellings;
        let Some((unit, count)) = spellings.get(&own) else { return Vec::new() };
        let Some(best) = commonest(spellings, pool).get(unit).copied() else { return Vec::new() };
        let (from, to) = (pool.get(own).to_owned(), pool.get(best).to_owned());
        let change = |text: Text| Change::Facility(pool.get(text).to_owned(), Some(to.clone()));
        let mut others: Vec<(Text, u32)> =
            spellings.iter().filter(|(text, (own, _))| own == unit && **text != best).map(|(text, (_, count))| (*text, *count)).collect();
        others.sort_by_key(|(text, _)| pool.get(*text));
        let one = |label: String, what: String, changes: Vec<Change>| Offer { choices: vec![(label.clone(), changes)], label, what };
        let mut offers = vec![one(
            format!("Viết “{from}” thành “{to}” ({} mũi)", show_number(i64::from(*count))),
            format!("viết “{from}” thành “{to}” ({} mũi)", show_number(i64::from(*count))),
            vec![change(own)],
        )];
        if others.len() > 1 {
            let doses: i64 = others.iter().map(|(_, count)| i64::from(*count)).sum();
            offers.push(one(
                format!("Viết mọi cách ({}) thành “{to}” ({} mũi)", others.len(), show_number(doses)),
                format!("viết {} cách khác nhau thành “{to}” ({} mũi)", others.len(), show_number(doses)),
                others.iter().map(|(text, _)| change(*text)).collect(),
            ));
        }
        offers
    }

    fn phone(&self) -> Vec<Offer> {
        let pool = &self.engine.pool;
        let lacks_zero = |record: &Record<'_>| {
            let digits = || pool.get(record.person.phone).bytes().filter(u8::is_ascii_digit);
            digits().count() == 9 && digits().next() != Some(b'0')
        };
        if !lacks_zero(self.record) {
            return Vec::new();
        }
        self.remedy(Remedy::PadPhone, self.keys.0, self.like(RuleId::PhoneForm, lacks_zero))
    }

    /// The correction for this record, and for all alike.
    fn remedy(&self, remedy: Remedy, key: RecordKey, alike: usize) -> Vec<Offer> {
        let label = remedy.label();
        let what = label.to_lowercase();
        let one = |label: String, what: String, change: Change| Offer { choices: vec![(label.clone(), vec![change])], label, what };
        vec![
            one(format!("{label} cho dòng này"), format!("{what} cho một dòng"), Change::Once(key, remedy, true)),
            one(
                format!("{label} cho mọi dòng giống dòng này ({})", show_number(alike as i64)),
                format!("{what} cho {} dòng", show_number(alike as i64)),
                Change::Everywhere(remedy, true),
            ),
        ]
    }

    fn swap_given(&self) -> Vec<Offer> {
        let dose = self.record.dose;
        let Some(day) = dose.given.and_then(swapped).filter(|day| Some(*day) != dose.given) else { return Vec::new() };
        let slot = dose.at.slot;
        let view = self.stock.sheets.get(self.record.sheet);
        let of_column =
            |other: &&DoseRecord| other.at.slot == slot && other.given.and_then(swapped).is_some_and(|day| Some(day) != other.given);
        let count = view.map_or(0, |view| view.doses.iter().filter(of_column).count());
        let column = DayColumn { sha256: self.file.meta.sha256.clone(), sheet: view.map_or(0, |view| view.sheet), slot };
        let is_swapped = self.engine.quality.corrections.choices.swapped.contains(&column);
        let one = |label: String, what: &str, change: Change| Offer {
            choices: vec![(label.clone(), vec![change])],
            label,
            what: what.to_owned(),
        };
        let count = show_number(count as i64);
        vec![
            one(
                format!("Đảo ngày, tháng mũi này thành {}", show_date(day)),
                "đảo ngày, tháng của một mũi",
                Change::Once(self.keys.1, Remedy::SwapGiven, true),
            ),
            one(
                format!("Đảo ngày, tháng cả cột ({count} mũi)"),
                &format!("đảo ngày, tháng cả cột ngày tiêm ({count} mũi)"),
                Change::Swapped(column, !is_swapped),
            ),
        ]
    }

    /// Takes back what was done to this record alone.
    fn give_back(&self) -> Vec<Offer> {
        let corrections = &self.engine.quality.corrections;
        let is_own = |key: &RecordKey| *key == self.keys.0 || *key == self.keys.1;
        let once = corrections.choices.once.iter().filter(|(key, _)| is_own(key)).map(|(key, remedy)| Change::Once(*key, *remedy, false));
        let typed = corrections.typed.keys().filter(|(key, _)| is_own(key)).map(|(key, field)| Change::Typed(*key, *field, None));
        let changes: Vec<Change> = once.chain(typed).collect();
        if changes.is_empty() {
            return Vec::new();
        }
        let label = "Trả lại như tệp ghi".to_owned();
        vec![Offer { choices: vec![(label.clone(), changes)], label, what: "trả một dòng lại như tệp ghi".to_owned() }]
    }
}
