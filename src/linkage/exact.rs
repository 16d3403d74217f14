//! Persons linked by exact keys; a key that meets several persons is left to a person.
//!
//! Three facts can agree exactly: the identity number, the name (folded) and the birth date. Two rows are one person when
//! - number, name and birth agree (a birth known only by its year agrees with a full date of that year), or
//! - name and full birth date agree, nothing speaks against it, and so does a fourth thing: commune, phone, or (where one side
//!   says no commune) a dose of the same product on the same day.
//!
//! Something speaks against it when both sides say it and it differs: sex, number of the same sort, marks of the name
//! ("Hạnh" and "Hành" fold to one key). Where rows under one key contradict each other the key has met several persons:
//! nobody is joined by it, and the pairs across the two sides are possible pairs.

use super::candidate::{Candidate, absorb, complete_from_number};
use super::clustering::Clusters;
use super::estimates::Estimates;
use super::explanation::Explanation;
use super::roll::{Person, Roll, group_by_key};
use super::veto::Verdict;
use super::weighing::weigh;
use crate::domain::{BirthDate, Date, IdentityKind, PersonRecord, Product, Sex, Side};
use crate::normalize::text::{Text, TextPool};
use crate::normalize::{fold_marks, fold_name};
use crate::pace::{Cancelled, Pace, STRIDE, Stage};
use rustc_hash::FxHashMap;

/// Rows under one number and name beyond which not every pair of them is compared.
const LARGEST_GROUP: usize = 60;

/// Who is who.
#[derive(Clone, Debug, Default)]
pub struct Linkage {
    /// The person (0, 1, …) of each row of [`Roll::persons`].
    pub person_of: Vec<u32>,
    /// How many persons there are.
    pub persons: usize,
    /// Persons that may be the same, sorted by their numbers, once each.
    pub possible: Vec<PossiblePair>,
    /// Blocks in which too many persons stand to draw up every pair.
    pub cut_blocks: usize,
    /// What the rows of each person say together.
    pub people: Vec<Candidate>,
    /// What the weights rest on.
    pub estimates: Estimates,
}

/// Two persons that may be the same; a person decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct PossiblePair {
    /// The person with the lower number.
    pub a: u32,
    /// The other.
    pub b: u32,
    /// Weight in thousandths of a bit.
    pub weight: i32,
}

impl Linkage {
    /// Why two persons weigh what they do together.
    pub fn explain(&self, a: u32, b: u32, pool: &TextPool) -> Explanation {
        self.estimates.explain(&self.people[a as usize], &self.people[b as usize], pool)
    }

    /// What the machine might do with two persons, were there no others.
    pub fn verdict(&self, a: u32, b: u32, pool: &TextPool) -> Verdict {
        self.estimates.verdict(&self.people[a as usize], &self.people[b as usize], pool)
    }
}

