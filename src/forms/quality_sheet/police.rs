//! The lists handed over to the commune's police (2262/BYT-CNTT), with the columns they fill in.

use super::{PERSONAL, fit_height, heads, title, warning};
use crate::forms::style::{self, FormError, cut};
use crate::quality::statutory::StatutoryClass;
use crate::text::show_number;
use crate::workbook::returned::{RIGHT_VALUES, ROW_KEY};
use rust_xlsxwriter::{FormatAlign, IgnoreError, ProtectionOptions, Workbook};

/// One person of the lists for the police.
#[derive(Clone, Debug)]
pub struct PoliceRow {
    /// The class.
    pub class: StatutoryClass,
    /// Họ và tên, ngày sinh, giới tính, số giấy tờ, điện thoại, địa chỉ, as written or read.
    pub texts: [String; 6],
    /// Why.
    pub reason: String,
    /// Names the row.
    pub key: String,
}

/// The lists for the police: one sheet a commune, with the columns they fill in and both signatures.
pub struct PoliceBook {
    workbook: Workbook,
    names: Vec<String>,
}

impl PoliceBook {
    /// An empty workbook.
    ///
    /// # Errors
    /// The writer's word.
    pub fn new() -> Result<PoliceBook, FormError> {
        Ok(PoliceBook { workbook: style::new_workbook("Danh sách rà soát")?, names: Vec::new() })
    }

    /// Adds a commune's list.
    ///
    /// # Errors
    /// The writer's word.
    pub fn push(&mut self, unit: &str, commune: &str, rows: &[PoliceRow]) -> Result<(), FormError> {
        const HEAD: u32 = 4;
        let columns = [
            ("TT", 5.0),
            ("Loại", 27.0),
            ("Họ và tên", 22.0),
            ("Ngày sinh", 11.0),
            ("Giới tính", 7.0),
            ("Số CCCD/CMND", 14.0),
            ("Số điện thoại", 12.0),
            ("Địa chỉ", 22.0),
            ("Lý do", 34.0),
            (RIGHT_VALUES[0].0, 22.0),
            (RIGHT_VALUES[1].0, 12.0),
            (RIGHT_VALUES[2].0, 8.0),
            (RIGHT_VALUES[3].0, 15.0),
            ("Kết quả đối chiếu", 18.0),
            (ROW_KEY, 18.0),
        ];
        let name = self.sheet_name(commune);
        let sheet = style::new_sheet(&mut self.workbook, &name)?;
        let of = if unit.is_empty() { String::new() } else { format!("{unit} – ") };
        sheet.write_string_with_format(
            0,
            0,
            "DANH SÁCH ĐỐI TƯỢNG CẦN RÀ SOÁT DỮ LIỆU, CHUYỂN CÔNG AN ĐỐI CHIẾU VỚI CSDLQG VỀ DÂN CƯ",
            &title(),
        )?;
        sheet.write_string_with_format(1, 0, cut(&format!("{of}{commune}")), &style::text().set_bold())?;
        sheet.write_string_with_format(
            2,
            0,
            "Theo Công văn 2262/BYT-CNTT ngày 04/05/2022. Công an ghi giá trị đúng vào các cột “… đúng”; ô đúng rồi để trống; không sửa cột Mã dòng.",
            &style::text().set_italic(),
        )?;
        sheet.write_string_with_format(3, 0, PERSONAL, &warning())?;
        heads(sheet, HEAD, &columns)?;
        let (cell, centre) = (style::cell_text(), style::cell_centre());
        let open = style::cell_text().set_unlocked();
        for (number, row) in (1u32..).zip(rows) {
            let at = HEAD + number;
            sheet.write_number_with_format(at, 0, number, &centre)?;
            sheet.write_string_with_format(at, 1, row.class.label(), &cell)?;
            for (column, text) in (2u16..).zip(&row.texts) {
                sheet.write_string_with_format(at, column, cut(text), &cell)?;
            }
            sheet.write_string_with_format(at, 8, cut(&row.reason), &cell)?;
            let [name, .., address] = &row.texts;
            fit_height(sheet, at, &columns, &[(2, name), (7, address), (8, &row.reason)])?;
            for column in 9..14 {
                sheet.write_blank(at, column, &open)?;
            }
            sheet.write_string_with_format(at, 14, &row.key, &cell)?;
        }
        let end = HEAD + rows.len() as u32 + 1;
        sheet.ignore_error_range(HEAD + 1, 0, end, 14, IgnoreError::NumberStoredAsText)?;
        let of_class = |class: StatutoryClass| rows.iter().filter(|row| row.class == class).count();
        let counts = StatutoryClass::ALL.map(|class| format!("{}: {}", class.label(), show_number(of_class(class) as i64)));
        let total = format!("Tổng số {} người. {}.", show_number(rows.len() as i64), counts.join("; "));
        sheet.write_string_with_format(end, 1, cut(&total), &style::text().set_bold())?;
        let signature = style::text().set_bold().set_align(FormatAlign::Center);
        let below = style::text().set_italic().set_align(FormatAlign::Center);
        for (first, last, who, how) in [
            (1, 4, "TRẠM Y TẾ", "(Người lập, ngày bàn giao, ký, đóng dấu)"),
            (9, 13, "CÔNG AN XÃ, PHƯỜNG, THỊ TRẤN", "(Người đối chiếu, ngày trả, ký, đóng dấu)"),
        ] {
            sheet.merge_range(end + 2, first, end + 2, last, who, &signature)?;
            sheet.merge_range(end + 3, first, end + 3, last, how, &below)?;
        }
        style::print_setup(sheet, PERSONAL);
        let options = ProtectionOptions { sort: true, format_columns: true, format_rows: true, ..ProtectionOptions::new() };
        sheet.protect_with_options(&options);
        Ok(())
    }

    /// A sheet's name: of this commune, allowed and not taken yet.
    fn sheet_name(&mut self, commune: &str) -> String {
        let plain: String = commune.chars().map(|c| if "[]:*?/\\'".contains(c) { ' ' } else { c }).collect();
        let plain = if plain.trim().is_empty() { "Xã".to_owned() } else { plain.trim().chars().take(27).collect() };
        let is_taken = |name: &String| self.names.iter().any(|other| other.to_lowercase() == name.to_lowercase());
        let mut name = plain.clone();
        let mut number = 2;
        while is_taken(&name) {
            name = format!("{plain} {number}");
            number += 1;
        }
        self.names.push(name.clone());
        name
    }

    /// The bytes.
    ///
    /// # Errors
    /// The writer's word.
    pub fn finish(mut self) -> Result<Vec<u8>, FormError> {
        Ok(self.workbook.save_to_buffer()?)
    }
}
