//! Both official forms and the working list: what they are filled with, and the workbooks they become.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test stops where its premise fails")]

#[path = "forms/filling.rs"]
mod filling;
#[path = "forms/formulas.rs"]
mod formulas;
#[path = "forms/kinds.rs"]
mod kinds;
#[path = "forms/parts.rs"]
mod parts;
#[path = "forms/read_back.rs"]
mod read_back;
#[path = "forms/samples.rs"]
mod samples;
#[path = "forms/sealed.rs"]
mod sealed;
#[path = "forms/workbooks.rs"]
mod workbooks;
#[path = "forms/working.rs"]
mod working;
#[path = "forms/written.rs"]
mod written;
