//! Our own forms, dropped in by the level above: every figure comes back, whatever pages the rows stand on.

use crate::samples::{local, report, system, unit};
use crate::workbooks::settings;
use ra_soat::domain::settings::{DEFAULT_CUT_OFF, FormRows, ReportedSource};
use ra_soat::domain::{FileId, Settings};
use ra_soat::engine::Engine;
use ra_soat::forms::inputs::{FormInputs, RowInputs};
use ra_soat::forms::seal::Seal;
use ra_soat::forms::{phu_luc_1, phu_luc_1_sheet, phu_luc_2, phu_luc_2_sheet};
use ra_soat::pace::Unpaced;
use ra_soat::reconcile::Report;
use ra_soat::workbook::{detect, read};
use ra_soat::worker::protocol::FileMeta;

/// Sixty stations, some with reasons of several lines.
fn sixty() -> (Report, Settings, FormInputs) {
    let stations = (0..60u64).map(|at| {
        let name = format!("Trạm Y tế xã Mẫu {}", at + 1);
        unit(&name, local([0, 3, at, 2, 900 + at, 7, at * 3]), system([0, 0, 5, 2, 900, at]), None, at)
    });
    let mut inputs = FormInputs::default();
    for at in [3, 17, 41] {
        let reason = Some("Danh sách giấy của điểm tiêm lưu động không còn đọc được số giấy tờ; đang tra sổ. ".repeat(4));
        inputs.rows.insert(format!("Trạm Y tế xã Mẫu {at}"), RowInputs { reason, ..RowInputs::default() });
    }
    let settings = settings("Trung tâm Y tế huyện Mẫu", FormRows::UnitsBelow, ReportedSource::Lists);
    (report(stations.collect()), settings, inputs)
}

fn engine_with(name: &str, bytes: Vec<u8>) -> Engine {
    let workbook = read::read_workbook(name, bytes, &mut |_, _| {}).unwrap();
    let mappings: Vec<_> = (0..workbook.sheets.len()).map(|sheet| detect::detect_sheet(&workbook, sheet, name, None)).collect();
    let meta = FileMeta { id: FileId(1), name: name.to_owned(), size: 0, sha256: String::new() };
    let mut engine = Engine::default();
    pollster::block_on(engine.load(meta, workbook, &mappings, &mut Unpaced)).unwrap();
    engine
}

#[test]
fn phu_luc_2_of_several_pages_reads_back_row_by_row() {
    let (report, settings, inputs) = sixty();
    let form = phu_luc_2::fill(Some(&report), &settings, &inputs);
    let bytes = phu_luc_2_sheet::write_sealed(&form, Some(&Seal::of_form_2(&form, &settings, &[]))).unwrap();
    crate::workbooks::keep("phu-luc-2-60-tram", &bytes);
    let engine = engine_with("Phu-luc-2_huyen-mau_2023-03-14.xlsx", bytes);
    let read = pollster::block_on(engine.reported(DEFAULT_CUT_OFF, &mut Unpaced)).unwrap();
    assert_eq!(read.forms_2.len(), 60, "{:?}", read.remarks);
    for (row, back) in form.rows.iter().zip(&read.forms_2) {
        assert_eq!((&row.unit, row.given, row.on_system), (&back.unit, back.given, back.on_system));
        assert_eq!(row.missing.map(Some), back.groups, "{}", row.unit);
        assert_eq!(row.verified_entered.map(Some), back.verified, "{}", row.unit);
        assert_eq!(row.reason.trim(), back.reason.trim());
        // What a row leaves unexplained by its seven groups is said, and nothing else.
        assert!(back.doubts.iter().all(|doubt| row.remainder != 0 && doubt.contains("bảy nhóm")), "{:?}", back.doubts);
    }
    let summary = [form.cannot_enter, form.not_verified, form.duplicates, form.to_adjust].map(Some);
    assert!(read.forms_2.iter().all(|row| row.summary == summary || row.summary == [None; 4]), "{:?}", read.forms_2[0].summary);
    assert!(read.sheets.iter().all(|sheet| !sheet.has_failing_total), "{:?}", read.sheets);
}

#[test]
fn phu_luc_1_reads_back_row_by_row() {
    let (report, settings, inputs) = sixty();
    let form = phu_luc_1::fill(Some(&report), &settings, &inputs);
    let bytes = phu_luc_1_sheet::write_sealed(&form, Some(&Seal::of_form_1(&form, &settings, &[]))).unwrap();
    let engine = engine_with("Phu-luc-1_huyen-mau_2023-03-14.xlsx", bytes);
    let read = pollster::block_on(engine.reported(DEFAULT_CUT_OFF, &mut Unpaced)).unwrap();
    assert_eq!(read.units.len(), 60, "{:?}", read.remarks);
    for (row, back) in form.rows.iter().zip(&read.units) {
        assert_eq!((&row.unit, row.columns, row.given(), row.on_system), (&back.unit, back.columns, back.given, back.on_system));
        assert_eq!(row.difference(), back.difference);
    }
}
