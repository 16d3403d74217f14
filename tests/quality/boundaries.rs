//! Every rule at its boundary: what just breaks it and what just does not.

use crate::lists::{Row, codes, engine_with};
use ra_soat::domain::SheetKind;
use ra_soat::quality::RULES;
use std::collections::BTreeSet;

/// A rule with lists whose last row breaks it, and lists whose last row does not.
struct Case {
    code: &'static str,
    broken: Vec<Vec<Row>>,
    sound: Vec<Vec<Row>>,
}

/// Rules about one row: values that break it and values that do not.
fn of_one(code: &'static str, set: fn(&mut Row, &str), broken: &[&str], sound: &[&str]) -> Case {
    let row = |value: &&str| vec![Row::with(|row| set(row, value))];
    Case { code, broken: broken.iter().map(row).collect(), sound: sound.iter().map(row).collect() }
}

/// Rules about a course: `(label, vaccine, day)` of each dose.
fn of_course(code: &'static str, birth: &str, broken: &[&[(&str, &str, &str)]], sound: &[&[(&str, &str, &str)]]) -> Case {
    let course = |doses: &&[(&str, &str, &str)]| {
        let dose = |(label, vaccine, given): &(&str, &str, &str)| {
            let mut row = Row::dose(label, vaccine, given);
            row.birth = birth.into();
            // The number's own digits play no part here.
            row.id = "095123456".into();
            row
        };
        doses.iter().map(dose).collect::<Vec<_>>()
    };
    Case { code, broken: broken.iter().map(course).collect(), sound: sound.iter().map(course).collect() }
}

/// A person of this birth and a dose of this day and product, with a label.
fn at_age(code: &'static str, broken: &[(&str, &str, &str, &str)], sound: &[(&str, &str, &str, &str)]) -> Case {
    let row = |(birth, given, vaccine, label): &(&str, &str, &str, &str)| {
        let mut row = Row::dose(label, vaccine, given);
        row.birth = (*birth).into();
        vec![row]
    };
    Case { code, broken: broken.iter().map(row).collect(), sound: sound.iter().map(row).collect() }
}

fn of_person() -> Vec<Case> {
    let id: fn(&mut Row, &str) = |row, value| row.id = value.into();
    let name: fn(&mut Row, &str) = |row, value| row.name = value.into();
    let birth: fn(&mut Row, &str) = |row, value| row.birth = value.into();
    let phone: fn(&mut Row, &str) = |row, value| row.phone = value.into();
    vec![
        of_one("GT01", id, &["", "không có", "0"], &["006185001234", "095123456"]),
        of_one("GT02", id, &["0061850012345", "0061850", "00618500123", "123"], &["006185001234", "095123456", "B1234567", "06185001234"]),
        of_one("GT03", id, &["95123456"], &["095123456", "9512345"]),
        of_one("GT04", id, &["6185001234", "06185001234"], &["006185001234", "095123456"]),
        // A text of ten or eleven digits whose year or sex is another's is not padded by the machine.
        of_one("GT05", id, &["6286001234", "24086001235"], &["6185001234", "1185001234567"]),
        of_one("GT06", id, &["003185001234", "888185001234"], &["004185001234", "006185001234"]),
        of_one("GT07", id, &["006485001234", "006985001234"], &["006185001234", "006385001234"]),
        of_one("GT08", id, &["006085001234", "006285001234"], &["006185001234", "006385001234"]),
        of_one("GT09", id, &["006184001234", "006186001234", "006385001234"], &["006185001234"]),
        of_one("GT10", id, &["6.08E+10", "6.085E+11"], &["6.185001234E+9"]),
        of_one("GT11", id, &["0912345678", "912345678"], &["0912345679"]),
        of_one("GT12", id, &["000000000", "123456789", "111111111111"], &["095123456"]),
        of_one("GT15", id, &["B1234567", "C12345678"], &["006185001234"]),
        of_one("GT16", id, &["O06185OO1234X"], &["006185001234", "CCCD 006185001234"]),
        of_one("HT01", name, &["", "?"], &["Lý An"]),
        of_one("HT02", name, &["Lý Thị An 2", "Lý Thị @n"], &["Lý Thị An", "H'Hen Niê"]),
        of_one("HT03", name, &["Không rõ", "Nguyễn Văn A", "test"], &["Nguyễn Văn An"]),
        of_one("HT04", name, &["An"], &["Lý An"]),
        of_one("HT05", name, &["Nguyen Van Nam"], &["Nguyễn Van Nam", "Tran Nam"]),
        of_one("HT06", name, &["Ng. T. Hoa", "Lý T An"], &["Lý Thị An", "Lý Y An"]),
        of_one("NS01", birth, &["", "-"], &["1985-03-08", "1985"]),
        of_one("NS02", birth, &["1985", "03/1985"], &["1985-03-08"]),
        of_one("NS03", birth, &["31/02/1985", "không nhớ"], &["28/02/1985"]),
        of_one("NS04", birth, &["2023-03-11"], &["2023-03-10", "2023-03-09"]),
        of_one("NS05", birth, &["1912-03-10", "1911-12-31"], &["1912-03-11"]),
        of_one("NS06", birth, &["1985-01-01"], &["1985-01-02", "1985-02-01", "1985"]),
        of_one("GI01", |row, value| row.sex = value.into(), &["", "khác"], &["Nam", "nữ"]),
        of_one("BT01", birth, &["", "1985"], &["1985-03-08"]),
        of_one("BT01", id, &["", "0061850"], &["006185001234", "095123456"]),
        of_one("DT01", phone, &["", "không có"], &["0912345678"]),
        of_one("DT02", phone, &["091234567", "0212345678", "09123456789"], &["0912345678", "912345678", "01682345678"]),
        of_one("DT03", phone, &["0123456789", "0900000000"], &["0912345678", "0900000001"]),
        of_one(
            "BH01",
            |row, value| row.insurance = value.into(),
            &["GD6060620123456", "GD40606201234", "062012345"],
            &["GD5060620123456", "0620123456", ""],
        ),
        of_one("DC01", |row, value| row.commune = value.into(), &[""], &["Xã Mỹ Thanh"]),
        of_one("NU01", |row, value| row.group = value.into(), &[""], &["1"]),
        of_one("NU02", |row, value| row.group = value.into(), &["0", "17"], &["1", "16", "Người lao động"]),
    ]
}

