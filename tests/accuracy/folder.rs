//! A population that somebody else invented: a folder of workbooks and what is true of their doses.
//!
//! `truth.tsv` names every dose that stands in the workbooks, one a line under a line of heads, in seven columns parted by tabs:
//! `file`, `sheet`, `row` (as Excel numbers it), `slot` (the dose group in its row from the left, 1 where a row is one dose), `person`,
//! `dose` (one person, one dose: the same words on both sides) and `channels`: what went wrong there, parted by `;`, in the words of
//! [`CHANNELS`] or in any others. `twin=…` and `namesake=…` say which different persons are easily taken for one: those of equal words.

use super::files::ListFile;
use super::people::Linked;
use super::world::{CHANNELS, Row, World, Written, show};
use jiff::civil::Date;
use ra_soat::domain::{BirthDate, FileId, Side};
use ra_soat::normalize::text::TextPool;
use ra_soat::workbook::{detect, read, records};
use std::collections::{BTreeMap, HashMap};
use std::path::Path;

/// Numbers words as they come.
#[derive(Default)]
struct Numbers(HashMap<String, usize>);

impl Numbers {
    fn of(&mut self, word: &str) -> usize {
        let next = self.0.len();
        *self.0.entry(word.to_owned()).or_insert(next)
    }
}

/// One line of `truth.tsv`, its words numbered.
struct Truth {
    person: usize,
    dose: usize,
    channels: u64,
}

/// The truth by file, sheet, row and slot; puts the names of the channels and the lookalikes into the world.
fn read_truth(text: &str, world: &mut World) -> HashMap<String, HashMap<(String, u32, u8), Truth>> {
    let (mut persons, mut doses, mut channels) = (Numbers::default(), Numbers::default(), Numbers::default());
    for words in CHANNELS {
        channels.of(words);
    }
    let mut alike: [BTreeMap<String, Vec<usize>>; 2] = Default::default();
    let mut files: HashMap<String, HashMap<_, _>> = HashMap::new();
    for line in text.lines().skip(1) {
        let [file, sheet, row, slot, person, dose, what] = line.split('\t').collect::<Vec<_>>()[..] else {
            panic!("seven columns: {line}")
        };
        let mut truth = Truth { person: persons.of(person), dose: doses.of(dose), channels: 0 };
        for words in what.split(';').filter(|words| !words.is_empty()) {
            match ["twin=", "namesake="].iter().position(|kind| words.starts_with(kind)) {
                Some(kind) => alike[kind].entry(words.to_owned()).or_default().push(truth.person),
                None => truth.channels |= 1 << channels.of(words),
            }
        }
        let place = (sheet.to_owned(), row.parse().unwrap(), slot.parse().unwrap());
        let before = files.entry(file.to_owned()).or_default().insert(place, truth);
        assert!(before.is_none(), "twice in the truth: {line}");
    }
    world.channels = vec![String::new(); channels.0.len()];
    assert!(world.channels.len() <= 64, "at most 64 channels");
    for (words, number) in channels.0 {
        world.channels[number] = words;
    }
    world.lookalikes = alike.map(|groups| groups.into_values().flat_map(pairs).collect());
    files
}

/// Every two different persons of a group.
fn pairs(mut group: Vec<usize>) -> Vec<(usize, usize)> {
    group.sort_unstable();
    group.dedup();
    (1..group.len()).flat_map(|at| (0..at).map(|before| (group[before], group[at])).collect::<Vec<_>>()).collect()
}

/// The workbooks of a folder beside its `truth.tsv`, the local ones first.
pub fn read(folder: &Path) -> (Vec<ListFile>, World) {
    let mut world = World::default();
    let truth = read_truth(&std::fs::read_to_string(folder.join("truth.tsv")).unwrap(), &mut world);
    let (mut files, mut pool) = (Vec::new(), TextPool::default());
    let mut names: Vec<_> = truth.keys().collect();
    names.sort_unstable();
    for (at, name) in names.into_iter().enumerate() {
        let bytes = std::fs::read(folder.join(name)).unwrap();
        let workbook = read::read_workbook(name, bytes.clone(), &mut |_, _| {}).unwrap_or_else(|error| panic!("{name}: {error}"));
        let mut file = ListFile { name: name.clone(), is_system: false, bytes, sheets: Vec::new(), rows: HashMap::new() };
        for (number, sheet) in workbook.sheets.iter().enumerate() {
            let mapping = detect::detect_sheet(&workbook, number, name, None).unwrap();
            file.is_system = mapping.kind.side() == Some(Side::System);
            file.sheets.push(sheet.name.clone());
            let read = records::read_records(&workbook, number as u16, &mapping, FileId(at as u32), &mut pool);
            let first = world.written.len();
            world.written.extend(read.persons.iter().map(|person| Written {
                name: pool.get(person.name).to_owned(),
                birth: person.birth.and_then(BirthDate::day).map_or_else(|| pool.get(person.birth_text).to_owned(), show),
                is_female: person.sex.is_some_and(|sex| sex.label() == "Nữ"),
                identity: pool.get(person.identity).to_owned(),
                phone: pool.get(person.phone).to_owned(),
                commune: at,
            }));
            for dose in &read.doses {
                let place = (sheet.name.clone(), dose.at.row, dose.at.slot);
                let own = truth[name].get(&place).unwrap_or_else(|| panic!("{name}: {place:?} is not in the truth"));
                let side = if file.is_system { &mut world.system } else { &mut world.local };
                file.rows.insert((number, dose.at.row, dose.at.slot), side.len());
                let given = dose.given.unwrap_or(Date::ZERO);
                side.push(Row {
                    person: own.person,
                    dose: own.dose,
                    written: first + dose.person as usize,
                    ordinal: dose.label.map_or(0, |_| usize::from(dose.at.slot)),
                    vaccine: dose.product.map_or("", |product| product.label()),
                    lot: pool.get(dose.lot).to_owned(),
                    given,
                    true_day: given,
                    true_vaccine: "",
                    channels: own.channels,
                });
            }
        }
        let (said, true_doses) = (file.rows.len(), truth[name].len());
        assert_eq!(said, true_doses, "{name}: as many doses are read as the truth names");
        files.push(file);
    }
    files.sort_by_key(|file| file.is_system);
    (files, world)
}

/// Where two rows stand and what the program makes of their persons: `linked` by how each is written.
pub fn explain(linked: &Linked, files: &[ListFile], world: &World) -> impl Fn(usize, usize) -> String {
    let mut places = [vec![String::new(); world.local.len()], vec![String::new(); world.system.len()]];
    for file in files {
        for ((sheet, row, slot), own) in &file.rows {
            places[usize::from(file.is_system)][*own] = format!("{}/{}/{row}/{slot}", file.name, file.sheets[*sheet]);
        }
    }
    move |local, system| {
        let told = linked.tell(world.local[local].written, world.system[system].written);
        let words = told.map_or_else(String::new, |(state, words)| format!("{state}, {words}"));
        format!("    at {} <-> {}\n    {words}\n", places[0][local], places[1][system])
    }
}
