//! What is ready to be sent and what still contradicts, as data.

use crate::domain::{Bucket, Settings};
use crate::figures::checks::{CheckKind, Warning, warnings};
use crate::figures::desk::Desk;
use crate::forms::inputs::FormInputs;
use crate::forms::phu_luc_1::Form1;
use crate::forms::phu_luc_2::Form2;
use crate::reconcile::Report;
use crate::text::show_number;

/// How one point stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Ready.
    Ready,
    /// Possible, but someone should look at it.
    Look,
    /// Not done.
    Open,
}

impl Standing {
    /// In words, since colour alone says nothing.
    pub fn label(self) -> &'static str {
        match self {
            Standing::Ready => "Xong",
            Standing::Look => "Nên xem",
            Standing::Open => "Chưa xong",
        }
    }
}

/// Where a point is dealt with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// At the head of the page, or here.
    Here,
    /// `Nạp tệp`.
    Import,
    /// `Làm sạch`.
    Clean,
    /// `Đối soát`.
    Reconcile,
    /// `Số liệu`.
    Figures,
    /// `Phụ lục 1`.
    Form1,
    /// `Phụ lục 2`.
    Form2,
}

/// One point of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Point {
    /// How it stands.
    pub standing: Standing,
    /// Where it is dealt with.
    pub place: Place,
    /// In the officer's words.
    pub words: String,
}

/// What the list is made from.
pub struct Facts<'a> {
    /// The settings.
    pub settings: &'a Settings,
    /// What was typed.
    pub inputs: &'a FormInputs,
    /// What was found, if anything was reconciled.
    pub report: Option<&'a Report>,
    /// Whether something changed since.
    pub is_stale: bool,
    /// The numbers desk.
    pub desk: &'a Desk,
    /// Why the draft could not be saved; none where it was, or has nothing to save.
    pub unsaved_draft: Option<&'a str>,
    /// Whether corrections typed by hand are in no `Bảng sửa` yet.
    pub has_unsaved_corrections: bool,
    /// Phụ lục 1 as it stands.
    pub form_1: &'a Form1,
    /// Phụ lục 2 as it stands.
    pub form_2: &'a Form2,
    /// Phụ lục 1 and Phụ lục 2 as they were downloaded last, if they were.
    pub downloaded: (Option<&'a Form1>, Option<&'a Form2>),
}

/// The list.
pub fn points(facts: &Facts<'_>) -> Vec<Point> {
    let mut points = Vec::new();
    let mut add = |standing, place, words: String| points.push(Point { standing, place, words });
    of_data(facts, &mut add);
    of_figures(facts, &mut add);
    of_form_2(facts, &mut add);
    of_saving(facts, &mut add);
    points
}

fn ready(is_ready: bool) -> Standing {
    if is_ready { Standing::Ready } else { Standing::Open }
}

fn look(is_fine: bool) -> Standing {
    if is_fine { Standing::Ready } else { Standing::Look }
}

/// Who reports, and whether every row found its place.
fn of_data(facts: &Facts<'_>, add: &mut impl FnMut(Standing, Place, String)) {
    let unit = facts.settings.reporting_unit.trim();
    let words = if unit.is_empty() {
        "Chưa ghi đơn vị báo cáo ở đầu trang.".to_owned()
    } else {
        format!("Đơn vị báo cáo: {unit}.")
    };
    add(ready(!unit.is_empty()), Place::Here, words);
    let number = |value: u64| show_number(value as i64);
    match facts.report {
        // A level above may have nothing but the forms of units below.
        None if facts.desk.rows.iter().any(|row| row.given().is_some()) => {
            add(Standing::Look, Place::Import, "Chưa đối soát từng mũi: số liệu lấy từ biểu và báo cáo của đơn vị.".to_owned());
        }
        None => add(Standing::Open, Place::Import, "Chưa đối soát dữ liệu.".to_owned()),
        Some(_) if facts.is_stale => {
            add(Standing::Open, Place::Reconcile, "Dữ liệu đã thay đổi sau lần đối soát; cần đối soát lại.".to_owned());
        }
        Some(report) => {
            let unexplained = report.unexplained();
            let words = format!("Đã đối soát: {} dòng không giải thích được.", show_number(unexplained));
            add(ready(unexplained == 0), Place::Reconcile, words);
            let review = report.total.local(Bucket::Review) + report.total.system(Bucket::Review);
            let words = if review == 0 {
                "Không còn mũi nào cần xem xét.".to_owned()
            } else {
                format!("Còn {} mũi cần xem xét, nên số liệu là tạm tính.", number(review))
            };
            add(look(review == 0), Place::Reconcile, words);
            let unreadable = report.total.local(Bucket::Unreadable) + report.total.system(Bucket::Unreadable);
            let words = if unreadable == 0 {
                "Mọi dòng đều đọc được.".to_owned()
            } else {
                format!("{} dòng không đọc được, không có trong số liệu.", number(unreadable))
            };
            add(look(unreadable == 0), Place::Clean, words);
        }
    }
}

