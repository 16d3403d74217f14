//! Lists linked by the program, looked at person by person: who was joined, who waits for an answer, what each pair weighs.

use super::common;
use ra_soat::domain::{FileId, Settings, Side};
use ra_soat::engine::Engine;
use ra_soat::linkage::blocking::candidate_pairs;
use ra_soat::linkage::estimates::Estimates;
use ra_soat::linkage::exact::join_exact;
use ra_soat::linkage::linking::gather;
use ra_soat::linkage::{Linkage, Roll, link_persons};
use ra_soat::normalize::text::TextPool;
use ra_soat::pace::Unpaced;
use ra_soat::reconcile::Report;
use ra_soat::workbook::{detect, read, records};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// One workbook of one side, and which record each of its doses (by number of the sheet, row as Excel numbers it, and dose group)
/// belongs to.
pub struct List<'a> {
    pub side: Side,
    pub name: &'a str,
    pub bytes: &'a [u8],
    pub record_of: &'a dyn Fn(usize, u32, u8) -> usize,
}

/// Both sides as the program linked them.
pub struct Linked {
    pool: TextPool,
    linkage: Linkage,
    /// Persons each record's rows ended in, per side.
    persons_of: [Vec<BTreeSet<u32>>; 2],
    /// Pairs of records that agree exactly or come up to be weighed.
    candidates: Pairs,
}

/// Two persons that wait for an answer.
pub struct Waiting {
    /// In thousandths of a bit.
    pub weight: i32,
    pub persons: [u32; 2],
    /// A record of each, `[side, record]`.
    pub records: [[usize; 2]; 2],
}

/// Pairs `(local record, System record)`.
pub type Pairs = BTreeSet<(usize, usize)>;

