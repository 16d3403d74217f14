//! Invented reports, consistent as the ledger makes them: L and S by column, `Chưa nhập` by group and status.

use ra_soat::domain::bucket::BUCKET_COUNT;
use ra_soat::domain::group::GROUP_COUNT;
use ra_soat::domain::{Bucket, FormColumn, MissingGroup, Product, Side};
use ra_soat::reconcile::Report;
use ra_soat::reconcile::report::{BreakdownRow, UnitFigures};

/// Buckets whose doses count in L, and in S.
pub(crate) const LISTED: [Bucket; 4] = [Bucket::Entered, Bucket::ToAdjust, Bucket::NotEntered, Bucket::Review];
pub(crate) const ON_SYSTEM: [Bucket; 4] = [Bucket::Matched, Bucket::SystemOnly, Bucket::Duplicate, Bucket::Review];

/// Spreads a total over parts, unevenly and always the same way.
pub(crate) fn spread<const N: usize>(total: u64, seed: u64) -> [u64; N] {
    let mut parts = [0; N];
    let mut left = total;
    for (at, part) in parts.iter_mut().enumerate() {
        let share = (seed.wrapping_mul(2_654_435_761).wrapping_add(at as u64 * 97)) % 5 + 1;
        *part = if at + 1 == N { left } else { left * share / 12 };
        left -= *part;
    }
    parts
}

/// A unit with these items per bucket.
pub(crate) fn unit(
    name: &str,
    local: [u64; BUCKET_COUNT],
    system: [u64; BUCKET_COUNT],
    own_group: Option<MissingGroup>,
    seed: u64,
) -> UnitFigures {
    let mut figures = UnitFigures { unit: name.to_owned(), local, system, own_group, ..UnitFigures::default() };
    figures.listed = spread(LISTED.iter().map(|bucket| figures.local(*bucket)).sum(), seed);
    figures.on_system = spread(ON_SYSTEM.iter().map(|bucket| figures.system(*bucket)).sum(), seed + 1);
    let groups: [u64; GROUP_COUNT] = spread(figures.local(Bucket::NotEntered), seed + 2);
    figures.not_entered = groups.map(|doses| spread(doses, seed + 3));
    figures
}

/// A report of these units, every total theirs added up.
pub(crate) fn report(units: Vec<UnitFigures>) -> Report {
    let mut report = Report { persons: [31_204, 30_877], persons_on_both: 30_102, persons_not_entered: 942, ..Report::default() };
    for unit in &units {
        report.total.add(unit);
    }
    report.units = units;
    // Column (*) taken apart adds up to L.
    for column in FormColumn::ALL {
        let [first, second] = spread(report.total.listed[column.index()], column.index() as u64);
        for (product, group, doses) in [(Some(Product::AstraZeneca), "3 – Lực lượng Quân đội", first), (None, "Không ghi", second)]
        {
            if doses > 0 {
                report.breakdown.push(BreakdownRow { product, target_group: group.to_owned(), column, doses });
            }
        }
    }
    report.breakdown.sort();
    report
}

/// Items per bucket: unreadable, out of scope, duplicate, review, entered, to adjust, not entered.
pub(crate) fn local(items: [u64; 7]) -> [u64; BUCKET_COUNT] {
    let mut counts = [0; BUCKET_COUNT];
    counts[..7].copy_from_slice(&items);
    counts
}

/// Items per bucket: unreadable, out of scope, duplicate, review, matched, only there.
pub(crate) fn system(items: [u64; 6]) -> [u64; BUCKET_COUNT] {
    let mut counts = [0; BUCKET_COUNT];
    counts[..4].copy_from_slice(&items[..4]);
    counts[Bucket::Matched.index()] = items[4];
    counts[Bucket::SystemOnly.index()] = items[5];
    counts
}

/// Six invented units: a long name, a prison, one with more on the System than on its list, one that is unknown.
pub(crate) fn district() -> Report {
    let units = vec![
        unit(
            "Bệnh viện Đa khoa khu vực Đồng Nguyên",
            local([3, 41, 12, 6, 18_204, 317, 1_046]),
            system([0, 66, 9, 5, 18_530, 88]),
            None,
            1,
        ),
        unit("Trạm Y tế xã An Lạc", local([0, 12, 4, 0, 6_120, 84, 233]), system([0, 10, 3, 0, 6_204, 15]), None, 2),
        unit("Trạm Y tế phường Hòa Bình 2", local([1, 0, 0, 2, 8_031, 102, 0]), system([0, 4, 0, 2, 8_101, 640]), None, 3),
        unit("Trại tạm giam số 5", local([0, 0, 0, 0, 0, 0, 412]), system([0; 6]), Some(MissingGroup::Prisoner), 4),
        unit(
            "Trung tâm Kiểm soát bệnh tật và các điểm tiêm lưu động thuộc chiến dịch tiêm chủng mở rộng đợt 2 năm 2021 trên địa bàn",
            local([0, 9, 31, 1, 4_415, 61, 507]),
            system([2, 0, 17, 1, 4_470, 4]),
            None,
            5,
        ),
        unit("Chưa rõ đơn vị", local([7, 0, 0, 0, 12, 0, 3]), system([0, 0, 0, 0, 12, 1]), None, 6),
    ];
    report(units)
}

/// Items of a bucket on a side, all units.
pub(crate) fn items(report: &Report, side: Side, bucket: Bucket) -> u64 {
    let of = |unit: &UnitFigures| if side == Side::Local { unit.local(bucket) } else { unit.system(bucket) };
    report.units.iter().map(of).sum()
}
