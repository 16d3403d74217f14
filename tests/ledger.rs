//! The ledger's rules one by one, on persons and doses written down directly.

#![allow(clippy::unwrap_used, reason = "a test may stop where it finds what it did not expect")]

use jiff::civil::{Date, date};
use ra_soat::domain::{
    BirthDate, Bucket, DoseLabel, DoseRecord, FileId, IdentityKind, PersonRecord, Product, Settings, Sex, Side, SourceRef, Unreadable,
};
use ra_soat::linkage::roll::SheetContext;
use ra_soat::linkage::{Linkage, Roll, link_persons};
use ra_soat::normalize::text::{Text, TextPool};
use ra_soat::normalize::{fold_name, fold_place};
use ra_soat::pace::Unpaced;
use ra_soat::reconcile::Report;
use ra_soat::reconcile::column_table::ColumnTable;
use ra_soat::reconcile::ledger::{Ledger, NO_ITEM, Reason, classify};
use ra_soat::reconcile::tally::tally;

/// Side, unit of the sheet, persons and doses.
type SmallSheet = (Side, Option<String>, Vec<PersonRecord>, Vec<DoseRecord>);

/// A small case: rows are added to one side, then everything is reconciled.
#[derive(Default)]
struct Case {
    pool: TextPool,
    /// Persons and doses of each side's sheets: (unit of the sheet, rows).
    sheets: Vec<SmallSheet>,
}

struct Done {
    roll: Roll,
    linkage: Linkage,
    ledger: Ledger,
    report: Report,
}

impl Case {
    fn sheet(&mut self, side: Side, unit: Option<&str>) -> &mut Case {
        self.sheets.push((side, unit.map(str::to_owned), Vec::new(), Vec::new()));
        self
    }

    fn person(&mut self, name: &str, birth: BirthDate, identity: &str) -> PersonRecord {
        let pool = &mut self.pool;
        PersonRecord {
            name: pool.intern(name),
            name_key: pool.intern(&fold_name(name)),
            birth: Some(birth),
            sex: Some(Sex::Female),
            identity: pool.intern(identity),
            identity_kind: if identity.is_empty() { IdentityKind::Missing } else { IdentityKind::Citizen },
            commune: pool.intern("Xã Mẫu"),
            commune_key: pool.intern(&fold_place("Xã Mẫu")),
            ..PersonRecord::default()
        }
    }

    fn dose(&mut self, n: u8, given: Date) -> DoseRecord {
        DoseRecord {
            at: SourceRef { file: FileId(0), sheet: 0, row: 0, slot: 1 },
            person: 0,
            label: Some(DoseLabel::Ordinal(n)),
            label_text: self.pool.intern(&format!("Mũi {n}")),
            product: Some(Product::Pfizer),
            vaccine_text: self.pool.intern("Pfizer"),
            given: Some(given),
            day_is_ambiguous: false,
            given_text: Text::NONE,
            lot: Text::NONE,
            facility: Text::NONE,
            facility_text: Text::NONE,
            entered: None,
            verification: Text::NONE,
            signing: Text::NONE,
            unreadable: None,
        }
    }

    /// Adds a row to the sheet added last.
    fn row(&mut self, person: PersonRecord, mut dose: DoseRecord) -> &mut Case {
        let file = self.sheets.len() as u32 - 1;
        let (_, _, persons, doses) = self.sheets.last_mut().unwrap();
        dose.at = SourceRef { file: FileId(file), sheet: 0, row: doses.len() as u32 + 2, slot: 1 };
        dose.person = persons.len() as u32;
        persons.push(person);
        doses.push(dose);
        self
    }

