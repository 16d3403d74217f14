//! Persons the exact keys left apart: candidate pairs are weighed, and the weight and its lead say what the machine may join.

use super::blocking::{Blocked, candidate_pairs};
use super::candidate::Candidate;
use super::clustering::Clusters;
use super::comparison::history::{HistoryLevel, compare_histories};
use super::comparison::name::NameLevel;
use super::estimates::Estimates;
use super::veto::{Needs, Verdict};
use super::weights::*;
use crate::normalize::text::TextPool;
use crate::pace::{Cancelled, Pace, STRIDE, Stage};
use rustc_hash::FxHashMap;

/// What the weighing says: pairs of positions to join and to show, and how many blocks were cut.
#[derive(Clone, Debug, Default)]
pub struct Weighed {
    /// Pairs the machine joins.
    pub certain: Vec<(u32, u32)>,
    /// Pairs for a person.
    pub possible: Vec<(u32, u32)>,
    /// Blocks cut.
    pub cut: usize,
    /// Persons of cut blocks who were compared with nobody.
    pub uncompared: usize,
}

/// A candidate pair and its weight.
#[derive(Clone, Copy, Debug)]
struct Pair {
    a: u32,
    b: u32,
    weight: i32,
}

/// Weighs the candidate pairs.
///
/// # Errors
/// [`Cancelled`] when the pace says so.
pub async fn weigh<P: Pace>(people: &[Candidate], estimates: &Estimates, pool: &TextPool, pace: &mut P) -> Result<Weighed, Cancelled> {
    let Blocked { pairs: candidates, cut, uncompared } = candidate_pairs(people, estimates, pool, pace).await?;
    let total = candidates.len();
    let mut pairs = Vec::new();
    let mut rivals = Rivals::default();
    let least = if estimates.are_foreign { POSSIBLE_FOREIGN } else { POSSIBLE };
    for (done, (a, b)) in candidates.into_iter().enumerate() {
        if done % STRIDE == 0 {
            pace.step(Stage::Linking, done, total).await?;
        }
        let (x, y) = (&people[a as usize], &people[b as usize]);
        let weight = estimates.explain(x, y, pool).weight();
        if weight >= least {
            pairs.push(Pair { a, b, weight });
            if x.completes(y) {
                rivals.note(a, b, weight);
                rivals.note(b, a, weight);
            }
        }
    }
    // The heaviest first; of equal ones what the persons say decides, never the order of files and rows.
    let mut contents: FxHashMap<u32, u64> = FxHashMap::default();
    let mut content = |at: u32| *contents.entry(at).or_insert_with(|| people[at as usize].content(pool));
    let mut keyed: Vec<(i32, [u64; 2], Pair)> = Vec::with_capacity(pairs.len());
    for (done, pair) in pairs.into_iter().enumerate() {
        if done.is_multiple_of(STRIDE) {
            pace.step(Stage::Linking, done, total).await?;
        }
        let (a, b) = (content(pair.a), content(pair.b));
        keyed.push((-pair.weight, [a.min(b), a.max(b)], pair));
    }
    keyed.sort_unstable_by_key(|(weight, contents, pair)| (*weight, *contents, pair.a, pair.b));
    let pairs: Vec<Pair> = keyed.into_iter().map(|(.., pair)| pair).collect();

    let judge = Judge { people, estimates, pool, rivals };
    let mut result = Weighed { cut, uncompared, ..Weighed::default() };
    let mut joined = Joined::new(people);
    let mut open = Vec::new();
    for (done, pair) in pairs.iter().enumerate() {
        if done % STRIDE == 0 {
            pace.step(Stage::Linking, done, pairs.len()).await?;
        }
        if judge.is_certain(pair, &mut joined) && joined.join(pair, people) {
            result.certain.push((pair.a, pair.b));
        } else {
            open.push(*pair);
        }
    }
    for (done, pair) in open.iter().enumerate() {
        if done.is_multiple_of(STRIDE) {
            pace.step(Stage::Linking, done, open.len()).await?;
        }
        if judge.is_possible(pair, &mut joined) {
            result.possible.push((pair.a, pair.b));
        }
    }
    Ok(result)
}

