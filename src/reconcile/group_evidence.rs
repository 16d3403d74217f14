//! What the rules of `Nhóm` look at in one dose, and the words for what they found.

use super::missing_group::{Evidence, card_class, is_said};
use crate::domain::group_rule::GroupRuleId;
use crate::domain::target_group::show_target_group;
use crate::linkage::roll::SheetContext;
use crate::linkage::{Item, Roll};
use crate::normalize::text::TextPool;

/// Between the parts of a sheet's title.
const PART: &str = " | ";

/// File name, sheet name and title lines of a sheet, joined.
pub fn title_of(sheet: &SheetContext) -> String {
    [sheet.file_name.as_str(), &sheet.sheet_name].into_iter().chain(sheet.title.iter().map(String::as_str)).collect::<Vec<_>>().join(PART)
}

/// What is known of one dose; `title` is that of its sheet.
pub fn evidence_of<'a>(item: &Item, roll: &Roll, pool: &'a TextPool, title: &'a str) -> Evidence<'a> {
    let person = &roll.persons[item.person as usize].record;
    let text = |text| pool.get(text);
    Evidence {
        workplace: text(person.workplace),
        target_group: text(person.target_group),
        note: text(person.note),
        title,
        insurance: text(person.insurance),
        facility: text(item.dose.facility),
        has_identity: person.identity.is_some(),
        has_phone: person.phone.is_some(),
        has_full_birth: person.birth.is_some_and(|birth| birth.day().is_some()),
    }
}

/// Which rule put a dose into its group, and on what evidence: `Nhóm 4: mã nhóm đối tượng 3 – Lực lượng Quân đội`.
///
/// ```
/// use ra_soat::domain::group_rule::GroupRuleId;
/// use ra_soat::reconcile::group_evidence::words;
/// use ra_soat::reconcile::missing_group::Evidence;
/// let evidence = Evidence { workplace: "Trại giam Phú Sơn 4", target_group: "3", ..Evidence::default() };
/// assert_eq!(words(GroupRuleId::PrisonerWords, &evidence), "Nhóm 5: đơn vị công tác: Trại giam Phú Sơn 4");
/// assert_eq!(words(GroupRuleId::ArmyCode, &evidence), "Nhóm 4: mã nhóm đối tượng 3 – Lực lượng Quân đội");
/// ```
pub fn words(rule: GroupRuleId, evidence: &Evidence<'_>) -> String {
    use GroupRuleId::*;
    let found = match rule {
        PrisonerWords | CentreWords | ArmyWords | PoliceWords => {
            let fields = [("đơn vị công tác", evidence.workplace), ("nhóm đối tượng", evidence.target_group), ("ghi chú", evidence.note)];
            let said = fields.into_iter().find(|(_, text)| is_said(rule.group(), text));
            said.map_or_else(|| "theo lời ghi".to_owned(), |(field, text)| format!("{field}: {}", text.trim()))
        }
        PrisonerTitle | CentreTitle | ArmyTitle | PoliceTitle => {
            let part = evidence.title.split(PART).find(|part| is_said(rule.group(), part));
            format!("tên danh sách: {}", part.unwrap_or(evidence.title).trim())
        }
        PrisonerFacility | CentreFacility => format!("cơ sở tiêm: {}", evidence.facility.trim()),
        ArmyCode | PoliceCode => format!("mã nhóm đối tượng {}", show_target_group(evidence.target_group)),
        ArmyCard | PoliceCard => format!("thẻ BHYT đầu {}", card_class(evidence.insurance).unwrap_or_default().to_uppercase()),
        DepartedNote | UnknownNote => format!("ghi chú: {}", evidence.note.trim()),
        UnknownPerson => "không có số giấy tờ, số điện thoại, ngày sinh đầy đủ".to_owned(),
        Other => "không thuộc quy tắc nào".to_owned(),
    };
    format!("{}: {found}", rule.group().label())
}