    fn reconcile(&self) -> Done {
        let mut roll = Roll::default();
        for side in Side::ALL {
            for (at, (of, unit, persons, doses)) in self.sheets.iter().enumerate() {
                if *of == side {
                    let context = SheetContext { file_name: format!("{at}.xlsx"), unit: unit.clone(), ..SheetContext::default() };
                    roll.add_sheet(side, context, persons, doses);
                }
            }
        }
        let cut_off = Settings::default().cut_off;
        let table = ColumnTable::default();
        let linkage = pollster::block_on(link_persons(&roll, &self.pool, &mut Unpaced)).unwrap();
        let ledger = pollster::block_on(classify(&roll, &self.pool, &linkage, cut_off, &table, &mut Unpaced)).unwrap();
        let report = tally(&roll, &self.pool, &linkage, &ledger, &Default::default(), cut_off);
        assert_eq!(report.unexplained(), 0);
        Done { roll, linkage, ledger, report }
    }
}

impl Done {
    /// Buckets of one side's items, in the order of the roll.
    fn buckets(&self, side: Side) -> Vec<Bucket> {
        self.roll.items.iter().zip(&self.ledger.verdicts).filter(|(item, _)| item.side == side).map(|(_, verdict)| verdict.bucket).collect()
    }
}

const BORN: BirthDate = BirthDate::Day(date(1985, 3, 8));
const NUMBER: &str = "006185001234";
const OTHER_NUMBER: &str = "006185009999";

#[test]
fn a_dose_on_the_cut_off_day_is_in_scope_and_the_next_day_is_not() {
    let mut case = Case::default();
    let person = case.person("Lý Thị Mẫu", BORN, NUMBER);
    let (last, late) = (case.dose(1, date(2023, 1, 31)), case.dose(2, date(2023, 2, 1)));
    case.sheet(Side::Local, None).row(person, last).row(person, late);
    assert_eq!(case.reconcile().buckets(Side::Local), [Bucket::NotEntered, Bucket::OutOfScope]);
}

#[test]
fn missing_data_and_other_spellings_are_no_difference_and_other_facts_are() {
    let mut case = Case::default();
    let person = case.person("Lý Thị Mẫu", BORN, NUMBER);
    let day = date(2021, 8, 2);
    let lot = case.pool.intern("PCB0001");
    let other_lot = case.pool.intern("PCB0002");
    let spelled = case.pool.intern("Comirnaty (Pfizer BioNtech)");
    let plain = case.dose(1, day);
    for (local, system, bucket) in [
        (DoseRecord { lot, ..plain }, plain, Bucket::Entered),
        (plain, DoseRecord { vaccine_text: spelled, ..plain }, Bucket::Entered),
        (DoseRecord { product: None, ..plain }, plain, Bucket::Entered),
        (DoseRecord { label: None, ..plain }, plain, Bucket::Entered),
        (DoseRecord { lot, ..plain }, DoseRecord { lot: other_lot, ..plain }, Bucket::ToAdjust),
        (plain, DoseRecord { product: Some(Product::Moderna), ..plain }, Bucket::ToAdjust),
        (plain, DoseRecord { given: Some(date(2021, 8, 4)), ..plain }, Bucket::ToAdjust),
        (plain, DoseRecord { label: Some(DoseLabel::Ordinal(2)), ..plain }, Bucket::ToAdjust),
    ] {
        let mut small = Case { pool: case.pool.clone(), ..Case::default() };
        small.sheet(Side::Local, None).row(person, local);
        small.sheet(Side::System, None).row(person, system);
        let done = small.reconcile();
        assert_eq!((done.buckets(Side::Local), done.buckets(Side::System)), (vec![bucket], vec![Bucket::Matched]), "{local:?} {system:?}");
    }
}

#[test]
fn labels_that_mean_one_column_are_no_difference() {
    let mut case = Case::default();
    let person = case.person("Lý Thị Mẫu", BORN, NUMBER);
    let doses = [date(2021, 8, 2), date(2021, 8, 30)].map(|day| case.dose(if day.month() == 8 && day.day() == 2 { 1 } else { 2 }, day));
    let third = case.dose(3, date(2022, 1, 5));
    let booster = DoseRecord { label: Some(DoseLabel::Booster(1)), ..third };
    case.sheet(Side::Local, None).row(person, doses[0]).row(person, doses[1]).row(person, third);
    case.sheet(Side::System, None).row(person, doses[0]).row(person, doses[1]).row(person, booster);
    assert_eq!(case.reconcile().buckets(Side::Local), [Bucket::Entered; 3]);
}

