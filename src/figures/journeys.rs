//! Journeys over replications: which ways cases went, how often, and how they ended.
//!
//! All counts are whole numbers, so their sums do not depend on the order of adding. Memory is flat:
//! past so many different paths the rarest are no longer told apart and count as other journeys.
//! Which these are follows from the replications and the blocks that they are folded in alone.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use crate::estimate::ratio_of_sums;
use crate::model::Model;
use crate::observations::{CaseEnd, Journeys, Step, StepEnd};

use super::interval::Estimate;

/// Beyond so many different paths the rarest go, ...
const MOST_PATHS: usize = 2048;

/// ... and so many stay: going rarely costs less than going always.
const PATHS_KEPT: usize = 1024;

/// Journeys that a report lists.
const LISTED: usize = 10;

/// Steps that flows tell apart.
const FLOW_STEPS: usize = 4;

/// How a case ended, as a report tells journeys apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum JourneyEnd {
    /// By an agent.
    Solved,
    /// In self-service.
    Contained,
    /// Given up.
    Lost,
    /// Not yet, when the horizon ended.
    Open,
}

impl JourneyEnd {
    /// In the order of reports.
    pub const ALL: [JourneyEnd; 4] =
        [JourneyEnd::Solved, JourneyEnd::Contained, JourneyEnd::Lost, JourneyEnd::Open];

    /// As a report names it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        ["solved", "contained", "lost", "open"][self as usize]
    }

    fn of(path: &[Step], end: CaseEnd) -> JourneyEnd {
        match end {
            CaseEnd::Lost => JourneyEnd::Lost,
            CaseEnd::Open => JourneyEnd::Open,
            CaseEnd::Solved if path.last().is_some_and(|step| step.end() == StepEnd::Contained) => {
                JourneyEnd::Contained
            }
            CaseEnd::Solved => JourneyEnd::Solved,
        }
    }
}

/// One step of a journey.
#[derive(Clone, Debug, PartialEq)]
pub struct JourneyStep {
    /// The queue or follow-up.
    pub queue: String,
    /// How it ended there: `transferred`, `abandoned`, ...
    pub ended: &'static str,
}

/// A way that cases went, to its end.
#[derive(Clone, Debug, PartialEq)]
pub struct Journey {
    /// What happened; empty: the first step was not over when the horizon ended.
    pub steps: Vec<JourneyStep>,
    /// How it ended.
    pub end: JourneyEnd,
    /// Share of all cases.
    pub share: Estimate,
    /// From the opening of the case to its end, seconds; of open cases to the end of the horizon.
    pub mean_time: f64,
}

/// Where a step is taken.
#[derive(Clone, Debug, PartialEq)]
pub struct Place {
    /// The queue or follow-up.
    pub queue: String,
    /// Its channel.
    pub channel: String,
    /// In the self-service in front of the queue.
    pub self_service: bool,
}

/// Cases that took the same steps, however these ended, as far as a chart tells them apart.
#[derive(Clone, Debug, PartialEq)]
pub struct Flow {
    /// Numbers of the places of the first four steps.
    pub places: Vec<usize>,
    /// Whether further steps followed.
    pub longer: bool,
    /// How the cases ended.
    pub end: JourneyEnd,
    /// Share of all cases.
    pub share: f64,
}

/// The journeys of all cases.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct JourneyResults {
    /// Cases per replication.
    pub cases: f64,
    /// The ten most frequent journeys, the most frequent first.
    pub most_frequent: Vec<Journey>,
    /// Where steps are taken.
    pub places: Vec<Place>,
    /// What all cases but the rest went through.
    pub flows: Vec<Flow>,
    /// Share of cases, by [`JourneyEnd`], whose paths are too rare to be told apart.
    pub rest: [f64; 4],
}

/// What is summed of the cases that went one way to one end.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Way {
    cases: u64,
    /// Microseconds.
    time: u128,
    /// Of the cases of each replication: squared, and times all its cases.
    squares: u128,
    products: u128,
}

impl Way {
    fn merge(&mut self, later: &Way) {
        self.cases += later.cases;
        self.time += later.time;
        self.squares += later.squares;
        self.products += later.products;
    }
}

