//! What is unusual in a form: shown beside it in the officer's words, never an error.

use super::phu_luc_1::{Form1Row, ReviewResult};
use crate::domain::FormColumn;
use crate::domain::province::{PUBLISHED, PublishedRow, find_province_office, national};
use crate::domain::settings::ReportedSource;
use crate::figures::checks::warnings;
use crate::figures::desk::{Desk, DeskRow};
use crate::text::{show_number, show_signed};

fn number(value: u64) -> String {
    show_number(value as i64)
}

/// The letter's own totals and headings that contradict each other.
pub fn letter_contradictions() -> Vec<String> {
    let rows: u64 = PUBLISHED.iter().map(|row| row.total).sum();
    vec![
        format!(
            "Công văn ghi cả nước {} mũi đã tiêm, nhưng 63 dòng của Phụ lục 1 cộng lại là {}: ít hơn {}.",
            number(national::GIVEN),
            number(rows),
            number(national::GIVEN - rows)
        ),
        format!(
            "Công văn ghi còn {} mũi chưa nhập, nhưng {} − {} = {}.",
            number(national::MISSING),
            number(national::GIVEN),
            number(national::ON_SYSTEM),
            number(national::GIVEN - national::ON_SYSTEM)
        ),
        "Tiêu đề hai phụ lục của công văn ghi ngày 10/02/2023, còn công văn đề ngày 10/3/2023; ở đây ghi theo ngày công văn.".to_owned(),
        "Trang 1 và 2 của Phụ lục 1 in “Số sánh chênh lệch”, trang 3 in “So sánh chênh lệch”; ở đây ghi theo trang 3.".to_owned(),
    ]
}

/// By how much the lists differ from what the Ministry published.
pub(super) fn published_gap(row: &PublishedRow, listed: u64) -> String {
    format!(
        "n lấy từ danh sách: {} mũi; Bộ Y tế công bố cho {}: {} mũi; chênh {}.",
        number(listed),
        row.name,
        number(row.total),
        show_signed(row.total as i64 - listed as i64)
    )
}

/// Names written out; more are counted.
const NAMED: usize = 8;

/// Where c…m of 63 rows come from, where provinces sent forms; `as_printed` are the provinces whose form gives no figures.
pub(super) fn source_of_provinces(as_printed: &[&str]) -> String {
    let letter = "theo Phụ lục 1 kèm Công văn số 1234/BYT-DP";
    match as_printed.len() {
        0 => "c…m theo Phụ lục 1 của các tỉnh, thành phố đã gửi.".to_owned(),
        63 => format!("c…m {letter}: chưa có biểu của tỉnh, thành phố nào."),
        count if count <= NAMED => {
            format!("c…m theo Phụ lục 1 của các tỉnh, thành phố đã gửi; {} chưa có số trong biểu, lấy {letter}.", as_printed.join(", "))
        }
        count => format!("c…m theo Phụ lục 1 của các tỉnh, thành phố đã gửi; {count} tỉnh, thành phố chưa có số trong biểu, lấy {letter}."),
    }
}

/// What a form of 63 rows leaves out: provinces without a form of their own, and units with forms that are no provinces.
pub(super) fn left_out_of_provinces(desk: &Desk, as_printed: &[&str]) -> Vec<String> {
    let mut remarks = Vec::new();
    if (NAMED + 1..PUBLISHED.len()).contains(&as_printed.len()) {
        remarks.push(format!("Chưa có số c…m trong biểu của {} tỉnh, thành phố: {}.", as_printed.len(), as_printed.join(", ")));
    }
    let others: Vec<&DeskRow> = desk
        .rows
        .iter()
        .filter(|row| find_province_office(&row.unit).is_none() && row.line_of(ReportedSource::UnitForms).is_some())
        .collect();
    if !others.is_empty() {
        let named: Vec<String> = others.iter().take(NAMED).map(|row| format!("“{}”", row.unit)).collect();
        let more = others.len() - named.len();
        let more = if more > 0 { format!(" và {} đơn vị khác", number(more as u64)) } else { String::new() };
        let doses: u64 = others.iter().filter_map(|row| row.given()).sum();
        remarks.push(format!(
            "{} đơn vị gửi biểu mà tên không phải một trong 63 tỉnh, thành phố, nên {} mũi của các đơn vị này không vào bảng: {}{more}.              Nếu là tỉnh, thành phố thì sửa tên trong biểu rồi thả lại; nếu là đơn vị cấp dưới thì chọn “Đơn vị cấp dưới” ở “Lập bảng theo”.",
            number(others.len() as u64),
            number(doses),
            named.join(", ")
        ));
    }
    remarks
}

