//! The corpus of hostile files, each read natively within limits of time and memory.
#![allow(clippy::unwrap_used, clippy::expect_used, unreachable_pub, reason = "a test stops where its premise fails")]

#[path = "poison/corpus.rs"]
mod corpus;

use corpus::{Fate, HARMFUL_NAMES, corpus, harmful_names};
use ra_soat::domain::FileId;
use ra_soat::normalize::text::TextPool;
use ra_soat::text::read_error;
use ra_soat::workbook::detect::detect_sheet;
use ra_soat::workbook::preflight::glance_at;
use ra_soat::workbook::read::read_workbook;
use ra_soat::workbook::records::read_records;
use std::alloc::{GlobalAlloc, Layout, System};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::time::{Duration, Instant};

/// No file may keep a reader longer, on a machine that is busy with other things too.
const LONGEST: Duration = Duration::from_secs(10);
/// Beside the file itself.
const MOST_BYTES: usize = 1 << 30;

/// Counts what is held and the most that was.
struct Counting;

static HELD: AtomicUsize = AtomicUsize::new(0);
static MOST: AtomicUsize = AtomicUsize::new(0);

// The one thing tests need unsafe code for: an allocator cannot be written without.
#[allow(unsafe_code)]
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        MOST.fetch_max(HELD.fetch_add(layout.size(), Relaxed) + layout.size(), Relaxed);
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, place: *mut u8, layout: Layout) {
        HELD.fetch_sub(layout.size(), Relaxed);
        unsafe { System.dealloc(place, layout) }
    }
}

#[global_allocator]
static COUNTING: Counting = Counting;

/// Reads a file as a reader does: a glance, the cells, what the columns are, the records. The words of a refusal, or every text read.
fn read(name: &str, bytes: Vec<u8>) -> Result<String, String> {
    glance_at(bytes.clone()).map_err(|error| read_error(&error))?;
    let workbook = read_workbook(name, bytes, &mut |_, _| ()).map_err(|error| read_error(&error))?;
    let mut all = String::new();
    for (index, sheet) in workbook.sheets.iter().enumerate() {
        for row in sheet.table.rows().take(100) {
            for (_, cell) in row.cells() {
                all.push_str(&format!("{:?}\n", cell.value(&workbook.texts)));
            }
        }
        if let Some(mapping) = detect_sheet(&workbook, index, name, None) {
            read_records(&workbook, index as u16, &mapping, FileId(1), &mut TextPool::default());
        }
    }
    Ok(all)
}

#[test]
fn every_hostile_file_is_refused_in_words_or_read_within_limits() {
    let only = std::env::var("POISON").unwrap_or_default();
    let mut failures = Vec::new();
    for poison in corpus(true).into_iter().filter(|poison| poison.name.contains(&only)) {
        let (name, size) = (poison.name, poison.bytes.len());
        let before = HELD.load(Relaxed);
        MOST.store(before, Relaxed);
        let start = Instant::now();
        let result = catch_unwind(AssertUnwindSafe(|| read(name, poison.bytes)));
        let (took, held) = (start.elapsed(), MOST.load(Relaxed) - before);
        println!(
            "{name}: {} KB, {} ms, {} MB: {:?}",
            size >> 10,
            took.as_millis(),
            held >> 20,
            result.as_ref().map(|read| read.as_ref().map(|text| text.len()))
        );
        let mut fail = |why: String| failures.push(format!("{name}: {why}"));
        match (poison.fate, result) {
            (_, Err(_)) => fail("panicked".to_owned()),
            (Fate::Refused(words), Ok(Err(said))) if said.contains(words) => {}
            (Fate::Read, Ok(Ok(text))) if !text.contains("root:") => {}
            (fate, Ok(result)) => fail(format!("{fate:?}, but {result:.200?}")),
        }
        if took > LONGEST {
            fail(format!("took {took:?}"));
        }
        if held > MOST_BYTES + 3 * size {
            fail(format!("held {} MB", held >> 20));
        }
    }
    assert_eq!(failures, [""; 0]);
}

#[test]
fn harmful_names_are_read_as_they_stand() {
    let text = read("a.xlsx", harmful_names()).unwrap();
    for name in HARMFUL_NAMES {
        assert!(text.contains(&format!("{name:?}")), "{name} in {text}");
    }
}
