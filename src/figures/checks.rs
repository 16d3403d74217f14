//! Checks of a unit's figures: they warn, take an explanation, and never block.

use super::desk::{Desk, DeskRow};
use crate::domain::FormColumn;
use crate::domain::settings::ReportedSource;
use crate::text::{show_date, show_number};
use serde::{Deserialize, Serialize};

/// What a check looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum CheckKind {
    /// The source chosen has no figure of the unit.
    NoFigure,
    /// The figures are of another day than the cut-off.
    OtherDay,
    /// Days without a report.
    Gap,
    /// n as written is not c + … + m.
    Sum,
    /// More second doses than first ones.
    SecondAboveFirst,
    /// Zero where another source counts doses.
    Zero,
    /// Blank where another source counts doses.
    Blank,
    /// More on the System than reported.
    Negative,
    /// What the source's own sheet gives cause to doubt.
    Doubt,
}

impl CheckKind {
    /// The officer's words.
    pub fn label(self) -> &'static str {
        match self {
            CheckKind::NoFigure => "Chưa có số",
            CheckKind::OtherDay => "Số của ngày khác",
            CheckKind::Gap => "Thiếu ngày báo cáo",
            CheckKind::Sum => "n không bằng tổng c…m",
            CheckKind::SecondAboveFirst => "Mũi 2 nhiều hơn mũi 1",
            CheckKind::Zero => "Ghi 0",
            CheckKind::Blank => "Bỏ trống",
            CheckKind::Negative => "p âm",
            CheckKind::Doubt => "Cần xem lại biểu gốc",
        }
    }
}

/// A check that warns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Warning {
    /// Which.
    pub kind: CheckKind,
    /// Key of the row, for the explanation.
    pub key: String,
    /// The unit.
    pub unit: String,
    /// What is unusual, with the figures.
    pub words: String,
    /// What the officer said to it.
    pub explanation: String,
}

fn number(value: u64) -> String {
    show_number(value as i64)
}

/// Everything unusual in the rows, unit by unit.
pub fn warnings(desk: &Desk) -> Vec<Warning> {
    let mut all = Vec::new();
    for row in &desk.rows {
        for (kind, words) in of_row(row) {
            let explanation = row.explanations.get(&kind).cloned().unwrap_or_default();
            all.push(Warning { kind, key: row.key.clone(), unit: row.unit.clone(), words, explanation });
        }
    }
    all
}

/// What is unusual in one row.
pub(super) fn of_row(row: &DeskRow) -> Vec<(CheckKind, String)> {
    let mut found = Vec::new();
    let given = row.given();
    match row.line() {
        None if given.is_none() => {
            let others: Vec<&str> = row.lines.iter().map(|line| line.source.label()).collect();
            let others = if others.is_empty() { String::new() } else { format!("; có số ở: {}", others.join(", ")) };
            found.push((CheckKind::NoFigure, format!("“{}” không có số của đơn vị này{others}.", row.wanted.label())));
        }
        Some(line) => {
            if let Some(day) = line.as_of.filter(|_| line.is_other_day) {
                found.push((CheckKind::OtherDay, format!("Số tính đến ngày {}, không phải ngày chốt số liệu.", show_date(day))));
            }
            if !line.gaps.is_empty() {
                let days: Vec<String> = line
                    .gaps
                    .iter()
                    .take(5)
                    .map(
                        |(first, last)| {
                            if first == last { show_date(*first) } else { format!("{}–{}", show_date(*first), show_date(*last)) }
                        },
                    )
                    .collect();
                let more = if line.gaps.len() > days.len() { ", …" } else { "" };
                found.push((CheckKind::Gap, format!("Không có báo cáo ngày {}{more}.", days.join(", "))));
            }
            if let (Some(written), Some(sum)) = (line.written_total, line.sum().filter(|sum| Some(*sum) != line.written_total)) {
                found.push((CheckKind::Sum, format!("n ghi {}, tổng c…m là {}.", number(written), number(sum))));
            }
            found.extend(line.doubts.iter().map(|doubt| (CheckKind::Doubt, doubt.clone())));
        }
        None => {}
    }
    use FormColumn::{C, D, I, J, L, M};
    for (first, second, band) in [(C, D, "từ 18 tuổi"), (I, J, "12-17 tuổi"), (L, M, "5-11 tuổi")] {
        if let (Some(one), Some(two)) = (row.columns[first.index()], row.columns[second.index()])
            && two > one
        {
            let words = format!("Nhóm {band}: mũi 2 là {}, mũi 1 là {}.", number(two), number(one));
            found.push((CheckKind::SecondAboveFirst, words));
        }
    }
    for column in FormColumn::ALL {
        let own = row.columns[column.index()];
        let other = row
            .lines
            .iter()
            .filter(|line| Some(line.source) != row.source && line.source != ReportedSource::Published)
            .find_map(|line| line.columns[column.index()].filter(|doses| *doses > 0).map(|doses| (line.source, doses)));
        let Some((source, doses)) = other.filter(|_| given.is_some() && own.unwrap_or(0) == 0) else { continue };
        let (kind, what) = if own.is_some() { (CheckKind::Zero, "ghi 0") } else { (CheckKind::Blank, "bỏ trống") };
        found.push((kind, format!("Cột {} {what}, “{}” có {}.", column.letter(), source.label(), number(doses))));
    }
    if let Some(difference) = row.difference().filter(|difference| *difference < 0) {
        found.push((CheckKind::Negative, format!("p = {}: trên Hệ thống nhiều hơn số báo cáo.", show_number(difference))));
    }
    found
}
