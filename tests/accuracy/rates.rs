//! The parameters of an invented population: how often each thing happens.

/// How often each error befalls a person or a dose on the System's side, and who lives there.
#[derive(Clone, Copy, Debug)]
pub struct Rates {
    pub no_marks: f64,
    pub name_typo: f64,
    pub identity_digit: f64,
    pub identity_missing: f64,
    pub old_card: f64,
    pub day_month_swapped: f64,
    pub year_only: f64,
    pub year_off: f64,
    pub phone_missing: f64,
    pub two_accounts: f64,
    pub dose_day: f64,
    pub dose_vaccine: f64,
    pub dose_lot: f64,
    pub not_entered: f64,
    pub moved: f64,
    pub local_copy: f64,
    pub minority: f64,
    pub twins: f64,
    pub namesakes: f64,
    pub family_phone: f64,
}

pub const DEFAULT: Rates = Rates {
    no_marks: 0.06,
    name_typo: 0.04,
    identity_digit: 0.03,
    identity_missing: 0.04,
    old_card: 0.03,
    day_month_swapped: 0.02,
    year_only: 0.03,
    year_off: 0.01,
    phone_missing: 0.12,
    two_accounts: 0.02,
    dose_day: 0.01,
    dose_vaccine: 0.01,
    dose_lot: 0.01,
    not_entered: 0.06,
    moved: 0.02,
    local_copy: 0.004,
    minority: 0.08,
    twins: 0.01,
    namesakes: 0.01,
    family_phone: 0.10,
};

/// Person errors twice, missing and old numbers, year-only and shifted births four times as often.
pub const HARD: Rates = Rates {
    no_marks: 0.12,
    name_typo: 0.08,
    identity_digit: 0.06,
    identity_missing: 0.16,
    old_card: 0.12,
    day_month_swapped: 0.04,
    year_only: 0.12,
    year_off: 0.04,
    phone_missing: 0.24,
    two_accounts: 0.04,
    namesakes: 0.03,
    family_phone: 0.25,
    ..DEFAULT
};
