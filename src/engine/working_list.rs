//! The working list, part by part: one part is written, handed over and forgotten before the next is asked for.

use super::export::{ExportError, Exported, failed};
use super::{Engine, Outcome};
use crate::forms::unit_parts::{PART_ROWS, UnitParts};
use crate::forms::working_list_sheet::{WorkHeading, WorkSheet, WorkingListBook};
use crate::pace::{Pace, STRIDE, Stage};
use crate::worker::protocol::{ListRef, WorkingListRequest};

/// The rows of one part.
struct Rows {
    /// Per list wanted: positions in the roll.
    lists: Vec<(ListRef, Vec<u32>)>,
    /// Rows of all parts, and of the parts before this one.
    total: usize,
    before: usize,
    parts: u32,
}

impl Engine {
    /// Writes one part of the working list.
    pub(super) async fn working_list<P: Pace>(&self, request: &WorkingListRequest, pace: &mut P) -> Result<Exported, ExportError> {
        let Some(outcome) = &self.outcome else {
            return Err(ExportError::Failed(
                "Chưa đối soát nên chưa có danh sách làm việc. Hãy bấm “Bắt đầu đối soát” ở bước Nạp tệp.".to_owned(),
            ));
        };
        let Rows { lists, total, before, parts } = outcome.rows_of_part(request);
        // A sheet a bucket, empty ones too where there is one workbook: that nothing is in it is an answer as well.
        let lists: Vec<(ListRef, Vec<u32>)> = lists.into_iter().filter(|(_, rows)| parts == 1 || !rows.is_empty()).collect();
        let sheet =
            |(list, rows): &(ListRef, Vec<u32>)| Some(WorkSheet { name: list.bucket.sheet_name(list.side)?, rows: rows.len() as u32 });
        let sheets: Vec<WorkSheet> = lists.iter().filter_map(sheet).collect();
        let part = (parts > 1).then_some((request.part, parts));
        let mut book = WorkingListBook::new(WorkHeading { reporting_unit: &request.reporting_unit, part }, &sheets).map_err(failed)?;
        let mut done = before;
        for (_, rows) in lists {
            book.next_sheet().map_err(failed)?;
            for at in rows.into_iter().map(|at| at as usize) {
                book.push(&outcome.work_row(&self.pool, &outcome.roll.items[at], &outcome.ledger.verdicts[at])).map_err(failed)?;
                done += 1;
                if done % (STRIDE / 4) == 0 {
                    pace.step(Stage::Writing, done, total).await?;
                }
            }
        }
        let bytes = book.finish().map_err(failed)?;
        let suffix = part.map_or(String::new(), |(part, _)| format!("_{part}"));
        Ok(Exported { parts, ..Exported::one(suffix, bytes) })
    }
}

impl Outcome {
    /// The rows that are wanted and stand in the part asked for.
    fn rows_of_part(&self, request: &WorkingListRequest) -> Rows {
        let lists: Vec<ListRef> = request.lists.iter().copied().filter(|list| list.bucket.sheet_name(list.side).is_some()).collect();
        let units = self.ledger.units.all();
        let is_wanted: Vec<bool> =
            units.iter().map(|unit| request.units.as_ref().is_none_or(|wanted| wanted.contains(&unit.name))).collect();
        let unit_of = |at: u32| self.ledger.unit_of(&self.ledger.verdicts[at as usize]) as usize;
        let wanted = |list: ListRef| self.lists.positions(list).iter().copied().filter(|at| is_wanted[unit_of(*at)]);
        // Units stand in their own order, so that one who looks for a unit's part finds its neighbours there.
        let mut place = vec![0usize; units.len()];
        for (at, unit) in self.ledger.units.in_order().iter().enumerate() {
            place[*unit as usize] = at;
        }
        let mut counts = vec![0u32; units.len()];
        for list in &lists {
            wanted(*list).for_each(|at| counts[place[unit_of(at)]] += 1);
        }
        let parts = UnitParts::of(&counts, PART_ROWS);
        let mut seen = vec![0u32; units.len()];
        let (mut total, mut before) = (0, 0);
        let of_part = |list: ListRef| {
            let mut rows = Vec::new();
            for at in wanted(list) {
                let unit = place[unit_of(at)];
                let part = parts.part(unit, seen[unit]) + 1;
                seen[unit] += 1;
                total += 1;
                before += usize::from(part < request.part);
                if part == request.part {
                    rows.push(at);
                }
            }
            (list, rows)
        };
        let lists = lists.into_iter().map(of_part).collect();
        Rows { lists, total, before, parts: parts.count }
    }
}
