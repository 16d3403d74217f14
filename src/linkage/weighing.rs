//! Persons the exact keys left apart: candidate pairs are weighed, and the weight and its lead say what the machine may join.

use super::blocking::pairs_of_key;
use super::comparison::{BirthLevel, NameLevel, compare_births, compare_names, is_one_slip};
use super::frequency::Frequency;
use super::weights::*;
use crate::domain::{BirthDate, Date, IdentityKind, PersonRecord, Product, Sex};
use crate::normalize::identity::fits;
use crate::normalize::text::{Text, TextPool};
use crate::normalize::{fold_marks, fold_name};
use crate::pace::{Cancelled, Pace, STRIDE, Stage};
use rustc_hash::FxHashMap;

/// What is compared of a person: the best of what the person's rows say.
#[derive(Clone, Debug, Default)]
pub struct Candidate {
    /// Whether a row stands on the local side, on the System's.
    pub sides: [bool; 2],
    /// The facts.
    pub record: PersonRecord,
    /// Product and day of each dose, sorted, once each.
    pub doses: Vec<(Date, Product)>,
}

/// Why a pair weighs what it does, in thousandths of a bit; the parts add up to [`Explanation::weight`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Explanation {
    /// What two persons taken by chance weigh.
    pub prior: i32,
    /// Name.
    pub name: i32,
    /// Birth date.
    pub birth: i32,
    /// Sex.
    pub sex: i32,
    /// Identity number.
    pub identity: i32,
    /// Phone.
    pub phone: i32,
    /// Health insurance number.
    pub insurance: i32,
    /// Commune.
    pub address: i32,
    /// Doses.
    pub history: i32,
}

impl Explanation {
    /// The weight of the pair.
    pub fn weight(&self) -> i32 {
        self.prior + self.name + self.birth + self.sex + self.identity + self.phone + self.insurance + self.address + self.history
    }
}

/// What the machine may do with a pair, were it the only one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Nothing speaks against joining.
    Free,
    /// No number agrees, or numbers are a digit or a transposition apart with all else exact: free where no other record comes near.
    OnlyAlone,
    /// For a person to decide.
    Vetoed,
}

/// Frequencies of what the candidates say.
pub struct Estimates<'a> {
    pool: &'a TextPool,
    persons: usize,
    names: Frequency<Text>,
    births: Frequency<BirthDate>,
    phones: Frequency<Text>,
    communes: Frequency<Text>,
    doses: Frequency<(Date, Product)>,
}