fn of_dose() -> Vec<Case> {
    let given: fn(&mut Row, &str) = |row, value| row.given = value.into();
    let same: fn(&mut Row, &str) = |row, value| (row.given, row.entered) = (value.into(), value.into());
    let verified: fn(&mut Row, &str) = |row, value| row.verified = value.into();
    vec![
        of_one("MT01", given, &["", "-"], &["2021-08-16"]),
        of_one("MT02", given, &["31/02/2022", "không nhớ", "08/2021"], &["28/02/2022"]),
        at_age("MT03", &[("2022-05-02", "2022-05-01", "Pfizer", "Mũi 1")], &[("2022-05-01", "2022-05-01", "Pfizer", "Mũi 1")]),
        of_one("MT04", same, &["2021-03-07"], &["2021-03-08", "2021-03-09"]),
        of_one("MT05", given, &["2021-08-17"], &["2021-08-16", "2021-08-15"]),
        of_one("MT06", same, &["2023-03-11"], &["2023-03-10", "2023-03-09"]),
        of_one("MT07", given, &["05/08/2021"], &["13/08/2021", "2021-08-05", "08/08/2021"]),
        of_one("MT08", given, &["08/12/2021"], &["16/08/2020", "2021-08-16"]),
        at_age("TU01", &[("2017-06-02", "2022-06-01", "Pfizer", "Mũi 1")], &[("2017-06-01", "2022-06-01", "Pfizer", "Mũi 1")]),
        at_age(
            "TU02",
            &[("2009-10-26", "2021-10-26", "Pfizer", "Mũi 1"), ("2003-10-27", "2021-10-26", "Pfizer", "Mũi 1")],
            &[("2009-10-26", "2021-10-27", "Pfizer", "Mũi 1"), ("2003-10-26", "2021-10-26", "Pfizer", "Mũi 1")],
        ),
        at_age(
            "TU03",
            &[("2012-01-01", "2022-04-13", "Pfizer", "Mũi 1"), ("2017-04-13", "2022-04-13", "Pfizer", "Mũi 1")],
            &[("2012-01-01", "2022-04-14", "Pfizer", "Mũi 1"), ("2010-04-13", "2022-04-13", "Pfizer", "Mũi 1")],
        ),
        at_age(
            "TU04",
            &[("2012-01-01", "2022-05-04", "AstraZeneca", "Mũi 1")],
            &[("2012-01-01", "2022-05-04", "Moderna", "Mũi 1"), ("2010-01-01", "2022-05-04", "AstraZeneca", "Mũi 1")],
        ),
        at_age(
            "TU05",
            &[("2016-05-05", "2022-05-04", "Moderna", "Mũi 1")],
            &[("2016-05-04", "2022-05-04", "Moderna", "Mũi 1"), ("2016-05-05", "2022-05-04", "Pfizer", "Mũi 1")],
        ),
        at_age(
            "MB01",
            &[("1985-03-08", "2021-11-30", "Pfizer", "Nhắc 1"), ("1985-03-08", "2021-11-30", "Pfizer", "Bổ sung")],
            &[("1985-03-08", "2021-12-01", "Pfizer", "Nhắc 1"), ("1985-03-08", "2021-11-30", "Pfizer", "Mũi 2")],
        ),
        at_age(
            "MB02",
            &[("1985-03-08", "2022-04-30", "Pfizer", "Nhắc 2")],
            &[("1985-03-08", "2022-05-01", "Pfizer", "Nhắc 2"), ("1985-03-08", "2022-04-30", "Pfizer", "Nhắc 1")],
        ),
        at_age(
            "VX05",
            &[("1985-03-08", "2021-06-11", "Pfizer", "Mũi 1"), ("1985-03-08", "2021-09-16", "Abdala", "Mũi 1")],
            &[("1985-03-08", "2021-06-12", "Pfizer", "Mũi 1"), ("1985-03-08", "2021-09-17", "Abdala", "Mũi 1")],
        ),
        of_one("TT07", |row, value| row.label = value.into(), &[""], &["Mũi 1"]),
        of_one("TT08", |row, value| row.label = value.into(), &["đợt hè"], &["Mũi 1", "Nhắc 1"]),
        of_one("VX01", |row, value| row.vaccine = value.into(), &[""], &["Pfizer", "xyz"]),
        of_one("VX02", |row, value| row.vaccine = value.into(), &["xyz"], &["Pfizer", "Modena", ""]),
        of_one("LO01", |row, value| row.lot = value.into(), &[""], &["FK0112"]),
        of_one(
            "LO02",
            |row, value| row.lot = value.into(),
            &["FK1", "ABCDEF", "FK01120000000001", "16/08/2021"],
            &["FK01", "FK0112000000001", "2021010123"],
        ),
        of_one("CS01", |row, value| row.facility = value.into(), &[""], &["Trạm Y tế xã Mỹ Thanh"]),
        of_one("NH01", |row, value| (row.given, row.entered) = ("2022-04-08".into(), value.into()), &["2022-04-09"], &["2022-04-08"]),
        of_one(
            "NH01",
            |row, value| (row.given, row.entered) = (value.into(), "2022-04-09".into()),
            &["2022-04-08"],
            &["2022-04-07", "2022-04-09"],
        ),
        of_one("NH02", |row, value| row.entered = value.into(), &["2023-03-11"], &["2023-03-10"]),
        of_one("NH03", |row, value| row.entered = value.into(), &[""], &["2021-08-16"]),
        of_one("XT01", verified, &["Sai thông tin"], &["Đúng", "Sai định dạng"]),
        of_one("XT02", verified, &["Chưa xác thực"], &["Đúng", ""]),
        of_one("XT03", verified, &["MÃ 7"], &["Đúng", ""]),
        of_one("XT04", verified, &["Chưa xác thực", "Sai thông tin"], &["Đúng", "MÃ 7"]),
        of_one("XT05", |row, value| row.signed = value.into(), &["Chưa ký", ""], &["Đã ký"]),
    ]
}

