//! The hidden sheet: what it holds, that it reads back, and which changes by hand it shows.

use crate::parts::{Value, read};
use crate::samples::district;
use crate::workbooks::settings;
use ra_soat::domain::settings::{FormRows, ReportedSource};
use ra_soat::forms::inputs::FormInputs;
use ra_soat::forms::phu_luc_1::{self, Form1, ReviewResult};
use ra_soat::forms::phu_luc_2::{self, Form2};
use ra_soat::forms::seal::{Figures, SEAL_SHEET, Seal, SealCell, SealError, SealedForm, SealedInput, changed_cells};
use ra_soat::forms::seal_sheet::find_seal;
use ra_soat::forms::{phu_luc_1_sheet, phu_luc_2_sheet};
use ra_soat::workbook::read::read_workbook;

fn inputs() -> Vec<SealedInput> {
    vec![SealedInput { sha256: "ab".repeat(32), size: 12_345 }, SealedInput { sha256: "cd".repeat(32), size: 4_567_890_123 }]
}

/// Both forms of the invented district with their seals.
pub(crate) fn forms() -> (Form1, Seal, Form2, Seal) {
    let settings = settings("Trung tâm Y tế huyện An Lạc", FormRows::UnitsBelow, ReportedSource::Lists);
    let one = phu_luc_1::fill(Some(&district()), &settings, &FormInputs::default());
    let two = phu_luc_2::fill(Some(&district()), &settings, &FormInputs::default());
    let seals = (Seal::of_form_1(&one, &settings, &inputs()), Seal::of_form_2(&two, &settings, &inputs()));
    (one, seals.0, two, seals.1)
}

#[test]
fn a_form_carries_its_seal_hidden_and_it_reads_back_as_it_was() {
    let (one, seal_1, two, seal_2) = forms();
    for (bytes, seal, form) in [
        (phu_luc_1_sheet::write_sealed(&one, Some(&seal_1)).unwrap(), seal_1, SealedForm::Form1),
        (phu_luc_2_sheet::write_sealed(&two, Some(&seal_2)).unwrap(), seal_2, SealedForm::Form2),
    ] {
        let workbook = read_workbook("a.xlsx", bytes, &mut |_, _| ()).unwrap();
        let hidden: Vec<&str> = workbook.sheets.iter().filter(|sheet| sheet.is_hidden).map(|sheet| sheet.name.as_str()).collect();
        assert_eq!(hidden, [SEAL_SHEET]);
        let read = find_seal(&workbook).unwrap().unwrap();
        assert_eq!(read, seal);
        assert_eq!(read.form, form);
        assert_eq!(read.setting("Đơn vị báo cáo"), Some("Trung tâm Y tế huyện An Lạc"));
        assert_eq!(read.setting("Số liệu tính đến ngày"), Some("31/01/2023"));
        assert_eq!(read.inputs, inputs());
        assert!(changed_cells(&read.figures, &seal.figures).is_empty());
    }
}

#[test]
fn every_figure_on_the_sheet_is_in_the_seal() {
    let (one, seal, two, seal_2) = forms();
    let sheet = &read(&phu_luc_1_sheet::write(&one).unwrap()).0[0];
    for (row, sealed) in (9..).zip(&seal.figures.rows) {
        assert_eq!(sheet.text(&format!("B{row}")), sealed.unit);
        for (column, value) in ('C'..='Q').zip(&sealed.values) {
            let cell = sheet.cell(&format!("{column}{row}")).value;
            assert_eq!(cell, value.map_or(Value::Blank, |value| Value::Number(value as f64)), "{column}{row}");
        }
    }
    let total = 9 + seal.figures.rows.len();
    for (column, value) in ('C'..='Q').zip(&seal.figures.totals) {
        assert_eq!(sheet.cell(&format!("{column}{total}")).value, Value::Number(value.unwrap() as f64), "{column}{total}");
    }
    let whole: Vec<i64> = seal_2.figures.whole.iter().map(|(_, value)| *value).collect();
    assert_eq!(whole, [two.cannot_enter, two.not_verified, two.duplicates, two.to_adjust].map(|value| value as i64));
}

