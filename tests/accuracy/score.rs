//! What the ledger says beside the truth.

use super::files::ListFile;
use super::typing::without_marks;
use super::world::{DOSE_CHANNELS, World, Written};
use ra_soat::domain::{Bucket, Side};
use ra_soat::engine::Engine;
use ra_soat::worker::protocol::ListRef;
use std::collections::{HashMap, HashSet};

/// The buckets whose F1 is taken.
pub const SCORED: [Bucket; 4] = [Bucket::Entered, Bucket::ToAdjust, Bucket::NotEntered, Bucket::Duplicate];

/// Counts, from which every figure of the report follows.
#[derive(Default)]
pub struct Score {
    pub local: usize,
    pub true_links: usize,
    pub links: usize,
    pub right: usize,
    /// True links not made whose two doses both wait for a person.
    pub waiting: usize,
    pub review: usize,
    pub wrong_person: usize,
    pub joined_lookalikes: [HashSet<(usize, usize)>; 2],
    /// Links across two different CCCDs: of one person, of two.
    pub across_citizen_numbers: [usize; 2],
    /// Of these, the ones no machine may make: both numbers fit their records, and it is not the one case in which it may.
    pub against_veto: Vec<(usize, usize)>,
    /// Per bucket of [`SCORED`]: said and true, said, true; first as it stands, then with reviews answered by the truth.
    pub buckets: [[[usize; 3]; 4]; 2],
    /// Per channel: true links, those found, wrong links.
    pub channels: Vec<[usize; 3]>,
    /// True links not made, as rows of both sides, and whether both doses wait for a person.
    pub lost: Vec<(usize, usize, bool)>,
    /// Links made that are wrong, as rows of both sides.
    pub wrong: Vec<(usize, usize)>,
    /// Rows of a local dose beside the first that were not taken for a copy, those who wait for a person included.
    pub copies_missed: Vec<usize>,
    /// The System's copies and the doses on no local list: said, true.
    pub system: [[usize; 2]; 2],
    /// What each local row was said to be, and why.
    pub said: Vec<(Bucket, String)>,
}

/// What the numbers of the 63 provinces begin with (TT 07/2016/TT-BCA, Phụ lục 1).
const PROVINCES: &str = "001 002 004 006 008 010 011 012 014 015 017 019 020 022 024 025 026 027 030 031 033 034 035 036 037 038 040 042 044 045 046 048 \
                         049 051 052 054 056 058 060 062 064 066 067 068 070 072 074 075 077 079 080 082 083 084 086 087 089 091 092 093 094 095 096";

/// Whether two records of different CCCDs may be joined by a person only: each number's province is one, its century, sex and year are
/// its own record's, and it is not that all else agrees exactly and the numbers are one slip apart. A name without marks agrees with the
/// one it was made of.
fn is_vetoed(a: &Written, b: &Written) -> bool {
    let fits = |own: &Written| {
        let year: usize = own.birth.rsplit('/').next().and_then(|year| year.parse().ok()).unwrap_or_default();
        let century = year.checked_sub(1900).map(|years| years / 100 * 2 + usize::from(own.is_female));
        PROVINCES.split_whitespace().any(|code| own.identity.starts_with(code))
            && own.identity[3..4].parse().ok() == century
            && own.identity[4..6].parse() == Ok(year % 100)
    };
    let differ: Vec<usize> = (0..12).filter(|at| a.identity.as_bytes()[*at] != b.identity.as_bytes()[*at]).collect();
    let is_one_slip = match differ[..] {
        [_] => true,
        [x, y] => y == x + 1 && a.identity[x..=x] == b.identity[y..=y] && a.identity[y..=y] == b.identity[x..=x],
        _ => false,
    };
    let names = [a, b].map(|own| own.name.to_lowercase());
    let bare = names.each_ref().map(|name| without_marks(name));
    let is_one_name = names[0] == names[1] || (bare[0] == bare[1] && bare.iter().any(|name| names.contains(name)));
    let is_same = is_one_name && a.birth == b.birth && a.birth.contains('/') && a.is_female == b.is_female;
    fits(a) && fits(b) && !(is_one_slip && is_same)
}

