//! Phụ lục 1 of units below, and written reports.

use crate::builder::{C, S};
use crate::hand_filled::{Style, Total, Typed, Unit, sheet};
use crate::{read_as, row};
use proptest::prelude::*;
use ra_soat::domain::Date;
use ra_soat::domain::province::PUBLISHED;
use ra_soat::domain::source::SheetKind;
use ra_soat::figures::reported::ReportedFigures;

pub(crate) fn provinces(count: usize) -> Vec<Unit> {
    let unit = |row: &ra_soat::domain::province::PublishedRow| Unit {
        number: u32::from(row.number),
        name: row.name.to_owned(),
        columns: row.columns.map(Some),
        on_system: Some(row.total - 1_000 * u64::from(row.number)),
    };
    PUBLISHED.iter().take(count).map(unit).collect()
}

fn form(units: &[Unit], style: &Style) -> ReportedFigures {
    read_as(SheetKind::UnitForm1, sheet(units, style), "gui BYT.xlsx")
}

/// What was read is what was filled in, and nothing is doubtful.
fn assert_reads(units: &[Unit], figures: &ReportedFigures, what: &str) {
    let read: Vec<_> = figures.units.iter().map(|unit| (unit.unit.clone(), unit.columns, unit.on_system)).collect();
    let filled: Vec<_> = units.iter().map(|unit| (unit.name.clone(), unit.columns, unit.on_system)).collect();
    assert_eq!(read, filled, "{what}");
    for unit in &figures.units {
        assert!(unit.doubts.is_empty(), "{what}: {:?}", unit.doubts);
    }
    assert!(figures.remarks.is_empty(), "{what}: {:?}", figures.remarks);
    assert!(figures.sheets.iter().all(|sheet| !sheet.has_failing_total), "{what}");
}

#[test]
fn the_letters_own_layout_reads() {
    let units = provinces(63);
    let figures = form(&units, &Style { office: "SỞ Y TẾ BẮC KẠN".to_owned(), ..Style::default() });
    assert_reads(&units, &figures, "the letter");
    let about = &figures.sheets[0];
    assert_eq!(about.as_of, Some(Date::constant(2023, 1, 31)));
    assert_eq!(about.letter_number.as_deref(), Some("1234/BYT-DP"));
    assert_eq!(about.province.as_deref(), Some("Bắc Kạn"));
    assert_eq!(about.units, 63);
}

#[test]
fn copies_filled_in_otherwise_read_alike() {
    let units = provinces(5);
    let style = Style::default;
    let mut swapped: Vec<usize> = (0..17).collect();
    swapped.swap(2, 12);
    swapped.swap(5, 9);
    let cases = [
        ("points", Style { typed: Typed::Points, ..style() }),
        ("commas", Style { typed: Typed::Commas, ..style() }),
        ("spaces", Style { typed: Typed::Spaces, ..style() }),
        ("no total", Style { total: Total::Missing, ..style() }),
        ("total first", Style { total: Total::First, ..style() }),
        ("no letters", Style { has_letters: false, ..style() }),
        ("no merges", Style { has_merges: false, ..style() }),
        ("no n", Style { has_given: false, ..style() }),
        ("moved down", Style { shift: 7, ..style() }),
        ("extra columns", Style { extra: vec![1, 4, 13], ..style() }),
        ("columns swapped, letters kept", Style { order: swapped, has_merges: true, ..style() }),
    ];
    for (what, style) in cases {
        assert_reads(&units, &form(&units, &style), what);
    }
}

#[test]
fn a_form_of_one_row_is_a_unit() {
    let units = &provinces(15)[14..];
    assert_reads(units, &form(units, &Style { total: Total::Missing, ..Style::default() }), "one row");
    let twice = form(units, &Style::default());
    assert_reads(units, &twice, "one row and its total");
}

