//! How long how many wait, are busy or are to be heard of again, and on whose work a group spends its time.

use crate::engine::{CaseEvent, Recorder, WorkEvent};
use crate::estimate::Terms;
use crate::figures::Estimate;
use crate::model::Model;
use crate::observations::Kind;
use crate::state::{Case, CaseId, PlaceId, State};
use crate::units::{AgentId, GroupId, Instant, QueueId};

/// What is counted at each moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Measure {
    /// Contacts that wait.
    Waiting,
    /// Agents at work: of a queue on its contacts, of a group on anything.
    Busy,
    /// Customers who will get in touch again, to retry or as they were not helped; of a queue: there.
    ToReturn,
    /// Customers who hung up and will be called back.
    ToCallBack,
}

impl Measure {
    const ALL: [Measure; 4] = [Measure::Waiting, Measure::Busy, Measure::ToReturn, Measure::ToCallBack];

    /// As files name it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        ["waiting", "busy", "to_return", "to_call_back"][self as usize]
    }
}

/// A number that changes with time, and how long it was how great in the reported time.
#[derive(Clone, Debug, Default)]
struct Level {
    number: u32,
    since: Instant,
    /// By number: microseconds.
    time: Vec<u64>,
}

impl Level {
    #[inline]
    fn set(&mut self, at: Instant, number: u32, window: (Instant, Instant)) {
        if number != self.number {
            self.note(at, window);
            self.number = number;
        }
    }

    fn note(&mut self, at: Instant, (from, to): (Instant, Instant)) {
        let lasted = at.min(to).since(self.since.max(from)).micros();
        self.since = at;
        if lasted > 0 {
            let number = self.number as usize;
            if number >= self.time.len() {
                self.time.resize(number + 1, 0);
            }
            self.time[number] += lasted;
        }
    }
}

/// What takes an agent's time now, and since when.
#[derive(Clone, Debug, Default)]
struct AtWork {
    since: Instant,
    /// The queues of the work that is open; time is divided evenly between them.
    on: Vec<QueueId>,
    changed: bool,
}

/// Watches a replication, and adds up how long it was in which state.
pub struct StateClock<'m> {
    model: &'m Model,
    window: (Instant, Instant),
    /// By queue, then [`Measure`]; one more queue for all that customers began.
    queues: Vec<[Level; Measure::ALL.len()]>,
    /// By group: busy. One more for all.
    groups: Vec<Level>,
    /// By slot among the cases: where the customer will be heard of again.
    away: Vec<Option<(Measure, QueueId)>>,
    /// By queue: how many these are.
    numbers: Vec<[u32; Measure::ALL.len()]>,
    agents: Vec<AtWork>,
    /// Agents whose work has changed since the clock went on.
    changed: Vec<AgentId>,
    /// By group, then queue: microseconds of work, and contacts taken up.
    work: Vec<Vec<(f64, u64)>>,
}

/// What was seen of one replication.
#[derive(Clone, Debug)]
pub struct SeenStates {
    queues: Vec<[Vec<u64>; Measure::ALL.len()]>,
    groups: Vec<Vec<u64>>,
    work: Vec<Vec<(f64, u64)>>,
}

