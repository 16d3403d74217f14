//! Workbooks of `Làm sạch` and `Giám sát`: `Bảng sửa`, the lists handed over to the police, the report to facilities.

mod corrections;
mod monitoring;
mod monitoring_charts;
mod police;

pub use corrections::{CorrectionRow, write_corrections};
pub use monitoring::{write_facility, write_monitoring};
pub use police::{PoliceBook, PoliceRow};

use super::style::{self, height_of, lines_of};
use rust_xlsxwriter::{Color, Format, Worksheet, XlsxError};

/// What sheets with personal data say.
const PERSONAL: &str = "Có dữ liệu cá nhân: chỉ bàn giao trực tiếp theo quy định, không gửi qua thư điện tử.";

fn title() -> Format {
    style::text().set_bold().set_font_size(13)
}

fn warning() -> Format {
    style::text().set_bold().set_font_color(Color::RGB(0x9c_1c_1c))
}

/// Writes the heads of the columns with their widths.
fn heads(sheet: &mut Worksheet, row: u32, columns: &[(&str, f64)]) -> Result<(), XlsxError> {
    let head = style::head().set_background_color(Color::RGB(0xe9_ee_f2));
    for (column, (name, width)) in (0u16..).zip(columns) {
        sheet.set_column_width(column, *width)?;
        sheet.write_string_with_format(row, column, *name, &head)?;
    }
    sheet.set_row_height(row, 36)?;
    sheet.set_freeze_panes(row + 1, 0)?;
    sheet.set_repeat_rows(row, row)?;
    Ok(())
}

/// Makes a row as high as its longest text needs, where one does not fit its column; not every program does so by itself.
fn fit_height(sheet: &mut Worksheet, row: u32, columns: &[(&str, f64)], texts: &[(usize, &str)]) -> Result<(), XlsxError> {
    let lines = |(column, text): &(usize, &str)| columns.get(*column).map_or(1, |(_, width)| lines_of(text, *width as usize));
    let most = texts.iter().map(lines).max().unwrap_or(1);
    if most > 1 {
        sheet.set_row_height(row, height_of(most))?;
    }
    Ok(())
}
