//! How the rows of one sheet are read: its columns by what they hold, the doses of a row, how each date column reads.

use crate::domain::{DoseLabel, Field, Product, Sex};
use crate::normalize::date::{DateOrder, day_of_serial, order_shown_by};
use crate::workbook::header::{LEVEL_GAP, mark_in};
use crate::workbook::label::{Mark, sole_mark, take_last_number, take_mark};
use crate::workbook::mapping::{MappedColumn, SheetMapping};
use crate::workbook::table::{CellValue, Sheet, TextArena};
use crate::workbook::values::DateColumn;
use crate::workbook::words::{Words, outside_brackets};
use rustc_hash::FxHashMap;

/// The columns of one dose of a row.
#[derive(Clone, Debug, Default)]
pub(crate) struct DoseColumns {
    pub(crate) label: Option<u16>,
    pub(crate) vaccine: Option<u16>,
    pub(crate) given: Option<u16>,
    /// Day, month and year where they stand apart.
    pub(crate) given_parts: [Option<u16>; 3],
    pub(crate) lot: Option<u16>,
    pub(crate) facility: Option<u16>,
    pub(crate) entered: Option<u16>,
    pub(crate) signing: Option<u16>,
}

impl DoseColumns {
    fn place(&mut self, field: Field) -> Option<&mut Option<u16>> {
        Some(match field {
            Field::DoseLabel => &mut self.label,
            Field::Vaccine => &mut self.vaccine,
            Field::GivenOn => &mut self.given,
            Field::GivenDay => &mut self.given_parts[0],
            Field::GivenMonth => &mut self.given_parts[1],
            Field::GivenYear => &mut self.given_parts[2],
            Field::Lot => &mut self.lot,
            Field::Facility => &mut self.facility,
            Field::EnteredOn => &mut self.entered,
            Field::Signing => &mut self.signing,
            _ => return None,
        })
    }

    /// The columns whose value makes a dose of the row.
    pub(crate) fn telling(&self) -> impl Iterator<Item = u16> {
        let parts = self.given_parts.into_iter();
        [self.label, self.vaccine, self.given, self.lot, self.facility].into_iter().chain(parts).flatten()
    }
}

/// One dose of every row.
#[derive(Clone, Debug, Default)]
pub(crate) struct Group {
    /// Its own columns.
    pub(crate) own: DoseColumns,
    /// The dose its heading names, for rows whose label cell says nothing.
    pub(crate) heading: Option<Mark>,
    /// The product its heading names, for a group without a column of vaccines.
    pub(crate) product: Option<Product>,
}

/// How the rows of one sheet are read.
#[derive(Clone, Debug, Default)]
pub(crate) struct Plan {
    person: FxHashMap<Field, u16>,
    /// Columns of notes, joined.
    pub(crate) notes: Vec<u16>,
    /// The doses of a row, from the left.
    pub(crate) groups: Vec<Group>,
    /// Columns that stand once and speak for all doses of a row.
    pub(crate) shared: DoseColumns,
    /// Columns whose tick says what their heading names, of a dose.
    pub(crate) ticked_labels: Vec<(u16, Mark)>,
    /// Columns whose tick says what their heading names, of a product.
    pub(crate) ticked_products: Vec<(u16, Product)>,
    /// What 0, 1 and 2 mean in the column of sexes.
    pub(crate) sex_code: [Option<Sex>; 3],
    dates: FxHashMap<u16, DateColumn>,
    /// Every mapped column but the row number.
    pub(crate) mapped: Vec<u16>,
    /// Whether ages, not birth years, stand under `Nam` and `Nữ`.
    pub(crate) has_ages: bool,
}

impl Plan {
    /// Makes the plan of a sheet.
    pub(crate) fn of(mapping: &SheetMapping, sheet: &Sheet, texts: &TextArena) -> Plan {
        let mut plan = Plan::default();
        let slots = usize::from(mapping.slots());
        plan.groups = vec![Group::default(); slots.max(1)];
        for column in &mapping.columns {
            let Some(field) = column.field else { continue };
            if field != Field::RowNumber {
                plan.mapped.push(column.column);
            }
            match field {
                Field::Note => plan.notes.push(column.column),
                Field::DoseLabel | Field::Vaccine if plan.place_ticked(column, field, mapping) => {}
                field if field.is_of_dose() => plan.place_dose(column, field, mapping),
                field => {
                    plan.person.entry(field).or_insert(column.column);
                }
            }
            if field == Field::Sex {
                plan.sex_code = sex_code(&column.header);
            }
            if matches!(field, Field::BirthMale | Field::BirthFemale) {
                plan.has_ages |= Words::of(&column.header).has("tuoi");
            }
        }
        plan.read_headings(mapping, sheet);
        plan.read_dates(mapping, sheet, texts);
        plan
    }

