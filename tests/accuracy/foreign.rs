//! People of another country: public benchmarks of record linkage (Febrl's layout), written as our two lists, and people invented after
//! that pattern. Nothing of the program is fitted to them; they show what holds beyond Vietnamese names and numbers.

use super::people::{self, Linked, List};
use fastrand::Rng;
use jiff::civil::{Date, date};
use ra_soat::domain::{Bucket, Side};
use rust_xlsxwriter::Workbook;
use std::collections::{BTreeMap, HashMap};
use std::fmt::Write as _;
use std::path::Path;

/// The columns of the benchmark files after the record's own name.
pub const FIELDS: [&str; 10] =
    ["given_name", "surname", "street_number", "address_1", "address_2", "suburb", "postcode", "state", "date_of_birth", "soc_sec_id"];
const GIVEN: usize = 0;
const SURNAME: usize = 1;

/// One record: who it is in truth, and [`FIELDS`] as written.
#[derive(Clone, Debug)]
pub struct Record {
    pub person: usize,
    pub fields: [String; 10],
}

/// Two files to be linked.
pub struct Benchmark {
    pub name: String,
    pub sides: [Vec<Record>; 2],
}

/// How the doses stand on the lists, which are right on both sides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doses {
    /// Everyone had one dose, on one day, at one place: the history says nothing.
    OneDay,
    /// Each person's own one to three doses, spread over a campaign.
    Own,
}

/// How a benchmark is written as a list.
#[derive(Clone, Copy, Debug)]
pub struct Layout {
    pub doses: Doses,
    /// Heading of the identity number; none leaves it out.
    pub number: Option<&'static str>,
    /// Whether the postcode stands under `Mã xã`.
    pub has_postcode: bool,
}

pub const LAYOUTS: [Layout; 4] = [
    Layout { doses: Doses::OneDay, number: Some("Số CMND/CCCD"), has_postcode: false },
    Layout { doses: Doses::Own, number: Some("Số CMND/CCCD"), has_postcode: false },
    Layout { doses: Doses::OneDay, number: Some("Số giấy tờ"), has_postcode: true },
    Layout { doses: Doses::OneDay, number: None, has_postcode: false },
];

/// Every benchmark whose files lie in a folder: `dataset4a.csv` with `dataset4b.csv`, and `dataset1.csv` to `dataset3.csv`, whose
/// originals and duplicates are the two sides.
pub fn read_folder(folder: &Path) -> Vec<Benchmark> {
    let read = |name: &str| folder.join(format!("{name}.csv")).is_file().then(|| read_file(&folder.join(format!("{name}.csv"))));
    let mut found = Vec::new();
    if let (Some(a), Some(b)) = (read("dataset4a"), read("dataset4b")) {
        found
            .push(Benchmark { name: "Febrl 4".to_owned(), sides: [a, b].map(|file| file.into_iter().map(|(record, _)| record).collect()) });
    }
    for number in ["3", "2", "1"] {
        if let Some(all) = read(&format!("dataset{number}")) {
            let (copies, originals): (Vec<_>, Vec<_>) = all.into_iter().partition(|(_, is_copy)| *is_copy);
            let sides = [originals, copies].map(|half| half.into_iter().map(|(record, _)| record).collect());
            found.push(Benchmark { name: format!("Febrl {number}"), sides });
        }
    }
    found
}

/// Records of one file, and whether each is a duplicate: `rec-12-org`, `rec-12-dup-0`.
fn read_file(path: &Path) -> Vec<(Record, bool)> {
    let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).from_path(path).unwrap();
    let heads = reader.headers().unwrap().clone();
    let column = |name: &str| heads.iter().position(|head| head == name).unwrap_or_else(|| panic!("{}: no {name}", path.display()));
    let (own, columns) = (column("rec_id"), FIELDS.map(column));
    let rows = reader.records().map(Result::unwrap);
    rows.map(|row| {
        let parts: Vec<&str> = row[own].split('-').collect();
        (Record { person: parts[1].parse().unwrap(), fields: columns.map(|at| row[at].to_owned()) }, parts[2] == "dup")
    })
    .collect()
}

/// `yyyymmdd` as the lists write it, whatever it is.
fn show_birth(text: &str) -> String {
    match (text.get(6..8), text.get(4..6), text.get(..4)) {
        (Some(day), Some(month), Some(year)) if text.len() == 8 => format!("{day}/{month}/{year}"),
        _ => text.to_owned(),
    }
}

