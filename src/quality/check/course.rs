//! Rules about one person's doses together: order, intervals, repeats, mixes.

use super::tell;
use crate::domain::{AgeBand, BirthDate, Date, DoseLabel, FormColumn, Product};
use crate::normalize::fold;
use crate::normalize::text::Text;
use crate::pace::{Cancelled, Pace, STRIDE, Stage};
use crate::quality::catalogue::RuleId;
use crate::quality::findings::Findings;
use crate::quality::limits::{
    ABDALA_THIRD, ADDITIONAL, ADOLESCENT_THIRD_MONTHS, CHILD_SECOND, FIRST_BOOSTER_MONTHS, MOST_DOSES, SECOND_BOOSTER_MONTHS, second_after,
};
use crate::quality::stock::Stock;
use crate::reconcile::column::{DoseToPlace, HistoryDose, place};
use crate::reconcile::column_table::ColumnTable;
use rustc_hash::FxHashMap;

/// One dose of the course.
#[derive(Clone, Copy)]
struct Step {
    at: u32,
    given: Date,
    product: Option<Product>,
    label: Option<DoseLabel>,
    label_text: Text,
}

/// The rules about a course.
pub(super) const RULES: [RuleId; 15] = [
    RuleId::EarlySecond,
    RuleId::EarlyThirdAbdala,
    RuleId::EarlyAdditional,
    RuleId::EarlyFirstBooster,
    RuleId::EarlySecondBoosterGap,
    RuleId::EarlyThirdAdolescent,
    RuleId::EarlyChildSecond,
    RuleId::OrderOfDays,
    RuleId::DoseTwice,
    RuleId::TwoOnOneDay,
    RuleId::LabelTwice,
    RuleId::MissingBefore,
    RuleId::TooMany,
    RuleId::ChildMix,
    RuleId::OtherSecond,
];

/// Checks the course of every person of these, each given as his records.
pub(super) async fn check<'g, P: Pace>(
    stock: &Stock<'_>,
    groups: impl ExactSizeIterator<Item = &'g [u32]>,
    columns: &ColumnTable,
    found: &mut Findings,
    pace: &mut P,
) -> Result<(), Cancelled> {
    let mut abdala: FxHashMap<Text, bool> = FxHashMap::default();
    let (mut steps, mut history) = (Vec::new(), Vec::new());
    let total = groups.len();
    for (done, records) in groups.enumerate() {
        if done.is_multiple_of(STRIDE) {
            pace.step(Stage::Checking, done, total).await?;
        }
        steps.clear();
        let mut birth: Option<BirthDate> = None;
        for record in records.iter().filter_map(|at| stock.record(*at)) {
            let own = record.person.birth;
            if own.is_some_and(|own| birth.is_none_or(|known| own.is_more_precise_than(known))) {
                birth = own;
            }
            if let Some(given) = record.dose.given {
                let dose = record.dose;
                steps.push(Step { at: record.at, given, product: dose.product, label: dose.label, label_text: dose.label_text });
            }
        }
        steps.sort_by_key(|step| (step.given, step.at));
        labels_without_before(&steps, found);
        if steps.len() < 2 {
            continue;
        }
        repeats(&steps, found);
        order(&steps, found);
        mixes(&steps, birth, found);
        for step in steps.iter().skip(MOST_DOSES) {
            found.push(RuleId::TooMany, step.at);
        }
        history.clear();
        history.extend(steps.iter().map(|step| HistoryDose { given: step.given, product: step.product, label: step.label }));
        for (nth, step) in steps.iter().enumerate().skip(1) {
            let names_abdala = step.label_text.is_some()
                && *abdala.entry(step.label_text).or_insert_with(|| fold(stock.pool.get(step.label_text)).contains("abdala"));
            let dose = DoseToPlace {
                given: step.given,
                product: step.product,
                label: step.label,
                label_names_abdala: names_abdala,
                band_hint: None,
            };
            let column = place(&dose, birth, &history, columns).column;
            if let (Ok(column), Some(before)) = (column, steps.get(..nth).and_then(|before| before.last())) {
                interval(before, step, column, found);
            }
        }
    }
    Ok(())
}

