//! The day of an agent: shifts, breaks, random blocks.

use crate::model::Shift;
use crate::random::{Key, unit};
use crate::routing::Policy;
use crate::state::{Activity, AgentState};
use crate::units::{AgentId, GroupId, Instant, QueueId, Span};

use super::absence::Roll;
use super::agenda::Planned;
use super::player::Player;
use super::recorder::Recorder;

/// Training, meetings and the like come in blocks of this length.
const BLOCK: Span = Span::from_whole_seconds(30 * 60);

impl<P: Policy, const AUDIT: bool, R: Recorder> Player<'_, P, AUDIT, R> {
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
            self.agenda.push(Instant::START, Planned::Heads(id));
            for which in 0..group.shifts.len() {
                // Shifts that began before the play are on duty from its start.
                self.plan_shift(id, which as u32, model.calendar.day(Instant::START) - 2);
            }
        }
    }

    pub(super) fn perform(&mut self, planned: Planned) {
        match planned {
            Planned::Heads(group) => self.change_heads(group),
            Planned::ShiftStart(group, shift, day) => self.start_shift(group, shift, day),
            Planned::LogIn(agent) => self.log_in(agent),
            Planned::ShiftEnd(group, shift, day) => self.end_shift(group, shift, day),
            Planned::BreakDue(agent, length, unpaid) => self.break_due(agent, length, unpaid),
            Planned::TakeUp => self.take_up_waiting(),
            Planned::Open(queue, until) => {
                self.state.queues[queue.index()].closed = false;
                self.agenda.push(until, Planned::Close(queue));
                self.call_back(queue);
            }
            Planned::Close(queue) => self.close(queue),
            Planned::Clear(queue) => {
                if !self.serves_inside(queue) {
                    self.clear_queue(queue);
                }
            }
            Planned::Rung(queue, call) => self.rung(queue, call),
        }
    }

    /// Plans the first start of a shift on or after a day that ends after now.
    fn plan_shift(&mut self, group: GroupId, which: u32, from_day: i64) {
        let of = &self.model.groups[group.index()];
        let shift = &of.shifts[which as usize];
        if !shift.days.contains(&true) {
            return;
        }
        let calendar = &self.model.calendar;
        let starts = (from_day..).filter(|day| shift.works(*day, calendar.weekday(*day).index()));
        for day in starts {
            let start = of.starts(which as usize, day);
            if calendar.instant(start + shift.length.micros() as i64).is_some_and(|end| end > self.now) {
                let at = calendar.instant(start).unwrap_or(Instant::START).max(self.now);
                self.agenda.push(at, Planned::ShiftStart(group, which, day));
                return;
            }
        }
    }

    fn start_shift(&mut self, group: GroupId, which: u32, day: i64) {
        let model = self.model;
        let shift = &model.groups[group.index()].shifts[which as usize];
        let roll = Roll::new(model, &model.groups[group.index()], self.key, day);
        let start = roll.start(which as usize);
        let at = |since: Span| model.calendar.instant(start + since.micros() as i64);
        self.meter_presence(group);
        let heads = shift.heads[model.calendar.weekday(day).index()];
        self.state.groups[group.index()].scheduled += heads;
        self.agenda.push(at(shift.length).unwrap_or(self.now), Planned::ShiftEnd(group, which, day));
        self.plan_shift(group, which, day + 1);
        for (number, absent) in (0..).zip(roll.absent(which as usize)) {
            let agent = AgentId(shift.first_agent + number);
            for pause in &shift.breaks {
                if let Some(due) = at(shift.due(pause, number, heads)).filter(|due| *due >= self.now)
                    && (!absent || !pause.paid)
                {
                    self.agenda.push(due, Planned::BreakDue(agent, pause.length, !pause.paid));
                }
            }
            if !absent {
                for (since, length) in blocks(shift, roll.today(which as usize, number).named("blocks")) {
                    if let Some(due) = at(since).filter(|due| *due >= self.now) {
                        self.agenda.push(due, Planned::BreakDue(agent, length, false));
                    }
                }
                self.state.agents[agent.index()].shift_ends = at(shift.length).unwrap_or(Instant::NEVER);
                let late = roll.late(which as usize, number).and_then(|late| at(late.min(shift.length)));
                match late.filter(|late| *late > self.now) {
                    // Whoever is still there from a shift before comes in time.
                    Some(late) if self.state.agents[agent.index()].activity == Activity::Off => {
                        // Who is as late as the shift is long does not come at all.
                        if at(shift.length).is_some_and(|end| late < end) {
                            self.agenda.push(late, Planned::LogIn(agent));
                        }
                    }
                    _ => self.log_in(agent),
                }
            } else {
                self.reassign(agent);
            }
        }
    }

    fn end_shift(&mut self, group: GroupId, which: u32, day: i64) {
        let shift = &self.model.groups[group.index()].shifts[which as usize];
        self.meter_presence(group);
        let heads = shift.heads[self.model.calendar.weekday(day).index()];
        self.state.groups[group.index()].scheduled -= heads;
        for agent in (shift.first_agent..shift.first_agent + heads).map(AgentId) {
            match self.state.agents[agent.index()].activity {
                Activity::Off => {}
                Activity::Idle | Activity::Break => self.log_out(agent),
                Activity::Working => {
                    let state = &mut self.state.agents[agent.index()];
                    (state.leaving, state.overtime, state.break_due) = (true, true, Span::ZERO);
                    self.state.groups[group.index()].overtime += 1;
                    self.wind_up(agent);
                }
            }
        }
    }

    pub(super) fn log_in(&mut self, agent: AgentId) {
        let now = self.now;
        let group = self.state.agents[agent.index()].group;
        self.meter_presence(group);
        let (state, groups) = (&mut self.state.agents[agent.index()], &mut self.state.groups);
        if state.activity != Activity::Off {
            // Still there from the shift before: it goes on.
            groups[group.index()].overtime -= u32::from(state.overtime);
            (state.leaving, state.overtime) = (false, false);
            return self.stay_on(agent);
        }
        (state.on_duty_since, state.worked_before, state.break_due) = (now, state.worked, Span::ZERO);
        state.rested = Span::ZERO;
        groups[group.index()].on_duty += 1;
        self.meter_agent(agent, false);
        // Others may come on duty at this instant, and be the first choice for what waits.
        self.state.become_idle(agent, now);
        self.timers.stop(agent.index());
        if self.newcomers.is_empty() {
            self.agenda.push(now, Planned::TakeUp);
        }
        self.newcomers.push(agent);
    }

    /// An agent that is idle, on a break, or in no list any more goes home.
    pub(super) fn log_out(&mut self, agent: AgentId) {
        let AgentState { group, activity, .. } = self.state.agents[agent.index()];
        self.meter_presence(group);
        self.meter_agent(agent, activity != Activity::Break);
        match activity {
            Activity::Idle => self.state.stop_idling(agent),
            Activity::Break => self.state.groups[group.index()].on_break -= 1,
            Activity::Off | Activity::Working => {}
        }
        self.timers.stop(agent.index());
        let state = &mut self.state.agents[agent.index()];
        let groups = &mut self.state.groups[group.index()];
        groups.overtime -= u32::from(state.overtime);
        groups.on_duty -= 1;
        (state.activity, state.leaving, state.overtime) = (Activity::Off, false, false);
        state.shift_ends = Instant::NEVER;
        self.departures[group.index()].gone(agent);
        if self.state.group(group).on_duty == 0 {
            self.abandon_closed_queues(group);
        }
        if self.model.has_lists {
            self.reassign(agent);
        }
    }

    /// An agent who was about to leave stays after all.
    pub(super) fn stay_on(&mut self, agent: AgentId) {
        let state = &self.state.agents[agent.index()];
        if state.activity == Activity::Working && !state.is_single() {
            self.state.list(self.model, agent, self.now);
            self.ask_for_more(agent);
        }
    }

    /// An agent with several things at once who is about to leave or to take a break: nothing new,
    /// and what may rest is let rest.
    pub(super) fn wind_up(&mut self, agent: AgentId) {
        if !self.state.agents[agent.index()].is_single() {
            self.state.unlist(agent);
            self.park_resting(agent);
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
            Activity::Working => {
                if !state.leaving {
                    state.break_due += length;
                    self.wind_up(agent);
                }
            }
            // Never shortened: one break follows the other.
            Activity::Break => self.timers.set(agent.index(), self.timers.at(agent.index()) + length),
        }
    }

    pub(super) fn start_break(&mut self, agent: AgentId, length: Span) {
        let group = self.state.agents[agent.index()].group;
        self.meter_presence(group);
        self.meter_agent(agent, true);
        self.state.groups[group.index()].on_break += 1;
        let state = &mut self.state.agents[agent.index()];
        (state.activity, state.since, state.break_due) = (Activity::Break, self.now, Span::ZERO);
        self.timers.set(agent.index(), self.now + length);
    }

    pub(super) fn end_break(&mut self, agent: AgentId) {
        let group = self.state.agents[agent.index()].group;
        self.meter_presence(group);
        self.meter_agent(agent, false);
        self.state.groups[group.index()].on_break -= 1;
        let state = &mut self.state.agents[agent.index()];
        state.rested += self.now.since(state.since);
        self.ask_for_work(agent);
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
