//! A finished sweep, read back from its `sweep.csv`: of every point only what is charted and
//! tabled, so that a sweep of any size takes little memory.

use std::fs::File;
use std::io::{self, BufReader};
use std::path::Path;

use crate::experiment::{QueueAbout, SweepAbout};
use crate::figures::{Estimate, Figure, Figures, Line, Verdict};
use crate::vocabulary::Quantity;

use super::inert::written;
use super::parameter::in_words;
use super::sweep_csv::COLUMNS as ROW;
use super::tables::Column;
use super::wording::target_words;

/// Points that charts are made of; of larger sweeps a few are tabled and none is drawn.
pub(super) const MOST_DRAWN: usize = 2_000;

/// Points of which a larger sweep keeps the figures: those of the page's table.
pub(super) const MOST_TABLED: usize = 500;

/// What is kept of each point, in the order of tables: of the queue or the total, then of all groups.
pub(super) const COLUMNS: [Column; 10] = [
    Column::new(Figure::ServiceLevel, "Service\nlevel"),
    Column::new(Figure::Wait, "Mean\nwait"),
    Column::wide(Figure::WaitP90),
    Column::new(Figure::Abandonment, "Aban-\ndoned").dropped(3),
    Column::new(Figure::Resolution, "Resolved").dropped(1),
    Column::wide(Figure::Fcr),
    Column::wide(Figure::TimeToResolution),
    Column::wide(Figure::ContactsPerCase),
    Column::new(Figure::Occupancy, "Occu-\npancy").dropped(2),
    Column::new(Figure::Cost, "Cost"),
];

fn kept() -> impl Iterator<Item = Figure> {
    COLUMNS.into_iter().map(|column| column.figure)
}

/// Whether a figure is kept of all groups together.
fn is_of_groups(figure: Figure) -> bool {
    figure.is_of(Line::Group)
}

/// A target of the service level.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct CommonTarget {
    pub(super) share: f64,
    /// `80 % in 20 s`.
    pub(super) words: String,
}

/// One point: its settings as a reader sees them, its figures, and how its targets stand.
#[derive(Clone, Debug, Default)]
pub(super) struct Point {
    pub(super) number: u64,
    pub(super) settings: Vec<String>,
    pub(super) figures: Figures,
    pub(super) targets: Targets,
}

/// How the targets of all queues stand at a point.
#[derive(Clone, Debug, Default)]
pub(super) struct Targets {
    pub(super) kept: usize,
    pub(super) missed: usize,
    pub(super) undecided: usize,
    /// Queues with a missed target, each once.
    pub(super) failing: Vec<String>,
    /// Of all queues' service levels, the least above its target, or the most below it.
    pub(super) margin: Option<Estimate>,
}

impl Targets {
    pub(super) fn all(&self) -> usize {
        self.kept + self.missed + self.undecided
    }

    /// Every target of every queue is kept, and there are some.
    pub(super) fn keeps_all(&self) -> bool {
        self.kept > 0 && self.kept == self.all()
    }