/// Compares the engine's lists with the truth.
pub fn score(engine: &Engine, files: &[ListFile], world: &World) -> Score {
    let place: HashMap<&str, &ListFile> = files.iter().map(|file| (file.name.as_str(), file)).collect();
    let index = |at: &(String, String, u32, u8)| place[at.0.as_str()].row(&at.1, at.2, at.3);
    let mut bucket = vec![Bucket::Unreadable; world.local.len()];
    let mut reasons = vec![String::new(); world.local.len()];
    let mut linked = vec![None; world.local.len()];
    let mut system_waits = HashSet::new();
    for kind in Bucket::ALL {
        for row in engine.page(ListRef { side: Side::Local, bucket: kind }, 0, usize::MAX).0 {
            let own = index(&row.place);
            (bucket[own], reasons[own]) = (kind, row.reason);
            if matches!(kind, Bucket::Entered | Bucket::ToAdjust) {
                linked[own] = row.other_place.as_ref().map(index);
            }
        }
    }
    for row in engine.page(ListRef { side: Side::System, bucket: Bucket::Review }, 0, usize::MAX).0 {
        system_waits.insert(world.system[index(&row.place)].dose);
    }
    let truly: HashMap<usize, usize> = world.system.iter().enumerate().map(|(row, dose)| (dose.dose, row)).collect();
    let lookalikes = world.lookalikes.each_ref().map(|pairs| pairs.iter().copied().collect::<HashSet<_>>());
    let number = |written: usize| Some(world.written[written].identity.as_str()).filter(|number| number.len() == 12);
    // Which of two equal rows is the copy is a convention, so a dose is judged by how many of its rows are copies.
    let mut copies: HashMap<usize, [usize; 3]> = HashMap::new();
    let mut score = Score { local: world.local.len(), channels: vec![[0; 3]; world.channels.len()], ..Score::default() };
    let mut seen: HashMap<usize, Vec<usize>> = HashMap::new();
    for (row, dose) in world.local.iter().enumerate() {
        seen.entry(dose.dose).or_default().push(row);
        score.review += usize::from(bucket[row] == Bucket::Review);
        let Some(other) = linked[row] else { continue };
        let theirs = &world.system[other];
        score.links += 1;
        score.right += usize::from(theirs.dose == dose.dose);
        if theirs.dose != dose.dose {
            score.wrong.push((row, other));
        }
        let is_wrong = theirs.person != dose.person;
        score.wrong_person += usize::from(is_wrong);
        let channels = dose.channels | theirs.channels;
        for (_, counts) in score.channels.iter_mut().enumerate().filter(|(channel, _)| channels >> channel & 1 == 1) {
            counts[2] += usize::from(theirs.dose != dose.dose);
        }
        let pair = (dose.person.min(theirs.person), dose.person.max(theirs.person));
        for (joined, pairs) in score.joined_lookalikes.iter_mut().zip(&lookalikes) {
            if pairs.contains(&pair) {
                joined.insert(pair);
            }
        }
        if let (Some(a), Some(b)) = (number(dose.written), number(theirs.written)) {
            score.across_citizen_numbers[usize::from(is_wrong)] += usize::from(a != b);
            if a != b && is_vetoed(&world.written[dose.written], &world.written[theirs.written]) {
                score.against_veto.push((row, other));
            }
        }
    }
    for (dose, rows) in &seen {
        let other = truly.get(dose).map(|row| &world.system[*row]);
        // The row the program kept stands for the dose.
        let rank = |row: &usize| match bucket[*row] {
            Bucket::Entered | Bucket::ToAdjust => 0,
            Bucket::NotEntered => 1,
            Bucket::Review => 2,
            _ => 3,
        };
        let kept = rows.iter().copied().min_by_key(rank).unwrap_or(rows[0]);
        // A near copy waits for a person, who would call it a copy.
        let near = rows.iter().filter(|row| **row != kept && bucket[**row] == Bucket::Review).count();
        let is_found = rows.iter().any(|row| linked[*row].is_some_and(|other| world.system[other].dose == *dose));
        if let Some(other) = other {
            score.true_links += 1;
            let waits = !is_found && bucket[kept] == Bucket::Review && system_waits.contains(dose);
            if !is_found {
                score.lost.push((kept, truly[dose], waits));
            }
            score.waiting += usize::from(waits);
            let channels = world.local[kept].channels | other.channels;
            for (_, counts) in score.channels.iter_mut().enumerate().filter(|(channel, _)| channels >> channel & 1 == 1) {
                counts[0] += 1;
                counts[1] += usize::from(is_found);
            }
        }
        let truth = match other {
            None => Bucket::NotEntered,
            Some(other) if other.channels & DOSE_CHANNELS != 0 => Bucket::ToAdjust,
            Some(_) => Bucket::Entered,
        };
        score.copies_missed.extend(rows.iter().filter(|row| **row != kept && bucket[**row] != Bucket::Duplicate));
        copies.insert(*dose, [rows.len() - 1, rows.iter().filter(|row| bucket[**row] == Bucket::Duplicate).count(), near]);
        for (answered, table) in score.buckets.iter_mut().enumerate() {
            let is_settled = bucket[kept] == Bucket::Review && (other.is_none() || system_waits.contains(dose));
            let said = if answered == 1 && is_settled { truth } else { bucket[kept] };
            for (kind, counts) in SCORED.iter().zip(table.iter_mut()) {
                counts[0] += usize::from(said == *kind && truth == *kind);
                counts[1] += usize::from(said == *kind && said != Bucket::Duplicate);
                counts[2] += usize::from(truth == *kind);
            }
        }
    }
    for (answered, table) in score.buckets.iter_mut().enumerate() {
        for [truly, said, near] in copies.values() {
            let said = said + near * answered;
            table[3][0] += said.min(*truly);
            table[3][1] += said;
            table[3][2] += truly;
        }
    }
    let on_system = |bucket| engine.page(ListRef { side: Side::System, bucket }, 0, 0).1;
    let only_theirs = truly.keys().filter(|dose| !seen.contains_key(dose)).count();
    score.system = [[on_system(Bucket::Duplicate), world.system.len() - truly.len()], [on_system(Bucket::SystemOnly), only_theirs]];
    score.copies_missed.sort_unstable();
    score.lost.sort_unstable();
    score.said = bucket.into_iter().zip(reasons).collect();
    score
}
