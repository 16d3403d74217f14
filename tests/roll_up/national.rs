//! 63 provinces send Phụ lục 1, each filled in as people do; the letter's own national totals come out, and planted faults alone are told.

use crate::builder::{C, S, xlsx};
use crate::form_1::provinces;
use crate::hand_filled::{Style, Total, Typed, Unit, sheet};
use crate::{load, reported};
use ra_soat::domain::settings::{DEFAULT_CUT_OFF, FormRows, ReportedSource};
use ra_soat::domain::source::SheetKind;
use ra_soat::domain::{Date, FileId, Settings};
use ra_soat::engine::Engine;
use ra_soat::figures::desk::lay_out;
use ra_soat::figures::reported::ReportedFigures;
use ra_soat::figures::roll_up::{FormFile, FormPlace, RollUp, RollUpChoices, RollUpInput, UnitState, once_each, roll_up};
use ra_soat::forms::inputs::FormInputs;
use ra_soat::forms::phu_luc_1::{Form1, Form1Row, fill_from_desk};
use ra_soat::forms::phu_luc_1_sheet;
use ra_soat::reconcile::alias::Aliases;

/// The letter's national column totals: domain facts of công văn 1234/BYT-DP.
const NATIONAL: [u64; 11] =
    [70_447_762, 68_143_841, 1_517_578, 13_016_752, 51_498_835, 17_524_635, 9_127_824, 8_957_064, 5_808_121, 10_246_078, 8_225_484];

/// Names as units write themselves.
fn written(unit: &Unit, style: usize) -> String {
    match (unit.number, style) {
        (31, _) => "Thừa Thiên Huế".to_owned(),
        (44, _) => "TP. Hồ Chí Minh".to_owned(),
        (45, _) => "Bà Rịa - Vũng Tàu".to_owned(),
        (_, 1) => format!("Tỉnh {}", unit.name),
        (_, 2) => unit.name.to_uppercase(),
        _ => unit.name.clone(),
    }
}

/// One province's file, in the style of its number.
fn file_of(unit: &Unit) -> Vec<u8> {
    let style = unit.number as usize % 7;
    let named = Unit { name: written(unit, style), ..unit.clone() };
    let units = std::slice::from_ref(&named);
    let plain = Style::default;
    let office = format!("SỞ Y TẾ {}", unit.name.to_uppercase());
    match style {
        // Our own form.
        0 => {
            let row = Form1Row {
                key: named.name.clone(),
                number: unit.number,
                unit: named.name.clone(),
                columns: unit.columns,
                on_system: unit.on_system,
                ..Form1Row::default()
            };
            let form = Form1 {
                cut_off: "31/01/2023".to_owned(),
                letter_number: "1234/BYT-DP".to_owned(),
                letter_date: "10/3/2023".to_owned(),
                unit_heading: "Tỉnh/TP".to_owned(),
                rows: vec![row],
                ..Form1::default()
            };
            phu_luc_1_sheet::write(&form).unwrap()
        }
        1 => xlsx(&[sheet(units, &Style { typed: Typed::Points, shift: 4, office, ..plain() })]),
        2 => xlsx(&[sheet(units, &Style { typed: Typed::Commas, total: Total::Missing, has_merges: false, ..plain() })]),
        3 => xlsx(&[sheet(units, &Style { total: Total::First, extra: vec![2, 13], has_letters: false, ..plain() })]),
        4 => {
            let order = vec![0, 1, 11, 12, 8, 9, 10, 2, 3, 4, 5, 6, 7, 14, 13, 15, 16];
            xlsx(&[sheet(units, &Style { typed: Typed::Spaces, order, office, ..plain() })])
        }
        5 => xlsx(&[sheet(units, &Style { has_given: false, total: Total::Missing, has_signature: false, office, ..plain() })]),
        // The whole letter's table with the other rows deleted but for two blank ones, and the unit's cell merged over two rows.
        _ => {
            let mut form = sheet(units, &Style { total: Total::Missing, has_signature: false, ..plain() });
            let last = form.rows.len() as u32;
            form.rows.push(vec![C::Number(2.0)]);
            form.rows.push(vec![C::Number(3.0)]);
            form.merges.push((last, last + 1, 1, 1));
            xlsx(&[form])
        }
    }
}

pub(crate) struct Sent {
    pub(crate) engine: Engine,
    pub(crate) files: Vec<FormFile>,
}

