//! Conversations of turns: the agent replies, the customer answers, either may let it rest.

use crate::observations::{Count, PassageCount};
use crate::random::{Purpose, unit};
use crate::routing::Policy;
use crate::state::{Activity, CaseId, List, PlaceId, Position, Service, Stage, Whereabouts};
use crate::units::{AgentId, Instant, Span};
use crate::vocabulary::Replies;

use super::player::Player;
use super::recorder::{Recorder, WorkEvent};
use super::timers::Later;
use super::waiting::Wait;

impl<P: Policy, const AUDIT: bool, R: Recorder> Player<'_, P, AUDIT, R> {
    /// An agent opens a conversation: how many replies it will take.
    pub(super) fn begin_conversation(&mut self, id: CaseId) -> Stage {
        let case = &self.state.cases[id];
        let queue = &self.model.queues[case.queue.index()];
        if let Some(conversation) = &queue.conversation {
            let replies = match conversation.replies {
                Replies::Exactly(replies) => replies.max(1),
                Replies::Mean(mean) => {
                    geometric(mean, unit(case.key.bits(case.contact, case.leg, Purpose::Replies)))
                }
            };
            let wrote = case.entered;
            let rare = self.state.cases.rare_mut(id);
            (rare.replies, rare.wrote) = (replies.min(u32::from(u16::MAX)) as u16, wrote);
        }
        Stage::Ready
    }

    /// A reply is written.
    pub(super) fn end_reply(&mut self, agent: AgentId, place: PlaceId) {
        let model = self.model;
        let now = self.now;
        let work = &self.state.works[place.index()];
        let (id, stay) = (work.case, work.stay);
        let queue = &model.queues[stay.queue.index()];
        let contact = self.state.cases[id].contact;
        let rare = self.state.cases.rare_mut(id);
        rare.replies = rare.replies.saturating_sub(1);
        let (replies, wrote) = (rare.replies, rare.wrote);
        if rare.responded.replace(contact) != Some(contact) {
            self.book_response(id, stay);
        } else {
            let took = now.since(wrote).micros();
            self.book_passage(stay, PassageCount::LaterResponses, 1);
            self.book_passage(stay, PassageCount::LaterResponseTime, took);
        }
        let Some(conversation) = queue.conversation.as_ref().filter(|_| replies > 0) else {
            // The stage ends as a talk does: the queue's outcome decides.
            self.state.works[place.index()].stage = Stage::Talk;
            return self.end_talk(agent, place);
        };
        let message = self.next_message(id, &conversation.customer_reply);
        let park = now + conversation.park_after;
        self.meter_work(agent);
        let work = &mut self.state.works[place.index()];
        (work.stage, work.message, work.due) = (Stage::Customer, message, message.min(park));
        if self.state.agents[agent.index()].is_finishing() && park < Instant::NEVER {
            return self.park(agent, place);
        }
        self.retime(agent);
    }

    /// The customer writes, or has let it rest for too long.
    pub(super) fn customer_turn(&mut self, agent: AgentId, place: PlaceId) {
        let now = self.now;
        let work = &self.state.works[place.index()];
        if work.message > now {
            return self.park(agent, place);
        }
        let (id, queue) = (work.case, work.stay.queue);
        let group = self.state.agents[agent.index()].group;
        let skill = self.model.abilities.skill(queue, group);
        let left = self.reply(agent, id, &self.model.queues[queue.index()], skill);
        self.state.cases.rare_mut(id).wrote = now;
        self.meter_work(agent);
        let work = &mut self.state.works[place.index()];
        (work.stage, work.left, work.due) = (Stage::Ready, left, Instant::NEVER);
        self.retime(agent);
    }

    /// The place is free for others until the customer writes again.
    fn park(&mut self, agent: AgentId, place: PlaceId) {
        let now = self.now;
        let work = &self.state.works[place.index()];
        let (id, stay, talked, message) = (work.case, work.stay, now.since(work.since), work.message);
        self.book_stay(stay, |counts| counts[Count::Talk] += talked.micros());
        self.book_passage(stay, PassageCount::Parked, 1);
        self.tell_of_work(agent, place, WorkEvent::Parked { talk: talked });
        let case = &mut self.state.cases[id];
        (case.whereabouts, case.service) = (Whereabouts::Parked { until: message }, Service::Reply);
        self.parked += 1;
        self.returns.push(message, Later::Message, id);
        self.end_work(agent, place);
    }

    /// Parks what an agent who is about to leave can let rest.
    pub(super) fn park_resting(&mut self, agent: AgentId) {
        for place in self.state.agents[agent.index()].all_places() {
            let work = &self.state.works[place.index()];
            let may_rest = work.stage == Stage::Customer
                && self.model.queues[work.stay.queue.index()]
                    .conversation
                    .as_ref()
                    .is_some_and(|conversation| conversation.park_after < Span::FOREVER);
            if may_rest && self.state.agents[agent.index()].activity == Activity::Working {
                self.park(agent, place);
            }
        }
    }

    /// A parked conversation goes on: the message queues, or waits for the agent who knows it.
    pub(super) fn message_arrives(&mut self, id: CaseId) {
        self.parked -= 1;
        let now = self.now;
        let case = &mut self.state.cases[id];
        (case.whereabouts, case.entered, case.age) = (Whereabouts::Moving, now, now);
        let (queue, last) = (case.queue, case.last_agent.get());
        self.state.cases.rare_mut(id).wrote = now;
        let conversation = self.model.queues[queue.index()].conversation.as_ref();
        if conversation.is_some_and(|conversation| conversation.to_last_agent)
            && let Some(last) = last.filter(|last| self.stays(*last))
        {
            if self.state.fits(self.model, last, queue) {
                return self.serve(last, id);
            }
            return self.wait_in(id, List::Agent(last), Instant::NEVER);
        }
        self.seek(id, Wait::GoesOn(Position::Tail, Instant::NEVER));
    }

    /// Whether an agent is on duty and not about to go home.
    pub(super) fn stays(&self, agent: AgentId) -> bool {
        let agent = &self.state.agents[agent.index()];
        agent.activity != Activity::Off && !agent.leaving
    }
}

/// A geometric number on 1, 2, 3, ... with this mean, by inversion.
fn geometric(mean: f64, u: f64) -> u32 {
    if mean <= 1.0 {
        return 1;
    }
    let continues = 1.0 - 1.0 / mean;
    1 + (libm::log(u) / libm::log(continues)) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_number_of_replies_is_geometric() {
        assert_eq!(geometric(1.0, 0.01), 1);
        let draws = 100_000;
        let numbers = (0..draws).map(|i| geometric(4.0, (f64::from(i) + 0.5) / f64::from(draws)));
        let (mut ones, mut sum) = (0, 0);
        for number in numbers {
            ones += u32::from(number == 1);
            sum += number;
        }
        assert!((f64::from(sum) / f64::from(draws) - 4.0).abs() < 0.01);
        assert!((f64::from(ones) / f64::from(draws) - 0.25).abs() < 0.001);
    }
}
