//! Which column c…m of Phụ lục 1 a dose belongs to: its age band at the day of the dose, then label, vaccine and the person's history.

use super::column_table::{ColumnTable, Series};
use crate::domain::{AgeBand, BirthDate, Date, DoseLabel, FormColumn, Product};
use serde::{Deserialize, Serialize};

/// One dose of a person's history: what both sides know, each dose once, by day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HistoryDose {
    /// Day.
    pub given: Date,
    /// Product.
    pub product: Option<Product>,
    /// Label.
    pub label: Option<DoseLabel>,
}

/// A dose to be put into a column.
#[derive(Clone, Copy, Debug)]
pub struct DoseToPlace {
    /// Day.
    pub given: Date,
    /// Product.
    pub product: Option<Product>,
    /// Label.
    pub label: Option<DoseLabel>,
    /// The label's own words name Abdala: `Mũi 3 (vx Abdala)`.
    pub label_names_abdala: bool,
    /// The band that label or title says, for a person without a birth year (`trẻ 5-11 tuổi`).
    pub band_hint: Option<AgeBand>,
}

/// Why a dose has no column.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum NoColumn {
    /// Given before the person was born.
    BeforeBirth,
    /// Under five years old.
    UnderFive,
    /// The band has no such dose: a fourth at 12–17, a third at 5–11, a sixth for adults.
    NoSuchDose,
}

/// Doubts about a column, to be shown; the column stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ColumnDoubts {
    /// No birth year: taken for an adult, or for what label or title says.
    pub no_birth: bool,
    /// A booster or third dose with no earlier dose known.
    pub no_history: bool,
    /// An additional dose more than three months after the one before.
    pub late_additional: bool,
    /// No label: placed by the order of days.
    pub no_label: bool,
}

impl ColumnDoubts {
    /// Whether there is any worth a look: a missing label alone is none.
    pub fn any(self) -> bool {
        self.no_birth || self.no_history || self.late_additional
    }
}

/// Where a dose belongs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Placement {
    /// The column, or why there is none.
    pub column: Result<FormColumn, NoColumn>,
    /// What the history alone would say, where it says another column than the label.
    pub history_says: Option<FormColumn>,
    /// Doubts.
    pub doubts: ColumnDoubts,
}

/// Places one dose. `history` holds the person's doses, this one included, in the order of days.
///
/// ```
/// use jiff::civil::date;
/// use ra_soat::domain::{BirthDate, DoseLabel, FormColumn, Product};
/// use ra_soat::reconcile::column::{DoseToPlace, HistoryDose, place};
/// use ra_soat::reconcile::column_table::ColumnTable;
/// let history: Vec<HistoryDose> = [(date(2021, 7, 1), 1), (date(2021, 7, 22), 2), (date(2021, 12, 20), 3)]
///     .map(|(given, n)| HistoryDose { given, product: Some(Product::VeroCell), label: Some(DoseLabel::Ordinal(n)) })
///     .to_vec();
/// let third = DoseToPlace { given: date(2021, 12, 20), product: Some(Product::VeroCell), label: Some(DoseLabel::Ordinal(3)), label_names_abdala: false, band_hint: None };
/// let placement = place(&third, Some(BirthDate::Year(1980)), &history, &ColumnTable::default());
/// assert_eq!(placement.column, Ok(FormColumn::F));
/// assert!(placement.doubts.late_additional);
/// ```
pub fn place(dose: &DoseToPlace, birth: Option<BirthDate>, history: &[HistoryDose], table: &ColumnTable) -> Placement {
    let mut doubts = ColumnDoubts::default();
    let band = match birth {
        Some(birth) => {
            if birth.day().is_some_and(|day| dose.given < day) || dose.given.year() < birth.year() {
                return Placement { column: Err(NoColumn::BeforeBirth), history_says: None, doubts };
            }
            AgeBand::of_age(birth.age_on(dose.given))
        }
        None => {
            doubts.no_birth = true;
            dose.band_hint.unwrap_or(AgeBand::Adult)
        }
    };
    let prior: Vec<&HistoryDose> = history.iter().filter(|other| other.given < dose.given).collect();
    let order = prior.len() as u8 + 1;
    match band {
        AgeBand::UnderFive => Placement { column: Err(NoColumn::UnderFive), history_says: None, doubts },
        AgeBand::Child => {
            doubts.no_label = dose.label.is_none();
            let column = match dose.label.unwrap_or(DoseLabel::Ordinal(order)) {
                DoseLabel::Ordinal(1) => Ok(FormColumn::L),
                DoseLabel::Ordinal(2) => Ok(FormColumn::M),
                _ => Err(NoColumn::NoSuchDose),
            };
            Placement { column, history_says: None, doubts }
        }
        AgeBand::Adolescent => {
            doubts.no_label = dose.label.is_none();
            let column = match dose.label.unwrap_or(DoseLabel::Ordinal(order)) {
                DoseLabel::Ordinal(1) => Ok(FormColumn::I),
                DoseLabel::Ordinal(2) => Ok(FormColumn::J),
                DoseLabel::Ordinal(3) | DoseLabel::Additional | DoseLabel::Booster(1) => Ok(FormColumn::K),
                _ => Err(NoColumn::NoSuchDose),
            };
            Placement { column, history_says: None, doubts }
        }
        AgeBand::Adult => place_adult(dose, &prior, table, doubts),
    }
}

