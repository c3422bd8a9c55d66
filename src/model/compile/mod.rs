//! From names to ids: a valid scenario becomes a model. Nothing here can fail.

mod follow_up;
mod queue;
mod script;
mod staffing;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::estimate::{Lengths, Sampling};
use crate::random::{Distribution, Sampler};
use crate::scenario::{self, Hours, Scenario};
use crate::units::Steps;
use crate::units::{Calendar, ChannelId, GroupId, Instant, QueueId, Span};
use crate::vocabulary::{AgentRule, AgentTerm};

use super::{Channel, ChannelKind, Destinations, FollowUpId, Model, Openings, Queue, RowMap, Rows, Rules};

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
    follow_ups: Names<'a>,
    play_end: Instant,
}

pub(super) fn compile(scenario: &Scenario) -> Model {
    let horizon = &scenario.horizon;
    let calendar = Calendar::new(horizon.start, horizon.warm_up);
    let report_from = Instant::START + horizon.warm_up;
    let report_to = report_from + horizon.length;
    let end = report_to + horizon.cool_down;
    let compiler = Compiler {
        scenario,
        calendar,
        queues: Names::new(scenario.queues.iter().map(|q| q.name.as_str())),
        channels: Names::new(scenario.channels.iter().map(|c| c.name.as_str())),
        groups: Names::new(scenario.groups.iter().map(|g| g.name.as_str())),
        follow_ups: Names::new(scenario.follow_ups.iter().map(|f| f.name.as_str())),
        // A drained horizon may need openings past its end.
        play_end: end + Span::DAY * 7,
    };
    let kind = if scenario.folds_weeks() { Rows::Week } else { Rows::Each };
    let channels: Vec<Channel> = by_name(&scenario.channels, |c| &c.name).into_iter().map(channel).collect();
    let mut queues: Vec<_> =
        by_name(&scenario.queues, |q| &q.name).into_iter().map(|q| compiler.queue(q, &channels)).collect();
    let follow_ups = by_name(&scenario.follow_ups, |f| &f.name);
    queues.extend(follow_ups.iter().map(|written| compiler.follow_up_queue(written, &channels)));
    let mut abilities = compiler.abilities(&queues, &channels);
    let rows = RowMap::new(kind, &calendar, horizon.interval, report_from, report_to);
    let (groups, agents) = compiler.groups_and_agents(&abilities, &queues, &rows);
    let shared: Vec<bool> = groups.iter().map(|group| group.places > 1).collect();
    abilities.share(&shared);
    let queue_id = |name: &str| compiler.queue_id(name);
    let last = calendar.day(Instant::from_micros(end.micros().saturating_sub(1)));
    let days = (last - calendar.day(Instant::START) + 1).max(1) as usize;
    let spread = spread(scenario, &queues, days);
    let rules = &scenario.routing;
    Model {
        labels: super::labels::Labels::of(scenario),
        calendar,
        end,
        at_end: horizon.at_end,
        rows,
        sampling: sampling(scenario, spread),
        spread,
        fcr_window: scenario.report.fcr_window,
        fte_hours: fte_hours(scenario),
        abilities,
        routing: Rules {
            contacts: rules.contacts,
            reserve: rules.reserve.iter().map(|(queue, n)| (queue_id(queue), *n)).collect(),
            agents: queues
                .iter()
                .map(|queue| rule_of(rules, &queue.name, &channels[queue.channel.index()].name))
                .collect(),
            weights: of_queues(&queues, &rules.weights, 1.0),
            cost_power: of_queues(&queues, &rules.cost_power, 2.0),
            queue_share: shares(of_queues(&queues[..scenario.queues.len()], &rules.queue_ratio, 1.0)),
            idleness_share: shares(
                groups.iter().map(|group| of_name(&rules.idleness_ratio, &group.name, 1.0)).collect(),
            ),
            thresholds: groups.iter().map(|group| of_name(&rules.thresholds, &group.name, 0)).collect(),
            head_start: of_queues(&queues, &rules.head_start, Span::ZERO),
            scripts: match rules.scripts.is_empty() {
                true => Vec::new(),
                false => queues.iter().map(|queue| compiler.script(&queue.name)).collect(),
            },
            matching_holds: scenario
                .groups
                .iter()
                .flat_map(|group| &group.skills)
                .any(|skill| skill.matching.as_ref().is_some_and(|matching| matching.base < 0.0)),
            sticky: rules.sticky,
            max_transfers: rules.max_transfers.map_or(u16::MAX, |most| most.min(65_535) as u16),
            contact_score: rules.contact_score.clone().map(Arc::new),
            agent_score: rules.agent_score.clone().map(Arc::new),
            scores_groups: rules
                .agent_score
                .as_ref()
                .is_some_and(|score| score.terms().into_iter().all(AgentTerm::is_of_group)),
            parameters: rules.parameters.clone(),
        },
        customer_history: scenario.customer_history,
        knowledge_base: scenario.knowledge_base,
        has_tools: scenario.customer_history.is_some() || scenario.knowledge_base.is_some(),
        may_interrupt: queues.iter().any(|queue| queue.restart_cost.is_some()),
        has_lists: !follow_ups.is_empty()
            || rules.sticky.is_some()
            || scenario.queues.iter().any(|queue| queue.callback.is_some() || queue.conversation.is_some()),
        follow_ups: follow_ups.iter().map(|written| compiler.follow_up(written)).collect(),
        follow_up_order: scenario.follow_ups.iter().map(|f| compiler.work_of(&f.name)).collect(),
        channels,
        queues,
        groups,
        agents,
        channel_order: scenario
            .channels
            .iter()
            .map(|c| ChannelId::at(compiler.channels.id(&c.name)))
            .collect(),
        queue_order: scenario.queues.iter().map(|q| queue_id(&q.name)).collect(),
        group_order: scenario.groups.iter().map(|g| GroupId::at(compiler.groups.id(&g.name))).collect(),
    }
}

