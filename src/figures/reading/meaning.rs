//! What the heading of a column of counts means: which age, which dose, in the day or in all, or one of the form's other columns.

use crate::domain::{AgeBand, FormColumn};
use crate::workbook::words::Words;

/// A dose as headings name it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum DoseWord {
    /// `Mũi 1` to `Mũi 4`.
    Ordinal(u8),
    /// `Mũi 3 (vx Abdala)`.
    Abdala,
    /// `Liều bổ sung`.
    Additional,
    /// `Liều nhắc 1`, `nhắc lại lần 2`; none where no number is named.
    Booster(Option<u8>),
}

/// Whether counts are of the day or of all days so far.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Span {
    /// `Trong ngày`.
    InDay,
    /// `Lũy kế`.
    Cumulative,
}

/// What a column is, beside a dose.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    /// TT.
    RowNumber,
    /// The unit.
    Unit,
    /// The day of a row.
    Day,
    /// n: all doses.
    Given,
    /// o: on the System.
    OnSystem,
    /// p: the difference.
    Difference,
    /// q: result of the review.
    ReviewResult,
    /// `Ghi chú`.
    Note,
    /// A sum of some columns, of one age or one dose.
    Subtotal,
}

/// What a heading says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Meaning {
    pub(crate) band: Option<AgeBand>,
    pub(crate) dose: Option<DoseWord>,
    pub(crate) span: Option<Span>,
    pub(crate) role: Option<Role>,
}

/// Headings of a column of units, whole.
const UNITS: [&str; 34] = [
    "don vi",
    "ten don vi",
    "don vi bao cao",
    "don vi thuc hien",
    "don vi tiem",
    "tinh",
    "tinh tp",
    "tinh thanh pho",
    "tinh thanh",
    "ten tinh",
    "huyen",
    "quan huyen",
    "huyen tp",
    "huyen thi",
    "huyen thanh pho",
    "quan huyen thi xa thanh pho",
    "huyen thi xa thanh pho",
    "xa",
    "xa phuong",
    "xa phuong thi tran",
    "phuong xa",
    "phuong xa thi tran",
    "ten xa",
    "dia phuong",
    "dia ban",
    "co so",
    "ten co so",
    "co so tiem",
    "co so tiem chung",
    "co so y te",
    "diem tiem",
    "diem tiem chung",
    "tram y te",
    "khu vuc",
];

/// Reads the texts of a heading, from the top row down.
pub(crate) fn meaning_of(levels: &[&str]) -> Meaning {
    let words: Vec<Words> = levels.iter().map(|level| without_dates(level)).collect();
    // The lowest text that says a thing says it for the column.
    let lowest = |of: &dyn Fn(&Words) -> Option<AgeBand>| words.iter().rev().find_map(of);
    let band = lowest(&band_in);
    let dose = words.iter().rev().find_map(dose_in);
    let span = words.iter().rev().find_map(span_in);
    if is_beside_counts(levels, &words, dose) {
        return Meaning { role: Some(Role::Note), ..Meaning::default() };
    }
    let role = role_of(&words, band, dose, span);
    Meaning { band, dose, span, role }
}

/// Whether a column has no counts of doses: shares in percent, people, plans, vaccine in stock.
fn is_beside_counts(levels: &[&str], words: &[Words], dose: Option<DoseWord>) -> bool {
    const SHARES: [&str; 3] = ["ty le", "ti le", "phan tram"];
    const OTHERS: [&str; 8] = ["dan so", "so dan", "doi tuong", "ke hoach", "duoc cap", "phan bo", "ton kho", "vac xin nhan"];
    let is_share = |level: &str, words: &Words| {
        let before_sign = level.trim().trim_end_matches([')', ' ']).strip_suffix('%');
        let ends_so = before_sign.is_some_and(|before| !before.trim_end().ends_with(|c: char| c.is_ascii_digit()));
        let says = SHARES.iter().any(|phrase| words.has(phrase)) || ends_so;
        says && !["so luong", "so mui", "ket qua"].iter().any(|phrase| words.has(phrase))
    };
    let has = |phrase: &str| words.iter().any(|level| level.has(phrase));
    let counts_doses = || dose.is_some() || ["mui", "lieu", "tiem"].iter().any(|word| has(word));
    levels.iter().zip(words).any(|(level, words)| is_share(level, words)) || OTHERS.iter().any(|phrase| has(phrase)) && !counts_doses()
}

/// The words of a heading without dates and hours in them: `(31/01/2023)`, `ngày 12/5`.
fn without_dates(text: &str) -> Words {
    let text: String = text.split_whitespace().filter(|part| !is_date(part)).collect::<Vec<_>>().join(" ");
    Words::of(&text)
}

