//! `Chỉ có số liệu`: doses reported as a number with no list behind them (spec: max(0, n − L) per unit).

use crate::domain::group::ByGroup;
use crate::domain::{MissingGroup, Status};
use crate::reconcile::report::{ByStatus, UnitFigures};

/// max(0, n − L) by group and status: as a person split it, and what is left in the one group it goes to by itself, not verified. That is
/// the unit's own Nhóm 3 to 6 where it has one (a prison's doses are the prisoners'), else Nhóm 1, since nothing is known of whom the
/// doses were given to. A split of more doses than there are is cut from its end.
///
/// ```
/// use ra_soat::domain::{MissingGroup, Status};
/// use ra_soat::forms::number_only::{number_only, of_group};
/// use ra_soat::reconcile::report::UnitFigures;
/// let prison = UnitFigures { own_group: Some(MissingGroup::Prisoner), ..UnitFigures::default() };
/// assert_eq!(of_group(&number_only(&prison, 120, None), MissingGroup::Prisoner), 120);
/// let mut split = [[0; 3]; 7];
/// split[MissingGroup::Departed.index()][Status::CannotEnter.index()] = 50;
/// let doses = number_only(&prison, 120, Some(&split));
/// assert_eq!(doses[MissingGroup::Departed.index()][Status::CannotEnter.index()], 50);
/// assert_eq!(doses[MissingGroup::Prisoner.index()][Status::NotVerified.index()], 70);
/// ```
pub fn number_only(figures: &UnitFigures, given: u64, split: Option<&ByGroup<ByStatus<u64>>>) -> ByGroup<ByStatus<u64>> {
    let mut groups: ByGroup<ByStatus<u64>> = Default::default();
    let mut left = given.saturating_sub(figures.listed_total());
    for (own, wanted) in groups.iter_mut().flatten().zip(split.into_iter().flatten().flatten()) {
        *own = left.min(*wanted);
        left -= *own;
    }
    groups[figures.own_group.unwrap_or(MissingGroup::NoInformation).index()][Status::NotVerified.index()] += left;
    groups
}

/// Doses of one group, all statuses.
pub fn of_group(doses: &ByGroup<ByStatus<u64>>, group: MissingGroup) -> u64 {
    doses[group.index()].iter().sum()
}

pub use crate::figures::whole;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reconcile::Report;

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