/// A working week, from which on it can be told how many full-time equivalents its hours are.
const WORKING_WEEK: u64 = 5;

/// Paid hours of a full-time equivalent over the horizon: a week of five or six days is one.
fn fte_hours(scenario: &Scenario) -> Option<f64> {
    let length = scenario.horizon.length;
    let weeks = (length.hours() / 168.0).max(1.0);
    (length >= Span::DAY * WORKING_WEEK).then_some(weeks * scenario.report.fte_hours)
}

/// How the days of several replications are drawn: stratified where some are busier than others.
fn sampling(scenario: &Scenario, spread: usize) -> Sampling {
    let experiment = &scenario.experiment;
    let first = experiment.replications;
    let most = experiment.precision.as_ref().map_or(first, |precision| precision.max_replications);
    Sampling::stratified(spread, Lengths { first, most: most.max(first) })
}

/// The random variables of whole days that are spread evenly over replications.
fn spread(scenario: &Scenario, queues: &[Queue], days: usize) -> usize {
    if scenario.experiment.days == scenario::Days::Independent {
        return 0;
    }
    // Each shared factor of a day is drawn, and each queue's own share in it.
    let mut drawn = BTreeSet::new();
    let mut before = 0;
    for queue in queues {
        let Some(busyness) = queue.arrivals.as_ref().and_then(|arrivals| arrivals.busyness.as_ref()) else {
            continue;
        };
        if busyness.cv > 0.0 {
            before = before.max(busyness.memory.len().saturating_sub(1));
            drawn.insert((false, busyness.name.as_str()));
            if busyness.correlation < 1.0 {
                drawn.insert((true, queue.stream.as_str()));
            }
        }
    }
    drawn.len() * (days + before)
}

/// All of an agent, in thousandths.
const WHOLE: u16 = 1000;

/// What one of so many at once takes of an agent.
fn share_of(concurrency: u32) -> u16 {
    WHOLE / concurrency.clamp(1, u32::from(WHOLE)) as u16
}

/// The agent rule of a queue: its own, else its channel's, else that of all.
fn rule_of(rules: &scenario::Routing, queue: &str, channel: &str) -> AgentRule {
    let of_channel = || of_name(&rules.by_channel, channel, rules.agents);
    rules.by_queue.iter().find(|(name, _)| name == queue).map_or_else(of_channel, |(_, rule)| *rule)
}

/// What is said of a name, else this.
fn of_name<T: Copy>(said: &[(String, T)], name: &str, else_: T) -> T {
    said.iter().find(|(known, _)| known == name).map_or(else_, |(_, value)| *value)
}

/// What is said of each queue, else this.
fn of_queues<T: Copy>(queues: &[Queue], said: &[(String, T)], else_: T) -> Vec<T> {
    queues.iter().map(|queue| of_name(said, &queue.name, else_)).collect()
}

/// Numbers in these proportions that sum up to 1.
fn shares(parts: Vec<f64>) -> Vec<f64> {
    let all: f64 = parts.iter().sum();
    parts.into_iter().map(|part| part / all).collect()
}

fn channel(channel: &scenario::Channel) -> Channel {
    use scenario::ChannelKind as Written;
    let mut compiled = Channel {
        name: channel.name.clone(),
        kind: ChannelKind::Voice,
        lines: channel.lines.unwrap_or(u32::MAX),
        max_waiting: channel.max_waiting.unwrap_or(u32::MAX),
        slowdown: Vec::new(),
        wind_down: Span::ZERO,
        age_bands: Vec::new(),
        restart_cost: None,
        concurrency: u32::MAX,
        share: WHOLE,
    };
    match &channel.kind {
        Written::Voice => {}
        Written::Chat(sharing) | Written::Messaging(sharing) => {
            let chat = matches!(channel.kind, Written::Chat(_));
            compiled.kind = if chat { ChannelKind::Chat } else { ChannelKind::Messaging };
            compiled.slowdown.clone_from(&sharing.slowdown);
            compiled.wind_down = sharing.wind_down;
            compiled.concurrency = sharing.concurrency;
            compiled.share = share_of(sharing.concurrency);
        }
        Written::Deferred { interruption, age_bands } => {
            compiled.kind = ChannelKind::Deferred;
            compiled.age_bands.clone_from(age_bands);
            compiled.restart_cost = interruption.map(|interruption| interruption.restart_cost);
        }
    }
    compiled
}

fn samplers(steps: &Steps<Distribution>) -> Steps<Sampler> {
    steps.map(Sampler::new)
}

impl Compiler<'_> {
    /// When these hours are open within the play; `None`: always.
    fn openings(&self, hours: &Hours) -> Option<Openings> {
        match hours {
            Hours::Always => None,
            hours => Some(Openings(hours.openings(&self.calendar, Instant::START, self.play_end))),
        }
    }

    /// Where the work of a follow-up is counted: behind the queues of customers.
    fn work_of(&self, name: &str) -> QueueId {
        QueueId::at(self.queues.0.len() + self.follow_ups.id(name))
    }

    fn follow_up_id(&self, name: &str) -> FollowUpId {
        FollowUpId(self.follow_ups.id(name) as u16)
    }

    fn queue_id(&self, name: &str) -> QueueId {
        QueueId::at(self.queues.id(name))
    }

    fn destinations(&self, to: &[(String, f64)]) -> Destinations {
        let to = by_name(to, |(name, _)| name);
        Destinations::new(to.into_iter().map(|(name, share)| (*share, self.queue_id(name))))
    }
}
