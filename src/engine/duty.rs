//! The day of an agent: shifts, breaks, random blocks, heads that rise and fall; and the opening
//! and closing of queues.

use crate::model::{Crew, Queue, Shift};
use crate::random::{Key, unit};
use crate::routing::{Policy, View};
use crate::scenario::Leave;
use crate::state::{Activity, CaseId};
use crate::units::{AgentId, GroupId, Instant, QueueId, Span};

use super::agenda::Duty;
use super::player::Player;

/// Who leaves a group when free.
#[derive(Clone, Debug, Default)]
pub(super) struct Departures {
    /// Marked agents, latest last.
    marked: Vec<AgentId>,
    /// Of the heads without shifts, so many leave as soon as any is free.
    owed: u32,
}

impl Departures {
    pub(super) fn clear(&mut self) {
        self.marked.clear();
        self.owed = 0;
    }
}

/// Training, meetings and the like come in blocks of this length.
const BLOCK: Span = Span::from_whole_seconds(30 * 60);

/// Where the head of a queue stands among the heads: (queue priority, age, queue).
type HeadPlace = (u32, Instant, QueueId);

const DAY: i64 = Span::DAY.micros() as i64;

impl<P: Policy, const AUDIT: bool> Player<'_, P, AUDIT> {
    /// Plans the first event of everything that recurs.
    pub(super) fn plan(&mut self) {
        let model = self.model;
        for (id, queue) in model.queues.iter().enumerate() {
            if queue.openings.is_some() {
                self.state.queues[id].closed = true;
                self.plan_opening(QueueId::at(id));
            }
        }
        for (id, group) in model.groups.iter().enumerate() {
            let id = GroupId::at(id);
            self.agenda.push(Instant::START, Duty::Heads(id));
            for place in 0..group.shifts.len() {
                // Shifts that began before the play are on duty from its start.
                self.plan_shift(id, place as u32, model.calendar.day(Instant::START) - 2);
            }
        }
    }

    pub(super) fn perform(&mut self, duty: Duty) {
        match duty {
            Duty::Heads(group) => self.change_heads(group),
            Duty::ShiftStart(group, shift, day) => self.start_shift(group, shift, day),
            Duty::ShiftEnd(group, shift) => self.end_shift(group, shift),
            Duty::BreakDue(agent, length, unpaid) => self.break_due(agent, length, unpaid),
            Duty::Open(queue, until) => {
                self.state.queues[queue.index()].closed = false;
                self.agenda.push(until, Duty::Close(queue));
            }
            Duty::Close(queue) => self.close(queue),
            Duty::Clear(queue) => {
                if !self.serves_inside(queue) {
                    self.clear_queue(queue);
                }
            }
        }
    }

    /// Whether those inside a queue are served: it is open, or closed not too long ago and someone
    /// who can is on duty.
    pub(super) fn serves_inside(&self, queue: QueueId) -> bool {
        if !self.state.queue(queue).closed {
            return true;
        }
        let Queue { openings, closing, .. } = &self.model.queues[queue.index()];
        let closed_at = openings.as_ref().and_then(|openings| openings.last_closing(self.now));
        let in_time = match closing.served_for {
            Span::FOREVER => true,
            served_for => closed_at.is_some_and(|closed_at| closed_at + served_for > self.now),
        };
        in_time && self.state.anyone_on_duty(self.model, queue)
    }

    fn plan_opening(&mut self, queue: QueueId) {
        let openings = self.model.queues[queue.index()].openings.as_ref();
        if let Some((open, close)) = openings.and_then(|openings| openings.from(self.now)) {
            self.agenda.push(open.max(self.now), Duty::Open(queue, close));
        }
    }

    fn close(&mut self, queue: QueueId) {
        self.state.queues[queue.index()].closed = true;
        let served_for = self.model.queues[queue.index()].closing.served_for;
        if !self.serves_inside(queue) {
            self.clear_queue(queue);
        } else if served_for < Span::FOREVER {
            self.agenda.push(self.now + served_for, Duty::Clear(queue));
        }
        self.plan_opening(queue);
    }

    /// Plans the first start of a shift on or after a day that ends after now.
    fn plan_shift(&mut self, group: GroupId, place: u32, from_day: i64) {
        let shift = &self.model.groups[group.index()].shifts[place as usize];
        if !shift.days.contains(&true) {
            return;
        }
        let calendar = &self.model.calendar;
        let starts = (from_day..).filter(|day| shift.days[calendar.weekday(*day).index()]);
        for day in starts {
            let start = day * DAY + shift.start.span().micros() as i64;
            if calendar.instant(start + shift.length.micros() as i64).is_some_and(|end| end > self.now) {
                let at = calendar.instant(start).unwrap_or(Instant::START).max(self.now);
                self.agenda.push(at, Duty::ShiftStart(group, place, day));
                return;
            }
        }
    }

    fn start_shift(&mut self, group: GroupId, place: u32, day: i64) {
        let model = self.model;
        let shift = &model.groups[group.index()].shifts[place as usize];
        let start = day * DAY + shift.start.span().micros() as i64;
        let at = |since: Span| model.calendar.instant(start + since.micros() as i64);
        self.meter_presence(group);
        self.state.groups[group.index()].scheduled += shift.agents;
        self.agenda.push(at(shift.length).unwrap_or(self.now), Duty::ShiftEnd(group, place));
        self.plan_shift(group, place, day + 1);
        let name = self.key.named("shift").named(&model.groups[group.index()].name).named(&shift.name);
        for number in 0..shift.agents {
            let agent = AgentId(shift.first_agent + number);
            let today = name.child(u64::from(number)).child(model.calendar.day_name(day));
            let absent = unit(today.named("absence").value()) < shift.absence;
            for pause in &shift.breaks {
                if let Some(due) = at(shift.due(pause, number)).filter(|due| *due >= self.now)
                    && (!absent || !pause.paid)
                {
                    self.agenda.push(due, Duty::BreakDue(agent, pause.length, !pause.paid));
                }
            }
            if !absent {
                for (since, length) in blocks(shift, today.named("blocks")) {
                    if let Some(due) = at(since).filter(|due| *due >= self.now) {
                        self.agenda.push(due, Duty::BreakDue(agent, length, false));
                    }
                }
                self.log_in(agent);
            }
        }
    }

    fn end_shift(&mut self, group: GroupId, place: u32) {
        let shift = &self.model.groups[group.index()].shifts[place as usize];
        self.meter_presence(group);
        self.state.groups[group.index()].scheduled -= shift.agents;
        for agent in (shift.first_agent..shift.first_agent + shift.agents).map(AgentId) {
            match self.state.agents[agent.index()].activity {
                Activity::Off => {}
                Activity::Idle | Activity::Break => self.log_out(agent),
                Activity::Talking(_) | Activity::WrapUp => {
                    let state = &mut self.state.agents[agent.index()];
                    (state.leaving, state.overtime, state.break_due) = (true, true, Span::ZERO);
                    self.state.groups[group.index()].overtime += 1;
                }
            }
        }
    }

    fn log_in(&mut self, agent: AgentId) {
        let now = self.now;
        let group = self.state.agents[agent.index()].group;
        self.meter_presence(group);
        let (state, groups) = (&mut self.state.agents[agent.index()], &mut self.state.groups);
        if state.activity != Activity::Off {
            // Still there from the shift before: it goes on.
            groups[group.index()].overtime -= u32::from(state.overtime);
            (state.leaving, state.overtime) = (false, false);
            return;
        }
        (state.on_duty_since, state.worked_before, state.break_due) = (now, state.worked, Span::ZERO);
        groups[group.index()].on_duty += 1;
        self.ask_for_work(agent);
    }

    /// An agent that is idle, on a break, or in no list any more goes home.
    fn log_out(&mut self, agent: AgentId) {
        let group = self.state.agents[agent.index()].group;
        self.meter_presence(group);
        match self.state.agents[agent.index()].activity {
            Activity::Idle => self.state.stop_idling(agent),
            Activity::Break => self.state.groups[group.index()].on_break -= 1,
            Activity::Off | Activity::Talking(_) | Activity::WrapUp => {}
        }
        self.timers.set(agent.index(), Instant::NEVER);
        let state = &mut self.state.agents[agent.index()];
        let groups = &mut self.state.groups[group.index()];
        groups.overtime -= u32::from(state.overtime);
        groups.on_duty -= 1;
        (state.activity, state.leaving, state.overtime) = (Activity::Off, false, false);
        self.departures[group.index()].marked.retain(|marked| *marked != agent);
        if self.state.group(group).on_duty == 0 {
            self.abandon_closed_queues(group);
        }
    }

    /// Those inside a closed queue whom nobody is left to serve are sent away.
    fn abandon_closed_queues(&mut self, group: GroupId) {
        for &queue in self.model.abilities.serves(group) {
            let state = self.state.queue(queue);
            if state.closed && !state.waiting.is_empty() && !self.state.anyone_on_duty(self.model, queue) {
                self.clear_queue(queue);
            }
        }
    }

    fn break_due(&mut self, agent: AgentId, length: Span, unpaid: bool) {
        let state = &mut self.state.agents[agent.index()];
        let group = state.group;
        if unpaid {
            use crate::observations::GroupCount;
            self.seen.groups[group.index()][self.meters.row][GroupCount::Unpaid] += length.micros();
        }
        match state.activity {
            Activity::Off => {}
            Activity::Idle => {
                self.state.stop_idling(agent);
                self.start_break(agent, length);
            }
            Activity::Talking(_) | Activity::WrapUp => {
                if !state.leaving {
                    state.break_due += length;
                }
            }
            // Never shortened: one break follows the other.
            Activity::Break => self.timers.set(agent.index(), self.timers.at(agent.index()) + length),
        }
    }

    fn start_break(&mut self, agent: AgentId, length: Span) {
        let group = self.state.agents[agent.index()].group;
        self.meter_presence(group);
        self.state.groups[group.index()].on_break += 1;
        let state = &mut self.state.agents[agent.index()];
        (state.activity, state.since, state.break_due) = (Activity::Break, self.now, Span::ZERO);
        self.timers.set(agent.index(), self.now + length);
    }

    pub(super) fn end_break(&mut self, agent: AgentId) {
        let group = self.state.agents[agent.index()].group;
        self.meter_presence(group);
        self.state.groups[group.index()].on_break -= 1;
        self.ask_for_work(agent);
    }

    /// Talk and wrap-up are over.
    #[inline]
    pub(super) fn end_work(&mut self, agent: AgentId) {
        let state = &self.state.agents[agent.index()];
        let (group, queue) = (state.group, state.queue);
        self.meter_work(agent);
        self.state.queues[queue.index()].busy -= 1;
        self.state.groups[group.index()].working -= 1;
        let now = self.now;
        let state = &mut self.state.agents[agent.index()];
        state.worked += now.since(state.since);
        state.activity = Activity::Off;
        let (leaving, break_due) = (state.leaving, state.break_due);
        if leaving || self.owes_departure(agent, group) {
            self.finish_up(agent);
        } else if break_due > Span::ZERO {
            self.start_break(agent, break_due);
        } else {
            self.ask_for_work(agent);
        }
    }

    /// An agent that should leave first serves who is still inside a closed queue.
    fn finish_up(&mut self, agent: AgentId) {
        let group = self.state.agents[agent.index()].group;
        let closing = self.model.abilities.serves(group).iter().find_map(|&queue| {
            let state = self.state.queue(queue);
            if state.closed { state.waiting.head() } else { None }
        });
        match closing {
            Some(case) => {
                if !self.state.agents[agent.index()].leaving {
                    // It leaves for someone of the crew who must: now it is the one that is marked.
                    self.mark(group, Some(agent));
                }
                self.leave_queue(case);
                self.state.become_idle(agent, self.now);
                self.serve(agent, case);
            }
            None => self.log_out(agent),
        }
    }

    /// Idle, counted so, and asking the policy what to take. Its old timer is replaced by the next
    /// work's, or stopped here.
    #[inline]
    pub(super) fn ask_for_work(&mut self, agent: AgentId) {
        self.state.become_idle(agent, self.now);
        if self.state.waiting > 0 {
            let view = View { model: self.model, state: &self.state, now: self.now };
            if let Some(case) = self.policy.contact_for(agent, &view) {
                self.leave_queue(case);
                return self.serve(agent, case);
            }
        }
        self.timers.set(agent.index(), Instant::NEVER);
        if self.state.waiting > 0 && self.policy.holds_back() {
            self.offer_heads();
        }
    }

    /// One more is idle, which may free work that was held back.
    fn offer_heads(&mut self) {
        let mut refused = None;
        while let Some((place, head)) = self.next_head(refused) {
            if !self.offer_again(head) {
                refused = Some(place);
            }
        }
    }

    /// The next head after this place in the order of queue priority, then age.
    fn next_head(&self, after: Option<HeadPlace>) -> Option<(HeadPlace, CaseId)> {
        let heads = (0..self.model.queues.len()).map(QueueId::at).filter_map(|queue| {
            let head = self.state.queue(queue).waiting.head()?;
            Some(((self.model.queues[queue.index()].priority, self.state.cases[head].age, queue), head))
        });
        heads.filter(|(place, _)| after.is_none_or(|after| *place > after)).min_by_key(|(place, _)| *place)
    }

    // Heads without shifts -----------------------------------------------------------------

    fn change_heads(&mut self, group: GroupId) {
        let heads = &self.model.groups[group.index()].heads;
        let micros = self.model.reported_micros(self.now);
        let wanted = heads.at(micros);
        if let Some(next) = heads.next_step(micros).and_then(|next| self.model.calendar.instant(next)) {
            self.agenda.push(next, Duty::Heads(group));
        }
        self.meter_presence(group);
        let state = &mut self.state.groups[group.index()];
        let before = std::mem::replace(&mut state.heads, wanted);
        state.scheduled = state.scheduled - before + wanted;
        for _ in before..wanted {
            self.add_head(group);
        }
        for number in wanted..before {
            self.remove_head(group, number);
        }
    }

    /// One more: the latest marked stays, else the lowest number comes in.
    fn add_head(&mut self, group: GroupId) {
        let departures = &mut self.departures[group.index()];
        if let Some(agent) = departures.marked.pop() {
            self.state.agents[agent.index()].leaving = false;
        } else if departures.owed > 0 {
            departures.owed -= 1;
        } else if let Some(agent) =
            self.crew(group).find(|a| self.state.agents[a.index()].activity == Activity::Off)
        {
            self.log_in(agent);
        }
    }

    /// One less, by the group's rule.
    fn remove_head(&mut self, group: GroupId, number: u32) {
        let model = self.model;
        let of_crew = |agent: &AgentId| model.agents[agent.index()].crew == Crew::Staff;
        let longest_idle = self.state.group(group).idle.iter(&self.state.agents).find(of_crew);
        match model.groups[group.index()].leave {
            Leave::LongestIdle => match longest_idle {
                Some(agent) => self.log_out(agent),
                None => {
                    let busy = self.crew(group).filter(|agent| self.may_be_marked(*agent));
                    let longest = busy.min_by_key(|agent| self.state.agents[agent.index()].since);
                    self.mark(group, longest);
                }
            },
            Leave::FirstToFinish => match longest_idle {
                Some(agent) => self.log_out(agent),
                None => self.departures[group.index()].owed += 1,
            },
            Leave::Random => {
                let there: Vec<AgentId> = self
                    .crew(group)
                    .filter(|a| {
                        self.state.agents[a.index()].activity == Activity::Idle || self.may_be_marked(*a)
                    })
                    .collect();
                let name = self.key.named("leave").named(&model.groups[group.index()].name);
                let u = unit(name.child(self.now.micros()).nth(u64::from(number)));
                let picked = there.get((u * there.len() as f64) as usize).copied();
                match picked {
                    Some(agent) if self.state.agents[agent.index()].activity == Activity::Idle => {
                        self.log_out(agent)
                    }
                    picked => self.mark(group, picked),
                }
            }
        }
    }

    fn mark(&mut self, group: GroupId, agent: Option<AgentId>) {
        if let Some(agent) = agent {
            self.state.agents[agent.index()].leaving = true;
            self.departures[group.index()].marked.push(agent);
        }
    }

    /// Busy and not marked yet.
    fn may_be_marked(&self, agent: AgentId) -> bool {
        let state = &self.state.agents[agent.index()];
        !state.leaving && matches!(state.activity, Activity::Talking(_) | Activity::WrapUp)
    }

    /// The heads without shifts of a group.
    fn crew(&self, group: GroupId) -> impl Iterator<Item = AgentId> + use<P, AUDIT> {
        let first = self.model.groups[group.index()].first_agent;
        let most = self.model.groups[group.index()].heads.most();
        (first..first + most).map(AgentId)
    }

    /// Whether a freed agent is the one that leaves because someone of the crew must.
    fn owes_departure(&mut self, agent: AgentId, group: GroupId) -> bool {
        let owed = &mut self.departures[group.index()].owed;
        if *owed == 0 || self.model.agents[agent.index()].crew != Crew::Staff {
            return false;
        }
        *owed -= 1;
        true
    }
}

/// An agent's random blocks of a day: (since the shift's start, length), one in each of as many
/// equal stretches of the shift, so that they rarely touch.
fn blocks(shift: &Shift, name: Key) -> impl Iterator<Item = (Span, Span)> {
    let total = shift.blocks.micros();
    let count = total.div_ceil(BLOCK.micros());
    let stretch = shift.length.micros().checked_div(count).unwrap_or(0);
    (0..count).map(move |i| {
        let length = BLOCK.micros().min(total - i * BLOCK.micros()).min(stretch);
        let slack = (stretch - length) as f64;
        let since = i * stretch + (unit(name.nth(i)) * slack) as u64;
        (Span::from_micros(since), Span::from_micros(length))
    })
}
