//! A row for every stay of every contact: what the figures of queues and cases are counted from.

use crate::engine::{CaseEvent, Recorder, WorkEvent};
use crate::observations::{Kind, LossReason};
use crate::state::{Case, CaseId, PlaceId, Role};
use crate::units::{AgentId, Instant, QueueId, Span};
use crate::vocabulary::words;

words! {
    /// What became of a stay, a session in self-service, or an attempt that was refused.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum StayResult {
        /// An agent took it up.
        Answered = "answered",
        /// The customer abandoned.
        Abandoned = "abandoned",
        /// It left for another queue.
        Overflowed = "overflowed",
        /// The customer hung up, to be called back.
        CalledBack = "called_back",
        /// It was sent away at closing time.
        ClosedOut = "closed_out",
        /// It waited when the play ended.
        StillWaiting = "still_waiting",
        /// The busy signal; no stay.
        Blocked = "blocked",
        /// The queue was closed; no stay.
        TurnedAway = "turned_away",
        /// Self-service helped.
        Contained = "contained",
        /// Self-service seemed to help.
        FalselyContained = "falsely_contained",
        /// The customer broke off in self-service.
        HungUp = "hung_up",
        /// Self-service passed the customer on to a queue.
        PassedOn = "passed_on",
        /// The customer was in self-service when the play ended.
        InSelfService = "in_self_service",
        /// The customer did not answer the centre's call.
        NotReached = "not_reached",
        /// A follow-up that was no longer needed.
        Needless = "needless",
        /// An agent took up a chat whose customer had left without a word.
        NobodyThere = "nobody_there",
    }
}

/// How a case ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// By an agent, by the first contact that was answered.
    SolvedFirst,
    /// By an agent, later.
    Solved,
    /// By a follow-up.
    SolvedByFollowUp,
    /// In self-service.
    Contained,
    /// The customer was lost.
    Lost(LossReason),
    /// Open when the play ended.
    Open,
}

/// One row.
#[derive(Clone, Debug, PartialEq)]
pub struct ContactRow {
    /// The number of the case, from 1, in the order in which cases opened.
    pub case: u32,
    /// What the row is about; what a customer left behind by writing again is a `Duplicate`.
    pub record: Role,
    /// The number of the customer's attempt, from 1; of a follow-up the centre's.
    pub contact: u16,
    /// What it is to its case.
    pub kind: Kind,
    /// Where.
    pub queue: QueueId,
    /// Where the case opened.
    pub opened_in: QueueId,
    /// When the case opened.
    pub opened: Instant,
    /// When the customer got in touch.
    pub arrived: Instant,
    /// When this stay began.
    pub entered: Instant,
    /// What became of it; `None` while it waits.
    pub result: Option<StayResult>,
    /// When that was.
    pub left: Option<Instant>,
    /// The wait that is counted, of answered and abandoned ones: an overflow does not restart it.
    pub wait: Option<Span>,
    /// Whether it found no agent with room.
    pub delayed: bool,
    /// Gave up without a word.
    pub silently: bool,
    /// Who took it up, or called.
    pub agent: Option<AgentId>,
    /// Finished pieces of service.
    pub legs: u16,
    /// Talk time, held time included.
    pub talk: Span,
    /// Of it, staying with the customer while another agent was sought or told, or talked.
    pub hold: Span,
    /// Wrap-up time.
    pub wrap_up: Span,
    /// When the agent was free of it.
    pub freed: Option<Instant>,
    /// Where it was passed on to or overflowed to.
    pub to: Option<QueueId>,
    /// When it got its (first) response, and whether in the target's time: where responses count.
    pub responded: Option<(Instant, bool)>,
    /// When the customer gets in touch again, if that is so.
    pub returns: Option<Instant>,
    /// Where that will be.
    pub returns_to: Option<QueueId>,
    /// How the case ended, in its last row; and when.
    pub ending: Option<(Ending, Instant)>,
}

/// Writes down every stay of a replication.
#[derive(Clone, Debug, Default)]
pub struct ContactLog {
    rows: Vec<ContactRow>,
    cases: u32,
    slots: Vec<Slot>,
    /// By place: the row that the work there belongs to.
    works: Vec<Option<usize>>,
}

