//! What must hold of the linkage whatever the lists say.

#![allow(clippy::unwrap_used, reason = "a test may stop where it finds what it did not expect")]

use jiff::civil::{Date, date};
use proptest::prelude::*;
use ra_soat::domain::{BirthDate, DoseRecord, FileId, IdentityKind, PersonRecord, Product, Sex, Side, SourceRef};
use ra_soat::linkage::comparison::number::are_two_sound_numbers;
use ra_soat::linkage::roll::SheetContext;
use ra_soat::linkage::{Linkage, Roll, link_persons};
use ra_soat::normalize::text::{Text, TextPool};
use ra_soat::normalize::{fold_name, fold_place};
use ra_soat::pace::Unpaced;
use std::collections::BTreeSet;

/// A row as the lists write it: positions in the small pools below, so that rows collide.
#[derive(Clone, Debug, PartialEq)]
struct Row {
    is_system: bool,
    name: usize,
    birth: usize,
    number: usize,
    phone: usize,
    commune: usize,
    is_female: Option<bool>,
    day: usize,
}

const NAMES: [&str; 8] =
    ["Nguyễn Văn An", "Nguyen Van An", "Nguyễn Văn Ân", "Nguyễn Vna An", "Lý Thị Hạnh", "Lý Thị Hành", "Lý Hạnh", "Hạnh Lý Thị"];
const BIRTHS: [BirthDate; 5] = [
    BirthDate::Day(date(1985, 3, 8)),
    BirthDate::Day(date(1985, 8, 3)),
    BirthDate::Day(date(1986, 3, 8)),
    BirthDate::Year(1985),
    BirthDate::Day(date(1985, 1, 1)),
];
const NUMBERS: [(&str, IdentityKind); 6] = [
    ("", IdentityKind::Missing),
    ("006085001234", IdentityKind::Citizen),
    ("006085001235", IdentityKind::Citizen),
    ("006185777777", IdentityKind::Citizen),
    ("095123456", IdentityKind::OldCard),
    ("B12-99871", IdentityKind::Other),
];
const PHONES: [&str; 3] = ["", "0912345678", "0987654321"];
const COMMUNES: [&str; 3] = ["", "Xã Mẫu", "Xã Khác"];
const DAYS: [Date; 3] = [date(2021, 8, 2), date(2021, 8, 30), date(2022, 1, 5)];

fn some_row() -> impl Strategy<Value = Row> {
    let who = (any::<bool>(), 0..NAMES.len(), 0..=BIRTHS.len(), 0..NUMBERS.len());
    let rest = (0..PHONES.len(), 0..COMMUNES.len(), proptest::option::of(any::<bool>()), 0..DAYS.len());
    (who, rest).prop_map(|((is_system, name, birth, number), (phone, commune, is_female, day))| Row {
        is_system,
        name,
        birth,
        number,
        phone,
        commune,
        is_female,
        day,
    })
}

/// Links the rows; the persons of the rows in the order they were given.
fn link(rows: &[Row]) -> (TextPool, Roll, Linkage, Vec<u32>) {
    let (mut pool, mut roll, mut places) = (TextPool::default(), Roll::default(), vec![0; rows.len()]);
    for side in Side::ALL {
        let (mut persons, mut doses) = (Vec::new(), Vec::new());
        for (at, row) in rows.iter().enumerate().filter(|(_, row)| row.is_system == (side == Side::System)) {
            let (number, kind) = NUMBERS[row.number];
            places[at] = roll.persons.len() + persons.len();
            doses.push(DoseRecord {
                at: SourceRef { file: FileId(0), sheet: 0, row: at as u32, slot: 1 },
                person: persons.len() as u32,
                label: None,
                label_text: Text::NONE,
                product: Some(Product::Pfizer),
                vaccine_text: Text::NONE,
                given: Some(DAYS[row.day]),
                day_is_ambiguous: false,
                given_text: Text::NONE,
                lot: Text::NONE,
                facility: Text::NONE,
                facility_text: Text::NONE,
                entered: None,
                verification: Text::NONE,
                signing: Text::NONE,
                unreadable: None,
            });
            persons.push(PersonRecord {
                name: pool.intern(NAMES[row.name]),
                name_key: pool.intern(&fold_name(NAMES[row.name])),
                birth: BIRTHS.get(row.birth).copied(),
                sex: row.is_female.map(|is_female| if is_female { Sex::Female } else { Sex::Male }),
                identity: pool.intern(number),
                identity_kind: kind,
                phone: pool.intern(PHONES[row.phone]),
                commune_key: pool.intern(&fold_place(COMMUNES[row.commune])),
                ..PersonRecord::default()
            });
        }
        roll.add_sheet(side, SheetContext::default(), &persons, &doses);
    }
    let linkage = pollster::block_on(link_persons(&roll, &pool, &mut Unpaced)).unwrap();
    let persons = places.iter().map(|place| linkage.person_of[*place]).collect();
    (pool, roll, linkage, persons)
}

