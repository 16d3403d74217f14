//! What a reconciliation found, as numbers: all that the page and the forms need, and no personal data.

use super::later::LaterBalance;
use crate::domain::bucket::{BUCKET_COUNT, ByBucket};
use crate::domain::column::ByColumn;
use crate::domain::group::ByGroup;
use crate::domain::group_rule::PlacedBy;
use crate::domain::{Bucket, Date, FileId, FormColumn, MissingGroup, Product, Side, Status};
use serde::{Deserialize, Serialize};

/// How many statuses a `Chưa nhập` dose can have.
pub const STATUS_COUNT: usize = 3;

/// A count per [`Status`], in the order of [`Status::ALL`] (entered, cannot be entered, not verified).
pub type ByStatus<T> = [T; STATUS_COUNT];

/// Doses counted for one unit, or for all.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnitFigures {
    /// Name of the unit as shown; empty for the total.
    pub unit: String,
    /// Local items per bucket.
    pub local: ByBucket<u64>,
    /// System items per bucket.
    pub system: ByBucket<u64>,
    /// L per column: `Đã nhập` + `Cần điều chỉnh` + `Chưa nhập` + local `Cần xem xét`.
    pub listed: ByColumn<u64>,
    /// S per column: `Khớp` + `Chỉ có trên Hệ thống` + `Trùng trên Hệ thống` + System `Cần xem xét`.
    pub on_system: ByColumn<u64>,
    /// `Chưa nhập` by group and status.
    pub not_entered: ByGroup<ByStatus<u64>>,
    /// The group the unit itself is (a prison, a centre, an army or police unit), if any.
    pub own_group: Option<MissingGroup>,
    /// The other names that are counted under it: spellings, and what the alias table joins.
    pub other_names: Vec<String>,
}

impl UnitFigures {
    /// L: doses listed, in scope.
    pub fn listed_total(&self) -> u64 {
        self.listed.iter().sum()
    }

    /// S: doses on the System, in scope.
    pub fn system_total(&self) -> u64 {
        self.on_system.iter().sum()
    }

    /// Local items of a bucket.
    pub fn local(&self, bucket: Bucket) -> u64 {
        self.local[bucket.index()]
    }

    /// System items of a bucket.
    pub fn system(&self, bucket: Bucket) -> u64 {
        self.system[bucket.index()]
    }

    /// `Khớp chéo` = `Khớp` − `Đã nhập` − `Cần điều chỉnh`: the other side stands in another unit or out of scope.
    pub fn cross_matched(&self) -> i64 {
        self.system(Bucket::Matched) as i64 - self.local(Bucket::Entered) as i64 - self.local(Bucket::ToAdjust) as i64
    }

    /// Adds another unit's counts to these.
    pub fn add(&mut self, other: &UnitFigures) {
        for i in 0..BUCKET_COUNT {
            self.local[i] += other.local[i];
            self.system[i] += other.system[i];
        }
        for column in FormColumn::ALL {
            self.listed[column.index()] += other.listed[column.index()];
            self.on_system[column.index()] += other.on_system[column.index()];
        }
        for (mine, theirs) in self.not_entered.iter_mut().flatten().zip(other.not_entered.iter().flatten()) {
            *mine += theirs;
        }
    }
}

/// Items read and where they landed, per file: the buckets add up to the items.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileBalance {
    /// The file, by number.
    pub file: u32,
    /// Its name.
    pub name: String,
    /// Ledger items read from its sheets of each side (`[local, System]`).
    pub items: [u64; 2],
    /// Where they landed.
    pub buckets: [ByBucket<u64>; 2],
}

impl FileBalance {
    /// Items no bucket accounts for, both sides; 0 when the ledger balances.
    pub fn unexplained(&self) -> i64 {
        Side::ALL.iter().map(|side| self.items[side.index()] as i64 - self.buckets[side.index()].iter().sum::<u64>() as i64).sum()
    }
}

/// Column (*) of Phụ lục 2 taken apart: local in-scope doses of one product, target group and column.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct BreakdownRow {
    /// Product; none where the lists do not say.
    pub product: Option<Product>,
    /// Target group as shown (`3 – Lực lượng Quân đội`, `Không ghi`).
    pub target_group: String,
    /// Column of the form.
    pub column: FormColumn,
    /// Doses.
    pub doses: u64,
}

/// Why doses are out of scope or unreadable, counted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReasonCount {
    /// The side.
    pub side: Side,
    /// The bucket.
    pub bucket: Bucket,
    /// The reason in the officer's words.
    pub reason: String,
    /// Items.
    pub items: u64,
}

/// What a reconciliation found.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// Per unit, in Vietnamese alphabetical order, `Chưa rõ đơn vị` last.
    pub units: Vec<UnitFigures>,
    /// All units together.
    pub total: UnitFigures,
    /// Per file, in the order of the drop.
    pub files: Vec<FileBalance>,
    /// Distinct persons on each side (`[local, System]`), as linked.
    pub persons: [u64; 2],
    /// Persons found on both sides.
    pub persons_on_both: u64,
    /// Persons with at least one `Chưa nhập` dose.
    pub persons_not_entered: u64,
    /// Column (*) taken apart.
    pub breakdown: Vec<BreakdownRow>,
    /// Reasons of `Không đọc được` and `Ngoài phạm vi`.
    pub reasons: Vec<ReasonCount>,
    /// Doses whose label and history disagree.
    pub label_disagreements: u64,
    /// Doses put into a column with a doubt (no history, no birth year, an additional dose beyond three months).
    pub column_doubts: u64,
    /// Persons compared with nobody, since too many are like them, and the groups of such.
    pub uncompared: [u64; 2],
    /// Fields that differ in `Cần điều chỉnh` doses: day, vaccine, lot, label.
    pub differences: [u64; 4],
    /// `Chưa nhập` doses by what gave their group: first those a person put into one, then the rules in order.
    pub group_rules: Vec<(PlacedBy, u64)>,
    /// Per file of a later snapshot of the System, what its rows are; they are in no bucket.
    pub later: Vec<LaterBalance>,
    /// The cut-off the report was made with.
    pub cut_off: Option<Date>,
}

impl Report {
    /// Items no bucket accounts for: the `0` of `0 dòng không giải thích được`.
    pub fn unexplained(&self) -> i64 {
        self.files.iter().map(FileBalance::unexplained).chain(self.later.iter().map(LaterBalance::unexplained)).sum()
    }

    /// The unit with this name.
    pub fn unit(&self, name: &str) -> Option<&UnitFigures> {
        self.units.iter().find(|unit| unit.unit == name)
    }

    /// The balance of one file.
    pub fn file(&self, file: FileId) -> Option<&FileBalance> {
        self.files.iter().find(|balance| balance.file == file.0)
    }

    /// `Chưa nhập` doses of a status, all groups.
    pub fn not_entered_of(&self, status: Status) -> u64 {
        let at = Status::ALL.iter().position(|s| *s == status).unwrap_or(0);
        self.total.not_entered.iter().map(|by_status| by_status[at]).sum()
    }
}
