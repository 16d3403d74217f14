//! How right the linkage is, on invented Vietnamese populations whose truth is known; from raw files to the ledger.

#![allow(unreachable_pub, reason = "a test binary has no outside; its modules share by `pub`")]
#![allow(clippy::unwrap_used, reason = "a test may stop where it finds what it did not expect")]

#[path = "accuracy/bad.rs"]
mod bad;
#[path = "accuracy/cells.rs"]
mod cells;
#[path = "accuracy/files.rs"]
mod files;
#[path = "accuracy/folder.rs"]
mod folder;
#[path = "accuracy/foreign.rs"]
mod foreign;
#[path = "accuracy/people.rs"]
mod people;
#[path = "accuracy/rates.rs"]
mod rates;
#[path = "accuracy/report.rs"]
mod report;
#[path = "accuracy/score.rs"]
mod score;
#[path = "accuracy/typing.rs"]
mod typing;
#[path = "accuracy/world.rs"]
mod world;

mod common;

use ra_soat::domain::{Settings, Side};
use ra_soat::engine::Engine;
use ra_soat::reconcile::Report;
use rates::{DEFAULT, HARD, HARSH, Rates};

fn measure(seed: u64, people: usize, rates: &Rates) -> (score::Score, cells::Cells, world::World) {
    let world = world::invent(seed, people, rates);
    let (score, report) = reconcile(&world);
    (score, cells::compare(&report, &world), world)
}

/// The whole way of a world from its files to the ledger, which must balance.
fn reconcile(world: &world::World) -> (score::Score, Report) {
    reconcile_files(&files::write(world), world)
}

fn reconcile_files(files: &[files::ListFile], world: &world::World) -> (score::Score, Report) {
    let mut engine = Engine::default();
    for (id, file) in files.iter().enumerate() {
        let items: u32 = common::load(&mut engine, id as u32, &file.name, &file.bytes).iter().map(|sheet| sheet.items).sum();
        assert_eq!(items as usize, file.rows.len(), "{}: every dose written is an item", file.name);
    }
    let report = common::reconcile(&mut engine, Settings::default());
    assert_eq!(report.unexplained(), 0);
    let counted = report.total.local.iter().sum::<u64>() + report.total.system.iter().sum::<u64>();
    assert_eq!(counted as usize, world.local.len() + world.system.len(), "the ledger balances");
    (score::score(&engine, files, world), report)
}

/// The lists linked, `record` saying which record a row belongs to: one of so many.
fn link(files: &[files::ListFile], world: &world::World, record: fn(&world::Row) -> usize, records: usize) -> people::Linked {
    let places: Vec<_> = files
        .iter()
        .map(|file| {
            let side = if file.is_system { &world.system } else { &world.local };
            move |sheet: usize, row: u32, slot: u8| record(&side[file.rows[&(sheet, row, slot)]])
        })
        .collect();
    let lists: Vec<_> = files
        .iter()
        .zip(&places)
        .map(|(file, place)| people::List {
            side: if file.is_system { Side::System } else { Side::Local },
            name: &file.name,
            bytes: &file.bytes,
            record_of: place,
        })
        .collect();
    people::link(&lists, [records; 2])
}

/// The same lists, person by person.
fn by_person(files: &[files::ListFile], world: &world::World) -> people::Score {
    let on = |side: &[world::Row]| side.iter().map(|row| row.person).collect::<std::collections::BTreeSet<_>>();
    let (local, system) = (on(&world.local), on(&world.system));
    let people = local.union(&system).max().map_or(0, |last| last + 1);
    let truth = local.intersection(&system).map(|person| (*person, *person)).collect();
    people::Score::of(&link(files, world, |row| row.person, people), truth, |[_, person]| person)
}

/// Prints the pairs of different persons the machine joined.
fn print_wrong_persons(persons: &people::Score, world: &world::World) {
    let rows = |side: &[world::Row], person: usize| {
        let written = side.iter().find(|row| row.person == person).map(|row| &world.written[row.written]);
        written
            .map_or_else(String::new, |own| format!("{} | {} | {} | {} | xã {}", own.name, own.birth, own.identity, own.phone, own.commune))
    };
    for (local, system) in persons.certain.difference(&persons.truth) {
        println!("    WRONG {}  <->  {}", rows(&world.local, *local), rows(&world.system, *system));
    }
}

