//! The figures in words.

use super::cells::{self, Cells};
use super::people;
use super::score::{SCORED, Score};
use super::world::{Row, World, show};
use ra_soat::domain::{Bucket, Side};
use std::collections::BTreeMap;
use std::fmt::Write as _;

fn share(part: usize, whole: usize) -> f64 {
    part as f64 / whole.max(1) as f64
}

/// F1 of one bucket; a bucket that neither occurs nor is said counts as perfect.
fn f1([both, said, truly]: [usize; 3]) -> f64 {
    if said + truly == 0 { 1.0 } else { share(2 * both, said + truly) }
}

/// Precision of the links the machine made.
pub fn precision(score: &Score) -> f64 {
    share(score.right, score.links)
}

/// What a world must reach.
pub struct Bars {
    recall: f64,
    answered: f64,
    review: f64,
    macro_f1: f64,
}

/// The bars of the default and of the hard world.
pub const DEFAULT_BARS: Bars = Bars { recall: 0.995, answered: 0.9995, review: 0.01, macro_f1: 0.998 };
pub const HARD_BARS: Bars = Bars { recall: 0.985, answered: 0.998, review: 0.025, macro_f1: 0.995 };

/// Mean F1 of the buckets.
fn macro_f1(table: &[[usize; 3]; 4]) -> f64 {
    table.iter().map(|counts| f1(*counts)).sum::<f64>() / 4.0
}

/// Prints every figure beside its bar, and gives those that miss it.
pub fn compare(score: &Score, people: &people::Score, cells: Option<&Cells>, world: &World, bars: &Bars) -> Vec<String> {
    let at_least = |figure: f64, bar: f64| (figure, bar, figure >= bar, "at least");
    let at_most = |figure: f64, bar: f64| (figure, bar, figure <= bar, "at most");
    let joined: usize = world.lookalikes.iter().map(|pairs| people.joined(pairs)).sum();
    let mut figures = vec![
        ("precision of certain links", at_least(precision(score), 0.9995)),
        ("recall", at_least(share(score.right, score.true_links), bars.recall)),
        ("recall, reviews answered", at_least(share(score.right + score.waiting, score.true_links), bars.answered)),
        ("review share", at_most(share(score.review, score.local), bars.review)),
        ("macro-F1, reviews answered", at_least(macro_f1(&score.buckets[1]), bars.macro_f1)),
        ("twins and namesakes joined", at_most(joined as f64, 0.0)),
        ("two persons joined across CCCDs", at_most(score.across_citizen_numbers[1] as f64, 0.0)),
        ("joined against the veto", at_most(score.against_veto.len() as f64, 0.0)),
    ];
    figures.extend(cells.map(|cells| ("form cells from the truth", at_most(cells::worst(cells), 0.005))));
    let mut below = Vec::new();
    println!("bars:");
    for (words, (figure, bar, is_reached, side)) in figures {
        let line = format!("{words:<32} {figure:.5}, {side} {bar}");
        println!("    {} {line}", if is_reached { "    " } else { "MISS" });
        below.extend((!is_reached).then_some(line));
    }
    below
}

