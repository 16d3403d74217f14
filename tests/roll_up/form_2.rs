//! Phụ lục 2 of units below: filled in by hand, and our own.

use crate::builder::{C, S, xlsx};
use crate::national::Sent;
use crate::{load, read_as, reported, row};
use ra_soat::domain::settings::{DEFAULT_CUT_OFF, FormRows};
use ra_soat::domain::source::SheetKind;
use ra_soat::domain::{Date, Settings};
use ra_soat::engine::Engine;
use ra_soat::figures::desk::lay_out;
use ra_soat::figures::roll_up::{RollUpChoices, UnitState, once_each};
use ra_soat::forms::inputs::FormInputs;
use ra_soat::forms::phu_luc_2::{Form2, Form2Row, fill_from_desk};
use ra_soat::forms::phu_luc_2_sheet;
use ra_soat::reconcile::alias::Aliases;

pub(crate) fn by_hand(units: &[(&str, u64, u64, [u64; 7])]) -> Vec<Vec<C>> {
    let groups = [
        "Số đối tượng không có thông tin (Nhóm 1)",
        "Số đối tượng đã đi khỏi địa phương (Nhóm 2)",
        "Số người thuộc lực lượng công an (Nhóm 3)",
        "Số người thuộc lực lượng quân đội (Nhóm 4)",
        "Đối tượng phạm nhân (Nhóm 5)",
        "Đối tượng TT cai nghiện, TT bảo trợ xã hội (Nhóm 6)",
        "Khác (ghi rõ nhóm đối tượng) .....",
    ];
    let mut head = row!["", "", "", ""];
    head.extend(groups.map(C::from));
    let mut rows = vec![
        row!["Phụ lục 2:"],
        row!["BÁO CÁO TÌNH HÌNH THỰC HIỆN QUẢN LÝ DỮ LIỆU MŨI TIÊM TRÊN HỆ THỐNG TIÊM CHỦNG VẮC XIN COVID-19"],
        row!["(Kèm theo Công văn số 1234 /BYT-DP ngày 10/02/2023 của Bộ Y tế)"],
        row!["I. Tình hình nhập dữ liệu:"],
        row![
            "TT",
            "Tên đơn vị",
            "Tổng số mũi tiêm đã thực hiện (*)",
            "Tổng số mũi tiêm đã nhập lên Hệ thống",
            "Tổng số mũi tiêm chưa nhập trên Hệ thống (**)",
            "",
            "",
            "",
            "",
            "",
            "",
            "Lý do, khó khăn, vướng mắc về việc chưa nhập thông tin lên Hệ thống (***)",
            "Ghi chú"
        ],
        head,
    ];
    let number = |value: u64| C::from(ra_soat::text::show_number(value as i64));
    for (at, (unit, given, on_system, groups)) in units.iter().enumerate() {
        let mut cells = row![format!("{}.", at + 1), *unit];
        cells.extend([number(*given), number(*on_system)]);
        cells.extend(groups.map(number));
        cells.extend(row!["Thiếu CCCD", "đã rà soát"]);
        rows.push(cells);
    }
    let mut total = row!["Tổng cộng", "", "", ""];
    total[2] = number(units.iter().map(|unit| unit.1).sum());
    total[3] = number(units.iter().map(|unit| unit.2).sum());
    rows.push(total);
    rows.push(row!["*: Tổng số mũi tiêm đã thực hiện tính đến ngày 31/01/2023 (gồm từng loại vắc xin)"]);
    rows.push(row!["II. Các biện pháp đã thực hiện:"]);
    rows.push(row!["1. Chỉ đạo, điều hành: Công văn 567/SYT"]);
    rows.push(row!["2. Hoạt động chuyên môn:"]);
    rows.push(row!["Rà soát từng mũi"]);
    rows.push(row!["và nhập bổ sung"]);
    rows.push(row!["3. Phối hợp liên ngành: ……"]);
    rows.push(row!["4. Kết quả triển khai hoạt động:"]);
    rows.push(row!["5. Khó khăn, đề xuất:"]);
    rows.push(row!["III. Cập nhật tình hình thực hiện đến ngày 31/01/2023:"]);
    rows.push(row!["1. Số mũi tiêm đã xác minh và nhập trên Hệ thống"]);
    rows.push(row![
        "TT",
        "Tên đơn vị",
        "Số mũi tiêm đã xác minh và nhập trên Hệ thống",
        "",
        "",
        "",
        "",
        "",
        "",
        "Tổng số mũi tiêm đã được xác minh và nhập trên Hệ thống"
    ]);
    rows.push(row!["", "", "Nhóm 1", "Nhóm 2", "Nhóm 3", "Nhóm 4", "Nhóm 5", "Nhóm 6", "Khác (ghi rõ nhóm đối tượng) ....."]);
    for (at, (unit, ..)) in units.iter().enumerate() {
        rows.push(row![at as i32 + 1, *unit, 1, 0, 0, 0, 0, 0, 2, 3]);
    }
    rows.push(row!["Tổng cộng", "", units.len() as i32]);
    rows.push(row!["2. Số mũi tiêm đã xác minh và không thể nhập lên Hệ thống", "", "", "", "", 11]);
    rows.push(row!["3. Số mũi tiêm chưa xác minh được: 1.234 mũi"]);
    rows.push(row!["4. Số mũi tiêm báo cáo trùng lặp:", "0"]);
    rows.push(row!["5. Số mũi tiêm cần điều chỉnh:"]);
    rows.push(row!["", "Người lập bảng", "", "", "", "Lãnh đạo đơn vị"]);
    rows
}

