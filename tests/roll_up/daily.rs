//! Daily reports: sheets of one day, a row a day, a column a day; sums, cumulative figures, gaps.

use crate::builder::{C, S, xlsx};
use crate::{load, read_as, reported, row};
use ra_soat::domain::Date;
use ra_soat::domain::settings::DEFAULT_CUT_OFF;
use ra_soat::domain::source::SheetKind::DailyReport;
use ra_soat::engine::Engine;
use ra_soat::figures::reported::Basis;

fn day(month: i8, day: i8) -> Date {
    Date::constant(2022, month, day)
}

#[test]
fn a_row_a_day_and_unit_adds_up_to_the_cut_off() {
    let mut rows = vec![row!["BÁO CÁO NHANH"], row!["Ngày", "Đơn vị", "Số mũi tiêm trong ngày", "Cộng dồn"]];
    for date in [1, 2, 3, 6, 7] {
        rows.push(row![day(1, date), "Xã Lục Bình", 100, 100 * i32::from(date)]);
        rows.push(row![day(1, date), "TYT xã Cao Kỳ", 7, 1_000 + i32::from(date)]);
    }
    rows.push(row![Date::constant(2023, 2, 1), "Xã Lục Bình", 5_000, 5_700]);
    let figures = read_as(DailyReport, S::new("Sheet1", rows), "a.xlsx");
    assert_eq!(figures.units.len(), 2);
    let unit = &figures.units[0];
    assert_eq!((unit.given, unit.as_of), (Some(500), Some(day(1, 7))));
    let gaps = vec![(day(1, 4), day(1, 5))];
    assert_eq!(unit.basis, Basis::InDay { first: day(1, 1), last: day(1, 7), gaps });
    assert!(unit.doubts.iter().any(|doubt| doubt == "Bỏ 1 ngày sau 31/01/2023"), "{:?}", unit.doubts);
    assert!(
        figures.units[1].doubts.iter().any(|doubt| doubt == "Cộng các ngày là 35, lũy kế ghi ngày 07/01/2022 là 1.007"),
        "{:?}",
        figures.units[1].doubts
    );
}

#[test]
fn columns_in_the_day_and_in_all_stand_side_by_side() {
    let sheet = |date: i32, counts: [i32; 4]| {
        S::new(
            "Sheet1",
            vec![
                row![format!("Báo cáo nhanh công tác tiêm chủng ngày {date:02}/01/2022, nhóm từ 18 tuổi trở lên")],
                row!["TT", "Xã, phường", "Mũi 1", "", "Nhắc lại lần 1", ""],
                row!["", "", "Trong ngày", "Lũy kế", "Trong ngày", "Lũy kế"],
                row![1, "Xã Lục Bình", counts[0], counts[1], counts[2], counts[3]],
                row!["", "Tổng cộng", counts[0], counts[1], counts[2], counts[3]],
            ],
        )
    };
    // One file a day: the days of a unit add up over files.
    let mut engine = Engine::default();
    for (at, (date, counts)) in [(4, [10, 10, 1, 1]), (5, [20, 30, 2, 3]), (6, [30, 60, 3, 6])].into_iter().enumerate() {
        load(&mut engine, at as u32 + 1, &format!("bao cao ngay {date}.xlsx"), &xlsx(&[sheet(date, counts)]), Some(DailyReport));
    }
    let figures = reported(&engine, DEFAULT_CUT_OFF);
    assert_eq!(figures.units.len(), 1, "{:?}", figures.units);
    let unit = &figures.units[0];
    assert_eq!((unit.columns[0], unit.columns[4], unit.given), (Some(60), Some(6), Some(66)));
    assert_eq!(unit.basis, Basis::InDay { first: day(1, 4), last: day(1, 6), gaps: vec![] });
    assert!(unit.doubts.is_empty(), "{:?}", unit.doubts);
    let earlier = reported(&engine, day(1, 5));
    assert_eq!(earlier.units[0].given, Some(33));
    // One day alone: its cumulative figures are the unit's.
    let alone = read_as(DailyReport, sheet(6, [30, 60, 3, 6]), "a.xlsx");
    assert_eq!((alone.units[0].given, &alone.units[0].basis), (Some(66), &Basis::Cumulative));
    assert_eq!(alone.units[0].doubts.len(), 1);
}

