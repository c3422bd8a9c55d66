//! One case of one replication, told whole: what happened to it, and how each decision about it was made.

use crate::engine::{CaseEvent, Recorder, WorkEvent};
use crate::random::Key;
use crate::routing::{Choice, RulePolicy, Witness};
use crate::state::{Case, CaseId, PlaceId};
use crate::units::AgentId;
use crate::units::Instant;

use super::event_log::{EventLog, LoggedEvent};
use super::failure::Failure;
use super::run::Experiment;

/// One case.
#[derive(Clone, Debug, PartialEq)]
pub struct Story {
    /// Its number, from 1, in the order in which cases opened.
    pub case: u32,
    /// What happened, in its order.
    pub events: Vec<LoggedEvent>,
    /// The decisions about it, in their order.
    pub choices: Vec<Choice>,
}

/// Counts cases, and keeps the name of one.
struct Seek {
    wanted: u32,
    cases: u32,
    found: Option<Key>,
}

impl Recorder for Seek {
    fn case(&mut self, _at: Instant, _id: CaseId, case: &Case, what: CaseEvent) {
        if matches!(what, CaseEvent::Opens { about: None }) {
            self.cases += 1;
            if self.cases == self.wanted {
                self.found = Some(case.key);
            }
        }
    }

    fn work(&mut self, _at: Instant, _agent: AgentId, _place: PlaceId, _what: WorkEvent) {}
}

impl Experiment<'_> {
    /// The story of a case (from 1) of a replication (from 0). Where there is no such case: how many there are.
    ///
    /// # Errors
    /// When the queues grow without end.
    pub fn story(&self, replication: u64, case: u32) -> Result<Result<Story, u32>, Failure> {
        let rules = || RulePolicy::new(self.model());
        let mut seek = Seek { wanted: case, cases: 0, found: None };
        self.record(replication, &mut rules(), &mut seek)?;
        let Some(key) = seek.found else { return Ok(Err(seek.cases)) };
        let (mut witness, mut log) = (Witness::new(rules(), key), EventLog::default());
        self.record(replication, &mut witness, &mut log)?;
        let events = log.events().iter().filter(|event| event.about.case == case).copied().collect();
        Ok(Ok(Story { case, events, choices: witness.choices().to_vec() }))
    }
}
