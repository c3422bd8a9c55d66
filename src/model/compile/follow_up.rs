//! Follow-ups, and the queue in which the work of each is counted.

use crate::random::Sampler;
use crate::scenario::{self, Trigger};
use crate::units::{ChannelId, Span};
use crate::vocabulary::Clock;

use super::super::{Channel, Closing, Deadline, FollowUp, Owner, Queue, Starts};
use super::{Compiler, samplers};

impl Compiler<'_> {
    pub(super) fn follow_up(&self, written: &scenario::FollowUp) -> FollowUp {
        FollowUp {
            queue: self.work_of(&written.name),
            share: written.share,
            owner: match &written.owner {
                scenario::Owner::FirstAgent => Owner::FirstAgent,
                scenario::Owner::LastAgent => Owner::LastAgent,
                scenario::Owner::Queue(_) => Owner::Anyone,
            },
            after: Sampler::new(&written.after),
            due: written.due.unwrap_or(Span::FOREVER),
            open_hours: written.clock == Clock::OpenHours,
            reached: written.reached,
            ring: written.ring,
            retries: written.retries,
            retry_after: Sampler::new(&written.retry_after),
            solves: written.solves,
            only_if_open: written.trigger == Trigger::Unresolved,
        }
    }

    pub(super) fn follow_up_queue(&self, written: &scenario::FollowUp, channels: &[Channel]) -> Queue {
        let channel = ChannelId::at(self.channels.id(&written.channel));
        Queue {
            name: written.name.clone(),
            stream: written.name.clone(),
            channel,
            kind: channels[channel.index()].kind,
            lines: channels[channel.index()].lines,
            openings: None,
            clock: None,
            closing: Closing { served_for: Span::FOREVER },
            priority: written.priority,
            max_waiting: u32::MAX,
            talk: samplers(&written.talk),
            conversation: None,
            wrap_up: written.wrap_up.as_ref().map(samplers),
            patience: None,
            mean_patience: f64::INFINITY,
            balk: 0.0,
            silent: (0.0, Span::ZERO),
            overflow: None,
            within: Span::FOREVER,
            deadline: Deadline::Clock(Span::FOREVER),
            short: Span::ZERO,
            answer: None,
            max_abandonment: None,
            cost: Default::default(),
            same_call: false,
            dialer: None,
            second: None,
            resolve: None,
            after_abandon: None,
            after_busy: None,
            after_closed: None,
            solved: 1.0,
            repeat_contact: None,
            transfers: Vec::new(),
            arrivals: None,
            self_service: None,
            callback: None,
            chase: None,
            escalation: None,
            backlog: None,
            interrupts: false,
            restart_cost: None,
            starts: Starts::default(),
            follow_up: Some(self.follow_up_id(&written.name)),
        }
    }
}
