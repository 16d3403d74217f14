//! Corrections made on records as read, with what stood there kept: they can be taken back and made otherwise.

use super::choices::{Corrections, RecordKey, Remedy, Typed, TypedField};
use crate::domain::{BirthDate, Date, DoseRecord, IdentityKind, PersonRecord, Product, Sex, Side, Unreadable};
use crate::normalize::date::{DateOf, DateOrder, WrittenDate, read_date};
use crate::normalize::fold_name;
use crate::normalize::identity::{is_citizen_number, read_identity};
use crate::normalize::lot::{read_insurance, read_lot};
use crate::normalize::phone::read_phone;
use crate::normalize::text::{Text, TextPool};
use crate::pace::{Cancelled, Pace, STRIDE, Stage};
use crate::workbook::records::SheetRecords;
use crate::workbook::values::swapped;
use rustc_hash::FxHashMap;
use sha2::{Digest as _, Sha256};

/// What a dose was before its correction.
#[derive(Clone, Copy, Debug)]
enum OldDose {
    Product(Option<Product>),
    Facility(Text),
    Given(Option<Date>, bool, Option<Unreadable>),
    Lot(Text),
}

/// What a row's person was before its correction.
#[derive(Clone, Copy, Debug)]
pub struct OldPerson {
    /// The row, among the sheet's persons.
    pub at: u32,
    /// As it was read.
    pub record: PersonRecord,
    /// Whether the correction was about the identity number.
    pub is_of_identity: bool,
}

/// What the corrections of one sheet changed.
#[derive(Clone, Debug, Default)]
pub struct Touched {
    doses: Vec<(u32, OldDose)>,
    persons: Vec<OldPerson>,
    /// Keys of every person and of every dose, once they were wanted.
    keys: Option<(Vec<u64>, Vec<u64>)>,
}

impl Touched {
    /// How many values were changed.
    pub fn len(&self) -> usize {
        self.doses.len() + self.persons.len()
    }

    /// Whether nothing was changed.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Puts everything back as it was read.
    fn undo(&mut self, records: &mut SheetRecords) {
        for (at, old) in self.doses.drain(..).rev() {
            let Some(dose) = records.doses.get_mut(at as usize) else { continue };
            match old {
                OldDose::Product(product) => dose.product = product,
                OldDose::Facility(text) => dose.facility = text,
                OldDose::Given(given, is_ambiguous, unreadable) => {
                    (dose.given, dose.day_is_ambiguous, dose.unreadable) = (given, is_ambiguous, unreadable);
                }
                OldDose::Lot(lot) => dose.lot = lot,
            }
        }
        for old in self.persons.drain(..).rev() {
            if let Some(person) = records.persons.get_mut(old.at as usize) {
                *person = old.record;
            }
        }
    }

    /// Positions of the doses that were changed, among the sheet's doses; some more than once.
    pub fn doses(&self) -> impl Iterator<Item = u32> + '_ {
        self.doses.iter().map(|(at, _)| *at)
    }

    /// Keys of every person and of every dose as read, where they were wanted.
    pub fn keys(&self) -> Option<&(Vec<u64>, Vec<u64>)> {
        self.keys.as_ref()
    }

    /// What persons were, ascending by row.
    pub fn persons(&self) -> &[OldPerson] {
        &self.persons
    }
}

/// Names a row's person by what the row says.
pub fn person_key(person: &PersonRecord, side: Side, pool: &TextPool) -> RecordKey {
    let PersonRecord { name, birth_text, identity_text, phone, insurance, commune, address, .. } = *person;
    hash([name, birth_text, identity_text, phone, insurance, commune, address].into_iter(), side, person.sex, pool)
}

/// Names a dose by what its row says.
pub fn dose_key(person: &PersonRecord, dose: &DoseRecord, side: Side, pool: &TextPool) -> RecordKey {
    let of_person = [person.name, person.birth_text, person.identity_text, person.phone, person.insurance, person.commune];
    let of_dose = [dose.label_text, dose.vaccine_text, dose.given_text, dose.lot, dose.facility_text];
    hash(of_person.into_iter().chain(of_dose), side, person.sex, pool)
}

