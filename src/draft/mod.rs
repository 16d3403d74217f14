//! The officer's work as it is kept on the machine between two openings of the page: what was set, typed, mapped and decided.
//!
//! No person's name, number or birth date is in it: doses are named by a hash, columns by their position under a fingerprint of the
//! headers, files by name, size and SHA-256; typed texts lose the names and numbers of the lists ([`hide`]). The name of a file is kept as
//! it is, since the officer is asked for the file by it. A draft that cannot be read is an error with its text kept, never an empty draft.

pub mod generations;
mod memory;
#[cfg(target_arch = "wasm32")]
pub mod store;
mod typed;

pub use memory::{FileMemory, MappingMemory, SheetMemory};
pub use typed::{hide, hide_hits};

use crate::domain::Settings;
use crate::figures::roll_up::RollUpChoices;
use crate::forms::inputs::FormInputs;
use crate::quality::Choices;
use crate::reconcile::column_table::ColumnTable;
use crate::reconcile::decision::Decisions;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use thiserror::Error;

/// Version of the format written today.
pub const VERSION: u32 = 3;

/// The application's name in a draft, by which a file that is dropped in is known as one.
const APP: &str = "ra-soat";

/// Everything worth keeping.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Draft {
    /// The header's settings.
    pub settings: Settings,
    /// What was typed into the forms.
    pub inputs: FormInputs,
    /// The column table.
    pub columns: ColumnTable,
    /// Decisions about single doses.
    pub decisions: Decisions,
    /// Changed mappings, by the fingerprint of the headers.
    pub mappings: BTreeMap<String, MappingMemory>,
    /// The files the work was done with.
    pub files: Vec<FileMemory>,
    /// Whether they are the invented files of the sample.
    pub is_sample: bool,
    /// What was chosen in `Làm sạch` and `Giám sát`.
    pub quality: Choices,
    /// What was chosen about forms sent by units below.
    pub roll_up: RollUpChoices,
}

/// A draft with its version in front.
#[derive(Serialize, Deserialize)]
struct Envelope<D> {
    app: String,
    version: u32,
    draft: D,
}

/// Only what says whether the rest can be read.
#[derive(Deserialize)]
struct Head {
    app: String,
    version: u32,
}

/// Why a text is no draft.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum DraftError {
    /// Not written by this application, or damaged.
    #[error("not a draft: {0}")]
    NotADraft(String),
    /// Written by a later version.
    #[error("written by a later version ({0})")]
    Newer(u32),
}

impl Draft {
    /// As the text that is stored and downloaded.
    ///
    /// ```
    /// use ra_soat::draft::Draft;
    /// let draft = Draft::default();
    /// assert_eq!(Draft::decode(&draft.encode().unwrap()), Ok(draft));
    /// ```
    ///
    /// # Errors
    /// Where the work cannot be written as JSON.
    pub fn encode(&self) -> Result<String, DraftError> {
        serde_json::to_string(&self.envelope()).map_err(|error| DraftError::NotADraft(error.to_string()))
    }

    /// The draft with application and version in front, as it is written.
    fn envelope(&self) -> Envelope<&Draft> {
        Envelope { app: APP.to_owned(), version: VERSION, draft: self }
    }

    /// Reads what [`Draft::encode`] wrote.
    ///
    /// # Errors
    /// Where the text is something else, damaged, or of a later version.
    pub fn decode(text: &str) -> Result<Draft, DraftError> {
        let broken = |error: serde_json::Error| DraftError::NotADraft(error.to_string());
        let head: Head = serde_json::from_str(text).map_err(broken)?;
        if head.app != APP {
            return Err(DraftError::NotADraft(format!("app {}", head.app)));
        }
        if head.version > VERSION {
            return Err(DraftError::Newer(head.version));
        }
        let envelope: Envelope<Draft> = serde_json::from_str(text).map_err(broken)?;
        Ok(envelope.draft)
    }

