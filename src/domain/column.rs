//! The eleven dose columns c…m of Phụ lục 1.

use serde::{Deserialize, Serialize};

/// Age band at the day of the dose (headings of Phụ lục 1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum AgeBand {
    /// 18 and over.
    Adult,
    /// 12 to 17.
    Adolescent,
    /// 5 to 11.
    Child,
    /// Under 5: no column of the form.
    UnderFive,
}

impl AgeBand {
    /// The band of completed years.
    ///
    /// ```
    /// use ra_soat::domain::AgeBand;
    /// assert_eq!([4, 5, 11, 12, 17, 18].map(AgeBand::of_age), {
    ///     use AgeBand::*;
    ///     [UnderFive, Child, Child, Adolescent, Adolescent, Adult]
    /// });
    /// ```
    pub fn of_age(years: i16) -> AgeBand {
        match years {
            ..5 => AgeBand::UnderFive,
            5..12 => AgeBand::Child,
            12..18 => AgeBand::Adolescent,
            18.. => AgeBand::Adult,
        }
    }
}

/// One dose column of Phụ lục 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[allow(missing_docs, reason = "the letters are the form's own; `title` and `band` say what each is")]
pub enum FormColumn {
    C,
    D,
    E,
    F,
    G,
    H,
    I,
    J,
    K,
    L,
    M,
}

/// How many dose columns the form has.
pub const COLUMN_COUNT: usize = 11;

/// A count per dose column, c first.
pub type ByColumn<T> = [T; COLUMN_COUNT];

impl FormColumn {
    /// c to m.
    pub const ALL: [FormColumn; COLUMN_COUNT] = {
        use FormColumn::*;
        [C, D, E, F, G, H, I, J, K, L, M]
    };

    /// 0 for c … 10 for m.
    pub fn index(self) -> usize {
        self as usize
    }

    /// The letter printed in the form, `c` to `m`.
    ///
    /// ```
    /// use ra_soat::domain::FormColumn;
    /// assert_eq!(FormColumn::K.letter(), "k");
    /// ```
    pub fn letter(self) -> &'static str {
        ["c", "d", "e", "f", "g", "h", "i", "j", "k", "l", "m"][self.index()]
    }

    /// The heading printed in the form.
    pub fn title(self) -> &'static str {
        use FormColumn::*;
        match self {
            C | I | L => "Mũi 1",
            D | J | M => "Mũi 2",
            E => "Mũi 3 (vx Abdala)",
            F => "Liều bổ sung",
            G => "Liều nhắc 1 (Mũi 3)",
            H => "Liều nhắc 2 (Mũi 4)",
            K => "Mũi 3",
        }
    }

    /// The age band whose heading the column stands under.
    pub fn band(self) -> AgeBand {
        use FormColumn::*;
        match self {
            C | D | E | F | G | H => AgeBand::Adult,
            I | J | K => AgeBand::Adolescent,
            L | M => AgeBand::Child,
        }
    }
}
