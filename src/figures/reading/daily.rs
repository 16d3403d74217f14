//! Daily reports: counts by unit and day, in the day and in all so far, however sheets and files are laid out.
//!
//! A sheet may be of one day (its title says which), may hold a row a day, or a column a day; a unit's days add up over sheets and
//! files. A unit's figures are the sum of its in-day columns up to the cut-off, else its last cumulative figures on or before it (spec
//! §6). Where the only in-day figures of a unit are of one day and cumulative ones stand beside them, that sum would be one day's doses:
//! then the cumulative figures are taken, and said so.

use super::about::{day_in, is_total, month_in, unnumbered, up_to_in};
use super::columns::dose_columns;
use super::count::count_of;
use super::head::{DayHeading, Head, find_head, is_heading_row};
use super::meaning::{Role, Span, span_in};
use super::{Page, SheetFigures};
use crate::domain::column::{ByColumn, FormColumn};
use crate::domain::source::SheetKind;
use crate::domain::{Date, FileId};
use crate::figures::reported::{Basis, ReportedSheet, ReportedUnit};
use crate::normalize::date::{DateOf, WrittenDate};
use crate::reconcile::unit::unit_key;
use crate::text::{column_name, show_date, show_number};
use crate::workbook::title;
use crate::workbook::values::{DateColumn, date_of};
use crate::workbook::words::Words;
use std::collections::BTreeMap;

/// What a column counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Counted {
    Dose(FormColumn),
    /// Doses whose age nothing says.
    Ageless,
    /// All doses.
    Given,
}

#[derive(Clone, Copy, Debug)]
struct CountColumn {
    column: u16,
    counted: Counted,
    span: Span,
    day: Option<DayHeading>,
}

/// Counts of one span.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Counts {
    columns: ByColumn<Option<u64>>,
    ageless: Option<u64>,
    given: Option<u64>,
}

impl Counts {
    fn has_any(&self) -> bool {
        self.ageless.is_some() || self.given.is_some() || self.columns.iter().any(Option::is_some)
    }

    fn add(&mut self, other: &Counts) {
        let add = |place: &mut Option<u64>, own: Option<u64>| {
            if let Some(own) = own {
                *place = Some(place.unwrap_or(0).saturating_add(own));
            }
        };
        for (place, own) in self.columns.iter_mut().zip(other.columns) {
            add(place, own);
        }
        add(&mut self.ageless, other.ageless);
        // A day without its own total counts with what its columns add up to.
        add(&mut self.given, other.total());
    }

    fn put(&mut self, counted: Counted, doses: u64) {
        let place = match counted {
            Counted::Dose(column) => &mut self.columns[column.index()],
            Counted::Ageless => &mut self.ageless,
            Counted::Given => &mut self.given,
        };
        *place = Some(place.unwrap_or(0).saturating_add(doses));
    }

    fn sum(&self) -> Option<u64> {
        self.columns.iter().chain([&self.ageless]).flatten().copied().reduce(u64::saturating_add)
    }

    fn total(&self) -> Option<u64> {
        self.given.or_else(|| self.sum())
    }
}

/// One unit's figures of one day.
pub(super) struct DayFigures {
    file: FileId,
    sheet: u16,
    row: u32,
    unit: String,
    /// None where nothing says it.
    day: Option<Date>,
    in_day: Counts,
    cumulative: Counts,
    doubts: Vec<String>,
}

/// Reads the rows of one sheet, from the top.
pub(super) struct Reader<'a> {
    page: &'a Page<'a>,
    head: Option<Head>,
    columns: Vec<CountColumn>,
    units: Vec<u16>,
    day: Option<u16>,
    /// The day of the sheet, where its title says one.
    sheet_day: Option<Date>,
    /// The month of its day headings.
    month: Option<(i16, i8)>,
    about: ReportedSheet,
    remarks: Vec<String>,
    days: Vec<DayFigures>,
    /// The unit and day of the row above, for cells left blank below.
    last: (String, Option<Date>),
}