#[test]
fn no_twins_or_namesakes_are_joined_and_certain_links_are_right() {
    // Twins of one name but for a slip are still joined now and then: `cargo xtask accuracy harsh` counts them.
    let harsh = Rates { twins_alike: 0.0, ..HARSH };
    for (name, rates) in [("default", DEFAULT), ("hard", HARD), ("harsh", harsh)] {
        println!("{name}");
        let (score, cells, world) = measure(1, 4_000, &rates);
        report::print(&score, Some(&cells), &world);
        assert!(score.joined_lookalikes.iter().all(|joined| joined.is_empty()));
        let persons = by_person(&files::write(&world), &world);
        persons.print();
        assert!(people::figures(&persons.certain, &persons.truth)[0] >= 0.9995);
        assert_eq!(world.lookalikes.each_ref().map(|pairs| persons.joined(pairs)), [0, 0], "twins, namesakes");
        assert!(report::precision(&score) >= 0.9995);
    }
}

#[test]
fn legacy_text_and_slips_of_the_keyboard_are_what_they_are_known_to_be() {
    use typing::Legacy::{Tcvn3, Vni};
    // Not every name can be told from these tables alone; the four words hold every sort of letter.
    assert_eq!(typing::legacy("Nguyễn Văn Đức", Tcvn3), "NguyÔn V¨n §øc");
    assert_eq!(typing::legacy("Nguyễn Văn Đức", Vni), "Nguyeãn Vaên Ñöùc");
    assert_eq!(typing::legacy("Trần Thị Hường", Tcvn3), "TrÇn ThÞ H\u{ad}êng");
    assert_eq!(typing::legacy("Trần Thị Hường", Vni), "Traàn Thò Höôøng");
    assert_eq!(typing::legacy("Hoàng Thủy Bắc Kạn", Vni), "Hoaøng Thuûy Baéc Kaïn");
    let rng = &mut fastrand::Rng::with_seed(1);
    assert_eq!(typing::move_tone(rng, "Lê Văn Hòa").as_deref(), Some("Lê Văn Hoà"));
    assert_eq!(typing::move_tone(rng, "Lê Văn Quý"), None);
    let struck: Vec<_> = (0..9).filter_map(|_| typing::leave_telex(rng, "Nguyễn")).collect();
    assert!(struck.iter().any(|word| word == "Nguyeenx") && struck.iter().any(|word| word == "Nguyênx"), "{struck:?}");
}

/// Run by `cargo xtask accuracy`.
#[test]
#[ignore = "takes long; prints figures"]
fn figures() {
    let of = |name: &str, default: &str| std::env::var(name).unwrap_or_else(|_| default.to_owned());
    let (name, people, seed) = (of("RA_SOAT_WORLD", "default"), of("RA_SOAT_PEOPLE", "90000"), of("RA_SOAT_SEED", "1"));
    let mut rates = Rates::of_world(&name);
    let changes = of("RA_SOAT_RATES", "");
    for change in changes.split_whitespace() {
        let (name, value) = change.split_once('=').unwrap_or_else(|| panic!("a rate is given as name=value, not {change}"));
        rates.set(name, value.parse().unwrap());
    }
    println!("world {name}, {people} persons, seed {seed}\n{rates:?}");
    let (score, cells, world) = measure(seed.parse().unwrap(), people.parse().unwrap(), &rates);
    report::print(&score, Some(&cells), &world);
    println!("by person:");
    let persons = by_person(&files::write(&world), &world);
    persons.print();
    print_wrong_persons(&persons, &world);
    if let Some(file) = std::env::var_os("RA_SOAT_MISSES") {
        std::fs::write(file, report::misses(&score, &world, |_, _| String::new())).unwrap();
    }
    // The other worlds and changed rates have no bars of their own: the hard world's tell how far they are.
    let bars = if name == "default" { report::DEFAULT_BARS } else { report::HARD_BARS };
    let below = report::compare(&score, &persons, Some(&cells), &world, &bars);
    assert!(below.is_empty() || name == "harsh" || !changes.is_empty(), "below the bars:\n{}", below.join("\n"));
}

/// Run by `cargo xtask accuracy folder DIR [default|hard]`: a population that somebody else invented, see [`folder`], against the bars of
/// that world.
#[test]
#[ignore = "needs a folder; prints figures"]
fn folder_of_workbooks() {
    let folder = std::env::var_os("RA_SOAT_FOLDER").expect("RA_SOAT_FOLDER says where the workbooks lie");
    let (files, world) = folder::read(std::path::Path::new(&folder));
    let (score, _) = reconcile_files(&files, &world);
    report::print(&score, None, &world);
    println!("by person:");
    let persons = by_person(&files, &world);
    persons.print();
    print_wrong_persons(&persons, &world);
    if let Some(file) = std::env::var_os("RA_SOAT_MISSES") {
        let linked = link(&files, &world, |row| row.written, world.written.len());
        std::fs::write(file, report::misses(&score, &world, folder::explain(&linked, &files, &world))).unwrap();
    }
    let is_hard = std::env::var("RA_SOAT_WORLD").is_ok_and(|name| name == "hard");
    let bars = if is_hard { report::HARD_BARS } else { report::DEFAULT_BARS };
    let below = report::compare(&score, &persons, None, &world, &bars);
    assert!(below.is_empty(), "below the bars:\n{}", below.join("\n"));
}

