//! Lists under a filter, and the rules of `Nhóm`.

use crate::small_files::{Loaded, dose, dose_of};
use ra_soat::domain::group_rule::{GroupRuleId, PlacedBy};
use ra_soat::domain::{Bucket, FormColumn, MissingGroup, Side, Status};
use ra_soat::pace::Unpaced;
use ra_soat::reconcile::decision::{Decisions, DoseDecision};
use ra_soat::worker::list_filter::ListFilter;
use ra_soat::worker::protocol::ListRef;

pub(crate) const NOT_ENTERED: ListRef = ListRef { side: Side::Local, bucket: Bucket::NotEntered };

/// Six doses that are not on the System, each put into its group by another rule, and one that is.
fn six() -> Loaded {
    let mut loaded = Loaded::default();
    loaded.local(&[
        dose_of(0, "3", "", ""),
        dose_of(1, "", "Trại giam Phú Mẫu", ""),
        dose_of(2, "", "", "đã chuyển đi TP. HCM"),
        dose_of(3, "3", "Công an huyện Mẫu", ""),
        dose(4),
        dose(5),
        dose(6),
    ]);
    loaded.system(None, &[dose(6)]);
    loaded
}

fn names(loaded: &mut Loaded, filter: &ListFilter) -> Vec<String> {
    loaded.list(NOT_ENTERED, filter).into_iter().map(|row| row.name).collect()
}

fn all() -> ListFilter {
    ListFilter::default()
}

#[test]
fn every_dose_says_which_rule_put_it_in_its_group_and_on_what_evidence() {
    let mut loaded = six();
    let report = loaded.reconcile();
    let reasons: Vec<String> = loaded.list(NOT_ENTERED, &all()).into_iter().map(|row| row.group_reason).collect();
    assert_eq!(
        reasons,
        [
            "Nhóm 4: mã nhóm đối tượng 3 – Lực lượng Quân đội",
            "Nhóm 5: đơn vị công tác: Trại giam Phú Mẫu",
            "Nhóm 2: ghi chú: đã chuyển đi TP. HCM",
            "Nhóm 4: mã nhóm đối tượng 3 – Lực lượng Quân đội",
            "Khác: không thuộc quy tắc nào",
            "Khác: không thuộc quy tắc nào",
        ]
    );
    use GroupRuleId::{ArmyCode, DepartedNote, Other, PrisonerWords};
    let counts = [(PrisonerWords, 1), (ArmyCode, 2), (DepartedNote, 1), (Other, 2)].map(|(rule, count)| (PlacedBy::Rule(rule), count));
    assert_eq!(report.group_rules, counts);
}

#[test]
fn a_rule_switched_off_leaves_its_doses_to_the_next_and_switched_on_takes_them_back() {
    let mut loaded = six();
    let before = loaded.reconcile();
    let off = Decisions { rules_off: [GroupRuleId::ArmyCode].into(), ..Decisions::default() };
    let report = loaded.engine.decide(off.clone()).unwrap();
    let group = |group: MissingGroup| report.total.not_entered[group.index()].iter().sum::<u64>();
    assert_eq!((group(MissingGroup::Army), group(MissingGroup::Police), group(MissingGroup::Other)), (0, 1, 3));
    assert_eq!(loaded.engine.decide(Decisions::default()).unwrap(), before);
    let again = loaded.reconcile_with(off);
    assert_eq!(again, report, "the same when everything is matched again");
}

#[test]
fn a_list_is_narrowed_by_each_part_of_a_filter_and_by_all_together() {
    let mut loaded = six();
    loaded.reconcile();
    let list = names(&mut loaded, &all());
    assert_eq!(list.len(), 6);
    let of = |at: &[usize]| at.iter().map(|at| list[*at].clone()).collect::<Vec<_>>();
    let unit = Some("Trạm Y tế xã Suối Mẫu".to_owned());
    assert_eq!(names(&mut loaded, &ListFilter { unit: unit.clone(), ..all() }), of(&[0, 2, 4]));
    assert_eq!(names(&mut loaded, &ListFilter { unit: Some("không có".to_owned()), ..all() }), of(&[]));
    assert_eq!(names(&mut loaded, &ListFilter { column: Some(FormColumn::ALL[0]), ..all() }).len(), 6);
    assert_eq!(names(&mut loaded, &ListFilter { column: Some(FormColumn::ALL[1]), ..all() }), of(&[]));
    assert_eq!(names(&mut loaded, &ListFilter { group: Some(MissingGroup::Army), ..all() }), of(&[0, 3]));
    assert_eq!(names(&mut loaded, &ListFilter { placed_by: Some(PlacedBy::Rule(GroupRuleId::DepartedNote)), ..all() }), of(&[2]));
    assert_eq!(names(&mut loaded, &ListFilter { placed_by: Some(PlacedBy::Person), ..all() }), of(&[]));
    assert_eq!(names(&mut loaded, &ListFilter { status: Some(Status::NotVerified), ..all() }).len(), 6);
    assert_eq!(names(&mut loaded, &ListFilter { text: "ly thi DŨNG".to_owned(), ..all() }), of(&[3]));
    assert_eq!(names(&mut loaded, &ListFilter { text: " 000004 ".to_owned(), ..all() }), of(&[4]));
    assert_eq!(names(&mut loaded, &ListFilter { text: "  ".to_owned(), ..all() }).len(), 6);
    assert_eq!(names(&mut loaded, &ListFilter { unit, group: Some(MissingGroup::Army), text: "an".to_owned(), ..all() }), of(&[0]));
}

#[test]
fn other_lists_are_narrowed_too_and_parts_that_are_not_theirs_ask_nothing() {
    let mut loaded = six();
    loaded.reconcile();
    for bucket in [ListRef { side: Side::Local, bucket: Bucket::Entered }, ListRef { side: Side::System, bucket: Bucket::Matched }] {
        assert_eq!(loaded.list(bucket, &ListFilter { text: "khanh".to_owned(), ..all() }).len(), 1);
        assert_eq!(loaded.list(bucket, &ListFilter { text: "dung".to_owned(), ..all() }).len(), 0);
        assert_eq!(loaded.list(bucket, &ListFilter { group: Some(MissingGroup::Police), ..all() }).len(), 1);
    }
}

#[test]
fn every_dose_a_filter_selects_is_named_and_decided_together() {
    let mut loaded = six();
    loaded.reconcile();
    let filter = ListFilter { group: Some(MissingGroup::Other), ..all() };
    let keys = pollster::block_on(loaded.engine.keys(NOT_ENTERED, &filter, &mut Unpaced)).unwrap();
    assert_eq!(keys.len(), 2);
    let decision = DoseDecision { group: Some(MissingGroup::Police), ..DoseDecision::default() };
    let decisions = Decisions { doses: keys.into_iter().map(|(key, _)| (key, decision.clone())).collect(), ..Decisions::default() };
    let report = loaded.engine.decide(decisions).unwrap();
    assert_eq!(report.group_rules[0], (PlacedBy::Person, 2));
    assert!(loaded.list(NOT_ENTERED, &filter).is_empty(), "what was selected before the decision is selected anew");
    let placed = loaded.list(NOT_ENTERED, &ListFilter { placed_by: Some(PlacedBy::Person), ..all() });
    assert!(placed.len() == 2 && placed.iter().all(|row| row.group_reason == "bạn đặt" && row.group == Some(MissingGroup::Police)));
}