/// Partners of a person that are kept in mind as rivals of each other.
const RIVALS: usize = 5;

/// The best partners of each person.
#[derive(Default)]
struct Rivals(FxHashMap<u32, [(i32, u32); RIVALS]>);

impl Rivals {
    fn note(&mut self, person: u32, partner: u32, weight: i32) {
        let best = self.0.entry(person).or_insert([(i32::MIN / 2, u32::MAX); RIVALS]);
        if let Some(place) = best.iter().position(|(other, _)| weight > *other) {
            best[place..].rotate_right(1);
            best[place] = (weight, partner);
        }
    }

    /// The partners of a person but this one.
    fn of(&self, person: u32, but: u32) -> impl Iterator<Item = (i32, u32)> {
        self.0.get(&person).copied().into_iter().flatten().filter(move |(_, partner)| *partner != but && *partner != u32::MAX)
    }
}

struct Judge<'a> {
    people: &'a [Candidate],
    estimates: &'a Estimates,
    pool: &'a TextPool,
    rivals: Rivals,
}

impl Judge<'_> {
    fn verdict(&self, a: u32, b: u32) -> Verdict {
        self.estimates.verdict(&self.people[a as usize], &self.people[b as usize], self.pool)
    }

    /// Whether two records are surely of one person, name and all: then they are no rivals of each other. Twins of nearly one name are.
    fn are_alike(&self, a: u32, b: u32) -> bool {
        let (x, y) = (&self.people[a as usize], &self.people[b as usize]);
        let verdict = self.verdict(a, b);
        let beyond = if self.estimates.are_foreign { 0 } else { ALIKE };
        let is_heavy =
            self.estimates.needs(verdict).is_some_and(|needs| self.estimates.explain(x, y, self.pool).weight() >= needs.weight + beyond);
        let is_one_name = self.estimates.are_foreign || self.estimates.names_of(&x.record, &y.record) <= NameLevel::Slip;
        is_heavy && is_one_name && !matches!(verdict, Verdict::OnlyFar | Verdict::OnlyStrong | Verdict::OnlyTwo)
    }

    /// Whether two records of one side are each surely `person`, whose accounts they are: heavy beside that person, their names nearly one,
    /// and no sound numbers that differ. Twins differ in their names.
    fn are_surely(&self, person: u32, a: u32, b: u32) -> bool {
        let [x, y] = [a, b].map(|at| &self.people[at as usize]);
        let is_surely = |at: u32| {
            let weight = self.estimates.explain(&self.people[person as usize], &self.people[at as usize], self.pool).weight();
            weight >= SURELY_THIS_PERSON && !matches!(self.verdict(person, at), Verdict::Vetoed(_) | Verdict::OnlyStrong | Verdict::OnlyFar)
        };
        x.sides == y.sides && self.have_one_name(a, b) && is_surely(a) && is_surely(b)
    }

    /// Whether two records may be one person's by their names and sound numbers: then one that was joined to the partner already is none
    /// to choose instead of the other.
    fn have_one_name(&self, a: u32, b: u32) -> bool {
        let [x, y] = [a, b].map(|at| &self.people[at as usize]);
        !x.has_other_sound_number(y) && (self.estimates.are_foreign || self.estimates.names_of(&x.record, &y.record) <= NameLevel::Slips)
    }

    /// What a rival weighs against a pair.
    fn rival_weight(&self, weight: i32, rival: u32) -> i32 {
        weight - if self.people[rival as usize].sides == [true, true] { RIVAL_HAS_ANOTHER } else { 0 }
    }

    /// Whether `other` is no rival of `partner` but one more dose of whoever that is: rows of one side say the same of their person, word
    /// for word, each of another dose, and `person` had that of `partner`.
    fn is_further_dose(&self, person: u32, partner: u32, other: u32) -> bool {
        let [person, partner, other] = [person, partner, other].map(|at| &self.people[at as usize]);
        if !partner.says_the_same(other) {
            return false;
        }
        let shares = |with: &Candidate| match compare_histories(person, with) {
            Some(HistoryLevel::Shared(doses)) => doses,
            _ => Vec::new(),
        };
        let (own, others) = (shares(partner), shares(other));
        !own.is_empty() && own.iter().all(|dose| !others.contains(dose))
    }

    /// Heavy enough, nothing speaks against it, and no other record comes near.
    fn is_certain(&self, pair: &Pair, joined: &mut Joined) -> bool {
        let (x, y) = (&self.people[pair.a as usize], &self.people[pair.b as usize]);
        let verdict = self.verdict(pair.a, pair.b);
        let Some(Needs { weight, lead }) = self.estimates.needs(verdict) else { return false };
        let has_all = !self.estimates.are_foreign && [x.sides, y.sides] == [[true, true]; 2];
        let weight = match verdict {
            // Two persons found on both sides already are namesakes more easily than one person with four accounts.
            Verdict::Free if has_all => weight + CERTAIN_OF_ONE_SIDE,
            _ if has_all => SURELY_THIS_PERSON,
            _ if x.completes(y) => weight,
            _ => weight + CERTAIN_OF_ONE_SIDE,
        };
        if pair.weight < weight {
            return false;
        }
        // An account beside the one that a person has already; what stands on both sides by now belongs together and to nobody else.
        let is_another_account = pair.weight >= if self.estimates.are_foreign { CERTAIN_FOREIGN } else { SURELY_THIS_PERSON }
            && [joined.sides(pair.a), joined.sides(pair.b)].iter().filter(|sides| **sides == [true, true]).count() == 1;
        let mut is_alone = |person: u32, partner: u32| {
            let near: Vec<u32> = self
                .rivals
                .of(person, partner)
                .filter(|(weight, other)| pair.weight - self.rival_weight(*weight, *other) < lead)
                .map(|(_, other)| other)
                .filter(|other| !self.is_further_dose(person, partner, *other))
                .filter(|other| !(is_another_account && joined.are_one(person, *other) && self.have_one_name(partner, *other)))
                .collect();
            // What comes near must be the same person again, all of it: else the pair is one of several.
            let with_partner: Vec<u32> = near.iter().copied().chain([partner]).collect();
            near.is_empty()
                || with_partner
                    .iter()
                    .enumerate()
                    .all(|(i, x)| with_partner[i + 1..].iter().all(|y| self.are_alike(*x, *y) || self.are_surely(person, *x, *y)))
        };
        is_alone(pair.a, pair.b) && is_alone(pair.b, pair.a)
    }

    /// Whether a pair the machine did not join is worth a person's look.
    fn is_possible(&self, pair: &Pair, joined: &mut Joined) -> bool {
        let (x, y) = (&self.people[pair.a as usize], &self.people[pair.b as usize]);
        let sides = [joined.sides(pair.a), joined.sides(pair.b)];
        if !x.completes(y) || joined.are_one(pair.a, pair.b) || sides == [[true, true]; 2] {
            return false;
        }
        // A third record beside two that belong together needs more than to resemble them.
        let is_third = sides.contains(&[true, true]);
        if is_third && pair.weight < POSSIBLE_THIRD && matches!(self.verdict(pair.a, pair.b), Verdict::Vetoed(_)) {
            return false;
        }
        let best = self.rivals.of(pair.a, pair.b).chain(self.rivals.of(pair.b, pair.a)).map(|(weight, _)| weight).max();
        let is_sure = || {
            let sure = if self.estimates.are_foreign { 0 } else { SURELY_THIS_PERSON };
            pair.weight >= sure && !matches!(self.verdict(pair.a, pair.b), Verdict::Vetoed(_))
        };
        best.is_none_or(|best| best - pair.weight < LEAD) || is_sure()
    }
}

