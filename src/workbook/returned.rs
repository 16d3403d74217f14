//! Corrections in a workbook of ours that comes back: `Bảng sửa`, and the police's list with the right values filled in. Rows are known
//! by `Mã dòng`; what cannot be taken is listed, never guessed.

use super::table::{CellValue, Row, Sheet, Workbook};
use super::values::text_of;
use crate::normalize::date::day_of_serial;
use crate::quality::choices::{RecordKey, TypedField};
use crate::text::show_date;

/// Heading of the column by which a row is known.
pub const ROW_KEY: &str = "Mã dòng";
/// Headings of the columns the police fill in.
pub const RIGHT_VALUES: [(&str, TypedField); 4] = [
    ("Họ và tên đúng", TypedField::Name),
    ("Ngày sinh đúng", TypedField::Birth),
    ("Giới tính đúng", TypedField::Sex),
    ("Số CCCD đúng", TypedField::Identity),
];
/// Headings of a `Bảng sửa`.
pub const FIELD: &str = "Trường";
/// What stood there.
pub const OLD_VALUE: &str = "Giá trị cũ";
/// What is right.
pub const NEW_VALUE: &str = "Giá trị mới";

/// Rows from the top among which the header is looked for.
const HEADER_WITHIN: usize = 40;

/// One value that came back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Returned {
    /// The sheet.
    pub sheet: String,
    /// Its row.
    pub row: u32,
    /// The record, and what of it; or why it cannot be taken.
    pub what: Result<(RecordKey, TypedField), String>,
    /// What stood there, where the workbook says.
    pub old: String,
    /// What is right.
    pub new: String,
}

/// Every value of the sheets named by their positions.
pub fn read_returned(workbook: &Workbook, sheets: impl Iterator<Item = u16>) -> Vec<Returned> {
    sheets.filter_map(|at| workbook.sheets.get(usize::from(at))).flat_map(|sheet| returned_of(workbook, sheet)).collect()
}

fn returned_of(workbook: &Workbook, sheet: &Sheet) -> Vec<Returned> {
    let text = |row: Row<'_>, column: u16| -> String {
        match row.cell(column).value(&workbook.texts) {
            CellValue::Date(serial) => day_of_serial(serial).map(show_date).unwrap_or_default(),
            value => crate::normalize::compose(&text_of(value)),
        }
    };
    let mut rows = sheet.table.rows();
    let header = rows.by_ref().take(HEADER_WITHIN).find_map(|row| {
        let heads: Vec<(u16, String)> = row.cells().map(|(column, _)| (column, text(row, column))).collect();
        heads.iter().any(|(_, head)| head == ROW_KEY).then_some(heads)
    });
    let Some(header) = header else { return Vec::new() };
    let column = |name: &str| header.iter().find(|(_, head)| head == name).map(|(column, _)| *column);
    let said = |row: Row<'_>, column: Option<u16>| column.map(|column| text(row, column)).unwrap_or_default();
    let key = column(ROW_KEY);
    let (field, old, new) = (column(FIELD), column(OLD_VALUE), column(NEW_VALUE));
    let right = RIGHT_VALUES.map(|(name, field)| (column(name), field));
    let mut found = Vec::new();
    for row in rows {
        let written = said(row, key);
        let record = u64::from_str_radix(written.trim(), 16).ok().filter(|_| written.trim().len() == 16).map(RecordKey);
        let mut add = |field: Result<TypedField, String>, old: String, new: String| {
            let what = field.and_then(|field| {
                let record = record.ok_or_else(|| format!("“{written}” không phải mã dòng của Rà Soát"))?;
                Ok((record, field))
            });
            found.push(Returned { sheet: sheet.name.clone(), row: row.number, what, old, new });
        };
        if field.is_some() {
            let name = said(row, field);
            if !name.is_empty() {
                let field = TypedField::from_label(&name).ok_or_else(|| format!("“{name}” không phải trường sửa được"));
                add(field, said(row, old), said(row, new));
            }
            continue;
        }
        for (column, field) in right {
            let new = said(row, column);
            // The signature block below the rows has no key and says no value of ours.
            if !new.is_empty() && !written.is_empty() {
                add(Ok(field), String::new(), new);
            }
        }
    }
    found
}