/// The true doses of a person: vaccine and day.
fn doses_of(person: usize, doses: Doses) -> Vec<(&'static str, Date)> {
    if doses == Doses::OneDay {
        return vec![("AstraZeneca", date(2021, 8, 2))];
    }
    let mut rng = Rng::with_seed(0x00D0_5E00 + person as u64);
    let vaccine = ["AstraZeneca", "Pfizer", "Vero Cell", "Moderna"][rng.usize(0..4)];
    let first = date(2021, 7, 2).saturating_add(jiff::Span::new().days(rng.i64(0..40)));
    (0..rng.usize(1..=3)).map(|at| (vaccine, first.saturating_add(jiff::Span::new().days(at as i64 * 100 + rng.i64(0..3))))).collect()
}

/// One side as a workbook: its name, its bytes, the record of each row as Excel numbers it.
fn write(records: &[Record], side: Side, layout: Layout) -> (&'static str, Vec<u8>, HashMap<u32, usize>) {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    let mut record_of = HashMap::new();
    let title = if side == Side::Local { "DANH SÁCH TIÊM CHỦNG COVID-19" } else { "Hệ thống tiêm chủng COVID-19" };
    sheet.write_string(0, 0, title).unwrap();
    if side == Side::System {
        sheet.write_string(1, 0, "Ngày trích xuất: 12/02/2023").unwrap();
    }
    let mut heads = vec!["STT", "Họ và tên", "Ngày sinh", "Địa chỉ", "Xã/Phường", "Tỉnh/TP"];
    heads.extend(layout.number);
    heads.extend(layout.has_postcode.then_some("Mã xã"));
    heads.extend(["Mũi thứ", "Vắc xin", "Ngày tiêm", "Cơ sở tiêm"]);
    heads.extend((side == Side::System).then_some("Ngày nhập liệu"));
    for (column, head) in (0..).zip(&heads) {
        sheet.write_string(3, column, *head).unwrap();
    }
    let mut at = 4;
    for (own, record) in records.iter().enumerate() {
        let [given, surname, street, address_1, address_2, suburb, postcode, state, birth, number] = &record.fields;
        let join = |parts: &[&String]| parts.iter().filter(|part| !part.is_empty()).map(|part| part.as_str()).collect::<Vec<_>>().join(" ");
        for (ordinal, (vaccine, day)) in (1..).zip(doses_of(record.person, layout.doses)) {
            let day = format!("{:02}/{:02}/{}", day.day(), day.month(), day.year());
            let mut cells = vec![(at - 3).to_string(), join(&[given, surname]), show_birth(birth), join(&[street, address_1, address_2])];
            cells.extend([suburb.clone(), state.clone()]);
            cells.extend(layout.number.map(|_| number.clone()));
            cells.extend(layout.has_postcode.then(|| postcode.clone()));
            cells.extend([format!("Mũi {ordinal}"), vaccine.to_owned(), day.clone(), "Trạm Y tế Mẫu".to_owned()]);
            cells.extend((side == Side::System).then_some(day));
            for (column, cell) in (0..).zip(&cells).filter(|(_, cell)| !cell.is_empty()) {
                sheet.write_string(at, column, cell).unwrap();
            }
            at += 1;
            record_of.insert(at, own);
        }
    }
    let name = if side == Side::Local { "danh_sach_tiem.xlsx" } else { "xuat_du_lieu_he_thong_20230212.xlsx" };
    (name, workbook.save_to_buffer().unwrap(), record_of)
}

/// What became of a benchmark.
pub struct Score {
    pub people: people::Score,
    /// Share of local in-scope doses in `Cần xem xét`.
    review_share: f64,
    linked: Linked,
}

