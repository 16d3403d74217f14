//! What an officer narrows a list to.

use crate::domain::group_rule::PlacedBy;
use crate::domain::{FormColumn, MissingGroup, Status};
use serde::{Deserialize, Serialize};

/// Doses must meet every part that is set.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListFilter {
    /// Đơn vị, by name.
    pub unit: Option<String>,
    /// Cột biểu.
    pub column: Option<FormColumn>,
    /// Nhóm (`Chưa nhập` only).
    pub group: Option<MissingGroup>,
    /// Who or which rule gave the group (`Chưa nhập` only).
    pub placed_by: Option<PlacedBy>,
    /// Trạng thái (`Chưa nhập` only).
    pub status: Option<Status>,
    /// Words of the name without regard to marks, or digits of a number of the person's.
    pub text: String,
}

impl ListFilter {
    /// Whether every dose meets it.
    pub fn is_open(&self) -> bool {
        ListFilter { text: self.text.trim().to_owned(), ..self.clone() } == ListFilter::default()
    }

    /// Whether it asks what a person decided.
    pub fn asks_decisions(&self) -> bool {
        self.group.is_some() || self.placed_by.is_some() || self.status.is_some()
    }
}
