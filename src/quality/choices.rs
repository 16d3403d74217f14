//! What a person chose in `Làm sạch` and `Giám sát` that may be kept in a draft: no name, number or birth date is in it.

use super::status::Verification;
use crate::domain::{Date, Product};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// A correction that follows from the record itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Remedy {
    /// 10 or 11 digits become the 12 of a CCCD.
    PadTo12,
    /// 8 digits become the 9 of a CMND.
    PadTo9,
    /// 9 digits become the 10 of a phone.
    PadPhone,
    /// Day and month of the dose change places.
    SwapGiven,
    /// Day and month of birth change places.
    SwapBirth,
}

impl Remedy {
    /// The officer's words, as a button says them.
    pub fn label(self) -> &'static str {
        match self {
            Remedy::PadTo12 | Remedy::PadTo9 | Remedy::PadPhone => "Thêm số 0 đầu",
            Remedy::SwapGiven => "Đảo ngày, tháng tiêm",
            Remedy::SwapBirth => "Đảo ngày, tháng sinh",
        }
    }

    /// Whether it is about the dose, not the person.
    pub fn is_of_dose(self) -> bool {
        self == Remedy::SwapGiven
    }
}

/// Names a row's person, or a dose, by a hash of its whole content as written, so that nothing can be read out of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RecordKey(pub u64);

impl Serialize for RecordKey {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        // A string in JSON, whose keys are strings and whose numbers lose the low bits of 64.
        if serializer.is_human_readable() {
            serializer.serialize_str(&format!("{:016x}", self.0))
        } else {
            serializer.serialize_u64(self.0)
        }
    }
}

impl<'de> Deserialize<'de> for RecordKey {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<RecordKey, D::Error> {
        if !deserializer.is_human_readable() {
            return u64::deserialize(deserializer).map(RecordKey);
        }
        let text = String::deserialize(deserializer)?;
        u64::from_str_radix(&text, 16).map(RecordKey).map_err(serde::de::Error::custom)
    }
}

/// One column of days: of a dose group, or of births.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct DayColumn {
    /// SHA-256 of the file.
    pub sha256: String,
    /// Position of the sheet.
    pub sheet: u16,
    /// Dose group from the left; 0 for births.
    pub slot: u8,
}

/// The choices.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Choices {
    /// Codes of rules that are switched off.
    pub rules_off: BTreeSet<String>,
    /// Vaccines as written that nobody knew, with the product each means.
    pub vaccines: BTreeMap<String, Product>,
    /// Facilities as written, with the spelling each is given.
    pub facilities: BTreeMap<String, String>,
    /// Words of verification that nobody knew, with what each means.
    pub statuses: BTreeMap<String, Verification>,
    /// Columns whose days and months change places.
    pub swapped: BTreeSet<DayColumn>,
    /// Corrections made wherever they apply.
    pub everywhere: BTreeSet<Remedy>,
    /// Corrections of single records.
    #[serde(with = "once")]
    pub once: BTreeSet<(RecordKey, Remedy)>,
    /// `Giám sát`: the day from which doses are new; none for the day after the cut-off.
    pub new_since: Option<Date>,
}

/// Corrections of single records as a draft writes them: by what is done, the keys in one string.
mod once {
    use super::{RecordKey, Remedy};
    use crate::reconcile::lean::{read_keys, write_key};
    use serde::{Deserialize, Deserializer, Serialize, Serializer};
    use std::collections::{BTreeMap, BTreeSet};

    /// As written today, and until version 2.
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Written {
        Lean(Vec<(Remedy, String)>),
        One(BTreeSet<(RecordKey, Remedy)>),
    }

