//! One unknown, one condition: where does it begin to hold? A bracket that knows about noise.
//!
//! All values are played on the same customers, so what lies between two of them is the value alone. Between
//! one that holds and one that does not the middle is tried, until they are neighbours; then both are played
//! until their intervals decide, or up to a limit, and what changes its side moves the bracket.

use std::collections::BTreeMap;
use std::fmt;

use crate::estimate::Sampling;
use crate::figures::{About, Estimate, Fold, NoSuchFigure, Probe, Verdict};
use crate::model::{ArrivalScale, Model};
use crate::reading::Setting;
use crate::routing::RulePolicy;
use crate::scenario::Scenario;

use super::super::watch::Watch;
use super::super::{pilot, replications};
use super::condition::Condition;
use super::unknown::Unknown;

/// The first look at a value.
const FIRST_LOOK: u64 = 8;

/// Where replications come in sets, a first look is at so many of them at least.
const FEWEST_SETS: u64 = 6;

/// Without bounds nobody looks further than so many times the value of the file, or such a part of it.
const FURTHEST: i64 = 128;

/// What is sought.
#[derive(Clone, Debug)]
pub struct Seek {
    /// What is changed.
    pub unknown: Unknown,
    /// What is to hold.
    pub condition: Condition,
    /// The place where to begin.
    pub start: i64,
    /// No lower place.
    pub from: Option<i64>,
    /// No higher place.
    pub to: Option<i64>,
    /// What the two neighbours are played at least.
    pub replications: u64,
    /// What they are played at most.
    pub most: u64,
}

/// A value that was tried.
#[derive(Clone, Debug, PartialEq)]
pub struct Tried {
    /// Its place on the grid.
    pub place: i64,
    /// The value as it would be typed.
    pub value: String,
    /// What its estimate rests on.
    pub replications: u64,
    /// Of the condition's figure; `None` where nothing was seen, or where queues grow without end.
    pub estimate: Option<Estimate>,
    /// Whether queues grow without end there.
    pub unstable: bool,
    /// Whether the condition holds.
    pub verdict: Verdict,
    /// The same, by the mean where the interval does not decide.
    pub holds: bool,
}

/// Where the border lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Found {
    /// Between two neighbours.
    Border {
        /// The last place where the condition holds.
        holds: i64,
        /// The first where it does not.
        fails: i64,
    },
    /// It holds wherever it was tried.
    Everywhere,
    /// It holds nowhere.
    Nowhere,
    /// The search was stopped before.
    Stopped,
}

/// What was found.
#[derive(Clone, Debug, PartialEq)]
pub struct Sought {
    /// What was sought.
    pub unknown: Unknown,
    /// What was to hold.
    pub condition: Condition,
    /// All values that were tried, ascending.
    pub tried: Vec<Tried>,
    /// The answer.
    pub found: Found,
    /// The most replications of a value.
    pub most: u64,
    /// Of the intervals.
    pub confidence: f64,
}

impl Sought {
    /// What was tried at a place.
    #[must_use]
    pub fn at(&self, place: i64) -> Option<&Tried> {
        self.tried.iter().find(|tried| tried.place == place)
    }
}

/// Why nothing can be sought.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SeekFailure {
    /// The condition's figure is none of this centre's.
    Figure(NoSuchFigure),
    /// The value to begin with cannot be played.
    Refused(String),
}

impl fmt::Display for SeekFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            SeekFailure::Figure(cause) => cause.fmt(f),
            SeekFailure::Refused(value) => write!(f, "`{value}` is refused"),
        }
    }
}

impl std::error::Error for SeekFailure {}

impl From<NoSuchFigure> for SeekFailure {
    fn from(cause: NoSuchFigure) -> SeekFailure {
        SeekFailure::Figure(cause)
    }
}

/// A value being played.
struct Point {
    model: Model,
    fold: Fold,
    tried: Tried,
}

struct Search<'a> {
    seek: &'a Seek,
    load: &'a dyn Fn(&Setting) -> Option<Scenario>,
    watch: &'a dyn Watch,
    factors: Vec<(String, ArrivalScale)>,
    seed: u64,
    confidence: f64,
    planned: u64,
    points: BTreeMap<i64, Point>,
    lowest: i64,
    highest: i64,
}

