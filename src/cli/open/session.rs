//! What the server and the player share: the question that the page asks, and the last picture.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use crate::figures::Results;
use crate::vocabulary::Position;

/// A question of the page: its number, and how its levers stand.
#[derive(Clone, Debug)]
pub(super) struct Question {
    pub(super) number: u64,
    pub(super) turns: Vec<(usize, Position)>,
}

/// What the page is shown: JSON, and a number that grows.
#[derive(Clone, Debug)]
pub(super) struct Shown {
    pub(super) version: u64,
    pub(super) json: Arc<str>,
}

#[derive(Default)]
struct State {
    question: Option<Question>,
    shown: Option<Shown>,
    /// The last question that was answered, and the settings that it came to.
    answered: Option<(u64, Vec<String>)>,
    /// The last question that was played to its end.
    played: Option<(u64, Played)>,
}

/// What a question came to, played to its end.
#[derive(Clone, Debug)]
pub(super) struct Played {
    pub(super) settings: Vec<String>,
    pub(super) results: Arc<Results>,
}

/// The shared part; the last question's number stands apart, as a play looks at it all the time.
#[derive(Default)]
pub(super) struct Session {
    state: Mutex<State>,
    changed: Condvar,
    last: AtomicU64,
}

impl Session {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Asks something else: the play of what was asked before ends. Gives the question's number.
    pub(super) fn ask(&self, turns: Vec<(usize, Position)>) -> u64 {
        let mut state = self.state();
        let number = self.last.load(Ordering::Relaxed) + 1;
        self.last.store(number, Ordering::Relaxed);
        state.question = Some(Question { number, turns });
        self.changed.notify_all();
        number
    }

    /// Whether something else was asked since.
    pub(super) fn is_past(&self, question: u64) -> bool {
        self.last.load(Ordering::Relaxed) != question
    }

    /// Takes the next question; `None` where none came within the time.
    pub(super) fn next(&self, within: Duration) -> Option<Question> {
        let state = self.state();
        let waited = self.changed.wait_timeout_while(state, within, |state| state.question.is_none());
        waited.unwrap_or_else(PoisonError::into_inner).0.question.take()
    }

    /// Shows an answer to a question; `json` is given the number that it has as a picture. What was asked before the
    /// last question is not shown any more.
    pub(super) fn show(&self, question: u64, settings: &[String], json: impl FnOnce(u64) -> String) {
        let mut state = self.state();
        if self.is_past(question) {
            return;
        }
        let version = state.shown.as_ref().map_or(1, |shown| shown.version + 1);
        state.shown = Some(Shown { version, json: json(version).into() });
        state.answered = Some((question, settings.to_owned()));
        self.changed.notify_all();
    }

    /// Keeps what a question came to.
    pub(super) fn keep(&self, question: u64, settings: &[String], results: &Results) {
        let played = Played { settings: settings.to_owned(), results: Arc::new(results.clone()) };
        self.state().played = Some((question, played));
    }

    /// What a question came to that is the last one played to its end.
    pub(super) fn played(&self, question: u64) -> Option<Played> {
        let state = self.state();
        let played = state.played.as_ref().filter(|played| played.0 == question)?;
        Some(played.1.clone())
    }

    /// The picture once it is another one than the one of this number; `None` where none came within the time.
    pub(super) fn picture(&self, after: u64, within: Duration) -> Option<Shown> {
        let until = Instant::now() + within;
        let mut state = self.state();
        loop {
            if let Some(shown) = state.shown.as_ref().filter(|shown| shown.version != after) {
                return Some(shown.clone());
            }
            let left = until.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return None;
            }
            state = self.changed.wait_timeout(state, left).unwrap_or_else(PoisonError::into_inner).0;
        }
    }

    /// The settings of a question that has an answer and is the last one.
    pub(super) fn settings(&self, question: u64) -> Option<Vec<String>> {
        let state = self.state();
        let answered = state.answered.as_ref().filter(|answered| answered.0 == question)?;
        Some(answered.1.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_asked_before_is_shown_no_more() {
        let session = Session::default();
        let first = session.ask(Vec::new());
        assert_eq!(session.next(Duration::ZERO).map(|question| question.number), Some(first));
        assert!(session.next(Duration::ZERO).is_none(), "it is taken once");
        session.show(first, &["a=1".to_owned()], |version| format!("{version}"));
        assert_eq!(session.settings(first), Some(vec!["a=1".to_owned()]));
        let shown = session.picture(0, Duration::ZERO).unwrap();
        assert_eq!((shown.version, &*shown.json), (1, "1"));
        assert!(session.picture(1, Duration::ZERO).is_none(), "nothing new");
        let second = session.ask(Vec::new());
        assert!(session.is_past(first) && !session.is_past(second));
        session.show(first, &[], |_| "late".to_owned());
        assert!(session.picture(1, Duration::ZERO).is_none(), "what comes late is dropped");
        assert_eq!(session.settings(second), None);
    }
}
