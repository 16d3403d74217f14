//! How numbers and dates are written, and the sentences an officer reads: one place for the words of the app.
//!
//! The official wording of the forms is not here but in [`crate::forms`].

use crate::domain::Date;
use crate::workbook::error::ReadError;

/// `dd/mm/yyyy`.
///
/// ```
/// assert_eq!(ra_soat::text::show_date(jiff::civil::date(2023, 1, 31)), "31/01/2023");
/// ```
pub fn show_date(date: Date) -> String {
    format!("{:02}/{:02}/{:04}", date.day(), date.month(), date.year())
}

/// A number with dots between thousands.
///
/// ```
/// assert_eq!(ra_soat::text::show_number(-1_234_567), "-1.234.567");
/// ```
pub fn show_number(number: i64) -> String {
    let digits = number.unsigned_abs().to_string();
    let mut out = String::from(if number < 0 { "-" } else { "" });
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push('.');
        }
        out.push(digit);
    }
    out
}

/// A figure of a form; blank where there is none.
///
/// ```
/// assert_eq!([Some(1_200), Some(0), None].map(ra_soat::text::show_figure), ["1.200", "0", ""]);
/// ```
pub fn show_figure(figure: Option<u64>) -> String {
    figure.map(|figure| show_number(figure as i64)).unwrap_or_default()
}

/// A difference as the page shows it: with a minus sign as long as a plus.
///
/// ```
/// assert_eq!([1_200, 0, -3].map(ra_soat::text::show_difference), ["1.200", "0", "−3"]);
/// ```
pub fn show_difference(difference: i64) -> String {
    show_number(difference).replacen('-', "−", 1)
}

/// A difference with its sign, `+12`, `−3`, `0`.
///
/// ```
/// assert_eq!([1_200, 0, -3].map(ra_soat::text::show_signed), ["+1.200", "0", "−3"]);
/// ```
pub fn show_signed(difference: i64) -> String {
    let sign = if difference > 0 { "+" } else { "" };
    format!("{sign}{}", show_difference(difference))
}

/// Thousandths of a bit as bits with one decimal.
///
/// ```
/// assert_eq!(ra_soat::text::show_bits(-3_250), "−3,3");
/// assert_eq!(ra_soat::text::show_bits(40), "0,0");
/// ```
pub fn show_bits(thousandths: i32) -> String {
    let tenths = (thousandths.abs() + 50) / 100;
    let sign = if thousandths < 0 && tenths > 0 { "−" } else { "" };
    format!("{sign}{},{}", tenths / 10, tenths % 10)
}

/// A column as Excel names it: 0 is `A`.
///
/// ```
/// assert_eq!([0, 25, 26, 702].map(ra_soat::text::column_name), ["A", "Z", "AA", "AAA"]);
/// ```
pub fn column_name(column: u16) -> String {
    let mut rest = u32::from(column) + 1;
    let mut letters = Vec::new();
    while rest > 0 {
        letters.push(char::from(b'A' + ((rest - 1) % 26) as u8));
        rest = (rest - 1) / 26;
    }
    letters.iter().rev().collect()
}

/// Reads a date typed as `dd/mm/yyyy` (also with `-` or `.`, and single digits).
///
/// ```
/// use ra_soat::text::parse_date;
/// assert_eq!(parse_date("31/1/2023"), Some(jiff::civil::date(2023, 1, 31)));
/// assert_eq!(parse_date("31/02/2023"), None);
/// ```
pub fn parse_date(text: &str) -> Option<Date> {
    let mut parts = text.trim().split(['/', '-', '.']);
    let (day, month, year) = (parts.next()?.trim().parse().ok()?, parts.next()?.trim().parse().ok()?, parts.next()?.trim().parse().ok()?);
    if parts.next().is_some() || !(1900..=2100).contains(&year) { None } else { Date::new(year, month, day).ok() }
}

/// Reads a whole number typed with or without dots or spaces between thousands.
///
/// ```
/// use ra_soat::text::parse_number;
/// assert_eq!(parse_number("1.234.567"), Some(1_234_567));
/// assert_eq!(parse_number("1.5"), None);
/// assert_eq!(parse_number("12 mũi"), None);
/// ```
pub fn parse_number(text: &str) -> Option<u64> {
    let groups: Vec<&str> = text.trim().split(['.', ' ', '\u{a0}']).collect();
    // `1.5` is no whole number: between thousands every group has three digits.
    let are_thousands = groups.len() == 1 || groups.iter().skip(1).all(|group| group.len() == 3);
    let digits = groups.concat();
    if !are_thousands || digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) { None } else { digits.parse().ok() }
}