fn of_courses() -> Vec<Case> {
    const ADULT: &str = "1985-03-08";
    const TEEN: &str = "2006-03-08";
    const CHILD: &str = "2013-03-08";
    let first = |product, day| ("Mũi 1", product, day);
    let second = |product, day| ("Mũi 2", product, day);
    vec![
        of_course(
            "KC01",
            ADULT,
            &[
                &[first("Pfizer", "2021-08-01"), second("Pfizer", "2021-08-21")],
                &[first("AstraZeneca", "2021-08-01"), second("Pfizer", "2021-08-28")],
                &[first("Abdala", "2021-10-01"), second("Abdala", "2021-10-14")],
            ],
            &[
                &[first("Pfizer", "2021-08-01"), second("Pfizer", "2021-08-22")],
                &[first("AstraZeneca", "2021-08-01"), second("Pfizer", "2021-08-29")],
                &[first("Abdala", "2021-10-01"), second("Abdala", "2021-10-15")],
            ],
        ),
        of_course(
            "KC02",
            ADULT,
            &[&[first("Abdala", "2021-10-01"), second("Abdala", "2021-10-15"), ("Mũi 3", "Abdala", "2021-10-28")]],
            &[&[first("Abdala", "2021-10-01"), second("Abdala", "2021-10-15"), ("Mũi 3", "Abdala", "2021-10-29")]],
        ),
        of_course(
            "KC03",
            ADULT,
            &[&[first("Vero Cell", "2021-10-01"), second("Vero Cell", "2021-11-10"), ("Bổ sung", "Pfizer", "2021-12-07")]],
            &[&[first("Vero Cell", "2021-10-01"), second("Vero Cell", "2021-11-10"), ("Bổ sung", "Pfizer", "2021-12-08")]],
        ),
        of_course(
            "KC04",
            ADULT,
            &[&[first("Pfizer", "2021-08-01"), second("Pfizer", "2021-09-15"), ("Nhắc 1", "Pfizer", "2021-12-14")]],
            &[&[first("Pfizer", "2021-08-01"), second("Pfizer", "2021-09-15"), ("Nhắc 1", "Pfizer", "2021-12-15")]],
        ),
        of_course(
            "KC05",
            ADULT,
            &[&[
                first("Pfizer", "2021-08-01"),
                second("Pfizer", "2021-09-15"),
                ("Nhắc 1", "Pfizer", "2022-02-28"),
                ("Nhắc 2", "Pfizer", "2022-06-27"),
            ]],
            &[&[
                first("Pfizer", "2021-08-01"),
                second("Pfizer", "2021-09-15"),
                ("Nhắc 1", "Pfizer", "2022-02-28"),
                ("Nhắc 2", "Pfizer", "2022-06-28"),
            ]],
        ),
        of_course(
            "KC06",
            TEEN,
            &[&[first("Pfizer", "2021-11-20"), second("Pfizer", "2021-12-20"), ("Mũi 3", "Pfizer", "2022-05-19")]],
            &[&[first("Pfizer", "2021-11-20"), second("Pfizer", "2021-12-20"), ("Mũi 3", "Pfizer", "2022-05-20")]],
        ),
        of_course(
            "KC07",
            CHILD,
            &[&[first("Pfizer", "2022-05-04"), second("Pfizer", "2022-05-31")]],
            &[&[first("Pfizer", "2022-05-04"), second("Pfizer", "2022-06-01")]],
        ),
        of_course(
            "TT01",
            ADULT,
            &[&[second("Pfizer", "2021-08-16"), first("Pfizer", "2021-09-16")]],
            &[&[second("Pfizer", "2021-09-16"), first("Pfizer", "2021-08-16")]],
        ),
        of_course(
            "TT02",
            ADULT,
            &[&[first("Pfizer", "2021-08-16"), first("Pfizer", "2021-08-16")]],
            &[
                &[first("Pfizer", "2021-08-16"), first("Moderna", "2021-08-16")],
                &[first("Pfizer", "2021-08-16"), second("Pfizer", "2021-08-17")],
            ],
        ),
        of_course(
            "TT03",
            ADULT,
            &[&[first("Pfizer", "2021-08-16"), second("Moderna", "2021-08-16")]],
            &[&[first("Pfizer", "2021-08-16"), second("Moderna", "2021-08-17")]],
        ),
        of_course(
            "TT04",
            ADULT,
            &[&[first("Pfizer", "2021-08-16"), first("Pfizer", "2021-09-16")]],
            &[&[first("Pfizer", "2021-08-16"), second("Pfizer", "2021-09-16")]],
        ),
        of_course(
            "TT05",
            ADULT,
            &[&[second("Pfizer", "2021-09-16")], &[first("Pfizer", "2021-08-16"), ("Mũi 3", "Pfizer", "2022-01-16")]],
            &[&[first("Pfizer", "2021-08-16"), second("Pfizer", "2021-09-16")], &[first("Pfizer", "2021-08-16")]],
        ),
        of_course(
            "VX03",
            CHILD,
            &[&[first("Pfizer", "2022-05-04"), second("Moderna", "2022-06-04")]],
            &[&[first("Pfizer", "2022-05-04"), second("Pfizer", "2022-06-04")]],
        ),
        of_course(
            "VX04",
            ADULT,
            &[&[first("AstraZeneca", "2021-08-16"), second("Pfizer", "2021-10-16")]],
            &[&[first("Pfizer", "2021-08-16"), second("Pfizer", "2021-10-16")]],
        ),
        Case { code: "TT06", broken: vec![many_doses(8)], sound: vec![many_doses(7)] },
    ]
}

