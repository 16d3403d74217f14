//! What persons said of pairs, laid over what the machine linked: who is one after all, who is not, and where the answers contradict.

use crate::domain::Decision;
use rustc_hash::{FxHashMap, FxHashSet};

/// Groups of the machine's persons that were said to be one person.
///
/// The result does not depend on the order of the answers. Where they contradict each other (A is B, B is C, A is not C) none of the
/// `Cùng người` that hang together there counts until a person has solved it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Decided {
    /// The first of the group of each person that is in one; who is in none is not named.
    root: FxHashMap<u32, u32>,
    /// The members of each group, ascending, under its first.
    members: FxHashMap<u32, Vec<u32>>,
    /// As `root` and `members`, contradictions left aside: all that hangs together by `Cùng người`.
    together: FxHashMap<u32, Vec<u32>>,
    /// Groups that are not the same person, each pair in ascending order.
    different: FxHashSet<(u32, u32)>,
    /// Pairs of persons in ascending order whose answers contradict, sorted.
    conflicts: Vec<(u32, u32)>,
}

/// The two in ascending order.
fn ordered(a: u32, b: u32) -> (u32, u32) {
    (a.min(b), a.max(b))
}

/// Persons that hang together by these pairs: the members under their first.
fn groups_of(pairs: &[(u32, u32)]) -> (FxHashMap<u32, u32>, FxHashMap<u32, Vec<u32>>) {
    let mut parent: FxHashMap<u32, u32> = FxHashMap::default();
    fn find(parent: &mut FxHashMap<u32, u32>, of: u32) -> u32 {
        let mut root = of;
        while let Some(next) = parent.get(&root).copied().filter(|next| *next != root) {
            root = next;
        }
        parent.insert(of, root);
        root
    }
    for (a, b) in pairs {
        let (a, b) = (find(&mut parent, *a), find(&mut parent, *b));
        parent.insert(a.max(b), a.min(b));
    }
    let mut everyone: Vec<u32> = parent.keys().copied().collect();
    everyone.sort_unstable();
    let (mut root, mut members) = (FxHashMap::default(), FxHashMap::<u32, Vec<u32>>::default());
    for person in everyone {
        let first = find(&mut parent, person);
        root.insert(person, first);
        members.entry(first).or_default().push(person);
    }
    (root, members)
}

impl Decided {
    /// Lays answers about pairs of the machine's persons over its linkage.
    pub fn of(answers: impl IntoIterator<Item = (u32, u32, Decision)>) -> Decided {
        let (mut same, mut other) = (Vec::new(), Vec::new());
        for (a, b, decision) in answers {
            match decision {
                Decision::SamePerson if a != b => same.push(ordered(a, b)),
                Decision::DifferentPerson => other.push(ordered(a, b)),
                _ => {}
            }
        }
        let (root, members) = groups_of(&same);
        let of = |root: &FxHashMap<u32, u32>, person: u32| root.get(&person).copied().unwrap_or(person);
        let mut conflicts: Vec<(u32, u32)> = other.iter().copied().filter(|(a, b)| of(&root, *a) == of(&root, *b)).collect();
        let broken: FxHashSet<u32> = conflicts.iter().map(|(a, _)| of(&root, *a)).collect();
        conflicts.extend(same.iter().copied().filter(|(a, _)| broken.contains(&of(&root, *a))));
        conflicts.sort_unstable();
        conflicts.dedup();
        let mut together = FxHashMap::default();
        for group in members.values() {
            group.iter().for_each(|person| {
                together.insert(*person, group.clone());
            });
        }
        same.retain(|(a, _)| !broken.contains(&of(&root, *a)));
        other.retain(|(a, b)| of(&root, *a) != of(&root, *b));
        let (root, members) = groups_of(&same);
        let different = other.iter().map(|(a, b)| ordered(of(&root, *a), of(&root, *b))).collect();
        Decided { root, members, together, different, conflicts }
    }

    /// The person this one was said to be: the first of its group, or itself.
    pub fn root(&self, person: u32) -> u32 {
        if self.root.is_empty() { person } else { self.root.get(&person).copied().unwrap_or(person) }
    }

    /// Everyone in the group that starts with this person.
    pub fn members(&self, root: u32) -> Vec<u32> {
        self.members.get(&root).cloned().unwrap_or_else(|| vec![root])
    }

    /// Everyone that hangs together with this person by `Cùng người`, contradicted or not.
    pub fn together(&self, person: u32) -> Vec<u32> {
        self.together.get(&person).cloned().unwrap_or_else(|| vec![person])
    }

    /// Whether two persons were said not to be one.
    pub fn are_different(&self, a: u32, b: u32) -> bool {
        !self.different.is_empty() && self.different.contains(&ordered(self.root(a), self.root(b)))
    }

    /// Whether the answer about two persons contradicts others.
    pub fn is_conflict(&self, a: u32, b: u32) -> bool {
        self.conflicts.binary_search(&ordered(a, b)).is_ok()
    }

    /// Pairs of persons whose answers contradict each other, or the machine that has them as one.
    pub fn conflicts(&self) -> &[(u32, u32)] {
        &self.conflicts
    }

    /// Whether nobody was joined.
    pub fn joins_nobody(&self) -> bool {
        self.root.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn some_answers() -> impl Strategy<Value = Vec<(u32, u32, Decision)>> {
        let decision = (0usize..3).prop_map(|at| Decision::ALL[at]);
        proptest::collection::vec((0u32..9, 0u32..9, decision), 0..14)
    }

    proptest! {
        #[test]
        fn the_order_of_answers_and_saying_them_twice_do_not_matter(answers in some_answers()) {
            let once = Decided::of(answers.iter().copied());
            let turned = Decided::of(answers.iter().rev().map(|(a, b, decision)| (*b, *a, *decision)));
            let twice = Decided::of(answers.iter().chain(&answers).copied());
            prop_assert_eq!(&once, &turned);
            prop_assert_eq!(&once, &twice);
        }

        #[test]
        fn nobody_is_both_one_and_not_one_with_another(answers in some_answers()) {
            let decided = Decided::of(answers.iter().copied());
            for (a, b, decision) in answers {
                prop_assert!(!(decided.root(a) == decided.root(b) && decided.are_different(a, b)));
                if a != b && !decided.is_conflict(a, b) {
                    prop_assert!(decision != Decision::SamePerson || decided.root(a) == decided.root(b));
                    prop_assert!(decision != Decision::DifferentPerson || decided.are_different(a, b));
                }
            }
        }
    }

    #[test]
    fn a_contradiction_joins_nobody_until_it_is_solved() {
        let same = |a, b| (a, b, Decision::SamePerson);
        let decided = Decided::of([same(1, 2), same(2, 3), (1, 3, Decision::DifferentPerson), same(5, 6)]);
        assert_eq!([1, 2, 3].map(|person| decided.root(person)), [1, 2, 3]);
        assert_eq!(decided.root(6), 5);
        assert_eq!(decided.conflicts(), [(1, 2), (1, 3), (2, 3)]);
        assert_eq!(Decided::of([same(1, 2), same(2, 3), (1, 3, Decision::Later)]).root(3), 1);
    }
}