fn is_date(part: &str) -> bool {
    let bare = part.trim_matches(|c: char| !c.is_ascii_digit());
    let groups: Vec<&str> = bare.split(['/', '-', '.']).collect();
    let are_numbers = groups.iter().all(|group| !group.is_empty() && group.len() <= 4 && group.bytes().all(|byte| byte.is_ascii_digit()));
    // `12-17` is an age, `5/11` hardly a day in a heading of ages.
    are_numbers && (groups.len() == 3 || groups.len() == 2 && groups.iter().any(|group| group.len() == 4))
}

/// The age a heading names.
pub(crate) fn band_in(words: &Words) -> Option<AgeBand> {
    let numbers: Vec<(usize, u32)> = words.folded.iter().enumerate().filter_map(|(at, word)| Some((at, word.parse().ok()?))).collect();
    let has = |number: u32| numbers.iter().any(|(_, own)| *own == number);
    let follows = |first: u32, seconds: &[u32]| {
        numbers.windows(2).any(|pair| matches!(pair, [(at, a), (to, b)] if *a == first && seconds.contains(b) && to - at <= 4))
    };
    let speaks_of_age = words.has("tuoi") || words.has("nhom") || words.has("tu") || words.has("tre");
    if follows(5, &[11, 12]) {
        Some(AgeBand::Child)
    } else if follows(12, &[17, 18]) {
        Some(AgeBand::Adolescent)
    } else if has(18) && (speaks_of_age || words.has("tren") || words.has("tro len")) || words.has("nguoi lon") {
        Some(AgeBand::Adult)
    } else {
        // `≥18`, `18+`: the sign is no word.
        match numbers.as_slice() {
            [(_, 18)] if words.len() <= 3 => Some(AgeBand::Adult),
            _ => None,
        }
    }
}

/// The dose a heading names.
pub(crate) fn dose_in(words: &Words) -> Option<DoseWord> {
    if words.has("bo sung") || words.at(0) == "bs" && words.len() <= 2 {
        return Some(DoseWord::Additional);
    }
    let at = |word: &str| words.folded.iter().position(|own| own == word);
    let ordinal = ordinal_in(words);
    // `NL1` as offices shorten it.
    let short = at("nl").filter(|at| *at == 0 && words.len() <= 3);
    if let Some(at) = at("nhac").or(short) {
        let mut next = at + 1;
        while matches!(words.at(next), "lai" | "lan" | "thu" | "so") {
            next += 1;
        }
        let number = number_word(words.at(next), true).or(match ordinal {
            Some(3) => Some(1),
            Some(4) => Some(2),
            _ => None,
        });
        return Some(DoseWord::Booster(number));
    }
    match ordinal {
        Some(3) | None if words.has("abdala") && (ordinal.is_some() || words.len() <= 3) => Some(DoseWord::Abdala),
        other => other.map(DoseWord::Ordinal),
    }
}

/// The number of `Mũi 3`, `M3`, `liều 2`, `mũi thứ nhất`, `mũi II`.
fn ordinal_in(words: &Words) -> Option<u8> {
    words.folded.iter().enumerate().find_map(|(at, word)| {
        let is_lead = matches!(word.as_str(), "mui" | "lieu" | "m") || word == "lan" && words.len() <= 2;
        let mut next = at + 1;
        while is_lead && matches!(words.at(next), "thu" | "so" | "tiem" | "vx" | "vac" | "xin") && next < at + 4 {
            next += 1;
        }
        if is_lead { number_word(words.at(next), word != "m") } else { None }
    })
}

fn number_word(word: &str, is_wordy: bool) -> Option<u8> {
    match word {
        "1" | "01" => Some(1),
        "2" | "02" => Some(2),
        "3" | "03" => Some(3),
        "4" | "04" => Some(4),
        "i" | "nhat" | "mot" if is_wordy => Some(1),
        "ii" | "hai" if is_wordy => Some(2),
        "iii" | "ba" if is_wordy => Some(3),
        "iv" | "bon" | "tu" if is_wordy => Some(4),
        _ => None,
    }
}

/// Whether a heading says in the day or in all.
pub(crate) fn span_in(words: &Words) -> Option<Span> {
    let has = |phrases: &[&str]| phrases.iter().any(|phrase| words.has(phrase));
    if has(&["luy ke", "luy tich", "tich luy", "cong don", "luy tien"]) {
        Some(Span::Cumulative)
    } else if has(&["trong ngay", "phat sinh", "tiem trong ngay", "hom nay", "moi tiem"]) {
        Some(Span::InDay)
    } else {
        None
    }
}