/// Links the persons of both sides.
///
/// # Errors
/// [`Cancelled`] when the pace says so.
pub async fn link_persons<P: Pace>(roll: &Roll, pool: &TextPool, pace: &mut P) -> Result<Linkage, Cancelled> {
    let rows = roll.persons.len();
    let mut linker = Linker { roll, says: said_by_rows(roll, pool), clusters: Clusters::singletons(rows) };

    // Rows of one list that say the very same of a person.
    for group in keyed_by(roll, said_word_for_word) {
        linker.join_all(&group);
    }

    // Number and name agree.
    let by_number_and_name =
        keyed(roll, |record| (record.identity_kind.is_number() && record.name_key.is_some()).then_some((record.identity, record.name_key)));
    for (done, group) in by_number_and_name.iter().enumerate() {
        if done % STRIDE == 0 {
            pace.step(Stage::Linking, done, rows * 3).await?;
        }
        linker.join_agreeing_births(group);
    }

    // Name and full birth date agree.
    let by_name_and_birth = keyed(roll, |record| match record.birth {
        Some(BirthDate::Day(day)) if record.name_key.is_some() => Some((record.name_key, day)),
        _ => None,
    });
    let (starts, items) = roll.items_by_person();
    let doses_of = |row: u32| {
        let range = starts[row as usize] as usize..starts[row as usize + 1] as usize;
        items[range].iter().map(|item| &roll.items[*item as usize].dose)
    };
    for (done, group) in by_name_and_birth.iter().enumerate() {
        if done % STRIDE == 0 {
            pace.step(Stage::Linking, rows + done, rows * 3).await?;
        }
        linker.join_namesakes(group, |row| doses_of(row).filter_map(|dose| Some((dose.given?, dose.product?))).collect());
    }

    let (person_of, persons) = linker.clusters.numbered();
    let people = gather(roll, pool, &person_of, persons, pace).await?;
    let mut first_rows = vec![0u32; persons];
    (0..rows as u32).rev().for_each(|row| first_rows[person_of[row as usize] as usize] = row);
    let estimates = Estimates::of(&people, pool);
    let weighed = weigh(&people, &estimates, pool, pace).await?;
    let to_rows = |(a, b): &(u32, u32)| (first_rows[*a as usize], first_rows[*b as usize]);
    let possible_rows: Vec<(u32, u32)> = weighed.possible.iter().map(to_rows).collect();
    weighed.certain.iter().map(to_rows).for_each(|(a, b)| linker.join(a, b));

    let (person_of, persons) = linker.clusters.numbered();
    let people = gather(roll, pool, &person_of, persons, pace).await?;
    let estimates = Estimates::of(&people, pool);
    let possible = linker
        .possible_persons(&possible_rows, &person_of, persons)
        .into_iter()
        .map(|(a, b)| PossiblePair { a, b, weight: estimates.explain(&people[a as usize], &people[b as usize], pool).weight() })
        .collect();
    Ok(Linkage { person_of, persons, possible, cut_blocks: weighed.cut, people, estimates })
}

/// What the rows of each person say together.
async fn gather<P: Pace>(
    roll: &Roll,
    pool: &TextPool,
    person_of: &[u32],
    persons: usize,
    pace: &mut P,
) -> Result<Vec<Candidate>, Cancelled> {
    let mut people = vec![Candidate::default(); persons];
    for (row, person) in roll.persons.iter().enumerate() {
        if row % STRIDE == 0 {
            pace.step(Stage::Linking, row, roll.persons.len()).await?;
        }
        let candidate = &mut people[person_of[row] as usize];
        candidate.sides[person.side.index()] = true;
        absorb(pool, &mut candidate.record, &person.record);
    }
    people.iter_mut().for_each(|person| complete_from_number(&mut person.record, pool));
    for item in &roll.items {
        let doses = &mut people[person_of[item.person as usize] as usize].doses[item.side.index()];
        doses.extend(item.dose.given.zip(item.dose.product));
    }
    people.iter_mut().flat_map(|candidate| &mut candidate.doses).for_each(|doses| {
        doses.sort_unstable();
        doses.dedup();
    });
    Ok(people)
}

/// All that a row says of its person, where that is enough to know the person by: a number, a phone, or a full birth date.
fn said_word_for_word(person: &Person) -> Option<impl std::hash::Hash + Eq + use<>> {
    let record = &person.record;
    let is_enough = record.identity.is_some()
        || record.phone.is_some()
        || record.insurance.is_some()
        || (matches!(record.birth, Some(BirthDate::Day(_))) && (record.commune_key.is_some() || record.address.is_some()));
    (is_enough && record.name.is_some()).then_some((
        (person.side, record.name, record.birth, record.sex, record.identity, record.phone),
        (record.insurance, record.commune_key, record.district, record.province, record.address),
    ))
}

/// Groups of two rows or more with the same key; groups and rows in the order of the roll.
fn keyed<K: std::hash::Hash + Eq>(roll: &Roll, key: impl Fn(&PersonRecord) -> Option<K>) -> Vec<Vec<u32>> {
    keyed_by(roll, |person| key(&person.record))
}

