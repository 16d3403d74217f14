//! Phụ lục 1 as people fill it in: the letter's table with rows and columns moved, separators typed, merges lost.

use crate::builder::{C, S};
use ra_soat::domain::FormColumn;

/// A unit's row: c…m, o.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Unit {
    pub(crate) number: u32,
    pub(crate) name: String,
    pub(crate) columns: [Option<u64>; 11],
    pub(crate) on_system: Option<u64>,
}

/// How numbers are typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Typed {
    Number,
    Points,
    Commas,
    Spaces,
}

impl Typed {
    pub(crate) const ALL: [Typed; 4] = [Typed::Number, Typed::Points, Typed::Commas, Typed::Spaces];

    pub(crate) fn cell(self, value: u64) -> C {
        let grouped = |mark: &str| ra_soat::text::show_number(value as i64).replace('.', mark);
        match self {
            Typed::Number => C::Number(value as f64),
            Typed::Points => C::Text(grouped(".")),
            Typed::Commas => C::Text(grouped(",")),
            Typed::Spaces => C::Text(grouped("\u{a0}")),
        }
    }
}

/// Where the total stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Total {
    Missing,
    Last,
    First,
}

/// How a copy of the form was filled in.
#[derive(Clone, Debug)]
pub(crate) struct Style {
    pub(crate) typed: Typed,
    pub(crate) total: Total,
    pub(crate) has_letters: bool,
    pub(crate) has_merges: bool,
    pub(crate) has_given: bool,
    /// The order of the form's seventeen columns a…q; those left out are deleted.
    pub(crate) order: Vec<usize>,
    /// Extra columns, each before the column at this place of the order.
    pub(crate) extra: Vec<usize>,
    /// Blank rows above the heading.
    pub(crate) shift: usize,
    pub(crate) has_signature: bool,
    pub(crate) letter: String,
    pub(crate) cut_off: String,
    /// Who the title says it is of.
    pub(crate) office: String,
}

impl Default for Style {
    fn default() -> Style {
        Style {
            typed: Typed::Number,
            total: Total::Last,
            has_letters: true,
            has_merges: true,
            has_given: true,
            order: (0..17).collect(),
            extra: Vec::new(),
            shift: 0,
            has_signature: true,
            letter: "1234 /BYT-DP".to_owned(),
            cut_off: "31/01/2023".to_owned(),
            office: String::new(),
        }
    }
}

const N: usize = 13;
const LETTERS: [&str; 17] = ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l", "m", "n=c+...+m", "o", "p=n-o", "q"];

/// The two rows of the heading, by the form's columns.
fn heading(column: usize, cut_off: &str) -> (String, String) {
    let band = match column {
        2..8 => "Kết quả tiêm cho nhóm từ 18 tuổi trở lên",
        8..11 => "Kết quả tiêm nhóm 12-17 tuổi",
        11..13 => "Kết quả tiêm nhóm 5-11 tuổi",
        _ => "",
    };
    let lone = match column {
        0 => "TT".to_owned(),
        1 => "Tỉnh/TP".to_owned(),
        13 => format!("Tổng số mũi tiêm địa phương báo cáo về Viện VSDT TU ({cut_off})"),
        14 => "Tổng số mũi tiêm địa phương nhập liệu trên Hệ thống tiêm chủng vắc xin phòng COVID-19".to_owned(),
        15 => "So sánh chênh lệch số liệu chưa nhập lên Hệ thống".to_owned(),
        16 => format!("Kết quả rà soát của địa phương tính đến ngày {cut_off}"),
        _ => return (band.to_owned(), FormColumn::ALL[column - 2].title().to_owned()),
    };
    (lone, String::new())
}

