//! What a sheet holds and which column is which field: one scored model of headings, their neighbours and the values below.

use crate::domain::source::SheetKind;
use crate::domain::{Field, Product};
use crate::normalize::legacy::TextEncoding;
use crate::workbook::error::ReadError;
use crate::workbook::face::{self, Face, Stretch};
use crate::workbook::fit::LEAST_FIT;
use crate::workbook::header::{HeadColumn, Header, WINDOW, Window};
use crate::workbook::kind;
use crate::workbook::mapping::{MappedColumn, SheetMapping};
use crate::workbook::recode::{self, Recoded};
use crate::workbook::shape::{self, Shape};
use crate::workbook::slots::{self, DoseColumn};
use crate::workbook::table::{Sheet, TextArena, Workbook};
use crate::workbook::title;
use crate::workbook::values;
use crate::workbook::words::Words;
use rustc_hash::FxHashMap;

/// How much the values below count beside the heading.
const SHAPE_WEIGHT: f32 = 0.3;
/// A field needs at least this much.
const LEAST_TOTAL: f32 = 0.45;
/// Samples shown of a column.
const SAMPLES: usize = 3;
/// Rows they are taken from.
const SAMPLE_ROWS: usize = 200;
/// Characters kept of each.
const SAMPLE_LENGTH: usize = 60;

/// Proposes how a sheet is read; `header_row` (as Excel numbers it) is given where a person said where the header begins.
///
/// None where the sheet is blank or no row looks like a header. A sheet of counts by unit comes back as the report or form it is; one
/// that is neither list nor counts (instructions, codes) and a hidden one as `Không dùng`.
pub fn detect_sheet(workbook: &Workbook, sheet: usize, file_name: &str, header_row: Option<u32>) -> Option<SheetMapping> {
    let page = workbook.sheets.get(sheet)?;
    let first = match header_row {
        Some(number) => Some(page.table.row_numbers.iter().position(|row| *row >= number)?),
        None => None,
    };
    let rows = WINDOW.max(first.map_or(0, |first| first + 6));
    // Legacy text is decoded before any heading is looked for.
    let top = recode::encoding_of_top(page, &workbook.texts, rows);
    let recoded = (top != TextEncoding::Unicode).then(|| recode::recode_top(page, &workbook.texts, rows, &|_, _| top));
    let (seen, texts) = recoded.as_ref().map_or((page, &workbook.texts), |recoded| (&recoded.sheet, &recoded.texts));
    let mut window = Window::of(seen, texts, rows);
    let of_list = window.find(first);
    let of_counts = if first.is_some() { None } else { face::header_of_counts(seen, texts).map(|at| window.header(at.first, at.last)) };
    let page = Page { page, texts: &workbook.texts, top, file_name };
    let mapping = of_list.map(|header| page.read_under(&header, recoded.as_ref()));
    if mapping.as_ref().is_some_and(SheetMapping::is_usable) {
        return mapping;
    }
    // Counts have headings of their own, and often none that a list has.
    let counted = of_counts.map(|header| page.read_under(&header, recoded.as_ref())).filter(|mapping| mapping.kind.is_of_counts());
    counted.or(mapping)
}

/// A sheet whose header is being looked for.
struct Page<'a> {
    page: &'a Sheet,
    texts: &'a TextArena,
    top: TextEncoding,
    file_name: &'a str,
}

