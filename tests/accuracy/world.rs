//! An invented district with its truth. Shares no code with the program that is measured.

use super::rates::Rates;
use super::typing;
use fastrand::Rng;
use jiff::civil::{Date, date};

/// What went wrong on the way to the lists; one bit each in [`Row::channels`]. `local list …` says how a list is kept, which is no error.
pub const CHANNELS: [&str; 30] = [
    "name without marks",
    "name typo",
    "number missing",
    "CMND for CCCD",
    "one digit of the number",
    "day and month swapped",
    "year of birth only",
    "year of birth off by one",
    "phone missing",
    "second account",
    "moved",
    "day of dose",
    "vaccine",
    "lot",
    "any digit of the number",
    "digits of the number swapped",
    "letter lost",
    "letter doubled",
    "letter replaced",
    "tone on the other vowel",
    "wrong tone",
    "telex residue",
    "middle name missing",
    "words in another order",
    "other sex",
    "no number on either side",
    "CMND on both sides",
    "person wrong on the local list",
    "local list in TCVN3 or VNI",
    "local list one row a person",
];
/// The channels after which a dose is to be adjusted.
pub const DOSE_CHANNELS: u64 = 0b111 << 11;

/// A person as one side writes them.
#[derive(Clone)]
pub struct Written {
    pub name: String,
    pub birth: String,
    pub is_female: bool,
    pub identity: String,
    pub phone: String,
    pub commune: usize,
}

/// One dose as one side writes it, and what it is in truth.
#[derive(Clone)]
pub struct Row {
    pub person: usize,
    pub dose: usize,
    pub written: usize,
    pub ordinal: usize,
    pub vaccine: &'static str,
    pub lot: String,
    pub given: Date,
    pub true_day: Date,
    pub true_vaccine: &'static str,
    pub channels: u64,
}

/// How a commune keeps its list.
#[derive(Clone, Copy, Debug, Default)]
pub struct Keeping {
    pub legacy: Option<typing::Legacy>,
    pub is_wide: bool,
}

/// The district.
#[derive(Default)]
pub struct World {
    /// What the bits of [`Row::channels`] stand for: [`CHANNELS`], in worlds read from files further ones behind.
    pub channels: Vec<String>,
    pub written: Vec<Written>,
    /// Birth of each person in truth.
    pub births: Vec<Date>,
    pub keeping: [Keeping; COMMUNES],
    pub local: Vec<Row>,
    pub system: Vec<Row>,
    /// Pairs of different persons who are easily taken for one: twins, then namesakes.
    pub lookalikes: [Vec<(usize, usize)>; 2],
}

