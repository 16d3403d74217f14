//! What an officer types freely, which a draft may keep only without the people of the lists: their names and numbers become `…`.

use super::Draft;
use crate::forms::personal::PersonalHit;
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::BTreeSet;

/// What stands for a name or number.
const HIDDEN: &str = "…";

/// A text without what was found in it.
///
/// ```
/// use ra_soat::draft::hide;
/// assert_eq!(hide("Ông Lý Thị An, 0912 345 678", &["Lý Thị An", "0912 345 678"]), "Ông …, …");
/// ```
pub fn hide(text: &str, found: &[&str]) -> String {
    let mut longest_first = found.to_vec();
    longest_first.sort_by_key(|found| std::cmp::Reverse(found.len()));
    longest_first.into_iter().fold(text.to_owned(), |text, found| text.replace(found, HIDDEN))
}

/// The texts with what was found in each: `hits` name the text in their cell.
pub fn hide_hits(texts: &BTreeSet<String>, hits: &[PersonalHit]) -> Vec<(String, String)> {
    let found = |text: &String| -> Vec<&str> { hits.iter().filter(|hit| hit.cell == *text).map(|hit| hit.found.as_str()).collect() };
    texts.iter().map(|text| (text.clone(), hide(text, &found(text)))).collect()
}

/// Where a text stands: which field, of which row, of which of its parts.
type Place = (u8, String, u64);

impl Draft {
    /// The texts that were typed freely. The names of the two who sign are the officers' own and are none of them.
    pub fn typed_texts(&mut self) -> BTreeSet<String> {
        let mut texts = BTreeSet::new();
        self.change_texts(|_, text| {
            texts.insert(text.clone());
        });
        let words = self.quality.vaccines.keys().chain(self.quality.statuses.keys());
        texts.extend(words.cloned());
        texts
    }

    /// The draft as it may be kept: `kept` gives what becomes of a text; where that is not known yet, what was kept there `before` stands.
    /// Words of the lists that were given a meaning are left out where anything of them would be hidden.
    pub fn with_texts(mut self, kept: impl Fn(&str) -> Option<String>, before: &Draft) -> Draft {
        let mut unknown = Vec::new();
        self.change_texts(|place, text| match kept(text) {
            Some(kept) => *text = kept,
            None => {
                unknown.push(place());
                text.clear();
            }
        });
        if !unknown.is_empty() {
            let mut old: FxHashMap<Place, String> = FxHashMap::default();
            before.clone().change_texts(|place, text| {
                old.insert(place(), text.clone());
            });
            let unknown: FxHashSet<Place> = unknown.into_iter().collect();
            self.each_text(|place, text| {
                if text.is_empty()
                    && unknown.contains(&place())
                    && let Some(old) = old.remove(&place())
                {
                    *text = old;
                }
            });
        }
        self.quality.vaccines.retain(|word, _| match kept(word) {
            Some(kept) => kept == *word,
            None => before.quality.vaccines.contains_key(word),
        });
        self.quality.statuses.retain(|word, _| match kept(word) {
            Some(kept) => kept == *word,
            None => before.quality.statuses.contains_key(word),
        });
        self
    }

    fn change_texts(&mut self, mut change: impl FnMut(&dyn Fn() -> Place, &mut String)) {
        self.each_text(|place, text| {
            if !text.trim().is_empty() {
                change(place, text);
            }
        });
    }