impl Page<'_> {
    /// The mapping under a header; `recoded` is the sheet with its top decoded, where there was anything to decode.
    fn read_under(&self, header: &Header, recoded: Option<&Recoded>) -> SheetMapping {
        let Page { page, top, file_name, .. } = *self;
        let row_number = |index: usize| page.table.row_numbers.get(index).copied().unwrap_or(0);
        let last = row_number(header.last);
        let encodings = recode::encodings(page, self.texts, last, top);
        let decoded = (recoded.is_some() || !encodings.is_empty()).then(|| {
            let encoding_of = |row, column| if row <= last { top } else { encodings.get(&column).copied().unwrap_or_default() };
            recode::recode_top(page, self.texts, header.last + 1 + SAMPLE_ROWS, &encoding_of)
        });
        let (seen, texts) = decoded.as_ref().map_or((page, self.texts), |decoded| (&decoded.sheet, &decoded.texts));
        let mut samples = samples_of(page, self.texts, header.last + 1);
        let mut columns = map_columns(seen, texts, header);
        for column in &mut columns {
            column.text = encodings.get(&column.column).copied().unwrap_or_default();
            column.samples = samples.remove(&column.column).unwrap_or_default();
        }
        let title = title::lines_above(seen, texts, header.first);
        let sheet_name = recode::decoded_name(&page.name, encodings.values().copied().chain([top]));
        let at = Stretch { first: header.first, last: header.last };
        let face = Face::of(seen, texts, at, &columns, &title, (&sheet_name, file_name));
        let (kind, kind_confidence) = if page.is_hidden { (SheetKind::Unused, 70) } else { kind::kind_of(&face) };
        if kind.is_of_counts() {
            // A count under `Mũi 1` is no day of dose.
            for column in &mut columns {
                (column.field, column.slot) = (None, 1);
            }
        }
        let extracted_on = title::extraction_in(&title).or_else(|| {
            let in_names = || title::find_date(file_name).or_else(|| title::find_date(&sheet_name));
            (kind == SheetKind::SystemExport).then(in_names).flatten()
        });
        SheetMapping {
            kind,
            kind_confidence,
            header_first: row_number(header.first),
            header_last: last,
            columns,
            unit: title::unit_of(&title, &sheet_name, file_name),
            extracted_on,
            snapshot: None,
            title,
        }
    }
}

/// The refusal of a workbook in which a column no list can do without is all formulas, none with a saved value; none where there is none.
pub fn lacks_saved_values(workbook: &Workbook, mappings: &[Option<SheetMapping>]) -> Option<ReadError> {
    let pairs = workbook.sheets.iter().zip(mappings).filter_map(|(sheet, mapping)| Some((sheet, mapping.as_ref()?)));
    for (sheet, mapping) in pairs.filter(|(_, mapping)| mapping.kind.side().is_some()) {
        for column in &mapping.columns {
            let is_required = matches!(column.field, Some(Field::FullName | Field::GivenName | Field::GivenOn));
            let is_unsaved = || sheet.unsaved_formulas.iter().any(|(at, _)| *at == column.column);
            let mut below = sheet.table.rows().filter(|row| row.number > mapping.header_last);
            if is_required && is_unsaved() && below.all(|row| values::is_blank(row.cell(column.column).value(&workbook.texts))) {
                return Some(ReadError::NoSavedValues(sheet.name.clone(), column.header.clone()));
            }
        }
    }
    None
}

/// A field offered for a column.
#[derive(Clone, Copy, Debug)]
struct Offer {
    column: usize,
    field: Field,
    fit: f32,
    evidence: f32,
}

impl Offer {
    fn total(&self) -> f32 {
        self.fit + SHAPE_WEIGHT * self.evidence
    }
}

/// One column on the way to its mapping.
struct Draft {
    head: HeadColumn,
    shape: Shape,
    chosen: Option<Offer>,
    /// Whether its heading is the value and its cells are ticks.
    is_ticked: bool,
    slot: u8,
}

fn map_columns(page: &Sheet, texts: &TextArena, header: &Header) -> Vec<MappedColumn> {
    let mut drafts = drafts_of(page, texts, header);
    choose_by_heading(&mut drafts);
    choose_parts_of_merged_heading(&mut drafts);
    choose_parts_of_dose_day(&mut drafts);
    choose_by_values(&mut drafts);
    choose_ticked(&mut drafts);
    group_doses(&mut drafts);
    drafts.into_iter().map(Draft::finish).collect()
}

