//! The platform's sixteen priority groups (QĐ 3355/QĐ-BYT): codes of the template's `Mã nhóm đối tượng ưu tiên`.

/// Short names of codes 1 to 16.
const NAMES: [&str; 16] = [
    "Ngành y tế",
    "Người tham gia phòng chống dịch",
    "Lực lượng Quân đội",
    "Lực lượng Công an",
    "Ngoại giao, tổ chức quốc tế",
    "Hải quan, xuất nhập cảnh",
    "Dịch vụ thiết yếu",
    "Giáo viên, học sinh, sinh viên, hành chính",
    "Bệnh mạn tính, trên 65 tuổi",
    "Người sinh sống tại vùng có dịch",
    "Người nghèo, đối tượng chính sách xã hội",
    "Công tác, học tập, lao động nước ngoài",
    "Người lao động doanh nghiệp",
    "Chức sắc, chức việc tôn giáo",
    "Người lao động tự do",
    "Đối tượng khác",
];

/// The platform's code in a text that is nothing but the code.
///
/// ```
/// use ra_soat::domain::target_group::platform_code;
/// assert_eq!(platform_code(" 03"), Some(3));
/// assert_eq!(platform_code("17"), None);
/// assert_eq!(platform_code("Nhóm 3"), None);
/// ```
pub fn platform_code(text: &str) -> Option<u8> {
    text.trim().parse().ok().filter(|code| (1..=16).contains(code))
}

/// How a target group is shown: a code with its name, words as they stand, `Không ghi` where nothing is written.
///
/// ```
/// use ra_soat::domain::target_group::show_target_group;
/// assert_eq!(show_target_group("3"), "3 – Lực lượng Quân đội");
/// assert_eq!(show_target_group(""), "Không ghi");
/// ```
pub fn show_target_group(text: &str) -> String {
    match platform_code(text) {
        Some(code) => format!("{code} – {}", NAMES[usize::from(code) - 1]),
        None if text.trim().is_empty() => "Không ghi".to_owned(),
        None => text.trim().to_owned(),
    }
}
