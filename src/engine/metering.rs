//! Integrals over time: they belong to the clock interval, so all of them are brought up to date
//! when a row turns.

use crate::observations::{Count, GroupCount, PassageCount};
use crate::routing::Policy;
use crate::state::{Activity, Role, Work};
use crate::units::{AgentId, GroupId, QueueId, Span};

use super::meters::{Meters, TIMES};
use super::player::Player;
use super::recorder::Recorder;

impl<P: Policy, const AUDIT: bool, R: Recorder> Player<'_, P, AUDIT, R> {
    /// The next row begins.
    pub(super) fn turn_row(&mut self) {
        for queue in (0..self.model.queues.len()).map(QueueId::at) {
            self.meter_waiting(queue);
            self.meter_backlog(queue);
        }
        for group in (0..self.model.groups.len()).map(GroupId::at) {
            self.meter_presence(group);
        }
        for agent in (0..self.model.agents.len()).map(AgentId::at) {
            if self.state.agents[agent.index()].activity == Activity::Working {
                self.meter_work(agent);
            }
        }
        self.date_integrals();
        let was_reported = self.meters.reported;
        let is_reported = self.model.rows.row(self.now) != self.model.rows.unreported();
        if was_reported != is_reported {
            for agent in (0..self.model.agents.len()).map(AgentId::at) {
                let activity = self.state.agents[agent.index()].activity;
                self.meter_agent(agent, matches!(activity, Activity::Idle | Activity::Working));
            }
        }
        self.meters.turn(self.model, self.now);
        let row = self.meters.row;
        for (before, seen) in self.meters.before.iter_mut().zip(&self.seen.queues) {
            *before = TIMES.map(|time| seen.rows[row][time]);
        }
    }

    /// Gives the present date what the row that ends has added to its integrals, where dates are
    /// counted apart.
    fn date_integrals(&mut self) {
        let Meters { row, day, ref before, .. } = self.meters;
        for (before, seen) in before.iter().zip(&mut self.seen.queues) {
            let Some(date) = seen.days.get_mut(day) else { continue };
            for (time, before) in TIMES.into_iter().zip(before) {
                date[time] += seen.rows[row][time] - before;
            }
        }
    }

    /// Counts what lies in a deferred queue, by age.
    fn meter_backlog(&mut self, queue: QueueId) {
        let Some(bands) = self.seen.queues[queue.index()].backlog.get_mut(self.meters.row) else { return };
        let ages = &self.model.channels[self.model.queues[queue.index()].channel.index()].age_bands;
        // Neighbours are of like age: the band of the one before is tried first.
        let (mut band, mut from, mut until) = (0, Span::ZERO, Span::ZERO);
        for id in self.state.queues[queue.index()].waiting.iter(&self.state.cases) {
            let case = &self.state.cases[id];
            if case.role != Role::Stock {
                let age = self.now.since(case.entered);
                if age < from || age >= until {
                    band = ages.partition_point(|end| *end <= age);
                    from = band.checked_sub(1).map_or(Span::ZERO, |before| ages[before]);
                    until = ages.get(band).copied().unwrap_or(Span::FOREVER);
                }
                bands[band] += 1;
            }
        }
    }

    /// Brings the integral of a queue's waiting contacts up to date; before their number changes.
    #[inline]
    pub(super) fn meter_waiting(&mut self, queue: QueueId) {
        let since = std::mem::replace(&mut self.meters.queues[queue.index()], self.now);
        let state = &self.state.queues[queue.index()];
        let waiting = u64::from(state.waiting.len() + state.elsewhere);
        if waiting > 0 {
            let lasted = self.now.since(since).micros();
            let seen = &mut self.seen.queues[queue.index()];
            seen.rows[self.meters.row][Count::Waiting] += waiting * lasted;
            if self.meters.reported {
                seen.waiting_squares += u128::from(waiting * waiting) * u128::from(lasted);
            }
        }
    }

    /// Adds an agent's work so far to its queue's and its group's integrals: when it changes, and
    /// when a row turns.
    #[inline(always)]
    pub(super) fn meter_work(&mut self, agent: AgentId) {
        let state = &mut self.state.agents[agent.index()];
        let lasted = self.now.since(std::mem::replace(&mut state.metered, self.now)).micros();
        let (row, group, place) = (self.meters.row, state.group, state.place());
        self.seen.groups[group.index()][row][GroupCount::Working] += lasted;
        if state.is_single() {
            let queue = self.state.works[place.index()].stay.queue;
            self.seen.queues[queue.index()].rows[row][Count::Busy] += lasted;
        } else if lasted > 0 {
            self.meter_places(agent, lasted);
        }
    }

    /// The same for each of an agent's several places, and what sharing saved.
    fn meter_places(&mut self, agent: AgentId, lasted: u64) {
        let row = self.meters.row;
        let state = &self.state.agents[agent.index()];
        let desk = || Work::on(&self.state.works[state.desk()], state.taken());
        let (mut active, mut open) = (0, 0);
        for work in desk() {
            active += u64::from(work.stage.is_active());
            open += u64::from(work.stage.is_open());
        }
        let saved = if active > 1 && self.meters.reported { lasted - lasted / active } else { 0 };
        for work in desk().filter(|work| work.stage.is_active()) {
            let seen = &mut self.seen.queues[work.stay.queue.index()];
            seen.rows[row][Count::Busy] += lasted;
            seen.passages[PassageCount::Shared] += saved;
        }
        let count = match open {
            0 => return,
            1 => GroupCount::OneOpen,
            2 => GroupCount::TwoOpen,
            _ => GroupCount::ThreeOpen,
        };
        self.seen.groups[state.group.index()][row][count] += lasted;
    }

    /// Brings an agent's own times up to date: before it becomes available, and before it no longer is. Rare, as
    /// for groups.
    pub(super) fn meter_agent(&mut self, agent: AgentId, available: bool) {
        let worked = self.state.agents[agent.index()].worked_in_all(self.now);
        let meter = &mut self.meters.agents[agent.index()];
        let (since, before) = std::mem::replace(meter, (self.now, worked));
        if available && self.meters.reported {
            let times = &mut self.seen.agents[agent.index()];
            times.available += self.now.since(since).micros();
            times.worked += worked.saturating_sub(before).micros();
        }
    }

    /// Brings the integrals of a group's presence up to date; rare, as agents seldom come and go.
    pub(super) fn meter_presence(&mut self, group: GroupId) {
        let since = std::mem::replace(&mut self.meters.presence[group.index()], self.now);
        let lasted = self.now.since(since).micros();
        let state = &self.state.groups[group.index()];
        let row = &mut self.seen.groups[group.index()][self.meters.row];
        let (heads, scheduled) = (u64::from(state.heads), u64::from(state.scheduled));
        let (on_break, overtime) = (u64::from(state.on_break), u64::from(state.overtime));
        row[GroupCount::Scheduled] += scheduled * lasted;
        row[GroupCount::OnDuty] += u64::from(state.on_duty) * lasted;
        row[GroupCount::OnBreak] += on_break * lasted;
        row[GroupCount::Overtime] += overtime * lasted;
        let paid_heads = Span::from_seconds(
            Span::from_micros(heads * lasted).seconds() * self.model.groups[group.index()].paid_per_hour,
        );
        row[GroupCount::Paid] += (scheduled - heads + overtime) * lasted + paid_heads.micros();
    }
}
