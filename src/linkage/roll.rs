//! Everything loaded on both sides in one flat list of persons and one of ledger items.

use crate::domain::{DoseRecord, PersonRecord, Side};

/// One person as one row writes them.
#[derive(Clone, Copy, Debug)]
pub struct Person {
    /// The side the row stands on.
    pub side: Side,
    /// The row.
    pub record: PersonRecord,
}

/// One ledger item.
#[derive(Clone, Copy, Debug)]
pub struct Item {
    /// Its side.
    pub side: Side,
    /// Its person in [`Roll::persons`].
    pub person: u32,
    /// The sheet it stands on, in [`Roll::sheets`].
    pub sheet: u32,
    /// The dose as written.
    pub dose: DoseRecord,
}

/// What is known of a whole sheet.
#[derive(Clone, Debug, Default)]
pub struct SheetContext {
    /// Name of the file.
    pub file_name: String,
    /// Name of the sheet.
    pub sheet_name: String,
    /// Lines of its title block.
    pub title: Vec<String>,
    /// The unit it names.
    pub unit: Option<String>,
}

/// Persons and items of both sides. Order: local first, then by file, sheet, row, slot.
#[derive(Clone, Debug, Default)]
pub struct Roll {
    /// Every person (a row).
    pub persons: Vec<Person>,
    /// Every ledger item, unreadable ones included.
    pub items: Vec<Item>,
    /// Every sheet read.
    pub sheets: Vec<SheetContext>,
}

impl Roll {
    /// Adds a sheet's records, which keep their order.
    pub fn add_sheet(&mut self, side: Side, context: SheetContext, persons: &[PersonRecord], doses: &[DoseRecord]) {
        let first_person = self.persons.len() as u32;
        let sheet = self.sheets.len() as u32;
        self.sheets.push(context);
        self.persons.extend(persons.iter().map(|record| Person { side, record: *record }));
        self.items.extend(doses.iter().map(|dose| Item { side, person: first_person + dose.person, sheet, dose: *dose }));
    }

    /// The items of each person: positions in `items`, as `(starts, positions)`; person `p` has `positions[starts[p]..starts[p + 1]]`.
    pub fn items_by_person(&self) -> (Vec<u32>, Vec<u32>) {
        group_by_key(self.persons.len(), self.items.iter().map(|item| item.person))
    }
}

/// Groups positions by a small key: `(starts, positions)`, positions ascending in each group.
pub(crate) fn group_by_key(groups: usize, keys: impl Iterator<Item = u32> + Clone) -> (Vec<u32>, Vec<u32>) {
    let mut starts = vec![0u32; groups + 1];
    for key in keys.clone() {
        starts[key as usize + 1] += 1;
    }
    for i in 0..groups {
        starts[i + 1] += starts[i];
    }
    let mut next = starts.clone();
    let mut positions = vec![0u32; starts[groups] as usize];
    for (position, key) in keys.enumerate() {
        let slot = &mut next[key as usize];
        positions[*slot as usize] = position as u32;
        *slot += 1;
    }
    (starts, positions)
}