/// Who has a slot among the cases.
#[derive(Clone, Copy, Debug)]
struct Slot {
    number: u32,
    arrived: Instant,
    row: Option<usize>,
}

impl ContactLog {
    /// All rows, in the order in which they began.
    #[must_use]
    pub fn rows(&self) -> &[ContactRow] {
        &self.rows
    }

    fn slot(&mut self, id: CaseId) -> &mut Slot {
        let index = id.0 as usize;
        if index >= self.slots.len() {
            self.slots.resize(index + 1, Slot { number: 0, arrived: Instant::START, row: None });
        }
        &mut self.slots[index]
    }

    fn row(&mut self, id: CaseId) -> Option<&mut ContactRow> {
        let row = self.slot(id).row?;
        self.rows.get_mut(row)
    }

    fn begin(&mut self, at: Instant, id: CaseId, case: &Case, result: Option<StayResult>) {
        // Self-service that leads on to a queue.
        if let Some(session) = self.row(id).filter(|row| row.result == Some(StayResult::InSelfService)) {
            (session.result, session.left) = (Some(StayResult::PassedOn), Some(at));
        }
        let row = self.rows.len();
        let slot = self.slot(id);
        slot.row = Some(row);
        let Slot { number, arrived, .. } = *slot;
        self.rows.push(ContactRow {
            case: number,
            record: if case.role == Role::Stock { Role::Case } else { case.role },
            contact: case.contact.saturating_add(1),
            kind: case.kind,
            queue: case.queue,
            opened_in: case.opening_queue,
            opened: case.opened,
            arrived,
            entered: at,
            result,
            left: result.filter(|result| *result != StayResult::InSelfService).map(|_| at),
            wait: None,
            delayed: false,
            silently: false,
            agent: None,
            legs: 0,
            talk: Span::ZERO,
            hold: Span::ZERO,
            wrap_up: Span::ZERO,
            freed: None,
            to: None,
            responded: None,
            returns: None,
            returns_to: None,
            ending: None,
        });
    }

    fn end(&mut self, at: Instant, id: CaseId, result: StayResult) -> Option<&mut ContactRow> {
        let row = self.row(id)?;
        (row.result, row.left) = (Some(result), Some(at));
        Some(row)
    }

    fn conclude(&mut self, at: Instant, id: CaseId, ending: Ending) {
        if let Some(row) = self.row(id) {
            row.ending = Some((ending, at));
        }
    }
}

