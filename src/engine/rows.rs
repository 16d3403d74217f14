//! Rows of the ledger's lists, for the page and for the working list.

use super::{Engine, Outcome};
use crate::domain::group_rule::PlacedBy;
use crate::domain::{BirthDate, Bucket, Side, SourceRef};
use crate::forms::working_list::{Place, WorkRow};
use crate::linkage::Item;
use crate::normalize::text::{Text, TextPool};
use crate::reconcile::difference::describe;
use crate::reconcile::group_evidence::{self, evidence_of, title_of};
use crate::reconcile::ledger::{NO_ITEM, Verdict};
use crate::reconcile::tally::{Standing, dose_key, standing};
use crate::text::show_date;
use crate::worker::protocol::DoseRow;

impl Engine {
    /// One item as the page shows it; `at` is its position in the roll.
    pub(super) fn dose_row(&self, outcome: &Outcome, at: u32, item: &Item, verdict: &Verdict) -> DoseRow {
        let work = outcome.work_row(&self.pool, item, verdict);
        let place = |place: Place<'_>| (place.file.to_owned(), place.sheet.to_owned(), place.row, place.slot);
        let (own, other) = if item.side == Side::Local { (work.local, work.system) } else { (work.system, None) };
        let other = other.or_else(|| outcome.other(verdict).map(|(other, _)| outcome.place(other)));
        let standing =
            (verdict.bucket == Bucket::NotEntered).then(|| standing(item, verdict, &outcome.roll, &self.pool, &outcome.decisions));
        DoseRow {
            item: at,
            key: dose_key(item, &outcome.roll, &self.pool),
            place: own.map(place).unwrap_or_default(),
            other_place: other.map(place),
            name: work.name.to_owned(),
            birth: work.birth,
            identity: work.identity.to_owned(),
            label: work.label.to_owned(),
            vaccine: work.vaccine.to_owned(),
            given: work.given.map_or_else(|| work.given_text.to_owned(), show_date),
            lot: work.lot.to_owned(),
            unit: work.unit.to_owned(),
            column: work.column,
            group: work.group,
            placed_by: standing.map(|standing| standing.placed_by),
            group_reason: standing.map_or_else(String::new, |standing| outcome.group_reason(&self.pool, item, standing.placed_by)),
            status: work.status,
            is_entered_later: verdict.is_entered_later,
            status_reason: match standing {
                Some(standing) if verdict.is_entered_later && !standing.status_is_decided => outcome.entered_later(),
                _ => String::new(),
            },
            confidence: work.confidence,
            reason: if work.differences.is_empty() { work.reason } else { work.differences },
        }
    }
}

impl Outcome {
    /// The item a verdict points at, with its own verdict.
    fn other(&self, verdict: &Verdict) -> Option<(&Item, &Verdict)> {
        if verdict.other == NO_ITEM {
            return None;
        }
        Some((self.roll.items.get(verdict.other as usize)?, self.ledger.verdicts.get(verdict.other as usize)?))
    }

