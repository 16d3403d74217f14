//! How long a worker that has work has said nothing.

/// Time between two looks at the workers, ms.
pub const TICK_MS: f64 = 1_000.0;
/// Silence after which the officer is asked, ms (spec §11).
pub const LONG_MS: f64 = 10_000.0;

/// The silence of one worker, counted look by look.
///
/// A look that comes late counts as one that came in time: the machine slept, or the page itself was held up, and the worker could not
/// have been heard meanwhile.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Silence {
    silent_ms: f64,
    looked_ms: Option<f64>,
}

impl Silence {
    /// The worker gave a sign of life, or the officer waits on.
    pub fn broken(&mut self) {
        self.silent_ms = 0.0;
    }

    /// Looks at the worker; `now_ms` is the page's clock.
    pub fn look(&mut self, now_ms: f64) {
        let since = self.looked_ms.map_or(0.0, |looked| (now_ms - looked).clamp(0.0, 2.0 * TICK_MS));
        (self.silent_ms, self.looked_ms) = (self.silent_ms + since, Some(now_ms));
    }

    /// Whether it is long enough to ask.
    pub fn is_long(&self) -> bool {
        self.silent_ms >= LONG_MS
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn looked_at(times: impl IntoIterator<Item = f64>) -> Silence {
        let mut silence = Silence::default();
        times.into_iter().for_each(|time| silence.look(time));
        silence
    }

    #[test]
    fn ten_seconds_are_long_and_a_sign_of_life_begins_anew() {
        let mut silence = looked_at((0..10).map(|second| f64::from(second) * TICK_MS));
        assert!(!silence.is_long());
        silence.look(10_000.0);
        assert!(silence.is_long());
        silence.broken();
        assert!(!silence.is_long());
        (11..20).for_each(|second| silence.look(f64::from(second) * TICK_MS));
        assert!(!silence.is_long());
        silence.look(20_000.0);
        assert!(silence.is_long());
    }

    #[test]
    fn a_machine_that_slept_did_not_listen() {
        let silence = looked_at([0.0, 1_000.0, 3_600_000.0, 3_601_000.0]);
        assert!(!silence.is_long(), "{silence:?}");
        // A clock set back takes nothing away.
        assert_eq!(looked_at([5_000.0, 0.0, 1_000.0]), Silence { silent_ms: 1_000.0, looked_ms: Some(1_000.0) });
    }
}
