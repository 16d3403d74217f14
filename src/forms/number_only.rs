//! `Chỉ có số liệu`: doses reported as a number with no list behind them (spec: max(0, n − L) per unit).

use crate::domain::MissingGroup;
use crate::domain::group::{ByGroup, GROUP_COUNT};
use crate::reconcile::Report;
use crate::reconcile::report::UnitFigures;

/// max(0, n − L), in the one group it goes to by default: the unit's own Nhóm 3 to 6 where it has one (a prison's doses are the
/// prisoners'), else Nhóm 1, since nothing is known of whom the doses were given to.
///
/// ```
/// use ra_soat::domain::MissingGroup;
/// use ra_soat::forms::number_only::number_only;
/// use ra_soat::reconcile::report::UnitFigures;
/// let prison = UnitFigures { own_group: Some(MissingGroup::Prisoner), ..UnitFigures::default() };
/// assert_eq!(number_only(&prison, 120)[MissingGroup::Prisoner.index()], 120);
/// assert_eq!(number_only(&UnitFigures::default(), 7)[MissingGroup::NoInformation.index()], 7);
/// ```
pub fn number_only(figures: &UnitFigures, given: u64) -> ByGroup<u64> {
    let mut groups = [0; GROUP_COUNT];
    groups[figures.own_group.unwrap_or(MissingGroup::NoInformation).index()] = given.saturating_sub(figures.listed_total());
    groups
}

/// All units as one: their counts together, and their own group where every one of them has the same.
pub fn whole(report: &Report) -> UnitFigures {
    let own_group =
        report.units.first().and_then(|unit| unit.own_group).filter(|group| report.units.iter().all(|unit| unit.own_group == Some(*group)));
    UnitFigures { own_group, ..report.total.clone() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_whole_has_a_group_only_where_all_units_share_it() {
        let unit = |own_group| UnitFigures { own_group, ..UnitFigures::default() };
        let report = |units| Report { units, ..Report::default() };
        let centre = Some(MissingGroup::Centre);
        assert_eq!(whole(&report(vec![unit(centre), unit(centre)])).own_group, centre);
        assert_eq!(whole(&report(vec![unit(centre), unit(None)])).own_group, None);
        assert_eq!(whole(&report(vec![])).own_group, None);
    }
}
