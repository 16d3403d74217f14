//! Why a pair weighs what it does: bits per field that add up to its weight.

use serde::{Deserialize, Serialize};

/// Why a pair weighs what it does, in thousandths of a bit; the parts add up to [`Explanation::weight`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Explanation {
    /// What two persons taken by chance weigh.
    pub prior: i32,
    /// Name.
    pub name: i32,
    /// Birth date.
    pub birth: i32,
    /// Sex.
    pub sex: i32,
    /// Identity number.
    pub identity: i32,
    /// Phone.
    pub phone: i32,
    /// Health insurance number.
    pub insurance: i32,
    /// Commune.
    pub address: i32,
    /// Doses.
    pub history: i32,
}

impl Explanation {
    /// The weight of the pair.
    pub fn weight(&self) -> i32 {
        self.parts().iter().map(|(_, bits)| bits).sum()
    }

    /// Every part with its name, in the order they are drawn.
    pub fn parts(&self) -> [(Evidence, i32); 9] {
        use Evidence::*;
        [
            (Prior, self.prior),
            (Name, self.name),
            (Birth, self.birth),
            (Sex, self.sex),
            (Identity, self.identity),
            (Phone, self.phone),
            (Insurance, self.insurance),
            (Address, self.address),
            (History, self.history),
        ]
    }
}

/// What a part of a weight comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Evidence {
    /// Before anything is compared.
    Prior,
    /// Họ tên.
    Name,
    /// Ngày sinh.
    Birth,
    /// Giới tính.
    Sex,
    /// Số giấy tờ.
    Identity,
    /// Số điện thoại.
    Phone,
    /// Số thẻ BHYT.
    Insurance,
    /// Nơi ở.
    Address,
    /// Các mũi tiêm.
    History,
}

impl Evidence {
    /// The words of the waterfall.
    pub fn label(self) -> &'static str {
        match self {
            Evidence::Prior => "Hai người bất kỳ",
            Evidence::Name => "Họ tên",
            Evidence::Birth => "Ngày sinh",
            Evidence::Sex => "Giới tính",
            Evidence::Identity => "Số giấy tờ",
            Evidence::Phone => "Số điện thoại",
            Evidence::Insurance => "Số thẻ BHYT",
            Evidence::Address => "Nơi ở",
            Evidence::History => "Các mũi tiêm",
        }
    }
}