fn many_doses(count: u32) -> Vec<Row> {
    (0..count).map(|at| Row::dose(&format!("Mũi {}", at + 1), "Pfizer", &format!("2022-{:02}-16", at + 1))).collect()
}

/// Another person, with a number, a phone and a name of their own.
fn other(n: usize) -> Row {
    let names = ["Hoàng Văn Bình", "Nông Thị Chi", "Triệu Văn Dũng", "Lý Thị Giang", "Hoàng Thị Hà", "Nông Văn Khánh", "Lý Văn Lâm"];
    Row::with(|row| {
        row.name = names[n % names.len()].into();
        row.birth = format!("198{}-04-{:02}", n % 10, n % 28 + 1);
        row.id = format!("09512{n:04}");
        row.phone = format!("09876{n:05}");
    })
}

fn of_many() -> Vec<Case> {
    let pair = |change: &dyn Fn(&mut Row)| {
        let mut second = other(1);
        change(&mut second);
        vec![Row::default(), second]
    };
    let phones = |count: usize| {
        (0..count)
            .map(|n| {
                let mut row = other(n);
                row.phone = "0987000111".into();
                row
            })
            .collect::<Vec<Row>>()
    };
    let lots = |last: &str, before: usize| {
        let mut rows: Vec<Row> = (0..before).map(other).collect();
        let mut row = Row::default();
        (row.vaccine, row.given, row.entered) = (last.into(), "2021-10-16".into(), "2021-10-16".into());
        rows.push(row);
        rows
    };
    let days = |heaped: usize| {
        (0..60)
            .map(|n| {
                let mut row = other(n);
                row.given = if n >= 60 - heaped { "2021-09-15".into() } else { format!("2021-08-{:02}", n % 12 + 2) };
                row.entered.clone_from(&row.given);
                row
            })
            .collect::<Vec<Row>>()
    };
    vec![
        Case {
            code: "GT13",
            broken: vec![pair(&|row| row.id = "006185001234".into())],
            sound: vec![
                pair(&|_| {}),
                // The same birth under another spelling is one person.
                pair(&|row| (row.id, row.birth, row.name) = ("006185001234".into(), "1985-03-08".into(), "Lý Thị Ân".into())),
            ],
        },
        Case {
            code: "GT14",
            broken: vec![vec![Row::default(), Row::with(|row| row.id = "095123456".into())]],
            sound: vec![vec![Row::default(), Row::default()], pair(&|_| {})],
        },
        Case { code: "DT04", broken: vec![phones(6)], sound: vec![phones(5)] },
        Case { code: "LO03", broken: vec![lots("Moderna", 2), lots("Moderna", 1)], sound: vec![lots("Pfizer", 2)] },
        Case {
            code: "CS02",
            broken: vec![vec![other(1), other(2), Row::with(|row| row.facility = "TYT xã Mỹ Thanh".into())]],
            sound: vec![vec![other(1), Row::default()], vec![other(1), Row::with(|row| row.facility = "Trạm Y tế phường Mỹ Thanh".into())]],
        },
        Case { code: "CS03", broken: vec![days(16)], sound: vec![days(15)] },
    ]
}

