use super::tables::*;
use super::*;
use proptest::prelude::*;

/// The text as each encoding would show it.
fn encode(text: &str, encoding: TextEncoding) -> String {
    match encoding {
        TextEncoding::Unicode => text.to_owned(),
        TextEncoding::Tcvn3 => text.chars().map(|c| to_tcvn3(c).unwrap_or(c)).collect(),
        TextEncoding::Vni => text.chars().flat_map(to_vni).collect(),
        TextEncoding::Utf8AsWindows1252 => text
            .bytes()
            .map(|byte| (0u32..0x2200).rev().filter_map(char::from_u32).find(|c| windows_1252_byte(*c) == Some(byte)).unwrap())
            .collect(),
    }
}

fn to_tcvn3(c: char) -> Option<char> {
    let own = |c: char| TCVN3.iter().find(|(_, letter)| *letter == c).map(|(code, _)| *code);
    own(c).or_else(|| own(c.to_lowercase().next().unwrap()).filter(|_| !c.is_ascii()))
}

fn to_vni(c: char) -> Vec<char> {
    const BASES: &str = "aeouyôöAEOUYÔÖ";
    let latin = || (0xc0u32..0x100).filter_map(char::from_u32);
    if c.is_ascii() {
        return vec![c];
    }
    let pairs = BASES.chars().flat_map(|base| latin().map(move |mark| (base, mark)));
    // Behind a capital stands a capital mark.
    let mut pairs = pairs.filter(|(base, mark)| base.is_uppercase() == mark.is_uppercase());
    if let Some((base, mark)) = pairs.find(|(base, mark)| vni_pair(*base, *mark) == Some(c)) {
        return vec![base, mark];
    }
    latin().find(|code| vni_single(*code) == Some(c)).map_or(vec![c], |code| vec![code])
}

const VECTORS: [(&str, &str, &str, &str); 4] = [
    ("Nguyễn Văn Đức", "NguyÔn V¨n §øc", "Nguyeãn Vaên Ñöùc", "Nguyá»…n VÄƒn Ä\u{90}á»©c"),
    ("Trần Thị Hường", "TrÇn ThÞ H\u{ad}êng", "Traàn Thò Höôøng", "Tráº§n Thá»‹ HÆ°á»\u{9d}ng"),
    ("Lý Thị Mỹ Duyên", "Lý ThÞ Mü Duyªn", "Lyù Thò Myõ Duyeân", "LÃ½ Thá»‹ Má»¹ DuyÃªn"),
    ("Hoàng Thủy Bắc Kạn", "Hoµng Thñy B¾c K¹n", "Hoaøng Thuûy Baéc Kaïn", "HoÃ\u{a0}ng Thá»§y Báº¯c Káº¡n"),
];

#[test]
fn the_vectors_read_both_ways() {
    for (unicode, tcvn3, vni, utf8) in VECTORS {
        for (encoding, shown) in TextEncoding::LEGACY.into_iter().zip([tcvn3, vni, utf8]) {
            assert_eq!(encode(unicode, encoding), shown);
            assert_eq!(decode(shown, encoding), unicode);
            assert_eq!(judge(shown, encoding), Judgement::Legacy, "{shown}");
            assert_eq!(judge(unicode, encoding), Judgement::Unicode, "{unicode}");
        }
    }
    // A program made a plain space of the no-break space.
    assert_eq!(decode("HoÃ ng Thá»‹ HÃ ", TextEncoding::Utf8AsWindows1252), "Hoàng Thị Hà");
}

#[test]
fn every_letter_comes_back() {
    let small = "aáàảãạăắằẳẵặâấầẩẫậeéèẻẽẹêếềểễệiíìỉĩịoóòỏõọôốồổỗộơớờởỡợuúùủũụưứừửữựyýỳỷỹỵđ";
    for c in small.chars() {
        for encoding in TextEncoding::LEGACY {
            let shown = encode(&c.to_string(), encoding);
            assert!(shown.chars().all(|code| windows_1252_byte(code).is_some()), "{encoding:?} {c}: {shown}");
            assert_eq!(decode(&shown, encoding), c.to_string(), "{encoding:?}");
        }
    }
    for c in small.to_uppercase().chars() {
        assert_eq!(decode(&encode(&c.to_string(), TextEncoding::Vni), TextEncoding::Vni), c.to_string());
    }
    // The capital font shows small codes as capitals: what is there is a small letter.
    assert_eq!(decode(&encode("NGUYỄN VĂN ĐỨC", TextEncoding::Tcvn3), TextEncoding::Tcvn3), "NGUYễN VĂN ĐứC");
    assert!(TCVN3.is_sorted());
}

#[test]
fn the_judges_of_neighbouring_encodings_do_not_mix() {
    for (_, tcvn3, vni, utf8) in VECTORS {
        for (shown, own) in [tcvn3, vni, utf8].into_iter().zip(TextEncoding::LEGACY) {
            for other in TextEncoding::LEGACY.into_iter().filter(|other| *other != own) {
                assert_ne!(judge(shown, other), Judgement::Legacy, "{shown} as {other:?}");
            }
        }
    }
}