    fn count(&mut self, queue: &str, verdict: &str) {
        if verdict == Verdict::Kept.name() {
            self.kept += 1;
        } else if verdict == Verdict::Missed.name() {
            self.missed += 1;
            if !self.failing.iter().any(|name| name == queue) {
                self.failing.push(queue.to_owned());
            }
        } else {
            self.undecided += 1;
        }
    }
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
    /// Its target on waits, where it is the same at all points.
    pub(super) target: Option<CommonTarget>,
    /// The highest service level.
    pub(super) highest: Option<Point>,
    /// Whether points have targets.
    pub(super) with_targets: bool,
    /// How many points keep every target of every queue.
    pub(super) keeping: usize,
    /// The cheapest of these; the first, where agents cost nothing.
    pub(super) best: Option<Point>,
    /// The cheapest that misses no target, though not all of them are decided.
    pub(super) open: Option<Point>,
    /// Where none keeps all: the one that misses fewest.
    pub(super) nearest: Option<Point>,
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
        if scope < 1 || !head.iter().skip(scope).eq(ROW) {
            return Err(none());
        }
        let paths: Vec<String> =
            head.iter().take(scope).skip(1).map(|path| written(path).to_owned()).collect();
        let queue = queue_of(&paths, &about);
        let target = common_target(&paths, queue.as_deref(), &about);
        let mut swept = Swept {
            about,
            paths,
            points: Vec::new(),
            count: 0,
            queue,
            target,
            highest: None,
            with_targets: false,
            keeping: 0,
            best: None,
            open: None,
            nearest: None,
        };
        let scope_figures = swept.scope_figures();
        let group_figures: Vec<Figure> = kept().filter(|figure| is_of_groups(*figure)).collect();
        let mut current: Option<Point> = None;
        let mut row = csv::StringRecord::new();
        while reader.read_record(&mut row)? {
            let field = |at: usize| written(row.get(at).unwrap_or_default());
            let number: u64 = field(0).parse().map_err(|_| none())?;
            if current.as_ref().is_none_or(|point| point.number != number) {
                swept.take(current.take());
                let settings = (1..scope).map(|at| field(at).to_owned()).collect();
                current = Some(Point { number, settings, ..Point::default() });
            }
            let value = field(scope + 4).parse::<f64>().ok().filter(|value| value.is_finite());
            if let (Some(point), "queue", "", true) =
                (current.as_mut(), field(scope), field(scope + 2), !field(scope + 7).is_empty())
            {
                point.targets.count(field(scope + 1), field(scope + 7));
                if let (Some(value), Ok(target), true) =
                    (value, field(scope + 6).parse::<f64>(), field(scope + 3) == Figure::ServiceLevel.name())
                {
                    let half_width = field(scope + 5).parse().ok();
                    let margin = Estimate { value: value - target, half_width };
                    if point.targets.margin.is_none_or(|least| margin.value < least.value) {
                        point.targets.margin = Some(margin);
                    }
                }
            }
            let kept: &[Figure] = match (field(scope), swept.queue.as_deref()) {
                ("queue", Some(queue)) if queue == field(scope + 1) => &scope_figures,
                ("total", None) => &scope_figures,
                ("all_groups", _) => &group_figures,
                _ => continue,
            };
            let figure = kept.iter().find(|figure| figure.name() == field(scope + 3));
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
        // Where nothing costs, the first of equals.
        let cost = |point: &Point| point.figures.value(Figure::Cost).unwrap_or(0.0);
        let cheaper = |than: &Option<Point>| than.as_ref().is_none_or(|than| cost(&point) < cost(than));
        if let Some(own) = level(&point)
            && self.highest.as_ref().and_then(level).is_none_or(|highest| own > highest)
        {
            self.highest = Some(point.clone());
        }
        let targets = &point.targets;
        self.with_targets |= targets.all() > 0;
        if targets.keeps_all() {
            self.keeping += 1;
            if cheaper(&self.best) {
                self.best = Some(point.clone());
            }
        } else if targets.all() > 0 {
            if targets.missed == 0 && cheaper(&self.open) {
                self.open = Some(point.clone());
            }
            let faults = |point: &Point| (point.targets.missed, point.targets.undecided);
            let nearer = |than: &Point| faults(&point) < faults(than);
            let as_near = |than: &Point| faults(&point) == faults(than) && cost(&point) < cost(than);
            if self.nearest.as_ref().is_none_or(|than| nearer(than) || as_near(than)) {
                self.nearest = Some(point.clone());
            }
        }
        if self.points.len() < MOST_DRAWN {
            self.points.push(point);
        } else {
            self.points.truncate(MOST_TABLED);
        }
    }

    /// The number of the point that is recommended, as it keeps every target of every queue; `None`
    /// where no point is known to.
    #[must_use]
    pub fn recommended(&self) -> Option<u64> {
        self.best.as_ref().map(|point| point.number)
    }

    /// Whether there are more points than charts are made of.
    #[must_use]
    pub fn too_many(&self) -> bool {
        self.count > MOST_DRAWN
    }

    /// The queues that miss a target at a point, as people call them.
    pub(super) fn failing(&self, point: &Point) -> String {
        let names = point.targets.failing.iter().map(|queue| self.about.labels.queue(queue));
        names.collect::<Vec<_>>().join(", ")
    }

    /// What charts and tables are about: a queue, or all of them.
    pub(super) fn subject(&self) -> String {
        match &self.queue {
            Some(queue) => format!("queue {}", self.about.labels.queue(queue)),
            None => "all queues".to_owned(),
        }
    }

    /// The figures that say something of the subject: no mean of waits on the line and waits for a
    /// response, no service level of targets on different times.
    fn scope_figures(&self) -> Vec<Figure> {
        let of_all = self.queue.is_none();
        let waits = |figure: &Figure| matches!(figure, Figure::Wait | Figure::WaitP90);
        let unlike_waits = of_all && self.about.unlike_waits;
        let unlike_levels = of_all && !self.about.levels_are_alike(&self.paths);
        kept()
            .filter(|figure| !is_of_groups(*figure))
            .filter(|figure| !(waits(figure) && unlike_waits))
            .filter(|figure| !(*figure == Figure::ServiceLevel && unlike_levels))
            .collect()
    }

    /// What a path is called on charts.
    pub(super) fn path_in_words(&self, path: usize) -> String {
        in_words(&self.paths[path], &self.about.labels)
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
        let of = |about: &&QueueAbout| {
            let quoted = format!("\"{}\"", about.name);
            [about.name.as_str(), &quoted].iter().any(|name| {
                rest.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
            })
        };
        about.queues.iter().find(of).map(|about| about.name.clone())
    };
    let mut names = paths.iter().filter_map(name);
    let first = names.next()?;
    names.all(|name| name == first).then_some(first)
}

/// The queue's target on waits; of all queues, where it is the same.
fn common_target(paths: &[String], queue: Option<&str>, about: &SweepAbout) -> Option<CommonTarget> {
    if paths.iter().any(|path| path.contains(".target")) {
        return None;
    }
    let wanted = |about: &&QueueAbout| queue.is_none_or(|queue| queue == about.name);
    let mut targets = about.queues.iter().filter(wanted).filter_map(|about| about.answer.as_ref());
    let first = targets.next()?;
    let alike = targets.all(|other| other.share == first.share && other.is_measured_as(first));
    alike.then_some(CommonTarget { share: first.share, words: target_words(first) })
}