    pub(super) fn serialize<S: Serializer>(once: &BTreeSet<(RecordKey, Remedy)>, serializer: S) -> Result<S::Ok, S::Error> {
        if !serializer.is_human_readable() {
            return once.serialize(serializer);
        }
        let mut alike: BTreeMap<Remedy, String> = BTreeMap::new();
        for (key, remedy) in once {
            write_key(alike.entry(*remedy).or_default(), key.0);
        }
        alike.into_iter().collect::<Vec<_>>().serialize(serializer)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<BTreeSet<(RecordKey, Remedy)>, D::Error> {
        if !deserializer.is_human_readable() {
            return BTreeSet::deserialize(deserializer);
        }
        let lean = match Written::deserialize(deserializer)? {
            Written::One(one) => return Ok(one),
            Written::Lean(lean) => lean,
        };
        let mut once = BTreeSet::new();
        for (remedy, keys) in lean {
            once.extend(read_keys(&keys)?.into_iter().map(|key| (RecordKey(key), remedy)));
        }
        Ok(once)
    }
}

/// A field a person may type anew.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[allow(missing_docs, reason = "`label` says each")]
pub enum TypedField {
    Name,
    Birth,
    Sex,
    Identity,
    Phone,
    Insurance,
    Given,
    Lot,
}

impl TypedField {
    /// In the order of a row.
    pub const ALL: [TypedField; 8] = {
        use TypedField::*;
        [Name, Birth, Sex, Identity, Phone, Insurance, Given, Lot]
    };

    /// The officer's words.
    pub fn label(self) -> &'static str {
        match self {
            TypedField::Name => "Họ và tên",
            TypedField::Birth => "Ngày sinh",
            TypedField::Sex => "Giới tính",
            TypedField::Identity => "Số CCCD/CMND/hộ chiếu",
            TypedField::Phone => "Số điện thoại",
            TypedField::Insurance => "Số thẻ BHYT",
            TypedField::Given => "Ngày tiêm",
            TypedField::Lot => "Số lô",
        }
    }

    /// The field with this name.
    pub fn from_label(label: &str) -> Option<TypedField> {
        TypedField::ALL.into_iter().find(|field| field.label() == label)
    }

    /// Whether it is about the dose, not the person.
    pub fn is_of_dose(self) -> bool {
        matches!(self, TypedField::Given | TypedField::Lot)
    }
}

/// What was typed over a field. Lives in memory and in `Bảng sửa`, never in a draft.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Typed {
    /// What stood there.
    pub old: String,
    /// What stands there now.
    pub new: String,
}

/// Everything that changes records: what the draft keeps, and what was typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Corrections {
    /// What the draft keeps.
    pub choices: Choices,
    /// What was typed.
    pub typed: BTreeMap<(RecordKey, TypedField), Typed>,
}

impl Corrections {
    /// What of it changes records: rules that are off, meanings of words and the first new day change none.
    pub fn effective(&self) -> Corrections {
        let Choices { vaccines, facilities, swapped, everywhere, once, .. } = self.choices.clone();
        Corrections {
            choices: Choices { vaccines, facilities, swapped, everywhere, once, ..Choices::default() },
            typed: self.typed.clone(),
        }
    }

    /// Which of facilities, days, and products or lots the two change otherwise.
    pub fn differences(&self, other: &Corrections) -> [bool; 3] {
        let of_doses = |own: &Corrections, field: TypedField| {
            own.typed.iter().filter(|((_, own), _)| *own == field).map(|(what, typed)| (*what, typed.new.clone())).collect::<Vec<_>>()
        };
        let (a, b) = (&self.choices, &other.choices);
        let days = a.swapped != b.swapped || a.once != b.once || of_doses(self, TypedField::Given) != of_doses(other, TypedField::Given);
        let products = a.vaccines != b.vaccines || of_doses(self, TypedField::Lot) != of_doses(other, TypedField::Lot);
        [a.facilities != b.facilities, days, products]
    }

    /// Whether both change persons alike, whatever they do to doses.
    pub fn changes_persons_alike(&self, other: &Corrections) -> bool {
        let of = |own: &Corrections| {
            let mut own = own.effective();
            own.choices.vaccines.clear();
            own.choices.facilities.clear();
            own.choices.swapped.retain(|column| column.slot == 0);
            own.choices.everywhere.retain(|remedy| !remedy.is_of_dose());
            own.choices.once.retain(|(_, remedy)| !remedy.is_of_dose());
            own.typed.retain(|(_, field), _| !field.is_of_dose());
            own
        };
        of(self) == of(other)
    }

    /// Whether both change records alike.
    pub fn changes_alike(&self, other: &Corrections) -> bool {
        self.effective() == other.effective()
    }
}
