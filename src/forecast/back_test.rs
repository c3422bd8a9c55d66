//! Every past day, forecast from the days before it: how far off forecasts were, and how often bands held.

use jiff::civil::Date;

use crate::estimate::PastDay;
use crate::vocabulary::Words as _;

use super::band::{Band, Ends, Ratios};
use super::calendar::weekday;
use super::history::Day;
use super::model::{Ahead, Model, Timeline};
use super::rules::{Past, Rule};

/// Days that are learnt from before the first is forecast.
const LEARNING: usize = 15;
/// Days that are scored come after so many, or after half of them where there are fewer than one and a half times so many.
const SCORED_FROM: usize = 60;
/// Settings are chosen anew after so many days.
const CHOOSING: usize = 5;
/// A week ahead, in dates.
const WEEK: usize = 7;

/// Errors of one way to forecast.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Score {
    /// Days.
    pub days: usize,
    /// Contacts that came.
    seen: f64,
    slot_errors: f64,
    day_errors: f64,
    /// Intervals within their band, intervals, days within their band.
    held: (usize, usize, usize),
}

impl Score {
    pub(super) fn add(&mut self, forecast: &[f64], seen: &[f64]) {
        let total: f64 = seen.iter().sum();
        self.days += 1;
        self.seen += total;
        self.slot_errors += forecast.iter().zip(seen).map(|(one, other)| (one - other).abs()).sum::<f64>();
        self.day_errors += (forecast.iter().sum::<f64>() - total).abs();
    }

    pub(super) fn add_bands(&mut self, slots: &[Band], day: Band, seen: &[f64]) {
        let counted = || slots.iter().zip(seen).filter(|(band, _)| band.mean > 0.0);
        self.held.0 += counted().filter(|(band, seen)| band.holds(**seen)).count();
        self.held.1 += counted().count();
        self.held.2 += usize::from(day.holds(seen.iter().sum()));
    }

    /// Sum of the absolute errors of intervals over all that came (WAPE).
    #[must_use]
    pub fn of_intervals(&self) -> f64 {
        self.slot_errors / self.seen
    }

    /// The same of whole days.
    #[must_use]
    pub fn of_days(&self) -> f64 {
        self.day_errors / self.seen
    }

    /// Share of intervals within their band.
    #[must_use]
    pub fn held_intervals(&self) -> f64 {
        self.held.0 as f64 / self.held.1.max(1) as f64
    }

    /// Share of days within theirs.
    #[must_use]
    pub fn held_days(&self) -> f64 {
        self.held.2 as f64 / self.days.max(1) as f64
    }
}

/// A past day beside its forecast from the days before it.
#[derive(Clone, Debug, PartialEq)]
pub struct Scored {
    /// The day.
    pub date: Date,
    /// What came, by interval.
    pub seen: Vec<f64>,
    /// What was forecast the day before.
    pub slots: Vec<Band>,
    /// Of the whole day.
    pub day: Band,
}

/// How good forecasts of past days were.
#[derive(Clone, Debug, PartialEq)]
pub struct BackTest {
    /// A day ahead.
    pub ahead: Score,
    /// A week ahead; no days where the history is too short.
    pub week: Score,
    /// Simple rules on the same days.
    pub rules: Vec<(Rule, Score)>,
    /// The error of intervals that chance alone makes, were the mean of each known.
    pub chance: f64,
    /// Days beside their forecasts a day ahead and a week ahead, from which what is not known of days follows.
    pub(super) around: (Vec<PastDay>, Vec<PastDay>),
    /// The days, in order.
    pub days: Vec<Scored>,
}

/// A past day, as it was forecast the day before and as it came.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Made {
    pub(super) scored: bool,
    pub(super) forecast: Vec<f64>,
    pub(super) seen: Vec<f64>,
}

/// What past errors say of bands to come.
#[derive(Clone, Debug)]
pub(super) struct Errors {
    /// Past days, in order.
    pub(super) made: Vec<Made>,
    ahead: Ratios,
    week: Ratios,
    /// Variance of a total's logarithm a day ahead and a week ahead, as it was expected on average.
    expected: (Mean, Mean),
}

#[derive(Clone, Copy, Debug, Default)]
struct Mean(f64, f64);

impl Mean {
    fn add(&mut self, value: f64) {
        self.0 += value;
        self.1 += 1.0;
    }

    fn value(self) -> Option<f64> {
        (self.1 > 0.0).then(|| self.0 / self.1)
    }
}

impl Errors {
    fn new(slots: usize) -> Errors {
        Errors {
            made: Vec::new(),
            ahead: Ratios::new(slots),
            week: Ratios::new(slots),
            expected: Default::default(),
        }
    }

