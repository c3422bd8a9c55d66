//! Journeys: what happened to cases, stay by stay, as a tree of steps with the ends that cases met.

use crate::units::QueueId;

/// How a stay, a session or a follow-up ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum StepEnd {
    /// An agent solved it.
    Solved,
    /// An agent did not.
    Unsolved,
    /// Passed on.
    Transferred,
    /// Gave up waiting.
    Abandoned,
    /// Heard the busy signal.
    Blocked,
    /// Found it closed, or was sent away at closing time.
    Closed,
    /// Ended in self-service.
    Contained,
    /// Broke off in self-service.
    HungUp,
    /// Chose to be called back.
    CalledBack,
    /// Wrote again while waiting.
    Chased,
    /// Left for another queue while waiting.
    Overflowed,
    /// Could not be reached.
    Unreached,
}

impl StepEnd {
    const ALL: [StepEnd; 12] = [
        StepEnd::Solved,
        StepEnd::Unsolved,
        StepEnd::Transferred,
        StepEnd::Abandoned,
        StepEnd::Blocked,
        StepEnd::Closed,
        StepEnd::Contained,
        StepEnd::HungUp,
        StepEnd::CalledBack,
        StepEnd::Chased,
        StepEnd::Overflowed,
        StepEnd::Unreached,
    ];

    /// As a report names it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        [
            "solved",
            "not solved",
            "transferred",
            "abandoned",
            "busy signal",
            "closed",
            "contained",
            "hung up",
            "to be called back",
            "wrote again",
            "overflowed",
            "not reached",
        ][self as usize]
    }
}

/// One step of a journey.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Step(u32);

/// Bits of a step that say how it ended.
const END_BITS: u32 = 4;
const _: () = assert!(StepEnd::ALL.len() <= 1 << END_BITS);

impl Step {
    /// What happened in a queue.
    #[inline]
    #[must_use]
    pub const fn new(queue: QueueId, end: StepEnd) -> Step {
        Step(((queue.0 as u32) << END_BITS) | end as u32)
    }

    /// Where.
    #[must_use]
    pub const fn queue(self) -> QueueId {
        QueueId((self.0 >> END_BITS) as u16)
    }

    /// How it ended.
    #[must_use]
    pub fn end(self) -> StepEnd {
        StepEnd::ALL[(self.0 & ((1 << END_BITS) - 1)) as usize]
    }
}

/// How a case ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum CaseEnd {
    /// By an agent or in self-service.
    Solved,
    /// Given up.
    Lost,
    /// Still open when the horizon ended.
    Open,
}

impl CaseEnd {
    /// All ends.
    pub const ALL: [CaseEnd; 3] = [CaseEnd::Solved, CaseEnd::Lost, CaseEnd::Open];

    /// As a report names it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        ["solved", "lost", "open"][self as usize]
    }
}

/// Where a case stands in the tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct JourneyId(u32);

impl JourneyId {
    /// Nothing has happened yet.
    pub const START: JourneyId = JourneyId(0);
}

/// How many cases ended here and how long they took, microseconds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Ends {
    /// By [`CaseEnd`].
    pub cases: [u64; 3],
    /// Time from opening to end, by [`CaseEnd`].
    pub time: [u64; 3],
}

#[derive(Clone, Copy, Debug)]
struct Node {
    step: Step,
    depth: u32,
    first_child: u32,
    next_sibling: u32,
    ends: Ends,
}

/// Longer journeys stay at their last step that is kept.
const LONGEST: u32 = 24;

/// More branches are not told apart: what goes on from there ends there.
const MOST_NODES: usize = 1 << 16;

const NONE: u32 = u32::MAX;

/// All journeys of one replication.
///
/// A first step is looked up: there are as many as queues. A later one costs a walk along the branches at its place:
/// few, as cases mostly do the same things.
#[derive(Clone, Debug)]
pub struct Journeys {
    nodes: Vec<Node>,
    /// By first step: its node.
    first_steps: Vec<u32>,
}

impl Default for Journeys {
    fn default() -> Journeys {
        let mut journeys = Journeys { nodes: Vec::new(), first_steps: Vec::new() };
        journeys.clear();
        journeys
    }
}

