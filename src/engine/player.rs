//! One play-through of the horizon: the clock.

use std::fmt;

use crate::model::{Model, Queue};
use crate::observations::Observations;
use crate::random::Key;
use crate::routing::Policy;
use crate::state::{CaseId, PlaceId, State, Whereabouts};
use crate::units::{AgentId, Instant, Span};
use crate::vocabulary::AtEnd;

use super::agenda::Agenda;
use super::departures::Departures;
use super::dialling::Dialling;
use super::event_list::{Entry, EventList};
use super::meters::Meters;
use super::paces::Paces;
use super::recorder::{CaseEvent, Recorder, WorkEvent};
use super::sources::Sources;
use super::timers::{Later, WaitEvent};
use super::tournament::Tournament;

/// More than this many waiting stops the play.
const MOST_WAITING: u32 = 1_000_000;

/// A drained horizon is given up after this long: nobody is coming any more.
const DRAIN_LIMIT: Span = Span::from_micros(7 * Span::DAY.micros());

/// The centre can't cope: the queues grow without end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unstable {
    /// Where most of them wait.
    pub queue: String,
    /// When it was found.
    pub at: Instant,
}

impl fmt::Display for Unstable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "more than a million contacts wait, most of them in `{}`: the load is more than the agents can ever serve",
            self.queue
        )
    }
}

impl std::error::Error for Unstable {}

/// When the next event of each kind is due.
#[derive(Clone, Copy)]
struct Due {
    /// A piece of work, or a break, ends.
    work: Instant,
    /// Something planned: staffing, opening, closing.
    plan: Instant,
    /// Something comes up for someone who waits.
    wait: Instant,
    /// A case opens.
    opening: Instant,
    /// Someone is heard of again.
    heard: Instant,
}

impl Due {
    #[inline(always)]
    fn first(self) -> Instant {
        self.work.min(self.plan).min(self.wait).min(self.heard.min(self.opening))
    }
}

/// Plays replications of one model; its memory is used again from one to the next.
///
/// `AUDIT` checks every conservation law at every event (and is slow). A [`Recorder`] hears of every contact.
///
/// ```
/// use holdline::engine::Player;
/// use holdline::model::Model;
/// use holdline::observations::Count;
/// use holdline::routing::RulePolicy;
/// use holdline::scenario::Scenario;
///
/// let text = r#"
///     horizon = { length = "8h", interval = "30m" }
///     channels.phone.kind = "voice"
///     [queues.sales]
///     channel  = "phone"
///     talk     = { mean = "3m" }
///     patience = { mean = "2m" }
///     arrivals.per_hour = 100
///     [groups.team]
///     skills = ["sales"]
///     staff  = 6
/// "#;
/// let loaded = Scenario::from_text("sales.toml", text, &[]).unwrap();
/// let model = Model::compile(&loaded.scenario);
/// let mut player: Player<RulePolicy> = Player::new(&model, RulePolicy::new(&model));
/// let counted = player.play(7, 0).unwrap();
/// let answered: u64 = counted.queues[0].rows.iter().map(|row| row[Count::Answered]).sum();
/// assert!(answered > 600);
/// ```
pub struct Player<'m, P, const AUDIT: bool = false, R = ()> {
    pub(super) model: &'m Model,
    pub(super) policy: P,
    pub(super) recorder: R,
    pub(super) state: State,
    pub(super) seen: Observations,
    pub(super) now: Instant,
    /// The name of this replication.
    pub(super) key: Key,
    pub(super) meters: Meters,
    /// Talks, wrap-ups and breaks: one timer an agent.
    pub(super) timers: Tournament,
    pub(super) agenda: Agenda,
    /// Patience, overflow and wake-up times of those who wait; stale entries are skipped.
    pub(super) waits: EventList<WaitEvent>,
    /// Cases that will be heard from again.
    pub(super) returns: EventList<Later>,
    pub(super) sources: Sources,
    pub(super) departures: Vec<Departures>,
    /// Who has come on duty at this instant and has not been offered work yet.
    pub(super) newcomers: Vec<AgentId>,
    pub(super) draining: bool,
    /// Self-service sessions.
    pub(super) sessions: u32,
    /// Contacts that were passed on and are not there yet.
    pub(super) under_way: u32,
    /// Parked conversations.
    pub(super) parked: u32,
    /// By queue: pieces of unlimited backlog so far, which name the next one's draws.
    pub(super) stocked: Vec<u64>,
    pub(super) has_dialers: bool,
    /// By queue: calls that ring.
    pub(super) dialling: Vec<Dialling>,
    /// Everyone does one thing at a time and nobody stays for a transfer.
    pub(super) is_simple: bool,
    pub(super) paces: Paces,
}

impl<'m, P: Policy, const AUDIT: bool> Player<'m, P, AUDIT> {
    /// A player of a model under a policy.
    #[must_use]
    pub fn new(model: &'m Model, policy: P) -> Self {
        Player::recorded(model, policy, ())
    }
}

impl<'m, P: Policy, const AUDIT: bool, R: Recorder> Player<'m, P, AUDIT, R> {
    /// A player of a model under a policy, which tells a recorder what happens.
    #[must_use]
    pub fn recorded(model: &'m Model, policy: P, recorder: R) -> Self {
        Player {
            model,
            policy,
            recorder,
            state: State::new(model),
            seen: Observations::new(model),
            now: Instant::START,
            key: Key::seed(0),
            meters: Meters::new(model),
            timers: Tournament::new(model.agents.len()),
            agenda: Agenda::default(),
            waits: EventList::default(),
            returns: EventList::default(),
            sources: Sources::new(model),
            departures: vec![Departures::default(); model.groups.len()],
            newcomers: Vec::new(),
            draining: false,
            sessions: 0,
            under_way: 0,
            parked: 0,
            stocked: vec![0; model.queues.len()],
            has_dialers: model.queues.iter().any(|queue| queue.dialer.is_some()),
            dialling: vec![Dialling::default(); model.queues.len()],
            is_simple: model.groups.iter().all(|group| group.places == 1)
                && !model.queues.iter().any(Queue::holds_agents),
            paces: Paces::new(model),
        }
    }

