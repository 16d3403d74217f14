//! Phụ lục 2: the report on how the doses' data are managed on the System (công văn 1234/BYT-DP, pages 6–7).

use super::bridge::{BridgeTerm, bridge};
use super::inputs::FormInputs;
use super::number_only::{number_only, of_group};
use super::phu_luc_1::{is_provisional, published_row, show_letter_date, source_remark};
use super::phu_luc_2_below::{add_groups, as_sent, row_as_sent, said_below};
use crate::domain::group::ByGroup;
use crate::domain::settings::{FormRows, ReportedSource};
use crate::domain::{Bucket, MissingGroup, Product, Settings, Status};
use crate::figures::desk::{Desk, DeskRow, lay_out};
use crate::figures::reported::ReportedFigures;
use crate::reconcile::Report;
use crate::reconcile::alias::Aliases;
use crate::reconcile::report::{ByStatus, UnitFigures};
use crate::text::{show_date, show_number, show_signed};
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
    /// These by status, in the order of [`Status::ALL`].
    pub number_only_statuses: ByStatus<u64>,
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

/// Fills Phụ lục 2 where no sheet with figures is loaded.
pub fn fill(report: Option<&Report>, settings: &Settings, inputs: &FormInputs) -> Form2 {
    fill_with_forms(report, settings, inputs, &ReportedFigures::default())
}

/// Fills Phụ lục 2 with what sheets report and nobody has changed.
pub fn fill_with_forms(report: Option<&Report>, settings: &Settings, inputs: &FormInputs, reported: &ReportedFigures) -> Form2 {
    let desk = lay_out(report, reported, settings, &inputs.rows, &Aliases::default());
    fill_from_desk(report, &desk, reported, settings, inputs)
}

