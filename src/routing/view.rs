//! What a policy sees of the centre.

use crate::model::{Duty, Model, Script, Server, Skill};
use crate::observations::Kind;
use crate::random::{Purpose, unit};
use crate::state::{CaseId, State};
use crate::units::{AgentId, GroupId, Instant, QueueId, Span};

/// A contact that waits or wants an agent. Policies cannot see its patience.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Contact {
    /// Its case.
    pub case: CaseId,
    /// The queue that it is in.
    pub queue: QueueId,
    /// When this wait began; overflows keep it.
    pub entered: Instant,
    /// Orders it among others: `entered`, or the first entry where a transfer keeps the age.
    pub age: Instant,
    /// When the case opened.
    pub opened: Instant,
    /// What the stay is to its case.
    pub kind: Kind,
    /// Earlier attempts of the case.
    pub earlier_contacts: u16,
    /// Earlier stays and legs of this attempt.
    pub earlier_legs: u16,
}

/// A read-only view of the centre at one moment.
#[derive(Clone, Copy, Debug)]
pub struct View<'a> {
    pub(crate) model: &'a Model,
    pub(crate) state: &'a State,
    pub(crate) now: Instant,
}

impl<'a> View<'a> {
    /// The moment.
    #[inline]
    #[must_use]
    pub fn now(&self) -> Instant {
        self.now
    }