/// What linking people of another country must reach: precision; F1 before review and once every review is answered.
const FOREIGN_BARS: [f64; 3] = [0.9995, 0.995, 0.999];

/// Measures and prints a foreign benchmark in every layout, and says what falls below the bars; the misses go where `RA_SOAT_MISSES` says.
fn measure_foreign(benchmarks: &[foreign::Benchmark]) -> Vec<String> {
    let (mut misses, mut below) = (String::new(), Vec::new());
    for benchmark in benchmarks {
        for layout in foreign::LAYOUTS {
            let score = foreign::measure(benchmark, layout);
            foreign::print(benchmark, layout, &score);
            misses += &format!("{layout:?} {}\n", foreign::misses(benchmark, &score));
            let [precision, _, before] = people::figures(&score.people.certain, &score.people.truth);
            let [_, _, answered] = people::figures(&score.people.answered, &score.people.truth);
            // Without the number the records do not carry enough to reach the other two.
            let bars = FOREIGN_BARS.iter().zip([precision, before, answered]).take(if layout.number.is_some() { 3 } else { 1 });
            below.extend(
                bars.filter(|(bar, figure)| figure < bar)
                    .map(|(bar, figure)| format!("{}, {layout:?}: {figure:.5} < {bar}", benchmark.name)),
            );
        }
    }
    if let Some(file) = std::env::var_os("RA_SOAT_MISSES") {
        std::fs::write(file, misses).unwrap();
    }
    below
}

#[test]
fn people_of_another_country_are_not_taken_for_each_other() {
    let benchmarks = [
        (foreign::invent(1, 600, 1, &foreign::DAMAGE), FOREIGN_BARS[0]),
        (foreign::invent(1, 600, 4, &foreign::DAMAGE), FOREIGN_BARS[0]),
        // Where no number is listed, twins who both lack the given name are still joined: the bar is below what is due.
        (foreign::invent(1, 2_000, 1, &foreign::FAMILIES), 0.996),
    ];
    for (benchmark, bar) in benchmarks {
        for layout in foreign::LAYOUTS {
            let score = foreign::measure(&benchmark, layout);
            foreign::print(&benchmark, layout, &score);
            assert!(people::figures(&score.people.certain, &score.people.truth)[0] >= bar);
        }
    }
}

/// Run by `cargo xtask accuracy foreign [DIR]`: the public benchmarks that lie in a folder, which are no part of the project; without a
/// folder those invented after them.
#[test]
#[ignore = "takes long; prints figures"]
fn foreign_benchmarks() {
    let folder = std::env::var_os("RA_SOAT_BENCHMARKS");
    let benchmarks = match &folder {
        Some(folder) => foreign::read_folder(std::path::Path::new(folder)),
        None => vec![
            foreign::invent(1, 5_000, 1, &foreign::DAMAGE),
            foreign::invent(2, 5_000, 1, &foreign::DAMAGE),
            foreign::invent(3, 1_250, 4, &foreign::DAMAGE),
            foreign::invent(4, 5_000, 1, &foreign::FAMILIES),
        ],
    };
    assert!(!benchmarks.is_empty(), "no dataset1.csv … dataset4b.csv in {folder:?}");
    let below = measure_foreign(&benchmarks);
    assert!(below.is_empty(), "below the bars:\n{}", below.join("\n"));
}

/// Run by `cargo xtask bench linking`: writes the lists of a default world, if they are not there, and prints their paths.
#[test]
#[ignore = "writes files"]
fn lists_of_a_world() {
    let people: usize = std::env::var("RA_SOAT_PEOPLE").unwrap().parse().unwrap();
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("linking").join(people.to_string());
    let whole = folder.join("whole");
    if !whole.is_file() {
        std::fs::create_dir_all(&folder).unwrap();
        for file in files::write(&world::invent(1, people, &DEFAULT)) {
            std::fs::write(folder.join(&file.name), &file.bytes).unwrap();
        }
        std::fs::write(&whole, "").unwrap();
    }
    let mut paths: Vec<_> = std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    println!();
    paths.iter().filter(|path| **path != whole).for_each(|path| println!("{}", path.display()));
}
