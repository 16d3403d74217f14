//! What is ready to be sent and what still contradicts, as data.

use crate::domain::{Bucket, Settings};
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

/// One point of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Point {
    /// How it stands.
    pub standing: Standing,
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
    let mut add = |standing, words: String| points.push(Point { standing, words });
    let ready = |is_ready| if is_ready { Standing::Ready } else { Standing::Open };
    let look = |is_fine| if is_fine { Standing::Ready } else { Standing::Look };

    let has_unit = !facts.settings.reporting_unit.trim().is_empty();
    add(
        ready(has_unit),
        if has_unit {
            format!("Đơn vị báo cáo: {}.", facts.settings.reporting_unit.trim())
        } else {
            "Chưa ghi đơn vị báo cáo ở đầu trang.".to_owned()
        },
    );

    match facts.report {
        None => add(Standing::Open, "Chưa đối soát dữ liệu.".to_owned()),
        Some(_) if facts.is_stale => add(Standing::Open, "Dữ liệu đã thay đổi sau lần đối soát; cần đối soát lại.".to_owned()),
        Some(report) => {
            let unexplained = report.unexplained();
            add(ready(unexplained == 0), format!("Đã đối soát: {} dòng không giải thích được.", show_number(unexplained)));
            let review = report.total.local(Bucket::Review) + report.total.system(Bucket::Review);
            let words = if review == 0 {
                "Không còn mũi nào cần xem xét.".to_owned()
            } else {
                format!("Còn {} mũi cần xem xét, nên số liệu là tạm tính.", show_number(review as i64))
            };
            add(look(review == 0), words);
            let unreadable = report.total.local(Bucket::Unreadable) + report.total.system(Bucket::Unreadable);
            let words = if unreadable == 0 {
                "Mọi dòng đều đọc được.".to_owned()
            } else {
                format!("{} dòng không đọc được, không có trong số liệu.", show_number(unreadable as i64))
            };
            add(look(unreadable == 0), words);
        }
    }
    let remainders = facts.form_2.rows.iter().filter(|row| row.remainder != 0).count();
    if facts.report.is_some() {
        let words = match remainders {
            0 => "Phụ lục 2: đã thực hiện − đã nhập = tổng bảy nhóm ở mọi dòng.".to_owned(),
            rows => format!("Phụ lục 2: ở {rows} dòng, đã thực hiện − đã nhập khác tổng bảy nhóm; cạnh biểu có giải thích."),
        };
        add(look(remainders == 0), words);
    }
    if !facts.form_1.remarks.is_empty() {
        add(Standing::Look, format!("Phụ lục 1 có {} điều cần biết, ghi cạnh biểu.", facts.form_1.remarks.len()));
    }
    let stale = facts.form_2.stale_texts.iter().filter(|is_stale| **is_stale).count();
    if stale > 0 {
        add(Standing::Look, format!("{stale} đoạn ở mục II của Phụ lục 2 được viết trước khi số liệu đổi."));
    }
    let dots = facts.form_2.texts.iter().filter(|text| text.contains('…')).count();
    if facts.report.is_some() {
        let words = if dots == 0 {
            "Mục II của Phụ lục 2 đã viết đủ.".to_owned()
        } else {
            format!("{dots} đoạn ở mục II của Phụ lục 2 còn chỗ “…” cần điền.")
        };
        add(look(dots == 0), words);
    }
    let is_signed = !facts.inputs.prepared_by.trim().is_empty() && !facts.inputs.signed_by.trim().is_empty();
    add(
        look(is_signed),
        if is_signed {
            "Đã ghi người lập bảng và lãnh đạo đơn vị.".to_owned()
        } else {
            "Chưa ghi người lập bảng hoặc lãnh đạo đơn vị (có thể ký trên giấy).".to_owned()
        },
    );

    let downloads = [
        ("Phụ lục 1", facts.downloaded.0.map(|form| form == facts.form_1)),
        ("Phụ lục 2", facts.downloaded.1.map(|form| form == facts.form_2)),
    ];
    for (form, is_current) in downloads {
        match is_current {
            Some(true) => add(Standing::Ready, format!("Đã tải {form}.")),
            Some(false) => add(Standing::Open, format!("{form} đã đổi sau lần tải; cần tải lại.")),
            None => add(Standing::Open, format!("Chưa tải {form}.")),
        }
    }
    points
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(report: Option<&Report>, downloaded: (Option<&Form1>, Option<&Form2>)) -> Vec<Point> {
        let (form_1, form_2) = (Form1::default(), Form2::default());
        let (settings, inputs) = (&Settings::default(), &FormInputs::default());
        points(&Facts { settings, inputs, report, is_stale: false, form_1: &form_1, form_2: &form_2, downloaded })
    }

    #[test]
    fn an_empty_page_has_nothing_ready() {
        assert!(words(None, (None, None)).iter().all(|point| point.standing != Standing::Ready));
    }

    #[test]
    fn a_download_is_ready_until_the_form_changes() {
        let other = Form2 { prepared_by: "An".to_owned(), ..Form2::default() };
        let points = words(Some(&Report::default()), (Some(&Form1::default()), Some(&other)));
        assert!(points.contains(&Point { standing: Standing::Ready, words: "Đã tải Phụ lục 1.".to_owned() }));
        assert!(points.contains(&Point {
            standing: Standing::Open, words: "Phụ lục 2 đã đổi sau lần tải; cần tải lại.".to_owned()
        }));
    }
}
