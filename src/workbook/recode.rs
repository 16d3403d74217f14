//! Sheets with text of before Unicode: which columns hold it, and the sheet as it reads once it is decoded.
//!
//! Everything behind this (headings, shapes, records) sees Unicode only. A Unicode sheet costs a look at some hundred rows.

use crate::normalize::legacy::{Judgement, TextEncoding, decode, judge};
use crate::workbook::mapping::SheetMapping;
use crate::workbook::table::{Cell, CellValue, Row, Sheet, Table, TextArena};
use rustc_hash::{FxHashMap, FxHashSet};

/// Rows looked at before all are, spread over the sheet.
const SAMPLE: usize = 400;
/// Different texts that must prove an encoding in a sheet before any of its columns is decoded: `Loïc` alone would.
const LEAST_PROOFS: u32 = 3;
/// A column is mixed where one in so many of its telling texts is legacy; below that they are foreign names.
const MIXED_SHARE: u32 = 50;

/// A sheet that reads as Unicode.
pub(crate) struct Recoded {
    pub(crate) sheet: Sheet,
    pub(crate) texts: TextArena,
    /// Cells that were decoded.
    pub(crate) changed: u32,
}

/// The encoding of each column that is not Unicode.
pub(crate) type Encodings = FxHashMap<u16, TextEncoding>;

/// What the texts of a column, or of some rows, say about each legacy encoding.
#[derive(Clone, Copy, Default)]
struct Tally {
    legacy: [u32; 3],
    unicode: [u32; 3],
    /// Texts beyond ASCII that may be either.
    open: [u32; 3],
}

impl Tally {
    fn take(&mut self, text: &str) {
        if text.is_ascii() {
            return;
        }
        for (at, encoding) in TextEncoding::LEGACY.into_iter().enumerate() {
            let count = match judge(text, encoding) {
                Judgement::Legacy => &mut self.legacy,
                Judgement::Unicode => &mut self.unicode,
                Judgement::Open => &mut self.open,
            };
            if let Some(count) = count.get_mut(at) {
                *count += 1;
            }
        }
    }

    fn counts(&self, at: usize) -> (u32, u32, u32) {
        let count = |of: &[u32; 3]| of.get(at).copied().unwrap_or(0);
        (count(&self.legacy), count(&self.unicode), count(&self.open))
    }

    fn has_proof(&self) -> bool {
        self.legacy.iter().any(|count| *count > 0)
    }

    /// The place of the encoding most texts prove.
    fn best(&self) -> usize {
        (0..3).rev().max_by_key(|at| self.counts(*at).0).unwrap_or(0)
    }
}

/// The encoding of the rows near the top, headings and title among them.
pub(crate) fn encoding_of_top(sheet: &Sheet, texts: &TextArena, rows: usize) -> TextEncoding {
    let tally = tally_of_rows(sheet.table.rows().take(rows), texts);
    let best = tally.best();
    let (legacy, unicode, _) = tally.counts(best);
    let is_legacy = legacy >= LEAST_PROOFS && legacy * MIXED_SHARE >= unicode;
    TextEncoding::LEGACY.get(best).copied().filter(|_| is_legacy).unwrap_or_default()
}

fn tally_of_rows<'a>(rows: impl Iterator<Item = Row<'a>>, texts: &TextArena) -> Tally {
    let (mut tally, mut seen) = (Tally::default(), FxHashSet::default());
    for id in rows.flat_map(Row::cells).filter_map(|(_, cell)| cell.text_id()) {
        if seen.insert(id) {
            tally.take(texts.get(id));
        }
    }
    tally
}

/// The columns whose values below the header are not Unicode, decided by all of their texts.
///
/// `top` is the encoding of the header, which a column of numbers or of words without marks shares.
pub(crate) fn encodings(sheet: &Sheet, texts: &TextArena, header_last: u32, top: TextEncoding) -> Encodings {
    let below = || sheet.table.rows().filter(|row| row.number > header_last);
    let step = (sheet.table.row_count() / SAMPLE).max(1);
    if top == TextEncoding::Unicode && !tally_of_rows(below().step_by(step), texts).has_proof() {
        return Encodings::default();
    }
    let mut columns: FxHashMap<u16, Tally> = FxHashMap::default();
    let mut seen: FxHashSet<(u16, u32)> = FxHashSet::default();
    for (column, cell) in below().flat_map(Row::cells) {
        let tally = columns.entry(column).or_default();
        if let Some(id) = cell.text_id().filter(|id| seen.insert((column, *id))) {
            tally.take(texts.get(id));
        }
    }
    let mut whole = tally_of_rows(sheet.table.rows().take_while(|row| row.number <= header_last), texts);
    let values_unicode: [u32; 3] = std::array::from_fn(|at| columns.values().map(|tally| tally.counts(at).1).sum());
    let values_legacy: [u32; 3] = std::array::from_fn(|at| columns.values().map(|tally| tally.counts(at).0).sum());
    for (count, values) in whole.legacy.iter_mut().zip(values_legacy) {
        *count += values;
    }
    let decide = |tally: &Tally| {
        let best = if tally.has_proof() { tally.best() } else { whole.best() };
        let encoding = TextEncoding::LEGACY.get(best).copied().unwrap_or_default();
        let (legacy, unicode, open) = tally.counts(best);
        let (in_values, against) = (values_legacy.get(best).copied().unwrap_or(0), values_unicode.get(best).copied().unwrap_or(0));
        let is_legacy = if whole.counts(best).0 < LEAST_PROOFS {
            false
        } else if legacy > 0 {
            legacy * MIXED_SHARE >= unicode
        } else if unicode > 0 {
            false
        } else {
            // Nothing in the column tells: it goes with the sheet.
            in_values > against || in_values == against && open == 0 && encoding == top
        };
        if is_legacy { encoding } else { TextEncoding::Unicode }
    };
    columns.iter().map(|(column, tally)| (*column, decide(tally))).filter(|(_, encoding)| *encoding != TextEncoding::Unicode).collect()
}

