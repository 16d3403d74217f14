//! The rules that put a `Chưa nhập` dose into one of Phụ lục 2's seven groups.
//!
//! Evidence: đơn vị công tác, the platform's group code, file or sheet title, the class of the BHYT card. Cơ sở tiêm alone counts
//! only for prisons and centres: army and police clinics vaccinated everyone.

use crate::domain::MissingGroup;
use crate::domain::group_rule::{GroupRuleId, GroupRules};
use crate::domain::target_group::platform_code;
use crate::normalize::fold;
use std::collections::BTreeSet;

/// One rule: words that say a group.
#[derive(Clone, Copy, Debug)]
pub struct GroupRule {
    /// The group.
    pub group: MissingGroup,
    /// Folded words, any of which says it when it stands between word boundaries.
    pub words: &'static [&'static str],
    /// Folded words that take the evidence back.
    pub unless: &'static [&'static str],
}

/// In the order they are tried (spec: 5, 6, 4, 3 before 2 and 1).
pub const GROUP_RULES: [GroupRule; 4] = [
    GroupRule {
        group: MissingGroup::Prisoner,
        words: &["pham nhan", "trai giam", "trai tam giam", "nha tam giu", "can pham", "bi can"],
        unless: &["can bo", "chien si", "cong an trai", "canh sat", "quan giao"],
    },
    GroupRule {
        group: MissingGroup::Centre,
        words: &["cai nghien", "bao tro xa hoi", "btxh", "co so bao tro", "trung tam bao tro", "tt bao tro", "nha tinh thuong", "mai am"],
        unless: &["can bo", "nhan vien"],
    },
    GroupRule {
        group: MissingGroup::Army,
        words: &[
            "quan doi",
            "bo doi",
            "quan nhan",
            "bien phong",
            "bo quoc phong",
            "quan khu",
            "quan doan",
            "su doan",
            "lu doan",
            "trung doan",
            "tieu doan",
            "chi huy quan su",
            "bch quan su",
            "ban quan su",
            "chqs",
            "bchqs",
            "hai quan",
            "phong khong khong quan",
            "hoc vien quan",
            "luc quan",
            "quan chung",
        ],
        unless: &["benh vien", "quan y", "vo bo doi", "con bo doi"],
    },
    GroupRule {
        group: MissingGroup::Police,
        words: &["cong an", "canh sat", "cand", "csgt", "cscd", "trai giam", "trai tam giam"],
        unless: &["benh vien", "benh xa", "danh sach cong an tra lai"],
    },
];

/// Notes that say the person has left (Nhóm 2).
const DEPARTED: &[&str] = &[
    "chuyen di",
    "di khoi",
    "khong con o dia phuong",
    "chuyen khau",
    "chuyen noi o",
    "chuyen cho o",
    "di lam an xa",
    "di lam xa",
    "vang mat",
    "khong o dia phuong",
    "chuyen dia phuong",
    "da ve que",
    "da roi",
    "cat khau",
    "chuyen vung",
    "di noi khac",
];

/// Notes that say nothing is known of the person (Nhóm 1).
const NO_INFORMATION: &[&str] = &[
    "khong co thong tin",
    "khong ro thong tin",
    "thieu thong tin",
    "khong du thong tin",
    "khong xac dinh",
    "chua co thong tin",
    "mat thong tin",
    "khong lien lac duoc",
];

/// What the rules look at.
#[derive(Clone, Copy, Debug, Default)]
pub struct Evidence<'a> {
    /// Đơn vị công tác.
    pub workplace: &'a str,
    /// Nhóm đối tượng: the platform's code or words.
    pub target_group: &'a str,
    /// Ghi chú, tình trạng cư trú, status.
    pub note: &'a str,
    /// File name, sheet name and title lines, joined.
    pub title: &'a str,
    /// BHYT card number.
    pub insurance: &'a str,
    /// Cơ sở tiêm.
    pub facility: &'a str,
    /// Whether there is an identity number.
    pub has_identity: bool,
    /// Whether there is a phone.
    pub has_phone: bool,
    /// Whether the birth date is known to the day.
    pub has_full_birth: bool,
}