fn drafts_of(page: &Sheet, texts: &TextArena, header: &Header) -> Vec<Draft> {
    let shapes = shape::shapes(page, texts, header.last + 1);
    let mut heads: FxHashMap<u16, HeadColumn> = header.columns.iter().map(|head| (head.column, head.clone())).collect();
    let mut columns: Vec<u16> =
        heads.keys().copied().chain(shapes.iter().filter(|(_, shape)| shape.is_filled()).map(|(column, _)| *column)).collect();
    columns.sort_unstable();
    columns.dedup();
    columns
        .into_iter()
        .map(|column| Draft {
            head: heads.remove(&column).unwrap_or(HeadColumn { column, ..HeadColumn::default() }),
            shape: shapes.get(&column).copied().unwrap_or_default(),
            chosen: None,
            is_ticked: false,
            slot: 1,
        })
        .collect()
}

/// Samples as written: composing would take the soft hyphens of TCVN3 away.
fn samples_of(page: &Sheet, texts: &TextArena, from: usize) -> FxHashMap<u16, Vec<String>> {
    let mut samples: FxHashMap<u16, Vec<String>> = FxHashMap::default();
    for row in page.table.rows().skip(from).take(SAMPLE_ROWS) {
        for (column, cell) in row.cells() {
            let value = cell.value(texts);
            let known = samples.entry(column).or_default();
            if known.len() < SAMPLES && !values::is_blank(value) {
                let text: String =
                    values::text_of(value).trim_matches(|c: char| c.is_ascii_whitespace()).chars().take(SAMPLE_LENGTH).collect();
                if !known.contains(&text) {
                    known.push(text);
                }
            }
        }
    }
    samples
}

impl Draft {
    fn offer(&self, column: usize, field: Field, fit: f32) -> Offer {
        Offer { column, field, fit, evidence: self.shape.evidence(field) }
    }

    /// The fields its heading and values allow.
    fn offers(&self, column: usize) -> Vec<Offer> {
        let no_field = self.head.fits.iter().find(|(field, _)| field.is_none()).map_or(0.0, |(_, fit)| *fit);
        let mut offers: Vec<Offer> = self
            .head
            .fits
            .iter()
            .filter_map(|(field, fit)| field.map(|field| self.offer(column, field, *fit)))
            // A heading that more surely means nothing of ours stays unmapped.
            .filter(|offer| no_field <= offer.fit + 0.15 && (no_field < 0.5 || offer.total() > no_field + 0.1))
            .collect();
        let best_fit = offers.iter().map(|offer| offer.fit).fold(no_field, f32::max);
        if self.head.mark.is_some() && best_fit < 0.6 {
            // `Mũi 1` alone over a column: what stands below says what it is.
            let least = if self.head.is_bare_mark { 0.0 } else { 0.4 };
            let bare = [(Field::GivenOn, 0.6), (Field::Vaccine, 0.55)];
            offers.extend(bare.map(|(field, fit)| self.offer(column, field, fit)).into_iter().filter(|offer| offer.evidence >= least));
        }
        offers.retain(|offer| offer.total() >= LEAST_TOTAL);
        offers
    }

    fn is_unknown(&self) -> bool {
        self.chosen.is_none()
            && self.head.mark.is_none()
            && self.head.fits.first().is_none_or(|(field, fit)| field.is_some() && *fit < 0.6 || *fit < LEAST_FIT)
    }

    fn finish(self) -> MappedColumn {
        let no_field = self.head.fits.first().filter(|(field, _)| field.is_none()).map_or(0.0, |(_, fit)| *fit);
        let sureness = self.chosen.map_or(75.0 * no_field, |offer| 75.0 * offer.fit + 25.0 * offer.evidence);
        MappedColumn {
            column: self.head.column,
            header: self.head.title(),
            field: self.chosen.map(|offer| offer.field),
            slot: self.slot,
            confidence: sureness.clamp(0.0, 99.0) as u8,
            text: TextEncoding::Unicode,
            samples: Vec::new(),
        }
    }
}