/// Writes, links and compares with the truth.
pub fn measure(benchmark: &Benchmark, layout: Layout) -> Score {
    let [local, system] = &benchmark.sides;
    let files = [write(local, Side::Local, layout), write(system, Side::System, layout)];
    let places = files.each_ref().map(|(_, _, record_of)| move |_: usize, row: u32, _: u8| record_of[&row]);
    let list = |side: Side| {
        let (name, bytes, _) = &files[side.index()];
        List { side, name, bytes, record_of: &places[side.index()] }
    };
    let lists = [list(Side::Local), list(Side::System)];
    let linked = people::link(&lists, [local.len(), system.len()]);
    let mut of_person: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (at, record) in system.iter().enumerate() {
        of_person.entry(record.person).or_default().push(at);
    }
    let both = local.iter().enumerate();
    let truth = both.flat_map(|(a, record)| of_person.get(&record.person).into_iter().flatten().map(move |b| (a, *b))).collect();
    let people = people::Score::of(&linked, truth, |[side, record]| benchmark.sides[side][record].person);
    let report = people::reconcile(&lists);
    assert_eq!(report.unexplained(), 0, "the ledger balances");
    let of = |bucket| report.total.local(bucket) as f64;
    let in_scope: f64 = [Bucket::Entered, Bucket::ToAdjust, Bucket::NotEntered, Bucket::Review].into_iter().map(of).sum();
    Score { people, review_share: of(Bucket::Review) / in_scope.max(1.0), linked }
}

/// Prints the figures.
pub fn print(benchmark: &Benchmark, layout: Layout, score: &Score) {
    let [local, system] = &benchmark.sides;
    println!("{}: {} and {} records, {} true pairs; {layout:?}", benchmark.name, local.len(), system.len(), score.people.truth.len());
    score.people.print();
    println!("  {:.4} of the local doses to review", score.review_share);
}

/// What differs between two records, in short: `birth missing, surname`.
fn differences(a: &Record, b: &Record) -> String {
    let fields = FIELDS.iter().zip(a.fields.iter().zip(&b.fields)).filter(|(_, (p, q))| p != q);
    let swapped = a.fields[GIVEN] == b.fields[SURNAME] && a.fields[SURNAME] == b.fields[GIVEN];
    let said = fields.map(|(name, (p, q))| {
        let missing = if p.is_empty() || q.is_empty() { " missing" } else { "" };
        let exchanged = if swapped && matches!(*name, "given_name" | "surname") { " exchanged" } else { "" };
        format!("{name}{missing}{exchanged}")
    });
    said.collect::<Vec<_>>().join(", ")
}

/// The true pairs not found and the wrong ones, grouped by what differs, each with both records and what it weighs.
pub fn misses(benchmark: &Benchmark, score: &Score) -> String {
    let [local, system] = &benchmark.sides;
    let lost = score.people.truth.difference(&score.people.certain).map(|pair| (pair, "not joined"));
    let wrong = score.people.certain.difference(&score.people.truth).map(|pair| (pair, "WRONG"));
    let mut groups: BTreeMap<(String, String), Vec<String>> = BTreeMap::new();
    for ((a, b), what) in lost.chain(wrong) {
        let mut text = String::new();
        let Some((state, words)) = score.linked.tell(*a, *b) else { continue };
        writeln!(text, "  {what}, {state}, {words}").unwrap();
        for (side, record) in [("local ", &local[*a]), ("System", &system[*b])] {
            writeln!(text, "    {side} {}", record.fields.join(" | ")).unwrap();
        }
        groups.entry((format!("{what}, {state}"), differences(&local[*a], &system[*b]))).or_default().push(text);
    }
    let mut groups: Vec<_> = groups.into_iter().collect();
    groups.sort_by(|a, b| b.1.len().cmp(&a.1.len()).then(a.0.cmp(&b.0)));
    let mut text = format!("{}\n", benchmark.name);
    for ((what, differs), samples) in groups {
        writeln!(text, "\n{} x {what}; differs: {differs}", samples.len()).unwrap();
        samples.iter().for_each(|sample| text.push_str(sample));
    }
    text
}

/// How an invented benchmark is spoiled: each share is of records, but `missing`, which is of fields.
#[derive(Clone, Copy, Debug)]
pub struct Damage {
    /// Fields left empty on either side, by field; those of the second file twice as often.
    pub missing: [f64; 10],
    /// Given name and surname exchanged.
    pub exchanged: f64,
    /// Slips a record of the second file has at most, spread over its fields; at least one, but for those left as they are.
    pub slips: usize,
    /// Records left as they are.
    pub untouched: f64,
    /// A wholly other value in one field.
    pub replaced: f64,
    /// Living with the person before: one surname and one address.
    pub households: f64,
    /// Of these: born on the same day; of the same given name.
    pub twins: f64,
    pub juniors: f64,
    /// Persons who are not in the second file, and whose relatives stand there in their stead.
    pub absent: f64,
}