pub const COMMUNES: usize = 12;
/// Shares of surnames in a thousand.
const SURNAMES: [(&str, u32); 18] = [
    ("Nguyễn", 384),
    ("Trần", 121),
    ("Lê", 95),
    ("Phạm", 70),
    ("Hoàng", 26),
    ("Huỳnh", 25),
    ("Phan", 45),
    ("Vũ", 20),
    ("Võ", 19),
    ("Đặng", 21),
    ("Bùi", 20),
    ("Đỗ", 14),
    ("Hồ", 13),
    ("Ngô", 13),
    ("Dương", 10),
    ("Lý", 5),
    ("Đinh", 10),
    ("Trương", 22),
];
const MINORITY: [(&str, &[&str]); 5] = [
    ("Giàng A", &["Páo", "Sùng", "Chứ", "Dế", "Lử", "Tủa", "Vàng"]),
    ("Sùng Thị", &["Mỷ", "Dợ", "Máy", "Sua", "Chở", "Pà"]),
    ("Lò Văn", &["Pành", "Ín", "Ơn", "Tướng", "Hặc", "Xôm"]),
    ("Y", &["Blơ Niê", "Thương Êban", "Krông Mlô", "Wih Byă"]),
    ("H'", &["Len Êban", "Bia Niê", "Mơ Kbuôr", "Nguôm Ayŭn"]),
];
const MEN: [&str; 14] = ["Văn", "Hữu", "Đức", "Minh", "Quang", "Xuân", "Công", "Đình", "Quốc", "Thành", "Trọng", "Bá", "Tuấn", "Ngọc"];
const WOMEN: [&str; 12] = ["Thị", "Thị", "Thị", "Thị", "Ngọc", "Kim", "Bích", "Thu", "Thanh", "Phương", "Mỹ", "Thị Hồng"];
const GIVEN: [&str; 56] = [
    "Anh", "An", "Bảo", "Bình", "Châu", "Chi", "Cúc", "Cường", "Dũng", "Duyên", "Dung", "Đạt", "Đông", "Giang", "Hà", "Hải", "Hạnh", "Hậu",
    "Hiền", "Hiếu", "Hòa", "Hoa", "Huệ", "Hùng", "Hương", "Hường", "Khoa", "Lan", "Lâm", "Liên", "Linh", "Lộc", "Long", "Mai", "Mỹ", "Nam",
    "Nga", "Nghĩa", "Nhung", "Oanh", "Phúc", "Quý", "Sang", "Sơn", "Tâm", "Thảo", "Thủy", "Tiến", "Trang", "Trúc", "Tuấn", "Tùng", "Vân",
    "Việt", "Xuyến", "Yến",
];
/// For each of [`GIVEN`] a name a slip or a tone away.
const ALIKE: [&str; 56] = [
    "Ánh", "Ân", "Bão", "Binh", "Chấu", "Chí", "Cức", "Cương", "Dung", "Duyến", "Dũng", "Đát", "Đồng", "Giáng", "Hạ", "Hai", "Hành", "Hầu",
    "Hiển", "Hiểu", "Hoa", "Hòa", "Huế", "Hưng", "Hường", "Hương", "Khóa", "Loan", "Lam", "Liễn", "Lĩnh", "Lục", "Lòng", "Mải", "My",
    "Năm", "Ngà", "Nghị", "Nhưng", "Oánh", "Phục", "Quy", "Sáng", "Son", "Tám", "Thao", "Thúy", "Tiên", "Tráng", "Trực", "Tuân", "Tưng",
    "Văn", "Viết", "Xuyên", "Yên",
];
const VACCINES: [(&str, &str); 4] = [
    ("AstraZeneca", "AZD1222 (của AstraZeneca)"),
    ("Pfizer", "Comirnaty (Pfizer - BioNTech)"),
    ("Vero Cell", "Vero-cell (của Sinopharm)"),
    ("Moderna", "Spikevax (Covit-19 vaccine Modena)"),
];

/// The spelling of the System.
pub fn system_spelling(vaccine: &str) -> &'static str {
    VACCINES.iter().find(|(own, _)| *own == vaccine).map_or("", |(_, system)| system)
}

pub fn show(day: Date) -> String {
    format!("{:02}/{:02}/{}", day.day(), day.month(), day.year())
}

/// A CCCD by its own rule: province, century and sex, year, six digits.
fn citizen_number(province: usize, birth: Date, is_female: bool, tail: u32) -> String {
    let century = if birth.year() >= 2000 { 2 } else { 0 };
    format!("{}{}{:02}{:06}", ["006", "019", "001", "004"][province], century + u8::from(is_female), birth.year() % 100, tail % 1_000_000)
}

fn pick<'a>(rng: &mut Rng, from: &[&'a str]) -> &'a str {
    from[rng.usize(0..from.len())]
}

fn invent_name(rng: &mut Rng, is_female: bool, minority: f64) -> String {
    if rng.f64() < minority {
        let (first, given) = MINORITY[rng.usize(0..MINORITY.len())];
        let space = if first == "H'" { "" } else { " " };
        return format!("{first}{space}{}", pick(rng, given));
    }
    let all: u32 = SURNAMES.iter().map(|(_, share)| share).sum();
    let mut at = rng.u32(0..all);
    let family = SURNAMES
        .iter()
        .find(|(_, share)| {
            at < *share || {
                at -= share;
                false
            }
        })
        .map_or("Nguyễn", |(name, _)| name);
    format!("{family} {} {}", pick(rng, if is_female { &WOMEN } else { &MEN }), pick(rng, &GIVEN))
}