#[test]
fn a_form_filled_in_by_hand_reads_whole() {
    let units =
        [("TYT xã Lục Bình", 5_120, 4_800, [100, 20, 0, 0, 0, 0, 200]), ("TYT xã Dương Quang", 3_120, 3_000, [100, 20, 0, 0, 0, 0, 1])];
    let mut engine = Engine::default();
    let mappings = load(&mut engine, 1, "a.xlsx", &xlsx(&[S::new("PL2", by_hand(&units))]), None);
    assert_eq!(mappings[0].as_ref().map(|mapping| mapping.kind), Some(SheetKind::UnitForm2), "known without help");
    let figures = reported(&engine, DEFAULT_CUT_OFF);
    assert_eq!(figures.forms_2.len(), 2, "{:?}", figures.forms_2);
    let [first, second] = figures.forms_2.as_slice() else { panic!() };
    assert_eq!((first.unit.as_str(), first.given, first.on_system), ("TYT xã Lục Bình", Some(5_120), Some(4_800)));
    assert_eq!(first.groups, [100, 20, 0, 0, 0, 0, 200].map(Some));
    assert_eq!(first.verified, [1, 0, 0, 0, 0, 0, 2].map(Some));
    assert_eq!((first.reason.as_str(), first.note.as_str()), ("Thiếu CCCD", "đã rà soát"));
    assert_eq!(first.texts, ["Công văn 567/SYT", "Rà soát từng mũi\nvà nhập bổ sung", "", "", ""]);
    assert_eq!(first.summary, [Some(11), Some(1_234), Some(0), None]);
    assert_eq!(first.as_of, Some(Date::constant(2023, 1, 31)));
    assert!(first.doubts.is_empty(), "{:?}", first.doubts);
    assert_eq!(second.summary, [None; 4], "said once a sheet");
    assert_eq!(second.doubts, ["Dòng 8: đã thực hiện − đã nhập là 120, cộng bảy nhóm là 121", "III.1 Khác ghi 2, nhiều hơn phần I (1)"]);
    assert_eq!(figures.sheets[0].letter_number.as_deref(), Some("1234/BYT-DP"));
    let remarks: Vec<&str> = figures.remarks.iter().map(|(_, _, remark)| remark.as_str()).collect();
    // `1.234 mũi` behind the colon is how the line is filled in.
    assert_eq!(remarks, ["Cộng bảy nhóm của phần I là 441, III.1 + III.2 + III.3 là 1.251."]);
}

