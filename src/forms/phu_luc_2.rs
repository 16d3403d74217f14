//! Phụ lục 2: the report on how the doses' data are managed on the System (công văn 1234/BYT-DP, pages 6–7).

use super::bridge::{BridgeTerm, bridge, number_only};
use super::phu_luc_1::{given_columns, is_provisional, published_row, show_letter_date};
use crate::domain::group::ByGroup;
use crate::domain::settings::FormRows;
use crate::domain::{Bucket, MissingGroup, Product, Settings, Status};
use crate::forms::inputs::FormInputs;
use crate::reconcile::Report;
use crate::reconcile::report::UnitFigures;
use crate::text::{show_date, show_number};
use serde::{Deserialize, Serialize};

/// One row of part I.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Form2Row {
    /// Key of what was typed into the row.
    pub key: String,
    /// TT.
    pub number: u32,
    /// Tên đơn vị.
    pub unit: String,
    /// Tổng số mũi tiêm đã thực hiện (*): n.
    pub given: Option<u64>,
    /// Tổng số mũi tiêm đã nhập lên Hệ thống: o.
    pub on_system: Option<u64>,
    /// The seven groups: `Chưa nhập` + `Chỉ có số liệu`.
    pub missing: ByGroup<u64>,
    /// Column (***).
    pub reason: String,
    /// Ghi chú.
    pub note: String,
    /// given − entered − Σ groups, and the terms of the bridge that explain it (name, value with its sign; they add up to it).
    pub remainder: i64,
    /// The terms.
    pub remainder_terms: Vec<(String, i64)>,
    /// Part III.1: verified and entered, by group.
    pub verified_entered: ByGroup<u64>,
}

/// Phụ lục 2, every cell.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Form2 {
    /// `31/01/2023`.
    pub cut_off: String,
    /// `1234/BYT-DP`.
    pub letter_number: String,
    /// `10/3/2023`.
    pub letter_date: String,
    /// Rows of part I and of part III.1.
    pub rows: Vec<Form2Row>,
    /// Words for `Khác`.
    pub other_group: String,
    /// II.1 to II.5 as they stand: the officer's text, else the draft.
    pub texts: [String; 5],
    /// II.1 to II.5 as drafted from today's numbers.
    pub drafted_texts: [String; 5],
    /// Whether a number has moved since the text was edited.
    pub stale_texts: [bool; 5],
    /// III.2: verified, cannot be entered.
    pub cannot_enter: u64,
    /// III.3: not yet verified.
    pub not_verified: u64,
    /// III.4: duplicates.
    pub duplicates: u64,
    /// III.5: to be adjusted.
    pub to_adjust: u64,
    /// `Người lập bảng`.
    pub prepared_by: String,
    /// `Lãnh đạo đơn vị`.
    pub signed_by: String,
    /// Whether doubtful pairs are still open.
    pub is_provisional: bool,
    /// Warnings to show beside the form.
    pub remarks: Vec<String>,
    /// Second sheet: distinct persons, in words and number.
    pub persons: Vec<(String, u64)>,
    /// Second sheet: column (*) taken apart: vaccine, target group, doses per column c…m.
    pub breakdown: Vec<(String, String, [u64; 11])>,
}

/// Fills Phụ lục 2.
pub fn fill(report: Option<&Report>, settings: &Settings, inputs: &FormInputs) -> Form2 {
    let mut form = Form2 {
        cut_off: show_date(settings.cut_off),
        letter_number: settings.letter_number.clone(),
        letter_date: show_letter_date(settings.letter_date),
        other_group: inputs.other_group.clone().unwrap_or_else(|| DEFAULT_OTHER_GROUP.to_owned()),
        prepared_by: inputs.prepared_by.clone(),
        signed_by: inputs.signed_by.clone(),
        is_provisional: report.is_some_and(is_provisional),
        ..Form2::default()
    };
    let Some(report) = report else { return form };
    if settings.form_2_rows == FormRows::OneUnit {
        let given = given_columns(Some(report), settings).iter().flatten().sum();
        let unit = published_row(settings).map_or(settings.reporting_unit.trim(), |row| row.name);
        form.rows = vec![row(&report.total, "", 1, unit, given, inputs)];
    } else {
        let units = report.units.iter().enumerate();
        form.rows = units.map(|(at, unit)| row(unit, &unit.unit, at as u32 + 1, &unit.unit, unit.listed_total(), inputs)).collect();
    }
    if settings.form_2_rows == FormRows::Provinces {
        form.remarks.push("Phụ lục 2 không lập cho 63 tỉnh, thành phố từ dữ liệu của một đơn vị; bảng này lập theo đơn vị cấp dưới.".to_owned());
    }
    form.cannot_enter = report.not_entered_of(Status::CannotEnter);
    let missing: u64 = form.rows.iter().flat_map(|row| row.missing).sum();
    let verified: u64 = form.rows.iter().flat_map(|row| row.verified_entered).sum();
    // The seven groups of part I are III.1 + III.2 + III.3: what is neither verified nor refused is not yet verified.
    form.not_verified = missing - verified - form.cannot_enter;
    form.duplicates = report.total.local(Bucket::Duplicate);
    form.to_adjust = report.total.local(Bucket::ToAdjust);
    form.drafted_texts = drafted_texts(report, &form);
    for (at, drafted) in form.drafted_texts.iter().enumerate() {
        let (text, is_stale) = match &inputs.texts[at] {
            Some(edited) => (edited.text.clone(), edited.drafted != *drafted),
            None => (drafted.clone(), false),
        };
        form.texts[at] = text;
        form.stale_texts[at] = is_stale;
    }
    form.remarks.extend(form.rows.iter().filter(|row| row.remainder != 0).map(remainder_words));
    form.persons = vec![
        ("Số người trong danh sách của địa phương".to_owned(), report.persons[0]),
        ("Số người trong dữ liệu Hệ thống".to_owned(), report.persons[1]),
        ("Số người có ở cả hai phía".to_owned(), report.persons_on_both),
        ("Số người có ít nhất một mũi chưa nhập".to_owned(), report.persons_not_entered),
    ];
    for part in &report.breakdown {
        let product = part.product.map_or("Không ghi", Product::label);
        let same = form.breakdown.iter_mut().find(|(vaccine, group, _)| vaccine == product && *group == part.target_group);
        match same {
            Some((.., columns)) => columns[part.column.index()] += part.doses,
            None => {
                let mut columns = [0; 11];
                columns[part.column.index()] = part.doses;
                form.breakdown.push((product.to_owned(), part.target_group.clone(), columns));
            }
        }
    }
    form
}