const SURNAMES: [&str; 30] = [
    "Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Huỳnh", "Phan", "Vũ", "Võ", "Đặng", "Bùi", "Đỗ", "Hồ", "Ngô", "Dương", "Lý", "Nông", "Bế",
    "Hà", "Lò", "Cà", "Quàng", "Lường", "Tòng", "Mã", "Tô", "Ma", "Đào", "Sầm", "Cù",
];
const MIDDLE: [&str; 16] =
    ["Văn", "Thị", "", "Đức", "Hữu", "Thị Mỹ", "Ngọc", "Hòa", "Hoà", "Thúy", "Thuý", "Quốc", "A", "Thanh", "Bá", "Sá"];
const GIVEN: [&str; 40] = [
    "An",
    "Bình",
    "Cúc",
    "Dũng",
    "Hà",
    "Hùng",
    "Tú",
    "Phú",
    "Phúc",
    "Lê",
    "Tô",
    "Mã",
    "Hoà",
    "Hòa",
    "Thủy",
    "Tuyết",
    "Út",
    "Tý",
    "Bé",
    "Sơn",
    "Lý",
    "Mỹ",
    "Tâm",
    "Nghĩa",
    "Nguyệt",
    "Ánh",
    "Yến",
    "Khoẻ",
    "Quý",
    "Thuận",
    "Lộc",
    "Bưởi",
    "Mơ",
    "Là",
    "Chí",
    "Cò",
    "Tòng",
    "Đỗ Quyên",
    "Hoàng",
    "Thìn",
];
const OTHERS: [&str; 37] = [
    "H'Hen Niê",
    "Y Bliêm Êban",
    "H'Mây Kbuôr",
    "Ksor Hờ Bil",
    "Rơ Châm Hlé",
    "Siu H'Ním",
    "Y Wô Mlô",
    "H Byă Ayŭn",
    "Bríu Liếc",
    "Pơloong Thị É",
    "A Lăng Bé",
    "Zơrâm Nhớ",
    "Thào A Sùng",
    "Giàng Thị Dế",
    "Vàng A Páo",
    "Lầu Bá Pó",
    "Sùng Mí Và",
    "Hạng A Chớ",
    "Mùa A Tủa",
    "Chamaléa Thị Én",
    "Katơr Hùng",
    "Châu Nế",
    "Danh Sà Rôn",
    "Thạch Sô Phia",
    "Kim Thị Hòl",
    "Đinh Y Rêu",
    "Hồ Văn Ýt",
    "Coor Phú",
    "Tơ Ngôl Hiên",
    "Bá Thị Quyể",
    "Ðặng Thị Mai",
    "ÐẶNG VĂN HÒA",
    "LÊ TÚ HOÀ",
    "Lê Tú Hoà",
    "Ngô Quý Tý",
    "HÀ THÚY Y",
    "Bàn Tà Mùi",
];

/// A name as lists write it in Unicode: Kinh, Tày, Mông, Ê-đê, foreign; with marks, without, in capitals, decomposed.
fn some_name() -> impl Strategy<Value = String> {
    let kinh =
        (0..SURNAMES.len(), 0..MIDDLE.len(), 0..GIVEN.len()).prop_map(|(a, b, c)| format!("{} {} {}", SURNAMES[a], MIDDLE[b], GIVEN[c]));
    let name = prop_oneof![6 => kinh, 2 => (0..OTHERS.len()).prop_map(|at| OTHERS[at].to_owned())];
    (name, 0..8u8).prop_map(|(name, how)| match how {
        0 => name.to_uppercase(),
        1 => name.to_lowercase(),
        2 => crate::normalize::fold(&name),
        3 => unicode_normalization::UnicodeNormalization::nfd(name.as_str()).collect(),
        4 => format!(" {}\u{a0}", name.replace(' ', "  ")),
        _ => name,
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 100_000, ..ProptestConfig::default() })]
    #[test]
    fn no_unicode_name_is_taken_for_legacy(name in some_name()) {
        for encoding in TextEncoding::LEGACY {
            prop_assert_ne!(judge(&name, encoding), Judgement::Legacy, "{:?} {:?}", encoding, name);
        }
    }
}

proptest! {
    #[test]
    fn a_vietnamese_name_comes_back_from_every_encoding(a in 0..SURNAMES.len(), b in 0..MIDDLE.len(), c in 0..GIVEN.len()) {
        let name = format!("{} {} {}", SURNAMES[a], MIDDLE[b], GIVEN[c]);
        for encoding in TextEncoding::LEGACY {
            let shown = encode(&name, encoding);
            // TCVN3 has no code of its own for most capitals with a mark.
            prop_assert_eq!(decode(&shown, encoding).to_lowercase(), name.to_lowercase());
            prop_assert_ne!(judge(&shown, encoding), Judgement::Unicode, "{}", shown);
        }
    }

    #[test]
    fn no_text_makes_it_panic(text in ".{0,60}") {
        for encoding in TextEncoding::ALL {
            let _ = (decode(&text, encoding), judge(&text, encoding));
        }
    }
}