fn role_of(words: &[Words], band: Option<AgeBand>, dose: Option<DoseWord>, span: Option<Span>) -> Option<Role> {
    let has = |phrases: &[&str]| phrases.iter().any(|phrase| words.iter().any(|level| level.has(phrase)));
    let leaf = words.last().map(Words::line).unwrap_or_default();
    if matches!(leaf.as_str(), "tt" | "stt" | "so tt" | "so thu tu") {
        return Some(Role::RowNumber);
    }
    if words.iter().any(|level| UNITS.contains(&level.line().as_str())) && dose.is_none() {
        return Some(Role::Unit);
    }
    if matches!(leaf.as_str(), "ngay" | "ngay bao cao" | "ngay tiem" | "ngay thang" | "ngay thang nam" | "thoi gian") {
        return Some(Role::Day);
    }
    if leaf.starts_with("ghi chu") {
        return Some(Role::Note);
    }
    let lead = leaf.split(' ').next().unwrap_or_default();
    let is_sum = matches!(lead, "tong" | "cong") && !leaf.starts_with("cong don");
    if dose.is_none() {
        if has(&["chenh lech", "so sanh", "chua nhap", "chua duoc nhap", "con thieu"]) {
            return Some(Role::Difference);
        }
        if has(&["ra soat"]) {
            return Some(Role::ReviewResult);
        }
        if has(&["he thong", "phan mem", "nen tang", "da nhap", "nhap lieu", "tren ht", "len ht", "vao ht"]) {
            return Some(Role::OnSystem);
        }
        if has(&["bao cao ve", "da thuc hien"]) {
            return Some(Role::Given);
        }
    }
    match (band.is_some(), dose.is_some()) {
        // `Tổng mũi 1`: over the ages; `Tổng` under one age: over its doses.
        (false, true) if is_sum => Some(Role::Subtotal),
        (true, false) if is_sum || span.is_none() => Some(Role::Subtotal),
        (false, false) => {
            let is_count = is_sum || has(&["so mui", "so lieu", "tong so", "tong cong", "mui tiem", "so luong", "da tiem", "ket qua"]);
            (is_count || span.is_some()).then_some(Role::Given)
        }
        _ => None,
    }
}

/// The column of the form for an age and a dose, and what is doubtful about it.
pub(crate) fn form_column(band: AgeBand, dose: DoseWord) -> Option<(FormColumn, Option<&'static str>)> {
    use DoseWord::{Abdala, Additional, Booster, Ordinal};
    use FormColumn::{C, D, E, F, G, H, I, J, K, L, M};
    let sure = |column| Some((column, None));
    match (band, dose) {
        (AgeBand::Adult, Ordinal(1)) => sure(C),
        (AgeBand::Adult, Ordinal(2)) => sure(D),
        (AgeBand::Adult, Abdala) => sure(E),
        (AgeBand::Adult, Additional) => sure(F),
        (AgeBand::Adult, Booster(Some(1))) => sure(G),
        (AgeBand::Adult, Booster(Some(2))) => sure(H),
        (AgeBand::Adult, Ordinal(3)) => Some((G, Some("đọc là Liều nhắc 1 (g)"))),
        (AgeBand::Adult, Ordinal(4)) => Some((H, Some("đọc là Liều nhắc 2 (h)"))),
        (AgeBand::Adult, Booster(None)) => Some((G, Some("không ghi lần, đọc là Liều nhắc 1 (g)"))),
        (AgeBand::Adolescent, Ordinal(1)) => sure(I),
        (AgeBand::Adolescent, Ordinal(2)) => sure(J),
        (AgeBand::Adolescent, Ordinal(3) | Booster(None | Some(1))) => sure(K),
        (AgeBand::Adolescent, Additional | Abdala) => Some((K, Some("đọc là Mũi 3 (k)"))),
        (AgeBand::Child, Ordinal(1)) => sure(L),
        (AgeBand::Child, Ordinal(2)) => sure(M),
        _ => None,
    }
}