/// Invents the district of so many persons.
pub fn invent(seed: u64, people: usize, rates: &Rates) -> World {
    let mut rng = Rng::with_seed(seed);
    // What other worlds do not have is drawn apart, so that a seed means the same persons in all of them.
    let mut more = Rng::with_seed(seed ^ 0x6861_7273_6800_0000);
    let mut world = World { channels: CHANNELS.map(str::to_owned).to_vec(), ..World::default() };
    for (at, keeping) in world.keeping.iter_mut().enumerate() {
        // Spread so that some lists are both, some one, some neither.
        let share = |step: usize, from: usize| ((at * step + from) % COMMUNES) as f64 / COMMUNES as f64;
        keeping.is_wide = share(5, 1) < rates.wide;
        keeping.legacy = (share(7, 3) < rates.legacy_text).then_some(if at % 2 == 0 { typing::Legacy::Tcvn3 } else { typing::Legacy::Vni });
    }
    let mut last: Option<(Written, Date)> = None;
    let mut dose = 0;
    // Vaccine, wave and days of the person before.
    let mut together: (&str, i64, Vec<Date>) = ("", 0, Vec::new());
    for person in 0..people {
        let mut birth = date(rng.i16(1935..=2014), rng.i8(1..=12), rng.i8(1..=28));
        let mut is_female = rng.bool();
        let mut own = Written {
            name: invent_name(&mut rng, is_female, rates.minority),
            birth: String::new(),
            is_female,
            identity: citizen_number(rng.usize(0..4), birth, is_female, rng.u32(0..1_000_000)),
            phone: format!("09{:08}", rng.u32(0..100_000_000)),
            commune: rng.usize(0..COMMUNES),
        };
        if let Some((before, day)) = &last {
            let draw = rng.f64();
            if draw < rates.twins {
                (birth, is_female) = (*day, before.is_female);
                let (family, given) = before.name.rsplit_once(' ').unwrap();
                let other = GIVEN[rng.usize(0..GIVEN.len())];
                own = Written { name: format!("{family} {}", if other == given { "Ninh" } else { other }), is_female, ..before.clone() };
                if chance(&mut more, rates.twins_alike)
                    && let Some(at) = GIVEN.iter().position(|name| *name == given)
                {
                    own.name = format!("{family} {}", ALIKE[at]);
                }
                let number: u64 = before.identity.parse().unwrap();
                own.identity = format!("{:012}", if number % 10 == 9 { number - 1 } else { number + 1 });
                world.lookalikes[0].push((person - 1, person));
            } else if draw < rates.twins + rates.namesakes {
                is_female = before.is_female;
                birth = date(day.year(), birth.month(), birth.day());
                own = Written { name: before.name.clone(), is_female, commune: before.commune, ..own };
                own.identity = citizen_number(0, birth, is_female, rng.u32(0..1_000_000));
                world.lookalikes[1].push((person - 1, person));
            } else if draw < rates.twins + rates.namesakes + rates.family_phone {
                (own.phone, own.commune) = (before.phone.clone(), before.commune);
            }
        }
        let is_together = world.lookalikes[0].last() == Some(&(person.wrapping_sub(1), person)) && chance(&mut more, rates.twins_together);
        own.birth = show(birth);
        last = Some((own.clone(), birth));
        world.births.push(birth);
        let mut both = 0_u64;
        if chance(&mut more, rates.no_number) {
            own.identity.clear();
            both = 1 << 25;
        } else if chance(&mut more, rates.old_card_both) {
            own.identity = format!("0{:08}", more.u32(10_000_000..99_999_999));
            both = 1 << 26;
        }
        let keeping = world.keeping[own.commune];
        both |= u64::from(keeping.legacy.is_some()) << 28 | u64::from(keeping.is_wide) << 29;
        let local = world.written.len();
        let mut listed = own.clone();
        if rates.local > 0.0 || rates.local_year_only > 0.0 {
            let (written, wrong) = spoil(&mut more, &own, birth, &rates.of_local_list());
            let (written, wrong_too) = spoil_more(&mut more, &written, &rates.of_local_list());
            listed = written;
            both |= u64::from(wrong | wrong_too != 0) << 27;
        }
        world.written.push(listed);
        let account = |rng: &mut Rng, more: &mut Rng| {
            let (written, channels) = spoil(rng, &own, birth, rates);
            let (written, further) = spoil_more(more, &written, rates);
            (written, channels | further | both)
        };
        let (system, channels) = account(&mut rng, &mut more);
        world.written.push(system);
        let mut accounts = vec![(local + 1, channels)];
        if rng.f64() < rates.two_accounts {
            let (second, channels) = account(&mut rng, &mut more);
            world.written.push(second);
            accounts.push((local + 2, channels | 1 << 9));
        }
        let is_child = birth.year() >= 2004;
        let mut vaccine = VACCINES[if is_child { 1 } else { rng.usize(0..4) }].0;
        let first = if birth.year() >= 2010 {
            date(2022, 5, 3)
        } else if is_child {
            date(2021, 11, 20)
        } else {
            date(2021, 7, 2)
        };
        let most = if birth.year() >= 2010 {
            2
        } else if is_child {
            3
        } else {
            4
        };
        let mut campaign = rng.i64(0..40);
        if chance(&mut more, rates.commune_days) {
            campaign = (own.commune * 7 % 40) as i64;
            vaccine = if is_child { vaccine } else { VACCINES[own.commune % 4].0 };
        }
        let is_never_entered = chance(&mut more, rates.never_entered);
        if is_together {
            (vaccine, campaign) = (together.0, together.1);
        } else {
            together = (vaccine, campaign, Vec::new());
        }
        for ordinal in 0..rng.usize(1..=most) {
            let mut given = first.saturating_add(jiff::Span::new().days(campaign + ordinal as i64 * 100 + rng.i64(0..3)));
            match together.2.get(ordinal).filter(|_| is_together) {
                Some(day) => given = *day,
                None if together.2.len() == ordinal => together.2.push(given),
                None => {}
            }
            let lot = format!("{}{:03}", &vaccine[..2].to_uppercase(), 100 + campaign as usize / 8 * 10 + ordinal);
            let (true_day, true_vaccine) = (given, vaccine);
            let row = Row { person, dose, written: local, ordinal: ordinal + 1, vaccine, lot, given, true_day, true_vaccine, channels: 0 };
            dose += 1;
            if rng.f64() >= 0.02 {
                world.local.push(row.clone());
                if rng.f64() < rates.local_copy {
                    world.local.push(row.clone());
                }
                if chance(&mut more, rates.local_near_copy) {
                    let off = more.i64(1..=6) * if more.bool() { 1 } else { -1 };
                    world.local.push(Row { given: given.saturating_add(jiff::Span::new().days(off)), ..row.clone() });
                }
            }
            if rng.f64() < rates.not_entered || is_never_entered {
                continue;
            }
            let account = rng.usize(0..accounts.len());
            let (written, channels) = accounts[account];
            let mut theirs = Row { written, channels, ..row };
            if rng.f64() < rates.dose_day {
                theirs.given = given.saturating_add(jiff::Span::new().days(rng.i64(1..9)));
                theirs.channels |= 1 << 11;
            }
            if rng.f64() < rates.dose_vaccine {
                theirs.vaccine = if vaccine == "Pfizer" { "Moderna" } else { "Pfizer" };
                theirs.channels |= 1 << 12;
            }
            if rng.f64() < rates.dose_lot {
                theirs.lot.push('9');
                theirs.channels |= 1 << 13;
            }
            if chance(&mut more, rates.system_copy) {
                world.system.push(theirs.clone());
            }
            if accounts.len() > 1 && chance(&mut more, rates.account_copy) {
                let (written, channels) = accounts[1 - account];
                world.system.push(Row { written, channels: channels | theirs.channels & DOSE_CHANNELS, ..theirs.clone() });
            }
            world.system.push(theirs);
        }
    }
    world
}