impl Journeys {
    /// Empties it, keeping its memory.
    pub fn clear(&mut self) {
        self.first_steps.fill(NONE);
        self.nodes.clear();
        self.nodes.push(Node {
            step: Step(NONE),
            depth: 0,
            first_child: NONE,
            next_sibling: NONE,
            ends: Ends::default(),
        });
    }

    /// Goes on from `from` by a step.
    #[inline]
    pub fn step(&mut self, from: JourneyId, step: Step) -> JourneyId {
        if from == JourneyId::START {
            return match self.first_steps.get(step.0 as usize) {
                Some(&node) if node != NONE => JourneyId(node),
                _ => self.grow(from, step),
            };
        }
        let first = self.nodes[from.0 as usize].first_child;
        if first != NONE && self.nodes[first as usize].step == step {
            return JourneyId(first);
        }
        self.seek(from, step)
    }

    /// Looks among the other branches; the one that is found moves to the front, so that what cases mostly do
    /// is found at once.
    #[inline(never)]
    fn seek(&mut self, from: JourneyId, step: Step) -> JourneyId {
        let first = self.nodes[from.0 as usize].first_child;
        let mut before = first;
        while before != NONE {
            let found = self.nodes[before as usize].next_sibling;
            if found != NONE && self.nodes[found as usize].step == step {
                self.nodes[before as usize].next_sibling = self.nodes[found as usize].next_sibling;
                self.nodes[found as usize].next_sibling = first;
                self.nodes[from.0 as usize].first_child = found;
                return JourneyId(found);
            }
            before = found;
        }
        self.grow(from, step)
    }

    #[cold]
    fn grow(&mut self, from: JourneyId, step: Step) -> JourneyId {
        let Node { depth, first_child, .. } = self.nodes[from.0 as usize];
        if depth >= LONGEST || self.nodes.len() >= MOST_NODES {
            return from;
        }
        let id = self.nodes.len() as u32;
        self.nodes.push(Node {
            step,
            depth: depth + 1,
            first_child: NONE,
            next_sibling: first_child,
            ends: Ends::default(),
        });
        self.nodes[from.0 as usize].first_child = id;
        if from == JourneyId::START {
            let at = step.0 as usize;
            self.first_steps.resize(self.first_steps.len().max(at + 1), NONE);
            self.first_steps[at] = id;
        }
        JourneyId(id)
    }

    /// A case ends after so many microseconds.
    #[inline]
    pub fn end(&mut self, at: JourneyId, end: CaseEnd, micros: u64) {
        let ends = &mut self.nodes[at.0 as usize].ends;
        ends.cases[end as usize] += 1;
        ends.time[end as usize] += micros;
    }

    /// Every journey on which a case ended, with how many did.
    pub fn for_each(&self, mut each: impl FnMut(&[Step], &Ends)) {
        // Depth first, with the path on the way.
        let mut path = Vec::new();
        let mut stack = vec![0];
        while let Some(id) = stack.pop() {
            let node = &self.nodes[id as usize];
            path.truncate((node.depth as usize).saturating_sub(1));
            if node.depth > 0 {
                path.push(node.step);
            }
            if node.ends.cases != [0; 3] {
                each(&path, &node.ends);
            }
            let children = std::iter::successors(Some(node.first_child), |&child| {
                (child != NONE).then(|| self.nodes[child as usize].next_sibling)
            });
            stack.extend(children.take_while(|child| *child != NONE));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn journeys_are_told_apart_step_by_step() {
        let step = |queue, end| Step::new(QueueId(queue), end);
        let mut journeys = Journeys::default();
        for (second, end) in [
            (StepEnd::Solved, CaseEnd::Solved),
            (StepEnd::Unsolved, CaseEnd::Lost),
            (StepEnd::Solved, CaseEnd::Solved),
        ] {
            let at = journeys.step(JourneyId::START, step(3, StepEnd::Transferred));
            let at = journeys.step(at, step(1, second));
            journeys.end(at, end, 7);
        }
        let mut seen = Vec::new();
        journeys.for_each(|path, ends| {
            let path: Vec<_> = path.iter().map(|step| (step.queue().0, step.end().name())).collect();
            seen.push((path, ends.cases, ends.time));
        });
        seen.sort();
        let first = (3, "transferred");
        assert_eq!(
            seen,
            [
                (vec![first, (1, "not solved")], [0, 1, 0], [0, 7, 0]),
                (vec![first, (1, "solved")], [2, 0, 0], [14, 0, 0]),
            ]
        );
    }
}
