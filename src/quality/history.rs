//! Steps of cleaning that can be undone and done again, each in the officer's words.

use super::choices::{Corrections, DayColumn, RecordKey, Remedy, Typed, TypedField};
use super::status::Verification;
use crate::domain::Product;
use serde::{Deserialize, Serialize};

/// One thing that changes, with what it was and what it becomes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Change {
    /// A rule is switched off or on.
    RuleOff(String, bool),
    /// A vaccine as written means a product, or nothing any more.
    Vaccine(String, Option<Product>),
    /// A facility as written is spelled otherwise, or as written again.
    Facility(String, Option<String>),
    /// A word of verification means something, or nothing any more.
    Status(String, Option<Verification>),
    /// Days and months of a column change places, or not.
    Swapped(DayColumn, bool),
    /// A correction is made wherever it applies, or not.
    Everywhere(Remedy, bool),
    /// A correction of one record is made, or not.
    Once(RecordKey, Remedy, bool),
    /// A field is typed anew, or as written again.
    Typed(RecordKey, TypedField, Option<Typed>),
}

impl Change {
    /// Makes the change; gives the change that takes it back.
    fn make(self, on: &mut Corrections) -> Change {
        let choices = &mut on.choices;
        match self {
            Change::RuleOff(code, is_on) => {
                let was = choices.rules_off.contains(&code);
                put(&mut choices.rules_off, code.clone(), is_on);
                Change::RuleOff(code, was)
            }
            Change::Vaccine(text, product) => {
                let was = replace(&mut choices.vaccines, &text, product);
                Change::Vaccine(text, was)
            }
            Change::Facility(text, spelling) => {
                let was = replace(&mut choices.facilities, &text, spelling);
                Change::Facility(text, was)
            }
            Change::Status(text, status) => {
                let was = replace(&mut choices.statuses, &text, status);
                Change::Status(text, was)
            }
            Change::Swapped(column, is_on) => {
                let was = choices.swapped.contains(&column);
                put(&mut choices.swapped, column.clone(), is_on);
                Change::Swapped(column, was)
            }
            Change::Everywhere(remedy, is_on) => {
                let was = choices.everywhere.contains(&remedy);
                put(&mut choices.everywhere, remedy, is_on);
                Change::Everywhere(remedy, was)
            }
            Change::Once(key, remedy, is_on) => {
                let was = choices.once.contains(&(key, remedy));
                put(&mut choices.once, (key, remedy), is_on);
                Change::Once(key, remedy, was)
            }
            Change::Typed(key, field, typed) => {
                let was = replace(&mut on.typed, &(key, field), typed);
                Change::Typed(key, field, was)
            }
        }
    }
}

fn put<T: Ord>(set: &mut std::collections::BTreeSet<T>, value: T, is_on: bool) {
    if is_on {
        set.insert(value);
    } else {
        set.remove(&value);
    }
}

fn replace<K: Ord + Clone, V>(map: &mut std::collections::BTreeMap<K, V>, key: &K, value: Option<V>) -> Option<V> {
    match value {
        Some(value) => map.insert(key.clone(), value),
        None => map.remove(key),
    }
}

/// One step, with what takes it back (or does it again).
#[derive(Clone, Debug, PartialEq, Eq)]
struct Step {
    what: String,
    changes: Vec<Change>,
}

/// The steps so far, and those undone.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CleaningHistory {
    done: Vec<Step>,
    undone: Vec<Step>,
}

fn make_all(changes: Vec<Change>, on: &mut Corrections) -> Vec<Change> {
    let mut back: Vec<Change> = changes.into_iter().map(|change| change.make(on)).collect();
    back.reverse();
    back
}

impl CleaningHistory {
    /// Makes changes as one step; what was undone before is forgotten. Where nothing changes, nothing is remembered.
    pub fn apply(&mut self, on: &mut Corrections, what: String, changes: Vec<Change>) -> bool {
        let before = on.clone();
        let changes = make_all(changes, on);
        if *on == before {
            return false;
        }
        self.done.push(Step { what, changes });
        self.undone.clear();
        true
    }

    /// Takes the last step back; says what it was.
    pub fn undo(&mut self, on: &mut Corrections) -> Option<String> {
        let Step { what, changes } = self.done.pop()?;
        self.undone.push(Step { what: what.clone(), changes: make_all(changes, on) });
        Some(what)
    }

    /// Does the last undone step again; says what it is.
    pub fn redo(&mut self, on: &mut Corrections) -> Option<String> {
        let Step { what, changes } = self.undone.pop()?;
        self.done.push(Step { what: what.clone(), changes: make_all(changes, on) });
        Some(what)
    }

    /// What was done, first to last.
    pub fn done(&self) -> impl DoubleEndedIterator<Item = &str> + ExactSizeIterator {
        self.done.iter().map(|step| step.what.as_str())
    }

    /// What was undone, the next to be done again first.
    pub fn undone(&self) -> impl DoubleEndedIterator<Item = &str> + ExactSizeIterator {
        self.undone.iter().rev().map(|step| step.what.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn some_change() -> impl Strategy<Value = Change> {
        let text = || prop_oneof![Just("a".to_owned()), Just("b".to_owned())];
        let typed = |new: String| Typed { old: "x".to_owned(), new };
        prop_oneof![
            (text(), any::<bool>()).prop_map(|(code, on)| Change::RuleOff(code, on)),
            (text(), proptest::option::of(Just(Product::Pfizer))).prop_map(|(text, product)| Change::Vaccine(text, product)),
            (text(), proptest::option::of(text())).prop_map(|(text, spelling)| Change::Facility(text, spelling)),
            any::<bool>().prop_map(|on| Change::Everywhere(Remedy::PadTo12, on)),
            (0u64..3, any::<bool>()).prop_map(|(key, on)| Change::Once(RecordKey(key), Remedy::SwapGiven, on)),
            (0u64..3, proptest::option::of(text().prop_map(typed))).prop_map(|(key, new)| Change::Typed(
                RecordKey(key),
                TypedField::Name,
                new
            )),
        ]
    }

    proptest! {
        #[test]
        fn undoing_every_step_gives_the_beginning_and_redoing_the_end(
            steps in proptest::collection::vec(proptest::collection::vec(some_change(), 1..5), 0..12)
        ) {
            let (mut history, mut on) = (CleaningHistory::default(), Corrections::default());
            for step in steps {
                history.apply(&mut on, "sửa".to_owned(), step);
            }
            let end = on.clone();
            while history.undo(&mut on).is_some() {}
            prop_assert_eq!(&on, &Corrections::default());
            while history.redo(&mut on).is_some() {}
            prop_assert_eq!(on, end);
        }
    }

    #[test]
    fn a_step_that_changes_nothing_is_none_and_a_new_step_forgets_what_was_undone() {
        let (mut history, mut on) = (CleaningHistory::default(), Corrections::default());
        let vaccine = |product| vec![Change::Vaccine("pfi zer".to_owned(), product)];
        assert!(!history.apply(&mut on, "a".to_owned(), vaccine(None)));
        assert!(history.apply(&mut on, "b".to_owned(), vaccine(Some(Product::Pfizer))));
        assert_eq!(history.undo(&mut on).as_deref(), Some("b"));
        assert_eq!(history.undone().collect::<Vec<_>>(), ["b"]);
        assert!(history.apply(&mut on, "c".to_owned(), vaccine(Some(Product::Moderna))));
        assert_eq!((history.undone().len(), history.done().collect::<Vec<_>>()), (0, vec!["c"]));
    }
}
