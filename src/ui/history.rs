//! Steps that can be undone and redone.

use crate::domain::group_rule::GroupRuleId;
use crate::reconcile::decision::{Decisions, DoseDecision, DoseKey};
use std::collections::BTreeSet;

/// One step: what each dose's decision was and what it became.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DecisionStep {
    /// What was done, in the officer's words.
    pub what: String,
    /// Dose, before, after.
    pub changes: Vec<(DoseKey, Option<DoseDecision>, Option<DoseDecision>)>,
    /// Rules of `Nhóm` that were off and are off now, where a rule was switched.
    pub rules: Option<(BTreeSet<GroupRuleId>, BTreeSet<GroupRuleId>)>,
}

/// The steps so far, and those undone.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct History {
    done: Vec<DecisionStep>,
    undone: Vec<DecisionStep>,
}

impl History {
    /// Changes decisions and remembers how; what was undone before is forgotten. Nothing changes, nothing is remembered.
    pub fn apply(&mut self, decisions: &mut Decisions, what: String, wanted: Vec<(DoseKey, DoseDecision)>) -> bool {
        let changes: Vec<_> = wanted
            .into_iter()
            .map(|(key, after)| (key, decisions.doses.get(&key).cloned(), Some(after).filter(|after| *after != DoseDecision::default())))
            .filter(|(_, before, after)| before != after)
            .collect();
        if changes.is_empty() {
            return false;
        }
        for (key, _, after) in &changes {
            put(decisions, *key, after.as_ref());
        }
        self.done.push(DecisionStep { what, changes, rules: None });
        self.undone.clear();
        true
    }

    /// Switches rules of `Nhóm` and remembers how.
    pub fn apply_rules(&mut self, decisions: &mut Decisions, what: String, off: BTreeSet<GroupRuleId>) {
        let before = std::mem::replace(&mut decisions.rules_off, off.clone());
        self.done.push(DecisionStep { what, changes: Vec::new(), rules: Some((before, off)) });
        self.undone.clear();
    }

    /// Takes the last step back; says what it was.
    pub fn undo(&mut self, decisions: &mut Decisions) -> Option<String> {
        let step = self.done.pop()?;
        for (key, before, _) in step.changes.iter().rev() {
            put(decisions, *key, before.as_ref());
        }
        if let Some((before, _)) = &step.rules {
            decisions.rules_off.clone_from(before);
        }
        let what = step.what.clone();
        self.undone.push(step);
        Some(what)
    }

    /// Does the last undone step again; says what it is.
    pub fn redo(&mut self, decisions: &mut Decisions) -> Option<String> {
        let step = self.undone.pop()?;
        for (key, _, after) in &step.changes {
            put(decisions, *key, after.as_ref());
        }
        if let Some((_, after)) = &step.rules {
            decisions.rules_off.clone_from(after);
        }
        let what = step.what.clone();
        self.done.push(step);
        Some(what)
    }

    /// What would be undone.
    pub fn last(&self) -> Option<&str> {
        self.done.last().map(|step| step.what.as_str())
    }

    /// What would be done again.
    pub fn next(&self) -> Option<&str> {
        self.undone.last().map(|step| step.what.as_str())
    }
}

fn put(decisions: &mut Decisions, key: DoseKey, decision: Option<&DoseDecision>) {
    match decision {
        Some(decision) => decisions.doses.insert(key, decision.clone()),
        None => decisions.doses.remove(&key),
    };
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::MissingGroup;
    use proptest::prelude::*;

    fn group(at: usize) -> DoseDecision {
        DoseDecision { group: MissingGroup::ALL.get(at).copied(), ..DoseDecision::default() }
    }

    proptest! {
        #[test]
        fn undoing_every_step_gives_the_beginning_and_redoing_the_end(
            steps in proptest::collection::vec(proptest::collection::vec((0u64..5, 0usize..9), 1..4), 0..12)
        ) {
            let (mut history, mut decisions) = (History::default(), Decisions::default());
            for step in steps {
                let mut wanted: Vec<(DoseKey, DoseDecision)> = step.into_iter().map(|(key, at)| (DoseKey(key), group(at))).collect();
                wanted.sort_by_key(|(key, _)| *key);
                wanted.dedup_by_key(|(key, _)| *key);
                history.apply(&mut decisions, "đổi nhóm".to_owned(), wanted);
            }
            let end = decisions.clone();
            while history.undo(&mut decisions).is_some() {}
            prop_assert!(decisions.doses.is_empty());
            while history.redo(&mut decisions).is_some() {}
            prop_assert_eq!(decisions, end);
        }
    }

    #[test]
    fn a_switched_rule_is_a_step_like_any_other() {
        let (mut history, mut decisions) = (History::default(), Decisions::default());
        history.apply(&mut decisions, "a".to_owned(), vec![(DoseKey(1), group(0))]);
        history.apply_rules(&mut decisions, "b".to_owned(), [GroupRuleId::ArmyCode].into());
        let end = decisions.clone();
        assert_eq!(history.undo(&mut decisions).as_deref(), Some("b"));
        assert!(decisions.rules_off.is_empty() && decisions.doses.len() == 1);
        history.redo(&mut decisions);
        assert_eq!(decisions, end);
    }

    #[test]
    fn a_new_step_forgets_what_was_undone() {
        let (mut history, mut decisions) = (History::default(), Decisions::default());
        assert!(history.apply(&mut decisions, "a".to_owned(), vec![(DoseKey(1), group(0))]));
        assert!(!history.apply(&mut decisions, "a".to_owned(), vec![(DoseKey(1), group(0))]), "the same again is no step");
        history.undo(&mut decisions);
        history.apply(&mut decisions, "b".to_owned(), vec![(DoseKey(2), group(1))]);
        assert_eq!((history.last(), history.next()), (Some("b"), None));
    }
}
