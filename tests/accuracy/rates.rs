//! The parameters of an invented population: how often each thing happens.

macro_rules! rates {
    ($($(#[$doc:meta])* $name:ident: $default:expr,)*) => {
        /// How often each thing happens: errors of a person or a dose on the System's side, who lives there, how the lists are kept.
        #[derive(Clone, Copy, Debug)]
        pub struct Rates {
            $($(#[$doc])* pub $name: f64,)*
        }

        /// The default world of the specification.
        pub const DEFAULT: Rates = Rates { $($name: $default,)* };

        impl Rates {
            /// Changes one rate by its name.
            pub fn set(&mut self, name: &str, value: f64) {
                match name {
                    $(stringify!($name) => self.$name = value,)*
                    other => panic!("no rate is named {other}; there are: {}", [$(stringify!($name)),*].join(", ")),
                }
            }
        }
    };
}

rates! {
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
    /// One digit anywhere in the number, its province, century and year among them.
    identity_any_digit: 0.0,
    identity_transposed: 0.0,
    letter_lost: 0.0,
    letter_doubled: 0.0,
    letter_replaced: 0.0,
    /// `hòa` for `hoà`, which is the same word.
    tone_moved: 0.0,
    wrong_tone: 0.0,
    /// What a keyboard leaves where its Vietnamese mode failed: `Nguyeenx`.
    telex_residue: 0.0,
    middle_missing: 0.0,
    words_reordered: 0.0,
    sex_wrong: 0.0,
    /// Twins whose given names are a slip or a tone apart: `Hạnh` and `Hành`.
    twins_alike: 0.0,
    /// Twins who had all their doses together.
    twins_together: 0.0,
    /// The commune has its own days and product for each dose, and the person came on them.
    commune_days: 0.0,
    /// Nothing of the person is on the System, and whoever is like them stands there in their stead.
    never_entered: 0.0,
    /// Errors of a person on the local list, as a share of the System's rates.
    local: 0.0,
    /// The local list has only the year.
    local_year_only: 0.0,
    /// Neither side has a number.
    no_number: 0.0,
    /// Both sides have the same old card.
    old_card_both: 0.0,
    /// The local row is typed again with the day off by less than a week.
    local_near_copy: 0.0,
    /// The dose is entered twice in one account.
    system_copy: 0.0,
    /// Of a person with two accounts, the dose is entered in both.
    account_copy: 0.0,
    /// Commune lists in TCVN3 or VNI.
    legacy_text: 0.0,
    /// Commune lists of one row a person, with `Mũi 1` … `Mũi 4` side by side.
    wide: 0.0,
}

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

/// Every kind of error on either side, each at a rate lists are known to have, and lists kept in every way.
pub const HARSH: Rates = Rates {
    name_typo: 0.01,
    identity_digit: 0.01,
    identity_any_digit: 0.015,
    identity_transposed: 0.01,
    letter_lost: 0.01,
    letter_doubled: 0.005,
    letter_replaced: 0.01,
    tone_moved: 0.05,
    wrong_tone: 0.01,
    telex_residue: 0.005,
    middle_missing: 0.01,
    words_reordered: 0.003,
    sex_wrong: 0.005,
    twins_alike: 0.3,
    twins_together: 0.8,
    never_entered: 0.03,
    local: 0.3,
    local_year_only: 0.05,
    no_number: 0.03,
    old_card_both: 0.05,
    local_near_copy: 0.004,
    system_copy: 0.005,
    account_copy: 0.1,
    legacy_text: 0.25,
    wide: 0.25,
    ..DEFAULT
};

impl Rates {
    /// The world of that name.
    pub fn of_world(name: &str) -> Rates {
        match name {
            "default" => DEFAULT,
            "hard" => HARD,
            "harsh" => HARSH,
            other => panic!("no such world: {other}; there are default, hard and harsh"),
        }
    }

    /// The errors a person suffers on the local list.
    pub fn of_local_list(&self) -> Rates {
        let mut own = *self;
        for rate in [
            &mut own.no_marks,
            &mut own.name_typo,
            &mut own.identity_digit,
            &mut own.identity_missing,
            &mut own.old_card,
            &mut own.day_month_swapped,
            &mut own.year_off,
            &mut own.phone_missing,
            &mut own.identity_any_digit,
            &mut own.identity_transposed,
            &mut own.letter_lost,
            &mut own.letter_doubled,
            &mut own.letter_replaced,
            &mut own.tone_moved,
            &mut own.wrong_tone,
            &mut own.telex_residue,
            &mut own.middle_missing,
            &mut own.words_reordered,
            &mut own.sex_wrong,
        ] {
            *rate *= self.local;
        }
        Rates { year_only: self.local_year_only, moved: 0.0, ..own }
    }
}