    /// The column of a person's field.
    pub(crate) fn column(&self, field: Field) -> Option<u16> {
        self.person.get(&field).copied()
    }

    /// How a column of dates reads.
    pub(crate) fn date_column(&self, column: u16) -> DateColumn {
        self.dates.get(&column).copied().unwrap_or_default()
    }

    /// Whether a row may hold several doses.
    pub(crate) fn is_wide(&self) -> bool {
        self.groups.len() > 1
    }

    /// Takes a column of labels or vaccines whose heading is the value and whose ticks choose it.
    fn place_ticked(&mut self, column: &MappedColumn, field: Field, mapping: &SheetMapping) -> bool {
        let leaf = column.header.split(LEVEL_GAP).last().unwrap_or("");
        let mut words = Words::of(leaf);
        let is_bare_mark = take_mark(&mut words).is_some() && words.is_empty();
        let is_one_of_many = mapping.columns.iter().filter(|other| other.field == Some(field) && other.slot == column.slot).count() > 1;
        match (field, named_mark(column), Product::recognise(leaf)) {
            (Field::DoseLabel, Some(mark), _) if is_bare_mark => self.ticked_labels.push((column.column, mark)),
            (Field::Vaccine, _, Some(product)) if is_one_of_many => self.ticked_products.push((column.column, product)),
            _ => return false,
        }
        true
    }

    fn place_dose(&mut self, column: &MappedColumn, field: Field, mapping: &SheetMapping) {
        let is_once = mapping.columns.iter().filter(|other| other.field == Some(field)).count() == 1;
        let is_shared = self.is_wide() && is_once && heading_mark(column).is_none() && !is_day(field);
        let columns = if is_shared {
            Some(&mut self.shared)
        } else {
            self.groups.get_mut(usize::from(column.slot.max(1)) - 1).map(|group| &mut group.own)
        };
        if let Some(place) = columns.and_then(|columns| columns.place(field)) {
            place.get_or_insert(column.column);
        }
    }

    fn read_headings(&mut self, mapping: &SheetMapping, sheet: &Sheet) {
        let title = || mapping.title.iter().map(String::as_str).chain([sheet.name.as_str()]);
        let is_wide = self.is_wide();
        for (slot, group) in (1u8..=u8::MAX).zip(&mut self.groups) {
            let own = || mapping.columns.iter().filter(|column| column.slot == slot && column.field.is_some_and(Field::is_of_dose));
            let is_own = |column: &&MappedColumn| !is_wide || group.own.telling().any(|own| own == column.column);
            group.heading = own().filter(is_own).find_map(named_mark).or_else(|| own().filter(is_own).find_map(counted_mark));
            if group.own.vaccine.is_none() && self.shared.vaccine.is_none() {
                group.product = own().find_map(|column| Product::recognise(&column.header)).filter(|_| is_wide);
            }
        }
        // A list of one dose by its title: `DANH SÁCH TIÊM MŨI 3`, `… VẮC XIN PFIZER`.
        if let ([group], false) = (self.groups.as_mut_slice(), is_wide) {
            if group.heading.is_none() && group.own.label.is_none() {
                group.heading = sole_mark(title());
            }
            if group.own.vaccine.is_none() && group.product.is_none() {
                let mut products: Vec<Product> = title().filter_map(Product::recognise).collect();
                products.dedup();
                group.product = if let [product] = products.as_slice() { Some(*product) } else { None };
            }
        }
    }

    /// Lets the dates of each column vote on the order of day and month.
    fn read_dates(&mut self, mapping: &SheetMapping, sheet: &Sheet, texts: &TextArena) {
        let is_date = |field: Field| {
            use Field::{BirthDate, BirthFemale, BirthMale, BirthYear, EnteredOn, GivenOn};
            matches!(field, BirthDate | BirthYear | BirthMale | BirthFemale | GivenOn | EnteredOn)
        };
        let columns: Vec<u16> =
            mapping.columns.iter().filter(|column| column.field.is_some_and(is_date)).map(|column| column.column).collect();
        let mut ballots: Vec<Ballot> = vec![Ballot::default(); columns.len()];
        for row in sheet.table.rows().filter(|row| row.number > mapping.header_last) {
            for (column, ballot) in columns.iter().zip(&mut ballots) {
                ballot.take(row.cell(*column).value(texts));
            }
        }
        self.dates = columns.into_iter().zip(ballots.iter().map(Ballot::result)).collect();
    }
}

