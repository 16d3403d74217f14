//! The roll-up on the page: what the officer chose about forms sent by units, and the figures with every unit once.

use super::state::{FileCard, Session};
use crate::domain::Settings;
use crate::domain::settings::{FormRows, ReportedSource};
use crate::domain::source::SheetKind;
use crate::figures::reported::ReportedFigures;
use crate::figures::roll_up::{FormFile, FormPlace, RollUp, RollUpChoices, RollUpInput, RolledUnit, once_each, roll_up};
use crate::reconcile::Report;
use crate::reconcile::alias::Aliases;
use leptos::prelude::*;
use std::sync::Arc;

/// What roll-ups are made from and what comes of them.
#[derive(Clone, Copy)]
pub(crate) struct Rolling {
    /// What the officer chose; kept in the draft.
    pub(crate) choices: RwSignal<RollUpChoices>,
    /// Phụ lục 1 of units below.
    pub(crate) form_1: Memo<Option<RollUp>>,
    /// Phụ lục 2 of units below.
    pub(crate) form_2: Memo<Option<RollUp>>,
    /// What all sheets report, every unit's forms once.
    pub(crate) once: Memo<Arc<ReportedFigures>>,
}

impl Rolling {
    pub(crate) fn new(
        files: RwSignal<Vec<FileCard>>,
        reported: RwSignal<Arc<ReportedFigures>>,
        report: RwSignal<Option<Arc<Report>>>,
        settings: RwSignal<Settings>,
        aliases: Memo<Aliases>,
    ) -> Rolling {
        let choices = RwSignal::new(RollUpChoices::default());
        let form_files = Memo::new(move |_| {
            let files = files.read();
            let read = files.iter().filter(|card| card.is_read());
            read.map(|card| FormFile { id: card.id, name: card.name.to_string(), sha256: card.sha256.get() }).collect::<Vec<_>>()
        });
        let known = Memo::new(move |_| known_units(report.read().as_deref(), &reported.read()));
        let of_kind = move |kind: SheetKind| {
            Memo::new(move |_| {
                let (reported, settings, aliases, choices) = (reported.read(), settings.read(), aliases.read(), choices.read());
                let (files, known) = (form_files.read(), known.read());
                let input = RollUpInput {
                    kind,
                    reported: &reported,
                    settings: &settings,
                    aliases: &aliases,
                    choices: &choices,
                    files: &files,
                    known: &known,
                };
                roll_up(&input)
            })
        };
        let (form_1, form_2) = (of_kind(SheetKind::UnitForm1), of_kind(SheetKind::UnitForm2));
        let once = Memo::new(move |_| {
            let (form_1, form_2) = (form_1.read(), form_2.read());
            if form_1.is_none() && form_2.is_none() {
                return reported.get();
            }
            Arc::new(once_each(&reported.read(), form_1.as_ref(), form_2.as_ref()))
        });
        Rolling { choices, form_1, form_2, once }
    }

    /// The roll-up of one kind of form.
    pub(crate) fn of(self, kind: SheetKind) -> Memo<Option<RollUp>> {
        if kind == SheetKind::UnitForm2 { self.form_2 } else { self.form_1 }
    }
}

/// Units of lists, System and reports, by name.
fn known_units(report: Option<&Report>, reported: &ReportedFigures) -> Vec<String> {
    let counted = report.into_iter().flat_map(|report| report.units.iter().map(|unit| unit.unit.clone()));
    let is_report = |kind: SheetKind| matches!(kind, SheetKind::DailyReport | SheetKind::WrittenReport);
    let told = reported.units.iter().filter(|unit| is_report(unit.kind) && !unit.unit.is_empty()).map(|unit| unit.unit.clone());
    let unknown = crate::reconcile::unit::UNKNOWN_UNIT;
    counted.filter(|name| name != unknown).chain(told).collect()
}

impl Session {
    /// Takes a form of a unit, or none.
    pub(crate) fn take_form(self, kind: SheetKind, unit: &RolledUnit, place: Option<FormPlace>) {
        let is_of_other_day =
            place.as_ref().is_some_and(|place| unit.forms.iter().any(|form| form.place == *place && form.left_out.is_some()));
        self.rolling.choices.update(|choices| {
            choices.taken.insert(unit.key.clone(), place);
        });
        if kind == SheetKind::UnitForm1 {
            // The numbers desk uses figures of another day only where they are chosen for the unit.
            let key = self.desk_key(&unit.name);
            self.update_row(&key, |inputs| match (is_of_other_day, inputs.source) {
                (true, _) => inputs.source = Some(ReportedSource::UnitForms),
                (false, Some(ReportedSource::UnitForms)) => inputs.source = None,
                _ => {}
            });
        }
    }

    /// The key of a unit's row in the numbers desk.
    fn desk_key(self, name: &str) -> String {
        let aliases = self.decisions.with_untracked(|decisions| decisions.units.clone());
        let key = aliases.key(name);
        let report = self.report.get_untracked();
        let counted = report.as_ref().and_then(|report| report.units.iter().find(|unit| aliases.key(&unit.unit) == key));
        counted.map_or_else(|| aliases.resolve(name).to_owned(), |unit| unit.unit.clone())
    }

    /// Makes Phụ lục 1 from the forms sent: their figures are n, a row a unit.
    pub(crate) fn use_unit_forms(self, are_provinces: bool) {
        self.settings.update(|settings| {
            settings.reported_source = ReportedSource::UnitForms;
            settings.form_1_rows = if are_provinces { FormRows::Provinces } else { FormRows::UnitsBelow };
        });
    }
}
