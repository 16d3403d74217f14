//! Findings under a filter, in an order, with counts by every kind.

use super::catalogue::RuleId;
use super::findings::Findings;
use super::rule::{Facet, Severity};
use crate::pace::{Cancelled, Pace, STRIDE, Stage};
use std::collections::BTreeSet;

/// What is wanted of the findings; units and sheets by number.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    /// The rule.
    pub rule: Option<RuleId>,
    /// The severity.
    pub severity: Option<Severity>,
    /// The part of the record.
    pub facet: Option<Facet>,
    /// The unit.
    pub unit: Option<u32>,
    /// The sheets of a file.
    pub sheets: Option<std::ops::Range<usize>>,
    /// Rules that are switched off.
    pub rules_off: BTreeSet<String>,
}

/// How findings are put in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order<'a> {
    /// By rule, then record.
    Rule,
    /// By record, then rule.
    Record,
    /// By the rank of the record's unit, then rule and record.
    Unit(&'a [u32]),
}

/// Findings, one a place: the record above eight bits of the rule.
#[derive(Clone, Debug, Default)]
pub struct Selection {
    findings: Vec<u64>,
    /// By rule.
    pub rules: Vec<u32>,
    /// By severity.
    pub severities: [u32; 3],
    /// By part of the record.
    pub facets: [u32; Facet::ALL.len()],
    /// By unit.
    pub units: Vec<u32>,
    /// By sheet.
    pub sheets: Vec<u32>,
}

impl Selection {
    /// Selects; `first_of_sheet` holds the number of each sheet's first record.
    ///
    /// # Errors
    /// [`Cancelled`] when the pace says so.
    pub async fn of<P: Pace>(
        all: &Findings,
        wanted: &Wanted,
        first_of_sheet: &[u32],
        order: Order<'_>,
        pace: &mut P,
    ) -> Result<Selection, Cancelled> {
        let mut selection = Selection {
            rules: vec![0; RuleId::ALL.len()],
            units: vec![0; all.units.len()],
            sheets: vec![0; first_of_sheet.len()],
            ..Selection::default()
        };
        for rule in RuleId::ALL.iter().copied().filter(|rule| !wanted.rules_off.contains(rule.code())) {
            selection.add_rule(rule, all, wanted, first_of_sheet, pace).await?;
        }
        match order {
            Order::Rule => {}
            Order::Record => selection.findings.sort_unstable(),
            Order::Unit(ranks) => {
                let rank = |finding: &u64| {
                    let unit = all.unit_of.get((*finding >> 8) as usize).copied().unwrap_or_default();
                    (ranks.get(unit as usize).copied().unwrap_or_default(), *finding as u8, *finding)
                };
                selection.findings.sort_by_cached_key(rank);
            }
        }
        Ok(selection)
    }

    async fn add_rule<P: Pace>(
        &mut self,
        rule: RuleId,
        all: &Findings,
        wanted: &Wanted,
        first_of_sheet: &[u32],
        pace: &mut P,
    ) -> Result<(), Cancelled> {
        const SLICE: usize = STRIDE * 32;
        let data = rule.rule();
        let (is_rule, is_severity, is_facet) = (
            wanted.rule.is_none_or(|own| own == rule),
            wanted.severity.is_none_or(|own| own == data.severity),
            wanted.facet.is_none_or(|own| own == data.facet),
        );
        // A kind is counted where every other part of the filter holds.
        let missed = u8::from(!is_rule) + u8::from(!is_severity) + u8::from(!is_facet);
        if missed > 1 {
            return Ok(());
        }
        let records = all.of(rule);
        let (mut sheet, mut counted) = (0, 0u32);
        for (done, slice) in records.chunks(SLICE).enumerate() {
            pace.step(Stage::Listing, done * SLICE, records.len()).await?;
            for record in slice {
                while first_of_sheet.get(sheet + 1).is_some_and(|first| first <= record) {
                    sheet += 1;
                }
                let unit = all.unit_of.get(*record as usize).copied().unwrap_or_default();
                let is_unit = wanted.unit.is_none_or(|own| own == unit);
                let is_sheet = wanted.sheets.as_ref().is_none_or(|own| own.contains(&sheet));
                match (missed, is_unit, is_sheet) {
                    (_, true, true) => {
                        counted += 1;
                        if missed == 0 {
                            self.findings.push(u64::from(*record) << 8 | rule as u64);
                            add(&mut self.units, unit as usize);
                            add(&mut self.sheets, sheet);
                        }
                    }
                    (0, false, true) => add(&mut self.units, unit as usize),
                    (0, true, false) => add(&mut self.sheets, sheet),
                    _ => {}
                }
            }
        }
        if is_severity
            && is_facet
            && let Some(place) = self.rules.get_mut(rule as usize)
        {
            *place += counted;
        }
        if is_rule
            && is_facet
            && let Some(place) = self.severities.get_mut(data.severity as usize)
        {
            *place += counted;
        }
        if is_rule
            && is_severity
            && let Some(place) = self.facets.get_mut(data.facet as usize)
        {
            *place += counted;
        }
        Ok(())
    }

    /// How many findings are selected.
    pub fn len(&self) -> usize {
        self.findings.len()
    }

    /// Whether none is.
    pub fn is_empty(&self) -> bool {
        self.findings.is_empty()
    }

    /// Record and rule of a stretch.
    pub fn stretch(&self, offset: usize, len: usize) -> impl Iterator<Item = (u32, RuleId)> + '_ {
        let stretch = self.findings.iter().skip(offset).take(len);
        stretch.filter_map(|finding| Some(((finding >> 8) as u32, *RuleId::ALL.get(usize::from(*finding as u8))?)))
    }
}

fn add(counts: &mut [u32], at: usize) {
    if let Some(place) = counts.get_mut(at) {
        *place += 1;
    }
}