fn hash(texts: impl Iterator<Item = Text>, side: Side, sex: Option<Sex>, pool: &TextPool) -> RecordKey {
    let mut hash = Sha256::new();
    for text in texts {
        hash.update(pool.get(text).as_bytes());
        hash.update([0]);
    }
    hash.update([side.index() as u8]);
    hash.update(sex.map_or("", Sex::label).as_bytes());
    RecordKey(hash.finalize().iter().take(8).fold(0, |key, byte| key << 8 | u64::from(*byte)))
}

/// The sheet that is corrected.
pub struct SheetAt<'a> {
    /// Its side.
    pub side: Side,
    /// SHA-256 of its file.
    pub sha256: &'a str,
}

/// Makes the corrections on a sheet, in place of those made before.
///
/// # Errors
/// [`Cancelled`] when the pace says so; then the sheet stands as it was read.
pub async fn correct<P: Pace>(
    records: &mut SheetRecords,
    touched: &mut Touched,
    at: SheetAt<'_>,
    corrections: &Corrections,
    pool: &mut TextPool,
    pace: &mut P,
) -> Result<(), Cancelled> {
    touched.undo(records);
    let needs_keys = !corrections.choices.once.is_empty() || !corrections.typed.is_empty();
    if needs_keys && touched.keys.is_none() {
        touched.keys = Some(keys_of(records, at.side, pool, pace).await?);
    }
    let plan = Plan::of(corrections, &at, records.reading.sheet, pool);
    let done = plan.apply(records, touched, pool, pace).await;
    if done.is_err() {
        touched.undo(records);
    }
    done
}

async fn keys_of<P: Pace>(records: &SheetRecords, side: Side, pool: &TextPool, pace: &mut P) -> Result<(Vec<u64>, Vec<u64>), Cancelled> {
    let total = records.persons.len() + records.doses.len();
    let mut persons = Vec::with_capacity(records.persons.len());
    for (at, person) in records.persons.iter().enumerate() {
        if at.is_multiple_of(STRIDE) {
            pace.step(Stage::Correcting, at, total).await?;
        }
        persons.push(person_key(person, side, pool).0);
    }
    let mut doses = Vec::with_capacity(records.doses.len());
    for (at, dose) in records.doses.iter().enumerate() {
        if at.is_multiple_of(STRIDE) {
            pace.step(Stage::Correcting, persons.len() + at, total).await?;
        }
        let key = records.persons.get(dose.person as usize).map_or(0, |person| dose_key(person, dose, side, pool).0);
        doses.push(key);
    }
    Ok((persons, doses))
}

/// The corrections, made ready for one sheet.
struct Plan<'a> {
    corrections: &'a Corrections,
    vaccines: FxHashMap<Text, Product>,
    facilities: FxHashMap<Text, Text>,
    /// Dose groups whose days and months change places; 0 for births.
    swapped: Vec<u8>,
    /// What single records get, by key.
    once: FxHashMap<u64, Vec<Remedy>>,
    typed: FxHashMap<u64, Vec<(TypedField, &'a Typed)>>,
}

