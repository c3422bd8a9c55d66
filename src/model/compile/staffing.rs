//! Groups, their agents and what these can do.

use crate::random::Distribution;
use crate::scenario::{self, Blocks, Staff, StaffChange, StaffEvent};
use crate::tables::Zone;
use crate::units::Steps;
use crate::units::{GroupId, Instant, QueueId, Span};
use crate::vocabulary::AgentRule;
use crate::vocabulary::Replies;

use super::super::{
    Ability, Absence, Absent, Agent, Break, BreakTime, Channel, Crew, Group, Heads, Matching, Queue, RowMap,
    Shift, SiteClock, Skill, Turn,
};
use super::{Compiler, WHOLE, by_name, of_queues, rule_of, samplers};

/// Where a skill says nothing of it: the longest wait and the longest idle time.
const MATCHING: Matching = Matching { base: 0.0, wait: 1.0, idle: 1.0, idle_agents: 0.0 };

impl Compiler<'_> {
    /// All skills: those that are written, and those that follow-ups need.
    pub(super) fn abilities(&self, queues: &[Queue], channels: &[Channel]) -> Ability {
        let priorities: Vec<u32> = queues.iter().map(|queue| queue.priority).collect();
        let mut entries = Vec::new();
        for group in &self.scenario.groups {
            let id = GroupId::at(self.groups.id(&group.name));
            let channel = |queue: QueueId| &channels[queues[queue.index()].channel.index()];
            let alike = group.agents_differ.is_none();
            let share = |queue: QueueId| share(group, channel(queue));
            let most = |queue: QueueId| {
                let concurrency = channel(queue).concurrency;
                let by_share = u32::from(WHOLE / share(queue));
                (by_share > concurrency).then_some(concurrency.min(255) as u8)
            };
            for skill in &group.skills {
                let queue = self.queue_id(&skill.queue);
                let compiled = Skill {
                    priority: skill.priority.first,
                    priority_later: skill.priority.later.clone(),
                    takes: skill.takes.first,
                    takes_later: skill.takes.later.clone(),
                    speed: skill.speed,
                    as_drawn: alike && skill.speed == 1.0,
                    rate: skill.speed / self.handle_time(skill),
                    solved: skill.resolution.unwrap_or(queues[queue.index()].solved),
                    after: skill.after.unwrap_or(Span::ZERO),
                    talk: skill.talk.as_ref().map(samplers),
                    wrap_up: skill.wrap_up.as_ref().map(samplers),
                    share: share(queue),
                    most: most(queue),
                    matching: skill.matching.as_ref().map_or(MATCHING, |matching| Matching {
                        base: matching.base,
                        wait: matching.wait,
                        idle: matching.idle,
                        idle_agents: matching.idle_agents,
                    }),
                    listed: true,
                };
                entries.push((queue, id, compiled));
            }
            for follow_up in &self.scenario.follow_ups {
                let queue = self.work_of(&follow_up.name);
                let known = match &follow_up.owner {
                    scenario::Owner::Queue(name) => {
                        let Some(skill) = group.skills.iter().find(|skill| skill.queue == *name) else {
                            continue;
                        };
                        Some(skill)
                    }
                    scenario::Owner::FirstAgent | scenario::Owner::LastAgent => None,
                };
                let compiled = Skill {
                    priority: known.map_or(1, |skill| skill.priority.first),
                    priority_later: Vec::new(),
                    takes: known.map_or(1, |skill| skill.takes.first),
                    takes_later: Vec::new(),
                    speed: 1.0,
                    as_drawn: alike,
                    rate: 1.0,
                    solved: 1.0,
                    after: Span::ZERO,
                    talk: None,
                    wrap_up: None,
                    share: share(queue),
                    most: most(queue),
                    matching: MATCHING,
                    listed: known.is_some(),
                };
                entries.push((queue, id, compiled));
            }
        }
        self.rank(queues, channels, &mut entries);
        let head_starts = of_queues(queues, &self.scenario.routing.head_start, Span::ZERO);
        Ability::new(&priorities, &head_starts, self.scenario.groups.len(), entries)
    }

    /// Mean handle time by a skill at speed 1, seconds: of distributions that change over the day the mean of
    /// their steps.
    fn handle_time(&self, skill: &scenario::Skill) -> f64 {
        let queue = self.scenario.queues.iter().find(|known| known.name == skill.queue);
        let mean = |distribution: &Steps<Distribution>| distribution.mean_of(Distribution::mean);
        let talk = skill.talk.as_ref().or(queue.map(|queue| &queue.talk)).map_or(0.0, mean);
        let replies = queue.and_then(|queue| queue.conversation.as_ref()).map_or(1.0, |c| match c.replies {
            Replies::Exactly(replies) => f64::from(replies),
            Replies::Mean(replies) => replies,
        });
        let wrap_up = skill.wrap_up.as_ref().or(queue.and_then(|queue| queue.wrap_up.as_ref()));
        let wrap_up = wrap_up.map_or(0.0, mean);
        (talk * replies + wrap_up).max(f64::MIN_POSITIVE)
    }

    /// Rules that prefer groups by what they are, whoever is idle, are priorities: the best group of a queue is
    /// its first choice.
    fn rank(&self, queues: &[Queue], channels: &[Channel], entries: &mut [(QueueId, GroupId, Skill)]) {
        let pay = |group: GroupId| {
            let group = by_name(&self.scenario.groups, |group| &group.name)[group.index()];
            group.pay_per_hour().unwrap_or(0.0)
        };
        for (id, queue) in queues.iter().enumerate() {
            let channel = &channels[queue.channel.index()].name;
            let rule = rule_of(&self.scenario.routing, &queue.name, channel);
            let badness = |group: GroupId, skill: &Skill| match rule {
                AgentRule::FastestFirst => Some(-skill.rate),
                AgentRule::SlowestFirst => Some(skill.rate),
                AgentRule::BestResolver => Some(-skill.solved),
                AgentRule::MostSolvedPerHour => Some(-skill.solved * skill.rate),
                AgentRule::Cheapest => Some(pay(group)),
                _ => None,
            };
            let of_queue = |entry: &&mut (QueueId, GroupId, Skill)| entry.0.index() == id;
            let mut order: Vec<f64> = entries
                .iter_mut()
                .filter(of_queue)
                .filter_map(|(_, group, skill)| badness(*group, skill))
                .collect();
            order.sort_by(f64::total_cmp);
            order.dedup();
            for (_, group, skill) in entries.iter_mut().filter(of_queue) {
                if let Some(badness) = badness(*group, skill) {
                    skill.priority_later.clear();
                    skill.priority = 1 + order.iter().take_while(|better| **better < badness).count() as u32;
                }
            }
        }
    }

    pub(super) fn groups_and_agents(
        &self,
        abilities: &Ability,
        queues: &[Queue],
        rows: &RowMap,
    ) -> (Vec<Group>, Vec<Agent>) {
        let (mut groups, mut agents) = (Vec::new(), Vec::new());
        let mut next_place = 0;
        for (id, written) in by_name(&self.scenario.groups, |group| &group.name).into_iter().enumerate() {
            let id = GroupId::at(id);
            let first_agent = agents.len() as u32;
            let heads = match &written.staff {
                None => Heads::None,
                Some(Staff::Steps(steps)) => Heads::Steps(steps.clone()),
                Some(Staff::Series(series)) => Heads::Series(series.clone()),
            };
            let heads = self.with_events(heads, written);
            let most = heads.most();
            let (places, loads) = places(abilities, id, queues);
            let mut enter = |crew, number| {
                let first_place = next_place;
                next_place += u32::from(places);
                agents.push(Agent { group: id, crew, number, first_place });
            };
            (0..most).for_each(|number| enter(Crew::Staff, number));
            let mut entered = first_agent + most;
            let mut shifts = Vec::new();
            for (place, shift) in by_name(&written.shifts, |shift| &shift.name).into_iter().enumerate() {
                shifts.push(self.shift(shift, &written.shrinkage, id, entered));
                (0..shift.most()).for_each(|number| enter(Crew::Shift(place as u32), number));
                entered += shift.most();
            }
            let (Blocks::Share(blocks) | Blocks::UpTo(blocks)) = written.shrinkage.blocks;
            let lost = (written.shrinkage.absence + blocks).min(0.99);
            groups.push(Group {
                name: written.name.clone(),
                site: written.site.clone(),
                max_occupancy: written.max_occupancy,
                agents_differ: written
                    .agents_differ
                    .as_ref()
                    .and_then(|differ| Distribution::lognormal(1.0, differ.cv).ok()),
                cost_per_hour: written.pay_per_hour().unwrap_or(0.0),
                has_cost: written.cost.is_some(),
                premiums: premiums(written, rows),
                overtime_premium: written.cost.as_ref().map_or(0.0, |pay| pay.overtime - 1.0),
                heads,
                first_agent,
                paid_per_hour: 1.0 / (1.0 - lost),
                shifts,
                clock: self.clock(written),
                absence_varies: (written.absence_cv > 0.0)
                    .then(|| Distribution::gamma(1.0, written.absence_cv).ok())
                    .flatten(),
                lateness: written.lateness.as_ref().map(|late| (late.share, late.by.clone())),
                absences: if written.staff.is_some() { Vec::new() } else { absences(written) },
                leave: written.leave,
                places,
                loads,
            });
        }
        (groups, agents)
    }

    /// The clock that a group's shifts are written by.
    fn clock(&self, group: &scenario::Group) -> SiteClock {
        let centre = self.scenario.horizon.time_zone.as_deref().and_then(Zone::named);
        let site = group.time_zone.as_deref().and_then(Zone::named).filter(|_| !group.shifts.is_empty());
        let (Some(site), Some(centre), Some(start)) = (site, centre, self.calendar.start()) else {
            return SiteClock::default();
        };
        // Shifts of the days around may reach into the play.
        let days = (self.calendar.day(Instant::START) - 3, self.calendar.day(self.play_end) + 3);
        SiteClock::new(&site, &centre, start, days)
    }

    /// Heads without shifts, with the events of their group.
    fn with_events(&self, heads: Heads, group: &scenario::Group) -> Heads {
        let change = |event: &StaffEvent| match event.change {
            StaffChange::Agents(more) => Some((during(event), more)),
            StaffChange::Absence(_) => None,
        };
        let changes: Vec<_> = group.events.iter().filter_map(change).collect();
        if matches!(heads, Heads::None) || changes.is_empty() {
            return heads;
        }
        let start = self.calendar.reported_micros(Instant::START);
        heads.with(&changes, start, self.calendar.reported_micros(self.play_end))
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
            agents: shift.most(),
            heads: shift.agents,
            days: shift.days,
            turn: shift.rotation.as_ref().map(|rotation| Turn {
                week: i64::from(rotation.week) - 1,
                of: i64::from(rotation.of),
                first_weekday: self.calendar.weekday(0).index() as i64,
            }),
            start: shift.start,
            length: shift.length,
            breaks,
            absence: shrinkage.absence,
            blocks: Span::from_seconds(blocks),
        }
    }
}

