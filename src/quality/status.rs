//! What the System's words of verification and signing mean; a word nobody knows stays itself until a person says what it is.

use crate::normalize::fold;
use serde::{Deserialize, Serialize};

/// How a person's data stand against the population database (the partition reported in 2022).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Verification {
    /// All four fields agree.
    Right,
    /// Some field does not agree.
    Wrong,
    /// Not compared yet.
    NotYet,
    /// Compared, and nobody was found.
    NotFound,
    /// There is no number.
    NoNumber,
    /// The number has a wrong form.
    WrongForm,
}

impl Verification {
    /// In the order of the table.
    pub const ALL: [Verification; 6] = {
        use Verification::*;
        [Right, Wrong, NotYet, NotFound, NoNumber, WrongForm]
    };

    /// The officer's words.
    pub fn label(self) -> &'static str {
        match self {
            Verification::Right => "Đúng",
            Verification::Wrong => "Sai thông tin",
            Verification::NotYet => "Chưa xác thực",
            Verification::NotFound => "Không xác minh được",
            Verification::NoNumber => "Không có số",
            Verification::WrongForm => "Sai định dạng",
        }
    }

    /// What a word of an export means; none where nobody knows it.
    ///
    /// ```
    /// use ra_soat::quality::Verification;
    /// assert_eq!(Verification::read("Đã xác thực"), Some(Verification::Right));
    /// assert_eq!(Verification::read("Chưa xác thực đúng"), Some(Verification::NotYet));
    /// assert_eq!(Verification::read("Sai định dạng CCCD"), Some(Verification::WrongForm));
    /// assert_eq!(Verification::read("PENDING-7"), None);
    /// ```
    pub fn read(text: &str) -> Option<Verification> {
        use Verification::*;
        let folded = fold(text);
        let has = |words: &[&str]| words.iter().any(|word| folded.contains(word));
        let is = |words: &[&str]| words.contains(&folded.trim());
        if has(&["sai dinh dang", "khong dung dinh dang"]) {
            Some(WrongForm)
        } else if has(&[
            "khong co so",
            "khong co cccd",
            "khong co cmnd",
            "khong co giay to",
            "chua co so",
            "chua co cccd",
            "thieu so",
            "thieu cccd",
        ]) {
            Some(NoNumber)
        } else if has(&["khong xac minh duoc", "khong xac thuc duoc", "khong tim thay", "khong co trong csdl"]) {
            Some(NotFound)
        } else if has(&["chua xac", "cho xac", "dang xac", "chua doi chieu", "chua gui", "cho doi chieu"]) {
            Some(NotYet)
        } else if has(&["sai thong tin", "khong khop", "khong dung", "xac thuc sai", "xac minh sai"]) || is(&["sai"]) {
            Some(Wrong)
        } else if has(&["da xac thuc", "da xac minh", "xac thuc dung", "xac minh dung", "thong tin dung", "trung khop"])
            || is(&["dung", "khop", "hop le"])
        {
            Some(Right)
        } else {
            None
        }
    }
}

/// Whether the passport of a dose is signed, by the word of the export; none where it says neither.
///
/// ```
/// use ra_soat::quality::is_signed;
/// assert_eq!(is_signed("Đã ký"), Some(true));
/// assert_eq!(is_signed("Chưa ký số"), Some(false));
/// assert_eq!(is_signed(""), None);
/// ```
pub fn is_signed(text: &str) -> Option<bool> {
    let folded = fold(text);
    let words = || folded.split(|c: char| !c.is_alphanumeric());
    if words().any(|word| matches!(word, "chua" | "khong" | "cho" | "dang")) {
        Some(false)
    } else if words().any(|word| matches!(word, "da" | "ky" | "co" | "x" | "1" | "signed")) {
        Some(true)
    } else {
        (folded.trim() == "0").then_some(false)
    }
}
