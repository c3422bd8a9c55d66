//! Which group can serve which queue, and how well.

use crate::units::{GroupId, QueueId, Span};

use super::Timed;

/// A group's ability to serve a queue.
#[derive(Clone, Debug)]
pub struct Skill {
    /// Orders the groups for an arriving contact.
    pub priority: u32,
    /// Orders the queues for a freed agent.
    pub takes: u32,
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
    /// What one contact takes of an agent, in thousandths.
    pub share: u16,
    /// Conversations of its channel at once, where the shares alone would allow more.
    pub most: Option<u8>,
    /// What rule `matching` goes by.
    pub matching: Matching,
    /// Whether routing may find the group by this skill; follow-ups of an owner may not.
    pub listed: bool,
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
        ability.duties = (0..groups)
            .map(|group| {
                let duty = |&queue: &QueueId| {
                    let skill = ability.skill(queue, GroupId::at(group));
                    let level = (queue_priority[queue.index()], skill.takes);
                    Duty { queue, level, after: skill.after, head_start: head_start[queue.index()] }
                };
                ability.serves[group].iter().map(duty).collect()
            })
            .collect();
        ability.share(&[]);
        ability
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
