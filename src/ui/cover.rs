//! The cover text of the report, as an official letter is laid out (Nghị định 30/2020/NĐ-CP, Phụ lục I): every figure from the forms,
//! dots where only the office can write.

use super::mail::{Figures, recipients};
use crate::domain::settings::ReportLevel;
use crate::domain::{MissingGroup, Settings};
use crate::forms::phu_luc_2::{Form2, Form2Row};
use crate::text::{show_date, show_number};

/// The letter, part by part.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cover {
    /// The office that writes.
    pub office: String,
    /// `V/v …`.
    pub subject: String,
    /// `Kính gửi`.
    pub addressees: Vec<String>,
    /// Body, a paragraph each.
    pub paragraphs: Vec<String>,
    /// `Nơi nhận`.
    pub recipients: Vec<String>,
    /// Who signs: name, where one is given.
    pub signer: String,
}

/// What stands at the head of every official letter.
pub const STATE: [&str; 2] = ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"];
/// Number and place: written by hand or by the office's own numbering.
pub const NUMBER: &str = "Số: ……/……";
/// Place and date.
pub const DATE: &str = "……, ngày …… tháng …… năm ……";
/// Under the signature's title.
pub const SIGN: [&str; 2] = ["LÃNH ĐẠO ĐƠN VỊ", "(Ký tên, đóng dấu)"];

/// Writes the cover text from what the forms say; `figures` are n, o, p of the whole.
pub fn compose_cover(settings: &Settings, figures: Option<Figures>, form_2: &Form2) -> Cover {
    let unit = match settings.reporting_unit.trim() {
        "" => "(tên đơn vị)",
        unit => unit,
    };
    let letter = format!("Công văn số {} ngày {} của Bộ Y tế", settings.letter_number, show_date(settings.letter_date));
    let up_to = show_date(settings.cut_off);
    let mut paragraphs = vec![format!(
        "Thực hiện {letter} về việc tăng cường rà soát, cập nhật dữ liệu tiêm chủng COVID-19, {unit} báo cáo kết quả rà soát, số liệu tính đến ngày {up_to} như sau:"
    )];
    let mut number = 0;
    let mut add = |paragraphs: &mut Vec<String>, words: String| {
        number += 1;
        paragraphs.push(format!("{number}. {words}"));
    };
    if let Some(Figures { given, on_system, difference }) = figures {
        let gap = match difference {
            0 => "hai số bằng nhau".to_owned(),
            gap if gap > 0 => format!("chênh lệch chưa nhập {} mũi", show_number(gap)),
            gap => format!("trên Hệ thống nhiều hơn số báo cáo {} mũi", show_number(-gap)),
        };
        let words = format!(
            "Tổng số mũi tiêm đã thực hiện: {} mũi; đã nhập trên Hệ thống tiêm chủng vắc xin phòng COVID-19: {} mũi; {gap} (chi tiết tại Phụ lục 1).",
            show_number(given as i64),
            show_number(on_system as i64)
        );
        add(&mut paragraphs, words);
    }
    if !form_2.rows.is_empty() {
        let (missing, done) = missing_words(form_2);
        add(&mut paragraphs, missing);
        add(&mut paragraphs, done);
        add(&mut paragraphs, measures_words(form_2));
    }
    if form_2.is_provisional {
        paragraphs.push("Số liệu trên là tạm tính: còn mũi tiêm đang được xem xét, xác minh.".to_owned());
    }
    paragraphs.push(format!("(Gửi kèm Phụ lục 1, Phụ lục 2 theo mẫu của {letter}.)"));
    paragraphs.push(format!("{unit} báo cáo để tổng hợp./."));
    let mut copies = vec!["Như trên".to_owned()];
    if settings.level != ReportLevel::Province {
        copies.push("Sở Y tế (để báo cáo)".to_owned());
    }
    copies.push("Lưu: VT, …".to_owned());
    Cover {
        office: unit.to_owned(),
        subject: "V/v báo cáo kết quả rà soát, cập nhật dữ liệu tiêm chủng COVID-19".to_owned(),
        addressees: recipients(settings.level).into_iter().map(|recipient| recipient.replace(" (tcmr.qg@gmail.com)", "")).collect(),
        paragraphs,
        recipients: copies,
        signer: form_2.signed_by.trim().to_owned(),
    }
}

fn doses(value: u64) -> String {
    format!("{} mũi", show_number(value as i64))
}

/// The missing doses by group, and what has become of them.
fn missing_words(form: &Form2) -> (String, String) {
    let sum = |of: fn(&Form2Row) -> &[u64; 7], group: MissingGroup| form.rows.iter().map(|row| of(row)[group.index()]).sum::<u64>();
    let by_group = MissingGroup::ALL.map(|group| (group, sum(|row| &row.missing, group)));
    let all: u64 = by_group.iter().map(|(_, value)| value).sum();
    let name = |group: MissingGroup| match group {
        MissingGroup::Other if form.other_group.trim().is_empty() => "Khác".to_owned(),
        MissingGroup::Other => format!("Khác ({})", form.other_group.trim()),
        group => group.heading().to_owned(),
    };
    let groups: Vec<String> =
        by_group.into_iter().filter(|(_, value)| *value > 0).map(|(group, value)| format!("{}: {}", name(group), doses(value))).collect();
    let groups = if groups.is_empty() { ".".to_owned() } else { format!(", gồm: {}.", groups.join("; ")) };
    let entered: u64 = MissingGroup::ALL.into_iter().map(|group| sum(|row| &row.verified_entered, group)).sum();
    let missing = format!("Số mũi tiêm chưa nhập trên Hệ thống: {}{groups}", doses(all));
    let done = format!(
        "Kết quả xác minh: đã xác minh và nhập bổ sung {}; đã xác minh, không thể nhập {}; chưa xác minh được {}; báo cáo trùng lặp {}; cần điều chỉnh {}.",
        doses(entered),
        doses(form.cannot_enter),
        doses(form.not_verified),
        doses(form.duplicates),
        doses(form.to_adjust)
    );
    (missing, done)
}

