//! The review of `Cần xem xét` on the page: which pair is shown, answers, a second person's blind answers.

use super::state::{FileCard, Session};
use crate::browser;
use crate::domain::source::SheetKind;
use crate::domain::{Decision, FileId};
use crate::reconcile::answers_in::AnswersRead;
use crate::reconcile::decision::PairKey;
use crate::reconcile::review::{Nearest, Overview, PairDetail};
use crate::text::show_number;
use crate::worker::protocol::{DoseRow, FromEngine, JobError, ReviewAnswer, ReviewAsk, ToEngine};
use leptos::prelude::*;
use std::collections::BTreeMap;
use std::sync::Arc;
use wasm_bindgen_futures::spawn_local;

/// Pairs of a pattern shown as a sample.
const SAMPLE: usize = 5;

/// What the review shows.
#[derive(Clone, Copy)]
pub(crate) struct Reviewing {
    pub(crate) is_open: RwSignal<bool>,
    pub(crate) overview: RwSignal<Option<Arc<Overview>>>,
    /// The pair that is shown.
    pub(crate) pair: RwSignal<Option<Arc<PairDetail>>>,
    /// The pair to show when the counting is done.
    pub(crate) wanted: RwSignal<Option<PairKey>>,
    /// The pattern whose pairs are shown, in words.
    pub(crate) pattern: RwSignal<Option<String>>,
    /// A few pairs of the pattern.
    pub(crate) samples: RwSignal<Vec<PairDetail>>,
    /// Whether a second person answers.
    pub(crate) is_blind: RwSignal<bool>,
    /// The second person's answers, in the order they were given.
    pub(crate) second: RwSignal<Vec<(PairKey, Decision)>>,
    /// Working lists whose answers were taken already.
    pub(crate) taken: StoredValue<Vec<FileId>>,
    /// `Vì sao?`: the dose that is asked about, and who comes near.
    pub(crate) nearest: RwSignal<Option<(DoseRow, Nearest)>>,
}

impl Reviewing {
    pub(crate) fn new() -> Reviewing {
        Reviewing {
            is_open: RwSignal::new(false),
            overview: RwSignal::new(None),
            pair: RwSignal::new(None),
            wanted: RwSignal::new(None),
            pattern: RwSignal::new(None),
            samples: RwSignal::new(Vec::new()),
            is_blind: RwSignal::new(false),
            second: RwSignal::new(Vec::new()),
            taken: StoredValue::new(Vec::new()),
            nearest: RwSignal::new(None),
        }
    }
}

impl Session {
    /// `Xem xét từng cặp`.
    pub(crate) fn open_review(self) {
        let running = self.status.begin("Đang mở các cặp cần xem xét");
        self.list_page.set(None);
        self.review.nearest.set(None);
        spawn_local(async move {
            self.refresh_review().await;
            self.review.is_open.set(true);
            browser::after_frame(|| browser::reveal("xem-xet"));
            drop(running);
        });
    }

    /// Closes the review; what was answered stays.
    pub(crate) fn close_review(self) {
        let review = self.review;
        review.is_open.set(false);
        review.overview.set(None);
        review.pair.set(None);
        review.wanted.set(None);
        review.pattern.set(None);
        review.samples.set(Vec::new());
        review.is_blind.set(false);
        review.nearest.set(None);
    }

    async fn ask_review(self, ask: ReviewAsk) -> Option<ReviewAnswer> {
        let job = self.next_job();
        match self.ask(ToEngine::Review { job, ask }, Vec::new(), |_| {}).await {
            Ok((FromEngine::Review { answer, .. }, _)) => Some(*answer),
            Err(JobError::Failed(why)) => {
                self.complain(why);
                None
            }
            _ => None,
        }
    }

    /// Fetches how the list stands, for the words beside a long one.
    pub(crate) async fn look_over_review(self) {
        if let Some(ReviewAnswer::Overview(overview)) = self.ask_review(ReviewAsk::Overview).await {
            self.review.overview.set(Some(Arc::new(overview)));
        }
    }

    async fn refresh_review(self) {
        self.look_over_review().await;
        let wanted = self.review.wanted.get_untracked();
        self.review.wanted.set(None);
        let next = self.review.overview.with_untracked(|overview| {
            let overview = overview.as_ref()?;
            if self.review.is_blind.get_untracked() {
                return self.next_blind(overview);
            }
            let pattern = self.review.pattern.get_untracked();
            wanted.filter(|key| overview.entry(*key).is_some()).or_else(|| overview.next(None, pattern.as_deref()))
        });
        self.fetch_pair(next).await;
    }

