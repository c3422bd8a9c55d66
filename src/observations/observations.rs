//! Everything that one replication counted.

use crate::estimate::{CoarseHistogram, FineHistogram};
use crate::model::{ChannelKind, Model, RowMap, Rows};
use crate::units::Span;

use super::{CaseTally, Count, Counts, GroupCounts, Journeys, Kind, PassageCounts};

/// What one queue counted.
#[derive(Clone, Debug)]
pub struct QueueObservations {
    /// By kind of stay, first contacts left out: they are what the rows hold beside the others, so
    /// most stays are counted once.
    pub(crate) later_kinds: [Counts; Kind::ALL.len()],
    /// By row; one more for what is not reported.
    pub rows: Vec<Counts>,
    /// By date, for horizons whose rows are weekdays' times of day (else empty); one more for what
    /// is not reported.
    pub days: Vec<Counts>,
    /// What is not counted by row.
    pub passages: PassageCounts,
    /// Times to the (first) response, where responses count.
    pub responses: FineHistogram,
    /// Deferred work that waits at the end of a row, by age band: the waiting times so far below
    /// each of the channel's ages, and the rest. By row; empty for other queues.
    pub backlog: Vec<Vec<u64>>,
    /// Waits above zero of the answered; who did not wait is in the counters only.
    pub answered: FineHistogram,
    /// Waits above zero of those who abandoned.
    pub abandoned: FineHistogram,
    /// Waits above zero of both, row by row.
    pub row_waits: Vec<CoarseHistogram>,
    /// The same by date, where dates are counted apart (see `days`).
    pub day_waits: Vec<CoarseHistogram>,
    /// Sum of squared waits of both, in square milliseconds.
    pub wait_squares: u128,
    /// Squared number waiting, integrated over the reported time (microseconds).
    pub waiting_squares: u128,
    /// The longest wait.
    pub longest: Span,
    /// Cases that opened here.
    pub cases: CaseTally,
}

impl QueueObservations {
    /// The counters of the reported stays of one kind. Cases and time integrals have no kind.
    #[must_use]
    pub fn kind(&self, kind: Kind) -> Counts {
        if kind != Kind::First {
            return self.later_kinds[kind as usize];
        }
        let mut first = Counts::default();
        // The last row is what is not reported.
        self.rows.iter().rev().skip(1).for_each(|row| first += row);
        for later in &self.later_kinds {
            first -= later;
        }
        for count in [
            Count::Cases,
            Count::Solved,
            Count::SolvedFirst,
            Count::Contained,
            Count::Lost,
            Count::Waiting,
            Count::Busy,
        ] {
            first[count] = 0;
        }
        first
    }
}

/// An agent's part of the reported time, microseconds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct AgentTimes {
    /// Logged in and not on a break.
    pub available: u64,
    /// Of it, with any work.
    pub worked: u64,
}

/// What one replication counted.
#[derive(Clone, Debug)]
pub struct Observations {
    /// By queue id.
    pub queues: Vec<QueueObservations>,
    /// By group id, then row (one more for what is not reported).
    pub groups: Vec<Vec<GroupCounts>>,
    /// By agent id.
    pub agents: Vec<AgentTimes>,
    /// What happened to cases.
    pub journeys: Journeys,
    /// Contacts and events that were played, for the speed that is printed.
    pub contacts: u64,
    /// Events that were played.
    pub events: u64,
}

impl Observations {
    /// Empty, in the shape of a model.
    #[must_use]
    pub fn new(model: &Model) -> Observations {
        let RowMap { count, days, kind, .. } = model.rows;
        let days = if kind == Rows::Week { days + 1 } else { 0 };
        let queue = QueueObservations {
            passages: PassageCounts::default(),
            responses: FineHistogram::new(),
            backlog: Vec::new(),
            later_kinds: Default::default(),
            rows: vec![Counts::default(); count + 1],
            days: vec![Counts::default(); days],
            answered: FineHistogram::new(),
            abandoned: FineHistogram::new(),
            row_waits: vec![CoarseHistogram::new(); count + 1],
            day_waits: vec![CoarseHistogram::new(); days],
            wait_squares: 0,
            waiting_squares: 0,
            longest: Span::ZERO,
            cases: CaseTally::default(),
        };
        let mut queues = vec![queue; model.queues.len()];
        for (seen, queue) in queues.iter_mut().zip(&model.queues) {
            if queue.kind == ChannelKind::Deferred {
                let bands = model.channels[queue.channel.index()].age_bands.len() + 1;
                seen.backlog = vec![vec![0; bands]; count + 1];
            }
        }
        Observations {
            journeys: Journeys::default(),
            queues,
            groups: vec![vec![GroupCounts::default(); count + 1]; model.groups.len()],
            agents: vec![AgentTimes::default(); model.agents.len()],
            contacts: 0,
            events: 0,
        }
    }

    /// Empties it for the next replication, keeping its memory.
    pub fn clear(&mut self) {
        for queue in &mut self.queues {
            queue.later_kinds = Default::default();
            queue.rows.fill(Counts::default());
            queue.days.fill(Counts::default());
            queue.passages = PassageCounts::default();
            queue.responses.clear();
            queue.backlog.iter_mut().for_each(|bands| bands.fill(0));
            queue.answered.clear();
            queue.abandoned.clear();
            queue.row_waits.iter_mut().for_each(CoarseHistogram::clear);
            queue.day_waits.iter_mut().for_each(CoarseHistogram::clear);
            (queue.wait_squares, queue.waiting_squares, queue.longest) = (0, 0, Span::ZERO);
            queue.cases.clear();
        }
        for rows in &mut self.groups {
            rows.fill(GroupCounts::default());
        }
        self.agents.fill(AgentTimes::default());
        self.journeys.clear();
        (self.contacts, self.events) = (0, 0);
    }
}