/// Links lists, local ones first; `sizes` says how many records each side has.
pub fn link(lists: &[List<'_>], sizes: [usize; 2]) -> Linked {
    let (mut pool, mut roll) = (TextPool::default(), Roll::default());
    let mut owners = Vec::new();
    for (at, list) in lists.iter().enumerate() {
        let workbook = read::read_workbook(list.name, list.bytes.to_vec(), &mut |_, _| {}).unwrap();
        for sheet in 0..workbook.sheets.len() {
            let mapping = detect::detect_sheet(&workbook, sheet, list.name, None).unwrap();
            assert_eq!(mapping.kind.side(), Some(list.side), "{}", list.name);
            let read = records::read_records(&workbook, sheet as u16, &mapping, FileId(at as u32), &mut pool);
            for dose in &read.doses {
                let record = (list.record_of)(sheet, dose.at.row, dose.at.slot);
                owners.push((list.side, roll.persons.len() as u32 + dose.person, record));
            }
            roll.add_sheet(list.side, Default::default(), &read.persons, &read.doses);
        }
    }
    let linkage = pollster::block_on(link_persons(&roll, &pool, &mut Unpaced)).unwrap();
    let candidates = pollster::block_on(candidates(&roll, &pool, &owners, sizes));
    let mut persons_of = sizes.map(|size| vec![BTreeSet::new(); size]);
    for (side, row, record) in owners {
        persons_of[side.index()][record].insert(linkage.person_of[row as usize]);
    }
    Linked { pool, linkage, persons_of, candidates }
}

/// Pairs of records that the blocking brings together, or exact agreement before it.
async fn candidates(roll: &Roll, pool: &TextPool, owners: &[(Side, u32, usize)], sizes: [usize; 2]) -> Pairs {
    let pace = &mut Unpaced;
    let (person_of, persons) = join_exact(roll, pace).await.unwrap().numbered();
    let people = gather(roll, pool, &person_of, persons, pace).await.unwrap();
    let estimates = Estimates::of(&people, pool, pace).await.unwrap();
    let blocked = candidate_pairs(&people, &estimates, pool, pace).await.unwrap();
    let mut records: Vec<[BTreeSet<usize>; 2]> = vec![Default::default(); persons];
    for (side, row, record) in owners {
        assert!(*record < sizes[side.index()]);
        records[person_of[*row as usize] as usize][side.index()].insert(*record);
    }
    let mut pairs = Pairs::new();
    let own = (0..persons as u32).map(|person| (person, person));
    for (a, b) in own.chain(blocked.pairs) {
        for (x, y) in [(a, b), (b, a)] {
            let (local, system) = (&records[x as usize][0], &records[y as usize][1]);
            pairs.extend(local.iter().flat_map(|own| system.iter().map(|other| (*own, *other))));
        }
    }
    pairs
}

impl Linked {
    /// Every record `[side, record]` with each person its rows ended in.
    fn owners(&self) -> impl Iterator<Item = ([usize; 2], u32)> {
        let sides = self.persons_of.iter().enumerate();
        sides.flat_map(|(side, records)| {
            let records = records.iter().enumerate();
            records.flat_map(move |(record, persons)| persons.iter().map(move |person| ([side, record], *person)))
        })
    }

    /// Every pair of records with a person in common; `root` says which persons are one.
    fn pairs(&self, root: impl Fn(u32) -> u32) -> Pairs {
        let mut at: HashMap<u32, [BTreeSet<usize>; 2]> = HashMap::new();
        for ([side, record], person) in self.owners() {
            at.entry(root(person)).or_default()[side].insert(record);
        }
        at.values().flat_map(|[local, system]| local.iter().flat_map(|a| system.iter().map(|b| (*a, *b)))).collect()
    }

    /// What the machine joined.
    pub fn certain(&self) -> Pairs {
        self.pairs(|person| person)
    }

    /// What is joined once every possible pair is answered by `is_one`, told a record of each of the two persons.
    pub fn answered(&self, is_one: impl Fn([usize; 2], [usize; 2]) -> bool) -> Pairs {
        let mut root: Vec<u32> = (0..self.linkage.persons as u32).collect();
        for pair in self.waiting() {
            if is_one(pair.records[0], pair.records[1]) {
                let [x, y] = pair.persons.map(|person| find(&root, person));
                root[x.max(y) as usize] = x.min(y);
            }
        }
        self.pairs(|person| find(&root, person))
    }

    /// The pairs that wait for an answer.
    pub fn waiting(&self) -> Vec<Waiting> {
        let owner: HashMap<u32, [usize; 2]> = self.owners().map(|(record, person)| (person, record)).collect();
        let possible = self.linkage.possible.iter();
        possible
            .filter_map(|pair| {
                let records = [*owner.get(&pair.a)?, *owner.get(&pair.b)?];
                Some(Waiting { weight: pair.weight, persons: [pair.a, pair.b], records })
            })
            .collect()
    }

    /// Whether a pair of records waits for an answer; what it weighs, of which parts, and what the machine would say of it alone.
    pub fn tell(&self, local: usize, system: usize) -> Option<(&'static str, String)> {
        let (a, b) = (*self.persons_of[0][local].first()?, *self.persons_of[1][system].first()?);
        let waits = self.linkage.possible.iter().any(|pair| (pair.a, pair.b) == (a.min(b), a.max(b)));
        let bits = self.linkage.explain(a, b, &self.pool);
        let show = |bits: i32| f64::from(bits) / 1e3;
        let parts: Vec<String> = bits.parts().iter().map(|(evidence, bits)| format!("{evidence:?} {:+.1}", show(*bits))).collect();
        let verdict = self.linkage.verdict(a, b, &self.pool);
        let words = format!("{:.1} bits ({}), {verdict:?}", show(bits.weight()), parts.join(" "));
        Some((if waits { "to review" } else { "lost" }, words))
    }
}

fn find(root: &[u32], mut person: u32) -> u32 {
    while root[person as usize] != person {
        person = root[person as usize];
    }
    person
}

/// The whole way of the same lists through the engine: the report.
pub fn reconcile(lists: &[List<'_>]) -> Report {
    let mut engine = Engine::default();
    for (id, list) in (0..).zip(lists) {
        common::load(&mut engine, id, list.name, list.bytes);
    }
    common::reconcile(&mut engine, Settings::default())
}

/// Precision, recall, F1.
pub fn figures(said: &Pairs, truth: &Pairs) -> [f64; 3] {
    let right = said.intersection(truth).count() as f64;
    let (precision, recall) = (right / (said.len().max(1)) as f64, right / truth.len().max(1) as f64);
    [precision, recall, 2.0 * precision * recall / (precision + recall).max(f64::MIN_POSITIVE)]
}

/// Pairs of records: in truth, as joined, as joined once every review is answered truthfully.
pub struct Score {
    pub truth: Pairs,
    pub certain: Pairs,
    pub answered: Pairs,
    /// Of the true pairs, those that came up at all.
    pub candidates: usize,
    /// Pairs of persons shown for review: by weight in steps of four bits, how many there are and how many are one person.
    waiting: BTreeMap<i32, [usize; 2]>,
}

impl Score {
    /// Compares with the truth; `person` says who a record `[side, record]` is.
    pub fn of(linked: &Linked, truth: Pairs, person: impl Fn([usize; 2]) -> usize) -> Score {
        let mut waiting: BTreeMap<i32, [usize; 2]> = BTreeMap::new();
        for pair in linked.waiting() {
            let counts = waiting.entry(pair.weight.div_euclid(4_000) * 4).or_default();
            counts[0] += 1;
            counts[1] += usize::from(person(pair.records[0]) == person(pair.records[1]));
        }
        let candidates = truth.intersection(&linked.candidates).count();
        Score { truth, candidates, certain: linked.certain(), answered: linked.answered(|a, b| person(a) == person(b)), waiting }
    }

    /// How many of these pairs of different persons were joined.
    pub fn joined(&self, pairs: &[(usize, usize)]) -> usize {
        let is_joined = |(a, b): &&(usize, usize)| self.certain.contains(&(*a, *b)) || self.certain.contains(&(*b, *a));
        pairs.iter().filter(is_joined).count()
    }

    /// Prints the figures.
    pub fn print(&self) {
        for (words, said) in [("before review", &self.certain), ("answered", &self.answered)] {
            let [precision, recall, f1] = figures(said, &self.truth);
            let wrong = said.difference(&self.truth).count();
            println!("  {words:<14} precision {precision:.5} ({wrong} wrong), recall {recall:.5}, F1 {f1:.5}");
        }
        let all = self.truth.len();
        println!("  pairs completeness of blocking {:.5} ({} of {all})", self.candidates as f64 / all.max(1) as f64, self.candidates);
        let [pairs, right] = self.waiting.values().fold([0; 2], |[all, right], counts| [all + counts[0], right + counts[1]]);
        let steps = self.waiting.iter().map(|(from, [all, right])| format!("{from}…{} bits: {right} of {all}", from + 4));
        println!("  {pairs} pairs of persons to review, {right} of them one person; {}", steps.collect::<Vec<_>>().join(", "));
    }
}