#[test]
fn a_sound_row_breaks_no_rule() {
    let mut engine = engine_with(SheetKind::SystemExport, &[Row::default()]);
    assert_eq!(codes(&mut engine), [BTreeSet::new()]);
}

#[test]
fn every_rule_is_broken_just_where_it_should_be() {
    let cases: Vec<Case> = [of_person(), of_dose(), of_courses(), of_many()].into_iter().flatten().collect();
    let mut problems = Vec::new();
    for case in &cases {
        for (rows, is_broken) in case.broken.iter().map(|rows| (rows, true)).chain(case.sound.iter().map(|rows| (rows, false))) {
            let mut engine = engine_with(SheetKind::SystemExport, rows);
            let found = codes(&mut engine);
            let last = found.last().cloned().unwrap_or_default();
            if last.contains(case.code) != is_broken {
                problems.push(format!(
                    "{} should {}be broken by {:?}: {last:?}",
                    case.code,
                    if is_broken { "" } else { "not " },
                    rows.last().unwrap().line()
                ));
            }
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
    let tested: BTreeSet<&str> = cases.iter().map(|case| case.code).collect();
    let untested: Vec<&str> = RULES.iter().map(|rule| rule.code).filter(|code| !tested.contains(code)).collect();
    assert_eq!(untested, [""; 0], "every rule has its boundary");
}
