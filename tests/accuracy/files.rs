//! The district as workbooks: a list a commune and the System's export.

use super::world::{COMMUNES, Row, World, show, system_spelling};
use rust_xlsxwriter::Workbook;

/// A workbook; row `n` of Excel holds `rows[n - first]`, an index into the side's rows.
pub struct ListFile {
    pub name: String,
    pub bytes: Vec<u8>,
    pub first: u32,
    pub rows: Vec<usize>,
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

/// Every file, the System's last.
pub fn write(world: &World) -> Vec<ListFile> {
    let mut files: Vec<ListFile> = (0..COMMUNES)
        .map(|commune| {
            let own = (0..world.local.len()).filter(|row| world.written[world.local[*row].written].commune == commune).collect();
            let title = ["TRẠM Y TẾ XÃ MẪU", "DANH SÁCH TIÊM CHỦNG COVID-19"];
            sheet(format!("xa_mau_{commune}.xlsx"), world, &world.local, own, title, &LOCAL)
        })
        .collect();
    let title = ["Hệ thống tiêm chủng COVID-19", "Ngày trích xuất: 12/02/2023"];
    let all = (0..world.system.len()).collect();
    files.push(sheet("xuat_du_lieu_he_thong_20230212.xlsx".to_owned(), world, &world.system, all, title, &SYSTEM));
    files
}

fn sheet(name: String, world: &World, side: &[Row], rows: Vec<usize>, title: [&str; 2], heads: &[&str]) -> ListFile {
    let is_system = heads.len() == SYSTEM.len();
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    for (row, line) in (0..).zip(title) {
        sheet.write_string(row, 0, line).unwrap();
    }
    for (column, head) in (0..).zip(heads) {
        sheet.write_string(3, column, *head).unwrap();
    }
    for (at, row) in (4..).zip(&rows) {
        let row = &side[*row];
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
            sheet.write_string(at, column, cell).unwrap();
        }
    }
    ListFile { name, bytes: workbook.save_to_buffer().unwrap(), first: 5, rows }
}
