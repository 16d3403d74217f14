//! One row's person: the values of its cells, before they become texts of the pool.

use crate::domain::{BirthDate, Date, Field, Sex};
use crate::normalize::date::{DateOf, WrittenDate};
use crate::normalize::identity::{Identity, read_identity};
use crate::normalize::lot::read_insurance;
use crate::normalize::phone::read_phone;
use crate::normalize::quick::{composed, folded};
use crate::workbook::plan::Plan;
use crate::workbook::table::{CellValue, Row, TextArena};
use crate::workbook::values::{self, DateColumn};

/// What one row says about its person.
#[derive(Clone, Debug, Default)]
pub(crate) struct PersonFacts {
    pub(crate) name: String,
    pub(crate) birth: Option<BirthDate>,
    /// As written; also what could not be read.
    pub(crate) birth_text: String,
    /// The column of a birth whose day and month could be each other's.
    pub(crate) ambiguous_birth: Option<u16>,
    pub(crate) sex: Option<Sex>,
    pub(crate) identity: Identity,
    pub(crate) identity_text: String,
    pub(crate) phone: String,
    pub(crate) insurance: String,
}

/// Reads the person of a row.
pub(crate) fn read_person(row: Row<'_>, plan: &Plan, texts: &TextArena) -> PersonFacts {
    let value = |field: Field| plan.column(field).map_or(CellValue::Empty, |column| row.cell(column).value(texts));
    let text = |field: Field| plain_text(value(field));
    let mut facts =
        PersonFacts { name: name_of(&text(Field::FullName), &text(Field::FamilyName), &text(Field::GivenName)), ..PersonFacts::default() };
    facts.sex = read_sex(value(Field::Sex), plan);
    read_birth(row, plan, texts, &mut facts);
    facts.phone = read_phone(&text(Field::Phone));
    facts.insurance = read_insurance(&text(Field::Insurance));
    let identity = value(Field::Identity);
    facts.identity_text = composed(&values::text_of(identity)).into_owned();
    if !matches!(identity, CellValue::Error(_) | CellValue::Bool(_)) {
        let is_number = matches!(identity, CellValue::Number(_));
        facts.identity = read_identity(&facts.identity_text, is_number, &facts.phone, facts.birth, facts.sex);
    }
    facts
}

/// A cell's text; what a formula could not compute is missing.
pub(crate) fn plain_text(value: CellValue<'_>) -> String {
    match value {
        CellValue::Error(_) | CellValue::Bool(_) => String::new(),
        other if values::is_blank(other) => String::new(),
        other => composed(&values::text_of(other)).into_owned(),
    }
}

fn name_of(full: &str, family: &str, given: &str) -> String {
    let name = if family.is_empty() && given.is_empty() {
        full.to_owned()
    } else if full.is_empty() {
        format!("{family} {given}").trim().to_owned()
    } else {
        full.to_owned()
    };
    if name.chars().filter(|c| c.is_alphabetic()).count() >= 2 { name } else { String::new() }
}

fn read_sex(value: CellValue<'_>, plan: &Plan) -> Option<Sex> {
    let coded = |digit: usize| plan.sex_code.get(digit).copied().flatten();
    match value {
        CellValue::Number(0.0) => coded(0),
        CellValue::Number(1.0) => coded(1),
        CellValue::Number(2.0) => coded(2),
        CellValue::Text(text) => match folded(text).trim_matches(|c: char| !c.is_alphanumeric()) {
            "nam" | "m" | "male" | "trai" | "nam gioi" | "ong" | "gioi nam" => Some(Sex::Male),
            "nu" | "f" | "female" | "gai" | "nu gioi" | "ba" | "gioi nu" => Some(Sex::Female),
            "0" => coded(0),
            "1" => coded(1),
            "2" => coded(2),
            _ => None,
        },
        _ => None,
    }
}

