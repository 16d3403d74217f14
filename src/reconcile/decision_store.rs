//! How decisions about doses are written: in a draft, doses of one decision together, so that a change of fifty thousand doses takes
//! less than a megabyte; between the workers, as they are.

use super::decision::{DoseDecision, DoseKey};
use serde::de::{Error as _, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// Decisions by dose.
type Doses = BTreeMap<DoseKey, DoseDecision>;

/// Letters of one key.
const KEY_LETTERS: usize = 16;

/// Doses that share a decision, their keys one after the other.
#[derive(Serialize, Deserialize)]
struct Together<'a> {
    keys: String,
    decision: std::borrow::Cow<'a, DoseDecision>,
}

pub(super) fn serialize<S: Serializer>(doses: &Doses, serializer: S) -> Result<S::Ok, S::Error> {
    if !serializer.is_human_readable() {
        return doses.serialize(serializer);
    }
    let mut together: Vec<Together<'_>> = Vec::new();
    let mut at: BTreeMap<(Option<usize>, Option<usize>, &str), usize> = BTreeMap::new();
    for (key, decision) in doses {
        let same = (decision.group.map(|group| group as usize), decision.status.map(|status| status as usize), decision.reason.as_str());
        let at = *at.entry(same).or_insert_with(|| {
            together.push(Together { keys: String::new(), decision: std::borrow::Cow::Borrowed(decision) });
            together.len() - 1
        });
        // Writing to a string does not fail.
        let _ = write!(together[at].keys, "{:016x}", key.0);
    }
    together.serialize(serializer)
}

pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Doses, D::Error> {
    if !deserializer.is_human_readable() {
        return Doses::deserialize(deserializer);
    }
    deserializer.deserialize_any(Written)
}

/// Reads both what is written today and the map of earlier drafts.
struct Written;

impl<'de> Visitor<'de> for Written {
    type Value = Doses;

    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("decisions about doses")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Doses, A::Error> {
        let mut doses = Doses::new();
        while let Some((key, decision)) = map.next_entry()? {
            doses.insert(key, decision);
        }
        Ok(doses)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Doses, A::Error> {
        let mut doses = Doses::new();
        while let Some(Together { keys, decision }) = seq.next_element()? {
            if !keys.is_ascii() || !keys.len().is_multiple_of(KEY_LETTERS) {
                return Err(A::Error::custom("keys of doses are cut off"));
            }
            for at in (0..keys.len()).step_by(KEY_LETTERS) {
                let key = u64::from_str_radix(&keys[at..at + KEY_LETTERS], 16).map_err(A::Error::custom)?;
                doses.insert(DoseKey(key), decision.clone().into_owned());
            }
        }
        Ok(doses)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{MissingGroup, Status};
    use crate::reconcile::decision::Decisions;

    fn decisions(count: u64) -> Decisions {
        let decision = |at: u64| DoseDecision {
            group: MissingGroup::ALL.get(at as usize % 8).copied(),
            status: Status::ALL.get(at as usize % 4).copied(),
            reason: if at.is_multiple_of(5) { "đã mất".to_owned() } else { String::new() },
        };
        Decisions {
            doses: (0..count).map(|at| (DoseKey(at.wrapping_mul(0x9e37_79b9_7f4a_7c15)), decision(at))).collect(),
            ..Decisions::default()
        }
    }

    #[test]
    fn fifty_thousand_decisions_take_less_than_a_megabyte_and_come_back() {
        let decisions = decisions(50_000);
        let text = serde_json::to_string(&decisions).unwrap();
        assert!(text.len() < 1_000_000, "{}", text.len());
        assert_eq!(serde_json::from_str::<Decisions>(&text).unwrap(), decisions);
        let bytes = postcard::to_allocvec(&decisions).unwrap();
        assert_eq!(postcard::from_bytes::<Decisions>(&bytes).unwrap(), decisions);
    }

    #[test]
    fn an_earlier_draft_is_read_and_a_damaged_one_is_an_error() {
        let earlier = r#"{"doses":{"00000000000000ff":{"group":"Police","status":null,"reason":""}}}"#;
        let read: Decisions = serde_json::from_str(earlier).unwrap();
        assert_eq!(read.doses.get(&DoseKey(0xff)).and_then(|decision| decision.group), Some(MissingGroup::Police));
        let damaged = r#"{"doses":[{"keys":"00000000000000f","decision":{}}]}"#;
        assert!(serde_json::from_str::<Decisions>(damaged).is_err());
    }
}
