//! A form is looked through for names and numbers of the loaded lists before it is written.

use crate::small_files::{Loaded, dose, dose_of};
use ra_soat::domain::Settings;
use ra_soat::engine::Answer;
use ra_soat::forms::inputs::{EditedText, FormInputs, RowInputs};
use ra_soat::forms::seal_sheet::find_seal;
use ra_soat::forms::{phu_luc_1, phu_luc_2};
use ra_soat::pace::Unpaced;
use ra_soat::workbook::read::read_workbook;
use ra_soat::worker::protocol::{ExportRequest, FormRequest, FromEngine, JobId, ToEngine};

/// Twelve persons: `Lý Thị An`, number 006170000000; `Lý Thị Bình`…
fn loaded() -> Loaded {
    let mut loaded = Loaded::default();
    loaded.local(&(0..12).map(dose).collect::<Vec<_>>());
    loaded.system(None, &[dose(6), dose_of(20, "", "", "")]);
    loaded.reconcile();
    loaded
}

fn ask(loaded: &mut Loaded, what: ExportRequest) -> (FromEngine, Vec<Vec<u8>>) {
    let none: &[&[u8]] = &[];
    let message = ToEngine::Export { job: JobId(1), what };
    match pollster::block_on(loaded.engine.handle(message, none, &mut Unpaced, &|| 0.0, || 0)) {
        Answer::Message(message, blobs) => (*message, blobs),
        Answer::Nothing => panic!("no answer"),
    }
}

/// Phụ lục 2 of these lists with a text of II.4 and a reason.
fn form_2(loaded: &mut Loaded, text: &str, reason: &str, is_checked: bool) -> ExportRequest {
    let report = loaded.reconcile();
    let settings = Settings { reporting_unit: "Xã Suối Mẫu".to_owned(), ..Settings::default() };
    let mut inputs = FormInputs { prepared_by: "Lý Thị An".to_owned(), ..FormInputs::default() };
    inputs.texts[3] = Some(EditedText { text: text.to_owned(), drafted: String::new() });
    inputs.rows.insert("Trạm Y tế xã Bản Mẫu".to_owned(), RowInputs { reason: Some(reason.to_owned()), ..RowInputs::default() });
    let form = Box::new(phu_luc_2::fill(Some(&report), &settings, &inputs));
    ExportRequest::Form2(FormRequest { form, settings, is_checked })
}

fn found(answer: &FromEngine) -> Vec<(String, String)> {
    match answer {
        FromEngine::PersonalData { hits, .. } => hits.iter().map(|hit| (hit.cell.clone(), hit.found.clone())).collect(),
        FromEngine::Exported { .. } => Vec::new(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_name_or_number_of_the_lists_keeps_the_form_back_until_the_officer_wants_it() {
    let mut loaded = loaded();
    let request = form_2(&mut loaded, "Đã nhập 12 mũi; bà Lý Thị An chưa có số 006170000000.", "HOÀNG THỊ BÌNH", false);
    let (answer, blobs) = ask(&mut loaded, request);
    assert_eq!(
        found(&answer),
        [
            ("Phụ lục 2, cột Lý do, khó khăn, vướng mắc của “Trạm Y tế xã Bản Mẫu”".to_owned(), "HOÀNG THỊ BÌNH".to_owned()),
            ("Phụ lục 2, mục II.4".to_owned(), "006170000000".to_owned()),
            ("Phụ lục 2, mục II.4".to_owned(), "Lý Thị An".to_owned()),
        ]
    );
    assert!(blobs.is_empty());
    let request = form_2(&mut loaded, "bà Lý Thị An", "", true);
    let (answer, blobs) = ask(&mut loaded, request);
    assert!(matches!(answer, FromEngine::Exported { .. }) && blobs.len() == 1);
}

#[test]
fn signatures_units_and_plain_words_are_no_personal_data() {
    let mut loaded = loaded();
    // A station and a ward that are called like somebody.
    let line = dose(40).replace("Trạm Y tế xã Suối Mẫu", "Trạm Y tế phường Lý Thị Chi");
    loaded.local(&[line]);
    for text in ["Đã rà soát 12 mũi trong 251.392.985 mũi.", "Điểm tiêm Lý Thị Chi ngừng hoạt động", "Hòa Bình", "Lý Thị"]
    {
        let request = form_2(&mut loaded, text, "", false);
        assert_eq!(found(&ask(&mut loaded, request).0), [], "{text}");
    }
    let request = form_2(&mut loaded, "Điểm tiêm Lý Thị Dũng ngừng hoạt động", "", false);
    assert_eq!(found(&ask(&mut loaded, request).0).len(), 1, "no place of that name");
}

#[test]
fn a_form_is_written_with_the_fingerprints_of_the_files_it_comes_from() {
    let mut loaded = loaded();
    let report = loaded.reconcile();
    let settings = Settings { reporting_unit: "Xã Suối Mẫu".to_owned(), ..Settings::default() };
    let form = Box::new(phu_luc_1::fill(Some(&report), &settings, &FormInputs::default()));
    let request = ExportRequest::Form1(FormRequest { form: form.clone(), settings, is_checked: false });
    let (answer, blobs) = ask(&mut loaded, request);
    assert_eq!(found(&answer), []);
    let workbook = read_workbook("a.xlsx", blobs.into_iter().next().unwrap(), &mut |_, _| ()).unwrap();
    let seal = find_seal(&workbook).unwrap().unwrap();
    assert_eq!((seal.inputs.len(), seal.setting("Đơn vị báo cáo")), (2, Some("Xã Suối Mẫu")));
    assert_eq!(seal.figures, ra_soat::forms::seal::Figures::of_form_1(&form));
    let all: String = seal
        .to_cells()
        .iter()
        .flatten()
        .filter_map(|cell| if let ra_soat::forms::seal::SealCell::Text(text) = cell { Some(text.as_str()) } else { None })
        .collect();
    assert!(!all.contains("Lý Thị") && !all.contains("0061") && !all.contains(".csv"), "{all}");
}
