//! What the data itself says of chance agreement (u, term frequencies, the prior), and pairs weighed by it.

use super::candidate::Candidate;
use super::comparison::address::{AddressLevel, LineLevel, Places};
use super::comparison::birth::{BirthLevel, compare_births};
use super::comparison::history::{HistoryLevel, Shot, compare_histories};
use super::comparison::is_one_slip;
use super::comparison::name::{NameLevel, Names};
use super::comparison::number::{NumberLevel, compare_numbers, insurance_core};
use super::explanation::Explanation;
use super::frequency::Frequency;
use super::weights::*;
use crate::domain::{BirthDate, IdentityKind, PersonRecord};
use crate::normalize::text::{Text, TextPool};
use crate::pace::{Cancelled, Pace, STRIDE, Stage};

/// Frequencies of what the candidates say.
#[derive(Clone, Debug, Default)]
pub struct Estimates {
    /// Persons of the side that has more.
    persons: usize,
    pub(super) names: Names,
    /// Whether the numbers of these people are of no form known here: then the rules made for Vietnamese numbers and names (a twin differs
    /// in the last word, a citizen number vouches for birth and sex) do not hold, and the weight and its lead decide alone.
    pub(super) are_foreign: bool,
    full_names: Frequency<Text>,
    births: Frequency<BirthDate>,
    numbers: Frequency<Text>,
    /// The chance that two persons have one number of no known form.
    other_number: f64,
    phones: Frequency<Text>,
    communes: Frequency<Text>,
    places: Places,
    lines: Frequency<Text>,
    doses: Frequency<Shot>,
    /// The same by the commune of who had them: a campaign goes from commune to commune.
    communes_doses: Frequency<(Text, Shot)>,
    /// The least that another name, and another birth date, weigh under one number, where the data show it.
    least: Option<[i32; 2]>,
}

impl Estimates {
    /// Counts the values of all persons.
    ///
    /// # Errors
    /// [`Cancelled`] when the pace says so.
    pub async fn of<P: Pace>(people: &[Candidate], pool: &TextPool, pace: &mut P) -> Result<Estimates, Cancelled> {
        let all = [0, 1].map(|side| people.iter().filter(|person| person.sides[side]).count());
        let mut found = Estimates {
            persons: all[0].max(all[1]),
            full_names: Frequency::new(all, 1.0 / 2_000.0),
            births: Frequency::new(all, 1.0 / 25_000.0),
            numbers: Frequency::new(all, 1.0 / 100_000.0),
            phones: Frequency::new(all, 1.0 / 100_000.0),
            communes: Frequency::new(all, 1.0 / 30.0),
            lines: Frequency::new(all, 1.0 / 1_000.0),
            doses: Frequency::new(all, 1.0 / 200.0),
            ..Estimates::default()
        };
        let (mut numbered, mut unknown) = (0, Vec::new());
        for (at, person) in people.iter().enumerate() {
            if at.is_multiple_of(STRIDE) {
                pace.step(Stage::Linking, at, people.len()).await?;
            }
            let (record, sides) = (&person.record, person.sides);
            found.names.add(record.name, sides, pool);
            found.places.add(record, pool);
            let add = |frequency: &mut Frequency<Text>, value: Text| {
                if value.is_some() {
                    frequency.add(value, sides);
                }
            };
            add(&mut found.full_names, record.name_key);
            add(&mut found.numbers, record.identity);
            add(&mut found.phones, record.phone);
            add(&mut found.communes, record.commune_key);
            add(&mut found.lines, record.address);
            if let Some(birth) = record.birth {
                found.births.add(birth, sides);
            }
            for (side, doses) in person.doses.iter().enumerate() {
                let of_side = [side == 0, side == 1];
                for dose in doses {
                    found.doses.add(*dose, of_side);
                    if record.commune_key.is_some() {
                        found.communes_doses.add((record.commune_key, *dose), of_side);
                    }
                }
            }
            numbered += usize::from(record.identity.is_some());
            if record.identity_kind == IdentityKind::Other {
                unknown.push(person);
            }
        }
        found.are_foreign = unknown.len() * 2 > numbered;
        found.other_number = chance_of_one_number(unknown.iter().copied());
        if found.are_foreign {
            found.least = found.least_of_differing(&unknown);
        }
        Ok(found)
    }

