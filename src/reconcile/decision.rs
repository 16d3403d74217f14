//! What a person decided about single doses and about pairs, as data that survives a reload.

use super::alias::Aliases;
use super::lean;
use crate::domain::group_rule::GroupRuleId;
use crate::domain::{Decision, MissingGroup, Status};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// Names a dose by a hash of its whole content: no name, number or date can be read out of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct DoseKey(pub u64);

impl Serialize for DoseKey {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if !serializer.is_human_readable() {
            return serializer.serialize_u64(self.0);
        }
        // A string, since JSON keys are strings and JSON numbers lose the low bits of 64.
        serializer.serialize_str(&format!("{:016x}", self.0))
    }
}

impl<'de> Deserialize<'de> for DoseKey {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<DoseKey, D::Error> {
        if !deserializer.is_human_readable() {
            return u64::deserialize(deserializer).map(DoseKey);
        }
        let text = String::deserialize(deserializer)?;
        u64::from_str_radix(&text, 16).map(DoseKey).map_err(serde::de::Error::custom)
    }
}

/// Names a pair by a hash of the content of each of the two, 60 bits each: rows of two persons (local, System), or two doses of one.
/// It applies to whoever holds that content now, whatever the file is called and wherever the row stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct PairKey(pub u64, pub u64);

/// A person's word on one `Chưa nhập` dose.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(default)]
pub struct DoseDecision {
    /// The group, where the rules' group was changed.
    pub group: Option<MissingGroup>,
    /// The status, where it is not `Chưa xác minh`.
    pub status: Option<Status>,
    /// Why it cannot be entered.
    pub reason: String,
}

/// Every decision so far.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Decisions {
    /// Per dose.
    #[serde(with = "lean::doses")]
    pub doses: BTreeMap<DoseKey, DoseDecision>,
    /// Per pair.
    #[serde(with = "lean::pairs")]
    pub pairs: BTreeMap<PairKey, Decision>,
    /// What a second person answered blind; compared with `pairs`, counted nowhere.
    #[serde(with = "lean::pairs")]
    pub second: BTreeMap<PairKey, Decision>,
    /// Rules of `Nhóm` that are switched off.
    pub rules_off: BTreeSet<GroupRuleId>,
    /// The alias table of units.
    pub units: Aliases,
}