#[test]
fn the_copy_from_the_facility_that_gave_the_dose_is_kept_then_the_fullest_then_the_first() {
    let mut case = Case::default();
    let person = case.person("Lý Thị Mẫu", BORN, NUMBER);
    let facility = case.pool.intern("Bệnh viện đa khoa tỉnh Mẫu");
    let plain = DoseRecord { facility, ..case.dose(1, date(2021, 8, 2)) };
    let fuller = DoseRecord { lot: case.pool.intern("PCB0001"), ..plain };
    case.sheet(Side::Local, Some("Trạm Y tế xã Mẫu")).row(person, fuller);
    case.sheet(Side::Local, Some("BVĐK tỉnh Mẫu")).row(person, plain);
    assert_eq!(case.reconcile().buckets(Side::Local), [Bucket::Duplicate, Bucket::NotEntered], "the hospital's own copy is kept");

    let mut case = Case { pool: case.pool.clone(), ..Case::default() };
    case.sheet(Side::Local, None).row(person, plain).row(person, fuller).row(person, fuller);
    assert_eq!(
        case.reconcile().buckets(Side::Local),
        [Bucket::Duplicate, Bucket::NotEntered, Bucket::Duplicate],
        "the fullest, then the first"
    );
}

#[test]
fn two_products_on_one_day_are_two_doses() {
    let mut case = Case::default();
    let person = case.person("Lý Thị Mẫu", BORN, NUMBER);
    let first = case.dose(1, date(2021, 8, 2));
    let other = DoseRecord { product: Some(Product::Moderna), label: Some(DoseLabel::Ordinal(2)), ..first };
    let unsaid = DoseRecord { product: None, ..first };
    case.sheet(Side::Local, None).row(person, first).row(person, other).row(person, unsaid);
    let buckets = case.reconcile().buckets(Side::Local);
    assert_eq!(buckets.iter().filter(|bucket| **bucket == Bucket::Duplicate).count(), 1, "{buckets:?}");
}

#[test]
fn of_system_copies_the_matched_one_is_kept_else_the_first_entered() {
    let mut case = Case::default();
    let person = case.person("Lý Thị Mẫu", BORN, NUMBER);
    let lot = case.pool.intern("PCB0001");
    let local = DoseRecord { lot, ..case.dose(1, date(2021, 8, 2)) };
    let early = DoseRecord { lot: case.pool.intern("PCB0009"), entered: Some(date(2021, 8, 3)), ..local };
    let agreeing = DoseRecord { entered: Some(date(2021, 9, 3)), ..local };
    case.sheet(Side::Local, None).row(person, local);
    case.sheet(Side::System, None).row(person, early).row(person, agreeing);
    let done = case.reconcile();
    assert_eq!(done.buckets(Side::Local), [Bucket::Entered]);
    assert_eq!(done.buckets(Side::System), [Bucket::Duplicate, Bucket::Matched]);

    let mut alone = Case { pool: case.pool.clone(), ..Case::default() };
    alone.sheet(Side::System, None).row(person, agreeing).row(person, early);
    assert_eq!(alone.reconcile().buckets(Side::System), [Bucket::Duplicate, Bucket::SystemOnly]);
}

#[test]
fn a_near_copy_waits_seven_days_apart_and_not_eight() {
    for (days, bucket) in [(7, Bucket::Review), (8, Bucket::NotEntered)] {
        let mut case = Case::default();
        let person = case.person("Lý Thị Mẫu", BORN, NUMBER);
        let first = case.dose(1, date(2021, 8, 2));
        let again = case.dose(1, date(2021, 8, 2 + days));
        case.sheet(Side::Local, None).row(person, first).row(person, again);
        case.sheet(Side::System, None).row(person, first);
        assert_eq!(case.reconcile().buckets(Side::Local), [Bucket::Entered, bucket], "{days}");
    }
}

