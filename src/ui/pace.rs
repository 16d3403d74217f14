//! How far a work is and how long it will still take, in words.

use crate::pace::{Progress, Stage};
use crate::text::show_number;

/// Watches one work's progress.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Watch {
    /// What was said last.
    pub progress: Progress,
    stage_start_ms: f64,
    now_ms: f64,
}

impl Watch {
    /// A work that has just begun.
    pub fn start(stage: Stage, now_ms: f64) -> Watch {
        Watch { progress: Progress { stage, done: 0, total: 0 }, stage_start_ms: now_ms, now_ms }
    }

    /// The work has come this far.
    pub fn advance(&mut self, progress: Progress, now_ms: f64) {
        if progress.stage != self.progress.stage {
            self.stage_start_ms = now_ms;
        }
        (self.progress, self.now_ms) = (progress, now_ms);
    }

    /// 0 to 100.
    pub fn percent(&self) -> u32 {
        let Progress { done, total, .. } = self.progress;
        if total == 0 { 0 } else { (u64::from(done.min(total)) * 100 / u64::from(total)) as u32 }
    }

    /// `Đang ghép người · 12.288/18.400 · còn khoảng 3 giây`.
    pub fn words(&self) -> String {
        let Progress { stage, done, total } = self.progress;
        let mut words = stage.label().to_owned();
        if total > 0 {
            words.push_str(&format!(" · {}/{}", show_number(i64::from(done)), show_number(i64::from(total))));
        }
        if let Some(left) = self.time_left() {
            words.push_str(" · ");
            words.push_str(&left);
        }
        words
    }

    /// Time left of this stage at its pace so far; none before the pace can be told.
    fn time_left(&self) -> Option<String> {
        let Progress { done, total, .. } = self.progress;
        let spent = self.now_ms - self.stage_start_ms;
        if spent < 500.0 || done == 0 || total <= done {
            return None;
        }
        let seconds = (spent / f64::from(done) * f64::from(total - done) / 1000.0).ceil() as u64;
        Some(if seconds < 90 { format!("còn khoảng {seconds} giây") } else { format!("còn khoảng {} phút", seconds.div_ceil(60)) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn says_stage_share_and_time_left() {
        let mut watch = Watch::start(Stage::Linking, 1_000.0);
        assert_eq!((watch.percent(), watch.words().as_str()), (0, "Đang ghép người"));
        watch.advance(Progress { stage: Stage::Linking, done: 1_000, total: 4_000 }, 2_000.0);
        assert_eq!((watch.percent(), watch.words().as_str()), (25, "Đang ghép người · 1.000/4.000 · còn khoảng 3 giây"));
        watch.advance(Progress { stage: Stage::Classifying, done: 1, total: 10 }, 2_100.0);
        assert_eq!(watch.words(), "Đang phân loại mũi tiêm · 1/10");
    }
}