/// Prints all.
pub fn print(score: &Score, cells: Option<&Cells>, world: &World) {
    println!("local doses {}, System doses {}, true links {}", score.local, world.system.len(), score.true_links);
    println!("links made {}, right {}, to another person {}", score.links, score.right, score.wrong_person);
    let (precision, recall) = (precision(score), share(score.right, score.true_links));
    println!("precision {precision:.5}, recall {recall:.5}, F1 {:.5}", 2.0 * precision * recall / (precision + recall));
    println!("recall, reviews answered (counted) {:.5}", share(score.right + score.waiting, score.true_links));
    println!("review share {:.5} ({})", share(score.review, score.local), score.review);
    for (words, table) in ["as it stands", "reviews answered (counted)"].iter().zip(&score.buckets) {
        println!("macro-F1, {words}: {:.5}", macro_f1(table));
        for (bucket, counts) in SCORED.iter().zip(table) {
            println!("    {:<16} {:.5}", bucket.label(Side::Local).unwrap_or_default(), f1(*counts));
        }
    }
    for (bucket, [said, truth]) in [Bucket::Duplicate, Bucket::SystemOnly].iter().zip(score.system) {
        println!("{}: {said} said, {truth} true", bucket.label(Side::System).unwrap_or_default());
    }
    for ((words, joined), pairs) in ["twins", "namesakes"].iter().zip(&score.joined_lookalikes).zip(&world.lookalikes) {
        println!("{words} joined {} of {} pairs", joined.len(), pairs.len());
    }
    let [same, other] = score.across_citizen_numbers;
    println!("links across two different CCCDs: {same} of one person, {other} of two; {} against the veto", score.against_veto.len());
    if let Some(cells) = cells {
        println!("form cells, counted / true:");
        for (words, row) in [("L", &cells.listed), ("S", &cells.on_system)] {
            let shown = ('c'..='m').zip(row).map(|(column, [said, truth])| format!("{column} {said}/{truth}"));
            println!("    {words}: {}", shown.collect::<Vec<_>>().join(" "));
        }
        println!("    farthest from the truth {:.5} (cells of 1.000 doses or more)", cells::worst(cells));
    }
    println!("by channel (a dose may have several): true links found; wrong links");
    for (channel, [all, found, wrong]) in world.channels.iter().zip(&score.channels).filter(|(_, counts)| counts[0] > 0) {
        println!("    {channel:<30} {found:>7} of {all:>7} found, {:.5}; {wrong} wrong", share(*found, *all));
    }
    println!("true links not made, by what went wrong (lost for good, waiting for a person):");
    let mut groups: Vec<(String, [usize; 2])> = lost_by_cause(score, world).into_iter().collect();
    groups.sort_by(|a, b| (b.1[0], b.1[1], &a.0).cmp(&(a.1[0], a.1[1], &b.0)));
    for (cause, [lost, waiting]) in groups.iter().take(20) {
        println!("    {lost:>5} {waiting:>5}  {cause}");
    }
}

/// The errors among these channels, in words.
pub fn causes(channels: u64, world: &World) -> String {
    let named =
        world.channels.iter().enumerate().filter(|(channel, words)| channels >> channel & 1 == 1 && !words.starts_with("local list"));
    named.map(|(_, words)| words.as_str()).collect::<Vec<_>>().join(" + ")
}

fn lost_by_cause(score: &Score, world: &World) -> BTreeMap<String, [usize; 2]> {
    let mut groups: BTreeMap<String, [usize; 2]> = BTreeMap::new();
    for (_, system, waits) in &score.lost {
        groups.entry(causes(world.system[*system].channels, world)).or_default()[usize::from(*waits)] += 1;
    }
    groups
}

/// Every wrong link, every one against the veto, every true one not made and every local copy not taken for one: the rows, what went wrong, and what the program
/// says of the local one; `explain` adds lines to each link.
pub fn misses(score: &Score, world: &World, explain: impl Fn(usize, usize) -> String) -> String {
    let mut text = String::new();
    let wrong = score.wrong.iter().map(|(local, system)| (local, system, "WRONG"));
    let vetoed = score.against_veto.iter().map(|(local, system)| (local, system, "AGAINST THE VETO"));
    let lost = score.lost.iter().map(|(local, system, waits)| (local, system, if *waits { "waits" } else { "lost" }));
    for (local, system, state) in wrong.chain(vetoed).chain(lost) {
        let (bucket, reason) = &score.said[*local];
        let cause = causes(world.system[*system].channels, world);
        writeln!(text, "{state}: {cause}; {bucket:?} {reason}").unwrap();
        writeln!(text, "    local  {}\n    System {}", shown(world, &world.local[*local]), shown(world, &world.system[*system])).unwrap();
        text.push_str(&explain(*local, *system));
    }
    for local in &score.copies_missed {
        let (bucket, reason) = &score.said[*local];
        writeln!(text, "copy: {bucket:?} {reason}").unwrap();
        let dose = world.local[*local].dose;
        for row in world.local.iter().filter(|row| row.dose == dose) {
            writeln!(text, "    local  {}", shown(world, row)).unwrap();
        }
    }
    text
}

/// A row as its side writes it.
fn shown(world: &World, row: &Row) -> String {
    let person = &world.written[row.written];
    let sex = if person.is_female { "Nữ" } else { "Nam" };
    let who = [&*person.name, &person.birth, sex, &person.identity, &person.phone].join(" | ");
    format!("{who} | xã {} | mũi {} {} {} {}", person.commune, row.ordinal, row.vaccine, show(row.given), row.lot)
}
