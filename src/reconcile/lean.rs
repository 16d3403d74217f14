//! Decisions as a draft writes them: those that say the same stand together, their keys in one string of fixed width. 50.000 of them
//! stay below 1,2 MB. Between page and engine they cross as they are.

use super::decision::{DoseDecision, DoseKey, PairKey};
use crate::domain::Decision;
use rustc_hash::FxHashMap;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::collections::BTreeMap;

/// Signs of six bits each (base64url).
const SIGNS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
/// Signs of a dose's 64 bits.
const DOSE_WIDTH: usize = 11;
/// Signs of one half of a pair, 60 bits.
const HALF_WIDTH: usize = 10;

fn write(into: &mut String, value: u64, width: usize) {
    for at in (0..width).rev() {
        into.push(char::from(SIGNS[(value >> (6 * at)) as usize & 63]));
    }
}

fn read(signs: &[u8]) -> Option<u64> {
    signs.iter().try_fold(0u64, |value, sign| Some(value << 6 | SIGNS.iter().position(|other| other == sign)? as u64))
}

/// The keys of a string, each `width` signs wide.
fn read_all<E: serde::de::Error>(keys: &str, width: usize) -> Result<Vec<u64>, E> {
    let keys = keys.as_bytes();
    if !keys.len().is_multiple_of(width) {
        return Err(E::custom("keys cut short"));
    }
    keys.chunks(width).map(|key| read(key).ok_or_else(|| E::custom("no key"))).collect()
}

/// Adds a key of 64 bits to a string of keys.
pub(crate) fn write_key(into: &mut String, key: u64) {
    write(into, key, DOSE_WIDTH);
}

/// The keys of such a string.
///
/// # Errors
/// Where it is something else.
pub(crate) fn read_keys<E: serde::de::Error>(keys: &str) -> Result<Vec<u64>, E> {
    read_all(keys, DOSE_WIDTH)
}

/// Decisions about single doses.
pub(super) mod doses {
    use super::*;

    /// Doses of which the same was decided.
    #[derive(Serialize, Deserialize)]
    struct Alike {
        decision: DoseDecision,
        keys: String,
    }

    /// As written today, and by version 1.
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Written {
        Lean(Vec<Alike>),
        One(BTreeMap<DoseKey, DoseDecision>),
    }

    /// Writes them.
    ///
    /// # Errors
    /// The writer's.
    pub(crate) fn serialize<S: Serializer>(doses: &BTreeMap<DoseKey, DoseDecision>, serializer: S) -> Result<S::Ok, S::Error> {
        if !serializer.is_human_readable() {
            return doses.serialize(serializer);
        }
        let mut places: FxHashMap<&DoseDecision, usize> = FxHashMap::default();
        let mut alike: Vec<Alike> = Vec::new();
        for (key, decision) in doses {
            let at = *places.entry(decision).or_insert_with(|| {
                alike.push(Alike { decision: decision.clone(), keys: String::new() });
                alike.len() - 1
            });
            write(&mut alike[at].keys, key.0, DOSE_WIDTH);
        }
        alike.serialize(serializer)
    }

    /// Reads them.
    ///
    /// # Errors
    /// Where it is something else.
    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<BTreeMap<DoseKey, DoseDecision>, D::Error> {
        if !deserializer.is_human_readable() {
            return BTreeMap::deserialize(deserializer);
        }
        let mut doses = BTreeMap::new();
        match Written::deserialize(deserializer)? {
            Written::One(one) => doses = one,
            Written::Lean(lean) => {
                for alike in lean {
                    doses.extend(read_all(&alike.keys, DOSE_WIDTH)?.into_iter().map(|key| (DoseKey(key), alike.decision.clone())));
                }
            }
        }
        Ok(doses)
    }
}

/// Decisions about pairs.
pub(super) mod pairs {
    use super::*;

    /// Writes them.
    ///
    /// # Errors
    /// The writer's.
    pub(crate) fn serialize<S: Serializer>(pairs: &BTreeMap<PairKey, Decision>, serializer: S) -> Result<S::Ok, S::Error> {
        if !serializer.is_human_readable() {
            return pairs.serialize(serializer);
        }
        let mut alike: Vec<(Decision, String)> = Decision::ALL.map(|decision| (decision, String::new())).to_vec();
        for (PairKey(first, second), decision) in pairs {
            if let Some((_, keys)) = alike.iter_mut().find(|(other, _)| other == decision) {
                write(keys, *first, HALF_WIDTH);
                write(keys, *second, HALF_WIDTH);
            }
        }
        alike.retain(|(_, keys)| !keys.is_empty());
        alike.serialize(serializer)
    }

    /// Reads them.
    ///
    /// # Errors
    /// Where it is something else.
    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<BTreeMap<PairKey, Decision>, D::Error> {
        if !deserializer.is_human_readable() {
            return BTreeMap::deserialize(deserializer);
        }
        let mut pairs = BTreeMap::new();
        for (decision, keys) in Vec::<(Decision, String)>::deserialize(deserializer)? {
            let halves: Vec<u64> = read_all(&keys, HALF_WIDTH)?;
            pairs.extend(halves.chunks_exact(2).map(|half| (PairKey(half[0], half[1]), decision)));
        }
        Ok(pairs)
    }
}
