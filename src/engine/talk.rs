//! How long agents talk, write and wrap up: the one place that draws these times (but for first talks, which are
//! drawn ahead), and that knows what an agent's speed, the tools and an interruption do to them.

use crate::model::{Model, Queue, Skill};
use crate::observations::Kind;
use crate::random::{Key, Purpose, Sampler, unit};
use crate::routing::Policy;
use crate::state::{Case, CaseId, Service};
use crate::units::{AgentId, Instant, Span};
use crate::vocabulary::Tool;

use super::paces::Paces;
use super::player::Player;
use super::recorder::Recorder;

/// The draws of a conversation's turns are named apart from those of contacts.
const TURNS: u64 = 1 << 32;

impl<P: Policy, const AUDIT: bool, R: Recorder> Player<'_, P, AUDIT, R> {
    /// The work for a conversation's next reply, by the distribution of now.
    pub(super) fn reply(&self, agent: AgentId, id: CaseId, queue: &Queue, skill: &Skill) -> Span {
        let case = &self.state.cases[id];
        let distribution = skill.talk.as_ref().unwrap_or(&queue.talk);
        let bits = self.turn(id).bits(case.contact, case.leg, Purpose::Talk);
        let drawn = distribution.at(self.model.reported_micros(self.now)).draw(bits);
        with_tools(self.model, case, self.paces.time(drawn, skill, agent))
    }

    /// The talk of a follow-up that reaches the customer, by the distribution of now.
    pub(super) fn follow_up_talk(&self, agent: AgentId, task: &Case, queue: &Queue, skill: &Skill) -> Span {
        let distribution = queue.talk.at(self.model.reported_micros(self.now));
        let drawn = distribution.draw(task.key.bits(task.contact, 0, Purpose::Talk));
        self.paces.time(drawn, skill, agent)
    }

    /// The time for what a customer who chases has left behind.
    pub(super) fn duplicate(&self, agent: AgentId, queue: &Queue, skill: &Skill) -> Span {
        let time = queue.chase.as_ref().map_or(Span::ZERO, |chase| chase.duplicate);
        self.paces.time(time, skill, agent)
    }

    /// When the customer answers the reply that was just written.
    pub(super) fn next_message(&self, id: CaseId, after: &Sampler) -> Instant {
        let case = &self.state.cases[id];
        self.now + after.draw(self.turn(id).bits(case.contact, case.leg, Purpose::CustomerReply))
    }

    /// The name of a conversation's present turn.
    fn turn(&self, id: CaseId) -> Key {
        self.state.cases[id].key.child(TURNS + u64::from(self.state.cases.rare(id).replies))
    }
}

/// The talk of the leg that begins, by the distribution of the time when its stay began.
#[inline(always)]
pub(super) fn talk(
    model: &Model,
    (paces, agent): (&Paces, AgentId),
    case: &Case,
    queue: &Queue,
    skill: &Skill,
) -> Span {
    let drawn = match (case.service, &skill.talk) {
        // An overflow leads to another queue's distribution.
        (Service::FirstLeg(drawn), None) if case.queue == case.opening_queue => drawn,
        _ => drawn_talk(model, case, queue, skill),
    };
    with_tools(model, case, paces.time(drawn, skill, agent))
}

/// The same where it was not drawn ahead.
#[inline(never)]
fn drawn_talk(model: &Model, case: &Case, queue: &Queue, skill: &Skill) -> Span {
    let distribution = skill.talk.as_ref().unwrap_or(&queue.talk);
    let bits = case.key.bits(attempt_of(case, queue), case.leg, Purpose::Talk);
    distribution.at(model.reported_micros(case.entered)).draw(bits)
}

#[inline(always)]
fn with_tools(model: &Model, case: &Case, time: Span) -> Span {
    if !model.has_tools {
        return time;
    }
    Span::from_seconds(time.seconds() * tool_factor(model, case, |tool| tool.talk))
}

/// The product of what the tools that cover a contact do.
pub(super) fn tool_factor(model: &Model, case: &Case, of: impl Fn(&Tool) -> f64) -> f64 {
    let covers = |tool: &Tool, purpose| {
        tool.coverage >= 1.0 || unit(case.key.bits(case.contact, case.leg, purpose)) < tool.coverage
    };
    let mut factor = 1.0;
    // History helps with whoever was here before.
    if let Some(tool) = &model.customer_history
        && case.legs > 0
        && covers(tool, Purpose::History)
    {
        factor *= of(tool);
    }
    if let Some(tool) = &model.knowledge_base
        && covers(tool, Purpose::Knowledge)
    {
        factor *= of(tool);
    }
    factor
}

/// The wrap-up that will follow the talk of a case's present leg, by the distribution of the time when its
/// stay began.
#[inline(always)]
pub(super) fn wrap_up(
    model: &Model,
    (paces, agent): (&Paces, AgentId),
    case: &Case,
    queue: &Queue,
    skill: &Skill,
) -> Span {
    let Some(distribution) = skill.wrap_up.as_ref().or(queue.wrap_up.as_ref()) else { return Span::ZERO };
    let bits = case.key.bits(attempt_of(case, queue), case.leg, Purpose::WrapUp);
    paces.time(distribution.at(model.reported_micros(case.entered)).draw(bits), skill, agent)
}

/// The attempt that names the draws of a contact's patience and times: the first one, where a retry is the same call again.
#[inline(always)]
pub(super) fn attempt_of(case: &Case, queue: &Queue) -> u16 {
    let again = queue.same_call && case.kind == Kind::Retry && case.leg == 0;
    if again { 0 } else { case.contact }
}

/// What an interrupted leg takes when it goes on.
pub(super) fn restarted(left: Span, queue: &Queue) -> Span {
    left + queue.restart_cost.unwrap_or(Span::ZERO)
}
