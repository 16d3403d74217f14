//! What was agreed on and typed, unit by unit.

use super::checks::CheckKind;
use crate::domain::FormColumn;
use crate::domain::group::ByGroup;
use crate::domain::settings::ReportedSource;
use crate::reconcile::report::ByStatus;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A figure typed over the computed one, with its reason.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TypedFigure {
    /// The figure.
    pub value: u64,
    /// Why.
    pub reason: String,
}

/// What a person agreed on and typed for one unit.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct RowInputs {
    /// The source of this unit's n, where it is not the one chosen for all.
    pub source: Option<ReportedSource>,
    /// Figures of c…m agreed on by hand.
    pub columns: BTreeMap<FormColumn, TypedFigure>,
    /// `Chỉ có số liệu` split over the Nhóm and statuses; what is left of it goes where it goes by itself.
    pub number_only: Option<ByGroup<ByStatus<u64>>>,
    /// What the officer said to a check that warned, by the check.
    pub explanations: BTreeMap<CheckKind, String>,
    /// o of Phụ lục 1, where it is not S.
    pub on_system: Option<TypedFigure>,
    /// q of Phụ lục 1, where it is not the default: a number (`1.234`) or a text.
    pub review_result: Option<String>,
    /// Column (***) of Phụ lục 2: reasons, difficulties.
    pub reason: Option<String>,
    /// `Ghi chú` of Phụ lục 2.
    pub note: Option<String>,
}