/// What the parts of a form say, without where they stand.
fn said(figures: &ra_soat::figures::reported::ReportedFigures) -> Vec<ra_soat::figures::reported::ReportedForm2> {
    let bare = |form: &ra_soat::figures::reported::ReportedForm2| ra_soat::figures::reported::ReportedForm2 {
        file: 0,
        sheet: 0,
        row: 0,
        ..form.clone()
    };
    figures.forms_2.iter().map(bare).collect()
}

#[test]
fn parts_on_sheets_of_their_own_are_one_form() {
    let units =
        [("TYT xã Lục Bình", 5_120, 4_800, [100, 20, 0, 0, 0, 0, 200]), ("TYT xã Dương Quang", 3_120, 3_000, [100, 20, 0, 0, 0, 0, 0])];
    let whole = by_hand(&units);
    let starts = |words: &str| {
        let is_it = |cell: &C| matches!(cell, C::Text(text) if text.starts_with(words));
        whole.iter().position(|cells| cells.first().is_some_and(is_it)).unwrap()
    };
    let (second, third) = (starts("II. "), starts("III. "));
    let of = |sheets: &[S]| {
        let mut engine = Engine::default();
        load(&mut engine, 1, "a.xlsx", &xlsx(sheets), None);
        reported(&engine, DEFAULT_CUT_OFF)
    };
    let one = of(&[S::new("PL2", whole.clone())]);
    let two = of(&[S::new("I", whole[..second].to_vec()), S::new("II, III", whole[second..].to_vec())]);
    let three =
        of(&[S::new("I", whole[..second].to_vec()), S::new("II", whole[second..third].to_vec()), S::new("III", whole[third..].to_vec())]);
    assert_eq!(said(&two), said(&one));
    assert!(two.units.is_empty(), "part III is no written report: {:?}", two.units);
    assert!(
        two.remarks.iter().any(|(_, sheet, remark)| *sheet == 1 && remark.contains("ghép với bảng I ở trang “I”")),
        "{:?}",
        two.remarks
    );
    // The five texts alone have no figures a sheet could be known by; part III has.
    let [first, ..] = three.forms_2.as_slice() else { panic!("{three:?}") };
    assert_eq!((first.verified, first.summary), (one.forms_2[0].verified, one.forms_2[0].summary));
    // Part III alone is told, not dropped.
    let alone = of(&[S::new("III", whole[third..].to_vec())]);
    assert!(alone.forms_2.is_empty() && alone.units.is_empty());
    assert!(alone.remarks.iter().any(|(.., remark)| remark.starts_with("Không tìm thấy bảng I")), "{:?}", alone.remarks);
}

#[test]
fn a_figure_below_its_line_of_part_three_is_that_lines() {
    let mut rows = by_hand(&[("TYT xã Lục Bình", 5_120, 4_800, [100, 20, 0, 0, 0, 0, 200])]);
    let at = rows.iter().position(|cells| matches!(&cells[0], C::Text(text) if text.starts_with("2. Số mũi"))).unwrap();
    rows.truncate(at);
    rows.push(row!["2. Số mũi tiêm đã xác minh và không thể nhập lên Hệ thống"]);
    rows.push(row!["1.993"]);
    rows.push(row!["3. Số mũi tiêm chưa xác minh được:"]);
    rows.push(row!["", "", 17]);
    rows.push(row!["4. Số mũi tiêm báo cáo trùng lặp:"]);
    rows.push(row!["5. Số mũi tiêm cần điều chỉnh: 5 mũi tiêm."]);
    rows.push(row!["", "Người lập bảng"]);
    let figures = read_as(SheetKind::UnitForm2, S::new("PL2", rows), "a.xlsx");
    assert_eq!(figures.forms_2[0].summary, [Some(1_993), Some(17), None, Some(5)]);
}