/// Remarks about the rows of Phụ lục 1, one sentence a kind, so that 63 rows stay readable.
pub(super) fn of_rows(rows: &[Form1Row]) -> Vec<String> {
    let mut remarks = Vec::new();
    let bands = [
        (FormColumn::C, FormColumn::D, "từ 18 tuổi trở lên"),
        (FormColumn::I, FormColumn::J, "12-17 tuổi"),
        (FormColumn::L, FormColumn::M, "5-11 tuổi"),
    ];
    for (first, second, band) in bands {
        let units = rows.iter().filter_map(|row| {
            let (one, two) = (row.columns[first.index()]?, row.columns[second.index()]?);
            (two > one).then(|| format!("{} ({} > {})", name(row), number(two), number(one)))
        });
        let units: Vec<String> = units.collect();
        if !units.is_empty() {
            remarks.push(format!(
                "Mũi 2 nhiều hơn mũi 1 ở nhóm {band}: {}. Có thể đúng: người tiêm đổi nơi ở hoặc sang nhóm tuổi khác giữa hai mũi.",
                units.join("; ")
            ));
        }
    }
    let negative: Vec<String> = rows
        .iter()
        .filter_map(|row| row.difference().filter(|value| *value < 0).map(|value| format!("{} ({})", name(row), show_number(value))))
        .collect();
    if !negative.is_empty() {
        remarks.push(format!("p âm: {}. Trên Hệ thống nhiều hơn số báo cáo; Cầu nối cho biết vì sao.", negative.join("; ")));
    }
    for row in rows {
        if let (Some(counted), Some(typed)) = (row.counted_on_system, row.on_system) {
            let reason = row.on_system_reason.trim();
            let reason =
                if reason.is_empty() { "chưa ghi lý do".to_owned() } else { format!("lý do: {}", reason.trim_end_matches('.')) };
            remarks.push(format!("{}: o ghi tay {}, đếm được {}; {reason}.", name(row), number(typed), number(counted)));
        }
        if let ReviewResult::Text(_) = row.review_result {
            remarks.push(format!("{}: q là chữ, không cộng vào Tổng cộng.", name(row)));
        }
    }
    remarks
}

/// Units of the desk without a figure in the source chosen, and reports that are not used, one sentence a kind; then what the officer
/// explained of the checks.
pub(super) fn of_desk(desk: &Desk) -> impl Iterator<Item = String> {
    let missing: Vec<&str> = desk.rows.iter().filter(|row| row.given().is_none()).map(|row| row.unit.as_str()).collect();
    let missing = (!missing.is_empty()).then(|| {
        format!(
            "{} đơn vị không có số ở nguồn đã chọn, n để trống: {}. Chọn nguồn khác cho đơn vị ở bước Số liệu.",
            missing.len(),
            few(&missing)
        )
    });
    let doubles: Vec<&str> = desk.doubles.iter().map(|(unit, ..)| unit.as_str()).collect();
    let doubles = (!doubles.is_empty()).then(|| format!("Nộp hai lần, chỉ tính một: {}. Xem ở bước Số liệu.", few(&doubles)));
    let explained = warnings(desk).into_iter().filter(|warning| !warning.explanation.trim().is_empty()).map(|warning| {
        let (words, explanation) = (warning.words.trim_end_matches('.'), warning.explanation.trim().trim_end_matches('.'));
        format!("{}: {words}. Giải thích: {explanation}.", warning.unit)
    });
    missing.into_iter().chain(doubles).chain(explained)
}

/// The first ten names, and how many more there are.
fn few(names: &[&str]) -> String {
    const SHOWN: usize = 10;
    let shown = names.iter().take(SHOWN).copied().collect::<Vec<_>>().join("; ");
    if names.len() > SHOWN { format!("{shown} và {} đơn vị khác", names.len() - SHOWN) } else { shown }
}

/// The unit, or words for a row without a name.
fn name(row: &Form1Row) -> &str {
    if row.unit.is_empty() { "Đơn vị" } else { &row.unit }
}
