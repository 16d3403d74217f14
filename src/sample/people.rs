//! The people of the invented commune, their doses, and what went wrong when the doses were typed in.

use crate::domain::{Date, Product};
use fastrand::Rng;
use jiff::civil::date;

/// A person.
pub(super) struct Person {
    pub(super) name: String,
    pub(super) birth: Date,
    pub(super) is_female: bool,
    pub(super) identity: String,
    pub(super) phone: String,
    pub(super) hamlet: String,
    pub(super) workplace: &'static str,
    pub(super) target_group: u8,
    pub(super) note: &'static str,
    pub(super) list: List,
    pub(super) doses: Vec<Dose>,
}

/// The local list a person stands on.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum List {
    Adults,
    Children,
    Forces,
}

/// A dose as given, and how it stands on either side.
pub(super) struct Dose {
    pub(super) ordinal: u8,
    pub(super) product: Product,
    pub(super) given: Date,
    pub(super) lot: String,
    pub(super) fate: Fate,
}

/// What became of a dose.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Fate {
    /// Entered as given.
    Entered,
    /// Entered with another lot.
    OtherLot,
    /// Entered with another day.
    OtherDay,
    /// Entered twice.
    EnteredTwice,
    /// Not entered.
    NotEntered,
    /// Entered, and on no local list.
    SystemOnly,
    /// Written twice in the local list.
    ListedTwice,
    /// Written in the local list without its day.
    NoDay,
}

/// Everyone.
pub(super) struct Commune {
    pub(super) people: Vec<Person>,
}

const FAMILIES: [(&str, u32); 12] = [
    ("Nguyễn", 38),
    ("Trần", 11),
    ("Lê", 10),
    ("Phạm", 7),
    ("Hoàng", 6),
    ("Vũ", 5),
    ("Đặng", 4),
    ("Bùi", 4),
    ("Nông", 5),
    ("Triệu", 4),
    ("Hà", 3),
    ("Lý", 3),
];
const MALE_MIDDLE: [&str; 7] = ["Văn", "Đức", "Hữu", "Quốc", "Minh", "Xuân", "Công"];
const FEMALE_MIDDLE: [&str; 6] = ["Thị", "Thị Thu", "Ngọc", "Thanh", "Thị Hồng", "Minh"];
const MALE_GIVEN: [&str; 16] =
    ["An", "Bình", "Cường", "Dũng", "Đạt", "Hải", "Hùng", "Khánh", "Long", "Nam", "Phong", "Quân", "Sơn", "Thắng", "Tuấn", "Việt"];
const FEMALE_GIVEN: [&str; 16] =
    ["Ánh", "Bích", "Chi", "Dung", "Giang", "Hà", "Hạnh", "Hoa", "Hường", "Lan", "Linh", "Mai", "Nga", "Thảo", "Trang", "Yến"];
const HAMLETS: [&str; 6] = ["Thôn Nà Mẫu", "Thôn Bản Suối", "Thôn Khau Đông", "Thôn Pác Lùng", "Thôn Tân Hợp", "Thôn Đồng Tâm"];

impl Commune {
    /// Invents a commune of 620 people.
    pub(super) fn invent(seed: u64) -> Commune {
        let mut rng = Rng::with_seed(seed);
        let mut people: Vec<Person> = Vec::new();
        for number in 0..620u32 {
            let list = match number {
                0..40 => List::Forces,
                40..180 => List::Children,
                _ => List::Adults,
            };
            let birth = match list {
                List::Children => date(rng.i16(2006..=2016), rng.i8(1..=12), rng.i8(1..=28)),
                List::Forces => date(rng.i16(1972..=1999), rng.i8(1..=12), rng.i8(1..=28)),
                List::Adults => date(rng.i16(1938..=2002), rng.i8(1..=12), rng.i8(1..=28)),
            };
            let is_female = rng.u32(0..100) < if list == List::Forces { 15 } else { 51 };
            let (workplace, target_group) = match (list, number) {
                (List::Forces, 0..22) => ("Công an huyện Đồng Mẫu", 4),
                (List::Forces, _) => ("Ban Chỉ huy quân sự huyện Đồng Mẫu", 3),
                (List::Children, _) => ("", 8),
                (List::Adults, _) => {
                    (["", "", "", "Trường Tiểu học Suối Mẫu", "UBND xã Suối Mẫu", "Hợp tác xã Suối Mẫu"][draw(&mut rng, 6)], 10)
                }
            };
            let has_identity = list != List::Children || birth.year() < 2009;
            let identity = if has_identity && rng.u32(0..100) >= 3 { identity(&mut rng, birth, is_female, number) } else { String::new() };
            let has_left = list == List::Adults && rng.u32(0..100) < 3;
            let person = Person {
                name: name(&mut rng, is_female),
                birth,
                is_female,
                identity,
                phone: if rng.u32(0..100) < 88 { format!("09{:08}", 10_000_000 + number * 137 + rng.u32(0..100)) } else { String::new() },
                hamlet: HAMLETS[draw(&mut rng, HAMLETS.len())].to_owned(),
                workplace,
                target_group,
                note: if has_left { "Đã chuyển đi khỏi địa phương" } else { "" },
                list,
                doses: doses(&mut rng, list, birth, has_left),
            };
            people.push(person);
        }
        // Three namesakes born on one day, the third without a number: no key tells whose doses the third's are, so the officer is asked.
        let twin_name = "Nguyễn Thị Hạnh".to_owned();
        for (at, number) in [(200, "006180004321"), (201, "006180009876"), (202, "")] {
            let person = &mut people[at];
            person.name.clone_from(&twin_name);
            person.birth = date(1980, 5, 17);
            person.is_female = true;
            person.identity = number.to_owned();
            person.phone.clear();
        }
        Commune { people }
    }
}