/// A dose given sooner after the one before than its column allows. The last day that is too early is the one before the limit.
fn interval(before: &Step, step: &Step, column: FormColumn, found: &mut Findings) {
    if step.given == before.given {
        return;
    }
    let is_within = |span: jiff::Span| before.given.checked_add(span).is_ok_and(|limit| step.given < limit);
    let days = |days: i32| is_within(jiff::Span::new().days(days));
    let months = |months: i32| is_within(jiff::Span::new().months(months));
    let (rule, is_early) = match column {
        FormColumn::D | FormColumn::J => (RuleId::EarlySecond, before.product.and_then(second_after).is_some_and(days)),
        FormColumn::E => (RuleId::EarlyThirdAbdala, days(ABDALA_THIRD)),
        FormColumn::F => (RuleId::EarlyAdditional, days(ADDITIONAL)),
        FormColumn::G => (RuleId::EarlyFirstBooster, months(FIRST_BOOSTER_MONTHS)),
        FormColumn::H => (RuleId::EarlySecondBoosterGap, months(SECOND_BOOSTER_MONTHS)),
        FormColumn::K => (RuleId::EarlyThirdAdolescent, months(ADOLESCENT_THIRD_MONTHS)),
        FormColumn::M => (RuleId::EarlyChildSecond, days(CHILD_SECOND)),
        FormColumn::C | FormColumn::I | FormColumn::L => return,
    };
    tell(found, rule, step.at, is_early);
}

fn repeats(steps: &[Step], found: &mut Findings) {
    for (nth, step) in steps.iter().enumerate() {
        let before = steps.get(..nth).unwrap_or_default();
        let mut same_day = before.iter().rev().take_while(|other| other.given == step.given).peekable();
        if same_day.peek().is_some() {
            let is_copy = same_day.any(|other| other.product == step.product || other.product.is_none() || step.product.is_none());
            found.push(if is_copy { RuleId::DoseTwice } else { RuleId::TwoOnOneDay }, step.at);
        } else if step.label.is_some() && before.iter().any(|other| other.label == step.label) {
            found.push(RuleId::LabelTwice, step.at);
        }
    }
}

/// Numbers that go down while the days go up.
fn order(steps: &[Step], found: &mut Findings) {
    let (mut ordinal, mut booster, mut is_beyond_basic) = (0, 0, false);
    for step in steps {
        let is_out_of_order = match step.label {
            Some(DoseLabel::Ordinal(own)) => {
                let is_out = own < ordinal || (is_beyond_basic && own < 3);
                ordinal = ordinal.max(own);
                is_out
            }
            Some(DoseLabel::Booster(own)) => {
                let is_out = own < booster;
                (booster, is_beyond_basic) = (booster.max(own), true);
                is_out
            }
            Some(DoseLabel::Additional) => {
                is_beyond_basic = true;
                false
            }
            None => false,
        };
        tell(found, RuleId::OrderOfDays, step.at, is_out_of_order);
    }
}

fn mixes(steps: &[Step], birth: Option<BirthDate>, found: &mut Findings) {
    let is_child = |step: &Step| birth.is_some_and(|birth| AgeBand::of_age(birth.age_on(step.given)) == AgeBand::Child);
    let first = steps.iter().find(|step| is_child(step)).and_then(|step| step.product);
    for step in steps.iter().filter(|step| is_child(step)) {
        tell(found, RuleId::ChildMix, step.at, first.is_some() && step.product.is_some() && step.product != first);
    }
    let second = |step: &&Step| step.label == Some(DoseLabel::Ordinal(2));
    if let (Some(one), Some(two)) = (steps.first(), steps.iter().find(second)) {
        let is_other = one.product.is_some() && two.product.is_some() && one.product != two.product;
        tell(found, RuleId::OtherSecond, two.at, is_other && one.given < two.given && !is_child(two));
    }
}

/// An ordinal whose predecessor is nowhere among the person's doses.
fn labels_without_before(steps: &[Step], found: &mut Findings) {
    let has = |ordinal| steps.iter().any(|step| step.label == Some(DoseLabel::Ordinal(ordinal)));
    for step in steps {
        if let Some(DoseLabel::Ordinal(own @ 2..)) = step.label {
            // Numbers stop being dense after the basic series: a third may be written `Bổ sung`, `Nhắc 1`.
            let is_named_otherwise =
                own > 3 && steps.iter().any(|other| matches!(other.label, Some(DoseLabel::Additional | DoseLabel::Booster(_))));
            tell(found, RuleId::MissingBefore, step.at, !has(own - 1) && !is_named_otherwise);
        }
    }
}