/// All journeys of the replications so far.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct JourneyFold {
    /// By [`CaseEnd`].
    paths: BTreeMap<Vec<Step>, [Way; 3]>,
    /// All cases, by [`JourneyEnd`].
    ended: [u64; 4],
    /// All cases of each replication, squared.
    squares: u128,
}

impl JourneyFold {
    pub(super) fn add(&mut self, seen: &Journeys) {
        let mut all = 0;
        seen.for_each(|path, ends| {
            for end in CaseEnd::ALL {
                let cases = ends.cases[end as usize];
                self.ended[JourneyEnd::of(path, end) as usize] += cases;
                all += cases;
            }
        });
        self.squares += u128::from(all) * u128::from(all);
        seen.for_each(|path, ends| {
            let add = |ways: &mut [Way; 3]| {
                for (way, (&cases, &time)) in ways.iter_mut().zip(ends.cases.iter().zip(&ends.time)) {
                    let squares = u128::from(cases) * u128::from(cases);
                    let products = u128::from(cases) * u128::from(all);
                    way.merge(&Way { cases, time: u128::from(time), squares, products });
                }
            };
            match self.paths.get_mut(path) {
                Some(ways) => add(ways),
                None => add(self.paths.entry(path.to_vec()).or_default()),
            }
        });
        self.forget_the_rarest();
    }

    pub(super) fn merge(&mut self, later: &JourneyFold) {
        for (path, ways) in &later.paths {
            let kept = self.paths.entry(path.clone()).or_default();
            kept.iter_mut().zip(ways).for_each(|(way, later)| way.merge(later));
        }
        self.ended.iter_mut().zip(later.ended).for_each(|(cases, later)| *cases += later);
        self.squares += later.squares;
        self.forget_the_rarest();
    }

    /// Of equally rare paths the last in their order go.
    fn forget_the_rarest(&mut self) {
        if self.paths.len() <= MOST_PATHS {
            return;
        }
        let frequency = |ways: &[Way; 3]| Reverse(ways.iter().map(|way| way.cases).sum::<u64>());
        let mut ranks: Vec<(Reverse<u64>, &[Step])> =
            self.paths.iter().map(|(path, ways)| (frequency(ways), path.as_slice())).collect();
        ranks.sort_unstable();
        let (rank, path) = ranks[PATHS_KEPT];
        let path = path.to_vec();
        self.paths.retain(|this, ways| (frequency(ways), this.as_slice()) < (rank, path.as_slice()));
    }

    pub(super) fn results(&self, model: &Model, replications: u64, multiple: Option<f64>) -> JourneyResults {
        let all: u64 = self.ended.iter().sum();
        if all == 0 {
            return JourneyResults::default();
        }
        let ways = || {
            self.paths.iter().flat_map(|(path, ways)| {
                let ends = CaseEnd::ALL.into_iter().zip(ways).filter(|(_, way)| way.cases > 0);
                ends.map(move |(end, way)| (path.as_slice(), JourneyEnd::of(path, end), way))
            })
        };
        let mut ranks: Vec<_> = ways().collect();
        // Stable: equally frequent ones stay in the order of their paths.
        ranks.sort_by_key(|(_, _, way)| Reverse(way.cases));
        let most_frequent = ranks.iter().take(LISTED).map(|(path, end, way)| {
            let share = ratio_of_sums(
                replications,
                [way.cases as f64, all as f64],
                [way.squares as f64, way.products as f64, self.squares as f64],
            );
            let error = share.and_then(|share| share.standard_error);
            Journey {
                steps: path.iter().map(|step| step_of(model, *step)).collect(),
                end: *end,
                share: Estimate {
                    value: way.cases as f64 / all as f64,
                    half_width: error.zip(multiple).map(|(error, multiple)| error * multiple),
                },
                mean_time: way.time as f64 / way.cases as f64 / 1e6,
            }
        });
        let (places, flows) = flows(model, ways().map(|(path, end, way)| (path, end, way.cases)), all);
        let mut rest = self.ended;
        ways().for_each(|(_, end, way)| rest[end as usize] -= way.cases);
        JourneyResults {
            cases: all as f64 / replications as f64,
            most_frequent: most_frequent.collect(),
            places,
            flows,
            rest: rest.map(|cases| cases as f64 / all as f64),
        }
    }
}

