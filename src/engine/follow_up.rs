//! Follow-ups: whoever passed a customer on makes sure that it was solved.

use crate::model::{Crew, FollowUp, FollowUpId, Owner, Skill};
use crate::observations::{Count, PassageCount, Step, StepEnd};
use crate::random::{Purpose, unit};
use crate::routing::{Policy, View};
use crate::state::{
    Case, CaseId, List, MaybeAgent, Position, Rare, Role, Service, Stage, Stay, Task, Whereabouts,
};
use crate::units::{AgentId, GroupId, Instant, Span};

use super::player::Player;
use super::recorder::{CaseEvent, Recorder};
use super::timers::Later;
use super::waiting::Wait;

/// The draws of a case's follow-ups are named apart from those of its contacts.
const FOLLOW_UPS: u64 = 1 << 33;

impl<'m, P: Policy, const AUDIT: bool, R: Recorder> Player<'m, P, AUDIT, R> {
    /// An occasion for follow-ups of a case.
    #[cold]
    pub(super) fn start_follow_ups(&mut self, id: CaseId, which: &[FollowUpId]) {
        for follow_up in which {
            self.start_follow_up(id, &self.model.follow_ups[follow_up.index()]);
        }
    }

    fn start_follow_up(&mut self, id: CaseId, follow_up: &FollowUp) {
        let now = self.now;
        let about = &self.state.cases[id];
        let rare = self.state.cases.rare(id);
        let key = about.key.child(FOLLOW_UPS + u64::from(rare.follow_ups));
        let (from, reference) = (about.queue, (id, about.key));
        let owner = match follow_up.owner {
            Owner::FirstAgent => about.first_agent,
            Owner::LastAgent => about.last_agent,
            Owner::Anyone => MaybeAgent::NOBODY,
        };
        let rare = self.state.cases.rare_mut(id);
        rare.follow_ups = rare.follow_ups.saturating_add(1);
        if unit(key.bits(0, 0, Purpose::FollowUpShare)) >= follow_up.share {
            return;
        }
        let may_solve = follow_up.solves > 0.0 && rare.solvers < u8::MAX;
        rare.solvers += u8::from(may_solve);
        let after = now + follow_up.after.draw(key.bits(0, 0, Purpose::FollowUpAfter));
        let clock = self.model.queues[from.index()].clock.as_ref().filter(|_| follow_up.open_hours);
        let at = match clock {
            Some(clock) => clock.from(after).map_or(Instant::NEVER, |(open, _)| open.max(after)),
            None => after,
        };
        let due = match clock {
            Some(clock) if follow_up.due < Span::FOREVER => clock.open_time_after(now, follow_up.due),
            _ => now + follow_up.due,
        };
        let mut record = Case::new(key, follow_up.queue, now, Service::Leg);
        (record.role, record.whereabouts) = (Role::FollowUp, Whereabouts::Scheduled { at });
        let task = Task { about: reference, from, owner, due, may_solve };
        let task = self.state.cases.open(record, Rare { task: Some(task), ..Rare::NONE });
        self.stamp(task);
        self.book_passage(self.state.cases[task].stay(), PassageCount::FollowUps, 1);
        self.tell(task, CaseEvent::Opens { about: Some(id) });
        if !self.draining {
            self.returns.push(at, Later::Task, task);
        }
    }

    /// A follow-up's time has come.
    pub(super) fn follow_up_due(&mut self, id: CaseId) {
        let case = &self.state.cases[id];
        let Some((follow_up, task)) = self.follow_up_of(id) else { return };
        if follow_up.only_if_open && self.state.cases.still(task.about).is_none() {
            self.book_passage(case.stay(), PassageCount::FollowUpsNeedless, 1);
            self.tell(id, CaseEvent::Needless);
            return self.state.cases.close(id);
        }
        self.state.cases[id].whereabouts = Whereabouts::Moving;
        self.enter(id);
        let stay = self.state.cases[id].stay();
        self.book_stay(stay, |counts| counts[Count::Entered] += 1);
        self.tell(id, CaseEvent::Enters);
        if follow_up.owner == Owner::Anyone {
            return self.seek(id, Wait::GoesOn(Position::Tail, Instant::NEVER));
        }
        self.give_to_owner(id, task);
    }

