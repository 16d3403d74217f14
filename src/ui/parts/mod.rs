//! Pieces that several steps draw.

pub(crate) mod bulk;
pub(crate) mod column_table;
pub(crate) mod count_link;
pub(crate) mod cover_letter;
pub(crate) mod dose_list;
pub(crate) mod field;
pub(crate) mod figure_link;
pub(crate) mod frame;
pub(crate) mod group_rules;
pub(crate) mod later_table;
pub(crate) mod list_filter;
pub(crate) mod more_rows;
pub(crate) mod paper;
pub(crate) mod personal_question;
pub(crate) mod privacy_panel;
pub(crate) mod progress;
pub(crate) mod silent_worker;
pub(crate) mod snapshot_select;
pub(crate) mod spark;
pub(crate) mod unit_choice;
pub(crate) mod virtual_list;
pub(crate) mod working_list;
