//! The ledger's buckets, statuses and decisions.

use crate::domain::Side;
use serde::{Deserialize, Serialize};

/// Where a dose lands. Every dose lands in exactly one.
///
/// The order is the order of precedence and of the rows of `Kết quả đối soát`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Bucket {
    /// No name, no day of dose, or not a dose as written.
    Unreadable,
    /// After the cut-off, no column of the form, and so on.
    OutOfScope,
    /// The same dose again on its own side.
    Duplicate,
    /// A possible match, until a person decides.
    Review,
    /// Local, on both sides, dose facts agree.
    Entered,
    /// Local, on both sides, a dose fact differs.
    ToAdjust,
    /// Local, not on the System.
    NotEntered,
    /// System, on both sides.
    Matched,
    /// System, on no local list.
    SystemOnly,
}

/// How many buckets there are.
pub const BUCKET_COUNT: usize = 9;

/// A count per bucket.
pub type ByBucket<T> = [T; BUCKET_COUNT];

impl Bucket {
    /// In the order of precedence.
    pub const ALL: [Bucket; BUCKET_COUNT] = {
        use Bucket::*;
        [Unreadable, OutOfScope, Duplicate, Review, Entered, ToAdjust, NotEntered, Matched, SystemOnly]
    };

    /// Position in [`Bucket::ALL`].
    pub fn index(self) -> usize {
        self as usize
    }

    /// The bucket's fixed name on this side; none where the side has no such bucket.
    ///
    /// ```
    /// use ra_soat::domain::{Bucket, Side};
    /// assert_eq!(Bucket::Duplicate.label(Side::System), Some("Trùng trên Hệ thống"));
    /// assert_eq!(Bucket::NotEntered.label(Side::System), None);
    /// ```
    pub fn label(self, side: Side) -> Option<&'static str> {
        use Bucket::*;
        Some(match (self, side) {
            (Unreadable, _) => "Không đọc được",
            (OutOfScope, _) => "Ngoài phạm vi",
            (Duplicate, Side::Local) => "Trùng lặp",
            (Duplicate, Side::System) => "Trùng trên Hệ thống",
            (Review, _) => "Cần xem xét",
            (Entered, Side::Local) => "Đã nhập",
            (ToAdjust, Side::Local) => "Cần điều chỉnh",
            (NotEntered, Side::Local) => "Chưa nhập",
            (Matched, Side::System) => "Khớp",
            (SystemOnly, Side::System) => "Chỉ có trên Hệ thống",
            _ => return None,
        })
    }

    /// Name of the bucket's sheet in the working list (`(HT)` marks the System's side of a shared name).
    pub fn sheet_name(self, side: Side) -> Option<&'static str> {
        use Bucket::*;
        match (self, side) {
            (Review, Side::System) => Some("Cần xem xét (HT)"),
            (OutOfScope, Side::System) => Some("Ngoài phạm vi (HT)"),
            (Unreadable, Side::System) => Some("Không đọc được (HT)"),
            // A matched System dose stands beside its local one, in `Đã nhập` or `Cần điều chỉnh`.
            (Matched, _) => None,
            _ => self.label(side),
        }
    }
}

/// What has become of a `Chưa nhập` dose.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Status {
    /// `Chưa xác minh`.
    #[default]
    NotVerified,
    /// `Đã xác minh và đã nhập`.
    VerifiedEntered,
    /// `Đã xác minh, không thể nhập`.
    CannotEnter,
}

impl Status {
    /// In the order of part III of Phụ lục 2.
    pub const ALL: [Status; 3] = [Status::VerifiedEntered, Status::CannotEnter, Status::NotVerified];

    /// Its place in [`Status::ALL`].
    pub fn index(self) -> usize {
        match self {
            Status::VerifiedEntered => 0,
            Status::CannotEnter => 1,
            Status::NotVerified => 2,
        }
    }

    /// The fixed label.
    pub fn label(self) -> &'static str {
        match self {
            Status::NotVerified => "Chưa xác minh",
            Status::VerifiedEntered => "Đã xác minh và đã nhập",
            Status::CannotEnter => "Đã xác minh, không thể nhập",
        }
    }
}

/// How sure a link is (`Độ tin cậy`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Confidence {
    /// The machine links.
    Certain,
    /// A person decides.
    Possible,
    /// A person has decided.
    Decided,
}

impl Confidence {
    /// The fixed label.
    pub fn label(self) -> &'static str {
        match self {
            Confidence::Certain => "Chắc chắn",
            Confidence::Possible => "Có thể",
            Confidence::Decided => "Do người quyết định",
        }
    }
}

/// An officer's answer about one pair (`Quyết định`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Decision {
    /// `Cùng người`.
    SamePerson,
    /// `Khác người`.
    DifferentPerson,
    /// `Để sau`.
    Later,
}

impl Decision {
    /// In the order of the buttons.
    pub const ALL: [Decision; 3] = [Decision::SamePerson, Decision::DifferentPerson, Decision::Later];

    /// The answer with this label.
    pub fn from_label(label: &str) -> Option<Decision> {
        Decision::ALL.into_iter().find(|decision| decision.label() == label)
    }

    /// The fixed label.
    pub fn label(self) -> &'static str {
        match self {
            Decision::SamePerson => "Cùng người",
            Decision::DifferentPerson => "Khác người",
            Decision::Later => "Để sau",
        }
    }
}
