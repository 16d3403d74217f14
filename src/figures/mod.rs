//! `Số liệu`: what each source says was given, unit by unit and column by column, and what is agreed on.

pub mod agreed;
pub mod checks;
pub mod desk;
pub mod reading;
pub mod reported;
pub mod roll_up;

use crate::reconcile::Report;
use crate::reconcile::report::UnitFigures;

/// All units as one: their counts together, and their own group where every one of them has the same.
pub fn whole(report: &Report) -> UnitFigures {
    let own_group =
        report.units.first().and_then(|unit| unit.own_group).filter(|group| report.units.iter().all(|unit| unit.own_group == Some(*group)));
    UnitFigures { own_group, ..report.total.clone() }
}
