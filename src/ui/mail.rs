//! The report's e-mail: to whom, its words, and the link that opens it in the mail program.

use crate::domain::Settings;
use crate::domain::settings::ReportLevel;
use crate::text::{show_date, show_number};

/// Where the letter wants the electronic files.
pub const MAILBOX: &str = "tcmr.qg@gmail.com";

/// Longest mailto link, encoded, that mail programs on Windows open reliably.
pub const MAILTO_LIMIT: usize = 1_500;

/// A workbook that was downloaded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attachment {
    /// Its name.
    pub name: String,
    /// SHA-256, lower-case hex.
    pub sha256: String,
    /// Whether it holds personal data: then it is never part of the mail.
    pub is_personal: bool,
}

/// n, o and p of the report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Figures {
    /// Doses given.
    pub given: u64,
    /// Doses on the System.
    pub on_system: u64,
    /// n − o.
    pub difference: i64,
}

/// Subject and body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mail {
    /// The subject.
    pub subject: String,
    /// The full text.
    pub body: String,
    /// The same without fingerprints, for a link of limited length.
    short_body: String,
    /// Figures and names of attachments alone: Vietnamese letters take nine characters each in a link.
    brief_body: String,
}

/// `Nơi nhận` of the report for a reporting unit of this level.
pub fn recipients(level: ReportLevel) -> Vec<&'static str> {
    let mut recipients = vec!["Cục Công nghệ thông tin – Bộ Y tế", "Viện Vệ sinh dịch tễ Trung ương (tcmr.qg@gmail.com)"];
    if level == ReportLevel::Province {
        recipients.extend(["Bộ Y tế", "Ủy ban nhân dân tỉnh, thành phố"]);
    }
    recipients
}

/// Writes the mail.
pub fn compose(settings: &Settings, figures: Option<Figures>, attachments: &[Attachment]) -> Mail {
    let unit = match settings.reporting_unit.trim() {
        "" => "(tên đơn vị)",
        unit => unit,
    };
    let subject = format!("{unit}: báo cáo rà soát, cập nhật dữ liệu tiêm chủng COVID-19 (Công văn số {})", settings.letter_number);
    let mut lines = vec![
        "Kính gửi: Cục Công nghệ thông tin, Viện Vệ sinh dịch tễ Trung ương – Bộ Y tế".to_owned(),
        String::new(),
        format!(
            "Thực hiện Công văn số {} ngày {} của Bộ Y tế, {unit} gửi báo cáo tình hình rà soát, cập nhật dữ liệu tiêm chủng phòng COVID-19, số liệu tính đến ngày {}:",
            settings.letter_number,
            show_date(settings.letter_date),
            show_date(settings.cut_off)
        ),
    ];
    if let Some(Figures { given, on_system, difference }) = figures {
        lines.push(format!("- Tổng số mũi tiêm đã thực hiện (n): {}", show_number(given as i64)));
        lines.push(format!("- Tổng số mũi tiêm đã nhập trên Hệ thống (o): {}", show_number(on_system as i64)));
        lines.push(format!("- Chênh lệch (p = n − o): {}", show_number(difference)));
    }
    let mut brief = vec![format!("Số liệu tính đến ngày {}:", show_date(settings.cut_off))];
    if let Some(Figures { given, on_system, difference }) = figures {
        brief.push(format!("n = {}; o = {}; p = {}", show_number(given as i64), show_number(on_system as i64), show_number(difference)));
    }
    let sent: Vec<&Attachment> = attachments.iter().filter(|attachment| !attachment.is_personal).collect();
    let mut short = lines.clone();
    if !sent.is_empty() {
        for lines in [&mut lines, &mut short] {
            lines.extend([String::new(), "Tệp kèm theo:".to_owned()]);
        }
    }
    for Attachment { name, sha256, .. } in sent {
        lines.extend([format!("- {name}"), format!("  SHA-256: {sha256}")]);
        short.push(format!("- {name}"));
        brief.push(format!("- {name}"));
    }
    for lines in [&mut lines, &mut short] {
        lines.extend([String::new(), "Trân trọng./.".to_owned(), unit.to_owned()]);
    }
    Mail { subject, body: lines.join("\r\n"), short_body: short.join("\r\n"), brief_body: brief.join("\r\n") }
}

/// The link that opens the mail: the full text where it fits into [`MAILTO_LIMIT`], else a shorter one.
pub fn mailto(mail: &Mail) -> String {
    let link = |body: &str| format!("mailto:{MAILBOX}?subject={}&body={}", encode(&mail.subject), encode(body));
    let hint = "(Dán nội dung thư đã sao chép vào đây.)";
    let only_subject = || format!("mailto:{MAILBOX}?subject={}", encode(&mail.subject));
    let bare = || format!("mailto:{MAILBOX}");
    [link(&mail.body), link(&mail.short_body), link(&mail.brief_body), link(hint), only_subject()]
        .into_iter()
        .find(|link| link.len() <= MAILTO_LIMIT)
        .unwrap_or_else(bare)
}

/// Percent-encodes all but unreserved characters (RFC 6068).
fn encode(text: &str) -> String {
    let mut out = String::with_capacity(text.len() * 2);
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings(unit: &str) -> Settings {
        Settings { reporting_unit: unit.to_owned(), ..Settings::default() }
    }

    #[test]
    fn the_mail_carries_figures_and_fingerprints_but_no_working_list() {
        let attachment = |name: &str, is_personal| Attachment { name: name.to_owned(), sha256: "ab".repeat(32), is_personal };
        let attachments = [attachment("Phu-luc-1_bac-kan_2023-03-14.xlsx", false), attachment("Danh-sach-lam-viec.xlsx", true)];
        let figures = Figures { given: 829_199, on_system: 800_000, difference: 29_199 };
        let mail = compose(&settings("Sở Y tế tỉnh Bắc Kạn"), Some(figures), &attachments);
        assert!(mail.subject.contains("1234/BYT-DP"));
        for part in ["829.199", "800.000", "29.199", "Phu-luc-1_bac-kan_2023-03-14.xlsx", &"ab".repeat(32), "31/01/2023"] {
            assert!(mail.body.contains(part), "{part}");
        }
        assert!(!mail.body.contains("Danh-sach-lam-viec"));
    }

    #[test]
    fn the_link_stays_within_its_limit() {
        for unit in ["Bắc Kạn".to_owned(), "Trung tâm Y tế thành phố ".repeat(3), "Ủy ban nhân dân ".repeat(40)] {
            let mail = compose(&settings(&unit), Some(Figures { given: 1, on_system: 1, difference: 0 }), &[]);
            let link = mailto(&mail);
            assert!(link.len() <= MAILTO_LIMIT && link.starts_with("mailto:tcmr.qg@gmail.com"), "{}", link.len());
            assert!(unit.len() > 200 || link.contains("p%20%3D%20"), "the figures go with it: {link}");
        }
    }

    #[test]
    fn a_province_also_writes_to_the_ministry_and_its_committee() {
        assert_eq!(recipients(ReportLevel::District).len(), 2);
        assert_eq!(recipients(ReportLevel::Province).len(), 4);
    }
}
