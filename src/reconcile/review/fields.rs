//! The facts of two persons side by side, and how they differ in words.

use crate::domain::{BirthDate, PersonRecord, Sex};
use crate::linkage::candidate::Candidate;
use crate::linkage::comparison::birth::{BirthLevel, compare_births};
use crate::linkage::comparison::name::NameLevel;
use crate::linkage::comparison::number::NumberLevel;
use crate::linkage::estimates::Estimates;
use crate::normalize::text::{Text, TextPool};
use crate::text::show_date;
use serde::{Deserialize, Serialize};

/// How one fact agrees.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Agreement {
    /// Both say the same.
    Same,
    /// Nearly the same.
    Near,
    /// Both say it, and it differs.
    Differs,
    /// One side says nothing, or both.
    Unsaid,
}

impl Agreement {
    /// The word beside the fact.
    pub fn label(self) -> &'static str {
        match self {
            Agreement::Same => "giống",
            Agreement::Near => "gần giống",
            Agreement::Differs => "khác",
            Agreement::Unsaid => "thiếu",
        }
    }
}

/// One fact of both.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldPair {
    /// Its name.
    pub label: String,
    /// What the first says (local), what the second says (System).
    pub values: [String; 2],
    /// How they agree.
    pub agreement: Agreement,
}

/// A birth date as shown.
pub(super) fn show_birth(birth: BirthDate) -> String {
    match birth {
        BirthDate::Day(day) => show_date(day),
        BirthDate::Month { year, month } => format!("{month:02}/{year}"),
        BirthDate::Year(year) => year.to_string(),
    }
}

/// Compares two texts that say the same or do not.
fn texts(a: Text, b: Text) -> Agreement {
    match (a.is_some(), b.is_some()) {
        (true, true) if a == b => Agreement::Same,
        (true, true) => Agreement::Differs,
        _ => Agreement::Unsaid,
    }
}