fn step_of(model: &Model, step: Step) -> JourneyStep {
    JourneyStep { queue: model.queues[step.queue().index()].name.clone(), ended: step.end().name() }
}

/// A queue by its number, and whether in its self-service.
type Visit = (usize, bool);

/// The first steps, whether more follow, and the end.
type Course = (Vec<Visit>, bool, JourneyEnd);

/// The places of the first steps, and how many of all cases went through the same of them.
fn flows<'a>(
    model: &Model,
    ways: impl Iterator<Item = (&'a [Step], JourneyEnd, u64)>,
    all: u64,
) -> (Vec<Place>, Vec<Flow>) {
    let place =
        |step: &Step| (step.queue().index(), matches!(step.end(), StepEnd::Contained | StepEnd::HungUp));
    let mut flows: BTreeMap<Course, u64> = BTreeMap::new();
    for (path, end, cases) in ways {
        let steps = path.iter().take(FLOW_STEPS).map(place).collect();
        *flows.entry((steps, path.len() > FLOW_STEPS, end)).or_default() += cases;
    }
    let visited: BTreeSet<Visit> = flows.keys().flat_map(|(steps, _, _)| steps).copied().collect();
    let numbers: BTreeMap<Visit, usize> = visited.iter().copied().zip(0..).collect();
    let places = visited.iter().map(|&(queue, self_service)| {
        let queue = &model.queues[queue];
        let channel = model.channels[queue.channel.index()].name.clone();
        Place { queue: queue.name.clone(), channel, self_service }
    });
    let flow = |((steps, longer, end), cases): (Course, u64)| Flow {
        places: steps.iter().map(|step| numbers[step]).collect(),
        longer,
        end,
        share: cases as f64 / all as f64,
    };
    (places.collect(), flows.into_iter().map(flow).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::observations::JourneyId;
    use crate::units::QueueId;

    /// A replication in which each of the paths, by their numbers, is gone once.
    fn replication(paths: impl Iterator<Item = u32>) -> Journeys {
        let mut journeys = Journeys::default();
        for number in paths {
            let mut at = JourneyId::START;
            for digit in 0..3 {
                let queue = QueueId((number >> (5 * digit) & 31) as u16);
                at = journeys.step(at, Step::new(queue, StepEnd::Transferred));
            }
            journeys.end(at, CaseEnd::Lost, 1_000_000);
        }
        journeys
    }

    #[test]
    fn memory_is_bounded_and_the_frequent_stay() {
        let (mut fold, mut later) = (JourneyFold::default(), JourneyFold::default());
        for round in 0..40 {
            // A thousand new paths each time, and three that come again.
            let new = (0..1000).map(|i| 1000 + 700 * round + i);
            let seen = replication(new.chain([1, 2, 3, 1, 2, 1]));
            if round < 20 {
                fold.add(&seen)
            } else {
                later.add(&seen)
            }
            assert!(fold.paths.len() <= MOST_PATHS && later.paths.len() <= MOST_PATHS);
        }
        fold.merge(&later);
        assert!(fold.paths.len() <= MOST_PATHS, "{}", fold.paths.len());
        assert_eq!(fold.ended, [0, 0, 40 * 1006, 0]);
        let mut cases: Vec<u64> = fold.paths.values().map(|ways| ways[1].cases).collect();
        cases.sort_unstable();
        assert!(cases.ends_with(&[40, 80, 120]), "{:?}", &cases[cases.len() - 5..]);
    }

    #[test]
    fn blocks_merge_to_the_same_as_one_by_one() {
        let (mut one, mut first, mut second) = Default::default();
        for round in 0..6 {
            let seen = replication(round..round * 3 + 2);
            JourneyFold::add(&mut one, &seen);
            JourneyFold::add(if round < 2 { &mut first } else { &mut second }, &seen);
        }
        first.merge(&second);
        assert_eq!(one, first);
    }
}
