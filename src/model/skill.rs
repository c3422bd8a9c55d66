//! Which group can serve which queue, and how well.

use crate::units::{GroupId, QueueId, Span};

use super::Timed;

/// A group's ability to serve a queue.
#[derive(Clone, Debug)]
pub struct Skill {
    /// Orders the groups for an arriving contact.
    pub priority: u32,
    /// (waited so long, the priority from then on), ascending.
    pub priority_later: Vec<(Span, u32)>,
    /// Orders the queues for a freed agent.
    pub takes: u32,
    /// (waited so long, what takes is from then on), ascending.
    pub takes_later: Vec<(Span, u32)>,
    /// Divides talk and wrap-up times.
    pub speed: f64,
    /// Times are those that are drawn: at speed 1, by agents who are alike.
    pub as_drawn: bool,
    /// Contacts that an agent at work on nothing else finishes a second, by the mean handle time.
    pub rate: f64,
    /// Share of finished legs that solve the case.
    pub solved: f64,
    /// Helps only those who have waited this long.
    pub after: Span,
    /// Overrides the queue's talk time.
    pub talk: Option<Timed>,
    /// Overrides the queue's wrap-up time.
    pub wrap_up: Option<Timed>,
    /// What one contact takes of an agent, in thousandths.
    pub share: u16,
    /// Conversations of its channel at once, where the shares alone would allow more.
    pub most: Option<u8>,
    /// What rule `matching` goes by.
    pub matching: Matching,
    /// Whether routing may find the group by this skill; follow-ups of an owner may not.
    pub listed: bool,
}

impl Skill {
    /// The priority for a contact who has waited so long.
    #[must_use]
    pub fn priority_after(&self, waited: Span) -> u32 {
        after(self.priority, &self.priority_later, waited)
    }
}

/// How well a waiting contact and a group with idle agents match, by rule `matching`:
/// base + wait x waited + idle x idle time + idle_agents x idle agents, times in seconds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Matching {
    /// Below 0: the two are kept apart for a while.
    pub base: f64,
    /// A second of the contact's wait.
    pub wait: f64,
    /// A second that the group's longest idle agent is idle.
    pub idle: f64,
    /// An idle agent of the group.
    pub idle_agents: f64,
}

/// A group that can serve a queue, as routing walks them.
#[derive(Clone, Copy, Debug)]
pub struct Server {
    /// Which.
    pub group: GroupId,
    /// Its skill's priority.
    pub priority: u32,
    /// Helps only those who have waited this long.
    pub after: Span,
    /// Its agents may have several things at once.
    pub shared: bool,
}

/// The groups that can serve a contact of a queue who has waited so long, where their order changes with the wait.
#[derive(Clone, Debug)]
pub struct Stage {
    /// From this wait on.
    pub from: Span,
    /// A group may serve it now that could not before.
    pub opens: bool,
    /// In the order of the priorities of that wait.
    pub servers: Vec<Server>,
}

/// A queue that a group can serve, as routing walks them.
#[derive(Clone, Copy, Debug)]
pub struct Duty {
    /// Which.
    pub queue: QueueId,
    /// The queue's priority, then what the group takes first.
    pub level: (u32, u32),
    /// Only those who have waited this long.
    pub after: Span,
    /// Its contacts count as having waited so much longer.
    pub head_start: Span,
    /// Where in the ability's steps `takes` changes with the wait, and how often.
    later: (u32, u32),
}

/// The skills matrix, with the orders that routing walks.
#[derive(Clone, Debug)]
pub struct Ability {
    groups: usize,
    /// By queue, then group: where in `skills`; `u32::MAX`: unable.
    matrix: Vec<u32>,
    skills: Vec<Skill>,
    /// For each queue the groups that can serve it, by skill priority, then id.
    served_by: Vec<Vec<GroupId>>,
    /// The same with what routing asks of them.
    servers: Vec<Vec<Server>>,
    /// For each group its queues, with what routing asks of them.
    duties: Vec<Vec<Duty>>,
    /// For each group the queues that it can serve, by queue priority, takes, then id.
    serves: Vec<Vec<QueueId>>,
    /// Whether any skill helps only those who have waited.
    delayed: bool,
    /// By queue: the groups by wait; none where their order never changes.
    stages: Vec<Vec<Stage>>,
    /// What takes is from a wait on, for each duty where it changes.
    takes_later: Vec<(Span, u32)>,
}

impl Ability {
    /// From all (queue, group, skill); priority and head start by queue.
    #[must_use]
    pub fn new(
        queue_priority: &[u32],
        head_start: &[Span],
        groups: usize,
        entries: impl IntoIterator<Item = (QueueId, GroupId, Skill)>,
    ) -> Ability {
        let queues = queue_priority.len();
        let mut ability = Ability {
            groups,
            matrix: vec![u32::MAX; queues * groups],
            skills: Vec::new(),
            served_by: vec![Vec::new(); queues],
            serves: vec![Vec::new(); groups],
            servers: Vec::new(),
            duties: Vec::new(),
            delayed: false,
            stages: vec![Vec::new(); queues],
            takes_later: Vec::new(),
        };
        for (queue, group, skill) in entries {
            ability.matrix[queue.index() * groups + group.index()] =
                u32::try_from(ability.skills.len()).expect("the scenario limits how many there are");
            ability.delayed |= skill.after > Span::ZERO;
            if skill.listed {
                ability.served_by[queue.index()].push(group);
                ability.serves[group.index()].push(queue);
            }
            ability.skills.push(skill);
        }
        for queue in (0..queues).map(QueueId::at) {
            let mut by = std::mem::take(&mut ability.served_by[queue.index()]);
            by.sort_by_key(|&group| (ability.skill(queue, group).priority, group));
            ability.served_by[queue.index()] = by;
        }
        for group in (0..groups).map(GroupId::at) {
            let mut queues = std::mem::take(&mut ability.serves[group.index()]);
            queues.sort_by_key(|&queue| {
                (queue_priority[queue.index()], ability.skill(queue, group).takes, queue)
            });
            ability.serves[group.index()] = queues;
        }
        let mut takes_later = Vec::new();
        ability.duties = (0..groups)
            .map(|group| {
                let duty = |&queue: &QueueId| {
                    let skill = ability.skill(queue, GroupId::at(group));
                    let level = (queue_priority[queue.index()], skill.takes);
                    let later = (takes_later.len() as u32, skill.takes_later.len() as u32);
                    takes_later.extend_from_slice(&skill.takes_later);
                    Duty { queue, level, after: skill.after, head_start: head_start[queue.index()], later }
                };
                ability.serves[group].iter().map(duty).collect()
            })
            .collect();
        ability.takes_later = takes_later;
        ability.share(&[]);
        ability
    }