    fn each_text(&mut self, mut see: impl FnMut(&dyn Fn() -> Place, &mut String)) {
        for (unit, row) in &mut self.inputs.rows {
            let mut at = |field: u8, part: u64, text: &mut String| see(&|| (field, unit.clone(), part), text);
            row.columns.iter_mut().for_each(|(column, figure)| at(0, *column as u64, &mut figure.reason));
            row.explanations.iter_mut().enumerate().for_each(|(part, (_, text))| at(1, part as u64, text));
            row.on_system.iter_mut().for_each(|figure| at(2, 0, &mut figure.reason));
            for (field, text) in (3..).zip([&mut row.review_result, &mut row.reason, &mut row.note]) {
                text.iter_mut().for_each(|text| at(field, 0, text));
            }
        }
        for (part, edited) in (0..).zip(&mut self.inputs.texts) {
            edited.iter_mut().for_each(|edited| see(&|| (6, String::new(), part), &mut edited.text));
        }
        self.inputs.other_group.iter_mut().for_each(|text| see(&|| (7, String::new(), 0), text));
        for (key, decision) in &mut self.decisions.doses {
            see(&|| (8, String::new(), key.0), &mut decision.reason);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{FormColumn, Product};
    use crate::figures::checks::CheckKind;
    use crate::forms::inputs::{EditedText, RowInputs, TypedFigure};
    use crate::reconcile::decision::{DoseDecision, DoseKey};

    /// A draft with another text in every place.
    fn full() -> Draft {
        let mut draft = Draft::default();
        let text = |what: &str| format!("{what} Lý Thị An");
        let figure = |what: &str| TypedFigure { value: 1, reason: text(what) };
        let row = RowInputs {
            columns: [(FormColumn::ALL[0], figure("cột"))].into(),
            explanations: [(CheckKind::Negative, text("giải thích"))].into(),
            on_system: Some(figure("o")),
            review_result: Some(text("q")),
            reason: Some(text("lý do")),
            note: Some(text("ghi chú")),
            ..RowInputs::default()
        };
        draft.inputs.rows.insert("Trạm".to_owned(), row);
        draft.inputs.texts[4] = Some(EditedText { text: text("II.5"), drafted: "Máy viết".to_owned() });
        draft.inputs.other_group = Some(text("khác"));
        draft.decisions.doses.insert(DoseKey(1), DoseDecision { reason: text("không nhập"), ..DoseDecision::default() });
        draft.quality.vaccines.insert(text("vắc xin"), Product::Pfizer);
        draft.quality.vaccines.insert("Phai do".to_owned(), Product::Pfizer);
        draft
    }

    #[test]
    fn every_typed_text_is_seen_and_hidden() {
        let mut draft = full();
        let texts = draft.typed_texts();
        assert_eq!(texts.len(), 11, "{texts:?}");
        let hits: Vec<PersonalHit> = texts
            .iter()
            .filter(|text| text.contains("Lý Thị An"))
            .map(|text| PersonalHit { cell: text.clone(), found: "Lý Thị An".to_owned(), is_number: false })
            .collect();
        let kept = hide_hits(&texts, &hits);
        let draft = draft.with_texts(|text| kept.iter().find(|(own, _)| own == text).map(|(_, kept)| kept.clone()), &Draft::default());
        let written = draft.encode().unwrap();
        assert!(!written.contains("Lý Thị An") && written.contains("II.5 …") && written.contains("Máy viết"), "{written}");
        assert_eq!(draft.quality.vaccines.keys().collect::<Vec<_>>(), ["Phai do"]);
    }

    #[test]
    fn what_has_not_been_looked_at_is_left_out_or_stays_as_it_was_kept_before() {
        let draft = full().with_texts(|_| None, &Draft::default());
        assert!(!draft.encode().unwrap().contains("Lý Thị An"));
        assert_eq!((draft.decisions.doses.len(), draft.inputs.rows.len()), (1, 1));
        assert_eq!(full().with_texts(|text| Some(text.to_owned()), &Draft::default()), full());

        let before = full().with_texts(|text| Some(text.replace("Lý Thị An", "…")), &Draft::default());
        let mut after = full();
        after.inputs.other_group = Some("mới".to_owned());
        after.inputs.texts[4] = None;
        let kept = after.with_texts(|text| (text == "mới").then(|| text.to_owned()), &before);
        assert_eq!(kept.inputs.other_group.as_deref(), Some("mới"));
        assert_eq!(kept.inputs.texts[4], None, "what was taken away does not come back");
        assert_eq!((&kept.inputs.rows, &kept.decisions, &kept.quality), (&before.inputs.rows, &before.decisions, &before.quality));
    }

    #[test]
    fn the_longer_of_two_that_overlap_goes_first() {
        assert_eq!(hide("Nguyễn Thị An Bình", &["Nguyễn Thị An", "Nguyễn Thị An Bình"]), "…");
    }
}
