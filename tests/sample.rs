//! The sample data goes the whole way and shows every kind of difference.

#![allow(unreachable_pub, reason = "a test binary has no outside; its modules share by `pub`")]
#![allow(clippy::unwrap_used, reason = "a test may stop where it finds what it did not expect")]

mod common;

use common::{load, reconcile};
use ra_soat::domain::{Bucket, MissingGroup, Settings, SheetKind, Side, Status};
use ra_soat::engine::Engine;
use ra_soat::forms::inputs::FormInputs;
use ra_soat::forms::{phu_luc_1, phu_luc_2};
use ra_soat::sample::{SAMPLE_UNIT, sample_files};

#[test]
fn the_sample_is_the_same_every_time_and_shows_every_bucket() {
    let files = sample_files().unwrap();
    assert_eq!(files, sample_files().unwrap());
    let mut engine = Engine::default();
    for (id, (name, bytes)) in files.iter().enumerate() {
        let sheets = load(&mut engine, id as u32, name, bytes);
        assert_eq!(sheets.len(), 1);
        let sheet = &sheets[0];
        let mapping = sheet.mapping.as_ref().unwrap();
        let kind = if name.contains("Hệ thống") { SheetKind::SystemExport } else { SheetKind::LocalList };
        assert_eq!(mapping.kind, kind, "{name}");
        let unmapped: Vec<&str> =
            mapping.columns.iter().filter(|column| column.field.is_none()).map(|column| column.header.as_str()).collect();
        println!(
            "{name}: {} rows, {} persons, {} items, {} unreadable, unmapped {unmapped:?}",
            sheet.rows, sheet.persons, sheet.items, sheet.unreadable
        );
        assert!(unmapped.is_empty(), "{name}: {unmapped:?}");
    }
    let settings = Settings { reporting_unit: SAMPLE_UNIT.to_owned(), ..Settings::default() };
    let report = reconcile(&mut engine, settings.clone());
    for side in Side::ALL {
        for bucket in Bucket::ALL {
            if let Some(label) = bucket.label(side) {
                let count = if side == Side::Local { report.total.local(bucket) } else { report.total.system(bucket) };
                println!("{label}: {count}");
                let can_be_empty = matches!((side, bucket), (Side::System, Bucket::Unreadable));
                assert!(count > 0 || can_be_empty, "{label} is not shown by the sample");
            }
        }
    }
    for unit in &report.units {
        println!("{}: L {} S {}", unit.unit, unit.listed_total(), unit.system_total());
        assert!(!unit.unit.starts_with(char::is_numeric), "a facility code is no part of the name");
    }
    for group in [MissingGroup::Departed, MissingGroup::Police, MissingGroup::Army, MissingGroup::Other] {
        assert!(report.total.not_entered[group.index()].iter().sum::<u64>() > 0, "{group:?}");
    }

    let form_1 = phu_luc_1::fill(Some(&report), &settings, &FormInputs::default());
    assert_eq!(form_1.rows[0].given(), Some(report.total.listed_total()));
    assert_eq!(form_1.rows[0].difference(), Some(report.total.listed_total() as i64 - report.total.system_total() as i64));
    let form_2 = phu_luc_2::fill(Some(&report), &settings, &FormInputs::default());
    let groups: u64 = form_2.rows.iter().flat_map(|row| row.missing).sum();
    let verified: u64 = form_2.rows.iter().flat_map(|row| row.verified_entered).sum();
    assert_eq!(groups, verified + form_2.cannot_enter + form_2.not_verified);
    assert_eq!(form_2.not_verified, report.not_entered_of(Status::NotVerified));
}