/// Words of `Khác` where nobody wrote others.
pub const DEFAULT_OTHER_GROUP: &str = "Đủ thông tin, chưa nhập kịp thời";

fn row(figures: &UnitFigures, key: &str, number: u32, unit: &str, given: u64, inputs: &FormInputs) -> Form2Row {
    let typed = inputs.row(key);
    let on_system = typed.on_system.as_ref().map_or(figures.system_total(), |figure| figure.value);
    let only_numbers = number_only(figures, given);
    let missing = std::array::from_fn(|group| figures.not_entered[group].iter().sum::<u64>() + only_numbers[group]);
    let verified = Status::ALL.iter().position(|status| *status == Status::VerifiedEntered).unwrap_or(0);
    let remainder = given as i64 - on_system as i64 - missing.iter().sum::<u64>() as i64;
    let remainder_terms = bridge(figures, given, on_system)
        .into_iter()
        .filter(|(term, value)| *value != 0 && *term != BridgeTerm::NotEntered)
        // n > L stands in the groups already (`Chỉ có số liệu`); n < L does not.
        .filter(|(term, value)| *term != BridgeTerm::NumberOnly || *value < 0)
        .map(|(term, value)| (term.label().to_owned(), value))
        .collect();
    Form2Row {
        key: key.to_owned(),
        number,
        unit: unit.to_owned(),
        given: Some(given),
        on_system: Some(on_system),
        missing,
        reason: typed.reason.unwrap_or_default(),
        note: typed.note.unwrap_or_default(),
        remainder,
        remainder_terms,
        verified_entered: std::array::from_fn(|group| figures.not_entered[group][verified]),
    }
}

/// What is left between the columns of a row, and the terms that explain it.
fn remainder_words(row: &Form2Row) -> String {
    let terms: Vec<String> = row.remainder_terms.iter().map(|(label, value)| format!("{label}: {}", show_number(*value))).collect();
    format!("{}: đã thực hiện − đã nhập − bảy nhóm còn {}, do {}.", row.unit, show_number(row.remainder), terms.join("; "))
}

/// Part II drafted from the numbers: what the reconciliation did and found, and dots where only the officer knows.
fn drafted_texts(report: &Report, form: &Form2) -> [String; 5] {
    let n = |value: u64| show_number(value as i64);
    let total = &report.total;
    let missing: u64 = form.rows.iter().flat_map(|row| row.missing).sum();
    let by_group: Vec<String> = MissingGroup::ALL
        .iter()
        .map(|group| (group.label(), form.rows.iter().map(|row| row.missing[group.index()]).sum::<u64>()))
        .filter(|(_, doses)| *doses > 0)
        .map(|(label, doses)| format!("{label}: {} mũi", n(doses)))
        .collect();
    let by_group = if by_group.is_empty() { String::new() } else { format!(" ({})", by_group.join("; ")) };
    [
        "Đơn vị đã ban hành văn bản số … ngày … chỉ đạo rà soát, cập nhật dữ liệu tiêm chủng COVID-19 theo Công văn số 1234/BYT-DP.".to_owned(),
        format!(
            "Đã đối soát từng mũi tiêm trong danh sách của địa phương với dữ liệu trên Hệ thống, số liệu tính đến ngày {}: {} mũi trong danh sách, {} mũi trên Hệ thống.",
            form.cut_off,
            n(total.listed_total()),
            n(total.system_total())
        ),
        "Đã phối hợp với công an xã, phường xác minh thông tin đối tượng: … trường hợp.".to_owned(),
        format!(
            "{} mũi đã có trên Hệ thống và khớp thông tin; {} mũi đã có nhưng cần điều chỉnh; {} mũi chưa nhập{by_group}; {} mũi báo cáo trùng lặp; {} mũi chỉ có trên Hệ thống; {} mũi cần xem xét thêm.",
            n(total.local(Bucket::Entered)),
            n(total.local(Bucket::ToAdjust)),
            n(missing),
            n(total.local(Bucket::Duplicate)),
            n(total.system(Bucket::SystemOnly)),
            n(total.local(Bucket::Review)),
        ),
        "Khó khăn: … Đề xuất: …".to_owned(),
    ]
}