fn name(rng: &mut Rng, is_female: bool) -> String {
    let mut at = rng.u32(0..FAMILIES.iter().map(|(_, share)| share).sum());
    let mut family = FAMILIES[0].0;
    for (name, share) in FAMILIES {
        if at < share {
            family = name;
            break;
        }
        at -= share;
    }
    let (middle, given) = if is_female {
        (FEMALE_MIDDLE[draw(rng, FEMALE_MIDDLE.len())], FEMALE_GIVEN[draw(rng, FEMALE_GIVEN.len())])
    } else {
        (MALE_MIDDLE[draw(rng, MALE_MIDDLE.len())], MALE_GIVEN[draw(rng, MALE_GIVEN.len())])
    };
    format!("{family} {middle} {given}")
}

/// A position below `count`. Not drawn as `usize`: the browser's is of 32 bits and would invent other people than the tests' of 64.
fn draw(rng: &mut Rng, count: usize) -> usize {
    rng.u32(0..count as u32) as usize
}

/// A citizen number that fits birth and sex (TT 59/2021/TT-BCA), with an invented tail.
fn identity(rng: &mut Rng, birth: Date, is_female: bool, number: u32) -> String {
    let century = if birth.year() >= 2000 { 2 } else { 0 };
    format!("006{}{:02}{:06}", century + u8::from(is_female), birth.year() % 100, number * 1_009 + rng.u32(0..1_000))
}

fn doses(rng: &mut Rng, list: List, birth: Date, has_left: bool) -> Vec<Dose> {
    use Product::*;
    let (products, starts): (&[Product], [Date; 4]) = match list {
        List::Adults => {
            let series: [&[Product]; 6] = [
                &[AstraZeneca, AstraZeneca, Pfizer, Pfizer],
                &[Pfizer, Pfizer, Pfizer, Pfizer],
                &[VeroCell, VeroCell, VeroCell, Pfizer],
                &[Moderna, Moderna, Moderna, Moderna],
                &[Abdala, Abdala, Abdala, Pfizer],
                &[AstraZeneca, Pfizer, AstraZeneca, Pfizer],
            ];
            (series[draw(rng, series.len())], [date(2021, 8, 10), date(2021, 9, 28), date(2022, 1, 12), date(2022, 6, 20)])
        }
        List::Forces => {
            (&[AstraZeneca, AstraZeneca, Pfizer, Pfizer], [date(2021, 5, 5), date(2021, 7, 12), date(2021, 12, 20), date(2022, 5, 25)])
        }
        List::Children if birth.year() <= 2009 => {
            (&[Pfizer, Pfizer, Pfizer], [date(2021, 11, 16), date(2021, 12, 14), date(2022, 7, 20), date(2022, 12, 1)])
        }
        List::Children => (&[Moderna, Moderna], [date(2022, 4, 21), date(2022, 5, 26), date(2022, 9, 1), date(2022, 12, 1)]),
    };
    let count = products.len().min(if rng.u32(0..100) < 70 { products.len() } else { 2 });
    let mut doses: Vec<Dose> = Vec::new();
    for (at, product) in products.iter().take(count).enumerate() {
        let given = starts[at].checked_add(jiff::Span::new().days(rng.i64(0..12))).unwrap_or(starts[at]);
        let lot = format!("{}{:04}", lot_letters(*product), 100 + at as u32 * 37 + rng.u32(0..6));
        doses.push(Dose { ordinal: at as u8 + 1, product: *product, given, lot, fate: fate(rng, list, has_left) });
    }
    // A late booster after the cut-off, out of scope for this report.
    if list == List::Adults && rng.u32(0..100) < 3 {
        doses.push(Dose {
            ordinal: 4,
            product: Pfizer,
            given: date(2023, 2, rng.i8(1..=10)),
            lot: "PCB0990".to_owned(),
            fate: Fate::Entered,
        });
    }
    doses
}

fn lot_letters(product: Product) -> &'static str {
    match product {
        Product::Pfizer => "PCB",
        Product::Moderna => "MDN",
        Product::VeroCell => "VRC",
        Product::Abdala => "ABD",
        _ => "CTMAV",
    }
}

fn fate(rng: &mut Rng, list: List, has_left: bool) -> Fate {
    let missing = match list {
        List::Forces => 55,
        List::Children => 7,
        List::Adults if has_left => 60,
        List::Adults => 6,
    };
    let roll = rng.u32(0..100);
    if roll < missing {
        return Fate::NotEntered;
    }
    match rng.u32(0..1000) {
        0..14 => Fate::OtherLot,
        14..26 => Fate::OtherDay,
        26..40 => Fate::EnteredTwice,
        40..60 => Fate::SystemOnly,
        60..70 => Fate::ListedTwice,
        70..75 => Fate::NoDay,
        _ => Fate::Entered,
    }
}
