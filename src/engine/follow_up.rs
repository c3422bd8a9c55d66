//! Follow-ups: whoever passed a customer on makes sure that it was solved.

use crate::model::{Crew, FollowUp, FollowUpId, Model, Owner, Skill};
use crate::observations::{Count, PassageCount, Step, StepEnd};
use crate::random::{Purpose, unit};
use crate::routing::{Policy, View};
use crate::state::{Case, CaseId, Line, NOBODY, Place, Role, Stage, Stay, Whereabouts};
use crate::units::{AgentId, GroupId, Instant, Span};

use super::player::Player;
use super::timers::Later;
use super::waiting::Wait;

/// The draws of a case's follow-ups are named apart from those of its contacts.
const FOLLOW_UPS: u64 = 1 << 33;

const DAY: i64 = Span::DAY.micros() as i64;

impl<P: Policy, const AUDIT: bool> Player<'_, P, AUDIT> {
    /// An occasion for follow-ups of a case.
    #[cold]
    pub(super) fn start_follow_ups(&mut self, id: CaseId, which: &[FollowUpId]) {
        for follow_up in which {
            self.start_follow_up(id, &self.model.follow_ups[follow_up.index()]);
        }
    }

    fn start_follow_up(&mut self, id: CaseId, follow_up: &FollowUp) {
        let now = self.now;
        let about = &mut self.state.cases[id];
        let key = about.key.child(FOLLOW_UPS + u64::from(about.follow_ups));
        about.follow_ups = about.follow_ups.saturating_add(1);
        if unit(key.bits(0, 0, Purpose::FollowUpShare)) >= follow_up.share {
            return;
        }
        let owner = match follow_up.owner {
            Owner::FirstAgent => about.first_agent,
            Owner::LastAgent => about.last_agent,
            Owner::Anyone => AgentId(NOBODY),
        };
        let after = now + follow_up.after.draw(key.bits(0, 0, Purpose::FollowUpAfter));
        let clock = self.model.queues[about.queue.index()].clock.as_ref().filter(|_| follow_up.open_hours);
        let at = match clock {
            Some(clock) => clock.from(after).map_or(Instant::NEVER, |(open, _)| open.max(after)),
            None => after,
        };
        let due = match clock {
            Some(clock) if follow_up.due < Span::FOREVER => clock.open_time_after(now, follow_up.due),
            _ => now + follow_up.due,
        };
        let mut task = Case::new(key, follow_up.queue, now, Span::ZERO);
        (task.role, task.special, task.about) = (Role::FollowUp, true, (id, about.key));
        (task.opening_queue, task.first_agent, task.deadline) = (about.queue, owner, due);
        task.moved = at;
        if follow_up.solves > 0.0 && about.pending < u8::MAX {
            about.pending += 1;
            task.pending = 1;
        }
        let task = self.state.cases.open(task);
        self.stamp(task);
        self.book_passage(self.state.cases[task].stay(), PassageCount::FollowUps, 1);
        if !self.draining {
            self.returns.push(at, Later::Task, task);
        }
    }

    /// A follow-up's time has come.
    pub(super) fn follow_up_due(&mut self, id: CaseId) {
        let case = &self.state.cases[id];
        let Some(follow_up) = follow_up_of(self.model, case) else { return };
        if follow_up.only_if_open && self.state.cases.still(case.about).is_none() {
            self.book_passage(case.stay(), PassageCount::FollowUpsNeedless, 1);
            return self.state.cases.close(id);
        }
        self.enter(id);
        let case = &self.state.cases[id];
        let (stay, owner) = (case.stay(), case.first_agent);
        self.book_stay(stay, |counts| counts[Count::Entered] += 1);
        if follow_up.owner == Owner::Anyone {
            return self.seek(id, Wait::GoesOn(Place::Tail));
        }
        self.give_to_owner(id, owner);
    }

    /// The owner does it now, or keeps it, or leaves it to the group.
    fn give_to_owner(&mut self, id: CaseId, owner: AgentId) {
        let (queue, due) = (self.state.cases[id].queue, self.state.cases[id].deadline);
        if self.owns_in_person(owner) {
            if self.state.has_room(self.model, owner, queue, self.now) {
                return self.serve(owner, id);
            }
            if self.stays(owner) || self.next_duty(owner).is_some_and(|back| back <= due) {
                return self.wait_in(id, Line::Agent(owner));
            }
            self.book_passage(self.state.cases[id].stay(), PassageCount::FollowUpsReassigned, 1);
        }
        // A case that nobody has served yet goes to whoever would be asked first.
        let group = match self.state.agents.get(owner.index()) {
            Some(agent) => agent.group,
            None => {
                let about = self.state.cases[id].opening_queue;
                self.model.abilities.served_by(about).first().copied().unwrap_or(GroupId(0))
            }
        };
        self.give_to_group(id, group);
    }

    /// Anonymous staff owns as a group.
    fn owns_in_person(&self, agent: AgentId) -> bool {
        self.model.agents.get(agent.index()).is_some_and(|agent| agent.crew != Crew::Staff)
    }

    fn give_to_group(&mut self, id: CaseId, group: GroupId) {
        let queue = self.state.cases[id].queue;
        let view = View { model: self.model, state: &self.state, now: self.now };
        match view.longest_with_room(group, queue) {
            Some(agent) => self.serve(agent, id),
            None => self.wait_in(id, Line::Group(group)),
        }
    }

    /// When an agent's next shift starts, if it has one within a week.
    fn next_duty(&self, agent: AgentId) -> Option<Instant> {
        let of = &self.model.agents[agent.index()];
        let Crew::Shift(place) = of.crew else { return None };
        let shift = &self.model.groups[of.group.index()].shifts[place as usize];
        let calendar = &self.model.calendar;
        let today = calendar.day(self.now);
        let starts = (today..today + 8).filter(|day| shift.days[calendar.weekday(*day).index()]);
        let at = |day: i64| calendar.instant(day * DAY + shift.start.span().micros() as i64);
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
            if case.whereabouts != Whereabouts::Waiting || case.line != Line::Agent(agent) {
                continue;
            }
            if case.role == Role::FollowUp {
                if back.is_none_or(|back| back > case.deadline) {
                    let stay = case.stay();
                    self.leave_queue(id);
                    self.book_passage(stay, PassageCount::FollowUpsReassigned, 1);
                    self.give_to_group(id, self.state.agents[agent.index()].group);
                }
            } else {
                self.wake_up(id);
            }
        }
    }

    /// An agent takes a follow-up up: the customer answers, or not.
    pub(super) fn begin_follow_up(&mut self, agent: AgentId, id: CaseId, skill: &Skill) {
        let model = self.model;
        let case = &self.state.cases[id];
        let (stay, wait, delayed) = (case.stay(), self.now.since(case.entered), case.delayed);
        let (on_time, delay) = (self.now <= case.deadline, self.now.since(case.opened).micros());
        let queue = &model.queues[stay.queue.index()];
        let Some(follow_up) = follow_up_of(self.model, case) else { return };
        let reached = unit(case.key.bits(case.contact, 0, Purpose::Reached)) < follow_up.reached;
        self.state.channels[queue.channel.index()].lines += 1;
        if reached {
            let talk = self.follow_up_talk(case, queue, skill);
            self.state.cases[id].last_agent = agent;
            self.take_up(agent, id, stay, Stage::Talk, talk, skill.share);
            self.book_passage(stay, PassageCount::FollowUpsDone, 1);
            self.book_passage(stay, PassageCount::FollowUpsOnTime, u64::from(on_time));
            self.book_passage(stay, PassageCount::FollowUpDelay, delay);
        } else {
            self.take_up(agent, id, stay, Stage::Ringing, follow_up.ring, skill.share);
        }
        self.book_answer(queue, stay, wait, delayed);
    }

    /// Nobody answered: once more later, or never.
    pub(super) fn follow_up_unreached(&mut self, id: CaseId, stay: Stay) {
        let case = &mut self.state.cases[id];
        case.tries = case.tries.saturating_add(1);
        case.contact = u16::from(case.tries);
        case.whereabouts = Whereabouts::Away;
        let case = &self.state.cases[id];
        let Some(follow_up) = follow_up_of(self.model, case) else { return };
        if case.tries < u8::MAX && u32::from(case.tries) <= follow_up.retries {
            let wait = follow_up.retry_after.draw(case.key.bits(case.contact, 0, Purpose::RetryAfter));
            let again = self.now + wait;
            self.state.cases[id].moved = again;
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
        let task = &self.state.cases[id];
        let (stay, key, tries) = (task.stay(), task.key, task.contact);
        let by = task.last_agent;
        let Some(about) = self.state.cases.still(task.about) else { return };
        let Some(follow_up) = follow_up_of(self.model, task) else { return };
        let solves = unit(key.bits(tries, 0, Purpose::FollowUpSolves)) < follow_up.solves;
        let case = &self.state.cases[about];
        if solves && case.whereabouts == Whereabouts::Away {
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

    /// A follow-up that solves nothing no longer keeps its case open.
    fn forget_follow_up(&mut self, id: CaseId) {
        let task = &self.state.cases[id];
        if task.pending == 0 {
            return;
        }
        let Some(about) = self.state.cases.still(task.about) else { return };
        let case = &mut self.state.cases[about];
        case.pending = case.pending.saturating_sub(1);
        if case.pending == 0
            && case.whereabouts == Whereabouts::Away
            && let Some(why) = case.fate
        {
            self.lose(about, why);
        }
    }
}

/// The follow-up that a record is one of.
fn follow_up_of<'m>(model: &'m Model, case: &Case) -> Option<&'m FollowUp> {
    model.queues[case.queue.index()].follow_up.map(|id| &model.follow_ups[id.index()])
}