#[test]
fn a_changed_figure_is_named_and_a_moved_row_is_none() {
    let (one, seal, two, seal_2) = forms();
    let mut changed = one.clone();
    changed.rows.swap(0, 3);
    assert!(changed_cells(&seal.figures, &Figures { totals: seal.figures.totals.clone(), ..Figures::of_form_1(&changed) }).is_empty());

    changed.rows[1].on_system = Some(1_250);
    changed.rows[2].review_result = ReviewResult::Text("đang rà soát".to_owned());
    let found = changed_cells(&seal.figures, &Figures::of_form_1(&changed));
    let words: Vec<String> = found.iter().map(ra_soat::forms::seal::ChangedCell::words).collect();
    let unit = &changed.rows[1].unit;
    assert!(words.iter().any(|words| words.starts_with(&format!("{unit}, cột o: ")) && words.ends_with("sửa thành 1.250")), "{words:?}");
    assert!(words.iter().any(|words| words.contains("cột q") && words.ends_with("sửa thành để trống hoặc chữ")), "{words:?}");
    assert!(words.iter().any(|words| words.starts_with("Tổng cộng, cột o")), "{words:?}");
    assert!(!words.iter().any(|words| words.contains("cột c:")), "{words:?}");

    let mut fewer = one;
    let gone = fewer.rows.remove(4);
    fewer.rows[0].unit = "Trạm Y tế khác".to_owned();
    let words: Vec<String> =
        changed_cells(&seal.figures, &Figures::of_form_1(&fewer)).iter().map(ra_soat::forms::seal::ChangedCell::words).collect();
    assert!(words.contains(&format!("{}: dòng bị bỏ sau khi tải về", gone.unit)), "{words:?}");
    assert!(words.contains(&"Trạm Y tế khác: dòng thêm vào sau khi tải về".to_owned()), "{words:?}");

    let mut other = two;
    other.duplicates += 1;
    other.rows[1].missing[6] += 2;
    let words: Vec<String> =
        changed_cells(&seal_2.figures, &Figures::of_form_2(&other)).iter().map(ra_soat::forms::seal::ChangedCell::words).collect();
    assert!(words.iter().any(|words| words.starts_with("Mục III.4: ")), "{words:?}");
    assert!(words.iter().any(|words| words.contains("mục I, Khác: ")), "{words:?}");
}

#[test]
fn two_units_of_one_name_and_columns_nobody_read_are_told_apart() {
    let row = |unit: &str, value| ra_soat::forms::seal::FigureRow { unit: unit.to_owned(), values: vec![Some(value), Some(0)] };
    let figures = |rows, codes: [&str; 2]| Figures { codes: codes.map(str::to_owned).to_vec(), rows, ..Figures::default() };
    let sealed = figures(vec![row("TYT xã Mẫu", 1), row("TYT xã Mẫu", 2)], ["c", "d"]);
    assert!(changed_cells(&sealed, &figures(vec![row("TYT xã Mẫu", 1), row("tyt xã mẫu", 2)], ["c", "x"])).is_empty());
    let found = changed_cells(&sealed, &figures(vec![row("TYT xã Mẫu", 1), row("TYT xã Mẫu", 3)], ["c", "d"]));
    assert_eq!((found.len(), found[0].sealed, found[0].found), (1, Some(2), Some(3)));
    // The only row of a form is its row, whatever it is called.
    let one = figures(vec![row("Bắc Kạn", 5)], ["c", "d"]);
    assert!(changed_cells(&one, &figures(vec![row("Tỉnh Bắc Kạn", 5)], ["c", "d"])).is_empty());
}

#[test]
fn a_seal_that_was_changed_itself_or_is_none_is_said() {
    let (_, seal, ..) = forms();
    let lines = seal.to_cells();
    assert_eq!(Seal::from_cells(&lines).unwrap(), seal);
    let mut changed = lines.clone();
    let row = changed.iter().position(|line| line[0] == SealCell::Text("Dòng".to_owned())).unwrap();
    changed[row][2] = SealCell::Number(1);
    assert_eq!(Seal::from_cells(&changed), Err(SealError::Changed));
    let without = lines.iter().filter(|line| line[0] != SealCell::Text("Tổng kiểm".to_owned())).cloned().collect::<Vec<_>>();
    assert!(matches!(Seal::from_cells(&without), Err(SealError::Broken(_))));
    assert!(matches!(Seal::from_cells(&[]), Err(SealError::Broken(_))));
    let mut other = lines;
    other[1][1] = SealCell::Text("9".to_owned());
    assert_eq!(Seal::from_cells(&other), Err(SealError::OtherLayout));
    let plain = read_workbook("a.xlsx", phu_luc_1_sheet::write(&forms().0).unwrap(), &mut |_, _| ()).unwrap();
    assert!(find_seal(&plain).is_none());
}

#[test]
fn another_program_may_write_numbers_as_texts_and_drop_blanks() {
    let (_, seal, ..) = forms();
    let mut lines = seal.to_cells();
    for line in &mut lines {
        line.resize(25, SealCell::Blank);
    }
    lines.insert(3, vec![SealCell::Blank]);
    assert_eq!(Seal::from_cells(&lines).unwrap(), seal);
    for cell in lines.iter_mut().flatten() {
        if let SealCell::Number(number) = cell {
            *cell = SealCell::Text(number.to_string());
        }
    }
    assert_eq!(Seal::from_cells(&lines).unwrap(), seal);
}
