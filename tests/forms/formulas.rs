//! Calculates the formulas of the forms, to hold the results saved with them against.

use crate::parts::{Sheet, Value, address};

/// The value of a formula of the forms: sums, counts, differences, `IF(a="","",b)`.
pub(crate) fn calculate(sheet: &Sheet, formula: &str) -> Value {
    if let Some((condition, rest)) = formula.strip_prefix("IF(").and_then(|rest| rest.split_once(",\"\",")) {
        let otherwise = rest.strip_suffix(')').unwrap();
        let is_blank = match condition.strip_suffix("=\"\"") {
            Some(cell) => matches!(sheet.cell(cell).value, Value::Blank) || sheet.cell(cell).value == Value::Text(String::new()),
            None => number(sheet, condition.strip_suffix("=0").unwrap()) == 0.0,
        };
        return if is_blank { Value::Text(String::new()) } else { calculate(sheet, otherwise) };
    }
    Value::Number(formula.split('-').enumerate().map(|(at, term)| number(sheet, term) * if at == 0 { 1.0 } else { -1.0 }).sum())
}

fn number(sheet: &Sheet, term: &str) -> f64 {
    if let Ok(number) = term.parse() {
        return number;
    }
    if let Some((name, range)) = term.split_once('(') {
        let (first, last) = range.strip_suffix(')').unwrap().split_once(':').unwrap();
        let ((top, left), (bottom, right)) = (address(first), address(last));
        let cells = (top..=bottom).flat_map(|row| (left..=right).map(move |column| (row, column)));
        let values = cells.filter_map(|at| match sheet.cells.get(&at)?.value {
            Value::Number(number) => Some(number),
            _ => None,
        });
        return match name {
            "SUM" => values.sum(),
            "COUNT" => values.count() as f64,
            other => panic!("{other}"),
        };
    }
    match sheet.cell(term).value {
        Value::Number(number) => number,
        Value::Blank => 0.0,
        Value::Text(text) => panic!("{term} holds {text:?}"),
    }
}