fn is_day(field: Field) -> bool {
    matches!(field, Field::GivenOn | Field::GivenDay | Field::GivenMonth | Field::GivenYear)
}

/// What the dates of one column say about how they were written.
#[derive(Clone, Copy, Debug, Default)]
struct Ballot {
    day_first: u32,
    month_first: u32,
    /// Written dates that could be either.
    open: u32,
    /// Serials, and those among them whose day is 12 or less.
    serials: u32,
    low_serials: u32,
}

/// Serials needed before their days say anything: by chance, one in four thousand six times over are all 12 or less.
const ENOUGH_SERIALS: u32 = 8;

impl Ballot {
    fn take(&mut self, value: CellValue<'_>) {
        match value {
            CellValue::Text(text) => match order_shown_by(text) {
                Some(DateOrder::DayFirst) => self.day_first += 1,
                Some(DateOrder::MonthFirst) => self.month_first += 1,
                None => self.open += u32::from(text.bytes().any(|byte| byte.is_ascii_digit()) && text.contains(['/', '-', '.'])),
            },
            CellValue::Date(serial) => {
                if let Some(day) = day_of_serial(serial) {
                    self.serials += 1;
                    self.low_serials += u32::from(day.day() <= 12);
                }
            }
            _ => {}
        }
    }

    fn result(&self) -> DateColumn {
        let order = match self.day_first.cmp(&self.month_first) {
            std::cmp::Ordering::Greater => Some(DateOrder::DayFirst),
            std::cmp::Ordering::Less => Some(DateOrder::MonthFirst),
            std::cmp::Ordering::Equal => None,
        };
        // A program that takes dd/mm for mm/dd turns what it can into serials and leaves what it cannot, days above 12, as text.
        let has_swapped_serials = self.serials >= ENOUGH_SERIALS
            && self.low_serials == self.serials
            && self.day_first > 0
            && self.month_first == 0
            && self.open == 0;
        DateColumn { order, has_swapped_serials }
    }
}

/// The dose a mapped column's heading names.
pub(crate) fn heading_mark(column: &MappedColumn) -> Option<Mark> {
    named_mark(column).or_else(|| counted_mark(column))
}

/// `Mũi 2 / Ngày tiêm`, `Ngày tiêm mũi 2`.
fn named_mark(column: &MappedColumn) -> Option<Mark> {
    mark_in(column.header.split(LEVEL_GAP))
}

/// `Ngày tiêm 2`.
fn counted_mark(column: &MappedColumn) -> Option<Mark> {
    let is_counted = column.field.is_some_and(|field| field.is_of_dose() && field != Field::DoseLabel);
    let leaf = column.header.split(LEVEL_GAP).last().filter(|_| is_counted)?;
    take_last_number(&mut Words::of(&outside_brackets(leaf)))
}

/// What 0, 1 and 2 mean where the heading says so: `Giới tính (0:nam, 1:nữ)`.
fn sex_code(header: &str) -> [Option<Sex>; 3] {
    let words = Words::of(header);
    let sex = |word: &str| match word {
        "nam" => Some(Sex::Male),
        "nu" => Some(Sex::Female),
        _ => None,
    };
    let digit = |word: &str| word.parse::<usize>().ok().filter(|digit| *digit <= 2);
    let mut code = [None; 3];
    let first_digit = words.folded.iter().position(|word| digit(word).is_some());
    let first_sex = words.folded.iter().position(|word| sex(word).is_some());
    let digits_lead = first_digit < first_sex;
    for pair in words.folded.windows(2) {
        let [left, right] = pair else { continue };
        let (number, word) = if digits_lead { (left, right) } else { (right, left) };
        if let (Some(number), Some(sex)) = (digit(number), sex(word)) {
            code[number] = Some(sex);
        }
    }
    code
}

/// A label as a dose carries it: read, and as written.
pub(crate) fn label_of_heading(heading: &Mark) -> (DoseLabel, String) {
    let mut chars = heading.written.chars();
    let capital: String = chars.next().into_iter().flat_map(char::to_uppercase).chain(chars).collect();
    (heading.label, capital)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_heading_may_say_what_the_codes_of_sex_mean() {
        let (male, female) = (Some(Sex::Male), Some(Sex::Female));
        assert_eq!(sex_code("Giới tính (*)\n(0:nam, 1:nữ)"), [male, female, None]);
        assert_eq!(sex_code("Giới tính (1: Nam; 2: Nữ)"), [None, male, female]);
        assert_eq!(sex_code("Giới tính (Nam=1, Nữ=0)"), [female, male, None]);
        assert_eq!(sex_code("Nam/Nữ"), [None, None, None]);
    }
}