/// The group of a dose, by the first rule that applies.
///
/// ```
/// use ra_soat::domain::MissingGroup;
/// use ra_soat::reconcile::missing_group::{Evidence, group_of};
/// let known = Evidence { has_identity: true, has_phone: true, has_full_birth: true, ..Evidence::default() };
/// // The platform's code 3 is the army, which is Nhóm 4 here.
/// assert_eq!(group_of(&Evidence { target_group: "3", ..known }), MissingGroup::Army);
/// assert_eq!(group_of(&Evidence { target_group: "4", ..known }), MissingGroup::Police);
/// assert_eq!(group_of(&Evidence { workplace: "Công an huyện", note: "đã chuyển đi", ..known }), MissingGroup::Police);
/// assert_eq!(group_of(&Evidence { facility: "Bệnh viện Quân Y 354", ..known }), MissingGroup::Other);
/// assert_eq!(group_of(&Evidence::default()), MissingGroup::NoInformation);
/// ```
pub fn group_of(evidence: &Evidence<'_>) -> MissingGroup {
    rules_of(evidence).first(&BTreeSet::new()).group()
}

/// Every rule that applies to a dose.
pub fn rules_of(evidence: &Evidence<'_>) -> GroupRules {
    use GroupRuleId::*;
    let workplace = Words::of(evidence.workplace);
    let target = Words::of(evidence.target_group);
    let note = Words::of(evidence.note);
    let title = Words::of(evidence.title);
    let facility = Words::of(evidence.facility);
    let code = platform_code(evidence.target_group);
    let class = card_class(evidence.insurance);
    let is_of = |classes: &[&str]| class.is_some_and(|own| classes.iter().any(|class| own.eq_ignore_ascii_case(class)));
    let mut rules = GroupRules::default();
    let mut add = |rule, applies| {
        if applies {
            rules.insert(rule);
        }
    };
    for rule in &GROUP_RULES {
        let own = [&workplace, &target, &note].into_iter().any(|words| rule.is_said_by(words));
        let whole_list = rule.is_said_by(&title) && !title.has(&["quan y"]);
        let (by_words, by_title) = match rule.group {
            MissingGroup::Prisoner => (PrisonerWords, PrisonerTitle),
            MissingGroup::Centre => (CentreWords, CentreTitle),
            MissingGroup::Army => (ArmyWords, ArmyTitle),
            _ => (PoliceWords, PoliceTitle),
        };
        add(by_words, own);
        add(by_title, whole_list);
        match rule.group {
            MissingGroup::Prisoner => add(PrisonerFacility, rule.is_said_by(&facility)),
            MissingGroup::Centre => add(CentreFacility, rule.is_said_by(&facility)),
            _ => {}
        }
    }
    add(ArmyCode, code == Some(3));
    add(ArmyCard, is_of(&["QN", "CY"]));
    add(PoliceCode, code == Some(4));
    add(PoliceCard, is_of(&["CA"]));
    add(DepartedNote, note.has(DEPARTED));
    add(UnknownNote, note.has(NO_INFORMATION));
    add(UnknownPerson, !evidence.has_identity && !evidence.has_phone && !evidence.has_full_birth);
    rules
}

/// Whether a text says a group by the words of its rule.
pub(super) fn is_said(group: MissingGroup, text: &str) -> bool {
    let words = Words::of(text);
    GROUP_RULES.iter().any(|rule| rule.group == group && rule.is_said_by(&words))
}

