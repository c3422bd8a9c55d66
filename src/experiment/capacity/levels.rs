//! Levels of targets by week, with so many times the agents of the file.

use std::collections::BTreeMap;

use crate::estimate::{Terms, ratio_of_terms};
use crate::figures::{Figure, WeekProbe};
use crate::model::{ArrivalScale, Model};
use crate::routing::RulePolicy;
use crate::scenario::Scenario;

use super::super::failure::Failure;
use super::super::pilot;
use super::super::run::Experiment;
use super::super::watch::Watch;
use super::answer::Aim;
use super::needed::Point;
use super::scaled::scaled;

/// From one factor of the agents to the next.
const STEP: f64 = 1.05;

/// The farthest steps: about a quarter, and about four times the agents.
const FARTHEST: i32 = 28;

/// Where more agents have brought a target no nearer for so many steps, none will.
const IN_VAIN: usize = 3;

/// A gain that is chance.
const NO_GAIN: f64 = 0.002;

/// What was seen with one factor.
pub(super) struct Level {
    /// By week, then target; `None` where nobody came.
    values: Vec<Vec<Option<f64>>>,
    /// Queues grew without end.
    unstable: bool,
}

/// Plays the horizon with factors of the agents.
pub(super) struct Levels<'a> {
    file: &'a Scenario,
    groups: &'a [usize],
    aims: &'a [Aim],
    probe: WeekProbe,
    factors: Vec<(String, ArrivalScale)>,
    watch: &'a dyn Watch,
    played: BTreeMap<i32, Level>,
    /// Contacts by week.
    pub(super) contacts: Vec<f64>,
    /// Paid hours by group with the file's own agents, over the whole horizon.
    pub(super) paid_hours: Vec<f64>,
}