impl Seek {
    /// Searches. `load` gives the scenario with the setting laid over it, or nothing where it is refused;
    /// `file` is the scenario as written.
    ///
    /// # Errors
    /// See [`SeekFailure`].
    pub fn run(
        &self,
        file: &Scenario,
        load: &dyn Fn(&Setting) -> Option<Scenario>,
        watch: &dyn Watch,
    ) -> Result<Sought, SeekFailure> {
        let experiment = &file.experiment;
        let mut model = Model::compile(file);
        let factors = pilot::of_search(file, &mut model, experiment.seed);
        let start = self.start.max(self.from.unwrap_or(i64::MIN)).min(self.to.unwrap_or(i64::MAX));
        let mut search = Search {
            seek: self,
            load,
            watch,
            factors,
            seed: experiment.seed,
            confidence: experiment.confidence,
            planned: 0,
            points: BTreeMap::new(),
            lowest: self.from.unwrap_or(start / FURTHEST).min(start),
            highest: self.to.unwrap_or(start.max(1).saturating_mul(FURTHEST)).max(start),
        };
        if !search.try_place(start) {
            return Err(SeekFailure::Refused(self.unknown.setting(start).line().to_owned()));
        }
        let first = &search.points[&start];
        if first.tried.estimate.is_none() && !first.tried.unstable && !watch.stopped() {
            // A name that is none is told with what would be right; else nobody came here.
            let known = Probe::new(&first.model, std::slice::from_ref(&self.condition.path));
            let nothing = || NoSuchFigure {
                title: format!("`{}` has no value in this scenario", self.condition.path),
                hint: Some("docs/figures.md says what each figure needs".to_owned()),
            };
            return Err(known.err().unwrap_or_else(nothing).into());
        }
        let found = search.border();
        Ok(Sought {
            unknown: self.unknown.clone(),
            condition: self.condition.clone(),
            tried: search.points.into_values().map(|point| point.tried).collect(),
            found,
            most: self.most,
            confidence: experiment.confidence,
        })
    }
}

