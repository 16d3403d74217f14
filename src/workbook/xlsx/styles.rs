//! Which styles show a number as a date: ECMA-376 part 1, 18.8.30 (built-in formats) and 18.8.31 (format codes).

use super::parts::{attribute, each_element};
use crate::workbook::error::ReadError;
use rustc_hash::FxHashMap;

/// How a style shows a number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Shown {
    /// As a number or text.
    #[default]
    Plain,
    /// As a day or a time of day.
    Date,
    /// As a length of time.
    Duration,
}

/// The cell styles of a workbook.
#[derive(Debug, Default)]
pub(super) struct Styles {
    shown: Vec<Shown>,
}

impl Styles {
    /// Reads the styles part.
    pub(super) fn read(xml: &[u8]) -> Result<Styles, ReadError> {
        let mut codes: FxHashMap<String, Shown> = FxHashMap::default();
        let mut styles = Styles::default();
        // Styles of cells stand in `cellXfs`; named styles and rules of their own hold `xf` and `numFmt` too.
        let mut is_cell_style = false;
        each_element(xml, "styles", |element| match element.local_name().as_ref() {
            "numFmt" => {
                if let (Some(id), Some(code)) = (attribute(element, "numFmtId"), attribute(element, "formatCode")) {
                    codes.insert(id, shown_by_code(&code));
                }
            }
            "cellXfs" => is_cell_style = true,
            "cellStyleXfs" | "cellStyles" | "dxfs" | "tableStyles" | "colors" | "extLst" => is_cell_style = false,
            "xf" if is_cell_style => {
                let id = attribute(element, "numFmtId").unwrap_or_default();
                styles.shown.push(codes.get(&id).copied().unwrap_or_else(|| shown_by_id(&id)));
            }
            _ => {}
        })?;
        Ok(styles)
    }

    /// How a style shows numbers; plainly where there is no such style.
    pub(super) fn get(&self, style: u32) -> Shown {
        self.shown.get(style as usize).copied().unwrap_or_default()
    }
}

fn shown_by_id(id: &str) -> Shown {
    match id.parse::<u16>() {
        // The East Asian ones among them are dates in every locale that has them.
        Ok(14..=22 | 27..=36 | 45 | 47 | 50..=58) => Shown::Date,
        Ok(46) => Shown::Duration,
        _ => Shown::Plain,
    }
}

/// Reads a format code: its first section decides.
fn shown_by_code(code: &str) -> Shown {
    let mut chars = code.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            // The next character stands for itself, or for its width.
            '\\' | '_' | '*' => {
                chars.next();
            }
            '"' => {
                let _ = chars.by_ref().find(|c| *c == '"');
            }
            '[' => {
                let inside: String = chars.by_ref().take_while(|c| *c != ']').collect::<String>().to_ascii_lowercase();
                let is_time = inside.starts_with(['h', 'm', 's']) && inside.chars().all(|c| inside.starts_with(c));
                if is_time {
                    return Shown::Duration;
                }
            }
            ';' => return Shown::Plain,
            'd' | 'm' | 'h' | 'y' | 's' | 'D' | 'M' | 'H' | 'Y' | 'S' => return Shown::Date,
            // `AM/PM` and `A/P` are a clock's; `General` is not.
            'a' | 'A' if matches!(chars.peek(), Some('m' | 'M' | '/')) => return Shown::Date,
            'G' | 'g' => {
                let rest: String = chars.clone().take(6).collect();
                if rest.eq_ignore_ascii_case("eneral") {
                    let _ = chars.nth(5);
                }
            }
            _ => {}
        }
    }
    Shown::Plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_of_days_times_and_lengths_of_time() {
        for code in ["dd/mm/yyyy", "[$-42A]dd mmmm yyyy", "h:mm AM/PM", "DD/MM/YY;@", "\"ngày\" d", "*-yyyy", "m\"M\"d", "[Red]yyyy"] {
            assert_eq!(shown_by_code(code), Shown::Date, "{code}");
        }
        for code in ["[h]:mm:ss", "[mm]:ss", "[s].000", "[Blue]\\+[h]:mm"] {
            assert_eq!(shown_by_code(code), Shown::Duration, "{code}");
        }
        for code in ["General", "0.00", "#,##0\\ \"đ\"", "0\"m\"", "\\Y000", "#,##0_d", "0*y", "[>=100][Magenta]General", "@", "0;[Red]d"]
        {
            assert_eq!(shown_by_code(code), Shown::Plain, "{code}");
        }
    }

    #[test]
    fn only_cell_styles_count() {
        let xml = br#"<styleSheet><numFmts><numFmt numFmtId="164" formatCode="dd\-mm"/></numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>
            <cellXfs><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="46"/></cellXfs><dxfs><dxf><numFmt numFmtId="165" formatCode="d"/></dxf></dxfs></styleSheet>"#;
        let styles = Styles::read(xml).unwrap();
        assert_eq!(styles.shown, [Shown::Plain, Shown::Date, Shown::Duration]);
        assert_eq!(styles.get(7), Shown::Plain);
    }
}