    /// Tells what happens to a record among the cases.
    #[inline(always)]
    pub(super) fn tell(&mut self, id: CaseId, what: CaseEvent) {
        if self.recorder.listens() {
            self.recorder.case(self.now, id, &self.state.cases[id], what);
        }
    }

    /// Tells what happens to the work at a place of an agent.
    #[inline(always)]
    pub(super) fn tell_of_work(&mut self, agent: AgentId, place: PlaceId, what: WorkEvent) {
        if self.recorder.listens() {
            self.recorder.work(self.now, agent, place, what);
        }
    }

    /// From now on plays under this policy. A policy that remembers must be a new one for each
    /// replication, or what is played would depend on what was played before.
    pub fn set_policy(&mut self, policy: P) {
        self.policy = policy;
    }

    /// Plays one replication and returns what it counted.
    ///
    /// # Errors
    /// When the queues grow without end.
    pub fn play(&mut self, seed: u64, replication: u64) -> Result<&Observations, Unstable> {
        self.restart(seed, replication);
        loop {
            let due = self.due();
            let next = due.first();
            if next >= self.meters.boundary {
                if self.meters.boundary >= self.model.end {
                    self.go_on_to(self.model.end);
                    self.turn_row();
                    break;
                }
                self.go_on_to(self.meters.boundary);
                self.turn_row();
                continue;
            }
            self.go_on_to(next);
            self.step(due);
            if self.state.waiting > MOST_WAITING {
                return Err(self.unstable());
            }
        }
        if self.model.at_end == AtEnd::Drain {
            self.drain()?;
        }
        self.close_books();
        Ok(&self.seen)
    }

    /// The clock goes on.
    #[inline(always)]
    fn go_on_to(&mut self, next: Instant) {
        if self.recorder.listens() && next > self.now {
            self.recorder.stood(self.now, next, &self.state);
        }
        self.now = next;
    }

    #[inline(always)]
    fn due(&self) -> Due {
        Due {
            work: self.timers.next(),
            plan: self.agenda.next(),
            wait: self.waits.next(),
            opening: self.sources.next(),
            heard: self.returns.next(),
        }
    }

    /// One event, in the order of classes.
    #[inline(always)]
    fn step(&mut self, due: Due) {
        let next = self.now;
        self.seen.events += 1;
        if due.work == next {
            self.complete(AgentId(self.timers.winner() as u32));
        } else if due.plan == next {
            if let Some(planned) = self.agenda.pop() {
                self.perform(planned);
            }
        } else if due.wait == next {
            self.waiting_timer();
        } else if due.opening == next {
            let (queue, opening) = self.sources.take(self.model);
            self.open_case(queue, opening);
        } else {
            self.heard_of();
        }
        if self.has_dialers {
            self.dial();
        }
        if AUDIT {
            self.audit();
        }
    }

    fn restart(&mut self, seed: u64, replication: u64) {
        self.key = Key::seed(seed).child(replication);
        self.now = Instant::START;
        self.draining = false;
        self.newcomers.clear();
        (self.sessions, self.under_way, self.parked) = (0, 0, 0);
        self.stocked.fill(0);
        self.dialling.fill(Dialling::default());
        self.state.clear();
        self.seen.clear();
        self.timers.clear();
        self.agenda.clear();
        self.waits.clear();
        self.returns.clear();
        self.departures.iter_mut().for_each(Departures::clear);
        self.meters.restart(self.model);
        self.paces.restart(self.model, self.key);
        self.sources.restart(self.model, seed, replication);
        self.plan();
        self.stock_up();
        if self.has_dialers {
            self.dial();
        }
    }

    /// Someone is heard of again, unless a follow-up has settled the matter.
    #[inline]
    fn heard_of(&mut self) {
        let Some(Entry { at, class, case: id }) = self.returns.pop() else { return };
        match (class, self.state.cases[id].whereabouts) {
            (Later::ComeBack, Whereabouts::ToReturn { at: expected }) if expected == at => self.come_back(id),
            (Later::Message, Whereabouts::Parked { until }) if until == at => self.message_arrives(id),
            (Later::Task, Whereabouts::Scheduled { at: expected }) if expected == at => {
                self.follow_up_due(id)
            }
            (Later::Task, Whereabouts::ToCallAgain { at: expected }) if expected == at => {
                self.callback_again(id);
            }
            _ => {}
        }
    }

    /// Plays on past the horizon until every begun contact is over.
    fn drain(&mut self) -> Result<(), Unstable> {
        self.draining = true;
        self.sources.stop();
        // Conversations that rest go on; nobody gets in touch anew.
        self.returns.retain(|entry| entry.class == Later::Message);
        self.unstock();
        let last = self.model.end + DRAIN_LIMIT;
        while self.state.waiting > 0
            || self.sessions + self.under_way + self.parked > 0
            || self.state.groups.iter().any(|group| group.working > 0)
        {
            let due = self.due();
            let next = due.first();
            if next >= last {
                break;
            }
            self.now = next;
            self.step(due);
        }
        Ok(())
    }

    #[cold]
    fn unstable(&self) -> Unstable {
        let fullest =
            (0..self.model.queues.len()).max_by_key(|&i| self.state.queues[i].waiting.len()).unwrap_or(0);
        Unstable { queue: self.model.queues[fullest].name.clone(), at: self.now }
    }
}
