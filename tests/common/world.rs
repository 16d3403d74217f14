//! An invented district: people, doses, how both sides wrote them down, and which row is which dose in truth.

use fastrand::Rng;
use jiff::civil::{Date, date};

/// A dose in truth.
#[derive(Clone, Debug)]
pub struct TrueDose {
    pub person: usize,
    pub ordinal: u8,
    pub vaccine: &'static str,
    pub lot: String,
    pub given: Date,
    /// Whether it was entered on the System.
    pub is_entered: bool,
    /// Whether it stands on a local list.
    pub is_listed: bool,
}

/// A person as one side writes them.
#[derive(Clone, Debug, PartialEq)]
pub struct Written {
    pub name: String,
    pub birth: String,
    pub is_female: bool,
    pub identity: String,
    pub phone: String,
    pub commune: usize,
    pub workplace: &'static str,
}

/// One row of one side.
#[derive(Clone, Debug)]
pub struct WrittenDose {
    /// Index into [`World::doses`]; the truth of the row.
    pub truth: usize,
    pub label: String,
    pub vaccine: String,
    pub lot: String,
    pub given: Date,
}

/// The district.
pub struct World {
    pub doses: Vec<TrueDose>,
    pub local: Vec<Written>,
    pub system: Vec<Written>,
    /// Doses of each person as the System has them (with the wrong days, lots and second copies).
    pub system_doses: Vec<Vec<WrittenDose>>,
    /// Doses of each person as the commune has them.
    pub local_doses: Vec<Vec<WrittenDose>>,
}

pub const COMMUNES: [&str; 6] =
    ["Xã Tân Mẫu", "Xã Đông Khê Hạ", "Phường Minh Khai Mẫu", "Thị trấn Suối Cát", "Xã Hòa Lạc Mẫu", "Xã Nà Pồng"];
const FAMILIES: [&str; 20] = [
    "Nguyễn", "Nguyễn", "Nguyễn", "Nguyễn", "Nguyễn", "Nguyễn", "Nguyễn", "Nguyễn", "Trần", "Trần", "Lê", "Lê", "Phạm", "Hoàng", "Huỳnh",
    "Vũ", "Đặng", "Bùi", "Đỗ", "Dương",
];
const MIDDLES: [&str; 12] = ["Văn", "Thị", "Thị", "Hữu", "Đức", "Ngọc", "Minh", "Thanh", "Quang", "Kim", "Xuân", "Bích"];
const GIVENS: [&str; 30] = [
    "Anh", "Bảo", "Châu", "Cúc", "Duyên", "Đông", "Giang", "Hà", "Hạnh", "Hậu", "Hiền", "Hòa", "Huệ", "Hường", "Khoa", "Lâm", "Liên",
    "Lộc", "Mỹ", "Nghĩa", "Nhung", "Oanh", "Phúc", "Quý", "Sang", "Thủy", "Tiến", "Trúc", "Vân", "Xuyến",
];

/// Rates of what the System side gets wrong (defaults of the specification).
#[derive(Clone, Copy, Debug)]
pub struct Rates {
    pub no_marks: f64,
    pub name_typo: f64,
    pub identity_digit: f64,
    pub identity_missing: f64,
    pub old_card: f64,
    pub day_month_swapped: f64,
    pub year_only: f64,
    pub year_off: f64,
    pub phone_missing: f64,
    pub dose_wrong: f64,
    pub not_entered: f64,
}

pub const DEFAULT: Rates = Rates {
    no_marks: 0.06,
    name_typo: 0.04,
    identity_digit: 0.03,
    identity_missing: 0.04,
    old_card: 0.03,
    day_month_swapped: 0.02,
    year_only: 0.03,
    year_off: 0.01,
    phone_missing: 0.12,
    dose_wrong: 0.01,
    not_entered: 0.06,
};

impl World {
    /// Invents `people` persons.
    pub fn invent(seed: u64, people: usize, rates: Rates) -> World {
        let mut rng = Rng::with_seed(seed);
        let mut world =
            World { doses: Vec::new(), local: Vec::new(), system: Vec::new(), system_doses: Vec::new(), local_doses: Vec::new() };
        for number in 0..people {
            // Every hundredth person is a twin of the one before: same family, same birth, neighbouring number, another given name.
            let twin_of = (number % 100 == 99).then(|| world.local[number - 1].clone());
            let birth = date(rng.i16(1935..=2015), rng.i8(1..=12), rng.i8(1..=28));
            let is_female = rng.bool();
            let century = if birth.year() >= 2000 { 2 } else { 0 };
            let tail = number as u32 * 7 + rng.u32(0..7);
            let mut written = Written {
                name: format!("{} {} {}", pick(&mut rng, &FAMILIES), pick(&mut rng, &MIDDLES), pick(&mut rng, &GIVENS)),
                birth: show(birth),
                is_female,
                identity: format!(
                    "{}{}{:02}{tail:06}",
                    ["006", "019", "001"][rng.usize(0..3)],
                    century + u8::from(is_female),
                    birth.year() % 100
                ),
                phone: format!("09{:08}", 20_000_000 + number * 11),
                commune: rng.usize(0..COMMUNES.len()),
                workplace: if rng.u32(0..100) < 2 { "Công an huyện" } else { "" },
            };
            let birth = if let Some(twin) = twin_of {
                let family: Vec<&str> = twin.name.split(' ').collect();
                written.name = format!("{} {} {}", family[0], family[1], GIVENS[(number / 100 * 7 + 1) % GIVENS.len()]);
                written.birth.clone_from(&twin.birth);
                written.phone = twin.phone;
                written.commune = twin.commune;
                written.is_female = twin.is_female;
                let next = twin.identity.parse::<u64>().unwrap() + 1;
                written.identity = format!("{next:012}");
                let mut parts = twin.birth.split('/').map(|part| part.parse::<i16>().unwrap());
                let (d, m, y) = (parts.next().unwrap(), parts.next().unwrap(), parts.next().unwrap());
                date(y, m as i8, d as i8)
            } else {
                birth
            };
            let system = spoil(&mut rng, &written, birth, rates);
            let doses = invent_doses(&mut rng, number, birth, rates);
            let mut mine = Vec::new();
            let mut theirs = Vec::new();
            for dose in doses {
                let truth = world.doses.len();
                let row = WrittenDose {
                    truth,
                    label: format!("Mũi {}", dose.ordinal),
                    vaccine: dose.vaccine.to_owned(),
                    lot: dose.lot.clone(),
                    given: dose.given,
                };
                if dose.is_listed {
                    mine.push(row.clone());
                    if rng.f64() < 0.004 {
                        mine.push(row.clone());
                    }
                }
                if dose.is_entered {
                    let mut entered = row;
                    entered.vaccine = system_spelling(dose.vaccine).to_owned();
                    if rng.f64() < rates.dose_wrong {
                        entered.given = entered.given.checked_add(jiff::Span::new().days(rng.i64(1..9))).unwrap();
                    }
                    if rng.f64() < rates.dose_wrong {
                        entered.lot.push('9');
                    }
                    theirs.push(entered.clone());
                    if rng.f64() < 0.01 {
                        theirs.push(entered);
                    }
                }
                world.doses.push(dose);
            }
            world.local.push(written);
            world.system.push(system);
            world.local_doses.push(mine);
            world.system_doses.push(theirs);
        }
        world
    }