/// Persons joined so far, with the members of each cluster.
struct Joined {
    clusters: Clusters,
    members: FxHashMap<u32, Vec<u32>>,
    sides: FxHashMap<u32, [bool; 2]>,
    own_sides: Vec<[bool; 2]>,
}

impl Joined {
    fn new(people: &[Candidate]) -> Joined {
        Joined {
            clusters: Clusters::singletons(people.len()),
            members: FxHashMap::default(),
            sides: FxHashMap::default(),
            own_sides: people.iter().map(|person| person.sides).collect(),
        }
    }

    /// Joins a pair unless two of those it would bring together have two different sound numbers: then this, the weakest link, is cut.
    fn join(&mut self, pair: &Pair, people: &[Candidate]) -> bool {
        let (a, b) = (self.clusters.find(pair.a), self.clusters.find(pair.b));
        if a == b {
            return true;
        }
        let members = |this: &Self, root: u32| this.members.get(&root).cloned().unwrap_or_else(|| vec![root]);
        let (of_a, of_b) = (members(self, a), members(self, b));
        let is_vetoed = of_a.iter().any(|x| {
            of_b.iter().any(|y| {
                (*x, *y) != (pair.a, pair.b)
                    && (*y, *x) != (pair.a, pair.b)
                    && people[*x as usize].has_other_sound_number(&people[*y as usize])
            })
        });
        if is_vetoed {
            return false;
        }
        let sides = [self.sides(a), self.sides(b)];
        self.clusters.join(a, b);
        let root = self.clusters.find(a);
        self.members.insert(root, of_a.into_iter().chain(of_b).collect());
        self.sides.insert(root, [sides[0][0] || sides[1][0], sides[0][1] || sides[1][1]]);
        true
    }