/// From when up to when an event lasts.
fn during(event: &StaffEvent) -> (i64, i64) {
    (event.at, event.at.saturating_add(event.length.micros() as i64))
}

/// Who of a group's shifts is absent when.
fn absences(group: &scenario::Group) -> Vec<Absence> {
    let absence = |event: &StaffEvent| Absence {
        name: event.name.clone(),
        during: during(event),
        who: match event.change {
            StaffChange::Agents(more) => Absent::Agents(more.min(0).unsigned_abs()),
            StaffChange::Absence(chance) => Absent::Chance(chance),
        },
    };
    group.events.iter().map(absence).collect()
}

/// What one contact of a channel takes of an agent of a group, in thousandths.
fn share(group: &scenario::Group, channel: &Channel) -> u16 {
    let written = group.capacity.iter().find(|(name, _)| *name == channel.name);
    written.map_or(channel.share, |(_, share)| ((share * f64::from(WHOLE)) as u16).clamp(1, WHOLE))
}

/// How many pieces of work an agent of the group may have at once, and the loads with which there
/// is still room. One piece where nothing is ever interrupted and no two fit together.
fn places(abilities: &Ability, group: GroupId, queues: &[Queue]) -> (u8, Vec<u16>) {
    let skills = (0..queues.len()).map(QueueId::at);
    let able: Vec<(QueueId, u16)> =
        skills.filter_map(|queue| Some((queue, abilities.get(queue, group)?.share))).collect();
    let least = able.iter().map(|(_, share)| *share).min().unwrap_or(WHOLE);
    let interrupted = able.iter().any(|(queue, _)| queues[queue.index()].restart_cost.is_some());
    let turns = able.iter().any(|(queue, _)| queues[queue.index()].conversation.is_some());
    if least > WHOLE / 2 && !interrupted && !turns {
        return (1, Vec::new());
    }
    let mut reached = vec![false; usize::from(WHOLE) + 1];
    reached[0] = true;
    for load in 0..usize::from(WHOLE) {
        if reached[load] {
            for (_, share) in &able {
                if let Some(more) = reached.get_mut(load + usize::from(*share)) {
                    *more = true;
                }
            }
        }
    }
    let loads = (1..=WHOLE - least).filter(|load| reached[usize::from(*load)]).collect();
    let at_once = WHOLE / least + u16::from(interrupted);
    (at_once.clamp(2, u16::from(u8::MAX)) as u8, loads)
}

/// What an hour of each row costs above the usual; nothing where no hour does.
fn premiums(group: &scenario::Group, rows: &RowMap) -> Vec<f64> {
    let Some(pay) = group.cost.as_ref().filter(|pay| !pay.premiums.is_empty()) else { return Vec::new() };
    let above = |row: usize| {
        let (weekday, time) = rows.begins(row);
        pay.above(weekday, time)
    };
    (0..rows.count).map(above).collect()
}