impl Sent {
    pub(crate) fn new() -> Sent {
        Sent { engine: Engine::default(), files: Vec::new() }
    }

    pub(crate) fn add(&mut self, name: &str, bytes: &[u8]) {
        let id = self.files.len() as u32 + 1;
        load(&mut self.engine, id, name, bytes, None);
        self.files.push(FormFile { id: FileId(id), name: name.to_owned(), sha256: format!("{id:064}") });
    }

    pub(crate) fn reported(&self) -> ReportedFigures {
        reported(&self.engine, DEFAULT_CUT_OFF)
    }

    pub(crate) fn roll_up(&self, kind: SheetKind, settings: &Settings, choices: &RollUpChoices, known: &[String]) -> RollUp {
        let figures = self.reported();
        let input = RollUpInput { kind, reported: &figures, settings, aliases: &Aliases::default(), choices, files: &self.files, known };
        roll_up(&input).unwrap()
    }

    fn form_1(&self, choices: &RollUpChoices) -> RollUp {
        self.roll_up(SheetKind::UnitForm1, &Settings::default(), choices, &[])
    }
}

fn nation() -> Sent {
    let mut sent = Sent::new();
    // Dropped in no particular order.
    let mut units = provinces(63);
    units.rotate_left(17);
    units.reverse();
    for unit in &units {
        sent.add(&format!("bieu {}.xlsx", unit.number), &file_of(unit));
    }
    sent
}

#[test]
fn sixty_three_hand_filled_files_add_up_to_the_letters_totals() {
    let sent = nation();
    let figures = sent.reported();
    let rolled = sent.form_1(&RollUpChoices::default());
    let doubted: Vec<_> = rolled
        .units
        .iter()
        .flat_map(|unit| &unit.forms)
        .filter(|form| !form.doubts.is_empty())
        .map(|form| (&form.written, &form.doubts))
        .collect();
    assert!(doubted.is_empty(), "{doubted:?}");
    assert!(rolled.doubts.is_empty(), "{:?}", rolled.doubts);
    assert_eq!(rolled.units.len(), 63);
    assert!(rolled.units.iter().all(|unit| unit.states == [UnitState::Adds]), "{:?}", rolled.units);
    assert_eq!(rolled.column_sums(&figures), NATIONAL);
    // The numbers desk makes the form of them.
    let settings = Settings { reported_source: ReportedSource::UnitForms, form_1_rows: FormRows::Provinces, ..Settings::default() };
    let once = once_each(&figures, Some(&rolled), None);
    let inputs = FormInputs::default();
    let desk = lay_out(None, &once, &settings, &inputs.rows, &Aliases::default());
    let form = fill_from_desk(None, &desk, &settings, &inputs);
    assert_eq!(form.rows.iter().filter_map(Form1Row::given).sum::<u64>(), 264_513_974);
    assert_eq!(form.rows.iter().map(|row| row.number).collect::<Vec<_>>(), (1..=63).collect::<Vec<_>>());
    let names: Vec<&str> = ra_soat::domain::province::PUBLISHED.iter().map(|row| row.name).collect();
    assert_eq!(form.rows.iter().map(|row| row.unit.as_str()).collect::<Vec<_>>(), names);
    // The rolled-up form, written and read again, is one file of 63 units with the same totals.
    let mut again = Sent::new();
    again.add("tong hop.xlsx", &phu_luc_1_sheet::write(&form).unwrap());
    let read = again.reported();
    assert_eq!(again.form_1(&RollUpChoices::default()).column_sums(&read), NATIONAL);
    assert!(read.remarks.is_empty(), "{:?}", read.remarks);
}

