//! No name, number or birth date of the lists is in a draft, whatever the lists hold and whatever is decided.

use crate::small_files::{HEADER, Loaded};
use proptest::prelude::*;
use ra_soat::domain::{Bucket, Decision, MissingGroup, Side, Status};
use ra_soat::draft::{Draft, FileMemory, MappingMemory};
use ra_soat::normalize::{fold_marks, fold_name};
use ra_soat::quality::Choices;
use ra_soat::quality::choices::{RecordKey, Remedy};
use ra_soat::reconcile::decision::{Decisions, DoseDecision, PairKey};
use ra_soat::workbook::{detect, read};
use ra_soat::worker::list_filter::ListFilter;
use ra_soat::worker::protocol::ListRef;

/// Name, day, month and year of birth, identity number.
type Person = (String, (u8, u8, u16), String);

fn some_person() -> impl Strategy<Value = Person> {
    let word = |words: &'static [&'static str]| proptest::sample::select(words);
    let name = (word(&["Nguyễn", "Trần", "Lò", "Đặng"]), word(&["Thị", "Văn", "Quốc"]), word(&["Hường", "Toản", "Pánh", "Khuê", "Nhạn"]))
        .prop_map(|(family, middle, given)| format!("{family} {middle} {given}"));
    let birth = (1u8..29, 1u8..13, 1930u16..2015);
    (name, birth, "0061[0-9]{8}").prop_map(|(name, birth, number)| (name, birth, number))
}

fn row((name, (day, month, year), number): &Person) -> String {
    format!("{name},{day:02}/{month:02}/{year},{number},Mũi 1,Pfizer,05/08/2021,Trạm Y tế xã Suối Mẫu,,,{name} {number}")
}

fn needles((name, (day, month, year), number): &Person) -> Vec<String> {
    vec![
        name.to_lowercase(),
        fold_marks(name),
        fold_name(name),
        format!("{day:02}/{month:02}/{year}"),
        format!("{day}/{month}/{year}"),
        format!("{year}-{month:02}-{day:02}"),
        number.clone(),
        number.trim_start_matches('0').to_owned(),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn nothing_of_a_person_is_in_a_draft(people in proptest::collection::vec(some_person(), 1..12), decided in 0usize..7) {
        let rows: Vec<String> = people.iter().map(row).collect();
        let mut loaded = Loaded::default();
        loaded.local(&rows).system(None, &rows[..rows.len().div_ceil(2)]);
        loaded.reconcile();
        let mut decisions = Decisions::default();
        for bucket in Bucket::ALL {
            for dose in loaded.list(ListRef { side: Side::Local, bucket }, &ListFilter::default()) {
                let decision = DoseDecision {
                    group: MissingGroup::ALL.get(decided).copied(),
                    status: Status::ALL.get(decided % 4).copied(),
                    reason: "Không liên lạc được".to_owned(),
                };
                decisions.doses.insert(dose.key, decision);
                decisions.pairs.insert(PairKey(dose.key.0 >> 4, dose.key.0 >> 5), Decision::ALL[decided % 3]);
            }
        }
        prop_assert_eq!(decisions.doses.is_empty(), false);
        let workbook = read::read_workbook("a.csv", format!("{HEADER}\n{}\n", rows.join("\n")).into_bytes(), &mut |_, _| {}).unwrap();
        let mapping = detect::detect_sheet(&workbook, 0, "a.csv", None).unwrap();
        let once = decisions.doses.keys().map(|key| (RecordKey(key.0), Remedy::PadTo12)).collect();
        let draft = Draft {
            decisions,
            mappings: [(mapping.fingerprint(), MappingMemory::of(&mapping))].into(),
            files: vec![FileMemory { name: "a.csv".to_owned(), size: 1, sha256: "ab".repeat(32), ..FileMemory::default() }],
            quality: Choices { once, ..Choices::default() },
            ..Draft::default()
        };
        let text = draft.encode().unwrap().to_lowercase();
        for needle in people.iter().flat_map(needles) {
            prop_assert!(!text.contains(&needle), "{} in {}", needle, text);
        }
    }
}