#[test]
fn a_key_that_meets_several_persons_joins_nobody() {
    let mut case = Case::default();
    let dose = case.dose(1, date(2021, 8, 2));
    let (one, two) = (case.person("Nguyễn Thị Mẫu", BORN, NUMBER), case.person("Nguyễn Thị Mẫu", BORN, OTHER_NUMBER));
    let unnumbered = case.person("Nguyễn Thị Mẫu", BORN, "");
    case.sheet(Side::Local, None).row(one, dose).row(two, dose).row(unnumbered, dose);
    case.sheet(Side::System, None).row(one, dose).row(two, dose).row(unnumbered, dose);
    let done = case.reconcile();
    assert_eq!(done.buckets(Side::Local), [Bucket::Entered, Bucket::Entered, Bucket::Review]);
    assert_eq!(done.buckets(Side::System), [Bucket::Matched, Bucket::Matched, Bucket::Review]);
    assert_eq!(done.linkage.persons, 4, "one, two, and the unnumbered row of each side");
    assert_eq!(done.ledger.verdicts[2].reason, Reason::PossiblySame);
    assert_ne!(done.ledger.verdicts[2].other, NO_ITEM);
}

#[test]
fn two_valid_numbers_are_never_joined_by_name_birth_sex_and_commune() {
    let mut case = Case::default();
    let dose = case.dose(1, date(2021, 8, 2));
    let (one, two) = (case.person("Nguyễn Thị Mẫu", BORN, NUMBER), case.person("Nguyễn Thị Mẫu", BORN, OTHER_NUMBER));
    case.sheet(Side::Local, None).row(one, dose);
    case.sheet(Side::System, None).row(two, dose);
    let done = case.reconcile();
    assert_eq!((done.buckets(Side::Local), done.buckets(Side::System)), (vec![Bucket::Review], vec![Bucket::Review]));
}

#[test]
fn names_that_differ_in_their_marks_are_not_joined_and_a_name_without_marks_is() {
    for (name, bucket) in [("Nguyễn Thị Hành", Bucket::Review), ("NGUYEN THI HANH", Bucket::Entered), ("Nguyễn Thị HẠNH", Bucket::Entered)]
    {
        let mut case = Case::default();
        let dose = case.dose(1, date(2021, 8, 2));
        let (local, system) = (case.person("Nguyễn Thị Hạnh", BORN, ""), case.person(name, BORN, ""));
        case.sheet(Side::Local, None).row(local, dose);
        case.sheet(Side::System, None).row(system, dose);
        assert_eq!(case.reconcile().buckets(Side::Local), [bucket], "{name}");
    }
}

#[test]
fn a_match_across_units_is_a_cross_match_of_both() {
    let mut case = Case::default();
    let person = case.person("Lý Thị Mẫu", BORN, NUMBER);
    let dose = case.dose(1, date(2021, 8, 2));
    let there = DoseRecord { facility: case.pool.intern("Trạm Y tế xã Khác"), ..dose };
    case.sheet(Side::Local, Some("Trạm Y tế xã Mẫu")).row(person, dose);
    case.sheet(Side::System, None).row(person, there);
    let report = case.reconcile().report;
    let cross: Vec<(&str, i64)> = report.units.iter().map(|unit| (unit.unit.as_str(), unit.cross_matched())).collect();
    assert_eq!(cross, [("Trạm Y tế xã Khác", 1), ("Trạm Y tế xã Mẫu", -1)]);
    assert_eq!(report.total.cross_matched(), 0);
}

#[test]
fn what_cannot_be_read_is_an_item_all_the_same() {
    let mut case = Case::default();
    let person = case.person("Lý Thị Mẫu", BORN, NUMBER);
    let plain = case.dose(1, date(2021, 8, 2));
    let no_day = DoseRecord { given: None, unreadable: Some(Unreadable::NoDay), ..plain };
    case.sheet(Side::Local, None).row(person, no_day).row(person, plain);
    case.sheet(Side::System, None).row(person, no_day);
    let done = case.reconcile();
    assert_eq!(done.buckets(Side::Local), [Bucket::Unreadable, Bucket::NotEntered]);
    assert_eq!(done.buckets(Side::System), [Bucket::Unreadable]);
    assert_eq!(done.report.files.iter().map(|file| file.items[0] + file.items[1]).sum::<u64>(), 3);
}
