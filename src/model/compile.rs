//! From names to ids: a valid scenario becomes a model. Nothing here can fail.

use std::collections::BTreeMap;

use crate::random::{Law, Sampler};
use crate::scenario::{self, AtClose, Blocks, Hours, Scenario, Staff, Steps, Volume, Within};
use crate::units::{Calendar, ChannelId, GroupId, Instant, QueueId, Span};

use super::{
    Ability, Agent, ArrivalProcess, Break, BreakTime, Busyness, Channel, Closing, Crew, Destinations, Group,
    Heads, Model, Openings, Queue, Rates, Recontact, Redial, ResolveTarget, RowMap, Rows, Rules, Shift,
    Skill, Transfer,
};

/// Longer horizons than this report by date, and by weekday and time of day.
const EACH_INTERVAL_UP_TO: Span = Span::from_micros(28 * Span::DAY.micros());

/// Names to ids, in the order of names.
struct Names<'a>(BTreeMap<&'a str, usize>);

impl<'a> Names<'a> {
    fn new(names: impl Iterator<Item = &'a str>) -> Names<'a> {
        let mut ids: BTreeMap<&str, usize> = names.map(|name| (name, 0)).collect();
        for (id, slot) in ids.values_mut().enumerate() {
            *slot = id;
        }
        Names(ids)
    }

    fn id(&self, name: &str) -> usize {
        *self.0.get(name).expect("a valid scenario refers to what there is")
    }
}

/// In the order of names, so that the order of a file's tables plays no part.
fn by_name<T>(tables: &[T], name: impl Fn(&T) -> &String) -> Vec<&T> {
    let mut tables: Vec<&T> = tables.iter().collect();
    tables.sort_by(|a, b| name(a).cmp(name(b)));
    tables
}

struct Compiler<'a> {
    scenario: &'a Scenario,
    calendar: Calendar,
    queues: Names<'a>,
    channels: Names<'a>,
    groups: Names<'a>,
    play_end: Instant,
}

pub(super) fn compile(scenario: &Scenario) -> Model {
    let horizon = &scenario.horizon;
    let calendar = Calendar::new(horizon.start, horizon.warm_up);
    let report_from = Instant::START + horizon.warm_up;
    let end = report_from + horizon.length;
    let compiler = Compiler {
        scenario,
        calendar,
        queues: Names::new(scenario.queues.iter().map(|q| q.name.as_str())),
        channels: Names::new(scenario.channels.iter().map(|c| c.name.as_str())),
        groups: Names::new(scenario.groups.iter().map(|g| g.name.as_str())),
        // A drained horizon may need openings past its end.
        play_end: end + Span::DAY * 7,
    };
    let folded = horizon.start.is_some()
        && horizon.length > EACH_INTERVAL_UP_TO
        && scenario.report.intervals == scenario::IntervalRows::Auto;
    let kind = if folded { Rows::Week } else { Rows::Each };
    let mut channels: Vec<Channel> = scenario.channels.iter().map(channel).collect();
    channels.sort_by(|a, b| a.name.cmp(&b.name));
    let mut queues: Vec<Queue> = scenario.queues.iter().map(|q| compiler.queue(q)).collect();
    queues.sort_by(|a, b| a.name.cmp(&b.name));
    let (groups, agents) = compiler.groups_and_agents();
    let queue_id = |name: &str| QueueId::at(compiler.queues.id(name));
    Model {
        calendar,
        report_from,
        end,
        at_end: horizon.at_end,
        rows: RowMap::new(kind, &calendar, horizon.interval, report_from, end),
        fcr_window: scenario.report.fcr_window,
        abilities: compiler.abilities(&queues),
        channels,
        queues,
        groups,
        agents,
        routing: Rules {
            chosen: scenario.routing.clone(),
            reserve: scenario.routing.reserve.iter().map(|(queue, n)| (queue_id(queue), *n)).collect(),
        },
        channel_order: scenario
            .channels
            .iter()
            .map(|c| ChannelId::at(compiler.channels.id(&c.name)))
            .collect(),
        queue_order: scenario.queues.iter().map(|q| queue_id(&q.name)).collect(),
        group_order: scenario.groups.iter().map(|g| GroupId::at(compiler.groups.id(&g.name))).collect(),
    }
}