    /// What another name and another birth date weigh beside one number of no known form: two persons with such a number are one but by
    /// error, so those pairs show how often name and birth differ for all that. Nothing is shown by few.
    fn least_of_differing(&self, people: &[&Candidate]) -> Option<[i32; 2]> {
        let mut holders: Vec<(Text, &Candidate)> = people.iter().map(|person| (person.record.identity, *person)).collect();
        holders.sort_by_key(|(number, _)| *number);
        let (mut pairs, mut differ) = (0usize, [0usize; 2]);
        for group in holders.chunk_by(|a, b| a.0 == b.0) {
            match group {
                // Joined already, since all of it agrees.
                [(_, person)] => pairs += usize::from(person.sides == [true, true]),
                [(_, a), (_, b)] if a.completes(b) => {
                    let (x, y) = (&a.record, &b.record);
                    pairs += 1;
                    differ[0] += usize::from(self.names_of(x, y) == NameLevel::Different);
                    differ[1] += usize::from(x.birth.zip(y.birth).is_some_and(|(p, q)| compare_births(p, q) == BirthLevel::Different));
                }
                _ => {}
            }
        }
        (pairs >= SHOWING_PAIRS).then(|| differ.map(|count| weight((count + 1) as f64, (pairs + 1) as f64).min(DIFFERS_AT_MOST)))
    }

    /// Weighs a pair, field by field; the two sides may be changed for each other.
    pub fn explain(&self, a: &Candidate, b: &Candidate, pool: &TextPool) -> Explanation {
        let (x, y) = (&a.record, &b.record);
        let is_one_number = self.least.is_some() && matches!(self.numbers_of(x, y, pool), Some(NumberLevel::Exact | NumberLevel::Slip));
        let [least_name, least_birth] = self.least.filter(|_| is_one_number).unwrap_or([NAME_WHOLLY_DIFFERS, BIRTH_DIFFERS]);
        let area = self.areas_of(x, y);
        // What two of one commune share besides is worth less: its campaign brought them together.
        let commune = (area == Some(AddressLevel::Commune)).then_some(x.commune_key);
        Explanation {
            prior: weight(1.0, self.persons.max(1_000) as f64),
            name: self.weigh_names(x, y, least_name),
            birth: self.weigh_births(x, y, least_birth),
            sex: x.sex.zip(y.sex).map_or(0, |(p, q)| if p == q { SEX_AGREES } else { SEX_DIFFERS }),
            identity: self.weigh_numbers(x, y, pool),
            phone: self.weigh_phones(x, y, pool),
            insurance: match (insurance_core(pool.get(x.insurance)), insurance_core(pool.get(y.insurance))) {
                ("", _) | (_, "") => 0,
                (p, q) => {
                    if p == q {
                        INSURANCE_EXACT
                    } else {
                        INSURANCE_DIFFERS
                    }
                }
            },
            address: self.weigh_addresses(x, y, area),
            history: compare_histories(a, b).map_or(0, |level| self.weigh_history(&level, commune)),
        }
    }

    /// How the names agree.
    pub fn names_of(&self, x: &PersonRecord, y: &PersonRecord) -> NameLevel {
        self.names.compare(x.name, y.name).0
    }

    /// Whether the phone says who somebody is: both have it, and few others.
    pub fn is_same_phone(&self, x: &PersonRecord, y: &PersonRecord) -> bool {
        x.phone.is_some() && x.phone == y.phone && self.phones.of(&x.phone) <= SHARED_PHONE
    }

    /// How the areas agree; none where nothing is said by both.
    pub fn areas_of(&self, x: &PersonRecord, y: &PersonRecord) -> Option<AddressLevel> {
        self.places.compare_areas(x, y)
    }

    /// Whether both live at one line of one commune, or nearly so.
    pub fn is_same_home(&self, x: &PersonRecord, y: &PersonRecord) -> bool {
        self.places.compare_lines(x, y).is_some_and(|level| level <= LineLevel::Near) && self.lines.of(&x.address) <= SHARED_PHONE
    }

    /// How the numbers agree; a number of many is a placeholder.
    pub fn numbers_of(&self, x: &PersonRecord, y: &PersonRecord, pool: &TextPool) -> Option<NumberLevel> {
        let is_placeholder = |record: &PersonRecord| self.numbers.of(&record.identity) > SHARED_NUMBER;
        if is_placeholder(x) || is_placeholder(y) { None } else { compare_numbers(x, y, pool) }
    }