#[test]
fn blank_stays_blank_and_zero_stays_zero() {
    let mut units = provinces(3);
    units[0].columns[2] = None;
    units[1].columns[2] = Some(0);
    units[2].columns = [None; 11];
    units[2].on_system = None;
    let figures = form(&units, &Style::default());
    assert_eq!(figures.units[0].columns[2], None);
    assert_eq!(figures.units[1].columns[2], Some(0));
    assert_eq!(figures.units[2].columns, [None; 11]);
    assert_eq!(figures.units[2].given, Some(0), "n was filled in as 0");
    assert_eq!(figures.units.len(), 3);
}

#[test]
fn what_does_not_add_up_is_told_with_its_row() {
    let units = provinces(3);
    let mut wrong = sheet(&units, &Style::default());
    // Rows: four of the title, three of the heading, then the units.
    let at = |unit: usize| 4 + 3 + unit;
    wrong.rows[at(1)][13] = C::Number(1_200.0);
    wrong.rows[at(2)][15] = C::Number(5.0);
    wrong.rows[at(3)][2] = C::Number(1_000.0);
    let figures = read_as(SheetKind::UnitForm1, wrong, "a.xlsx");
    assert_eq!(figures.units[0].doubts, Vec::<String>::new());
    assert_eq!(figures.units[1].doubts.len(), 2, "{:?}", figures.units[1].doubts);
    assert_eq!(figures.units[1].doubts[0], "Dòng 9: n ghi 1.200, tổng c…m là 6.045.156");
    assert!(figures.units[2].doubts[0].starts_with("Dòng 10: p ghi 5, n − o là "), "{:?}", figures.units[2].doubts);
    assert!(figures.sheets[0].has_failing_total);
    assert!(
        figures.remarks.iter().any(|(_, _, remark)| remark.contains("Dòng 11") && remark.contains("cột c ghi 1.000")),
        "{:?}",
        figures.remarks
    );
}

#[test]
fn text_in_number_cells_is_read_as_far_as_it_can_be() {
    let units = provinces(2);
    let mut odd = sheet(&units, &Style { total: Total::Missing, ..Style::default() });
    for (column, text) in [(2, "12 mũi"), (3, "không"), (4, "-"), (5, "x"), (6, "#REF!"), (7, "12/15")] {
        odd.rows[7][column] = C::from(text);
    }
    let figures = read_as(SheetKind::UnitForm1, odd, "a.xlsx");
    let unit = &figures.units[0];
    assert_eq!(unit.columns[..6], [Some(12), Some(0), None, None, None, None]);
    assert_eq!(unit.doubts.iter().filter(|doubt| doubt.contains("Dòng 8, ô")).count(), 6, "{:?}", unit.doubts);
    assert_eq!(unit.doubts[0], "Dòng 8, ô C8 (cột c): ghi “12 mũi”, đọc là 12");
    assert!(figures.units[1].doubts.is_empty());
}

#[test]
fn rows_that_add_up_others_are_no_units() {
    let communes = |from: u32| (0..3).map(move |at| (from + at, u64::from(from * 10 + at)));
    let mut rows = sheet(&[], &Style { total: Total::Missing, has_signature: false, ..Style::default() }).rows;
    let mut push = |number: C, name: &str, value: u64| {
        let mut cells = vec![number, C::from(name)];
        cells.extend((0..11).map(|_| C::Number(value as f64)));
        cells.push(C::Number(11.0 * value as f64));
        rows.push(cells);
    };
    for (numeral, district, from) in [("I", "Huyện Ba Bể", 1), ("II", "Huyện Chợ Mới", 7)] {
        push(C::from(numeral), district, communes(from).map(|(_, value)| value).sum());
        for (at, (number, value)) in communes(from).enumerate() {
            push(C::Number(at as f64 + 1.0), &format!("Xã {number}A"), value);
        }
    }
    push(C::Blank, "TOÀN TỈNH", communes(1).chain(communes(7)).map(|(_, value)| value).sum());
    let figures = read_as(SheetKind::UnitForm1, S::new("PL1", rows), "a.xlsx");
    assert_eq!(
        figures.units.iter().map(|unit| unit.unit.as_str()).collect::<Vec<_>>(),
        ["Xã 1A", "Xã 2A", "Xã 3A", "Xã 7A", "Xã 8A", "Xã 9A"]
    );
    assert_eq!(figures.remarks.len(), 2, "{:?}", figures.remarks);
    assert!(!figures.sheets[0].has_failing_total);
}