#[test]
fn planted_faults_are_found_and_no_other() {
    let units = provinces(63);
    let mut sent = Sent::new();
    let number = |unit: &Unit| unit.number;
    let one = |unit: &Unit, style: &Style| xlsx(&[sheet(std::slice::from_ref(unit), style)]);
    for unit in &units {
        let plain = Style { total: Total::Missing, ..Style::default() };
        let bytes = match number(unit) {
            // Sent nothing.
            3 => continue,
            // n is not the sum.
            7 => {
                let mut wrong = sheet(std::slice::from_ref(unit), &plain);
                wrong.rows[7][13] = C::Number(1.0);
                xlsx(&[wrong])
            }
            // The total is not the sum of its row.
            9 => {
                let mut wrong = sheet(std::slice::from_ref(unit), &Style::default());
                wrong.rows[8][4] = C::Number(99.0);
                xlsx(&[wrong])
            }
            12 => one(unit, &Style { letter: "999/BYT-DP".to_owned(), ..plain }),
            14 => one(unit, &Style { cut_off: "28/02/2023".to_owned(), ..plain }),
            _ => file_of(unit),
        };
        sent.add(&format!("bieu {}.xlsx", unit.number), &bytes);
    }
    // Sent again later, with another figure; and under another province's title.
    let mut again = units[19].clone();
    again.columns[0] = Some(1);
    sent.add("lai chau lan 2.xlsx", &one(&again, &Style { total: Total::Missing, has_given: false, ..Style::default() }));
    let rolled = sent.form_1(&RollUpChoices::default());
    let state = |state: UnitState| rolled.units.iter().filter(|unit| unit.is(state)).map(|unit| unit.key.as_str()).collect::<Vec<_>>();
    assert_eq!(state(UnitState::Missing), ["tinh 3"]);
    assert_eq!(state(UnitState::Fails), ["tinh 7", "tinh 9"]);
    assert_eq!(state(UnitState::Twice), ["tinh 20"]);
    assert_eq!(state(UnitState::LeftOut), ["tinh 14"]);
    let doubts: Vec<String> = rolled.doubts.iter().map(|doubt| format!("{}: {}", doubt.place, doubt.words)).collect();
    assert_eq!(doubts.len(), 3, "{doubts:#?}");
    assert!(doubts[0].starts_with("bieu 9.xlsx, trang PL1: Dòng 9 “Tổng cộng” không bằng tổng các dòng: cột e ghi 99"), "{doubts:?}");
    assert_eq!(doubts[1], "bieu 12.xlsx, trang PL1: Biểu kèm theo công văn 999/BYT-DP, không phải 1234/BYT-DP.");
    assert!(doubts[2].contains("số liệu đến ngày 28/02/2023, không phải 31/01/2023"), "{doubts:?}");
    let doubted: Vec<_> =
        rolled.units.iter().filter(|unit| unit.forms.iter().any(|form| !form.doubts.is_empty())).map(|unit| unit.key.as_str()).collect();
    assert_eq!(doubted, ["tinh 7"]);
    // The later one is taken; the officer may take the other, or none, or one left out.
    let lai_chau = |rolled: &RollUp| {
        rolled.units.iter().find(|unit| unit.key == "tinh 20").and_then(|unit| unit.taken_form()).map(|form| form.file_name.clone())
    };
    assert_eq!(lai_chau(&rolled).as_deref(), Some("lai chau lan 2.xlsx"));
    let first = rolled.units.iter().find(|unit| unit.key == "tinh 20").map(|unit| unit.forms[1].place.clone());
    let mut choices = RollUpChoices::default();
    choices.taken.insert("tinh 20".to_owned(), first);
    choices.taken.insert("tinh 1".to_owned(), None);
    let late = rolled.units.iter().find(|unit| unit.key == "tinh 14").map(|unit| unit.forms[0].place.clone());
    choices.taken.insert("tinh 14".to_owned(), late);
    let chosen = sent.form_1(&choices);
    assert_eq!(lai_chau(&chosen).as_deref(), Some("bieu 20.xlsx"));
    let without = chosen.units.iter().find(|unit| unit.key == "tinh 1").map(|unit| (unit.taken, unit.states.clone()));
    assert_eq!(without, Some((None, vec![UnitState::LeftOut])));
    assert!(chosen.units.iter().any(|unit| unit.key == "tinh 14" && unit.taken == Some(0)));
    let figures = sent.reported();
    let once = once_each(&figures, Some(&chosen), None);
    assert_eq!(once.units.len(), 61, "62 sent, one of them taken out");
}

