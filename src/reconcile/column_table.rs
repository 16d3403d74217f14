//! The table that resolves a bare ordinal by the person's history (spec: "A bare ordinal is resolved by history, in a table
//! the user can see and edit"; 10722/BYT-DP for the additional dose).

use crate::domain::FormColumn;
use serde::{Deserialize, Serialize};

/// Which basic series the person had before the dose.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Series {
    /// Abdala: three basic doses.
    Abdala,
    /// Vero Cell, Hayat-Vax, Sputnik V: a third dose is additional.
    Inactivated,
    /// AstraZeneca, Pfizer, Moderna, Covaxin, and mixed series.
    Other,
    /// Janssen: one basic dose.
    Janssen,
    /// No earlier dose is known.
    Unknown,
}

impl Series {
    /// In the order of the table's rows.
    pub const ALL: [Series; 5] = [Series::Abdala, Series::Inactivated, Series::Other, Series::Janssen, Series::Unknown];

    /// The officer's words.
    pub fn label(self) -> &'static str {
        match self {
            Series::Abdala => "Abdala",
            Series::Inactivated => "Vero Cell, Hayat-Vax, Sputnik V",
            Series::Other => "AstraZeneca, Pfizer, Moderna, Covaxin, phối hợp",
            Series::Janssen => "Janssen",
            Series::Unknown => "Không rõ mũi trước",
        }
    }

    /// Row in the table.
    pub fn index(self) -> usize {
        self as usize
    }
}

/// How many ordinals the table has: Mũi 1 to Mũi 6.
pub const ORDINALS: usize = 6;

/// For adults: series x ordinal → column c…h, none where the form has no column (`Ngoài phạm vi`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ColumnTable {
    /// One row a [`Series`], one cell an ordinal from Mũi 1.
    pub cells: [[Option<FormColumn>; ORDINALS]; 5],
}

impl Default for ColumnTable {
    fn default() -> ColumnTable {
        use FormColumn::{C, D, E, F, G, H};
        ColumnTable {
            cells: [
                [Some(C), Some(D), Some(E), Some(G), Some(H), None],
                [Some(C), Some(D), Some(F), Some(G), Some(H), None],
                [Some(C), Some(D), Some(G), Some(H), None, None],
                [Some(C), Some(G), Some(H), None, None, None],
                [Some(C), Some(D), Some(G), Some(H), None, None],
            ],
        }
    }
}

impl ColumnTable {
    /// The column of the `ordinal`-th dose (from 1) of a series.
    pub fn column(&self, series: Series, ordinal: u8) -> Option<FormColumn> {
        let at = usize::from(ordinal).checked_sub(1)?;
        self.cells.get(series.index())?.get(at).copied().flatten()
    }
}