/// What contradicts in the figures: each kind of check once, with its units.
fn of_figures(facts: &Facts<'_>, add: &mut impl FnMut(Standing, Place, String)) {
    let warnings = warnings(facts.desk);
    let mut kinds: Vec<CheckKind> = warnings.iter().map(|warning| warning.kind).collect();
    kinds.sort();
    kinds.dedup();
    for kind in kinds {
        let own: Vec<&Warning> = warnings.iter().filter(|warning| warning.kind == kind).collect();
        let mut units: Vec<&str> = own.iter().map(|warning| warning.unit.as_str()).filter(|unit| !unit.is_empty()).collect();
        units.dedup();
        let explained = own.iter().filter(|warning| !warning.explanation.trim().is_empty()).count();
        let more = units.len().saturating_sub(NAMED);
        let names = units.iter().take(NAMED).copied().collect::<Vec<_>>().join(", ");
        let names = match (names.is_empty(), more) {
            (true, _) => String::new(),
            (false, 0) => format!(": {names}"),
            (false, more) => format!(": {names} và {} đơn vị khác", show_number(more as i64)),
        };
        let words = match own.len() - explained {
            0 => format!("{}{names}. Đã ghi giải thích.", kind.label()),
            open if explained == 0 => format!("{} ({} chỗ){names}.", kind.label(), show_number(open as i64)),
            open => format!("{} ({} chỗ, {open} chưa giải thích){names}.", kind.label(), show_number(own.len() as i64)),
        };
        add(look(explained == own.len()), Place::Figures, words);
    }
    let has_figures = !facts.form_1.rows.is_empty();
    if has_figures && warnings.is_empty() && facts.report.is_some() {
        add(Standing::Ready, Place::Figures, "Số liệu từng đơn vị: n bằng tổng c…m, không có p âm, không có chỗ mâu thuẫn.".to_owned());
    }
    if !facts.form_1.remarks.is_empty() {
        let words = format!("Phụ lục 1 có {} điều cần biết, ghi cạnh biểu.", show_number(facts.form_1.remarks.len() as i64));
        add(Standing::Look, Place::Form1, words);
    }
}

/// Units named in one point.
const NAMED: usize = 3;

/// What Phụ lục 2 leaves over, and which of its texts are not written.
fn of_form_2(facts: &Facts<'_>, add: &mut impl FnMut(Standing, Place, String)) {
    let form = facts.form_2;
    if form.rows.is_empty() {
        return;
    }
    let remainders = form.rows.iter().filter(|row| row.remainder != 0).count();
    let words = match remainders {
        0 => "Phụ lục 2: đã thực hiện − đã nhập = tổng bảy nhóm ở mọi dòng.".to_owned(),
        rows => {
            format!("Phụ lục 2: ở {} dòng, đã thực hiện − đã nhập khác tổng bảy nhóm; cạnh biểu có giải thích.", show_number(rows as i64))
        }
    };
    add(look(remainders == 0), Place::Form2, words);
    let sum = |of: fn(&crate::forms::phu_luc_2::Form2Row) -> u64| form.rows.iter().map(of).sum::<u64>();
    let missing = sum(|row| row.missing.iter().sum());
    let told = sum(|row| row.verified_entered.iter().sum()) + form.cannot_enter + form.not_verified;
    if missing != told {
        let words = format!(
            "Phụ lục 2: tổng bảy nhóm ở mục I là {}, cộng III.1, III.2, III.3 là {}.",
            show_number(missing as i64),
            show_number(told as i64)
        );
        add(Standing::Look, Place::Form2, words);
    }
    let stale = form.stale_texts.iter().filter(|is_stale| **is_stale).count();
    if stale > 0 {
        add(Standing::Look, Place::Form2, format!("{stale} đoạn ở mục II của Phụ lục 2 được viết trước khi số liệu đổi."));
    }
    let dots = form.texts.iter().filter(|text| text.contains('…')).count();
    let words = if dots == 0 {
        "Mục II của Phụ lục 2 đã viết đủ.".to_owned()
    } else {
        format!("{dots} đoạn ở mục II của Phụ lục 2 còn chỗ “…” cần điền.")
    };
    add(look(dots == 0), Place::Form2, words);
}