#[test]
fn our_own_form_comes_back_as_it_was() {
    let row = |number: u32, unit: &str, given: u64| Form2Row {
        key: unit.to_owned(),
        number,
        unit: unit.to_owned(),
        given: Some(given),
        on_system: Some(given - 90),
        missing: [10, 20, 0, 0, 0, 0, 30],
        remainder: 30,
        remainder_terms: vec![("Cần xem xét (địa phương)".to_owned(), 30)],
        verified_entered: [1, 2, 0, 0, 0, 0, 3],
        reason: "Thiếu giấy tờ".to_owned(),
        ..Form2Row::default()
    };
    let form = Form2 {
        cut_off: "31/01/2023".to_owned(),
        letter_number: "1234/BYT-DP".to_owned(),
        letter_date: "10/3/2023".to_owned(),
        rows: vec![row(1, "TYT xã Lục Bình", 1_000), row(2, "Trạm Y tế phường Sông Cầu", 2_000)],
        other_group: "Đủ thông tin, chưa nhập kịp thời".to_owned(),
        texts: ["Một".to_owned(), "Hai".to_owned(), String::new(), "Bốn: 4 mũi".to_owned(), "Năm".to_owned()],
        cannot_enter: 5,
        not_verified: 103,
        duplicates: 7,
        to_adjust: 8,
        persons: vec![("Số người".to_owned(), 12)],
        breakdown: vec![("Pfizer".to_owned(), "1".to_owned(), [5; 11]), ("AstraZeneca".to_owned(), "9".to_owned(), [6; 11])],
        ..Form2::default()
    };
    let bytes = phu_luc_2_sheet::write(&form).unwrap();
    let mut engine = Engine::default();
    let mappings = load(&mut engine, 1, "Phu-luc-2_ba-be_2023-03-12.xlsx", &bytes, None);
    let kinds: Vec<_> = mappings.iter().map(|mapping| mapping.as_ref().map(|mapping| mapping.kind)).collect();
    assert_eq!(kinds[0], Some(SheetKind::UnitForm2));
    assert!(!kinds[1..].iter().flatten().any(|kind| kind.is_of_counts()), "{kinds:?}");
    let figures = reported(&engine, DEFAULT_CUT_OFF);
    assert_eq!(figures.forms_2.len(), 2, "{:?}", figures.forms_2);
    for (read, own) in figures.forms_2.iter().zip(&form.rows) {
        assert_eq!((&read.unit, read.given, read.on_system), (&own.unit, own.given, own.on_system));
        assert_eq!(read.groups, own.missing.map(Some));
        assert_eq!(read.verified, own.verified_entered.map(Some));
        assert_eq!(read.reason, own.reason);
    }
    assert_eq!(figures.forms_2[0].texts, form.texts);
    assert_eq!(figures.forms_2[0].summary, [5, 103, 7, 8].map(Some));
    assert!(figures.remarks.is_empty(), "{:?}", figures.remarks);
}

/// Hand-filled forms of one unit each, sent as files.
fn sent(units: &[(&str, u64, u64, [u64; 7])]) -> Sent {
    let mut sent = Sent::new();
    for unit in units {
        sent.add(&format!("{}.xlsx", unit.0), &xlsx(&[S::new("PL2", by_hand(std::slice::from_ref(unit)))]));
    }
    sent
}

