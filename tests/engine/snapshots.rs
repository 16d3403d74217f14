//! Two and more snapshots of the System.

use crate::lists::NOT_ENTERED;
use crate::small_files::{Loaded, dose};
use jiff::civil::{Date, date};
use ra_soat::domain::{Bucket, Side, Status};
use ra_soat::reconcile::Report;
use ra_soat::reconcile::decision::{Decisions, DoseDecision};
use ra_soat::worker::list_filter::ListFilter;

fn doses(numbers: impl IntoIterator<Item = u32>) -> Vec<String> {
    numbers.into_iter().map(dose).collect()
}

/// Entered, not entered, verified and entered since.
fn local(report: &Report) -> [u64; 3] {
    [report.total.local(Bucket::Entered), report.total.local(Bucket::NotEntered), report.not_entered_of(Status::VerifiedEntered)]
}

/// Read, already, newly entered, others, unusable.
fn later(report: &Report) -> Vec<[u64; 5]> {
    report.later.iter().map(|line| [line.items, line.already, line.newly_entered, line.others, line.unusable]).collect()
}

const FIRST: Option<Date> = Some(date(2023, 2, 10));
const NEXT: Option<Date> = Some(date(2023, 3, 10));

#[test]
fn a_dose_missing_at_the_first_that_stands_in_the_second_is_verified_and_entered() {
    let mut loaded = Loaded::default();
    loaded.local(&doses(0..10)).system(FIRST, &doses(0..6)).system(NEXT, &doses((0..8).chain([20])));
    let report = loaded.reconcile();
    assert_eq!(local(&report), [6, 4, 2]);
    assert_eq!(report.not_entered_of(Status::NotVerified), 2);
    assert_eq!(later(&report), [[9, 6, 2, 1, 0]]);
    // The first alone decides the System's buckets, S and the balance.
    assert_eq!(report.total.system.iter().sum::<u64>(), 6);
    assert_eq!(report.total.system_total(), 6);
    assert_eq!(report.files.len(), 2);

    let rows = loaded.list(NOT_ENTERED, &ListFilter { status: Some(Status::VerifiedEntered), ..ListFilter::default() });
    assert_eq!(rows.len(), 2);
    assert!(rows.iter().all(|row| row.status_reason == "Có trong đợt trích xuất ngày 10/03/2023"), "{rows:?}");
    assert!(rows.iter().all(|row| row.reason.contains("Có trong đợt trích xuất ngày 10/03/2023")));
}

#[test]
fn a_person_s_own_status_stands_over_the_machine_s() {
    let mut loaded = Loaded::default();
    loaded.local(&doses(0..4)).system(FIRST, &doses(0..2)).system(NEXT, &doses(0..4));
    assert_eq!(local(&loaded.reconcile()), [2, 2, 2]);
    let row = loaded.list(NOT_ENTERED, &ListFilter::default()).remove(0);
    let decision = DoseDecision { status: Some(Status::NotVerified), ..DoseDecision::default() };
    let report = loaded.engine.decide(Decisions { doses: [(row.key, decision)].into(), ..Decisions::default() }).unwrap();
    assert_eq!(local(&report), [2, 2, 1]);
    assert_eq!(report.unexplained(), 0);
    let decided = loaded.list(NOT_ENTERED, &ListFilter { status: Some(Status::NotVerified), ..ListFilter::default() });
    assert_eq!((decided.len(), decided[0].status_reason.as_str(), decided[0].is_entered_later), (1, "", true));
}

#[test]
fn the_same_export_with_another_day_changes_nothing() {
    let mut loaded = Loaded::default();
    loaded.local(&doses(0..10)).system(FIRST, &doses(0..6)).system(NEXT, &doses(0..6));
    let report = loaded.reconcile();
    assert_eq!((local(&report), later(&report)), ([6, 4, 0], vec![[6, 6, 0, 0, 0]]));
    assert_eq!(report.total.system(Bucket::Duplicate), 0, "not the System's own copies");
}

#[test]
fn a_dose_that_vanished_from_the_second_stays_where_the_first_put_it() {
    let mut loaded = Loaded::default();
    loaded.local(&doses(0..6)).system(FIRST, &doses(0..5)).system(NEXT, &doses(1..5));
    let report = loaded.reconcile();
    assert_eq!((local(&report), later(&report)), ([5, 1, 0], vec![[4, 4, 0, 0, 0]]));
}

#[test]
fn of_three_snapshots_the_last_decides_and_each_has_its_line() {
    let mut loaded = Loaded::default();
    loaded.local(&doses(0..10)).system(NEXT, &doses([0, 1, 2, 3, 4, 7])).system(FIRST, &doses(0..4));
    // Dose 5 stood in the one between only.
    loaded.system(Some(date(2023, 2, 20)), &doses([0, 1, 2, 3, 5]));
    let report = loaded.reconcile();
    assert_eq!(local(&report), [4, 6, 2]);
    assert_eq!(later(&report), [[5, 4, 1, 0, 0], [6, 4, 2, 0, 0]]);
    assert_eq!(report.later.iter().map(|line| line.snapshot).collect::<Vec<_>>(), [2, 3]);
}

#[test]
fn without_days_all_exports_are_one_snapshot_until_a_person_says_otherwise() {
    let mut loaded = Loaded::default();
    loaded.local(&doses(0..10)).system(None, &doses(0..6)).system(None, &doses(4..8));
    let report = loaded.reconcile();
    assert_eq!((local(&report), later(&report)), ([8, 2, 0], vec![]));
    assert_eq!(report.total.system(Bucket::Duplicate), 2);

    let mut loaded = Loaded::default();
    loaded.local(&doses(0..10)).system_of(1, &doses(0..6)).system_of(2, &doses(4..8));
    let report = loaded.reconcile();
    assert_eq!((local(&report), later(&report)), ([6, 4, 2], vec![[4, 2, 2, 0, 0]]));
    let rows = loaded.list(NOT_ENTERED, &ListFilter { status: Some(Status::VerifiedEntered), ..ListFilter::default() });
    assert_eq!(rows[0].status_reason, "Có trong đợt trích xuất 2");
}

#[test]
fn districts_exported_on_neighbouring_days_are_one_snapshot() {
    let mut loaded = Loaded::default();
    loaded.local(&doses(0..10)).system(FIRST, &doses(0..4)).system(Some(date(2023, 2, 13)), &doses(4..8));
    let report = loaded.reconcile();
    assert_eq!((local(&report), later(&report)), ([8, 2, 0], vec![]));
    assert_eq!(report.persons[Side::System.index()], 8);
}

#[test]
fn a_later_dose_beyond_the_cut_off_is_out_of_every_count_but_its_own() {
    let mut loaded = Loaded::default();
    let late = dose(3).replace("/08/2021", "/02/2023");
    loaded.local(&doses(0..3)).system(FIRST, &doses(0..3)).system(NEXT, &[dose(0), dose(1), dose(2), late]);
    let report = loaded.reconcile();
    assert_eq!((local(&report), later(&report)), ([3, 0, 0], vec![[4, 3, 0, 0, 1]]));
}