impl<'a> Plan<'a> {
    fn of(corrections: &'a Corrections, at: &SheetAt<'_>, sheet: u16, pool: &mut TextPool) -> Plan<'a> {
        let choices = &corrections.choices;
        let mut once: FxHashMap<u64, Vec<Remedy>> = FxHashMap::default();
        for (key, remedy) in &choices.once {
            once.entry(key.0).or_default().push(*remedy);
        }
        let mut typed: FxHashMap<u64, Vec<(TypedField, &Typed)>> = FxHashMap::default();
        for ((key, field), value) in &corrections.typed {
            typed.entry(key.0).or_default().push((*field, value));
        }
        let is_here = |column: &&super::choices::DayColumn| column.sha256 == at.sha256 && column.sheet == sheet;
        Plan {
            corrections,
            vaccines: choices.vaccines.iter().map(|(text, product)| (pool.intern(text), *product)).collect(),
            facilities: choices.facilities.iter().map(|(text, to)| (pool.intern(text), pool.intern(to))).collect(),
            swapped: choices.swapped.iter().filter(is_here).map(|column| column.slot).collect(),
            once,
            typed,
        }
    }

    async fn apply<P: Pace>(
        &self,
        records: &mut SheetRecords,
        touched: &mut Touched,
        pool: &mut TextPool,
        pace: &mut P,
    ) -> Result<(), Cancelled> {
        let total = records.persons.len() + records.doses.len();
        let (of_persons, of_doses) = touched.keys.take().unwrap_or_default();
        let key = |keys: &[u64], at: usize| keys.get(at).copied().unwrap_or_default();
        let everywhere: Vec<Remedy> = self.corrections.choices.everywhere.iter().copied().filter(|remedy| !remedy.is_of_dose()).collect();
        let swaps_births = self.swapped.contains(&0);
        let mut outcome = Ok(());
        if !everywhere.is_empty() || swaps_births || !of_persons.is_empty() {
            for (at, person) in records.persons.iter_mut().enumerate() {
                if at.is_multiple_of(STRIDE) {
                    outcome = pace.step(Stage::Correcting, at, total).await;
                    if outcome.is_err() {
                        break;
                    }
                }
                let before = *person;
                let (mut is_touched, mut is_of_identity) = (false, false);
                let key = key(&of_persons, at);
                let of_one = self.once.get(&key).into_iter().flatten();
                for remedy in everywhere.iter().chain(of_one) {
                    let applies = remedy_person(person, *remedy, pool);
                    is_touched |= applies;
                    is_of_identity |= applies && matches!(remedy, Remedy::PadTo9 | Remedy::PadTo12);
                }
                if swaps_births {
                    is_touched |= remedy_person(person, Remedy::SwapBirth, pool);
                }
                for (field, typed) in self.typed.get(&key).into_iter().flatten().filter(|(field, _)| !field.is_of_dose()) {
                    type_person(person, *field, &typed.new, pool);
                    is_touched = true;
                    is_of_identity |= *field == TypedField::Identity;
                }
                if is_touched {
                    touched.persons.push(OldPerson { at: at as u32, record: before, is_of_identity });
                }
            }
        }
        for (at, dose) in records.doses.iter_mut().enumerate() {
            if outcome.is_err() {
                break;
            }
            if at.is_multiple_of(STRIDE) {
                outcome = pace.step(Stage::Correcting, records.persons.len() + at, total).await;
            }
            self.correct_dose(dose, at as u32, key(&of_doses, at), touched, pool);
        }
        touched.keys = (!of_doses.is_empty() || !of_persons.is_empty()).then_some((of_persons, of_doses));
        outcome
    }

    fn correct_dose(&self, dose: &mut DoseRecord, at: u32, key: u64, touched: &mut Touched, pool: &mut TextPool) {
        if let (None, Some(product)) = (dose.product, self.vaccines.get(&dose.vaccine_text)) {
            touched.doses.push((at, OldDose::Product(dose.product)));
            dose.product = Some(*product);
        }
        if let Some(spelling) = self.facilities.get(&dose.facility) {
            touched.doses.push((at, OldDose::Facility(dose.facility)));
            dose.facility = *spelling;
        }
        let is_swapped = self.swapped.contains(&dose.at.slot);
        let is_swapped_once = self.once.get(&key).is_some_and(|remedies| remedies.contains(&Remedy::SwapGiven));
        if is_swapped != is_swapped_once
            && let Some(day) = dose.given.and_then(swapped)
        {
            touched.doses.push((at, OldDose::Given(dose.given, dose.day_is_ambiguous, dose.unreadable)));
            (dose.given, dose.day_is_ambiguous) = (Some(day), false);
        }
        for (field, typed) in self.typed.get(&key).into_iter().flatten() {
            match field {
                TypedField::Given => {
                    let day = match read_date(&typed.new, Some(DateOrder::DayFirst), DateOf::Event) {
                        WrittenDate::Day { day, .. } => Some(day),
                        _ => None,
                    };
                    if day.is_some() && day != dose.given {
                        touched.doses.push((at, OldDose::Given(dose.given, dose.day_is_ambiguous, dose.unreadable)));
                        let is_of_day = matches!(dose.unreadable, Some(Unreadable::NoDay | Unreadable::BadDay));
                        (dose.given, dose.day_is_ambiguous) = (day, false);
                        dose.unreadable = dose.unreadable.filter(|_| !is_of_day);
                    }
                }
                TypedField::Lot => {
                    touched.doses.push((at, OldDose::Lot(dose.lot)));
                    dose.lot = pool.intern(&read_lot(&typed.new));
                }
                _ => {}
            }
        }
    }
}