/// Signatures, downloads, and what would be lost.
fn of_saving(facts: &Facts<'_>, add: &mut impl FnMut(Standing, Place, String)) {
    let is_signed = !facts.inputs.prepared_by.trim().is_empty() && !facts.inputs.signed_by.trim().is_empty();
    let words = if is_signed {
        "Đã ghi người lập bảng và lãnh đạo đơn vị."
    } else {
        "Chưa ghi người lập bảng hoặc lãnh đạo đơn vị (có thể ký trên giấy)."
    };
    add(look(is_signed), Place::Form2, words.to_owned());
    let downloads = [
        ("Phụ lục 1", Place::Form1, facts.downloaded.0.map(|form| form == facts.form_1)),
        ("Phụ lục 2", Place::Form2, facts.downloaded.1.map(|form| form == facts.form_2)),
    ];
    for (form, place, is_current) in downloads {
        match is_current {
            Some(true) => add(Standing::Ready, place, format!("Đã tải {form}.")),
            Some(false) => add(Standing::Open, place, format!("{form} đã đổi sau lần tải; cần tải lại.")),
            None => add(Standing::Open, place, format!("Chưa tải {form}.")),
        }
    }
    if let Some(why) = facts.unsaved_draft {
        add(Standing::Open, Place::Here, format!("Bản nháp chưa lưu được ({why}): bấm “Tải bản nháp” ở đầu trang."));
    }
    if facts.has_unsaved_corrections {
        add(Standing::Open, Place::Clean, "Có chỗ sửa tay chưa nằm trong “Bảng sửa” nào: tải Bảng sửa trước khi đóng trang.".to_owned());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figures::desk::DeskRow;
    use crate::forms::phu_luc_2::Form2Row;

    fn words(report: Option<&Report>, downloaded: (Option<&Form1>, Option<&Form2>)) -> Vec<Point> {
        let (form_1, form_2) = (Form1::default(), Form2::default());
        let (settings, inputs, desk) = (&Settings::default(), &FormInputs::default(), &Desk::default());
        let facts = Facts {
            settings,
            inputs,
            report,
            is_stale: false,
            desk,
            unsaved_draft: None,
            has_unsaved_corrections: false,
            form_1: &form_1,
            form_2: &form_2,
            downloaded,
        };
        points(&facts)
    }

    #[test]
    fn an_empty_page_has_nothing_ready() {
        assert!(words(None, (None, None)).iter().all(|point| point.standing != Standing::Ready));
    }

    #[test]
    fn a_download_is_ready_until_the_form_changes() {
        let other = Form2 { prepared_by: "An".to_owned(), ..Form2::default() };
        let points = words(Some(&Report::default()), (Some(&Form1::default()), Some(&other)));
        assert!(points.contains(&Point { standing: Standing::Ready, place: Place::Form1, words: "Đã tải Phụ lục 1.".to_owned() }));
        assert!(points.contains(&Point {
            standing: Standing::Open,
            place: Place::Form2,
            words: "Phụ lục 2 đã đổi sau lần tải; cần tải lại.".to_owned()
        }));
    }

    #[test]
    fn contradictions_of_the_desk_and_what_would_be_lost_are_listed() {
        let row = |unit: &str, on_system| DeskRow {
            key: unit.to_owned(),
            unit: unit.to_owned(),
            columns: [Some(10); 11],
            on_system: Some(on_system),
            ..DeskRow::default()
        };
        let mut explained = row("TYT xã Hai", 200);
        explained.explanations.insert(CheckKind::Negative, "Nhập hộ xã bên".to_owned());
        let desk = Desk { rows: vec![row("TYT xã Một", 150), explained, row("TYT xã Ba", 110)], ..Desk::default() };
        let form_2 = Form2 {
            rows: vec![Form2Row { missing: [7, 0, 0, 0, 0, 0, 0], remainder: 3, ..Form2Row::default() }],
            not_verified: 5,
            ..Form2::default()
        };
        let facts = Facts {
            settings: &Settings::default(),
            inputs: &FormInputs::default(),
            report: None,
            is_stale: false,
            desk: &desk,
            unsaved_draft: Some("bộ nhớ đầy"),
            has_unsaved_corrections: true,
            form_1: &Form1::default(),
            form_2: &form_2,
            downloaded: (None, None),
        };
        let points = points(&facts);
        let has = |standing, place, words: &str| {
            let found = points.iter().any(|point| point.standing == standing && point.place == place && point.words.contains(words));
            assert!(found, "{words}: {points:#?}");
        };
        has(Standing::Look, Place::Import, "Chưa đối soát từng mũi");
        has(Standing::Look, Place::Figures, "p âm (2 chỗ, 1 chưa giải thích): TYT xã Một, TYT xã Hai");
        has(Standing::Look, Place::Form2, "ở 1 dòng, đã thực hiện − đã nhập khác tổng bảy nhóm");
        has(Standing::Look, Place::Form2, "tổng bảy nhóm ở mục I là 7, cộng III.1, III.2, III.3 là 5");
        has(Standing::Open, Place::Here, "Bản nháp chưa lưu được (bộ nhớ đầy)");
        has(Standing::Open, Place::Clean, "Bảng sửa");
    }
}