    fn weigh_names(&self, x: &PersonRecord, y: &PersonRecord, least: i32) -> i32 {
        if x.name.is_none() || y.name.is_none() {
            return 0;
        }
        let whole = || weight(M_NAME_EXACT, self.full_names.share(&x.name_key).max(self.full_names.share(&y.name_key)));
        match self.names.compare(x.name, y.name) {
            (NameLevel::Exact, _) => whole(),
            (NameLevel::Different, bits) => bits.unwrap_or(0).clamp(NAME_WHOLLY_DIFFERS, NAME_DIFFERS).max(least),
            (NameLevel::RareName | NameLevel::OtherName, bits) => bits.unwrap_or(0) + NAME_IS_ANOTHER,
            (_, None) => whole() + NAME_MOVED,
            (_, Some(bits)) => bits,
        }
    }

    fn weigh_births(&self, x: &PersonRecord, y: &PersonRecord, least: i32) -> i32 {
        let Some((p, q)) = x.birth.zip(y.birth) else { return 0 };
        let share = self.births.share(&p).max(self.births.share(&q));
        match compare_births(p, q) {
            BirthLevel::Exact => weight(M_BIRTH_EXACT, share),
            BirthLevel::Swapped => weight(M_BIRTH_SWAPPED, share),
            BirthLevel::NextYear => weight(M_BIRTH_NEXT_YEAR, share * 2.0),
            BirthLevel::Digit => weight(M_BIRTH_DIGIT, share * BIRTH_SLIPS),
            BirthLevel::Month => BIRTH_MONTH,
            BirthLevel::Year => weight(M_BIRTH_YEAR, U_BIRTH_YEAR),
            BirthLevel::Different => BIRTH_DIFFERS.max(least),
        }
    }

    fn weigh_numbers(&self, x: &PersonRecord, y: &PersonRecord, pool: &TextPool) -> i32 {
        match self.numbers_of(x, y, pool) {
            None => 0,
            Some(NumberLevel::Exact) if x.identity_kind == IdentityKind::Other => {
                weight(M_OTHER_NUMBER, self.other_number).min(OTHER_NUMBER_EXACT)
            }
            Some(NumberLevel::Exact) => IDENTITY_EXACT,
            Some(NumberLevel::Slip) if self.least.is_some() => IDENTITY_SLIP_FOREIGN,
            Some(NumberLevel::Slip) => IDENTITY_SLIP,
            Some(NumberLevel::Doubtful) => IDENTITY_DOUBTFUL,
            Some(NumberLevel::Different) => IDENTITY_DIFFERS,
        }
    }

    fn weigh_phones(&self, x: &PersonRecord, y: &PersonRecord, pool: &TextPool) -> i32 {
        let is_shared = |record: &PersonRecord| self.phones.of(&record.phone) > SHARED_PHONE;
        if x.phone.is_none() || y.phone.is_none() || is_shared(x) || is_shared(y) {
            0
        } else if x.phone == y.phone {
            weight(M_PHONE, self.phones.share(&x.phone))
        } else if is_one_slip(pool.get(x.phone).as_bytes(), pool.get(y.phone).as_bytes()) {
            PHONE_SLIP
        } else {
            PHONE_DIFFERS
        }
    }

    fn weigh_addresses(&self, x: &PersonRecord, y: &PersonRecord, area: Option<AddressLevel>) -> i32 {
        let area = match area {
            None => 0,
            Some(AddressLevel::Commune) => weight(M_COMMUNE, self.communes.share(&x.commune_key)),
            Some(AddressLevel::District | AddressLevel::Province) => AREA_AGREES,
            Some(AddressLevel::Slip) => 0,
            Some(AddressLevel::OtherCommune) => COMMUNE_DIFFERS,
            Some(AddressLevel::Elsewhere) => AREA_DIFFERS,
        };
        let line = match self.places.compare_lines(x, y) {
            Some(LineLevel::Exact) => weight(M_LINE, self.lines.share(&x.address).max(self.lines.share(&y.address))).clamp(0, LINE_CEILING),
            Some(LineLevel::Near) => LINE_NEAR,
            Some(LineLevel::Alike) => LINE_ALIKE,
            Some(LineLevel::Different) | None => 0,
        };
        area + line
    }

    /// How many share a dose: of the commune's people where both are of one, since its campaign brought them together; else of all.
    fn dose_share(&self, dose: &Shot, commune: Option<Text>) -> f64 {
        let of_all = self.doses.share(dose);
        commune.map_or(of_all, |commune| self.communes_doses.share_among(&(commune, *dose), self.communes.counts(&commune), of_all))
    }