impl<'m> StateClock<'m> {
    /// Nothing was seen yet.
    #[must_use]
    pub fn new(model: &'m Model) -> StateClock<'m> {
        let queues = model.queues.len();
        StateClock {
            model,
            window: (model.rows.from, model.rows.to),
            queues: vec![Default::default(); queues + 1],
            groups: vec![Level::default(); model.groups.len() + 1],
            away: Vec::new(),
            numbers: vec![Default::default(); queues],
            agents: vec![AtWork::default(); model.agents.len()],
            changed: Vec::new(),
            work: vec![vec![(0.0, 0); queues]; model.groups.len()],
        }
    }

    /// What was seen, once the play is over.
    #[must_use]
    pub fn seen(&self) -> SeenStates {
        let end = self.window.1;
        let closed = |level: &Level| {
            let mut level = level.clone();
            level.note(end, self.window);
            level.time
        };
        let mut work = self.work.clone();
        for (id, agent) in self.agents.iter().enumerate() {
            add_work(&mut work, self.model, AgentId::at(id), agent, end, self.window);
        }
        SeenStates {
            queues: self.queues.iter().map(|levels| std::array::from_fn(|at| closed(&levels[at]))).collect(),
            groups: self.groups.iter().map(closed).collect(),
            work,
        }
    }

    fn slot(&mut self, id: CaseId) -> &mut Option<(Measure, QueueId)> {
        let index = id.0 as usize;
        if index >= self.away.len() {
            self.away.resize(index + 1, None);
        }
        &mut self.away[index]
    }

    fn leaves(&mut self, id: CaseId, measure: Measure, queue: QueueId) {
        self.is_back(id);
        *self.slot(id) = Some((measure, queue));
        self.numbers[queue.index()][measure as usize] += 1;
    }

    fn is_back(&mut self, id: CaseId) {
        if let Some((measure, queue)) = self.slot(id).take() {
            self.numbers[queue.index()][measure as usize] -= 1;
        }
    }

    /// The agent's work is another one from this time on.
    fn note_work(&mut self, agent: AgentId, at: Instant, state: &State) {
        let noted = &mut self.agents[agent.index()];
        add_work(&mut self.work, self.model, agent, noted, at, self.window);
        (noted.since, noted.changed) = (at, false);
        noted.on.clear();
        let places = state.agents[agent.index()].all_places();
        let works = places.map(|place| &state.works[place.index()]);
        noted.on.extend(works.filter(|work| work.stage.is_active()).map(|work| work.stay.queue));
    }
}

/// Adds what an agent did until now.
fn add_work(
    work: &mut [Vec<(f64, u64)>],
    model: &Model,
    agent: AgentId,
    noted: &AtWork,
    at: Instant,
    (from, to): (Instant, Instant),
) {
    let lasted = at.min(to).since(noted.since.max(from)).micros();
    if lasted > 0 && !noted.on.is_empty() {
        let of_group = &mut work[model.agents[agent.index()].group.index()];
        let part = lasted as f64 / noted.on.len() as f64;
        noted.on.iter().for_each(|queue| of_group[queue.index()].0 += part);
    }
}

impl Recorder for StateClock<'_> {
    fn case(&mut self, at: Instant, id: CaseId, case: &Case, what: CaseEvent) {
        match what {
            CaseEvent::WillReturn { to, .. } => self.leaves(id, Measure::ToReturn, to),
            CaseEvent::AcceptsCallback => self.leaves(id, Measure::ToCallBack, case.queue),
            CaseEvent::GetsInTouch | CaseEvent::Solved { .. } | CaseEvent::Lost(_) => self.is_back(id),
            CaseEvent::Enters if case.kind == Kind::Callback => self.is_back(id),
            CaseEvent::Answered { agent, .. } if self.window.0 <= at && at < self.window.1 => {
                let group = self.model.agents[agent.index()].group;
                self.work[group.index()][case.queue.index()].1 += 1;
            }
            _ => {}
        }
    }

    fn work(&mut self, _at: Instant, agent: AgentId, _place: PlaceId, _what: WorkEvent) {
        let noted = &mut self.agents[agent.index()];
        if !std::mem::replace(&mut noted.changed, true) {
            self.changed.push(agent);
        }
    }

    fn stood(&mut self, from: Instant, _until: Instant, state: &State) {
        while let Some(agent) = self.changed.pop() {
            self.note_work(agent, from, state);
        }
        let (customers, window) = (self.model.customer_queues().len(), self.window);
        let (each, all) = self.queues.split_at_mut(self.model.queues.len());
        let mut sums = [0; Measure::ALL.len()];
        for (id, (levels, live)) in each.iter_mut().zip(&state.queues).enumerate() {
            let mut numbers = self.numbers[id];
            numbers[Measure::Waiting as usize] = live.waiting.len() + live.elsewhere;
            numbers[Measure::Busy as usize] = live.busy;
            let pooled = id < customers && self.model.queues[id].backlog != UNLIMITED;
            for (at, number) in numbers.into_iter().enumerate() {
                levels[at].set(from, number, window);
                sums[at] += if pooled { number } else { 0 };
            }
        }
        for (level, sum) in all[0].iter_mut().zip(sums) {
            level.set(from, sum, window);
        }
        let mut sum = 0;
        for (level, live) in self.groups.iter_mut().zip(&state.groups) {
            level.set(from, live.working, window);
            sum += live.working;
        }
        if let Some(level) = self.groups.last_mut() {
            level.set(from, sum, window);
        }
    }
}

/// Work without end is not of the total, as there is as much of it as there is time for.
const UNLIMITED: Option<crate::vocabulary::Backlog> = Some(crate::vocabulary::Backlog::Unlimited);

/// A line of what was found: whose, of what, at which number, and the share of the time.
#[derive(Clone, Debug, PartialEq)]
pub struct StateShare {
    /// `queue`, `follow_up`, `total`, `group` or `all_groups`.
    pub scope: &'static str,
    /// Which one.
    pub name: String,
    /// What is counted.
    pub measure: Measure,
    /// So many.
    pub number: u32,
    /// For this share of the reported time.
    pub share: Estimate,
}

