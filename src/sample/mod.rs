//! The invented commune of `Dùng thử với dữ liệu mẫu`: three local lists in three layouts and a System export, with every kind of
//! difference an officer meets. Made by a seeded generator: the same bytes every time, no real person.

mod people;
mod sheets;

use crate::forms::FormError;
use people::Commune;

/// The reporting unit of the sample.
pub const SAMPLE_UNIT: &str = "Trạm Y tế xã Suối Mẫu";

/// Seed of the sample.
const SEED: u64 = 12_342_023;

/// The four workbooks, each with its name.
///
/// # Errors
/// The writer's word.
pub fn sample_files() -> Result<Vec<(String, Vec<u8>)>, FormError> {
    let commune = Commune::invent(SEED);
    Ok(vec![
        ("Danh sách tiêm người lớn - TYT xã Suối Mẫu.xlsx".to_owned(), sheets::adults(&commune)?),
        ("Danh sách tiêm trẻ em 5-17 tuổi - TYT xã Suối Mẫu.xlsx".to_owned(), sheets::children(&commune)?),
        ("Danh sách Công an, Quân sự huyện Đồng Mẫu.xlsx".to_owned(), sheets::forces(&commune)?),
        ("Dữ liệu Hệ thống - trích xuất 15-02-2023.xlsx".to_owned(), sheets::system(&commune)?),
    ])
}
