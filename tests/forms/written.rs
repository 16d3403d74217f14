//! The workbooks: structure, cached results, protection, print set-up, text that stays text.

use crate::formulas::calculate;
use crate::parts::{Sheet, Value, dump, read};
use crate::samples::district;
use crate::workbooks::{self, settings};
use ra_soat::domain::province::PUBLISHED;
use ra_soat::domain::settings::{FormRows, ReportedSource};
use ra_soat::forms::inputs::{EditedText, FormInputs, RowInputs};
use ra_soat::forms::phu_luc_1::{Form1, Form1Row};
use ra_soat::forms::phu_luc_2::{Form2, Form2Row};
use ra_soat::forms::{phu_luc_1, phu_luc_1_sheet, phu_luc_2, phu_luc_2_sheet};

#[test]
fn workbooks_are_as_they_were() {
    let mut changed = Vec::new();
    for (name, bytes) in workbooks::all() {
        workbooks::keep(name, &bytes);
        let path = format!("{}/tests/golden/{name}.txt", env!("CARGO_MANIFEST_DIR"));
        let dump = dump(&bytes);
        if std::env::var_os("BLESS").is_some() {
            std::fs::write(&path, &dump).unwrap();
        } else if std::fs::read_to_string(&path).unwrap_or_default() != dump {
            std::fs::write(format!("{}/{name}.txt", env!("CARGO_TARGET_TMPDIR")), &dump).unwrap();
            changed.push(name);
        }
    }
    assert!(
        changed.is_empty(),
        "{changed:?} changed: compare {}/*.txt with tests/golden, then BLESS=1 cargo test",
        env!("CARGO_TARGET_TMPDIR")
    );
}

#[test]
fn every_formula_carries_its_exact_result() {
    let mut formulas = 0;
    for (name, bytes) in workbooks::all() {
        for sheet in read(&bytes).0 {
            for (at, cell) in &sheet.cells {
                if let Some(formula) = &cell.formula {
                    assert_eq!(cell.value, calculate(&sheet, formula), "{name}, {}, {at:?}: ={formula}", sheet.name);
                    formulas += 1;
                }
            }
        }
    }
    assert!(formulas > 200, "{formulas}");
}

#[test]
fn same_input_same_bytes() {
    let (first, second) = (workbooks::all(), workbooks::all());
    for ((name, a), (_, b)) in first.iter().zip(&second) {
        assert!(a == b, "{name}");
    }
}

#[test]
fn every_sheet_prints_on_a4_landscape_one_page_wide_and_is_protected() {
    for (name, bytes) in workbooks::all() {
        let (sheets, defined) = read(&bytes);
        for (at, sheet) in sheets.iter().enumerate() {
            let has = |start: &str, words: &str| sheet.settings.iter().any(|line| line.starts_with(start) && line.contains(words));
            let of = format!("{name}, {}", sheet.name);
            assert!(has("pageSetup", "paperSize=\"9\"") && has("pageSetup", "orientation=\"landscape\""), "{of}");
            assert!(
                has("pageSetUpPr", "fitToPage=\"1\"") && has("pageSetup", "fitToHeight=\"0\"") && !has("pageSetup", "fitToWidth"),
                "{of}"
            );
            assert!(has("oddFooter", "Trang &P/&N"), "{of}");
            assert!(has("pane", "state=\"frozen\""), "{of}");
            assert!(
                has("sheetProtection", "sheet=\"1\"") && !has("sheetProtection", "password") && !has("sheetProtection", "hash"),
                "{of}"
            );
            let repeats = format!("name=\"_xlnm.Print_Titles\" localSheetId=\"{at}\"");
            assert!(defined.iter().any(|name| name.contains(&repeats)), "{of}");
            for (at, cell) in &sheet.cells {
                assert_eq!(cell.font, "Times New Roman", "{of} {at:?}");
            }
        }
    }
}