/// The sheet as its mapping reads it; none where every column is Unicode.
pub(crate) fn by_mapping(sheet: &Sheet, texts: &TextArena, mapping: &SheetMapping) -> Option<Recoded> {
    let legacy = mapping.columns.iter().filter(|column| column.text != TextEncoding::Unicode);
    let encodings: Encodings = legacy.map(|column| (column.column, column.text)).collect();
    (!encodings.is_empty()).then(|| recode(sheet, texts, &|_, column| encodings.get(&column).copied().unwrap_or_default()))
}

/// The first rows of a sheet, decoded: all that headings and their neighbours are told by.
pub(crate) fn recode_top(sheet: &Sheet, texts: &TextArena, rows: usize, encoding_of: &dyn Fn(u32, u16) -> TextEncoding) -> Recoded {
    let mut table = Table::default();
    for row in sheet.table.rows().take(rows) {
        row.cells().for_each(|(column, cell)| table.push(row.number, column, cell));
    }
    recode(&with_table(sheet, table), texts, encoding_of)
}

/// Decodes the cells of a sheet; `encoding_of` says it for a row (as Excel numbers it) and a column.
///
/// A column may be mixed, so every cell is judged. One that may be either goes with the rest of its row, else with the rows above.
pub(crate) fn recode(sheet: &Sheet, texts: &TextArena, encoding_of: &dyn Fn(u32, u16) -> TextEncoding) -> Recoded {
    let mut recoder = Recoder { texts, out: TextArena::default(), kept: FxHashMap::default(), decoded: FxHashMap::default() };
    let mut table = Table::default();
    let mut changed = 0;
    let mut is_legacy = true;
    for row in sheet.table.rows() {
        let mut votes = [0u32; 2];
        for (column, cell) in row.cells() {
            let encoding = encoding_of(row.number, column);
            if let Some(id) = cell.text_id().filter(|_| encoding != TextEncoding::Unicode) {
                let judgement = recoder.decoded(id, encoding).0;
                votes[0] += u32::from(judgement == Judgement::Legacy);
                votes[1] += u32::from(judgement == Judgement::Unicode);
            }
        }
        match (votes[0] > 0, votes[1] > 0) {
            (true, false) => is_legacy = true,
            (false, true) => is_legacy = false,
            _ => {}
        }
        for (column, cell) in row.cells() {
            let Some(id) = cell.text_id() else {
                table.push(row.number, column, recoder.keep_error(cell));
                continue;
            };
            let encoding = encoding_of(row.number, column);
            let (judgement, decoded) =
                if encoding == TextEncoding::Unicode { (Judgement::Unicode, 0) } else { recoder.decoded(id, encoding) };
            let is_decoded = judgement == Judgement::Legacy || judgement == Judgement::Open && is_legacy;
            let kept = recoder.keep(id);
            let new = if is_decoded { decoded } else { kept };
            changed += u32::from(recoder.out.get(new) != recoder.out.get(kept));
            table.push(row.number, column, Cell::text(new));
        }
    }
    Recoded { sheet: with_table(sheet, table), texts: recoder.out, changed }
}

/// The sheet with other cells.
fn with_table(sheet: &Sheet, table: Table) -> Sheet {
    let Sheet { name, is_hidden, merges, hidden_rows, unsaved_formulas, .. } = sheet;
    Sheet {
        name: name.clone(),
        is_hidden: *is_hidden,
        merges: merges.clone(),
        hidden_rows: *hidden_rows,
        unsaved_formulas: unsaved_formulas.clone(),
        table,
    }
}

/// A name of a sheet, decoded where it proves to be encoded as the sheet is.
pub(crate) fn decoded_name(name: &str, encodings: impl Iterator<Item = TextEncoding>) -> String {
    let mut proven = encodings.filter(|encoding| judge(name, *encoding) == Judgement::Legacy);
    proven.next().map_or_else(|| name.to_owned(), |encoding| decode(name, encoding).into_owned())
}

/// Texts by their old ids, each kept, judged and decoded once.
struct Recoder<'a> {
    texts: &'a TextArena,
    out: TextArena,
    kept: FxHashMap<u32, u32>,
    decoded: FxHashMap<(u32, TextEncoding), (Judgement, u32)>,
}

impl Recoder<'_> {
    fn keep(&mut self, id: u32) -> u32 {
        *self.kept.entry(id).or_insert_with(|| self.out.push(self.texts.get(id)))
    }

    fn decoded(&mut self, id: u32, encoding: TextEncoding) -> (Judgement, u32) {
        if let Some(known) = self.decoded.get(&(id, encoding)) {
            return *known;
        }
        let text = self.texts.get(id);
        let decoded = decode(text, encoding);
        let new = if decoded == text { self.keep(id) } else { self.out.push(&decoded) };
        let known = (judge(text, encoding), new);
        self.decoded.insert((id, encoding), known);
        known
    }

    /// A cell that is no text; the words of an error stand in the arena too.
    fn keep_error(&mut self, cell: Cell) -> Cell {
        match cell.value(self.texts) {
            CellValue::Error(words) => Cell::error(self.out.push(words)),
            _ => cell,
        }
    }
}