/// The group a unit itself is, by its name.
///
/// ```
/// use ra_soat::domain::MissingGroup;
/// use ra_soat::reconcile::missing_group::group_of_unit;
/// assert_eq!(group_of_unit("Trại giam Phú Sơn 4"), Some(MissingGroup::Prisoner));
/// assert_eq!(group_of_unit("Ban CHQS huyện Ba Bể"), Some(MissingGroup::Army));
/// assert_eq!(group_of_unit("Bệnh viện Quân Y 354"), None);
/// ```
pub fn group_of_unit(unit: &str) -> Option<MissingGroup> {
    let words = Words::of(unit);
    GROUP_RULES.iter().find(|rule| rule.is_said_by(&words)).map(|rule| rule.group)
}

/// The class of a BHYT card, its first two letters.
pub(super) fn card_class(insurance: &str) -> Option<&str> {
    let card = insurance.trim();
    if card.len() >= 15 { card.get(..2) } else { None }
}

impl GroupRule {
    fn is_said_by(&self, words: &Words) -> bool {
        words.has(self.words) && !words.has(self.unless)
    }
}

/// A folded text with a space at both ends of every word.
struct Words(String);

impl Words {
    fn of(text: &str) -> Words {
        let mut out = String::new();
        if !text.is_empty() {
            for word in fold(text).split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
                out.push(' ');
                out.push_str(word);
            }
            out.push(' ');
        }
        Words(out)
    }

    fn has(&self, phrases: &[&str]) -> bool {
        phrases.iter().any(|phrase| {
            self.0.match_indices(phrase).any(|(at, _)| {
                let before = self.0[..at].ends_with(' ');
                before && self.0[at + phrase.len()..].starts_with(' ')
            })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const KNOWN: Evidence<'static> = Evidence {
        workplace: "",
        target_group: "",
        note: "",
        title: "",
        insurance: "",
        facility: "",
        has_identity: true,
        has_phone: true,
        has_full_birth: true,
    };

    #[test]
    fn every_sort_of_evidence_finds_its_group() {
        use MissingGroup::*;
        let cases = [
            (Evidence { workplace: "Trại giam Phú Sơn 4", ..KNOWN }, Prisoner),
            (Evidence { workplace: "Cán bộ trại giam Phú Sơn 4", ..KNOWN }, Police),
            (Evidence { target_group: "Phạm nhân", ..KNOWN }, Prisoner),
            (Evidence { facility: "Trại tạm giam Công an tỉnh", ..KNOWN }, Prisoner),
            (Evidence { workplace: "Cơ sở cai nghiện ma túy tỉnh", ..KNOWN }, Centre),
            (Evidence { facility: "Trung tâm Bảo trợ xã hội tỉnh", ..KNOWN }, Centre),
            (Evidence { workplace: "BCH Quân sự huyện", ..KNOWN }, Army),
            (Evidence { workplace: "Ban chỉ huy quân sự huyện", ..KNOWN }, Army),
            (Evidence { workplace: "Đồn Biên phòng Bản Lầu", ..KNOWN }, Army),
            (Evidence { insurance: "QN5970123456789", ..KNOWN }, Army),
            (Evidence { insurance: "CA5970123456789", ..KNOWN }, Police),
            (Evidence { title: "DANH SÁCH TIÊM CHỦNG LỰC LƯỢNG CÔNG AN HUYỆN", ..KNOWN }, Police),
            (Evidence { title: "Danh sách tiêm tại Bệnh viện Quân y 110", ..KNOWN }, Other),
            (Evidence { workplace: "Công ty TNHH Công Anh", ..KNOWN }, Other),
            (Evidence { note: "Đã chuyển đi TP. HCM", ..KNOWN }, Departed),
            (Evidence { note: "không có thông tin", ..KNOWN }, NoInformation),
            (Evidence { has_identity: false, has_phone: false, ..KNOWN }, Other),
            (Evidence { has_identity: false, has_phone: false, has_full_birth: false, ..KNOWN }, NoInformation),
        ];
        for (evidence, group) in cases {
            assert_eq!(group_of(&evidence), group, "{evidence:?}");
        }
    }
}