#[test]
fn forms_of_units_add_up_to_one_with_their_texts() {
    let sent = sent(&[
        ("Huyện Ba Bể", 1_000, 900, [60, 20, 0, 0, 0, 0, 20]),
        ("Huyện Chợ Mới", 2_000, 1_950, [50, 0, 0, 0, 0, 0, 0]),
        ("H. Ba Bể", 1_000, 880, [120, 0, 0, 0, 0, 0, 0]),
    ]);
    let settings =
        Settings { reporting_unit: "Sở Y tế tỉnh Bắc Kạn".to_owned(), form_2_rows: FormRows::UnitsBelow, ..Settings::default() };
    let rolled = sent.roll_up(SheetKind::UnitForm2, &settings, &RollUpChoices::default(), &[]);
    assert_eq!(rolled.units.len(), 2);
    assert!(rolled.units[0].is(UnitState::Twice));
    let once = once_each(&sent.reported(), None, Some(&rolled));
    let inputs = FormInputs::default();
    let desk = lay_out(None, &once, &settings, &inputs.rows, &Aliases::default());
    let form = fill_from_desk(None, &desk, &once, &settings, &inputs);
    // The later of Ba Bể's two stands.
    let rows: Vec<_> = form.rows.iter().map(|row| (row.given, row.on_system, row.missing)).collect();
    assert_eq!(rows, [(Some(1_000), Some(880), [120, 0, 0, 0, 0, 0, 0]), (Some(2_000), Some(1_950), [50, 0, 0, 0, 0, 0, 0])]);
    assert_eq!(form.rows.iter().map(|row| row.verified_entered.iter().sum::<u64>()).sum::<u64>(), 6);
    assert_eq!([form.cannot_enter, form.not_verified, form.duplicates, form.to_adjust], [22, 2_468, 0, 0], "once a form");
    assert!(form.texts[0].contains("Huyện Chợ Mới: Công văn 567/SYT"), "{:?}", form.texts);
    assert_eq!(form.texts[0].matches("Công văn 567/SYT").count(), 2, "{:?}", form.texts);
    let one = Settings { form_2_rows: FormRows::OneUnit, ..settings };
    let form = fill_from_desk(None, &lay_out(None, &once, &one, &inputs.rows, &Aliases::default()), &once, &one, &inputs);
    assert_eq!(form.rows.len(), 1);
    assert_eq!((form.rows[0].on_system, form.rows[0].missing), (Some(2_830), [170, 0, 0, 0, 0, 0, 0]));
}

#[test]
fn a_form_of_another_letter_cut_off_or_province_is_shown_and_not_added_in_silence() {
    let unit = |name: &'static str| by_hand(&[(name, 100, 90, [10, 0, 0, 0, 0, 0, 0])]);
    let mut sent = Sent::new();
    sent.add("dung.xlsx", &xlsx(&[S::new("PL2", unit("Huyện Ba Bể"))]));
    let mut letter = unit("Huyện Chợ Mới");
    letter[2] = row!["(Kèm theo Công văn số 99/SYT-NVY ngày 10/02/2023)"];
    sent.add("cong van khac.xlsx", &xlsx(&[S::new("PL2", letter)]));
    let mut late: Vec<Vec<C>> = unit("Huyện Na Rì");
    for cells in &mut late {
        for cell in cells.iter_mut() {
            if let C::Text(text) = cell {
                *text = text.replace("31/01/2023", "28/02/2023");
            }
        }
    }
    sent.add("ngay khac.xlsx", &xlsx(&[S::new("PL2", late)]));
    let mut other = unit("Huyện Phú Bình");
    other[0] = row!["SỞ Y TẾ TỈNH THÁI NGUYÊN"];
    sent.add("tinh khac.xlsx", &xlsx(&[S::new("PL2", other)]));
    let settings = Settings { reporting_unit: "Sở Y tế tỉnh Bắc Kạn".to_owned(), ..Settings::default() };
    let rolled = sent.roll_up(SheetKind::UnitForm2, &settings, &RollUpChoices::default(), &[]);
    let taken: Vec<_> = rolled.taken().map(|(unit, _)| unit.name.as_str()).collect();
    assert_eq!(taken, ["Huyện Ba Bể", "Huyện Chợ Mới"]);
    assert_eq!(rolled.count(UnitState::LeftOut), 2);
    let said = |place: &str, words: &str| rolled.doubts.iter().any(|doubt| doubt.place.starts_with(place) && doubt.words.contains(words));
    assert!(said("cong van khac.xlsx", "công văn 99/SYT-NVY, không phải 1234/BYT-DP"), "{:?}", rolled.doubts);
    assert!(said("ngay khac.xlsx", "số liệu đến ngày 28/02/2023"), "{:?}", rolled.doubts);
    assert!(said("tinh khac.xlsx", "tỉnh, thành phố khác (Thái Nguyên)"), "{:?}", rolled.doubts);
}
