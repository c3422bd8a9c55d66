//! A finished sweep, read back from its `sweep.csv`: of every point only what is charted and
//! tabled, so that a sweep of any size takes little memory.

use std::fs::File;
use std::io::{self, BufReader};
use std::path::Path;

use crate::figures::{Estimate, Figure, Figures};
use crate::scenario::{Quantity, SAMPLED, Scenario};

use super::wording::{percent, time_written};

/// Points that charts are made of; of larger sweeps a few are tabled and none is drawn.
pub(super) const MOST_DRAWN: usize = 2_000;

/// Points of which a larger sweep keeps the figures: those of the page's table.
pub(super) const MOST_TABLED: usize = 500;

/// Kept of the queue or the total, in the order of tables.
pub(super) const SCOPE_FIGURES: [Figure; 8] = [
    Figure::ServiceLevel,
    Figure::Wait,
    Figure::WaitP90,
    Figure::Abandonment,
    Figure::Resolution,
    Figure::Fcr,
    Figure::TimeToResolution,
    Figure::ContactsPerCase,
];

/// Kept of all groups together.
pub(super) const GROUP_FIGURES: [Figure; 2] = [Figure::Occupancy, Figure::Cost];

/// What the scenario of a sweep says of itself.
#[derive(Clone, Debug)]
pub struct SweepAbout {
    title: String,
    seed: u64,
    replications: u64,
    /// Whether points go on until a figure is known well enough.
    precise: bool,
    confidence: f64,
    swept: Vec<String>,
    /// Of every queue its promise on waits.
    queues: Vec<(String, Option<Promised>)>,
}

/// A promised service level.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Promised {
    pub(super) share: f64,
    /// `80 % in 20 s`.
    pub(super) words: String,
}

impl SweepAbout {
    /// Of a scenario, and what is swept, a line an axis (`Sweep::written`).
    #[must_use]
    pub fn new(scenario: &Scenario, swept: Vec<String>) -> SweepAbout {
        let promised = |target: &crate::scenario::AnswerTarget| Promised {
            share: target.share,
            words: format!("{} in {}", percent(target.share), time_written(&target.within.to_string())),
        };
        let queues = scenario.queues.iter();
        SweepAbout {
            title: scenario.title.clone(),
            seed: scenario.experiment.seed,
            replications: scenario.experiment.replications,
            precise: scenario.experiment.precision.is_some(),
            confidence: scenario.experiment.confidence,
            swept,
            queues: queues.map(|queue| (queue.name.clone(), queue.answer.as_ref().map(promised))).collect(),
        }
    }

    pub(super) fn title(&self) -> &str {
        &self.title
    }

    pub(super) fn seed(&self) -> u64 {
        self.seed
    }

    pub(super) fn replications(&self) -> u64 {
        self.replications
    }

    pub(super) fn precise(&self) -> bool {
        self.precise
    }

    pub(super) fn confidence(&self) -> f64 {
        self.confidence
    }

    /// Whether the points are a sample, not a grid.
    pub(super) fn sampled(&self) -> bool {
        self.swept.iter().any(|line| line.ends_with(SAMPLED))
    }

    pub(super) fn swept(&self) -> &[String] {
        &self.swept
    }
}

/// One point: its settings as a reader sees them, and its figures.
#[derive(Clone, Debug, Default)]
pub(super) struct Point {
    pub(super) number: u64,
    pub(super) settings: Vec<String>,
    pub(super) figures: Figures,
}

/// A finished sweep.
#[derive(Clone, Debug)]
pub struct Swept {
    pub(super) about: SweepAbout,
    pub(super) paths: Vec<String>,
    /// All points, or the first of too many.
    pub(super) points: Vec<Point>,
    /// How many there are.
    pub(super) count: usize,
    /// The queue that the charts are about; `None`: the total.
    pub(super) queue: Option<String>,
    /// Its promise on waits, where it is the same at all points.
    pub(super) promise: Option<Promised>,
    /// The highest service level.
    pub(super) highest: Option<Point>,
    /// The cheapest point that keeps the promise.
    pub(super) cheapest: Option<Point>,
}

impl Swept {
    /// Reads a sweep's `sweep.csv`.
    ///
    /// # Errors
    /// What the system says, or that the file is none of a sweep.
    pub fn read(file: &Path, about: SweepAbout) -> io::Result<Swept> {
        let mut reader = csv::Reader::from_reader(BufReader::new(File::open(file)?));
        let head = reader.headers()?.clone();
        let none = || io::Error::new(io::ErrorKind::InvalidData, "it is no sweep.csv");
        let scope = head.iter().position(|name| name == "scope").ok_or_else(none)?;
        if scope < 1 || head.len() != scope + 6 {
            return Err(none());
        }
        let paths: Vec<String> = head.iter().take(scope).skip(1).map(str::to_owned).collect();
        let queue = queue_of(&paths, &about);
        let promise = promise_of(&paths, queue.as_deref(), &about);
        let mut swept = Swept {
            about,
            paths,
            points: Vec::new(),
            count: 0,
            queue,
            promise,
            highest: None,
            cheapest: None,
        };
        let mut current: Option<Point> = None;
        let mut row = csv::StringRecord::new();
        while reader.read_record(&mut row)? {
            let field = |at: usize| row.get(at).unwrap_or_default();
            let number: u64 = field(0).parse().map_err(|_| none())?;
            if current.as_ref().is_none_or(|point| point.number != number) {
                swept.take(current.take());
                let settings = (1..scope).map(|at| field(at).to_owned()).collect();
                current = Some(Point { number, settings, figures: Figures::default() });
            }
            let kept: &[Figure] = match (field(scope), swept.queue.as_deref()) {
                ("queue", Some(queue)) if queue == field(scope + 1) => &SCOPE_FIGURES,
                ("total", None) => &SCOPE_FIGURES,
                ("all_groups", _) => &GROUP_FIGURES,
                _ => continue,
            };
            let figure = kept.iter().find(|figure| figure.name() == field(scope + 3));
            let value = field(scope + 4).parse::<f64>().ok().filter(|value| value.is_finite());
            if let (Some(figure), Some(value), Some(point), "") =
                (figure, value, current.as_mut(), field(scope + 2))
            {
                let half_width = field(scope + 5).parse().ok();
                point.figures.0.push((*figure, Estimate { value, half_width }));
            }
        }
        swept.take(current);
        Ok(swept)
    }