    /// The owner does it now, or keeps it, or leaves it to the group.
    fn give_to_owner(&mut self, id: CaseId, task: Task) {
        let queue = self.state.cases[id].queue;
        // A case that nobody has served yet goes to whoever would be asked first.
        let Some(owner) = task.owner.get() else {
            let group = self.model.abilities.served_by(task.from).first().copied();
            return self.give_to_group(id, group.unwrap_or(GroupId(0)));
        };
        if self.owns_in_person(owner) {
            if self.state.has_room(self.model, owner, queue, self.now) {
                return self.serve(owner, id);
            }
            if self.stays(owner) || self.next_duty(owner).is_some_and(|back| back <= task.due) {
                return self.wait_in(id, List::Agent(owner), Instant::NEVER);
            }
            self.book_passage(self.state.cases[id].stay(), PassageCount::FollowUpsReassigned, 1);
        }
        self.give_to_group(id, self.state.agents[owner.index()].group);
    }

    /// Anonymous staff owns as a group.
    fn owns_in_person(&self, agent: AgentId) -> bool {
        self.model.agents[agent.index()].crew != Crew::Staff
    }

    fn give_to_group(&mut self, id: CaseId, group: GroupId) {
        let queue = self.state.cases[id].queue;
        let view = View { model: self.model, state: &self.state, now: self.now };
        match view.longest_with_room(group, queue) {
            Some(agent) => self.serve(agent, id),
            None => self.wait_in(id, List::Group(group), Instant::NEVER),
        }
    }

    /// When an agent's next shift starts, if it has one within a week.
    fn next_duty(&self, agent: AgentId) -> Option<Instant> {
        let of = &self.model.agents[agent.index()];
        let Crew::Shift(which) = of.crew else { return None };
        let group = &self.model.groups[of.group.index()];
        let shift = &group.shifts[which as usize];
        let calendar = &self.model.calendar;
        // On the clock of its site it may be the day before.
        let today = calendar.day(self.now);
        let days = today - 1..today + shift.cycle() + 1;
        let comes = |day: &i64| {
            let weekday = calendar.weekday(*day).index();
            shift.works(*day, weekday) && of.number < shift.heads[weekday]
        };
        let starts = days.filter(comes);
        let at = |day: i64| calendar.instant(group.starts(which as usize, day));
        starts.filter_map(at).find(|start| *start > self.now)
    }

    /// Who waits for an agent who is not there (any more) waits for others, unless the agent will
    /// be back in time.
    pub(super) fn reassign(&mut self, agent: AgentId) {
        let Some(list) = self.state.own.get(agent.index()) else { return };
        if list.is_empty() {
            return;
        }
        let waiting: Vec<CaseId> = list.iter(&self.state.cases).collect();
        let back = self.next_duty(agent);
        for id in waiting {
            let case = &self.state.cases[id];
            // What this loop hands on may have made others move.
            let Whereabouts::Waiting { list, until } = case.whereabouts else { continue };
            if list != List::Agent(agent) {
                continue;
            }
            if let Some(task) = self.state.cases.rare(id).task {
                if back.is_none_or(|back| back > task.due) {
                    let stay = case.stay();
                    self.leave_queue(id);
                    self.book_passage(stay, PassageCount::FollowUpsReassigned, 1);
                    self.give_to_group(id, self.state.agents[agent.index()].group);
                }
            } else {
                self.wake_up(id, list, until);
            }
        }
    }