impl<'a> Reader<'a> {
    pub(super) fn new(page: &'a Page<'a>) -> Reader<'a> {
        let head = find_head(page.sheet, page.texts, page.known_head);
        let lines = head.as_ref().map_or_else(Vec::new, |head| title::lines_above(page.sheet, page.texts, head.first));
        let mut about = page.about(&lines, &[]);
        let names = [page.names.0, page.names.1];
        let of_title = lines.iter().find_map(|line| day_in(line)).or_else(|| lines.iter().find_map(|line| up_to_in(line)));
        let sheet_day = of_title.or_else(|| names.into_iter().find_map(title::find_date));
        let month = lines.iter().map(String::as_str).chain(names).find_map(month_in).or(sheet_day.map(|day| (day.year(), day.month())));
        about.as_of = about.as_of.or(sheet_day);
        let mut reader = Reader {
            page,
            columns: Vec::new(),
            units: Vec::new(),
            day: None,
            sheet_day,
            month,
            about,
            remarks: Vec::new(),
            days: Vec::new(),
            last: (String::new(), None),
            head,
        };
        reader.find_columns(&lines);
        reader
    }

    fn find_columns(&mut self, lines: &[String]) {
        let Some(head) = &self.head else { return };
        let doses = dose_columns(head, lines);
        self.remarks.extend(doses.doubts);
        // A bare count is of the day, unless the title says that all of them are cumulative.
        let title_span = lines.iter().find_map(|line| span_in(&Words::of(line)));
        let has_spans = head.columns.iter().any(|column| column.meaning.span.is_some());
        let bare = if has_spans { Span::InDay } else { title_span.unwrap_or(Span::InDay) };
        for (at, column) in head.columns.iter().enumerate() {
            let found = doses.found.iter().find(|(own, _)| *own == at);
            let counted = match (found, column.meaning.role) {
                (Some((_, Some(form))), _) => Counted::Dose(*form),
                (Some((_, None)), _) => Counted::Ageless,
                (None, Some(Role::Given)) => Counted::Given,
                // A day of a month heads the doses of that day.
                (None, _) if column.day.is_some() => Counted::Given,
                _ => continue,
            };
            // `Tổng`, `Cộng` behind days add them up.
            let behind_days = column.day.is_none() && head.columns.iter().any(|other| other.day.is_some() && other.column < column.column);
            let is_running = counted == Counted::Given && behind_days;
            let span = column.meaning.span.unwrap_or(if is_running { Span::Cumulative } else { bare });
            self.columns.push(CountColumn { column: column.column, counted, span, day: column.day });
        }
        let role = |role: Role| head.columns.iter().filter(move |column| column.meaning.role == Some(role)).map(|column| column.column);
        self.units = role(Role::Unit).collect();
        self.day = role(Role::Day).next();
        let first = self.columns.iter().map(|column| column.column).min().unwrap_or(u16::MAX);
        if self.units.is_empty() {
            let number = role(Role::RowNumber).next();
            let texts = |column: u16| self.page.texts_below(head.last, column);
            let others = (0..first.min(20)).filter(|column| Some(*column) != number && Some(*column) != self.day);
            self.units.extend(others.max_by_key(|column| (texts(*column), 20 - column)).filter(|column| texts(*column) > 0));
        }
    }

    /// Takes the row at this index among the kept rows.
    pub(super) fn take(&mut self, index: usize) {
        let Some(head) = &self.head else { return };
        if index <= head.last || self.columns.is_empty() {
            return;
        }
        let row = self.page.sheet.table.row(index);
        if is_heading_row(row, self.page.texts) {
            return;
        }
        let name = self.units.iter().rev().map(|column| self.page.text(index, *column)).find(|text| text.chars().any(char::is_alphabetic));
        let first = self.columns.iter().map(|column| column.column).min().unwrap_or(u16::MAX);
        let in_front = row.cells().map(|(column, _)| column).filter(|column| *column < first);
        if in_front.chain(self.units.iter().copied()).any(|column| is_total(unnumbered(&self.page.text(index, column)))) {
            return;
        }
        let written_day = self.day.map(|column| date_of(row.cell(column).value(self.page.texts), DateColumn::default(), DateOf::Event));
        let row_day = match written_day {
            Some(WrittenDate::Day { day, .. }) => Some(day),
            // `Ngày` left blank below a day goes on with it.
            Some(WrittenDate::Missing) => self.last.1,
            _ => None,
        };
        let mut parts: BTreeMap<Option<Date>, DayFigures> = BTreeMap::new();
        let mut doubts = Vec::new();
        let last_heading = self.columns.iter().filter_map(|column| self.day_of(column.day)).max();
        for column in &self.columns {
            let value = row.cell(column.column).value(self.page.texts);
            let count = count_of(value).unsigned();
            if let Some(doubt) = &count.doubt {
                doubts.push(format!("Dòng {}, ô {}{}: {doubt}", row.number, column_name(column.column), row.number));
            }
            let Some(doses) = count.doses() else { continue };
            // A running total behind days is of the last of them.
            let day = self.day_of(column.day).or(row_day).or(if self.day.is_none() { last_heading.or(self.sheet_day) } else { None });
            let part = parts.entry(day).or_insert_with(|| DayFigures {
                file: self.page.file,
                sheet: self.page.sheet_index,
                row: row.number,
                unit: String::new(),
                day,
                in_day: Counts::default(),
                cumulative: Counts::default(),
                doubts: Vec::new(),
            });
            let counts = if column.span == Span::InDay { &mut part.in_day } else { &mut part.cumulative };
            counts.put(column.counted, doses);
        }
        if parts.is_empty() {
            return;
        }
        let name = name.map(|name| unnumbered(&name).to_owned()).or_else(|| {
            let above = self.units.iter().rev().map(|column| self.page.text_merged_from_above(row.number, *column));
            above.into_iter().find(|text| !text.is_empty())
        });
        let name = match name {
            Some(name) => name,
            None if self.units.is_empty() => self.about.unit.clone().unwrap_or_default(),
            // A blank below a unit's name goes on with it where the rows are days.
            None if self.day.is_some() => self.last.0.clone(),
            None => String::new(),
        };
        if self.day.is_some() && row_day.is_none() && parts.keys().all(Option::is_none) {
            doubts.push(format!("Dòng {}: không đọc được ngày nên không cộng", row.number));
        }
        self.last = (name.clone(), row_day);
        for mut part in parts.into_values() {
            part.unit.clone_from(&name);
            part.doubts.append(&mut doubts);
            self.days.push(part);
        }
    }

    fn day_of(&self, heading: Option<DayHeading>) -> Option<Date> {
        let (year, month) = self.month.unwrap_or((0, 0));
        match heading? {
            DayHeading::Full(day) => Some(day),
            DayHeading::DayMonth(day, month) => Date::new(self.month?.0, month, day).ok(),
            DayHeading::Day(day) => Date::new(Some(year).filter(|year| *year > 0)?, month, day).ok(),
        }
    }

    pub(super) fn finish(self) -> SheetFigures {
        let Reader { mut about, mut remarks, days, head, columns, .. } = self;
        if head.is_none() || columns.is_empty() {
            remarks
                .push("Không tìm thấy cột số liệu nào theo tên cột (Mũi 1, Trong ngày, Lũy kế, ngày…): chưa đọc được số nào.".to_owned());
        } else if days.is_empty() {
            remarks.push("Có dòng tên cột nhưng không có dòng nào có số.".to_owned());
        }
        if days.iter().any(|day| day.day.is_none()) {
            remarks.push(
                "Không tìm thấy ngày báo cáo ở tiêu đề, tên trang hay tên tệp của một số dòng; không biết có trước ngày chốt không."
                    .to_owned(),
            );
        }
        let mut units: Vec<String> = days.iter().map(|day| unit_key(&day.unit)).collect();
        units.sort_unstable();
        units.dedup();
        about.units = units.len() as u32;
        about.as_of = days.iter().filter_map(|day| day.day).max().or(about.as_of);
        SheetFigures { about, units: Vec::new(), forms_2: Vec::new(), loose: None, days, remarks }
    }
}

