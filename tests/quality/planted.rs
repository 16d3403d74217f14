//! A list without an error, and errors planted in it with a fixed seed: as many are found as were planted, and no others.

use crate::lists::{Row, codes, engine_with};
use ra_soat::domain::SheetKind;
use std::collections::{BTreeMap, BTreeSet};

/// Numbers that repeat for a seed (Lehmer's generator with the multiplier of Park and Miller).
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Dice {
        Dice(seed % 2_147_483_646 + 1)
    }

    pub fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0 * 48_271 % 2_147_483_647;
        (self.0 % limit as u64) as usize
    }
}

const FAMILIES: [&str; 6] = ["Nguyễn", "Trần", "Lê", "Hoàng", "Nông", "Triệu"];
const MIDDLES: [&str; 6] = ["Văn", "Đức", "Hữu", "Minh", "Thị", "Ngọc"];
const NAMES: [&str; 12] = ["Ánh", "Bình", "Chí", "Dũng", "Giáp", "Hà", "Kiên", "Lâm", "Mẫn", "Năm", "Phúc", "Sơn"];

/// So many persons with three doses each; no row breaks a rule.
pub fn sound_world(seed: u64, persons: usize) -> Vec<Row> {
    let mut dice = Dice::new(seed);
    let mut rows = Vec::with_capacity(persons * 3);
    for n in 0..persons {
        let is_male = dice.below(2) == 0;
        let year = 1950 + dice.below(50);
        let day = dice.below(9_131) as i64;
        // No birth on the first of January, no day that could be read the other way round.
        let birth = format!("{year}-{:02}-{:02}", day % 11 + 2, day % 27 + 1);
        let name = format!("{} {} {}", FAMILIES[dice.below(6)], MIDDLES[dice.below(6)], NAMES[dice.below(12)]);
        let unit = n % 40;
        let first = dice.below(27) + 2;
        for (nth, (label, month)) in [("Mũi 1", "2021-08"), ("Mũi 2", "2021-10"), ("Nhắc 1", "2022-03")].into_iter().enumerate() {
            // Spread over the days that are no 1st, 15th or last of a month.
            let day = match (first + nth * 5) % 27 + 2 {
                15 => 16,
                day => day,
            };
            let given = format!("{month}-{day:02}");
            rows.push(Row {
                name: name.clone(),
                birth: birth.clone(),
                sex: if is_male { "Nam" } else { "Nữ" }.into(),
                id: format!("006{}{:02}{n:06}", u8::from(!is_male), year % 100),
                phone: format!("09{:08}", 12_000_000 + n),
                insurance: format!("GD406{:010}", 1_000_000 + n),
                commune: format!("Xã Mẫu {unit}"),
                group: "16".into(),
                label: label.into(),
                vaccine: "Pfizer".into(),
                entered: given.clone(),
                given,
                lot: format!("FK{:04}", 100 + month.len() * nth),
                facility: format!("Trạm Y tế xã Mẫu {unit}"),
                verified: "Đúng".into(),
                signed: "Đã ký".into(),
            });
        }
    }
    rows
}

type Plant = (&'static str, fn(&mut Row));

/// What is planted, with the rule it breaks.
const PLANTS: [Plant; 34] = [
    ("GT01", |row| row.id.clear()),
    ("GT02", |row| row.id.truncate(7)),
    ("GT06", |row| row.id.replace_range(..3, "003")),
    ("GT07", |row| row.id.replace_range(3..4, "5")),
    ("GT08", |row| row.sex = if row.sex == "Nam" { "Nữ" } else { "Nam" }.into()),
    ("GT09", |row| row.birth.replace_range(..4, "1949")),
    ("GT10", |row| row.id = "6.08E+10".into()),
    ("GT11", |row| row.id.clone_from(&row.phone)),
    ("GT12", |row| row.id = "000000000".into()),
    ("GT16", |row| row.id.replace_range(..1, "O")),
    ("HT02", |row| row.name.push_str(" 2")),
    ("HT03", |row| row.name = "Không rõ".into()),
    ("HT05", |row| row.name = "Nguyen Van Nam".into()),
    ("NS01", |row| row.birth.clear()),
    ("NS02", |row| row.birth.truncate(4)),
    ("NS03", |row| row.birth = "31/02/1985".into()),
    ("GI01", |row| row.sex.clear()),
    ("DT01", |row| row.phone.clear()),
    ("DT02", |row| row.phone.truncate(8)),
    ("BH01", |row| row.insurance.truncate(12)),
    ("DC01", |row| row.commune.clear()),
    ("NU02", |row| row.group = "27".into()),
    ("MT01", |row| row.given.clear()),
    ("MT02", |row| row.given = "31/02/2022".into()),
    ("MT04", |row| (row.given, row.entered) = ("2020-08-16".into(), "2020-08-16".into())),
    ("MT05", |row| row.entered = "2021-04-01".into()),
    ("MT06", |row| (row.given, row.entered) = ("2023-08-16".into(), "2023-08-16".into())),
    ("VX01", |row| row.vaccine.clear()),
    ("VX02", |row| row.vaccine = "Vắc xin tổng hợp".into()),
    ("LO01", |row| row.lot.clear()),
    ("LO02", |row| row.lot = "A".into()),
    ("CS01", |row| row.facility.clear()),
    ("XT01", |row| row.verified = "Sai thông tin".into()),
    ("XT03", |row| row.verified = "MÃ SỐ 7".into()),
];

#[test]
fn a_sound_world_breaks_no_rule() {
    let mut engine = engine_with(SheetKind::SystemExport, &sound_world(1, 1_500));
    let broken: BTreeSet<&str> = codes(&mut engine).into_iter().flatten().collect();
    assert_eq!(broken, BTreeSet::new());
}

#[test]
fn as_many_errors_are_found_as_were_planted() {
    for seed in [11, 12] {
        let mut rows = sound_world(seed, 1_500);
        let mut dice = Dice::new(seed + 100);
        let mut planted: BTreeMap<usize, &str> = BTreeMap::new();
        for (code, plant) in PLANTS {
            for _ in 0..3 + dice.below(9) {
                // One error a person, and not on the dose the others' order rests on.
                let person = dice.below(1_500);
                let at = person * 3;
                if (at..at + 3).any(|at| planted.contains_key(&at)) {
                    continue;
                }
                plant(&mut rows[at]);
                planted.insert(at, code);
            }
        }
        let mut engine = engine_with(SheetKind::SystemExport, &rows);
        let found = codes(&mut engine);
        let mut counts: BTreeMap<&str, [usize; 2]> = BTreeMap::new();
        for code in planted.values() {
            counts.entry(code).or_default()[0] += 1;
        }
        for code in found.iter().flatten() {
            if let Some(of) = counts.get_mut(code) {
                of[1] += 1;
            }
        }
        for (at, code) in &planted {
            assert!(found[*at].contains(code), "{code}: {:?} of {}", found[*at], rows[*at].line());
        }
        let unequal: Vec<_> = counts.iter().filter(|(_, [planted, found])| planted != found).collect();
        assert!(unequal.is_empty(), "seed {seed}: planted and found differ: {unequal:?}");
        // Rows of persons with nothing planted are sound.
        for (at, codes) in found.iter().enumerate().filter(|(at, _)| !(0..3).any(|nth| planted.contains_key(&(at / 3 * 3 + nth)))) {
            assert!(codes.is_empty(), "{codes:?} of {}", rows[at].line());
        }
    }
}