#[test]
fn a_day_reported_twice_counts_once() {
    let mut engine = Engine::default();
    let sheet = |count: i32| {
        S::new(
            "S",
            vec![row!["Ngày", "Đơn vị", "Mũi 1 trong ngày"], row![day(1, 1), "Xã Lục Bình", count], row![day(1, 2), "Xã Lục Bình", 5]],
        )
    };
    load(&mut engine, 1, "a.xlsx", &xlsx(&[sheet(10)]), Some(DailyReport));
    load(&mut engine, 2, "b.xlsx", &xlsx(&[sheet(11)]), Some(DailyReport));
    let figures = reported(&engine, DEFAULT_CUT_OFF);
    assert_eq!(figures.units[0].given, Some(15));
    assert_eq!(
        figures.units[0].doubts.iter().filter(|doubt| doubt.contains("hai dòng số liệu")).count(),
        2,
        "{:?}",
        figures.units[0].doubts
    );
    let told = [
        "Ngày 01/01/2022 có hai dòng số liệu ở hai trang (dòng 2: 10; dòng 2: 11): số khác nhau, chỉ lấy dòng nạp trước",
        "Ngày 02/01/2022 có hai dòng số liệu ở hai trang (dòng 3: 5; dòng 3: 5): số như nhau, tính một lần",
    ];
    assert!(told.iter().all(|told| figures.units[0].doubts.iter().any(|doubt| doubt == told)), "{:?}", figures.units[0].doubts);
}

#[test]
fn a_column_a_day_is_a_day_of_doses() {
    let mut head = row!["TT", "Tên đơn vị"];
    head.extend((1..=31).map(C::from));
    let mut unit = row![1, "Xã Lục Bình"];
    unit.extend((1..=31).map(|date| if date == 9 { C::Blank } else { C::from(2) }));
    let figures = read_as(DailyReport, S::new("T1", vec![row!["SỐ LIỆU HÀNG NGÀY THÁNG 1/2022"], head, unit]), "a.xlsx");
    let unit = &figures.units[0];
    assert_eq!((unit.given, unit.as_of), (Some(60), Some(day(1, 31))));
    assert_eq!(unit.basis, Basis::InDay { first: day(1, 1), last: day(1, 31), gaps: vec![(day(1, 9), day(1, 9))] });
    let dated =
        vec![row!["BÁO CÁO NHANH"], row!["TT", "Đơn vị", day(1, 30), day(1, 31), day(2, 1), "Lũy kế"], row![1, "Xã Lục Bình", 3, 4, 5, 12]];
    let figures = read_as(DailyReport, S::new("S", dated), "a.xlsx");
    assert_eq!(figures.units[0].given, Some(12));
    let labels = vec![
        row!["TIẾN ĐỘ TIÊM THÁNG 01/2022"],
        row!["STT", "Đơn vị", "Ngày 01/01", "Ngày 02/01", "Tổng"],
        row![1, "Xã Lục Bình", "1.000", 4, "1.004"],
    ];
    let figures = read_as(DailyReport, S::new("S", labels), "a.xlsx");
    assert_eq!(figures.units[0].given, Some(1_004));
    assert!(figures.units[0].doubts.is_empty(), "{:?}", figures.units[0].doubts);
}

#[test]
fn a_row_a_day_of_the_one_unit_in_the_title() {
    let mut rows = vec![row!["TRẠM Y TẾ XÃ LỤC BÌNH: BÁO CÁO NHANH"], row!["Ngày", "Mũi 1", "Mũi 2", "Cộng trong ngày", "Lũy kế"]];
    rows.extend((1..=9).map(|date| row![day(1, date), 12, 30, 42, 42 * i32::from(date)]));
    let figures = read_as(DailyReport, S::new("Sheet1", rows), "a.xlsx");
    assert_eq!(figures.units.len(), 1);
    assert!(figures.units[0].unit.to_lowercase().contains("lục bình"), "{}", figures.units[0].unit);
    assert_eq!(figures.units[0].given, Some(378));
}