    /// The bands of a day that is so many dates away.
    pub(super) fn bands(&self, day: &Ahead, away: usize) -> (Vec<Band>, Band) {
        let total = day.total.contacts();
        let normal = |contacts: f64, more: f64| Ends::guessed(day.total.variance + more, contacts);
        let week = self.expected.1.value();
        let ends = |of: &dyn Fn(&Ratios) -> Option<Ends>, contacts: f64, more: f64| {
            let Some(near) = of(&self.ahead) else { return normal(contacts, more) };
            let Some(far) = of(&self.week) else {
                let by = self.expected.0.value().map_or(1.0, |near| (day.total.variance / near).sqrt());
                return if away > 1 { near.wider(by.max(1.0)) } else { near };
            };
            if away <= WEEK {
                return near.towards(far, (away - 1) as f64 / (WEEK - 1) as f64);
            }
            far.wider(week.map_or(1.0, |week| (day.total.variance / week).sqrt()).max(1.0))
        };
        let slots = (0..day.slots.len())
            .map(|slot| ends(&|ratios| ratios.slot(slot), day.slots[slot], 0.0025).around(day.slots[slot]));
        (slots.collect(), ends(&Ratios::day, total, 0.0).around(total))
    }
}

/// Forecasts every past day from those before it.
pub(super) fn back_test(timeline: &Timeline<'_>) -> (BackTest, Errors) {
    let days = &timeline.history.days;
    let slots = timeline.history.slots();
    let seen = days.iter().filter(|day| day.counts().is_some()).count();
    let scored_from = if 2 * seen < 3 * SCORED_FROM { seen / 2 } else { SCORED_FROM };
    let mut errors = Errors::new(slots);
    let mut test = BackTest {
        ahead: Score::default(),
        week: Score::default(),
        rules: Rule::ALL.iter().map(|rule| (*rule, Score::default())).collect(),
        chance: 0.0,
        around: (Vec::new(), Vec::new()),
        days: Vec::new(),
    };
    let around = |day: &Day, expected: &[f64], seen: &[f64]| PastDay {
        day: i64::from(day.date.since(Date::constant(1970, 1, 1)).map_or(0, |since| since.get_days())),
        expected: expected.to_vec(),
        seen: seen.to_vec(),
    };
    let mut model = Model::new(timeline, timeline.settings(0));
    let mut past: Vec<Past<'_>> = Vec::new();
    let mut weeks: Vec<Option<Ahead>> = vec![None; days.len()];
    let mut learnt = 0;
    for (index, day) in days.iter().enumerate() {
        if let Some(counts) = day.counts() {
            let rules: Vec<Option<Vec<f64>>> =
                Rule::ALL.iter().map(|rule| rule.forecast(&past, weekday(day.date))).collect();
            let scored = learnt >= scored_from.max(LEARNING) && rules.iter().all(Option::is_some);
            if learnt >= LEARNING
                && let Some(ahead) = model.ahead(index).pop()
            {
                let (bands, whole) = errors.bands(&ahead, 1);
                if scored {
                    test.ahead.add(&ahead.slots, counts);
                    test.ahead.add_bands(&bands, whole, counts);
                    test.around.0.push(around(day, &ahead.slots, counts));
                    test.chance += ahead
                        .slots
                        .iter()
                        .map(|mean| (2.0 * mean / std::f64::consts::PI).sqrt())
                        .sum::<f64>();
                    for ((_, score), rule) in test.rules.iter_mut().zip(&rules) {
                        rule.iter().for_each(|forecast| score.add(forecast, counts));
                    }
                    test.days.push(Scored {
                        date: day.date,
                        seen: counts.to_vec(),
                        slots: bands,
                        day: whole,
                    });
                }
                errors.ahead.add(&ahead.slots, counts);
                errors.made.push(Made { scored, forecast: ahead.slots, seen: counts.to_vec() });
                errors.expected.0.add(ahead.total.variance);
            }
            if let Some(ahead) = weeks[index].take() {
                if scored {
                    let (bands, whole) = errors.bands(&ahead, WEEK);
                    test.week.add(&ahead.slots, counts);
                    test.week.add_bands(&bands, whole, counts);
                    test.around.1.push(around(day, &ahead.slots, counts));
                }
                errors.week.add(&ahead.slots, counts);
                errors.expected.1.add(ahead.total.variance);
            }
            past.extend(Past::of(day));
        }
        if model.learn(index).is_some() {
            learnt += 1;
            if learnt >= LEARNING && learnt % CHOOSING == 0 {
                model = Model::after(timeline, index + 1);
            }
        }
        if learnt >= LEARNING && index + WEEK < days.len() && days[index + WEEK].counts().is_some() {
            weeks[index + WEEK] = model.ahead(index + WEEK).pop();
        }
    }
    test.chance /= test.ahead.seen;
    (test, errors)
}