/// Fills Phụ lục 2 with the figures agreed on; units without a list here that sent a form of their own stand in it as they filled it in.
/// `reported` has every unit once ([`crate::figures::roll_up::once_each`]).
pub fn fill_from_desk(report: Option<&Report>, desk: &Desk, reported: &ReportedFigures, settings: &Settings, inputs: &FormInputs) -> Form2 {
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
    let below = said_below(desk, reported);
    let sent: Vec<Form2Row> =
        desk.rows.iter().filter_map(as_sent).zip(1..).map(|((unit, own), number)| row_as_sent(unit, own, number, inputs)).collect();
    if report.is_none() && desk.rows.is_empty() && desk.whole.given().is_none() {
        return form;
    }
    let has_report = report.is_some();
    let blank = Report::default();
    let report = report.unwrap_or(&blank);
    let is_by_unit = settings.form_2_rows != FormRows::OneUnit;
    let units: Vec<&DeskRow> = if is_by_unit { desk.rows.iter().collect() } else { vec![&desk.whole] };
    let figures: Vec<UnitFigures> = units.iter().map(|unit| unit.figures.clone().unwrap_or_default()).collect();
    form.rows = if is_by_unit {
        let row = |((unit, figures), number): ((&&DeskRow, &UnitFigures), u32)| match as_sent(unit) {
            Some((unit, own)) => row_as_sent(unit, own, number, inputs),
            None => row(unit, figures, number, &unit.unit, unit.given(), 0, inputs),
        };
        units.iter().zip(&figures).zip(1..).map(row).collect()
    } else {
        let unit = published_row(settings).map_or(settings.reporting_unit.trim(), |row| row.name);
        // What only the units' own forms give is in no source of the desk; a figure of the whole has it already.
        let beside = desk.rows.iter().filter(|row| row.given().is_none()).filter_map(as_sent).filter_map(|(_, own)| own.given);
        let beside: Option<u64> = if desk.is_summed { beside.reduce(|a, b| a.saturating_add(b)) } else { None };
        let given = match (desk.whole.given(), beside) {
            (None, None) => None,
            (own, beside) => Some(own.unwrap_or(0).saturating_add(beside.unwrap_or(0))),
        };
        let of_sent = sent.iter().filter_map(|row| row.given).sum();
        let mut one = row(&desk.whole, &figures[0], 1, unit, given, of_sent, inputs);
        add_groups(&mut one, &sent);
        vec![one]
    };
    if !sent.is_empty() {
        form.remarks.push(format!("{} đơn vị không có danh sách ở đây, lấy theo Phụ lục 2 của đơn vị.", show_number(sent.len() as i64)));
        form.remarks.extend(below.remarks.iter().cloned());
    }
    let of = |status: Status| -> u64 { figures.iter().map(|figures| by_status(figures, status).iter().sum::<u64>()).sum() };
    let numbers_of = |status: Status| -> u64 { form.rows.iter().map(|row| row.number_only_statuses[status.index()]).sum() };
    // So the groups of part I are III.1 + III.2 + III.3.
    let cannot_enter = of(Status::CannotEnter) + numbers_of(Status::CannotEnter);
    let not_verified = of(Status::NotVerified) + numbers_of(Status::NotVerified);
    (form.cannot_enter, form.not_verified) = (cannot_enter, not_verified);
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

/// Words of `Khác` where nobody wrote others.
pub const DEFAULT_OTHER_GROUP: &str = "Đủ thông tin, chưa nhập kịp thời";

fn is_published(settings: &Settings) -> bool {
    settings.reported_source == ReportedSource::Published
}

/// `Chưa nhập` of one status, by group.
fn by_status(figures: &UnitFigures, status: Status) -> ByGroup<u64> {
    figures.not_entered.map(|statuses| statuses[status.index()])
}

/// A row counted here. `of_sent` is what of n units have broken down in forms of their own.
fn row(
    desk_row: &DeskRow,
    figures: &UnitFigures,
    number: u32,
    unit: &str,
    known: Option<u64>,
    of_sent: u64,
    inputs: &FormInputs,
) -> Form2Row {
    let typed = inputs.row(&desk_row.key);
    let given = known.unwrap_or(0);
    let on_system = desk_row.on_system.unwrap_or(0);
    // Where nothing was counted here, what the unit's form says is on the System has a list there.
    let behind = if desk_row.figures.is_none() { on_system } else { 0 };
    let only_numbers = number_only(figures, given.saturating_sub(of_sent).saturating_sub(behind), typed.number_only.as_ref());
    let missing = MissingGroup::ALL.map(|group| of_group(&figures.not_entered, group) + of_group(&only_numbers, group));
    let of_status = |status: Status| only_numbers.map(|statuses| statuses[status.index()]);
    let verified = by_status(figures, Status::VerifiedEntered);
    let verified_numbers = of_status(Status::VerifiedEntered);
    let missing_in_all: u64 = missing.iter().sum();
    // Where n is blank there is nothing to explain.
    let remainder = known.map_or(0, |given| given as i64 - on_system as i64 - missing_in_all as i64);
    let remainder_terms = bridge(figures, given, on_system)
        .into_iter()
        .filter(|(term, value)| known.is_some() && *value != 0 && *term != BridgeTerm::NotEntered)
        // n > L stands in the groups already (`Chỉ có số liệu`); n < L does not.
        .filter(|(term, value)| *term != BridgeTerm::NumberOnly || *value < 0)
        .map(|(term, value)| (term.name().to_owned(), value))
        .collect();
    Form2Row {
        key: desk_row.key.clone(),
        number,
        unit: unit.to_owned(),
        given: known,
        on_system: desk_row.on_system,
        missing,
        number_only: only_numbers.iter().flatten().sum(),
        number_only_statuses: Status::ALL.map(|status| of_status(status).iter().sum()),
        reason: typed.reason.unwrap_or_default(),
        note: typed.note.unwrap_or_default(),
        remainder,
        remainder_terms,
        verified_entered: std::array::from_fn(|group| verified[group] + verified_numbers[group]),
    }
}

impl Form2Row {
    /// The terms that make up the remainder, each with its sign: `Cần xem xét (địa phương) +4; Khớp chéo -3`.
    pub fn remainder_words(&self) -> String {
        let terms: Vec<String> = self.remainder_terms.iter().map(|(name, value)| format!("{name} {}", show_signed(*value))).collect();
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
        show_signed(given as i64 - listed as i64)
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
