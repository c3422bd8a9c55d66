//! Everything that happens to contacts in a replication, in its order.

use crate::engine::{CaseEvent, Recorder, WorkEvent};
use crate::observations::Kind;
use crate::state::{Case, CaseId, PlaceId, Role};
use crate::units::{AgentId, Instant, QueueId};

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Happened {
    /// To a record among the cases.
    ToCase(CaseEvent),
    /// To the work of an agent.
    AtWork(WorkEvent),
}

/// About whom something is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct About {
    /// The number of the case, from 1, in the order in which cases opened.
    pub case: u32,
    /// What the record stands for.
    pub record: Role,
    /// The number of the customer's attempt, from 1; of a follow-up the centre's.
    pub contact: u16,
    /// What the stay is to its case.
    pub kind: Kind,
    /// The queue it is in.
    pub queue: QueueId,
}

/// One thing that happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LoggedEvent {
    /// When.
    pub at: Instant,
    /// To whom.
    pub about: About,
    /// The agent who has to do with it.
    pub agent: Option<AgentId>,
    /// What.
    pub what: Happened,
}

/// Writes down all events of a replication.
#[derive(Clone, Debug, Default)]
pub struct EventLog {
    events: Vec<LoggedEvent>,
    cases: u32,
    /// By slot among the cases: the number of the case.
    slots: Vec<u32>,
    /// By place: whom the work there is about.
    works: Vec<Option<About>>,
    /// By slot: the last that was told of who is there.
    last: Vec<Option<About>>,
}

impl EventLog {
    /// All events, in their order.
    #[must_use]
    pub fn events(&self) -> &[LoggedEvent] {
        &self.events
    }

    fn number(&mut self, id: CaseId) -> &mut u32 {
        let index = id.0 as usize;
        if index >= self.slots.len() {
            self.slots.resize(index + 1, 0);
            self.last.resize(index + 1, None);
        }
        &mut self.slots[index]
    }
}

impl Recorder for EventLog {
    fn case(&mut self, at: Instant, id: CaseId, case: &Case, what: CaseEvent) {
        match what {
            CaseEvent::Opens { about } => {
                *self.number(id) = match about {
                    Some(about) => *self.number(about),
                    None => {
                        self.cases += 1;
                        self.cases
                    }
                };
            }
            CaseEvent::LeavesBehind { left } => *self.number(left) = *self.number(id),
            _ => {}
        }
        let about = About {
            case: *self.number(id),
            record: if case.role == Role::Stock { Role::Case } else { case.role },
            contact: case.contact.saturating_add(1),
            kind: case.kind,
            queue: case.queue,
        };
        self.last[id.0 as usize] = Some(about);
        let agent = match what {
            CaseEvent::Answered { agent, .. } | CaseEvent::NotReached { agent } => Some(agent),
            _ => None,
        };
        self.events.push(LoggedEvent { at, about, agent, what: Happened::ToCase(what) });
    }

    fn work(&mut self, at: Instant, agent: AgentId, place: PlaceId, what: WorkEvent) {
        let place = place.0 as usize;
        if let WorkEvent::Begins { id } = what {
            self.number(id);
            if place >= self.works.len() {
                self.works.resize(place + 1, None);
            }
            self.works[place] = self.last[id.0 as usize];
        }
        let Some(about) = self.works.get(place).copied().flatten() else { return };
        self.events.push(LoggedEvent { at, about, agent: Some(agent), what: Happened::AtWork(what) });
    }
}