    /// Doses on both sides, in truth.
    pub fn on_both(&self) -> usize {
        self.doses.iter().filter(|dose| dose.is_entered && dose.is_listed).count()
    }
}

fn pick<'a>(rng: &mut Rng, from: &[&'a str]) -> &'a str {
    from[rng.usize(0..from.len())]
}

pub fn show(date: Date) -> String {
    format!("{:02}/{:02}/{}", date.day(), date.month(), date.year())
}

fn system_spelling(vaccine: &str) -> &'static str {
    match vaccine {
        "Pfizer" => "Comirnaty (Pfizer - BioNTech)",
        "AstraZeneca" => "AZD1222 (của AstraZeneca)",
        "Vero Cell" => "Vero-cell (của Sinopharm)",
        "Moderna" => "Spikevax (Covit-19 vaccine Modena)",
        other => panic!("{other}"),
    }
}

fn invent_doses(rng: &mut Rng, person: usize, birth: Date, rates: Rates) -> Vec<TrueDose> {
    let vaccine = if birth.year() >= 2004 { "Pfizer" } else { ["AstraZeneca", "Pfizer", "Vero Cell", "Moderna"][rng.usize(0..4)] };
    let first = if birth.year() >= 2010 {
        date(2022, 5, 3)
    } else if birth.year() >= 2004 {
        date(2021, 11, 20)
    } else {
        date(2021, 8, 2)
    };
    let most = if birth.year() >= 2010 {
        2
    } else if birth.year() >= 2004 {
        3
    } else {
        4
    };
    let campaign = rng.i64(0..20);
    (0..rng.u8(1..=most))
        .map(|at| {
            let days = campaign + i64::from(at) * 70 + rng.i64(0..3);
            let given = first.checked_add(jiff::Span::new().days(days)).unwrap();
            TrueDose {
                person,
                ordinal: at + 1,
                vaccine,
                lot: format!("{}{:03}", &vaccine[..2].to_uppercase(), 100 + at * 9 + rng.u8(0..4)),
                given,
                is_entered: rng.f64() >= rates.not_entered,
                is_listed: rng.f64() >= 0.02,
            }
        })
        .collect()
}

fn spoil(rng: &mut Rng, written: &Written, birth: Date, rates: Rates) -> Written {
    let mut spoiled = written.clone();
    if rng.f64() < rates.no_marks {
        spoiled.name = ra_soat::normalize::fold(&spoiled.name).to_uppercase();
    }
    if rng.f64() < rates.name_typo {
        let mut letters: Vec<char> = spoiled.name.chars().collect();
        let at = rng.usize(0..letters.len() - 1);
        letters.swap(at, at + 1);
        spoiled.name = letters.into_iter().collect();
    }
    if rng.f64() < rates.identity_missing {
        spoiled.identity.clear();
    } else if rng.f64() < rates.old_card {
        spoiled.identity = format!("0{:08}", rng.u32(10_000_000..99_999_999));
    } else if rng.f64() < rates.identity_digit {
        let at = rng.usize(6..12);
        let mut digits: Vec<u8> = spoiled.identity.bytes().collect();
        digits[at] = b'0' + (digits[at] - b'0' + 1 + rng.u8(0..8)) % 10;
        spoiled.identity = String::from_utf8(digits).unwrap();
    }
    if rng.f64() < rates.day_month_swapped && birth.day() <= 12 {
        spoiled.birth = format!("{:02}/{:02}/{}", birth.month(), birth.day(), birth.year());
    } else if rng.f64() < rates.year_only {
        spoiled.birth = birth.year().to_string();
    } else if rng.f64() < rates.year_off {
        spoiled.birth = format!("{:02}/{:02}/{}", birth.day(), birth.month(), birth.year() + 1);
    }
    if rng.f64() < rates.phone_missing {
        spoiled.phone.clear();
    }
    spoiled
}