/// Difficulties and proposals as II.5 has them; where it is still a draft, a word that they are in the form.
fn measures_words(form: &Form2) -> String {
    let written = form.texts[4].trim();
    if written.is_empty() || written.contains('…') {
        "Các biện pháp đã thực hiện, khó khăn, đề xuất: chi tiết tại Phụ lục 2.".to_owned()
    } else {
        format!("Khó khăn, đề xuất: {}", written.replace('\n', " "))
    }
}

impl Cover {
    /// The whole letter as plain text, to be pasted into a letter of the office's own.
    pub fn text(&self) -> String {
        let mut lines = vec![
            self.office.to_uppercase(),
            STATE[0].to_owned(),
            STATE[1].to_owned(),
            String::new(),
            NUMBER.to_owned(),
            DATE.to_owned(),
            self.subject.clone(),
            String::new(),
            "Kính gửi:".to_owned(),
        ];
        lines.extend(self.addressees.iter().map(|addressee| format!("- {addressee}")));
        lines.push(String::new());
        lines.extend(self.paragraphs.iter().cloned());
        lines.extend([String::new(), "Nơi nhận:".to_owned()]);
        lines.extend(self.recipients.iter().map(|recipient| format!("- {recipient};")));
        lines.extend([String::new(), SIGN[0].to_owned(), SIGN[1].to_owned()]);
        if !self.signer.is_empty() {
            lines.extend([String::new(), self.signer.clone()]);
        }
        lines.join("\r\n")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form() -> Form2 {
        let row = Form2Row {
            given: Some(829_199),
            on_system: Some(800_000),
            missing: [1_200, 0, 0, 0, 412, 0, 27_587],
            verified_entered: [0, 0, 0, 0, 0, 0, 7_000],
            ..Form2Row::default()
        };
        Form2 {
            rows: vec![row],
            cannot_enter: 12,
            not_verified: 22_187,
            duplicates: 47,
            to_adjust: 564,
            other_group: "Đủ thông tin, chưa nhập kịp thời".to_owned(),
            texts: std::array::from_fn(|_| "Khó khăn: … Đề xuất: …".to_owned()),
            signed_by: " Trần Văn Mẫu ".to_owned(),
            ..Form2::default()
        }
    }

    fn settings(level: ReportLevel) -> Settings {
        Settings { reporting_unit: "Sở Y tế tỉnh Bắc Kạn".to_owned(), level, ..Settings::default() }
    }

    #[test]
    fn every_figure_of_the_letter_is_the_forms() {
        let figures = Figures { given: 829_199, on_system: 800_000, difference: 29_199 };
        let cover = compose_cover(&settings(ReportLevel::Province), Some(figures), &form());
        let text = cover.text();
        for part in [
            "SỞ Y TẾ TỈNH BẮC KẠN",
            "Công văn số 1234/BYT-DP ngày 10/03/2023",
            "tính đến ngày 31/01/2023",
            "829.199 mũi; đã nhập",
            "chênh lệch chưa nhập 29.199 mũi",
            "chưa nhập trên Hệ thống: 29.199 mũi, gồm: Số đối tượng không có thông tin (Nhóm 1): 1.200 mũi; Đối tượng phạm nhân (Nhóm 5): 412 mũi; Khác (Đủ thông tin, chưa nhập kịp thời): 27.587 mũi.",
            "nhập bổ sung 7.000 mũi; đã xác minh, không thể nhập 12 mũi; chưa xác minh được 22.187 mũi; báo cáo trùng lặp 47 mũi; cần điều chỉnh 564 mũi",
            "khó khăn, đề xuất: chi tiết tại Phụ lục 2",
            "Trần Văn Mẫu",
        ] {
            assert!(text.contains(part), "{part}\n{text}");
        }
        assert_eq!(cover.addressees.len(), 4);
        assert!(!text.contains("tạm tính") && !text.contains("@"));
        assert!(compose_cover(&settings(ReportLevel::District), None, &form()).recipients.iter().any(|line| line.contains("Sở Y tế")));
    }

    #[test]
    fn more_on_the_system_than_reported_and_open_pairs_are_said_in_words() {
        let figures = Figures { given: 5, on_system: 8, difference: -3 };
        let mut form = form();
        form.is_provisional = true;
        form.texts[4] = "Khó khăn: thiếu người nhập liệu.\nĐề xuất: kéo dài thời hạn.".to_owned();
        let text = compose_cover(&settings(ReportLevel::Province), Some(figures), &form).text();
        for part in ["trên Hệ thống nhiều hơn số báo cáo 3 mũi", "Số liệu trên là tạm tính", "Khó khăn: thiếu người nhập liệu. Đề xuất"]
        {
            assert!(text.contains(part), "{part}");
        }
    }

    #[test]
    fn without_figures_the_letter_says_none() {
        let cover = compose_cover(&Settings::default(), None, &Form2::default());
        assert_eq!(cover.paragraphs.len(), 3);
        assert!(cover.text().contains("(tên đơn vị)"));
    }
}