/// What an officer reads where the browser did not take a download.
pub fn not_saved(why: &str) -> String {
    format!(
        "Trình duyệt không lưu được tệp ({why}). Hãy kiểm tra ổ đĩa còn chỗ và trình duyệt cho phép tải tệp xuống, rồi bấm tải lần nữa."
    )
}

/// What an officer reads where a file is refused: what is wrong and what to do (follows `Từ chối: `).
pub fn read_error(error: &ReadError) -> String {
    match error {
        ReadError::EmptyFile => "tệp rỗng (0 byte). Hãy chép lại tệp từ nơi gửi rồi thả vào lần nữa.".to_owned(),
        ReadError::NotWorkbook => "không phải tệp Excel. Hãy mở tệp bằng chương trình đã tạo ra nó và lưu thành .xlsx.".to_owned(),
        ReadError::TextFile => "đây là tệp văn bản không có bảng. Hãy mở bằng Excel, kiểm tra các cột rồi lưu thành .xlsx.".to_owned(),
        ReadError::PasswordProtected => {
            "tệp có mật khẩu. Hãy mở bằng Excel, vào Tệp › Thông tin › Bảo vệ sổ làm việc, bỏ mật khẩu, lưu lại rồi thả vào lần nữa.".to_owned()
        }
        ReadError::Damaged(detail) => {
            // Where the detail begins with the name of a part, that is where: `xl/worksheets/sheet1.xml: …`.
            let part = detail.split_once(": ").map(|(part, _)| part).filter(|part| part.contains('.') && !part.contains(' '));
            let place = part.map(|part| format!(" Chỗ hỏng: phần {part} trong tệp.")).unwrap_or_default();
            format!("tệp bị hỏng hoặc bị cắt khi sao chép.{place} Hãy xin lại tệp, hoặc mở bằng Excel để sửa (Mở và sửa) rồi lưu thành .xlsx.")
        }
        ReadError::NoCells => "không trang tính nào có dữ liệu. Hãy kiểm tra xem có lấy nhầm tệp không.".to_owned(),
        ReadError::NoHeader => {
            "không tìm thấy dòng tên cột (cần ít nhất cột họ tên và ngày tiêm). Hãy chỉ dòng tên cột ở bên dưới, hoặc thêm dòng đó rồi thả lại.".to_owned()
        }
        ReadError::NoSavedValues(sheet, column) => format!(
            "cột “{column}” của trang “{sheet}” toàn công thức mà tệp không lưu kết quả. Hãy mở bằng Excel, đợi tính xong, lưu lại rồi thả vào lần nữa."
        ),
        ReadError::ShortCells => {
            "tệp .xlsb này ghi ô theo lối rút gọn, đọc sẽ thiếu ô. Hãy mở bằng Excel, lưu thành .xlsx rồi thả vào lần nữa.".to_owned()
        }
        ReadError::FarCell(sheet, row) => format!(
            "trang “{sheet}” có ô ở rất xa (dòng {}), mở ra tốn hết bộ nhớ. Hãy mở bằng Excel, lưu thành .xlsx rồi thả vào lần nữa.",
            show_number(i64::from(*row))
        ),
        ReadError::TooLarge(what) => format!("tệp quá lớn ({what}). Hãy chia thành nhiều tệp nhỏ hơn."),
        ReadError::SameAs(name) => format!("nội dung giống hệt tệp “{name}” đã nạp, nên không đọc lần nữa."),
        ReadError::Crashed => "chương trình đọc gặp sự cố với tệp này; các tệp khác không bị ảnh hưởng. Hãy thử lại, hoặc mở bằng Excel và lưu thành .xlsx.".to_owned(),
        ReadError::Silent => "đã dừng vì chương trình đọc không báo gì trong 10 giây. Bấm “Đọc lại” để thử lần nữa; nếu vẫn vậy, hãy mở bằng Excel và lưu thành .xlsx.".to_owned(),
        ReadError::Cancelled => "đã hủy theo yêu cầu. Bấm “Đọc lại” để đọc.".to_owned(),
    }
}