pub const DAMAGE: Damage = Damage {
    missing: [0.03, 0.02, 0.03, 0.03, 0.10, 0.02, 0.0, 0.02, 0.03, 0.0],
    exchanged: 0.045,
    slips: 5,
    untouched: 0.02,
    replaced: 0.08,
    households: 0.0,
    twins: 0.0,
    juniors: 0.0,
    absent: 0.0,
};

/// Families that are easily taken for one person.
pub const FAMILIES: Damage = Damage { households: 0.5, twins: 0.1, juniors: 0.05, absent: 0.2, ..DAMAGE };

/// How often each field is miswritten beside the others: long words more than names, names more than numbers.
const SLIPS_OF_FIELD: [usize; 10] = [4, 4, 2, 6, 6, 4, 3, 0, 1, 1];

const GIVEN_NAMES: [&str; 36] = [
    "abby",
    "adrian",
    "alice",
    "amber",
    "bella",
    "benjamin",
    "brodie",
    "caitlin",
    "callum",
    "charlotte",
    "daniel",
    "dylan",
    "eliza",
    "ethan",
    "georgia",
    "hannah",
    "harriet",
    "isaac",
    "jack",
    "jasmine",
    "joshua",
    "kayla",
    "lachlan",
    "lily",
    "lucas",
    "madison",
    "matilda",
    "nathan",
    "olivia",
    "phoebe",
    "riley",
    "sophie",
    "stephanie",
    "thomas",
    "william",
    "zachary",
];
const SURNAMES: [&str; 30] = [
    "white", "clarke", "campbell", "ryan", "webb", "green", "nguyen", "morrison", "reid", "matthews", "coleman", "dixon", "fletcher",
    "gray", "hawkins", "irving", "jephcott", "kowalski", "lowe", "mccarthy", "noble", "o'brien", "peterson", "quinn", "rowlands",
    "schmidt", "turner", "vincent", "wheatley", "young",
];
const SYLLABLES: [&str; 24] = [
    "bar", "ren", "dal", "wick", "mor", "ton", "gan", "el", "lin", "kirr", "a", "wood", "ash", "by", "hol", "ster", "nar", "ra", "been",
    "cul", "gra", "por", "tha", "mead",
];
/// Spellings that sound alike.
const SOUNDS: [(&str, &str); 10] =
    [("ph", "f"), ("ck", "k"), ("ee", "ea"), ("ie", "y"), ("c", "k"), ("y", "i"), ("tt", "t"), ("ll", "l"), ("ou", "oo"), ("s", "z")];

fn invent_word(rng: &mut Rng) -> String {
    (0..rng.usize(2..=3)).map(|_| SYLLABLES[rng.usize(0..SYLLABLES.len())]).collect()
}

/// Common values come first: the share of the value at `n` falls as 1/(n + 1).
fn pick_common<T: Clone>(rng: &mut Rng, from: &[T]) -> T {
    from[((from.len() as f64).powf(rng.f64()) as usize - 1).min(from.len() - 1)].clone()
}