/// The sheet of a hand-filled form.
pub(crate) fn sheet(units: &[Unit], style: &Style) -> S {
    let mut rows: Vec<Vec<C>> = Vec::new();
    if !style.office.is_empty() {
        rows.push(vec![
            C::from(style.office.as_str()),
            C::Blank,
            C::Blank,
            C::Blank,
            C::Blank,
            C::from("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        ]);
    }
    rows.push(vec![C::from("Phụ lục 1:")]);
    rows.push(vec![C::from("BẢNG TỔNG HỢP VÀ KẾT QUẢ CẬP NHẬT, RÀ SOÁT DỮ LIỆU TIÊM CHỦNG PHÒNG COVID-19")]);
    rows.push(vec![C::from(format!("(Số liệu tính đến ngày {})", style.cut_off))]);
    rows.push(vec![C::from(format!("(Kèm theo Công văn số {} ngày 10 /02/2023 của Bộ Y tế)", style.letter))]);
    rows.extend((0..style.shift).map(|_| vec![C::Blank]));
    // Which of the form's columns stands where; none for an extra one.
    let mut places: Vec<Option<usize>> = Vec::new();
    for (at, column) in style.order.iter().enumerate() {
        places.extend(style.extra.iter().filter(|extra| **extra == at).map(|_| None));
        places.push(Some(*column));
    }
    let top = rows.len() as u32 + 1;
    let mut merges = Vec::new();
    let (mut first, mut second): (Vec<C>, Vec<C>) = (Vec::new(), Vec::new());
    let mut before = String::new();
    for (at, place) in places.iter().enumerate() {
        let (above, below) = place.map_or((String::new(), String::new()), |column| heading(column, &style.cut_off));
        let is_band = !below.is_empty();
        // Under one merged heading only the first cell has its text.
        first.push(if is_band && above == before { C::Blank } else { C::from(above.as_str()) });
        second.push(C::from(below.as_str()));
        if !is_band && !above.is_empty() {
            merges.push((top, top + 1, at as u16, at as u16));
        }
        before = if place.is_none() && style.has_merges { before } else { above };
    }
    // The merges of the ages, extra columns inside them included.
    let mut at = 0;
    while style.has_merges && at < places.len() {
        let band = |place: Option<Option<usize>>| {
            place.flatten().map(|column| heading(column, "").0).filter(|_| place.flatten().is_some_and(|column| (2..13).contains(&column)))
        };
        let Some(own) = band(places.get(at).copied()) else {
            at += 1;
            continue;
        };
        let mut end = at;
        let mut next = at + 1;
        while next < places.len() && (places[next].is_none() || band(places.get(next).copied()).as_ref() == Some(&own)) {
            if places[next].is_some() {
                end = next;
            }
            next += 1;
        }
        if end > at {
            merges.push((top, top, at as u16, end as u16));
        }
        at = end + 1;
    }
    rows.push(first);
    rows.push(second);
    if style.has_letters {
        rows.push(places.iter().map(|place| place.map_or(C::Blank, |column| C::from(LETTERS[column]))).collect());
    }
    let cells = |number: C, name: &str, columns: [Option<u64>; 11], on_system: Option<u64>| -> Vec<C> {
        let given: u64 = columns.iter().flatten().sum();
        let cell = |value: Option<u64>| value.map_or(C::Blank, |value| style.typed.cell(value));
        let of = |column: usize| match column {
            0 => number.clone(),
            1 => C::from(name),
            2..13 => cell(columns[column - 2]),
            N => cell(style.has_given.then_some(given)),
            14 => cell(on_system),
            15 => on_system.map_or(C::Blank, |on_system| {
                let difference = given as i64 - on_system as i64;
                if difference < 0 { C::Number(difference as f64) } else { style.typed.cell(difference as u64) }
            }),
            _ => C::Blank,
        };
        places.iter().enumerate().map(|(at, place)| place.map_or_else(|| C::from(format!("ghi chú {at}")), of)).collect()
    };
    let sums: [Option<u64>; 11] = std::array::from_fn(|at| Some(units.iter().filter_map(|unit| unit.columns[at]).sum()));
    let on_system = units.iter().any(|unit| unit.on_system.is_some()).then(|| units.iter().filter_map(|unit| unit.on_system).sum());
    let total = cells(C::Blank, "Tổng cộng", sums, on_system);
    if style.total == Total::First {
        rows.push(total.clone());
    }
    rows.extend(units.iter().map(|unit| cells(C::Number(f64::from(unit.number)), &unit.name, unit.columns, unit.on_system)));
    if style.total == Total::Last {
        rows.push(total);
    }
    if style.has_signature {
        rows.push(vec![C::Blank]);
        rows.push(vec![C::Blank, C::from("Ghi chú: số liệu đã đối chiếu với Hệ thống")]);
        rows.push(vec![
            C::Blank,
            C::from("NGƯỜI LẬP BẢNG"),
            C::Blank,
            C::Blank,
            C::Blank,
            C::from("…, ngày 14 tháng 3 năm 2023"),
            C::from("GIÁM ĐỐC"),
        ]);
    }
    let sheet = S::new("PL1", rows);
    if style.has_merges { sheet.merged(&merges) } else { sheet }
}