fn channel(channel: &scenario::Channel) -> Channel {
    Channel {
        name: channel.name.clone(),
        lines: channel.lines.unwrap_or(u32::MAX),
        max_waiting: channel.max_waiting.unwrap_or(u32::MAX),
    }
}

fn samplers(steps: &Steps<Law>) -> Steps<Sampler> {
    steps.map(Sampler::new)
}

impl Compiler<'_> {
    fn queue(&self, queue: &scenario::Queue) -> Queue {
        let mut sum = 0.0;
        let transfers = by_name(&queue.transfers, |transfer| &transfer.to).into_iter().map(|transfer| {
            sum += transfer.probability;
            Transfer { cumulative: sum, to: self.queue_id(&transfer.to), requeue: transfer.requeue }
        });
        Queue {
            name: queue.name.clone(),
            stream: queue.stream.clone(),
            channel: ChannelId::at(self.channels.id(&queue.channel)),
            openings: match &queue.hours {
                Hours::Always => None,
                hours => Some(Openings(hours.openings(&self.calendar, Instant::START, self.play_end))),
            },
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
            wrap_up: queue.wrap_up.as_ref().map(samplers),
            patience: queue.patience.as_ref().map(|patience| samplers(&patience.law)),
            balk: queue.patience.as_ref().map_or(0.0, |patience| patience.balk),
            overflow: queue.overflow.as_ref().map(|o| (o.after, self.queue_id(&o.to))),
            within: queue.answer.as_ref().and_then(|target| target.within.span()).unwrap_or(Span::FOREVER),
            short: queue.answer.as_ref().map_or(Span::ZERO, |target| target.short),
            answer: queue.answer.clone(),
            max_abandonment: queue.max_abandonment,
            resolve: queue.resolve.as_ref().map(|target| {
                let within = match target.within {
                    Within::Clock(span) => ResolveTarget::Clock(span),
                    Within::WorkingDays(days) => ResolveTarget::WorkingDays(days),
                };
                (target.share, within)
            }),
            after_abandon: queue.after_abandon.as_ref().map(|redial| self.redial(redial)),
            after_busy: queue.after_busy.as_ref().map(|redial| self.redial(redial)),
            after_closed: queue.after_closed.as_ref().map(|redial| self.redial(redial)),
            solved: queue.resolution.probability,
            recontact: queue.resolution.recontact.as_ref().map(|recontact| Recontact {
                probability: recontact.probability,
                delay: Sampler::new(&recontact.delay),
                to: self.destinations(&recontact.to),
            }),
            transfers: transfers.collect(),
            arrivals: queue.arrivals.as_ref().map(|arrivals| self.arrivals(arrivals, queue)),
        }
    }

    fn queue_id(&self, name: &str) -> QueueId {
        QueueId::at(self.queues.id(name))
    }

    fn destinations(&self, to: &[(String, f64)]) -> Destinations {
        let to = by_name(to, |(name, _)| name);
        Destinations::new(to.into_iter().map(|(name, share)| (*share, self.queue_id(name))))
    }

    fn redial(&self, redial: &scenario::Redial) -> Redial {
        Redial {
            probability: redial.probability,
            delay: redial.delay.as_ref().map(Sampler::new),
            limit: redial.limit.unwrap_or(u32::MAX),
            to: self.destinations(&redial.to),
        }
    }

    fn arrivals(&self, arrivals: &scenario::Arrivals, queue: &scenario::Queue) -> ArrivalProcess {
        ArrivalProcess {
            rates: match &arrivals.volume {
                Volume::Rate { per_hour, weekday } => Rates::Steps(per_hour.clone(), *weekday),
                Volume::Series(buckets) => Rates::Series(buckets.clone()),
                Volume::Trace(times) => Rates::Trace(times.clone()),
            },
            scale: 1.0,
            busyness: arrivals.busyness.as_ref().map(|busyness| Busyness {
                cv: busyness.cv,
                name: busyness.shared.clone().unwrap_or_else(|| queue.stream.clone()),
                correlation: busyness.correlation,
            }),
            events: by_name(&arrivals.events, |event| &event.name).into_iter().cloned().collect(),
        }
    }

    fn abilities(&self, queues: &[Queue]) -> Ability {
        let priorities: Vec<u32> = queues.iter().map(|queue| queue.priority).collect();
        let entries = self.scenario.groups.iter().flat_map(|group| {
            group.skills.iter().map(|skill| {
                let queue = self.queue_id(&skill.queue);
                let compiled = Skill {
                    priority: skill.priority,
                    takes: skill.takes,
                    speed: skill.speed,
                    solved: skill.resolution.unwrap_or(queues[queue.index()].solved),
                    after: skill.after.unwrap_or(Span::ZERO),
                    talk: skill.talk.as_ref().map(samplers),
                };
                (queue, GroupId::at(self.groups.id(&group.name)), compiled)
            })
        });
        Ability::new(&priorities, self.scenario.groups.len(), entries)
    }

    fn groups_and_agents(&self) -> (Vec<Group>, Vec<Agent>) {
        let (mut groups, mut agents) = (Vec::new(), Vec::new());
        for (id, written) in by_name(&self.scenario.groups, |group| &group.name).into_iter().enumerate() {
            let id = GroupId::at(id);
            let first_agent = agents.len() as u32;
            let heads = match &written.staff {
                None => Heads::None,
                Some(Staff::Steps(steps)) => Heads::Steps(steps.clone()),
                Some(Staff::Series(series)) => Heads::Series(series.clone()),
            };
            let most = heads.most();
            agents.extend((0..most).map(|number| Agent { group: id, crew: Crew::Staff, number }));
            let mut shifts = Vec::new();
            for (place, shift) in by_name(&written.shifts, |shift| &shift.name).into_iter().enumerate() {
                shifts.push(self.shift(shift, &written.shrinkage, id, agents.len() as u32));
                let crew = Crew::Shift(place as u32);
                agents.extend((0..shift.agents).map(|number| Agent { group: id, crew, number }));
            }
            let (Blocks::Share(blocks) | Blocks::UpTo(blocks)) = written.shrinkage.blocks;
            let lost = (written.shrinkage.absence + blocks).min(0.99);
            groups.push(Group {
                name: written.name.clone(),
                site: written.site.clone(),
                cost_per_hour: written.cost_per_hour.unwrap_or(0.0),
                has_cost: written.cost_per_hour.is_some(),
                heads,
                first_agent,
                paid_per_hour: 1.0 / (1.0 - lost),
                shifts,
                leave: written.leave,
            });
        }
        (groups, agents)
    }

    fn shift(
        &self,
        shift: &scenario::Shift,
        shrinkage: &scenario::Shrinkage,
        group: GroupId,
        first: u32,
    ) -> Shift {
        let breaks: Vec<Break> = by_name(&shift.breaks, |pause| &pause.name)
            .into_iter()
            .map(|pause| Break {
                time: match pause.time {
                    scenario::BreakTime::After { after, spread } => BreakTime::After(after, spread),
                    scenario::BreakTime::Between(from, to) => BreakTime::Between(from, to),
                },
                length: pause.length,
                paid: pause.paid,
            })
            .collect();
        let total =
            |paid: bool| breaks.iter().filter(|b| b.paid == paid).map(|b| b.length.seconds()).sum::<f64>();
        let paid_time = shift.length.seconds() - total(false);
        let blocks = match shrinkage.blocks {
            Blocks::Share(share) => share * paid_time,
            Blocks::UpTo(share) => share * paid_time - total(true),
        };
        Shift {
            name: shift.name.clone(),
            group,
            first_agent: first,
            agents: shift.agents,
            days: shift.days,
            start: shift.start,
            length: shift.length,
            breaks,
            absence: shrinkage.absence,
            blocks: Span::from_seconds(blocks),
        }
    }
}
