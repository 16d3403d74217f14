//! Phụ lục 2: the report on how the doses' data are managed on the System (công văn 1234/BYT-DP, pages 6–7).

use super::bridge::{BridgeTerm, bridge};
use super::inputs::FormInputs;
use super::number_only::{number_only, whole};
use super::phu_luc_1::{given_columns, is_provisional, published_row, show_letter_date, source_remark};
use super::phu_luc_2_below::{FormsBelow, add_to, forms_below};
use super::remarks::signed;
use crate::domain::group::ByGroup;
use crate::domain::settings::{FormRows, ReportedSource};
use crate::domain::{Bucket, MissingGroup, Product, Settings, Status};
use crate::figures::reported::ReportedFigures;
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
    /// `Chỉ có số liệu`: of the seven groups, the doses reported as a number with no list behind them.
    pub number_only: u64,
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
    /// Second sheet: why the breakdown does not add up to column (*); empty where it does.
    pub breakdown_note: String,
}

/// Fills Phụ lục 2 from the reconciliation alone.
pub fn fill(report: Option<&Report>, settings: &Settings, inputs: &FormInputs) -> Form2 {
    fill_with_forms(report, settings, inputs, &ReportedFigures::default())
}

/// Fills Phụ lục 2; units without a list here that sent a form of their own stand in it as they filled it in. `reported` has every
/// unit once ([`crate::figures::roll_up::once_each`]).
pub fn fill_with_forms(report: Option<&Report>, settings: &Settings, inputs: &FormInputs, reported: &ReportedFigures) -> Form2 {
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
    let below = forms_below(report, reported, inputs);
    if report.is_none() && below.rows.is_empty() {
        return form;
    }
    let has_report = report.is_some();
    let blank = Report::default();
    let report = report.unwrap_or(&blank);
    let is_by_unit = settings.form_2_rows != FormRows::OneUnit;
    let figures: Vec<UnitFigures> = if is_by_unit { report.units.clone() } else { vec![whole(report)] };
    form.rows = if is_by_unit {
        let units = figures.iter().enumerate();
        units.map(|(at, unit)| row(unit, &unit.unit, at as u32 + 1, &unit.unit, unit.listed_total(), inputs)).collect()
    } else {
        let given = given_columns(Some(report), settings).iter().flatten().sum();
        let unit = published_row(settings).map_or(settings.reporting_unit.trim(), |row| row.name);
        match has_report {
            true => figures.iter().map(|figures| row(figures, "", 1, unit, given, inputs)).collect(),
            // Nothing was counted here: the row is what the forms add up to, beside the published n where that is chosen.
            false => {
                let given = published_row(settings).filter(|_| is_published(settings)).map(|row| row.total);
                vec![Form2Row { number: 1, unit: unit.to_owned(), given, ..Form2Row::default() }]
            }
        }
    };
    add_forms(&mut form, &below, is_by_unit, is_published(settings) && published_row(settings).is_some());
    let of = |status: Status| -> u64 { figures.iter().map(|figures| by_status(figures, status).iter().sum::<u64>()).sum() };
    form.cannot_enter = of(Status::CannotEnter);
    // A dose with no list behind it cannot have been verified, so the groups of part I are III.1 + III.2 + III.3.
    form.not_verified = of(Status::NotVerified) + form.rows.iter().map(|row| row.number_only).sum::<u64>();
    form.duplicates = figures.iter().map(|figures| figures.local(Bucket::Duplicate)).sum();
    form.to_adjust = figures.iter().map(|figures| figures.local(Bucket::ToAdjust)).sum();
    let [cannot_enter, not_verified, duplicates, to_adjust] = below.summary;
    form.cannot_enter += cannot_enter;
    form.not_verified += not_verified;
    form.duplicates += duplicates;
    form.to_adjust += to_adjust;
    form.drafted_texts = if has_report { drafted_texts(report, &form) } else { Default::default() };
    for (draft, gathered) in form.drafted_texts.iter_mut().zip(&below.texts) {
        if !gathered.is_empty() {
            *draft = if draft.is_empty() { gathered.clone() } else { format!("{draft}\n{gathered}") };
        }
    }
    for (at, drafted) in form.drafted_texts.iter().enumerate() {
        let (text, is_stale) = match &inputs.texts[at] {
            Some(edited) => (edited.text.clone(), edited.drafted != *drafted),
            None => (drafted.clone(), false),
        };
        form.texts[at] = text;
        form.stale_texts[at] = is_stale;
    }
    form.remarks.extend(source_remark(Some(report), settings, is_by_unit).filter(|_| !is_by_unit || is_published(settings)));
    if settings.form_2_rows == FormRows::Provinces {
        form.remarks
            .push("Phụ lục 2 không lập cho 63 tỉnh, thành phố từ dữ liệu của một đơn vị; bảng này lập theo đơn vị cấp dưới.".to_owned());
    }
    form.remarks.extend(form.rows.iter().filter(|row| row.remainder != 0).map(remainder_remark));
    if !has_report {
        return form;
    }
    form.breakdown_note = breakdown_note(report, &form);
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

/// Puts the forms of units below into the rows: one row each behind the units with lists, or added to the one row.
fn add_forms(form: &mut Form2, below: &FormsBelow, is_by_unit: bool, is_published: bool) {
    if is_by_unit {
        let first = form.rows.len() as u32;
        form.rows.extend(below.rows.iter().map(|row| Form2Row { number: first + row.number, ..row.clone() }));
    } else if let [one] = form.rows.as_mut_slice() {
        // The published figure is of the whole province already.
        add_to(one, &below.rows, !is_published);
    }
    if !below.rows.is_empty() {
        form.remarks
            .push(format!("{} đơn vị không có danh sách ở đây, lấy theo Phụ lục 2 của đơn vị.", show_number(below.rows.len() as i64)));
        form.remarks.extend(below.remarks.iter().cloned());
    }
}

/// Words of `Khác` where nobody wrote others.
pub const DEFAULT_OTHER_GROUP: &str = "Đủ thông tin, chưa nhập kịp thời";

fn is_published(settings: &Settings) -> bool {
    settings.reported_source == ReportedSource::Published
}

/// `Chưa nhập` of one status, by group.
fn by_status(figures: &UnitFigures, status: Status) -> ByGroup<u64> {
    let at = Status::ALL.iter().position(|s| *s == status).unwrap_or(0);
    figures.not_entered.map(|statuses| statuses[at])
}

fn row(figures: &UnitFigures, key: &str, number: u32, unit: &str, given: u64, inputs: &FormInputs) -> Form2Row {
    let typed = inputs.row(key);
    let on_system = typed.on_system.as_ref().map_or(figures.system_total(), |figure| figure.value);
    let only_numbers = number_only(figures, given);
    let missing = std::array::from_fn(|group| figures.not_entered[group].iter().sum::<u64>() + only_numbers[group]);
    let remainder = given as i64 - on_system as i64 - missing.iter().sum::<u64>() as i64;
    let remainder_terms = bridge(figures, given, on_system)
        .into_iter()
        .filter(|(term, value)| *value != 0 && *term != BridgeTerm::NotEntered)
        // n > L stands in the groups already (`Chỉ có số liệu`); n < L does not.
        .filter(|(term, value)| *term != BridgeTerm::NumberOnly || *value < 0)
        .map(|(term, value)| (term.name().to_owned(), value))
        .collect();
    Form2Row {
        key: key.to_owned(),
        number,
        unit: unit.to_owned(),
        given: Some(given),
        on_system: Some(on_system),
        missing,
        number_only: only_numbers.iter().sum(),
        reason: typed.reason.unwrap_or_default(),
        note: typed.note.unwrap_or_default(),
        remainder,
        remainder_terms,
        verified_entered: by_status(figures, Status::VerifiedEntered),
    }
}

impl Form2Row {
    /// The terms that make up the remainder, each with its sign: `Cần xem xét (địa phương) +4; Khớp chéo -3`.
    pub fn remainder_words(&self) -> String {
        let terms: Vec<String> = self.remainder_terms.iter().map(|(name, value)| format!("{name} {}", signed(*value))).collect();
        terms.join("; ")
    }
}

fn remainder_remark(row: &Form2Row) -> String {
    let unit = if row.unit.is_empty() { "Đơn vị" } else { &row.unit };
    format!("{unit}: đã thực hiện − đã nhập − bảy nhóm còn {} = {}.", show_number(row.remainder), row.remainder_words())
}

/// Where n is not what the lists count, the breakdown of the lists does not add up to it; says by how much.
fn breakdown_note(report: &Report, form: &Form2) -> String {
    let given: u64 = form.rows.iter().filter_map(|row| row.given).sum();
    let listed: u64 = report.breakdown.iter().map(|part| part.doses).sum();
    if given == listed {
        return String::new();
    }
    format!(
        "Bảng này đếm từ danh sách: {} mũi. Tổng số mũi tiêm đã thực hiện ghi ở Phụ lục 2: {}; chênh {}, không có danh sách để tách.",
        show_number(listed as i64),
        show_number(given as i64),
        signed(given as i64 - listed as i64)
    )
}

/// Part II drafted from the numbers: what the reconciliation did and found, and dots where only the officer knows.
fn drafted_texts(report: &Report, form: &Form2) -> [String; 5] {
    let number = |value: u64| show_number(value as i64);
    let total = &report.total;
    let sum = |of: fn(&Form2Row) -> u64| form.rows.iter().map(of).sum::<u64>();
    let given = sum(|row| row.given.unwrap_or(0));
    let on_system = sum(|row| row.on_system.unwrap_or(0));
    let missing = sum(|row| row.missing.iter().sum());
    let only_numbers = sum(|row| row.number_only);
    let by_group =
        MissingGroup::ALL.iter().map(|group| (group.label(), form.rows.iter().map(|row| row.missing[group.index()]).sum::<u64>()));
    let by_group: Vec<String> =
        by_group.filter(|(_, doses)| *doses > 0).map(|(label, doses)| format!("{label}: {}", number(doses))).collect();
    let by_group = if by_group.is_empty() { String::new() } else { format!(" ({})", by_group.join("; ")) };
    let only_numbers = match only_numbers {
        0 => String::new(),
        doses => format!("{} mũi chỉ có số liệu tổng hợp, không có danh sách để nhập. ", number(doses)),
    };
    [
        format!(
            "Thực hiện Công văn số {} ngày {} của Bộ Y tế; văn bản chỉ đạo, phân công của đơn vị: …",
            form.letter_number, form.letter_date
        ),
        format!(
            "Đã đối soát từng mũi tiêm giữa danh sách của địa phương ({} mũi) và dữ liệu trên Hệ thống ({} mũi), số liệu tính đến ngày {}. Hoạt động khác: …",
            number(total.listed_total()),
            number(total.system_total()),
            form.cut_off
        ),
        "Cơ quan phối hợp: … Nội dung và kết quả phối hợp: …".to_owned(),
        format!(
            "Số mũi tiêm đã thực hiện: {}; đã nhập lên Hệ thống: {}; chưa nhập: {}{by_group}. Kết quả đối soát danh sách: {} mũi đã nhập đúng, {} mũi cần điều chỉnh, {} mũi báo cáo trùng lặp, {} mũi chỉ có trên Hệ thống, {} mũi cần xem xét thêm. Trong số chưa nhập: {} mũi đã xác minh và đã nhập, {} mũi không thể nhập, {} mũi chưa xác minh được.",
            number(given),
            number(on_system),
            number(missing),
            number(total.local(Bucket::Entered)),
            number(form.to_adjust),
            number(form.duplicates),
            number(total.system(Bucket::SystemOnly)),
            number(total.local(Bucket::Review)),
            number(sum(|row| row.verified_entered.iter().sum())),
            number(form.cannot_enter),
            number(form.not_verified)
        ),
        format!("{only_numbers}Khó khăn: … Đề xuất: …"),
    ]
}
