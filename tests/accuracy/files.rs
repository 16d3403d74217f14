//! The district as workbooks: a list a commune and the System's export.

use super::typing::{Legacy, legacy};
use super::world::{COMMUNES, Keeping, Row, World, show, system_spelling};
use rust_xlsxwriter::{Format, Workbook};
use std::collections::HashMap;

/// A workbook, and which of the side's rows stands in each row (as Excel numbers it) and dose group.
pub struct ListFile {
    pub name: String,
    pub is_system: bool,
    pub bytes: Vec<u8>,
    pub sheets: Vec<String>,
    /// By number of the sheet, row and dose group.
    pub rows: HashMap<(usize, u32, u8), usize>,
}

impl ListFile {
    /// The row of its side that stands there.
    pub fn row(&self, sheet: &str, row: u32, slot: u8) -> usize {
        let sheet = self.sheets.iter().position(|own| own == sheet);
        sheet
            .and_then(|sheet| self.rows.get(&(sheet, row, slot)))
            .copied()
            .unwrap_or_else(|| panic!("{}: row {row}, group {slot}?", self.name))
    }
}

const LOCAL: [&str; 11] = [
    "TT",
    "Họ tên",
    "Ngày/tháng/năm sinh (*)",
    "Nam/Nữ",
    "Số CCCD",
    "Điện thoại",
    "Xã phường",
    "Mũi số",
    "Tên vắc xin",
    "Số lô VX",
    "Ngày tiêm",
];
const SYSTEM: [&str; 15] = [
    "STT",
    "Họ và tên",
    "Ngày sinh",
    "Giới tính",
    "Số CMND/CCCD",
    "SĐT",
    "Xã/Phường",
    "Mũi thứ",
    "Vắc xin",
    "Lô vắc xin",
    "Ngày tiêm",
    "Tỉnh/TP",
    "Quận/Huyện",
    "Cơ sở tiêm",
    "Ngày nhập liệu",
];

/// Dose groups of a list of one row a person.
const GROUPS: usize = 4;

/// Rows of one file of the System's export.
const LONGEST_PART: usize = 250_000;

/// Every file, the System's last.
pub fn write(world: &World) -> Vec<ListFile> {
    let mut files: Vec<ListFile> = (0..COMMUNES)
        .map(|commune| {
            let own: Vec<usize> =
                (0..world.local.len()).filter(|row| world.written[world.local[*row].written].commune == commune).collect();
            let (name, keeping) = (format!("xa_mau_{commune}.xlsx"), world.keeping[commune]);
            if keeping.is_wide { wide(name, world, &own, keeping) } else { sheet(name, world, &world.local, &own, keeping) }
        })
        .collect();
    let all: Vec<usize> = (0..world.system.len()).collect();
    let parts = if all.is_empty() { vec![&all[..]] } else { all.chunks(LONGEST_PART).collect() };
    for (at, rows) in parts.iter().enumerate() {
        let part = if parts.len() > 1 { format!("_{}", at + 1) } else { String::new() };
        files.push(sheet(format!("xuat_du_lieu_he_thong_20230212{part}.xlsx"), world, &world.system, rows, Keeping::default()));
    }
    files
}

/// The text in the encoding of the list.
fn coded(text: &str, encoding: Option<Legacy>) -> String {
    encoding.map_or_else(|| text.to_owned(), |encoding| legacy(text, encoding))
}