/// As [`keyed`], the side known.
fn keyed_by<K: std::hash::Hash + Eq>(roll: &Roll, key: impl Fn(&Person) -> Option<K>) -> Vec<Vec<u32>> {
    let mut numbers: FxHashMap<K, u32> = FxHashMap::default();
    let (mut group_of, mut members) = (Vec::new(), Vec::new());
    for (row, person) in roll.persons.iter().enumerate() {
        if let Some(key) = key(person) {
            let next = numbers.len() as u32;
            group_of.push(*numbers.entry(key).or_insert(next));
            members.push(row as u32);
        }
    }
    let (starts, positions) = group_by_key(numbers.len(), group_of.iter().copied());
    starts
        .windows(2)
        .filter(|ends| ends[1] - ends[0] > 1)
        .map(|ends| positions[ends[0] as usize..ends[1] as usize].iter().map(|position| members[*position as usize]).collect())
        .collect()
}

/// What the rows of one person say, for telling persons under one key apart; where a person's own rows differ nothing is said.
#[derive(Clone, Copy, Debug, Default)]
struct Says {
    citizen: Said,
    old_card: Said,
    passport: Said,
    /// The name with its marks; nothing where it is written without any.
    name: Said,
    sex: Said,
}

/// One fact: unsaid, said, or said in two ways.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Said {
    #[default]
    Nothing,
    This(u32),
    TwoThings,
}

impl Said {
    fn absorb(self, other: Said) -> Said {
        match (self, other) {
            (Said::Nothing, only) | (only, Said::Nothing) => only,
            (Said::This(a), Said::This(b)) if a == b => self,
            _ => Said::TwoThings,
        }
    }
}

impl Says {
    fn facts(&self) -> [Said; 5] {
        [self.citizen, self.old_card, self.passport, self.name, self.sex]
    }

    fn absorb(&mut self, other: &Says) {
        self.citizen = self.citizen.absorb(other.citizen);
        self.old_card = self.old_card.absorb(other.old_card);
        self.passport = self.passport.absorb(other.passport);
        self.name = self.name.absorb(other.name);
        self.sex = self.sex.absorb(other.sex);
    }
}

fn said_by_rows(roll: &Roll, pool: &TextPool) -> Vec<Says> {
    let mut marked_names: FxHashMap<Text, Said> = FxHashMap::default();
    let mut numbers: FxHashMap<String, u32> = FxHashMap::default();
    let mut marked = |name: Text| {
        *marked_names.entry(name).or_insert_with(|| {
            let written = pool.get(name);
            let with_marks = fold_marks(written);
            if with_marks == fold_name(written) {
                return Said::Nothing;
            }
            let next = numbers.len() as u32;
            Said::This(*numbers.entry(with_marks).or_insert(next))
        })
    };
    let said = |is_kind: bool, number: Text| if is_kind { Said::This(number.id()) } else { Said::Nothing };
    roll.persons
        .iter()
        .map(|person| {
            let record = &person.record;
            Says {
                citizen: said(record.identity_kind == IdentityKind::Citizen, record.identity),
                old_card: said(record.identity_kind == IdentityKind::OldCard, record.identity),
                passport: said(record.identity_kind == IdentityKind::Passport, record.identity),
                name: marked(record.name),
                sex: record.sex.map_or(Said::Nothing, |sex| Said::This(u32::from(sex == Sex::Female))),
            }
        })
        .collect()
}

struct Linker<'a> {
    roll: &'a Roll,
    /// What the person says whose first row stands at this position.
    says: Vec<Says>,
    clusters: Clusters,
}