/// The form's column a cell of the letter row names: `c`, `(d)`, `n=c+...+m`, `p=n-o`; none where it is no such letter.
pub(crate) fn letter_in(text: &str) -> Option<char> {
    let bare: String = text.chars().filter(|c| !c.is_whitespace() && !matches!(c, '(' | ')' | '[' | ']' | '.')).collect();
    let mut chars = bare.chars();
    let letter = chars.next()?.to_ascii_lowercase();
    let rest = chars.as_str();
    let is_formula = rest.starts_with('=') && rest.len() <= 24;
    (letter.is_ascii_alphabetic() && letter <= 'q' && (rest.is_empty() || is_formula)).then_some(letter)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn column(levels: &[&str]) -> Option<FormColumn> {
        let meaning = meaning_of(levels);
        form_column(meaning.band?, meaning.dose?).map(|(column, _)| column)
    }

    #[test]
    fn the_forms_own_headings_are_its_columns() {
        let bands = ["Kết quả tiêm cho nhóm từ 18 tuổi trở lên", "Kết quả tiêm nhóm 12-17 tuổi", "Kết quả tiêm nhóm 5-11 tuổi"];
        for own in FormColumn::ALL {
            let band = bands[match own.band() {
                AgeBand::Adult => 0,
                AgeBand::Adolescent => 1,
                _ => 2,
            }];
            assert_eq!(column(&[band, own.title()]), Some(own));
        }
    }

    #[test]
    fn headings_in_other_words() {
        use FormColumn::*;
        for (levels, expected) in [
            (&["≥ 18 tuổi", "M1"][..], C),
            (&["Người từ đủ 18 tuổi trở lên", "Mũi thứ hai"], D),
            (&["Mũi nhắc lại lần 2 (≥18 tuổi)"], H),
            (&["18+", "Nhắc lại 1"], G),
            (&["Trên 18 tuổi", "Mũi 3 (nhắc lại lần 1)"], G),
            (&["Trên 18 tuổi", "Liều nhắc (Mũi 4)"], H),
            (&["Trẻ từ 12 đến dưới 18 tuổi", "Mũi 2"], J),
            (&["12 – 17", "Mũi nhắc"], K),
            (&["Trẻ em từ 5 - dưới 12 tuổi", "Liều 1"], L),
            (&["Mũi 2 trẻ 5-11 tuổi"], M),
            (&["Từ 18 tuổi", "Mũi 3 Abdala"], E),
            (&["18T+", "BS"], F),
            (&["18T+", "NL1"], G),
            (&["18T+", "NL 2"], H),
        ] {
            assert_eq!(column(levels), Some(expected), "{levels:?}");
        }
        assert_eq!(column(&["Từ 12 tuổi trở lên", "Mũi 1"]), None, "no age of the form");
    }

    #[test]
    fn the_other_columns_of_the_form() {
        let role = |levels: &[&str]| meaning_of(levels).role;
        assert_eq!(role(&["Tổng số mũi tiêm địa phương báo cáo về Viện VSDT TU (31/01/2023)"]), Some(Role::Given));
        assert_eq!(role(&["Tổng số mũi tiêm địa phương nhập liệu trên Hệ thống tiêm chủng vắc xin phòng COVID-19"]), Some(Role::OnSystem));
        assert_eq!(role(&["Số sánh chênh lệch số liệu chưa nhập lên Hệ thống"]), Some(Role::Difference));
        assert_eq!(role(&["Kết quả rà soát của địa phương tính đến ngày 31/01/2023"]), Some(Role::ReviewResult));
        assert_eq!(role(&["Tỉnh/TP"]), Some(Role::Unit));
        assert_eq!(role(&["STT"]), Some(Role::RowNumber));
        assert_eq!(role(&["Từ 18 tuổi trở lên", "Cộng"]), Some(Role::Subtotal));
        assert_eq!(role(&["Tổng mũi 1"]), Some(Role::Subtotal));
        assert_eq!(role(&["Tổng số"]), Some(Role::Given));
        assert_eq!(role(&["Cộng dồn"]), Some(Role::Given));
        assert_eq!(role(&["Số mũi trên HT"]), Some(Role::OnSystem));
        assert_eq!(role(&["Tổng số mũi đã tiêm cho các đối tượng"]), Some(Role::Given));
        for levels in [
            &["Từ 18 tuổi trở lên", "Tỷ lệ mũi 1 (%)"][..],
            &["Tỷ lệ (%)", "Mũi 2"],
            &["%"],
            &["Đạt %"],
            &["≥18 tuổi", "Mũi 1 (%)"],
            &["Tổng số đối tượng"],
            &["Dân số ≥ 18"],
        ] {
            let expected = Meaning { role: Some(Role::Note), ..Meaning::default() };
            assert_eq!(meaning_of(levels), expected, "{levels:?} counts no doses");
        }
        assert_eq!(meaning_of(&["Kết quả tiêm nhóm 5-11 tuổi, số lượng và tỷ lệ", "Mũi 1"]).dose, Some(DoseWord::Ordinal(1)));
        assert_eq!(meaning_of(&["Mũi 1", "Lũy kế"]).span, Some(Span::Cumulative));
    }

    #[test]
    fn letters_of_the_letter_row() {
        assert_eq!(["c", "(d)", " n=c+...+m", "P = n-o", "q"].map(letter_in), [Some('c'), Some('d'), Some('n'), Some('p'), Some('q')]);
        assert_eq!(["Mũi 1", "tt", "z", "", "1"].map(letter_in), [None; 5]);
    }
}
