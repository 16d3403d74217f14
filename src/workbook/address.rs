//! Commune, district and province out of a full address.

use crate::domain::province::find_province;
use crate::normalize::quick::folded;

/// The parts found in an address, as written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct AddressParts<'a> {
    /// With the word for its kind: `xã Dương Quang`.
    pub(crate) commune: Option<&'a str>,
    /// `huyện Bạch Thông`.
    pub(crate) district: Option<&'a str>,
    /// `tỉnh Bắc Kạn`.
    pub(crate) province: Option<&'a str>,
}

const COMMUNE: [&str; 11] = ["xa ", "phuong ", "thi tran ", "x. ", "x.", "p. ", "p.", "tt. ", "tt.", "tt ", "ph. "];
const DISTRICT: [&str; 13] = ["huyen ", "quan ", "thi xa ", "thanh pho ", "tp. ", "tp.", "tp ", "h. ", "h.", "q. ", "q.", "tx. ", "tx."];
const PROVINCE: [&str; 3] = ["tinh ", "t. ", "t."];

/// Takes an address apart by the words for the kinds of its parts; where there are none, by its end, province last.
pub(crate) fn parts_of(address: &str) -> AddressParts<'_> {
    let segments: Vec<&str> = address
        .split([',', ';', '\n'])
        .flat_map(|segment| segment.split(" - "))
        .flat_map(|segment| segment.split(" – "))
        .map(str::trim)
        .filter(|segment| !segment.is_empty())
        .collect();
    let mut parts = AddressParts::default();
    for segment in &segments {
        let folded = folded(segment);
        let begins = |leads: &[&str]| leads.iter().any(|lead| folded.strip_prefix(lead).is_some_and(|rest| !rest.trim().is_empty()));
        if parts.commune.is_none() && begins(&COMMUNE) && !folded.starts_with("xa hoi") {
            parts.commune = Some(segment);
        } else if parts.commune.is_some() && parts.district.is_none() && begins(&DISTRICT) {
            parts.district = Some(segment);
        } else if begins(&PROVINCE) && find_province(segment).is_some() {
            parts.province = Some(segment);
        }
    }
    // `Thôn Nà Pò, Dương Quang, Bạch Thông, Bắc Kạn`: no words for the kinds, but a province at the end.
    if let [.., commune, district, province] = segments.as_slice()
        && find_province(province).is_some()
    {
        parts.province = parts.province.or(Some(province));
        parts.district = parts.district.or(Some(district));
        if segments.len() > 3 || parts.commune.is_some() {
            parts.commune = parts.commune.or(Some(commune));
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_gives_its_commune() {
        let commune = |address| parts_of(address).commune;
        assert_eq!(commune("Thôn Nà Pò, xã Dương Quang, TP Bắc Kạn, tỉnh Bắc Kạn"), Some("xã Dương Quang"));
        assert_eq!(commune("Tổ 5, P. Sông Cầu, TP. Bắc Kạn"), Some("P. Sông Cầu"));
        assert_eq!(commune("Tổ 5 - P.Sông Cầu - TP Bắc Kạn"), Some("P.Sông Cầu"));
        assert_eq!(commune("Thôn Nà Pò, Dương Quang, Bạch Thông, Bắc Kạn"), Some("Dương Quang"));
        assert_eq!(commune("Thôn Nà Pò"), None);
        assert_eq!(parts_of("xã Lục Bình, huyện Bạch Thông, Bắc Kạn").district, Some("huyện Bạch Thông"));
    }
}