    /// The rarest shared dose; people of one campaign share the others too.
    fn weigh_history(&self, level: &HistoryLevel, commune: Option<Text>) -> i32 {
        match level {
            HistoryLevel::Shared(doses) => {
                let rarest = doses.iter().map(|dose| weight(M_DOSE, self.dose_share(dose, commune))).max().unwrap_or(0).max(0);
                rarest + if doses.len() > 1 { FURTHER_DOSES } else { 0 }
            }
            HistoryLevel::Near => NEAR_DOSE,
            HistoryLevel::Nothing => NO_SHARED_DOSE,
        }
    }
}

/// The chance that two different persons have one number of no known form: of the pairs on either side, those with one number whose
/// names and births both differ; one more is counted than was seen.
fn chance_of_one_number<'p>(people: impl Iterator<Item = &'p Candidate>) -> f64 {
    let mut holders: Vec<(Text, usize, Text, Option<BirthDate>)> = people
        .flat_map(|person| {
            let record = &person.record;
            (0..2).filter(|side| person.sides[*side]).map(|side| (record.identity, side, record.name_key, record.birth))
        })
        .collect();
    holders.sort_unstable();
    let pairs = |count: usize| count as f64 * (count as f64 - 1.0).max(0.0) / 2.0;
    let of_side = |side: usize| holders.iter().filter(|holder| holder.1 == side).count();
    let mut same = 1.0;
    for group in holders.chunk_by(|a, b| (a.0, a.1) == (b.0, b.1)).filter(|group| group.len() > 1) {
        // A number of many is a placeholder; a few of its pairs say enough.
        let group = &group[..group.len().min(SHARED_NUMBER as usize * 2)];
        for (at, a) in group.iter().enumerate() {
            same += group[at + 1..].iter().filter(|b| a.2 != b.2 && a.3 != b.3).count() as f64;
        }
    }
    same / (pairs(of_side(0)) + pairs(of_side(1))).max(1.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Sex;

    #[test]
    fn a_dose_that_the_whole_commune_had_that_day_says_little_between_two_of_it() {
        let mut pool = TextPool::default();
        let (own, other) = (pool.intern("mau"), pool.intern("khac"));
        let shot = |day: i8| (jiff::civil::date(2021, 8, day), crate::domain::Product::Pfizer);
        // One commune came on one day, the other on many.
        let person = |at: usize, commune: Text| {
            let day = if commune == own { 2 } else { 3 + (at % 25) as i8 };
            let record = PersonRecord { commune_key: commune, ..PersonRecord::default() };
            Candidate { sides: [true, false], record, doses: [vec![shot(day)], vec![]], ..Candidate::default() }
        };
        let people: Vec<Candidate> = (0..2_000).map(|at| person(at, if at % 2 == 0 { own } else { other })).collect();
        let estimates = pollster::block_on(Estimates::of(&people, &pool, &mut crate::pace::Unpaced)).unwrap_or_default();
        let bits = |day: i8, commune: Option<Text>| estimates.weigh_history(&HistoryLevel::Shared(vec![shot(day)]), commune);
        assert!(bits(2, Some(own)) < BIT / 2, "{}", bits(2, Some(own)));
        assert!(bits(9, Some(other)) > 3 * BIT, "{}", bits(9, Some(other)));
        assert!(bits(2, None) > bits(2, Some(own)));
    }

    #[test]
    fn a_number_nobody_shares_is_worth_more_the_more_people_have_one() {
        let mut pool = TextPool::default();
        let mut person = |number: usize, name: usize| {
            let (identity, name_key) = (pool.intern(&format!("{number:07}")), pool.intern(&format!("name {name}")));
            let birth = Some(BirthDate::Year(1900 + name as i16 % 100));
            let record = PersonRecord { identity, name_key, birth, sex: Some(Sex::Male), ..PersonRecord::default() };
            Candidate { sides: [true, false], record, ..Candidate::default() }
        };
        let few: Vec<Candidate> = (0..10).map(|at| person(at, at)).collect();
        let many: Vec<Candidate> = (0..1_000).map(|at| person(at, at)).collect();
        let shared: Vec<Candidate> = (0..1_000).map(|at| person(at / 10, at)).collect();
        let twice: Vec<Candidate> = (0..1_000).map(|at| person(at / 2, at / 2)).collect();
        let chance = |people: &[Candidate]| chance_of_one_number(people.iter());
        assert!(chance(&many) < chance(&few));
        assert!(chance(&many) < chance(&shared));
        assert_eq!(chance(&many), chance(&twice), "one person listed twice is no second holder");
        assert_eq!(chance(&[]), 1.0);
    }
}
