//! The figures in words.

use super::score::{SCORED, Score};
use super::world::{CHANNELS, World};
use ra_soat::domain::Side;

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

/// Prints all.
pub fn print(score: &Score, world: &World) {
    println!("local doses {}, System doses {}, true links {}", score.local, world.system.len(), score.true_links);
    println!("links made {}, right {}, to another person {}", score.links, score.right, score.wrong_person);
    let (precision, recall) = (precision(score), share(score.right, score.true_links));
    println!("precision {precision:.5}, recall {recall:.5}, F1 {:.5}", 2.0 * precision * recall / (precision + recall));
    println!("recall, reviews answered (counted) {:.5}", share(score.right + score.waiting, score.true_links));
    println!("review share {:.5} ({})", share(score.review, score.local), score.review);
    for (words, table) in ["as it stands", "reviews answered (counted)"].iter().zip(&score.buckets) {
        println!("macro-F1, {words}: {:.5}", table.iter().map(|counts| f1(*counts)).sum::<f64>() / 4.0);
        for (bucket, counts) in SCORED.iter().zip(table) {
            println!("    {:<16} {:.5}", bucket.label(Side::Local).unwrap_or_default(), f1(*counts));
        }
    }
    for ((words, joined), pairs) in ["twins", "namesakes"].iter().zip(&score.joined_lookalikes).zip(&world.lookalikes) {
        println!("{words} joined {} of {} pairs", joined.len(), pairs.len());
    }
    let [same, other] = score.across_citizen_numbers;
    println!("links across two different CCCDs: {same} of one person, {other} of two");
    for (channel, [all, found]) in CHANNELS.iter().zip(score.channels) {
        println!("    {channel:<26} {found:>7} of {all:>7} found, {:.5}", share(found, all));
    }
}
