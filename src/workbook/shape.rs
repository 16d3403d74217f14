//! What the values below a heading look like, and which fields that speaks for or against.

use crate::domain::{Date, Field, Product};
use crate::normalize::date::{DateOf, WrittenDate};
use crate::normalize::quick::folded;
use crate::workbook::label::read_label;
use crate::workbook::table::{CellValue, Sheet, TextArena};
use crate::workbook::values::{self, DateColumn};
use rustc_hash::FxHashMap;

/// Rows looked at below the header.
const ROWS: usize = 120;

/// How many of a column's values look like what; one value may look like several things.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Shape {
    filled: u32,
    /// Full dates since 2021, when the first dose was given.
    recent_days: u32,
    older_days: u32,
    years: u32,
    /// Whole numbers up to 31.
    small: u32,
    /// Whole numbers up to 12.
    tiny: u32,
    /// Whole numbers of two digits.
    two_digits: u32,
    /// Nothing but digits.
    digits: u32,
    /// 8 to 12 digits that are no phone, or a passport.
    identities: u32,
    phones: u32,
    insurances: u32,
    sexes: u32,
    products: u32,
    labels: u32,
    /// Two to six words of letters.
    names: u32,
    /// One word of letters.
    single_words: u32,
    ticks: u32,
    /// Short, with digits and no spaces.
    codes: u32,
}

/// The shapes of a sheet's columns below its header.
pub(crate) fn shapes(sheet: &Sheet, texts: &TextArena, from: usize) -> FxHashMap<u16, Shape> {
    let mut shapes: FxHashMap<u16, Shape> = FxHashMap::default();
    for row in sheet.table.rows().skip(from).take(ROWS) {
        for (column, cell) in row.cells() {
            let value = cell.value(texts);
            if !values::is_blank(value) {
                shapes.entry(column).or_default().add(value);
            }
        }
    }
    shapes
}

impl Shape {
    fn add(&mut self, value: CellValue<'_>) {
        self.filled += 1;
        match values::date_of(value, DateColumn::default(), DateOf::Birth) {
            WrittenDate::Day { day, .. } if day >= Date::constant(2021, 1, 1) && day < Date::constant(2026, 1, 1) => self.recent_days += 1,
            WrittenDate::Day { .. } | WrittenDate::Month { .. } => self.older_days += 1,
            WrittenDate::Year(_) => self.years += 1,
            WrittenDate::Missing | WrittenDate::Bad => {}
        }
        self.ticks += u32::from(values::is_tick(value));
        let text = values::text_of(value);
        let text = text.trim();
        let digits: String = text.chars().filter(char::is_ascii_digit).collect();
        let has_letters = text.chars().any(char::is_alphabetic);
        let is_digits = !digits.is_empty() && !has_letters && !matches!(value, CellValue::Date(_));
        if is_digits {
            self.digits += 1;
            let number: u64 = digits.parse().unwrap_or(u64::MAX);
            self.small += u32::from(number <= 31 && digits.len() <= 2);
            self.two_digits += u32::from(digits.len() == 2);
            self.tiny += u32::from(number <= 12 && digits.len() <= 2);
            let is_phone = match digits.len() {
                10 => digits.starts_with('0') && !digits.starts_with("00"),
                9 => digits.starts_with(['3', '5', '7', '8', '9']) && matches!(value, CellValue::Number(_)),
                11 => digits.starts_with("84") || digits.starts_with("01"),
                _ => false,
            };
            self.phones += u32::from(is_phone);
            self.identities += u32::from(matches!(digits.len(), 8..=12) && !(is_phone && digits.len() == 10));
            self.insurances += u32::from(digits.len() == 10);
        } else if matches!(value, CellValue::Text(_)) {
            let compact: String = text.chars().filter(|c| c.is_alphanumeric()).collect();
            self.identities +=
                u32::from(matches!(compact.len(), 8 | 9) && compact.starts_with(char::is_alphabetic) && digits.len() + 1 == compact.len());
            self.insurances += u32::from(compact.len() == 15 && digits.len() >= 12);
        }
        if let CellValue::Text(_) = value {
            let folded = folded(text);
            self.sexes += u32::from(sex_word(&folded));
            self.products += u32::from(Product::recognise(text).is_some());
            let words = folded.split_whitespace().count();
            let is_letters = folded.chars().all(|c| c.is_alphabetic() || matches!(c, ' ' | '\'' | '.' | '-'));
            self.names += u32::from(is_letters && (2..=6).contains(&words));
            self.single_words += u32::from(is_letters && words == 1);
            self.codes += u32::from(!text.contains(' ') && text.len() <= 14 && !digits.is_empty());
        } else {
            self.codes += u32::from(is_digits && digits.len() >= 3);
            self.sexes += u32::from(matches!(text, "0" | "1" | "2"));
        }
        self.labels += u32::from(read_label(text).is_some());
    }