    /// An agent takes a follow-up up: the customer answers, or not.
    pub(super) fn begin_follow_up(&mut self, agent: AgentId, id: CaseId, skill: &Skill) {
        let model = self.model;
        let case = &self.state.cases[id];
        let (stay, wait, delayed) = (case.stay(), self.now.since(case.entered), case.delayed);
        let queue = &model.queues[stay.queue.index()];
        let Some((follow_up, task)) = self.follow_up_of(id) else { return };
        let (on_time, delay) = (self.now <= task.due, self.now.since(case.opened).micros());
        let reached = unit(case.key.bits(case.contact, 0, Purpose::Reached)) < follow_up.reached;
        self.state.channels[queue.channel.index()].lines += 1;
        if reached {
            let talk = self.follow_up_talk(agent, case, queue, skill);
            self.state.cases[id].last_agent = agent.into();
            self.take_up(agent, id, stay, Stage::Talk, talk, skill.share);
            self.book_passage(stay, PassageCount::FollowUpsDone, 1);
            self.book_passage(stay, PassageCount::FollowUpsOnTime, u64::from(on_time));
            self.book_passage(stay, PassageCount::FollowUpDelay, delay);
        } else {
            self.take_up(agent, id, stay, Stage::Ringing, follow_up.ring, skill.share);
        }
        self.book_answer::<false>(queue, stay, wait, delayed);
        self.tell(id, CaseEvent::Answered { agent, wait, delayed });
        if !reached {
            self.tell(id, CaseEvent::NotReached { agent });
        }
    }

    /// Nobody answered: once more later, or never.
    pub(super) fn follow_up_unreached(&mut self, id: CaseId, stay: Stay) {
        let case = &mut self.state.cases[id];
        case.contact = case.contact.saturating_add(1);
        let Some((follow_up, _)) = self.follow_up_of(id) else { return };
        let case = &self.state.cases[id];
        if case.contact < u16::from(u8::MAX) && u32::from(case.contact) <= follow_up.retries {
            let wait = follow_up.retry_after.draw(case.key.bits(case.contact, 0, Purpose::CallbackAgain));
            let again = self.now + wait;
            self.state.cases[id].whereabouts = Whereabouts::Scheduled { at: again };
            if !self.draining {
                self.returns.push(again, Later::Task, id);
            }
            return;
        }
        self.book_passage(stay, PassageCount::FollowUpsUnreached, 1);
        self.forget_follow_up(id);
        self.state.cases.close(id);
    }

    /// A follow-up has talked to the customer: it may have solved what was still open.
    pub(super) fn conclude_follow_up(&mut self, id: CaseId) {
        let Case { key, contact, last_agent: by, .. } = self.state.cases[id];
        let stay = self.state.cases[id].stay();
        let Some((follow_up, task)) = self.follow_up_of(id) else { return };
        let Some(about) = self.state.cases.still(task.about) else { return };
        let solves = unit(key.bits(contact, 0, Purpose::FollowUpSolves)) < follow_up.solves;
        if solves && self.state.cases[about].whereabouts.is_between_contacts() {
            let step = Step::new(stay.queue, StepEnd::Solved);
            let case = &mut self.state.cases[about];
            case.journey = self.seen.journeys.step(case.journey, step);
            case.last_agent = by;
            self.book_passage(stay, PassageCount::FollowUpsSolved, 1);
            self.solve_later(about);
            return;
        }
        self.forget_follow_up(id);
    }

    /// The follow-up that a record is one of.
    fn follow_up_of(&self, id: CaseId) -> Option<(&'m FollowUp, Task)> {
        let follow_up = self.model.queues[self.state.cases[id].queue.index()].follow_up?;
        Some((&self.model.follow_ups[follow_up.index()], self.state.cases.rare(id).task?))
    }

    /// A follow-up that solves nothing no longer keeps its case open.
    fn forget_follow_up(&mut self, id: CaseId) {
        let Some(task) = self.state.cases.rare(id).task.filter(|task| task.may_solve) else { return };
        let Some(about) = self.state.cases.still(task.about) else { return };
        let rare = self.state.cases.rare_mut(about);
        rare.solvers = rare.solvers.saturating_sub(1);
        if rare.solvers == 0
            && let Whereabouts::Pending(why) = self.state.cases[about].whereabouts
        {
            self.lose(about, why);
        }
    }
}