fn spoil(rng: &mut Rng, own: &Written, birth: Date, rates: &Rates) -> (Written, u64) {
    let (mut spoiled, mut channels) = (own.clone(), 0);
    let mut happens = |rng: &mut Rng, channel: u64, rate: f64| {
        let does = rng.f64() < rate;
        channels |= u64::from(does) << channel;
        does
    };
    if happens(rng, 0, rates.no_marks) {
        spoiled.name = typing::without_marks(&spoiled.name);
    }
    if happens(rng, 1, rates.name_typo) {
        spoiled.name = typing::swap_letters(rng, &spoiled.name);
    }
    if happens(rng, 2, rates.identity_missing) {
        spoiled.identity.clear();
    } else if happens(rng, 3, rates.old_card) {
        spoiled.identity = format!("0{:08}", rng.u32(10_000_000..99_999_999));
    } else if own.identity.len() == 12 && happens(rng, 4, rates.identity_digit) {
        let at = rng.usize(6..12);
        let digit = own.identity.as_bytes()[at] - b'0';
        spoiled.identity.replace_range(at..=at, &((digit + rng.u8(1..10)) % 10).to_string());
    }
    if birth.day() <= 12 && birth.day() != birth.month() && happens(rng, 5, rates.day_month_swapped) {
        spoiled.birth = format!("{:02}/{:02}/{}", birth.month(), birth.day(), birth.year());
    } else if happens(rng, 6, rates.year_only) {
        spoiled.birth = birth.year().to_string();
    } else if happens(rng, 7, rates.year_off) {
        spoiled.birth = format!("{:02}/{:02}/{}", birth.day(), birth.month(), birth.year() + if rng.bool() { 1 } else { -1 });
    }
    if happens(rng, 8, rates.phone_missing) {
        spoiled.phone.clear();
    }
    if happens(rng, 10, rates.moved) {
        spoiled.commune = (own.commune + 1 + rng.usize(0..COMMUNES - 1)) % COMMUNES;
    }
    (spoiled, channels)
}