#[test]
fn written_reports_read_by_age_and_dose() {
    let rows = vec![
        row!["SỞ Y TẾ BẮC KẠN"],
        row!["BÁO CÁO KẾT QUẢ TIÊM VẮC XIN PHÒNG COVID-19"],
        row!["(Số liệu tính đến ngày 28/02/2023)"],
        row!["TT", "Đơn vị", "Từ 18 tuổi trở lên", "", "", "", "12-17 tuổi", "", "5-11 tuổi", "", "Tổng số"],
        row!["", "", "Mũi 1", "Mũi 2", "Bổ sung", "Nhắc 1", "Mũi 1", "Mũi 2", "Mũi 1", "Mũi 2", ""],
        row![1, "Xã Lục Bình", 1, 2, 3, 4, 5, 6, 7, 8, 36],
        row![2, "Xã Cộng Hòa", 10, 20, 30, 40, 50, 60, 70, 80, 361],
        row!["", "Tổng cộng", 11, 22, 33, 44, 55, 66, 77, 88, 397],
    ];
    let figures = read_as(SheetKind::WrittenReport, S::new("Sheet1", rows), "bao cao.xlsx");
    assert_eq!(figures.units.len(), 2);
    let unit = &figures.units[0];
    assert_eq!(unit.columns, [Some(1), Some(2), None, Some(3), Some(4), None, Some(5), Some(6), None, Some(7), Some(8)]);
    assert_eq!((unit.given, unit.as_of), (Some(36), Some(Date::constant(2023, 2, 28))));
    assert_eq!(figures.units[1].doubts, ["Dòng 7: n ghi 361, tổng c…m là 360"]);
    let flat = vec![
        row!["KẾT QUẢ TIÊM ĐẾN HẾT NGÀY 31/01/2023"],
        row!["Đơn vị", "Mũi 1 (≥18 tuổi)", "Mũi 2 (≥18 tuổi)", "Nhắc lại lần 2 (≥18 tuổi)", "Mũi 1 (12-17)", "Mũi 1 (5-11 tuổi)", "Cộng"],
        row!["Xã Lục Bình", "1.000", 2, 3, 4, 5, "1.014"],
    ];
    let figures = read_as(SheetKind::WrittenReport, S::new("Sheet1", flat), "a.xlsx");
    let unit = &figures.units[0];
    assert_eq!(unit.columns, [Some(1000), Some(2), None, None, None, Some(3), Some(4), None, None, Some(5), None]);
    assert!(unit.doubts.is_empty() && figures.remarks.is_empty(), "{figures:?}");
    let bare = vec![
        row!["TỔNG HỢP SỐ MŨI TIÊM ĐẾN HẾT NGÀY 31/01/2023"],
        row!["STT", "Tên cơ sở", "Mũi 1", "Mũi 2", "Mũi 3", "Mũi 4", "Cộng"],
        row![1, "Xã Lục Bình", 10, 20, 30, 40, 100],
    ];
    let figures = read_as(SheetKind::WrittenReport, S::new("TH", bare), "a.xlsx");
    assert_eq!((figures.units[0].columns, figures.units[0].given), ([None; 11], Some(100)));
    assert_eq!(figures.remarks.len(), 1, "{:?}", figures.remarks);
}