/// Whether several columns of one sheet may be this field.
fn may_repeat(field: Field) -> bool {
    field.is_of_dose() || field == Field::Note
}

fn choose_by_heading(drafts: &mut [Draft]) {
    let mut offers: Vec<Offer> = drafts.iter().enumerate().flat_map(|(index, draft)| draft.offers(index)).collect();
    // `Tên` beside `Họ và đệm` is the given name, else the whole name.
    if offers.iter().any(|offer| offer.field == Field::FamilyName && offer.fit >= 0.75) {
        for offer in offers.iter_mut().filter(|offer| offer.field == Field::GivenName) {
            offer.fit += 0.2;
        }
    }
    offers.sort_by(|a, b| b.total().total_cmp(&a.total()).then(a.column.cmp(&b.column)));
    let mut taken: Vec<Field> = Vec::new();
    for offer in offers {
        let Some(draft) = drafts.get_mut(offer.column) else { continue };
        if draft.chosen.is_none() && (may_repeat(offer.field) || !taken.contains(&offer.field)) {
            draft.chosen = Some(offer);
            taken.push(offer.field);
        }
    }
    // A whole name beside the parts of one is a mistake of the headings: the parts give way.
    if taken.contains(&Field::FullName) && !taken.contains(&Field::FamilyName) {
        unchoose(drafts, Field::GivenName);
    }
}

fn unchoose(drafts: &mut [Draft], field: Field) {
    for draft in drafts.iter_mut().filter(|draft| draft.chosen.is_some_and(|offer| offer.field == field)) {
        draft.chosen = None;
    }
}

/// `Họ và tên` merged over two columns, `Ngày sinh` merged over three: the values say what each holds.
fn choose_parts_of_merged_heading(drafts: &mut [Draft]) {
    for index in 0..drafts.len() {
        let Some(chosen) = drafts.get(index).and_then(|draft| draft.chosen) else { continue };
        let has_no_own_heading = |other: usize| {
            let (Some(here), Some(there)) = (drafts.get(index), drafts.get(other)) else { return false };
            let is_next = there.head.column == here.head.column + (other - index) as u16;
            is_next && (there.head.levels == here.head.levels || there.head.levels.is_empty() && there.chosen.is_none())
        };
        let choose = |draft: &mut Draft, field: Field| draft.chosen = Some(Offer { field, ..chosen });
        match chosen.field {
            Field::FullName
                if has_no_own_heading(index + 1) && drafts.get(index + 1).is_some_and(|next| next.shape.is_of_single_words()) =>
            {
                if let [here, next, ..] = drafts.get_mut(index..).unwrap_or_default() {
                    choose(here, Field::FamilyName);
                    choose(next, Field::GivenName);
                }
            }
            Field::BirthDate | Field::BirthDay | Field::GivenOn if has_no_own_heading(index + 1) && has_no_own_heading(index + 2) => {
                if let [day, month, year, ..] = drafts.get_mut(index..).unwrap_or_default() {
                    let fields = parts_of_date(chosen.field);
                    if [&*day, month, year].iter().zip(fields).all(|(draft, field)| draft.shape.may_be_part(field)) {
                        for (draft, field) in [day, month, year].into_iter().zip(fields) {
                            choose(draft, field);
                        }
                    }
                }
            }
            _ => {}
        }
    }
}

fn parts_of_date(field: Field) -> [Field; 3] {
    match field {
        Field::GivenOn => [Field::GivenDay, Field::GivenMonth, Field::GivenYear],
        _ => [Field::BirthDay, Field::BirthMonth, Field::BirthYear],
    }
}