impl<'a> Estimates<'a> {
    /// Counts the values of all persons.
    pub fn of(people: &[Candidate], pool: &'a TextPool) -> Estimates<'a> {
        let said = |of: fn(&PersonRecord) -> Text| people.iter().map(move |person| of(&person.record)).filter(|value| value.is_some());
        Estimates {
            pool,
            persons: people.len(),
            names: Frequency::count(said(|record| record.name_key), people.len(), 1.0 / 2_000.0),
            births: Frequency::count(people.iter().filter_map(|person| person.record.birth), people.len(), 1.0 / 25_000.0),
            phones: Frequency::count(said(|record| record.phone), people.len(), 1.0 / 100_000.0),
            communes: Frequency::count(said(|record| record.commune_key), people.len(), 1.0 / 30.0),
            doses: Frequency::count(people.iter().flat_map(|person| person.doses.iter().copied()), people.len(), 1.0 / 200.0),
        }
    }

    /// Weighs a pair, field by field; the two sides may be changed for each other.
    pub fn explain(&self, a: &Candidate, b: &Candidate) -> Explanation {
        let (x, y) = (&a.record, &b.record);
        let both = |p: Text, q: Text| p.is_some() && q.is_some();
        let rarer = |p: f64, q: f64| p.max(q);
        let mut bits = Explanation { prior: weight(1.0, self.persons.max(1_000) as f64), ..Explanation::default() };
        if both(x.name_key, y.name_key) {
            let share = rarer(self.names.share(&x.name_key), self.names.share(&y.name_key));
            bits.name = match self.names_of(x, y) {
                NameLevel::Exact => weight(M_NAME_EXACT, share),
                NameLevel::OtherMarks => weight(M_NAME_MARKS, share),
                NameLevel::Typo => weight(M_NAME_TYPO, share * 4.0).max(0),
                NameLevel::Different => NAME_DIFFERS,
            };
        }
        if let (Some(p), Some(q)) = (x.birth, y.birth) {
            let share = rarer(self.births.share(&p), self.births.share(&q));
            bits.birth = match compare_births(p, q) {
                BirthLevel::Exact => weight(M_BIRTH_EXACT, share),
                BirthLevel::Swapped => weight(M_BIRTH_SWAPPED, share),
                BirthLevel::Digit => weight(M_BIRTH_DIGIT, share * 30.0),
                BirthLevel::Year => weight(M_BIRTH_YEAR, 1.0 / 60.0),
                BirthLevel::Different => BIRTH_DIFFERS,
            };
        }
        bits.sex = x.sex.zip(y.sex).map_or(0, |(p, q)| if p == q { SEX_AGREES } else { SEX_DIFFERS });
        if x.identity_kind == y.identity_kind && x.identity_kind.is_number() {
            bits.identity = if x.identity == y.identity {
                IDENTITY_EXACT
            } else if self.is_slip_of_number(x, y) {
                IDENTITY_SLIP
            } else {
                IDENTITY_DIFFERS
            };
        }
        if both(x.phone, y.phone) && self.phones.of(&x.phone).max(self.phones.of(&y.phone)) <= SHARED_PHONE {
            bits.phone = if x.phone == y.phone { weight(M_PHONE, self.phones.share(&x.phone)) } else { PHONE_DIFFERS };
        }
        if both(x.insurance, y.insurance) {
            bits.insurance = if self.insurance(x) == self.insurance(y) { INSURANCE_EXACT } else { INSURANCE_DIFFERS };
        }
        if both(x.commune_key, y.commune_key) {
            let same = x.commune_key == y.commune_key;
            bits.address = if same { weight(M_COMMUNE, self.communes.share(&x.commune_key)) } else { COMMUNE_DIFFERS };
        }
        if !a.doses.is_empty() && !b.doses.is_empty() {
            let shared = || a.doses.iter().filter(|dose| b.doses.contains(dose));
            let rarest = shared().map(|dose| weight(M_DOSE, self.doses.share(dose))).max();
            bits.history = rarest.map_or(NO_SHARED_DOSE, |rarest| rarest + if shared().count() > 1 { FURTHER_DOSES } else { 0 });
        }
        bits
    }

    /// What speaks against letting the machine join a pair.
    pub fn verdict(&self, a: &Candidate, b: &Candidate) -> Verdict {
        let (x, y) = (&a.record, &b.record);
        let name = self.names_of(x, y);
        let birth = x.birth.zip(y.birth).map(|(p, q)| compare_births(p, q));
        let is_exact = name == NameLevel::Exact && birth == Some(BirthLevel::Exact) && x.sex.is_some() && x.sex == y.sex;
        let is_same_number = x.identity_kind.is_number() && x.identity == y.identity;
        let is_other_number = x.identity_kind == y.identity_kind && x.identity_kind.is_number() && !is_same_number;
        let is_other_sex = x.sex.zip(y.sex).is_some_and(|(p, q)| p != q);
        if is_other_number {
            return if is_exact && self.is_slip_of_number(x, y) { Verdict::OnlyAlone } else { Verdict::Vetoed };
        }
        let is_sound = |record: &PersonRecord| {
            record.identity_kind == IdentityKind::Citizen && fits(self.pool.get(record.identity), record.birth, record.sex)
        };
        match (name, birth) {
            _ if is_other_sex => Verdict::Vetoed,
            // Without a number a namesake of the commune may be meant: only where none comes near.
            (NameLevel::Exact, Some(level)) if level != BirthLevel::Different => {
                if is_same_number {
                    Verdict::Free
                } else {
                    Verdict::OnlyAlone
                }
            }
            // The number speaks where it fits its own record: a twin typed in with a brother's number differs in the name.
            (NameLevel::Typo, Some(BirthLevel::Exact)) if is_same_number && (is_sound(x) || is_sound(y)) => Verdict::Free,
            _ => Verdict::Vetoed,
        }
    }

    fn names_of(&self, x: &PersonRecord, y: &PersonRecord) -> NameLevel {
        let (p, q) = (self.pool.get(x.name), self.pool.get(y.name));
        let is_marked = |name: &str| fold_marks(name) != fold_name(name);
        let marks = x.name_key == y.name_key && x.name != y.name && is_marked(p) && is_marked(q) && fold_marks(p) != fold_marks(q);
        compare_names(self.pool.get(x.name_key), self.pool.get(y.name_key), marks)
    }

    fn is_slip_of_number(&self, x: &PersonRecord, y: &PersonRecord) -> bool {
        is_one_slip(self.pool.get(x.identity).as_bytes(), self.pool.get(y.identity).as_bytes())
    }

    /// The last ten signs of the insurance number; those before say the card's class and change.
    fn insurance(&self, record: &PersonRecord) -> &str {
        let number = self.pool.get(record.insurance);
        number.len().checked_sub(10).and_then(|from| number.get(from..)).unwrap_or(number)
    }
}

/// What the weighing says: pairs of positions to join and to show, and how many blocks were cut.
#[derive(Clone, Debug, Default)]
pub struct Weighed {
    /// Pairs the machine joins.
    pub certain: Vec<(u32, u32)>,
    /// Pairs for a person.
    pub possible: Vec<(u32, u32)>,
    /// Blocks left out.
    pub cut: usize,
}

/// Weighs the candidate pairs.
///
/// # Errors
/// [`Cancelled`] when the pace says so.
pub async fn weigh<P: Pace>(people: &[Candidate], pool: &TextPool, pace: &mut P) -> Result<Weighed, Cancelled> {
    let estimates = Estimates::of(people, pool);
    let mut result = Weighed::default();
    let mut pairs = Vec::new();
    let given = |record: &PersonRecord| pool.get(record.name_key).rsplit(' ').next().unwrap_or_default().to_owned();
    let day = |record: &PersonRecord| record.birth.and_then(BirthDate::day);
    let text = |value: Text| value.is_some().then(|| value.id().to_string());
    type Key<'k> = &'k dyn Fn(&PersonRecord) -> Option<(String, String)>;
    let keys: [Key<'_>; 7] = [
        &|record| Some((text(record.identity).filter(|_| record.identity_kind.is_number())?, String::new())),
        &|record| Some((text(record.name_key)?, record.birth?.year().to_string())),
        &|record| Some((day(record)?.to_string(), given(record))),
        &|record| Some((text(record.phone)?, given(record))),
        &|record| Some((text(record.phone)?, day(record)?.to_string())),
        &|record| Some((estimates.insurance(record).to_owned(), String::new())).filter(|(number, _)| !number.is_empty()),
        &|record| Some((text(record.name_key)?, text(record.commune_key)?)),
    ];
    for (done, key) in keys.iter().enumerate() {
        pace.step(Stage::Linking, done, keys.len()).await?;
        let of_side = |side: usize| -> Vec<((String, String), u32)> {
            let on = people.iter().enumerate().filter(|(_, person)| person.sides[side]);
            on.filter_map(|(at, person)| Some((key(&person.record)?, at as u32))).collect()
        };
        result.cut += pairs_of_key(of_side(0), of_side(1), &mut pairs);
    }
    pairs.retain(|(a, b)| people[*a as usize].sides != [true, true] || people[*b as usize].sides != [true, true]);
    pairs.iter_mut().for_each(|pair| *pair = (pair.0.min(pair.1), pair.0.max(pair.1)));
    pairs.sort_unstable();
    pairs.dedup();

    let mut weights = Vec::with_capacity(pairs.len());
    // Of each person the two greatest weights: the lead over the next best of either side.
    let mut best: FxHashMap<u32, [i32; 2]> = FxHashMap::default();
    for (done, (a, b)) in pairs.iter().enumerate() {
        if done % STRIDE == 0 {
            pace.step(Stage::Linking, done, pairs.len()).await?;
        }
        let weight = estimates.explain(&people[*a as usize], &people[*b as usize]).weight();
        weights.push(weight);
        for person in [*a, *b] {
            let best = best.entry(person).or_insert([i32::MIN / 2; 2]);
            if weight > best[0] {
                *best = [weight, best[0]];
            } else if weight > best[1] {
                best[1] = weight;
            }
        }
    }
    for ((a, b), weight) in pairs.into_iter().zip(weights).filter(|(_, weight)| *weight >= POSSIBLE) {
        let next = |person: u32| best.get(&person).map_or(i32::MIN / 2, |best| if best[0] == weight { best[1] } else { best[0] });
        let rival = next(a).max(next(b));
        let (x, y) = (&people[a as usize], &people[b as usize]);
        let leads = weight - rival >= LEAD;
        let is_one_sided = x.sides != [true, true] && y.sides != [true, true];
        let may = match estimates.verdict(x, y) {
            Verdict::Free => true,
            Verdict::OnlyAlone => rival < POSSIBLE,
            Verdict::Vetoed => false,
        };
        if weight >= CERTAIN && leads && may && is_one_sided {
            result.certain.push((a, b));
        } else if rival - weight < LEAD {
            result.possible.push((a, b));
        }
    }
    Ok(result)
}

/// The better of two values of one fact, whatever the order of the rows: the longer text, then the greater one.
pub(super) fn fuller(pool: &TextPool, a: Text, b: Text) -> Text {
    let rank = |text: Text| (pool.get(text).len(), pool.get(text));
    if a == b || b.is_none() || (a.is_some() && rank(a) >= rank(b)) { a } else { b }
}

/// Takes a row's facts into a person's.
pub(super) fn absorb(pool: &TextPool, into: &mut PersonRecord, row: &PersonRecord) {
    let number_rank = |record: &PersonRecord| match record.identity_kind {
        IdentityKind::Citizen => 3,
        IdentityKind::OldCard => 2,
        IdentityKind::Passport => 1,
        IdentityKind::Missing | IdentityKind::Other => 0,
    };
    if (number_rank(row), pool.get(row.identity)) > (number_rank(into), pool.get(into.identity)) {
        (into.identity, into.identity_kind) = (row.identity, row.identity_kind);
    }
    let name = fuller(pool, into.name, row.name);
    if name != into.name {
        (into.name, into.name_key) = (name, row.name_key);
    }
    into.birth = match (into.birth, row.birth) {
        (Some(own), Some(other)) if other.is_more_precise_than(own) || (!own.is_more_precise_than(other) && other > own) => Some(other),
        (own, other) => own.or(other),
    };
    into.sex = into.sex.max_by_label(row.sex);
    into.phone = fuller(pool, into.phone, row.phone);
    into.insurance = fuller(pool, into.insurance, row.insurance);
    into.commune_key = fuller(pool, into.commune_key, row.commune_key);
}

trait MaxByLabel {
    fn max_by_label(self, other: Self) -> Self;
}

impl MaxByLabel for Option<Sex> {
    fn max_by_label(self, other: Option<Sex>) -> Option<Sex> {
        if self == Some(Sex::Female) || other.is_none() { self } else { other }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
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
        Candidate { sides: [side == 0, side == 1], record, doses: vec![(date(2021, 8, 2), Product::Pfizer)] }
    }

