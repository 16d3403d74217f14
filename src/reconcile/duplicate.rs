//! The same dose again on its own side: which items are copies, and which of them is kept.

use crate::domain::{Date, PersonRecord};
use crate::linkage::Item;
use std::cmp::Reverse;

/// Groups one person's items of one side into doses: same day and same product; a product that is not said is no difference.
/// Groups and items keep the order of the roll.
pub(super) fn copies<'a>(items: &[u32], item: impl Fn(u32) -> &'a Item) -> Vec<Vec<u32>> {
    let mut groups: Vec<Vec<u32>> = Vec::new();
    let product_of = |group: &[u32]| group.iter().find_map(|at| item(*at).dose.product);
    // Items that say their product first, so that those that do not say it join rather than bridge two products.
    let (said, unsaid): (Vec<u32>, Vec<u32>) = items.iter().partition(|at| item(**at).dose.product.is_some());
    for at in said.into_iter().chain(unsaid) {
        let dose = &item(at).dose;
        let same = groups.iter_mut().find(|group| {
            item(group[0]).dose.given == dose.given
                && (dose.product.is_none() || product_of(group).is_none_or(|product| Some(product) == dose.product))
        });
        match same {
            Some(group) => group.push(at),
            None => groups.push(vec![at]),
        }
    }
    for group in &mut groups {
        group.sort_unstable();
    }
    groups.sort_unstable();
    groups
}

/// The local copy that is kept: from the facility that gave the dose, else the fullest, else the first by file, sheet, row.
pub(super) fn kept_local(group: &[u32], rank: impl Fn(u32) -> (bool, u32)) -> u32 {
    group.iter().copied().max_by_key(|at| (rank(*at), Reverse(*at))).unwrap_or_default()
}

/// The System copy that is kept where none is matched: the earliest `Ngày nhập`, then the first.
pub(super) fn kept_system(group: &[u32], entered: impl Fn(u32) -> Option<Date>) -> u32 {
    group.iter().copied().min_by_key(|at| (entered(*at).is_none(), entered(*at), *at)).unwrap_or_default()
}

/// The System copy a local dose is matched with: the best fit, the fullest, the earliest entered, the first.
pub(super) fn best_copy(group: &[u32], rank: impl Fn(u32) -> (u32, u32, Option<Date>)) -> u32 {
    group
        .iter()
        .copied()
        .max_by_key(|at| {
            let (fit, fullness, entered) = rank(*at);
            (fit, fullness, Reverse((entered.is_none(), entered)), Reverse(*at))
        })
        .unwrap_or_default()
}

/// How many fields of person and dose are filled.
pub(super) fn fullness(item: &Item, person: &PersonRecord) -> u32 {
    let texts = [
        person.identity,
        person.phone,
        person.insurance,
        person.commune,
        person.address,
        person.workplace,
        person.target_group,
        item.dose.label_text,
        item.dose.vaccine_text,
        item.dose.lot,
        item.dose.facility,
    ];
    let texts = texts.iter().filter(|text| text.is_some()).count();
    texts as u32 + u32::from(person.birth.is_some_and(|birth| birth.day().is_some())) + u32::from(person.sex.is_some())
}
