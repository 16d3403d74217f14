//! From the bytes of a workbook to dose records, through the public library.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test stops where its premise fails")]

#[path = "workbook/builder.rs"]
mod builder;
#[path = "workbook/csv.rs"]
mod csv;
#[path = "workbook/dates.rs"]
mod dates;
#[path = "workbook/headers.rs"]
mod headers;
#[path = "workbook/hostile.rs"]
mod hostile;
#[path = "workbook/kinds.rs"]
mod kinds;
#[path = "workbook/layouts.rs"]
mod layouts;
#[path = "workbook/legacy.rs"]
mod legacy;
#[path = "workbook/lists.rs"]
mod lists;
#[path = "workbook/offices.rs"]
mod offices;
#[path = "workbook/package.rs"]
mod package;
#[path = "workbook/reading.rs"]
mod reading;
#[path = "workbook/variants.rs"]
mod variants;
#[path = "workbook/xlsx.rs"]
mod xlsx;