fn place_adult(dose: &DoseToPlace, prior: &[&HistoryDose], table: &ColumnTable, mut doubts: ColumnDoubts) -> Placement {
    let order = prior.len() as u8 + 1;
    let by_ordinal = |ordinal: u8| {
        let series = series_before(dose, ordinal, prior);
        (table.column(series, ordinal), series)
    };
    let by_history = by_ordinal(order);
    let column = match dose.label {
        Some(DoseLabel::Additional) => Some(FormColumn::F),
        Some(DoseLabel::Booster(1)) => Some(FormColumn::G),
        Some(DoseLabel::Booster(2)) => Some(FormColumn::H),
        Some(DoseLabel::Booster(_)) => None,
        Some(DoseLabel::Ordinal(3)) if dose.label_names_abdala => Some(FormColumn::E),
        Some(DoseLabel::Ordinal(ordinal)) => {
            let (column, series) = by_ordinal(ordinal);
            doubts.no_history = series == Series::Unknown && ordinal > 2;
            column
        }
        None => {
            doubts.no_label = true;
            by_history.0
        }
    };
    let bare = matches!(dose.label, None | Some(DoseLabel::Ordinal(_)));
    doubts.late_additional = bare
        && column == Some(FormColumn::F)
        && prior.last().is_some_and(|last| last.given.checked_add(jiff::Span::new().months(3)).is_ok_and(|limit| dose.given > limit));
    // With no earlier dose known the history says nothing.
    let history_says = by_history.0.filter(|says| !prior.is_empty() && Some(*says) != column);
    Placement { column: column.ok_or(NoColumn::NoSuchDose), history_says, doubts }
}

/// The basic series the doses before this one make.
fn series_before(dose: &DoseToPlace, ordinal: u8, prior: &[&HistoryDose]) -> Series {
    let is_basic =
        |other: &&&HistoryDose| !matches!(other.label, Some(DoseLabel::Additional | DoseLabel::Booster(_)) | Some(DoseLabel::Ordinal(4..)));
    let basic: Vec<Option<Product>> = prior.iter().filter(is_basic).map(|other| other.product).collect();
    let Some(first) = basic.first() else {
        // A third Abdala needs no history: Abdala has three basic doses.
        return if ordinal == 3 && dose.product == Some(Product::Abdala) { Series::Abdala } else { Series::Unknown };
    };
    if *first == Some(Product::Janssen) {
        return Series::Janssen;
    }
    let two = basic.get(..2).unwrap_or(&basic);
    if two.iter().all(|product| *product == Some(Product::Abdala)) {
        // The third of the series is Abdala too; where it is another product it was a booster.
        let third = if ordinal == 3 { dose.product } else { basic.get(2).copied().unwrap_or(Some(Product::Abdala)) };
        return if third.is_none_or(|product| product == Product::Abdala) { Series::Abdala } else { Series::Other };
    }
    if two.iter().any(Option::is_none) {
        return Series::Unknown;
    }
    if two.iter().flatten().all(|product| product.takes_additional_dose()) { Series::Inactivated } else { Series::Other }
}

/// Days within which two records of a person are one dose, whatever day is right.
const NEAR_DAYS: i32 = 7;

/// The history of a person: each dose once, in the order of days.
///
/// Two records are one dose when the day is the same, or the label is and they lie at most 30 days apart (a wrong day on one side
/// must not make a third dose of a second). The local record stands, and takes over what it lacks.
pub fn merge_history(local: impl Iterator<Item = HistoryDose>, system: impl Iterator<Item = HistoryDose>) -> Vec<HistoryDose> {
    let mut history: Vec<HistoryDose> = Vec::new();
    for dose in local.chain(system) {
        let same = |other: &&mut HistoryDose| {
            let gap = (dose.given - other.given).get_days().abs();
            let is_other_label = dose.label.zip(other.label).is_some_and(|(own, known)| own != known);
            // No two doses are given within a week (the shortest interval is Abdala's two): one of them is badly dated.
            let is_badly_dated = gap <= NEAR_DAYS && !is_other_label;
            gap == 0 || is_badly_dated || (gap <= 30 && dose.label.is_some() && dose.label == other.label)
        };
        match history.iter_mut().find(same) {
            Some(known) => {
                known.product = known.product.or(dose.product);
                known.label = known.label.or(dose.label);
            }
            None => history.push(dose),
        }
    }
    history.sort_by_key(|dose| dose.given);
    history
}

