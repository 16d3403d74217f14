//! Pieces that several steps draw.

pub(crate) mod bridge_table;
pub(crate) mod column_table;
pub(crate) mod dose_list;
pub(crate) mod field;
pub(crate) mod frame;
pub(crate) mod paper;
pub(crate) mod progress;