#[test]
fn a_form_of_another_province_is_shown_and_left_out() {
    let settings = Settings { reporting_unit: "Sở Y tế tỉnh Bắc Kạn".to_owned(), ..Settings::default() };
    let district = |name: &str, at: u64| Unit { number: 1, name: name.to_owned(), columns: [Some(at); 11], on_system: Some(at) };
    let style = |office: &str| Style { office: office.to_owned(), total: Total::Missing, ..Style::default() };
    let mut sent = Sent::new();
    sent.add("a.xlsx", &xlsx(&[sheet(&[district("Huyện Ba Bể", 10)], &style("SỞ Y TẾ BẮC KẠN"))]));
    sent.add("b.xlsx", &xlsx(&[sheet(&[district("Huyện Phú Bình", 20)], &style("SỞ Y TẾ TỈNH THÁI NGUYÊN"))]));
    let rolled = sent.roll_up(SheetKind::UnitForm1, &settings, &RollUpChoices::default(), &[]);
    assert_eq!(rolled.units.len(), 2);
    assert_eq!(rolled.units[1].states, [UnitState::LeftOut]);
    assert!(
        rolled.doubts.iter().any(|doubt| doubt.place == "b.xlsx, trang PL1" && doubt.words.contains("tỉnh, thành phố khác (Thái Nguyên)")),
        "{:?}",
        rolled.doubts
    );
}

#[test]
fn a_unit_under_two_names_is_proposed_and_joined_by_the_alias_table() {
    let unit = |name: &str, at: u64| Unit {
        number: 1,
        name: name.to_owned(),
        columns: std::array::from_fn(|column| Some(at + column as u64)),
        on_system: Some(at),
    };
    let mut sent = Sent::new();
    for (at, units) in
        [[unit("TYT xã Mỹ Thanh", 100), unit("Mỹ Thanh", 100)], [unit("Trạm y tế phường Sông Cầu", 300), unit("P. Sông Cầu", 400)]]
            .into_iter()
            .enumerate()
    {
        for (nth, unit) in units.into_iter().enumerate() {
            sent.add(&format!("{at}{nth}.xlsx"), &xlsx(&[sheet(&[unit], &Style { total: Total::Missing, ..Style::default() })]));
        }
    }
    let figures = sent.reported();
    let settings = Settings::default();
    let choices = RollUpChoices::default();
    let aliases = Aliases::default();
    let input = RollUpInput {
        kind: SheetKind::UnitForm1,
        reported: &figures,
        settings: &settings,
        aliases: &aliases,
        choices: &choices,
        files: &sent.files,
        known: &[],
    };
    let rolled = roll_up(&input).unwrap();
    assert_eq!(rolled.units.len(), 3, "spellings of one name are one unit without asking");
    assert!(rolled.doubts.iter().any(|doubt| doubt.words.contains("“Mỹ Thanh” có thể là một đơn vị")), "{:?}", rolled.doubts);
    assert!(rolled.doubts.iter().any(|doubt| doubt.words.contains("giống hệt nhau")), "{:?}", rolled.doubts);
    let mut confirmed = Aliases::default();
    confirmed.join("Mỹ Thanh", "TYT xã Mỹ Thanh");
    let joined = roll_up(&RollUpInput { aliases: &confirmed, ..input }).unwrap();
    assert_eq!(joined.units.len(), 2);
    assert!(joined.units.iter().all(|unit| unit.is(UnitState::Twice)));
    assert!(joined.doubts.is_empty(), "{:?}", joined.doubts);
}

#[test]
fn a_district_and_its_communes_both_sent_are_told() {
    let unit = |name: &str, at: u64| Unit { number: 1, name: name.to_owned(), columns: [Some(at); 11], on_system: None };
    let mut sent = Sent::new();
    let plain = || Style { total: Total::Missing, ..Style::default() };
    sent.add("xa.xlsx", &xlsx(&[sheet(&[unit("Xã Lục Bình", 3), unit("Xã Cao Kỳ", 4)], &plain())]));
    sent.add("huyen.xlsx", &xlsx(&[sheet(&[unit("Huyện Bạch Thông", 7)], &plain())]));
    sent.add("khac.xlsx", &xlsx(&[sheet(&[unit("Huyện Ba Bể", 8)], &plain())]));
    let rolled = sent.form_1(&RollUpChoices::default());
    assert_eq!(rolled.doubts.len(), 1, "{:?}", rolled.doubts);
    assert!(rolled.doubts[0].words.starts_with("“Huyện Bạch Thông” có mọi số bằng tổng các dòng của xa.xlsx"), "{:?}", rolled.doubts);
}