impl Search<'_> {
    fn border(&mut self) -> Found {
        loop {
            if self.watch.stopped() {
                return Found::Stopped;
            }
            let (holds, fails) = match self.bracket() {
                Bracket::Between { holds, fails } => (holds, fails),
                Bracket::Beyond { up } => match self.expand(up) {
                    true => continue,
                    false if self.points.values().all(|point| point.tried.holds) => return Found::Everywhere,
                    false => return Found::Nowhere,
                },
                Bracket::Unknown => {
                    // Wherever there is most room left, as seen from the first value.
                    let reached = |place: Option<&i64>| place.copied().unwrap_or(self.seek.start);
                    let above = reached(self.points.keys().next_back()) - self.seek.start;
                    let below = self.seek.start - reached(self.points.keys().next());
                    let up = above <= below;
                    if self.expand(up) || self.expand(!up) {
                        continue;
                    }
                    let all = self.points.values().all(|point| point.tried.holds);
                    return if all { Found::Everywhere } else { Found::Nowhere };
                }
            };
            if (holds - fails).abs() > 1 {
                let middle = fails + (holds - fails) / 2;
                if !self.try_place(middle) {
                    // A hole among the values: what is refused is no answer.
                    return Found::Border { holds, fails };
                }
                continue;
            }
            let needs = |place: i64| {
                let tried = &self.points[&place].tried;
                let decided =
                    tried.verdict != Verdict::Undecided && tried.replications >= self.seek.replications;
                let spent = tried.unstable || tried.replications >= self.seek.most;
                (!decided && !spent).then_some(tried.replications)
            };
            let next = [holds, fails].into_iter().filter_map(|place| Some((needs(place)?, place))).min();
            match next {
                None => return Found::Border { holds, fails },
                Some((played, place)) => {
                    let more = (played * 2).max(self.seek.replications).min(self.seek.most);
                    self.play(place, more);
                }
            }
        }
    }

    /// What is known of the border.
    fn bracket(&self) -> Bracket {
        let (Some((_, first)), Some((_, last))) =
            (self.points.first_key_value(), self.points.last_key_value())
        else {
            return Bracket::Unknown;
        };
        let slack = |point: &Point| match point.tried.estimate {
            Some(estimate) => self.seek.condition.slack(estimate.value),
            None => f64::NEG_INFINITY,
        };
        let (low, high) = (slack(first), slack(last));
        if low == high {
            return Bracket::Unknown;
        }
        let rising = high > low;
        // From the good end: the first that fails, and the last before it that holds.
        let mut holds = None;
        let tried = || self.points.iter().map(|(place, point)| (*place, point.tried.holds));
        let from_good: Vec<(i64, bool)> = if rising { tried().rev().collect() } else { tried().collect() };
        for (place, good) in from_good {
            match (good, holds) {
                (true, _) => holds = Some(place),
                (false, None) => return Bracket::Beyond { up: rising },
                (false, Some(holds)) => return Bracket::Between { holds, fails: place },
            }
        }
        Bracket::Beyond { up: !rising }
    }

    /// Tries a value beyond those that were tried, twice or half as far; whether there was one.
    fn expand(&mut self, up: bool) -> bool {
        let ends = (self.points.keys().next_back().copied(), self.points.keys().next().copied());
        let (Some(top), Some(bottom)) = ends else { return false };
        if up {
            let mut next = (top.saturating_mul(2)).max(top + 1).min(self.highest);
            while next > top {
                if self.try_place(next) {
                    return true;
                }
                next = top + (next - top) / 2;
                self.highest = self.highest.min(next.max(top));
            }
        } else {
            let mut next = (bottom / 2).min(bottom - 1).max(self.lowest);
            while next < bottom {
                if self.try_place(next) {
                    return true;
                }
                next = bottom - (bottom - next) / 2;
                self.lowest = self.lowest.max(next.min(bottom));
            }
        }
        false
    }

    /// Plays a new value until it is decided, or as often as all; `false` where it is refused.
    fn try_place(&mut self, place: i64) -> bool {
        let Some(scenario) = (self.load)(&self.seek.unknown.setting(place)) else { return false };
        let mut model = Model::compile(&scenario);
        model.sampling = Sampling::growing(model.spread);
        let first = FIRST_LOOK.max(FEWEST_SETS * model.sampling.together());
        // Where the pilot's queues grow without end, so do the value's: playing it says so.
        let _ = pilot::freeze_or_scale(&scenario, &mut model, &self.factors, self.seed);
        let fold = Fold::new(&model);
        let tried = Tried {
            place,
            value: self.seek.unknown.written(place),
            replications: 0,
            estimate: None,
            unstable: false,
            verdict: Verdict::Undecided,
            holds: false,
        };
        self.points.insert(place, Point { model, fold, tried });
        let mut wanted = first.min(self.seek.replications);
        loop {
            self.play(place, wanted);
            let tried = &self.points[&place].tried;
            let enough = tried.verdict != Verdict::Undecided || tried.unstable;
            if enough || wanted >= self.seek.replications || self.watch.stopped() {
                return true;
            }
            wanted = (wanted * 2).min(self.seek.replications);
        }
    }

    /// Plays a value up to so many replications.
    fn play(&mut self, place: i64, wanted: u64) {
        let Some(point) = self.points.get_mut(&place) else { return };
        self.planned += wanted.saturating_sub(point.tried.replications);
        self.watch.planned(self.planned);
        let Point { model, fold, tried } = point;
        let range = tried.replications..wanted;
        match replications::play(model, self.seed, &|| RulePolicy::new(model), range, fold, self.watch) {
            Err(_) => (tried.unstable, tried.estimate, tried.verdict) = (true, None, Verdict::Missed),
            Ok(_) if fold.replications() > 0 => {
                tried.replications = fold.replications();
                let about = About {
                    title: "",
                    seed: self.seed,
                    asked: wanted,
                    confidence: self.confidence,
                    notes: Vec::new(),
                };
                tried.estimate = fold.results(model, about).figure(&self.seek.condition.path);
                tried.verdict =
                    tried.estimate.map_or(Verdict::Missed, |estimate| self.seek.condition.verdict(estimate));
            }
            Ok(_) => {}
        }
        tried.holds = match tried.verdict {
            Verdict::Kept => true,
            Verdict::Missed => false,
            Verdict::Undecided => {
                tried.estimate.is_some_and(|estimate| self.seek.condition.slack(estimate.value) >= 0.0)
            }
        };
    }
}

/// Where the border is looked for.
enum Bracket {
    Between { holds: i64, fails: i64 },
    Beyond { up: bool },
    Unknown,
}
