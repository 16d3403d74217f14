//! Generated reports, the same for the same seed, with the cases at the edge.

use crate::samples::{self, local, system, unit};
use fastrand::Rng;
use ra_soat::domain::settings::{FormRows, ReportedSource};
use ra_soat::domain::{MissingGroup, Settings};
use ra_soat::forms::inputs::{FormInputs, RowInputs, TypedFigure};
use ra_soat::forms::phu_luc_1::{self, Form1};
use ra_soat::forms::phu_luc_2::{self, Form2};
use ra_soat::forms::seal::Seal;
use ra_soat::forms::{phu_luc_1_sheet, phu_luc_2_sheet};
use ra_soat::reconcile::Report;

/// The largest count: three times what all of Việt Nam reported, so that sums of thousands of rows stay whole numbers in a double.
const HUGE: u64 = 800_000_000;

fn units(rng: &mut Rng, count: usize, most: u64) -> Report {
    let figures = (0..count).map(|at| {
        let mut any = |_: usize| if rng.u8(..5) == 0 { 0 } else { rng.u64(..=most) };
        let (own, there) = (std::array::from_fn(&mut any), std::array::from_fn(&mut any));
        let group = MissingGroup::ALL.get(rng.usize(..20)).copied().filter(|group| (2..6).contains(&group.index()));
        let kind = ["Trạm Y tế xã", "Trạm Y tế phường", "Bệnh viện Đa khoa khu vực", "Trung tâm Y tế huyện"][rng.usize(..4)];
        unit(&format!("{kind} Mẫu {}", at + 1), local(own), system(there), group, rng.u64(..1_000))
    });
    samples::report(figures.collect())
}

/// What a person typed: o blank or other than counted (p below zero), q a number, a text or blank.
fn inputs(rng: &mut Rng, report: &Report) -> FormInputs {
    let mut inputs = FormInputs { prepared_by: "Hoàng Thị Ví Dụ".to_owned(), ..FormInputs::default() };
    let keys = report.units.iter().map(|unit| unit.unit.clone()).chain([String::new(), "Hà Nội".to_owned(), "Bắc Kạn".to_owned()]);
    for key in keys {
        let on_system = match rng.u8(..6) {
            0 => Some(0),
            1 => Some(rng.u64(..HUGE)),
            _ => None,
        };
        let review_result = match rng.u8(..6) {
            0 => Some(String::new()),
            1 => Some("1.234".to_owned()),
            2 => Some("Đang rà soát".to_owned()),
            _ => None,
        };
        let on_system = on_system.map(|value| TypedFigure { value, reason: "Số trên trang Hệ thống".to_owned() });
        inputs.rows.insert(key, RowInputs { on_system, review_result, ..RowInputs::default() });
    }
    inputs
}

fn both(one: &Form1, two: &Form2, settings: &Settings) -> Vec<(&'static str, Vec<u8>)> {
    let seals = (Seal::of_form_1(one, settings, &[]), Seal::of_form_2(two, settings, &[]));
    vec![
        ("phu-luc-1", phu_luc_1_sheet::write_sealed(one, Some(&seals.0)).unwrap()),
        ("phu-luc-2", phu_luc_2_sheet::write_sealed(two, Some(&seals.1)).unwrap()),
    ]
}

/// Both forms of the report with this number.
pub fn report(seed: u64) -> Vec<(&'static str, Vec<u8>)> {
    let mut rng = Rng::with_seed(seed);
    let (count, most) = match seed % 8 {
        0 => (1, 0),
        1 => (1, HUGE),
        2 => (0, 0),
        3 => (63, 40_000),
        4 => (5, HUGE),
        _ => (rng.usize(1..12), 10u64.pow(rng.u32(1..7))),
    };
    let report = units(&mut rng, count, most);
    let rows = if seed % 8 == 3 { FormRows::Provinces } else { FormRows::ALL[rng.usize(..3)] };
    let settings = Settings {
        reporting_unit: if rng.bool() { "Sở Y tế tỉnh Bắc Kạn" } else { "Trung tâm Y tế huyện Mẫu" }.to_owned(),
        form_1_rows: rows,
        form_2_rows: if rng.bool() { FormRows::OneUnit } else { FormRows::UnitsBelow },
        reported_source: ReportedSource::ALL[rng.usize(..2)],
        ..Settings::default()
    };
    let inputs = inputs(&mut rng, &report);
    let report = (seed % 8 != 2 || rows == FormRows::OneUnit).then_some(&report);
    both(&phu_luc_1::fill(report, &settings, &inputs), &phu_luc_2::fill(report, &settings, &inputs), &settings)
}

/// Both forms of so many units, with their seals.
pub fn sized(count: usize) -> Vec<(&'static str, Vec<u8>)> {
    let report = units(&mut Rng::with_seed(7), count, 4_000);
    let settings =
        Settings { reporting_unit: "Sở Y tế tỉnh Mẫu".to_owned(), form_1_rows: FormRows::UnitsBelow, ..Settings::default() };
    let inputs = FormInputs::default();
    both(&phu_luc_1::fill(Some(&report), &settings, &inputs), &phu_luc_2::fill(Some(&report), &settings, &inputs), &settings)
}

/// Workbooks whose pages are looked at.
pub fn to_print() -> Vec<(String, Vec<u8>)> {
    let mut books = Vec::new();
    for count in [5, 60, 5_000] {
        for (name, bytes) in sized(count) {
            books.push((format!("{name}-{count}-don-vi"), bytes));
        }
    }
    let report = units(&mut Rng::with_seed(9), 8, 4_000);
    for (name, rows) in [("63-tinh", FormRows::Provinces), ("1-don-vi", FormRows::OneUnit)] {
        let settings = Settings {
            reporting_unit: "Sở Y tế tỉnh Bắc Kạn".to_owned(),
            form_1_rows: rows,
            form_2_rows: rows,
            reported_source: ReportedSource::Published,
            ..Settings::default()
        };
        let inputs = FormInputs::default();
        let forms = (phu_luc_1::fill(Some(&report), &settings, &inputs), phu_luc_2::fill(Some(&report), &settings, &inputs));
        for (form, bytes) in both(&forms.0, &forms.1, &settings) {
            books.push((format!("{form}-{name}"), bytes));
        }
    }
    books
}

/// A workbook that says 2 + 3 = 4.
pub fn wrong_on_purpose() -> Vec<u8> {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write_number(0, 0, 2).unwrap();
    sheet.write_number(1, 0, 3).unwrap();
    sheet.write_formula(2, 0, rust_xlsxwriter::Formula::new("=SUM(A1:A2)").set_result("4")).unwrap();
    book.save_to_buffer().unwrap()
}
