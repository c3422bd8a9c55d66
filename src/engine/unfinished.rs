//! What is unfinished when the horizon ends.
//!
//! A leg belongs to its stay, and the stay to the row of its entry. If the legs that run at the end were
//! left out, long talks would be missing among the last ones, and handle times of the last rows would
//! be far too short. How long a talk will take, and its wrap-up, is known when it begins, so these
//! legs are counted in full. What depends on others' doings is not known and is left out: conversations of
//! turns, and agents who stay with a customer until someone takes over.

use crate::observations::Count;
use crate::routing::Policy;
use crate::state::{CaseId, PlaceId, Role, Stage};

use super::player::Player;
use super::recorder::{Recorder, WorkEvent};
use super::service::passed_on;
use super::talk::{restarted, wrap_up};

impl<P: Policy, const AUDIT: bool, R: Recorder> Player<'_, P, AUDIT, R> {
    /// What is unfinished when the horizon ends is reported as still here.
    pub(super) fn close_books(&mut self) {
        for place in (0..self.state.works.len()).map(|place| PlaceId(place as u32)) {
            self.book_running_leg(place);
        }
        let waiting = self.state.cases.iter().filter(|(_, case)| case.whereabouts.is_waiting());
        let waiting: Vec<CaseId> = waiting.map(|(id, _)| id).collect();
        waiting.into_iter().for_each(|id| self.book_still_waiting(id));
        self.book_open_cases();
    }

    /// A talk that goes on is counted to its end, at the agent's present pace, with the wrap-up to come.
    fn book_running_leg(&mut self, place: PlaceId) {
        let work = self.state.works[place.index()];
        let model = self.model;
        let queue = &model.queues[work.stay.queue.index()];
        if !matches!(work.stage, Stage::Talk | Stage::Suspended) || queue.conversation.is_some() {
            return;
        }
        let case = &self.state.cases[work.case];
        let skill = model.abilities.skill(work.stay.queue, self.state.agents[work.agent.index()].group);
        let (wrap_up, to) = match case.role {
            Role::Case | Role::Stock => {
                let to = passed_on(model, case, queue).map(|transfer| transfer.to);
                (wrap_up(model, (&self.paces, work.agent), case, queue, skill), to)
            }
            Role::FollowUp => (wrap_up(model, (&self.paces, work.agent), case, queue, skill), None),
            Role::Duplicate | Role::Ghost => Default::default(),
        };
        let talk = match work.stage {
            // What was done before the interruption is counted already.
            Stage::Suspended => restarted(work.left_at(self.now), queue),
            _ => work.due.since(work.since),
        };
        self.book_stay(work.stay, |counts| {
            counts[Count::Legs] += 1;
            counts[Count::Talk] += talk.micros();
            counts[Count::WrapUp] += wrap_up.micros();
            counts[Count::Transferred] += u64::from(to.is_some());
        });
        self.tell_of_work(work.agent, place, WorkEvent::Served { talk, wrap_up, passed_on: to });
    }
}
