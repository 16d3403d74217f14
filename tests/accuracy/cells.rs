//! The form's columns c…m: what the program counts beside the truth.

use super::world::{Row, World};
use ra_soat::reconcile::Report;
use std::collections::HashSet;

/// Columns of the form, c first.
pub const COLUMNS: usize = 11;

/// Per column: what the program says and what is true.
pub struct Cells {
    /// L: doses on the local lists.
    pub listed: [[u64; 2]; COLUMNS],
    /// S: doses on the System, copies among them.
    pub on_system: [[u64; 2]; COLUMNS],
}

/// Counts both.
pub fn compare(report: &Report, world: &World) -> Cells {
    let mut cells = Cells { listed: [[0; 2]; COLUMNS], on_system: [[0; 2]; COLUMNS] };
    for at in 0..COLUMNS {
        cells.listed[at][0] = report.total.listed[at];
        cells.on_system[at][0] = report.total.on_system[at];
    }
    let mut counted = HashSet::new();
    for row in world.local.iter().filter(|row| counted.insert(row.dose)) {
        if let Some(column) = column(world, row) {
            cells.listed[column][1] += 1;
        }
    }
    for row in &world.system {
        if let Some(column) = column(world, row) {
            cells.on_system[column][1] += 1;
        }
    }
    cells
}

/// The greatest distance of a cell from the truth, as a share of it; cells of few doses are let off, one dose being more than the share.
pub fn worst(cells: &Cells) -> f64 {
    let all = cells.listed.iter().chain(&cells.on_system).filter(|[_, truth]| *truth >= 1_000);
    all.map(|[said, truth]| said.abs_diff(*truth) as f64 / *truth as f64).fold(0.0, f64::max)
}

/// The column of a dose by age and by the products of these worlds, which all need two doses.
fn column(world: &World, row: &Row) -> Option<usize> {
    let birth = world.births[row.person];
    let mut age = row.true_day.year() - birth.year();
    age -= i16::from((row.true_day.month(), row.true_day.day()) < (birth.month(), birth.day()));
    match (age, row.ordinal) {
        (18.., ordinal @ 1..=2) => Some(ordinal - 1),
        // The third after Vero Cell is the additional dose, and the boosters move up.
        (18.., 3) if row.true_vaccine == "Vero Cell" => Some(3),
        (18.., 3) => Some(4),
        (18.., 4) if row.true_vaccine == "Vero Cell" => Some(4),
        (18.., 4) => Some(5),
        (12..18, ordinal @ 1..=3) => Some(ordinal + 5),
        (5..12, ordinal @ 1..=2) => Some(ordinal + 8),
        _ => None,
    }
}
