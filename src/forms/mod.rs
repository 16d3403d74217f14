//! The two official forms of công văn 1234/BYT-DP and the working list.
//!
//! Each form is first a model (`Form1`, `Form2`: every cell as a value), made from a [`crate::reconcile::Report`] by a pure function,
//! then drawn: by the page on screen, by `*_sheet` as a workbook. What is on screen is what is in the workbook.

pub mod archive;
pub mod bridge;
mod chart_style;
pub mod file_name;
pub mod import_file;
pub mod import_file_sheet;
pub mod inputs;
pub mod number_only;
pub mod personal;
pub mod phu_luc_1;
pub mod phu_luc_1_sheet;
pub mod phu_luc_2;
pub mod phu_luc_2_below;
pub mod phu_luc_2_sheet;
pub mod quality_sheet;
mod remarks;
mod row_stream;
pub mod seal;
pub mod seal_sheet;
mod style;
pub mod unit_parts;
pub mod working_list;
pub mod working_list_sheet;

pub use style::FormError;