    fn weighed(people: &[Candidate], pool: &TextPool) -> Weighed {
        ready(weigh(people, pool, &mut Unpaced)).unwrap_or_default()
    }

    #[test]
    fn a_pair_weighs_the_same_from_either_side_and_what_is_missing_says_nothing() {
        let mut pool = TextPool::default();
        let a = person(&mut pool, 0, "Lý Thị Mẫu", "006185001234", "0912345678");
        let b = person(&mut pool, 1, "Ly Thi Mau", "", "");
        let people = [a, b];
        let estimates = Estimates::of(&people, &pool);
        let bits = estimates.explain(&people[0], &people[1]);
        assert_eq!(bits, estimates.explain(&people[1], &people[0]));
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
    fn one_name_birth_and_phone_for_all_costs_no_pairs_and_joins_nobody() {
        let mut pool = TextPool::default();
        let people: Vec<Candidate> = (0..50_000).map(|at| person(&mut pool, at % 2, "Nguyễn Văn An", "", "0900000000")).collect();
        let result = weighed(&people, &pool);
        assert_eq!((result.certain.len(), result.possible.len()), (0, 0));
        assert!(result.cut > 0);
        assert!(weighed(&people[..1], &pool).certain.is_empty());
        assert!(weighed(&[], &pool).certain.is_empty());
    }
}
