//! Codes read from dropped files: catalogue sheets (PL2 to PL5), and rows that write a name and its code side by side.

use super::codes::{CodeTables, Met, PlaceRow};
use crate::domain::Field;
use crate::normalize::fold;
use crate::pace::{Cancelled, Pace, STRIDE, Stage};
use crate::workbook::mapping::SheetMapping;
use crate::workbook::table::{Cell, CellValue, Row, TextArena, Workbook};
use rustc_hash::FxHashMap;

/// Rows looked through for the heading of a catalogue.
const HEADING_ROWS: usize = 20;

/// What a column of a catalogue holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Catalogue {
    Province,
    ProvinceCode,
    District,
    DistrictCode,
    Commune,
    CommuneCode,
    Facility,
    FacilityCode,
    Group,
    GroupCode,
    Vaccine,
    /// `Mã` and nothing else: the code of what the sheet lists.
    Code,
    /// `Tên` and nothing else.
    Name,
}

/// A heading's meaning; none where it says nothing of a catalogue.
fn meaning(heading: &str) -> Option<Catalogue> {
    use Catalogue::*;
    let folded = fold(heading);
    let words: Vec<&str> = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let has = |word: &str| words.contains(&word);
    let has_both = |a: &str, b: &str| words.windows(2).any(|pair| pair == [a, b]);
    let is_code = has("ma") || has("code") || has("id");
    let of = |name, code| Some(if is_code { code } else { name });
    if has("xa") || has("phuong") || has("commune") || has_both("thi", "tran") {
        of(Commune, CommuneCode)
    } else if has("huyen") || has("quan") || has_both("thi", "xa") || has("district") {
        of(District, DistrictCode)
    } else if has("tinh") || has_both("thanh", "pho") || has("province") {
        of(Province, ProvinceCode)
    } else if has("kcb") || has_both("co", "so") || has_both("don", "vi") || has_both("dia", "diem") || has_both("diem", "tiem") {
        of(Facility, FacilityCode)
    } else if has_both("vac", "xin") || has("vacxin") || has("vaccine") || has("vx") {
        of(Vaccine, Code)
    } else if has("nhom") || has_both("doi", "tuong") {
        of(Group, GroupCode)
    } else if is_code && words.len() <= 2 {
        Some(Code)
    } else if has("ten") && words.len() <= 2 {
        Some(Name)
    } else {
        None
    }
}

/// Which catalogue a sheet's name says it is: 2 to 5 for PL2 to PL5.
fn appendix_of(name: &str) -> Option<u32> {
    let folded = fold(name);
    let rest = folded.trim_start().strip_prefix("pl")?.trim_start_matches([' ', '_', '-', '.', '0']);
    let digit = rest.chars().next()?.to_digit(10).filter(|digit| (2..=5).contains(digit))?;
    // `PL2` and `PL2_Nhom doi tuong`, not `PL23`.
    (!rest[1..].starts_with(|c: char| c.is_ascii_digit())).then_some(digit)
}

fn text_of(cell: Cell, texts: &TextArena) -> String {
    code_of(cell, texts, 0)
}

/// A code; one kept as a number has lost the zeros before it.
fn code_of(cell: Cell, texts: &TextArena, digits: usize) -> String {
    match cell.value(texts) {
        CellValue::Text(text) => text.trim().to_owned(),
        CellValue::Number(number) if number.fract() == 0.0 => format!("{number:0>digits$}"),
        _ => String::new(),
    }
}

/// Digits of the codes of provinces, districts, communes (as the General Statistics Office numbers them) and facilities.
const PROVINCE_DIGITS: usize = 2;
const DISTRICT_DIGITS: usize = 3;
const COMMUNE_DIGITS: usize = 5;
const FACILITY_DIGITS: usize = 5;

