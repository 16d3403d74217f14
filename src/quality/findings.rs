//! What was found: for every rule the records that break it.

use super::catalogue::{RULES, RuleId};
use crate::normalize::text::Text;
use rustc_hash::FxHashMap;

/// Records that break each rule, ascending; four bytes a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Findings {
    by_rule: Vec<Vec<u32>>,
    /// The unit of each record, in [`Findings::units`].
    pub unit_of: Vec<u32>,
    /// Names of the units.
    pub units: Vec<String>,
    /// Facilities as written, with the unit each means and how often it is written.
    pub spellings: FxHashMap<Text, (u32, u32)>,
}

impl Default for Findings {
    fn default() -> Findings {
        Findings { by_rule: vec![Vec::new(); RULES.len()], unit_of: Vec::new(), units: Vec::new(), spellings: FxHashMap::default() }
    }
}

impl Findings {
    pub(super) fn push(&mut self, rule: RuleId, record: u32) {
        if let Some(records) = self.by_rule.get_mut(rule as usize) {
            records.push(record);
        }
    }

    /// Forgets what was found of some records by these rules.
    pub(super) fn forget(&mut self, rules: &[RuleId], is_of: impl Fn(u32) -> bool) {
        for rule in rules {
            if let Some(records) = self.by_rule.get_mut(*rule as usize) {
                records.retain(|at| !is_of(*at));
            }
        }
    }

    /// Puts every list in order, once each record.
    pub(super) fn settle(&mut self) {
        for records in &mut self.by_rule {
            if !records.is_sorted() {
                records.sort_unstable();
            }
            records.dedup();
            records.shrink_to_fit();
        }
    }

    /// The records that break a rule, ascending.
    pub fn of(&self, rule: RuleId) -> &[u32] {
        self.by_rule.get(rule as usize).map_or(&[], Vec::as_slice)
    }

    /// How many findings there are.
    pub fn len(&self) -> usize {
        self.by_rule.iter().map(Vec::len).sum()
    }

    /// Whether nothing was found.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The rules a record breaks.
    pub fn of_record(&self, record: u32) -> Vec<RuleId> {
        RuleId::ALL.iter().copied().filter(|rule| self.of(*rule).binary_search(&record).is_ok()).collect()
    }
}