    fn place(&self, item: &Item) -> Place<'_> {
        let SourceRef { row, slot, .. } = item.dose.at;
        let (file, sheet) =
            self.roll.sheets.get(item.sheet as usize).map_or(("", ""), |sheet| (sheet.file_name.as_str(), sheet.sheet_name.as_str()));
        Place { file, sheet, row, slot }
    }

    /// One item as the working list writes it.
    pub(super) fn work_row<'a>(&'a self, pool: &'a TextPool, item: &'a Item, verdict: &Verdict) -> WorkRow<'a> {
        let person = &self.roll.persons[item.person as usize].record;
        let dose = &item.dose;
        let text = |text: Text| pool.get(text);
        let other = self.other(verdict);
        let is_local = item.side == Side::Local;
        let system = if is_local { other.filter(|(other, _)| other.side == Side::System).map(|(other, _)| other) } else { Some(item) };
        let is_missing = verdict.bucket == Bucket::NotEntered;
        let Standing { group, status, .. } = standing(item, verdict, &self.roll, pool, &self.decisions);
        let reason = self.reason(item, verdict);
        WorkRow {
            local: is_local.then(|| self.place(item)),
            system: system.map(|item| self.place(item)),
            name: text(person.name),
            birth: person.birth.map_or_else(|| text(person.birth_text).to_owned(), show_birth),
            sex: person.sex.map_or("", crate::domain::Sex::label),
            identity: text(if person.identity.is_some() { person.identity } else { person.identity_text }),
            phone: text(person.phone),
            insurance: text(person.insurance),
            province: text(person.province),
            district: text(person.district),
            commune: text(person.commune),
            address: text(person.address),
            target_group: text(person.target_group),
            workplace: text(person.workplace),
            note: text(person.note),
            label: text(dose.label_text),
            vaccine: text(dose.vaccine_text),
            given: dose.given,
            given_text: text(dose.given_text),
            lot: text(dose.lot),
            facility: text(dose.facility),
            entered: system.and_then(|item| item.dose.entered),
            unit: self.ledger.units.all().get(self.ledger.unit_of(verdict) as usize).map_or("", |unit| unit.name.as_str()),
            column: verdict.column,
            group: is_missing.then_some(group),
            status: is_missing.then_some(status),
            reason,
            confidence: verdict.confidence,
            match_weight: other.and_then(|(other, _)| self.match_weight(pool, item, other)),
            differences: match other {
                Some((other, _)) if is_local && verdict.differences.any() => describe(verdict.differences, dose, &other.dose, pool),
                _ => String::new(),
            },
            decision: other.and_then(|(other, _)| self.answer_about(pool, item, other)),
        }
    }

    /// Why a dose is held for entered by the machine.
    fn entered_later(&self) -> String {
        self.ledger.entered_later.clone().unwrap_or_default()
    }

    /// What put a dose into its group, with the evidence.
    fn group_reason(&self, pool: &TextPool, item: &Item, placed_by: PlacedBy) -> String {
        match placed_by {
            PlacedBy::Person => "bạn đặt".to_owned(),
            PlacedBy::Rule(rule) => {
                let title = self.roll.sheets.get(item.sheet as usize).map(title_of).unwrap_or_default();
                group_evidence::words(rule, &evidence_of(item, &self.roll, pool, &title))
            }
        }
    }

    /// The reason, the place it points at, and what label and history say where they disagree.
    fn reason(&self, item: &Item, verdict: &Verdict) -> String {
        let mut words = verdict.reason.words(self.settings.cut_off);
        if verdict.is_entered_later {
            words = self.entered_later();
        }
        if let (false, Some((other, _))) = (words.is_empty(), self.other(verdict)) {
            let place = self.place(other);
            let side = if other.side == item.side { "" } else { " (phía bên kia)" };
            words.push_str(&format!(": {}, {}, dòng {}{side}", place.file, place.sheet, place.row));
        }
        let mut add = |clause: String| {
            if !words.is_empty() {
                words.push_str("; ");
            }
            words.push_str(&clause);
        };
        if let (Some(column), Some(says)) = (verdict.column, verdict.history_says) {
            add(format!("Nhãn ghi cột {}, lịch sử tiêm cho thấy cột {}; giữ theo nhãn", column.letter(), says.letter()));
        }
        if verdict.doubts.no_birth && verdict.column.is_some() {
            add("Không có năm sinh, xếp theo nhãn hoặc tiêu đề".to_owned());
        }
        if verdict.doubts.no_history {
            add("Không có mũi trước để đối chiếu, xếp theo số mũi".to_owned());
        }
        if verdict.doubts.late_additional {
            add("Liều bổ sung cách mũi trước quá 3 tháng".to_owned());
        }
        words
    }
}

/// A birth date as the lists write it.
pub(super) fn show_birth(birth: BirthDate) -> String {
    match birth {
        BirthDate::Day(day) => show_date(day),
        BirthDate::Month { year, month } => format!("{month:02}/{year}"),
        BirthDate::Year(year) => year.to_string(),
    }
}