    /// Whether anything has been set, typed or loaded: an untouched page leaves no draft.
    pub fn is_untouched(&self) -> bool {
        *self == Draft::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::group_rule::GroupRuleId;
    use crate::domain::settings::ReportedSource;
    use crate::domain::{Decision, FormColumn, MissingGroup, Status};
    use crate::figures::checks::CheckKind;
    use crate::forms::inputs::{EditedText, RowInputs, TypedFigure};
    use crate::quality::choices::{DayColumn, RecordKey, Remedy};
    use crate::reconcile::alias::Aliases;
    use crate::reconcile::decision::{DoseDecision, DoseKey, PairKey};
    use proptest::prelude::*;

    fn some_text() -> impl Strategy<Value = String> {
        prop_oneof![Just(String::new()), Just("Đã xác minh, \"Nhóm 5\"\n\u{301}".to_owned()), ".{0,24}"]
    }

    fn some_pairs() -> impl Strategy<Value = std::collections::BTreeMap<PairKey, Decision>> {
        let half = || 0u64..1 << 60;
        let key = (half(), half()).prop_map(|(first, second)| PairKey(first, second));
        proptest::collection::btree_map(key, (0usize..3).prop_map(|at| Decision::ALL[at]), 0..20)
    }

    fn some_decisions() -> impl Strategy<Value = Decisions> {
        let decision = (0..=7usize, 0..=3usize, some_text()).prop_map(|(group, status, reason)| DoseDecision {
            group: MissingGroup::ALL.get(group).copied(),
            status: Status::ALL.get(status).copied(),
            reason,
        });
        let rules = proptest::collection::btree_set(proptest::sample::select(GroupRuleId::ALL.to_vec()), 0..3);
        let units = (
            proptest::collection::btree_map(some_text(), some_text(), 0..4),
            proptest::collection::btree_set((some_text(), some_text()), 0..3),
        )
            .prop_map(|(names, apart)| Aliases { names, apart });
        let doses = proptest::collection::btree_map(any::<u64>().prop_map(DoseKey), decision, 0..20);
        (doses, some_pairs(), some_pairs(), rules, units).prop_map(|(doses, pairs, second, rules_off, units)| Decisions {
            doses,
            pairs,
            second,
            rules_off,
            units,
        })
    }

    fn some_inputs() -> impl Strategy<Value = FormInputs> {
        let row = (proptest::option::of((any::<u64>(), some_text())), proptest::option::of(some_text()), proptest::option::of(some_text()))
            .prop_map(|(on_system, review_result, reason)| RowInputs {
                on_system: on_system.map(|(value, reason)| TypedFigure { value, reason }),
                review_result,
                note: reason.clone(),
                reason,
                ..RowInputs::default()
            });
        let agreed = (proptest::option::of(0..ReportedSource::ALL.len()), 0..FormColumn::ALL.len(), any::<u64>(), some_text());
        let row = (row, agreed).prop_map(|(row, (source, column, value, reason))| RowInputs {
            source: source.map(|at| ReportedSource::ALL[at]),
            columns: std::iter::once((FormColumn::ALL[column], TypedFigure { value, reason: reason.clone() })).collect(),
            number_only: (column % 2 == 0).then_some([[value, 0, 1]; 7]),
            explanations: std::iter::once((CheckKind::Negative, reason)).collect(),
            ..row
        });
        let rows = proptest::collection::btree_map(some_text(), row, 0..6);
        (rows, some_text(), some_text()).prop_map(|(rows, text, drafted)| FormInputs {
            rows,
            texts: [Some(EditedText { text: text.clone(), drafted }), None, None, None, None],
            other_group: Some(text.clone()),
            prepared_by: text,
            signed_by: String::new(),
        })
    }

    proptest! {
        #[test]
        fn a_draft_comes_back_as_it_was(decisions in some_decisions(), inputs in some_inputs(), unit in some_text(), is_sample: bool) {
            let settings = Settings { reporting_unit: unit, ..Settings::default() };
            let draft = Draft { settings, inputs, decisions, is_sample, ..Draft::default() };
            prop_assert_eq!(Draft::decode(&draft.encode().unwrap()), Ok(draft));
        }

        #[test]
        fn no_text_makes_it_panic(text in ".{0,200}") {
            let _ = Draft::decode(&text);
        }
    }

    #[test]
    fn what_is_no_draft_is_told_apart() {
        assert!(matches!(Draft::decode(""), Err(DraftError::NotADraft(_))));
        assert!(matches!(Draft::decode("{\"app\":\"other\",\"version\":1,\"draft\":{}}"), Err(DraftError::NotADraft(_))));
        assert_eq!(Draft::decode("{\"app\":\"ra-soat\",\"version\":9,\"anything\":[]}"), Err(DraftError::Newer(9)));
        assert_eq!(Draft::decode("{\"app\":\"ra-soat\",\"version\":1,\"draft\":{}}"), Ok(Draft::default()));
    }

    /// Well mixed numbers.
    fn hash_of(at: u64) -> u64 {
        at.wrapping_mul(0x9e37_79b9_7f4a_7c15)
    }

    /// Work with so many decisions of one kind about doses, about pairs, or corrections of single records.
    fn work_of(count: u64) -> [Draft; 3] {
        let decision = |at: u64| DoseDecision {
            group: MissingGroup::ALL.get(at as usize % 7).copied(),
            reason: ["", "Không liên lạc được", "Đã chuyển đi nơi khác"][at as usize % 3].to_owned(),
            ..DoseDecision::default()
        };
        let doses = (0..count).map(|at| (DoseKey(hash_of(at)), decision(at))).collect();
        let pairs = (0..count).map(|at| (PairKey(hash_of(at) >> 4, hash_of(at + 7) >> 4), Decision::ALL[at as usize % 3])).collect();
        let remedies = [Remedy::PadTo12, Remedy::PadPhone, Remedy::SwapBirth];
        let once = (0..count).map(|at| (RecordKey(hash_of(at)), remedies[at as usize % 3])).collect();
        let of = |decisions| Draft { decisions, ..Draft::default() };
        [
            of(Decisions { doses, ..Decisions::default() }),
            of(Decisions { pairs, ..Decisions::default() }),
            Draft { quality: Choices { once, ..Choices::default() }, ..Draft::default() },
        ]
    }

    #[test]
    fn fifty_thousand_decisions_stay_small() {
        for (draft, most) in work_of(50_000).into_iter().zip([600_000, 1_100_000, 600_000]) {
            let text = draft.encode().unwrap();
            let units = text.encode_utf16().count();
            assert!(units < most, "{units}");
            assert_eq!(Draft::decode(&text), Ok(draft));
        }
    }

    #[test]
    fn three_generations_of_fifty_thousand_decisions_stay_within_what_a_browser_gives() {
        struct Texts(std::collections::BTreeMap<String, String>);
        impl generations::Shelf for Texts {
            fn get(&self, key: &str) -> Option<String> {
                self.0.get(key).cloned()
            }
            fn set(&mut self, key: &str, text: &str) -> Result<(), String> {
                self.0.insert(key.to_owned(), text.to_owned());
                Ok(())
            }
            fn remove(&mut self, key: &str) {
                self.0.remove(key);
            }
            fn keys(&self) -> Vec<String> {
                self.0.keys().cloned().collect()
            }
        }
        let mut shelf = Texts(Default::default());
        // A third of each kind, and a few more in every generation.
        for more in 0..4u64 {
            let [doses, pairs, once] = work_of(16_667 + more);
            let decisions = Decisions { pairs: pairs.decisions.pairs, ..doses.decisions };
            let draft = Draft { decisions, quality: once.quality, ..Draft::default() };
            generations::keep(&mut shelf, &draft.encode().unwrap(), true).unwrap();
        }
        let units: usize = shelf.0.iter().map(|(key, text)| key.len() + text.encode_utf16().count()).sum();
        assert_eq!(shelf.0.len(), 3);
        assert!(units < 2_400_000, "{units}");
        // The worst of all, pairs alone.
        for more in 0..4u64 {
            let [_, pairs, _] = work_of(50_000 + more);
            generations::keep(&mut shelf, &pairs.encode().unwrap(), true).unwrap();
        }
        let units: usize = shelf.0.values().map(|text| text.encode_utf16().count()).sum();
        assert!(shelf.0.len() == 3 && units <= generations::MOST_UNITS, "{units}");
    }

    /// What is chosen for all records alike is one rule, however many they are.
    #[test]
    fn corrections_in_bulk_are_rules() {
        let mut choices = Choices { everywhere: [Remedy::PadTo12, Remedy::SwapBirth].into(), ..Choices::default() };
        choices.swapped.insert(DayColumn { sha256: "ab".repeat(32), sheet: 1, slot: 2 });
        choices.vaccines.insert("Phai do".to_owned(), crate::domain::Product::Pfizer);
        let draft = Draft { quality: choices, ..Draft::default() };
        let text = draft.encode().unwrap();
        assert!(text.len() < 1_500, "{text}");
        assert_eq!(Draft::decode(&text), Ok(draft));
    }

    #[test]
    fn corrections_of_version_2_are_read() {
        let text = r#"{"app":"ra-soat","version":2,"draft":{"quality":{"once":[["00000000000000ff","PadTo12"],["0000000000000100","SwapBirth"]]}}}"#;
        let once = [(RecordKey(255), Remedy::PadTo12), (RecordKey(256), Remedy::SwapBirth)];
        assert_eq!(Draft::decode(text).unwrap().quality.once, once.into());
        let cut = text.replace(r#"["00000000000000ff","PadTo12"]"#, r#"["PadTo12","AAA"]"#);
        assert!(matches!(Draft::decode(&cut), Err(DraftError::NotADraft(_))));
    }

    #[test]
    fn decisions_of_version_1_are_read() {
        let text = r#"{"app":"ra-soat","version":1,"draft":{"decisions":{"doses":{"00000000000000ff":{"group":"Prisoner","status":null,"reason":"x"}}}}}"#;
        let draft = Draft::decode(text).unwrap();
        let decision = DoseDecision { group: Some(MissingGroup::Prisoner), reason: "x".to_owned(), ..DoseDecision::default() };
        assert_eq!(draft.decisions.doses.get(&DoseKey(255)), Some(&decision));
        let cut =
            text.replace(r#"{"00000000000000ff":{"group":"Prisoner","status":null,"reason":"x"}}"#, r#"[{"decision":{},"keys":"AAA"}]"#);
        assert!(matches!(Draft::decode(&cut), Err(DraftError::NotADraft(_))));
    }
}