impl CodeTables {
    /// Learns a sheet that lists codes, where it is one: its name says so, or its headings name a thing and the thing's code.
    pub fn learn_catalogue(&mut self, workbook: &Workbook, sheet: usize) -> bool {
        use Catalogue::*;
        let Some(source) = workbook.sheets.get(sheet) else { return false };
        let appendix = appendix_of(&source.name);
        let named = match appendix {
            Some(2) => (Group, GroupCode),
            Some(4) => (Facility, FacilityCode),
            Some(5) => (Vaccine, Code),
            _ => (Commune, CommuneCode),
        };
        let of_sheet = |meaning: Catalogue| match meaning {
            Code if appendix.is_some() && named.0 != Vaccine => named.1,
            Name if appendix.is_some() => named.0,
            other => other,
        };
        let columns_of = |row: Row<'_>| -> Vec<(u16, Catalogue)> {
            let told = row.cells().filter_map(|(column, cell)| Some((column, of_sheet(meaning(&text_of(cell, &workbook.texts))?))));
            told.collect()
        };
        let is_catalogue = |columns: &[(u16, Catalogue)]| {
            let has = |wanted| columns.iter().any(|(_, meaning)| *meaning == wanted);
            let pairs =
                [(Commune, CommuneCode), (District, DistrictCode), (Province, ProvinceCode), (Facility, FacilityCode), (Group, GroupCode)];
            let is_paired = pairs.iter().any(|(name, code)| has(*name) && has(*code));
            // A catalogue of vaccines may have names alone, and only its sheet's name tells it from a list.
            if appendix == Some(5) { has(Vaccine) } else { is_paired && columns.len() <= 8 }
        };
        let rows = source.table.row_count();
        let heading = (0..rows.min(HEADING_ROWS))
            .find_map(|at| Some((at, columns_of(source.table.row(at)))).filter(|(_, columns)| is_catalogue(columns)));
        let Some((at, columns)) = heading else { return false };
        // Names and codes of what a place is part of may stand in its first row alone.
        let mut above: [(String, String); 2] = Default::default();
        for at in at + 1..rows {
            let row = source.table.row(at);
            let cell = |wanted: Catalogue| {
                let column = columns.iter().find(|(_, meaning)| *meaning == wanted);
                let digits = match wanted {
                    ProvinceCode => PROVINCE_DIGITS,
                    DistrictCode => DISTRICT_DIGITS,
                    CommuneCode => COMMUNE_DIGITS,
                    FacilityCode => FACILITY_DIGITS,
                    _ => 0,
                };
                column.map_or(String::new(), |(column, _)| code_of(row.cell(*column), &workbook.texts, digits))
            };
            let mut part_of = |level: usize, name: String, code: String| {
                if !name.is_empty() || !code.is_empty() {
                    above[level] = (name, code);
                }
                above[level].clone()
            };
            let province = part_of(0, cell(Province), cell(ProvinceCode));
            let district = part_of(1, cell(District), cell(DistrictCode));
            let commune = (cell(Commune), cell(CommuneCode));
            fn pair(both: &(String, String)) -> (&str, &str) {
                (&both.0, &both.1)
            }
            self.learn_place(PlaceRow { province: pair(&province), district: pair(&district), commune: pair(&commune) }, Met::Catalogue);
            self.learn_facility(&cell(Facility), &cell(FacilityCode), Met::Catalogue);
            self.learn_group(&cell(Group), &cell(GroupCode), Met::Catalogue);
            self.learn_vaccine(&cell(Vaccine), Met::Catalogue);
        }
        true
    }

    /// Learns from the rows of a list that write name and code side by side; spellings of vaccines only from the System's.
    ///
    /// # Errors
    /// [`Cancelled`] when the pace says so.
    pub async fn learn_rows<P: Pace>(
        &mut self,
        workbook: &Workbook,
        sheet: usize,
        mapping: &SheetMapping,
        is_system: bool,
        pace: &mut P,
    ) -> Result<(), Cancelled> {
        let Some(source) = workbook.sheets.get(sheet) else { return Ok(()) };
        let all_of = |field: Field| mapping.columns.iter().filter(move |column| column.field == Some(field)).map(|column| column.column);
        let of = |field: Field| all_of(field).next();
        let place: [Option<u16>; 6] =
            [Field::Province, Field::ProvinceCode, Field::District, Field::DistrictCode, Field::Commune, Field::CommuneCode].map(of);
        let has_place_codes = [1, 3, 5].iter().any(|at| place[*at].is_some());
        let facilities: Vec<u16> = all_of(Field::Facility).collect();
        let vaccines: Vec<u16> = all_of(Field::Vaccine).filter(|_| is_system).collect();
        // The same few thousand places come again and again: counted first, read once.
        let mut places: FxHashMap<[u64; 6], u32> = FxHashMap::default();
        let mut words: FxHashMap<(u64, bool), u32> = FxHashMap::default();
        let texts = &workbook.texts;
        let rows = source.table.row_count();
        for at in 0..rows {
            if at % STRIDE == 0 {
                pace.step(Stage::Listing, at, rows).await?;
            }
            let row = source.table.row(at);
            if row.number <= mapping.header_last {
                continue;
            }
            if has_place_codes {
                let cells = place.map(|column| column.map_or(Cell::EMPTY, |column| row.cell(column)).to_bits());
                *places.entry(cells).or_default() += 1;
            }
            for (columns, is_vaccine) in [(&facilities, false), (&vaccines, true)] {
                for column in columns {
                    *words.entry((row.cell(*column).to_bits(), is_vaccine)).or_default() += 1;
                }
            }
        }
        const DIGITS: [usize; 6] = [0, PROVINCE_DIGITS, 0, DISTRICT_DIGITS, 0, COMMUNE_DIGITS];
        for (cells, times) in places {
            let texts: [String; 6] = std::array::from_fn(|at| code_of(Cell::from_bits(cells[at]), texts, DIGITS[at]));
            let [province, province_code, district, district_code, commune, commune_code] = texts.each_ref().map(String::as_str);
            let row =
                PlaceRow { province: (province, province_code), district: (district, district_code), commune: (commune, commune_code) };
            self.learn_place(row, Met::Rows(times));
        }
        for ((cell, is_vaccine), times) in words {
            let text = text_of(Cell::from_bits(cell), texts);
            if is_vaccine { self.learn_vaccine(&text, Met::Rows(times)) } else { self.learn_facility(&text, "", Met::Rows(times)) }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workbook::table::Sheet;

    /// A workbook of one sheet; digits alone are numbers.
    fn workbook(name: &str, rows: &[&[&str]]) -> Workbook {
        let mut workbook = Workbook { sheets: vec![Sheet { name: name.to_owned(), ..Sheet::default() }], ..Workbook::default() };
        for (row, cells) in rows.iter().enumerate() {
            for (column, cell) in cells.iter().enumerate().filter(|(_, cell)| !cell.is_empty()) {
                let value = match cell.parse::<f64>() {
                    Ok(number) if !cell.starts_with('0') => Cell::number(number),
                    _ => Cell::text(workbook.texts.push(cell)),
                };
                workbook.sheets[0].table.push(row as u32 + 1, column as u16, value);
            }
        }
        workbook
    }

    fn learnt(name: &str, rows: &[&[&str]]) -> Option<CodeTables> {
        let mut codes = CodeTables::default();
        codes.learn_catalogue(&workbook(name, rows), 0).then_some(codes)
    }

    #[test]
    fn a_catalogue_of_places_names_a_province_once_and_keeps_lost_zeros() {
        let rows: [&[&str]; 6] = [
            &["PL3. Danh mục hành chính"],
            &["STT", "Tỉnh/TP", "Mã tỉnh", "Quận/Huyện", "Mã huyện", "Xã/Phường", "Mã xã"],
            &["1", "Bắc Kạn", "6", "Huyện Ba Bể", "61", "Xã Mẫu Sơn", "1901"],
            &["2", "", "", "", "", "Xã Đồng Mẫu", "01902"],
            &["3", "", "", "Huyện Chợ Đồn", "064", "Xã Bằng Mẫu", "2001"],
            &["4", "Thái Nguyên", "19", "TP Sông Mẫu", "165", "Xã Mẫu Sơn", "5491"],
        ];
        let codes = learnt("PL3_Dia ban", &rows).unwrap();
        let place = |names: [&str; 3]| {
            let codes = codes.place(names[0], names[1], names[2]);
            [codes.province, codes.district, codes.commune]
        };
        assert_eq!(place(["Bắc Kạn", "Ba Bể", "Đồng Mẫu"]), ["06", "061", "01902"]);
        assert_eq!(place(["Bắc Kạn", "", "Mẫu Sơn"]), ["06", "061", "01901"]);
        assert_eq!(place(["", "", "Bằng Mẫu"]), ["06", "064", "02001"]);
    }

    #[test]
    fn catalogues_of_facilities_groups_and_vaccines_are_known_by_name_or_headings() {
        let codes = learnt("PL4", &[&["Mã", "Tên"], &["06123", "Trạm Y tế xã Mẫu"]]).unwrap();
        assert_eq!(codes.facility("TYT xã Mẫu"), "06123");
        let codes = learnt("Sheet2", &[&["Mã cơ sở KCB", "Tên cơ sở"], &["6123", "Trạm Y tế xã Mẫu"]]).unwrap();
        assert_eq!(codes.facility("TYT xã Mẫu"), "06123");
        let codes = learnt("PL2", &[&["Mã nhóm", "Nhóm đối tượng"], &["3", "Lực lượng Quân đội"]]).unwrap();
        assert_eq!(codes.group("lực lượng quân đội"), "3");
        let codes = learnt("PL5_Vac xin", &[&["STT", "Tên vắc xin"], &["1", "COVID-19 Vaccine AstraZeneca"]]).unwrap();
        assert_eq!(codes.vaccine(crate::domain::Product::AstraZeneca), Some("COVID-19 Vaccine AstraZeneca"));
    }

    #[test]
    fn a_list_or_a_form_is_no_catalogue() {
        assert!(learnt("PL1", &[&["Họ và tên", "Ngày sinh", "Xã/Phường"], &["Nông Thị Mẫu", "1980", "Xã Mẫu"]]).is_none());
        assert!(learnt("Phụ lục 2", &[&["TT", "Tên đơn vị", "Tổng số"], &["1", "TYT xã Mẫu", "5"]]).is_none());
        assert_eq!(
            ["PL3", "PL 2", "pl_04", "PL5_Vac xin", "PL23", "PL1", "Phụ lục 2", "Plan 2"].map(appendix_of),
            [Some(3), Some(2), Some(4), Some(5), None, None, None, None]
        );
    }
}
