//! `Số liệu`: what each source says was given, unit by unit and column by column, before anyone agrees on a figure.

pub mod reading;
pub mod reported;
pub mod roll_up;
