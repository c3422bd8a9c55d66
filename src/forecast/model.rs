//! A centre's days as they go by, and what is expected of the next ones.

use jiff::civil::Date;

use super::calendar::{CLOSED, Holidays, weekday};
use super::history::{Day, History, Seen, usual_weekdays};
use super::level::{Expected, Known, Level, Settings};
use super::profile::Profile;

/// A day of the past or the future.
#[derive(Clone, Debug)]
pub(super) struct Step<'h> {
    pub(super) known: Known,
    pub(super) holiday: Option<&'h str>,
    /// Whether time goes on: a day on which the centre usually works, or did.
    pub(super) works: bool,
    /// Whether contacts can come.
    pub(super) open: bool,
}

/// All days, past ones first.
#[derive(Clone, Debug)]
pub(super) struct Timeline<'h> {
    pub(super) history: &'h History,
    pub(super) steps: Vec<Step<'h>>,
    holidays: usize,
}

impl<'h> Timeline<'h> {
    /// The past, and the days up to `last`.
    pub(super) fn new(history: &'h History, holidays: &'h Holidays, last: Date) -> Timeline<'h> {
        let usual = usual_weekdays(&history.days);
        let past = history.days.iter().map(|day| (day.date, day.holiday.as_deref(), Some(day)));
        let after = history.days.last().map_or(last, |day| day.date);
        let future = std::iter::successors(after.tomorrow().ok(), |date| date.tomorrow().ok())
            .take_while(|date| *date <= last)
            .map(|date| (date, holidays.name(date), None));
        let all: Vec<(Date, Option<&str>, Option<&Day>)> = past.chain(future).collect();
        let mut names: Vec<&str> = all.iter().filter_map(|(_, holiday, _)| *holiday).collect();
        names.sort_unstable();
        names.dedup();
        // A holiday on which nothing ever came is one on which nothing comes.
        let came = |name: &str| {
            let mut alike = history.days.iter().filter(|day| day.holiday.as_deref() == Some(name)).peekable();
            alike.peek().is_none() || alike.any(|day| day.seen != Seen::Closed)
        };
        let shut: Vec<&str> =
            names.iter().copied().filter(|name| name.eq_ignore_ascii_case(CLOSED) || !came(name)).collect();
        let mut after_closed = false;
        let mut steps = Vec::with_capacity(all.len());
        for (date, holiday, day) in all {
            let usual = usual[weekday(date)];
            let closed = match day {
                Some(day) => day.seen == Seen::Closed,
                None => !usual || holiday.is_some_and(|name| shut.contains(&name)),
            };
            let number = holiday.and_then(|name| names.iter().position(|known| *known == name));
            steps.push(Step {
                known: Known { date, holiday: number, after_closed },
                holiday,
                works: usual || !closed,
                open: !closed,
            });
            if usual {
                after_closed = closed;
            }
        }
        Timeline { history, steps, holidays: names.len() }
    }

    /// Which settings explain the first `count` days best.
    pub(super) fn settings(&self, count: usize) -> Settings {
        let mut best = Settings { scatter: 0.04, drift: 0.3, month: 0.02 };
        let mut likeliest = self.likelihood(best, count);
        if likeliest.is_none() {
            return best;
        }
        let mut try_one = |best: &mut Settings, other: Settings| {
            let found = self.likelihood(other, count);
            if found > likeliest {
                (*best, likeliest) = (other, found);
            }
        };
        const SCATTERS: [f64; 9] = [0.01, 0.015, 0.025, 0.035, 0.05, 0.075, 0.11, 0.17, 0.25];
        for _ in 0..2 {
            for scatter in SCATTERS {
                let other = Settings { scatter, ..best };
                try_one(&mut best, other);
            }
            for drift in [0.1, 0.2, 0.3, 0.6] {
                let other = Settings { drift, ..best };
                try_one(&mut best, other);
            }
            for month in [0.001, 0.015, 0.03, 0.06] {
                let other = Settings { month, ..best };
                try_one(&mut best, other);
            }
        }
        best
    }

    /// `None` before enough days were seen to say anything.
    fn likelihood(&self, settings: Settings, count: usize) -> Option<f64> {
        const LEARNING: usize = 10;
        let mut model = Model::new(self, settings);
        let (mut sum, mut learnt) = (0.0, 0);
        for index in 0..count {
            if let Some(likelihood) = model.learn(index) {
                learnt += 1;
                sum += if learnt > LEARNING { likelihood } else { 0.0 };
            }
        }
        (learnt > 2 * LEARNING).then_some(sum)
    }
}

/// What is known after some days.
#[derive(Clone, Debug)]
pub(super) struct Model<'t> {
    timeline: &'t Timeline<'t>,
    level: Level,
    profile: Profile,
    next: usize,
}

/// A day that is expected.
#[derive(Clone, Debug)]
pub(super) struct Ahead {
    pub(super) index: usize,
    pub(super) total: Expected,
    pub(super) slots: Vec<f64>,
}

impl<'t> Model<'t> {
    /// Before the first day.
    pub(super) fn new(timeline: &'t Timeline<'t>, settings: Settings) -> Model<'t> {
        let level = Level::new(settings, timeline.holidays);
        Model { timeline, level, profile: timeline.history.profile(), next: 0 }
    }

    /// After the first `count` days, with the settings that explain them best.
    pub(super) fn after(timeline: &'t Timeline<'t>, count: usize) -> Model<'t> {
        let mut model = Model::new(timeline, timeline.settings(count));
        (0..count).for_each(|index| {
            model.learn(index);
        });
        model
    }

    /// Takes up the next day; how likely it was, if anything came of which all is known.
    pub(super) fn learn(&mut self, index: usize) -> Option<f64> {
        self.next = index + 1;
        let step = &self.timeline.steps[index];
        if step.works {
            self.level.next_day();
        }
        let counts = self.timeline.history.days[index].counts()?;
        let learnt = self.level.learn(&step.known, counts.iter().sum());
        if step.holiday.is_none() {
            self.profile.learn(weekday(step.known.date), counts, learnt.weight);
        }
        Some(learnt.likelihood)
    }

    /// The days from the next one to that of index `last` on which contacts can come.
    pub(super) fn ahead(&self, last: usize) -> Vec<Ahead> {
        let mut level = self.level.clone();
        let mut all = Vec::new();
        for index in self.next..=last {
            let step = &self.timeline.steps[index];
            if step.works {
                level.next_day();
            }
            if step.open {
                let total = level.expected(&step.known);
                let contacts = total.contacts();
                let shares = self.profile.shares(weekday(step.known.date));
                let slots = shares.into_iter().map(|share| contacts * share).collect();
                all.push(Ahead { index, total, slots });
            }
        }
        all
    }
}