#[test]
fn units_that_sent_nothing_are_listed() {
    let unit = |name: &str| Unit { number: 1, name: name.to_owned(), columns: [Some(1); 11], on_system: None };
    let mut sent = Sent::new();
    sent.add("a.xlsx", &xlsx(&[sheet(&[unit("Xã Lục Bình"), unit("Xã Cao Kỳ")], &Style::default())]));
    let known = ["Trạm y tế xã Lục Bình".to_owned(), "Xã Dương Quang".to_owned()];
    let rolled = sent.roll_up(SheetKind::UnitForm1, &Settings::default(), &RollUpChoices::default(), &known);
    let missing: Vec<_> = rolled.units.iter().filter(|unit| unit.is(UnitState::Missing)).map(|unit| unit.name.as_str()).collect();
    assert_eq!(missing, ["Xã Dương Quang"]);
    let choices = RollUpChoices { typed: vec!["Xã Mới".to_owned(), " xã cao kỳ ".to_owned()], ..RollUpChoices::default() };
    let rolled = sent.roll_up(SheetKind::UnitForm1, &Settings::default(), &choices, &known);
    let missing: Vec<_> = rolled.units.iter().filter(|unit| unit.is(UnitState::Missing)).map(|unit| unit.name.as_str()).collect();
    assert_eq!(missing, ["Xã Mới"]);
    // A choice of a file that is gone falls back to the rule.
    let gone = FormPlace { file: "0".to_owned(), sheet: 0, row: 1 };
    let key = rolled.units[0].key.clone();
    let choices = RollUpChoices { taken: [(key, Some(gone))].into(), ..RollUpChoices::default() };
    assert!(sent.roll_up(SheetKind::UnitForm1, &Settings::default(), &choices, &[]).units.iter().all(|unit| unit.taken.is_some()));
}

#[test]
fn an_earlier_day_gives_way_to_a_later_and_a_later_than_the_cut_off_to_both() {
    let unit = |at: u64| Unit { number: 1, name: "Xã Lục Bình".to_owned(), columns: [Some(at); 11], on_system: None };
    let style = |day: &str| Style { cut_off: day.to_owned(), total: Total::Missing, ..Style::default() };
    let mut sent = Sent::new();
    for (name, at, day) in [("dung.xlsx", 1, "31/01/2023"), ("som.xlsx", 2, "31/12/2022"), ("muon.xlsx", 3, "28/02/2023")] {
        sent.add(name, &xlsx(&[sheet(&[unit(at)], &style(day))]));
    }
    let rolled = sent.form_1(&RollUpChoices::default());
    let order: Vec<_> = rolled.units[0].forms.iter().map(|form| (form.file_name.as_str(), form.as_of)).collect();
    let day = |month, day, year| Some(Date::constant(year, month, day));
    assert_eq!(order, [("dung.xlsx", day(1, 31, 2023)), ("muon.xlsx", day(2, 28, 2023)), ("som.xlsx", day(12, 31, 2022))]);
    assert_eq!(rolled.units[0].taken, Some(0));
}

#[test]
fn five_thousand_units_in_one_file_and_sixty_three_files_take_moments() {
    let units: Vec<Unit> = (0..5_000u32)
        .map(|at| Unit {
            number: at + 1,
            name: format!("Trạm Y tế xã Số {at} Hạng {}", at % 7),
            columns: std::array::from_fn(|column| Some(u64::from(at) * 11 + column as u64)),
            on_system: Some(u64::from(at)),
        })
        .collect();
    let mut sent = Sent::new();
    sent.add("lon.xlsx", &xlsx(&[sheet(&units, &Style { typed: Typed::Points, ..Style::default() })]));
    let start = std::time::Instant::now();
    let figures = sent.reported();
    let read = start.elapsed();
    let (settings, aliases, choices) = (Settings::default(), Aliases::default(), RollUpChoices::default());
    let input = RollUpInput {
        kind: SheetKind::UnitForm1,
        reported: &figures,
        settings: &settings,
        aliases: &aliases,
        choices: &choices,
        files: &sent.files,
        known: &[],
    };
    let rolled = roll_up(&input).unwrap();
    println!("5.000 units: read in {read:?}, rolled up in {:?}", start.elapsed() - read);
    assert_eq!(rolled.taken().count(), 5_000);
    assert_eq!(rolled.column_sums(&figures)[0], (0..5_000u64).map(|at| at * 11).sum::<u64>());
    let nation = nation();
    let start = std::time::Instant::now();
    let rolled = nation.form_1(&RollUpChoices::default());
    println!("63 files: read and rolled up in {:?}", start.elapsed());
    assert_eq!(rolled.taken().count(), 63);
    let _ = S::default();
}
