//! Part III of Phụ lục 2: what has become of the missing doses.

use super::{GROUP_WIDTH, Page, UNIT_WIDTH, other_heading, sum};
use crate::domain::MissingGroup;
use crate::domain::group::GROUP_COUNT;
use crate::forms::phu_luc_2::{Form2, Form2Row};
use crate::forms::style::{self, cut, formula, height_of, lines_of};
use rust_xlsxwriter::{FormatAlign, XlsxError};

/// First of the seven group columns, and the column of their sum.
const GROUPS: u16 = 2;
const SUM: u16 = GROUPS + GROUP_COUNT as u16;

const SUM_TITLE: &str = "Tổng số mũi tiêm đã được xác minh và nhập trên Hệ thống";

fn group_title(form: &Form2, group: MissingGroup) -> String {
    if group == MissingGroup::Other { other_heading(form) } else { group.label().to_owned() }
}

/// Heights of the two rows of the table's head.
fn head_heights(form: &Form2) -> [f64; 2] {
    // The sum's title runs down both rows.
    let lines = lines_of(SUM_TITLE, GROUP_WIDTH).saturating_sub(1).max(lines_of(&other_heading(form), GROUP_WIDTH));
    [20.0, (f64::from(lines) * 13.0 + 4.0).min(409.0)]
}

/// Height of what follows the table: four figures and the signatures.
const FOOT_HEIGHT: f64 = 4.0 * 18.0 + 7.0 * 15.0;

fn row_height(row: &Form2Row) -> f64 {
    height_of(lines_of(&row.unit, UNIT_WIDTH - 1))
}

/// Height of part III up to the total, of its titles and head alone, and of all of it.
fn heights(form: &Form2) -> [f64; 3] {
    let top = 28.0 + 17.0 + head_heights(form).iter().sum::<f64>();
    let rows: f64 = if form.rows.is_empty() { 5.0 * height_of(1) } else { form.rows.iter().map(row_height).sum() };
    let table = top + rows + height_of(1) + 8.0;
    [table, top, table + FOOT_HEIGHT]
}

impl Page<'_> {
    /// Part III, whole on one page where it fits; else its table begins with a few rows at least.
    pub(super) fn part_3(&mut self, form: &Form2) -> Result<(), XlsxError> {
        let [table, top, all] = heights(form);
        for height in [top + 3.0 * height_of(1), table, all] {
            self.keep_together(height);
        }
        self.title(&format!("III. Cập nhật tình hình thực hiện đến ngày {}:", form.cut_off))?;
        self.across("1. Số mũi tiêm đã xác minh và nhập trên Hệ thống", &style::text().set_bold(), 17.0)?;
        self.head_3(form)?;
        let first = self.at;
        for row in &form.rows {
            if self.is_full(row_height(row)) {
                self.new_page();
                self.head_3(form)?;
            }
            self.row_3(row)?;
        }
        if form.rows.is_empty() {
            self.blank_rows(SUM)?;
        }
        self.total_3(first, form)?;
        let figures = [
            ("2. Số mũi tiêm đã xác minh và không thể nhập lên Hệ thống", form.cannot_enter),
            ("3. Số mũi tiêm chưa xác minh được:", form.not_verified),
            ("4. Số mũi tiêm báo cáo trùng lặp:", form.duplicates),
            ("5. Số mũi tiêm cần điều chỉnh:", form.to_adjust),
        ];
        self.keep_together(FOOT_HEIGHT);
        for (title, value) in figures {
            self.sheet.merge_range(self.at, 0, self.at, 4, title, &style::text().set_bold())?;
            let open = style::text().set_bold().set_num_format("#,##0").set_align(FormatAlign::Right).set_unlocked();
            self.sheet.write_number_with_format(self.at, 5, value as f64, &open)?;
            self.next(18.0)?;
        }
        Ok(())
    }

    fn head_3(&mut self, form: &Form2) -> Result<(), XlsxError> {
        let (top, head) = (self.at, style::head());
        for (column, title) in [(0, "TT"), (1, "Tên đơn vị"), (SUM, SUM_TITLE)] {
            self.sheet.merge_range(top, column, top + 1, column, title, &head)?;
        }
        self.sheet.merge_range(top, GROUPS, top, SUM - 1, "Số mũi tiêm đã xác minh và nhập trên Hệ thống", &head)?;
        for group in MissingGroup::ALL {
            self.sheet.write_string_with_format(top + 1, GROUPS + group.index() as u16, cut(&group_title(form, group)), &head)?;
        }
        head_heights(form).into_iter().try_for_each(|height| self.next(height))
    }

    fn row_3(&mut self, row: &Form2Row) -> Result<(), XlsxError> {
        let (at, excel, number) = (self.at, self.at + 1, style::cell_number());
        self.sheet.write_number_with_format(at, 0, row.number, &style::cell_centre())?;
        self.sheet.write_string_with_format(at, 1, cut(&row.unit), &style::cell_text())?;
        for group in 0..GROUP_COUNT {
            self.sheet.write_number_with_format(at, GROUPS + group as u16, row.verified_entered[group] as f64, &number)?;
        }
        let total: u64 = row.verified_entered.iter().sum();
        self.sheet.write_formula_with_format(at, SUM, formula(format!("=SUM(C{excel}:I{excel})"), &total), &number.set_bold())?;
        self.next(row_height(row))
    }

    fn total_3(&mut self, first: u32, form: &Form2) -> Result<(), XlsxError> {
        let (at, bold) = (self.at, style::cell_number().set_bold());
        self.sheet.merge_range(at, 0, at, 1, "Tổng cộng", &style::cell_centre().set_bold())?;
        let groups: [u64; GROUP_COUNT] = std::array::from_fn(|group| form.rows.iter().map(|row| row.verified_entered[group]).sum());
        for (column, value) in groups.into_iter().chain([groups.iter().sum()]).enumerate() {
            let column = column as u16 + GROUPS;
            self.sheet.write_formula_with_format(at, column, formula(sum(column, first, at), &value), &bold)?;
        }
        self.next(height_of(1))?;
        self.next(8.0)
    }
}