/// One row a dose.
fn sheet(name: String, world: &World, side: &[Row], rows: &[usize], keeping: Keeping) -> ListFile {
    let is_system = std::ptr::eq(side, world.system.as_slice());
    let (title, heads) = if is_system {
        (["Hệ thống tiêm chủng COVID-19", "Ngày trích xuất: 12/02/2023"], &SYSTEM[..])
    } else {
        (["TRẠM Y TẾ XÃ MẪU", "DANH SÁCH TIÊM CHỦNG COVID-19"], &LOCAL[..])
    };
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    for (row, line) in (0..).zip(title) {
        sheet.write_string(row, 0, coded(line, keeping.legacy)).unwrap();
    }
    for (column, head) in (0..).zip(heads) {
        sheet.write_string(3, column, coded(head, keeping.legacy)).unwrap();
    }
    let mut place = HashMap::new();
    for (at, own) in (4..).zip(rows) {
        place.insert((0, at + 1, 1), *own);
        let row = &side[*own];
        let person = &world.written[row.written];
        let commune = format!("Xã Mẫu {}", person.commune + 1);
        let vaccine = if is_system { system_spelling(row.vaccine) } else { row.vaccine };
        let (number, label, given) = ((at - 3).to_string(), format!("Mũi {}", row.ordinal), show(row.given));
        let sex = if person.is_female { "Nữ" } else { "Nam" };
        let facility = format!("Trạm Y tế {commune}");
        let mut cells =
            vec![&*number, &person.name, &person.birth, sex, &person.identity, &person.phone, &commune, &label, vaccine, &row.lot, &given];
        if is_system {
            cells.extend(["Bắc Kạn", "Huyện Mẫu", &facility, &given]);
        }
        for (column, cell) in (0..).zip(cells).filter(|(_, cell)| !cell.is_empty()) {
            sheet.write_string(at, column, coded(cell, keeping.legacy)).unwrap();
        }
    }
    ListFile { name, is_system, bytes: workbook.save_to_buffer().unwrap(), sheets: vec!["Sheet1".to_owned()], rows: place }
}

/// One row a person; a dose whose place is taken (it is on the list twice) begins another row.
fn wide(name: String, world: &World, rows: &[usize], keeping: Keeping) -> ListFile {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    let (format, coded) = (Format::new(), |text: &str| coded(text, keeping.legacy));
    for (row, line) in (0..).zip(["TRẠM Y TẾ XÃ MẪU", "DANH SÁCH TIÊM CHỦNG COVID-19"]) {
        sheet.write_string(row, 0, coded(line)).unwrap();
    }
    for (column, head) in (0..).zip(&LOCAL[..7]) {
        sheet.merge_range(3, column, 4, column, &coded(head), &format).unwrap();
    }
    for group in 0..GROUPS {
        let first = 7 + group as u16 * 3;
        sheet.merge_range(3, first, 3, first + 2, &coded(&format!("Mũi {}", group + 1)), &format).unwrap();
        for (column, head) in (first..).zip(["Tên vắc xin", "Ngày tiêm", "Số lô"]) {
            sheet.write_string(4, column, coded(head)).unwrap();
        }
    }
    let mut lines: Vec<[Option<usize>; GROUPS]> = Vec::new();
    let mut last = None;
    for own in rows {
        let row = &world.local[*own];
        let (person, group) = (Some(row.person), row.ordinal - 1);
        match lines.last_mut() {
            Some(line) if last == person && line[group].is_none() => line[group] = Some(*own),
            _ => {
                let mut line = [None; GROUPS];
                line[group] = Some(*own);
                lines.push(line);
            }
        }
        last = person;
    }
    let mut place = HashMap::new();
    for (at, line) in (5..).zip(&lines) {
        let first = line.iter().flatten().next().unwrap();
        let person = &world.written[world.local[*first].written];
        let (number, commune) = ((at - 4).to_string(), format!("Xã Mẫu {}", person.commune + 1));
        let sex = if person.is_female { "Nữ" } else { "Nam" };
        let cells = [&*number, &person.name, &person.birth, sex, &person.identity, &person.phone, &commune];
        for (column, cell) in (0..).zip(cells).filter(|(_, cell)| !cell.is_empty()) {
            sheet.write_string(at, column, coded(cell)).unwrap();
        }
        for (group, own) in line.iter().enumerate() {
            let Some(own) = own else { continue };
            place.insert((0, at + 1, group as u8 + 1), *own);
            let row = &world.local[*own];
            for (column, cell) in (7 + group as u16 * 3..).zip([row.vaccine, &show(row.given), &row.lot]) {
                sheet.write_string(at, column, coded(cell)).unwrap();
            }
        }
    }
    ListFile { name, is_system: false, bytes: workbook.save_to_buffer().unwrap(), sheets: vec!["Sheet1".to_owned()], rows: place }
}
