//! Forms made by Rà Soát, changed by hand and received back.

use crate::builder::{S, xlsx};
use crate::form_1::provinces;
use crate::national::Sent;
use ra_soat::domain::Settings;
use ra_soat::domain::source::SheetKind;
use ra_soat::figures::roll_up::{RollUpChoices, UnitState};
use ra_soat::forms::phu_luc_1::{Form1, Form1Row};
use ra_soat::forms::phu_luc_1_sheet;
use ra_soat::forms::seal::Seal;

/// A sealed form of some units, with the o of one changed after it was sealed.
fn sealed(count: usize, changed: Option<(usize, u64)>) -> Vec<u8> {
    let row = |unit: crate::hand_filled::Unit| Form1Row {
        key: unit.name.clone(),
        number: unit.number,
        unit: unit.name.clone(),
        columns: unit.columns,
        on_system: unit.on_system,
        ..Form1Row::default()
    };
    let mut form = Form1 {
        cut_off: "31/01/2023".to_owned(),
        letter_number: "1234/BYT-DP".to_owned(),
        letter_date: "10/3/2023".to_owned(),
        unit_heading: "Tỉnh/TP".to_owned(),
        rows: provinces(count).into_iter().map(row).collect(),
        ..Form1::default()
    };
    let seal = Seal::of_form_1(&form, &Settings::default(), &[]);
    if let Some((at, value)) = changed {
        form.rows[at].on_system = Some(value);
    }
    phu_luc_1_sheet::write_sealed(&form, Some(&seal)).unwrap()
}

fn states(bytes: &[u8]) -> (Vec<String>, Vec<String>) {
    let mut sent = Sent::new();
    sent.add("Phu-luc-1_x_2023-03-12.xlsx", bytes);
    let rolled = sent.roll_up(SheetKind::UnitForm1, &Settings::default(), &RollUpChoices::default(), &[]);
    let edited = rolled.units.iter().filter(|unit| unit.is(UnitState::Edited)).map(|unit| unit.name.clone()).collect();
    let doubts = rolled.units.iter().flat_map(|unit| &unit.forms).flat_map(|form| form.doubts.clone());
    (edited, doubts.chain(rolled.doubts.into_iter().map(|doubt| doubt.words)).collect())
}

#[test]
fn a_form_as_it_was_downloaded_is_not_said_to_be_changed() {
    for count in [1, 2, 63] {
        let (edited, doubts) = states(&sealed(count, None));
        assert!(edited.is_empty() && doubts.is_empty(), "{count}: {edited:?} {doubts:?}");
    }
}

#[test]
fn a_figure_changed_by_hand_is_seen() {
    for count in [1, 3] {
        let (edited, doubts) = states(&sealed(count, Some((0, 7))));
        assert_eq!(edited, ["Hà Nội"], "{doubts:?}");
        assert!(
            doubts.iter().any(|doubt| doubt.starts_with("Sửa tay sau khi tải về: Hà Nội, cột o: ") && doubt.ends_with("sửa thành 7.")),
            "{doubts:?}"
        );
    }
}

#[test]
fn a_form_without_a_seal_says_nothing_of_it() {
    let plain = xlsx(&[crate::hand_filled::sheet(&provinces(2), &crate::hand_filled::Style::default())]);
    assert!(states(&plain).0.is_empty());
    assert!(
        states(&xlsx(&[
            crate::hand_filled::sheet(&provinces(2), &crate::hand_filled::Style::default()),
            S::new("Khác", vec![crate::row!["x"]])
        ]))
        .0
        .is_empty()
    );
}