/// How the facts of two persons agree, in the order they are shown, with the words of a difference (empty where there is none).
pub(super) fn compare(x: &PersonRecord, y: &PersonRecord, estimates: &Estimates, pool: &TextPool) -> Vec<(FieldPair, &'static str)> {
    use Agreement::*;
    let mut fields = Vec::new();
    let mut add = |label: &str, values: [String; 2], agreement: Agreement, words: &'static str| {
        fields.push((FieldPair { label: label.to_owned(), values, agreement }, words));
    };
    let both = |of: fn(&PersonRecord) -> Text| [pool.get(of(x)).to_owned(), pool.get(of(y)).to_owned()];

    let (agreement, words) = match estimates.names_of(x, y) {
        _ if x.name.is_none() || y.name.is_none() => (Unsaid, "một phía không có họ tên"),
        NameLevel::Exact => (Same, ""),
        NameLevel::Reordered => (Near, "họ tên đảo thứ tự"),
        NameLevel::Slip => (Near, "họ tên lệch một lỗi gõ"),
        NameLevel::Partial => (Near, "họ tên viết thiếu chữ"),
        NameLevel::Slips => (Near, "họ tên lệch nhiều chữ"),
        NameLevel::RareName => (Near, "họ tên lệch một dấu hoặc một chữ, thành tên ít người mang"),
        NameLevel::OtherName => (Differs, "họ tên lệch một dấu hoặc một chữ, thành tên khác"),
        NameLevel::Different => (Differs, "họ tên khác"),
    };
    add("Họ và tên", both(|record| record.name), agreement, words);

    let (agreement, words) = match x.birth.zip(y.birth).map(|(a, b)| compare_births(a, b)) {
        None => (Unsaid, "thiếu ngày sinh"),
        Some(BirthLevel::Exact) => (Same, ""),
        Some(BirthLevel::Swapped) => (Near, "ngày sinh đảo ngày với tháng"),
        Some(BirthLevel::NextYear) => (Near, "ngày sinh lệch một năm"),
        Some(BirthLevel::Digit) => (Near, "ngày sinh lệch một chữ số"),
        Some(BirthLevel::Month) => (Near, "ngày sinh cùng tháng, khác ngày"),
        Some(BirthLevel::Year) => (Near, "một phía chỉ ghi năm sinh"),
        Some(BirthLevel::Different) => (Differs, "ngày sinh khác"),
    };
    let birth = |record: &PersonRecord| record.birth.map_or_else(|| pool.get(record.birth_text).to_owned(), show_birth);
    add("Ngày sinh", [birth(x), birth(y)], agreement, words);

    let (agreement, words) = match (x.sex, y.sex) {
        (Some(a), Some(b)) if a == b => (Same, ""),
        (Some(_), Some(_)) => (Differs, "giới tính khác"),
        _ => (Unsaid, ""),
    };
    let sex = |record: &PersonRecord| record.sex.map_or("", Sex::label).to_owned();
    add("Giới tính", [sex(x), sex(y)], agreement, words);

    let (agreement, words) = match (estimates.numbers_of(x, y, pool), x.identity.is_some(), y.identity.is_some()) {
        (Some(NumberLevel::Exact), ..) => (Same, ""),
        (Some(NumberLevel::Slip), ..) => (Near, "số giấy tờ lệch một chữ số"),
        (Some(NumberLevel::Doubtful), ..) => (Differs, "số giấy tờ khác, có số không đúng dạng"),
        (Some(NumberLevel::Different), ..) => (Differs, "số giấy tờ khác"),
        (None, true, true) => (Unsaid, "số giấy tờ khác loại (CMND, CCCD) hoặc dùng chung"),
        (None, false, false) => (Unsaid, "cả hai phía không có số giấy tờ"),
        (None, ..) => (Unsaid, "một phía không có số giấy tờ"),
    };
    let identity =
        |record: &PersonRecord| pool.get(if record.identity.is_some() { record.identity } else { record.identity_text }).to_owned();
    add("Số giấy tờ", [identity(x), identity(y)], agreement, words);

    let phone = texts(x.phone, y.phone);
    if x.phone.is_some() || y.phone.is_some() {
        add("Số điện thoại", both(|record| record.phone), phone, if phone == Differs { "số điện thoại khác" } else { "" });
    }
    let insurance = texts(x.insurance, y.insurance);
    if x.insurance.is_some() || y.insurance.is_some() {
        add("Số thẻ BHYT", both(|record| record.insurance), insurance, if insurance == Differs { "số thẻ BHYT khác" } else { "" });
    }
    let home = |record: &PersonRecord| {
        let commune = if record.commune.is_some() { record.commune } else { record.commune_key };
        let parts = [record.address, commune, record.district, record.province];
        parts.into_iter().filter(|text| text.is_some()).map(|text| pool.get(text)).collect::<Vec<_>>().join(", ")
    };
    let commune = texts(x.commune_key, y.commune_key);
    let homes = [home(x), home(y)];
    if homes.iter().any(|home| !home.is_empty()) {
        add("Nơi ở", homes, commune, if commune == Differs { "xã, phường khác" } else { "" });
    }
    fields
}

/// How two persons differ, in words: what pairs of one pattern share.
pub(super) fn pattern(x: &Candidate, y: &Candidate, has_rival: bool, estimates: &Estimates, pool: &TextPool) -> String {
    let compared = compare(&x.record, &y.record, estimates, pool);
    let mut words: Vec<&str> = compared.iter().map(|(_, words)| *words).filter(|words| !words.is_empty()).collect();
    let is_plain = words.len() <= 1;
    if has_rival {
        words.push("có người khác cũng giống");
    }
    let mut said = if words.is_empty() { "các thông tin đều khớp".to_owned() } else { words.join("; ") };
    if is_plain && !words.is_empty() && !has_rival {
        said.push_str("; còn lại khớp");
    }
    let mut signs = said.chars();
    signs.next().map(|first| first.to_uppercase().collect::<String>() + signs.as_str()).unwrap_or_default()
}