fn read_birth(row: Row<'_>, plan: &Plan, texts: &TextArena, facts: &mut PersonFacts) {
    for (field, sex) in [(Field::BirthMale, Sex::Male), (Field::BirthFemale, Sex::Female)] {
        let Some(column) = plan.column(field) else { continue };
        let value = row.cell(column).value(texts);
        if values::is_blank(value) || matches!(value, CellValue::Number(0.0) | CellValue::Bool(false) | CellValue::Error(_)) {
            continue;
        }
        facts.sex = facts.sex.or(Some(sex));
        if !values::is_tick(value) && !plan.has_ages && facts.birth.is_none() {
            facts.birth_text = composed(&values::text_of(value)).into_owned();
            facts.birth = birth_of(value, plan.date_column(column));
        }
    }
    if facts.birth.is_none() && plan.column(Field::BirthMonth).or(plan.column(Field::BirthDay)).is_some() {
        read_birth_parts(row, plan, texts, facts);
    }
    for field in [Field::BirthDate, Field::BirthYear] {
        let Some(column) = plan.column(field).filter(|_| facts.birth.is_none()) else { continue };
        let value = row.cell(column).value(texts);
        if !values::is_blank_or_zero(value) {
            let birth = birth_of(value, plan.date_column(column));
            if birth.is_some() || facts.birth_text.is_empty() {
                facts.birth_text = composed(&values::text_of(value)).into_owned();
            }
            facts.birth = birth;
            let is_ambiguous =
                matches!(values::date_of(value, plan.date_column(column), DateOf::Birth), WrittenDate::Day { is_ambiguous: true, .. });
            facts.ambiguous_birth = is_ambiguous.then_some(column);
        }
    }
}

/// A birth in one cell; two digits are a year.
fn birth_of(value: CellValue<'_>, column: DateColumn) -> Option<BirthDate> {
    match values::date_of(value, column, DateOf::Birth) {
        WrittenDate::Day { day, .. } => Some(BirthDate::Day(day)),
        WrittenDate::Month { year, month } => Some(BirthDate::Month { year, month }),
        WrittenDate::Year(year) => Some(BirthDate::Year(year)),
        WrittenDate::Missing | WrittenDate::Bad => two_digit_year(&values::text_of(value)).map(BirthDate::Year),
    }
}

fn two_digit_year(text: &str) -> Option<i16> {
    let text = text.trim();
    let year: i16 = text.parse().ok().filter(|_| text.len() == 2)?;
    Some(if year > 23 { 1900 + year } else { 2000 + year })
}

/// A birth whose day, month and year stand in three cells.
fn read_birth_parts(row: Row<'_>, plan: &Plan, texts: &TextArena, facts: &mut PersonFacts) {
    let text = |field: Field| plan.column(field).map_or(String::new(), |column| plain_text(row.cell(column).value(texts)));
    let (day, month, year) = (text(Field::BirthDay), text(Field::BirthMonth), text(Field::BirthYear));
    if day.is_empty() && month.is_empty() {
        return;
    }
    facts.birth_text = [day.as_str(), &month, &year].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("/");
    let number = |text: &str| text.parse::<i16>().ok();
    let Some(year) = number(&year).map(|number| two_digit_year(&year).unwrap_or(number)).filter(|year| (1900..=2023).contains(year)) else {
        // The day's own column may hold the whole date.
        facts.birth = plan.column(Field::BirthDay).and_then(|column| birth_of(row.cell(column).value(texts), plan.date_column(column)));
        return;
    };
    let month = number(&month).and_then(|month| i8::try_from(month).ok()).filter(|month| (1..=12).contains(month));
    let day = number(&day).and_then(|day| i8::try_from(day).ok());
    facts.birth = Some(match (day, month) {
        (Some(day), Some(month)) => Date::new(year, month, day).map_or(BirthDate::Month { year, month }, BirthDate::Day),
        (None, Some(month)) => BirthDate::Month { year, month },
        _ => BirthDate::Year(year),
    });
}