fn book<'a>(books: &'a [(&'static str, Vec<u8>)], name: &str) -> (&'a [u8], Vec<Sheet>) {
    let bytes = &books.iter().find(|(n, _)| *n == name).unwrap().1;
    (bytes, read(bytes).0)
}

#[test]
fn the_63_rows_are_the_letters_and_only_ones_own_is_filled() {
    let books = workbooks::all();
    let sheet = &book(&books, "phu-luc-1-63-tinh").1[0];
    for (row, published) in (9..).zip(PUBLISHED.iter()) {
        assert_eq!(sheet.cell(&format!("A{row}")).value, Value::Number(f64::from(published.number)));
        assert_eq!(sheet.text(&format!("B{row}")), published.name);
        assert_eq!(sheet.cell(&format!("N{row}")).value, Value::Number(published.total as f64), "{}", published.name);
        let p = sheet.cell(&format!("P{row}"));
        assert_eq!(p.formula.as_deref(), Some(format!("IF(O{row}=\"\",\"\",N{row}-O{row})").as_str()));
        assert_eq!(p.value == Value::Text(String::new()), published.number != 15, "{}", published.name);
    }
    assert_eq!(sheet.text("A72"), "Tổng cộng");
    assert_eq!(sheet.cell("N72").value, Value::Number(264_513_974.0));
    assert!(sheet.text("A76").contains("266.118.289"), "{}", sheet.text("A76"));
}

#[test]
fn phu_luc_1_has_the_letters_heads() {
    let books = workbooks::all();
    let sheet = &book(&books, "phu-luc-1-mot-don-vi").1[0];
    let expected = [
        ("A1", "Phụ lục 1:"),
        ("A2", "BẢNG TỔNG HỢP VÀ KẾT QUẢ CẬP NHẬT, RÀ SOÁT DỮ LIỆU TIÊM CHỦNG PHÒNG COVID-19"),
        ("A3", "(Số liệu tính đến ngày 31/01/2023)"),
        ("A4", "(Kèm theo Công văn số 1234/BYT-DP ngày 10/3/2023 của Bộ Y tế)"),
        ("A6", "TT"),
        ("B6", "Tỉnh/TP"),
        ("C6", "Kết quả tiêm cho nhóm từ 18 tuổi trở lên"),
        ("I6", "Kết quả tiêm nhóm 12-17 tuổi"),
        ("L6", "Kết quả tiêm nhóm 5-11 tuổi"),
        ("E7", "Mũi 3 (vx Abdala)"),
        ("N6", "Tổng số mũi tiêm địa phương báo cáo về Viện VSDT TU (31/01/2023)"),
        ("O6", "Tổng số mũi tiêm địa phương nhập liệu trên Hệ thống tiêm chủng vắc xin phòng COVID-19"),
        ("P6", "So sánh chênh lệch số liệu chưa nhập lên Hệ thống"),
        ("Q6", "Kết quả rà soát của địa phương tính đến ngày 31/01/2023"),
        ("A8", "a"),
        ("N8", "n=c+...+m"),
        ("P8", "p=n-o"),
        ("Q8", "q"),
    ];
    for (at, words) in expected {
        assert_eq!(sheet.text(at), words, "{at}");
    }
    for merge in ["C6:H6", "I6:K6", "L6:M6", "A6:A7", "B6:B7", "N6:N7", "O6:O7", "P6:P7", "Q6:Q7"] {
        assert!(sheet.merges.iter().any(|m| m == merge), "{merge}");
    }
    assert!(sheet.rows_starting("Tổng cộng").is_empty(), "one row needs no total");
    for (at, is_open) in [("B9", false), ("C9", false), ("N9", false), ("O9", true), ("P9", false), ("Q9", true)] {
        assert_eq!(sheet.cell(at).is_open, is_open, "{at}");
    }
    assert_eq!(sheet.cell("C9").number_format, "#,##0");
}

#[test]
fn phu_luc_2_has_the_letters_parts() {
    let books = workbooks::all();
    let sheets = book(&books, "phu-luc-2-don-vi-cap-duoi").1;
    assert_eq!(sheets.iter().map(|sheet| sheet.name.as_str()).collect::<Vec<_>>(), ["Phụ lục 2", "Chi tiết", "Biểu đồ"]);
    let sheet = &sheets[0];
    let texts: Vec<String> =
        sheet.cells.values().filter_map(|cell| if let Value::Text(text) = &cell.value { Some(text.clone()) } else { None }).collect();
    for words in [
        "I. Tình hình nhập dữ liệu:",
        "Tổng số mũi tiêm chưa nhập trên Hệ thống (**)",
        "Khác (ghi rõ nhóm đối tượng) Đủ thông tin, chưa nhập kịp thời",
        "*: Tổng số mũi tiêm đã thực hiện tính đến ngày 31/01/2023 (gồm từng loại vắc xin, từng nhóm đối tượng, từng mũi tiêm...)",
        "** : Tổng số mũi tiêm chưa nhập trên Hệ thống tính đến ngày 31/01/2023 (Liệt kê các nhóm đối tượng...)",
        "***: Liệt kê các lý do, khó khăn của đơn vị trong việc nhập liệu đối tượng lên Hệ thống",
        "II. Các biện pháp đã thực hiện:",
        "5. Khó khăn, đề xuất:",
        "III. Cập nhật tình hình thực hiện đến ngày 31/01/2023:",
        "1. Số mũi tiêm đã xác minh và nhập trên Hệ thống",
        "2. Số mũi tiêm đã xác minh và không thể nhập lên Hệ thống",
        "3. Số mũi tiêm chưa xác minh được:",
        "4. Số mũi tiêm báo cáo trùng lặp:",
        "5. Số mũi tiêm cần điều chỉnh:",
        "Người lập bảng",
        "Lãnh đạo đơn vị",
        "(ký, đóng dấu)",
        "Số liệu tạm tính: còn mũi tiêm cần xem xét.",
    ] {
        assert!(texts.iter().any(|text| text == words), "{words}");
    }
    // Part I and part III.1 each end in a total.
    assert_eq!(sheet.rows_starting("Tổng cộng").len(), 2);
    let (one, three) = (sheet.rows_starting("TT")[0], sheet.rows_starting("TT")[1]);
    assert_eq!(sheet.text(&format!("M{one}")), "Ghi chú");
    assert_eq!(sheet.text(&format!("J{three}")), "Tổng số mũi tiêm đã được xác minh và nhập trên Hệ thống");
    let first = one + 2;
    for (column, is_open) in [("B", false), ("C", false), ("D", true), ("E", false), ("L", true), ("M", true)] {
        assert_eq!(sheet.cell(&format!("{column}{first}")).is_open, is_open, "{column}");
    }
}

#[test]
fn more_units_than_a_page_holds_keep_their_heads_and_all_their_rows() {
    let rows = |count: u32| {
        (1..=count).map(|number| Form2Row {
            number,
            unit: format!("Trạm Y tế xã {number}"),
            given: Some(1),
            on_system: Some(1),
            ..Form2Row::default()
        })
    };
    for count in [15, 28, 63, 600] {
        let form = Form2 { rows: rows(count).collect(), ..Form2::default() };
        let bytes = phu_luc_2_sheet::write(&form).unwrap();
        workbooks::keep(&format!("phu-luc-2-{count}-don-vi"), &bytes);
        let read = read(&bytes).0;
        assert_eq!(read[0].rows_starting("Tổng cộng").len(), 2, "{count}");
        let listed: usize = read
            .iter()
            .map(|sheet| sheet.cells.values().filter(|cell| cell.value == Value::Text("Trạm Y tế xã 15".to_owned())).count())
            .sum();
        assert_eq!(listed, 2, "once in part I, once in part III.1");
    }
    let form = Form1 {
        rows: (1..=600).map(|number| Form1Row { number, columns: [Some(1); 11], ..Form1Row::default() }).collect(),
        ..Form1::default()
    };
    assert_eq!(read(&phu_luc_1_sheet::write(&form).unwrap()).0[0].cell("N609").value, Value::Number(6_600.0));
}

#[test]
fn empty_forms_can_be_written() {
    let sheets = read(&phu_luc_2_sheet::write(&Form2::default()).unwrap()).0;
    assert_eq!(sheets[0].rows_starting("Tổng cộng").len(), 2);
    read(&phu_luc_1_sheet::write(&Form1::default()).unwrap());
}

#[test]
fn text_from_outside_is_never_a_formula() {
    let hostile = ["=1+1", "+84901234567", "-5", "@SUM(A1)", "=HYPERLINK(\"http://example.invalid\")", "\t=1", "{=1}", "<b>&amp;\"'"];
    let long = "x".repeat(40_000);
    for words in hostile.into_iter().chain([long.as_str()]) {
        let row = RowInputs {
            review_result: Some(words.to_owned()),
            reason: Some(words.to_owned()),
            note: Some(words.to_owned()),
            ..RowInputs::default()
        };
        let mut inputs = FormInputs {
            prepared_by: words.to_owned(),
            signed_by: words.to_owned(),
            other_group: Some(words.to_owned()),
            rows: [(String::new(), row)].into(),
            ..FormInputs::default()
        };
        inputs.texts = std::array::from_fn(|_| Some(EditedText { text: words.to_owned(), drafted: String::new() }));
        let mut report = district();
        report.units[0].unit = words.to_owned();
        report.breakdown[0].target_group = words.to_owned();
        for rows in [FormRows::OneUnit, FormRows::UnitsBelow] {
            let settings = settings(words, rows, ReportedSource::Lists);
            let one = phu_luc_1_sheet::write(&phu_luc_1::fill(Some(&report), &settings, &inputs)).unwrap();
            let two = phu_luc_2_sheet::write(&phu_luc_2::fill(Some(&report), &settings, &inputs)).unwrap();
            for bytes in [one, two] {
                let sheets = read(&bytes).0;
                let known = |formula: &str| {
                    ["SUM(", "IF(", "C", "=", "0", "O"].iter().any(|start| formula.starts_with(start)) && !formula.contains("1+1")
                };
                assert!(
                    sheets
                        .iter()
                        .flat_map(|sheet| sheet.cells.values())
                        .filter_map(|cell| cell.formula.as_ref())
                        .all(|formula| known(formula))
                );
                let kept = |cell: &crate::parts::Cell| matches!(&cell.value, Value::Text(text) if text.trim() == words.trim());
                assert!(words.len() > 30_000 || sheets.iter().flat_map(|sheet| sheet.cells.values()).any(kept), "{words}");
            }
        }
    }
}