    fn share(&self, count: u32) -> f32 {
        if self.filled == 0 { 0.0 } else { (count.min(self.filled)) as f32 / self.filled as f32 }
    }

    /// Whether any value stands below the heading.
    pub(crate) fn is_filled(&self) -> bool {
        self.filled > 0
    }

    /// Whether the values are mostly single words: given names in a column of their own.
    pub(crate) fn is_of_single_words(&self) -> bool {
        self.filled > 0 && self.share(self.single_words) >= 0.7
    }

    /// Whether the values alone tell the field, whatever stands above them.
    pub(crate) fn speaks_for(&self, field: Field) -> bool {
        let is_told = field != Field::Sex || self.share(self.sexes) > self.share(self.digits);
        self.filled >= 3 && is_told && self.evidence(field) >= 0.7
    }

    /// Whether the values could be a day, a month or a year: of a date whose parts stand in columns of their own.
    pub(crate) fn may_be_part(&self, field: Field) -> bool {
        let count = match field {
            Field::BirthDay | Field::GivenDay => self.small,
            Field::BirthMonth | Field::GivenMonth => self.tiny,
            _ => self.years + self.two_digits,
        };
        self.filled > 0 && self.share(count) >= 0.7
    }

    /// Whether the values are mostly ticks.
    pub(crate) fn is_of_ticks(&self) -> bool {
        self.filled > 0 && self.share(self.ticks) >= 0.8
    }

    /// −1 (the values cannot be this field) to 1 (they look just like it); 0 where they say nothing.
    pub(crate) fn evidence(&self, field: Field) -> f32 {
        if self.filled == 0 {
            return 0.0;
        }
        let sure = |share: f32| 2.0 * share - 1.0;
        let days = self.share(self.recent_days + self.older_days);
        let wordless = self.share(self.digits).max(days);
        match field {
            Field::GivenOn | Field::EnteredOn => sure(self.share(self.recent_days)).max(-0.8),
            Field::BirthDate | Field::BirthYear => {
                let births = self.share(self.recent_days + self.older_days + self.years);
                if self.share(self.recent_days) > 0.6 { -1.0 } else { sure(births) }
            }
            Field::BirthDay | Field::GivenDay => sure(self.share(self.small)),
            Field::BirthMonth | Field::GivenMonth => sure(self.share(self.tiny)),
            Field::GivenYear => sure(self.share(self.years + self.two_digits)),
            Field::BirthMale | Field::BirthFemale => {
                sure(self.share(self.years + self.older_days + self.recent_days + self.ticks + self.small))
            }
            Field::Sex => sure(self.share(self.sexes)),
            Field::Identity => sure(self.share(self.identities)),
            Field::Phone => sure(self.share(self.phones)),
            Field::Insurance => sure(self.share(self.insurances)).max(-0.6),
            Field::Vaccine => sure(self.share(self.products)),
            Field::DoseLabel => sure(self.share(self.labels)),
            Field::FullName => sure(self.share(self.names)),
            Field::FamilyName => sure(self.share(self.names + self.single_words)),
            Field::GivenName => sure(self.share(self.single_words)),
            Field::RowNumber => sure(self.share(self.digits)).min(0.6),
            Field::Lot => sure(self.share(self.codes)).max(-0.5) - if days > 0.6 { 0.5 } else { 0.0 },
            Field::ProvinceCode | Field::DistrictCode | Field::CommuneCode => sure(self.share(self.digits)),
            Field::Province | Field::District | Field::Commune => -wordless,
            Field::Hamlet | Field::Address | Field::Workplace | Field::Facility | Field::Ethnicity | Field::Nationality => {
                -0.8 * days.max(wordless * 0.5)
            }
            Field::Verification | Field::Signing => -days,
            Field::TargetGroup => {
                if self.share(self.small) > 0.8 {
                    0.7
                } else {
                    -0.6 * days
                }
            }
            Field::Note | Field::ImportResult => 0.0,
        }
    }
}

fn sex_word(folded: &str) -> bool {
    matches!(folded, "nam" | "nu" | "male" | "female" | "m" | "f" | "trai" | "gai" | "0" | "1" | "2" | "nam gioi" | "nu gioi")
}
