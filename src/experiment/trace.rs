//! How the first replication went: queues as they grew and shrank, which no mean shows.

use crate::engine::{CaseEvent, Recorder, WorkEvent};
use crate::figures::{Results, Trace};
use crate::model::{Model, Rows};
use crate::routing::RulePolicy;
use crate::state::{Case, CaseId, PlaceId, State};
use crate::units::{AgentId, Instant, Span};

use super::failure::Failure;
use super::run::Experiment;

/// With fewer replications, playing one of them once more would take too large a part of the time.
const FEWEST: u64 = 10;

/// More slots than these nobody can see.
const MOST_SLOTS: u64 = 2_100;

/// How long a slot may be, minutes: the shortest is taken that is long enough.
const MINUTES: [u64; 9] = [1, 2, 5, 10, 15, 30, 60, 120, 240];

/// The most that waited, queue by queue and slot by slot.
struct Longest<'m> {
    model: &'m Model,
    slot: Span,
    queues: Vec<Vec<u32>>,
}

impl Recorder for Longest<'_> {
    fn case(&mut self, _at: Instant, _id: CaseId, _case: &Case, _what: CaseEvent) {}

    fn work(&mut self, _at: Instant, _agent: AgentId, _place: PlaceId, _what: WorkEvent) {}

    fn stood(&mut self, from: Instant, until: Instant, state: &State) {
        let rows = &self.model.rows;
        let (from, until) = (from.max(rows.from), until.min(rows.to));
        if until <= from {
            return;
        }
        let slot = |at: u64| (at / self.slot.micros()) as usize;
        let (first, last) = (slot(from.since(rows.from).micros()), slot(until.since(rows.from).micros() - 1));
        for (most, queue) in self.queues.iter_mut().zip(&self.model.queue_order) {
            let waiting = state.queue(*queue).waiting.len();
            most[first..=last].iter_mut().for_each(|most| *most = waiting.max(*most));
        }
    }
}

impl Experiment<'_> {
    /// Adds to the results how the first replication went, by playing it once more under the scenario's own rules: where there are at
    /// least ten replications, and the time is short enough to be seen in steps of hours.
    ///
    /// # Errors
    /// When the queues grow without end.
    pub fn add_trace(&self, results: &mut Results) -> Result<(), Failure> {
        let model = self.model();
        let length = model.rows.to.since(model.rows.from);
        let slots = |slot: Span| length.micros().div_ceil(slot.micros());
        let lengths = MINUTES.iter().map(|minutes| Span::from_micros(minutes * 60_000_000));
        let slot = lengths.into_iter().find(|slot| slots(*slot) <= MOST_SLOTS);
        let (Some(slot), true) = (slot, results.replications >= FEWEST && model.rows.kind != Rows::Week)
        else {
            return Ok(());
        };
        let queues = vec![vec![0; slots(slot) as usize]; model.queue_order.len()];
        let mut longest = Longest { model, slot, queues };
        self.record(0, &mut RulePolicy::new(model), &mut longest).map_err(Failure::Unstable)?;
        results.trace = Some(Trace { slot, queues: longest.queues });
        Ok(())
    }
}