impl Linker<'_> {
    fn record(&self, row: u32) -> &PersonRecord {
        &self.roll.persons[row as usize].record
    }

    fn join(&mut self, a: u32, b: u32) {
        let (a, b) = (self.clusters.find(a), self.clusters.find(b));
        if a != b {
            let (first, second) = (a.min(b), a.max(b));
            let second = self.says[second as usize];
            self.says[first as usize].absorb(&second);
            self.clusters.join(a, b);
        }
    }

    fn join_all(&mut self, rows: &[u32]) {
        rows.windows(2).for_each(|pair| self.join(pair[0], pair[1]));
    }

    /// Rows of one number and name: those whose births do not disagree are one person.
    fn join_agreeing_births(&mut self, group: &[u32]) {
        // Few rows share a number and a name; where many do it is a placeholder, and only neighbours are compared.
        let reach = if group.len() > LARGEST_GROUP { 1 } else { group.len() };
        for (i, &a) in group.iter().enumerate() {
            for &b in group.iter().skip(i + 1).take(reach) {
                if !matches!((self.record(a).birth, self.record(b).birth), (Some(x), Some(y)) if !x.agrees_with(y)) {
                    self.join(a, b);
                }
            }
        }
    }

    /// Rows of one name and full birth date.
    fn join_namesakes(&mut self, group: &[u32], doses: impl Fn(u32) -> Vec<(Date, Product)>) {
        // A fourth thing agrees: commune, then phone.
        for fourth in [|record: &PersonRecord| record.commune_key, |record: &PersonRecord| record.phone] {
            for part in self.parts(group, |row, record| {
                Some(fourth(record)).filter(|value| value.is_some()).map(|value| (value, row)).into_iter().collect()
            }) {
                if self.is_one_person(&part) {
                    self.join_all(&part);
                }
            }
        }
        if self.distinct(group).len() == 1 {
            return;
        }
        // One side says no commune: a shared dose speaks for it, where it speaks for one person only.
        for part in self.parts(group, |row, _| doses(row).into_iter().map(|dose| (dose, row)).collect()) {
            let mut communes: Vec<Text> = part.iter().map(|row| self.record(*row).commune_key).collect();
            communes.sort_unstable();
            communes.dedup();
            let is_unsaid_somewhere = communes.first() == Some(&Text::NONE);
            if is_unsaid_somewhere && communes.len() <= 2 && self.is_one_person(&part) {
                self.join_all(&part);
            }
        }
    }

    /// The rows of a group by a value they share; parts of one row are left out, and the order is that of the rows.
    fn parts<V: std::hash::Hash + Eq>(&self, group: &[u32], values: impl Fn(u32, &PersonRecord) -> Vec<(V, u32)>) -> Vec<Vec<u32>> {
        let mut parts: FxHashMap<V, Vec<u32>> = FxHashMap::default();
        for &row in group {
            for (value, row) in values(row, self.record(row)) {
                parts.entry(value).or_default().push(row);
            }
        }
        let mut parts: Vec<Vec<u32>> = parts.into_values().filter(|part| part.len() > 1).collect();
        parts.sort_unstable();
        parts
    }

    /// Whether no two of the persons these rows belong to contradict each other.
    fn is_one_person(&mut self, rows: &[u32]) -> bool {
        let mut all = [Said::Nothing; 5];
        for root in self.distinct(rows) {
            for (fact, said) in all.iter_mut().zip(self.says[root as usize].facts()) {
                match (*fact, said) {
                    (Said::This(a), Said::This(b)) if a != b => return false,
                    (Said::Nothing, Said::This(_)) => *fact = said,
                    _ => {}
                }
            }
        }
        true
    }

    /// First rows of the persons these rows belong to.
    fn distinct(&mut self, rows: &[u32]) -> Vec<u32> {
        let mut roots: Vec<u32> = rows.iter().map(|row| self.clusters.find(*row)).collect();
        roots.sort_unstable();
        roots.dedup();
        roots
    }

    /// The possible pairs that ask for an answer: across the two sides, and not between two persons found on both sides already.
    fn possible_persons(&self, possible_rows: &[(u32, u32)], person_of: &[u32], persons: usize) -> Vec<(u32, u32)> {
        let mut sides = vec![[false; 2]; persons];
        for (row, person) in self.roll.persons.iter().enumerate() {
            sides[person_of[row] as usize][person.side.index()] = true;
        }
        let on_both = |person: u32| sides[person as usize] == [true, true];
        let has = |person: u32, side: Side| sides[person as usize][side.index()];
        let mut pairs: Vec<(u32, u32)> = possible_rows
            .iter()
            .map(|(a, b)| (person_of[*a as usize], person_of[*b as usize]))
            .map(|(a, b)| (a.min(b), a.max(b)))
            .filter(|(a, b)| a != b && !(on_both(*a) && on_both(*b)))
            .filter(|(a, b)| (has(*a, Side::Local) && has(*b, Side::System)) || (has(*a, Side::System) && has(*b, Side::Local)))
            .collect();
        pairs.sort_unstable();
        pairs.dedup();
        pairs
    }
}