impl Recorder for ContactLog {
    fn case(&mut self, at: Instant, id: CaseId, case: &Case, what: CaseEvent) {
        match what {
            CaseEvent::Opens { about } => {
                let number = match about {
                    Some(about) => self.slot(about).number,
                    None => {
                        self.cases += 1;
                        self.cases
                    }
                };
                *self.slot(id) = Slot { number, arrived: at, row: None };
            }
            CaseEvent::GetsInTouch => {
                let slot = self.slot(id);
                (slot.arrived, slot.row) = (at, None);
            }
            CaseEvent::Enters => self.begin(at, id, case, None),
            CaseEvent::BeginsSelfService => self.begin(at, id, case, Some(StayResult::InSelfService)),
            CaseEvent::Blocked => self.begin(at, id, case, Some(StayResult::Blocked)),
            CaseEvent::TurnedAway => self.begin(at, id, case, Some(StayResult::TurnedAway)),
            CaseEvent::Needless => self.begin(at, id, case, Some(StayResult::Needless)),
            CaseEvent::NotReached { agent } => {
                if case.role == Role::Case {
                    self.begin(at, id, case, None);
                }
                if let Some(row) = self.end(at, id, StayResult::NotReached) {
                    row.agent = Some(agent);
                }
            }
            CaseEvent::Waits => {
                if let Some(row) = self.row(id).filter(|row| row.result.is_none()) {
                    row.delayed = true;
                }
            }
            CaseEvent::Answered { agent, wait, delayed } => {
                if let Some(row) = self.end(at, id, StayResult::Answered) {
                    (row.agent, row.wait, row.delayed) = (Some(agent), Some(wait), delayed);
                }
            }
            CaseEvent::Abandons { wait, silently } => {
                if let Some(row) = self.end(at, id, StayResult::Abandoned) {
                    (row.wait, row.delayed, row.silently) = (Some(wait), true, silently);
                }
            }
            CaseEvent::Overflows { to } => {
                if let Some(row) = self.end(at, id, StayResult::Overflowed) {
                    row.to = Some(to);
                }
            }
            CaseEvent::AcceptsCallback => drop(self.end(at, id, StayResult::CalledBack)),
            CaseEvent::ClosedOut => {
                if let Some(row) = self.end(at, id, StayResult::ClosedOut) {
                    row.delayed = case.delayed;
                }
            }
            CaseEvent::BrokenOff => {
                if let Some(row) = self.row(id) {
                    row.legs += 1;
                }
            }
            CaseEvent::StillWaits => {
                if let Some(row) = self.row(id) {
                    (row.result, row.delayed) = (Some(StayResult::StillWaiting), true);
                }
            }
            CaseEvent::LeavesBehind { left } => {
                *self.slot(left) = *self.slot(id);
                if let Some(row) = self.row(left) {
                    row.record = Role::Duplicate;
                }
                self.slot(id).row = None;
            }
            CaseEvent::FallsBack { to } => {
                self.slot(id).row = self.slot(to).row;
                if let Some(row) = self.row(id) {
                    row.record = Role::Case;
                }
            }
            CaseEvent::Responded { within } => {
                if let Some(row) = self.row(id) {
                    row.responded = Some((at, within));
                }
            }
            CaseEvent::WillReturn { at, to, .. } => {
                if let Some(row) = self.row(id) {
                    (row.returns, row.returns_to) = (Some(at), Some(to));
                }
            }
            CaseEvent::Contained => {
                self.end(at, id, StayResult::Contained);
                self.conclude(at, id, Ending::Contained);
            }
            CaseEvent::FalselyContained => drop(self.end(at, id, StayResult::FalselyContained)),
            CaseEvent::HangsUp => drop(self.end(at, id, StayResult::HungUp)),
            CaseEvent::Solved { first: true, .. } => self.conclude(at, id, Ending::SolvedFirst),
            CaseEvent::Solved { later: true, .. } => self.conclude(at, id, Ending::SolvedByFollowUp),
            CaseEvent::Solved { .. } => self.conclude(at, id, Ending::Solved),
            CaseEvent::Lost(why) => self.conclude(at, id, Ending::Lost(why)),
            CaseEvent::StaysOpen => self.conclude(at, id, Ending::Open),
        }
        if case.role == Role::Ghost && matches!(what, CaseEvent::Opens { .. }) {
            self.begin(at, id, case, Some(StayResult::NobodyThere));
        }
    }

    fn work(&mut self, at: Instant, agent: AgentId, place: PlaceId, what: WorkEvent) {
        let place = place.0 as usize;
        if let WorkEvent::Begins { id } = what {
            let row = self.slot(id).row;
            if place >= self.works.len() {
                self.works.resize(place + 1, None);
            }
            self.works[place] = row;
            if let Some(row) = self.row(id) {
                row.agent = row.agent.or(Some(agent));
                if row.result == Some(StayResult::NobodyThere) {
                    row.left = Some(at);
                }
            }
            return;
        }
        let Some(row) = self.works.get(place).copied().flatten() else { return };
        let row = &mut self.rows[row];
        match what {
            WorkEvent::Begins { .. } | WorkEvent::Resumes => {}
            WorkEvent::Served { talk, wrap_up, passed_on } => {
                row.talk += talk;
                row.wrap_up += wrap_up;
                row.legs += 1;
                row.to = passed_on;
            }
            WorkEvent::Held { talk } => {
                row.talk += talk;
                row.hold += talk;
            }
            WorkEvent::Parked { talk } | WorkEvent::Suspended { talk } => row.talk += talk,
            WorkEvent::Ends => {
                row.freed = Some(at);
                self.works[place] = None;
            }
        }
    }
}