/// Whether a thing of this rate happens; what never happens costs no draw.
fn chance(rng: &mut Rng, rate: f64) -> bool {
    rate > 0.0 && rng.f64() < rate
}

/// The errors that only the harsh world has, upon the others.
fn spoil_more(rng: &mut Rng, written: &Written, rates: &Rates) -> (Written, u64) {
    let (mut spoiled, mut channels) = (written.clone(), 0);
    if spoiled.identity.len() == 12 && chance(rng, rates.identity_any_digit) {
        let at = rng.usize(0..12);
        let digit = spoiled.identity.as_bytes()[at] - b'0';
        spoiled.identity.replace_range(at..=at, &((digit + rng.u8(1..10)) % 10).to_string());
        channels |= 1 << 14;
    }
    if spoiled.identity.len() == 12 && chance(rng, rates.identity_transposed) {
        let at = rng.usize(0..11);
        let swapped: String = spoiled.identity[at..at + 2].chars().rev().collect();
        spoiled.identity.replace_range(at..at + 2, &swapped);
        channels |= u64::from(spoiled.identity != written.identity) << 15;
    }
    type Change = fn(&mut Rng, &str) -> Option<String>;
    let kinds: [(f64, Change); 8] = [
        (rates.letter_lost, |rng, name| Some(typing::lose_letter(rng, name))),
        (rates.letter_doubled, |rng, name| Some(typing::double_letter(rng, name))),
        (rates.letter_replaced, |rng, name| Some(typing::replace_letter(rng, name))),
        (rates.tone_moved, typing::move_tone),
        (rates.wrong_tone, typing::change_tone),
        (rates.telex_residue, typing::leave_telex),
        (rates.middle_missing, |_, name| typing::lose_middle(name)),
        (rates.words_reordered, |_, name| typing::given_first(name)),
    ];
    for (channel, (rate, change)) in (16..).zip(kinds) {
        if chance(rng, rate)
            && let Some(name) = change(rng, &spoiled.name)
        {
            channels |= u64::from(name != spoiled.name) << channel;
            spoiled.name = name;
        }
    }
    if chance(rng, rates.sex_wrong) {
        spoiled.is_female = !spoiled.is_female;
        channels |= 1 << 24;
    }
    (spoiled, channels)
}