    /// The centre as compiled: names, skills, targets.
    #[inline]
    #[must_use]
    pub fn model(&self) -> &'a Model {
        self.model
    }

    /// How many wait in a queue.
    #[inline]
    #[must_use]
    pub fn waiting(&self, queue: QueueId) -> u32 {
        self.state.queue(queue).waiting.len()
    }

    /// How many wait in all queues of customers.
    #[must_use]
    pub fn waiting_in_all(&self) -> u32 {
        let queues = (0..self.model.customer_queues().len()).map(QueueId::at);
        queues.map(|queue| self.waiting(queue)).sum()
    }

    /// How many agents are idle in all groups.
    #[must_use]
    pub fn idle_of_all(&self) -> u32 {
        self.state.groups.iter().map(|group| group.idle.len()).sum()
    }

    /// Who is served next in a queue.
    #[inline]
    #[must_use]
    pub fn head(&self, queue: QueueId) -> Option<Contact> {
        self.state.queue(queue).waiting.head().map(|case| self.contact(case))
    }

    /// Everyone who waits in a queue, in order.
    pub fn contacts(&self, queue: QueueId) -> impl Iterator<Item = Contact> + use<'a> {
        let view = *self;
        self.state.queue(queue).waiting.iter(&self.state.cases).map(move |case| view.contact(case))
    }

    /// A case's present contact.
    #[inline]
    #[must_use]
    pub fn contact(&self, id: CaseId) -> Contact {
        let case = &self.state.cases[id];
        Contact {
            case: id,
            queue: case.queue,
            entered: case.entered,
            age: case.age,
            opened: case.opened,
            kind: case.kind,
            earlier_contacts: case.contact,
            earlier_legs: case.leg,
        }
    }

    /// How long a contact has waited.
    #[inline]
    #[must_use]
    pub fn waited(&self, contact: &Contact) -> Span {
        self.now.since(contact.entered)
    }

    /// How much a queue's waits count (`routing.weights`).
    #[must_use]
    pub fn weight(&self, queue: QueueId) -> f64 {
        self.model.routing.weights[queue.index()]
    }

    /// Mean patience in a queue, seconds; infinite where nobody abandons.
    #[must_use]
    pub fn mean_patience(&self, queue: QueueId) -> f64 {
        self.model.queues[queue.index()].mean_patience
    }

    /// The time that the queue's target gives from this wait's beginning on; for ever where there is none. Of a target in opening
    /// hours or working days all hours up to when it runs out.
    #[must_use]
    pub fn target_time(&self, contact: &Contact) -> Span {
        match self.due(contact) {
            Instant::NEVER => Span::FOREVER,
            due => due.since(contact.entered),
        }
    }

    /// When the queue's target for a contact runs out, by the target's own clock: the answer's, or the response's where responses
    /// count; of a follow-up when it is to be done. Never where there is none.
    #[must_use]
    pub fn due(&self, contact: &Contact) -> Instant {
        let queue = &self.model.queues[contact.queue.index()];
        match queue.follow_up.and_then(|_| self.state.cases.rare(contact.case).task) {
            Some(task) => task.due,
            None => queue.due(contact.entered, &self.model.calendar),
        }
    }

    /// The groups that can serve a queue, by skill priority.
    #[inline]
    #[must_use]
    pub fn able(&self, queue: QueueId) -> &'a [GroupId] {
        self.model.abilities.served_by(queue)
    }

    /// The queues that an agent can serve, by queue priority, then by what its group takes first.
    #[inline]
    #[must_use]
    pub fn serves(&self, agent: AgentId) -> &'a [QueueId] {
        self.model.abilities.serves(self.group(agent))
    }

    /// The groups that can serve a queue, by skill priority, with what a policy asks of them.
    #[inline]
    #[must_use]
    pub fn servers(&self, queue: QueueId) -> &'a [Server] {
        self.model.abilities.servers(queue)
    }

    /// The same as they come for a contact who has waited as this one has; where that makes no difference, all of them.
    #[must_use]
    pub fn servers_after(&self, contact: &Contact) -> &'a [Server] {
        let stages = self.model.abilities.stages(contact.queue);
        let waited = self.waited(contact);
        let stage = stages.iter().take_while(|stage| stage.from <= waited).last();
        stage.map_or(self.servers(contact.queue), |stage| &stage.servers)
    }

    /// The queues that a group can serve, in the order of [`View::serves`], with what a policy asks
    /// of them.
    #[inline]
    #[must_use]
    pub fn duties(&self, group: GroupId) -> &'a [Duty] {
        self.model.abilities.duties(group)
    }

    /// A group's skill for a queue, if it has one.
    #[inline]
    #[must_use]
    pub fn skill(&self, queue: QueueId, group: GroupId) -> Option<&'a Skill> {
        self.model.abilities.get(queue, group)
    }

    /// An agent's group.
    #[inline]
    #[must_use]
    pub fn group(&self, agent: AgentId) -> GroupId {
        self.state.agents[agent.index()].group
    }

    /// How many of a group are idle.
    #[inline]
    #[must_use]
    pub fn idle(&self, group: GroupId) -> u32 {
        self.state.group(group).idle.len()
    }

    /// How many of those able to serve a queue are idle.
    #[must_use]
    pub fn idle_for(&self, queue: QueueId) -> u32 {
        self.state.idle_for(self.model, queue)
    }

    /// A group's idle agents, longest idle first.
    pub fn idle_agents(&self, group: GroupId) -> impl Iterator<Item = AgentId> + use<'a> {
        self.state.group(group).idle.iter(&self.state.agents)
    }

    /// A group's longest idle agent.
    #[inline]
    #[must_use]
    pub fn longest_idle(&self, group: GroupId) -> Option<AgentId> {
        self.state.group(group).idle.longest()
    }

    /// Whether a contact of a queue fits beside what an agent has.
    #[inline]
    #[must_use]
    pub fn has_room(&self, agent: AgentId, queue: QueueId) -> bool {
        self.state.has_room(self.model, agent, queue, self.now)
    }

    /// The agents of a group who are working and still have room for a contact of a queue: least
    /// loaded first, among them longest first.
    pub fn partly_loaded(&self, group: GroupId, queue: QueueId) -> impl Iterator<Item = AgentId> + use<'a> {
        let (state, view) = (self.state, *self);
        let lists = state.group(group).partly.iter();
        lists.flat_map(|list| list.iter(&state.agents)).filter(move |agent| view.has_room(*agent, queue))
    }

    /// Since when an agent has its present load.
    #[inline]
    #[must_use]
    pub fn loaded_since(&self, agent: AgentId) -> Instant {
        self.state.agents[agent.index()].loaded_since
    }

    /// Since when an agent is as idle or as loaded as it is.
    #[inline]
    #[must_use]
    pub fn unchanged_since(&self, agent: AgentId) -> Instant {
        if self.load(agent) > 0 { self.loaded_since(agent) } else { self.idle_since(agent) }
    }

    /// The agents of a group with room for a contact of a queue: the idle, longest first, then those at work, least loaded first.
    pub fn with_room(&self, group: GroupId, queue: QueueId) -> impl Iterator<Item = AgentId> + use<'a> {
        let view = *self;
        let idle = self.idle_agents(group).filter(move |agent| view.has_room(*agent, queue));
        idle.chain(self.partly_loaded(group, queue))
    }

    /// What an agent's work takes of it, in thousandths.
    #[inline]
    #[must_use]
    pub fn load(&self, agent: AgentId) -> u16 {
        self.state.agents[agent.index()].load
    }

    /// Whether agents of a group may have several things at once.
    #[inline]
    #[must_use]
    pub fn is_shared(&self, group: GroupId) -> bool {
        self.model.groups[group.index()].places > 1
    }

    /// The longest idle agent of a group with room for a contact of a queue; where nobody is idle,
    /// who has had the same load for longest.
    #[must_use]
    pub fn longest_with_room(&self, group: GroupId, queue: QueueId) -> Option<AgentId> {
        if !self.is_shared(group) {
            return self.longest_idle(group);
        }
        let idle = self.idle_agents(group).find(|agent| self.has_room(*agent, queue));
        idle.or_else(|| {
            self.partly_loaded(group, queue).min_by_key(|agent| (self.loaded_since(*agent), *agent))
        })
    }

    /// The least loaded agent of a group with room for a contact of a queue; among equals the longest.
    #[must_use]
    pub fn least_loaded(&self, group: GroupId, queue: QueueId) -> Option<AgentId> {
        if !self.is_shared(group) {
            return self.longest_idle(group);
        }
        let idle = self.idle_agents(group).find(|agent| self.has_room(*agent, queue));
        idle.or_else(|| self.partly_loaded(group, queue).next())
    }

    /// The agent of a group whose latest begun work could be interrupted for a contact of a queue,
    /// and since when it has that work.
    #[must_use]
    pub fn interruptible(&self, group: GroupId, queue: QueueId) -> Option<(Instant, AgentId)> {
        let skill = self.skill(queue, group)?;
        let work = &self.state.works[self.state.to_interrupt(group, skill.share, None)?.index()];
        Some((work.since, work.agent))
    }

    /// Since when an idle agent is idle.
    #[inline]
    #[must_use]
    pub fn idle_since(&self, agent: AgentId) -> Instant {
        self.state.agents[agent.index()].since
    }

    /// Total time of an agent's finished work.
    #[must_use]
    pub fn worked(&self, agent: AgentId) -> Span {
        self.state.agents[agent.index()].worked
    }

    /// The share of the time since it logged in that an agent has worked; 0 at that moment.
    #[must_use]
    pub fn busy_share(&self, agent: AgentId) -> f64 {
        let agent = &self.state.agents[agent.index()];
        let on_duty = self.now.since(agent.on_duty_since).seconds();
        if on_duty > 0.0 { agent.worked_on_duty(self.now).seconds() / on_duty } else { 0.0 }
    }

    /// Time that an agent has been idle since it logged in, breaks left out.
    #[must_use]
    pub fn idle_in_all(&self, agent: AgentId) -> Span {
        self.state.agents[agent.index()].idle_on_duty(self.now)
    }

    /// Who served a contact's customer last.
    #[must_use]
    pub fn last_agent(&self, contact: &Contact) -> Option<AgentId> {
        self.state.cases[contact.case].last_agent.get()
    }

    /// How many of a group are on duty, breaks included.
    #[must_use]
    pub fn on_duty(&self, group: GroupId) -> u32 {
        self.state.group(group).on_duty
    }

    /// Whether a contact stands in its queue already, or has just come.
    #[must_use]
    pub fn is_waiting(&self, contact: &Contact) -> bool {
        self.state.cases[contact.case].whereabouts.is_waiting()
    }

    /// Whether a queue is closed now.
    #[must_use]
    pub fn is_closed(&self, queue: QueueId) -> bool {
        self.state.queue(queue).closed
    }

    /// Seconds that one more customer would wait by the queue's length: (waiting + 1) over the contacts that the agents on duty who can serve
    /// it finish a second. It is unbiased for one queue at its own agents, first come first served, nobody abandoning.
    #[must_use]
    pub fn predicted_wait(&self, queue: QueueId) -> f64 {
        let rate = |group: &GroupId| {
            let rate = self.skill(queue, *group).map_or(0.0, |skill| skill.rate);
            f64::from(self.on_duty(*group)) * rate
        };
        let rate: f64 = self.able(queue).iter().map(rate).sum();
        (f64::from(self.waiting(queue)) + 1.0) / rate
    }

    /// The wait of the queue's last answered contact; known where some queue has a script.
    #[must_use]
    pub fn last_wait(&self, queue: QueueId) -> Span {
        self.state.queue(queue).recent.last_wait()
    }

    /// Of the queue's last 64 contacts the share answered, or responded to where responses count, within the target's time, 1 before
    /// the first; known where some queue has a script.
    #[must_use]
    pub fn recent_service_level(&self, queue: QueueId) -> f64 {
        self.state.queue(queue).recent.service_level()
    }

    /// Whether a script has offered a callback to a contact in this stay.
    #[must_use]
    pub fn was_offered_callback(&self, contact: &Contact) -> bool {
        let case = &self.state.cases[contact.case];
        self.state.cases.rare(contact.case).offered_callback == Some((case.contact, case.leg))
    }

    /// The script of a queue.
    #[inline]
    #[must_use]
    pub fn script(&self, queue: QueueId) -> Option<&'a Script> {
        self.model.routing.scripts.get(queue.index())?.as_ref()
    }

    /// A coin for ties: a uniform in (0, 1) that depends on the contact and the number of the
    /// decision only.
    #[must_use]
    pub fn draw(&self, contact: &Contact, decision: u16) -> f64 {
        let case = &self.state.cases[contact.case];
        unit(case.key.child(u64::from(decision)).bits(case.contact, case.leg, Purpose::Coin))
    }
}
