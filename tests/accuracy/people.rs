//! Lists linked by the program, looked at person by person: who was joined, who waits for an answer, what each pair weighs.

use super::common;
use ra_soat::domain::{FileId, Settings, Side};
use ra_soat::engine::Engine;
use ra_soat::linkage::explanation::Explanation;
use ra_soat::linkage::{Linkage, Roll, link_persons};
use ra_soat::normalize::text::TextPool;
use ra_soat::pace::Unpaced;
use ra_soat::reconcile::Report;
use ra_soat::workbook::{detect, read, records};
use std::collections::{BTreeSet, HashMap};

/// One workbook and which record each of its rows (as Excel numbers them) belongs to.
pub struct List {
    pub name: String,
    pub bytes: Vec<u8>,
    pub record_of: HashMap<u32, usize>,
}

/// Both sides as the program linked them.
pub struct Linked {
    pool: TextPool,
    linkage: Linkage,
    /// Persons each record's rows ended in, per side.
    persons_of: [Vec<BTreeSet<u32>>; 2],
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

/// Links two lists; `sizes` says how many records each has.
pub fn link(local: &List, system: &List, sizes: [usize; 2]) -> Linked {
    let (mut pool, mut roll) = (TextPool::default(), Roll::default());
    let mut persons_of = sizes.map(|size| vec![BTreeSet::new(); size]);
    let mut owners = Vec::new();
    for (side, list) in Side::ALL.into_iter().zip([local, system]) {
        let workbook = read::read_workbook(&list.name, list.bytes.clone(), &mut |_, _| {}).unwrap();
        let mapping = detect::detect_sheet(&workbook, 0, &list.name, None).unwrap();
        assert_eq!(mapping.kind.side(), Some(side), "{}", list.name);
        let read = records::read_records(&workbook, 0, &mapping, FileId(side.index() as u32), &mut pool);
        for dose in &read.doses {
            owners.push((side, roll.persons.len() as u32 + dose.person, list.record_of[&dose.at.row]));
        }
        roll.add_sheet(side, Default::default(), &read.persons, &read.doses);
    }
    let linkage = pollster::block_on(link_persons(&roll, &pool, &mut Unpaced)).unwrap();
    for (side, row, record) in owners {
        persons_of[side.index()][record].insert(linkage.person_of[row as usize]);
    }
    Linked { pool, linkage, persons_of }
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

    /// Whether a pair of records waits for an answer, what it weighs, and what the machine would say of it alone.
    pub fn explain(&self, local: usize, system: usize) -> Option<(bool, Explanation, String)> {
        let (a, b) = (*self.persons_of[0][local].first()?, *self.persons_of[1][system].first()?);
        let waits = self.linkage.possible.iter().any(|pair| (pair.a, pair.b) == (a.min(b), a.max(b)));
        Some((waits, self.linkage.explain(a, b, &self.pool), format!("{:?}", self.linkage.verdict(a, b, &self.pool))))
    }
}

fn find(root: &[u32], mut person: u32) -> u32 {
    while root[person as usize] != person {
        person = root[person as usize];
    }
    person
}

/// The whole way of the same lists through the engine: the report.
pub fn reconcile(local: &List, system: &List) -> Report {
    let mut engine = Engine::default();
    for (id, list) in [local, system].into_iter().enumerate() {
        common::load(&mut engine, id as u32, &list.name, &list.bytes);
    }
    common::reconcile(&mut engine, Settings::default())
}
