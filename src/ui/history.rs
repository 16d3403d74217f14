//! Steps that can be undone and redone.

use crate::domain::Decision;
use crate::domain::group_rule::GroupRuleId;
use crate::reconcile::alias::Aliases;
use crate::reconcile::decision::{Decisions, DoseDecision, DoseKey, PairKey};
use std::collections::BTreeSet;

/// One step: what each decision was and what it became.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DecisionStep {
    /// What was done, in the officer's words.
    pub what: String,
    /// Dose, before, after.
    pub changes: Vec<(DoseKey, Option<DoseDecision>, Option<DoseDecision>)>,
    /// Pair, before, after.
    pub pairs: Vec<(PairKey, Option<Decision>, Option<Decision>)>,
    /// Rules of `Nhóm` that were off and are off now, where a rule was switched.
    pub rules: Option<(BTreeSet<GroupRuleId>, BTreeSet<GroupRuleId>)>,
    /// The alias table before and after, where names of units were joined or told apart.
    pub units: Option<(Aliases, Aliases)>,
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
        self.done.push(DecisionStep { what, changes, ..DecisionStep::default() });
        self.undone.clear();
        true
    }

    /// Changes answers about pairs, as one step.
    pub fn apply_pairs(&mut self, decisions: &mut Decisions, what: String, wanted: Vec<(PairKey, Option<Decision>)>) -> bool {
        let pairs: Vec<_> = wanted
            .into_iter()
            .map(|(key, after)| (key, decisions.pairs.get(&key).copied(), after))
            .filter(|(_, before, after)| before != after)
            .collect();
        if pairs.is_empty() {
            return false;
        }
        for (key, _, after) in &pairs {
            put_pair(decisions, *key, *after);
        }
        self.done.push(DecisionStep { what, pairs, ..DecisionStep::default() });
        self.undone.clear();
        true
    }

    /// Switches rules of `Nhóm` and remembers how.
    pub fn apply_rules(&mut self, decisions: &mut Decisions, what: String, off: BTreeSet<GroupRuleId>) {
        let before = std::mem::replace(&mut decisions.rules_off, off.clone());
        self.done.push(DecisionStep { what, rules: Some((before, off)), ..DecisionStep::default() });
        self.undone.clear();
    }

    /// Changes the alias table and remembers how.
    pub fn apply_units(&mut self, decisions: &mut Decisions, what: String, after: Aliases) {
        let before = std::mem::replace(&mut decisions.units, after.clone());
        self.done.push(DecisionStep { what, units: Some((before, after)), ..DecisionStep::default() });
        self.undone.clear();
    }

    /// A pair of the step that would be undone, where it is about pairs.
    pub fn last_pair(&self) -> Option<PairKey> {
        self.done.last().and_then(|step| step.pairs.first()).map(|(key, ..)| *key)
    }

    /// Takes the last step back; says what it was.
    pub fn undo(&mut self, decisions: &mut Decisions) -> Option<String> {
        let step = self.done.pop()?;
        for (key, before, _) in step.changes.iter().rev() {
            put(decisions, *key, before.as_ref());
        }
        for (key, before, _) in step.pairs.iter().rev() {
            put_pair(decisions, *key, *before);
        }
        if let Some((before, _)) = &step.rules {
            decisions.rules_off.clone_from(before);
        }
        if let Some((before, _)) = &step.units {
            decisions.units.clone_from(before);
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
        for (key, _, after) in &step.pairs {
            put_pair(decisions, *key, *after);
        }
        if let Some((_, after)) = &step.rules {
            decisions.rules_off.clone_from(after);
        }
        if let Some((_, after)) = &step.units {
            decisions.units.clone_from(after);
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

fn put_pair(decisions: &mut Decisions, key: PairKey, decision: Option<Decision>) {
    match decision {
        Some(decision) => decisions.pairs.insert(key, decision),
        None => decisions.pairs.remove(&key),
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
                let pairs = wanted.iter().map(|(key, _)| (PairKey(key.0, 1), Decision::ALL.get(key.0 as usize).copied())).collect();
                history.apply_pairs(&mut decisions, "trả lời".to_owned(), pairs);
                history.apply(&mut decisions, "đổi nhóm".to_owned(), wanted);
            }
            let end = decisions.clone();
            while history.undo(&mut decisions).is_some() {}
            prop_assert!(decisions.doses.is_empty() && decisions.pairs.is_empty());
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