/// Which rows are one person, and which pairs of rows wait for an answer, by what the rows say.
fn said(rows: &[Row]) -> (BTreeSet<String>, BTreeSet<String>) {
    let (_, _, linkage, persons) = link(rows);
    let person = |number: u32| {
        let mut own: Vec<String> =
            rows.iter().zip(&persons).filter(|(_, person)| **person == number).map(|(row, _)| format!("{row:?}")).collect();
        own.sort();
        own.dedup();
        own.join("; ")
    };
    let pair = |a: u32, b: u32| {
        let (a, b) = (person(a), person(b));
        if a <= b { format!("{a} | {b}") } else { format!("{b} | {a}") }
    };
    ((0..linkage.persons as u32).map(person).collect(), linkage.possible.iter().map(|two| pair(two.a, two.b)).collect())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn who_is_who_does_not_depend_on_the_order_of_rows(
        rows in proptest::collection::vec(some_row(), 0..14),
        order in proptest::collection::vec(any::<u32>(), 14),
    ) {
        let mut shuffled: Vec<(u32, Row)> = order.iter().copied().zip(rows.iter().cloned()).collect();
        shuffled.sort_by_key(|(key, _)| *key);
        let shuffled: Vec<Row> = shuffled.into_iter().map(|(_, row)| row).collect();
        prop_assert_eq!(said(&rows), said(&shuffled));
    }

    #[test]
    fn a_pair_weighs_the_same_both_ways_and_its_parts_add_up(rows in proptest::collection::vec(some_row(), 2..10)) {
        let (pool, _, linkage, _) = link(&rows);
        for a in 0..linkage.persons as u32 {
            for b in 0..linkage.persons as u32 {
                let there = linkage.explain(a, b, &pool);
                prop_assert_eq!(there, linkage.explain(b, a, &pool));
                prop_assert_eq!(linkage.verdict(a, b, &pool), linkage.verdict(b, a, &pool));
                prop_assert_eq!(there.weight(), there.parts().iter().map(|(_, bits)| bits).sum::<i32>());
            }
        }
    }

    #[test]
    fn two_sound_numbers_stand_in_one_person_only_a_slip_apart(rows in proptest::collection::vec(some_row(), 0..14)) {
        // A number whose rows say both sexes fits one of them only; here nobody says it.
        let rows: Vec<Row> = rows.into_iter().map(|row| Row { is_female: None, ..row }).collect();
        let (pool, roll, linkage, _) = link(&rows);
        for (x, one) in roll.persons.iter().zip(&linkage.person_of) {
            for (y, other) in roll.persons.iter().zip(&linkage.person_of) {
                if one == other && are_two_sound_numbers(&x.record, &y.record, &pool) {
                    let slip = ra_soat::linkage::comparison::is_one_slip(
                        pool.get(x.record.identity).as_bytes(),
                        pool.get(y.record.identity).as_bytes(),
                    );
                    // Of the rows with these two numbers some agree in the birth to the day.
                    let births = |number| {
                        let own = roll.persons.iter().filter(move |row| row.record.identity == number);
                        own.map(|row| row.record.birth).collect::<BTreeSet<_>>()
                    };
                    let agree = !births(x.record.identity).is_disjoint(&births(y.record.identity));
                    prop_assert!(slip && agree, "{:?} {:?}", x, y);
                }
            }
        }
    }

    #[test]
    fn a_possible_pair_stands_across_the_sides_and_is_no_one_person(rows in proptest::collection::vec(some_row(), 0..14)) {
        let (_, _, linkage, _) = link(&rows);
        for pair in &linkage.possible {
            prop_assert!(pair.a < pair.b);
            prop_assert!(linkage.people[pair.a as usize].completes(&linkage.people[pair.b as usize]));
        }
    }
}