/// The age band that a label or a title says, for persons without a birth year.
///
/// ```
/// use ra_soat::domain::AgeBand;
/// use ra_soat::reconcile::column::band_in_words;
/// assert_eq!(band_in_words("DANH SÁCH TIÊM TRẺ TỪ 12 ĐẾN 17 TUỔI"), Some(AgeBand::Adolescent));
/// assert_eq!(band_in_words("Danh sách tiêm 2021-12-17"), None);
/// ```
pub fn band_in_words(text: &str) -> Option<AgeBand> {
    let folded = crate::normalize::fold(text);
    let has = |needle: &str| folded.contains(needle);
    if !["tre", "tuoi", "hoc sinh"]
        .iter()
        .any(|word| folded.split(|c: char| !c.is_alphanumeric()).any(|part| part == *word) || (word.contains(' ') && has(word)))
    {
        return None;
    }
    let numbers: Vec<u32> = folded.split(|c: char| !c.is_ascii_digit()).filter_map(|part| part.parse().ok()).collect();
    let follows = |low: u32, high: u32| numbers.windows(2).any(|pair| pair[0] == low && (pair[1] == high || pair[1] == high + 1));
    if follows(5, 11) {
        Some(AgeBand::Child)
    } else if follows(12, 17) {
        Some(AgeBand::Adolescent)
    } else if has("tre em") && !has("tu 18") {
        Some(AgeBand::Child)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use FormColumn::*;
    use jiff::civil::date;

    fn history(products: &[Product]) -> Vec<HistoryDose> {
        products
            .iter()
            .enumerate()
            .map(|(i, product)| HistoryDose {
                given: date(2021, 3 + i as i8, 10),
                product: Some(*product),
                label: Some(DoseLabel::Ordinal(i as u8 + 1)),
            })
            .collect()
    }

    /// The column of the last dose of a history under a label, for a person born in 1980.
    fn last(products: &[Product], label: Option<DoseLabel>) -> Result<FormColumn, NoColumn> {
        let history = history(products);
        let dose = history.last().unwrap();
        let dose = DoseToPlace { given: dose.given, product: dose.product, label, label_names_abdala: false, band_hint: None };
        place(&dose, Some(BirthDate::Year(1980)), &history, &ColumnTable::default()).column
    }

    fn ordinal(n: u8) -> Option<DoseLabel> {
        Some(DoseLabel::Ordinal(n))
    }

    #[test]
    fn bare_ordinals_follow_the_series() {
        use Product::*;
        let cases: [(&[Product], u8, Result<FormColumn, NoColumn>); 17] = [
            (&[Pfizer], 1, Ok(C)),
            (&[Pfizer, Pfizer], 2, Ok(D)),
            (&[Pfizer, Pfizer, Pfizer], 3, Ok(G)),
            (&[AstraZeneca, Pfizer, Moderna, Pfizer], 4, Ok(H)),
            (&[AstraZeneca, AstraZeneca, Pfizer, Pfizer, Pfizer], 5, Err(NoColumn::NoSuchDose)),
            (&[Abdala, Abdala, Abdala], 3, Ok(E)),
            (&[Abdala, Abdala, Abdala, Pfizer], 4, Ok(G)),
            (&[Abdala, Abdala, Abdala, Pfizer, Pfizer], 5, Ok(H)),
            (&[Abdala, Abdala, Pfizer], 3, Ok(G)),
            (&[Abdala, Abdala, Pfizer, Pfizer], 4, Ok(H)),
            (&[VeroCell, VeroCell, VeroCell], 3, Ok(F)),
            (&[HayatVax, VeroCell, Pfizer], 3, Ok(F)),
            (&[SputnikV, SputnikV, Pfizer, Pfizer], 4, Ok(G)),
            (&[VeroCell, VeroCell, VeroCell, Pfizer, Pfizer], 5, Ok(H)),
            (&[VeroCell, Pfizer, Pfizer], 3, Ok(G)),
            (&[Janssen, Pfizer], 2, Ok(G)),
            (&[Janssen, Pfizer, Pfizer], 3, Ok(H)),
        ];
        for (products, n, column) in cases {
            assert_eq!(last(products, ordinal(n)), column, "{products:?} {n}");
            assert_eq!(last(products, None), column, "{products:?} by order");
        }
    }

    #[test]
    fn a_clear_label_wins_over_history() {
        use Product::*;
        assert_eq!(last(&[Pfizer, Pfizer, Pfizer], Some(DoseLabel::Additional)), Ok(F));
        assert_eq!(last(&[VeroCell, VeroCell, VeroCell], Some(DoseLabel::Booster(1))), Ok(G));
        assert_eq!(last(&[Pfizer], Some(DoseLabel::Booster(2))), Ok(H));
        assert_eq!(last(&[Pfizer], Some(DoseLabel::Booster(3))), Err(NoColumn::NoSuchDose));
    }

    #[test]
    fn without_history_the_ordinal_decides_and_is_doubted() {
        let alone = |n, product| {
            let given = date(2022, 5, 4);
            let dose = DoseToPlace { given, product: Some(product), label: ordinal(n), label_names_abdala: false, band_hint: None };
            let history = [HistoryDose { given, product: Some(product), label: ordinal(n) }];
            place(&dose, Some(BirthDate::Year(1980)), &history, &ColumnTable::default())
        };
        assert_eq!(alone(1, Product::Pfizer).column, Ok(C));
        assert_eq!(alone(2, Product::Pfizer).column, Ok(D));
        assert_eq!(alone(3, Product::Pfizer).column, Ok(G));
        assert_eq!(alone(3, Product::Abdala).column, Ok(E));
        assert_eq!(alone(4, Product::Abdala).column, Ok(H));
        assert!(!alone(2, Product::Pfizer).doubts.any());
        assert!(alone(3, Product::Pfizer).doubts.no_history);
    }

    #[test]
    fn the_band_turns_on_the_birthday() {
        let at = |birth, given, label| {
            let dose = DoseToPlace { given, product: Some(Product::Pfizer), label, label_names_abdala: false, band_hint: None };
            let history = [HistoryDose { given, product: Some(Product::Pfizer), label }];
            place(&dose, Some(BirthDate::Day(birth)), &history, &ColumnTable::default()).column
        };
        let given = date(2022, 6, 15);
        assert_eq!(at(date(2004, 6, 16), given, ordinal(1)), Ok(I));
        assert_eq!(at(date(2004, 6, 15), given, ordinal(1)), Ok(C));
        assert_eq!(at(date(2010, 6, 16), given, ordinal(1)), Ok(L));
        assert_eq!(at(date(2010, 6, 15), given, ordinal(1)), Ok(I));
        assert_eq!(at(date(2017, 6, 16), given, ordinal(1)), Err(NoColumn::UnderFive));
        assert_eq!(at(date(2017, 6, 15), given, ordinal(1)), Ok(L));
        assert_eq!(at(date(2022, 6, 16), given, ordinal(1)), Err(NoColumn::BeforeBirth));
        assert_eq!(at(date(2006, 1, 1), given, Some(DoseLabel::Additional)), Ok(K));
        assert_eq!(at(date(2006, 1, 1), given, Some(DoseLabel::Booster(1))), Ok(K));
        assert_eq!(at(date(2006, 1, 1), given, ordinal(3)), Ok(K));
        assert_eq!(at(date(2006, 1, 1), given, ordinal(4)), Err(NoColumn::NoSuchDose));
        assert_eq!(at(date(2014, 1, 1), given, ordinal(3)), Err(NoColumn::NoSuchDose));
    }

    #[test]
    fn three_months_to_the_day_is_not_late() {
        let history = history(&[Product::VeroCell, Product::VeroCell]);
        let second = history[1].given;
        let place_on = |given: Date, history: &[HistoryDose]| {
            let dose =
                DoseToPlace { given, product: Some(Product::VeroCell), label: ordinal(3), label_names_abdala: false, band_hint: None };
            place(&dose, Some(BirthDate::Year(1980)), history, &ColumnTable::default()).doubts.late_additional
        };
        let limit = second.checked_add(jiff::Span::new().months(3)).unwrap();
        assert!(!place_on(limit, &history));
        assert!(place_on(limit.tomorrow().unwrap(), &history));
    }

    #[test]
    fn label_and_history_that_disagree_are_both_shown_and_the_label_is_kept() {
        let history = history(&[Product::Pfizer, Product::Pfizer, Product::Pfizer]);
        let dose = DoseToPlace {
            given: history[2].given,
            product: Some(Product::Pfizer),
            label: ordinal(2),
            label_names_abdala: false,
            band_hint: None,
        };
        let placement = place(&dose, Some(BirthDate::Year(1980)), &history, &ColumnTable::default());
        assert_eq!((placement.column, placement.history_says), (Ok(D), Some(G)));
    }

    #[test]
    fn a_wrong_day_on_one_side_makes_no_third_dose() {
        let dose = |day, n| HistoryDose { given: date(2021, 8, day), product: Some(Product::Pfizer), label: ordinal(n) };
        let merged = merge_history([dose(1, 1), dose(22, 2)].into_iter(), [dose(4, 1), dose(22, 2)].into_iter());
        assert_eq!(merged, [dose(1, 1), dose(22, 2)]);
    }
}
