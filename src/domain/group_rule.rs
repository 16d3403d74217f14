//! The rules that put a `Chưa nhập` dose into one of Phụ lục 2's groups, as an officer sees, counts and switches them.

use super::MissingGroup;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// One rule. The order is the order they are tried in: the first that applies and is switched on decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[allow(missing_docs, reason = "`label` says each")]
pub enum GroupRuleId {
    PrisonerWords,
    PrisonerTitle,
    PrisonerFacility,
    CentreWords,
    CentreTitle,
    CentreFacility,
    ArmyWords,
    ArmyCode,
    ArmyTitle,
    ArmyCard,
    PoliceWords,
    PoliceCode,
    PoliceTitle,
    PoliceCard,
    DepartedNote,
    UnknownNote,
    UnknownPerson,
    Other,
}

impl GroupRuleId {
    /// In the order they are tried.
    pub const ALL: [GroupRuleId; 18] = {
        use GroupRuleId::*;
        [
            PrisonerWords,
            PrisonerTitle,
            PrisonerFacility,
            CentreWords,
            CentreTitle,
            CentreFacility,
            ArmyWords,
            ArmyCode,
            ArmyTitle,
            ArmyCard,
            PoliceWords,
            PoliceCode,
            PoliceTitle,
            PoliceCard,
            DepartedNote,
            UnknownNote,
            UnknownPerson,
            Other,
        ]
    };

    /// The group it puts a dose into.
    pub fn group(self) -> MissingGroup {
        use GroupRuleId::*;
        match self {
            PrisonerWords | PrisonerTitle | PrisonerFacility => MissingGroup::Prisoner,
            CentreWords | CentreTitle | CentreFacility => MissingGroup::Centre,
            ArmyWords | ArmyCode | ArmyTitle | ArmyCard => MissingGroup::Army,
            PoliceWords | PoliceCode | PoliceTitle | PoliceCard => MissingGroup::Police,
            DepartedNote => MissingGroup::Departed,
            UnknownNote | UnknownPerson => MissingGroup::NoInformation,
            Other => MissingGroup::Other,
        }
    }

    /// What it looks at, in the officer's words.
    pub fn label(self) -> &'static str {
        use GroupRuleId::*;
        match self {
            PrisonerWords => "Phạm nhân: đơn vị công tác, nhóm đối tượng hoặc ghi chú",
            PrisonerTitle => "Phạm nhân: tên tệp, trang tính hoặc tiêu đề danh sách",
            PrisonerFacility => "Phạm nhân: cơ sở tiêm là trại giam, trại tạm giam",
            CentreWords => "Trung tâm cai nghiện, bảo trợ xã hội: đơn vị công tác, nhóm đối tượng hoặc ghi chú",
            CentreTitle => "Trung tâm cai nghiện, bảo trợ xã hội: tên tệp, trang tính hoặc tiêu đề danh sách",
            CentreFacility => "Trung tâm cai nghiện, bảo trợ xã hội: cơ sở tiêm",
            ArmyWords => "Quân đội: đơn vị công tác, nhóm đối tượng hoặc ghi chú",
            ArmyCode => "Quân đội: mã nhóm đối tượng 3",
            ArmyTitle => "Quân đội: tên tệp, trang tính hoặc tiêu đề danh sách",
            ArmyCard => "Quân đội: thẻ BHYT đầu QN, CY",
            PoliceWords => "Công an: đơn vị công tác, nhóm đối tượng hoặc ghi chú",
            PoliceCode => "Công an: mã nhóm đối tượng 4",
            PoliceTitle => "Công an: tên tệp, trang tính hoặc tiêu đề danh sách",
            PoliceCard => "Công an: thẻ BHYT đầu CA",
            DepartedNote => "Đã đi khỏi địa phương: ghi chú",
            UnknownNote => "Không có thông tin: ghi chú",
            UnknownPerson => "Không có thông tin: thiếu cả số giấy tờ, số điện thoại và ngày sinh đầy đủ",
            Other => "Không thuộc quy tắc nào ở trên",
        }
    }

    fn bit(self) -> u32 {
        1 << self as u32
    }
}

/// Rules that apply to one dose.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GroupRules(u32);

impl Default for GroupRules {
    fn default() -> GroupRules {
        GroupRules(GroupRuleId::Other.bit())
    }
}

impl GroupRules {
    /// Adds a rule.
    pub fn insert(&mut self, rule: GroupRuleId) {
        self.0 |= rule.bit();
    }

    /// The first that is not switched off; [`GroupRuleId::Other`] always applies.
    ///
    /// ```
    /// use ra_soat::domain::group_rule::{GroupRuleId, GroupRules};
    /// let mut rules = GroupRules::default();
    /// rules.insert(GroupRuleId::ArmyCode);
    /// assert_eq!(rules.first(&[].into()), GroupRuleId::ArmyCode);
    /// assert_eq!(rules.first(&[GroupRuleId::ArmyCode, GroupRuleId::Other].into()), GroupRuleId::Other);
    /// ```
    pub fn first(self, off: &BTreeSet<GroupRuleId>) -> GroupRuleId {
        let on = off.iter().fold(self.0, |on, rule| on & !rule.bit());
        GroupRuleId::ALL.get(on.trailing_zeros() as usize).copied().unwrap_or(GroupRuleId::Other)
    }
}

/// What gave a `Chưa nhập` dose its group.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum PlacedBy {
    /// A person.
    Person,
    /// A rule.
    Rule(GroupRuleId),
}