    fn are_one(&mut self, a: u32, b: u32) -> bool {
        self.clusters.find(a) == self.clusters.find(b)
    }

    fn sides(&mut self, person: u32) -> [bool; 2] {
        let root = self.clusters.find(person);
        self.sides.get(&root).copied().unwrap_or(self.own_sides[root as usize])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{BirthDate, IdentityKind, PersonRecord, Product, Sex};
    use crate::linkage::comparison::number::is_sound;
    use crate::normalize::fold_name;
    use crate::pace::{Unpaced, ready};
    use jiff::civil::date;

    fn person(pool: &mut TextPool, side: usize, name: &str, number: &str, phone: &str) -> Candidate {
        let record = PersonRecord {
            name: pool.intern(name),
            name_key: pool.intern(&fold_name(name)),
            birth: Some(BirthDate::Day(date(1985, 3, 8))),
            sex: Some(Sex::Female),
            identity: pool.intern(number),
            identity_kind: if number.is_empty() { IdentityKind::Missing } else { IdentityKind::Citizen },
            phone: pool.intern(phone),
            commune_key: pool.intern("mau"),
            ..PersonRecord::default()
        };
        let is_sound = is_sound(&record, pool);
        Candidate {
            is_sound,
            sides: [side == 0, side == 1],
            record,
            doses: [0, 1].map(|at| if at == side { vec![(date(2021, 8, 2), Product::Pfizer)] } else { vec![] }),
            ..Candidate::default()
        }
    }

    fn weighed(people: &[Candidate], pool: &TextPool) -> Weighed {
        let estimates = ready(Estimates::of(people, pool, &mut Unpaced)).unwrap_or_default();
        ready(weigh(people, &estimates, pool, &mut Unpaced)).unwrap_or_default()
    }

    #[test]
    fn a_pair_weighs_the_same_from_either_side_and_what_is_missing_says_nothing() {
        let mut pool = TextPool::default();
        let a = person(&mut pool, 0, "Lý Thị Mẫu", "006185001234", "0912345678");
        let b = person(&mut pool, 1, "Ly Thi Mau", "", "");
        let people = [a, b];
        let estimates = ready(Estimates::of(&people, &pool, &mut Unpaced)).unwrap_or_default();
        let bits = estimates.explain(&people[0], &people[1], &pool);
        assert_eq!(bits, estimates.explain(&people[1], &people[0], &pool));
        assert_eq!((bits.identity, bits.phone, bits.insurance), (0, 0, 0));
        assert_eq!(bits.weight(), bits.prior + bits.name + bits.birth + bits.sex + bits.address + bits.history);
    }

    #[test]
    fn a_number_one_digit_off_joins_alone_and_not_beside_another_record() {
        let mut pool = TextPool::default();
        let mut people = vec![
            person(&mut pool, 0, "Lý Thị Mẫu", "006185001234", "0912345678"),
            person(&mut pool, 1, "Lý Thị Mẫu", "006185001235", "0912345678"),
        ];
        assert_eq!(weighed(&people, &pool).certain, [(0, 1)]);
        people.push(person(&mut pool, 1, "Lý Thị Mẫu", "006185001236", "0912345678"));
        let result = weighed(&people, &pool);
        assert_eq!((result.certain, result.possible.len()), (vec![], 2));
    }

    #[test]
    fn other_numbers_and_twins_are_never_joined() {
        let mut pool = TextPool::default();
        let own = person(&mut pool, 0, "Lý Thị Hạnh", "006185001234", "0912345678");
        for (name, number) in
            [("Lý Thị Hạnh", "006185009999"), ("Lý Thị Hậu", "006185001235"), ("Lý Thị Hạn", "006185001235"), ("Lý Thị Hậu", "")]
        {
            let other = person(&mut pool, 1, name, number, "0912345678");
            assert!(weighed(&[own.clone(), other], &pool).certain.is_empty(), "{name} {number}");
        }
    }

    #[test]
    fn two_numbers_are_joined_only_where_the_name_is_the_same_to_the_mark() {
        let mut pool = TextPool::default();
        let own = person(&mut pool, 0, "Lý Thị Mẫu", "006185001234", "0912345678");
        for (name, is_joined) in [("LÝ THỊ MẪU", true), ("Ly Thi Mau", false)] {
            let other = person(&mut pool, 1, name, "006185001294", "0912345678");
            assert_eq!(weighed(&[own.clone(), other], &pool).certain.len(), usize::from(is_joined), "{name}");
        }
        let other = person(&mut pool, 1, "Lý Thị Mẫu", "006185001294", "0912345678");
        let divided = Candidate { is_divided: true, ..other };
        assert!(weighed(&[own, divided], &pool).certain.is_empty(), "another row gives another birth date");
    }

    #[test]
    fn rows_that_say_the_same_of_their_person_are_further_doses_and_a_namesake_leaves_them_to_a_person() {
        let mut pool = TextPool::default();
        let shots = [(date(2021, 8, 2), Product::Pfizer), (date(2021, 11, 9), Product::Moderna)];
        let mut own = person(&mut pool, 0, "Lý Thị Mẫu", "006185001234", "0912345678");
        own.doses[0] = shots.to_vec();
        let row = |shot| {
            let mut row = person(&mut pool, 1, "Lý Thị Mẫu", "", "");
            row.record.birth = Some(BirthDate::Year(1985));
            row.doses[1] = vec![shot];
            row
        };
        let mut people = vec![own];
        people.extend(shots.map(row));
        assert_eq!(weighed(&people, &pool).certain.len(), 2);
        let mut namesake = person(&mut pool, 0, "Lý Thị Mẫu", "006185007777", "0987654321");
        namesake.record.birth = Some(BirthDate::Day(date(1985, 10, 21)));
        namesake.doses[0] = vec![shots[0]];
        people.push(namesake);
        let certain = weighed(&people, &pool).certain;
        assert!(!certain.contains(&(0, 1)) && !certain.contains(&(1, 3)), "{certain:?}");
    }

    #[test]
    fn a_mark_off_in_the_given_name_is_a_slip_where_no_twin_is_listed() {
        let mut pool = TextPool::default();
        let mut people =
            vec![person(&mut pool, 0, "Lý Thị Hạnh", "006185001234", "0912345678"), person(&mut pool, 1, "Lý Thị Hành", "", "0912345678")];
        assert_eq!(weighed(&people, &pool).certain, [(0, 1)]);
        people.push(person(&mut pool, 0, "Lý Thị Hành", "006185001235", "0912345678"));
        assert!(!weighed(&people, &pool).certain.contains(&(0, 1)));
    }

    #[test]
    fn one_name_birth_and_phone_for_all_costs_no_pairs_and_joins_nobody() {
        let mut pool = TextPool::default();
        let people: Vec<Candidate> = (0..50_000).map(|at| person(&mut pool, at % 2, "Nguyễn Văn An", "", "0900000000")).collect();
        let result = weighed(&people, &pool);
        assert_eq!((result.certain.len(), result.possible.len()), (0, 0));
        assert!(result.cut > 0);
        assert_eq!(result.uncompared, 50_000);
        assert!(weighed(&people[..1], &pool).certain.is_empty());
        assert!(weighed(&[], &pool).certain.is_empty());
    }
}