    /// After decisions were counted: the review, or the candidates of a dose, as they stand now.
    pub(super) async fn review_follows(self) {
        if self.review.is_open.get_untracked() {
            let pattern = self.review.pattern.get_untracked();
            let was_open = pattern.as_deref().is_some_and(|words| !self.open_of(words).is_empty());
            self.refresh_review().await;
            if was_open && pattern.is_some_and(|words| self.open_of(&words).is_empty()) {
                self.choose_pattern(None);
            }
        }
        if self.review.nearest.with_untracked(Option::is_some) {
            self.review.nearest.set(None);
        }
    }

    async fn fetch_pair(self, key: Option<PairKey>) {
        let found = match key {
            Some(key) => self.ask_review(ReviewAsk::Pair(key)).await,
            None => None,
        };
        let pair = if let Some(ReviewAnswer::Pair(pair)) = found { pair.map(|pair| Arc::new(*pair)) } else { None };
        self.review.pair.set(pair);
    }

    /// Shows a pair.
    pub(crate) fn show_pair(self, key: PairKey) {
        let running = self.status.begin("Đang mở cặp");
        spawn_local(async move {
            self.fetch_pair(Some(key)).await;
            drop(running);
        });
    }

    fn open_of(self, words: &str) -> Vec<PairKey> {
        self.review.overview.with_untracked(|overview| overview.as_ref().map(|overview| overview.open_of(words)).unwrap_or_default())
    }

    /// Shows the pairs of one pattern, with a sample; or of all.
    pub(crate) fn choose_pattern(self, words: Option<String>) {
        let running = self.status.begin("Đang mở các cặp");
        let keys: Vec<PairKey> = words.as_deref().map(|words| self.open_of(words)).unwrap_or_default();
        self.review.pattern.set(words.clone());
        spawn_local(async move {
            let mut samples = Vec::new();
            for key in keys.iter().take(SAMPLE) {
                if let Some(ReviewAnswer::Pair(Some(pair))) = self.ask_review(ReviewAsk::Pair(*key)).await {
                    samples.push(*pair);
                }
            }
            self.review.samples.set(samples);
            let next = self.review.overview.with_untracked(|overview| {
                let overview = overview.as_ref()?;
                // A pattern that is done is opened to look at what was answered.
                overview.next(None, words.as_deref()).or_else(|| overview.browse(None, Some(words.as_deref()?)))
            });
            self.fetch_pair(next).await;
            drop(running);
        });
    }

    /// The pair after the one that is shown.
    fn next_pair(self) -> Option<PairKey> {
        let current = self.review.pair.with_untracked(|pair| pair.as_ref().map(|pair| pair.key));
        let pattern = self.review.pattern.get_untracked();
        self.review.overview.with_untracked(|overview| {
            overview.as_ref().and_then(|overview| overview.next(current, pattern.as_deref())).filter(|next| Some(*next) != current)
        })
    }

    /// Goes on without an answer.
    pub(crate) fn skip_pair(self) {
        let current = self.review.pair.with_untracked(|pair| pair.as_ref().map(|pair| pair.key));
        let pattern = self.review.pattern.get_untracked();
        let browsed = || {
            self.review
                .overview
                .with_untracked(|overview| overview.as_ref().and_then(|overview| overview.browse(current, pattern.as_deref())))
        };
        if let Some(next) = self.next_pair().or_else(browsed) {
            self.show_pair(next);
        }
    }

    /// Answers about the pair that is shown.
    pub(crate) fn answer(self, decision: Decision) {
        let Some(pair) = self.review.pair.get_untracked() else { return };
        if self.review.is_blind.get_untracked() {
            self.review.second.update(|second| {
                second.retain(|(key, _)| *key != pair.key);
                second.push((pair.key, decision));
            });
            self.keep_blind();
            self.show_blind();
            return;
        }
        if pair.decision == Some(decision) {
            self.skip_pair();
            return;
        }
        let name = pair.fields.first().map(|field| field.values[0].clone()).unwrap_or_default();
        self.decide_pairs(&format!("“{}” cho cặp {name}", decision.label()), vec![(pair.key, Some(decision))], self.next_pair());
    }

    /// Answers about every open pair of a pattern, as one step.
    pub(crate) fn answer_pattern(self, words: &str, decision: Decision) {
        let keys = self.open_of(words);
        let what = format!("“{}” cho cả {} cặp", decision.label(), keys.len());
        self.decide_pairs(&what, keys.into_iter().map(|key| (key, Some(decision))).collect(), None);
    }

    /// Changes answers about pairs as one step, and counts again.
    pub(crate) fn decide_pairs(self, what: &str, wanted: Vec<(PairKey, Option<Decision>)>, next: Option<PairKey>) {
        let mut changed = false;
        self.history.update(|history| self.decisions.update(|decisions| changed = history.apply_pairs(decisions, what.to_owned(), wanted)));
        if changed {
            self.review.wanted.set(next);
            self.say(format!("Đã ghi: {what}."));
            self.count_again();
        }
    }