/// Adds up the days of every unit to the cut-off.
pub(super) fn add_up(days: Vec<DayFigures>, cut_off: Date) -> Vec<ReportedUnit> {
    let mut order: Vec<String> = Vec::new();
    let mut units: BTreeMap<String, Vec<DayFigures>> = BTreeMap::new();
    for day in days {
        let key = unit_key(&day.unit);
        let own = units.entry(key.clone()).or_default();
        if own.is_empty() {
            order.push(key);
        }
        own.push(day);
    }
    order.into_iter().filter_map(|key| units.remove(&key)).map(|days| unit_of(days, cut_off)).collect()
}

fn unit_of(mut days: Vec<DayFigures>, cut_off: Date) -> ReportedUnit {
    // Rows without a day last: they are used only where no row has one.
    days.sort_by_key(|day| (day.day.is_none(), day.day, day.file, day.sheet, day.row));
    let mut doubts: Vec<String> = days.iter().flat_map(|day| day.doubts.iter().cloned()).collect();
    let (file, sheet, row, unit) =
        days.first().map(|day| (day.file, day.sheet, day.row, day.unit.clone())).unwrap_or((FileId(0), 0, 0, String::new()));
    let has_days = days.iter().any(|day| day.day.is_some());
    let in_time = |day: &&DayFigures| if has_days { day.day.is_some_and(|day| day <= cut_off) } else { true };
    let after = days.iter().filter(|day| day.day.is_some_and(|day| day > cut_off)).count();
    if after > 0 {
        doubts.push(format!("Bỏ {after} ngày sau {}", show_date(cut_off)));
    }
    let mut in_day = Counts::default();
    let mut reported: Vec<Date> = Vec::new();
    let mut seen: BTreeMap<Date, &DayFigures> = BTreeMap::new();
    for day in days.iter().filter(in_time).filter(|day| day.in_day.has_any()) {
        if let Some(date) = day.day {
            if let Some(known) = seen.get(&date) {
                let is_one_sheet = (known.file, known.sheet) == (day.file, day.sheet);
                let where_rows = if is_one_sheet { "trong một trang" } else { "ở hai trang" };
                let doses =
                    |day: &DayFigures| day.in_day.total().map_or_else(String::new, |doses| format!(": {}", show_number(doses as i64)));
                let (first, other) = (doses(known), doses(day));
                let (row, other_row) = (known.row, day.row);
                let rows =
                    format!("Ngày {} có hai dòng số liệu {where_rows} (dòng {row}{first}; dòng {other_row}{other})", show_date(date));
                // Rows of one sheet that differ are parts of the day; the same again, or from another sheet, is the day twice.
                let is_same = known.in_day == day.in_day;
                if !is_one_sheet || is_same {
                    let what =
                        if is_same { "số như nhau, tính một lần" } else { "số khác nhau, chỉ lấy dòng nạp trước" };
                    doubts.push(format!("{rows}: {what}"));
                    continue;
                }
                doubts.push(format!("{rows}: số khác nhau, cộng cả hai"));
            } else {
                seen.insert(date, day);
                reported.push(date);
            }
        }
        in_day.add(&day.in_day);
    }
    let last = days.iter().filter(in_time).rfind(|day| day.cumulative.has_any());
    let is_one_day = reported.len() <= 1 && last.is_some();
    let (counts, basis, as_of) = match (in_day.has_any() && !is_one_day, last) {
        (true, last) => {
            if let Some(last) = last
                && let (Some(sum), Some(total)) = (in_day.total(), last.cumulative.total())
                && sum != total
            {
                let day = last.day.map(show_date).unwrap_or_default();
                doubts.push(format!(
                    "Cộng các ngày là {}, lũy kế ghi ngày {day} là {}",
                    show_number(sum as i64),
                    show_number(total as i64)
                ));
            }
            let (first, end) = (reported.first().copied().unwrap_or(cut_off), reported.last().copied().unwrap_or(cut_off));
            let gaps = gaps_of(&reported);
            (in_day, Basis::InDay { first, last: end, gaps }, reported.last().copied())
        }
        (false, Some(last)) => {
            if in_day.has_any() {
                doubts.push("Chỉ có số trong ngày của một ngày, nên lấy cột lũy kế".to_owned());
            }
            (last.cumulative.clone(), Basis::Cumulative, last.day)
        }
        (false, None) => (Counts::default(), Basis::Cumulative, None),
    };
    if !has_days {
        doubts.push("Không rõ ngày báo cáo".to_owned());
    }
    if counts.ageless.is_some() {
        doubts.push("Có cột mũi tiêm không ghi nhóm tuổi, chỉ cộng vào tổng số".to_owned());
    }
    if let (Some(given), Some(sum)) = (counts.given, counts.sum())
        && given != sum
    {
        doubts.push(format!("Tổng số ghi {}, cộng các cột mũi là {}", show_number(given as i64), show_number(sum as i64)));
    }
    if unit.is_empty() {
        doubts.push(format!("Dòng {row}: không ghi tên đơn vị"));
    }
    ReportedUnit {
        kind: SheetKind::DailyReport,
        file,
        sheet,
        row,
        unit,
        columns: counts.columns,
        given: counts.total(),
        on_system: None,
        difference: None,
        review_result: None,
        as_of,
        basis,
        doubts,
    }
}

/// The stretches of days between the first and the last that no row reports.
fn gaps_of(days: &[Date]) -> Vec<(Date, Date)> {
    let mut gaps = Vec::new();
    for pair in days.windows(2) {
        let [before, after] = pair else { continue };
        if let (Ok(first), Ok(last)) = (before.tomorrow(), after.yesterday())
            && first <= last
        {
            gaps.push((first, last));
        }
    }
    gaps
}
