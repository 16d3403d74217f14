//! Dates in parts, two-digit years, years alone, days that could be months.

use crate::builder::{C, S};
use crate::headers::day;
use crate::lists::read;
use crate::row;
use ra_soat::domain::{BirthDate, Field, Unreadable};

#[test]
fn birth_and_dose_in_three_columns_each() {
    let merged = [(1, 1, 2, 4), (1, 1, 5, 7)];
    let heads = [
        (
            vec![
                row!["TT", "Họ tên", "Ngày, tháng, năm sinh", "", "", "Ngày tiêm", "", "", "Vắc xin"],
                row!["", "", "Ngày", "Tháng", "Năm", "Ngày", "Tháng", "Năm", ""],
            ],
            merged.to_vec(),
        ),
        (vec![row!["TT", "Họ tên", "Ngày sinh", "Tháng sinh", "Năm sinh", "Ngày tiêm", "Tháng tiêm", "Năm tiêm", "Vắc xin"]], Vec::new()),
        (vec![row!["TT", "Họ tên", "Ngày sinh", "", "", "Ngày tiêm", "", "", "Vắc xin"]], merged.to_vec()),
    ];
    for (mut rows, merges) in heads {
        let first = rows.len() + 1;
        rows.push(row![1, "Ma Văn Tú", 5, 3, 85, 15, 9, 2021, "AZ"]);
        rows.push(row![2, "Ma Thị Lan", "05", "12", "1990", "03", "04", "22", "Pfizer"]);
        rows.push(row![3, "Ma Thị Hoa", "", "", 1970, 9, 13, 2021, "Pfizer"]);
        rows.push(row![4, "Ma Thị Mai", "", 7, 1970, "", 9, 2021, "Pfizer"]);
        let read = read(S::new("DS", rows).merged(&merges), "a.xlsx");
        let births: Vec<_> = read.records.persons.iter().map(|person| person.birth).collect();
        let expected = [
            BirthDate::Day(day(1985, 3, 5)),
            BirthDate::Day(day(1990, 12, 5)),
            BirthDate::Year(1970),
            BirthDate::Month { year: 1970, month: 7 },
        ];
        assert_eq!(births, expected.map(Some), "{:?}", read.mapping.columns);
        let doses: Vec<_> = read.records.doses.iter().map(|dose| (dose.given, dose.unreadable)).collect();
        let bad = (None, Some(Unreadable::BadDay));
        assert_eq!(doses, [(Some(day(2021, 9, 15)), None), (Some(day(2022, 4, 3)), None), bad, bad], "row {first}");
        assert!(read.records.reading.problems.iter().any(|problem| problem.what.contains("9/13/2021")));
    }
}

#[test]
fn days_of_doses_in_three_columns_under_each_dose() {
    let rows = vec![
        row!["TT", "Họ tên", "Năm sinh", "Mũi 1", "", "", "", "Mũi 2", "", "", ""],
        row!["", "", "", "Ngày", "Tháng", "Năm", "Loại", "Ngày", "Tháng", "Năm", "Loại"],
        row![1, "Ma Văn Tú", 1985, 15, 9, 2021, "AZ", 15, 12, 2021, "Pfizer"],
        row![2, "Ma Thị Lan", 1990, 16, 9, 2021, "AZ", "", "", "", ""],
    ];
    let read = read(S::new("DS", rows).merged(&[(1, 1, 3, 6), (1, 1, 7, 10)]), "a.xlsx");
    assert_eq!(
        read.lines(),
        [
            "3.1 Ma Văn Tú | M1 | AstraZeneca | 2021-09-15 |  | ",
            "3.2 Ma Văn Tú | M2 | Pfizer | 2021-12-15 |  | ",
            "4.1 Ma Thị Lan | M1 | AstraZeneca | 2021-09-16 |  | ",
        ]
    );
}

/// `Ngày` under a dose is the whole date where no month and year stand beside it.
#[test]
fn a_day_alone_is_no_part() {
    let rows = vec![
        row!["TT", "Họ tên", "Năm sinh", "Mũi 1", "", "Mũi 2", ""],
        row!["", "", "", "Ngày", "Loại", "Ngày", "Loại"],
        row![1, "Ma Văn Tú", 1985, "15/9/21", "AZ", "15/12/21", "Pfizer"],
    ];
    let read = read(S::new("DS", rows).merged(&[(1, 1, 3, 4), (1, 1, 5, 6)]), "a.xlsx");
    assert!(read.mapping.columns.iter().all(|column| column.field != Some(Field::GivenDay)));
    let given: Vec<_> = read.records.doses.iter().map(|dose| dose.given).collect();
    assert_eq!(given, [Some(day(2021, 9, 15)), Some(day(2021, 12, 15))]);
}

#[test]
fn days_that_could_be_months_are_listed_with_their_rows() {
    let mut rows = vec![row!["STT", "Họ và tên", "Ngày sinh", "Ngày tiêm", "Vắc xin"]];
    rows.extend((1..=4).map(|at| row![at, "Ma Văn Tú", format!("0{at}/05/1985"), format!("0{at}/09/2021"), "AZ"]));
    let own = read(S::new("S", rows), "a.xlsx");
    let told: Vec<&str> = own.records.reading.problems.iter().map(|problem| problem.what.as_str()).collect();
    assert_eq!(
        told,
        [
            "Cột “Ngày sinh”: 4 ngày không rõ đâu là ngày, đâu là tháng; đọc theo ngày/tháng (dòng 2, 3, 4, 5)",
            "Cột “Ngày tiêm”: 4 ngày không rõ đâu là ngày, đâu là tháng; đọc theo ngày/tháng (dòng 2, 3, 4, 5)",
        ]
    );
    assert_eq!(own.records.doses[0].given, Some(day(2021, 9, 1)));
}

/// Text dates beside serials: how many serials, and which days, make the column swapped.
#[test]
fn a_column_is_swapped_only_where_all_its_serials_have_low_days() {
    let column = |serials: &[i8], texts: &[&str]| {
        let mut rows = vec![row!["STT", "Họ và tên", "Năm sinh", "Ngày tiêm", "Vắc xin"]];
        let days = serials.iter().map(|of_month| C::from(day(2022, 3, *of_month))).chain(texts.iter().map(|text| C::from(*text)));
        rows.extend((1..).zip(days).map(|(at, given)| {
            let mut cells = row![at, "Ma Văn Tú", 1985];
            cells.push(given);
            cells.extend(row!["AZ"]);
            cells
        }));
        let read = read(S::new("S", rows), "a.xlsx");
        let told = read.records.reading.problems.iter().any(|problem| problem.what.contains("đảo ngày với tháng"));
        (read.records.doses[0].given, told)
    };
    let low = [1, 2, 4, 5, 6, 7, 8, 12];
    assert_eq!(column(&low, &["25/03/2022"]), (Some(day(2022, 1, 3)), true), "eight low serials beside a text above 12");
    assert_eq!(column(&low[..7], &["25/03/2022"]), (Some(day(2022, 3, 1)), false), "seven may be chance");
    assert_eq!(column(&[1, 2, 4, 5, 6, 7, 8, 13], &["25/03/2022"]), (Some(day(2022, 3, 1)), false), "a serial of the 13th");
    assert_eq!(column(&low, &[]), (Some(day(2022, 3, 1)), false), "no text that shows the order");
    assert_eq!(column(&low, &["25/03/2022", "04/03/2022"]), (Some(day(2022, 3, 1)), false), "a text that would have become a serial");
    assert_eq!(column(&low, &["03/25/2022"]), (Some(day(2022, 3, 1)), false), "texts with the month first");
}
