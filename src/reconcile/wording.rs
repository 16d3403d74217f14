//! The reasons of verdicts in the officer's words.

use super::column::NoColumn;
use super::ledger::Reason;
use crate::domain::{Date, Unreadable};
use crate::text::show_date;

impl Reason {
    /// The reason as a short clause; empty where there is nothing to say.
    pub fn words(self, cut_off: Date) -> String {
        match self {
            Reason::None => String::new(),
            Reason::Unreadable(Unreadable::NoName) => "Không có họ tên".to_owned(),
            Reason::Unreadable(Unreadable::NoDay) => "Không có ngày tiêm".to_owned(),
            Reason::Unreadable(Unreadable::BadDay) => "Ngày tiêm không phải là ngày".to_owned(),
            Reason::Unreadable(Unreadable::NoDose) => "Dòng không có mũi tiêm nào".to_owned(),
            Reason::AfterCutOff => format!("Tiêm sau ngày {}", show_date(cut_off)),
            Reason::NoColumn(NoColumn::BeforeBirth) => "Ngày tiêm trước ngày sinh".to_owned(),
            Reason::NoColumn(NoColumn::UnderFive) => "Dưới 5 tuổi tại ngày tiêm".to_owned(),
            Reason::NoColumn(NoColumn::NoSuchDose) => "Biểu không có cột cho mũi này ở độ tuổi này".to_owned(),
            Reason::CopyOf => "Cùng người, cùng vắc xin, cùng ngày với một dòng khác".to_owned(),
            Reason::NearCopyOf => "Cùng người, cùng cột biểu, cách một mũi khác không quá 7 ngày".to_owned(),
            Reason::PossiblySame => "Có thể trùng với một mũi ở phía bên kia; chưa chắc là cùng một người".to_owned(),
        }
    }
}