impl<'a> Levels<'a> {
    /// Plays the file as it is.
    pub(super) fn of(
        file: &'a Scenario,
        groups: &'a [usize],
        aims: &'a [Aim],
        weeks: usize,
        watch: &'a dyn Watch,
    ) -> Result<Levels<'a>, Failure> {
        let mut model = Model::compile(file);
        let factors = pilot::scale(file, &mut model, file.experiment.seed)?;
        let mut levels = Levels {
            file,
            groups,
            aims,
            probe: WeekProbe { weeks },
            factors,
            watch,
            played: BTreeMap::new(),
            contacts: Vec::new(),
            paid_hours: Vec::new(),
        };
        levels.play(0)?;
        Ok(levels)
    }

    /// The factor of a place.
    fn factor(place: i32) -> f64 {
        libm::pow(STEP, f64::from(place))
    }

    /// All factors that were played, ascending.
    pub(super) fn factors(&self) -> Vec<f64> {
        self.played.keys().map(|place| Levels::factor(*place)).collect()
    }

    /// Plays until every week has a factor that keeps its targets and one that does not, as far as there are such,
    /// and until these factors enclose `from..to`. `false` where it was stopped before.
    pub(super) fn enclose(&mut self, from: f64, to: f64) -> Result<bool, Failure> {
        let places = |factor: f64| (libm::log(factor.max(1e-9)) / libm::log(STEP)).clamp(-100.0, 100.0);
        let lowest = (libm::floor(places(from)) as i32).clamp(-FARTHEST, 0);
        let highest = (libm::ceil(places(to)) as i32).clamp(0, FARTHEST);
        let mut gains: Vec<f64> = Vec::new();
        loop {
            let (first, last) = match (self.played.keys().next(), self.played.keys().next_back()) {
                (Some(first), Some(last)) => (*first, *last),
                _ => return Ok(false),
            };
            let missing = self.rooms(last).into_iter().filter(|room| *room < 0.0);
            let missing: Vec<f64> = missing.collect();
            let sum: f64 = missing.iter().sum();
            let in_vain =
                gains.len() >= IN_VAIN && gains[gains.len() - IN_VAIN..].iter().all(|gain| *gain < NO_GAIN);
            let next = if last < highest || (!missing.is_empty() && !in_vain && last < FARTHEST) {
                last + 1
            } else if first > lowest
                || (self.rooms(first).iter().any(|room| *room >= 0.0) && first > -FARTHEST)
            {
                first - 1
            } else {
                return Ok(true);
            };
            if !self.play(next)? {
                return Ok(false);
            }
            if next > last {
                let after: f64 = self.rooms(next).into_iter().filter(|room| *room < 0.0).sum();
                gains.push(if sum.is_finite() { after - sum } else { f64::INFINITY });
            }
        }
    }

    /// The least room to a target in each week to which somebody comes.
    fn rooms(&self, place: i32) -> Vec<f64> {
        let all = (0..self.probe.weeks).map(|week| self.point(place, week));
        all.filter(|point| point.rooms.iter().any(Option::is_some)).map(|point| point.room()).collect()
    }

    fn point(&self, place: i32, week: usize) -> Point {
        let level = &self.played[&place];
        let room = |(aim, value): (&Aim, &Option<f64>)| match level.unstable {
            true => Some(f64::NEG_INFINITY),
            false => value.map(|value| aim.room(value)),
        };
        let rooms = self.aims.iter().zip(&level.values[week]).map(room).collect();
        Point { factor: Levels::factor(place), rooms }
    }

    /// What was seen of a week, ascending by factor.
    pub(super) fn points(&self, week: usize) -> Vec<Point> {
        self.played.keys().map(|place| self.point(*place, week)).collect()
    }

    /// The levels of a target in a week, ascending by factor.
    pub(super) fn curve(&self, week: usize, aim: usize) -> Vec<(f64, f64)> {
        let stable = self.played.iter().filter(|(_, level)| !level.unstable);
        stable.filter_map(|(place, level)| Some((Levels::factor(*place), level.values[week][aim]?))).collect()
    }

    /// Plays one factor; `false` where it was stopped.
    fn play(&mut self, place: i32) -> Result<bool, Failure> {
        let scenario = scaled(self.file, self.groups, Levels::factor(place));
        let scenario = if place == 0 { self.file.clone() } else { scenario };
        let experiment = Experiment::of_model(&scenario, pilot::frozen(&scenario, &self.factors));
        let model = experiment.model();
        let weeks = self.probe.weeks;
        let played = experiment.run_collecting(|| RulePolicy::new(model), &self.probe, self.watch);
        let (outcome, terms) = match played {
            Ok(played) => played,
            Err(Failure::Unstable(_)) if place != 0 => {
                let values = vec![vec![None; self.aims.len()]; weeks];
                self.played.insert(place, Level { values, unstable: true });
                return Ok(true);
            }
            Err(Failure::Stopped) if place != 0 => return Ok(false),
            Err(failure) => return Err(failure),
        };
        if !outcome.complete && place != 0 {
            return Ok(false);
        }
        let queues: Vec<&str> =
            model.queue_order.iter().map(|queue| model.queues[queue.index()].name.as_str()).collect();
        let value = |week: usize, queue: usize, figure: Figure| {
            let at = WeekProbe::FIGURES.iter().position(|taken| *taken == figure)?;
            let at = (week * queues.len() + queue) * WeekProbe::FIGURES.len() + at;
            let all: Vec<Terms> = terms.iter().map(|replication| replication[at]).collect();
            ratio_of_terms(&all, model.sampling).map(|ratio| ratio.value).filter(|value| value.is_finite())
        };
        let of = |week: usize, aim: &Aim| {
            value(week, queues.iter().position(|queue| *queue == aim.queue)?, aim.figure)
        };
        let values = (0..weeks).map(|week| self.aims.iter().map(|aim| of(week, aim)).collect()).collect();
        if place == 0 {
            let offered =
                |week: usize| (0..queues.len()).filter_map(|queue| value(week, queue, Figure::Offered)).sum();
            self.contacts = (0..weeks).map(offered).collect();
            let paid = |group: &usize| {
                let name = &self.file.groups[*group].name;
                let found = outcome.results.groups.iter().find(|group| group.name == *name);
                found.and_then(|group| group.figures.value(Figure::PaidHours)).unwrap_or(0.0)
            };
            self.paid_hours = self.groups.iter().map(paid).collect();
        }
        self.played.insert(place, Level { values, unstable: false });
        Ok(true)
    }
}
