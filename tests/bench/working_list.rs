//! How long a working list takes and how much memory, beside the rows it has: `cargo xtask bench working-list`.
//!
//! `RA_SOAT_BENCH_ROWS` doses (200.000) of invented people in sixty units, half of them on the System.

#![allow(unreachable_pub, reason = "a bench binary has no outside; its modules share by `pub`")]
#![allow(clippy::unwrap_used, reason = "a test may stop where it finds what it did not expect")]

#[path = "../common/mod.rs"]
mod common;

use ra_soat::domain::{Bucket, Settings, Side};
use ra_soat::engine::{Answer, Engine};
use ra_soat::pace::Unpaced;
use ra_soat::worker::protocol::{ExportRequest, FromEngine, JobId, ListRef, ToEngine, WorkingListRequest};
use std::fmt::Write as _;
use std::time::Instant;

const HEADER: &str = "Họ và tên,Ngày sinh,Giới tính,Số CCCD,Số điện thoại,Xã phường,Mũi tiêm,Vắc xin,Ngày tiêm,Số lô,Cơ sở tiêm";
/// Rows of one file.
const FILE_ROWS: usize = 250_000;

fn main() {
    let rows = std::env::var("RA_SOAT_BENCH_ROWS").ok().and_then(|rows| rows.parse().ok()).unwrap_or(200_000);
    let mut engine = Engine::default();
    let mut id = 0;
    for (name, step, last) in [("Danh sách.csv", 1, ""), ("Dữ liệu Hệ thống.csv", 2, ",Ngày nhập")] {
        for start in (0..rows).step_by(FILE_ROWS) {
            let mut text = format!("{HEADER}{last}\n");
            for n in (start..rows.min(start + FILE_ROWS)).step_by(step) {
                push_dose(&mut text, n, if last.is_empty() { "" } else { ",05/09/2021" });
            }
            common::load(&mut engine, id, &format!("{id} {name}"), text.as_bytes());
            id += 1;
        }
    }
    let report = common::reconcile(&mut engine, Settings::default());
    let buckets = Side::ALL.into_iter().flat_map(|side| Bucket::ALL.map(|bucket| ListRef { side, bucket }));
    let lists: Vec<ListRef> = buckets.filter(|list| list.bucket.sheet_name(list.side).is_some()).collect();
    println!("{rows} doses, {} not entered; engine {} MB", report.total.local(Bucket::NotEntered), memory("VmRSS"));
    forget_peak();
    let (start, mut bytes, mut longest) = (Instant::now(), 0, 0.0f64);
    let mut part = 1;
    loop {
        let begun = Instant::now();
        let request = WorkingListRequest { reporting_unit: "Tỉnh Mẫu".to_owned(), lists: lists.clone(), units: None, part };
        let message = ToEngine::Export { job: JobId(1), what: ExportRequest::WorkingList(request) };
        let none: &[&[u8]] = &[];
        let Answer::Message(answer, blobs) = pollster::block_on(engine.handle(message, none, &mut Unpaced, &|| 0.0, || 0)) else {
            panic!()
        };
        let FromEngine::Exported { parts, .. } = *answer else { panic!("{answer:?}") };
        bytes += blobs[0].len();
        longest = longest.max(begun.elapsed().as_secs_f64());
        if part == parts {
            break;
        }
        part += 1;
    }
    println!(
        "{part} parts, {:.1} MB, {:.1} s (longest part {longest:.1} s), peak {} MB",
        bytes as f64 / 1e6,
        start.elapsed().as_secs_f64(),
        memory("VmHWM")
    );
}

/// One dose of the n-th person.
fn push_dose(text: &mut String, n: usize, end: &str) {
    const FAMILIES: [&str; 8] = ["Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Nông", "Triệu", "Lý"];
    const GIVEN: [&str; 10] = ["An", "Bình", "Chi", "Dũng", "Giang", "Hà", "Khánh", "Lan", "Minh", "Nga"];
    let (day, month, year) = (n % 28 + 1, n / 28 % 12 + 1, 1950 + n % 50);
    writeln!(
        text,
        "{} Thị {} {},{day:02}/{month:02}/{year},Nữ,0061{:02}{n:06},09{n:08},Xã Mẫu {},Mũi 1,Pfizer,{day:02}/08/2021,FP{:04},Trạm Y tế xã Mẫu {}{end}",
        FAMILIES[n % 8],
        GIVEN[n / 8 % 10],
        GIVEN[n / 80 % 10],
        year % 100,
        n % 60,
        n % 900,
        n % 60,
    )
    .unwrap();
}

/// A figure of /proc/self/status in MB; 0 where there is none.
fn memory(name: &str) -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':'));
    line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok()).map_or(0, |kb| kb / 1024)
}

/// Has the peak counted from now on.
fn forget_peak() {
    let _ = std::fs::write("/proc/self/clear_refs", "5");
}