    /// Starts or ends `Chế độ mù`.
    pub(crate) fn set_blind(self, is_blind: bool) {
        self.review.is_blind.set(is_blind);
        self.notice.set(None);
        if is_blind {
            self.review.pattern.set(None);
            self.review
                .second
                .set(self.decisions.with_untracked(|decisions| decisions.second.iter().map(|(key, decision)| (*key, *decision)).collect()));
            self.show_blind();
        } else {
            self.choose_pattern(None);
        }
    }

    fn next_blind(self, overview: &Overview) -> Option<PairKey> {
        let answered: BTreeMap<PairKey, Decision> = self.review.second.get_untracked().into_iter().collect();
        overview.next_blind(|key| answered.contains_key(&key))
    }

    fn show_blind(self) {
        let next = self.review.overview.with_untracked(|overview| overview.as_ref().and_then(|overview| self.next_blind(overview)));
        match next {
            Some(key) => self.show_pair(key),
            None => self.review.pair.set(None),
        }
    }

    /// Takes the second person's last answer back.
    pub(crate) fn undo_blind(self) {
        if let Some((key, _)) = self.review.second.try_update(Vec::pop).flatten() {
            self.keep_blind();
            self.show_pair(key);
        }
    }

    /// The second person's answers go into the draft.
    fn keep_blind(self) {
        let second = self.review.second.get_untracked().into_iter().collect();
        self.decisions.update(|decisions| decisions.second = second);
    }

    /// Begins the second person's answers anew.
    pub(crate) fn clear_blind(self) {
        self.review.second.set(Vec::new());
        self.keep_blind();
        self.show_blind();
    }

    /// Takes the answers of every working list that was dropped, each file once and as one step; the cards say what was taken.
    pub(crate) fn take_answers(self) {
        if self.report.with_untracked(Option::is_none) {
            return;
        }
        let holds_answers = |card: &FileCard| {
            let is_list = |sheet: &crate::workbook::mapping::SheetReading| {
                sheet.mapping.as_ref().is_some_and(|mapping| mapping.kind == SheetKind::WorkingList)
            };
            card.sheets.read_untracked().iter().any(is_list)
        };
        for card in self.files.get_untracked() {
            if !holds_answers(&card) || self.review.taken.with_value(|taken| taken.contains(&card.id)) {
                continue;
            }
            self.review.taken.update_value(|taken| taken.push(card.id));
            let running = self.status.begin("Đang nhận quyết định");
            spawn_local(async move {
                if let Some(ReviewAnswer::Answers(read)) = self.ask_review(ReviewAsk::Answers(card.id)).await {
                    self.take(&card, read);
                }
                drop(running);
            });
        }
    }

    fn take(self, card: &FileCard, read: AnswersRead) {
        let number = |count: usize| show_number(count as i64);
        let known =
            |key: &PairKey, decision: &Decision| self.decisions.with_untracked(|decisions| decisions.pairs.get(key) == Some(decision));
        let new = read.pairs.iter().filter(|(key, decision)| !known(key, decision)).count();
        let (rows, pairs) = (number(read.rows as usize), number(read.pairs.len()));
        card.note(false, format!("{rows} dòng có “Quyết định”: nhận {pairs} cặp, trong đó {} cặp mới hoặc đổi.", number(new)));
        if !read.unknown_files.is_empty() {
            let names = read.unknown_files.join("”, “");
            card.note(true, format!("Danh sách này nói về tệp không có trong các tệp đang nạp (có thể đã đổi tên): “{names}”."));
        }
        if read.problem_count > 0 {
            let words: Vec<String> = read.problems.iter().map(|(sheet, row, why)| format!("{sheet}, dòng {row}: {why}")).collect();
            let more = read.problem_count as usize - words.len();
            let more = if more > 0 { format!("; và {} dòng khác", number(more)) } else { String::new() };
            card.note(true, format!("{} chỗ không nhận: {}{more}.", number(read.problem_count as usize), words.join("; ")));
        }
        let wanted = read.pairs.into_iter().map(|(key, decision)| (key, Some(decision))).collect();
        self.decide_pairs(&format!("{pairs} quyết định từ “{}”", card.name), wanted, None);
    }

    /// `Vì sao?` of a dose.
    pub(crate) fn ask_why(self, row: DoseRow) {
        let running = self.status.begin("Đang tìm người gần giống");
        spawn_local(async move {
            if let Some(ReviewAnswer::Nearest(found)) = self.ask_review(ReviewAsk::Nearest(row.item)).await {
                self.review.nearest.set(Some((row, found)));
                browser::after_frame(|| browser::reveal("vi-sao"));
            }
            drop(running);
        });
    }
}
