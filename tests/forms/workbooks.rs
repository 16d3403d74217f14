//! The workbooks the tests look at; a copy of each stays in the target folder, to be opened by hand.

use crate::samples::district;
use ra_soat::domain::Settings;
use ra_soat::domain::settings::{FormRows, ReportedSource};
use ra_soat::forms::inputs::{FormInputs, RowInputs};
use ra_soat::forms::{phu_luc_1, phu_luc_1_sheet, phu_luc_2, phu_luc_2_sheet};

/// Every form the tests look at: name and bytes.
pub(crate) fn all() -> Vec<(&'static str, Vec<u8>)> {
    let report = district();
    let inputs = typed();
    let mut books = Vec::new();
    for (name, unit, rows, source) in [
        ("phu-luc-1-mot-don-vi", "Sở Y tế tỉnh Bắc Kạn", FormRows::OneUnit, ReportedSource::Published),
        ("phu-luc-1-don-vi-cap-duoi", "Trung tâm Y tế huyện An Lạc", FormRows::UnitsBelow, ReportedSource::Lists),
        ("phu-luc-1-63-tinh", "Bắc Kạn", FormRows::Provinces, ReportedSource::Published),
    ] {
        let settings = settings(unit, rows, source);
        books.push((name, phu_luc_1_sheet::write(&phu_luc_1::fill(Some(&report), &settings, &inputs)).unwrap()));
    }
    for (name, unit, rows, source) in [
        ("phu-luc-2-mot-don-vi", "Sở Y tế tỉnh Bắc Kạn", FormRows::OneUnit, ReportedSource::Published),
        ("phu-luc-2-don-vi-cap-duoi", "Trung tâm Y tế huyện An Lạc", FormRows::UnitsBelow, ReportedSource::Lists),
    ] {
        let settings = settings(unit, rows, source);
        books.push((name, phu_luc_2_sheet::write(&phu_luc_2::fill(Some(&report), &settings, &inputs)).unwrap()));
    }
    let (one, seal_1, two, seal_2) = crate::sealed::forms();
    books.push(("phu-luc-1-co-dau", phu_luc_1_sheet::write_sealed(&one, Some(&seal_1)).unwrap()));
    books.push(("phu-luc-2-co-dau", phu_luc_2_sheet::write_sealed(&two, Some(&seal_2)).unwrap()));
    books.push(("danh-sach-lam-viec", crate::working::sample()));
    books
}

/// Writes a workbook beside the test binaries.
pub(crate) fn keep(name: &str, bytes: &[u8]) {
    std::fs::write(format!("{}/{name}.xlsx", env!("CARGO_TARGET_TMPDIR")), bytes).unwrap();
}

pub(crate) fn settings(unit: &str, rows: FormRows, source: ReportedSource) -> Settings {
    Settings { reporting_unit: unit.to_owned(), form_1_rows: rows, form_2_rows: rows, reported_source: source, ..Settings::default() }
}

/// What an officer might type, with texts that a careless writer would turn into formulas.
fn typed() -> FormInputs {
    let reasons = "Danh sách giấy của hai điểm tiêm lưu động bị ướt trong đợt mưa tháng 9/2021, không còn đọc được số CCCD; đang đối chiếu với sổ tiêm của trạm.";
    let mut inputs =
        FormInputs { prepared_by: "Hoàng Thị Ví Dụ".to_owned(), signed_by: "Trần Văn Mẫu".to_owned(), ..FormInputs::default() };
    inputs.rows.insert(
        "Trạm Y tế xã An Lạc".to_owned(),
        RowInputs { reason: Some(reasons.to_owned()), note: Some("=1+1".to_owned()), ..RowInputs::default() },
    );
    let text = RowInputs { review_result: Some("@Đang chờ Công an tỉnh xác nhận danh sách".to_owned()), ..RowInputs::default() };
    inputs.rows.insert("Trại tạm giam số 5".to_owned(), text);
    inputs
}