/// Units of a district, named and figured by a seed.
fn district() -> impl Strategy<Value = Vec<Unit>> {
    let unit = (proptest::array::uniform11(proptest::option::weighted(0.9, 0..9_999_999u64)), proptest::option::of(0..9_999_999u64));
    proptest::collection::vec(unit, 1..8).prop_map(|units| {
        let named = units.into_iter().enumerate();
        named
            .map(|(at, (mut columns, on_system))| {
                // Rows whose figures add up others are sums by rule; a first column that tells each row apart keeps chance out.
                columns[0] = Some(7u64.pow(at as u32 + 1) + 1);
                Unit {
                    number: at as u32 + 1,
                    name: format!("Xã Bản {}", ["Lang", "Vàng", "Đôn", "Mới", "Chang", "Phú", "Lèng", "Khét"][at]),
                    columns,
                    on_system,
                }
            })
            .collect()
    })
}

fn style() -> impl Strategy<Value = Style> {
    let total = prop_oneof![Just(Total::Missing), Just(Total::Last), Just(Total::First)];
    let flags = (any::<bool>(), any::<bool>(), any::<bool>(), any::<bool>());
    let extra = proptest::collection::vec(0..17usize, 0..4);
    // Whole columns move within their age, ages and the rest move among each other.
    let order = (
        Just((2..8).collect::<Vec<_>>()).prop_shuffle(),
        Just(vec![8, 9, 10]).prop_shuffle(),
        Just(vec![11, 12]).prop_shuffle(),
        Just((0..5usize).collect::<Vec<_>>()).prop_shuffle(),
    );
    (0..4usize, total, flags, order, extra, 0..6usize).prop_map(
        |(typed, total, (letters, merges, given, signed), (adults, youths, children, blocks), extra, shift)| {
            let mut order = vec![0, 1];
            for block in blocks {
                order.extend(match block {
                    0 => adults.clone(),
                    1 => youths.clone(),
                    2 => children.clone(),
                    3 => vec![13, 14],
                    _ => vec![15, 16],
                });
            }
            let mut extra = if merges { extra } else { Vec::new() };
            extra.sort_unstable();
            Style {
                typed: Typed::ALL[typed],
                total,
                has_letters: letters,
                has_merges: merges,
                has_given: given,
                has_signature: signed,
                order,
                extra,
                shift,
                ..Style::default()
            }
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_way_of_filling_it_in_reads_to_the_same_figures(units in district(), style in style()) {
        let figures = form(&units, &style);
        let read: Vec<_> = figures.units.iter().map(|unit| (unit.unit.clone(), unit.columns, unit.on_system)).collect();
        let filled: Vec<_> = units.iter().map(|unit| (unit.name.clone(), unit.columns, unit.on_system)).collect();
        prop_assert_eq!(read, filled, "{:?}", style);
        prop_assert!(figures.units.iter().all(|unit| unit.doubts.is_empty()), "{:?}", figures.units);
        prop_assert!(figures.remarks.is_empty(), "{:?}", figures.remarks);
    }

    #[test]
    fn no_content_panics(
        cells in proptest::collection::vec(proptest::collection::vec((0..14usize, any::<i64>(), ".{0,12}"), 0..9), 0..20),
        kind in 0..4usize,
    ) {
        let words = ["Mũi 1", "Từ 18 tuổi trở lên", "12-17 tuổi", "Tổng cộng", "Đơn vị", "TT", "Ngày", "Lũy kế", "Trong ngày", "Nhóm 1", "Nhóm 2", "Nhóm 3"];
        let rows = cells.into_iter().map(|row| row.into_iter().map(|(what, number, text)| match what {
            0..12 => C::from(words[what]),
            12 => C::Number(number as f64 / 1000.0),
            _ => C::Text(text),
        }).collect()).collect();
        let kinds = [SheetKind::UnitForm1, SheetKind::WrittenReport, SheetKind::DailyReport, SheetKind::UnitForm2];
        let mut sheet = S::new("Sheet1", rows);
        sheet.rows.push(row!["x"]);
        read_as(kinds[kind], sheet, "a.xlsx");
    }
}
