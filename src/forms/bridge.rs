//! `Cầu nối`: why p is what it is, term by term.

use crate::domain::Bucket;
use crate::reconcile::report::UnitFigures;
use serde::{Deserialize, Serialize};

/// One term of the bridge, with its sign.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum BridgeTerm {
    /// n − L: reported as a number, with no list behind it (or, below zero, listed and not reported).
    NumberOnly,
    /// + `Chưa nhập`.
    NotEntered,
    /// + local `Cần xem xét`.
    LocalReview,
    /// − `Chỉ có trên Hệ thống`.
    SystemOnly,
    /// − `Trùng trên Hệ thống`.
    SystemDuplicate,
    /// − System `Cần xem xét`.
    SystemReview,
    /// − `Khớp chéo`.
    CrossMatched,
    /// + (S − o).
    TypedOnSystem,
}

impl BridgeTerm {
    /// In the order of the formula.
    pub const ALL: [BridgeTerm; 8] = {
        use BridgeTerm::*;
        [NumberOnly, NotEntered, LocalReview, SystemOnly, SystemDuplicate, SystemReview, CrossMatched, TypedOnSystem]
    };

    /// What the term counts, without the sign it has in the formula: for sentences that give each value with its own sign.
    pub fn name(self) -> &'static str {
        match self {
            BridgeTerm::NumberOnly => "Danh sách có, số báo cáo không có",
            BridgeTerm::NotEntered => "Chưa nhập",
            BridgeTerm::LocalReview => "Cần xem xét (địa phương)",
            BridgeTerm::SystemOnly => "Chỉ có trên Hệ thống",
            BridgeTerm::SystemDuplicate => "Trùng trên Hệ thống",
            BridgeTerm::SystemReview => "Cần xem xét (Hệ thống)",
            BridgeTerm::CrossMatched => "Khớp chéo",
            BridgeTerm::TypedOnSystem => "Số trên Hệ thống ghi tay khác số đếm được",
        }
    }

    /// The officer's words, with the sign of the formula.
    pub fn label(self) -> &'static str {
        match self {
            BridgeTerm::NumberOnly => "n − L: có số báo cáo, không có trong danh sách",
            BridgeTerm::NotEntered => "+ Chưa nhập",
            BridgeTerm::LocalReview => "+ Cần xem xét (địa phương)",
            BridgeTerm::SystemOnly => "− Chỉ có trên Hệ thống",
            BridgeTerm::SystemDuplicate => "− Trùng trên Hệ thống",
            BridgeTerm::SystemReview => "− Cần xem xét (Hệ thống)",
            BridgeTerm::CrossMatched => "− Khớp chéo (khớp với đơn vị khác hoặc ngoài phạm vi)",
            BridgeTerm::TypedOnSystem => "+ S − o: o ghi tay khác số đếm được",
        }
    }
}

/// The eight terms for one unit, or for all; they add up to p = n − o exactly.
pub fn bridge(figures: &UnitFigures, given: u64, on_system: u64) -> [(BridgeTerm, i64); 8] {
    BridgeTerm::ALL.map(|term| {
        let value = match term {
            BridgeTerm::NumberOnly => given as i64 - figures.listed_total() as i64,
            BridgeTerm::NotEntered => figures.local(Bucket::NotEntered) as i64,
            BridgeTerm::LocalReview => figures.local(Bucket::Review) as i64,
            BridgeTerm::SystemOnly => -(figures.system(Bucket::SystemOnly) as i64),
            BridgeTerm::SystemDuplicate => -(figures.system(Bucket::Duplicate) as i64),
            BridgeTerm::SystemReview => -(figures.system(Bucket::Review) as i64),
            BridgeTerm::CrossMatched => -figures.cross_matched(),
            BridgeTerm::TypedOnSystem => figures.system_total() as i64 - on_system as i64,
        };
        (term, value)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_terms_add_up_to_p(local in proptest::array::uniform9(0u64..1000), system in proptest::array::uniform9(0u64..1000), given in 0u64..9000, on_system in 0u64..9000) {
            let mut figures = UnitFigures { local, system, ..UnitFigures::default() };
            use Bucket::*;
            figures.listed[0] = [Entered, ToAdjust, NotEntered, Review].iter().map(|b| figures.local(*b)).sum();
            figures.on_system[0] = [Matched, SystemOnly, Duplicate, Review].iter().map(|b| figures.system(*b)).sum();
            let sum: i64 = bridge(&figures, given, on_system).iter().map(|(_, value)| value).sum();
            prop_assert_eq!(sum, given as i64 - on_system as i64);
        }
    }
}
