//! The steps of the rail, one screen each.

mod clean;
mod figures;
mod file_card;
mod form_1;
mod form_2;
mod import;
mod machine;
mod mapping_table;
mod monitor;
mod reconcile;
mod review;
mod roll_up;
mod send;
mod sheet_rows;

pub(crate) use clean::CleanStep;
pub(crate) use figures::FiguresStep;
pub(crate) use form_1::Form1Step;
pub(crate) use form_2::Form2Step;
pub(crate) use import::ImportStep;
pub(crate) use monitor::MonitorStep;
pub(crate) use reconcile::ReconcileStep;
pub(crate) use review::{NearestPanel, WhyButton};
pub(crate) use send::SendStep;