    /// Keeps a whole point, as far as there is room.
    fn take(&mut self, point: Option<Point>) {
        let Some(point) = point else { return };
        self.count += 1;
        let level = |point: &Point| point.figures.value(Figure::ServiceLevel);
        let cost = |point: &Point| point.figures.value(Figure::Cost);
        if let Some(own) = level(&point) {
            if self.highest.as_ref().and_then(level).is_none_or(|highest| own > highest) {
                self.highest = Some(point.clone());
            }
            let keeps = self.promise.as_ref().is_some_and(|promise| own >= promise.share);
            let cheaper = |own| self.cheapest.as_ref().and_then(cost).is_none_or(|cheapest| own < cheapest);
            if keeps && cost(&point).is_some_and(cheaper) {
                self.cheapest = Some(point.clone());
            }
        }
        if self.points.len() < MOST_DRAWN {
            self.points.push(point);
        } else {
            self.points.truncate(MOST_TABLED);
        }
    }

    /// Whether there are more points than charts are made of.
    #[must_use]
    pub fn too_many(&self) -> bool {
        self.count > MOST_DRAWN
    }

    /// What charts and tables are about: a queue, or all of them.
    pub(super) fn subject(&self) -> String {
        match &self.queue {
            Some(queue) => format!("queue {queue}"),
            None => "all queues".to_owned(),
        }
    }

    /// The settings of a point: `groups.team.staff = 5, ...`.
    pub(super) fn settings(&self, point: &Point) -> String {
        let pairs = self.paths.iter().zip(&point.settings);
        pairs.map(|(path, value)| format!("{path} = {value}")).collect::<Vec<_>>().join(", ")
    }

    /// A path's values at all points as numbers (times in seconds), and whether they are times;
    /// `None` where any is neither.
    pub(super) fn numbers(&self, path: usize) -> Option<(Vec<f64>, bool)> {
        let mut times = false;
        let number = |point: &Point| {
            let quantity = Quantity::parse(point.settings.get(path)?)?;
            times |= matches!(quantity, Quantity::Time(_));
            Some(quantity.number())
        };
        let numbers: Option<Vec<f64>> = self.points.iter().map(number).collect();
        numbers.map(|numbers| (numbers, times))
    }

    /// A path's different values, in the order of points.
    pub(super) fn values(&self, path: usize) -> Vec<String> {
        let mut values: Vec<String> = Vec::new();
        for value in self.points.iter().filter_map(|point| point.settings.get(path)) {
            if !values.contains(value) {
                values.push(value.clone());
            }
        }
        values
    }

    /// Whether a path's value follows from another's: they move together, or it never moves.
    pub(super) fn follows(&self, path: usize, other: usize) -> bool {
        let mut pairs: Vec<(&String, &String)> = Vec::new();
        self.points.iter().all(|point| {
            let pair = (&point.settings[other], &point.settings[path]);
            match pairs.iter().find(|known| known.0 == pair.0) {
                Some(known) => known.1 == pair.1,
                None => {
                    pairs.push(pair);
                    true
                }
            }
        })
    }
}

/// The queue whose settings vary, where it is one.
fn queue_of(paths: &[String], about: &SweepAbout) -> Option<String> {
    let name = |path: &String| {
        let rest = path.strip_prefix("queues.")?;
        let of = |(name, _): &&(String, Option<Promised>)| {
            let quoted = format!("\"{name}\"");
            [name.as_str(), &quoted].iter().any(|name| {
                rest.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
            })
        };
        about.queues.iter().find(of).map(|(name, _)| name.clone())
    };
    let mut names = paths.iter().filter_map(name);
    let first = names.next()?;
    names.all(|name| name == first).then_some(first)
}

/// The queue's promise; of all queues, where they promise the same share.
fn promise_of(paths: &[String], queue: Option<&str>, about: &SweepAbout) -> Option<Promised> {
    if paths.iter().any(|path| path.contains(".target")) {
        return None;
    }
    let wanted = |(name, _): &&(String, Option<Promised>)| queue.is_none_or(|queue| queue == name);
    let mut promises = about.queues.iter().filter(wanted).filter_map(|(_, promise)| promise.clone());
    let first = promises.next()?;
    let mut words = first.words.clone();
    for other in promises {
        if other.share != first.share {
            return None;
        }
        if other.words != words {
            words = percent(first.share);
        }
    }
    Some(Promised { share: first.share, words })
}