/// Makes a correction on a person; says whether it applies.
fn remedy_person(person: &mut PersonRecord, remedy: Remedy, pool: &mut TextPool) -> bool {
    match remedy {
        Remedy::PadTo12 => {
            let number = pool.get(person.identity);
            let padded = format!("{number:0>12}");
            let applies = person.identity_kind == IdentityKind::Other && matches!(number.len(), 10 | 11) && is_citizen_number(&padded);
            if applies {
                (person.identity, person.identity_kind) = (pool.intern(&padded), IdentityKind::Citizen);
            }
            applies
        }
        Remedy::PadTo9 => {
            let number = pool.get(person.identity);
            let written = pool.get(person.identity_text).bytes().filter(u8::is_ascii_digit).count();
            // Eight digits in a number cell were taken for a CMND already: that is confirmed.
            let is_taken = person.identity_kind == IdentityKind::OldCard && written == 8;
            let applies =
                person.identity_kind == IdentityKind::Other && number.len() == 8 && number.bytes().all(|byte| byte.is_ascii_digit());
            if applies {
                let padded = format!("0{number}");
                (person.identity, person.identity_kind) = (pool.intern(&padded), IdentityKind::OldCard);
            }
            applies || is_taken
        }
        Remedy::PadPhone => {
            let digits: String = pool.get(person.phone).chars().filter(char::is_ascii_digit).collect();
            let applies = digits.len() == 9 && !digits.starts_with('0');
            if applies {
                person.phone = pool.intern(&format!("0{digits}"));
            }
            applies
        }
        Remedy::SwapBirth => match person.birth.and_then(BirthDate::day).and_then(swapped) {
            Some(day) => {
                person.birth = Some(BirthDate::Day(day));
                true
            }
            None => false,
        },
        Remedy::SwapGiven => false,
    }
}

/// Reads what was typed as a cell of the field would be read; what cannot be read changes nothing.
fn type_person(person: &mut PersonRecord, field: TypedField, text: &str, pool: &mut TextPool) {
    let text = crate::normalize::compose(text);
    match field {
        TypedField::Name => {
            person.name = pool.intern(&text);
            person.name_key = pool.intern(&fold_name(&text));
        }
        TypedField::Birth => {
            let birth = match read_date(&text, Some(DateOrder::DayFirst), DateOf::Birth) {
                WrittenDate::Day { day, .. } => BirthDate::Day(day),
                WrittenDate::Month { year, month } => BirthDate::Month { year, month },
                WrittenDate::Year(year) => BirthDate::Year(year),
                WrittenDate::Missing | WrittenDate::Bad => return,
            };
            person.birth = Some(birth);
        }
        TypedField::Sex => {
            person.sex = match crate::normalize::fold(&text).trim() {
                "nam" => Some(Sex::Male),
                "nu" => Some(Sex::Female),
                _ => person.sex,
            };
        }
        TypedField::Identity => {
            let identity = read_identity(&text, false, "", person.birth, person.sex);
            (person.identity, person.identity_kind) = (pool.intern(&identity.number), identity.kind);
        }
        TypedField::Phone => person.phone = pool.intern(&read_phone(&text)),
        TypedField::Insurance => person.insurance = pool.intern(&read_insurance(&text)),
        TypedField::Given | TypedField::Lot => {}
    }
}
