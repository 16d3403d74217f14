//! The seven groups (`Nhóm`) of doses not on the System, Phụ lục 2 part I.

use serde::{Deserialize, Serialize};

/// Why a dose is not on the System: Nhóm 1–6 of Phụ lục 2, or `Khác`.
///
/// Mind the numbers: the platform's own group code 3 is the army and 4 the police; here 3 is the police and 4 the army.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum MissingGroup {
    /// Nhóm 1: no information about the person.
    NoInformation,
    /// Nhóm 2: has left the locality.
    Departed,
    /// Nhóm 3: police.
    Police,
    /// Nhóm 4: army.
    Army,
    /// Nhóm 5: prisoners.
    Prisoner,
    /// Nhóm 6: rehabilitation or social protection centre.
    Centre,
    /// Khác.
    Other,
}

/// How many groups the form has.
pub const GROUP_COUNT: usize = 7;

/// A count per group, Nhóm 1 first and `Khác` last.
pub type ByGroup<T> = [T; GROUP_COUNT];

impl MissingGroup {
    /// In the order of the form.
    pub const ALL: [MissingGroup; GROUP_COUNT] = {
        use MissingGroup::*;
        [NoInformation, Departed, Police, Army, Prisoner, Centre, Other]
    };

    /// 0 for Nhóm 1 … 6 for Khác.
    pub fn index(self) -> usize {
        self as usize
    }

    /// `Nhóm 1` … `Nhóm 6`, `Khác`.
    pub fn label(self) -> &'static str {
        ["Nhóm 1", "Nhóm 2", "Nhóm 3", "Nhóm 4", "Nhóm 5", "Nhóm 6", "Khác"][self.index()]
    }

    /// The heading of Phụ lục 2 part I.
    pub fn heading(self) -> &'static str {
        match self {
            MissingGroup::NoInformation => "Số đối tượng không có thông tin (Nhóm 1)",
            MissingGroup::Departed => "Số đối tượng đã đi khỏi địa phương (Nhóm 2)",
            MissingGroup::Police => "Số người thuộc lực lượng công an (Nhóm 3)",
            MissingGroup::Army => "Số người thuộc lực lượng quân đội (Nhóm 4)",
            MissingGroup::Prisoner => "Đối tượng phạm nhân (Nhóm 5)",
            MissingGroup::Centre => "Đối tượng TT cai nghiện, TT bảo trợ xã hội (Nhóm 6)",
            MissingGroup::Other => "Khác (ghi rõ nhóm đối tượng) .....",
        }
    }
}