/// `Ngày | Tháng | Năm` under a dose: before a month and a year the day is no whole date. Without all three there is no date in parts.
fn choose_parts_of_dose_day(drafts: &mut [Draft]) {
    for index in 0..drafts.len() {
        if let [day, month, year, ..] = drafts.get_mut(index..).unwrap_or_default() {
            let is = |draft: &Draft, field: Field| draft.chosen.is_some_and(|offer| offer.field == field);
            let is_day = is(day, Field::GivenOn) && day.shape.evidence(Field::GivenDay) > 0.0;
            if is_day && is(month, Field::GivenMonth) && is(year, Field::GivenYear) {
                day.chosen = day.chosen.map(|offer| Offer { field: Field::GivenDay, ..offer });
            }
        }
    }
    if !drafts.iter().any(|draft| draft.chosen.is_some_and(|offer| offer.field == Field::GivenDay)) {
        unchoose(drafts, Field::GivenMonth);
        unchoose(drafts, Field::GivenYear);
    }
}

/// Columns whose heading says nothing, told by their values alone; the confidence is low and shown.
fn choose_by_values(drafts: &mut [Draft]) {
    let has = |drafts: &[Draft], field: Field| drafts.iter().any(|draft| draft.chosen.is_some_and(|offer| offer.field == field));
    for field in [Field::GivenOn, Field::Vaccine, Field::Identity, Field::Phone, Field::Sex, Field::FullName] {
        let is_named = field == Field::FullName && has(drafts, Field::GivenName);
        let is_in_parts = field == Field::GivenOn && has(drafts, Field::GivenDay);
        if has(drafts, field) || is_named || is_in_parts {
            continue;
        }
        let known = drafts.iter().filter(|draft| draft.chosen.is_some()).count();
        let alike: Vec<usize> = (0..drafts.len())
            .filter(|index| drafts.get(*index).is_some_and(|draft| draft.is_unknown() && draft.shape.speaks_for(field)))
            .collect();
        // Two columns that look alike cannot be told apart by their looks.
        if let ([index], true) = (alike.as_slice(), known >= 3)
            && let Some(draft) = drafts.get_mut(*index)
        {
            draft.chosen = Some(draft.offer(*index, field, 0.3));
        }
    }
}

/// Columns of ticks under `Mũi 1 | Mũi 2` or `AZ | Pfizer`: the heading is the value.
fn choose_ticked(drafts: &mut [Draft]) {
    for (index, draft) in drafts.iter_mut().enumerate() {
        let is_open = draft.chosen.is_none_or(|offer| matches!(offer.field, Field::DoseLabel | Field::Vaccine));
        if !is_open || !draft.shape.is_of_ticks() {
            continue;
        }
        let leaf = draft.head.levels.last().map_or("", String::as_str);
        if draft.head.mark.is_some() {
            draft.chosen = Some(Offer { column: index, field: Field::DoseLabel, fit: 0.6, evidence: 0.0 });
            draft.is_ticked = true;
        } else if Product::recognise(leaf).is_some() {
            draft.chosen = Some(Offer { column: index, field: Field::Vaccine, fit: 0.6, evidence: 0.0 });
            draft.is_ticked = true;
        }
    }
}

fn group_doses(drafts: &mut [Draft]) {
    let columns: Vec<DoseColumn> = drafts
        .iter()
        .filter_map(|draft| {
            let offer = draft.chosen.filter(|offer| offer.field.is_of_dose() && !draft.is_ticked)?;
            let heading = Words::of(draft.head.levels.last().map_or("", String::as_str));
            let heading: Vec<&str> = heading.folded.iter().map(String::as_str).filter(|word| word.parse::<u32>().is_err()).collect();
            Some(DoseColumn {
                column: draft.head.column,
                field: offer.field,
                mark: draft.head.mark.clone(),
                heading: heading.join(" "),
                fit: offer.total(),
            })
        })
        .collect();
    let slots = slots::assign(&columns);
    for draft in drafts {
        if slots.left_out.contains(&draft.head.column) {
            draft.chosen = None;
        }
        if let Some((_, slot)) = slots.kept.iter().find(|(column, _)| *column == draft.head.column) {
            draft.slot = *slot;
        }
    }
}