    /// The groups of a queue by wait; none where no skill's priority changes with it.
    fn stages_of(&self, queue: QueueId, shared: &[bool]) -> Vec<Stage> {
        let served_by = &self.served_by[queue.index()];
        let skills = || served_by.iter().map(|group| (*group, self.skill(queue, *group)));
        if skills().all(|(_, skill)| skill.priority_later.is_empty()) {
            return Vec::new();
        }
        let changes = |(_, skill): (GroupId, &Skill)| -> Vec<Span> {
            let later = skill.priority_later.iter().map(|(wait, _)| *wait);
            later.chain([skill.after]).collect()
        };
        let mut waits: Vec<Span> = skills().flat_map(changes).chain([Span::ZERO]).collect();
        waits.sort_unstable();
        waits.dedup();
        let stage = |from: Span| {
            let mut servers: Vec<Server> = skills()
                .filter(|(_, skill)| skill.after <= from)
                .map(|(group, skill)| Server {
                    group,
                    priority: skill.priority_after(from),
                    after: Span::ZERO,
                    shared: shared.get(group.index()).copied().unwrap_or(false),
                })
                .collect();
            servers.sort_by_key(|server| (server.priority, server.group));
            let opens = skills().any(|(_, skill)| skill.after == from && from > Span::ZERO);
            Stage { from, opens, servers }
        };
        waits.into_iter().map(stage).collect()
    }

    /// Notes whose agents may have several things at once, by group.
    pub(super) fn share(&mut self, shared: &[bool]) {
        let servers = (0..self.served_by.len()).map(|queue| {
            let server = |&group: &GroupId| {
                let skill = self.skill(QueueId::at(queue), group);
                let shared = shared.get(group.index()).copied().unwrap_or(false);
                Server { group, priority: skill.priority, after: skill.after, shared }
            };
            self.served_by[queue].iter().map(server).collect()
        });
        self.servers = servers.collect();
        self.stages =
            (0..self.served_by.len()).map(|queue| self.stages_of(QueueId::at(queue), shared)).collect();
    }

    /// The groups that can serve a queue, by how long its contact has waited; none where their order never changes.
    #[inline]
    #[must_use]
    pub fn stages(&self, queue: QueueId) -> &[Stage] {
        &self.stages[queue.index()]
    }

    /// What a duty's `takes` is for a contact who has waited so long.
    #[inline]
    #[must_use]
    pub fn takes_after(&self, duty: &Duty, waited: Span) -> u32 {
        let (first, many) = duty.later;
        let later = &self.takes_later[first as usize..(first + many) as usize];
        after(duty.level.1, later, waited)
    }

    /// Whether what a freed agent takes first changes with the waits.
    #[must_use]
    pub fn takes_change(&self) -> bool {
        !self.takes_later.is_empty()
    }

    /// The groups that can serve a queue, by skill priority, with what routing asks of them.
    #[inline]
    #[must_use]
    pub fn servers(&self, queue: QueueId) -> &[Server] {
        &self.servers[queue.index()]
    }

    /// The queues that a group can serve, in the order of [`Ability::serves`].
    #[inline]
    #[must_use]
    pub fn duties(&self, group: GroupId) -> &[Duty] {
        &self.duties[group.index()]
    }

    /// The group's skill for the queue, if it has one.
    #[inline]
    #[must_use]
    pub fn get(&self, queue: QueueId, group: GroupId) -> Option<&Skill> {
        self.skills.get(self.matrix[queue.index() * self.groups + group.index()] as usize)
    }

    /// The group's skill for a queue that it can serve.
    ///
    /// # Panics
    /// When it can't.
    #[inline]
    #[must_use]
    pub fn skill(&self, queue: QueueId, group: GroupId) -> &Skill {
        &self.skills[self.matrix[queue.index() * self.groups + group.index()] as usize]
    }

    /// The groups that can serve a queue, by skill priority.
    #[inline]
    #[must_use]
    pub fn served_by(&self, queue: QueueId) -> &[GroupId] {
        &self.served_by[queue.index()]
    }

    /// The queues that a group can serve, by queue priority, then by what it takes first.
    #[inline]
    #[must_use]
    pub fn serves(&self, group: GroupId) -> &[QueueId] {
        &self.serves[group.index()]
    }

    /// Whether any skill helps only those who have waited a while.
    #[inline]
    #[must_use]
    pub fn has_delays(&self) -> bool {
        self.delayed
    }
}

/// A rank after a wait, the first one and those from later waits on given.
#[inline]
fn after(first: u32, later: &[(Span, u32)], waited: Span) -> u32 {
    later.iter().take_while(|(wait, _)| *wait <= waited).last().map_or(first, |(_, rank)| *rank)
}
