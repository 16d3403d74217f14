//! What a rule is: the proposition that holds of a sound record, why, and what to do where it does not.

use serde::{Deserialize, Serialize};

/// How much a broken rule weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Severity {
    /// The record is wrong, or cannot be verified or signed as it is.
    Error,
    /// The record is very likely wrong; a person looks.
    Warning,
    /// Worth knowing; often right all the same.
    Notice,
}

impl Severity {
    /// The gravest first.
    pub const ALL: [Severity; 3] = [Severity::Error, Severity::Warning, Severity::Notice];

    /// The officer's word.
    pub fn label(self) -> &'static str {
        match self {
            Severity::Error => "Lỗi",
            Severity::Warning => "Cảnh báo",
            Severity::Notice => "Lưu ý",
        }
    }
}

/// The part of a record a rule is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[allow(missing_docs, reason = "`label` says each in the officer's words")]
pub enum Facet {
    Identity,
    Name,
    Birth,
    Sex,
    Phone,
    Insurance,
    Home,
    Given,
    Age,
    Interval,
    Order,
    Vaccine,
    Lot,
    Facility,
    Entry,
    Verification,
}

impl Facet {
    /// In the order of the catalogue.
    pub const ALL: [Facet; 16] = {
        use Facet::*;
        [Identity, Name, Birth, Sex, Phone, Insurance, Home, Given, Age, Interval, Order, Vaccine, Lot, Facility, Entry, Verification]
    };

    /// The officer's word.
    pub fn label(self) -> &'static str {
        use Facet::*;
        match self {
            Identity => "Số giấy tờ",
            Name => "Họ tên",
            Birth => "Ngày sinh",
            Sex => "Giới tính",
            Phone => "Số điện thoại",
            Insurance => "Thẻ BHYT",
            Home => "Nơi ở, nhóm đối tượng",
            Given => "Ngày tiêm",
            Age => "Tuổi khi tiêm",
            Interval => "Khoảng cách mũi",
            Order => "Thứ tự mũi",
            Vaccine => "Vắc xin",
            Lot => "Số lô",
            Facility => "Cơ sở tiêm",
            Entry => "Nhập lên Hệ thống",
            Verification => "Xác thực, ký",
        }
    }
}

/// What one finding of a rule is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Subject {
    /// A row's person: counted once a row, whatever the number of doses in it.
    Person,
    /// One dose.
    Dose,
}

/// One rule of the catalogue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rule {
    /// Its number in the catalogue; stable, shown and kept in drafts.
    pub code: &'static str,
    /// How much it weighs.
    pub severity: Severity,
    /// What part of a record it is about.
    pub facet: Facet,
    /// Whose finding it is.
    pub subject: Subject,
    /// The proposition that holds of a sound record.
    pub holds: &'static str,
    /// Why.
    pub why: &'static str,
    /// What to do where it does not hold.
    pub fix: &'static str,
    /// Document and article; `Thực hành` where no document says it.
    pub source: &'static str,
}

/// Makes the catalogue: one name a rule, one row of data each.
macro_rules! catalogue {
    ($($name:ident: $code:literal $severity:ident $facet:ident $subject:ident, $holds:literal, $why:literal, $fix:literal, $source:expr;)*) => {
        /// Names a rule.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[repr(u8)]
        #[allow(missing_docs, reason = "the proposition of each rule says what it is")]
        pub enum RuleId { $($name),* }

        /// Every rule, by its number.
        pub const RULES: &[Rule] = &[$(Rule {
            code: $code,
            severity: Severity::$severity,
            facet: Facet::$facet,
            subject: Subject::$subject,
            holds: $holds,
            why: $why,
            fix: $fix,
            source: $source,
        }),*];

        impl RuleId {
            /// Every rule, in the order of the catalogue.
            pub const ALL: &[RuleId] = &[$(RuleId::$name),*];
        }
    };
}
pub(super) use catalogue;