/// So many persons, each once in the first file and one to `most` times in the second.
pub fn invent(seed: u64, persons: usize, most: usize, damage: &Damage) -> Benchmark {
    let mut rng = Rng::with_seed(seed);
    let words = |count: usize, rng: &mut Rng| (0..count).map(|_| invent_word(rng)).collect::<Vec<_>>();
    let (mut surnames, streets, suburbs) = (words(600, &mut rng), words(900, &mut rng), words(500, &mut rng));
    surnames.splice(0..0, SURNAMES.map(str::to_owned));
    let mut given_names = words(150, &mut rng);
    given_names.splice(0..0, GIVEN_NAMES.map(str::to_owned));
    let mut sides = [Vec::new(), Vec::new()];
    let mut before: Option<Record> = None;
    for person in 0..persons {
        let street = format!("{} {}", pick_common(&mut rng, &streets), ["street", "place", "crescent", "close"][rng.usize(0..4)]);
        let suburb = rng.usize(0..suburbs.len());
        let mut own = Record {
            person,
            fields: [
                pick_common(&mut rng, &given_names),
                pick_common(&mut rng, &surnames),
                rng.u32(1..300).to_string(),
                street,
                if rng.f64() < 0.5 { invent_word(&mut rng) } else { format!("{} {}", invent_word(&mut rng), invent_word(&mut rng)) },
                suburbs[suburb].clone(),
                (2000 + suburb * 13 % 3000).to_string(),
                ["nsw", "vic", "qld", "wa", "sa"][rng.usize(0..5)].to_owned(),
                format!("{}{:02}{:02}", rng.u32(1900..2000), rng.u32(1..=12), rng.u32(1..=28)),
                rng.u32(1_000_000..10_000_000).to_string(),
            ],
        };
        if let Some(relative) = before.filter(|_| damage.households > 0.0 && rng.f64() < damage.households) {
            own.fields[1..8].clone_from_slice(&relative.fields[1..8]);
            let draw = rng.f64();
            if draw < damage.twins && own.fields[GIVEN] != relative.fields[GIVEN] {
                own.fields[8].clone_from(&relative.fields[8]);
            } else if draw >= damage.twins && draw < damage.twins + damage.juniors {
                own.fields[GIVEN].clone_from(&relative.fields[GIVEN]);
            }
        }
        before = Some(own.clone());
        let is_absent = damage.absent > 0.0 && rng.f64() < damage.absent;
        for _ in 0..if is_absent {
            0
        } else if most > 1 {
            rng.usize(1..=most)
        } else {
            1
        } {
            let mut other = own.clone();
            if rng.f64() >= damage.untouched {
                spoil(&mut rng, &mut other.fields, damage, [&given_names, &surnames]);
            }
            lose_fields(&mut rng, &mut other, damage, 2.0);
            sides[1].push(other);
        }
        lose_fields(&mut rng, &mut own, damage, 1.0);
        sides[0].push(own);
    }
    rng.shuffle(&mut sides[1]);
    Benchmark { name: format!("invented after Febrl, seed {seed}, at most {most} records a person"), sides }
}

fn lose_fields(rng: &mut Rng, record: &mut Record, damage: &Damage, times: f64) {
    for (field, rate) in record.fields.iter_mut().zip(damage.missing) {
        if rng.f64() < rate * times {
            field.clear();
        }
    }
}

fn spoil(rng: &mut Rng, fields: &mut [String; 10], damage: &Damage, names: [&[String]; 2]) {
    if rng.f64() < damage.exchanged {
        fields.swap(GIVEN, SURNAME);
    }
    if rng.f64() < damage.replaced {
        let at = [GIVEN, SURNAME, 8, 9][rng.usize(0..4)];
        fields[at] = match at {
            GIVEN | SURNAME => names[at][rng.usize(0..names[at].len())].clone(),
            8 => format!("{}{:02}{:02}", rng.u32(1900..2000), rng.u32(1..=12), rng.u32(1..=28)),
            _ => rng.u32(1_000_000..10_000_000).to_string(),
        };
    }
    for _ in 0..rng.usize(1..=damage.slips) {
        let mut drawn = rng.usize(0..SLIPS_OF_FIELD.iter().sum());
        let mut at = 0;
        while drawn >= SLIPS_OF_FIELD[at] {
            drawn -= SLIPS_OF_FIELD[at];
            at += 1;
        }
        let is_digits = fields[at].bytes().all(|byte| byte.is_ascii_digit());
        slip(rng, &mut fields[at], is_digits);
    }
}

/// One slip: a sign added, lost, replaced or swapped with its neighbour; in words also another spelling of a sound, a space put in or lost.
fn slip(rng: &mut Rng, text: &mut String, is_digits: bool) {
    let kind = rng.usize(0..if is_digits { 2 } else { 7 });
    let mut signs: Vec<char> = text.chars().collect();
    if signs.len() < 2 {
        return;
    }
    let at = rng.usize(0..signs.len() - 1);
    let sign = |rng: &mut Rng| char::from(if is_digits { rng.u8(b'0'..=b'9') } else { rng.u8(b'a'..=b'z') });
    match kind {
        0 => signs[at] = sign(rng),
        1 => signs.swap(at, at + 1),
        2 => signs.insert(at, sign(rng)),
        3 => drop(signs.remove(at)),
        4 => match signs.iter().position(|sign| *sign == ' ') {
            Some(space) => drop(signs.remove(space)),
            None => signs.insert(at + 1, ' '),
        },
        _ => {
            let (from, to) = SOUNDS[rng.usize(0..SOUNDS.len())];
            signs = text.replacen(from, to, 1).chars().collect();
        }
    }
    *text = signs.into_iter().collect();
}
