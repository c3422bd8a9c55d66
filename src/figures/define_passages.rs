//! The definitions of what is counted of whole scopes only: self-service, callbacks, responses,
//! conversations and follow-ups. What never happened has no figures.

use crate::observations::PassageCount;

use super::Figure;
use super::define::Definitions;
use super::passage::{Beside, beside, passage};

/// A counter of the vector of passages, as a linear form.
fn of(count: PassageCount) -> (usize, f64) {
    (passage(count), 1.0)
}

fn by(count: Beside) -> (usize, f64) {
    (beside(count), 1.0)
}

impl Definitions<'_> {
    /// Of a queue, a channel or the total. `shares`: whether any agents' time is shared between
    /// conversations; `ends`: of reported rows, in a replication.
    pub(super) fn passages(&mut self, shares: bool, ends: f64) {
        use PassageCount::*;
        self.share_of(Figure::Ocr, Beside::SolvedAtOnce, Beside::Ended);
        self.share_of(Figure::AgentsPerCase, Beside::Agents, Beside::Cases);
        self.share_of(Figure::FirstAgent, Beside::SolvedByFirstAgent, Beside::Solved);
        for (figure, count) in [
            (Figure::Sessions, Sessions),
            (Figure::CallbacksOffered, CallbacksOffered),
            (Figure::Parked, Parked),
            (Figure::Interrupted, Interrupted),
            (Figure::Silent, Silent),
            (Figure::Chased, Chased),
            (Figure::Escalated, Escalated),
        ] {
            if self.occurs(passage(count)) {
                self.mean(figure, &[of(count)], 1.0);
            }
        }
        let sessions = [of(Sessions)];
        self.ratio(Figure::Containment, &[of(Contained), of(FalselyContained)], &sessions);
        self.ratio(Figure::TrueContainment, &[of(Contained)], &sessions);
        self.ratio(Figure::HungUp, &[of(HungUp)], &sessions);
        let accepted = [by(Beside::CalledBack)];
        self.ratio(Figure::CallbacksDone, &[of(CallbacksDone)], &accepted);
        self.ratio(Figure::CallbackDelay, &[of(CallbackDelay)], &[of(CallbacksDone)]);
        self.ratio(Figure::CallbacksUnreached, &[of(CallbacksUnreached)], &accepted);
        if self.occurs(passage(Hold)) {
            self.ratio(Figure::Hold, &[of(Hold)], &[by(Beside::Legs)]);
        }
        if shares {
            let effort = [by(Beside::Busy), (passage(Shared), -1.0)];
            self.ratio(Figure::Effort, &effort, &[by(Beside::Legs)]);
        }
        self.ratio(Figure::Response, &[of(ResponseTime)], &[of(Responses)]);
        self.share_of(Figure::ResponseWithin, Beside::ResponsesKept, Beside::ResponsesAsked);
        self.ratio(Figure::LaterResponse, &[of(LaterResponseTime)], &[of(LaterResponses)]);
        if self.occurs(beside(Beside::Backlog)) {
            self.mean(Figure::Backlog, &[by(Beside::Backlog)], ends);
        }
    }

    fn share_of(&mut self, figure: Figure, part: Beside, whole: Beside) {
        self.ratio(figure, &[by(part)], &[by(whole)]);
    }

    /// Of a follow-up.
    pub(super) fn follow_up(&mut self) {
        use PassageCount::*;
        let (started, done) = ([of(FollowUps)], [of(FollowUpsDone)]);
        if !self.occurs(passage(FollowUps)) {
            return;
        }
        self.mean(Figure::FollowUps, &started, 1.0);
        self.ratio(Figure::FollowUpsDone, &done, &started);
        self.ratio(Figure::FollowUpsOnTime, &[of(FollowUpsOnTime)], &done);
        self.ratio(Figure::FollowUpDelay, &[of(FollowUpDelay)], &done);
        self.ratio(Figure::FollowUpsUnreached, &[of(FollowUpsUnreached)], &started);
        self.ratio(Figure::FollowUpsNeedless, &[of(FollowUpsNeedless)], &started);
        self.ratio(Figure::FollowUpsReassigned, &[of(FollowUpsReassigned)], &started);
        self.ratio(Figure::FollowUpsSolved, &[of(FollowUpsSolved)], &done);
    }
}