/// What a group does for a queue.
#[derive(Clone, Debug, PartialEq)]
pub struct WorkShare {
    /// The group.
    pub group: String,
    /// The queue, or the follow-up.
    pub queue: String,
    /// Contacts that the group takes up, a replication.
    pub contacts: Estimate,
    /// Agent hours, a replication.
    pub hours: Estimate,
    /// Of all the group's working time.
    pub of_group: Estimate,
    /// Of all agents' time for the queue.
    pub of_queue: Estimate,
}

/// Shares of time over all replications.
#[derive(Clone, Debug, PartialEq)]
pub struct States {
    /// In file order; numbers that never occurred between others are there, with 0.
    pub shares: Vec<StateShare>,
    /// In file order; pairs that never met are left out.
    pub work: Vec<WorkShare>,
}

/// What estimates are taken from.
struct Replications<'a> {
    seen: &'a [SeenStates],
    model: &'a Model,
    confidence: f64,
}

impl Replications<'_> {
    fn estimate(&self, of: impl Fn(&SeenStates) -> Terms) -> Option<Estimate> {
        let terms: Vec<Terms> = self.seen.iter().map(of).collect();
        Estimate::of_terms(&terms, self.model.sampling, self.confidence)
    }

    /// The time at each number; nothing where nobody ever was.
    fn shares(
        &self,
        (scope, name): (&'static str, &str),
        measure: Measure,
        of: impl Fn(&SeenStates) -> &Vec<u64>,
    ) -> Vec<StateShare> {
        let time = self.model.rows.to.since(self.model.rows.from).micros() as f64;
        let most = self.seen.iter().map(|seen| of(seen).len()).max().unwrap_or(0);
        let line = |number: usize| {
            let at = |seen: &SeenStates| of(seen).get(number).copied().unwrap_or(0) as f64;
            let share = self.estimate(|seen| Terms { over: at(seen), under: time })?;
            Some(StateShare { scope, name: name.to_owned(), measure, number: number as u32, share })
        };
        (0..most).filter(|_| most > 1).filter_map(line).collect()
    }

    /// What one group does for one queue.
    fn work(&self, group: GroupId, queue: QueueId) -> Option<WorkShare> {
        let (g, q) = (group.index(), queue.index());
        Some(WorkShare {
            group: self.model.groups[g].name.clone(),
            queue: self.model.queues[q].name.clone(),
            contacts: self.estimate(|seen| Terms { over: seen.work[g][q].1 as f64, under: 1.0 })?,
            hours: self.estimate(|seen| Terms { over: seen.work[g][q].0 / 3.6e9, under: 1.0 })?,
            of_group: self.estimate(|seen| {
                let all = seen.work[g].iter().map(|work| work.0).sum();
                Terms { over: seen.work[g][q].0, under: all }
            })?,
            of_queue: self.estimate(|seen| {
                let all = seen.work.iter().map(|work| work[q].0).sum();
                Terms { over: seen.work[g][q].0, under: all }
            })?,
        })
    }
}

impl States {
    /// What some replications come to.
    #[must_use]
    pub fn of(seen: &[SeenStates], model: &Model, confidence: f64) -> States {
        let of = Replications { seen, model, confidence };
        let mut shares = Vec::new();
        let all = model.queues.len();
        let queues = model.queue_order.iter().map(|id| ("queue", id.index()));
        let follow_ups = model.follow_up_order.iter().map(|id| ("follow_up", id.index()));
        for (scope, id) in queues.chain(follow_ups).chain([("total", all)]) {
            let name = model.queues.get(id).map_or("total", |queue| &queue.name);
            for measure in Measure::ALL {
                shares.extend(of.shares((scope, name), measure, |seen| &seen.queues[id][measure as usize]));
            }
        }
        let groups = model.group_order.iter().map(|id| ("group", id.index()));
        for (scope, id) in groups.chain([("all_groups", model.groups.len())]) {
            let name = model.groups.get(id).map_or("total", |group| &group.name);
            shares.extend(of.shares((scope, name), Measure::Busy, |seen| &seen.groups[id]));
        }
        let queues = || model.queue_order.iter().chain(&model.follow_up_order);
        let pairs = model.group_order.iter().flat_map(|group| queues().map(move |queue| (*group, *queue)));
        let work = pairs.filter_map(|(group, queue)| of.work(group, queue));
        States { shares, work: work.filter(|work| work.hours.value > 0.0).collect() }
    }
}
