//! Which facts of a dose differ between the two sides (`Cần điều chỉnh`, `Sai khác`).

use crate::domain::{DoseRecord, FormColumn};
use crate::normalize::fold;
use crate::normalize::text::{Text, TextPool};
use crate::text::show_date;

/// Facts that differ; missing data is no difference.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Differences {
    /// Ngày tiêm.
    pub day: bool,
    /// Vắc xin: another product; another spelling is the same vaccine.
    pub vaccine: bool,
    /// Số lô.
    pub lot: bool,
    /// The written label, where it means another column.
    pub label: bool,
}

impl Differences {
    /// Whether any fact differs.
    pub fn any(self) -> bool {
        self.day || self.vaccine || self.lot || self.label
    }

    /// Day, vaccine, lot, label.
    pub fn each(self) -> [bool; 4] {
        [self.day, self.vaccine, self.lot, self.label]
    }
}

/// Compares a local dose with its System dose. `columns` are their columns, local first: two labels that mean the same column
/// (`Mũi 3`, `Nhắc 1`) are no difference, nor is a column that differs without the labels differing.
pub fn compare(local: &DoseRecord, system: &DoseRecord, columns: (Option<FormColumn>, Option<FormColumn>), pool: &TextPool) -> Differences {
    let both = |a: Text, b: Text| a.is_some() && b.is_some();
    Differences {
        day: matches!((local.given, system.given), (Some(a), Some(b)) if a != b),
        vaccine: match (local.product, system.product) {
            (Some(a), Some(b)) => a != b,
            _ => false,
        },
        lot: both(local.lot, system.lot) && !same_lot(pool.get(local.lot), pool.get(system.lot)),
        label: matches!((local.label, system.label), (Some(a), Some(b)) if a != b) && columns.0 != columns.1,
    }
}

/// Whether two lots are one: punctuation, spaces, case and leading zeros aside.
fn same_lot(a: &str, b: &str) -> bool {
    let plain = |lot: &str| fold(lot).chars().filter(|c| c.is_ascii_alphanumeric()).collect::<String>();
    let (a, b) = (plain(a), plain(b));
    a == b || a.trim_start_matches('0') == b.trim_start_matches('0')
}

/// `Ngày tiêm: ‹Hệ thống› → ‹địa phương›; …`.
pub fn describe(differences: Differences, local: &DoseRecord, system: &DoseRecord, pool: &TextPool) -> String {
    let day = |dose: &DoseRecord| dose.given.map_or_else(|| pool.get(dose.given_text).to_owned(), show_date);
    let text = |text: Text| pool.get(text).to_owned();
    let mut parts = Vec::new();
    if differences.day {
        parts.push(format!("Ngày tiêm: {} → {}", day(system), day(local)));
    }
    if differences.vaccine {
        parts.push(format!("Vắc xin: {} → {}", text(system.vaccine_text), text(local.vaccine_text)));
    }
    if differences.lot {
        parts.push(format!("Số lô: {} → {}", text(system.lot), text(local.lot)));
    }
    if differences.label {
        parts.push(format!("Mũi tiêm: {} → {}", text(system.label_text), text(local.label_text)));
    }
    parts.join("; ")
}
