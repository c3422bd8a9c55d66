//! A queue and what belongs to it.

use crate::random::{Distribution, Sampler};
use crate::scenario::{self, AtClose, CallbacksCount, ReturnTo, Trigger, Volume};
use crate::units::Within;
use crate::units::{ChannelId, Span};
use crate::vocabulary::Clock;

use super::super::{
    ArrivalProcess, ArrivalScale, Busyness, Callback, Channel, ChannelKind, Chase, Closing, Conversation,
    Deadline, Dialer, Escalation, Openings, Queue, Rates, RepeatContact, ResolveTarget, Retry, SelfService,
    Starts, Transfer, WaitingCost, WithinDay, memory_of_days,
};
use super::{Compiler, by_name, samplers};

impl Compiler<'_> {
    pub(super) fn queue(&self, queue: &scenario::Queue, channels: &[Channel]) -> Queue {
        let mut sum = 0.0;
        let transfers = by_name(&queue.transfers, |transfer| &transfer.to).into_iter().map(|transfer| {
            sum += transfer.probability;
            Transfer {
                cumulative: sum,
                to: self.queue_id(&transfer.to),
                requeue: transfer.requeue,
                handover: transfer.handover,
                told_for: Sampler::new(&transfer.told_for),
                delay: Sampler::new(&transfer.delay),
                follow_up: transfer.follow_up.as_ref().map(|name| self.follow_up_id(name)),
            }
        });
        let channel_id = ChannelId::at(self.channels.id(&queue.channel));
        let channel = &channels[channel_id.index()];
        let openings = self.openings(&queue.hours);
        let any_time = channel.kind.counts_responses();
        let waits =
            if any_time { None } else { queue.answer.as_ref().and_then(|target| target.within.span()) };
        let escalation_wait =
            queue.escalation.as_ref().and_then(|e| Some((e.after_wait?, self.queue_id(&e.to))));
        Queue {
            name: queue.name.clone(),
            stream: queue.stream.clone(),
            channel: channel_id,
            kind: channel.kind,
            lines: channel.lines,
            openings: if any_time { None } else { openings.clone() },
            deadline: self.deadline(queue, openings.as_ref()),
            clock: openings,
            closing: Closing {
                served_for: match queue.at_close {
                    AtClose::Serve => Span::FOREVER,
                    AtClose::Clear => Span::ZERO,
                    AtClose::ServeFor(span) => span,
                },
            },
            priority: queue.priority,
            max_waiting: queue.max_waiting.unwrap_or(u32::MAX),
            talk: samplers(&queue.talk),
            conversation: queue.conversation.as_ref().map(|written| Conversation {
                replies: written.replies,
                customer_reply: Sampler::new(&written.customer_reply),
                park_after: written.park_after.unwrap_or(Span::FOREVER),
                to_last_agent: written.return_to == ReturnTo::LastAgent,
            }),
            wrap_up: queue.wrap_up.as_ref().map(samplers),
            patience: queue.patience.as_ref().map(|patience| samplers(&patience.distribution)),
            mean_patience: queue
                .patience
                .as_ref()
                .map_or(f64::INFINITY, |p| p.distribution.mean_of(Distribution::mean)),
            balk: queue.patience.as_ref().map_or(0.0, |patience| patience.balk),
            silent: queue.patience.as_ref().map_or((0.0, Span::ZERO), |p| (p.silent, p.found_out)),
            overflow: queue.overflow.as_ref().map(|o| (o.after, self.queue_id(&o.to))).or(escalation_wait),
            within: waits.unwrap_or(Span::FOREVER),
            short: queue.answer.as_ref().map_or(Span::ZERO, |target| target.short),
            answer: queue.answer.clone(),
            max_abandonment: queue.max_abandonment,
            same_call: queue.same_call,
            dialer: queue.dialer.as_ref().map(|written| Dialer {
                calls_per_idle_agent: written.calls_per_idle_agent,
                reached: written.reached,
                ring: Sampler::new(&written.ring),
                customers: written.customers.unwrap_or(u32::MAX),
            }),
            second: queue.second,
            cost: queue.cost.as_ref().map_or_else(WaitingCost::default, |cost| WaitingCost {
                per_waiting_hour: cost.per_waiting_hour,
                per_abandonment: cost.per_abandonment,
            }),
            resolve: queue.resolve.as_ref().map(|target| {
                let within = match target.within {
                    Within::Clock(span) => ResolveTarget::Clock(span),
                    Within::WorkingDays(days) => ResolveTarget::WorkingDays(days),
                };
                (target.share, within)
            }),
            after_abandon: queue.after_abandon.as_ref().map(|retry| self.retry(retry)),
            after_busy: queue.after_busy.as_ref().map(|retry| self.retry(retry)),
            after_closed: queue.after_closed.as_ref().map(|retry| self.retry(retry)),
            solved: queue.resolution.probability,
            repeat_contact: queue.resolution.repeat_contact.as_ref().map(|repeat| RepeatContact {
                probability: repeat.probability,
                delay: Sampler::new(&repeat.delay),
                to: self.destinations(&repeat.to),
            }),
            transfers: transfers.collect(),
            arrivals: queue.arrivals.as_ref().map(|arrivals| self.arrivals(arrivals, queue)),
            self_service: queue.self_service.as_ref().map(|written| self.self_service(written)),
            callback: queue.callback.as_ref().map(|written| Callback {
                counts_as_answered: queue.callbacks == CallbacksCount::AsAnswered,
                offer_when: written.offer_when,
                accept: written.accept,
                start_when: written.start_when,
                reached: written.reached,
                ring: written.ring,
                retries: written.retries,
                retry_after: Sampler::new(&written.retry_after),
            }),
            chase: queue.chase.as_ref().map(|written| Chase {
                probability: written.probability,
                after: Sampler::new(&written.after),
                to: self.destinations(&written.to),
                limit: written.limit.unwrap_or(u32::MAX),
                duplicate: written.duplicate,
            }),
            escalation: queue.escalation.as_ref().map(|written| Escalation {
                to: self.queue_id(&written.to),
                after_attempts: written.after_attempts.unwrap_or(u32::MAX),
                share: written.share,
                after_wait: written.after_wait.is_some(),
            }),
            backlog: queue.backlog,
            interrupts: matches!(channel.kind, ChannelKind::Voice | ChannelKind::Chat),
            restart_cost: channel.restart_cost,
            starts: self.starts(&queue.name),
            follow_up: None,
        }
    }

    /// By when a response is due; for ever where there is no target.
    fn deadline(&self, queue: &scenario::Queue, openings: Option<&Openings>) -> Deadline {
        let Some(target) = &queue.answer else { return Deadline::Clock(Span::FOREVER) };
        match (target.within, target.clock, openings) {
            (Within::Clock(span), Clock::OpenHours, Some(openings)) => {
                Deadline::OpenTime(span, openings.clone())
            }
            (Within::Clock(span), ..) => Deadline::Clock(span),
            (Within::WorkingDays(days), _, Some(openings)) => Deadline::WorkingDays(days, openings.clone()),
            (Within::WorkingDays(days), _, None) => {
                Deadline::Clock(Span::from_seconds(days * Span::DAY.seconds()))
            }
        }
    }

    /// The follow-ups that the events of a queue start; those of transfers are named there.
    fn starts(&self, queue: &str) -> Starts {
        let mut starts = Starts::default();
        for written in by_name(&self.scenario.follow_ups, |written| &written.name) {
            let list = match written.trigger {
                Trigger::Transfer => continue,
                Trigger::Unresolved => &mut starts.unresolved,
                Trigger::Resolved => &mut starts.resolved,
                Trigger::Complaint => &mut starts.complaint,
                Trigger::Arrival => &mut starts.arrival,
            };
            if written.queues.is_empty() || written.queues.iter().any(|name| name == queue) {
                list.push(self.follow_up_id(&written.name));
            }
        }
        starts
    }

    fn self_service(&self, written: &scenario::SelfService) -> SelfService {
        let closed = &written.to_when_closed;
        SelfService {
            openings: self.openings(&written.open),
            time: Sampler::new(&written.time),
            containment: written.containment,
            false_containment: written
                .false_containment
                .as_ref()
                .map(|f| (f.share, Sampler::new(&f.delay), self.destinations(&f.to))),
            hang_up: written.hang_up,
            to: self.destinations(&written.to),
            to_when_closed: (!closed.is_empty()).then(|| self.destinations(closed)),
            sessions: written.sessions.unwrap_or(u32::MAX),
        }
    }

    fn retry(&self, retry: &scenario::Retry) -> Retry {
        Retry {
            probability: retry.probability.0.clone(),
            delay: retry.delay.as_ref().map(Sampler::new),
            limit: retry.limit.unwrap_or(u32::MAX),
            to: self.destinations(&retry.to),
        }
    }

    fn arrivals(&self, arrivals: &scenario::Arrivals, queue: &scenario::Queue) -> ArrivalProcess {
        ArrivalProcess {
            rates: match &arrivals.volume {
                Volume::Rate { per_hour, weekday } => Rates::Steps(per_hour.clone(), *weekday),
                Volume::Series(buckets) => Rates::Series(buckets.clone()),
                Volume::Trace(times) => Rates::Trace(times.clone()),
            },
            scale: ArrivalScale::ONE,
            busyness: arrivals.busyness.as_ref().map(|busyness| Busyness {
                cv: busyness.cv,
                name: busyness.shared.clone().unwrap_or_else(|| queue.stream.clone()),
                correlation: busyness.correlation,
                memory: memory_of_days(busyness.day_to_day),
                within_day: busyness.within_day.as_ref().map(within_day),
            }),
            events: by_name(&arrivals.events, |event| &event.name).into_iter().cloned().collect(),
        }
    }
}

fn within_day(written: &scenario::WithinDay) -> WithinDay {
    let hours = written.step.micros() as f64 / Span::HOUR.micros() as f64;
    WithinDay {
        // What the scenario's check lets pass has a distribution, or does not vary.
        distributions: written.cv.map(|cv| Distribution::gamma(1.0, *cv).ok()),
        keeps: libm::pow(written.correlation_at_1h, hours),
        step: written.step.micros(),
    }
}
